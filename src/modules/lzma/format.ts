// format.ts: numbers of the .xz, .lzma and .lz formats, and what can go wrong with them.       CPython: lzma.h (liblzma)

export const FORMAT_AUTO = 0;
export const FORMAT_XZ = 1;
export const FORMAT_ALONE = 2;
export const FORMAT_RAW = 3;

export const CHECK_NONE = 0;
export const CHECK_CRC32 = 1;
export const CHECK_CRC64 = 4;
export const CHECK_SHA256 = 10;
export const CHECK_ID_MAX = 15;
/** No check has been seen yet. */
export const CHECK_UNKNOWN = 16;

/** Bytes that a check of each number takes, known or not. */
export const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;

export const FILTER_LZMA1 = 0x4000000000000001n;
export const FILTER_LZMA2 = 0x21n;
export const FILTER_DELTA = 3n;
export const FILTER_X86 = 4n;
export const FILTER_POWERPC = 5n;
export const FILTER_IA64 = 6n;
export const FILTER_ARM = 7n;
export const FILTER_ARMTHUMB = 8n;
export const FILTER_SPARC = 9n;
/** Not for Python's filter chains; files may have it. */
export const FILTER_ARM64 = 10n;

export const PRESET_DEFAULT = 6;
export const PRESET_EXTREME = 2 ** 31;
export const MODE_FAST = 1;
export const MODE_NORMAL = 2;
export const MF_HC3 = 3;
export const MF_HC4 = 4;
export const MF_BT2 = 18;
export const MF_BT3 = 19;
export const MF_BT4 = 20;

/** What went wrong. The words are those that _lzma's error has. CPython: catch_lzma_error */
export type Failure =
  | 'Unsupported integrity check'
  | 'Memory usage limit exceeded'
  | 'Input format not supported by decoder'
  | 'Invalid or unsupported options'
  | 'Corrupt input data'
  | 'Insufficient buffer space'
  | 'Internal error';

export class LzmaFailure {
  readonly what: Failure;
  constructor(what: Failure) {
    this.what = what;
  }
}

export function corrupt(): never {
  throw new LzmaFailure('Corrupt input data');
}

export function bad_options(): never {
  throw new LzmaFailure('Invalid or unsupported options');
}

export function bad_format(): never {
  throw new LzmaFailure('Input format not supported by decoder');
}

export function internal_error(): never {
  throw new LzmaFailure('Internal error');
}

export const XZ_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;
export const XZ_FOOTER_MAGIC = [0x59, 0x5a] as const;

export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

export function put_u32(bytes: Uint8Array, at: number, n: number): void {
  bytes[at] = n;
  bytes[at + 1] = n >>> 8;
  bytes[at + 2] = n >>> 16;
  bytes[at + 3] = n >>> 24;
}

/** A number of up to 64 bits; beyond 2^53 it is rounded. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

/** A number of the .xz format: seven bits a byte, the low ones first. */
export function vli_bytes(n: number): number[] {
  const out: number[] = [];
  while (n >= 0x80) {
    out.push((n % 0x80) | 0x80);
    n = Math.floor(n / 0x80);
  }
  out.push(n);
  return out;
}
