// errors.ts: how the front end reports what is wrong with a source text.   CPython: Parser/pegen_errors.c
//
// The front end knows no Python objects, so an error is plain data: which exception type it is to become, and the
// fields of a SyntaxError. Whoever called the parser turns it into the real exception.
// Invariant: `offset` and `end_offset` count characters (code points) from 1, as SyntaxError.offset does; a value of
// 0 is CPython's too (it means "the line, no column"). Columns of tokens and AST nodes count UTF-8 bytes from 0.

/** The Python exception that a front-end error becomes. */
export type PyErrorType =
  | 'SyntaxError'
  | 'IndentationError'
  | 'TabError'
  | '_IncompleteInputError'
  | 'UnicodeDecodeError'
  | 'ValueError'
  | 'OverflowError'
  | 'MemoryError'
  | 'RecursionError'
  | 'SystemError';

/**
 * Thrown by tokenizer, parser and compiler. It does not extend Error: no stack trace is captured, which makes
 * throwing cheap enough for code that tries inputs (`codeop`, the REPL).
 */
export class PySyntaxError {
  readonly type: PyErrorType;
  msg: string;
  filename: string | null;
  /** 1-based; null where the exception carries no location (`SyntaxError("message")`). */
  lineno: number | null;
  /** 1-based, in characters. */
  offset: number | null;
  end_lineno: number | null;
  end_offset: number | null;
  /** The source line, or null where CPython has none. */
  text: string | null;
  /** For UnicodeDecodeError: what is needed to build its five arguments; `offset` etc. are null then. */
  readonly unicode: UnicodeErrorInfo | null;
  /** What the parser was at; null for errors of others. CPython: SyntaxError._metadata */
  metadata: ParseMetadata | null = null;
  /** The exception is made of the message alone and told its place afterwards: its args do not have it. */
  toldLater = false;

  constructor(
    type: PyErrorType,
    msg: string,
    filename: string | null = null,
    lineno: number | null = null,
    offset: number | null = null,
    text: string | null = null,
    end_lineno: number | null = null,
    end_offset: number | null = null,
    unicode: UnicodeErrorInfo | null = null,
  ) {
    this.type = type;
    this.msg = msg;
    this.filename = filename;
    this.lineno = lineno;
    this.offset = offset;
    this.end_lineno = end_lineno;
    this.end_offset = end_offset;
    this.text = text;
    this.unicode = unicode;
  }

  toString(): string {
    const where = this.lineno === null ? '' : ` (${this.filename ?? '?'}, line ${this.lineno}, offset ${this.offset})`;
    return `${this.type}: ${this.msg}${where}`;
  }
}

/** Where the parser was when it met an error. CPython: Parser/pegen.c:_PyPegen_set_syntax_error_metadata */
export interface ParseMetadata {
  /** Start of the last compound statement that the second pass recognised; 0 if there is none. */
  readonly lineno: number;
  readonly col_offset: number;
  /** The text; null for a file, which can be read again. */
  readonly source: string | null;
  /** What the source's cookie names, if the source was bytes. */
  readonly encoding: string | null;
}

/** The arguments of a UnicodeDecodeError. `start` and `end` are byte positions in `object`. */
export interface UnicodeErrorInfo {
  readonly encoding: string;
  readonly object: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

export type WarningCategory = 'SyntaxWarning' | 'DeprecationWarning';

/**
 * Where the front end sends its warnings.
 *
 * Returns true if a filter turns this warning into an error: the front end then throws the SyntaxError that CPython
 * raises in its place (its text may differ from the warning's). The receiver may also throw by itself; what it throws
 * passes through tokenizer, parser and compiler unchanged.
 * Columns are UTF-8 byte offsets from 0, -1 where CPython knows none.
 */
export type WarnCallback = (
  category: WarningCategory,
  message: string,
  filename: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
) => boolean;
