// capsuleobject.ts: capsules, by which native modules hand each other what Python cannot hold.   CPython: Objects/capsule.c
//
// `v` is what the capsule carries, `x` its name. A capsule that takes part in no cycle is not tracked.
import { gc_alloc, gc_del, gc_track } from '../core/gc.ts';
import { G_TRACKED, Py_TPFLAGS_DISALLOW_INSTANTIATION, Py_TPFLAGS_HAVE_GC, PyObject } from '../core/object.ts';
import { static_type } from '../core/spec.ts';
import { address } from './object.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

export type PyCapsuleObject = PyObject<unknown, string | null>;

/** CPython: PyCapsule_New. `tracked` tells what _PyCapsule_SetTraverse would. */
export function PyCapsule_New(pointer: unknown, name: string | null, tracked = false): PyObject {
  const o = new PyObject<unknown, unknown>(PyCapsule_Type, pointer, name);
  gc_alloc();
  if (tracked) gc_track(o);
  return o;
}

function capsule_repr(self: PyObject): PyObject {
  const name = (self as PyCapsuleObject).x;
  return PyUnicode_FromString(`<capsule object ${name === null ? 'NULL' : `"${name}"`} at ${address(self)}>`);
}

export const PyCapsule_Type = static_type({
  name: 'PyCapsule',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'Something that one native module gives to another.',
  tp_dealloc(self) {
    if ((self.g & G_TRACKED) !== 0) gc_del(self);
  },
  tp_traverse() {},
  tp_repr: capsule_repr,
});
