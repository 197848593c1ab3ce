// conformance.mjs: runs CPython's own tests on this build and counts them against what native CPython passes.
//
//     npm run conformance -- PYTHON [run.mjs options] [test_x ...]
//
// PYTHON is a native CPython 3.14 with its test suite (conformance/get-cpython.sh fetches one on Debian). Its library
// takes the place of the packed one. Without test modules or --list, conformance/core.txt is run.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [python, ...rest] = process.argv.slice(2);
if (python === undefined) {
  console.error('usage: npm run conformance -- PYTHON [options] [test_x ...]');
  process.exit(2);
}
const found = spawnSync(python, ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' });
if (found.status !== 0) {
  console.error(`conformance: ${python} does not run: ${found.error?.message ?? found.stderr}`);
  process.exit(2);
}
const lib = found.stdout.trim();
const options = rest.some(a => a === '--list' || /^['"]?test/.test(a))
  ? rest
  : ['--list', `${root}conformance/core.txt`, ...rest];
const run = spawnSync(
  process.execPath,
  [`${root}conformance/run.mjs`, '--python', `${root}bin/pyvarium`, '--lib', lib, '--timeout', '600', ...options],
  { stdio: 'inherit', env: { ...process.env, PYTHONHOME: lib } },
);
process.exit(run.status ?? 1);
