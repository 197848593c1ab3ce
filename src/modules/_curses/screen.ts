// screen.ts: what the terminal shows and what it is to show.               ncurses: lib_initscr.c, lib_refresh.c, lib_pad.c, lib_color.c
//
// Refreshing a window copies what was changed to `wanted`; an update makes the terminal show it and notes that in `shown`.

import { ERR, pair_of } from './constants.ts';
import type { Terminfo } from './terminfo.ts';
import { Window } from './window.ts';

const OK = 0;

/** The text of a cell of which nobody knows what the terminal shows there. */
export const UNKNOWN = '\uffff';

/** Pairs that a cell can have: its number has 8 bits; more can be defined. */
export const MOST_PAIRS = 65536;

/** How bright the first eight colours are, in thousandths, and those behind them. */
const LEVEL = 680;
const BRIGHT = 1000;

export interface Color {
  red: number;
  green: number;
  blue: number;
}

export class Colors {
  /** Number of colours and of pairs. */
  readonly count: number;
  readonly pair_count: number;
  /** Pair 0. */
  default_foreground = 7;
  default_background = 0;
  /** Colour -1 can be asked for. */
  use_default = false;
  readonly pairs = new Map<number, readonly [foreground: number, background: number]>();
  private readonly changed = new Map<number, Color>();
  constructor(count: number, pair_count: number) {
    this.count = count;
    this.pair_count = pair_count;
  }

  pair(n: number): readonly [number, number] | null {
    if (n < 0 || n >= this.pair_count) return null;
    if (n === 0) return [this.default_foreground, this.default_background];
    return this.pairs.get(n) ?? [0, 0];
  }

  /** ERR: there are no such colours, or no such pair. */
  set_pair(n: number, foreground: number, background: number): number {
    if (n < 1 || n >= this.pair_count) return ERR;
    const least = this.use_default ? -1 : 0;
    if (foreground < least || background < least || foreground >= this.count || background >= this.count) return ERR;
    this.pairs.set(n, [foreground, background]);
    return OK;
  }

  /** Sets the colours of pair 0; -1: the terminal's own. */
  assume(foreground: number, background: number): void {
    this.use_default = foreground < 0 || background < 0;
    this.default_foreground = foreground < 0 ? -1 : foreground;
    this.default_background = background < 0 ? -1 : background;
  }

  color(n: number): Color {
    const changed = this.changed.get(n);
    if (changed !== undefined) return changed;
    // ncurses knows eight, again and again.
    const level = n < 8 ? LEVEL : BRIGHT;
    return { red: (n & 1) * level, green: ((n >> 1) & 1) * level, blue: ((n >> 2) & 1) * level };
  }

  set_color(n: number, color: Color): void {
    this.changed.set(n, color);
  }
}

export class Screen {
  readonly terminal: Terminfo;
  lines: number;
  columns: number;
  shown: Window;
  wanted: Window;
  readonly standard: Window;
  /** All windows that are not part of another, for resizing. */
  readonly windows = new Set<Window>();
  colors: Colors | null = null;
  /** endwin() was called: the next update begins anew. */
  ended = false;
  /** What curs_set() has set; -1: nothing. */
  cursor_visible = -1;

  constructor(terminal: Terminfo, lines: number, columns: number) {
    this.terminal = terminal;
    this.lines = lines;
    this.columns = columns;
    this.shown = new Window(lines, columns, 0, 0, null, false);
    this.wanted = new Window(lines, columns, 0, 0, null, false);
    this.standard = new Window(lines, columns, 0, 0, null, false);
    this.windows.add(this.standard);
    this.standard.clear_first = true;
    this.shown.clear_first = true;
  }

  new_window(height: number, width: number, y: number, x: number): Window | null {
    if (y < 0 || x < 0 || height < 0 || width < 0) return null;
    if (height === 0) height = this.lines - y;
    if (width === 0) width = this.columns - x;
    if (height <= 0 || width <= 0) return null;
    const w = new Window(height, width, y, x, null, false);
    w.clear_first = height === this.lines && width === this.columns;
    this.windows.add(w);
    return w;
  }

  new_pad(height: number, width: number): Window | null {
    return height <= 0 || width <= 0 ? null : new Window(height, width, 0, 0, null, true);
  }

  /** A window is no more. ERR: parts of it are still there. */
  delete_window(w: Window): number {
    if (w.children.size > 0) return ERR;
    w.parent?.children.delete(w);
    this.windows.delete(w);
    return OK;
  }

  move_window(w: Window, y: number, x: number): number {
    if (w.is_pad || y < 0 || x < 0 || y + w.max_y >= this.lines || x + w.max_x >= this.columns) return ERR;
    w.begin_y = y;
    w.begin_x = x;
    w.touch();
    return OK;
  }

  /** Has the next update show a window as it is. */
  refresh_later(w: Window): number {
    if (w.is_pad) return ERR;
    w.sync_down();
    const { wanted } = this;
    for (let y = 0; y <= w.max_y; y++) {
      if (w.first[y] === -1) continue;
      const to = Math.min(w.last[y]!, wanted.max_x - w.begin_x);
      if (y + w.begin_y <= wanted.max_y) this.copy_line(w, y, w.first[y]!, to, y + w.begin_y, w.begin_x);
    }
    w.touch_lines(0, w.height, false);
    w.moved = false;
    if (w.clear_first) {
      w.clear_first = false;
      wanted.clear_first = true;
    }
    if (!w.leave_cursor) this.place_cursor(w.y + w.begin_y, w.x + w.begin_x);
    wanted.leave_cursor = w.leave_cursor;
    return OK;
  }

  /** Cells [from, to] of a window's line, which begins at a place of the screen. */
  private copy_line(w: Window, y: number, from: number, to: number, screen_y: number, screen_x: number): void {
    const { wanted } = this;
    const { text, attr } = w.lines[y]!;
    const out = wanted.lines[screen_y]!;
    for (let x = from; x <= to; x++) {
      const [s, a] = [text[w.left + x]!, attr[w.left + x]!];
      const at = screen_x + x;
      if (out.text[at] !== s || out.attr[at] !== a) wanted.set(screen_y, at, s, a);
    }
  }

  private place_cursor(y: number, x: number): void {
    const { wanted } = this;
    if (y < 0 || x < 0) return;
    wanted.y = Math.min(y, wanted.max_y);
    wanted.x = Math.min(x, wanted.max_x);
  }

  refresh_pad_later(
    pad: Window,
    pad_y: number,
    pad_x: number,
    top: number,
    left: number,
    bottom: number,
    right: number,
  ): number {
    if (!pad.is_pad) return ERR;
    pad_y = Math.max(0, pad_y);
    pad_x = Math.max(0, pad_x);
    top = Math.max(0, top);
    left = Math.max(0, left);
    bottom = Math.min(bottom, top + pad.max_y - pad_y);
    right = Math.min(right, left + pad.max_x - pad_x);
    if (bottom >= this.lines || right >= this.columns || top > bottom || left > right) return ERR;
    pad.sync_down();
    for (let y = top; y <= bottom; y++) {
      const from = pad_y + y - top;
      this.copy_line(pad, from, pad_x, pad_x + right - left, y, left - pad_x);
      pad.first[from] = pad.last[from] = -1;
    }
    pad.moved = false;
    if (pad.clear_first) {
      pad.clear_first = false;
      this.wanted.clear_first = true;
    }
    const [y, x] = [pad.y - pad_y + top, pad.x - pad_x + left];
    if (!pad.leave_cursor && pad.y >= pad_y && pad.x >= pad_x && y <= bottom && x <= right) this.place_cursor(y, x);
    this.wanted.leave_cursor = pad.leave_cursor;
    pad.view = { pad_y, pad_x, top, left, bottom, right };
    return OK;
  }

  /** Has the next update draw lines of a window, whatever the terminal seems to show. */
  redraw_lines(w: Window, start: number, count: number): number {
    if (w.touch_lines(start, count, true) === ERR) return ERR;
    for (let y = start; y < start + count && y <= w.max_y; y++) {
      const line = this.shown.lines[y + w.begin_y];
      line?.text.fill(UNKNOWN, w.begin_x, Math.min(w.begin_x + w.width, this.columns));
    }
    return OK;
  }

  /** Windows as high or wide as the screen go on being so, others are cut if they are larger. */
  resize(lines: number, columns: number): number {
    if (lines <= 0 || columns <= 0) return ERR;
    if (lines === this.lines && columns === this.columns) return OK;
    const [old_lines, old_columns] = [this.lines, this.columns];
    this.lines = lines;
    this.columns = columns;
    for (const w of [this.shown, this.wanted, ...this.windows]) {
      const height = w.height === old_lines ? lines : Math.min(w.height, lines);
      const width = w.width === old_columns ? columns : Math.min(w.width, columns);
      w.resize(height, width);
    }
    this.shown.clear_first = true;
    return OK;
  }

  start_color(): number {
    const count = this.terminal.number('colors');
    const pairs = this.terminal.number('pairs');
    if (count <= 0 || pairs <= 0) return OK;
    this.colors ??= new Colors(count, Math.min(pairs, MOST_PAIRS));
    return OK;
  }

  has_colors(): boolean {
    const t = this.terminal;
    const strings = ['setaf', 'setf', 'scp'].some(name => t.string(name) !== null);
    return t.number('colors') > 0 && t.number('pairs') > 0 && strings;
  }

  /** Cells with that pair have to be drawn anew. */
  pair_changed(n: number): void {
    for (let y = 0; y < this.lines; y++) {
      const line = this.shown.lines[y]!;
      for (let x = 0; x < this.columns; x++) if (pair_of(line.attr[x]!) === n) line.text[x] = UNKNOWN;
    }
  }
}
