// input.ts: bytes of a document as text, and the way back from text to lines, columns and byte offsets.
//
//                                                                  CPython: Modules/expat/xmltok.c, xmltok_ns.c (initScan)
// `text` holds what is decoded and not consumed yet. Bytes that stand for nothing become U+FFFF, or U+FFFE where they
// begin as a sequence does: no characters of XML. They end the decoding: the parser stops there. Places are offsets into
// `text`; rebase() makes them start anew.

import { UNCLOSED_TOKEN, XmlError } from './errors.ts';

export type EncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'us-ascii' | 'table';

const BAD_CHAR = '\uffff';
const BAD_SEQUENCE = '\ufffe';
const LF = 10;
const CR = 13;
const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Lengths of UTF-8 sequences that begin with a byte; 0: none does. */
function utf8_length(b: number): number {
  if (b < 0x80) return 1;
  if (b < 0xc2) return 0;
  if (b < 0xe0) return 2;
  if (b < 0xf0) return 3;
  return b < 0xf5 ? 4 : 0;
}

/** Where an unfinished character at the end begins. */
function whole_utf8(bytes: Uint8Array): number {
  const n = bytes.length;
  for (let back = 1; back <= 3 && back <= n; back++) {
    const b = bytes[n - back]!;
    if (b < 0x80) return n;
    if (b >= 0xc0) return utf8_length(b) > back ? n - back : n;
  }
  return n;
}

/** Decodes up to the first wrong character; one that the bytes end in may go on, whatever follows its first byte so far. */
function utf8_prefix(bytes: Uint8Array): [string, number] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let good = 0;
  for (let i = 0; i < bytes.length; i = good) {
    const n = utf8_length(bytes[i]!);
    if (n === 0) break;
    if (i + n > bytes.length) return [decoder.decode(bytes.subarray(0, i)), i];
    if (n > 1) {
      try {
        decoder.decode(bytes.subarray(i, i + n));
      } catch {
        break;
      }
    }
    good = i + n;
  }
  const lead = bytes[good]! >= 0xc0 && bytes[good]! < 0xf5;
  return [decoder.decode(bytes.subarray(0, good)) + (lead ? BAD_SEQUENCE : BAD_CHAR), bytes.length];
}

function decode_utf8(bytes: Uint8Array): [string, number] {
  const whole = whole_utf8(bytes);
  const body = bytes.subarray(0, whole);
  try {
    return [new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), whole];
  } catch {
    return utf8_prefix(bytes);
  }
}

function decode_utf16(bytes: Uint8Array, little: boolean): [string, number] {
  const units: number[] = [];
  const parts: string[] = [];
  const unit = (i: number) => (little ? bytes[i]! | (bytes[i + 1]! << 8) : (bytes[i]! << 8) | bytes[i + 1]!);
  let i = 0;
  for (; i + 1 < bytes.length; i += 2) {
    const c = unit(i);
    if (c >= 0xd800 && c < 0xe000) {
      if (i + 3 >= bytes.length && c < 0xdc00) break;
      const d = c < 0xdc00 ? unit(i + 2) : 0;
      if (d < 0xdc00 || d >= 0xe000) {
        units.push(0xffff);
        i = bytes.length;
        break;
      }
      units.push(c, d);
      i += 2;
    } else units.push(c);
    if (units.length >= 8192) parts.push(String.fromCharCode(...units.splice(0)));
  }
  return [parts.join('') + String.fromCharCode(...units), Math.min(i, bytes.length)];
}

function decode_single(bytes: Uint8Array, map: (b: number) => number): [string, number] {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 8192) {
    const points = Array.from(bytes.subarray(from, from + 8192), map);
    parts.push(String.fromCodePoint(...points));
  }
  return [parts.join(''), bytes.length];
}

export class Input {
  text = '';
  encoding: EncodingName | null = null;
  /** Code points by byte, for 'table'; -1: none. */
  table: readonly number[] | null = null;
  /** Bytes not decoded yet. */
  pending: Uint8Array = NOTHING;
  /** More than the declaration may be decoded. */
  decided = false;
  /** A place, and the line (from 0), column and byte offset that it has. */
  private mark = 0;
  line = 0;
  column = 0;
  bytes = 0;
  /** All bytes that were given. */
  private given = 0;
  /** Columns that a byte order mark in front of the text counts for. */
  private mark_columns = 0;
  /** Those that are still to be counted. */
  private columns_due = 0;

  add(data: Uint8Array): void {
    this.given += data.length;
    if (this.pending.length === 0) this.pending = data.slice();
    else {
      const all = new Uint8Array(this.pending.length + data.length);
      all.set(this.pending);
      all.set(data, this.pending.length);
      this.pending = all;
    }
  }

  /** Sets the encoding of what follows; a byte order mark counts as its bytes do in that. */
  choose(encoding: EncodingName, table: readonly number[] | null = null): void {
    if (this.mark_columns === 1 && this.encoding === 'utf-8' && encoding !== 'utf-8') {
      this.mark_columns = 3;
      this.columns_due += 2;
    }
    this.encoding = encoding;
    this.table = table;
  }

  private skip_mark(encoding: EncodingName, size: number): void {
    this.encoding = encoding;
    this.pending = this.pending.slice(size);
    this.bytes = size;
    this.mark_columns = this.columns_due = 1;
  }

  /** Finds out the encoding from the first bytes, whatever was said of it before, except that the content of an external
   *  entity (`content`) may begin with anything; false: too few bytes so far. CPython: initScan */
  detect(final: boolean, content: boolean): boolean {
    const p = this.pending;
    const [a, b] = p;
    const name = this.encoding;
    if (name === 'table') return true;
    const single = content && name === 'iso-8859-1';
    const utf16 = content && (name === 'utf-16be' || name === 'utf-16le');
    if (a === undefined) return final;
    if (b === undefined) {
      const may_go_on = a === 0 || a === 0x3c || (!single && (a === 0xef || a === 0xfe || a === 0xff));
      if (may_go_on) {
        if (final) throw new XmlError(UNCLOSED_TOKEN);
        return false;
      }
    } else if (a === 0xfe && b === 0xff) {
      if (!single) this.skip_mark('utf-16be', 2);
    } else if (a === 0xff && b === 0xfe) {
      if (!single) this.skip_mark('utf-16le', 2);
    } else if (a === 0x3c && b === 0) {
      if (!utf16) this.encoding = 'utf-16le';
    } else if (a === 0xef && b === 0xbb) {
      if (!single && !utf16) {
        if (p.length < 3) {
          if (final) throw new XmlError(UNCLOSED_TOKEN);
          return false;
        }
        if (p[2] === 0xbf) this.skip_mark('utf-8', 3);
      }
    } else if (a === 0 && !(content && name === 'utf-16le')) this.encoding = 'utf-16be';
    this.encoding ??= 'utf-8';
    return true;
  }

  /** The last character that is one byte, or one unit of UTF-16 that Expat takes for one. */
  get last_single(): number {
    if (this.encoding === 'table') return 0xffff;
    return this.encoding === 'utf-8' || this.encoding === 'us-ascii' ? 0x7f : 0xff;
  }

  private convert(bytes: Uint8Array): [string, number] {
    switch (this.encoding) {
      case 'utf-16le':
        return decode_utf16(bytes, true);
      case 'utf-16be':
        return decode_utf16(bytes, false);
      case 'iso-8859-1':
        return decode_single(bytes, b => b);
      case 'us-ascii':
        return decode_single(bytes, b => (b < 0x80 ? b : 0xffff));
      case 'table': {
        const table = this.table!;
        return decode_single(bytes, b => (table[b]! < 0 ? 0xffff : table[b]!));
      }
      default:
        return decode_utf8(bytes);
    }
  }

  /** Decodes what is there; before the declaration is known (`decided`), no more than that. */
  decode(): void {
    let { pending } = this;
    if (!this.decided) {
      // '<?xml ...?>' in single bytes: what follows may be in another encoding.
      const utf16 = this.encoding === 'utf-16le' || this.encoding === 'utf-16be';
      const head = '<?xml';
      if (!utf16 && this.text.startsWith(head)) return;
      let same = 0;
      while (same < head.length && pending[same] === head.charCodeAt(same)) same++;
      if (!utf16 && this.text === '' && same < head.length && same === pending.length) return;
      if (!utf16 && this.text === '' && same === head.length) {
        let end = -1;
        for (let i = same; end < 0 && i + 1 < pending.length; i++) {
          if (pending[i] === 0x3f && pending[i + 1] === 0x3e) end = i + 2;
        }
        if (end < 0) return;
        pending = pending.subarray(0, end);
      }
    }
    if (pending.length === 0) return;
    const [text, used] = this.convert(pending);
    this.text += text;
    this.pending = this.pending.slice(used);
  }

  /** As decode(), at the document's end: also a declaration that does not end. */
  decode_rest(): void {
    this.decode();
    if (!this.decided && this.text === '' && this.pending.length > 0) {
      this.decided = true;
      this.decode();
    }
  }

  /** Bytes of text[from:to] in the document. */
  size(from: number, to: number): number {
    const { text } = this;
    if (this.encoding === 'utf-16le' || this.encoding === 'utf-16be') return (to - from) * 2;
    const utf8 = this.encoding === 'utf-8' || this.encoding === null;
    let n = 0;
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i);
      if (c >= 0xd800 && c < 0xdc00) {
        n += utf8 ? 4 : 1;
        i++;
      } else n += !utf8 || c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return n;
  }

  /** Makes line, column and bytes those of a place behind the mark. CPython: XmlUpdatePosition */
  advance(to: number): void {
    this.column += this.columns_due;
    this.columns_due = 0;
    if (to <= this.mark) return;
    const { text } = this;
    this.bytes += this.size(this.mark, to);
    for (let i = this.mark; i < to; i++) {
      const c = text.charCodeAt(i);
      if (c === CR || c === LF) {
        if (c === CR && i + 1 < to && text.charCodeAt(i + 1) === LF) i++;
        this.line++;
        this.column = 0;
      } else {
        if (c >= 0xd800 && c < 0xdc00) i++;
        this.column++;
      }
    }
    this.mark = to;
  }

  byte_at(place: number): number {
    return place >= this.mark ? this.bytes + this.size(this.mark, place) : this.bytes - this.size(place, this.mark);
  }

  /** Sets the mark back to a place; line and column stay and count what follows again, as Expat's do. */
  rewind(place: number): void {
    if (place > 0) this.advance(place);
    this.bytes -= this.size(place, this.mark);
    this.mark = place;
    if (place === 0) this.columns_due = this.mark_columns;
  }

  /** Bytes from the start of the text on, as far as they were given. */
  get left(): number {
    return this.given - this.bytes + this.size(0, this.mark);
  }

  /** Forgets what lies before a place; places count from there. */
  rebase(place: number): void {
    this.advance(place);
    this.mark_columns = 0;
    this.text = this.text.slice(place);
    this.mark = 0;
  }
}
