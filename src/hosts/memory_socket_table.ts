// memory_socket_table.ts: sockets of a host whose files are in memory: all of them are in this process (memory_sockets.ts).
import { errno_number } from '../core/errno.ts';
import { type HostAddress, type HostControl, HostError, type HostReceived, type HostSockets } from '../core/host.ts';
import type { MemoryFiles } from './memory_files.ts';
import { send_with } from './memory_messages.ts';
import { AF_UNIX, new_pair, new_socket } from './memory_sockets.ts';

const AF_INET = 2;

export class MemorySocketTable implements HostSockets {
  private readonly files: MemoryFiles;
  constructor(files: MemoryFiles) {
    this.files = files;
  }
  socket(family: number, type: number, proto: number): number {
    return this.files.add_socket(new_socket(family, type, proto));
  }
  socketpair(family: number, type: number, proto: number): [number, number] {
    const [a, b] = new_pair(family, type, proto);
    return [this.files.add_socket(a), this.files.add_socket(b)];
  }
  describe(fd: number): [number, number, number] {
    const { family, type, proto } = this.files.socket(fd);
    return [family, type, proto];
  }
  bind(fd: number, address: HostAddress): void {
    this.files.socket(fd).bind(address);
  }
  listen(fd: number, backlog: number): void {
    this.files.socket(fd).listen(backlog);
  }
  accept_now(fd: number): [number, HostAddress] | null {
    const s = this.files.socket(fd).accept();
    return s === null ? null : [this.files.add_socket(s), s.remote ?? { family: AF_UNIX, host: '', port: 0 }];
  }
  connect_now(fd: number, address: HostAddress): boolean {
    return this.files.socket(fd).connect(address);
  }
  send_now(fd: number, data: Uint8Array, to: HostAddress | null, control: readonly HostControl[]): number {
    return send_with(this.files.socket(fd), data, to, control, held => this.files.hold(held));
  }
  recv_now(fd: number, into: Uint8Array, flags: number, room: number): HostReceived | null {
    return this.files.socket(fd).receive(into, flags, room);
  }
  shutdown(fd: number, how: number): void {
    this.files.socket(fd).shutdown(how);
  }
  getsockname(fd: number): HostAddress {
    const { local, family } = this.files.socket(fd);
    return local ?? { family, host: family === AF_UNIX ? '' : family === AF_INET ? '0.0.0.0' : '::', port: 0 };
  }
  getpeername(fd: number): HostAddress {
    const { connected, remote } = this.files.socket(fd);
    if (!connected || remote === null) throw new HostError(errno_number('ENOTCONN'), 'not connected');
    return remote;
  }
  getsockopt(fd: number, level: number, name: number): number {
    return this.files.socket(fd).getsockopt(level, name);
  }
  setsockopt(fd: number, level: number, name: number, value: number): void {
    this.files.socket(fd).setsockopt(level, name, value);
  }
}
