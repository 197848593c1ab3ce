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
