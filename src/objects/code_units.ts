// code_units.ts: walking a code object's instructions.                              CPython: Objects/codeobject.c
import {
  END_ASYNC_FOR,
  EXTENDED_ARG,
  FOR_ITER,
  OPCODE_CACHES,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
} from '../opcode/opcodes.generated.ts';

/** Inline cache units by opcode. */
export function cache_counts(): readonly number[] {
  return OPCODE_CACHES;
}

/** Conditional branches as [source, not-taken target, taken target], in bytes. CPython: branchesiter_next */
export function* branches(co: { co_code: Uint8Array }): Generator<[number, number, number]> {
  const code = co.co_code;
  const n = code.length >> 1;
  let oparg = 0;
  for (let i = 0; i < n; ) {
    const op = code[2 * i]!;
    oparg = (oparg << 8) | code[2 * i + 1]!;
    if (op === EXTENDED_ARG) {
      i++;
      continue;
    }
    const next = i + 1 + OPCODE_CACHES[op]!;
    switch (op) {
      case FOR_ITER:
        // The taken branch ends behind END_FOR and POP_ITER.
        yield [2 * i, 2 * next, 2 * (next + oparg + 2)];
        break;
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE:
      case POP_JUMP_IF_NONE:
      case POP_JUMP_IF_NOT_NONE:
        yield [2 * i, 2 * (next + 1), 2 * (next + oparg)];
        break;
      case END_ASYNC_FOR:
        yield [2 * (next - oparg), 2 * (next - oparg + 2), 2 * next];
        break;
    }
    oparg = 0;
    i = next;
  }
}
