// oserror.ts: OSError, its subtypes by errno, and how host errors become them.       CPython: Objects/exceptions.c
//
// OSError(errno, text, ...) picks the subtype that stands for the errno; subtypes with an __init__ of their own parse
// their arguments there instead of in __new__.
// Invariant: when a file name is given, `args` holds errno and text only.

import { strerror } from '../../core/errno.ts';
import { PyErr_SetString, Raised } from '../../core/errors.ts';
import type { HostError } from '../../core/host.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  xnewref,
} from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyNumber_AsSsize_t, PyNumber_Check } from '../abstract.ts';
import { PyObject_Call } from '../call.ts';
import { PyLong_Check } from '../checks.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { instance_dict_or_null, Py_None, repr_string, str_string } from '../object.ts';
import { PyTuple_FromArraySteal, PyTuple_Pack } from '../tupleobject.ts';
import { PyUnicode_FromString } from '../unicodeobject.ts';
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_str,
  BaseException_traverse,
  exc_alloc,
  exc_data,
  exc_field,
  field_member,
  no_keywords,
  reduce_result,
  set_args,
  set_exc_field,
} from './base.ts';

import { set_exception_context } from './create.ts';
import { PyExc_AttributeError } from './fields.ts';
import { PyExc_Exception, PyExc_ValueError } from './hierarchy.ts';

const ERRNO = 0;
const STRERROR = 1;
const FILENAME = 2;
const FILENAME2 = 3;

/** The subtype for an errno (Linux numbers), or null. CPython: Objects/exceptions.c:_PyExc_InitState's errnomap */
function type_for_errno(errno: number): PyTypeObject | null {
  switch (errno) {
    case 11: // EAGAIN, EWOULDBLOCK
    case 114: // EALREADY
    case 115: // EINPROGRESS
      return PyExc_BlockingIOError;
    case 32: // EPIPE
    case 108: // ESHUTDOWN
      return PyExc_BrokenPipeError;
    case 10: // ECHILD
      return PyExc_ChildProcessError;
    case 103: // ECONNABORTED
      return PyExc_ConnectionAbortedError;
    case 111: // ECONNREFUSED
      return PyExc_ConnectionRefusedError;
    case 104: // ECONNRESET
      return PyExc_ConnectionResetError;
    case 17: // EEXIST
      return PyExc_FileExistsError;
    case 2: // ENOENT
      return PyExc_FileNotFoundError;
    case 21: // EISDIR
      return PyExc_IsADirectoryError;
    case 20: // ENOTDIR
      return PyExc_NotADirectoryError;
    case 4: // EINTR
      return PyExc_InterruptedError;
    case 13: // EACCES
    case 1: // EPERM
      return PyExc_PermissionError;
    case 3: // ESRCH
      return PyExc_ProcessLookupError;
    case 110: // ETIMEDOUT
      return PyExc_TimeoutError;
  }
  return null;
}

/** True when the type overrides __init__ but not __new__: its arguments are then parsed by __init__ only. */
function uses_init(type: PyTypeObject): boolean {
  return type.tp_init !== OSError_init && type.tp_new === OSError_new;
}

/** Fills in the fields from the arguments. CPython: Objects/exceptions.c:oserror_parse_args, oserror_init */
function fill(self: PyObject, args: PyObject): void {
  const items = args.v as PyObject[];
  const n = items.length;
  const parsed = n >= 2 && n <= 5;
  const filename = parsed && n > 2 ? items[2]! : null;
  const filename2 = parsed && n > 4 ? items[4]! : null;
  let kept: PyObject | null = null;
  if (filename !== null && filename !== Py_None) {
    if (self.ob_type === PyExc_BlockingIOError && PyNumber_Check(filename)) {
      exc_data(self).start = PyNumber_AsSsize_t(filename, PyExc_ValueError);
    } else {
      set_exc_field(self, FILENAME, newref(filename));
      if (filename2 !== null && filename2 !== Py_None) set_exc_field(self, FILENAME2, newref(filename2));
      kept = PyTuple_Pack(items[0]!, items[1]!);
    }
  }
  if (parsed) {
    set_exc_field(self, ERRNO, newref(items[0]!));
    set_exc_field(self, STRERROR, newref(items[1]!));
  }
  set_args(self, kept ?? newref(args));
}

/** CPython: Objects/exceptions.c:OSError_new */
function OSError_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const deferred = uses_init(type);
  if (!deferred) {
    no_keywords(type.tp_name, kwargs);
    const items = args.v as PyObject[];
    if (type === PyExc_OSError && items.length >= 2 && items.length <= 5) {
      const errno = items[0]!;
      if (PyLong_Check(errno) && typeof errno.v === 'number') type = type_for_errno(errno.v) ?? type;
    }
  }
  const self = exc_alloc(type, PyTuple_FromArraySteal([]));
  exc_data(self).start = -1;
  if (!deferred) {
    try {
      fill(self, args);
    } catch (e) {
      decref(self);
      throw e;
    }
  }
  return self;
}

/** CPython: Objects/exceptions.c:OSError_init */
function OSError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  if (!uses_init(self.ob_type)) return; // __new__ did everything
  no_keywords(self.ob_type.tp_name, kwargs);
  fill(self, args);
}

/** CPython: Objects/exceptions.c:OSError_str */
function OSError_str(self: PyObject): PyObject {
  const errno = exc_field(self, ERRNO);
  const text = exc_field(self, STRERROR);
  const filename = exc_field(self, FILENAME);
  if (filename === null && (errno === null || text === null)) return BaseException_str(self);
  let s = `[Errno ${str_string(errno ?? Py_None)}] ${str_string(text ?? Py_None)}`;
  if (filename !== null) {
    s += `: ${repr_string(filename)}`;
    const filename2 = exc_field(self, FILENAME2);
    if (filename2 !== null) s += ` -> ${repr_string(filename2)}`;
  }
  return PyUnicode_FromString(s);
}

/** CPython: Objects/exceptions.c:OSError_reduce */
function OSError_reduce(self: PyObject): PyObject {
  const args = exc_data(self).args;
  const items = args.v as PyObject[];
  const filename = exc_field(self, FILENAME);
  const dict = instance_dict_or_null(self);
  if (items.length !== 2 || filename === null) return reduce_result(self, args, dict);
  const filename2 = exc_field(self, FILENAME2);
  const full =
    filename2 === null
      ? PyTuple_Pack(items[0]!, items[1]!, filename)
      : PyTuple_Pack(items[0]!, items[1]!, filename, Py_None, filename2);
  const result = reduce_result(self, full, dict);
  decref(full);
  return result;
}

function written_get(self: PyObject): PyObject {
  const n = exc_data(self).start;
  if (n === -1) PyErr_SetString(PyExc_AttributeError, 'characters_written');
  return PyLong_FromLong(n);
}

function written_set(self: PyObject, value: PyObject | null): void {
  const data = exc_data(self);
  if (value === null) {
    if (data.start === -1) PyErr_SetString(PyExc_AttributeError, 'characters_written');
    data.start = -1;
  } else data.start = PyNumber_AsSsize_t(value, PyExc_ValueError);
}

// --- raising --------------------------------------------------------------------------------------------------------

/** A new OSError of the right subtype. Borrows the file names. CPython: PyErr_SetFromErrnoWithFilenameObjects */
export function new_os_error(
  errno: number,
  filename: PyObject | null = null,
  filename2: PyObject | null = null,
): PyObject {
  const items = [PyLong_FromLong(errno), PyUnicode_FromString(strerror(errno))];
  if (filename !== null) items.push(newref(filename));
  if (filename2 !== null) items.push(newref(Py_None), newref(filename2));
  const args = PyTuple_FromArraySteal(items);
  try {
    return PyObject_Call(PyExc_OSError, args, null);
  } finally {
    decref(args);
  }
}

/** Raises OSError for an errno, with the handled exception as its context. CPython: PyErr_SetFromErrno */
export function raise_errno(errno: number, filename: PyObject | null = null, filename2: PyObject | null = null): never {
  const exc = new_os_error(errno, filename, filename2);
  set_exception_context(exc);
  throw new Raised(exc);
}

/** Raises the OSError that a failed host call stands for. */
export function set_errno_error(
  err: HostError,
  filename: PyObject | null = null,
  filename2: PyObject | null = null,
): never {
  raise_errno(err.errno, filename, filename2);
}

/** errno of an OSError, borrowed; null when unset. */
export function OSError_errno(exc: PyObject): PyObject | null {
  return exc_field(exc, ERRNO);
}

/** Sets `filename` of an OSError that has none yet (borrows). */
export function OSError_set_filename(exc: PyObject, filename: PyObject | null): void {
  set_exc_field(exc, FILENAME, xnewref(filename));
}

// --- the types ------------------------------------------------------------------------------------------------------

const OS = {
  tp_basicsize: 112,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_new: OSError_new,
  tp_init: OSError_init,
  tp_str: OSError_str,
};

export const PyExc_OSError = static_type({
  ...OS,
  name: 'OSError',
  base: () => PyExc_Exception,
  tp_doc: 'A call of the operating system failed.',
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: OSError_reduce, sig: '($self, /)' }],
  members: [
    field_member('errno', ERRNO, 'POSIX exception code'),
    field_member('strerror', STRERROR, 'exception strerror'),
    field_member('filename', FILENAME, 'exception filename'),
    field_member('filename2', FILENAME2, 'second exception filename'),
  ],
  getset: [{ name: 'characters_written', get: written_get, set: written_set }],
});

export const PyExc_BlockingIOError = static_type({
  ...OS,
  name: 'BlockingIOError',
  base: () => PyExc_OSError,
  tp_doc: 'The operation would block.',
});
export const PyExc_ChildProcessError = static_type({
  ...OS,
  name: 'ChildProcessError',
  base: () => PyExc_OSError,
  tp_doc: 'An operation on a child process failed.',
});
export const PyExc_ConnectionError = static_type({
  ...OS,
  name: 'ConnectionError',
  base: () => PyExc_OSError,
  tp_doc: 'Base of errors of connections.',
});
export const PyExc_FileExistsError = static_type({
  ...OS,
  name: 'FileExistsError',
  base: () => PyExc_OSError,
  tp_doc: 'The file exists already.',
});
export const PyExc_FileNotFoundError = static_type({
  ...OS,
  name: 'FileNotFoundError',
  base: () => PyExc_OSError,
  tp_doc: 'There is no such file.',
});
export const PyExc_InterruptedError = static_type({
  ...OS,
  name: 'InterruptedError',
  base: () => PyExc_OSError,
  tp_doc: 'A signal interrupted the call.',
});
export const PyExc_IsADirectoryError = static_type({
  ...OS,
  name: 'IsADirectoryError',
  base: () => PyExc_OSError,
  tp_doc: 'Not possible with a directory.',
});
export const PyExc_NotADirectoryError = static_type({
  ...OS,
  name: 'NotADirectoryError',
  base: () => PyExc_OSError,
  tp_doc: 'Possible with a directory only.',
});
export const PyExc_PermissionError = static_type({
  ...OS,
  name: 'PermissionError',
  base: () => PyExc_OSError,
  tp_doc: 'Not permitted.',
});
export const PyExc_ProcessLookupError = static_type({
  ...OS,
  name: 'ProcessLookupError',
  base: () => PyExc_OSError,
  tp_doc: 'There is no such process.',
});
export const PyExc_TimeoutError = static_type({
  ...OS,
  name: 'TimeoutError',
  base: () => PyExc_OSError,
  tp_doc: 'Time ran out.',
});
export const PyExc_BrokenPipeError = static_type({
  ...OS,
  name: 'BrokenPipeError',
  base: () => PyExc_ConnectionError,
  tp_doc: 'The other end does not read any more.',
});
export const PyExc_ConnectionAbortedError = static_type({
  ...OS,
  name: 'ConnectionAbortedError',
  base: () => PyExc_ConnectionError,
  tp_doc: 'The other side gave the connection up.',
});
export const PyExc_ConnectionRefusedError = static_type({
  ...OS,
  name: 'ConnectionRefusedError',
  base: () => PyExc_ConnectionError,
  tp_doc: 'The other side refused the connection.',
});
export const PyExc_ConnectionResetError = static_type({
  ...OS,
  name: 'ConnectionResetError',
  base: () => PyExc_ConnectionError,
  tp_doc: 'The other side reset the connection.',
});
