# C data types without machine code: values, arrays, structures, unions, pointers, their errors.
import ctypes
from ctypes import *  # noqa: F403
a=(c_int*3)(1,2); print(list(a), a[:], a._length_, c_int(5), c_char(b'x'), c_double(2.0), c_int(-1).value, c_ubyte(300))
class S(Structure): _fields_=[('a',c_int),('b',c_char*4),('d',c_double)]
s=S(1,b'ab',2.5); print(S.a, s.a, s.b, s.d, sizeof(S), S.d, bytes(s))
p=pointer(s); p[0].a=7; print(s.a, p.contents.d)
b=create_string_buffer(b'hello'); print(b.value, b.raw, len(b)); memset(addressof(b),65,2); print(b.value)
class B(Structure): _fields_=[('x',c_uint,3),('y',c_int,5)]
b=B(5,-2); print(b.x,b.y,sizeof(B))
class BE(BigEndianStructure): _fields_=[('x',c_uint16)]
print(bytes(BE(1)), c_longdouble(1.5), c_char_p(b'abc').value, c_wchar_p('hey').value, cast(c_char_p(b'xyz'),POINTER(c_char))[1])
class U(Union): _fields_=[('i',c_int),('b',c_ubyte*4)]
u=U(i=258); print(list(u.b), sizeof(U))
class T(Structure):
    _anonymous_=['u']; _fields_=[('u',U),('s',S*2),('p',POINTER(c_int))]
t=T(); t.i=5; t.s[1].d=3; print(t.u.b[0], t.s[1].d, bool(t.p), sizeof(T), alignment(T)); t.p=pointer(c_int(9)); print(t.p[0], t.p.contents)
m=memoryview((c_short*2*3)()); print(m.shape, m.itemsize, c_int.from_buffer_copy(b'\1\0\0\0'), POINTER(c_int), c_long is c_longlong)
x=c_int(1); y=c_int.from_buffer(x); y.value=3; print(x)
for e in ['c_int("x")','c_int(1,2)','a[5]','c_char(b"xy")','c_double("x")','(c_int*2)(1,2,3)','c_int.from_buffer(b"xxxx")','c_int.from_buffer(bytearray(2))','c_int*-1','sizeof(int)','Structure()','byref(5)','POINTER(c_int)()[0]','S(1,2,3)','a.__setitem__(0,"x")','a.__setitem__(slice(0,2),[1])','setattr(b,"z",1)', 'c_bool(5)','c_wchar("ab")','pointer(3)']:
    try: print(e, eval(e))
    except Exception as x: print(e, repr(x))
