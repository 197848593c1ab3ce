// exports.ts: a profile in the formats of other people's viewers.
//
//   collapsed stacks   flamegraph.pl, inferno, speedscope: `main;f;g MICROSECONDS`
//   speedscope         https://www.speedscope.app/file-format-schema.json, a sampled profile for each thread
//   Chrome trace       "Trace Event Format": chrome://tracing, Perfetto
//   pstats             what cProfile dumps: a marshalled dict, for pstats.Stats and its viewers
import type { Json } from '../json.ts';
import type { Profile, ProfiledFunction, ProfileNode } from './data.ts';

const label = (fn: ProfiledFunction): string =>
  fn.file === '' ? fn.name : `${fn.name} (${fn.file.slice(fn.file.lastIndexOf('/') + 1)}:${fn.line})`;

/** Calls `see` with each node and the ids of the functions on its path. */
function walk(
  node: ProfileNode,
  path: readonly number[],
  see: (node: ProfileNode, path: readonly number[]) => void,
): void {
  const here = [...path, node.fn];
  see(node, here);
  for (const child of node.children) walk(child, here, see);
}

/** A line for each path: function names, own time in microseconds. */
export function collapsedStacks(p: Profile): string {
  const out: string[] = [];
  for (const { tree } of p.threads)
    walk(tree, [], (node, path) => {
      const weight = Math.round(node.own * 1000);
      if (weight > 0) out.push(`${path.map(id => label(p.functions[id]!).replaceAll(';', ':')).join(';')} ${weight}`);
    });
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

export function speedscope(p: Profile): Json {
  const profiles = p.threads.map(({ tree }) => {
    const samples: number[][] = [];
    const weights: number[] = [];
    walk(tree, [], (node, path) => {
      if (node.own <= 0) return;
      samples.push([...path]);
      weights.push(node.own);
    });
    const end = weights.reduce((a, b) => a + b, 0);
    return {
      type: 'sampled',
      name: p.functions[tree.fn]!.name,
      unit: 'milliseconds',
      startValue: 0,
      endValue: end,
      samples,
      weights,
    };
  });
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: p.program,
    exporter: 'pyvarium profile',
    activeProfileIndex: 0,
    shared: {
      frames: p.functions.map(f => ({ name: f.name, ...(f.file !== '' && { file: f.file, line: f.line }) })),
    },
    profiles,
  };
}

export function chromeTrace(p: Profile): Json {
  const traceEvents: Json[] = p.threads.map(({ id, tree }) => ({
    ph: 'M',
    name: 'thread_name',
    pid: 1,
    tid: id,
    args: { name: p.functions[tree.fn]!.name },
  }));
  for (const [time, id, tid] of p.events ?? []) {
    const fn = p.functions[id]!;
    traceEvents.push({
      ph: time >= 0 ? 'B' : 'E',
      name: fn.name,
      cat: fn.file === '' ? 'native' : 'python',
      ts: Math.abs(time) * 1000,
      pid: 1,
      tid,
      ...(time >= 0 && fn.file !== '' && { args: { place: `${fn.file}:${fn.line}` } }),
    });
  }
  for (const { at, duration, generation, collected } of p.pauses)
    traceEvents.push({
      ph: 'X',
      name: `gc generation ${generation}`,
      cat: 'gc',
      ts: at * 1000,
      dur: duration * 1000,
      pid: 1,
      tid: 0,
      args: { collected },
    });
  return { traceEvents, displayTimeUnit: 'ms' };
}

// --- pstats -------------------------------------------------------------------------------------------------------------

/** Writes marshal's version 2: dicts, tuples, strings, ints, floats are all that pstats needs. CPython: Python/marshal.c */
class MarshalText {
  private readonly bytes: number[] = [];
  private readonly encoder = new TextEncoder();

  byte(b: number): void {
    this.bytes.push(b & 255);
  }
  long(n: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte(n >> shift);
  }
  int(n: number): void {
    if (n >= 0 && n < 2 ** 31) {
      this.byte(0x69); // 'i'
      this.long(n);
      return;
    }
    this.byte(0x6c); // 'l': digits of 15 bits
    const digits: number[] = [];
    for (let rest = n; rest > 0; rest = Math.floor(rest / 32768)) digits.push(rest % 32768);
    this.long(digits.length);
    for (const d of digits) {
      this.byte(d);
      this.byte(d >> 8);
    }
  }
  float(x: number): void {
    this.byte(0x67); // 'g'
    for (const b of new Uint8Array(new Float64Array([x]).buffer)) this.byte(b);
  }
  str(text: string): void {
    const utf8 = this.encoder.encode(text);
    this.byte(0x75); // 'u'
    this.long(utf8.length);
    for (const b of utf8) this.byte(b);
  }
  tuple(size: number): void {
    this.byte(0x28); // '('
    this.long(size);
  }
  dict(): void {
    this.byte(0x7b); // '{'
  }
  endDict(): void {
    this.byte(0x30); // '0'
  }
  finish(): Uint8Array {
    return new Uint8Array(this.bytes);
  }
}

interface Edge {
  calls: number;
  primitive: number;
  own: number;
  total: number;
}

/** {(file, line, name): (primitive calls, calls, own, total, {caller: the same})}; seconds. CPython: Lib/cProfile.py:snapshot_stats */
export function pstatsFile(p: Profile): Uint8Array {
  const callers = new Map<number, Map<number, Edge>>();
  const primitive = new Map<number, number>();
  const visit = (node: ProfileNode, path: readonly number[]): number => {
    let total = node.own;
    for (const child of node.children) total += visit(child, [...path, node.fn]);
    const recursive = path.includes(node.fn);
    if (!recursive) primitive.set(node.fn, (primitive.get(node.fn) ?? 0) + node.calls);
    const parent = path.at(-1);
    if (parent !== undefined) {
      let edges = callers.get(node.fn);
      if (edges === undefined) callers.set(node.fn, (edges = new Map()));
      let edge = edges.get(parent);
      if (edge === undefined) edges.set(parent, (edge = { calls: 0, primitive: 0, own: 0, total: 0 }));
      edge.calls += node.calls;
      if (!recursive) {
        edge.primitive += node.calls;
        edge.total += total;
      }
      edge.own += node.own;
    }
    return total;
  };
  for (const { tree } of p.threads) visit(tree, []);
  const threads = new Set(p.threads.map(t => t.tree.fn));
  const m = new MarshalText();
  const key = (fn: ProfiledFunction): void => {
    m.tuple(3);
    m.str(fn.file === '' ? '~' : fn.file);
    m.int(fn.line);
    m.str(fn.file === '' ? `<built-in ${fn.name}>` : fn.name);
  };
  m.dict();
  for (const fn of p.functions) {
    if (threads.has(fn.id)) continue;
    key(fn);
    m.tuple(5);
    m.int(primitive.get(fn.id) ?? 0);
    m.int(fn.calls);
    m.float(fn.own / 1000);
    m.float(fn.total / 1000);
    m.dict();
    for (const [id, edge] of callers.get(fn.id) ?? []) {
      if (threads.has(id)) continue;
      key(p.functions[id]!);
      m.tuple(4);
      m.int(edge.calls);
      m.int(edge.primitive);
      m.float(edge.own / 1000);
      m.float(edge.total / 1000);
    }
    m.endDict();
  }
  m.endDict();
  return m.finish();
}
