// mro.ts: method resolution order.                                   CPython: Objects/typeobject.c (mro_implementation)
import { PyErr_SetString } from '../../core/errors.ts';
import { type PyObject, type PyTypeObject, decref, incref } from '../../core/object.ts';
import { PySequence_Tuple } from '../abstract.ts';
import { PyType_Check } from '../checks.ts';
import { PyExc_TypeError } from '../exceptions.ts';
import { PyTuple_FromArray } from '../tupleobject.ts';
import { PyType_IsSubtype, PyType_Modified, PyType_Type, _PyType_Lookup } from '../typeobject.ts';
import { _Py_ID } from '../unicodeobject.ts';
import { call_found } from './slots.ts';
import { solid_base } from './layout.ts';

function mro_array(type: PyTypeObject): PyObject[] {
  return (type.tp_mro as PyObject<PyObject[]>).v;
}

/** The C3 linearisation: the type, then a merge of its bases' orders and of the bases themselves. Borrowed items. */
export function mro_of(type: PyTypeObject, bases: readonly PyTypeObject[]): PyObject[] {
  if (bases.length === 0) return [type];
  if (bases.length === 1) return [type, ...mro_array(bases[0]!)];
  for (let i = 0; i < bases.length; i++) {
    if (bases.indexOf(bases[i]!) !== i) {
      PyErr_SetString(PyExc_TypeError, `duplicate base class ${bases[i]!.tp_name}`);
    }
  }
  const sequences: PyObject[][] = [...bases.map(b => mro_array(b).slice()), [...bases]];
  const result: PyObject[] = [type];
  for (;;) {
    const open = sequences.filter(s => s.length > 0);
    if (open.length === 0) return result;
    let candidate: PyObject | null = null;
    for (const s of open) {
      const head = s[0]!;
      if (open.every(t => t.indexOf(head) <= 0)) {
        candidate = head;
        break;
      }
    }
    if (candidate === null) {
      const names = [...new Set(open.map(s => s[0]! as PyTypeObject))].map(t => short_name(t));
      PyErr_SetString(
        PyExc_TypeError,
        `Cannot create a consistent method resolution order (MRO) for bases ${names.join(', ')}`,
      );
    }
    result.push(candidate);
    for (const s of sequences) if (s[0] === candidate) s.shift();
  }
}

function short_name(type: PyTypeObject): string {
  return type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1);
}

/** Computes a heap type's MRO (asking a metaclass's `mro` method if it has its own) and stores it; false if
 *  it was changed meanwhile. CPython: mro_internal */
export function mro_internal(type: PyTypeObject): boolean {
  const before = type.tp_mro;
  const bases = (type.tp_bases as PyObject<PyObject[]>).v as PyTypeObject[];
  for (const b of bases) {
    if (b.tp_mro === null) PyErr_SetString(PyExc_TypeError, `Cannot extend an incomplete type '${b.tp_name}'`);
  }
  let tuple: PyObject;
  const custom = type.ob_type === PyType_Type ? null : _PyType_Lookup(type.ob_type, _Py_ID('mro'));
  if (custom === null || custom === _PyType_Lookup(PyType_Type, _Py_ID('mro'))) {
    tuple = PyTuple_FromArray(mro_of(type, bases));
  } else {
    const result = call_found(custom, type, []);
    try {
      tuple = PySequence_Tuple(result);
    } finally {
      decref(result);
    }
    try {
      const solid = solid_base(type);
      for (const cls of (tuple as PyObject<PyObject[]>).v) {
        if (!PyType_Check(cls)) {
          PyErr_SetString(PyExc_TypeError, `mro() returned a non-class ('${cls.ob_type.tp_name}')`);
        }
        if (!PyType_IsSubtype(solid, solid_base(cls))) {
          PyErr_SetString(PyExc_TypeError, `mro() returned base with unsuitable layout ('${cls.tp_name}')`);
        }
      }
    } catch (e) {
      decref(tuple);
      throw e;
    }
  }
  if (type.tp_mro !== before) {
    decref(tuple);
    return false;
  }
  type.tp_mro = tuple;
  PyType_Modified(type);
  type.tp_uncached = bases.some(b => b.tp_uncached) || (custom !== null && has_foreign(type, tuple));
  if (before !== null) decref(before);
  return true;
}

/** Whether the order holds a class that is no base of the type, however distant. CPython: type_mro_modified */
function has_foreign(type: PyTypeObject, mro: PyObject): boolean {
  const ancestors = new Set<PyTypeObject>();
  const add = (t: PyTypeObject): void => {
    if (ancestors.has(t)) return;
    ancestors.add(t);
    if (t.tp_bases !== null) for (const b of (t.tp_bases as PyObject<PyTypeObject[]>).v) add(b);
  };
  add(type);
  return (mro as PyObject<PyTypeObject[]>).v.some(t => !ancestors.has(t));
}

/** `type.mro()`: a new list's items. */
export function type_mro_list(type: PyTypeObject): PyObject[] {
  const items = mro_of(type, (type.tp_bases as PyObject<PyObject[]>).v as PyTypeObject[]);
  for (const o of items) incref(o);
  return items;
}
