// node_net_shared.ts: what the interpreter's thread and the watcher thread tell each other about the network.
//
// The watcher holds the sockets of Node (node_net_worker.ts), the interpreter's thread those that the program sees
// (node_net.ts). Both sides name them by number: positive ones are given by the interpreter's thread, negative ones by the
// watcher, to connections that others have made.
// Bytes flow without being asked for, as into the system's buffers: the sender of each direction stops at WINDOW bytes that
// are not taken yet.
import type { HostAddress } from '../core/host.ts';

/** Bytes on their way before the sender waits: what a socket's queue holds (memory_sockets.ts: CAPACITY). */
export const WINDOW = 212_992;

/** What of options Node knows. */
export type NetOption =
  | { name: 'no_delay'; on: boolean }
  | { name: 'keep_alive'; on: boolean; after_s: number }
  | { name: 'broadcast'; on: boolean }
  | { name: 'ttl' | 'multicast_ttl' | 'receive_buffer' | 'send_buffer'; value: number }
  | { name: 'multicast_loop'; on: boolean }
  | { name: 'multicast_interface'; address: string }
  /** Begins or ends to receive what is sent to a group. */
  | { name: 'membership'; on: boolean; group: string; by: string };

/** To the watcher. Those marked (answered) are answered by a `done` report, whose code is '' or the error's name. */
export type NetOrder =
  /** Takes a port and listens, or (an AF_UNIX address) makes a local socket's file. (answered) */
  | { op: 'listen'; socket: number; at: HostAddress; only_v6: boolean }
  /** No longer listens. (answered) */
  | { op: 'unlisten'; socket: number }
  /** Connects: `connected` or `failed` follows. `from`: the port to use, or null for any. */
  | { op: 'connect'; socket: number; to: HostAddress; from: HostAddress | null }
  | { op: 'write'; socket: number; data: Uint8Array }
  /** To be told by `room` when the system has taken all that was written. */
  | { op: 'room'; socket: number }
  /** No more will be written. */
  | { op: 'end'; socket: number }
  /** The program has read that many of the bytes that came. */
  | { op: 'taken'; socket: number; n: number }
  /** Closes a connection, after what was written (unless `reset`). */
  | { op: 'close'; socket: number; reset: boolean }
  /** Takes a port for datagrams. (answered) */
  | { op: 'datagrams'; socket: number; at: HostAddress; only_v6: boolean; share: boolean }
  | { op: 'send'; socket: number; data: Uint8Array; to: HostAddress }
  /** Sets whom datagrams come from; null: anybody. (answered) */
  | { op: 'only'; socket: number; peer: HostAddress | null }
  | { op: 'forget'; socket: number }
  /** (answered) */
  | { op: 'option'; socket: number; option: NetOption }
  /** Asks the system for a name's addresses. (answered, after `found`) */
  | { op: 'lookup'; socket: number; name: string; family: number }
  /** Asks the system for an address's name. (answered, after `named`) */
  | { op: 'reverse'; socket: number; host: string; port: number }
  /** Waits until the system has taken all that was written, `ms` milliseconds at most. (answered) */
  | { op: 'flush'; ms: number };

/** From the watcher, about a socket. */
export type NetEvent =
  /** The name that it has by now. */
  | { what: 'bound'; local: HostAddress }
  | { what: 'connected'; local: HostAddress }
  | { what: 'failed'; code: string }
  /** Somebody has connected to a listening one. */
  | { what: 'accepted'; socket: number; local: HostAddress; remote: HostAddress }
  | { what: 'data'; data: Uint8Array }
  /** The other end will send no more. */
  | { what: 'end' }
  | { what: 'room' }
  /** The connection is broken; for datagrams, one could not be delivered. */
  | { what: 'error'; code: string }
  | { what: 'message'; data: Uint8Array; from: HostAddress }
  | { what: 'found'; addresses: HostAddress[] }
  | { what: 'named'; name: string; service: string };
