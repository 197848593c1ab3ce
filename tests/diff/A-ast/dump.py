import ast
samples = ["x: int = 3", "def f[T: int = str](a, /, b=1, *c, d, e=2, **g) -> T: ...", "class A[*Ts](B, metaclass=M): x = 1",
 "match x:\n case [1, *r] | {'a': A(b=c), **k} if y: pass\n case _: pass", "try:\n a\nexcept* E as e:\n b\nelse: c\nfinally: d",
 "async def f():\n async with a as b, c: await d\n async for i in j: yield i\n return [x async for x in y if z]", "type A[**P] = list[P]",
 "f'{a!r:{w}.2f}x{b=}'", "t'{a}b'", "lambda *a, b=1: (yield)", "a[1:2, ::3, ...]", "a if b else not -c ** ~d", "{**a, 'b': 1, **c}", "{*a, b}",
 "global x; nonlocal_ = 1", "import a.b as c, d\nfrom . import *\nfrom ..x import (y as z)", "with (a as b, c): pass", "del a.b, c[0], (d, e)",
 "x = y = (z := 1)", "a += b; a @= c", "assert a, b; raise c from d", "while a < b <= c in d is not e: break\nelse: continue_", "1_000, 0x1F, 1e3, 2j, b'x', 'a' 'b', None, ...", ""]
for s in samples:
    print("##", s)
    print(ast.dump(ast.parse(s), indent=2))
print(ast.dump(ast.parse("x = 1"), show_empty=True), ast.dump(ast.parse("x", mode="eval"), include_attributes=True))
print(ast.dump(ast.Name("x"), annotate_fields=False))
