// block.ts: basic blocks, and what the flow graph knows of each.            CPython: Python/flowgraph.c
//
// Invariant: control enters a block at its first instruction only, and leaves it at its last one only, exceptions
// apart. Blocks are linked by `next` in the order in which they will be laid out.
import type { Instr } from '../instruction_sequence.ts';

/** CPython: Python/flowgraph.c:_PyCfgBasicblock */
export class BasicBlock {
  instrs: Instr[] = [];
  /** Block that follows in the layout; control falls into it unless the last instruction prevents that. */
  next: BasicBlock | null = null;
  /** Jumps and fall-throughs that lead here. */
  predecessors = 0;
  /** Stack depth at entry; negative until known. */
  startDepth = -1;
  /** Handlers in force at entry, outermost first, while they are being propagated. */
  exceptStack: BasicBlock[] | null = null;
  /** The handler gets the position of the raising instruction too. */
  preserveLasti = false;
  /** Entered by exceptions. */
  exceptHandler = false;
  visited = false;
  /** Only reached by way of exception handlers, and to be laid out last. */
  cold = false;
  warm = false;
  /** Position in a worklist or in the layout, as the pass at work likes it. */
  index = 0;
}
