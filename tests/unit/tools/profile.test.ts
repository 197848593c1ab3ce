// profile.test.ts: the profiler on whole programs: exact counts, the program's own output and status, the files it writes.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { flamePage, type Profile } from '../../../src/tools/index.ts';
import { noBrowser, withPage } from './browser.ts';

const pyvarium = fileURLToPath(new URL('../../../bin/pyvarium', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = `import sys
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

class Box:
    def __init__(self, x):
        self.x = x
    def __lt__(self, other):
        return self.x < other.x

def numbers(n):
    for i in range(n):
        yield i * 2

def fails():
    raise ValueError

def main():
    print(fib(10), sum(numbers(50)))
    sorted([Box(3), Box(1), Box(2)])
    for _ in range(4):
        try:
            fails()
        except ValueError:
            pass
    return [len(s) for s in ('a', 'bb')]

main()
sys.exit(3)
`;

/** Runs the program under the profiler. */
function run(
  source: string,
  ...options: string[]
): { profile: Profile; stdout: string; stderr: string; status: number } {
  const file = join(folder, 'program.py');
  const json = join(folder, 'profile.json');
  writeFileSync(file, source);
  const r = spawnSync(pyvarium, ['profile', '--json', json, ...options, file], { encoding: 'utf8', cwd: folder });
  const profile = JSON.parse(readFileSync(json, 'utf8')) as Profile;
  return { profile, stdout: r.stdout, stderr: r.stderr, status: r.status! };
}

const calls = (p: Profile, name: string): number => p.functions.find(f => f.name === name)!.calls;

test("calls are exact; output and exit status are the program's", () => {
  const { profile, stdout, stderr, status } = run(PROGRAM);
  assert.equal(stdout, '55 2450\n');
  assert.equal(status, 3);
  assert.match(stderr, /profile of .*program\.py/);
  assert.equal(calls(profile, 'fib'), 177);
  assert.equal(calls(profile, 'main'), 1);
  assert.equal(calls(profile, 'fails'), 4);
  assert.equal(calls(profile, 'Box.__init__'), 3);
  assert.equal(calls(profile, 'len'), 2);
  assert.equal(calls(profile, 'numbers'), 1);
  assert.equal(profile.functions.find(f => f.name === 'numbers')!.resumes, 51);
  assert.ok(calls(profile, 'Box.__lt__') >= 2);
  // Every instruction belongs to one function, one opcode and one node of the tree.
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  assert.equal(sum(profile.functions.map(f => f.instructions)), profile.instructions);
  assert.equal(sum(Object.values(profile.opcodes)), profile.instructions);
  type Node = Profile['threads'][number]['tree'];
  const below = (n: Node): number => n.instructions + sum(n.children.map(below));
  assert.equal(sum(profile.threads.map(t => below(t.tree))), profile.instructions);
});

test('instructions are the same in each run, and a comparison says so', () => {
  const first = run(PROGRAM, '-q');
  const old = join(folder, 'old.json');
  writeFileSync(old, JSON.stringify(first.profile));
  const second = run(PROGRAM, '--compare', old);
  assert.equal(second.profile.instructions, first.profile.instructions);
  assert.match(second.stderr, /the same [\d,]+ instructions/);
  const changed = run(PROGRAM.replace('fib(10)', 'fib(11)'), '--compare', old);
  assert.match(changed.stderr, /\+\d+.*\+110\s+fib/);
});

test('lines: each run of a line is counted', () => {
  const { profile } = run('for i in range(10):\n    x = i\n    y = x\n', '-q', '--lines');
  const line = (n: number): Profile['lines'][number] =>
    profile.lines.find(l => l.line === n && l.file.endsWith('program.py'))!;
  assert.equal(line(2).hits, 10);
  assert.equal(line(3).hits, 10);
  assert.equal(line(3).instructions, 20 + 10);
});

test('memory: allocations by line and type, and the peak', () => {
  const { profile } = run(
    'keep = [float(i) for i in range(1000)]\nkeep = None\nmore = "x" * 100000\n',
    '-q',
    '--memory',
  );
  const memory = profile.memory!;
  const first = memory.lines.find(l => l.line === 1 && l.file.endsWith('program.py'))!;
  assert.ok(first.count >= 1000 && first.peak >= 24_000 + 8_000, JSON.stringify(first));
  const floats = memory.types.find(t => t.type === 'float')!;
  assert.ok(floats.count >= 1000);
  assert.ok(memory.lines.find(l => l.line === 3)!.peak >= 100_000);
  assert.ok(memory.peak >= 100_000);
});

test('sampling: time where it goes', () => {
  const source = `def busy(n):
    t = 0
    for i in range(n): t += i * i
    return t
def idle(): return 1
for _ in range(40): idle(); busy(20000)
print('done')
`;
  const { profile, stdout } = run(source, '-q', '--sample', '1');
  assert.equal(stdout, 'done\n');
  assert.equal(profile.mode, 'sampling');
  const busy = profile.functions.find(f => f.name === 'busy')!;
  assert.ok(busy.calls >= 5 && busy.own > 0.5 * profile.time, JSON.stringify(busy));
  assert.ok(profile.lines.some(l => l.line === 3 && l.time > 0));
});

test('threads have a tree each', () => {
  const { profile } = run(
    'import threading\ndef work(): return sum(range(100))\nt = threading.Thread(target=work)\nt.start()\nt.join()\n',
    '-q',
  );
  assert.equal(profile.threads.length, 2);
  assert.equal(calls(profile, 'work'), 1);
});

test('files for other viewers', () => {
  const names = { pstats: 'p.pstats', speedscope: 's.json', collapsed: 'c.txt', trace: 't.json', html: 'h.html' };
  const options = Object.entries(names).flatMap(([option, name]) => [`--${option}`, join(folder, name)]);
  run(PROGRAM, '-q', ...options);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const script = `import pstats, sys
s = pstats.Stats(sys.argv[1])
for (file, line, name), (cc, nc, tt, ct, callers) in s.stats.items():
    if name == 'fib': print(cc, nc, ct >= tt > 0, sorted(c[2] for c in callers))
`;
  assert.equal(
    execFileSync(pyvarium, ['-c', script, join(folder, names.pstats)], { encoding: 'utf8' }),
    "1 177 True ['fib', 'main']\n",
  );
  const scope = JSON.parse(read(names.speedscope)) as {
    shared: { frames: { name: string }[] };
    profiles: { samples: number[][]; weights: number[] }[];
  };
  assert.ok(scope.shared.frames.some(f => f.name === 'fib'));
  assert.equal(scope.profiles[0]!.samples.length, scope.profiles[0]!.weights.length);
  assert.match(
    read(names.collapsed),
    /^main thread;<module> \(program\.py:1\);main \(program\.py:\d+\);fib \(program\.py:2\)/m,
  );
  const trace = JSON.parse(read(names.trace)) as { traceEvents: { ph: string; name: string }[] };
  const begins = trace.traceEvents.filter(e => e.ph === 'B' && e.name === 'fib').length;
  assert.equal(begins, 177);
  assert.equal(trace.traceEvents.filter(e => e.ph === 'E' && e.name === 'fib').length, 177);
});

test('a program that traces itself is traced as ever', () => {
  const source = `import sys
seen = []
def f(): return 1
sys.settrace(lambda frame, event, arg: seen.append(event))
f()
sys.settrace(None)
print(seen)
`;
  assert.equal(run(source, '-q').stdout, "['call']\n");
});

test('wrong use is one line', () => {
  const say = (...args: string[]): [number | null, string] => {
    const r = spawnSync(pyvarium, ['profile', ...args], { encoding: 'utf8' });
    return [r.status, r.stderr.split('\n', 1)[0]!];
  };
  assert.deepEqual(say('nosuch.py'), [1, 'pyvarium profile: nosuch.py: no such file or directory']);
  assert.deepEqual(say(), [2, 'pyvarium profile: a program is wanted: -c CODE, -m MODULE or FILE']);
  assert.deepEqual(say('--compare', pyvarium, '-c', '1'), [
    1,
    `pyvarium profile: ${pyvarium}: no profile that --json wrote`,
  ]);
});

test('the flame graph zooms, finds and sorts', { skip: noBrowser }, async () => {
  run(PROGRAM, '-q', '--html', join(folder, 'flame.html'));
  const html = readFileSync(join(folder, 'flame.html'), 'utf8');
  assert.ok(typeof flamePage === 'function');
  await withPage(html, async page => {
    const box = page.locator('#flame div[data-name="main"]').first();
    const before = (await box.boundingBox())!.width;
    await page.selectOption('#by', 'instructions');
    await page.locator('#flame div[data-name="main"]').first().click();
    const whole = (await page.locator('#flame').boundingBox())!.width;
    const zoomed = (await page.locator('#flame div[data-name="main"]').first().boundingBox())!.width;
    assert.ok(zoomed > whole - 4 && before <= whole, `${before} ${zoomed} of ${whole}`);
    await page.fill('#search', 'fib');
    assert.ok((await page.locator('#flame .match').count()) > 0);
    await page.click('#reset');
    await page.locator('th', { hasText: 'calls' }).click();
    assert.match(await page.locator('#rows tr').first().innerText(), /^177/);
    assert.match(await page.locator('#range').innerText(), / to /);
  });
});
