// parse_keywords.ts: arguments as the older natives read them.          CPython: Python/getargs.c (PyArg_ParseTupleAndKeywords)
//
// Their messages differ from those of Argument Clinic, and each value is converted as soon as it is found.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_Next } from '../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_Type } from '../objects/longobject.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';

/** An int for C's format code 'i'. CPython: Python/getargs.c:convertsimple */
export function int_arg(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number' && (o.v | 0) === o.v) return o.v;
  const index = PyNumber_Index(o);
  const big = PyLong_AsBigInt(index);
  decref(index);
  if (big !== BigInt.asIntN(64, big)) PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C long');
  if (big > 0x7fffffffn) PyErr_SetString(PyExc_OverflowError, 'signed integer is greater than maximum');
  if (big < -0x80000000n) PyErr_SetString(PyExc_OverflowError, 'signed integer is less than minimum');
  return Number(big);
}

/**
 * Arguments as PyArg_ParseTupleAndKeywords sorts and words them: `convert` sees each value as soon as it is found.
 * Without a name the messages say 'function'. CPython: Python/getargs.c:vgetargskeywords
 */
export function parse_arguments(
  fname: string | null,
  names: readonly string[],
  min: number,
  max_positional: number,
  args: PyObject,
  kwargs: PyObject | null,
  convert: (i: number, value: PyObject) => void,
): void {
  const items = args.v as PyObject[];
  if (kwargs === null && items.length >= min && items.length <= max_positional) {
    for (let i = 0; i < items.length; i++) convert(i, items[i]!);
    return;
  }
  const given = new Map<string, PyObject>();
  if (kwargs !== null) {
    const table = kwargs.v as { keys: PyObject[]; values: PyObject[] };
    for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
      const key = table.keys[i]!;
      if (!PyUnicode_Check(key)) PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
      given.set(PyUnicode_AsString(key), table.values[i]!);
    }
  }
  const func = fname === null ? 'function' : `${fname}()`;
  const total = items.length + given.size;
  const len = names.length;
  if (total > len) {
    const kind = items.length === 0 ? 'keyword ' : '';
    PyErr_SetString(
      PyExc_TypeError,
      `${func} takes at most ${len} ${kind}argument${len === 1 ? '' : 's'} (${total} given)`,
    );
  }
  if (items.length > max_positional) {
    const s = max_positional === 1 ? '' : 's';
    PyErr_SetString(
      PyExc_TypeError,
      `${func} takes at most ${max_positional} positional argument${s} (${items.length} given)`,
    );
  }
  let used = 0;
  for (let i = 0; i < len; i++) {
    let value: PyObject | undefined = items[i];
    if (value === undefined) {
      value = given.get(names[i]!);
      if (value !== undefined) used++;
    }
    if (value !== undefined) convert(i, value);
    else if (i < min) {
      PyErr_SetString(PyExc_TypeError, `${func} missing required argument '${names[i]}' (pos ${i + 1})`);
    }
  }
  if (used === given.size) return;
  for (let i = 0; i < items.length; i++) {
    if (given.has(names[i]!)) {
      PyErr_SetString(PyExc_TypeError, `argument for ${func} given by name ('${names[i]}') and position (${i + 1})`);
    }
  }
  for (const name of given.keys()) {
    if (!names.includes(name)) {
      const who = fname === null ? 'this function' : func;
      PyErr_SetString(PyExc_TypeError, `${who} got an unexpected keyword argument '${name}'`);
    }
  }
}
