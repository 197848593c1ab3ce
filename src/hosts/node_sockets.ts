// node_sockets.ts: sockets of the Node host by descriptor, and who of them talks to other processes (docs/adr/0006).
//
// Where both ends are in this process, the bytes stay in memory. Ports and paths are taken from the system all the same, and
// whoever is not found in the process is looked for outside (node_net.ts).
// A local path that Node cannot bind (for datagrams; a name that is no UTF-8) is an empty file, marked by its number: stat()
// shows it as a socket.
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import {
  type ConnectCall,
  type HostAddress,
  type HostControl,
  HostError,
  type HostLookup,
  type HostReceived,
  type HostSockets,
} from '../core/host.ts';
import { send_with } from './memory_messages.ts';
import {
  AF_INET,
  AF_UNIX,
  loopback,
  MemorySocket,
  new_pair,
  new_socket,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
} from './memory_sockets.ts';
import type { NodeEvents } from './node_events.ts';
import { type FdTable, host_error, host_path } from './node_fd.ts';
import { listens, NodeNet, only_from, RemotePeer, share } from './node_net.ts';
import { net_option } from './node_net_options.ts';

const SO_LINGER = 13;

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

/** Whether a path is UTF-8, which is all that Node passes on. */
function is_text(path: string): boolean {
  const bytes = Buffer.from(path, 'latin1');
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

function any_host(family: number): string {
  return family === AF_INET ? '0.0.0.0' : '::';
}

/** A path that is there already is in use. */
function in_use(e: unknown): HostError {
  const error = host_error(e);
  return error.errno === errno_number('EEXIST') ? new HostError(errno_number('EADDRINUSE'), 'in use') : error;
}

export class NodeSockets implements HostSockets {
  private readonly fds: FdTable;
  /** What bound local sockets call themselves, by what they are known as. */
  private readonly paths: Map<string, string> = new Map();
  private readonly net: NodeNet;
  constructor(fds: FdTable, events: NodeEvents) {
    this.fds = fds;
    this.net = new NodeNet(events);
  }

  /** The process is about to end. */
  end(): void {
    this.net.end();
  }

  /** An end of a pair that went through a start of a program (node_socket_pair.ts): it is read and written like a pipe. */
  private is_passed_on(fd: number): boolean {
    return this.fds.internal(fd) === null && this.fds.is_system_socket(fd);
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
    if (this.is_passed_on(fd)) return [AF_UNIX, SOCK_STREAM, 0];
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
    if (address.family !== AF_UNIX) this.bind_internet(s, address);
    else if (address.host === '' || address.host[0] === '\0') s.bind(address);
    else this.bind_path(s, address);
  }

  private bind_internet(s: MemorySocket, address: HostAddress): void {
    s.may_bind();
    const [other] = address.port === 0 ? [] : s.sharing(address);
    if (s.stream && other?.outside) {
      share(s, other.outside);
      s.name(address);
    } else s.name(this.net.bind(s, address));
  }

  private bind_path(s: MemorySocket, address: HostAddress): void {
    s.may_bind();
    try {
      if (s.type === SOCK_STREAM && is_text(address.host)) this.net.bind(s, address);
      else fs.closeSync(fs.openSync(host_path(path_bytes(address.host)), 'wx', 0o755));
    } catch (e) {
      throw in_use(e);
    }
    const name = `file ${made.files++}`;
    socket_files.set(file_key(address.host), name);
    this.paths.set(name, address.host);
    s.bind({ ...address, host: name });
  }

  /** Sending or connected datagram sockets take a port. */
  private take_port(s: MemorySocket): void {
    if (s.type !== SOCK_DGRAM || s.family === AF_UNIX || s.local !== null) return;
    this.bind_internet(s, { family: s.family, host: any_host(s.family), port: 0 });
  }

  listen(fd: number, backlog: number): void {
    const s = this.get(fd);
    if (s.stream && !s.connected && s.local === null && s.family !== AF_UNIX)
      this.bind_internet(s, { family: s.family, host: any_host(s.family), port: 0 });
    s.listen(backlog);
    listens(s);
  }
  accept_now(fd: number): [number, HostAddress] | null {
    const server = this.get(fd);
    if (!server.readable) this.net.drain();
    const s = server.accept();
    return s === null ? null : [this.fds.add_internal(s), this.shown(s.peername) ?? NOWHERE];
  }

  connect_now(fd: number, address: HostAddress, call: ConnectCall): boolean {
    const s = this.get(fd);
    if (s.type === SOCK_DGRAM && s.family !== AF_UNIX) return this.connect_datagrams(s, address);
    if (s.dialing) this.net.drain();
    if (s.dialing && call === 'again') return false;
    if (s.dialing) throw new HostError(errno_number('EALREADY'), 'being connected');
    if (s.peer instanceof RemotePeer && s.connected && !s.peer.reported) {
      s.peer.reported = true;
      return true;
    }
    if (!s.connected) s.take_error();
    const a = this.known(address);
    if (!s.stream || s.connected || s.waiting !== null || s.reaches(a))
      return call === 'only' ? s.connect_later(a) : s.connect(a);
    this.net.dial(s, a === address ? loopback(a) : address);
    return false;
  }

  private connect_datagrams(s: MemorySocket, address: HostAddress): boolean {
    const peer = address.family === 0 ? null : loopback(address);
    if (peer !== null) this.take_port(s);
    only_from(s, peer);
    return s.connect(peer ?? address);
  }

  send_now(fd: number, data: Uint8Array, to: HostAddress | null, control: readonly HostControl[]): number {
    if (control.length === 0 && to === null && this.is_passed_on(fd)) return this.fds.write_now(fd, data);
    const s = this.get(fd);
    const known = to === null ? null : this.known(to);
    if (to !== null) this.take_port(s);
    if (s.peer?.remote === true) this.net.drain();
    return send_with(s, data, known, control, held => this.fds.hold(held));
  }
  recv_now(fd: number, into: Uint8Array, flags: number, room: number): HostReceived | null {
    if (flags === 0 && this.is_passed_on(fd)) {
      const n = this.fds.read_now(fd, into);
      return n < 0 ? null : { n, from: null, flags: 0, control: [] };
    }
    const s = this.get(fd);
    if (!s.readable) this.net.drain();
    const got = s.receive(into, flags, room);
    return got === null ? null : { ...got, from: this.shown(got.from) };
  }
  shutdown(fd: number, how: number): void {
    this.get(fd).shutdown(how);
  }
  getsockname(fd: number): HostAddress {
    if (this.is_passed_on(fd)) return NOWHERE;
    const s = this.get(fd);
    return (
      this.shown(s.local) ?? {
        family: s.family,
        host: s.family === AF_UNIX ? '' : any_host(s.family),
        port: 0,
      }
    );
  }
  getpeername(fd: number): HostAddress {
    if (this.is_passed_on(fd)) return NOWHERE;
    const s = this.get(fd);
    if (!s.connected || s.peername === null || (s.stream && s.peer === null && s.error !== 0))
      throw new HostError(errno_number('ENOTCONN'), 'not connected');
    return this.shown(s.peername)!;
  }
  getsockopt(fd: number, level: number, name: number): number {
    return this.get(fd).getsockopt(level, name);
  }
  setsockopt(fd: number, level: number, name: number, value: number, bytes?: Uint8Array): void {
    const s = this.get(fd);
    s.setsockopt(level, name, value);
    if (level === SOL_SOCKET && name === SO_LINGER && bytes?.length === 8) s.linger = value === 0 ? -1 : bytes[4]!;
    const option = net_option(s, level, name, value, bytes);
    if (option !== null) this.net.wish(s, `${level} ${name} ${'group' in option ? option.group : ''}`, option);
  }
  lookup(name: string, family: number): HostLookup<HostAddress[]> {
    return this.net.lookup(name, family);
  }
  reverse(address: HostAddress): HostLookup<[name: string, service: string]> {
    return this.net.reverse(address);
  }
}
