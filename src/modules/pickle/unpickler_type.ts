// unpickler_type.ts: the type Unpickler and the view of its memo.                         CPython: Modules/_pickle.c

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
import { METH_CLINIC, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyObject_GetIter } from '../../objects/abstract.ts';
import { PyObject_CallMethodObjArgs } from '../../objects/call.ts';
import { PyDict_Check, PyLong_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GenericGetAttr, PyObject_GenericSetAttr, PyObject_IsTrue } from '../../objects/object.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';
import { str_arg } from '../args.ts';
import { type FindClass, no_persistent_load, run } from './load.ts';
import { MEMO_PROXY, overridden, reduce_memo } from './pickler_type.ts';
import { UnpicklingError } from './state.ts';
import { Unpickler } from './unpickler.ts';

type UnpicklerObject = PyObject<Unpickler>;

function unpickler_of(self: PyObject): Unpickler {
  return (self as UnpicklerObject).v;
}

/** The optional arguments that Unpickler(), load() and loads() have in common. */
export function set_options(u: Unpickler, fname: string, options: readonly (PyObject | null)[]): void {
  const [fix_imports, encoding, errors, buffers] = options;
  u.fix_imports = fix_imports == null || PyObject_IsTrue(fix_imports);
  u.encoding = encoding == null ? 'ASCII' : str_arg(fname, "'encoding'", encoding);
  u.errors = errors == null ? 'strict' : str_arg(fname, "'errors'", errors);
  u.buffers = buffers == null || buffers === Py_None ? null : PyObject_GetIter(buffers);
}

function check_unused(u: Unpickler): void {
  if (u.running) PyErr_SetString(PyExc_RuntimeError, 'Unpickler object is already used');
}

/** CPython: _pickle_Unpickler_load_impl */
function unpickler_load(self: PyObject): PyObject {
  const u = unpickler_of(self);
  if (!u.ready) {
    PyErr_SetString(UnpicklingError, `Unpickler.__init__() was not called by ${self.ob_type.tp_name}.__init__()`);
  }
  check_unused(u);
  u.running = true;
  const own = self.ob_type === unpickler_type;
  const find: FindClass = own
    ? (module, name) => u.find_class(module, name)
    : (module, name) => PyObject_CallMethodObjArgs(self, _Py_ID('find_class'), module, name);
  u.marks.length = 0;
  u.fence = 0;
  u.proto = 0;
  u.truncate(0);
  incref(self);
  try {
    u.persistent_load = overridden(self, 'persistent_load', unpickler_persistent_load);
    return run(u, find);
  } finally {
    // It may be a bound method of this very object.
    const { persistent_load } = u;
    u.running = false;
    u.persistent_load = null;
    xdecref(persistent_load);
    decref(self);
  }
}

function unpickler_persistent_load(_self: PyObject, _pid: PyObject): PyObject {
  return no_persistent_load();
}

function unpickler_find_class(self: PyObject, module_name: PyObject, global_name: PyObject): PyObject {
  return unpickler_of(self).find_class(module_name, global_name);
}

function unpickler_sizeof(self: PyObject): PyObject {
  const u = unpickler_of(self);
  let size = self.ob_type.tp_basicsize;
  if (u.ready) size += u.memo_size * 8 + u.marks_size * 8 + u.encoding.length + 1 + u.errors.length + 1;
  return PyLong_FromLong(size);
}

function unpickler_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new Unpickler());
}

const INIT_SIG = "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())";

/** CPython: _pickle_Unpickler___init___impl */
function unpickler_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [file, ...options] = PyArg_Clinic('Unpickler', INIT_SIG, args, kwargs);
  const u = unpickler_of(self);
  check_unused(u);
  if (u.ready) u.clear();
  u.input.set_file(file!);
  set_options(u, 'Unpickler', options);
  u.memo_size = 32;
  u.proto = 0;
  u.ready = true;
}

function unpickler_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  unpickler_of(self).clear();
}

function unpickler_traverse(self: PyObject, visit: visitproc): void {
  const u = unpickler_of(self);
  for (const o of [u.buffers, u.persistent_load, u.persistent_load_attr]) if (o !== null) visit(o);
  u.input.visit(visit);
  for (const o of u.stack) visit(o);
  for (const i in u.memo) visit(u.memo[i]!);
}

/** CPython: Unpickler_getattr */
function unpickler_getattro(self: PyObject, name: PyObject): PyObject {
  const u = unpickler_of(self);
  if (u.persistent_load_attr !== null && name.v === 'persistent_load') return newref(u.persistent_load_attr);
  return PyObject_GenericGetAttr(self, name);
}

/** CPython: Unpickler_setattr */
function unpickler_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  if (name.v !== 'persistent_load') {
    PyObject_GenericSetAttr(self, name, value);
    return;
  }
  const u = unpickler_of(self);
  const old = u.persistent_load_attr;
  u.persistent_load_attr = xnewref(value);
  xdecref(old);
}

function get_memo(self: PyObject): PyObject {
  return unpickler_memo_type.tp_alloc!(unpickler_memo_type, newref(self));
}

/** CPython: Unpickler_set_memo */
function set_memo(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, 'attribute deletion is not supported');
  const u = unpickler_of(self);
  const other = new Unpickler();
  try {
    if (value.ob_type === unpickler_memo_type) {
      const { memo } = unpickler_of((value as PyObject<PyObject>).v);
      for (const i in memo) other.memo_put(+i, memo[i]!);
    } else if (PyDict_Check(value)) {
      for (let i = PyDict_Next(value, 0); i >= 0; i = PyDict_Next(value, i + 1)) {
        const key = (value as PyDictObject).v.keys[i]!;
        if (!PyLong_Check(key)) PyErr_SetString(PyExc_TypeError, 'memo key must be integers');
        const index = PyLong_AsSsize_t(key);
        if (index < 0) PyErr_SetString(PyExc_ValueError, 'memo key must be positive integers.');
        other.memo_put(index, (value as PyDictObject).v.values[i]!);
      }
    } else {
      const got = value.ob_type.tp_name;
      PyErr_SetString(PyExc_TypeError, `'memo' attribute must be an UnpicklerMemoProxy object or dict, not ${got}`);
    }
  } catch (e) {
    other.clear();
    throw e;
  }
  u.clear_memo();
  u.memo = other.memo;
  u.memo_count = other.memo_count;
  u.memo_size = other.memo_size;
}

export const unpickler_type: PyTypeObject = module_type('_pickle', {
  name: '_pickle.Unpickler',
  heap: 'immutable',
  tp_basicsize: 296,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Reads pickles from a file: an object with methods read(n) and readline() that give bytes.',
  tp_new: unpickler_new,
  tp_init: unpickler_init,
  tp_dealloc: unpickler_dealloc,
  tp_traverse: unpickler_traverse,
  tp_clear: self => unpickler_of(self).clear(),
  tp_getattro: unpickler_getattro,
  tp_setattro: unpickler_setattro,
  methods: [
    { name: 'persistent_load', flags: METH_O, meth: unpickler_persistent_load, sig: '($self, pid, /)' },
    { name: 'load', flags: METH_NOARGS, meth: unpickler_load, sig: '($self, /)' },
    {
      name: 'find_class',
      flags: METH_CLINIC,
      meth: unpickler_find_class,
      sig: '($self, module_name, global_name, /)',
    },
    { name: '__sizeof__', flags: METH_NOARGS, meth: unpickler_sizeof, sig: '($self, /)' },
  ],
  getset: [{ name: 'memo', get: get_memo, set: set_memo }],
  after_ready: type => {
    type.tp_data = { text_signature: INIT_SIG };
  },
});

// --- UnpicklerMemoProxy ---------------------------------------------------------------------------------------------------

function memo_clear(self: PyObject): PyObject {
  unpickler_of((self as PyObject<PyObject>).v).clear_memo();
  return newref(Py_None);
}

/** As a dict: {number: object}. */
function memo_copy(self: PyObject): PyObject {
  const dict = PyDict_New();
  const { memo } = unpickler_of((self as PyObject<PyObject>).v);
  for (const i in memo) {
    const key = PyLong_FromLong(+i);
    PyDict_SetItem(dict, key, memo[i]!);
    decref(key);
  }
  return dict;
}

function memo_reduce(self: PyObject): PyObject {
  return reduce_memo(memo_copy(self));
}

const unpickler_memo_type: PyTypeObject = module_type('_pickle', {
  name: '_pickle.UnpicklerMemoProxy',
  heap: 'immutable',
  ...MEMO_PROXY,
  methods: [
    { name: 'clear', flags: METH_NOARGS, meth: memo_clear, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: memo_copy, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: memo_reduce, sig: '($self, /)' },
  ],
});
