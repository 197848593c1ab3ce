// chars.ts: classes and cases of characters, as regular expressions see them.          CPython: Modules/_sre/sre.c

import {
  ALNUM,
  char_flags,
  DECIMAL,
  is_linebreak,
  is_space,
  to_lower,
  to_upper,
} from '../../objects/unicodeobject/ctype.ts';

export function lower_ascii(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}
export function lower_unicode(c: number): number {
  return to_lower(c);
}
export function upper_unicode(c: number): number {
  return to_upper(c);
}
/** The locale is always "C" here, where only ASCII letters have cases. */
export function lower_locale(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}
export function upper_locale(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}
/** Whether a character equals the pattern's one in either case. CPython: char_loc_ignore */
export function char_loc_ignore(pattern: number, c: number): boolean {
  return c === pattern || lower_locale(c) === pattern || upper_locale(c) === pattern;
}

export function is_word_ascii(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}
export function is_word_unicode(c: number): boolean {
  return c < 128 ? is_word_ascii(c) : (char_flags(c) & ALNUM) !== 0;
}
function is_space_ascii(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

/** CPython: sre_category */
export function in_category(category: number, c: number): boolean {
  switch (category) {
    case 0: // DIGIT
      return c >= 48 && c <= 57;
    case 1:
      return !(c >= 48 && c <= 57);
    case 2: // SPACE
      return is_space_ascii(c);
    case 3:
      return !is_space_ascii(c);
    case 4: // WORD
    case 8: // LOC_WORD
      return is_word_ascii(c);
    case 5:
    case 9:
      return !is_word_ascii(c);
    case 6: // LINEBREAK
      return c === 10;
    case 7:
      return c !== 10;
    case 10: // UNI_DIGIT
      return c < 128 ? c >= 48 && c <= 57 : (char_flags(c) & DECIMAL) !== 0;
    case 11:
      return !(c < 128 ? c >= 48 && c <= 57 : (char_flags(c) & DECIMAL) !== 0);
    case 12: // UNI_SPACE
      return is_space(c);
    case 13:
      return !is_space(c);
    case 14: // UNI_WORD
      return is_word_unicode(c);
    case 15:
      return !is_word_unicode(c);
    case 16: // UNI_LINEBREAK
      return is_linebreak(c);
    case 17:
      return !is_linebreak(c);
    default:
      return false;
  }
}
