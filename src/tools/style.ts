// style.ts: how the tools write text for people: colours, widths, tables, bars.
//
// A Style either colours or returns texts as they are; renderers never ask which. Widths are those of a terminal's cells.
// Invariant: what is written without colour and at a given width is the same everywhere: tests compare it.

/** What a piece of text is; the palette says how that looks. */
export type Kind =
  | 'title'
  | 'bold'
  | 'dim'
  | 'opcode'
  | 'name'
  | 'number'
  | 'string'
  | 'keyword'
  | 'comment'
  | 'good'
  | 'bad'
  | 'warn'
  | 'add'
  | 'remove'
  | 'accent';

/** Codes of ANSI escape sequences (ECMA-48 SGR); only the eight colours that every terminal's theme defines. */
const PALETTE: Readonly<Record<Kind, string>> = {
  title: '1;36',
  bold: '1',
  dim: '2',
  opcode: '36',
  name: '',
  number: '33',
  string: '32',
  keyword: '35',
  comment: '2',
  good: '32',
  bad: '31',
  warn: '33',
  add: '32',
  remove: '31',
  accent: '34',
};

export class Style {
  readonly color: boolean;
  /** Columns to fill; renderers may need more where content is wider. */
  readonly width: number;
  constructor(color: boolean, width: number) {
    this.color = color;
    this.width = width;
  }

  /** The text, coloured as what it is. */
  as(kind: Kind, text: string): string {
    const code = PALETTE[kind];
    return this.color && code !== '' && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text;
  }

  /** A heading with a rule to the right margin. */
  heading(text: string): string {
    const rule = '─'.repeat(Math.max(3, Math.min(this.width, 100) - textWidth(text) - 4));
    return `${this.as('dim', '──')} ${this.as('title', text)} ${this.as('dim', rule)}`;
  }
}

/** Without colour, for files and tests. */
export const PLAIN = new Style(false, 100);

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\x1b\[[0-9;]*m/g;

/** Zero or two cells, where a character does not take one: combining marks; East Asian wide characters and emoji. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** Cells that a text takes in a terminal; escape sequences take none. */
export function textWidth(text: string): number {
  const bare = text.includes('\x1b') ? text.replace(ESCAPES, '') : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  if (/^[\x00-\x7f]*$/.test(bare)) return bare.length;
  let width = 0;
  for (const char of bare) width += ZERO.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** At most so many cells: the end is cut off and marked. For text without escape sequences. */
export function clip(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    const w = textWidth(char);
    if (used + w > width - 1) break;
    out += char;
    used += w;
  }
  return `${out}…`;
}

export interface Column {
  readonly title?: string;
  readonly align?: 'left' | 'right';
  /** Widest; longer texts are cut. */
  readonly max?: number;
}

/** Lines of a table; a row of titles with a rule under it if any column has one. Cells may be coloured. */
export function table(style: Style, columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titled = columns.some(c => c.title !== undefined);
  const cut = rows.map(row =>
    row.map((cell, i) => (columns[i]!.max === undefined ? cell : clip(cell, columns[i]!.max!))),
  );
  const widths = columns.map((c, i) =>
    cut.reduce((most, row) => Math.max(most, textWidth(row[i] ?? '')), textWidth(c.title ?? '')),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((c, i) => (c.align === 'right' ? padStart(cells[i] ?? '', widths[i]!) : padEnd(cells[i] ?? '', widths[i]!)))
      .join('  ')
      .trimEnd();
  const lines: string[] = [];
  if (titled) {
    lines.push(style.as('bold', line(columns.map(c => c.title ?? ''))));
    lines.push(style.as('dim', widths.map(w => '─'.repeat(w)).join('  ')));
  }
  for (const row of cut) lines.push(line(row));
  return lines;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `share` (0 to 1) of `width` cells, in steps of an eighth of a cell. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const text = '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
  return text === '' && share > 0 ? '▏' : text;
}

/** 1234567 as 1,234,567. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** One of something, two of them. */
export function plural(n: number, singular: string, many = `${singular}s`): string {
  return `${grouped(n)} ${n === 1 ? singular : many}`;
}

/** Bytes for people: 512 B, 3.4 KiB, 12.0 MiB. */
export function bytesText(n: number): string {
  if (Math.abs(n) < 1024) return `${n} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = n / 1024;
  let unit = 0;
  while (Math.abs(value) >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}
