// codegen_base.ts: the code generator's state and its smallest steps.     CPython: Python/compile.c, Python/codegen.c
//
// `u` is the unit being written; entering a scope pushes it, leaving pops it. The visitors that the other
// codegen_*.ts files need (an expression's value, a statement) are abstract here and come from codegen.ts, so that
// those files need not import each other.
// Invariant: after an error the whole compilation is given up; nothing is put back.
import {
  ANNOTATIONS_PLACEHOLDER,
  CALL,
  CALL_INTRINSIC_1,
  CLEANUP_THROW,
  COMPARE_OP,
  CONTAINS_OP,
  COPY,
  DELETE_DEREF,
  DELETE_FAST,
  DELETE_GLOBAL,
  DELETE_NAME,
  END_SEND,
  INTRINSIC_ASYNC_GEN_WRAP,
  IS_OP,
  JUMP_NO_INTERRUPT,
  LOAD_ATTR,
  LOAD_CONST,
  LOAD_DEREF,
  LOAD_FAST,
  LOAD_FROM_DICT_OR_DEREF,
  LOAD_FROM_DICT_OR_GLOBALS,
  LOAD_GLOBAL,
  LOAD_LOCALS,
  LOAD_NAME,
  LOAD_SUPER_ATTR,
  POP_BLOCK,
  POP_EXCEPT,
  RERAISE,
  RESUME,
  RETURN_VALUE,
  SEND,
  SETUP_FINALLY,
  STORE_DEREF,
  STORE_FAST,
  STORE_GLOBAL,
  STORE_NAME,
  YIELD_VALUE,
} from '../opcode/opcodes.generated.ts';
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_FUTURE_ANNOTATIONS,
  CO_GENERATOR,
  CO_HAS_DOCSTRING,
  CO_METHOD,
  CO_NESTED,
  CO_NEWLOCALS,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  RESUME_AFTER_AWAIT,
  RESUME_AFTER_YIELD,
  RESUME_AFTER_YIELD_FROM,
  RESUME_AT_FUNC_START,
} from '../opcode/operands.ts';
import type {
  AnnAssign,
  arguments as Arguments,
  Attribute,
  cmpop,
  expr,
  expr_context,
  stmt,
} from '../parser/ast.generated.ts';
import type { PySyntaxError, WarnCallback } from '../parser/errors.ts';
import { optimizeAndAssemble, type UnitWatcher } from './assemble.ts';
import type { Code, CodeConstant } from './code.ts';
import {
  type Arity,
  CO_MAXBLOCKS,
  FBLOCK_FINALLY_END,
  FBlock,
  indexIn,
  SCOPE_ANNOTATIONS,
  SCOPE_ASYNC_FUNCTION,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_LAMBDA,
  SCOPE_MODULE,
  Unit,
} from './codegen_unit.ts';
import { IdentityKeys } from './constkey.ts';
import { errorAt, PyCF_MASK } from './future.ts';
import { InstructionSequence, Location, NO_LOCATION } from './instruction_sequence.ts';
import {
  CELL,
  ClassBlock,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  mangle,
  maybeMangle,
  type Symtable,
  type SymtableEntry,
} from './symtable_entry.ts';

/** How COMPARE_OP encodes an operator: its number and the mask of results that specialised forms use. */
const COMPARE_OPARGS: Readonly<Record<string, number>> = {
  Lt: (0 << 5) | 2,
  LtE: (1 << 5) | 2 | 8,
  Eq: (2 << 5) | 8,
  NotEq: (3 << 5) | 1 | 2 | 4,
  Gt: (4 << 5) | 4,
  GtE: (5 << 5) | 4 | 8,
};

/** Ways of looking up an attribute that LOAD_ATTR and LOAD_SUPER_ATTR tell apart by low bits of the oparg. */
export const AS_METHOD = 1;
export const SUPER_TWO_ARGUMENTS = 2;

export interface CodegenOptions {
  readonly filename: string;
  readonly symtable: Symtable;
  /** CO_FUTURE_* and compile() flags. */
  readonly flags: number;
  readonly optimize: number;
  readonly interactive: boolean;
  readonly warn: WarnCallback | undefined;
  /** Keep the instruction sequences of nested code objects with their parent's. */
  readonly saveNested: boolean;
  /** Sees what the optimiser does; null for nobody. */
  readonly watchUnit: UnitWatcher | null;
}

/** CPython: struct _PyCompiler */
export abstract class CodegenBase {
  readonly filename: string;
  readonly symtable: Symtable;
  readonly flags: number;
  readonly optimize: number;
  /** Annotations become strings (PEP 563). */
  readonly stringAnnotations: boolean;
  private readonly interactive: boolean;
  private readonly warnCallback: WarnCallback | undefined;
  private readonly saveNested: boolean;
  private readonly watchUnit: UnitWatcher | null;
  private readonly identity = new IdentityKeys();
  /** Units around `u`, the module's first. */
  private readonly stack: Unit[] = [];
  /** A finally clause is compiled twice and warns once. */
  private disableWarning = 0;
  u!: Unit;

  constructor(options: CodegenOptions) {
    this.filename = options.filename;
    this.symtable = options.symtable;
    this.flags = options.flags;
    this.optimize = options.optimize;
    this.stringAnnotations = (options.flags & CO_FUTURE_ANNOTATIONS) !== 0;
    this.interactive = options.interactive;
    this.warnCallback = options.warn;
    this.saveNested = options.saveNested;
    this.watchUnit = options.watchUnit;
  }

  abstract visitExpr(e: expr): void;
  abstract visitStmt(s: stmt): void;
  /** Jumps to `target` if the truth of `e` is `cond`, else falls through. */
  abstract jumpIf(loc: Location, e: expr, target: number, cond: boolean): void;

  visitExprs(list: readonly expr[]): void {
    for (let i = 0; i < list.length; i++) this.visitExpr(list[i]!);
  }

  visitStmts(list: readonly stmt[]): void {
    for (let i = 0; i < list.length; i++) this.visitStmt(list[i]!);
  }

  // Errors and warnings

  /** CPython: _PyCompile_Error */
  error(loc: Location, message: string): PySyntaxError {
    return errorAt(message, this.filename, loc);
  }

  /** CPython: _PyCompile_Warn */
  warn(loc: Location, message: string): void {
    if (this.disableWarning > 0 || this.warnCallback === undefined) return;
    const { lineno, col_offset, end_lineno, end_col_offset } = loc;
    if (this.warnCallback('SyntaxWarning', message, this.filename, lineno, col_offset, end_lineno, end_col_offset)) {
      throw this.error(loc, message);
    }
  }

  get warningsEnabled(): boolean {
    return this.disableWarning === 0 && this.warnCallback !== undefined;
  }

  // Scopes

  /** CPython: codegen_enter_scope, _PyCompile_EnterScope */
  enterScope(
    name: string,
    scopeType: number,
    entry: SymtableEntry,
    lineno: number,
    className: string | null,
    arity: Arity,
  ): void {
    const outer = this.u;
    const unit = new Unit(name, scopeType, entry, className ?? outer?.className ?? null, lineno, arity);
    if (outer !== undefined) this.stack.push(outer);
    this.u = unit;
    if (scopeType === SCOPE_MODULE) {
      const loc = new Location(0, lineno, 0, 0);
      this.addop(RESUME, RESUME_AT_FUNC_START, loc);
      this.addop(ANNOTATIONS_PLACEHOLDER, 0, loc);
    } else {
      unit.qualname = this.qualifiedName(unit);
      this.addop(RESUME, RESUME_AT_FUNC_START, new Location(lineno, lineno, 0, 0));
    }
  }

  /** CPython: _PyCompile_ExitScope */
  exitScope(): void {
    const { seq } = this.u;
    const outer = this.stack.pop();
    if (outer === undefined) return;
    this.u = outer;
    if (this.saveNested) outer.seq.addNested(seq);
  }

  /** CPython: compiler_set_qualname */
  private qualifiedName(unit: Unit): string {
    const { stack } = this;
    const { name } = unit;
    if (stack.length <= 1) return name;
    let parent = stack[stack.length - 1]!;
    if (parent.scopeType === SCOPE_ANNOTATIONS) {
      // Annotation scopes do not show in names.
      if (stack.length === 2) return name;
      parent = stack[stack.length - 2]!;
    }
    const { scopeType } = unit;
    if (scopeType === SCOPE_FUNCTION || scopeType === SCOPE_ASYNC_FUNCTION || scopeType === SCOPE_CLASS) {
      if (parent.entry.scope(mangle(parent.className, name)) === GLOBAL_EXPLICIT) return name;
    }
    const isFunction =
      parent.scopeType === SCOPE_FUNCTION ||
      parent.scopeType === SCOPE_ASYNC_FUNCTION ||
      parent.scopeType === SCOPE_LAMBDA;
    return `${parent.qualname}${isFunction ? '.<locals>' : ''}.${name}`;
  }

  /** CPython: compute_code_flags */
  private codeFlags(): number {
    const { entry } = this.u;
    let flags = this.flags & PyCF_MASK;
    if (entry.isFunctionLike) {
      flags |= CO_NEWLOCALS | CO_OPTIMIZED;
      if (entry.nested) flags |= CO_NESTED;
      if (entry.generator) flags |= entry.coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
      if (entry.varargs) flags |= CO_VARARGS;
      if (entry.varkeywords) flags |= CO_VARKEYWORDS;
      if (entry.hasDocstring) flags |= CO_HAS_DOCSTRING;
      if (entry.method) flags |= CO_METHOD;
    }
    if (entry.coroutine && !entry.generator) flags |= CO_COROUTINE;
    return flags;
  }

  /** Makes sure that code that runs off its end returns. CPython: _PyCodegen_AddReturnAtEnd */
  addReturnAtEnd(addNone: boolean): void {
    if (addNone) this.loadConst(null, NO_LOCATION);
    this.addop(RETURN_VALUE, 0, NO_LOCATION);
  }

  /** CPython: _PyCompile_OptimizeAndAssemble */
  finishCode(addNone: boolean): Code {
    this.addReturnAtEnd(addNone);
    const { u } = this;
    // The flow graph uses up what it is given.
    const seq = this.saveNested ? copySequence(u.seq) : u.seq;
    return optimizeAndAssemble(seq, u.metadata(), this.codeFlags(), this.filename, this.watchUnit);
  }

  /** The finished code of `u`, which is left. */
  leaveScope(addNone: boolean): Code {
    const code = this.finishCode(addNone);
    this.exitScope();
    return code;
  }

  get isInteractiveTopLevel(): boolean {
    return this.interactive && this.stack.length === 0;
  }

  /** CPython: _PyCompile_MaybeAddStaticAttributeToClass */
  addStaticAttribute(e: Attribute): void {
    if (e.ctx !== 'Store' || e.value._type !== 'Name' || e.value.id !== 'self') return;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const attributes = this.stack[i]!.staticAttributes;
      if (attributes !== null) {
        attributes.add(e.attr);
        return;
      }
    }
  }

  /** Index in __conditional_annotations__ of an annotation that may not be reached, else -1. CPython: _PyCompile_AddDeferredAnnotation */
  deferAnnotation(s: AnnAssign): number {
    const { u } = this;
    u.deferredAnnotations ??= [];
    u.deferredAnnotations.push(s);
    const conditional = u.scopeType === SCOPE_MODULE || u.inConditionalBlock > 0;
    const index = conditional ? u.nextConditionalIndex++ : -1;
    u.conditionalIndices.push(index);
    return index;
  }

  /** From here on instructions go to the module's annotations. CPython: _PyCompile_StartAnnotationSetup */
  startAnnotationSetup(): void {
    const { u } = this;
    u.stashed = u.seq;
    u.seq = new InstructionSequence();
  }

  /** CPython: _PyCompile_EndAnnotationSetup */
  endAnnotationSetup(): void {
    const { u } = this;
    const annotations = u.seq;
    u.seq = u.stashed!;
    u.stashed = null;
    u.seq.setAnnotationsCode(annotations);
  }

  // Frame blocks

  /** CPython: _PyCompile_PushFBlock */
  pushFBlock(
    type: number,
    loc: Location,
    block: number,
    exit: number,
    name: string | null = null,
    finalbody: readonly stmt[] | null = null,
  ): void {
    const { fblocks } = this.u;
    if (fblocks.length >= CO_MAXBLOCKS) throw this.error(loc, 'too many statically nested blocks');
    fblocks.push(new FBlock(type, loc, block, exit, name, finalbody));
    if (type === FBLOCK_FINALLY_END) this.disableWarning++;
  }

  repushFBlock(block: FBlock): void {
    this.u.fblocks.push(block);
    if (block.type === FBLOCK_FINALLY_END) this.disableWarning++;
  }

  /** CPython: _PyCompile_PopFBlock */
  popFBlock(): FBlock {
    const block = this.u.fblocks.pop()!;
    if (block.type === FBLOCK_FINALLY_END) this.disableWarning--;
    return block;
  }

  // Instructions

  newLabel(): number {
    return this.u.seq.newLabel();
  }

  useLabel(label: number): void {
    this.u.seq.useLabel(label);
  }

  addop(opcode: number, oparg: number, loc: Location): void {
    this.u.seq.addop(opcode, oparg, loc);
  }

  loadConst(value: CodeConstant, loc: Location): void {
    const { u } = this;
    u.seq.addop(LOAD_CONST, u.consts.add(value, this.identity), loc);
  }

  /** Index of a constant that no instruction loads: the docstring. */
  addConst(value: CodeConstant): number {
    return this.u.consts.add(value, this.identity);
  }

  /** Index of an attribute's, module's or global's name in co_names. */
  nameIndex(name: string): number {
    const { u } = this;
    return indexIn(u.names, maybeMangle(u.className, u.entry, name));
  }

  /** An instruction whose oparg is a name. CPython: codegen_addop_name */
  addopName(opcode: number, name: string, loc: Location): void {
    this.addop(opcode, this.nameIndex(name), loc);
  }

  /** LOAD_ATTR; with AS_METHOD the object stays under a method, ready for CALL. */
  loadAttr(name: string, kind: number, loc: Location): void {
    this.addop(LOAD_ATTR, (this.nameIndex(name) << 1) | kind, loc);
  }

  /** LOAD_SUPER_ATTR; `kind` is AS_METHOD, SUPER_TWO_ARGUMENTS, both or neither. */
  loadSuperAttr(name: string, kind: number, loc: Location): void {
    this.addop(LOAD_SUPER_ATTR, (this.nameIndex(name) << 2) | kind, loc);
  }

  /** CPython: codegen_addcompare */
  addCompare(op: cmpop, loc: Location): void {
    switch (op) {
      case 'Is':
        this.addop(IS_OP, 0, loc);
        return;
      case 'IsNot':
        this.addop(IS_OP, 1, loc);
        return;
      case 'In':
        this.addop(CONTAINS_OP, 0, loc);
        return;
      case 'NotIn':
        this.addop(CONTAINS_OP, 1, loc);
        return;
      default:
        this.addop(COMPARE_OP, COMPARE_OPARGS[op]!, loc);
    }
  }

  /** Delegates to the awaitable or iterator on the stack until it is done. CPython: codegen_add_yield_from */
  addYieldFrom(loc: Location, isAwait: boolean): void {
    const { seq } = this.u;
    const send = seq.newLabel();
    const fail = seq.newLabel();
    const exit = seq.newLabel();
    seq.useLabel(send);
    seq.addop(SEND, exit, loc);
    // close() and throw() make YIELD_VALUE raise: the handler passes that on to the one delegated to.
    seq.addop(SETUP_FINALLY, fail, loc);
    seq.addop(YIELD_VALUE, 1, loc);
    seq.addop(POP_BLOCK, 0, NO_LOCATION);
    seq.addop(RESUME, isAwait ? RESUME_AFTER_AWAIT : RESUME_AFTER_YIELD_FROM, loc);
    seq.addop(JUMP_NO_INTERRUPT, send, loc);
    seq.useLabel(fail);
    seq.addop(CLEANUP_THROW, 0, loc);
    seq.useLabel(exit);
    seq.addop(END_SEND, 0, loc);
  }

  /** CPython: codegen_addop_yield */
  addYield(loc: Location): void {
    const { entry } = this.u;
    if (entry.generator && entry.coroutine) this.addop(CALL_INTRINSIC_1, INTRINSIC_ASYNC_GEN_WRAP, loc);
    this.addop(YIELD_VALUE, 0, loc);
    this.addop(RESUME, RESUME_AFTER_YIELD, loc);
  }

  /** [exc_info, lasti, exc]: raises again what a handler itself raised. CPython: codegen_pop_except_and_reraise */
  popExceptAndReraise(loc: Location): void {
    this.addop(COPY, 3, loc);
    this.addop(POP_EXCEPT, 0, loc);
    this.addop(RERAISE, 1, loc);
  }

  /** CPython: codegen_call_exit_with_nones */
  callExitWithNones(loc: Location): void {
    this.loadConst(null, loc);
    this.loadConst(null, loc);
    this.loadConst(null, loc);
    this.addop(CALL, 3, loc);
  }

  // Names

  mangled(name: string): string {
    const { u } = this;
    return maybeMangle(u.className, u.entry, name);
  }

  /** CPython: _PyCompile_GetRefType */
  refType(name: string): number {
    const { u } = this;
    if (
      u.scopeType === SCOPE_CLASS &&
      (name === '__class__' || name === '__classdict__' || name === '__conditional_annotations__')
    ) {
      return CELL;
    }
    return u.entry.scope(name);
  }

  /** Loads, stores or deletes a variable. CPython: codegen_nameop, _PyCompile_ResolveNameop */
  nameop(loc: Location, name: string, ctx: expr_context): void {
    const { u } = this;
    const { entry, seq } = u;
    const mangled = maybeMangle(u.className, entry, name);
    const scope = entry.scope(mangled);
    switch (scope) {
      case FREE:
      case CELL: {
        const index = indexIn(scope === FREE ? u.freevars : u.cellvars, mangled);
        let opcode: number;
        if (ctx === 'Load') {
          opcode = LOAD_FROM_DICT_OR_DEREF;
          if (entry.type === ClassBlock && u.inInlinedComp === 0) seq.addop(LOAD_LOCALS, 0, loc);
          else if (entry.canSeeClassScope) this.loadClassdict(loc);
          else opcode = LOAD_DEREF;
        } else {
          opcode = ctx === 'Store' ? STORE_DEREF : DELETE_DEREF;
        }
        seq.addop(opcode, index, loc);
        return;
      }
      case LOCAL:
        if (entry.isFunctionLike || u.fasthidden.get(mangled) === true) {
          const opcode = ctx === 'Load' ? LOAD_FAST : ctx === 'Store' ? STORE_FAST : DELETE_FAST;
          seq.addop(opcode, indexIn(u.varnames, mangled), loc);
          return;
        }
        break;
      case GLOBAL_IMPLICIT:
      case GLOBAL_EXPLICIT: {
        if (scope === GLOBAL_IMPLICIT && !entry.isFunctionLike) break;
        const index = indexIn(u.names, mangled);
        if (ctx !== 'Load') {
          seq.addop(ctx === 'Store' ? STORE_GLOBAL : DELETE_GLOBAL, index, loc);
        } else if (entry.canSeeClassScope && scope === GLOBAL_IMPLICIT) {
          this.loadClassdict(loc);
          seq.addop(LOAD_FROM_DICT_OR_GLOBALS, index, loc);
        } else {
          seq.addop(LOAD_GLOBAL, index << 1, loc);
        }
        return;
      }
    }
    const index = indexIn(u.names, mangled);
    if (ctx !== 'Load') seq.addop(ctx === 'Store' ? STORE_NAME : DELETE_NAME, index, loc);
    else if (entry.type === ClassBlock && u.inInlinedComp > 0) seq.addop(LOAD_GLOBAL, index << 1, loc);
    else seq.addop(LOAD_NAME, index, loc);
  }

  private loadClassdict(loc: Location): void {
    this.addop(LOAD_DEREF, indexIn(this.u.freevars, '__classdict__'), loc);
  }
}

function copySequence(seq: InstructionSequence): InstructionSequence {
  const copy = new InstructionSequence();
  for (const { opcode, oparg, loc } of seq.instrs) copy.addop(opcode, oparg, loc);
  copy.labels.push(...seq.labels);
  if (seq.annotationsCode !== null) copy.setAnnotationsCode(copySequence(seq.annotationsCode));
  return copy;
}

/** Counts of a function's parameters. */
export function arityOf(args: Arguments): Arity {
  return {
    argcount: args.args.length,
    posonlyargcount: args.posonlyargs.length,
    kwonlyargcount: args.kwonlyargs.length,
  };
}
