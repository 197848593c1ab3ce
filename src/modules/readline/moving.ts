// moving.ts: commands that move the cursor.                                                   GNU readline: text.c
import type { Commands, Editor } from './editor.ts';
import type { Line } from './line.ts';
import { decode_codes, is_word, sequence_length } from './text.ts';

/** Where the word ends that begins at the place or behind it. */
export function word_end(line: Line, at: number): number {
  const { chars } = line;
  while (at < chars.length && !is_word(chars[at]!)) at++;
  while (at < chars.length && is_word(chars[at]!)) at++;
  return at;
}

/** Where the word begins that ends at the place or before it. */
export function word_start(line: Line, at: number): number {
  const { chars } = line;
  while (at > 0 && !is_word(chars[at - 1]!)) at--;
  while (at > 0 && is_word(chars[at - 1]!)) at--;
  return at;
}

export function forward_char(e: Editor, count: number): void {
  const { line } = e;
  for (let n = Math.abs(count); n > 0; n--) {
    const to = count > 0 ? line.next(line.point) : line.previous(line.point);
    if (to === line.point) {
      e.ding();
      return;
    }
    line.point = to;
  }
}

export function forward_word(e: Editor, count: number): void {
  const { line } = e;
  for (let n = Math.abs(count); n > 0; n--) {
    line.point = count > 0 ? word_end(line, line.point) : word_start(line, line.point);
  }
}

/** Calls back with the next character that is typed. */
export function read_char(e: Editor, then: (c: number) => void): void {
  const bytes: number[] = [];
  const more = (byte: number): void => {
    bytes.push(byte);
    if (bytes.length < sequence_length(bytes[0]!)) {
      e.grab = more;
      e.fixed = true;
      return;
    }
    then(decode_codes(bytes)[0]!);
    e.end_command();
  };
  e.grab = more;
  e.fixed = true;
}

/** Goes to the count-th such character from here on. */
function search_char(e: Editor, count: number): void {
  read_char(e, c => {
    const { line } = e;
    const step = count < 0 ? -1 : 1;
    let at = line.point;
    for (let n = Math.abs(count); n > 0; n--) {
      do at += step;
      while (at >= 0 && at < line.chars.length && line.chars[at] !== c);
      if (at < 0 || at >= line.chars.length) {
        e.ding();
        return;
      }
    }
    line.point = at;
  });
}

/** Goes up or down by rows of the screen. */
function by_row(e: Editor, count: number): void {
  const { line, display } = e;
  const to = line.point + count * display.columns;
  if (to < 0 || to > line.chars.length) e.ding();
  else line.point = to;
}

export const moving: Commands = {
  'beginning-of-line': e => {
    e.line.point = 0;
  },
  'end-of-line': e => {
    e.line.point = e.line.chars.length;
  },
  'forward-char': (e, count) => forward_char(e, count),
  'backward-char': (e, count) => forward_char(e, -count),
  'forward-byte': (e, count) => forward_char(e, count),
  'backward-byte': (e, count) => forward_char(e, -count),
  'forward-word': (e, count) => forward_word(e, count),
  'backward-word': (e, count) => forward_word(e, -count),
  'next-screen-line': (e, count) => by_row(e, count),
  'previous-screen-line': (e, count) => by_row(e, -count),
  'character-search': (e, count) => search_char(e, count),
  'character-search-backward': (e, count) => search_char(e, -count),
  'set-mark': (e, count) => {
    e.line.mark = e.explicit_arg ? Math.max(0, Math.min(count, e.line.chars.length)) : e.line.point;
  },
  'exchange-point-and-mark': e => {
    const { line } = e;
    [line.point, line.mark] = [line.mark, line.point];
    e.mark_active = true;
  },
  'clear-screen': (e, count) => {
    if (count !== 1 || e.explicit_arg) e.display.erase();
    else e.display.clear();
  },
  'clear-display': e => e.display.clear(),
  'redraw-current-line': e => e.display.erase(),
};
