// combinatoric.ts: product, permutations, combinations.                          CPython: Modules/itertoolsmodule.c
//
// Each keeps the pool (or pools) as arrays and a list of indices that it advances in lexicographic order.

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
import { PySequence_Tuple } from '../../objects/abstract.ts';
import { ssize_arg } from '../../objects/argcheck.ts';
import { PyDict_Next, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { new_tuple_tracked, type PyTupleObject, tuple_recycle } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { owner_dealloc, owner_traverse, self_iter, value_error } from './common.ts';

const FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE;

/** Pools (owned tuples), and which item of each is next. */
class Combining {
  pools: PyTupleObject[];
  indices: number[];
  /** permutations only. */
  cycles: number[];
  r: number;
  started = false;
  stopped: boolean;
  /** The last tuple given out (owned), used again when nobody else has it any more. */
  result: PyTupleObject | null = null;
  constructor(pools: PyTupleObject[], indices: number[], r: number, stopped: boolean, cycles: number[]) {
    this.pools = pools;
    this.indices = indices;
    this.r = r;
    this.stopped = stopped;
    this.cycles = cycles;
  }
  each(visit: visitproc): void {
    for (const p of this.pools) visit(p);
    if (this.result !== null) visit(this.result);
  }
}

type CombiningObject = PyObject<Combining>;

/** The tuple that the first r indices stand for, all of one pool. */
function pick(co: Combining): PyObject {
  const items = co.pools[0]!.v;
  const result: PyObject[] = [];
  for (let i = 0; i < co.r; i++) result.push(newref(items[co.indices[i]!]!));
  return give(co, result);
}

/** A tuple of these items (stolen), if possible the last one again. */
function give(co: Combining, items: PyObject[]): PyObject {
  const last = co.result;
  if (last !== null && last.ob_refcnt === 1) return tuple_recycle(newref(last), items);
  const result = new_tuple_tracked(items) as PyTupleObject;
  co.result = newref(result);
  if (last !== null) decref(last);
  return result;
}

function range(n: number): number[] {
  const a: number[] = [];
  for (let i = 0; i < n; i++) a.push(i);
  return a;
}

function sizeof(extra: (co: Combining) => number): (self: PyObject) => PyObject {
  return self => PyLong_FromLong(self.ob_type.tp_basicsize + 8 * extra((self as CombiningObject).v));
}

// --- product ---------------------------------------------------------------------------------------------------------

function repeat_argument(kwargs: PyObject | null): number {
  if (kwargs === null) return 1;
  const d = (kwargs as PyDictObject).v;
  if (d.used > 1) PyErr_SetString(PyExc_TypeError, `product() takes at most 1 keyword argument (${d.used} given)`);
  const i = PyDict_Next(kwargs, 0);
  if (i < 0) return 1;
  const name = PyUnicode_AsString(d.keys[i]!);
  if (name !== 'repeat') {
    PyErr_SetString(PyExc_TypeError, `product() got an unexpected keyword argument '${name}'`);
  }
  const repeat = ssize_arg(d.values[i]!);
  if (repeat < 0) value_error('repeat argument cannot be negative');
  return repeat;
}

function product_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const repeat = repeat_argument(kwargs);
  const given = repeat === 0 ? [] : (args as PyTupleObject).v;
  const pools: PyTupleObject[] = [];
  try {
    for (const o of given) pools.push(PySequence_Tuple(o) as PyTupleObject);
  } catch (e) {
    for (const p of pools) decref(p);
    throw e;
  }
  const n = pools.length;
  for (let k = 1; k < repeat; k++) for (let i = 0; i < n; i++) pools.push(newref(pools[i]!));
  const indices = pools.map(() => 0);
  return type.tp_alloc!(type, new Combining(pools, indices, pools.length, false, []));
}

function product_next(self: PyObject): PyObject | null {
  const lz = (self as CombiningObject).v;
  if (lz.stopped) return null;
  const { pools, indices } = lz;
  if (!lz.started) {
    lz.started = true;
    if (pools.some(p => p.v.length === 0)) {
      lz.stopped = true;
      return null;
    }
  } else {
    let i = pools.length - 1;
    for (; i >= 0; i--) {
      if (++indices[i]! < pools[i]!.v.length) break;
      indices[i] = 0;
    }
    if (i < 0) {
      lz.stopped = true;
      return null;
    }
  }
  const result: PyObject[] = [];
  for (let i = 0; i < pools.length; i++) result.push(newref(pools[i]!.v[indices[i]!]!));
  return give(lz, result);
}

export const product_type = static_type({
  name: 'itertools.product',
  heap: 'immutable',
  tp_basicsize: 48,
  tp_flags: FLAGS,
  tp_doc: 'Cartesian product, as nested loops give it.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: product_next,
  tp_new: product_new,
  methods: [
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      meth: /* @__PURE__ */ sizeof(co => co.pools.length),
      sig: '($self, /)',
    },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(*iterables, repeat=1)' };
  },
});

// --- combinations ----------------------------------------------------------------------------------------------------

function pool_and_r(name: string, args: PyObject, kwargs: PyObject | null): [PyTupleObject, number] {
  const [iterable, r] = PyArg_Clinic(name, '(iterable, r)', args, kwargs) as PyObject[];
  const n = ssize_arg(r!);
  const pool = PySequence_Tuple(iterable!) as PyTupleObject;
  if (n < 0) {
    decref(pool);
    value_error('r must be non-negative');
  }
  return [pool, n];
}

function combinations_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [pool, r] = pool_and_r('combinations', args, kwargs);
  const stopped = r > pool.v.length;
  return type.tp_alloc!(type, new Combining([pool], stopped ? [] : range(r), r, stopped, []));
}

function combinations_next(self: PyObject): PyObject | null {
  const co = (self as CombiningObject).v;
  if (co.stopped) return null;
  if (!co.started) {
    co.started = true;
    return pick(co);
  }
  const n = co.pools[0]!.v.length;
  const { indices, r } = co;
  let i = r - 1;
  while (i >= 0 && indices[i] === i + n - r) i--;
  if (i < 0) {
    co.stopped = true;
    return null;
  }
  indices[i]!++;
  for (let j = i + 1; j < r; j++) indices[j] = indices[j - 1]! + 1;
  return pick(co);
}

export const combinations_type = static_type({
  name: 'itertools.combinations',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: FLAGS,
  tp_doc: 'Subsequences of r items.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: combinations_next,
  tp_new: combinations_new,
  methods: [{ name: '__sizeof__', flags: METH_NOARGS, meth: /* @__PURE__ */ sizeof(co => co.r), sig: '($self, /)' }],
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, r)' };
  },
});

// --- combinations_with_replacement -----------------------------------------------------------------------------------

function cwr_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [pool, r] = pool_and_r('combinations_with_replacement', args, kwargs);
  const stopped = pool.v.length === 0 && r > 0;
  const indices = stopped ? [] : range(r).map(() => 0);
  return type.tp_alloc!(type, new Combining([pool], indices, r, stopped, []));
}

function cwr_next(self: PyObject): PyObject | null {
  const co = (self as CombiningObject).v;
  if (co.stopped) return null;
  if (!co.started) {
    co.started = true;
    return pick(co);
  }
  const n = co.pools[0]!.v.length;
  const { indices, r } = co;
  let i = r - 1;
  while (i >= 0 && indices[i] === n - 1) i--;
  if (i < 0) {
    co.stopped = true;
    return null;
  }
  const index = indices[i]! + 1;
  for (; i < r; i++) indices[i] = index;
  return pick(co);
}

export const cwr_type = static_type({
  name: 'itertools.combinations_with_replacement',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: FLAGS,
  tp_doc: 'Subsequences of r items that may repeat.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: cwr_next,
  tp_new: cwr_new,
  methods: [{ name: '__sizeof__', flags: METH_NOARGS, meth: /* @__PURE__ */ sizeof(co => co.r), sig: '($self, /)' }],
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, r)' };
  },
});

// --- permutations ----------------------------------------------------------------------------------------------------

function permutations_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable, robj] = PyArg_Clinic('permutations', '(iterable, r=None)', args, kwargs) as (PyObject | null)[];
  const pool = PySequence_Tuple(iterable!) as PyTupleObject;
  const n = pool.v.length;
  let r = n;
  try {
    if (robj && robj !== Py_None) {
      if ((robj.ob_type.tp_flags & (1 << 24)) === 0) PyErr_SetString(PyExc_TypeError, 'Expected int as r');
      r = PyLong_AsSsize_t(robj);
    }
    if (r < 0) value_error('r must be non-negative');
  } catch (e) {
    decref(pool);
    throw e;
  }
  const stopped = r > n;
  const cycles = stopped ? [] : range(r).map(i => n - i);
  return type.tp_alloc!(type, new Combining([pool], range(n), r, stopped, cycles));
}

function permutations_next(self: PyObject): PyObject | null {
  const po = (self as CombiningObject).v;
  if (po.stopped) return null;
  if (!po.started) {
    po.started = true;
    return pick(po);
  }
  const { indices, cycles, r } = po;
  const n = indices.length;
  if (n === 0) {
    po.stopped = true;
    return null;
  }
  for (let i = r - 1; i >= 0; i--) {
    cycles[i]!--;
    if (cycles[i] === 0) {
      // Rotate the rest to the left.
      const index = indices[i]!;
      for (let j = i; j < n - 1; j++) indices[j] = indices[j + 1]!;
      indices[n - 1] = index;
      cycles[i] = n - i;
    } else {
      const j = n - cycles[i]!;
      const index = indices[i]!;
      indices[i] = indices[j]!;
      indices[j] = index;
      return pick(po);
    }
  }
  po.stopped = true;
  return null;
}

export const permutations_type = static_type({
  name: 'itertools.permutations',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_flags: FLAGS,
  tp_doc: 'Arrangements of r items.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: permutations_next,
  tp_new: permutations_new,
  methods: [
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      meth: /* @__PURE__ */ sizeof(co => co.indices.length + co.r),
      sig: '($self, /)',
    },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, r=None)' };
  },
});
