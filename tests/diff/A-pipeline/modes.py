import ast
for mode, src in (("exec", "x = 1\nprint(x)"), ("eval", "1 + 2"), ("single", "3 * 4"), ("eval", "x = 1"), ("single", "x = 1\ny = 2"), ("bad", "1")):
    try:
        c = compile(src, "<m>", mode)
        print(mode, c.co_name, c.co_consts, eval(c, {}))
    except (SyntaxError, ValueError) as e:
        print(mode, type(e).__name__, e)
print(ast.dump(ast.parse("(int, str) -> bool", mode="func_type")))
t = compile("a + b", "<m>", "eval", ast.PyCF_ONLY_AST)
print(ast.dump(t), eval(compile(t, "<m>", "eval"), {"a": 2, "b": 5}))
o = compile("2 ** 10 + x", "<m>", "eval", ast.PyCF_OPTIMIZED_AST)
print(ast.dump(o))
for level in (-1, 0, 1, 2):
    ns = {}
    exec(compile('"""doc"""\nassert 0 if __debug__ and False else 1\ndef f():\n "d"\nd = f.__doc__, __debug__', "<o>", "exec", optimize=level), ns)
    print(level, ns.get("__doc__"), ns["d"])
