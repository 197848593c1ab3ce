// terminfo_functions.ts: setupterm(), tigetstr() and their kin.                        CPython: Modules/_cursesmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_O, METH_VARARGS, type MethodSpec } from '../../core/spec.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { sys_attr } from '../../objects/import_util.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { c_int, none, type_name } from '../args.ts';
import { as_descriptor } from '../select/waiting.ts';
import { fail, int } from './convert.ts';
import { curses, load_terminal, send } from './session.ts';
import { kind_of, type Terminfo } from './terminfo.ts';
import { tparm as expand, split_padding } from './tparm.ts';

const STDOUT = 1;

function no_nulls(text: string): string {
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return text;
}

function setupterm(_m: PyObject, term: PyObject | null, fd: PyObject | null): PyObject {
  let name: string | null = null;
  if (term !== null && term !== Py_None) {
    if (!PyUnicode_Check(term))
      PyErr_SetString(PyExc_TypeError, `setupterm() argument 'term' must be str or None, not ${type_name(term)}`);
    name = no_nulls(PyUnicode_AsString(term));
  }
  if (fd === null || c_int(fd) === -1) {
    const stdout = sys_attr('stdout');
    if (stdout === null || stdout === Py_None) fail('lost sys.stdout');
    newref(stdout);
    try {
      as_descriptor(stdout);
    } finally {
      decref(stdout);
    }
  }
  if (curses.terminal !== null) return none();
  const terminal = load_terminal(name);
  if (typeof terminal === 'string') fail(`setupterm: ${terminal}`);
  curses.terminal = terminal;
  return none();
}

function terminal(): Terminfo {
  return curses.terminal ?? fail('must call setupterm() first');
}

function capability(fname: string, o: PyObject): string {
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, `${fname}() argument must be str, not ${type_name(o)}`);
  return no_nulls(PyUnicode_AsString(o));
}

function tigetflag(_m: PyObject, capname: PyObject): PyObject {
  const name = capability('tigetflag', capname);
  const t = terminal();
  return PyLong_FromLong(kind_of(t, name) !== 'flag' ? -1 : t.flag(name) ? 1 : 0);
}

function tigetnum(_m: PyObject, capname: PyObject): PyObject {
  const name = capability('tigetnum', capname);
  const t = terminal();
  return PyLong_FromLong(kind_of(t, name) !== 'number' ? -2 : t.number(name));
}

/** Bytes from a string with a character for each. */
function bytes(text: string): PyObject {
  return PyBytes_FromUint8Array(Uint8Array.from(text, c => c.charCodeAt(0)));
}

function tigetstr(_m: PyObject, capname: PyObject): PyObject {
  const name = capability('tigetstr', capname);
  const string = terminal().string(name);
  return string === null ? none() : bytes(string);
}

/** The bytes of an argument as a string, a character each. CPython: Python/getargs.c:convertsimple, 'y' */
function byte_string(o: PyObject, which: string): string {
  if (!PyBytes_Check(o)) {
    if (o.ob_type.bf_getbuffer !== null)
      PyErr_SetString(PyExc_TypeError, `${which} must be read-only bytes-like object, not ${type_name(o)}`);
    PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${type_name(o)}'`);
  }
  const data = o.v as Uint8Array;
  if (data.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return String.fromCharCode(...data);
}

/** Most arguments of tparm(). */
const MOST = 10;

function tparm(_m: PyObject, args: PyObject): PyObject {
  const [str, ...given] = args.v as PyObject[];
  const n = (args.v as PyObject[]).length;
  if (str === undefined) PyErr_SetString(PyExc_TypeError, 'tparm() takes at least 1 argument (0 given)');
  if (n > MOST) PyErr_SetString(PyExc_TypeError, `tparm() takes at most ${MOST} arguments (${n} given)`);
  const text = byte_string(str, 'tparm() argument 1');
  const parameters = given.map(int);
  terminal();
  const result = expand(text, parameters);
  return result === null ? fail('tparm() returned NULL') : bytes(result);
}

function putp(_m: PyObject, string: PyObject): PyObject {
  send(split_padding(byte_string(string, 'putp() argument')), STDOUT);
  return none();
}

const TPARM = '($module, str, i1=0, i2=0, i3=0, i4=0, i5=0, i6=0, i7=0, i8=0,\n      i9=0, /)';
const CAPNAME = '($module, capname, /)';

export const TERMINFO_FUNCTIONS: readonly MethodSpec[] = [
  { name: 'putp', flags: METH_O, meth: putp, sig: '($module, string, /)', doc: "Sends a terminal's string." },
  {
    name: 'setupterm',
    flags: METH_CLINIC,
    meth: setupterm,
    sig: '($module, /, term=None, fd=-1)',
    doc: 'Finds out what a terminal can do; by default, the one that TERM names.',
  },
  {
    name: 'tigetflag',
    flags: METH_O,
    meth: tigetflag,
    sig: CAPNAME,
    doc: 'Whether the terminal can do something; -1: no flag.',
  },
  {
    name: 'tigetnum',
    flags: METH_O,
    meth: tigetnum,
    sig: CAPNAME,
    doc: 'A number that the terminal has; -1: none; -2: no number.',
  },
  {
    name: 'tigetstr',
    flags: METH_O,
    meth: tigetstr,
    sig: CAPNAME,
    doc: 'A string that the terminal understands, or None.',
  },
  { name: 'tparm', flags: METH_VARARGS, meth: tparm, sig: TPARM, doc: 'Puts numbers into a string of a terminal.' },
];
