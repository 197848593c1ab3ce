// session.ts: running scripts and calls in another interpreter.                     CPython: Python/crossinterp.c, _PyXI_session
import { as_raised, PyErr_SetString, Raised } from '../../core/errors.ts';
import type { InterpreterFrame } from '../../core/frame.ts';
import { decref, type PyObject, xdecref } from '../../core/object.ts';
import { current, type PyInterpreterState } from '../../core/tstate.ts';
import { PyObject_Call } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import type { DictTable } from '../../objects/dict/table.ts';
import { PyDict_Next, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_Exception, PyExc_TypeError, PyExc_ValueError, PyException_GetCause } from '../../objects/exceptions.ts';
import { str_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { frame_for_code } from '../../vm/native_calls.ts';
import type { Steps } from '../../vm/steps.ts';
import { frame_of_call } from '../_thread/handle.ts';
import { type CrossData, cross_data } from './crossdata.ts';
import {
  InterpreterError,
  is_not_shareable,
  NotShareableError,
  new_exception,
  raise_from,
  raise_in_context,
} from './errors.ts';
import { type ExcInfo, formatted, snapshot } from './excinfo.ts';
import { main_dict } from './pickled.ts';
import { utf8_text } from './text.ts';
import { type Errand, visit } from './visit.ts';

/** What the caller is to raise instead of telling of an exception. */
interface Failure {
  readonly type: 'running' | 'namespace' | 'unshareable' | 'other';
  readonly message: string | null;
}

/** What is done in the other interpreter. */
export interface Job {
  begin(): InterpreterFrame | null;
  /** The function has returned (borrowed; null: there was none). May throw. */
  done(result: PyObject | null): void;
  /** Another failure than the exception itself, if there is one. */
  failure(error: unknown): Failure | null;
  /** What the error is that is shown. Owned, as is the argument. */
  shown(error: Raised): Raised;
}

/** Values for `__main__`, by name. */
type Updates = [name: string, value: CrossData][];

/** CPython: _create_sharedns, _fill_sharedns */
export function updates_of(dict: PyObject | null): Updates {
  const updates: Updates = [];
  if (dict === null) return updates;
  const { keys, values } = dict.v as DictTable;
  try {
    for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
      const key = keys[i]!;
      if (!PyUnicode_Check(key)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
      const name = utf8_text(key);
      if (name.includes('\0')) PyErr_SetString(PyExc_ValueError, 'found embedded NULL character');
      updates.push([name, cross_data(values[i]!, false)]);
    }
  } catch (e) {
    release_all(updates);
    throw e;
  }
  return updates;
}

function release_all(updates: Updates): void {
  for (const [, value] of updates) value.release();
}

class Session implements Errand {
  readonly interp: PyInterpreterState;
  readonly updates: Updates;
  readonly job: Job | null;
  info: ExcInfo | null = null;
  failed: Failure | null = null;
  constructor(interp: PyInterpreterState, updates: Updates, job: Job | null) {
    this.interp = interp;
    this.updates = updates;
    this.job = job;
  }

  begin(): InterpreterFrame | null {
    const { interp } = this;
    if (interp.running_main !== null || interp.id === 0) {
      this.failed = { type: 'running', message: 'interpreter already running' };
      return null;
    }
    interp.running_main = current.tstate;
    try {
      apply(this.updates);
    } catch (e) {
      this.failed = { type: 'namespace', message: 'failed to apply namespace to __main__' };
      throw e;
    }
    return this.job?.begin() ?? null;
  }

  end(error: unknown, result: PyObject | null): void {
    const { job } = this;
    try {
      if (error !== null) throw error;
      if (this.failed === null) job?.done(result);
    } catch (e) {
      this.failed ??= job?.failure(e) ?? null;
      this.take_exception(job === null ? as_raised(e) : job.shown(as_raised(e)));
    }
    if (this.interp.running_main === current.tstate) this.interp.running_main = null;
  }

  take_exception(e: Raised): void {
    try {
      this.info = snapshot(e.exc);
    } catch (inner) {
      this.failed = { type: 'other', message: null };
      decref(as_raised(inner).exc);
    }
    decref(e.exc);
  }
}

function apply(updates: Updates): void {
  if (updates.length === 0) return;
  const main = main_dict();
  for (const [name, data] of updates) {
    const key = PyUnicode_FromString(name);
    const value = data.new_object();
    PyDict_SetItem(main, key, value);
    decref(key);
    decref(value);
  }
}

/**
 * Sets names in an interpreter's `__main__` and does a job there, as a step: the exception that it ended with, or null. Throws
 * what went wrong otherwise. CPython: _PyXI_Enter, _PyXI_Exit
 */
export function* run_session(interp: PyInterpreterState, updates: Updates, job: Job | null): Steps<ExcInfo | null> {
  const session = new Session(interp, updates, job);
  try {
    yield* visit(interp, session);
  } finally {
    release_all(updates);
  }
  const { failed, info } = session;
  if (failed !== null) raise_failure(failed, info);
  return info;
}

/** CPython: _PyXI_ApplyError */
function raise_failure({ type, message }: Failure, info: ExcInfo | null): never {
  const proxy = (kind: typeof PyExc_Exception): PyObject | null =>
    info === null ? null : new_exception(kind, info.errdisplay ?? formatted(info));
  if (type === 'unshareable')
    raise_from(NotShareableError, message ?? 'object does not support cross-interpreter data', proxy(PyExc_Exception));
  raise_in_context(InterpreterError, message, proxy(InterpreterError));
}

/** Runs a script in `__main__`. */
export class ScriptJob implements Job {
  readonly script: CrossData;
  constructor(script: CrossData) {
    this.script = script;
  }

  begin(): InterpreterFrame {
    const main = main_dict();
    const code = this.script.new_object();
    try {
      return frame_for_code(code, main, main, null);
    } finally {
      decref(code);
    }
  }

  done(): void {}

  failure(): null {
    return null;
  }

  shown(error: Raised): Raised {
    return error;
  }
}

/** Calls something; what it returns is kept for the caller. */
export class CallJob implements Job {
  readonly func: CrossData;
  readonly args: CrossData | null;
  readonly kwargs: CrossData | null;
  stage: 'unpacking' | 'calling' | 'returning' = 'unpacking';
  result: CrossData | null = null;
  /** What a native has returned, owned. */
  value: PyObject | null = null;
  constructor(func: CrossData, args: CrossData | null, kwargs: CrossData | null) {
    this.func = func;
    this.args = args;
    this.kwargs = kwargs;
  }

  begin(): InterpreterFrame | null {
    const func = unpack(this.func, 'func');
    let args: PyObject | null = null;
    let kwargs: PyObject | null = null;
    try {
      args = this.args === null ? PyTuple_FromArraySteal([]) : unpack(this.args, 'args');
      kwargs = this.kwargs === null ? null : unpack(this.kwargs, 'kwargs');
      this.stage = 'calling';
      const frame = frame_of_call(func, args, kwargs);
      if (frame === null) this.value = PyObject_Call(func, args, kwargs);
      return frame;
    } finally {
      decref(func);
      xdecref(args);
      xdecref(kwargs);
    }
  }

  done(result: PyObject | null): void {
    this.stage = 'returning';
    const { value } = this;
    this.value = null;
    try {
      this.result = cross_data((value ?? result)!, true);
    } finally {
      xdecref(value);
    }
  }

  failure(error: unknown): Failure | null {
    if (this.stage === 'calling') return null;
    if (is_not_shareable(error))
      return { type: 'unshareable', message: this.stage === 'unpacking' ? str_string(error.exc) : null };
    if (this.stage === 'unpacking') return { type: 'other', message: null };
    return { type: 'other', message: 'failed to preserve objects across session' };
  }

  shown(error: Raised): Raised {
    if (this.stage !== 'unpacking' || !is_not_shareable(error)) return error;
    const cause = PyException_GetCause(error.exc);
    if (cause === null) return error;
    decref(error.exc);
    return new Raised(cause);
  }
}

/** CPython: wrap_notshareable */
function unpack(data: CrossData, label: string): PyObject {
  try {
    return data.new_object();
  } catch (e) {
    if (!is_not_shareable(e)) throw e;
    return raise_from(NotShareableError, `${label} not shareable`, e.exc);
  }
}
