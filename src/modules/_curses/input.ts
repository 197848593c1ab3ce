// input.ts: reading keys.                                              ncurses: lib_getch.c, lib_get_wch.c, lib_getstr.c
//
// Reading is written as steps, so that other threads go on while it waits. Results are codes: a byte, or from KEY_MIN on a key;
// ERR where nothing came in time. What is put back stands in `queue`, and so do bytes that were read to see whether they are
// those of a key.

import { type HostPoll, POLLIN } from '../../core/host.ts';
import { decref } from '../../core/object.ts';
import type { Steps } from '../../vm/steps.ts';
import { signal_state } from '../_signal.ts';
import { host } from '../args.ts';
import { look } from '../select/waiting.ts';
import { ERR, KEY_BACKSPACE, KEY_DOWN, KEY_ENTER, KEY_LEFT, KEY_MIN, KEY_MOUSE, KEY_RESIZE } from './constants.ts';
import { KeyTable } from './keys.ts';
import { Mouse } from './mouse.ts';
import { curses, nothing, type Session } from './session.ts';
import type { Window } from './window.ts';
import { add_byte, add_string, add_wide, sequence_length } from './write.ts';

const STDIN = 0;
const MILLISECOND = 1_000_000n;
const FOREVER = -1;
/** Most that can be put back. */
const ROOM = 137;
const CR = 13;
const LF = 10;

export class Input {
  private readonly session: Session;
  private queue: number[] = [];
  /** How many of the first were put back: they are given as they are. */
  private put_back = 0;
  private table: KeyTable | null = null;
  readonly mouse = new Mouse();

  constructor(session: Session) {
    this.session = session;
  }

  unget(code: number): number {
    if (this.queue.length >= ROOM) return ERR;
    this.queue.unshift(code);
    this.put_back++;
    return 0;
  }

  /** Throws away what was typed. */
  flush(): void {
    this.queue = [];
    this.put_back = 0;
    const { files } = host();
    if (!files.isatty(STDIN)) return;
    const into = new Uint8Array(256);
    while (this.ready() && (files.read_now ?? files.read).call(files, STDIN, into) > 0);
  }

  /** The keys, once a window has asked for them. */
  get keys(): KeyTable | null {
    return this.table;
  }

  learn_keys(): void {
    this.table ??= new KeyTable(this.session.terminal);
  }

  private poll(): HostPoll[] {
    return [{ fd: STDIN, events: POLLIN, revents: 0 }];
  }

  private ready(): boolean {
    return look(this.poll()) > 0;
  }

  /** Waits for input, as many milliseconds at most; false: nothing came, or a signal's handler was called. */
  private *wait(ms: number): Steps<boolean> {
    if (this.ready()) return true;
    if (ms === 0) return false;
    const fds = this.poll();
    const { calls } = signal_state;
    const { session } = this;
    let came = false;
    const attempt = (): ReturnType<typeof nothing> | null => {
      came = fds[0]!.revents !== 0 || look(fds) > 0;
      return came || session.resized || signal_state.calls !== calls ? nothing() : null;
    };
    const timeout_ns = ms < 0 ? -1n : BigInt(ms) * MILLISECOND;
    decref(yield { attempt, expired: nothing, timeout_ns, fds, external: true, what: () => 'a key' });
    return came;
  }

  /** Reads a byte into the queue. */
  private *fill(ms: number): Steps<boolean> {
    if (!(yield* this.wait(ms))) return false;
    const { files } = host();
    const into = new Uint8Array(1);
    if ((files.read_now ?? files.read).call(files, STDIN, into) < 1) return false;
    this.queue.push(into[0]!);
    return true;
  }

  /** The next byte, or the next key if `keypad`. */
  private *key(keypad: boolean, ms: number, patient: boolean): Steps<number> {
    if (this.queue.length === 0 && !(yield* this.fill(ms))) return ERR;
    if (!keypad) return this.queue.shift()!;
    let sent = '';
    for (let i = 0; ; i++) {
      if (i === this.queue.length && !(yield* this.fill(patient ? FOREVER : curses.escape_delay))) break;
      sent += String.fromCharCode(this.queue[i]!);
      const key = this.table!.code(sent);
      if (key !== undefined) {
        this.queue.splice(0, i + 1);
        return key;
      }
      if (!this.table!.begins_key(sent)) break;
    }
    return this.queue.shift()!;
  }

  /** Reads the rest of a mouse's report. */
  private *report(): Steps<void> {
    const sgr = this.session.output.sgr_mouse();
    let text = '';
    for (;;) {
      if (this.queue.length === 0 && !(yield* this.fill(curses.escape_delay))) return;
      text += String.fromCharCode(this.queue.shift()!);
      if (sgr ? /[Mm]$/.test(text) : text.length === 3) break;
    }
    if (sgr) this.mouse.sgr_report(text);
    else this.mouse.byte_report(Array.from(text, c => c.charCodeAt(0)));
  }

  /** A key, or a mouse's gesture: reports are collected as long as they follow each other quickly. */
  private *key_or_mouse(w: Window, ms: number): Steps<number> {
    const { mouse } = this;
    let reports = 0;
    for (;;) {
      const code = yield* this.key(true, ms, w.no_escape_timeout);
      if (code !== KEY_MOUSE) {
        // A key ends the gesture.
        if (reports === 0 || !mouse.end_run()) return code;
        if (code !== ERR) this.unget(code);
        return KEY_MOUSE;
      }
      reports++;
      yield* this.report();
      if (mouse.interval > 0 && (this.queue.length > 0 || (yield* this.wait(mouse.interval)))) continue;
      if (mouse.end_run()) return KEY_MOUSE;
      reports = 0;
    }
  }

  /** Reads a byte or a key. CPython's wgetch() */
  *read(w: Window): Steps<number> {
    const { session } = this;
    if (this.put_back > 0) {
      this.refresh(w);
      return this.take();
    }
    if (this.queue.length === 0 && !session.raw && session.cbreak === 0) return yield* this.read_cooked(w);
    if (w.keypad) this.learn_keys();
    if (w.keypad !== session.output.keypad) {
      session.output.set_keypad(w.keypad);
      session.flush();
    }
    this.refresh(w);
    const ms = w.delay >= 0 ? w.delay : session.cbreak > 1 ? (session.cbreak - 1) * 100 : FOREVER;
    let code = w.keypad ? yield* this.key_or_mouse(w, ms) : yield* this.key(false, ms, false);
    if (code === ERR) {
      if (!session.resized) return ERR;
      session.follow_terminal();
      return this.put_back > 0 ? this.take() : ERR;
    }
    if (session.echo && !w.is_pad && code < KEY_MIN) {
      add_byte(w, code, 0);
      session.refresh(w);
    } else if (session.echo && !w.is_pad && code === KEY_BACKSPACE) {
      add_wide(w, 8, 0);
      session.refresh(w);
    }
    if (code === CR && session.newlines) code = LF;
    if (!session.meta && code < KEY_MIN) code &= 0x7f;
    return code;
  }

  /** Reads a line, and gives its first byte: the rest is put back. */
  private *read_cooked(w: Window): Steps<number> {
    const line = yield* this.read_line(w, -1);
    const codes = line === null ? [] : [...line];
    codes.push(LF);
    for (const code of codes.reverse()) this.unget(code);
    return this.take();
  }

  /** What was put back last. */
  private take(): number {
    this.put_back--;
    return this.queue.shift()!;
  }

  private refresh(w: Window): void {
    if (!w.is_pad && (w.moved || w.is_touched() || w.clear_first)) this.session.refresh(w);
  }

  /** Reads a character: bytes above 127 make it up together. A key's code is negative. CPython's wget_wch() */
  *read_char(w: Window): Steps<number | null> {
    const bytes: number[] = [];
    for (;;) {
      const code = yield* this.read(w);
      if (code === ERR) return null;
      if (code >= KEY_MIN) {
        if (bytes.length === 0) return -code;
        // It comes after what is left of a character.
        this.unget(code);
        return null;
      }
      bytes.push(code);
      const length = sequence_length(bytes);
      if (length < 0) return null;
      if (length === bytes.length) return new TextDecoder().decode(Uint8Array.from(bytes)).codePointAt(0)!;
    }
  }

  /** Reads a line of at most so many (negative: any number of) bytes, which can be edited; null: nothing came. */
  *read_line(w: Window, most: number): Steps<Uint8Array | null> {
    const { session } = this;
    const { tty } = session;
    const { echo, newlines, raw, cbreak } = session;
    const modes = tty.modes;
    session.newlines = true;
    session.echo = session.raw = false;
    session.cbreak = 1;
    if (raw) tty.raw(false);
    tty.cbreak(true);
    const start = { y: w.y, x: w.x };
    const line: number[] = [];
    let code = ERR;
    try {
      this.refresh(w);
      for (;;) {
        code = yield* this.read(w);
        if (code === ERR || code === KEY_RESIZE) break;
        if (code === LF || code === CR || code === KEY_DOWN || code === KEY_ENTER) {
          if (echo && w.y === w.max_y && w.scrolls) {
            add_wide(w, LF, 0);
            session.refresh(w);
          }
          break;
        }
        if (code === tty.erase_char || code === KEY_LEFT || code === KEY_BACKSPACE) {
          this.rub_out(w, line, start, echo);
        } else if (code === tty.kill_char) {
          while (line.length > 0) this.rub_out(w, line, start, echo);
        } else if (code >= KEY_MIN || (most >= 0 && line.length >= most)) {
          session.output.beep();
          session.flush();
        } else {
          line.push(code);
          if (echo) this.show_byte(w, line, start, code);
        }
        if (echo) session.refresh(w);
      }
      w.x = 0;
      w.wrapped = false;
      if (w.y < w.max_y) w.y++;
      session.refresh(w);
    } finally {
      session.newlines = newlines;
      session.echo = echo;
      session.raw = raw;
      session.cbreak = cbreak;
      tty.come_back(modes);
    }
    return code === ERR ? null : Uint8Array.from(line);
  }

  private show_byte(w: Window, line: number[], start: { y: number; x: number }, code: number): void {
    const { y } = w;
    if (add_byte(w, code, 0) === ERR) {
      // The last cell of the window is of no use here.
      w.wrapped = false;
      add_wide(w, 32, 0);
      this.rub_out(w, line, start, true);
    } else if (w.wrapped) {
      if (w.scrolls && y === w.max_y && w.y === w.max_y) start.y = Math.max(0, start.y - 1);
      w.wrapped = false;
    }
  }

  /** Takes the last byte away, and from the window, too. */
  private rub_out(w: Window, line: number[], start: { y: number; x: number }, echo: boolean): void {
    if (line.length === 0) return;
    line.pop();
    if (!echo) return;
    const { y, x } = w;
    w.move(start.y, start.x);
    add_string(w, Uint8Array.from(line), -1);
    const end = { y: w.y, x: w.x };
    while (w.y < y || (w.y === y && w.x < x)) if (add_wide(w, 32, 0) === ERR) break;
    w.move(end.y, end.x);
  }
}
