// encoders.ts: writing .xz, .lzma and raw streams.                             CPython: Modules/_lzmamodule.c (compress)

import { make_stages, run_stages, type Stage } from './chain.ts';
import { type Check, check_is_supported, crc32, new_check } from './checks.ts';
import { check_chain, encode_properties, type Filter, filter_flags, type LzmaOptions } from './filters.ts';
import {
  CHECK_ID_MAX,
  FILTER_LZMA1,
  internal_error,
  LzmaFailure,
  put_u32,
  vli_bytes,
  XZ_FOOTER_MAGIC,
  XZ_MAGIC,
} from './format.ts';
import { LzmaEncoder } from './lzma_encoder.ts';

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
/** Most bytes in an LZMA2 chunk, and how many may be left of that when another symbol is begun. */
const CHUNK_PACKED = 1 << 16;
const CHUNK_PLAIN = 1 << 21;
const SYMBOL_PACKED = 64;
const SYMBOL_PLAIN = 273;

export interface Encoder {
  compress(bytes: Uint8Array): Uint8Array;
  flush(): Uint8Array;
}

class Pieces {
  private readonly parts: Uint8Array[] = [];
  add(part: Uint8Array | readonly number[]): void {
    this.parts.push(part instanceof Uint8Array ? part : Uint8Array.from(part));
  }
  join(): Uint8Array {
    if (this.parts.length === 1) return this.parts[0]!;
    const out = new Uint8Array(this.parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** LZMA1: one run of symbols and a marker. */
class Lzma1 implements Encoder {
  private readonly encoder: LzmaEncoder;
  constructor(options: LzmaOptions) {
    this.encoder = new LzmaEncoder(options);
  }
  compress(bytes: Uint8Array): Uint8Array {
    const { encoder } = this;
    while (bytes.length > 0) {
      bytes = bytes.subarray(encoder.fill(bytes));
      while (encoder.ready(false)) encoder.symbol();
    }
    return encoder.coder.take();
  }
  flush(): Uint8Array {
    const { encoder } = this;
    while (encoder.ready(true)) encoder.symbol();
    encoder.put_marker();
    encoder.coder.finish();
    return encoder.coder.take();
  }
}

/** LZMA2: symbols in chunks, and bytes as they are where symbols would take more. */
class Lzma2 implements Encoder {
  private readonly encoder: LzmaEncoder;
  private readonly props: number;
  /** What the next chunk of symbols has to begin with. */
  private needs: 'dictionary' | 'properties' | 'state' | 'nothing' = 'dictionary';
  /** Where the chunk began. */
  private start = 0;

  constructor(options: LzmaOptions) {
    this.encoder = new LzmaEncoder(options);
    this.props = encode_properties({ id: FILTER_LZMA1, lzma: options })[0]!;
  }

  compress(bytes: Uint8Array): Uint8Array {
    const out = new Pieces();
    while (bytes.length > 0) {
      bytes = bytes.subarray(this.encoder.fill(bytes));
      this.run(false, out);
    }
    return out.join();
  }

  flush(): Uint8Array {
    const out = new Pieces();
    this.run(true, out);
    if (this.encoder.position > this.start) this.chunk(out);
    out.add([0]);
    return out.join();
  }

  private run(ended: boolean, out: Pieces): void {
    const { encoder } = this;
    while (encoder.ready(ended)) {
      encoder.symbol();
      const plain = encoder.position - this.start;
      if (plain + SYMBOL_PLAIN > CHUNK_PLAIN || encoder.coder.size + SYMBOL_PACKED > CHUNK_PACKED) this.chunk(out);
    }
  }

  private chunk(out: Pieces): void {
    const { encoder } = this;
    const plain = encoder.position - this.start;
    this.start = encoder.position;
    if (encoder.coder.size >= plain) {
      encoder.coder.clear();
      this.stored(encoder.last(plain), out);
      encoder.reset_state();
      return;
    }
    encoder.coder.finish();
    const packed = encoder.coder.take();
    const control = { dictionary: 0xe0, properties: 0xc0, state: 0xa0, nothing: 0x80 }[this.needs];
    const n = plain - 1;
    const p = packed.length - 1;
    const header = [control | (n >>> 16), (n >>> 8) & 255, n & 255, p >>> 8, p & 255];
    if (control >= 0xc0) header.push(this.props);
    out.add(header);
    out.add(packed);
    this.needs = 'nothing';
  }

  private stored(bytes: Uint8Array, out: Pieces): void {
    for (let at = 0; at < bytes.length; at += CHUNK_PACKED) {
      const part = bytes.slice(at, at + CHUNK_PACKED);
      const n = part.length - 1;
      out.add([this.needs === 'dictionary' ? 1 : 2, n >>> 8, n & 255]);
      out.add(part);
      if (this.needs === 'dictionary') this.needs = 'properties';
      else if (this.needs === 'nothing') this.needs = 'state';
    }
  }
}

/** A chain of filters. */
class RawEncoder implements Encoder {
  private readonly stages: Stage[];
  private readonly last: Encoder;
  constructor(filters: readonly Filter[]) {
    check_chain(filters, true);
    const { id, lzma } = filters.at(-1)!;
    this.stages = make_stages(filters, true);
    this.last = id === FILTER_LZMA1 ? new Lzma1(lzma!) : new Lzma2(lzma!);
  }
  compress(bytes: Uint8Array): Uint8Array {
    return this.last.compress(run_stages(this.stages, bytes, false));
  }
  flush(): Uint8Array {
    const out = new Pieces();
    out.add(this.last.compress(run_stages(this.stages, NOTHING, true)));
    out.add(this.last.flush());
    return out.join();
  }
}

class AloneEncoder implements Encoder {
  private header: Uint8Array;
  private readonly lzma: Encoder;
  constructor(options: LzmaOptions) {
    check_chain([{ id: FILTER_LZMA1, lzma: options }], true);
    this.lzma = new Lzma1(options);
    this.header = new Uint8Array(13).fill(255);
    this.header.set(encode_properties({ id: FILTER_LZMA1, lzma: options }));
    put_u32(this.header, 1, common_dict_size(options.dict_size));
  }
  private begun(bytes: Uint8Array): Uint8Array {
    const out = new Pieces();
    out.add(this.header);
    out.add(bytes);
    this.header = NOTHING;
    return out.join();
  }
  compress(bytes: Uint8Array): Uint8Array {
    return this.begun(this.lzma.compress(bytes));
  }
  flush(): Uint8Array {
    return this.begun(this.lzma.flush());
  }
}

/** The next size that is 2^n or 2^n + 2^(n-1): some decoders want one. */
function common_dict_size(size: number): number {
  const power = 2 ** Math.floor(Math.log2(size));
  return size === power ? size : size <= power * 1.5 ? power * 1.5 : Math.min(power * 2, 2 ** 32 - 1);
}

/** .xz with one block. */
class XzEncoder implements Encoder {
  private readonly check: number;
  private readonly filters: readonly Filter[];
  private readonly sum: Check | null;
  private readonly chain: Encoder;
  private header_size = 0;
  private begun = false;
  private plain = 0;
  private packed = 0;

  constructor(filters: readonly Filter[], check: number) {
    if (check < 0 || check > CHECK_ID_MAX) internal_error();
    this.filters = filters;
    this.chain = new RawEncoder(filters);
    for (const f of filters) filter_flags(f);
    if (!check_is_supported(check)) throw new LzmaFailure('Unsupported integrity check');
    this.check = check;
    this.sum = new_check(check);
  }

  private begin(out: Pieces): void {
    if (this.begun) return;
    this.begun = true;
    const header = new Uint8Array(12);
    header.set(XZ_MAGIC);
    header[7] = this.check;
    put_u32(header, 8, crc32(header.subarray(6, 8)));
    out.add(header);
  }

  private begin_block(out: Pieces): void {
    if (this.header_size > 0) return;
    const fields = this.filters.flatMap(filter_flags);
    this.header_size = Math.ceil((2 + fields.length) / 4) * 4 + 4;
    const header = new Uint8Array(this.header_size);
    header[0] = this.header_size / 4 - 1;
    header[1] = this.filters.length - 1;
    header.set(fields, 2);
    put_u32(header, this.header_size - 4, crc32(header.subarray(0, -4)));
    out.add(header);
  }

  private add_packed(bytes: Uint8Array, out: Pieces): void {
    this.packed += bytes.length;
    out.add(bytes);
  }

  compress(bytes: Uint8Array): Uint8Array {
    const out = new Pieces();
    this.begin(out);
    if (bytes.length > 0) {
      this.begin_block(out);
      this.sum?.update(bytes);
      this.plain += bytes.length;
      this.add_packed(this.chain.compress(bytes), out);
    }
    return out.join();
  }

  flush(): Uint8Array {
    const out = new Pieces();
    this.begin(out);
    const index = [0, this.header_size > 0 ? 1 : 0];
    if (this.header_size > 0) {
      this.add_packed(this.chain.flush(), out);
      out.add(new Uint8Array(-this.packed & 3));
      const sum = this.sum?.digest() ?? NOTHING;
      out.add(sum);
      index.push(...vli_bytes(this.header_size + this.packed + sum.length), ...vli_bytes(this.plain));
    }
    while (index.length % 4 !== 0) index.push(0);
    const tail = new Uint8Array(index.length + 4 + 12);
    tail.set(index);
    put_u32(tail, index.length, crc32(tail.subarray(0, index.length)));
    const footer = tail.subarray(index.length + 4);
    put_u32(footer, 4, index.length / 4);
    footer[9] = this.check;
    put_u32(footer, 0, crc32(footer.subarray(4, 10)));
    footer.set(XZ_FOOTER_MAGIC, 10);
    out.add(tail);
    return out.join();
  }
}

export function new_xz_encoder(filters: readonly Filter[], check: number): Encoder {
  return new XzEncoder(filters, check);
}

export function new_alone_encoder(options: LzmaOptions): Encoder {
  return new AloneEncoder(options);
}

export function new_raw_encoder(filters: readonly Filter[]): Encoder {
  return new RawEncoder(filters);
}
