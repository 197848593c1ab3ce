// node_net.ts: what is behind sockets whose other end is in another process (see node_net_shared.ts).
//
// A socket that the program sees is a MemorySocket always. Here are the peers of those that are connected to somebody else,
// and what holds the ports and paths of those that are bound: Node's sockets, in the watcher thread.
// Invariant: `heard` holds whatever the watcher may tell something of.
import { errno_number } from '../core/errno.ts';
import { type HostAddress, HostError, type HostLookup, HostLookupError } from '../core/host.ts';
import { AF_UNIX, MemorySocket, type Outside, type Packet, type Peer, SOL_SOCKET } from './memory_sockets.ts';
import type { NodeEvents } from './node_events.ts';
import { type NetEvent, type NetOption, type NetOrder, WINDOW } from './node_net_shared.ts';

const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
const SO_REUSEADDR = 2;
const SO_REUSEPORT = 15;
/** How long the end of the process may take to send what is left. */
const FLUSH_MS = 3000;
const EAI_AGAIN = -3;
const EAI_NONAME = -2;
const EAI_FAIL = -4;

/** The system's number for an error of Node's. */
function errno_of(code: string): number {
  const n = errno_number(code);
  return n > 0 ? n : errno_number('EINVAL');
}

type Hearer = (event: NetEvent) => void;

export class NodeNet {
  private readonly events: NodeEvents;
  private readonly heard: Map<number, Hearer> = new Map();
  /** What the program wants of sockets, also of those that Node does not have yet. */
  private readonly wishes: WeakMap<MemorySocket, Map<string, NetOption>> = new WeakMap();
  private used = false;

  constructor(events: NodeEvents) {
    this.events = events;
  }

  tell(net: NetOrder, given: ArrayBuffer[] = []): void {
    this.events.tell({ do: 'net', id: 0, net }, given);
  }

  /** Sends an order and waits for its answer. */
  ask(net: NetOrder): void {
    const { code } = this.events.ask({ do: 'net', net });
    if (code !== '') throw new HostError(errno_of(code), 'the network');
  }

  hear(id: number, hearer: Hearer): void {
    if (!this.used) this.events.on_net = (socket, event) => this.heard.get(socket)?.(event);
    this.used = true;
    this.heard.set(id, hearer);
  }

  forget(id: number): void {
    this.heard.delete(id);
  }

  /** Takes in what was reported. */
  drain(): void {
    if (this.used) this.events.drain();
  }

  /** The process is about to end: what was sent still goes out. */
  end(): void {
    if (this.used) this.ask({ op: 'flush', ms: FLUSH_MS });
  }

  /** Takes the address for a socket, and maybe others that share it. */
  bind(s: MemorySocket, at: HostAddress): HostAddress {
    const id = this.events.new_id();
    const only_v6 = s.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY) !== 0;
    const outside = s.stream ? new Listener(this, id) : new Port(this, id, s);
    this.hear(id, event => outside.hear(event));
    try {
      if (s.stream) this.ask({ op: 'listen', socket: id, at, only_v6 });
      else {
        const share = s.getsockopt(SOL_SOCKET, SO_REUSEADDR) !== 0 || s.getsockopt(SOL_SOCKET, SO_REUSEPORT) !== 0;
        this.ask({ op: 'datagrams', socket: id, at, only_v6, share });
      }
    } catch (e) {
      this.forget(id);
      throw e;
    }
    outside.share(s);
    if (!s.stream) this.grant(s, id);
    return outside.local ?? at;
  }

  /** Begins to connect. */
  dial(s: MemorySocket, to: HostAddress): void {
    const id = this.events.new_id();
    const from = s.local !== null && s.family !== AF_UNIX ? s.local : null;
    // Who connects from a port does not listen there.
    s.outside?.close(s);
    s.outside = null;
    const peer = new RemotePeer(this, id, s);
    s.peer = peer;
    s.peername = to;
    s.dialing = true;
    this.tell({ op: 'connect', socket: id, to, from });
    this.grant(s, id);
  }

  /** Wishes for an option, which counts at once if Node has the socket. */
  wish(s: MemorySocket, key: string, option: NetOption): void {
    let wishes = this.wishes.get(s);
    if (wishes === undefined) {
      wishes = new Map();
      this.wishes.set(s, wishes);
    }
    wishes.set(key, option);
    const { peer, outside } = s;
    if (peer instanceof RemotePeer) this.tell({ op: 'option', socket: peer.id, option });
    else if (outside instanceof Port) this.ask({ op: 'option', socket: outside.id, option });
  }

  /** Has Node's new socket be what the program wants of `s`. */
  grant(s: MemorySocket, id: number): void {
    for (const option of this.wishes.get(s)?.values() ?? []) this.tell({ op: 'option', socket: id, option });
  }

  lookup(name: string, family: number): HostLookup<HostAddress[]> {
    return new Lookup(this, this.events, socket => ({ op: 'lookup', socket, name, family }), found_addresses);
  }

  reverse({ host, port }: HostAddress): HostLookup<[string, string]> {
    return new Lookup(this, this.events, socket => ({ op: 'reverse', socket, host, port }), found_name);
  }
}

// --- connections --------------------------------------------------------------------------------------------------------

export class RemotePeer implements Peer {
  readonly id: number;
  readonly shut_read = false;
  readonly remote = true;
  size = 0;
  /** connect() has told of its success. */
  reported = false;
  private readonly net: NodeNet;
  private readonly socket: MemorySocket;
  /** Bytes that the socket has read and the watcher does not know of. */
  private read = 0;
  /** What of `size` an answer to `room` will take away; 0: not asked. */
  private asked = 0;

  constructor(net: NodeNet, id: number, socket: MemorySocket) {
    this.net = net;
    this.id = id;
    this.socket = socket;
    net.hear(id, event => this.hear(event));
  }

  private hear(event: NetEvent): void {
    const { socket } = this;
    switch (event.what) {
      case 'data':
        socket.deliver({ data: event.data, from: null, cargo: null });
        break;
      case 'end':
        socket.end();
        break;
      case 'room':
        this.size -= this.asked;
        this.asked = 0;
        this.ask_for_room();
        socket.changes++;
        break;
      case 'connected':
        socket.dialing = false;
        socket.connected = true;
        if (socket.family !== AF_UNIX) socket.local = event.local;
        else socket.local ??= event.local;
        socket.changes++;
        break;
      case 'failed':
        socket.dialing = false;
        this.broken(event.code);
        break;
      case 'error':
        this.broken(event.code);
        socket.refused = true;
        break;
    }
  }

  private broken(code: string): void {
    const { socket } = this;
    socket.error = errno_of(code);
    socket.peer = null;
    socket.peername = null;
    if (socket.connected) socket.end();
    else socket.changes++;
    this.hang_up(true);
  }

  private hang_up(reset: boolean): void {
    this.net.forget(this.id);
    this.net.tell({ op: 'close', socket: this.id, reset });
  }

  private ask_for_room(): void {
    if (this.asked > 0 || this.size < WINDOW / 2) return;
    this.asked = this.size;
    this.net.tell({ op: 'room', socket: this.id });
  }

  deliver({ data }: Packet): void {
    this.size += data.length;
    this.net.tell({ op: 'write', socket: this.id, data }, [data.buffer as ArrayBuffer]);
    this.ask_for_room();
    if (!this.socket.ended) return;
    // Whether the other end still reads, Node finds out by writing only.
    this.net.ask({ op: 'flush', ms: 0 });
    this.socket.take_error();
  }

  end(): void {
    this.net.tell({ op: 'end', socket: this.id });
  }

  relieve(n: number): void {
    this.read += n;
    if (this.read < WINDOW / 4) return;
    this.net.tell({ op: 'taken', socket: this.id, n: this.read });
    this.read = 0;
  }

  leave(unread: boolean): void {
    this.hang_up(unread || this.socket.linger === 0);
  }
}

/** Holds a port or a path for sockets that are bound to it. */
class Listener implements Outside {
  readonly id: number;
  readonly send = null;
  local: HostAddress | null = null;
  private readonly net: NodeNet;
  private readonly sockets: MemorySocket[] = [];
  /** Connections that came while none of the sockets listened. */
  private early: MemorySocket[] = [];

  constructor(net: NodeNet, id: number) {
    this.net = net;
    this.id = id;
  }

  hear(event: NetEvent): void {
    if (event.what === 'bound') this.local = event.local;
    else if (event.what === 'accepted') this.accept(event.socket, event.local, event.remote);
  }

  private accept(id: number, local: HostAddress, remote: HostAddress): void {
    const server = this.sockets.find(s => s.waiting !== null) ?? this.sockets[0];
    if (server === undefined) {
      this.net.tell({ op: 'close', socket: id, reset: true });
      return;
    }
    const made = new MemorySocket(server.family, server.type, server.proto);
    made.local = server.family === AF_UNIX ? server.local : local;
    made.peername = remote;
    made.connected = true;
    for (const [key, value] of server.options) made.options.set(key, value);
    const peer = new RemotePeer(this.net, id, made);
    peer.reported = true;
    made.peer = peer;
    this.net.grant(server, id);
    (server.waiting ?? this.early).push(made);
    server.changes++;
  }

  share(s: MemorySocket): void {
    this.sockets.push(s);
    s.outside = this;
  }

  /** One of the sockets listens from now on. */
  listening(s: MemorySocket): void {
    s.waiting!.push(...this.early);
    this.early = [];
  }

  relieve(): void {}

  close(s: MemorySocket): void {
    this.sockets.splice(this.sockets.indexOf(s), 1);
    if (this.sockets.length > 0) return;
    this.net.ask({ op: 'unlisten', socket: this.id });
    for (const made of this.early) made.close();
    this.net.forget(this.id);
  }
}

export function listens(s: MemorySocket): void {
  if (s.outside instanceof Listener) s.outside.listening(s);
}

/** Has a socket share the address of another. */
export function share(s: MemorySocket, outside: Outside): void {
  if (outside instanceof Listener) outside.share(s);
}

// --- datagrams ----------------------------------------------------------------------------------------------------------

class Port implements Outside {
  readonly id: number;
  local: HostAddress | null = null;
  private readonly net: NodeNet;
  private readonly socket: MemorySocket;
  private read = 0;

  constructor(net: NodeNet, id: number, socket: MemorySocket) {
    this.net = net;
    this.id = id;
    this.socket = socket;
  }

  hear(event: NetEvent): void {
    const { socket } = this;
    if (event.what === 'bound') {
      this.local = event.local;
      if (socket.local !== null) socket.local = event.local;
    } else if (event.what === 'message') {
      socket.deliver({ data: event.data, from: event.from, cargo: null, foreign: true });
    } else if (event.what === 'error' && socket.connected) {
      socket.error = errno_of(event.code);
      socket.changes++;
    }
  }

  share(s: MemorySocket): void {
    s.outside = this;
  }

  readonly send = (data: Uint8Array, to: HostAddress): void => {
    const { peername, connected } = this.socket;
    if (connected && (peername!.host !== to.host || peername!.port !== to.port))
      throw new HostError(errno_number('EISCONN'), 'Node sends to the peer only');
    this.net.tell({ op: 'send', socket: this.id, data, to }, [data.buffer as ArrayBuffer]);
  };

  /** Datagrams come from nobody else from now on; null: from anybody. */
  only(peer: HostAddress | null): void {
    this.net.ask({ op: 'only', socket: this.id, peer });
  }

  relieve(n: number): void {
    this.read += n;
    if (this.read < WINDOW / 4) return;
    this.net.tell({ op: 'taken', socket: this.id, n: this.read });
    this.read = 0;
  }

  close(): void {
    this.net.forget(this.id);
    this.net.tell({ op: 'forget', socket: this.id });
  }
}

export function only_from(s: MemorySocket, peer: HostAddress | null): void {
  if (s.outside instanceof Port) s.outside.only(peer);
}

// --- names --------------------------------------------------------------------------------------------------------------

function found_addresses(event: NetEvent): HostAddress[] | null {
  return event.what === 'found' ? event.addresses : null;
}

function found_name(event: NetEvent): [string, string] | null {
  return event.what === 'named' ? [event.name, event.service] : null;
}

class Lookup<T> implements HostLookup<T> {
  private readonly net: NodeNet;
  private readonly events: NodeEvents;
  private readonly socket: number;
  private readonly id: number;
  private found: T | null = null;

  constructor(
    net: NodeNet,
    events: NodeEvents,
    order: (socket: number) => NetOrder,
    read: (event: NetEvent) => T | null,
  ) {
    this.net = net;
    this.events = events;
    this.socket = events.new_id();
    net.hear(this.socket, event => {
      this.found = read(event);
    });
    this.id = events.begin({ do: 'net', net: order(this.socket) });
  }

  answer(): T | null {
    const done = this.events.answer(this.id);
    if (done === null) return null;
    this.net.forget(this.socket);
    if (done.code === '' && this.found !== null) return this.found;
    throw new HostLookupError(
      done.code === 'EAI_AGAIN' ? EAI_AGAIN : done.code === 'ENOTFOUND' ? EAI_NONAME : EAI_FAIL,
    );
  }
}
