def f(a, b): return a + b
def g(n):
    t = 0
    for i in range(n):
        if i % 2: t += i
    return t
class C: 
    x: int = 1
def h(*a, k=1, **kw): return h(*a, k=k, **kw).attr[0]
async def co(): return await x
for fn in (f, g, h, co, lambda: [x for x in y]): print(fn.__name__, len(fn.__code__.co_code), fn.__code__.co_code.hex(" ", 2))
m = compile("import os\nprint(os.path, 'x')\nclass A: pass\n", "<m>", "exec"); print(m.co_code.hex())
g(5); g(5); print(g.__code__.co_code == g.__code__.co_code, len(g.__code__._co_code_adaptive) == len(g.__code__.co_code))
