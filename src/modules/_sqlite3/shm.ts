// shm.ts: the index of a write-ahead log, which connections to a database share.                     SQLite: os_unix.c, wal.c
//
// SQLite maps the file DATABASE-shm into memory. JavaScript processes share no such memory, so the index is memory of this
// process, made from the log when the database is opened, and only one process at a time has a database with a
// write-ahead log open; others get an error (BUSY_TIMEOUT).

import { HostError } from '../../core/host.ts';
import type { Engine } from './engine.ts';
import { type DatabaseFile, type FileLock, LOG } from './locks.ts';
import { SQLITE_BUSY, SQLITE_OK } from './result_codes.ts';

const SHM_UNLOCK = 1;
const SHM_SHARED = 4;
const SLOTS = 8;

/** What connections hold of the slots of a database: bits of each. */
interface Holder {
  shared: number;
  exclusive: number;
}

const holders = new Map<DatabaseFile, Set<SharedMemory>>();

export class SharedMemory implements Holder {
  private readonly engine: Engine;
  private readonly database: DatabaseFile;
  shared = 0;
  exclusive = 0;
  constructor(engine: Engine, lock: FileLock) {
    this.engine = engine;
    this.database = lock.database;
  }

  /** The address of a part of the memory, which is made if `extend`; 0: it is not there, -1: no memory, -2: another process has it. */
  map(region: number, size: number, extend: boolean): number {
    const { engine, database } = this;
    let users = holders.get(database);
    if (users === undefined) {
      if (!this.claim()) return -2;
      holders.set(database, (users = new Set()));
    }
    users.add(this);
    while (database.regions.length <= region) {
      if (!extend) return 0;
      const p = engine.x.sqlite3_malloc(size);
      if (p === 0) return -1;
      engine.bytes.fill(0, p, p + size);
      database.regions.push(p);
    }
    return database.regions[region]!;
  }

  /** Keeps other processes from the log; false: one has it. */
  private claim(): boolean {
    const { mark } = this.database;
    if (mark === null) return true;
    try {
      mark.set(LOG, 1);
      if (!mark.others(LOG, held => held !== 0)) return true;
      mark.set(LOG, 0);
      return false;
    } catch (e) {
      if (e instanceof HostError) return false;
      throw e;
    }
  }

  // SQLite: os_unix.c:unixShmLock
  lock(first: number, n: number, flags: number): number {
    const mask = ((1 << n) - 1) << first;
    if ((flags & SHM_UNLOCK) !== 0) {
      this.shared &= ~mask;
      this.exclusive &= ~mask;
      return SQLITE_OK;
    }
    const wants_shared = (flags & SHM_SHARED) !== 0;
    for (const other of holders.get(this.database) ?? []) {
      if (other === this) continue;
      if ((other.exclusive & mask) !== 0 || (!wants_shared && (other.shared & mask) !== 0)) return SQLITE_BUSY;
    }
    if (wants_shared) this.shared |= mask;
    else this.exclusive |= mask;
    return SQLITE_OK;
  }

  unmap(): void {
    this.lock(0, SLOTS, SHM_UNLOCK);
    const users = holders.get(this.database);
    if (users === undefined || !users.delete(this) || users.size > 0) return;
    holders.delete(this.database);
    for (const p of this.database.regions) this.engine.x.sqlite3_free(p);
    this.database.regions = [];
    this.database.mark?.set(LOG, 0);
  }
}
