// object_memory.ts: the bytes of live objects, as they would lie in the modelled memory.        CPython: Include/object.h, Include/cpython/
//
// An object is a list of parts: its header, and what its type adds. A part is put into bytes when somebody reads them, and taken
// from bytes that somebody has written, as far as a change can mean something. What is in no part has no model, and raises.
// Layouts are those of a 64-bit Linux. Padding, whose contents C leaves open, reads as zero.

import { PyErr_SetString } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import {
  IMMORTAL_REFCNT,
  is_immortal,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_TYPE_SUBCLASS,
  type PyObject,
  type PyTypeObject,
  refTotal,
} from '../core/object.ts';
import { PyBool_Type } from './boolobject.ts';
import { type ByteArrayData, bytearray_bytes, PyByteArray_Type } from './bytearrayobject.ts';
import { PyBytes_Type, type PyBytesObject } from './bytesobject.ts';
import { PyCell_Type } from './cellobject.ts';
import { PyMethod_Type, type PyMethodObject } from './classobject.ts';
import { PyComplex_Type, type PyComplexObject } from './complexobject.ts';
import { PyDictProxy_Type } from './descrobject.ts';
import { PyDict_Size, PyDict_Type } from './dictobject.ts';
import { PyExc_ValueError } from './exceptions.ts';
import { PyFloat_Type } from './floatobject.ts';
import { PyList_Type, type PyListObject } from './listobject.ts';
import { bit_length, type LongValue } from './longobject/arith.ts';
import { PyLong_Type } from './longobject.ts';
import { block_size, preheader_size } from './object_size.ts';
import { object_around, object_at, object_id, table_address, table_at } from './obmalloc.ts';
import { SharedBytes } from './shared_bytes.ts';
import { PySlice_Type, type PySliceObject } from './sliceobject.ts';
import { PyTuple_Type, type PyTupleObject } from './tupleobject.ts';
import { shown_flags } from './typeobject/attrs.ts';
import {
  PyUnicode_CHECK_INTERNED,
  PyUnicode_Type,
  type PyUnicodeObject,
  text_at,
  text_maxchar,
  unicode_hash,
} from './unicodeobject.ts';

/** Bytes of an object that belong together. Positions count from the object's address. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** Puts it into `m`, at least what lies between the two positions. */
  load(m: DataView, from: number, to: number): void;
  /** Takes it from `m`, where all of it is; null: it cannot be changed. */
  readonly store: ((m: DataView, from: number, to: number) => void) | null;
}

const WORD = 8;
const REFCNT_MASK = 0xffff_ffffn;
/** What the lower half of an immortal object's count is. CPython: _Py_IMMORTAL_INITIAL_REFCNT */
const IMMORTAL_COUNT = 3n << 30n;
/** From here on a count is an immortal object's. CPython: _Py_IsImmortal */
const IMMORTAL_FROM = 1n << 31n;
/** CPython: _Py_IMMORTAL_FLAGS, _Py_STATICALLY_ALLOCATED_FLAG */
const FLAG_IMMORTAL = 1n << 48n;
const FLAG_STATIC = 4n << 48n;

const PyLong_SHIFT = 30;
/** Bits of lv_tag: the sign (0 positive, 1 zero, 2 negative), a static small int, from here on the number of digits. */
const SIGN_ZERO = 1n;
const SIGN_NEGATIVE = 2n;
const SMALL_INT = 4n;
const TAG_DIGITS = 3n;

function word(at: number, get: () => bigint, set: ((value: bigint) => void) | null = null): Part {
  return {
    from: at,
    to: at + WORD,
    load: m => m.setBigUint64(at, BigInt.asUintN(64, get()), true),
    store: set === null ? null : m => set(m.getBigInt64(at, true)),
  };
}

function double(at: number, get: () => number, set: (value: number) => void): Part {
  return {
    from: at,
    to: at + WORD,
    load: m => m.setFloat64(at, get(), true),
    store: m => set(m.getFloat64(at, true)),
  };
}

function pointer(at: number, o: () => PyObject | null): Part {
  return word(at, () => {
    const value = o();
    return value === null ? 0n : BigInt(object_id(value));
  });
}

/** Pointers one after the other: those that nobody reads cost nothing. */
function pointers(at: number, items: readonly PyObject[]): Part {
  return {
    from: at,
    to: at + items.length * WORD,
    load(m, from, to) {
      for (let i = Math.floor((from - at) / WORD); at + i * WORD < to; i++)
        m.setBigUint64(at + i * WORD, BigInt(object_id(items[i]!)), true);
    },
    store: null,
  };
}

/** A hash that is kept with its object; -1 while nobody has asked for it. */
function cached_hash(at: number, get: () => Hash | null): Part {
  return {
    from: at,
    to: at + WORD,
    load(m) {
      const hash = get();
      m.setInt32(at, hash === null ? -1 : hash.lo, true);
      m.setInt32(at + 4, hash === null ? -1 : hash.hi, true);
    },
    store: null,
  };
}

function padding(from: number, to: number): Part {
  return { from, to, load: (m, a, b) => bytes_of(m).fill(0, a, b), store: () => {} };
}

function bytes_of(m: DataView): Uint8Array {
  return new Uint8Array(m.buffer, m.byteOffset, m.byteLength);
}

// --- what every object has ------------------------------------------------------------------------------------------------

/** Whether CPython has it in its static data, not on the heap. */
function is_static(o: PyObject): boolean {
  switch (o.ob_type) {
    case PyUnicode_Type:
      return is_static_str(o as PyUnicodeObject);
    case PyBytes_Type:
      return (o as PyBytesObject).v.length <= 1;
    case PyLong_Type:
      return is_immortal(o);
    default:
      if ((o.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0)
        return ((o as PyTypeObject).tp_flags & Py_TPFLAGS_HEAPTYPE) === 0;
      return is_immortal(o);
  }
}

/** The empty string and the Latin-1 characters. (CPython has its identifiers there, too: those here are as other immortal ones.) */
function is_static_str(o: PyUnicodeObject): boolean {
  return is_immortal(o) && o.v.length <= 1 && text_maxchar(o.v) < 256;
}

/** What ob_refcnt, ob_overflow and ob_flags are as one number. */
function count_word(o: PyObject): bigint {
  if (!is_immortal(o)) return BigInt(o.ob_refcnt);
  return IMMORTAL_COUNT | FLAG_IMMORTAL | (is_static(o) ? FLAG_STATIC : 0n);
}

function set_count(o: PyObject, value: bigint): void {
  if (value === count_word(o)) return;
  const count = value & REFCNT_MASK;
  if (is_immortal(o)) no_change('the reference count of an immortal object');
  if (count >= IMMORTAL_FROM) change_count(o, IMMORTAL_REFCNT);
  else if (count === 0n || value < 0n)
    PyErr_SetString(PyExc_ValueError, 'a live object has a reference count above zero');
  else change_count(o, Number(count));
}

function change_count(o: PyObject, count: number): void {
  refTotal.count += count - o.ob_refcnt;
  o.ob_refcnt = count;
}

function no_change(what: string): never {
  PyErr_SetString(PyExc_ValueError, `${what} cannot be changed here`);
}

function header(o: PyObject): Part[] {
  const count = word(
    0,
    () => count_word(o),
    value => set_count(o, value),
  );
  return [count, pointer(8, () => o.ob_type)];
}

// --- what types add -------------------------------------------------------------------------------------------------------

function digits_of(v: LongValue): bigint[] {
  let rest = BigInt(v);
  if (rest < 0n) rest = -rest;
  const digits: bigint[] = [];
  for (; rest > 0n; rest >>= BigInt(PyLong_SHIFT)) digits.push(BigInt.asUintN(PyLong_SHIFT, rest));
  return digits;
}

/** lv_tag and digits. CPython: struct _PyLongValue */
function long_parts(o: PyObject<LongValue | boolean>): Part[] {
  const v = typeof o.v === 'boolean' ? Number(o.v) : o.v;
  const room = Math.max(1, Math.ceil(bit_length(v) / PyLong_SHIFT));
  const end = 24 + 4 * room;
  const number: Part = {
    from: 16,
    to: end,
    load(m) {
      const digits = digits_of(v);
      const small = o.ob_type === PyLong_Type && is_immortal(o) ? SMALL_INT : 0n;
      const sign = v === 0 ? SIGN_ZERO : v < 0 ? SIGN_NEGATIVE : 0n;
      m.setBigUint64(16, (BigInt(digits.length) << TAG_DIGITS) | small | sign, true);
      for (let i = 0; i < room; i++) m.setUint32(24 + 4 * i, Number(digits[i] ?? 0n), true);
    },
    store: typeof o.v === 'boolean' ? null : m => set_long(o as PyObject<LongValue>, m, room),
  };
  return [number];
}

function set_long(o: PyObject<LongValue>, m: DataView, room: number): void {
  const tag = m.getBigUint64(16, true);
  const count = Number(tag >> TAG_DIGITS);
  if (count > room) PyErr_SetString(PyExc_ValueError, `an int allocated with ${room} digits cannot have ${count}`);
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) value = (value << BigInt(PyLong_SHIFT)) | BigInt(m.getUint32(24 + 4 * i, true));
  if ((tag & SIGN_ZERO) !== 0n) value = 0n;
  if ((tag & SIGN_NEGATIVE) !== 0n) value = -value;
  const number = Number(value);
  o.v = Number.isSafeInteger(number) ? number : value;
}

function bytes_parts(o: PyBytesObject): Part[] {
  const n = o.v.length;
  const data: Part = {
    from: 32,
    to: 32 + n + 1,
    load(m, from, to) {
      bytes_of(m).set(o.v.subarray(from - 32, to - 32), from);
      if (to > 32 + n) m.setUint8(32 + n, 0);
    },
    store(m, from, to) {
      if (to > 32 + n && m.getUint8(32 + n) !== 0) no_change('the NUL behind the bytes');
      const changed = o.v.slice(); // others may have the same array
      changed.set(bytes_of(m).subarray(from, Math.min(to, 32 + n)), from - 32);
      o.v = changed;
    },
  };
  return [word(16, () => BigInt(n)), cached_hash(24, () => o.x), data];
}

/** CPython: PyASCIIObject, PyCompactUnicodeObject; those of a subclass have their characters elsewhere. */
function str_parts(o: PyUnicodeObject): Part[] {
  const n = o.v.length;
  const max = text_maxchar(o.v);
  const kind = max < 0x100 ? 1 : max < 0x10000 ? 2 : 4;
  const compact = o.ob_type === PyUnicode_Type;
  const interned = PyUnicode_CHECK_INTERNED(o);
  let state = kind << 2;
  if (compact) state |= 1 << 5;
  if (max < 128) state |= 1 << 6;
  if (is_static_str(o)) state |= (1 << 7) | 3;
  else if (interned) state |= is_immortal(o) ? 2 : 1;
  // The table of interned strings goes by hashes.
  const hash = cached_hash(24, () => (interned ? unicode_hash(o) : o.x));
  const parts = [word(16, () => BigInt(n)), hash, word(32, () => BigInt(state))];
  if (!compact) return parts;
  const at = max < 128 ? 40 : 56;
  // UTF-8 is kept once C code has asked for it, of which there is none.
  if (at === 56 && !is_static_str(o))
    parts.push(
      word(40, () => 0n),
      word(48, () => 0n),
    );
  parts.push({
    from: at,
    to: at + (n + 1) * kind,
    load(m, from, to) {
      for (let i = Math.floor((from - at) / kind); at + i * kind < to; i++) {
        const c = i < n ? text_at(o.v, i) : 0;
        if (kind === 1) m.setUint8(at + i, c);
        else if (kind === 2) m.setUint16(at + 2 * i, c, true);
        else m.setUint32(at + 4 * i, c, true);
      }
    },
    store: null,
  });
  return parts;
}

function list_parts(o: PyListObject): Part[] {
  const items = (): bigint => (o.x === 0 ? 0n : BigInt(table_address(o, o.x * WORD)));
  return [word(16, () => BigInt(o.v.length)), word(24, items), word(32, () => BigInt(o.x))];
}

function bytearray_parts(o: PyObject<ByteArrayData>): Part[] {
  const d = o.v;
  const start = (): bigint => (d.alloc === 0 ? 0n : BigInt(table_address(o, d.alloc)));
  return [
    word(16, () => BigInt(d.length)),
    word(24, () => BigInt(d.alloc)),
    word(32, start),
    word(40, () => start() + BigInt(d.front)),
    word(48, () => BigInt(d.exports)),
  ];
}

function complex_parts(o: PyComplexObject): Part[] {
  const real = double(
    16,
    () => o.v.real,
    value => (o.v = { ...o.v, real: value }),
  );
  const imag = double(
    24,
    () => o.v.imag,
    value => (o.v = { ...o.v, imag: value }),
  );
  return [real, imag];
}

/** A few of a type object's numbers. */
function type_parts(o: PyTypeObject): Part[] {
  const numbers = [
    word(32, () => BigInt(o.tp_basicsize)),
    word(40, () => BigInt(o.tp_itemsize)),
    word(168, () => BigInt(shown_flags(o))),
  ];
  return (o.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0 ? [word(16, () => 0n), ...numbers] : numbers;
}

type Layout = (o: PyObject) => Part[];

/** By built-in type; instances of subclasses begin in the same way. */
function layout_of(type: PyTypeObject): Layout | null {
  switch (type) {
    case PyFloat_Type:
      return o => [
        double(
          16,
          () => o.v as number,
          value => (o.v = value),
        ),
      ];
    case PyComplex_Type:
      return o => complex_parts(o as PyComplexObject);
    case PyLong_Type:
    case PyBool_Type:
      return o => long_parts(o as PyObject<LongValue>);
    case PyBytes_Type:
      return o => bytes_parts(o as PyBytesObject);
    case PyByteArray_Type:
      return o => bytearray_parts(o as PyObject<ByteArrayData>);
    case PyUnicode_Type:
      return o => str_parts(o as PyUnicodeObject);
    case PyTuple_Type:
      return o => {
        const { v, x } = o as PyTupleObject;
        return [word(16, () => BigInt(v.length)), cached_hash(24, () => x), pointers(32, v)];
      };
    case PyList_Type:
      return o => list_parts(o as PyListObject);
    case PyDict_Type:
      return o => [word(16, () => BigInt(PyDict_Size(o)))];
    case PyDictProxy_Type:
      return o => [pointer(16, () => o.v as PyObject)];
    case PyCell_Type:
      return o => [pointer(16, () => o.v as PyObject | null)];
    case PyMethod_Type:
      return o => [pointer(16, () => (o as PyMethodObject).v), pointer(24, () => (o as PyMethodObject).x)];
    case PySlice_Type:
      return o => {
        const { start, stop, step } = (o as PySliceObject).v;
        return [pointer(16, () => start), pointer(24, () => stop), pointer(32, () => step)];
      };
    default:
      return null;
  }
}

function parts_of(o: PyObject): Part[] {
  const parts = type_parts_of(o);
  const end = parts.at(-1)!.to;
  if (end % WORD !== 0) parts.push(padding(end, end + WORD - (end % WORD)));
  return parts;
}

function type_parts_of(o: PyObject): Part[] {
  if ((o.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0) return [...header(o), ...type_parts(o as PyTypeObject)];
  for (let type: PyTypeObject | null = o.ob_type; type !== null; type = type.tp_base) {
    const layout = layout_of(type);
    if (layout !== null) return [...header(o), ...layout(o)];
  }
  return header(o);
}

/** What an object keeps in its table. */
function table_parts(o: PyObject): Part[] {
  if (Array.isArray(o.v)) return [pointers(0, (o as PyListObject).v)];
  const { front } = o.v as ByteArrayData;
  const bytes = bytearray_bytes(o);
  const n = bytes.length;
  const data: Part = {
    from: front,
    to: front + n,
    load: (m, from, to) => bytes_of(m).set(bytes.subarray(from - front, to - front), from),
    store: (m, from, to) => bytes.set(bytes_of(m).subarray(from, to), from - front),
  };
  return [data, { from: front + n, to: front + n + 1, load: m => m.setUint8(front + n, 0), store: null }];
}

// --- regions of memory ----------------------------------------------------------------------------------------------------

/** Bytes from an object's address to the end of its block. */
function object_extent(o: PyObject): number {
  const size = block_size(o) - preheader_size(o);
  return (size + WORD - 1) & ~(WORD - 1);
}

/** The bytes of an object, or of an object's table. They stay readable while something lives at their address. */
export class ObjectBytes extends SharedBytes {
  readonly bytes: Uint8Array;
  readonly address: number;
  readonly is_table: boolean;
  private readonly view: DataView;

  constructor(address: number, size: number, is_table: boolean) {
    super();
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.address = address;
    this.is_table = is_table;
  }

  /** The object that is there now. */
  private owner(): PyObject {
    const table = this.is_table ? table_at(this.address) : null;
    const o = this.is_table ? (table?.address === this.address ? table.owner : null) : object_at(this.address);
    const size = table?.size ?? (o === null ? 0 : object_extent(o));
    if (o === null || size < this.bytes.length)
      PyErr_SetString(PyExc_ValueError, `what lay at 0x${this.address.toString(16)} is there no more`);
    return o;
  }

  private parts(from: number, to: number): Part[] {
    const o = this.owner();
    const all = (this.is_table ? table_parts(o) : parts_of(o)).filter(part => part.from < to && part.to > from);
    all.sort((a, b) => a.from - b.from);
    let known = from;
    for (const part of all) {
      if (part.from > known) break;
      known = Math.max(known, part.to);
    }
    if (known < to) {
      const where = this.is_table
        ? `in the table of a ${o.ob_type.tp_name} object`
        : `of a ${o.ob_type.tp_name} object`;
      PyErr_SetString(PyExc_ValueError, `there is no model of what lies at offset ${known} ${where}`);
    }
    return all;
  }

  pull(from: number, to: number): void {
    if (from >= to) return;
    for (const part of this.parts(from, to)) part.load(this.view, Math.max(from, part.from), Math.min(to, part.to));
  }

  push(from: number, to: number): void {
    if (from >= to) return;
    const parts = this.parts(from, to);
    const written = this.bytes.slice(from, to);
    for (const part of parts) {
      part.load(this.view, part.from, part.to);
      if (part.store === null && this.differs(written, from, part)) {
        const { ob_type } = this.owner();
        no_change(`what lies at offset ${part.from} of a ${ob_type.tp_name} object`);
      }
    }
    this.bytes.set(written, from);
    for (const { store, from: start, to: end } of parts) store?.(this.view, Math.max(from, start), Math.min(to, end));
  }

  /** Whether a part is to become something else by what was written at `at`. */
  private differs(written: Uint8Array, at: number, part: Part): boolean {
    const end = Math.min(part.to, at + written.length);
    for (let i = Math.max(part.from, at); i < end; i++) if (this.bytes[i] !== written[i - at]) return true;
    return false;
  }
}

/** The bytes that lie there, from the beginning of what they belong to; null: nothing that is known. */
export function memory_at(address: number, size: number): ObjectBytes | null {
  const found = object_around(address);
  if (found !== null) {
    const extent = object_extent(found.o);
    if (address >= found.start && address + size <= found.start + extent)
      return new ObjectBytes(found.start, extent, false);
  }
  const table = table_at(address);
  if (table === null || address + size > table.address + table.size) return null;
  return new ObjectBytes(table.address, table.size, true);
}
