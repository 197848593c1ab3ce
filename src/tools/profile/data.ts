// data.ts: a profile as data: what the recorders saw, in plain objects that JSON holds and every report is made from.
import { OPCODE_NAMES } from '../../opcode/opcodes.generated.ts';
import type { MemoryRecorder } from './memory.ts';
import type { CallNode, FunctionRecord, Recorder } from './recorder.ts';
import type { Sampler } from './sampler.ts';

export interface ProfiledFunction {
  readonly id: number;
  readonly name: string;
  /** '' for natives and threads. */
  readonly file: string;
  readonly line: number;
  readonly calls: number;
  readonly resumes: number;
  /** Milliseconds. */
  readonly own: number;
  readonly total: number;
  readonly instructions: number;
  readonly totalInstructions: number;
}

export interface ProfileNode {
  /** A function's id. */
  readonly fn: number;
  readonly calls: number;
  readonly own: number;
  readonly instructions: number;
  readonly children: readonly ProfileNode[];
}

export interface ProfiledLine {
  readonly file: string;
  readonly line: number;
  readonly instructions: number;
  /** How often it was begun, and milliseconds in it and what it calls; 0 unless lines were timed. */
  readonly hits: number;
  readonly time: number;
}

export interface MemoryRow {
  readonly count: number;
  readonly bytes: number;
  readonly live: number;
  readonly peak: number;
}

export interface Pause {
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly duration: number;
  readonly generation: number;
  readonly collected: number;
}

export interface GilWait {
  readonly thread: number;
  readonly waits: number;
  /** Milliseconds without the GIL since it was first held. */
  readonly waited: number;
  readonly held: number;
}

export interface Profile {
  readonly tool: 'profile';
  readonly python: string;
  readonly program: string;
  readonly mode: 'calls' | 'lines' | 'sampling';
  readonly status: number;
  /** Milliseconds. */
  readonly time: number;
  readonly instructions: number;
  readonly calls: number;
  readonly functions: readonly ProfiledFunction[];
  /** A tree for each thread. */
  readonly threads: readonly { readonly id: number; readonly tree: ProfileNode }[];
  readonly lines: readonly ProfiledLine[];
  readonly opcodes: Readonly<Record<string, number>>;
  readonly memory?: {
    readonly peak: number;
    readonly live: number;
    readonly count: number;
    readonly lines: readonly (MemoryRow & { readonly file: string; readonly line: number })[];
    readonly types: readonly (MemoryRow & { readonly type: string })[];
  };
  readonly pauses: readonly Pause[];
  readonly gil: readonly GilWait[];
  /** Begin (>= 0) or end (negative) in milliseconds, function, thread. */
  readonly events?: readonly (readonly [time: number, fn: number, thread: number])[];
}

const round = (ms: number): number => Math.round(ms * 1e6) / 1e6;

function nodeOf(node: CallNode): ProfileNode {
  return {
    fn: node.fn.id,
    calls: node.calls,
    own: round(node.own),
    instructions: node.ownInstructions,
    children: [...node.children.values()].map(nodeOf),
  };
}

/** Sums by opcode and by line. */
function counts(recorder: Recorder | Sampler): { opcodes: Record<string, number>; lines: ProfiledLine[] } {
  const byOpcode = new Float64Array(256);
  const byLine = new Map<string, { file: string; line: number; instructions: number; hits: number; time: number }>();
  for (const { payload, hits, times, entries, lines, function: fn } of recorder.codes.values()) {
    const file = fn?.file ?? '';
    for (let unit = 0; unit < hits.length; unit++) {
      const n = hits[unit]!;
      const time = times[unit] ?? 0;
      if (n === 0 && time === 0) continue;
      byOpcode[payload.co_code[unit * 2]!]! += n;
      const line = lines[unit]!;
      if (line <= 0) continue;
      const key = `${file}:${line}`;
      let row = byLine.get(key);
      if (row === undefined) byLine.set(key, (row = { file, line, instructions: 0, hits: 0, time: 0 }));
      row.instructions += n;
      row.time += time;
      row.hits += entries[unit] ?? 0;
    }
  }
  const opcodes: Record<string, number> = {};
  [...byOpcode]
    .map((n, opcode) => [OPCODE_NAMES[opcode] ?? '?', n] as const)
    .filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .forEach(([name, n]) => {
      opcodes[name] = n;
    });
  const lines = [...byLine.values()]
    .map(row => ({ ...row, time: round(row.time) }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return { opcodes, lines };
}

function memoryData(memory: MemoryRecorder, recorder: Recorder | Sampler): Profile['memory'] {
  const rows = new Map<
    string,
    { file: string; line: number; count: number; bytes: number; live: number; peak: number }
  >();
  for (const [payload, units] of memory.lines) {
    const code = payload === null ? undefined : recorder.codes.get(payload);
    for (const [unit, m] of units) {
      const file = code?.function?.file ?? '';
      const line = code?.lines[unit] ?? 0;
      const key = `${file}:${line}`;
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = { file, line, count: 0, bytes: 0, live: 0, peak: 0 }));
      row.count += m.count;
      row.bytes += m.bytes;
      row.live += m.live;
      row.peak += m.peak;
    }
  }
  return {
    peak: memory.peak,
    live: memory.total,
    count: memory.count,
    lines: [...rows.values()].sort((a, b) => b.peak - a.peak || b.count - a.count),
    types: [...memory.types]
      .map(([type, { count, bytes, live, peak }]) => ({ type, count, bytes, live, peak }))
      .sort((a, b) => b.bytes - a.bytes),
  };
}

export interface ProfileContext {
  readonly program: string;
  readonly python: string;
  readonly mode: Profile['mode'];
  readonly status: number;
  readonly memory: MemoryRecorder | null;
  readonly pauses: readonly Pause[];
  readonly gil: readonly GilWait[];
}

export function profileData(recorder: Recorder | Sampler, context: ProfileContext): Profile {
  const { opcodes, lines } = counts(recorder);
  const fns: ProfiledFunction[] = recorder.functions.map((fn: FunctionRecord) => ({
    id: fn.id,
    name: fn.name,
    file: fn.file,
    line: fn.line,
    calls: fn.calls,
    resumes: fn.resumes,
    own: round(fn.own),
    total: round(fn.total),
    instructions: fn.ownInstructions,
    totalInstructions: fn.totalInstructions,
  }));
  const { eventTimes, eventFunctions, eventThreads } = recorder;
  return {
    tool: 'profile',
    python: context.python,
    program: context.program,
    mode: context.mode,
    status: context.status,
    time: round(fns.reduce((sum, f) => sum + f.own, 0)),
    instructions: recorder.executed,
    calls: fns.reduce((sum, f) => sum + f.calls, 0),
    functions: fns,
    threads: [...recorder.threads.values()].map(({ id, root }) => ({ id, tree: nodeOf(root) })),
    lines,
    opcodes,
    ...(context.memory !== null && { memory: memoryData(context.memory, recorder)! }),
    pauses: context.pauses,
    gil: context.gil,
    ...(eventTimes.length > 0 && {
      events: eventTimes.map((t, i) => [round(t), eventFunctions[i]!, eventThreads[i]!] as const),
    }),
  };
}
