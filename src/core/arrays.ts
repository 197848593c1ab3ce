// arrays.ts: arrays of the one kind that compiled code likes best.
//
// V8 tells arrays apart by what they hold and whether they may have holes. Compiled code meets the kinds it was made for fast; the first
// of another kind has it thrown away. Arrays that the eval loop looks into (locals, constants, instances' values) are all packed ones
// of objects: `new Array(n)` would make holey ones, and `[]` ones of small integers until something is pushed.

/** As many nulls as the largest array asked for so far. */
const NULLS: null[] = [];

/** An array of n nulls. It takes 27 ns, against 60 of `new Array(n).fill(null)` (mean of 3 to 18 items). A switch with a literal for
 *  each small n is twice as fast, but V8 then makes no part of its callers of it: recursion.py took 7 % longer. */
export function nulls<T>(n: number): (T | null)[] {
  if (n === 8) return [null, null, null, null, null, null, null, null];
  while (NULLS.length <= n) NULLS.push(null);
  return NULLS.slice(0, n);
}

/** An empty array with room for five; the first push to any other makes room for 17. (That `filler` is no constant spares a copy.) */
export function room_for_five<T>(filler: T): T[] {
  const a = [filler, filler, filler, filler, filler];
  a.pop();
  a.pop();
  a.pop();
  a.pop();
  a.pop();
  return a;
}

const ZEROS: number[] = [];

/** An array of n zeros. */
export function zeros(n: number): number[] {
  while (ZEROS.length <= n) ZEROS.push(0);
  return ZEROS.slice(0, n);
}

/** A copy of that kind. */
export function packed<T>(items: readonly T[]): T[] {
  const copy = nulls<T>(items.length) as T[];
  for (let i = 0; i < items.length; i++) copy[i] = items[i]!;
  return copy;
}

/** The n items of an array from index `at` on. For the small numbers that tuples, lists and calls mostly have, V8 makes the array in line. */
export function items_of<T>(from: readonly T[], at: number, n: number): T[] {
  switch (n) {
    case 1:
      return [from[at]!];
    case 2:
      return [from[at]!, from[at + 1]!];
    case 3:
      return [from[at]!, from[at + 1]!, from[at + 2]!];
    default:
      return from.slice(at, at + n);
  }
}
