// fcntl.ts: what can be asked of and done to descriptors.                                   CPython: Modules/fcntlmodule.c
//
// The host knows two flags of a descriptor: whether programs that are started get it, and whether reads and writes wait.
// Locks between processes cannot be had: asking for one is ENOLCK, so that nobody believes to hold one.

import { PyErr_SetString } from '../core/errors.ts';
import { O_NONBLOCK, O_RDWR, O_WRONLY } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyUnicode_AsUTF8 } from '../objects/unicodeobject.ts';
import { c_int, host, none, read_buffer, release, system } from './args.ts';
import { as_descriptor } from './select/waiting.ts';

const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;
const FD_CLOEXEC = 1;
const EBADF = 9;
const EINVAL = 22;
const ENOTTY = 25;
const ENOLCK = 37;
const EOPNOTSUPP = 95;
const FICLONE = 0x40049409;
/** CPython: FCNTL_BUFSZ */
const MAX_BUFFER = 1024;

/** Whether a descriptor is of a pipe's writing end, a file opened to be written ... as open() was told; -1: not known. */
function access_mode(fd: number): number {
  const { files } = host();
  const may = (f: () => unknown): boolean => {
    try {
      f();
      return true;
    } catch (e) {
      if (e instanceof HostError && e.errno === EBADF) return false;
      if (e instanceof HostError) return true;
      throw e;
    }
  };
  const empty = new Uint8Array(0);
  const reads = may(() => files.read_now?.(fd, empty));
  const writes = may(() => files.write_now?.(fd, empty));
  return reads && writes ? O_RDWR : writes ? O_WRONLY : 0;
}

function command(fd: number, cmd: number, arg: number): number {
  const { files } = host();
  files.fstat(fd);
  switch (cmd) {
    case F_GETFD:
      return (files.inheritable?.(fd) ?? false) ? 0 : FD_CLOEXEC;
    case F_SETFD:
      files.set_inheritable?.(fd, (arg & FD_CLOEXEC) === 0);
      return 0;
    case F_GETFL:
      return access_mode(fd) | ((files.blocking?.(fd) ?? true) ? 0 : O_NONBLOCK);
    case F_SETFL:
      files.set_blocking?.(fd, (arg & O_NONBLOCK) === 0);
      return 0;
    case F_DUPFD:
    case F_DUPFD_CLOEXEC: {
      if (arg < 0) throw new HostError(EINVAL, 'descriptor');
      const open = new Set(files.descriptors?.() ?? []);
      let to = arg;
      while (open.has(to)) to++;
      files.dup2(fd, to);
      files.set_inheritable?.(to, cmd === F_DUPFD);
      return to;
    }
    default:
      throw new HostError(EINVAL, 'command');
  }
}

function call(fd: number, cmd: number, arg: number): number {
  return system(() => command(fd, cmd, arg));
}

/** CPython: fcntl_fcntl_impl */
function fcntl(_m: PyObject, fd: PyObject, cmd: PyObject, arg: PyObject | null): PyObject {
  const [n, code] = [as_descriptor(fd), c_int(cmd)];
  if (arg !== null && (PyUnicode_Check(arg) || arg.ob_type.bf_getbuffer !== null)) {
    let bytes: Uint8Array;
    if (PyUnicode_Check(arg)) bytes = new TextEncoder().encode(PyUnicode_AsUTF8(arg));
    else {
      const view = read_buffer(arg);
      bytes = view.bytes.slice();
      release(view);
    }
    if (bytes.length > MAX_BUFFER) PyErr_SetString(PyExc_ValueError, 'fcntl argument 3 is too long');
    call(n, code, 0);
    return PyBytes_FromUint8Array(bytes);
  }
  return PyLong_FromLong(call(n, code, arg === null ? 0 : c_int(arg)));
}

const TIOCGWINSZ = 0x5413;

/** Terminals tell their size; files cannot be cloned, other devices have nothing to say. CPython: fcntl_ioctl_impl */
function ioctl(_m: PyObject, fd: PyObject, request: PyObject, arg: PyObject | null): PyObject {
  const n = as_descriptor(fd);
  const code = Number(c_long(request));
  call(n, F_GETFD, 0);
  // No host can make open files share blocks. This is what file systems answer that cannot, so that callers copy.
  if (code === FICLONE) raise_errno(EOPNOTSUPP);
  const size = code === TIOCGWINSZ ? (host().terminal_size?.(n) ?? null) : null;
  if (size === null) raise_errno(ENOTTY);
  const [columns, rows] = size!;
  const answer = new Uint8Array(new Uint16Array([rows, columns, 0, 0]).buffer);
  if (arg === null || arg.ob_type.bf_getbuffer === null) return PyLong_FromLong(0);
  const view = read_buffer(arg);
  const out = view.bytes.slice();
  release(view);
  out.set(answer.subarray(0, out.length));
  return PyBytes_FromUint8Array(out);
}

/** The low 64 bits of a request number. */
function c_long(o: PyObject): bigint {
  return BigInt.asIntN(64, BigInt(o.v as number | bigint));
}

/** CPython: fcntl_flock_impl */
function flock(_m: PyObject, fd: PyObject, operation: PyObject): PyObject {
  const n = as_descriptor(fd);
  const op = c_int(operation);
  call(n, F_GETFD, 0);
  const kind = op & ~4;
  if (kind !== 1 && kind !== 2 && kind !== 8) raise_errno(EINVAL);
  if (kind !== 8) raise_errno(ENOLCK);
  return none();
}

/** CPython: fcntl_lockf_impl */
function lockf(_m: PyObject, fd: PyObject, cmd: PyObject): PyObject {
  const n = as_descriptor(fd);
  const op = c_int(cmd);
  if ((op & 8) === 0 && (op & 3) === 0) PyErr_SetString(PyExc_ValueError, 'unrecognized lockf argument');
  call(n, F_GETFD, 0);
  if ((op & 8) === 0) raise_errno(ENOLCK);
  return none();
}

const CONSTANTS: Readonly<Record<string, number>> = {
  LOCK_SH: 1,
  LOCK_EX: 2,
  LOCK_NB: 4,
  LOCK_UN: 8,
  LOCK_MAND: 32,
  LOCK_READ: 64,
  LOCK_WRITE: 128,
  LOCK_RW: 192,
  F_DUPFD: 0,
  F_DUPFD_CLOEXEC: 1030,
  F_GETFD: 1,
  F_SETFD: 2,
  F_GETFL: 3,
  F_SETFL: 4,
  F_GETLK: 5,
  F_SETLK: 6,
  F_SETLKW: 7,
  F_OFD_GETLK: 36,
  F_OFD_SETLK: 37,
  F_OFD_SETLKW: 38,
  F_GETOWN: 9,
  F_SETOWN: 8,
  F_GETSIG: 11,
  F_SETSIG: 10,
  F_RDLCK: 0,
  F_WRLCK: 1,
  F_UNLCK: 2,
  F_GETLK64: 5,
  F_SETLK64: 6,
  F_SETLKW64: 7,
  FASYNC: 8192,
  F_SETLEASE: 1024,
  F_GETLEASE: 1025,
  F_NOTIFY: 1026,
  F_DUPFD_QUERY: 1027,
  F_EXLCK: 4,
  F_SHLCK: 8,
  F_SETPIPE_SZ: 1031,
  F_GETPIPE_SZ: 1032,
  FICLONE,
  FICLONERANGE: 1075876877,
  F_GETOWN_EX: 16,
  F_SETOWN_EX: 15,
  F_OWNER_TID: 0,
  F_OWNER_PID: 1,
  F_OWNER_PGRP: 2,
  F_GET_RW_HINT: 1035,
  F_SET_RW_HINT: 1036,
  F_GET_FILE_RW_HINT: 1037,
  F_SET_FILE_RW_HINT: 1038,
  RWH_WRITE_LIFE_NOT_SET: 0,
  RWH_WRITE_LIFE_NONE: 1,
  RWH_WRITE_LIFE_SHORT: 2,
  RWH_WRITE_LIFE_MEDIUM: 3,
  RWH_WRITE_LIFE_LONG: 4,
  RWH_WRITE_LIFE_EXTREME: 5,
  FD_CLOEXEC: 1,
  DN_ACCESS: 1,
  DN_MODIFY: 2,
  DN_CREATE: 4,
  DN_DELETE: 8,
  DN_RENAME: 16,
  DN_ATTRIB: 32,
  DN_MULTISHOT: 2147483648,
  F_ADD_SEALS: 1033,
  F_GET_SEALS: 1034,
  F_SEAL_SEAL: 1,
  F_SEAL_SHRINK: 2,
  F_SEAL_GROW: 4,
  F_SEAL_WRITE: 8,
  F_SEAL_FUTURE_WRITE: 16,
};

export const module: ModuleSpec = {
  name: 'fcntl',
  methods: [
    { name: 'fcntl', flags: METH_CLINIC, meth: fcntl, sig: '($module, fd, cmd, arg=0, /)' },
    { name: 'ioctl', flags: METH_CLINIC, meth: ioctl, sig: '($module, fd, request, arg=0, mutate_flag=True, /)' },
    { name: 'flock', flags: METH_CLINIC, meth: flock, sig: '($module, fd, operation, /)' },
    { name: 'lockf', flags: METH_CLINIC, meth: lockf, sig: '($module, fd, cmd, len=0, start=0, whence=0, /)' },
  ],
  exec(m) {
    for (const [name, value] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, value);
  },
};
