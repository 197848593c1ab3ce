// Seeded schedules repeat, races are found by them, and a deadlock is reported in place of a program that hangs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const RACE = `
import threading
n = 0
def pause(): pass
def add():
    global n
    for _ in range(50):
        m = n
        pause()
        n = m + 1
ts = [threading.Thread(target=add) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(n)
`;

const DEADLOCK = `
import threading, time
a, b = threading.Lock(), threading.Lock()
def take(first, second):
    with first:
        time.sleep(0.02)
        with second: pass
ts = [threading.Thread(target=take, args=p) for p in ((a, b), (b, a))]
for t in ts: t.start()
try:
    for t in ts: t.join()
except RuntimeError as e:
    print('RuntimeError', str(e).split(':')[0])
import os
os._exit(3)
`;

let folder = '';

before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'schedules-'));
  fs.writeFileSync(path.join(folder, 'race.py'), RACE);
  fs.writeFileSync(path.join(folder, 'deadlock.py'), DEADLOCK);
});

after(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, ['bin/pyvarium', ...args], { encoding: 'utf8', cwd: process.cwd() });
}

test('a seeded run repeats its output and every switch', () => {
  const log = path.join(folder, 'log');
  const texts = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const r = run('-X', 'gil-seed=5', '-X', `gil-log=${log}`, path.join(folder, 'race.py'));
    texts.add(r.stdout + fs.readFileSync(log, 'utf8'));
  }
  assert.equal(texts.size, 1);
  assert.match([...texts][0]!, /thread 2 has had its slice; thread \d goes on at \w+, line \d+/);
});

test('gil-explore finds a race and shows a schedule of it', () => {
  const r = run('-X', 'gil-explore=12', path.join(folder, 'race.py'));
  assert.equal(r.status, 1);
  assert.match(r.stdout, /^gil-explore: 12 schedules, \d+ different results/);
  assert.match(r.stdout, /The shortest schedule that differs: -X gil-seed=\d+, \d+ switches/);
});

test('a deadlock is reported: who waits for what, who has it, where', () => {
  const r = run(path.join(folder, 'deadlock.py'));
  assert.equal(r.status, 3, r.stderr);
  assert.equal(r.stdout, 'RuntimeError deadlock\n');
  assert.match(r.stderr, /^Deadlock: every thread waits/);
  assert.match(r.stderr, /Thread 2 \[Thread-1 \(take\)\] waits for <locked _thread.lock.*>, held by thread 3/);
  assert.match(r.stderr, /line 7 in take/);
});

test('a lock that nobody can release is an error at once', () => {
  const r = run('-c', 'import threading; l = threading.Lock(); l.acquire(); l.acquire()');
  assert.equal(r.status, 1);
  assert.match(r.stderr, /RuntimeError: deadlock: waiting for <locked _thread\.lock/);
});
