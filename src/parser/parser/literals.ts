// literals.ts: numbers and strings, from a token to a constant.    CPython: Parser/pegen.c:parsenumber, Parser/string_parser.c
//
// Both parsers build literals here. A literal that is wrong throws StringLiteralError, which has no location: the exact
// parser knows where the error belongs. An invalid escape sequence is warned about here.
import { Complex, type Constant as ConstantValue, SurrogateStr } from '../constants.ts';
import {
  decodeEscapes,
  type InvalidEscape,
  invalidEscapeMessages,
  parseStringLiteral,
  StringLiteralError,
} from '../string_literals.ts';
import { FSTRING_END, FSTRING_MIDDLE, type Token } from '../token.ts';
import type { ParserContext } from './context.ts';

/** The value of a NUMBER token. CPython: Parser/pegen.c:_PyPegen_number_token */
export function parseNumber(ctx: ParserContext, token: Token): ConstantValue {
  let text = token.source.slice(token.start, token.end);
  if (text.length === 1) return BigInt(text.charCodeAt(0) - 48);
  if (text.includes('_')) {
    if (ctx.featureVersion < 6) {
      throw new StringLiteralError(
        'syntax',
        'Underscores in numeric literals are only supported in Python 3.6 and greater',
      );
    }
    text = text.replaceAll('_', '');
  }
  const last = text.charCodeAt(text.length - 1) | 32;
  const second = text.charCodeAt(1) | 32;
  if (text.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)) return BigInt(text);
  if (last === 106) return new Complex(0, Number(text.slice(0, -1)));
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return Number(text);
  }
  const limit = ctx.intMaxStrDigits;
  if (limit > 0 && text.length > limit) {
    throw new StringLiteralError(
      'syntax',
      `Exceeds the limit (${limit} digits) for integer string conversion: value has ${text.length} digits; use ` +
        'sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid ' +
        'decimal conversion limits.',
    );
  }
  return BigInt(text);
}

/** The value of a STRING token. CPython: Parser/string_parser.c:_PyPegen_parse_string */
export function parseString(ctx: ParserContext, token: Token): string | SurrogateStr | Uint8Array {
  const { source, start, end } = token;
  const quote = source.charCodeAt(start);
  if (quote === 34 || quote === 39) {
    // By far the most: no prefix, no escape.
    const isTriple =
      end - start >= 6 && source.charCodeAt(start + 1) === quote && source.charCodeAt(start + 2) === quote;
    const content = isTriple ? source.slice(start + 3, end - 3) : source.slice(start + 1, end - 1);
    if (!content.includes('\\')) return content;
  }
  const text = source.slice(start, end);
  const literal = parseStringLiteral(text, ctx.unicodeName);
  const invalid = literal.invalidEscape;
  if (invalid !== null) {
    const size = text.endsWith(text[literal.contentStart - 1]!.repeat(3)) && literal.contentStart > 2 ? 3 : 1;
    warnInvalidEscape(ctx, text.slice(literal.contentStart, text.length - size), invalid, token);
  }
  return literal.value;
}

/** The text of an FSTRING_MIDDLE or TSTRING_MIDDLE token. CPython: Parser/string_parser.c:_PyPegen_decode_string */
export function decodeMiddle(ctx: ParserContext, raw: boolean, text: string, token: Token): string | SurrogateStr {
  if (raw || !text.includes('\\')) return text;
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) {
    // A backslash before a field's brace stands for itself.
    return concatStr([decodeMiddle(ctx, false, text.slice(0, -1), token), '\\']);
  }
  const decoded = decodeEscapes(text, ctx.unicodeName);
  if (decoded.invalidEscape !== null) warnInvalidEscape(ctx, text, decoded.invalidEscape, token);
  return decoded.value;
}

/** UTF-8 length as CPython's buffer has it, where a non-ASCII character is spelt as a ten-character escape. */
function bufferLength(text: string, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c < 128) n++;
    else if (c < 0xdc00 || c > 0xdfff) n += i > 0 && text.charCodeAt(i - 1) === 92 ? 15 : 10;
  }
  return n;
}

/** CPython: Parser/string_parser.c:warn_invalid_escape_sequence */
function warnInvalidEscape(ctx: ParserContext, content: string, invalid: InvalidEscape, token: Token): void {
  const shown = invalid.escape;
  if ((token.type === FSTRING_MIDDLE || token.type === FSTRING_END) && (shown === '{' || shown === '}')) return;
  if (ctx.muted) return;
  if (ctx.skipWarnings > 0) {
    ctx.skipWarnings--;
    return;
  }
  ctx.warnings++;
  const at = invalid.offset + 1;
  const newline = content.lastIndexOf('\n', at - 1);
  let { lineno } = token;
  let col: number;
  if (newline >= 0) {
    for (let i = newline; i >= 0; i = content.lastIndexOf('\n', i - 1)) {
      lineno++;
      if (i === 0) break;
    }
    col = bufferLength(content, newline + 1, at);
  } else {
    col = token.col_offset + bufferLength(content, 0, at);
    const first = token.source[token.start]!;
    if (first === '"' || first === "'") {
      for (let i = token.start; i < token.end; i++) {
        const c = token.source[i];
        if (c !== '"' && c !== "'") break;
        if (c === first) col++;
      }
    }
  }
  const messages = invalidEscapeMessages(shown);
  const category = ctx.featureVersion >= 12 ? 'SyntaxWarning' : 'DeprecationWarning';
  if (!ctx.warn(category, messages.warning, lineno, col, col + 1)) return;
  ctx.knownErrToken = token;
  throw ctx.errorAt('SyntaxError', messages.error, lineno, col - 1, lineno, col + 1);
}

/** Joins str constants, surrogates or not. */
export function concatStr(parts: readonly (string | SurrogateStr)[]): string | SurrogateStr {
  if (parts.every(part => typeof part === 'string')) return parts.join('');
  const points: number[] = [];
  for (const part of parts) {
    if (typeof part === 'string') for (const ch of part) points.push(ch.codePointAt(0)!);
    else points.push(...part.points);
  }
  return new SurrogateStr(points);
}
