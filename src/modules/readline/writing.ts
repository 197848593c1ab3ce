// writing.ts: commands that insert and change text, arguments, macros, undoing.      GNU readline: text.c, misc.c, macro.c
import type { Commands, Editor } from './editor.ts';
import { read_init_file } from './inputrc.ts';
import { forward_word, read_char } from './moving.ts';
import { codes, decode, is_word, text_of } from './text.ts';

const PASTE_END = '\x1b[201~';

function transpose_chars(e: Editor, count: number): void {
  const { line } = e;
  if (line.point === 0 || line.chars.length < 2) {
    e.ding();
    return;
  }
  if (line.point === line.chars.length) {
    line.point = line.previous(line.point);
    count = 1;
  }
  const start = line.previous(line.point);
  line.group(() => {
    const moved = line.chars.slice(start, line.point);
    line.remove(start, line.point);
    line.point = start;
    for (let n = Math.abs(count); n > 0; n--)
      line.point = count > 0 ? line.next(line.point) : line.previous(line.point);
    line.insert(moved);
  });
}

function transpose_words(e: Editor, count: number): void {
  const { line } = e;
  if (count === 0) return;
  const start = line.point;
  const go = (n: number): number => {
    forward_word(e, n);
    return line.point;
  };
  const end2 = go(count);
  const begin2 = go(-1);
  const begin1 = go(-count);
  const end1 = go(1);
  if (begin1 === begin2 || begin2 < end1) {
    line.point = start;
    e.ding();
    return;
  }
  const { chars } = line;
  const parts = [chars.slice(begin2, end2), chars.slice(end1, begin2), chars.slice(begin1, end1)];
  line.replace(begin1, end2, parts.flat());
}

/** Changes the letters of the next words. */
function change_case(e: Editor, count: number, change: (c: string, inside: boolean) => string): void {
  const { line } = e;
  const from = line.point;
  forward_word(e, count);
  const [start, end] = from < line.point ? [from, line.point] : [line.point, from];
  let inside = false;
  const changed = line.chars.slice(start, end).map(c => {
    if (!is_word(c)) {
      inside = false;
      return c;
    }
    const to = codes(change(String.fromCodePoint(c), inside));
    inside = true;
    return to.length === 1 ? to[0]! : c;
  });
  if (end > start) line.replace(start, end, changed);
  line.point = end;
}

/** Reads a numeric argument, digit by digit. */
function read_argument(e: Editor, key: number): void {
  let minus = false;
  const take = (byte: number): void => {
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      e.arg = Math.min(e.explicit_arg ? e.arg * 10 + digit : digit, 1_000_000);
      e.explicit_arg = true;
    } else if (byte === 45 && !e.explicit_arg && !minus) {
      minus = true;
      e.arg = 1;
      e.arg_sign = -1;
    } else {
      if (minus && !e.explicit_arg) e.explicit_arg = true;
      e.message = null;
      e.push([byte]);
      e.command = 'digit-argument';
      e.end_command();
      return;
    }
    e.message = `(arg: ${e.arg * e.arg_sign}) `;
    e.grab = take;
  };
  take(key);
}

/** Four times the argument, or digits. */
function universal_argument(e: Editor): void {
  e.arg *= 4;
  e.message = `(arg: ${e.arg * e.arg_sign}) `;
  e.grab = byte => {
    if (byte === 45 || (byte >= 48 && byte <= 57)) {
      e.arg = 1;
      read_argument(e, byte);
      return;
    }
    e.message = null;
    e.push([byte]);
    e.command = 'digit-argument';
    e.end_command();
  };
}

/** A byte as it is, whatever it else does. */
function quoted_insert(e: Editor, count: number): void {
  read_char(e, c => e.type(c, Math.abs(count)));
}

/** What a terminal sends when text is pasted: inserted as it is. */
function paste(e: Editor): void {
  const bytes: number[] = [];
  const take = (byte: number): void => {
    bytes.push(byte);
    const text = String.fromCharCode(...bytes.slice(-PASTE_END.length));
    if (text !== PASTE_END) {
      e.grab = take;
      e.fixed = true;
      return;
    }
    const pasted = decode(bytes.slice(0, -PASTE_END.length)).replaceAll('\r', '\n');
    e.line.mark = e.line.point;
    e.line.insert(codes(pasted));
    e.mark_active = true;
    e.end_command();
  };
  e.grab = take;
  e.fixed = true;
}

function undo(e: Editor, count: number): void {
  for (let n = Math.max(1, count); n > 0; n--) {
    if (!e.line.undo()) {
      e.ding();
      return;
    }
  }
}

/** Puts the sign of a comment before the line, or takes it away, and accepts that. */
function insert_comment(e: Editor): void {
  const { line } = e;
  const sign = codes(e.variables.values['comment-begin']!);
  const commented = text_of(line.chars.slice(0, sign.length)) === text_of(sign);
  line.point = 0;
  if (e.explicit_arg && commented) line.remove(0, sign.length);
  else line.insert(sign);
  e.accept();
}

function tilde_expand(e: Editor): void {
  const { line } = e;
  const blank = (i: number): boolean => i < 0 || i >= line.chars.length || line.chars[i] === 32 || line.chars[i] === 9;
  let start = line.point;
  if (start > 0 && blank(start)) start--;
  while (!blank(start - 1)) start--;
  let end = start;
  while (!blank(end)) end++;
  const word = text_of(line.chars.slice(start, end));
  if (!word.startsWith('~')) return;
  const full = expand_tilde(e, word);
  if (full !== word) line.replace(start, end, codes(full));
}

/** A name of a file with the home folder that a tilde stands for. */
export function expand_tilde(e: Editor, name: string): string {
  if (!name.startsWith('~')) return name;
  const slash = `${name}/`.indexOf('/');
  const home = e.outside.home(name.slice(1, slash));
  return home === null ? name : home + name.slice(slash);
}

export const writing: Commands = {
  'self-insert': (e, count, key) => e.type(key, count),
  'tab-insert': (e, count) => e.type(9, count),
  'quoted-insert': (e, count) => quoted_insert(e, count),
  'bracketed-paste-begin': e => paste(e),
  'overwrite-mode': (e, count) => {
    e.overwriting = e.explicit_arg ? count > 0 : !e.overwriting;
  },
  'transpose-chars': (e, count) => transpose_chars(e, count),
  'transpose-words': (e, count) => transpose_words(e, count),
  'upcase-word': (e, count) => change_case(e, count, c => c.toUpperCase()),
  'downcase-word': (e, count) => change_case(e, count, c => c.toLowerCase()),
  'capitalize-word': (e, count) => change_case(e, count, (c, inside) => (inside ? c.toLowerCase() : c.toUpperCase())),
  'digit-argument': (e, _count, key) => read_argument(e, key),
  'universal-argument': e => universal_argument(e),
  undo: (e, count) => undo(e, count),
  'revert-line': e => {
    if (e.line.undos.length === 0) e.ding();
    while (e.line.undo());
  },
  abort: e => {
    e.ding();
    e.macro = null;
    e.message = null;
  },
  'accept-line': e => e.accept(),
  'insert-comment': e => insert_comment(e),
  'tilde-expand': e => tilde_expand(e),
  'start-kbd-macro': e => {
    if (e.macro !== null) e.ding();
    e.macro = e.explicit_arg ? [...e.last_macro] : [];
    if (e.explicit_arg) e.push(e.last_macro);
  },
  'end-kbd-macro': e => {
    if (e.macro === null) e.ding();
    else e.last_macro = e.macro.slice(0, -e.keys.length);
    e.macro = null;
  },
  'call-last-kbd-macro': (e, count) => {
    if (e.macro !== null) {
      e.ding();
      e.macro = null;
      return;
    }
    if (e.last_macro.length === 0) e.ding();
    for (let n = count; n > 0; n--) e.push(e.last_macro);
  },
  're-read-init-file': e => {
    read_init_file(e, null);
  },
  'skip-csi-sequence': e => {
    const skip = (byte: number): void => {
      if (byte < 64) e.grab = skip;
      else e.end_command();
    };
    e.grab = skip;
  },
};
