// codegen_calls.ts: calls.                                                                  CPython: Python/codegen.c
//
// A plain call pushes callable, NULL (or self) and arguments; with * or ** the arguments become a tuple and a dict.
// Methods are looked up without binding, and all(), any() and tuple() of a generator expression run its loop here.
import {
  BUILD_LIST,
  BUILD_MAP,
  CALL,
  CALL_FUNCTION_EX,
  CALL_INTRINSIC_1,
  CALL_KW,
  CONSTANT_BUILTIN_ALL,
  CONSTANT_BUILTIN_ANY,
  CONSTANT_BUILTIN_TUPLE,
  COPY,
  DICT_MERGE,
  END_FOR,
  FOR_ITER,
  INTRINSIC_LIST_TO_TUPLE,
  IS_OP,
  JUMP,
  LIST_APPEND,
  LOAD_COMMON_CONSTANT,
  MAP_ADD,
  NOP,
  POP_ITER,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  PUSH_NULL,
  TO_BOOL,
} from '../opcode/opcodes.generated.ts';
import type { Attribute, Call, expr, keyword } from '../parser/ast.generated.ts';
import { PyTuple } from '../parser/constants.ts';
import { AS_METHOD, type CodegenBase } from './codegen_base.ts';
import { attributeLocation, collect, isStarred, STACK_USE_GUIDELINE, TUPLE } from './codegen_expressions.ts';
import { canOptimizeSuper, loadSuper } from './codegen_super.ts';
import { checkCaller } from './codegen_warnings.ts';
import { locationOf } from './future.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';
import { DEF_IMPORT } from './symtable_entry.ts';

/** CPython: codegen_validate_keywords */
function checkRepeated(c: CodegenBase, keywords: readonly keyword[]): void {
  for (let i = 0; i < keywords.length; i++) {
    const { arg } = keywords[i]!;
    if (arg === null) continue;
    for (let j = i + 1; j < keywords.length; j++) {
      if (keywords[j]!.arg === arg) {
        throw c.error(locationOf(keywords[j]!), `keyword argument repeated: ${arg}`);
      }
    }
  }
}

function isDoubleStarred(item: keyword): boolean {
  return item.arg === null;
}

function visitKeywordValues(c: CodegenBase, keywords: readonly keyword[]): void {
  for (let i = 0; i < keywords.length; i++) c.visitExpr(keywords[i]!.value);
}

/** Loads the tuple of keyword names that CALL_KW takes. CPython: codegen_call_simple_kw_helper */
function loadKeywordNames(c: CodegenBase, keywords: readonly keyword[], loc: Location): void {
  c.loadConst(new PyTuple(keywords.map(item => item.arg)), loc);
}

/** CPython: codegen_call */
export function visitCall(c: CodegenBase, e: Call, loc: Location): void {
  const { func } = e;
  if (e.keywords.length > 1) checkRepeated(c, e.keywords);
  if (func._type === 'Attribute' && isMethodCall(c, e, func)) {
    callMethod(c, e, func, loc);
    return;
  }
  const skip = c.newLabel();
  checkCaller(c, func);
  c.visitExpr(func);
  if (func._type === 'Name') callOnGenerator(c, e, func.id, skip);
  c.addop(PUSH_NULL, 0, locationOf(func));
  callWith(c, loc, 0, e.args, null, e.keywords);
  c.useLabel(skip);
}

/** Whether a method is looked up and called without an object in between. CPython: maybe_optimize_method_call */
function isMethodCall(c: CodegenBase, e: Call, method: Attribute): boolean {
  if (method.ctx !== 'Load') return false;
  const object = method.value;
  // Attributes of modules are not methods.
  if (object._type === 'Name' && c.symtable.top.symbol(object.id) & DEF_IMPORT) return false;
  const { args, keywords } = e;
  if (args.length + keywords.length + (keywords.length > 0 ? 1 : 0) >= STACK_USE_GUIDELINE) return false;
  return !args.some(isStarred) && !keywords.some(isDoubleStarred);
}

function callMethod(c: CodegenBase, e: Call, method: Attribute, callLoc: Location): void {
  const { args, keywords } = e;
  let loc = locationOf(method);
  const superCall = canOptimizeSuper(c, method);
  if (superCall !== null) {
    loadSuper(c, superCall, method, AS_METHOD, loc);
    loc = attributeLocation(loc, method);
    c.addop(NOP, 0, loc);
  } else {
    c.visitExpr(method.value);
    loc = attributeLocation(loc, method);
    c.loadAttr(method.attr, AS_METHOD, loc);
  }
  c.visitExprs(args);
  const at = attributeLocation(callLoc, method);
  if (keywords.length > 0) {
    visitKeywordValues(c, keywords);
    loadKeywordNames(c, keywords, loc);
    c.addop(CALL_KW, args.length + keywords.length, at);
  } else {
    c.addop(CALL, args.length, at);
  }
}

/** If the callable on the stack is the builtin, runs the generator's loop here and jumps to `end`. CPython: maybe_optimize_function_call */
function callOnGenerator(c: CodegenBase, e: Call, name: string, end: number): void {
  const { args } = e;
  if (args.length !== 1 || e.keywords.length !== 0 || args[0]!._type !== 'GeneratorExp') return;
  // The loop here cannot await.
  if (c.symtable.lookup(args[0]!).coroutine) return;
  const loc = locationOf(e.func);
  const skip = c.newLabel();
  let builtin: number;
  if (name === 'all') builtin = CONSTANT_BUILTIN_ALL;
  else if (name === 'any') builtin = CONSTANT_BUILTIN_ANY;
  else if (name === 'tuple') builtin = CONSTANT_BUILTIN_TUPLE;
  else {
    c.useLabel(skip);
    return;
  }
  const isTuple = builtin === CONSTANT_BUILTIN_TUPLE;
  const isAll = builtin === CONSTANT_BUILTIN_ALL;
  c.addop(COPY, 1, loc);
  c.addop(LOAD_COMMON_CONSTANT, builtin, loc);
  c.addop(IS_OP, 0, loc);
  c.addop(POP_JUMP_IF_FALSE, skip, loc);
  c.addop(POP_TOP, 0, loc);
  if (isTuple) c.addop(BUILD_LIST, 0, loc);
  c.visitExpr(args[0]!);

  const loop = c.newLabel();
  const cleanup = c.newLabel();
  c.useLabel(loop);
  c.addop(FOR_ITER, cleanup, loc);
  if (isTuple) {
    c.addop(LIST_APPEND, 2, loc);
    c.addop(JUMP, loop, loc);
  } else {
    c.addop(TO_BOOL, 0, loc);
    c.addop(isAll ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, loop, loc);
  }
  c.addop(POP_ITER, 0, NO_LOCATION);
  if (!isTuple) c.loadConst(!isAll, loc);
  c.addop(JUMP, end, loc);

  c.useLabel(cleanup);
  c.addop(END_FOR, 0, NO_LOCATION);
  c.addop(POP_ITER, 0, NO_LOCATION);
  if (isTuple) c.addop(CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE, loc);
  else c.loadConst(isAll, loc);
  c.addop(JUMP, end, loc);
  c.useLabel(skip);
}

/** Keyword arguments from `begin` to `end` as a dict. CPython: codegen_subkwargs */
function keywordDict(c: CodegenBase, loc: Location, keywords: readonly keyword[], begin: number, end: number): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (big) c.addop(BUILD_MAP, 0, NO_LOCATION);
  for (let i = begin; i < end; i++) {
    const item = keywords[i]!;
    c.loadConst(item.arg, loc);
    c.visitExpr(item.value);
    if (big) c.addop(MAP_ADD, 1, NO_LOCATION);
  }
  if (!big) c.addop(BUILD_MAP, n, loc);
}

/**
 * Pushes the arguments and calls; callable, NULL and `pushed` arguments are on the stack. `injected` is a variable
 * passed as last positional argument. CPython: codegen_call_helper_impl
 */
export function callWith(
  c: CodegenBase,
  loc: Location,
  pushed: number,
  args: readonly expr[],
  injected: string | null,
  keywords: readonly keyword[],
): void {
  if (keywords.length > 1) checkRepeated(c, keywords);
  const simple =
    args.length + keywords.length * 2 <= STACK_USE_GUIDELINE &&
    !args.some(isStarred) &&
    !keywords.some(isDoubleStarred);
  if (!simple) {
    callEx(c, loc, pushed, args, injected, keywords);
    return;
  }
  c.visitExprs(args);
  let count = pushed + args.length;
  if (injected !== null) {
    c.nameop(loc, injected, 'Load');
    count++;
  }
  if (keywords.length > 0) {
    visitKeywordValues(c, keywords);
    loadKeywordNames(c, keywords, loc);
    c.addop(CALL_KW, count + keywords.length, loc);
  } else {
    c.addop(CALL, count, loc);
  }
}

function callEx(
  c: CodegenBase,
  loc: Location,
  pushed: number,
  args: readonly expr[],
  injected: string | null,
  keywords: readonly keyword[],
): void {
  const only = args.length === 1 ? args[0]! : null;
  if (pushed === 0 && only !== null && only._type === 'Starred') c.visitExpr(only.value);
  else collect(c, loc, args, TUPLE, pushed, injected);
  if (keywords.length === 0) {
    c.addop(PUSH_NULL, 0, loc);
  } else {
    let haveDict = false;
    /** Keyword arguments before `i` that no dict holds yet. */
    let pending = 0;
    const flush = (end: number): void => {
      keywordDict(c, loc, keywords, end - pending, end);
      if (haveDict) c.addop(DICT_MERGE, 1, loc);
      haveDict = true;
      pending = 0;
    };
    for (let i = 0; i < keywords.length; i++) {
      const item = keywords[i]!;
      if (item.arg !== null) {
        pending++;
        continue;
      }
      if (pending > 0) flush(i);
      if (!haveDict) {
        c.addop(BUILD_MAP, 0, loc);
        haveDict = true;
      }
      c.visitExpr(item.value);
      c.addop(DICT_MERGE, 1, loc);
    }
    if (pending > 0) flush(keywords.length);
  }
  c.addop(CALL_FUNCTION_EX, 0, loc);
}
