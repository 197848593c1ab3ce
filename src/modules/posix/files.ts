// files.ts: files and directories by name.                                        CPython: Modules/posixmodule.c
//
// A failing call of the host becomes an OSError that shows the path as the caller gave it.

import { PyErr_SetString } from '../../core/errors.ts';
import { S_IFLNK, S_IFMT } from '../../core/fcntl.ts';
import { HostError } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type MethodSpec } from '../../core/spec.ts';
import { PyIndex_Check } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_DecodeFSDefault, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { big_int, c_bool, c_int, c_ssize, host, none } from '../args.ts';
import { id_arg } from './identity.ts';
import {
  ALLOW_FD,
  decode_name,
  NONSTRICT,
  type Path,
  PyOS_FSPath,
  path_arg,
  path_at,
  path_error,
  path_or_fd,
} from './path.ts';
import { stat_result } from './results.ts';
import { listdir_names } from './scandir.ts';

/** Calls with a converted path, turns failures into OSErrors, and frees the path. */
function with_path<T>(p: Path, f: (p: Path) => T): T {
  try {
    return f(p);
  } catch (e) {
    path_error(e, p);
  } finally {
    p.free();
  }
}

function with_two_paths(p: Path, q: Path, f: () => void): PyObject {
  try {
    f();
  } catch (e) {
    path_error(e, p, q);
  } finally {
    p.free();
    q.free();
  }
  return none();
}

/** CPython: Modules/posixmodule.c:posix_do_stat */
function do_stat(fname: string, path: PyObject, flags: number, dir_fd: PyObject | null, follow: boolean): PyObject {
  const p = path_arg(fname, 'path', path, flags);
  return with_path(p, () => {
    check_fd_alone(fname, p, dir_fd, follow);
    const { files } = host();
    if (p.is_fd) return stat_result(files.fstat(p.fd));
    const at = path_at(p, dir_fd);
    return stat_result(follow ? files.stat(at) : files.lstat(at));
  });
}

function stat(_m: PyObject, path: PyObject, dir_fd: PyObject | null, follow_symlinks: PyObject | null): PyObject {
  return do_stat('stat', path, ALLOW_FD, dir_fd, c_bool(follow_symlinks, true));
}

function lstat(_m: PyObject, path: PyObject, dir_fd: PyObject | null): PyObject {
  return do_stat('lstat', path, 0, dir_fd, false);
}

function is_link(path: Uint8Array): boolean {
  try {
    return (host().files.lstat(path).mode & S_IFMT) === S_IFLNK;
  } catch (e) {
    if (e instanceof HostError) return false;
    throw e;
  }
}

function access(
  _m: PyObject,
  path: PyObject,
  mode: PyObject,
  dir_fd: PyObject | null,
  _effective_ids: PyObject | null,
  follow_symlinks: PyObject | null,
): PyObject {
  const p = path_arg('access', 'path', path);
  return with_path(p, () => {
    const { files } = host();
    const at = path_at(p, dir_fd);
    // Everybody may do everything with a symbolic link itself.
    if (!c_bool(follow_symlinks, true) && is_link(at)) return PyBool_FromLong(true);
    return PyBool_FromLong(files.access(at, c_int(mode)));
  });
}

function chdir(_m: PyObject, path: PyObject): PyObject {
  const p = path_arg('chdir', 'path', path, ALLOW_FD);
  return with_path(p, () => {
    host().process.chdir(path_or_fd(p));
    return none();
  });
}

function chmod(
  _m: PyObject,
  path: PyObject,
  mode: PyObject,
  dir_fd: PyObject | null,
  _follow: PyObject | null,
): PyObject {
  const p = path_arg('chmod', 'path', path, ALLOW_FD);
  return with_path(p, () => {
    const bits = c_int(mode);
    if (p.is_fd) host().files.fchmod(p.fd, bits);
    else host().files.chmod(path_at(p, dir_fd), bits);
    return none();
  });
}

/** Refuses a descriptor together with what only makes sense for names. CPython: dir_fd_and_fd_invalid */
function check_fd_alone(fname: string, p: Path, dir_fd: PyObject | null, follow: boolean): void {
  if (!p.is_fd) return;
  if (dir_fd !== null && dir_fd !== Py_None) {
    PyErr_SetString(PyExc_ValueError, `${fname}: can't specify dir_fd without matching path`);
  }
  if (!follow) PyErr_SetString(PyExc_ValueError, `${fname}: cannot use fd and follow_symlinks together`);
}

function chown(
  _m: PyObject,
  path: PyObject,
  uid: PyObject,
  gid: PyObject,
  dir_fd: PyObject | null,
  follow_symlinks: PyObject | null,
): PyObject {
  const p = path_arg('chown', 'path', path, ALLOW_FD);
  return with_path(p, () => {
    const follow = c_bool(follow_symlinks, true);
    check_fd_alone('chown', p, dir_fd, follow);
    const at = p.is_fd ? path_or_fd(p) : path_at(p, dir_fd);
    host().files.chown(at, id_arg('uid', uid), id_arg('gid', gid), follow);
    return none();
  });
}

function lchown(_m: PyObject, path: PyObject, uid: PyObject, gid: PyObject): PyObject {
  const p = path_arg('lchown', 'path', path);
  return with_path(p, () => {
    host().files.chown(p.bytes, id_arg('uid', uid), id_arg('gid', gid), false);
    return none();
  });
}

function getcwd(): PyObject {
  return PyUnicode_DecodeFSDefault(host().process.cwd());
}

function getcwdb(): PyObject {
  return PyBytes_FromUint8Array(host().process.cwd());
}

function listdir(_m: PyObject, path: PyObject | null): PyObject {
  return PyList_FromArraySteal(listdir_names(path));
}

function mkdir(_m: PyObject, path: PyObject, mode: PyObject | null, dir_fd: PyObject | null): PyObject {
  const p = path_arg('mkdir', 'path', path);
  return with_path(p, () => {
    host().files.mkdir(path_at(p, dir_fd), mode === null ? 0o777 : c_int(mode));
    return none();
  });
}

function rmdir(_m: PyObject, path: PyObject, dir_fd: PyObject | null): PyObject {
  const p = path_arg('rmdir', 'path', path);
  return with_path(p, () => {
    host().files.rmdir(path_at(p, dir_fd));
    return none();
  });
}

function do_unlink(fname: string, path: PyObject, dir_fd: PyObject | null): PyObject {
  const p = path_arg(fname, 'path', path);
  return with_path(p, () => {
    host().files.unlink(path_at(p, dir_fd));
    return none();
  });
}

function unlink(_m: PyObject, path: PyObject, dir_fd: PyObject | null): PyObject {
  return do_unlink('unlink', path, dir_fd);
}

function remove(_m: PyObject, path: PyObject, dir_fd: PyObject | null): PyObject {
  return do_unlink('remove', path, dir_fd);
}

/** The second path; frees the first when the conversion fails. */
function second_path(fname: string, first: Path, path: PyObject): Path {
  try {
    return path_arg(fname, 'dst', path);
  } catch (e) {
    first.free();
    throw e;
  }
}

function do_rename(
  fname: string,
  src: PyObject,
  dst: PyObject,
  src_fd: PyObject | null,
  dst_fd: PyObject | null,
): PyObject {
  const p = path_arg(fname, 'src', src);
  const q = second_path(fname, p, dst);
  return with_two_paths(p, q, () => {
    host().files.rename(path_at(p, src_fd, 'src_dir_fd'), path_at(q, dst_fd, 'dst_dir_fd'));
  });
}

function rename(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  src_fd: PyObject | null,
  dst_fd: PyObject | null,
): PyObject {
  return do_rename('rename', src, dst, src_fd, dst_fd);
}

function replace(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  src_fd: PyObject | null,
  dst_fd: PyObject | null,
): PyObject {
  return do_rename('replace', src, dst, src_fd, dst_fd);
}

function link(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  src_fd: PyObject | null,
  dst_fd: PyObject | null,
  follow_symlinks: PyObject | null,
): PyObject {
  const p = path_arg('link', 'src', src);
  const q = second_path('link', p, dst);
  return with_two_paths(p, q, () => {
    const from = path_at(p, src_fd, 'src_dir_fd');
    const to = path_at(q, dst_fd, 'dst_dir_fd');
    const { files } = host();
    files.link(c_bool(follow_symlinks, true) && is_link(from) ? files.realpath(from) : from, to);
  });
}

function symlink(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  _is_dir: PyObject | null,
  dir_fd: PyObject | null,
): PyObject {
  const p = path_arg('symlink', 'src', src);
  const q = second_path('symlink', p, dst);
  return with_two_paths(p, q, () => {
    host().files.symlink(p.bytes, path_at(q, dir_fd));
  });
}

function readlink(_m: PyObject, path: PyObject, dir_fd: PyObject | null): PyObject {
  const p = path_arg('readlink', 'path', path);
  return with_path(p, () => {
    return decode_name(host().files.readlink(path_at(p, dir_fd)), p.wants_bytes);
  });
}

function truncate(_m: PyObject, path: PyObject, length: PyObject): PyObject {
  const p = path_arg('truncate', 'path', path, ALLOW_FD);
  return with_path(p, () => {
    const { files } = host();
    const size = c_ssize(length);
    if (p.is_fd) files.ftruncate(p.fd, size);
    else {
      const fd = files.open(p.bytes, 1, 0);
      try {
        files.ftruncate(fd, size);
      } finally {
        files.close(fd);
      }
    }
    return none();
  });
}

const BILLION = 1_000_000_000n;

/** A time in seconds, int or float, as nanoseconds (rounded down). CPython: _PyTime_ObjectToTimespec with ROUND_FLOOR */
function seconds_to_ns(o: PyObject): bigint {
  if (PyFloat_Check(o)) {
    const x = o.v as number;
    if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
    const whole = Math.floor(x);
    if (Math.abs(whole) >= 2 ** 63) out_of_range();
    return BigInt(whole) * BILLION + BigInt(Math.floor((x - whole) * 1e9));
  }
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `argument must be int or float, not ${o.ob_type.tp_name}`);
  }
  const seconds = big_int(o);
  if (BigInt.asIntN(64, seconds) !== seconds) out_of_range();
  return seconds * BILLION;
}

function out_of_range(): never {
  PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for platform time_t');
}

/** CPython: Modules/posixmodule.c:os_utime_impl */
function utime(
  _m: PyObject,
  path: PyObject,
  times: PyObject | null,
  ns: PyObject | null,
  dir_fd: PyObject | null,
  follow_symlinks: PyObject | null,
): PyObject {
  const p = path_arg('utime', 'path', path, ALLOW_FD);
  return with_path(p, () => {
    if (times === Py_None) times = null;
    if (times !== null && ns !== null) {
      PyErr_SetString(PyExc_ValueError, "utime: you may specify either 'times' or 'ns' but not both");
    }
    let atime: bigint;
    let mtime: bigint;
    if (times !== null) {
      if (!PyTuple_Check(times) || times.v.length !== 2) {
        PyErr_SetString(PyExc_TypeError, "utime: 'times' must be either a tuple of two ints or None");
      }
      atime = seconds_to_ns(times.v[0]!);
      mtime = seconds_to_ns(times.v[1]!);
    } else if (ns !== null) {
      if (!PyTuple_Check(ns) || ns.v.length !== 2)
        PyErr_SetString(PyExc_TypeError, "utime: 'ns' must be a tuple of two ints");
      for (const t of ns.v)
        if (!PyLong_Check(t)) PyErr_SetString(PyExc_TypeError, "utime: 'ns' must be a tuple of two ints");
      atime = PyLong_AsBigInt(ns.v[0]!);
      mtime = PyLong_AsBigInt(ns.v[1]!);
    } else {
      // File systems know now less exactly themselves; microseconds can be set at once.
      atime = (host().clock.time_ns() / 1000n) * 1000n;
      mtime = atime;
    }
    const follow = c_bool(follow_symlinks, true);
    check_fd_alone('utime', p, dir_fd, follow);
    host().files.utimes(p.is_fd ? path_or_fd(p) : path_at(p, dir_fd), atime, mtime, follow);
    return none();
  });
}

function umask(_m: PyObject, mask: PyObject): PyObject {
  const old = host().process.umask(c_int(mask) & 0o777);
  return PyLong_FromLong(old);
}

function fspath(_m: PyObject, path: PyObject): PyObject {
  return PyOS_FSPath(path);
}

// --- paths as text --------------------------------------------------------------------------------------------------

/** CPython: Python/fileutils.c:_Py_normpath */
function normalize(path: string): string {
  if (path === '') return '.';
  const slashes = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (slashes === '' && parts.length === 0) || parts.at(-1) === '..') parts.push(part);
    else if (parts.length > 0) parts.pop();
  }
  return slashes + parts.join('/') || '.';
}

/** The text of a str or bytes path: one JS character a byte for bytes. */
function path_text(fname: string, o: PyObject, arg: string): { text: string; bytes: boolean } {
  const p = path_arg(fname, arg, o, NONSTRICT);
  try {
    if (!p.wants_bytes) return { text: PyUnicode_AsString(p.object!), bytes: false };
    let text = '';
    for (const b of p.bytes) text += String.fromCharCode(b);
    return { text, bytes: true };
  } finally {
    p.free();
  }
}

function text_result(text: string, bytes: boolean): PyObject {
  return bytes ? PyBytes_FromUint8Array(Uint8Array.from(text, c => c.charCodeAt(0))) : PyUnicode_FromString(text);
}

function _path_normpath(_m: PyObject, path: PyObject): PyObject {
  const { text, bytes } = path_text('_path_normpath', path, 'path');
  return text_result(normalize(text), bytes);
}

function _path_splitroot_ex(_m: PyObject, p: PyObject): PyObject {
  const { text, bytes } = path_text('_path_splitroot_ex', p, 'p');
  let root = '';
  if (text.startsWith('/')) root = text.startsWith('//') && !text.startsWith('///') ? '//' : '/';
  return PyTuple_FromArraySteal([
    text_result('', bytes),
    text_result(root, bytes),
    text_result(text.slice(root.length), bytes),
  ]);
}

export const file_methods: MethodSpec[] = [
  { name: 'stat', flags: METH_CLINIC, meth: stat, sig: '($module, /, path, *, dir_fd=None, follow_symlinks=True)' },
  { name: 'lstat', flags: METH_CLINIC, meth: lstat, sig: '($module, /, path, *, dir_fd=None)' },
  {
    name: 'access',
    flags: METH_CLINIC,
    meth: access,
    sig: '($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)',
  },
  { name: 'chdir', flags: METH_CLINIC, meth: chdir, sig: '($module, /, path)' },
  {
    name: 'chmod',
    flags: METH_CLINIC,
    meth: chmod,
    sig: "($module, /, path, mode, *, dir_fd=None,\n      follow_symlinks=(os.name != 'nt'))",
  },
  {
    name: 'chown',
    flags: METH_CLINIC,
    meth: chown,
    sig: '($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)',
  },
  { name: 'lchown', flags: METH_CLINIC, meth: lchown, sig: '($module, /, path, uid, gid)' },
  { name: 'getcwd', flags: METH_NOARGS, meth: getcwd, sig: '($module, /)' },
  { name: 'getcwdb', flags: METH_NOARGS, meth: getcwdb, sig: '($module, /)' },
  { name: 'listdir', flags: METH_CLINIC, meth: listdir, sig: '($module, /, path=None)' },
  { name: 'mkdir', flags: METH_CLINIC, meth: mkdir, sig: '($module, /, path, mode=511, *, dir_fd=None)' },
  { name: 'rmdir', flags: METH_CLINIC, meth: rmdir, sig: '($module, /, path, *, dir_fd=None)' },
  { name: 'unlink', flags: METH_CLINIC, meth: unlink, sig: '($module, /, path, *, dir_fd=None)' },
  { name: 'remove', flags: METH_CLINIC, meth: remove, sig: '($module, /, path, *, dir_fd=None)' },
  {
    name: 'rename',
    flags: METH_CLINIC,
    meth: rename,
    sig: '($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)',
  },
  {
    name: 'replace',
    flags: METH_CLINIC,
    meth: replace,
    sig: '($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)',
  },
  {
    name: 'link',
    flags: METH_CLINIC,
    meth: link,
    sig: "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=(os.name != 'nt'))",
  },
  {
    name: 'symlink',
    flags: METH_CLINIC,
    meth: symlink,
    sig: '($module, /, src, dst, target_is_directory=False, *, dir_fd=None)',
  },
  { name: 'readlink', flags: METH_CLINIC, meth: readlink, sig: '($module, /, path, *, dir_fd=None)' },
  { name: 'truncate', flags: METH_CLINIC, meth: truncate, sig: '($module, /, path, length)' },
  {
    name: 'utime',
    flags: METH_CLINIC,
    meth: utime,
    sig: '($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)',
  },
  { name: 'umask', flags: METH_CLINIC, meth: umask, sig: '($module, mask, /)' },
  { name: 'fspath', flags: METH_CLINIC, meth: fspath, sig: '($module, /, path)' },
  { name: '_path_normpath', flags: METH_CLINIC, meth: _path_normpath, sig: '($module, /, path)' },
  { name: '_path_splitroot_ex', flags: METH_CLINIC, meth: _path_splitroot_ex, sig: '($module, /, p)' },
];
