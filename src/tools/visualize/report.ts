// report.ts: everything about one function or file, with the links between source, tree, graph, bytecode and stack.
//
// The link is the instruction's position: it leads to a node of the tree (the innermost one of that extent, or else the
// smallest around it) and to a piece of the source. Columns are UTF-16 code units here, as the page's are.
// Invariant: nodes stand in the order of a walk from the root; the nodes below node i are i + 1 to end - 1.
import { constantRepr, isNode, nodeType, type TreeNode } from '../ast.ts';
import { type FlowGraph, flowGraph } from '../flow.ts';
import type { Json } from '../json.ts';
import { ToolError } from '../program.ts';
import { symbolicStacks } from '../symbolic.ts';
import type { AnyCode } from '../versions/code.ts';
import { ConstantRepr } from '../versions/constant_repr.ts';
import { stackDepths } from '../versions/depths.ts';
import { type Disassembly, disassemble, type Instruction } from '../versions/instructions.ts';
import { flagNames } from '../versions/listing.ts';
import { type GraphPicture, placeGraph } from './layout.ts';
import type { Place, Unit } from './unit.ts';

/** First line, column, last line, column behind the end; lines from 1, columns from 0. */
export type Span = readonly [line: number, column: number, endLine: number, endColumn: number];

export interface ReportNode {
  readonly depth: number;
  /** The field of the parent that it stands in. */
  readonly field: string;
  readonly label: string;
  /** Names and constants it holds. */
  readonly detail: string;
  readonly span: Span | null;
  readonly end: number;
}

export interface ReportInstruction {
  readonly offset: number;
  readonly opname: string;
  readonly arg: number | null;
  readonly argrepr: string;
  readonly line: number | null;
  readonly span: Span | null;
  readonly block: number;
  readonly target: number | null;
  /** Index of the node of the tree, -1 for none. */
  readonly node: number;
  /** Null where nothing is known of the stack. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  /** How many values lie on the stack before and after it, where that is all that is known. */
  readonly depth: readonly [before: number, after: number] | null;
}

export interface FunctionReport {
  readonly path: string;
  readonly code: AnyCode;
  readonly disassembly: Disassembly;
  readonly graph: FlowGraph;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly instructions: readonly ReportInstruction[];
  readonly picture: GraphPicture | null;
  /** First and last line. */
  readonly lines: readonly [number, number];
  /** The function's node, -1 for none. */
  readonly root: number;
}

export interface Report {
  readonly name: string;
  readonly python: string;
  readonly lines: readonly string[] | null;
  readonly nodes: readonly ReportNode[];
  readonly functions: readonly FunctionReport[];
}

/** In units of code, caches included: a page of more would not open. */
const LARGEST = 1_000_000;

/** Large files' trees are left out: a page of them would not open. */
const MOST_NODES = 60_000;

export function makeReport(unit: Unit, chosen: readonly Place[]): Report {
  const size = chosen.reduce((sum, { code }) => sum + code.code.length / 2, 0);
  if (size > LARGEST) {
    throw new ToolError(
      `${unit.name}: too large to be shown at once (${chosen.length} functions): name one, as FILE:FUNCTION`,
    );
  }
  const columns = new Columns(unit.lines);
  const tree = new Tree(columns);
  if (unit.tree !== null) tree.add(unit.tree as unknown as TreeNode);
  const repr = new ConstantRepr(unit.code.version);
  return {
    name: unit.name,
    python: unit.code.version.name,
    lines: unit.lines,
    nodes: tree.nodes,
    functions: chosen.map(place => functionReport(place, tree, columns, repr)),
  };
}

/** Turns columns in bytes into columns in UTF-16 code units. */
class Columns {
  private readonly lines: readonly string[] | null;
  private readonly offsets = new Map<number, number[]>();
  constructor(lines: readonly string[] | null) {
    this.lines = lines;
  }
  at(line: number, byte: number): number {
    const text = this.lines?.[line - 1] ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
    if (/^[\x00-\x7f]*$/.test(text)) return byte;
    let offsets = this.offsets.get(line);
    if (offsets === undefined) {
      offsets = [];
      let unit = 0;
      for (const char of text) {
        const point = char.codePointAt(0)!;
        for (let k = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4; k > 0; k--) offsets.push(unit);
        unit += char.length;
      }
      offsets.push(unit);
      this.offsets.set(line, offsets);
    }
    return offsets[byte] ?? text.length;
  }
  span(line: number, column: number, endLine: number, endColumn: number): Span {
    return [line, this.at(line, column), endLine, this.at(endLine, endColumn)];
  }
}

const SCOPES = /^(FunctionDef|AsyncFunctionDef|ClassDef|Lambda|ListComp|SetComp|DictComp|GeneratorExp|TypeAlias)$/;

class Tree {
  readonly nodes: ReportNode[] = [];
  private readonly scopes: { readonly node: TreeNode; readonly index: number }[] = [];
  private readonly columns: Columns;
  constructor(columns: Columns) {
    this.columns = columns;
  }

  add(node: TreeNode, field = '', depth = 0): void {
    if (this.nodes.length > MOST_NODES) return;
    const index = this.nodes.length;
    const { fields, positions } = nodeType(node._type);
    const at = (name: string): number => node[name] as number;
    const span =
      positions && typeof node['lineno'] === 'number'
        ? this.columns.span(at('lineno'), at('col_offset'), at('end_lineno'), at('end_col_offset'))
        : null;
    const details: string[] = [];
    this.nodes.push({ depth, field, label: node._type, detail: '', span, end: 0 });
    if (SCOPES.test(node._type)) this.scopes.push({ node, index });
    for (const { name, type } of fields) {
      const value = node[name];
      const items = Array.isArray(value) ? value : [value];
      items.forEach((item, i) => {
        if (isNode(item)) this.add(item, items.length > 1 ? `${name}[${i}]` : name, depth + 1);
        else if (item === null || item === undefined) {
          if (type === 'constant') details.push('None');
        } else if (type === 'constant') details.push(constantRepr(item));
        else if (type === 'expr_context') {
          if (item !== 'Load') details.push(String(item));
        } else details.push(typeof item === 'string' ? item : constantRepr(item));
      });
    }
    this.nodes[index] = { ...this.nodes[index]!, detail: details.join(' '), end: this.nodes.length };
  }

  /** The node that a code object was made from, -1 if there is none. */
  rootOf(code: AnyCode): number {
    if (this.nodes.length === 0) return -1;
    if (code.name === '<module>') return 0;
    const found = this.scopes.filter(({ node }) => {
      const decorators = node['decorator_list'] as TreeNode[] | undefined;
      const first = (decorators?.[0]?.['lineno'] ?? node['lineno']) as number;
      return first === code.firstlineno && scopeName(node) === code.name;
    });
    return (found[0] ?? { index: -1 }).index;
  }

  /** The innermost node of that extent below the root, else the smallest around it; -1 for none. */
  find(span: Span, root: number): number {
    if (root < 0) return -1;
    let found = -1;
    // A node inside lies within the one around it, so one walk that skips what does not contain the span is enough.
    for (let i = root; i < this.nodes[root]!.end; ) {
      const node = this.nodes[i]!;
      if (node.span !== null && !contains(node.span, span)) {
        i = node.end;
        continue;
      }
      if (node.span !== null) found = i;
      i++;
    }
    return found;
  }
}

function scopeName(node: TreeNode): string {
  const names: Readonly<Record<string, string>> = {
    Lambda: '<lambda>',
    ListComp: '<listcomp>',
    SetComp: '<setcomp>',
    DictComp: '<dictcomp>',
    GeneratorExp: '<genexpr>',
  };
  return names[node._type] ?? String(node['name']);
}

function contains(outer: Span, inner: Span): boolean {
  const starts = outer[0] < inner[0] || (outer[0] === inner[0] && outer[1] <= inner[1]);
  const ends = outer[2] > inner[2] || (outer[2] === inner[2] && outer[3] >= inner[3]);
  return starts && ends;
}

function functionReport({ path, code }: Place, tree: Tree, columns: Columns, repr: ConstantRepr): FunctionReport {
  const disassembly = disassemble(code, repr);
  const graph = flowGraph(disassembly);
  const stacks = code.version.minor === 14 ? symbolicStacks(disassembly, graph) : null;
  const depths = stacks === null ? stackDepths(disassembly, graph) : null;
  const root = tree.rootOf(code);
  const instructions: ReportInstruction[] = [];
  for (const block of graph.blocks) {
    for (const each of block.instructions) {
      const span = spanOf(each, columns);
      const depth = depths?.get(each.offset);
      instructions.push({
        offset: each.offset,
        opname: each.opcode.name,
        arg: each.arg,
        argrepr: shorter(each.argrepr),
        line: each.line,
        span,
        block: block.index,
        target: each.target,
        node: span === null ? -1 : tree.find(span, root),
        before: stacks?.get(each.offset)?.before ?? null,
        after: stacks?.get(each.offset)?.after ?? null,
        depth: depth === undefined ? null : [depth.before, depth.after],
      });
    }
  }
  const rows = graph.blocks.map(block => block.instructions.map(i => blockRow(i)));
  const span = tree.nodes[root]?.span ?? null;
  const isModule = code.name === '<module>';
  let first = isModule ? 1 : code.firstlineno || 1;
  let last = isModule && tree.nodes.length > 0 ? Number.POSITIVE_INFINITY : (span?.[2] ?? 1);
  for (const { line } of instructions) {
    if (line === null || line <= 0) continue;
    first = Math.min(first, line);
    last = Math.max(last, line);
  }
  return {
    path,
    code,
    disassembly,
    graph,
    facts: facts(code, instructions, graph),
    instructions,
    picture: placeGraph(graph, rows),
    lines: [first, last],
    root,
  };
}

function spanOf({ position }: Instruction, columns: Columns): Span | null {
  if (position === null) return null;
  const { line, endLine, column, endColumn } = position;
  if (line === null || endLine === null || column === null || endColumn === null || line <= 0) return null;
  return columns.span(line, column, endLine, endColumn);
}

/** Without addresses and file names, which say nothing here. */
function shorter(argrepr: string): string {
  return argrepr.replace(/<code object (\S+) at 0x[0-9a-f]+, file .*?, line (\d+)>/g, '<code $1, line $2>');
}

const LONGEST_ROW = 36;

/** An instruction as it stands in a block of the graph. */
export function blockRow({ opcode, arg, argrepr }: Instruction): string {
  const text = `${opcode.name} ${argrepr === '' ? (arg ?? '') : shorter(argrepr)}`.trimEnd();
  return text.length > LONGEST_ROW ? `${text.slice(0, LONGEST_ROW - 1)}…` : text;
}

function facts(code: AnyCode, instructions: readonly ReportInstruction[], graph: FlowGraph): [string, string][] {
  const out: [string, string][] = [];
  const list = (name: string, items: readonly string[]): void => {
    if (items.length > 0) out.push([name, items.join(', ')]);
  };
  const parameters = code.argcount + code.kwonlyargcount + (code.flags & 4 ? 1 : 0) + (code.flags & 8 ? 1 : 0);
  list('arguments', code.varnames.slice(0, parameters));
  list('other locals', code.varnames.slice(parameters));
  list('cells', code.cellvars);
  list('free', code.freevars);
  out.push(['stack', String(code.stacksize)]);
  out.push(['instructions', `${instructions.length} in ${code.code.length} bytes`]);
  out.push(['blocks', String(graph.blocks.length)]);
  if (graph.loops.length > 0) out.push(['loops', String(graph.loops.length)]);
  out.push(['flags', flagNames(code).join(', ')]);
  return out;
}

export function reportJson(report: Report): Json {
  return {
    lines: report.lines ?? undefined,
    tree: report.nodes.length === 0 ? undefined : report.nodes.map(n => ({ ...n })),
    functions: report.functions.map(f => ({
      path: f.path,
      name: f.code.qualname,
      firstlineno: f.code.firstlineno,
      lines: f.lines.map(n => (Number.isFinite(n) ? n : (report.lines?.length ?? 1))),
      root: f.root,
      facts: Object.fromEntries(f.facts),
      instructions: f.instructions.map(i => ({ ...i })),
      graph:
        f.picture === null
          ? null
          : {
              ...f.picture,
              blocks: f.picture.blocks.map(b => ({ ...b })),
              edges: f.picture.edges.map(e => ({ ...e })),
            },
    })),
  };
}
