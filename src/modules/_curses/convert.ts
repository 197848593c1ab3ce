// convert.ts: arguments of curses functions, and their errors.                        CPython: Modules/_cursesmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_Exception, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_FromLong, PyLong_Type } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsEncodedString, PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { A_ATTRIBUTES, ERR } from './constants.ts';
import { curses, type Session } from './session.ts';

export const curses_error = module_type(
  '_curses',
  exception_spec('_curses.error', () => PyExc_Exception),
);

export function fail(message: string): never {
  return PyErr_SetString(curses_error, message);
}

/** None, unless the status is ERR. */
export function check(status: number, name: string): PyObject {
  if (status === ERR) fail(`${name}() returned ERR`);
  return newref(Py_None);
}

/** What comes of ncurses' functions that make something. */
export function made<T>(result: T | null): T {
  return result ?? fail('curses function returned NULL');
}

/** The screen that initscr() has begun. */
export function session(): Session {
  return curses.session ?? fail('must call initscr() first');
}

export function pair(a: number, b: number): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(a), PyLong_FromLong(b)]);
}

// --- numbers --------------------------------------------------------------------------------------------------------

/** An integer within limits. CPython: Python/getargs.c:convertsimple, 'i', 'h' and 'b' */
export function ranged(o: PyObject, least: number, most: number, what: string): number {
  const index = PyNumber_Index(o);
  try {
    const n = PyLong_AsBigInt(index);
    if (n > BigInt(most)) PyErr_SetString(PyExc_OverflowError, `${what} integer is greater than maximum`);
    if (n < BigInt(least)) PyErr_SetString(PyExc_OverflowError, `${what} integer is less than minimum`);
    return Number(n);
  } finally {
    decref(index);
  }
}

export function int(o: PyObject): number {
  return ranged(o, -0x80000000, 0x7fffffff, 'signed');
}

export function short(o: PyObject): number {
  return ranged(o, -0x8000, 0x7fff, 'signed short');
}

const LONG_BITS = 64;

/** Attributes, from a C long. */
export function attributes(o: PyObject): number {
  const index = PyNumber_Index(o);
  try {
    const n = PyLong_AsBigInt(index);
    if (BigInt.asIntN(LONG_BITS, n) !== n)
      PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C long');
    return (Number(BigInt.asUintN(32, n)) & A_ATTRIBUTES) >>> 0;
  } finally {
    decref(index);
  }
}

/** The arguments of a function with optional groups: `y` and `x` before, `most` in all. CPython: Argument Clinic */
export function group(args: PyObject, name: string, least: number, most: number): PyObject[] {
  const given = args.v as PyObject[];
  if (given.length < least || given.length > most)
    PyErr_SetString(PyExc_TypeError, `_curses.${name} requires ${least} to ${most} arguments`);
  return given;
}

/** As group(), where only some counts are right. */
export function group_of(args: PyObject, name: string, counts: readonly number[]): PyObject[] {
  const given = group(args, name, counts[0]!, counts.at(-1)!);
  if (!counts.includes(given.length))
    PyErr_SetString(PyExc_TypeError, `_curses.${name} requires ${counts[0]} to ${counts.at(-1)} arguments`);
  return given;
}

// --- characters -----------------------------------------------------------------------------------------------------

function wrong_length(kind: string, length: number): never {
  return PyErr_SetString(PyExc_TypeError, `expect int or bytes or str of length 1, got a ${kind} of length ${length}`);
}

function too_large(): never {
  return PyErr_SetString(PyExc_OverflowError, "byte doesn't fit in chtype");
}

/** An exact int as a character with attributes (32 bits); `beyond` raises what is due beyond a C long. */
function from_int(o: PyObject, beyond: () => never): number {
  const n = PyLong_AsBigInt(o);
  if (BigInt.asIntN(LONG_BITS, n) !== n) beyond();
  if (BigInt.asUintN(32, n) !== n) too_large();
  return Number(n);
}

function wrong_type(o: PyObject): never {
  return PyErr_SetString(PyExc_TypeError, `expect int or bytes or str of length 1, got ${o.ob_type.tp_name}`);
}

/** A byte with attributes; characters become one in the encoding. CPython: PyCurses_ConvertToChtype */
export function chtype(o: PyObject, encoding: string): number {
  if (PyBytes_Check(o)) {
    const bytes = o.v as Uint8Array;
    if (bytes.length !== 1) wrong_length('bytes', bytes.length);
    return bytes[0]!;
  }
  if (PyUnicode_Check(o)) {
    const [code] = code_points(o);
    if (code! <= 128) return code!;
    const bytes = PyUnicode_AsEncodedString(o, encoding, null);
    try {
      const data = bytes.v as Uint8Array;
      return data.length === 1 ? data[0]! : too_large();
    } finally {
      decref(bytes);
    }
  }
  return o.ob_type === PyLong_Type ? from_int(o, too_large) : wrong_type(o);
}

/** The one code point of a str. */
function code_points(o: PyObject): [number] {
  const points = Array.from(PyUnicode_AsString(o), c => c.codePointAt(0)!);
  if (points.length !== 1) wrong_length('str', points.length);
  return points as [number];
}

/** A character, or a byte with attributes. CPython: PyCurses_ConvertToCchar_t */
export function cell(o: PyObject): { wide: boolean; code: number } {
  if (PyUnicode_Check(o)) return { wide: true, code: code_points(o)[0] };
  if (PyBytes_Check(o)) return { wide: false, code: chtype(o, '') };
  if (o.ob_type !== PyLong_Type) wrong_type(o);
  const beyond = (): never => PyErr_SetString(PyExc_OverflowError, "int doesn't fit in long");
  return { wide: false, code: from_int(o, beyond) };
}

/** A str or bytes without nulls. CPython: PyCurses_ConvertToString */
export function text(o: PyObject): string | Uint8Array {
  if (PyUnicode_Check(o)) {
    const string = PyUnicode_AsString(o);
    if (string.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
    return string;
  }
  if (!PyBytes_Check(o)) PyErr_SetString(PyExc_TypeError, `expect bytes or str, got ${o.ob_type.tp_name}`);
  const bytes = o.v as Uint8Array;
  if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return bytes;
}

/** A character to put back. CPython: PyCurses_ConvertToWchar_t */
export function wide_char(o: PyObject): number {
  if (PyUnicode_Check(o)) {
    const points = Array.from(PyUnicode_AsString(o), c => c.codePointAt(0)!);
    if (points.length !== 1)
      PyErr_SetString(PyExc_TypeError, `expect int or str of length 1, got a str of length ${points.length}`);
    return points[0]!;
  }
  if (o.ob_type !== PyLong_Type)
    PyErr_SetString(PyExc_TypeError, `expect int or str of length 1, got ${o.ob_type.tp_name}`);
  const n = PyLong_AsBigInt(o);
  if (BigInt.asIntN(LONG_BITS, n) !== n) PyErr_SetString(PyExc_OverflowError, "int doesn't fit in long");
  if (BigInt.asIntN(32, n) !== n) PyErr_SetString(PyExc_OverflowError, "character doesn't fit in wchar_t");
  return Number(n);
}
