// checks.ts: the checksums that a .xz stream may have, computed piece by piece.

import { host } from '../args.ts';
import { crc32_of } from '../binascii.ts';
import { portable_hash } from '../hashes/state.ts';
import { CHECK_CRC32, CHECK_CRC64, CHECK_NONE, CHECK_SHA256, put_u32 } from './format.ts';

export interface Check {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** CRC-32 of bytes after others whose CRC-32 is `start`. */
export function crc32(bytes: Uint8Array, start = 0): number {
  const quick = host().crc32;
  return bytes.length > 64 && quick !== undefined ? quick(bytes, start) : crc32_of(bytes, start);
}

class Crc32 implements Check {
  private crc = 0;
  update(bytes: Uint8Array): void {
    this.crc = crc32(bytes, this.crc);
  }
  digest(): Uint8Array {
    const out = new Uint8Array(4);
    put_u32(out, 0, this.crc);
    return out;
  }
}

/** The table of CRC-64 (ECMA-182, least significant bit first): the low and the high half of each entry. */
const tables: { low: Int32Array; high: Int32Array } = { low: new Int32Array(0), high: new Int32Array(0) };

function make_tables(): void {
  tables.low = new Int32Array(256);
  tables.high = new Int32Array(256);
  for (let i = 0; i < 256; i++) {
    let low = i;
    let high = 0;
    for (let k = 0; k < 8; k++) {
      const odd = (low & 1) !== 0;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        low ^= 0xd7870f42;
        high ^= 0xc96c5795;
      }
    }
    tables.low[i] = low;
    tables.high[i] = high;
  }
}

class Crc64 implements Check {
  private low = -1;
  private high = -1;
  constructor() {
    if (tables.low.length === 0) make_tables();
  }
  update(bytes: Uint8Array): void {
    const { low: lows, high: highs } = tables;
    let { low, high } = this;
    for (let i = 0; i < bytes.length; i++) {
      const at = (low ^ bytes[i]!) & 255;
      low = ((low >>> 8) | (high << 24)) ^ lows[at]!;
      high = (high >>> 8) ^ highs[at]!;
    }
    this.low = low;
    this.high = high;
  }
  digest(): Uint8Array {
    const out = new Uint8Array(8);
    put_u32(out, 0, ~this.low);
    put_u32(out, 4, ~this.high);
    return out;
  }
}

class Sha256 implements Check {
  private readonly hash = host().hash?.('sha256') ?? portable_hash('sha256')!;
  update(bytes: Uint8Array): void {
    this.hash.update(bytes);
  }
  digest(): Uint8Array {
    return this.hash.digest(32);
  }
}

export function check_is_supported(id: number): boolean {
  return id === CHECK_NONE || id === CHECK_CRC32 || id === CHECK_CRC64 || id === CHECK_SHA256;
}

/** What computes a check; null for none and for those that have no algorithm. */
export function new_check(id: number): Check | null {
  if (id === CHECK_CRC32) return new Crc32();
  if (id === CHECK_CRC64) return new Crc64();
  return id === CHECK_SHA256 ? new Sha256() : null;
}
