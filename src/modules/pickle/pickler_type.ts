// pickler_type.ts: the type Pickler and the view of its memo.                             CPython: Modules/_pickle.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  incref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
  xnewref,
} from '../../core/object.ts';
import { METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyDict_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Type, type PyDictObject } from '../../objects/dictobject.ts';
import {
  PyExc_AttributeError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_AsInt, PyLong_AsLong, PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import type { PyCFunctionObject } from '../../objects/methodobject.ts';
import { PyCFunction_Check } from '../../objects/methodobject.ts';
import {
  object_id,
  Py_None,
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetOptionalAttrString,
  PyObject_HashNotImplemented,
  PyObject_IsTrue,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { Memo } from './memo.ts';
import { PROTO, STOP } from './opcodes.ts';
import { save } from './save.ts';
import { DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, PicklingError } from './state.ts';
import { Pickler } from './writer.ts';

type PicklerObject = PyObject<Pickler>;

function pickler_of(self: PyObject): Pickler {
  return (self as PicklerObject).v;
}

/** An attribute that is a method of ours, not overridden, counts as none. */
export function overridden(self: PyObject, name: string, own: (...args: never[]) => PyObject): PyObject | null {
  const found = PyObject_GetOptionalAttrString(self, name);
  if (found === null || !PyCFunction_Check(found)) return found;
  const f = (found as PyCFunctionObject).v;
  if (f.self !== self || f.ml.meth !== own) return found;
  decref(found);
  return null;
}

/** CPython: _Pickler_SetProtocol */
export function set_protocol(p: Pickler, protocol: PyObject | null, fix_imports: PyObject | null): void {
  let proto = DEFAULT_PROTOCOL;
  if (protocol !== null && protocol !== Py_None) {
    const index = PyNumber_Index(protocol);
    try {
      proto = PyLong_AsLong(index);
    } finally {
      decref(index);
    }
    if (proto < 0) proto = HIGHEST_PROTOCOL;
    else if (proto > HIGHEST_PROTOCOL) {
      PyErr_SetString(PyExc_ValueError, `pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
    }
  }
  p.proto = proto;
  p.bin = proto > 0 ? 1 : 0;
  p.fix_imports = (fix_imports === null || PyObject_IsTrue(fix_imports)) && proto < 3;
}

export function set_output(p: Pickler, file: PyObject): void {
  const write = PyObject_GetOptionalAttrString(file, 'write');
  if (write === null) PyErr_SetString(PyExc_TypeError, "file must have a 'write' attribute");
  xdecref(p.write);
  p.write = write;
}

export function set_buffer_callback(p: Pickler, callback: PyObject | null): void {
  if (callback === null || callback === Py_None) return;
  if (p.proto < 5) PyErr_SetString(PyExc_ValueError, 'buffer_callback needs protocol >= 5');
  p.buffer_callback = newref(callback);
}

/** Writes a whole pickle into the buffer. CPython: dump */
export function dump(p: Pickler, obj: PyObject): void {
  try {
    if (p.proto >= 2) {
      p.op1(PROTO, p.proto);
      if (p.proto >= 4) p.framing = true;
    }
    p.depth = 0;
    save(p, obj);
    p.op(STOP);
    p.commit_frame();
  } finally {
    p.framing = false;
  }
}

function check_unused(p: Pickler): void {
  if (p.running) PyErr_SetString(PyExc_RuntimeError, 'Pickler object is already used');
}

/** CPython: _pickle_Pickler_dump_impl */
function pickler_dump(self: PyObject, obj: PyObject): PyObject {
  const p = pickler_of(self);
  if (p.write === null) {
    PyErr_SetString(PicklingError, `Pickler.__init__() was not called by ${self.ob_type.tp_name}.__init__()`);
  }
  check_unused(p);
  p.running = true;
  p.clear_buffer();
  incref(self);
  try {
    p.reducer_override = PyObject_GetOptionalAttrString(self, 'reducer_override');
    p.persistent_id = overridden(self, 'persistent_id', pickler_persistent_id);
    dump(p, obj);
    p.flush();
  } finally {
    // They may be bound methods of this very object.
    const { reducer_override, persistent_id } = p;
    p.running = false;
    p.reducer_override = null;
    p.persistent_id = null;
    xdecref(reducer_override);
    xdecref(persistent_id);
    decref(self);
  }
  return newref(Py_None);
}

function pickler_persistent_id(_self: PyObject, _obj: PyObject): PyObject {
  return newref(Py_None);
}

function pickler_clear_memo(self: PyObject): PyObject {
  pickler_of(self).clear_memo();
  return newref(Py_None);
}

function pickler_sizeof(self: PyObject): PyObject {
  return PyLong_FromLong(self.ob_type.tp_basicsize + pickler_of(self).memory());
}

function pickler_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new Pickler());
}

const INIT_SIG = '(file, protocol=None, fix_imports=True, buffer_callback=None)';

/** CPython: _pickle_Pickler___init___impl */
function pickler_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [file, protocol, fix_imports, buffer_callback] = PyArg_Clinic('Pickler', INIT_SIG, args, kwargs);
  const p = pickler_of(self);
  check_unused(p);
  if (p.write !== null) p.clear();
  set_protocol(p, protocol!, fix_imports!);
  set_output(p, file!);
  set_buffer_callback(p, buffer_callback!);
  p.clear_buffer();
  p.fast = 0;
  p.fast_nesting = 0;
  p.fast_memo = null;
  p.dispatch_table ??= PyObject_GetOptionalAttrString(self, 'dispatch_table');
}

function pickler_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  pickler_of(self).dispose();
}

function pickler_traverse(self: PyObject, visit: visitproc): void {
  const p = pickler_of(self);
  for (const o of [p.write, p.persistent_id, p.persistent_id_attr, p.dispatch_table]) if (o !== null) visit(o);
  for (const o of [p.reducer_override, p.buffer_callback]) if (o !== null) visit(o);
  p.memo.visit(visit);
}

/** CPython: Pickler_getattr */
function pickler_getattro(self: PyObject, name: PyObject): PyObject {
  const p = pickler_of(self);
  if (p.persistent_id_attr !== null && name.v === 'persistent_id') return newref(p.persistent_id_attr);
  return PyObject_GenericGetAttr(self, name);
}

/** CPython: Pickler_setattr */
function pickler_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  if (name.v !== 'persistent_id') {
    PyObject_GenericSetAttr(self, name, value);
    return;
  }
  const p = pickler_of(self);
  const old = p.persistent_id_attr;
  p.persistent_id_attr = xnewref(value);
  xdecref(old);
}

// --- attributes ------------------------------------------------------------------------------------------------------

function int_value(value: PyObject | null): number {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  const index = PyNumber_Index(value);
  try {
    return PyLong_AsInt(index);
  } finally {
    decref(index);
  }
}

function get_dispatch_table(self: PyObject): PyObject {
  return newref(pickler_of(self).dispatch_table ?? PyErr_SetString(PyExc_AttributeError, 'dispatch_table'));
}

function set_dispatch_table(self: PyObject, value: PyObject | null): void {
  const p = pickler_of(self);
  const old = p.dispatch_table;
  if (value === null && old === null) PyErr_SetString(PyExc_AttributeError, 'dispatch_table');
  p.dispatch_table = xnewref(value);
  xdecref(old);
}

function get_memo(self: PyObject): PyObject {
  return pickler_memo_type.tp_alloc!(pickler_memo_type, newref(self));
}

/** Takes numbers over from a view of a memo, or from a dict. */
function fill_memo(memo: Memo, value: PyObject): void {
  if (value.ob_type === pickler_memo_type) {
    for (const [o, i] of pickler_of((value as PyObject<PyObject>).v).memo.entries()) memo.set(o, i);
    return;
  }
  if (!PyDict_Check(value)) {
    const got = value.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `'memo' attribute must be a PicklerMemoProxy object or dict, not ${got}`);
  }
  for (let i = PyDict_Next(value, 0); i >= 0; i = PyDict_Next(value, i + 1)) {
    const pair = (value as PyDictObject).v.values[i]!;
    if (!PyTuple_Check(pair) || pair.v.length !== 2) {
      PyErr_SetString(PyExc_TypeError, "'memo' values must be 2-item tuples");
    }
    memo.set(pair.v[1]!, PyLong_AsSsize_t(pair.v[0]!));
  }
}

/** CPython: Pickler_set_memo */
function set_memo(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, 'attribute deletion is not supported');
  const p = pickler_of(self);
  const memo = new Memo();
  try {
    fill_memo(memo, value);
  } catch (e) {
    memo.clear();
    throw e;
  }
  p.clear_memo();
  p.memo = memo;
}

export const pickler_type: PyTypeObject = module_type('_pickle', {
  name: '_pickle.Pickler',
  heap: 'immutable',
  tp_basicsize: 152,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Writes pickles to a file: an object with a method write() that takes bytes.',
  tp_new: pickler_new,
  tp_init: pickler_init,
  tp_dealloc: pickler_dealloc,
  tp_traverse: pickler_traverse,
  tp_clear: self => pickler_of(self).clear(),
  tp_getattro: pickler_getattro,
  tp_setattro: pickler_setattro,
  methods: [
    { name: 'persistent_id', flags: METH_O, meth: pickler_persistent_id, sig: '($self, obj, /)' },
    { name: 'dump', flags: METH_O, meth: pickler_dump, sig: '($self, obj, /)' },
    { name: 'clear_memo', flags: METH_NOARGS, meth: pickler_clear_memo, sig: '($self, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: pickler_sizeof, sig: '($self, /)' },
  ],
  members: [
    {
      name: 'bin',
      get: self => PyLong_FromLong(pickler_of(self).bin),
      set: (self, value) => {
        pickler_of(self).bin = int_value(value);
      },
    },
    {
      name: 'fast',
      get: self => PyLong_FromLong(pickler_of(self).fast),
      set: (self, value) => {
        pickler_of(self).fast = int_value(value);
      },
    },
    { name: 'dispatch_table', get: get_dispatch_table, set: set_dispatch_table },
  ],
  getset: [{ name: 'memo', get: get_memo, set: set_memo }],
  after_ready: type => {
    type.tp_data = { text_signature: INIT_SIG };
  },
});

// --- PicklerMemoProxy: stands for the memo, which is no dict ----------------------------------------------------------

function memo_clear(self: PyObject): PyObject {
  pickler_of((self as PyObject<PyObject>).v).clear_memo();
  return newref(Py_None);
}

/** As a dict: {id: (number, object)}. CPython: _pickle_PicklerMemoProxy_copy_impl */
function memo_copy(self: PyObject): PyObject {
  const dict = PyDict_New();
  for (const [o, i] of pickler_of((self as PyObject<PyObject>).v).memo.entries()) {
    const key = PyLong_FromLong(object_id(o));
    const value = tuple_pair_steal(PyLong_FromLong(i), newref(o));
    PyDict_SetItem(dict, key, value);
    decref(key);
    decref(value);
  }
  return dict;
}

/** Reduces a view of a memo to dict(copy). */
export function reduce_memo(copy: PyObject): PyObject {
  return tuple_pair_steal(newref(PyDict_Type), PyTuple_FromArraySteal([copy]));
}

function memo_reduce(self: PyObject): PyObject {
  return reduce_memo(memo_copy(self));
}

/** What both views of a memo have in common; `v` is their (owned) Pickler or Unpickler. */
export const MEMO_PROXY = {
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_hash: PyObject_HashNotImplemented,
  tp_dealloc: (self: PyObject): void => {
    gc_del(self);
    release_instance(self);
    decref((self as PyObject<PyObject>).v);
  },
  tp_traverse: (self: PyObject, visit: visitproc): void => visit((self as PyObject<PyObject>).v),
};

const pickler_memo_type: PyTypeObject = module_type('_pickle', {
  name: '_pickle.PicklerMemoProxy',
  heap: 'immutable',
  ...MEMO_PROXY,
  methods: [
    { name: 'clear', flags: METH_NOARGS, meth: memo_clear, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: memo_copy, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: memo_reduce, sig: '($self, /)' },
  ],
});
