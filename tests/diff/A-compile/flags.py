import __future__, ast
c = compile("def f(x: Undefined): return 1\nr = f.__annotations__", "<f>", "exec", __future__.annotations.compiler_flag)
ns = {}; exec(c, ns); print(ns["r"], hex(c.co_flags))
print([(n, getattr(__future__, n).compiler_flag, getattr(__future__, n).mandatory) for n in __future__.all_feature_names])
c = compile("await x", "<f>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
print(hex(c.co_flags))
try: compile("1", "<f>", "exec", 1 << 30)
except ValueError as e: print(e)
try: compile("1", "<f>", "exec", optimize=7)
except ValueError as e: print(e)
for src in ("x\0y", b"x\0y", 5, None, ast.parse("1"), b"\xff", memoryview(b"1"), bytearray(b"2")):
    try: print(compile(src, "<f>", "exec").co_consts)
    except Exception as e: print(type(e).__name__, e)
for name in (b"bytes", 5, None):
    try: print(compile("1", name, "exec").co_filename)
    except Exception as e: print(type(e).__name__, e)
try: compile("1 <> 2", "<f>", "eval")
except SyntaxError as e: print(e)
print(eval(compile("1 <> 2", "<f>", "eval", __future__.barry_as_FLUFL.compiler_flag)))
print(ast.dump(ast.parse("x = 1 # type: int", type_comments=True)))
try: ast.parse("x: int", feature_version=(3, 5))
except SyntaxError as e: print(e)
for v in ((3, 7), (3, 9), (3, 11)):
    for s in ("(x := 1)", "match a:\n case b: c", "def f[T](): pass", "with (a as b): pass", "f(a, /)", "def f(a, /): pass", "try: a\nexcept* b: c"):
        try: ast.parse(s, feature_version=v)
        except SyntaxError as e: print(v, s, e.msg)
