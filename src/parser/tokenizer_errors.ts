// tokenizer_errors.ts: the tokenizer's errors and warnings, with the positions CPython gives them.
//                                                                CPython: Parser/tokenizer/helpers.c, Parser/pegen_errors.c
//
// There are two kinds. A *lexical* error (syntaxError) is located by the reading position: line, characters read in it,
// text without newline. A *state* error (stateError: tabs, dedents, end of input …) is only a code in `done`; the parser
// words it, and so does TokenizerIter, differently.
// Invariant: every function here that returns an error has set tok.done to something other than E_OK.

import { E_DEDENT, E_EOF, E_ERROR, E_LINECONT, E_TABSPACE, E_TOODEEP } from './errcode.ts';
import { PySyntaxError, type WarningCategory } from './errors.ts';
import type { Tokenizer } from './tokenizer.ts';
import { byteToCharOffset, codePointCount, utf8Length } from './tokenizer_chars.ts';

/** The text of the line that begins at `start`, without its newline. */
function lineFrom(source: string, start: number): string {
  const end = source.indexOf('\n', start);
  return end < 0 ? source.slice(start) : source.slice(start, end);
}

/** A SyntaxError at the reading position. CPython: helpers.c:_PyTokenizer_syntaxerror */
export function syntaxError(tok: Tokenizer, msg: string): PySyntaxError {
  const offset = codePointCount(tok.source, tok.lineStart, tok.pos);
  return syntaxErrorRange(tok, offset, offset, msg);
}

/** A SyntaxError in the current line, offsets in characters from 1. CPython: _PyTokenizer_syntaxerror_known_range */
export function syntaxErrorRange(
  tok: Tokenizer,
  offset: number,
  endOffset: number,
  msg: string,
  text: string = lineFrom(tok.source, tok.lineStart),
): PySyntaxError {
  tok.done = E_ERROR;
  return new PySyntaxError('SyntaxError', msg, tok.filename, tok.lineno, offset, text, tok.lineno, endOffset);
}

/** Sends a warning; throws if a filter makes it an error. CPython: helpers.c:_PyTokenizer_parser_warn */
export function warn(tok: Tokenizer, category: WarningCategory, msg: string, errorMsg: string): void {
  if (tok.warn === null || !tok.reportWarnings) return;
  if (tok.warn(category, msg, tok.filename, tok.lineno, -1, tok.lineno, -1)) throw syntaxError(tok, errorMsg);
}

/** CPython: helpers.c:_PyTokenizer_warn_invalid_escape_sequence */
export function warnInvalidEscape(tok: Tokenizer, ch: string): void {
  const what = `"\\${ch}" is an invalid escape sequence.`;
  const advice = `Did you mean "\\\\${ch}"? A raw string is also an option.`;
  warn(tok, 'SyntaxWarning', `${what} Such sequences will not work in the future. ${advice}`, `${what} ${advice}`);
}

/**
 * The line a parser error at `lineno` quotes; with its newline if it is the line being read. CPython: pegen_errors.c:_PyPegen_raise_error_known_location, get_error_line_from_tokenizer_buffers
 */
export function errorText(tok: Tokenizer, lineno: number): string {
  if (tok.programText !== null && tok.filename !== null) {
    const line = tok.programText(tok.filename, lineno);
    if (line !== null) return line;
  }
  const source = tok.source;
  const inp = tok.lineEnd();
  if (!tok.interactive && tok.lineno <= lineno && inp > tok.bufStart) return source.slice(tok.lineStart, inp);
  let start = 0;
  for (let i = 1; i < lineno; i++) {
    const newline = source.indexOf('\n', start);
    if (newline < 0 || newline + 1 > inp) break;
    start = newline + 1;
  }
  return lineFrom(source, start);
}

/** CPython: pegen.h:RAISE_ERROR_KNOWN_LOCATION. Byte columns from 0; an end column of -1 is "no end". */
export function errorAt(
  tok: Tokenizer,
  type: PySyntaxError['type'],
  msg: string,
  lineno: number,
  col: number,
  endLineno: number,
  endCol: number,
): PySyntaxError {
  return rawErrorAt(tok, type, msg, lineno, col + 1, endLineno, endCol + 1);
}

/** CPython: pegen_errors.c:_PyPegen_raise_error_known_location. Byte columns from 1, 0 or -1 for none. */
export function rawErrorAt(
  tok: Tokenizer,
  type: PySyntaxError['type'],
  msg: string,
  lineno: number,
  col: number,
  endLineno: number,
  endCol: number,
): PySyntaxError {
  const text = errorText(tok, lineno);
  const offset = byteToCharOffset(text, col);
  const endOffset = byteToCharOffset(text, endCol);
  return new PySyntaxError(type, msg, tok.filename, lineno, offset, text, endLineno, endOffset);
}

/** The error for an open bracket at the end of input. CPython: pegen_errors.c:_PyPegen_raise_unclosed_parentheses_error */
export function unclosedParenthesis(tok: Tokenizer): PySyntaxError {
  const top = tok.level - 1;
  const line = tok.parenLinenoStack[top]!;
  return errorAt(
    tok,
    'SyntaxError',
    `'${tok.parenStack[top]}' was never closed`,
    line,
    tok.parenColStack[top]!,
    line,
    -1,
  );
}

/** The error that the parser makes of tok.done. CPython: pegen_errors.c:_Pypegen_tokenizer_error */
export function stateError(tok: Tokenizer): PySyntaxError {
  const lineno = tok.lineno;
  switch (tok.done) {
    case E_EOF: {
      if (tok.level > 0) return unclosedParenthesis(tok);
      const col = tok.emptied ? 0 : utf8Length(tok.source, tok.lineStart, tok.pos);
      return rawErrorAt(tok, 'SyntaxError', 'unexpected EOF while parsing', lineno, col, lineno, -1);
    }
    case E_DEDENT: {
      const msg = 'unindent does not match any outer indentation level';
      const col = utf8Length(tok.source, tok.lineStart, tok.pos);
      return rawErrorAt(tok, 'IndentationError', msg, lineno, col, lineno, -1);
    }
    case E_TABSPACE:
      return errorAt(tok, 'TabError', 'inconsistent use of tabs and spaces in indentation', lineno, 0, lineno, -1);
    case E_TOODEEP:
      return errorAt(tok, 'IndentationError', 'too many levels of indentation', lineno, 0, lineno, -1);
    case E_LINECONT: {
      const col = utf8Length(tok.source, tok.bufStart, tok.pos) - 1;
      const msg = 'unexpected character after line continuation character';
      return errorAt(tok, 'SyntaxError', msg, lineno, Math.max(col, 0), lineno, -1);
    }
    default:
      return errorAt(tok, 'SyntaxError', 'unknown parsing error', lineno, 0, lineno, -1);
  }
}
