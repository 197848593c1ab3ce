import inspect
def gen():
    x = 1; yield x; y = 2; yield y
g = gen(); print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)); next(g); print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)); list(g); print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g))
async def co(): z = 3; await S()
class S:
    def __await__(self): yield
c = co(); print(inspect.getcoroutinestate(c)); c.send(None); print(inspect.getcoroutinestate(c), inspect.getcoroutinelocals(c)); c.close(); print(inspect.getcoroutinestate(c))
G = 10
def outer(a):
    b = 2
    def inner(): return a, b, G, len, missing
    return inner
print(inspect.getclosurevars(outer(1)))
print(inspect.getcallargs(lambda a, b=2, *c, d=4, **e: 0, 1, x=9)); print(inspect.getfullargspec(outer(1)), inspect.getfullargspec(lambda a, b=1, *c, d, e=2, **f: 0), inspect.getargvalues(inspect.currentframe()).args)
try: inspect.getcallargs(lambda a: 0)
except TypeError as e: print(e)
try: inspect.getclosurevars(5)
except TypeError as e: print(e)
print(inspect.getmodulename("/a/b.py"), inspect.indentsize("\t  x"), inspect.unwrap(outer) is outer, inspect.formatannotation(list[int]), inspect.get_annotations(outer))
