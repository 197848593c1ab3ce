// window_reading.ts: methods that read windows and keys.                               CPython: Modules/_cursesmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyUnicode_FromOrdinal, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { unsigned_arg } from '../args.ts';
import { check_signals } from '../blocking.ts';
import { ERR, KEY_MIN } from './constants.ts';
import { fail, group_of, int, session } from './convert.ts';
import { key_name } from './keys.ts';
import { move_to, narrow, window_of } from './window_object.ts';

/** Most bytes that getstr() and instr() give. */
const MOST_BYTES = 2047;

// --- reading the window ---------------------------------------------------------------------------------------------

export function inch(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  if (move_to(w, group_of(args, 'window.inch', [0, 2])) === ERR) return PyLong_FromLong(0xffffffff);
  return PyLong_FromLong(narrow(w.text_at(w.y, w.x)) + w.attr_at(w.y, w.x));
}

/** [y, x,] n of getstr() and instr(). CPython: curses_clinic_parse_optional_xy_n */
function yx_and_count(args: PyObject): [yx: PyObject[], n: number] {
  const given = args.v as PyObject[];
  if (given.length > 3) PyErr_SetString(PyExc_TypeError, '_curses.window.instr requires 0 to 3 arguments');
  const yx = given.length >= 2 ? given.slice(0, 2) : [];
  for (const o of yx) int(o);
  const n = given.length % 2 === 1 ? Number(unsigned_arg(given.at(-1)!, 32, 'unsigned int')) : MOST_BYTES;
  return [yx, Math.min(n, MOST_BYTES)];
}

export function instr(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const [yx, n] = yx_and_count(args);
  const bytes: number[] = [];
  if (move_to(w, yx) !== ERR) {
    for (const s of w.rest_of_line()) {
      const more = new TextEncoder().encode(s === '\0' ? '' : s);
      if (bytes.length + more.length > n) break;
      bytes.push(...more);
    }
  }
  return PyBytes_FromUint8Array(Uint8Array.from(bytes));
}

// --- reading keys ---------------------------------------------------------------------------------------------------

function* read_steps(self: PyObject, yx: readonly PyObject[]): Steps<number> {
  const w = window_of(self);
  const code = move_to(w, yx) === ERR ? ERR : yield* session().input.read(w);
  if (code === ERR) check_signals();
  return code;
}

export function getch(self: PyObject, args: PyObject): PyObject {
  const yx = group_of(args, 'window.getch', [0, 2]);
  yx.map(int);
  return run_steps(getch, self, getch_steps(self, yx.slice()));
}

function* getch_steps(self: PyObject, yx: PyObject[]): Steps<PyObject> {
  return PyLong_FromLong(yield* read_steps(self, yx));
}

export function getkey(self: PyObject, args: PyObject): PyObject {
  const yx = group_of(args, 'window.getkey', [0, 2]);
  yx.map(int);
  return run_steps(getkey, self, getkey_steps(self, yx.slice()));
}

function* getkey_steps(self: PyObject, yx: PyObject[]): Steps<PyObject> {
  const code = yield* read_steps(self, yx);
  if (code === ERR) fail('no input');
  return code < 256 ? PyUnicode_FromOrdinal(code) : PyUnicode_FromString(key_text(code));
}

/** CPython's keyname(), as it is for this session. */
export function key_text(code: number): string {
  const { input, meta } = session();
  return key_name(code, input.keys, meta);
}

export function get_wch(self: PyObject, args: PyObject): PyObject {
  const yx = group_of(args, 'window.get_wch', [0, 2]);
  yx.map(int);
  return run_steps(get_wch, self, get_wch_steps(self, yx.slice()));
}

function* get_wch_steps(self: PyObject, yx: PyObject[]): Steps<PyObject> {
  const w = window_of(self);
  const code = move_to(w, yx) === ERR ? null : yield* session().input.read_char(w);
  if (code === null) {
    check_signals();
    fail('no input');
  }
  return code <= -KEY_MIN ? PyLong_FromLong(-code) : PyUnicode_FromOrdinal(code);
}

export function getstr(self: PyObject, args: PyObject): PyObject {
  const [yx, n] = yx_and_count(args);
  return run_steps(getstr, self, getstr_steps(self, yx, n));
}

function* getstr_steps(self: PyObject, yx: PyObject[], n: number): Steps<PyObject> {
  const w = window_of(self);
  const line = move_to(w, yx) === ERR ? null : yield* session().input.read_line(w, n);
  return PyBytes_FromUint8Array(line ?? new Uint8Array(0));
}
