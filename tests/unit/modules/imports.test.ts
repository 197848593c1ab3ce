// Every module of sys.stdlib_module_names can be imported or stands in docs/modules.md with the reason.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const PROGRAM = `
import importlib, sys
# Those that print or open a browser.
for name in sorted(sys.stdlib_module_names - {'antigravity', 'this'}):
    try:
        importlib.import_module(name)
    except ImportError:
        print(name)
`;

test('docs/modules.md lists the modules that cannot be imported', () => {
  const listed = [...readFileSync('docs/modules.md', 'utf8').matchAll(/^\| (`.*?`) \|/gm)]
    .flatMap(row => row[1]!.split(', ').map(name => name.slice(1, -1)))
    .sort();
  const run = spawnSync('bin/pyvarium', ['-W', 'ignore', '-c', PROGRAM], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const failing = run.stdout.split('\n').filter(name => /^\w+$/.test(name));
  assert.deepEqual(failing, listed);
});
