// tokenizer_operators.ts: operators and brackets, the longest that fits.   CPython: Parser/token.c
//
// Invariant: what is returned for a character that begins no operator is OP with length 1 ('$', '?', '`' and control
// characters); the tokenizer and the parser say what is wrong with it.
import {
  AMPER,
  AMPEREQUAL,
  AT,
  ATEQUAL,
  CIRCUMFLEX,
  CIRCUMFLEXEQUAL,
  COLON,
  COLONEQUAL,
  COMMA,
  DOT,
  DOUBLESLASH,
  DOUBLESLASHEQUAL,
  DOUBLESTAR,
  DOUBLESTAREQUAL,
  ELLIPSIS,
  EQEQUAL,
  EQUAL,
  EXCLAMATION,
  GREATER,
  GREATEREQUAL,
  LBRACE,
  LEFTSHIFT,
  LEFTSHIFTEQUAL,
  LESS,
  LESSEQUAL,
  LPAR,
  LSQB,
  MINEQUAL,
  MINUS,
  NOTEQUAL,
  OP,
  PERCENT,
  PERCENTEQUAL,
  PLUS,
  PLUSEQUAL,
  RARROW,
  RBRACE,
  RIGHTSHIFT,
  RIGHTSHIFTEQUAL,
  RPAR,
  RSQB,
  SEMI,
  SLASH,
  SLASHEQUAL,
  STAR,
  STAREQUAL,
  TILDE,
  VBAR,
  VBAREQUAL,
} from './token.ts';

/** The operator at `pos`, whose first character is `c`: its token type times 4 plus its length. */
export function operatorAt(source: string, pos: number, c: number, barryAsBdfl: boolean): number {
  const d = source.charCodeAt(pos + 1);
  switch (c) {
    case 40: // (
      return (LPAR << 2) | 1;
    case 41: // )
      return (RPAR << 2) | 1;
    case 91: // [
      return (LSQB << 2) | 1;
    case 93: // ]
      return (RSQB << 2) | 1;
    case 123: // {
      return (LBRACE << 2) | 1;
    case 125: // }
      return (RBRACE << 2) | 1;
    case 46: // .
      if (d === 46 && source.charCodeAt(pos + 2) === 46) return (ELLIPSIS << 2) | 3;
      return (DOT << 2) | 1;
    case 44: // ,
      return (COMMA << 2) | 1;
    case 58: // :
      if (d === 61) return (COLONEQUAL << 2) | 2;
      return (COLON << 2) | 1;
    case 59: // ;
      return (SEMI << 2) | 1;
    case 61: // =
      if (d === 61) return (EQEQUAL << 2) | 2;
      return (EQUAL << 2) | 1;
    case 43: // +
      if (d === 61) return (PLUSEQUAL << 2) | 2;
      return (PLUS << 2) | 1;
    case 45: // -
      if (d === 61) return (MINEQUAL << 2) | 2;
      if (d === 62) return (RARROW << 2) | 2;
      return (MINUS << 2) | 1;
    case 42: // *
      if (d === 42) {
        return source.charCodeAt(pos + 2) === 61 ? (DOUBLESTAREQUAL << 2) | 3 : (DOUBLESTAR << 2) | 2;
      }
      if (d === 61) return (STAREQUAL << 2) | 2;
      return (STAR << 2) | 1;
    case 47: // /
      if (d === 61) return (SLASHEQUAL << 2) | 2;
      if (d === 47) {
        return source.charCodeAt(pos + 2) === 61 ? (DOUBLESLASHEQUAL << 2) | 3 : (DOUBLESLASH << 2) | 2;
      }
      return (SLASH << 2) | 1;
    case 37: // %
      if (d === 61) return (PERCENTEQUAL << 2) | 2;
      return (PERCENT << 2) | 1;
    case 60: // <
      if (d === 61) return (LESSEQUAL << 2) | 2;
      if (d === 60) {
        return source.charCodeAt(pos + 2) === 61 ? (LEFTSHIFTEQUAL << 2) | 3 : (LEFTSHIFT << 2) | 2;
      }
      if (d === 62 && barryAsBdfl) return (NOTEQUAL << 2) | 2;
      return (LESS << 2) | 1;
    case 62: // >
      if (d === 61) return (GREATEREQUAL << 2) | 2;
      if (d === 62) {
        return source.charCodeAt(pos + 2) === 61 ? (RIGHTSHIFTEQUAL << 2) | 3 : (RIGHTSHIFT << 2) | 2;
      }
      return (GREATER << 2) | 1;
    case 33: // !
      if (d === 61) return (NOTEQUAL << 2) | 2;
      return (EXCLAMATION << 2) | 1;
    case 38: // &
      if (d === 61) return (AMPEREQUAL << 2) | 2;
      return (AMPER << 2) | 1;
    case 124: // |
      if (d === 61) return (VBAREQUAL << 2) | 2;
      return (VBAR << 2) | 1;
    case 94: // ^
      if (d === 61) return (CIRCUMFLEXEQUAL << 2) | 2;
      return (CIRCUMFLEX << 2) | 1;
    case 126: // ~
      return (TILDE << 2) | 1;
    case 64: // @
      if (d === 61) return (ATEQUAL << 2) | 2;
      return (AT << 2) | 1;
    default:
      return (OP << 2) | 1;
  }
}
