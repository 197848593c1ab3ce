// mmap.ts: memory that stands for a file.                                                   CPython: Modules/mmapmodule.c
//
// A host maps nothing: a map is a copy of the file's bytes. A shared one reads them anew each time, right before they are used, and
// writes what is changed at once, byte by byte, so that processes with maps of one file see each other's changes (docs/adr/0007).

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_VARARGS, type ModuleSpec, module_type, type PyBuffer } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { fill_buffer, PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import {
  PyExc_BufferError,
  PyExc_IndexError,
  PyExc_OSError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  raise_errno,
} from '../objects/exceptions.ts';
import { release_instance, traverse_instance } from '../objects/instance.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { find_units, rfind_units } from '../objects/search.ts';
import { lend, SharedBytes, take_back } from '../objects/shared_bytes.ts';
import { PySlice_Check, PySlice_GetIndicesEx } from '../objects/sliceobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_int, c_ssize, host, none, optional_ssize, read_buffer, release, system } from './args.ts';
import { parse_arguments } from './parse_keywords.ts';

const ACCESS_DEFAULT = 0;
const ACCESS_READ = 1;
const ACCESS_WRITE = 2;
const ACCESS_COPY = 3;
const ACCESS_NAMES = ['ACCESS_DEFAULT', 'ACCESS_READ', 'ACCESS_WRITE', 'ACCESS_COPY'];
const MAP_SHARED = 1;
const MAP_PRIVATE = 2;
const MAP_ANONYMOUS = 32;
const PROT_READ = 1;
const PROT_WRITE = 2;
const PAGE = 4096;
const EINVAL = 22;
const EBADF = 9;

/** Parts longer than this are not read again while the file's time of change says that it is as it was. */
const LARGE = 1 << 20;
/** How exact that time is, at worst. */
const CLOCK_STEP_NS = 50_000_000n;
/** What readline() looks through at a time. */
const CHUNK = 8192;

/** The bytes of a map that goes with its file. */
class FileBytes extends SharedBytes {
  bytes: Uint8Array;
  /** A descriptor of ours for the file. */
  readonly fd: number;
  private readonly offset: number;
  /** When all was read last, by the clock of files. */
  private read_ns = -1n;
  constructor(bytes: Uint8Array, fd: number, offset: number) {
    super();
    this.bytes = bytes;
    this.fd = fd;
    this.offset = offset;
  }

  pull(from: number, to: number): void {
    const { files, clock } = host();
    const { bytes, fd, offset } = this;
    if (to - from > LARGE && system(() => files.fstat(fd)).mtime_ns + CLOCK_STEP_NS < this.read_ns) return;
    const now = clock.time_ns();
    system(() => {
      for (let n = from; n < to; ) {
        const got = read_at(fd, bytes.subarray(n, to), offset + n);
        if (got === 0) break; // the file is shorter by now
        n += got;
      }
    });
    if (from === 0 && to === bytes.length) this.read_ns = now;
  }

  push(from: number, to: number): void {
    const { bytes, fd, offset } = this;
    system(() => {
      for (let n = from; n < to; ) n += write_at(fd, bytes.subarray(n, to), offset + n);
    });
  }
}

class MapData {
  /** Null when closed. */
  bytes: Uint8Array | null;
  /** Null: nobody else sees the bytes. */
  file: FileBytes | null;
  /** A descriptor of ours by which the map knows how big its file is; -1: none. */
  fd: number;
  readonly offset: number;
  readonly access: number;
  readonly shared: boolean;
  pos = 0;
  exports = 0;
  constructor(bytes: Uint8Array, fd: number, offset: number, access: number, shared: boolean) {
    this.bytes = bytes;
    this.fd = fd;
    this.offset = offset;
    this.access = access;
    this.shared = shared;
    this.file = fd >= 0 && shared ? new FileBytes(bytes, fd, offset) : null;
  }
}

function of(self: PyObject): MapData {
  return (self as PyObject<MapData>).v;
}

/** The bytes, which may be stale. */
function bytes_of(self: PyObject): Uint8Array {
  const { bytes } = of(self);
  if (bytes === null) PyErr_SetString(PyExc_ValueError, 'mmap closed or invalid');
  return bytes!;
}

/** Brings a part of them up to date. */
function pull(self: PyObject, from: number, to: number): void {
  if (to > from) of(self).file?.pull(from, to);
}

/** Writes a part of them to the file. */
function push(self: PyObject, from: number, to: number): void {
  if (to > from) of(self).file?.push(from, to);
}

function read_at(fd: number, into: Uint8Array, position: number): number {
  const { files } = host();
  return files.read_at?.(fd, into, position) ?? at_position(fd, position, () => files.read(fd, into));
}

function write_at(fd: number, data: Uint8Array, position: number): number {
  const { files } = host();
  return files.write_at?.(fd, data, position) ?? at_position(fd, position, () => files.write(fd, data));
}

/** Runs `f` with the file's position at `at`, and puts that back. */
function at_position<T>(fd: number, at: number, f: () => T): T {
  const { files } = host();
  const before = files.lseek(fd, 0, 1);
  files.lseek(fd, at, 0);
  try {
    return f();
  } finally {
    files.lseek(fd, before, 0);
  }
}

/** CPython: new_mmap_object */
function mmap_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let [fd, length, flags, prot, access, offset, track] = [
    -1,
    0,
    MAP_SHARED,
    PROT_READ | PROT_WRITE,
    ACCESS_DEFAULT,
    0,
    true,
  ];
  const names = ['fileno', 'length', 'flags', 'prot', 'access', 'offset', 'trackfd'];
  parse_arguments(null, names, 2, 6, args, kwargs, (i, o) => {
    if (i === 0) fd = c_int(o);
    else if (i === 1) length = c_ssize(o);
    else if (i === 2) flags = c_int(o);
    else if (i === 3) prot = c_int(o);
    else if (i === 4) access = c_int(o);
    else if (i === 5) offset = c_ssize(o);
    else track = PyObject_IsTrue(o);
  });
  if (length < 0) PyErr_SetString(PyExc_OverflowError, 'memory mapped length must be positive');
  if (offset < 0) PyErr_SetString(PyExc_OverflowError, 'memory mapped offset must be positive');
  if (access !== ACCESS_DEFAULT && (flags !== MAP_SHARED || prot !== (PROT_READ | PROT_WRITE))) {
    PyErr_SetString(PyExc_ValueError, "mmap can't specify both access and flags, prot.");
  }
  if (access < 0 || access > ACCESS_COPY) PyErr_SetString(PyExc_ValueError, 'mmap invalid access parameter.');
  if (access === ACCESS_COPY) flags = MAP_PRIVATE;
  else if (access === ACCESS_DEFAULT && (prot & PROT_WRITE) === 0) access = ACCESS_READ;
  PySys_Audit('mmap.__new__', fd, length, access, offset);
  const { files } = host();
  let bytes: Uint8Array;
  if (fd !== -1 && (flags & MAP_ANONYMOUS) === 0) {
    const { size } = system(() => files.fstat(fd));
    if (length === 0) {
      if (size === 0) PyErr_SetString(PyExc_ValueError, 'cannot mmap an empty file');
      if (offset >= size) PyErr_SetString(PyExc_ValueError, 'mmap offset is greater than file size');
      length = size - offset;
    } else if (offset > size || size - offset < length) {
      PyErr_SetString(PyExc_ValueError, 'mmap length is greater than file size');
    }
    if (offset % PAGE !== 0) raise_errno(EINVAL);
    bytes = new Uint8Array(length);
    fd = system(() => files.dup(fd));
  } else {
    fd = -1;
    if (length === 0) raise_errno(EINVAL);
    bytes = new Uint8Array(length);
  }
  const data = new MapData(bytes, fd, offset, access, (flags & MAP_PRIVATE) === 0);
  if (fd >= 0) (data.file ?? new FileBytes(bytes, fd, offset)).pull(0, length);
  // Without a descriptor of its own a map cannot say how big its file is; here it has one all the same.
  if (!track) data.fd = -1;
  if (!track && data.file === null && fd >= 0) system(() => files.close(fd));
  return type.tp_alloc!(type, data);
}

function end(m: MapData): void {
  if (m.bytes === null) return;
  m.bytes = null;
  const fd = m.file?.fd ?? m.fd;
  if (fd >= 0) system(() => host().files.close(fd));
  m.fd = -1;
}

function mmap_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  end(of(self));
}

function mmap_close(self: PyObject): PyObject {
  if (of(self).exports > 0) PyErr_SetString(PyExc_BufferError, 'cannot close exported pointers exist');
  end(of(self));
  return none();
}

function check_writable(m: MapData): void {
  if (m.access === ACCESS_READ) PyErr_SetString(PyExc_TypeError, "mmap can't modify a readonly memory map.");
}

function check_resizable(m: MapData): void {
  if (m.exports > 0) PyErr_SetString(PyExc_BufferError, "mmap can't resize with extant pointers exported.");
  if (m.access !== ACCESS_WRITE && m.access !== ACCESS_DEFAULT) {
    PyErr_SetString(PyExc_TypeError, "mmap can't resize a readonly or copy-on-write memory map.");
  }
}

function mmap_read(self: PyObject, n: PyObject | null): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  let count = optional_ssize(n, -1);
  const left = Math.max(bytes.length - m.pos, 0);
  if (count < 0 || count > left) count = left;
  m.pos += count;
  pull(self, m.pos - count, m.pos);
  return PyBytes_FromUint8Array(bytes.slice(m.pos - count, m.pos));
}

function mmap_readline(self: PyObject): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  const from = Math.min(m.pos, bytes.length);
  let newline = -1;
  for (let at = from; newline < 0 && at < bytes.length; at += CHUNK) {
    pull(self, at, Math.min(at + CHUNK, bytes.length));
    newline = bytes.subarray(0, at + CHUNK).indexOf(10, at);
  }
  m.pos = newline < 0 ? Math.max(bytes.length, m.pos) : newline + 1;
  return PyBytes_FromUint8Array(bytes.slice(from, m.pos));
}

function mmap_read_byte(self: PyObject): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  if (m.pos >= bytes.length) PyErr_SetString(PyExc_ValueError, 'read byte out of range');
  pull(self, m.pos, m.pos + 1);
  return PyLong_FromLong(bytes[m.pos++]!);
}

function mmap_write(self: PyObject, data: PyObject): PyObject {
  bytes_of(self);
  const view = read_buffer(data);
  try {
    const m = of(self);
    const bytes = bytes_of(self);
    check_writable(m);
    const n = view.bytes.length;
    if (m.pos > bytes.length || bytes.length - m.pos < n) PyErr_SetString(PyExc_ValueError, 'data out of range');
    bytes.set(view.bytes, m.pos);
    m.pos += n;
    push(self, m.pos - n, m.pos);
    return PyLong_FromLong(n);
  } finally {
    release(view);
  }
}

function byte_value(o: PyObject): number {
  const n = c_int(o);
  if (n < 0) PyErr_SetString(PyExc_OverflowError, 'unsigned byte integer is less than minimum');
  if (n > 255) PyErr_SetString(PyExc_OverflowError, 'unsigned byte integer is greater than maximum');
  return n;
}

function mmap_write_byte(self: PyObject, byte: PyObject): PyObject {
  const n = byte_value(byte);
  const bytes = bytes_of(self);
  const m = of(self);
  check_writable(m);
  if (m.pos >= bytes.length) PyErr_SetString(PyExc_ValueError, 'write byte out of range');
  bytes[m.pos++] = n;
  push(self, m.pos - 1, m.pos);
  return none();
}

function bound(o: PyObject | null, fallback: number, length: number): number {
  let i = optional_ssize(o, fallback);
  if (i < 0) i = Math.max(i + length, 0);
  return Math.min(i, length);
}

/** CPython: mmap_gfind_lock_held */
function search(self: PyObject, sub: PyObject, start: PyObject | null, stop: PyObject | null, back: boolean): PyObject {
  bytes_of(self);
  const view = read_buffer(sub);
  try {
    const bytes = bytes_of(self);
    const from = bound(start, of(self).pos, bytes.length);
    const to = bound(stop, bytes.length, bytes.length);
    const n = view.bytes.length;
    if (to < from) return PyLong_FromLong(-1);
    if (n === 0) return PyLong_FromLong(back ? to : from);
    if (to - from < n) return PyLong_FromLong(-1);
    pull(self, from, to);
    return PyLong_FromLong((back ? rfind_units : find_units)(bytes, view.bytes, from, to));
  } finally {
    release(view);
  }
}

function mmap_find(self: PyObject, sub: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  return search(self, sub, start, stop, false);
}

function mmap_rfind(self: PyObject, sub: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  return search(self, sub, start, stop, true);
}

function mmap_size(self: PyObject): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  if (m.fd >= 0) return PyLong_FromLong(system(() => host().files.fstat(m.fd)).size);
  raise_errno(EBADF);
  return PyLong_FromLong(bytes.length);
}

/** CPython: mmap_mmap_resize_impl */
function mmap_resize(self: PyObject, newsize: PyObject): PyObject {
  const size = c_ssize(newsize);
  const bytes = bytes_of(self);
  const m = of(self);
  check_resizable(m);
  if (size < 0) PyErr_SetString(PyExc_ValueError, 'new size out of range');
  if (m.fd === -1 && m.shared && size > bytes.length) {
    PyErr_SetString(PyExc_ValueError, "mmap: can't expand a shared anonymous mapping");
  }
  if (m.fd !== -1) {
    pull(self, 0, bytes.length);
    system(() => host().files.ftruncate(m.fd, m.offset + size));
  }
  if (size === 0) raise_errno(EINVAL);
  const next = new Uint8Array(size);
  next.set(bytes.subarray(0, size));
  m.bytes = next;
  if (m.file !== null) m.file.bytes = next;
  return none();
}

function mmap_tell(self: PyObject): PyObject {
  bytes_of(self);
  return PyLong_FromLong(of(self).pos);
}

function mmap_flush(self: PyObject, offset: PyObject | null, size: PyObject | null): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  const from = offset === null ? 0 : c_ssize(offset);
  const n = size === null || size === Py_None ? bytes.length - from : c_ssize(size);
  if (from < 0 || n < 0 || bytes.length - from < n) PyErr_SetString(PyExc_ValueError, 'flush values out of range');
  if (m.access === ACCESS_READ || m.access === ACCESS_COPY) return none();
  if (from % PAGE !== 0) raise_errno(EINVAL);
  return none();
}

function mmap_seek(self: PyObject, pos: PyObject, whence: PyObject | null): PyObject {
  const bytes = bytes_of(self);
  const m = of(self);
  const n = c_ssize(pos);
  const how = whence === null ? 0 : c_int(whence);
  if (how < 0 || how > 2) PyErr_SetString(PyExc_ValueError, 'unknown seek type');
  const where = n + [0, m.pos, bytes.length][how]!;
  if (where > bytes.length || where < 0) PyErr_SetString(PyExc_ValueError, 'seek out of range');
  m.pos = where;
  return PyLong_FromLong(where);
}

function mmap_seekable(): PyObject {
  return PyBool_FromLong(true);
}

function mmap_move(self: PyObject, dest: PyObject, src: PyObject, count: PyObject): PyObject {
  const [to, from, n] = [c_ssize(dest), c_ssize(src), c_ssize(count)];
  const bytes = bytes_of(self);
  check_writable(of(self));
  const size = bytes.length;
  if (to < 0 || from < 0 || n < 0 || size - to < n || size - from < n) {
    PyErr_SetString(PyExc_ValueError, 'source, destination, or count out of range');
  }
  pull(self, from, from + n);
  bytes.copyWithin(to, from, from + n);
  push(self, to, to + n);
  return none();
}

/** Advice has nobody to take it; only its arguments are looked at. CPython: mmap_mmap_madvise_impl */
function mmap_madvise(self: PyObject, option: PyObject, start: PyObject | null, length: PyObject | null): PyObject {
  const bytes = bytes_of(self);
  c_int(option);
  const from = start === null ? 0 : c_ssize(start);
  const n = optional_ssize(length, bytes.length);
  if (from < 0 || from >= bytes.length) PyErr_SetString(PyExc_ValueError, 'madvise start out of bounds');
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'madvise length invalid');
  if (from % PAGE !== 0) raise_errno(EINVAL);
  return none();
}

function mmap_enter(self: PyObject): PyObject {
  bytes_of(self);
  return newref(self);
}

function mmap_exit(self: PyObject): PyObject {
  return mmap_close(self);
}

function mmap_repr(self: PyObject): PyObject {
  const m = of(self);
  const name = self.ob_type.tp_name;
  if (m.bytes === null) return PyUnicode_FromString(`<${name} closed=True>`);
  const access = ACCESS_NAMES[m.access]!;
  return PyUnicode_FromString(
    `<${name} closed=False, access=${access}, length=${m.bytes.length}, pos=${m.pos}, offset=${m.offset}>`,
  );
}

// --- as a sequence of bytes ----------------------------------------------------------------------------------------------

function mmap_length(self: PyObject): number {
  return bytes_of(self).length;
}

function mmap_item(self: PyObject, i: number): PyObject {
  const bytes = bytes_of(self);
  if (i < 0 || i >= bytes.length) PyErr_SetString(PyExc_IndexError, 'mmap index out of range');
  pull(self, i, i + 1);
  return PyBytes_FromUint8Array(bytes.slice(i, i + 1));
}

function index_in(bytes: Uint8Array, key: PyObject): number {
  let i = PyNumber_AsSsize_t(key, PyExc_IndexError);
  if (i < 0) i += bytes.length;
  if (i < 0 || i >= bytes.length) PyErr_SetString(PyExc_IndexError, 'mmap index out of range');
  return i;
}

function mmap_subscript(self: PyObject, key: PyObject): PyObject {
  const bytes = bytes_of(self);
  if (PyIndex_Check(key)) {
    const i = index_in(bytes, key);
    pull(self, i, i + 1);
    return PyLong_FromLong(bytes[i]!);
  }
  if (!PySlice_Check(key)) PyErr_SetString(PyExc_TypeError, 'mmap indices must be integers');
  const [start, , step, n] = PySlice_GetIndicesEx(key, bytes.length);
  if (n > 0) pull(self, Math.min(start, start + (n - 1) * step), Math.max(start, start + (n - 1) * step) + 1);
  if (step === 1) return PyBytes_FromUint8Array(bytes.slice(start, start + n));
  return PyBytes_FromUint8Array(Uint8Array.from({ length: n }, (_, i) => bytes[start + i * step]!));
}

function mmap_ass_subscript(self: PyObject, key: PyObject, value: PyObject | null): void {
  const m = of(self);
  const bytes = bytes_of(self);
  check_writable(m);
  if (PyIndex_Check(key)) {
    const i = index_in(bytes, key);
    if (value === null) PyErr_SetString(PyExc_TypeError, "mmap doesn't support item deletion");
    if (!PyIndex_Check(value!)) PyErr_SetString(PyExc_TypeError, 'mmap item value must be an int');
    const n = PyNumber_AsSsize_t(value!, PyExc_TypeError);
    if (n < 0 || n > 255) PyErr_SetString(PyExc_ValueError, 'mmap item value must be in range(0, 256)');
    bytes[i] = n;
    push(self, i, i + 1);
    return;
  }
  if (!PySlice_Check(key)) PyErr_SetString(PyExc_TypeError, 'mmap indices must be integers');
  const [start, , step, n] = PySlice_GetIndicesEx(key, bytes.length);
  if (value === null) PyErr_SetString(PyExc_TypeError, "mmap object doesn't support slice deletion");
  const view = read_buffer(value!);
  try {
    if (view.bytes.length !== n) PyErr_SetString(PyExc_IndexError, 'mmap slice assignment is wrong size');
    if (n === 0) return;
    if (step === 1) bytes.set(view.bytes, start);
    else for (let i = 0; i < n; i++) bytes[start + i * step] = view.bytes[i]!;
    if (step === 1) push(self, start, start + n);
    else for (let i = 0; i < n; i++) push(self, start + i * step, start + i * step + 1);
  } finally {
    release(view);
  }
}

function mmap_getbuffer(self: PyObject, flags: number): PyBuffer {
  const bytes = bytes_of(self);
  const m = of(self);
  const buffer = fill_buffer(self, bytes, 0, bytes.length, m.access === ACCESS_READ, flags);
  buffer.internal = m.file;
  m.exports++;
  return lend(buffer, flags);
}

function mmap_releasebuffer(self: PyObject, view: PyBuffer): void {
  take_back(view);
  of(self).exports--;
}

const mmap_type: PyTypeObject = module_type('mmap', {
  name: 'mmap.mmap',
  heap: 'immutable',
  tp_basicsize: 88,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_weaklistoffset: 72,
  has_weakrefs: true,
  tp_new: mmap_new,
  tp_dealloc: mmap_dealloc,
  tp_traverse: (self: PyObject, visit: visitproc) => traverse_instance(self, visit),
  tp_repr: mmap_repr,
  sq_length: mmap_length,
  sq_item: mmap_item,
  mp_length: mmap_length,
  mp_subscript: mmap_subscript,
  mp_ass_subscript: mmap_ass_subscript,
  bf_getbuffer: mmap_getbuffer,
  bf_releasebuffer: mmap_releasebuffer,
  methods: [
    { name: 'close', flags: METH_NOARGS, meth: mmap_close, sig: '($self, /)' },
    { name: 'find', flags: METH_CLINIC, meth: mmap_find, sig: '($self, view, start=None, end=None, /)' },
    { name: 'rfind', flags: METH_CLINIC, meth: mmap_rfind, sig: '($self, view, start=None, end=None, /)' },
    { name: 'flush', flags: METH_CLINIC, meth: mmap_flush, sig: '($self, offset=0, size=None, /)' },
    { name: 'madvise', flags: METH_CLINIC, meth: mmap_madvise, sig: '($self, option, start=0, length=None, /)' },
    { name: 'move', flags: METH_CLINIC, meth: mmap_move, sig: '($self, dest, src, count, /)' },
    { name: 'read', flags: METH_CLINIC, meth: mmap_read, sig: '($self, n=None, /)' },
    { name: 'read_byte', flags: METH_NOARGS, meth: mmap_read_byte, sig: '($self, /)' },
    { name: 'readline', flags: METH_NOARGS, meth: mmap_readline, sig: '($self, /)' },
    { name: 'resize', flags: METH_CLINIC, meth: mmap_resize, sig: '($self, newsize, /)' },
    { name: 'seek', flags: METH_CLINIC, meth: mmap_seek, sig: '($self, pos, whence=0, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: mmap_seekable, sig: '($self, /)' },
    { name: 'size', flags: METH_NOARGS, meth: mmap_size, sig: '($self, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: mmap_tell, sig: '($self, /)' },
    { name: 'write', flags: METH_CLINIC, meth: mmap_write, sig: '($self, bytes, /)' },
    { name: 'write_byte', flags: METH_CLINIC, meth: mmap_write_byte, sig: '($self, byte, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: mmap_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_VARARGS, meth: mmap_exit, sig: '($self, exc_type, exc_value, traceback, /)' },
  ],
  getset: [{ name: 'closed', get: self => PyBool_FromLong(of(self).bytes === null) }],
});

const CONSTANTS: Readonly<Record<string, number>> = {
  ACCESS_DEFAULT,
  ACCESS_READ,
  ACCESS_WRITE,
  ACCESS_COPY,
  ALLOCATIONGRANULARITY: PAGE,
  PAGESIZE: PAGE,
  MAP_SHARED,
  MAP_PRIVATE,
  MAP_ANON: MAP_ANONYMOUS,
  MAP_ANONYMOUS,
  MAP_32BIT: 64,
  MAP_DENYWRITE: 2048,
  MAP_EXECUTABLE: 4096,
  MAP_NORESERVE: 16384,
  MAP_POPULATE: 32768,
  MAP_STACK: 131072,
  PROT_READ,
  PROT_WRITE,
  PROT_EXEC: 4,
  MADV_NORMAL: 0,
  MADV_RANDOM: 1,
  MADV_SEQUENTIAL: 2,
  MADV_WILLNEED: 3,
  MADV_DONTNEED: 4,
  MADV_FREE: 8,
  MADV_REMOVE: 9,
  MADV_DONTFORK: 10,
  MADV_DOFORK: 11,
  MADV_MERGEABLE: 12,
  MADV_UNMERGEABLE: 13,
  MADV_HUGEPAGE: 14,
  MADV_NOHUGEPAGE: 15,
  MADV_DONTDUMP: 16,
  MADV_DODUMP: 17,
  MADV_HWPOISON: 100,
};

export const module: ModuleSpec = {
  name: 'mmap',
  types: () => [mmap_type],
  exec(m) {
    PyModule_AddObjectRef(m, 'error', PyExc_OSError);
    for (const [name, value] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, value);
  },
};
