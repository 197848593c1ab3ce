// tokenizer.test.ts: the tokenizer against what CPython 3.14.10 recorded (tokenizer-record.py), and its own API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SurrogateStr } from '../../../src/parser/constants.ts';
import { PySyntaxError } from '../../../src/parser/errors.ts';
import { isPrintable, normalizeIdentifier } from '../../../src/parser/identifiers.ts';
import { decodeSource } from '../../../src/parser/source.ts';
import { decodeEscapes, parseStringLiteral, StringLiteralError } from '../../../src/parser/string_literals.ts';
import * as tokens from '../../../src/parser/token.ts';
import { TOKENS, type Token, tokenName } from '../../../src/parser/token.ts';
import { Tokenizer, type TokenizerOptions } from '../../../src/parser/tokenizer.ts';
import { TokenizerIter } from '../../../src/parser/tokenizer_iter.ts';
import golden from './tokenizer.golden.json' with { type: 'json' };

type Fields = (string | number | null)[];

function fieldsOf(e: unknown): Fields {
  if (!(e instanceof PySyntaxError)) throw e;
  return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text];
}

function readerOf(source: string): () => string {
  const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let i = 0;
  return () => lines[i++] ?? '';
}

function items(source: string, extraTokens: boolean): Fields[] {
  const result: Fields[] = [];
  try {
    const iter = new TokenizerIter(readerOf(source), { extraTokens });
    for (let t = iter.next(); t !== null; t = iter.next()) {
      result.push([t.type, t.string, t.lineno, t.col, t.endLineno, t.endCol, t.line]);
    }
  } catch (e) {
    result.push(fieldsOf(e));
  }
  return result;
}

function allTokens(source: string, options: TokenizerOptions = { execInput: true }): Token[] {
  const tokenizer = new Tokenizer(source, options);
  const result: Token[] = [];
  do result.push(tokenizer.next());
  while (result.at(-1)!.type !== tokens.ENDMARKER);
  return result;
}

function names(list: Token[]): string {
  return list.map(t => (t.string.trim() === '' ? tokenName(t.type) : `${tokenName(t.type)}:${t.string}`)).join(' ');
}

for (const { source, extra, plain, error, warnings } of golden.cases) {
  const name = JSON.stringify(source).slice(0, 60);
  test(`TokenizerIter ${name}`, () => {
    const big = source.length > 200;
    assert.deepEqual(items(source, true).slice(big ? -1 : 0), extra);
    assert.deepEqual(items(source, false).slice(big ? -1 : 0), plain);
  });
  if (error === 'parser' || source.includes('\0')) continue;
  test(`Tokenizer ${name}`, () => {
    const warned: unknown[] = [];
    let found: Fields | null = null;
    try {
      allTokens(source, {
        filename: '<test>',
        execInput: true,
        warn: (_category, message, _filename, lineno) => {
          if (message.includes('literal')) warned.push([message, lineno]);
          return false;
        },
      });
    } catch (e) {
      found = fieldsOf(e);
    }
    assert.deepEqual(found, error);
    if (error === null) assert.deepEqual(warned, warnings);
  });
}

test('the numeric constants are the places in the table', () => {
  const constants = tokens as unknown as Record<string, number>;
  TOKENS.forEach((row, number) => {
    assert.equal(constants[row.name], number, row.name);
  });
  assert.equal(TOKENS.length, tokens.N_TOKENS);
});

test('columns are UTF-8 bytes, offsets are UTF-16', () => {
  const [name, , string, plus] = allTokens("é = '𝒜€' + 1\n");
  assert.deepEqual([name!.col_offset, name!.end_col_offset, name!.start, name!.end], [0, 2, 0, 1]);
  assert.deepEqual([string!.col_offset, string!.end_col_offset, string!.start, string!.end], [5, 14, 4, 9]);
  assert.equal(plus!.col_offset, 15);
  assert.equal(string!.string, "'𝒜€'");
});

test('a NEWLINE begins at the comment before it', () => {
  const newline = allTokens('x  # é\n')[1]!;
  assert.deepEqual([newline.type, newline.col_offset, newline.end_col_offset], [tokens.NEWLINE, 3, 8]);
});

test('the text of an expression is on the token that ends it', () => {
  const metadata = (source: string) => allTokens(source).flatMap(t => (t.metadata === null ? [] : [t.metadata]));
  assert.deepEqual(metadata("f'{x = !r:>{w}}'"), ['x = ', 'x = ', 'w']);
  assert.deepEqual(metadata("f'{x}'"), []);
  assert.deepEqual(metadata("t'{x + 1 }'"), ['x + 1 ']);
  assert.deepEqual(metadata("f'''{x # c\n= }'''"), ['x \n= ']);
  assert.deepEqual(metadata("f'''{'#' # c\n= }'''"), ["'#' \n= "]);
});

test('type comments are tokens on request', () => {
  const source = 'x = 1 # type: int\n# type: ignore[a]\ny #type:ignored\n# nothing\n';
  const options = { execInput: true, typeComments: true };
  assert.equal(
    names(allTokens(source, options)),
    'NAME:x EQUAL:= NUMBER:1 TYPE_COMMENT:int NEWLINE TYPE_IGNORE:[a] NAME:y TYPE_COMMENT:ignored NEWLINE ENDMARKER',
  );
});

test('without execInput a text may end without newline', () => {
  assert.equal(names(allTokens('x +\\\n y', {})), 'NAME:x PLUS:+ NAME:y ENDMARKER');
  assert.equal(names(allTokens('x # c', {})), 'NAME:x ENDMARKER');
});

test("at a prompt an empty line ends the block, and '' ends the input", () => {
  const tokenizer = new Tokenizer('', { interactive: true, readLine: readerOf('if x:\n  y\n\nz\n') });
  const seen: Token[] = [];
  while (seen.at(-1)?.type !== tokens.DEDENT) seen.push(tokenizer.next());
  assert.equal(names(seen), 'NAME:if NAME:x COLON:: NEWLINE INDENT NAME:y NEWLINE DEDENT');
  assert.equal(tokenizer.next().type, tokens.NEWLINE);
  assert.equal(tokenizer.next().string, 'z');
});

test('implyDedents ends the open blocks before ENDMARKER', () => {
  const tokenizer = new Tokenizer('if x:\n  y');
  while (tokenizer.next().type !== tokens.ENDMARKER);
  tokenizer.implyDedents();
  assert.equal(tokenizer.next().type, tokens.DEDENT);
  assert.equal(tokenizer.next().type, tokens.ENDMARKER);
});

test("'<>' is one token for Barry only", () => {
  const tokenizer = new Tokenizer('a <> b <> c\n');
  const types = [tokenizer.next().type, tokenizer.next().type, tokenizer.next().type];
  assert.deepEqual(types, [tokens.NAME, tokens.LESS, tokens.GREATER]);
  tokenizer.barryAsBdfl = true;
  assert.deepEqual([tokenizer.next().string, tokenizer.next().type], ['b', tokens.NOTEQUAL]);
});

test('a warning that the filter makes an error is a SyntaxError', () => {
  const warn = () => true;
  assert.throws(
    () => allTokens('x = (1,\n 1or 2)', { filename: 'f', warn }),
    (e: unknown) => {
      assert.deepEqual(fieldsOf(e), ['SyntaxError', 'invalid decimal literal', 2, 2, 2, 2, ' 1or 2)']);
      return true;
    },
  );
  assert.throws(
    () => allTokens("f'\\{1}'", { warn }),
    (e: unknown) => {
      assert.equal(
        (e as PySyntaxError).msg,
        '"\\{" is an invalid escape sequence. Did you mean "\\\\{"? A raw string is also an option.',
      );
      return true;
    },
  );
});

// ---- names ----------------------------------------------------------------------------------------------------------

test('names are compared in NFKC', () => {
  assert.equal(normalizeIdentifier('ﬁn𝒜ª'), 'finAa');
  assert.equal(normalizeIdentifier('plain_1'), 'plain_1');
});

test('characters of Unicode 16 are letters and printable', () => {
  assert.equal(allTokens('\u{1c8a} = \u{105c0}\n')[0]!.string, '\u{1c8a}');
  assert.ok(isPrintable(0x1c8a));
  assert.ok(!isPrintable(0xa0));
  assert.ok(!isPrintable(0x7f));
});

// ---- sources --------------------------------------------------------------------------------------------------------

function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, ch => ch.charCodeAt(0));
}

function decodeError(latin1: string): Fields {
  try {
    decodeSource(bytesOf(latin1), { filename: '<s>' });
  } catch (e) {
    return fieldsOf(e);
  }
  return [];
}

test('bytes are UTF-8 unless a cookie says otherwise', () => {
  assert.deepEqual(decodeSource(bytesOf('x = \xc3\xa9 \xf0\x9d\x92\x9c\n')), { text: 'x = é 𝒜\n', encoding: null, unreadable: null });
  assert.deepEqual(decodeSource(bytesOf('\xef\xbb\xbfx')), { text: 'x', encoding: 'utf-8', unreadable: null });
  assert.equal(decodeSource(bytesOf('#!x\r\n# vim: fileencoding=Latin_1\n\xe9')).text.at(-1), 'é');
  assert.equal(decodeSource(bytesOf('# coding: x\n'), { decode: (_b, encoding) => encoding }).text, 'x');
});

test('bytes that cannot be decoded (recorded from CPython 3.14.10)', () => {
  const pep = 'but no encoding declared; see https://peps.python.org/pep-0263/ for details';
  const notUtf8 = `Non-UTF-8 code starting with '\\xe2' on line 2, ${pep}`;
  assert.deepEqual(decodeError("x\n'ab\xe2\x82\n'"), ['SyntaxError', notUtf8, 2, 4, 2, 4, "'ab\ufffd"]);
  const surrogate = `Non-UTF-8 code starting with '\\xed' on line 1, ${pep}`;
  assert.deepEqual(decodeError('\xed\xa0\x80'), ['SyntaxError', surrogate, 1, 1, 1, 1, '\ufffd\ufffd\ufffd']);
  const bom = 'encoding problem: iso-8859-1 with BOM';
  assert.deepEqual(decodeError('\xef\xbb\xbf# coding: latin-1\n'), [
    'SyntaxError',
    bom,
    1,
    0,
    1,
    17,
    '# coding: latin-1',
  ]);
  const ascii = "'ascii' codec can't decode byte 0xff in position 17: ordinal not in range(128)";
  assert.deepEqual(decodeError("# coding: ascii\n'\xff'\n"), ['SyntaxError', ascii, 0, -1, null, null, null]);
  assert.deepEqual(decodeError('\n# coding: foo')[1], 'unknown encoding: foo');
  assert.deepEqual(decodeError('a\0b'), [
    'SyntaxError',
    'source code string cannot contain null bytes',
    null,
    null,
    null,
    null,
    null,
  ]);
});

// ---- string literals ------------------------------------------------------------------------------------------------

const lookup = (name: string) => (name.toUpperCase() === 'BULLET' ? 0x2022 : -1);

test('escapes in str and bytes', () => {
  const value = (text: string) => parseStringLiteral(text, lookup).value;
  assert.equal(
    value(String.raw`'\a\b\f\n\r\t\v\\\'\"\
\1\12\1234\x41\u20ac\U0001d49c\N{bullet}\q\é'`),
    '\x07\b\f\n\r\t\v\\\'"\x01\nS4A€𝒜•\\q\\é',
  );
  assert.equal(value(String.raw`rU'\n'`.slice(1)), '\n');
  assert.equal(value(String.raw`r'''\n'''`), '\\n');
  assert.deepEqual(value(String.raw`Rb'\x'`), bytesOf('\\x'));
  assert.deepEqual(
    value(String.raw`b'\xff\777\q\
'`),
    bytesOf('\xff\xff\\q'),
  );
  assert.deepEqual(value(String.raw`'a\ud83d\ude00𝒜'`), new SurrogateStr([0x61, 0xd83d, 0xde00, 0x1d49c]));
});

test('the first invalid escape is reported with its place', () => {
  const { invalidEscape, contentStart } = parseStringLiteral(String.raw`u'''\n\400\q'''`, null);
  assert.deepEqual([invalidEscape, contentStart], [{ offset: 2, escape: '400' }, 4]);
  assert.equal(decodeEscapes('\\n', null).invalidEscape, null);
});

test('literals without a value (recorded from CPython 3.14.10)', () => {
  const messageOf = (text: string) => {
    try {
      parseStringLiteral(text, lookup);
    } catch (e) {
      if (!(e instanceof StringLiteralError)) throw e;
      return e.kind === 'syntax' ? e.msg : `(${e.kind}) ${e.msg}`;
    }
    return null;
  };
  const unicode = "(unicode error) 'unicodeescape' codec can't decode bytes in position";
  assert.equal(messageOf(String.raw`'\x1'`), `${unicode} 0-2: truncated \\xXX escape`);
  assert.equal(messageOf(String.raw`'é\x1'`), `${unicode} 10-12: truncated \\xXX escape`);
  assert.equal(messageOf(String.raw`'\𝒜\x'`), `${unicode} 16-17: truncated \\xXX escape`);
  assert.equal(messageOf(String.raw`'\u00eg'`), `${unicode} 0-4: truncated \\uXXXX escape`);
  assert.equal(messageOf(String.raw`'\U00110000'`), `${unicode} 0-9: illegal Unicode character`);
  assert.equal(messageOf(String.raw`'\N{é}'`), `${unicode} 0-13: unknown Unicode character name`);
  assert.equal(messageOf(String.raw`'\N{}'`), `${unicode} 0-2: malformed \\N character escape`);
  assert.equal(messageOf(String.raw`'\N'`), `${unicode} 0-1: malformed \\N character escape`);
  assert.equal(messageOf(String.raw`b'ab\xg'`), '(value error) invalid \\x escape at position 2');
  assert.equal(messageOf("b'é'"), 'bytes can only contain ASCII literal characters');
});
