// train.ts: dictionaries made from samples: what occurs in many of them, and tables of the codes they need.
//
// Content is picked as by the COVER method: runs of bytes whose substrings are the most frequent ones not yet covered; the
// best stand at the end, where offsets are smallest.

import { BitWriter } from './bits.ts';
import {
  BLOCK_MAX,
  type CodeKind,
  codes,
  DICT_MAGIC,
  fail,
  high_bit,
  literal_code,
  match_code,
  put_number,
  TOO_SMALL,
  WRONG_SIZE,
} from './format.ts';
import { normalized, write_distribution } from './fse.ts';
import { HUFFMAN_MAX_BITS, HuffmanEncoder } from './huffman.ts';
import { Matcher } from './matcher.ts';
import { LEVEL, search_for } from './params.ts';
import { Xxh64 } from './xxh64.ts';

const DICT_SIZE_MIN = 256;
const SAMPLES_MIN = 7;
/** Length of the substrings that are counted, and size of the table of counts. */
const SUBSTRING = 8;
const COUNTS_LOG = 20;
const TABLES_SIZE_MAX = 512;
const FIRST_OFFSETS: readonly number[] = [1, 4, 8];

function hash(b: Uint8Array, i: number): number {
  const low = b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24);
  const high = b[i + 4]! | (b[i + 5]! << 8) | (b[i + 6]! << 16) | (b[i + 7]! << 24);
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0xc2b2ae3d);
  return Math.imul(h ^ (h >>> 15), 0x27d4eb2f) >>> (32 - COUNTS_LOG);
}

/** A dictionary of at most `size` bytes for data like the samples, which stand one behind the other. */
export function train(samples: Uint8Array, sizes: readonly number[], size: number): Uint8Array {
  if (sizes.length === 0) fail(WRONG_SIZE);
  if (size < DICT_SIZE_MIN) fail(TOO_SMALL);
  if (sizes.length < SAMPLES_MIN || samples.length < 2 * SUBSTRING) fail(WRONG_SIZE);
  const content = frequent_content(samples, sizes, size - TABLES_SIZE_MAX / 4);
  return finalize(content, samples, sizes, size, 3);
}

function frequent_content(samples: Uint8Array, sizes: readonly number[], size: number): Uint8Array {
  const counts = new Uint32Array(1 << COUNTS_LOG);
  // Substrings that begin in a sample and end in another are not counted.
  let start = 0;
  for (const n of sizes) {
    for (let i = start; i + SUBSTRING <= start + n; i++) counts[hash(samples, i)]!++;
    start += n;
  }
  const places = Math.max(0, samples.length - SUBSTRING + 1);
  const run = Math.max(SUBSTRING, Math.min(256, size >> 3));
  const epochs = Math.max(1, Math.floor(size / run / 4));
  const epoch_size = Math.max(run, Math.floor(places / epochs));
  const out = new Uint8Array(size);
  let at = size;
  let fruitless = 0;
  for (let epoch = 0; at > 0 && fruitless < epochs; epoch = (epoch + 1) % epochs) {
    const from = epoch * epoch_size;
    const best = best_run(samples, counts, from, Math.min(places, from + epoch_size), run);
    if (best.score === 0) {
      fruitless++;
      continue;
    }
    fruitless = 0;
    const n = Math.min(at, best.end - best.start + SUBSTRING - 1);
    at -= n;
    out.set(samples.subarray(best.start, best.start + n), at);
  }
  return out.subarray(at);
}

interface Run {
  start: number;
  end: number;
  score: number;
}

/** The run of substrings of the greatest number of occurrences; they count no more. What counts nothing at its ends is cut. */
function best_run(b: Uint8Array, counts: Uint32Array, from: number, to: number, length: number): Run {
  const best: Run = { start: from, end: from, score: 0 };
  const inside = new Map<number, number>();
  let score = 0;
  for (let i = from; i < to; i++) {
    const h = hash(b, i);
    const times = inside.get(h) ?? 0;
    // once is no repetition
    if (times === 0) score += counts[h]! - (counts[h]! > 0 ? 1 : 0);
    inside.set(h, times + 1);
    if (i - from >= length) {
      const old = hash(b, i - length);
      const left = inside.get(old)! - 1;
      if (left === 0) {
        score -= counts[old]! - (counts[old]! > 0 ? 1 : 0);
        inside.delete(old);
      } else inside.set(old, left);
    }
    if (score > best.score) {
      best.score = score;
      best.start = Math.max(from, i - length + 1);
      best.end = i + 1;
    }
  }
  while (best.start < best.end && counts[hash(b, best.start)]! < 2) best.start++;
  while (best.end > best.start && counts[hash(b, best.end - 1)]! < 2) best.end--;
  for (let i = best.start; i < best.end; i++) counts[hash(b, i)] = 0;
  return best;
}

/** How often each code and each literal byte comes when the samples are compressed behind the content; each once at least. */
class Statistics {
  readonly bytes = new Uint32Array(256).fill(1);
  readonly offsets: Uint32Array;
  readonly matches = new Uint32Array(codes().matches.max_symbol + 1).fill(1);
  readonly literals = new Uint32Array(codes().literals.max_symbol + 1).fill(1);

  constructor(content_size: number) {
    this.offsets = new Uint32Array(high_bit(content_size + BLOCK_MAX) + 1).fill(1);
  }

  add(content: Uint8Array, samples: Uint8Array, sizes: readonly number[], level: number): void {
    const c = codes();
    const options = new Map([[LEVEL, level]]);
    const largest = sizes.reduce((most, size) => Math.max(most, size), 1);
    const search = search_for(options, Math.min(BLOCK_MAX, largest), content.length);
    const matcher = new Matcher(search);
    let at = 0;
    for (const size of sizes) {
      const n = Math.min(size, BLOCK_MAX);
      matcher.begin(search, content, FIRST_OFFSETS);
      matcher.fill(samples.subarray(at, at + n));
      const s = matcher.parse();
      for (let i = 0; i < s.literal_count; i++) this.bytes[s.literals[i]!]!++;
      for (let i = 0; i < s.count; i++) {
        const code = high_bit(s.offset_values[i]!);
        if (code < this.offsets.length) this.offsets[code]!++;
        this.matches[match_code(c, s.match_lengths[i]!)]!++;
        this.literals[literal_code(c, s.literal_lengths[i]!)]!++;
      }
      at += size;
    }
  }
}

/** A whole dictionary from content: tables by what the samples need, a number, and as much of the content's end as fits. */
export function finalize(
  content: Uint8Array,
  samples: Uint8Array,
  sizes: readonly number[],
  size: number,
  level: number,
): Uint8Array {
  if (size < DICT_SIZE_MIN || size < content.length) fail(TOO_SMALL);
  const statistics = new Statistics(content.length);
  statistics.add(content, samples, sizes, Math.max(-1000, Math.min(level, 12)));
  const w = new BitWriter(TABLES_SIZE_MAX);
  w.length = 8;
  w.all(literal_table(statistics.bytes));
  write_table(w, statistics.offsets, codes().offsets);
  write_table(w, statistics.matches, codes().matches);
  write_table(w, statistics.literals, codes().literals);
  for (const offset of FIRST_OFFSETS) {
    w.reserve(4);
    put_number(w.bytes, w.length, offset, 4);
    w.length += 4;
  }
  // Offsets must not lead out of the content.
  const least = Math.max(...FIRST_OFFSETS);
  if (w.length + least > size) fail(TOO_SMALL);
  const kept = content.subarray(Math.max(0, content.length - (size - w.length)));
  const padding = Math.max(0, least - kept.length);
  const out = new Uint8Array(w.length + padding + kept.length);
  out.set(w.written());
  out.set(kept, w.length + padding);
  put_number(out, 0, DICT_MAGIC, 4);
  put_number(out, 4, dictionary_number(content), 4);
  return out;
}

/** Numbers below 32768 and from 2^31 on are reserved. */
function dictionary_number(content: Uint8Array): number {
  const hash = new Xxh64();
  hash.update(content);
  return (hash.digest() % (2 ** 31 - 32768)) + 32768;
}

function literal_table(counts: Uint32Array): Uint8Array {
  const table = HuffmanEncoder.from_counts(counts, HUFFMAN_MAX_BITS).description;
  if (table !== null) return table;
  // Codes of one length cannot be stored: make them uneven.
  counts.fill(2);
  counts[0] = 4;
  counts[253] = 1;
  counts[254] = 1;
  return HuffmanEncoder.from_counts(counts, HUFFMAN_MAX_BITS).description!;
}

function write_table(w: BitWriter, counts: Uint32Array, kind: CodeKind): void {
  const total = counts.reduce((sum, n) => sum + n, 0);
  write_distribution(w, normalized(counts, counts.length, total, kind.max_log));
}
