// node_poll.ts: waiting for descriptors, children, signals and time, all at once.
//
// Whether something can be read, the watcher thread finds out; whether it can be written to, and whether somebody still reads
// from the other end of a pipe, this thread (node_wasi.ts).
import * as fs from 'node:fs';
import { type HostPoll, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT } from '../core/host.ts';
import type { NodeEvents } from './node_events.ts';
import type { Description, FdTable } from './node_fd.ts';
import { FD_READ, FD_WRITE, Poller } from './node_wasi.ts';

/** While it waits for room to write, the thread looks this often for other events. */
const SLICE_MS = 4;
/** And this often it looks whether somebody still reads from a pipe. */
const END_SLICE_MS = 50;
const LONGEST_MS = 0x7fffffff;
/** The watcher tells of what it sees well within this time. */
const SHORT_NS = 100_000_000n;

const pollers = new WeakMap<Description, Poller>();

function poller_of(d: Description, hostfd: number): Poller | null {
  let poller = pollers.get(d) ?? null;
  if (poller === null) {
    poller = Poller.of(hostfd);
    if (poller !== null) pollers.set(d, poller);
  }
  return poller;
}

/** Waits at most that many milliseconds (at least one) for room to write. Where that cannot be known, there is. */
function wait_writable(d: Description, hostfd: number, ms: number): boolean {
  return poller_of(d, hostfd)?.wait(FD_WRITE, ms) ?? true;
}

const { O_ACCMODE = 3, O_WRONLY, S_IFIFO, S_IFMT } = fs.constants as typeof fs.constants & { O_ACCMODE?: number };
const write_ends = new WeakMap<Description, boolean>();

/** Whether it is the write end of a pipe of the system. */
function is_write_end(d: Description): boolean {
  if (!d.writes || d.pipe !== null || d.internal !== null || (d.flags & O_ACCMODE) !== O_WRONLY) return false;
  let is = write_ends.get(d);
  if (is === undefined) {
    is = (fs.fstatSync(d.hostfd).mode & S_IFMT) === S_IFIFO;
    write_ends.set(d, is);
  }
  return is;
}

export class NodePoll {
  private readonly fds: FdTable;
  private readonly events: NodeEvents;
  /** Descriptions by the number of the order to watch them. */
  private readonly watching: Map<number, Description> = new Map();
  /** Write ends whose pipes nobody reads any more, as the running poll() has found. */
  private readonly readerless: Set<Description> = new Set();

  constructor(fds: FdTable, events: NodeEvents) {
    this.fds = fds;
    this.events = events;
    events.on_ready = (_fd, id) => {
      const d = this.watching.get(id);
      this.watching.delete(id);
      if (d === undefined || d.watch_id !== id) return; // read since
      d.watch_id = 0;
      d.ready = true;
    };
  }

  /** Sets revents as far as is known without asking anybody; the number of ready descriptors. */
  private look(fds: HostPoll[]): number {
    let ready = 0;
    for (const entry of fds) {
      entry.revents = this.state(entry);
      if (entry.revents !== 0) ready++;
    }
    return ready;
  }

  /** The state of a descriptor that another one depends on. */
  private readonly ask = (entry: HostPoll): number => {
    const revents = this.state(entry);
    if ((entry.events & POLLOUT) === 0 || !this.must_ask({ ...entry, revents })) return revents;
    return revents | (this.look_out([{ ...entry }], 1) > 0 ? POLLOUT : 0);
  };

  private state(entry: HostPoll): number {
    let d: Description;
    try {
      d = this.fds.get(entry.fd);
    } catch {
      return POLLNVAL;
    }
    if (d.pipe !== null) {
      if (d.writes)
        return (entry.events & POLLOUT && d.pipe.writable ? POLLOUT : 0) | (d.pipe.readers === 0 ? POLLERR : 0);
      const hung_up = d.pipe.writers === 0 ? POLLHUP : 0;
      return (entry.events & POLLIN && d.pipe.size > 0 ? POLLIN : 0) | hung_up;
    }
    if (d.internal !== null) return d.internal.state(entry.events, this.ask);
    if (!this.fds.may_wait(d)) return entry.events & (POLLIN | POLLOUT);
    return (entry.events & POLLIN && d.ready ? POLLIN : 0) | (this.readerless.has(d) ? POLLERR : 0);
  }

  /** Has the watcher look at what is to be read. */
  private watch(fds: HostPoll[]): boolean {
    let asked = false;
    for (const entry of fds) {
      if ((entry.events & POLLIN) === 0) continue;
      const d = this.fds.get(entry.fd);
      if (d.pipe !== null || d.internal !== null || d.ready || is_write_end(d) || !this.fds.may_wait(d)) continue;
      const twin = this.fds.twin(d);
      if (twin < 0) {
        d.ready = true; // reading will wait, without regard to anything else
        continue;
      }
      asked = true;
      if (d.watch_id !== 0) continue;
      d.watch_id = this.events.new_id();
      d.watched = true;
      this.watching.set(d.watch_id, d);
      this.events.tell({ do: 'watch', id: d.watch_id, fd: twin });
    }
    return asked;
  }

  /** Looks for room to write; waits for it if only one may have none. The number of ready descriptors. */
  private look_out(outlets_: HostPoll[], ms: number): number {
    let ready = 0;
    for (const entry of outlets_) {
      const d = this.fds.get(entry.fd);
      const twin = this.fds.twin(d);
      if (twin < 0 || wait_writable(d, twin, ms / outlets_.length)) {
        entry.revents |= POLLOUT;
        ready++;
      }
    }
    return ready;
  }

  /** Looks whether pipes that are written to have lost their readers: state() tells of it from then on. */
  private look_ends(ends: Description[]): void {
    for (const d of ends) {
      const twin = this.fds.twin(d);
      if (twin >= 0 && poller_of(d, twin)?.wait(FD_READ, 1) === true) this.readerless.add(d);
    }
  }

  /** With the descriptors that others of them depend on. */
  private with_inner(fds: HostPoll[]): HostPoll[] {
    const inner: HostPoll[] = [];
    for (const { fd, revents } of fds) {
      if ((revents & POLLNVAL) !== 0) continue;
      const { internal } = this.fds.get(fd);
      if (internal?.depends_on !== undefined) inner.push(...this.with_inner(internal.depends_on()));
    }
    return inner.length === 0 ? fds : [...fds, ...inner];
  }

  poll(fds: HostPoll[], timeout_ns: bigint, interrupted: () => boolean): number {
    const { events, readerless } = this;
    readerless.clear();
    events.drain();
    let ready = this.look(fds);
    const all = this.with_inner(fds);
    const outlets_ = all.filter(entry => (entry.events & POLLOUT) !== 0 && this.must_ask(entry));
    const asked = ready < fds.length && this.watch(all.filter(entry => entry.revents === 0));
    ready = this.look(fds) + this.look_out(outlets_, 1);
    if (asked && ready === 0 && timeout_ns >= 0n && timeout_ns < SHORT_NS) {
      // However short the time: what can be read already is seen.
      events.ask({ do: 'look' });
      ready = this.look(fds);
    }
    if (ready > 0) {
      // What others do with a descriptor is unknown: the next call asks again.
      for (const entry of fds) if ((entry.revents & POLLIN) !== 0) this.fds.get(entry.fd).ready = false;
      return ready;
    }
    if (timeout_ns === 0n || interrupted() || this.news()) return 0;
    const end = timeout_ns < 0n ? Number.POSITIVE_INFINITY : performance.now() + Number(timeout_ns) / 1e6;
    const ends = all
      .filter(entry => (entry.events & POLLOUT) === 0)
      .map(entry => this.fds.get(entry.fd))
      .filter(is_write_end);
    this.look_ends(ends);
    for (;;) {
      const seen = events.events;
      events.drain();
      ready = this.look(fds);
      const left = end - performance.now();
      if (ready === 0 && !interrupted() && !events.news && left > 0) {
        if (outlets_.length > 0) ready = this.look_out(outlets_, Math.min(left, SLICE_MS));
        else events.pause(seen, Math.min(left, ends.length > 0 ? END_SLICE_MS : LONGEST_MS));
        this.look_ends(ends);
        if (ready === 0 && readerless.size === 0 && seen === events.events) continue;
        events.drain();
        ready += this.look(fds);
        if (outlets_.length > 0) ready = this.look(fds) + this.look_out(outlets_, 1);
      }
      for (const entry of fds) {
        if ((entry.revents & POLLIN) !== 0 && (entry.revents & POLLNVAL) === 0) this.fds.get(entry.fd).ready = false;
      }
      events.news = false;
      return ready;
    }
  }

  /** Whether a child ended that the caller may not know of yet. */
  private news(): boolean {
    const { news } = this.events;
    this.events.news = false;
    return news;
  }

  /** Whether only the system knows if it can be written to. */
  private must_ask(entry: HostPoll): boolean {
    if ((entry.revents & POLLNVAL) !== 0) return false;
    const d = this.fds.get(entry.fd);
    return d.pipe === null && d.internal === null && d.writes && this.fds.may_wait(d);
  }
}
