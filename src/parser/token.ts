// token.ts: the one table of token types.                        CPython: Grammar/Tokens, Include/internal/pycore_token.h
//
// Each row of TOKENS is a type: its place is its number, `text` its spelling when it has only one. Names, the operator
// lookup and what the `token` and `_tokenize` modules need all derive from it.
// Invariant: the numeric constants below are the rows' places (tests/unit/parser/tokenizer.test.ts checks it);
// they are written out because V8 folds a module's `const NAME = 1`, and does not fold a property of a table.

/** One token type. */
export interface TokenRow {
  readonly name: string;
  /** The spelling of a token that can be spelt in one way only. */
  readonly text?: string;
}

export const ENDMARKER = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
export const NEWLINE = 4;
export const INDENT = 5;
export const DEDENT = 6;
export const LPAR = 7;
export const RPAR = 8;
export const LSQB = 9;
export const RSQB = 10;
export const COLON = 11;
export const COMMA = 12;
export const SEMI = 13;
export const PLUS = 14;
export const MINUS = 15;
export const STAR = 16;
export const SLASH = 17;
export const VBAR = 18;
export const AMPER = 19;
export const LESS = 20;
export const GREATER = 21;
export const EQUAL = 22;
export const DOT = 23;
export const PERCENT = 24;
export const LBRACE = 25;
export const RBRACE = 26;
export const EQEQUAL = 27;
export const NOTEQUAL = 28;
export const LESSEQUAL = 29;
export const GREATEREQUAL = 30;
export const TILDE = 31;
export const CIRCUMFLEX = 32;
export const LEFTSHIFT = 33;
export const RIGHTSHIFT = 34;
export const DOUBLESTAR = 35;
export const PLUSEQUAL = 36;
export const MINEQUAL = 37;
export const STAREQUAL = 38;
export const SLASHEQUAL = 39;
export const PERCENTEQUAL = 40;
export const AMPEREQUAL = 41;
export const VBAREQUAL = 42;
export const CIRCUMFLEXEQUAL = 43;
export const LEFTSHIFTEQUAL = 44;
export const RIGHTSHIFTEQUAL = 45;
export const DOUBLESTAREQUAL = 46;
export const DOUBLESLASH = 47;
export const DOUBLESLASHEQUAL = 48;
export const AT = 49;
export const ATEQUAL = 50;
export const RARROW = 51;
export const ELLIPSIS = 52;
export const COLONEQUAL = 53;
export const EXCLAMATION = 54;
export const OP = 55;
export const TYPE_IGNORE = 56;
export const TYPE_COMMENT = 57;
export const SOFT_KEYWORD = 58;
export const FSTRING_START = 59;
export const FSTRING_MIDDLE = 60;
export const FSTRING_END = 61;
export const TSTRING_START = 62;
export const TSTRING_MIDDLE = 63;
export const TSTRING_END = 64;
export const COMMENT = 65;
export const NL = 66;
export const ERRORTOKEN = 67;
/** Made by the `tokenize` module only; the tokenizer never returns it. */
export const ENCODING = 68;
export const N_TOKENS = 69;

export const TOKENS: readonly TokenRow[] = [
  { name: 'ENDMARKER' },
  { name: 'NAME' },
  { name: 'NUMBER' },
  { name: 'STRING' },
  { name: 'NEWLINE' },
  { name: 'INDENT' },
  { name: 'DEDENT' },
  { name: 'LPAR', text: '(' },
  { name: 'RPAR', text: ')' },
  { name: 'LSQB', text: '[' },
  { name: 'RSQB', text: ']' },
  { name: 'COLON', text: ':' },
  { name: 'COMMA', text: ',' },
  { name: 'SEMI', text: ';' },
  { name: 'PLUS', text: '+' },
  { name: 'MINUS', text: '-' },
  { name: 'STAR', text: '*' },
  { name: 'SLASH', text: '/' },
  { name: 'VBAR', text: '|' },
  { name: 'AMPER', text: '&' },
  { name: 'LESS', text: '<' },
  { name: 'GREATER', text: '>' },
  { name: 'EQUAL', text: '=' },
  { name: 'DOT', text: '.' },
  { name: 'PERCENT', text: '%' },
  { name: 'LBRACE', text: '{' },
  { name: 'RBRACE', text: '}' },
  { name: 'EQEQUAL', text: '==' },
  { name: 'NOTEQUAL', text: '!=' },
  { name: 'LESSEQUAL', text: '<=' },
  { name: 'GREATEREQUAL', text: '>=' },
  { name: 'TILDE', text: '~' },
  { name: 'CIRCUMFLEX', text: '^' },
  { name: 'LEFTSHIFT', text: '<<' },
  { name: 'RIGHTSHIFT', text: '>>' },
  { name: 'DOUBLESTAR', text: '**' },
  { name: 'PLUSEQUAL', text: '+=' },
  { name: 'MINEQUAL', text: '-=' },
  { name: 'STAREQUAL', text: '*=' },
  { name: 'SLASHEQUAL', text: '/=' },
  { name: 'PERCENTEQUAL', text: '%=' },
  { name: 'AMPEREQUAL', text: '&=' },
  { name: 'VBAREQUAL', text: '|=' },
  { name: 'CIRCUMFLEXEQUAL', text: '^=' },
  { name: 'LEFTSHIFTEQUAL', text: '<<=' },
  { name: 'RIGHTSHIFTEQUAL', text: '>>=' },
  { name: 'DOUBLESTAREQUAL', text: '**=' },
  { name: 'DOUBLESLASH', text: '//' },
  { name: 'DOUBLESLASHEQUAL', text: '//=' },
  { name: 'AT', text: '@' },
  { name: 'ATEQUAL', text: '@=' },
  { name: 'RARROW', text: '->' },
  { name: 'ELLIPSIS', text: '...' },
  { name: 'COLONEQUAL', text: ':=' },
  { name: 'EXCLAMATION', text: '!' },
  { name: 'OP' },
  { name: 'TYPE_IGNORE' },
  { name: 'TYPE_COMMENT' },
  { name: 'SOFT_KEYWORD' },
  { name: 'FSTRING_START' },
  { name: 'FSTRING_MIDDLE' },
  { name: 'FSTRING_END' },
  { name: 'TSTRING_START' },
  { name: 'TSTRING_MIDDLE' },
  { name: 'TSTRING_END' },
  { name: 'COMMENT' },
  { name: 'NL' },
  { name: 'ERRORTOKEN' },
  { name: 'ENCODING' },
];

/** The name of a token type, as `token.tok_name` has it. */
export function tokenName(type: number): string {
  return TOKENS[type]?.name ?? `<unknown ${type}>`;
}

/** A token. Positions are those of the AST: lines from 1, columns in UTF-8 bytes from 0. */
export class Token {
  /** A number of the table above. Mutable: the parser retypes names that are keywords. */
  type: number;
  /** The text the offsets point into: the tokenizer's `source` (newlines normalised to '\n'). */
  readonly source: string;
  /** UTF-16 offset of the first character in `source`; -1 for tokens without text (NEWLINE at the end of input, DEDENT, ENDMARKER). */
  readonly start: number;
  /** UTF-16 offset after the last character; -1 with `start`. */
  readonly end: number;
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
  /** How many brackets are open after this token. */
  readonly level: number;
  /**
   * In f- and t-strings, on the '=', '!', ':' or '}' that ends an expression: the source text of that expression
   * (comments removed), which `f'{x = }'` shows and t-strings record. Null elsewhere.
   */
  readonly metadata: string | null;
  /** The parser's memo list lives here; the tokenizer never touches it. */
  memo: unknown;

  constructor(
    type: number,
    source: string,
    start: number,
    end: number,
    lineno: number,
    col_offset: number,
    end_lineno: number,
    end_col_offset: number,
    level: number,
    metadata: string | null,
  ) {
    this.type = type;
    this.source = source;
    this.start = start;
    this.end = end;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
    this.level = level;
    this.metadata = metadata;
    this.memo = null;
  }

  /** The token's text, sliced anew at each call. */
  get string(): string {
    return this.start < 0 ? '' : this.source.slice(this.start, this.end);
  }
}
