import collections, collections.abc
class Seq(collections.abc.Sequence):
    __getitem__ = None
    def __len__(self): return 0
print(bool(Seq.__flags__ & (1<<5)), bool(collections.abc.Sequence.__flags__ & (1<<5)), bool(collections.UserDict.__flags__ & (1<<6)))
class M1(collections.UserDict, collections.abc.Sequence): pass
print(M1.__flags__ >>5 &3)
class L(list): pass
class D(dict): pass
print(L.__flags__ >>5 &3,D.__flags__ >>5 &3)
class X: pass
collections.abc.Sequence.register(X)
print(X.__flags__ >>5 &3)
class Y(X): pass
print(Y.__flags__ >>5 &3)
class C: pass
class M3(collections.UserDict, C, list): pass
class M2(C, collections.UserDict, collections.abc.Sequence): pass
class M4(dict, collections.abc.Sequence, C): pass
for t in M1,M2,M3,M4,dict,list,tuple,range,memoryview,str,bytes,type({}.keys()), collections.deque, type(X.__dict__), __import__('array').array, collections.OrderedDict, collections.defaultdict, collections.Counter:
    print(t, t.__flags__ >>5 &3)
class P: pass
class Q(P): pass
collections.abc.Mapping.register(P)
print(P.__flags__ >>5 &3, Q.__flags__ >>5 &3)
class R(Q): pass
print(P.__flags__ >>5 &3, Q.__flags__ >>5 &3, R.__flags__ >>5 &3)
try: collections.abc.Sequence.register(dict)
except Exception as e: print(e)
print(dict.__flags__>>5&3)
class A(metaclass=__import__('abc').ABCMeta):
    __abc_tpflags__ = 1<<5
print(A.__flags__>>5&3, '__abc_tpflags__' in A.__dict__)
try:
  class A(metaclass=__import__('abc').ABCMeta):
    __abc_tpflags__ = 3<<5
except Exception as e: print(type(e), e)
