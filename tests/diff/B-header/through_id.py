# The header and the payload of objects, read at the address that id() shows.
import ctypes
import sys
from ctypes import c_char, c_double, c_ssize_t, c_uint8, c_uint32, c_uint64, c_void_p


class PyObject(ctypes.Structure):
    _fields_ = [("ob_refcnt", c_ssize_t), ("ob_type", c_void_p)]


class PyVarObject(PyObject):
    _fields_ = [("ob_size", c_ssize_t)]


def at(o, offset, cls=c_ssize_t):
    return cls.from_address(id(o) + offset).value


def fresh(s):
    return "".join(list(s))


print("-- ob_refcnt")
x = object()
count = c_ssize_t.from_address(id(x))
print(count.value)
y = [x, x]
print(count.value, sys.getrefcount(x) - count.value)
y.pop()
print(count.value)
del y
print(count.value)
for o in (None, True, ..., NotImplemented, 7, -5, 256, "", "a", "\xe9", b"", b"x", (), int, type, object, str):
    print(repr(o), format(at(o, 0, c_uint64), "x"), format(at(o, 0, c_uint32), "x"))
print(at(int("257"), 0) < 100, at(fresh("mortal"), 0) < 100)

print("-- ob_type and ob_size")


class Sub(list):
    pass


class Plain:
    pass


for o in (x, 1.5, 3, 2j, "s", b"b", [], (), {}, set(), Plain(), Plain, Sub(), None, len, print, sys, lambda: 0):
    print(type(o).__name__, PyObject.from_address(id(o)).ob_type == id(type(o)))
for o in ([1, 2, 3], (1, 2), b"four", bytearray(b"five5"), Sub("ab"), int):
    print(type(o).__name__, PyVarObject.from_address(id(o)).ob_size)
header = PyObject.from_address(id(x))
print(header.ob_refcnt, bytes(header) == (1).to_bytes(8, "little") + id(object).to_bytes(8, "little"))

print("-- numbers")
for f in (1.5, -0.0, 1e300, float("inf")):
    print(at(f, 16, c_double))
print(at(1 + 2j, 16, c_double), at(1 + 2j, 24, c_double))
for n in (0, 1, -1, 256, 257, -300, 2**30 - 1, 2**30, -(2**30), 2**60 + 7, -(2**100), True, False):
    tag = at(n, 16)
    print(n, tag & 3, tag >> 2 & 1, tag >> 3, [at(n, 24 + 4 * i, c_uint32) for i in range(tag >> 3 or 1)])
print(ctypes.string_at(id(12345678901234567890) + 24, 12).hex())

print("-- bytes and str")
b = bytes(bytearray(b"hello"))
print(at(b, 16), at(b, 24), ctypes.string_at(id(b) + 32), ctypes.string_at(id(b) + 32, 6))
hash(b)
print(at(b, 24) == hash(b), len(ctypes.string_at(id(b), sys.getsizeof(b))))
for s in ("plain", "caf\xe9", "snow\u2603", "face\U0001f600", "\ud800x"):
    s = fresh(s)
    state = at(s, 32, c_uint8)
    ascii = state >> 6 & 1
    start, kind = 40 if ascii else 56, state >> 2 & 7
    data = ctypes.string_at(id(s) + start, (len(s) + 1) * kind)
    print(ascii_ := s.encode("ascii", "backslashreplace"), at(s, 16), at(s, 24), format(state, "x"), kind, data.hex())
    hash(s)
    print(at(s, 24) == hash(s))
s = sys.intern(fresh("in terned"))
print(at(s, 32, c_uint8) & 3, at("literal_name", 32, c_uint8) & 3, format(at("a", 32, c_uint8), "x"), format(at("", 32, c_uint8), "x"))


class Text(str):
    pass


print(format(at(Text("sub"), 32, c_uint8), "x"), at(Text("sub"), 16))

print("-- containers")
t = (x, None, 5)
print([at(t, 32 + 8 * i) == id(o) for i, o in enumerate(t)])
print(at(tuple(list(t)), 24), hash(t) == hash(t))
items = [x, "b", 3.0]
items.append(None)
print(at(items, 16), at(items, 32), [c_void_p.from_address(at(items, 24) + 8 * i).value == id(o) for i, o in enumerate(items)])
array = ctypes.cast(at(items, 24), ctypes.POINTER(ctypes.py_object))
print(array[0] is x, array[1], array[3])
print(at([], 24), at([], 32))
a = bytearray(b"abcdef")
del a[:2]
print(at(a, 16), at(a, 24), at(a, 40) - at(a, 32), ctypes.string_at(at(a, 40)))
print(at({1: 2, 3: 4}, 16))
cell = (lambda v: lambda: v)(x).__closure__[0]
print(at(cell, 16) == id(x))
m = items.append.__self__, Plain().__init__
plain = Plain()
Plain.f = lambda self: 0
f = plain.f
print(at(f, 16) == id(Plain.f), at(f, 24) == id(plain))
s = slice(x, None, 3)
print([at(s, 16 + 8 * i) == id(o) for i, o in enumerate((x, None, 3))])
proxy = Plain.__dict__
namespace = ctypes.cast(at(proxy, 16), ctypes.py_object).value
print(type(namespace), namespace["f"] is Plain.f)
for cls in (int, tuple, Plain, str):
    print(cls.__name__, at(cls, 32), at(cls, 40), at(cls, 168) == cls.__flags__)
