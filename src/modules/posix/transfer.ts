// transfer.ts: reading and writing at places and between files, room for files, statvfs.          CPython: Modules/posixmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { S_IFDIR, S_IFMT, S_IFREG } from '../../core/fcntl.ts';
import { HostError, type HostFileSystem } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PySequence_Check, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { type BytesView, c_int, c_ssize, host, none, read_buffer, release, writable_buffer } from '../args.ts';
import { read_fd, write_fd, write_fd_steps } from '../blocking.ts';
import { ALLOW_FD, path_arg, path_error, path_or_fd } from './path.ts';
import { statvfs_result_type } from './results.ts';

const EISDIR = 21;
const EINVAL = 22;
const ESPIPE = 29;
const ENOSYS = 38;
const EOVERFLOW = 75;
const ENOTSUP = 95;

/** Bytes that one sendfile() or copy_file_range() reads at most. */
const LONGEST_COPY = 1 << 18;

/** Flags of preadv2() and pwritev2(): hints; others need the system. */
const RWF_HIPRI = 1;

function check_flags(flags: PyObject | null): void {
  if (flags !== null && (c_int(flags) & ~RWF_HIPRI) !== 0) raise_errno(ENOTSUP);
}

function buffers_of(name: string, buffers: PyObject): PyObject {
  const message = `${name}() arg 2 must be a sequence`;
  if (!PySequence_Check(buffers)) PyErr_SetString(PyExc_TypeError, message);
  return PySequence_Fast(buffers, message);
}

/** Runs with the position moved, and puts it back. */
function at_position<T>(fd: number, offset: number, f: () => T): T {
  const { files } = host();
  if (offset < 0) raise_errno(EINVAL);
  const before = files.lseek(fd, 0, 1);
  files.lseek(fd, offset, 0);
  try {
    return f();
  } finally {
    files.lseek(fd, before, 0);
  }
}

function pread(_m: PyObject, fd: PyObject, length: PyObject, offset: PyObject): PyObject {
  const f = c_int(fd);
  const n = c_ssize(length);
  if (n < 0) raise_errno(EINVAL);
  const data = new Uint8Array(n);
  const got = at_position(f, c_ssize(offset), () => read_fd(f, data));
  return PyBytes_FromUint8Array(data.slice(0, got));
}

function pwrite(_m: PyObject, fd: PyObject, buffer: PyObject, offset: PyObject): PyObject {
  const f = c_int(fd);
  const view = read_buffer(buffer);
  try {
    return PyLong_FromLong(at_position(f, c_ssize(offset), () => write_fd(f, view.bytes)));
  } finally {
    release(view);
  }
}

/** CPython: os_sendfile_impl. Like Linux, it may send less than was asked for. */
function sendfile(module: PyObject, out_fd: PyObject, in_fd: PyObject, offset: PyObject, count: PyObject): PyObject {
  const { files } = host();
  const out = c_int(out_fd);
  const source = c_int(in_fd);
  const moves = offset === Py_None;
  const start = moves ? 0 : PyLong_AsLong(offset);
  const n = c_ssize(count);
  if (n < 0 || start < 0) raise_errno(EINVAL);
  files.fstat(out);
  if ((files.fstat(source).mode & S_IFMT) !== S_IFREG) raise_errno(moves ? EINVAL : ESPIPE);
  const from = moves ? files.lseek(source, 0, 1) : start;
  const data = new Uint8Array(Math.min(n, LONGEST_COPY));
  const got = at_position(source, from, () => files.read(source, data));
  return run_steps(sendfile, module, sent(source, moves ? from : null, write_fd_steps(out, data.subarray(0, got))));
}

/** The count that was written; moves the file's position past it unless `from` is null. */
function* sent(source: number, from: number | null, steps: Steps<number>): Steps<PyObject> {
  const n = yield* steps;
  if (from !== null) host().files.lseek(source, from + n, 0);
  return PyLong_FromLong(n);
}

function optional_offset(o: PyObject | null): number | null {
  return o === null || o === Py_None ? null : PyLong_AsLong(o);
}

/** CPython: os_copy_file_range_impl. Like Linux, it may copy less than was asked for. */
function copy_file_range(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  count: PyObject,
  offset_src: PyObject | null,
  offset_dst: PyObject | null,
): PyObject {
  const { files } = host();
  const from = c_int(src);
  const to = c_int(dst);
  const n = c_ssize(count);
  if (n < 0) PyErr_SetString(PyExc_ValueError, "negative value for 'count' not allowed");
  const given_from = optional_offset(offset_src);
  const given_to = optional_offset(offset_dst);
  const source = files.fstat(from);
  const target = files.fstat(to);
  const types = [source.mode & S_IFMT, target.mode & S_IFMT];
  if (types.includes(S_IFDIR)) raise_errno(EISDIR);
  if (types.some(type => type !== S_IFREG)) raise_errno(EINVAL);
  // For what they say of the descriptors' access.
  files.read(from, new Uint8Array(0));
  files.write(to, new Uint8Array(0));
  if ((given_from ?? 0) < 0 || (given_to ?? 0) < 0) raise_errno(EOVERFLOW);
  const start = given_from ?? files.lseek(from, 0, 1);
  const place = given_to ?? files.lseek(to, 0, 1);
  const length = Math.max(0, Math.min(n, source.size - start));
  const same = source.ino === target.ino && source.dev === target.dev;
  if (same && place + length > start && place < start + length) raise_errno(EINVAL);
  const data = new Uint8Array(Math.min(length, LONGEST_COPY));
  const got = data.subarray(
    0,
    at_position(from, start, () => files.read(from, data)),
  );
  const put = given_to === null ? files.write(to, got) : at_position(to, given_to, () => files.write(to, got));
  if (given_from === null) files.lseek(from, start + put, 0);
  return PyLong_FromLong(put);
}

/** Moves data for each buffer, until one is not filled or emptied; the bytes in all. */
function each_buffer(
  seq: PyObject,
  view_of: (item: PyObject) => BytesView,
  move: (data: Uint8Array) => number,
): number {
  let total = 0;
  for (const item of PySequence_Fast_ITEMS(seq)) {
    const view = view_of(item);
    try {
      const done = move(view.bytes);
      total += done;
      if (done < view.bytes.length) break;
    } finally {
      release(view);
    }
  }
  return total;
}

function readv(_m: PyObject, fd: PyObject, buffers: PyObject): PyObject {
  const f = c_int(fd);
  const seq = buffers_of('readv', buffers);
  try {
    return PyLong_FromLong(each_buffer(seq, writable_buffer, into => read_fd(f, into)));
  } finally {
    decref(seq);
  }
}

function writev(_m: PyObject, fd: PyObject, buffers: PyObject): PyObject {
  const f = c_int(fd);
  const seq = buffers_of('writev', buffers);
  try {
    return PyLong_FromLong(each_buffer(seq, read_buffer, data => write_fd(f, data)));
  } finally {
    decref(seq);
  }
}

/** As preadv2() and pwritev2() have it: -1 is the file's own position, which moves. */
function at_position_or_own<T>(fd: number, offset: number, f: () => T): T {
  return offset === -1 ? f() : at_position(fd, offset, f);
}

function preadv(_m: PyObject, fd: PyObject, buffers: PyObject, offset: PyObject, flags: PyObject | null): PyObject {
  const f = c_int(fd);
  const from = c_ssize(offset);
  const seq = buffers_of('preadv2', buffers);
  try {
    check_flags(flags);
    const read = (): number => each_buffer(seq, writable_buffer, into => host().files.read(f, into));
    return PyLong_FromLong(at_position_or_own(f, from, read));
  } finally {
    decref(seq);
  }
}

function pwritev(_m: PyObject, fd: PyObject, buffers: PyObject, offset: PyObject, flags: PyObject | null): PyObject {
  const f = c_int(fd);
  const from = c_ssize(offset);
  const seq = buffers_of('pwritev', buffers);
  try {
    check_flags(flags);
    const write = (): number => each_buffer(seq, read_buffer, data => host().files.write(f, data));
    return PyLong_FromLong(at_position_or_own(f, from, write));
  } finally {
    decref(seq);
  }
}

const LAST_ADVICE = 5;

/** Advice that no host takes. */
function posix_fadvise(_m: PyObject, fd: PyObject, offset: PyObject, length: PyObject, advice: PyObject): PyObject {
  const f = c_int(fd);
  c_ssize(offset);
  const n = c_ssize(length);
  const kind = c_int(advice);
  host().files.fstat(f);
  if (n < 0 || kind < 0 || kind > LAST_ADVICE) raise_errno(EINVAL);
  return none();
}

/** Makes a file long enough. */
function posix_fallocate(_m: PyObject, fd: PyObject, offset: PyObject, length: PyObject): PyObject {
  const f = c_int(fd);
  const from = c_ssize(offset);
  const n = c_ssize(length);
  const { files } = host();
  const { size } = files.fstat(f);
  if (from < 0 || n <= 0) raise_errno(EINVAL);
  if (from + n > size) files.ftruncate(f, from + n);
  return none();
}

function statvfs_result(fs: HostFileSystem): PyObject {
  const { block_size, blocks, free, available, files, free_files, flags, longest_name, id } = fs;
  return PyStructSequence_New(statvfs_result_type(), [
    PyLong_FromLong(block_size),
    PyLong_FromLong(block_size),
    ...[blocks, free, available, files, free_files, free_files].map(PyLong_FromBigInt),
    PyLong_FromLong(flags),
    PyLong_FromLong(longest_name),
    PyLong_FromBigInt(id),
  ]);
}

function file_system(path: Uint8Array): PyObject {
  return statvfs_result(host().files.file_system?.(path) ?? raise_errno(ENOSYS));
}

function statvfs(_m: PyObject, path: PyObject): PyObject {
  const p = path_arg('statvfs', 'path', path, ALLOW_FD);
  try {
    if (p.is_fd) host().files.fstat(p.fd);
    return file_system(path_or_fd(p));
  } catch (e) {
    if (p.is_fd && e instanceof HostError) throw e;
    path_error(e, p);
  } finally {
    p.free();
  }
}

function fstatvfs(_m: PyObject, fd: PyObject): PyObject {
  const f = c_int(fd);
  const { files } = host();
  files.fstat(f);
  return file_system(files.descriptor_path?.(f) ?? raise_errno(ENOSYS));
}

export const transfer_methods: MethodSpec[] = [
  { name: 'pread', flags: METH_CLINIC, meth: pread, sig: '($module, fd, length, offset, /)' },
  { name: 'pwrite', flags: METH_CLINIC, meth: pwrite, sig: '($module, fd, buffer, offset, /)' },
  { name: 'sendfile', flags: METH_CLINIC, meth: sendfile, sig: '($module, /, out_fd, in_fd, offset, count)' },
  { name: 'readv', flags: METH_CLINIC, meth: readv, sig: '($module, fd, buffers, /)' },
  { name: 'writev', flags: METH_CLINIC, meth: writev, sig: '($module, fd, buffers, /)' },
  {
    name: 'copy_file_range',
    flags: METH_CLINIC,
    meth: copy_file_range,
    sig: '($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)',
  },
  { name: 'preadv', flags: METH_CLINIC, meth: preadv, sig: '($module, fd, buffers, offset, flags=0, /)' },
  { name: 'pwritev', flags: METH_CLINIC, meth: pwritev, sig: '($module, fd, buffers, offset, flags=0, /)' },
  {
    name: 'posix_fadvise',
    flags: METH_CLINIC,
    meth: posix_fadvise,
    sig: '($module, fd, offset, length, advice, /)',
  },
  { name: 'posix_fallocate', flags: METH_CLINIC, meth: posix_fallocate, sig: '($module, fd, offset, length, /)' },
  { name: 'statvfs', flags: METH_CLINIC, meth: statvfs, sig: '($module, /, path)' },
  { name: 'fstatvfs', flags: METH_O, meth: fstatvfs, sig: '($module, fd, /)' },
];
