// node_codecs.ts: what Node does faster than JavaScript can: decompressing, checksums.
import * as zlib from 'node:zlib';

/** Memory of its own, of exactly that length. */
function own(b: Uint8Array): Uint8Array {
  if (b.byteLength * 2 <= b.buffer.byteLength) return new Uint8Array(b);
  return new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
}

/** Most bytes that Node gets room for at once. */
const MOST_ROOM = 1 << 20;

export function inflate(data: Uint8Array, wbits: number): Uint8Array | null {
  const chunkSize = Math.min(Math.max(1024, 4 * data.length), MOST_ROOM);
  try {
    if (wbits >= 8 && wbits <= 15) return own(zlib.inflateSync(data, { windowBits: wbits, chunkSize }));
    if (wbits <= -8 && wbits >= -15) return own(zlib.inflateRawSync(data, { windowBits: -wbits, chunkSize }));
  } catch {
    // Malformed or cut off: the caller finds out in what way.
  }
  return null;
}

/** Node 20.15 and 22.2 have it. */
function has_crc32(): boolean {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  return major > 22 || (major === 22 && minor >= 2) || (major === 20 && minor >= 15);
}

export const crc32: ((data: Uint8Array, start: number) => number) | undefined = /* @__PURE__ */ has_crc32()
  ? (data, start) => zlib.crc32(data, start)
  : undefined;
