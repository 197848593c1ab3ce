// node_socket_pair.ts: pairs of sockets in memory become sockets of the system once a child gets an end.
//
// Node has no socketpair(). The watcher thread makes two local sockets and connects them (node_watcher.ts: socket_pair); they
// are its handles, which it watches and closes. This thread reads and writes their descriptors, which never wait.
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import { HostError } from '../core/host.ts';
import { AF_UNIX, MemorySocket, SOCK_STREAM } from './memory_sockets.ts';
import type { NodeEvents } from './node_events.ts';
import { type Description, host_error, STREAM } from './node_fd.ts';

function fail(name: string, what: string): never {
  throw new HostError(errno_number(name), what);
}

/** The other end of a pair, null if it is closed; fails for all other sockets. */
function other_end(socket: MemorySocket): MemorySocket | null {
  const { peer, local } = socket;
  const paired =
    socket.type === SOCK_STREAM && local?.family === AF_UNIX && local.host === '' && socket.waiting === null;
  if (!paired || (peer !== null && !(peer instanceof MemorySocket)) || socket.error !== 0)
    fail('ENOTSUP', 'only pairs of sockets can be passed on');
  if (socket.shut_read || socket.shut_write) fail('ENOTSUP', 'a socket that is shut down stays in its process');
  return peer;
}

/** Puts what a socket has not read yet on its way to `reader`'s system socket. */
function send_rest(socket: MemorySocket, to: number): void {
  for (const { data, cargo } of socket.inbox) {
    if (cargo !== null) fail('ENOTSUP', 'descriptors stay in their process');
    for (let done = 0; done < data.length; ) done += fs.writeSync(to, data, done);
  }
}

function move(d: Description, hostfd: number): void {
  d.hostfd = d.twin = hostfd;
  d.internal = null;
  d.kind = STREAM;
  d.watched = d.ours = true;
}

/** Has both ends of the pair to which `socket` belongs go through the system; `all`: the open descriptions. */
export function pair_of_system(socket: MemorySocket, all: Iterable<Description | null>, events: NodeEvents): void {
  const other = other_end(socket);
  const { code, fds } = events.ask({ do: 'pair' });
  if (fds === undefined) fail(code, 'no pair of sockets');
  const [mine, others] = fds;
  try {
    send_rest(socket, others);
    if (other !== null) send_rest(other, mine);
  } catch (e) {
    for (const fd of fds) events.tell({ do: 'close', fd });
    // More than the system takes at once.
    throw host_error(e);
  }
  for (const d of new Set(all)) {
    if (d?.internal === socket) move(d, mine);
    else if (other !== null && d?.internal === other) move(d, others);
  }
  if (other === null) events.tell({ do: 'close', fd: others });
}
