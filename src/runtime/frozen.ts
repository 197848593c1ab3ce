// frozen.ts: the modules whose code is part of the build (dist/frozen.bin, made by scripts/build-stdlib.mjs).    CPython: Python/frozen.c
//
// Layout: u32 little endian, length of the index; the index as JSON rows [name, original name or null, is_package, offset,
// length]; then marshalled code, offsets counted from its start.
import type { Host } from '../core/host.ts';
import type { FrozenTable } from '../modules/_imp.ts';

type Row = [name: string, origname: string | null, is_package: boolean, offset: number, length: number];

/** The table of a build; null where the host has none. */
export function load_frozen(host: Host): FrozenTable | null {
  const data = host.read_asset('frozen.bin');
  if (data === null) return null;
  const size = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const rows = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size))) as Row[];
  const base = 4 + size;
  const table = new Map(rows.map(r => [r[0], r]));
  return {
    names: () => rows.map(r => r[0]),
    code(name) {
      const r = table.get(name);
      return r === undefined ? null : data.subarray(base + r[3], base + r[3] + r[4]);
    },
    is_package: name => table.get(name)?.[2] ?? false,
    origname: name => table.get(name)?.[1] ?? name,
  };
}
