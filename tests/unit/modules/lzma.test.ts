// The encoder of _lzma writes what a native CPython has been shown to decode (tests/diff/L-lzma/written.py).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('LZMA is written as in the streams that liblzma decoded', () => {
  const run = spawnSync('bin/pyvarium', ['tests/diff/L-lzma/written.py', 'compress'], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const lines = run.stdout.trim().split('\n');
  assert.equal(lines.length, 7);
  for (const line of lines)
    assert.match(line, / True True$/, `${line}: record anew what the encoder writes, and let CPython decode it`);
});
