// compress.ts: bzip2 compression; the output is libbz2's.

import { CRC_TABLE } from './crc.ts';
import { sort_rotations } from './sort.ts';

/** Symbols a table of codes serves before the next may. */
const GROUP_SIZE = 50;
const RUNA = 0;
const RUNB = 1;
const MAX_CODE_LENGTH = 17;
const ROUNDS = 4;

/** Bytes that grow, filled bit by bit. */
class BitWriter {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private buffer = 0;
  private live = 0;

  /** At most 24 bits. */
  bits(n: number, value: number): void {
    while (this.live >= 8) this.byte_out();
    this.buffer |= value << (32 - this.live - n);
    this.live += n;
  }

  word(value: number): void {
    this.bits(16, value >>> 16);
    this.bits(16, value & 0xffff);
  }

  private byte_out(): void {
    if (this.length === this.bytes.length) {
      const more = new Uint8Array(this.length * 2);
      more.set(this.bytes);
      this.bytes = more;
    }
    this.bytes[this.length++] = this.buffer >>> 24;
    this.buffer <<= 8;
    this.live -= 8;
  }

  finish(): void {
    while (this.live > 0) this.byte_out();
    this.live = 0;
  }

  /** The whole bytes written since the last call. */
  take(): Uint8Array {
    const out = this.bytes.slice(0, this.length);
    this.length = 0;
    return out;
  }
}

/** Code lengths of an optimal code that none exceeds. */
function code_lengths(frequencies: Int32Array, n: number, lengths: Uint8Array): void {
  const weight = new Float64Array(n * 2);
  const parent = new Int32Array(n * 2);
  // A weight carries the depth of its tree in the low byte, which decides between equals.
  for (let i = 0; i < n; i++) weight[i + 1] = (frequencies[i] === 0 ? 1 : frequencies[i]!) * 256;
  for (;;) {
    let nodes = n;
    const heap = new Int32Array(n + 2);
    let size = 0;
    weight[0] = 0;
    parent[0] = -2;
    const up = (at: number): void => {
      const node = heap[at]!;
      while (weight[node]! < weight[heap[at >> 1]!]!) {
        heap[at] = heap[at >> 1]!;
        at >>= 1;
      }
      heap[at] = node;
    };
    const down = (at: number): void => {
      const node = heap[at]!;
      for (;;) {
        let child = at << 1;
        if (child > size) break;
        if (child < size && weight[heap[child + 1]!]! < weight[heap[child]!]!) child++;
        if (weight[node]! < weight[heap[child]!]!) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = node;
    };
    for (let i = 1; i <= n; i++) {
      parent[i] = -1;
      heap[++size] = i;
      up(size);
    }
    const least = (): number => {
      const node = heap[1]!;
      heap[1] = heap[size--]!;
      down(1);
      return node;
    };
    while (size > 1) {
      const a = least();
      const b = least();
      nodes++;
      parent[a] = parent[b] = nodes;
      const [wa, wb] = [weight[a]!, weight[b]!];
      const [da, db] = [wa % 256, wb % 256];
      weight[nodes] = wa - da + (wb - db) + 1 + Math.max(da, db);
      parent[nodes] = -1;
      heap[++size] = nodes;
      up(size);
    }
    let too_long = false;
    for (let i = 1; i <= n; i++) {
      let depth = 0;
      for (let k = i; parent[k]! >= 0; k = parent[k]!) depth++;
      lengths[i - 1] = depth;
      if (depth > MAX_CODE_LENGTH) too_long = true;
    }
    if (!too_long) return;
    for (let i = 1; i <= n; i++) weight[i] = (1 + Math.floor(Math.floor(weight[i]! / 256) / 2)) * 256;
  }
}

export class Bz2Encoder {
  private readonly out = new BitWriter();
  private readonly level: number;
  private readonly block: Uint8Array;
  private readonly limit: number;
  private n = 0;
  private readonly used = new Uint8Array(256);
  /** The run of equal bytes that is not in the block yet; 256: none. */
  private run_byte = 256;
  private run_length = 0;
  private crc = -1;
  private combined = 0;
  private blocks = 0;

  constructor(level: number) {
    this.level = level;
    this.block = new Uint8Array(100000 * level);
    this.limit = 100000 * level - 19;
  }

  private end_run(): void {
    const c = this.run_byte;
    if (c === 256) return;
    const { block } = this;
    let { crc } = this;
    for (let i = this.run_length; i > 0; i--) crc = (crc << 8) ^ CRC_TABLE()[((crc >>> 24) ^ c) & 255]!;
    this.crc = crc;
    this.used[c] = 1;
    for (let i = Math.min(this.run_length, 4); i > 0; i--) block[this.n++] = c;
    if (this.run_length >= 4) {
      this.used[this.run_length - 4] = 1;
      block[this.n++] = this.run_length - 4;
    }
    this.run_byte = 256;
    this.run_length = 0;
  }

  /** What can be written of `data` and what came before. */
  compress(data: Uint8Array): Uint8Array {
    for (let i = 0; i < data.length; i++) {
      if (this.n >= this.limit) this.write_block();
      const c = data[i]!;
      if (c !== this.run_byte || this.run_length === 255) {
        this.end_run();
        this.run_byte = c;
        this.run_length = 1;
      } else this.run_length++;
    }
    if (this.n >= this.limit) this.write_block();
    return this.out.take();
  }

  flush(): Uint8Array {
    if (this.n >= this.limit) this.write_block();
    this.end_run();
    const { out } = this;
    this.write_block();
    out.word(0x17724538);
    out.bits(16, 0x5090);
    out.word(this.combined);
    out.finish();
    return out.take();
  }

  private write_block(): void {
    const { out, block, n } = this;
    if (this.blocks++ === 0) for (const c of `BZh${this.level}`) out.bits(8, c.charCodeAt(0));
    if (n === 0) return;
    const crc = ~this.crc;
    this.combined = ((this.combined << 1) | (this.combined >>> 31)) ^ crc;
    const { order, origin } = sort_rotations(block, n);
    out.word(0x31415926);
    out.bits(16, 0x5359);
    out.word(crc);
    out.bits(1, 0);
    out.bits(24, origin);
    this.write_symbols(order);
    this.n = 0;
    this.crc = -1;
    this.used.fill(0);
  }

  /** The block's last column, moved to front, runs of zeros counted in base two. */
  private symbols(order: Int32Array): { mtf: Uint16Array; count: number; end: number; frequencies: Int32Array } {
    const { block, n, used } = this;
    const index = new Uint8Array(256);
    let in_use = 0;
    for (let i = 0; i < 256; i++) if (used[i] === 1) index[i] = in_use++;
    const end = in_use + 1;
    const mtf = new Uint16Array(n + 1);
    const frequencies = new Int32Array(end + 1);
    const recent = new Uint8Array(in_use);
    for (let i = 0; i < in_use; i++) recent[i] = i;
    let count = 0;
    let zeros = 0;
    const zeros_out = (): void => {
      for (zeros--; ; zeros = (zeros - 2) >> 1) {
        const symbol = (zeros & 1) !== 0 ? RUNB : RUNA;
        mtf[count++] = symbol;
        frequencies[symbol]!++;
        if (zeros < 2) break;
      }
      zeros = 0;
    };
    for (let i = 0; i < n; i++) {
      const at = order[i]!;
      const c = index[block[at === 0 ? n - 1 : at - 1]!]!;
      if (recent[0] === c) {
        zeros++;
        continue;
      }
      if (zeros > 0) zeros_out();
      let place = 0;
      let moved = recent[0]!;
      do {
        const next = recent[++place]!;
        recent[place] = moved;
        moved = next;
      } while (moved !== c);
      recent[0] = c;
      mtf[count++] = place + 1;
      frequencies[place + 1]!++;
    }
    if (zeros > 0) zeros_out();
    mtf[count++] = end;
    frequencies[end]!++;
    return { mtf, count, end, frequencies };
  }

  private write_symbols(order: Int32Array): void {
    const { out, used } = this;
    const { mtf, count, end, frequencies } = this.symbols(order);
    const alphabet = end + 1;
    const tables = count < 200 ? 2 : count < 600 ? 3 : count < 1200 ? 4 : count < 2400 ? 5 : 6;
    const lengths = first_lengths(frequencies, alphabet, tables, count);
    const selectors = new Uint8Array(Math.ceil(count / GROUP_SIZE));
    const seen = Array.from({ length: tables }, () => new Int32Array(alphabet));
    for (let round = 0; round < ROUNDS; round++) {
      for (const s of seen) s.fill(0);
      for (let group = 0, from = 0; from < count; group++, from += GROUP_SIZE) {
        const to = Math.min(from + GROUP_SIZE, count);
        let best = 0;
        let best_cost = Number.POSITIVE_INFINITY;
        for (let t = 0; t < tables; t++) {
          const length = lengths[t]!;
          let cost = 0;
          for (let i = from; i < to; i++) cost += length[mtf[i]!]!;
          if (cost < best_cost) {
            best_cost = cost;
            best = t;
          }
        }
        selectors[group] = best;
        const s = seen[best]!;
        for (let i = from; i < to; i++) s[mtf[i]!]!++;
      }
      for (let t = 0; t < tables; t++) code_lengths(seen[t]!, alphabet, lengths[t]!);
    }
    // Which bytes are there.
    for (let row = 0; row < 16; row++) out.bits(1, used.subarray(row * 16, row * 16 + 16).includes(1) ? 1 : 0);
    for (let row = 0; row < 16; row++) {
      const part = used.subarray(row * 16, row * 16 + 16);
      if (part.includes(1)) for (const bit of part) out.bits(1, bit);
    }
    out.bits(3, tables);
    out.bits(15, selectors.length);
    const recent = Array.from({ length: tables }, (_, t) => t);
    for (const s of selectors) {
      const place = recent.indexOf(s);
      recent.splice(place, 1);
      recent.unshift(s);
      for (let i = 0; i < place; i++) out.bits(1, 1);
      out.bits(1, 0);
    }
    const codes = lengths.map(length => {
      let current = length[0]!;
      out.bits(5, current);
      for (const l of length) {
        for (; current < l; current++) out.bits(2, 2);
        for (; current > l; current--) out.bits(2, 3);
        out.bits(1, 0);
      }
      return assign_codes(length);
    });
    for (let i = 0; i < count; i++) {
      const t = selectors[(i / GROUP_SIZE) | 0]!;
      out.bits(lengths[t]![mtf[i]!]!, codes[t]![mtf[i]!]!);
    }
  }
}

/** Tables to begin with: each favours a range of symbols that make up its share. */
function first_lengths(frequencies: Int32Array, alphabet: number, tables: number, count: number): Uint8Array[] {
  const lengths: Uint8Array[] = new Array(tables);
  let left = count;
  let from = 0;
  for (let part = tables; part > 0; part--) {
    const share = Math.floor(left / part);
    let to = from - 1;
    let sum = 0;
    while (sum < share && to < alphabet - 1) sum += frequencies[++to]!;
    if (to > from && part !== tables && part !== 1 && (tables - part) % 2 === 1) sum -= frequencies[to--]!;
    lengths[part - 1] = new Uint8Array(alphabet).fill(15);
    if (to >= from) lengths[part - 1]!.fill(0, from, to + 1);
    from = to + 1;
    left -= sum;
  }
  return lengths;
}

function assign_codes(lengths: Uint8Array): Int32Array {
  const codes = new Int32Array(lengths.length);
  const [min, max] = [Math.min(...lengths), Math.max(...lengths)];
  let code = 0;
  for (let l = min; l <= max; l++, code <<= 1) {
    for (let i = 0; i < lengths.length; i++) if (lengths[i] === l) codes[i] = code++;
  }
  return codes;
}
