// margin.ts: jumps drawn beside a listing: a line from each jump to where it leads, as few columns as they need.

export interface Jump {
  readonly from: number;
  readonly to: number;
}

interface Lane extends Jump {
  readonly top: number;
  readonly bottom: number;
  column: number;
}

/** Widest margin; jumps that find no column are not drawn. */
const MOST_COLUMNS = 8;

/** One text per row, all of the same width: jumps between rows as lines, arrow heads where they lead. */
export function drawJumps(rows: number, jumps: readonly Jump[]): string[] {
  const lanes: Lane[] = jumps
    .map(({ from, to }) => ({ from, to, top: Math.min(from, to), bottom: Math.max(from, to), column: -1 }))
    .filter(lane => lane.top !== lane.bottom)
    .sort((a, b) => a.bottom - a.top - (b.bottom - b.top) || a.top - b.top);
  // Short jumps get the columns next to the text. Jumps to one row may share a column.
  const columns: Lane[][] = [];
  for (const lane of lanes) {
    for (let c = 0; c < MOST_COLUMNS && lane.column < 0; c++) {
      const taken = (columns[c] ??= []);
      const free = taken.every(
        other =>
          other.bottom < lane.top ||
          other.top > lane.bottom ||
          (other.to === lane.to && other.from < other.to === lane.from < lane.to),
      );
      if (!free) continue;
      taken.push(lane);
      lane.column = c;
    }
  }
  const used = columns.filter(c => c.length > 0).length;
  const grid = Array.from({ length: rows }, () => new Array<string>(used + 1).fill(' '));
  const put = (row: number, column: number, char: string): void => {
    const cells = grid[row]!;
    const old = cells[column]!;
    cells[column] = old === ' ' || old === char ? char : crossing(old, char);
  };
  for (const lane of lanes) {
    if (lane.column < 0) continue;
    const x = used - 1 - lane.column;
    for (let row = lane.top + 1; row < lane.bottom; row++) put(row, x, '│');
    put(lane.top, x, '╭');
    put(lane.bottom, x, '╰');
    for (const row of [lane.from, lane.to]) {
      for (let c = x + 1; c < used; c++) put(row, c, '─');
      grid[row]![used] = row === lane.to ? '▸' : grid[row]![used] === '▸' ? '▸' : '─';
    }
  }
  return grid.map(cells => cells.join(''));
}

function crossing(a: string, b: string): string {
  const has = (char: string): boolean => a === char || b === char;
  const bend = has('╭') || has('╰');
  if (has('╭') && has('╰')) return '├';
  if (bend && has('│')) return '├';
  if (bend && has('─')) return has('╭') ? '┬' : '┴';
  return has('│') && has('─') ? '┼' : b;
}
