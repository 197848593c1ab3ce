import sys
class V:
    def __init__(s,x): s.x=x
    def __add__(s,o):
        if not isinstance(o,V): return NotImplemented
        return V(s.x+o.x)
    def __radd__(s,o): return ('radd',o)
    def __iadd__(s,o):
        if isinstance(o,str): return NotImplemented
        s.x+=1; return s
    def __eq__(s,o): return NotImplemented if not isinstance(o,V) else s.x==o.x
    def __lt__(s,o): return 'lt' if isinstance(o,V) else NotImplemented
    def __gt__(s,o): return 'gt'
    def __bool__(s): return s.x
    def __len__(s): return s.x
    def __contains__(s,i): return [i] if i else []
    def __setitem__(s,i,v): s.last=(i,v)
    def __getitem__(s,i): return i
    def __neg__(s): return ('neg',s.x)
    def __invert__(s): return ('inv',s.x)
    def __matmul__(s,o): yield s; yield o
class W(V):
    def __radd__(s,o): return ('Wradd',)
    __bool__=None
class N:
    def __len__(s): return s.n
a,b=V(1),V(2)
print((a+b).x, 1+a, 1.5+a, a+W(1), 'x'+a)
try: a+1
except TypeError as e: print(e)
try: a+'s'
except TypeError as e: print(e)
c=a; c+=3; print(c.x, c is a)
try: c+='s'
except TypeError as e: print(e)
print(a==b,a==1,a!=b,a<b,a>b, a<=b if 0 else '', a>3, a<b<a)
try: a<3
except TypeError as e: print(e)
try:
    if a: pass
except TypeError as e: print(e)
print(1 in a, 0 in a, 0 not in a)
a[1]=2; print(a.last, a[5], -a, ~a, list(a@b)==[a,b])
n=N()
for v in (0,1,-1,'x',2**70):
    n.n=v
    try: print(bool(n), len(n), 'T' if n else 'F')
    except Exception as e: print(type(e),e)
    try: print('T' if n else 'F')
    except Exception as e: print(type(e),e)
    try: print(len(n))
    except Exception as e: print(type(e),e)
class R:
    def __add__(s,o): print(sys.getrefcount(s),sys.getrefcount(o)); return s
    def __lt__(s,o): print(sys.getrefcount(s),sys.getrefcount(o)); return s
    def __len__(s): print(sys.getrefcount(s)); return 1
    def __bool__(s): print(sys.getrefcount(s)); return True
def f():
    r=R(); q=R()
    r+q; r<q; len(r); r and q; R()+R(); r+=q
    print(sys.getrefcount(r))
f()
class E:
    def __add__(s,o): 1/0
    def __lt__(s,o): raise KeyError
    def __bool__(s): raise ValueError
import traceback
for x in ('E()+1','E()<1','not E()'):
    try: eval(x)
    except Exception: traceback.print_exc()
class D:
    def __init__(s,n): s.n=n
    def __add__(s,o): return s.n and D(s.n-1)+o
print(D(400)+1)
try: D(4000)+1
except RecursionError as e: print(e)
def g():
    yield a+b
    yield sum([a,b,b],V(0))
print([x.x for x in g()])
