// decompress.ts: bzip2 decompression, as input comes and as far as output is wanted.
//
// One generator decodes a stream; it yields where it needs input and where the output is full. It reads no byte behind
// the stream's end.

import type { Sink, StreamDecoder } from '../stream_decoder.ts';
import { CRC_TABLE } from './crc.ts';

const GROUP_SIZE = 50;
const MAX_LENGTH = 20;
// Compared byte by byte: what is wrong shows before the rest has come.
const BLOCK_START = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const STREAM_END = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

/** The stream is wrong. */
export class Bz2Error {}

interface Table {
  /** By code length: the greatest code of that length, and what to subtract for the place in `symbols`. */
  limit: Int32Array;
  base: Int32Array;
  symbols: Uint16Array;
  min: number;
}

function make_table(lengths: Uint8Array): Table {
  const count = new Int32Array(MAX_LENGTH + 2);
  let min = MAX_LENGTH;
  for (const l of lengths) {
    count[l]!++;
    if (l < min) min = l;
  }
  const limit = new Int32Array(MAX_LENGTH + 2).fill(-1);
  const base = new Int32Array(MAX_LENGTH + 2);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let place = 0;
  for (let l = 1; l <= MAX_LENGTH; l++) {
    base[l] = code - place;
    for (let i = 0; i < lengths.length; i++) if (lengths[i] === l) symbols[place++] = i;
    code += count[l]!;
    limit[l] = code - 1;
    code <<= 1;
  }
  return { limit, base, symbols, min };
}

export class Bz2Decoder implements StreamDecoder {
  input: Uint8Array = new Uint8Array(0);
  pos = 0;
  finished = false;
  private sink!: Sink;
  private buffer = 0;
  private live = 0;
  private readonly steps: Generator<void, void, void> = this.stream();

  run(sink: Sink): void {
    this.sink = sink;
    if (this.steps.next().done) this.finished = true;
  }

  /** The next n bits, at most 24. */
  private *bits(n: number): Generator<void, number, void> {
    while (this.live < n) {
      while (this.pos >= this.input.length) yield;
      this.buffer = (this.buffer << 8) | this.input[this.pos++]!;
      this.live += 8;
    }
    this.live -= n;
    const value = (this.buffer >>> this.live) & (2 ** n - 1);
    return value;
  }

  private *word(): Generator<void, number, void> {
    const high = yield* this.bits(16);
    return (high << 16) | (yield* this.bits(16));
  }

  private *stream(): Generator<void, void, void> {
    for (const c of 'BZh') if ((yield* this.bits(8)) !== c.charCodeAt(0)) throw new Bz2Error();
    const level = (yield* this.bits(8)) - 48;
    if (level < 1 || level > 9) throw new Bz2Error();
    const tt = new Uint32Array(level * 100000);
    let combined = 0;
    for (;;) {
      const first = yield* this.bits(8);
      const ends = first === STREAM_END[0];
      const magic = ends ? STREAM_END : BLOCK_START;
      if (first !== magic[0]) throw new Bz2Error();
      for (let i = 1; i < magic.length; i++) if ((yield* this.bits(8)) !== magic[i]) throw new Bz2Error();
      const stored = yield* this.word();
      if (ends) {
        if (stored !== combined) throw new Bz2Error();
        return;
      }
      const crc = yield* this.block(tt, level);
      if (crc !== stored) throw new Bz2Error();
      combined = ((combined << 1) | (combined >>> 31)) ^ crc;
    }
  }

  private *tables(alphabet: number, n: number): Generator<void, Table[], void> {
    const tables: Table[] = [];
    for (let t = 0; t < n; t++) {
      const lengths = new Uint8Array(alphabet);
      let length = yield* this.bits(5);
      for (let i = 0; i < alphabet; i++) {
        for (;;) {
          if (length < 1 || length > MAX_LENGTH) throw new Bz2Error();
          if ((yield* this.bits(1)) === 0) break;
          length += (yield* this.bits(1)) === 0 ? 1 : -1;
        }
        lengths[i] = length;
      }
      tables.push(make_table(lengths));
    }
    return tables;
  }

  /** One block, to the sink; gives its checksum. */
  private *block(tt: Uint32Array, level: number): Generator<void, number, void> {
    const randomised = yield* this.bits(1);
    const origin = yield* this.bits(24);
    if (origin > 10 + 100_000 * level) throw new Bz2Error();
    const rows = yield* this.bits(16);
    const recent: number[] = [];
    for (let row = 0; row < 16; row++) {
      if ((rows & (0x8000 >> row)) === 0) continue;
      const bits = yield* this.bits(16);
      for (let i = 0; i < 16; i++) if ((bits & (0x8000 >> i)) !== 0) recent.push(row * 16 + i);
    }
    if (recent.length === 0) throw new Bz2Error();
    const end = recent.length + 1;
    const n_tables = yield* this.bits(3);
    if (n_tables < 2 || n_tables > 6) throw new Bz2Error();
    const n_selectors = yield* this.bits(15);
    if (n_selectors < 1) throw new Bz2Error();
    const order = Array.from({ length: n_tables }, (_, i) => i);
    const selectors = new Uint8Array(n_selectors);
    for (let i = 0; i < n_selectors; i++) {
      let place = 0;
      while ((yield* this.bits(1)) === 1) if (++place >= n_tables) throw new Bz2Error();
      const [t] = order.splice(place, 1);
      order.unshift(t!);
      selectors[i] = t!;
    }
    const tables = yield* this.tables(end + 1, n_tables);

    const counts = new Int32Array(257);
    const front = Uint8Array.from(recent);
    let n = 0;
    let run = 0;
    let weight = 1;
    let table = tables[0]!;
    let { buffer, live, pos, input } = this;
    for (let in_group = 0, group = 0; ; in_group--) {
      if (in_group === 0) {
        if (group >= n_selectors) throw new Bz2Error();
        table = tables[selectors[group++]!]!;
        in_group = GROUP_SIZE;
      }
      // A code of up to 20 bits, of which no more are asked for than it has.
      let length = table.min;
      let code = 0;
      for (;;) {
        while (live < MAX_LENGTH && pos < input.length) {
          buffer = (buffer << 8) | input[pos++]!;
          live += 8;
        }
        if (length > live) {
          this.pos = pos;
          yield;
          ({ pos, input } = this);
          continue;
        }
        code = (buffer >>> (live - length)) & ((1 << length) - 1);
        if (code <= table.limit[length]!) break;
        if (++length > MAX_LENGTH) throw new Bz2Error();
      }
      live -= length;
      const symbol = table.symbols[code - table.base[length]!]!;
      if (symbol <= 1) {
        if (weight >= 2 * 1024 * 1024) throw new Bz2Error();
        run += weight << symbol;
        weight *= 2;
        continue;
      }
      if (run > 0) {
        if (n + run > tt.length) throw new Bz2Error();
        const c = front[0]!;
        counts[c + 1]! += run;
        tt.fill(c, n, n + run);
        n += run;
        run = 0;
      }
      weight = 1;
      if (symbol === end) break;
      if (n >= tt.length) throw new Bz2Error();
      const c = front[symbol - 1]!;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = c;
      counts[c + 1]!++;
      tt[n++] = c;
    }
    this.buffer = buffer;
    this.live = live;
    this.pos = pos;
    // What bzip2 made before 0.9.5 of data that repeats itself is not read; the first byte that it changed is the 618th.
    if (origin >= n || (randomised === 1 && n > 617)) throw new Bz2Error();
    for (let i = 0; i < 256; i++) counts[i + 1]! += counts[i]!;
    for (let i = 0; i < n; i++) tt[counts[tt[i]! & 255]!++]! |= i << 8;
    return yield* this.emit(tt, n, origin);
  }

  /** Follows the rotations and expands runs. */
  private *emit(tt: Uint32Array, n: number, origin: number): Generator<void, number, void> {
    const table = CRC_TABLE();
    let crc = -1;
    let at = tt[origin]! >>> 8;
    let last = -1;
    let same = 0;
    let { sink } = this;
    for (let i = 0; i < n; i++) {
      const entry = tt[at]!;
      const c = entry & 255;
      at = entry >>> 8;
      let times = 1;
      if (same === 4) {
        times = c;
        same = 0;
      } else if (c === last) same++;
      else {
        last = c;
        same = 1;
      }
      const value = last;
      for (; times > 0; times--) {
        while (sink.full) {
          yield;
          sink = this.sink;
        }
        sink.put(value);
        crc = (crc << 8) ^ table[((crc >>> 24) ^ value) & 255]!;
      }
      if (same === 0) last = -1;
    }
    return ~crc;
  }
}
