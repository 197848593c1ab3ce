// write.ts: adding and inserting characters, lines and borders.      ncurses: lib_addch.c, lib_insch.c, lib_box.c, lib_hline.c
//
// Attributes that come with a character are merged with the window's and the background's. Results are OK or ERR, as ncurses has
// them: what stands before the failure stays written.

import { A_ALTCHARSET, ACS, ERR } from './constants.ts';
import { char_width, unctrl } from './width.ts';
import type { Window } from './window.ts';

const OK = 0;
/** A character and those that combine with it. */
const MOST_IN_A_CELL = 5;

/** What set_tabsize() sets. */
export const tabs = { size: 8 };

/** The cursor goes to the next line; true: it would have to scroll for that. */
function step_down(w: Window): boolean {
  if (w.y >= w.top && w.y <= w.bottom) {
    if (w.y === w.bottom) return true;
    w.y++;
  } else if (w.y < w.max_y) w.y++;
  return false;
}

/** Behind the last cell of a line. */
function wrap(w: Window): number {
  w.wrapped = true;
  if (step_down(w)) {
    w.x = w.max_x;
    if (!w.scrolls) return ERR;
    w.scroll(1);
  }
  w.x = 0;
  return OK;
}

/** What of a wide character is left without its other half becomes blank: where wide characters are written, and borders. */
function blank_halves(w: Window, y: number, from: number, to: number): void {
  if (from > 0 && w.text_at(y, from) === '') {
    let x = from - 1;
    while (x > 0 && w.text_at(y, x) === '') x--;
    for (; x < from; x++) w.set(y, x, w.background, w.background_attr);
  }
  for (let x = to + 1; x <= w.max_x && w.text_at(y, x) === ''; x++) w.set(y, x, w.background, w.background_attr);
}

/** Adds a combining character to the one before the cursor. */
function combine(w: Window, text: string): number {
  let [y, x] = [w.y, w.x - 1];
  if (x < 0) {
    // There is nothing to combine with.
    if (y === 0) return OK;
    y--;
    x = w.max_x;
  }
  while (x > 0 && w.text_at(y, x) === '') x--;
  const before = w.text_at(y, x);
  if ([...before].length < MOST_IN_A_CELL) w.set(y, x, before + text, w.attr_at(y, x));
  return OK;
}

/** Writes a character that is what it shows. CPython's wadd_wch() without its special characters */
function add_literal(w: Window, text: string, attr: number): number {
  const width = char_width(text.codePointAt(0)!);
  if (width === 0) return combine(w, text);
  const columns = width < 0 ? 1 : width;
  if (columns > 1) {
    if (columns > w.width) return ERR;
    if (w.x + columns > w.width) {
      // It does not fit: the rest of the line becomes blank.
      for (let n = w.width - w.x; n > 0; n--) if (add_literal(w, ' ', 0) === ERR) return ERR;
    }
  }
  const { y, x } = w;
  if (columns > 1) blank_halves(w, y, x, x + columns - 1);
  const shown = w.render_text(text, attr);
  const attrs = w.render_attr(attr);
  w.set(y, x, shown, attrs);
  for (let i = 1; i < columns; i++) w.set(y, x + i, '', attrs);
  if (x + columns > w.max_x) return wrap(w);
  w.x = x + columns;
  return OK;
}

function add_tab(w: Window, attr: number): number {
  const to = w.x + tabs.size - (w.x % tabs.size);
  if ((!w.scrolls && w.y === w.bottom) || to <= w.max_x) {
    while (w.x < to) if (add_literal(w, ' ', attr) === ERR) return ERR;
    return OK;
  }
  w.clear_to_eol();
  w.wrapped = true;
  if (step_down(w)) {
    w.x = w.max_x;
    if (w.scrolls) {
      w.scroll(1);
      w.x = 0;
    }
  } else w.x = 0;
  return OK;
}

function add_newline(w: Window): number {
  w.clear_to_eol();
  if (step_down(w)) {
    if (!w.scrolls) return ERR;
    w.scroll(1);
  }
  w.x = 0;
  w.wrapped = false;
  return OK;
}

/** Control characters; null: it is none. */
function add_control(w: Window, code: number, attr: number): number | null {
  switch (code) {
    case 9:
      return add_tab(w, attr);
    case 10:
      return add_newline(w);
    case 13:
      w.x = 0;
      w.wrapped = false;
      return OK;
    case 8:
      if (w.x > 0) {
        w.x--;
        w.wrapped = false;
      }
      return OK;
  }
  if (code >= 32 && code !== 127) return null;
  for (const c of unctrl(code)) if (add_literal(w, c, attr) === ERR) return ERR;
  return OK;
}

/** Adds a character (a code point). */
export function add_wide(w: Window, code: number, attr: number): number {
  if ((attr & A_ALTCHARSET) === 0) {
    const done = add_control(w, code, attr);
    if (done !== null) return done;
  }
  return add_literal(w, String.fromCodePoint(code), attr);
}

/** Adds a byte: those above 127 make up a character together, as UTF-8 has it. */
export function add_byte(w: Window, byte: number, attr: number): number {
  return with_byte(w, byte, attr, add_wide);
}

/** Inserts a byte, likewise. */
export function insert_byte(w: Window, byte: number, attr: number): number {
  return with_byte(w, byte, attr, insert_char);
}

/** Does something with a byte, or with the character that it completes. */
function with_byte(w: Window, byte: number, attr: number, write: typeof add_wide): number {
  if (byte < 128 || (attr & A_ALTCHARSET) !== 0) return write(w, byte, attr);
  if (w.pending.length > 0 && (w.pending_y !== w.y || w.pending_x !== w.x)) w.pending = [];
  w.pending_y = w.y;
  w.pending_x = w.x;
  w.pending.push(byte);
  const length = sequence_length(w.pending);
  if (length > w.pending.length) return OK;
  const bytes = w.pending;
  w.pending = [];
  if (length < 0) {
    for (const c of unctrl(byte)) if (write(w, c.charCodeAt(0), attr) === ERR) return ERR;
    return OK;
  }
  return write(w, new TextDecoder().decode(Uint8Array.from(bytes)).codePointAt(0)!, attr);
}

/** How many bytes a character has that begins with these; -1: none begins so. */
export function sequence_length(bytes: readonly number[]): number {
  const first = bytes[0]!;
  const length = first < 0x80 ? 1 : first < 0xc2 ? -1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : -1;
  for (const byte of bytes.slice(1)) if ((byte & 0xc0) !== 0x80) return -1;
  const second = bytes[1];
  if (second !== undefined) {
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return -1;
    if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return -1;
  }
  return length;
}

/** Adds at most n (negative: all) characters or bytes, up to the first that fails. */
export function add_string(w: Window, text: string | Uint8Array, n: number): number {
  let left = n < 0 ? Number.POSITIVE_INFINITY : n;
  for (const c of text) {
    if (left-- <= 0) break;
    const code = typeof c === 'string' ? c.codePointAt(0)! : c;
    const status = typeof c === 'string' ? add_wide(w, code, 0) : add_byte(w, code, 0);
    if (status === ERR) return ERR;
  }
  return OK;
}

// --- inserting ------------------------------------------------------------------------------------------------------

/** Shifts the rest of the line to the right for a character. */
function insert_cells(w: Window, text: string, attr: number, columns: number): void {
  if (w.x > w.max_x) return;
  const line = w.lines[w.y]!;
  const [from, to] = [w.left + w.x, w.left + w.max_x];
  for (let i = to; i - columns >= from; i--) {
    line.text[i] = line.text[i - columns]!;
    line.attr[i] = line.attr[i - columns]!;
  }
  const shown = w.render_text(text, attr);
  const attrs = w.render_attr(attr);
  for (let i = 0; i < columns && from + i <= to; i++) {
    line.text[from + i] = i === 0 ? shown : '';
    line.attr[from + i] = attrs;
  }
  w.mark(w.y, w.x, w.max_x);
  w.x += columns;
}

function insert_one(w: Window, code: number, attr: number): number {
  if ((attr & A_ALTCHARSET) === 0) {
    if (code === 9) {
      for (let n = tabs.size - (w.x % tabs.size); n > 0; n--) insert_one(w, 32, attr);
      return OK;
    }
    if (code === 10 || code === 13 || code === 8) return add_control(w, code, attr)!;
    if (code < 32 || code === 127) {
      for (const c of unctrl(code)) insert_cells(w, c, attr, 1);
      return OK;
    }
  }
  insert_cells(w, String.fromCodePoint(code), attr, Math.max(1, char_width(code)));
  return OK;
}

/** Inserts a character before the cursor, which stays where it is. */
export function insert_char(w: Window, code: number, attr: number): number {
  const { y, x } = w;
  const status = insert_one(w, code, attr);
  w.y = y;
  w.x = x;
  return status;
}

/** Inserts at most n (negative: all) characters. */
export function insert_string(w: Window, text: string, n: number): number {
  const { y, x } = w;
  let left = n < 0 ? Number.POSITIVE_INFINITY : n;
  for (const c of text) {
    if (left-- <= 0) break;
    const code = c.codePointAt(0)!;
    if (char_width(code) === 0 && w.x > x && w.x <= w.max_x) combine(w, c);
    else insert_one(w, code, 0);
  }
  w.y = y;
  w.x = x;
  return OK;
}

/** Deletes the cell at the cursor. */
export function delete_char(w: Window): number {
  const line = w.lines[w.y]!;
  const [from, to] = [w.left + w.x, w.left + w.max_x];
  for (let i = from; i < to; i++) {
    line.text[i] = line.text[i + 1]!;
    line.attr[i] = line.attr[i + 1]!;
  }
  line.text[to] = w.background;
  line.attr[to] = w.background_attr;
  w.mark(w.y, w.x, w.max_x);
  return OK;
}

// --- lines and borders ----------------------------------------------------------------------------------------------

/** A character (8 bits) and attributes; 0 stands for one of the alternate set. */
function drawn(w: Window, ch: number, standard: string): [text: string, attr: number] {
  const [code, attr] = ch === 0 ? [ACS[standard]!.charCodeAt(0), A_ALTCHARSET] : [ch & 0xff, ch & ~0xff];
  const text = String.fromCharCode(code);
  return [w.render_text(text, attr), w.render_attr(attr)];
}

export function horizontal_line(w: Window, ch: number, n: number): number {
  const [text, attr] = drawn(w, ch, 'HLINE');
  const end = Math.min(w.x + n - 1, w.max_x);
  if (end >= w.x) blank_halves(w, w.y, w.x, end);
  for (let x = w.x; x <= end; x++) w.set(w.y, x, text, attr);
  w.mark(w.y, w.x, Math.max(w.x, end));
  return OK;
}

export function vertical_line(w: Window, ch: number, n: number): number {
  const [text, attr] = drawn(w, ch, 'VLINE');
  const end = Math.min(w.y + n - 1, w.max_y);
  for (let y = w.y; y <= end; y++) {
    blank_halves(w, y, w.x, w.x);
    w.set(y, w.x, text, attr);
  }
  return OK;
}

/** Left, right, top and bottom sides, then the corners: top left, top right, bottom left, bottom right. */
export function border(w: Window, ch: readonly number[]): number {
  const names = ['VLINE', 'VLINE', 'HLINE', 'HLINE', 'ULCORNER', 'URCORNER', 'LLCORNER', 'LRCORNER'];
  const cells = names.map((name, i) => drawn(w, ch[i]!, name));
  const put = (y: number, x: number, i: number): void => {
    blank_halves(w, y, x, x);
    w.set(y, x, ...cells[i]!);
  };
  for (let x = 0; x <= w.max_x; x++) {
    put(0, x, 2);
    put(w.max_y, x, 3);
  }
  for (let y = 0; y <= w.max_y; y++) {
    put(y, 0, 0);
    put(y, w.max_x, 1);
  }
  put(0, 0, 4);
  put(0, w.max_x, 5);
  put(w.max_y, 0, 6);
  put(w.max_y, w.max_x, 7);
  return OK;
}

/** Gives so many (-1: all) cells from the cursor on other attributes. */
export function change_attrs(w: Window, n: number, attr: number): number {
  const line = w.lines[w.y]!;
  const end = n === -1 ? w.max_x : Math.min(w.x + n - 1, w.max_x);
  for (let x = w.x; x <= end; x++) line.attr[w.left + x] = attr >>> 0;
  if (end >= w.x) w.mark(w.y, w.x, end);
  return OK;
}
