// window.ts: windows as grids of cells.                                          ncurses: lib_newwin.c, lib_touch.c, resizeterm.c
//
// A cell is a text (a character with the combining ones that belong to it) and attributes, with the pair of colours in bits 8
// to 15. A wide character has its text in its first cell and '' in the others. Lines belong to windows that have no parent; a
// subwindow looks at a part of its parent's, whose `left` cells come before its own.
// Invariant: all positions are counted from 0, and `max_y`, `max_x` are the last ones.

import { A_COLOR, ERR } from './constants.ts';

/** Cells of a line: texts and attributes. */
export interface Line {
  text: string[];
  attr: number[];
}

const OK = 0;

export function blank_line(width: number, text: string, attr: number): Line {
  return { text: new Array<string>(width).fill(text), attr: new Array<number>(width).fill(attr) };
}

/** Where a pad was shown last, for echochar(). */
export interface PadView {
  pad_y: number;
  pad_x: number;
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export class Window {
  lines: Line[];
  /** Cells of the lines before the window's first. */
  left: number;
  /** The changed part of each line since it was last shown; -1: nothing. */
  first: number[];
  last: number[];
  y = 0;
  x = 0;
  max_y: number;
  max_x: number;
  begin_y: number;
  begin_x: number;
  readonly parent: Window | null;
  readonly children = new Set<Window>();
  /** Where it begins in its parent; -1: it has none. */
  parent_y: number;
  parent_x: number;
  /** What is written next gets these attributes, and (bits 8 to 15) these colours; those in `attrs` are what was asked for last. */
  attrs = 0;
  color = 0;
  background = ' ';
  background_attr = 0;
  /** What getbkgd() tells of the background's attributes; -1: nobody has set it, and it tells 0. */
  told_background_attr = -1;
  /** First and last line that scroll. */
  top = 0;
  bottom: number;
  readonly is_pad: boolean;
  view: PadView | null = null;
  scrolls = false;
  /** The cursor stays where the update leaves it. */
  leave_cursor = false;
  clear_first = false;
  refresh_at_once = false;
  sync_parents = false;
  keypad = false;
  no_escape_timeout = false;
  /** Milliseconds that reading waits; -1: for ever. */
  delay = -1;
  moved = false;
  /** The cursor came to its line by filling the one before. */
  wrapped = false;
  /** Bytes of a character that is added byte by byte, and where. */
  pending: number[] = [];
  pending_y = 0;
  pending_x = 0;

  constructor(height: number, width: number, begin_y: number, begin_x: number, parent: Window | null, is_pad: boolean) {
    this.max_y = height - 1;
    this.max_x = width - 1;
    this.begin_y = begin_y;
    this.begin_x = begin_x;
    this.bottom = height - 1;
    this.parent = parent;
    this.is_pad = is_pad;
    this.parent_y = -1;
    this.parent_x = -1;
    this.left = 0;
    this.lines = parent === null ? Array.from({ length: height }, () => blank_line(width, ' ', 0)) : [];
    this.first = new Array<number>(height).fill(0);
    this.last = new Array<number>(height).fill(width - 1);
    parent?.children.add(this);
  }

  get height(): number {
    return this.max_y + 1;
  }
  get width(): number {
    return this.max_x + 1;
  }

  text_at(y: number, x: number): string {
    return this.lines[y]!.text[this.left + x]!;
  }
  attr_at(y: number, x: number): number {
    return this.lines[y]!.attr[this.left + x]!;
  }

  /** Writes a cell and marks it as changed. */
  set(y: number, x: number, text: string, attr: number): void {
    const line = this.lines[y]!;
    line.text[this.left + x] = text;
    line.attr[this.left + x] = attr >>> 0;
    this.mark(y, x, x);
  }

  mark(y: number, from: number, to: number): void {
    if (this.first[y] === -1) {
      this.first[y] = from;
      this.last[y] = to;
      return;
    }
    if (from < this.first[y]!) this.first[y] = from;
    if (to > this.last[y]!) this.last[y] = to;
  }

  /** Cells [from, to] of a line become background. */
  blank(y: number, from: number, to: number): void {
    const { text, attr } = this.lines[y]!;
    text.fill(this.background, this.left + from, this.left + to + 1);
    attr.fill(this.background_attr, this.left + from, this.left + to + 1);
    this.mark(y, from, to);
  }

  /** Has a subwindow look at the lines that its parent has. */
  private adopt_lines(): void {
    const { parent } = this;
    if (parent === null) return;
    this.lines = Array.from({ length: this.height }, (_, i) => parent.lines[this.parent_y + i]!);
    this.left = parent.left + this.parent_x;
  }

  // --- what was changed -----------------------------------------------------------------------------------------------

  /** CPython's touchline(): so many lines from `start` count as changed, or not. */
  touch_lines(start: number, count: number, changed: boolean): number {
    if (count < 0 || start < 0 || start > this.max_y) return ERR;
    for (let y = start; y < start + count && y <= this.max_y; y++) {
      this.first[y] = changed ? 0 : -1;
      this.last[y] = changed ? this.max_x : -1;
    }
    return OK;
  }

  touch(): void {
    this.touch_lines(0, this.height, true);
  }

  is_touched(): boolean {
    return this.first.some(x => x !== -1);
  }

  /** Ancestors count as changed where this window is. */
  sync_up(): void {
    for (let w: Window = this; w.parent !== null; w = w.parent) {
      for (let y = 0; y <= w.max_y; y++) {
        if (w.first[y] === -1) continue;
        w.parent.mark(w.parent_y + y, w.parent_x + w.first[y]!, w.parent_x + w.last[y]!);
      }
    }
  }

  /** This window counts as changed where its ancestors are. */
  sync_down(): void {
    const { parent } = this;
    if (parent === null) return;
    parent.sync_down();
    for (let y = 0; y <= this.max_y; y++) {
      const [first, last] = [parent.first[this.parent_y + y]!, parent.last[this.parent_y + y]!];
      if (first === -1) continue;
      // A line counts as changed even if the change is beside it.
      this.mark(y, Math.max(first - this.parent_x, 0), Math.min(last - this.parent_x, this.max_x));
    }
  }

  cursor_sync_up(): void {
    for (let w: Window = this; w.parent !== null; w = w.parent) w.parent.move(w.parent_y + w.y, w.parent_x + w.x);
  }

  // --- the cursor, scrolling ------------------------------------------------------------------------------------------

  move(y: number, x: number): number {
    if (y < 0 || x < 0 || y > this.max_y || x > this.max_x) return ERR;
    this.y = y;
    this.x = x;
    this.wrapped = false;
    this.moved = true;
    return OK;
  }

  /** Moves the lines from `top` to `bottom` up by n (down, if negative). */
  shift_lines(n: number, top: number, bottom: number): void {
    const copy = (to: number, from: number): void => {
      const [a, b] = [this.lines[to]!, this.lines[from]!];
      for (let i = this.left; i <= this.left + this.max_x; i++) {
        a.text[i] = b.text[i]!;
        a.attr[i] = b.attr[i]!;
      }
    };
    if (n > 0) for (let y = top; y + n <= bottom; y++) copy(y, y + n);
    else for (let y = bottom; y + n >= top; y--) copy(y, y + n);
    const [from, to] = n > 0 ? [Math.max(top, bottom - n + 1), bottom] : [top, Math.min(bottom, top - n - 1)];
    for (let y = from; y <= to; y++) this.blank(y, 0, this.max_x);
    this.touch_lines(top, bottom - top + 1, true);
  }

  scroll(n: number): number {
    if (!this.scrolls) return ERR;
    if (n !== 0) this.shift_lines(n, this.top, this.bottom);
    return OK;
  }

  /** Lines are inserted above the cursor (or, if negative, deleted from it on). */
  insert_lines(n: number): void {
    if (n !== 0) this.shift_lines(-n, this.y, this.max_y);
  }

  set_scroll_region(top: number, bottom: number): number {
    if (top < 0 || bottom < 0 || top > this.max_y || bottom > this.max_y || top >= bottom) return ERR;
    this.top = top;
    this.bottom = bottom;
    return OK;
  }

  // --- erasing --------------------------------------------------------------------------------------------------------

  /** From the cursor to the end of its line. */
  clear_to_eol(): number {
    if (this.wrapped && this.y < this.max_y) this.wrapped = false;
    if (this.wrapped || this.y > this.max_y || this.x > this.max_x) return ERR;
    this.blank(this.y, this.x, this.max_x);
    return OK;
  }

  clear_to_bottom(): void {
    for (let y = this.y; y <= this.max_y; y++) this.blank(y, y === this.y ? this.x : 0, this.max_x);
  }

  erase(): void {
    for (let y = 0; y <= this.max_y; y++) this.blank(y, 0, this.max_x);
    this.y = this.x = 0;
    this.wrapped = false;
  }

  // --- where windows are ----------------------------------------------------------------------------------------------

  /** A part of it as a window (0: as much as there is), or null where it does not fit. */
  derive(height: number, width: number, y: number, x: number): Window | null {
    if (y < 0 || x < 0 || height < 0 || width < 0) return null;
    if (y + height > this.height || x + width > this.width) return null;
    if (height === 0) height = this.height - y;
    if (width === 0) width = this.width - x;
    if (height <= 0 || width <= 0) return null;
    const sub = new Window(height, width, this.begin_y + y, this.begin_x + x, this, this.is_pad);
    sub.parent_y = y;
    sub.parent_x = x;
    if (this.background !== ' ' || this.background_attr !== 0)
      sub.set_background(this.background, this.background_attr);
    sub.attr_set(this.attrs);
    sub.adopt_lines();
    return sub;
  }

  /** Makes it show another part of its parent; its own subwindows go on showing what they did. */
  move_in_parent(y: number, x: number): number {
    const { parent } = this;
    if (parent === null || y < 0 || x < 0) return ERR;
    if (y + this.max_y > parent.max_y || x + this.max_x > parent.max_x) return ERR;
    if (y === this.parent_y && x === this.parent_x) return OK;
    this.sync_up();
    this.parent_y = y;
    this.parent_x = x;
    this.adopt_lines();
    return OK;
  }

  resize(height: number, width: number): number {
    const { parent } = this;
    if (height <= 0 || width <= 0) return ERR;
    if (parent !== null && (this.parent_y + height > parent.height || this.parent_x + width > parent.width)) return ERR;
    const [old_height, old_width] = [this.height, this.width];
    if (height === old_height && width === old_width) return OK;
    if (this.bottom === this.max_y || this.bottom >= height) this.bottom = height - 1;
    if (this.top >= height) this.top = 0;
    this.max_y = height - 1;
    this.max_x = width - 1;
    if (parent === null) {
      this.lines.length = Math.min(old_height, height);
      for (const line of this.lines) {
        const more = blank_line(Math.max(0, width - old_width), this.background, this.background_attr);
        line.text = line.text.slice(0, width).concat(more.text);
        line.attr = line.attr.slice(0, width).concat(more.attr);
      }
      while (this.lines.length < height) this.lines.push(blank_line(width, this.background, this.background_attr));
    }
    this.first.length = this.last.length = Math.min(old_height, height);
    for (let y = 0; y < height; y++) {
      if (y >= old_height) {
        this.first[y] = 0;
        this.last[y] = this.max_x;
      } else if (width > old_width) this.mark(y, old_width, this.max_x);
      else if (this.last[y]! > this.max_x) {
        this.last[y] = this.max_x;
        if (this.first[y]! > this.max_x) this.first[y] = this.max_x;
      }
    }
    this.x = Math.min(this.x, this.max_x);
    this.y = Math.min(this.y, this.max_y);
    this.wrapped = false;
    this.adopt_lines();
    for (const child of this.children) child.fit_parent();
    return OK;
  }

  /** A subwindow whose parent was resized: it is moved and cut so that it lies within. */
  private fit_parent(): void {
    const parent = this.parent!;
    this.parent_y = Math.min(this.parent_y, parent.max_y);
    this.parent_x = Math.min(this.parent_x, parent.max_x);
    const height = Math.min(this.height, parent.height - this.parent_y);
    const width = Math.min(this.width, parent.width - this.parent_x);
    if (this.bottom === this.max_y || this.bottom >= height) this.bottom = height - 1;
    this.max_y = height - 1;
    this.max_x = width - 1;
    this.first.length = this.last.length = height;
    for (let y = 0; y < height; y++) if (this.last[y]! > this.max_x) this.last[y] = this.max_x;
    this.x = Math.min(this.x, this.max_x);
    this.y = Math.min(this.y, this.max_y);
    this.adopt_lines();
    for (const child of this.children) child.fit_parent();
  }

  // --- attributes and the background ----------------------------------------------------------------------------------

  attr_set(attr: number): void {
    this.attrs = attr >>> 0;
    this.color = attr & A_COLOR;
  }

  attr_on(attr: number): void {
    this.attrs = ((attr & A_COLOR) !== 0 ? (this.attrs & ~A_COLOR) | attr : this.attrs | attr) >>> 0;
    if ((attr & A_COLOR) !== 0) this.color = attr & A_COLOR;
  }

  attr_off(attr: number): void {
    this.attrs = (this.attrs & ~((attr & A_COLOR) !== 0 ? attr | A_COLOR : attr)) >>> 0;
    if ((attr & A_COLOR) !== 0) this.color = 0;
  }

  set_background(text: string, attr: number): void {
    this.attr_off(this.background_attr);
    this.attr_on(attr);
    this.background = text === '\0' ? ' ' : text;
    this.background_attr = attr >>> 0;
    this.told_background_attr = ((attr & ~A_COLOR) | this.color) >>> 0;
  }

  /** Sets the background: cells that are nothing else become the new one, others change attributes and colours. */
  change_background(text: string, attr: number): void {
    const [old_text, old_attr] = [this.background, this.background_attr];
    if (text === '\0') text = ' ';
    if (text === old_text && attr >>> 0 === old_attr) return;
    this.set_background(text, attr);
    this.attrs = attr >>> 0;
    const old_color = old_attr & A_COLOR;
    for (const line of this.lines) {
      for (let i = this.left; i <= this.left + this.max_x; i++) {
        const was = line.attr[i]!;
        if (line.text[i] === old_text && was === old_attr) line.text[i] = text;
        const color = was & A_COLOR;
        const kept = color === 0 || color === old_color ? attr & A_COLOR : color;
        line.attr[i] = ((was & ~old_attr & ~A_COLOR) | (attr & ~A_COLOR) | kept) >>> 0;
      }
    }
    this.touch();
  }

  /** The attributes that a character with these gets here. */
  render_attr(attr: number): number {
    const color = attr & A_COLOR || this.color || this.background_attr & A_COLOR;
    return (((attr | this.attrs | this.background_attr) & ~A_COLOR) | color) >>> 0;
  }

  /** The text that it gets: a blank without attributes is background. */
  render_text(text: string, attr: number): string {
    return text === ' ' && attr === 0 ? this.background : text;
  }

  // --- reading --------------------------------------------------------------------------------------------------------

  /** The texts of the cells from the cursor to the end of its line. */
  rest_of_line(): string[] {
    const { text } = this.lines[this.y]!;
    return text.slice(this.left + this.x, this.left + this.max_x + 1);
  }
}

/** Copies cells: `over` leaves out blanks. The rectangle is one of the destination. */
export function copy_window(
  src: Window,
  dst: Window,
  src_y: number,
  src_x: number,
  top: number,
  left: number,
  bottom: number,
  right: number,
  over: boolean,
): number {
  if (src_y + bottom - top > src.height || src_x + right - left > src.width) return ERR;
  if (bottom > dst.max_y || right > dst.max_x) return ERR;
  if (src_y < 0 || src_x < 0 || top < 0 || left < 0) return ERR;
  const background = dst.background_attr;
  let changed = false;
  for (let y = top; y <= bottom; y++) {
    const sy = src_y + y - top;
    if (sy > src.max_y) break;
    for (let x = left; x <= right; x++) {
      const sx = src_x + x - left;
      if (sx > src.max_x) break;
      const text = src.text_at(sy, sx);
      let attr = src.attr_at(sy, sx);
      if (over) {
        if (text === ' ') continue;
        attr = (attr | ((attr & A_COLOR) === 0 ? background : background & ~A_COLOR)) >>> 0;
      }
      if (dst.text_at(y, x) === text && dst.attr_at(y, x) === attr) continue;
      dst.set(y, x, text, attr);
      changed = true;
    }
  }
  if (changed) dst.touch_lines(top, bottom - top + 1, true);
  return OK;
}

/** Copies what lies at the same place of the screen. */
export function overlap(src: Window, dst: Window, over: boolean): number {
  const top = Math.max(src.begin_y, dst.begin_y);
  const left = Math.max(src.begin_x, dst.begin_x);
  const bottom = Math.min(src.begin_y + src.max_y, dst.begin_y + dst.max_y);
  const right = Math.min(src.begin_x + src.max_x, dst.begin_x + dst.max_x);
  if (top > bottom || left > right) return ERR;
  const [dy, dx] = [dst.begin_y, dst.begin_x];
  return copy_window(
    src,
    dst,
    top - src.begin_y,
    left - src.begin_x,
    top - dy,
    left - dx,
    bottom - dy,
    right - dx,
    over,
  );
}
