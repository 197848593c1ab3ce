// analyze.ts: `pyvarium analyze`: what a function's bytecode tells: size, complexity, cost, specialisation, findings.
//
// Everything is read off the bytecode and its control-flow graph; a finding carries the instructions that prove it.
// Enter through: analyzeProgram (a source) and analyzeCode (a code object of CPython 3.14).
import type { BasicBlock } from '../compiler/flowgraph/block.ts';
import { OPCODE_NAMES } from '../opcode/opcodes.generated.ts';
import { allCode } from './code.ts';
import { type Analyzed, findings } from './findings.ts';
import { type Decision, decisions, flowGraph } from './flow.ts';
import type { Program } from './program.ts';
import { type Site, sites } from './specialization.ts';
import { symbolicStacks } from './symbolic.ts';
import { type AnyCode, AnyCode as AnyCodeClass, fromCompiler } from './versions/code.ts';
import { ConstantRepr } from './versions/constant_repr.ts';
import { disassemble } from './versions/instructions.ts';
import { flagNames } from './versions/listing.ts';
import type { Version } from './versions/version.ts';

export interface Finding {
  /** A short name to select by: global-in-loop, repeated-attribute … */
  readonly kind: string;
  /** `advice` costs time only; `problem` is probably wrong. */
  readonly level: 'advice' | 'problem';
  readonly line: number | null;
  readonly message: string;
  /** The instructions that prove it: `OFFSET NAME ARGUMENT`. */
  readonly evidence: readonly string[];
}

/** What can be summed up and compared over thousands of functions. */
export interface Measures {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  /** Without caches and EXTENDED_ARG. */
  readonly instructions: number;
  /** Number of decisions plus one. */
  readonly complexity: number;
  /** Estimated work, in units of a cheap instruction; a loop's body counts ten times. */
  readonly cost: number;
  readonly stacksize: number;
  /** Instructions by opcode, most frequent first. */
  readonly histogram: readonly (readonly [opcode: string, count: number])[];
  readonly findings: readonly Finding[];
}

export interface FunctionReport extends Measures {
  readonly bytes: number;
  readonly blocks: number;
  readonly loops: number;
  readonly decisions: readonly { readonly line: number | null; readonly kind: string }[];
  readonly flags: readonly string[];
  readonly constants: readonly string[];
  readonly locals: readonly string[];
  readonly cells: readonly string[];
  readonly free: readonly string[];
  readonly names: readonly string[];
  readonly sites: readonly Site[];
}

/** Rough costs in units of LOAD_FAST; what is not listed costs 1. */
const COSTS: readonly (readonly [pattern: RegExp, cost: number])[] = [
  [/^(NOP|NOT_TAKEN|RESUME|EXTENDED_ARG|CACHE)$/, 0],
  [
    /^(LOAD_GLOBAL|LOAD_DEREF|STORE_DEREF|LOAD_NAME|STORE_NAME|STORE_GLOBAL|TO_BOOL|JUMP_BACKWARD|COMPARE_OP|IS_OP)$/,
    2,
  ],
  [/^(BINARY_OP|LOAD_ATTR|UNARY_.*|CONTAINS_OP|FOR_ITER|GET_ITER|UNPACK_SEQUENCE|LIST_APPEND|SET_ADD|MAP_ADD)$/, 3],
  [
    /^(STORE_ATTR|STORE_SUBSCR|DELETE_.*|BINARY_SLICE|STORE_SLICE|BUILD_.*|FORMAT_.*|CONVERT_VALUE|LOAD_SUPER_ATTR)$/,
    4,
  ],
  [/^(LIST_EXTEND|SET_UPDATE|DICT_UPDATE|DICT_MERGE|UNPACK_EX|SEND|YIELD_VALUE|RETURN_GENERATOR|MAKE_FUNCTION)$/, 6],
  [/^(CALL|CALL_KW|CALL_FUNCTION_EX|LOAD_SPECIAL|WITH_EXCEPT_START|MATCH_.*)$/, 10],
  [/^(IMPORT_NAME|LOAD_BUILD_CLASS|RAISE_VARARGS|RERAISE)$/, 30],
];
const LOOP_WEIGHT = 10;

let costs: readonly number[] | null = null;

/** By the number of the general instruction. */
function costTable(version: Version): readonly number[] {
  costs ??= version.opcodes.map(({ name }) => COSTS.find(([pattern]) => pattern.test(name))?.[1] ?? 1);
  return costs;
}

export interface AnalyzeOptions {
  /** Names that the module binds: its globals, as against builtins. */
  readonly globals?: ReadonlySet<string>;
  /** Lines that the optimiser found to be unreachable. */
  readonly deadLines?: readonly number[];
}

/** Names that a module's code binds. */
export function moduleNames(module: AnyCode): Set<string> {
  const names = new Set<string>();
  const { opcodes } = module.version;
  for (const each of allCode(module)) {
    const { code } = each;
    let high = 0;
    for (let at = 0; at < code.length; at += 2) {
      const { name, cacheUnits } = opcodes[code[at]!]!;
      const arg = (high << 8) | code[at + 1]!;
      high = name === 'EXTENDED_ARG' ? arg : 0;
      if (name === 'STORE_GLOBAL' || (name === 'STORE_NAME' && each === module)) names.add(each.names[arg] ?? '');
      at += cacheUnits * 2;
    }
  }
  return names;
}

function measure(code: AnyCode, options: AnalyzeOptions): Analyzed & { decisions: Decision[]; measures: Measures } {
  const disassembly = disassemble(code);
  const graph = flowGraph(disassembly);
  const stacks = symbolicStacks(disassembly, graph);
  const { opcodes } = code.version;
  const costOf = costTable(code.version);
  const counts = new Uint32Array(256);
  let instructions = 0;
  let cost = 0;
  for (const block of graph.blocks) {
    const weight = LOOP_WEIGHT ** Math.min(block.loopDepth, 6);
    instructions += block.instructions.length;
    for (const { opcode } of block.instructions) {
      counts[opcode.base]!++;
      cost += costOf[opcode.base]! * weight;
    }
  }
  const histogram: [string, number][] = [];
  counts.forEach((n, number) => {
    if (n > 0) histogram.push([opcodes[number]!.name, n]);
  });
  const found = decisions(disassembly, graph);
  const all = { code, disassembly, graph, stacks, globals: options.globals ?? new Set<string>() };
  const measures = {
    file: code.filename,
    name: code.qualname,
    line: code.firstlineno,
    instructions,
    complexity: found.length + 1,
    cost,
    stacksize: code.stacksize,
    histogram: histogram.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    findings: findings(all, options.deadLines ?? []),
  };
  return { ...all, decisions: found, measures };
}

/** One code object, without those in it. */
export function analyzeCode(code: AnyCode, options: AnalyzeOptions = {}): FunctionReport {
  const measured = measure(code, options);
  const { graph } = measured;
  const repr = new ConstantRepr(code.version);
  return {
    ...measured.measures,
    bytes: code.code.length,
    blocks: graph.blocks.filter(b => b.reachable).length,
    loops: graph.loops.length,
    decisions: measured.decisions.map(({ line, kind }) => ({ line, kind })),
    flags: flagNames(code),
    constants: code.consts.map(value => (value instanceof AnyCodeClass ? `<code ${value.name}>` : repr.of(value))),
    locals: code.varnames,
    cells: code.cellvars,
    free: code.freevars,
    names: code.names,
    sites: sites(measured),
  };
}

/** All functions of a source, the module's own code first. */
export function analyzeProgram(program: Program): FunctionReport[] {
  return eachFunction(program, analyzeCode);
}

/** As analyzeProgram, for less: what a table of many functions shows. */
export function measureProgram(program: Program): Measures[] {
  return eachFunction(program, (code, options) => measure(code, options).measures);
}

function eachFunction<T>(program: Program, look: (code: AnyCode, options: AnalyzeOptions) => T): T[] {
  const dead = new Map<string, number[]>();
  const plain = program.code(unit => {
    let before: Set<number> | null = null;
    let after: Set<number> | null = null;
    return (pass, entry) => {
      if (pass === 'inline small targets') before = linesOf(entry);
      else if (pass === 'remove unreachable blocks') after = linesOf(entry);
      else if (pass === 'borrowed loads' && before !== null && after !== null) {
        const alive = after;
        const lines = [...before].filter(line => !alive.has(line));
        if (lines.length > 0) dead.set(`${unit.qualname}:${unit.firstlineno}`, lines);
      }
    };
  });
  const module = fromCompiler(plain);
  const globals = moduleNames(module);
  return allCode(module).map(code => {
    const deadLines =
      dead.get(`${code === module ? '' : code.qualname}:${code.firstlineno}`) ??
      dead.get(`${code.qualname}:${code.firstlineno}`) ??
      [];
    return look(code, { globals, deadLines });
  });
}

/** A report with what the run made of each site: `code` is co_code as it then stood. */
export function withRun(report: FunctionReport, code: Uint8Array): FunctionReport {
  const sites = report.sites.map(site => ({ ...site, became: OPCODE_NAMES[code[site.offset] ?? 0] ?? '?' }));
  return { ...report, sites };
}

function linesOf(entry: BasicBlock): Set<number> {
  const lines = new Set<number>();
  let last = 0;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next)
    for (let i = 0; i < b.used; i++) {
      const { lineno } = b.instrs[i]!.loc;
      if (lineno > 0 && lineno !== last) lines.add((last = lineno));
    }
  return lines;
}
