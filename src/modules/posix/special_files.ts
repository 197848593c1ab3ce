// special_files.ts: FIFOs, devices, pseudo-terminals.                                 CPython: Modules/posixmodule.c
import {
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_NOCTTY,
  O_RDWR,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
} from '../../core/fcntl.ts';
import type { HostTerminals } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type MethodSpec } from '../../core/spec.ts';
import { raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_DecodeFSDefault } from '../../objects/unicodeobject.ts';
import { c_int, host, none } from '../args.ts';
import { path_arg, path_at } from './path.ts';
import { split_device } from './process.ts';

const EPERM = 1;
const EINVAL = 22;
const ENOTTY = 25;
const ENOSYS = 38;

function make_fifo(path: Uint8Array, mode: number): void {
  const { files } = host();
  if (files.mkfifo === undefined) raise_errno(ENOSYS);
  files.mkfifo(path, mode);
}

/** CPython: os_mkfifo_impl */
function mkfifo(_m: PyObject, path: PyObject, mode: PyObject | null, dir_fd: PyObject | null): PyObject {
  const p = path_arg('mkfifo', 'path', path);
  try {
    make_fifo(path_at(p, dir_fd), mode === null ? 0o666 : c_int(mode));
    return none();
  } finally {
    p.free();
  }
}

/** CPython: os_mknod_impl */
function mknod(
  _m: PyObject,
  path: PyObject,
  mode: PyObject | null,
  device: PyObject | null,
  dir_fd: PyObject | null,
): PyObject {
  const p = path_arg('mknod', 'path', path);
  try {
    const m = mode === null ? 0o600 : c_int(mode);
    const [major, minor] = device === null ? [0, 0] : split_device(device);
    make_node(path_at(p, dir_fd), m, major, minor);
    return none();
  } finally {
    p.free();
  }
}

function make_node(path: Uint8Array, mode: number, major: number, minor: number): void {
  const { files } = host();
  switch (mode & S_IFMT) {
    case 0:
    case S_IFREG:
      files.close(files.open(path, O_WRONLY | O_CREAT | O_EXCL, mode & 0o7777));
      return;
    case S_IFIFO:
      make_fifo(path, mode & 0o7777);
      return;
    case S_IFCHR:
    case S_IFBLK:
    case S_IFSOCK:
      if (files.mknod === undefined) raise_errno(ENOSYS);
      files.mknod(path, mode, major, minor);
      return;
    case S_IFDIR:
      raise_errno(EPERM);
  }
  raise_errno(EINVAL);
}

// --- pseudo-terminals -----------------------------------------------------------------------------------------------

const MAKER = new TextEncoder().encode('/dev/ptmx');

function terminals(): HostTerminals {
  return host().terminals ?? raise_errno(ENOSYS);
}

function slave_name(master: number): Uint8Array {
  const n = terminals().number(master);
  if (n < 0) raise_errno(ENOTTY);
  return new TextEncoder().encode(`/dev/pts/${n}`);
}

function posix_openpt(_m: PyObject, oflag: PyObject): PyObject {
  return PyLong_FromLong(host().files.open(MAKER, c_int(oflag) | O_CLOEXEC, 0));
}

/** Linux gives the other end to whoever made it: there is nothing left to do. */
function grantpt(_m: PyObject, fd: PyObject): PyObject {
  if (terminals().number(c_int(fd)) < 0) raise_errno(EINVAL);
  return none();
}

function unlockpt(_m: PyObject, fd: PyObject): PyObject {
  terminals().unlock(c_int(fd));
  return none();
}

function ptsname(_m: PyObject, fd: PyObject): PyObject {
  return PyUnicode_DecodeFSDefault(slave_name(c_int(fd)));
}

/** CPython: os_openpty_impl */
function openpty(): PyObject {
  const { files } = host();
  const flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
  const master = files.open(MAKER, flags, 0);
  try {
    terminals().unlock(master);
    const slave = files.open(slave_name(master), flags, 0);
    return PyTuple_FromArraySteal([PyLong_FromLong(master), PyLong_FromLong(slave)]);
  } catch (e) {
    files.close(master);
    throw e;
  }
}

function ttyname(_m: PyObject, fd: PyObject): PyObject {
  const { files } = host();
  const f = c_int(fd);
  files.fstat(f);
  if (!files.isatty(f)) raise_errno(ENOTTY);
  const path = files.descriptor_path?.(f) ?? raise_errno(ENOSYS);
  return PyUnicode_DecodeFSDefault(files.readlink(path));
}

export const special_file_methods: MethodSpec[] = [
  { name: 'mkfifo', flags: METH_CLINIC, meth: mkfifo, sig: '($module, /, path, mode=438, *, dir_fd=None)' },
  { name: 'mknod', flags: METH_CLINIC, meth: mknod, sig: '($module, /, path, mode=384, device=0, *, dir_fd=None)' },
  { name: 'openpty', flags: METH_NOARGS, meth: openpty, sig: '($module, /)' },
  { name: 'posix_openpt', flags: METH_CLINIC, meth: posix_openpt, sig: '($module, oflag, /)' },
  { name: 'grantpt', flags: METH_CLINIC, meth: grantpt, sig: '($module, fd, /)' },
  { name: 'unlockpt', flags: METH_CLINIC, meth: unlockpt, sig: '($module, fd, /)' },
  { name: 'ptsname', flags: METH_CLINIC, meth: ptsname, sig: '($module, fd, /)' },
  { name: 'ttyname', flags: METH_CLINIC, meth: ttyname, sig: '($module, fd, /)' },
];
