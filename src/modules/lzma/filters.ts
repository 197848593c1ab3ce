// filters.ts: filter chains: their options, how they are written into headers, which chains there may be.

import { BRANCHES } from './bcj.ts';
import {
  bad_options,
  FILTER_ARM64,
  FILTER_DELTA,
  FILTER_LZMA1,
  FILTER_LZMA2,
  internal_error,
  LzmaFailure,
  MF_BT2,
  MF_BT3,
  MF_BT4,
  MF_HC3,
  MF_HC4,
  MODE_FAST,
  MODE_NORMAL,
  PRESET_EXTREME,
  put_u32,
  u32,
  vli_bytes,
} from './format.ts';
import { decode_props } from './model.ts';

export interface LzmaOptions {
  dict_size: number;
  lc: number;
  lp: number;
  pb: number;
  mode: number;
  /** A match of this length is taken without looking further. */
  nice_len: number;
  mf: number;
  /** How many places the search for a match looks at; 0 leaves it to the encoder. */
  depth: number;
}

export interface Filter {
  id: bigint;
  /** LZMA1 and LZMA2. */
  lzma?: LzmaOptions;
  /** Delta: distance in bytes. */
  dist?: number;
  /** Branch filters: position of the first byte. */
  start_offset?: number;
}

export const FILTERS_MAX = 4;
const DICT_MIN = 4096;
const DICT_MAX = 2 ** 30 + 2 ** 29;

/** The options of a preset, or null if there is no such. CPython: lzma_lzma_preset */
export function preset_options(preset: number): LzmaOptions | null {
  const extreme = preset >= PRESET_EXTREME;
  const level = extreme ? preset - PRESET_EXTREME : preset;
  if (level > 9) return null;
  const options = { lc: 3, lp: 0, pb: 2, dict_size: 2 ** [18, 20, 21, 22, 22, 23, 23, 24, 25, 26][level]! };
  if (extreme) {
    const few = level === 3 || level === 5;
    return { ...options, mode: MODE_NORMAL, mf: MF_BT4, nice_len: few ? 192 : 273, depth: few ? 0 : 512 };
  }
  if (level <= 3) {
    const nice_len = level <= 1 ? 128 : 273;
    return { ...options, mode: MODE_FAST, mf: level === 0 ? MF_HC3 : MF_HC4, nice_len, depth: [4, 8, 24, 48][level]! };
  }
  return { ...options, mode: MODE_NORMAL, mf: MF_BT4, nice_len: level === 4 ? 16 : level === 5 ? 32 : 64, depth: 0 };
}

function is_lzma(f: Filter): boolean {
  return f.id === FILTER_LZMA1 || f.id === FILTER_LZMA2;
}

/** Raises for a chain that cannot be. CPython: lzma_raw_encoder, lzma_raw_decoder */
export function check_chain(filters: readonly Filter[], encode: boolean): void {
  if (filters.length === 0) internal_error();
  const last = filters.length - 1;
  if (filters.some((f, i) => is_lzma(f) !== (i === last))) bad_options();
  for (const f of filters) {
    if (f.lzma !== undefined) {
      if (encode) check_encoder_options(f.lzma);
      else if (f.id === FILTER_LZMA1 && !valid_props(f.lzma)) bad_options();
    } else if (f.dist !== undefined) {
      if (f.dist < 1 || f.dist > 256) bad_options();
    } else if (f.start_offset! % BRANCHES.get(f.id)!.align !== 0) bad_options();
  }
}

function valid_props(o: LzmaOptions): boolean {
  return o.lc <= 4 && o.lp <= 4 && o.lc + o.lp <= 4 && o.pb <= 4;
}

/** An LZMA encoder can work by these options, or this raises. */
export function check_encoder_options(o: LzmaOptions): void {
  const valid =
    valid_props(o) &&
    o.nice_len >= 2 &&
    o.nice_len <= 273 &&
    (o.mode === MODE_FAST || o.mode === MODE_NORMAL) &&
    [MF_HC3, MF_HC4, MF_BT2, MF_BT3, MF_BT4].includes(o.mf) &&
    o.dict_size >= DICT_MIN &&
    o.dict_size <= DICT_MAX;
  if (!valid) bad_options();
}

// --- properties: options as bytes -------------------------------------------------------------------------------------

/** The sizes that LZMA2's byte stands for: 2^n and 2^n + 2^(n-1), from 4096 on. */
function dict_size_of(byte: number): number {
  return byte === 40 ? 2 ** 32 - 1 : (2 | (byte & 1)) * 2 ** ((byte >>> 1) + 11);
}

function dict_size_byte(size: number): number {
  let byte = 0;
  while (byte < 40 && dict_size_of(byte) < size) byte++;
  return byte;
}

/** CPython: lzma_properties_encode */
export function encode_properties(f: Filter): Uint8Array {
  if (f.lzma !== undefined) {
    const o = f.lzma;
    if (f.id === FILTER_LZMA2) return Uint8Array.of(dict_size_byte(o.dict_size));
    if (!valid_props(o)) internal_error();
    const out = new Uint8Array(5);
    out[0] = (o.pb * 5 + o.lp) * 9 + o.lc;
    put_u32(out, 1, o.dict_size);
    return out;
  }
  if (f.dist !== undefined) {
    if (f.dist < 1 || f.dist > 256) internal_error();
    return Uint8Array.of(f.dist - 1);
  }
  if (f.start_offset === 0) return new Uint8Array(0);
  const out = new Uint8Array(4);
  put_u32(out, 0, f.start_offset!);
  return out;
}

/** CPython: lzma_properties_decode */
export function decode_properties(id: bigint, bytes: Uint8Array): Filter {
  const lzma = preset_options(6)!;
  if (id === FILTER_LZMA1) {
    const props = bytes.length === 5 ? decode_props(bytes[0]!) : null;
    if (props === null) bad_options();
    return { id, lzma: { ...lzma, ...props, dict_size: u32(bytes, 1) } };
  }
  if (id === FILTER_LZMA2) {
    if (bytes.length !== 1 || bytes[0]! > 40) bad_options();
    return { id, lzma: { ...lzma, dict_size: dict_size_of(bytes[0]!) } };
  }
  if (id === FILTER_DELTA) {
    if (bytes.length !== 1) bad_options();
    return { id, dist: bytes[0]! + 1 };
  }
  if (!BRANCHES.has(id) || (bytes.length !== 0 && bytes.length !== 4)) bad_options();
  return { id, start_offset: bytes.length === 0 ? 0 : u32(bytes, 0) };
}

/** A filter as block headers have it: number, size of properties, properties. */
export function filter_flags(f: Filter): number[] {
  if (f.id === FILTER_LZMA1) internal_error();
  const props = encode_properties(f);
  return [...vli_bytes(Number(f.id)), ...vli_bytes(props.length), ...props];
}

// --- memory -----------------------------------------------------------------------------------------------------------

/** What liblzma would take for decoding LZMA with a dictionary of this size, in bytes. */
export function lzma_memory(dict_size: number): number {
  return dict_size + 66016;
}

/** The same for a chain. */
export function chain_memory(filters: readonly Filter[]): number {
  let total = 0;
  for (const f of filters) {
    if (f.lzma !== undefined) total += lzma_memory(f.lzma.dict_size) + (f.id === FILTER_LZMA2 ? 184 : 0);
    else total += f.dist !== undefined ? 352 : 1024;
  }
  return total;
}

export function over_limit(bytes: number, limit: bigint): boolean {
  return BigInt(bytes) > limit;
}

export function memory_failure(): LzmaFailure {
  return new LzmaFailure('Memory usage limit exceeded');
}

/** Whether Python's filter chains may have a branch filter of this number. */
export function is_branch_filter(id: bigint): boolean {
  return BRANCHES.has(id) && id !== FILTER_ARM64;
}
