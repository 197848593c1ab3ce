// text_support.ts: what the tests of str and bytes share: an interpreter state, values from JSON, and calls.
import { Raised } from '../../../src/core/errors.ts';
import { seed_hash } from '../../../src/core/hash.ts';
import type { Host } from '../../../src/core/host.ts';
import { decref_all, newref, type PyObject } from '../../../src/core/object.ts';
import { current, type PyConfig, PyInterpreterState, PyThreadState } from '../../../src/core/tstate.ts';
import { Py_False, Py_True } from '../../../src/objects/boolobject.ts';
import { PyByteArray_FromUint8Array } from '../../../src/objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../../src/objects/bytesobject.ts';
import { PyObject_Call, PyObject_Vectorcall } from '../../../src/objects/call.ts';
import { PyDict_New, PyDict_SetItem } from '../../../src/objects/dictobject.ts';
import { init_exceptions, PyExc_Warning } from '../../../src/objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../../src/objects/floatobject.ts';
import { PyList_FromArraySteal } from '../../../src/objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../../src/objects/longobject.ts';
import { PyMemoryView_FromObject } from '../../../src/objects/memoryobject.ts';
import { Py_None, PyObject_ASCII, PyObject_GetAttrString, PyObject_Str } from '../../../src/objects/object.ts';
import { PySlice_New } from '../../../src/objects/sliceobject.ts';
import { PyTuple_FromArraySteal } from '../../../src/objects/tupleobject.ts';
import { ready_static_types } from '../../../src/objects/typeobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
} from '../../../src/objects/unicodeobject.ts';
import { warnings_state } from '../../../src/objects/warnings.ts';
import { init_weakrefs } from '../../../src/objects/weakrefobject.ts';

/** Readies the types and gives the thread state that natives look at. */
export function start(): void {
  seed_hash(0);
  const config = { bytes_warning: 0, warnoptions: [], xoptions: {} } as unknown as PyConfig;
  current.tstate = new PyThreadState(new PyInterpreterState({} as Host, config), 1);
  ready_static_types();
  init_exceptions();
  init_weakrefs();
  // What warnings look at: no frames, and nothing is to be shown.
  current.tstate.interp.sysdict = PyDict_New();
  current.tstate.interp.modules = PyDict_New();
  warnings_state().filters = PyList_FromArraySteal([
    PyTuple_FromArraySteal([
      PyUnicode_FromString('ignore'),
      newref(Py_None),
      newref(PyExc_Warning),
      newref(Py_None),
      PyLong_FromLong(0),
    ]),
  ]);
}

export type Json = null | boolean | number | string | { [key: string]: Json } | Json[];

/** What `f` makes of objects that are given up afterwards. */
function released<T>(objects: PyObject[], f: (objects: PyObject[]) => T): T {
  const r = f(objects);
  decref_all(objects);
  return r;
}

/** The Python object (a new reference) that a value of the recorded cases stands for. */
export function decode(v: Json): PyObject {
  if (v === null) return newref(Py_None);
  if (typeof v === 'boolean') return newref(v ? Py_True : Py_False);
  if (typeof v === 'number') return PyLong_FromLong(v);
  if (typeof v === 'string') return PyUnicode_FromString(v);
  const o = v as { [key: string]: Json };
  const [kind, x] = Object.entries(o)[0] as [string, never];
  switch (kind) {
    case 'i':
      return PyLong_FromBigInt(BigInt(x as string));
    case 'f':
      return PyFloat_FromDouble(x === 'inf' ? Infinity : Number(x));
    case 's':
      return PyUnicode_FromCodePoints(x as number[]);
    case 'b':
      return PyBytes_FromUint8Array(Uint8Array.from(x as number[]));
    case 'ba':
      return PyByteArray_FromUint8Array(Uint8Array.from(x as number[]));
    case 'mv':
      return released([decode(x)], ([o]) => PyMemoryView_FromObject(o!));
    case 't':
      return PyTuple_FromArraySteal((x as Json[]).map(decode));
    case 'l':
      return PyList_FromArraySteal((x as Json[]).map(decode));
    case 'sl': {
      return released((x as Json[]).map(decode), ([a, b, c]) => PySlice_New(a!, b!, c!));
    }
    case 'd': {
      const d = PyDict_New();
      for (const [k, item] of x as [Json, Json][])
        released([decode(k), decode(item)], ([a, b]) => PyDict_SetItem(d, a!, b!));
      return d;
    }
  }
  throw new Error(`unknown kind ${kind}`);
}

/** ascii(o), as a JS string. */
export function ascii(o: PyObject): string {
  return PyUnicode_AsString(PyObject_ASCII(o));
}

/** "!Type: 'message'" of a caught Python exception. */
export function describe(e: unknown): string {
  if (!(e instanceof Raised)) throw e;
  return `!${e.exc.ob_type.tp_name}: ${ascii(PyObject_Str(e.exc))}`;
}

/** recv.name(*args, **kwargs) */
export function call(recv: PyObject, name: string, args: PyObject[], kwargs: PyObject | null = null): PyObject {
  const f = PyObject_GetAttrString(recv, name);
  if (kwargs === null) return PyObject_Vectorcall(f, args, null);
  return PyObject_Call(f, PyTuple_FromArraySteal(args), kwargs);
}
