// buffer_core.ts: the machinery of the buffered binary streams.                      CPython: Modules/_io/bufferedio.c
//
// One buffer serves reading and writing. `pos` is the logical position inside it; [pos, read_end) is what was read
// ahead, [write_pos, write_end) what waits to be written. raw_pos is where in the buffer the raw stream stands.
// Invariant: read_end is -1 while nothing read is buffered, write_end is -1 while nothing waits.

import { errorHooks, PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import { decref, incref, newref, type PyObject } from '../../core/object.ts';
import { PyNumber_AsSsize_t } from '../../objects/abstract.ts';
import { PyByteArray_FromUint8Array } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethod, PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import {
  PyExc_BlockingIOError,
  PyExc_OSError,
  PyExc_OverflowError,
  PyExc_RuntimeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyMemoryView_FromObject } from '../../objects/memoryobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { type PyThread, scheduler } from '../../vm/scheduler.ts';
import { call_method, type Steps } from '../../vm/steps.ts';
import { type WaitOptions, WaitQueue } from '../../vm/waiting.ts';
import { check_signals } from '../blocking.ts';
import { attr_is_true, closed_error, trap_eintr } from './common.ts';
import { type FileIOData, fileio_lseek, fileio_read_into, fileio_write_from } from './fileio.ts';

/** What a raw operation gives when it would block. */
export const WOULD_BLOCK = -2;

const EAGAIN = 11;
const NO_BUFFER = new Uint8Array(0);

export class BufferedData {
  /** Owned raw stream; null before __init__ and after detach(). */
  raw: PyObject | null = null;
  ok = false;
  detached = false;
  readable = false;
  writable = false;
  finalizing = false;
  /** The raw stream is exactly a FileIO, which is then called without Python's help. */
  fast = false;
  /** Position of the raw stream, or -1 when unknown. */
  abs_pos = -1;
  buf: Uint8Array = NO_BUFFER;
  pos = 0;
  raw_pos = 0;
  read_end = -1;
  write_pos = 0;
  write_end = -1;
  /** The thread that reads or writes, and those that wait until it is done. */
  owner: PyThread | null = null;
  queue: WaitQueue | null = null;
}

export function buffered_data(self: PyObject): BufferedData {
  return self.v as BufferedData;
}

/** The data of a usable stream. CPython: CHECK_INITIALIZED */
export function ready(self: PyObject): BufferedData {
  const data = self.v as BufferedData;
  if (!data.ok) {
    PyErr_SetString(
      PyExc_ValueError,
      data.detached ? 'raw stream has been detached' : 'I/O operation on uninitialized object',
    );
  }
  return data;
}

/** Whether the stream is closed. CPython: IS_CLOSED */
export function is_closed(data: BufferedData): boolean {
  if (data.buf === NO_BUFFER) return true;
  return data.fast ? (data.raw!.v as FileIOData).fd < 0 : attr_is_true(data.raw!, 'closed');
}

/** Steps that no other thread can come in between. CPython: ENTER_BUFFERED, LEAVE_BUFFERED */
export function* locked<T>(self: PyObject, steps: Steps<T>): Steps<T> {
  const data = buffered_data(self);
  while (data.owner !== null) {
    if (data.owner === scheduler.running) PyErr_SetString(PyExc_RuntimeError, `reentrant call inside ${repr_string(self)}`);
    data.queue ??= new WaitQueue();
    decref(yield free_of_owner(data, data.queue));
  }
  data.owner = scheduler.running;
  try {
    return yield* steps;
  } finally {
    data.owner = null;
    data.queue?.wake_one();
  }
}

function free_of_owner(data: BufferedData, queue: WaitQueue): WaitOptions {
  const attempt = (): PyObject | null => (data.owner === null ? newref(Py_None) : null);
  return {
    attempt,
    expired: () => newref(Py_None),
    timeout_ns: -1n,
    queue,
    what: () => 'a buffered stream',
    holder: () => data.owner?.tstate.thread_id ?? 0,
  };
}

/** The data of an open stream. CPython: IS_CLOSED and the error after it */
export function open_stream(self: PyObject, message: string): BufferedData {
  const data = ready(self);
  if (is_closed(data)) closed_error(message);
  return data;
}

/** The data of a stream that is open or has read something ahead. CPython: CHECK_CLOSED */
export function readable_stream(self: PyObject, message: string): BufferedData {
  const data = ready(self);
  if (is_closed(data) && readahead(data) === 0) closed_error(message);
  return data;
}

export function release_buffer(data: BufferedData): void {
  data.buf = NO_BUFFER;
  data.read_end = 0;
  data.pos = 0;
}

export function has_read_buffer(data: BufferedData): boolean {
  return data.readable && data.read_end !== -1;
}

function has_write_buffer(data: BufferedData): boolean {
  return data.writable && data.write_end !== -1;
}

/** How many bytes are read ahead. */
export function readahead(data: BufferedData): number {
  return data.readable && data.read_end !== -1 ? data.read_end - data.pos : 0;
}

/** How far the raw stream is ahead of the logical position. */
export function raw_offset(data: BufferedData): number {
  return (has_read_buffer(data) || has_write_buffer(data)) && data.raw_pos >= 0 ? data.raw_pos - data.pos : 0;
}

function adjust_position(data: BufferedData, pos: number): void {
  data.pos = pos;
  if (has_read_buffer(data) && data.read_end < pos) data.read_end = pos;
}

export function reset_read(data: BufferedData): void {
  data.read_end = -1;
}

export function reset_write(data: BufferedData): void {
  data.write_pos = 0;
  data.write_end = -1;
}

function position_result(data: BufferedData, result: PyObject): number {
  let n: number;
  try {
    n = PyNumber_AsSsize_t(result, PyExc_OverflowError);
  } finally {
    decref(result);
  }
  if (n < 0) PyErr_SetString(PyExc_OSError, `Raw stream returned invalid position ${n}`);
  data.abs_pos = n;
  return n;
}

/** Asks the raw stream where it is. */
export function raw_tell(data: BufferedData): number {
  if (data.fast) {
    data.abs_pos = fileio_lseek(data.raw!, 0, 1);
    return data.abs_pos;
  }
  return position_result(data, PyObject_CallMethodNoArgs(data.raw!, 'tell'));
}

export function raw_seek(data: BufferedData, target: number, whence: number): number {
  if (data.fast) {
    data.abs_pos = fileio_lseek(data.raw!, target, whence);
    return data.abs_pos;
  }
  const t = PyLong_FromLong(target);
  const w = PyLong_FromLong(whence);
  try {
    return position_result(data, PyObject_CallMethod(data.raw!, 'seek', t, w));
  } finally {
    decref(t);
    decref(w);
  }
}

/** Calls a method with a memoryview of an object (stolen). */
function* call_with_view(raw: PyObject, name: string, owner: PyObject): Steps<PyObject> {
  const view = PyMemoryView_FromObject(owner);
  try {
    return yield* call_method(raw, name, [view]);
  } finally {
    decref(view);
    decref(owner);
  }
}

/** Reads from the raw stream: the count, 0 at the end, or WOULD_BLOCK. CPython: _bufferedreader_raw_read */
export function* raw_read(data: BufferedData, into: Uint8Array): Steps<number> {
  let n: number;
  if (data.fast) {
    n = yield* fileio_read_into(data.raw!, into);
    if (n < 0) return WOULD_BLOCK;
  } else {
    let result: PyObject | null = null;
    while (result === null) {
      try {
        result = yield* call_with_view(data.raw!, 'readinto', PyByteArray_FromUint8Array(into));
      } catch (e) {
        if (!trap_eintr(e)) throw e;
      }
    }
    if (result === Py_None) {
      decref(result);
      return WOULD_BLOCK;
    }
    try {
      n = PyLong_AsSsize_t(result);
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      const exc = errorHooks.create!(PyExc_OSError, `raw readinto() failed`);
      set_cause(exc, e.exc);
      throw new Raised(exc);
    } finally {
      decref(result);
    }
    if (n < 0 || n > into.length) {
      PyErr_SetString(
        PyExc_OSError,
        `raw readinto() returned invalid length ${n} (should have been between 0 and ${into.length})`,
      );
    }
  }
  if (n > 0 && data.abs_pos !== -1) data.abs_pos += n;
  return n;
}

/** Makes `cause` (stolen) the cause and context of an exception. */
function set_cause(exc: PyObject, cause: PyObject): void {
  const data = exc.v as { cause: PyObject | null; context: PyObject | null; suppress_context: boolean };
  if (data.context !== null) decref(data.context);
  incref(cause);
  data.cause = cause;
  data.context = cause;
  data.suppress_context = true;
}

/** Reads into the rest of the buffer. CPython: _bufferedreader_fill_buffer */
export function* fill_buffer(data: BufferedData): Steps<number> {
  const start = has_read_buffer(data) ? data.read_end : 0;
  const n = yield* raw_read(data, start === 0 ? data.buf : data.buf.subarray(start));
  if (n <= 0) return n;
  data.read_end = start + n;
  data.raw_pos = start + n;
  return n;
}

/** Writes to the raw stream: the count, or WOULD_BLOCK. CPython: _bufferedwriter_raw_write */
function* raw_write(data: BufferedData, bytes: Uint8Array): Steps<number> {
  let n: number;
  if (data.fast) {
    n = yield* fileio_write_from(data.raw!, bytes);
    if (n < 0) return WOULD_BLOCK;
  } else {
    let result: PyObject | null = null;
    while (result === null) {
      try {
        result = yield* call_with_view(data.raw!, 'write', PyBytes_FromUint8Array(bytes.slice()));
      } catch (e) {
        if (!trap_eintr(e)) throw e;
      }
    }
    if (result === Py_None) {
      decref(result);
      return WOULD_BLOCK;
    }
    try {
      n = PyNumber_AsSsize_t(result, PyExc_ValueError);
    } finally {
      decref(result);
    }
    if (n < 0 || n > bytes.length) {
      PyErr_SetString(
        PyExc_OSError,
        `raw write() returned invalid length ${n} (should have been between 0 and ${bytes.length})`,
      );
    }
  }
  if (n > 0 && data.abs_pos !== -1) data.abs_pos += n;
  return n;
}

/** Raises BlockingIOError with the number of bytes that were taken. CPython: _set_BlockingIOError */
export function blocking_error(data: BufferedData, message: string, written: number): never {
  const args = PyTuple_FromArraySteal([
    PyLong_FromLong(data.fast ? EAGAIN : 0),
    PyUnicode_FromString(message),
    PyLong_FromLong(written),
  ]);
  try {
    throw new Raised(errorHooks.create!(PyExc_BlockingIOError, args));
  } finally {
    decref(args);
  }
}

const WRITE_BLOCKS = 'write could not complete without blocking';

/** Writes out what waits. CPython: _bufferedwriter_flush_unlocked */
export function* flush_writes(data: BufferedData): Steps<void> {
  if (has_write_buffer(data) && data.write_pos !== data.write_end) {
    const rewind = raw_offset(data) + (data.pos - data.write_pos);
    if (rewind !== 0) {
      raw_seek(data, -rewind, 1);
      data.raw_pos -= rewind;
    }
    while (data.write_pos < data.write_end) {
      const n = yield* raw_write(data, data.buf.subarray(data.write_pos, data.write_end));
      if (n === WOULD_BLOCK) blocking_error(data, WRITE_BLOCKS, 0);
      data.write_pos += n;
      data.raw_pos = data.write_pos;
      // A signal may have cut the write short: its handler runs before the next one waits.
      check_signals();
    }
  }
  // This makes later reads start from the raw stream's position.
  reset_write(data);
}

/** Writes out what waits and drops what was read ahead. CPython: buffered_flush_and_rewind_unlocked */
export function* flush_and_rewind(data: BufferedData): Steps<void> {
  yield* flush_writes(data);
  if (data.readable) {
    // Rewinding the raw stream to the logical position.
    raw_seek(data, -raw_offset(data), 1);
    reset_read(data);
  }
}

/** Takes bytes to write if they fit into the buffer; whether they do. */
export function buffer_takes(data: BufferedData, bytes: Uint8Array): boolean {
  return data.owner === null && fits(data, bytes);
}

function fits(data: BufferedData, bytes: Uint8Array): boolean {
  const size = data.buf.length;
  if (!has_read_buffer(data) && !has_write_buffer(data)) {
    data.pos = 0;
    data.raw_pos = 0;
  }
  const n = bytes.length;
  if (n <= size - data.pos && n < size) {
    data.buf.set(bytes, data.pos);
    if (!has_write_buffer(data) || data.write_pos > data.pos) data.write_pos = data.pos;
    adjust_position(data, data.pos + n);
    if (data.write_end < data.pos) data.write_end = data.pos;
    return true;
  }
  return false;
}

/** Takes bytes to write that do not fit into the buffer; gives how many. CPython: _io_BufferedWriter_write_impl */
export function* buffered_write(data: BufferedData, bytes: Uint8Array): Steps<number> {
  // It may have been closed while this thread waited for its turn.
  if (is_closed(data)) closed_error('write to closed file');
  const n = bytes.length;
  if (fits(data, bytes)) return n;
  const size = data.buf.length;
  try {
    yield* flush_writes(data);
  } catch (e) {
    if (!(e instanceof Raised) || e.exc.ob_type !== PyExc_BlockingIOError) throw e;
    // Shift what still waits to the front, and take what fits behind it.
    if (data.readable) reset_read(data);
    data.buf.copyWithin(0, data.write_pos, data.write_end);
    data.write_end -= data.write_pos;
    data.raw_pos -= data.write_pos;
    data.pos -= data.write_pos;
    data.write_pos = 0;
    const room = size - data.write_end;
    const taken = Math.min(room, n);
    data.buf.set(bytes.subarray(0, taken), data.write_end);
    data.write_end += taken;
    data.pos += taken;
    PyErr_Clear(e);
    if (taken === n) return n;
    blocking_error(data, WRITE_BLOCKS, taken);
  }
  const offset = raw_offset(data);
  if (offset !== 0) {
    raw_seek(data, -offset, 1);
    data.raw_pos -= offset;
  }
  let written = 0;
  while (n - written > size) {
    const m = yield* raw_write(data, bytes.subarray(written));
    if (m === WOULD_BLOCK) {
      // Not everything fits into the buffer: take what does.
      data.buf.set(bytes.subarray(written, written + size));
      data.raw_pos = 0;
      adjust_position(data, size);
      data.write_end = size;
      data.write_pos = 0;
      blocking_error(data, WRITE_BLOCKS, written + size);
    }
    written += m;
    check_signals();
  }
  if (data.readable) reset_read(data);
  const remaining = n - written;
  if (remaining > 0) data.buf.set(bytes.subarray(written));
  data.write_pos = 0;
  data.write_end = remaining;
  adjust_position(data, remaining);
  data.raw_pos = 0;
  return n;
}

/** n bytes of what is read ahead. */
export function take_ahead(data: BufferedData, n: number): Uint8Array {
  const out = data.buf.slice(data.pos, data.pos + n);
  data.pos += n;
  return out;
}

/** Reads n bytes: fewer at the end of the stream, null when nothing can be read without blocking.
 *  CPython: Modules/_io/bufferedio.c:_bufferedreader_read_generic */
export function* buffered_read(data: BufferedData, n: number): Steps<Uint8Array | null> {
  const current = readahead(data);
  if (n <= current) return take_ahead(data, n);
  const out = new Uint8Array(n);
  let written = 0;
  if (current > 0) {
    out.set(data.buf.subarray(data.pos, data.pos + current));
    written = current;
    data.pos += current;
  }
  if (data.writable) yield* flush_and_rewind(data);
  reset_read(data);
  const size = data.buf.length;
  // Whole blocks go directly to the result.
  for (let whole = n - written - ((n - written) % size); whole > 0; whole = n - written - ((n - written) % size)) {
    const r = yield* raw_read(data, out.subarray(written, written + whole));
    if (r === 0 || r === WOULD_BLOCK) return r === 0 || written > 0 ? out.slice(0, written) : null;
    written += r;
  }
  data.pos = 0;
  data.raw_pos = 0;
  data.read_end = 0;
  while (written < n && data.read_end < size) {
    const r = yield* fill_buffer(data);
    if (r === 0 || r === WOULD_BLOCK) return r === 0 || written > 0 ? out.slice(0, written) : null;
    const take = Math.min(r, n - written);
    out.set(data.buf.subarray(data.pos, data.pos + take), written);
    written += take;
    data.pos += take;
  }
  return written === n ? out : out.slice(0, written);
}

/** Reads into memory: the count, or WOULD_BLOCK. CPython: Modules/_io/bufferedio.c:_buffered_readinto_generic */
export function* buffered_readinto(data: BufferedData, into: Uint8Array, once: boolean): Steps<number> {
  let written = 0;
  const current = readahead(data);
  if (current > 0) {
    const take = Math.min(current, into.length);
    into.set(data.buf.subarray(data.pos, data.pos + take));
    data.pos += take;
    if (take === into.length) return take;
    written = take;
  }
  if (data.writable) yield* flush_and_rewind(data);
  reset_read(data);
  data.pos = 0;
  while (written < into.length) {
    const remaining = into.length - written;
    let n: number;
    if (remaining > data.buf.length) {
      n = yield* raw_read(data, into.subarray(written));
      if (n > 0) {
        written += n;
        if (once) break;
        continue;
      }
    } else if (!(once && written > 0)) {
      n = yield* fill_buffer(data);
      if (n > 0) {
        const take = Math.min(n, remaining);
        into.set(data.buf.subarray(data.pos, data.pos + take), written);
        data.pos += take;
        written += take;
        if (once) break;
        continue;
      }
    } else break;
    if (n === 0 || written > 0) break;
    return WOULD_BLOCK;
  }
  return written;
}

/** What can be had without a further read of the raw stream, after at most one. CPython: _bufferedreader_peek_unlocked */
export function* buffered_peek(data: BufferedData): Steps<Uint8Array> {
  if (data.writable) yield* flush_and_rewind(data);
  const have = readahead(data);
  if (have > 0) return data.buf.slice(data.pos, data.pos + have);
  reset_read(data);
  const r = yield* fill_buffer(data);
  data.pos = 0;
  return r > 0 ? data.buf.slice(0, r) : new Uint8Array(0);
}

/** The next line, at most `limit` bytes (negative: no limit), if it is read ahead already. */
export function line_ahead(data: BufferedData, limit: number): Uint8Array | null {
  let n = readahead(data);
  if (limit >= 0 && n > limit) n = limit;
  if (n > 0) {
    const at = data.buf.indexOf(10, data.pos);
    if (at >= 0 && at < data.pos + n) {
      const line = data.buf.slice(data.pos, at + 1);
      data.pos = at + 1;
      return line;
    }
  }
  if (n !== limit) return null;
  const line = data.buf.slice(data.pos, data.pos + n);
  data.pos += n;
  return line;
}

/** The next line, at most `limit` bytes (negative: no limit). CPython: _buffered_readline */
export function* buffered_readline(data: BufferedData, limit: number): Steps<Uint8Array> {
  const ahead = line_ahead(data, limit);
  if (ahead !== null) return ahead;
  let n = readahead(data);
  const chunks: Uint8Array[] = [];
  let total = n;
  if (n > 0) {
    chunks.push(data.buf.slice(data.pos, data.pos + n));
    data.pos += n;
    if (limit >= 0) limit -= n;
  }
  if (data.writable) yield* flush_and_rewind(data);
  for (;;) {
    reset_read(data);
    n = yield* fill_buffer(data);
    if (n <= 0) break;
    if (limit >= 0 && n > limit) n = limit;
    const at = data.buf.indexOf(10);
    if (at >= 0 && at < n) {
      chunks.push(data.buf.slice(0, at + 1));
      total += at + 1;
      data.pos = at + 1;
      break;
    }
    chunks.push(data.buf.slice(0, n));
    total += n;
    data.pos = n;
    if (n === limit) break;
    if (limit >= 0) limit -= n;
  }
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
