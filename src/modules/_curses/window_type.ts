// window_type.ts: _curses.window.                                                      CPython: Modules/_cursesmodule.c
//
// Most methods convert their arguments, call what window.ts or write.ts has, and make ERR an exception with ncurses' name of the
// function. Methods whose parameters come in groups ([y, x,] ch) have no signature, as in CPython.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyObject_IsTrue } from '../../objects/object.ts';
import { PyUnicode_AsEncodedString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int, none, type_name } from '../args.ts';
import { A_ATTRIBUTES, A_STANDOUT, ERR } from './constants.ts';
import { attributes, cell, check, chtype, fail, group, group_of, int, made, session, text } from './convert.ts';
import { curses } from './session.ts';
import { copy_window, overlap, type Window } from './window.ts';
import { write_window } from './window_file.ts';
import {
  attr_method,
  changed,
  DEFAULT_ENCODING,
  drawing,
  flag,
  grouped,
  ints,
  move_to,
  narrow,
  plain,
  split,
  tuple,
  type WindowData,
  type WindowObject,
  window_of,
} from './window_object.ts';
import { get_wch, getch, getkey, getstr, inch, instr } from './window_reading.ts';
import {
  add_byte,
  add_string,
  add_wide,
  border,
  change_attrs,
  delete_char,
  horizontal_line,
  insert_byte,
  insert_string,
  vertical_line,
} from './write.ts';

export function new_window_object(
  win: Window,
  orig: PyObject | null = null,
  encoding: string = DEFAULT_ENCODING,
): PyObject {
  if (orig !== null) newref(orig);
  const o = new PyObject<WindowData, null>(newref(window_type), { win, orig, encoding }, null) as PyObject;
  gc_new(o);
  return o;
}

function dealloc(self: PyObject): void {
  const { win, orig } = (self as WindowObject).v;
  const screen = curses.session?.screen;
  gc_del(self);
  if (screen !== undefined && win !== screen.standard && screen.delete_window(win) === ERR) {
    try {
      fail('delwin() returned ERR');
    } catch (e) {
      PyErr_FormatUnraisable('Exception ignored in delwin()', e);
    }
  }
  xdecref(orig);
  decref(self.ob_type);
}

// --- writing --------------------------------------------------------------------------------------------------------

function addch(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const [yx, [ch, attr]] = split(group(args, 'window.addch', 1, 4), 1);
  const attrs = attr === undefined ? 0 : attributes(attr);
  const { wide, code } = cell(ch!);
  let status = move_to(w, yx);
  if (status !== ERR) {
    status = wide ? add_wide(w, code, attrs) : add_byte(w, code & 0xff, ((code & A_ATTRIBUTES) | attrs) >>> 0);
    changed(w);
  }
  return check(status, wide ? 'add_wch' : 'addch');
}

/** Calls with the window's attributes set to `attr` for the while, if that is given. */
function with_attr(w: Window, attr: number | null, name: string, write: () => number): PyObject {
  const old = w.attrs;
  if (attr !== null) w.attr_set(attr);
  const status = write();
  if (attr !== null) w.attr_set(old);
  return check(status, name);
}

/** addstr, addnstr, insstr, insnstr: [y, x,] str, [n,] [attr]. */
function string_method(
  name: string,
  counted: boolean,
  wide_name: string,
  write: (w: Window, s: string | Uint8Array, n: number) => number,
) {
  const least = counted ? 2 : 1;
  return (self: PyObject, args: PyObject): PyObject => {
    const w = window_of(self);
    const [yx, others] = split(group(args, `window.${name}`, least, least + 3), least);
    const n = counted ? int(others[1]!) : -1;
    const attr = others[least] === undefined ? null : attributes(others[least]!);
    const s = text(others[0]!);
    return with_attr(w, attr, typeof s === 'string' ? wide_name : name, () => {
      if (move_to(w, yx) === ERR) return ERR;
      const status = write(w, s, n);
      changed(w);
      return status;
    });
  };
}

function insert_any(w: Window, s: string | Uint8Array, n: number): number {
  if (typeof s === 'string') return insert_string(w, s, n);
  return n === 0 ? ERR : insert_string(w, new TextDecoder().decode(s), n);
}

function insch(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const [yx, [ch, attr]] = split(group(args, 'window.insch', 1, 4), 1);
  const attrs = attr === undefined ? 0 : attributes(attr);
  const c = chtype(ch!, (self as WindowObject).v.encoding);
  if (move_to(w, yx) === ERR) check(ERR, 'insch');
  const status = insert_byte(w, c & 0xff, ((c & A_ATTRIBUTES) | attrs) >>> 0);
  changed(w);
  return check(status, 'insch');
}

function echochar(self: PyObject, ch: PyObject, attr: PyObject | null): PyObject {
  const w = window_of(self);
  const attrs = attr === null ? 0 : attributes(attr);
  const c = chtype(ch, (self as WindowObject).v.encoding);
  let status = add_byte(w, c & 0xff, ((c & A_ATTRIBUTES) | attrs) >>> 0);
  if (status !== ERR) {
    if (!w.is_pad) status = session().refresh(w);
    else if (w.view !== null) {
      const { pad_y, pad_x, top, left, bottom, right } = w.view;
      status = session().screen.refresh_pad_later(w, pad_y, pad_x, top, left, bottom, right);
      session().update();
    }
  }
  return check(status, 'echochar');
}

/** hline and vline: [y, x,] ch, n, [attr]. */
function line_method(name: string, draw: (w: Window, ch: number, n: number) => number) {
  return (self: PyObject, args: PyObject): PyObject => {
    const w = window_of(self);
    const [yx, [ch, n, attr]] = split(group(args, `window.${name}`, 2, 5), 2);
    const count = int(n!);
    const attrs = attr === undefined ? 0 : attributes(attr);
    const c = chtype(ch!, (self as WindowObject).v.encoding);
    check(move_to(w, yx), 'wmove');
    draw(w, (c | attrs) >>> 0, count);
    changed(w);
    return none();
  };
}

function draw_border(self: PyObject, ...given: (PyObject | null)[]): PyObject {
  const w = window_of(self);
  const { encoding } = (self as WindowObject).v;
  border(
    w,
    given.map(ch => (ch === null ? 0 : chtype(ch, encoding))),
  );
  changed(w);
  return none();
}

function box(self: PyObject, args: PyObject): PyObject {
  const [v, h] = group_of(args, 'window.box', [0, 2]) as [PyObject?, PyObject?];
  return draw_border(self, v ?? null, v ?? null, h ?? null, h ?? null, null, null, null, null);
}

/** CPython: PyCursesWindow_ChgAt */
function chgat(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const given = args.v as PyObject[];
  if (given.length < 1 || given.length > 4)
    PyErr_SetString(PyExc_TypeError, '_curses.window.chgat requires 1 to 4 arguments');
  const yx = given.length >= 3 ? given.slice(0, 2) : [];
  for (const o of yx) int(o);
  const n = given.length % 2 === 0 ? int(given.at(-2)!) : -1;
  const attr = attributes(given.at(-1)!);
  if (move_to(w, yx) === ERR) check(ERR, 'chgat');
  change_attrs(w, n, (attr & A_ATTRIBUTES) >>> 0);
  return check(w.touch_lines(w.y, 1, true), 'touchline');
}

function delch(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const yx = group_of(args, 'window.delch', [0, 2]);
  check(move_to(w, yx), 'mvwdelch');
  const status = delete_char(w);
  changed(w);
  return check(status, 'wdelch');
}

// --- the background -------------------------------------------------------------------------------------------------

function bkgd(self: PyObject, ch: PyObject, attr: PyObject | null): PyObject {
  const w = window_of(self);
  const attrs = attr === null ? 0 : attributes(attr);
  const c = chtype(ch, (self as WindowObject).v.encoding);
  w.change_background(String.fromCharCode(c & 0xff), ((c & A_ATTRIBUTES) | attrs) >>> 0);
  changed(w);
  return none();
}

function bkgdset(self: PyObject, ch: PyObject, attr: PyObject | null): PyObject {
  const attrs = attr === null ? 0 : attributes(attr);
  const c = chtype(ch, (self as WindowObject).v.encoding);
  window_of(self).set_background(String.fromCharCode(c & 0xff), ((c & A_ATTRIBUTES) | attrs) >>> 0);
  return none();
}

function getbkgd(self: PyObject): PyObject {
  const { background, told_background_attr } = window_of(self);
  return PyLong_FromLong(told_background_attr < 0 ? 0 : narrow(background) + told_background_attr);
}

// --- where windows are ----------------------------------------------------------------------------------------------

/** derwin and subwin: [nlines, ncols,] begin_y, begin_x. */
function sub_method(name: string, of_screen: boolean) {
  return (self: PyObject, args: PyObject): PyObject => {
    const w = window_of(self);
    const given = group_of(args, `window.${name}`, [2, 4]).map(int);
    const [height, width] = given.length === 4 ? given : [0, 0];
    let [y, x] = given.slice(-2) as [number, number];
    if (of_screen && !w.is_pad) {
      y -= w.begin_y;
      x -= w.begin_x;
    }
    const sub = made(w.derive(height!, width!, y, x));
    return new_window_object(sub, self, of_screen ? (self as WindowObject).v.encoding : DEFAULT_ENCODING);
  };
}

/** overlay and overwrite: destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow, dmaxcol]. */
function copy_method(name: string, over: boolean) {
  return (self: PyObject, args: PyObject): PyObject => {
    const [dest, ...where] = group_of(args, `window.${name}`, [1, 7]);
    if (dest!.ob_type !== window_type)
      PyErr_SetString(PyExc_TypeError, `${name}() argument 1 must be _curses.window, not ${type_name(dest!)}`);
    const [src, dst] = [window_of(self), window_of(dest!)];
    if (where.length === 0) return check(overlap(src, dst, over), name);
    const [sy, sx, top, left, bottom, right] = where.map(int) as [number, number, number, number, number, number];
    const status = copy_window(src, dst, sy, sx, top, left, bottom, right, over);
    changed(dst);
    return check(status, 'copywin');
  };
}

// --- refreshing -----------------------------------------------------------------------------------------------------

function noutrefresh(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const where = group_of(args, 'window.noutrefresh', [0, 6]).map(int);
  if (!w.is_pad && where.length > 0) PyErr_SetString(PyExc_TypeError, 'noutrefresh() takes no arguments (6 given)');
  if (!w.is_pad) return check(session().screen.refresh_later(w), 'wnoutrefresh');
  if (where.length === 0) fail('noutrefresh() called for a pad requires 6 arguments');
  return check(pad_later(w, where), 'pnoutrefresh');
}

function pad_later(w: Window, where: readonly number[]): number {
  const [pad_y, pad_x, top, left, bottom, right] = where as [number, number, number, number, number, number];
  return session().screen.refresh_pad_later(w, pad_y, pad_x, top, left, bottom, right);
}

function refresh(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const where = group_of(args, 'window.refresh', [0, 6]).map(int);
  if (!w.is_pad && where.length > 0) PyErr_SetString(PyExc_TypeError, 'refresh() takes no arguments (6 given)');
  if (!w.is_pad) return check(session().refresh(w), 'wrefresh');
  if (where.length === 0) fail('refresh() for a pad requires 6 arguments');
  check(pad_later(w, where), 'prefresh');
  return check(session().update(), 'prefresh');
}

function is_linetouched(self: PyObject, line: PyObject): PyObject {
  const { first } = window_of(self);
  const n = c_int(line);
  if (n < 0 || n >= first.length) PyErr_SetString(PyExc_TypeError, 'is_linetouched: line number outside of boundaries');
  return PyBool_FromLong(first[n] !== -1);
}

function touchline(self: PyObject, args: PyObject): PyObject {
  const [start, count, on] = group(args, 'window.touchline', 2, 3);
  const [from, n] = [int(start!), int(count!)];
  return check(window_of(self).touch_lines(from, n, on === undefined || PyObject_IsTrue(on)), 'touchline');
}

function scroll(self: PyObject, args: PyObject): PyObject {
  const w = window_of(self);
  const [lines] = group(args, 'window.scroll', 0, 1);
  const n = lines === undefined ? 1 : int(lines);
  const status = w.scroll(n);
  if (status !== ERR) changed(w);
  return check(status, 'scroll');
}

function enclose(self: PyObject, y: PyObject, x: PyObject): PyObject {
  const w = window_of(self);
  const [line, column] = [c_int(y) - w.begin_y, c_int(x) - w.begin_x];
  return PyBool_FromLong(line >= 0 && column >= 0 && line <= w.max_y && column <= w.max_x);
}

function putwin(self: PyObject, file: PyObject): PyObject {
  const data = PyBytes_FromUint8Array(write_window(window_of(self)));
  try {
    return PyObject_CallMethodOneArg(file, 'write', data);
  } finally {
    decref(data);
  }
}

function set_encoding(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, 'encoding may not be deleted');
  if (!PyUnicode_Check(value)) PyErr_SetString(PyExc_TypeError, 'setting encoding to a non-string');
  const ascii = PyUnicode_AsEncodedString(value, 'ascii', null);
  (self as WindowObject).v.encoding = String.fromCharCode(...(ascii.v as Uint8Array));
  decref(ascii);
}

const BORDER =
  '($self, ls=_curses.ACS_VLINE, rs=_curses.ACS_VLINE,\n       ts=_curses.ACS_HLINE, bs=_curses.ACS_HLINE,\n' +
  '       tl=_curses.ACS_ULCORNER, tr=_curses.ACS_URCORNER,\n       bl=_curses.ACS_LLCORNER, br=_curses.ACS_LRCORNER, /)';
const CH_ATTR = '($self, ch, attr=_curses.A_NORMAL, /)';
const SUBWIN = '[nlines=0, ncols=0,] begin_y, begin_x';
const PAD_VIEW = '[pminrow, pmincol, sminrow, smincol, smaxrow, smaxcol]';
const COPY = 'destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow, dmaxcol]';
const subwin = sub_method('subwin', true);

const METHODS: readonly MethodSpec[] = [
  grouped('addch', '[y, x,] ch, [attr=_curses.A_NORMAL]', addch, 'Writes a character and moves on.'),
  grouped(
    'addnstr',
    '[y, x,] str, n, [attr]',
    string_method('addnstr', true, 'addnwstr', add_string),
    'Writes at most n characters.',
  ),
  grouped('addstr', '[y, x,] str, [attr]', string_method('addstr', false, 'addwstr', add_string), 'Writes a text.'),
  attr_method('attroff', 'Takes attributes away from what is written next.', (w, attr) => w.attr_off(attr)),
  attr_method('attron', 'Adds attributes to what is written next.', (w, attr) => w.attr_on(attr)),
  attr_method('attrset', 'Sets the attributes of what is written next.', (w, attr) => {
    w.attr_set(attr);
  }),
  { name: 'bkgd', flags: METH_CLINIC, meth: bkgd, sig: CH_ATTR, doc: 'Sets the background, also of what is there.' },
  grouped('chgat', '[y, x,] [n=-1,] attr', chgat, 'Changes the attributes of n cells, or of the rest of the line.'),
  { name: 'bkgdset', flags: METH_CLINIC, meth: bkgdset, sig: CH_ATTR, doc: 'Sets the background of what comes.' },
  { name: 'border', flags: METH_CLINIC, meth: draw_border, sig: BORDER, doc: 'Draws a border, of lines by default.' },
  grouped('box', '[verch=0, horch=0]', box, 'Draws a border with the usual corners.'),
  drawing('clear', 'Erases the window; the next refresh paints the whole screen.', w => {
    w.erase();
    w.clear_first = true;
  }),
  flag('clearok', 'The next refresh paints the whole screen if flag is true.', (w, on) => {
    w.clear_first = on;
  }),
  drawing('clrtobot', 'Erases from the cursor to the end of the window.', w => w.clear_to_bottom()),
  drawing('clrtoeol', 'Erases from the cursor to the end of the line.', w => {
    w.clear_to_eol();
  }),
  plain('cursyncup', 'Moves the cursors of the windows around it to its own.', w => w.cursor_sync_up()),
  grouped('delch', '[y, x]', delch, 'Deletes a character: the rest of the line moves left.'),
  drawing('deleteln', 'Deletes the line of the cursor.', w => w.insert_lines(-1)),
  grouped('derwin', SUBWIN, sub_method('derwin', false), 'Makes a part of it a window; positions are within this one.'),
  { name: 'echochar', flags: METH_CLINIC, meth: echochar, sig: CH_ATTR, doc: 'Writes a character and refreshes.' },
  {
    name: 'enclose',
    flags: METH_CLINIC,
    meth: enclose,
    sig: '($self, y, x, /)',
    doc: 'Whether a place of the screen is within.',
  },
  drawing('erase', 'Erases the window.', w => w.erase()),
  tuple('getbegyx', 'Where its upper left corner is on the screen.', w => [w.begin_y, w.begin_x]),
  { name: 'getbkgd', flags: METH_NOARGS, meth: getbkgd, sig: '($self, /)', doc: 'The background.' },
  grouped('getch', '[y, x]', getch, 'Waits for a key; -1 if none comes in time.'),
  grouped('getkey', '[y, x]', getkey, 'Waits for a key and gives its name.'),
  grouped('get_wch', '[y, x]', get_wch, 'Waits for a character (a str) or a special key (an int).'),
  tuple('getmaxyx', 'Its height and width.', w => [w.height, w.width]),
  tuple('getparyx', 'Where it begins in the window that it is a part of.', w => [w.parent_y, w.parent_x]),
  grouped('getstr', '[[y, x,] n=2047]', getstr, 'Reads a line that can be edited a little.'),
  tuple('getyx', 'Where the cursor is.', w => [w.y, w.x]),
  grouped(
    'hline',
    '[y, x,] ch, n, [attr=_curses.A_NORMAL]',
    line_method('hline', horizontal_line),
    'Draws a line to the right.',
  ),
  flag('idcok', 'Whether terminals may insert and delete characters.', () => {}),
  flag('idlok', 'Whether terminals may insert and delete lines.', () => {}),
  flag('immedok', 'Whether every change is shown at once.', (w, on) => {
    w.refresh_at_once = on;
  }),
  grouped('inch', '[y, x]', inch, 'The character and the attributes of a cell.'),
  grouped(
    'insch',
    '[y, x,] ch, [attr=_curses.A_NORMAL]',
    insch,
    'Inserts a character: the rest of the line moves right.',
  ),
  ints('insdelln', '($self, nlines, /)', 'Inserts lines, or deletes them if negative.', 'nlines', 1, (w, n) => {
    w.insert_lines(n);
    changed(w);
  }),
  drawing('insertln', 'Inserts a line above the cursor.', w => w.insert_lines(1)),
  grouped(
    'insnstr',
    '[y, x,] str, n, [attr]',
    string_method('insnstr', true, 'insn_wstr', insert_any),
    'Inserts at most n characters.',
  ),
  grouped('insstr', '[y, x,] str, [attr]', string_method('insstr', false, 'inswstr', insert_any), 'Inserts a text.'),
  grouped('instr', '[y, x,] n=2047', instr, 'The text from a place to the end of its line, as bytes.'),
  {
    name: 'is_linetouched',
    flags: METH_O,
    meth: is_linetouched,
    sig: '($self, line, /)',
    doc: 'Whether a line was changed.',
  },
  {
    name: 'is_wintouched',
    flags: METH_NOARGS,
    meth: self => PyBool_FromLong(window_of(self).is_touched()),
    sig: '($self, /)',
    doc: 'Whether the window was changed since it was refreshed.',
  },
  flag('keypad', 'Whether the sequences of special keys become one code.', (w, on) => {
    w.keypad = on;
    const { input, output } = session();
    if (on) input.learn_keys();
    output.set_keypad(on);
    session().flush();
  }),
  flag('leaveok', 'Whether the cursor stays where the update leaves it.', (w, on) => {
    w.leave_cursor = on;
  }),
  ints('move', '($self, new_y, new_x, /)', 'Moves the cursor.', 'y,x', 2, (w, y, x) => w.move(y, x), 'wmove'),
  ints('mvderwin', '($self, y, x, /)', 'Makes it show another part of its parent.', 'y,x', 2, (w, y, x) =>
    w.move_in_parent(y, x),
  ),
  ints('mvwin', '($self, new_y, new_x, /)', 'Moves the window.', 'y,x', 2, (w, y, x) =>
    session().screen.move_window(w, y, x),
  ),
  flag('nodelay', 'Whether getch() does not wait.', (w, on) => {
    w.delay = on ? 0 : -1;
  }),
  flag('notimeout', 'Whether an escape may be followed by the rest of a key at any time.', (w, on) => {
    w.no_escape_timeout = on;
  }),
  grouped('noutrefresh', PAD_VIEW, noutrefresh, 'Has the next update show the window.'),
  grouped('overlay', COPY, copy_method('overlay', true), 'Copies what is not blank.'),
  grouped('overwrite', COPY, copy_method('overwrite', false), 'Copies all, blanks too.'),
  {
    name: 'putwin',
    flags: METH_O,
    meth: putwin,
    sig: '($self, file, /)',
    doc: 'Writes the window to a file for getwin().',
  },
  {
    name: 'redrawln',
    flags: METH_CLINIC,
    meth: (self, beg, num) => check(session().screen.redraw_lines(window_of(self), c_int(beg), c_int(num)), 'redrawln'),
    sig: '($self, beg, num, /)',
    doc: 'The next refresh paints lines anew.',
  },
  plain('redrawwin', 'The next refresh paints it anew.', w => session().screen.redraw_lines(w, 0, w.height)),
  grouped('refresh', PAD_VIEW, refresh, 'Shows the window.'),
  ints(
    'resize',
    '($self, nlines, ncols, /)',
    'Gives it another size.',
    'lines,columns',
    2,
    (w, y, x) => w.resize(y, x),
    'wresize',
  ),
  grouped('scroll', '[lines=1]', scroll, 'Moves the lines up, or down if negative.'),
  flag('scrollok', 'Whether it scrolls when the cursor leaves its end.', (w, on) => {
    w.scrolls = on;
  }),
  {
    name: 'setscrreg',
    flags: METH_CLINIC,
    meth: (self, top, bottom) => check(window_of(self).set_scroll_region(c_int(top), c_int(bottom)), 'wsetscrreg'),
    sig: '($self, top, bottom, /)',
    doc: 'Only these lines scroll.',
  },
  plain('standend', 'What is written next has no attributes.', w => {
    w.attr_set(0);
  }),
  plain('standout', 'What is written next stands out, and has no other attributes.', w => {
    w.attr_set(A_STANDOUT);
  }),
  grouped('subpad', SUBWIN, subwin, 'Makes a part of a pad a window.'),
  grouped('subwin', SUBWIN, subwin, 'Makes a part of it a window; positions are those of the screen.'),
  plain('syncdown', 'It counts as changed where the windows around it are.', w => w.sync_down()),
  flag('syncok', 'Whether every change counts for the windows around it.', (w, on) => {
    w.sync_parents = on;
  }),
  plain('syncup', 'The windows around it count as changed where it is.', w => w.sync_up()),
  ints(
    'timeout',
    '($self, delay, /)',
    'How many milliseconds getch() waits; negative: for ever.',
    'delay',
    1,
    (w, ms) => {
      w.delay = ms < 0 ? -1 : ms;
    },
  ),
  grouped('touchline', 'start, count, [changed=True]', touchline, 'Lines count as changed, or not.'),
  plain('touchwin', 'All of it counts as changed.', w => w.touch()),
  plain('untouchwin', 'Nothing of it counts as changed.', w => {
    w.touch_lines(0, w.height, false);
  }),
  grouped(
    'vline',
    '[y, x,] ch, n, [attr=_curses.A_NORMAL]',
    line_method('vline', vertical_line),
    'Draws a line downwards.',
  ),
];

export const window_type: PyTypeObject = module_type('_curses', {
  name: '_curses.window',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
  tp_dealloc: dealloc,
  tp_traverse(self, visit) {
    const { orig } = (self as WindowObject).v;
    if (orig !== null) visit(orig);
  },
  methods: METHODS,
  getset: [
    {
      name: 'encoding',
      get: self => PyUnicode_FromString((self as WindowObject).v.encoding),
      set: set_encoding,
      doc: 'The encoding of characters given as str where a byte is meant.',
    },
  ],
});
