// run.mjs: how fast Pyvarium is, against native CPython 3.14.
//
//     npm run bench -- [--native PYTHON] [--rounds 1] [--runs 4] [--only NAME[,NAME]] [--clock wall|cpu]
//                      [--node PATH] [--pyvarium FILE] [--json FILE]          the programs of bench/programs
//     npm run bench -- --modules [...]                         those of bench/modules, which lean on modules that CPython has in C
//     npm run bench -- --collector [...]                       with the collector running, against none: what it costs
//     npm run bench -- --whole [...]                           the programs as whole processes, started and ended
//     npm run bench -- --start [...]                            start-up, against node's own
//     npm run bench -- --compile [--lib FOLDER] [...]           megabytes of source compiled a second
//
// Each round runs every contender once before the next round begins (ABAB...), and a figure is the median of the rounds, so
// that a busy moment of the machine falls on all alike. `--clock cpu` takes processor time, of all threads, in place of
// elapsed time: for machines that have other work. Ratios are Pyvarium to native: below 1 is faster. A program whose output
// differs from native's is reported and makes the exit code 1.
//
// A process runs a program `--runs` times (bench/steady.py). A figure is the median of the later half of these runs, as pyperf
// leaves out what it calls warm-ups; beside it stands the first run, in which V8 compiles what matters. Both are elapsed time.
//
// `--native` defaults to python3.14; without one, only seconds are shown. `--node` chooses another Node, `--pyvarium` another
// build's bin/pyvarium (given twice or more, they are compared with each other as well).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    native: { type: 'string', default: 'python3.14' },
    rounds: { type: 'string' },
    only: { type: 'string', multiple: true },
    clock: { type: 'string', default: 'wall' },
    node: { type: 'string', default: process.execPath },
    pyvarium: { type: 'string', multiple: true, default: [join(root, 'bin', 'pyvarium')] },
    json: { type: 'string' },
    runs: { type: 'string', default: '4' },
    modules: { type: 'boolean', default: false },
    collector: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    compile: { type: 'boolean', default: false },
    lib: { type: 'string', default: join(root, 'dist', 'lib', 'python3.14') },
  },
});
if (options.clock !== 'wall' && options.clock !== 'cpu') throw new Error(`--clock: wall or cpu, not ${options.clock}`);

/** Runs a launcher finds Node by: the Node asked for comes first. */
const PATH = `${dirname(options.node)}${delimiter}${process.env.PATH}`;

/** A command line for Pyvarium under the Node asked for: the launcher itself, where it is a script for the shell that finds
 *  this Node as `node`; else Node with the flags that the launcher gives to it. */
function pyvariumCommand(file) {
  const text = readFileSync(file, 'utf8');
  if (text.startsWith('#!/bin/sh') && basename(options.node) === 'node') return [file];
  const flags = /^flags='(.*)'$/m.exec(text)?.[1] ?? text.split('\n', 1)[0];
  return [options.node, ...flags.split(' ').filter(word => word.startsWith('--')), file];
}

/** Seconds that a shell's `times` says its children used: the second of its lines, as `0m1.50s 0m0.20s`. */
function childSeconds(text) {
  const parts = [
    ...text
      .trimEnd()
      .split('\n')
      .at(-1)
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** Runs a command once: seconds by the clock chosen, and what it printed. */
function run(command) {
  const settings = { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, PATH, PYTHONHASHSEED: '0' } };
  const started = process.hrtime.bigint();
  const made =
    options.clock === 'cpu'
      ? spawnSync('/bin/sh', ['-c', '"$@"; status=$?; times >&2; exit $status', 'sh', ...command], settings)
      : spawnSync(command[0], command.slice(1), settings);
  const elapsed = Number(process.hrtime.bigint() - started) / 1e9;
  if (made.error) throw made.error;
  const seconds = options.clock === 'cpu' ? childSeconds(made.stderr) : elapsed;
  return { seconds, status: made.status, stdout: made.stdout, stderr: made.stderr };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The seconds that steady.py printed: of the first run, and the median of the later half. */
function runsOf(text) {
  const line = text
    .trim()
    .split('\n')
    .find(line => /^[\d.e -]+$/.test(line));
  const seconds = line.split(' ').map(Number);
  return { first: seconds[0], settled: median(seconds.slice(seconds.length >> 1)) };
}

function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, x) => sum + Math.log(x), 0) / numbers.length);
}

/** Lines up rows of text: the first column to the left, the others to the right. */
function printRow(cells) {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(11))).join(''));
}

function save(result) {
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
}

function nativeCommand() {
  const made = spawnSync(options.native, ['-c', 'import sys; print(sys.version.split()[0])'], { encoding: 'utf8' });
  if (made.status !== 0) {
    console.error(`bench: no ${options.native}; only seconds are shown (--native PYTHON names another)`);
    return null;
  }
  if (!made.stdout.startsWith('3.14'))
    console.error(`bench: ${options.native} is Python ${made.stdout.trim()}, not 3.14`);
  return [options.native];
}

/** The programs: seconds of each contender, and the ratio to the first. */
function benchPrograms() {
  const rounds = Number(options.rounds ?? (options.whole ? 3 : 1));
  const folder = join(root, 'bench', options.modules ? 'modules' : 'programs');
  const wanted = options.only?.flatMap(text => text.split(','));
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.py'))
    .map(name => name.slice(0, -3))
    .filter(name => !wanted || wanted.includes(name));
  if (names.length === 0) throw new Error(`no such program in ${folder}: ${wanted}`);

  const contenders = options.pyvarium.map((file, i) => ({
    name: i === 0 ? 'pyvarium' : `pyvarium ${i + 1}`,
    command: pyvariumCommand(file),
  }));
  if (options.collector) contenders.unshift({ ...contenders[0], name: 'without', arguments: ['no-gc'] });
  else {
    const native = nativeCommand();
    if (native) contenders.unshift({ name: 'native', command: native });
  }

  const label = i => (contenders.length > 2 ? ` ${i + 1}` : '');
  const columns = options.whole
    ? [['ratio', 'whole']]
    : [
        ['ratio', 'settled'],
        ['first run', 'first'],
      ];
  const head = contenders.slice(1).flatMap((_, i) => columns.map(([title]) => title + label(i)));
  printRow(['program', ...contenders.map(c => c.name), ...head]);
  const programs = {};
  /** By figure: what each program's ratio is. */
  const ratios = contenders.map(() => Object.fromEntries(columns.map(([, figure]) => [figure, {}])));
  for (const name of names) {
    const file = join(folder, `${name}.py`);
    const { times, problem } = measure(contenders, file, rounds);
    if (problem) {
      process.exitCode = 1;
      console.log(`${name.padEnd(22)} FAILED: ${problem.slice(0, 400)}`);
      programs[name] = { problem };
      continue;
    }
    const middle = (i, figure) => median(times[i].map(time => time[figure]));
    const own = [];
    for (let i = 1; i < contenders.length; i++) {
      for (const [, figure] of columns) {
        const ratio = middle(i, figure) / middle(0, figure);
        ratios[i][figure][name] = ratio;
        own.push(ratio.toFixed(2));
      }
    }
    programs[name] = Object.fromEntries(contenders.map((c, i) => [c.name, times[i]]));
    printRow([name, ...contenders.map((_, i) => `${middle(i, columns[0][1]).toFixed(2)} s`), ...own]);
  }
  const summary = {};
  for (let i = 1; i < contenders.length; i++) {
    summary[contenders[i].name] = {};
    for (const [title, figure] of columns) {
      const all = Object.entries(ratios[i][figure]).sort(([, a], [, b]) => b - a);
      if (all.length === 0) continue;
      const mean = geometricMean(all.map(([, ratio]) => ratio));
      const [worstProgram, worst] = all[0];
      summary[contenders[i].name][figure] = { geometricMean: mean, worst, worstProgram };
      console.log(
        `${contenders[i].name} to ${contenders[0].name}, ${all.length} programs, ${title}: ` +
          `geometric mean ${mean.toFixed(2)}, worst ${worst.toFixed(2)} (${worstProgram})`,
      );
    }
  }
  save({
    kind: 'programs',
    runs: options.whole ? null : options.runs,
    clock: options.clock,
    rounds,
    programs,
    summary,
  });
}

/** Runs a program by every contender, in turn: figures of each round by contender, or what was wrong. */
function measure(contenders, file, rounds) {
  const command = options.whole ? [file] : [join(root, 'bench', 'steady.py'), file, options.runs];
  const times = contenders.map(() => []);
  let expected = null;
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const { seconds, status, stdout, stderr } = run([
        ...contender.command,
        ...command,
        ...(contender.arguments ?? []),
      ]);
      if (status !== 0) {
        const end = stderr.trim().split('\n').slice(-3).join(' / ');
        return { times, problem: `${contender.name} exits with ${status}: ${end}` };
      }
      expected ??= stdout;
      if (stdout !== expected)
        return { times, problem: `${contender.name} prints ${stdout.trim()}, not ${expected.trim()}` };
      times[i].push(options.whole ? { whole: seconds } : runsOf(stderr));
    }
  }
  return { times, problem: null };
}

/** Start-up: whole processes that do nothing. */
function benchStart() {
  const rounds = Number(options.rounds ?? 21);
  const native = nativeCommand();
  const contenders = { 'node -e 0': [options.node, '-e', '0'] };
  options.pyvarium.forEach((file, i) => {
    const name = i === 0 ? 'pyvarium' : `pyvarium ${i + 1}`;
    contenders[`${name} -S -E -c pass`] = [...pyvariumCommand(file), '-S', '-E', '-c', 'pass'];
    contenders[`${name} -c pass`] = [...pyvariumCommand(file), '-c', 'pass'];
  });
  if (native) contenders['native -c pass'] = [...native, '-c', 'pass'];
  const times = Object.fromEntries(Object.keys(contenders).map(name => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, command] of Object.entries(contenders)) {
      const { seconds, status, stderr } = run(command);
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      if (round >= 0) times[name].push(seconds); // the first round fills the caches
    }
  }
  const base = median(times['node -e 0']);
  for (const [name, seconds] of Object.entries(times)) {
    const middle = median(seconds);
    console.log(
      `${name.padEnd(28)}${(middle * 1000).toFixed(1).padStart(9)} ms${(middle / base).toFixed(2).padStart(8)}`,
    );
  }
  save({ kind: 'start', clock: options.clock, rounds, times });
}

/** Source to code objects, over every module of a library folder, in processes that start cold. */
async function benchCompile() {
  const rounds = Number(options.rounds ?? 3);
  const { buildSync } = await import('esbuild');
  const outfile = join(root, 'build', 'bench-compile.cjs');
  mkdirSync(join(root, 'build'), { recursive: true });
  buildSync({
    entryPoints: [join(root, 'bench', 'compile.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { PY_DEBUG: 'false' },
    outfile,
    logLevel: 'warning',
  });
  const all = { cold: [], warm: [] };
  let last;
  for (let round = 0; round < rounds; round++) {
    const { status, stdout, stderr } = run([options.node, '--stack-size=3900', outfile, options.lib]);
    if (status !== 0) throw new Error(stderr);
    last = JSON.parse(stdout);
    all.cold.push(last.cold);
    all.warm.push(last.warm);
  }
  console.log(`${last.files} files, ${(last.bytes / 1e6).toFixed(1)} MB of source, ${last.failed} that do not compile`);
  for (const [name, rates] of Object.entries(all)) {
    const label = name === 'cold' ? 'first pass, V8 cold' : 'second pass, V8 warm';
    console.log(`${label.padEnd(24)}${median(rates).toFixed(2).padStart(8)} MB/s`);
  }
  save({ kind: 'compile', rounds, files: last.files, bytes: last.bytes, rates: all });
}

if (options.start) benchStart();
else if (options.compile) await benchCompile();
else benchPrograms();
