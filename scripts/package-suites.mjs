// package-suites.mjs: runs the test suites that packages ship, by pytest, on native CPython 3.14 and here, and compares them
// test by test.
//
//     node scripts/package-suites.mjs PYTHON [WORD ...]     only packages whose folder's name contains a word
//
// Fetches nothing: build/packages/suites holds one folder per package, as scripts/fetch-suites.sh (or whoever unpacks
// source distributions) leaves it there, with the package in `src` or at the top and its tests in `tests`; and `site` with
// pytest and what else the tests import. PYVARIUM_SUITES names another folder. Both interpreters run the same files with
// the same library. A test counts as the same when it passes, fails, is skipped or cannot be collected on both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHOWN = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const suites = process.env.PYVARIUM_SUITES ?? join(root, 'build', 'packages', 'suites');
const [python, ...words] = process.argv.slice(2);
if (python === undefined) {
  console.error('usage: node scripts/package-suites.mjs PYTHON [WORD ...]');
  process.exit(2);
}
if (!existsSync(suites)) {
  console.log(`no test suites in ${suites}: scripts/fetch-suites.sh fetches them`);
  process.exit(0);
}
const packages = readdirSync(suites)
  .filter(name => existsSync(join(suites, name, 'tests')))
  .sort();
// A package's tests may use another one that is here: its own stands first.
const sources = name => (existsSync(join(suites, name, 'src')) ? join(suites, name, 'src') : join(suites, name));

/** Our interpreter gets native's library: that of the npm package is an older 3.14's. */
const lib = spawnSync(python, ['-c', 'import os; print(os.path.dirname(os.__file__))'], {
  encoding: 'utf8',
}).stdout?.trim();
const home = lib?.endsWith('/lib/python3.14') ? { PYTHONHOME: lib.slice(0, -'/lib/python3.14'.length) } : {};

/** What is left of JUnit's report: one outcome, with the first line of what it says, for each test. */
function outcomes(xml) {
  const tests = new Map();
  for (const [, head, , body = ''] of xml.matchAll(/<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const field = name => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(head)?.[1] ?? '';
    const id = `${field('classname')}::${field('name')}`.replace(/0x[0-9a-f]{6,}/g, '0x...');
    const told = /<(failure|error|skipped)\b[^>]*?(?:message="([^"]*)")?[^>]*>/.exec(body);
    const said = told?.[2]?.split('&#10;', 1)[0] ?? '';
    let unique = id;
    for (let i = 2; tests.has(unique); i++) unique = `${id} (${i})`;
    tests.set(unique, { outcome: told?.[1] ?? 'passed', said });
  }
  return tests;
}

/** Each interpreter compiles for itself, and once. */
const caches = mkdtempSync(join(tmpdir(), 'suites-'));
process.on('exit', () => rmSync(caches, { recursive: true, force: true }));

function run(command, name, settings) {
  const work = mkdtempSync(join(tmpdir(), 'suite-'));
  const report = join(work, 'report.xml');
  const started = Date.now();
  // Warnings of packages older than pytest are no failures. A file that cannot be imported counts as one test.
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-W', 'ignore', '--continue-on-collection-errors'];
  const child = spawnSync(command, [...args, `--basetemp=${work}/tmp`, `--junitxml=${report}`, 'tests'], {
    cwd: join(suites, name),
    encoding: 'utf8',
    input: '',
    timeout: 7_200_000,
    maxBuffer: 1 << 30,
    env: {
      ...process.env,
      PYTHONPATH: [sources(name), ...packages.filter(other => other !== name).map(sources), join(suites, 'site')].join(
        ':',
      ),
      PYTHONHASHSEED: '0',
      PYTHONIOENCODING: 'utf-8',
      COLUMNS: '80',
      TZ: 'UTC',
      PYTHONDONTWRITEBYTECODE: '',
      PYTHONPYCACHEPREFIX: join(caches, command === python ? 'native' : 'here'),
      ...settings,
    },
  });
  const tests = existsSync(report) ? outcomes(readFileSync(report, 'utf8')) : new Map();
  rmSync(work, { recursive: true, force: true });
  const end = child.stdout?.trim().split('\n').at(-1) ?? String(child.error);
  if (tests.size === 0)
    console.log(`${name}: no report from ${command}\n${child.stdout}\n${child.stderr}`.slice(0, 3000));
  return { tests, end, seconds: (Date.now() - started) / 1000 };
}

let differ = 0;
for (const name of packages) {
  if (words.length > 0 && !words.some(word => name.includes(word))) continue;
  const native = run(python, name, {});
  const ours = run(join(root, 'bin', 'pyvarium'), name, home);
  const before = differ;
  for (const id of new Set([...native.tests.keys(), ...ours.tests.keys()])) {
    const [a, b] = [native.tests.get(id), ours.tests.get(id)];
    if (a?.outcome === b?.outcome) continue;
    if (++differ - before > SHOWN) continue;
    console.log(
      `  ${id}\n    native: ${a?.outcome ?? 'missing'} ${a?.said ?? ''}\n    here:   ${b?.outcome ?? 'missing'} ${b?.said ?? ''}`,
    );
  }
  if (native.tests.size === 0) differ++;
  const passed = [...native.tests.values()].filter(test => test.outcome === 'passed').length;
  console.log(`${name}: ${native.tests.size} tests, ${passed} pass on native, ${differ - before} differ here`);
  console.log(
    `  native ${native.seconds.toFixed(0)} s, ${native.end}\n  here   ${ours.seconds.toFixed(0)} s, ${ours.end}`,
  );
}
process.exitCode = differ > 0 ? 1 : 0;
