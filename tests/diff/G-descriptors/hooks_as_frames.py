import traceback
class D:
    def __set_name__(s,o,n): s.n='_'+n
    def __get__(s,i,o): 
        if i is None: return s
        if s.n not in i.__dict__: raise AttributeError('no '+s.n)
        return i.__dict__[s.n], o.__name__
    def __set__(s,i,v): i.__dict__[s.n]=v
    def meth(s): return 1
class A:
    d=D(); e=D()
    def __init__(s): s.x=1; s.d=5
    @property
    def p(s): return s._p
    @p.setter
    def p(s,v):
        if v<0: raise ValueError(v)
        s._p=v
    @property
    def bad(s): raise AttributeError('inner')
class G(A):
    def __getattr__(s,name):
        if name.startswith('q'): raise AttributeError('never '+name)
        if name=='call': return lambda *a:('called',a)
        return 'G'+name
    q_prop=property(lambda s:s.missing_q)
class S:
    __slots__=('a','__dict__')
    def __getattr__(s,n): return n*2
for cls in (A,G):
    a=cls()
    for i in range(30):
        a.p=i; a.d=i; assert a.d==(i,cls.__name__), a.d
    print(a.p,a.d,a.x)
    for f in (lambda:a.e,lambda:a.nope,lambda:a.qq,lambda:a.bad,lambda:a.call(1,2),lambda:setattr(a,'p',-1),lambda:a.q_prop, lambda: a.e.meth()):
        try: print(f())
        except Exception as e: print(type(e).__name__,e,getattr(e,'name',0),getattr(e,'obj',0) is a)
def st():
    a=A(); a.p=-3
try: st()
except ValueError: traceback.print_exc()
def gt(): return G().qwe
try: gt()
except AttributeError: traceback.print_exc()
s=S(); s.z=3
for i in range(10): print(s.a,s.b,s.z, end=' ')
s.a=4; print(s.a)
class P:
    def __getattribute__(s,n): return ('ga',n)
    def __getattr__(s,n): return 'x'
print(P().foo)
class M(type):
    def __getattr__(c,n): return c.__name__+n
class X(metaclass=M): pass
for i in range(5): print(X.foo, end=' ')
