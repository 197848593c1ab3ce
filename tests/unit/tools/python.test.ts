// python.test.ts: the tools from Python: runs python_tools.py, which is a test of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const pyvarium = fileURLToPath(new URL('../../../bin/pyvarium', import.meta.url));
const program = fileURLToPath(new URL('python_tools.py', import.meta.url));

test('pyvarium.tools', () => {
  const { status, stderr } = spawnSync(pyvarium, [program], { encoding: 'utf8' });
  assert.match(stderr, /^Ran \d\d tests/m);
  assert.equal(status, 0, stderr);
});
