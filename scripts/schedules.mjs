// schedules.mjs: seeded schedules of threads, shown on the programs of tests/threads. The last line reads `N passed, M failed`.
//
//     node scripts/schedules.mjs replay [--runs 100] [--racy 200] [WORD ...]
//     node scripts/schedules.mjs explore [--schedules 200] [WORD ...]
//
// replay: each program of tests/threads/racy runs that often with one seed (`-X gil-seed`): output and the log of switches are
// the same each time. With --racy N, one of the seeds up to N has to give another output: else there is no race in it.
// explore: `-X gil-explore` finds the race or the deadlock in each program of tests/threads/found (its first line says which)
// within so many schedules, and shows a schedule, or who waits for whom.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SEED = 7;
/** Schedules tried at first: most is found soon. */
const FIRST_STEPS = [12, 50];

const [mode, ...rest] = process.argv.slice(2);
const numbers = { runs: 100, racy: 200, schedules: 200 };
const words = [];
for (let i = 0; i < rest.length; i++) {
  const name = rest[i].slice(2);
  if (rest[i].startsWith('--') && name in numbers) numbers[name] = Number(rest[++i]);
  else words.push(rest[i]);
}
if (mode !== 'replay' && mode !== 'explore') {
  console.error('usage: node scripts/schedules.mjs replay|explore [--runs N] [--racy N] [--schedules N] [WORD ...]');
  process.exit(2);
}

function programs(folder) {
  const all = fs.readdirSync(path.join(root, 'tests', 'threads', folder)).filter(name => name.endsWith('.py'));
  return all.filter(name => words.length === 0 || words.some(word => name.includes(word))).sort();
}

function python(...args) {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] };
  const r = spawnSync(process.execPath, ['bin/pyvarium', ...args], options);
  return { text: `${r.stdout}${r.stderr}[${r.status}]`, status: r.status };
}

/** What is wrong with a program's replays, or how it went. */
function replay(file, log) {
  const program = path.join('tests', 'threads', 'racy', file);
  const seeded = seed => {
    const { text } = python('-X', `gil-seed=${seed}`, '-X', `gil-log=${log}`, program);
    return { text, switches: fs.readFileSync(log, 'utf8') };
  };
  const first = seeded(SEED);
  if (!first.text.endsWith('[0]')) return [false, first.text];
  for (let i = 1; i < numbers.runs; i++) {
    const again = seeded(SEED);
    if (again.text !== first.text) return [false, `run ${i + 1} prints something else:\n${first.text}\n${again.text}`];
    if (again.switches !== first.switches) return [false, `run ${i + 1} switches otherwise`];
  }
  let seed = 0;
  while (seed < numbers.racy && seeded(++seed).text === first.text);
  if (numbers.racy > 0 && seed === numbers.racy) return [false, `seeds 1 to ${seed} all print the same`];
  const other = seed === 0 ? '' : `, another output with seed ${seed}`;
  return [true, `${numbers.runs} runs alike, ${first.switches.split('\n').length - 1} switches${other}`];
}

function explore(file) {
  const program = path.join('tests', 'threads', 'found', file);
  const deadlock = fs.readFileSync(path.join(root, program), 'utf8').startsWith('# deadlock:');
  const steps = [...FIRST_STEPS.filter(n => n < numbers.schedules), numbers.schedules];
  let text = '';
  for (const count of steps) {
    text = python('-X', `gil-explore=${count}`, program).text;
    const shown = text.includes('The shortest schedule that differs: -X gil-seed=');
    if (shown && (!deadlock || /Deadlock: every thread waits/.test(text))) return [true, `found within ${count} schedules`];
  }
  return [false, `not found:\n${text}`];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'schedules-'));
let passed = 0;
let failed = 0;
try {
  for (const file of programs(mode === 'replay' ? 'racy' : 'found')) {
    const [ok, text] = mode === 'replay' ? replay(file, path.join(folder, 'log')) : explore(file);
    console.log(`${ok ? 'ok' : 'FAILED'} ${file}: ${text}`);
    if (ok) passed++;
    else failed++;
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
