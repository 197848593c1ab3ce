// structseq.ts: tuples whose items have names too (os.stat_result, time.struct_time, sys.flags).
//                                                                                      CPython: Objects/structseq.c
// The payload array holds the visible items, as of any tuple; further fields, reached by name only, are in `d`.
// Enter through: PyStructSequence_NewType (declares the type: call it at a module's top level), PyStructSequence_New.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type MemberSpec, static_type } from '../core/spec.ts';
import { PySequence_Fast } from './abstract.ts';
import { PyDict_Check } from './checks.ts';
import {
  PyDict_GetItemString,
  PyDict_Keys,
  PyDict_New,
  PyDict_Pop,
  PyDict_SetItemString,
  PyDict_Size,
} from './dictobject.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import type { PyListObject } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { Py_None, repr_string } from './object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Type, type PyTupleObject } from './tupleobject.ts';
import { _Py_ID, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

/** One field; `name` null: reached by index only. CPython: PyStructSequence_Field */
export interface StructSequenceField {
  readonly name: string | null;
  readonly doc?: string;
}

/** CPython: PyStructSequence_Desc */
export interface StructSequenceDesc {
  /** `module.name`. */
  readonly name: string;
  readonly doc?: string;
  readonly fields: readonly StructSequenceField[];
  /** How many of the fields are items of the tuple. */
  readonly n_in_sequence: number;
  /** Further type flags. */
  readonly flags?: number;
  /** One of sys's own: the type cannot be changed. */
  readonly builtin?: boolean;
  /** Instances come from native code only (sys.flags). */
  readonly disallow_instantiation?: boolean;
}

type StructSequence = PyTupleObject;

function hidden_of(self: PyObject): (PyObject | null)[] {
  return self.d as (PyObject | null)[];
}

/** Borrowed; null if not set. */
function field_at(self: PyObject, i: number): PyObject | null {
  const visible = (self as StructSequence).v;
  return i < visible.length ? visible[i]! : (hidden_of(self)[i - visible.length] ?? null);
}

/** A new instance of all fields, which it steals. CPython: PyStructSequence_New and SetItem */
export function PyStructSequence_New(type: PyTypeObject, fields: PyObject[]): PyObject {
  const n = desc_of(type).n_in_sequence;
  const self = new PyObject(type, fields.slice(0, n), null);
  self.d = fields.slice(n);
  gc_new(self);
  return self;
}

/** Borrowed. */
export function PyStructSequence_GetItem(self: PyObject, i: number): PyObject {
  return field_at(self, i) ?? Py_None;
}

function desc_of(type: PyTypeObject): StructSequenceDesc {
  return (type.tp_data as { desc: StructSequenceDesc }).desc;
}

function unnamed_count(desc: StructSequenceDesc): number {
  return desc.fields.filter(f => f.name === null).length;
}

/** CPython: Objects/structseq.c:structseq_new_impl */
function structseq_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const desc = desc_of(type);
  const [sequence, dict] = PyArg_Clinic('structseq', '(sequence, dict=None)', args, kwargs) as (PyObject | null)[];
  const min = desc.n_in_sequence;
  const max = desc.fields.length;
  const fast = PySequence_Fast(sequence!, 'constructor requires a sequence');
  const fields: PyObject[] = [];
  try {
    if (dict !== null && dict !== undefined && !PyDict_Check(dict)) {
      PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes a dict as second arg, if any`);
    }
    const items = (fast as PyListObject).v;
    const n = items.length;
    if (min !== max) {
      if (n < min) {
        PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes an at least ${min}-sequence (${n}-sequence given)`);
      }
      if (n > max) {
        PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes an at most ${max}-sequence (${n}-sequence given)`);
      }
    } else if (n !== min) {
      PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes a ${min}-sequence (${n}-sequence given)`);
    }
    for (let i = 0; i < n; i++) fields.push(newref(items[i]!));
    let found = 0;
    for (let i = n; i < max; i++) {
      const name = desc.fields[i]!.name;
      const value = dict && name !== null ? PyDict_GetItemString(dict, name) : null;
      if (value !== null) found++;
      fields.push(newref(value ?? Py_None));
    }
    if (dict && PyDict_Size(dict) > found) {
      PyErr_SetString(PyExc_TypeError, `${type.tp_name}() got duplicate or unexpected field name(s)`);
    }
  } catch (e) {
    decref_all(fields);
    throw e;
  } finally {
    decref(fast);
  }
  return PyStructSequence_New(type, fields);
}

function structseq_dealloc(self: PyObject): void {
  gc_del(self);
  decref_all((self as StructSequence).v);
  decref_all(hidden_of(self));
}

function structseq_traverse(self: PyObject, visit: visitproc): void {
  for (const o of (self as StructSequence).v) visit(o);
  for (const o of hidden_of(self)) if (o !== null) visit(o);
}

function structseq_repr(self: PyObject): PyObject {
  const desc = desc_of(self.ob_type);
  // Unnamed fields show under the names of those behind them, as CPython's packed list of members has it.
  const names = desc.fields.filter(field => field.name !== null);
  const parts = (self as StructSequence).v.map((o, i) => `${names[i]?.name ?? ''}=${repr_string(o)}`);
  return PyUnicode_FromString(`${self.ob_type.tp_name}(${parts.join(', ')})`);
}

/** The hidden fields by name, a new dict. */
function hidden_dict(self: PyObject, from: number): PyObject {
  const desc = desc_of(self.ob_type);
  const dict = PyDict_New();
  for (let i = from; i < desc.fields.length; i++) {
    const name = desc.fields[i]!.name;
    if (name !== null) PyDict_SetItemString(dict, name, PyStructSequence_GetItem(self, i));
  }
  return dict;
}

function structseq_reduce(self: PyObject): PyObject {
  const visible = (self as StructSequence).v;
  const args = PyTuple_FromArraySteal([PyTuple_FromArray(visible), hidden_dict(self, visible.length)]);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), args]);
}

/** CPython: Objects/structseq.c:structseq_replace */
function structseq_replace(self: PyObject, changes: PyObject | null): PyObject {
  const type = self.ob_type;
  const desc = desc_of(type);
  if (unnamed_count(desc) > 0) {
    PyErr_SetString(
      PyExc_TypeError,
      `__replace__() is not supported for ${type.tp_name} because it has unnamed field(s)`,
    );
  }
  const fields: PyObject[] = [];
  try {
    for (let i = 0; i < desc.fields.length; i++) {
      const change = changes === null ? null : PyDict_Pop(changes, _Py_ID(desc.fields[i]!.name!));
      fields.push(change ?? newref(PyStructSequence_GetItem(self, i)));
    }
    if (changes !== null && PyDict_Size(changes) > 0) {
      const names = PyDict_Keys(changes);
      const text = repr_string(names);
      decref(names);
      PyErr_SetString(PyExc_TypeError, `Got unexpected field name(s): ${text}`);
    }
  } catch (e) {
    decref_all(fields);
    throw e;
  }
  return PyStructSequence_New(type, fields);
}

/** Declares a struct sequence type. CPython: PyStructSequence_NewType; with `builtin`, _PyStructSequence_InitBuiltin */
export function PyStructSequence_NewType(desc: StructSequenceDesc): PyTypeObject {
  const members: MemberSpec[] = [];
  desc.fields.forEach((f, i) => {
    if (f.name !== null) {
      members.push({ name: f.name, get: self => newref(PyStructSequence_GetItem(self, i)), doc: f.doc });
    }
  });
  return static_type({
    name: desc.name,
    heap: desc.builtin ? undefined : 'mutable',
    base: () => PyTuple_Type,
    tp_basicsize: 32 + 8 * (desc.fields.length - desc.n_in_sequence),
    tp_itemsize: 8,
    tp_flags: Py_TPFLAGS_HAVE_GC | (desc.flags ?? 0),
    tp_doc: desc.doc ?? null,
    tp_dealloc: structseq_dealloc,
    tp_traverse: structseq_traverse,
    tp_repr: structseq_repr,
    tp_new: desc.disallow_instantiation ? null : structseq_new,
    methods: [
      { name: '__reduce__', flags: METH_NOARGS, meth: structseq_reduce, sig: '($self, /)' },
      { name: '__replace__', flags: METH_CLINIC, meth: structseq_replace, sig: '($self, /, **changes)' },
    ],
    members,
    after_ready: type => {
      type.tp_data = { desc };
      const set = (name: string, value: PyObject): void => {
        PyDict_SetItemString(type.tp_dict!, name, value);
        decref(value);
      };
      set('n_sequence_fields', PyLong_FromLong(desc.n_in_sequence));
      set('n_fields', PyLong_FromLong(desc.fields.length));
      set('n_unnamed_fields', PyLong_FromLong(unnamed_count(desc)));
      const names = desc.fields.slice(0, desc.n_in_sequence).filter(f => f.name !== null);
      set('__match_args__', PyTuple_FromArraySteal(names.map(f => PyUnicode_InternFromString(f.name!))));
    },
  });
}
