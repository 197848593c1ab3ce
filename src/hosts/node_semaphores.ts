// node_semaphores.ts: named semaphores that processes share (docs/adr/0007).                    POSIX: sem_open(3)
//
// A semaphore is a nameless FIFO that holds its permits: to take one is to read a byte, to give one back to write it, and the
// system sees to it that nobody gets a byte twice and that nothing is lost when a process dies. A byte of value k
// stands for 2**k permits, so that large values find room, too: who takes one writes the rest back.
// The name is a file below /dev/shm, where the C library has its semaphores. It says which descriptors of which process are the FIFOs: others
// open these by /proc. So a name serves as long as the process lives that made it.
// Only the taking and giving of single permits is atomic. Who counts them takes all out for a moment and has the token of a
// second FIFO meanwhile, which those take, too, who find no permit and do not want to wait.
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import { HostError, type HostSemaphore, type HostSemaphores } from '../core/host.ts';
import { type FdTable, host_error, wait_ms } from './node_fd.ts';
import { take_fifo } from './node_pipe.ts';

const FOLDER = '/dev/shm';
/** Values up to this are single permits. */
const SINGLE = 4096;
/** The most that a FIFO holds. */
const CAPACITY = 65536;
/** The token is away for microseconds; after this time whoever had it is dead. */
const TOKEN_MS = 500;
const ONE = Uint8Array.of(0);

/** Bytes that stand for so many permits. */
function coins(value: number): Uint8Array {
  if (value <= SINGLE) return new Uint8Array(value);
  const out: number[] = [];
  for (let k = 0; 2 ** k <= value; k++) if (Math.floor(value / 2 ** k) % 2 === 1) out.push(k);
  return Uint8Array.from(out);
}

/** Reads without waiting: how many bytes. An error for each empty FIFO costs 25 µs, most of it for a stack that nobody looks at. */
function read(fd: number, into: Uint8Array): number {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return fs.readSync(fd, into, 0, into.length, null);
  } catch (e) {
    if ((e as { code?: unknown }).code === 'EAGAIN') return 0;
    throw host_error(e);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Writes without waiting; false if there was no room for all. */
function write(fd: number, bytes: Uint8Array): boolean {
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done);
    return true;
  } catch (e) {
    if ((e as { code?: unknown }).code === 'EAGAIN') return false;
    throw host_error(e);
  }
}

class NodeSemaphore implements HostSemaphore {
  /** Among those that the program does not see. */
  readonly fd: number;
  private readonly fds: FdTable;
  /** Descriptors of the host: permits, and the token (-1: the value is 0 or 1, and there is nothing to count). */
  private readonly permits: number;
  private readonly token: number;
  private readonly byte = new Uint8Array(1);

  constructor(fds: FdTable, permits: number, token: number) {
    this.fds = fds;
    this.permits = permits;
    this.token = token;
    this.fd = fds.add_hidden(permits);
  }

  take(sure: boolean): boolean {
    const { permits, byte } = this;
    if (read(permits, byte) === 0) {
      // Perhaps somebody is counting.
      if (!sure || this.token < 0 || this.alone(() => read(permits, byte)) === 0) return false;
    }
    const k = byte[0]!;
    if (k > 0)
      write(
        permits,
        Uint8Array.from({ length: k }, (_, i) => i),
      );
    return true;
  }

  give(): void {
    if (!write(this.permits, ONE)) this.alone(() => this.count(1));
  }

  value(): number {
    if (this.token >= 0) return this.alone(() => this.count(0));
    // Where there is one at most: taken, and given back.
    if (!this.take(false)) return 0;
    this.give();
    return 1;
  }

  /** Counts the permits and adds some. */
  private count(more: number): number {
    let value = more;
    const all = new Uint8Array(CAPACITY);
    const n = read(this.permits, all);
    for (let i = 0; i < n; i++) value += 2 ** all[i]!;
    write(this.permits, coins(value));
    return value;
  }

  /** Calls `f` while nobody else does this. */
  private alone<T>(f: () => T): T {
    const { token, byte } = this;
    const end = performance.now() + TOKEN_MS;
    while (read(token, byte) === 0 && performance.now() < end) wait_ms(1);
    try {
      return f();
    } finally {
      write(token, ONE);
    }
  }

  close(): void {
    if (this.token >= 0) fs.closeSync(this.token);
    this.fds.close_hidden(this.fd);
  }
}

/** The file behind a name, as the C library has it. */
function file_of(name: string): string {
  const plain = name.replace(/^\/+/, '');
  if (plain === '' || plain.includes('/')) throw new HostError(errno_number('EINVAL'), 'no name for a semaphore');
  return `${FOLDER}/sem.${plain}`;
}

/** How other processes find a descriptor of ours: process, descriptor, and what makes sure that it is still the same. */
function reference(fd: number): string {
  const { dev, ino } = fs.fstatSync(fd, { bigint: true });
  return `${process.pid} ${fd} ${dev} ${ino}`;
}

function open_reference(text: string): number {
  const [pid, fd, dev, ino] = text.split(' ');
  const opened = fs.openSync(`/proc/${pid}/fd/${fd}`, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  const st = fs.fstatSync(opened, { bigint: true });
  if (`${st.dev} ${st.ino}` === `${dev} ${ino}`) return opened;
  fs.closeSync(opened);
  throw new HostError(errno_number('ENOENT'), 'whoever made the semaphore is gone');
}

export class NodeSemaphores implements HostSemaphores {
  private readonly fds: FdTable;
  constructor(fds: FdTable) {
    this.fds = fds;
  }

  create(name: string, value: number, most: number): HostSemaphore {
    const file = file_of(name);
    try {
      const named = fs.openSync(file, 'wx', 0o600);
      const made: number[] = [];
      try {
        for (let i = most > 1 ? 2 : 1; i > 0; i--) made.push(take_fifo());
        const [permits, token = -1] = made as [number, number?];
        write(permits, coins(value));
        if (token >= 0) write(token, ONE);
        fs.writeSync(named, made.map(reference).join('\n'));
        return new NodeSemaphore(this.fds, permits, token);
      } catch (e) {
        for (const fd of made) fs.closeSync(fd);
        fs.unlinkSync(file);
        throw e;
      } finally {
        fs.closeSync(named);
      }
    } catch (e) {
      throw host_error(e);
    }
  }

  open(name: string): HostSemaphore {
    const opened: number[] = [];
    try {
      for (const line of fs.readFileSync(file_of(name), 'latin1').split('\n')) opened.push(open_reference(line));
      const [permits, token = -1] = opened as [number, number?];
      return new NodeSemaphore(this.fds, permits, token);
    } catch (e) {
      for (const fd of opened) fs.closeSync(fd);
      throw host_error(e);
    }
  }

  unlink(name: string): void {
    try {
      fs.unlinkSync(file_of(name));
    } catch (e) {
      throw host_error(e);
    }
  }
}
