// format.ts: numbers and tables of the Zstandard format, and what is thrown where data breaks it.            (RFC 8878)

export const MAGIC = 0xfd2fb528;
export const SKIPPABLE_MAGIC = 0x184d2a50;
export const DICT_MAGIC = 0xec30a437;
export const BLOCK_MAX = 1 << 17;
export const WINDOW_LOG_MIN = 10;
export const WINDOW_LOG_MAX = 31;

export const BLOCK_RAW = 0;
export const BLOCK_RLE = 1;
export const BLOCK_COMPRESSED = 2;

/** How literals are stored. */
export const LITERALS_RAW = 0;
export const LITERALS_RLE = 1;
export const LITERALS_HUFFMAN = 2;
export const LITERALS_SAME_TABLE = 3;

/** Where the table of a kind of code in sequences comes from. */
export const TABLE_PREDEFINED = 0;
export const TABLE_RLE = 1;
export const TABLE_FSE = 2;
export const TABLE_SAME = 3;

/** What libzstd calls its errors, as far as they are met here. */
export const CORRUPTED = 'Data corruption detected';
export const UNKNOWN_FRAME = 'Unknown frame descriptor';
export const UNSUPPORTED_FRAME = 'Unsupported frame parameter';
export const WINDOW_TOO_LARGE = 'Frame requires too much memory for decoding';
export const WRONG_CHECKSUM = "Restored data doesn't match checksum";
export const WRONG_DICTIONARY = 'Dictionary mismatch';
export const BAD_DICTIONARY = 'Dictionary is corrupted';
export const WRONG_SIZE = 'Src size is incorrect';
export const TOO_SMALL = 'Destination buffer is too small';
export const UNSUPPORTED_PARAMETER = 'Unsupported parameter';
export const NO_MEMORY = 'Allocation error : not enough memory';

/** Thrown by encoders and decoders; `message` is libzstd's name of the error. */
export class ZstdFailure extends Error {}

export function fail(what: string): never {
  throw new ZstdFailure(what);
}

export function corrupted(): never {
  throw new ZstdFailure(CORRUPTED);
}

export function get_u16(b: Uint8Array, i: number): number {
  return b[i]! | (b[i + 1]! << 8);
}

export function get_u24(b: Uint8Array, i: number): number {
  return b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16);
}

export function get_u32(b: Uint8Array, i: number): number {
  return (b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24)) >>> 0;
}

/** `size` bytes of a number, least significant first. */
export function put_number(b: Uint8Array, i: number, n: number, size: number): void {
  for (let k = 0; k < size; k++) {
    b[i + k] = n % 256;
    n = Math.floor(n / 256);
  }
}

/** The place of the highest one bit of a positive number below 2^32. */
export function high_bit(n: number): number {
  return 31 - Math.clz32(n);
}

/** A kind of code in sequences: how codes stand for values, and how likely they are unless a block says otherwise. */
export interface CodeKind {
  /** The smallest value of each code, and the number of bits that tell which one it is. */
  readonly base: Int32Array;
  readonly extra: Uint8Array;
  readonly max_symbol: number;
  /** The largest accuracy of a table. */
  readonly max_log: number;
  readonly default_log: number;
  readonly default_norm: Int16Array;
}

function kind(first: number, extras: string, max_log: number, default_log: number, defaults: string): CodeKind {
  // `extras`: pairs "codes x bits"
  const extra: number[] = [];
  for (const part of extras.split(' ')) {
    const [times, bits] = part.split('x').map(Number);
    for (let k = 0; k < times!; k++) extra.push(bits!);
  }
  const base = new Int32Array(extra.length);
  let at = first;
  for (let code = 0; code < extra.length; code++) {
    base[code] = at;
    at += 2 ** extra[code]!;
  }
  return {
    base,
    extra: Uint8Array.from(extra),
    max_symbol: extra.length - 1,
    max_log,
    default_log,
    default_norm: Int16Array.from(defaults.split(' ').map(Number)),
  };
}

/** Offsets: a code is the number of bits below the highest one. */
function offset_kind(): CodeKind {
  const extra = new Uint8Array(32);
  const base = new Int32Array(32);
  for (let code = 0; code < 32; code++) {
    extra[code] = code;
    base[code] = 1 << code;
  }
  const defaults = '1 1 1 1 1 1 2 2 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 -1 -1 -1 -1 -1';
  const default_norm = Int16Array.from(defaults.split(' ').map(Number));
  return { base, extra, max_symbol: 31, max_log: 8, default_log: 5, default_norm };
}

/** The kinds of codes and the codes of small values; made when first needed. */
export interface Codes {
  readonly literals: CodeKind;
  readonly offsets: CodeKind;
  readonly matches: CodeKind;
  /** By literal length below 64, by match length - 3 below 128. */
  readonly literal_code: Uint8Array;
  readonly match_code: Uint8Array;
}

const made: { codes: Codes | null } = { codes: null };

function small_codes(k: CodeKind, first: number, n: number): Uint8Array {
  const out = new Uint8Array(n);
  let code = 0;
  for (let v = 0; v < n; v++) {
    while (code < k.max_symbol && k.base[code + 1]! <= v + first) code++;
    out[v] = code;
  }
  return out;
}

export function codes(): Codes {
  if (made.codes !== null) return made.codes;
  const literals = kind(
    0,
    '16x0 4x1 2x2 2x3 1x4 1x6 1x7 1x8 1x9 1x10 1x11 1x12 1x13 1x14 1x15 1x16',
    9,
    6,
    '4 3 2 2 2 2 2 2 2 2 2 2 2 1 1 1 2 2 2 2 2 2 2 2 2 3 2 1 1 1 1 1 -1 -1 -1 -1',
  );
  const matches = kind(
    3,
    '32x0 4x1 2x2 2x3 2x4 1x5 1x7 1x8 1x9 1x10 1x11 1x12 1x13 1x14 1x15 1x16',
    9,
    6,
    '1 4 3 2 2 2 2 2 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 -1 -1 -1 -1 -1 -1 -1',
  );
  made.codes = {
    literals,
    matches,
    offsets: offset_kind(),
    literal_code: small_codes(literals, 0, 64),
    match_code: small_codes(matches, 3, 128),
  };
  return made.codes;
}

/** The code of a literal length. */
export function literal_code(c: Codes, n: number): number {
  return n < 64 ? c.literal_code[n]! : high_bit(n) + 19;
}

/** The code of a match length. */
export function match_code(c: Codes, n: number): number {
  return n - 3 < 128 ? c.match_code[n - 3]! : high_bit(n - 3) + 36;
}
