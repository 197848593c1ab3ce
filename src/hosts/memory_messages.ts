// memory_messages.ts: what messages between sockets in memory carry beside their bytes: descriptors, fields of IPv6 headers.
//
// Follows Linux: what its cmsg(3) accepts, in which order it hands things out, and how it cuts what finds no room.
// Invariant: a cargo's descriptors are held until the message is received or thrown away.
import { errno_number } from '../core/errno.ts';
import { type HostAddress, type HostControl, HostError } from '../core/host.ts';
import {
  AF_INET6,
  AF_UNIX,
  IPPROTO_IPV6,
  IPV6_UNICAST_HOPS,
  type MemorySocket,
  SOL_SOCKET,
  USUAL_HOPS,
} from './memory_sockets.ts';

const SCM_RIGHTS = 1;
const SCM_CREDENTIALS = 2;
const CREDENTIALS_SIZE = 12;
/** The most descriptors in one message. */
const SCM_MAX_FD = 253;
const IPV6_RECVHOPLIMIT = 51;
const IPV6_HOPLIMIT = 52;
const IPV6_RECVTCLASS = 66;
const IPV6_TCLASS = 67;
const MSG_CTRUNC = 8;
/** Bytes of a cmsghdr, and what items are aligned to. */
const HEADER = 16;
const ALIGNMENT = 8;

/** Something open that a message carries. */
export interface InFlight {
  /** A new descriptor for it. */
  receive(): number;
  /** The message no longer carries it. */
  close(): void;
}

export interface Cargo {
  rights: InFlight[];
  hop_limit: number;
  traffic_class: number;
}

function invalid(): never {
  throw new HostError(errno_number('EINVAL'), 'no such ancillary data');
}

function integers(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length >> 2 }, (_, i) => view.getInt32(4 * i, true));
}

/** The number for a header field of one byte; -1 stands for the socket's own. */
function byte_field(data: Uint8Array, own: number): number {
  const [value] = integers(data);
  if (data.length !== 4 || value! < -1 || value! > 255) invalid();
  return value === -1 ? own : value!;
}

/** Throws away what nobody received. */
export function unload(cargo: Cargo | null): void {
  for (const held of cargo?.rights ?? []) held.close();
}

function load(socket: MemorySocket, control: readonly HostControl[], hold: (fd: number) => InFlight): Cargo | null {
  const hop_limit = socket.getsockopt(IPPROTO_IPV6, IPV6_UNICAST_HOPS);
  const traffic_class = socket.getsockopt(IPPROTO_IPV6, IPV6_TCLASS);
  const cargo: Cargo = { rights: [], hop_limit, traffic_class };
  try {
    for (const { level, type, data } of control) {
      if (level === SOL_SOCKET) {
        if (type === SCM_CREDENTIALS) {
          if (socket.family === AF_UNIX && data.length !== CREDENTIALS_SIZE) invalid();
        } else if (type !== SCM_RIGHTS) invalid();
        else if (socket.family === AF_UNIX) {
          const fds = integers(data);
          if (fds.length > SCM_MAX_FD) invalid();
          for (const fd of fds) cargo.rights.push(hold(fd));
        }
      } else if (level === IPPROTO_IPV6 && socket.family === AF_INET6) {
        if (type === IPV6_HOPLIMIT) cargo.hop_limit = byte_field(data, hop_limit);
        else if (type === IPV6_TCLASS) cargo.traffic_class = byte_field(data, traffic_class);
        else invalid();
      }
    }
  } catch (e) {
    unload(cargo);
    throw e;
  }
  return cargo.rights.length === 0 && socket.family !== AF_INET6 ? null : cargo;
}

/** Sends with ancillary data; -1 if there is no room now. */
export function send_with(
  socket: MemorySocket,
  data: Uint8Array,
  to: HostAddress | null,
  control: readonly HostControl[],
  hold: (fd: number) => InFlight,
): number {
  if (control.length === 0 && (socket.stream || socket.family !== AF_INET6)) return socket.send(data, to, null);
  const cargo = load(socket, control, hold);
  let n = -1;
  try {
    n = socket.send(data, to, cargo);
  } finally {
    if (n < 0 || (n === 0 && socket.stream)) unload(cargo);
  }
  return n;
}

/** Hands a message's cargo to its receiver, in `room` bytes of buffer; `keep`: the message stays. MSG_CTRUNC or 0. */
export function hand_over(
  socket: MemorySocket,
  cargo: Cargo | null,
  room: number,
  keep: boolean,
  out: HostControl[],
): number {
  let cut = false;
  const put = (level: number, type: number, values: readonly number[]): void => {
    if (room < HEADER) {
      cut = true;
      return;
    }
    const bytes = new Uint8Array(Int32Array.from(values).buffer);
    const data = bytes.subarray(0, room - HEADER);
    if (data.length < bytes.length) cut = true;
    out.push({ level, type, data });
    room -= Math.min(room, HEADER + Math.ceil(data.length / ALIGNMENT) * ALIGNMENT);
  };
  if (socket.family === AF_INET6 && !socket.stream) {
    if (socket.getsockopt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT) !== 0)
      put(IPPROTO_IPV6, IPV6_HOPLIMIT, [cargo?.hop_limit ?? USUAL_HOPS]);
    if (socket.getsockopt(IPPROTO_IPV6, IPV6_RECVTCLASS) !== 0)
      put(IPPROTO_IPV6, IPV6_TCLASS, [cargo?.traffic_class ?? 0]);
  }
  const rights = cargo?.rights ?? [];
  if (rights.length > 0) {
    const fitting = Math.max(0, (room - HEADER) >> 2);
    if (fitting < rights.length) cut = true;
    if (fitting > 0)
      put(
        SOL_SOCKET,
        SCM_RIGHTS,
        rights.slice(0, fitting).map(held => held.receive()),
      );
    if (!keep) unload(cargo);
  }
  return cut ? MSG_CTRUNC : 0;
}
