// input.ts: where an Unpickler reads from: bytes in memory, or a file by its methods.      CPython: Modules/_pickle.c
//
// What was read and not used yet is data[pos, end). From a file as much is taken as is needed, so that what follows the
// pickle stays there; if it can peek(), more is looked at and only what was used is read (`prefetched` and on is read).

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject, xdecref } from '../../core/object.ts';
import { PyBUF_CONTIG_RO, type PyBuffer } from '../../core/spec.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from '../../objects/abstract.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyBytes_Check } from '../../objects/checks.ts';
import {
  PyExc_MemoryError,
  PyExc_NotImplementedError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyMemoryView_FromMemory } from '../../objects/memoryobject.ts';
import { PyObject_GetOptionalAttrString, repr_string } from '../../objects/object.ts';
import { UnpicklingError } from './state.ts';

const PREFETCH = 8192 * 16;
/** More memory than machines give at once. */
const MAX_BYTES = 2 ** 36;
const LINE = -1;
const NEWLINE = 10;
const NOTHING = /* @__PURE__ */ new Uint8Array(0);

export function truncated(): never {
  return PyErr_SetString(UnpicklingError, 'pickle data was truncated');
}

export class Input {
  data: Uint8Array = NOTHING;
  pos = 0;
  end = 0;
  /** Where the current frame ends, else `end`: no instruction may lie across. */
  limit = 0;
  private framed = false;
  private prefetched = 0;
  /** The buffer that `data` is of. */
  private buffer: PyBuffer | null = null;
  /** Owned methods of the file; all null when reading from memory. */
  private file_read: PyObject | null = null;
  private file_readline: PyObject | null = null;
  private file_readinto: PyObject | null = null;
  private file_peek: PyObject | null = null;

  get from_file(): boolean {
    return this.file_read !== null;
  }

  /** Reads from a bytes-like object. CPython: _Unpickler_SetStringInput */
  set_bytes(o: PyObject): number {
    if (this.buffer !== null) PyBuffer_Release(this.buffer);
    this.buffer = null;
    const view = PyObject_GetBuffer(o, PyBUF_CONTIG_RO);
    this.buffer = view;
    this.data = view.offset === 0 ? view.buf : view.buf.subarray(view.offset);
    this.pos = 0;
    this.end = view.len;
    this.limit = view.len;
    this.framed = false;
    this.prefetched = view.len;
    return view.len;
  }

  /** Reads from a file. CPython: _Unpickler_SetInputStream */
  set_file(file: PyObject): void {
    this.file_peek = PyObject_GetOptionalAttrString(file, 'peek');
    this.file_readinto = PyObject_GetOptionalAttrString(file, 'readinto');
    this.file_read = PyObject_GetOptionalAttrString(file, 'read');
    this.file_readline = PyObject_GetOptionalAttrString(file, 'readline');
    if (this.file_read === null || this.file_readline === null) {
      this.clear();
      PyErr_SetString(PyExc_TypeError, "file must have 'read' and 'readline' attributes");
    }
  }

  /** Tells the file what was used of what was only peeked at. CPython: _Unpickler_SkipConsumed */
  skip_consumed(): void {
    const consumed = this.pos - this.prefetched;
    if (consumed <= 0) return;
    this.call(this.file_read!, PyLong_FromLong(consumed), decref);
    this.prefetched = this.pos;
  }

  /** Calls with an argument (stolen) and what comes of it. */
  private call<T>(method: PyObject, argument: PyObject | null, use: (result: PyObject) => T): T {
    let result: PyObject;
    try {
      result = argument === null ? PyObject_CallNoArgs(method) : PyObject_CallOneArg(method, argument);
    } finally {
      xdecref(argument);
    }
    return use(result);
  }

  private take(result: PyObject): number {
    try {
      return this.set_bytes(result);
    } finally {
      decref(result);
    }
  }

  /** Gets n bytes or a line; how many came. CPython: _Unpickler_ReadFromFile */
  private fill(n: number): number {
    this.skip_consumed();
    const use = (result: PyObject): number => this.take(result);
    if (n === LINE) return this.call(this.file_readline!, null, use);
    if (this.file_peek !== null && n < PREFETCH) {
      const size = this.peek();
      if (n <= size) return n;
    }
    return this.call(this.file_read!, PyLong_FromLong(n), use);
  }

  /** How much was peeked at; -1 if the file cannot. */
  private peek(): number {
    let result: PyObject;
    const wanted = PyLong_FromLong(PREFETCH);
    try {
      result = PyObject_CallOneArg(this.file_peek!, wanted);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_NotImplementedError)) throw e;
      PyErr_Clear(e);
      decref(this.file_peek!);
      this.file_peek = null;
      return -1;
    } finally {
      decref(wanted);
    }
    const size = this.take(result);
    this.prefetched = 0;
    return size;
  }

  /** Takes the next n bytes: where they start in `data`. CPython: _Unpickler_Read */
  read(n: number): number {
    const at = this.pos;
    if (n <= this.limit - at) {
      this.pos = at + n;
      return at;
    }
    return this.read_on(n);
  }

  /** read() where the frame or what is in memory ends. */
  private read_on(n: number): number {
    if (n >= 2 ** 63) PyErr_SetString(UnpicklingError, 'read would overflow (invalid bytecode)');
    if (this.framed) {
      this.leave_frame();
      return this.read(n);
    }
    if (this.file_read === null || this.fill(n) < n) truncated();
    this.pos = n;
    return 0;
  }

  /** The next byte, or -1 when there is none. */
  opcode(): number {
    if (this.pos < this.limit) return this.data[this.pos++]!;
    if (this.framed) {
      this.leave_frame();
      return this.opcode();
    }
    if (this.file_read === null || this.fill(1) < 1) return -1;
    this.pos = 1;
    return this.data[0]!;
  }

  /** Reads the header of a frame, which must not begin within another. */
  frame_size(): number {
    if (this.framed && this.pos + 8 < this.limit) {
      PyErr_SetString(UnpicklingError, 'beginning of a new frame before end of current frame');
    }
    return this.size(8);
  }

  /** A frame of n bytes begins here. CPython: load_frame */
  enter_frame(n: number): void {
    this.framed = false;
    this.limit = this.end;
    this.pos = this.read(n);
    this.framed = true;
    this.limit = this.pos + n;
  }

  private leave_frame(): void {
    if (this.pos < this.limit) PyErr_SetString(UnpicklingError, 'pickle exhausted before end of frame');
    this.framed = false;
    this.limit = this.end;
  }

  /** A copy of the next n bytes, as many as memory may have room for. CPython: _Unpickler_ReadInto */
  copy(n: number): Uint8Array {
    if (n > MAX_BYTES) PyErr_SetString(PyExc_MemoryError, '');
    if (this.framed && n > this.limit - this.pos) this.leave_frame();
    const had = this.end - this.pos;
    if (n <= had) {
      this.pos += n;
      return this.data.slice(this.pos - n, this.pos);
    }
    if (this.file_read === null) truncated();
    const out = new Uint8Array(n);
    out.set(this.data.subarray(this.pos, this.end));
    this.pos = this.end;
    this.limit = this.end;
    this.skip_consumed();
    if (this.file_readinto !== null) {
      const size = this.call(this.file_readinto, PyMemoryView_FromMemory(out.subarray(had), false), result => {
        try {
          return PyLong_AsSsize_t(result);
        } finally {
          decref(result);
        }
      });
      if (size < n - had) truncated();
      return out;
    }
    this.call(this.file_read, PyLong_FromLong(n - had), result => {
      try {
        if (!PyBytes_Check(result)) {
          PyErr_SetString(PyExc_ValueError, `read() returned non-bytes object (${repr_string(result.ob_type)})`);
        }
        const got = result.v as Uint8Array;
        if (got.length < n - had) truncated();
        out.set(got.subarray(0, n - had), had);
      } finally {
        decref(result);
      }
    });
    return out;
  }

  /** The next line, newline included, at least that long. CPython: _Unpickler_Readline */
  line(shortest = 2): Uint8Array {
    const { data, pos, limit } = this;
    let at = pos;
    while (at < limit && data[at] !== NEWLINE) at++;
    if (at < limit) {
      this.pos = at + 1;
      if (at + 1 - pos < shortest) truncated();
      return data.subarray(pos, at + 1);
    }
    if (this.framed) {
      this.leave_frame();
      return this.line(shortest);
    }
    if (this.file_read === null) truncated();
    const n = this.fill(LINE);
    if (n === 0 || this.data[n - 1] !== NEWLINE) truncated();
    this.pos = n;
    if (n < shortest) truncated();
    return this.data.subarray(0, n);
  }

  /** The next byte of those that surely come. */
  byte(): number {
    const at = this.read(1);
    return this.data[at]!;
  }

  /** A little-endian number of 1, 2 or 4 bytes without sign, or of 8 (-1 if above 2^63 - 1). CPython: calc_binsize */
  size(nbytes: number): number {
    const at = this.read(nbytes);
    const { data } = this;
    if (nbytes === 1) return data[at]!;
    if (nbytes === 2) return data[at]! | (data[at + 1]! << 8);
    const low = (data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)) >>> 0;
    if (nbytes === 4) return low;
    const high = (data[at + 4]! | (data[at + 5]! << 8) | (data[at + 6]! << 16) | (data[at + 7]! << 24)) >>> 0;
    return high >= 0x80000000 ? -1 : high * 4294967296 + low;
  }

  clear(): void {
    const { file_read, file_readline, file_readinto, file_peek, buffer } = this;
    this.file_read = null;
    this.file_readline = null;
    this.file_readinto = null;
    this.file_peek = null;
    this.buffer = null;
    this.data = NOTHING;
    this.pos = 0;
    this.end = 0;
    this.limit = 0;
    this.framed = false;
    this.prefetched = 0;
    xdecref(file_read);
    xdecref(file_readline);
    xdecref(file_readinto);
    xdecref(file_peek);
    if (buffer !== null) PyBuffer_Release(buffer);
  }

  visit(f: (o: PyObject) => void): void {
    for (const o of [this.file_read, this.file_readline, this.file_readinto, this.file_peek]) if (o !== null) f(o);
    if (this.buffer !== null && this.buffer.obj !== null) f(this.buffer.obj);
  }
}
