import traceback, sys
def stack(): return [(s.name, s.lineno) for s in traceback.extract_stack()][:-1]
def a(): return stack()
print(a())
print((lambda: stack())())
print([stack() for _ in range(1)][0])
print(next(stack() for _ in range(1)))
class C:
    at_class = stack()
    def m(self): return stack()
    @property
    def p(self): return stack()
    @staticmethod
    def s(): return stack()
    def __getattr__(self, n): return stack()
    def __add__(self, o): return stack()
    def __iter__(self): yield stack()
    def __enter__(self): print(stack()); return 1
    def __exit__(self, *a): print(stack())
c = C(); print(C.at_class, c.m(), c.p, c.s(), c.zzz, c + 1, list(c), sep="\n")
with c: pass
exec("print(stack())"); print(eval("stack()"), sorted([1], key=lambda x: print(stack())), list(map(lambda x: stack(), [1])))
exec(compile("def ex():\n\n  return stack()\nprint(ex())", "<dyn>", "exec"))
def d(f):
    def w(*a): return f(*a)
    return w
@d
def deco(): return stack()
print(deco())
