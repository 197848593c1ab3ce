// patterns.ts: dict tables made at once, alone or after the pattern of another one.
//
// A table that is filled entry by entry looks every key up first, and V8 gives its arrays room for 17 entries. Who has all
// entries of a new dict (a record of a pickle) saves both.

import { items_of, nulls } from '../../core/arrays.ts';
import { keyed } from '../../core/hash.ts';
import { G_INTERNED, incref, memoryHooks, type PyObject } from '../../core/object.ts';
import { PyUnicode_Type } from '../unicodeobject.ts';
import { DictTable, LOG_MINSIZE, NO_INDICES, SMALLEST_USABLE } from './table.ts';

/** The n items at every second place from `from[at]` on. */
function every_other<T>(from: readonly T[], at: number, n: number): T[] {
  switch (n) {
    case 1:
      return [from[at]!];
    case 2:
      return [from[at]!, from[at + 2]!];
    case 3:
      return [from[at]!, from[at + 2]!, from[at + 4]!];
    case 4:
      return [from[at]!, from[at + 2]!, from[at + 4]!, from[at + 6]!];
    default: {
      const items = nulls<T>(n) as T[];
      for (let i = 0; i < n; i++) items[i] = from[at + 2 * i]!;
      return items;
    }
  }
}

/** Whether a table may be made without what making one step by step tells others. */
function unwatched(): boolean {
  return memoryHooks.resized === null && keyed.record === null;
}

/** Fills a new table with the keys and values in turn at `from[at...]`, which are stolen, if they are few and their keys are
 *  different strs. */
export function fill_small(t: DictTable, from: readonly PyObject[], at: number): boolean {
  const n = (from.length - at) >> 1;
  if (n > SMALLEST_USABLE || t.log2_size !== 0 || t.split !== null || !unwatched()) return false;
  let interned = true;
  for (let i = 0; i < n; i++) {
    const key = from[at + 2 * i]!;
    if (key.ob_type !== PyUnicode_Type || typeof key.v !== 'string') return false;
    for (let j = 0; j < i; j++) if (from[at + 2 * j]!.v === key.v) return false;
    if ((key.g & G_INTERNED) === 0) interned = false;
  }
  t.keys = every_other(from, at, n);
  t.values = every_other(from, at + 1, n);
  t.interned = interned;
  t.used = n;
  t.usable = SMALLEST_USABLE - n;
  t.log2_size = LOG_MINSIZE;
  t.keys_version = 0;
  return true;
}

/** The keys of a table of strs without holes, to make others like it; null of another table. The keys are borrowed. */
export function pattern_of(t: DictTable): DictTable | null {
  if (t.hashes !== null || t.used !== t.keys.length) return null;
  const pattern = new DictTable();
  copy_layout(pattern, t);
  return pattern;
}

/** Whether the keys at every second place from `from[at]` on are the pattern's. */
export function fits_pattern(pattern: DictTable, from: readonly PyObject[], at: number): boolean {
  const { keys } = pattern;
  if (keys.length * 2 !== from.length - at) return false;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== from[at + 2 * i]) return false;
  return true;
}

/** Fills a new table with the pattern's keys and the values at every second place from `from[at]` on, both stolen. */
export function fill_like(t: DictTable, pattern: DictTable, from: readonly PyObject[], at: number): boolean {
  if (t.log2_size !== 0 || t.split !== null || !unwatched()) return false;
  copy_layout(t, pattern);
  t.values = every_other(from, at, pattern.keys.length);
  return true;
}

/** As fill_like, with new references to all values of a table and to the pattern's keys. */
export function fill_from(t: DictTable, pattern: DictTable, values: readonly (PyObject | null)[]): boolean {
  if (t.log2_size !== 0 || !unwatched()) return false;
  copy_layout(t, pattern);
  const { keys } = t;
  t.values = items_of(values, 0, values.length);
  for (let i = 0; i < keys.length; i++) {
    incref(keys[i]!);
    incref(values[i]!);
  }
  return true;
}

function copy_layout(t: DictTable, from: DictTable): void {
  t.keys = items_of(from.keys, 0, from.keys.length);
  t.indices = from.indices.length === 0 ? NO_INDICES : from.indices.slice();
  t.interned = from.interned;
  t.split = from.split;
  t.used = from.used;
  t.usable = from.usable;
  t.log2_size = from.log2_size;
  t.keys_version = 0;
}
