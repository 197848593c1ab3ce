// decoder.ts: frames, piece by piece.                                                                      (RFC 8878, 3.1)
//
// Invariant: `content` ends with what was decoded last; from `shown` on it has not been given away yet. What may be copied
// from (the window, and a dictionary while no more than a window is behind it) is in `content` in front of that.

import type { Sink, StreamDecoder } from '../stream_decoder.ts';
import { BlockDecoder, type Content } from './blocks.ts';
import { type Dictionary, raw_dictionary } from './dictionary.ts';
import {
  BLOCK_COMPRESSED,
  BLOCK_RAW,
  BLOCK_RLE,
  corrupted,
  fail,
  get_u24,
  get_u32,
  TOO_SMALL,
  WINDOW_TOO_LARGE,
  WRONG_CHECKSUM,
  WRONG_DICTIONARY,
} from './format.ts';
import { type FrameHeader, read_header } from './frame.ts';
import { Xxh64 } from './xxh64.ts';

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
/** The window's log that is allowed unless something else is asked for. */
const DEFAULT_WINDOW_LOG = 27;
const FIRST_CONTENT = 1 << 12;
/** Room behind the window at least: sliding moves all of it. */
const SLACK = 1 << 18;

type Stage = 'header' | 'block header' | 'raw' | 'rle' | 'compressed' | 'checksum' | 'end' | 'skip';

export class ZstdStreamDecoder implements StreamDecoder {
  input: Uint8Array = NOTHING;
  pos = 0;
  finished = false;
  private readonly dictionary: Dictionary | null;
  /** A dictionary for the first frame only. */
  private prefix: Uint8Array | null;
  private readonly window_max: number;
  private readonly blocks = new BlockDecoder();
  private stage: Stage = 'header';
  private header: FrameHeader | null = null;
  private hash: Xxh64 | null = null;
  /** The beginning of something of which more is to come. */
  private held: Uint8Array = new Uint8Array(32);
  private held_count = 0;
  private content: Content = { bytes: NOTHING, length: 0 };
  private shown = 0;
  /** How much of the frame has been decoded. */
  private decoded = 0;
  private most = 0;
  /** Of the block that is being read. */
  private block_size = 0;
  private last_block = false;

  constructor(dictionary: Dictionary | null, prefix: Uint8Array | null, window_log_max: number) {
    this.dictionary = dictionary;
    this.prefix = prefix;
    this.window_max = 2 ** (window_log_max || DEFAULT_WINDOW_LOG) + 1;
  }

  run(sink: Sink): void {
    try {
      this.show(sink);
      while (!this.finished && this.shown === this.content.length && this.step()) this.show(sink);
    } catch (e) {
      this.reset();
      throw e;
    }
  }

  /** Ready for another frame. */
  private reset(): void {
    this.stage = 'header';
    this.held_count = 0;
    this.content = { bytes: NOTHING, length: 0 };
    this.shown = 0;
  }

  private show(sink: Sink): void {
    const { content } = this;
    if (this.shown < content.length) this.shown += sink.put_all(content.bytes.subarray(this.shown, content.length));
  }

  /** The next `n` bytes of the input, or null while they are not all there. */
  private take(n: number): Uint8Array | null {
    if (this.held_count === 0 && this.input.length - this.pos >= n) {
      this.pos += n;
      return this.input.subarray(this.pos - n, this.pos);
    }
    if (!this.hold(n)) return null;
    this.held_count = 0;
    return this.held.subarray(0, n);
  }

  /** Takes input until `n` bytes are held. */
  private hold(n: number): boolean {
    const more = Math.min(n - this.held_count, this.input.length - this.pos);
    const wanted = this.held_count + more;
    if (wanted > this.held.length) {
      const held = new Uint8Array(Math.min(n, 2 * wanted));
      held.set(this.held.subarray(0, this.held_count));
      this.held = held;
    }
    this.held.set(this.input.subarray(this.pos, this.pos + more), this.held_count);
    this.held_count = wanted;
    this.pos += more;
    return wanted === n;
  }

  /** Goes on by one; false where there is no input for it. */
  private step(): boolean {
    switch (this.stage) {
      case 'header':
        return this.read_frame_header();
      case 'block header': {
        const b = this.take(3);
        if (b === null) return false;
        this.begin_block(get_u24(b, 0));
        return true;
      }
      case 'raw':
        return this.copy_raw();
      case 'rle': {
        const b = this.take(1);
        if (b === null) return false;
        if (this.block_size > this.header!.block_max) fail(TOO_SMALL);
        this.make_room(this.block_size);
        const { content } = this;
        content.bytes.fill(b[0]!, content.length, content.length + this.block_size);
        content.length += this.block_size;
        this.account(this.block_size);
        this.end_block();
        return true;
      }
      case 'compressed': {
        const b = this.take(this.block_size);
        if (b === null) return false;
        const { block_max } = this.header!;
        this.make_room(block_max);
        const before = this.content.length;
        this.blocks.decode(b, this.content, block_max);
        this.account(this.content.length - before);
        this.end_block();
        return true;
      }
      case 'checksum': {
        const b = this.take(4);
        if (b === null) return false;
        if (get_u32(b, 0) !== this.hash!.digest()) fail(WRONG_CHECKSUM);
        this.finished = true;
        return true;
      }
      case 'end':
        this.finished = true;
        return true;
      case 'skip': {
        const n = Math.min(this.block_size, this.input.length - this.pos);
        this.pos += n;
        this.block_size -= n;
        this.finished = this.block_size === 0;
        return this.finished;
      }
    }
  }

  private read_frame_header(): boolean {
    let header: FrameHeader | null = null;
    for (let n = this.held_count; header === null; n++) {
      if (!this.hold(n)) return false;
      header = n === 0 ? null : read_header(this.held, 0, n);
    }
    this.held_count = 0;
    this.header = header;
    if (header.skippable) {
      this.block_size = Number(header.content_size);
      this.stage = 'skip';
      return true;
    }
    const dictionary = this.prefix === null ? this.dictionary : raw_dictionary(this.prefix);
    this.prefix = null;
    if (header.dict_id !== 0 && header.dict_id !== (dictionary?.id ?? 0)) fail(WRONG_DICTIONARY);
    if (Math.max(header.window, 1024) > this.window_max) fail(WINDOW_TOO_LARGE);
    this.begin_frame(header, dictionary);
    return true;
  }

  private begin_frame(header: FrameHeader, dictionary: Dictionary | null): void {
    const before = dictionary?.content ?? NOTHING;
    this.most = before.length + header.window + Math.max(SLACK, header.window / 4);
    this.content = { bytes: before, length: before.length };
    this.shown = before.length;
    this.decoded = 0;
    this.hash = header.checksum ? new Xxh64() : null;
    this.blocks.begin(dictionary, header.block_max);
    this.stage = 'block header';
  }

  private begin_block(head: number): void {
    this.last_block = (head & 1) !== 0;
    this.block_size = head >> 3;
    const type = (head >> 1) & 3;
    if (type !== BLOCK_RLE && this.block_size > this.header!.block_max) corrupted();
    if (type === BLOCK_RAW) this.stage = 'raw';
    else if (type === BLOCK_RLE) this.stage = 'rle';
    else if (type === BLOCK_COMPRESSED) this.stage = 'compressed';
    else corrupted();
  }

  private copy_raw(): boolean {
    const n = Math.min(this.block_size, this.input.length - this.pos);
    if (n === 0 && this.block_size > 0) return false;
    this.make_room(n);
    const { content } = this;
    content.bytes.set(this.input.subarray(this.pos, this.pos + n), content.length);
    content.length += n;
    this.pos += n;
    this.block_size -= n;
    this.account(n);
    if (this.block_size === 0) this.end_block();
    return true;
  }

  /** Room for `n` bytes behind the content, by a larger array or by dropping what is out of the window. */
  private make_room(n: number): void {
    const { content } = this;
    const wanted = content.length + n;
    if (wanted <= content.bytes.length) return;
    if (wanted <= this.most) {
      const size = Math.min(this.most, Math.max(wanted, 2 * content.bytes.length, FIRST_CONTENT));
      const bytes = new Uint8Array(size);
      bytes.set(content.bytes.subarray(0, content.length));
      content.bytes = bytes;
      return;
    }
    const kept = this.header!.window;
    content.bytes.copyWithin(0, content.length - kept, content.length);
    content.length = kept;
    this.shown = kept;
  }

  /** The last `n` bytes of the content are new. */
  private account(n: number): void {
    const { content } = this;
    this.decoded += n;
    this.hash?.update(content.bytes.subarray(content.length - n, content.length));
  }

  private end_block(): void {
    if (!this.last_block) {
      this.stage = 'block header';
      return;
    }
    const { content_size, checksum } = this.header!;
    if (content_size !== null && content_size !== BigInt(this.decoded)) corrupted();
    this.stage = checksum ? 'checksum' : 'end';
  }
}
