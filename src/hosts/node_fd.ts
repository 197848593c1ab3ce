// node_fd.ts: a POSIX table of file descriptors on top of Node's synchronous file calls.
//
// Node offers neither lseek, dup, dup2 nor pipe. So descriptors are numbers of our own, the lowest free one first as in
// POSIX, that point to open file descriptions: a host descriptor with a position of ours, or a pipe in memory.
// Invariant: a description lives while descriptors point to it; `refs` counts them.

import * as fs from 'node:fs';
import * as tty from 'node:tty';
import { errno_number } from '../core/errno.ts';
import { HostError, type HostStat } from '../core/host.ts';

/** Linux open flags. */
export const O_ACCMODE = 3;
export const O_WRONLY = 1;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;

const S_IFIFO = 0o10000;
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFBLK = 0o60000;
const S_IFCHR = 0o20000;

const PIPE_CAPACITY = 65536;

/** Turns what Node threw into a HostError. */
export function host_error(e: unknown): HostError {
  if (e instanceof HostError) return e;
  const error = e as { code?: unknown; message?: unknown };
  const code = typeof error.code === 'string' ? error.code : '';
  let errno = errno_number(code);
  if (errno < 0) errno = code === 'EOF' ? 0 : errno_number('EINVAL');
  return new HostError(errno, String(error.message ?? e));
}

function fail(name: string, message: string): never {
  throw new HostError(errno_number(name), message);
}

/** Bytes on their way from a write end to a read end. */
class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  readers = 1;
  writers = 1;
  readonly ino: bigint;
  constructor(ino: bigint) {
    this.ino = ino;
  }
}

const UNKNOWN = 0;
const SEEKABLE = 1;
const STREAM = 2;

/** An open file description: what dup() shares. */
class Description {
  /** Descriptor of the host, or -1 for a pipe in memory. */
  readonly hostfd: number;
  readonly flags: number;
  readonly pipe: Pipe | null;
  readonly writes: boolean;
  refs = 1;
  kind = UNKNOWN;
  /** Where the next read or write happens; -1: wherever the host's own position is. */
  pos: number;
  constructor(hostfd: number, flags: number, pipe: Pipe | null, pos: number) {
    this.hostfd = hostfd;
    this.flags = flags;
    this.pipe = pipe;
    this.pos = pos;
    this.writes = (flags & O_ACCMODE) !== 0;
    if (pipe !== null) this.kind = STREAM;
  }
}

const waiter = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread for that many milliseconds. */
export function wait_ms(ms: number): void {
  Atomics.wait(waiter, 0, 0, ms);
}

/** The host's flags for Linux open flags (they are the same on Linux). */
function host_flags(flags: number): number {
  if (process.platform === 'linux') return flags;
  const c = fs.constants;
  let out = flags & O_ACCMODE;
  if ((flags & 0o100) !== 0) out |= c.O_CREAT;
  if ((flags & 0o200) !== 0) out |= c.O_EXCL;
  if ((flags & 0o400) !== 0) out |= c.O_NOCTTY ?? 0;
  if ((flags & 0o1000) !== 0) out |= c.O_TRUNC;
  if ((flags & O_APPEND) !== 0) out |= c.O_APPEND;
  if ((flags & O_NONBLOCK) !== 0) out |= c.O_NONBLOCK ?? 0;
  if ((flags & 0o200000) !== 0) out |= c.O_DIRECTORY ?? 0;
  if ((flags & 0o400000) !== 0) out |= c.O_NOFOLLOW ?? 0;
  return out;
}

/** A path as Node takes it. */
export function host_path(path: Uint8Array): Buffer {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

export function convert_stat(st: fs.BigIntStats): HostStat {
  return {
    mode: Number(st.mode),
    ino: st.ino,
    dev: st.dev,
    nlink: Number(st.nlink),
    uid: Number(st.uid),
    gid: Number(st.gid),
    rdev: st.rdev,
    size: Number(st.size),
    blksize: Number(st.blksize),
    blocks: Number(st.blocks),
    atime_ns: st.atimeNs,
    mtime_ns: st.mtimeNs,
    ctime_ns: st.ctimeNs,
  };
}

/** tty.isatty, which takes milliseconds to load: asked only where there may be a terminal. */
function is_terminal(hostfd: number): boolean {
  let stat: fs.Stats;
  try {
    stat = fs.fstatSync(hostfd);
  } catch {
    return false;
  }
  if (!stat.isCharacterDevice()) return false;
  // Linux: /dev/null and its like have the major number 1.
  if (process.platform === 'linux' && ((stat.rdev >> 8) & 0xfff) === 1) return false;
  return tty.isatty(hostfd);
}

export class FdTable {
  private readonly table: (Description | null)[] = [];
  private next_pipe_ino = 1n;

  constructor() {
    for (let fd = 0; fd < 3; fd++) {
      let open = true;
      try {
        fs.fstatSync(fd);
      } catch {
        open = false;
      }
      this.table.push(open ? new Description(fd, fd === 0 ? 0 : 2, null, -1) : null);
    }
  }

  private get(fd: number): Description {
    const d = this.table[fd];
    if (d === undefined || d === null) fail('EBADF', 'bad file descriptor');
    return d;
  }

  private allocate(d: Description): number {
    let fd = 0;
    while (fd < this.table.length && this.table[fd] !== null) fd++;
    this.table[fd] = d;
    return fd;
  }

  /** The descriptor of the host behind one of ours (for spawning programs). */
  hostfd(fd: number): number {
    return this.get(fd).hostfd;
  }

  open(path: Uint8Array, flags: number, mode: number): number {
    try {
      return this.allocate(new Description(fs.openSync(host_path(path), host_flags(flags), mode), flags, null, 0));
    } catch (e) {
      throw host_error(e);
    }
  }

  close(fd: number): void {
    const d = this.get(fd);
    this.table[fd] = null;
    this.drop(d);
  }

  private drop(d: Description): void {
    if (--d.refs > 0) return;
    if (d.pipe !== null) {
      if (d.writes) d.pipe.writers--;
      else d.pipe.readers--;
      return;
    }
    if (d.hostfd < 3) return; // Node itself uses its standard streams
    try {
      fs.closeSync(d.hostfd);
    } catch (e) {
      throw host_error(e);
    }
  }

  /** Finds out whether positions mean something for the description. */
  private classify(d: Description): number {
    if (d.kind === UNKNOWN) {
      const type = fs.fstatSync(d.hostfd).mode & S_IFMT;
      d.kind = type === S_IFREG || type === S_IFBLK ? SEEKABLE : STREAM;
    }
    return d.kind;
  }

  read(fd: number, into: Uint8Array): number {
    const d = this.get(fd);
    if (d.pipe !== null) return this.read_pipe(d, d.pipe, into);
    if ((d.flags & O_ACCMODE) === O_WRONLY) fail('EBADF', 'not open for reading');
    for (;;) {
      try {
        if (d.pos < 0 || this.classify(d) === STREAM) return fs.readSync(d.hostfd, into, 0, into.length, null);
        const n = fs.readSync(d.hostfd, into, 0, into.length, d.pos);
        d.pos += n;
        return n;
      } catch (e) {
        const error = host_error(e);
        if (error.errno === 0) return 0;
        if (error.errno !== errno_number('EAGAIN') || (d.flags & O_NONBLOCK) !== 0) throw error;
        wait_ms(5); // somebody made the terminal or pipe non-blocking
      }
    }
  }

  write(fd: number, data: Uint8Array): number {
    const d = this.get(fd);
    if (d.pipe !== null) return this.write_pipe(d, d.pipe, data);
    if (!d.writes) fail('EBADF', 'not open for writing');
    for (;;) {
      try {
        if (d.pos < 0 || (d.flags & O_APPEND) !== 0 || this.classify(d) === STREAM) {
          const n = fs.writeSync(d.hostfd, data, 0, data.length, null);
          if (d.pos >= 0 && d.kind === SEEKABLE) d.pos = fs.fstatSync(d.hostfd).size;
          return n;
        }
        const n = fs.writeSync(d.hostfd, data, 0, data.length, d.pos);
        d.pos += n;
        return n;
      } catch (e) {
        const error = host_error(e);
        if (error.errno !== errno_number('EAGAIN') || (d.flags & O_NONBLOCK) !== 0) throw error;
        wait_ms(5);
      }
    }
  }

  private read_pipe(d: Description, pipe: Pipe, into: Uint8Array): number {
    if (d.writes) fail('EBADF', 'the write end of a pipe');
    if (pipe.size === 0) {
      if (pipe.writers === 0 || into.length === 0) return 0;
      // Nobody else can write while this call waits.
      fail((d.flags & O_NONBLOCK) !== 0 ? 'EAGAIN' : 'EDEADLK', 'the pipe is empty and its writer cannot run');
    }
    let n = 0;
    while (n < into.length && pipe.chunks.length > 0) {
      const chunk = pipe.chunks[0]!;
      const take = Math.min(chunk.length, into.length - n);
      into.set(chunk.subarray(0, take), n);
      n += take;
      if (take === chunk.length) pipe.chunks.shift();
      else pipe.chunks[0] = chunk.subarray(take);
    }
    pipe.size -= n;
    return n;
  }

  private write_pipe(d: Description, pipe: Pipe, data: Uint8Array): number {
    if (!d.writes) fail('EBADF', 'the read end of a pipe');
    if (pipe.readers === 0) fail('EPIPE', 'nobody reads from the pipe');
    if (data.length === 0) return 0;
    // A blocking writer would wait for a reader that cannot run meanwhile: the pipe grows instead.
    let n = data.length;
    if ((d.flags & O_NONBLOCK) !== 0) {
      n = Math.min(n, PIPE_CAPACITY - pipe.size);
      if (n <= 0) fail('EAGAIN', 'the pipe is full');
    }
    pipe.chunks.push(data.slice(0, n));
    pipe.size += n;
    return n;
  }

  lseek(fd: number, offset: number, whence: number): number {
    const d = this.get(fd);
    if (d.pipe !== null) fail('ESPIPE', 'pipes have no position');
    try {
      if (this.classify(d) === STREAM) {
        const st = fs.fstatSync(d.hostfd);
        if ((st.mode & S_IFMT) === S_IFCHR && !is_terminal(d.hostfd)) return 0; // like /dev/null
        if (st.isDirectory()) return 0;
        fail('ESPIPE', 'no position');
      }
      let base = 0;
      if (whence === 1) base = d.pos < 0 ? inherited_position(d.hostfd) : d.pos;
      else if (whence === 2) base = fs.fstatSync(d.hostfd).size;
      else if (whence !== 0) fail('EINVAL', 'bad whence');
      const pos = base + offset;
      if (pos < 0) fail('EINVAL', 'negative position');
      if (d.pos >= 0 || whence !== 1 || offset !== 0) d.pos = pos;
      return pos;
    } catch (e) {
      throw host_error(e);
    }
  }

  ftruncate(fd: number, size: number): void {
    const d = this.get(fd);
    if (d.pipe !== null) fail('EINVAL', 'a pipe');
    try {
      fs.ftruncateSync(d.hostfd, size);
    } catch (e) {
      throw host_error(e);
    }
  }

  fsync(fd: number): void {
    const d = this.get(fd);
    if (d.pipe !== null) fail('EINVAL', 'a pipe');
    try {
      fs.fsyncSync(d.hostfd);
    } catch (e) {
      throw host_error(e);
    }
  }

  isatty(fd: number): boolean {
    const d = this.get(fd);
    return d.pipe === null && is_terminal(d.hostfd);
  }

  dup(fd: number): number {
    const d = this.get(fd);
    d.refs++;
    return this.allocate(d);
  }

  dup2(fd: number, fd2: number): number {
    const d = this.get(fd);
    if (fd2 < 0 || fd2 > 65535) fail('EBADF', 'descriptor out of range');
    if (fd === fd2) return fd2;
    const old = this.table[fd2] ?? null;
    d.refs++;
    while (this.table.length < fd2) this.table.push(null);
    this.table[fd2] = d;
    if (old !== null) this.drop(old);
    return fd2;
  }

  pipe(): [number, number] {
    const pipe = new Pipe(this.next_pipe_ino++);
    const r = this.allocate(new Description(-1, 0, pipe, -1));
    const w = this.allocate(new Description(-1, O_WRONLY, pipe, -1));
    return [r, w];
  }

  /** Replaces the status flags (O_NONBLOCK) of a description. */
  set_flags(fd: number, flags: number): void {
    const d = this.get(fd);
    (d as { flags: number }).flags = (d.flags & O_ACCMODE) | (flags & ~O_ACCMODE);
  }

  flags(fd: number): number {
    return this.get(fd).flags;
  }

  /** Whether a read would not block: data or the end is there. */
  readable(fd: number): boolean {
    const d = this.get(fd);
    if (d.pipe === null) return true;
    return d.pipe.size > 0 || d.pipe.writers === 0;
  }

  fstat(fd: number): HostStat {
    const d = this.get(fd);
    if (d.pipe !== null) {
      const now = BigInt(Date.now()) * 1_000_000n;
      return {
        mode: S_IFIFO | 0o600,
        ino: d.pipe.ino,
        dev: 14n,
        nlink: 1,
        uid: process.getuid?.() ?? 0,
        gid: process.getgid?.() ?? 0,
        rdev: 0n,
        size: 0,
        blksize: 4096,
        blocks: 0,
        atime_ns: now,
        mtime_ns: now,
        ctime_ns: now,
      };
    }
    try {
      return convert_stat(fs.fstatSync(d.hostfd, { bigint: true }));
    } catch (e) {
      throw host_error(e);
    }
  }

  fchmod(fd: number, mode: number): void {
    try {
      fs.fchmodSync(this.get(fd).hostfd, mode);
    } catch (e) {
      throw host_error(e);
    }
  }
}

/** The position that a descriptor had when we got it. */
function inherited_position(hostfd: number): number {
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${hostfd}`, 'latin1');
    const match = /^pos:\s*(\d+)/m.exec(info);
    if (match !== null) return Number(match[1]);
  } catch {
    // not Linux
  }
  return 0;
}
