// node_net_worker.ts: the network as the watcher thread sees it: sockets of Node, by number (see node_net_shared.ts).
//
// Invariant: `streams`, `servers` and `ports` hold what the interpreter's thread has not closed; `closing` those streams that it
// has closed and that still have something to send.
import * as dgram from 'node:dgram';
import * as dns from 'node:dns';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import type { HostAddress } from '../core/host.ts';
import { type NetEvent, type NetOption, type NetOrder, WINDOW } from './node_net_shared.ts';

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
/** Longest path of a local socket, in bytes. */
const LONGEST_PATH = 107;
const BACKLOG = 1024;
const NO_NAME: HostAddress = { family: AF_UNIX, host: '', port: 0 };

interface Stream {
  readonly socket: net.Socket;
  /** Bytes told of that the program has not read. */
  unread: number;
  /** To be told when nothing is left to send. */
  wants_room: boolean;
}

interface Port {
  readonly socket: dgram.Socket;
  unread: number;
  only: boolean;
}

export interface NetReports {
  tell(socket: number, event: NetEvent): void;
  /** An order's answer. */
  done(id: number, code: string): void;
}

function code_of(e: unknown): string {
  const { code } = e as { code?: unknown };
  return typeof code === 'string' ? code : 'EINVAL';
}

function address(host: string | undefined, port: number | undefined, family: string | undefined): HostAddress {
  const [numeric = '', scope] = (host ?? '').split('%');
  if (family !== 'IPv6') return { family: AF_INET, host: numeric, port: port ?? 0 };
  const scope_id = Number(scope);
  return { family: AF_INET6, host: numeric, port: port ?? 0, ...(scope_id > 0 ? { scope_id } : {}) };
}

function local_of(socket: net.Socket): HostAddress {
  return socket.localPort === undefined ? NO_NAME : address(socket.localAddress, socket.localPort, socket.localFamily);
}

/** A local socket's path as text; the interpreter's thread has a character for each byte. */
function path_of(a: HostAddress): string {
  return Buffer.from(a.host, 'latin1').toString('utf8');
}

export class NetWorker {
  private readonly reports: NetReports;
  private readonly streams: Map<number, Stream> = new Map();
  private readonly servers: Map<number, net.Server> = new Map();
  private readonly ports: Map<number, Port> = new Map();
  private readonly closing: Set<net.Socket> = new Set();
  private accepted = 0;
  private names = 0;

  constructor(reports: NetReports) {
    this.reports = reports;
  }

  obey(id: number, order: NetOrder): void {
    switch (order.op) {
      case 'listen':
        this.listen(id, order.socket, order.at, order.only_v6);
        break;
      case 'unlisten':
        this.servers.get(order.socket)?.close();
        this.servers.delete(order.socket);
        this.reports.done(id, '');
        break;
      case 'connect':
        this.connect(order.socket, order.to, order.from);
        break;
      case 'write':
        this.write(order.socket, order.data);
        break;
      case 'room':
        this.want_room(order.socket);
        break;
      case 'end':
        this.streams.get(order.socket)?.socket.end();
        break;
      case 'taken':
        this.taken(order.socket, order.n);
        break;
      case 'close':
        this.close(order.socket, order.reset);
        break;
      case 'datagrams':
        this.datagrams(id, order.socket, order.at, order.only_v6, order.share);
        break;
      case 'send':
        this.send(order.socket, order.data, order.to);
        break;
      case 'only':
        this.only(id, order.socket, order.peer);
        break;
      case 'forget':
        this.ports.get(order.socket)?.socket.close();
        this.ports.delete(order.socket);
        break;
      case 'option':
        this.reports.done(id, this.set_option(order.socket, order.option));
        break;
      case 'lookup':
        this.lookup(id, order.socket, order.name, order.family);
        break;
      case 'reverse':
        dns.lookupService(order.host, order.port, (error, name, service) => {
          if (error === null) this.reports.tell(order.socket, { what: 'named', name, service });
          this.reports.done(id, error === null ? '' : code_of(error));
        });
        break;
      default:
        this.flush(id, order.ms);
    }
  }

  // --- connections ------------------------------------------------------------------------------------------------------

  private adopt(id: number, socket: net.Socket): Stream {
    const { reports } = this;
    const stream: Stream = { socket, unread: 0, wants_room: false };
    this.streams.set(id, stream);
    socket.on('data', (data: Buffer) => {
      if (this.streams.get(id) !== stream) return; // closed by the program
      stream.unread += data.length;
      if (stream.unread >= WINDOW) socket.pause();
      reports.tell(id, { what: 'data', data });
    });
    socket.on('end', () => reports.tell(id, { what: 'end' }));
    return stream;
  }

  private listen(id: number, socket: number, at: HostAddress, only_v6: boolean): void {
    const { reports } = this;
    const server = net.createServer({ allowHalfOpen: true }, made => {
      const number = -++this.accepted;
      // The order counts: whoever is told of bytes knows of the connection.
      const remote = at.family === AF_UNIX ? NO_NAME : address(made.remoteAddress, made.remotePort, made.remoteFamily);
      reports.tell(socket, { what: 'accepted', socket: number, local: local_of(made), remote });
      this.adopt(number, made);
      made.on('error', e => reports.tell(number, { what: 'error', code: code_of(e) }));
    });
    const failed = (e: Error): void => reports.done(id, code_of(e));
    server.once('error', failed);
    const ready = (): void => {
      server.off('error', failed);
      server.on('error', () => undefined); // a connection could not be taken
      this.servers.set(socket, server);
      const got = server.address();
      if (got !== null && typeof got === 'object')
        reports.tell(socket, { what: 'bound', local: address(got.address, got.port, got.family) });
      reports.done(id, '');
    };
    try {
      if (at.family === AF_UNIX) this.listen_at(server, path_of(at), ready, failed);
      else server.listen({ host: at.host, port: at.port, ipv6Only: only_v6, exclusive: true, backlog: BACKLOG }, ready);
    } catch (e) {
      failed(e as Error);
    }
  }

  /**
   * Makes a local socket's file. Node would remove it when the server is closed, by its name: it gets another first. Where
   * there is no room for that, the file goes with its server.
   */
  private listen_at(server: net.Server, name: string, ready: () => void, failed: (e: Error) => void): void {
    const first = path.join(path.dirname(name), `.pyv${process.pid.toString(36)}${(this.names++).toString(36)}`);
    if (Buffer.byteLength(first) > LONGEST_PATH) {
      server.listen({ path: name, exclusive: true, backlog: BACKLOG }, ready);
      return;
    }
    server.listen({ path: first, exclusive: true, backlog: BACKLOG }, () => {
      try {
        fs.linkSync(first, name);
        fs.unlinkSync(first);
      } catch (e) {
        server.close();
        failed(e as Error);
        return;
      }
      ready();
    });
  }

  private connect(id: number, to: HostAddress, from: HostAddress | null): void {
    const { reports } = this;
    let made = false;
    const failed = (e: unknown): void =>
      reports.tell(id, made ? { what: 'error', code: code_of(e) } : { what: 'failed', code: code_of(e) });
    try {
      const socket = net.connect(
        to.family === AF_UNIX
          ? { path: path_of(to), allowHalfOpen: true }
          : {
              host: to.scope_id ? `${to.host}%${to.scope_id}` : to.host,
              port: to.port,
              allowHalfOpen: true,
              ...(from === null ? {} : { localAddress: from.host, localPort: from.port }),
            },
      );
      this.adopt(id, socket);
      socket.on('error', failed);
      socket.on('connect', () => {
        made = true;
        reports.tell(id, { what: 'connected', local: local_of(socket) });
      });
    } catch (e) {
      failed(e);
    }
  }

  private write(id: number, data: Uint8Array): void {
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    stream.socket.write(data, () => this.tell_room(id, stream));
  }

  private want_room(id: number): void {
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    stream.wants_room = true;
    this.tell_room(id, stream);
  }

  private tell_room(id: number, stream: Stream): void {
    if (!stream.wants_room || (stream.socket.writableLength > 0 && !stream.socket.destroyed)) return;
    stream.wants_room = false;
    this.reports.tell(id, { what: 'room' });
  }

  private taken(id: number, n: number): void {
    const port = this.ports.get(id);
    if (port !== undefined) port.unread -= n;
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    stream.unread -= n;
    if (stream.unread <= WINDOW / 2 && stream.socket.isPaused()) stream.socket.resume();
  }

  private close(id: number, reset: boolean): void {
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    const { socket } = stream;
    this.streams.delete(id);
    if (socket.destroyed) return;
    if (socket.connecting) socket.destroy();
    else if (reset) {
      if (socket.remotePort === undefined) socket.destroy();
      else socket.resetAndDestroy();
    } else {
      this.closing.add(socket);
      socket.once('close', () => this.closing.delete(socket));
      socket.end(() => socket.destroy());
    }
  }

  private flush(id: number, ms: number): void {
    const end = performance.now() + ms;
    const look = (): void => {
      let left = this.closing.size > 0;
      for (const { socket } of this.streams.values()) left ||= socket.writableLength > 0 && !socket.destroyed;
      if (left && performance.now() < end) setTimeout(look, 1);
      else this.reports.done(id, '');
    };
    // Datagrams go in the next turns of the loop.
    setImmediate(() => setImmediate(look));
  }

  // --- datagrams --------------------------------------------------------------------------------------------------------

  private datagrams(id: number, number: number, at: HostAddress, only_v6: boolean, share: boolean): void {
    const { reports } = this;
    const socket = dgram.createSocket({
      type: at.family === AF_INET ? 'udp4' : 'udp6',
      ipv6Only: only_v6,
      reuseAddr: share,
      // Only numeric addresses come here.
      lookup: (host, _options, found) => found(null, host, at.family === AF_INET ? 4 : 6),
    });
    const failed = (e: Error): void => {
      socket.close();
      reports.done(id, code_of(e));
    };
    socket.once('error', failed);
    const port: Port = { socket, unread: 0, only: false };
    socket.bind({ address: at.host, port: at.port, exclusive: true }, () => {
      socket.off('error', failed);
      socket.on('error', e => reports.tell(number, { what: 'error', code: code_of(e) }));
      this.ports.set(number, port);
      this.tell_name(number, socket);
      reports.done(id, '');
    });
    socket.on('message', (data, from) => {
      // As the system does where there is no room.
      if (port.unread + data.length > WINDOW) return;
      port.unread += data.length;
      reports.tell(number, { what: 'message', data, from: address(from.address, from.port, from.family) });
    });
  }

  private tell_name(number: number, socket: dgram.Socket): void {
    const got = socket.address();
    this.reports.tell(number, { what: 'bound', local: address(got.address, got.port, got.family) });
  }

  private send(number: number, data: Uint8Array, to: HostAddress): void {
    const port = this.ports.get(number);
    if (port === undefined) return;
    const sent = (e: Error | null): void => {
      if (e !== null) this.reports.tell(number, { what: 'error', code: code_of(e) });
    };
    if (port.only) port.socket.send(data, sent);
    else port.socket.send(data, to.port, to.host, sent);
  }

  private only(id: number, number: number, peer: HostAddress | null): void {
    const port = this.ports.get(number);
    if (port === undefined) return;
    const { socket } = port;
    try {
      if (port.only) socket.disconnect();
      port.only = false;
      if (peer === null) {
        this.reports.done(id, '');
        return;
      }
      socket.connect(peer.port, peer.host, (error?: Error) => {
        if (error === undefined) {
          port.only = true;
          this.tell_name(number, socket);
        }
        this.reports.done(id, error === undefined ? '' : code_of(error));
      });
    } catch (e) {
      this.reports.done(id, code_of(e));
    }
  }

  // --- options and names --------------------------------------------------------------------------------------------------

  private set_option(number: number, option: NetOption): string {
    try {
      const stream = this.streams.get(number)?.socket;
      const port = this.ports.get(number)?.socket;
      switch (option.name) {
        case 'no_delay':
          stream?.setNoDelay(option.on);
          break;
        case 'keep_alive':
          stream?.setKeepAlive(option.on, option.after_s * 1000);
          break;
        case 'broadcast':
          port?.setBroadcast(option.on);
          break;
        case 'ttl':
          port?.setTTL(option.value);
          break;
        case 'multicast_ttl':
          port?.setMulticastTTL(option.value);
          break;
        case 'multicast_loop':
          port?.setMulticastLoopback(option.on);
          break;
        case 'multicast_interface':
          port?.setMulticastInterface(option.address);
          break;
        case 'receive_buffer':
          port?.setRecvBufferSize(option.value);
          break;
        case 'send_buffer':
          port?.setSendBufferSize(option.value);
          break;
        default:
          if (option.on) port?.addMembership(option.group, option.by);
          else port?.dropMembership(option.group, option.by);
      }
      return '';
    } catch (e) {
      return code_of(e);
    }
  }

  private lookup(id: number, number: number, name: string, family: number): void {
    const version = family === AF_INET ? 4 : family === AF_INET6 ? 6 : 0;
    dns.lookup(name, { all: true, family: version, verbatim: true }, (error, found) => {
      if (error === null)
        this.reports.tell(number, {
          what: 'found',
          addresses: found.map(a => address(a.address, 0, a.family === 6 ? 'IPv6' : 'IPv4')),
        });
      this.reports.done(id, error === null ? '' : code_of(error));
    });
  }
}
