// iterators.ts: the next item of a native iterator that gets it from Python code, or waits for it.
//
// While there are other threads, a `for` loop (and `next()`) takes such iterators by steps (steps.ts): the loop is left for what
// the iterator calls, so that a thread that blocks in there is suspended. Steps give one item or throw NO_MORE. A thread
// alone calls `tp_iternext`, which runs a nested loop and takes less time; all other iterators are always asked so.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString, type Raised } from '../core/errors.ts';
import { decref, decref_all, incref, newref, type PyObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyObject_GetIter, PySequence_Tuple } from '../objects/abstract.ts';
import {
  check_all_ended,
  type FilterIter,
  type MapIter,
  PyFilter_Type,
  PyMap_Type,
  PyZip_Type,
  type ZipIter,
} from '../objects/bltinobjects.ts';
import { PyBool_Type } from '../objects/boolobject.ts';
import { callHooks } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { type EnumIter, enum_pair, PyEnum_Type } from '../objects/enumobject.ts';
import { PyExc_StopIteration, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyFunction_Type } from '../objects/funcobject.ts';
import { gen_may_start, PyGen_Type } from '../objects/genobject.ts';
import { type CallIter, calliter_clear, calliter_item, PyCallIter_Type } from '../objects/iterobject.ts';
import { list_append_steal, list_expect, list_shrink, PyList_New, PyList_Type } from '../objects/listobject.ts';
import { type CFunction, PyCFunction_Type } from '../objects/methodobject.ts';
import { PyModule_Type } from '../objects/moduleobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { new_tuple_tracked } from '../objects/tupleobject.ts';
import { slot_tp_iternext } from '../objects/typeobject/slots.ts';
import { _PyType_Lookup } from '../objects/typeobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { alone } from './native_calls.ts';
import { drop_stop, observer } from './observe.ts';
import { type PyThread, scheduler } from './scheduler.ts';
import { begin_steps, holding, natively, type Steps } from './steps.ts';
import { called_directly, calls } from './waiting.ts';

/** The steps that give an iterator's next item, or null: it is at hand. */
export type NextSteps = (it: PyObject) => Steps<PyObject> | null;
const next_steps: Map<unknown, NextSteps> = new Map();

/** Says how a kind of iterators, known by its tp_iternext, is asked by steps. */
export function iterate_by_steps(tp_iternext: (it: PyObject) => PyObject | null, steps: NextSteps): void {
  next_steps.set(tp_iternext, steps);
}

function steps_of(it: PyObject): Steps<PyObject> | null {
  return next_steps.get(it.ob_type.tp_iternext)?.(it) ?? null;
}

/** What steps throw at the end of an iteration that nobody raised a StopIteration for. */
export const NO_MORE: unique symbol = Symbol('no more items');

/** Ends an iteration, in steps. */
export function no_more(): never {
  throw NO_MORE;
}

/** Whether what was caught ends an iteration. It is to be dropped then. */
function is_end(e: unknown): e is Raised | typeof NO_MORE {
  return e === NO_MORE || PyErr_ExceptionMatches(e, PyExc_StopIteration);
}

// --- for loops, next() -----------------------------------------------------------------------------------------------------

/** FOR_ITER: the next item (or a placeholder, with the eval breaker set), null at the end. */
export function for_iter_next(it: PyObject): PyObject | null {
  const next = it.ob_type.tp_iternext;
  if (next === null) PyErr_SetString(PyExc_TypeError, `'${it.ob_type.tp_name}' object is not an iterator`);
  try {
    if (!alone()) {
      const me = scheduler.running;
      const steps = in_base_loop(me) ? steps_of(it) : null;
      if (steps !== null) return begin_item(me, steps);
    }
    return next(it);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    drop_stop(current.tstate, current.tstate.frame!, e.exc);
    return null;
  }
}

function in_base_loop({ tstate, base_depth }: PyThread): boolean {
  return tstate.native_depth === base_depth && current.tstate === tstate;
}

interface LoopState {
  /** Whether the eval loop was left for the item. */
  left: boolean;
  ended: boolean;
}

function begin_item(me: PyThread, steps: Steps<PyObject>): PyObject | null {
  const state: LoopState = { left: false, ended: false };
  const item = begin_steps(item_or_end(me, steps, state));
  state.left = true;
  if (!state.ended) return item;
  decref(item);
  return null;
}

/** As steps; where they end the iteration, the loop goes on behind its END_FOR. */
function* item_or_end(me: PyThread, steps: Steps<PyObject>, state: LoopState): Steps<PyObject> {
  const frame = me.tstate.frame!;
  try {
    const item = yield* steps;
    if (state.left && observer.active) me.resume_ip = observer.iterated(me.tstate, frame, me.resume_ip);
    return item;
  } catch (e) {
    if (!is_end(e)) throw e;
    if (e !== NO_MORE) drop_stop(me.tstate, frame, e.exc);
    state.ended = true;
    if (!state.left) return newref(Py_None);
    me.resume_ip += 1 + ((frame.co as CodePayload).exec![frame.instr]! >> 8);
    // The placeholder goes, and the iterator takes its own place.
    decref(frame.localsplus[--frame.sp]!);
    return newref(frame.localsplus[frame.sp - 1]!);
  }
}

/** The last act of next(): its result, or null if the iterator is to be asked in the ordinary way. `otherwise` is borrowed. */
export function next_by_steps(native: unknown, it: PyObject, otherwise: PyObject | null): PyObject | null {
  if (alone() || !called_directly(scheduler.running, native)) return null;
  const steps = steps_of(it);
  if (steps === null) return null;
  return begin_steps(holding(otherwise === null ? [it] : [it, otherwise], item_or(steps, otherwise)));
}

function* item_or(steps: Steps<PyObject>, otherwise: PyObject | null): Steps<PyObject> {
  try {
    return yield* steps;
  } catch (e) {
    if (otherwise === null) {
      if (e === NO_MORE) PyErr_SetNone(PyExc_StopIteration);
      throw e;
    }
    if (!is_end(e)) throw e;
    if (e !== NO_MORE) PyErr_Clear(e);
    return newref(otherwise);
  }
}

// --- list(), tuple() -------------------------------------------------------------------------------------------------------

/**
 * callHooks.collect: for iterators that are asked by steps, where a wait in a nested loop could last for ever: the thread lies on top
 * of a native of another, which may be what it waits for. Elsewhere nested loops take a fifth of the time.
 */
function collect_by_steps(type: PyObject, iterable: PyObject): PyObject | null {
  const { tp_iternext } = iterable.ob_type;
  if (alone() || !next_steps.has(tp_iternext) || tp_iternext === slot_tp_iternext) return null;
  if (!scheduler.threads.some(t => t.pins > 0)) return null;
  return calls(scheduler.running, type) ? begin_steps(collected(type, PyObject_GetIter(iterable))) : null;
}

/** A list or tuple of all items of an iterator (stolen). */
function* collected(type: PyObject, it: PyObject): Steps<PyObject> {
  const list = PyList_New();
  try {
    list_expect(list, it);
    for (;;) list_append_steal(list, yield* next_item(it));
  } catch (e) {
    if (!is_end(e)) {
      decref(list);
      throw e;
    }
    if (e !== NO_MORE) PyErr_Clear(e);
  } finally {
    decref(it);
  }
  list_shrink(list);
  if (type === PyList_Type) return list;
  const tuple = PySequence_Tuple(list);
  decref(list);
  return tuple;
}

// --- steps of built-in iterators -------------------------------------------------------------------------------------------

/** Whether asking for the next item may run Python code, or wait. */
function may_run_code(it: PyObject): boolean {
  return next_steps.has(it.ob_type.tp_iternext);
}

/** Python code, or a native method (`f.read`). Functions of modules are called at once: steps would make `map(ord, s)` five times slower. */
function may_wait(func: PyObject): boolean {
  const t = func.ob_type;
  if (t === PyCFunction_Type) return (func.v as CFunction).self?.ob_type !== PyModule_Type;
  return t === PyFunction_Type || t === PyMethod_Type;
}

/** The next item of an iterator inside another. */
function* next_item(it: PyObject): Steps<PyObject> {
  const steps = steps_of(it);
  if (steps !== null) return yield* steps;
  return natively(() => it.ob_type.tp_iternext!(it)) ?? no_more();
}

function* next_of_generator(gen: PyObject): Steps<PyObject> {
  return yield { resume: gen };
}

/** An instance with a `__next__` written in Python. */
function* next_of_instance(it: PyObject, func: PyObject): Steps<PyObject> {
  return yield { callable: func, args: [it] };
}

/** CPython: Objects/iterobject.c:calliter_iternext */
function* next_of_calls(it: CallIter, callable: PyObject): Steps<PyObject> {
  let result: PyObject;
  incref(callable);
  try {
    result = yield { callable, args: [] };
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    PyErr_Clear(e);
    calliter_clear(it);
    no_more();
  } finally {
    decref(callable);
  }
  return calliter_item(it, result) ?? no_more();
}

/** An item of each iterator, owned by the array. */
function* next_of_each(name: string, its: readonly PyObject[], strict: boolean): Steps<PyObject[]> {
  const items: PyObject[] = [];
  try {
    for (const it of its) items.push(yield* next_item(it));
  } catch (e) {
    decref_all(items);
    if (strict && e === NO_MORE) check_all_ended(name, its, items.length);
    throw e;
  }
  return items;
}

function* next_of_map({ func, its, strict }: MapIter): Steps<PyObject> {
  const args = yield* next_of_each('map', its, strict);
  try {
    return yield { callable: func, args };
  } finally {
    decref_all(args);
  }
}

function* next_of_zip({ its, strict }: ZipIter): Steps<PyObject> {
  return new_tuple_tracked(yield* next_of_each('zip', its, strict));
}

function* next_of_filter({ func, it }: FilterIter): Steps<PyObject> {
  for (;;) {
    const item = yield* next_item(it);
    let good = item;
    try {
      if (func !== Py_None && func !== PyBool_Type) good = yield { callable: func, args: [item] };
      if (PyObject_IsTrue(good)) return newref(item);
    } finally {
      if (good !== item) decref(good);
      decref(item);
    }
  }
}

function* next_of_enumerate(en: EnumIter): Steps<PyObject> {
  return enum_pair(en, yield* next_item(en.it));
}

/** Called at start-up. */
export function init_iterators(): void {
  callHooks.collect = collect_by_steps;
  const by_steps = <T>(
    type: { tp_iternext: ((it: PyObject) => PyObject | null) | null },
    steps: (v: T) => Steps<PyObject> | null,
  ): void => iterate_by_steps(type.tp_iternext!, it => steps((it as PyObject<T>).v));
  iterate_by_steps(PyGen_Type.tp_iternext!, gen => (gen_may_start(gen) ? next_of_generator(gen) : null));
  iterate_by_steps(slot_tp_iternext, it => {
    const func = _PyType_Lookup(it.ob_type, _Py_ID('__next__'))!;
    return func.ob_type === PyFunction_Type ? next_of_instance(it, func) : null;
  });
  by_steps<CallIter>(PyCallIter_Type, it => (it.callable === null ? null : next_of_calls(it, it.callable)));
  by_steps<MapIter>(PyMap_Type, m => (may_wait(m.func) || m.its.some(may_run_code) ? next_of_map(m) : null));
  by_steps<ZipIter>(PyZip_Type, z => (z.its.some(may_run_code) ? next_of_zip(z) : null));
  by_steps<FilterIter>(PyFilter_Type, f => (may_wait(f.func) || may_run_code(f.it) ? next_of_filter(f) : null));
  by_steps<EnumIter>(PyEnum_Type, en => (may_run_code(en.it) ? next_of_enumerate(en) : null));
}
