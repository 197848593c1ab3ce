// Numbers and the modules built on them, against what CPython 3.14.10 answered (numbers-record.py).
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { refTotal } from '../../../src/core/object.ts';
import { module as _bisect } from '../../../src/modules/_bisect.ts';
import { module as _heapq } from '../../../src/modules/_heapq.ts';
import { module as _operator } from '../../../src/modules/_operator.ts';
import { module as _random } from '../../../src/modules/_random.ts';
import { module as _statistics } from '../../../src/modules/_statistics.ts';
import { module as _struct } from '../../../src/modules/_struct.ts';
import { module as cmath } from '../../../src/modules/cmath.ts';
import { module as math } from '../../../src/modules/math.ts';
import { float_repr, parse_double } from '../../../src/objects/pystrtod.ts';
import golden from './numbers.golden.json' with { type: 'json' };
import { answer, define_names } from './numbers_eval.ts';
import { start } from './text_support.ts';

declare const PY_DEBUG: boolean;

before(() => {
  start();
  define_names([math, cmath, _struct, _random, _operator, _bisect, _heapq, _statistics]);
});

test('expressions give what CPython gives', () => {
  const wrong = golden.exact
    .map(([source, expected]) => ({ source, expected, got: answer(source!) }))
    .filter(({ expected, got }) => got !== expected);
  assert.deepEqual(wrong, []);
});

const FLOAT = /\d+\.\d+(?:e[+-]\d+)?|\d+e[+-]\d+/g;

/** Whether two answers differ at most in the last digits of their floats. */
function close(a: string, b: string): boolean {
  if (a === b) return true;
  const x = a.match(FLOAT) ?? [];
  const y = b.match(FLOAT) ?? [];
  if (a.replace(FLOAT, '#') !== b.replace(FLOAT, '#') || x.length !== y.length) return false;
  return x.every((s, i) => Math.abs(+s - +y[i]!) <= 2e-15 * Math.abs(+s));
}

test('transcendental functions are within a few ulps, and nearly always equal', () => {
  const different = golden.close
    .map(([source, expected]) => ({ source, expected: expected!, got: answer(source!) }))
    .filter(({ expected, got }) => got !== expected);
  assert.deepEqual(
    different.filter(({ expected, got }) => !close(expected, got)),
    [],
  );
  assert.ok(different.length <= golden.close.length / 40, `${different.length} of ${golden.close.length} differ`);
});

test('evaluation leaves no references behind', () => {
  if (!PY_DEBUG) return;
  const leaks: string[] = [];
  for (const [source] of [...golden.exact, ...golden.close]) {
    answer(source!);
    const before = refTotal.count;
    answer(source!);
    if (refTotal.count !== before) leaks.push(source!);
  }
  assert.deepEqual(leaks, []);
});

test('repr() of a float reads back as the same float', () => {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state;
  };
  const words = new Uint32Array(2);
  const value = new Float64Array(words.buffer);
  for (let i = 0; i < 5000; i++) {
    words[0] = next();
    words[1] = next();
    const x = value[0]!;
    if (Number.isNaN(x)) continue;
    assert.equal(parse_double(float_repr(x)), x);
  }
});
