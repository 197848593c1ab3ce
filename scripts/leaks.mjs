// leaks.mjs: the leak hunt: runs CPython's own test modules over and over in the debug build, as regrtest -R does.
//
//     npm run leaks -- PYTHON [test_x ...]      PYTHON: a native CPython 3.14 with its test suite
//
// Each test class runs a few times to fill caches, then three times more; the sum of all reference counts must not grow.
// A class that leaks is named with its growth in each of these rounds. Without modules: those of conformance/core.txt.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const [python, ...words] = process.argv.slice(2);
if (python === undefined) {
  console.error('usage: npm run leaks -- PYTHON [test_x ...]');
  process.exit(2);
}
const found = spawnSync(python, ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' });
if (found.status !== 0) {
  console.error(`leaks: ${python} does not run: ${found.error?.message ?? found.stderr}`);
  process.exit(2);
}
const listed = () =>
  readFileSync('conformance/core.txt', 'utf8')
    .split('\n')
    .filter(line => /^test/.test(line));
/** "pkg.*": every test*.py below the package. */
function expanded(name) {
  if (!name.endsWith('.*')) return [name];
  const folder = `${found.stdout.trim()}/test/${name.slice(0, -2).replaceAll('.', '/')}`;
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const child = name.slice(0, -1) + entry.name;
    if (entry.isDirectory()) return expanded(`${child}.*`);
    return /^test.*\.py$/.test(entry.name) ? [child.slice(0, -3)] : [];
  });
}
const modules = (words.length > 0 ? words : listed()).flatMap(expanded);

const outfile = 'build/leaks.mjs';
await build({
  entryPoints: ['tests/stress/leaks.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  define: { PY_DEBUG: 'true' },
  logLevel: 'error',
});
let leaking = 0;
for (const module of modules) {
  const places = [`${root}dist`, found.stdout.trim(), `${root}conformance`];
  const run = spawnSync(process.execPath, ['--stack-size=3900', outfile, ...places, module], {
    encoding: 'utf8',
    timeout: 900_000,
  });
  const report = run.stdout.split('\n').filter(line => /^(leak|ok|failed) /.test(line));
  const leaks = report.filter(line => line.startsWith('leak '));
  leaking += leaks.length;
  const ended = run.status === 0 ? '' : `, ended early (${run.signal ?? `exit code ${run.status}`})`;
  console.log(`${module}: ${report.length} classes, ${leaks.length} leak${ended}`);
  const names = (/^found (.*)$/m.exec(run.stdout)?.[1] ?? '').split(' ');
  for (const line of leaks) console.log(`  ${line.replace(/^leak \S+ #(\d+)/, (_, i) => names[Number(i)])}`);
}
rmSync(outfile, { force: true });
console.log(`${leaking} classes leak`);
process.exitCode = leaking > 0 ? 1 : 0;
