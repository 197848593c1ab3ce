// tokenizer.ts: source text to tokens, pulled one at a time.      CPython: Parser/lexer/lexer.c, Parser/tokenizer/
//
// The whole text is one string and a token is a pair of offsets into it; nothing is copied. Each line start is passed
// through beginLine(), which counts lines and is the only place where more input is asked for (the `tokenize` module
// and the REPL feed line by line), so the scanning loops need no end test: charCodeAt past the end is NaN, which is
// neither less than 128 nor equal to anything.
// Inside an f- or t-string the tokenizer is in one of two modes: the literal part (tokenizer_fstring.ts) and, between
// braces, this file's; `mode` is the innermost such string.
//
// Enter through: new Tokenizer(source, options), next(). Errors are thrown as PySyntaxError, `done` says which kind.
// Invariant: lineStart <= pos, and lineno is the number of the line that begins at lineStart. A line's number goes up
// when its first character is asked for, so at the end of input lineno is still that of the last line.

import { E_DEDENT, E_EOF, E_EOFS, E_EOLS, E_ERROR, E_LINECONT, E_OK, E_TABSPACE, E_TOODEEP } from './errcode.ts';
import type { PySyntaxError, WarnCallback } from './errors.ts';
import { invalidIdentifierChar, isPrintable } from './identifiers.ts';
import {
  COLON,
  COMMENT,
  DEDENT,
  ENDMARKER,
  EQUAL,
  INDENT,
  NAME,
  NEWLINE,
  NL,
  STRING,
  Token,
  TYPE_COMMENT,
  TYPE_IGNORE,
} from './token.ts';
import {
  CHAR_FLAGS,
  codePointCount,
  ID_CONTINUE,
  ID_START,
  isDigit,
  nextNonAscii,
  PREFIX,
  utf8Length,
} from './tokenizer_chars.ts';
import { errorAt, errorText, stateError, syntaxError, syntaxErrorRange } from './tokenizer_errors.ts';
import { closeBrace, markExpression, nextInLiteral, type StringMode, startStringMode } from './tokenizer_fstring.ts';
import { scanNumber } from './tokenizer_number.ts';
import { operatorAt } from './tokenizer_operators.ts';

export { E_DEDENT, E_EOF, E_EOFS, E_EOLS, E_ERROR, E_LINECONT, E_OK, E_TABSPACE, E_TOODEEP } from './errcode.ts';

/** CPython: Parser/lexer/state.h */
const MAXINDENT = 100;
const MAXLEVEL = 200;
const TABSIZE = 8;

export interface TokenizerOptions {
  filename?: string | null;
  /** Add a newline at the end of the text if there is none: parse mode 'exec'. */
  execInput?: boolean;
  /** Return TYPE_COMMENT and TYPE_IGNORE tokens. */
  typeComments?: boolean;
  /** The `tokenize` module's mode: COMMENT and NL tokens; brackets need not match, names and numbers may be odd. */
  extraTokens?: boolean;
  /** An empty line ends a block, as at a REPL prompt. */
  interactive?: boolean;
  warn?: WarnCallback | null;
  /** A line of the file on disk with its newline; asked first for the text that a parser error quotes. */
  programText?: ((filename: string, lineno: number) => string | null) | null;
  /**
   * Feeds the text piece by piece, each piece a line; '' is the end. `source` is then what is there already.
   * Newlines stay as they are, and a last line without one gets it (see `implicitNewline`).
   */
  readLine?: (() => string) | null;
  /** The text is read from a file, line by line as far as errors can tell. */
  fromFile?: boolean;
  /** What is wrong with the line after the text: thrown when it is wanted. */
  unreadable?: PySyntaxError | null;
  /** Makes the error for a `done` code; the parser's wording unless given. */
  stateError?: (tok: Tokenizer) => PySyntaxError;
}

export class Tokenizer {
  /** What Token.start and Token.end point into. With `readLine`, the lines since the current token's first. */
  source: string;
  readonly filename: string | null;
  /** Offset of the next character to read. */
  pos = 0;
  /** 1-based number of the line that begins at `lineStart`; 0 before the first. */
  lineno = 0;
  lineStart = 0;
  /** Start of the line in which the current token, or what it continues, begins: what error texts quote from. */
  bufStart = 0;
  /**
   * E_OK while running, else why it stopped. E_ERROR, E_EOFS and E_EOLS are lexical errors: when the parser has found an
   * error and reads on to look for a better one, CPython lets only these take its place, not the other codes.
   */
  done = E_OK;

  /** Open brackets: `level` entries in three parallel stacks: the bracket, its line, its byte column. */
  level = 0;
  readonly parenStack: string[] = [];
  readonly parenLinenoStack: number[] = [];
  readonly parenColStack: number[] = [];

  /** Depth of the indentation stack; columns with tabs to 8, and with tabs as 1, to see whether they agree. */
  indent = 0;
  readonly indentStack: number[] = [0];
  readonly altIndentStack: number[] = [0];
  /** INDENTs (positive) or DEDENTs (negative) still to be returned. */
  pending = 0;
  /** At the beginning of a line whose indentation counts. */
  atBeginningOfLine = true;
  /** extraTokens: the newline after a comment alone in its line is NL. */
  commentNewline = false;
  /** With `readLine`: the last line came without newline and was given one. */
  implicitNewline = false;
  private readonly fromFile: boolean;
  private readonly unreadable: PySyntaxError | null;
  /** A file ended between two tokens: CPython's buffer holds nothing then, and errors at the end have no column. */
  emptied = false;

  /** First character, line and byte column of the token being read. */
  tokenStart = 0;
  tokenLineno = 0;
  tokenCol = 0;
  /** Start of the line in which the last string token began. */
  tokenLineStart = 0;

  /** The innermost f- or t-string, null outside any. */
  mode: StringMode | null = null;

  /** `from __future__ import barry_as_FLUFL` is on: '<>' is NOTEQUAL. Otherwise it is two tokens. Set by the parser. */
  barryAsBdfl = false;

  readonly extraTokens: boolean;
  readonly warn: WarnCallback | null;
  /** The parser turns this off in its second pass, so that no warning comes twice. */
  reportWarnings = true;
  readonly programText: ((filename: string, lineno: number) => string | null) | null;

  private readonly typeComments: boolean;
  readonly interactive: boolean;
  private readonly readLine: (() => string) | null;
  private readonly makeStateError: (tok: Tokenizer) => PySyntaxError;
  /** First non-ASCII character at or after lineStart: up to it, columns are differences of offsets. */
  private asciiEnd = -1;
  /** A position in the current line with its byte column, so that columns are counted on from there. */
  private colPos = 0;
  private colBytes = 0;

  constructor(source: string, options: TokenizerOptions = {}) {
    this.fromFile = options.fromFile ?? false;
    this.unreadable = options.unreadable ?? null;
    this.readLine = options.readLine ?? null;
    if (this.readLine === null) {
      if (source.includes('\r')) source = source.replace(/\r\n?/g, '\n');
      if (options.execInput && source !== '' && !source.endsWith('\n')) source += '\n';
    }
    this.source = source;
    this.filename = options.filename ?? null;
    this.typeComments = options.typeComments ?? false;
    this.extraTokens = options.extraTokens ?? false;
    this.interactive = options.interactive ?? false;
    this.warn = options.warn ?? null;
    this.programText = options.programText ?? null;
    this.makeStateError = options.stateError ?? stateError;
  }

  /** The next token. After ENDMARKER there are only ENDMARKERs. CPython: lexer.c:_PyTokenizer_Get */
  next(): Token {
    const mode = this.mode;
    if (mode !== null && mode.inLiteral) {
      const token = nextInLiteral(this, mode);
      if (token !== null) return token;
    }
    return this.nextRegular();
  }

  // ---- what the parser asks ---------------------------------------------------------------------------------------

  /** At the end of 'single' input: ends all blocks, so that their DEDENTs come before ENDMARKER. */
  implyDedents(): void {
    this.pending = -this.indent;
    this.indent = 0;
  }

  /** Inside an f- or t-string? CPython: lexer/state.h:INSIDE_FSTRING */
  insideFString(): boolean {
    return this.mode !== null;
  }

  /** The kind of the innermost string, for messages. CPython: pegen.h:TOK_GET_STRING_PREFIX */
  stringPrefix(): 'f' | 't' {
    return this.mode !== null && this.mode.isTemplate ? 't' : 'f';
  }

  /** The line that a SyntaxError at `lineno` quotes. */
  errorText(lineno: number): string {
    return errorText(this, lineno);
  }

  /** A SyntaxError at byte columns from 0; an end column of -1 is "no end". CPython: RAISE_ERROR_KNOWN_LOCATION */
  errorAt(
    type: PySyntaxError['type'],
    msg: string,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): PySyntaxError {
    return errorAt(this, type, msg, lineno, col, endLineno, endCol);
  }

  // ---- lines and columns ------------------------------------------------------------------------------------------

  /**
   * Called when the next character is wanted and `pos` is at the start of a line (or at the end of the text).
   * Returns false at the end of input. `tokenBegun`: the line continues a token or statement of the line before.
   */
  beginLine(tokenBegun: boolean): boolean {
    if (this.readLine !== null) {
      if (this.pos < this.source.length) return true;
      if (!this.underflow(tokenBegun || this.interactive || this.mode !== null)) return false;
    } else if (this.pos >= this.source.length) {
      if (this.unreadable !== null) {
        this.done = E_ERROR;
        throw this.unreadable;
      }
      if (this.done === E_OK) this.done = E_EOF;
      if (this.fromFile && !tokenBegun) this.emptied = true;
      return false;
    }
    if (!tokenBegun && (this.readLine === null || this.mode === null)) this.bufStart = this.pos;
    this.lineStart = this.pos;
    this.lineno++;
    this.colPos = this.pos;
    this.colBytes = 0;
    if (this.asciiEnd < this.pos) this.asciiEnd = nextNonAscii(this.source, this.pos);
    return true;
  }

  /** Reads one more line. CPython: Parser/tokenizer/readline_tokenizer.c:tok_underflow_readline */
  private underflow(keep: boolean): boolean {
    if (this.done !== E_OK) return false;
    const line = this.readLine!();
    if (line === '') {
      this.done = E_EOF;
      if (!keep) {
        this.source = '';
        this.pos = this.lineStart = this.bufStart = 0;
      }
      return false;
    }
    this.implicitNewline = !line.endsWith('\n');
    const text = this.implicitNewline ? `${line}\n` : line;
    if (keep) {
      if (this.asciiEnd >= this.source.length) this.asciiEnd = -1;
      this.source += text;
    } else {
      this.source = text;
      this.pos = 0;
      this.bufStart = 0;
      this.asciiEnd = -1;
    }
    if (text.includes('\0')) {
      this.lineno++;
      this.lineStart = this.pos;
      throw syntaxErrorRange(this, 0, 0, 'source code cannot contain null bytes', text.slice(0, text.indexOf('\0')));
    }
    return true;
  }

  /** UTF-8 bytes from the start of the current line to `pos`, which must be in it. */
  byteCol(pos: number): number {
    if (pos <= this.asciiEnd) return pos - this.lineStart;
    if (pos < this.colPos) return utf8Length(this.source, this.lineStart, pos);
    this.colBytes += utf8Length(this.source, this.colPos, pos);
    this.colPos = pos;
    return this.colBytes;
  }

  /** Offset behind the current line's newline. */
  lineEnd(): number {
    if (this.lineno === 0) return 0;
    const newline = this.readLine === null ? this.source.indexOf('\n', this.lineStart) : -1;
    return newline < 0 ? this.source.length : newline + 1;
  }

  // ---- tokens -----------------------------------------------------------------------------------------------------

  /** Marks `start` as the first character of the token being read. */
  beginToken(start: number): void {
    this.tokenStart = start;
    this.tokenLineno = this.lineno;
    this.tokenLineStart = this.lineStart;
    this.tokenCol = this.byteCol(start);
  }

  /**
   * A token that began at beginToken() and whose text is source[start:end]. Its end position is the reading position,
   * which can be behind `end`. CPython: lexer/state.c:_PyLexer_token_setup
   */
  makeToken(type: number, start: number, end: number, metadata: string | null = null): Token {
    return new Token(
      type,
      this.source,
      start,
      end,
      this.tokenLineno,
      this.tokenCol,
      this.lineno,
      this.byteCol(this.pos),
      this.level,
      metadata,
    );
  }

  /** A token without text: DEDENT, INDENT, ENDMARKER. */
  private makeEmptyToken(type: number): Token {
    return new Token(type, this.source, -1, -1, this.lineno, -1, this.lineno, -1, this.level, null);
  }

  private fail(code: number): PySyntaxError {
    this.done = code;
    return this.makeStateError(this);
  }

  /** CPython: lexer.c:tok_get_normal_mode */
  private nextRegular(): Token {
    for (;;) {
      let blank = false;
      if (this.atBeginningOfLine) {
        this.atBeginningOfLine = false;
        blank = this.readIndentation();
      }
      if (this.pending !== 0) return this.pendingToken();
      const pos = this.skipBlanks();
      const token = this.tokenAt(pos, this.source.charCodeAt(pos), blank);
      if (token !== null) return token;
    }
  }

  /** Skips blanks, and line ends behind a backslash. Returns where the next token begins. */
  private skipBlanks(): number {
    for (;;) {
      const source = this.source;
      let pos = this.pos;
      let c = source.charCodeAt(pos);
      while (c === 32 || c === 9 || c === 12) c = source.charCodeAt(++pos);
      if (c !== 92) return pos;
      this.beginToken(pos);
      this.pos = pos + 1;
      this.continueLine(true);
    }
  }

  /** The token whose first character `c` is at `pos`; null for a comment or newline that says nothing. */
  private tokenAt(pos: number, c: number, blank: boolean): Token | null {
    const source = this.source;
    if (c < 128) {
      const flags = CHAR_FLAGS[c]!;
      if ((flags & ID_START) !== 0) {
        this.beginToken(pos);
        const start = pos;
        c = source.charCodeAt(++pos);
        while (c < 128 && (CHAR_FLAGS[c]! & ID_CONTINUE) !== 0) c = source.charCodeAt(++pos);
        if ((c === 39 || c === 34) && pos - start <= 5 && this.isStringPrefix(start, pos)) {
          return this.prefixedString(start, pos, c);
        }
        this.pos = pos;
        if (c >= 128) return this.nonAsciiName();
        return this.makeToken(NAME, start, pos);
      }
      if (c === 10 || c === 13) {
        this.beginToken(pos);
        return this.newline(pos, blank);
      }
      if (c === 35) {
        this.beginToken(pos);
        const token = this.comment(pos, blank);
        if (token !== null) return token;
        return this.atEnd() ? this.endToken() : this.newline(this.pos, blank);
      }
      this.beginToken(pos);
      if (isDigit(c) || (c === 46 && isDigit(source.charCodeAt(pos + 1)))) return scanNumber(this, pos, c);
      if (c === 39 || c === 34) return this.string(pos, c);
      return this.operator(pos, c);
    }
    if (c >= 128) {
      this.beginToken(pos);
      this.pos = pos;
      return this.nonAsciiName();
    }
    // The text ended without a newline, or `pos` is at a line that has not been asked for yet.
    this.pos = pos;
    return this.endToken();
  }

  private atEnd(): boolean {
    return this.pos >= this.source.length;
  }

  /** CPython: lexer.c:tok_get_normal_mode, "Check for EOF" */
  private endToken(): Token {
    if (this.done === E_OK) this.done = E_EOF;
    if (this.level > 0 || this.done !== E_EOF) throw this.makeStateError(this);
    return this.makeEmptyToken(ENDMARKER);
  }

  // ---- lines ------------------------------------------------------------------------------------------------------

  /** Reads the blanks at the start of a line and sets `pending`. Returns whether the line is blank or a comment. */
  private readIndentation(): boolean {
    let col = 0;
    let altCol = 0;
    let continuationCol = 0;
    let c = Number.NaN;
    if (this.beginLine(false)) {
      for (;;) {
        c = this.source.charCodeAt(this.pos);
        if (c === 32) {
          col++;
          altCol++;
        } else if (c === 9) {
          col = (Math.floor(col / TABSIZE) + 1) * TABSIZE;
          altCol++;
        } else if (c === 12) {
          col = altCol = 0;
        } else if (c === 92) {
          // The first backslash decides the indentation of what follows, however many lines are joined.
          if (continuationCol === 0) continuationCol = col;
          this.pos++;
          this.continueLine(false);
          continue;
        } else {
          break;
        }
        this.pos++;
      }
    }
    let blank = false;
    if (c === 35 || c === 10 || c === 13) {
      if (this.interactive && ((col === 0 && c === 10) || this.lineno === 1)) {
        if (!(col === 0 && c === 10)) col = altCol = 0;
      } else {
        blank = true;
      }
    }
    if (blank || this.level > 0) return blank;
    if (continuationCol !== 0) col = altCol = continuationCol;
    const current = this.indentStack[this.indent]!;
    if (col === current) {
      if (altCol !== this.altIndentStack[this.indent]) throw this.indentationError(E_TABSPACE);
    } else if (col > current) {
      if (this.indent + 1 >= MAXINDENT) throw this.indentationError(E_TOODEEP);
      if (altCol <= this.altIndentStack[this.indent]!) throw this.indentationError(E_TABSPACE);
      this.pending++;
      this.indent++;
      this.indentStack[this.indent] = col;
      this.altIndentStack[this.indent] = altCol;
    } else {
      while (this.indent > 0 && col < this.indentStack[this.indent]!) {
        this.pending--;
        this.indent--;
      }
      if (col !== this.indentStack[this.indent]) throw this.indentationError(E_DEDENT);
      if (altCol !== this.altIndentStack[this.indent]) throw this.indentationError(E_TABSPACE);
    }
    return false;
  }

  private indentationError(code: number): PySyntaxError {
    this.pos = this.lineEnd();
    return this.fail(code);
  }

  private pendingToken(): Token {
    const type = this.pending < 0 ? DEDENT : INDENT;
    this.pending += this.pending < 0 ? 1 : -1;
    if (!this.extraTokens) return this.makeEmptyToken(type);
    this.beginToken(this.pos);
    return this.makeToken(type, type === DEDENT ? this.pos : this.bufStart, this.pos);
  }

  /** `pos` is behind a backslash: goes to the next line. CPython: lexer.c:tok_continuation_line */
  private continueLine(tokenBegun: boolean): void {
    let c = this.source.charCodeAt(this.pos);
    if (c === 13) c = this.source.charCodeAt(++this.pos);
    if (c !== 10) {
      if (c >= 0) this.pos++;
      throw this.fail(E_LINECONT);
    }
    this.pos++;
    if (!this.beginLine(tokenBegun)) throw this.fail(this.done);
  }

  /** A newline at `pos`; null if it ends nothing. Its token begins with the comment before it, if there is one. */
  private newline(pos: number, blank: boolean): Token | null {
    const start = this.tokenStart;
    this.pos = pos + 1;
    if (this.source.charCodeAt(pos) === 13) {
      const c = this.source.charCodeAt(this.pos);
      this.pos++;
      if (c !== 10) return this.operator(this.pos - 1, c);
    }
    this.atBeginningOfLine = true;
    if (blank || this.level > 0) {
      if (!this.extraTokens) return null;
      this.commentNewline = false;
      return this.makeToken(NL, start, this.pos);
    }
    if (this.commentNewline && this.extraTokens) {
      this.commentNewline = false;
      return this.makeToken(NL, start, this.pos);
    }
    return this.makeToken(NEWLINE, start, this.pos - 1);
  }

  /** A '#' at `pos`: skips the comment, or returns a token for it. */
  private comment(pos: number, blank: boolean): Token | null {
    const source = this.source;
    let end = source.indexOf('\n', pos);
    if (end < 0) end = source.length;
    if (this.readLine !== null) {
      const cr = source.indexOf('\r', pos);
      if (cr >= 0 && cr < end) end = cr;
    }
    this.pos = end;
    if (this.typeComments) {
      const token = this.typeComment(pos, end, blank);
      if (token !== null) return token;
    }
    if (!this.extraTokens) return null;
    this.commentNewline = blank;
    return this.makeToken(COMMENT, pos, end);
  }

  private typeComment(pos: number, end: number, blank: boolean): Token | null {
    const match = /^#[ \t]*type:[ \t]*/.exec(this.source.slice(pos, end));
    if (match === null) return null;
    const start = pos + match[0].length;
    const isIgnore = /^ignore(?![A-Za-z0-9\x80-\uffff])/.test(this.source.slice(start, end));
    const textStart = isIgnore ? start + 6 : start;
    this.tokenCol = this.byteCol(textStart);
    if (isIgnore && blank && end < this.source.length) {
      // Alone in its line: its newline goes with it.
      this.pos = end + 1;
      this.atBeginningOfLine = true;
    }
    return this.makeToken(isIgnore ? TYPE_IGNORE : TYPE_COMMENT, textStart, end);
  }

  // ---- names and strings ------------------------------------------------------------------------------------------

  /** The rest of a name that has characters beyond ASCII, from `pos` on. CPython: lexer.c:verify_identifier */
  private nonAsciiName(): Token {
    const source = this.source;
    const start = this.tokenStart;
    let pos = this.pos;
    let c = source.charCodeAt(pos);
    while (c >= 128 || (CHAR_FLAGS[c]! & ID_CONTINUE) !== 0) c = source.charCodeAt(++pos);
    this.pos = pos;
    if (!this.extraTokens) {
      const bad = invalidIdentifierChar(source, start, pos);
      if (bad >= 0) {
        const ch = source.codePointAt(bad)!;
        this.pos = bad + (ch > 0xffff ? 2 : 1);
        const hex = ch.toString(16).toUpperCase().padStart(4, '0');
        const what = isPrintable(ch)
          ? `invalid character '${String.fromCodePoint(ch)}' (U+${hex})`
          : `invalid non-printable character U+${hex}`;
        throw syntaxError(this, what);
      }
    }
    return this.makeToken(NAME, start, pos);
  }

  /** Is source[start:end] made of different string prefix letters? */
  private isStringPrefix(start: number, end: number): boolean {
    let seen = 0;
    for (let i = start; i < end; i++) {
      const c = this.source.charCodeAt(i);
      if ((CHAR_FLAGS[c]! & PREFIX) === 0) return false;
      const bit = 1 << (c & 31);
      if ((seen & bit) !== 0) return false;
      seen |= bit;
    }
    return true;
  }

  /** A quote at `pos` behind the prefix that begins at `start`. */
  private prefixedString(start: number, pos: number, quote: number): Token {
    const prefix = this.source.slice(start, pos).toLowerCase();
    if (prefix.length > 1) {
      for (const pair of ['ub', 'ur', 'uf', 'ut', 'bf', 'bt', 'ft']) {
        if (prefix.includes(pair[0]!) && prefix.includes(pair[1]!)) {
          const from = codePointCount(this.source, this.lineStart, start) + 1;
          const to = codePointCount(this.source, this.lineStart, pos) + 1;
          this.pos = pos + 1;
          throw syntaxErrorRange(this, from, to, `'${pair[0]}' and '${pair[1]}' prefixes are incompatible`);
        }
      }
    }
    if (prefix.includes('f') || prefix.includes('t')) return startStringMode(this, prefix, pos, quote);
    return this.string(pos, quote);
  }

  /** A str or bytes literal; its opening quote is at `pos`. */
  private string(pos: number, quote: number): Token {
    let source = this.source;
    pos++;
    let size = 1;
    if (source.charCodeAt(pos) === quote) {
      if (source.charCodeAt(pos + 1) !== quote) {
        this.pos = pos + 1;
        return this.makeToken(STRING, this.tokenStart, pos + 1);
      }
      size = 3;
      pos += 2;
    }
    let quotes = 0;
    let escapedQuote = false;
    while (quotes < size) {
      let c = source.charCodeAt(pos++);
      if (c === quote) {
        quotes++;
        continue;
      }
      quotes = 0;
      if (c === 92) {
        c = source.charCodeAt(pos++);
        if (c === quote) escapedQuote = true;
        if (c === 13) c = source.charCodeAt(pos++);
      } else if (c === 10 && size === 1) {
        throw this.unterminatedString(quote, size, escapedQuote, false);
      }
      if (c === 10) {
        this.pos = pos;
        const grown = this.beginLine(true);
        source = this.source;
        if (!grown) throw this.unterminatedString(quote, size, escapedQuote, true);
      } else if (!(c >= 0)) {
        this.pos = source.length;
        throw this.unterminatedString(quote, size, escapedQuote, true);
      }
    }
    this.pos = pos;
    return this.makeToken(STRING, this.tokenStart, pos);
  }

  /** The string that began at the current token has no end. The error is at its first character. */
  private unterminatedString(quote: number, size: number, escapedQuote: boolean, atEnd: boolean): PySyntaxError {
    const detected = this.lineno;
    this.pos = this.tokenStart + 1;
    this.lineStart = this.tokenLineStart;
    this.lineno = this.tokenLineno;
    const mode = this.mode;
    if (mode !== null && mode.quote === quote && mode.quoteSize === size) {
      // More likely the quote that ends the f-string around it, with the '}' forgotten.
      return syntaxError(this, `${this.stringPrefix()}-string: expecting '}'`);
    }
    const triple = size === 3 ? 'triple-quoted ' : '';
    const advice = size === 1 && escapedQuote ? '; perhaps you escaped the end quote?' : '';
    const msg = `unterminated ${triple}string literal (detected at line ${detected})${advice}`;
    const error = syntaxError(this, msg);
    if (atEnd) this.done = size === 3 ? E_EOFS : E_EOLS;
    return error;
  }

  // ---- operators --------------------------------------------------------------------------------------------------

  /** The operator, bracket or stray character `c` at `pos`. */
  private operator(pos: number, c: number): Token {
    const source = this.source;
    const mode = this.mode;
    let metadata: string | null = null;
    // The '!' of '!=' ends no expression.
    const isMark = c === 58 || c === 125 || c === 123 || (c === 33 && source.charCodeAt(pos + 1) !== 61);
    if (mode !== null && mode.exprDepth >= 0 && isMark) {
      this.pos = pos + 1;
      metadata = markExpression(this, mode, c);
      if (c === 58 && mode.depth - 1 === mode.exprDepth) {
        mode.inLiteral = true;
        mode.inFormatSpec = true;
        return this.makeToken(COLON, pos, this.pos, metadata);
      }
    }
    const packed = operatorAt(source, pos, c, this.barryAsBdfl);
    const type = packed >> 2;
    this.pos = pos + (packed & 3);
    switch (c) {
      case 40:
        this.openBracket('(', pos);
        break;
      case 91:
        this.openBracket('[', pos);
        break;
      case 123:
        this.openBracket('{', pos);
        break;
      case 41:
        this.closeBracket(')', '(');
        break;
      case 93:
        this.closeBracket(']', '[');
        break;
      case 125:
        this.closeBracket('}', '{');
        break;
      case 61:
        if (mode !== null && type === EQUAL && mode.depth - mode.exprDepth === 1) mode.inDebug = true;
        break;
      default:
        if (c < 32 || c === 127) {
          const hex = c.toString(16).toUpperCase().padStart(4, '0');
          throw syntaxError(this, `invalid non-printable character U+${hex}`);
        }
    }
    return this.makeToken(type, this.tokenStart, this.pos, metadata);
  }

  private openBracket(bracket: string, pos: number): void {
    const level = this.level;
    if (level >= MAXLEVEL) throw syntaxError(this, 'too many nested parentheses');
    this.parenStack[level] = bracket;
    this.parenLinenoStack[level] = this.lineno;
    this.parenColStack[level] = this.byteCol(pos);
    this.level = level + 1;
    if (this.mode !== null) this.mode.depth++;
  }

  private closeBracket(bracket: string, expected: string): void {
    const mode = this.mode;
    if (mode !== null && mode.depth === 0 && bracket === '}') {
      throw syntaxError(this, `${this.stringPrefix()}-string: single '}' is not allowed`);
    }
    if (this.level > 0) {
      const level = --this.level;
      const opening = this.parenStack[level]!;
      if (opening !== expected) this.checkMismatch(bracket, opening, level);
    } else if (!this.extraTokens) {
      throw syntaxError(this, `unmatched '${bracket}'`);
    }
    if (mode !== null) {
      mode.depth--;
      if (mode.depth < 0) throw syntaxError(this, `${this.stringPrefix()}-string: unmatched '${bracket}'`);
      if (bracket === '}') closeBrace(mode);
    }
  }

  private checkMismatch(bracket: string, opening: string, level: number): void {
    const mode = this.mode;
    if (mode !== null && opening === '{' && mode.depth - 1 === mode.exprDepth) {
      throw syntaxError(this, `${this.stringPrefix()}-string: unmatched '${bracket}'`);
    }
    if (this.extraTokens) return;
    const line = this.parenLinenoStack[level]!;
    const where = line === this.lineno ? '' : ` on line ${line}`;
    throw syntaxError(this, `closing parenthesis '${bracket}' does not match opening parenthesis '${opening}'${where}`);
  }
}
