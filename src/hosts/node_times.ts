// node_times.ts: the times of a file, to the nanosecond.
//
// Node sets them to the microsecond. What is left over goes by touch(1), GNU's: it costs some five milliseconds, and without
// it a copy of a file would often be older than the file. Where there is no such touch, and for names that no argument of a
// program can hold here (they are no UTF-8), times keep about a microsecond.

import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { host_path } from './node_fd.ts';

/** Access time, time of change, file; $4 is -h where a symbolic link itself is meant. */
const SCRIPT = 'touch -c $4 -a -d "@$1" -- "$3" && touch -c $4 -m -d "@$2" -- "$3"';
const touch = { works: true };

/** The nearest microsecond, which is what Node keeps of it; a bit more, so that rounding takes none away. */
function seconds(ns: bigint): number {
  const whole = ns / 1_000_000_000n;
  const micros = Math.round(Number(ns - whole * 1_000_000_000n) / 1e3);
  return Number(whole) + (micros + 0.25) / 1e6;
}

/** Seconds as a decimal number. */
function decimal(ns: bigint): string {
  const digits = String(ns < 0n ? -ns : ns).padStart(10, '0');
  return `${ns < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

export function set_times(file: Uint8Array, atime_ns: bigint, mtime_ns: bigint, follow: boolean): void {
  const path = host_path(file);
  (follow ? fs.utimesSync : fs.lutimesSync)(path, seconds(atime_ns), seconds(mtime_ns));
  if ((atime_ns % 1000n === 0n && mtime_ns % 1000n === 0n) || !touch.works || !isUtf8(path)) return;
  // Our descriptors are another process's there.
  const name = path.toString().replace(/^\/proc\/self\//, `/proc/${process.pid}/`);
  const run = spawnSync('sh', ['-c', SCRIPT, 'sh', decimal(atime_ns), decimal(mtime_ns), name, follow ? '' : '-h'], {
    stdio: 'ignore',
  });
  touch.works = run.status === 0;
}
