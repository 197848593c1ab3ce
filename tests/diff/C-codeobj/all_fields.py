import types
src = '''
"""module doc"""
x: int = 1
def plain(a, b=2): return a + b
def doc(a):
    "docstring"
    return None
def full(a, /, b, *args, c, d=4, **kw): y = a; return locals()
def gen(): yield 1
async def coro(): await x
async def agen(): yield 1
def outer():
    v = 1; w = 2
    def inner(): nonlocal v; v = w; return v
    return inner
class K:
    "class doc"
    attr = 1
    def meth(self): return __class__
    async def am(self): return [z async for z in self]
lam = lambda q, *r: [q for q in r]
comp = {k: v for k, v in ()}
ge = (i for i in range(3))
def typed[T: int = str](a: T) -> T: return a
type Alias[P] = list[P]
class G[T](list[T]): pass
'''
def show(c, d=0):
    print("  " * d, c.co_name, c.co_qualname, c.co_firstlineno, (c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_stacksize), hex(c.co_flags))
    print("  " * d, "  ", c.co_names, c.co_varnames, c.co_cellvars, c.co_freevars, [k if not isinstance(k, types.CodeType) else "<code>" for k in c.co_consts], len(c.co_code))
    for k in c.co_consts:
        if isinstance(k, types.CodeType): show(k, d + 1)
show(compile(src, "<s>", "exec"))
