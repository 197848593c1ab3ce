# Structures, pointers and arrays of ctypes over the memory of objects.
import sys
from ctypes import *


class PyObject(Structure):
    _fields_ = [("ob_refcnt", c_ssize_t), ("ob_type", c_void_p)]


class PyList(Structure):
    _fields_ = [("h", PyObject), ("size", c_ssize_t), ("items", POINTER(py_object)), ("allocated", c_ssize_t)]


class PyFloat(Structure):
    _fields_ = [("h", PyObject), ("v", c_double)]


x = object()
p = cast(id(x), POINTER(PyObject))
print(p.contents.ob_refcnt, p[0].ob_type == id(object))

items = [x, 2, 3]
s = PyList.from_address(id(items))
print(s.h.ob_refcnt, s.size, s.items[0] is x, s.items[1], s.allocated)
items.append(4)
print(s.size, s.items[3])
s.h.ob_refcnt += 1
print(s.h.ob_refcnt)
s.h.ob_refcnt -= 1

f = float("2.5")
d = c_double.from_address(id(f) + 16)
q = pointer(d)
print(q.contents.value, q[0])
q[0] = 3.5
print(f, addressof(d) == id(f) + 16, bytes(d))
v = PyFloat.from_address(id(f))
v.v = 9.0
print(f, PyFloat.from_buffer_copy(v).v)

text = "hello"
print((c_char * sys.getsizeof(text)).from_address(id(text)).raw[40:46])
print(string_at(id(5), sys.getsizeof(5))[24:])
b = b"abc\0def"
print(string_at(id(b) + 32), string_at(id(b) + 32, 7), cast(id(b) + 32, c_char_p).value)
wide = "\u20ac\u20ac"
print(cast(id(wide) + 56, POINTER(c_uint16))[0:3])
print(ascii(wstring_at(id("\U0001f600x") + 56)))

o = py_object(x)
print(o.value is x, c_void_p.from_buffer(o).value == id(x), py_object())
array = (py_object * 2)(x, "y")
print(array[1], array[0] is x)
