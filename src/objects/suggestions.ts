// suggestions.ts: "Did you mean": the nearest of some names.                           CPython: Python/suggestions.c
//
// Distance is Levenshtein's with costs: a change of letter case 1, any other move 2. A name is suggested when it is near
// enough for its length.
const MOVE_COST = 2;
const CASE_COST = 1;
const MAX_STRING_SIZE = 40;
const MAX_CANDIDATES = 750;

function substitution_cost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** Distance, or more than `max` where it is larger. */
export function levenshtein_distance(a: string, b: string, max: number): number {
  if (a === b) return 0;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  a = a.slice(start);
  b = b.slice(start);
  let end = 0;
  while (end < a.length && end < b.length && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  a = a.slice(0, a.length - end);
  b = b.slice(0, b.length - end);
  if (a === '' || b === '') return (a.length + b.length) * MOVE_COST;
  if (a.length > MAX_STRING_SIZE || b.length > MAX_STRING_SIZE) return max + 1;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE_COST > max) return max + 1;
  const row = Array.from(a, (_c, i) => (i + 1) * MOVE_COST);
  let result = 0;
  for (let bi = 0; bi < b.length; bi++) {
    let distance = bi * MOVE_COST;
    result = distance;
    let minimum = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.length; i++) {
      const substitute = distance + substitution_cost(b[bi]!, a[i]!);
      distance = row[i]!;
      const insert_delete = Math.min(result, distance) + MOVE_COST;
      result = Math.min(insert_delete, substitute);
      row[i] = result;
      if (result < minimum) minimum = result;
    }
    if (minimum > max) return max + 1;
  }
  return result;
}

/** The nearest candidate, or null if none is near. */
export function suggestion(candidates: readonly string[], name: string): string | null {
  if (candidates.length >= MAX_CANDIDATES) return null;
  let best: string | null = null;
  let best_distance = Number.POSITIVE_INFINITY;
  for (const c of candidates) {
    if (c === name) continue;
    let max = Math.floor(((name.length + c.length + 3) * MOVE_COST) / 6);
    max = Math.min(max, best_distance - 1);
    const d = levenshtein_distance(name, c, max);
    if (d > max) continue;
    if (best === null || d < best_distance) {
      best = c;
      best_distance = d;
    }
  }
  return best;
}
