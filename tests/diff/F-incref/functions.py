# Functions of the C API through ctypes.pythonapi: arguments, results, errors.
import ctypes
import sys
import threading
from ctypes import c_char_p, c_double, c_int, c_long, c_ssize_t, c_ulong, py_object, pythonapi


def attempt(f, *args):
    try:
        print(f(*args))
    except BaseException as e:
        print(type(e).__name__, e)


try:
    pythonapi.Py_NoSuchThing
except AttributeError as e:
    print(str(e).rpartition(": ")[2], str(e).partition(": ")[2])
print(hasattr(pythonapi, "Py_IncRef"), hasattr(pythonapi, "PyNothing"))

f = pythonapi.PyObject_Repr
print(f.argtypes, f.restype, f.errcheck, f.__name__, f is pythonapi.PyObject_Repr)
for name, value in ("argtypes", 5), ("argtypes", [5]), ("restype", 5), ("errcheck", 5):
    attempt(setattr, f, name, value)
f.argtypes, f.restype = [py_object], py_object
print(f.argtypes, f.restype)
attempt(f, [1])
attempt(f)
attempt(f, [1], c_int(2))
f.errcheck = lambda result, function, arguments: (result, function is f, arguments)
attempt(f, {1: 2})
del f.errcheck
attempt(f, "again")


class Bad:
    def __repr__(self):
        raise KeyError("bad")


attempt(f, Bad())

g = pythonapi.PyLong_AsLong
g.argtypes, g.restype = [py_object], c_long
for value in (42, -1, True, "x", 2**70):
    attempt(g, value)
h = pythonapi.PyFloat_FromDouble
h.argtypes, h.restype = [c_double], py_object
attempt(h, 2.5)
attempt(h, 2)
attempt(h, "a")
h = pythonapi.PyFloat_AsDouble
h.argtypes, h.restype = [py_object], c_double
attempt(h, 3)
attempt(h, "a")
h = pythonapi.PyLong_FromLong
h.restype = py_object
attempt(h, -5)
attempt(h, c_long(1 << 40))
attempt(h, 2.5)
attempt(pythonapi.PyList_Append, py_object([]), 2.5)
h = pythonapi.Py_GetVersion
h.restype = c_char_p
print(h() == sys.version.encode(), pythonapi.Py_IsInitialized())
print(pythonapi.PyObject_Length(py_object([1, 2])), pythonapi.PyObject_Size(py_object("abc")))
print(pythonapi.PyObject_IsTrue(py_object([])))
h = pythonapi.PyBytes_FromStringAndSize
h.restype = py_object
print(h(b"abcdef", 3))
h = pythonapi.PyUnicode_FromString
h.restype = py_object
print(h("h\xe9".encode()))
items = []
print(pythonapi.PyList_Append(py_object(items), py_object(5)), items)

print(ctypes.cast(id(items), py_object).value is items)
attempt(lambda: py_object().value)
print(py_object(), py_object(items).value is items)

print("-- exceptions in other threads")
set_exc = pythonapi.PyThreadState_SetAsyncExc
set_exc.argtypes = [c_ulong, py_object]


def spin(log, ready):
    try:
        ready.set()
        while True:
            pass
    except BaseException as e:
        log.append((type(e).__name__, e.args))


for exc in (KeyError, SystemExit, ValueError("made"), 5):
    log, ready = [], threading.Event()
    thread = threading.Thread(target=spin, args=(log, ready))
    thread.start()
    ready.wait()
    print(set_exc(thread.ident, exc))
    thread.join()
    print(log)
print(set_exc(123456, KeyError))
