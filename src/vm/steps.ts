// steps.ts: natives written as steps, between which Python code runs or the thread waits.
//
// Such a native is a JavaScript generator: it yields what it needs done (a call, a wait) and gets the result. Called straight
// from the bytecode of a thread's base loop, the thread leaves that loop for each of them, so that what is called can block
// like any other Python code; the generator lies on the heap meanwhile. Called from elsewhere, the same steps are done on the
// spot: calls in a nested loop, waits with the other threads on top.
// Invariant: while steps are under way, `me.wait` or `me.call` holds what they asked for last, and its `after` goes on with them.
import { decref, incref, newref, type PyObject, xdecref } from '../core/object.ts';
import { EVAL_BLOCKED } from '../core/tstate.ts';
import { PyObject_Vectorcall, unbound_method, unpack_call_values, with_self } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { PyFunction_New, PyFunction_Type } from '../objects/funcobject.ts';
import { GEN_EXECUTING, type GenPayload, gen_is_suspended, gen_stopped } from '../objects/genobject.ts';
import { type CFunction, PyCFunction_Type } from '../objects/methodobject.ts';
import { Py_None, PyObject_GetAttrString } from '../objects/object.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { frame_for_vectorcall } from './arguments.ts';
import { eval_function_with_locals, frame_with_locals } from './eval.ts';
import { no_more } from './iterators.ts';
import type { After, NativeCall } from './native_calls.ts';
import { type PyThread, scheduler } from './scheduler.ts';
import { block_here, called_directly, same, Wait, type WaitOptions } from './waiting.ts';

/** A call with borrowed arguments: they stay with the steps until it is done. */
export interface StepCall {
  readonly callable: PyObject;
  readonly args: PyObject[];
  /** The names of the last of `args`. */
  readonly kwnames?: PyObject | null;
}
/** A call of a function of no arguments with a namespace as its locals: a class body, a module. Both are borrowed. */
export interface StepBody {
  readonly func: PyObject;
  readonly locals: PyObject;
}
/** A generator (borrowed) that goes on until it yields; at its end it raises StopIteration, or throws NO_MORE. */
export interface StepResume {
  readonly resume: PyObject;
}
export type StepRequest = StepCall | StepBody | StepResume | WaitOptions;
/** A native's steps: what it yields is answered with the result (owned), or thrown the error. */
export type Steps<T> = Generator<StepRequest, T, PyObject>;

/** Calls a method, as a step. */
export function* call_method(o: PyObject, name: string, args: PyObject[]): Steps<PyObject> {
  let callable = unbound_method(o, _Py_ID(name));
  if (callable?.ob_type === PyFunction_Type) args = with_self(o, args);
  else {
    xdecref(callable);
    callable = PyObject_GetAttrString(o, name);
  }
  try {
    return yield { callable, args };
  } finally {
    decref(callable);
  }
}

/** Calls with borrowed arguments and a dict of named ones (or null), as a step. CPython: _PyStack_UnpackDict */
export function* call_with_dict(callable: PyObject, args: PyObject[], kwargs: PyObject | null): Steps<PyObject> {
  const [values, kwnames] = unpack_call_values(args, kwargs);
  if (kwnames === null) return yield { callable, args: values, kwnames };
  for (const value of values) incref(value);
  try {
    return yield { callable, args: values, kwnames };
  } finally {
    for (const value of values) decref(value);
    decref(kwnames);
  }
}

/** A good moment for other threads, and for a page, in the midst of a native that takes long. */
export const BREATH: WaitOptions = {
  attempt: () => newref(Py_None),
  expired: () => newref(Py_None),
  timeout_ns: 0n,
  what: () => 'its turn',
};

/** Runs a module's code in a namespace, as a step. */
export function* run_code(code: PyObject, namespace: PyObject): Steps<PyObject> {
  const func = PyFunction_New(code, namespace);
  try {
    return yield { func, locals: namespace };
  } finally {
    decref(func);
  }
}

/** Runs natives that are none of those that the bytecode, or a step, calls: their calls are made in nested loops. */
export function natively<T>(f: () => T): T {
  const me = scheduler.running;
  const outer = me.stepping;
  me.stepping = natively;
  try {
    return f();
  } finally {
    me.stepping = outer;
  }
}

/** Does all steps on the spot. */
export function run_nested<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) {
    let result: PyObject;
    try {
      result = perform_here(step.value);
    } catch (e) {
      step = steps.throw(e);
      continue;
    }
    step = steps.next(result);
  }
  return step.value;
}

function perform_here(request: StepRequest): PyObject {
  if ('callable' in request) return PyObject_Vectorcall(request.callable, request.args, request.kwnames ?? null);
  if ('func' in request) return eval_function_with_locals(newref(request.func), request.locals);
  if ('resume' in request) return natively(() => request.resume.ob_type.tp_iternext!(request.resume)) ?? no_more();
  return request === BREATH ? newref(Py_None) : block_here(request);
}

/** Runs what yields only to let others have their turn. */
export function run_to_end(turns: Generator<void, void>): void {
  while (turns.next().done !== true);
}

/**
 * Does a native's steps, as its last act: what it is to return. `native` is the function in the method table, `self` (borrowed)
 * what has to live until they are done.
 */
export function run_steps(native: unknown, self: PyObject, steps: Steps<PyObject>): PyObject {
  return called_directly(scheduler.running, native) ? begin_steps(holding([self], steps)) : run_nested(steps);
}

/** Does steps of what the bytecode of the thread's base loop calls, as the last act: what is to be returned. */
export function begin_steps(steps: Steps<PyObject>): PyObject {
  const me = scheduler.running;
  const result = advance(me, steps, null, null);
  if (result !== null) return result;
  me.tstate.eval_breaker |= EVAL_BLOCKED;
  return newref(Py_None);
}

/** Holds objects until steps are done. */
export function* holding(objects: readonly PyObject[], steps: Steps<PyObject>): Steps<PyObject> {
  objects.forEach(incref);
  try {
    return yield* steps;
  } finally {
    objects.forEach(decref);
  }
}

/** Goes on with steps, which get a result (owned) or an error; both null: they begin. Null: they have asked for more. */
function advance(me: PyThread, steps: Steps<PyObject>, result: PyObject | null, error: unknown): PyObject | null {
  for (;;) {
    const step = error !== null ? steps.throw(error) : steps.next(result!);
    if (step.done === true) return step.value;
    error = null;
    try {
      result = perform(me, step.value);
    } catch (e) {
      error = e;
      continue;
    }
    if (result === null) {
      continue_with(me, steps);
      return null;
    }
  }
}

/** Does what is asked for: the result (owned), or null if the thread is to leave its loop for it. May throw. */
function perform(me: PyThread, request: StepRequest): PyObject | null {
  if ('func' in request) {
    const frame = frame_with_locals(newref(request.func), request.locals);
    me.call = { frame, after: same, generator: null, thrown: null };
    return null;
  }
  if ('resume' in request) {
    me.call = call_of_generator(request.resume);
    return null;
  }
  if (!('callable' in request)) {
    me.wait = new Wait(request);
    return null;
  }
  let { callable, args } = request;
  const kwnames = request.kwnames ?? null;
  if (callable.ob_type === PyCFunction_Type) {
    // What it returns may be a placeholder, as if the bytecode had called it.
    const outer = me.stepping;
    me.stepping = (callable.v as CFunction).ml.meth;
    let result: PyObject;
    try {
      result = PyObject_Vectorcall(callable, args, kwnames);
    } finally {
      me.stepping = outer;
    }
    if (me.wait === null && me.call === null) return result;
    me.tstate.eval_breaker &= ~EVAL_BLOCKED;
    decref(result);
    return null;
  }
  if (callable.ob_type === PyMethod_Type) {
    args = [callable.x as PyObject, ...args];
    callable = callable.v as PyObject;
  }
  if (callable.ob_type !== PyFunction_Type)
    return natively(() => PyObject_Vectorcall(request.callable, request.args, kwnames));
  me.call = { frame: frame_for_vectorcall(callable, args, kwnames), after: same, generator: null, thrown: null };
  return null;
}

function call_of_generator(gen: PyObject): NativeCall {
  const generator = (gen as PyObject<GenPayload>).v;
  const { frame } = generator;
  frame.localsplus[frame.sp++] = newref(Py_None);
  generator.state = GEN_EXECUTING;
  const after: After = (value, error) => {
    if (value === null) throw error;
    if (gen_is_suspended(gen)) return value;
    if (value !== Py_None) gen_stopped(value);
    decref(value);
    no_more();
  };
  return { frame, after, generator, thrown: null };
}

/** Has the steps go on with what comes of the wait or call that the thread has asked for. */
function continue_with(me: PyThread, steps: Steps<PyObject>): void {
  const asked = (me.wait ?? me.call)!;
  const inner: After = asked.after;
  asked.after = (result, error) => {
    try {
      result = inner(result, error);
      error = null;
      if (result === null) {
        continue_with(me, steps);
        return null;
      }
    } catch (e) {
      result = null;
      error = e;
    }
    return advance(me, steps, result, error);
  };
}
