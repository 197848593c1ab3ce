// tokenizer_fstring.ts: f- and t-strings as START, MIDDLE … END tokens (PEP 701, PEP 750).
//                                                                CPython: Parser/lexer/lexer.c:tok_get_fstring_mode
//
// An f-string is a stack of two alternating states: the literal part, read here as MIDDLE tokens, and the expression
// between braces, read by the regular tokenizer. A format spec is literal text again, one nesting deeper.
// Invariant: exprDepth is how many of the `depth` open brackets of this string began an expression, minus one
// (-1: in the outermost literal part); `{` of a literal raises it, the matching `}` lowers it.
// Enter through: startStringMode at the opening quote, nextInLiteral while mode.inLiteral.

import { E_EOFS, E_ERROR } from './errcode.ts';
import type { PySyntaxError } from './errors.ts';
import {
  FSTRING_END,
  FSTRING_MIDDLE,
  FSTRING_START,
  type Token,
  TSTRING_END,
  TSTRING_MIDDLE,
  TSTRING_START,
} from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { syntaxError, warnInvalidEscape } from './tokenizer_errors.ts';

/** CPython: Parser/lexer/state.h:MAXFSTRINGLEVEL (the outermost level is the file), MAX_EXPR_NESTING */
const MAXFSTRINGLEVEL = 150;
const MAX_EXPR_NESTING = 3;

/** An f- or t-string that is open. */
export class StringMode {
  readonly outer: StringMode | null;
  /** How many strings are open, this one included. */
  readonly level: number;
  /** Code of the quote character. */
  readonly quote: number;
  readonly quoteSize: number;
  readonly isRaw: boolean;
  readonly isTemplate: boolean;
  /** Where it begins: offset of its prefix, start and number of that line. */
  readonly start: number;
  readonly lineStart: number;
  readonly lineno: number;
  /** Reading literal text (or a format spec), not an expression. */
  inLiteral = true;
  inFormatSpec = false;
  /** An '=' was seen at the top level of the expression. */
  inDebug = false;
  /** Brackets of all kinds that are open in this string. */
  depth = 0;
  exprDepth = -1;
  /** The expression being read is source[exprStart:exprEnd]; -1 while unknown. */
  exprStart = -1;
  exprEnd = -1;

  constructor(tok: Tokenizer, prefix: string, quote: number, quoteSize: number) {
    this.outer = tok.mode;
    this.level = tok.mode === null ? 1 : tok.mode.level + 1;
    this.quote = quote;
    this.quoteSize = quoteSize;
    this.isRaw = prefix.includes('r');
    this.isTemplate = prefix.includes('t');
    this.start = tok.tokenStart;
    this.lineStart = tok.lineStart;
    this.lineno = tok.lineno;
  }
}

/** The opening quote at `pos` of a string whose prefix began the current token. */
export function startStringMode(tok: Tokenizer, prefix: string, pos: number, quote: number): Token {
  const source = tok.source;
  const isTriple = source.charCodeAt(pos + 1) === quote && source.charCodeAt(pos + 2) === quote;
  tok.pos = pos + (isTriple ? 3 : 1);
  const mode = new StringMode(tok, prefix, quote, isTriple ? 3 : 1);
  if (mode.level >= MAXFSTRINGLEVEL) throw syntaxError(tok, 'too many nested f-strings or t-strings');
  tok.mode = mode;
  return tok.makeToken(mode.isTemplate ? TSTRING_START : FSTRING_START, tok.tokenStart, tok.pos);
}

function openExpression(tok: Tokenizer, mode: StringMode): void {
  mode.exprDepth++;
  if (mode.exprDepth >= MAX_EXPR_NESTING) {
    throw syntaxError(tok, `${tok.stringPrefix()}-string: expressions nested too deeply`);
  }
  mode.inLiteral = false;
}

/** A '}' has been read in the expression part. Called with the bracket already counted out of `depth`. */
export function closeBrace(mode: StringMode): void {
  if (mode.depth !== mode.exprDepth) return;
  mode.exprDepth--;
  mode.inLiteral = true;
  mode.inFormatSpec = false;
  mode.inDebug = false;
}

/** MIDDLE or END; null if an expression begins right here. */
export function nextInLiteral(tok: Tokenizer, mode: StringMode): Token | null {
  if (tok.pos >= tok.source.length && !tok.beginLine(true)) throw unterminated(tok, mode, true);
  let source = tok.source;
  const start = tok.pos;
  tok.beginToken(start);
  if (source.charCodeAt(start) === 123 && source.charCodeAt(start + 1) !== 123) {
    openExpression(tok, mode);
    return null;
  }
  let quotes = 0;
  while (quotes < mode.quoteSize && source.charCodeAt(start + quotes) === mode.quote) quotes++;
  if (quotes === mode.quoteSize) {
    tok.pos = start + quotes;
    tok.mode = mode.outer;
    return tok.makeToken(mode.isTemplate ? TSTRING_END : FSTRING_END, start, tok.pos);
  }

  const middle = mode.isTemplate ? TSTRING_MIDDLE : FSTRING_MIDDLE;
  let pos = start;
  let inNameEscape = false;
  quotes = 0;
  while (quotes < mode.quoteSize) {
    let c = source.charCodeAt(pos++);
    if (c === mode.quote) {
      quotes++;
      continue;
    }
    quotes = 0;
    const inSpec = mode.inFormatSpec && mode.exprDepth >= 0;
    if (c === 123) {
      mode.exprStart = pos;
      mode.exprEnd = -1;
      if (source.charCodeAt(pos) !== 123 || inSpec) {
        tok.pos = pos - 1;
        openExpression(tok, mode);
        mode.inFormatSpec = false;
        return tok.makeToken(middle, start, tok.pos);
      }
      tok.pos = pos + 1;
      return tok.makeToken(middle, start, pos);
    }
    if (c === 125) {
      if (inNameEscape) {
        tok.pos = pos;
        return tok.makeToken(middle, start, pos);
      }
      if (source.charCodeAt(pos) === 125 && !inSpec && mode.depth === 0) {
        tok.pos = pos + 1;
        return tok.makeToken(middle, start, pos);
      }
      tok.pos = pos - 1;
      mode.inLiteral = false;
      mode.inFormatSpec = false;
      return tok.makeToken(middle, start, tok.pos);
    }
    if (c === 92) {
      c = source.charCodeAt(pos++);
      if (c === 13) c = source.charCodeAt(pos++);
      if (c === 123 || c === 125) {
        // A backslash does not escape a brace: read the brace again as what it is.
        if (!mode.isRaw) {
          tok.pos = pos;
          warnInvalidEscape(tok, String.fromCharCode(c));
        }
        pos--;
        continue;
      }
      if (c === 78 && !mode.isRaw) {
        // \N{NAME}: these braces are no expression.
        if (source.charCodeAt(pos) === 123) {
          pos++;
          inNameEscape = true;
        }
        continue;
      }
    } else if (c === 10 && mode.quoteSize === 1) {
      tok.pos = pos;
      if (inSpec) {
        const prefix = tok.stringPrefix();
        const msg = `${prefix}-string: newlines are not allowed in format specifiers for single quoted ${prefix}-strings`;
        throw syntaxError(tok, msg);
      }
      throw unterminated(tok, mode, false);
    }
    if (c === 10) {
      tok.pos = pos;
      const more = tok.beginLine(true);
      source = tok.source;
      if (!more) throw unterminated(tok, mode, true);
    } else if (!(c >= 0)) {
      tok.pos = source.length;
      throw unterminated(tok, mode, true);
    }
  }
  // The closing quotes are the next token.
  tok.pos = pos - quotes;
  return tok.makeToken(middle, start, tok.pos);
}

/** The error for a string without end; it points to the string's first character. */
function unterminated(tok: Tokenizer, mode: StringMode, atEnd: boolean): PySyntaxError {
  const detected = tok.lineno;
  tok.pos = mode.start + 1;
  tok.lineStart = mode.lineStart;
  tok.lineno = mode.lineno;
  const kind = `${tok.stringPrefix()}-string`;
  const triple = mode.quoteSize === 3 ? 'triple-quoted ' : '';
  const error = syntaxError(tok, `unterminated ${triple}${kind} literal (detected at line ${detected})`);
  tok.done = mode.quoteSize === 3 && atEnd ? E_EOFS : E_ERROR;
  return error;
}

/**
 * At '{', ':', '!' or '}' (just read, code `c`) inside an expression part: notes where the expression begins or ends.
 * Returns its text for the token if somebody will ask for it: after `=`, and in t-strings.
 * CPython: lexer.c:_PyLexer_update_ftstring_expr, set_ftstring_expr
 */
export function markExpression(tok: Tokenizer, mode: StringMode, c: number): string | null {
  const depth = mode.depth - (c === 123 ? 0 : 1);
  if (!(depth === 0 || (depth === 1 && (mode.inDebug || mode.inFormatSpec)))) return null;
  if (c === 123) {
    mode.exprStart = tok.pos;
    mode.exprEnd = -1;
    return null;
  }
  if (mode.exprEnd < 0) mode.exprEnd = tok.tokenStart;
  if (!mode.inDebug && !mode.isTemplate) return null;
  return withoutComments(tok.source.slice(mode.exprStart, mode.exprEnd));
}

/**
 * An expression's text without its comments. Quotes are followed only as far as CPython follows them: each one toggles,
 * which is right for every kind of literal because triple quotes come in threes.
 */
function withoutComments(text: string): string {
  if (!hasComment(text)) return text;
  let result = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const ch = text[i]!;
    if (ch === '#' && quote === '') {
      i = text.indexOf('\n', i);
      if (i < 0) return result;
      result += '\n';
      continue;
    }
    result += ch;
    if (ch === '\\' && i + 1 < text.length) {
      result += text[++i]!;
    } else if (ch === '"' || ch === "'") {
      if (quote === '') quote = ch;
      else if (quote === ch) quote = '';
    }
  }
  return result;
}

/** Is there a '#' outside of quotes? Here a backslash hides the character after it. */
function hasComment(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const ch = text[i]!;
    if (ch === '\\') {
      i++;
    } else if (ch === '"' || ch === "'") {
      if (quote === '') quote = ch;
      else if (quote === ch) quote = '';
    } else if (ch === '#' && quote === '') {
      return true;
    }
  }
  return false;
}
