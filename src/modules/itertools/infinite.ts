// infinite.ts: count, cycle and repeat.                                          CPython: Modules/itertoolsmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyNumber_Add, PyNumber_Check, PyObject_GetIter } from '../../objects/abstract.ts';
import { ssize_arg } from '../../objects/argcheck.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { repr_string } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { next_of, owner_dealloc, owner_traverse, positional, self_iter } from './common.ts';

// --- count -----------------------------------------------------------------------------------------------------------

class Count {
  /** The next number while it is a safe integer and the step is the int 1; then `value` is null. */
  cnt: number;
  /** Owned: the next number otherwise. */
  value: PyObject | null;
  /** Owned. */
  step: PyObject;
  constructor(cnt: number, value: PyObject | null, step: PyObject) {
    this.cnt = cnt;
    this.value = value;
    this.step = step;
  }
  each(visit: visitproc): void {
    if (this.value !== null) visit(this.value);
    visit(this.step);
  }
}

/** CPython: itertools_count_impl */
function count_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [start, step] = PyArg_Clinic('count', '(start=0, step=1)', args, kwargs) as (PyObject | null)[];
  if ((start && !PyNumber_Check(start)) || (step && !PyNumber_Check(step))) {
    PyErr_SetString(PyExc_TypeError, 'a number is required');
  }
  const by = step ? newref(step) : PyLong_FromLong(1);
  const by_one = (by.ob_type.tp_flags & (1 << 24)) !== 0 && by.v === 1;
  const first = start ? newref(start) : PyLong_FromLong(0);
  const is_int = (first.ob_type.tp_flags & (1 << 24)) !== 0;
  if (by_one && is_int && typeof first.v === 'number') {
    const n = first.v;
    decref(first);
    return type.tp_alloc!(type, new Count(n, null, by));
  }
  return type.tp_alloc!(type, new Count(0, first, by));
}

function count_next(self: PyObject): PyObject | null {
  const c = (self as PyObject<Count>).v;
  if (c.value === null) {
    if (c.cnt < Number.MAX_SAFE_INTEGER) return PyLong_FromLong(c.cnt++);
    c.value = PyLong_FromBigInt(BigInt(c.cnt));
  }
  const value = c.value;
  c.value = PyNumber_Add(value, c.step);
  return value;
}

function count_repr(self: PyObject): PyObject {
  const c = (self as PyObject<Count>).v;
  if (c.value === null) return PyUnicode_FromString(`count(${c.cnt})`);
  const one = (c.step.ob_type.tp_flags & (1 << 24)) !== 0 && c.step.v === 1;
  if (one) return PyUnicode_FromString(`count(${repr_string(c.value)})`);
  return PyUnicode_FromString(`count(${repr_string(c.value)}, ${repr_string(c.step)})`);
}

export const count_type = static_type({
  name: 'itertools.count',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Numbers from start on, step apart, without end.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_repr: count_repr,
  tp_iter: self_iter,
  tp_iternext: count_next,
  tp_new: count_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(start=0, step=1)' };
  },
});

// --- cycle -----------------------------------------------------------------------------------------------------------

class Cycle {
  /** Owned; null once exhausted. */
  it: PyObject | null;
  /** Owned items seen so far. */
  saved: PyObject[] = [];
  index = 0;
  constructor(it: PyObject) {
    this.it = it;
  }
  each(visit: visitproc): void {
    if (this.it !== null) visit(this.it);
    for (const o of this.saved) visit(o);
  }
}

function cycle_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable] = positional(type, cycle_type, 'cycle', args, kwargs, 1, 1);
  return type.tp_alloc!(type, new Cycle(PyObject_GetIter(iterable!)));
}

function cycle_next(self: PyObject): PyObject | null {
  const c = (self as PyObject<Cycle>).v;
  if (c.it !== null) {
    const item = next_of(c.it);
    if (item !== null) {
      c.saved.push(newref(item));
      return item;
    }
    const it = c.it;
    c.it = null;
    decref(it);
  }
  if (c.saved.length === 0) return null;
  const item = c.saved[c.index]!;
  c.index++;
  if (c.index >= c.saved.length) c.index = 0;
  return newref(item);
}

export const cycle_type = static_type({
  name: 'itertools.cycle',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'The items again and again.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: cycle_next,
  tp_new: cycle_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, /)' };
  },
});

// --- repeat ----------------------------------------------------------------------------------------------------------

class Repeat {
  /** Owned. */
  element: PyObject;
  /** How often still; -1: without end. */
  cnt: number;
  constructor(element: PyObject, cnt: number) {
    this.element = element;
    this.cnt = cnt;
  }
  each(visit: visitproc): void {
    visit(this.element);
  }
}

function repeat_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [object, times] = PyArg_Clinic('repeat', '(object, times=None)', args, kwargs) as (PyObject | null)[];
  const cnt = times ? Math.max(0, ssize_arg(times)) : -1;
  return type.tp_alloc!(type, new Repeat(newref(object!), cnt));
}

function repeat_next(self: PyObject): PyObject | null {
  const r = (self as PyObject<Repeat>).v;
  if (r.cnt === 0) return null;
  if (r.cnt > 0) r.cnt--;
  return newref(r.element);
}

function repeat_repr(self: PyObject): PyObject {
  const r = (self as PyObject<Repeat>).v;
  const name = self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1);
  const times = r.cnt === -1 ? '' : `, ${r.cnt}`;
  return PyUnicode_FromString(`${name}(${repr_string(r.element)}${times})`);
}

function repeat_len(self: PyObject): PyObject {
  const r = (self as PyObject<Repeat>).v;
  if (r.cnt === -1) PyErr_SetString(PyExc_TypeError, 'len() of unsized object');
  return PyLong_FromLong(r.cnt);
}

export const repeat_type = static_type({
  name: 'itertools.repeat',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'repeat(object [,times]): the object, that many times or without end.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_repr: repeat_repr,
  tp_iter: self_iter,
  tp_iternext: repeat_next,
  tp_new: repeat_new,
  methods: [{ name: '__length_hint__', flags: METH_NOARGS, meth: repeat_len, sig: '($self, /)' }],
});
