// frame.ts: what stands in front of and around the blocks of a frame.                                      (RFC 8878, 3.1.1)

import {
  BLOCK_MAX,
  BLOCK_RLE,
  corrupted,
  fail,
  get_u24,
  get_u32,
  MAGIC,
  put_number,
  SKIPPABLE_MAGIC,
  UNKNOWN_FRAME,
  UNSUPPORTED_FRAME,
  WINDOW_LOG_MAX,
  WINDOW_LOG_MIN,
  WINDOW_TOO_LARGE,
  WRONG_SIZE,
} from './format.ts';

export interface FrameHeader {
  /** Its own length in bytes. */
  length: number;
  skippable: boolean;
  window: number;
  /** The largest size of a block. */
  block_max: number;
  /** The content's size; null where it is not told. For a skippable frame the size of what is in it. */
  content_size: bigint | null;
  dict_id: number;
  checksum: boolean;
}

const DICT_ID_BYTES = [0, 1, 2, 4] as const;

/** Do the first bytes look like a frame's? Fewer than four may be given. */
function check_magic(b: Uint8Array, at: number, n: number): void {
  let frame = true;
  let skippable = true;
  for (let k = 0; k < Math.min(n, 4); k++) {
    const byte = b[at + k]!;
    if (byte !== ((MAGIC >>> (8 * k)) & 255)) frame = false;
    if ((k === 0 ? byte & 0xf0 : byte) !== ((SKIPPABLE_MAGIC >>> (8 * k)) & 255)) skippable = false;
  }
  if (!frame && !skippable) fail(UNKNOWN_FRAME);
}

/** Reads the header of a frame; null where `n` bytes are not enough of it. */
export function read_header(b: Uint8Array, at: number, n: number): FrameHeader | null {
  check_magic(b, at, n);
  if (n < 5) return null;
  if (b[at] !== (MAGIC & 255)) {
    if (n < 8) return null;
    const content_size = BigInt(get_u32(b, at + 4));
    return { length: 8, skippable: true, window: 0, block_max: 0, content_size, dict_id: 0, checksum: false };
  }
  const flags = b[at + 4]!;
  const single = (flags & 32) !== 0;
  const id_bytes = DICT_ID_BYTES[(flags & 3) as 0 | 1 | 2 | 3];
  const size_kind = flags >> 6;
  const size_bytes = size_kind === 0 ? (single ? 1 : 0) : 1 << size_kind;
  const length = 5 + (single ? 0 : 1) + id_bytes + size_bytes;
  if (n < length) return null;
  if ((flags & 8) !== 0) fail(UNSUPPORTED_FRAME);
  let i = at + 5;
  let window = 0;
  if (!single) {
    const log = (b[i]! >> 3) + WINDOW_LOG_MIN;
    if (log > WINDOW_LOG_MAX) fail(WINDOW_TOO_LARGE);
    window = 2 ** log * (1 + (b[i]! & 7) / 8);
    i++;
  }
  let dict_id = 0;
  for (let k = id_bytes; k-- > 0; ) dict_id = dict_id * 256 + b[i + k]!;
  i += id_bytes;
  let content_size: bigint | null = null;
  if (size_bytes > 0) {
    content_size = 0n;
    for (let k = size_bytes; k-- > 0; ) content_size = (content_size << 8n) | BigInt(b[i + k]!);
    if (size_bytes === 2) content_size += 256n;
  }
  if (single) window = Number(content_size);
  const checksum = (flags & 4) !== 0;
  return { length, skippable: false, window, block_max: Math.min(window, BLOCK_MAX), content_size, dict_id, checksum };
}

/** The size of the whole frame at the start of `b`. CPython asks ZSTD_findFrameCompressedSize. */
export function frame_size(b: Uint8Array): number {
  const header = read_size_header(b);
  let at = header.length;
  if (header.skippable) {
    const end = at + Number(header.content_size);
    if (end > b.length) fail(WRONG_SIZE);
    return end;
  }
  for (let last = false; !last; ) {
    if (at + 3 > b.length) fail(WRONG_SIZE);
    const head = get_u24(b, at);
    const type = (head >> 1) & 3;
    if (type === 3) corrupted();
    last = (head & 1) !== 0;
    at += 3 + (type === BLOCK_RLE ? 1 : head >> 3);
    if (at > b.length) fail(WRONG_SIZE);
  }
  if (header.checksum) at += 4;
  if (at > b.length) fail(WRONG_SIZE);
  return at;
}

function read_size_header(b: Uint8Array): FrameHeader {
  if (b.length === 0) fail(WRONG_SIZE);
  return read_header(b, 0, b.length) ?? fail(WRONG_SIZE);
}

/** What an encoder says about a frame. */
export interface FrameOptions {
  window_log: number;
  content_size: bigint | null;
  dict_id: number;
  checksum: boolean;
}

export function write_header(o: FrameOptions): Uint8Array {
  const size = o.content_size;
  const single = size !== null && size <= 2n ** BigInt(o.window_log);
  let size_kind = 0;
  if (size !== null) size_kind = size >= 2n ** 32n ? 3 : size >= 65536n + 256n ? 2 : size >= 256n ? 1 : 0;
  const id_kind = o.dict_id === 0 ? 0 : o.dict_id < 256 ? 1 : o.dict_id < 65536 ? 2 : 3;
  const out = new Uint8Array(18);
  put_number(out, 0, MAGIC, 4);
  out[4] = (size_kind << 6) | (single ? 32 : 0) | (o.checksum ? 4 : 0) | id_kind;
  let at = 5;
  if (!single) out[at++] = (o.window_log - WINDOW_LOG_MIN) << 3;
  put_number(out, at, o.dict_id, DICT_ID_BYTES[id_kind]);
  at += DICT_ID_BYTES[id_kind];
  if (size !== null && (size_kind > 0 || single)) {
    const bytes = 1 << size_kind;
    let left = size_kind === 1 ? size - 256n : size;
    for (let k = 0; k < bytes; k++, left >>= 8n) out[at++] = Number(left & 255n);
  }
  return out.slice(0, at);
}
