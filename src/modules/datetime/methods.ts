// methods.ts: methods that date, time and datetime share, and how their arguments are read.    CPython: Modules/_datetimemodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { METH_CLASS, METH_FASTCALL, METH_KEYWORDS, METH_VARARGS, type MethodSpec } from '../../core/spec.ts';
import { PyObject_CallMethodOneArg, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_UnicodeEncodeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_ClinicVector } from '../../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { Py_None, PyObject_Str, repr_string } from '../../objects/object.ts';
import {
  PyUnicode_AsEncodedString,
  PyUnicode_AsString,
  PyUnicode_AsUTF8String,
  PyUnicode_GET_LENGTH,
  PyUnicode_READ_CHAR,
} from '../../objects/unicodeobject.ts';
import { type_name } from '../args.ts';
import { PyTZInfo_Check } from './core.ts';
import { check_format } from './strftime.ts';

/** Raises unless a call had exactly so many arguments (PyArg_ParseTuple's words). */
export function exact_arguments(fname: string, args: PyObject, n: number): PyObject[] {
  const items = args.v as PyObject[];
  if (items.length !== n) {
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}() takes exactly ${n} argument${n === 1 ? '' : 's'} (${items.length} given)`,
    );
  }
  return items;
}

/** A timespec argument: format code 's'. */
export function timespec_arg(index: number, o: PyObject): string {
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `isoformat() argument ${index} must be str, not ${type_name(o)}`);
  }
  if (typeof o.v !== 'string') decref(PyUnicode_AsUTF8String(o));
  return PyUnicode_AsString(o);
}

/** A separator argument: format code 'C'. */
export function separator_arg(o: PyObject): string {
  const fail = (what: string): never =>
    PyErr_SetString(PyExc_TypeError, `isoformat() argument 1 must be a unicode character, not ${what}`);
  if (!PyUnicode_Check(o)) fail(type_name(o));
  const n = PyUnicode_GET_LENGTH(o);
  if (n !== 1) fail(`a string of length ${n}`);
  return PyUnicode_AsString(o);
}

/** `__format__`: strftime() with the format, or str() without one. CPython: date_format */
function format_method(self: PyObject, args: PyObject): PyObject {
  const format = exact_arguments('__format__', args, 1)[0]!;
  check_format('__format__', format);
  return PyUnicode_GET_LENGTH(format) === 0 ? PyObject_Str(self) : PyObject_CallMethodOneArg(self, 'strftime', format);
}

export const format_row: MethodSpec = {
  name: '__format__',
  flags: METH_VARARGS,
  meth: format_method,
  doc: 'Formats self with strftime.',
};

/** `cls.strptime(string, format)`, done by a function of _strptime. */
export function strptime_row(func: string): MethodSpec {
  return {
    name: 'strptime',
    flags: METH_VARARGS | METH_CLASS,
    meth(cls: PyObject, args: PyObject): PyObject {
      const items = exact_arguments('strptime', args, 2);
      items.forEach((o, i) => {
        if (!PyUnicode_Check(o)) {
          PyErr_SetString(PyExc_TypeError, `strptime() argument ${i + 1} must be str, not ${type_name(o)}`);
        }
      });
      const parse = PyImport_ImportModuleAttr('_strptime', func);
      try {
        return PyObject_Vectorcall(parse, [cls, ...items], null);
      } finally {
        decref(parse);
      }
    },
    doc: 'string, format -> parsed',
  };
}

/** `__replace__(**changes)`: the same as replace(). */
export function replace_row(
  signature: string,
  replace: (self: PyObject, ...values: (PyObject | null)[]) => PyObject,
): MethodSpec {
  return {
    name: '__replace__',
    flags: METH_FASTCALL | METH_KEYWORDS,
    meth: (self: PyObject, args: PyObject[], kwnames: PyObject | null) =>
      replace(self, ...PyArg_ClinicVector('replace', signature, args, kwnames)),
    sig: '($self, /, **changes)',
    doc: 'The same as replace().',
  };
}

/** The format argument of strftime(). */
export function strftime_format(o: PyObject): PyObject {
  check_format('strftime', o);
  return o;
}

/**
 * The bytes of a pickled state, or null if the first argument is none: `sane` tells by one of its bytes.
 * Old pickles hold them as a latin-1 str. CPython: date_new, time_new, datetime_new
 */
export function pickled_state(
  state: PyObject,
  length: number,
  at: number,
  sane: (byte: number) => boolean,
  what: string,
): Uint8Array | null {
  if (PyBytes_Check(state)) {
    const bytes = state.v as Uint8Array;
    return bytes.length === length && sane(bytes[at]!) ? bytes : null;
  }
  if (!PyUnicode_Check(state) || PyUnicode_GET_LENGTH(state) !== length || !sane(PyUnicode_READ_CHAR(state, at))) {
    return null;
  }
  let encoded: PyObject;
  try {
    encoded = PyUnicode_AsEncodedString(state, 'latin-1', null);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_UnicodeEncodeError)) throw e;
    PyErr_Clear(e);
    PyErr_SetString(
      PyExc_ValueError,
      `Failed to encode latin1 string when unpickling a ${what} object. pickle.load(data, encoding='latin1') is assumed.`,
    );
  }
  const bytes = encoded.v as Uint8Array;
  decref(encoded);
  return bytes;
}

/** The tzinfo of a pickled state. */
export function pickled_tzinfo(items: readonly PyObject[]): PyObject | null {
  const tz = items[1] ?? null;
  if (tz === null || tz === Py_None) return null;
  if (!PyTZInfo_Check(tz)) PyErr_SetString(PyExc_TypeError, 'bad tzinfo state arg');
  return newref(tz);
}

/** The text of an argument of fromisoformat(); each character is one code unit. */
export function isoformat_text(o: PyObject): string {
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, 'fromisoformat: argument must be str');
  if (typeof o.v === 'string') return o.v;
  let out = '';
  for (const c of o.v as Uint32Array) out += String.fromCharCode(c > 0xffff ? 0xfffd : c);
  return out;
}

export function invalid_isoformat(o: PyObject): never {
  PyErr_SetString(PyExc_ValueError, `Invalid isoformat string: ${repr_string(o)}`);
}

export function invalid_midnight(): never {
  PyErr_SetString(PyExc_ValueError, 'minute, second, and microsecond must be 0 when hour is 24');
}
