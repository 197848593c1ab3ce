// block.ts: basic blocks, and what the flow graph knows of each.            CPython: Python/flowgraph.c
//
// Invariant: control enters a block at its first instruction only, and leaves it at its last one only, exceptions
// apart. Blocks are linked by `next` in the order in which they will be laid out.
//
// A block's array may be longer than the block: `used` counts the live instructions, and what passes cut off stays
// behind it. That is no thrift but a fact one can observe: an instruction that CPython appends later inherits the
// exception handler of whatever was left in that slot, and so the exception table has gaps or not (`addInstr`).
import {
  HAS_JUMP,
  JUMP,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  JUMP_FORWARD,
  JUMP_NO_INTERRUPT,
  NOP,
  OPCODE_FLAGS,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  RAISE_VARARGS,
  RERAISE,
  RETURN_VALUE,
  SETUP_CLEANUP,
  SETUP_FINALLY,
  SETUP_WITH,
} from '../../opcode/opcodes.generated.ts';
import { Instr, type Location } from '../instruction_sequence.ts';

/** CPython: Python/flowgraph.c:_PyCfgBasicblock */
export class BasicBlock {
  /** Live instructions are those below `used`. */
  instrs: Instr[] = [];
  used = 0;
  /** Block that follows in the layout; control falls into it unless the last instruction prevents that. */
  next: BasicBlock | null = null;
  /** Jumps, protected ranges and fall-throughs that lead here. */
  predecessors = 0;
  /** Stack depth at entry; negative until known. */
  startDepth = -1;
  /** Handlers in force at entry, outermost first, while they are being propagated. */
  exceptStack: BasicBlock[] | null = null;
  /** Some instruction names this block as its target. */
  labelled = false;
  /** The handler gets the position of the raising instruction too. */
  preserveLasti = false;
  /** Entered by exceptions. */
  exceptHandler = false;
  /** Seen by the pass at work. */
  visited = false;
  /** Only reached by way of exception handlers, and to be laid out last. */
  cold = false;
  /** Reached without an exception. */
  warm = false;
  /** Locals 0 to 31 and 32 to 63 that may be unbound at entry, as bits. */
  unsafeLow = 0;
  unsafeHigh = 0;
  /** Position of the first instruction once the graph is flattened. */
  index = 0;
}

export function isJump(opcode: number): boolean {
  return (OPCODE_FLAGS[opcode]! & HAS_JUMP) !== 0;
}

/** Begins a protected range. CPython: IS_BLOCK_PUSH_OPCODE */
export function isBlockPush(opcode: number): boolean {
  return opcode === SETUP_FINALLY || opcode === SETUP_CLEANUP || opcode === SETUP_WITH;
}

export function hasTarget(opcode: number): boolean {
  return isJump(opcode) || isBlockPush(opcode);
}

/** Leaves the frame. CPython: IS_SCOPE_EXIT_OPCODE */
export function isScopeExit(opcode: number): boolean {
  return opcode === RETURN_VALUE || opcode === RAISE_VARARGS || opcode === RERAISE;
}

export function isUnconditionalJump(opcode: number): boolean {
  return (
    opcode === JUMP ||
    opcode === JUMP_NO_INTERRUPT ||
    opcode === JUMP_FORWARD ||
    opcode === JUMP_BACKWARD ||
    opcode === JUMP_BACKWARD_NO_INTERRUPT
  );
}

export function isConditionalJump(opcode: number): boolean {
  return (
    opcode === POP_JUMP_IF_FALSE ||
    opcode === POP_JUMP_IF_TRUE ||
    opcode === POP_JUMP_IF_NONE ||
    opcode === POP_JUMP_IF_NOT_NONE
  );
}

export function lastInstr(block: BasicBlock): Instr | null {
  return block.used > 0 ? block.instrs[block.used - 1]! : null;
}

export function fallsThrough(block: BasicBlock): boolean {
  if (block.used === 0) return true;
  const { opcode } = block.instrs[block.used - 1]!;
  return !isScopeExit(opcode) && !isUnconditionalJump(opcode);
}

export function exitsScope(block: BasicBlock): boolean {
  return block.used > 0 && isScopeExit(block.instrs[block.used - 1]!.opcode);
}

/** The block itself or the first one behind it that has instructions. */
export function nextNonempty(block: BasicBlock | null): BasicBlock | null {
  while (block !== null && block.used === 0) block = block.next;
  return block;
}

/** Appends an instruction; it is protected as what stood in its slot before was. CPython: basicblock_addop */
export function addInstr(block: BasicBlock, opcode: number, oparg: number, loc: Location): Instr {
  const instr = new Instr(opcode, oparg, loc);
  const old = block.instrs[block.used];
  if (old !== undefined) instr.except = old.except;
  block.instrs[block.used++] = instr;
  return instr;
}

/** CPython: basicblock_add_jump */
export function addJump(block: BasicBlock, opcode: number, target: BasicBlock, loc: Location): void {
  addInstr(block, opcode, 0, loc).target = target;
}

/** Puts an instruction before position `pos`. CPython: basicblock_insert_instruction */
export function insertInstr(block: BasicBlock, pos: number, instr: Instr): void {
  const { instrs } = block;
  for (let i = block.used; i > pos; i--) instrs[i] = instrs[i - 1]!;
  instrs[pos] = instr;
  block.used++;
}

/** Appends copies of another block's instructions. CPython: basicblock_append_instructions */
export function appendCopies(to: BasicBlock, from: BasicBlock): void {
  for (let i = 0; i < from.used; i++) {
    const source = from.instrs[i]!;
    const copy = new Instr(source.opcode, source.oparg, source.loc);
    copy.target = source.target;
    copy.except = source.except;
    to.instrs[to.used++] = copy;
  }
}

/** Turns an instruction into one without oparg. Target and handler stay, though a NOP's target means nothing. */
export function setOp(instr: Instr, opcode: number): void {
  instr.opcode = opcode;
  instr.oparg = 0;
}

export function toNop(instr: Instr): void {
  instr.opcode = NOP;
  instr.oparg = 0;
}

/** Forgets which blocks the previous pass saw. */
export function clearVisited(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) b.visited = false;
}
