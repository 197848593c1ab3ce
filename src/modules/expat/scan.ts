// scan.ts: the tokens of XML.                                              CPython: Modules/expat/xmltok.c, xmltok_impl.c
//
// A scanner looks at text from a place on, says what token stands there and leaves its end in `next`. It remembers nothing
// between tokens: where the text ends too early (PARTIAL), the same place is scanned again when there is more.

import { BAD, char_table, NAME, NAME_START, SPACE } from './chars.ts';

/** Nothing is left. */
export const NONE = 0;
/** `next` is where no token can go on. */
export const INVALID = -1;
export const PARTIAL = -2;
/** At the end, so that what follows may change it: '\r', ']'. */
export const TRAILING_CR = -3;
export const TRAILING_RSQB = -4;

export const START_TAG = 1;
export const EMPTY_TAG = 2;
export const END_TAG = 3;
export const DATA = 4;
export const NEWLINE = 5;
export const CDATA_OPEN = 6;
export const CDATA_CLOSE = 7;
export const ENTITY_REF = 8;
export const CHAR_REF = 9;
export const PI = 10;
export const XML_DECL = 11;
export const COMMENT = 12;
export const PROLOG_S = 13;
export const DECL_OPEN = 14;
export const DECL_CLOSE = 15;
export const NAME_TOKEN = 16;
export const NMTOKEN = 17;
export const POUND_NAME = 18;
export const OR = 19;
export const PERCENT = 20;
export const OPEN_PAREN = 21;
/** With what follows: ')', ')?', ')*', ')+'. */
export const CLOSE_PAREN = 22;
export const OPEN_BRACKET = 23;
export const CLOSE_BRACKET = 24;
export const LITERAL = 25;
export const PARAM_ENTITY_REF = 26;
export const INSTANCE_START = 27;
/** A name with '?', '*' or '+' behind it. */
export const NAME_QUANTIFIED = 28;
export const COND_SECT_OPEN = 29;
export const COND_SECT_CLOSE = 30;
export const COMMA = 31;

/** From here on what stands for bytes that are no characters (input.ts); the last of a text. */
const BAD_SEQUENCE = 0xfffe;
const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;
const BANG = 33;
const QUOTE = 34;
const HASH = 35;
const PERCENT_SIGN = 37;
const AMP = 38;
const APOS = 39;
const MINUS = 45;
const SLASH = 47;
const COLON = 58;
const SEMI = 59;
const LT = 60;
const EQ = 61;
const GT = 62;
const QUESTION = 63;
const LBRACKET = 91;
const RBRACKET = 93;

/** Stands for bytes that are none. */
const NO_CHAR = 0xffff;

function is_space(c: number): boolean {
  return c === BLANK || c === LF || c === TAB || c === CR;
}

export class Scanner {
  /** The text, up to where it is known. */
  s: string;
  /** Names have at most one ':', between two names. */
  readonly ns: boolean;
  /** End of the token, or where it goes wrong. */
  next = 0;
  /** Attributes of the start tag: four numbers each (name from, name to, value from, value to). */
  atts: number[] = [];
  /** The last character that may be a letter of a keyword: Expat knows those that are one byte, or one unit, by themselves. */
  last_letter = 0x7f;
  private readonly t: Uint8Array = char_table();

  constructor(s: string, ns: boolean) {
    this.s = s;
    this.ns = ns;
  }

  private invalid(at: number): number {
    this.next = at;
    return INVALID;
  }

  private start(c: number): boolean {
    return (this.t[c]! & NAME_START) !== 0 && !(this.ns && c === COLON);
  }

  private part(c: number): boolean {
    return (this.t[c]! & NAME) !== 0 && !(this.ns && c === COLON);
  }

  /** The end of the name that starts at i (no ':' in it with namespaces). */
  private name_end(i: number): number {
    const { s } = this;
    do i++;
    while (i < s.length && this.part(s.charCodeAt(i)));
    return i;
  }

  /** The end of a name that may have a prefix; -1: it is wrong at `next`; -2: the text ends. */
  private qname_end(i: number): number {
    const { s } = this;
    i = this.name_end(i);
    if (!this.ns || s.charCodeAt(i) !== COLON) return i >= s.length ? -2 : i;
    if (++i >= s.length) return -2;
    if (!this.start(s.charCodeAt(i))) {
      this.next = i;
      return -1;
    }
    i = this.name_end(i);
    if (i >= s.length) return -2;
    if (s.charCodeAt(i) === COLON) {
      this.next = i;
      return -1;
    }
    return i;
  }

  private skip_space(i: number): number {
    const { s } = this;
    while (i < s.length && is_space(s.charCodeAt(i))) i++;
    return i;
  }

  // --- content ---------------------------------------------------------------------------------------------------------

  /** A token of an element's content. CPython: contentTok */
  content(i: number): number {
    const { s, t } = this;
    const end = s.length;
    if (i >= end) return NONE;
    const c = s.charCodeAt(i);
    if (c === LT) return this.markup(i + 1);
    if (c === AMP) return this.reference(i + 1);
    if (c === LF || c === CR) return this.newline(i, TRAILING_CR);
    if ((t[c]! & BAD) !== 0) return this.invalid(i);
    if (c === RBRACKET) {
      if (i + 1 >= end) return TRAILING_RSQB;
      if (s.charCodeAt(i + 1) === RBRACKET) {
        if (i + 2 >= end) return TRAILING_RSQB;
        if (s.charCodeAt(i + 2) === GT) return this.invalid(i + 2);
      }
    }
    for (i++; i < end; i++) {
      const d = s.charCodeAt(i);
      if (d === LT || d === AMP || d === LF || d === CR || (t[d]! & BAD) !== 0) break;
      if (d === RBRACKET) {
        if (i + 1 >= end) break;
        if (s.charCodeAt(i + 1) !== RBRACKET) continue;
        if (i + 2 >= end) break;
        if (s.charCodeAt(i + 2) === GT) return this.invalid(i + 2);
      }
    }
    this.next = i;
    return DATA;
  }

  private newline(i: number, at_end: number): number {
    if (this.s.charCodeAt(i) === CR) {
      if (i + 1 >= this.s.length) {
        this.next = i + 1;
        return at_end;
      }
      if (this.s.charCodeAt(i + 1) === LF) i++;
    }
    this.next = i + 1;
    return NEWLINE;
  }

  /** Within a CDATA section. CPython: cdataSectionTok */
  cdata(i: number): number {
    const { s, t } = this;
    const end = s.length;
    if (i >= end) return NONE;
    const c = s.charCodeAt(i);
    if (c === LF || c === CR) return this.newline(i, PARTIAL);
    if ((t[c]! & BAD) !== 0) return this.invalid(i);
    if (c === RBRACKET) {
      if (i + 1 >= end) return PARTIAL;
      if (s.charCodeAt(i + 1) === RBRACKET) {
        if (i + 2 >= end) return PARTIAL;
        if (s.charCodeAt(i + 2) === GT) {
          this.next = i + 3;
          return CDATA_CLOSE;
        }
      }
    }
    for (i++; i < end; i++) {
      const d = s.charCodeAt(i);
      if (d === RBRACKET || d === LF || d === CR || (t[d]! & BAD) !== 0) break;
    }
    this.next = i;
    return DATA;
  }

  /** After '<'. CPython: scanLt */
  private markup(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    const c = s.charCodeAt(i);
    if (this.start(c)) return this.start_tag(i);
    if (c === SLASH) return this.end_tag(i + 1);
    if (c === QUESTION) return this.processing(i + 1);
    if (c !== BANG) return this.invalid(i);
    if (++i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) === MINUS) return this.comment(i + 1);
    if (s.charCodeAt(i) !== LBRACKET) return this.invalid(i);
    // Behind bytes that are no characters there is nothing, however much has come.
    if (s.length - ++i < 6 && s.charCodeAt(s.length - 1) < BAD_SEQUENCE) return PARTIAL;
    for (const expected of 'CDATA[') if (s[i++] !== expected) return this.invalid(i - 1);
    this.next = i;
    return CDATA_OPEN;
  }

  private close_tag(i: number, tok: number): number {
    if (tok === START_TAG) {
      this.next = i + 1;
      return START_TAG;
    }
    if (i + 1 >= this.s.length) return PARTIAL;
    if (this.s.charCodeAt(i + 1) !== GT) return this.invalid(i + 1);
    this.next = i + 2;
    return EMPTY_TAG;
  }

  /** CPython: scanLt, scanAtts */
  private start_tag(i: number): number {
    const { s, t } = this;
    const end = s.length;
    const atts: number[] = [];
    this.atts = atts;
    i = this.qname_end(i);
    if (i < 0) return i === -1 ? INVALID : PARTIAL;
    for (;;) {
      let c = s.charCodeAt(i);
      if (is_space(c)) {
        i = this.skip_space(i);
        if (i >= end) return PARTIAL;
        c = s.charCodeAt(i);
        if (this.start(c)) {
          const name = i;
          i = this.qname_end(i);
          if (i < 0) return i === -1 ? INVALID : PARTIAL;
          const name_end = i;
          i = this.skip_space(i);
          if (i >= end) return PARTIAL;
          if (s.charCodeAt(i) !== EQ) return this.invalid(i);
          i = this.skip_space(i + 1);
          if (i >= end) return PARTIAL;
          const quote = s.charCodeAt(i);
          if (quote !== QUOTE && quote !== APOS) return this.invalid(i);
          const value = ++i;
          for (; ; i++) {
            if (i >= end) return PARTIAL;
            const d = s.charCodeAt(i);
            if (d === quote) break;
            if (d === LT || (t[d]! & BAD) !== 0) return this.invalid(i);
            if (d === AMP) {
              const tok = this.reference(i + 1);
              if (tok <= 0) return tok;
              i = this.next - 1;
            }
          }
          atts.push(name, name_end, value, i);
          if (++i >= end) return PARTIAL;
          continue;
        }
      }
      if (c === GT) return this.close_tag(i, START_TAG);
      if (c === SLASH) return this.close_tag(i, EMPTY_TAG);
      return this.invalid(i);
    }
  }

  /** After '</'. CPython: scanEndTag */
  private end_tag(i: number): number {
    const { s, t } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.start(s.charCodeAt(i))) return this.invalid(i);
    do i++;
    while (i < s.length && (t[s.charCodeAt(i)]! & NAME) !== 0);
    i = this.skip_space(i);
    if (i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) !== GT) return this.invalid(i);
    this.next = i + 1;
    return END_TAG;
  }

  /** After '&'. CPython: scanRef, scanCharRef */
  reference(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    const c = s.charCodeAt(i);
    let tok = ENTITY_REF;
    if (c === HASH) {
      tok = CHAR_REF;
      const hex = s[i + 1] === 'x';
      i += hex ? 2 : 1;
      const from = i;
      const digit = hex ? /[0-9a-fA-F]/ : /[0-9]/;
      while (i < s.length && digit.test(s[i]!)) i++;
      if (i >= s.length) return PARTIAL;
      if (i === from) return this.invalid(i);
    } else {
      if (!this.start(c)) return this.invalid(i);
      i = this.name_end(i);
      if (i >= s.length) return PARTIAL;
    }
    if (s.charCodeAt(i) !== SEMI) return this.invalid(i);
    this.next = i + 1;
    return tok;
  }

  /** After '<!-'. CPython: scanComment */
  private comment(i: number): number {
    const { s, t } = this;
    if (i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) !== MINUS) return this.invalid(i);
    for (i++; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if ((t[c]! & BAD) !== 0) return this.invalid(i);
      if (c !== MINUS) continue;
      if (i + 1 >= s.length) return PARTIAL;
      if (s.charCodeAt(i + 1) !== MINUS) continue;
      if (i + 2 >= s.length) return PARTIAL;
      if (s.charCodeAt(i + 2) !== GT) return this.invalid(i + 2);
      this.next = i + 3;
      return COMMENT;
    }
    return PARTIAL;
  }

  /** After '<?'. CPython: scanPi */
  private processing(i: number): number {
    const { s, t } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.start(s.charCodeAt(i))) return this.invalid(i);
    const target = i;
    i = this.name_end(i);
    if (i >= s.length) return PARTIAL;
    const c = s.charCodeAt(i);
    if (c !== QUESTION && !is_space(c)) return this.invalid(i);
    const name = s.slice(target, i);
    const tok = name === 'xml' ? XML_DECL : PI;
    if (tok === PI && name.toLowerCase() === 'xml') return this.invalid(i);
    const only_target = c === QUESTION;
    for (; i < s.length; i++) {
      const d = s.charCodeAt(i);
      if ((t[d]! & BAD) !== 0) return this.invalid(i);
      if (d !== QUESTION) continue;
      if (i + 1 >= s.length) return PARTIAL;
      if (s.charCodeAt(i + 1) === GT) {
        this.next = i + 2;
        return tok;
      }
      if (only_target) return this.invalid(i + 1);
    }
    return PARTIAL;
  }

  // --- prolog ----------------------------------------------------------------------------------------------------------

  /** A token outside the root element. CPython: prologTok */
  prolog(i: number, final: boolean): number {
    const { s } = this;
    if (i >= s.length) return NONE;
    const c = s.charCodeAt(i);
    this.next = i + 1;
    if (is_space(c)) {
      while (this.next < s.length && is_space(s.charCodeAt(this.next))) this.next++;
      // A carriage return at the end may be half of a line end.
      if (!final && this.next === s.length && s.charCodeAt(this.next - 1) === CR && --this.next === i) return PARTIAL;
      return PROLOG_S;
    }
    switch (s[i]) {
      case '"':
      case "'":
        return this.literal(i, final);
      case '<':
        return this.prolog_markup(i);
      case '%':
        return this.percent(i + 1);
      case ',':
        return COMMA;
      case '|':
        return OR;
      case '(':
        return OPEN_PAREN;
      case '>':
        return DECL_CLOSE;
      case '[':
        return OPEN_BRACKET;
      case ']':
        if (i + 1 >= s.length && !final) return PARTIAL;
        if (s[i + 1] === ']') {
          if (i + 2 >= s.length) return PARTIAL;
          if (s[i + 2] === '>') {
            this.next = i + 3;
            return COND_SECT_CLOSE;
          }
        }
        return CLOSE_BRACKET;
      case ')': {
        if (i + 1 >= s.length) return final ? CLOSE_PAREN : PARTIAL;
        const d = s[i + 1]!;
        if ('*?+'.includes(d)) this.next++;
        else if (!' \t\r\n>,|)'.includes(d)) return this.invalid(i + 1);
        return CLOSE_PAREN;
      }
      case '#': {
        if (i + 1 >= s.length) return PARTIAL;
        if (!this.start(s.charCodeAt(i + 1))) return this.invalid(i + 1);
        this.next = this.name_end(i + 1);
        if (this.next >= s.length) return final ? POUND_NAME : PARTIAL;
        return ' \t\r\n)>%|'.includes(s[this.next]!) ? POUND_NAME : INVALID;
      }
    }
    return this.prolog_name(i, final);
  }

  private prolog_name(i: number, final: boolean): number {
    const { s } = this;
    const c = s.charCodeAt(i);
    let tok: number;
    if (this.start(c)) tok = NAME_TOKEN;
    else if ((this.t[c]! & NAME) !== 0) tok = NMTOKEN;
    else return this.invalid(i);
    i = this.name_end(i);
    for (let colons = 0; this.ns && s.charCodeAt(i) === COLON; ) {
      if (i + 1 < s.length && (++colons > 1 || !this.part(s.charCodeAt(i + 1)))) tok = NMTOKEN;
      i = i + 1 < s.length && this.part(s.charCodeAt(i + 1)) ? this.name_end(i + 1) : i + 1;
    }
    this.next = i;
    if (i >= s.length) return final ? tok : PARTIAL;
    if ('>),|[% \t\r\n'.includes(s[i]!)) return tok;
    if (!'?*+'.includes(s[i]!) || tok === NMTOKEN) return this.invalid(i);
    this.next = i + 1;
    return NAME_QUANTIFIED;
  }

  /** CPython: scanDecl */
  private keyword_letter(c: number): boolean {
    if (c === COLON || c > this.last_letter) return false;
    return (this.t[c]! & NAME_START) !== 0 || (this.last_letter === 0xff && (c === 0xaa || c === 0xb5 || c === 0xba));
  }

  private prolog_markup(i: number): number {
    const { s } = this;
    if (i + 1 >= s.length) return PARTIAL;
    const c = s.charCodeAt(i + 1);
    if (c === QUESTION) return this.processing(i + 2);
    if (c !== BANG) {
      if (!this.start(c) && (c <= this.last_letter || c === NO_CHAR)) return this.invalid(i + 1);
      this.next = i;
      return INSTANCE_START;
    }
    if (i + 2 >= s.length) return PARTIAL;
    const d = s.charCodeAt(i + 2);
    if (d === MINUS) return this.comment(i + 3);
    if (d === LBRACKET) {
      this.next = i + 3;
      return COND_SECT_OPEN;
    }
    if (!this.keyword_letter(d)) return this.invalid(i + 2);
    for (let k = i + 3; k < s.length; k++) {
      if (this.keyword_letter(s.charCodeAt(k))) continue;
      if (s[k] === '%') {
        // '%' after the keyword must start a reference.
        if (k + 1 >= s.length) return PARTIAL;
        if (' \t\r\n%'.includes(s[k + 1]!)) return this.invalid(k);
      } else if (!is_space(s.charCodeAt(k))) return this.invalid(k);
      this.next = k;
      return DECL_OPEN;
    }
    return PARTIAL;
  }

  private literal(i: number, final: boolean): number {
    const { s, t } = this;
    const quote = s.charCodeAt(i);
    for (i++; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if ((t[c]! & BAD) !== 0) return this.invalid(i);
      if (c !== quote) continue;
      this.next = ++i;
      if (i >= s.length) return final ? LITERAL : PARTIAL;
      return ' \t\r\n>%['.includes(s[i]!) ? LITERAL : INVALID;
    }
    return PARTIAL;
  }

  /** After '%'. CPython: scanPercent */
  percent(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    const c = s.charCodeAt(i);
    if (is_space(c) || c === PERCENT_SIGN) {
      this.next = i;
      return PERCENT;
    }
    if (!this.start(c)) return this.invalid(i);
    i = this.name_end(i);
    if (i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) !== SEMI) return this.invalid(i);
    this.next = i + 1;
    return PARAM_ENTITY_REF;
  }

  /** From within an ignored conditional section to behind its ']]>'; -1: the text ends. CPython: ignoreSectionTok */
  ignore_section(i: number): number {
    const { s, t } = this;
    let level = 0;
    for (; i < s.length; i++) {
      if ((t[s.charCodeAt(i)]! & BAD) !== 0) return this.invalid(i);
      if (s.startsWith('<![', i)) {
        level++;
        i += 2;
      } else if (s.startsWith(']]>', i)) {
        i += 2;
        if (level-- === 0) {
          this.next = i + 1;
          return COND_SECT_CLOSE;
        }
      }
    }
    return PARTIAL;
  }
}

/** Whether a unit is white space. */
export function is_white(c: number): boolean {
  return (char_table()[c]! & SPACE) !== 0;
}
