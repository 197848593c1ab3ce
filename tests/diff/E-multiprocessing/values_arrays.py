# Values and arrays of C types in memory that processes share, each with its lock.
import multiprocessing as mp, ctypes
from multiprocessing.sharedctypes import copy, RawValue
class P(ctypes.Structure): _fields_=[('x',ctypes.c_double),('n',ctypes.c_int)]
def f(v, a, s, p, raw):
    for i in range(100):
        with v.get_lock(): v.value += 1
    with a: 
        for i in range(len(a)): a[i] += i
    s.value = b'child'
    p.x *= 2; p.n = 5
    raw.value += 1
if __name__=='__main__':
    mp.set_start_method('spawn')
    v=mp.Value('i',0); a=mp.Array('d',[1.5]*4); s=mp.Array('c',10); p=mp.Value(P,1.5,2); raw=RawValue('q',41)
    print(v, type(a).__name__, repr(s.raw))
    ps=[mp.Process(target=f,args=(v,a,s,p,raw)) for _ in range(2)]
    for q in ps: q.start()
    for q in ps: q.join()
    print(v.value, a[:], s.value, p.x, p.n, raw.value in (42,43), copy(p.get_obj()).x, [q.exitcode for q in ps])
