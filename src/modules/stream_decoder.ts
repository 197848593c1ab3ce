// stream_decoder.ts: what the decompressor objects of _bz2, _lzma and _zstd have in common: input that is kept while
// output is limited.                              CPython: Modules/_bz2module.c, Modules/_lzmamodule.c (decompress)

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_EOFError, PyExc_ValueError } from '../objects/exceptions.ts';
import { c_ssize, read_buffer, release } from './args.ts';

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Where decoded bytes go, up to a limit. */
export class Sink {
  private bytes: Uint8Array = new Uint8Array(1 << 12);
  length = 0;
  readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }
  get full(): boolean {
    return this.length >= this.limit;
  }
  private grow(n: number): void {
    let size = this.bytes.length;
    while (size < n) size *= 2;
    const more = new Uint8Array(size);
    more.set(this.bytes.subarray(0, this.length));
    this.bytes = more;
  }
  put(b: number): void {
    if (this.length === this.bytes.length) this.grow(this.length + 1);
    this.bytes[this.length++] = b;
  }
  /** As many of the bytes as there is room for; gives their number. */
  put_all(b: Uint8Array): number {
    const n = Math.min(b.length, this.limit - this.length);
    if (this.length + n > this.bytes.length) this.grow(this.length + n);
    this.bytes.set(n === b.length ? b : b.subarray(0, n), this.length);
    this.length += n;
    return n;
  }
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
  /** What was put in from a place on; a view that holds until more is put in. */
  written(from: number): Uint8Array {
    return this.bytes.subarray(from, this.length);
  }
}

/** A decoder of one stream. */
export interface StreamDecoder {
  input: Uint8Array;
  /** Bytes of `input` used so far. */
  pos: number;
  /** The stream has ended; `pos` is right behind it. */
  finished: boolean;
  /** Decodes as far as the input goes, until the sink is full or the stream ends; what it leaves of the input comes again with
   *  more behind it. Throws what it likes where that is wrong. */
  run(sink: Sink): void;
}

/** The state of a decompressor object. */
export class Decompression {
  decoder: StreamDecoder;
  eof = false;
  needs_input = true;
  unused_data: Uint8Array = NOTHING;
  /** An error ended it. */
  broken = false;
  constructor(decoder: StreamDecoder) {
    this.decoder = decoder;
  }
}

/** What differs between the modules. */
export interface Manner {
  /** What is said when a stream that has ended is given more. */
  readonly ended: string;
  /** What is said after an error; null where the decoder itself is asked again. */
  readonly unusable: string | null;
  /** Raises for what the decoder threw. */
  fail(error: unknown): never;
}

/** decompress(data, max_length) of a decompressor. */
export function decompress_step(
  d: Decompression,
  data: PyObject,
  max_length: PyObject | null,
  manner: Manner,
): PyObject {
  const view = read_buffer(data);
  try {
    const max = max_length === null ? -1 : c_ssize(max_length);
    if (d.eof) PyErr_SetString(PyExc_EOFError, manner.ended);
    if (d.broken && manner.unusable !== null) PyErr_SetString(PyExc_ValueError, manner.unusable);
    const { decoder } = d;
    const left = decoder.input.length - decoder.pos;
    if (left === 0) decoder.input = view.bytes.slice();
    else if (view.bytes.length > 0) {
      const all = new Uint8Array(left + view.bytes.length);
      all.set(decoder.input.subarray(decoder.pos));
      all.set(view.bytes, left);
      decoder.input = all;
    } else decoder.input = decoder.input.subarray(decoder.pos);
    decoder.pos = 0;
    const sink = new Sink(max < 0 ? Number.POSITIVE_INFINITY : max);
    try {
      decoder.run(sink);
    } catch (e) {
      d.broken = true;
      if (manner.unusable !== null) d.needs_input = false;
      decoder.input = NOTHING;
      decoder.pos = 0;
      manner.fail(e);
    }
    if (decoder.finished) {
      d.eof = true;
      d.needs_input = false;
      d.unused_data = decoder.input.slice(decoder.pos);
      decoder.input = NOTHING;
      decoder.pos = 0;
    } else d.needs_input = !sink.full;
    return PyBytes_FromUint8Array(sink.take());
  } finally {
    release(view);
  }
}
