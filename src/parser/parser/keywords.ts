// keywords.ts: the reserved words and their token types.                     CPython: Parser/parser.c:reserved_keywords
//
// The tokenizer returns every word as NAME; the parser's token buffer retypes the reserved ones with the numbers below,
// which start after the token table (N_TOKENS). Soft keywords stay NAME.
// Invariant: the constants are written out so that V8 folds them; tests/unit/parser/parser.test.ts compares them with KEYWORDS.

export const FALSE = 100;
export const NONE = 101;
export const TRUE = 102;
export const AND = 103;
export const AS = 104;
export const ASSERT = 105;
export const ASYNC = 106;
export const AWAIT = 107;
export const BREAK = 108;
export const CLASS = 109;
export const CONTINUE = 110;
export const DEF = 111;
export const DEL = 112;
export const ELIF = 113;
export const ELSE = 114;
export const EXCEPT = 115;
export const FINALLY = 116;
export const FOR = 117;
export const FROM = 118;
export const GLOBAL = 119;
export const IF = 120;
export const IMPORT = 121;
export const IN = 122;
export const IS = 123;
export const LAMBDA = 124;
export const NONLOCAL = 125;
export const NOT = 126;
export const OR = 127;
export const PASS = 128;
export const RAISE = 129;
export const RETURN = 130;
export const TRY = 131;
export const WHILE = 132;
export const WITH = 133;
export const YIELD = 134;
/** One more than the largest token type that a parser sees: the size of tables indexed by type. */
export const TYPE_LIMIT = 135;

/** The keywords, in `keyword.kwlist` order: the n-th has the type FALSE + n. */
export const KEYWORDS: readonly string[] = [
  'False',
  'None',
  'True',
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
];

/** Words that are keywords in some places only, in `keyword.softkwlist` order. */
export const SOFT_KEYWORDS: readonly string[] = ['_', 'case', 'match', 'type'];

/** Places in KEYWORDS, by length and first letter. */
export type KeywordIndex = readonly (readonly number[])[];

const bucketOf = (length: number, first: number): number => (length << 5) | (first & 31);

/** Builds the table that `keywordType` searches. */
export function makeKeywordIndex(): KeywordIndex {
  const index: number[][] = [];
  for (let i = 0; i < bucketOf(9, 0); i++) index.push([]);
  for (let k = 0; k < KEYWORDS.length; k++) {
    const word = KEYWORDS[k]!;
    index[bucketOf(word.length, word.charCodeAt(0))]!.push(k);
  }
  return index;
}

/** The type of the word source[start..end): a keyword's, or 1 (NAME). */
export function keywordType(index: KeywordIndex, source: string, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > 8) return 1;
  const bucket = index[bucketOf(length, source.charCodeAt(start))]!;
  for (let i = 0; i < bucket.length; i++) {
    if (source.startsWith(KEYWORDS[bucket[i]!]!, start)) return FALSE + bucket[i]!;
  }
  return 1;
}
