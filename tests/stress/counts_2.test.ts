// counts_2.test.ts: half of the snippets in counts.txt leave the sum of all reference counts as it was.
import { test } from 'node:test';
import { check_half } from './count_snippets.ts';

test('snippets leave no references behind (half 2)', () => check_half(1));
