// Interpreters that have ended leave nothing behind: the total of references is what it was.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const PROGRAM = `
import _interpreters as I, gc, sys

SCRIPTS = [
    'import threading; threading.Thread(target=print, args=("",), kwargs={"end": ""}).start()',
    'import json, re, decimal, pickle, typing, zoneinfo, array, socket',
    'class A: pass\\nx = [A()]; x.append(x)\\nimport sys; sys.settrace(lambda *a: None)',
    'from concurrent import interpreters; q = interpreters.create_queue(); q.put([1]); q.get()',
    '1/0',
]

def once(script):
    interp = I.create()
    I.exec(interp, script, {'view': memoryview(b'abc'), 'items': (1, 'a', b'b', None, 1.5)})
    I.call(interp, len, ([1],))
    I.destroy(interp)

for script in SCRIPTS:
    once(script)
    once(script)
    gc.collect()
    before = sys.gettotalrefcount()
    for _ in range(4):
        once(script)
    gc.collect()
    print(sys.gettotalrefcount() - before)
`;

test('an interpreter that has ended gives all references back', () => {
  const env = { ...process.env, PYVARIUM_DEBUG: '1' };
  const run = spawnSync('node', ['bin/pyvarium', '-X', 'showrefcount', '-c', PROGRAM], { encoding: 'utf8', env });
  assert.equal(run.status, 0, run.stderr);
  // Variables of the loop itself.
  const left = run.stdout.trim().split('\n').map(Number);
  assert.equal(left.length, 5);
  for (const n of left) assert.ok(n < 10, run.stdout);
});
