// explore.ts: `-X gil-explore=K` runs a program under K schedules of its threads and shows where its results differ.
//
// Each run is a process of its own with `-X gil-seed`; a result is what it wrote and how it ended. Of the runs that differ
// from the most frequent result, the one with the fewest changes of hands is shown with its schedule.
import * as child_process from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const FEWEST_SCHEDULES = 1;
const MOST_LINES = 40;

interface Outcome {
  readonly text: string;
  readonly seeds: number[];
  /** The run with the fewest switches. */
  seed: number;
  schedule: string[];
}

/** The command line without the option that asks for this. */
function without_option(args: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (/^-Xgil-explore(=|$)/.test(arg)) continue;
    if (arg === '-X' && /^gil-explore(=|$)/.test(args[i + 1] ?? '')) {
      i++;
      continue;
    }
    out.push(arg);
  }
  return out;
}

function indent(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST_LINES).map(line => `    ${line}\n`);
  if (lines.length > MOST_LINES) shown.push(`    ... ${lines.length - MOST_LINES} more\n`);
  return shown.join('');
}

function split_lines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** Runs the program under seeds 1 to `count`; 1 if results differ, else the status of the runs. */
export function explore(args: readonly string[], count: number): number {
  const rest = without_option(args);
  const program = [...process.execArgv, process.argv[1]!];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gil-explore-'));
  const log = path.join(folder, 'log');
  const outcomes = new Map<string, Outcome>();
  let status = 0;
  try {
    for (let seed = 1; seed <= Math.max(count, FEWEST_SCHEDULES); seed++) {
      const options = ['-X', `gil-seed=${seed}`, '-X', `gil-log=${log}`];
      const run = child_process.spawnSync(process.execPath, [...program, ...options, ...rest], {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 28,
      });
      const decoder = new TextDecoder();
      const ended = run.signal === null ? `exit status ${run.status}` : `signal ${run.signal}`;
      const text = `${decoder.decode(run.stdout)}${decoder.decode(run.stderr)}[${ended}]`;
      const schedule = fs.existsSync(log) ? split_lines(fs.readFileSync(log, 'utf8')) : [];
      fs.rmSync(log, { force: true });
      status = run.status ?? 1;
      const known = outcomes.get(text);
      if (known === undefined) outcomes.set(text, { text, seeds: [seed], seed, schedule });
      else {
        known.seeds.push(seed);
        if (schedule.length < known.schedule.length) {
          known.seed = seed;
          known.schedule = schedule;
        }
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const sorted = [...outcomes.values()].sort((a, b) => b.seeds.length - a.seeds.length);
  const most = sorted[0]!;
  let report = `gil-explore: ${count} schedules, ${sorted.length} different result${sorted.length === 1 ? '' : 's'}\n`;
  report += `\n${most.seeds.length} schedules (first: seed ${most.seeds[0]}):\n${indent(split_lines(most.text))}`;
  const others = sorted.slice(1);
  for (const o of others.slice(0, 5)) {
    report += `\n${o.seeds.length} schedule${o.seeds.length === 1 ? '' : 's'} (seeds ${o.seeds.slice(0, 10).join(' ')}):\n${indent(split_lines(o.text))}`;
  }
  if (others.length > 5) report += `\n... and ${others.length - 5} more results\n`;
  if (others.length > 0) {
    const shortest = others.reduce((a, b) => (b.schedule.length < a.schedule.length ? b : a));
    report += `\nThe shortest schedule that differs: -X gil-seed=${shortest.seed}, ${shortest.schedule.length} switches\n${indent(shortest.schedule)}`;
  }
  fs.writeSync(1, report);
  return others.length > 0 ? 1 : status;
}
