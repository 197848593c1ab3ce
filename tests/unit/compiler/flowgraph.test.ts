// flowgraph.test.ts: flow graph and assembler against what CPython 3.14.10 recorded (flowgraph-record.py).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assembleSequence, optimizeAndAssemble } from '../../../src/compiler/assemble.ts';
import type { CodeConstant } from '../../../src/compiler/code.ts';
import { hasTarget } from '../../../src/compiler/flowgraph/block.ts';
import { optimizeToList } from '../../../src/compiler/flowgraph.ts';
import { InstructionSequence, Location, UnitMetadata } from '../../../src/compiler/instruction_sequence.ts';
import {
  JUMP,
  LOAD_CONST,
  LOAD_SMALL_INT,
  OPCODE_NAMES,
  POP_TOP,
  RETURN_VALUE,
} from '../../../src/opcode/opcodes.generated.ts';
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL } from '../../../src/opcode/operands.ts';
import golden from './flowgraph.golden.json' with { type: 'json' };
import { show, untag } from './tagged.ts';

type Row = number[];
const AT = new Location(1, 1, 0, 0);

/** A sequence of rows whose jumps name positions, as CPython shows them. */
function sequenceOf(rows: Row[]): InstructionSequence {
  const sequence = new InstructionSequence();
  const labels = new Map<number, number>();
  for (const [opcode, oparg] of rows as [number, number][]) {
    if (!hasTarget(opcode) || labels.has(oparg)) continue;
    const label = sequence.newLabel();
    labels.set(oparg, label);
    sequence.labels[label] = oparg;
  }
  for (const [opcode, oparg, line, endLine, column, endColumn] of rows as [
    number,
    number,
    number,
    number,
    number,
    number,
  ][]) {
    sequence.addop(
      opcode,
      hasTarget(opcode) ? labels.get(oparg)! : oparg,
      new Location(line, endLine, column, endColumn),
    );
  }
  return sequence;
}

function optimized(rows: Row[], consts: CodeConstant[], localCount: number): string[] {
  return optimizeToList(sequenceOf(rows), consts, localCount).map(({ opcode, oparg, target, loc }) =>
    line([
      opcode,
      hasTarget(opcode) ? target!.index : oparg,
      loc.lineno,
      loc.end_lineno,
      loc.col_offset,
      loc.end_col_offset,
    ]),
  );
}

const line = (row: Row) => `${OPCODE_NAMES[row[0]!]} ${row.slice(1)}`;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('constant operations fold as in CPython, or not at all', () => {
  for (const [opcode, oparg, operands, ...folded] of golden.folds as [number, number, unknown[], ...unknown[]][]) {
    const consts = operands.map(untag);
    const sequence = new InstructionSequence();
    operands.forEach((_, i) => {
      sequence.addop(LOAD_CONST, i, AT);
    });
    sequence.addop(opcode, oparg, AT);
    sequence.addop(RETURN_VALUE, 0, AT);
    const result = optimizeToList(sequence, consts, 0);
    const what = `${OPCODE_NAMES[opcode]} ${oparg} ${operands.map(untag).map(show)}`;
    if (folded.length === 0) {
      assert.equal(result.length, operands.length + 2, what);
      continue;
    }
    assert.equal(result.length, 2, what);
    const [load] = result;
    assert.equal(
      show(load!.opcode === LOAD_SMALL_INT ? BigInt(load!.oparg) : consts[load!.oparg]!),
      show(untag(folded[0])),
      what,
    );
  }
});

for (const unit of golden.units) {
  test(`optimises and assembles ${JSON.stringify(unit.source.slice(0, 60))}`, () => {
    const metadata = new UnitMetadata('<module>', '<module>');
    metadata.consts = unit.consts.map(untag);
    metadata.names = unit.names;
    metadata.varnames = unit.varnames;
    metadata.cellvars = unit.cellvars;
    const code = optimizeAndAssemble(sequenceOf(unit.before), metadata, unit.flags, 'f.py');
    assert.deepEqual(code.co_consts.map(show), unit.finalConsts.map(untag).map(show));
    assert.equal(hex(code.co_code), unit.code);
    assert.equal(hex(code.co_linetable), unit.linetable);
    assert.equal(hex(code.co_exceptiontable), unit.exceptiontable);
    assert.equal(code.co_stacksize, unit.stacksize);
    for (const inner of unit.nested) {
      const consts: CodeConstant[] = Array.from({ length: inner.nconsts }, (_, i) => `c${i}`);
      assert.deepEqual(optimized(inner.before, consts, inner.nlocals), inner.after.map(line));
      assert.deepEqual(consts.map(show), inner.consts.map(untag).map(show));
    }
  });
}

golden.assemblies.forEach((given, index) => {
  test(`assembles instructions as they are (${index})`, () => {
    const unit = new UnitMetadata(given.metadata.name, given.metadata.qualname);
    const { names, varnames, cellvars, freevars, fasthidden, consts, ...counts } = given.metadata;
    Object.assign(unit, counts, { names, varnames, cellvars, freevars });
    unit.fasthidden = new Set<string>(fasthidden);
    unit.consts = consts.map(untag);
    const sequence = new InstructionSequence();
    const labels = new Map<string, number>();
    const label = (name: string) => {
      if (!labels.has(name)) labels.set(name, sequence.newLabel());
      return labels.get(name)!;
    };
    for (const item of given.before as (string | [number, number | string, number, number, number, number])[]) {
      if (typeof item === 'string') sequence.useLabel(label(item));
      else {
        const [opcode, oparg, lineno, endLine, column, endColumn] = item;
        const at = new Location(lineno, endLine, column, endColumn);
        sequence.addop(opcode, typeof oparg === 'string' ? label(oparg) : oparg, at);
      }
    }
    const code = assembleSequence(sequence, unit, 0, 'f.py');
    assert.equal(hex(code.co_code), given.code);
    assert.equal(hex(code.co_linetable), given.linetable);
    assert.equal(hex(code.co_exceptiontable), given.exceptiontable);
    assert.equal(code.co_stacksize, given.stacksize);
    assert.equal(code.co_argcount, given.argcount);
    const named = (kind: number) => code.co_localsplusnames.filter((_, i) => code.co_localspluskinds[i]! & kind);
    assert.deepEqual(named(CO_FAST_LOCAL), given.varnames);
    assert.deepEqual(named(CO_FAST_CELL), given.cellvars);
    assert.deepEqual(named(CO_FAST_FREE), given.freevars);
  });
});

test('a label keeps its instruction when another is inserted before it', () => {
  const sequence = new InstructionSequence();
  const before = sequence.newLabel();
  const label = sequence.newLabel();
  sequence.useLabel(before);
  sequence.addop(POP_TOP, 0, AT);
  sequence.useLabel(label);
  sequence.addop(JUMP, label, AT);
  sequence.insert(1, LOAD_CONST, 0, AT);
  assert.deepEqual(sequence.labels, [0, 2]);
  assert.deepEqual(
    sequence.instrs.map(instr => instr.opcode),
    [POP_TOP, LOAD_CONST, JUMP],
  );
});

test('a jump to a label that was never placed is refused', () => {
  const sequence = new InstructionSequence();
  sequence.addop(JUMP, sequence.newLabel(), AT);
  assert.throws(() => optimizeToList(sequence, [], 0), /unplaced label 0/);
});
