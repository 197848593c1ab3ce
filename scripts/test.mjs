// test.mjs: runs the tests. The last line reads `N passed, M failed`.
//
//     node scripts/test.mjs [WORD ...]      only tests whose path contains one of the words
//
//   tests/unit/**/*.test.ts   bundled, and run by node's test runner
//   tests/diff/**/*.py        run by bin/pyvarium in their own folder; output, errors and exit code must be what CPython
//                             3.14 gave, which stands beside each in FILE.out (scripts/record-diff.mjs writes it)
//   tests/diff/known-failures.txt   lines `PATH: reason`: these differ so far; one that no longer does counts as failed,
//                             so that it is taken off the list
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { diffCases, runCase } from './diff-case.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const words = process.argv.slice(2);
const wanted = path => words.length === 0 || words.some(word => path.includes(word));
const WORKERS = 2;

/** Paths of the files below a folder with that ending, sorted. */
function find(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith(ending))
    .map(name => join(folder, name))
    .filter(wanted)
    .sort();
}

/** Runs the unit tests: [passed, failed]. */
async function unitTests() {
  const files = find('tests', '.test.ts');
  if (files.length === 0) return [0, 0];
  rmSync('build/tests', { recursive: true, force: true });
  await build({
    entryPoints: files,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: 'build/tests',
    outbase: 'tests',
    outExtension: { '.js': '.mjs' },
    external: ['esbuild', 'typescript', 'playwright-core'],
    define: { PY_DEBUG: 'true' },
    // Tests find the files beside them by the path of their source.
    plugins: [
      {
        name: 'source-url',
        setup(builder) {
          builder.onLoad({ filter: /[\\/]tests[\\/].*\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(new URL(`file://${path}`).href),
            ),
            loader: 'ts',
          }));
        },
      },
    ],
    logLevel: 'error',
  });
  const bundles = files.map(file => join('build', file.replace(/\.ts$/, '.mjs')));
  const args = ['--test', `--test-concurrency=${WORKERS}`, '--test-reporter=tap', ...bundles];
  const child = spawn(process.execPath, ['--stack-size=4000', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let passed = 0;
  let failed = 0;
  // Passing tests say nothing; the report of a failing one is everything from its line to the next one's.
  let showing = false;
  let rest = '';
  for await (const chunk of child.stdout) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const result = /^ *(not )?ok \d+/.exec(line);
      if (result !== null) showing = result[1] !== undefined;
      else if (/^ *# Subtest/.test(line)) showing = false;
      const count = /^# (pass|fail|cancelled) (\d+)$/.exec(line);
      if (count !== null) {
        showing = false;
        if (count[1] === 'pass') passed += Number(count[2]);
        else failed += Number(count[2]);
      }
      if (showing) console.log(line);
    }
  }
  const status = child.exitCode ?? (await new Promise(resolve => child.on('close', resolve)));
  if (status !== 0 && failed === 0) failed = 1;
  return [passed, failed];
}

/** Runs the programs of tests/diff: [passed, failed]. */
async function diffTests() {
  const cases = diffCases().filter(wanted);
  const known = knownFailures();
  let passed = 0;
  let differ = 0;
  let failed = 0;
  let next = 0;
  async function worker() {
    while (next < cases.length) {
      const file = cases[next++];
      const expected = existsSync(`${file}.out`) ? readFileSync(`${file}.out`, 'utf8') : null;
      const got = await runCase(join(root, 'bin/pyvarium'), file);
      const reason = known.get(file);
      if (reason !== undefined && got !== expected) differ++;
      else if (reason !== undefined) {
        failed++;
        console.log(`not ok ${file}\n  gives the recorded output now: take it off tests/diff/known-failures.txt`);
      } else if (got === expected) passed++;
      else {
        failed++;
        console.log(`not ok ${file}`);
        console.log(expected === null ? '  no recorded output' : firstDifference(expected, got));
      }
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker));
  if (differ > 0) console.log(`programs that differ as tests/diff/known-failures.txt says: ${differ}`);
  return [passed, failed];
}

/** Reasons by path. */
function knownFailures() {
  const list = 'tests/diff/known-failures.txt';
  if (!existsSync(list)) return new Map();
  const lines = readFileSync(list, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map(line => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

function firstDifference(expected, got) {
  const want = expected.split('\n');
  const have = got.split('\n');
  const at = want.findIndex((line, i) => line !== have[i]);
  const line = at < 0 ? want.length : at;
  const show = lines => lines.slice(line, line + 4).map(text => `    ${text}`);
  return [`  line ${line + 1}, expected:`, ...show(want), '  got:', ...show(have)].join('\n');
}

const [unitPassed, unitFailed] = await unitTests();
console.log(`unit: ${unitPassed} passed, ${unitFailed} failed`);
const [diffPassed, diffFailed] = await diffTests();
console.log(`programs: ${diffPassed} passed, ${diffFailed} failed`);
console.log('');
console.log(`${unitPassed + diffPassed} passed, ${unitFailed + diffFailed} failed`);
process.exitCode = unitFailed + diffFailed > 0 ? 1 : 0;
