import sys
def a(*r): return r, sys.getrefcount(r)
def b(x,*r): return x,r
def c(**k): return k
def d(x,*r,**k): return x,r,k, len(k)
def e(x,y=2,*r,z=1,**k): return x,y,r,z,k
def f(x,y): return x,y
def g(x,/,y,*r): return x,y,r
def h(): return ()
o=object()
for fn in (a,b,c,d,e,f,g,h):
    for args in ((),(1,),(1,2),(1,2,3),(1,2,3,4,5),(o,)*3):
        for kw in ({},{'y':5},{'x':1},{'q':7},{'x':1,'y':2},{'y':1,'q':3}):
            try: r=fn(*args,**kw)
            except TypeError as ex: r=str(ex)
            n=sys.getrefcount(o)
            print(fn.__name__, len(args), kw, str(r).replace(repr(o),'o'), n)
print(a(), a(1), a(1,2), a(1,2,3,4), b(1), b(1,2), d(1), d(1,2), c())
for call in ('b()','f(1)','f(1,2,3)','f(1,y=2)','f(y=1,x=2)','f(x=1,x2=2)','f(1,x=2)','g(1)','g(1,y=2)','g(x=1,y=2)','h(1)','c(1)','e(1,2,3,z=4,w=5)', 'f(y=1)'):
    try: print(call, eval(call))
    except TypeError as ex: print(call, ex)
