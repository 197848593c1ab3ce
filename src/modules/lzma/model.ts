// model.ts: what LZMA's encoder and decoder share: where each probability stands, and the states.
//
// All probabilities stand in one array; each is that of a zero bit, of 2048. A tree of n bits takes 2^n places, of which the
// first is not used.

export const PROB_BITS = 11;
export const PROB_START = 1 << (PROB_BITS - 1);
/** How fast a probability follows what is seen. */
export const MOVE_BITS = 5;
/** The range is refilled when it falls below 2^24. */
export const TOP_BITS = 24;

export const STATES = 12;
/** From this state on a literal comes after a match. */
export const FIRST_MATCH_STATE = 7;
const POS_STATES = 16;

export const MATCH_MIN = 2;
export const MATCH_MAX = 273;
export const LEN_STATES = 4;
/** Slots from here to END_POS_MODEL have their low bits in trees of their own; below, there are none. */
export const START_POS_MODEL = 4;
export const END_POS_MODEL = 14;
/** How many of the low bits of greater distances have probabilities. */
export const ALIGN_BITS = 4;

export const IS_MATCH = 0;
export const IS_REP = IS_MATCH + STATES * POS_STATES;
export const IS_REP0 = IS_REP + STATES;
export const IS_REP1 = IS_REP0 + STATES;
export const IS_REP2 = IS_REP1 + STATES;
export const IS_REP0_LONG = IS_REP2 + STATES;
export const DIST_SLOT = IS_REP0_LONG + STATES * POS_STATES;
export const DIST_SPECIAL = DIST_SLOT + LEN_STATES * 64;
export const DIST_ALIGN = DIST_SPECIAL + 115;
/** Lengths: two choices, then the trees of short, middle and long ones. */
export const LEN_SHORT = 2;
export const LEN_MIDDLE = LEN_SHORT + POS_STATES * 8;
export const LEN_LONG = LEN_MIDDLE + POS_STATES * 8;
const LEN_SIZE = LEN_LONG + 256;
export const MATCH_LEN = DIST_ALIGN + (1 << ALIGN_BITS);
export const REP_LEN = MATCH_LEN + LEN_SIZE;
export const LITERAL = REP_LEN + LEN_SIZE;
/** A literal's probabilities: without a byte to compare with, and with one whose bit is zero or one. */
export const LITERAL_SIZE = 0x300;

export function probs_size(lc: number, lp: number): number {
  return LITERAL + (LITERAL_SIZE << (lc + lp));
}

export function after_literal(state: number): number {
  return state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
}

export function after_match(state: number): number {
  return state < FIRST_MATCH_STATE ? 7 : 10;
}

export function after_rep(state: number): number {
  return state < FIRST_MATCH_STATE ? 8 : 11;
}

export function after_short_rep(state: number): number {
  return state < FIRST_MATCH_STATE ? 9 : 11;
}

/** The three numbers in LZMA's first byte of properties, or null if it is none. */
export function decode_props(byte: number): { lc: number; lp: number; pb: number } | null {
  if (byte > (4 * 5 + 4) * 9 + 8) return null;
  const lc = byte % 9;
  const rest = Math.floor(byte / 9);
  const lp = rest % 5;
  return lc + lp > 4 ? null : { lc, lp, pb: Math.floor(rest / 5) };
}
