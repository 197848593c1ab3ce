// stacks.test.ts: the symbolic stack over every fourth program of tests/diff: depths agree with what the compiler computed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allCode, fromCompiler, Program, stackReport, ToolError } from '../../../src/tools/index.ts';

const folder = fileURLToPath(new URL('../../diff', import.meta.url));

test('the deepest symbolic stack is co_stacksize, and no value is unknown', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.py'))
    .sort()
    .filter((_, i) => i % 4 === 0);
  let checked = 0;
  for (const name of files) {
    let code: ReturnType<typeof fromCompiler>;
    try {
      code = fromCompiler(new Program(readFileSync(join(folder, name)), name).code());
    } catch (e) {
      // Some programs are wrong on purpose, some name characters (\N{...}), which the library leaves to its caller.
      assert.ok(e instanceof ToolError, String(e));
      continue;
    }
    for (const each of allCode(code)) {
      const report = stackReport(each);
      const where = `${name}: ${each.qualname}`;
      assert.ok(report.deepest <= each.stacksize, `${where}: ${report.deepest} of ${each.stacksize}`);
      for (const [offset, { before, after }] of report.stacks)
        assert.ok(![...before, ...after].includes('?'), `${where} at ${offset}: ${before.join(' | ')}`);
      for (const block of report.graph.blocks)
        if (block.reachable)
          for (const i of block.instructions) assert.ok(report.stacks.has(i.offset), `${where} at ${i.offset}`);
      checked++;
    }
  }
  assert.ok(checked > 300, String(checked));
});
