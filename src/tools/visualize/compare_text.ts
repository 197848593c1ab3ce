// compare_text.ts: a comparison for a terminal: two columns, marks between them, what the changes mean below.
import { clip, padEnd, padStart, plural, type Style, table } from '../style.ts';
import { changeText } from '../versions/opcode_notes.ts';
import type { Comparison, Row, Side, Unmatched } from './compare.ts';

const MARKS = { same: ' ', changed: '~', removed: '-', added: '+' } as const;

/** An instruction in few words: `LOAD_FAST x`, `POP_JUMP_IF_FALSE → L2`. */
export function instructionWords(
  side: Side,
  index: number,
  labels: ReadonlyMap<number, number>,
): { name: string; argument: string } {
  const { opcode, target } = side.instructions[index]!;
  const { argument } = side.words[index]!;
  return { name: opcode.name, argument: target !== null && argument === '→' ? `→ L${labels.get(target)}` : argument };
}

/** Numbers for the jump targets of a side, in their order. */
export function jumpLabels({ instructions }: Side): Map<number, number> {
  const targets = [...new Set(instructions.flatMap(i => (i.target === null ? [] : [i.target])))].sort((a, b) => a - b);
  return new Map(targets.map((offset, i) => [offset, i + 1]));
}

/** Where a label stands: at the first instruction at its offset or behind it, as a prefix may come first. */
export function labelAt(side: Side, labels: ReadonlyMap<number, number>): Map<number, number> {
  const at = new Map<number, number>();
  for (const [offset, label] of labels) {
    const index = side.instructions.findIndex(i => i.offset >= offset);
    if (index >= 0 && !at.has(index)) at.set(index, label);
  }
  return at;
}

export function renderComparison(c: Comparison, style: Style): string {
  const out = [style.heading(`${c.path}: ${c.left.title} and ${c.right.title}`)];
  const labels = [jumpLabels(c.left), jumpLabels(c.right)] as const;
  const marks = [labelAt(c.left, labels[0]), labelAt(c.right, labels[1])] as const;
  const cell = (side: Side, index: number | null, which: 0 | 1): string => {
    if (index === null) return '';
    const { name, argument } = instructionWords(side, index, labels[which]);
    const label = marks[which].get(index);
    return `${label === undefined ? '    ' : padEnd(`L${label}:`, 4)} ${padEnd(name, 20)} ${argument}`.trimEnd();
  };
  // A line's number, a space, text, a mark, a line's number, a space, text, the notes.
  const width = Math.max(24, Math.floor((style.width - 18) / 2));
  const lineWidth = 4;
  let last: (number | null)[] = [null, null];
  const paint = (row: Row, text: string): string => {
    if (row.kind === 'changed') return style.as('warn', text);
    if (row.kind === 'removed') return style.as('remove', text);
    return row.kind === 'added' ? style.as('add', text) : text;
  };
  out.push(
    style.as(
      'bold',
      `${' '.repeat(lineWidth + 1)}${padEnd(clip(c.left.title, width), width)}     ${' '.repeat(lineWidth)}${clip(c.right.title, width)}`,
    ),
  );
  for (const row of c.rows) {
    const lines = [
      row.left === null ? null : c.left.instructions[row.left]!.line,
      row.right === null ? null : c.right.instructions[row.right]!.line,
    ];
    const numbers = lines.map((line, i) => padStart(line === null || line === last[i] ? '' : String(line), lineWidth));
    last = lines.map((line, i) => line ?? last[i]!);
    const notes = row.notes.map(n => String(n + 1)).join(' ');
    const left = paint(row, padEnd(clip(cell(c.left, row.left, 0), width), width));
    const right = paint(row, padEnd(clip(cell(c.right, row.right, 1), width), width));
    out.push(
      `${style.as('dim', numbers[0]!)} ${left} ${paint(row, MARKS[row.kind])} ${style.as('dim', numbers[1]!)} ${right} ${style.as('accent', notes)}`.trimEnd(),
    );
  }
  out.push('', ...figureLines(c, style));
  if (c.summary.length > 0) out.push('', `${c.right.title}: ${c.summary.join(', ')}.`);
  if (c.notes.length > 0) {
    out.push('', style.as('bold', 'What the changes mean'));
    c.notes.forEach((note, i) => {
      out.push(
        `${style.as('accent', padStart(String(i + 1), 3))} ${style.as('opcode', changeText(note))} ${style.as('dim', `since ${note.since}, ${plural(note.count, 'time')}`)}`,
      );
      out.push(...wrap(note.text, Math.min(style.width, 100) - 4).map(line => `    ${line}`));
    });
  }
  return `${out.join('\n')}\n`;
}

function figureLines({ left, right, figures }: Comparison, style: Style): string[] {
  const difference = (n: number): string =>
    n === 0 ? '' : n > 0 ? style.as('bad', `+${n}`) : style.as('good', `−${-n}`);
  return table(
    style,
    [
      { title: '' },
      { title: left.title, align: 'right', max: 30 },
      { title: right.title, align: 'right', max: 30 },
      { title: '', align: 'right' },
    ],
    figures.map(f => [f.name, String(f.left), String(f.right), difference(f.right - f.left)]),
  );
}

export function renderUnmatched(
  unmatched: readonly Unmatched[],
  titles: readonly [string, string],
  style: Style,
): string {
  return unmatched
    .map(({ path, side, why }) => {
      const title = side === 'left' ? titles[0] : titles[1];
      return `${style.as('bold', path)} is only in ${title}${why === '' ? '' : `: ${why}`}\n`;
    })
    .join('');
}

/** Lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
