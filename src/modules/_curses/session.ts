// session.ts: curses as a process has it: the terminal's entry, the screen, what is sent and the modes.   ncurses: lib_newterm.c
//
// There is one terminal and one screen, as for CPython's module. Enter through: setup_terminal, start_screen.

import { HostError } from '../../core/host.ts';
import { newref } from '../../core/object.ts';
import { Py_None } from '../../objects/object.ts';
import { handlers, is_default, signal_state, watch_signal } from '../_signal.ts';
import { host } from '../args.ts';
import { sleep_ns, write_fd } from '../blocking.ts';
import { read_whole } from '../whole_file.ts';
import { ERR, KEY_RESIZE } from './constants.ts';
import { Input } from './input.ts';
import { Output } from './output.ts';
import { Screen } from './screen.ts';
import { find_entry, type Terminfo } from './terminfo.ts';
import type { Padded } from './tparm.ts';
import { Tty } from './tty.ts';
import type { Window } from './window.ts';

const OK = 0;
const SIGWINCH = 28;
const MILLISECOND = 1_000_000n;
const STDOUT = 1;
const STDERR = 2;

/** What initscr() makes. */
export class Session {
  readonly terminal: Terminfo;
  readonly screen: Screen;
  readonly output: Output;
  readonly tty: Tty;
  readonly input: Input;
  echo = true;
  /** Return is read as a line feed. */
  newlines = true;
  raw = false;
  /** 0: lines are read; 1: single characters; more: for so many tenths of a second, less one. */
  cbreak = 1;
  /** Bytes above 127 are read as they are. */
  meta = true;
  /** The terminal's size has changed, but nobody was told. */
  resized = false;

  constructor(terminal: Terminfo, fd: number, lines: number, columns: number) {
    this.terminal = terminal;
    this.screen = new Screen(terminal, lines, columns);
    this.output = new Output(this.screen, breaks_acs(terminal));
    this.tty = new Tty(fd);
    this.input = new Input(this);
  }

  /** Sends what the output has collected. */
  flush(): void {
    send(this.output.take(), STDOUT);
  }

  /** Makes the terminal show what is wanted. */
  update(): number {
    if (this.screen.ended) this.tty.program_mode();
    this.output.update();
    this.flush();
    return OK;
  }

  refresh(w: Window): number {
    if (this.screen.refresh_later(w) === ERR) return ERR;
    return this.update();
  }

  end(): number {
    if (this.screen.ended) return ERR;
    this.tty.keep_program_mode();
    this.output.leave();
    this.flush();
    return this.tty.shell_mode();
  }

  /** The terminal has another size: so have the windows, and the program is told by a key. */
  resize(lines: number, columns: number): number {
    const { screen } = this;
    if (lines <= 0 || columns <= 0) return ERR;
    if (lines === screen.lines && columns === screen.columns) return OK;
    const status = screen.resize(lines, columns);
    if (status !== ERR) this.input.unget(KEY_RESIZE);
    return status;
  }

  /** Looks what size the terminal has, after it said that it has another. */
  follow_terminal(): void {
    this.resized = false;
    const size = ask_size(this.tty.fd);
    if (size !== null) this.resize(...size);
  }
}

export const curses = {
  /** Set by setupterm(). */
  terminal: null as Terminfo | null,
  /** Set by initscr(); there is but one. */
  session: null as Session | null,
  colors_started: false,
  escape_delay: 1000,
  use_env: true,
  /** Only one line is used. */
  filter: false,
};

/** Sends strings, with the pauses between them. */
export function send(pieces: readonly Padded[], fd: number): void {
  for (const { text, wait } of pieces) {
    if (text !== '')
      write_fd(
        fd,
        Uint8Array.from(text, c => c.charCodeAt(0)),
      );
    if (wait > 0) sleep_ns(BigInt(Math.round(wait)) * MILLISECOND);
  }
}

export function getenv(name: string): string | undefined {
  const decoder = new TextDecoder();
  for (const [key, value] of host().process.environ()) if (decoder.decode(key) === name) return decoder.decode(value);
  return undefined;
}

function read_file(path: string): Uint8Array | null {
  try {
    return read_whole(new TextEncoder().encode(path));
  } catch (e) {
    if (e instanceof HostError) return null;
    throw e;
  }
}

/** The entry of a terminal. A string says what is wrong; `name` null: as the environment says. */
export function load_terminal(name: string | null): Terminfo | string {
  const terminal = name ?? getenv('TERM');
  if (terminal === undefined || (name === null && terminal === '')) return 'could not find terminfo database';
  const entry = find_entry(terminal, getenv, read_file);
  if (entry === null) return 'could not find terminal';
  // Such entries stand for no terminal in particular, or for one that prints on paper.
  if (entry.flag('gn')) return 'could not find terminal';
  return entry;
}

/** Whether a terminal that shows UTF-8 has no alternate set besides. ncurses: _nc_locale_breaks_acs */
function breaks_acs(terminal: Terminfo): boolean {
  const told = getenv('NCURSES_NO_UTF8_ACS');
  if (told !== undefined) return Number.parseInt(told, 10) > 0;
  const known = terminal.number('U8');
  return known >= 0 ? known > 0 : getenv('TERM')?.includes('linux') === true;
}

/** Lines and columns, from the terminal itself; null: it does not tell. */
function ask_size(fd: number): [lines: number, columns: number] | null {
  const { files, terminals } = host();
  try {
    if (terminals === undefined || !files.isatty(fd)) return null;
    const [lines, columns] = terminals.get_size(fd);
    return lines > 0 && columns > 0 ? [lines, columns] : null;
  } catch (e) {
    if (e instanceof HostError) return null;
    throw e;
  }
}

function positive(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

/** The size that the screen is to have. */
function screen_size(terminal: Terminfo, fd: number): [lines: number, columns: number] {
  const own = (name: string, fallback: number): number => {
    const n = terminal.number(name);
    return n > 0 ? n : fallback;
  };
  let [lines, columns] = [own('lines', 24), own('cols', 80)];
  if (!curses.use_env) return [lines, columns];
  [lines, columns] = ask_size(fd) ?? [lines, columns];
  return [positive(getenv('LINES')) ?? lines, positive(getenv('COLUMNS')) ?? columns];
}

/** Begins: the terminal shows the program's screen from now on. */
export function start_screen(terminal: Terminfo): Session {
  const { files } = host();
  const fd = files.isatty(STDOUT) ? STDOUT : STDERR;
  const [lines, columns] = screen_size(terminal, fd);
  const session = new Session(terminal, fd, curses.filter ? 1 : lines, columns);
  session.tty.begin();
  session.output.enter();
  session.flush();
  curses.terminal = terminal;
  curses.session = session;
  if (is_default(handlers[SIGWINCH] ?? null)) {
    signal_state.taps.set(SIGWINCH, () => {
      session.resized = true;
      return true;
    });
    watch_signal(SIGWINCH);
  }
  return session;
}

/** None, owned. */
export function nothing(): typeof Py_None {
  return newref(Py_None);
}
