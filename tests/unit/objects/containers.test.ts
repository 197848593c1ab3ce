// Containers against what CPython 3.14.10 did (containers.golden.json, recorded by containers-record.py).
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PyErr_ExceptionMatches, Raised } from '../../../src/core/errors.ts';
import { hash_to_bigint, seed_hash } from '../../../src/core/hash.ts';
import { decref, newref, Py_LT, PyObject } from '../../../src/core/object.ts';
import { static_type } from '../../../src/core/spec.ts';
import { current, PyInterpreterState, PyThreadState } from '../../../src/core/tstate.ts';
import {
  PyNumber_Add,
  PyNumber_And,
  PyNumber_InPlaceMultiply,
  PyNumber_Or,
  PyNumber_Subtract,
  PyNumber_Xor,
  PyObject_DelItem,
  PyObject_GetItem,
  PyObject_SetItem,
  PySequence_List,
} from '../../../src/objects/abstract.ts';
import { Py_False, Py_True } from '../../../src/objects/boolobject.ts';
import { PyObject_CallMethod, PyObject_CallOneArg } from '../../../src/objects/call.ts';
import {
  PyDict_Clear,
  PyDict_GetItem,
  PyDict_New,
  PyDict_Pop,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Type,
} from '../../../src/objects/dictobject.ts';
import { init_exceptions, PyExc_KeyError, PyExc_RuntimeError } from '../../../src/objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../../src/objects/floatobject.ts';
import {
  list_extend,
  PyList_Append,
  PyList_FromArraySteal,
  PyList_Insert,
  PyList_New,
  PyList_Type,
  type PyListObject,
} from '../../../src/objects/listobject.ts';
import { list_sort_impl } from '../../../src/objects/listsort.ts';
import { PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong } from '../../../src/objects/longobject.ts';
import { PyObject_Hash, repr_string } from '../../../src/objects/object.ts';
import golden from './containers.golden.json' with { type: 'json' };
import { crc32 } from './crc32.ts';
import '../../../src/objects/odictobject.ts';
import '../../../src/objects/bltinobjects.ts';
import { PyRange_Type } from '../../../src/objects/rangeobject.ts';
import {
  _PySet_Items,
  PyFrozenSet_New,
  PySet_Add,
  PySet_Discard,
  PySet_New,
  PySet_Pop,
} from '../../../src/objects/setobject.ts';
import { PySlice_New } from '../../../src/objects/sliceobject.ts';
import { PyTuple_FromArraySteal } from '../../../src/objects/tupleobject.ts';
import { ready_static_types } from '../../../src/objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../../src/objects/unicodeobject.ts';

const log: number[] = [];
const Key_Type = static_type({
  name: 'Key',
  tp_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
    assert.equal(op, Py_LT);
    const x = a.v as number;
    const y = b.v as number;
    log.push(x * 10007 + y);
    return newref(x < y ? Py_True : Py_False);
  },
});

/** Equal to everything of its hash; runs `action` when compared. */
class Meddler {
  action: () => void;
  constructor(action: () => void) {
    this.action = action;
  }
}
const Meddler_Type = static_type({
  name: 'Meddler',
  tp_hash: () => ({ lo: 7, hi: 0 }),
  tp_richcompare(a: PyObject, b: PyObject): PyObject {
    ((a.ob_type === Meddler_Type ? a : b).v as Meddler).action();
    return newref(Py_False);
  },
});

before(() => {
  seed_hash(0);
  const interp = new PyInterpreterState(null as never, {} as never);
  current.tstate = new PyThreadState(interp, 1);
  ready_static_types();
  init_exceptions();
});

function* lcg(seed: number): Generator<number> {
  let s = BigInt(seed);
  for (;;) {
    s = (s * 1103515245n + 12345n) % 2147483648n;
    yield Number(s >> 8n);
  }
}

function numbers(seed: number, n: number, m: number): number[] {
  const g = lcg(seed);
  return Array.from({ length: n }, () => (g.next().value as number) % m);
}

const int = PyLong_FromLong;
const up = (a: number, b: number): number => a - b;

function shapes(seed: number, n: number): number[][] {
  const base = numbers(seed, n, n);
  const sorted = [...base].sort(up);
  const half = n >> 1;
  return [
    base,
    sorted,
    [...sorted].reverse(),
    numbers(seed, n, 4),
    [...base.slice(0, half).sort(up), ...base.slice(half).sort(up)],
    [...(n >= 5 ? sorted.slice(0, n - 5) : sorted.slice(0, Math.max(0, n + n - 5))), ...base.slice(0, 5)],
  ];
}

test('list.sort compares what CPython compares, in its order', () => {
  for (const [n, i, expected] of golden.sorts as unknown as [
    number,
    number,
    { compared: number; crc: number; result: number[] },
  ][]) {
    const values = shapes(n, n)[i]!;
    log.length = 0;
    const l = PyList_FromArraySteal(values.map(v => new PyObject(Key_Type, v, null)));
    list_sort_impl(l, null, i === 3);
    assert.equal(log.length, expected.compared, `n=${n} shape ${i}`);
    assert.equal(crc32(log.join(',')), expected.crc, `n=${n} shape ${i}`);
    assert.deepEqual(l.v.map(k => k.v).slice(0, 50), expected.result);
  }
});

function ints(values: readonly number[]): PyObject {
  return PyList_FromArraySteal(values.map(int));
}

function set_of(values: readonly number[]): PyObject {
  return PySet_New(ints(values));
}

function items(o: PyObject): number[] {
  return _PySet_Items(o).map(PyLong_AsLong);
}

function size(o: PyObject): number {
  return PyLong_AsLong(PyObject_CallMethod(o, '__sizeof__'));
}

test('sets iterate in CPython order and have its sizes', () => {
  const cases = [
    [1, 20, 50],
    [2, 100, 200],
    [3, 400, 100000],
    [4, 1000, 5000],
  ];
  cases.forEach(([seed, n, m], c) => {
    const out: unknown[] = [];
    const s = PySet_New(null);
    numbers(seed!, n!, m!).forEach((v, i) => {
      if (i % 3 === 2) PySet_Discard(s, int(v));
      else PySet_Add(s, int(v - Math.floor(m! / 3)));
      if (i % 40 === 39) out.push([items(s), size(s)]);
    });
    const a = set_of(numbers(seed! + 1, n!, m!));
    const b = set_of(numbers(seed! + 2, n! >> 1, m!));
    const results = [
      PyNumber_Or(a, b),
      PyNumber_And(a, b),
      PyNumber_Subtract(a, b),
      PyNumber_Subtract(b, a),
      PyNumber_Xor(a, b),
      PyObject_CallMethod(a, 'copy'),
      PyFrozenSet_New(a),
    ];
    for (const x of results) out.push([items(x), size(x)]);
    const popped: number[] = [];
    for (let i = 0; i < 5 && items(a).length > 0; i++) popped.push(PyLong_AsLong(PySet_Pop(a)));
    PyObject_CallMethod(a, 'difference_update', b);
    out.push(popped, items(a));
    assert.deepEqual(out, golden.sets[c], `case ${c}`);
  });
  [5, 50, 500].forEach((n, c) => {
    const s = PySet_New(null);
    for (const v of numbers(5, n, 10000)) PySet_Add(s, PyUnicode_FromString(`name${v}`));
    assert.deepEqual(_PySet_Items(s).map(PyUnicode_AsString), golden.str_sets[c]);
  });
});

test('tuples and frozensets hash as in CPython', () => {
  const t = (...x: PyObject[]): PyObject => PyTuple_FromArraySteal(x);
  const s = PyUnicode_FromString;
  const tuples = [
    t(),
    t(int(1)),
    t(int(1), int(2)),
    t(int(-1), int(-2), int(0)),
    t(s('a'), s('b')),
    t(PyFloat_FromDouble(1.5), s('x'), t(int(2), int(3))),
    t(...Array.from({ length: 20 }, (_, i) => int(i))),
    t(PyLong_FromBigInt(2n ** 61n), PyLong_FromBigInt(-(2n ** 70n))),
  ];
  assert.deepEqual(
    tuples.map(x => String(hash_to_bigint(PyObject_Hash(x)))),
    golden.hashes,
  );
  const frozen = [0, 1, 2, 10, 100].map(n => PyFrozenSet_New(ints(numbers(9, n, 1000))));
  assert.deepEqual(
    frozen.map(x => String(hash_to_bigint(PyObject_Hash(x)))),
    golden.frozen,
  );
});

function range(n: number): PyObject {
  return PyObject_CallOneArg(PyRange_Type, int(n));
}

function slice(a: number | null, b: number | null): PyObject {
  return PySlice_New(a === null ? null : int(a), b === null ? null : int(b), null);
}

test("list over-allocation is CPython's", () => {
  const out: number[] = [];
  let l: PyListObject = PyList_New();
  for (let i = 0; i < 100; i++) {
    PyList_Append(l, int(i));
    out.push(size(l));
  }
  while (l.v.length > 0) {
    decref(PyObject_CallMethod(l, 'pop'));
    out.push(size(l));
  }
  for (let n = 0; n < 20; n++) {
    l = PyObject_CallOneArg(PyList_Type, range(n)) as PyListObject;
    out.push(size(l));
    list_extend(l, PyTuple_FromArraySteal([int(1), int(2), int(3)]));
    out.push(size(l));
    PyList_Insert(l, 0, int(1));
    out.push(size(l));
    PyObject_DelItem(l, slice(1, 4));
    out.push(size(l));
    PyNumber_InPlaceMultiply(l, int(3));
    out.push(size(l));
    PyObject_SetItem(l, slice(2, 5), PyObject_CallOneArg(PyList_Type, range(n)));
    out.push(size(l));
    out.push(size(PyObject_GetItem(l, slice(1, null))), size(PyNumber_Add(l, l)));
  }
  assert.deepEqual(out, golden.list_sizes);
});

test("dict growth is CPython's", () => {
  const out: number[] = [];
  for (const make of [int, (i: number) => PyUnicode_FromString(`k${i}`)]) {
    const d = PyDict_New();
    for (let i = 0; i < 200; i++) {
      PyDict_SetItem(d, make(i), int(i));
      if (i % 7 === 0) PyDict_Pop(d, make(i >> 1));
      out.push(size(d));
    }
    out.push(size(PyObject_CallMethod(d, 'copy')), size(PyObject_CallOneArg(PyDict_Type, d)));
    const zz = PyDict_New();
    PyDict_SetItemString(zz, 'zz', int(1));
    out.push(size(PyNumber_Or(d, zz)));
    while (d.v.used > 0) decref(PyObject_CallMethod(d, 'popitem'));
    PyDict_SetItem(d, int(1), int(1));
    out.push(size(d));
    PyDict_Clear(d);
    out.push(size(d));
  }
  assert.deepEqual(out, golden.dict_sizes);
});

test('a dict that its own key comparison changes is looked up again', () => {
  const d = PyDict_New();
  let calls = 0;
  const stored = new PyObject(
    Meddler_Type,
    new Meddler(() => {
      calls++;
      if (calls === 1) for (let i = 0; i < 50; i++) PyDict_SetItem(d, PyUnicode_FromString(`n${i}`), int(i));
    }),
    null,
  );
  PyDict_SetItem(d, stored, int(1));
  assert.equal(PyDict_GetItem(d, int(7)), null);
  assert.equal(calls, 2);
  PyDict_SetItem(d, int(7), int(2));
  assert.equal(PyLong_AsLong(PyDict_GetItem(d, int(7))!), 2);
});

function raises(type: PyObject, f: () => unknown): string {
  try {
    f();
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    assert.ok(PyErr_ExceptionMatches(e, type as never), repr_string(e.exc));
    return repr_string(e.exc);
  }
  return assert.fail('nothing was raised');
}

test('changing a dict or set while iterating is an error', () => {
  const d = PyDict_New();
  PyDict_SetItem(d, int(1), int(1));
  const it = d.ob_type.tp_iter!(d);
  PyDict_SetItem(d, int(2), int(2));
  assert.equal(
    raises(PyExc_RuntimeError, () => it.ob_type.tp_iternext!(it)),
    "RuntimeError('dictionary changed size during iteration')",
  );
  const s = set_of([1]);
  const si = s.ob_type.tp_iter!(s);
  PySet_Add(s, int(2));
  assert.equal(
    raises(PyExc_RuntimeError, () => si.ob_type.tp_iternext!(si)),
    "RuntimeError('Set changed size during iteration')",
  );
  assert.equal(
    raises(PyExc_KeyError, () => PyObject_GetItem(PyDict_New(), PyTuple_FromArraySteal([int(1), int(2)]))),
    'KeyError((1, 2))',
  );
});

test('containers release what they hold', () => {
  const o = PyUnicode_FromString('held once');
  const count = o.ob_refcnt;
  const d = PyDict_New();
  PyDict_SetItem(d, o, o);
  const l = PyList_FromArraySteal([newref(o), newref(d as PyObject)]);
  const t = PyTuple_FromArraySteal([newref(l as PyObject), newref(o)]);
  const s = PySet_New(null);
  PySet_Add(s, o);
  const copies = [PySequence_List(t), PyNumber_Add(l, l), PyObject_CallMethod(d, 'copy'), PyNumber_Or(s, s)];
  for (const c of [...copies, s, t, l, d]) decref(c);
  assert.equal(o.ob_refcnt, count);
});
