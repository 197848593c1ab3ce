// search.ts: looking for a run of units in another, in linear time.             CPython: Objects/stringlib/fastsearch.h
//
// Two strategies: the plain scan, which is fastest on ordinary data, and Knuth-Morris-Pratt, which takes over when the
// plain scan has compared far more units than it has passed. CPython's two-way algorithm serves the same end.

export type Units = Uint8Array | Uint16Array | Uint32Array;

/** Comparisons a plain scan may waste before the linear algorithm takes over. */
const PATIENCE = 4096;

/** First position of `sub` (not empty) within [start, end), or -1. */
export function find_units(t: Units, sub: Units, start: number, end: number): number {
  const m = sub.length;
  const last = end - m;
  const first = sub[0]!;
  let wasted = -PATIENCE;
  for (let i = start; i <= last; i++) {
    i = t.indexOf(first, i);
    if (i < 0 || i > last) return -1;
    let j = 1;
    while (j < m && t[i + j] === sub[j]) j++;
    if (j === m) return i;
    wasted += j;
    if (wasted > 8 * (i - start)) return find_linear(t, sub, i + 1, end);
  }
  return -1;
}

/** Last position of `sub` (not empty) within [start, end), or -1. */
export function rfind_units(t: Units, sub: Units, start: number, end: number): number {
  const m = sub.length;
  const first = sub[0]!;
  let wasted = -PATIENCE;
  for (let i = end - m; i >= start; i--) {
    i = t.lastIndexOf(first, i);
    if (i < start) return -1;
    let j = 1;
    while (j < m && t[i + j] === sub[j]) j++;
    if (j === m) return i;
    wasted += j;
    if (wasted > 8 * (end - m - i)) {
      // The same search on the mirror image.
      const at = find_linear(t.slice(start, i - 1 + m).reverse(), sub.slice().reverse(), 0, i - 1 + m - start);
      return at < 0 ? -1 : i - 1 + m - at - m;
    }
  }
  return -1;
}

/** Knuth-Morris-Pratt: never looks at a unit of `t` twice. */
function find_linear(t: Units, sub: Units, start: number, end: number): number {
  const m = sub.length;
  if (end - start < m) return -1;
  // borders[j]: length of the longest proper prefix of sub[0..j] that also ends it.
  const borders = new Int32Array(m);
  for (let j = 1, k = 0; j < m; j++) {
    while (k > 0 && sub[j] !== sub[k]) k = borders[k - 1]!;
    if (sub[j] === sub[k]) k++;
    borders[j] = k;
  }
  let k = 0;
  for (let i = start; i < end; i++) {
    const c = t[i]!;
    while (k > 0 && c !== sub[k]) k = borders[k - 1]!;
    if (c === sub[k] && ++k === m) return i - m + 1;
  }
  return -1;
}

/** Lengths from which the engine's own string search may take quadratic time (measured: 16 s for 500,000 and 400,000). */
const LONG_NEEDLE = 256;
const MANY_PAIRS = 2e7;

export function search_may_be_slow(length: number, sub_length: number): boolean {
  return sub_length >= LONG_NEEDLE && (length - sub_length) * sub_length > MANY_PAIRS;
}

/** The code units of a string. */
export function code_units(s: string): Uint16Array {
  const units = new Uint16Array(s.length);
  for (let i = 0; i < s.length; i++) units[i] = s.charCodeAt(i);
  return units;
}
