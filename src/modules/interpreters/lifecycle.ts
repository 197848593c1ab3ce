// lifecycle.ts: making, finding and ending interpreters.                     CPython: Python/crossinterp.c, pystate.c, pylifecycle.c
import { PyErr_SetString, Raised } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { abandon_state } from '../../core/per_interpreter.ts';
import { current, type InterpreterConfig, interpreters, PyInterpreterState, WHENCE_STDLIB } from '../../core/tstate.ts';
import { PyIndex_Check } from '../../objects/abstract.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { repr_string } from '../../objects/object.ts';
import { drop_threads } from '../../vm/scheduler.ts';
import type { Steps } from '../../vm/steps.ts';
import { big_int } from '../args.ts';
import { InterpreterError, InterpreterNotFoundError, new_exception, raise_in_context } from './errors.ts';
import { NativeErrand, visit } from './visit.ts';

/** What the layers above do as a thread of the interpreter; set at start-up. */
export const lifecycleHooks = {
  /** Makes its modules, up to where user code can run. */
  start: null as (() => void) | null,
  /** Waits for its threads, runs exit functions, takes it apart. */
  finish: null as (() => void) | null,
};

const next_id = { value: 1 };
const MAX_ID = 1n << 63n;

/** The number that an argument is; `too_big`: what is said of one beyond 63 bits. CPython: _PyInterpreterState_ObjectToID */
export function id_argument(o: PyObject, label: string, too_big = (): string => 'int too big to convert'): number {
  if (!PyIndex_Check(o)) PyErr_SetString(PyExc_TypeError, `${label} must be an int, got ${o.ob_type.tp_name}`);
  const id = big_int(o);
  if (id >= MAX_ID || id < -MAX_ID) PyErr_SetString(PyExc_OverflowError, too_big());
  if (id < 0n) PyErr_SetString(PyExc_ValueError, `${label} must be a non-negative int, got ${repr_string(o)}`);
  return Number(id);
}

export function interpreter_by_id(id: number): PyInterpreterState | null {
  return interpreters.find(interp => interp.id === id) ?? null;
}

/** The interpreter that an argument names. CPython: _PyInterpreterState_LookUpIDObject */
export function look_up(o: PyObject): PyInterpreterState {
  const id = id_argument(o, 'interpreter ID');
  const found = interpreter_by_id(id);
  if (found === null) PyErr_SetString(InterpreterNotFoundError, `unrecognized interpreter ID ${id}`);
  return found;
}

/** As look_up(), for an operation that may ask more of it; null: the running one. CPython: resolve_interp */
export function resolve(o: PyObject | null, restricted: boolean, ready: boolean, op: string): PyInterpreterState {
  const interp = o === null ? current.tstate.interp : look_up(o);
  const who = (adjective: string): string =>
    o === null ? `${adjective}current interpreter` : `${adjective}interpreter ${repr_string(o)}`;
  if (ready && !interp.ready) PyErr_SetString(InterpreterError, `cannot ${op} ${who('')} (not ready)`);
  if (restricted && interp.whence !== WHENCE_STDLIB)
    PyErr_SetString(InterpreterError, `cannot ${op} ${who('unrecognized ')}`);
  return interp;
}

/** Makes an interpreter up to where user code can run, as a step. CPython: _PyXI_NewInterpreter */
export function* create_interpreter(features: InterpreterConfig): Steps<PyInterpreterState> {
  const { interp: from } = current.tstate;
  const interp = new PyInterpreterState(from.host, from.config, next_id.value++);
  interp.features = features.gil === 'default' ? { ...features, gil: 'shared' } : features;
  if (features.gil !== 'own') interp.gil = interpreters[0]!.gil;
  interp.whence = WHENCE_STDLIB;
  interp.int_max_str_digits = from.int_max_str_digits;
  interp.sys_path_0 = interpreters[0]!.sys_path_0;
  // Modules that do not know of interpreters could not do with another allocator.
  if (!features.use_main_obmalloc && !features.check_multi_interp_extensions) raise_not_created();
  interpreters.push(interp);
  const errand = new NativeErrand(() => lifecycleHooks.start!());
  yield* visit(interp, errand);
  if (errand.failure === null) return interp;
  forget_interpreter(interp);
  return raise_not_created();
}

function raise_not_created(): never {
  const inner = new_exception(InterpreterError, 'sub-interpreter creation failed');
  return raise_in_context(InterpreterError, 'interpreter creation failed', inner);
}

/** Told of interpreters (running as one of their threads) that end: their exit functions have been called. */
export const interpreterEnds: ((interp: PyInterpreterState) => void)[] = [];

/** Ends an interpreter, as a step. CPython: Py_EndInterpreter */
export function* end_interpreter(interp: PyInterpreterState): Steps<void> {
  const errand = new NativeErrand(() => lifecycleHooks.finish!());
  yield* visit(interp, errand);
  forget_interpreter(interp);
  if (errand.failure !== null && !(errand.failure instanceof Raised)) throw errand.failure;
}

function forget_interpreter(interp: PyInterpreterState): void {
  drop_threads(interp);
  interpreters.splice(interpreters.indexOf(interp), 1);
  if (interp.saved !== null) abandon_state(interp.saved);
  interp.saved = null;
}

/** CPython: _PyInterpreterState_IDDecref */
export function* drop_id_reference(interp: PyInterpreterState): Steps<void> {
  interp.id_refcount--;
  if (interp.id_refcount === 0 && interp.requires_id_ref) yield* end_interpreter(interp);
}
