// source.ts: source bytes to text: BOM, coding cookie (PEP 263), UTF-8 checking, null bytes.
//                                                                CPython: Parser/tokenizer/helpers.c, string_tokenizer.c
//
// A cookie in the first two lines names the encoding; without one the text must be UTF-8. UTF-8, Latin-1 and ASCII are
// decoded here; for any other encoding the caller brings a decoder (Python's own codecs, once there is a runtime).
// Enter through: decodeSource for bytes, checkSourceText for a str (whose cookie means nothing).
import { PySyntaxError } from './errors.ts';
import { codePointCount } from './tokenizer_chars.ts';

export interface SourceOptions {
  filename?: string | null;
  /** A newline is added to a last line without one, before the text is decoded. */
  execInput?: boolean;
  /** The bytes are a file's: lines before one that cannot be read are read. */
  isFile?: boolean;
  /**
   * Decodes the whole text in an encoding this file does not know. It throws what CPython would raise: for an unknown
   * encoding and for undecodable bytes that is encodingError(message).
   */
  decode?: ((bytes: Uint8Array, encoding: string) => string) | null;
}

export interface DecodedSource {
  text: string;
  /** The encoding as the cookie names it, normalised for UTF-8 and Latin-1; null without cookie and BOM. */
  encoding: string | null;
  /** What is wrong with the line after `text`: a file's lines are read one by one. */
  unreadable: PySyntaxError | null;
}

/** Throws if a source text cannot be tokenized. CPython: Python/pythonrun.c:_Py_SourceAsString */
export function checkSourceText(text: string): void {
  if (text.includes('\0')) throw new PySyntaxError('SyntaxError', 'source code string cannot contain null bytes');
}

/** The SyntaxError for a text that cannot be decoded as declared. CPython: helpers.c:_PyTokenizer_raise_init_error */
export function encodingError(message: string, filename: string | null): PySyntaxError {
  return new PySyntaxError('SyntaxError', message, filename, 0, -1, null);
}

/** CPython: Parser/tokenizer/string_tokenizer.c:decode_str */
export function decodeSource(bytes: Uint8Array, options: SourceOptions = {}): DecodedSource {
  const filename = options.filename ?? null;
  const isFile = options.isFile ?? false;
  if (!isFile && bytes.includes(0))
    throw new PySyntaxError('SyntaxError', 'source code string cannot contain null bytes');
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasBom) bytes = bytes.subarray(3);
  if (bytes.includes(13)) bytes = normalizeNewlines(bytes);
  const cookie = findCookie(bytes);
  let encoding: string | null = hasBom ? 'utf-8' : null;
  if (cookie !== null) {
    if (hasBom && cookie.encoding !== 'utf-8') {
      const msg = `encoding problem: ${cookie.encoding} with BOM`;
      const text = decodeReplacing(bytes.subarray(cookie.start, cookie.end));
      // CPython counts the newline of line 2, and in a text not that of line 1.
      const last = cookie.end - (cookie.lineno === 1 && !isFile ? 1 : 0);
      let end = 1;
      for (let i = cookie.start; i < last; i++) if ((bytes[i]! & 0xc0) !== 0x80) end++;
      throw new PySyntaxError('SyntaxError', msg, filename, cookie.lineno, 0, text, cookie.lineno, end);
    }
    encoding = cookie.encoding;
  }
  if (encoding === null || encoding === 'utf-8') {
    const text = decodeUtf8(bytes);
    if (typeof text === 'string') return upToNull(text, encoding, filename);
    if (!isFile) throw notUtf8(bytes, text, filename, false);
    const readable = decodeUtf8(bytes.subarray(0, bytes.lastIndexOf(10, text) + 1)) as string;
    const decoded = upToNull(readable, encoding, filename);
    decoded.unreadable ??=
      encoding === null ? notUtf8(bytes, text, filename, true) : notUtf8Line(bytes, text, filename);
    return decoded;
  }
  if (encoding === 'iso-8859-1') return upToNull(decodeLatin1(bytes), encoding, filename);
  if (options.decode) {
    if (options.execInput && bytes.length > 0 && bytes[bytes.length - 1] !== 10) bytes = withNewline(bytes);
    if (!isFile || cookie === null) return upToNull(options.decode(bytes, encoding), encoding, filename);
    // A file is decoded from the end of the cookie's line on; what stands before was read to find the cookie.
    const rest = options.decode(bytes.subarray(cookie.end), encoding);
    return upToNull(decodeHead(bytes, cookie, options.decode, filename) + rest, encoding, filename);
  }
  if (/^(us-?)?ascii$/i.test(encoding.replaceAll('_', '-'))) {
    return { text: decodeAscii(bytes, filename), encoding, unreadable: null };
  }
  throw encodingError(`unknown encoding: ${encoding}`, filename);
}

/** The lines of a file up to the cookie's end, in the encoding that it names. */
function decodeHead(
  bytes: Uint8Array,
  cookie: Cookie,
  decode: (bytes: Uint8Array, encoding: string) => string,
  filename: string | null,
): string {
  try {
    return decode(bytes.subarray(0, cookie.end), cookie.encoding);
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    const text = `${decodeReplacing(bytes.subarray(cookie.start, cookie.end))}\n`;
    const { lineno } = cookie;
    throw new PySyntaxError('SyntaxError', `(unicode error) ${e.msg}`, filename, lineno, 0, text, lineno, -1);
  }
}

/** A text, or a file's lines before the first with a null byte. CPython: Parser/lexer/lexer.c:tok_nextc */
function upToNull(text: string, encoding: string | null, filename: string | null): DecodedSource {
  const at = text.indexOf('\0');
  if (at < 0) return { text, encoding, unreadable: null };
  const start = text.lastIndexOf('\n', at) + 1;
  let lineno = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) lineno++;
  const msg = 'source code cannot contain null bytes';
  const error = new PySyntaxError('SyntaxError', msg, filename, lineno, 0, text.slice(start, at), lineno, 0);
  return { text: text.slice(0, start), encoding, unreadable: error };
}

/** The encoding that a source's first lines name; null without cookie and byte order mark. */
export function declaredEncoding(head: Uint8Array): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  return findCookie(head)?.encoding ?? null;
}

/** \r\n and \r become \n. CPython: helpers.c:_PyTokenizer_translate_newlines */
function normalizeNewlines(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let n = 0;
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i]!;
    if (b === 13 && bytes[i + 1] === 10) continue;
    out[n++] = b === 13 ? 10 : b;
  }
  return out.subarray(0, n);
}

// ---- cookies --------------------------------------------------------------------------------------------------------

interface Cookie {
  encoding: string;
  /** The line it is in, and that line's bytes. */
  lineno: number;
  start: number;
  end: number;
}

/** CPython: helpers.c:_PyTokenizer_check_coding_spec. The cookie may be in line 2 if line 1 is blank or a comment. */
function findCookie(bytes: Uint8Array): Cookie | null {
  let start = 0;
  for (let lineno = 1; lineno <= 2; lineno++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 10) end++;
    const line = decodeLatin1(bytes.subarray(start, end));
    const match = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(line);
    if (match !== null) return { encoding: normalEncoding(match[1]!), lineno, start, end };
    if (!/^[ \t\f]*(#|$)/.test(line)) return null;
    start = end + 1;
  }
  return null;
}

/** CPython: helpers.c:get_normal_name */
function normalEncoding(name: string): string {
  const start = name.slice(0, 12).toLowerCase().replaceAll('_', '-');
  if (/^utf-8(-|$)/.test(start)) return 'utf-8';
  if (/^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(start)) return 'iso-8859-1';
  return name;
}

// ---- decoders -------------------------------------------------------------------------------------------------------

/** How many characters String.fromCharCode is given at once. */
const CHUNK = 8192;

function fromCodes(codes: Uint8Array | Uint16Array, length: number): string {
  if (length <= CHUNK) return String.fromCharCode.apply(null, codes.subarray(0, length) as unknown as number[]);
  const parts: string[] = [];
  for (let i = 0; i < length; i += CHUNK) {
    const part = codes.subarray(i, Math.min(i + CHUNK, length));
    parts.push(String.fromCharCode.apply(null, part as unknown as number[]));
  }
  return parts.join('');
}

export function decodeLatin1(bytes: Uint8Array): string {
  return fromCodes(bytes, bytes.length);
}

function decodeAscii(bytes: Uint8Array, filename: string | null): string {
  const bad = bytes.findIndex(b => b >= 0x80);
  if (bad < 0) return decodeLatin1(bytes);
  const hex = bytes[bad]!.toString(16);
  throw encodingError(
    `'ascii' codec can't decode byte 0x${hex} in position ${bad}: ordinal not in range(128)`,
    filename,
  );
}

/** Decodes strict UTF-8; returns the position of the first bad sequence if there is one. CPython: helpers.c:valid_utf8 */
export function decodeUtf8(bytes: Uint8Array): string | number {
  const length = bytes.length;
  let ascii = 0;
  while (ascii < length && bytes[ascii]! < 0x80) ascii++;
  if (ascii === length) return decodeLatin1(bytes);
  const codes = new Uint16Array(length);
  codes.set(bytes.subarray(0, ascii));
  let n = ascii;
  for (let i = ascii; i < length; ) {
    const b = bytes[i]!;
    if (b < 0x80) {
      codes[n++] = b;
      i++;
      continue;
    }
    const size = utf8SequenceLength(bytes, i);
    if (size === 0) return i;
    if (size === 2) {
      codes[n++] = ((b & 0x1f) << 6) | (bytes[i + 1]! & 0x3f);
    } else if (size === 3) {
      codes[n++] = ((b & 0x0f) << 12) | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f);
    } else {
      const high = ((b & 0x07) << 18) | ((bytes[i + 1]! & 0x3f) << 12);
      const c = (high | ((bytes[i + 2]! & 0x3f) << 6) | (bytes[i + 3]! & 0x3f)) - 0x10000;
      codes[n++] = 0xd800 | (c >> 10);
      codes[n++] = 0xdc00 | (c & 0x3ff);
    }
    i += size;
  }
  return fromCodes(codes, n);
}

/** Length of the multi-byte sequence at `i`, 0 if it is none. Surrogates and overlong forms are none. */
function utf8SequenceLength(bytes: Uint8Array, i: number): number {
  const b = bytes[i]!;
  const c = bytes[i + 1] ?? 0;
  let size: number;
  if (b < 0xc2) return 0;
  if (b < 0xe0) size = 2;
  else if (b < 0xf0) {
    if ((b === 0xe0 && c < 0xa0) || (b === 0xed && c >= 0xa0)) return 0;
    size = 3;
  } else if (b < 0xf5) {
    if ((b === 0xf0 && c < 0x90) || (b === 0xf4 && c >= 0x90)) return 0;
    size = 4;
  } else return 0;
  for (let k = 1; k < size; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}

/** The error for bytes that are not UTF-8 at `bad`. CPython: helpers.c:_PyTokenizer_ensure_utf8 */
function notUtf8(bytes: Uint8Array, bad: number, filename: string | null, isFile: boolean): PySyntaxError {
  let lineno = 1;
  let lineStart = 0;
  for (let i = 0; i < bad; i++) {
    if (bytes[i] === 10) {
      lineno++;
      lineStart = i + 1;
    }
  }
  let end = bad;
  while (end < bytes.length && bytes[end] !== 10) end++;
  const text = decodeReplacing(bytes.subarray(lineStart, end));
  const before = decodeUtf8(bytes.subarray(lineStart, bad)) as string;
  const offset = codePointCount(before, 0, before.length) + 1;
  const file = isFile && filename !== null ? ` in file ${filename}` : '';
  // CPython counts a file's second line as its first, unless the first may have had a cookie.
  if (isFile && lineno === 2 && !/^[ \t\f]*(#|$)/m.test(decodeReplacing(bytes.subarray(0, bytes.indexOf(10)))))
    lineno = 1;
  const hex = bytes[bad]!.toString(16).padStart(2, '0');
  const msg =
    `Non-UTF-8 code starting with '\\x${hex}'${file} on line ${lineno}, but no encoding declared; ` +
    'see https://peps.python.org/pep-0263/ for details';
  return new PySyntaxError('SyntaxError', msg, filename, lineno, offset, text, lineno, offset);
}

/** The error for a line of a file that is not in UTF-8, which it promises to be: CPython meets it in a string. */
function notUtf8Line(bytes: Uint8Array, bad: number, filename: string | null): PySyntaxError {
  const start = bytes.lastIndexOf(10, bad) + 1;
  let lineno = 1;
  for (let i = 0; i < start; i++) if (bytes[i] === 10) lineno++;
  let end = bytes.indexOf(10, bad);
  if (end < 0) end = bytes.length;
  const byte = bytes[bad]!;
  const reason = byte < 0xc2 || byte > 0xf4 ? 'invalid start byte' : 'invalid continuation byte';
  const hex = byte.toString(16).padStart(2, '0');
  const msg = `(unicode error) 'utf-8' codec can't decode byte 0x${hex} in position ${bad - start}: ${reason}`;
  const text = `${decodeReplacing(bytes.subarray(start, end))}\n`;
  return new PySyntaxError('SyntaxError', msg, filename, lineno, 0, text, lineno, -1);
}

/** UTF-8 with U+FFFD for each bad sequence, cut as Python's 'replace' handler cuts them. */
function decodeReplacing(bytes: Uint8Array): string {
  let result = '';
  let rest = bytes;
  for (;;) {
    const text = decodeUtf8(rest);
    if (typeof text === 'string') return result + text;
    result += `${decodeUtf8(rest.subarray(0, text)) as string}\ufffd`;
    rest = rest.subarray(text + badSequenceLength(rest, text));
  }
}

/** How many bytes of a bad sequence go together: its valid beginning, at least one. */
function badSequenceLength(bytes: Uint8Array, i: number): number {
  const b = bytes[i]!;
  const c = bytes[i + 1] ?? 0;
  const size = b < 0xc2 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 1;
  if ((b === 0xe0 && c < 0xa0) || (b === 0xed && c >= 0xa0)) return 1;
  if ((b === 0xf0 && c < 0x90) || (b === 0xf4 && c >= 0x90)) return 1;
  let n = 1;
  while (n < size && ((bytes[i + n] ?? 0) & 0xc0) === 0x80) n++;
  return n;
}

function withNewline(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  out[bytes.length] = 10;
  return out;
}
