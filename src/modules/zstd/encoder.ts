// encoder.ts: frames, piece by piece.                                                                      (RFC 8878, 3.1)

import { BitWriter } from './bits.ts';
import { BlockEncoder } from './block_encoder.ts';
import { type Dictionary, raw_dictionary } from './dictionary.ts';
import { BLOCK_COMPRESSED, BLOCK_MAX, BLOCK_RAW, BLOCK_RLE, fail, put_number, WRONG_SIZE } from './format.ts';
import { write_header } from './frame.ts';
import { Matcher } from './matcher.ts';
import { CHECKSUM_FLAG, CONTENT_SIZE_FLAG, DICT_ID_FLAG, search_for } from './params.ts';
import { Xxh64 } from './xxh64.ts';

export const CONTINUE = 0;
export const FLUSH_BLOCK = 1;
export const FLUSH_FRAME = 2;

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
const FIRST_OFFSETS: readonly number[] = [1, 4, 8];

export class ZstdEncoder {
  private readonly options: ReadonlyMap<number, number>;
  private readonly dictionary: Dictionary | null;
  /** A dictionary for the first frame only. */
  private prefix: Uint8Array | null;
  private readonly blocks = new BlockEncoder();
  private matcher: Matcher | null = null;
  private readonly w = new BitWriter(1 << 10);
  /** A frame has been begun. */
  private begun = false;
  private header: Uint8Array | null = null;
  private hash: Xxh64 | null = null;
  /** What the frame is to hold, where that is known; for a frame to come, what has been said about it. */
  private pledged: bigint | null = null;
  private consumed = 0;
  private block_max = BLOCK_MAX;

  constructor(options: ReadonlyMap<number, number>, dictionary: Dictionary | null, prefix: Uint8Array | null) {
    this.options = options;
    this.dictionary = dictionary;
    this.prefix = prefix;
  }

  /** Tells the size of the next frame's content; null: unknown. */
  pledge(size: bigint | null): void {
    this.pledged = size;
  }

  compress(data: Uint8Array, mode: number): Uint8Array {
    this.w.length = 0;
    try {
      if (!this.begun) {
        if (mode === FLUSH_FRAME) this.pledged = BigInt(data.length);
        this.begin();
      }
      this.take(data, mode);
    } catch (e) {
      this.begun = false;
      this.pledged = null;
      throw e;
    }
    return this.w.written().slice();
  }

  private begin(): void {
    const { options, pledged } = this;
    const dictionary = this.prefix === null ? this.dictionary : raw_dictionary(this.prefix);
    const content = dictionary?.content ?? NOTHING;
    const search = search_for(options, pledged === null ? null : Number(pledged), content.length);
    this.header = write_header({
      window_log: search.window_log,
      content_size: options.get(CONTENT_SIZE_FLAG) === 0 ? null : pledged,
      dict_id: options.get(DICT_ID_FLAG) === 0 ? 0 : (dictionary?.id ?? 0),
      checksum: options.get(CHECKSUM_FLAG) === 1,
    });
    this.prefix = null;
    this.matcher ??= new Matcher(search);
    this.matcher.begin(search, content, dictionary?.tables?.repeated ?? FIRST_OFFSETS);
    this.blocks.begin(dictionary?.tables ?? null);
    this.hash = options.get(CHECKSUM_FLAG) === 1 ? new Xxh64() : null;
    this.block_max = Math.min(BLOCK_MAX, 2 ** search.window_log);
    this.consumed = 0;
    this.begun = true;
  }

  private take(data: Uint8Array, mode: number): void {
    const matcher = this.matcher!;
    for (let at = 0; ; ) {
      const n = Math.min(data.length - at, this.block_max - (matcher.filled - matcher.pos));
      const piece = data.subarray(at, at + n);
      matcher.fill(piece);
      this.hash?.update(piece);
      at += n;
      const waiting = matcher.filled - matcher.pos;
      if (at === data.length) {
        if (mode === FLUSH_FRAME) this.end();
        else if (waiting === this.block_max || (mode === FLUSH_BLOCK && waiting > 0)) this.write_block(false);
        return;
      }
      this.write_block(false);
    }
  }

  private end(): void {
    this.write_block(true);
    if (this.pledged !== null && this.pledged !== BigInt(this.consumed)) fail(WRONG_SIZE);
    if (this.hash !== null) {
      const sum = new Uint8Array(4);
      put_number(sum, 0, this.hash.digest(), 4);
      this.w.all(sum);
    }
    this.begun = false;
    this.pledged = null;
  }

  private write_block(last: boolean): void {
    const { w } = this;
    const matcher = this.matcher!;
    const { window, pos, filled } = matcher;
    const n = filled - pos;
    this.consumed += n;
    if (this.pledged !== null && BigInt(this.consumed) > this.pledged) fail(WRONG_SIZE);
    if (this.header !== null) w.all(this.header);
    this.header = null;
    if (n > 4 && window[pos] === window[filled - 1] && matcher.common(pos, pos + 1, filled) === n - 1) {
      matcher.skip();
      this.write_block_header(last, BLOCK_RLE, n);
      w.byte(window[pos]!);
      return;
    }
    const { repeated } = matcher.sequences;
    const before = repeated.slice();
    const block = n < 8 ? null : this.blocks.encode(matcher.parse());
    if (block !== null && block.length < n - (n >> 9)) {
      this.blocks.keep();
      this.write_block_header(last, BLOCK_COMPRESSED, block.length);
      w.all(block);
      return;
    }
    matcher.skip();
    repeated.set(before);
    this.write_block_header(last, BLOCK_RAW, n);
    w.all(window.subarray(pos, filled));
  }

  private write_block_header(last: boolean, type: number, size: number): void {
    const { w } = this;
    w.reserve(4);
    w.bits((last ? 1 : 0) | (type << 1) | (size << 3), 24);
  }
}
