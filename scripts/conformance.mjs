// conformance.mjs: runs CPython's own tests on this build and counts them against what native CPython passes.
//
//     npm run conformance -- PYTHON [--gc-stress N] [run.mjs options] [test_x ...]
//
// PYTHON is a native CPython 3.14 with its test suite (conformance/get-cpython.sh fetches one on Debian). Its library
// takes the place of the packed one, as PYTHONHOME would make it. run.mjs takes PYTHON* out of the environment, and the
// tests start sys.executable with -E and -I, so a launcher made for the run says where the library is. Without test
// modules or --list, conformance/core.txt is run.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import start from '../bin/start.cjs';

const { nodeFlags } = start;

const root = fileURLToPath(new URL('..', import.meta.url));
const [python, ...rest] = process.argv.slice(2);
// With a collection after every N allocations of the tests' own process.
const stress = rest.indexOf('--gc-stress');
const flags = stress < 0 ? '' : ` -X gc-stress=${rest.splice(stress, 2)[1]}`;
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

/** The installation to which a Lib folder belongs: a folder whose lib/python3.14 it is. */
function installation(folder) {
  const tail = path.join('/', 'lib', 'python3.14');
  if (lib.endsWith(tail)) return lib.slice(0, -tail.length);
  fs.mkdirSync(path.join(folder, 'lib'));
  fs.symlinkSync(lib, path.join(folder, 'lib', 'python3.14'));
  return folder;
}

/** Writes an executable that is bin/pyvarium with that library; it is what sys.executable names. */
function write_launcher(folder) {
  const launcher = path.join(folder, 'pyvarium');
  const shebang = `#!/usr/bin/env -S node ${nodeFlags().join(' ')}`;
  const start = `require(${JSON.stringify(path.join(root, 'bin', 'start.cjs'))}).start`;
  const options = `{ executable: __filename, prefix: ${JSON.stringify(installation(folder))} }`;
  fs.writeFileSync(launcher, `${shebang}\n${start}(${options});\n`, { mode: 0o755 });
  return launcher;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const run = spawnSync(
  process.execPath,
  [`${root}conformance/run.mjs`, '--python', `${write_launcher(folder)}${flags}`, '--lib', lib, '--timeout', '600', ...options],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
