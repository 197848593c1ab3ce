// Natives against what CPython 3.14.10 answered to the expressions of *.txt (*.golden.json, recorded by record.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gc_collect_generation } from '../../../../src/core/gc.ts';
import { refTotal } from '../../../../src/core/object.ts';
import { module as _ast } from '../../../../src/modules/_ast.ts';
import { module as _datetime } from '../../../../src/modules/_datetime.ts';
import { module as _json } from '../../../../src/modules/_json.ts';
import { module as _opcode } from '../../../../src/modules/_opcode.ts';
import { module as _typing } from '../../../../src/modules/_typing.ts';
import { answer, start, value_of } from './evaluate.ts';

const here = join(process.cwd(), 'tests/unit/modules/expressions');
const read = (name: string): string => readFileSync(join(here, name), 'utf8');
const setup = JSON.parse(read('setup.json')) as Record<string, { names: Record<string, string> }>;
const env = start([_ast, _datetime, _json, _opcode, _typing]);

for (const [area, { names }] of Object.entries(setup)) {
  test(`${area}: values and errors are CPython's`, () => {
    const scope = new Map(env);
    for (const [name, text] of Object.entries(names)) scope.set(name, value_of(text, scope));
    const lines = read(`${area}.txt`).trimEnd().split('\n');
    const { answers } = JSON.parse(read(`${area}.golden.json`)) as { answers: string[] };
    assert.equal(answers.length, lines.length);
    const wrong: string[] = [];
    lines.forEach((line, i) => {
      const ours = answer(line, scope);
      if (ours !== answers[i]) wrong.push(`${line}\n  CPython: ${answers[i]}\n  here:    ${ours}`);
    });
    assert.equal(wrong.join('\n'), '');
  });

  test(`${area}: no references are left over`, () => {
    const scope = new Map(env);
    for (const [name, text] of Object.entries(names)) scope.set(name, value_of(text, scope));
    const leaks: string[] = [];
    for (const line of read(`${area}.txt`).trimEnd().split('\n')) {
      answer(line, scope); // fills caches
      answer(line, scope);
      gc_collect_generation(2, false);
      const before = refTotal.count;
      for (let i = 0; i < 4; i++) answer(line, scope);
      gc_collect_generation(2, false);
      const growth = refTotal.count - before;
      // What is not a multiple of four are caches.
      if (growth >= 4) leaks.push(`${line}: ${growth / 4}`);
    }
    assert.equal(leaks.join('\n'), '');
  });
}
