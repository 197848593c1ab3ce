// tokenizer.ts: source text to tokens, pulled one at a time.     CPython: Parser/lexer/lexer.c, Parser/tokenizer/
//
// API (being filled in):
//   new Tokenizer(source, options)   source: str already decoded (source.ts), newlines of any kind
//   next(): Token                    throws PySyntaxError; after ENDMARKER it returns ENDMARKER again
//   source                           the text that Token.start/end point into (newlines are '\n', final newline added)
import type { PySyntaxError, WarnCallback } from './errors.ts';
import type { Token } from './token.ts';

/** Why the tokenizer stopped. CPython: Include/errcode.h (the numbers are the same). */
export const E_OK = 10;
export const E_EOF = 11;
export const E_ERROR = 17;
export const E_TABSPACE = 18;
export const E_TOODEEP = 20;
export const E_DEDENT = 21;
export const E_EOFS = 23;
export const E_EOLS = 24;
export const E_LINECONT = 25;

export interface TokenizerOptions {
  filename?: string | null;
  /** Add a newline at the end of the text if there is none: parse mode 'exec' only. */
  execInput?: boolean;
  /** Return TYPE_COMMENT and TYPE_IGNORE tokens. */
  typeComments?: boolean;
  /** The `tokenize` module's mode: COMMENT and NL tokens, operators not checked for balance. */
  extraTokens?: boolean;
  /** The declared encoding; null for bytes without cookie and BOM (error columns are bytes then, as in CPython). */
  encoding?: string | null;
  warn?: WarnCallback;
  /** A line of the file on disk, with its newline; tried first for the text of parser errors in mode 'exec'. */
  programText?: (filename: string, lineno: number) => string | null;
}

export declare class Tokenizer {
  readonly source: string;
  readonly filename: string | null;
  readonly encoding: string | null;
  /** E_OK while running, else why it stopped. */
  done: number;
  /** Line of the last character read. */
  lineno: number;
  /** Open brackets: `level` of them; parallel stacks of the bracket, its line, its byte column. */
  level: number;
  readonly parenStack: string[];
  readonly parenLinenoStack: number[];
  readonly parenColStack: number[];
  /** Depth of the indentation stack. */
  indent: number;
  constructor(source: string, options?: TokenizerOptions);
  next(): Token;
  /** At the end of 'single' input: closes all indentation, so that DEDENTs come before ENDMARKER. */
  implyDedents(): void;
  /** 'f' or 't': the kind of string literal being read, for messages. */
  stringPrefix(): 'f' | 't';
  /** True inside an f- or t-string. */
  insideFString(): boolean;
  /** The line that a SyntaxError at `lineno` quotes. CPython: pegen_errors.c:_PyPegen_raise_error_known_location */
  errorText(lineno: number): string;
  /** A SyntaxError at byte columns (from 0; -1 for no end), as RAISE_ERROR_KNOWN_LOCATION makes it. */
  errorAt(
    type: PySyntaxError['type'],
    msg: string,
    lineno: number,
    col_offset: number,
    end_lineno: number,
    end_col_offset: number,
  ): PySyntaxError;
}
