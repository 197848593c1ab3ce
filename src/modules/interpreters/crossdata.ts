// crossdata.ts: what goes from one interpreter to another.      CPython: Python/crossinterp.c, crossinterp_data_lookup.h
//
// An object never does: its type says what of it does, from which an object of the other interpreter is made. The exact type
// counts. Where it knows no way, functions without state go as code, everything else as a pickle, if the caller allows it.
import { as_raised, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, PyObject, type PyTypeObject } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { PyBUF_FULL_RO, type PyBuffer, static_type } from '../../core/spec.ts';
import { current, interpreters, type PyInterpreterState } from '../../core/tstate.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from '../../objects/abstract.ts';
import { PyBool_Type } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyExc_OverflowError } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../../objects/floatobject.ts';
import { PyFunction_Check } from '../../objects/funcobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_Type } from '../../objects/longobject.ts';
import { PyMemoryView_FromObject, PyMemoryView_Type } from '../../objects/memoryobject.ts';
import { _PyNone_Type, Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from '../../objects/tupleobject.ts';
import { PyUnicode_Type, str_text, unicode_from_text } from '../../objects/unicodeobject.ts';
import { enter_interpreter, scheduler } from '../../vm/scheduler.ts';
import { clear_thread } from '../_thread/handle.ts';
import { forget, NotShareableError, raise_from } from './errors.ts';
import { function_data, pickle_data } from './pickled.ts';

/** What has been taken from an object. */
export interface CrossData {
  /** A new object made of it, for the running interpreter. May throw. */
  new_object(): PyObject;
  /** Gives up what it holds; called once. */
  release(): void;
}

/** How data of a type is taken from an object; `fallback`: parts of it may be pickled. May throw. */
export type TakeData = (o: PyObject, fallback: boolean) => CrossData;

/** Data that holds nothing. */
export function plain(new_object: () => PyObject): CrossData {
  return { new_object, release: () => {} };
}

const MAX_INT = 1n << 63n;

function int_data(o: PyObject): CrossData {
  const n = PyLong_AsBigInt(o);
  if (n >= MAX_INT || n < -MAX_INT) PyErr_SetString(PyExc_OverflowError, 'try sending as bytes');
  return plain(() => PyLong_FromBigInt(n));
}

function tuple_data(o: PyObject, fallback: boolean): CrossData {
  const items: CrossData[] = [];
  try {
    for (const item of o.v as PyObject[]) items.push(cross_data(item, fallback));
  } catch (e) {
    items.forEach(release_data);
    throw e;
  }
  return {
    new_object() {
      const made: PyObject[] = [];
      try {
        for (const item of items) made.push(item.new_object());
      } catch (e) {
        made.forEach(decref);
        throw e;
      }
      return PyTuple_FromArraySteal(made);
    },
    release: () => items.forEach(release_data),
  };
}

function release_data(data: CrossData): void {
  data.release();
}

// --- buffers: the one thing that is shared ---------------------------------------------------------------------------------

/** A buffer of another interpreter. */
interface SharedBuffer {
  readonly view: PyBuffer;
  readonly interp: PyInterpreterState;
}

/** Does something as the interpreter that it concerns; when it gets its turn, if another one runs. */
function in_interpreter(interp: PyInterpreterState, act: () => void): void {
  if (interp === current.tstate.interp || interp.finalizing || !interpreters.includes(interp)) {
    act();
    return;
  }
  enter_interpreter(interp, {
    begin() {
      act();
      return null;
    },
    end(error) {
      if (error !== null) forget(error);
      clear_thread(scheduler.running);
    },
  });
}

function release_buffer({ view, interp }: SharedBuffer): void {
  in_interpreter(interp, () => PyBuffer_Release(view));
}

export const buffer_view_type = static_type({
  name: '_interpreters.CrossInterpreterBufferView',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_dealloc: self => release_buffer(self.v as SharedBuffer),
  bf_getbuffer: self => ({ ...(self.v as SharedBuffer).view, obj: newref(self), internal: null }),
});

export function buffer_data(o: PyObject): CrossData {
  const shared = { view: PyObject_GetBuffer(o, PyBUF_FULL_RO), interp: current.tstate.interp };
  let used = false;
  return {
    new_object() {
      const holder = new PyObject(buffer_view_type, shared, null) as PyObject;
      used = true;
      try {
        return PyMemoryView_FromObject(holder);
      } finally {
        decref(holder);
      }
    },
    release() {
      if (!used) release_buffer(shared);
    },
  };
}

// --- types ------------------------------------------------------------------------------------------------------------------

function builtin_takers(): [PyTypeObject, TakeData][] {
  return [
    [_PyNone_Type, () => plain(() => newref(Py_None))],
    [PyBool_Type, o => plain(() => newref(o))],
    [PyLong_Type, int_data],
    [PyFloat_Type, o => plain(() => PyFloat_FromDouble(o.v as number))],
    [PyUnicode_Type, o => of_value(str_text(o), unicode_from_text)],
    [PyBytes_Type, o => of_value(o.v as Uint8Array, PyBytes_FromUint8Array)],
    [PyTuple_Type, tuple_data],
    [PyMemoryView_Type, buffer_data],
  ];
}

function of_value<T>(value: T, make: (value: T) => PyObject): CrossData {
  return plain(() => make(value));
}

const builtin = { takers: null as Map<PyTypeObject, TakeData> | null };
/** Of classes (borrowed) that Python modules have registered. */
const registered = /* @__PURE__ */ per_interpreter((): { takers: Map<PyTypeObject, TakeData> } => ({
  takers: new Map(),
}));

export function register_class(type: PyTypeObject, take: TakeData): void {
  registered.takers.set(type, take);
}

export function unregister_class(type: PyTypeObject): void {
  registered.takers.delete(type);
}

/** For a native type of all interpreters. */
export function register_type(type: PyTypeObject, take: TakeData): void {
  builtin.takers ??= new Map(builtin_takers());
  builtin.takers.set(type, take);
}

function find_taker(o: PyObject): TakeData | null {
  builtin.takers ??= new Map(builtin_takers());
  return builtin.takers.get(o.ob_type) ?? registered.takers.get(o.ob_type) ?? null;
}

/** Whether the object's type knows a way. CPython: _PyObject_CheckXIData */
export function is_shareable(o: PyObject): boolean {
  return find_taker(o) !== null;
}

/** CPython: _get_xidata */
function own_data(o: PyObject, fallback: boolean): CrossData {
  const take = find_taker(o);
  const text = (): string => `${repr_string(o)} does not support cross-interpreter data`;
  if (take === null) PyErr_SetString(NotShareableError, text());
  try {
    return take(o, fallback);
  } catch (e) {
    return raise_from(NotShareableError, text(), as_raised(e).exc);
  }
}

/** What of an object can go to another interpreter; `fallback`: also by ways that its type does not know. May throw.
 *  CPython: _PyObject_GetXIData */
export function cross_data(o: PyObject, fallback: boolean): CrossData {
  try {
    return own_data(o, fallback);
  } catch (e) {
    if (!fallback) throw e;
    if (PyFunction_Check(o)) {
      const data = attempt(() => function_data(o));
      if (data !== null) return dropping(e, data);
    }
    const data = attempt(() => pickle_data(o));
    if (data === null) throw e;
    return dropping(e, data);
  }
}

/** Null where an exception is raised. */
export function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch (e) {
    forget(e);
    return null;
  }
}

function dropping<T>(e: unknown, value: T): T {
  forget(e);
  return value;
}
