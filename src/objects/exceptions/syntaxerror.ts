// syntaxerror.ts: SyntaxError and its subtypes.                                      CPython: Objects/exceptions.c

import { errorHooks, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { PySequence_Tuple } from '../abstract.ts';
import { PyUnicode_Check } from '../checks.ts';
import { PyLong_FromLong, PyLong_Type } from '../longobject.ts';
import { Py_None, PyObject_Str, str_string } from '../object.ts';
import { PyTuple_FromArraySteal } from '../tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../unicodeobject.ts';
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_traverse,
  exc_field,
  field_member,
  set_exc_field,
} from './base.ts';
import { PyExc_Exception, PyExc_TypeError } from './hierarchy.ts';

const MSG = 0;
const FILENAME = 1;
const LINENO = 2;
const OFFSET = 3;
const TEXT = 4;
const END_LINENO = 5;
const END_OFFSET = 6;
const METADATA = 7;
const PRINT_FILE_AND_LINE = 8;

/** CPython: Objects/exceptions.c:SyntaxError_init */
function SyntaxError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  if (items.length >= 1) set_exc_field(self, MSG, newref(items[0]!));
  if (items.length !== 2) return;
  const info = PySequence_Tuple(items[1]!);
  const details = info.v as PyObject[];
  const n = details.length;
  try {
    if (n < 4 || n > 7) {
      const bound = n < 4 ? 'at least 4' : 'at most 7';
      PyErr_SetString(PyExc_TypeError, `function takes ${bound} arguments (${n} given)`);
    }
    set_exc_field(self, END_LINENO, null);
    set_exc_field(self, END_OFFSET, null);
    // In the order of the tuple: filename, lineno, offset, text, end_lineno, end_offset, metadata.
    for (let i = 0; i < n; i++) set_exc_field(self, FILENAME + i, newref(details[i]!));
    if (n === 5) PyErr_SetString(PyExc_TypeError, 'end_offset must be provided when end_lineno is provided');
  } finally {
    decref(info);
  }
}

/** CPython: Objects/exceptions.c:SyntaxError_str */
function SyntaxError_str(self: PyObject): PyObject {
  const msg = exc_field(self, MSG) ?? Py_None;
  const filename = exc_field(self, FILENAME);
  const lineno = exc_field(self, LINENO);
  let where = '';
  if (filename !== null && PyUnicode_Check(filename)) {
    const path = PyUnicode_AsString(filename);
    where = path.slice(path.lastIndexOf('/') + 1);
  }
  const have_filename = filename !== null && PyUnicode_Check(filename);
  const have_lineno = lineno !== null && lineno.ob_type === PyLong_Type;
  if (!have_filename && !have_lineno) return PyObject_Str(msg);
  if (have_lineno) where += `${have_filename ? ', ' : ''}line ${long_text(lineno)}`;
  return PyUnicode_FromString(`${str_string(msg)} (${where})`);
}

/** The number as C's long shows it; out of range is -1. */
function long_text(o: PyObject): string {
  const value = BigInt(o.v as number | bigint);
  return value === BigInt.asIntN(64, value) ? value.toString() : '-1';
}

/** Where a syntax error is. Line numbers and offsets count from 1; null stands for None. */
export interface SyntaxErrorInfo {
  filename: PyObject | null;
  lineno: number | null;
  offset: number | null;
  text: string | PyObject | null;
  end_lineno?: number | null;
  end_offset?: number | null;
}

/** A new SyntaxError (or subtype) with its details; borrows what it is given. */
export function new_syntax_error(type: PyTypeObject, message: string, info: SyntaxErrorInfo): PyObject {
  const number = (n: number | null | undefined): PyObject =>
    n === null || n === undefined ? newref(Py_None) : PyLong_FromLong(n);
  const text =
    info.text === null
      ? newref(Py_None)
      : typeof info.text === 'string'
        ? PyUnicode_FromString(info.text)
        : newref(info.text);
  const details = [newref(info.filename ?? Py_None), number(info.lineno), number(info.offset), text];
  if (info.end_lineno !== undefined) details.push(number(info.end_lineno), number(info.end_offset));
  const args = PyTuple_FromArraySteal([PyUnicode_FromString(message), PyTuple_FromArraySteal(details)]);
  try {
    return errorHooks.create!(type, args);
  } finally {
    decref(args);
  }
}

/** Raises a SyntaxError with its details. */
export function raise_syntax_error(type: PyTypeObject, message: string, info: SyntaxErrorInfo): never {
  throw new Raised(new_syntax_error(type, message, info));
}

const SYNTAX = {
  tp_basicsize: 144,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_init: SyntaxError_init,
  tp_str: SyntaxError_str,
};

export const PyExc_SyntaxError = static_type({
  ...SYNTAX,
  name: 'SyntaxError',
  base: () => PyExc_Exception,
  tp_doc: 'The source is not valid Python.',
  members: [
    field_member('msg', MSG, 'exception msg'),
    field_member('filename', FILENAME, 'exception filename'),
    field_member('lineno', LINENO, 'exception lineno'),
    field_member('offset', OFFSET, 'exception offset'),
    field_member('text', TEXT, 'exception text'),
    field_member('end_lineno', END_LINENO, 'exception end lineno'),
    field_member('end_offset', END_OFFSET, 'exception end offset'),
    field_member('print_file_and_line', PRINT_FILE_AND_LINE, 'exception print_file_and_line'),
    field_member('_metadata', METADATA, 'exception private metadata'),
  ],
});

export const PyExc_IndentationError = static_type({
  ...SYNTAX,
  name: 'IndentationError',
  base: () => PyExc_SyntaxError,
  tp_doc: 'The indentation is wrong.',
});

export const PyExc_TabError = static_type({
  ...SYNTAX,
  name: 'TabError',
  base: () => PyExc_IndentationError,
  tp_doc: 'Tabs and spaces are mixed.',
});

export const PyExc_IncompleteInputError = static_type({
  ...SYNTAX,
  name: '_IncompleteInputError',
  base: () => PyExc_SyntaxError,
  tp_doc: 'The input ends too early.',
});
