// host.ts: what the machine around the interpreter must offer. The only way to files, clocks and processes.
//
// A host that lacks something leaves the member out; the modules that need it then raise OSError(ENOSYS) or are absent.
// Calls are synchronous. A failing call throws HostError with the POSIX errno.

/** A failed system call. */
export class HostError {
  /** POSIX errno number (Linux values). */
  readonly errno: number;
  readonly message: string;
  constructor(errno: number, message: string) {
    this.errno = errno;
    this.message = message;
  }
}

/** File status, with times in nanoseconds since the epoch. */
export interface HostStat {
  mode: number;
  ino: bigint;
  dev: bigint;
  nlink: number;
  uid: number;
  gid: number;
  rdev: bigint;
  size: number;
  blksize: number;
  blocks: number;
  atime_ns: bigint;
  mtime_ns: bigint;
  ctime_ns: bigint;
}

export interface HostDirEntry {
  name: Uint8Array;
  type: 'file' | 'dir' | 'link' | 'other';
}

/** Paths are bytes as POSIX has them, so that undecodable names survive. */
export interface HostFiles {
  open(path: Uint8Array, flags: number, mode: number): number;
  close(fd: number): void;
  /** Reads into the buffer; 0 at the end. */
  read(fd: number, into: Uint8Array): number;
  write(fd: number, data: Uint8Array): number;
  /** whence: 0 start, 1 current, 2 end. Returns the new position. */
  lseek(fd: number, offset: number, whence: number): number;
  ftruncate(fd: number, size: number): void;
  fsync(fd: number): void;
  isatty(fd: number): boolean;
  dup(fd: number): number;
  dup2(fd: number, fd2: number): number;
  pipe(): [number, number];
  fstat(fd: number): HostStat;
  stat(path: Uint8Array): HostStat;
  lstat(path: Uint8Array): HostStat;
  readdir(path: Uint8Array): HostDirEntry[];
  mkdir(path: Uint8Array, mode: number): void;
  rmdir(path: Uint8Array): void;
  unlink(path: Uint8Array): void;
  rename(from: Uint8Array, to: Uint8Array): void;
  link(from: Uint8Array, to: Uint8Array): void;
  symlink(target: Uint8Array, path: Uint8Array): void;
  readlink(path: Uint8Array): Uint8Array;
  chmod(path: Uint8Array, mode: number): void;
  fchmod(fd: number, mode: number): void;
  chown(path: Uint8Array, uid: number, gid: number): void;
  utimes(path: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void;
  access(path: Uint8Array, mode: number): boolean;
  realpath(path: Uint8Array): Uint8Array;
}

export interface HostProcess {
  pid: number;
  ppid: number;
  cwd(): Uint8Array;
  chdir(path: Uint8Array): void;
  environ(): [Uint8Array, Uint8Array][];
  setenv(name: Uint8Array, value: Uint8Array | null): void;
  umask(mask: number): number;
  uid(): number;
  euid(): number;
  gid(): number;
  egid(): number;
  uname(): { sysname: string; nodename: string; release: string; version: string; machine: string };
  cpu_count(): number;
  loadavg(): [number, number, number];
  kill(pid: number, signal: number): void;
  exit(status: number): never;
  /** Runs a program to its end, synchronously (os.system, subprocess without pipes). */
  spawn_sync?(argv: string[], options: { cwd?: string; env?: Record<string, string>; input?: Uint8Array; stdio?: ('inherit' | 'pipe' | 'ignore')[] }): {
    status: number | null;
    signal: number | null;
    stdout: Uint8Array;
    stderr: Uint8Array;
  };
}

export interface HostClock {
  /** Nanoseconds since the epoch. */
  time_ns(): bigint;
  monotonic_ns(): bigint;
  process_time_ns(): bigint;
  /** Blocks for that many nanoseconds. */
  sleep_ns(ns: bigint): void;
  /** IANA name of the local time zone. */
  timezone(): string;
}

export interface Host {
  readonly name: string;
  readonly platform: string;
  files: HostFiles;
  process: HostProcess;
  clock: HostClock;
  random_bytes(n: number): Uint8Array;
  /** Columns and lines of the terminal at fd, or null. */
  terminal_size?(fd: number): [number, number] | null;
  /** Signals that arrived since the last call. */
  take_signals?(): number[];
  /** Starts or stops catching a signal. */
  watch_signal?(signal: number, watch: boolean): void;
  /** A file that is part of the build output (`stdlib.bin`), or null. */
  read_asset(name: string): Uint8Array | null;
}
