// unwind.ts: raising, finding handlers, leaving frames.                CPython: Python/ceval.c, InternalDocs/exception_handling.md
import { PyErr_SetString, Raised, as_raised } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { type PyObject, decref, newref, xdecref } from '../core/object.ts';
import { type PyThreadState } from '../core/tstate.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyExceptionClass_Check, PyExceptionInstance_Check, PyTuple_Check, PyType_Check } from '../objects/checks.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyErr_GivenExceptionMatches, PyExc_BaseExceptionGroup, PyExc_RuntimeError, PyExc_TypeError, PyException_SetCause, exception_group_match, set_exception_context } from '../objects/exceptions.ts';
import { is_incomplete } from '../objects/frameobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, repr_string } from '../objects/object.ts';
import { PyTraceBack_Here } from '../objects/tracebackobject.ts';
import { PyObject_TypeCheck } from '../objects/typeobject.ts';
import { OPCODE_CACHES } from '../opcode/opcodes.generated.ts';
import { leave_frame } from './frames.ts';
import { observer } from './observe.ts';
import { UNFINISHED, instruction_failed, instruction_takes } from './special.ts';

// --- the exception table -------------------------------------------------------------------------------------------------

/** Decodes the table: per entry start, end, target (code units) and depth << 1 | lasti. */
function decode_table(co: CodePayload): Int32Array {
  const bytes = co.co_exceptiontable;
  const out: number[] = [];
  let at = 0;
  const varint = (): number => {
    let b = bytes[at++]!;
    let value = b & 63;
    while ((b & 64) !== 0) {
      b = bytes[at++]!;
      value = (value << 6) | (b & 63);
    }
    return value;
  };
  while (at < bytes.length) {
    const start = varint();
    const length = varint();
    out.push(start, start + length, varint(), varint());
  }
  return Int32Array.from(out);
}

/** The decoded table; see CodePayload.handlers. */
export function exception_table(co: CodePayload): Int32Array {
  let table = co.handlers;
  if (table === null) table = co.handlers = decode_table(co);
  return table;
}

/** Index of the table entry that covers a unit, or -1. */
export function find_handler(co: CodePayload, unit: number): number {
  const table = exception_table(co);
  for (let i = 0; i < table.length; i += 4) {
    if (unit < table[i]!) break;
    if (unit < table[i + 1]!) return i;
  }
  return -1;
}

/**
 * Unwinds with an owned exception from the instruction at `ip` of a frame whose ip and sp are saved: gives the frame in
 * which a handler goes on (at its `return_ip`; `instr` stays where it was), or throws Raised out of the eval loop when the
 * loop's first frame is left. CPython: Python/ceval.c, labels error, exception_unwind and exit_unwind
 */
export function unwind(tstate: PyThreadState, frame: InterpreterFrame, ip: number, exc: PyObject, reraised: boolean): InterpreterFrame {
  let told = reraised;
  if (observer.active) {
    if (reraised) exc = observer.reraise(tstate, frame, exc, ip);
    // What an instruction itself raises is told of at its last unit.
    else ip += OPCODE_CACHES[(frame.co as CodePayload).co_code[2 * ip]!]!;
  }
  for (;;) {
    if (!told) {
      if (!is_incomplete(frame)) PyTraceBack_Here(frame, exc);
      if (observer.active) exc = observer.raise(tstate, frame, exc, ip);
    }
    told = false;
    const co = frame.co as CodePayload;
    const i = find_handler(co, ip);
    const L = frame.localsplus;
    if (i >= 0) {
      const table = co.handlers!;
      const depth = table[i + 3]!;
      const target = table[i + 2]!;
      const level = co.nlocalsplus + (depth >> 1);
      let sp = frame.sp;
      while (sp > level) {
        const v = L[--sp]!;
        frame.sp = sp;
        if (v !== null) decref(v);
      }
      if ((depth & 1) !== 0) L[sp++] = PyLong_FromLong(frame.instr);
      L[sp++] = exc;
      frame.sp = sp;
      frame.return_ip = target;
      if (observer.active) {
        const other = observer.handled(tstate, frame, exc, target);
        if (other !== null) {
          exc = other;
          ip = target - 1;
          told = true;
          continue;
        }
      }
      return frame;
    }
    // No handler: the stack goes, then the frame.
    const base = co.nlocalsplus;
    let sp = frame.sp;
    while (sp > base) {
      const v = L[--sp]!;
      frame.sp = sp;
      if (v !== null) decref(v);
    }
    if (observer.active) exc = observer.unwound(tstate, frame, exc, ip);
    const back = frame.previous;
    const entry = frame.is_entry;
    const later = frame.on_return;
    frame.on_return = null;
    leave_frame(tstate, frame);
    if (later !== null) decref(later);
    if (entry) throw new Raised(exc);
    frame = back!;
    ip = frame.instr;
    if (later === UNFINISHED) {
      try {
        if (instruction_takes(tstate, frame, exc)) return frame;
        instruction_failed(frame, exc);
        if (observer.active) ip += OPCODE_CACHES[(frame.co as CodePayload).co_code[2 * ip]!]!;
      } catch (e) {
        exc = as_raised(e).exc;
      }
    }
  }
}

// --- raise -----------------------------------------------------------------------------------------------------------------

/** The exception that a raise statement raises, owned; operands are borrowed. CPython: Python/ceval.c:do_raise */
export function do_raise(tstate: PyThreadState, exc: PyObject | null, cause: PyObject | null): PyObject {
  if (exc === null) {
    const handled = topmost_exception(tstate);
    if (handled === null) PyErr_SetString(PyExc_RuntimeError, 'No active exception to reraise');
    return newref(handled);
  }
  let value: PyObject;
  if (PyExceptionClass_Check(exc)) {
    value = PyObject_CallNoArgs(exc);
    if (!PyExceptionInstance_Check(value)) {
      const type = repr_string(value.ob_type);
      decref(value);
      PyErr_SetString(PyExc_TypeError, `calling ${repr_string(exc)} should have returned an instance of BaseException, not ${type}`);
    }
  } else if (PyExceptionInstance_Check(exc)) value = newref(exc);
  else PyErr_SetString(PyExc_TypeError, 'exceptions must derive from BaseException');
  try {
    if (cause !== null) {
      let fixed: PyObject | null;
      if (PyExceptionClass_Check(cause)) {
        fixed = PyObject_CallNoArgs(cause);
        if (!PyExceptionInstance_Check(fixed)) {
          const type = repr_string(fixed.ob_type);
          decref(fixed);
          PyErr_SetString(PyExc_TypeError, `calling ${repr_string(cause)} should have returned an instance of BaseException, not ${type}`);
        }
      } else if (PyExceptionInstance_Check(cause)) fixed = newref(cause);
      else if (cause === Py_None) fixed = null;
      else PyErr_SetString(PyExc_TypeError, 'exception causes must derive from BaseException');
      PyException_SetCause(value, fixed);
    }
    set_exception_context(value);
  } catch (e) {
    decref(value);
    throw e;
  }
  return value;
}

/** The exception being handled (borrowed), or null. CPython: _PyErr_GetTopmostException */
export function topmost_exception(tstate: PyThreadState): PyObject | null {
  for (let info: typeof tstate.exc_info | null = tstate.exc_info; info !== null; info = info.previous) {
    if (info.exc_value !== null && info.exc_value !== Py_None) return info.exc_value;
  }
  return null;
}

const CANNOT_CATCH = 'catching classes that do not inherit from BaseException is not allowed';
const CANNOT_EXCEPT_EG = 'catching ExceptionGroup with except* is not allowed. Use except instead.';

export function check_exc_match(left: PyObject, right: PyObject): boolean {
  if (PyTuple_Check(right)) {
    for (const t of right.v) if (!PyExceptionClass_Check(t)) PyErr_SetString(PyExc_TypeError, CANNOT_CATCH);
  } else if (!PyExceptionClass_Check(right)) PyErr_SetString(PyExc_TypeError, CANNOT_CATCH);
  return PyErr_GivenExceptionMatches(left, right);
}

/** The except* test, on the stack: exc, type → rest, match. */
export function check_eg_match(tstate: PyThreadState, frame: InterpreterFrame, L: (PyObject | null)[], sp: number): void {
  const exc = L[sp - 2]!;
  const type = L[sp - 1]!;
  const check = (t: PyObject): void => {
    if (!PyExceptionClass_Check(t)) PyErr_SetString(PyExc_TypeError, CANNOT_CATCH);
    if (PyType_Check(t) && ((t.tp_mro as PyObject<PyObject[]>).v as unknown as { tp_name: string }[]).some(b => b.tp_name === 'BaseExceptionGroup')) {
      PyErr_SetString(PyExc_TypeError, CANNOT_EXCEPT_EG);
    }
  };
  if (PyTuple_Check(type)) for (const t of type.v) check(t);
  else check(type);
  const [match, rest] = exception_group_match(exc, type);
  // A group made for a naked exception comes into being here.
  if (match !== null && match !== exc && rest === Py_None && !PyObject_TypeCheck(exc, PyExc_BaseExceptionGroup)) PyTraceBack_Here(frame, match);
  L[sp - 2] = rest ?? newref(Py_None);
  L[sp - 1] = match ?? newref(Py_None);
  if (match !== null && match !== Py_None) {
    const info = tstate.exc_info;
    const old = info.exc_value;
    info.exc_value = newref(match);
    xdecref(old);
  }
  decref(exc);
  decref(type);
}

