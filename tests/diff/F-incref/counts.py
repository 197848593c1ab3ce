# Py_IncRef and Py_DecRef: counts move, and a leaked reference keeps an object alive.
import ctypes
import sys
import weakref
from ctypes import c_ssize_t, c_void_p, py_object, pythonapi


class Value:
    def __del__(self):
        print("dead")


v = Value()
count = c_ssize_t.from_address(id(v))
print(count.value)
pythonapi.Py_IncRef(py_object(v))
print(count.value, sys.getrefcount(v))
pythonapi.Py_IncRef(c_void_p(id(v)))
print(count.value)
pythonapi.Py_DecRef(py_object(v))
print(count.value)

print("-- it stays")
ref, address = weakref.ref(v), id(v)
del v
print(ref() is not None, count.value)
v = ctypes.cast(address, py_object).value
print(v is ref(), count.value)
del v
print(count.value)
pythonapi.Py_DecRef(c_void_p(address))
print(ref())

print("-- with types of arguments and results")
inc = pythonapi.Py_IncRef
inc.argtypes, inc.restype = [py_object], None
items = []
print(inc(items), sys.getrefcount(items) - 2)
dec = pythonapi.Py_DecRef
dec.argtypes, dec.restype = (py_object,), None
print(dec(items), sys.getrefcount(items) - 1)
print(pythonapi.Py_IncRef(None) is None)
pythonapi.Py_IncRef.argtypes = None
pythonapi.Py_IncRef(None)
pythonapi.Py_DecRef(None)

new = pythonapi.Py_NewRef
new.argtypes, new.restype = [py_object], py_object
o = object()
kept = [new(o) for _ in range(3)]
print(kept[0] is o, c_ssize_t.from_address(id(o)).value)
del kept
print(c_ssize_t.from_address(id(o)).value)
refcnt = pythonapi.Py_REFCNT
refcnt.argtypes, refcnt.restype = [c_void_p], c_ssize_t
print(refcnt(id(o)))

print("-- immortal objects")
for _ in range(3):
    inc(None)
print(c_ssize_t.from_address(id(None)).value == sys.getrefcount(None) + (5 << 48))

print("-- of _ctypes")
import _ctypes

o = object()
print(_ctypes.PyObj_FromPtr(id(o)) is o, _ctypes.Py_INCREF(o) is o, sys.getrefcount(o))
print(_ctypes.Py_DECREF(o) is o, sys.getrefcount(o))
try:
    _ctypes.PyObj_FromPtr("x")
except TypeError as e:
    print(e)
