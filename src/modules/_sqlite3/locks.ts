// locks.ts: who may read and write a database file.                                         SQLite: os_unix.c, lockingv3
//
// SQLite locks ranges of bytes with fcntl(2), which Node lacks. So there are three layers: connections of this process see
// each other's locks in a table; other processes of ours see them as files in a folder of the system's for temporary
// files, one for each lock, named after the process; and locks of other programs are looked up in /proc/locks. Other
// programs do not see ours: docs/gaps.md.
// Invariant: a lock's file exists from before others are looked at until the lock is given up, so that of two processes
// that want what excludes the other at least one sees the other.

import { errno_number } from '../../core/errno.ts';
import { HostError } from '../../core/host.ts';
import { host } from '../args.ts';
import { LOCK_EXCLUSIVE, LOCK_NONE, LOCK_PENDING, LOCK_RESERVED, LOCK_SHARED } from './capi.ts';
import { SQLITE_BUSY, SQLITE_IOERR_LOCK, SQLITE_OK } from './result_codes.ts';

const O_WRONLY_CREAT = 0o101 | 0o2000000;
const O_RDONLY = 0o2000000;

/** Where SQLite's locks are in a database file. SQLite: os.h */
const PENDING_BYTE = 0x40000000;
const RESERVED_BYTE = PENDING_BYTE + 1;
const SHARED_FIRST = PENDING_BYTE + 2;
const SHARED_LAST = SHARED_FIRST + 509;

/** Whether somebody's lock keeps others from getting one. */
function excludes(held: number, wanted: number): boolean {
  if (wanted === LOCK_SHARED) return held >= LOCK_PENDING;
  if (wanted === LOCK_RESERVED) return held >= LOCK_RESERVED;
  return held >= (wanted === LOCK_PENDING ? LOCK_RESERVED : LOCK_SHARED);
}

/** A database file, whatever its names. */
export class DatabaseFile {
  readonly key: string;
  /** As /proc/locks names it. */
  private readonly system_name: string;
  readonly locks = new Set<FileLock>();
  /** What the process holds by a file of that name; LOCK_NONE: nothing. */
  private shown = LOCK_NONE;
  /** Shared memory of its connections (shm.ts). */
  regions: number[] = [];
  constructor(key: string, dev: bigint, ino: bigint) {
    this.key = key;
    const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
    const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
    this.system_name = `${major.toString(16).padStart(2, '0')}:${minor.toString(16).padStart(2, '0')}:${ino}`;
  }

  /** Makes known to other processes what this one holds; SQLITE_BUSY: another one excludes it. */
  show(level: number): number {
    if (level <= this.shown) return SQLITE_OK;
    if (host().name === 'browser') return SQLITE_OK;
    const marks = new Marks(this.key);
    try {
      marks.add(String(level));
      if (marks.others(mark => excludes(Number(mark), level)) || (level !== LOCK_PENDING && this.locked_elsewhere(level))) {
        marks.remove(String(level));
        return SQLITE_BUSY;
      }
      if (this.shown !== LOCK_NONE) marks.remove(String(this.shown));
    } catch (e) {
      if (e instanceof HostError) return SQLITE_IOERR_LOCK;
      throw e;
    }
    this.shown = level;
    return SQLITE_OK;
  }

  /** Gives up what no connection of the process holds any more. */
  hide(): void {
    let level = LOCK_NONE;
    for (const lock of this.locks) level = Math.max(level, lock.level);
    if (level >= this.shown) return;
    const marks = new Marks(this.key);
    if (level !== LOCK_NONE) marks.add(String(level));
    marks.remove(String(this.shown));
    this.shown = level;
  }

  /** Whether a program that is not ours holds a lock in the way of one. */
  private locked_elsewhere(level: number): boolean {
    for (const line of system_locks(this.system_name)) {
      const covers = (first: number, last: number): boolean => line.first <= last && line.last >= first;
      if (level === LOCK_SHARED) {
        if (line.write && (covers(PENDING_BYTE, PENDING_BYTE) || covers(SHARED_FIRST, SHARED_LAST))) return true;
      } else if (level === LOCK_RESERVED) {
        if (line.write && covers(PENDING_BYTE, RESERVED_BYTE)) return true;
      } else if (covers(PENDING_BYTE, SHARED_LAST)) return true;
    }
    return false;
  }

  reserved_elsewhere(): boolean {
    if (host().name === 'browser') return false;
    return new Marks(this.key).others(mark => Number(mark) >= LOCK_RESERVED) || this.locked_elsewhere(LOCK_RESERVED);
  }
}

interface SystemLock {
  write: boolean;
  first: number;
  last: number;
}

/** What /proc/locks tells of a file: 'N: POSIX  ADVISORY  WRITE pid major:minor:inode first last'. */
export function system_locks(name: string): SystemLock[] {
  const found: SystemLock[] = [];
  for (const line of read_text('/proc/locks').split('\n')) {
    if (!line.includes(name)) continue;
    const words = line.trim().split(/\s+/);
    if (words[5] !== name || (words[1] !== 'POSIX' && words[1] !== 'OFDLCK')) continue;
    const last = words[7] === 'EOF' ? Number.POSITIVE_INFINITY : Number(words[7]);
    found.push({ write: words[3] === 'WRITE', first: Number(words[6]), last });
  }
  return found;
}

function read_text(name: string): string {
  const { files } = host();
  const parts: string[] = [];
  try {
    const fd = files.open(utf8(name), O_RDONLY, 0);
    try {
      const buffer = new Uint8Array(65536);
      const decoder = new TextDecoder();
      for (let n = files.read(fd, buffer); n > 0; n = files.read(fd, buffer)) parts.push(decoder.decode(buffer.subarray(0, n)));
    } finally {
      files.close(fd);
    }
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  return parts.join('');
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Files that tell other processes what ours holds of a database: 'pid.mark' in a folder of its own. */
export class Marks {
  private readonly folder: string;
  constructor(key: string) {
    this.folder = `${marks_folder()}/${key.replace(':', '-')}`;
  }

  add(mark: string): void {
    const { files } = host();
    const name = utf8(this.name(mark));
    try {
      files.close(files.open(name, O_WRONLY_CREAT, 0o644));
    } catch (e) {
      if (!(e instanceof HostError) || e.errno !== errno_number('ENOENT')) throw e;
      make_folder(marks_folder());
      make_folder(this.folder);
      files.close(files.open(name, O_WRONLY_CREAT, 0o644));
    }
  }

  remove(mark: string): void {
    remove_file(this.name(mark));
  }

  /** Whether a live process other than ours has a mark that `matters`. Marks of dead ones go. */
  others(matters: (mark: string) => boolean): boolean {
    const { files, process } = host();
    let entries: { name: Uint8Array }[];
    try {
      entries = files.readdir(utf8(this.folder));
    } catch (e) {
      if (e instanceof HostError) return false;
      throw e;
    }
    const decoder = new TextDecoder();
    for (const entry of entries) {
      const name = decoder.decode(entry.name);
      const dot = name.indexOf('.');
      const pid = Number(name.slice(0, dot));
      if (pid === process.pid || !matters(name.slice(dot + 1))) continue;
      if (is_alive(pid)) return true;
      remove_file(`${this.folder}/${name}`);
    }
    return false;
  }

  /** The folder goes when nobody has a mark in it. */
  close(): void {
    try {
      host().files.rmdir(utf8(this.folder));
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
  }

  private name(mark: string): string {
    return `${this.folder}/${host().process.pid}.${mark}`;
  }
}

function marks_folder(): string {
  return '/tmp/pyvarium-sqlite';
}

function make_folder(name: string): void {
  const { files } = host();
  try {
    files.mkdir(utf8(name), 0o777);
    // For all users, whatever the umask.
    files.chmod(utf8(name), 0o777);
  } catch (e) {
    if (!(e instanceof HostError) || e.errno !== errno_number('EEXIST')) throw e;
  }
}

function remove_file(name: string): void {
  try {
    host().files.unlink(utf8(name));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
}

function is_alive(pid: number): boolean {
  try {
    host().process.kill(pid, 0);
    return true;
  } catch (e) {
    if (e instanceof HostError) return e.errno !== errno_number('ESRCH');
    throw e;
  }
}

/** Database files that are open, by device and number. */
const databases = new Map<string, DatabaseFile>();

/** A connection's lock on its database. */
export class FileLock {
  readonly database: DatabaseFile;
  level = LOCK_NONE;
  constructor(database: DatabaseFile) {
    this.database = database;
    database.locks.add(this);
  }

  get key(): string {
    return this.database.key;
  }

  private excluded(wanted: number): boolean {
    for (const other of this.database.locks) if (other !== this && excludes(other.level, wanted)) return true;
    return false;
  }

  // SQLite: os_unix.c:unixLock
  lock(wanted: number): number {
    if (this.level >= wanted) return SQLITE_OK;
    if (wanted === LOCK_EXCLUSIVE && this.level < LOCK_PENDING) {
      // First nobody new may read, then those who do have to end.
      const rc = this.take(LOCK_PENDING);
      if (rc !== SQLITE_OK) return rc;
    }
    return this.take(wanted);
  }

  private take(level: number): number {
    if (this.excluded(level)) return SQLITE_BUSY;
    const rc = this.database.show(level);
    if (rc === SQLITE_OK) this.level = level;
    return rc;
  }

  unlock(level: number): void {
    if (this.level <= level) return;
    this.level = level;
    this.database.hide();
  }

  reserved(): boolean {
    for (const other of this.database.locks) if (other.level >= LOCK_RESERVED) return true;
    return this.database.reserved_elsewhere();
  }

  close(): void {
    this.unlock(LOCK_NONE);
    const { database } = this;
    database.locks.delete(this);
    if (database.locks.size > 0) return;
    databases.delete(database.key);
    if (host().name !== 'browser') new Marks(database.key).close();
  }
}

/** A lock on the database that a descriptor has open. */
export function lockable(fd: number): FileLock {
  const { dev, ino } = host().files.fstat(fd);
  const key = `${dev}:${ino}`;
  let database = databases.get(key);
  if (database === undefined) databases.set(key, (database = new DatabaseFile(key, dev, ino)));
  return new FileLock(database);
}
