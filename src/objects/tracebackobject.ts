// tracebackobject.ts: the chain of frames that an exception passed.                     CPython: Python/traceback.c
//
// A raised exception gets one traceback for each frame it leaves; the newest one (of the outermost frame) is its head.
// Invariant: tb_next never leads back to the traceback itself.

import { audited } from './audit.ts';
import { PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_NOARGS, static_type } from '../core/spec.ts';
import { PyNumber_Index } from './abstract.ts';
import { PyCode_Addr2Line } from './codeobject.ts';
import { exc_data, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { type FramePayload, PyFrame_GetFrameObject, PyFrame_Type } from './frameobject.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyList_FromArraySteal } from './listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from './longobject.ts';
import { Py_None, PyObject_GenericGetAttr, PyObject_GetAttrString } from './object.ts';
import { source_line } from './source_text.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

export class TracebackData {
  /** Owned: the traceback of the next inner frame. */
  tb_next: PyObject | null;
  /** Owned frame object. */
  tb_frame: PyObject;
  /** Offset in bytes of the instruction. */
  tb_lasti: number;
  /** Line, or -1: computed from tb_lasti when asked for. */
  tb_lineno: number;
  constructor(tb_next: PyObject | null, tb_frame: PyObject, tb_lasti: number, tb_lineno: number) {
    this.tb_next = tb_next;
    this.tb_frame = tb_frame;
    this.tb_lasti = tb_lasti;
    this.tb_lineno = tb_lineno;
  }
}

export type PyTracebackObject = PyObject<TracebackData>;

export function PyTraceBack_Check(o: PyObject): o is PyTracebackObject {
  return o.ob_type === PyTraceBack_Type;
}

/** A new traceback; steals `next` and `frame`. */
function tb_create(next: PyObject | null, frame: PyObject, lasti: number, lineno: number): PyTracebackObject {
  const tb = new PyObject<TracebackData>(PyTraceBack_Type, new TracebackData(next, frame, lasti, lineno), null);
  gc_new(tb);
  return tb as PyTracebackObject;
}

/** Puts a traceback for the frame, at the instruction it executes, before those that the exception has.
 *  CPython: Python/traceback.c:PyTraceBack_Here */
export function PyTraceBack_Here(frame: InterpreterFrame, exc: PyObject): void {
  const data = exc_data(exc);
  data.traceback = tb_create(data.traceback, newref(PyFrame_GetFrameObject(frame)), frame.instr * 2, -1);
}

/** A traceback of one frame, before `next` (borrowed). CPython: Python/traceback.c:_PyTraceBack_FromFrame */
export function _PyTraceBack_FromFrame(next: PyObject | null, frame: InterpreterFrame): PyTracebackObject {
  return tb_create(next === null ? null : newref(next), newref(PyFrame_GetFrameObject(frame)), frame.instr * 2, -1);
}

/** The code object of a traceback's frame (borrowed). */
function frame_code(data: TracebackData): PyObject {
  return (data.tb_frame.v as FramePayload).frame.f_code;
}

/** The line of a traceback, or -1 when there is none. */
export function traceback_lineno(tb: PyObject): number {
  const data = tb.v as TracebackData;
  if (data.tb_lineno !== -1) return data.tb_lineno;
  return PyCode_Addr2Line(frame_code(data), data.tb_lasti);
}

function c_int(o: PyObject): number {
  const index = PyNumber_Index(o);
  let n: number;
  try {
    n = PyLong_AsLong(index);
  } finally {
    decref(index);
  }
  if (n !== (n | 0)) {
    PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C int');
  }
  return n;
}

/** `next` as an owned traceback or null. */
function checked_next(value: PyObject): PyObject | null {
  if (value === Py_None) return null;
  if (!PyTraceBack_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `expected traceback object, got '${value.ob_type.tp_name}'`);
  }
  return newref(value);
}

/** CPython: Python/traceback.c:tb_new_impl */
function tb_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [next, frame, lasti, lineno] = PyArg_Clinic(
    'traceback',
    '(tb_next, tb_frame, tb_lasti, tb_lineno)',
    args,
    kwargs,
  );
  if (frame!.ob_type !== PyFrame_Type) {
    const got = frame === Py_None ? 'None' : frame!.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `traceback() argument 'tb_frame' must be frame, not ${got}`);
  }
  const offset = c_int(lasti!);
  const line = c_int(lineno!);
  return tb_create(checked_next(next!), newref(frame!), offset, line);
}

function tb_next_get(self: PyObject): PyObject {
  return newref((self.v as TracebackData).tb_next ?? Py_None);
}

/** CPython: Python/traceback.c:traceback_tb_next_set_impl */
function tb_next_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete tb_next attribute");
  const next = checked_next(value);
  for (let cursor = next; cursor !== null; cursor = (cursor.v as TracebackData).tb_next) {
    if (cursor === self) {
      decref(next!);
      PyErr_SetString(PyExc_ValueError, 'traceback loop detected');
    }
  }
  const data = self.v as TracebackData;
  const old = data.tb_next;
  data.tb_next = next;
  xdecref(old);
}

function tb_lineno_get(self: PyObject): PyObject {
  const line = traceback_lineno(self);
  return line === -1 ? newref(Py_None) : PyLong_FromLong(line);
}

function tb_dir(): PyObject {
  return PyList_FromArraySteal(
    ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno'].map(name => PyUnicode_FromString(name)),
  );
}

function tb_dealloc(self: PyObject): void {
  gc_del(self);
  const data = self.v as TracebackData;
  xdecref(data.tb_next);
  decref(data.tb_frame);
}

function tb_traverse(self: PyObject, visit: visitproc): void {
  const data = self.v as TracebackData;
  if (data.tb_next !== null) visit(data.tb_next);
  visit(data.tb_frame);
}

function tb_clear(self: PyObject): void {
  const data = self.v as TracebackData;
  const next = data.tb_next;
  data.tb_next = null;
  xdecref(next);
}

// --- printing, for when the traceback module cannot ------------------------------------------------------------------

/** Shows the same line this often, then counts. CPython: TB_RECURSIVE_CUTOFF */
const RECURSIVE_CUTOFF = 3;
const LIMIT = 1000;

/** The text of a traceback, as the interpreter prints it without help of the traceback module.
 *  CPython: Python/traceback.c:PyTraceBack_Print */
export function traceback_text(tb: PyObject): string {
  let out = 'Traceback (most recent call last):\n';
  let depth = 0;
  for (let t: PyObject | null = tb; t !== null; t = (t.v as TracebackData).tb_next) depth++;
  let last = '';
  let count = 0;
  const repeated = (): string =>
    count > RECURSIVE_CUTOFF
      ? `  [Previous line repeated ${count - RECURSIVE_CUTOFF} more time${count - RECURSIVE_CUTOFF > 1 ? 's' : ''}]\n`
      : '';
  for (let t: PyObject | null = tb; t !== null; t = (t.v as TracebackData).tb_next) {
    if (depth-- > LIMIT) continue;
    const code = frame_code(t.v as TracebackData);
    const filename = attribute_text(code, 'co_filename');
    const name = attribute_text(code, 'co_name');
    const line = traceback_lineno(t);
    const head = `  File "${filename}", line ${line}, in ${name}\n`;
    if (head !== last) {
      out += repeated();
      last = head;
      count = 0;
    }
    if (++count <= RECURSIVE_CUTOFF) {
      out += head;
      const source = source_line(filename, line);
      if (source !== null && source !== '') out += `    ${source}\n`;
    }
  }
  return out + repeated();
}

function attribute_text(o: PyObject, name: string): string {
  const value = PyObject_GetAttrString(o, name);
  const text = PyUnicode_AsString(value);
  decref(value);
  return text;
}

export const PyTraceBack_Type = static_type({
  name: 'traceback',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'traceback(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nOne step of the way of an exception.',
  tp_new: tb_new,
  tp_dealloc: tb_dealloc,
  tp_traverse: tb_traverse,
  tp_clear: tb_clear,
  tp_getattro: PyObject_GenericGetAttr,
  methods: [{ name: '__dir__', flags: METH_NOARGS, meth: tb_dir, sig: '($self, /)' }],
  members: [
    { name: 'tb_frame', get: self => audited(self, 'tb_frame', (self.v as TracebackData).tb_frame) },
    { name: 'tb_lasti', get: self => PyLong_FromLong((self.v as TracebackData).tb_lasti) },
  ],
  getset: [
    { name: 'tb_next', get: tb_next_get, set: tb_next_set },
    { name: 'tb_lineno', get: tb_lineno_get },
  ],
});
