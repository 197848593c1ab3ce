// Another library (PYTHONHOME) than the packed one: its `multiprocessing` is not adapted, and works all the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = process.cwd();
const packed = path.join(root, 'dist', 'lib', 'python3.14');
const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium library ')));
after(() => fs.rmSync(home, { recursive: true, force: true }));

/** A library as CPython has it: links to the packed one, but for the lines that the build changed. */
for (const name of fs.readdirSync(packed)) {
  if (name !== 'multiprocessing') fs.symlinkSync(path.join(packed, name), path.join(home, name));
}
fs.mkdirSync(path.join(home, 'multiprocessing', 'dummy'), { recursive: true });
for (const name of fs.readdirSync(path.join(packed, 'multiprocessing'), { recursive: true }) as string[]) {
  if (!name.endsWith('.py') || name === '_descriptors.py') continue;
  const text = fs.readFileSync(path.join(packed, 'multiprocessing', name), 'utf8');
  const original = text
    .replaceAll(/from \. import _descriptors; .*/g, 'pass')
    .replaceAll("if hasattr(os, 'fork') and reduction", 'if reduction')
    .replaceAll(/\*\*\({('\w+': \w+\(\))} if hasattr\(os, 'fork'\) else {}\)/g, '$1');
  fs.writeFileSync(path.join(home, 'multiprocessing', name), original);
}

const PROGRAM = `
import multiprocessing.reduction
print(multiprocessing.reduction.HAVE_SEND_HANDLE)
try: multiprocessing.get_context('forkserver')
except ValueError as e: print(e)
`;

function run(env: Record<string, string>): string {
  const done = spawnSync(path.join(root, 'bin', 'pyvarium'), ['-c', PROGRAM], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, ...env },
  });
  assert.equal(done.stderr, '');
  return done.stdout;
}

test('without names of descriptors, another library has no fork server', () => {
  assert.equal(run({ PYTHONHOME: home }), 'False\nforkserver start method not available\n');
});

test('the packed library sends descriptors', () => {
  assert.equal(run({}), "True\ncannot find context for 'forkserver'\n");
});
