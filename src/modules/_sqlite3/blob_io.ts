// blob_io.ts: incremental access to values, which SQLite's WebAssembly build leaves out, by statements.   SQLite: vdbeblob.c
//
// A handle keeps a SELECT at its row, and with it the read lock, as SQLite's own does; reading takes bytes from there.
// Writing is an UPDATE of the whole value without triggers. Another change of the row, and a rollback, of which
// hooks of the connection tell, make the handle expire. What differs: in SQL, the UPDATE counts as a change,
// and the table's constraints hold for it.

import { trampolines } from './callbacks.ts';
import { SQLITE_TRACE_STMT } from './capi.ts';
import { SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_INSERT } from './constants.ts';
import { type Engine, engine, SQLITE_TRANSIENT } from './engine.ts';
import { raise_from_code, raise_from_db, raise_sqlite_error } from './errors.ts';
import { SQLITE_ABORT, SQLITE_ABORT_ROLLBACK, SQLITE_OK, SQLITE_READONLY, SQLITE_ROW } from './result_codes.ts';
import type { Connection } from './state.ts';

export interface BlobPlace {
  /** Of the database; null: main. */
  name: Uint8Array | null;
  table: Uint8Array;
  column: Uint8Array;
  rowid: bigint;
  writable: boolean;
}

function decoded(text: Uint8Array): string {
  return new TextDecoder().decode(text);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

type Value = bigint | string | Uint8Array;

/** A statement with its parameters bound. */
function prepare(e: Engine, c: Connection, sql: string, values: readonly Value[]): number {
  const { x } = e;
  const encoder = new TextEncoder();
  const out = e.malloc(4);
  const rc = x.sqlite3_prepare_v2(c.db, e.temporary(encoder.encode(sql)), -1, out, 0);
  const st = e.int32(out);
  x.sqlite3_free(out);
  if (rc !== SQLITE_OK) raise_from_db(c.db);
  values.forEach((value, i) => {
    if (typeof value === 'bigint') x.sqlite3_bind_int64(st, i + 1, value);
    else {
      const bytes = typeof value === 'string' ? encoder.encode(value) : value;
      const bind = typeof value === 'string' ? x.sqlite3_bind_text : x.sqlite3_bind_blob;
      bind(st, i + 1, e.temporary(bytes), bytes.length, SQLITE_TRANSIENT);
    }
  });
  return st;
}

/** The columns of a query's first row as text; null: it has no row. */
function first_row(e: Engine, c: Connection, sql: string, values: readonly Value[]): string[] | null {
  const { x } = e;
  const st = prepare(e, c, sql, values);
  try {
    const rc = x.sqlite3_step(st);
    if (rc !== SQLITE_ROW) return null;
    return Array.from({ length: x.sqlite3_column_count(st) }, (_, i) => {
      const text = x.sqlite3_column_text(st, i);
      return text === 0 ? '' : e.text(text);
    });
  } finally {
    x.sqlite3_finalize(st);
  }
}

/** Runs statements of ours, of which the program's callbacks are not told. */
function quietly<T>(e: Engine, c: Connection, run: () => T): T {
  const { x } = e;
  if (c.trace !== 0) x.sqlite3_trace_v2(c.db, 0, 0, 0);
  if (c.authorizer !== 0) x.sqlite3_set_authorizer(c.db, 0, 0);
  try {
    return run();
  } finally {
    if (c.trace !== 0) x.sqlite3_trace_v2(c.db, SQLITE_TRACE_STMT, trampolines().trace, c.trace);
    if (c.authorizer !== 0) x.sqlite3_set_authorizer(c.db, trampolines().authorizer, c.authorizer);
  }
}

function fail(message: string): never {
  raise_sqlite_error(1, message);
}

/** Refuses what has no values of its own, or values that are kept twice. SQLite: vdbeblob.c:sqlite3_blob_open */
function check_place(e: Engine, c: Connection, schema: string, table: string, column: string, writable: boolean): void {
  const about = first_row(e, c, 'SELECT type, wr FROM pragma_table_list(?1) WHERE schema = ?2 COLLATE NOCASE', [
    table,
    schema,
  ]);
  if (about === null) fail(`no such table: ${schema}.${table}`);
  const [type, without_rowid] = about;
  if (type === 'virtual') fail(`cannot open virtual table: ${table}`);
  if (without_rowid === '1') fail(`cannot open table without rowid: ${table}`);
  if (type === 'view') fail(`cannot open view: ${table}`);
  const columns = 'FROM pragma_table_xinfo(?1, ?2) WHERE';
  if (first_row(e, c, `SELECT 1 ${columns} hidden IN (2, 3)`, [table, schema]) !== null) {
    fail(`cannot open table with generated columns: ${table}`);
  }
  if (first_row(e, c, `SELECT 1 ${columns} name = ?3 COLLATE NOCASE`, [table, schema, column]) === null) {
    fail(`no such column: "${column}"`);
  }
  if (!writable) return;
  const foreign = 'SELECT 1 FROM pragma_foreign_key_list(?1, ?2) WHERE "from" = ?3 COLLATE NOCASE';
  if (switched_on(e, c, SQLITE_DBCONFIG_ENABLE_FKEY) && first_row(e, c, foreign, [table, schema, column]) !== null) {
    fail('cannot open foreign key column for writing');
  }
  const indexed =
    'SELECT 1 FROM pragma_index_list(?1, ?2) l, pragma_index_xinfo(l.name, ?2) i WHERE i.cid = -2 OR i.name = ?3 COLLATE NOCASE';
  if (first_row(e, c, indexed, [table, schema, column]) !== null) fail('cannot open indexed column for writing');
}

function switched_on(e: Engine, c: Connection, op: number): boolean {
  const actual = e.malloc(4);
  e.x.sqlite3__wasm_db_config_ip(c.db, op, -1, actual);
  const on = e.int32(actual) !== 0;
  e.x.sqlite3_free(actual);
  return on;
}

/** A name of the row's number that no column has. */
function rowid_name(e: Engine, c: Connection, schema: string, table: string): string {
  const taken = 'SELECT 1 FROM pragma_table_xinfo(?1, ?2) WHERE name = ?3 COLLATE NOCASE';
  return ['rowid', '_rowid_', 'oid'].find(name => first_row(e, c, taken, [table, schema, name]) === null) ?? 'rowid';
}

/** Handles that are open, by connections of SQLite's. */
const handles = new Map<number, Set<BlobHandle>>();
/** The functions that are told of changes and of rollbacks, by their numbers in SQLite's table; 0: not installed. */
const hooks = { preupdate: 0, rollback: 0 };

/** A row is about to be changed. */
function preupdate(
  e: Engine,
  db: number,
  op: number,
  schema: number,
  table: number,
  before: bigint,
  after: bigint,
): void {
  const rowid = op === SQLITE_INSERT ? after : before;
  for (const handle of handles.get(db) ?? []) {
    if (handle.place.rowid === rowid && handle.is_of(e.text(schema), e.text(table))) handle.expire(SQLITE_ABORT);
  }
}

function rollback(db: number): void {
  for (const handle of handles.get(db) ?? []) handle.expire(SQLITE_ABORT_ROLLBACK);
}

export class BlobHandle {
  readonly place: BlobPlace;
  private readonly c: Connection;
  private readonly db: number;
  private readonly schema: string;
  private readonly table: string;
  private readonly where: string;
  /** A SELECT that stands at the row: the type and the value. */
  private st: number;
  private readonly is_text: boolean;
  /** In bytes; 0 after it has been found out that the handle has expired. */
  size: number;
  /** Why it cannot be used any more, or SQLITE_OK. */
  private expired = SQLITE_OK;

  constructor(e: Engine, c: Connection, place: BlobPlace) {
    this.c = c;
    this.db = c.db;
    this.place = place;
    this.schema = place.name === null ? 'main' : decoded(place.name);
    this.table = decoded(place.table);
    const column = decoded(place.column);
    check_place(e, c, this.schema, this.table, column, place.writable);
    this.where = `${rowid_name(e, c, this.schema, this.table)} = ?1`;
    this.st = prepare(
      e,
      c,
      `SELECT typeof(${quoted(column)}), ${quoted(column)} FROM ${this.source()} WHERE ${this.where}`,
      [place.rowid],
    );
    const { x } = e;
    try {
      if (x.sqlite3_step(this.st) !== SQLITE_ROW) {
        if (x.sqlite3_errcode(c.db) === SQLITE_ROW || x.sqlite3_reset(this.st) === SQLITE_OK)
          fail(`no such rowid: ${place.rowid}`);
        raise_from_db(c.db);
      }
      const type = e.text(x.sqlite3_column_text(this.st, 0));
      if (type !== 'text' && type !== 'blob') fail(`cannot open value of type ${type}`);
      this.is_text = type === 'text';
    } catch (error) {
      x.sqlite3_finalize(this.st);
      throw error;
    }
    x.sqlite3_column_blob(this.st, 1);
    this.size = x.sqlite3_column_bytes(this.st, 1);
    this.watch(e);
  }

  private source(): string {
    return `${quoted(this.schema)}.${quoted(this.table)}`;
  }

  private watch(e: Engine): void {
    let open = handles.get(this.db);
    if (open === undefined) handles.set(this.db, (open = new Set()));
    open.add(this);
    if (hooks.preupdate === 0) {
      [hooks.preupdate, hooks.rollback] = e.install([
        {
          signature: 'viiiiijj',
          run: (_app, db, op, schema, table, before, after) => preupdate(e, db, op, schema, table, before, after),
        },
        { signature: 'vi', run: rollback },
      ]) as [number, number];
    }
    e.x.sqlite3_preupdate_hook(this.db, hooks.preupdate, 0);
    e.x.sqlite3_rollback_hook(this.db, hooks.rollback, this.db);
  }

  is_of(schema: string, table: string): boolean {
    return schema.toLowerCase() === this.schema.toLowerCase() && table.toLowerCase() === this.table.toLowerCase();
  }

  expire(why: number): void {
    this.expired = why;
  }

  private check(): void {
    if (this.expired === SQLITE_OK) return;
    if (this.expired === SQLITE_ABORT) this.size = 0;
    raise_from_code(this.expired);
  }

  /** A copy of bytes that are there. */
  read(at: number, n: number): Uint8Array {
    this.check();
    const e = engine();
    const p = e.x.sqlite3_column_blob(this.st, 1) + at;
    return e.bytes.slice(p, p + n);
  }

  /** Overwrites bytes that are there. */
  write(data: Uint8Array, at: number): void {
    this.check();
    if (!this.place.writable) raise_from_code(SQLITE_READONLY);
    const value = this.read(0, this.size);
    value.set(data, at);
    const e = engine();
    quietly(e, this.c, () => this.update(e, value));
  }

  private update(e: Engine, value: Uint8Array): void {
    const { x } = e;
    const { c } = this;
    const triggers = `SELECT 1 FROM ${quoted(this.schema)}.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE`;
    const without =
      switched_on(e, c, SQLITE_DBCONFIG_ENABLE_TRIGGER) &&
      (first_row(e, c, triggers, [this.table]) ??
        first_row(e, c, 'SELECT 1 FROM sqlite_temp_schema WHERE type = ?1', ['trigger'])) !== null;
    if (without) x.sqlite3__wasm_db_config_ip(c.db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, 0);
    // Handles on this row see the new value; those that expired before stay so.
    const mine = [...handles.get(this.db)!].filter(
      h => h.expired === SQLITE_OK && h.place.rowid === this.place.rowid && h.is_of(this.schema, this.table),
    );
    let st = 0;
    try {
      const column = quoted(decoded(this.place.column));
      const new_value = this.is_text ? 'CAST(?2 AS TEXT)' : '?2';
      st = prepare(e, c, `UPDATE ${this.source()} SET ${column} = ${new_value} WHERE ${this.where}`, [
        this.place.rowid,
        value,
      ]);
      x.sqlite3_step(st);
      const rc = x.sqlite3_finalize(st);
      st = 0;
      if (rc !== SQLITE_OK) raise_from_db(c.db);
      c.blob_changes++;
    } finally {
      if (st !== 0) x.sqlite3_finalize(st);
      if (without) x.sqlite3__wasm_db_config_ip(c.db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, 0);
      for (const handle of mine) handle.go_back(e);
    }
  }

  /** Stands at the row as it is now. */
  private go_back(e: Engine): void {
    e.x.sqlite3_reset(this.st);
    this.expired = e.x.sqlite3_step(this.st) === SQLITE_ROW ? SQLITE_OK : SQLITE_ABORT;
  }

  close(): void {
    const { x } = engine();
    x.sqlite3_finalize(this.st);
    this.st = 0;
    const open = handles.get(this.db)!;
    open.delete(this);
    if (open.size > 0) return;
    handles.delete(this.db);
    x.sqlite3_preupdate_hook(this.db, 0, 0);
    x.sqlite3_rollback_hook(this.db, 0, 0);
  }
}

/** Opens a value; OperationalError. */
export function open_blob(c: Connection, place: BlobPlace): BlobHandle {
  const e = engine();
  return quietly(e, c, () => new BlobHandle(e, c, place));
}
