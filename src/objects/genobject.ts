// genobject.ts: generators and coroutines.                                        CPython: Objects/genobject.c
//
// A generator owns the heap frame that its body runs in. Resuming it from bytecode pushes that frame on the running eval
// loop (vm); resuming it from a native (next(), send(), throw()) starts a nested loop through interpHooks, or where other
// threads may have to run meanwhile, has the frame pushed when the native is called by bytecode (genHooks.enter).
// Invariant: `state` is one of the GEN_* values; while GEN_EXECUTING the frame is linked into the thread's stack.
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString, Raised, as_raised, errorHooks } from '../core/errors.ts';
import { FRAME_CLEARED, type InterpreterFrame } from '../core/frame.ts';
import { gc_del, gc_new, gc_track, gc_untrack } from '../core/gc.ts';
import { G_TRACKED, G_WEAKREFS, PyObject, type PyTypeObject, Py_TPFLAGS_HAVE_GC, decref, incref, newref, xdecref } from '../core/object.ts';
import { METH_CLASS, METH_FASTCALL, METH_NOARGS, METH_O, static_type, type GetSetSpec, type MemberSpec } from '../core/spec.ts';
import { ErrStackItem, current, interpHooks } from '../core/tstate.ts';
import { RESUME } from '../opcode/opcodes.generated.ts';

import { PyIter_Check, PyObject_IsSubclass } from './abstract.ts';
import { PyBool_FromLong, Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from './call.ts';
import { PyExceptionClass_Check, PyExceptionInstance_Check, PyTuple_Check, PyUnicode_Check } from './checks.ts';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE, type CodePayload } from './codeobject.ts';
import { PyExc_DeprecationWarning, PyExc_GeneratorExit, PyExc_RuntimeError, PyExc_StopAsyncIteration, PyExc_StopIteration, PyExc_TypeError, PyExc_ValueError, StopIteration_value, _PyGen_SetStopIterationValue, PyException_SetTraceback } from './exceptions.ts';
import { PyErr_FormatUnraisable } from './errors_util.ts';
import { PyFrame_GetFrameObject, frame_finish, frame_lineno, frame_visit, is_incomplete } from './frameobject.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyArg_CheckPositional } from './getargs.ts';
import { PyLong_FromLong } from './longobject.ts';
import { PyObject_GetOptionalAttrString, PyObject_SelfIter, Py_None, address, repr_string } from './object.ts';
import { PyTraceBack_Check } from './tracebackobject.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import { call_finalizer_from_dealloc } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { PyErr_WarnEx, _PyErr_WarnUnawaitedCoroutine } from './warnings.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

import { asyncGenHooks } from './asyncgen_hook.ts';

export const GEN_CREATED = -3;
export const GEN_SUSPENDED = -2;
export const GEN_SUSPENDED_YIELD_FROM = -1;
export const GEN_EXECUTING = 0;
export const GEN_COMPLETED = 1;
export const GEN_CLEARED = 4;

export class GenPayload {
  frame: InterpreterFrame;
  state = GEN_CREATED;
  /** The frame's until that ends, then owned. */
  code: PyObject;
  /** Owned name and qualified name. */
  name: PyObject;
  qualname: PyObject;
  /** Exceptions being handled inside. */
  exc_state = new ErrStackItem();
  /** Coroutines: cr_origin (owned tuple) or null. */
  origin: PyObject | null = null;
  /** Async generators: finalizer hook (owned) and flags. */
  finalizer: PyObject | null = null;
  hooks_inited = false;
  closed = false;
  running_async = false;
  constructor(frame: InterpreterFrame, code: PyObject, name: PyObject, qualname: PyObject) {
    this.frame = frame;
    this.code = code;
    this.name = name;
    this.qualname = qualname;
  }
}
export type PyGenObject = PyObject<GenPayload>;

/** The payload of a generator, coroutine or asynchronous generator. */
function gp(o: PyObject): GenPayload {
  return (o as PyGenObject).v;
}

/** Whether the last step of a `send` gave the return value (true) or a yielded one. CPython: PySendResult */
export const sendResult = { returned: false };

/** Makes the generator of a frame that ran RETURN_GENERATOR. The frame becomes its. CPython: _Py_MakeCoro */
export function gen_from_frame(frame: InterpreterFrame): PyObject {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  const func = (frame.f_func as PyObject<{ name: PyObject; qualname: PyObject }>).v;
  const flags = co.co_flags;
  const type = (flags & CO_COROUTINE) !== 0 ? PyCoro_Type : (flags & CO_ASYNC_GENERATOR) !== 0 ? asyncGenHooks.type! : PyGen_Type;
  const payload = new GenPayload(frame, frame.f_code, newref(func.name), newref(func.qualname));
  const gen = new PyObject<unknown, unknown>(type, payload, null);
  frame.generator = gen;
  gc_new(gen);
  if (type === PyCoro_Type) {
    const depth = current.tstate.coroutine_origin_tracking_depth;
    if (depth > 0) payload.origin = compute_origin(depth);
  }
  return gen;
}

function compute_origin(depth: number): PyObject {
  const items: PyObject[] = [];
  // The innermost frame is the coroutine's own.
  for (let frame = current.tstate.frame!.previous; frame !== null && items.length < depth; frame = frame.previous) {
    if (is_incomplete(frame)) continue;
    const co = (frame.f_code as PyObject<CodePayload>).v;
    items.push(
      PyTuple_FromArraySteal([newref(co.co_filename), PyLong_FromLong(frame_lineno(frame)), newref(co.co_name)]),
    );
  }
  return PyTuple_FromArraySteal(items);
}

export function PyGen_Check(o: PyObject): boolean {
  return o.ob_type === PyGen_Type;
}
export function PyCoro_CheckExact(o: PyObject): boolean {
  return o.ob_type === PyCoro_Type;
}
function is_async_gen(o: PyObject): boolean {
  return o.ob_type === asyncGenHooks.type;
}
export function gen_is_running(gen: PyObject): boolean {
  return gp(gen).state === GEN_EXECUTING;
}
export function gen_is_suspended(gen: PyObject): boolean {
  const s = gp(gen).state;
  return s === GEN_SUSPENDED || s === GEN_SUSPENDED_YIELD_FROM;
}

/** Whether None can be sent to it. */
export function gen_may_start(gen: PyObject): boolean {
  return gp(gen).state === GEN_CREATED || gen_is_suspended(gen);
}

/** What a suspended generator delegates to (borrowed), or null. CPython: _PyGen_yf */
export function gen_yf(gen: PyObject): PyObject | null {
  const g = gp(gen);
  if (g.state !== GEN_SUSPENDED_YIELD_FROM) return null;
  return g.frame.localsplus[g.frame.sp - 1]!;
}

function kind_name(gen: PyObject): string {
  return PyCoro_CheckExact(gen) ? 'coroutine' : is_async_gen(gen) ? 'async generator' : 'generator';
}

/**
 * Resumes with a value (null: None, and an end without a value is told by null), or by raising `exc` (stolen). Returns the
 * yielded or returned value; `sendResult` tells which. CPython: gen_send_ex2
 */
export function gen_send_ex(gen: PyObject, arg: PyObject | null, exc: PyObject | null, closing = false): PyObject | null {
  const g = gp(gen);
  switch (g.state) {
    case GEN_CREATED:
      if (arg !== null && arg !== Py_None) {
        PyErr_SetString(PyExc_TypeError, `can't send non-None value to a just-started ${kind_name(gen)}`);
      }
      break;
    case GEN_EXECUTING:
      xdecref(exc);
      PyErr_SetString(PyExc_ValueError, `${kind_name(gen)} already executing`);
      break;
    case GEN_COMPLETED:
    case GEN_CLEARED:
      if (PyCoro_CheckExact(gen) && !closing) {
        xdecref(exc);
        PyErr_SetString(PyExc_RuntimeError, 'cannot reuse already awaited coroutine');
      }
      if (exc !== null) throw new Raised(exc);
      sendResult.returned = true;
      return arg === null ? null : newref(Py_None);
  }
  const value = interpHooks.gen_resume!(gen, arg === null ? newref(Py_None) : newref(arg), exc);
  sendResult.returned = !gen_is_suspended(gen);
  return value;
}

/**
 * A step taken by pushing the generator's frame, for a native (as it stands in its method table) that has nothing more to do
 * than return the value or raise StopIteration: the placeholder to return. Null: to be done in the ordinary way, and `exc`
 * is not stolen.
 */
export function gen_step_by_frame(
  native: unknown,
  gen: PyObject,
  arg: PyObject,
  exc: PyObject | null,
): PyObject | null {
  if (!genHooks.may_enter(native) || !(gen_is_suspended(gen) || (arg === Py_None && gen_may_start(gen)))) return null;
  newref(gen);
  return genHooks.enter(gen, arg, exc, (value, error) => {
    sendResult.returned = !gen_is_suspended(gen);
    decref(gen);
    if (value === null) throw error;
    return sendResult.returned ? gen_stopped(value) : value;
  });
}

/** As gen_send_ex (`exc` is stolen), but the end is told by StopIteration, or StopAsyncIteration. CPython: gen_send_ex */
function gen_step(gen: PyObject, arg: PyObject | null, exc: PyObject | null): PyObject {
  const result = gen_send_ex(gen, arg, exc);
  if (!sendResult.returned) return result!;
  if (is_async_gen(gen)) {
    xdecref(result);
    PyErr_SetNone(PyExc_StopAsyncIteration);
  }
  gen_stopped(result);
}

/** Tells the end of a generator that returned a value (stolen; null: none). */
export function gen_stopped(result: PyObject | null): never {
  if (result === null || result === Py_None) {
    xdecref(result);
    PyErr_SetNone(PyExc_StopIteration);
  }
  try {
    _PyGen_SetStopIterationValue(result);
  } finally {
    decref(result);
  }
}

/** CPython: gen_iternext */
function gen_iternext(self: PyObject): PyObject | null {
  const result = gen_send_ex(self, null, null);
  if (!sendResult.returned) return result;
  if (result === null) return null;
  if (result === Py_None) {
    decref(result);
    return null;
  }
  try {
    _PyGen_SetStopIterationValue(result);
  } finally {
    decref(result);
  }
}

/** An asynchronous generator's awaitables send null for None. */
export function gen_send(self: PyObject, arg: PyObject | null): PyObject {
  return gen_step(self, arg, null);
}

/** The send() method. */
function gen_send_method(self: PyObject, arg: PyObject): PyObject {
  return gen_step_by_frame(gen_send_method, self, arg, null) ?? gen_step(self, arg, null);
}

/** The am_send slot. */
export function gen_am_send(self: PyObject, arg: PyObject): PyObject | null {
  return gen_send_ex(self, arg, null) ?? newref(Py_None);
}

/** Closes what the generator delegates to. CPython: gen_close_iter */
function close_iter(yf: PyObject): void {
  if (PyGen_Check(yf) || PyCoro_CheckExact(yf)) {
    decref(gen_close(yf));
    return;
  }
  let meth: PyObject | null;
  try {
    meth = PyObject_GetOptionalAttrString(yf, 'close');
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored while closing generator ${repr_string(yf)}`, e);
    return;
  }
  if (meth === null) return;
  try {
    decref(PyObject_CallNoArgs(meth));
  } finally {
    decref(meth);
  }
}

/** Bit of RESUME's oparg: only the guard around the whole body could catch what is raised here. */
const RESUME_OPARG_DEPTH1 = 4;

/** What the VM sets. */
export const genHooks = {
  /** Whether an observer wants to see frames unwind. */
  unwind_watched: (): boolean => false,
  /** Whether a native can have a generator's frame pushed, and threads may need it. */
  may_enter: (_native: unknown): boolean => false,
  /** Has the frame pushed with a value (borrowed) or an exception (stolen); `after` gets what it yields, returns (owned) or raises. */
  enter: null as unknown as (
    gen: PyObject,
    arg: PyObject,
    exc: PyObject | null,
    after: (value: PyObject | null, error: unknown) => PyObject | null,
  ) => PyObject,
};

/** Whether the suspended body has no handler of its own around the yield, so that it need not run to be closed. */
function no_handler_inside(frame: InterpreterFrame): boolean {
  if (genHooks.unwind_watched()) return false;
  const code = (frame.f_code as PyObject<CodePayload>).v.co_code;
  const at = 2 * frame.instr;
  return code[at] === RESUME && (code[at + 1]! & RESUME_OPARG_DEPTH1) !== 0;
}

/** CPython: gen_close */
export function gen_close(self: PyObject): PyObject {
  const g = gp(self);
  if (g.state === GEN_CREATED) {
    clear_frame(g);
    return newref(Py_None);
  }
  if (g.state >= GEN_COMPLETED) return newref(Py_None);
  const yf = gen_yf(self);
  let exc: PyObject | null = null;
  if (yf !== null) {
    incref(yf);
    const state = g.state;
    g.state = GEN_EXECUTING;
    try {
      close_iter(yf);
    } catch (e) {
      exc = as_raised(e).exc;
    }
    g.state = state;
    decref(yf);
  }
  if (no_handler_inside(g.frame)) {
    if (exc !== null) decref(exc);
    clear_frame(g);
    return newref(Py_None);
  }
  if (exc === null) exc = errorHooks.create!(PyExc_GeneratorExit, null);
  let result: PyObject | null;
  try {
    result = gen_send_ex(self, Py_None, exc, true);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_GeneratorExit)) {
      PyErr_Clear(e);
      return newref(Py_None);
    }
    if (PyErr_ExceptionMatches(e, PyExc_StopIteration)) return stop_iteration_value(e);
    throw e;
  }
  if (sendResult.returned) return result!;
  decref(result!);
  PyErr_SetString(PyExc_RuntimeError, `${kind_name(self)} ignored GeneratorExit`);
}

/**
 * Runs part of a throw() or close() in what the generator delegates to, with the generator's frame linked into the stack so
 * that tracebacks and callers are whole. The result, or the exception (owned).
 */
function in_delegate(g: GenPayload, step: () => PyObject): PyObject | Raised {
  const tstate = current.tstate;
  const frame = g.frame;
  const saved = tstate.frame;
  const state = g.state;
  frame.previous = saved;
  tstate.frame = frame;
  g.state = GEN_EXECUTING;
  try {
    return step();
  } catch (e) {
    return as_raised(e);
  } finally {
    g.state = state;
    tstate.frame = saved;
    frame.previous = null;
  }
}

/** Raises an exception (stolen, so that nothing but the frame holds it) inside; `native` as for gen_step_by_frame. */
function step_with(self: PyObject, exc: PyObject, native: unknown): PyObject {
  return gen_step_by_frame(native, self, Py_None, exc) ?? gen_step(self, Py_None, exc);
}

/** CPython: _gen_throw */
export function gen_throw_exc(
  self: PyObject,
  typ: PyObject,
  val: PyObject | null,
  tb: PyObject | null,
  close_on_genexit: boolean,
  native: unknown = null,
): PyObject {
  const g = gp(self);
  const yf = gen_yf(self);
  if (yf === null) return throw_here(self, typ, val, tb, native);
  incref(yf);
  if (close_on_genexit && is_generator_exit(typ)) {
    const state = g.state;
    g.state = GEN_EXECUTING;
    let failed: PyObject | null = null;
    try {
      close_iter(yf);
    } catch (e) {
      failed = as_raised(e).exc;
    }
    g.state = state;
    decref(yf);
    return failed !== null ? step_with(self, failed, native) : throw_here(self, typ, val, tb, native);
  }
  let result: PyObject | Raised;
  if (PyGen_Check(yf) || PyCoro_CheckExact(yf)) {
    result = in_delegate(g, () => gen_throw_exc(yf, typ, val, tb, close_on_genexit));
  } else {
    let meth: PyObject | null;
    try {
      meth = PyObject_GetOptionalAttrString(yf, 'throw');
    } catch (e) {
      decref(yf);
      throw e;
    }
    if (meth === null) {
      decref(yf);
      return throw_here(self, typ, val, tb, native);
    }
    const args = [typ];
    if (val !== null) {
      args.push(val);
      if (tb !== null) args.push(tb);
    }
    result = in_delegate(g, () => PyObject_Vectorcall(meth, args, null));
    decref(meth);
  }
  decref(yf);
  return result instanceof Raised ? step_with(self, result.exc, native) : result;
}

function is_generator_exit(typ: PyObject): boolean {
  const cls = PyExceptionInstance_Check(typ) ? typ.ob_type : typ;
  if (!PyExceptionClass_Check(cls)) return false;
  const mro = (cls.tp_mro as PyObject<PyObject[]>).v;
  return mro.includes(PyExc_GeneratorExit);
}

/** The exception that a class and a value stand for, owned; what making it raises takes its place. CPython: PyErr_NormalizeException */
export function PyErr_NormalizeException(typ: PyTypeObject, val: PyObject | null): PyObject {
  try {
    if (val !== null && PyExceptionInstance_Check(val) && PyObject_IsSubclass(val.ob_type, typ)) return newref(val);
    let exc: PyObject;
    if (val === null || val === Py_None) exc = PyObject_CallNoArgs(typ);
    else exc = PyObject_Vectorcall(typ, PyTuple_Check(val) ? val.v.slice() : [val], null);
    if (PyExceptionInstance_Check(exc)) return exc;
    const name = exc.ob_type.tp_name;
    decref(exc);
    PyErr_SetString(PyExc_TypeError, `calling ${repr_string(typ)} should have returned an instance of BaseException, not ${name}`);
  } catch (e) {
    return as_raised(e).exc;
  }
}

/** Normalises what throw() was given and raises it inside. */
function throw_here(
  self: PyObject,
  typ: PyObject,
  val: PyObject | null,
  tb: PyObject | null,
  native: unknown,
): PyObject {
  if (tb === Py_None) tb = null;
  if (tb !== null && !PyTraceBack_Check(tb)) PyErr_SetString(PyExc_TypeError, 'throw() third argument must be a traceback object');
  let exc: PyObject;
  if (PyExceptionClass_Check(typ)) {
    exc = PyErr_NormalizeException(typ as PyTypeObject, val);
  } else if (PyExceptionInstance_Check(typ)) {
    if (val !== null && val !== Py_None) PyErr_SetString(PyExc_TypeError, 'instance exception may not have a separate value');
    exc = newref(typ);
  } else {
    PyErr_SetString(PyExc_TypeError, `exceptions must be classes or instances deriving from BaseException, not ${typ.ob_type.tp_name}`);
  }
  if (tb !== null) PyException_SetTraceback(exc, tb);
  return step_with(self, exc, native);
}

/** Between one and three; more than one are deprecated. */
export function check_throw_args(args: PyObject[]): void {
  PyArg_CheckPositional('throw', args.length, 1, 3);
  if (args.length > 1) {
    PyErr_WarnEx(
      PyExc_DeprecationWarning,
      'the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.',
      1,
    );
  }
}

/** The throw() method. CPython: gen_throw */
export function gen_throw(self: PyObject, args: PyObject[]): PyObject {
  check_throw_args(args);
  return gen_throw_exc(self, args[0]!, args[1] ?? null, args[2] ?? null, true, gen_throw);
}

/** Ends a generator's frame; the payload keeps it as an empty one. */
function release_frame(g: GenPayload): void {
  const frame = g.frame;
  if (frame.owner === FRAME_CLEARED) return;
  frame.generator = null;
  frame.owner = FRAME_CLEARED;
  incref(g.code);
  frame_finish(frame);
}

/** CPython: gen_clear_frame */
function clear_frame(g: GenPayload): void {
  g.state = GEN_CLEARED;
  release_frame(g);
  const exc = g.exc_state.exc_value;
  g.exc_state.exc_value = null;
  xdecref(exc);
}

/** Called by the VM when the body returned or raised. CPython: clear_gen_frame */
export function gen_frame_done(gen: PyObject): void {
  const g = gp(gen);
  g.state = GEN_CLEARED;
  release_frame(g);
}

/** Closes a generator that dies unfinished. CPython: _PyGen_Finalize */
export function gen_finalize(self: PyObject): void {
  const g = gp(self);
  if (g.state >= GEN_COMPLETED) return;
  if (is_async_gen(self) && g.finalizer !== null && !g.closed) {
    try {
      decref(PyObject_CallOneArg(g.finalizer, self));
    } catch (e) {
      PyErr_FormatUnraisable(`Exception ignored while finalizing generator ${repr_string(self)}`, e);
    }
    return;
  }
  if (g.state === GEN_CREATED && ((g.code as PyObject<CodePayload>).v.co_flags & CO_COROUTINE) !== 0) {
    _PyErr_WarnUnawaitedCoroutine(self, PyUnicode_AsString(g.qualname));
    return;
  }
  try {
    decref(gen_close(self));
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored while closing generator ${repr_string(self)}`, e);
  }
}

export function gen_dealloc(self: PyObject): void {
  const g = gp(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  if ((self.g & G_TRACKED) === 0) gc_track(self);
  if (g.state < GEN_COMPLETED && !call_finalizer_from_dealloc(self)) return;
  // What executes lives on, though nobody else wants it (a task whose coroutine gives it another one by Task.__init__).
  if (g.state === GEN_EXECUTING) {
    incref(self);
    return;
  }
  gc_untrack(self);
  gc_del(self);
  g.state = GEN_CLEARED;
  release_frame(g);
  xdecref(g.finalizer);
  xdecref(g.origin);
  decref(g.code);
  decref(g.name);
  decref(g.qualname);
  xdecref(g.exc_state.exc_value);
  g.exc_state.exc_value = null;
}

export function gen_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const g = gp(self);
  visit(g.name);
  visit(g.qualname);
  if (g.frame.owner === FRAME_CLEARED) visit(g.code);
  else {
    if (g.frame.frame_obj !== null) visit(g.frame.frame_obj);
    frame_visit(g.frame, g.state === GEN_EXECUTING, visit);
  }
  if (g.finalizer !== null) visit(g.finalizer);
  if (g.origin !== null) visit(g.origin);
  if (g.exc_state.exc_value !== null) visit(g.exc_state.exc_value);
}

/** repr: `<generator object f at 0x...>`. */
export function gen_repr_as(kind: string) {
  return (self: PyObject): PyObject =>
    PyUnicode_FromString(`<${kind} object ${PyUnicode_AsString(gp(self).qualname)} at ${address(self)}>`);
}

function set_text(slot: 'name' | 'qualname') {
  return (self: PyObject, value: PyObject | null): void => {
    if (value === null || !PyUnicode_Check(value)) PyErr_SetString(PyExc_TypeError, `__${slot}__ must be set to a string object`);
    const g = gp(self);
    const old = g[slot];
    g[slot] = newref(value);
    decref(old);
  };
}

/** `gi_frame` and its kin: None once the body has ended. */
function get_frame(self: PyObject): PyObject {
  const g = gp(self);
  return g.state >= GEN_COMPLETED ? newref(Py_None) : newref(PyFrame_GetFrameObject(g.frame));
}

/** Attributes that the three kinds share, under their prefixes (`ag_running` is the asynchronous generator's own). */
export function gen_getset(prefix: 'gi' | 'cr' | 'ag', delegate: string): GetSetSpec[] {
  const kind = prefix === 'gi' ? 'generator' : prefix === 'cr' ? 'coroutine' : 'async generator';
  const rows: GetSetSpec[] = [
    { name: '__name__', get: self => newref(gp(self).name), set: set_text('name'), doc: `name of the ${kind}` },
    {
      name: '__qualname__',
      get: self => newref(gp(self).qualname),
      set: set_text('qualname'),
      doc: `qualified name of the ${kind}`,
    },
    { name: delegate, get: self => newref(gen_yf(self) ?? Py_None), doc: `what the ${kind} waits for, or None` },
    { name: `${prefix}_frame`, get: get_frame },
    { name: `${prefix}_suspended`, get: self => newref(gen_is_suspended(self) ? Py_True : Py_False) },
    { name: `${prefix}_code`, get: self => newref(gp(self).code) },
  ];
  if (prefix !== 'ag') rows.push({ name: `${prefix}_running`, get: self => PyBool_FromLong(gen_is_running(self)) });
  return rows;
}

export const gen_sizeof_method = {
  name: '__sizeof__',
  flags: METH_NOARGS,
  sig: '($self, /)',
  meth(self: PyObject): PyObject {
    const g = gp(self);
    const co = (g.code as PyObject<CodePayload>).v;
    return PyLong_FromLong(self.ob_type.tp_basicsize + 8 * co.framesize);
  },
};

export const gen_class_getitem = { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias_class_getitem, sig: '($type, object, /)' };

export const PyGen_Type = static_type({
  name: 'generator',
  tp_basicsize: 152,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  has_weakrefs: true,
  tp_weaklistoffset: 16,
  tp_dealloc: gen_dealloc,
  tp_traverse: gen_traverse,
  tp_finalize: gen_finalize,
  tp_repr: gen_repr_as('generator'),
  tp_iter: PyObject_SelfIter,
  tp_iternext: gen_iternext,
  am_send: gen_am_send,
  methods: [
    { name: 'send', flags: METH_O, meth: gen_send_method, doc: 'Sends a value into generator; gives what it yields next.', sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: gen_throw, doc: 'Raises an exception in generator; gives what it yields next.' },
    { name: 'close', flags: METH_NOARGS, meth: gen_close, doc: 'Raises GeneratorExit inside generator.', sig: '($self, /)' },
    gen_sizeof_method,
    gen_class_getitem,
  ],
  getset: gen_getset('gi', 'gi_yieldfrom'),
});

// --- coroutines --------------------------------------------------------------------------------------------------------

function coro_await(self: PyObject): PyObject {
  const w = new PyObject<unknown, unknown>(_PyCoroWrapper_Type, newref(self), null);
  gc_new(w);
  return w;
}

const origin_member: MemberSpec = { name: 'cr_origin', get: self => newref(gp(self).origin ?? Py_None) };

export const PyCoro_Type = static_type({
  name: 'coroutine',
  tp_basicsize: 152,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  has_weakrefs: true,
  tp_weaklistoffset: 16,
  tp_dealloc: gen_dealloc,
  tp_traverse: gen_traverse,
  tp_finalize: gen_finalize,
  tp_repr: gen_repr_as('coroutine'),
  am_await: coro_await,
  am_send: gen_am_send,
  methods: [
    { name: 'send', flags: METH_O, meth: gen_send_method, doc: 'Sends a value into coroutine; gives what it awaits next.', sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: gen_throw, doc: 'Raises an exception in coroutine; gives what it awaits next.' },
    { name: 'close', flags: METH_NOARGS, meth: gen_close, doc: 'Raises GeneratorExit inside coroutine.', sig: '($self, /)' },
    gen_sizeof_method,
    gen_class_getitem,
  ],
  getset: gen_getset('cr', 'cr_await'),
  members: [origin_member],
});

type CoroWrapper = PyObject<PyObject>;

export const _PyCoroWrapper_Type = static_type({
  name: 'coroutine_wrapper',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    decref((self as CoroWrapper).v);
  },
  tp_traverse(self, visit) {
    visit((self as CoroWrapper).v);
  },
  tp_iter: PyObject_SelfIter,
  tp_iternext: self => gen_iternext((self as CoroWrapper).v),
  am_send: (self, arg) => gen_am_send((self as CoroWrapper).v, arg),
  methods: [
    { name: 'send', flags: METH_O, meth: (self: CoroWrapper, arg: PyObject) => gen_send(self.v, arg), sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: (self: CoroWrapper, args: PyObject[]) => gen_throw(self.v, args) },
    { name: 'close', flags: METH_NOARGS, meth: (self: CoroWrapper) => gen_close(self.v), sig: '($self, /)' },
  ],
});

/** Whether a generator may be awaited (types.coroutine). */
function is_iterable_coroutine(o: PyObject): boolean {
  return PyGen_Check(o) && ((gp(o).code as PyObject<CodePayload>).v.co_flags & CO_ITERABLE_COROUTINE) !== 0;
}

/** CPython: _PyCoro_GetAwaitableIter */
export function _PyCoro_GetAwaitableIter(o: PyObject): PyObject {
  if (PyCoro_CheckExact(o) || is_iterable_coroutine(o)) return newref(o);
  const getter = o.ob_type.am_await;
  if (getter === null) PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object can't be awaited`);
  const res = getter(o);
  if (PyCoro_CheckExact(res) || is_iterable_coroutine(res)) {
    decref(res);
    PyErr_SetString(PyExc_TypeError, '__await__() returned a coroutine');
  }
  if (!PyIter_Check(res)) {
    const name = res.ob_type.tp_name;
    decref(res);
    PyErr_SetString(PyExc_TypeError, `__await__() returned non-iterator of type '${name}'`);
  }
  return res;
}

/** The value of a StopIteration, as an owned reference; takes the caught error. */
export function stop_iteration_value(error: Raised): PyObject {
  const value = StopIteration_value(error.exc);
  const owned = value === null ? newref(Py_None) : newref(value);
  PyErr_Clear(error);
  return owned;
}
