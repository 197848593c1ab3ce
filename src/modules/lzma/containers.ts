// containers.ts: decoding .xz, .lzma and .lz streams and raw ones.           CPython: Modules/_lzmamodule.c (decompress)
//
// One generator reads a stream; it yields where it needs input or where the output is full. It reads no byte behind the
// stream's end. Errors come at the place where liblzma has them.

import type { Sink, StreamDecoder } from '../stream_decoder.ts';
import { ChainDecoder, run_lzma } from './chain.ts';
import { type Check, crc32, new_check } from './checks.ts';
import {
  chain_memory,
  check_chain,
  decode_properties,
  type Filter,
  lzma_memory,
  memory_failure,
  over_limit,
} from './filters.ts';
import {
  bad_format,
  bad_options,
  CHECK_CRC32,
  CHECK_NONE,
  CHECK_SIZES,
  CHECK_UNKNOWN,
  corrupt,
  FORMAT_ALONE,
  FORMAT_AUTO,
  FORMAT_RAW,
  FORMAT_XZ,
  LzmaFailure,
  u32,
  u64,
  XZ_FOOTER_MAGIC,
  XZ_MAGIC,
} from './format.ts';
import { LzmaDecoder, Source } from './lzma_decoder.ts';
import { decode_props } from './model.ts';

type Steps<T> = Generator<void, T, void>;

const UNKNOWN = Number.POSITIVE_INFINITY;
const LZIP_MAGIC = [0x4c, 0x5a, 0x49, 0x50] as const;

function starts_with(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** A block is followed by zeros up to a multiple of four. */
function padded(n: number): number {
  return Math.ceil(n / 4) * 4;
}

/** Sizes of a block as its header and the index tell them. */
interface BlockSizes {
  unpadded: number;
  plain: number;
}

export class LzmaStreamDecoder implements StreamDecoder {
  private readonly source = new Source();
  private readonly memlimit: bigint;
  private readonly steps: Steps<void>;
  private sink!: Sink;
  /** Raised by the next step, after which decoding can go on. */
  private obstacle: LzmaFailure | null = null;
  private broken = false;
  /** The last run could neither take nor give anything. */
  private stuck = false;
  finished = false;
  /** Number of the check that the stream has. */
  check = CHECK_UNKNOWN;

  constructor(format: number, memlimit: bigint, filters: readonly Filter[] | null) {
    this.memlimit = memlimit;
    if (format === FORMAT_XZ) this.steps = this.xz();
    else if (format === FORMAT_AUTO) this.steps = this.auto();
    else if (format === FORMAT_ALONE) this.steps = this.alone(false);
    else {
      const chain = new ChainDecoder(this.source, filters!);
      this.steps = this.raw(chain);
    }
    if (format === FORMAT_ALONE || format === FORMAT_RAW) this.check = CHECK_NONE;
  }

  get input(): Uint8Array {
    return this.source.bytes;
  }
  set input(bytes: Uint8Array) {
    this.source.bytes = bytes;
    this.source.end = bytes.length;
  }
  get pos(): number {
    return this.source.pos;
  }
  set pos(n: number) {
    this.source.pos = n;
  }

  run(sink: Sink): void {
    if (this.broken) throw new LzmaFailure('Internal error');
    this.sink = sink;
    const { pos } = this;
    try {
      if (this.steps.next().done) this.finished = true;
    } catch (e) {
      this.broken = true;
      throw e;
    }
    if (this.obstacle !== null) {
      const { obstacle } = this;
      this.obstacle = null;
      throw obstacle;
    }
    const stuck = sink.limit === 0 && pos === this.source.end && !this.finished;
    if (stuck && this.stuck) throw new LzmaFailure('Insufficient buffer space');
    this.stuck = stuck;
  }

  // --- reading --------------------------------------------------------------------------------------------------------

  private *byte(): Steps<number> {
    const { source } = this;
    while (source.pos >= source.end) yield;
    return source.bytes[source.pos++]!;
  }

  private *bytes(n: number): Steps<Uint8Array> {
    const { source } = this;
    const out = new Uint8Array(n);
    for (let have = 0; ; ) {
      const count = Math.min(n - have, source.end - source.pos);
      out.set(source.bytes.subarray(source.pos, source.pos + count), have);
      source.pos += count;
      have += count;
      if (have === n) return out;
      yield;
    }
  }

  /** Zero bytes, each looked at as it comes. */
  private *zeros(n: number): Steps<void> {
    for (; n > 0; n--) if ((yield* this.byte()) !== 0) corrupt();
  }

  private *enough_memory(bytes: number): Steps<void> {
    while (over_limit(bytes, this.memlimit)) {
      this.obstacle = memory_failure();
      yield;
    }
  }

  /** Decodes to the sink; gives how many bytes that made. `sum` sees them. */
  private *decoded(chain: ChainDecoder, sum: Check | null): Steps<number> {
    let plain = 0;
    for (;;) {
      const { sink } = this;
      const before = sink.length;
      const done = chain.run(sink);
      plain += sink.length - before;
      if (sum !== null && sink.length > before) sum.update(sink.written(before));
      if (done) return plain;
      yield;
    }
  }

  // --- the formats ----------------------------------------------------------------------------------------------------

  private *auto(): Steps<void> {
    const { source } = this;
    while (source.pos >= source.end) yield;
    const first = source.bytes[source.pos]!;
    if (first === XZ_MAGIC[0]) return yield* this.xz();
    if (first === LZIP_MAGIC[0]) return yield* this.lzip();
    this.check = CHECK_NONE;
    return yield* this.alone(true);
  }

  private *raw(chain: ChainDecoder): Steps<void> {
    yield* this.decoded(chain, null);
  }

  /** .lzma. `picky`: only headers that some encoder would write are taken for such. */
  private *alone(picky: boolean): Steps<void> {
    const props = decode_props(yield* this.byte());
    if (props === null) bad_format();
    const dict_size = u32(yield* this.bytes(4), 0);
    if (picky && dict_size !== 0xffffffff) {
      const power = 2 ** (31 - Math.clz32(dict_size));
      if (dict_size !== 0 && dict_size !== power && dict_size !== power * 1.5) bad_format();
    }
    const bytes = yield* this.bytes(8);
    const known = bytes.some(byte => byte !== 255);
    if (known && picky && u64(bytes, 0) >= 2 ** 38) bad_format();
    yield* this.enough_memory(lzma_memory(dict_size));
    const decoder = new LzmaDecoder(this.source, dict_size);
    decoder.set_props(props.lc, props.lp, props.pb);
    yield* this.lzma_to_sink(decoder, known ? u64(bytes, 0) : UNKNOWN, null);
  }

  private *lzma_to_sink(decoder: LzmaDecoder, size: number, sum: Check | null): Steps<number> {
    const steps = run_lzma(decoder, size, true);
    let plain = 0;
    for (;;) {
      decoder.allow(this.sink.limit - this.sink.length);
      const before = this.source.pos;
      const { done } = steps.next();
      const made = decoder.take();
      plain += made.length;
      this.sink.put_all(made);
      sum?.update(made);
      if (done) return plain;
      if (made.length === 0 && this.source.pos === before) yield;
    }
  }

  /** .lz: the first member. */
  private *lzip(): Steps<void> {
    for (const byte of LZIP_MAGIC) if ((yield* this.byte()) !== byte) bad_format();
    const version = yield* this.byte();
    if (version > 1) bad_options();
    this.check = CHECK_CRC32;
    const coded = yield* this.byte();
    const power = coded & 31;
    const eighths = coded >>> 5;
    if (power < 12 || power > 29 || (power === 12 && eighths > 0)) corrupt();
    const dict_size = 2 ** power - eighths * 2 ** (power - 4);
    yield* this.enough_memory(lzma_memory(dict_size));
    const decoder = new LzmaDecoder(this.source, dict_size);
    decoder.set_props(3, 0, 2);
    const sum = new_check(CHECK_CRC32)!;
    const counted = this.counted(this.lzma_to_sink(decoder, UNKNOWN, sum));
    const [plain, packed] = yield* counted;
    const footer = yield* this.bytes(version === 0 ? 12 : 20);
    if (u32(footer, 0) !== u32(sum.digest(), 0) || u64(footer, 4) !== plain) corrupt();
    if (version === 1 && u64(footer, 12) !== packed + 6 + 20) corrupt();
  }

  /** What steps give, and how much input they took. */
  private *counted<T>(steps: Steps<T>): Steps<[T, number]> {
    const { source } = this;
    let used = 0;
    for (;;) {
      const before = source.pos;
      const { done, value } = steps.next();
      used += source.pos - before;
      if (done) return [value as T, used];
      yield;
    }
  }

  // --- .xz ------------------------------------------------------------------------------------------------------------

  private *xz(): Steps<void> {
    const header = yield* this.bytes(12);
    if (!starts_with(header, XZ_MAGIC)) bad_format();
    if (crc32(header.subarray(6, 8)) !== u32(header, 8)) corrupt();
    if (header[6] !== 0 || header[7]! > 15) bad_options();
    this.check = header[7]!;
    const blocks: BlockSizes[] = [];
    for (;;) {
      const size = yield* this.byte();
      if (size === 0) break;
      blocks.push(yield* this.block(size));
    }
    const index_size = yield* this.index(blocks);
    const footer = yield* this.bytes(12);
    if (footer[10] !== XZ_FOOTER_MAGIC[0] || footer[11] !== XZ_FOOTER_MAGIC[1]) corrupt();
    if (crc32(footer.subarray(4, 10)) !== u32(footer, 0)) corrupt();
    if (footer[8] !== 0 || footer[9]! > 15) bad_options();
    if ((u32(footer, 4) + 1) * 4 !== index_size || footer[9] !== this.check) corrupt();
  }

  private *block(first: number): Steps<BlockSizes> {
    const header_size = (first + 1) * 4;
    const header = new Uint8Array(header_size);
    header[0] = first;
    header.set(yield* this.bytes(header_size - 1), 1);
    const { filters, packed_size, plain_size } = block_header(header);
    check_chain(filters, false);
    yield* this.enough_memory(chain_memory(filters));
    const { source } = this;
    const sum = new_check(this.check);
    const steps = this.decoded(new ChainDecoder(source, filters), sum);
    let packed = 0;
    let plain = 0;
    for (;;) {
      const before = source.pos;
      const had = this.sink.length;
      const all = source.end;
      source.end = Math.min(all, before + packed_size - packed);
      const { done } = steps.next();
      // What a symbol waits for the rest of counts as used.
      const waiting = done || this.sink.full ? 0 : source.end - source.pos;
      source.end = all;
      packed += source.pos - before;
      plain += this.sink.length - had;
      if (plain > plain_size) corrupt();
      const at_end = packed + waiting === packed_size;
      if (done) {
        if ((packed_size !== UNKNOWN && packed !== packed_size) || (plain_size !== UNKNOWN && plain !== plain_size))
          corrupt();
        break;
      }
      const all_out = plain === plain_size;
      if ((at_end && (all_out || !this.sink.full)) || (all_out && source.pos < source.end)) corrupt();
      yield;
    }
    yield* this.zeros(-packed & 3);
    const stored = yield* this.bytes(CHECK_SIZES[this.check]!);
    if (sum?.digest().some((byte, i) => byte !== stored[i])) corrupt();
    return { unpadded: header_size + packed + stored.length, plain };
  }

  /** The index, which has to tell what the blocks were; gives its size. Its first byte has been read. */
  private *index(blocks: readonly BlockSizes[]): Steps<number> {
    const seen: number[] = [0];
    const byte = (): Steps<number> => this.byte();
    function* number(): Steps<number> {
      let value = 0;
      for (let k = 0; k < 9; k++) {
        const b = yield* byte();
        seen.push(b);
        value += (b & 127) * 2 ** (7 * k);
        if (b < 128) {
          if (b === 0 && k > 0) corrupt();
          return value;
        }
      }
      corrupt();
    }
    if ((yield* number()) !== blocks.length) corrupt();
    // Compared as a whole: what is too large shows at once, what is too small or elsewhere at the end.
    let differs = false;
    const rest = blocks.reduce(
      (sum, b) => ({ unpadded: sum.unpadded + padded(b.unpadded), plain: sum.plain + b.plain }),
      { unpadded: 0, plain: 0 },
    );
    for (const block of blocks) {
      const unpadded = yield* number();
      if (unpadded < 5) corrupt();
      const plain = yield* number();
      rest.unpadded -= padded(unpadded);
      rest.plain -= plain;
      if (rest.unpadded < 0 || rest.plain < 0) corrupt();
      differs ||= unpadded !== block.unpadded || plain !== block.plain;
    }
    while (seen.length % 4 !== 0) {
      yield* this.zeros(1);
      seen.push(0);
    }
    if (differs) corrupt();
    const stored = yield* this.bytes(4);
    if (u32(stored, 0) !== crc32(Uint8Array.from(seen))) corrupt();
    return seen.length + 4;
  }
}

/** What a block's header says. CPython: lzma_block_header_decode */
function block_header(header: Uint8Array): { filters: Filter[]; packed_size: number; plain_size: number } {
  const end = header.length - 4;
  if (u32(header, end) !== crc32(header.subarray(0, end))) corrupt();
  const flags = header[1]!;
  if ((flags & 0x3c) !== 0) bad_options();
  let at = 2;
  const number = (): bigint => {
    let value = 0n;
    for (let k = 0n; k < 9n; k++) {
      if (at >= end) corrupt();
      const b = header[at++]!;
      value |= BigInt(b & 127) << (7n * k);
      if (b < 128) {
        if (b === 0 && k > 0n) corrupt();
        return value;
      }
    }
    return corrupt();
  };
  const packed_size = (flags & 0x40) !== 0 ? Number(number()) : UNKNOWN;
  if (packed_size === 0) corrupt();
  const plain_size = (flags & 0x80) !== 0 ? Number(number()) : UNKNOWN;
  const filters: Filter[] = [];
  for (let i = 0; i <= (flags & 3); i++) {
    const id = number();
    if (id >= 0x4000000000000000n) corrupt();
    const size = Number(number());
    if (size > end - at) corrupt();
    filters.push(decode_properties(id, header.subarray(at, at + size)));
    at += size;
  }
  for (; at < end; at++) if (header[at] !== 0) bad_options();
  return { filters, packed_size, plain_size };
}
