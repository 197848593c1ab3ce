// text.ts: a profile as text: functions, lines, a flame graph of the terminal, opcodes, memory, pauses, threads.
import { bar, bytesText, clip, grouped, padEnd, padStart, plural, type Style, table } from '../style.ts';
import type { Profile, ProfiledFunction, ProfileNode } from './data.ts';

export interface ProfileTextOptions {
  readonly sort: 'own' | 'total' | 'calls' | 'instructions';
  readonly limit: number;
}

export const milliseconds = (ms: number): string =>
  ms >= 10_000
    ? `${(ms / 1000).toFixed(1)} s`
    : ms >= 100
      ? `${ms.toFixed(0)} ms`
      : ms >= 1
        ? `${ms.toFixed(1)} ms`
        : `${(ms * 1000).toFixed(0)} us`;

const percent = (part: number, whole: number): string => (whole > 0 ? `${((100 * part) / whole).toFixed(1)}%` : '');

/** Where a function is, with the file's name only. */
export function placeOf(fn: ProfiledFunction): string {
  if (fn.file === '') return fn.id === 0 || / thread$|^thread /.test(fn.name) ? '' : 'built-in';
  return `${fn.file.slice(fn.file.lastIndexOf('/') + 1)}:${fn.line}`;
}

const isThread = (fn: ProfiledFunction, p: Profile): boolean => p.threads.some(t => t.tree.fn === fn.id);

/** Time and instructions of a node with all below it. */
export function inclusive(node: ProfileNode): { time: number; instructions: number } {
  let time = node.own;
  let { instructions } = node;
  for (const child of node.children) {
    const inner = inclusive(child);
    time += inner.time;
    instructions += inner.instructions;
  }
  return { time, instructions };
}

export function renderProfile(
  p: Profile,
  source: (file: string, line: number) => string,
  style: Style,
  options: ProfileTextOptions,
): string {
  const { limit } = options;
  const out: string[] = [''];
  const right = { align: 'right' } as const;
  out.push(
    style.heading(
      `profile of ${p.program}: ${milliseconds(p.time)}, ${plural(p.calls, 'call')}, ${plural(p.instructions, 'instruction')}`,
    ),
  );

  const key = (f: ProfiledFunction): number => f[options.sort];
  const fns = p.functions
    .filter(f => !isThread(f, p))
    .sort((a, b) => key(b) - key(a) || b.instructions - a.instructions || a.id - b.id);
  out.push(
    ...table(
      style,
      [
        { title: 'calls', ...right },
        { title: 'own', ...right },
        { title: '', ...right },
        { title: 'total', ...right },
        { title: 'instructions', ...right },
        { title: 'function' },
        { title: 'place' },
      ],
      fns
        .slice(0, limit)
        .map(f => [
          grouped(f.calls) + (f.resumes > 0 ? style.as('dim', `+${grouped(f.resumes)}`) : ''),
          milliseconds(f.own),
          style.as('dim', percent(f.own, p.time)),
          milliseconds(f.total),
          grouped(f.instructions),
          f.file === '' ? style.as('dim', f.name) : f.name,
          style.as('dim', placeOf(f)),
        ]),
    ),
  );
  if (fns.length > limit) out.push(style.as('dim', `and ${plural(fns.length - limit, 'more', 'more')} (--limit)`));

  out.push('', style.heading('flame graph'));
  for (const thread of p.threads) out.push(...flame(p, thread.tree, style));

  const timed = p.mode !== 'calls';
  const lines = [...p.lines]
    .sort((a, b) => (timed ? b.time - a.time : 0) || b.instructions - a.instructions)
    .slice(0, limit);
  if (lines.length > 0) {
    out.push('', style.heading(timed ? 'lines by time' : 'lines by instructions'));
    out.push(
      ...table(
        style,
        [
          ...(timed
            ? [
                { title: 'time', ...right },
                { title: 'runs', ...right },
              ]
            : []),
          { title: 'instructions', ...right },
          { title: '', ...right },
          { title: 'place' },
          { title: 'line', max: Math.max(30, style.width - 60) },
        ],
        lines.map(l => [
          ...(timed ? [milliseconds(l.time), grouped(l.hits)] : []),
          grouped(l.instructions),
          style.as('dim', percent(l.instructions, p.instructions)),
          style.as('dim', `${l.file.slice(l.file.lastIndexOf('/') + 1)}:${l.line}`),
          source(l.file, l.line),
        ]),
      ),
    );
  }

  const opcodes = Object.entries(p.opcodes).slice(0, 10);
  if (opcodes.length > 0) {
    out.push('', style.heading('instructions'));
    for (const [name, n] of opcodes)
      out.push(
        `  ${style.as('opcode', padEnd(name, 36))} ${padStart(grouped(n), 12)} ${style.as('accent', bar(n / opcodes[0]![1], 24))}`,
      );
  }

  const { memory } = p;
  if (memory !== undefined) {
    out.push(
      '',
      style.heading(
        `memory: peak ${bytesText(memory.peak)}, ${plural(memory.count, 'allocation')}, ${bytesText(memory.live)} at the end`,
      ),
    );
    out.push(
      ...table(
        style,
        [
          { title: 'peak', ...right },
          { title: 'allocated', ...right },
          { title: 'objects', ...right },
          { title: 'place' },
          { title: 'line', max: Math.max(30, style.width - 60) },
        ],
        memory.lines
          .slice(0, limit)
          .map(l => [
            bytesText(l.peak),
            bytesText(l.bytes),
            grouped(l.count),
            style.as(
              'dim',
              l.file === '' ? 'the interpreter' : `${l.file.slice(l.file.lastIndexOf('/') + 1)}:${l.line}`,
            ),
            l.file === '' ? '' : source(l.file, l.line),
          ]),
      ),
      '',
      ...table(
        style,
        [
          { title: 'type' },
          { title: 'objects', ...right },
          { title: 'allocated', ...right },
          { title: 'peak', ...right },
        ],
        memory.types.slice(0, limit).map(t => [t.type, grouped(t.count), bytesText(t.bytes), bytesText(t.peak)]),
      ),
    );
  }

  if (p.pauses.length > 0) {
    const whole = p.pauses.reduce((sum, g) => sum + g.duration, 0);
    const longest = p.pauses.reduce((most, g) => Math.max(most, g.duration), 0);
    out.push(
      '',
      `collector: ${plural(p.pauses.length, 'pause')}, ${milliseconds(whole)} in all, the longest ${milliseconds(longest)}, ${plural(
        p.pauses.reduce((sum, g) => sum + g.collected, 0),
        'object',
      )} collected`,
    );
  }
  if (p.gil.length > 1) {
    out.push('', style.heading('threads'));
    out.push(
      ...table(
        style,
        [
          { title: 'thread', ...right },
          { title: 'held the GIL', ...right },
          { title: 'without it', ...right },
          { title: 'got it', ...right },
        ],
        p.gil.map(g => [String(g.thread), milliseconds(g.held), milliseconds(g.waited), `${grouped(g.waits)} times`]),
      ),
    );
  }
  return `${out.join('\n')}\n`;
}

/** Boxes narrower than this are left out of the terminal's flame graph. */
const NARROWEST = 3;
const MOST_ROWS = 14;

/** The tree of calls as rows of boxes, callers above, as wide as their share of the time. */
function flame(p: Profile, root: ProfileNode, style: Style): string[] {
  const width = Math.min(style.width, 140) - 2;
  const rows: { at: number; width: number; text: string; hue: number }[][] = [];
  const place = (node: ProfileNode, at: number, room: number, depth: number): void => {
    if (room < NARROWEST || depth >= MOST_ROWS) return;
    const fn = p.functions[node.fn]!;
    (rows[depth] ??= []).push({ at, width: room, text: fn.name, hue: node.fn });
    const whole = inclusive(node).time;
    let x = at;
    for (const child of [...node.children].sort((a, b) => inclusive(b).time - inclusive(a).time)) {
      const share = whole > 0 ? Math.floor((inclusive(child).time / whole) * room) : 0;
      place(child, x, share, depth + 1);
      x += share;
    }
  };
  place(root, 0, width, 0);
  const colors = [44, 46, 42, 45, 43, 41];
  return rows.map(row => {
    let line = ' ';
    let used = 0;
    for (const { at, width: w, text, hue } of row.sort((a, b) => a.at - b.at)) {
      line += ' '.repeat(Math.max(0, at - used));
      const inner = padEnd(clip(text, w - 1), w - 1);
      line += style.color ? `\x1b[30;${colors[hue % colors.length]}m${inner}\x1b[0m ` : `▕${inner}`;
      used = at + w;
    }
    return line.trimEnd();
  });
}

/** What changed since another profile of the program: instructions and calls, which are exact. */
export function compareProfiles(before: Profile, after: Profile, style: Style, limit: number): string {
  const keyed = (p: Profile): Map<string, ProfiledFunction> => {
    const out = new Map<string, ProfiledFunction>();
    for (const f of p.functions) {
      const key = `${f.file.slice(f.file.lastIndexOf('/') + 1)} ${f.name}`;
      if (!out.has(key)) out.set(key, f);
    }
    return out;
  };
  const old = keyed(before);
  const now = keyed(after);
  const rows: { name: string; place: string; calls: number; instructions: number; was: number }[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const a = old.get(key);
    const b = now.get(key);
    const calls = (b?.calls ?? 0) - (a?.calls ?? 0);
    const instructions = (b?.instructions ?? 0) - (a?.instructions ?? 0);
    if (calls === 0 && instructions === 0) continue;
    const fn = (b ?? a)!;
    rows.push({ name: fn.name, place: placeOf(fn), calls, instructions, was: a?.instructions ?? 0 });
  }
  const signed = (n: number): string =>
    n > 0 ? style.as('remove', `+${grouped(n)}`) : n < 0 ? style.as('add', `-${grouped(-n)}`) : '0';
  const whole = after.instructions - before.instructions;
  const out = ['', style.heading('compared')];
  out.push(
    whole === 0 && rows.length === 0
      ? `  the same ${plural(after.instructions, 'instruction')} and ${plural(after.calls, 'call')}`
      : `  ${signed(whole)} instructions of ${grouped(before.instructions)} (${before.instructions > 0 ? `${((100 * whole) / before.instructions).toFixed(2)}%` : ''}), ${signed(after.calls - before.calls)} calls`,
  );
  rows.sort((a, b) => Math.abs(b.instructions) - Math.abs(a.instructions));
  const right = { align: 'right' } as const;
  if (rows.length > 0) {
    out.push(
      ...table(
        style,
        [
          { title: 'instructions', ...right },
          { title: 'before', ...right },
          { title: 'calls', ...right },
          { title: 'function' },
          { title: 'place' },
        ],
        rows
          .slice(0, limit)
          .map(r => [signed(r.instructions), grouped(r.was), signed(r.calls), r.name, style.as('dim', r.place)]),
      ),
    );
  }
  return `${out.join('\n')}\n`;
}
