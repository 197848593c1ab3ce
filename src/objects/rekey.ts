// rekey.ts: the objects of a start-up snapshot get another key of string hashes.            CPython: Python/bootstrap_hash.c
//
// Each process draws its own key, so a snapshot may hold no hash that depends on one. Before it is taken, cached hashes are
// forgotten and dicts with str keys lose their index, which they get back when it pays (dict/table.ts). What cannot do
// without hashes (dicts with other keys, sets) is noted, and laid out anew when the process has its key.
// Invariant: everything that was hashed or laid out since the recording began is either in the record or dead.
import { type Hash, keyed, set_hash_key } from '../core/hash.ts';
import type { PyObject } from '../core/object.ts';
import { type DictTable, rehash, unindex } from './dict/table.ts';
import { PyObject_Hash } from './object.ts';
import { dummy, rehash_set, type SetTable } from './set/table.ts';

/** The tables that follow the key. */
export interface KeyedTables {
  readonly dicts: readonly DictTable[];
  readonly sets: readonly SetTable[];
}

/** Starts to note what depends on the key, if that has not begun. To be called before the first object is made. */
export function record_hashes(): void {
  keyed.record ??= { hashed: [], dicts: [], sets: [] };
}

/** A key that no hash has been made with. */
const OTHER_KEY = new Uint8Array(16).fill(0x5a);

/** Whether the hash of some key changes with the key of string hashes: compares the hashes kept with those under another. */
function depends_on_key(keys: readonly (PyObject | null)[], hashes: readonly number[]): boolean {
  // A dead key: the table of a dead object.
  if (keys.some(key => key !== null && key !== dummy && key.ob_refcnt <= 0)) return false;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? null;
    if (key === null || key === dummy) continue;
    const h = PyObject_Hash(key);
    if (h.lo !== hashes[2 * i] || h.hi !== hashes[2 * i + 1]) return true;
  }
  return false;
}

/** Ends the recording: no object keeps a hash. Gives the tables that must be laid out anew. */
export function forget_hashes(): KeyedTables {
  const record = keyed.record!;
  const forget = (): void => {
    for (const o of record.hashed) o.x = null;
  };
  forget();
  set_hash_key(OTHER_KEY);
  const dicts = new Set(record.dicts as DictTable[]);
  const sets = new Set(record.sets as SetTable[]);
  const tables = {
    dicts: [...dicts].filter(t => t.hashes !== null && depends_on_key(t.keys, t.hashes)),
    sets: [...sets].filter(t => t.used > 0 && depends_on_key(t.keys, t.hashes)),
  };
  for (const t of dicts) unindex(t);
  forget();
  keyed.record = null;
  return tables;
}

/** Lays the noted tables out by the key that is now set. */
export function restore_hashes(tables: KeyedTables): void {
  const hash_of = (key: PyObject): Hash => PyObject_Hash(key);
  for (const t of tables.dicts) rehash(t, hash_of);
  for (const t of tables.sets) rehash_set(t, hash_of);
}
