// _capi.ts: what _ctypes needs of the interpreter: the memory of objects, their counts, other threads' exceptions.
//
// There is no machine code: addresses are those of the model behind id() (src/objects/obmalloc.ts). Private to pylib/_ctypes.

import { PyErr_SetString } from '../core/errors.ts';
import {
  decref,
  incref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import { METH_CLINIC, METH_O, type ModuleSpec, module_type, type PyBuffer } from '../core/spec.ts';
import { EVAL_ASYNC_EXCEPTION } from '../core/tstate.ts';
import { fill_buffer } from '../objects/bytesobject.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyMemoryView_FromObject } from '../objects/memoryobject.ts';
import { Py_None } from '../objects/object.ts';
import { memory_at, type ObjectBytes } from '../objects/object_memory.ts';
import { object_at } from '../objects/obmalloc.ts';
import { tuple_pair_steal } from '../objects/tupleobject.ts';
import { thread_by_id } from '../vm/scheduler.ts';
import { big_int, c_ssize, none } from './args.ts';

function bytes_in(self: PyObject): ObjectBytes {
  return (self as PyObject<ObjectBytes>).v;
}

function memory_getbuffer(self: PyObject, flags: number): PyBuffer {
  const memory = bytes_in(self);
  const buffer = fill_buffer(self, memory.bytes, 0, memory.bytes.length, false, flags);
  buffer.internal = memory;
  return buffer;
}

/** What a memoryview of an object's bytes is made of. */
const memory_type: PyTypeObject = module_type('_capi', {
  name: '_capi.ObjectMemory',
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  bf_getbuffer: memory_getbuffer,
});

function address_of(o: PyObject): number {
  return Number(big_int(o));
}

function live_object(address: PyObject): PyObject {
  const n = address_of(address);
  const o = object_at(n);
  if (o === null) PyErr_SetString(PyExc_ValueError, `no object is known to lie at 0x${n.toString(16)}`);
  return o;
}

/** The live bytes at an address, as a memoryview, and where it begins; None if nothing is known to lie there. */
function memory(_m: PyObject, address: PyObject, size: PyObject): PyObject {
  const found = memory_at(address_of(address), c_ssize(size));
  if (found === null) return none();
  const owner = memory_type.tp_alloc!(memory_type, found);
  try {
    return tuple_pair_steal(PyMemoryView_FromObject(owner), PyLong_FromLong(found.address));
  } finally {
    decref(owner);
  }
}

function object_at_address(_m: PyObject, address: PyObject): PyObject {
  return newref(live_object(address));
}

/** CPython: Py_IncRef */
function inc_ref(_m: PyObject, address: PyObject): PyObject {
  incref(live_object(address));
  return none();
}

/** CPython: Py_DecRef */
function dec_ref(_m: PyObject, address: PyObject): PyObject {
  decref(live_object(address));
  return none();
}

/** Has another thread raise an exception when it looks up next; None takes that back. CPython: PyThreadState_SetAsyncExc */
function set_async_exc(_m: PyObject, ident: PyObject, exc: PyObject): PyObject {
  const thread = thread_by_id(Number(big_int(ident)));
  if (thread === null) return PyLong_FromLong(0);
  const { tstate } = thread;
  const old = tstate.async_exc;
  tstate.async_exc = exc === Py_None ? null : newref(exc);
  xdecref(old);
  tstate.eval_breaker |= EVAL_ASYNC_EXCEPTION;
  return PyLong_FromLong(1);
}

export const module: ModuleSpec = {
  name: '_capi',
  types: () => [memory_type],
  methods: [
    { name: 'memory', flags: METH_CLINIC, meth: memory, sig: '($module, address, size, /)' },
    { name: 'object_at', flags: METH_O, meth: object_at_address, sig: '($module, address, /)' },
    { name: 'incref', flags: METH_O, meth: inc_ref, sig: '($module, address, /)' },
    { name: 'decref', flags: METH_O, meth: dec_ref, sig: '($module, address, /)' },
    { name: 'set_async_exc', flags: METH_CLINIC, meth: set_async_exc, sig: '($module, ident, exc, /)' },
  ],
};
