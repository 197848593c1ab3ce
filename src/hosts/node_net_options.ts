// node_net_options.ts: which socket options Node's sockets have; all others count within the process only.
import { AF_INET, IPPROTO_IPV6, IPV6_UNICAST_HOPS, type MemorySocket, SOL_SOCKET } from './memory_sockets.ts';
import type { NetOption } from './node_net_shared.ts';

const SO_BROADCAST = 6;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_KEEPALIVE = 9;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const TCP_KEEPIDLE = 4;
/** Linux's own: two hours. */
const USUAL_KEEPIDLE = 7200;
const IPPROTO_IP = 0;
const IP_TTL = 2;
const IP_MULTICAST_IF = 32;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;
const IP_ADD_MEMBERSHIP = 35;
const IP_DROP_MEMBERSHIP = 36;
const IPV6_MULTICAST_HOPS = 18;
const IPV6_MULTICAST_LOOP = 19;

function dotted(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** The option as Node has it, or null. `bytes`: the value, if it was no number. */
export function net_option(
  s: MemorySocket,
  level: number,
  name: number,
  value: number,
  bytes: Uint8Array | undefined,
): NetOption | null {
  const on = value !== 0;
  if (s.stream) {
    if (level === IPPROTO_TCP && name === TCP_NODELAY) return { name: 'no_delay', on };
    const idle = level === IPPROTO_TCP && name === TCP_KEEPIDLE;
    if (!idle && (level !== SOL_SOCKET || name !== SO_KEEPALIVE)) return null;
    const after_s = s.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE) || USUAL_KEEPIDLE;
    return { name: 'keep_alive', on: s.getsockopt(SOL_SOCKET, SO_KEEPALIVE) !== 0, after_s };
  }
  if (level === SOL_SOCKET) {
    if (name === SO_BROADCAST) return { name: 'broadcast', on };
    if (name === SO_RCVBUF) return { name: 'receive_buffer', value };
    return name === SO_SNDBUF ? { name: 'send_buffer', value } : null;
  }
  if (level === IPPROTO_IPV6) {
    if (name === IPV6_UNICAST_HOPS) return value > 0 ? { name: 'ttl', value } : null;
    if (name === IPV6_MULTICAST_HOPS) return { name: 'multicast_ttl', value };
    return name === IPV6_MULTICAST_LOOP ? { name: 'multicast_loop', on } : null;
  }
  if (level !== IPPROTO_IP || s.family !== AF_INET) return null;
  if (name === IP_TTL) return { name: 'ttl', value };
  if (name === IP_MULTICAST_TTL) return { name: 'multicast_ttl', value };
  if (name === IP_MULTICAST_LOOP) return { name: 'multicast_loop', on };
  if (bytes === undefined) return null;
  if (name === IP_MULTICAST_IF && bytes.length >= 4)
    return { name: 'multicast_interface', address: dotted(bytes.subarray(0, 4)) };
  // struct ip_mreq: the group, then the address of the interface.
  if ((name !== IP_ADD_MEMBERSHIP && name !== IP_DROP_MEMBERSHIP) || bytes.length < 8) return null;
  const joins = name === IP_ADD_MEMBERSHIP;
  return { name: 'membership', on: joins, group: dotted(bytes.subarray(0, 4)), by: dotted(bytes.subarray(4, 8)) };
}
