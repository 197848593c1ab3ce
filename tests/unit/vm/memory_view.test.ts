// memory_view.test.ts: pyvarium.memory tells who holds an object, why, what happens to its count, and what a collection does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const START = `
import gc, sys
import pyvarium.memory as memory
class C: pass
def holders(*a): return sorted(w for k, o, w in memory.holders(*a))
`;

function run(source: string, ...options: string[]): string[] {
  const child = spawnSync('bin/pyvarium', [...options, '-c', START + source], { encoding: 'utf8' });
  assert.equal(child.status, 0, child.stderr);
  return `${child.stdout}${child.stderr}`.trimEnd().split('\n');
}

test('the holders of an object are as many as its count', () => {
  const lines = run(`
x = []; a = [x, x]; d = {'k': x}; c = C(); c.attr = x
print(holders(x), len(memory.holders(x)) == sys.getrefcount(x))
def f(y):
    z = y
    return holders(y), len(memory.holders(y)) == sys.getrefcount(y)
print(f([]))
`);
  // The second [0] is the tuple *a.
  assert.equal(lines[0], `['.attr', '[0]', '[0]', '[1]', "value of 'k'", "value of 'x'"] True`);
  assert.match(lines[1]!, /'local y'.*True\)$/);
});

test('a path leads from a root to what lives, and none to garbage', () => {
  const lines = run(`
class D: pass
c = C(); c.d = D()
print([w for k, o, w in memory.path(c.d)][-1] in ('.d', 'stack 3', 'stack 4'), memory.path(gc)[0][0])
`);
  assert.match(lines[0]!, /^True (native|frame)$/);
});

test('what an object retains dies with it', () => {
  assert.deepEqual(
    run('c = C(); c.items = [object() for _ in range(100)]; o = c.items[0]; print(memory.retained(c)[0])'),
    ['101'],
  );
});

test('a recording ends with the decrement that kills', () => {
  const lines = run(`
def f():
    v = C(); n = memory.record(v); w = [v]; del w; v = None
    return n
for e in memory.stop(f()): print(e[0], e[1], e[3])
`);
  assert.equal(lines.at(-1), '1 0 f');
  assert.ok(lines.length >= 4);
});

test('a collection can be watched phase by phase', () => {
  const lines = run(`
gc.collect(); c = C(); c.me = c; del c
print([(p, [t for t, *_ in o if t == 'C']) for p, o in memory.collect()])
`);
  assert.match(
    lines[0]!,
    /^\[\('candidates', \['C'\]\), \('counts', \['C'\]\), \('reachable', \[\]\), \('unreachable', \['C'\]\), .*\('cleared', \['C'\]\)\]$/,
  );
});

test('-X showrefcount', () => {
  const lines = run('print(sys.gettotalrefcount() > 1000, len(sys.getobjects(3)))', '-X', 'showrefcount');
  assert.equal(lines[0], 'True 3');
  assert.match(lines[1]!, /^\[\d+ refs, \d+ blocks\]$/);
});

test('-X gc-stress collects all the time', () => {
  assert.deepEqual(
    run(
      "x = [[] for _ in range(1000)]; print(gc.get_stats()[0]['collections'] > 15, gc.get_threshold())",
      '-X',
      'gc-stress=50',
    ),
    ['True (2000, 10, 10)'],
  );
});
