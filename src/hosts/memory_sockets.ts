// memory_sockets.ts: sockets: pairs, the loopback network, local paths.
//
// Between the threads of one program no network is needed: bytes go from one end's queue to the other's at once. What a host
// has to do with other processes it puts behind a socket as its `peer` or `outside` (node_net.ts); without, addresses that
// are not this machine's are unreachable.
// Invariant: `names` holds exactly the bound sockets; a connected stream's `peer` is null once the other end is closed.

import { errno_number } from '../core/errno.ts';
import { S_IFSOCK } from '../core/fcntl.ts';
import {
  type HostAddress,
  type HostControl,
  HostError,
  type HostInternal,
  type HostReceived,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  POLLRDHUP,
} from '../core/host.ts';
import { type Cargo, hand_over, unload } from './memory_messages.ts';

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
const SOCK_SEQPACKET = 5;
const MSG_PEEK = 2;
const MSG_TRUNC = 32;
export const SOL_SOCKET = 1;
export const IPPROTO_IPV6 = 41;
export const IPV6_UNICAST_HOPS = 16;
const IPV6_V6ONLY = 26;
export const USUAL_HOPS = 64;
const SO_REUSEADDR = 2;
const SO_TYPE = 3;
const SO_ERROR = 4;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_REUSEPORT = 15;
const SO_ACCEPTCONN = 30;
const SO_PROTOCOL = 38;
const SO_DOMAIN = 39;
/** What a queue holds before writers wait, as Linux has it at first. */
const CAPACITY = 212_992;
const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

function fail(name: string, message: string): never {
  throw new HostError(errno_number(name), message);
}

export interface Packet {
  data: Uint8Array;
  from: HostAddress | null;
  cargo: Cargo | null;
  /** A datagram that came from outside the process. */
  foreign?: boolean;
}

/** The other end of a connection: a socket of this process, or what stands for one elsewhere. */
export interface Peer {
  /** Bytes that were sent to it and not taken. */
  readonly size: number;
  /** It reads no more. */
  readonly shut_read: boolean;
  /** It is elsewhere: it takes nothing but bytes. */
  readonly remote: boolean;
  deliver(packet: Packet): void;
  /** It will be sent no more. */
  end(): void;
  /** That many bytes of what it has sent were read. */
  relieve(n: number): void;
  /** The socket is closed; `unread`: with something that was not read. */
  leave(unread: boolean): void;
}

/** What a bound socket has outside the process. */
export interface Outside {
  /** Sends a datagram to somebody else; null: there are none. */
  readonly send: ((data: Uint8Array, to: HostAddress) => void) | null;
  /** That many bytes of datagrams were read. */
  relieve(n: number): void;
  close(s: MemorySocket): void;
}

/** What a name (a port, a path) stands for. */
const names: Map<string, Set<MemorySocket>> = new Map();
const ports = { next: FIRST_PORT };

function name_of(s: MemorySocket, a: HostAddress): string {
  if (a.family === AF_UNIX) return `unix ${s.type} ${a.host}`;
  return `${a.family} ${s.type} ${a.port}`;
}

function is_any(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function is_local(host: string): boolean {
  return host.startsWith('127.') || host === '::1' || is_any(host);
}

/** Where one gets who connects to any address: to this machine. */
export function loopback(a: HostAddress): HostAddress {
  return is_any(a.host) ? { ...a, host: a.family === AF_INET ? '127.0.0.1' : '::1' } : a;
}

/** Sockets bound to an address, the wildcard counting as any. */
function bound_to(s: MemorySocket, a: HostAddress): MemorySocket[] {
  const all = names.get(name_of(s, a));
  if (all === undefined) return [];
  if (a.family === AF_UNIX) return [...all];
  return [...all].filter(b => b.local!.host === a.host || is_any(b.local!.host) || is_any(a.host));
}

/** A listener for IPv6 that takes IPv4 connections, too. */
function dual_stack_server(s: MemorySocket, a: HostAddress): MemorySocket | undefined {
  if (a.family !== AF_INET) return undefined;
  const all = names.get(`${AF_INET6} ${s.type} ${a.port}`) ?? [];
  return [...all].find(
    b => b.waiting !== null && is_any(b.local!.host) && b.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY) === 0,
  );
}

/** An address as a socket of maybe another family sees it: IPv4 in IPv6. */
function as_seen(s: MemorySocket, a: HostAddress): HostAddress {
  if (s.family !== AF_INET6 || a.family !== AF_INET) return a;
  return { family: AF_INET6, host: `::ffff:${a.host}`, port: a.port };
}

export class MemorySocket implements HostInternal, Peer {
  readonly mode = S_IFSOCK | 0o777;
  changes = 0;
  readonly family: number;
  readonly type: number;
  readonly proto: number;
  local: HostAddress | null = null;
  peername: HostAddress | null = null;
  peer: Peer | null = null;
  readonly remote = false;
  outside: Outside | null = null;
  /** It is being connected to somebody elsewhere. */
  dialing = false;
  connected = false;
  /** It has been connected, and a caller that does not wait has yet to hear of it. */
  unreported = false;
  /** Connections made and not accepted yet; null: it does not listen. */
  waiting: MemorySocket[] | null = null;
  backlog = 0;
  /** Bytes or messages that arrived, `size` bytes in all. */
  inbox: Packet[] = [];
  size = 0;
  /** The other end will send no more. */
  ended = false;
  shut_read = false;
  shut_write = false;
  /** It was sent to after the other end was closed. */
  refused = false;
  /** Seconds for which close() may send what is left (SO_LINGER); -1: as long as it takes. */
  linger = -1;
  /** errno for the next call. */
  error = 0;
  readonly options: Map<string, number> = new Map();
  constructor(family: number, type: number, proto: number) {
    this.family = family;
    this.type = type;
    this.proto = proto;
  }

  get stream(): boolean {
    return this.type === SOCK_STREAM;
  }

  get readable(): boolean {
    if (this.waiting !== null) return this.waiting.length > 0;
    return this.inbox.length > 0 || this.ended || this.shut_read || this.error !== 0;
  }

  get writable(): boolean {
    if (this.error !== 0 || this.shut_write) return true;
    if (this.waiting !== null) return false;
    if (!this.connected) return !this.stream;
    return this.peer === null || this.peer.size < CAPACITY;
  }

  /** What poll(2) tells of it. */
  state(events: number): number {
    if (this.dialing) return 0;
    let out = 0;
    if ((events & POLLIN) !== 0 && this.readable) out |= POLLIN;
    if ((events & POLLOUT) !== 0 && this.writable) out |= POLLOUT;
    if (this.stream && this.ended) out |= events & POLLRDHUP;
    if (this.error !== 0) out |= POLLERR;
    if (this.stream && this.waiting === null) {
      if (!this.connected) out |= POLLHUP | (events & POLLOUT);
      else if (this.ended && (this.shut_write || this.peer === null)) out |= POLLHUP;
    }
    return out;
  }

  take_error(): void {
    const { error } = this;
    this.error = 0;
    if (error !== 0) throw new HostError(error, 'the connection failed');
  }

  /** Gives it an address. */
  name(a: HostAddress): void {
    this.local = a;
    const key = name_of(this, a);
    let set = names.get(key);
    if (set === undefined) {
      set = new Set();
      names.set(key, set);
    }
    set.add(this);
  }

  bind(a: HostAddress): void {
    this.may_bind();
    if (a.family !== AF_UNIX) {
      if (!is_local(a.host)) fail('EADDRNOTAVAIL', 'no address of this machine');
      if (a.port === 0) a = { ...a, port: this.free_port(a) };
    } else if (a.host === '') a = { ...a, host: `\0${(ports.next++).toString(16).padStart(5, '0')}` };
    this.sharing(a);
    this.name(a);
  }

  /** EINVAL if it has an address. */
  may_bind(): void {
    if (this.local !== null && !(this.family === AF_UNIX && this.local.host === '')) fail('EINVAL', 'bound already');
  }

  /** Those that have the address already, which have to agree. */
  sharing(a: HostAddress): MemorySocket[] {
    const others = bound_to(this, a);
    const may = (s: MemorySocket): boolean =>
      (s.option(SO_REUSEPORT) !== 0 && this.option(SO_REUSEPORT) !== 0) ||
      (s.option(SO_REUSEADDR) !== 0 && this.option(SO_REUSEADDR) !== 0 && s.waiting === null);
    if (others.some(s => !may(s))) fail('EADDRINUSE', 'in use');
    return others;
  }

  private free_port(a: HostAddress): number {
    for (let i = FIRST_PORT; i <= LAST_PORT; i++) {
      const port = ports.next++;
      if (ports.next > LAST_PORT) ports.next = FIRST_PORT;
      if (bound_to(this, { ...a, port }).length === 0) return port;
    }
    return fail('EADDRINUSE', 'no free port');
  }

  /** A connecting or sending socket gets an address of its own. */
  private name_itself(): void {
    if (this.local !== null) return;
    if (this.family === AF_UNIX) this.local = { family: AF_UNIX, host: '', port: 0 };
    else {
      const host = this.family === AF_INET ? '127.0.0.1' : '::1';
      const a = { family: this.family, host, port: 0 };
      a.port = this.free_port(a);
      // Nobody can connect to a port that a connection goes out from.
      if (this.stream) this.local = a;
      else this.name(a);
    }
  }

  /** Whether the address is that of a socket of this process, which may yet refuse. */
  reaches(a: HostAddress): boolean {
    if (a.family !== AF_UNIX && !is_local(a.host)) return false;
    const target = loopback(a);
    return bound_to(this, target).length > 0 || dual_stack_server(this, target) !== undefined;
  }

  listen(backlog: number): void {
    if (this.type === SOCK_DGRAM) fail('EOPNOTSUPP', 'not a stream');
    if (this.connected) fail('EINVAL', 'connected');
    if (this.local === null) {
      if (this.family === AF_UNIX) fail('EINVAL', 'not bound');
      this.bind({ family: this.family, host: this.family === AF_INET ? '0.0.0.0' : '::', port: 0 });
    }
    this.backlog = Math.max(0, backlog);
    this.waiting ??= [];
  }

  /** The next connection, or null if there is none yet. */
  accept(): MemorySocket | null {
    if (this.waiting === null) fail(this.stream ? 'EINVAL' : 'EOPNOTSUPP', 'not listening');
    return this.waiting.shift() ?? null;
  }

  /** Connects; false if the other side has no room for it now. */
  connect(a: HostAddress): boolean {
    if (this.waiting !== null) fail(this.family === AF_UNIX ? 'EINVAL' : 'EISCONN', 'listening');
    if (this.unreported) {
      this.unreported = false;
      return true;
    }
    if (this.type === SOCK_DGRAM) {
      this.connected = a.family !== 0;
      this.peername = a.family === 0 ? null : a;
      if (this.connected) this.name_itself();
      return true;
    }
    if (this.connected) fail('EISCONN', 'connected');
    if (a.family !== AF_UNIX && !is_local(a.host)) fail('ENETUNREACH', 'not this machine');
    const target = loopback(a);
    const server = bound_to(this, target).find(s => s.waiting !== null) ?? dual_stack_server(this, target);
    if (server === undefined) fail('ECONNREFUSED', 'nobody listens');
    if (server.waiting!.length > server.backlog) return false;
    this.name_itself();
    const other = new MemorySocket(server.family, this.type, this.proto);
    other.local = a.family === AF_UNIX ? server.local : as_seen(server, target);
    other.peername = as_seen(server, this.local!);
    this.peername = a.family === AF_UNIX ? server.local : target;
    for (const [key, value] of server.options) other.options.set(key, value);
    join(this, other);
    server.waiting!.push(other);
    server.changes++;
    return true;
  }

  /** As connect(), for a caller that does not wait: over the internet, it is only told later what came of it. */
  connect_later(a: HostAddress): boolean {
    if (this.family === AF_UNIX || !this.stream || this.connected || this.waiting !== null) return this.connect(a);
    try {
      this.unreported = this.connect(a);
    } catch (e) {
      if (!(e instanceof HostError) || e.errno !== errno_number('ECONNREFUSED')) throw e;
      this.error = e.errno;
    }
    this.changes++;
    return false;
  }

  /** Sends; -1 if there is no room now. */
  send(data: Uint8Array, to: HostAddress | null, cargo: Cargo | null): number {
    this.take_error();
    if (this.dialing) return -1;
    if (this.shut_write) fail('EPIPE', 'shut down');
    if (this.type === SOCK_DGRAM && this.peer === null) return this.send_packet(data, to ?? this.peername, cargo);
    if (to !== null && this.type !== SOCK_DGRAM) {
      if (this.connected && this.family === AF_UNIX) fail('EISCONN', 'connected');
    }
    if (!this.connected) fail(this.family === AF_UNIX ? 'ENOTCONN' : 'EPIPE', 'not connected');
    const { peer } = this;
    if (peer?.remote === true && cargo !== null && cargo.rights.length > 0)
      fail('EOPNOTSUPP', 'descriptors stay in their process');
    if (this.family !== AF_UNIX) {
      // That the other end is closed is only known from its answer to the first bytes.
      if (peer === null && this.refused) fail('EPIPE', 'the other end is closed');
      if (peer === null) this.refused = true;
      if (peer === null || peer.shut_read) return data.length;
    } else if (peer === null || peer.shut_read) fail('EPIPE', 'the other end is closed');
    if (!this.stream) {
      if (peer.size > 0 && peer.size + data.length > CAPACITY) return -1;
      peer.deliver({ data: data.slice(), from: this.local, cargo });
      return data.length;
    }
    const room = CAPACITY - peer.size;
    if (room <= 0) return -1;
    const n = Math.min(room, data.length);
    if (n > 0) peer.deliver({ data: data.slice(0, n), from: null, cargo });
    return n;
  }

  private send_packet(data: Uint8Array, to: HostAddress | null, cargo: Cargo | null): number {
    if (to === null) fail(this.family === AF_UNIX ? 'ENOTCONN' : 'EDESTADDRREQ', 'to whom?');
    const local = to.family === AF_UNIX || is_local(to.host);
    if (!local && this.outside === null) fail('ENETUNREACH', 'not this machine');
    if (data.length > 65_507 && to.family !== AF_UNIX) fail('EMSGSIZE', 'too long');
    this.name_itself();
    const target = loopback(to);
    const receiver = local ? bound_to(this, target)[0] : undefined;
    if (receiver === undefined && this.outside?.send) {
      this.outside.send(data.slice(), target);
      return data.length;
    }
    if (receiver === undefined) {
      if (to.family === AF_UNIX) fail('ECONNREFUSED', 'nobody is there');
      if (this.connected) this.error = errno_number('ECONNREFUSED');
      return data.length;
    }
    if (receiver.size + data.length > CAPACITY) return to.family === AF_UNIX ? -1 : data.length;
    const any = this.local !== null && this.local.family !== AF_UNIX && is_any(this.local.host);
    const from = any ? { ...this.local!, host: target.host } : this.local;
    receiver.deliver({ data: data.slice(), from: from !== null && from.host === '' ? null : from, cargo });
    return data.length;
  }

  deliver(packet: Packet): void {
    this.inbox.push(packet);
    this.changes++;
    this.size += packet.data.length;
  }

  read(into: Uint8Array): number {
    return this.receive(into, 0, 0)?.n ?? -1;
  }

  write(data: Uint8Array): number {
    return this.send(data, null, null);
  }

  /** So many bytes have been received: there is room for others. */
  private taken(n: number): void {
    this.size -= n;
    this.changes++;
    this.peer?.relieve(n);
  }

  relieve(): void {
    this.changes++;
  }

  /** Receives; null if nothing is there yet. `room`: bytes that ancillary data may take. */
  receive(into: Uint8Array, flags: number, room: number): HostReceived | null {
    if (this.dialing) return null;
    if (this.stream && !this.connected) {
      this.take_error();
      fail(this.waiting !== null || this.family !== AF_UNIX ? 'ENOTCONN' : 'EINVAL', 'not connected');
    }
    const first = this.inbox[0];
    if (first === undefined) {
      this.take_error();
      if (this.ended || this.shut_read) return { n: 0, from: null, flags: 0, control: [] };
      return null;
    }
    const peek = (flags & MSG_PEEK) !== 0;
    const control: HostControl[] = [];
    if (!this.stream) {
      const n = Math.min(first.data.length, into.length);
      into.set(first.data.subarray(0, n));
      const cut = first.data.length > n ? MSG_TRUNC : 0;
      const lost = hand_over(this, first.cargo, room, peek, control);
      if (!peek) {
        this.inbox.shift();
        this.taken(first.data.length);
        if (first.foreign === true) this.outside?.relieve(first.data.length);
      }
      return { n: (flags & MSG_TRUNC) !== 0 ? first.data.length : n, from: first.from, flags: cut | lost, control };
    }
    let n = 0;
    let lost = 0;
    for (let i = 0; n < into.length && i < this.inbox.length; ) {
      const packet = this.inbox[i]!;
      const { data, cargo } = packet;
      const take = Math.min(data.length, into.length - n);
      into.set(data.subarray(0, take), n);
      n += take;
      if (peek) i++;
      else if (take === data.length) this.inbox.shift();
      else packet.data = data.subarray(take);
      if (cargo === null) continue;
      // What a message carries comes with its first byte, and what follows waits for the next call.
      lost = hand_over(this, cargo, room, peek, control);
      if (!peek) packet.cargo = null;
      break;
    }
    if (!peek) this.taken(n);
    return { n, from: null, flags: lost, control };
  }

  shutdown(how: number): void {
    if (how < 0 || how > 2) fail('EINVAL', 'no such direction');
    if (!this.connected) fail('ENOTCONN', 'not connected');
    if (how !== 1) this.shut_read = true;
    if (how !== 0) {
      if (!this.shut_write) this.peer?.end();
      this.shut_write = true;
    }
  }

  end(): void {
    this.ended = true;
    this.changes++;
  }

  close(): void {
    if (this.local !== null) {
      const key = name_of(this, this.local);
      const set = names.get(key);
      if (set?.delete(this) && set.size === 0) names.delete(key);
    }
    this.outside?.close(this);
    this.outside = null;
    for (const s of this.waiting ?? []) s.close();
    for (const { cargo } of this.inbox) unload(cargo);
    const { peer } = this;
    this.peer = null;
    peer?.leave(this.inbox.length > 0 || this.linger === 0);
  }

  leave(unread: boolean): void {
    this.peer = null;
    this.end();
    // What was sent and not read is lost, and the sender is told.
    if (this.stream && unread) this.error = errno_number('ECONNRESET');
  }

  private option(name: number): number {
    return this.options.get(`${SOL_SOCKET} ${name}`) ?? 0;
  }

  getsockopt(level: number, name: number): number {
    if (level === SOL_SOCKET) {
      if (name === SO_TYPE) return this.type;
      if (name === SO_DOMAIN) return this.family;
      if (name === SO_PROTOCOL) return this.proto;
      if (name === SO_ACCEPTCONN) return this.waiting === null ? 0 : 1;
      if (name === SO_ERROR) {
        const { error } = this;
        this.error = 0;
        return error;
      }
      if (name === SO_SNDBUF || name === SO_RCVBUF) return this.options.get(`${level} ${name}`) ?? CAPACITY;
    }
    if (level === IPPROTO_IPV6 && name === IPV6_UNICAST_HOPS) return this.options.get(`${level} ${name}`) ?? USUAL_HOPS;
    return this.options.get(`${level} ${name}`) ?? 0;
  }

  setsockopt(level: number, name: number, value: number): void {
    // The kernel counts its own book-keeping in.
    const doubled = level === SOL_SOCKET && (name === SO_SNDBUF || name === SO_RCVBUF);
    if (level === IPPROTO_IPV6 && name === IPV6_UNICAST_HOPS && value === -1) value = USUAL_HOPS;
    this.options.set(`${level} ${name}`, doubled ? Math.max(value * 2, 2304) : value);
  }
}

function join(a: MemorySocket, b: MemorySocket): void {
  a.peer = b;
  b.peer = a;
  a.connected = true;
  b.connected = true;
}

export function new_socket(family: number, type: number, proto: number): MemorySocket {
  if (family !== AF_UNIX && family !== AF_INET && family !== AF_INET6) fail('EAFNOSUPPORT', 'no such family here');
  if (type !== SOCK_STREAM && type !== SOCK_DGRAM && !(type === SOCK_SEQPACKET && family === AF_UNIX))
    fail(family === AF_UNIX ? 'ESOCKTNOSUPPORT' : 'EPERM', 'no such type here');
  return new MemorySocket(family, type, proto);
}

export function new_pair(family: number, type: number, proto: number): [MemorySocket, MemorySocket] {
  if (family !== AF_UNIX) fail('EOPNOTSUPP', 'pairs are local');
  const a = new_socket(family, type, proto);
  const b = new_socket(family, type, proto);
  a.local = b.local = a.peername = b.peername = { family, host: '', port: 0 };
  join(a, b);
  return [a, b];
}
