// keymap.ts: which keys do what.                                       GNU readline: emacs_keymap.c, bind.c:rl_translate_keyseq
//
// A keymap is a tree: a byte leads to a command, to a macro, to a keymap for the bytes that follow, or, where a key is also the
// beginning of others, to both.

import { encode } from './text.ts';

export interface Entry {
  /** A command's name. */
  command?: string;
  /** Bytes that are read as if they had been typed. */
  macro?: Uint8Array;
  map?: Keymap;
}
export type Keymap = Map<number, Entry>;

export const ESC = 27;
export const RUBOUT = 127;
const CTRL_X = 24;

const control = (c: string): number => c.charCodeAt(0) & 31;

/** Binds a sequence of bytes; nothing (an unknown command) unbinds it. */
export function bind(map: Keymap, keys: ArrayLike<number>, action: { command?: string; macro?: Uint8Array }): void {
  for (let i = 0; i < keys.length; i++) {
    let entry = map.get(keys[i]!);
    if (entry === undefined) map.set(keys[i]!, (entry = {}));
    if (i + 1 < keys.length) map = entry.map ??= new Map();
    else {
      delete entry.command;
      delete entry.macro;
      Object.assign(entry, action);
      if (action.command === undefined && action.macro === undefined && entry.map === undefined) map.delete(keys[i]!);
    }
  }
}

/** The keymap that a key leads to. */
export function submap(map: Keymap, key: number): Keymap {
  const entry = map.get(key) ?? {};
  map.set(key, entry);
  return (entry.map ??= new Map());
}

// biome-ignore format: a dense table
const EMACS: Record<string, string> = {
  '@': 'set-mark', A: 'beginning-of-line', B: 'backward-char', D: 'delete-char', E: 'end-of-line', F: 'forward-char', G: 'abort',
  H: 'backward-delete-char', I: 'self-insert', J: 'accept-line', K: 'kill-line', L: 'clear-screen', M: 'accept-line',
  N: 'next-history', O: 'operate-and-get-next', P: 'previous-history', Q: 'quoted-insert', R: 'reverse-search-history',
  S: 'forward-search-history', T: 'transpose-chars', U: 'unix-line-discard', V: 'quoted-insert', W: 'unix-word-rubout', Y: 'yank',
  ']': 'character-search', _: 'undo',
};
// biome-ignore format: a dense table
const META: Record<string, string> = {
  '\n': 'vi-editing-mode', '\r': 'vi-editing-mode', '\x07': 'abort', '\x08': 'backward-kill-word', '\x0c': 'clear-display', '\x12': 'revert-line', '\x19': 'yank-nth-arg',
  '\x1d': 'character-search-backward', '\x7f': 'backward-kill-word', ' ': 'set-mark', '#': 'insert-comment', '&': 'tilde-expand',
  '*': 'insert-completions', '-': 'digit-argument', '.': 'yank-last-arg', '<': 'beginning-of-history', '=': 'possible-completions',
  '>': 'end-of-history', '?': 'possible-completions', '\\': 'delete-horizontal-space', _: 'yank-last-arg', b: 'backward-word',
  c: 'capitalize-word', d: 'kill-word', f: 'forward-word', l: 'downcase-word', n: 'non-incremental-forward-search-history',
  p: 'non-incremental-reverse-search-history', r: 'revert-line', t: 'transpose-words', u: 'upcase-word',
  x: 'execute-named-command', y: 'yank-pop', '~': 'tilde-expand', '\t': 'complete', '\x1b': 'complete',
};
/** What terminals send behind ESC for their special keys. */
// biome-ignore format: a dense table
export const SPECIAL_KEYS: Record<string, string> = {
  OA: 'previous-history', OB: 'next-history', OC: 'forward-char', OD: 'backward-char', OH: 'beginning-of-line', OF: 'end-of-line',
  '[A': 'previous-history', '[B': 'next-history', '[C': 'forward-char', '[D': 'backward-char', '[H': 'beginning-of-line',
  '[F': 'end-of-line', '[2~': 'overwrite-mode', '[3~': 'delete-char', '[5~': 'history-search-backward',
  '[6~': 'history-search-forward', '[3;5~': 'kill-word', '[1;5C': 'forward-word', '[1;5D': 'backward-word',
  '[1;3C': 'forward-word', '[1;3D': 'backward-word', '[200~': 'bracketed-paste-begin',
};
// biome-ignore format: a dense table
const CTRL_X_MAP: Record<string, string> = {
  '\x07': 'abort', '\x12': 're-read-init-file', '\x15': 'undo', '\x18': 'exchange-point-and-mark', '(': 'start-kbd-macro',
  ')': 'end-kbd-macro', e: 'call-last-kbd-macro', '\x7f': 'backward-kill-line',
};

/** The keys of emacs mode. */
export function emacs_keymap(): Keymap {
  const map: Keymap = new Map();
  for (let c = 32; c < 256; c++) map.set(c, { command: c === RUBOUT ? 'backward-delete-char' : 'self-insert' });
  for (const [key, command] of Object.entries(EMACS)) map.set(control(key), { command });
  const meta = submap(map, ESC);
  for (const [keys, command] of Object.entries({ ...META, ...SPECIAL_KEYS })) bind(meta, encode(keys), { command });
  for (let digit = 0; digit < 10; digit++) meta.set(48 + digit, { command: 'digit-argument' });
  for (const [keys, command] of Object.entries(CTRL_X_MAP)) bind(submap(map, CTRL_X), encode(keys), { command });
  return map;
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, d: RUBOUT, e: ESC, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The bytes that a key sequence or a macro stands for, as it is written in an init file: \C-x, \M-x, \e, \n, \101 ... */
export function translate_keys(text: Uint8Array): Uint8Array {
  const out: number[] = [];
  let ctrl = false;
  let meta = false;
  const put = (c: number): void => {
    if (ctrl) c = c === 0x3f ? RUBOUT : c & 31;
    out.push(meta ? c | 0x80 : c);
    ctrl = meta = false;
  };
  const at = (i: number): string => String.fromCharCode(text[i] ?? 0);
  for (let i = 0; i < text.length; ) {
    if (text[i] !== 0x5c) {
      put(text[i++]!);
      continue;
    }
    const c = at(++i);
    if ((c === 'C' || c === 'M') && at(i + 1) === '-' && i + 2 < text.length) {
      if (c === 'C') ctrl = true;
      else meta = true;
      i += 2;
      continue;
    }
    const [digits] = /^(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2})/.exec(at(i) + at(i + 1) + at(i + 2)) ?? [''];
    if (digits !== '') {
      put((c === 'x' ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 8)) & 255);
      i += digits.length;
    } else if (i < text.length) {
      put(ESCAPES[c] ?? text[i]!);
      i++;
    }
  }
  return Uint8Array.from(out);
}

const KEY_NAMES: Record<string, number> = {
  del: RUBOUT,
  esc: ESC,
  escape: ESC,
  lfd: 10,
  newline: 10,
  ret: 13,
  return: 13,
  rubout: RUBOUT,
  spc: 32,
  space: 32,
  tab: 9,
};

/** The byte that a key's name stands for (Control-a, Meta-Rubout, TAB); -1: its modifier is unknown. */
export function named_key(name: string): number {
  const dash = name.slice(0, -1).lastIndexOf('-');
  const last = name.slice(dash + 1);
  const modifiers = name.slice(0, dash + 1).toLowerCase();
  let key = KEY_NAMES[last.toLowerCase()] ?? last.charCodeAt(0);
  const ctrl = /(?:control-|ctrl-|c-)/.test(modifiers);
  const meta = /(?:meta-|m-)/.test(modifiers);
  if (modifiers !== '' && !ctrl && !meta) return -1;
  if (ctrl) key = key === 0x3f ? RUBOUT : String.fromCharCode(key).toUpperCase().charCodeAt(0) & 31;
  return (meta ? key | 0x80 : key) & 255;
}

/** A sequence as an init file has it. */
export function shown_keys(keys: readonly number[]): string {
  return keys
    .map(key => {
      if (key === ESC) return '\\e';
      if (key === RUBOUT) return '\\C-?';
      if (key < 32) return `\\C-${String.fromCharCode(key + 64).toLowerCase()}`;
      if (key >= 128) return `\\${key.toString(8)}`;
      return (key === 34 || key === 92 ? '\\' : '') + String.fromCharCode(key);
    })
    .join('');
}
