// chain.ts: decoding through a chain of filters.
//
// The last filter, LZMA or LZMA2, makes bytes; those before it change them, the nearest first. A branch filter may hold a few
// bytes back until it sees what follows.

import type { Sink } from '../stream_decoder.ts';
import { BRANCHES, type Branches } from './bcj.ts';
import { check_chain, type Filter } from './filters.ts';
import { corrupt, FILTER_LZMA1 } from './format.ts';
import { LzmaDecoder, type Source } from './lzma_decoder.ts';
import { decode_props } from './model.ts';

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Changes bytes that come in pieces; what it gives may be a view of what it got. */
export interface Stage {
  /** `last`: nothing follows. */
  push(bytes: Uint8Array, last: boolean): Uint8Array;
}

class Delta implements Stage {
  private readonly history = new Uint8Array(256);
  private at = 0;
  private readonly dist: number;
  private readonly encode: boolean;
  constructor(dist: number, encode: boolean) {
    this.dist = dist;
    this.encode = encode;
  }
  push(bytes: Uint8Array): Uint8Array {
    const { history, dist, encode } = this;
    const out = new Uint8Array(bytes.length);
    let { at } = this;
    for (let i = 0; i < bytes.length; i++) {
      const before = history[(at - dist) & 255]!;
      const plain = encode ? bytes[i]! : bytes[i]! + before;
      out[i] = encode ? plain - before : plain;
      history[at] = plain;
      at = (at + 1) & 255;
    }
    this.at = at;
    return out;
  }
}

class BranchStage implements Stage {
  private held: Uint8Array = NOTHING;
  private at: number;
  private readonly branches: Branches;
  constructor(branches: Branches, start: number) {
    this.branches = branches;
    this.at = start;
  }
  push(bytes: Uint8Array, last: boolean): Uint8Array {
    const all = new Uint8Array(this.held.length + bytes.length);
    all.set(this.held);
    all.set(bytes, this.held.length);
    const done = this.branches.run(all, this.at);
    this.at = (this.at + done) >>> 0;
    this.held = last ? NOTHING : all.slice(done);
    return last ? all : all.subarray(0, done);
  }
}

/** The filters before the last, as they are gone through in this direction. */
export function make_stages(filters: readonly Filter[], encode: boolean): Stage[] {
  const stages = filters.slice(0, -1).map((f): Stage => {
    if (f.dist !== undefined) return new Delta(f.dist, encode);
    return new BranchStage(BRANCHES.get(f.id)!.make(encode), f.start_offset!);
  });
  return encode ? stages : stages.reverse();
}

export function run_stages(stages: readonly Stage[], bytes: Uint8Array, last: boolean): Uint8Array {
  for (const stage of stages) bytes = stage.push(bytes, last);
  return bytes;
}

/** LZMA2: chunks with headers of their own, until a zero byte. */
function* lzma2(source: Source, decoder: LzmaDecoder): Generator<void, void, void> {
  function* byte(): Generator<void, number, void> {
    while (source.pos >= source.end) yield;
    return source.bytes[source.pos++]!;
  }
  let needs_dict = true;
  let needs_props = true;
  for (;;) {
    const control = yield* byte();
    if (control === 0) return;
    if (control >= 0xe0 || control === 1) {
      needs_props = true;
      needs_dict = false;
      decoder.reset_dict();
    } else if (needs_dict) corrupt();
    if (control < 0x80) {
      if (control > 2) corrupt();
      let size = ((yield* byte()) << 8) + 1;
      size += yield* byte();
      for (;;) {
        size -= decoder.copy(size);
        if (size === 0) break;
        yield;
      }
      continue;
    }
    if (needs_props && control < 0xc0) corrupt();
    let size = ((control & 0x1f) << 16) + 1;
    size += (yield* byte()) << 8;
    size += yield* byte();
    let packed = ((yield* byte()) << 8) + 1;
    packed += yield* byte();
    if (control >= 0xc0) {
      const props = decode_props(yield* byte());
      if (props === null) corrupt();
      decoder.set_props(props.lc, props.lp, props.pb);
      needs_props = false;
    } else if (control >= 0xa0) decoder.reset_state();
    const chunk = run_lzma(decoder, size, false);
    for (;;) {
      const before = source.pos;
      const { done } = chunk.next();
      packed -= source.pos - before;
      // What a symbol waits for the rest of counts as used.
      const waiting = !done && decoder.room > 0 ? source.end - source.pos : 0;
      if (packed < waiting || (done && packed !== 0)) corrupt();
      if (done) break;
      yield;
    }
  }
}

export function* run_lzma(decoder: LzmaDecoder, size: number, marker: boolean): Generator<void, void, void> {
  yield* decoder.begin();
  yield* decoder.run(size, marker);
}

/** One stream of a chain, without a container. */
export class ChainDecoder {
  private readonly source: Source;
  private readonly decoder: LzmaDecoder;
  private readonly steps: Generator<void, void, void>;
  private readonly stages: Stage[];
  /** What has gone through the stages and did not fit. */
  private ready: Uint8Array = NOTHING;
  private ended = false;

  constructor(source: Source, filters: readonly Filter[]) {
    check_chain(filters, false);
    const { id, lzma } = filters.at(-1)!;
    this.source = source;
    this.decoder = new LzmaDecoder(source, lzma!.dict_size);
    if (id === FILTER_LZMA1) {
      this.decoder.set_props(lzma!.lc, lzma!.lp, lzma!.pb);
      this.steps = run_lzma(this.decoder, Number.POSITIVE_INFINITY, true);
    } else this.steps = lzma2(source, this.decoder);
    this.stages = make_stages(filters, false);
  }

  /** Decodes as far as input and room in the sink go; true when the stream has ended and all of it is in the sink. */
  run(sink: Sink): boolean {
    for (;;) {
      if (this.ready.length > 0) {
        this.ready = this.ready.subarray(sink.put_all(this.ready));
        if (this.ready.length > 0) return false;
      }
      if (this.ended) return true;
      this.decoder.allow(sink.limit - sink.length);
      const before = this.source.pos;
      this.ended = this.steps.next().done === true;
      const bytes = this.decoder.take();
      if (this.stages.length === 0) sink.put_all(bytes);
      else this.ready = run_stages(this.stages, bytes, this.ended).slice();
      if (!this.ended && this.source.pos === before && bytes.length === 0) return false;
    }
  }
}
