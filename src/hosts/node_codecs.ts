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

/** Where the header of a gzip file says by which system it was made, and the number of Unix. */
const GZIP_OS = 9;
const UNIX = 3;

export function deflate(data: Uint8Array, level: number, wbits: number): Uint8Array | null {
  if (level < -1 || level > 9) return null;
  // Half of the input at first: what is left over is given back.
  const options = {
    level,
    windowBits: Math.abs(wbits) & 15,
    chunkSize: Math.min(Math.max(1024, data.length >> 1), MOST_ROOM),
  };
  if (options.windowBits < 9) return null;
  if (wbits > 0 && wbits <= 15) return own(zlib.deflateSync(data, options));
  if (wbits < 0 && wbits >= -15) return own(zlib.deflateRawSync(data, options));
  if (wbits < 25 || wbits > 31) return null;
  const packed = own(zlib.gzipSync(data, options));
  packed[GZIP_OS] = UNIX;
  return packed;
}

/** Node 20.15 and 22.2 have it. */
function has_crc32(): boolean {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  return major > 22 || (major === 22 && minor >= 2) || (major === 20 && minor >= 15);
}

export const crc32: ((data: Uint8Array, start: number) => number) | undefined = /* @__PURE__ */ has_crc32()
  ? (data, start) => zlib.crc32(data, start)
  : undefined;
