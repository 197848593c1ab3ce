// iobase.ts: _IOBase and _RawIOBase, the roots of the streams.                            CPython: Modules/_io/iobase.c
//
// Everything here works through the methods that a stream (or a Python subclass of it) has. A closed base stream is
// marked by an entry `__IOBase_closed` in its dict.

import { as_raised, PyErr_Clear, PyErr_SetNone, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, static_type } from '../../core/spec.ts';
import { PyIter_Next, PyObject_GetIter, PyObject_Size } from '../../objects/abstract.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { bytearray_bytes, PyByteArray_FromUint8Array } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { call_bound_method, PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check } from '../../objects/checks.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import {
  PyExc_NotImplementedError,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_SetContext,
} from '../../objects/exceptions.ts';
import { PyList_Append, PyList_New } from '../../objects/listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyObject_GetOptionalAttrString,
  PyObject_HasAttr,
  PyObject_IsTrue,
  PyObject_SetAttrString,
  repr_string,
} from '../../objects/object.ts';
import { object_new } from '../../objects/typeobject/object.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';
import { optional_ssize } from '../args.ts';
import {
  attr_is_true,
  begin_dealloc,
  clear_dict,
  closed_error,
  DEFAULT_BUFFER_SIZE,
  py_none,
  trap_eintr,
  traverse_dict,
  unsupported,
} from './common.ts';

// --- _IOBase --------------------------------------------------------------------------------------------------------

function is_marked_closed(self: PyObject): boolean {
  return PyObject_HasAttr(self, _Py_ID('__IOBase_closed'));
}

/** Raises if `closed` is true. CPython: Modules/_io/iobase.c:_PyIOBase_check_closed */
export function check_closed(self: PyObject): void {
  const closed = PyObject_GetOptionalAttrString(self, 'closed');
  if (closed === null) return;
  let yes: boolean;
  try {
    yes = PyObject_IsTrue(closed);
  } finally {
    decref(closed);
  }
  if (yes) closed_error();
}

function iobase_seek(): PyObject {
  unsupported('seek');
}

function iobase_tell(self: PyObject): PyObject {
  const zero = PyLong_FromLong(0);
  const one = PyLong_FromLong(1);
  try {
    return call_bound_method(self, 'seek', zero, one);
  } finally {
    decref(zero);
    decref(one);
  }
}

function iobase_truncate(): PyObject {
  unsupported('truncate');
}

function iobase_flush(self: PyObject): PyObject {
  if (is_marked_closed(self)) closed_error();
  return py_none();
}

/** CPython: Modules/_io/iobase.c:_io__IOBase_close_impl */
export function iobase_close(self: PyObject): PyObject {
  if (is_marked_closed(self)) return py_none();
  let failure: unknown = null;
  try {
    decref(PyObject_CallMethodNoArgs(self, 'flush'));
  } catch (e) {
    failure = e;
  }
  try {
    PyObject_SetAttrString(self, '__IOBase_closed', Py_True);
  } catch (e) {
    if (failure !== null) {
      const second = as_raised(e);
      PyException_SetContext(second.exc, as_raised(failure).exc);
      throw second;
    }
    throw e;
  }
  if (failure !== null) throw failure;
  return py_none();
}

function iobase_closed_get(self: PyObject): PyObject {
  return newref(is_marked_closed(self) ? Py_True : Py_False);
}

function iobase_false(): PyObject {
  return newref(Py_False);
}

/** Raises unless the method of the stream says yes. */
function check_able(self: PyObject, method: string, message: string): PyObject {
  const answer = PyObject_CallMethodNoArgs(self, method);
  if (answer !== Py_True) {
    decref(answer);
    unsupported(message);
  }
  return answer;
}

export function check_seekable(self: PyObject): PyObject {
  return check_able(self, 'seekable', 'File or stream is not seekable.');
}

export function check_readable(self: PyObject): PyObject {
  return check_able(self, 'readable', 'File or stream is not readable.');
}

export function check_writable(self: PyObject): PyObject {
  return check_able(self, 'writable', 'File or stream is not writable.');
}

function iobase_checkClosed(self: PyObject): PyObject {
  check_closed(self);
  return py_none();
}

function iobase_fileno(): PyObject {
  unsupported('fileno');
}

function iobase_isatty(self: PyObject): PyObject {
  check_closed(self);
  return newref(Py_False);
}

function iobase_enter(self: PyObject): PyObject {
  check_closed(self);
  return newref(self);
}

function iobase_exit(self: PyObject): PyObject {
  return PyObject_CallMethodNoArgs(self, 'close');
}

function iobase_iter(self: PyObject): PyObject {
  check_closed(self);
  return newref(self);
}

function iobase_iternext(self: PyObject): PyObject | null {
  const line = PyObject_CallMethodNoArgs(self, 'readline');
  let size: number;
  try {
    size = PyObject_Size(line);
  } catch (e) {
    decref(line);
    throw e;
  }
  if (size === 0) {
    decref(line);
    return null;
  }
  return line;
}

/** How many bytes to read at once so as not to pass the end of the line: what peek() shows. */
function bytes_to_newline(self: PyObject, limit: number, have: number): number {
  for (;;) {
    let ready: PyObject;
    const one = PyLong_FromLong(1);
    try {
      ready = PyObject_CallMethodOneArg(self, 'peek', one);
    } catch (e) {
      if (trap_eintr(e)) continue;
      throw e;
    } finally {
      decref(one);
    }
    try {
      if (!PyBytes_Check(ready)) {
        PyErr_SetString(PyExc_OSError, `peek() should have returned a bytes object, not '${ready.ob_type.tp_name}'`);
      }
      const bytes = ready.v as Uint8Array;
      if (bytes.length === 0) return 1;
      const end = limit >= 0 ? Math.min(bytes.length, limit - have) : bytes.length;
      const at = bytes.indexOf(10);
      return at >= 0 && at < end ? at + 1 : end;
    } finally {
      decref(ready);
    }
  }
}

/** CPython: Modules/_io/iobase.c:_io__IOBase_readline_impl */
function iobase_readline(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  const has_peek = PyObject_HasAttr(self, _Py_ID('peek'));
  let out = new Uint8Array(64);
  let have = 0;
  while (limit < 0 || have < limit) {
    const n = has_peek ? bytes_to_newline(self, limit, have) : 1;
    const count = PyLong_FromLong(n);
    let piece: PyObject;
    try {
      piece = PyObject_CallMethodOneArg(self, 'read', count);
    } catch (e) {
      if (trap_eintr(e)) continue;
      throw e;
    } finally {
      decref(count);
    }
    try {
      if (!PyBytes_Check(piece)) {
        PyErr_SetString(PyExc_OSError, `read() should have returned a bytes object, not '${piece.ob_type.tp_name}'`);
      }
      const bytes = piece.v as Uint8Array;
      if (bytes.length === 0) break;
      if (have + bytes.length > out.length) {
        const larger = new Uint8Array(Math.max(out.length * 2, have + bytes.length));
        larger.set(out);
        out = larger;
      }
      out.set(bytes, have);
      have += bytes.length;
    } finally {
      decref(piece);
    }
    if (out[have - 1] === 10) break;
  }
  return PyBytes_FromUint8Array(out.slice(0, have));
}

/** CPython: Modules/_io/iobase.c:_io__IOBase_readlines_impl */
function iobase_readlines(self: PyObject, hint: PyObject | null): PyObject {
  const limit = optional_ssize(hint, -1);
  const list = PyList_New();
  let it: PyObject | null = null;
  try {
    it = PyObject_GetIter(self);
    let length = 0;
    for (let line = PyIter_Next(it); line !== null; line = PyIter_Next(it)) {
      try {
        PyList_Append(list, line);
        if (limit > 0) length += PyObject_Size(line);
      } finally {
        decref(line);
      }
      if (limit > 0 && length > limit) break;
    }
  } catch (e) {
    decref(list);
    throw e;
  } finally {
    xdecref(it);
  }
  return list;
}

function iobase_writelines(self: PyObject, lines: PyObject): PyObject {
  check_closed(self);
  const it = PyObject_GetIter(lines);
  try {
    for (let line = PyIter_Next(it); line !== null; line = PyIter_Next(it)) {
      try {
        for (;;) {
          try {
            decref(PyObject_CallMethodOneArg(self, 'write', line));
            break;
          } catch (e) {
            if (!trap_eintr(e)) throw e;
          }
        }
      } finally {
        decref(line);
      }
    }
  } finally {
    decref(it);
  }
  return py_none();
}

/** Closes a stream that nobody uses any more. CPython: Modules/_io/iobase.c:iobase_finalize */
export function iobase_finalize(self: PyObject): void {
  try {
    if (attr_is_true(self, 'closed')) return;
  } catch (e) {
    // A stream that cannot say whether it is closed was never set up.
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return;
  }
  try {
    PyObject_SetAttrString(self, '_finalizing', Py_True);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
  try {
    decref(PyObject_CallMethodNoArgs(self, 'close'));
  } catch (e) {
    let text = '<object repr() failed>';
    try {
      text = repr_string(self);
    } catch (e2) {
      if (!(e2 instanceof Raised)) throw e2;
      PyErr_Clear(e2);
    }
    PyErr_FormatUnraisable(`Exception ignored while finalizing file ${text}`, e);
  }
}

export function iobase_dealloc(self: PyObject): void {
  begin_dealloc(self);
}

export function iobase_traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
}

export function iobase_clear(self: PyObject): void {
  clear_dict(self);
}

export const PyIOBase_Type = static_type({
  name: '_io._IOBase',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_dictoffset: 16,
  tp_weaklistoffset: 24,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: 'The base of all streams.',
  tp_new: object_new,
  tp_dealloc: iobase_dealloc,
  tp_finalize: iobase_finalize,
  tp_traverse: iobase_traverse,
  tp_clear: iobase_clear,
  tp_iter: iobase_iter,
  tp_iternext: iobase_iternext,
  methods: [
    { name: 'seek', flags: METH_CLINIC, meth: iobase_seek, sig: '($self, offset, whence=os.SEEK_SET, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: iobase_tell, sig: '($self, /)' },
    { name: 'truncate', flags: METH_CLINIC, meth: iobase_truncate, sig: '($self, size=None, /)' },
    { name: 'flush', flags: METH_NOARGS, meth: iobase_flush, sig: '($self, /)' },
    { name: 'close', flags: METH_NOARGS, meth: iobase_close, sig: '($self, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: iobase_false, sig: '($self, /)' },
    { name: 'readable', flags: METH_NOARGS, meth: iobase_false, sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: iobase_false, sig: '($self, /)' },
    { name: '_checkClosed', flags: METH_NOARGS, meth: iobase_checkClosed, sig: '($self, /)' },
    { name: '_checkSeekable', flags: METH_NOARGS, meth: check_seekable, sig: '($self, /)' },
    { name: '_checkReadable', flags: METH_NOARGS, meth: check_readable, sig: '($self, /)' },
    { name: '_checkWritable', flags: METH_NOARGS, meth: check_writable, sig: '($self, /)' },
    { name: 'fileno', flags: METH_NOARGS, meth: iobase_fileno, sig: '($self, /)' },
    { name: 'isatty', flags: METH_NOARGS, meth: iobase_isatty, sig: '($self, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: iobase_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_VARARGS, meth: iobase_exit },
    { name: 'readline', flags: METH_CLINIC, meth: iobase_readline, sig: '($self, size=-1, /)' },
    { name: 'readlines', flags: METH_CLINIC, meth: iobase_readlines, sig: '($self, hint=-1, /)' },
    { name: 'writelines', flags: METH_O, meth: iobase_writelines, sig: '($self, lines, /)' },
  ],
  getset: [
    { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
    { name: 'closed', get: iobase_closed_get },
  ],
});

// --- _RawIOBase -----------------------------------------------------------------------------------------------------

/** Reads through readinto(). CPython: Modules/_io/iobase.c:_io__RawIOBase_read_impl */
function rawiobase_read(self: PyObject, size: PyObject | null): PyObject {
  const n = size === null ? -1 : optional_ssize(size, -1);
  if (n < 0) return PyObject_CallMethodNoArgs(self, 'readall');
  const buffer = PyByteArray_FromUint8Array(new Uint8Array(n));
  try {
    const res = PyObject_CallMethodOneArg(self, 'readinto', buffer);
    if (res === Py_None) return res;
    let got: number;
    try {
      got = PyLong_AsSsize_t(res);
    } finally {
      decref(res);
    }
    const bytes = bytearray_bytes(buffer);
    if (got < 0 || got > bytes.length) {
      PyErr_SetString(PyExc_ValueError, `readinto returned ${got} outside buffer size ${bytes.length}`);
    }
    return PyBytes_FromUint8Array(bytes.slice(0, got));
  } finally {
    decref(buffer);
  }
}

/** CPython: Modules/_io/iobase.c:_io__RawIOBase_readall_impl */
function rawiobase_readall(self: PyObject): PyObject {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const size = PyLong_FromLong(DEFAULT_BUFFER_SIZE);
    let data: PyObject;
    try {
      data = PyObject_CallMethodOneArg(self, 'read', size);
    } catch (e) {
      if (trap_eintr(e)) continue;
      throw e;
    } finally {
      decref(size);
    }
    if (data === Py_None) {
      if (chunks.length === 0) return data;
      decref(data);
      break;
    }
    if (!PyBytes_Check(data)) {
      decref(data);
      PyErr_SetString(PyExc_TypeError, 'read() should return bytes');
    }
    const bytes = data.v as Uint8Array;
    decref(data);
    if (bytes.length === 0) break;
    chunks.push(bytes);
    total += bytes.length;
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return PyBytes_FromUint8Array(out);
}

function rawiobase_missing(): PyObject {
  PyErr_SetNone(PyExc_NotImplementedError);
}

export const PyRawIOBase_Type = static_type({
  name: '_io._RawIOBase',
  heap: 'immutable',
  base: () => PyIOBase_Type,
  tp_basicsize: 32,
  tp_dictoffset: 16,
  tp_weaklistoffset: 24,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: 'The base of unbuffered binary streams.',
  tp_dealloc: iobase_dealloc,
  tp_traverse: iobase_traverse,
  tp_clear: iobase_clear,
  methods: [
    { name: 'read', flags: METH_CLINIC, meth: rawiobase_read, sig: '($self, size=-1, /)' },
    { name: 'readall', flags: METH_NOARGS, meth: rawiobase_readall, sig: '($self, /)' },
    { name: 'readinto', flags: METH_VARARGS, meth: rawiobase_missing },
    { name: 'write', flags: METH_VARARGS, meth: rawiobase_missing },
  ],
});
