// sum.ts: sum(), with exact fast paths for ints and compensated summation for floats and complexes.       CPython: Python/bltinmodule.c:builtin_sum
import { PyErr_SetString } from '../../core/errors.ts';
import { type PyObject, decref, newref } from '../../core/object.ts';
import { PyIter_Next, PyNumber_Add, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyByteArray_Type } from '../../objects/bytearrayobject.ts';
import { PyComplex_FromDoubles, PyComplex_Type } from '../../objects/complexobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../../objects/floatobject.ts';
import { PyLong_AsDouble, PyLong_FromLong, PyLong_Type } from '../../objects/longobject.ts';
import { PyLong_Check } from '../../objects/checks.ts';

/** A running sum with its error term (Neumaier). CPython: cs_add */
class Compensated {
  hi: number;
  lo = 0;
  constructor(hi: number) {
    this.hi = hi;
  }
  add(x: number): void {
    const t = this.hi + x;
    if (Math.abs(this.hi) >= Math.abs(x)) this.lo += this.hi - t + x;
    else this.lo += x - t + this.hi;
    this.hi = t;
  }
  value(): number {
    // Infinities and NaN must not be spoilt by the error term.
    return this.lo !== 0 && Number.isFinite(this.lo) ? this.hi + this.lo : this.hi;
  }
}

export function builtin_sum(_m: PyObject, iterable: PyObject, start: PyObject | null): PyObject {
  if (start !== null) {
    if (PyUnicode_Check(start)) PyErr_SetString(PyExc_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    if (PyBytes_Check(start)) PyErr_SetString(PyExc_TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (start.ob_type === PyByteArray_Type) PyErr_SetString(PyExc_TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  }
  const it = PyObject_GetIter(iterable);
  let result = start === null ? PyLong_FromLong(0) : newref(start);
  let item: PyObject | null = null;
  try {
    if (result.ob_type === PyLong_Type && typeof result.v === 'number') {
      let total: number = result.v;
      for (;;) {
        item = PyIter_Next(it);
        if (item === null) {
          decref(result);
          return PyLong_FromLong(total);
        }
        const next = item.ob_type === PyLong_Type && typeof item.v === 'number' ? total + (item.v as number) : Number.NaN;
        if (!Number.isSafeInteger(next)) break;
        total = next;
        decref(item);
        item = null;
      }
      decref(result);
      result = PyLong_FromLong(total);
      result = add_item(result, item);
      item = null;
    }
    if (result.ob_type === PyFloat_Type) {
      const sum = new Compensated(result.v as number);
      for (;;) {
        item = PyIter_Next(it);
        if (item === null) {
          decref(result);
          return PyFloat_FromDouble(sum.value());
        }
        if (item.ob_type === PyFloat_Type) sum.add(item.v as number);
        else if (PyLong_Check(item)) sum.add(PyLong_AsDouble(item));
        else break;
        decref(item);
        item = null;
      }
      decref(result);
      result = PyFloat_FromDouble(sum.value());
      result = add_item(result, item);
      item = null;
    }
    if (result.ob_type === PyComplex_Type) {
      const start_value = result.v as { real: number; imag: number };
      const re = new Compensated(start_value.real);
      const im = new Compensated(start_value.imag);
      for (;;) {
        item = PyIter_Next(it);
        if (item === null) {
          decref(result);
          return PyComplex_FromDoubles(re.value(), im.value());
        }
        if (item.ob_type === PyComplex_Type) {
          const v = item.v as { real: number; imag: number };
          re.add(v.real);
          im.add(v.imag);
        } else if (PyLong_Check(item)) re.add(PyLong_AsDouble(item));
        else if (item.ob_type === PyFloat_Type) re.add(item.v as number);
        else break;
        decref(item);
        item = null;
      }
      decref(result);
      result = PyComplex_FromDoubles(re.value(), im.value());
      result = add_item(result, item);
      item = null;
    }
    for (;;) {
      item = PyIter_Next(it);
      if (item === null) return result;
      result = add_item(result, item);
      item = null;
    }
  } catch (e) {
    decref(result);
    if (item !== null) decref(item);
    throw e;
  } finally {
    decref(it);
  }
}

/** result + item; consumes both, but nothing when it raises. */
function add_item(result: PyObject, item: PyObject): PyObject {
  const sum = PyNumber_Add(result, item);
  decref(result);
  decref(item);
  return sum;
}
