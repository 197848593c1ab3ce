// writer.ts: a Pickler's state: its memo, and its output in frames.                    CPython: Modules/_pickle.c
//
// Output gathers in `buf`. While `framing`, the first byte after a committed frame opens a new one: nine bytes are left
// for its header, filled in when it is committed (or taken out again if the frame stayed tiny). With a `write` method
// finished frames go out at once, without it everything stays until the end.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, incref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { address } from '../../objects/object.ts';
import type { Plan } from './instances.ts';
import { Memo } from './memo.ts';
import { BINGET, BINPUT, FRAME, GET, LONG_BINGET, LONG_BINPUT, MEMOIZE, PUT } from './opcodes.ts';

export const FRAME_SIZE_TARGET = 64 * 1024;
const FRAME_SIZE_MIN = 4;
const FRAME_HEADER_SIZE = 9;
/** Deeper lists and dicts are checked for cycles when there is no memo. */
const FAST_NESTING_LIMIT = 50;
const INITIAL_SIZE = 4096;
const SPARE_SIZE = 1 << 18;

/** An output buffer that nobody uses now: making one for each small pickle costs more than the pickle. */
const spare: { buf: Uint8Array | null } = { buf: null };

export class Pickler {
  /** Owned: the file's write method, or null when the result is wanted as bytes. */
  write: PyObject | null = null;
  /** Owned: set on this instance as `persistent_id`. */
  persistent_id_attr: PyObject | null = null;
  /** Owned while dump() runs: what to ask for persistent ids, and what may reduce any object. */
  persistent_id: PyObject | null = null;
  reducer_override: PyObject | null = null;
  /** Owned: reducers by type that replace copyreg's. */
  dispatch_table: PyObject | null = null;
  /** Owned: gets PickleBuffers that may go out of band. */
  buffer_callback: PyObject | null = null;
  proto = 0;
  bin = 0;
  /** Not 0: objects are not memoized. */
  fast = 0;
  fix_imports = false;
  framing = false;
  /** Where the open frame's header is, or -1. */
  frame_start = -1;
  buf: Uint8Array;
  len = 0;
  /** Numbers of the objects that were pickled. */
  memo = new Memo();
  /** What is known of the classes of instances that were pickled (borrowed), as long as the memo has these classes. */
  plans: Map<PyTypeObject, Plan> = new Map();
  fast_nesting = 0;
  fast_memo: Set<PyObject> | null = null;
  /** Whether dump() runs. */
  running = false;
  /** How deep save() is in itself. */
  depth = 0;

  constructor() {
    this.buf = spare.buf ?? new Uint8Array(INITIAL_SIZE);
    spare.buf = null;
  }

  /** Readies for n more bytes, in a frame if framing. CPython: _Pickler_Write */
  need(n: number): void {
    if (this.framing && this.frame_start < 0) {
      this.room(n + FRAME_HEADER_SIZE);
      this.frame_start = this.len;
      this.len += FRAME_HEADER_SIZE;
    } else if (this.len + n > this.buf.length) this.room(n);
  }

  private room(n: number): void {
    if (this.len + n <= this.buf.length) return;
    const larger = new Uint8Array(Math.floor(((this.len + n) / 2) * 3) + 16);
    larger.set(this.buf.subarray(0, this.len));
    this.buf = larger;
  }

  op(code: number): void {
    this.need(1);
    this.buf[this.len++] = code;
  }

  op1(code: number, byte: number): void {
    this.need(2);
    this.buf[this.len++] = code;
    this.buf[this.len++] = byte;
  }

  /** An opcode and a little-endian number of four bytes. */
  op4(code: number, n: number): void {
    this.need(5);
    const { buf } = this;
    let at = this.len;
    buf[at++] = code;
    buf[at++] = n;
    buf[at++] = n >>> 8;
    buf[at++] = n >>> 16;
    buf[at++] = n >>> 24;
    this.len = at;
  }

  /** An opcode and a little-endian length of eight bytes. */
  op8(code: number, n: number): void {
    this.need(9);
    this.buf[this.len++] = code;
    this.put_size64(this.len, n);
    this.len += 8;
  }

  private put_size64(at: number, n: number): void {
    for (let i = 0; i < 8; i++) {
      this.buf[at + i] = n % 256;
      n = Math.floor(n / 256);
    }
  }

  bytes(b: Uint8Array): void {
    this.need(b.length);
    this.buf.set(b, this.len);
    this.len += b.length;
  }

  /** Characters below 256, one byte each. */
  latin1(s: string): void {
    this.need(s.length);
    const { buf } = this;
    let at = this.len;
    for (let i = 0; i < s.length; i++) buf[at++] = s.charCodeAt(i);
    this.len = at;
  }

  /** CPython: _Pickler_CommitFrame */
  commit_frame(): void {
    if (!this.framing || this.frame_start < 0) return;
    const start = this.frame_start;
    const length = this.len - start - FRAME_HEADER_SIZE;
    if (length >= FRAME_SIZE_MIN) {
      this.buf[start] = FRAME;
      this.put_size64(start + 1, length);
    } else {
      this.buf.copyWithin(start, start + FRAME_HEADER_SIZE, this.len);
      this.len -= FRAME_HEADER_SIZE;
    }
    this.frame_start = -1;
  }

  /** Whether the open frame is large enough. */
  is_full(): boolean {
    return this.frame_start >= 0 && this.len - this.frame_start - FRAME_HEADER_SIZE >= FRAME_SIZE_TARGET;
  }

  /** Between two instructions: a frame that is large enough ends. CPython: _Pickler_OpcodeBoundary */
  boundary(): void {
    if (!this.is_full()) return;
    if (!this.framing) return;
    this.commit_frame();
    if (this.write !== null) {
      this.flush();
      this.clear_buffer();
    }
  }

  clear_buffer(): void {
    this.len = 0;
    this.frame_start = -1;
  }

  /** The output so far. CPython: _Pickler_GetString */
  result(): PyObject {
    this.commit_frame();
    return PyBytes_FromUint8Array(this.buf.slice(0, this.len));
  }

  /** Hands the output to the file. CPython: _Pickler_FlushToFile */
  flush(): void {
    this.write_out(this.result());
  }

  /** Steals the chunk. */
  private write_out(chunk: PyObject): void {
    try {
      decref(PyObject_CallOneArg(this.write!, chunk));
    } finally {
      decref(chunk);
    }
  }

  /** The bytes of a large object, after a header that was written, go out without being copied into a frame: `payload`
   *  (borrowed) is given to the file if there is one. CPython: _Pickler_write_bytes */
  payload(header: (p: Pickler) => void, data: Uint8Array, payload: PyObject | null): void {
    if (data.length < FRAME_SIZE_TARGET) {
      header(this);
      this.bytes(data);
      return;
    }
    const { framing } = this;
    this.commit_frame();
    this.framing = false;
    header(this);
    if (this.write !== null) {
      this.flush();
      if (payload === null) this.write_out(PyBytes_FromUint8Array(data.slice()));
      else {
        incref(payload);
        this.write_out(payload);
      }
      this.clear_buffer();
    } else this.bytes(data);
    this.framing = framing;
  }

  // --- memo -----------------------------------------------------------------------------------------------------------

  /** Numbers an object that is complete on the stack. CPython: memo_put */
  memo_put(o: PyObject): void {
    if (this.fast !== 0) return;
    const i = this.memo.add(o);
    if (this.proto >= 4) this.op(MEMOIZE);
    else if (this.bin === 0) {
      this.op(PUT);
      this.latin1(`${i}\n`);
    } else if (i < 256) this.op1(BINPUT, i);
    else this.op4(LONG_BINPUT, i);
  }

  /** Refers to the object with that number. CPython: memo_get */
  memo_get(i: number): void {
    if (this.bin === 0) {
      this.op(GET);
      this.latin1(`${i}\n`);
    } else if (i < 256) this.op1(BINGET, i);
    else this.op4(LONG_BINGET, i);
  }

  clear_memo(): void {
    this.plans.clear();
    this.memo.clear();
  }

  /** CPython: fast_save_enter */
  fast_enter(o: PyObject): void {
    if (++this.fast_nesting < FAST_NESTING_LIMIT) return;
    this.fast_memo ??= new Set();
    if (this.fast_memo.has(o)) {
      this.fast_nesting = -1;
      const what = `object type ${o.ob_type.tp_name} at ${address(o)}`;
      PyErr_SetString(PyExc_ValueError, `fast mode: can't pickle cyclic objects including ${what}`);
    }
    this.fast_memo.add(o);
  }

  fast_leave(o: PyObject): void {
    if (this.fast_nesting-- >= FAST_NESTING_LIMIT) this.fast_memo?.delete(o);
  }

  /** Gives up all references. CPython: Pickler_clear */
  clear(): void {
    const { write, persistent_id, persistent_id_attr, reducer_override, dispatch_table, buffer_callback } = this;
    this.write = null;
    this.persistent_id = null;
    this.persistent_id_attr = null;
    this.reducer_override = null;
    this.dispatch_table = null;
    this.buffer_callback = null;
    xdecref(write);
    xdecref(persistent_id);
    xdecref(persistent_id_attr);
    xdecref(reducer_override);
    xdecref(dispatch_table);
    xdecref(buffer_callback);
    this.fast_memo = null;
    this.clear_memo();
  }

  /** As clear(), when the Pickler is used no more. */
  dispose(): void {
    this.clear();
    if (spare.buf === null && this.buf.length <= SPARE_SIZE) spare.buf = this.buf;
    this.buf = NOTHING;
    this.len = 0;
  }

  /** What CPython's memo table and buffer take. */
  memory(): number {
    let slots = 8;
    for (let used = 1; used <= this.memo.size; used++) {
      if (used * 3 < slots * 2) continue;
      const wanted = (used > 50000 ? 2 : 4) * used;
      slots = 8;
      while (slots < wanted) slots <<= 1;
    }
    return 32 + slots * 16 + 33 + Math.max(INITIAL_SIZE, this.buf.length);
  }
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
