// layout.ts: which base decides what instances look like.                       CPython: Objects/typeobject.c (best_base)
import { PyErr_SetString } from '../../core/errors.ts';
import { type PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HEAPTYPE } from '../../core/object.ts';
import { PyExc_TypeError } from '../exceptions.ts';
import { PyBaseObject_Type, PyType_IsSubtype } from '../typeobject.ts';

/** Whether instances of a type need more room than its base's (besides a dict and weak references). CPython: shape_differs */
function extra_ivars(type: PyTypeObject, base: PyTypeObject): boolean {
  if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) return type.ht_slot_count !== base.ht_slot_count;
  let size = type.tp_basicsize;
  if (type.tp_itemsize !== base.tp_itemsize) return true;
  if (type.tp_weaklistoffset > 0 && base.tp_weaklistoffset === 0 && type.tp_weaklistoffset + 8 === size) size -= 8;
  if (type.tp_dictoffset > 0 && base.tp_dictoffset === 0 && type.tp_dictoffset + 8 === size) size -= 8;
  return size !== base.tp_basicsize;
}

/** The nearest type that adds to the layout. CPython: solid_base */
export function solid_base(type: PyTypeObject): PyTypeObject {
  const base = type.tp_base === null ? PyBaseObject_Type : solid_base(type.tp_base);
  if (type === PyBaseObject_Type) return type;
  return extra_ivars(type, type.tp_base ?? base) ? type : base;
}

/** The base whose layout contains all the others'. CPython: best_base */
export function best_base(bases: readonly PyTypeObject[]): PyTypeObject {
  let winner: PyTypeObject | null = null;
  let best: PyTypeObject | null = null;
  for (const b of bases) {
    if ((b.tp_flags & Py_TPFLAGS_BASETYPE) === 0) {
      PyErr_SetString(PyExc_TypeError, `type '${b.tp_name}' is not an acceptable base type`);
    }
    const candidate = solid_base(b);
    if (winner === null) {
      winner = candidate;
      best = b;
    } else if (PyType_IsSubtype(winner, candidate)) {
      // keeps
    } else if (PyType_IsSubtype(candidate, winner)) {
      winner = candidate;
      best = b;
    } else PyErr_SetString(PyExc_TypeError, 'multiple bases have instance lay-out conflict');
  }
  return best!;
}

/** Whether instances of the two types are laid out alike, for assignments to `__class__` and `__bases__`. */
export function compatible_layout(a: PyTypeObject, b: PyTypeObject): boolean {
  let x = a;
  let y = b;
  while (x.tp_base !== null && (x.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0 && x.ht_slot_count === x.tp_base.ht_slot_count && x.tp_dict_kind === x.tp_base.tp_dict_kind && x.tp_weaklistoffset === x.tp_base.tp_weaklistoffset) x = x.tp_base;
  while (y.tp_base !== null && (y.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0 && y.ht_slot_count === y.tp_base.ht_slot_count && y.tp_dict_kind === y.tp_base.tp_dict_kind && y.tp_weaklistoffset === y.tp_base.tp_weaklistoffset) y = y.tp_base;
  if (x === y) return true;
  return x.tp_base === y.tp_base && same_slots_added(x, y);
}

function same_slots_added(a: PyTypeObject, b: PyTypeObject): boolean {
  if (a.tp_base === null || b.tp_base === null) return false;
  if ((a.tp_flags & b.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return false;
  if (a.tp_weaklistoffset !== b.tp_weaklistoffset || a.tp_dict_kind !== b.tp_dict_kind || a.ht_slot_count !== b.ht_slot_count) return false;
  const na = slot_names(a);
  const nb = slot_names(b);
  return na.length === nb.length && na.every((n, i) => n === nb[i]);
}

function slot_names(type: PyTypeObject): unknown[] {
  return type.ht_slots === null ? [] : (type.ht_slots as unknown as { v: { v: unknown }[] }).v.map(o => o.v);
}
