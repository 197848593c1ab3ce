"""C data types over Python buffers: the part of CPython's _ctypes that needs no machine code.

Simple types, arrays, structures, unions and pointers lie in memory of their own or in that of any writable buffer, such as a
shared map (multiprocessing.Value and Array). Addresses are numbers that only this module gives out and understands: pointers lead to
objects of this module. What needs the machine itself raises: dlopen() an OSError, calls of functions a NotImplementedError.
"""
# CPython: Modules/_ctypes/_ctypes.c. Layouts of structures are computed by CPython's own ctypes/_layout.py.

import bisect
import math
import os
import struct
import sys
import weakref

__version__ = '1.1.0'
RTLD_LOCAL = 0
RTLD_GLOBAL = 256
FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16
SIZEOF_TIME_T = 8
CTYPES_MAX_ARGCOUNT = 1024

_HERE = 'cannot be called here: there is no machine code'


class ArgumentError(Exception):
    pass


# --- memory ---------------------------------------------------------------------------------------------------------------

_FIRST_ADDRESS = 0x7F00_0000_0000
_ALIGNMENT = 16
_next_address = _FIRST_ADDRESS
_addresses = []  # of blocks whose address was asked for, ascending
_blocks = weakref.WeakValueDictionary()  # by address


class _Block:
    """Bytes that objects lie in: a memoryview of unsigned bytes."""

    def __init__(self, view):
        self.view = view
        self.known_as = 0

    @property
    def address(self):
        global _next_address
        if not self.known_as:
            self.known_as = _next_address
            _next_address += (self.view.nbytes // _ALIGNMENT + 1) * _ALIGNMENT
            _addresses.append(self.known_as)
            _blocks[self.known_as] = self
        return self.known_as


def _new_block(size):
    return _Block(memoryview(bytearray(size)))


def _locate(address, size=0):
    """The block with an address, and where in it that is."""
    i = bisect.bisect_right(_addresses, address) - 1
    block = _blocks.get(_addresses[i]) if i >= 0 else None
    if block is None or address - block.known_as + size > block.view.nbytes:
        if not address:
            raise ValueError('NULL pointer access')
        raise ValueError(f'no memory of this program is known to lie at {address:#x}')
    return block, address - block.known_as


def _string_at(address, size, unit=1):
    block, at = _locate(address)
    data = bytes(block.view[at:])
    if size >= 0:
        return data[: size * unit]
    for end in range(0, len(data), unit):
        if not any(data[end : end + unit]):
            return data[:end]
    return data


# --- what all types have in common -------------------------------------------------------------------------------------------


class CType_Type(type):
    """Metaclass: classes whose instances are C data."""

    def from_buffer(cls, source, offset=0, /):
        view = memoryview(source)
        if view.readonly:
            raise TypeError('underlying buffer is not writable')
        if not view.c_contiguous:
            raise TypeError('underlying buffer is not C contiguous')
        block = _Block(_part(cls, view, offset))
        return _at(cls, block, 0, None)

    def from_buffer_copy(cls, source, offset=0, /):
        return _at(cls, _Block(memoryview(bytearray(_part(cls, memoryview(source), offset)))), 0, None)

    def from_address(cls, address, /):
        return _at(cls, *_locate(address, _size(cls)), None)

    def in_dll(cls, dll, name, /):
        raise ValueError(f'{name}: no symbol can be looked up here')

    def from_param(cls, value, /):
        if isinstance(value, cls):
            return value
        if hasattr(value, '_as_parameter_'):
            return cls.from_param(value._as_parameter_)
        raise TypeError(f'expected {cls.__name__} instance instead of {type(value).__name__}')

    def __mul__(cls, length):
        if not isinstance(length, int):
            return NotImplemented
        if length < 0:
            raise ValueError(f'Array length must be >= 0, not {length}')
        made = cls.__dict__.get('_arrays_')
        if made is None:
            made = weakref.WeakValueDictionary()
            type.__setattr__(cls, '_arrays_', made)
        array = made.get(length)
        if array is None:
            name = f'{cls.__name__}_Array_{length}'
            module = sys._getframe(1).f_globals.get('__name__', __name__)
            array = PyCArrayType(name, (Array,), {'_length_': length, '_type_': cls, '__module__': module})
            made[length] = array
        return array

    __rmul__ = __mul__


def _part(cls, view, offset):
    if offset < 0:
        raise ValueError('offset cannot be negative')
    need = offset + _size(cls)
    if need > view.nbytes:
        raise ValueError(f'Buffer size too small ({view.nbytes} instead of at least {need} bytes)')
    return view.cast('B')[offset:need]


def _size(cls):
    size = getattr(cls, '_size_', None)
    if size is None:
        raise TypeError('abstract class')
    return size


def _at(cls, block, offset, base, index=0):
    """An object at a place in memory; base: the object that it is a part of."""
    self = cls.__new__(cls)
    self._block, self._offset, self._b_base_, self._index = block, offset, base, index
    return self


class _CData:
    _b_base_ = None
    _b_needsfree_ = True
    _objects = None

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._block, self._offset, self._index = _new_block(_size(cls)), 0, 0
        return self

    @property
    def _bytes(self):
        return self._block.view[self._offset : self._offset + _size(type(self))]

    def _keep(self, index, value):
        """Holds what a pointer in here leads to, in the outermost object."""
        key = str(index)
        root = self
        while root._b_base_ is not None:
            key += f':{root._index}'
            root = root._b_base_
        if root._objects is None:
            root._objects = {}
        root._objects[key] = value

    def __buffer__(self, flags, /):
        cls, shape = type(self), []
        while isinstance(cls, PyCArrayType):
            shape.append(cls._length_)
            cls = cls._type_
        code = getattr(cls, '_code_', None)
        if code is None or 0 in shape:
            return self._bytes
        return self._bytes.cast(code, shape) if shape else self._bytes.cast(code)

    def __reduce__(self):
        cls = type(self)
        if _has_pointers(cls):
            raise ValueError('ctypes objects containing pointers cannot be pickled')
        return _unpickle, (cls, (self.__dict__.copy(), bytes(self._bytes)))

    def __setstate__(self, state, /):
        attributes, data = state
        self._bytes[:] = data
        for name, value in attributes.items():
            if name not in ('_block', '_offset', '_index', '_b_base_', '_objects'):
                setattr(self, name, value)

    def __ctypes_from_outparam__(self, /):
        return self

    __hash__ = object.__hash__


def _has_pointers(cls):
    if issubclass(cls, Array):
        return _has_pointers(cls._type_)
    if issubclass(cls, (Structure, Union)):
        return any(_has_pointers(f.type) for f in cls.__dict__.get('_layout_fields_', ()))
    return issubclass(cls, (_Pointer, CFuncPtr)) or getattr(cls, '_type_', '') in tuple('zZPO')


def _unpickle(cls, state, /):
    self = cls.__new__(cls)
    self.__setstate__(state)
    return self


# --- simple types -----------------------------------------------------------------------------------------------------------

_INTEGERS = 'bBhHiIlLqQ'
_CODES = {code: code for code in _INTEGERS + 'fd?'} | {'c': 'B', 'P': 'P', 'z': 'P', 'Z': 'P', 'O': 'P'}
_SIZES = {code: struct.calcsize(s) for code, s in _CODES.items()} | {'u': 4, 'g': 16}


class PyCSimpleType(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        cls = super().__new__(meta, name, bases, namespace, **kwargs)
        code = getattr(cls, '_type_', None)
        if code is None:
            if bases != (_CData,):
                raise AttributeError("class must define a '_type_' attribute")
            return cls
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if code not in _SIZES:
            known = 'cbBhHiIlLdfuzZqQPXOv?g'
            raise AttributeError(
                f"class must define a '_type_' attribute which must be\na single character string containing one of '{known}'."
            )
        if '_type_' not in namespace:
            return cls
        cls._size_ = cls._alignment_ = _SIZES[code]
        cls._struct_ = struct.Struct(_CODES[code]) if code in _CODES else None
        cls._code_ = _CODES.get(code)
        cls._swaps_ = namespace.get('_swapped_', False)
        if code in _INTEGERS + 'fd' and '_swapped_' not in namespace and bases == (_SimpleCData,):
            # The same in the other byte order.
            other = meta(name, bases, {'_type_': code, '_swapped_': True, '__module__': cls.__module__})
            other._struct_ = struct.Struct('>' + code)
            if code in 'lL':
                other._struct_ = struct.Struct('>' + {'l': 'q', 'L': 'Q'}[code])
            other._code_ = None
            cls.__ctype_le__ = other.__ctype_le__ = cls
            cls.__ctype_be__ = other.__ctype_be__ = other
        return cls

    def from_param(cls, value, /):
        if isinstance(value, cls):
            return value
        try:
            return cls(value)
        except TypeError:
            return super().from_param(value)


def _check_char(value):
    if isinstance(value, (bytes, bytearray)):
        if len(value) == 1:
            return value[0]
        what = f'{type(value).__name__} of length {len(value)}'
    elif isinstance(value, int) and 0 <= value < 256:
        return value
    else:
        what = 'an integer not in range(256)' if isinstance(value, int) else type(value).__name__
    raise TypeError(f'one character bytes, bytearray, or an integer in range(256) expected, not {what}')


def _pack_long_double(x):
    """x87's extended format, padded to 16 bytes."""
    sign = 0x8000 if math.copysign(1, x) < 0 else 0
    x = abs(x)
    if math.isinf(x) or math.isnan(x):
        mantissa, exponent = (0x8000 if math.isinf(x) else 0xC000) << 48, 0x7FFF
    elif not x:
        mantissa = exponent = 0
    else:
        fraction, power = math.frexp(x)
        mantissa, exponent = int(fraction * 2.0**53) << 11, power + 16382
    return struct.pack('<QH6x', mantissa, exponent | sign)


def _unpack_long_double(data):
    mantissa, exponent = struct.unpack('<QH6x', data)
    sign, exponent = -1.0 if exponent & 0x8000 else 1.0, exponent & 0x7FFF
    if exponent == 0x7FFF:
        return sign * (math.nan if mantissa << 1 & (1 << 64) - 1 else math.inf)
    try:
        return sign * math.ldexp(mantissa >> 11, exponent - 16382 - 53)
    except OverflowError:
        return sign * math.inf


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError(f'__init__ expected at most 1 argument, got {len(args)}')
        if args:
            self.value = args[0]

    def __bool__(self):
        return any(self._bytes)

    def __repr__(self):
        if _SimpleCData not in type(self).__bases__:
            return f'<{type(self).__name__} object at {id(self):#x}>'
        return f'{type(self).__name__}({self.value!r})'

    @property
    def value(self):
        cls = type(self)
        code = cls._type_
        data = self._bytes
        if code == 'u':
            return chr(int.from_bytes(data, sys.byteorder))
        if code == 'g':
            return _unpack_long_double(data)
        (value,) = cls._struct_.unpack(data)
        if code == 'c':
            return bytes([value])
        if code == 'O':
            if not value:
                raise ValueError('PyObject is NULL')
            return self._kept_object(value)
        if code == 'P':
            return value or None
        if code in 'zZ' and not value:
            return None
        if code == 'z':
            return _string_at(value, -1)
        if code == 'Z':
            return _string_at(value, -1, 4).decode('utf-32-le', 'surrogatepass')
        return value

    def _kept_object(self, number):
        root = self
        while root._b_base_ is not None:
            root = root._b_base_
        for kept in (root._objects or {}).values():
            if id(kept) == number:
                return kept
        raise ValueError('the object behind this number is not known')

    @value.setter
    def value(self, value):
        self._bytes[:] = self._packed(value)

    def _packed(self, value):
        cls = type(self)
        code = cls._type_
        if code in _INTEGERS:
            if not isinstance(value, int):
                if not hasattr(type(value), '__index__'):
                    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
                value = type(value).__index__(value)
            order = 'big' if cls._swaps_ else 'little'
            return (value & (1 << 8 * cls._size_) - 1).to_bytes(cls._size_, order)
        if code in 'fd':
            return cls._struct_.pack(value) if isinstance(value, float) else cls._struct_.pack(_as_float(value))
        if code == 'c':
            return bytes([_check_char(value)])
        if code == '?':
            return b'\1' if value else b'\0'
        if code == 'u':
            if not isinstance(value, str):
                raise TypeError(f'a unicode character expected, not instance of {type(value).__name__}')
            if len(value) != 1:
                raise TypeError(f'a unicode character expected, not a string of length {len(value)}')
            return ord(value).to_bytes(4, sys.byteorder)
        if code == 'g':
            return _pack_long_double(_as_float(value))
        return cls._struct_.pack(self._pointer(code, value))

    def _pointer(self, code, value):
        """What is stored for a pointer; what it leads to is held."""
        if code == 'O':
            self._keep(0, value)
            return id(value)
        if value is None:
            return 0
        if isinstance(value, int):
            return value & (1 << 64) - 1
        if code == 'z' and isinstance(value, bytes):
            data = value + b'\0'
        elif code == 'Z' and isinstance(value, str):
            data = value.encode('utf-32-le', 'surrogatepass') + bytes(4)
        elif code == 'P':
            raise TypeError('cannot be converted to pointer')
        else:
            wanted = 'bytes' if code == 'z' else 'unicode string'
            raise TypeError(f'{wanted} or integer address expected instead of {type(value).__name__} instance')
        block = _Block(memoryview(bytearray(data)))
        self._keep(0, (value, block))
        return block.address


def _as_float(value):
    if isinstance(value, (float, int)) or hasattr(type(value), '__float__') or hasattr(type(value), '__index__'):
        return float(value)
    raise TypeError(f'must be real number, not {type(value).__name__}')


def _read(cls, block, offset, base, index):
    """The value of an array's item or a structure's field."""
    item = _at(cls, block, offset, base, index)
    # Subclasses of the simple types are given out as they are.
    plain = cls.__base__ is _SimpleCData or cls.__base__ is Array and _text_code(cls)
    return item.value if plain else item


def _text_code(cls):
    """'c' or 'u' for arrays of characters, else ''."""
    code = getattr(cls._type_, '_type_', None)
    return code if isinstance(code, str) and code in 'cu' else ''


def _write(cls, block, offset, base, index, value):
    size = _size(cls)
    if isinstance(value, cls):
        block.view[offset : offset + size] = bytes(value._bytes)
        if value._objects is not None:
            base._keep(index, value._objects)
        elif issubclass(cls, _Pointer):
            base._keep(index, value)
    elif issubclass(cls, _SimpleCData):
        _at(cls, block, offset, base, index).value = value
    elif issubclass(cls, Array) and _text_code(cls) and not isinstance(value, tuple):
        if not isinstance(value, bytes if _text_code(cls) == 'c' else str):
            wanted = 'bytes' if _text_code(cls) == 'c' else 'unicode string'
            raise TypeError(f'expected {wanted}, {type(value).__name__} found')
        _at(cls, block, offset, base, index).value = value
    elif isinstance(value, tuple) and issubclass(cls, (Array, Structure, Union)):
        made = cls(*value)
        block.view[offset : offset + size] = bytes(made._bytes)
        if made._objects is not None:
            base._keep(index, made._objects)
    elif issubclass(cls, _Pointer) and value is None:
        block.view[offset : offset + size] = bytes(size)
    elif issubclass(cls, _Pointer) and isinstance(value, Array) and value._type_ is cls._type_:
        block.view[offset : offset + size] = struct.pack('P', addressof(value))
        base._keep(index, value)
    else:
        raise TypeError(f'incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance')


# --- arrays -------------------------------------------------------------------------------------------------------------------


class PyCArrayType(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        cls = super().__new__(meta, name, bases, namespace, **kwargs)
        if bases == (_CData,):
            return cls
        length, item = getattr(cls, '_length_', None), getattr(cls, '_type_', None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if item is None:
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(item, CType_Type):
            raise TypeError('_type_ must have storage info')
        cls._size_, cls._alignment_ = length * _size(item), alignment(item)
        if _text_code(cls) == 'c':
            cls.value, cls.raw = property(_get_chars, _set_chars), property(_get_raw, _set_raw)
        elif _text_code(cls) == 'u':
            cls.value = property(_get_text, _set_text)
        return cls


def _get_chars(self):
    return bytes(self._bytes).partition(b'\0')[0]


def _set_chars(self, value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected instead of {type(value).__name__} instance")
    if len(value) > self._length_:
        raise ValueError('byte string too long')
    if len(value) < self._length_:
        value += b'\0'
    self._bytes[: len(value)] = value


def _get_raw(self):
    return bytes(self._bytes)


def _set_raw(self, value):
    data = memoryview(value).cast('B')
    if data.nbytes > self._length_:
        raise ValueError('byte string too long')
    self._bytes[: data.nbytes] = data


def _get_text(self):
    return bytes(self._bytes).decode('utf-32-le', 'surrogatepass').partition('\0')[0]


def _set_text(self, value):
    if not isinstance(value, str):
        raise TypeError(f'unicode string expected instead of {type(value).__name__} instance')
    if len(value) > self._length_:
        raise ValueError('string too long')
    if len(value) < self._length_:
        value += '\0'
    data = value.encode('utf-32-le', 'surrogatepass')
    self._bytes[: len(data)] = data


class Array(_CData, metaclass=PyCArrayType):
    def __init__(self, *args):
        for i, value in enumerate(args):
            self[i] = value

    def __len__(self):
        return self._length_

    def _position(self, index):
        index = index.__index__()
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError('invalid index')
        return index, self._offset + index * self._type_._size_

    def __getitem__(self, key):
        if isinstance(key, slice):
            indices = range(self._length_)[key]
            if code := _text_code(type(self)):
                return (b'' if code == 'c' else '').join([self[i] for i in indices])
            return [self[i] for i in indices]
        if not hasattr(type(key), '__index__'):
            raise TypeError('indices must be integers')
        index, at = self._position(key)
        return _read(self._type_, self._block, at, self, index)

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            indices = range(self._length_)[key]
            if len(indices) != len(value):
                raise ValueError('Can only assign sequence of same size')
            for i, item in zip(indices, value):
                self[i] = item
            return
        if not hasattr(type(key), '__index__'):
            raise TypeError('indices must be integers')
        index, at = self._position(key)
        _write(self._type_, self._block, at, self, index, value)

    def __delitem__(self, key):
        raise TypeError('Array does not support item deletion')


# --- structures and unions ------------------------------------------------------------------------------------------------------


class CField:
    """A field of a structure or union."""

    def __init__(self, *, name, type, byte_size, byte_offset, index, _internal_use, bit_size=None, bit_offset=None):
        if not isinstance(name, str):
            raise TypeError(f'_fields_ must hold names, not {name!r}')
        self.name, self.type, self.byte_size, self.byte_offset = name, type, byte_size, byte_offset
        self.offset = byte_offset
        self.is_bitfield = bit_size is not None
        self.bit_size = bit_size if self.is_bitfield else byte_size * 8
        self.bit_offset = bit_offset if self.is_bitfield else 0
        self.size = bit_size << 16 | bit_offset if self.is_bitfield else byte_size
        self.is_anonymous = False
        self._index = index
        if self.is_bitfield and getattr(type, '_type_', None) not in tuple(_INTEGERS + '?c'):
            raise TypeError(f'bit fields not allowed for type {type.__name__}')

    def _bits(self, obj):
        at = obj._offset + self.byte_offset
        view = obj._block.view[at : at + self.byte_size]
        return view, int.from_bytes(view, 'big' if getattr(self.type, '_swaps_', False) else 'little')

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        if not self.is_bitfield:
            return _read(self.type, obj._block, obj._offset + self.byte_offset, obj, self._index)
        value = self._bits(obj)[1] >> self.bit_offset & (1 << self.bit_size) - 1
        if self.type._type_ in 'bhilq' and value >> self.bit_size - 1:
            value -= 1 << self.bit_size
        return bool(value) if self.type._type_ == '?' else value

    def __set__(self, obj, value):
        if not self.is_bitfield:
            _write(self.type, obj._block, obj._offset + self.byte_offset, obj, self._index, value)
            return
        mask = (1 << self.bit_size) - 1 << self.bit_offset
        view, old = self._bits(obj)
        new = old & ~mask | (int(value) << self.bit_offset & mask)
        view[:] = new.to_bytes(self.byte_size, 'big' if getattr(self.type, '_swaps_', False) else 'little')

    def __repr__(self):
        kind = self.type.__name__
        if self.is_bitfield:
            bits = f'bit_size={self.bit_size}, bit_offset={self.bit_offset}'
            return f'<ctypes.CField {self.name!r} type={kind}, ofs={self.byte_offset}, {bits}>'
        return f'<ctypes.CField {self.name!r} type={kind}, ofs={self.byte_offset}, size={self.byte_size}>'


class _Aggregate(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        cls = super().__new__(meta, name, bases, namespace, **kwargs)
        if '_abstract_' in namespace or bases == (_CData,):
            return cls
        if '_fields_' in namespace:
            cls._fields_ = namespace['_fields_']
        elif '_size_' not in cls.__dict__ and getattr(cls, '_size_', None) is None:
            type.__setattr__(cls, '_size_', 0)
            type.__setattr__(cls, '_alignment_', 1)
        return cls

    def __setattr__(cls, name, value):
        if name != '_fields_':
            super().__setattr__(name, value)
            return
        if '_layout_fields_' in cls.__dict__:
            raise AttributeError('_fields_ is final')
        from ctypes._layout import get_layout

        base = cls.__base__ if cls.__base__ not in (Structure, Union) and '_size_' in dir(cls.__base__) else None
        fields = list(value)
        layout = get_layout(cls, fields, issubclass(cls, Structure), base)
        set_ = super().__setattr__
        set_('_fields_', value)
        set_('_layout_fields_', layout.fields)
        set_('_size_', layout.size)
        set_('_alignment_', layout.align)
        anonymous = cls.__dict__.get('_anonymous_', ())
        for field in layout.fields:
            set_(field.name, field)
        for field_name in anonymous:
            outer = cls.__dict__.get(field_name)
            if not isinstance(outer, CField):
                raise AttributeError(field_name)
            outer.is_anonymous = True
            for inner in outer.type._layout_fields_:
                if inner.name not in cls.__dict__:
                    set_(inner.name, property(*_through(outer, inner.name)))


def _through(outer, name):
    """Access to a field of an anonymous field."""
    return lambda obj: getattr(outer.__get__(obj), name), lambda obj, value: setattr(outer.__get__(obj), name, value)


class PyCStructType(_Aggregate):
    pass


class UnionType(_Aggregate):
    pass


class _Fields(_CData, metaclass=_Aggregate):
    _abstract_ = True

    def __init__(self, *args, **kwargs):
        names = self._names()
        if len(args) > len(names):
            raise TypeError('too many initializers')
        for name, value in zip(names, args):
            if name in kwargs:
                raise TypeError(f'duplicate values for field {name!r}')
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    @classmethod
    def _names(cls):
        names = []
        for base in reversed(cls.__mro__):
            names += [field[0] for field in base.__dict__.get('_fields_', ())]
        return names


class Structure(_Fields, metaclass=PyCStructType):
    _abstract_ = True


class Union(_Fields, metaclass=UnionType):
    _abstract_ = True


# --- pointers and functions ---------------------------------------------------------------------------------------------------


class PyCPointerType(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        module = sys._getframe(1).f_globals.get('__name__', __name__)
        cls = super().__new__(meta, name, bases, {'__module__': module, **namespace}, **kwargs)
        if bases == (_CData,):
            return cls
        cls._size_ = cls._alignment_ = struct.calcsize('P')
        item = namespace.get('_type_')
        if item is not None:
            cls.set_type(item)
        return cls

    def set_type(cls, item, /):
        if not isinstance(item, CType_Type):
            raise TypeError(f'{item!r} must have storage info')
        cls._type_ = item
        if '__pointer_type__' not in item.__dict__:
            type.__setattr__(item, '__pointer_type__', cls)

    def from_param(cls, value, /):
        if value is None:
            return cls()
        if isinstance(value, cls._type_):
            return cls(value)
        if isinstance(value, (Array, _Pointer)) and value._type_ is cls._type_:
            return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=PyCPointerType):
    def __init__(self, *args):
        if not hasattr(self, '_type_'):
            raise TypeError('Cannot create instance: has no _type_')
        if args:
            self.contents = args[0]

    @property
    def _address(self):
        return struct.unpack('P', self._bytes)[0]

    def __bool__(self):
        return self._address != 0

    def _item(self, index):
        if not self._address:
            raise ValueError('NULL pointer access')
        size = _size(self._type_)
        return *_locate(self._address + index * size, size), self._target()

    def _target(self):
        kept = (self._objects or {}).get('0')
        return kept if isinstance(kept, _CData) else self

    @property
    def contents(self):
        block, at, target = self._item(0)
        return target if isinstance(target, self._type_) and target._offset == at else _at(self._type_, block, at, None)

    @contents.setter
    def contents(self, value):
        if not isinstance(value, self._type_) and not (isinstance(value, Array) and value._type_ is self._type_):
            raise TypeError(f'expected {self._type_.__name__} instead of {type(value).__name__}')
        self._bytes[:] = struct.pack('P', addressof(value))
        self._keep(0, value)

    def __getitem__(self, key):
        if isinstance(key, slice):
            if key.stop is None:
                raise ValueError('slice stop is required')
            step = 1 if key.step is None else key.step
            if key.start is None and step < 0:
                raise ValueError('slice start is required for step < 0')
            items = [self[i] for i in range(key.start or 0, key.stop, step)]
            code = getattr(self._type_, '_type_', None) if isinstance(self._type_, PyCSimpleType) else None
            return b''.join(items) if code == 'c' else ''.join(items) if code == 'u' else items
        block, at, target = self._item(key)
        return _read(self._type_, block, at, target, key)

    def __setitem__(self, index, value):
        block, at, target = self._item(index)
        _write(self._type_, block, at, target, index, value)


class PyCFuncPtrType(CType_Type):
    def __new__(meta, name, bases, namespace, **kwargs):
        cls = super().__new__(meta, name, bases, namespace, **kwargs)
        cls._size_ = cls._alignment_ = struct.calcsize('P')
        return cls


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    """A function: one of this module's own, or a Python function that nobody but Python can call."""

    def __init__(self, function=0, *paramflags):
        if isinstance(function, tuple):
            raise AttributeError(f'undefined symbol: {function[0]} (there is no machine code here)')
        if not callable(function) and not isinstance(function, int):
            raise TypeError('argument must be callable or integer function address')
        self._function = function if callable(function) else _FUNCTIONS.get(function)
        self._bytes[:] = struct.pack('P', id(function) if callable(function) else function)

    def __bool__(self):
        return any(self._bytes)

    def __call__(self, *args):
        if self._function is None:
            raise NotImplementedError(f'{type(self).__name__} {_HERE}')
        return self._function(*args)


# --- functions --------------------------------------------------------------------------------------------------------------------


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
    if isinstance(result, _SimpleCData) and result._type_ not in 'zZP' or isinstance(result, (Array, _Fields)):
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
_FUNCTIONS = {
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


def alignment(obj, /):
    cls = obj if isinstance(obj, CType_Type) else type(obj)
    if not isinstance(cls, CType_Type) or getattr(cls, '_alignment_', None) is None:
        raise TypeError('no alignment info')
    return cls._alignment_


def addressof(obj, /):
    if not isinstance(obj, _CData):
        raise TypeError('invalid type')
    return obj._block.address + obj._offset


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


def dlopen(name, flags=0, /):
    if name is None:
        return 0  # the program itself, which has no functions to look up
    raise OSError(f'{os.fsdecode(name)}: machine code cannot be loaded here')
