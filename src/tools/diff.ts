// diff.ts: the shortest difference of two lists of lines (Myers 1986, "An O(ND) Difference Algorithm").

export interface Change {
  readonly kind: 'same' | 'add' | 'remove';
  readonly text: string;
}

/** Lines of both, in order; removals stand before additions at one place. */
export function diffLines(before: readonly string[], after: readonly string[]): Change[] {
  const n = before.length;
  const m = after.length;
  const most = n + m;
  // furthest[k]: how far into `before` diagonal k (x - y) has come; one copy is kept for each number of edits.
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  search: for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : furthest.get(k - 1)! + 1;
      let y = x - k;
      while (x < n && y < m && before[x] === after[y]) {
        x++;
        y++;
      }
      furthest.set(k, x);
      if (x >= n && y >= m) break search;
    }
  }
  const out: Change[] = [];
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d--) {
    const reached = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const fromX = reached.get(previous) ?? 0;
    const fromY = fromX - previous;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      out.push({ kind: 'same', text: before[--x]! });
      y--;
    }
    if (d === 0) break;
    if (down) out.push({ kind: 'add', text: after[--y]! });
    else out.push({ kind: 'remove', text: before[--x]! });
  }
  return out.reverse();
}
