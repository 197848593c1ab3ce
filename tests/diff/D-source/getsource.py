import inspect, functools
def simple(a, b=(1,
                 2)):
    """doc"""
    # comment
    return a

    # trailing comment
class K:
    x = 1
    def m(self):
        def nested(): return 1
        return nested
    class In:
        def deep(self): pass
    @property
    def p(self): return 5
@functools.wraps(simple)
def wrapped(*a): pass
lam = lambda x: (x +
                 1)
pair = [lambda: 1, lambda: 2]
@functools.lru_cache
def cached(): return 1
async def co(): await x
def gen(): yield 1
for o in (simple, K, K.m, K().m(), K.In, K.In.deep, K.p.fget, wrapped, lam, pair[1], cached, co, gen, simple.__code__, (lambda: 0).__code__):
    print("##", inspect.getsourcelines(o)[1]); print(inspect.getsource(o), end="")
print(inspect.getsourcefile(simple) == __file__, inspect.getmodule(simple).__name__, inspect.getcomments(K), inspect.getdoc(simple), inspect.cleandoc("  a\n    b\n  c"))
def after(): pass
# comment for next
def commented(): pass
print(inspect.getcomments(commented))
