// parser.test.ts: trees and errors against what CPython 3.14.10 recorded (tests/golden/parser/record.py).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Complex, Ellipsis, SurrogateStr } from '../../../src/parser/constants.ts';
import { PySyntaxError } from '../../../src/parser/errors.ts';
import { ParserContext } from '../../../src/parser/parser/context.ts';
import { parseExactly } from '../../../src/parser/parser/exact.ts';
import * as keywords from '../../../src/parser/parser/keywords.ts';
import { type ParseMode, type ParseOptions, parse } from '../../../src/parser/parser.ts';
import { Tokenizer } from '../../../src/parser/tokenizer.ts';
import { floatRepr, strRepr, unparse } from '../../../src/parser/unparse.ts';
import errors from '../../golden/parser/errors.json' with { type: 'json' };
import trees from '../../golden/parser/trees.json' with { type: 'json' };
import unparsed from '../../golden/parser/unparsed.json' with { type: 'json' };

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const unicodeName = (name: string): number => (name === 'BULLET' ? 0x2022 : -1);

function constantJson(value: unknown): Json {
  if (typeof value === 'string') return value;
  if (value instanceof SurrogateStr) return { points: [...value.points] };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof Complex) return { complex: [floatRepr(value.real), floatRepr(value.imag)] };
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return { float: floatRepr(value) };
  if (typeof value === 'boolean') return { bool: value ? 'True' : 'False' };
  return value === Ellipsis ? { ellipsis: 'Ellipsis' } : { NoneType: 'None' };
}

/** A node as record.py writes it. */
function treeJson(node: unknown): Json {
  if (Array.isArray(node)) return node.map(treeJson);
  if (typeof node !== 'object' || node === null) return node as Json;
  const fields = node as Record<string, unknown>;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (/^(end_)?col_offset$|^end_lineno$/.test(key) || (key === 'lineno' && 'col_offset' in fields)) continue;
    const isConstant = (key === 'value' && /^Constant$|^MatchSingleton$/.test(String(fields._type))) || key === 'str';
    result[key] = isConstant ? constantJson(value) : treeJson(value);
  }
  if ('col_offset' in fields) {
    const { lineno, col_offset, end_lineno, end_col_offset } = fields as Record<string, Json>;
    result.at = [lineno!, col_offset!, end_lineno!, end_col_offset!];
  }
  return result;
}

interface Case {
  source: string;
  mode: string;
  options: { flags?: number; feature_version?: number; werror?: boolean };
  warnings?: Json;
  tree?: unknown;
  error?: Json[];
}

function run({ source, mode, options }: Case): { tree?: Json; error?: Json; warnings: Json[] } {
  const warnings: Json[] = [];
  const parseOptions: ParseOptions = {
    ...options,
    unicodeName,
    warn: (category, message, _filename, lineno) => {
      if (!options.werror && message.includes('escape')) warnings.push([category, message, lineno]);
      return options.werror === true;
    },
  };
  try {
    return { tree: treeJson(parse(source, '<golden>', mode as ParseMode, parseOptions)), warnings };
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    return { error: [e.type, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset], warnings };
  }
}

test('trees with every position', () => {
  for (const wanted of trees.cases as Case[]) {
    const got = run(wanted);
    assert.deepEqual(got.tree, wanted.tree, wanted.source);
    assert.deepEqual(got.warnings, wanted.warnings ?? [], wanted.source);
  }
});

test('the exact parser builds the same trees as the fast one', () => {
  for (const wanted of trees.cases as Case[]) {
    if (wanted.mode !== 'exec' || Object.keys(wanted.options).length > 0) continue;
    const tokenizer = new Tokenizer(wanted.source, { execInput: true });
    const ctx = new ParserContext(tokenizer, null, 'exec', 0, 14, null, unicodeName, 0);
    const task = {
      rule: 'statements',
      mark: 0,
      depth: 1,
      from: 0,
      errorRule: 'statements',
      errorDepth: 1,
      repeated: 0,
    };
    const tree = (wanted.tree as { body: Json }).body;
    assert.deepEqual(treeJson(parseExactly(ctx, task).value), tree, wanted.source);
  }
});

test('errors: type, message, line, columns, text', () => {
  for (const wanted of errors.cases as Case[]) {
    const got = run(wanted);
    assert.deepEqual(got.error, wanted.error, wanted.source);
    assert.deepEqual(got.warnings, wanted.warnings ?? [], wanted.source);
  }
});

test('depth: the limits are where CPython has them', () => {
  for (const row of errors.deep) {
    const [prefix, unit, middle, close, suffix, count, error] = row as [
      string,
      string,
      string,
      string,
      string,
      number,
      Json,
    ];
    const source = prefix + unit.repeat(count) + middle + close.repeat(count) + suffix;
    let got: Json = null;
    try {
      parse(source, '<golden>', 'exec');
    } catch (e) {
      if (!(e instanceof PySyntaxError)) throw e;
      got = [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset];
    }
    assert.deepEqual(got, error, `${unit} ${count}`);
  }
});

test('a long chain is no deep one', () => {
  for (const unit of ['.a', '()', '[0]', '+a', ' and a', ', a']) parse(`a${unit.repeat(50_000)}\n`, 'x', 'exec');
});

test('the text of stringified annotations', () => {
  for (const [source, wanted] of unparsed.cases as [string, string][]) {
    const tree = parse(`(${source})`, 'x', 'eval');
    assert.equal(tree._type === 'Expression' && unparse(tree.body), JSON.parse(wanted), source);
  }
});

test('floats and strings as repr() writes them', () => {
  const floats: [number, string][] = [
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [9999999999999998, '9999999999999998.0'],
    [0.0001, '0.0001'],
    [0.00001234, '1.234e-05'],
    [5e-324, '5e-324'],
    [-0, '-0.0'],
  ];
  for (const [value, text] of floats) assert.equal(floatRepr(value), text);
  assert.equal(strRepr("it's \xa0\u{1f600}"), `"it's \\xa0\u{1f600}"`);
});

test('keyword types are FALSE + place in the list', () => {
  const table = keywords as unknown as Record<string, number>;
  keywords.KEYWORDS.forEach((word, i) => {
    assert.equal(table[word.toUpperCase()], keywords.FALSE + i, word);
  });
  const index = keywords.makeKeywordIndex();
  for (const word of [...keywords.KEYWORDS, 'whilst', 'Not', 'a', 'is_', 'continues']) {
    const place = keywords.KEYWORDS.indexOf(word);
    assert.equal(keywords.keywordType(index, word, 0, word.length), place < 0 ? 1 : keywords.FALSE + place, word);
  }
});
