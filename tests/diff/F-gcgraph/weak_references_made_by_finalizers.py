# Weak references to garbage die before finalizers run, those that finalizers make after them, unheard.
import weakref, gc
gc.disable()
class A: pass
class B:
    def __del__(self):
        print('del sees plain', r1() is not None, 'with callback', r2() is not None, 'sub', r3() is not None, list(wvd.keys()), len(wkd))
        self.new = weakref.ref(self.a); keep.append(self.new)
        keep.append(weakref.ref(self.a, lambda r: print('cb of new', r() is None)))
class R(weakref.ref): pass
keep=[]
a=A(); b=B(); a.b=b; b.a=a
r1=weakref.ref(a); r2=weakref.ref(a, lambda r: print('callback', r() is None, r1() is None, r3() is None)); r3=R(a)
wvd=weakref.WeakValueDictionary(); wvd['k']=a
wkd=weakref.WeakKeyDictionary(); wkd[a]=1
del a,b
gc.collect()
print(r1(), r2(), [k() for k in keep])
# resurrected
class C:
    def __del__(self): 
        global back; back=self
c=C(); c.me=c; r=weakref.ref(c); rc=weakref.ref(c, lambda r: print('cb c')); o=A(); c.o=o; ro=weakref.ref(o); del c,o
gc.collect(); print(r() is back, rc() is back, ro() is not None)
# garbage weakref in cycle
a=A(); a.r=weakref.ref(a, lambda r: print('never')); a.me=a; del a; gc.collect()
# referent not garbage, ref garbage
x=A(); a=A(); a.me=a; a.r=weakref.ref(x, lambda r: print('never2')); del a; gc.collect(); del x
# callback sees another's weakref
p=A(); p.me=p; q=A(); q.p=p; p.q=q
rq=weakref.ref(q); rp=weakref.ref(p, lambda r: print('cb p; q', rq() is not None))
del p,q; gc.collect()
print('collect ok', rq())
