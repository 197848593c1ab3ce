// memory_files.ts: a file system in memory, with descriptors, for hosts that have none.
//
// A tree of files, folders and symbolic links; what the library holds is shared with the archive it came in until it is
// written to. Descriptors point to open file descriptions: a file with a position, a pipe, a socket, or one of the page's
// streams (0, 1, 2).
// Invariant: an open file description lives while descriptors point to it; `refs` counts them.
import { errno_number } from '../core/errno.ts';
import {
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFREG,
} from '../core/fcntl.ts';
import {
  type HostDirEntry,
  HostError,
  type HostFiles,
  type HostInternal,
  type HostPoll,
  type HostStat,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
} from '../core/host.ts';
import type { InFlight } from './memory_messages.ts';
import { Pipe } from './memory_pipe.ts';

const MOST_LINKS = 40;
const BLOCK = 4096;

function fail(name: string, what: string): never {
  throw new HostError(errno_number(name), what);
}

class Inode {
  readonly ino: number;
  mode: number;
  nlink = 1;
  mtime_ns: bigint;
  atime_ns: bigint;
  /** A file's content is the first `size` bytes; `shared`: not to be written to. */
  data: Uint8Array = new Uint8Array(0);
  size = 0;
  shared = false;
  /** A folder's content, or null. */
  entries: Map<string, Inode> | null = null;
  parent: Inode | null = null;
  /** Where a symbolic link leads, or null. */
  target: string | null = null;
  constructor(ino: number, mode: number, now_ns: bigint) {
    this.ino = ino;
    this.mode = mode;
    this.mtime_ns = this.atime_ns = now_ns;
  }
}

/** What a page has in the place of the three streams. */
export interface PageStreams {
  write(fd: number, data: Uint8Array): void;
  /** Bytes that were typed; -1: none so far, 0: the end. */
  read(into: Uint8Array): number;
  readable(): boolean;
}

class OpenFile {
  readonly inode: Inode | null;
  readonly flags: number;
  pos = 0;
  refs = 0;
  blocking = true;
  pipe: Pipe | null = null;
  internal: HostInternal | null = null;
  /** Number of the page's stream, or -1. */
  stream = -1;
  constructor(inode: Inode | null, flags: number) {
    this.inode = inode;
    this.flags = flags;
  }
  get writes(): boolean {
    return (this.flags & O_ACCMODE) !== 0;
  }
}

interface Found {
  folder: Inode;
  name: string;
  inode: Inode | null;
}

/** Paths are texts inside, with a character for each byte: they may be in any encoding. */
function text_of(path: Uint8Array): string {
  let text = '';
  for (const byte of path) text += String.fromCharCode(byte);
  return text;
}

function bytes_of(path: string): Uint8Array {
  return Uint8Array.from(path, c => c.charCodeAt(0));
}

export class MemoryFiles implements HostFiles {
  private readonly fds: (OpenFile | undefined)[] = [];
  private readonly close_on_exec = new Set<number>();
  private readonly streams: PageStreams;
  private readonly now_ns: () => bigint;
  private next_ino = 1;
  private readonly root: Inode;
  private current = '/';
  /** The bits of a mode that new files and folders do not get. */
  umask = 0o22;

  constructor(streams: PageStreams, now_ns: () => bigint) {
    this.streams = streams;
    this.now_ns = now_ns;
    this.root = this.new_folder(0o755);
    this.root.parent = this.root;
    for (let fd = 0; fd < 3; fd++) {
      const file = new OpenFile(null, fd === 0 ? 0 : O_WRONLY);
      file.stream = fd;
      this.fds[fd] = file;
      file.refs = 1;
    }
  }

  // --- the tree ---------------------------------------------------------------------------------------------------------

  private new_folder(mode: number): Inode {
    const folder = new Inode(this.next_ino++, S_IFDIR | mode, this.now_ns());
    folder.entries = new Map();
    return folder;
  }

  private put(folder: Inode, name: string, inode: Inode): void {
    folder.entries!.set(name, inode);
    if (inode.entries !== null) inode.parent = folder;
    folder.mtime_ns = this.now_ns();
  }

  /** Puts a file in place with the folders above it; its bytes are shared. */
  add_file(path: string, data: Uint8Array, mtime_s: number): void {
    const parts = text_of(new TextEncoder().encode(path))
      .split('/')
      .filter(part => part !== '');
    let folder = this.root;
    for (const part of parts.slice(0, -1)) {
      let next = folder.entries!.get(part);
      if (next === undefined) {
        next = this.new_folder(0o755);
        this.put(folder, part, next);
      }
      folder = next;
    }
    const file = new Inode(this.next_ino++, S_IFREG | 0o644, BigInt(mtime_s) * 1_000_000_000n);
    file.data = data;
    file.size = data.length;
    file.shared = true;
    this.put(folder, parts[parts.length - 1]!, file);
  }

  /** Where a path leads; `follow`: also through a link at its end. */
  private find(path: string, follow: boolean): Found {
    if (path === '') fail('ENOENT', 'the path is empty');
    const parts = (path[0] === '/' ? path : `${this.current}/${path}`).split('/').filter(part => part !== '');
    const must_be_folder = path.endsWith('/');
    let folder = this.root;
    let links = 0;
    let name = '.';
    let inode: Inode | null = this.root;
    while (parts.length > 0) {
      name = parts.shift()!;
      if (folder.entries === null) fail('ENOTDIR', path);
      inode = name === '.' ? folder : name === '..' ? folder.parent! : (folder.entries.get(name) ?? null);
      const last = parts.length === 0;
      if (inode === null) {
        if (!last) fail('ENOENT', path);
        break;
      }
      if (inode.target !== null && (!last || follow || must_be_folder)) {
        if (++links > MOST_LINKS) fail('ELOOP', path);
        parts.unshift(...inode.target.split('/').filter(part => part !== ''));
        if (inode.target[0] === '/') folder = this.root;
        inode = folder;
        continue;
      }
      if (!last) {
        if (inode.entries === null) fail('ENOTDIR', path);
        folder = inode;
      }
    }
    if (must_be_folder && inode !== null && inode.entries === null) fail('ENOTDIR', path);
    return { folder, name, inode };
  }

  private existing(path: Uint8Array, follow = true): Inode {
    const text = text_of(path);
    return this.find(text, follow).inode ?? fail('ENOENT', text);
  }

  private folder_at(path: Uint8Array): Inode {
    const inode = this.existing(path);
    if (inode.entries === null) fail('ENOTDIR', text_of(path));
    return inode;
  }

  private stat_of(inode: Inode): HostStat {
    const { size, mtime_ns, atime_ns } = inode;
    return {
      mode: inode.mode,
      ino: BigInt(inode.ino),
      dev: 1n,
      nlink: inode.nlink,
      uid: 0,
      gid: 0,
      rdev: 0n,
      size: inode.target === null ? size : inode.target.length,
      blksize: BLOCK,
      blocks: Math.ceil(size / 512),
      atime_ns,
      mtime_ns,
      ctime_ns: mtime_ns,
    };
  }

  stat(path: Uint8Array): HostStat {
    return this.stat_of(this.existing(path));
  }
  lstat(path: Uint8Array): HostStat {
    return this.stat_of(this.existing(path, false));
  }
  readdir(path: Uint8Array): HostDirEntry[] {
    const out: HostDirEntry[] = [];
    for (const [name, inode] of this.folder_at(path).entries!) {
      const type = inode.entries !== null ? 'dir' : inode.target !== null ? 'link' : 'file';
      out.push({ name: bytes_of(name), type });
    }
    return out;
  }
  mkdir(path: Uint8Array, mode: number): void {
    const found = this.find(text_of(path).replace(/(?<=.)\/+$/, ''), false);
    if (found.inode !== null) fail('EEXIST', text_of(path));
    this.put(found.folder, found.name, this.new_folder(mode & 0o777 & ~this.umask));
  }
  rmdir(path: Uint8Array): void {
    const { folder, name, inode } = this.find(text_of(path), false);
    if (inode === null) fail('ENOENT', text_of(path));
    if (inode.entries === null) fail('ENOTDIR', text_of(path));
    if (inode === this.root) fail('EBUSY', text_of(path));
    if (name === '.') fail('EINVAL', text_of(path));
    if (inode.entries.size > 0 || name === '..') fail('ENOTEMPTY', text_of(path));
    folder.entries!.delete(name);
  }
  unlink(path: Uint8Array): void {
    const { folder, name, inode } = this.find(text_of(path), false);
    if (inode === null) fail('ENOENT', text_of(path));
    if (inode.entries !== null) fail('EISDIR', text_of(path));
    inode.nlink--;
    folder.entries!.delete(name);
  }
  rename(from: Uint8Array, to: Uint8Array): void {
    const source = this.find(text_of(from), false);
    if (source.inode === null) fail('ENOENT', text_of(from));
    const target = this.find(text_of(to), false);
    if ([source.name, target.name].some(name => name === '.' || name === '..')) fail('EBUSY', text_of(to));
    if (target.inode === source.inode) return;
    for (let folder = target.folder; folder !== this.root; folder = folder.parent!) {
      if (folder === source.inode) fail('EINVAL', text_of(to));
    }
    if (target.inode !== null) {
      if (target.inode.entries !== null && source.inode.entries === null) fail('EISDIR', text_of(to));
      if (target.inode.entries === null && source.inode.entries !== null) fail('ENOTDIR', text_of(to));
      if (target.inode.entries !== null && target.inode.entries.size > 0) fail('ENOTEMPTY', text_of(to));
      target.inode.nlink--;
    }
    source.folder.entries!.delete(source.name);
    this.put(target.folder, target.name, source.inode);
  }
  link(from: Uint8Array, to: Uint8Array): void {
    const inode = this.existing(from, false);
    const { folder, name, inode: there } = this.find(text_of(to), false);
    if (there !== null) fail('EEXIST', text_of(to));
    inode.nlink++;
    this.put(folder, name, inode);
  }
  symlink(target: Uint8Array, path: Uint8Array): void {
    const { folder, name, inode } = this.find(text_of(path), false);
    if (inode !== null) fail('EEXIST', text_of(path));
    const link = new Inode(this.next_ino++, S_IFLNK | 0o777, this.now_ns());
    link.target = text_of(target);
    this.put(folder, name, link);
  }
  readlink(path: Uint8Array): Uint8Array {
    const { target } = this.existing(path, false);
    return target === null ? fail('EINVAL', text_of(path)) : bytes_of(target);
  }
  chmod(path: Uint8Array, mode: number): void {
    const inode = this.existing(path);
    inode.mode = (inode.mode & ~0o7777) | (mode & 0o7777);
  }
  chown(path: Uint8Array): void {
    this.existing(path);
  }
  utimes(path: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void {
    const inode = this.existing(path, follow);
    inode.atime_ns = atime_ns;
    inode.mtime_ns = mtime_ns;
  }
  access(path: Uint8Array): boolean {
    try {
      this.existing(path);
      return true;
    } catch (e) {
      if (e instanceof HostError) return false;
      throw e;
    }
  }
  realpath(path: Uint8Array): Uint8Array {
    let inode = this.existing(path);
    let out = '';
    if (inode.entries === null) {
      const { folder, name } = this.find(text_of(path), true);
      out = `/${name}`;
      inode = folder;
    }
    for (; inode !== this.root; inode = inode.parent!) {
      for (const [name, child] of inode.parent!.entries!) if (child === inode) out = `/${name}${out}`;
    }
    return bytes_of(out === '' ? '/' : out);
  }
  chdir(path: Uint8Array): void {
    this.folder_at(path);
    this.current = text_of(this.realpath(path));
  }
  cwd(): Uint8Array {
    return bytes_of(this.current);
  }

  // --- descriptors ------------------------------------------------------------------------------------------------------

  private get(fd: number): OpenFile {
    return this.fds[fd] ?? fail('EBADF', `${fd} is no descriptor`);
  }

  private add(file: OpenFile, least = 0): number {
    let fd = least;
    while (this.fds[fd] !== undefined) fd++;
    this.fds[fd] = file;
    this.close_on_exec.add(fd);
    file.refs++;
    return fd;
  }

  open(path: Uint8Array, flags: number, mode: number): number {
    const text = text_of(path);
    const found = this.find(text, (flags & O_NOFOLLOW) === 0);
    let { inode } = found;
    if (inode === null) {
      if ((flags & O_CREAT) === 0) fail('ENOENT', text);
      inode = new Inode(this.next_ino++, S_IFREG | (mode & 0o777 & ~this.umask), this.now_ns());
      this.put(found.folder, found.name, inode);
    } else {
      if ((flags & (O_CREAT | O_EXCL)) === (O_CREAT | O_EXCL)) fail('EEXIST', text);
      if (inode.target !== null) fail('ELOOP', text);
      if (inode.entries !== null && (flags & O_ACCMODE) !== 0) fail('EISDIR', text);
      if (inode.entries === null && (flags & O_DIRECTORY) !== 0) fail('ENOTDIR', text);
      if ((flags & O_TRUNC) !== 0 && inode.entries === null) this.resize(inode, 0);
    }
    return this.add(new OpenFile(inode, flags));
  }

  close(fd: number): void {
    const file = this.get(fd);
    this.fds[fd] = undefined;
    this.close_on_exec.delete(fd);
    this.drop(file);
  }

  private drop(file: OpenFile): void {
    if (--file.refs > 0) return;
    if (file.pipe !== null) {
      if (file.writes) file.pipe.writers--;
      else file.pipe.readers--;
    }
    file.internal?.close();
  }

  private resize(inode: Inode, size: number): void {
    if (inode.shared || size > inode.data.length) {
      const data = new Uint8Array(Math.max(size, size > inode.size ? inode.size * 2 : 0));
      data.set(inode.data.subarray(0, Math.min(size, inode.size)));
      inode.data = data;
      inode.shared = false;
    } else if (size < inode.size) inode.data.fill(0, size, inode.size);
    inode.size = size;
    inode.mtime_ns = this.now_ns();
  }

  read_now(fd: number, into: Uint8Array): number {
    const file = this.get(fd);
    if ((file.flags & O_ACCMODE) === O_WRONLY) fail('EBADF', 'not open for reading');
    if (file.pipe !== null) return file.pipe.read(into);
    if (file.internal !== null) return file.internal.read(into);
    if (file.stream >= 0) return this.streams.read(into);
    const inode = file.inode!;
    if (inode.entries !== null) fail('EISDIR', 'a folder');
    const n = Math.max(0, Math.min(into.length, inode.size - file.pos));
    into.set(inode.data.subarray(file.pos, file.pos + n));
    file.pos += n;
    return n;
  }

  write_now(fd: number, data: Uint8Array): number {
    const file = this.get(fd);
    if (!file.writes) fail('EBADF', 'not open for writing');
    if (file.pipe !== null) return file.pipe.write(data);
    if (file.internal !== null) return file.internal.write(data);
    if (file.stream >= 0) {
      this.streams.write(file.stream, data);
      return data.length;
    }
    const inode = file.inode!;
    if ((file.flags & O_APPEND) !== 0) file.pos = inode.size;
    const end = file.pos + data.length;
    if (inode.shared || end > inode.size) this.resize(inode, Math.max(end, inode.size));
    inode.data.set(data, file.pos);
    inode.mtime_ns = this.now_ns();
    file.pos = end;
    return data.length;
  }

  read(fd: number, into: Uint8Array): number {
    const n = this.read_now(fd, into);
    return n >= 0 ? n : fail('EAGAIN', 'nothing to read yet');
  }
  write(fd: number, data: Uint8Array): number {
    const n = this.write_now(fd, data);
    return n >= 0 ? n : fail('EAGAIN', 'no room to write');
  }

  lseek(fd: number, offset: number, whence: number): number {
    const file = this.get(fd);
    if (file.inode === null) fail('ESPIPE', 'no position');
    const base = whence === 0 ? 0 : whence === 1 ? file.pos : whence === 2 ? file.inode.size : fail('EINVAL', 'whence');
    if (base + offset < 0) fail('EINVAL', 'before the start');
    file.pos = base + offset;
    return file.pos;
  }
  ftruncate(fd: number, size: number): void {
    const { inode } = this.get(fd);
    if (inode === null || size < 0) fail('EINVAL', 'no file');
    this.resize(inode, size);
  }
  fsync(fd: number): void {
    this.get(fd);
  }
  isatty(fd: number): boolean {
    this.get(fd);
    return false;
  }
  dup(fd: number): number {
    return this.add(this.get(fd));
  }
  dup2(fd: number, fd2: number): number {
    const file = this.get(fd);
    if (fd === fd2) return fd2;
    if (this.fds[fd2] !== undefined) this.close(fd2);
    this.fds[fd2] = file;
    file.refs++;
    return fd2;
  }
  pipe(): [number, number] {
    const pipe = new Pipe(BigInt(this.next_ino++));
    const reader = new OpenFile(null, 0);
    const writer = new OpenFile(null, O_WRONLY);
    reader.pipe = writer.pipe = pipe;
    return [this.add(reader), this.add(writer)];
  }
  fstat(fd: number): HostStat {
    const file = this.get(fd);
    if (file.inode !== null) return this.stat_of(file.inode);
    const mode = file.internal?.mode ?? (file.pipe !== null ? S_IFIFO | 0o600 : S_IFCHR | 0o600);
    return this.stat_of(new Inode(Number(file.pipe?.ino ?? 0n), mode, 0n));
  }
  fchmod(fd: number, mode: number): void {
    const { inode } = this.get(fd);
    if (inode !== null) inode.mode = (inode.mode & ~0o7777) | (mode & 0o7777);
  }
  inheritable(fd: number): boolean {
    this.get(fd);
    return !this.close_on_exec.has(fd);
  }
  set_inheritable(fd: number, value: boolean): void {
    this.get(fd);
    if (value) this.close_on_exec.delete(fd);
    else this.close_on_exec.add(fd);
  }
  descriptors(): number[] {
    return [...this.fds.keys()].filter(fd => this.fds[fd] !== undefined);
  }
  blocking(fd: number): boolean {
    return this.get(fd).blocking;
  }
  set_blocking(fd: number, value: boolean): void {
    this.get(fd).blocking = value;
  }

  // --- sockets and waiting ----------------------------------------------------------------------------------------------

  add_internal(internal: HostInternal): number {
    const file = new OpenFile(null, O_RDWR);
    file.internal = internal;
    return this.add(file);
  }
  /** Keeps what a descriptor has open while a message carries it. */
  hold(fd: number): InFlight {
    const file = this.get(fd);
    file.refs++;
    return {
      receive: () => {
        const received = this.add(file);
        this.close_on_exec.delete(received);
        return received;
      },
      close: () => this.drop(file),
    };
  }
  internal(fd: number): HostInternal | null {
    return this.get(fd).internal;
  }
  description(fd: number): object {
    return this.get(fd);
  }
  changes(fd: number): number {
    const { internal, pipe } = this.get(fd);
    return internal?.changes ?? pipe?.changes ?? 0;
  }

  /** Sets revents; the number of ready descriptors. */
  look(fds: HostPoll[]): number {
    let ready = 0;
    for (const entry of fds) {
      entry.revents = this.state(entry);
      if (entry.revents !== 0) ready++;
    }
    return ready;
  }

  private readonly ask = (entry: HostPoll): number => this.state(entry);

  private state({ fd, events }: HostPoll): number {
    const file = this.fds[fd];
    if (file === undefined) return POLLNVAL;
    const { pipe } = file;
    if (pipe !== null) {
      if (file.writes) return (events & POLLOUT && pipe.writable ? POLLOUT : 0) | (pipe.readers === 0 ? POLLERR : 0);
      return (events & POLLIN && pipe.size > 0 ? POLLIN : 0) | (pipe.writers === 0 ? POLLHUP : 0);
    }
    if (file.internal !== null) return file.internal.state(events, this.ask);
    if (file.stream === 0) return this.streams.readable() ? events & POLLIN : 0;
    return events & (POLLIN | POLLOUT);
  }
}
