// tokenizer_iter.ts: the tokens as Python's `tokenize` module wants them.   CPython: Python/Python-tokenize.c
//
// What `_tokenize.TokenizerIter(readline, *, extra_tokens)` yields: columns in characters, the physical line(s) of each
// token, and with extraTokens all operators as OP, comments, NL, and newlines as they were written.
// The caller decodes: `readLine` returns one line as str, '' at the end.
import { E_DEDENT, E_EOF, E_LINECONT, E_TABSPACE, E_TOODEEP } from './errcode.ts';
import { PySyntaxError, type WarnCallback } from './errors.ts';
import { DEDENT, ENDMARKER, FSTRING_START, NEWLINE, NL, OP, STRING, TSTRING_END } from './token.ts';
import { Tokenizer } from './tokenizer.ts';
import { byteToCharOffset, codePointCount, utf8Length } from './tokenizer_chars.ts';

/** One item: the five fields of a `tokenize.TokenInfo`. Columns count characters from 0, -1 for tokens without text. */
export class TokenInfo {
  readonly type: number;
  readonly string: string;
  readonly lineno: number;
  readonly col: number;
  readonly endLineno: number;
  readonly endCol: number;
  readonly line: string;

  constructor(
    type: number,
    string: string,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
    line: string,
  ) {
    this.type = type;
    this.string = string;
    this.lineno = lineno;
    this.col = col;
    this.endLineno = endLineno;
    this.endCol = endCol;
    this.line = line;
  }
}

export interface TokenizerIterOptions {
  extraTokens: boolean;
  warn?: WarnCallback | null;
}

export class TokenizerIter {
  private readonly tok: Tokenizer;
  private done = false;
  /** The line(s) of the last token, reused while the line number stays. */
  private lastLine = '';
  private lastLineno = 0;
  /** How far columns were counted. */
  private readonly counted = { lineno: -1, lineStart: 0, index: 0, column: 0 };

  constructor(readLine: () => string, options: TokenizerIterOptions) {
    this.tok = new Tokenizer('', {
      filename: '<string>',
      extraTokens: options.extraTokens,
      warn: options.warn ?? null,
      readLine,
      stateError: iterError,
    });
  }

  /** The next token, null after ENDMARKER. CPython: Python-tokenize.c:tokenizeriter_next */
  next(): TokenInfo | null {
    if (this.done) return null;
    const tok = this.tok;
    const token = tok.next();
    let type = token.type;
    if (type === ENDMARKER) this.done = true;
    const isString = type === STRING || (type >= FSTRING_START && type <= TSTRING_END);
    const isTrailing = type === ENDMARKER || (type === DEDENT && tok.done === E_EOF);
    const lineStart = isString ? tok.tokenLineStart : tok.lineStart;
    // Without any line there is no token, CPython finds: the iteration is over.
    if (!tok.extraTokens && tok.lineno === 0) return null;
    let line = '';
    if (!(tok.extraTokens && isTrailing)) {
      if (tok.lineno !== this.lastLineno) {
        const end = tok.source.length - (tok.implicitNewline ? 1 : 0);
        this.lastLine = tok.source.slice(lineStart, end);
      }
      line = this.lastLine;
    }
    let lineno = isString ? token.lineno : tok.lineno;
    let endLineno = tok.lineno;
    this.lastLineno = lineno;

    let col = -1;
    let endCol = -1;
    if (token.start >= lineStart) col = this.column(lineStart, token.start);
    if (token.end >= tok.lineStart) endCol = this.column(tok.lineStart, token.end);

    let string = token.string;
    if (tok.extraTokens) {
      if (isTrailing) {
        lineno = endLineno = lineno + 1;
        col = endCol = 0;
      }
      if (type > DEDENT && type < OP) {
        type = OP;
      } else if (type === NEWLINE) {
        if (!tok.implicitNewline) string = tok.source.charCodeAt(token.start) === 13 ? '\r\n' : '\n';
        endCol++;
      } else if (type === NL && tok.implicitNewline) {
        string = '';
      }
    }
    return new TokenInfo(type, string, lineno, col, endLineno, endCol, line);
  }

  /** Code points from a line's start to an index: those behind the last index asked for are counted only. */
  private column(lineStart: number, index: number): number {
    const { tok, counted } = this;
    if (counted.lineno !== tok.lineno || counted.lineStart !== lineStart || counted.index > index) {
      counted.lineno = tok.lineno;
      counted.lineStart = counted.index = lineStart;
      counted.column = 0;
    }
    counted.column += codePointCount(tok.source, counted.index, index);
    counted.index = index;
    return counted.column;
  }
}

/**
 * The error for a `done` code in this module's words. Where CPython sets lineno and offset on an exception that has only
 * a message, `text` and `end_offset` are null. CPython: Python-tokenize.c:_tokenizer_error
 */
function iterError(tok: Tokenizer): PySyntaxError {
  const end = tok.source.length;
  const bytes = utf8Length(tok.source, tok.bufStart, end);
  let type: PySyntaxError['type'] = 'SyntaxError';
  let msg: string;
  switch (tok.done) {
    case E_EOF:
      msg = 'unexpected EOF in multi-line statement';
      return new PySyntaxError(type, msg, tok.filename, tok.lineno, bytes, null, tok.lineno, null);
    case E_DEDENT:
      type = 'IndentationError';
      msg = 'unindent does not match any outer indentation level';
      break;
    case E_TABSPACE:
      type = 'TabError';
      msg = 'inconsistent use of tabs and spaces in indentation';
      break;
    case E_TOODEEP:
      type = 'IndentationError';
      msg = 'too many levels of indentation';
      break;
    case E_LINECONT:
      msg = 'unexpected character after line continuation character';
      break;
    default:
      msg = 'unknown tokenization error';
  }
  const text = tok.source.slice(tok.bufStart, end - 1);
  return new PySyntaxError(type, msg, tok.filename, tok.lineno, byteToCharOffset(text, bytes), text, null, null);
}
