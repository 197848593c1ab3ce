// frameobject.ts: frames as Python sees them, and f_locals as a write-through proxy (PEP 667).    CPython: Objects/frameobject.c
//
// The interpreter's frame (core/frame.ts) exists for every call; a frame object is made only when somebody asks. While
// the call runs the object borrows the frame; when it ends the object takes the frame over (and with it the locals).
import { audited } from './audit.ts';
import { PyErr_SetString } from '../core/errors.ts';
import { FRAME_CLEARED, FRAME_OWNED_BY_FRAME_OBJECT, FRAME_OWNED_BY_GENERATOR, InterpreterFrame } from '../core/frame.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { PyObject, Py_TPFLAGS_HAVE_GC, decref, newref, xdecref, xnewref } from '../core/object.ts';
import { METH_NOARGS, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { MAKE_CELL, RESUME } from '../opcode/opcodes.generated.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyCell_Set, PyCell_Type } from './cellobject.ts';
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN, CO_OPTIMIZED, type CodePayload, PyCode_Addr2Line } from './codeobject.ts';
import { PyDict_New, PyDict_SetItem, PyDict_Update } from './dictobject.ts';
import { PyExc_AttributeError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyFrameLocalsProxy_New } from './framelocals.ts';
import { frameJump } from './func_hook.ts';
import { gen_finalize, gen_is_running, gen_is_suspended } from './genobject.ts';
import { PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { Py_None, address, repr_string } from './object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

export class FramePayload {
  frame: InterpreterFrame;
  /** f_trace, owned or null. */
  trace: PyObject | null = null;
  trace_lines = true;
  trace_opcodes = false;
  /** Line that a tracer moves to or is told of; 0: compute it. */
  lineno = 0;
  /** f_back, owned, once the frame outlives its caller's. */
  back: PyObject | null = null;
  /** Locals that have no fast slot, set through f_locals; owned dict or null. */
  extra_locals: PyObject | null = null;
  constructor(frame: InterpreterFrame) {
    this.frame = frame;
  }
}
export type PyFrameObject = PyObject<FramePayload>;

/** What the tracer does when a frame's attributes ask for opcode events; the VM sets it. */
export const frameTraceHooks: { set_opcode_trace: ((frame: InterpreterFrame, enable: boolean) => void) | null } = {
  set_opcode_trace: null,
};

function fp(o: PyObject): FramePayload {
  return (o as PyFrameObject).v;
}

/** The frame object of a frame (borrowed), made now if need be. CPython: _PyFrame_GetFrameObject */
export function PyFrame_GetFrameObject(frame: InterpreterFrame): PyObject {
  if (frame.frame_obj !== null) return frame.frame_obj;
  const o = new PyObject<unknown, unknown>(PyFrame_Type, new FramePayload(frame), null);
  gc_new(o);
  frame.frame_obj = o;
  return o;
}

/** The frame is done: its object (if any is left) takes over its contents. Gives up the frame's hold on the object. CPython: take_ownership */
export function frame_take_ownership(frame: InterpreterFrame, obj: PyObject): void {
  const f = fp(obj);
  // Contents change hands; the running side keeps only an empty frame.
  const own = new InterpreterFrame(frame.f_code, frame.f_func, frame.f_globals, frame.f_builtins, frame.f_locals, frame.localsplus, frame.sp);
  own.instr = frame.instr;
  own.owner = FRAME_OWNED_BY_FRAME_OBJECT;
  own.frame_obj = obj;
  f.frame = own;
  const prev = complete_previous(frame);
  f.back = prev === null ? null : newref(PyFrame_GetFrameObject(prev));
}

function complete_previous(frame: InterpreterFrame): InterpreterFrame | null {
  let p = frame.previous;
  while (p !== null && is_incomplete(p)) p = p.previous;
  return p;
}

/** A frame that has not reached its first RESUME is not shown. CPython: _PyFrame_IsIncomplete */
export function is_incomplete(frame: InterpreterFrame): boolean {
  if (frame.owner === FRAME_OWNED_BY_GENERATOR || frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) return false;
  return frame.instr < frame_first_traceable(frame.co as CodePayload);
}

const firstTraceable = new WeakMap<CodePayload, number>();

/** Unit index of the first RESUME, where what belongs to the source begins. CPython: _co_firsttraceable */
export function frame_first_traceable(co: CodePayload): number {
  let n = firstTraceable.get(co);
  if (n === undefined) {
    const bytes = co.co_code;
    n = 0;
    while (n < bytes.length >> 1 && bytes[2 * n] !== RESUME) n++;
    firstTraceable.set(co, n);
  }
  return n;
}

/** Line of the instruction that a frame is at; -1 if it has none. */
export function frame_lineno(frame: InterpreterFrame): number {
  return PyCode_Addr2Line(frame.f_code, frame.instr * 2);
}

function frame_getlineno(self: PyObject): PyObject {
  const f = fp(self);
  const n = f.lineno > 0 ? f.lineno : frame_lineno(f.frame);
  return n < 0 ? newref(Py_None) : PyLong_FromLong(n);
}

function frame_setlineno(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_AttributeError, "attribute 'f_lineno' of 'frame' objects cannot be deleted");
  if (value.ob_type !== PyLong_Type) PyErr_SetString(PyExc_ValueError, 'lineno must be an integer');
  frameJump.set_lineno!(self, Number(value.v));
}

export function frame_back(self: PyObject): PyObject | null {
  const f = fp(self);
  if (f.back !== null) return f.back;
  const frame = f.frame;
  if (frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) return null;
  const prev = complete_previous(frame);
  return prev === null ? null : PyFrame_GetFrameObject(prev);
}

/** Value of fast local i, through its cell; borrowed or null. */
export function frame_local(frame: InterpreterFrame, i: number): PyObject | null {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  const value = frame.localsplus[i] ?? null;
  if (value === null) {
    // Before COPY_FREE_VARS ran, free variables are still only in the function's closure.
    const kind = co.co_localspluskinds[i]!;
    if ((kind & CO_FAST_FREE) !== 0 && frame.f_func !== null && frame.instr <= 0) {
      const closure = (frame.f_func as PyObject<{ closure: PyObject<PyObject[]> | null }>).v.closure;
      const cell = closure === null ? undefined : closure.v[i - (co.nlocalsplus - co.nfreevars)];
      if (cell !== undefined) return (cell as PyObject<PyObject | null>).v;
    }
    return null;
  }
  const kind = co.co_localspluskinds[i]!;
  if ((kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && value.ob_type === PyCell_Type) {
    // An argument that becomes a cell is still bare before MAKE_CELL has run.
    if ((kind & CO_FAST_FREE) !== 0 || cell_made(frame, i)) return (value as PyObject<PyObject | null>).v;
  }
  return value;
}

/** Whether MAKE_CELL has run for local i. */
function cell_made(frame: InterpreterFrame, i: number): boolean {
  const bytes = (frame.f_code as PyObject<CodePayload>).v.co_code;
  for (let k = 0; k <= frame.instr && 2 * k < bytes.length; k++) {
    const op = bytes[2 * k]!;
    if (op === MAKE_CELL && bytes[2 * k + 1] === (i & 255)) return true;
    if (op === RESUME) return true;
  }
  return frame.instr > 0;
}

/** Sets fast local i, through its cell. */
export function frame_set_local(frame: InterpreterFrame, i: number, value: PyObject | null): void {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  const kind = co.co_localspluskinds[i]!;
  const old = frame.localsplus[i] ?? null;
  if ((kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && old !== null && old.ob_type === PyCell_Type && ((kind & CO_FAST_FREE) !== 0 || cell_made(frame, i))) {
    PyCell_Set(old, value);
    return;
  }
  frame.localsplus[i] = xnewref(value);
  xdecref(old);
}

/** Names and values of the locals that are set, cells followed. */
export function* frame_locals(frame: InterpreterFrame): Generator<[PyObject, PyObject]> {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  for (let i = 0; i < co.nlocalsplus; i++) {
    const value = frame_local(frame, i);
    if (value !== null) yield [co.varnames[i]!, value];
  }
}

function has_hidden_locals(frame: InterpreterFrame): boolean {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  for (let i = 0; i < co.nlocalsplus; i++) {
    if ((co.co_localspluskinds[i]! & CO_FAST_HIDDEN) !== 0 && frame_local(frame, i) !== null) return true;
  }
  return false;
}

/** `frame.f_locals`: a proxy in functions, else the namespace itself. New reference. CPython: _PyFrame_GetLocals */
export function _PyFrame_GetLocals(frame: InterpreterFrame): PyObject {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  if ((co.co_flags & CO_OPTIMIZED) === 0 && !has_hidden_locals(frame)) {
    if (frame.f_locals === null) frame.f_locals = PyDict_New();
    return newref(frame.f_locals);
  }
  return PyFrameLocalsProxy_New(PyFrame_GetFrameObject(frame));
}

/** What `locals()` gives: a fresh dict in functions. New reference. CPython: PyEval_GetLocals / _PyEval_GetFrameLocals */
export function frame_locals_snapshot(frame: InterpreterFrame): PyObject {
  const co = (frame.f_code as PyObject<CodePayload>).v;
  if ((co.co_flags & CO_OPTIMIZED) === 0 && !has_hidden_locals(frame)) return newref(frame.f_locals!);
  const dict = PyDict_New();
  if ((co.co_flags & CO_OPTIMIZED) === 0) {
    // An inlined comprehension runs at module or class level: its own variables hide outer ones.
    PyDict_Update(dict, frame.f_locals!);
    for (let i = 0; i < co.nlocalsplus; i++) {
      const v = frame_local(frame, i);
      if (v !== null) PyDict_SetItem(dict, co.varnames[i]!, v);
    }
    return dict;
  }
  for (const [name, value] of frame_locals(frame)) PyDict_SetItem(dict, name, value);
  const obj = frame.frame_obj;
  if (obj !== null && fp(obj).extra_locals !== null) PyDict_Update(dict, fp(obj).extra_locals!);
  return dict;
}

/** Releases a frame's locals and stack. CPython: _PyFrame_ClearLocals: last to first. */
export function frame_clear_locals(frame: InterpreterFrame): void {
  const values = frame.localsplus;
  const n = frame.sp;
  frame.sp = 0;
  for (let i = n - 1; i >= 0; i--) {
    const v = values[i];
    if (v !== null && v !== undefined) {
      values[i] = null;
      decref(v);
    }
  }
  const locals = frame.f_locals;
  frame.f_locals = null;
  xdecref(locals);
}

function frame_clear(self: PyObject): PyObject {
  const frame = fp(self).frame;
  if (frame.owner === FRAME_OWNED_BY_GENERATOR) {
    const gen = frame.generator!;
    if (gen_is_running(gen)) PyErr_SetString(PyExc_RuntimeError, 'cannot clear an executing frame');
    if (gen_is_suspended(gen)) PyErr_SetString(PyExc_RuntimeError, 'cannot clear a suspended frame');
    gen_finalize(gen);
  } else if (frame.owner !== FRAME_OWNED_BY_FRAME_OBJECT && frame.owner !== FRAME_CLEARED) {
    PyErr_SetString(PyExc_RuntimeError, 'cannot clear an executing frame');
  }
  if (frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) {
    tp_clear(self);
  }
  return newref(Py_None);
}

function tp_clear(self: PyObject): void {
  const f = fp(self);
  const trace = f.trace;
  f.trace = null;
  xdecref(trace);
  const extra = f.extra_locals;
  f.extra_locals = null;
  xdecref(extra);
  if (f.frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) frame_clear_locals(f.frame);
}

function frame_dealloc(self: PyObject): void {
  gc_del(self);
  const f = fp(self);
  const frame = f.frame;
  if (frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) {
    frame.owner = FRAME_CLEARED;
    frame_clear_locals(frame);
    xdecref(frame.f_func);
    decref(frame.f_code);
  } else frame.frame_obj = null;
  xdecref(f.back);
  xdecref(f.trace);
  xdecref(f.extra_locals);
}

function frame_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const f = fp(self);
  if (f.back !== null) visit(f.back);
  if (f.trace !== null) visit(f.trace);
  if (f.extra_locals !== null) visit(f.extra_locals);
  if (f.frame.owner === FRAME_OWNED_BY_FRAME_OBJECT) frame_visit(f.frame, false, visit);
}

/** Visits what a frame owns; of one that runs only the variables, as its stack may hold borrowed references. CPython: _PyFrame_Traverse */
export function frame_visit(frame: InterpreterFrame, running: boolean, visit: (o: PyObject) => void): void {
  if (frame.f_locals !== null) visit(frame.f_locals);
  if (frame.f_func !== null) visit(frame.f_func);
  visit(frame.f_code);
  const n = running ? (frame.f_code as PyObject<CodePayload>).v.nlocalsplus : frame.sp;
  for (let i = 0; i < n; i++) {
    const v = frame.localsplus[i];
    if (v !== null && v !== undefined) visit(v);
  }
}

function frame_repr(self: PyObject): PyObject {
  const f = fp(self);
  const co = (f.frame.f_code as PyObject<CodePayload>).v;
  const n = f.lineno > 0 ? f.lineno : frame_lineno(f.frame);
  return PyUnicode_FromString(
    `<frame at ${address(self)}, file ${repr_string(co.co_filename)}, line ${n}, code ${PyUnicode_AsString(co.co_name)}>`,
  );
}

export const PyFrame_Type = static_type({
  name: 'frame',
  tp_basicsize: 152,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: frame_dealloc,
  tp_traverse: frame_traverse,
  tp_clear,
  tp_repr: frame_repr,
  methods: [
    { name: 'clear', flags: METH_NOARGS, meth: frame_clear, sig: '($self, /)' },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth(self: PyObject) {
        const f = fp(self).frame;
        const co = (f.f_code as PyObject<CodePayload>).v;
        return PyLong_FromLong(72 + 88 + 8 * co.framesize - 8);
      },
    },
  ],
  members: [{ name: 'f_trace_lines', get: self => newref(fp(self).trace_lines ? Py_True : Py_False), set: set_trace_lines }],
  getset: [
    { name: 'f_back', get: self => newref(frame_back(self) ?? Py_None) },
    { name: 'f_locals', get: self => _PyFrame_GetLocals(fp(self).frame) },
    { name: 'f_lineno', get: frame_getlineno, set: frame_setlineno },
    {
      name: 'f_trace',
      get: self => newref(fp(self).trace ?? Py_None),
      set(self, value) {
        const f = fp(self);
        const old = f.trace;
        const trace = value === Py_None ? null : value;
        if (trace === old) return;
        f.trace = xnewref(trace);
        xdecref(old);
        if (trace !== null && f.trace_opcodes) frameTraceHooks.set_opcode_trace!(f.frame, true);
      },
    },
    { name: 'f_lasti', get: self => PyLong_FromLong(fp(self).frame.instr < 0 ? -1 : fp(self).frame.instr * 2) },
    { name: 'f_globals', get: self => newref(fp(self).frame.f_globals) },
    { name: 'f_builtins', get: self => newref(fp(self).frame.f_builtins) },
    { name: 'f_code', get: self => audited(self, 'f_code', fp(self).frame.f_code) },
    {
      name: 'f_trace_opcodes',
      get: self => newref(fp(self).trace_opcodes ? Py_True : Py_False),
      set(self, value) {
        if (value === null) PyErr_SetString(PyExc_AttributeError, "attribute 'f_trace_opcodes' of 'frame' objects cannot be deleted");
        if (value !== Py_True && value !== Py_False) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
        const f = fp(self);
        f.trace_opcodes = value === Py_True;
        if (value === Py_False || f.trace !== null) frameTraceHooks.set_opcode_trace!(f.frame, f.trace_opcodes);
      },
    },
    {
      name: 'f_generator',
      get(self) {
        const frame = fp(self).frame;
        return newref(frame.owner === FRAME_OWNED_BY_GENERATOR ? frame.generator! : Py_None);
      },
    },
  ],
});

function set_trace_lines(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (value !== Py_True && value !== Py_False) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
  fp(self).trace_lines = value === Py_True;
}

/** The frame objects of the running thread's innermost frame (borrowed), or null. */
export function PyEval_GetFrame(): PyObject | null {
  let frame = current.tstate.frame;
  while (frame !== null && is_incomplete(frame)) frame = frame.previous;
  return frame === null ? null : PyFrame_GetFrameObject(frame);
}

/** New reference. */
export function PyFrame_GetCode(frame: PyObject): PyObject {
  return newref(fp(frame).frame.f_code);
}

/** The interpreter frame behind a frame object. */
export function frame_of(o: PyObject): InterpreterFrame {
  return fp(o).frame;
}

/** Ends a frame: locals and stack are released, then the function and the code; a frame object that is still wanted takes
 *  them over instead. CPython: Python/frame.c:_PyFrame_ClearExceptCode and clear_thread_frame */
export function frame_finish(frame: InterpreterFrame): void {
  const obj = frame.frame_obj;
  if (obj !== null) {
    frame.frame_obj = null;
    if (obj.ob_refcnt > 1) {
      frame_take_ownership(frame, obj);
      decref(obj);
      return;
    }
    decref(obj);
  }
  frame_clear_locals(frame);
  const func = frame.f_func;
  frame.f_func = null;
  if (func !== null) decref(func);
  decref(frame.f_code);
}
