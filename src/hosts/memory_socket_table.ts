// memory_socket_table.ts: sockets of a host whose files are in memory: all of them are in this process (memory_sockets.ts).
import { errno_number } from '../core/errno.ts';
import {
  type ConnectCall,
  type HostAddress,
  type HostControl,
  HostError,
  type HostReceived,
  type HostSockets,
} from '../core/host.ts';
import type { MemoryFiles } from './memory_files.ts';
import { send_with } from './memory_messages.ts';
import { AF_UNIX, MemorySocket, new_pair, new_socket } from './memory_sockets.ts';

const AF_INET = 2;

export class MemorySocketTable implements HostSockets {
  private readonly files: MemoryFiles;
  constructor(files: MemoryFiles) {
    this.files = files;
  }
  private get(fd: number): MemorySocket {
    const internal = this.files.internal(fd);
    if (!(internal instanceof MemorySocket)) throw new HostError(errno_number('ENOTSOCK'), 'not a socket');
    return internal;
  }
  socket(family: number, type: number, proto: number): number {
    return this.files.add_internal(new_socket(family, type, proto));
  }
  socketpair(family: number, type: number, proto: number): [number, number] {
    const [a, b] = new_pair(family, type, proto);
    return [this.files.add_internal(a), this.files.add_internal(b)];
  }
  describe(fd: number): [number, number, number] {
    const { family, type, proto } = this.get(fd);
    return [family, type, proto];
  }
  bind(fd: number, address: HostAddress): void {
    this.get(fd).bind(address);
  }
  listen(fd: number, backlog: number): void {
    this.get(fd).listen(backlog);
  }
  accept_now(fd: number): [number, HostAddress] | null {
    const s = this.get(fd).accept();
    return s === null ? null : [this.files.add_internal(s), s.peername ?? { family: AF_UNIX, host: '', port: 0 }];
  }
  connect_now(fd: number, address: HostAddress, call: ConnectCall): boolean {
    const s = this.get(fd);
    if (!s.connected) s.take_error();
    return call === 'only' ? s.connect_later(address) : s.connect(address);
  }
  send_now(fd: number, data: Uint8Array, to: HostAddress | null, control: readonly HostControl[]): number {
    return send_with(this.get(fd), data, to, control, held => this.files.hold(held));
  }
  recv_now(fd: number, into: Uint8Array, flags: number, room: number): HostReceived | null {
    return this.get(fd).receive(into, flags, room);
  }
  shutdown(fd: number, how: number): void {
    this.get(fd).shutdown(how);
  }
  getsockname(fd: number): HostAddress {
    const { local, family } = this.get(fd);
    return local ?? { family, host: family === AF_UNIX ? '' : family === AF_INET ? '0.0.0.0' : '::', port: 0 };
  }
  getpeername(fd: number): HostAddress {
    const { connected, peername } = this.get(fd);
    if (!connected || peername === null) throw new HostError(errno_number('ENOTCONN'), 'not connected');
    return peername;
  }
  getsockopt(fd: number, level: number, name: number): number {
    return this.get(fd).getsockopt(level, name);
  }
  setsockopt(fd: number, level: number, name: number, value: number): void {
    this.get(fd).setsockopt(level, name, value);
  }
}
