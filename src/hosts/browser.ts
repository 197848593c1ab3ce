// browser.ts: the machine as a page shows it: clocks, random numbers, files in memory, three streams.
//
// The page's main thread must never be held up: nothing here waits. Waiting threads leave their loops, and who runs the
// interpreter (src/browser) gives the event loop its turn and comes back. A program's input comes by type_input().
import { errno_number } from '../core/errno.ts';
import { type Host, type HostClock, HostError, type HostPoll, type HostProcess } from '../core/host.ts';
import { MemoryFiles } from './memory_files.ts';
import { MemorySocketTable } from './memory_socket_table.ts';

/** Where output goes. */
export interface PageOutput {
  write(fd: number, data: Uint8Array): void;
}

function missing(what: string): never {
  throw new HostError(errno_number('ENOSYS'), `${what}: not in a page`);
}

class PageClock implements HostClock {
  time_ns(): bigint {
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  }
  monotonic_ns(): bigint {
    return BigInt(Math.round(performance.now() * 1e6));
  }
  /** A page knows of no time of its own. */
  process_time_ns(): bigint {
    return this.monotonic_ns();
  }
  sleep_ns(): void {
    missing('sleep');
  }
  timezone(): string {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

const encoder = { utf8: null as InstanceType<typeof TextEncoder> | null };

function bytes(text: string): Uint8Array {
  encoder.utf8 ??= new TextEncoder();
  return encoder.utf8.encode(text);
}

class PageProcess implements HostProcess {
  readonly pid = 1;
  readonly ppid = 0;
  private readonly files: MemoryFiles;
  private readonly variables = new Map<string, [Uint8Array, Uint8Array]>();
  constructor(files: MemoryFiles) {
    this.files = files;
  }
  cwd(): Uint8Array {
    return this.files.cwd();
  }
  chdir(path: Uint8Array): void {
    this.files.chdir(path);
  }
  environ(): [Uint8Array, Uint8Array][] {
    return [...this.variables.values()];
  }
  setenv(name: Uint8Array, value: Uint8Array | null): void {
    const key = String(name);
    if (value === null) this.variables.delete(key);
    else this.variables.set(key, [name, value]);
  }
  umask(mask: number): number {
    const before = this.files.umask;
    this.files.umask = mask & 0o777;
    return before;
  }
  uid(): number {
    return 0;
  }
  euid(): number {
    return 0;
  }
  gid(): number {
    return 0;
  }
  egid(): number {
    return 0;
  }
  uname(): { sysname: string; nodename: string; release: string; version: string; machine: string } {
    return { sysname: 'Linux', nodename: 'page', release: '', version: '', machine: 'x86_64' };
  }
  cpu_count(): number {
    return 1;
  }
  loadavg(): [number, number, number] {
    return [0, 0, 0];
  }
  kill(): void {
    missing('kill');
  }
  exit(): never {
    missing('exit');
  }
}

export class BrowserHost implements Host {
  readonly name = 'browser';
  readonly platform = 'linux';
  readonly clock = new PageClock();
  readonly files: MemoryFiles;
  readonly sockets: MemorySocketTable;
  readonly process: PageProcess;
  /** A file of the build output. */
  readonly read_asset: (name: string) => Uint8Array | null;
  private readonly typed: Uint8Array[] = [];
  private ended = false;
  /** Called when there is something to read that was not there before. */
  on_input: (() => void) | null = null;

  constructor(output: PageOutput, read_asset: (name: string) => Uint8Array | null) {
    this.read_asset = read_asset;
    const streams = {
      write: (fd: number, data: Uint8Array): void => output.write(fd, data),
      read: (into: Uint8Array): number => this.read_typed(into),
      readable: (): boolean => this.typed.length > 0 || this.ended,
    };
    this.files = new MemoryFiles(streams, () => this.clock.time_ns());
    this.sockets = new MemorySocketTable(this.files);
    this.process = new PageProcess(this.files);
  }

  /** What the program reads from standard input next; null: there is no more. */
  type_input(text: string | null): void {
    if (text === null) this.ended = true;
    else if (text !== '') this.typed.push(bytes(text));
    this.on_input?.();
  }

  private read_typed(into: Uint8Array): number {
    const first = this.typed[0];
    if (first === undefined) return this.ended ? 0 : -1;
    const n = Math.min(first.length, into.length);
    into.set(first.subarray(0, n));
    if (n === first.length) this.typed.shift();
    else this.typed[0] = first.subarray(n);
    return n;
  }

  /** Only looks, whatever the time given. */
  poll(fds: HostPoll[]): number {
    return this.files.look(fds);
  }

  random_bytes(n: number): Uint8Array {
    const out = new Uint8Array(n);
    // The most that is given at once.
    for (let at = 0; at < n; at += 65536) crypto.getRandomValues(out.subarray(at, at + 65536));
    return out;
  }
}
