"""Functions: this package's own, those of the C API that there are, and Python functions that nobody but Python can call."""

import struct
import sys

from .capi import FUNCTIONS, _Result
from .compound import _Pointer
from .data import CType_Type, _CData, PyCSimpleType, _SimpleCData, _size, addressof

# Functions of this package by the numbers that stand for their addresses.
_functions = {}

_FIRST_FUNCTION = 0x7E00_0000_0000
_addresses = {}  # of functions of the C API, by name


class ArgumentError(Exception):
    pass


class PyCFuncPtrType(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        cls = super().__new__(meta, name, bases, namespace, **kwargs)
        cls._size_ = cls._alignment_ = struct.calcsize('P')
        return cls


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    _is_pointer_ = True
    _argtypes_ = None
    _restype_ = None
    _errcheck = None
    _symbol = None  # the name of a function of the C API

    def __init__(self, function=0, *paramflags):
        if isinstance(function, tuple):
            self._function, function = self._look_up(*function)
        elif callable(function):
            self._function, function = function, id(function)
        elif isinstance(function, int):
            self._function = _functions.get(function)
        else:
            raise TypeError('argument must be callable or integer function address')
        self._bytes[:] = struct.pack('P', function)

    def _look_up(self, name, library):
        found = FUNCTIONS.get(name)
        if found is None:
            raise AttributeError(f'{sys.executable}: undefined symbol: {name}')
        self._symbol = name
        return found, _addresses.setdefault(name, _FIRST_FUNCTION + 16 * len(_addresses))

    def __bool__(self):
        return any(self._bytes)

    def __repr__(self):
        return f'<{type(self).__name__} object at {id(self):#x}>'

    @property
    def argtypes(self):
        return self._argtypes_

    @argtypes.setter
    def argtypes(self, types):
        if types is None:
            self._argtypes_ = None
            return
        if not isinstance(types, (tuple, list)):
            raise TypeError('_argtypes_ must be a sequence of types')
        for i, cls in enumerate(types, 1):
            if not hasattr(cls, 'from_param'):
                raise TypeError(f'item {i} in _argtypes_ has no from_param method')
        self._argtypes_ = types

    @argtypes.deleter
    def argtypes(self):
        self._argtypes_ = type(self)._argtypes_

    @property
    def restype(self):
        return self._restype_

    @restype.setter
    def restype(self, cls):
        if cls is not None and not isinstance(cls, CType_Type) and not callable(cls):
            raise TypeError('restype must be a type, a callable, or None')
        self._restype_ = cls

    @restype.deleter
    def restype(self):
        self._restype_ = type(self)._restype_

    @property
    def errcheck(self):
        return self._errcheck

    @errcheck.setter
    def errcheck(self, function):
        if function is not None and not callable(function):
            raise TypeError('the errcheck attribute must be callable')
        self._errcheck = function

    @errcheck.deleter
    def errcheck(self):
        self._errcheck = None

    def __call__(self, *args):
        if self._function is None:
            raise NotImplementedError(f'{type(self).__name__} cannot be called here: there is no machine code')
        if self._symbol is None:
            return self._function(*args)
        kept = self._converted(args)
        given = [_raw(value) for value in kept]
        expected = self._function.__code__.co_argcount
        if len(given) < expected:
            raise TypeError(f'{self._symbol}() reads {expected} arguments, {len(given)} are given')
        result = _from_c(self._function(*given[:expected]), self._restype_)
        return result if self._errcheck is None else self._errcheck(result, self, args)

    def _converted(self, args):
        types = self._argtypes_ or ()
        if len(args) < len(types):
            s = '' if len(types) == 1 else 's'
            raise TypeError(f'this function takes at least {len(types)} argument{s} ({len(args)} given)')
        converted = []
        for i, value in enumerate(args):
            try:
                converted.append(_argument(types[i].from_param(value) if i < len(types) else value, i + 1))
            except Exception as e:
                raise ArgumentError(f'argument {i + 1}: {type(e).__name__}: {e}') from None
        return converted


def _argument(value, number):
    """What an argument is turned into that has no type, or has gone through from_param()."""
    if isinstance(value, (_CData, int, bytes, str)) or value is None or hasattr(value, '_obj'):
        return value
    if hasattr(value, '_as_parameter_'):
        return _argument(value._as_parameter_, number)
    raise TypeError(f"Don't know how to convert parameter {number}")


def _raw(value):
    """An argument as a function gets it: a signed number of 64 bits, or a float."""
    if value is None:
        return 0
    if isinstance(value, int):
        return (value & 0xFFFF_FFFF ^ 0x8000_0000) - 0x8000_0000
    if isinstance(value, (bytes, str)):
        text = _text_type('z' if isinstance(value, bytes) else 'Z')(value)
        value = _Kept(struct.unpack('q', text._bytes)[0])
        value.text = text
        return value
    if hasattr(value, '_obj'):  # of byref()
        return addressof(value._obj) + value._shift
    if isinstance(value, _SimpleCData):
        if value._type_ in 'fdg':
            return value.value
        return int.from_bytes(value._bytes, sys.byteorder, signed=value._type_ in 'bhilq' or len(value._bytes) == 8)
    if isinstance(value, (_Pointer, CFuncPtr)):
        return struct.unpack('q', value._bytes)[0]
    return addressof(value)


class _Kept(int):
    """An address, and what has to live while it is in use."""


def _text_type(code):
    import ctypes

    return ctypes.c_char_p if code == 'z' else ctypes.c_wchar_p


def _from_c(result, restype):
    """A function's result as the type that it is declared to have."""
    if restype is None:
        return None
    if not isinstance(restype, CType_Type):
        return restype(_in_int(result))
    code = restype._type_ if isinstance(restype, PyCSimpleType) else ''
    if isinstance(result, float):
        if code not in ('d', 'g'):
            raise NotImplementedError('the result of this function is a double')
        data = struct.pack('d', result)
        if code == 'g':
            return result
    elif code == 'O' and isinstance(result, _Result):
        return result.object
    else:
        if isinstance(result, _Result):
            result = result.leaked_address()
        data = struct.pack('q', result)
    made = restype()
    size = _size(restype)
    if size > len(data):
        raise NotImplementedError(f'no result of type {restype.__name__} can be returned here')
    made._bytes[:] = data[:size]
    return made.value if restype.__base__ is _SimpleCData else made


def _in_int(result):
    if isinstance(result, _Result):
        result = result.leaked_address()
    return (int(result) & 0xFFFF_FFFF ^ 0x8000_0000) - 0x8000_0000
