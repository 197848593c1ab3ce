// fuzz.mjs: runs the generating programs of tests/diff/L-fuzz at length, on native CPython 3.14 and here, and compares.
//
//     node scripts/fuzz.mjs PYTHON [--count N] [--seed S] [-X OPTION] [WORD ...]     only programs whose name contains a word
//
// -X is given to ours: `-X re=v8` has V8 do at once all that it may do of regular expressions.
//
// Each program takes COUNT and SEED and prints one line per case. Differences are shown (the first ten); the exit status is
// 1 when there are any. Cases are run in portions: one that hangs (five minutes without a line) or crashes is named, and the
// rest of its portion counted as not run.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'tests', 'diff', 'L-fuzz');
const PORTION = 2000;
const QUIET_MS = 300_000;
const args = process.argv.slice(2);

function option(name, value) {
  const at = args.indexOf(name);
  return at < 0 ? value : args.splice(at, 2)[1];
}

const count = Number(option('--count', 10_000));
const seed = Number(option('--seed', 1));
const x = option('-X', null);
const [python, ...words] = args;
if (python === undefined) {
  console.error('usage: node scripts/fuzz.mjs PYTHON [--count N] [--seed S] [-X OPTION] [WORD ...]');
  process.exit(2);
}

/** Our interpreter gets native's library: that of the npm package is an older 3.14's. */
const lib = spawnSync(python, ['-c', 'import os; print(os.path.dirname(os.__file__))'], {
  encoding: 'utf8',
}).stdout?.trim();
const home = lib?.endsWith('/lib/python3.14') ? { PYTHONHOME: lib.slice(0, -'/lib/python3.14'.length) } : {};

/** What a program prints, as lines, and how it ended where that was not well. */
function run(command, file, n, series, settings, options = []) {
  return new Promise(done => {
    const child = spawn(command, [...options, '-W', 'ignore', '-B', file, String(n), String(series)], {
      cwd: folder,
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8', TZ: 'UTC', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    let end = null;
    let last = Date.now();
    const clock = setInterval(() => {
      if (Date.now() - last < QUIET_MS) return;
      end = 'hangs';
      child.kill('SIGKILL');
    }, 1000);
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      last = Date.now();
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      errors += text;
    });
    child.on('error', error => done({ lines: [], end: error.message }));
    child.on('close', (code, signal) => {
      clearInterval(clock);
      if (code !== 0) end ??= `exit ${code ?? signal}: ${errors.trim().split('\n').at(-1)}`;
      done({ lines: output.split('\n'), end });
    });
  });
}

let differ = 0;
let cases = 0;
for (const file of readdirSync(folder)
  .filter(name => name.endsWith('.py'))
  .sort()) {
  if (words.length > 0 && !words.some(word => file.includes(word))) continue;
  const before = differ;
  let shown = 0;
  for (let done = 0; done < count; done += PORTION) {
    const n = Math.min(PORTION, count - done);
    const series = seed + done / PORTION;
    const [native, ours] = await Promise.all([
      run(python, file, n, series, {}),
      run(join(root, 'bin', 'pyvarium'), file, n, series, home, x === null ? [] : ['-X', x]),
    ]);
    cases += Math.max(native.lines.length - 1, 0);
    for (let i = 0; i < native.lines.length; i++) {
      if (native.lines[i] === ours.lines[i]) continue;
      differ++;
      if (shown++ < 10)
        console.log(`${file} ${n} ${series}\n  native ${native.lines[i]}\n  here   ${ours.lines[i] ?? ours.end}`);
    }
    if (native.end !== ours.end) {
      differ++;
      console.log(`${file} ${n} ${series}: ${ours.end ?? 'runs'}; native ${native.end ?? 'runs'}`);
    }
  }
  console.log(`${file}: ${differ - before} of ${count} differ`);
}
console.log(`fuzz: ${cases} cases, ${differ} differences`);
process.exitCode = differ > 0 ? 1 : 0;
