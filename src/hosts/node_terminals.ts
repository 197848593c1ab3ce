// node_terminals.ts: terminals' attributes and sizes.
//
// Node has neither; stty(1) reads and sets those of its standard input. It waits until what was written has been sent
// (TCSADRAIN), or with '-drain' it does not (TCSANOW); input that waits to be read is never thrown away (TCSAFLUSH).
import { spawnSync } from 'node:child_process';
import { errno_number } from '../core/errno.ts';
import { HostError, type HostTerminals, type HostTermios } from '../core/host.ts';
import type { FdTable } from './node_fd.ts';
import { terminal_number, unlock_terminal } from './node_special_files.ts';

const TCSANOW = 0;

export class NodeTerminals implements HostTerminals {
  private readonly fds: FdTable;
  /** How many control characters stty shows and takes: C libraries differ in that. */
  private characters = 0;
  constructor(fds: FdTable) {
    this.fds = fds;
  }

  private stty(fd: number, ...args: string[]): string {
    const { hostfd } = this.fds.get(fd);
    // The master of a pseudo-terminal is to stay one that never waits, which what a program begins with does not.
    const master = process.platform === 'linux' && this.number(fd) >= 0;
    const run = master
      ? spawnSync('sh', ['-c', 'exec stty "$@" <&3', 'sh', ...args], {
          stdio: ['ignore', 'pipe', 'pipe', hostfd],
          encoding: 'utf8',
        })
      : spawnSync('stty', args, { stdio: [hostfd, 'pipe', 'pipe'], encoding: 'utf8' });
    if (run.error !== undefined) throw new HostError(errno_number('ENOSYS'), 'stty does not run');
    if (run.status !== 0) throw new HostError(errno_number('EIO'), run.stderr);
    return run.stdout.trim();
  }

  get(fd: number): HostTermios {
    const [iflag, oflag, cflag, lflag, ...cc] = this.stty(fd, '-g')
      .split(':')
      .map(x => Number.parseInt(x, 16));
    this.characters = cc.length;
    return { iflag: iflag!, oflag: oflag!, cflag: cflag!, lflag: lflag!, cc };
  }

  set(fd: number, when: number, to: HostTermios): void {
    if (this.characters === 0) this.get(fd);
    const text = [to.iflag, to.oflag, to.cflag, to.lflag, ...to.cc.slice(0, this.characters)]
      .map(x => x.toString(16))
      .join(':');
    if (when === TCSANOW) this.stty(fd, '-drain', text);
    else this.stty(fd, text);
  }

  get_size(fd: number): [rows: number, columns: number] {
    const [rows, columns] = this.stty(fd, 'size').split(' ').map(Number);
    return [rows!, columns!];
  }

  set_size(fd: number, rows: number, columns: number): void {
    this.stty(fd, 'rows', String(rows), 'columns', String(columns));
  }

  number(fd: number): number {
    const { hostfd } = this.fds.get(fd);
    return hostfd < 0 ? -1 : terminal_number(hostfd);
  }

  unlock(fd: number): void {
    if (this.number(fd) < 0) throw new HostError(errno_number('EINVAL'), 'no master of a terminal');
    unlock_terminal(this.fds.get(fd).hostfd);
  }
}
