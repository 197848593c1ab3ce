// The built-in exceptions, against what CPython 3.14.10 answered (golden.json, made by ../../modules/io/record.py).
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { answers_to, differences, start } from '../../modules/io/interpreter.ts';
import recorded from './golden.json' with { type: 'json' };

before(start);

test('constructors, attributes, texts, groups and chaining', () => {
  const cases = readFileSync(new URL('./cases.txt', import.meta.url), 'utf8');
  assert.strictEqual(differences(answers_to(cases), recorded.answers as [string, string][]), '');
});
