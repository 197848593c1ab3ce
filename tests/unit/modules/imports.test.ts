// Every module of sys.stdlib_module_names can be imported, or says why not, as docs/modules.md does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const PROGRAM = `
import json, sys
failed = {}
# Not those that print or open a browser.
for name in sorted(sys.stdlib_module_names - {'antigravity', 'this'}):
    try:
        __import__(name)
    except ImportError as e:
        failed[name] = [type(e).__name__, str(e), e.name]
print(json.dumps([sorted(sys.stdlib_module_names), failed]))
`;

interface Native {
  names: string[];
  missing: string[];
}

/** What only Pyvarium can import: a stand-in of ours where Debian's CPython lacks the module. */
const OURS = ['ensurepip'];

test('docs/modules.md lists the modules that cannot be imported, and importing them says why', () => {
  const why = new Map<string, string>();
  for (const [, names, reason] of readFileSync('docs/modules.md', 'utf8').matchAll(/^\| (`.*?`) \| (.*) \|$/gm)) {
    for (const name of names!.split(', ')) why.set(name.slice(1, -1), reason!.replaceAll('`', ''));
  }
  const run = spawnSync('bin/pyvarium', ['-W', 'ignore', '-c', PROGRAM], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const [names, failed] = JSON.parse(run.stdout.split('\n').at(-2)!) as [
    string[],
    Record<string, [string, string, string]>,
  ];
  assert.deepEqual(Object.keys(failed).sort(), [...why.keys()].sort());
  for (const [name, [type, message, missing]] of Object.entries(failed)) {
    assert.equal(type, 'ModuleNotFoundError');
    assert.equal(message, `No module named '${missing}': ${why.get(missing)}`, name);
  }
  const native = JSON.parse(readFileSync('tests/unit/modules/native_imports.json', 'utf8')) as Native;
  assert.deepEqual(names, native.names);
  assert.deepEqual(native.missing.filter(name => !(name in failed)).sort(), OURS);
});
