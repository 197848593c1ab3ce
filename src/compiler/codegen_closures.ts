// codegen_closures.ts: makes a function of a code object.              CPython: Python/codegen.c:codegen_make_closure
import {
  BUILD_TUPLE,
  CALL_INTRINSIC_1,
  INTRINSIC_STOPITERATION_ERROR,
  LOAD_CLOSURE,
  MAKE_FUNCTION,
  RERAISE,
  RETURN_VALUE,
  SET_FUNCTION_ATTRIBUTE,
  SETUP_CLEANUP,
} from '../opcode/opcodes.generated.ts';
import {
  CO_FAST_FREE,
  MAKE_FUNCTION_ANNOTATE,
  MAKE_FUNCTION_ANNOTATIONS,
  MAKE_FUNCTION_CLOSURE,
  MAKE_FUNCTION_DEFAULTS,
  MAKE_FUNCTION_KWDEFAULTS,
} from '../opcode/operands.ts';
import { PySyntaxError } from '../parser/errors.ts';
import type { Code } from './code.ts';
import type { CodegenBase } from './codegen_base.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';
import { CELL } from './symtable_entry.ts';

/** Attributes of a function in the order in which they lie on the stack, the last deepest. */
const ATTRIBUTES: readonly number[] = [
  MAKE_FUNCTION_CLOSURE,
  MAKE_FUNCTION_ANNOTATIONS,
  MAKE_FUNCTION_ANNOTATE,
  MAKE_FUNCTION_KWDEFAULTS,
  MAKE_FUNCTION_DEFAULTS,
];

/** Pushes a function that runs `code`; `flags` (MAKE_FUNCTION_*) say what is on the stack for it. CPython: codegen_make_closure */
export function makeClosure(c: CodegenBase, loc: Location, code: Code, flags: number): void {
  let free = 0;
  const { co_localsplusnames: names, co_localspluskinds: kinds } = code;
  for (let i = 0; i < names.length; i++) {
    if (!(kinds[i]! & CO_FAST_FREE)) continue;
    // Not nameop: it would load what is in the cell.
    const name = names[i]!;
    const refType = c.refType(name);
    const index = (refType === CELL ? c.u.cellvars : c.u.freevars).get(name);
    if (index === undefined) {
      const where = `with reftype=${refType} failed in ${c.u.name}; freevars of code ${code.co_name}`;
      throw new PySyntaxError('SystemError', `compiler_lookup_arg(name='${name}') ${where}`);
    }
    c.addop(LOAD_CLOSURE, index, loc);
    free++;
  }
  if (free > 0) {
    flags |= MAKE_FUNCTION_CLOSURE;
    c.addop(BUILD_TUPLE, free, loc);
  }
  c.loadConst(code, loc);
  c.addop(MAKE_FUNCTION, 0, loc);
  for (const attribute of ATTRIBUTES) if (flags & attribute) c.addop(SET_FUNCTION_ATTRIBUTE, attribute, loc);
}

/** A StopIteration that leaves a generator's body becomes a RuntimeError (PEP 479). CPython: codegen_wrap_in_stopiteration_handler */
export function wrapInStopIterationHandler(c: CodegenBase): void {
  const handler = c.newLabel();
  c.u.seq.insert(0, SETUP_CLEANUP, handler, NO_LOCATION);
  c.loadConst(null, NO_LOCATION);
  c.addop(RETURN_VALUE, 0, NO_LOCATION);
  c.useLabel(handler);
  c.addop(CALL_INTRINSIC_1, INTRINSIC_STOPITERATION_ERROR, NO_LOCATION);
  c.addop(RERAISE, 1, NO_LOCATION);
}
