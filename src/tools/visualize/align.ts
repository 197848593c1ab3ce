// align.ts: which instruction of one code object answers to which of another.
//
// An alignment of the best score (Needleman and Wunsch): the same instruction counts most, one that a version replaced by
// another counts less, instructions that have nothing in common never face each other.
import type { Instruction } from '../versions/instructions.ts';

export type Pair = readonly [left: number | null, right: number | null];

/** An instruction as it is compared. */
export interface Comparable {
  readonly name: string;
  /** Its argument in words; jumps are all alike. */
  readonly argument: string;
  readonly line: number | null;
}

/** Most cells of the table of scores; beyond that roughly() does. */
const MOST_CELLS = 4_000_000;

export function comparable({ opcode, arg, argrepr, target, line }: Instruction): Comparable {
  const argument =
    target !== null && opcode.kind !== 'exc'
      ? '→'
      : argrepr === ''
        ? arg === null
          ? ''
          : String(arg)
        : argrepr
            .replace(/NULL(\|self)? \+ | \+ NULL(\|self)?/, '')
            .replace(/<code object (\S+) at 0x[0-9a-f]+, file .*, line \d+>/, '<code $1>');
  return { name: opcode.name, argument, line };
}

/** Pairs in order; each instruction of both sides stands in exactly one. */
export function align(
  left: readonly Comparable[],
  right: readonly Comparable[],
  options: { related: (before: string, after: string) => boolean; sameSource: boolean },
): Pair[] {
  const { related, sameSource } = options;
  const score = (a: Comparable, b: Comparable): number => {
    let value: number;
    if (a.name === b.name) value = a.argument === b.argument ? 10 : 6;
    else if (related(a.name, b.name)) value = a.argument === b.argument && a.argument !== '' ? 8 : 4;
    else return 0;
    // Two lines never have anything to do with each other in one source.
    return sameSource && a.line !== null && b.line !== null && a.line !== b.line ? 0 : value;
  };
  const [n, m] = [left.length, right.length];
  let start = 0;
  const same = (i: number, j: number): boolean => score(left[i]!, right[j]!) === 10;
  while (start < n && start < m && same(start, start)) start++;
  let end = 0;
  while (end < n - start && end < m - start && same(n - 1 - end, m - 1 - end)) end++;
  const pairs: Pair[] = [];
  for (let i = 0; i < start; i++) pairs.push([i, i]);
  const rows = n - start - end;
  const columns = m - start - end;
  if (rows * columns > MOST_CELLS) {
    for (const pair of roughly(left, right, start, n - end, m - end)) pairs.push(pair);
  } else if (rows > 0 || columns > 0) {
    const width = columns + 1;
    const best = new Float64Array((rows + 1) * width);
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        const gain = score(left[start + i]!, right[start + j]!);
        const skip = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
        best[i * width + j] = gain > 0 ? Math.max(skip, best[(i + 1) * width + j + 1]! + gain) : skip;
      }
    }
    let i = 0;
    let j = 0;
    while (i < rows && j < columns) {
      const gain = score(left[start + i]!, right[start + j]!);
      const here = best[i * width + j]!;
      if (gain > 0 && here === best[(i + 1) * width + j + 1]! + gain) pairs.push([start + i++, start + j++]);
      else if (here === best[(i + 1) * width + j]!) pairs.push([start + i++, null]);
      else pairs.push([null, start + j++]);
    }
    while (i < rows) pairs.push([start + i++, null]);
    while (j < columns) pairs.push([null, start + j++]);
  }
  for (let k = end; k > 0; k--) pairs.push([n - k, m - k]);
  return pairs;
}

/** How far ahead an equal instruction is looked for. */
const WINDOW = 64;

/** Equal instructions only, each with the next one at hand: in linear time. */
function roughly(
  left: readonly Comparable[],
  right: readonly Comparable[],
  start: number,
  n: number,
  m: number,
): Pair[] {
  const pairs: Pair[] = [];
  let j = start;
  for (let i = start; i < n; i++) {
    let k = j;
    while (
      k < Math.min(m, j + WINDOW) &&
      (left[i]!.name !== right[k]!.name || left[i]!.argument !== right[k]!.argument)
    )
      k++;
    if (k >= Math.min(m, j + WINDOW)) pairs.push([i, null]);
    else {
      while (j < k) pairs.push([null, j++]);
      pairs.push([i, j++]);
    }
  }
  while (j < m) pairs.push([null, j++]);
  return pairs;
}
