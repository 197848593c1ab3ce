"""Functions of the C API: those that programs call for what Python itself cannot do, and a few simple ones.

They get what a C function would: numbers of 64 bits, which are addresses where an object is asked for. An object that is returned
is a _Result.
"""

import operator
import sys

import _capi

from .data import _as_float, _new_block, _string_at

_ULONG = (1 << 64) - 1


class _Result:
    """A new reference."""

    def __init__(self, object):
        self.object = object

    def leaked_address(self):
        """For a caller who sees a number: the reference is nobody's any more."""
        _capi.incref(id(self.object))
        return id(self.object)


def _object(address):
    if not address:
        raise SystemError('null argument to internal routine')
    return _capi.object_at(address & _ULONG)


def Py_IncRef(o):
    if o:
        _capi.incref(o & _ULONG)
    return 0


def Py_DecRef(o):
    if o:
        _capi.decref(o & _ULONG)
    return 0


def Py_NewRef(o):
    return _Result(_object(o))


def Py_REFCNT(o):
    return int.from_bytes(_string_at(o & _ULONG, 4), sys.byteorder)


def Py_TYPE(o):
    return id(type(_object(o)))


def Py_Is(a, b):
    return int(a == b)


def Py_IsInitialized():
    return 1


_texts = {}  # blocks of C strings that live for ever


def Py_GetVersion():
    if 'version' not in _texts:
        data = sys.version.encode() + b'\0'
        block = _texts['version'] = _new_block(len(data))
        block.view[:] = data
    return _texts['version'].address


def PyThreadState_SetAsyncExc(ident, exc):
    return _capi.set_async_exc(ident & _ULONG, _object(exc) if exc else None)


def PyFrame_LocalsToFast(frame, clear):
    """Does nothing since Python 3.13: f_locals writes through."""
    return 0


def PyObject_Repr(o):
    return _Result(repr(_object(o)))


def PyObject_Str(o):
    return _Result(str(_object(o)))


def PyObject_Type(o):
    return _Result(type(_object(o)))


def PyObject_Size(o):
    return len(_object(o))


def PyObject_IsTrue(o):
    return int(bool(_object(o)))


def PyObject_Hash(o):
    return hash(_object(o))


def PyLong_FromLong(value):
    return _Result(value)


def PyLong_AsLong(o):
    value = operator.index(_object(o))
    if not -(1 << 63) <= value < 1 << 63:
        raise OverflowError('Python int too large to convert to C long')
    return value


def PyFloat_FromDouble(value):
    return _Result(value)


def PyFloat_AsDouble(o):
    return _as_float(_object(o))


def PyUnicode_FromString(text):
    return _Result(_string_at(text & _ULONG, -1).decode())


def PyBytes_FromString(text):
    return _Result(_string_at(text & _ULONG, -1))


def PyBytes_FromStringAndSize(text, size):
    return _Result(_string_at(text & _ULONG, size))


def PyList_Append(items, o):
    list.append(_object(items), _object(o))
    return 0


def PyDict_SetItem(mapping, key, value):
    dict.__setitem__(_object(mapping), _object(key), _object(value))
    return 0


FUNCTIONS = {name: f for name, f in list(globals().items()) if name.startswith('Py')} | {'PyObject_Length': PyObject_Size}
