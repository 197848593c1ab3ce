// framelocals.ts: the mapping that `frame.f_locals` is in a function: reads and writes go to the frame.   CPython: Objects/frameobject.c (FrameLocalsProxy)
import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { PyObject, Py_EQ, Py_NE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_MAPPING, decref, newref } from '../core/object.ts';
import { METH_FASTCALL, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyObject_GetIter } from './abstract.ts';
import { PyDict_Check } from './checks.ts';
import type { CodePayload } from './codeobject.ts';
import { PyDict_DelItem, PyDict_GetItem, PyDict_Items, PyDict_Keys, PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size, PyDict_Update, PyDict_Values } from './dictobject.ts';
import { PyExc_KeyError, PyExc_TypeError, PyExc_ValueError, _PyErr_SetKeyError } from './exceptions.ts';
import { type FramePayload, frame_local, frame_locals, frame_set_local } from './frameobject.ts';
import { PyArg_CheckPositional } from './getargs.ts';
import { PyBool_FromLong, Py_False, Py_True } from './boolobject.ts';
import { PyObject_Hash, PyObject_HashNotImplemented, PyObject_Repr, PyObject_RichCompare, PyObject_RichCompareBool, Py_None, Py_NotImplemented, Py_ReprEnter, Py_ReprLeave, repr_string } from './object.ts';
import { PyUnicode_FromString, PyUnicode_Type, unicode_eq } from './unicodeobject.ts';

/** v is the frame object, owned. */
type ProxyObject = PyObject<PyObject<FramePayload>>;

export function PyFrameLocalsProxy_New(frame: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(PyFrameLocalsProxy_Type, newref(frame), null);
  gc_new(o);
  return o;
}

function payload(self: PyObject): FramePayload {
  return (self as ProxyObject).v.v;
}

/** Index of the fast local with that name (or a key equal to it), or -1. With `read`, only one that is set counts.
 *  CPython: framelocalsproxy_getkeyindex */
function key_index(self: PyObject, key: PyObject, read: boolean): number {
  const hash = PyObject_Hash(key);
  const plain = key.ob_type === PyUnicode_Type;
  const frame = payload(self).frame;
  const co = (frame.f_code as PyObject<CodePayload>).v;
  for (let i = 0; i < co.nlocalsplus; i++) {
    const name = co.varnames[i]!;
    if (name !== key) {
      if (plain) {
        if (!unicode_eq(name, key)) continue;
      } else {
        const h = PyObject_Hash(name);
        if (h.lo !== hash.lo || h.hi !== hash.hi || !PyObject_RichCompareBool(name, key, Py_EQ)) continue;
      }
    }
    if (read && frame_local(frame, i) === null) continue;
    return i;
  }
  return -1;
}

/** Borrowed value, or null. */
function lookup(self: PyObject, key: PyObject): PyObject | null {
  const i = key_index(self, key, true);
  if (i >= 0) return frame_local(payload(self).frame, i);
  const extra = payload(self).extra_locals;
  return extra === null ? null : PyDict_GetItem(extra, key);
}

function proxy_getitem(self: PyObject, key: PyObject): PyObject {
  const v = lookup(self, key);
  if (v === null) PyErr_SetString(PyExc_KeyError, `local variable '${repr_string(key)}' is not defined`);
  return newref(v);
}

function proxy_setitem(self: PyObject, key: PyObject, value: PyObject | null): void {
  const f = payload(self);
  const i = key_index(self, key, false);
  if (i >= 0) {
    if (value === null) PyErr_SetString(PyExc_ValueError, 'cannot remove local variables from FrameLocalsProxy');
    frame_set_local(f.frame, i, value);
    return;
  }
  if (f.extra_locals === null) {
    if (value === null) _PyErr_SetKeyError(key);
    f.extra_locals = PyDict_New();
  }
  if (value === null) PyDict_DelItem(f.extra_locals, key);
  else PyDict_SetItem(f.extra_locals, key, value);
}

/** The present contents as a new dict. */
function to_dict(self: PyObject): PyObject {
  const f = payload(self);
  const dict = PyDict_New();
  for (const [name, value] of frame_locals(f.frame)) PyDict_SetItem(dict, name, value);
  if (f.extra_locals !== null) PyDict_Update(dict, f.extra_locals);
  return dict;
}

function with_dict<T>(self: PyObject, use: (dict: PyObject) => T): T {
  const dict = to_dict(self);
  try {
    return use(dict);
  } finally {
    decref(dict);
  }
}

function merge(self: PyObject, other: PyObject): boolean {
  if (!PyDict_Check(other) && other.ob_type !== PyFrameLocalsProxy_Type) return false;
  const dict = PyDict_New();
  try {
    PyDict_Update(dict, other);
    const table = (dict as PyObject<{ keys: PyObject[]; values: PyObject[] }>).v;
    for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) proxy_setitem(self, table.keys[i]!, table.values[i]!);
  } finally {
    decref(dict);
  }
  return true;
}

function proxy_update(self: PyObject, other: PyObject): PyObject {
  if (!merge(self, other)) PyErr_SetString(PyExc_TypeError, 'update() argument must be dict or another FrameLocalsProxy');
  return newref(Py_None);
}

export const PyFrameLocalsProxy_Type = static_type({
  name: 'FrameLocalsProxy',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
  tp_dealloc(self) {
    gc_del(self);
    decref((self as ProxyObject).v);
  },
  tp_traverse(self, visit) {
    visit((self as ProxyObject).v);
  },
  tp_repr(self) {
    if (Py_ReprEnter(self)) return PyUnicode_FromString('{...}');
    try {
      return with_dict(self, PyObject_Repr);
    } finally {
      Py_ReprLeave(self);
    }
  },
  tp_hash: PyObject_HashNotImplemented,
  tp_iter: self =>
    with_dict(self, dict => {
      const keys = PyDict_Keys(dict);
      const it = PyObject_GetIter(keys);
      decref(keys);
      return it;
    }),
  tp_richcompare(self, other, op) {
    if (other.ob_type === PyFrameLocalsProxy_Type) {
      const same = (self as ProxyObject).v === (other as ProxyObject).v;
      if (op === Py_EQ) return newref(same ? Py_True : Py_False);
      if (op === Py_NE) return newref(same ? Py_False : Py_True);
    } else if (PyDict_Check(other)) return with_dict(self, dict => PyObject_RichCompare(dict, other, op));
    return newref(Py_NotImplemented);
  },
  tp_new(_type, args) {
    const items = (args as PyObject<PyObject[]>).v;
    if (items.length !== 1) PyErr_SetString(PyExc_TypeError, `FrameLocalsProxy expected 1 argument, got ${items.length}`);
    if (items[0]!.ob_type.tp_name !== 'frame') PyErr_SetString(PyExc_TypeError, `expect frame, not ${items[0]!.ob_type.tp_name}`);
    return PyFrameLocalsProxy_New(items[0]!);
  },
  mp_length: self => with_dict(self, PyDict_Size),
  mp_subscript: proxy_getitem,
  mp_ass_subscript: proxy_setitem,
  sq_contains: (self, key) => lookup(self, key) !== null,
  nb_or(a, b) {
    const left = a.ob_type === PyFrameLocalsProxy_Type || PyDict_Check(a);
    const right = b.ob_type === PyFrameLocalsProxy_Type || PyDict_Check(b);
    if (!left || !right) return newref(Py_NotImplemented);
    const dict = PyDict_New();
    PyDict_Update(dict, a);
    PyDict_Update(dict, b);
    return dict;
  },
  nb_inplace_or(self, other) {
    return merge(self, other) ? newref(self) : newref(Py_NotImplemented);
  },
  methods: [
    { name: '__contains__', flags: METH_O, meth: (self: PyObject, key: PyObject) => PyBool_FromLong(lookup(self, key) !== null) },
    { name: '__getitem__', flags: METH_O, meth: proxy_getitem },
    { name: 'update', flags: METH_O, meth: proxy_update },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      meth: (self: PyObject) =>
        with_dict(self, dict => {
          const keys = PyDict_Keys(dict) as PyObject<PyObject[]>;
          keys.v.reverse();
          return keys;
        }),
    },
    { name: 'copy', flags: METH_NOARGS, meth: to_dict },
    { name: 'keys', flags: METH_NOARGS, meth: (self: PyObject) => with_dict(self, PyDict_Keys) },
    { name: 'values', flags: METH_NOARGS, meth: (self: PyObject) => with_dict(self, PyDict_Values) },
    { name: 'items', flags: METH_NOARGS, meth: (self: PyObject) => with_dict(self, PyDict_Items) },
    {
      name: 'get',
      flags: METH_FASTCALL,
      meth(self: PyObject, args: PyObject[]) {
        PyArg_CheckPositional('get', args.length, 1, 2);
        return newref(lookup(self, args[0]!) ?? args[1] ?? Py_None);
      },
    },
    {
      name: 'pop',
      flags: METH_FASTCALL,
      meth(self: PyObject, args: PyObject[]) {
        PyArg_CheckPositional('pop', args.length, 1, 2);
        const key = args[0]!;
        if (key_index(self, key, false) >= 0) PyErr_SetString(PyExc_ValueError, 'cannot remove local variables from FrameLocalsProxy');
        const extra = payload(self).extra_locals;
        const v = extra === null ? null : PyDict_GetItem(extra, key);
        if (v !== null) {
          newref(v);
          PyDict_DelItem(extra!, key);
          return v;
        }
        if (args.length > 1) return newref(args[1]!);
        _PyErr_SetKeyError(key);
      },
    },
    {
      name: 'setdefault',
      flags: METH_FASTCALL,
      meth(self: PyObject, args: PyObject[]) {
        PyArg_CheckPositional('setdefault', args.length, 1, 2);
        const found = lookup(self, args[0]!);
        if (found !== null) return newref(found);
        const value = args[1] ?? Py_None;
        proxy_setitem(self, args[0]!, value);
        return newref(value);
      },
    },
  ],
});
