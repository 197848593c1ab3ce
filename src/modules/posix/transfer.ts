// transfer.ts: reading and writing at places, room for files, statvfs.          CPython: Modules/posixmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { HostError, type HostFileSystem } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PySequence_Check, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyExc_TypeError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { c_int, c_ssize, host, none, read_buffer, release, write_buffer } from '../args.ts';
import { at_position } from './descriptors.ts';
import { ALLOW_FD, path_arg, path_error, path_or_fd } from './path.ts';
import { statvfs_result_type } from './results.ts';

const EINVAL = 22;
const ENOSYS = 38;
const ENOTSUP = 95;

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

/** Moves data for each buffer, until one is not filled or emptied; the bytes in all. */
function each_buffer(seq: PyObject, move: (item: PyObject) => [done: number, whole: number]): number {
  let total = 0;
  for (const item of PySequence_Fast_ITEMS(seq)) {
    const [done, whole] = move(item);
    total += done;
    if (done < whole) break;
  }
  return total;
}

function preadv(_m: PyObject, fd: PyObject, buffers: PyObject, offset: PyObject, flags: PyObject | null): PyObject {
  const f = c_int(fd);
  const from = c_ssize(offset);
  const seq = buffers_of('preadv2', buffers);
  try {
    check_flags(flags);
    const read = (item: PyObject): [number, number] => {
      const view = write_buffer(item, 'preadv');
      try {
        return [host().files.read(f, view.bytes), view.bytes.length];
      } finally {
        release(view);
      }
    };
    // As preadv2() has it: -1 is the file's own position, which moves.
    if (from === -1) return PyLong_FromLong(each_buffer(seq, read));
    return PyLong_FromLong(at_position(f, from, () => each_buffer(seq, read)));
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
    const write = (item: PyObject): [number, number] => {
      const view = read_buffer(item);
      try {
        return [host().files.write(f, view.bytes), view.bytes.length];
      } finally {
        release(view);
      }
    };
    if (from === -1) return PyLong_FromLong(each_buffer(seq, write));
    return PyLong_FromLong(at_position(f, from, () => each_buffer(seq, write)));
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
