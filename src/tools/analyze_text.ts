// analyze_text.ts: the analyzer's reports as text: one function in full, many functions as a table.
import type { Finding, FunctionReport, Measures } from './analyze.ts';
import type { Json } from './json.ts';
import { bar, clip, grouped, padEnd, padStart, plural, type Style, table } from './style.ts';

/** Usual names for grades of complexity. */
export function grade(complexity: number): { readonly word: string; readonly kind: 'good' | 'warn' | 'bad' } {
  if (complexity <= 5) return { word: 'simple', kind: 'good' };
  if (complexity <= 10) return { word: 'moderate', kind: 'good' };
  if (complexity <= 20) return { word: 'complex', kind: 'warn' };
  return { word: 'very complex', kind: 'bad' };
}

const BAR = 24;
const TOP_OPCODES = 8;
const MOST_SITES = 12;

export interface RenderOptions {
  /** All opcodes and sites, not just the first. */
  readonly all?: boolean;
}

/** One function in full. */
export function renderFunction(
  r: FunctionReport,
  lines: readonly string[],
  style: Style,
  options: RenderOptions = {},
): string {
  const out = [style.heading(`${r.name}  ${r.file}:${r.line}`)];
  const field = (name: string, text: string): void => {
    if (text !== '') out.push(`  ${style.as('dim', padEnd(name, 13))} ${text}`);
  };
  const { word, kind } = grade(r.complexity);
  field(
    'complexity',
    `${style.as(kind, String(r.complexity))} ${style.as(kind, word)}${r.complexity > 1 ? style.as('dim', `  decisions at lines ${lineList(r.decisions.map(d => d.line))}`) : ''}`,
  );
  field(
    'size',
    `${plural(r.instructions, 'instruction')}, ${grouped(r.bytes)} bytes with caches, ${plural(r.blocks, 'basic block')}, ${plural(r.loops, 'loop')}`,
  );
  field(
    'cost',
    `${grouped(r.cost)} ${style.as('dim', "estimated, in cheap instructions; a loop's body counts ten times")}`,
  );
  field('stack', `${r.stacksize}`);
  field('flags', r.flags.join(', '));
  field('constants', clip(r.constants.join(', '), style.width - 18));
  field('locals', clip(r.locals.join(', '), style.width - 18));
  field('cells', r.cells.join(', '));
  field('free', r.free.join(', '));
  const shown = options.all ? r.histogram : r.histogram.slice(0, TOP_OPCODES);
  const most = r.histogram[0]?.[1] ?? 1;
  out.push(style.as('bold', '  opcodes'));
  for (const [name, count] of shown)
    out.push(
      `    ${style.as('opcode', padEnd(name, 34))} ${padStart(String(count), 4)} ${style.as('accent', bar(count / most, BAR))}`,
    );
  if (shown.length < r.histogram.length) out.push(style.as('dim', `    and ${r.histogram.length - shown.length} more`));
  if (r.sites.length > 0) {
    out.push(style.as('bold', '  specialisation'));
    const ordered = options.all
      ? r.sites
      : [...r.sites]
          .sort((a, b) => b.loopDepth - a.loopDepth || a.offset - b.offset)
          .slice(0, MOST_SITES)
          .sort((a, b) => a.offset - b.offset);
    const rows = ordered.map(s => [
      style.as('dim', `line ${s.line ?? '--'}`),
      `${style.as('opcode', s.opcode)} ${clip(s.detail, 18)}`,
      s.likely === null
        ? style.as('dim', 'open')
        : s.likely === 'none'
          ? style.as('warn', 'stays general')
          : style.as('good', s.likely),
      s.became === undefined
        ? style.as('dim', s.why)
        : s.became === s.opcode
          ? style.as('warn', 'stayed general')
          : style.as('good', `became ${s.became}`),
    ]);
    out.push(...table(style, [{}, {}, {}, {}], rows).map(line => `    ${line}`));
    if (ordered.length < r.sites.length) out.push(style.as('dim', `    and ${r.sites.length - ordered.length} more`));
  }
  if (r.findings.length > 0) {
    out.push(style.as('bold', '  findings'));
    for (const f of r.findings) out.push(...findingLines(f, lines, style).map(line => `    ${line}`));
  }
  return `${out.join('\n')}\n`;
}

function lineList(lines: readonly (number | null)[]): string {
  const unique = [...new Set(lines.filter(l => l !== null))];
  return unique.length > 12 ? `${unique.slice(0, 12).join(', ')} …` : unique.join(', ');
}

function findingLines(f: Finding, lines: readonly string[], style: Style): string[] {
  const out = [
    `${style.as(f.level === 'problem' ? 'bad' : 'warn', f.level === 'problem' ? '✗' : '•')} ${style.as('dim', `line ${f.line ?? '--'}`)}  ${f.message} ${style.as('dim', `[${f.kind}]`)}`,
  ];
  const source = f.line === null ? '' : (lines[f.line - 1] ?? '').trim();
  if (source !== '') out.push(`    ${style.as('bold', clip(source, style.width - 10))}`);
  for (const e of f.evidence.slice(0, 4)) out.push(`    ${style.as('dim', e)}`);
  if (f.evidence.length > 4) out.push(style.as('dim', `    and ${f.evidence.length - 4} more`));
  return out;
}

export const SORT_KEYS = ['complexity', 'instructions', 'cost', 'findings', 'stack', 'name', 'line'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** A function's row of a table over many files. */
export interface SummaryRow {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly complexity: number;
  readonly instructions: number;
  readonly cost: number;
  readonly stack: number;
  readonly findings: number;
  readonly problems: number;
}

export function summaryRow(r: Measures): SummaryRow {
  return {
    file: r.file,
    line: r.line,
    name: r.name,
    complexity: r.complexity,
    instructions: r.instructions,
    cost: r.cost,
    stack: r.stacksize,
    findings: r.findings.length,
    problems: r.findings.filter(f => f.level === 'problem').length,
  };
}

/** The row's order: by the key, highest first (names and lines lowest first), then by place. */
export function compareRows(key: SortKey): (a: SummaryRow, b: SummaryRow) => number {
  const place = (a: SummaryRow, b: SummaryRow): number =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
  if (key === 'name') return (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : place(a, b));
  if (key === 'line') return place;
  return (a, b) => b[key] - a[key] || place(a, b);
}

export interface Totals {
  files: number;
  functions: number;
  instructions: number;
  complexity: number;
  findings: Record<string, number>;
  opcodes: Record<string, number>;
  failures: string[];
}

export function emptyTotals(): Totals {
  return { files: 0, functions: 0, instructions: 0, complexity: 0, findings: {}, opcodes: {}, failures: [] };
}

export function addTotals(to: Totals, from: Totals): void {
  to.files += from.files;
  to.functions += from.functions;
  to.instructions += from.instructions;
  to.complexity += from.complexity;
  for (const [kind, n] of Object.entries(from.findings)) to.findings[kind] = (to.findings[kind] ?? 0) + n;
  for (const [name, n] of Object.entries(from.opcodes)) to.opcodes[name] = (to.opcodes[name] ?? 0) + n;
  to.failures.push(...from.failures);
}

/** The first rows as a table, and totals with bars. */
export function renderTable(rows: readonly SummaryRow[], totals: Totals, limit: number, style: Style): string {
  const cells = rows.slice(0, limit).map(r => {
    const { kind } = grade(r.complexity);
    return [
      style.as(kind, String(r.complexity)),
      grouped(r.instructions),
      grouped(r.cost),
      String(r.stack),
      r.findings === 0 ? style.as('dim', '·') : style.as(r.problems > 0 ? 'bad' : 'warn', String(r.findings)),
      r.name,
      style.as('dim', `${r.file}:${r.line}`),
    ];
  });
  const right = { align: 'right' } as const;
  const out = table(
    style,
    [
      { title: 'complexity', ...right },
      { title: 'instructions', ...right },
      { title: 'cost', ...right },
      { title: 'stack', ...right },
      { title: 'findings', ...right },
      { title: 'function' },
      { title: 'place' },
    ],
    cells,
  );
  if (rows.length > limit) out.push(style.as('dim', `and ${grouped(rows.length - limit)} more (--limit)`));
  out.push('', style.heading('totals'));
  out.push(
    `  ${plural(totals.files, 'file')}, ${plural(totals.functions, 'function')}, ${plural(totals.instructions, 'instruction')}, ` +
      `complexity ${totals.functions === 0 ? 0 : (totals.complexity / totals.functions).toFixed(2)} on average`,
  );
  const top = Object.entries(totals.opcodes)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 12);
  for (const [name, count] of top)
    out.push(
      `    ${style.as('opcode', padEnd(name, 34))} ${padStart(grouped(count), 9)} ${style.as('accent', bar(count / top[0]![1], BAR))}`,
    );
  const kinds = Object.entries(totals.findings).sort((a, b) => b[1] - a[1]);
  if (kinds.length > 0) out.push(`  findings: ${kinds.map(([kind, n]) => `${grouped(n)} ${kind}`).join(', ')}`);
  if (totals.failures.length > 0) {
    out.push(style.as('warn', `  ${plural(totals.failures.length, 'file')} not analysed:`));
    for (const failure of totals.failures.slice(0, 20)) out.push(style.as('dim', `    ${failure}`));
    if (totals.failures.length > 20) out.push(style.as('dim', `    and ${totals.failures.length - 20} more`));
  }
  return `${out.join('\n')}\n`;
}

export function functionJson(r: FunctionReport): Json {
  return { ...r, histogram: Object.fromEntries(r.histogram) } as unknown as Json;
}
