// dictionary.ts: dictionaries: tables of codes and content that comes before every frame's own; or only content.   (RFC 8878, 5)

import { BAD_DICTIONARY, codes, DICT_MAGIC, fail, get_u32, ZstdFailure } from './format.ts';
import { type Distribution, read_distribution } from './fse.ts';
import { type HuffmanDecoder, read_huffman } from './huffman.ts';

export interface DictionaryTables {
  readonly huffman: HuffmanDecoder;
  readonly weights: Uint8Array;
  readonly offsets: Distribution;
  readonly match_lengths: Distribution;
  readonly literal_lengths: Distribution;
  readonly repeated: readonly number[];
}

export interface Dictionary {
  /** 0: none. */
  readonly id: number;
  /** null: there is only content. */
  readonly tables: DictionaryTables | null;
  readonly content: Uint8Array;
}

/** The number a dictionary has; 0 for content only. */
export function dictionary_id(b: Uint8Array): number {
  return b.length >= 8 && get_u32(b, 0) === DICT_MAGIC ? get_u32(b, 4) : 0;
}

export function raw_dictionary(content: Uint8Array): Dictionary {
  return { id: 0, tables: null, content };
}

/** A dictionary of either kind; throws where its tables are broken. */
export function read_dictionary(b: Uint8Array): Dictionary {
  if (b.length < 8 || get_u32(b, 0) !== DICT_MAGIC) return raw_dictionary(b);
  try {
    return read_tables(b);
  } catch (e) {
    if (e instanceof ZstdFailure) fail(BAD_DICTIONARY);
    throw e;
  }
}

function read_tables(b: Uint8Array): Dictionary {
  const c = codes();
  const { decoder, weights, end } = read_huffman(b, 8, b.length);
  const offsets = read_distribution(b, end, b.length, c.offsets.max_log, c.offsets.max_symbol);
  const matches = read_distribution(b, offsets.end, b.length, c.matches.max_log, c.matches.max_symbol);
  const literals = read_distribution(b, matches.end, b.length, c.literals.max_log, c.literals.max_symbol);
  const at = literals.end;
  if (at + 12 > b.length) fail(BAD_DICTIONARY);
  const content = b.subarray(at + 12);
  const repeated = [0, 4, 8].map(k => get_u32(b, at + k));
  if (repeated.some(offset => offset === 0 || offset > content.length)) fail(BAD_DICTIONARY);
  return {
    id: get_u32(b, 4),
    tables: {
      huffman: decoder,
      weights,
      offsets: offsets.distribution,
      match_lengths: matches.distribution,
      literal_lengths: literals.distribution,
      repeated,
    },
    content,
  };
}
