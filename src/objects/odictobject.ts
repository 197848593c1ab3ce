// odictobject.ts: collections.OrderedDict.                                              CPython: Objects/odictobject.c
//
// A dict whose keys are also in a linked list (odict/nodes.ts), which is the order. The second payload is that list.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_KEYWORDS, METH_NOARGS, METH_VARARGS, static_type } from '../core/spec.ts';
import {
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_SetItem,
  PySequence_Contains,
  PySequence_List,
} from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyDict_Check } from './checks.ts';
import { keys_size } from './dict/table.ts';
import { _PyDictView_New, PyDictItems_Type, PyDictKeys_Type, PyDictValues_Type } from './dict/views.ts';
import {
  _PyDict_FromKeys,
  _PyErr_SetKeyError,
  dict_del_hashed,
  dict_set_hashed,
  PyDict_CheckExact,
  PyDict_Clear,
  PyDict_GetItemRef,
  PyDict_Items,
  PyDict_Pop,
  PyDict_Type,
} from './dictobject.ts';
import { PyExc_KeyError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { release_instance, traverse_instance } from './instance.ts';
import { builtin_iter } from './iterobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_HashNotImplemented,
  PyObject_IsTrue,
  PyObject_RichCompareBool,
  repr_string,
} from './object.ts';
import {
  add_head,
  add_new_node,
  add_tail,
  clear_node,
  clear_nodes,
  find_node,
  find_node_hash,
  OrderState,
  type PyODictObject,
  unlink,
} from './odict/nodes.ts';
import { _Py_EmptyTuple, PyTuple_FromArraySteal, type PyTupleObject, tuple_pair_steal } from './tupleobject.ts';
import { PyObject_TypeCheck } from './typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from './unicodeobject.ts';

export function PyODict_Check(o: PyObject): o is PyODictObject {
  return PyObject_TypeCheck(o, PyODict_Type);
}

function is_exact(o: PyObject): boolean {
  return o.ob_type === PyODict_Type;
}

function odict_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const od = PyDict_Type.tp_new!(type, args, kwargs);
  (od as PyODictObject).x = new OrderState();
  return od;
}

/** CPython: PyODict_New */
export function PyODict_New(): PyObject {
  return odict_new(PyODict_Type, _Py_EmptyTuple, null);
}

function odict_dealloc(self: PyObject): void {
  release_instance(self);
  clear_nodes((self as PyODictObject).x);
  PyDict_Type.tp_dealloc!(self);
}

function odict_traverse(self: PyObject, visit: visitproc): void {
  traverse_instance(self, visit);
  for (let node = (self as PyODictObject).x.first; node !== null; node = node.next) visit(node.key);
  PyDict_Type.tp_traverse!(self, visit);
}

function odict_tp_clear(self: PyObject): void {
  PyDict_Clear(self);
  clear_nodes((self as PyODictObject).x);
}

// --- storing and removing --------------------------------------------------------------------------------------------

/** CPython: _PyODict_SetItem_KnownHash_LockHeld */
function odict_set(od: PyODictObject, key: PyObject, value: PyObject): void {
  const hash = PyObject_Hash(key);
  const used = od.v.used;
  dict_set_hashed(od, key, value, hash);
  add_new_node(od, key, hash, od.v.used !== used);
}

/** CPython: odict_mp_ass_sub, PyODict_DelItem_LockHeld */
function odict_ass_sub(self: PyObject, key: PyObject, value: PyObject | null): void {
  const od = self as PyODictObject;
  if (value !== null) {
    odict_set(od, key, value);
    return;
  }
  const hash = PyObject_Hash(key);
  clear_node(od, null, key, hash);
  dict_del_hashed(od, key, hash);
}

/** CPython: OrderedDict_move_to_end_impl */
function odict_move_to_end(self: PyObject, key: PyObject, last: PyObject | null): PyObject {
  const od = self as PyODictObject;
  const to_end = last === null ? true : PyObject_IsTrue(last);
  const x = od.x;
  let node = to_end ? x.last : x.first;
  if (node === null) _PyErr_SetKeyError(key);
  if (key !== node.key) {
    node = find_node(od, key);
    if (node === null) _PyErr_SetKeyError(key);
    if (node !== (to_end ? x.last : x.first)) {
      unlink(x, node);
      if (to_end) add_tail(x, node);
      else add_head(x, node);
    }
  }
  return newref(Py_None);
}

/** Takes a key out of list and dict; its value, or null if the dict does not hold it. CPython: _odict_popkey_hash */
function pop_key(od: PyODictObject, key: PyObject): PyObject | null {
  const hash = PyObject_Hash(key);
  const node = find_node_hash(od, key, hash);
  // First the node: deleting from the dict may run code.
  if (node !== null) clear_node(od, node, key, hash);
  return PyDict_Pop(od, key);
}

function odict_popitem(self: PyObject, last: PyObject | null): PyObject {
  const od = self as PyODictObject;
  const from_end = last === null ? true : PyObject_IsTrue(last);
  const node = from_end ? od.x.last : od.x.first;
  if (node === null) PyErr_SetString(PyExc_KeyError, 'dictionary is empty');
  const key = newref(node.key);
  let value: PyObject | null = null;
  try {
    value = pop_key(od, key);
    if (value === null) _PyErr_SetKeyError(key);
    return tuple_pair_steal(newref(key), value);
  } finally {
    decref(key);
  }
}

function odict_pop(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  const value = pop_key(self as PyODictObject, key);
  if (value !== null) return value;
  if (dflt !== null) return newref(dflt);
  _PyErr_SetKeyError(key);
}

function odict_setdefault(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  const value = dflt ?? Py_None;
  if (is_exact(self)) {
    const found = PyDict_GetItemRef(self, key);
    if (found !== null) return found;
    odict_set(self as PyODictObject, key, value);
    return newref(value);
  }
  if (PySequence_Contains(self, key)) return PyObject_GetItem(self, key);
  PyObject_SetItem(self, key, value);
  return newref(value);
}

function odict_clear(self: PyObject): PyObject {
  odict_tp_clear(self);
  return newref(Py_None);
}

// --- update ----------------------------------------------------------------------------------------------------------

/** CPython: mutablemapping_add_pairs */
function add_pairs(self: PyObject, pairs: PyObject): void {
  const it = PyObject_GetIter(pairs);
  try {
    const next = it.ob_type.tp_iternext!;
    for (let pair = next(it); pair !== null; pair = next(it)) {
      try {
        const items = unpack_pair(pair);
        try {
          PyObject_SetItem(self, items[0], items[1]);
        } finally {
          decref(items[0]);
          decref(items[1]);
        }
      } finally {
        decref(pair);
      }
    }
  } finally {
    decref(it);
  }
}

/** Exactly two items of an iterable, owned. */
function unpack_pair(pair: PyObject): [PyObject, PyObject] {
  const it = PyObject_GetIter(pair);
  const owned: PyObject[] = [];
  try {
    const next = it.ob_type.tp_iternext!;
    for (let i = 0; i < 2; i++) {
      const item = next(it);
      if (item === null) {
        PyErr_SetString(PyExc_ValueError, `need more than ${i} value${i === 1 ? '' : 's'} to unpack`);
      }
      owned.push(item);
    }
    const extra = next(it);
    if (extra !== null) {
      decref(extra);
      PyErr_SetString(PyExc_ValueError, 'too many values to unpack (expected 2)');
    }
  } catch (e) {
    for (const o of owned) decref(o);
    throw e;
  } finally {
    decref(it);
  }
  return [owned[0]!, owned[1]!];
}

/** CPython: mutablemapping_update_arg */
function update_arg(self: PyObject, arg: PyObject): void {
  if (PyDict_CheckExact(arg)) {
    const items = PyDict_Items(arg);
    try {
      add_pairs(self, items);
    } finally {
      decref(items);
    }
    return;
  }
  const keys_method = PyObject_GetOptionalAttr(arg, _Py_ID('keys'));
  if (keys_method !== null) {
    let keys: PyObject;
    try {
      keys = PyObject_CallNoArgs(keys_method);
    } finally {
      decref(keys_method);
    }
    let it: PyObject;
    try {
      it = PyObject_GetIter(keys);
    } finally {
      decref(keys);
    }
    try {
      const next = it.ob_type.tp_iternext!;
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          const value = PyObject_GetItem(arg, key);
          try {
            PyObject_SetItem(self, key, value);
          } finally {
            decref(value);
          }
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
    return;
  }
  const items_method = PyObject_GetOptionalAttr(arg, _Py_ID('items'));
  if (items_method !== null) {
    let items: PyObject;
    try {
      items = PyObject_CallNoArgs(items_method);
    } finally {
      decref(items_method);
    }
    try {
      add_pairs(self, items);
    } finally {
      decref(items);
    }
    return;
  }
  add_pairs(self, arg);
}

/** CPython: mutablemapping_update */
function mutablemapping_update(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const a = (args as PyTupleObject).v;
  if (a.length > 1) {
    PyErr_SetString(PyExc_TypeError, `update() takes at most 1 positional argument (${a.length} given)`);
  }
  if (a.length > 0) update_arg(self, a[0]!);
  if (kwargs !== null) update_arg(self, kwargs);
}

function odict_update(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  mutablemapping_update(self, args, kwargs);
  return newref(Py_None);
}

function odict_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const n = (args as PyTupleObject).v.length;
  if (n > 1) PyErr_SetString(PyExc_TypeError, `expected at most 1 argument, got ${n}`);
  mutablemapping_update(self, args, kwargs);
}

function odict_or(left: PyObject, right: PyObject): PyObject {
  const type = PyODict_Check(left) ? left.ob_type : right.ob_type;
  const other = PyODict_Check(left) ? right : left;
  if (!PyDict_Check(other)) return newref(Py_NotImplemented);
  const result = PyObject_CallOneArg(type, left);
  try {
    update_arg(result, right);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function odict_ior(self: PyObject, other: PyObject): PyObject {
  update_arg(self, other);
  return newref(self);
}

function odict_fromkeys(type: PyObject, iterable: PyObject, value: PyObject | null): PyObject {
  return _PyDict_FromKeys(type, iterable, value ?? Py_None);
}

/** The value of a key that the list holds; KeyError if the dict does not. */
function value_of(od: PyODictObject, key: PyObject): PyObject {
  const value = PyDict_GetItemRef(od, key);
  if (value === null) _PyErr_SetKeyError(key);
  return value;
}

/** CPython: odict_copy */
function odict_copy(self: PyObject): PyObject {
  const copy = is_exact(self) ? PyODict_New() : PyObject_CallNoArgs(self.ob_type);
  const od = self as PyODictObject;
  const { state } = od.x;
  try {
    for (let node = od.x.first; node !== null; node = node.next) {
      const key = newref(node.key);
      let value: PyObject | null = null;
      try {
        value = is_exact(self) ? value_of(od, key) : PyObject_GetItem(self, key);
        PyObject_SetItem(copy, key, value);
      } finally {
        decref(key);
        if (value !== null) decref(value);
      }
      check_state(od, state);
    }
  } catch (e) {
    decref(copy);
    throw e;
  }
  return copy;
}

function check_state(od: PyODictObject, state: number): void {
  if (od.x.state !== state) PyErr_SetString(PyExc_RuntimeError, 'OrderedDict mutated during iteration');
}

// --- text and comparison ---------------------------------------------------------------------------------------------

function odict_repr(self: PyObject): PyObject {
  const name = self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1);
  if ((self as PyODictObject).v.used === 0) return PyUnicode_FromString(`${name}()`);
  if (Py_ReprEnter(self)) return PyUnicode_FromString('...');
  try {
    const d = PyObject_CallOneArg(PyDict_Type, self);
    try {
      return PyUnicode_FromString(`${name}(${repr_string(d)})`);
    } finally {
      decref(d);
    }
  } finally {
    Py_ReprLeave(self);
  }
}

/** Whether the keys are equal and in the same order. CPython: odict_keys_equal */
function keys_equal(a: PyODictObject, b: PyODictObject): boolean {
  const state_a = a.x.state;
  const state_b = b.x.state;
  let m = a.x.first;
  let n = b.x.first;
  while (m !== null && n !== null) {
    const x = newref(m.key);
    const y = newref(n.key);
    let same: boolean;
    try {
      same = PyObject_RichCompareBool(x, y, Py_EQ);
    } finally {
      decref(x);
      decref(y);
    }
    if (!same) return false;
    check_state(a, state_a);
    check_state(b, state_b);
    m = m.next;
    n = n.next;
  }
  return m === null && n === null;
}

/** CPython: odict_richcompare */
function odict_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyDict_Check(self) || !PyDict_Check(other) || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  const res = PyDict_Type.tp_richcompare!(self, other, Py_EQ);
  let equal = res === Py_True;
  decref(res);
  if (equal && PyODict_Check(self) && PyODict_Check(other)) equal = keys_equal(self, other);
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

function odict_reduce(self: PyObject): PyObject {
  const state = PyObject_CallMethodNoArgs(self, '__getstate__');
  const items = PyObject_CallMethodNoArgs(self, 'items');
  let it: PyObject;
  try {
    it = PyObject_GetIter(items);
  } finally {
    decref(items);
  }
  return PyTuple_FromArraySteal([
    newref(self.ob_type as PyObject),
    newref(_Py_EmptyTuple as PyObject),
    state,
    newref(Py_None),
    it,
  ]);
}

function odict_sizeof(self: PyObject): PyObject {
  const { v: t, x } = self as PyODictObject;
  const nodes = x.log2_size === 0 ? 0 : 2 ** x.log2_size * 8;
  return PyLong_FromLong(self.ob_type.tp_basicsize + keys_size(t) + nodes + (x.first === null ? 0 : 32 * t.used));
}

// --- iterators and views ---------------------------------------------------------------------------------------------

const ITER_KEYS = 1;
const ITER_VALUES = 2;
const ITER_REVERSED = 4;

class ODictIter {
  kind: number;
  /** Owned; null once done. */
  od: PyODictObject | null;
  size: number;
  state: number;
  /** The key that comes next, owned; null at the end. CPython: di_current */
  current: PyObject | null;
  constructor(kind: number, od: PyODictObject) {
    this.kind = kind;
    this.od = od;
    this.size = od.v.used;
    this.state = od.x.state;
    const node = (kind & ITER_REVERSED) !== 0 ? od.x.last : od.x.first;
    this.current = node === null ? null : newref(node.key);
  }
}

type ODictIterObject = PyObject<ODictIter>;

function odictiter_new(od: PyObject, kind: number): PyObject {
  const it = new PyObject(PyODictIter_Type, new ODictIter(kind, newref(od as PyODictObject)), null);
  gc_new(it);
  return it;
}

function odictiter_end(it: ODictIter): void {
  const { od, current } = it;
  it.od = null;
  it.current = null;
  if (od !== null) decref(od);
  if (current !== null) decref(current);
}

/** The next key, owned. CPython: odictiter_nextkey_lock_held */
function next_key(it: ODictIter): PyObject | null {
  const od = it.od;
  if (od === null) return null;
  const key = it.current;
  if (key === null) {
    odictiter_end(it);
    return null;
  }
  if (od.x.state !== it.state) {
    odictiter_end(it);
    PyErr_SetString(PyExc_RuntimeError, 'OrderedDict mutated during iteration');
  }
  if (od.v.used !== it.size) {
    odictiter_end(it);
    PyErr_SetString(PyExc_RuntimeError, 'OrderedDict changed size during iteration');
  }
  it.current = null;
  try {
    const node = find_node(od, key);
    if (node === null) _PyErr_SetKeyError(key);
    const following = (it.kind & ITER_REVERSED) !== 0 ? node.previous : node.next;
    it.current = following === null ? null : newref(following.key);
  } catch (e) {
    decref(key);
    throw e;
  }
  return key;
}

/** CPython: odictiter_iternext_lock_held */
function odictiter_next(self: PyObject): PyObject | null {
  const it = (self as ODictIterObject).v;
  const { od } = it;
  const key = next_key(it);
  if (key === null) return null;
  if ((it.kind & ITER_VALUES) === 0) return key;
  let value: PyObject;
  try {
    value = value_of(od!, key);
  } catch (e) {
    decref(key);
    throw e;
  }
  if ((it.kind & ITER_KEYS) !== 0) return tuple_pair_steal(key, value);
  decref(key);
  return value;
}

function odictiter_dealloc(self: PyObject): void {
  gc_del(self);
  odictiter_end((self as ODictIterObject).v);
}

function odictiter_traverse(self: PyObject, visit: visitproc): void {
  const { od, current } = (self as ODictIterObject).v;
  if (od !== null) visit(od);
  if (current !== null) visit(current);
}

/** iter() of the list of what is left; the iterator itself stays where it is. */
function odictiter_reduce(self: PyObject): PyObject {
  const it = (self as ODictIterObject).v;
  let list: PyObject;
  if (it.od === null) list = PySequence_List(_Py_EmptyTuple);
  else {
    const copy = odictiter_new(it.od, it.kind) as ODictIterObject;
    copy.v.size = it.size;
    copy.v.state = it.state;
    const { current } = copy.v;
    copy.v.current = it.current === null ? null : newref(it.current);
    if (current !== null) decref(current);
    try {
      list = PySequence_List(copy);
    } finally {
      decref(copy);
    }
  }
  return PyTuple_FromArraySteal([builtin_iter('iter'), PyTuple_FromArraySteal([list])]);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

function odict_iter(self: PyObject): PyObject {
  return odictiter_new(self, ITER_KEYS);
}

function odict_reversed(self: PyObject): PyObject {
  return odictiter_new(self, ITER_KEYS | ITER_REVERSED);
}

function view_iterator(kind: number): (self: PyObject) => PyObject {
  return self => odictiter_new((self as PyObject<PyObject>).v, kind);
}

export const PyODictIter_Type = static_type({
  name: 'odict_iterator',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: odictiter_dealloc,
  tp_traverse: odictiter_traverse,
  tp_iter: self_iter,
  tp_iternext: odictiter_next,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: odictiter_reduce, sig: '($self, /)' }],
});

function view_type(name: string, base: () => PyTypeObject, kind: number): PyTypeObject {
  return static_type({
    name,
    base,
    tp_basicsize: 24,
    tp_iter: view_iterator(kind),
    methods: [
      { name: '__reversed__', flags: METH_NOARGS, meth: view_iterator(kind | ITER_REVERSED), sig: '($self, /)' },
    ],
  });
}

export const PyODictKeys_Type = /* @__PURE__ */ view_type('odict_keys', () => PyDictKeys_Type, ITER_KEYS);
export const PyODictValues_Type = /* @__PURE__ */ view_type('odict_values', () => PyDictValues_Type, ITER_VALUES);
export const PyODictItems_Type = /* @__PURE__ */ view_type(
  'odict_items',
  () => PyDictItems_Type,
  ITER_KEYS | ITER_VALUES,
);

function odict_keys(self: PyObject): PyObject {
  return _PyDictView_New(self, PyODictKeys_Type);
}

function odict_values(self: PyObject): PyObject {
  return _PyDictView_New(self, PyODictValues_Type);
}

function odict_items(self: PyObject): PyObject {
  return _PyDictView_New(self, PyODictItems_Type);
}

export const PyODict_Type = static_type({
  name: 'collections.OrderedDict',
  base: () => PyDict_Type,
  tp_basicsize: 112,
  tp_dictoffset: 96,
  tp_weaklistoffset: 104,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Dictionary that remembers insertion order',
  tp_dealloc: odict_dealloc,
  tp_traverse: odict_traverse,
  tp_clear: odict_tp_clear,
  tp_repr: odict_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: odict_richcompare,
  tp_iter: odict_iter,
  tp_init: odict_init,
  tp_new: odict_new,
  nb_or: odict_or,
  nb_inplace_or: odict_ior,
  mp_ass_subscript: odict_ass_sub,
  methods: [
    {
      name: 'fromkeys',
      flags: METH_CLINIC | METH_CLASS,
      meth: odict_fromkeys,
      sig: '($type, /, iterable, value=None)',
    },
    { name: '__sizeof__', flags: METH_NOARGS, meth: odict_sizeof, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: odict_reduce, sig: '($self, /)' },
    { name: 'setdefault', flags: METH_CLINIC, meth: odict_setdefault, sig: '($self, /, key, default=None)' },
    { name: 'pop', flags: METH_CLINIC, meth: odict_pop, sig: '($self, /, key, default=<unrepresentable>)' },
    { name: 'popitem', flags: METH_CLINIC, meth: odict_popitem, sig: '($self, /, last=True)' },
    { name: 'keys', flags: METH_NOARGS, meth: odict_keys, sig: '($self, /)' },
    { name: 'values', flags: METH_NOARGS, meth: odict_values, sig: '($self, /)' },
    { name: 'items', flags: METH_NOARGS, meth: odict_items, sig: '($self, /)' },
    { name: 'update', flags: METH_VARARGS | METH_KEYWORDS, meth: odict_update },
    { name: 'clear', flags: METH_NOARGS, meth: odict_clear, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: odict_copy, sig: '($self, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: odict_reversed, sig: '($self, /)' },
    { name: 'move_to_end', flags: METH_CLINIC, meth: odict_move_to_end, sig: '($self, /, key, last=True)' },
  ],
  getset: [{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
});
