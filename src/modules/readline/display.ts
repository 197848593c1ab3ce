// display.ts: the prompt and the line on the screen.                                        GNU readline: display.c
//
// What is to be seen is laid out as rows of cells and compared with what the screen shows already: only what differs is written.
import { caret, char_width, is_control } from './text.ts';

/** What a terminal can do besides printing, backspace, carriage return and newline. */
export interface Abilities {
  clear_to_end: string | null;
  up: string | null;
  right: string | null;
  clear: string | null;
  standout: readonly [begin: string, end: string] | null;
}

export const ANSI: Abilities = {
  clear_to_end: '\x1b[K',
  up: '\x1b[A',
  right: '\x1b[C',
  clear: '\x1b[H\x1b[2J',
  standout: ['\x1b[7m', '\x1b[27m'],
};
export const DUMB: Abilities = { clear_to_end: null, up: null, right: null, clear: null, standout: null };

/** A row of the screen: what is written for each column; '' behind a character of two columns. */
type Row = string[];

export interface View {
  /** Its last line; what is between \x01 and \x02 takes no columns. */
  prompt: string;
  chars: readonly number[];
  point: number;
  /** What is shown in standout, from and to; or null. */
  region: readonly [number, number] | null;
  one_row: boolean;
}

interface Layout {
  rows: Row[];
  row: number;
  column: number;
  /** The columns that the prompt takes in the first row. */
  prompt: number;
}

const TAB = 9;
const NEWLINE = 10;

/** Lays cells out in rows. */
class Rows {
  readonly rows: Row[] = [[]];
  private readonly width: number;
  constructor(width: number) {
    this.width = width;
  }
  /** Where the next cell comes. */
  get place(): [row: number, column: number] {
    const column = this.rows.at(-1)!.length;
    return column < this.width ? [this.rows.length - 1, column] : [this.rows.length, 0];
  }
  put(text: string, width: number): void {
    let row = this.rows.at(-1)!;
    if (width === 0) {
      const at = row.findLastIndex(cell => cell !== '');
      if (at >= 0) row[at] += text;
      else row.push(text);
      return;
    }
    if (row.length + width > this.width) {
      while (row.length < this.width) row.push(' ');
      row = [];
      this.rows.push(row);
    }
    row.push(text);
    if (width === 2) row.push('');
  }
  newline(): void {
    if (this.rows.at(-1)!.length === this.width) this.rows.push([]);
    this.rows.push([]);
  }
}

/** The cells of a prompt; what takes no columns goes with the cell behind it, or the last. */
function put_prompt(rows: Rows, prompt: string): void {
  let hidden = '';
  let hiding = false;
  for (const c of prompt) {
    if (c === '\x01') hiding = true;
    else if (c === '\x02') hiding = false;
    else if (hiding) hidden += c;
    else {
      const code = c.codePointAt(0)!;
      rows.put(hidden + c, is_control(code) ? 1 : char_width(code));
      hidden = '';
    }
  }
  if (hidden !== '') rows.put(hidden, 0);
}

export class Display {
  columns = 80;
  lines = 24;
  abilities: Abilities = ANSI;
  private readonly write: (text: string) => void;
  private rows: Row[] = [[]];
  private row = 0;
  private column = 0;
  /** The first column shown where all is one row. */
  private shift = 0;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  /** The screen shows nothing of ours, and the cursor is at the beginning of a line. */
  forget(): void {
    this.rows = [[]];
    this.row = 0;
    this.column = 0;
    this.shift = 0;
  }

  private layout(view: View): Layout {
    const { abilities } = this;
    const single = view.one_row || abilities.up === null;
    const rows = new Rows(single ? Number.POSITIVE_INFINITY : this.columns);
    put_prompt(rows, view.prompt);
    const prompt = rows.rows.length === 1 ? rows.rows[0]!.length : 0;
    let place = rows.place;
    const [from, to] = view.region ?? [-1, -1];
    for (let i = 0; i < view.chars.length; i++) {
      const c = view.chars[i]!;
      if (i === view.point) place = rows.place;
      const mark = (text: string): string =>
        i >= from && i < to && abilities.standout !== null ? abilities.standout.join(text) : text;
      if (c === TAB) {
        for (let n = 8 - (rows.place[1] % 8); n > 0; n--) rows.put(mark(' '), 1);
      } else if (c === NEWLINE && !single) rows.newline();
      else if (is_control(c)) for (const shown of caret(c)) rows.put(mark(shown), 1);
      else rows.put(mark(String.fromCodePoint(c)), char_width(c));
    }
    if (view.point >= view.chars.length) place = rows.place;
    if (place[0] === rows.rows.length) rows.rows.push([]);
    const layout = { rows: rows.rows, row: place[0], column: place[1], prompt };
    return single ? this.one_row(layout) : this.on_screen(layout);
  }

  /** The part of a long row that is shown: '<' and '>' stand for more. */
  private one_row(layout: Layout): Layout {
    const [row = []] = layout.rows;
    // Where the terminal may not wrap by itself, its last column stays free.
    const width = this.abilities.up === null ? this.columns - 1 : this.columns;
    const third = Math.max(1, Math.floor(width / 3));
    if (layout.column - this.shift > width - 2) this.shift = Math.max(0, layout.column - 2 * third);
    else if (layout.column < width - 2) this.shift = 0;
    else if (layout.column <= this.shift) this.shift = Math.floor((layout.column - 1) / third) * third;
    const { shift } = this;
    const shown = row.slice(shift, shift + width);
    if (shown[0] === '') shown[0] = ' ';
    if (shift > 0 && shown.length > 0) shown[0] = '<';
    if (row.length > shift + width) shown[width - 1] = '>';
    return { rows: [shown], row: 0, column: layout.column - shift, prompt: shift > 0 ? 0 : layout.prompt };
  }

  /** The rows around the cursor, where there are more than the screen has. */
  private on_screen(layout: Layout): Layout {
    const most = Math.max(1, this.lines);
    if (layout.rows.length <= most) return layout;
    const first = Math.min(Math.max(0, layout.row - most + 1), layout.rows.length - most);
    return { ...layout, rows: layout.rows.slice(first, first + most), row: layout.row - first };
  }

  private move(row: number, column: number): void {
    const { abilities } = this;
    if (row < this.row) this.write((abilities.up ?? '').repeat(this.row - row));
    if (row > this.row) {
      this.write('\n'.repeat(row - this.row));
      this.column = 0;
    }
    this.row = row;
    if (column === this.column) return;
    if (column < this.column) {
      if (this.column - column <= column + 1) this.write('\b'.repeat(this.column - column));
      else {
        this.write('\r');
        this.column = 0;
      }
    }
    if (column > this.column) {
      const text = abilities.right?.repeat(column - this.column);
      this.write(text ?? (this.rows[row] ?? []).slice(this.column, column).join(''));
    }
    this.column = column;
  }

  /** Brings the screen up to date. */
  show(view: View): void {
    const { rows, row, column, prompt } = this.layout(view);
    const old = this.rows;
    for (let i = 0; i < Math.max(rows.length, old.length); i++) {
      this.show_row(i, rows[i] ?? [], old[i] ?? [], i === 0 ? prompt : 0, rows[i + 1]);
    }
    this.rows = rows;
    this.move(row, column);
  }

  private show_row(i: number, row: Row, old: Row, prompt: number, below: Row | undefined): void {
    let from = 0;
    while (from < row.length && row[from] === old[from]) from++;
    if (from === row.length && old.length <= row.length) return;
    if (from < prompt && row.some((cell, k) => k < prompt && cell.includes('\x1b'))) from = 0;
    while (from > 0 && (row[from] === '' || old[from] === '')) from--;
    let to = row.length;
    if (old.length === to) while (to > from && row[to - 1] === old[to - 1]) to--;
    while (to < row.length && row[to] === '') to++;
    // What stands left of the place to move to is as it will be.
    this.rows[i] = row;
    this.move(i, from);
    this.write(row.slice(from, to).join(''));
    this.column = to;
    if (to === this.columns) this.wrap(i, below);
    else if (old.length > row.length) this.clear_rest(old.length);
  }

  /** The last column was written: the cursor is behind it until something else is. */
  private wrap(i: number, below: Row | undefined): void {
    if (below === undefined) {
      this.write('\r');
      this.column = 0;
      return;
    }
    if (below.length === 0) this.write(' \r');
    else if ((this.rows[i + 1] ?? []).length > 0) this.write('\r\n');
    this.row = i + 1;
    this.column = 0;
    if (below.length === 0) this.rows[i + 1] ??= [];
  }

  private clear_rest(until: number): void {
    const { clear_to_end } = this.abilities;
    if (clear_to_end !== null) this.write(clear_to_end);
    else {
      const n = until - this.column;
      this.write(' '.repeat(n) + '\b'.repeat(n));
    }
  }

  /** Goes to a new line below all that is shown. */
  leave(): void {
    const last = this.rows.length - 1;
    this.move(last, this.column);
    if (last === 0 || this.rows[last]!.length > 0) this.write('\n');
    else this.write('\r');
    this.forget();
  }

  /** Goes to the last row, for something else to be printed below. */
  below(): void {
    this.move(this.rows.length - 1, this.column);
  }

  /** Takes everything off the screen that is shown, to be drawn anew. */
  erase(): void {
    for (let i = this.rows.length - 1; i >= 0; i--) {
      this.move(i, 0);
      this.clear_rest(this.rows[i]!.length);
    }
    this.write('\r');
    this.forget();
  }

  /** Empties the whole screen. */
  clear(): void {
    if (this.abilities.clear === null) this.leave();
    else {
      this.write(this.abilities.clear);
      this.forget();
    }
  }
}
