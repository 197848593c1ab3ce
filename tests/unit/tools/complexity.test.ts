// complexity.test.ts: cyclomatic complexity against decisions counted by hand (complexity_cases.txt).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { analyzeProgram, Program } from '../../../src/tools/index.ts';

const text = readFileSync(fileURLToPath(new URL('complexity_cases.txt', import.meta.url)), 'utf8');
const cases = text
  .split(/^== /m)
  .slice(1)
  .map(part => {
    const [head, ...lines] = part.split('\n');
    const [, count, what] = /^(\d+) {2}(.*)$/.exec(head!)!;
    return { count: Number(count), what: what!, source: lines.join('\n') };
  });

test('there are at least 100 cases', () => {
  assert.ok(cases.length >= 100);
});

for (const { count, what, source } of cases) {
  test(`${what}: ${count}`, () => {
    const report = analyzeProgram(new Program(source, 'case.py')).find(r => r.name === 'f')!;
    assert.equal(report.complexity, count + 1, `decisions found: ${JSON.stringify(report.decisions)}`);
  });
}
