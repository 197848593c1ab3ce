// params.ts: parameters of encoders and decoders: bounds, and what each level stands for.
//
// Bounds are libzstd's; what a level does is our own, with windows and strategies like libzstd's.

import { high_bit, WINDOW_LOG_MIN } from './format.ts';

export const LEVEL_DEFAULT = 3;
export const LEVEL_MIN = -131072;
export const LEVEL_MAX = 22;

export const FAST = 1;
export const DFAST = 2;
export const GREEDY = 3;
export const LAZY = 4;
export const LAZY2 = 5;
export const BTLAZY2 = 6;
export const BTOPT = 7;
export const BTULTRA = 8;
export const BTULTRA2 = 9;

export interface Parameter {
  readonly key: number;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** What is out of bounds is moved to the nearest bound. */
  readonly clamped?: boolean;
  /** 0 stands for what the level says. */
  readonly zero?: boolean;
}

export const LEVEL = 100;
export const WINDOW_LOG = 101;
export const HASH_LOG = 102;
export const CHAIN_LOG = 103;
export const SEARCH_LOG = 104;
export const MIN_MATCH = 105;
export const TARGET_LENGTH = 106;
export const STRATEGY = 107;
export const CONTENT_SIZE_FLAG = 200;
export const CHECKSUM_FLAG = 201;
export const DICT_ID_FLAG = 202;

/** The one parameter of decompressors. */
export const WINDOW_LOG_LIMIT = 100;

export const COMPRESSION_PARAMETERS: readonly Parameter[] = [
  { key: LEVEL, name: 'compression_level', low: LEVEL_MIN, high: LEVEL_MAX },
  { key: WINDOW_LOG, name: 'window_log', low: 10, high: 31, zero: true },
  { key: HASH_LOG, name: 'hash_log', low: 6, high: 30, zero: true },
  { key: CHAIN_LOG, name: 'chain_log', low: 6, high: 30, zero: true },
  { key: SEARCH_LOG, name: 'search_log', low: 1, high: 30, zero: true },
  { key: MIN_MATCH, name: 'min_match', low: 3, high: 7, zero: true },
  { key: TARGET_LENGTH, name: 'target_length', low: 0, high: 131072 },
  { key: STRATEGY, name: 'strategy', low: FAST, high: BTULTRA2, zero: true },
  { key: 160, name: 'enable_long_distance_matching', low: 0, high: 2 },
  { key: 161, name: 'ldm_hash_log', low: 6, high: 30, zero: true },
  { key: 162, name: 'ldm_min_match', low: 4, high: 4096, zero: true },
  { key: 163, name: 'ldm_bucket_size_log', low: 1, high: 8, zero: true },
  { key: 164, name: 'ldm_hash_rate_log', low: 0, high: 25 },
  { key: CONTENT_SIZE_FLAG, name: 'content_size_flag', low: 0, high: 1, clamped: true },
  { key: CHECKSUM_FLAG, name: 'checksum_flag', low: 0, high: 1, clamped: true },
  { key: DICT_ID_FLAG, name: 'dict_id_flag', low: 0, high: 1, clamped: true },
  { key: 400, name: 'nb_workers', low: 0, high: 256, clamped: true },
  { key: 401, name: 'job_size', low: 0, high: 1 << 30, clamped: true },
  { key: 402, name: 'overlap_log', low: 0, high: 9, clamped: true },
];

export const DECOMPRESSION_PARAMETERS: readonly Parameter[] = [
  { key: WINDOW_LOG_LIMIT, name: 'window_log_max', low: 10, high: 31, zero: true },
];

/** How an encoder looks for matches. */
export interface Search {
  readonly window_log: number;
  readonly hash_log: number;
  readonly chain_log: number;
  /** How many places are compared. */
  readonly depth: number;
  readonly min_match: number;
  /** A match of this length is good enough; for FAST, how many places are skipped besides. */
  readonly nice: number;
  readonly strategy: number;
}

/** By level: window log, hash log, chain log, search log, shortest match, good length, strategy. Level 0 is for those below. */
const LEVELS: readonly (readonly number[])[] = [
  [19, 13, 12, 1, 6, 1, FAST],
  [19, 14, 13, 1, 6, 0, FAST],
  [20, 16, 15, 1, 6, 0, FAST],
  [21, 17, 16, 1, 5, 0, DFAST],
  [21, 18, 18, 1, 5, 0, DFAST],
  [21, 18, 18, 2, 5, 8, GREEDY],
  [21, 18, 19, 3, 5, 8, LAZY],
  [21, 19, 19, 3, 5, 8, LAZY],
  [21, 19, 19, 3, 5, 16, LAZY2],
  [22, 20, 20, 4, 5, 16, LAZY2],
  [22, 21, 21, 4, 5, 24, LAZY2],
  [22, 21, 21, 5, 5, 32, LAZY2],
  [22, 21, 22, 6, 5, 32, LAZY2],
  [22, 21, 22, 6, 5, 48, BTLAZY2],
  [22, 21, 22, 7, 4, 64, BTLAZY2],
  [22, 21, 22, 8, 4, 96, BTLAZY2],
  [22, 20, 22, 5, 4, 48, BTOPT],
  [23, 20, 22, 6, 4, 64, BTOPT],
  [23, 21, 22, 6, 3, 64, BTULTRA],
  [23, 21, 23, 7, 3, 256, BTULTRA2],
  [25, 21, 23, 7, 3, 256, BTULTRA2],
  [26, 21, 23, 8, 3, 512, BTULTRA2],
  [27, 21, 23, 9, 3, 999, BTULTRA2],
];

/** Tables larger than this are not worth their memory. */
const TABLE_LOG_MAX = 24;

/** The search for a level with some parameters of one's own, for data of a size (null: unknown) with a dictionary's size. */
export function search_for(options: ReadonlyMap<number, number>, size: number | null, dict_size: number): Search {
  const level = options.get(LEVEL) || LEVEL_DEFAULT;
  const row = LEVELS[Math.max(0, level)]!;
  const option = (key: number, i: number): number => options.get(key) || row[i]!;
  let window_log = option(WINDOW_LOG, 0);
  let data_log = window_log + 1;
  if (size !== null) {
    const all = Math.min(size + dict_size, 2 ** 31);
    data_log = Math.max(WINDOW_LOG_MIN, high_bit(Math.max(all - 1, 1)) + 1);
    window_log = Math.min(window_log, data_log);
  }
  return {
    window_log,
    hash_log: Math.min(option(HASH_LOG, 1), data_log + 1, TABLE_LOG_MAX),
    chain_log: Math.min(option(CHAIN_LOG, 2), data_log, window_log, TABLE_LOG_MAX),
    depth: 2 ** Math.min(option(SEARCH_LOG, 3), 12),
    min_match: option(MIN_MATCH, 4),
    nice: options.get(TARGET_LENGTH) || (level < 0 ? Math.min(-level, 1 << 17) : row[5]!),
    strategy: option(STRATEGY, 6),
  };
}

/** The module's constants. */
export const CONSTANTS: Readonly<Record<string, number>> = {
  ZSTD_CLEVEL_DEFAULT: LEVEL_DEFAULT,
  ZSTD_DStreamOutSize: 131072,
  ZSTD_c_compressionLevel: LEVEL,
  ZSTD_c_windowLog: WINDOW_LOG,
  ZSTD_c_hashLog: HASH_LOG,
  ZSTD_c_chainLog: CHAIN_LOG,
  ZSTD_c_searchLog: SEARCH_LOG,
  ZSTD_c_minMatch: MIN_MATCH,
  ZSTD_c_targetLength: TARGET_LENGTH,
  ZSTD_c_strategy: STRATEGY,
  ZSTD_c_enableLongDistanceMatching: 160,
  ZSTD_c_ldmHashLog: 161,
  ZSTD_c_ldmMinMatch: 162,
  ZSTD_c_ldmBucketSizeLog: 163,
  ZSTD_c_ldmHashRateLog: 164,
  ZSTD_c_contentSizeFlag: CONTENT_SIZE_FLAG,
  ZSTD_c_checksumFlag: CHECKSUM_FLAG,
  ZSTD_c_dictIDFlag: DICT_ID_FLAG,
  ZSTD_c_nbWorkers: 400,
  ZSTD_c_jobSize: 401,
  ZSTD_c_overlapLog: 402,
  ZSTD_d_windowLogMax: WINDOW_LOG_LIMIT,
  ZSTD_fast: FAST,
  ZSTD_dfast: DFAST,
  ZSTD_greedy: GREEDY,
  ZSTD_lazy: LAZY,
  ZSTD_lazy2: LAZY2,
  ZSTD_btlazy2: BTLAZY2,
  ZSTD_btopt: BTOPT,
  ZSTD_btultra: BTULTRA,
  ZSTD_btultra2: BTULTRA2,
};
