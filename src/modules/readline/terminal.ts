// terminal.ts: reads a line from the terminal.                     CPython: Modules/readline.c:readline_until_enter_or_signal
//
// While it reads, the terminal neither echoes nor edits; signals go on to be signals. However the reading ends, the terminal is
// as it was before.

import { PyErr_SetString } from '../../core/errors.ts';
import { HostError, type HostTermios, POLLIN } from '../../core/host.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { Py_None } from '../../objects/object.ts';
import { type PyThread, scheduler } from '../../vm/scheduler.ts';
import type { Steps } from '../../vm/steps.ts';
import { WaitQueue } from '../../vm/waiting.ts';
import { load_terminal } from '../_curses/session.ts';
import { signal_state, watch_signal } from '../_signal.ts';
import { host } from '../args.ts';
import { descriptor_event } from '../blocking.ts';
import { ANSI, DUMB } from './display.ts';
import type { Editor } from './editor.ts';
import { bind } from './keymap.ts';
import { editor, flush, reading, run_hook } from './state.ts';
import { encode } from './text.ts';

const STDIN = 0;
const STDOUT = 1;
const TCSADRAIN = 1;
const SIGWINCH = 28;
const NEWLINE = 10;

const ICRNL = 0x100;
const INLCR = 0x40;
const ICANON = 2;
const ECHO = 8;
// Indices of control characters.
const VERASE = 2;
const VKILL = 3;
const VEOF = 4;
const VTIME = 5;
const VMIN = 6;
const VDISCARD = 13;
const VWERASE = 14;
const VLNEXT = 15;

/** The terminal's own keys for editing, which mean the same here. */
const SPECIAL: readonly (readonly [number, string])[] = [
  [VERASE, 'backward-delete-char'],
  [VKILL, 'unix-line-discard'],
  [VLNEXT, 'quoted-insert'],
  [VWERASE, 'unix-word-rubout'],
];

/** Who reads a line, and who waits for that to end. */
const lock: { owner: PyThread | null; queue: WaitQueue } = { owner: null, queue: new WaitQueue() };
let resized = false;

/** Has the terminal send every key as it is; gives what it was set to before. */
function prepare(e: Editor): HostTermios | null {
  const { terminals } = host();
  if (terminals === undefined) return null;
  let before: HostTermios;
  try {
    before = terminals.get(STDIN);
    const cc = [...before.cc];
    cc[VMIN] = 1;
    cc[VTIME] = 0;
    cc[VDISCARD] = 0;
    cc[VLNEXT] = 0;
    const iflag = before.iflag & ~(ICRNL | INLCR);
    const lflag = before.lflag & ~(ICANON | ECHO);
    terminals.set(STDIN, TCSADRAIN, { ...before, iflag, lflag, cc });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return null;
  }
  e.eof_key = before.cc[VEOF] ?? 4;
  if (e.variables.flags['bind-tty-special-chars']) {
    for (const [at, command] of SPECIAL) {
      const key = before.cc[at] ?? 0;
      if (key !== 0) bind(e.insert_map, [key], { command });
    }
  }
  return before;
}

function restore(before: HostTermios | null): void {
  if (before === null) return;
  try {
    host().terminals!.set(STDIN, TCSADRAIN, before);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}

function take_size(e: Editor): void {
  const h = host();
  const size = h.terminal_size?.(STDOUT) ?? null;
  const of = (name: string, given: number | undefined, otherwise: number): number =>
    given || Number.parseInt(e.outside.environment(name) ?? '', 10) || otherwise;
  e.display.columns = of('COLUMNS', size?.[0], 80);
  e.display.lines = of('LINES', size?.[1], 24);
}

/** What the terminal can do, by its entry in the terminfo database; where there is none, as most can. */
function take_abilities(e: Editor): void {
  const term = e.outside.environment('TERM') ?? '';
  const entry = load_terminal(null);
  if (term === '' || term === 'dumb') e.display.abilities = DUMB;
  else if (typeof entry === 'string') e.display.abilities = ANSI;
  else {
    const string = (name: string): string | null => entry.string(name)?.replace(/\$<[^>]*>/g, '') ?? null;
    const [begin, end] = [string('smso'), string('rmso')];
    e.display.abilities = {
      clear_to_end: string('el'),
      up: string('cuu1'),
      right: string('cuf1'),
      clear: string('clear'),
      standout: begin === null || end === null ? null : [begin, end],
    };
  }
}

/** Hears of a new size of the terminal, if nobody else (curses) does: what has it end. */
function watch_size(): () => void {
  if (signal_state.taps.has(SIGWINCH)) return () => {};
  signal_state.taps.set(SIGWINCH, () => {
    resized = true;
    return true;
  });
  watch_signal(SIGWINCH);
  return () => {
    signal_state.taps.delete(SIGWINCH);
    watch_signal(SIGWINCH);
  };
}

/** Nobody else reads a line meanwhile. CPython: _PyOS_ReadlineLock */
function* acquire(): Steps<void> {
  if (lock.owner === scheduler.running) PyErr_SetString(PyExc_RuntimeError, "can't re-enter readline");
  const { queue } = lock;
  const attempt = (): PyObject | null => (lock.owner === null ? newref(Py_None) : null);
  while (lock.owner !== null)
    decref(yield { attempt, expired: () => newref(Py_None), timeout_ns: -1n, queue, what: () => 'readline' });
  lock.owner = scheduler.running;
}

function release(): void {
  lock.owner = null;
  lock.queue.wake_one();
}

/** Reads a line, without its newline; null: the input has ended. CPython: call_readline */
export function* read_line(prompt: string): Steps<Uint8Array | null> {
  yield* acquire();
  const e = editor();
  let before: HostTermios | null = null;
  let unwatch: () => void = () => {};
  try {
    before = prepare(e);
    take_size(e);
    take_abilities(e);
    unwatch = watch_size();
    if (e.variables.flags['enable-bracketed-paste']) e.outside.write('\x1b[?2004h');
    e.start(prompt, () => run_hook('startup_hook'));
    flush();
    run_hook('pre_input_hook');
    if (e.has_more) e.work();
    yield* read_keys(e);
    if (e.variables.flags['enable-bracketed-paste']) e.outside.write('\x1b[?2004l\r');
  } finally {
    try {
      flush();
    } finally {
      unwatch();
      restore(before);
      release();
    }
  }
  if (e.done === 'eof') return null;
  const { text } = e.line;
  const last = e.history.entries.at(-1)?.line ?? '';
  if (reading.auto_history && text !== '' && text !== last) e.history.add(text);
  return encode(text);
}

/** Feeds the editor until it is done. */
function* read_keys(e: Editor): Steps<void> {
  const { clock, files } = host();
  let overdue = false;
  const byte = new Uint8Array(1);
  while (e.done === null) {
    let n: number;
    try {
      n = files.read_now === undefined ? files.read(STDIN, byte) : files.read_now(STDIN, byte);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      n = 0;
    }
    if (n > 0) {
      overdue = false;
      e.feed(byte[0]!);
    } else if (n === 0) {
      if (e.line.chars.length > 0) e.feed(NEWLINE);
      e.done ??= 'eof';
    } else if (overdue) {
      overdue = false;
      e.expire();
    } else {
      e.settle();
      flush();
      const { timeout } = e;
      const left = timeout === null ? -1n : BigInt(timeout) * 1_000_000n;
      const end = clock.monotonic_ns() + left;
      decref(yield descriptor_event(STDIN, POLLIN, true, left));
      if (resized) {
        resized = false;
        e.display.erase();
        take_size(e);
        e.show();
      }
      // Only when there is still nothing to read.
      if (timeout !== null && clock.monotonic_ns() >= end) overdue = true;
    }
  }
}
