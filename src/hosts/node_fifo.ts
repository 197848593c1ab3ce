// node_fifo.ts: opening FIFOs, which waits for the other end.                                                    fifo(7)
//
// The other end may be one that another thread of Python's is about to open, so the watcher opens it meanwhile.
import * as fs from 'node:fs';
import { O_ACCMODE, O_NONBLOCK, O_RDWR } from '../core/fcntl.ts';
import type { NodeEvents } from './node_events.ts';
import { Description, type FdTable, host_path } from './node_fd.ts';
import { pipe_flags } from './node_pipe.ts';

/** Linux's flag for a descriptor that opens nothing. */
const O_PATH = 0o10000000;

/** A descriptor good for the name only, if that is a FIFO's; otherwise -1. */
function name_of_fifo(file: Buffer): number {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFIFO() === true ? fs.openSync(file, O_PATH) : -1;
  } catch {
    return -1;
  }
}

function key(file: Buffer, flags: number): string {
  return `${flags} ${file.toString('latin1')}`;
}

export class FifoOpener {
  private readonly fds: FdTable;
  private readonly events: NodeEvents;
  /** Descriptors of those that are being opened, good for their names only, by the number of the order. */
  private readonly opening: Map<number, number> = new Map();
  /** The system's descriptors of those that are open and nobody has taken, by name and flags. */
  private readonly opened: Map<string, number[]> = new Map();
  constructor(fds: FdTable, events: NodeEvents) {
    this.fds = fds;
    this.events = events;
  }

  /** HostFiles.begin_open */
  begin(path: Uint8Array, flags: number, mode: number): (() => boolean) | null {
    const file = host_path(path);
    const waits = (flags & O_NONBLOCK) === 0 && (flags & O_ACCMODE) !== O_RDWR && process.platform === 'linux';
    const name = key(file, flags);
    if (!waits || this.opened.has(name) || pipe_flags(file, flags) !== 0) return null;
    const held = name_of_fifo(file);
    if (held < 0) return null;
    const id = this.events.begin({ do: 'open', file, flags, mode });
    this.opening.set(id, held);
    return () => {
      const done = this.events.answer(id);
      if (done === null) return false;
      fs.closeSync(held);
      this.opening.delete(id);
      // An error shows when it is opened in the ordinary way.
      if (done.code === '') this.opened.set(name, [...(this.opened.get(name) ?? []), done.pid]);
      return true;
    };
  }

  /** The descriptor of what has been opened already, if there is one. */
  take(path: Uint8Array, flags: number): number | null {
    if (this.opened.size === 0) return null;
    const name = key(host_path(path), flags);
    const hostfds = this.opened.get(name);
    const hostfd = hostfds?.shift();
    if (hostfd === undefined) return null;
    if (hostfds!.length === 0) this.opened.delete(name);
    return this.fds.allocate(new Description(hostfd, flags, null, 0));
  }

  /** Nobody waits any longer: what is still being opened would keep the process from ending. */
  end(): void {
    for (const fd of this.opening.values()) {
      try {
        fs.closeSync(fs.openSync(`/proc/self/fd/${fd}`, O_RDWR | O_NONBLOCK));
      } catch {
        // Who may only read it, or only write to it, cannot do that.
      }
    }
  }
}
