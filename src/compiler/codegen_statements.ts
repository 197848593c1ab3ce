// codegen_statements.ts: simple statements, conditions and loops.                             CPython: Python/codegen.c
//
// `return`, `break` and `continue` first unwind the frame blocks they leave: they run finally clauses, call __exit__
// and pop iterators.
import {
  BINARY_OP,
  BINARY_SLICE,
  CALL,
  CALL_INTRINSIC_1,
  CONSTANT_ASSERTIONERROR,
  COPY,
  END_ASYNC_FOR,
  END_FOR,
  FOR_ITER,
  GET_AITER,
  GET_ANEXT,
  GET_AWAITABLE,
  GET_ITER,
  IMPORT_FROM,
  IMPORT_NAME,
  INTRINSIC_IMPORT_STAR,
  INTRINSIC_PRINT,
  JUMP,
  JUMP_NO_INTERRUPT,
  LOAD_COMMON_CONSTANT,
  NB_ADD,
  NB_AND,
  NB_FLOOR_DIVIDE,
  NB_INPLACE_ADD,
  NB_LSHIFT,
  NB_MATRIX_MULTIPLY,
  NB_MULTIPLY,
  NB_OR,
  NB_POWER,
  NB_REMAINDER,
  NB_RSHIFT,
  NB_SUBSCR,
  NB_SUBTRACT,
  NB_TRUE_DIVIDE,
  NB_XOR,
  NOP,
  NOT_TAKEN,
  POP_BLOCK,
  POP_EXCEPT,
  POP_ITER,
  POP_TOP,
  RAISE_VARARGS,
  RETURN_VALUE,
  SETUP_FINALLY,
  STORE_ATTR,
  STORE_SLICE,
  STORE_SUBSCR,
  SWAP,
} from '../opcode/opcodes.generated.ts';
import type {
  Assert,
  AsyncFor,
  AugAssign,
  expr,
  For,
  If,
  Import,
  ImportFrom,
  operator,
  Return,
  While,
} from '../parser/ast.generated.ts';
import { PyTuple } from '../parser/constants.ts';
import { PySyntaxError } from '../parser/errors.ts';
import type { CodegenBase } from './codegen_base.ts';
import { attributeLocation, isTwoPartSlice, visitSliceParts } from './codegen_expressions.ts';
import {
  FBLOCK_ASYNC_FOR_LOOP,
  FBLOCK_ASYNC_WITH,
  FBLOCK_EXCEPTION_GROUP_HANDLER,
  FBLOCK_FINALLY_END,
  FBLOCK_FINALLY_TRY,
  FBLOCK_FOR_LOOP,
  FBLOCK_HANDLER_CLEANUP,
  FBLOCK_POP_VALUE,
  FBLOCK_TRY_EXCEPT,
  FBLOCK_WHILE_LOOP,
  FBLOCK_WITH,
  type FBlock,
  indexIn,
  NO_LABEL,
} from './codegen_unit.ts';
import { locationOf } from './future.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';

/** Operand of BINARY_OP. */
export const BINARY_OPARGS: Readonly<Record<operator, number>> = {
  Add: NB_ADD,
  Sub: NB_SUBTRACT,
  Mult: NB_MULTIPLY,
  MatMult: NB_MATRIX_MULTIPLY,
  Div: NB_TRUE_DIVIDE,
  Mod: NB_REMAINDER,
  Pow: NB_POWER,
  LShift: NB_LSHIFT,
  RShift: NB_RSHIFT,
  BitOr: NB_OR,
  BitXor: NB_XOR,
  BitAnd: NB_AND,
  FloorDiv: NB_FLOOR_DIVIDE,
};

// Leaving blocks

/**
 * Undoes one frame block; `preserveTop` keeps the value being returned on top. Answers the location of what follows:
 * instructions after a finally clause are artificial. CPython: codegen_unwind_fblock
 */
function unwindBlock(c: CodegenBase, loc: Location, block: FBlock, preserveTop: boolean): Location {
  switch (block.type) {
    case FBLOCK_FOR_LOOP:
    case FBLOCK_ASYNC_FOR_LOOP:
    case FBLOCK_POP_VALUE:
      if (preserveTop) c.addop(SWAP, 2, loc);
      c.addop(POP_TOP, 0, loc);
      return loc;
    case FBLOCK_TRY_EXCEPT:
      c.addop(POP_BLOCK, 0, loc);
      return loc;
    case FBLOCK_FINALLY_TRY:
      c.addop(POP_BLOCK, 0, loc);
      if (preserveTop) c.pushFBlock(FBLOCK_POP_VALUE, loc, NO_LABEL, NO_LABEL);
      c.visitStmts(block.finalbody!);
      if (preserveTop) c.popFBlock();
      return NO_LOCATION;
    case FBLOCK_FINALLY_END:
      if (preserveTop) c.addop(SWAP, 2, loc);
      c.addop(POP_TOP, 0, loc);
      if (preserveTop) c.addop(SWAP, 2, loc);
      c.addop(POP_BLOCK, 0, loc);
      c.addop(POP_EXCEPT, 0, loc);
      return loc;
    case FBLOCK_WITH:
    case FBLOCK_ASYNC_WITH: {
      const at = block.loc;
      c.addop(POP_BLOCK, 0, at);
      if (preserveTop) {
        c.addop(SWAP, 3, at);
        c.addop(SWAP, 2, at);
      }
      c.callExitWithNones(at);
      if (block.type === FBLOCK_ASYNC_WITH) {
        c.addop(GET_AWAITABLE, 2, at);
        c.loadConst(null, at);
        c.addYieldFrom(at, true);
      }
      c.addop(POP_TOP, 0, at);
      return NO_LOCATION;
    }
    case FBLOCK_HANDLER_CLEANUP:
      if (block.name !== null) c.addop(POP_BLOCK, 0, loc);
      if (preserveTop) c.addop(SWAP, 2, loc);
      c.addop(POP_BLOCK, 0, loc);
      c.addop(POP_EXCEPT, 0, loc);
      if (block.name !== null) unbindException(c, loc, block.name);
      return loc;
    default:
      return loc;
  }
}

/** `name = None; del name`, at the end of an except clause. */
export function unbindException(c: CodegenBase, loc: Location, name: string): void {
  c.loadConst(null, loc);
  c.nameop(loc, name, 'Store');
  c.nameop(loc, name, 'Del');
}

function isLoop(block: FBlock): boolean {
  return block.type === FBLOCK_WHILE_LOOP || block.type === FBLOCK_FOR_LOOP || block.type === FBLOCK_ASYNC_FOR_LOOP;
}

/** Where unwinding came to. */
interface Unwound {
  readonly loc: Location;
  readonly loop: FBlock | null;
}

/** Undoes all frame blocks, or those inside the innermost loop. CPython: codegen_unwind_fblock_stack */
function unwind(c: CodegenBase, loc: Location, preserveTop: boolean, toLoop: boolean): Unwound {
  // Blocks are taken off while they are undone: a finally clause is not inside itself.
  const { fblocks } = c.u;
  const taken: FBlock[] = [];
  let loop: FBlock | null = null;
  while (fblocks.length > 0) {
    const top = fblocks[fblocks.length - 1]!;
    if (top.type === FBLOCK_EXCEPTION_GROUP_HANDLER) {
      throw c.error(loc, "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    if (toLoop && isLoop(top)) {
      loop = top;
      break;
    }
    c.popFBlock();
    taken.push(top);
    loc = unwindBlock(c, loc, top, preserveTop);
  }
  for (let i = taken.length - 1; i >= 0; i--) c.repushFBlock(taken[i]!);
  return { loc, loop };
}

/** CPython: codegen_return */
export function visitReturn(c: CodegenBase, s: Return, loc: Location): void {
  const { value } = s;
  const constant = value !== null && value._type === 'Constant' ? value : null;
  const preserveTop = value !== null && constant === null;
  const { entry } = c.u;
  if (!entry.isFunctionLike) throw c.error(loc, "'return' outside function");
  if (value !== null && entry.coroutine && entry.generator) {
    throw c.error(loc, "'return' with value in async generator");
  }
  let at = loc;
  if (preserveTop) {
    c.visitExpr(value);
  } else if (value !== null) {
    at = locationOf(value);
    c.addop(NOP, 0, at);
  }
  if (value === null || value.lineno !== s.lineno) {
    at = loc;
    c.addop(NOP, 0, at);
  }
  at = unwind(c, at, preserveTop, false).loc;
  if (value === null) c.loadConst(null, at);
  else if (constant !== null) c.loadConst(constant.value, at);
  c.addop(RETURN_VALUE, 0, at);
}

/** CPython: codegen_break */
export function visitBreak(c: CodegenBase, loc: Location): void {
  c.addop(NOP, 0, loc);
  const { loc: at, loop } = unwind(c, loc, false, true);
  if (loop === null) throw c.error(loc, "'break' outside loop");
  c.addop(JUMP, loop.exit, unwindBlock(c, at, loop, false));
}

/** CPython: codegen_continue */
export function visitContinue(c: CodegenBase, loc: Location): void {
  c.addop(NOP, 0, loc);
  const { loc: at, loop } = unwind(c, loc, false, true);
  if (loop === null) throw c.error(loc, "'continue' not properly in loop");
  c.addop(JUMP, loop.block, at);
}

// Conditions and loops

/** CPython: codegen_if */
export function visitIf(c: CodegenBase, s: If, loc: Location): void {
  const end = c.newLabel();
  const hasElse = s.orelse.length > 0;
  const next = hasElse ? c.newLabel() : end;
  c.jumpIf(loc, s.test, next, false);
  c.visitStmts(s.body);
  if (hasElse) {
    c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.useLabel(next);
    c.visitStmts(s.orelse);
  }
  c.useLabel(end);
}

/** CPython: codegen_while */
export function visitWhile(c: CodegenBase, s: While, loc: Location): void {
  const loop = c.newLabel();
  const end = c.newLabel();
  const anchor = c.newLabel();
  c.useLabel(loop);
  c.pushFBlock(FBLOCK_WHILE_LOOP, loc, loop, end);
  c.jumpIf(loc, s.test, anchor, false);
  c.visitStmts(s.body);
  c.addop(JUMP, loop, NO_LOCATION);
  c.popFBlock();
  c.useLabel(anchor);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

/** CPython: codegen_for */
export function visitFor(c: CodegenBase, s: For, loc: Location): void {
  const start = c.newLabel();
  const body = c.newLabel();
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.pushFBlock(FBLOCK_FOR_LOOP, loc, start, end);
  c.visitExpr(s.iter);
  const iterLoc = locationOf(s.iter);
  c.addop(GET_ITER, 0, iterLoc);
  c.useLabel(start);
  c.addop(FOR_ITER, cleanup, iterLoc);
  // Tracing sees the target's line; dropped where it adds nothing.
  c.addop(NOP, 0, locationOf(s.target));
  c.useLabel(body);
  c.visitExpr(s.target);
  c.visitStmts(s.body);
  c.addop(JUMP, start, NO_LOCATION);
  c.useLabel(cleanup);
  // A generator's end jumps to END_FOR, that of other iterators behind it.
  c.addop(END_FOR, 0, NO_LOCATION);
  c.addop(POP_ITER, 0, NO_LOCATION);
  c.popFBlock();
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

/** CPython: codegen_async_for */
export function visitAsyncFor(c: CodegenBase, s: AsyncFor, loc: Location): void {
  const start = c.newLabel();
  const send = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  const iterLoc = locationOf(s.iter);
  c.visitExpr(s.iter);
  c.addop(GET_AITER, 0, iterLoc);
  c.useLabel(start);
  c.pushFBlock(FBLOCK_ASYNC_FOR_LOOP, loc, start, end);
  // The handler catches the StopAsyncIteration of __anext__.
  c.addop(SETUP_FINALLY, except, loc);
  c.addop(GET_ANEXT, 0, loc);
  c.loadConst(null, loc);
  c.useLabel(send);
  c.addYieldFrom(loc, true);
  c.addop(POP_BLOCK, 0, loc);
  c.addop(NOT_TAKEN, 0, loc);
  c.visitExpr(s.target);
  c.visitStmts(s.body);
  c.addop(JUMP, start, NO_LOCATION);
  c.popFBlock();
  c.useLabel(except);
  c.addop(END_ASYNC_FOR, send, iterLoc);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

// Assignments

/** CPython: codegen_augassign */
export function visitAugAssign(c: CodegenBase, s: AugAssign, loc: Location): void {
  const e = s.target;
  const at = locationOf(e);
  const inplace = BINARY_OPARGS[s.op] + NB_INPLACE_ADD;
  switch (e._type) {
    case 'Attribute': {
      c.visitExpr(e.value);
      c.addop(COPY, 1, at);
      const attrLoc = attributeLocation(at, e);
      c.loadAttr(e.attr, 0, attrLoc);
      c.visitExpr(s.value);
      c.addop(BINARY_OP, inplace, loc);
      c.addop(SWAP, 2, attrLoc);
      c.addopName(STORE_ATTR, e.attr, attrLoc);
      return;
    }
    case 'Subscript':
      c.visitExpr(e.value);
      if (isTwoPartSlice(e.slice)) {
        visitSliceParts(c, e.slice);
        c.addop(COPY, 3, at);
        c.addop(COPY, 3, at);
        c.addop(COPY, 3, at);
        c.addop(BINARY_SLICE, 0, at);
        c.visitExpr(s.value);
        c.addop(BINARY_OP, inplace, loc);
        c.addop(SWAP, 4, at);
        c.addop(SWAP, 3, at);
        c.addop(SWAP, 2, at);
        c.addop(STORE_SLICE, 0, at);
      } else {
        c.visitExpr(e.slice);
        c.addop(COPY, 2, at);
        c.addop(COPY, 2, at);
        c.addop(BINARY_OP, NB_SUBSCR, at);
        c.visitExpr(s.value);
        c.addop(BINARY_OP, inplace, loc);
        c.addop(SWAP, 3, at);
        c.addop(SWAP, 2, at);
        c.addop(STORE_SUBSCR, 0, at);
      }
      return;
    case 'Name':
      c.nameop(at, e.id, 'Load');
      c.visitExpr(s.value);
      c.addop(BINARY_OP, inplace, loc);
      c.nameop(at, e.id, 'Store');
      return;
    default:
      throw new PySyntaxError('SystemError', `invalid node type (${e._type}) for augmented assignment`);
  }
}

// Imports

/** Index of a name that is not mangled. */
function plainName(c: CodegenBase, name: string): number {
  return indexIn(c.u.names, name);
}

/** `import a.b.c as d`: IMPORT_NAME gave a. CPython: codegen_import_as */
function importAs(c: CodegenBase, loc: Location, name: string, asname: string): void {
  let dot = name.indexOf('.');
  if (dot === -1) {
    c.nameop(loc, asname, 'Store');
    return;
  }
  while (dot !== -1) {
    const next = name.indexOf('.', dot + 1);
    c.addop(IMPORT_FROM, plainName(c, name.slice(dot + 1, next === -1 ? undefined : next)), loc);
    if (next !== -1) {
      c.addop(SWAP, 2, loc);
      c.addop(POP_TOP, 0, loc);
    }
    dot = next;
  }
  c.nameop(loc, asname, 'Store');
  c.addop(POP_TOP, 0, loc);
}

/** CPython: codegen_import */
export function visitImport(c: CodegenBase, s: Import, loc: Location): void {
  for (const { name, asname } of s.names) {
    c.loadConst(0n, loc);
    c.loadConst(null, loc);
    c.addopName(IMPORT_NAME, name, loc);
    if (asname !== null) {
      importAs(c, loc, name, asname);
    } else {
      const dot = name.indexOf('.');
      c.nameop(loc, dot === -1 ? name : name.slice(0, dot), 'Store');
    }
  }
}

/** CPython: codegen_from_import */
export function visitImportFrom(c: CodegenBase, s: ImportFrom, loc: Location): void {
  c.loadConst(BigInt(s.level ?? 0), loc);
  c.loadConst(new PyTuple(s.names.map(alias => alias.name)), loc);
  c.addopName(IMPORT_NAME, s.module ?? '', loc);
  if (s.names[0]!.name.startsWith('*')) {
    c.addop(CALL_INTRINSIC_1, INTRINSIC_IMPORT_STAR, loc);
    c.addop(POP_TOP, 0, NO_LOCATION);
    return;
  }
  for (const { name, asname } of s.names) {
    c.addopName(IMPORT_FROM, name, loc);
    c.nameop(loc, asname ?? name, 'Store');
  }
  c.addop(POP_TOP, 0, loc);
}

// Others

/** CPython: codegen_assert */
export function visitAssert(c: CodegenBase, s: Assert, loc: Location): void {
  const { test } = s;
  const isTuple =
    (test._type === 'Tuple' && test.elts.length > 0) ||
    (test._type === 'Constant' && test.value instanceof PyTuple && test.value.items.length > 0);
  if (isTuple) c.warn(loc, 'assertion is always true, perhaps remove parentheses?');
  if (c.optimize > 0) return;
  const end = c.newLabel();
  c.jumpIf(loc, test, end, true);
  c.addop(LOAD_COMMON_CONSTANT, CONSTANT_ASSERTIONERROR, loc);
  if (s.msg !== null) {
    c.visitExpr(s.msg);
    c.addop(CALL, 0, loc);
  }
  c.addop(RAISE_VARARGS, 1, locationOf(test));
  c.useLabel(end);
}

/** CPython: codegen_stmt_expr */
export function visitExprStmt(c: CodegenBase, value: expr, loc: Location): void {
  if (c.isInteractiveTopLevel) {
    c.visitExpr(value);
    c.addop(CALL_INTRINSIC_1, INTRINSIC_PRINT, loc);
    c.addop(POP_TOP, 0, NO_LOCATION);
  } else if (value._type === 'Constant') {
    c.addop(NOP, 0, loc);
  } else {
    c.visitExpr(value);
    c.addop(POP_TOP, 0, NO_LOCATION);
  }
}
