// packages.mjs: drives third-party packages (tests/packages/*.py) and compares with what native CPython 3.14.10 printed.
//
//     node scripts/packages.mjs [WORD ...]                  compares; packages from build/packages (scripts/fetch-packages.sh)
//     node scripts/packages.mjs --record PYTHON [WORD ...]  writes the records (*.py.out)
//
// PYVARIUM_PACKAGES names another folder of packages. Without packages there is nothing to do, which it says.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const site = process.env.PYVARIUM_PACKAGES ?? join(root, 'build', 'packages', 'site');
const folder = join(root, 'tests', 'packages');
const args = process.argv.slice(2);
const python = args[0] === '--record' ? args.splice(0, 2)[1] : null;

if (!existsSync(site)) {
  console.log(`no packages in ${site}: scripts/fetch-packages.sh fetches them`);
  process.exit(0);
}
let failed = 0;
let passed = 0;
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith('.py') || (args.length > 0 && !args.some(word => name.includes(word)))) continue;
  const file = join(folder, name);
  const run = spawnSync(python ?? join(root, 'bin', 'pyvarium'), ['-W', 'ignore', '-B', file], {
    encoding: 'utf8',
    input: '',
    timeout: 600_000,
    env: { ...process.env, PYTHONPATH: site, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8', COLUMNS: '80' },
  });
  const hide = text =>
    text
      .replaceAll(site, '<site>')
      .replaceAll(folder, '<tests>')
      .replace(/0x[0-9a-f]{6,}/g, '0x...');
  const got = hide(run.stdout) + (run.status === 0 ? '' : `exit ${run.status ?? run.signal}\n${hide(run.stderr)}`);
  if (python !== null) {
    if (run.status !== 0) console.log(`${name}: fails on ${python}\n${run.stderr}`);
    else writeFileSync(`${file}.out`, got);
    continue;
  }
  const expected = readFileSync(`${file}.out`, 'utf8');
  if (got === expected) {
    passed++;
    continue;
  }
  failed++;
  const [a, b] = [expected.split('\n'), got.split('\n')];
  const at = b.findIndex((line, i) => line !== a[i]);
  console.log(`${name}: line ${at + 1}\n  expected: ${a[at]}\n  got:      ${b.slice(at).join('\n').slice(-1500)}`);
}
if (python === null) console.log(`packages: ${passed} as native, ${failed} not`);
process.exitCode = failed > 0 ? 1 : 0;
