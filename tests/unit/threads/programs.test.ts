// The programs of tests/threads: seeded runs repeat, and known races and deadlocks are found. With SCHEDULES=full the numbers
// are those of scripts/schedules.mjs (100 runs, 200 schedules), which takes some twenty minutes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const full = process.env.SCHEDULES === 'full';

function schedules(...args: string[]) {
  const run = spawnSync(process.execPath, ['scripts/schedules.mjs', ...args], { encoding: 'utf8', cwd: process.cwd() });
  return run.stdout + run.stderr;
}

test('racy programs print and switch the same with the same seed', () => {
  const text = schedules('replay', ...(full ? [] : ['--runs', '2', '--racy', '0']));
  assert.match(text, /^20 passed, 0 failed$/m, text);
});

// One of them is found after more than 50 schedules only.
test('races and deadlocks are found and reported', { skip: full ? false : 'only with SCHEDULES=full' }, () => {
  const text = schedules('explore');
  assert.match(text, /^10 passed, 0 failed$/m, text);
});
