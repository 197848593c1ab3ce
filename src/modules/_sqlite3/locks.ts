// locks.ts: who may read and write a database file.                                         SQLite: os_unix.c, lockingv3
//
// SQLite locks ranges of bytes with fcntl(2), which Node lacks. So there are three layers: connections of this process see
// each other's locks in a table; other processes of ours see them in a file (Mark) in a folder of the system's for
// temporary files; and locks of other programs are looked up in /proc/locks. Other programs do not see ours: docs/gaps.md.
// Invariant: a lock stands in the process's file from before others are looked at until it is given up, so that of two
// processes that want what excludes the other at least one sees the other.

import { errno_number } from '../../core/errno.ts';
import { HostError } from '../../core/host.ts';
import { utf8_from_js } from '../../objects/unicodeobject.ts';
import { host } from '../args.ts';
import { LOCK_EXCLUSIVE, LOCK_NONE, LOCK_PENDING, LOCK_RESERVED, LOCK_SHARED } from './capi.ts';
import { SQLITE_BUSY, SQLITE_IOERR_LOCK, SQLITE_OK } from './result_codes.ts';

const O_RDWR_CREAT = 0o102 | 0o2000000;
const O_RDONLY = 0o2000000;

const F_OK = 0;
/** '-journal' */
const JOURNAL = [45, 106, 111, 117, 114, 110, 97, 108];

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
  /** The name of its rollback journal. */
  private readonly journal: Uint8Array;
  readonly locks = new Set<FileLock>();
  /** Null where there are no other processes. */
  readonly mark: Mark | null;
  /** What other processes have been told that this one holds. */
  private shown = LOCK_NONE;
  /** Shared memory of its connections (shm.ts). */
  regions: number[] = [];
  constructor(path: Uint8Array, key: string, dev: bigint, ino: bigint) {
    this.key = key;
    this.journal = new Uint8Array([...path, ...JOURNAL]);
    const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
    const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
    this.system_name = `${major.toString(16).padStart(2, '0')}:${minor.toString(16).padStart(2, '0')}:${ino}`;
    this.mark = host().name === 'browser' ? null : new Mark(key);
  }

  /** Tells other processes what this one holds; SQLITE_BUSY: one excludes it. */
  show(level: number): number {
    const { mark } = this;
    if (level <= this.shown || mark === null) return SQLITE_OK;
    try {
      mark.set(LEVEL, level);
      if (
        mark.others(LEVEL, held => excludes(held, level)) ||
        (level !== LOCK_PENDING && this.locked_elsewhere(level))
      ) {
        mark.set(LEVEL, this.shown);
        return SQLITE_BUSY;
      }
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
    this.mark?.set(LEVEL, level);
    this.shown = level;
  }

  /** Whether a program that is not ours holds a lock in the way of one. */
  private locked_elsewhere(level: number): boolean {
    // Who is in the midst of writing has a journal: readers need not look further without.
    if (level === LOCK_SHARED && !host().files.access(this.journal, F_OK)) return false;
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
    if (this.mark === null) return false;
    return this.mark.others(LEVEL, held => held >= LOCK_RESERVED) || this.locked_elsewhere(LOCK_RESERVED);
  }
}

interface SystemLock {
  write: boolean;
  first: number;
  last: number;
}

const buffer: { bytes: Uint8Array | null } = { bytes: null };

/** What /proc/locks tells of a file: 'N: POSIX  ADVISORY  WRITE pid major:minor:inode first last'. */
function system_locks(name: string): SystemLock[] {
  const found: SystemLock[] = [];
  const text = read_text('/proc/locks');
  if (!text.includes(name)) return found;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[5] !== name || (words[1] !== 'POSIX' && words[1] !== 'OFDLCK')) continue;
    const last = words[7] === 'EOF' ? Number.POSITIVE_INFINITY : Number(words[7]);
    found.push({ write: words[3] === 'WRITE', first: Number(words[6]), last });
  }
  return found;
}

/** The ASCII text of a file; '' if there is none. */
function read_text(name: string): string {
  const { files } = host();
  const bytes = (buffer.bytes ??= new Uint8Array(65536));
  let text = '';
  try {
    const fd = files.open(utf8_from_js(name), O_RDONLY, 0);
    try {
      for (let n = files.read(fd, bytes); n > 0; n = files.read(fd, bytes)) text += ascii(bytes.subarray(0, n));
    } finally {
      files.close(fd);
    }
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  return text;
}

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

const FOLDER = '/tmp/pyvarium-sqlite';
/** Places in a mark: the level of the lock, and whether the process has the write-ahead log. */
const LEVEL = 0;
export const LOG = 1;

/** A file by which a process tells others what it holds of a database. Its name is the process's number. */
export class Mark {
  private readonly folder: string;
  private readonly folder_name: Uint8Array;
  private readonly own: string;
  /** -1: not made yet. */
  private fd = -1;
  private readonly byte = new Uint8Array(1);
  constructor(key: string) {
    this.folder = `${FOLDER}/${key.replace(':', '-')}`;
    this.folder_name = utf8_from_js(this.folder);
    this.own = String(host().process.pid);
  }

  set(place: number, value: number): void {
    const { files } = host();
    if (this.fd < 0) this.make();
    this.byte[0] = value;
    files.lseek(this.fd, place, 0);
    files.write(this.fd, this.byte);
  }

  private make(): void {
    const { files } = host();
    const name = utf8_from_js(`${this.folder}/${this.own}`);
    try {
      this.fd = files.open(name, O_RDWR_CREAT, 0o644);
    } catch (e) {
      if (!(e instanceof HostError) || e.errno !== errno_number('ENOENT')) throw e;
      make_folder(FOLDER);
      make_folder(this.folder);
      this.fd = files.open(name, O_RDWR_CREAT, 0o644);
    }
    files.write(this.fd, new Uint8Array(2));
  }

  /** Whether a live process other than ours holds what `matters`. Files of dead ones go. */
  others(place: number, matters: (held: number) => boolean): boolean {
    for (const entry of host().files.readdir(this.folder_name)) {
      const name = ascii(entry.name);
      if (name === this.own || !matters(held_by(`${this.folder}/${name}`, place))) continue;
      if (is_alive(Number(name))) return true;
      remove_file(`${this.folder}/${name}`);
    }
    return false;
  }

  /** The folder goes when nobody has a file in it. */
  close(): void {
    if (this.fd < 0) return;
    host().files.close(this.fd);
    this.fd = -1;
    remove_file(`${this.folder}/${this.own}`);
    try {
      host().files.rmdir(this.folder_name);
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
  }
}

/** A byte of another process's mark; 0 if it has gone. */
function held_by(name: string, place: number): number {
  const { files } = host();
  const bytes = new Uint8Array(2);
  try {
    const fd = files.open(utf8_from_js(name), O_RDONLY, 0);
    try {
      files.read(fd, bytes);
    } finally {
      files.close(fd);
    }
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  return bytes[place]!;
}

function make_folder(name: string): void {
  const { files } = host();
  try {
    files.mkdir(utf8_from_js(name), 0o777);
    // For all users, whatever the umask.
    files.chmod(utf8_from_js(name), 0o777);
  } catch (e) {
    if (!(e instanceof HostError) || e.errno !== errno_number('EEXIST')) throw e;
  }
}

function remove_file(name: string): void {
  try {
    host().files.unlink(utf8_from_js(name));
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
    database.mark?.close();
  }
}

/** A lock on the database that a descriptor has open. */
export function lockable(fd: number, path: Uint8Array): FileLock {
  const { dev, ino } = host().files.fstat(fd);
  const key = `${dev}:${ino}`;
  let database = databases.get(key);
  if (database === undefined) databases.set(key, (database = new DatabaseFile(path, key, dev, ino)));
  return new FileLock(database);
}
