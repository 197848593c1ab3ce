// functions.ts: the functions of _curses, but for those of terminfo.                   CPython: Modules/_cursesmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, type MethodSpec } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyBytes_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyImport_ImportModule } from '../../objects/import_util.ts';
import { long_as_uint32_mask, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { c_int, none } from '../args.ts';
import { sleep_ns } from '../blocking.ts';
import { A_ALTCHARSET, ACS, ALL_MOUSE_EVENTS, ERR, KEY_MOUSE, pair_of, REPORT_MOUSE_POSITION } from './constants.ts';
import { check, chtype, fail, group_of, int, made, pair, ranged, session, short, wide_char } from './convert.ts';
import { terminal_attributes } from './output.ts';
import { curses, load_terminal, type Session, start_screen } from './session.ts';
import { unctrl } from './width.ts';
import { read_window } from './window_file.ts';
import { key_text } from './window_reading.ts';
import { new_window_object } from './window_type.ts';
import { tabs } from './write.ts';

const OK = 0;
const MILLISECOND = 1_000_000n;
const ENCODING = 'UTF-8';

function latin1(text: string): PyObject {
  return PyBytes_FromUint8Array(Uint8Array.from(text, c => c.charCodeAt(0)));
}

// --- beginning and end ----------------------------------------------------------------------------------------------

function set_size(m: PyObject): void {
  const { lines, columns } = curses.session?.screen ?? { lines: 0, columns: 0 };
  PyModule_AddIntConstant(m, 'LINES', lines);
  PyModule_AddIntConstant(m, 'COLS', columns);
}

function initscr(m: PyObject): PyObject {
  if (curses.session !== null) {
    const { standard } = curses.session.screen;
    check(curses.session.refresh(standard), 'wrefresh');
    return new_window_object(standard);
  }
  const terminal = curses.terminal ?? load_terminal(null);
  if (typeof terminal === 'string') fail(`initscr: ${terminal}`);
  const { screen } = start_screen(terminal);
  for (const [name, char] of Object.entries(ACS))
    PyModule_AddIntConstant(m, `ACS_${name}`, char.charCodeAt(0) | A_ALTCHARSET);
  set_size(m);
  return new_window_object(screen.standard);
}

/** Sets LINES and COLS, here and in the package. CPython: update_lines_cols */
function update_lines_cols(m: PyObject): PyObject {
  const exposed = PyImport_ImportModule('curses');
  try {
    set_size(exposed);
    set_size(m);
  } finally {
    decref(exposed);
  }
  return none();
}

function resize_term(m: PyObject, lines: PyObject, columns: PyObject): PyObject {
  const [y, x] = [short(lines), short(columns)];
  decref(check(session().screen.resize(y, x), 'resize_term'));
  return update_lines_cols(m);
}

function resizeterm(m: PyObject, lines: PyObject, columns: PyObject): PyObject {
  const [y, x] = [short(lines), short(columns)];
  decref(check(session().resize(y, x), 'resizeterm'));
  return update_lines_cols(m);
}

function is_term_resized(_m: PyObject, lines: PyObject, columns: PyObject): PyObject {
  const [y, x] = [c_int(lines), c_int(columns)];
  const { screen } = session();
  return PyBool_FromLong(y > 0 && x > 0 && (y !== screen.lines || x !== screen.columns));
}

// --- windows --------------------------------------------------------------------------------------------------------

function newwin(_m: PyObject, args: PyObject): PyObject {
  const [height, width, y = 0, x = 0] = group_of(args, 'newwin', [2, 4]).map(int) as [number, number, number?, number?];
  return new_window_object(made(session().screen.new_window(height, width, y, x)));
}

function newpad(_m: PyObject, lines: PyObject, columns: PyObject): PyObject {
  const [height, width] = [c_int(lines), c_int(columns)];
  return new_window_object(made(session().screen.new_pad(height, width)));
}

function getwin(_m: PyObject, file: PyObject): PyObject {
  const { screen } = session();
  const data = PyObject_CallMethodNoArgs(file, 'read');
  try {
    if (!PyBytes_Check(data))
      PyErr_SetString(PyExc_TypeError, `f.read() returned ${data.ob_type.tp_name} instead of bytes`);
    const w = made(read_window(data.v as Uint8Array));
    if (!w.is_pad) screen.windows.add(w);
    w.touch();
    return new_window_object(w);
  } finally {
    decref(data);
  }
}

function getsyx(): PyObject {
  const { wanted } = session().screen;
  return wanted.leave_cursor ? pair(-1, -1) : pair(wanted.y, wanted.x);
}

function setsyx(_m: PyObject, y: PyObject, x: PyObject): PyObject {
  const [line, column] = [c_int(y), c_int(x)];
  const { wanted } = session().screen;
  wanted.leave_cursor = line === -1 && column === -1;
  if (!wanted.leave_cursor) wanted.move(line, column);
  return none();
}

// --- modes ----------------------------------------------------------------------------------------------------------

/** A function that a flag turns into its opposite, which goes by another name, too. */
function mode(name: string, set: (s: Session, on: boolean) => number): MethodSpec[] {
  const off = name === 'qiflush' ? 'noqiflush' : `no${name}`;
  return [
    {
      name,
      flags: METH_CLINIC,
      meth: (_m, flag) => check(set(session(), flag === null || PyObject_IsTrue(flag)), name),
      sig: '($module, flag=True, /)',
      doc: `Begins this mode; if flag is false, the same as ${off}().`,
    },
    {
      name: off,
      flags: METH_NOARGS,
      meth: () => check(set(session(), false), off),
      sig: '($module, /)',
      doc: `Ends the mode that ${name}() begins.`,
    },
  ];
}

const MODES: readonly MethodSpec[] = [
  ...mode('cbreak', (s, on) => {
    const status = s.tty.cbreak(on);
    if (status !== ERR) s.cbreak = on ? 1 : 0;
    return status;
  }),
  ...mode('echo', (s, on) => {
    s.echo = on;
    return OK;
  }),
  ...mode('nl', (s, on) => {
    s.newlines = on;
    return OK;
  }),
  ...mode('raw', (s, on) => {
    const status = s.tty.raw(on);
    if (status !== ERR) {
      s.raw = on;
      s.cbreak = on ? 1 : 0;
    }
    return status;
  }),
  ...mode('qiflush', (s, on) => {
    s.tty.flush_on_interrupt(on);
    return OK;
  }),
];

function halfdelay(_m: PyObject, tenths: PyObject): PyObject {
  const n = ranged(tenths, 0, 255, 'unsigned byte');
  const s = session();
  if (n === 0) check(ERR, 'halfdelay');
  s.tty.cbreak(true);
  s.cbreak = n + 1;
  return none();
}

// --- colours --------------------------------------------------------------------------------------------------------

function color_count(): number {
  return curses.session?.screen.colors?.count ?? 0;
}

/** A colour's number; -1: any negative one. CPython: color_allow_default_converter */
function color_or_default(o: PyObject): number {
  const count = color_count();
  const n = wide_int(o);
  if (n >= count) PyErr_SetString(PyExc_ValueError, `Color number is greater than COLORS-1 (${count - 1}).`);
  return n < 0 ? -1 : n;
}

function color_number(o: PyObject): number {
  const n = color_or_default(o);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'Color number is less than 0.');
  return n;
}

/** An int of any size, as near as a number comes to it. */
function wide_int(o: PyObject): number {
  const clamp = 2 ** 53;
  try {
    return ranged(o, -clamp, clamp, '');
  } catch (e) {
    if (o.ob_type.nb_index === null || typeof o.v !== 'bigint') throw e;
    return o.v < 0n ? -clamp : clamp;
  }
}

function pair_arg(o: PyObject): number {
  const n = wide_int(o);
  if (n > 0x7fffffff) PyErr_SetString(PyExc_ValueError, 'Color pair is greater than maximum (2147483647).');
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'Color pair is less than 0.');
  return n;
}

function component(o: PyObject): number {
  const n = wide_int(o);
  if (n > 1000) PyErr_SetString(PyExc_ValueError, 'Color component is greater than 1000');
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'Color component is less than 0');
  return n;
}

/** The session, in which start_color() has been called. */
function colored(): Session {
  const s = session();
  if (!curses.colors_started) fail('must call start_color() first');
  return s;
}

function start_color(m: PyObject): PyObject {
  const s = session();
  check(s.screen.start_color(), 'start_color');
  s.output.reset_colors();
  s.flush();
  curses.colors_started = true;
  PyModule_AddIntConstant(m, 'COLORS', color_count());
  PyModule_AddIntConstant(m, 'COLOR_PAIRS', s.screen.colors?.pair_count ?? 0);
  return none();
}

function color_content(_m: PyObject, number: PyObject): PyObject {
  const n = color_number(number);
  const { red, green, blue } = colored().screen.colors!.color(n);
  return PyTuple_FromArraySteal([red, green, blue].map(PyLong_FromLong));
}

function can_change(s: Session): boolean {
  return s.terminal.flag('ccc') && s.terminal.string('initc') !== null;
}

function init_color(_m: PyObject, number: PyObject, r: PyObject, g: PyObject, b: PyObject): PyObject {
  const n = color_number(number);
  const [red, green, blue] = [component(r), component(g), component(b)];
  const s = colored();
  if (!can_change(s)) check(ERR, 'init_extended_color');
  s.screen.colors!.set_color(n, { red, green, blue });
  s.output.define_color(n, { red, green, blue });
  s.flush();
  return none();
}

function too_many(count: number): never {
  return PyErr_SetString(PyExc_ValueError, `Color pair is greater than COLOR_PAIRS-1 (${count - 1}).`);
}

function init_pair(_m: PyObject, number: PyObject, fg: PyObject, bg: PyObject): PyObject {
  const n = pair_arg(number);
  const [foreground, background] = [color_or_default(fg), color_or_default(bg)];
  const { screen } = colored();
  const colors = screen.colors;
  if (colors === null) return check(ERR, 'init_extended_pair');
  const before = colors.pairs.get(n);
  if (colors.set_pair(n, foreground, background) === ERR) {
    if (n >= colors.pair_count) too_many(colors.pair_count);
    check(ERR, 'init_extended_pair');
  }
  if (before !== undefined && (before[0] !== foreground || before[1] !== background)) screen.pair_changed(n);
  return none();
}

function pair_content(_m: PyObject, number: PyObject): PyObject {
  const n = pair_arg(number);
  const { colors } = colored().screen;
  const content = colors?.pair(n) ?? null;
  if (content === null) too_many(colors?.pair_count ?? 0);
  return pair(...content);
}

function assume(foreground: number, background: number, name: string): PyObject {
  const { screen, terminal } = colored();
  if ((terminal.string('op') ?? terminal.string('oc')) === null || terminal.string('initp') !== null) check(ERR, name);
  if (screen.colors !== null) {
    screen.colors.assume(foreground, background);
    screen.pair_changed(0);
  }
  return none();
}

function assume_default_colors(_m: PyObject, fg: PyObject, bg: PyObject): PyObject {
  const [foreground, background] = [c_int(fg), c_int(bg)];
  return assume(foreground, background, 'assume_default_colors');
}

// --- keys and the mouse ---------------------------------------------------------------------------------------------

function keyname(_m: PyObject, key: PyObject): PyObject {
  const code = c_int(key);
  session();
  if (code < 0) PyErr_SetString(PyExc_ValueError, 'invalid key number');
  return latin1(key_text(code));
}

function has_key(_m: PyObject, key: PyObject): PyObject {
  const code = c_int(key);
  return PyBool_FromLong(session().input.keys?.has(code) === true);
}

function ungetch(_m: PyObject, ch: PyObject): PyObject {
  const { input } = session();
  return check(input.unget(chtype(ch, ENCODING)), 'ungetch');
}

function unget_wch(_m: PyObject, ch: PyObject): PyObject {
  const { input } = session();
  const code = wide_char(ch);
  if (code < 0 || code > 0x10ffff) return check(ERR, 'unget_wch');
  const bytes = new TextEncoder().encode(String.fromCodePoint(code));
  return check(
    bytes.reduceRight((status, byte) => (status === ERR ? ERR : input.unget(byte)), OK),
    'unget_wch',
  );
}

function mousemask(_m: PyObject, newmask: PyObject): PyObject {
  const mask = long_as_uint32_mask(newmask);
  const s = session();
  const { mouse } = s.input;
  const old = mouse.mask;
  const has_mouse = s.terminal.string('kmous') !== null;
  mouse.mask = has_mouse ? (mask & (ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION)) >>> 0 : 0;
  if ((mouse.mask !== 0) !== (old !== 0)) {
    s.output.report_mouse(mouse.mask !== 0);
    s.flush();
  }
  return pair(mouse.mask, old);
}

function mouseinterval(_m: PyObject, interval: PyObject): PyObject {
  const ms = c_int(interval);
  const { mouse } = session().input;
  if (ms >= 0) mouse.interval = ms;
  return none();
}

function getmouse(): PyObject {
  const event = session().input.mouse.get();
  if (event === null) fail('getmouse() returned ERR');
  const { id, x, y, z, state } = event;
  return PyTuple_FromArraySteal([id, x, y, z, state].map(PyLong_FromLong));
}

function ungetmouse(_m: PyObject, id: PyObject, x: PyObject, y: PyObject, z: PyObject, bstate: PyObject): PyObject {
  const event = { id: short(id), x: c_int(x), y: c_int(y), z: c_int(z), state: long_as_uint32_mask(bstate) };
  const { input } = session();
  input.mouse.unget(event);
  return check(input.unget(KEY_MOUSE), 'ungetmouse');
}

// --- the rest -------------------------------------------------------------------------------------------------------

function curs_set(_m: PyObject, visibility: PyObject): PyObject {
  const n = c_int(visibility);
  const { screen, output } = session();
  const old = screen.cursor_visible;
  if (n < 0 || n > 2 || !output.show_cursor(n)) return check(ERR, 'curs_set');
  screen.cursor_visible = n;
  session().flush();
  return PyLong_FromLong(old < 0 ? 1 : old);
}

function napms(_m: PyObject, ms: PyObject): PyObject {
  const n = c_int(ms);
  session().flush();
  if (n > 0) sleep_ns(BigInt(n) * MILLISECOND);
  return PyLong_FromLong(0);
}

function delay_output(_m: PyObject, ms: PyObject): PyObject {
  decref(napms(_m, ms));
  return none();
}

function byte(n: number): PyObject {
  return PyBytes_FromUint8Array(Uint8Array.of(n));
}

function set_escdelay(_m: PyObject, ms: PyObject): PyObject {
  const n = c_int(ms);
  if (n <= 0) PyErr_SetString(PyExc_ValueError, 'ms must be > 0');
  curses.escape_delay = n;
  return none();
}

function set_tabsize(_m: PyObject, size: PyObject): PyObject {
  const n = c_int(size);
  if (n <= 0) PyErr_SetString(PyExc_ValueError, 'size must be > 0');
  tabs.size = n;
  return none();
}

/** A function without arguments that answers with a status. */
function plain(name: string, doc: string, f: (s: Session) => number): MethodSpec {
  return { name, flags: METH_NOARGS, meth: () => check(f(session()), name), sig: '($module, /)', doc };
}

/** The same for other answers. */
function ask(name: string, doc: string, f: (m: PyObject) => PyObject): MethodSpec {
  return { name, flags: METH_NOARGS, meth: f, sig: '($module, /)', doc };
}

function one(name: string, parameter: string, doc: string, meth: MethodSpec['meth']): MethodSpec {
  return { name, flags: METH_O, meth, sig: `($module, ${parameter}, /)`, doc };
}

function clinic(name: string, parameters: string, doc: string, meth: MethodSpec['meth']): MethodSpec {
  return { name, flags: METH_CLINIC, meth, sig: `($module, ${parameters}, /)`, doc };
}

function has_capabilities(s: Session, ...sets: string[][]): boolean {
  return sets.some(set => set.every(name => s.terminal.string(name) !== null));
}

export const FUNCTIONS: readonly MethodSpec[] = [
  ask('baudrate', 'Bits per second.', () => PyLong_FromLong(session().tty.baudrate())),
  plain('beep', 'Sounds the bell.', s => {
    s.output.beep();
    s.flush();
    return OK;
  }),
  ask('can_change_color', 'Whether the terminal can change what its colours are.', () =>
    PyBool_FromLong(can_change(session())),
  ),
  ...MODES,
  one('color_content', 'color_number', 'Red, green and blue of a colour, in thousandths.', color_content),
  one('color_pair', 'pair_number', 'The attribute for a pair of colours.', (_m, n) => {
    const number = c_int(n);
    colored();
    return PyLong_FromLong((number << 8) & 0xff00);
  }),
  one('curs_set', 'visibility', 'Shows the cursor: not, normally, or very clearly.', curs_set),
  plain('def_prog_mode', "Notes the terminal's modes as those of the program.", s => s.tty.define_program_mode()),
  plain('def_shell_mode', "Notes the terminal's modes as those outside of the program.", s =>
    s.tty.define_shell_mode(),
  ),
  one('delay_output', 'ms', 'Waits before more is sent.', delay_output),
  plain('doupdate', 'Makes the terminal show what the windows that were refreshed have.', s => s.update()),
  plain('endwin', 'Gives the terminal back.', s => s.end()),
  ask('erasechar', 'The character that erases one when a line is typed.', () => byte(session().tty.erase_char)),
  ask('filter', 'Has initscr() use one line only.', () => {
    curses.filter = curses.session === null;
    return none();
  }),
  plain('flash', 'Flashes the screen.', s => {
    s.output.flash();
    s.flush();
    return OK;
  }),
  plain('flushinp', 'Throws away what was typed.', s => {
    s.input.flush();
    return OK;
  }),
  ask('getmouse', 'What the mouse did: (id, x, y, z, bstate), after getch() gave KEY_MOUSE.', getmouse),
  clinic('ungetmouse', 'id, x, y, z, bstate', 'Puts an event of the mouse back.', ungetmouse),
  ask('getsyx', 'Where the cursor of the screen is.', getsyx),
  one('getwin', 'file', 'Reads a window that putwin() has written.', getwin),
  ask('has_colors', 'Whether the terminal has colours.', () => PyBool_FromLong(session().screen.has_colors())),
  ask('has_extended_color_support', 'Whether there are more than 256 pairs.', () => PyBool_FromLong(true)),
  ask('has_ic', 'Whether the terminal inserts and deletes characters.', () =>
    PyBool_FromLong(
      has_capabilities(session(), ['ich1', 'dch1'], ['ich', 'dch'], ['smir', 'rmir', 'dch1'], ['smir', 'rmir', 'dch']),
    ),
  ),
  ask('has_il', 'Whether the terminal inserts and deletes lines.', () =>
    PyBool_FromLong(has_capabilities(session(), ['il1', 'dl1'], ['il', 'dl'])),
  ),
  one('has_key', 'key', 'Whether the terminal has a key.', has_key),
  one('halfdelay', 'tenths', 'As cbreak(), but getch() waits for so many tenths of a second only.', halfdelay),
  clinic('init_color', 'color_number, r, g, b', 'Changes what a colour is.', init_color),
  clinic('init_pair', 'pair_number, fg, bg', 'Sets the colours of a pair.', init_pair),
  ask('initscr', 'Begins; gives the window that is the whole screen.', initscr),
  one('intrflush', 'flag', 'Whether an interrupt throws away what is to be shown.', (_m, flag) => {
    const on = PyObject_IsTrue(flag);
    return check(session().tty.flush_on_interrupt(on), 'intrflush');
  }),
  ask('isendwin', 'Whether endwin() was called.', () => PyBool_FromLong(session().screen.ended)),
  clinic('is_term_resized', 'nlines, ncols', 'Whether the screen has another size.', is_term_resized),
  one('keyname', 'key', 'The name of a key.', keyname),
  ask('killchar', 'The character that erases a line that is typed.', () => byte(curses.session?.tty.kill_char ?? 0xff)),
  ask('longname', "The terminal's description.", () => latin1(session().terminal.long_name)),
  one('meta', 'yes', 'Whether keys give 8 bits.', (_m, yes) => {
    const on = PyObject_IsTrue(yes);
    session().meta = on;
    return none();
  }),
  one('mouseinterval', 'interval', 'How many milliseconds a click takes at most.', mouseinterval),
  one('mousemask', 'newmask', 'Sets which events of the mouse are told: (those that are, those that were).', mousemask),
  one('napms', 'ms', 'Sleeps.', napms),
  clinic('newpad', 'nlines, ncols', 'Makes a pad: a window that need not fit the screen.', newpad),
  {
    name: 'newwin',
    flags: METH_VARARGS,
    meth: newwin,
    doc: 'newwin(nlines, ncols, [begin_y=0, begin_x=0])\nMakes a window; 0 lines or columns: to the end of the screen.',
  },
  one('pair_content', 'pair_number', 'The colours of a pair.', pair_content),
  one('pair_number', 'attr', 'The pair of colours in attributes.', (_m, attr) => {
    const n = c_int(attr);
    colored();
    return PyLong_FromLong(pair_of(n));
  }),
  plain('reset_prog_mode', "Sets the program's modes.", s => s.tty.program_mode()),
  plain('reset_shell_mode', 'Sets the modes outside of the program.', s => s.tty.shell_mode()),
  plain('resetty', 'Sets the modes that savetty() noted.', s => s.tty.restore()),
  clinic('resizeterm', 'nlines, ncols', 'Gives the screen another size, and tells by KEY_RESIZE.', resizeterm),
  clinic('resize_term', 'nlines, ncols', 'Gives the screen another size.', resize_term),
  plain('savetty', 'Notes the modes of the terminal.', s => s.tty.save()),
  ask('get_escdelay', 'How many milliseconds the rest of a key may take.', () => PyLong_FromLong(curses.escape_delay)),
  one('set_escdelay', 'ms', 'Sets how many milliseconds the rest of a key may take.', set_escdelay),
  ask('get_tabsize', 'How many columns a tab is.', () => PyLong_FromLong(tabs.size)),
  one('set_tabsize', 'size', 'Sets how many columns a tab is.', set_tabsize),
  clinic('setsyx', 'y, x', 'Sets the cursor of the screen.', setsyx),
  ask('start_color', 'Begins with colours.', start_color),
  ask('termattrs', 'The attributes that the terminal has.', () =>
    PyLong_FromLong(terminal_attributes(session().terminal)),
  ),
  ask('termname', "The terminal's name.", () => latin1(session().terminal.name)),
  one('typeahead', 'fd', 'Where to look whether something was typed.', (_m, fd) => {
    c_int(fd);
    session();
    return none();
  }),
  one('unctrl', 'ch', 'How a character is shown.', (_m, ch) => {
    session();
    return latin1(unctrl(chtype(ch, ENCODING)));
  }),
  one('ungetch', 'ch', 'Puts a byte or a key back.', ungetch),
  one('unget_wch', 'ch', 'Puts a character back.', unget_wch),
  one('use_env', 'flag', 'Whether LINES, COLUMNS and the terminal itself tell its size.', (_m, flag) => {
    curses.use_env = PyObject_IsTrue(flag);
    return none();
  }),
  ask('use_default_colors', "Makes -1 the terminal's own colours.", () => assume(-1, -1, 'use_default_colors')),
  clinic('assume_default_colors', 'fg, bg', "Sets what the terminal's own colours are.", assume_default_colors),
  ask('update_lines_cols', 'Sets LINES and COLS anew.', update_lines_cols),
];
