// imports.ts: what the WebAssembly module of SQLite asks of its surroundings: memory, clocks, local time.
//
// It is compiled by Emscripten with the system calls of a C library. Files go through our own VFS (vfs.ts), so that all
// calls for files can say that there is no such thing.

import { host } from '../args.ts';
import type { Engine } from './engine.ts';

type Import = (...args: never[]) => unknown;
export interface Imports {
  env: Record<string, Import>;
  wasi_snapshot_preview1: Record<string, Import>;
}

const ENOSYS = 52;

const SYSTEM_CALLS =
  'faccessat fchmod chmod fchown32 fcntl64 openat ioctl fstat64 stat64 newfstatat lstat64 ftruncate64 getcwd mkdirat readlinkat rmdir unlinkat utimensat';

function day_of_year(d: Date): number {
  return Math.round(
    (Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) - Date.UTC(d.getFullYear(), 0, 1)) / 86_400_000,
  );
}

/** Fills a struct tm. */
function local_time(engine: Engine, seconds: bigint, tm: number): void {
  const d = new Date(Number(seconds) * 1000);
  const year = d.getFullYear();
  const offset = d.getTimezoneOffset();
  const winter = Math.max(new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset());
  const fields = [
    d.getSeconds(),
    d.getMinutes(),
    d.getHours(),
    d.getDate(),
    d.getMonth(),
    year - 1900,
    d.getDay(),
    day_of_year(d),
  ];
  fields.push(offset < winter ? 1 : 0, -offset * 60);
  fields.forEach((value, i) => {
    engine.view.setInt32(tm + 4 * i, value, true);
  });
}

export function make_imports(engine: Engine): Imports {
  const env: Record<string, Import> = {
    emscripten_date_now: () => Number(host().clock.time_ns() / 1000n) / 1000,
    emscripten_get_now: () => Number(host().clock.monotonic_ns()) / 1e6,
    emscripten_get_heap_max: () => 0x80000000,
    emscripten_resize_heap: (size: number) => (engine.grow(size >>> 0) ? 1 : 0),
    _localtime_js: (seconds: bigint, tm: number) => local_time(engine, seconds, tm),
    _tzset_js: () => {},
    _mmap_js: () => -ENOSYS,
    _munmap_js: () => -ENOSYS,
  };
  for (const name of SYSTEM_CALLS.split(' ')) env[`__syscall_${name}`] = () => -ENOSYS;
  const wasi: Record<string, Import> = {
    environ_sizes_get: (count: number, size: number) => {
      engine.view.setUint32(count, 0, true);
      engine.view.setUint32(size, 0, true);
      return 0;
    },
    environ_get: () => 0,
    clock_time_get: (_clock: number, _precision: bigint, result: number) => {
      engine.view.setBigUint64(result, host().clock.time_ns(), true);
      return 0;
    },
  };
  for (const name of ['close', 'write', 'read', 'sync', 'seek', 'fdstat_get']) wasi[`fd_${name}`] = () => ENOSYS;
  return { env, wasi_snapshot_preview1: wasi };
}
