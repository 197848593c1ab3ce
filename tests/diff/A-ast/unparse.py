import ast
src = '''
@dec(1)
async def f[T](a: int, /, b=(1,), *, c: "x" = None, **kw) -> dict[str, T]:
    """Doc "quoted" \\n text"""
    async with x as y, z: pass
    for (i, j), *k in w: break
    else: return
    try: pass
    except (A, B) as e: raise X from e
    finally: del a
    return f"{a!r:>{b}} {{x}} {'q'}" + rf'\\d{c}' if not (a or b) and c else lambda q, *r: -q ** (yield r)
class C(A, k=1):
    x: int; y = z = 3
    (p): str = ""
match v:
    case {"a": 1, **rest} if x: ...
    case A(1, b=[2, *_]) | None as n: ...
    case -1 + 2j | "s" | x.y: ...
type X[*A, **B] = (a, b)
a[1:2, *c] = {**d, 1: 2} | {*e, 3} @ (yield_ := 4)
x = (1e400, -1, (1).real, 1 .imag, (a, ), [*a, b], (lambda: 0)(), (a for b in c if d if e), not (not a), (await_)[0], a < (b < c), (a < b) < c, 2 ** -1, (-2) ** 2, (a ** b) ** c)
global g, h
with (a as b, c): pass
'''
tree = ast.parse(src)
out = ast.unparse(tree)
print(out)
print(ast.dump(ast.parse(out)) == ast.dump(tree))
print(ast.unparse(ast.BinOp(ast.Constant(1), ast.Add(), ast.Constant("a\n'\""))))
print(ast.unparse(ast.parse("x = '''a\nb'''\ndef f():\n  '''d\n  e'''")))
