// vi.ts: vi mode: two keymaps, and commands that work on what a movement covers.         GNU readline: vi_keymap.c, vi_mode.c
//
// A change and what is typed for it are recorded as bytes, so that `.` can have them read once more.
import type { Commands, Editor } from './editor.ts';
import { bind, ESC, type Keymap, SPECIAL_KEYS } from './keymap.ts';
import { forward_char, read_char } from './moving.ts';
import { encode, is_space, is_word } from './text.ts';

// biome-ignore format: a dense table
const INSERT: Record<string, string> = {
  '\x04': 'vi-eof-maybe', '\x08': 'backward-delete-char', '\t': 'complete', '\n': 'accept-line', '\r': 'accept-line',
  '\x0e': 'menu-complete', '\x10': 'menu-complete-backward', '\x12': 'reverse-search-history', '\x13': 'forward-search-history',
  '\x14': 'transpose-chars', '\x15': 'unix-line-discard', '\x16': 'quoted-insert', '\x17': 'vi-unix-word-rubout', '\x19': 'yank',
  '\x1b': 'vi-movement-mode', '\x1f': 'vi-undo', '\x7f': 'backward-delete-char',
};
// biome-ignore format: a dense table
const COMMAND: Record<string, string> = {
  '\x04': 'vi-eof-maybe', '\x05': 'emacs-editing-mode', '\x07': 'abort', '\x08': 'backward-char', '\n': 'accept-line',
  '\x0b': 'kill-line', '\x0c': 'clear-screen', '\r': 'accept-line', '\x0e': 'next-history', '\x10': 'previous-history',
  '\x11': 'quoted-insert', '\x12': 'reverse-search-history', '\x13': 'forward-search-history', '\x14': 'transpose-chars',
  '\x15': 'unix-line-discard', '\x16': 'quoted-insert', '\x17': 'vi-unix-word-rubout', '\x19': 'yank', '\x1f': 'vi-undo',
  '#': 'insert-comment', $: 'end-of-line', '%': 'vi-match', '&': 'tilde-expand', '*': 'insert-completions', '+': 'next-history',
  ',': 'vi-char-search', '-': 'previous-history', '.': 'vi-redo', '/': 'non-incremental-reverse-search-history',
  '0': 'beginning-of-line', ';': 'vi-char-search', '=': 'possible-completions', '?': 'non-incremental-forward-search-history',
  A: 'vi-append-eol', B: 'vi-prev-word', C: 'vi-change-to', D: 'vi-delete-to', E: 'vi-end-word', F: 'vi-char-search',
  G: 'fetch-history', I: 'vi-insert-beg', N: 'non-incremental-forward-search-history-again', P: 'vi-put', R: 'vi-replace',
  S: 'vi-subst', T: 'vi-char-search', U: 'revert-line', W: 'vi-next-word', X: 'vi-rubout', Y: 'vi-yank-to', '\\': 'complete',
  '^': 'vi-first-print', _: 'yank-last-arg', '`': 'vi-goto-mark', a: 'vi-append-mode', b: 'vi-prev-word', c: 'vi-change-to',
  d: 'vi-delete-to', e: 'vi-end-word', f: 'vi-char-search', h: 'backward-char', i: 'vi-insertion-mode', j: 'next-history',
  k: 'previous-history', l: 'forward-char', m: 'vi-set-mark', n: 'non-incremental-reverse-search-history-again', p: 'vi-put',
  r: 'vi-change-char', s: 'vi-subst', t: 'vi-char-search', u: 'vi-undo', w: 'vi-next-word', x: 'vi-delete', y: 'vi-yank-to',
  '|': 'vi-column', '~': 'vi-change-case', ' ': 'forward-char', '\x7f': 'backward-char',
};
const CHANGES = /^vi-(?:append|change|delete|insert|put|replace|rubout|subst)/;

export interface ViState {
  /** The bytes of the change under way; null: none is recorded. */
  recording: number[] | null;
  last_change: number[];
  /** The last search for a character: f, F, t or T, and what for. */
  search: { key: string; char: number } | null;
  /** A group of changes is open, to be undone at once. */
  inserting: boolean;
  marks: Record<number, number>;
  /** Command mode was on since the line began. */
  commanded: boolean;
}

export function new_vi(): ViState {
  return { recording: null, last_change: [], search: null, inserting: false, marks: {}, commanded: false };
}

export function vi_keymaps(): [insert: Keymap, command: Keymap] {
  const insert: Keymap = new Map();
  for (let c = 1; c < 256; c++) insert.set(c, { command: 'self-insert' });
  const command: Keymap = new Map();
  for (const [keys, name] of Object.entries(INSERT)) bind(insert, encode(keys), { command: name });
  for (const [keys, name] of Object.entries(COMMAND)) bind(command, encode(keys), { command: name });
  for (let digit = 49; digit < 58; digit++) command.set(digit, { command: 'digit-argument' });
  for (const map of [insert, command])
    for (const [keys, name] of Object.entries(SPECIAL_KEYS)) bind(map, [ESC, ...encode(keys)], { command: name });
  return [insert, command];
}

/** Before a command of command mode: changes are recorded from here on. */
export function before_command(e: Editor, name: string): void {
  const { vi } = e;
  if (!CHANGES.test(name) || vi.recording !== null) return;
  vi.recording = [...(e.explicit_arg ? encode(String(e.arg)) : []), ...e.keys];
}

/** After a byte was worked on: the cursor is on a character, and what was recorded is a change that is done. */
export function after_byte(e: Editor): void {
  const { line, vi } = e;
  if (e.keymap !== e.vi_command || e.grab !== null) return;
  if (line.point > 0 && line.point === line.chars.length) line.point = line.previous(line.point);
  if (vi.recording === null) return;
  vi.last_change = vi.recording;
  vi.recording = null;
}

function begin_insert(e: Editor): void {
  e.keymap = e.vi_insert;
  if (e.vi.inserting) return;
  e.vi.inserting = true;
  e.line.undos.push({ what: 'begin' });
}

export function end_insert(e: Editor): void {
  if (e.vi.inserting) e.line.undos.push({ what: 'end' });
  e.vi.inserting = false;
}

/** What vi takes for one word: letters, digits and '_', or what is neither these nor blank; big words are all but blanks. */
function kind(c: number | undefined, big: boolean): number {
  if (c === undefined || is_space(c)) return 0;
  return big || is_word(c) || c === 95 ? 1 : 2;
}

function word(e: Editor, count: number, key: number): void {
  const { line } = e;
  const name = String.fromCharCode(key);
  const big = name === name.toUpperCase();
  const at = (i: number): number => kind(line.chars[i], big);
  const end = line.chars.length;
  for (; count > 0; count--) {
    let p = line.point;
    if (name === 'w' || name === 'W') {
      const k = at(p);
      if (k !== 0) while (p < end && at(p) === k) p++;
      while (p < end && at(p) === 0) p++;
    } else if (name === 'b' || name === 'B') {
      while (p > 0 && at(p - 1) === 0) p--;
      const k = at(p - 1);
      while (p > 0 && at(p - 1) === k) p--;
    } else {
      p++;
      while (p < end && at(p) === 0) p++;
      const k = at(p);
      while (p + 1 < end && at(p + 1) === k) p++;
    }
    line.point = Math.min(p, end);
  }
}

/** f, F, t and T; then `done`, with whether the character is there. */
function search_char(e: Editor, count: number, key: number, done: (found: boolean) => void): void {
  const name = String.fromCharCode(key);
  const { vi } = e;
  if (name === ';' || name === ',') {
    if (vi.search === null) done(false);
    else {
      const swap = (k: string): string => (k === k.toLowerCase() ? k.toUpperCase() : k.toLowerCase());
      done(go_to_char(e, name === ';' ? vi.search.key : swap(vi.search.key), vi.search.char, count));
    }
    return;
  }
  read_char(e, char => {
    vi.search = { key: name, char };
    done(go_to_char(e, name, char, count));
  });
}

function go_to_char(e: Editor, key: string, char: number, count: number): boolean {
  const { line } = e;
  const step = key === 'f' || key === 't' ? 1 : -1;
  const before = key === 't' || key === 'T';
  let at = line.point;
  for (; count > 0; count--) {
    do at += step;
    while (at >= 0 && at < line.chars.length && line.chars[at] !== char);
    if (at < 0 || at >= line.chars.length) return false;
  }
  line.point = before ? at - step : at;
  return true;
}

const BRACKETS = '()[]{}';

function match_bracket(e: Editor): boolean {
  const { chars } = e.line;
  const of = (i: number): number => BRACKETS.indexOf(String.fromCodePoint(chars[i]!));
  let at = e.line.point;
  while (at < chars.length && of(at) < 0) at++;
  if (at >= chars.length) return false;
  const open = of(at);
  const step = open % 2 === 0 ? 1 : -1;
  let depth = 0;
  do {
    if (of(at) === open) depth++;
    else if (of(at) === (open ^ 1)) depth--;
    if (depth === 0) break;
    at += step;
  } while (at >= 0 && at < chars.length);
  if (depth !== 0) return false;
  e.line.point = at;
  return true;
}

const first_print = (e: Editor): void => {
  e.line.point = e.line.chars.findIndex(c => !is_space(c));
  if (e.line.point < 0) e.line.point = 0;
};

/** Movements that an operator takes, by their key; `true`: the character moved to is covered, too. */
function move(e: Editor, key: number, count: number, done: (inclusive: boolean | null) => void): void {
  const { line } = e;
  const name = String.fromCharCode(key);
  const start = line.point;
  if ('fFtT;,'.includes(name)) {
    search_char(e, count, key, found => done(found ? line.point >= start : null));
    return;
  }
  if ('wWbBeE'.includes(name)) word(e, count, key);
  else if (name === '%') {
    done(match_bracket(e) ? true : null);
    return;
  } else if (name === 'h' || name === '\b' || name === '\x7f') forward_char(e, -count);
  else if (name === 'l' || name === ' ') forward_char(e, count);
  else if (name === '0') line.point = 0;
  else if (name === '^') first_print(e);
  else if (name === '$') line.point = line.chars.length;
  else if (name === '|') line.point = Math.min(count - 1, line.chars.length);
  else {
    done(null);
    return;
  }
  done(name === 'e' || name === 'E');
}

/** d, c and y: what a movement covers. D, C and Y go to the end of the line, dd, cc and yy take all of it. */
function operate(e: Editor, count: number, key: number, act: (from: number, to: number) => void): void {
  const { line } = e;
  const start = line.point;
  const name = String.fromCharCode(key);
  if (name !== name.toLowerCase()) {
    act(name === 'Y' ? 0 : start, line.chars.length);
    return;
  }
  let digits = 0;
  const take = (byte: number): void => {
    if ((byte >= 49 && byte <= 57) || (byte === 48 && digits > 0)) {
      digits = digits * 10 + byte - 48;
      e.grab = take;
      return;
    }
    const finish = (): void => {
      if (e.grab === null) e.end_command();
    };
    if (byte === key) {
      act(0, line.chars.length);
      if (name === 'y') line.point = start;
      finish();
      return;
    }
    const cover = (inclusive: boolean | null): void => {
      const end = line.point;
      line.point = start;
      if (inclusive === null) e.ding();
      else act(Math.min(start, end), Math.min(line.chars.length, Math.max(start, end) + (inclusive ? 1 : 0)));
      finish();
    };
    const times = count * Math.max(1, digits);
    // A change of a word leaves the blanks behind it.
    const big = byte === 87;
    const k = kind(line.chars[start], big);
    if (name === 'c' && k !== 0 && (big || byte === 119)) {
      while (kind(line.chars[line.point + 1], big) === k) line.point++;
      word(e, times - 1, big ? 69 : 101);
      cover(true);
    } else move(e, byte, times, cover);
  };
  e.grab = take;
}

function put(e: Editor, count: number, key: number): void {
  const { line } = e;
  const text = e.kills[e.kill_at];
  if (text === undefined) return;
  if (key === 112 && line.point < line.chars.length) line.point = line.next(line.point);
  line.group(() => {
    for (; count > 0; count--) line.insert(text);
  });
  line.point = line.previous(line.point);
}

function change_case(e: Editor, count: number): void {
  const { line } = e;
  const end = Math.min(line.chars.length, line.point + count);
  if (line.point >= end) {
    e.ding();
    return;
  }
  const changed = line.chars.slice(line.point, end).map(c => {
    const s = String.fromCodePoint(c);
    const to = s === s.toLowerCase() ? s.toUpperCase() : s.toLowerCase();
    return to.length === s.length ? to.codePointAt(0)! : c;
  });
  line.replace(line.point, end, changed);
}

function erase(e: Editor, from: number, to: number): void {
  e.kill(from, to);
  e.line.point = Math.min(from, e.line.chars.length);
}

export const vi_commands: Commands = {
  'vi-editing-mode': e => {
    e.variables.values['editing-mode'] = 'vi';
    e.keymap = e.vi_insert;
  },
  'emacs-editing-mode': e => {
    e.variables.values['editing-mode'] = 'emacs';
    e.keymap = e.emacs;
  },
  'vi-movement-mode': e => {
    if (e.keymap === e.vi_insert && e.line.point > 0) e.line.point = e.line.previous(e.line.point);
    e.keymap = e.vi_command;
    e.overwriting = false;
    end_insert(e);
    // POSIX: what was typed before the first command stays.
    if (!e.vi.commanded) e.line.undos = [];
    e.vi.commanded = true;
  },
  'vi-insertion-mode': e => begin_insert(e),
  'vi-insert-beg': e => {
    e.line.point = 0;
    begin_insert(e);
  },
  'vi-append-mode': e => {
    e.line.point = e.line.next(e.line.point);
    begin_insert(e);
  },
  'vi-append-eol': e => {
    e.line.point = e.line.chars.length;
    begin_insert(e);
  },
  'vi-replace': e => {
    begin_insert(e);
    e.overwriting = true;
  },
  'vi-subst': (e, count, key) => {
    const { line } = e;
    begin_insert(e);
    if (key === 83) erase(e, 0, line.chars.length);
    else erase(e, line.point, Math.min(line.chars.length, line.point + count));
  },
  'vi-delete': (e, count) => {
    if (e.line.chars.length === 0) e.ding();
    else erase(e, e.line.point, Math.min(e.line.chars.length, e.line.point + count));
  },
  'vi-rubout': (e, count) => {
    if (e.line.point === 0) e.ding();
    else erase(e, Math.max(0, e.line.point - count), e.line.point);
  },
  'vi-delete-to': (e, count, key) => operate(e, count, key, (from, to) => erase(e, from, to)),
  'vi-change-to': (e, count, key) =>
    operate(e, count, key, (from, to) => {
      begin_insert(e);
      erase(e, from, to);
    }),
  'vi-yank-to': (e, count, key) =>
    operate(e, count, key, (from, to) => {
      e.add_kill(e.line.chars.slice(from, to), true);
      if (key !== 89 && from < e.line.point) e.line.point = from;
    }),
  'vi-put': put,
  'vi-change-char': (e, count) =>
    read_char(e, c => {
      const { line } = e;
      if (c === ESC || line.chars.length === 0) return;
      const end = Math.min(line.chars.length, line.point + count);
      line.replace(line.point, end, Array<number>(end - line.point).fill(c));
      line.point = end - 1;
    }),
  'vi-change-case': change_case,
  'vi-next-word': word,
  'vi-prev-word': word,
  'vi-end-word': word,
  'vi-first-print': first_print,
  'vi-column': (e, count) => {
    e.line.point = Math.max(0, Math.min(count, e.line.chars.length) - 1);
  },
  'vi-match': e => {
    if (!match_bracket(e)) e.ding();
  },
  'vi-char-search': (e, count, key) =>
    search_char(e, count, key, found => {
      if (!found) e.ding();
    }),
  'vi-set-mark': e => read_char(e, c => void (e.vi.marks[c] = e.line.point)),
  'vi-goto-mark': e =>
    read_char(e, c => {
      const at = e.vi.marks[c];
      if (at === undefined || at > e.line.chars.length) e.ding();
      else e.line.point = at;
    }),
  'vi-undo': (e, count) => {
    for (let n = count; n > 0; n--) if (!e.line.undo()) e.ding();
  },
  'vi-redo': e => {
    if (e.vi.last_change.length === 0) e.ding();
    else e.push(e.vi.last_change);
  },
  'vi-eof-maybe': e => e.accept(),
  'vi-unix-word-rubout': (e, count) => {
    const { line } = e;
    if (line.point === 0) {
      e.ding();
      return;
    }
    let to = line.point;
    for (; count > 0; count--) {
      while (to > 0 && kind(line.chars[to - 1], false) === 0) to--;
      const k = kind(line.chars[to - 1], false);
      while (to > 0 && kind(line.chars[to - 1], false) === k) to--;
    }
    e.kill(line.point, to);
  },
};
