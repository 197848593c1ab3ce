import random
random.seed(1)
V=[0,1,-1,2,-2,3,-3,7,-7,31,32,33,52,53,63,64,100,-100,255,256,257,2**31,-2**31,2**31-1,2**32,2**52,2**53-1,-2**53+1,2**53,2**60,-2**70]+[random.randrange(-2**53,2**53) for _ in range(30)]+[random.randrange(-1000,1000) for _ in range(20)]
def f(op,x,y):
    try:
        return eval_[op](x,y)
    except Exception as e: return type(e).__name__,str(e)
eval_={'//':lambda x,y:x//y,'%':lambda x,y:x%y,'<<':lambda x,y:x<<y if y<200 else 0,'>>':lambda x,y:x>>y,'/':lambda x,y:x/y,'&':lambda x,y:x&y,'|':lambda x,y:x|y,'^':lambda x,y:x^y}
lines=[]
for x in V:
    for y in V:
        for op in eval_:
            r=f(op,x,y)
            lines.append(f'{op} {x} {y} {r}')
            if op!='/' and type(r) is int and r==0: assert str(r)=='0'
import hashlib
print(len(lines), hashlib.md5('\n'.join(lines).encode()).hexdigest())
for s in ([1,2,3],(1,2,3),'abc','a\U0001f600b','',[],(),b'abc'):
    for i in (None,0,1,2,3,4,9,-1,-2,2**70):
        for j in (None,0,1,2,3,4,9,-1,2**70):
            r=s[i:j]; print(r, r is s, r is ())
class I:
    def __index__(s): return 1
print([1,2,3][I():], 'abc'[:I()])
for a in ((1,2),(2,1),(1,1),(1.0,1),('a','b')):
    print(min(*a),max(*a))
for f in (lambda:min(1,'a'),lambda:min(1,2,default=3),lambda:{}['a'],lambda:{}[(1,2)],lambda:{}[KeyError(1)],lambda:{}[None]):
    try: print(f())
    except Exception as e: print(type(e).__name__,e,e.args)
for t in ('a,b,c',',,',',','','abc'):
    print(repr(t.replace(',','--')),repr(t.replace(',','')),repr(t.replace(',','$&')),t.replace(',','.') is t)
class A:
    def m(s): return 'A'
    @classmethod
    def c(cls): return 'Ac',cls.__name__
class B(A):
    def m(s): return 'B'+super().m()
    @classmethod
    def c(cls): return super().c()
class C(B):
    def m(s): return 'C'+super().m()
c=C()
for i in range(3): print(c.m(),C.c(),c.c(),B.m(c))
A.m=lambda s:'A2'
print(c.m())
B.m2=lambda s: 1
class M:
    def m(s): return 'M'
C.__bases__=(B,M)
print(c.m())
del A.m
print(c.m())
try: super(C,1).m
except TypeError as e: print(e)
