// specs.ts: filters as Python has them, dicts with an "id".              CPython: Modules/_lzmamodule.c (parse_filter_spec)

import { PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import {
  PyMapping_Check,
  PyMapping_GetOptionalItem,
  PyObject_Size,
  PySequence_GetItem,
} from '../../objects/abstract.ts';
import { PyDict_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyExc_KeyError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { _Py_ID, PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { unsigned_arg } from '../args.ts';
import { lzma_error } from './errors.ts';
import { FILTERS_MAX, type Filter, is_branch_filter, type LzmaOptions, preset_options } from './filters.ts';
import { FILTER_DELTA, FILTER_LZMA1, FILTER_LZMA2, PRESET_DEFAULT } from './format.ts';

export function uint32(o: PyObject): number {
  return Number(unsigned_arg(o, 32, 'uint32_t'));
}

/** What stands in a filter specifier by this name, as `convert` has it; null if nothing does. */
function entry<T>(spec: PyObject, name: string, convert: (o: PyObject) => T): T | null {
  const value = PyMapping_GetOptionalItem(spec, _Py_ID(name), PyExc_KeyError);
  if (value === null) return null;
  try {
    return convert(value);
  } finally {
    decref(value);
  }
}

/** Goes over the numbers in a specifier; whatever is wrong with them is raised as one thing. */
function numbers(
  spec: PyObject,
  kind: string,
  others: readonly string[],
  take: (name: string, n: number) => boolean,
): void {
  const invalid = (): never => PyErr_SetString(PyExc_ValueError, `Invalid filter specifier for ${kind} filter`);
  if (!PyDict_Check(spec)) invalid();
  const table = (spec as PyObject<{ keys: PyObject[]; values: PyObject[] }>).v;
  for (let i = PyDict_Next(spec, 0); i >= 0; i = PyDict_Next(spec, i + 1)) {
    const key = table.keys[i]!;
    if (!PyUnicode_Check(key)) invalid();
    const name = PyUnicode_AsString(key);
    if (others.includes(name)) continue;
    let n: number;
    try {
      n = uint32(table.values[i]!);
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
      invalid();
    }
    if (!take(name, n!)) invalid();
  }
}

const LZMA_NAMES: readonly (keyof LzmaOptions)[] = ['dict_size', 'lc', 'lp', 'pb', 'mode', 'nice_len', 'mf', 'depth'];

function lzma_options(spec: PyObject): LzmaOptions {
  const preset = entry(spec, 'preset', uint32) ?? PRESET_DEFAULT;
  const options = preset_options(preset);
  if (options === null) lzma_error(`Invalid compression preset: ${preset}`);
  numbers(spec, 'LZMA', ['id', 'preset'], (name, n) => {
    const known = LZMA_NAMES.find(option => option === name);
    if (known !== undefined) options[known] = n;
    return known !== undefined;
  });
  return options;
}

/** One number that a specifier may have. */
function single_number(spec: PyObject, kind: string, name: string, fallback: number): number {
  let value = fallback;
  numbers(spec, kind, ['id'], (given, n) => {
    value = n;
    return given === name;
  });
  return value;
}

/** CPython: lzma_filter_converter */
export function parse_filter(spec: PyObject): Filter {
  if (!PyMapping_Check(spec)) PyErr_SetString(PyExc_TypeError, 'Filter specifier must be a dict or dict-like object');
  const id = entry(spec, 'id', o => unsigned_arg(o, 64, 'lzma_vli'));
  if (id === null) PyErr_SetString(PyExc_ValueError, 'Filter specifier must have an "id" entry');
  if (id === FILTER_LZMA1 || id === FILTER_LZMA2) return { id, lzma: lzma_options(spec) };
  if (id === FILTER_DELTA) return { id, dist: single_number(spec, 'delta', 'dist', 1) };
  if (is_branch_filter(id)) return { id, start_offset: single_number(spec, 'BCJ', 'start_offset', 0) };
  return PyErr_SetString(PyExc_ValueError, `Invalid filter ID: ${id}`);
}

/** CPython: parse_filter_chain_spec */
export function parse_chain(specs: PyObject): Filter[] {
  const { sq_length, mp_length, tp_name } = specs.ob_type;
  if (sq_length === null && mp_length !== null) PyErr_SetString(PyExc_TypeError, `${tp_name} is not a sequence`);
  const count = PyObject_Size(specs);
  if (count > FILTERS_MAX) {
    PyErr_SetString(PyExc_ValueError, `Too many filters - liblzma supports a maximum of ${FILTERS_MAX}`);
  }
  const filters: Filter[] = [];
  for (let i = 0; i < count; i++) {
    const spec = PySequence_GetItem(specs, i);
    try {
      filters.push(parse_filter(spec));
    } finally {
      decref(spec);
    }
  }
  return filters;
}

/** CPython: build_filter_spec */
export function build_spec(f: Filter): PyObject {
  const spec = PyDict_New();
  const add = (name: string, value: PyObject): void => {
    PyDict_SetItemString(spec, name, value);
    decref(value);
  };
  add('id', PyLong_FromBigInt(f.id));
  if (f.lzma !== undefined) {
    const names = f.id === FILTER_LZMA1 ? (['lc', 'lp', 'pb', 'dict_size'] as const) : (['dict_size'] as const);
    for (const name of names) add(name, PyLong_FromLong(f.lzma[name]));
  } else if (f.dist !== undefined) add('dist', PyLong_FromLong(f.dist));
  else if (f.start_offset !== 0) add('start_offset', PyLong_FromLong(f.start_offset!));
  return spec;
}
