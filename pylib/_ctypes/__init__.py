"""C data types over Python buffers: the part of CPython's _ctypes that needs no machine code.

Simple types, arrays, structures, unions and pointers lie in memory of their own or in that of any writable buffer, such as a
shared map (multiprocessing.Value and Array). Addresses are numbers that only this package gives out and understands: pointers
lead to its objects, and to the live objects whose address id() has shown (module _capi). Of the C API there are the functions
in capi.py. What needs the machine itself raises: dlopen() an OSError, calls of other functions a NotImplementedError.
"""
# CPython: Modules/_ctypes/_ctypes.c. Layouts of structures are computed by CPython's own ctypes/_layout.py.

import os
import struct

import _capi

from .compound import CField, Structure, Union, _Fields, _Pointer
from .functions import ArgumentError, CFuncPtr, _functions
from .data import Array, CType_Type, PyCArrayType, _Block, _CData, _locate, _SimpleCData, _size, _string_at, _unpickle
from .data import addressof, alignment

__version__ = '1.1.0'
RTLD_LOCAL = 0
RTLD_GLOBAL = 256
FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16
SIZEOF_TIME_T = 8
CTYPES_MAX_ARGCOUNT = 1024

for _cls in [CField, CType_Type, _CData, _SimpleCData, Array, Structure, Union, _Pointer, CFuncPtr, ArgumentError]:
    type.__setattr__(type(_cls) if isinstance(_cls, CType_Type) else _cls, '__module__', __name__)
    type.__setattr__(_cls, '__module__', __name__)


def _address_of_argument(value):
    if value is None:
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, _Pointer):
        return value._address
    if isinstance(value, _Reference):
        return addressof(value._obj) + value._shift
    if isinstance(value, _SimpleCData) and value._type_ in 'zZP':
        return struct.unpack('P', value._bytes)[0]
    if isinstance(value, _CData):
        return addressof(value)
    if isinstance(value, bytes):
        block = _Block(memoryview(bytearray(value + b'\0')))
        _strings.append(block)
        del _strings[:-16]
        return block.address
    raise ArgumentError(f'argument 1: TypeError: {type(value).__name__} is no pointer')


_strings = []  # of bytes that were arguments lately


def _memmove(to, source, count):
    address = _address_of_argument(to)
    if isinstance(source, (bytes, bytearray)):
        data = bytes(source[:count])
    else:
        block, at = _locate(_address_of_argument(source), count)
        data = bytes(block.view[at : at + count])
    block, at = _locate(address, count)
    block.view[at : at + count] = data
    return address


def _memset(to, byte, count):
    address = _address_of_argument(to)
    block, at = _locate(address, count)
    block.view[at : at + count] = bytes([byte & 255]) * count
    return address


def _cast(obj, source, target):
    result = target()
    address = _address_of_argument(obj)
    if isinstance(result, _SimpleCData) and result._type_ not in 'zZPO' or isinstance(result, (Array, _Fields)):
        raise TypeError('cast() argument 2 must be a pointer, not ' + target.__name__)
    result._bytes[:] = struct.pack('P', address)
    result._objects = {'source': source, **(getattr(source, '_objects', None) or {})}
    return result


def _view_at(address, size, readonly):
    block, at = _locate(_address_of_argument(address), size)
    view = block.view[at : at + size]
    return view.toreadonly() if readonly else view


# By numbers that stand for their addresses.
_memmove_addr, _memset_addr, _string_at_addr, _cast_addr, _memoryview_at_addr, _wstring_at_addr = range(1, 7)
_functions |= {
    _memmove_addr: _memmove,
    _memset_addr: _memset,
    _string_at_addr: lambda ptr, size=-1: _string_at(_address_of_argument(ptr), size),
    _cast_addr: _cast,
    _memoryview_at_addr: _view_at,
    _wstring_at_addr: lambda ptr, size=-1: _string_at(_address_of_argument(ptr), size, 4).decode('utf-32-le', 'surrogatepass'),
}


class _Reference:
    """What byref() gives."""

    def __init__(self, obj, shift):
        self._obj, self._shift = obj, shift


def byref(obj, offset=0, /):
    if not isinstance(obj, _CData):
        raise TypeError(f'byref() argument 1 must be _ctypes._CData, not {type(obj).__name__}')
    return _Reference(obj, offset)


def sizeof(obj, /):
    cls = obj if isinstance(obj, CType_Type) else type(obj)
    if not isinstance(cls, CType_Type):
        raise TypeError('this type has no size')
    return len(obj._bytes) if isinstance(obj, _CData) else _size(cls)


def buffer_info(obj, /):
    cls = obj if isinstance(obj, CType_Type) else type(obj)
    shape = []
    while isinstance(cls, PyCArrayType):
        shape.append(cls._length_)
        cls = cls._type_
    code = getattr(cls, '_type_', None)
    name = ('>' if getattr(cls, '_swaps_', False) else '<') + code if isinstance(code, str) else 'B'
    return name, len(shape), tuple(shape)


def resize(obj, size, /):
    raise NotImplementedError('resize() is not available here')


_errno = 0


def get_errno():
    return _errno


def set_errno(value, /):
    global _errno
    old, _errno = _errno, value
    return old


def PyObj_FromPtr(address, /):
    """The object at an address that id() has shown."""
    if not isinstance(address, int):
        raise TypeError('an integer is required')
    return _capi.object_at(address)


def Py_INCREF(obj, /):
    _capi.incref(id(obj))
    return obj


def Py_DECREF(obj, /):
    _capi.decref(id(obj))
    return obj


def dlopen(name, flags=0, /):
    if name is None:
        return 0  # the program itself, which has no functions to look up
    raise OSError(f'{os.fsdecode(name)}: machine code cannot be loaded here')
