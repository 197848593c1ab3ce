// grid.ts: comparisons of each with the next as one table: a column for each code object, a row for what answers to each other.
//
// Invariant: each column holds its instructions in their order, each in one row.
import type { Json } from '../json.ts';
import type { Comparison, MetNote, RowKind, Side } from './compare.ts';

export interface GridRow {
  /** Indices of instructions, by column. */
  readonly cells: (number | null)[];
  /** How each column differs from the one before it; the first is always the same. */
  readonly kinds: RowKind[];
  /** Indices of the notes that explain the row. */
  notes: number[];
}

export interface Grid {
  readonly path: string;
  readonly sides: readonly Side[];
  readonly rows: readonly GridRow[];
  readonly notes: readonly MetNote[];
  readonly figures: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** What each column has more or less of than the one before, in words; the first has nothing. */
  readonly summaries: readonly (readonly string[])[];
}

/** One grid for each chain: comparisons whose right code object is the next one's left. */
export function grids(comparisons: readonly Comparison[]): Grid[] {
  const left = new Set(comparisons);
  const out: Grid[] = [];
  for (const first of comparisons) {
    if (!left.delete(first)) continue;
    const chain = [first];
    for (;;) {
      const last = chain[chain.length - 1]!;
      const next = [...left].find(c => c.left.code === last.right.code);
      if (next === undefined) break;
      left.delete(next);
      chain.push(next);
    }
    out.push(makeGrid(chain));
  }
  return out;
}

function makeGrid(chain: readonly Comparison[]): Grid {
  const first = chain[0]!;
  const sides = [first.left, ...chain.map(c => c.right)];
  const notes: MetNote[] = [];
  let rows: GridRow[] = first.left.instructions.map((_, i) => ({ cells: [i], kinds: ['same'], notes: [] }));
  chain.forEach((comparison, at) => {
    const meet = comparison.notes.map(note => {
      const known = notes.findIndex(n => n.text === note.text && n.since === note.since);
      if (known < 0) return notes.push({ ...note }) - 1;
      notes[known]!.count += note.count;
      return known;
    });
    const merged: GridRow[] = [];
    let next = 0;
    const fill = (row: GridRow, cell: number | null, kind: RowKind, found: readonly number[]): void => {
      row.cells.push(cell);
      row.kinds.push(kind);
      for (const note of found) if (!row.notes.includes(meet[note]!)) row.notes.push(meet[note]!);
      merged.push(row);
    };
    /** Rows without an instruction in the left column, up to the one that has it. */
    const pass = (left: number | null): GridRow | undefined => {
      while (next < rows.length) {
        const row = rows[next]!;
        if (left === null && row.cells[at] !== null) return undefined;
        next++;
        if (row.cells[at] === left && left !== null) return row;
        fill(row, null, 'same', []);
      }
      return undefined;
    };
    for (const row of comparison.rows) {
      if (row.left !== null) fill(pass(row.left)!, row.right, row.kind, row.notes);
      else {
        const fresh: GridRow = {
          cells: new Array<null>(at + 1).fill(null),
          kinds: new Array<RowKind>(at + 1).fill('same'),
          notes: [],
        };
        fill(fresh, row.right, row.kind, row.notes);
      }
    }
    pass(null);
    rows = merged;
  });
  return {
    path: first.path,
    sides,
    rows,
    notes,
    figures: first.figures.map(({ name, left }, i) => ({
      name,
      values: [left, ...chain.map(c => c.figures[i]!.right)],
    })),
    summaries: [[], ...chain.map(c => c.summary)],
  };
}

// ---- words ----------------------------------------------------------------------------------------------------------

/** A column's instructions in few words. */
export class Words {
  private readonly side: Side;
  /** Numbers for the jump targets, in their order. */
  private readonly numbers: ReadonlyMap<number, number>;
  /** Labels by index of the instruction that they stand at: behind a prefix, if there is one. */
  private readonly labels = new Map<number, number>();

  constructor(side: Side) {
    this.side = side;
    const targets = new Set(side.instructions.flatMap(i => (i.target === null ? [] : [i.target])));
    this.numbers = new Map([...targets].sort((a, b) => a - b).map((offset, i) => [offset, i + 1]));
    const sorted = [...this.numbers];
    let at = 0;
    side.instructions.forEach(({ offset }, index) => {
      while (at < sorted.length && sorted[at]![0] <= offset) {
        if (!this.labels.has(index)) this.labels.set(index, sorted[at]![1]);
        at++;
      }
    });
  }

  /** `LOAD_FAST`, `x`; `POP_JUMP_IF_FALSE`, `→ L2`. */
  of(index: number): {
    readonly name: string;
    readonly argument: string;
    readonly label: string;
    readonly line: number | null;
  } {
    const { opcode, target, line } = this.side.instructions[index]!;
    const { argument } = this.side.words[index]!;
    const label = this.labels.get(index);
    return {
      name: opcode.name,
      argument: target !== null && argument === '→' ? `→ L${this.numbers.get(target)}` : argument,
      label: label === undefined ? '' : `L${label}`,
      line,
    };
  }
}

// ---- JSON -----------------------------------------------------------------------------------------------------------

export function gridJson({ path, sides, rows, notes, figures, summaries }: Grid): Json {
  return {
    path,
    columns: sides.map(({ title, code }, i) => ({
      title,
      python: code.version.name,
      name: code.qualname,
      firstlineno: code.firstlineno,
      figures: Object.fromEntries(figures.map(f => [f.name.replaceAll(' ', '_'), f.values[i]!])),
      summary: i === 0 ? undefined : summaries[i],
    })),
    notes: notes.map(({ since, before, after, text, count }) => ({ since, before, after, text, count })),
    rows: rows.map(row => ({
      kinds: row.kinds.slice(1),
      notes: row.notes.length === 0 ? undefined : row.notes,
      cells: row.cells.map((index, i) => {
        if (index === null) return null;
        const { offset, opcode, arg, argrepr, line } = sides[i]!.instructions[index]!;
        return { offset, opname: opcode.name, arg, argrepr, line };
      }),
    })),
  };
}
