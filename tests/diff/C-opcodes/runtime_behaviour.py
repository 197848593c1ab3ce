import dis
def used(f): return sorted({i.opname for i in dis.get_instructions(f)})
def f(a, b): return [a, *b], {**{"x": a}}, (a, b)[::-1], f"{a:{b[0]}}", a < 2 < 3, a in b, [y for y in b if y]
print(f(1, [5, 0]), used(f))
class A:
    def __getattr__(s, n): return n
    def __matmul__(s, o): return "mm"
    def __imatmul__(s, o): return "imm"
    def __index__(s): return 1
    def __call__(s, *a, **k): return a, k
a = A(); print(a.foo, a @ 1, [1, 2, 3][a], a(1, *[2], k=3, **{"z": 4})); a @= 2; print(a)
def g(*, k, **kw): return k, kw
print(g(**{"k": 1, "z": 2}))
for c in ("g(**{'k': 1}, k=2)", "g(**{1: 2})", "g(**5)", "f(*5, 1)", "g(1, k=2)", "g()", "f(1, 2, 3)", "f(a=1)", "f(1, a=2)", "f(*[1], **{'a': 2})", "f(b=1, c=2)", "f(1, 2, 3, b=2)", "len()", "len(1, 2)", "len(x=1)", "int(1, 2, 3)", "[].append(1, 2)", "''.join()", "dict(1)", "5()", "{}.get()", "print(sep=1)", "A.__call__()", "lambda: x()()", "(lambda a, /: a)(a=1)", "(lambda a, b, c: 0)()", "(lambda *, a, b: 0)()"):
    try: print(c, eval(c))
    except Exception as e: print(c, type(e).__name__, e)
