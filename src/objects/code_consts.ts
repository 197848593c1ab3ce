// code_consts.ts: equality of constants, stricter than ==: types and signed zeros count.  CPython: Objects/codeobject.c:_PyCode_ConstantKey
import { type PyObject, Py_EQ } from '../core/object.ts';
import { PyObject_Hash, PyObject_RichCompareBool } from './object.ts';
import { _PySet_Items } from './setobject.ts';

function same_float(a: number, b: number): boolean {
  return Object.is(a, b);
}

export function const_eq(a: PyObject, b: PyObject): boolean {
  if (a === b) return true;
  if (a.ob_type !== b.ob_type) return false;
  switch (a.ob_type.tp_name) {
    case 'float':
      return same_float((a as PyObject<number>).v, (b as PyObject<number>).v);
    case 'complex': {
      const x = (a as PyObject<{ real: number; imag: number }>).v;
      const y = (b as PyObject<{ real: number; imag: number }>).v;
      return same_float(x.real, y.real) && same_float(x.imag, y.imag);
    }
    case 'tuple': {
      const x = (a as PyObject<PyObject[]>).v;
      const y = (b as PyObject<PyObject[]>).v;
      return x.length === y.length && x.every((o, i) => const_eq(o, y[i]!));
    }
    case 'frozenset': {
      const x = _PySet_Items(a);
      const y = _PySet_Items(b);
      return x.length === y.length && x.every(o => y.some(p => const_eq(o, p)));
    }
    case 'slice': {
      const x = (a as PyObject<{ start: PyObject; stop: PyObject; step: PyObject }>).v;
      const y = (b as PyObject<{ start: PyObject; stop: PyObject; step: PyObject }>).v;
      return const_eq(x.start, y.start) && const_eq(x.stop, y.stop) && const_eq(x.step, y.step);
    }
    default:
      return PyObject_RichCompareBool(a, b, Py_EQ);
  }
}

export function const_hash(o: PyObject): number {
  if (o.ob_type.tp_name === 'tuple') {
    let h = 1;
    for (const item of (o as PyObject<PyObject[]>).v) h = Math.imul(h ^ const_hash(item), 0x01000193);
    return h;
  }
  return o.ob_type.tp_hash === null ? 0 : PyObject_Hash(o).lo;
}
