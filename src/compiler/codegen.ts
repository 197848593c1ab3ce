// codegen.ts: from syntax tree to instruction sequences.                                     CPython: Python/codegen.c
//
// Here is the dispatch over node types; what a node becomes is in the other codegen_*.ts files, by concept. The
// symbol table has refused trees that nest too deep, so this walk counts no levels; it keeps to that promise by
// walking long sums in a loop as the symbol table does.
// Enter through: Codegen.
import {
  BINARY_OP,
  BUILD_SET,
  CALL_INTRINSIC_1,
  COPY,
  GET_AWAITABLE,
  GET_YIELD_FROM_ITER,
  INTRINSIC_UNARY_POSITIVE,
  NOP,
  RAISE_VARARGS,
  STORE_NAME,
  TO_BOOL,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  UNARY_NOT,
} from '../opcode/opcodes.generated.ts';
import type { BinOp, expr, mod, stmt } from '../parser/ast.generated.ts';
import { PySyntaxError } from '../parser/errors.ts';
import { visitAnnAssign, visitBody } from './codegen_annotations.ts';
import { CodegenBase } from './codegen_base.ts';
import { visitCall } from './codegen_calls.ts';
import { visitClass } from './codegen_classes.ts';
import { visitComprehension } from './codegen_comprehensions.ts';
import {
  jumpIf,
  visitAttribute,
  visitBoolOp,
  visitCompare,
  visitDict,
  visitFormattedValue,
  visitIfExp,
  visitInterpolation,
  visitJoinedStr,
  visitSequence,
  visitSet,
  visitSlice,
  visitSubscript,
  visitTemplateStr,
} from './codegen_expressions.ts';
import { visitFunction, visitLambda } from './codegen_functions.ts';
import { visitMatch } from './codegen_match.ts';
import {
  BINARY_OPARGS,
  visitAssert,
  visitAsyncFor,
  visitAugAssign,
  visitBreak,
  visitContinue,
  visitExprStmt,
  visitFor,
  visitIf,
  visitImport,
  visitImportFrom,
  visitReturn,
  visitWhile,
} from './codegen_statements.ts';
import { visitTry, visitWith } from './codegen_try.ts';
import { visitTypeAlias } from './codegen_typeparams.ts';
import { indexIn, SCOPE_ASYNC_FUNCTION, SCOPE_MODULE } from './codegen_unit.ts';
import { locationOf } from './future.ts';
import { Location } from './instruction_sequence.ts';

export class Codegen extends CodegenBase {
  /** Generates the module's instructions; its unit stays open. CPython: Python/compile.c:compiler_codegen */
  module(m: mod): void {
    this.enterScope('<module>', SCOPE_MODULE, this.symtable.top, 1, null, {});
    this.u.qualname = '<module>';
    switch (m._type) {
      case 'Module':
        this.moduleBody(m.body, false);
        break;
      case 'Interactive':
        this.moduleBody(m.body, true);
        break;
      case 'Expression':
        this.visitExpr(m.body);
        break;
      case 'FunctionType':
        throw new PySyntaxError('SystemError', 'module kind 4 should not be possible');
    }
  }

  /** CPython: _PyCodegen_Module */
  private moduleBody(body: readonly stmt[], interactive: boolean): void {
    const loc = body.length > 0 ? locationOf(body[0]!) : new Location(1, 1, 0, 0);
    if (this.u.entry.hasConditionalAnnotations) {
      this.addop(BUILD_SET, 0, loc);
      this.addop(STORE_NAME, indexIn(this.u.names, '__conditional_annotations__'), loc);
    }
    visitBody(this, loc, body, interactive);
  }

  override jumpIf(loc: Location, e: expr, target: number, cond: boolean): void {
    jumpIf(this, loc, e, target, cond);
  }

  /** CPython: codegen_visit_stmt */
  override visitStmt(s: stmt): void {
    const loc = locationOf(s);
    switch (s._type) {
      case 'Expr':
        visitExprStmt(this, s.value, loc);
        break;
      case 'Assign': {
        this.visitExpr(s.value);
        const last = s.targets.length - 1;
        for (let i = 0; i <= last; i++) {
          if (i < last) this.addop(COPY, 1, loc);
          this.visitExpr(s.targets[i]!);
        }
        break;
      }
      case 'Return':
        visitReturn(this, s, loc);
        break;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        visitFunction(this, s, loc);
        break;
      case 'ClassDef':
        visitClass(this, s, loc);
        break;
      case 'TypeAlias':
        visitTypeAlias(this, s, loc);
        break;
      case 'Delete':
        this.visitExprs(s.targets);
        break;
      case 'AugAssign':
        visitAugAssign(this, s, loc);
        break;
      case 'AnnAssign':
        visitAnnAssign(this, s, loc);
        break;
      case 'Raise':
        if (s.exc !== null) {
          this.visitExpr(s.exc);
          if (s.cause !== null) this.visitExpr(s.cause);
        }
        this.addop(RAISE_VARARGS, s.exc === null ? 0 : s.cause === null ? 1 : 2, loc);
        break;
      case 'Assert':
        visitAssert(this, s, loc);
        break;
      case 'Import':
        visitImport(this, s, loc);
        break;
      case 'ImportFrom':
        visitImportFrom(this, s, loc);
        break;
      case 'Pass':
        this.addop(NOP, 0, loc);
        break;
      case 'Break':
        visitBreak(this, loc);
        break;
      case 'Continue':
        visitContinue(this, loc);
        break;
      case 'Global':
      case 'Nonlocal':
        break;
      default:
        // Annotations in compound statements are conditional.
        this.u.inConditionalBlock++;
        this.visitCompound(s, loc);
        this.u.inConditionalBlock--;
    }
  }

  private visitCompound(s: stmt, loc: Location): void {
    switch (s._type) {
      case 'If':
        visitIf(this, s, loc);
        break;
      case 'For':
        visitFor(this, s, loc);
        break;
      case 'AsyncFor':
        visitAsyncFor(this, s, loc);
        break;
      case 'While':
        visitWhile(this, s, loc);
        break;
      case 'Match':
        visitMatch(this, s);
        break;
      case 'Try':
      case 'TryStar':
        visitTry(this, s, loc);
        break;
      case 'With':
      case 'AsyncWith':
        visitWith(this, s);
        break;
    }
  }

  /** CPython: codegen_visit_expr */
  override visitExpr(e: expr): void {
    const loc = locationOf(e);
    switch (e._type) {
      case 'Name':
        this.nameop(loc, e.id, e.ctx);
        break;
      case 'Constant':
        this.loadConst(e.value, loc);
        break;
      case 'Attribute':
        visitAttribute(this, e, loc);
        break;
      case 'Call':
        visitCall(this, e, loc);
        break;
      case 'BinOp':
        this.visitBinOp(e, loc);
        break;
      case 'Subscript':
        visitSubscript(this, e, loc);
        break;
      case 'List':
      case 'Tuple':
        visitSequence(this, e, loc);
        break;
      case 'NamedExpr':
        this.visitExpr(e.value);
        this.addop(COPY, 1, loc);
        this.visitExpr(e.target);
        break;
      case 'BoolOp':
        visitBoolOp(this, e, loc);
        break;
      case 'UnaryOp':
        this.visitExpr(e.operand);
        if (e.op === 'UAdd') {
          this.addop(CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE, loc);
        } else if (e.op === 'Not') {
          this.addop(TO_BOOL, 0, loc);
          this.addop(UNARY_NOT, 0, loc);
        } else {
          this.addop(e.op === 'Invert' ? UNARY_INVERT : UNARY_NEGATIVE, 0, loc);
        }
        break;
      case 'Lambda':
        visitLambda(this, e, loc);
        break;
      case 'IfExp':
        visitIfExp(this, e, loc);
        break;
      case 'Dict':
        visitDict(this, e, loc);
        break;
      case 'Set':
        visitSet(this, e, loc);
        break;
      case 'GeneratorExp':
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
        visitComprehension(this, e, loc);
        break;
      case 'Yield':
        if (!this.u.entry.isFunctionLike) throw this.error(loc, "'yield' outside function");
        if (e.value !== null) this.visitExpr(e.value);
        else this.loadConst(null, loc);
        this.addYield(loc);
        break;
      case 'YieldFrom':
        if (!this.u.entry.isFunctionLike) throw this.error(loc, "'yield from' outside function");
        if (this.u.scopeType === SCOPE_ASYNC_FUNCTION) throw this.error(loc, "'yield from' inside async function");
        this.visitExpr(e.value);
        this.addop(GET_YIELD_FROM_ITER, 0, loc);
        this.loadConst(null, loc);
        this.addYieldFrom(loc, false);
        break;
      case 'Await':
        this.visitExpr(e.value);
        this.addop(GET_AWAITABLE, 0, loc);
        this.loadConst(null, loc);
        this.addYieldFrom(loc, true);
        break;
      case 'Compare':
        visitCompare(this, e, loc);
        break;
      case 'JoinedStr':
        visitJoinedStr(this, e, loc);
        break;
      case 'TemplateStr':
        visitTemplateStr(this, e, loc);
        break;
      case 'FormattedValue':
        visitFormattedValue(this, e, loc);
        break;
      case 'Interpolation':
        visitInterpolation(this, e, loc);
        break;
      case 'Starred':
        // Where a star may stand, its parent has dealt with it.
        throw this.error(
          loc,
          e.ctx === 'Store'
            ? 'starred assignment target must be in a list or tuple'
            : "can't use starred expression here",
        );
      case 'Slice':
        visitSlice(this, e, loc);
        break;
    }
  }

  private visitBinOp(e: BinOp, loc: Location): void {
    if (e.left._type !== 'BinOp') {
      this.visitExpr(e.left);
      this.visitExpr(e.right);
      this.addop(BINARY_OP, BINARY_OPARGS[e.op], loc);
      return;
    }
    const chain: BinOp[] = [e];
    let left: expr = e.left;
    for (; left._type === 'BinOp'; left = left.left) chain.push(left);
    this.visitExpr(left);
    for (let i = chain.length - 1; i >= 0; i--) {
      const sum = chain[i]!;
      this.visitExpr(sum.right);
      this.addop(BINARY_OP, BINARY_OPARGS[sum.op], i === 0 ? loc : locationOf(sum));
    }
  }
}
