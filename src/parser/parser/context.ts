// context.ts: what both parsers of one source text share: options, the token buffer, errors and warnings.
//                                                                     CPython: Parser/pegen.c (Parser, _PyPegen_fill_token)
//
// Tokens are pulled from the tokenizer one by one and kept, so that the error parser (machine.ts) can go over them
// again. Invariant: tokens[i] never changes after it was pulled; once the tokenizer has thrown, `failure` holds what it
// threw, and asking for that token again throws the same.
import { TypeIgnore } from '../ast.generated.ts';
import type { PySyntaxError, WarnCallback, WarningCategory } from '../errors.ts';
import { DEDENT, ENDMARKER, NAME, NEWLINE, type Token, Token as TokenClass, TYPE_IGNORE } from '../token.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { type KeywordIndex, keywordType, makeKeywordIndex } from './keywords.ts';

/** The flags of `compile()` that the parser reads. CPython: Include/cpython/compile.h */
export const PyCF_DONT_IMPLY_DEDENT = 0x200;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;

export type ParseMode = 'exec' | 'eval' | 'single' | 'func_type';

/** Thrown by the fast parser where the source is not (or may not be) valid: the exact parser then decides. */
export class ParseFailure {}

/** What follows `# type: ignore`; with the newline if nothing else is on the line, as CPython's tokenizer has it. */
function typeIgnoreTag(token: Token): string {
  const { source, start, end } = token;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const isAlone = /^[ \t\f]*#/.test(source.slice(lineStart, start));
  return isAlone && source[end] === '\n' ? `${token.string}\n` : token.string;
}

export class ParserContext {
  readonly tokenizer: Tokenizer;
  readonly filename: string | null;
  readonly mode: ParseMode;
  /** Not constant: `from __future__ import barry_as_FLUFL` sets its flag. */
  flags: number;
  readonly typeComments: boolean;
  /** The minor version of `feature_version`: 14 unless asked otherwise. */
  readonly featureVersion: number;
  readonly warnCallback: WarnCallback | null;
  /** Code point of a Unicode character name, -1 if there is none. */
  readonly unicodeName: ((name: string) => number) | null;
  /** sys.get_int_max_str_digits(); 0 for no limit. */
  readonly intMaxStrDigits: number;
  /** What was pulled so far, from the start of the current top-level statement on. */
  tokens: Token[] = [];
  readonly typeIgnores: TypeIgnore[] = [];
  /** What the tokenizer threw. */
  failure: unknown = null;
  /** What a parser raises while it looks at this token is reported there. CPython: Parser.known_err_token */
  knownErrToken: Token | null = null;
  /** Warnings about escape sequences since the current top-level statement began, and how many of the next ones are repeats. */
  warnings = 0;
  skipWarnings = 0;
  /** In the second pass: no warnings, except from rules that run without the invalid_* rules. */
  muted = false;
  /** Start of the last compound statement that the second pass met, by line; 0 before. CPython: Parser.last_stmt_location */
  lastStatementLine = 0;
  lastStatementCol = 0;
  readonly fail = new ParseFailure();
  private readonly keywords: KeywordIndex;
  private parsingStarted = false;

  constructor(
    tokenizer: Tokenizer,
    filename: string | null,
    mode: ParseMode,
    flags: number,
    featureVersion: number,
    warnCallback: WarnCallback | null,
    unicodeName: ((name: string) => number) | null,
    intMaxStrDigits: number,
  ) {
    this.tokenizer = tokenizer;
    this.filename = filename;
    this.mode = mode;
    this.flags = flags;
    this.typeComments = (flags & PyCF_TYPE_COMMENTS) !== 0;
    this.featureVersion = featureVersion;
    this.warnCallback = warnCallback;
    this.unicodeName = unicodeName;
    this.intMaxStrDigits = intMaxStrDigits;
    this.keywords = makeKeywordIndex();
    if ((flags & CO_FUTURE_BARRY_AS_BDFL) !== 0) this.barryFromNow();
  }

  /** `from __future__ import barry_as_FLUFL` was read. CPython: action_helpers.c:_PyPegen_checked_future_import */
  barryFromNow(): void {
    this.flags |= CO_FUTURE_BARRY_AS_BDFL;
    this.tokenizer.barryAsBdfl = true;
  }

  /** The second pass recognised a compound statement. CPython: Parser/action_helpers.c:_PyPegen_register_stmts */
  registerStatement(statement: { readonly lineno: number; readonly col_offset: number }): void {
    if (this.lastStatementLine > statement.lineno) return;
    this.lastStatementLine = statement.lineno;
    this.lastStatementCol = statement.col_offset;
  }

  /** Pulls one more token into the buffer. CPython: Parser/pegen.c:_PyPegen_fill_token */
  fill(): Token {
    if (this.failure !== null) throw this.failure;
    let token: Token;
    try {
      token = this.tokenizer.next();
      while (token.type === TYPE_IGNORE) {
        this.typeIgnores.push(new TypeIgnore(token.lineno, typeIgnoreTag(token)));
        token = this.tokenizer.next();
      }
    } catch (e) {
      this.failure = e;
      throw e;
    }
    if (token.type === NAME) {
      token.type = keywordType(this.keywords, token.source, token.start, token.end);
    } else if (token.type === ENDMARKER && this.mode === 'single' && this.parsingStarted) {
      this.parsingStarted = false;
      token = new TokenClass(
        NEWLINE,
        token.source,
        token.start,
        token.end,
        token.lineno,
        token.col_offset,
        token.end_lineno,
        token.end_col_offset,
        token.level,
        null,
      );
      if (this.tokenizer.indent > 0 && (this.flags & PyCF_DONT_IMPLY_DEDENT) === 0) this.tokenizer.implyDedents();
      this.tokens.push(token);
      return token;
    }
    this.parsingStarted = true;
    this.tokens.push(token);
    return token;
  }

  /** The token at an index of the buffer. */
  tokenAt(index: number): Token {
    while (index >= this.tokens.length) this.fill();
    return this.tokens[index]!;
  }

  /** The last token before `mark` that is not layout. CPython: pegen.c:_PyPegen_get_last_nonnwhitespace_token */
  lastSolidToken(mark: number): Token {
    let m = mark - 1;
    for (; m > 0; m--) {
      const type = this.tokens[m]!.type;
      if (type !== ENDMARKER && (type < NEWLINE || type > DEDENT)) break;
    }
    return this.tokens[Math.max(m, 0)]!;
  }

  /** An error at columns given in bytes from 0. CPython: Parser/pegen.h:RAISE_ERROR_KNOWN_LOCATION */
  errorAt(
    type: PySyntaxError['type'],
    msg: string,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): PySyntaxError {
    return this.tokenizer.errorAt(type, msg, lineno, col, endLineno, endCol);
  }

  /** Sends a warning; true if it is to become an error. */
  warn(category: WarningCategory, message: string, lineno: number, col: number, endCol: number): boolean {
    if (this.warnCallback === null) return false;
    return this.warnCallback(category, message, this.filename, lineno, col, lineno, endCol) === true;
  }
}
