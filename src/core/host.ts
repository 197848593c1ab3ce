// host.ts: what the machine around the interpreter must offer. The only way to files, clocks and processes.
//
// A host that lacks something leaves the member out; the modules that need it then raise OSError(ENOSYS) or are absent.
// Calls are synchronous. A failing call throws HostError with the POSIX errno.

import type { HostTls } from './host_tls.ts';

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

/** Counts are of blocks and of files; `flags` are statvfs(3)'s. */
export interface HostFileSystem {
  block_size: number;
  blocks: bigint;
  free: bigint;
  available: bigint;
  files: bigint;
  free_files: bigint;
  flags: number;
  longest_name: number;
  id: bigint;
}

/** Paths are bytes as POSIX has them, so that undecodable names survive. */
export interface HostFiles {
  open(path: Uint8Array, flags: number, mode: number): number;
  /** Begins to open a FIFO whose other end is to be waited for. Gives what tells whether open() with the same arguments would end
   *  at once now (Host.poll wakes when that changes); null: it does, or it is no FIFO. */
  begin_open?(path: Uint8Array, flags: number, mode: number): (() => boolean) | null;
  close(fd: number): void;
  /** Reads into the buffer; 0 at the end. */
  read(fd: number, into: Uint8Array): number;
  write(fd: number, data: Uint8Array): number;
  /** pread() and pwrite(), for files. */
  read_at?(fd: number, into: Uint8Array, position: number): number;
  write_at?(fd: number, data: Uint8Array, position: number): number;
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
  mkfifo?(path: Uint8Array, mode: number): void;
  /** Makes a device; `mode` says what kind of. */
  mknod?(path: Uint8Array, mode: number, major: number, minor: number): void;
  rmdir(path: Uint8Array): void;
  unlink(path: Uint8Array): void;
  rename(from: Uint8Array, to: Uint8Array): void;
  link(from: Uint8Array, to: Uint8Array): void;
  symlink(target: Uint8Array, path: Uint8Array): void;
  readlink(path: Uint8Array): Uint8Array;
  chmod(path: Uint8Array, mode: number): void;
  fchmod(fd: number, mode: number): void;
  chown(path: Uint8Array, uid: number, gid: number, follow: boolean): void;
  utimes(path: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void;
  access(path: Uint8Array, mode: number): boolean;
  realpath(path: Uint8Array): Uint8Array;
  /** The file system that a path is on. */
  file_system?(path: Uint8Array): HostFileSystem;
  /** A path that leads to what the descriptor has open, whatever its name is by now; null where there are no such paths. */
  readonly descriptor_path?: ((fd: number) => Uint8Array | null) | undefined;
  /** A path by which other processes can open what the descriptor has open, while it is open. */
  shared_path?(fd: number): Uint8Array;
  /** read() that never waits: -1 where read() would have to. */
  read_now?(fd: number, into: Uint8Array): number;
  /** write() that never waits: -1 where write() would have to. */
  write_now?(fd: number, data: Uint8Array): number;
  /** Whether programs that are started get the descriptor (no FD_CLOEXEC). */
  inheritable?(fd: number): boolean;
  set_inheritable?(fd: number, value: boolean): void;
  /** A descriptor for something that is no file. */
  add_internal?(internal: HostInternal): number;
  /** What that is; null for files, pipes and the like. */
  internal?(fd: number): HostInternal | null;
  /** Stands for what is open: the same object for descriptors that dup() made. */
  description?(fd: number): object;
  /** Grows whenever something is read or written through it, as far as this process knows. */
  changes?(fd: number): number;
  /** All that are open, in order. */
  descriptors?(): number[];
  /** Whether read() and write() wait (no O_NONBLOCK). */
  blocking?(fd: number): boolean;
  set_blocking?(fd: number, value: boolean): void;
}

/** Bits of HostPoll.events and revents, poll(2)'s own. */
export const POLLIN = 1;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;
export const POLLRDHUP = 8192;

/** A descriptor to look at or to wait for. */
export interface HostPoll {
  fd: number;
  /** POLLIN, POLLOUT or both; POLLERR, POLLHUP and POLLNVAL are reported unasked. */
  events: number;
  /** Set by poll(). */
  revents: number;
}

/** What is behind a descriptor that is no file of the host: a socket in memory, an epoll object, a child. */
export interface HostInternal {
  /** The type in st_mode and the permissions. */
  readonly mode: number;
  /** What poll(2) tells of it; `ask` tells it of other descriptors. */
  state(events: number, ask: (entry: HostPoll) => number): number;
  /** Descriptors whose state its own depends on. */
  depends_on?(): HostPoll[];
  /** -1: nothing yet. */
  read(into: Uint8Array): number;
  /** -1: no room yet. */
  write(data: Uint8Array): number;
  /** Grows whenever something comes or goes, if that is counted. */
  readonly changes?: number;
  /** The last descriptor for it was closed. */
  close(): void;
}

/** A program to start, as fork() and execve() would. */
export interface HostSpawn {
  /** The files to try; the first that exists wins. */
  files: Uint8Array[];
  argv: Uint8Array[];
  /** NAME=value each. */
  env: Uint8Array[];
  /** The folder to start in, or null for ours. */
  cwd: Uint8Array | null;
  /** fds[n] is the descriptor of ours that the program has as n; -1: closed there. */
  fds: number[];
  /** setsid() before. */
  new_session: boolean;
  /** setpgid(0, process_group) before; -1: not. */
  process_group: number;
  /** User and group to become; -1: ours. */
  uid: number;
  gid: number;
  /** -1: ours. */
  umask: number;
  /** SIGPIPE and SIGXFSZ, which Python ignores, have their default action again. */
  restore_signals: boolean;
}

/** A child that ended. */
export interface HostWaited {
  pid: number;
  /** As wait(2) gives it: exit code in the second byte, signal in the first. */
  status: number;
}

/** An address of a socket: numeric text and port for the internet, the path ('': none; '\\0...': no file) for local ones. */
export interface HostAddress {
  /** AF_UNIX 1, AF_INET 2, AF_INET6 10; 0: none (ends a datagram socket's connection). */
  family: number;
  host: string;
  port: number;
  /** AF_INET6 only; 0 if missing. */
  flowinfo?: number;
  scope_id?: number;
}

/** Ancillary data of a message, as cmsg(3) has it; for SCM_RIGHTS `data` are descriptors, four bytes each. */
export interface HostControl {
  level: number;
  type: number;
  data: Uint8Array;
}

/** What came with a message. `flags` as of recvmsg(). */
export interface HostReceived {
  n: number;
  from: HostAddress | null;
  flags: number;
  control: HostControl[];
}

/** Sockets; their descriptors work with HostFiles and poll(), too. Nothing here waits. */
export type ConnectCall = 'first' | 'again' | 'only';

export interface HostSockets {
  socket(family: number, type: number, proto: number): number;
  socketpair(family: number, type: number, proto: number): [number, number];
  /** Family, type and protocol; ENOTSOCK. */
  describe(fd: number): [number, number, number];
  bind(fd: number, address: HostAddress): void;
  listen(fd: number, backlog: number): void;
  /** Null where accept() would wait. */
  accept_now(fd: number): [number, HostAddress] | null;
  /**
   * False where connect() would wait; then it goes on, and POLLOUT tells of its end. `call`: one that will wait ('first'), has
   * waited and asks what came of it ('again'), or does not block ('only').
   */
  connect_now(fd: number, address: HostAddress, call: ConnectCall): boolean;
  /** -1 where send() would wait. */
  send_now(fd: number, data: Uint8Array, to: HostAddress | null, control: readonly HostControl[]): number;
  /** Null where recv() would wait. `room`: bytes that ancillary data may take. */
  recv_now(fd: number, into: Uint8Array, flags: number, room: number): HostReceived | null;
  shutdown(fd: number, how: number): void;
  getsockname(fd: number): HostAddress;
  getpeername(fd: number): HostAddress;
  getsockopt(fd: number, level: number, name: number): number;
  /** `bytes`: the whole value, where it is more than a number. */
  setsockopt(fd: number, level: number, name: number, value: number, bytes?: Uint8Array): void;
  /** Begins to ask for a name's addresses in a family (0: any); without it there are no names but this machine's own. */
  lookup?(name: string, family: number): HostLookup<HostAddress[]>;
  /** Begins to ask for an address's name and its port's service. */
  reverse?(address: HostAddress): HostLookup<[name: string, service: string]>;
}

/** Something that a name server is asked. */
export interface HostLookup<T> {
  /** Null: no answer yet (Host.poll wakes when that changes). HostLookupError: there is none. */
  answer(): T | null;
}

/** A name that has no address, or the other way around; `code` as of getaddrinfo(3). */
export class HostLookupError {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** A counter that several processes take from and give to. Nothing here waits. */
export interface HostSemaphore {
  /** For poll(): POLLIN tells that take() is worth a try. */
  readonly fd: number;
  /** Takes one, if there is any. `sure`: false is the last word, not for want of luck. */
  take(sure: boolean): boolean;
  give(): void;
  value(): number;
  close(): void;
}

/** Semaphores by name, as sem_open(3) has them. */
export interface HostSemaphores {
  /** EEXIST: there is one of that name. `most`: the value never gets above. */
  create(name: string, value: number, most: number): HostSemaphore;
  open(name: string): HostSemaphore;
  unlink(name: string): void;
}

/** A terminal's attributes, as termios(3) has them on Linux. */
export interface HostTermios {
  iflag: number;
  oflag: number;
  /** The speed is in it. */
  cflag: number;
  lflag: number;
  cc: number[];
}

export interface HostTerminals {
  get(fd: number): HostTermios;
  /** when: TCSANOW 0, TCSADRAIN 1, TCSAFLUSH 2. */
  set(fd: number, when: number, attributes: HostTermios): void;
  get_size(fd: number): [rows: number, columns: number];
  set_size(fd: number, rows: number, columns: number): void;
  /** The number of the terminal whose master the descriptor (of /dev/ptmx) is; -1: of none. */
  number(fd: number): number;
  /** Lets the other end of a master be opened. */
  unlock(fd: number): void;
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
  /**
   * Starts a program; gives its process number. A HostError whose message is 'chdir' says that the folder is to blame,
   * otherwise the program's file.
   */
  spawn?(request: HostSpawn): number;
  /**
   * A child that ended and was not waited for yet, which is forgotten then (unless `keep`). pid: that child; -1: any.
   * Never waits: null when there is none so far (Host.poll wakes when that changes). ECHILD: it is no child of ours.
   */
  wait?(pid: number, keep: boolean): HostWaited | null;
  /** Process group and session of a process (0: ours). */
  getpgid?(pid: number): number;
  getsid?(pid: number): number;
  /** What nice values tell, -20 to 19; 0: this process. */
  priority?(pid: number): number;
  set_priority?(pid: number, priority: number): void;
  /** Sets the effective id, or all of them where that is allowed. */
  set_id?(kind: 'uid' | 'gid', effective: boolean, id: number): void;
  /** The process's further groups. */
  groups?(): number[];
  set_groups?(ids: readonly number[]): void;
  exit(status: number): never;
  /** Gives a message to the system's log; `priority` as for syslog(3), `pid` only if it is to be shown. */
  log?(priority: number, tag: string, pid: number | null, message: string): void;
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

/** A hash that is being fed. */
export interface HostHash {
  update(data: Uint8Array): void;
  /** Ends it. The length counts for algorithms that give any. */
  digest(length: number): Uint8Array;
  copy(): HostHash;
}

export interface HostScryptCost {
  n: number;
  r: number;
  p: number;
  maxmem: number;
}

/** The memory that JavaScript objects take. */
export interface HostMemory {
  /** Bytes, garbage included. */
  used(): number;
  /** Frees all garbage, which may take seconds. */
  collect(): void;
  /** Bytes that objects may take before the machine or the engine fails. */
  limit(): number;
  /** The most bytes that the process has had, by the system's count. */
  peak(): number;
}

export interface Host {
  readonly name: string;
  readonly platform: string;
  files: HostFiles;
  sockets?: HostSockets;
  semaphores?: HostSemaphores;
  tls?: HostTls;
  terminals?: HostTerminals;
  process: HostProcess;
  clock: HostClock;
  /** Without it no limit for memory can be set. */
  memory?: HostMemory;
  random_bytes(n: number): Uint8Array;
  /** A string of bytes [start, end), a character each, where the host has something faster than JavaScript. Needs no `this`. */
  decode_latin1?(b: Uint8Array, start: number, end: number): string;
  /** Columns and lines of the terminal at fd, or null. */
  terminal_size?(fd: number): [number, number] | null;
  /**
   * The one call that waits. Looks which descriptors are ready (sets revents); if none is, waits until one is, a child
   * ended, a signal came, or `timeout_ns` passed (0n: only looks; negative: no limit). The number of ready descriptors.
   * It may return early with 0: callers look again at what they wait for. Everything that blocks (read, write, sleep,
   * locks, waitpid, select, several of these at once) waits here; without it a host can only sleep.
   */
  poll?(fds: HostPoll[], timeout_ns: bigint): number;
  /** Signals that arrived since the last call. */
  take_signals?(): number[];
  /** What happens when a signal arrives: its default action, nothing, or take_signals() gives it. */
  watch_signal?(signal: number, watch: 'default' | 'ignore' | 'catch'): void;
  /**
   * Set by the runtime. The host calls it when a signal arrives while the program computes, in between two steps of
   * whatever JavaScript runs just then: all that it may do is set a flag (the eval breaker).
   */
  attention?: (() => void) | null;
  /**
   * Asks the JavaScript engine to put off its optimising compiler, where that can be asked: for all that runs, or (the default)
   * nothing; 'short loops': for what does not run for a tenth of a second.
   */
  postpone_optimizing?(what: 'all' | 'short loops' | 'nothing'): void;
  /** Makes sure that signals are noticed from now on although the program never waits (takes some milliseconds). */
  start_watching?(): void;
  /**
   * The interval timers of setitimer(2), which: 0 real, 1 virtual, 2 profiling: the time left and the interval, in
   * nanoseconds. They raise SIGALRM, SIGVTALRM and SIGPROF.
   */
  get_timer?(which: number): [left_ns: bigint, interval_ns: bigint];
  set_timer?(which: number, after_ns: bigint, interval_ns: bigint): void;
  /** Decompresses a whole zlib (wbits 8..15) or raw (-15..-8) stream; null where it cannot, or what is wrong must be said. */
  inflate?(data: Uint8Array, wbits: number): Uint8Array | null;
  /** Compresses a whole zlib (`wbits` 9 to 15), raw (-9 to -15) or gzip (25 to 31) stream, or null: not with these settings. */
  deflate?(data: Uint8Array, level: number, wbits: number): Uint8Array | null;
  /** A running hash by Python's name of the algorithm ('sha256', 'shake_128'); null if it is not known. */
  hash?(name: string): HostHash | null;
  /** The digest of one piece of data, faster than by hash(); null if it is not known. */
  hash_once?(name: string, data: Uint8Array): Uint8Array | null;
  pbkdf2?(name: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Uint8Array;
  scrypt?(password: Uint8Array, salt: Uint8Array, cost: HostScryptCost, length: number): Uint8Array;
  /** CRC-32 of the bytes, going on from `start`. */
  crc32?(data: Uint8Array, start: number): number;
  /** A file that is part of the build output (`stdlib.bin`), or null. */
  read_asset(name: string): Uint8Array | null;
  /** Where the build output lies, if it is files. */
  readonly asset_folder?: string;
  /** What another bundle of the build output exports; throws where it is missing. */
  load_bundle?(name: string): unknown;
}
