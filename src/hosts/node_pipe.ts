// node_pipe.ts: pipes: bytes in memory as long as both ends are ours, FIFOs of the system once a child has one.
//
// Node has no pipe(). A pipe between two parts of one program needs none: `Pipe` keeps the bytes. When a program that is
// started gets an end, the pipe becomes a FIFO (FdTable.materialize): those come from mkfifo(1), several at a time, are
// opened at once and lose their names, so that nothing stays behind whatever happens to the process.
import * as child_process from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { errno_number } from '../core/errno.ts';
import { HostError } from '../core/host.ts';

/** What a pipe holds before writers wait, as with Linux. */
export const PIPE_CAPACITY = 65536;
/** Writes up to this size are not split. */
export const PIPE_BUF = 4096;
const FIFOS_AT_A_TIME = 8;

/** Bytes on their way from a write end to a read end. */
export class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  /** Whether that end has descriptors. */
  readers = 1;
  writers = 1;
  readonly ino: bigint;
  constructor(ino: bigint) {
    this.ino = ino;
  }

  /** Takes bytes out; -1 if none are there but may come. */
  read(into: Uint8Array): number {
    if (this.size === 0) return this.writers === 0 || into.length === 0 ? 0 : -1;
    let n = 0;
    while (n < into.length && this.chunks.length > 0) {
      const chunk = this.chunks[0]!;
      const take = Math.min(chunk.length, into.length - n);
      into.set(chunk.subarray(0, take), n);
      n += take;
      if (take === chunk.length) this.chunks.shift();
      else this.chunks[0] = chunk.subarray(take);
    }
    this.size -= n;
    return n;
  }

  /** Puts bytes in; -1 if there is no room. */
  write(data: Uint8Array): number {
    if (this.readers === 0) throw new HostError(errno_number('EPIPE'), 'nobody reads from the pipe');
    if (data.length === 0) return 0;
    const room = PIPE_CAPACITY - this.size;
    if (room <= 0 || (data.length <= PIPE_BUF && data.length > room)) return -1;
    const n = Math.min(data.length, room);
    this.chunks.push(data.slice(0, n));
    this.size += n;
    return n;
  }

  get readable(): boolean {
    return this.size > 0 || this.writers === 0;
  }

  get writable(): boolean {
    return this.readers === 0 || PIPE_CAPACITY - this.size >= PIPE_BUF;
  }

  /** Everything in one piece. */
  take_all(): Uint8Array {
    const all = new Uint8Array(this.size);
    this.read(all);
    return all;
  }
}

/** Nameless FIFOs, each a descriptor open for reading and writing. */
const spare: number[] = [];

function make_fifos(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium-'));
  const names: string[] = [];
  for (let i = 0; i < FIFOS_AT_A_TIME; i++) names.push(path.join(folder, String(i)));
  try {
    const made = child_process.spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    if (made.status !== 0) throw new HostError(errno_number('ENOSYS'), 'mkfifo cannot be run');
    for (const name of names) spare.push(fs.openSync(name, fs.constants.O_RDWR | fs.constants.O_NONBLOCK));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A FIFO as a descriptor open for both; closing it is the caller's. */
export function take_fifo(): number {
  if (spare.length === 0) make_fifos();
  return spare.pop()!;
}

/** Opens what a descriptor of this process stands for anew: an open file description of its own. */
export function reopen(hostfd: number, flags: number): number {
  return fs.openSync(`/proc/self/fd/${hostfd}`, flags);
}
