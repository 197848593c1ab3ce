// instruction_sequence.ts: the flat list of instructions that the code generator fills and the flow graph consumes.
//                                                                       CPython: Python/instruction_sequence.c
//
// A jump's oparg is a label until the flow graph resolves it. Invariant: a label names the position of one
// instruction, and stays with that instruction when others are inserted before it.
// Enter through: InstructionSequence.addop, newLabel, useLabel.
import type { CodeConstant } from './code.ts';
import type { BasicBlock } from './flowgraph/block.ts';

/** Where in the source an instruction comes from; columns are UTF-8 byte offsets. */
export class Location {
  readonly lineno: number;
  readonly end_lineno: number;
  readonly col_offset: number;
  readonly end_col_offset: number;
  constructor(lineno: number, end_lineno: number, col_offset: number, end_col_offset: number) {
    this.lineno = lineno;
    this.end_lineno = end_lineno;
    this.col_offset = col_offset;
    this.end_col_offset = end_col_offset;
  }
}

/** No line: the instruction belongs to whatever stands before it. */
export const NO_LOCATION: Location = new Location(-1, -1, -1, -1);
/** The location of the next instruction that has one. */
export const NEXT_LOCATION: Location = new Location(-2, -2, -2, -2);

/** One instruction, real or pseudo. `target` and `except` are the flow graph's. */
export class Instr {
  opcode: number;
  oparg: number;
  loc: Location;
  /** Block that a jump or a SETUP_* leads to. */
  target: BasicBlock | null;
  /** Handler of exceptions raised here. */
  except: BasicBlock | null;
  constructor(opcode: number, oparg: number, loc: Location) {
    this.opcode = opcode;
    this.oparg = oparg;
    this.loc = loc;
    this.target = null;
    this.except = null;
  }
}

/** CPython: Include/internal/pycore_instruction_sequence.h:_PyInstructionSequence */
export class InstructionSequence {
  readonly instrs: Instr[] = [];
  /** Position by label, -1 until the label is placed. */
  readonly labels: number[] = [];
  /** Sequences of nested functions and classes, for those who look at the code generator's output. */
  readonly nested: InstructionSequence[] = [];
  /** Instructions to put in place of ANNOTATIONS_PLACEHOLDER; null drops the placeholder. */
  annotationsCode: InstructionSequence | null = null;

  /** CPython: Python/instruction_sequence.c:_PyInstructionSequence_NewLabel */
  newLabel(): number {
    return this.labels.push(-1) - 1;
  }

  /** Makes the label stand for the next instruction. CPython: _PyInstructionSequence_UseLabel */
  useLabel(label: number): void {
    this.labels[label] = this.instrs.length;
  }

  /** CPython: _PyInstructionSequence_Addop */
  addop(opcode: number, oparg: number, loc: Location): void {
    this.instrs.push(new Instr(opcode, oparg, loc));
  }

  /** Puts an instruction before the one at `pos`; labels at or behind it move along. CPython: _PyInstructionSequence_InsertInstruction */
  insert(pos: number, opcode: number, oparg: number, loc: Location): void {
    this.instrs.splice(pos, 0, new Instr(opcode, oparg, loc));
    const labels = this.labels;
    for (let i = 0; i < labels.length; i++) if (labels[i]! >= pos) labels[i]!++;
  }

  /** CPython: _PyInstructionSequence_AddNested */
  addNested(sequence: InstructionSequence): void {
    this.nested.push(sequence);
  }

  /** CPython: _PyInstructionSequence_SetAnnotationsCode */
  setAnnotationsCode(sequence: InstructionSequence): void {
    this.annotationsCode = sequence;
  }
}

/** What a unit of code (module, class, function) has besides its instructions. CPython: _PyCompile_CodeUnitMetadata */
export class UnitMetadata {
  name: string;
  qualname: string;
  /** In the order of LOAD_CONST's oparg; equal constants (constkey.ts) occur once. The flow graph adds to it. */
  consts: CodeConstant[] = [];
  names: string[] = [];
  /** Parameters, then other local variables. */
  varnames: string[] = [];
  cellvars: string[] = [];
  freevars: string[] = [];
  /** Locals of inlined comprehensions, which locals() does not show. */
  fasthidden: { has(name: string): boolean } = new Set<string>();
  /** Parameters that may be given by position or by name: without the positional-only ones. */
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  firstlineno = 1;
  constructor(name: string, qualname: string) {
    this.name = name;
    this.qualname = qualname;
  }
}
