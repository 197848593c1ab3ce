// vfs.ts: files for SQLite, over the host's.                                            SQLite: os_unix.c, os.h
//
// Takes the place of SQLite's own "unix" VFS under the same name. Temporary files are kept in memory. Who may read and
// write a database is settled by locks.ts, shared memory of databases with a write-ahead log by shm.ts.

import { errno_number } from '../../core/errno.ts';
import { as_raised } from '../../core/errors.ts';
import { HostError, type HostFiles } from '../../core/host.ts';
import { decref, newref } from '../../core/object.ts';
import { Py_None } from '../../objects/object.ts';
import { block_here } from '../../vm/waiting.ts';
import { host } from '../args.ts';
import {
  SQLITE_OPEN_CREATE,
  SQLITE_OPEN_DELETEONCLOSE,
  SQLITE_OPEN_EXCLUSIVE,
  SQLITE_OPEN_MAIN_DB,
  SQLITE_OPEN_READONLY,
  SQLITE_OPEN_READWRITE,
} from './capi.ts';
import type { Callback, Engine } from './engine.ts';
import { type FileLock, lockable } from './locks.ts';
import {
  SQLITE_BUSY_TIMEOUT,
  SQLITE_CANTOPEN,
  SQLITE_FULL,
  SQLITE_IOERR_DELETE,
  SQLITE_IOERR_DELETE_NOENT,
  SQLITE_IOERR_FSTAT,
  SQLITE_IOERR_FSYNC,
  SQLITE_IOERR_NOMEM,
  SQLITE_IOERR_READ,
  SQLITE_IOERR_SHORT_READ,
  SQLITE_IOERR_TRUNCATE,
  SQLITE_IOERR_WRITE,
  SQLITE_NOTFOUND,
  SQLITE_OK,
} from './result_codes.ts';
import { SharedMemory } from './shm.ts';

const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_CLOEXEC = 0o2000000;

const ACCESS_READWRITE = 1;
const F_OK = 0;
const W_OK_R_OK = 6;

const FCNTL_LOCKSTATE = 1;
const FCNTL_PERSIST_WAL = 10;
const FCNTL_VFSNAME = 12;
const FCNTL_POWERSAFE_OVERWRITE = 13;
const FCNTL_HAS_MOVED = 20;

const IOCAP_POWERSAFE_OVERWRITE = 0x1000;
const SECTOR_SIZE = 4096;
const MAX_PATH = 4096;
/** Days between the beginning of the Julian day numbers and 1970, in milliseconds. */
const JULIAN_EPOCH_MS = 210_866_760_000_000n;

/** An open file. Positions are bytes. */
interface Storage {
  read(into: Uint8Array, at: number): number;
  write(data: Uint8Array, at: number): void;
  truncate(size: number): void;
  sync(): void;
  size(): number;
  close(): void;
}

class HostFile implements Storage {
  readonly fd: number;
  private readonly files: HostFiles;
  constructor(files: HostFiles, fd: number) {
    this.files = files;
    this.fd = fd;
  }
  read(into: Uint8Array, at: number): number {
    this.files.lseek(this.fd, at, 0);
    let n = 0;
    while (n < into.length) {
      const got = this.files.read(this.fd, into.subarray(n));
      if (got === 0) break;
      n += got;
    }
    return n;
  }
  write(data: Uint8Array, at: number): void {
    this.files.lseek(this.fd, at, 0);
    for (let n = 0; n < data.length; ) n += this.files.write(this.fd, data.subarray(n));
  }
  truncate(size: number): void {
    this.files.ftruncate(this.fd, size);
  }
  sync(): void {
    this.files.fsync(this.fd);
  }
  size(): number {
    return this.files.fstat(this.fd).size;
  }
  close(): void {
    this.files.close(this.fd);
  }
}

class TemporaryFile implements Storage {
  private data = new Uint8Array(0);
  private used = 0;
  read(into: Uint8Array, at: number): number {
    const part = this.data.subarray(at, Math.min(this.used, at + into.length));
    into.set(part);
    return part.length;
  }
  write(data: Uint8Array, at: number): void {
    const end = at + data.length;
    if (end > this.data.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.data.length, SECTOR_SIZE));
      larger.set(this.data);
      this.data = larger;
    }
    this.data.set(data, at);
    this.used = Math.max(this.used, end);
  }
  truncate(size: number): void {
    this.data.fill(0, size, this.used);
    this.used = Math.min(this.used, size);
  }
  sync(): void {}
  size(): number {
    return this.used;
  }
  close(): void {}
}

class VfsFile {
  readonly storage: Storage;
  /** Null for temporary files. */
  readonly path: Uint8Array | null;
  /** Null for journals and the like, which the lock of their database guards. */
  readonly lock: FileLock | null;
  readonly readonly: boolean;
  readonly delete_on_close: boolean;
  shm: SharedMemory | null = null;
  persist_wal = 0;
  powersafe_overwrite = 1;
  constructor(storage: Storage, path: Uint8Array | null, lock: FileLock | null, flags: number) {
    this.storage = storage;
    this.path = path;
    this.lock = lock;
    this.readonly = (flags & SQLITE_OPEN_READONLY) !== 0;
    this.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) !== 0;
  }
}

/** Runs a system call; the result code for a failure. */
function attempt(failed: number, call: () => unknown): number {
  try {
    const rc = call();
    return typeof rc === 'number' ? rc : SQLITE_OK;
  } catch (e) {
    if (e instanceof HostError)
      return e.errno === errno_number('ENOSPC') && failed === SQLITE_IOERR_WRITE ? SQLITE_FULL : failed;
    throw e;
  }
}

function joined(folder: Uint8Array, name: Uint8Array): Uint8Array {
  const slash = folder.length === 1 && folder[0] === 47 ? 0 : 1;
  const out = new Uint8Array(folder.length + slash + name.length);
  out.set(folder);
  if (slash === 1) out[folder.length] = 47;
  out.set(name, folder.length + slash);
  return out;
}

function folder_of(path: Uint8Array): Uint8Array {
  const slash = path.lastIndexOf(47);
  return slash <= 0 ? new Uint8Array([47]) : path.subarray(0, slash);
}

/** An absolute path without symbolic links, also for a file that does not exist yet. SQLite: os_unix.c:unixFullPathname */
function full_path(name: Uint8Array): Uint8Array {
  const { files, process } = host();
  const path = name[0] === 47 ? name : joined(process.cwd(), name);
  try {
    return files.realpath(path);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  try {
    return joined(files.realpath(folder_of(path)), path.subarray(path.lastIndexOf(47) + 1));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return path;
  }
}

function sync_folder(path: Uint8Array): void {
  const { files } = host();
  try {
    const fd = files.open(folder_of(path), O_CLOEXEC, 0);
    try {
      files.fsync(fd);
    } finally {
      files.close(fd);
    }
  } catch (e) {
    // As SQLite: a folder that cannot be opened or synchronized is no error.
    if (!(e instanceof HostError)) throw e;
  }
}

/** Sleeps while other threads of Python's run; false: something ended it. */
export function sleep_in_call(engine: Engine, milliseconds: number): boolean {
  if (engine.interruption !== null) return false;
  const ended = (): typeof Py_None => newref(Py_None);
  try {
    decref(
      block_here({
        attempt: () => null,
        expired: ended,
        timeout_ns: BigInt(Math.round(milliseconds * 1e6)),
        what: () => 'a locked database',
      }),
    );
    return true;
  } catch (e) {
    engine.interruption = as_raised(e);
    return false;
  }
}

class Vfs {
  private readonly engine: Engine;
  private readonly open_files = new Map<number, VfsFile>();
  /** Address of the sqlite3_io_methods of our files. */
  methods = 0;
  constructor(engine: Engine) {
    this.engine = engine;
  }

  private path(p: number): Uint8Array {
    return this.engine.c_string(p).slice();
  }

  /** Opens a file of the host, for reading only if it must be. */
  private open_host(path: Uint8Array, flags: number): [HostFile, number] {
    const { files } = host();
    const create =
      (flags & SQLITE_OPEN_CREATE) !== 0 ? O_CREAT | ((flags & SQLITE_OPEN_EXCLUSIVE) !== 0 ? O_EXCL : 0) : 0;
    if ((flags & SQLITE_OPEN_READWRITE) !== 0) {
      try {
        return [new HostFile(files, files.open(path, O_RDWR | O_CLOEXEC | create, 0o644)), flags];
      } catch (e) {
        if (!(e instanceof HostError) || e.errno === errno_number('EISDIR')) throw e;
      }
    }
    const fd = files.open(path, O_CLOEXEC, 0);
    return [new HostFile(files, fd), (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY];
  }

  // SQLite: os_unix.c:unixOpen
  open(_vfs: number, name: number, file: number, flags: number, out: number): number {
    const { view } = this.engine;
    view.setUint32(file, 0, true);
    return attempt(SQLITE_CANTOPEN, () => {
      if (name === 0) this.open_files.set(file, new VfsFile(new TemporaryFile(), null, null, flags));
      else {
        const path = this.path(name);
        let storage: HostFile;
        [storage, flags] = this.open_host(path, flags);
        const main = (flags & SQLITE_OPEN_MAIN_DB) !== 0;
        this.open_files.set(file, new VfsFile(storage, path, main ? lockable(storage.fd, path) : null, flags));
      }
      if (out !== 0) view.setInt32(out, flags, true);
      view.setUint32(file, this.methods, true);
    });
  }

  private file(p: number): VfsFile {
    return this.open_files.get(p)!;
  }

  close(p: number): number {
    const file = this.file(p);
    this.open_files.delete(p);
    file.shm?.unmap();
    file.lock?.close();
    if (file.delete_on_close && file.path !== null) attempt(0, () => host().files.unlink(file.path!));
    return attempt(SQLITE_OK, () => file.storage.close());
  }

  read(p: number, into: number, n: number, at: bigint): number {
    const { bytes } = this.engine;
    return attempt(SQLITE_IOERR_READ, () => {
      const got = this.file(p).storage.read(bytes.subarray(into, into + n), Number(at));
      if (got === n) return SQLITE_OK;
      bytes.fill(0, into + got, into + n);
      return SQLITE_IOERR_SHORT_READ;
    });
  }

  write(p: number, from: number, n: number, at: bigint): number {
    const data = this.engine.bytes.subarray(from, from + n);
    return attempt(SQLITE_IOERR_WRITE, () => this.file(p).storage.write(data, Number(at)));
  }

  truncate(p: number, size: bigint): number {
    return attempt(SQLITE_IOERR_TRUNCATE, () => this.file(p).storage.truncate(Number(size)));
  }

  sync(p: number): number {
    return attempt(SQLITE_IOERR_FSYNC, () => this.file(p).storage.sync());
  }

  file_size(p: number, result: number): number {
    return attempt(SQLITE_IOERR_FSTAT, () => {
      this.engine.view.setBigInt64(result, BigInt(this.file(p).storage.size()), true);
    });
  }

  lock(p: number, level: number): number {
    return this.file(p).lock?.lock(level) ?? SQLITE_OK;
  }

  unlock(p: number, level: number): number {
    this.file(p).lock?.unlock(level);
    return SQLITE_OK;
  }

  check_reserved(p: number, result: number): number {
    this.engine.view.setInt32(result, this.file(p).lock?.reserved() === true ? 1 : 0, true);
    return SQLITE_OK;
  }

  /** A switch that file controls ask for (below zero) or set. */
  private toggle(arg: number, value: number): number {
    const asked = this.engine.int32(arg);
    if (asked >= 0) return asked === 0 ? 0 : 1;
    this.engine.view.setInt32(arg, value, true);
    return value;
  }

  // SQLite: os_unix.c:unixFileControl
  control(p: number, op: number, arg: number): number {
    const file = this.file(p);
    const { view } = this.engine;
    switch (op) {
      case FCNTL_LOCKSTATE:
        view.setInt32(arg, file.lock?.level ?? 0, true);
        return SQLITE_OK;
      case FCNTL_PERSIST_WAL:
        file.persist_wal = this.toggle(arg, file.persist_wal);
        return SQLITE_OK;
      case FCNTL_POWERSAFE_OVERWRITE:
        file.powersafe_overwrite = this.toggle(arg, file.powersafe_overwrite);
        return SQLITE_OK;
      case FCNTL_VFSNAME:
        view.setUint32(arg, this.engine.string(NAME), true);
        return SQLITE_OK;
      case FCNTL_HAS_MOVED:
        view.setInt32(arg, this.has_moved(file) ? 1 : 0, true);
        return SQLITE_OK;
      default:
        return SQLITE_NOTFOUND;
    }
  }

  private has_moved(file: VfsFile): boolean {
    if (file.lock === null || file.path === null) return false;
    try {
      const { dev, ino } = host().files.stat(file.path);
      return `${dev}:${ino}` !== file.lock.key;
    } catch (e) {
      if (e instanceof HostError) return true;
      throw e;
    }
  }

  characteristics(p: number): number {
    return this.file(p).powersafe_overwrite === 1 ? IOCAP_POWERSAFE_OVERWRITE : 0;
  }

  private shared_memory(p: number): SharedMemory {
    const file = this.file(p);
    return (file.shm ??= new SharedMemory(this.engine, file.lock!));
  }

  shm_map(p: number, region: number, size: number, extend: number, result: number): number {
    const at = this.shared_memory(p).map(region, size, extend !== 0);
    this.engine.view.setUint32(result, Math.max(at, 0), true);
    // Plain SQLITE_BUSY is tried again for ten seconds.
    return at === -1 ? SQLITE_IOERR_NOMEM : at === -2 ? SQLITE_BUSY_TIMEOUT : SQLITE_OK;
  }

  shm_lock(p: number, first: number, n: number, flags: number): number {
    return this.shared_memory(p).lock(first, n, flags);
  }

  shm_unmap(p: number): number {
    const file = this.file(p);
    file.shm?.unmap();
    file.shm = null;
    return SQLITE_OK;
  }

  // SQLite: os_unix.c:unixDelete
  delete(_vfs: number, name: number, sync: number): number {
    const path = this.path(name);
    try {
      host().files.unlink(path);
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      return e.errno === errno_number('ENOENT') ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
    }
    if ((sync & 1) !== 0) sync_folder(path);
    return SQLITE_OK;
  }

  // SQLite: os_unix.c:unixAccess
  access(_vfs: number, name: number, flags: number, result: number): number {
    const { files } = host();
    const path = this.path(name);
    let there: boolean;
    if (flags === ACCESS_READWRITE) there = files.access(path, W_OK_R_OK);
    else if (!files.access(path, F_OK)) there = false;
    else {
      try {
        const stat = files.stat(path);
        there = (stat.mode & 0o170000) !== 0o100000 || stat.size > 0;
      } catch (e) {
        if (!(e instanceof HostError)) throw e;
        there = false;
      }
    }
    this.engine.view.setInt32(result, there ? 1 : 0, true);
    return SQLITE_OK;
  }

  full_pathname(_vfs: number, name: number, size: number, out: number): number {
    const path = full_path(this.path(name));
    if (path.length >= size) return SQLITE_CANTOPEN;
    this.engine.bytes.set(path, out);
    this.engine.bytes[out + path.length] = 0;
    return SQLITE_OK;
  }

  randomness(_vfs: number, n: number, out: number): number {
    this.engine.bytes.set(host().random_bytes(n), out);
    return n;
  }

  sleep(_vfs: number, microseconds: number): number {
    return sleep_in_call(this.engine, microseconds / 1000) ? microseconds : 0;
  }

  private now_ms(): bigint {
    return host().clock.time_ns() / 1_000_000n + JULIAN_EPOCH_MS;
  }

  current_time(_vfs: number, result: number): number {
    this.engine.view.setFloat64(result, Number(this.now_ms()) / 86_400_000, true);
    return SQLITE_OK;
  }

  current_time_int64(_vfs: number, result: number): number {
    this.engine.view.setBigInt64(result, this.now_ms(), true);
    return SQLITE_OK;
  }
}

/** "unix" */
const NAME = new Uint8Array([117, 110, 105, 120]);

/** The VFSes that are compiled in and call the system. */
const BUILT_IN = ['unix', 'unix-none', 'unix-dotfile', 'unix-excl'];

/** Makes the host's files SQLite's default. */
export function make_vfs(engine: Engine): void {
  const vfs = new Vfs(engine);
  const { x } = engine;
  for (const name of BUILT_IN) {
    const built_in = x.sqlite3_vfs_find(engine.temporary(new TextEncoder().encode(name)));
    if (built_in !== 0) x.sqlite3_vfs_unregister(built_in);
  }
  const file_methods: Callback[] = [
    { signature: 'ii', run: p => vfs.close(p) },
    { signature: 'iiiij', run: (p, into, n, at) => vfs.read(p, into, n, at) },
    { signature: 'iiiij', run: (p, from, n, at) => vfs.write(p, from, n, at) },
    { signature: 'iij', run: (p, size) => vfs.truncate(p, size) },
    { signature: 'iii', run: p => vfs.sync(p) },
    { signature: 'iii', run: (p, result) => vfs.file_size(p, result) },
    { signature: 'iii', run: (p, level) => vfs.lock(p, level) },
    { signature: 'iii', run: (p, level) => vfs.unlock(p, level) },
    { signature: 'iii', run: (p, result) => vfs.check_reserved(p, result) },
    { signature: 'iiii', run: (p, op, arg) => vfs.control(p, op, arg) },
    { signature: 'ii', run: () => SECTOR_SIZE },
    { signature: 'ii', run: p => vfs.characteristics(p) },
    { signature: 'iiiiii', run: (p, region, size, extend, result) => vfs.shm_map(p, region, size, extend, result) },
    { signature: 'iiiii', run: (p, first, n, flags) => vfs.shm_lock(p, first, n, flags) },
    { signature: 'vi', run: () => {} },
    { signature: 'iii', run: p => vfs.shm_unmap(p) },
  ];
  const vfs_methods: Callback[] = [
    { signature: 'iiiiii', run: (v, name, file, flags, out) => vfs.open(v, name, file, flags, out) },
    { signature: 'iiii', run: (v, name, sync) => vfs.delete(v, name, sync) },
    { signature: 'iiiii', run: (v, name, flags, result) => vfs.access(v, name, flags, result) },
    { signature: 'iiiii', run: (v, name, size, out) => vfs.full_pathname(v, name, size, out) },
    { signature: 'iiii', run: (v, n, out) => vfs.randomness(v, n, out) },
    { signature: 'iii', run: (v, microseconds) => vfs.sleep(v, microseconds) },
    { signature: 'iii', run: (v, result) => vfs.current_time(v, result) },
    { signature: 'iiii', run: () => 0 },
    { signature: 'iii', run: (v, result) => vfs.current_time_int64(v, result) },
  ];
  const numbers = engine.install([...file_methods, ...vfs_methods]);
  // struct sqlite3_io_methods, version 2: the version, then the functions in their order.
  vfs.methods = engine.malloc(76);
  engine.bytes.fill(0, vfs.methods, vfs.methods + 76);
  engine.view.setInt32(vfs.methods, 2, true);
  for (let i = 0; i < file_methods.length; i++) engine.view.setUint32(vfs.methods + 4 + 4 * i, numbers[i]!, true);
  // struct sqlite3_vfs, version 2: version, size of a file, longest path, link, name, our own word, then the functions,
  // among them four for loading of extensions.
  const p = engine.malloc(88);
  engine.bytes.fill(0, p, p + 88);
  const name = engine.string(NAME);
  [2, 4, MAX_PATH, 0, name].forEach((word, i) => {
    engine.view.setInt32(p + 4 * i, word, true);
  });
  const places = [24, 28, 32, 36, 56, 60, 64, 68, 72];
  places.forEach((place, i) => {
    engine.view.setUint32(p + place, numbers[file_methods.length + i]!, true);
  });
  x.sqlite3_vfs_register(p, 1);
}
