// profile.ts: `pyvarium profile PROGRAM ...`: runs the program, watched, and reports when it has ended.
//
// The program's output and exit status are its own; the report goes to standard error, or to the files that are asked for.
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  type Clock,
  chromeTrace,
  collapsedStacks,
  compareProfiles,
  flamePage,
  type Json,
  type Profile,
  ProfileSession,
  pstatsFile,
  renderProfile,
  Style,
  speedscope,
  ToolError,
  toJson,
} from '../../tools/index.ts';
import { type Command, type Invocation, UsageError, writeFile } from './command.ts';
import { PYTHON } from './names.ts';

export const CLOCK: Clock = { ms: () => performance.now(), ns: () => Number(process.hrtime.bigint()) };

/** A profile in each of the formats. */
export const OUTPUTS: Readonly<Record<string, (p: Profile) => string | Uint8Array>> = {
  json: p => `${toJson(p as unknown as Json)}\n`,
  html: flamePage,
  pstats: pstatsFile,
  speedscope: p => `${JSON.stringify(speedscope(p))}\n`,
  collapsed: collapsedStacks,
  trace: p => `${JSON.stringify(chromeTrace(p))}\n`,
};

export const profile: Command = {
  summary: 'runs a program and reports calls, times, lines, instructions, memory',
  usage: '[-c CODE | -m MODULE | FILE] [argument] ...',
  help: `  --lines          time each line, too
  --sample MS      look at the stack so often instead of counting: the program runs at its own speed
  --memory         allocations by line and type, peak memory
  --sort KEY       own, total, calls, instructions (own)
  --limit N        rows of each table (20)
  --json FILE      the profile as data
  --html FILE      flame graph and timeline in one file
  --pstats FILE    for pstats and its viewers
  --speedscope FILE, --collapsed FILE, --trace FILE
                   for speedscope.app, flamegraph.pl, Perfetto and chrome://tracing
  --compare OLD    differences to a profile that --json wrote: exact, as instructions are counted
  -q, --quiet      no report on standard error
  -c CODE, -m MODULE, FILE
                   the program, as python takes it; what follows is the program's own
`,
  options: {
    command: { type: 'string', short: 'c' },
    module: { type: 'string', short: 'm' },
    lines: { type: 'boolean' },
    memory: { type: 'boolean' },
    sample: { type: 'string' },
    sort: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'string' },
    html: { type: 'string' },
    pstats: { type: 'string' },
    speedscope: { type: 'string' },
    collapsed: { type: 'string' },
    trace: { type: 'string' },
    compare: { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
  },
  ownArguments: true,
  run(it) {
    const code = it.string('command');
    const module = it.string('module');
    const program =
      code !== undefined ? ['-c', code] : module !== undefined ? ['-m', module] : it.positionals.slice(0, 1);
    if (program.length === 0) throw new UsageError('a program is wanted: -c CODE, -m MODULE or FILE');
    const own = it.positionals.slice(program.length === 1 ? 1 : 0);
    const name = code !== undefined ? '<string>' : (module ?? program[0]!);
    if (program.length === 1 && !fs.existsSync(name)) throw new ToolError(`${name}: no such file or directory`);
    const sort = it.string('sort') ?? 'own';
    if (sort !== 'own' && sort !== 'total' && sort !== 'calls' && sort !== 'instructions')
      throw new UsageError('--sort wants own, total, calls or instructions');
    const limit = it.integer('limit', 20);
    const files = Object.entries(OUTPUTS)
      .filter(([option]) => it.string(option) !== undefined)
      .map(([option, make]) => ({ file: path.resolve(it.string(option)!), make }));
    const old = it.string('compare');
    const previous = old === undefined ? null : (readProfile(old) as Profile);
    const lines = it.flag('lines');
    const sample = it.string('sample');
    const interval = sample === undefined ? 0 : Number(sample);
    if (sample !== undefined && !(interval > 0 && interval < 10_000))
      throw new UsageError('--sample wants milliseconds');
    const events = it.string('trace') !== undefined || it.string('html') !== undefined;
    let session: ProfileSession;
    it.place.launch([...program, ...own], {
      begin(port) {
        session = new ProfileSession(port, { lines, memory: it.flag('memory'), events, sample: interval }, CLOCK);
      },
      end(status) {
        const data = session.stop(name, PYTHON, status);
        try {
          for (const { file, make } of files) writeFile(file, make(data));
        } catch (e) {
          if (!(e instanceof ToolError)) throw e;
          fs.writeSync(2, `pyvarium profile: ${e.message}\n`);
        }
        if (it.flag('quiet')) return;
        const style = errorStyle(it);
        fs.writeSync(2, renderProfile(data, sourceLine, style, { sort, limit }));
        if (previous !== null) fs.writeSync(2, compareProfiles(previous, data, style, limit));
      },
    });
    return 0;
  },
};

/** The report goes to standard error: colours depend on that. */
function errorStyle(it: Invocation): Style {
  const when = it.string('color') ?? 'auto';
  const terminal = process.stderr.isTTY === true;
  const color = when === 'always' || (when === 'auto' && terminal && !process.env['NO_COLOR']);
  return new Style(color, terminal ? Math.min(process.stderr.columns || 100, 160) : it.style.width);
}

const sources = new Map<string, readonly string[]>();

export function sourceLine(file: string, line: number): string {
  let lines = sources.get(file);
  if (lines === undefined) {
    try {
      lines = fs.readFileSync(file, 'utf8').split('\n');
    } catch {
      lines = [];
    }
    sources.set(file, lines);
  }
  return (lines[line - 1] ?? '').trim();
}

function readProfile(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    throw new ToolError(`${file}: no such profile`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if ((value as Profile).tool === 'profile' && Array.isArray((value as Profile).functions)) return value;
  } catch {
    // no JSON
  }
  throw new ToolError(`${file}: no profile that --json wrote`);
}
