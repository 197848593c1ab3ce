// _struct.ts: packing Python values into bytes laid out as C structs.                 CPython: Modules/_struct.c
//
// Formats are parsed in _struct/format.ts, single items are in _struct/items.ts; here are the Struct type, the
// functions of the module, and the cache of Struct objects that those use.

import { nulls } from '../core/arrays.ts';
import { PyErr_Clear, PyErr_SetNone, PyErr_SetString, Raised } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  decref_all,
  G_WEAKREFS,
  incref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import {
  METH_CLINIC,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  type ModuleSpec,
  PyBUF_SIMPLE,
  PyBUF_WRITABLE,
  type PyBuffer,
  static_type,
} from '../core/spec.ts';
import { PyBuffer_Release, PyNumber_AsSsize_t, PyObject_GetBuffer } from '../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_IndexError, PyExc_MemoryError, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyObject_SelfIter, repr_string, type_name_of } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsEncodedString, unicode_from_bmp } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { struct_error } from './_struct/error.ts';
import { parse_format, type StructFormat } from './_struct/format.ts';
import { pack_items, unpack_items } from './_struct/items.ts';
import { c_ssize, none, read_buffer, release } from './args.ts';

/** Payload of a Struct: null until `__init__` has run. */
class StructData {
  format: StructFormat | null = null;
  text = '';
}

type StructObject = PyObject<StructData>;

function data_of(self: PyObject): StructData {
  return (self as StructObject).v;
}

function format_of(self: PyObject): StructFormat {
  const { format } = data_of(self);
  if (format === null) PyErr_SetString(PyExc_RuntimeError, 'Struct object is not initialized');
  return format;
}

/** The text of a format given as str or bytes. */
function format_text(o: PyObject): string {
  let bytes: Uint8Array;
  if (PyUnicode_Check(o)) {
    const encoded = PyUnicode_AsEncodedString(o, 'ascii', null);
    bytes = encoded.v as Uint8Array;
    decref(encoded);
  } else if (PyBytes_Check(o)) bytes = o.v as Uint8Array;
  else {
    PyErr_SetString(PyExc_TypeError, `Struct() argument 1 must be a str or bytes object, not ${type_name_of(o)}`);
  }
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  if (text.includes('\0')) PyErr_SetString(struct_error, 'embedded null character');
  return text;
}

// --- packing and unpacking whole structs ------------------------------------------------------------------------------

/** Largest buffer that is worth trying. */
const MAX_BUFFER = 2 ** 32;

function check_count(format: StructFormat, fname: string, given: number): void {
  if (given !== format.length) {
    PyErr_SetString(struct_error, `${fname} expected ${format.length} items for packing (got ${given})`);
  }
}

/** Packs args[start…] into the bytes at an offset. */
function pack_at(
  format: StructFormat,
  out: Uint8Array,
  offset: number,
  args: readonly PyObject[],
  start: number,
): void {
  const { codes, little } = format;
  for (let i = 0, next = start; i < codes.length; i++) {
    const code = codes[i]!;
    pack_items(out, offset + code.offset, code, little, args, next);
    next += code.repeat;
  }
}

function pack(format: StructFormat, args: readonly PyObject[], start: number): PyObject {
  check_count(format, 'pack', args.length - start);
  if (format.size > MAX_BUFFER) PyErr_SetNone(PyExc_MemoryError);
  const out = new Uint8Array(format.size);
  pack_at(format, out, 0, args, start);
  return PyBytes_FromUint8Array(out);
}

/** Tuples of at most so many items get an array of the very size. */
const FEW = 256;

/** CPython: s_unpack_internal */
function unpack_at(format: StructFormat, data: Uint8Array, offset: number): PyObject {
  const { codes, little } = format;
  const items = format.length <= FEW ? nulls<PyObject>(format.length) : [];
  try {
    for (let i = 0, next = 0; i < codes.length; i++) {
      const code = codes[i]!;
      unpack_items(items, next, data, offset + code.offset, code, little);
      next += code.repeat;
    }
  } catch (e) {
    decref_all(items);
    throw e;
  }
  return PyTuple_FromArraySteal(items as PyObject[]);
}

function unpack(format: StructFormat, buffer: PyObject): PyObject {
  const view = read_buffer(buffer);
  try {
    if (view.bytes.length !== format.size) {
      PyErr_SetString(struct_error, `unpack requires a buffer of ${format.exact_size} bytes`);
    }
    return unpack_at(format, view.bytes, 0);
  } finally {
    release(view);
  }
}

/** Checks an offset into a buffer, which `given` is rounded to a double; returns it counted from the start. */
function check_offset(
  format: StructFormat,
  given: PyObject | null,
  offset: number,
  length: number,
  packing: boolean,
): number {
  const start = offset < 0 ? offset + length : offset;
  if (start < 0 || length - start < format.size || (offset < 0 && offset + format.size > 0)) {
    bad_offset(format, given, offset, length, packing);
  }
  return start;
}

function bad_offset(
  format: StructFormat,
  given: PyObject | null,
  offset: number,
  length: number,
  packing: boolean,
): never {
  const exact = given !== null && PyLong_Check(given) ? PyLong_AsBigInt(given) : BigInt(offset);
  if (offset < 0) {
    if (offset + format.size > 0) {
      const problem = packing ? 'no space to pack' : 'not enough data to unpack';
      PyErr_SetString(struct_error, `${problem} ${format.exact_size} bytes at offset ${offset}`);
    }
    if (offset + length < 0) {
      PyErr_SetString(struct_error, `offset ${exact} out of range for ${length}-byte buffer`);
    }
    offset += length;
  }
  const start = exact < 0n ? BigInt(offset) : exact;
  const [fname, verb] = packing ? ['pack_into', 'packing'] : ['unpack_from', 'unpacking'];
  PyErr_SetString(
    struct_error,
    `${fname} requires a buffer of at least ${BigInt(format.size) + start} bytes for ${verb} ${format.exact_size} bytes at offset ${start} (actual buffer size is ${length})`,
  );
}

function unpack_from(format: StructFormat, buffer: PyObject, offset_object: PyObject | null): PyObject {
  const at = (length: number): number => {
    const offset = offset_object === null ? 0 : c_ssize(offset_object);
    return check_offset(format, offset_object, offset, length, false);
  };
  if (PyBytes_Check(buffer)) {
    const bytes = buffer.v as Uint8Array;
    return unpack_at(format, bytes, at(bytes.length));
  }
  const view = PyObject_GetBuffer(buffer, PyBUF_SIMPLE);
  try {
    return unpack_at(format, view.buf, view.offset + at(view.len));
  } finally {
    PyBuffer_Release(view);
  }
}

/** Writable bytes, or TypeError in the words of PyArg_Parse's 'w*'. */
function writable(o: PyObject): PyBuffer {
  if (o.ob_type.bf_getbuffer !== null && !PyBytes_Check(o)) {
    try {
      return PyObject_GetBuffer(o, PyBUF_WRITABLE);
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
    }
  }
  PyErr_SetString(PyExc_TypeError, `argument must be read-write bytes-like object, not ${type_name_of(o)}`);
}

/** args[start] is the buffer, args[start + 1] the offset, then the values. CPython: s_pack_into */
function pack_into(format: StructFormat, args: readonly PyObject[], start: number): PyObject {
  const given = args.length - start;
  if (given !== format.length + 2) {
    if (given === 0) PyErr_SetString(struct_error, 'pack_into expected buffer argument');
    if (given === 1) PyErr_SetString(struct_error, 'pack_into expected offset argument');
    check_count(format, 'pack_into', given - 2);
  }
  const view = writable(args[start]!);
  try {
    const offset = check_offset(
      format,
      args[start + 1]!,
      PyNumber_AsSsize_t(args[start + 1]!, PyExc_IndexError),
      view.len,
      true,
    );
    const at = view.offset + offset;
    if (format.size > 32) view.buf.fill(0, at, at + format.size);
    else for (let i = at; i < at + format.size; i++) view.buf[i] = 0;
    pack_at(format, view.buf, at, args, start + 2);
    return none();
  } finally {
    PyBuffer_Release(view);
  }
}

// --- the iterator of iter_unpack --------------------------------------------------------------------------------------

class UnpackIter {
  /** Owned Struct and buffer; null when done. */
  so: PyObject | null;
  buffer: PyBuffer | null;
  index = 0;
  constructor(so: PyObject, buffer: PyBuffer) {
    this.so = so;
    this.buffer = buffer;
  }
}

function iter_data(self: PyObject): UnpackIter {
  return self.v as UnpackIter;
}

function unpackiter_finish(self: PyObject): void {
  const data = iter_data(self);
  const { so, buffer } = data;
  data.so = null;
  data.buffer = null;
  if (buffer !== null) PyBuffer_Release(buffer);
  if (so !== null) decref(so);
}

function unpackiter_dealloc(self: PyObject): void {
  gc_del(self);
  unpackiter_finish(self);
}

function unpackiter_traverse(self: PyObject, visit: visitproc): void {
  const { so, buffer } = iter_data(self);
  if (so !== null) visit(so);
  if (buffer !== null && buffer.obj !== null) visit(buffer.obj);
}

function unpackiter_next(self: PyObject): PyObject | null {
  const data = iter_data(self);
  if (data.so === null || data.buffer === null) return null;
  const format = format_of(data.so);
  const { buffer } = data;
  if (data.index >= buffer.len) {
    unpackiter_finish(self);
    return null;
  }
  const at = buffer.offset + data.index;
  data.index += format.size;
  return unpack_at(format, buffer.buf, at);
}

function unpackiter_len(self: PyObject): PyObject {
  const data = iter_data(self);
  if (data.so === null || data.buffer === null) return PyLong_FromLong(0);
  return PyLong_FromLong((data.buffer.len - data.index) / format_of(data.so).size);
}

const unpackiter_type = static_type({
  name: '_struct.unpack_iterator',
  heap: 'immutable',
  tp_basicsize: 112,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: unpackiter_dealloc,
  tp_traverse: unpackiter_traverse,
  tp_clear: unpackiter_finish,
  tp_iter: PyObject_SelfIter,
  tp_iternext: unpackiter_next,
  methods: [{ name: '__length_hint__', flags: METH_NOARGS, meth: unpackiter_len }],
});

function iter_unpack(so: PyObject, buffer: PyObject): PyObject {
  const format = format_of(so);
  if (format.size === 0) {
    PyErr_SetString(struct_error, 'cannot iteratively unpack with a struct of length 0');
  }
  const view = PyObject_GetBuffer(buffer, 0);
  if (view.len % format.size !== 0) {
    PyBuffer_Release(view);
    PyErr_SetString(struct_error, `iterative unpacking requires a buffer of a multiple of ${format.exact_size} bytes`);
  }
  return unpackiter_type.tp_alloc!(unpackiter_type, new UnpackIter(newref(so), view));
}

// --- Struct ---------------------------------------------------------------------------------------------------------

function s_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new StructData());
}

function s_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [format] = PyArg_Clinic('Struct', '(format)', args, kwargs) as [PyObject];
  const text = format_text(format);
  const parsed = parse_format(text);
  const data = data_of(self);
  data.text = text;
  data.format = parsed;
}

function s_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
}

function s_traverse(): void {}

function s_repr(self: PyObject): PyObject {
  format_of(self);
  const text = unicode_from_bmp(data_of(self).text);
  try {
    return unicode_from_bmp(
      `${self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1)}(${repr_string(text)})`,
    );
  } finally {
    decref(text);
  }
}

/** 56 bytes and 32 for each code and the end mark. */
function s_sizeof(self: PyObject): PyObject {
  return PyLong_FromLong(56 + 32 * (format_of(self).codes.length + 1));
}

function s_get_format(self: PyObject): PyObject {
  format_of(self);
  return unicode_from_bmp(data_of(self).text);
}

function s_get_size(self: PyObject): PyObject {
  const { format } = data_of(self);
  return format === null ? PyLong_FromLong(-1) : PyLong_FromBigInt(format.exact_size);
}

const Struct_Type = static_type({
  name: '_struct.Struct',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_weaklistoffset: 48,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  has_weakrefs: true,
  tp_doc: 'Struct(fmt) --> compiled struct object',
  tp_new: s_new,
  tp_init: s_init,
  tp_dealloc: s_dealloc,
  tp_traverse: s_traverse,
  tp_repr: s_repr,
  methods: [
    {
      name: 'iter_unpack',
      flags: METH_O,
      meth: iter_unpack,
      sig: '($self, buffer, /)',
      doc: 'Iterates over the structs in a buffer.',
    },
    {
      name: 'pack',
      flags: METH_FASTCALL,
      meth: (self: PyObject, args: PyObject[]) => pack(format_of(self), args, 0),
      doc: 'Bytes that hold the values.',
    },
    {
      name: 'pack_into',
      flags: METH_FASTCALL,
      meth: (self: PyObject, args: PyObject[]) => pack_into(format_of(self), args, 0),
      doc: 'Writes the values into a buffer.',
    },
    {
      name: 'unpack',
      flags: METH_O,
      meth: (self: PyObject, buffer: PyObject) => unpack(format_of(self), buffer),
      sig: '($self, buffer, /)',
      doc: 'The values in a buffer of exactly the size.',
    },
    {
      name: 'unpack_from',
      flags: METH_CLINIC,
      meth: (self: PyObject, buffer: PyObject, offset: PyObject | null) => unpack_from(format_of(self), buffer, offset),
      sig: '($self, /, buffer, offset=0)',
      doc: 'The values at an offset of a buffer.',
    },
    { name: '__sizeof__', flags: METH_NOARGS, meth: s_sizeof, sig: '($self, /)', doc: 'Size in memory, in bytes.' },
  ],
  getset: [
    { name: 'format', get: s_get_format, doc: 'struct format string' },
    { name: 'size', get: s_get_size, doc: 'struct size in bytes' },
  ],
});

// --- the module -----------------------------------------------------------------------------------------------------

const CACHE_SIZE = 100;

/** Structs by format text, owned. CPython: cache_struct_converter */
const cache = new Map<string, PyObject>();

function clear_cache(): void {
  const structs = [...cache.values()];
  cache.clear();
  for (const so of structs) decref(so);
}

/** The Struct for a format; owned. */
function cached_struct(fmt: PyObject): PyObject {
  const key = typeof fmt.v === 'string' && PyUnicode_Check(fmt) ? fmt.v : null;
  const known = key === null ? undefined : cache.get(key);
  if (known !== undefined) return newref(known);
  const text = format_text(fmt);
  const so = Struct_Type.tp_alloc!(Struct_Type, new StructData());
  try {
    const data = data_of(so);
    data.text = text;
    data.format = parse_format(text);
  } catch (e) {
    decref(so);
    throw e;
  }
  if (key !== null) {
    if (cache.size >= CACHE_SIZE) clear_cache();
    incref(so);
    cache.set(key, so);
  }
  return so;
}

/** Runs `f` with the Struct for a format. */
function with_struct(fmt: PyObject, f: (so: PyObject, format: StructFormat) => PyObject): PyObject {
  const so = cached_struct(fmt);
  try {
    return f(so, format_of(so));
  } finally {
    decref(so);
  }
}

function struct_clearcache(): PyObject {
  clear_cache();
  return none();
}

function first_argument(args: PyObject[]): PyObject {
  if (args.length === 0) PyErr_SetString(PyExc_TypeError, 'missing format argument');
  return args[0]!;
}

function struct_pack(_module: PyObject, args: PyObject[]): PyObject {
  return with_struct(first_argument(args), (_so, format) => pack(format, args, 1));
}

function struct_pack_into(_module: PyObject, args: PyObject[]): PyObject {
  return with_struct(first_argument(args), (_so, format) => pack_into(format, args, 1));
}

function struct_unpack(_module: PyObject, fmt: PyObject, buffer: PyObject): PyObject {
  return with_struct(fmt, (_so, format) => unpack(format, buffer));
}

function struct_unpack_from(_module: PyObject, fmt: PyObject, buffer: PyObject, offset: PyObject | null): PyObject {
  return with_struct(fmt, (_so, format) => unpack_from(format, buffer, offset));
}

function struct_iter_unpack(_module: PyObject, fmt: PyObject, buffer: PyObject): PyObject {
  return with_struct(fmt, so => iter_unpack(so, buffer));
}

function struct_calcsize(_module: PyObject, fmt: PyObject): PyObject {
  return with_struct(fmt, (_so, format) => PyLong_FromBigInt(format.exact_size));
}

export const module: ModuleSpec = {
  name: '_struct',
  doc: 'Conversion between Python values and C structs in bytes objects.',
  types: () => [Struct_Type],
  methods: [
    { name: '_clearcache', flags: METH_NOARGS, meth: struct_clearcache, sig: '($module, /)' },
    { name: 'calcsize', flags: METH_O, meth: struct_calcsize, sig: '($module, format, /)' },
    { name: 'iter_unpack', flags: METH_CLINIC, meth: struct_iter_unpack, sig: '($module, format, buffer, /)' },
    { name: 'pack', flags: METH_FASTCALL, meth: struct_pack },
    { name: 'pack_into', flags: METH_FASTCALL, meth: struct_pack_into },
    { name: 'unpack', flags: METH_CLINIC, meth: struct_unpack, sig: '($module, format, buffer, /)' },
    {
      name: 'unpack_from',
      flags: METH_CLINIC,
      meth: struct_unpack_from,
      sig: '($module, format, /, buffer, offset=0)',
    },
  ],
  exec: m => {
    PyModule_AddObjectRef(m, 'error', struct_error);
  },
};
