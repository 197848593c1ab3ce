// compare_text.ts: comparisons for a terminal: columns, marks between them, what the changes mean below.
import { clip, padEnd, padStart, plural, type Style, table } from '../style.ts';
import { changeText } from '../versions/opcode_notes.ts';
import type { RowKind, Unmatched } from './compare.ts';
import { type Grid, Words } from './grid.ts';

const MARKS = { same: ' ', changed: '~', removed: '-', added: '+' } as const;
const LINE_WIDTH = 4;
const OPCODE_WIDTH = 20;

/** `shop.py and other.py`, `3.8, 3.11 and 3.14`. */
export function listTitles(titles: readonly string[]): string {
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

export function renderGrid(grid: Grid, style: Style): string {
  const { sides, rows, notes } = grid;
  const titles = sides.map(side => side.title);
  const out = [style.heading(`${grid.path}: ${listTitles(titles)}`)];
  const words = sides.map(side => new Words(side));
  // Each column: a mark, a line's number, a label and the instruction; behind the last one the notes.
  const width = Math.max(22, Math.floor((style.width - 8) / sides.length) - LINE_WIDTH - 3);
  const opcodeWidth = width >= OPCODE_WIDTH + 14 ? OPCODE_WIDTH : 0;
  const last: (number | null)[] = sides.map(() => null);
  const paint = (kind: RowKind, text: string): string =>
    kind === 'same' ? text : style.as(kind === 'changed' ? 'warn' : kind === 'added' ? 'add' : 'remove', text);
  out.push(
    style.as(
      'bold',
      titles
        .map(title => `${' '.repeat(LINE_WIDTH + 2)}${padEnd(clip(title, width), width)}`)
        .join(' ')
        .trimEnd(),
    ),
  );
  for (const row of rows) {
    const cells = row.cells.map((index, i) => {
      const kind = row.kinds[i]!;
      const mark = i === 0 ? ' ' : paint(kind, MARKS[kind]);
      if (index === null) return `${mark}${' '.repeat(LINE_WIDTH + 1 + width)}`;
      const { name, argument, label, line } = words[i]!.of(index);
      const number = line === null || line === last[i] ? '' : String(line);
      last[i] = line ?? last[i]!;
      const text = `${padEnd(label === '' ? '' : `${label}:`, opcodeWidth > 0 ? 4 : 3)} ${padEnd(name, opcodeWidth)} ${argument}`;
      return `${mark}${style.as('dim', padStart(number, LINE_WIDTH))} ${paint(kind, padEnd(clip(text.trimEnd(), width), width))}`;
    });
    out.push(`${cells.join(' ')} ${style.as('accent', row.notes.map(n => n + 1).join(' '))}`.trimEnd());
  }
  out.push('', ...figureLines(grid, style));
  grid.summaries.forEach((summary, i) => {
    if (summary.length > 0) out.push('', `${titles[i]} after ${titles[i - 1]}: ${summary.join(', ')}.`);
  });
  if (notes.length > 0) out.push('', style.as('bold', 'What the changes mean'));
  notes.forEach((note, i) => {
    const count = style.as('dim', `since ${note.since}, ${plural(note.count, 'time')}`);
    out.push(`${style.as('accent', padStart(String(i + 1), 3))} ${style.as('opcode', changeText(note))} ${count}`);
    out.push(...wrap(note.text, Math.min(style.width, 100) - 4).map(line => `    ${line}`));
  });
  return `${out.join('\n')}\n`;
}

function figureLines({ sides, figures }: Grid, style: Style): string[] {
  const difference = (n: number): string => {
    if (n === 0) return '';
    return n > 0 ? style.as('bad', `+${n}`) : style.as('good', `−${-n}`);
  };
  return table(
    style,
    [
      { title: '' },
      ...sides.map(side => ({ title: side.title, align: 'right' as const, max: 30 })),
      { title: '', align: 'right' },
    ],
    figures.map(({ name, values }) => [name, ...values.map(String), difference(values.at(-1)! - values[0]!)]),
  );
}

/** What only one of two has. */
export function renderUnmatched(
  { path, side, why }: Unmatched,
  titles: readonly [string, string],
  style: Style,
): string {
  const [has, lacks] = side === 'left' ? titles : [titles[1], titles[0]];
  return `${style.as('bold', path)} is in ${has}, not in ${lacks}${why === '' ? '' : `: ${why}`}\n`;
}

/** Lines of at most `width` characters. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
