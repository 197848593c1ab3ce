// bytes_methods.ts: the methods that bytes and bytearray share.       CPython: Objects/bytes_methods.c, Objects/stringlib/transmogrify.h
//
// A method reads the bytes of self (raw) and makes its result of the same kind (like): bytes gives bytes, bytearray
// gives a new bytearray. What would be unchanged is self for an exact bytes, and a copy for anything else.

import { PyErr_SetString, Raised } from '../core/errors.ts';
import { reserve } from '../core/memory_limit.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_LONG_SUBCLASS,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  type PyObject,
} from '../core/object.ts';
import {
  METH_CLINIC,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  METH_STATIC,
  type MethodSpec,
  PyBUF_SIMPLE,
} from '../core/spec.ts';
import {
  PyBuffer_Release,
  PyIndex_Check,
  PyNumber_AsSsize_t,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
  PyObject_Size,
  PySequence_Fast,
  PySequence_Fast_ITEMS,
} from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { bytearray_bytes, PyByteArray_Check, PyByteArray_FromUint8Array } from './bytearrayobject.ts';
import {
  byte_is_alpha,
  byte_is_digit,
  byte_is_lower,
  byte_is_space,
  byte_is_upper,
  concat_bytes,
  count_bytes,
  find_bytes,
  match_at,
  repeat_bytes,
  replace_bytes,
  rfind_bytes,
  rsplit_bytes,
  split_bytes,
  splitlines_bytes,
} from './bytes_data.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from './bytesobject.ts';
import {
  PyExc_MemoryError,
  PyExc_OverflowError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './exceptions.ts';
import { PyList_FromAppendedSteal } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { Py_None } from './object.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import {
  adjust_end,
  adjust_start,
  arg_bool,
  arg_int,
  arg_slice_index,
  arg_ssize,
  arg_str,
  check_positional,
  PY_SSIZE_T_MAX,
  type_name,
} from './unicodeobject/args.ts';
import { PyUnicode_FromEncodedObject } from './unicodeobject/coding.ts';
import { string_is_ascii, type Text, text_at } from './unicodeobject/data.ts';
import { is_str, unicode_from_bmp } from './unicodeobject/object.ts';

/** Most bytes that one object may have here. */
export const MAX_BYTES = 0x7fffffff;

export function check_bytes_size(n: number): void {
  if (n > PY_SSIZE_T_MAX) PyErr_SetString(PyExc_OverflowError, 'repeated bytes are too long');
  if (n > MAX_BYTES) PyErr_SetString(PyExc_MemoryError, '');
  reserve(n);
}

/** The bytes of a bytes or bytearray (shared, not copied). */
export function raw(o: PyObject): Uint8Array {
  return (o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0 ? (o.v as Uint8Array) : bytearray_bytes(o);
}

/** A new object of self's kind; takes the array over. */
export function like(self: PyObject, b: Uint8Array): PyObject {
  return (self.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0
    ? PyBytes_FromUint8Array(b)
    : PyByteArray_FromUint8Array(b);
}

function unchanged(self: PyObject): PyObject {
  return self.ob_type === PyBytes_Type ? newref(self) : like(self, raw(self).slice());
}

/** Runs `f` with the size of a bytearray held, as while a buffer of it is exported: what arguments run may not resize it. */
function held<T>(self: PyObject, f: () => T): T {
  if (!PyByteArray_Check(self)) return f();
  const data = self.v;
  data.exports++;
  try {
    return f();
  } finally {
    data.exports--;
  }
}

/** A piece of self. */
function piece(self: PyObject, b: Uint8Array, start: number, end: number): PyObject {
  if (start === 0 && end === b.length) return unchanged(self);
  return like(self, b.slice(start, end));
}

/** The bytes of a bytes-like object, shared with it: to be read before any Python code can run. Clinic: `Py_buffer` */
export function buffer_bytes(o: PyObject): Uint8Array {
  if ((o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0) return o.v as Uint8Array;
  if (PyByteArray_Check(o)) return bytearray_bytes(o);
  if (!PyObject_CheckBuffer(o))
    PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${o.ob_type.tp_name}'`);
  const view = PyObject_GetBuffer(o, PyBUF_SIMPLE);
  const b = view.buf.subarray(view.offset, view.offset + view.len);
  PyBuffer_Release(view);
  return b;
}

/** One byte given as an integer. CPython: _getbytevalue */
export function byte_value(o: PyObject, message = 'byte must be in range(0, 256)'): number {
  const n = (o.ob_type.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0 && typeof o.v === 'number' ? o.v : index_value(o);
  if (!(n >= 0 && n < 256)) PyErr_SetString(PyExc_ValueError, message);
  return n;
}

function index_value(o: PyObject): number {
  if (!PyIndex_Check(o))
    PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer`);
  return PyNumber_AsSsize_t(o, null);
}

/** A subsequence to look for: bytes-like, or one byte as an integer. CPython: parse_args_finds_byte */
function needle(o: PyObject): Uint8Array {
  if (PyObject_CheckBuffer(o)) return buffer_bytes(o);
  if (!PyIndex_Check(o))
    PyErr_SetString(PyExc_TypeError, `argument should be integer or bytes-like object, not '${o.ob_type.tp_name}'`);
  return Uint8Array.of(byte_value(o));
}

// --- searching ------------------------------------------------------------------------------------------------------

function search(self: PyObject, fname: string, args: PyObject[], backwards: boolean): number {
  check_positional(fname, args.length, 1, 3);
  const start = arg_slice_index(args[1], 0);
  const end = arg_slice_index(args[2], PY_SSIZE_T_MAX);
  const sub = held(self, () => needle(args[0]!));
  const b = raw(self);
  const from = adjust_start(start, b.length);
  const to = adjust_end(end, b.length);
  return backwards ? rfind_bytes(b, sub, from, to) : find_bytes(b, sub, from, to);
}

function found(i: number): PyObject {
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'subsection not found');
  return PyLong_FromLong(i);
}

function bytes_find(self: PyObject, args: PyObject[]): PyObject {
  return PyLong_FromLong(search(self, 'find', args, false));
}
function bytes_rfind(self: PyObject, args: PyObject[]): PyObject {
  return PyLong_FromLong(search(self, 'rfind', args, true));
}
function bytes_index(self: PyObject, args: PyObject[]): PyObject {
  return found(search(self, 'index', args, false));
}
function bytes_rindex(self: PyObject, args: PyObject[]): PyObject {
  return found(search(self, 'rindex', args, true));
}

function bytes_count(self: PyObject, args: PyObject[]): PyObject {
  check_positional('count', args.length, 1, 3);
  const start = arg_slice_index(args[1], 0);
  const end = arg_slice_index(args[2], PY_SSIZE_T_MAX);
  const sub = held(self, () => needle(args[0]!));
  const b = raw(self);
  return PyLong_FromLong(count_bytes(b, sub, adjust_start(start, b.length), adjust_end(end, b.length)));
}

/** The index that the object stands for; null where it is none or fails to say. */
function index_or_null(o: PyObject): number | null {
  if (!PyIndex_Check(o)) return null;
  try {
    return PyNumber_AsSsize_t(o, null);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    decref(e.exc);
    return null;
  }
}

/** CPython: _Py_bytes_contains */
export function bytes_contains(self: PyObject, item: PyObject): boolean {
  const b = raw(self);
  const n = held(self, () => index_or_null(item));
  if (n !== null) {
    if (!(n >= 0 && n < 256)) PyErr_SetString(PyExc_ValueError, 'byte must be in range(0, 256)');
    return b.includes(n);
  }
  const sub = held(self, () => buffer_bytes(item));
  return find_bytes(b, sub, 0, b.length) >= 0;
}

function affix(self: PyObject, fname: string, args: PyObject[], atEnd: boolean): PyObject {
  check_positional(fname, args.length, 1, 3);
  const start = arg_slice_index(args[1], 0);
  const end = arg_slice_index(args[2], PY_SSIZE_T_MAX);
  const sub = args[0]!;
  if ((sub.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0) {
    for (const o of sub.v as PyObject[])
      if (tailmatch(self, buffer_bytes(o), start, end, atEnd)) return newref(Py_True);
    return newref(Py_False);
  }
  if (!PyObject_CheckBuffer(sub)) {
    PyErr_SetString(
      PyExc_TypeError,
      `${fname} first arg must be bytes or a tuple of bytes, not ${sub.ob_type.tp_name}`,
    );
  }
  return newref(tailmatch(self, buffer_bytes(sub), start, end, atEnd) ? Py_True : Py_False);
}

function tailmatch(self: PyObject, sub: Uint8Array, start: number, end: number, atEnd: boolean): boolean {
  const b = raw(self);
  const from = adjust_start(start, b.length);
  const to = adjust_end(end, b.length);
  if (to - from < sub.length) return false;
  return match_at(b, sub, atEnd ? to - sub.length : from);
}

function bytes_startswith(self: PyObject, args: PyObject[]): PyObject {
  return affix(self, 'startswith', args, false);
}
function bytes_endswith(self: PyObject, args: PyObject[]): PyObject {
  return affix(self, 'endswith', args, true);
}

function bytes_removeprefix(self: PyObject, prefix: PyObject): PyObject {
  const p = buffer_bytes(prefix);
  const b = raw(self);
  return piece(self, b, p.length > 0 && match_at(b, p, 0) ? p.length : 0, b.length);
}
function bytes_removesuffix(self: PyObject, suffix: PyObject): PyObject {
  const p = buffer_bytes(suffix);
  const b = raw(self);
  return piece(self, b, 0, p.length > 0 && match_at(b, p, b.length - p.length) ? b.length - p.length : b.length);
}

function bytes_replace(self: PyObject, old: PyObject, repl: PyObject, count: PyObject | null): PyObject {
  const from = buffer_bytes(old);
  const to = buffer_bytes(repl);
  const n = arg_ssize(count, -1);
  const b = raw(self);
  const out = replace_bytes(b, from, to, n < 0 ? Infinity : n);
  return out === null ? unchanged(self) : like(self, out);
}

// --- cutting --------------------------------------------------------------------------------------------------------

/** A list of the pieces; `room` is what it has room for at first. */
function pieces(self: PyObject, b: Uint8Array, cuts: number[], room = 0): PyObject {
  const out: PyObject[] = [];
  for (let i = 0; i < cuts.length; i += 2) out.push(piece(self, b, cuts[i]!, cuts[i + 1]!));
  return PyList_FromAppendedSteal(out, room);
}

function separator(sep: PyObject | null): Uint8Array | null {
  if (sep === null || sep === Py_None) return null;
  const s = buffer_bytes(sep);
  if (s.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  return s;
}

function bytes_split(self: PyObject, sep: PyObject | null, maxsplit: PyObject | null): PyObject {
  const max = arg_ssize(maxsplit, -1);
  const b = raw(self);
  const s = held(self, () => separator(sep));
  return pieces(self, b, split_bytes(b, s, max < 0 ? Infinity : max), max < 0 ? 12 : Math.min(max + 1, 12));
}
function bytes_rsplit(self: PyObject, sep: PyObject | null, maxsplit: PyObject | null): PyObject {
  const max = arg_ssize(maxsplit, -1);
  const b = raw(self);
  const s = held(self, () => separator(sep));
  return pieces(self, b, rsplit_bytes(b, s, max < 0 ? Infinity : max), max < 0 ? 12 : Math.min(max + 1, 12));
}
function bytes_splitlines(self: PyObject, keepends: PyObject | null): PyObject {
  const keep = arg_bool(keepends, false);
  const b = raw(self);
  return pieces(self, b, splitlines_bytes(b, keep));
}

/** The separator as it appears in the result: self's kind. */
function sep_object(self: PyObject, sep: PyObject, s: Uint8Array): PyObject {
  return PyByteArray_Check(self) ? PyByteArray_FromUint8Array(s.slice()) : newref(sep);
}

function bytes_partition(self: PyObject, sep: PyObject): PyObject {
  const s = buffer_bytes(sep);
  if (s.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const b = raw(self);
  const i = find_bytes(b, s, 0, b.length);
  if (i < 0)
    return PyTuple_FromArraySteal([unchanged(self), like(self, new Uint8Array(0)), like(self, new Uint8Array(0))]);
  return PyTuple_FromArraySteal([
    like(self, b.slice(0, i)),
    sep_object(self, sep, s),
    like(self, b.slice(i + s.length)),
  ]);
}
function bytes_rpartition(self: PyObject, sep: PyObject): PyObject {
  const s = buffer_bytes(sep);
  if (s.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const b = raw(self);
  const i = rfind_bytes(b, s, 0, b.length);
  if (i < 0)
    return PyTuple_FromArraySteal([like(self, new Uint8Array(0)), like(self, new Uint8Array(0)), unchanged(self)]);
  return PyTuple_FromArraySteal([
    like(self, b.slice(0, i)),
    sep_object(self, sep, s),
    like(self, b.slice(i + s.length)),
  ]);
}

const LEFT = 1;
const RIGHT = 2;

function strip(self: PyObject, chars: PyObject | null, sides: number): PyObject {
  const set = chars === null || chars === Py_None ? null : buffer_bytes(chars);
  const b = raw(self);
  let i = 0;
  let j = b.length;
  if (sides & LEFT) while (i < j && (set === null ? byte_is_space(b[i]!) : set.includes(b[i]!))) i++;
  if (sides & RIGHT) while (j > i && (set === null ? byte_is_space(b[j - 1]!) : set.includes(b[j - 1]!))) j--;
  return piece(self, b, i, j);
}
function bytes_strip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, LEFT | RIGHT);
}
function bytes_lstrip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, LEFT);
}
function bytes_rstrip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, RIGHT);
}

function join_item(o: PyObject, i: number): Uint8Array {
  newref(o);
  try {
    return buffer_bytes(o);
  } catch (e) {
    if (e instanceof Raised) decref(e.exc);
    else throw e;
  } finally {
    decref(o);
  }
  return PyErr_SetString(
    PyExc_TypeError,
    `sequence item ${i}: expected a bytes-like object, ${o.ob_type.tp_name} found`,
  );
}

/** CPython: Objects/stringlib/join.h */
function bytes_join(self: PyObject, iterable: PyObject): PyObject {
  return held(self, () => join(self, iterable));
}

function join(self: PyObject, iterable: PyObject): PyObject {
  const fast = PySequence_Fast(iterable, 'can only join an iterable');
  try {
    let items = PySequence_Fast_ITEMS(fast);
    if (items.length === 1 && items[0]!.ob_type === PyBytes_Type && !PyByteArray_Check(self)) return newref(items[0]!);
    const parts: Uint8Array[] = [];
    const n = items.length;
    for (let i = 0; i < n; i++) {
      parts.push(join_item(items[i]!, i));
      items = PySequence_Fast_ITEMS(fast);
      if (items.length !== n) PyErr_SetString(PyExc_RuntimeError, 'sequence changed size during iteration');
    }
    return like(self, concat_bytes(parts, raw(self)));
  } finally {
    decref(fast);
  }
}

// --- padding --------------------------------------------------------------------------------------------------------

function fill_byte(o: PyObject | null, fname: string): number {
  if (o === null) return 32;
  if ((o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) === 0 && !PyByteArray_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 2 must be a byte string of length 1, not ${type_name(o)}`);
  }
  const b = raw(o);
  if (b.length !== 1) {
    const kind = PyByteArray_Check(o) ? 'bytearray' : 'bytes';
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}(): argument 2 must be a byte string of length 1, not a ${kind} object of length ${b.length}`,
    );
  }
  return b[0]!;
}

function pad(self: PyObject, left: number, right: number, fill: number): PyObject {
  const b = raw(self);
  if (left <= 0 && right <= 0) return unchanged(self);
  check_bytes_size(b.length + left + right);
  const out = new Uint8Array(left + b.length + right).fill(fill);
  out.set(b, left);
  return like(self, out);
}

function bytes_ljust(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_byte(fillchar, 'ljust');
  return pad(self, 0, Math.max(0, n - raw(self).length), fill);
}
function bytes_rjust(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_byte(fillchar, 'rjust');
  return pad(self, Math.max(0, n - raw(self).length), 0, fill);
}
function bytes_center(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_byte(fillchar, 'center');
  const margin = n - raw(self).length;
  if (margin <= 0) return unchanged(self);
  check_bytes_size(n);
  const left = (margin >> 1) + (margin & n & 1);
  return pad(self, left, margin - left, fill);
}
function bytes_zfill(self: PyObject, width: PyObject): PyObject {
  const n = arg_ssize(width, 0);
  const b = raw(self);
  const fill = n - b.length;
  if (fill <= 0) return unchanged(self);
  check_bytes_size(n);
  const out = new Uint8Array(n).fill(48);
  out.set(b, fill);
  if (b[0] === 43 || b[0] === 45) {
    out[fill] = 48;
    out[0] = b[0];
  }
  return like(self, out);
}

function bytes_expandtabs(self: PyObject, tabsize: PyObject | null): PyObject {
  const size = arg_int(tabsize, 8);
  const b = raw(self);
  const parts: Uint8Array[] = [];
  let column = 0;
  let last = 0;
  let total = b.length;
  for (let i = 0; i < b.length; i++) {
    const c = b[i]!;
    if (c === 9) {
      parts.push(b.subarray(last, i));
      last = i + 1;
      if (size > 0) {
        const n = size - (column % size);
        total += n;
        if (total > MAX_BYTES) PyErr_SetString(PyExc_OverflowError, 'result too long');
        parts.push(repeat_bytes(Uint8Array.of(32), n));
        column += n;
      }
    } else {
      column++;
      if (c === 10 || c === 13) column = 0;
    }
  }
  parts.push(b.subarray(last));
  return like(self, concat_bytes(parts));
}

// --- case and kinds of bytes ------------------------------------------------------------------------------------------

function map_bytes(self: PyObject, f: (c: number, i: number) => number): PyObject {
  const b = raw(self);
  const out = new Uint8Array(b.length);
  for (let i = 0; i < b.length; i++) out[i] = f(b[i]!, i);
  return like(self, out);
}
function lower(c: number): number {
  return byte_is_upper(c) ? c + 32 : c;
}
function upper(c: number): number {
  return byte_is_lower(c) ? c - 32 : c;
}
function bytes_lower(self: PyObject): PyObject {
  return map_bytes(self, lower);
}
function bytes_upper(self: PyObject): PyObject {
  return map_bytes(self, upper);
}
function bytes_swapcase(self: PyObject): PyObject {
  return map_bytes(self, c => (byte_is_lower(c) ? c - 32 : lower(c)));
}
function bytes_capitalize(self: PyObject): PyObject {
  return map_bytes(self, (c, i) => (i === 0 ? upper(c) : lower(c)));
}
function bytes_title(self: PyObject): PyObject {
  let cased = false;
  return map_bytes(self, c => {
    const r = cased ? lower(c) : upper(c);
    cased = byte_is_alpha(c);
    return r;
  });
}

function bool(b: boolean): PyObject {
  return newref(b ? Py_True : Py_False);
}
function all_bytes(self: PyObject, f: (c: number) => boolean): PyObject {
  const b = raw(self);
  return bool(b.length > 0 && b.every(f));
}
function bytes_isalnum(self: PyObject): PyObject {
  return all_bytes(self, c => byte_is_alpha(c) || byte_is_digit(c));
}
function bytes_isalpha(self: PyObject): PyObject {
  return all_bytes(self, byte_is_alpha);
}
function bytes_isdigit(self: PyObject): PyObject {
  return all_bytes(self, byte_is_digit);
}
function bytes_isspace(self: PyObject): PyObject {
  return all_bytes(self, byte_is_space);
}
function bytes_isascii(self: PyObject): PyObject {
  return bool(raw(self).every(c => c < 128));
}
function bytes_islower(self: PyObject): PyObject {
  const b = raw(self);
  return bool(b.some(byte_is_lower) && !b.some(byte_is_upper));
}
function bytes_isupper(self: PyObject): PyObject {
  const b = raw(self);
  return bool(b.some(byte_is_upper) && !b.some(byte_is_lower));
}
function bytes_istitle(self: PyObject): PyObject {
  let cased = false;
  let previous = false;
  for (const c of raw(self)) {
    if (byte_is_upper(c)) {
      if (previous) return bool(false);
      previous = cased = true;
    } else if (byte_is_lower(c)) {
      if (!previous) return bool(false);
      cased = true;
    } else previous = false;
  }
  return bool(cased);
}

// --- tables, hexadecimal, decoding ------------------------------------------------------------------------------------

function bytes_translate(self: PyObject, table: PyObject, del: PyObject | null): PyObject {
  const map = table === Py_None ? null : buffer_bytes(table);
  if (map !== null && map.length !== 256)
    PyErr_SetString(PyExc_ValueError, 'translation table must be 256 characters long');
  const gone = del === null ? null : buffer_bytes(del);
  const b = raw(self);
  const out = new Uint8Array(b.length);
  let n = 0;
  let changed = false;
  for (let i = 0; i < b.length; i++) {
    const c = b[i]!;
    if (gone !== null && gone.includes(c)) {
      changed = true;
      continue;
    }
    const r = map === null ? c : map[c]!;
    if (r !== c) changed = true;
    out[n++] = r;
  }
  return changed ? like(self, out.slice(0, n)) : unchanged(self);
}

function bytes_maketrans(_self: unknown, frm: PyObject, to: PyObject): PyObject {
  const f = buffer_bytes(frm);
  const t = buffer_bytes(to);
  if (f.length !== t.length) PyErr_SetString(PyExc_ValueError, 'maketrans arguments must have same length');
  const out = new Uint8Array(256);
  for (let i = 0; i < 256; i++) out[i] = i;
  for (let i = 0; i < f.length; i++) out[f[i]!] = t[i]!;
  return PyBytes_FromUint8Array(out);
}

const HEX = '0123456789abcdef';

/** Lower-case hexadecimal digits, with a separator every `group` bytes (counted from the right, or from the left if negative). */
export function hex_string(b: Uint8Array, sep: string | null, group: number): string {
  let s = '';
  const n = b.length;
  const step = Math.abs(group);
  for (let i = 0; i < n; i++) {
    if (sep !== null && step !== 0 && i > 0 && (group > 0 ? (n - i) % step === 0 : i % step === 0)) s += sep;
    const c = b[i]!;
    s += HEX[c >> 4]! + HEX[c & 15]!;
  }
  return s;
}

/** The separator argument of hex(). CPython: Python/pystrhex.c */
export function hex_separator(sep: PyObject | null): string | null {
  if (sep === null) return null;
  if (PyObject_Size(sep) !== 1) PyErr_SetString(PyExc_ValueError, 'sep must be length 1.');
  let c: number;
  if (is_str(sep)) c = text_at(sep.v, 0);
  else if ((sep.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0) c = (sep.v as Uint8Array)[0]!;
  else return PyErr_SetString(PyExc_TypeError, 'sep must be str or bytes.');
  if (c > 127) PyErr_SetString(PyExc_ValueError, 'sep must be ASCII.');
  return String.fromCharCode(c);
}

function bytes_hex(self: PyObject, sep: PyObject | null, bytes_per_sep: PyObject | null): PyObject {
  const group = arg_int(bytes_per_sep, 1);
  const s = held(self, () => hex_separator(sep));
  return unicode_from_bmp(hex_string(raw(self), s, group));
}

function hex_digit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const d = c | 32;
  return d >= 97 && d <= 102 ? d - 87 : -1;
}

/** Bytes of a text of hexadecimal digits, white space between pairs. CPython: _PyBytes_FromHex */
export function bytes_from_hex(o: PyObject): Uint8Array {
  let t: Text | Uint8Array;
  if (is_str(o)) {
    t = o.v;
    const text = o.v;
    if (typeof text !== 'string' || !string_is_ascii(text)) {
      let i = 0;
      while (i < text.length && text_at(text, i) < 128) i++;
      bad_hex(i);
    }
  } else if (PyObject_CheckBuffer(o)) t = buffer_bytes(o);
  else return PyErr_SetString(PyExc_TypeError, `fromhex() argument must be str or bytes-like, not ${type_name(o)}`);
  const at = (i: number): number => (typeof t === 'string' ? t.charCodeAt(i) : t[i]!);
  const out = new Uint8Array(t.length >> 1);
  let n = 0;
  for (let i = 0; i < t.length; ) {
    if (byte_is_space(at(i))) {
      i++;
      continue;
    }
    const hi = hex_digit(at(i));
    if (hi < 0) bad_hex(i);
    i++;
    if (i >= t.length)
      PyErr_SetString(PyExc_ValueError, 'fromhex() arg must contain an even number of hexadecimal digits');
    const lo = hex_digit(at(i));
    if (lo < 0) bad_hex(i);
    i++;
    out[n++] = hi * 16 + lo;
  }
  return out.slice(0, n);
}

function bad_hex(i: number): never {
  return PyErr_SetString(PyExc_ValueError, `non-hexadecimal number found in fromhex() arg at position ${i}`);
}

function bytes_decode(self: PyObject, encoding: PyObject | null, errors: PyObject | null): PyObject {
  const enc = arg_str(encoding, 'decode', "argument 'encoding'", null);
  const err = arg_str(errors, 'decode', "argument 'errors'", null);
  return PyUnicode_FromEncodedObject(self, enc, err);
}

/** Rows that both types put into their tables. A function, since the modules import each other in a circle. */
export function shared_methods(): readonly MethodSpec[] {
  return [
    { name: 'capitalize', flags: METH_NOARGS, meth: bytes_capitalize, sig: '($self, /)' },
    { name: 'center', flags: METH_CLINIC, meth: bytes_center, sig: "($self, width, fillchar=b' ', /)" },
    { name: 'count', flags: METH_FASTCALL, meth: bytes_count, sig: '($self, sub[, start[, end]], /)' },
    { name: 'decode', flags: METH_CLINIC, meth: bytes_decode, sig: "($self, /, encoding='utf-8', errors='strict')" },
    { name: 'endswith', flags: METH_FASTCALL, meth: bytes_endswith, sig: '($self, suffix[, start[, end]], /)' },
    { name: 'expandtabs', flags: METH_CLINIC, meth: bytes_expandtabs, sig: '($self, /, tabsize=8)' },
    { name: 'find', flags: METH_FASTCALL, meth: bytes_find, sig: '($self, sub[, start[, end]], /)' },
    {
      name: 'hex',
      flags: METH_CLINIC,
      meth: bytes_hex,
      sig: '($self, /, sep=<unrepresentable>, bytes_per_sep=1)',
      doc: "The bytes as hexadecimal digits, with a separator between groups if one is given.\n\n>>> value = b'\\x0a\\x1b\\x2c'\n>>> value.hex()\n'0a1b2c'\n>>> value.hex(':')\n'0a:1b:2c'\n>>> value.hex('-', 2)\n'0a-1b2c'",
    },
    { name: 'index', flags: METH_FASTCALL, meth: bytes_index, sig: '($self, sub[, start[, end]], /)' },
    { name: 'isalnum', flags: METH_NOARGS, meth: bytes_isalnum, sig: '($self, /)' },
    { name: 'isalpha', flags: METH_NOARGS, meth: bytes_isalpha, sig: '($self, /)' },
    { name: 'isascii', flags: METH_NOARGS, meth: bytes_isascii, sig: '($self, /)' },
    { name: 'isdigit', flags: METH_NOARGS, meth: bytes_isdigit, sig: '($self, /)' },
    { name: 'islower', flags: METH_NOARGS, meth: bytes_islower, sig: '($self, /)' },
    { name: 'isspace', flags: METH_NOARGS, meth: bytes_isspace, sig: '($self, /)' },
    { name: 'istitle', flags: METH_NOARGS, meth: bytes_istitle, sig: '($self, /)' },
    { name: 'isupper', flags: METH_NOARGS, meth: bytes_isupper, sig: '($self, /)' },
    { name: 'join', flags: METH_O, meth: bytes_join, sig: '($self, iterable_of_bytes, /)' },
    { name: 'ljust', flags: METH_CLINIC, meth: bytes_ljust, sig: "($self, width, fillchar=b' ', /)" },
    { name: 'lower', flags: METH_NOARGS, meth: bytes_lower, sig: '($self, /)' },
    { name: 'lstrip', flags: METH_CLINIC, meth: bytes_lstrip, sig: '($self, bytes=None, /)' },
    { name: 'maketrans', flags: METH_STATIC | METH_CLINIC, meth: bytes_maketrans, sig: '(frm, to, /)' },
    { name: 'partition', flags: METH_O, meth: bytes_partition, sig: '($self, sep, /)' },
    { name: 'replace', flags: METH_CLINIC, meth: bytes_replace, sig: '($self, old, new, count=-1, /)' },
    { name: 'removeprefix', flags: METH_O, meth: bytes_removeprefix, sig: '($self, prefix, /)' },
    { name: 'removesuffix', flags: METH_O, meth: bytes_removesuffix, sig: '($self, suffix, /)' },
    { name: 'rfind', flags: METH_FASTCALL, meth: bytes_rfind, sig: '($self, sub[, start[, end]], /)' },
    { name: 'rindex', flags: METH_FASTCALL, meth: bytes_rindex, sig: '($self, sub[, start[, end]], /)' },
    { name: 'rjust', flags: METH_CLINIC, meth: bytes_rjust, sig: "($self, width, fillchar=b' ', /)" },
    { name: 'rpartition', flags: METH_O, meth: bytes_rpartition, sig: '($self, sep, /)' },
    { name: 'rsplit', flags: METH_CLINIC, meth: bytes_rsplit, sig: '($self, /, sep=None, maxsplit=-1)' },
    { name: 'rstrip', flags: METH_CLINIC, meth: bytes_rstrip, sig: '($self, bytes=None, /)' },
    { name: 'split', flags: METH_CLINIC, meth: bytes_split, sig: '($self, /, sep=None, maxsplit=-1)' },
    { name: 'splitlines', flags: METH_CLINIC, meth: bytes_splitlines, sig: '($self, /, keepends=False)' },
    { name: 'startswith', flags: METH_FASTCALL, meth: bytes_startswith, sig: '($self, prefix[, start[, end]], /)' },
    { name: 'strip', flags: METH_CLINIC, meth: bytes_strip, sig: '($self, bytes=None, /)' },
    { name: 'swapcase', flags: METH_NOARGS, meth: bytes_swapcase, sig: '($self, /)' },
    { name: 'title', flags: METH_NOARGS, meth: bytes_title, sig: '($self, /)' },
    { name: 'translate', flags: METH_CLINIC, meth: bytes_translate, sig: "($self, table, /, delete=b'')" },
    { name: 'upper', flags: METH_NOARGS, meth: bytes_upper, sig: '($self, /)' },
    { name: 'zfill', flags: METH_O, meth: bytes_zfill, sig: '($self, width, /)' },
  ];
}
