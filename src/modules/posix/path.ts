// path.ts: arguments that name files.                                        CPython: Modules/posixmodule.c:path_converter
//
// A path is str, bytes or os.PathLike; some functions take a file descriptor or None as well.

import { PyErr_SetString } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyIndex_Check, PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_Type } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyExc_NotImplementedError,
  PyExc_OverflowError,
  PyExc_RuntimeWarning,
  PyExc_TypeError,
  PyExc_ValueError,
  set_errno_error,
} from '../../objects/exceptions.ts';
import { long_value } from '../../objects/longobject.ts';
import { _PyObject_LookupSpecial, Py_None } from '../../objects/object.ts';
import { _Py_ID, PyUnicode_DecodeFSDefault, PyUnicode_EncodeFSDefault } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { host } from '../args.ts';

/** A converted path argument. */
export class Path {
  /** Owned: what error messages show (str, bytes or int), null when the argument is missing or None. */
  readonly object: PyObject | null;
  /** Without trailing NUL; empty for a descriptor and for a str that is only looked at. */
  readonly bytes: Uint8Array;
  /** The descriptor, or -1. */
  readonly fd: number;
  readonly is_fd: boolean;
  /** Whether results are to be bytes. */
  readonly wants_bytes: boolean;
  constructor(object: PyObject | null, bytes: Uint8Array, fd: number, is_fd: boolean, wants_bytes: boolean) {
    this.object = object;
    this.bytes = bytes;
    this.fd = fd;
    this.is_fd = is_fd;
    this.wants_bytes = wants_bytes;
  }
  /** Gives up what the path owns. */
  free(): void {
    if (this.object !== null) decref(this.object);
  }
}

const NO_BYTES = new Uint8Array(0);
const DOT = Uint8Array.of(46);
const SLASH = 47;

/** What the argument may be besides a path. */
export const ALLOW_FD = 1;
export const NULLABLE = 2;
/** The path is only looked at as text: zeros and what no file name can hold are allowed, and str is not encoded. */
export const NONSTRICT = 4;

function allowed_types(flags: number): string {
  const fd = (flags & ALLOW_FD) !== 0;
  const nullable = (flags & NULLABLE) !== 0;
  if (fd && nullable) return 'string, bytes, os.PathLike, integer or None';
  if (fd) return 'string, bytes, os.PathLike or integer';
  return nullable ? 'string, bytes, os.PathLike or None' : 'string, bytes or os.PathLike';
}

/** The object that `__fspath__` gives (new); null if the type has none. */
function call_fspath(o: PyObject): PyObject | null {
  const func = _PyObject_LookupSpecial(o, _Py_ID('__fspath__'));
  if (func === null || func === Py_None) {
    if (func !== null) decref(func);
    return null;
  }
  let result: PyObject;
  try {
    result = PyObject_CallNoArgs(func);
  } finally {
    decref(func);
  }
  if (!PyUnicode_Check(result) && !PyBytes_Check(result)) {
    const got = result.ob_type.tp_name;
    decref(result);
    PyErr_SetString(PyExc_TypeError, `expected ${o.ob_type.tp_name}.__fspath__() to return str or bytes, not ${got}`);
  }
  return result;
}

/** str and bytes stay, an os.PathLike gives what it stands for (new). CPython: PyOS_FSPath */
export function PyOS_FSPath(o: PyObject): PyObject {
  if (PyUnicode_Check(o) || PyBytes_Check(o)) return newref(o);
  return (
    call_fspath(o) ??
    PyErr_SetString(PyExc_TypeError, `expected str, bytes or os.PathLike object, not ${o.ob_type.tp_name}`)
  );
}

/** A path as bytes, without embedded zeros. `o` is str or bytes. */
export function fs_bytes(o: PyObject): Uint8Array {
  if (PyBytes_Check(o)) return o.v as Uint8Array;
  const encoded = PyUnicode_EncodeFSDefault(o);
  const bytes = encoded.v as Uint8Array;
  decref(encoded);
  return bytes;
}

/** A file descriptor argument within a path argument. CPython: _fd_converter */
function fd_value(o: PyObject): number {
  if (o.ob_type === PyBool_Type) PyErr_WarnEx(PyExc_RuntimeWarning, 'bool is used as a file descriptor', 1);
  const index = PyNumber_Index(o);
  const value = long_value(index);
  decref(index);
  if (value > 0x7fffffff) PyErr_SetString(PyExc_OverflowError, 'fd is greater than maximum');
  if (value < -0x80000000) PyErr_SetString(PyExc_OverflowError, 'fd is less than minimum');
  return Number(value);
}

/** CPython: Modules/posixmodule.c:path_converter */
export function path_arg(fname: string, arg: string, o: PyObject | null, flags = 0): Path {
  if (o === null || o === Py_None) {
    if ((flags & NULLABLE) !== 0) return new Path(null, DOT, -1, false, false);
    o ??= Py_None;
  }
  let path: PyObject;
  if (PyUnicode_Check(o) || PyBytes_Check(o)) path = newref(o);
  else if ((flags & ALLOW_FD) !== 0 && PyIndex_Check(o)) {
    return new Path(newref(o), NO_BYTES, fd_value(o), true, false);
  } else {
    path =
      call_fspath(o) ??
      PyErr_SetString(PyExc_TypeError, `${fname}: ${arg} should be ${allowed_types(flags)}, not ${o.ob_type.tp_name}`);
  }
  let bytes: Uint8Array;
  try {
    bytes = (flags & NONSTRICT) !== 0 && PyUnicode_Check(path) ? NO_BYTES : fs_bytes(path);
    if ((flags & NONSTRICT) === 0 && bytes.includes(0))
      PyErr_SetString(PyExc_ValueError, `${fname}: embedded null character in ${arg}`);
  } catch (e) {
    decref(path);
    throw e;
  }
  return new Path(path, bytes, -1, false, PyBytes_Check(path));
}

export function descriptor_path(fd: number, name: string): Uint8Array {
  return (
    host().files.descriptor_path?.(fd) ??
    PyErr_SetString(PyExc_NotImplementedError, `${name} unavailable on this platform`)
  );
}

/** The path for the host, also where a descriptor was given in its place. */
export function path_or_fd(p: Path): Uint8Array {
  return p.is_fd ? descriptor_path(p.fd, 'fd') : p.bytes;
}

/** The path for the host, relative to an open directory if there is one. CPython: dir_fd_converter, openat and its kin */
export function path_at(p: Path, dir_fd: PyObject | null, name = 'dir_fd'): Uint8Array {
  if (dir_fd === null || dir_fd === Py_None) return p.bytes;
  if (!PyIndex_Check(dir_fd))
    PyErr_SetString(PyExc_TypeError, `argument should be integer or None, not ${dir_fd.ob_type.tp_name}`);
  const fd = fd_value(dir_fd);
  if (p.bytes.length === 0 || p.bytes[0] === SLASH) return p.bytes;
  return join(descriptor_path(fd, name), p.bytes);
}

/** A name in a directory. */
export function join(dir: Uint8Array, name: Uint8Array): Uint8Array {
  const sep = dir.length > 0 && dir[dir.length - 1] !== SLASH ? 1 : 0;
  const out = new Uint8Array(dir.length + sep + name.length);
  out.set(dir);
  if (sep === 1) out[dir.length] = SLASH;
  out.set(name, dir.length + sep);
  return out;
}

/** A file name as Python sees it: str, or bytes as the argument was. */
export function decode_name(bytes: Uint8Array, wants_bytes: boolean): PyObject {
  return wants_bytes ? PyBytes_FromUint8Array(bytes) : PyUnicode_DecodeFSDefault(bytes);
}

/** Raises the OSError for a failed call with the path in it; other errors pass. Never returns. */
export function path_error(e: unknown, path: Path, path2: Path | null = null): never {
  if (e instanceof HostError) set_errno_error(e, path.object, path2 === null ? null : path2.object);
  throw e;
}
