// node_pipe.ts: pipes: bytes in memory as long as both ends are ours, FIFOs of the system once a child has one.
//
// Node has no pipe(). A pipe between two parts of one program needs none: `Pipe` keeps the bytes. When a program that is
// started gets an end, the pipe becomes a FIFO (FdTable.materialize): those come from mkfifo(1), several at a time, are
// opened at once and lose their names, so that nothing stays behind whatever happens to the process.
import * as child_process from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { errno_number } from '../core/errno.ts';
import { O_ACCMODE, O_RDONLY } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';

const FIFOS_AT_A_TIME = 8;

/** Nameless FIFOs, each a descriptor open for reading and writing. */
const spare: number[] = [];

function make_fifos(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium-'));
  const names: string[] = [];
  for (let i = 0; i < FIFOS_AT_A_TIME; i++) names.push(path.join(folder, String(i)));
  try {
    const made = child_process.spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    if (made.status !== 0) throw new HostError(errno_number('ENOSYS'), 'mkfifo cannot be run');
    for (const name of names) spare.push(fs.openSync(name, fs.constants.O_RDWR | fs.constants.O_NONBLOCK));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A FIFO as a descriptor open for both; closing it is the caller's. */
export function take_fifo(): number {
  if (spare.length === 0) make_fifos();
  return spare.pop()!;
}

/** Opens what a descriptor of this process stands for anew: an open file description of its own. */
export function reopen(hostfd: number, flags: number): number {
  return fs.openSync(`/proc/self/fd/${hostfd}`, flags);
}

const UNDER_DEV_OR_PROC = /^\/(dev|proc)\//;

/** Flags of the system for opening a name such as /dev/stdin that leads to a pipe: that waits for no writer, as opening a FIFO
 *  does. */
export function pipe_flags(name: Buffer, flags: number): number {
  if ((flags & O_ACCMODE) !== O_RDONLY || !UNDER_DEV_OR_PROC.test(name.toString('latin1', 0, 6))) return 0;
  const info = fs.statSync(name, { throwIfNoEntry: false });
  return info?.isFIFO() === true && info.nlink === 0 ? fs.constants.O_NONBLOCK : 0;
}
