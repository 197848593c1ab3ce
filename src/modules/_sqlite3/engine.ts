// engine.ts: SQLite itself, a WebAssembly module: loading it, its memory, and functions of ours that it calls.
//
// The module is the npm package @sqlite.org/sqlite-wasm's sqlite3.wasm, without the package's JavaScript (docs/adr/0009).
// It exports the C API under its own names; pointers are numbers, 64-bit integers are BigInts, strings are UTF-8 in its
// memory. Invariant: `bytes` and `view` always show the memory as it is now (it moves when it grows).

import { PyErr_SetString, type Raised } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyExc_ImportError, PyExc_MemoryError } from '../../objects/exceptions.ts';
import { decode_utf8, unicode_from_text } from '../../objects/unicodeobject.ts';
import { host } from '../args.ts';
import { type Imports, make_imports } from './imports.ts';
import { make_vfs } from './vfs.ts';

interface WasmTable {
  readonly length: number;
  grow(by: number): number;
  set(index: number, f: unknown): void;
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
};

/** The functions that are used, of those that it exports. */
export interface SqliteExports {
  __indirect_function_table: WasmTable;
  __wasm_call_ctors(): void;
  sqlite3_initialize(): number;
  sqlite3_malloc(n: number): number;
  sqlite3_free(p: number): void;
  sqlite3_vfs_register(vfs: number, make_default: number): number;
  sqlite3_vfs_unregister(vfs: number): number;
  sqlite3_vfs_find(name: number): number;
  sqlite3_libversion(): number;
  sqlite3_libversion_number(): number;
  sqlite3_complete(sql: number): number;
  sqlite3_open_v2(name: number, db: number, flags: number, vfs: number): number;
  sqlite3_close_v2(db: number): number;
  sqlite3_db_filename(db: number, name: number): number;
  sqlite3_busy_timeout(db: number, ms: number): number;
  sqlite3_errcode(db: number): number;
  sqlite3_extended_errcode(db: number): number;
  sqlite3_errmsg(db: number): number;
  sqlite3_errstr(code: number): number;
  sqlite3_get_autocommit(db: number): number;
  sqlite3_changes(db: number): number;
  sqlite3_total_changes(db: number): number;
  sqlite3_last_insert_rowid(db: number): bigint;
  sqlite3_limit(db: number, category: number, limit: number): number;
  sqlite3_interrupt(db: number): void;
  sqlite3_exec(db: number, sql: number, callback: number, arg: number, message: number): number;
  sqlite3_serialize(db: number, name: number, size: number, flags: number): number;
  sqlite3_deserialize(db: number, name: number, data: number, size: bigint, room: bigint, flags: number): number;
  sqlite3__wasm_db_config_ip(db: number, op: number, value: number, actual: number): number;
  sqlite3_prepare_v2(db: number, sql: number, length: number, statement: number, tail: number): number;
  sqlite3_step(st: number): number;
  sqlite3_reset(st: number): number;
  sqlite3_finalize(st: number): number;
  sqlite3_stmt_readonly(st: number): number;
  sqlite3_stmt_busy(st: number): number;
  sqlite3_db_handle(st: number): number;
  sqlite3_expanded_sql(st: number): number;
  sqlite3_bind_parameter_count(st: number): number;
  sqlite3_bind_parameter_name(st: number, i: number): number;
  sqlite3_bind_null(st: number, i: number): number;
  sqlite3_bind_int(st: number, i: number, value: number): number;
  sqlite3_bind_int64(st: number, i: number, value: bigint): number;
  sqlite3_bind_double(st: number, i: number, value: number): number;
  sqlite3_bind_text(st: number, i: number, text: number, length: number, destructor: number): number;
  sqlite3_bind_blob(st: number, i: number, data: number, length: number, destructor: number): number;
  sqlite3_column_count(st: number): number;
  sqlite3_data_count(st: number): number;
  sqlite3_column_name(st: number, i: number): number;
  sqlite3_column_decltype(st: number, i: number): number;
  sqlite3_column_type(st: number, i: number): number;
  sqlite3_column_int64(st: number, i: number): bigint;
  sqlite3_column_double(st: number, i: number): number;
  sqlite3_column_text(st: number, i: number): number;
  sqlite3_column_blob(st: number, i: number): number;
  sqlite3_column_bytes(st: number, i: number): number;
  sqlite3_create_function_v2(
    db: number,
    name: number,
    n: number,
    flags: number,
    app: number,
    func: number,
    step: number,
    final: number,
    destroy: number,
  ): number;
  sqlite3_create_window_function(
    db: number,
    name: number,
    n: number,
    flags: number,
    app: number,
    step: number,
    final: number,
    value: number,
    inverse: number,
    destroy: number,
  ): number;
  sqlite3_create_collation_v2(
    db: number,
    name: number,
    flags: number,
    app: number,
    compare: number,
    destroy: number,
  ): number;
  sqlite3_set_authorizer(db: number, callback: number, app: number): number;
  sqlite3_progress_handler(db: number, n: number, callback: number, app: number): void;
  sqlite3_trace_v2(db: number, mask: number, callback: number, app: number): number;
  sqlite3_preupdate_hook(db: number, callback: number, app: number): number;
  sqlite3_rollback_hook(db: number, callback: number, app: number): number;
  sqlite3_user_data(context: number): number;
  sqlite3_context_db_handle(context: number): number;
  sqlite3_aggregate_context(context: number, size: number): number;
  sqlite3_value_type(value: number): number;
  sqlite3_value_int64(value: number): bigint;
  sqlite3_value_double(value: number): number;
  sqlite3_value_text(value: number): number;
  sqlite3_value_blob(value: number): number;
  sqlite3_value_bytes(value: number): number;
  sqlite3_result_null(context: number): void;
  sqlite3_result_int64(context: number, value: bigint): void;
  sqlite3_result_double(context: number, value: number): void;
  sqlite3_result_text(context: number, text: number, length: number, destructor: number): void;
  sqlite3_result_blob(context: number, data: number, length: number, destructor: number): void;
  sqlite3_result_error(context: number, message: number, length: number): void;
  sqlite3_result_error_nomem(context: number): void;
  sqlite3_result_error_toobig(context: number): void;
  sqlite3_backup_init(to: number, to_name: number, from: number, from_name: number): number;
  sqlite3_backup_step(backup: number, pages: number): number;
  sqlite3_backup_remaining(backup: number): number;
  sqlite3_backup_pagecount(backup: number): number;
  sqlite3_backup_finish(backup: number): number;
}

/** Has SQLite copy what it is given. */
export const SQLITE_TRANSIENT = -1;

/** A function that SQLite can call: one letter for its result ('v': none), then one for each parameter; i: 32 bits, j: 64. */
export interface Callback {
  readonly signature: string;
  // biome-ignore lint/suspicious/noExplicitAny: functions of every shape share one table; the signature says which.
  readonly run: (...args: any[]) => unknown;
}

/** A module that takes functions in and gives them out as WebAssembly functions of those types, which fit into a table. */
function wrapper_module(callbacks: readonly Callback[]): Uint8Array {
  const code: Record<string, number> = { i: 0x7f, j: 0x7e };
  const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
  const section = (id: number, rows: readonly number[][]): number[] => {
    const body = [...leb(rows.length), ...rows.flat()];
    return [id, ...leb(body.length), ...body];
  };
  const types = callbacks.map(({ signature }) => {
    const parameters = [...signature.slice(1)].map(c => code[c]!);
    const results = signature[0] === 'v' ? [] : [code[signature[0]!]!];
    return [0x60, parameters.length, ...parameters, results.length, ...results];
  });
  const name = (i: number): number[] => {
    const digits = [...String(i)].map(c => c.charCodeAt(0));
    return [digits.length, ...digits];
  };
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(
      2,
      callbacks.map((_, i) => [1, 0x66, ...name(i), 0, ...leb(i)]),
    ),
    ...section(
      7,
      callbacks.map((_, i) => [...name(i), 0, ...leb(i)]),
    ),
  ]);
}

const PAGE = 65536;
/** As the module declares them. */
const INITIAL_PAGES = 128;
const MAXIMUM_PAGES = 32768;
/** The room for temporary strings: its least size, and what it is not to keep. */
const SCRATCH = 65536;
const LARGE = 1 << 24;

export class Engine {
  readonly x: SqliteExports;
  private readonly memory: WasmMemory;
  bytes: Uint8Array;
  view: DataView;
  /** An error of a callback, to be raised when the call of SQLite in which it happened has returned, unless that fails; owned. */
  failure: Raised | null = null;
  /** What broke a wait for a locked database off (KeyboardInterrupt): raised in any case; owned. */
  interruption: Raised | null = null;
  private scratch = 0;
  private scratch_size = 0;

  constructor(code: Uint8Array) {
    this.memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    const imports: Imports = make_imports(this);
    Object.assign(imports.env, { memory: this.memory });
    this.x = new WebAssembly.Instance(new WebAssembly.Module(code), imports).exports as SqliteExports;
    this.x.__wasm_call_ctors();
    this.x.sqlite3_initialize();
    make_vfs(this);
  }

  /** More memory; false: there is none. */
  grow(size: number): boolean {
    const missing = Math.ceil((size - this.bytes.length) / PAGE);
    const pages =
      Math.max(missing, Math.min(this.bytes.length / PAGE / 4, MAXIMUM_PAGES - this.bytes.length / PAGE)) | 0;
    try {
      if (missing > 0) this.memory.grow(pages);
    } catch {
      return false;
    }
    this.bytes = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    return true;
  }

  /** Puts functions into the table through which SQLite calls: their numbers there. */
  install(callbacks: readonly Callback[]): number[] {
    const f = Object.fromEntries(callbacks.map(({ run }, i) => [i, run]));
    const wrapped = new WebAssembly.Instance(new WebAssembly.Module(wrapper_module(callbacks)), { f })
      .exports as Record<string, unknown>;
    const table = this.x.__indirect_function_table;
    const first = table.grow(callbacks.length);
    return callbacks.map((_, i) => {
      table.set(first + i, wrapped[i]);
      return first + i;
    });
  }

  /** Memory of SQLite's; MemoryError. */
  malloc(size: number): number {
    const p = this.x.sqlite3_malloc(size);
    if (p === 0) PyErr_SetString(PyExc_MemoryError, '');
    return p;
  }

  /** Room that may be used until the next call of this; for what SQLite copies or reads at once. */
  room(size: number): number {
    if (size > this.scratch_size || this.scratch_size > LARGE) {
      this.x.sqlite3_free(this.scratch);
      this.scratch_size = 0;
      this.scratch = this.malloc(Math.max(size, SCRATCH));
      this.scratch_size = Math.max(size, SCRATCH);
    }
    return this.scratch;
  }

  /** A zero-terminated string of bytes in room(). */
  temporary(text: Uint8Array): number {
    const p = this.room(text.length + 1);
    this.bytes.set(text, p);
    this.bytes[p + text.length] = 0;
    return p;
  }

  /** The same in memory that the caller frees. */
  string(text: Uint8Array): number {
    const p = this.malloc(text.length + 1);
    this.bytes.set(text, p);
    this.bytes[p + text.length] = 0;
    return p;
  }

  /** The bytes of a zero-terminated string, in place. */
  c_string(p: number): Uint8Array {
    return this.bytes.subarray(p, this.bytes.indexOf(0, p));
  }

  /** A str of a zero-terminated string. */
  str(p: number): PyObject {
    return unicode_from_text(decode_utf8(this.c_string(p)));
  }

  /** A JS string of a zero-terminated string of ASCII, or with replacement characters. */
  text(p: number): string {
    return new TextDecoder().decode(this.c_string(p));
  }

  rethrow_interruption(): void {
    const { interruption } = this;
    if (interruption === null) return;
    this.interruption = null;
    this.drop_failure();
    throw interruption;
  }

  drop_failure(): void {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) decref(failure.exc);
  }

  /** Raises what callbacks have left, when a call of SQLite has returned. */
  rethrow(): void {
    if (this.interruption !== null) this.rethrow_interruption();
    const { failure } = this;
    if (failure === null) return;
    this.failure = null;
    throw failure;
  }

  int32(p: number): number {
    return this.view.getInt32(p, true);
  }
}

const loaded: { engine: Engine | null } = { engine: null };

/** SQLite, loaded when it is first asked for. */
export function engine(): Engine {
  return loaded.engine ?? load();
}

function load(): Engine {
  const code = host().read_asset('sqlite3.wasm');
  if (code === null)
    PyErr_SetString(PyExc_ImportError, 'sqlite3.wasm, which should lie beside the program, cannot be read');
  loaded.engine = new Engine(code);
  return loaded.engine;
}
