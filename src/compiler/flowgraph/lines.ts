// lines.ts: gives instructions without a line that of their predecessor.     CPython: Python/flowgraph.c
import { NO_LOCATION } from '../instruction_sequence.ts';
import { appendCopies, BasicBlock, fallsThrough, isJump, lastInstr, nextNonempty } from './block.ts';
import { needsLine } from './jumps.ts';

/** Exits without a line that several blocks lead to are copied, so that each copy can take its predecessor's line. CPython: duplicate_exits_without_lineno */
function duplicateLinelessExits(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || !isJump(last.opcode)) continue;
    const target = nextNonempty(last.target);
    if (target === null || target.predecessors <= 1 || !needsLine(target)) continue;
    const copy = new BasicBlock();
    appendCopies(copy, target);
    copy.instrs[0]!.loc = last.loc;
    copy.predecessors = 1;
    copy.labelled = true;
    copy.next = target.next;
    target.next = copy;
    target.predecessors--;
    last.target = copy;
  }
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    if (b.used > 0 && b.next !== null && fallsThrough(b) && needsLine(b.next)) {
      b.next.instrs[0]!.loc = lastInstr(b)!.loc;
    }
  }
}

/** CPython: propagate_line_numbers */
function propagateLines(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null) continue;
    let loc = NO_LOCATION;
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      if (instr.loc.lineno === -1) instr.loc = loc;
      else loc = instr.loc;
    }
    const { next } = b;
    if (next !== null && next.predecessors === 1 && next.used > 0 && fallsThrough(b)) {
      const first = next.instrs[0]!;
      if (first.loc.lineno === -1) first.loc = loc;
    }
    if (isJump(last.opcode)) {
      const target = last.target!;
      if (target.predecessors === 1 && target.used > 0) {
        const first = target.instrs[0]!;
        if (first.loc.lineno === -1) first.loc = loc;
      }
    }
  }
}

/** CPython: resolve_line_numbers */
export function resolveLineNumbers(entry: BasicBlock): void {
  duplicateLinelessExits(entry);
  propagateLines(entry);
}
