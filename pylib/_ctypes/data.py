"""Memory, what all C types have in common, simple types and arrays."""

import bisect
import math
import struct
import sys
import weakref

import _capi

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
    if block is not None and address - block.known_as + size <= block.view.nbytes:
        return block, address - block.known_as
    if not address:
        raise ValueError('NULL pointer access')
    found = _capi.memory(address, size)
    if found is None:
        raise ValueError(f'no memory of this program is known to lie at {address:#x}')
    block = _Block(found[0])
    block.known_as = found[1]
    return block, address - block.known_as


def _string_at(address, size, unit=1):
    if size >= 0:
        block, at = _locate(address, size * unit)
        return bytes(block.view[at : at + size * unit])
    block, at = _locate(address)
    data = bytes(block.view[at:])
    for end in range(0, len(data), unit):
        if not any(data[end : end + unit]):
            return data[:end]
    return data


# --- what all types have in common ----------------------------------------------------------------------------------------


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


def addressof(obj, /):
    if not isinstance(obj, _CData):
        raise TypeError('invalid type')
    return obj._block.address + obj._offset


def alignment(obj, /):
    cls = obj if isinstance(obj, CType_Type) else type(obj)
    if not isinstance(cls, CType_Type) or getattr(cls, '_alignment_', None) is None:
        raise TypeError('no alignment info')
    return cls._alignment_


# What an object's dict holds besides the program's attributes.
_OWN = frozenset(['_block', '_offset', '_index', '_b_base_', '_objects'])


class _CData:
    _b_base_ = None
    _b_needsfree_ = True
    _objects = None
    _is_pointer_ = False
    _has_fields_ = False

    @classmethod
    def _has_pointers(cls):
        return cls._is_pointer_

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
        if cls._has_pointers():
            raise ValueError('ctypes objects containing pointers cannot be pickled')
        attributes = {name: value for name, value in self.__dict__.items() if name not in _OWN}
        return _unpickle, (cls, (attributes, bytes(self._bytes)))

    def __setstate__(self, state, /):
        attributes, data = state
        self._bytes[:] = data
        self.__dict__.update(attributes)

    def __ctypes_from_outparam__(self, /):
        return self

    __hash__ = object.__hash__


def _unpickle(cls, state, /):
    self = cls.__new__(cls)
    self.__setstate__(state)
    return self


# --- simple types ---------------------------------------------------------------------------------------------------------

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
            if not hasattr(value, '_as_parameter_'):
                raise
            return cls.from_param(value._as_parameter_)


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
    @classmethod
    def _has_pointers(cls):
        return cls._type_ in 'zZPO'

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
        return _capi.object_at(number)

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
        elif cls._is_pointer_:
            base._keep(index, value)
    elif issubclass(cls, _SimpleCData):
        _at(cls, block, offset, base, index).value = value
    elif issubclass(cls, Array) and _text_code(cls) and not isinstance(value, tuple):
        if not isinstance(value, bytes if _text_code(cls) == 'c' else str):
            wanted = 'bytes' if _text_code(cls) == 'c' else 'unicode string'
            raise TypeError(f'expected {wanted}, {type(value).__name__} found')
        _at(cls, block, offset, base, index).value = value
    elif isinstance(value, tuple) and (cls._has_fields_ or issubclass(cls, Array)):
        made = cls(*value)
        block.view[offset : offset + size] = bytes(made._bytes)
        if made._objects is not None:
            base._keep(index, made._objects)
    elif cls._is_pointer_ and value is None:
        block.view[offset : offset + size] = bytes(size)
    elif cls._is_pointer_ and isinstance(value, Array) and value._type_ is cls._type_:
        block.view[offset : offset + size] = struct.pack('P', addressof(value))
        base._keep(index, value)
    else:
        raise TypeError(f'incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance')


# --- arrays ---------------------------------------------------------------------------------------------------------------


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
    @classmethod
    def _has_pointers(cls):
        return cls._type_._has_pointers()

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


