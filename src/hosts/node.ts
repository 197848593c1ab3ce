// node.ts: the machine as Node shows it: files, process, clocks, signals.
//
// Everything is synchronous: the interpreter never returns to Node's event loop while a program runs. Whatever fails
// throws a HostError with the errno that Linux gives.

import * as child_process from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as tty from 'node:tty';
import { fileURLToPath } from 'node:url';
import { errno_number } from '../core/errno.ts';
import {
  type Host,
  type HostClock,
  type HostDirEntry,
  HostError,
  type HostFiles,
  type HostProcess,
  type HostStat,
} from '../core/host.ts';
import { convert_stat, FdTable, host_error, host_path, wait_ms } from './node_fd.ts';

const utf8 = new TextEncoder();

function bytes_of(text: string): Uint8Array {
  return utf8.encode(text);
}

function text_of(bytes: Uint8Array): string {
  return host_path(bytes).toString('utf8');
}

class NodeFiles implements HostFiles {
  readonly fds = new FdTable();

  open(file: Uint8Array, flags: number, mode: number): number {
    return this.fds.open(file, flags, mode);
  }
  close(fd: number): void {
    this.fds.close(fd);
  }
  read(fd: number, into: Uint8Array): number {
    return this.fds.read(fd, into);
  }
  write(fd: number, data: Uint8Array): number {
    return this.fds.write(fd, data);
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
      return convert_stat(fs.statSync(host_path(file), { bigint: true }));
    } catch (e) {
      throw host_error(e);
    }
  }
  lstat(file: Uint8Array): HostStat {
    try {
      return convert_stat(fs.lstatSync(host_path(file), { bigint: true }));
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
  chown(file: Uint8Array, uid: number, gid: number): void {
    try {
      fs.chownSync(host_path(file), uid, gid);
    } catch (e) {
      throw host_error(e);
    }
  }
  /** Node takes seconds as a double: times keep about a microsecond. */
  utimes(file: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void {
    try {
      const set = follow ? fs.utimesSync : fs.lutimesSync;
      set(host_path(file), seconds(atime_ns), seconds(mtime_ns));
    } catch (e) {
      throw host_error(e);
    }
  }
  access(file: Uint8Array, mode: number): boolean {
    try {
      fs.accessSync(host_path(file), mode);
      return true;
    } catch {
      return false;
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

/** Seconds as a double, from nanoseconds: whole and fraction converted apart, for precision. */
function seconds(ns: bigint): number {
  const whole = ns / 1_000_000_000n;
  return Number(whole) + Number(ns - whole * 1_000_000_000n) / 1e9;
}

class NodeProcess implements HostProcess {
  readonly pid = process.pid;
  readonly ppid = process.ppid;
  private readonly host: NodeHost;
  constructor(host: NodeHost) {
    this.host = host;
  }
  cwd(): Uint8Array {
    try {
      return bytes_of(process.cwd());
    } catch (e) {
      throw host_error(e);
    }
  }
  chdir(dir: Uint8Array): void {
    try {
      process.chdir(text_of(dir));
    } catch (e) {
      throw host_error(e);
    }
  }
  environ(): [Uint8Array, Uint8Array][] {
    const out: [Uint8Array, Uint8Array][] = [];
    for (const name of Object.keys(process.env)) {
      const value = process.env[name];
      if (value !== undefined) out.push([bytes_of(name), bytes_of(value)]);
    }
    return out;
  }
  setenv(name: Uint8Array, value: Uint8Array | null): void {
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
  kill(pid: number, signal: number): void {
    // A signal to ourselves that Python handles needs no detour through the event loop, which does not run.
    if (pid === process.pid && this.host.watched.has(signal)) {
      this.host.pending.push(signal);
      return;
    }
    try {
      process.kill(pid, signal);
    } catch (e) {
      throw host_error(e);
    }
  }
  exit(status: number): never {
    process.exit(status);
  }
  spawn_sync(
    argv: string[],
    options: {
      cwd?: string;
      env?: Record<string, string>;
      input?: Uint8Array;
      stdio?: ('inherit' | 'pipe' | 'ignore')[];
    },
  ): { status: number | null; signal: number | null; stdout: Uint8Array; stderr: Uint8Array } {
    const result = child_process.spawnSync(argv[0]!, argv.slice(1), { ...options, maxBuffer: 1 << 30 });
    if (result.error !== undefined && result.status === null && result.signal === null) throw host_error(result.error);
    const signal = result.signal === null ? null : (os.constants.signals[result.signal] ?? 0);
    return {
      status: result.status,
      signal,
      stdout: new Uint8Array(result.stdout ?? []),
      stderr: new Uint8Array(result.stderr ?? []),
    };
  }
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
  /** Bit set of signals that another thread saw, shared: Node's own loop does not run while a program does. */
  signals?: Int32Array;
}

export class NodeHost implements Host {
  readonly name = 'node';
  readonly platform: string = process.platform;
  readonly files = new NodeFiles();
  readonly process: NodeProcess;
  readonly clock = new NodeClock();
  readonly watched: Set<number> = new Set();
  readonly pending: number[] = [];
  private readonly asset_dir: string;
  private readonly signals: Int32Array | null;

  constructor(options: NodeHostOptions = {}) {
    this.process = new NodeProcess(this);
    this.asset_dir = options.asset_dir ?? path.dirname(fileURLToPath(import.meta.url));
    this.signals = options.signals ?? null;
  }

  random_bytes(n: number): Uint8Array {
    return new Uint8Array(crypto.randomBytes(n));
  }

  terminal_size(fd: number): [number, number] | null {
    let hostfd: number;
    try {
      hostfd = this.files.fds.hostfd(fd);
    } catch {
      return null;
    }
    if (hostfd < 0 || hostfd > 2 || !tty.isatty(hostfd)) return null;
    const stream = tty.isatty(1) ? process.stdout : tty.isatty(2) ? process.stderr : null;
    return stream === null || stream.columns === undefined ? null : [stream.columns, stream.rows];
  }

  take_signals(): number[] {
    const out = this.pending.splice(0);
    if (this.signals !== null) {
      for (let word = 0; word < this.signals.length; word++) {
        const bits = Atomics.exchange(this.signals, word, 0);
        for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) out.push(word * 32 + bit);
      }
    }
    return out;
  }

  watch_signal(signal: number, watch: 'default' | 'ignore' | 'catch'): void {
    if (signal < 1 || signal > 64) throw new HostError(errno_number('EINVAL'), 'no such signal');
    if (watch === 'catch') this.watched.add(signal);
    else this.watched.delete(signal);
  }

  read_asset(name: string): Uint8Array | null {
    try {
      return new Uint8Array(fs.readFileSync(path.join(this.asset_dir, name)));
    } catch {
      return null;
    }
  }
}
