// node.ts: the machine as Node shows it: files, process, clocks, signals.
//
// Everything is synchronous: the interpreter never returns to Node's event loop while a program runs. Whatever fails
// throws a HostError with the errno that Linux gives.

import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as tty from 'node:tty';
import { fileURLToPath } from 'node:url';
import * as v8 from 'node:v8';
import * as vm from 'node:vm';
import { errno_number } from '../core/errno.ts';
import { S_IFSOCK } from '../core/fcntl.ts';
import {
  type Host,
  type HostClock,
  type HostDirEntry,
  HostError,
  type HostFileSystem,
  type HostFiles,
  type HostInternal,
  type HostMemory,
  type HostPoll,
  type HostProcess,
  type HostSpawn,
  type HostStat,
  type HostWaited,
  POLLIN,
  POLLOUT,
} from '../core/host.ts';
import { load_bundle } from './bundle.ts';
import { crc32, deflate, inflate } from './node_codecs.ts';
import { NodeEvents, type Watch } from './node_events.ts';
import { convert_stat, FdTable, host_error, host_path, wait_ms } from './node_fd.ts';
import { FifoOpener } from './node_fifo.ts';
import { hash, hash_once, pbkdf2, scrypt } from './node_hash.ts';
import { log_message } from './node_log.ts';
import { NodePoll } from './node_poll.ts';
import { NodeSemaphores } from './node_semaphores.ts';
import { is_socket_file, NodeSockets } from './node_sockets.ts';
import { process_field, spawn, wait } from './node_spawn.ts';
import { make_device, make_fifo } from './node_special_files.ts';
import { NodeTerminals } from './node_terminals.ts';
import { set_times } from './node_times.ts';
import { NodeTls } from './node_tls.ts';

const SIGINT = 2;
const EQUALS = 61;
/** What Node puts where bytes are no UTF-8. */
const REPLACED = '\ufffd';
const utf8 = new TextEncoder();
/** Node's own, which no documentation names: 50 ns for a short string, where JavaScript takes 150 to 400. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
};

function bytes_of(text: string): Uint8Array {
  return utf8.encode(text);
}

function text_of(bytes: Uint8Array): string {
  return host_path(bytes).toString('utf8');
}

class NodeFiles implements HostFiles {
  readonly descriptor_path =
    process.platform === 'linux'
      ? (fd: number): Uint8Array | null => {
          const { hostfd } = this.fds.get(fd);
          return hostfd >= 0 ? bytes_of(`/proc/self/fd/${hostfd}`) : null;
        }
      : undefined;
  readonly fds: FdTable;
  readonly fifos: FifoOpener;
  private readonly host: NodeHost;
  constructor(host: NodeHost) {
    this.host = host;
    this.fds = new FdTable(host.events);
    this.fifos = new FifoOpener(this.fds, host.events);
  }

  shared_path(fd: number): Uint8Array {
    return bytes_of(this.fds.shared_path(fd));
  }
  open(file: Uint8Array, flags: number, mode: number): number {
    return this.fifos.take(file, flags) ?? this.fds.open(file, flags, mode);
  }
  begin_open(file: Uint8Array, flags: number, mode: number): (() => boolean) | null {
    return this.fifos.begin(file, flags, mode);
  }
  close(fd: number): void {
    this.fds.close(fd);
  }
  read(fd: number, into: Uint8Array): number {
    for (;;) {
      const n = this.fds.read_now(fd, into);
      if (n >= 0) return n;
      this.wait(fd, POLLIN);
    }
  }
  write(fd: number, data: Uint8Array): number {
    for (;;) {
      const n = this.fds.write_now(fd, data);
      if (n >= 0) return n;
      this.wait(fd, POLLOUT);
    }
  }
  private wait(fd: number, events: number): void {
    if (!this.fds.blocking(fd)) throw new HostError(errno_number('EAGAIN'), 'the call would have to wait');
    this.host.poll([{ fd, events, revents: 0 }], -1n);
  }
  read_now(fd: number, into: Uint8Array): number {
    return this.fds.read_now(fd, into);
  }
  write_now(fd: number, data: Uint8Array): number {
    return this.fds.write_now(fd, data);
  }
  inheritable(fd: number): boolean {
    return this.fds.inheritable(fd);
  }
  set_inheritable(fd: number, value: boolean): void {
    this.fds.set_inheritable(fd, value);
  }
  add_internal(internal: HostInternal): number {
    return this.fds.add_internal(internal);
  }
  internal(fd: number): HostInternal | null {
    return this.fds.internal(fd);
  }
  description(fd: number): object {
    return this.fds.description(fd);
  }
  changes(fd: number): number {
    return this.fds.changes(fd);
  }
  descriptors(): number[] {
    return this.fds.descriptors();
  }
  blocking(fd: number): boolean {
    return this.fds.blocking(fd);
  }
  set_blocking(fd: number, value: boolean): void {
    this.fds.set_blocking(fd, value);
  }
  lseek(fd: number, offset: number, whence: number): number {
    return this.fds.lseek(fd, offset, whence);
  }
  ftruncate(fd: number, size: number): void {
    this.fds.ftruncate(fd, size);
  }
  fsync(fd: number): void {
    this.fds.fsync(fd);
  }
  isatty(fd: number): boolean {
    return this.fds.isatty(fd);
  }
  dup(fd: number): number {
    return this.fds.dup(fd);
  }
  dup2(fd: number, fd2: number): number {
    return this.fds.dup2(fd, fd2);
  }
  pipe(): [number, number] {
    return this.fds.pipe();
  }
  fstat(fd: number): HostStat {
    return this.fds.fstat(fd);
  }
  fchmod(fd: number, mode: number): void {
    this.fds.fchmod(fd, mode);
  }
  stat(file: Uint8Array): HostStat {
    try {
      return with_sockets(fs.statSync(host_path(file), { bigint: true }));
    } catch (e) {
      throw host_error(e);
    }
  }
  lstat(file: Uint8Array): HostStat {
    try {
      return with_sockets(fs.lstatSync(host_path(file), { bigint: true }));
    } catch (e) {
      throw host_error(e);
    }
  }
  readdir(file: Uint8Array): HostDirEntry[] {
    try {
      return fs.readdirSync(host_path(file), { withFileTypes: true, encoding: 'buffer' }).map(entry => ({
        name: new Uint8Array(entry.name),
        type: entry.isFile() ? 'file' : entry.isDirectory() ? 'dir' : entry.isSymbolicLink() ? 'link' : 'other',
      }));
    } catch (e) {
      throw host_error(e);
    }
  }
  mkdir(file: Uint8Array, mode: number): void {
    try {
      fs.mkdirSync(host_path(file), mode);
    } catch (e) {
      throw host_error(e);
    }
  }
  mkfifo(file: Uint8Array, mode: number): void {
    make_fifo(file, mode);
  }
  mknod(file: Uint8Array, mode: number, major: number, minor: number): void {
    make_device(file, mode, major, minor);
  }
  rmdir(file: Uint8Array): void {
    try {
      fs.rmdirSync(host_path(file));
    } catch (e) {
      throw host_error(e);
    }
  }
  unlink(file: Uint8Array): void {
    try {
      fs.unlinkSync(host_path(file));
    } catch (e) {
      throw host_error(e);
    }
  }
  rename(from: Uint8Array, to: Uint8Array): void {
    try {
      fs.renameSync(host_path(from), host_path(to));
    } catch (e) {
      throw host_error(e);
    }
  }
  link(from: Uint8Array, to: Uint8Array): void {
    try {
      fs.linkSync(host_path(from), host_path(to));
    } catch (e) {
      throw host_error(e);
    }
  }
  symlink(target: Uint8Array, file: Uint8Array): void {
    try {
      fs.symlinkSync(host_path(target), host_path(file));
    } catch (e) {
      throw host_error(e);
    }
  }
  readlink(file: Uint8Array): Uint8Array {
    try {
      return new Uint8Array(fs.readlinkSync(host_path(file), 'buffer'));
    } catch (e) {
      throw host_error(e);
    }
  }
  chmod(file: Uint8Array, mode: number): void {
    try {
      fs.chmodSync(host_path(file), mode);
    } catch (e) {
      throw host_error(e);
    }
  }
  chown(file: Uint8Array, uid: number, gid: number, follow: boolean): void {
    try {
      (follow ? fs.chownSync : fs.lchownSync)(host_path(file), uid, gid);
    } catch (e) {
      throw host_error(e);
    }
  }
  utimes(file: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void {
    try {
      set_times(file, atime_ns, mtime_ns, follow);
    } catch (e) {
      throw host_error(e);
    }
  }
  access(file: Uint8Array, mode: number): boolean {
    // Without an error made for what is not there.
    if (mode === fs.constants.F_OK) return fs.existsSync(host_path(file));
    try {
      fs.accessSync(host_path(file), mode);
      return true;
    } catch {
      return false;
    }
  }
  file_system(file: Uint8Array): HostFileSystem {
    try {
      const fstat = fs.statfsSync(host_path(file), { bigint: true });
      return {
        block_size: Number(fstat.bsize),
        blocks: fstat.blocks,
        free: fstat.bfree,
        available: fstat.bavail,
        files: fstat.files,
        free_files: fstat.ffree,
        flags: mount_flags(fs.statSync(host_path(file)).dev),
        longest_name: 255,
        // Node does not tell it.
        id: 0n,
      };
    } catch (e) {
      throw host_error(e);
    }
  }
  realpath(file: Uint8Array): Uint8Array {
    try {
      return new Uint8Array(fs.realpathSync.native(host_path(file), 'buffer'));
    } catch (e) {
      throw host_error(e);
    }
  }
}

/** The status of a file, which may stand for a socket. */
function with_sockets(st: fs.BigIntStats): HostStat {
  const out = convert_stat(st);
  if (is_socket_file(st)) out.mode = (out.mode & 0o7777) | S_IFSOCK;
  return out;
}

/** statvfs(3)'s flags, by the names of mount options. */
const MOUNT_FLAGS: Readonly<Record<string, number>> = {
  ro: 1,
  nosuid: 2,
  nodev: 4,
  noexec: 8,
  sync: 16,
  mand: 64,
  noatime: 1024,
  nodiratime: 2048,
  relatime: 4096,
};

/** How the file system of a device is mounted, from /proc/self/mountinfo. */
function mount_flags(device: number): number {
  const minor = (device & 0xff) | (Math.floor(device / 0x100000) << 8);
  const name = `${Math.floor(device / 256) & 0xfff}:${minor}`;
  let text: string;
  try {
    text = fs.readFileSync('/proc/self/mountinfo', 'latin1');
  } catch {
    return 0; // not Linux
  }
  const line = text.split('\n').find(l => l.split(' ')[2] === name);
  return (line?.split(' ')[5] ?? '').split(',').reduce((flags, option) => flags | (MOUNT_FLAGS[option] ?? 0), 0);
}

/** Goes to a folder whose name is no UTF-8, which process.chdir() cannot be told, by a descriptor of it. */
function change_to_odd_folder(dir: Uint8Array): void {
  const fd = fs.openSync(host_path(dir), fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  try {
    process.chdir(`/proc/self/fd/${fd}`);
  } finally {
    fs.closeSync(fd);
  }
}

class NodeProcess implements HostProcess {
  readonly pid = process.pid;
  readonly ppid = process.ppid;
  private readonly host: NodeHost;
  /** Variables that are no UTF-8, by the name that Node shows; null before the first was met. */
  private odd: Map<string, [Uint8Array, Uint8Array]> | null = null;
  constructor(host: NodeHost) {
    this.host = host;
  }
  cwd(): Uint8Array {
    try {
      const name = process.cwd();
      return name.includes(REPLACED) ? fs.readlinkSync('/proc/self/cwd', 'buffer') : bytes_of(name);
    } catch (e) {
      throw host_error(e);
    }
  }
  chdir(dir: Uint8Array): void {
    const name = text_of(dir);
    try {
      if (name.includes(REPLACED)) change_to_odd_folder(dir);
      else process.chdir(name);
    } catch (e) {
      throw host_error(e);
    }
  }
  environ(): [Uint8Array, Uint8Array][] {
    const out: [Uint8Array, Uint8Array][] = [];
    for (const name of Object.keys(process.env)) {
      const value = process.env[name];
      const is_odd = name.includes(REPLACED) || value?.includes(REPLACED) === true;
      const odd = is_odd ? this.odd_variable(name, value) : null;
      if (odd !== null) out.push(odd);
      else if (value !== undefined) out.push([bytes_of(name), bytes_of(value)]);
    }
    return out;
  }
  /** What a variable really is that Node shows with U+FFFD: as it was set here, or as the process got it. */
  private odd_variable(name: string, value: string | undefined): [Uint8Array, Uint8Array] | null {
    if (this.odd === null) {
      this.odd = new Map();
      let given = Buffer.alloc(0);
      try {
        given = fs.readFileSync('/proc/self/environ');
      } catch {
        // not Linux
      }
      for (let start = 0; start < given.length; ) {
        let end = given.indexOf(0, start);
        if (end < 0) end = given.length;
        const at = given.indexOf(EQUALS, start + 1);
        if (at > 0 && at < end) this.note_odd(given.subarray(start, at), given.subarray(at + 1, end));
        start = end + 1;
      }
    }
    const entry = this.odd.get(name);
    // A name that Node garbles it cannot look up.
    return entry !== undefined && (value === undefined || text_of(entry[1]) === value) ? entry : null;
  }
  private note_odd(name: Uint8Array, value: Uint8Array): void {
    if (text_of(name).includes(REPLACED) || text_of(value).includes(REPLACED))
      this.odd!.set(text_of(name), [new Uint8Array(name), new Uint8Array(value)]);
  }
  setenv(name: Uint8Array, value: Uint8Array | null): void {
    if (value !== null && (text_of(name).includes(REPLACED) || text_of(value).includes(REPLACED))) {
      this.odd_variable('', ''); // what was given is read before it is changed
      this.note_odd(name, value);
    }
    if (value === null) delete process.env[text_of(name)];
    else process.env[text_of(name)] = text_of(value);
  }
  umask(mask: number): number {
    return process.umask(mask);
  }
  uid(): number {
    return process.getuid?.() ?? 0;
  }
  euid(): number {
    return process.geteuid?.() ?? 0;
  }
  gid(): number {
    return process.getgid?.() ?? 0;
  }
  egid(): number {
    return process.getegid?.() ?? 0;
  }
  uname(): { sysname: string; nodename: string; release: string; version: string; machine: string } {
    return {
      sysname: os.type(),
      nodename: os.hostname(),
      release: os.release(),
      version: os.version(),
      machine: os.machine(),
    };
  }
  cpu_count(): number {
    return os.availableParallelism();
  }
  loadavg(): [number, number, number] {
    return os.loadavg() as [number, number, number];
  }
  log = log_message;
  kill(pid: number, signal: number): void {
    const { host } = this;
    if (pid === process.pid) {
      // A signal to ourselves that Python handles needs no detour through the system.
      const watch = host.events.watching(signal);
      if (watch === 'ignore') return;
      if (watch === 'catch') {
        host.pending.push(signal);
        host.attention?.();
        return;
      }
    }
    host.events.drain();
    if (host.events.ended.has(pid)) return; // ended, and nobody waited for it: it still counts
    if ((pid <= 0 || pid === process.pid) && signal !== 0) host.sockets.end(); // what was sent is not lost with the process
    try {
      process.kill(pid, signal);
    } catch (e) {
      throw host_error(e);
    }
  }
  exit(status: number): never {
    this.host.sockets.end();
    this.host.files.fifos.end();
    this.host.events.end();
    process.exit(status);
  }
  spawn(request: HostSpawn): number {
    return spawn(request, this.host.files.fds, this.host.events);
  }
  wait(pid: number, keep: boolean): HostWaited | null {
    return wait(pid, keep, this.host.events);
  }
  getpgid(pid: number): number {
    return process_field(pid, 4);
  }
  getsid(pid: number): number {
    return process_field(pid, 5);
  }
  priority(pid: number): number {
    try {
      return os.getPriority(pid);
    } catch (e) {
      throw system_error(e);
    }
  }
  set_priority(pid: number, priority: number): void {
    try {
      os.setPriority(pid, priority);
    } catch (e) {
      throw system_error(e);
    }
  }
  set_id(kind: 'uid' | 'gid', effective: boolean, id: number): void {
    try {
      if (kind === 'uid') effective ? process.seteuid!(id) : process.setuid!(id);
      else effective ? process.setegid!(id) : process.setgid!(id);
    } catch (e) {
      throw host_error(e);
    }
  }
  /** Node adds the effective group where the system does not tell it. */
  groups(): number[] {
    const told = /^Groups:(.*)$/m.exec(status_text())?.[1];
    if (told === undefined) return process.getgroups?.() ?? [];
    return told.trim().split(/\s+/).filter(Boolean).map(Number);
  }
  set_groups(ids: readonly number[]): void {
    try {
      process.setgroups!(ids);
    } catch (e) {
      throw host_error(e);
    }
  }
}

function status_text(): string {
  try {
    return fs.readFileSync('/proc/self/status', 'latin1');
  } catch {
    return ''; // not Linux
  }
}

/** The error of a function of Node's that names the system's code within. */
function system_error(e: unknown): HostError {
  const { info } = e as { info?: { code?: unknown } };
  return host_error(typeof info?.code === 'string' ? { ...info, message: String((e as Error).message) } : e);
}

class NodeClock implements HostClock {
  /** Wall clock minus monotonic clock, in nanoseconds. */
  private offset = 0n;

  /** The monotonic clock carries the precision; Date the truth. */
  time_ns(): bigint {
    const wall = BigInt(Date.now()) * 1_000_000n;
    const now = process.hrtime.bigint() + this.offset;
    const error = now - wall;
    if (error >= 0n && error < 2_000_000n) return now;
    this.offset = wall - process.hrtime.bigint();
    return wall;
  }
  monotonic_ns(): bigint {
    return process.hrtime.bigint();
  }
  process_time_ns(): bigint {
    const { user, system } = process.cpuUsage();
    return BigInt(user + system) * 1000n;
  }
  sleep_ns(ns: bigint): void {
    const end = process.hrtime.bigint() + ns;
    for (let left = ns; left > 0n; left = end - process.hrtime.bigint())
      wait_ms(Math.min(Number(left) / 1e6, 0x7fffffff));
  }
  timezone(): string {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

export interface NodeHostOptions {
  /** Where files of the build output lie; beside the running script if absent. */
  asset_dir?: string;
}

/** Signals of the interval timers: real, virtual, profiling. */
const TIMER_SIGNALS = [14, 26, 27];

interface Timer {
  /** When it fires next, by the timer's clock, in milliseconds; 0: not set. */
  due: number;
  interval_ms: number;
}

class NodeMemory implements HostMemory {
  private gc: (() => void) | null = null;

  used(): number {
    const { used_heap_size, external_memory } = v8.getHeapStatistics();
    return used_heap_size + external_memory;
  }

  /** V8's own function, which only its flag makes known. */
  collect(): void {
    if (this.gc === null) {
      v8.setFlagsFromString('--expose-gc');
      this.gc = vm.runInNewContext('gc') as () => void;
      v8.setFlagsFromString('--no-expose-gc');
    }
    this.gc();
  }

  /** Three quarters of what the machine has (a container: of its share), and less than what V8 ends the process for. */
  limit(): number {
    const constrained = process.constrainedMemory?.() ?? 0;
    const total = os.totalmem();
    const machine = constrained > 0 && constrained < total ? constrained : total;
    return Math.floor(Math.min(0.75 * machine, 0.8 * v8.getHeapStatistics().heap_size_limit));
  }

  peak(): number {
    return process.resourceUsage().maxRSS * 1024;
  }
}

export class NodeHost implements Host {
  readonly name = 'node';
  readonly platform: string = process.platform;
  readonly events: NodeEvents;
  readonly files: NodeFiles;
  readonly sockets: NodeSockets;
  readonly semaphores: NodeSemaphores;
  readonly tls: NodeTls;
  readonly terminals: NodeTerminals;
  readonly process: NodeProcess;
  readonly clock = new NodeClock();
  readonly memory = new NodeMemory();
  /** Signals that need no watcher to be known. */
  readonly pending: number[] = [];
  private readonly poller: NodePoll;
  private readonly asset_dir: string;
  private readonly timers: Timer[] = [0, 1, 2].map(() => ({ due: 0, interval_ms: 0 }));

  constructor(options: NodeHostOptions = {}) {
    this.asset_dir = options.asset_dir ?? path.dirname(fileURLToPath(import.meta.url));
    this.events = new NodeEvents(this.asset_dir);
    this.files = new NodeFiles(this);
    this.sockets = new NodeSockets(this.files.fds, this.events);
    this.semaphores = new NodeSemaphores(this.files.fds);
    this.tls = new NodeTls(this.events);
    this.terminals = new NodeTerminals(this.files.fds);
    this.process = new NodeProcess(this);
    this.poller = new NodePoll(this.files.fds, this.events);
  }

  get attention(): (() => void) | null {
    return this.events.attention;
  }
  set attention(f: (() => void) | null) {
    this.events.attention = f;
  }

  /**
   * From Node 22 on V8 has no flags for it. The second one is the time between its looks at a function (ticks), measured in bytecodes.
   * 'nothing' means: eight times V8's own number of looks in the same time. For a long function that never returns, as the eval loop,
   * V8 compiles a version to enter in mid-loop, though only after one look for each 44 bytes of it: as the third flag has it
   * wait as long with the ordinary version, that one does not come first, and the program has compiled code some 0.2 s sooner.
   */
  postpone_optimizing(what: 'all' | 'short loops' | 'nothing'): void {
    if (Number.parseInt(process.versions.v8, 10) >= 12) return;
    v8.setFlagsFromString(`--ticks-before-optimization=${what === 'all' ? 1_000_000 : 24}`);
    v8.setFlagsFromString(`--interrupt-budget=${what === 'nothing' ? 8_448 : 600_000}`);
    v8.setFlagsFromString('--bytecode-size-allowance-per-tick=44');
  }

  poll(fds: HostPoll[], timeout_ns: bigint): number {
    const ready = this.poller.poll(fds, timeout_ns, this.interrupted);
    if (this.interrupted()) this.attention?.();
    return ready;
  }

  private readonly interrupted = (): boolean => this.pending.length > 0 || this.events.signals_arrived();

  decode_latin1(b: Uint8Array, start: number, end: number): string {
    return latin1Slice.call(b, start, end);
  }

  /** From the kernel itself where it offers a file: loading node:crypto takes milliseconds. */
  random_bytes(n: number): Uint8Array {
    const bytes = new Uint8Array(n);
    try {
      const fd = fs.openSync('/dev/urandom', 'r');
      try {
        let have = 0;
        while (have < n) have += fs.readSync(fd, bytes, have, n - have, null);
      } finally {
        fs.closeSync(fd);
      }
      return bytes;
    } catch {
      return crypto.randomFillSync(bytes);
    }
  }

  terminal_size(fd: number): [number, number] | null {
    let hostfd: number;
    try {
      hostfd = this.files.fds.get(fd).hostfd;
    } catch {
      return null;
    }
    if (hostfd < 0 || hostfd > 2 || !tty.isatty(hostfd)) return null;
    const stream = tty.isatty(1) ? process.stdout : tty.isatty(2) ? process.stderr : null;
    if (stream === null || stream.columns === undefined) return null;
    return stream.getWindowSize();
  }

  take_signals(): number[] {
    const out = this.pending.splice(0);
    this.events.take_signals(out);
    return out;
  }

  watch_signal(signal: number, watch: Watch): void {
    if (signal < 1 || signal > 64) throw new HostError(errno_number('EINVAL'), 'no such signal');
    // Everybody catches SIGINT; whoever changes a signal means it to work at once.
    const first = signal === SIGINT && watch === 'catch';
    if (!this.events.watch_signal(signal, watch, !first))
      throw new HostError(errno_number('EINVAL'), 'the signal cannot be caught');
  }

  start_watching(): void {
    this.events.start();
  }

  private timer_clock(which: number): number {
    if (which === 0) return performance.now();
    const { user, system } = process.cpuUsage();
    return (which === 1 ? user : user + system) / 1000;
  }

  get_timer(which: number): [left_ns: bigint, interval_ns: bigint] {
    const timer = this.timers[which];
    if (timer === undefined) throw new HostError(errno_number('EINVAL'), 'no such timer');
    const { due, interval_ms } = timer;
    if (due === 0) return [0n, 0n];
    let left = due - this.timer_clock(which);
    if (left <= 0 && interval_ms === 0) return [0n, 0n];
    while (left <= 0) left += interval_ms;
    return [BigInt(Math.ceil(left * 1e6)), BigInt(Math.round(interval_ms * 1e6))];
  }

  set_timer(which: number, after_ns: bigint, interval_ns: bigint): void {
    const after_ms = Number(after_ns) / 1e6;
    const interval_ms = Number(interval_ns) / 1e6;
    const signal = TIMER_SIGNALS[which];
    if (signal === undefined) throw new HostError(errno_number('EINVAL'), 'no such timer');
    if (after_ms === 0 && this.timers[which]!.due === 0) return;
    this.timers[which] = { due: after_ms === 0 ? 0 : this.timer_clock(which) + after_ms, interval_ms };
    this.events.tell({ do: 'timer', which, signal, after_ms, interval_ms });
  }

  inflate = inflate;
  deflate = deflate;
  crc32 = crc32;
  hash = hash;
  hash_once = hash_once;
  pbkdf2 = pbkdf2;
  scrypt = scrypt;
  get asset_folder(): string {
    return this.asset_dir;
  }
  load_bundle(name: string): unknown {
    return load_bundle(path.join(this.asset_dir, name));
  }
  read_asset(name: string): Uint8Array | null {
    try {
      return new Uint8Array(fs.readFileSync(path.join(this.asset_dir, name)));
    } catch {
      return null;
    }
  }
}
