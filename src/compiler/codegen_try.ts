// codegen_try.ts: try, except, except*, finally, with.                                       CPython: Python/codegen.c
//
// SETUP_FINALLY and its kin name a handler for what follows, POP_BLOCK ends its range; the assembler turns both into
// the exception table. A handler finds the exception on the stack. A finally clause is compiled twice, for the way
// with and the way without an exception.
import {
  BUILD_LIST,
  CALL,
  CALL_INTRINSIC_2,
  CHECK_EG_MATCH,
  CHECK_EXC_MATCH,
  COPY,
  GET_AWAITABLE,
  INTRINSIC_PREP_RERAISE_STAR,
  JUMP,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LOAD_SPECIAL,
  NOP,
  POP_BLOCK,
  POP_EXCEPT,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  PUSH_EXC_INFO,
  RERAISE,
  SETUP_CLEANUP,
  SETUP_FINALLY,
  SETUP_WITH,
  SPECIAL___AENTER__,
  SPECIAL___AEXIT__,
  SPECIAL___ENTER__,
  SPECIAL___EXIT__,
  SWAP,
  TO_BOOL,
  WITH_EXCEPT_START,
} from '../opcode/opcodes.generated.ts';
import type { AsyncWith, ExceptHandler, Try, TryStar, With } from '../parser/ast.generated.ts';
import type { CodegenBase } from './codegen_base.ts';
import { unbindException } from './codegen_statements.ts';
import {
  FBLOCK_ASYNC_WITH,
  FBLOCK_EXCEPTION_GROUP_HANDLER,
  FBLOCK_EXCEPTION_HANDLER,
  FBLOCK_FINALLY_END,
  FBLOCK_FINALLY_TRY,
  FBLOCK_HANDLER_CLEANUP,
  FBLOCK_TRY_EXCEPT,
  FBLOCK_WITH,
  NO_LABEL,
} from './codegen_unit.ts';
import { locationOf } from './future.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';

/** CPython: codegen_try, codegen_try_star */
export function visitTry(c: CodegenBase, s: Try | TryStar, loc: Location): void {
  if (s.finalbody.length > 0) tryFinally(c, s, loc);
  else tryExcept(c, s, loc);
}

function tryExcept(c: CodegenBase, s: Try | TryStar, loc: Location): void {
  if (s._type === 'Try') tryHandlers(c, s, loc);
  else tryStarHandlers(c, s, loc);
}

/** CPython: codegen_try_finally, codegen_try_star_finally */
function tryFinally(c: CodegenBase, s: Try | TryStar, loc: Location): void {
  const body = c.newLabel();
  const end = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.addop(SETUP_FINALLY, end, loc);
  c.useLabel(body);
  c.pushFBlock(FBLOCK_FINALLY_TRY, loc, body, end, null, s.finalbody);
  if (s.handlers.length > 0) tryExcept(c, s, loc);
  else c.visitStmts(s.body);
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.popFBlock();
  c.visitStmts(s.finalbody);
  c.addop(JUMP_NO_INTERRUPT, exit, NO_LOCATION);

  c.useLabel(end);
  c.addop(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.addop(PUSH_EXC_INFO, 0, NO_LOCATION);
  c.pushFBlock(FBLOCK_FINALLY_END, NO_LOCATION, end, NO_LABEL);
  c.visitStmts(s.finalbody);
  c.popFBlock();
  c.addop(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  c.popExceptAndReraise(NO_LOCATION);
  c.useLabel(exit);
}

/** The guarded statements. */
function tryBody(c: CodegenBase, s: Try | TryStar, loc: Location, except: number, body: number): void {
  c.addop(SETUP_FINALLY, except, loc);
  c.useLabel(body);
  c.pushFBlock(FBLOCK_TRY_EXCEPT, loc, body, NO_LABEL);
  c.visitStmts(s.body);
  c.popFBlock();
  c.addop(POP_BLOCK, 0, NO_LOCATION);
}

/** CPython: codegen_try_except */
function tryHandlers(c: CodegenBase, s: Try, loc: Location): void {
  const body = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  tryBody(c, s, loc, except, body);
  c.visitStmts(s.orelse);
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);

  c.useLabel(except);
  c.addop(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.addop(PUSH_EXC_INFO, 0, NO_LOCATION);
  c.pushFBlock(FBLOCK_EXCEPTION_HANDLER, loc, NO_LABEL, NO_LABEL);
  const last = s.handlers.length - 1;
  s.handlers.forEach((handler, i) => {
    const at = locationOf(handler);
    if (handler.type === null && i < last) throw c.error(at, "default 'except:' must be last");
    const next = c.newLabel();
    if (handler.type !== null) {
      c.visitExpr(handler.type);
      c.addop(CHECK_EXC_MATCH, 0, at);
      c.addop(POP_JUMP_IF_FALSE, next, at);
    }
    if (handler.name !== null) namedHandler(c, handler, handler.name, at, end);
    else plainHandler(c, handler, at, end);
    c.useLabel(next);
  });
  c.popFBlock();
  c.addop(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  c.popExceptAndReraise(NO_LOCATION);
  c.useLabel(end);
}

function plainHandler(c: CodegenBase, handler: ExceptHandler, loc: Location, end: number): void {
  const body = c.newLabel();
  c.addop(POP_TOP, 0, loc);
  c.useLabel(body);
  c.pushFBlock(FBLOCK_HANDLER_CLEANUP, loc, body, NO_LABEL);
  c.visitStmts(handler.body);
  c.popFBlock();
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(POP_EXCEPT, 0, NO_LOCATION);
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
}

/** `except E as name`: the name goes when the clause ends, however it does. */
function namedHandler(c: CodegenBase, handler: ExceptHandler, name: string, loc: Location, end: number): void {
  const cleanupEnd = c.newLabel();
  const body = c.newLabel();
  c.nameop(loc, name, 'Store');
  c.addop(SETUP_CLEANUP, cleanupEnd, loc);
  c.useLabel(body);
  c.pushFBlock(FBLOCK_HANDLER_CLEANUP, loc, body, NO_LABEL, name);
  c.visitStmts(handler.body);
  c.popFBlock();
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(POP_EXCEPT, 0, NO_LOCATION);
  unbindException(c, NO_LOCATION, name);
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(cleanupEnd);
  unbindException(c, NO_LOCATION, name);
  c.addop(RERAISE, 1, NO_LOCATION);
}

/**
 * Every clause takes its part of the exception group and may raise; what is raised and what nobody took is raised
 * together in the end. On the stack: [original, list of raised, rest]. CPython: codegen_try_star_except
 */
function tryStarHandlers(c: CodegenBase, s: TryStar, loc: Location): void {
  const body = c.newLabel();
  const except = c.newLabel();
  const orelse = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  const reraiseStar = c.newLabel();
  tryBody(c, s, loc, except, body);
  c.addop(JUMP_NO_INTERRUPT, orelse, NO_LOCATION);

  c.useLabel(except);
  c.addop(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.addop(PUSH_EXC_INFO, 0, NO_LOCATION);
  c.pushFBlock(FBLOCK_EXCEPTION_GROUP_HANDLER, loc, NO_LABEL, NO_LABEL);
  const last = s.handlers.length - 1;
  s.handlers.forEach((handler, i) => {
    const at = locationOf(handler);
    const { name } = handler;
    const next = c.newLabel();
    const withError = c.newLabel();
    const noMatch = c.newLabel();
    if (i === 0) {
      c.addop(BUILD_LIST, 0, at);
      c.addop(COPY, 2, at);
    }
    if (handler.type !== null) {
      c.visitExpr(handler.type);
      c.addop(CHECK_EG_MATCH, 0, at);
      c.addop(COPY, 1, at);
      c.addop(POP_JUMP_IF_NONE, noMatch, at);
    }
    const cleanupEnd = c.newLabel();
    const cleanupBody = c.newLabel();
    if (name !== null) c.nameop(at, name, 'Store');
    else c.addop(POP_TOP, 0, at);
    c.addop(SETUP_CLEANUP, cleanupEnd, at);
    c.useLabel(cleanupBody);
    c.pushFBlock(FBLOCK_HANDLER_CLEANUP, at, cleanupBody, NO_LABEL, name);
    c.visitStmts(handler.body);
    c.popFBlock();
    c.addop(POP_BLOCK, 0, NO_LOCATION);
    if (name !== null) unbindException(c, NO_LOCATION, name);
    c.addop(JUMP_NO_INTERRUPT, next, NO_LOCATION);

    // The clause raised: note it, and go on with the next one.
    c.useLabel(cleanupEnd);
    if (name !== null) unbindException(c, NO_LOCATION, name);
    c.addop(LIST_APPEND, 3, NO_LOCATION);
    c.addop(POP_TOP, 0, NO_LOCATION);
    c.addop(JUMP_NO_INTERRUPT, withError, NO_LOCATION);

    c.useLabel(next);
    c.addop(NOP, 0, NO_LOCATION);
    c.addop(JUMP_NO_INTERRUPT, withError, NO_LOCATION);
    c.useLabel(noMatch);
    c.addop(POP_TOP, 0, at);
    c.useLabel(withError);
    if (i === last) {
      c.addop(LIST_APPEND, 1, NO_LOCATION);
      c.addop(JUMP_NO_INTERRUPT, reraiseStar, NO_LOCATION);
    }
  });
  c.popFBlock();
  const reraise = c.newLabel();
  c.useLabel(reraiseStar);
  c.addop(CALL_INTRINSIC_2, INTRINSIC_PREP_RERAISE_STAR, NO_LOCATION);
  c.addop(COPY, 1, NO_LOCATION);
  c.addop(POP_JUMP_IF_NOT_NONE, reraise, NO_LOCATION);
  c.addop(POP_TOP, 0, NO_LOCATION);
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(POP_EXCEPT, 0, NO_LOCATION);
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(reraise);
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(SWAP, 2, NO_LOCATION);
  c.addop(POP_EXCEPT, 0, NO_LOCATION);
  c.addop(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  c.popExceptAndReraise(NO_LOCATION);
  c.useLabel(orelse);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

/** Awaits what is on the stack; `context` says in errors what it came from. */
function awaitTop(c: CodegenBase, loc: Location, context: number): void {
  c.addop(GET_AWAITABLE, context, loc);
  c.loadConst(null, loc);
  c.addYieldFrom(loc, true);
}

const AFTER_AENTER = 1;
const AFTER_AEXIT = 2;

/** CPython: codegen_with, codegen_async_with */
export function visitWith(c: CodegenBase, s: With | AsyncWith): void {
  withItem(c, s, 0);
}

/** One context manager, and inside it the others and the body. CPython: codegen_with_inner, codegen_async_with_inner */
function withItem(c: CodegenBase, s: With | AsyncWith, position: number): void {
  const isAsync = s._type === 'AsyncWith';
  const item = s.items[position]!;
  const block = c.newLabel();
  const final = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.visitExpr(item.context_expr);
  const loc = locationOf(item.context_expr);
  c.addop(COPY, 1, loc);
  c.addop(LOAD_SPECIAL, isAsync ? SPECIAL___AEXIT__ : SPECIAL___EXIT__, loc);
  c.addop(SWAP, 2, loc);
  c.addop(SWAP, 3, loc);
  c.addop(LOAD_SPECIAL, isAsync ? SPECIAL___AENTER__ : SPECIAL___ENTER__, loc);
  c.addop(CALL, 0, loc);
  if (isAsync) awaitTop(c, loc, AFTER_AENTER);
  c.addop(SETUP_WITH, final, loc);

  c.useLabel(block);
  c.pushFBlock(isAsync ? FBLOCK_ASYNC_WITH : FBLOCK_WITH, loc, block, final);
  if (item.optional_vars !== null) c.visitExpr(item.optional_vars);
  else c.addop(POP_TOP, 0, loc);
  if (position + 1 === s.items.length) c.visitStmts(s.body);
  else withItem(c, s, position + 1);
  c.popFBlock();
  c.addop(POP_BLOCK, 0, isAsync ? loc : NO_LOCATION);
  c.callExitWithNones(loc);
  if (isAsync) awaitTop(c, loc, AFTER_AEXIT);
  c.addop(POP_TOP, 0, loc);
  c.addop(JUMP, exit, loc);

  c.useLabel(final);
  c.addop(SETUP_CLEANUP, cleanup, loc);
  c.addop(PUSH_EXC_INFO, 0, loc);
  c.addop(WITH_EXCEPT_START, 0, loc);
  if (isAsync) awaitTop(c, loc, AFTER_AEXIT);
  withExceptFinish(c, cleanup);
  c.useLabel(exit);
}

/** __exit__ has been called with the exception: swallow it if the result is true. CPython: codegen_with_except_finish */
function withExceptFinish(c: CodegenBase, cleanup: number): void {
  const suppress = c.newLabel();
  c.addop(TO_BOOL, 0, NO_LOCATION);
  c.addop(POP_JUMP_IF_TRUE, suppress, NO_LOCATION);
  c.addop(RERAISE, 2, NO_LOCATION);
  c.useLabel(suppress);
  c.addop(POP_TOP, 0, NO_LOCATION);
  c.addop(POP_BLOCK, 0, NO_LOCATION);
  c.addop(POP_EXCEPT, 0, NO_LOCATION);
  c.addop(POP_TOP, 0, NO_LOCATION);
  c.addop(POP_TOP, 0, NO_LOCATION);
  c.addop(POP_TOP, 0, NO_LOCATION);
  const exit = c.newLabel();
  c.addop(JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  c.useLabel(cleanup);
  c.popExceptAndReraise(NO_LOCATION);
  c.useLabel(exit);
}
