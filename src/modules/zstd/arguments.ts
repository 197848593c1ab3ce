// arguments.ts: options, dictionaries and samples as Python gives them.     CPython: Modules/_zstd/compressor.c, decompressor.c

import { PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import { newref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { PyBytes_Check, PyDict_Check, PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyDict_Next, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_AsBigInt } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_Type } from '../../objects/tupleobject.ts';
import { c_int, type_name } from '../args.ts';
import { type Dictionary, read_dictionary } from './dictionary.ts';
import {
  COMPRESSION_PARAMETERS,
  DECOMPRESSION_PARAMETERS,
  LEVEL,
  LEVEL_MAX,
  LEVEL_MIN,
  type Parameter,
} from './params.ts';

/** The kinds of use of a dictionary. */
export const DIGESTED = 0;
export const UNDIGESTED = 1;
export const PREFIX = 2;

/** The payload of a ZstdDict. */
export class DictData {
  readonly content: Uint8Array;
  readonly id: number;
  private dictionary: Dictionary | null = null;
  constructor(content: Uint8Array, id: number) {
    this.content = content;
    this.id = id;
  }
  /** Its tables and content; throws where they are broken. */
  read(): Dictionary {
    this.dictionary ??= read_dictionary(this.content);
    return this.dictionary;
  }
}

/** The classes whose members are keys of options; known once compression.zstd has been imported. */
export const parameter_types = /* @__PURE__ */ per_interpreter(
  () => ({ compression: null as PyTypeObject | null, decompression: null as PyTypeObject | null }),
  {
    clear({ compression, decompression }) {
      Object.assign(parameter_types, { compression: null, decompression: null });
      xdecref(compression);
      xdecref(decompression);
    },
  },
);

export function is_given(o: PyObject | null | undefined): o is PyObject {
  return o != null && o !== Py_None;
}

/** CPython: _zstd_set_c_level */
export function level_argument(o: PyObject): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'invalid type for level, expected int');
  let level: number | null = null;
  try {
    level = c_int(o);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
  if (level === null || level < LEVEL_MIN || level > LEVEL_MAX) bad_level(level);
  return level;
}

function bad_level(level: number | null): never {
  const which = level === null ? '' : ` ${level}`;
  return PyErr_SetString(
    PyExc_ValueError,
    `illegal compression level${which}; the valid range is [${LEVEL_MIN}, ${LEVEL_MAX}]`,
  );
}

/** A dict of parameters, checked. CPython: _zstd_set_c_parameters, _zstd_set_d_parameters */
export function options_argument(fname: string, o: PyObject, compress: boolean): Map<number, number> {
  if (!PyDict_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 'options' must be dict, not ${type_name(o)}`);
  }
  const out = new Map<number, number>();
  const known = compress ? COMPRESSION_PARAMETERS : DECOMPRESSION_PARAMETERS;
  const kind = compress ? 'compression' : 'decompression';
  const table = (o as PyDictObject).v;
  for (let i = PyDict_Next(o, 0); i >= 0; i = PyDict_Next(o, i + 1)) {
    const key = table.keys[i]!;
    const value = table.values[i]!;
    if (key.ob_type === (compress ? parameter_types.decompression : parameter_types.compression)) {
      const other = compress ? 'a DecompressionParameter' : 'a CompressionParameter';
      PyErr_SetString(PyExc_TypeError, `${kind} options dictionary key must not be ${other} attribute`);
    }
    const k = c_int(key);
    const n = c_int(value);
    const parameter = known.find(p => p.key === k);
    if (parameter === undefined) {
      PyErr_SetString(PyExc_ValueError, `invalid ${kind} parameter 'unknown parameter (key ${k})'`);
    }
    out.set(k, bounded(parameter, n, kind));
  }
  return out;
}

function bounded(p: Parameter, n: number, kind: string): number {
  if (p.clamped === true) return Math.max(p.low, Math.min(p.high, n));
  if ((n >= p.low && n <= p.high) || (n === 0 && p.zero === true)) return n;
  if (p.key === LEVEL && p.low < 0) bad_level(n);
  return PyErr_SetString(
    PyExc_ValueError,
    `${kind} parameter '${p.name}' received an illegal value ${n}; the valid range is [${p.low}, ${p.high}]`,
  );
}

/** A dictionary and how to use it: a ZstdDict, or one with a kind. CPython: _zstd_parse_zstd_dict */
export function dict_argument(o: PyObject, type: PyTypeObject, fallback: number): { data: DictData; kind: number } {
  if (o.ob_type === type) return { data: (o as PyObject<DictData>).v, kind: fallback };
  if (o.ob_type === PyTuple_Type) {
    const items = (o as PyObject<PyObject[]>).v;
    if (items.length === 2 && items[0]!.ob_type === type && PyLong_Check(items[1]!)) {
      const kind = c_int(items[1]!);
      if (kind >= DIGESTED && kind <= PREFIX) return { data: (items[0] as PyObject<DictData>).v, kind };
    }
  }
  return PyErr_SetString(PyExc_TypeError, 'zstd_dict argument should be a ZstdDict object.');
}

/** What an object keeps of its argument: a reference, or nothing. */
export function kept(o: PyObject | null | undefined): PyObject | null {
  return is_given(o) ? newref(o) : null;
}

export function bytes_argument(fname: string, which: number, o: PyObject): Uint8Array {
  if (!PyBytes_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${which} must be bytes, not ${type_name(o)}`);
  }
  return (o as PyObject<Uint8Array>).v;
}

export function tuple_argument(fname: string, which: number, o: PyObject): PyObject[] {
  if (!PyTuple_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${which} must be tuple, not ${type_name(o)}`);
  }
  return o.v;
}

/** The sizes of samples that stand one behind the other in so many bytes. CPython: calculate_samples_stats */
export function sample_sizes(sizes: PyObject[], total: number): number[] {
  const out: number[] = [];
  let left = BigInt(total);
  for (const size of sizes) {
    if (!PyLong_Check(size)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
    const n = PyLong_AsBigInt(size);
    if (n < 0n || n > left) bad_sizes();
    left -= n;
    out.push(Number(n));
  }
  if (left !== 0n) bad_sizes();
  return out;
}

function bad_sizes(): never {
  return PyErr_SetString(PyExc_ValueError, "The samples size tuple doesn't match the concatenation's size.");
}

const SIZE_LIMIT = (1n << 64n) - 2n;

/** A size of content; null: unknown. CPython: zstd_contentsize_converter */
export function content_size_argument(o: PyObject): bigint | null {
  if (o === Py_None) return null;
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  const n = PyLong_AsBigInt(o);
  if (n < 0n || n >= SIZE_LIMIT) {
    PyErr_SetString(PyExc_ValueError, `size argument should be a positive int less than ${SIZE_LIMIT}`);
  }
  return n;
}
