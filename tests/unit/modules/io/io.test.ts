// The streams of _io, against what CPython 3.14.10 answered (golden.json, made by record.py).
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import recorded from './golden.json' with { type: 'json' };
import { answers_to, differences, start } from './interpreter.ts';

before(start);

test('streams of files, of memory and of text', () => {
  const cases = readFileSync(new URL('./cases.txt', import.meta.url), 'utf8');
  assert.strictEqual(differences(answers_to(cases), recorded.answers as [string, string][]), '');
});
