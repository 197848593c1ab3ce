// Third-party packages print what they print on native CPython (scripts/packages.mjs), where they have been fetched.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';

const site = process.env.PYVARIUM_PACKAGES ?? 'build/packages/site';
const skip = existsSync(site) ? false : `no packages in ${site}: scripts/fetch-packages.sh fetches them`;

test('third-party packages behave as on native CPython', { skip }, () => {
  const run = spawnSync(process.execPath, ['scripts/packages.mjs'], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout);
});
