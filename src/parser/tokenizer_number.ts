// tokenizer_number.ts: numeric literals.                          CPython: Parser/lexer/lexer.c (Number), verify_end_of_number
//
// Scans the literal only; its value is the parser's business. What follows a literal is checked too: a keyword is
// allowed with a warning (`1if x else y`), other letters are an error.
// Invariant: `tok.pos` is set before any error is made, because an error is placed at the reading position.
import { NUMBER, type Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { CHAR_FLAGS, codePointCount, HEX_DIGIT, ID_CONTINUE, isDigit, isNameChar } from './tokenizer_chars.ts';
import { syntaxError, syntaxErrorRange, warn } from './tokenizer_errors.ts';

/** A literal whose first character `c` (a digit, or a '.' before a digit) is at `pos`. */
export function scanNumber(tok: Tokenizer, pos: number, c: number): Token {
  const source = tok.source;
  let end: number;
  if (c === 48) {
    const d = source.charCodeAt(pos + 1);
    if (d === 120 || d === 88) end = scanHex(tok, pos + 1);
    else if (d === 111 || d === 79) end = scanSmallBase(tok, pos + 1, 56, 'octal');
    else if (d === 98 || d === 66) end = scanSmallBase(tok, pos + 1, 50, 'binary');
    else end = scanZero(tok, pos);
  } else if (c === 46) {
    end = scanFraction(tok, pos);
  } else {
    end = decimalTail(tok, pos + 1);
    end = scanFraction(tok, end);
  }
  tok.pos = end;
  return tok.makeToken(NUMBER, tok.tokenStart, end);
}

function isHexDigit(c: number): boolean {
  return c < 128 && (CHAR_FLAGS[c]! & HEX_DIGIT) !== 0;
}

/** `pos` is at the 'x'. Returns the end. */
function scanHex(tok: Tokenizer, pos: number): number {
  const source = tok.source;
  let c = source.charCodeAt(++pos);
  do {
    if (c === 95) c = source.charCodeAt(++pos);
    if (!isHexDigit(c)) throw invalid(tok, pos, 'hexadecimal');
    do c = source.charCodeAt(++pos);
    while (isHexDigit(c));
  } while (c === 95);
  verifyEnd(tok, pos, c, 'hexadecimal');
  return pos;
}

/** `pos` is at the 'o' or 'b'; digits are below the character code `limit`. Returns the end. */
function scanSmallBase(tok: Tokenizer, pos: number, limit: number, kind: string): number {
  const source = tok.source;
  let c = source.charCodeAt(++pos);
  do {
    if (c === 95) c = source.charCodeAt(++pos);
    if (!(c >= 48 && c < limit)) {
      if (isDigit(c)) throw invalidDigit(tok, pos, c, kind);
      throw invalid(tok, pos, kind);
    }
    do c = source.charCodeAt(++pos);
    while (c >= 48 && c < limit);
  } while (c === 95);
  if (isDigit(c)) throw invalidDigit(tok, pos, c, kind);
  verifyEnd(tok, pos, c, kind);
  return pos;
}

/** A literal that begins with '0' and has no base letter. */
function scanZero(tok: Tokenizer, start: number): number {
  const source = tok.source;
  let pos = start + 1;
  let c = source.charCodeAt(pos);
  for (;;) {
    if (c === 95) {
      c = source.charCodeAt(++pos);
      if (!isDigit(c)) throw invalid(tok, pos, 'decimal');
    }
    if (c !== 48) break;
    c = source.charCodeAt(++pos);
  }
  const zerosEnd = pos;
  if (isDigit(c)) {
    pos = decimalTail(tok, pos + 1);
    c = source.charCodeAt(pos);
    const isInt = c !== 46 && c !== 101 && c !== 69 && c !== 106 && c !== 74;
    if (isInt && !tok.extraTokens) {
      tok.pos = pos;
      const col = codePointCount(source, tok.lineStart, start);
      const msg = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
      throw syntaxErrorRange(tok, col + 1, col + 1 + zerosEnd - start, msg);
    }
  }
  return scanFraction(tok, pos);
}

/** From behind the integer part: fraction, exponent, 'j'. Returns the end. */
function scanFraction(tok: Tokenizer, pos: number): number {
  const source = tok.source;
  let c = source.charCodeAt(pos);
  if (c === 46) {
    c = source.charCodeAt(++pos);
    if (isDigit(c)) {
      pos = decimalTail(tok, pos + 1);
      c = source.charCodeAt(pos);
    }
  }
  if (c === 101 || c === 69) {
    let digits = pos + 1;
    c = source.charCodeAt(digits);
    if (c === 43 || c === 45) {
      c = source.charCodeAt(++digits);
      if (!isDigit(c)) throw invalid(tok, digits, 'decimal');
    } else if (!isDigit(c)) {
      // No exponent after all: the 'e' begins a keyword, or is an error.
      verifyEnd(tok, pos, source.charCodeAt(pos), 'decimal');
      return pos;
    }
    pos = decimalTail(tok, digits + 1);
    c = source.charCodeAt(pos);
  }
  if (c === 106 || c === 74) {
    c = source.charCodeAt(++pos);
    verifyEnd(tok, pos, c, 'imaginary');
  } else {
    verifyEnd(tok, pos, c, 'decimal');
  }
  return pos;
}

/** Digits with single underscores between them, from behind the first digit. CPython: lexer.c:tok_decimal_tail */
function decimalTail(tok: Tokenizer, pos: number): number {
  const source = tok.source;
  let c = source.charCodeAt(pos);
  for (;;) {
    while (c >= 48 && c <= 57) c = source.charCodeAt(++pos);
    if (c !== 95) return pos;
    c = source.charCodeAt(++pos);
    if (!isDigit(c)) throw invalid(tok, pos, 'decimal');
  }
}

function invalid(tok: Tokenizer, pos: number, kind: string): unknown {
  tok.pos = pos;
  return syntaxError(tok, `invalid ${kind} literal`);
}

function invalidDigit(tok: Tokenizer, pos: number, c: number, kind: string): unknown {
  tok.pos = pos + 1;
  return syntaxError(tok, `invalid digit '${String.fromCharCode(c)}' in ${kind} literal`);
}

/** The literal ends at `pos`, where `c` is. CPython: lexer.c:verify_end_of_number */
function verifyEnd(tok: Tokenizer, pos: number, c: number, kind: string): void {
  if (!(c < 128) || (CHAR_FLAGS[c]! & ID_CONTINUE) === 0 || tok.extraTokens) return;
  tok.pos = pos;
  if (!keywordFollows(tok.source, pos, c)) throw syntaxError(tok, `invalid ${kind} literal`);
  warn(tok, 'SyntaxWarning', `invalid ${kind} literal`, `invalid ${kind} literal`);
}

/** Is there one of the keywords that may follow a number: and else for if in is or not? */
function keywordFollows(source: string, pos: number, c: number): boolean {
  switch (c) {
    case 97:
      return isWord(source, pos, 'and');
    case 101:
      return isWord(source, pos, 'else');
    case 102:
      return isWord(source, pos, 'for');
    case 110:
      return isWord(source, pos, 'not');
    case 111:
      return isWord(source, pos, 'or');
    case 105: {
      // CPython does not look behind these two letters.
      const d = source.charCodeAt(pos + 1);
      return d === 102 || d === 110 || d === 115;
    }
    default:
      return false;
  }
}

function isWord(source: string, pos: number, word: string): boolean {
  return source.startsWith(word, pos) && !isNameChar(source.charCodeAt(pos + word.length));
}
