"""Structures, unions and pointers."""

import struct
import sys

from .data import Array, CType_Type, _at, _CData, _INTEGERS, _locate, PyCSimpleType, _read, _SimpleCData, _size, _write
from .data import addressof

# --- structures and unions ------------------------------------------------------------------------------------------------


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
    _has_fields_ = True

    @classmethod
    def _has_pointers(cls):
        return any(field.type._has_pointers() for field in cls.__dict__.get('_layout_fields_', ()))

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


# --- pointers ---------------------------------------------------------------------------------------------------------


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
    _is_pointer_ = True

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
