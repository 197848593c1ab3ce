// fileio.ts: FileIO, the unbuffered stream of a file descriptor.                          CPython: Modules/_io/fileio.c
//
// Invariant: fd is -1 once closed (or before __init__); the mode flags are those that the file was opened with.

import { as_raised, PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFCHR,
  S_IFDIR,
  S_IFMT,
} from '../../core/fcntl.ts';
import { HostError } from '../../core/host.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBool_FromLong, PyBool_Type } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyErr_WriteUnraisable } from '../../objects/errors_util.ts';
import {
  PyExc_AttributeError,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_SetContext,
  raise_errno,
  set_errno_error,
} from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GetOptionalAttrString,
  PyObject_SetAttrString,
  repr_string,
} from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_ResourceWarning, PyErr_WarnEx } from '../../objects/warnings.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import {
  type BytesView,
  c_bool,
  c_int,
  c_ssize,
  host,
  optional_ssize,
  read_buffer,
  release,
  type_name,
  write_buffer,
} from '../args.ts';
import { check_signals, open_file, read_fd_steps, write_fd_steps } from '../blocking.ts';
import { fs_bytes, PyOS_FSPath } from '../posix/path.ts';
import {
  begin_dealloc,
  clear_dict,
  closed_error,
  no_pickle,
  py_none,
  raise_host_error,
  traverse_dict,
  unsupported,
} from './common.ts';
import { iobase_close, PyRawIOBase_Type } from './iobase.ts';

const EISDIR = 21;
const EAGAIN = 11;
const EBADF = 9;

export class FileIOData {
  fd = -1;
  created = false;
  readable = false;
  writable = false;
  appending = false;
  /** null while unknown. */
  seekable: boolean | null = null;
  closefd = true;
  finalizing = false;
  blksize = 8192;
  /** Size and mode at the time of opening; null once they may be out of date. */
  stat: { mode: number; size: number } | null = null;
}

function data_of(self: PyObject): FileIOData {
  return self.v as FileIOData;
}

function fileio_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new FileIOData());
}

/** Closes the descriptor; the stream counts as closed even when that fails. CPython: internal_close */
function internal_close(data: FileIOData): void {
  if (data.fd < 0) return;
  const fd = data.fd;
  data.fd = -1;
  try {
    host().files.close(fd);
  } catch (e) {
    raise_host_error(e);
  }
}

function bad_mode(): never {
  PyErr_SetString(PyExc_ValueError, 'Must have exactly one of create/read/write/append mode and at most one plus');
}

/** Sets the mode flags; gives the open flags. */
/** The system's flags for a mode that is known to be one. */
export function flags_of_mode(mode: string): number {
  return parse_mode(new FileIOData(), mode);
}

function parse_mode(data: FileIOData, mode: string): number {
  let flags = 0;
  let rwa = false;
  let plus = false;
  for (const c of mode) {
    switch (c) {
      case 'x':
        if (rwa) bad_mode();
        rwa = true;
        data.created = true;
        data.writable = true;
        flags |= O_EXCL | O_CREAT;
        break;
      case 'r':
        if (rwa) bad_mode();
        rwa = true;
        data.readable = true;
        break;
      case 'w':
        if (rwa) bad_mode();
        rwa = true;
        data.writable = true;
        flags |= O_CREAT | O_TRUNC;
        break;
      case 'a':
        if (rwa) bad_mode();
        rwa = true;
        data.writable = true;
        data.appending = true;
        flags |= O_APPEND | O_CREAT;
        break;
      case 'b':
        break;
      case '+':
        if (plus) bad_mode();
        data.readable = true;
        data.writable = true;
        plus = true;
        break;
      default:
        PyErr_SetString(PyExc_ValueError, `invalid mode: ${mode}`);
    }
  }
  if (!rwa) bad_mode();
  flags |= data.readable && data.writable ? O_RDWR : data.readable ? 0 : O_WRONLY;
  return flags | O_CLOEXEC;
}

/** The descriptor that the caller's opener gives. */
function call_opener(opener: PyObject, name: PyObject, flags: number): number {
  const number = PyLong_FromLong(flags);
  let result: PyObject;
  try {
    result = PyObject_CallTwoArgs(opener, name, number);
  } finally {
    decref(number);
  }
  try {
    if (!PyLong_Check(result)) PyErr_SetString(PyExc_TypeError, 'expected integer from opener');
    const fd = c_int(result);
    if (fd < 0) PyErr_SetString(PyExc_ValueError, `opener returned ${fd}`);
    return fd;
  } finally {
    decref(result);
  }
}

/** CPython: Modules/_io/fileio.c:_io_FileIO___init___impl */
function fileio_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const data = data_of(self);
  const [name, mode_arg, closefd_arg, opener] = PyArg_Clinic(
    'FileIO',
    "(file, mode='r', closefd=True, opener=None)",
    args,
    kwargs,
  ) as [PyObject, PyObject | null, PyObject | null, PyObject | null];
  let mode = 'r';
  if (mode_arg !== null) {
    if (!PyUnicode_Check(mode_arg)) {
      PyErr_SetString(PyExc_TypeError, `FileIO() argument 'mode' must be str, not ${type_name(mode_arg)}`);
    }
    mode = PyUnicode_AsString(mode_arg);
  }
  const closefd = c_bool(closefd_arg, true);
  if (data.fd >= 0) {
    if (data.closefd) internal_close(data);
    else data.fd = -1;
  }
  let fd = -1;
  let path: Uint8Array | null = null;
  if (PyLong_Check(name)) {
    if (name.ob_type === PyBool_Type) PyErr_WarnEx(PyExc_RuntimeWarning, 'bool is used as a file descriptor', 1);
    fd = c_int(name);
    if (fd < 0) PyErr_SetString(PyExc_ValueError, 'negative file descriptor');
  } else {
    const fs = PyOS_FSPath(name);
    path = fs_bytes(fs);
    decref(fs);
    if (path.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  }
  data.created = false;
  data.readable = false;
  data.writable = false;
  data.appending = false;
  data.seekable = null;
  data.stat = null;
  const flags = parse_mode(data, mode);
  PySys_Audit('open', name, mode, flags);
  const { files } = host();
  let opened = false;
  if (path === null) {
    data.fd = fd;
    data.closefd = closefd;
  } else {
    data.closefd = true;
    if (!closefd) PyErr_SetString(PyExc_ValueError, 'Cannot use closefd=False with file name');
    if (opener === null || opener === Py_None) {
      try {
        data.fd = open_file(path, flags, 0o666);
      } catch (e) {
        if (e instanceof HostError) set_errno_error(e, name);
        throw e;
      }
    } else data.fd = call_opener(opener, name, flags);
    opened = true;
  }
  try {
    data.blksize = 8192;
    try {
      const st = files.fstat(data.fd);
      if ((st.mode & S_IFMT) === S_IFDIR) raise_errno(EISDIR, name);
      if (st.blksize > 1) data.blksize = st.blksize;
      data.stat = { mode: st.mode, size: st.size };
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      if (e.errno === EBADF) set_errno_error(e);
    }
    PyObject_SetAttrString(self, 'name', name);
    if (data.appending) {
      try {
        files.lseek(data.fd, 0, 2);
      } catch (e) {
        // A pipe opened for appending has no position.
        if (!(e instanceof HostError)) throw e;
        if (opened && data.seekable === true) raise_host_error(e);
      }
    }
  } catch (e) {
    // An error must not close a descriptor that belongs to the caller.
    if (!opened) data.fd = -1;
    else {
      try {
        internal_close(data);
      } catch (e2) {
        if (!(e2 instanceof Raised)) throw e2;
        PyErr_Clear(e2);
      }
    }
    throw e;
  }
}

/** Warns about a file that is dropped while open. CPython: Modules/_io/fileio.c:fileio_dealloc_warn */
function fileio_dealloc_warn(self: PyObject, source: PyObject): PyObject {
  const data = data_of(self);
  if (data.fd >= 0 && data.closefd) PyErr_ResourceWarning(source, 1, `unclosed file ${repr_string(source)}`);
  return py_none();
}

/** CPython: Modules/_io/fileio.c:_io_FileIO_close_impl */
export function fileio_close(self: PyObject): PyObject {
  const data = data_of(self);
  let failure: unknown = null;
  try {
    decref(iobase_close(self));
  } catch (e) {
    failure = e;
  }
  if (!data.closefd) {
    data.fd = -1;
    if (failure !== null) throw failure;
    return py_none();
  }
  if (data.finalizing) {
    try {
      decref(fileio_dealloc_warn(self, self));
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      // Warnings turned to errors cannot stop a finalizer.
      PyErr_WriteUnraisable(self, e);
    }
  }
  try {
    internal_close(data);
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

function closed(): never {
  closed_error('I/O operation on closed file');
}

function not_open_for(action: string): never {
  unsupported(`File not open for ${action}`);
}

function open_fd(self: PyObject): FileIOData {
  const data = data_of(self);
  if (data.fd < 0) closed();
  return data;
}

function fileio_fileno(self: PyObject): PyObject {
  return PyLong_FromLong(open_fd(self).fd);
}
function fileio_readable(self: PyObject): PyObject {
  return PyBool_FromLong(open_fd(self).readable);
}
function fileio_writable(self: PyObject): PyObject {
  return PyBool_FromLong(open_fd(self).writable);
}

function fileio_seekable(self: PyObject): PyObject {
  const data = open_fd(self);
  if (data.seekable === null) {
    try {
      host().files.lseek(data.fd, 0, 1);
      data.seekable = true;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      data.seekable = false;
    }
  }
  return PyBool_FromLong(data.seekable);
}

/** Reads into memory: the count, or -1 when the read would block. For native callers. */
export function* fileio_read_into(self: PyObject, into: Uint8Array): Steps<number> {
  const data = open_fd(self);
  if (!data.readable) not_open_for('reading');
  try {
    return yield* read_fd_steps(data.fd, into);
  } catch (e) {
    if (e instanceof HostError && e.errno === EAGAIN) return -1;
    raise_host_error(e);
  }
}

/** Writes: the count, or -1 when the write would block. For native callers. */
export function* fileio_write_from(self: PyObject, bytes: Uint8Array): Steps<number> {
  const data = open_fd(self);
  if (!data.writable) not_open_for('writing');
  try {
    return yield* write_fd_steps(data.fd, bytes);
  } catch (e) {
    if (e instanceof HostError && e.errno === EAGAIN) return -1;
    raise_host_error(e);
  }
}

/** Moves the position; gives the new one. For native callers. CPython: portable_lseek */
export function fileio_lseek(self: PyObject, offset: number, whence: number): number {
  const data = open_fd(self);
  try {
    const pos = host().files.lseek(data.fd, offset, whence);
    if (data.seekable === null) data.seekable = true;
    return pos;
  } catch (e) {
    if (data.seekable === null) data.seekable = false;
    raise_host_error(e);
  }
}

function fileio_readinto(self: PyObject, buffer: PyObject): PyObject {
  const data = open_fd(self);
  if (!data.readable) not_open_for('reading');
  return run_steps(fileio_readinto, self, readinto_steps(self, write_buffer(buffer, 'readinto', 'argument 1')));
}

/** Releases the view. */
function* readinto_steps(self: PyObject, view: BytesView): Steps<PyObject> {
  try {
    const n = yield* fileio_read_into(self, view.bytes);
    return n < 0 ? py_none() : PyLong_FromLong(n);
  } finally {
    release(view);
  }
}

/** Everything up to the end; null when nothing could be read without blocking. */
function* read_all_steps(self: PyObject): Steps<PyObject> {
  const data = open_fd(self);
  if (!data.readable) not_open_for('reading');
  const { files } = host();
  let expected = DEFAULT_READ;
  if (data.stat !== null && data.stat.size > 0) {
    let pos = 0;
    try {
      pos = files.lseek(data.fd, 0, 1);
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
    if (data.stat.size >= pos) expected = data.stat.size - pos + 1;
  }
  let out = new Uint8Array(expected);
  let have = 0;
  for (;;) {
    if (have === out.length) {
      const larger = new Uint8Array(out.length + Math.max(DEFAULT_READ, out.length >> 1));
      larger.set(out);
      out = larger;
    }
    const n = yield* fileio_read_into(self, have === 0 ? out : out.subarray(have));
    if (n === 0) break;
    if (n < 0) {
      if (have > 0) break;
      return py_none();
    }
    have += n;
  }
  return PyBytes_FromUint8Array(have === out.length ? out : out.slice(0, have));
}

const DEFAULT_READ = 65536;

function fileio_readall(self: PyObject): PyObject {
  return run_steps(fileio_readall, self, read_all_steps(self));
}

function fileio_read(self: PyObject, size: PyObject | null): PyObject {
  const data = open_fd(self);
  if (!data.readable) not_open_for('reading');
  const n = optional_ssize(size, -1);
  return run_steps(fileio_read, self, n < 0 ? read_all_steps(self) : read_steps(self, n));
}

function* read_steps(self: PyObject, n: number): Steps<PyObject> {
  const into = new Uint8Array(Math.min(n, 0x7ffff000));
  const got = yield* fileio_read_into(self, into);
  if (got < 0) return py_none();
  return PyBytes_FromUint8Array(got === into.length ? into : into.slice(0, got));
}

function fileio_write(self: PyObject, b: PyObject): PyObject {
  const data = open_fd(self);
  if (!data.writable) not_open_for('writing');
  return run_steps(fileio_write, self, write_steps(self, read_buffer(b)));
}

/** Releases the view. */
function* write_steps(self: PyObject, view: BytesView): Steps<PyObject> {
  try {
    const n = yield* fileio_write_from(self, view.bytes);
    // A signal may have cut the write short: CPython runs its handler behind the call.
    check_signals();
    return n < 0 ? py_none() : PyLong_FromLong(n);
  } finally {
    release(view);
  }
}

function fileio_seek(self: PyObject, pos: PyObject, whence: PyObject | null): PyObject {
  const how = whence === null ? 0 : c_int(whence);
  open_fd(self);
  return PyLong_FromLong(fileio_lseek(self, c_ssize(pos), how));
}

function fileio_tell(self: PyObject): PyObject {
  return PyLong_FromLong(fileio_lseek(self, 0, 1));
}

function fileio_truncate(self: PyObject, size: PyObject | null): PyObject {
  const data = open_fd(self);
  if (!data.writable) not_open_for('writing');
  const at = size === null || size === Py_None ? fileio_tell(self) : newref(size);
  try {
    const n = c_ssize(at);
    data.stat = null;
    host().files.ftruncate(data.fd, n);
  } catch (e) {
    decref(at);
    raise_host_error(e);
  }
  return at;
}

export function fileio_mode(data: FileIOData): string {
  if (data.created) return data.readable ? 'xb+' : 'xb';
  if (data.appending) return data.readable ? 'ab+' : 'ab';
  if (data.readable) return data.writable ? 'rb+' : 'rb';
  return 'wb';
}

/** CPython: Modules/_io/fileio.c:fileio_repr */
function fileio_repr(self: PyObject): PyObject {
  const data = data_of(self);
  const type = self.ob_type.tp_name;
  if (data.fd < 0) return PyUnicode_FromString(`<${type} [closed]>`);
  const rest = `mode='${fileio_mode(data)}' closefd=${data.closefd ? 'True' : 'False'}>`;
  const name = PyObject_GetOptionalAttrString(self, 'name');
  if (name === null) return PyUnicode_FromString(`<${type} fd=${data.fd} ${rest}`);
  try {
    if (Py_ReprEnter(self)) PyErr_SetString(PyExc_RuntimeError, `reentrant call inside ${type}.__repr__`);
    try {
      return PyUnicode_FromString(`<${type} name=${repr_string(name)} ${rest}`);
    } finally {
      Py_ReprLeave(self);
    }
  } finally {
    decref(name);
  }
}

function fileio_isatty(self: PyObject): PyObject {
  const data = open_fd(self);
  try {
    return PyBool_FromLong(host().files.isatty(data.fd));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return PyBool_FromLong(false);
  }
}

/** isatty() just after opening: only a character device can be a terminal. */
function fileio_isatty_open_only(self: PyObject): PyObject {
  const data = data_of(self);
  if (data.stat !== null && (data.stat.mode & S_IFMT) !== S_IFCHR) return PyBool_FromLong(false);
  return fileio_isatty(self);
}

function fileio_dealloc(self: PyObject): void {
  data_of(self).finalizing = true;
  if (!begin_dealloc(self)) return;
}

function fileio_traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
}

function finalizing_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (value.ob_type !== PyBool_Type) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
  data_of(self).finalizing = value.v === 1;
}

function blksize_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_AttributeError, 'cannot delete attribute');
  data_of(self).blksize = c_int(value);
}

export const PyFileIO_Type = static_type({
  name: '_io.FileIO',
  heap: 'immutable',
  base: () => PyRawIOBase_Type,
  tp_basicsize: 48,
  tp_dictoffset: 40,
  tp_weaklistoffset: 32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\nThe unbuffered stream of a file.",
  tp_new: fileio_new,
  tp_init: fileio_init,
  tp_dealloc: fileio_dealloc,
  tp_traverse: fileio_traverse,
  tp_clear: clear_dict,
  tp_repr: fileio_repr,
  methods: [
    { name: 'read', flags: METH_CLINIC, meth: fileio_read, sig: '($self, size=-1, /)' },
    { name: 'readall', flags: METH_NOARGS, meth: fileio_readall, sig: '($self, /)' },
    { name: 'readinto', flags: METH_CLINIC, meth: fileio_readinto, sig: '($self, buffer, /)' },
    { name: 'write', flags: METH_CLINIC, meth: fileio_write, sig: '($self, b, /)' },
    { name: 'seek', flags: METH_CLINIC, meth: fileio_seek, sig: '($self, pos, whence=0, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: fileio_tell, sig: '($self, /)' },
    { name: 'truncate', flags: METH_CLINIC, meth: fileio_truncate, sig: '($self, size=None, /)' },
    { name: 'close', flags: METH_NOARGS, meth: fileio_close, sig: '($self, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: fileio_seekable, sig: '($self, /)' },
    { name: 'readable', flags: METH_NOARGS, meth: fileio_readable, sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: fileio_writable, sig: '($self, /)' },
    { name: 'fileno', flags: METH_NOARGS, meth: fileio_fileno, sig: '($self, /)' },
    { name: 'isatty', flags: METH_NOARGS, meth: fileio_isatty, sig: '($self, /)' },
    { name: '_isatty_open_only', flags: METH_NOARGS, meth: fileio_isatty_open_only, sig: '($self, /)' },
    { name: '_dealloc_warn', flags: METH_O, meth: fileio_dealloc_warn, sig: '($self, object, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: no_pickle, sig: '($self, /)' },
  ],
  members: [{ name: '_finalizing', get: self => PyBool_FromLong(data_of(self).finalizing), set: finalizing_set }],
  getset: [
    { name: 'closed', get: self => PyBool_FromLong(data_of(self).fd < 0), doc: 'True if the file is closed' },
    { name: 'closefd', get: self => PyBool_FromLong(data_of(self).closefd) },
    { name: 'mode', get: self => PyUnicode_FromString(fileio_mode(data_of(self))) },
    { name: '_blksize', get: self => PyLong_FromLong(data_of(self).blksize), set: blksize_set },
  ],
});
