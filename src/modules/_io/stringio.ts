// stringio.ts: StringIO, a text stream in memory.                                        CPython: Modules/_io/stringio.c
//
// Writes at the end that are not plain JS strings collect in `parts`; whatever looks at the content joins them first.
// Invariant: the content is text followed by the parts; `length` is its number of code points.

import { PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyDict_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_Copy, PyDict_Update } from '../../objects/dictobject.ts';
import { PyExc_OSError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { instance_dict, instance_dict_or_null, Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import {
  PyUnicode_AsString,
  str_text,
  type Text,
  text_concat,
  text_join,
  text_slice,
  unicode_from_text,
} from '../../objects/unicodeobject.ts';
import { c_int, c_ssize, optional_ssize } from '../args.ts';
import { PyTextIOBase_Type } from './bufferedbase.ts';
import { begin_dealloc, clear_dict, closed_error, py_none, traverse_dict } from './common.ts';
import { from_lf, type LineEnding, line_end } from './lines.ts';
import { NewlineTranslator } from './nldecoder.ts';

class StringIOData {
  text: Text = '';
  parts: Text[] = [];
  length = 0;
  pos = 0;
  ok = false;
  closed = false;
  /** As given: null for None. Owned str otherwise. */
  newline: PyObject | null = null;
  ending: LineEnding = { universal: false, newline: '\n' };
  translator: NewlineTranslator | null = null;
  /** What '\n' becomes when written, or null. */
  writenl: string | null = null;
}

function data_of(self: PyObject): StringIOData {
  return self.v as StringIOData;
}

function open_data(self: PyObject): StringIOData {
  const data = data_of(self);
  if (!data.ok) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  if (data.closed) closed_error('I/O operation on closed file');
  return data;
}

/** The whole content. */
function flatten(data: StringIOData): Text {
  if (data.parts.length > 0) {
    data.text = text_join('', [data.text, ...data.parts]);
    data.parts = [];
  }
  return data.text;
}

/** CPython: Modules/_io/stringio.c:write_str */
function write_text(data: StringIOData, t: Text): void {
  if (data.translator !== null) t = data.translator.feed(t, true);
  if (data.writenl !== null) t = from_lf(t, data.writenl);
  const n = t.length;
  if (n === 0) return;
  if (data.pos === data.length) {
    // JS strings grow cheaply by themselves; arrays of code points are joined when somebody looks.
    if (typeof t === 'string' && typeof data.text === 'string' && data.parts.length === 0) data.text += t;
    else data.parts.push(t);
    data.length += n;
    data.pos += n;
    return;
  }
  let text = flatten(data);
  if (data.pos > data.length) {
    text = text_concat(text, '\0'.repeat(data.pos - data.length));
    data.text = text_concat(text, t);
  } else {
    const rest = text_slice(text, Math.min(data.pos + n, data.length), data.length);
    data.text = text_join('', [text_slice(text, 0, data.pos), t, rest]);
  }
  data.pos += n;
  data.length = data.text.length;
}

function stringio_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new StringIOData());
}

/** CPython: Modules/_io/stringio.c:_io_StringIO___init___impl */
function init(self: PyObject, value: PyObject | null, newline_obj: PyObject | null): void {
  const data = data_of(self);
  data.ok = false;
  let newline: string | null = '\n';
  if (newline_obj !== null) {
    if (newline_obj === Py_None) newline = null;
    else if (!PyUnicode_Check(newline_obj)) {
      PyErr_SetString(PyExc_TypeError, `newline must be str or None, not ${newline_obj.ob_type.tp_name}`);
    } else newline = PyUnicode_AsString(newline_obj);
  }
  if (newline !== null && newline !== '' && newline !== '\n' && newline !== '\r' && newline !== '\r\n') {
    PyErr_SetString(PyExc_ValueError, `illegal newline value: ${repr_string(newline_obj!)}`);
  }
  if (value !== null && value !== Py_None && !PyUnicode_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `initial_value must be str or None, not ${value.ob_type.tp_name}`);
  }
  xdecref(data.newline);
  data.newline = newline_obj === null || newline_obj === Py_None ? null : newref(newline_obj);
  const universal = newline === null || newline === '';
  data.ending = { universal: universal && newline !== null, newline: universal ? '\n' : newline! };
  data.translator = universal ? new NewlineTranslator(newline === null) : null;
  data.writenl = newline === '\r' || newline === '\r\n' ? newline : null;
  data.text = '';
  data.parts = [];
  data.length = 0;
  data.pos = 0;
  if (value !== null && value !== Py_None) write_text(data, str_text(value));
  data.pos = 0;
  data.closed = false;
  data.ok = true;
}

function stringio_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [value, newline] = PyArg_Clinic('StringIO', "(initial_value='', newline='\\n')", args, kwargs);
  init(self, value ?? null, newline ?? null);
}

function getvalue(self: PyObject): PyObject {
  return unicode_from_text(flatten(open_data(self)));
}

function tell(self: PyObject): PyObject {
  return PyLong_FromLong(open_data(self).pos);
}

function read(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  const data = open_data(self);
  let n = Math.max(0, data.length - data.pos);
  if (limit >= 0 && limit < n) n = limit;
  const start = data.pos;
  data.pos += n;
  const text = flatten(data);
  if (start === 0 && n === data.length) return unicode_from_text(text);
  return unicode_from_text(text_slice(text, start, start + n));
}

/** The next line; empty at the end. */
function next_line(data: StringIOData, limit: number): Text {
  if (data.pos >= data.length) return '';
  const text = flatten(data);
  let end = line_end(text, data.pos, data.ending);
  if (end < 0) end = data.length;
  if (limit >= 0 && end > data.pos + limit) end = data.pos + limit;
  const line = text_slice(text, data.pos, end);
  data.pos = end;
  return line;
}

function readline(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  return unicode_from_text(next_line(open_data(self), limit));
}

/** CPython: Modules/_io/stringio.c:stringio_iternext */
function iternext(self: PyObject): PyObject | null {
  const data = open_data(self);
  if (self.ob_type === PyStringIO_Type) {
    const line = next_line(data, -1);
    return line.length === 0 ? null : unicode_from_text(line);
  }
  const line = PyObject_CallMethodNoArgs(self, 'readline');
  if (!PyUnicode_Check(line)) {
    const got = line.ob_type.tp_name;
    decref(line);
    PyErr_SetString(PyExc_OSError, `readline() should have returned an str object, not '${got}'`);
  }
  if (str_text(line).length === 0) {
    decref(line);
    return null;
  }
  return line;
}

function truncate(self: PyObject, pos: PyObject | null): PyObject {
  const data = open_data(self);
  const size = optional_ssize(pos, data.pos);
  if (size < 0) PyErr_SetString(PyExc_ValueError, `Negative size value ${size}`);
  if (size < data.length) {
    data.text = text_slice(flatten(data), 0, size);
    data.length = size;
  }
  return PyLong_FromLong(size);
}

/** CPython: Modules/_io/stringio.c:_io_StringIO_seek_impl */
function seek(self: PyObject, pos: PyObject, whence: PyObject | null): PyObject {
  let at = c_ssize(pos);
  const how = whence === null ? 0 : c_int(whence);
  const data = open_data(self);
  if (how !== 0 && how !== 1 && how !== 2) {
    PyErr_SetString(PyExc_ValueError, `Invalid whence (${how}, should be 0, 1 or 2)`);
  }
  if (at < 0 && how === 0) PyErr_SetString(PyExc_ValueError, `Negative seek position ${at}`);
  if (how !== 0 && at !== 0) PyErr_SetString(PyExc_OSError, "Can't do nonzero cur-relative seeks");
  if (how === 1) at = data.pos;
  else if (how === 2) at = data.length;
  data.pos = at;
  return Number.isSafeInteger(at) ? PyLong_FromLong(at) : PyNumber_Index(pos);
}

function write(self: PyObject, s: PyObject): PyObject {
  const data = open_data(self);
  if (!PyUnicode_Check(s)) PyErr_SetString(PyExc_TypeError, `string argument expected, got '${s.ob_type.tp_name}'`);
  const t = str_text(s);
  if (t.length > 0) write_text(data, t);
  return PyLong_FromLong(t.length);
}

function close(self: PyObject): PyObject {
  const data = data_of(self);
  data.closed = true;
  data.text = '';
  data.parts = [];
  data.length = 0;
  return py_none();
}

function yes(self: PyObject): PyObject {
  open_data(self);
  return PyBool_FromLong(true);
}

/** CPython: Modules/_io/stringio.c:_io_StringIO___getstate___impl */
function getstate(self: PyObject): PyObject {
  const value = getvalue(self);
  const data = data_of(self);
  const dict = instance_dict_or_null(self);
  return PyTuple_FromArraySteal([
    value,
    data.newline === null ? (data.translator === null ? newline_str() : py_none()) : newref(data.newline),
    PyLong_FromLong(data.pos),
    dict === null ? py_none() : PyDict_Copy(dict),
  ]);
}

function newline_str(): PyObject {
  return unicode_from_text('\n');
}

/** CPython: Modules/_io/stringio.c:_io_StringIO___setstate___impl */
function setstate(self: PyObject, state: PyObject): PyObject {
  const data = data_of(self);
  if (data.closed) closed_error('I/O operation on closed file');
  if (!PyTuple_Check(state) || state.v.length < 4) {
    PyErr_SetString(
      PyExc_TypeError,
      `${self.ob_type.tp_name}.__setstate__ argument should be 4-tuple, got ${state.ob_type.tp_name}`,
    );
  }
  const [value, newline, position, dict] = state.v as [PyObject, PyObject, PyObject, PyObject];
  init(self, null, newline);
  if (value !== Py_None && !PyUnicode_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `initial_value must be str or None, not ${value.ob_type.tp_name}`);
  }
  // The content was translated when it was first written.
  data.text = value === Py_None ? '' : str_text(value);
  data.length = data.text.length;
  if (!PyLong_Check(position)) {
    PyErr_SetString(PyExc_TypeError, `third item of state must be an integer, got ${position.ob_type.tp_name}`);
  }
  const pos = c_ssize(position);
  if (pos < 0) PyErr_SetString(PyExc_ValueError, 'position value cannot be negative');
  data.pos = pos;
  if (dict !== Py_None) {
    if (!PyDict_Check(dict)) {
      PyErr_SetString(PyExc_TypeError, `fourth item of state should be a dict, got a ${dict.ob_type.tp_name}`);
    }
    PyDict_Update(instance_dict(self)!, dict);
  }
  return py_none();
}

function newlines(self: PyObject): PyObject {
  const data = open_data(self);
  return data.translator === null ? py_none() : data.translator.newlines();
}

function line_buffering(self: PyObject): PyObject {
  open_data(self);
  return PyBool_FromLong(false);
}

function dealloc(self: PyObject): void {
  if (!begin_dealloc(self)) return;
  xdecref(data_of(self).newline);
}

function traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
}

export const PyStringIO_Type = static_type({
  name: '_io.StringIO',
  heap: 'immutable',
  base: () => PyTextIOBase_Type,
  tp_basicsize: 120,
  tp_dictoffset: 96,
  tp_weaklistoffset: 104,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: "StringIO(initial_value='', newline='\\n')\n--\n\nA text stream in memory.",
  tp_new: stringio_new,
  tp_init: stringio_init,
  tp_dealloc: dealloc,
  tp_traverse: traverse,
  tp_clear: clear_dict,
  tp_iternext: iternext,
  methods: [
    { name: 'close', flags: METH_NOARGS, meth: close, sig: '($self, /)' },
    { name: 'getvalue', flags: METH_NOARGS, meth: getvalue, sig: '($self, /)' },
    { name: 'read', flags: METH_CLINIC, meth: read, sig: '($self, size=-1, /)' },
    { name: 'readline', flags: METH_CLINIC, meth: readline, sig: '($self, size=-1, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: tell, sig: '($self, /)' },
    { name: 'truncate', flags: METH_CLINIC, meth: truncate, sig: '($self, pos=None, /)' },
    { name: 'seek', flags: METH_CLINIC, meth: seek, sig: '($self, pos, whence=0, /)' },
    { name: 'write', flags: METH_O, meth: write, sig: '($self, s, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: yes, sig: '($self, /)' },
    { name: 'readable', flags: METH_NOARGS, meth: yes, sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: yes, sig: '($self, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: getstate, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: setstate, sig: '($self, state, /)' },
  ],
  getset: [
    { name: 'closed', get: self => PyBool_FromLong(data_of(self).closed) },
    { name: 'newlines', get: newlines },
    { name: 'line_buffering', get: line_buffering },
  ],
});
