// node_fd.ts: a POSIX table of file descriptors on top of Node's synchronous file calls.
//
// Node offers neither lseek, dup, dup2 nor pipe. So descriptors are numbers of our own, the lowest free one first as in
// POSIX, that point to open file descriptions: a host descriptor with a position of ours, or a pipe in memory.
// What may have to wait (pipes, terminals, sockets) is read through a twin of the descriptor that never waits, so that
// all waiting happens in one place (node_poll.ts) and signals can end it.
// Invariant: a description lives while descriptors point to it; `refs` counts them.

import * as fs from 'node:fs';
import * as tty from 'node:tty';
import { errno_number } from '../core/errno.ts';
import {
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOCTTY,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
} from '../core/fcntl.ts';
import { HostError, type HostInternal, type HostStat } from '../core/host.ts';
import type { InFlight } from './memory_messages.ts';
import { Pipe } from './memory_pipe.ts';
import { MemorySocket } from './memory_sockets.ts';
import type { NodeEvents } from './node_events.ts';
import { access_mode, inherited_descriptors, inherited_position } from './node_inherited.ts';
import { pipe_flags, reopen, take_fifo } from './node_pipe.ts';
import { pair_of_system } from './node_socket_pair.ts';

/** Linux open flags. */

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

const UNKNOWN = 0;
/** Files: positions mean something. */
const SEEKABLE = 1;
/** Pipes, terminals, sockets: reading and writing may have to wait. */
export const STREAM = 2;
/** Other devices, folders: no position, no waiting. */
const DEVICE = 3;

/** Descriptors from here on the program does not see. */
const HIDDEN = 1 << 20;

/** `twin` before it was asked for, and where there can be none. */
const TWIN_UNKNOWN = -1;
const TWIN_IMPOSSIBLE = -2;

/** An open file description: what dup() shares. */
export class Description {
  /** Descriptor of the host, or -1 for a pipe in memory. */
  hostfd: number;
  flags: number;
  pipe: Pipe | null;
  /** How often it was read or written. */
  changes = 0;
  /** What stands for it here, or null. */
  internal: HostInternal | null = null;
  readonly writes: boolean;
  refs = 1;
  kind = UNKNOWN;
  /** Where the next read or write happens; -1: wherever the host's own position is. */
  pos: number;
  /** A descriptor of the host for the same thing that never waits (may be `hostfd` itself). */
  twin = TWIN_UNKNOWN;
  /** Made here from a pipe in memory: nobody else depends on how `twin` behaves. */
  ours = false;
  /** The watcher has a handle for the twin, and closes it. */
  watched = false;
  /** Number of the order to tell when the twin can be read, whose answer still counts; 0: none. */
  watch_id = 0;
  /** The watcher said that the twin can be read, and nobody read since. */
  ready = false;
  constructor(hostfd: number, flags: number, pipe: Pipe | null, pos: number) {
    this.hostfd = hostfd;
    this.flags = flags;
    this.pipe = pipe;
    this.pos = pos;
    this.writes = (flags & O_ACCMODE) !== 0;
    if (pipe !== null) this.kind = STREAM;
  }
}

/** What a wait waits for. Made at the first one: a start-up snapshot may hold no shared memory. */
const waiting = { cell: null as Int32Array | null };

/** Blocks the thread for that many milliseconds. */
export function wait_ms(ms: number): void {
  waiting.cell ??= new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(waiting.cell, 0, 0, ms);
}

/** The host's flags for Linux open flags (they are the same on Linux). */
function host_flags(flags: number): number {
  if (process.platform === 'linux') return flags;
  const c = fs.constants;
  let out = flags & O_ACCMODE;
  if ((flags & O_CREAT) !== 0) out |= c.O_CREAT;
  if ((flags & O_EXCL) !== 0) out |= c.O_EXCL;
  if ((flags & O_NOCTTY) !== 0) out |= c.O_NOCTTY ?? 0;
  if ((flags & O_TRUNC) !== 0) out |= c.O_TRUNC;
  if ((flags & O_APPEND) !== 0) out |= c.O_APPEND;
  if ((flags & O_NONBLOCK) !== 0) out |= c.O_NONBLOCK ?? 0;
  if ((flags & O_DIRECTORY) !== 0) out |= c.O_DIRECTORY ?? 0;
  if ((flags & O_NOFOLLOW) !== 0) out |= c.O_NOFOLLOW ?? 0;
  return out;
}

/** Whether opening a file makes a pseudo-terminal. */
function is_terminal_maker(name: Buffer): boolean {
  return name.length <= 13 && /^\/dev\/(pts\/)?ptmx$/.test(name.toString('latin1'));
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

/** Whether a read or write failed because it would have had to wait. */
function would_wait(e: unknown): boolean {
  return (e as { code?: unknown }).code === 'EAGAIN';
}

export class FdTable {
  private readonly table: (Description | null)[] = [];
  /** By descriptor: started programs get it. */
  private readonly inherited: boolean[] = [];
  /** What the program waits for without a descriptor that it knows of. */
  private readonly hidden: Map<number, Description> = new Map();
  private next_hidden = HIDDEN;
  /** Descriptions that messages carry. */
  private readonly in_flight: Description[] = [];
  private readonly events: NodeEvents;
  private next_pipe_ino = 1n;

  constructor(events: NodeEvents) {
    this.events = events;
    for (let fd = 0; fd < 3; fd++) {
      let open = true;
      try {
        fs.fstatSync(fd);
      } catch {
        open = false;
      }
      // The system knows what each may be used for.
      this.table.push(open ? new Description(fd, O_RDWR, null, -1) : null);
      this.inherited.push(true);
    }
    const { found, internal } = inherited_descriptors();
    events.internal_pipes = internal;
    for (const fd of found) {
      while (this.table.length < fd) this.table.push(null);
      this.table[fd] = new Description(fd, access_mode(fd), null, -1);
      this.inherited[fd] = true;
    }
  }

  /** The description behind a descriptor. */
  get(fd: number): Description {
    const d = this.table[fd] ?? this.hidden.get(fd);
    if (d === undefined) fail('EBADF', 'bad file descriptor');
    return d;
  }

  /** The number (the lowest free one) that a description gets. */
  allocate(d: Description): number {
    let fd = 0;
    while (fd < this.table.length && this.table[fd] !== null) fd++;
    this.table[fd] = d;
    this.inherited[fd] = false;
    return fd;
  }

  /** HostFiles.shared_path: a pipe becomes the system's. Sockets cannot be opened by a path. */
  shared_path(fd: number): string {
    if (process.platform !== 'linux') fail('ENOTSUP', 'only Linux has such paths');
    if (this.get(fd).internal !== null || this.is_system_socket(fd)) fail('ENOTSUP', 'a socket stays in its process');
    return `/proc/${process.pid}/fd/${this.hostfd(fd)}`;
  }

  /** The descriptor of the host behind one of ours, for a program that is started: pipes and pairs of sockets become the
   *  system's. */
  hostfd(fd: number): number {
    const d = this.get(fd);
    if (d.pipe !== null) this.materialize(d.pipe);
    if (d.internal instanceof MemorySocket) pair_of_system(d.internal, [...this.table, ...this.in_flight], this.events);
    if (d.internal !== null) fail('ENOTSUP', 'what is in memory stays in its process');
    return d.hostfd;
  }

  inheritable(fd: number): boolean {
    this.get(fd);
    return this.inherited[fd]!;
  }

  set_inheritable(fd: number, value: boolean): void {
    this.get(fd);
    this.inherited[fd] = value;
  }

  /** All descriptors, in order. */
  descriptors(): number[] {
    const out: number[] = [];
    for (let fd = 0; fd < this.table.length; fd++) if (this.table[fd] !== null) out.push(fd);
    return out;
  }

  blocking(fd: number): boolean {
    return (this.get(fd).flags & O_NONBLOCK) === 0;
  }

  set_blocking(fd: number, value: boolean): void {
    const d = this.get(fd);
    d.flags = value ? d.flags & ~O_NONBLOCK : d.flags | O_NONBLOCK;
  }

  /** Turns a pipe in memory into a FIFO of the system. */
  private materialize(pipe: Pipe): void {
    const both = take_fifo();
    try {
      const rest = pipe.take_all();
      for (const d of new Set([...this.table, ...this.in_flight])) {
        if (d === null || d.pipe !== pipe) continue;
        const flags = d.writes ? O_WRONLY : 0;
        d.hostfd = reopen(both, flags);
        d.twin = reopen(both, flags | O_NONBLOCK);
        d.pipe = null;
        d.ours = true;
      }
      if (rest.length > 0) fs.writeSync(both, rest);
    } catch (e) {
      throw host_error(e);
    } finally {
      fs.closeSync(both);
    }
  }

  open(path: Uint8Array, flags: number, mode: number): number {
    try {
      const name = host_path(path);
      const master = is_terminal_maker(name);
      const more = master ? (fs.constants.O_NONBLOCK ?? 0) : pipe_flags(name, flags);
      const d = new Description(fs.openSync(name, host_flags(flags) | more, mode), flags, null, 0);
      // Opened anew it would be another terminal.
      if (master) d.twin = d.hostfd;
      return this.allocate(d);
    } catch (e) {
      throw host_error(e);
    }
  }

  close(fd: number): void {
    const d = this.get(fd);
    this.table[fd] = null;
    this.drop(d);
  }

  /** Takes over a descriptor of the host that never waits, to be read from outside this table: a number for poll(). */
  add_hidden(hostfd: number): number {
    const fd = this.next_hidden++;
    this.hidden.set(fd, new Description(hostfd, O_RDWR | O_NONBLOCK, null, -1));
    return fd;
  }

  close_hidden(fd: number): void {
    const d = this.get(fd);
    this.hidden.delete(fd);
    this.drop(d);
  }

  /** Keeps what a descriptor has open while a message carries it. */
  hold(fd: number): InFlight {
    const d = this.get(fd);
    d.refs++;
    this.in_flight.push(d);
    return {
      receive: () => {
        d.refs++;
        const received = this.allocate(d);
        this.inherited[received] = true;
        return received;
      },
      close: () => {
        this.in_flight.splice(this.in_flight.indexOf(d), 1);
        this.drop(d);
      },
    };
  }

  add_internal(internal: HostInternal): number {
    const d = new Description(-1, O_RDWR, null, -1);
    d.internal = internal;
    d.kind = STREAM;
    return this.allocate(d);
  }

  internal(fd: number): HostInternal | null {
    return this.get(fd).internal;
  }

  /** Whether it is a socket of the system, not one in memory. */
  is_system_socket(fd: number): boolean {
    const d = this.get(fd);
    if (d.pipe !== null || d.internal !== null || !this.may_wait(d)) return false;
    return (fs.fstatSync(d.hostfd).mode & S_IFMT) === S_IFSOCK;
  }

  description(fd: number): object {
    return this.get(fd);
  }

  changes(fd: number): number {
    const d = this.get(fd);
    return d.internal?.changes ?? d.pipe?.changes ?? d.changes;
  }

  private drop(d: Description): void {
    if (--d.refs > 0) return;
    if (d.internal !== null) {
      d.internal.close();
      return;
    }
    if (d.pipe !== null) {
      if (d.writes) d.pipe.writers--;
      else d.pipe.readers--;
      return;
    }
    try {
      if (d.watched) this.events.tell({ do: 'close', fd: d.twin });
      else if (d.twin >= 0 && d.twin !== d.hostfd) fs.closeSync(d.twin);
      // Node itself uses its standard streams.
      if (d.hostfd >= 3 && !(d.watched && d.twin === d.hostfd)) fs.closeSync(d.hostfd);
    } catch (e) {
      throw host_error(e);
    }
  }

  /** Finds out how the description behaves. */
  classify(d: Description): number {
    if (d.kind === UNKNOWN) {
      const type = fs.fstatSync(d.hostfd).mode & S_IFMT;
      if (type === S_IFREG || type === S_IFBLK) d.kind = SEEKABLE;
      else if (type === S_IFIFO || type === S_IFSOCK) d.kind = STREAM;
      else d.kind = type === S_IFCHR && is_terminal(d.hostfd) ? STREAM : DEVICE;
    }
    return d.kind;
  }

  /** Whether reading and writing may have to wait. */
  may_wait(d: Description): boolean {
    return this.classify(d) === STREAM;
  }

  /** A descriptor of the host that never waits; negative if there is none. */
  twin(d: Description): number {
    if (d.twin === TWIN_UNKNOWN) {
      d.twin = TWIN_IMPOSSIBLE;
      if (d.hostfd >= 3 && (d.flags & O_NONBLOCK) !== 0) d.twin = d.hostfd;
      else {
        try {
          const mode = d.hostfd < 3 ? access_mode(d.hostfd) : d.flags & O_ACCMODE;
          d.twin = reopen(d.hostfd, mode | O_NONBLOCK | (fs.constants.O_NOCTTY ?? 0));
        } catch {
          // Sockets cannot be opened: the watcher will set the descriptor itself to never wait.
          if ((fs.fstatSync(d.hostfd).mode & S_IFMT) === S_IFSOCK) d.twin = d.hostfd;
        }
      }
    }
    return d.twin;
  }

  /** Reads what is there: -1 if nothing is yet. */
  read_now(fd: number, into: Uint8Array): number {
    const d = this.get(fd);
    if ((d.flags & O_ACCMODE) === O_WRONLY) fail('EBADF', 'not open for reading');
    if (d.pipe !== null) return d.pipe.read(into);
    if (d.internal !== null) return d.internal.read(into);
    d.changes++;
    try {
      if (!this.may_wait(d)) {
        if (d.pos < 0 || d.kind === DEVICE) return fs.readSync(d.hostfd, into, 0, into.length, null);
        const n = fs.readSync(d.hostfd, into, 0, into.length, d.pos);
        d.pos += n;
        return n;
      }
      const twin = this.twin(d);
      // A socket waits until the watcher has seen it.
      if (twin === d.hostfd && !d.watched && (d.flags & O_NONBLOCK) === 0) return -1;
      d.watch_id = 0;
      d.ready = false;
      return fs.readSync(twin >= 0 ? twin : d.hostfd, into, 0, into.length, null);
    } catch (e) {
      if (would_wait(e)) return -1;
      const error = host_error(e);
      if (error.errno === 0) return 0;
      throw error;
    }
  }

  /** Writes what there is room for: -1 if there is none. */
  write_now(fd: number, data: Uint8Array): number {
    const d = this.get(fd);
    if (!d.writes) fail('EBADF', 'not open for writing');
    if (d.pipe !== null) return d.pipe.write(data);
    if (d.internal !== null) return d.internal.write(data);
    d.changes++;
    try {
      if (d.kind === STREAM && (d.ours || (d.flags & O_NONBLOCK) !== 0)) {
        const twin = this.twin(d);
        return fs.writeSync(twin >= 0 ? twin : d.hostfd, data, 0, data.length, null);
      }
      if (d.pos < 0 || (d.flags & O_APPEND) !== 0 || this.classify(d) !== SEEKABLE) {
        const n = fs.writeSync(d.hostfd, data, 0, data.length, null);
        if (d.pos >= 0 && d.kind === SEEKABLE) d.pos = fs.fstatSync(d.hostfd).size;
        return n;
      }
      const n = fs.writeSync(d.hostfd, data, 0, data.length, d.pos);
      d.pos += n;
      return n;
    } catch (e) {
      if (would_wait(e)) return -1;
      throw host_error(e);
    }
  }

  read_at(fd: number, into: Uint8Array, position: number): number {
    try {
      return fs.readSync(this.get(fd).hostfd, into, 0, into.length, position);
    } catch (e) {
      throw host_error(e);
    }
  }

  write_at(fd: number, data: Uint8Array, position: number): number {
    try {
      return fs.writeSync(this.get(fd).hostfd, data, 0, data.length, position);
    } catch (e) {
      throw host_error(e);
    }
  }

  lseek(fd: number, offset: number, whence: number): number {
    const d = this.get(fd);
    if (d.pipe !== null || d.internal !== null) fail('ESPIPE', 'no position');
    try {
      if (this.classify(d) !== SEEKABLE) {
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
    if (d.pipe !== null || d.internal !== null) fail('EINVAL', 'a pipe or socket');
    try {
      fs.ftruncateSync(d.hostfd, size);
    } catch (e) {
      throw host_error(e);
    }
  }

  fsync(fd: number): void {
    const d = this.get(fd);
    if (d.pipe !== null || d.internal !== null) fail('EINVAL', 'a pipe or socket');
    try {
      fs.fsyncSync(d.hostfd);
    } catch (e) {
      throw host_error(e);
    }
  }

  isatty(fd: number): boolean {
    const d = this.get(fd);
    return d.pipe === null && d.internal === null && is_terminal(d.hostfd);
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
    this.inherited[fd2] = true;
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
    d.flags = (d.flags & O_ACCMODE) | (flags & ~O_ACCMODE);
  }

  flags(fd: number): number {
    return this.get(fd).flags;
  }

  fstat(fd: number): HostStat {
    const d = this.get(fd);
    if (d.pipe !== null || d.internal !== null) {
      const now = BigInt(Date.now()) * 1_000_000n;
      return {
        mode: d.internal?.mode ?? S_IFIFO | 0o600,
        ino: d.pipe?.ino ?? 1n,
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
