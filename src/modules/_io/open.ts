// open.ts: open(), open_code() and text_encoding().                                   CPython: Modules/_io/_iomodule.c

import { as_raised, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, type MethodSpec } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyExc_EncodingWarning,
  PyExc_RuntimeWarning,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_SetContext,
} from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_IsTrue, PyObject_SetAttrString, repr_string } from '../../objects/object.ts';
import { c_string, PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { c_bool, c_int, type_name } from '../args.ts';
import { after_open, may_wait_for_other_end } from '../blocking.ts';
import { fs_bytes, PyOS_FSPath } from '../posix/path.ts';
import { PyBufferedRandom_Type, PyBufferedReader_Type, PyBufferedWriter_Type } from './buffered.ts';
import { DEFAULT_BUFFER_SIZE } from './common.ts';
import { type FileIOData, flags_of_mode, PyFileIO_Type } from './fileio.ts';
import { PyTextIOWrapper_Type } from './textio.ts';

interface Mode {
  creating: boolean;
  reading: boolean;
  writing: boolean;
  appending: boolean;
  updating: boolean;
  binary: boolean;
  /** For FileIO: without 't', with 'b' last but for '+'. */
  raw: string;
}

function parse_mode(mode: string): Mode {
  const m: Mode = {
    creating: false,
    reading: false,
    writing: false,
    appending: false,
    updating: false,
    binary: false,
    raw: '',
  };
  let text = false;
  const invalid = (): never => {
    const shown = PyUnicode_FromString(mode);
    try {
      return PyErr_SetString(PyExc_ValueError, `invalid mode: ${repr_string(shown)}`);
    } finally {
      decref(shown);
    }
  };
  for (let i = 0; i < mode.length; i++) {
    const c = mode[i]!;
    if (mode.indexOf(c, i + 1) >= 0) invalid();
    if (c === 'x') m.creating = true;
    else if (c === 'r') m.reading = true;
    else if (c === 'w') m.writing = true;
    else if (c === 'a') m.appending = true;
    else if (c === '+') m.updating = true;
    else if (c === 't') text = true;
    else if (c === 'b') m.binary = true;
    else invalid();
  }
  m.raw = `${m.creating ? 'x' : ''}${m.reading ? 'r' : ''}${m.writing ? 'w' : ''}${m.appending ? 'a' : ''}${m.updating ? '+' : ''}`;
  if (text && m.binary) PyErr_SetString(PyExc_ValueError, "can't have text and binary mode at once");
  if (Number(m.creating) + Number(m.reading) + Number(m.writing) + Number(m.appending) > 1) {
    PyErr_SetString(PyExc_ValueError, 'must have exactly one of create/read/write/append mode');
  }
  return m;
}

function str_or_none(arg: string, o: PyObject | null): PyObject | null {
  if (o === null || o === Py_None) return null;
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `open() argument '${arg}' must be str or None, not ${type_name(o)}`);
  c_string(o);
  return o;
}

/** open() with what it was given, after the other end of a FIFO has been opened. CPython: Modules/_io/_iomodule.c:_io_open_impl */
function open(_module: PyObject, ...given: Parameters<typeof open_now>): PyObject {
  const [file, mode, , , , , , opener] = given;
  const now = (): PyObject => open_now(...given);
  if (!may_wait_for_other_end(file) || (opener !== null && opener !== Py_None)) return now();
  if (mode !== null && !PyUnicode_Check(mode)) return now();
  const { raw } = parse_mode(mode === null ? 'r' : PyUnicode_AsString(mode));
  const held = given.filter(o => o !== null);
  return after_open(open, held, fs_bytes(file), flags_of_mode(raw), now);
}

function open_now(
  file: PyObject,
  mode_arg: PyObject | null,
  buffering_arg: PyObject | null,
  encoding_arg: PyObject | null,
  errors_arg: PyObject | null,
  newline_arg: PyObject | null,
  closefd_arg: PyObject | null,
  opener: PyObject | null,
): PyObject {
  let mode = 'r';
  if (mode_arg !== null) {
    if (!PyUnicode_Check(mode_arg))
      PyErr_SetString(PyExc_TypeError, `open() argument 'mode' must be str, not ${type_name(mode_arg)}`);
    mode = PyUnicode_AsString(mode_arg);
  }
  let buffering = buffering_arg === null ? -1 : c_int(buffering_arg);
  const encoding = str_or_none('encoding', encoding_arg);
  const errors = str_or_none('errors', errors_arg);
  const newline = str_or_none('newline', newline_arg);
  const closefd = c_bool(closefd_arg, true);
  const name = PyLong_Check(file) ? newref(file) : PyOS_FSPath(file);
  const held: PyObject[] = [name];
  const hold = <T extends PyObject>(o: T): T => {
    held.push(o);
    return o;
  };
  let result: PyObject | null = null;
  try {
    const m = parse_mode(mode);
    if (m.binary) {
      if (encoding !== null) PyErr_SetString(PyExc_ValueError, "binary mode doesn't take an encoding argument");
      if (errors !== null) PyErr_SetString(PyExc_ValueError, "binary mode doesn't take an errors argument");
      if (newline !== null) PyErr_SetString(PyExc_ValueError, "binary mode doesn't take a newline argument");
      if (buffering === 1) {
        PyErr_WarnEx(
          PyExc_RuntimeWarning,
          "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
          1,
        );
      }
    }
    result = PyObject_Vectorcall(
      PyFileIO_Type,
      [name, hold(PyUnicode_FromString(m.raw)), hold(PyBool_FromLong(closefd)), opener ?? Py_None],
      null,
    );
    const raw = result;
    const mode_obj = hold(PyUnicode_FromString(mode));
    // A file that is no character device cannot be a terminal: no need to ask.
    let isatty = false;
    if (buffering < 0) {
      const answer = PyObject_CallMethodNoArgs(raw, '_isatty_open_only');
      isatty = PyObject_IsTrue(answer);
      decref(answer);
    }
    let line_buffering = false;
    if (buffering === 1 && !m.binary) {
      buffering = -1;
      line_buffering = true;
    }
    if (buffering < 0 && isatty) line_buffering = true;
    if (buffering < 0) buffering = Math.max(Math.min((raw.v as FileIOData).blksize, 8192 * 1024), DEFAULT_BUFFER_SIZE);
    if (buffering === 0) {
      if (!m.binary) PyErr_SetString(PyExc_ValueError, "can't have unbuffered text I/O");
      return newref(result);
    }
    if (buffering === 1 && m.binary) buffering = DEFAULT_BUFFER_SIZE;
    const type = m.updating
      ? PyBufferedRandom_Type
      : m.creating || m.writing || m.appending
        ? PyBufferedWriter_Type
        : m.reading
          ? PyBufferedReader_Type
          : null;
    if (type === null) PyErr_SetString(PyExc_ValueError, `unknown mode: '${mode}'`);
    const buffer = PyObject_Vectorcall(type, [raw, hold(PyLong_FromLong(buffering))], null);
    decref(result);
    result = buffer;
    if (m.binary) return newref(result);
    const wrapper = PyObject_Vectorcall(
      PyTextIOWrapper_Type,
      [buffer, encoding ?? Py_None, errors ?? Py_None, newline ?? Py_None, hold(PyBool_FromLong(line_buffering))],
      null,
    );
    decref(result);
    result = wrapper;
    PyObject_SetAttrString(wrapper, 'mode', mode_obj);
    return newref(result);
  } catch (e) {
    if (result !== null) {
      // What is open is closed again, and the first error reported.
      const first = as_raised(e);
      try {
        decref(PyObject_CallMethodNoArgs(result, 'close'));
      } catch (e2) {
        const second = as_raised(e2);
        PyException_SetContext(second.exc, first.exc);
        throw second;
      }
      throw first;
    }
    throw e;
  } finally {
    if (result !== null) decref(result);
    for (const o of held) decref(o);
  }
}

function open_code(_module: PyObject, path: PyObject): PyObject {
  if (!PyUnicode_Check(path))
    PyErr_SetString(PyExc_TypeError, `open_code() argument 'path' must be str, not ${type_name(path)}`);
  const mode = PyUnicode_FromString('rb');
  try {
    return open_now(path, mode, null, null, null, null, null, null);
  } finally {
    decref(mode);
  }
}

/** CPython: Modules/_io/_iomodule.c:_io_text_encoding_impl */
function text_encoding(_module: PyObject, encoding: PyObject, stacklevel: PyObject | null): PyObject {
  if (encoding !== Py_None) return newref(encoding);
  const { config } = current.tstate.interp;
  if (config.warn_default_encoding !== 0) {
    PyErr_WarnEx(
      PyExc_EncodingWarning,
      "'encoding' argument not specified",
      stacklevel === null ? 2 : c_int(stacklevel),
    );
  }
  return PyUnicode_FromString(config.utf8_mode !== 0 ? 'utf-8' : 'locale');
}

export const open_methods: MethodSpec[] = [
  {
    name: 'open',
    flags: METH_CLINIC,
    meth: open,
    sig: "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
  },
  { name: 'text_encoding', flags: METH_CLINIC, meth: text_encoding, sig: '($module, encoding, stacklevel=2, /)' },
  { name: 'open_code', flags: METH_CLINIC, meth: open_code, sig: '($module, /, path)' },
];
