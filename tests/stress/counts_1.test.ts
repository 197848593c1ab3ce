// counts_1.test.ts: half of the snippets in counts.txt leave the sum of all reference counts as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check_half, complaints } from './count_snippets.ts';

test('snippets leave no references behind (half 1)', () => check_half(0));

test('a reference left behind is seen', () => {
  assert.deepEqual(
    complaints('keeps', 'import sys; sys.modules.setdefault("kept", []).append(object())')[0],
    'keeps: 10 references in ten rounds',
  );
});
