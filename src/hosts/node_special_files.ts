// node_special_files.ts: FIFOs, devices and pseudo-terminals.
//
// Node makes none of them. FIFOs come from mkfifo(1), devices from mknod(1); a pseudo-terminal is made by opening /dev/ptmx, its
// number stands in /proc, and perl(1) does the one ioctl that lets its other end be opened.
import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { errno_number, strerror } from '../core/errno.ts';
import { S_IFBLK, S_IFCHR, S_IFMT } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import { host_error, host_path } from './node_fd.ts';

const LAST_ERRNO = 133;

function fail(name: string, text: string): never {
  throw new HostError(errno_number(name), text);
}

/** The number of an error that a program tells of at the end of its message. */
function errno_of(message: string): number {
  const said = message.trim().split(': ').at(-1);
  for (let n = 1; n <= LAST_ERRNO; n++) if (strerror(n) === said) return n;
  return errno_number('EIO');
}

/** Runs a program that makes a file with exactly the permissions of `mode` that the process's mask leaves. */
function make(program: string, path: Uint8Array, mode: number, ...rest: string[]): void {
  const file = host_path(path);
  if (file.length === 0) fail('ENOENT', 'no name');
  if (!isUtf8(file)) fail('EILSEQ', 'names that are no UTF-8 cannot be passed on');
  // Our descriptors are another process's there.
  const name = file.toString().replace(/^\/proc\/self\//, `/proc/${process.pid}/`);
  const kept = mode & ~process.umask() & 0o7777;
  const run = spawnSync(program, ['-m', (kept & 0o777).toString(8), '--', name, ...rest], {
    env: { ...process.env, LC_ALL: 'C' },
    encoding: 'utf8',
  });
  if (run.error !== undefined) fail('ENOSYS', `${program} does not run`);
  if (run.status !== 0) throw new HostError(errno_of(run.stderr), run.stderr);
  if (kept > 0o777) fs.chmodSync(file, kept);
}

export function make_fifo(path: Uint8Array, mode: number): void {
  make('mkfifo', path, mode);
}

/** Makes a device; `mode` says what kind of. */
export function make_device(path: Uint8Array, mode: number, major: number, minor: number): void {
  const kind = mode & S_IFMT;
  if (kind !== S_IFCHR && kind !== S_IFBLK) fail('ENOSYS', 'there is no program that makes those');
  make('mknod', path, mode & 0o7777, kind === S_IFCHR ? 'c' : 'b', String(major), String(minor));
}

// --- pseudo-terminals -----------------------------------------------------------------------------------------------

/** Linux's number for TIOCSPTLCK. */
const UNLOCK = 'open(my $t, "+<&=", 3); my $n = pack("i", 0); exit(ioctl($t, 0x40045431, $n) ? 0 : 1)';

/** The number of the terminal that a descriptor of /dev/ptmx is the master of; -1: it is none. */
export function terminal_number(hostfd: number): number {
  if (process.platform !== 'linux') fail('ENOSYS', 'only Linux tells');
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${hostfd}`, 'latin1');
    return Number(/^tty-index:\s*(\d+)/m.exec(info)?.[1] ?? -1);
  } catch (e) {
    throw host_error(e);
  }
}

/** Lets the other end of a master be opened. */
export function unlock_terminal(hostfd: number): void {
  // As one of the first three, Node would make it a descriptor that waits.
  const run = spawnSync('perl', ['-e', UNLOCK], { stdio: ['ignore', 'ignore', 'ignore', hostfd] });
  if (run.error !== undefined) fail('ENOSYS', 'perl does not run');
  if (run.status !== 0) fail('EIO', 'the terminal stays locked');
}
