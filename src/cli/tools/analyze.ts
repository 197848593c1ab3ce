// analyze.ts: `pyvarium analyze FILE[:FUNCTION] ...`: one function, one file, or thousands of files by all cores.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PyObject } from '../../core/object.ts';
import {
  addTotals,
  analyzeProgram,
  compareRows,
  emptyTotals,
  type FunctionReport,
  functionJson,
  type Measures,
  measureProgram,
  Program,
  renderFunction,
  renderTable,
  SORT_KEYS,
  type SortKey,
  type SummaryRow,
  summaryRow,
  ToolError,
  type Totals,
  withRun,
} from '../../tools/index.ts';
import type { CodePayload } from '../../vm/tool_port.ts';
import { type Command, type Invocation, SOURCE_HELP, SOURCE_OPTIONS, UsageError } from './command.ts';
import { decode, unicodeName } from './decode.ts';
import { runProgram } from './live_code.ts';
import { PYTHON } from './names.ts';

/** What a worker does and gives back. */
interface Job {
  readonly files: readonly string[];
  readonly findings: boolean;
}
interface Batch {
  readonly rows: SummaryRow[];
  readonly totals: Totals;
  /** `FILE:LINE: MESSAGE [KIND]`. */
  readonly findings: string[];
}

const BATCH = 16;

/** Most of what is made for one file is garbage after the next: a roomy nursery saves copying it (a seventh of the time). */
const WORKER_LIMITS = { stackSizeMb: 8, maxYoungGenerationSizeMb: 64 } as const;

/** Analyses files one by one; what cannot be read or compiled is a failure in the totals. */
export function analyzeFiles({ files, findings }: Job): Batch {
  const rows: SummaryRow[] = [];
  const totals = emptyTotals();
  const found: string[] = [];
  for (const file of files) {
    let reports: Measures[];
    try {
      reports = measureProgram(new Program(fs.readFileSync(file), file, { parse: { decode, unicodeName } }));
    } catch (e) {
      if (!(e instanceof ToolError) && (e as NodeJS.ErrnoException).code === undefined) throw e;
      totals.failures.push(e instanceof ToolError ? e.message : `${file}: ${(e as NodeJS.ErrnoException).code}`);
      continue;
    }
    totals.files++;
    for (const r of reports) {
      rows.push(summaryRow(r));
      totals.functions++;
      totals.instructions += r.instructions;
      totals.complexity += r.complexity;
      for (const [name, n] of r.histogram) totals.opcodes[name] = (totals.opcodes[name] ?? 0) + n;
      for (const f of r.findings) {
        totals.findings[f.kind] = (totals.findings[f.kind] ?? 0) + 1;
        if (findings) found.push(`${file}:${f.line ?? 0}: ${f.message} [${f.kind}]`);
      }
    }
  }
  return { rows, totals, findings: found };
}

/** The .py files below the paths, each once. */
export function sourceFiles(paths: readonly string[]): string[] {
  const out = new Set<string>();
  const visit = (name: string): void => {
    for (const entry of fs.readdirSync(name, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path.join(name, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== '__pycache__' && !entry.name.startsWith('.')) visit(inner);
      } else if (entry.isFile() && entry.name.endsWith('.py')) out.add(inner);
    }
  };
  for (const name of paths) {
    if (fs.statSync(name, { throwIfNoEntry: false })?.isDirectory()) visit(name);
    else out.add(name);
  }
  return [...out];
}

/** Shares the files out to workers; tells how far it has come. */
async function inParallel(files: readonly string[], jobs: number, findings: boolean, it: Invocation): Promise<Batch> {
  const all: Batch = { rows: [], totals: emptyTotals(), findings: [] };
  const batches: string[][] = [];
  for (let i = 0; i < files.length; i += BATCH) batches.push(files.slice(i, i + BATCH));
  let next = 0;
  let done = 0;
  const take = (batch: Batch, count: number): void => {
    all.rows.push(...batch.rows);
    all.findings.push(...batch.findings);
    addTotals(all.totals, batch.totals);
    done += count;
    showProgress(done, files.length);
  };
  if (jobs <= 1) {
    for (const batch of batches) take(analyzeFiles({ files: batch, findings }), batch.length);
  } else {
    const tools = JSON.stringify(path.join(it.place.dist, 'tools.cjs'));
    const code = `const { parentPort } = require('node:worker_threads');
      const { analyzeFiles } = require(${tools});
      parentPort.on('message', job => parentPort.postMessage(analyzeFiles(job)));`;
    await Promise.all(
      Array.from({ length: Math.min(jobs, batches.length) }, () => {
        const worker = new Worker(code, { eval: true, execArgv: [], resourceLimits: WORKER_LIMITS });
        return new Promise<void>((resolve, reject) => {
          let batch: string[] = [];
          const give = (): void => {
            if (next >= batches.length) {
              worker.terminate().then(() => resolve(), reject);
              return;
            }
            batch = batches[next++]!;
            worker.postMessage({ files: batch, findings });
          };
          worker.on('message', (result: Batch) => {
            take(result, batch.length);
            give();
          });
          worker.on('error', reject);
          give();
        });
      }),
    );
  }
  clearProgress();
  return all;
}

const WIDTH = 30;
let shown = '';

function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  const filled = Math.round((WIDTH * done) / all);
  const text = `\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${all} files`;
  if (text === shown) return;
  shown = text;
  process.stderr.write(text);
}

function clearProgress(): void {
  if (shown !== '') process.stderr.write('\r\x1b[K');
  shown = '';
}

/** FILE:FUNCTION, unless a file has that very name. */
function splitTarget(target: string): [file: string, name: string | null] {
  const colon = target.lastIndexOf(':');
  if (colon <= 0 || fs.existsSync(target)) return [target, null];
  return [target.slice(0, colon), target.slice(colon + 1)];
}

/** Limits of the command line that were passed; a line for each. */
function broken(rows: readonly SummaryRow[], totals: Totals, it: Invocation): string[] {
  const out: string[] = [];
  const complexity = it.integer('max-complexity', Number.POSITIVE_INFINITY);
  const instructions = it.integer('max-instructions', Number.POSITIVE_INFINITY);
  for (const r of rows) {
    if (r.complexity > complexity)
      out.push(`${r.file}:${r.line}: complexity of ${r.name} is ${r.complexity}, above ${complexity}`);
    if (r.instructions > instructions)
      out.push(`${r.file}:${r.line}: ${r.name} has ${r.instructions} instructions, above ${instructions}`);
  }
  const most = it.integer('max-findings', Number.POSITIVE_INFINITY);
  const found = Object.values(totals.findings).reduce((a, b) => a + b, 0);
  if (found > most) out.push(`${found} findings, above ${most}`);
  for (const kind of ((it.values['fail-on'] as string[] | undefined) ?? []).flatMap(k => k.split(',')))
    if (totals.findings[kind]) out.push(`${totals.findings[kind]} findings of kind ${kind}`);
  return out;
}

/** Runs the program, then reports, with what the interpreter made of each site. */
function runAndAnalyze(it: Invocation): void {
  const text = it.string('command');
  const [file, name] = text === undefined ? splitTarget(it.positionals[0] ?? '') : ['<string>', null];
  if (file === '') throw new UsageError('--run wants a program');
  const program =
    text === undefined
      ? new Program(it.readFile(file), file, { parse: { decode, unicodeName }, optimize: it.level() })
      : it.program({}, true);
  let reports = analyzeProgram(program);
  runProgram(it, text, file, (port, live) => {
    const codes = new Map<string, Uint8Array>();
    const visit = (code: PyObject): void => {
      const co = code.v as CodePayload;
      codes.set(`${port.text(co.co_qualname)}:${co.co_firstlineno}`, port.adaptive_code(code));
      for (const inner of port.nested_code(co)) visit(inner);
    };
    if (live !== null) visit(live);
    reports = reports.map(r => {
      const code = codes.get(`${r.name}:${r.line}`);
      return code === undefined ? r : withRun(r, code);
    });
    if (name !== null) reports = reports.filter(r => r.name === name || r.name.startsWith(`${name}.`));
    if (it.flag('json')) it.json({ tool: 'analyze', python: PYTHON, functions: reports.map(functionJson) });
    else for (const r of reports) it.write(`${renderFunction(r, program.lines, it.style, { all: it.flag('all') })}\n`);
  });
}

export const analyze: Command = {
  summary: 'size, complexity, cost, specialisation and findings of functions, files, packages',
  usage: '[-c CODE | FILE[:FUNCTION] | FOLDER] ...',
  help: `  --sort KEY       ${SORT_KEYS.join(', ')}
  --limit N        rows of the table (30)
  --table          the table for a single file, too
  --findings       of many files, each finding on a line
  --all            all opcodes and sites of a function
  --run            runs the program FILE[:FUNCTION] (arguments behind it are its own), and tells what became of each site
  --jobs N         workers (one for each core)
  --max-complexity N, --max-instructions N, --max-findings N
                   exit status 1 if a function, or all together, has more
  --fail-on KIND   exit status 1 if there is a finding of that kind (may be given several times)
${SOURCE_HELP}`,
  options: {
    ...SOURCE_OPTIONS,
    sort: { type: 'string' },
    limit: { type: 'string' },
    table: { type: 'boolean' },
    findings: { type: 'boolean' },
    all: { type: 'boolean' },
    run: { type: 'boolean' },
    jobs: { type: 'string' },
    'max-complexity': { type: 'string' },
    'max-instructions': { type: 'string' },
    'max-findings': { type: 'string' },
    'fail-on': { type: 'string', multiple: true },
  },
  async run(it) {
    const key = (it.string('sort') ?? 'complexity') as SortKey;
    if (!SORT_KEYS.includes(key)) throw new UsageError(`--sort wants one of ${SORT_KEYS.join(', ')}`);
    if (it.flag('run')) {
      runAndAnalyze(it);
      return 0;
    }
    const targets = it.positionals.map(splitTarget);
    const many =
      targets.length > 1 || targets.some(([file]) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory());
    const rows: SummaryRow[] = [];
    const totals = emptyTotals();
    if (!many || targets.some(([, name]) => name !== null)) {
      const reports: FunctionReport[] = [];
      for (const [file, name] of targets.length === 0 ? [['-', null] as const] : targets) {
        const program =
          targets.length === 0
            ? it.program()
            : new Program(it.readFile(file), file, { parse: { decode, unicodeName }, optimize: it.level() });
        let chosen = analyzeProgram(program);
        if (name !== null) {
          chosen = chosen.filter(r => r.name === name || r.name.startsWith(`${name}.`));
          if (chosen.length === 0) throw new ToolError(`${file}: there is no function '${name}'`);
        }
        reports.push(...chosen);
        if (it.flag('json') || it.flag('table')) continue;
        for (const r of chosen) it.write(`${renderFunction(r, program.lines, it.style, { all: it.flag('all') })}\n`);
      }
      totals.files = Math.max(1, targets.length);
      for (const r of reports) {
        rows.push(summaryRow(r));
        totals.functions++;
        totals.instructions += r.instructions;
        totals.complexity += r.complexity;
        for (const [name, n] of r.histogram) totals.opcodes[name] = (totals.opcodes[name] ?? 0) + n;
        for (const f of r.findings) totals.findings[f.kind] = (totals.findings[f.kind] ?? 0) + 1;
      }
      rows.sort(compareRows(key));
      if (it.flag('json')) it.json({ tool: 'analyze', python: PYTHON, functions: reports.map(functionJson) });
      else if (it.flag('table')) it.write(renderTable(rows, totals, it.integer('limit', 30), it.style));
    } else {
      const files = sourceFiles(targets.map(([file]) => file));
      it.read.push(...files);
      if (files.length === 0) throw new ToolError('no .py file there');
      const jobs = it.integer('jobs', os.availableParallelism());
      const result = await inParallel(files, files.length < 2 * BATCH ? 1 : jobs, it.flag('findings'), it);
      rows.push(...result.rows);
      addTotals(totals, result.totals);
      rows.sort(compareRows(key));
      if (it.flag('json')) {
        it.json({ tool: 'analyze', python: PYTHON, totals: { ...totals }, functions: rows.map(r => ({ ...r })) });
      } else {
        if (it.flag('findings')) for (const line of result.findings.sort()) it.write(`${line}\n`);
        it.write(renderTable(rows, totals, it.integer('limit', 30), it.style));
      }
    }
    const limits = broken(rows, totals, it);
    for (const line of limits) process.stderr.write(`pyvarium analyze: ${line}\n`);
    return limits.length > 0 || (totals.files === 0 && totals.failures.length > 0) ? 1 : 0;
  },
};
