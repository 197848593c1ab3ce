// streams.ts: compressing and decompressing piece by piece, by the npm package pako.        CPython: zlib's z_stream
//
// pako is zlib in JavaScript, to the byte, and works in every host. It is loaded when first used.

import type * as Pako from 'pako';

declare const require: (name: string) => unknown;

const loaded: { pako: typeof Pako | null } = { pako: null };

function pako(): typeof Pako {
  loaded.pako ??= require('pako') as typeof Pako;
  return loaded.pako;
}

export const Z_OK = 0;
export const Z_STREAM_END = 1;
export const Z_NEED_DICT = 2;
export const Z_STREAM_ERROR = -2;
export const Z_DATA_ERROR = -3;
export const Z_MEM_ERROR = -4;
export const Z_BUF_ERROR = -5;

export const Z_NO_FLUSH = 0;
export const Z_SYNC_FLUSH = 2;
export const Z_FINISH = 4;
const Z_TREES = 6;

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
const KB = 1024;
/** How much room each further chunk of output has. CPython: BUFFER_BLOCK_SIZE */
const CHUNKS = [32 * KB, 64 * KB, 256 * KB, 1024 * KB, 4096 * KB, 8192 * KB, 16384 * KB, 16384 * KB, 32768 * KB];

/** Where small outputs are put first: they are copied from here. */
const scratch = /* @__PURE__ */ new Uint8Array(4 * KB);

/** Output in chunks of CPython's sizes (they show in what is stored without compression). CPython: _BlocksOutputBuffer */
export class Output {
  private chunks: Uint8Array[] = [];
  private next = 0;
  /** Room of the first chunk. */
  private first: number;
  length = 0;
  /** Most bytes wanted, or Infinity. */
  readonly max: number;

  constructor(first = CHUNKS[0]!, max = Number.POSITIVE_INFINITY) {
    this.first = first;
    this.max = max;
  }

  /** Gives the stream room; false if no more is wanted. */
  arrange(strm: Pako.ZStream): boolean {
    const left = this.max - this.length;
    if (left <= 0) return false;
    const wanted = this.next === 0 ? this.first : CHUNKS[Math.min(this.next, CHUNKS.length - 1)]!;
    const size = Math.min(wanted, left);
    this.next++;
    strm.output = size <= scratch.length ? scratch : new Uint8Array(size);
    strm.next_out = 0;
    strm.avail_out = size;
    return true;
  }

  /** Keeps what the stream has put out. */
  take(strm: Pako.ZStream): void {
    const { output, next_out } = strm;
    if (next_out > 0) this.chunks.push(output === scratch ? output.slice(0, next_out) : output.subarray(0, next_out));
    this.length += strm.next_out;
  }

  finish(): Uint8Array {
    if (this.chunks.length === 1) {
      const only = this.chunks[0]!;
      // A small result does not hold on to a large buffer.
      return only.length * 2 > only.buffer.byteLength ? only : only.slice();
    }
    const out = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return out;
  }
}

/** A copy of everything a stream refers to but its buffers. CPython: deflateCopy, inflateCopy */
function clone_stream(strm: Pako.ZStream): Pako.ZStream {
  const seen = new Map<object, object>();
  const clone = (o: unknown): unknown => {
    if (typeof o !== 'object' || o === null) return o;
    const known = seen.get(o);
    if (known !== undefined) return known;
    if (ArrayBuffer.isView(o)) {
      const copy = (o as Uint8Array).slice();
      seen.set(o, copy);
      return copy;
    }
    const copy: Record<string, unknown> = Array.isArray(o) ? [] : Object.create(Object.getPrototypeOf(o));
    seen.set(o, copy);
    for (const key of Object.keys(o)) copy[key] = clone((o as Record<string, unknown>)[key]);
    return copy;
  };
  // Input and output stay whose they are.
  const { input, output } = strm;
  seen.set(input, input);
  if (output !== null) seen.set(output, output);
  return clone(strm) as Pako.ZStream;
}

class Stream {
  strm: Pako.ZStream;
  constructor(strm: Pako.ZStream) {
    this.strm = strm;
  }

  get message(): string | null {
    return this.strm.msg === '' ? null : this.strm.msg;
  }

  /** What follows is read from these bytes. */
  set_input(data: Uint8Array): void {
    this.strm.input = data;
    this.strm.next_in = 0;
    this.strm.avail_in = data.length;
  }

  /** Bytes of the input that were not used. */
  get left(): number {
    return this.strm.avail_in;
  }

  rest(): Uint8Array {
    const { strm } = this;
    return strm.avail_in === 0 ? NOTHING : strm.input.slice(strm.next_in, strm.next_in + strm.avail_in);
  }

  /** Lets go of the caller's bytes. */
  release(): void {
    this.strm.input = NOTHING;
    this.strm.next_in = 0;
    this.strm.avail_in = 0;
  }
}

export interface DeflateOptions {
  level: number;
  method: number;
  wbits: number;
  memLevel: number;
  strategy: number;
}

/** An output for `n` bytes of input: most often they take no more room. */
export function output_for(n: number): Output {
  return new Output(Math.min(CHUNKS[0]!, n + (n >> 3) + 64));
}

/** deflateReset(). pako would clear the hash table entry by entry, which takes most of the time that a short text takes. */
function reset(strm: Pako.ZStream): void {
  const state = strm.state as { head: Uint16Array };
  const { head } = state;
  state.head = NO_HEAD;
  pako().zlibDeflateReset(strm);
  state.head = head.fill(0);
}

const NO_HEAD = /* @__PURE__ */ new Uint16Array(0);

/** A stream that was used and may be used again: making one takes longer than compressing a little. */
const spare: { options: DeflateOptions | null; strm: Pako.ZStream | null } = { options: null, strm: null };

export class Deflater extends Stream {
  private readonly options: DeflateOptions;

  private constructor(strm: Pako.ZStream, options: DeflateOptions) {
    super(strm);
    this.options = options;
  }

  /** A new stream, or the number of an error. CPython: deflateInit2 */
  static make(options: DeflateOptions): Deflater | number {
    const z = pako();
    const o = spare.options;
    if (
      o !== null &&
      o.level === options.level &&
      o.wbits === options.wbits &&
      o.memLevel === options.memLevel &&
      o.strategy === options.strategy &&
      options.method === 8
    ) {
      const strm = spare.strm!;
      spare.options = null;
      spare.strm = null;
      reset(strm);
      return new Deflater(strm, options);
    }
    const strm = new z.ZStream();
    const { level, method, wbits, memLevel, strategy } = options;
    const status = z.zlibDeflateInit2(strm, level, method, wbits, memLevel, strategy as Pako.Z_Strategy, true);
    return status === Z_OK ? new Deflater(strm, options) : status;
  }

  set_dictionary(dict: Uint8Array): number {
    return pako().zlibDeflateSetDictionary(this.strm, dict);
  }

  /** Compresses all of the input; the last status. */
  run(out: Output, flush: number): number {
    if (flush < Z_NO_FLUSH || flush > Z_TREES) return Z_STREAM_ERROR;
    const z = pako();
    const { strm } = this;
    let status: number;
    do {
      out.arrange(strm);
      status = z.zlibDeflate(strm, flush as Pako.Z_FlushMode);
      out.take(strm);
    } while (status !== Z_STREAM_ERROR && strm.avail_out === 0);
    return status;
  }

  copy(): Deflater {
    return new Deflater(clone_stream(this.strm), this.options);
  }

  /** It will not be used again. */
  dispose(): void {
    this.release();
    spare.options = this.options;
    spare.strm = this.strm;
  }
}

const spareInflate: { strm: Pako.ZStream | null } = { strm: null };

export class Inflater extends Stream {
  /** A new stream, or the number of an error. CPython: inflateInit2 */
  static make(wbits: number): Inflater | number {
    const z = pako();
    if (spareInflate.strm !== null) {
      const strm = spareInflate.strm;
      spareInflate.strm = null;
      strm.msg = '';
      if (z.zlibInflateReset2(strm, wbits) === Z_OK) return new Inflater(strm);
    }
    const strm = new z.ZStream();
    strm.input = NOTHING;
    const status = z.zlibInflateInit2(strm, wbits);
    return status === Z_OK ? new Inflater(strm) : status;
  }

  set_dictionary(dict: Uint8Array): number {
    return pako().zlibInflateSetDictionary(this.strm, dict);
  }

  /** Decompresses into `out` until the input, the wanted output or the stream ends; the last status. With a dictionary it is
   *  set when the stream asks for it; `refused` is called if it is the wrong one. */
  run(out: Output, flush: number, dict: Uint8Array | null, refused: (status: number) => never): number {
    const z = pako();
    const { strm } = this;
    let status = Z_OK;
    while (out.arrange(strm)) {
      status = z.zlibInflate(strm, flush as Pako.Z_FlushMode);
      out.take(strm);
      if (status === Z_NEED_DICT && dict !== null) {
        const answer = this.set_dictionary(dict);
        if (answer !== Z_OK) refused(answer);
        continue;
      }
      if (status !== Z_OK && status !== Z_BUF_ERROR) break;
      if (strm.avail_out !== 0) break;
    }
    return status;
  }

  copy(): Inflater {
    return new Inflater(clone_stream(this.strm));
  }

  /** It will not be used again. */
  dispose(): void {
    this.release();
    spareInflate.strm = this.strm;
  }
}
