// frozen.ts: the modules whose code comes with the interpreter.                       CPython: Python/frozen.c
//
// The build puts them into one file, `frozen.bin`: scripts/build-stdlib.mjs describes it. The table is read at start-up; a
// start-up snapshot keeps the table but not the code, which is read when it is asked for.

import type { Host } from '../core/host.ts';
import { current } from '../core/tstate.ts';
import type { FrozenTable } from '../modules/_imp.ts';

type Row = [name: string, origname: string | null, is_package: boolean, offset: number, length: number];

const ASSET = 'frozen.bin';

/** The file, while it is in memory. */
const loaded = { file: null as Uint8Array | null };

function content(): Uint8Array {
  loaded.file ??= current.tstate.interp.host.read_asset(ASSET)!;
  return loaded.file;
}

/** Gives the memory back. */
export function forget_frozen_code(): void {
  loaded.file = null;
}

/** Reads the table from the host's build output; null if that has none. */
export function load_frozen(host: Host): FrozenTable | null {
  const file = host.read_asset(ASSET);
  if (file === null) return null;
  loaded.file = file;
  const length = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(0, true);
  const rows = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length))) as Row[];
  const start = 4 + length;
  const table = new Map(rows.map(row => [row[0], row]));
  return {
    names: () => [...table.keys()].filter(name => !name.startsWith('<')),
    code(name) {
      const row = table.get(name);
      return row === undefined ? null : content().subarray(start + row[3], start + row[3] + row[4]);
    },
    is_package: name => table.get(name)?.[2] ?? false,
    origname: name => table.get(name)?.[1] ?? null,
  };
}
