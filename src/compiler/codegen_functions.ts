// codegen_functions.ts: function definitions and lambdas.                                    CPython: Python/codegen.c
//
// A definition compiles its body to a code object and makes a function of it where it stands; decorators and
// defaults are evaluated there too, in this order.
import {
  BUILD_MAP,
  BUILD_TUPLE,
  CALL,
  CALL_INTRINSIC_2,
  INTRINSIC_SET_FUNCTION_TYPE_PARAMS,
  LOAD_FAST,
  PUSH_NULL,
  RETURN_VALUE,
  SWAP,
} from '../opcode/opcodes.generated.ts';
import { MAKE_FUNCTION_DEFAULTS, MAKE_FUNCTION_KWDEFAULTS } from '../opcode/operands.ts';
import type { arguments as Arguments, AsyncFunctionDef, expr, FunctionDef, Lambda } from '../parser/ast.generated.ts';
import { functionAnnotations } from './codegen_annotations.ts';
import { arityOf, type CodegenBase } from './codegen_base.ts';
import { makeClosure, wrapInStopIterationHandler } from './codegen_closures.ts';
import { cleandoc } from './codegen_docstring.ts';
import { enterTypeParams, visitTypeParams } from './codegen_typeparams.ts';
import { FBLOCK_STOP_ITERATION, NO_LABEL, SCOPE_ASYNC_FUNCTION, SCOPE_FUNCTION, SCOPE_LAMBDA } from './codegen_unit.ts';
import { docstringOf, locationOf } from './future.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';

/** CPython: codegen_apply_decorators */
export function applyDecorators(c: CodegenBase, decorators: readonly expr[]): void {
  for (let i = decorators.length - 1; i >= 0; i--) c.addop(CALL, 0, locationOf(decorators[i]!));
}

/** Pushes default values; answers MAKE_FUNCTION_* flags. CPython: codegen_default_arguments */
function defaultArguments(c: CodegenBase, loc: Location, args: Arguments): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    c.visitExprs(args.defaults);
    c.addop(BUILD_TUPLE, args.defaults.length, loc);
    flags |= MAKE_FUNCTION_DEFAULTS;
  }
  let count = 0;
  for (let i = 0; i < args.kwonlyargs.length; i++) {
    const value = args.kw_defaults[i]!;
    if (value === null) continue;
    c.loadConst(c.mangled(args.kwonlyargs[i]!.arg), loc);
    c.visitExpr(value);
    count++;
  }
  if (count > 0) {
    c.addop(BUILD_MAP, count, loc);
    flags |= MAKE_FUNCTION_KWDEFAULTS;
  }
  return flags;
}

/** CPython: codegen_function_body */
function functionBody(c: CodegenBase, s: FunctionDef | AsyncFunctionDef, flags: number, firstlineno: number): void {
  const { body } = s;
  const scopeType = s._type === 'AsyncFunctionDef' ? SCOPE_ASYNC_FUNCTION : SCOPE_FUNCTION;
  c.enterScope(s.name, scopeType, c.symtable.lookup(s), firstlineno, null, arityOf(s.args));
  const { entry } = c.u;
  let first = 0;
  if (entry.hasDocstring) {
    // The docstring is the first constant; no instruction loads it.
    c.addConst(cleandoc(docstringOf(body)!));
    first = 1;
  }
  const start = c.newLabel();
  c.useLabel(start);
  const isGenerator = entry.coroutine || entry.generator;
  if (isGenerator) c.pushFBlock(FBLOCK_STOP_ITERATION, NO_LOCATION, start, NO_LABEL);
  for (let i = first; i < body.length; i++) c.visitStmt(body[i]!);
  if (isGenerator) {
    wrapInStopIterationHandler(c);
    c.popFBlock();
  }
  makeClosure(c, locationOf(s), c.leaveScope(true), flags);
}

/** Line on which a decorated definition begins. */
export function firstLine(s: { lineno: number; decorator_list: readonly expr[] }): number {
  return s.decorator_list.length > 0 ? s.decorator_list[0]!.lineno : s.lineno;
}

/** CPython: codegen_function */
export function visitFunction(c: CodegenBase, s: FunctionDef | AsyncFunctionDef, loc: Location): void {
  const { args, type_params: params, decorator_list: decorators } = s;
  c.visitExprs(decorators);
  const firstlineno = firstLine(s);
  let flags = defaultArguments(c, loc, args);
  if (params.length === 0) {
    flags |= functionAnnotations(c, loc, args, s.returns);
    functionBody(c, s, flags, firstlineno);
  } else {
    // Defaults are evaluated outside and passed in.
    const passed = (flags & MAKE_FUNCTION_DEFAULTS ? 1 : 0) + (flags & MAKE_FUNCTION_KWDEFAULTS ? 1 : 0);
    if (passed === 2) c.addop(SWAP, 2, loc);
    enterTypeParams(c, s.name, params, firstlineno, null, { argcount: passed });
    visitTypeParams(c, params);
    for (let i = 0; i < passed; i++) c.addop(LOAD_FAST, i, loc);
    flags |= functionAnnotations(c, loc, args, s.returns);
    functionBody(c, s, flags, firstlineno);
    c.addop(SWAP, 2, loc);
    c.addop(CALL_INTRINSIC_2, INTRINSIC_SET_FUNCTION_TYPE_PARAMS, loc);
    makeClosure(c, loc, c.leaveScope(false), 0);
    if (passed > 0) {
      c.addop(SWAP, passed + 1, loc);
      c.addop(CALL, passed - 1, loc);
    } else {
      c.addop(PUSH_NULL, 0, loc);
      c.addop(CALL, 0, loc);
    }
  }
  applyDecorators(c, decorators);
  c.nameop(loc, s.name, 'Store');
}

/** CPython: codegen_lambda */
export function visitLambda(c: CodegenBase, e: Lambda, loc: Location): void {
  const flags = defaultArguments(c, loc, e.args);
  c.enterScope('<lambda>', SCOPE_LAMBDA, c.symtable.lookup(e), e.lineno, null, arityOf(e.args));
  c.visitExpr(e.body);
  const isGenerator = c.u.entry.generator;
  if (!isGenerator) c.addop(RETURN_VALUE, 0, locationOf(e.body));
  makeClosure(c, loc, c.leaveScope(!isGenerator), flags);
}
