// memory_pipe.ts: pipes whose both ends are in this process: `Pipe` keeps the bytes.
import { errno_number } from '../core/errno.ts';
import { HostError } from '../core/host.ts';

/** What a pipe holds before writers wait, as with Linux. */
export const PIPE_CAPACITY = 65536;
/** Writes up to this size are not split. */
export const PIPE_BUF = 4096;

/** Bytes on their way from a write end to a read end. */
export class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  /** Whether that end has descriptors. */
  readers = 1;
  writers = 1;
  /** How often bytes came or went. */
  changes = 0;
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
    this.changes++;
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
    this.changes++;
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
