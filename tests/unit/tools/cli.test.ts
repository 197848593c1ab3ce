// cli.test.ts: the tools on the command line: which word is a tool, where output goes, exit statuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const pyvarium = fileURLToPath(new URL('../../../bin/pyvarium', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tools-'));
after(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '', cwd = folder): { status: number | null; out: string; err: string } {
  const r = spawnSync(pyvarium, args, { encoding: 'utf8', cwd, input });
  return { status: r.status, out: r.stdout, err: r.stderr };
}

const MEAN = `def mean(values):
    total = 0
    for v in values:
        if v is 3: continue
        total += v
    return total / len(values)
for _ in range(60): r = mean([1, 2])
print(r)
`;
writeFileSync(join(folder, 'mean.py'), MEAN);

test('a program named like a tool is run; `tools NAME` means the tool', () => {
  const place = join(folder, 'names');
  mkdirSync(join(place, 'dis'), { recursive: true });
  mkdirSync(join(place, 'code'));
  writeFileSync(join(place, 'tokens'), 'import sys; print("a program", sys.argv[1:])');
  writeFileSync(join(place, 'dis', '__main__.py'), 'print("a folder")');
  assert.equal(run(['tokens', '-c', 'x'], '', place).out, "a program ['-c', 'x']\n");
  assert.equal(run(['dis'], '', place).out, 'a folder\n');
  assert.match(run(['tools', 'tokens', '-c', 'x'], '', place).out, /NAME +'x'/);
  // A folder without a program is none.
  assert.match(run(['code', '-c', 'x'], '', place).out, /co_name +<module>/);
});

test('the list of tools, and a tool that is none', () => {
  assert.match(run(['tools']).out, /^usage: pyvarium TOOL[\s\S]*symtable +scopes/);
  const { status, err } = run(['tools', 'nonsense']);
  assert.equal(status, 2);
  assert.match(err, /^pyvarium tools: there is no tool 'nonsense'\n/);
  assert.match(run(['ast', '--help']).out, /--dump +as ast\.dump/);
});

test('source from -c, a file, standard input; output to a file', () => {
  assert.match(run(['ast', '-c', 'x']).out, /Name x/);
  assert.match(run(['ast'], 'y').out, /Name y/);
  assert.match(run(['ast', '-'], 'z').out, /Name z/);
  assert.equal(run(['ast', '-c', 'x', '--json', '-o', 'x.json']).out, '');
  assert.equal(JSON.parse(readFileSync(join(folder, 'x.json'), 'utf8')).tree._type, 'Module');
});

test('wrong sources and command lines', () => {
  assert.deepEqual(run(['dis', '-c', 'x = (']), {
    status: 1,
    out: '',
    err: "pyvarium dis: <string>:1:5: SyntaxError: '(' was never closed\n",
  });
  assert.deepEqual(run(['symtable', 'nosuch.py']).err, 'pyvarium symtable: nosuch.py: no such file or directory\n');
  assert.equal(run(['symtable', '--nonsense']).status, 2);
  assert.match(run(['tokens'], 'x = (').err, /^pyvarium tokens: <stdin>:1: SyntaxError: [^\n]+\n$/);
  assert.equal(run(['ast', '-O', '7', '-c', 'x']).status, 2);
});

test('colour only where it is asked for or on a terminal', () => {
  assert.ok(!run(['dis', '-c', 'x']).out.includes('\x1b'));
  assert.ok(run(['dis', '--color', 'always', '-c', 'x']).out.includes('\x1b[36mRETURN_VALUE'));
});

test('dis --plain is what dis.dis prints', () => {
  const address = / at 0x[0-9a-f]+/g;
  const theirs = run(['-m', 'dis', 'mean.py']).out.replaceAll(address, '');
  assert.equal(run(['dis', '--plain', 'mean.py']).out.replaceAll(address, ''), theirs);
});

test('dis --plain: with positions, caches and offsets, as -m dis has them', () => {
  const address = / at 0x[0-9a-f]+/g;
  for (const [ours, theirs] of [
    [['-P'], ['-P']],
    [
      ['-P', '-C', '-s'],
      ['-P', '-C', '-O'],
    ],
  ] as const)
    assert.equal(
      run(['dis', '--plain', ...ours, 'mean.py']).out.replaceAll(address, ''),
      run(['-m', 'dis', ...theirs, 'mean.py']).out.replaceAll(address, ''),
    );
});

test('dis --adaptive: the program runs, then its specialised instructions are shown, as dis.dis(adaptive=True) does', () => {
  writeFileSync(
    join(folder, 'own.py'),
    `${MEAN}if 'own' in sys.argv: dis.dis(mean, adaptive=True)\n`.replace('def mean', 'import dis, sys\ndef mean'),
  );
  const { out, status } = run(['dis', '--plain', '--adaptive', '-f', 'mean', 'own.py']);
  const [printed, ...listing] = out.split('\n');
  assert.equal(status, 0);
  assert.equal(printed, '1.5');
  assert.equal(listing.join('\n'), run(['own.py', 'own']).out.replace('1.5\n', ''));
  assert.match(out, /FOR_ITER_LIST/);
  assert.equal(run(['dis', '-S'], 'x').err, 'pyvarium dis: <stdin>: --run wants a source file or -c\n');
});

test('stack --run: the values of the first run, after the output of the program', () => {
  const { out } = run(['stack', '--run', '-f', 'mean', 'mean.py']);
  assert.match(out, /^1\.5\n── mean: one run, \d+ instructions/);
  assert.match(out, /STORE_FAST +total +→ .* total = 0\n/);
  assert.match(out, /returns 1\.5\n$/);
  assert.match(run(['stack', '--run', '-f', 'mean', '-c', 'def mean(): pass']).err, /mean was not run/);
});

test('analyze --run: what became of each site', () => {
  const { out } = run(['analyze', '--run', 'mean.py:mean']);
  assert.match(out, /FOR_ITER .*became FOR_ITER_LIST/);
  assert.match(out, /CALL +CALL_LEN +became CALL_LEN/);
});

test('analyze: a table of a folder, and limits for CI', () => {
  const place = join(folder, 'package');
  mkdirSync(join(place, 'inner'), { recursive: true });
  for (let i = 0; i < 40; i++) writeFileSync(join(place, 'inner', `m${i}.py`), MEAN);
  writeFileSync(join(place, 'broken.py'), 'x = (');
  const { status, out } = run(['analyze', 'package', '--jobs', '2', '--limit', '3']);
  assert.equal(status, 0);
  assert.match(out, /and 77 more/);
  assert.match(out, /40 files, 80 functions/);
  assert.match(out, /40 is-literal/);
  assert.match(out, /1 file not analysed:\n.*broken\.py:1:5: SyntaxError/);
  const limited = run(['analyze', 'mean.py', '--max-complexity', '2']);
  assert.equal(limited.status, 1);
  assert.match(limited.err, /mean\.py:1: complexity of mean is 3, above 2/);
  assert.equal(run(['analyze', 'package', '--fail-on', 'is-literal']).status, 1);
  assert.equal(run(['analyze', 'package', '--fail-on', 'mutable-default', '--max-complexity', '3']).status, 0);
  assert.match(run(['analyze', 'package', '--findings']).out, /m0\.py:4: 'is' compares identity .* \[is-literal\]/);
});

test('pyc of a source: what would be written', () => {
  assert.match(run(['pyc', 'mean.py']).out, /3627, then CR LF/);
  assert.match(run(['cfg', '-f', 'mean', 'mean.py']).out, /mean: borrowed loads/);
});
