import dis, types
src = "def fact(n):\n    'Factorial.'\n    return 1 if n <= 1 else n * fact(n - 1)\n\ndef hanoi(n, a='A', b='B', c='C'):\n    if n == 0: return 0\n    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)\n"
m = compile(src, "rec.py", "exec"); dis.dis(m); ns = {}; exec(m, ns); print(ns["fact"](30), ns["hanoi"](6))
print([(k.co_name, k.co_consts, k.co_names, k.co_stacksize) for k in m.co_consts if isinstance(k, types.CodeType)])
