// local.ts: attributes of each thread apart.                                          CPython: Modules/_threadmodule.c:localobject
//
// The dict of the thread that looked last stands in the instance, the others' in LocalData. A thread that ends takes its
// dicts with it: `locals_of` says which instances hold one.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  SlotState,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_Size } from '../../objects/dictobject.ts';
import { PyExc_AttributeError, PyExc_TypeError } from '../../objects/exceptions.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_RichCompareBool,
  str_string,
} from '../../objects/object.ts';
import { clear_instance_state, PyBaseObject_Type, traverse_instance_state } from '../../objects/typeobject.ts';
import { PyUnicode_FromString, unicode_equals_js } from '../../objects/unicodeobject.ts';
import { drop_weakrefs } from './lock.ts';

/** Instances (borrowed) that may hold a dict of a thread, by the thread's id. */
const locals_of: Map<number, Set<PyObject>> = new Map();

function note_local(self: PyObject, thread: number): void {
  let set = locals_of.get(thread);
  if (set === undefined) {
    set = new Set();
    locals_of.set(thread, set);
  }
  set.add(self);
}

/** The thread has ended: its attributes go. CPython: PyThreadState_Clear */
export function drop_locals(thread: number): void {
  const set = locals_of.get(thread);
  if (set === undefined) return;
  locals_of.delete(thread);
  for (const self of set) {
    const data = local_data(self);
    let dict = data.dicts.get(thread) ?? null;
    data.dicts.delete(thread);
    if (data.thread === thread) {
      dict = get_dict(self);
      set_dict(self, null);
      data.thread = 0;
    }
    if (dict !== null) decref(dict);
  }
}

/** Attributes for each thread apart. The dict of the thread that looked last stands in the instance. */
class LocalData {
  /** Owned: what __init__ gets in each further thread. */
  readonly args: PyObject;
  readonly kwargs: PyObject | null;
  readonly dicts: Map<number, PyObject> = new Map();
  thread: number;
  constructor(args: PyObject, kwargs: PyObject | null, thread: number) {
    this.args = args;
    this.kwargs = kwargs;
    this.thread = thread;
  }
}

function local_data(self: PyObject): LocalData {
  return self.v as LocalData;
}

function local_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = (args.v as PyObject[]).length > 0 || (kwargs !== null && PyDict_Size(kwargs) > 0);
  if (given && type.tp_init === PyBaseObject_Type.tp_init) {
    PyErr_SetString(PyExc_TypeError, 'Initialization arguments are not supported');
  }
  const self = type.tp_alloc!(
    type,
    new LocalData(newref(args), kwargs === null ? null : newref(kwargs), current.tstate.id),
  );
  note_local(self, current.tstate.id);
  return self;
}

function get_dict(self: PyObject): PyObject | null {
  return self.d instanceof SlotState ? self.d.dict : (self.d as PyObject | null);
}

function set_dict(self: PyObject, dict: PyObject | null): void {
  if (self.d instanceof SlotState) self.d.dict = dict;
  else self.d = dict;
}

/** Puts the running thread's dict into the instance; a thread's first look calls __init__. CPython: _ldict */
function switch_thread(self: PyObject): void {
  const data = local_data(self);
  const me = current.tstate.id;
  if (data.thread === me) return;
  const mine = get_dict(self);
  if (mine !== null) data.dicts.set(data.thread, mine);
  data.thread = me;
  note_local(self, me);
  const known = data.dicts.get(me) ?? null;
  data.dicts.delete(me);
  if (known !== null) {
    set_dict(self, known);
    return;
  }
  set_dict(self, PyDict_New());
  const init = self.ob_type.tp_init;
  if (init !== null && init !== PyBaseObject_Type.tp_init) init(self, data.args, data.kwargs);
}

/** Compared as any two objects are: a name that is no string may say that it is equal. */
function is_dict_name(name: PyObject): boolean {
  if (PyUnicode_Check(name)) return unicode_equals_js(name, '__dict__');
  const dict = PyUnicode_FromString('__dict__');
  try {
    return PyObject_RichCompareBool(name, dict, Py_EQ);
  } finally {
    decref(dict);
  }
}

function local_getattro(self: PyObject, name: PyObject): PyObject {
  switch_thread(self);
  if (is_dict_name(name)) {
    let dict = get_dict(self);
    if (dict === null) {
      dict = PyDict_New();
      set_dict(self, dict);
    }
    return newref(dict);
  }
  return PyObject_GenericGetAttr(self, name);
}

function local_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  switch_thread(self);
  if (is_dict_name(name)) {
    PyErr_SetString(
      PyExc_AttributeError,
      `'${self.ob_type.tp_name}' object attribute '${str_string(name)}' is read-only`,
    );
  }
  PyObject_GenericSetAttr(self, name, value);
}

function local_dealloc(self: PyObject): void {
  gc_del(self);
  drop_weakrefs(self);
  const data = local_data(self);
  for (const set of locals_of.values()) set.delete(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  for (const dict of data.dicts.values()) decref(dict);
  data.dicts.clear();
  decref(data.args);
  xdecref(data.kwargs);
}

function local_traverse(self: PyObject, visit: visitproc): void {
  const data = local_data(self);
  visit(data.args);
  if (data.kwargs !== null) visit(data.kwargs);
  for (const dict of data.dicts.values()) visit(dict);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) traverse_instance_state(self, visit);
}

function local_clear(self: PyObject): void {
  const data = local_data(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  const dicts = [...data.dicts.values()];
  data.dicts.clear();
  for (const dict of dicts) decref(dict);
}

export const local_type = static_type({
  name: '_thread._local',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_weaklistoffset: 32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: '_local()\n--\n\nAttributes of each thread apart.',
  tp_new: local_new,
  tp_dealloc: local_dealloc,
  tp_traverse: local_traverse,
  tp_clear: local_clear,
  tp_getattro: local_getattro,
  tp_setattro: local_setattro,
});
