import sys
from dataclasses import dataclass
import weakref
@dataclass(slots=True, weakref_slot=True)
class A: 
    a: int
a=A(1)
print(a.__weakref__)
r=weakref.ref(a)
print(a.__weakref__ is r)
class B: pass
b=B(); print(b.__weakref__)
class Base: __slots__=('x','__weakref__')
class C(Base): __slots__=('y',)
c=C(); print(c.__weakref__, C().__weakref__)


class Old:
    pass


old = Old()
print(old.__dict__)
sys._clear_type_descriptors(Old)
for name in ('__dict__', '__weakref__'):
    print(name in vars(Old), hasattr(old, name))
try:
    sys._clear_type_descriptors(int)
except TypeError as e:
    print(e)
