// codegen.test.ts: symbol tables, instructions before optimisation, errors and warnings, against what CPython 3.14.10
// recorded (codegen-record.py from codegen-cases.txt).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '../../../src/compiler/code.ts';
import { codegenOnly, compileAst, symtableOf } from '../../../src/compiler/compile.ts';
import type { InstructionSequence } from '../../../src/compiler/instruction_sequence.ts';
import type { SymtableEntry } from '../../../src/compiler/symtable_entry.ts';
import { HAS_JUMP, OPCODE_FLAGS, OPCODE_NAMES } from '../../../src/opcode/opcodes.generated.ts';
import {
  Attribute,
  BinOp,
  comprehension,
  Expr,
  type expr,
  ListComp,
  Module,
  Name,
} from '../../../src/parser/ast.generated.ts';
import { PySyntaxError } from '../../../src/parser/errors.ts';
import { parse } from '../../../src/parser/parser.ts';
import golden from './codegen.golden.json' with { type: 'json' };

interface Instructions {
  i: string[];
  n: Instructions[];
}

interface Table {
  name: string;
  type: number;
  lineno: number;
  nested: number;
  varnames: string[];
  symbols: Record<string, number>;
  children: Table[];
}

interface Case {
  name: string;
  source: string;
  mode: 'exec' | 'eval' | 'single';
  flags: number;
  optimize: 0 | 1 | 2;
  error: (string | number | null)[] | null;
  warnings: [string, number][];
  code?: Instructions;
  table?: Table;
}

const cases = golden.cases as unknown as Case[];

function spell(seq: InstructionSequence): Instructions {
  const i = seq.instrs.map(({ opcode, oparg, loc }) => {
    const name = OPCODE_NAMES[opcode]!;
    const jumps =
      (OPCODE_FLAGS[opcode]! & HAS_JUMP) !== 0 || (name.startsWith('SETUP_') && name !== 'SETUP_ANNOTATIONS');
    const value = jumps ? seq.labels[oparg] : oparg;
    return `${name} ${value} ${loc.lineno},${loc.end_lineno},${loc.col_offset},${loc.end_col_offset}`;
  });
  return { i, n: seq.nested.map(spell) };
}

function spellTable(entry: SymtableEntry): Table {
  return {
    name: entry.name,
    type: entry.type,
    lineno: entry.loc.lineno,
    nested: entry.nested ? 1 : 0,
    varnames: entry.varnames,
    symbols: Object.fromEntries([...entry.symbols].sort(([a], [b]) => (a < b ? -1 : 1))),
    children: entry.children.map(spellTable),
  };
}

function compiled(c: Case): { error: Case['error']; warnings: Case['warnings']; seq: InstructionSequence | null } {
  const warnings: Case['warnings'] = [];
  const warn = (_category: string, message: string, _filename: string | null, lineno: number) => {
    warnings.push([message, lineno]);
    return false;
  };
  const tree = parse(c.source, '<case>', c.mode, { flags: c.flags });
  try {
    const { sequence } = codegenOnly(tree, '<case>', { optimize: c.optimize, flags: c.flags, warn });
    return { error: null, warnings, seq: sequence };
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    const { msg, lineno, offset, end_lineno, end_offset } = error;
    return { error: [msg, lineno, offset, end_lineno, end_offset], warnings, seq: null };
  }
}

for (const c of cases) {
  test(c.name, () => {
    const { error, warnings, seq } = compiled(c);
    assert.deepEqual(error, c.error);
    assert.deepEqual(warnings, c.warnings);
    if (c.code !== undefined) assert.deepEqual(spell(seq!), c.code);
    if (c.table !== undefined) {
      assert.deepEqual(spellTable(symtableOf(parse(c.source, '<case>', 'exec'), '<case>').top), c.table);
    }
  });
}

test('a warning that a filter turns into an error is a SyntaxError in its place', () => {
  const tree = parse('\nx is 1', '<case>', 'exec');
  assert.throws(
    () => compileAst(tree, '<case>', { warn: () => true }),
    (e: PySyntaxError) => e.type === 'SyntaxError' && e.msg.startsWith('"is" with') && e.lineno === 2 && e.offset === 1,
  );
});

test('equal code objects of a finally clause are one constant', () => {
  const code = compileAst(parse('try: x\nfinally: y = lambda: 3', '<case>', 'exec'), '<case>');
  assert.equal(code.co_consts.filter(value => value instanceof Code).length, 1);
});

/** A tree `depth` levels deep. */
function deep(depth: number, wrap: (e: expr) => expr): Module {
  let e: expr = new Name('x', 'Load', 1, 0, 1, 1);
  for (let i = 0; i < depth; i++) e = wrap(e);
  return new Module([new Expr(e, 1, 0, 1, 1)], []);
}

test('trees that nest too deep are a RecursionError', () => {
  const attribute = (e: expr) => new Attribute(e, 'a', 'Load', 1, 0, 1, 1);
  const list = (e: expr) =>
    new ListComp(e, [new comprehension(new Name('y', 'Store', 1, 0, 1, 1), e, [], 0)], 1, 0, 1, 1);
  compileAst(deep(2000, attribute), '<case>');
  for (const tree of [deep(100_000, attribute), deep(5000, e => list(e))]) {
    assert.throws(
      () => compileAst(tree, '<case>'),
      (e: PySyntaxError) => e.type === 'RecursionError' && /^Stack overflow .* during compilation$/.test(e.msg),
    );
  }
});

test('a sum of 27,000 terms compiles, one that CPython has no stack for does not', () => {
  const sum = (terms: number) => deep(terms, e => new BinOp(e, 'Add', new Name('y', 'Load', 1, 0, 1, 1), 1, 0, 1, 1));
  assert.equal(codegenOnly(sum(27_000), '<case>').sequence.instrs.length, 54_000 + 6);
  assert.throws(() => codegenOnly(sum(28_000), '<case>'), { type: 'RecursionError' });
});
