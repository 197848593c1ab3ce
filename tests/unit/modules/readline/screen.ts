// screen.ts: what a terminal shows after it was sent some text: as much of a terminal as readline uses.
import { char_width } from '../../../../src/modules/readline/text.ts';

/** What follows ESC. */
const SEQUENCE = /^\[(\??)(\d*)([A-Za-z@])/;

export class Screen {
  private readonly columns: number;
  private rows: string[][] = [[]];
  private row = 0;
  private column = 0;
  /** The last column was written: the next character goes to the next row. */
  private full = false;
  private standout = false;
  bells = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  private down(): void {
    // What scrolls away is kept: the rows are counted from the first.
    if (++this.row >= this.rows.length) this.rows.push([]);
  }

  private put(c: string): void {
    const width = char_width(c.codePointAt(0)!);
    if (width === 0) {
      const row = this.rows[this.row]!;
      const at = this.full ? this.columns - 1 : this.column - 1;
      if (row[at] !== undefined) row[at] += c;
      return;
    }
    if (this.full || this.column + width > this.columns) {
      this.column = 0;
      this.full = false;
      this.down();
    }
    const row = this.rows[this.row]!;
    while (row.length < this.column) row.push(' ');
    row[this.column++] = this.standout ? `[${c}]` : c;
    if (width === 2) row[this.column++] = '';
    if (this.column === this.columns) {
      this.column--;
      this.full = true;
    }
  }

  private control(n: number, final: string): void {
    const row = this.rows[this.row]!;
    if (final === 'K') row.length = Math.min(row.length, this.column);
    else if (final === 'A') this.row = Math.max(0, this.row - n);
    else if (final === 'C') this.column = Math.min(this.columns - 1, this.column + n);
    else if (final === 'P') row.splice(this.column, n);
    else if (final === '@') row.splice(this.column, 0, ...Array<string>(n).fill(' '));
    else if (final === 'J') this.rows = [[]];
    else if (final === 'H') this.row = this.column = 0;
    this.full = false;
    if (final === '@') row.length = Math.min(row.length, this.columns);
  }

  write(text: string): void {
    for (let rest = text; rest !== ''; ) {
      const sequence = rest.startsWith('\x1b') ? SEQUENCE.exec(rest.slice(1)) : null;
      if (sequence !== null) {
        rest = rest.slice(1 + sequence[0].length);
        if (sequence[3] === 'm') this.standout = sequence[2] === '7' || (this.standout && sequence[2] !== '27');
        else if (sequence[1] === '') this.control(Number(sequence[2] || 1), sequence[3]!);
        continue;
      }
      const c = String.fromCodePoint(rest.codePointAt(0)!);
      rest = rest.slice(c.length);
      if (c === '\x07') this.bells++;
      else if (c === '\r') this.column = 0;
      else if (c === '\n') this.down();
      else if (c === '\b') this.column = Math.max(0, this.column - 1);
      else {
        this.put(c);
        continue;
      }
      if (c !== '\x07') this.full = false;
    }
  }

  /** The rows, with the cursor as a bar. */
  show(): string {
    const rows = this.rows.map(row => row.map(c => c));
    const row = rows[this.row]!;
    while (row.length < this.column) row.push(' ');
    row[this.column] = `|${row[this.column] ?? ''}`;
    return rows
      .map(r => r.join('').trimEnd())
      .join('\n')
      .trimEnd();
  }
}
