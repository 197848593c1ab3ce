// node_sockets.ts: sockets of the Node host: those in memory, by descriptor.
//
// A local path that a socket is bound to is a file on disk, empty and marked by its number: stat() shows it as a socket.
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import { type HostAddress, type HostControl, HostError, type HostReceived, type HostSockets } from '../core/host.ts';
import { send_with } from './memory_messages.ts';
import { AF_UNIX, MemorySocket, new_pair, new_socket } from './memory_sockets.ts';
import { type FdTable, host_error, host_path } from './node_fd.ts';

const NOWHERE: HostAddress = { family: AF_UNIX, host: '', port: 0 };

/** Files that stand for sockets, by identity(): a name of their own. */
const socket_files: Map<string, string> = new Map();
const made = { files: 0 };

/** Which file it is; another file may get its number when it is gone, but was not born when it was. */
function identity(st: fs.BigIntStats): string {
  return `${st.dev} ${st.ino} ${st.birthtimeNs}`;
}

export function is_socket_file(st: fs.BigIntStats): boolean {
  return socket_files.size > 0 && socket_files.has(identity(st));
}

function file_key(path: string): string {
  try {
    return identity(fs.statSync(host_path(path_bytes(path)), { bigint: true }));
  } catch (e) {
    throw host_error(e);
  }
}

/** The bytes of a path: each a character here, so that any path survives. */
function path_bytes(path: string): Uint8Array {
  return Uint8Array.from(path, c => c.charCodeAt(0));
}

export class NodeSockets implements HostSockets {
  private readonly fds: FdTable;
  /** What bound local sockets call themselves, by what they are known as. */
  private readonly paths: Map<string, string> = new Map();
  constructor(fds: FdTable) {
    this.fds = fds;
  }

  private get(fd: number): MemorySocket {
    const internal = this.fds.internal(fd);
    if (!(internal instanceof MemorySocket)) throw new HostError(errno_number('ENOTSOCK'), 'not a socket');
    return internal;
  }

  socket(family: number, type: number, proto: number): number {
    return this.fds.add_internal(new_socket(family, type, proto));
  }
  socketpair(family: number, type: number, proto: number): [number, number] {
    const [a, b] = new_pair(family, type, proto);
    return [this.fds.add_internal(a), this.fds.add_internal(b)];
  }
  describe(fd: number): [number, number, number] {
    const s = this.get(fd);
    return [s.family, s.type, s.proto];
  }

  /** Local sockets are known by the file they stand for, whatever the path. */
  private known(address: HostAddress): HostAddress {
    if (address.family !== AF_UNIX || address.host === '' || address.host[0] === '\0') return address;
    const key = file_key(address.host);
    return { ...address, host: socket_files.get(key) ?? key };
  }
  private shown(address: HostAddress | null): HostAddress | null {
    if (address === null || address.family !== AF_UNIX) return address;
    return { ...address, host: this.paths.get(address.host) ?? address.host };
  }

  bind(fd: number, address: HostAddress): void {
    const s = this.get(fd);
    if (address.family !== AF_UNIX || address.host === '' || address.host[0] === '\0') {
      s.bind(address);
      return;
    }
    try {
      fs.closeSync(fs.openSync(host_path(path_bytes(address.host)), 'wx', 0o755));
    } catch (e) {
      const error = host_error(e);
      throw error.errno === errno_number('EEXIST') ? new HostError(errno_number('EADDRINUSE'), 'in use') : error;
    }
    const name = `file ${made.files++}`;
    socket_files.set(file_key(address.host), name);
    this.paths.set(name, address.host);
    s.bind({ ...address, host: name });
  }
  listen(fd: number, backlog: number): void {
    this.get(fd).listen(backlog);
  }
  accept_now(fd: number): [number, HostAddress] | null {
    const s = this.get(fd).accept();
    return s === null ? null : [this.fds.add_internal(s), this.shown(s.remote) ?? NOWHERE];
  }
  connect_now(fd: number, address: HostAddress): boolean {
    return this.get(fd).connect(this.known(address));
  }
  send_now(fd: number, data: Uint8Array, to: HostAddress | null, control: readonly HostControl[]): number {
    const known = to === null ? null : this.known(to);
    return send_with(this.get(fd), data, known, control, held => this.fds.hold(held));
  }
  recv_now(fd: number, into: Uint8Array, flags: number, room: number): HostReceived | null {
    const got = this.get(fd).receive(into, flags, room);
    return got === null ? null : { ...got, from: this.shown(got.from) };
  }
  shutdown(fd: number, how: number): void {
    this.get(fd).shutdown(how);
  }
  getsockname(fd: number): HostAddress {
    const s = this.get(fd);
    return (
      this.shown(s.local) ?? {
        family: s.family,
        host: s.family === AF_UNIX ? '' : s.family === 2 ? '0.0.0.0' : '::',
        port: 0,
      }
    );
  }
  getpeername(fd: number): HostAddress {
    const s = this.get(fd);
    if (!s.connected || s.remote === null || (s.stream && s.peer === null && s.error !== 0))
      throw new HostError(errno_number('ENOTCONN'), 'not connected');
    return this.shown(s.remote)!;
  }
  getsockopt(fd: number, level: number, name: number): number {
    return this.get(fd).getsockopt(level, name);
  }
  setsockopt(fd: number, level: number, name: number, value: number): void {
    this.get(fd).setsockopt(level, name, value);
  }
}
