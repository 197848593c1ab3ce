// _random.ts: the Mersenne Twister, MT19937, of Matsumoto and Nishimura.        CPython: Modules/_randommodule.c
//
// The state is 624 words of 32 bits and the index of the next one to hand out; at 624 all are made anew.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { hash_to_bigint } from '../core/hash.ts';
import { decref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { PyLong_Check, PyTuple_Check } from '../objects/checks.ts';
import { PyExc_MemoryError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords } from '../objects/getargs.ts';
import type { LongValue } from '../objects/longobject/arith.ts';
import { from_byte_array } from '../objects/longobject/convert.ts';
import { PyLong_AsUnsignedLong, PyLong_FromLong, PyLong_FromValue } from '../objects/longobject.ts';
import { Py_None, PyObject_Hash } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { none } from './args.ts';

const N = 624;
const M = 397;

class Twister {
  readonly words = new Uint32Array(N);
  index = 0;

  /** Fills the state from one word. */
  private init(seed: number): void {
    const mt = this.words;
    mt[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = mt[i - 1]!;
      mt[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.index = N;
  }

  /** Fills the state from any number of words. CPython: init_by_array */
  seed(key: Uint32Array): void {
    const mt = this.words;
    this.init(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      const previous = mt[i - 1]!;
      mt[i] = (mt[i]! ^ Math.imul(previous ^ (previous >>> 30), 1664525)) + key[j]! + j;
      i++;
      j++;
      if (i >= N) {
        mt[0] = mt[N - 1]!;
        i = 1;
      }
      if (j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      const previous = mt[i - 1]!;
      mt[i] = (mt[i]! ^ Math.imul(previous ^ (previous >>> 30), 1566083941)) - i;
      i++;
      if (i >= N) {
        mt[0] = mt[N - 1]!;
        i = 1;
      }
    }
    mt[0] = 0x80000000;
  }

  private twist(k: number, next: number, far: number): void {
    const mt = this.words;
    const y = (mt[k]! & 0x80000000) | (mt[next]! & 0x7fffffff);
    mt[k] = mt[far]! ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
  }

  /** The next word, unsigned. */
  next(): number {
    if (this.index >= N) {
      for (let k = 0; k < N - M; k++) this.twist(k, k + 1, k + M);
      for (let k = N - M; k < N - 1; k++) this.twist(k, k + 1, k + M - N);
      this.twist(N - 1, 0, M - 1);
      this.index = 0;
    }
    let y = this.words[this.index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }
}

function state_of(self: PyObject): Twister {
  return self.v as Twister;
}

/** The words of |n|, lowest first, at least one. */
function key_words(n: LongValue): Uint32Array {
  if (typeof n === 'number') {
    const magnitude = Math.abs(n);
    const high = Math.floor(magnitude / 4294967296);
    return high === 0 ? Uint32Array.of(magnitude) : Uint32Array.of(magnitude % 4294967296, high);
  }
  const hex = (n < 0n ? -n : n).toString(16);
  const words: number[] = [];
  for (let end = hex.length; end > 0; end -= 8) words.push(Number.parseInt(hex.slice(Math.max(0, end - 8), end), 16));
  return Uint32Array.from(words);
}

/** CPython: random_seed */
function seed(self: PyObject, arg: PyObject | null): void {
  const state = state_of(self);
  if (arg === null || arg === Py_None) {
    const bytes = current.tstate.interp.host.random_bytes(4 * N).slice();
    state.seed(new Uint32Array(bytes.buffer, 0, N));
    return;
  }
  if (PyLong_Check(arg)) {
    // A subclass's __abs__ is not asked.
    const value = arg.v as LongValue;
    if (typeof value === 'number') state.seed(key_words(Math.abs(value)));
    else state.seed(key_words(value < 0n ? -value : value));
    return;
  }
  state.seed(key_words(BigInt.asUintN(64, hash_to_bigint(PyObject_Hash(arg)))));
}

function random_random(self: PyObject): PyObject {
  const state = state_of(self);
  const a = state.next() >>> 5;
  const b = state.next() >>> 6;
  return PyFloat_FromDouble((a * 67108864 + b) * (1 / 9007199254740992));
}

function random_seed(self: PyObject, n: PyObject | null): PyObject {
  seed(self, n);
  return none();
}

function random_getstate(self: PyObject): PyObject {
  const state = state_of(self);
  const items: PyObject[] = Array.from(state.words, PyLong_FromLong);
  items.push(PyLong_FromLong(state.index));
  return PyTuple_FromArraySteal(items);
}

function random_setstate(self: PyObject, value: PyObject): PyObject {
  if (!PyTuple_Check(value)) PyErr_SetString(PyExc_TypeError, 'state vector must be a tuple');
  const items = value.v;
  if (items.length !== N + 1) PyErr_SetString(PyExc_ValueError, 'state vector is the wrong size');
  const words = new Uint32Array(N);
  for (let i = 0; i < N; i++) words[i] = Number(BigInt.asUintN(32, PyLong_AsUnsignedLong(items[i]!)));
  const last = items[N]!;
  if (!PyLong_Check(last)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  const index = last.v as LongValue;
  if (index < 0 || index > N) PyErr_SetString(PyExc_ValueError, 'invalid state');
  const state = state_of(self);
  state.words.set(words);
  state.index = Number(index);
  return none();
}

/** CPython: _random_Random_getrandbits_impl */
function random_getrandbits(self: PyObject, arg: PyObject): PyObject {
  const index = PyNumber_Index(arg);
  const k = index.v as LongValue;
  decref(index);
  if (k < 0) PyErr_SetString(PyExc_ValueError, 'Cannot convert negative int');
  if (k > 0xffffffffffffffffn) PyErr_SetString(PyExc_OverflowError, 'Python int too large for C uint64_t');
  if (k === 0) return PyLong_FromLong(0);
  const state = state_of(self);
  if (k <= 32) return PyLong_FromLong(state.next() >>> (32 - Number(k)));
  if (k > 1073741824) PyErr_SetNone(PyExc_MemoryError);
  let bits = Number(k);
  const count = Math.ceil(bits / 32);
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++, bits -= 32) {
    const word = state.next();
    words[i] = bits < 32 ? word >>> (32 - bits) : word;
  }
  if (count === 2 && words[1]! < 0x200000) return PyLong_FromLong(words[1]! * 4294967296 + words[0]!);
  return PyLong_FromValue(from_byte_array(new Uint8Array(words.buffer), true, false));
}

function random_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Twister());
}

function random_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  if (self.ob_type === Random_Type || self.ob_type.tp_init === random_init) PyArg_NoKeywords('Random', kwargs);
  const items = (args as PyObject<PyObject[]>).v;
  PyArg_CheckPositional('Random', items.length, 0, 1);
  seed(self, items.length === 1 ? items[0]! : null);
}

const Random_Type = static_type({
  name: '_random.Random',
  heap: 'mutable',
  tp_basicsize: 2520,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'Random() -> a random number generator with a state of its own.',
  tp_new: random_new,
  tp_init: random_init,
  methods: [
    { name: 'random', flags: METH_NOARGS, meth: random_random, sig: '($self, /)', doc: 'A float in [0, 1).' },
    {
      name: 'seed',
      flags: METH_CLINIC,
      meth: random_seed,
      sig: '($self, n=None, /)',
      doc: 'Sets the state from a value.',
    },
    { name: 'getstate', flags: METH_NOARGS, meth: random_getstate, sig: '($self, /)', doc: 'The state as a tuple.' },
    { name: 'setstate', flags: METH_O, meth: random_setstate, sig: '($self, state, /)', doc: 'Restores a state.' },
    {
      name: 'getrandbits',
      flags: METH_O,
      meth: random_getrandbits,
      sig: '($self, k, /)',
      doc: 'An int of k random bits.',
    },
  ],
});

export const module: ModuleSpec = {
  name: '_random',
  doc: 'The Mersenne Twister.',
  types: () => [Random_Type],
};
