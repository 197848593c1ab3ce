// type.ts: the str type: construction, comparison, indexing, and the table of its methods.   CPython: Objects/unicodeobject.c
//
// The methods' bodies live in the other files of this folder, by concept.

import { PyErr_SetString } from '../../core/errors.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_UNICODE_SUBCLASS,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import {
  METH_CLINIC,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_STATIC,
  METH_VARARGS,
  static_type,
} from '../../core/spec.ts';
import { PyNumber_AsSsize_t } from '../abstract.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import { kwnames_to_dict } from '../call.ts';
import { PyExc_IndexError, PyExc_TypeError } from '../exceptions.ts';
import { PyArg_Clinic } from '../getargs.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { Py_NotImplemented, PyObject_Str } from '../object.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from '../sliceobject.ts';
import { PyTuple_FromArraySteal } from '../tupleobject.ts';
import { arg_str, check_positional } from './args.ts';
import {
  unicode_capitalize,
  unicode_casefold,
  unicode_lower,
  unicode_swapcase,
  unicode_title,
  unicode_upper,
} from './case.ts';
import { PyUnicode_AsEncodedString, PyUnicode_FromEncodedObject } from './coding.ts';
import { type Text, text_at, text_compare, text_from_points, text_maxchar, text_repeat, text_slice } from './data.ts';
import {
  PyUnicode_Contains,
  unicode_count,
  unicode_endswith,
  unicode_find,
  unicode_index,
  unicode_removeprefix,
  unicode_removesuffix,
  unicode_replace,
  unicode_rfind,
  unicode_rindex,
  unicode_startswith,
} from './find.ts';
import { unicode_format_map, unicode_format_method } from './format.ts';
import { unicode__format__ } from './format_spec.ts';
import { unicode_iter } from './iterator.ts';
import {
  empty_str,
  is_str,
  PyUnicode_Concat,
  unicode_eq,
  unicode_from_char,
  unicode_from_text,
  unicode_hash,
  unicode_unchanged,
} from './object.ts';
import {
  check_text_size,
  unicode_center,
  unicode_expandtabs,
  unicode_ljust,
  unicode_maketrans,
  unicode_rjust,
  unicode_translate,
  unicode_zfill,
} from './pad.ts';
import { unicode_mod } from './percent.ts';
import {
  unicode_isalnum,
  unicode_isalpha,
  unicode_isascii,
  unicode_isdecimal,
  unicode_isdigit,
  unicode_isidentifier,
  unicode_islower,
  unicode_isnumeric,
  unicode_isprintable,
  unicode_isspace,
  unicode_istitle,
  unicode_isupper,
} from './predicates.ts';
import { unicode_repr } from './repr.ts';
import {
  PyUnicode_Join,
  unicode_lstrip,
  unicode_partition,
  unicode_rpartition,
  unicode_rsplit,
  unicode_rstrip,
  unicode_split,
  unicode_splitlines,
  unicode_strip,
} from './split.ts';

/** CPython: PyUnicode_RichCompare */
export function PyUnicode_RichCompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (!is_str(a) || !is_str(b)) return newref(Py_NotImplemented);
  let r: boolean;
  if (op === Py_EQ) r = a === b || unicode_eq(a, b);
  else if (op === Py_NE) r = a !== b && !unicode_eq(a, b);
  else {
    const d = a === b ? 0 : text_compare(a.v, b.v);
    r = op === Py_LT ? d < 0 : op === Py_LE ? d <= 0 : op === Py_GT ? d > 0 : op === Py_GE ? d >= 0 : false;
  }
  return newref(r ? Py_True : Py_False);
}

/** Order of two str: negative, zero, positive. CPython: PyUnicode_Compare */
export function PyUnicode_Compare(a: PyObject, b: PyObject): number {
  if (!is_str(a) || !is_str(b))
    PyErr_SetString(PyExc_TypeError, `Can't compare ${a.ob_type.tp_name} and ${b.ob_type.tp_name}`);
  return a === b ? 0 : text_compare(a.v, b.v);
}

function unicode_length(self: PyObject): number {
  return (self.v as Text).length;
}

/** sq_item: i is not negative here. CPython: unicode_getitem */
export function unicode_getitem(self: PyObject, i: number): PyObject {
  const t = self.v as Text;
  if (i < 0 || i >= t.length) PyErr_SetString(PyExc_IndexError, 'string index out of range');
  return unicode_from_char(typeof t === 'string' ? t.charCodeAt(i) : t[i]!);
}

/** CPython: unicode_subscript */
export function unicode_subscript(self: PyObject, item: PyObject): PyObject {
  const t = self.v as Text;
  if (item.ob_type.nb_index !== null) {
    let i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += t.length;
    return unicode_getitem(self, i);
  }
  if (!PySlice_Check(item)) {
    PyErr_SetString(PyExc_TypeError, `string indices must be integers, not '${item.ob_type.tp_name}'`);
  }
  const unpacked = PySlice_Unpack(item);
  const [start, stop, n] = PySlice_AdjustIndices(t.length, unpacked[0], unpacked[1], unpacked[2]);
  const step = unpacked[2];
  if (n <= 0) return newref(empty_str());
  if (step === 1) {
    if (n === t.length) return unicode_unchanged(self);
    return unicode_from_text(text_slice(t, start, stop));
  }
  const out = new Uint32Array(n);
  for (let k = 0, i = start; k < n; k++, i += step) out[k] = text_at(t, i);
  return unicode_from_text(text_from_points(out));
}

/** CPython: unicode_repeat */
function unicode_repeat(self: PyObject, n: number): PyObject {
  const t = self.v as Text;
  if (n < 1 || t.length === 0) return newref(empty_str());
  if (n === 1) return unicode_unchanged(self);
  check_text_size(t.length * n);
  return unicode_from_text(text_repeat(t, n));
}

// --- construction ---------------------------------------------------------------------------------------------------

const STR_SIG = "(object='', encoding='utf-8', errors='strict')";

function construct(x: PyObject | null, encoding: string | null, errors: string | null): PyObject {
  if (x === null) return newref(empty_str());
  if (encoding === null && errors === null) return PyObject_Str(x);
  return PyUnicode_FromEncodedObject(x, encoding, errors);
}

/** CPython: unicode_new */
function unicode_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [x, encoding, errors] = PyArg_Clinic('str', STR_SIG, args, kwargs);
  const value = construct(
    x!,
    arg_str(encoding!, 'str', "argument 'encoding'", null),
    arg_str(errors!, 'str', "argument 'errors'", null),
  );
  if (type === PyUnicode_Type) return value;
  const o = type.tp_alloc!(type, value.v);
  o.x = value.x;
  decref(value);
  return o;
}

/** str(…) by position. CPython: unicode_vectorcall */
function unicode_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (kwnames !== null && (kwnames.v as PyObject[]).length > 0) {
    const names = kwnames.v as PyObject[];
    const n = args.length - names.length;
    const tuple = PyTuple_FromArraySteal(args.slice(0, n).map(newref));
    const kwargs = kwnames_to_dict(args, kwnames);
    try {
      return unicode_new(type as PyTypeObject, tuple, kwargs);
    } finally {
      decref(tuple);
      decref(kwargs);
    }
  }
  const n = args.length;
  if (n === 0) return newref(empty_str());
  check_positional('str', n, 0, 3);
  if (n === 1) return PyObject_Str(args[0]!);
  return construct(
    args[0]!,
    arg_str(args[1]!, 'str', "argument 'encoding'", null),
    arg_str(args[2] ?? null, 'str', "argument 'errors'", null),
  );
}

function unicode_str(self: PyObject): PyObject {
  return unicode_unchanged(self);
}

function unicode_encode(self: PyObject, encoding: PyObject | null, errors: PyObject | null): PyObject {
  return PyUnicode_AsEncodedString(
    self,
    arg_str(encoding, 'encode', "argument 'encoding'", null),
    arg_str(errors, 'encode', "argument 'errors'", null),
  );
}

/** Bytes that CPython's layout of the text takes: header and characters by the widest of them. */
export function text_sizeof(t: Text): number {
  const max = text_maxchar(t);
  if (max < 128) return 40 + t.length + 1;
  // The single characters of Latin-1 are made at start-up, with their two bytes of UTF-8.
  if (max < 256 && t.length === 1) return 61;
  return 56 + (t.length + 1) * (max < 256 ? 1 : max < 0x10000 ? 2 : 4);
}

function unicode_sizeof(self: PyObject): PyObject {
  const t = self.v as Text;
  if (self.ob_type === PyUnicode_Type) return PyLong_FromLong(text_sizeof(t));
  const max = text_maxchar(t);
  return PyLong_FromLong(64 + (t.length + 1) * (max < 256 ? 1 : max < 0x10000 ? 2 : 4));
}

function unicode_getnewargs(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([unicode_from_text(self.v as Text)]);
}

function unicode_join(self: PyObject, iterable: PyObject): PyObject {
  return PyUnicode_Join(self, iterable);
}

export const PyUnicode_Type = static_type({
  name: 'str',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: 'Text: a sequence of Unicode characters.',
  tp_repr: unicode_repr,
  tp_str: unicode_str,
  tp_hash: unicode_hash,
  tp_richcompare: PyUnicode_RichCompare,
  tp_iter: unicode_iter,
  tp_new: unicode_new,
  tp_vectorcall: unicode_vectorcall,
  nb_remainder: unicode_mod,
  sq_length: unicode_length,
  sq_concat: PyUnicode_Concat,
  sq_repeat: unicode_repeat,
  sq_item: unicode_getitem,
  sq_contains: PyUnicode_Contains,
  mp_length: unicode_length,
  mp_subscript: unicode_subscript,
  methods: [
    { name: 'encode', flags: METH_CLINIC, meth: unicode_encode, sig: "($self, /, encoding='utf-8', errors='strict')" },
    { name: 'replace', flags: METH_CLINIC, meth: unicode_replace, sig: '($self, old, new, /, count=-1)' },
    { name: 'split', flags: METH_CLINIC, meth: unicode_split, sig: '($self, /, sep=None, maxsplit=-1)' },
    { name: 'rsplit', flags: METH_CLINIC, meth: unicode_rsplit, sig: '($self, /, sep=None, maxsplit=-1)' },
    { name: 'join', flags: METH_O, meth: unicode_join, sig: '($self, iterable, /)' },
    { name: 'capitalize', flags: METH_NOARGS, meth: unicode_capitalize, sig: '($self, /)' },
    { name: 'casefold', flags: METH_NOARGS, meth: unicode_casefold, sig: '($self, /)' },
    { name: 'title', flags: METH_NOARGS, meth: unicode_title, sig: '($self, /)' },
    { name: 'center', flags: METH_CLINIC, meth: unicode_center, sig: "($self, width, fillchar=' ', /)" },
    { name: 'count', flags: METH_FASTCALL, meth: unicode_count, sig: '($self, sub[, start[, end]], /)' },
    { name: 'expandtabs', flags: METH_CLINIC, meth: unicode_expandtabs, sig: '($self, /, tabsize=8)' },
    { name: 'find', flags: METH_FASTCALL, meth: unicode_find, sig: '($self, sub[, start[, end]], /)' },
    { name: 'partition', flags: METH_O, meth: unicode_partition, sig: '($self, sep, /)' },
    { name: 'index', flags: METH_FASTCALL, meth: unicode_index, sig: '($self, sub[, start[, end]], /)' },
    { name: 'ljust', flags: METH_CLINIC, meth: unicode_ljust, sig: "($self, width, fillchar=' ', /)" },
    { name: 'lower', flags: METH_NOARGS, meth: unicode_lower, sig: '($self, /)' },
    { name: 'lstrip', flags: METH_CLINIC, meth: unicode_lstrip, sig: '($self, chars=None, /)' },
    { name: 'rfind', flags: METH_FASTCALL, meth: unicode_rfind, sig: '($self, sub[, start[, end]], /)' },
    { name: 'rindex', flags: METH_FASTCALL, meth: unicode_rindex, sig: '($self, sub[, start[, end]], /)' },
    { name: 'rjust', flags: METH_CLINIC, meth: unicode_rjust, sig: "($self, width, fillchar=' ', /)" },
    { name: 'rstrip', flags: METH_CLINIC, meth: unicode_rstrip, sig: '($self, chars=None, /)' },
    { name: 'rpartition', flags: METH_O, meth: unicode_rpartition, sig: '($self, sep, /)' },
    { name: 'splitlines', flags: METH_CLINIC, meth: unicode_splitlines, sig: '($self, /, keepends=False)' },
    { name: 'strip', flags: METH_CLINIC, meth: unicode_strip, sig: '($self, chars=None, /)' },
    { name: 'swapcase', flags: METH_NOARGS, meth: unicode_swapcase, sig: '($self, /)' },
    { name: 'translate', flags: METH_O, meth: unicode_translate, sig: '($self, table, /)' },
    { name: 'upper', flags: METH_NOARGS, meth: unicode_upper, sig: '($self, /)' },
    { name: 'startswith', flags: METH_FASTCALL, meth: unicode_startswith, sig: '($self, prefix[, start[, end]], /)' },
    { name: 'endswith', flags: METH_FASTCALL, meth: unicode_endswith, sig: '($self, suffix[, start[, end]], /)' },
    { name: 'removeprefix', flags: METH_O, meth: unicode_removeprefix, sig: '($self, prefix, /)' },
    { name: 'removesuffix', flags: METH_O, meth: unicode_removesuffix, sig: '($self, suffix, /)' },
    { name: 'isascii', flags: METH_NOARGS, meth: unicode_isascii, sig: '($self, /)' },
    { name: 'islower', flags: METH_NOARGS, meth: unicode_islower, sig: '($self, /)' },
    { name: 'isupper', flags: METH_NOARGS, meth: unicode_isupper, sig: '($self, /)' },
    { name: 'istitle', flags: METH_NOARGS, meth: unicode_istitle, sig: '($self, /)' },
    { name: 'isspace', flags: METH_NOARGS, meth: unicode_isspace, sig: '($self, /)' },
    { name: 'isdecimal', flags: METH_NOARGS, meth: unicode_isdecimal, sig: '($self, /)' },
    { name: 'isdigit', flags: METH_NOARGS, meth: unicode_isdigit, sig: '($self, /)' },
    { name: 'isnumeric', flags: METH_NOARGS, meth: unicode_isnumeric, sig: '($self, /)' },
    { name: 'isalpha', flags: METH_NOARGS, meth: unicode_isalpha, sig: '($self, /)' },
    { name: 'isalnum', flags: METH_NOARGS, meth: unicode_isalnum, sig: '($self, /)' },
    { name: 'isidentifier', flags: METH_NOARGS, meth: unicode_isidentifier, sig: '($self, /)' },
    { name: 'isprintable', flags: METH_NOARGS, meth: unicode_isprintable, sig: '($self, /)' },
    { name: 'zfill', flags: METH_O, meth: unicode_zfill, sig: '($self, width, /)' },
    {
      name: 'format',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: unicode_format_method,
      sig: '($self, /, *args, **kwargs)',
    },
    { name: 'format_map', flags: METH_O, meth: unicode_format_map, sig: '($self, mapping, /)' },
    { name: '__format__', flags: METH_O, meth: unicode__format__, sig: '($self, format_spec, /)' },
    {
      name: 'maketrans',
      flags: METH_STATIC | METH_CLINIC,
      meth: unicode_maketrans,
      sig: '(x, y=<unrepresentable>, z=<unrepresentable>, /)',
    },
    { name: '__sizeof__', flags: METH_NOARGS, meth: unicode_sizeof, sig: '($self, /)' },
    { name: '__getnewargs__', flags: METH_NOARGS, meth: unicode_getnewargs, sig: '($self, /)' },
  ],
});
