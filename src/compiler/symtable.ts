// symtable.ts: collects what each block of a module does with each name.                  CPython: Python/symtable.c
//
// One walk over the syntax tree makes an entry per block and records bindings and uses; symtable_analyze.ts then
// decides scopes. The walk also finds the errors that hang on names: two parameters alike, a name used before its
// global statement, `await` outside a coroutine.
// Invariant: `cur` is the top of `stack`; names are mangled as they are recorded.
// Enter through: buildSymtable.
import { CO_FUTURE_ANNOTATIONS } from '../opcode/operands.ts';
import type {
  AnnAssign,
  arguments as Arguments,
  AsyncFunctionDef,
  Await,
  alias,
  arg,
  ClassDef,
  comprehension,
  ExceptHandler,
  expr,
  FunctionDef,
  ImportFrom,
  keyword,
  MatchClass,
  mod,
  Name,
  NamedExpr,
  pattern,
  stmt,
  TypeAlias,
  type_param,
} from '../parser/ast.generated.ts';
import { PySyntaxError } from '../parser/errors.ts';
import {
  BLOCK_DEPTH,
  docstringOf,
  type FutureFeatures,
  LIST_DEPTH,
  locationOf,
  MAX_DEPTH,
  type Positioned,
  PyCF_ALLOW_TOP_LEVEL_AWAIT,
  STATEMENT_DEPTH,
  symbolError,
  tooDeep,
} from './future.ts';
import { Location } from './instruction_sequence.ts';
import { analyze } from './symtable_analyze.ts';
import {
  AnnotationBlock,
  type BlockKey,
  ClassBlock,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  DictComprehension,
  FunctionBlock,
  GeneratorExpression,
  ListComprehension,
  ModuleBlock,
  maybeMangle,
  NoComprehension,
  nameOf,
  SetComprehension,
  Symtable,
  SymtableEntry,
  TypeAliasBlock,
  TypeParametersBlock,
  TypeVariableBlock,
  USE,
} from './symtable_entry.ts';

type Comprehension = Extract<expr, { generators: comprehension[] }>;
type YieldLike = Extract<expr, { _type: 'Yield' | 'YieldFrom' }>;

const COMPREHENSIONS = {
  ListComp: ['listcomp', ListComprehension],
  SetComp: ['setcomp', SetComprehension],
  DictComp: ['dictcomp', DictComprehension],
  GeneratorExp: ['genexpr', GeneratorExpression],
} as const;

class SymtableBuilder {
  readonly table: Symtable;
  private readonly future: FutureFeatures;
  private readonly stack: SymtableEntry[] = [];
  private cur: SymtableEntry;
  /** Name of the class around, for mangling. */
  private className: string | null = null;
  private nextId = 0;
  private depth = 0;

  constructor(filename: string, future: FutureFeatures) {
    this.future = future;
    const top = new SymtableEntry('top', ModuleBlock, new Location(0, 0, 0, 0), this.nextId++);
    this.table = new Symtable(filename, top);
    this.cur = top;
    this.stack.push(top);
  }

  private error(message: string, at: Positioned): PySyntaxError {
    return symbolError(message, this.table.filename, at);
  }

  // Blocks

  /** CPython: ste_new */
  private newEntry(name: string, type: number, at: Positioned): SymtableEntry {
    const entry = new SymtableEntry(name, type, locationOf(at), this.nextId++);
    const { cur } = this;
    entry.nested = cur.nested || cur.isFunctionLike;
    entry.method = cur.type === ClassBlock && type === FunctionBlock;
    return entry;
  }

  /** CPython: symtable_enter_existing_block */
  private enterExisting(entry: SymtableEntry): void {
    const previous = this.cur;
    // Nothing may be assigned in a comprehension's iterable, not even by a lambda or comprehension inside it.
    entry.compIterExpr = previous.compIterExpr;
    if (previous.mangledNames !== null && entry.type !== ClassBlock) entry.mangledNames = previous.mangledNames;
    this.stack.push(entry);
    this.cur = entry;
    this.depth += BLOCK_DEPTH;
    // Annotations that stay strings do not count; the block of variable annotations is entered once for each.
    if (entry.type === AnnotationBlock) {
      if (this.future.features & CO_FUTURE_ANNOTATIONS || entry === previous.annotationBlock) return;
    }
    previous.children.push(entry);
  }

  /** CPython: symtable_enter_block */
  private enter(name: string, type: number, blocks: Map<BlockKey, SymtableEntry>, key: BlockKey, at: Positioned): void {
    const entry = this.newEntry(name, type, at);
    blocks.set(key, entry);
    this.enterExisting(entry);
    if (type === AnnotationBlock || type === TypeVariableBlock || type === TypeAliasBlock) {
      this.addDef('.format', DEF_PARAM | USE, at);
    }
  }

  private exit(): void {
    this.stack.pop();
    this.depth -= BLOCK_DEPTH;
    this.cur = this.stack[this.stack.length - 1]!;
  }

  /** CPython: symtable_enter_type_param_block */
  private enterTypeParams(
    name: string,
    params: readonly type_param[],
    at: FunctionDef | AsyncFunctionDef | ClassDef | TypeAlias,
  ): void {
    const inClass = this.cur.type === ClassBlock;
    this.enter(name, TypeParametersBlock, this.table.blocks, params, at);
    if (inClass) {
      this.cur.canSeeClassScope = true;
      this.addDef('__classdict__', USE, at);
    }
    if (at._type === 'ClassDef') {
      this.addDef('.type_params', DEF_LOCAL | USE, at);
      this.addDef('.generic_base', DEF_LOCAL | USE, at);
    } else if (at._type !== 'TypeAlias') {
      this.addDef('.defaults', DEF_PARAM, at);
      if (at.args.kw_defaults.some(value => value !== null)) this.addDef('.kwdefaults', DEF_PARAM, at);
    }
  }

  // Names

  private lookup(name: string, entry: SymtableEntry = this.cur): number {
    return entry.symbol(maybeMangle(this.className, entry, name));
  }

  /** CPython: symtable_add_def_helper */
  private addDefTo(entry: SymtableEntry, name: string, flag: number, at: Positioned): void {
    const mangled = maybeMangle(this.className, this.cur, name);
    const { symbols } = entry;
    const old = symbols.get(mangled) ?? 0;
    if (flag & old & (DEF_PARAM | DEF_TYPE_PARAM)) {
      if (flag & DEF_PARAM) throw this.error(`duplicate argument '${name}' in function definition`, at);
      throw this.error(`duplicate type parameter '${name}'`, at);
    }
    let value = old | flag;
    if (entry.compIterTarget) {
      if (value & (DEF_GLOBAL | DEF_NONLOCAL)) {
        throw this.error(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at);
      }
      value |= DEF_COMP_ITER;
    }
    if (value !== old) symbols.set(mangled, value);
    if (flag & DEF_PARAM) {
      entry.varnames.push(mangled);
    } else if (flag & DEF_GLOBAL) {
      const global = this.table.top.symbols;
      global.set(mangled, (global.get(mangled) ?? 0) | flag);
    }
  }

  /** `__debug__` can be neither assigned nor deleted. CPython: check_name */
  private checkName(name: string, at: Positioned, deleted = false): void {
    if (name === '__debug__') throw this.error(`cannot ${deleted ? 'delete' : 'assign to'} __debug__`, at);
  }

  /** CPython: symtable_add_def */
  private addDef(name: string, flag: number, at: Positioned): void {
    if (flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) this.checkName(name, at);
    if (flag & DEF_TYPE_PARAM) this.cur.mangledNames?.add(name);
    this.addDefTo(this.cur, name, flag, at);
  }

  /** CPython: symtable_record_directive */
  private recordDirective(name: string, at: Positioned): void {
    const { cur } = this;
    cur.directives ??= [];
    cur.directives.push({ name: maybeMangle(this.className, cur, name), loc: locationOf(at) });
  }

  private get topLevelAwait(): boolean {
    return (this.future.features & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0 && this.cur.type === ModuleBlock;
  }

  private get inCoroutine(): boolean {
    return this.cur.type === FunctionBlock && this.cur.coroutine;
  }

  // Statements

  private statements(body: readonly stmt[]): void {
    for (let i = 0; i < body.length; i++) this.statement(body[i]!);
  }

  private expressions(list: readonly (expr | null)[]): void {
    this.depth += LIST_DEPTH;
    for (let i = 0; i < list.length; i++) {
      const item = list[i]!;
      if (item !== null) this.expression(item);
    }
    this.depth -= LIST_DEPTH;
  }

  private optional(node: expr | null): void {
    if (node !== null) this.expression(node);
  }

  /** Statements that need not run: annotations in them are conditional. */
  private conditional(body: readonly stmt[], orelse: readonly stmt[]): void {
    const { cur } = this;
    const outer = cur.inConditionalBlock;
    cur.inConditionalBlock = true;
    this.statements(body);
    this.statements(orelse);
    cur.inConditionalBlock = outer;
  }

  /** CPython: symtable_visit_stmt */
  private statement(s: stmt): void {
    if ((this.depth += STATEMENT_DEPTH) > MAX_DEPTH) throw tooDeep();
    switch (s._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.functionDef(s);
        break;
      case 'ClassDef':
        this.classDef(s);
        break;
      case 'TypeAlias':
        this.typeAlias(s);
        break;
      case 'Return':
        if (s.value !== null) {
          this.expression(s.value);
          this.cur.returnsValue = true;
        }
        break;
      case 'Delete':
        this.expressions(s.targets);
        break;
      case 'Assign':
        this.expressions(s.targets);
        this.expression(s.value);
        break;
      case 'AnnAssign':
        this.annAssign(s);
        break;
      case 'AugAssign':
        this.expression(s.target);
        this.expression(s.value);
        break;
      case 'AsyncFor':
        this.requireCoroutine("'async for' outside async function", s);
        this.expression(s.target);
        this.expression(s.iter);
        this.conditional(s.body, s.orelse);
        break;
      case 'For':
        this.expression(s.target);
        this.expression(s.iter);
        this.conditional(s.body, s.orelse);
        break;
      case 'While':
      case 'If':
        this.expression(s.test);
        this.conditional(s.body, s.orelse);
        break;
      case 'Match': {
        this.expression(s.subject);
        const { cur } = this;
        const outer = cur.inConditionalBlock;
        cur.inConditionalBlock = true;
        for (const match of s.cases) {
          this.pattern(match.pattern);
          this.optional(match.guard);
          this.statements(match.body);
        }
        cur.inConditionalBlock = outer;
        break;
      }
      case 'Raise':
        if (s.exc !== null) {
          this.expression(s.exc);
          this.optional(s.cause);
        }
        break;
      case 'Try':
      case 'TryStar': {
        const { cur } = this;
        const outer = cur.inConditionalBlock;
        cur.inConditionalBlock = true;
        this.statements(s.body);
        for (const handler of s.handlers) this.exceptHandler(handler);
        this.statements(s.orelse);
        this.statements(s.finalbody);
        cur.inConditionalBlock = outer;
        break;
      }
      case 'Assert':
        this.expression(s.test);
        this.optional(s.msg);
        break;
      case 'Import':
        for (const alias of s.names) this.alias(alias);
        break;
      case 'ImportFrom':
        for (const alias of s.names) this.alias(alias);
        this.checkFutureImport(s);
        break;
      case 'Global':
        for (const name of s.names) this.directive(name, DEF_GLOBAL, 'global', s);
        break;
      case 'Nonlocal':
        for (const name of s.names) this.directive(name, DEF_NONLOCAL, 'nonlocal', s);
        break;
      case 'Expr':
        this.expression(s.value);
        break;
      case 'AsyncWith':
      case 'With': {
        if (s._type === 'AsyncWith') this.requireCoroutine("'async with' outside async function", s);
        const { cur } = this;
        const outer = cur.inConditionalBlock;
        cur.inConditionalBlock = true;
        for (const item of s.items) {
          this.expression(item.context_expr);
          this.optional(item.optional_vars);
        }
        this.statements(s.body);
        cur.inConditionalBlock = outer;
        break;
      }
      case 'Pass':
      case 'Break':
      case 'Continue':
        break;
    }
    this.depth -= STATEMENT_DEPTH;
  }

  /** CPython: symtable_raise_if_not_coroutine, maybe_set_ste_coroutine_for_module */
  private requireCoroutine(message: string, at: Positioned): void {
    if (this.topLevelAwait) this.cur.coroutine = true;
    if (!this.cur.coroutine) throw this.error(message, at);
  }

  private functionDef(s: FunctionDef | AsyncFunctionDef): void {
    this.addDef(s.name, DEF_LOCAL, s);
    this.expressions(s.args.defaults);
    this.expressions(s.args.kw_defaults);
    this.expressions(s.decorator_list);
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, s);
      for (const param of s.type_params) this.typeParam(param);
    }
    // Made before the annotations are visited, but entered after: they belong to the block around.
    const entry = this.newEntry(s.name, FunctionBlock, s);
    this.table.blocks.set(s, entry);
    entry.hasDocstring = docstringOf(s.body) !== null;
    this.signature(s);
    this.enterExisting(entry);
    if (s._type === 'AsyncFunctionDef') entry.coroutine = true;
    this.arguments(s.args);
    this.statements(s.body);
    this.exit();
    if (generic) this.exit();
  }

  /** Annotations of parameters and result. CPython: symtable_visit_annotations */
  private signature(s: FunctionDef | AsyncFunctionDef): void {
    const { args, returns } = s;
    const inClass = this.cur.canSeeClassScope || this.cur.type === ClassBlock;
    this.enter('__annotate__', AnnotationBlock, this.table.blocks, args, s);
    if (inClass) {
      this.cur.canSeeClassScope = true;
      this.addDef('__classdict__', USE, s);
    }
    for (const parameter of args.posonlyargs) this.annotated(parameter.annotation);
    for (const parameter of args.args) this.annotated(parameter.annotation);
    if (args.vararg !== null) this.annotated(args.vararg.annotation);
    if (args.kwarg !== null) this.annotated(args.kwarg.annotation);
    for (const parameter of args.kwonlyargs) this.annotated(parameter.annotation);
    this.annotated(returns);
    this.exit();
  }

  private annotated(annotation: expr | null): void {
    if (annotation === null) return;
    this.cur.annotationsUsed = true;
    this.expression(annotation);
  }

  private classDef(s: ClassDef): void {
    this.addDef(s.name, DEF_LOCAL, s);
    this.expressions(s.decorator_list);
    const outerClass = this.className;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, s);
      this.className = s.name;
      this.cur.mangledNames = new Set();
      for (const param of s.type_params) this.typeParam(param);
    }
    this.expressions(s.bases);
    this.keywords(s.keywords);
    this.enter(s.name, ClassBlock, this.table.blocks, s, s);
    this.className = s.name;
    if (generic) {
      this.addDef('__type_params__', DEF_LOCAL, s);
      this.addDef('.type_params', USE, s);
    }
    this.cur.hasDocstring = docstringOf(s.body) !== null;
    this.statements(s.body);
    this.exit();
    if (generic) this.exit();
    this.className = outerClass;
  }

  private typeAlias(s: TypeAlias): void {
    this.expression(s.name);
    const name = nameOf(s.name);
    const inClass = this.cur.type === ClassBlock;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(name, s.type_params, s);
      for (const param of s.type_params) this.typeParam(param);
    }
    this.enter(name, TypeAliasBlock, this.table.blocks, s, s);
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.addDef('__classdict__', USE, s.value);
    this.expression(s.value);
    this.exit();
    if (generic) this.exit();
  }

  private annAssign(s: AnnAssign): void {
    this.cur.annotationsUsed = true;
    const { target } = s;
    if (target._type === 'Name') {
      const flags = this.lookup(target.id);
      if (flags & (DEF_GLOBAL | DEF_NONLOCAL) && this.cur !== this.table.top && s.simple) {
        const kind = flags & DEF_GLOBAL ? 'global' : 'nonlocal';
        throw this.error(`annotated name '${target.id}' can't be ${kind}`, s);
      }
      if (s.simple) this.addDef(target.id, DEF_ANNOT | DEF_LOCAL, target);
      if (s.value !== null) this.addDef(target.id, DEF_LOCAL, target);
    } else {
      this.expression(target);
    }
    this.annotation(s.annotation);
    this.optional(s.value);
  }

  /** CPython: symtable_visit_annotation */
  private annotation(annotation: expr): void {
    const parent = this.cur;
    // In a function, annotations of variables are never evaluated.
    const unevaluated = parent.type === FunctionBlock;
    // Those of a module may be asked for before it has run to the end.
    if (
      ((parent.type === ClassBlock && parent.inConditionalBlock) || parent.type === ModuleBlock) &&
      !parent.hasConditionalAnnotations
    ) {
      parent.hasConditionalAnnotations = true;
      this.addDef('__conditional_annotations__', USE, annotation);
    }
    if (parent.annotationBlock === null) {
      const entry = this.newEntry('__annotate__', AnnotationBlock, annotation);
      this.enterExisting(entry);
      this.addDef('.format', DEF_PARAM | USE, annotation);
      parent.annotationBlock = entry;
      if (parent.type === ClassBlock && !(this.future.features & CO_FUTURE_ANNOTATIONS)) {
        entry.canSeeClassScope = true;
        this.addDef('__classdict__', USE, annotation);
      }
    } else {
      this.enterExisting(parent.annotationBlock);
    }
    if (unevaluated) this.cur.inUnevaluatedAnnotation = true;
    this.expression(annotation);
    if (unevaluated) this.cur.inUnevaluatedAnnotation = false;
    this.exit();
  }

  private directive(name: string, flag: number, word: 'global' | 'nonlocal', at: Positioned): void {
    const flags = this.lookup(name);
    if (flags & DEF_PARAM) throw this.error(`name '${name}' is parameter and ${word}`, at);
    if (flags & USE) throw this.error(`name '${name}' is used prior to ${word} declaration`, at);
    if (flags & DEF_ANNOT) throw this.error(`annotated name '${name}' can't be ${word}`, at);
    if (flags & DEF_LOCAL) throw this.error(`name '${name}' is assigned to before ${word} declaration`, at);
    this.addDef(name, flag, at);
    this.recordDirective(name, at);
  }

  /** CPython: check_import_from */
  private checkFutureImport(s: ImportFrom): void {
    if (s.module !== '__future__' || s.level) return;
    const last = this.future.location;
    if (s.lineno > last.lineno || (s.lineno === last.end_lineno && s.col_offset > last.end_col_offset)) {
      throw this.error('from __future__ imports must occur at the beginning of the file', s);
    }
  }

  /** CPython: symtable_visit_alias */
  private alias(a: alias): void {
    const name = a.asname ?? a.name;
    if (name === '*') {
      if (this.cur.type !== ModuleBlock) throw this.error('import * only allowed at module level', a);
      return;
    }
    const dot = name.indexOf('.');
    this.addDef(dot === -1 ? name : name.slice(0, dot), DEF_IMPORT, a);
  }

  private exceptHandler(handler: ExceptHandler): void {
    this.optional(handler.type);
    if (handler.name !== null) this.addDef(handler.name, DEF_LOCAL, handler);
    this.statements(handler.body);
  }

  private parameters(list: readonly arg[]): void {
    for (const parameter of list) this.addDef(parameter.arg, DEF_PARAM, parameter);
  }

  /** CPython: symtable_visit_arguments */
  private arguments(args: Arguments): void {
    this.parameters(args.posonlyargs);
    this.parameters(args.args);
    this.parameters(args.kwonlyargs);
    if (args.vararg !== null) {
      this.addDef(args.vararg.arg, DEF_PARAM, args.vararg);
      this.cur.varargs = true;
    }
    if (args.kwarg !== null) {
      this.addDef(args.kwarg.arg, DEF_PARAM, args.kwarg);
      this.cur.varkeywords = true;
    }
  }

  // Type parameters

  /** CPython: symtable_visit_type_param */
  private typeParam(param: type_param): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    this.addDef(param.name, DEF_TYPE_PARAM | DEF_LOCAL, param);
    if (param.name === '__classdict__') {
      throw this.error("reserved name '__classdict__' cannot be used for type parameter", param);
    }
    const { blocks, defaults } = this.table;
    if (param._type === 'TypeVar') {
      const what = param.bound !== null && param.bound._type === 'Tuple' ? 'constraint' : 'bound';
      this.boundOrDefault(param.bound, blocks, param, `a TypeVar ${what}`);
    }
    this.boundOrDefault(
      param.default_value,
      param._type === 'TypeVar' ? defaults : blocks,
      param,
      `a ${param._type} default`,
    );
    this.depth--;
  }

  /** CPython: symtable_visit_type_param_bound_or_default */
  private boundOrDefault(
    value: expr | null,
    blocks: Map<BlockKey, SymtableEntry>,
    param: type_param,
    scopeInfo: string,
  ): void {
    if (value === null) return;
    const inClass = this.cur.canSeeClassScope;
    this.enter(param.name, TypeVariableBlock, blocks, param, value);
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.addDef('__classdict__', USE, value);
    this.cur.scopeInfo = scopeInfo;
    this.expression(value);
    this.exit();
  }

  // Patterns

  private patterns(list: readonly pattern[]): void {
    for (const item of list) this.pattern(item);
  }

  /** CPython: symtable_visit_pattern */
  private pattern(p: pattern): void {
    if ((this.depth += STATEMENT_DEPTH) > MAX_DEPTH) throw tooDeep();
    switch (p._type) {
      case 'MatchValue':
        this.expression(p.value);
        break;
      case 'MatchSingleton':
        break;
      case 'MatchSequence':
      case 'MatchOr':
        this.patterns(p.patterns);
        break;
      case 'MatchStar':
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
      case 'MatchMapping':
        this.expressions(p.keys);
        this.patterns(p.patterns);
        if (p.rest !== null) this.addDef(p.rest, DEF_LOCAL, p);
        break;
      case 'MatchClass':
        this.matchClass(p);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
    }
    this.depth -= STATEMENT_DEPTH;
  }

  private matchClass(p: MatchClass): void {
    this.expression(p.cls);
    this.patterns(p.patterns);
    p.kwd_attrs.forEach((name, i) => {
      this.checkName(name, p.kwd_patterns[i]!);
    });
    this.patterns(p.kwd_patterns);
  }

  // Expressions

  private keywords(list: readonly keyword[]): void {
    for (const item of list) if (item.arg !== null) this.checkName(item.arg, item);
    for (const item of list) this.expression(item.value);
  }

  /** CPython: symtable_visit_expr */
  private expression(e: expr): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (e._type) {
      case 'Name':
        this.name(e);
        break;
      case 'Constant':
        break;
      case 'Attribute':
        if (e.ctx !== 'Load') this.checkName(e.attr, e, e.ctx === 'Del');
        this.expression(e.value);
        break;
      case 'Call':
        this.expression(e.func);
        this.expressions(e.args);
        this.keywords(e.keywords);
        break;
      case 'BinOp': {
        // Long sums lean to the left: walk down there without recursion.
        const rights: expr[] = [e.right];
        let left = e.left;
        for (; left._type === 'BinOp'; left = left.left) rights.push(left.right);
        this.expression(left);
        for (let i = rights.length - 1; i >= 0; i--) this.expression(rights[i]!);
        break;
      }
      case 'NamedExpr':
        this.forbidInAnnotation('named expression', e);
        this.namedExpr(e);
        break;
      case 'BoolOp':
        this.expressions(e.values);
        break;
      case 'UnaryOp':
        this.expression(e.operand);
        break;
      case 'Lambda':
        this.expressions(e.args.defaults);
        this.expressions(e.args.kw_defaults);
        this.enter('lambda', FunctionBlock, this.table.blocks, e, e);
        this.arguments(e.args);
        this.expression(e.body);
        this.exit();
        break;
      case 'IfExp':
        this.expression(e.test);
        this.expression(e.body);
        this.expression(e.orelse);
        break;
      case 'Dict':
        this.expressions(e.keys);
        this.expressions(e.values);
        break;
      case 'GeneratorExp':
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
        this.comprehension(e);
        break;
      case 'Yield':
      case 'YieldFrom':
        this.yieldExpr(e);
        break;
      case 'Await':
        this.awaitExpr(e);
        break;
      case 'Compare':
        this.expression(e.left);
        this.expressions(e.comparators);
        break;
      case 'FormattedValue':
      case 'Interpolation':
        this.expression(e.value);
        this.optional(e.format_spec);
        break;
      case 'JoinedStr':
      case 'TemplateStr':
        this.expressions(e.values);
        break;
      case 'Subscript':
        this.expression(e.value);
        this.expression(e.slice);
        break;
      case 'Starred':
        this.expression(e.value);
        break;
      case 'Slice':
        this.optional(e.lower);
        this.optional(e.upper);
        this.optional(e.step);
        break;
      case 'List':
      case 'Tuple':
      case 'Set':
        this.expressions(e.elts);
        break;
    }
    this.depth--;
  }

  private name(e: Name): void {
    const { cur } = this;
    if (cur.inUnevaluatedAnnotation) return;
    const { id, ctx } = e;
    if (ctx !== 'Load') {
      this.checkName(id, e, ctx === 'Del');
      this.addDefTo(cur, id, DEF_LOCAL, e);
      return;
    }
    this.addDefTo(cur, id, USE, e);
    // super() reads the __class__ cell.
    if (id === 'super' && cur.isFunctionLike) this.addDef('__class__', USE, e);
  }

  private yieldExpr(e: YieldLike): void {
    this.forbidInAnnotation('yield expression', e);
    this.optional(e.value);
    const { cur } = this;
    cur.generator = true;
    if (cur.comprehension === NoComprehension) return;
    const where =
      cur.comprehension === ListComprehension
        ? 'list comprehension'
        : cur.comprehension === SetComprehension
          ? 'set comprehension'
          : cur.comprehension === DictComprehension
            ? 'dict comprehension'
            : 'generator expression';
    throw this.error(`'yield' inside ${where}`, e);
  }

  private awaitExpr(e: Await): void {
    this.forbidInAnnotation('await expression', e);
    if (!this.topLevelAwait) {
      if (!this.cur.isFunctionLike) throw this.error("'await' outside function", e);
      if (!this.inCoroutine && this.cur.comprehension === NoComprehension) {
        throw this.error("'await' outside async function", e);
      }
    }
    this.expression(e.value);
    this.cur.coroutine = true;
  }

  /** CPython: symtable_raise_if_annotation_block */
  private forbidInAnnotation(what: string, e: expr): void {
    let where: string;
    switch (this.cur.type) {
      case AnnotationBlock:
        where = 'an annotation';
        break;
      case TypeVariableBlock:
        where = this.cur.scopeInfo!;
        break;
      case TypeAliasBlock:
        where = 'a type alias';
        break;
      case TypeParametersBlock:
        where = 'the definition of a generic';
        break;
      default:
        return;
    }
    throw this.error(`${what} cannot be used within ${where}`, e);
  }

  /** CPython: symtable_handle_namedexpr */
  private namedExpr(e: NamedExpr): void {
    if (this.cur.compIterExpr > 0) {
      throw this.error('assignment expression cannot be used in a comprehension iterable expression', e);
    }
    if (this.cur.comprehension !== NoComprehension) this.extendNamedExprScope(e.target);
    this.expression(e.value);
    this.expression(e.target);
  }

  /** Binds the target of `:=` in a comprehension in the block that owns it. CPython: symtable_extend_namedexpr_scope */
  private extendNamedExprScope(target: expr): void {
    const name = nameOf(target);
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const entry = this.stack[i]!;
      if (entry.comprehension !== NoComprehension) {
        const flags = this.lookup(name, entry);
        if (flags & DEF_COMP_ITER && flags & DEF_LOCAL) {
          throw this.error(`assignment expression cannot rebind comprehension iteration variable '${name}'`, target);
        }
        continue;
      }
      const refuse = 'assignment expression within a comprehension cannot be used ';
      switch (entry.type) {
        case FunctionBlock: {
          const flag = this.lookup(name, entry) & DEF_GLOBAL ? DEF_GLOBAL : DEF_NONLOCAL;
          this.addDef(name, flag, target);
          this.recordDirective(name, target);
          this.addDefTo(entry, name, DEF_LOCAL, target);
          return;
        }
        case ModuleBlock:
          this.addDef(name, DEF_GLOBAL, target);
          this.recordDirective(name, target);
          this.addDefTo(entry, name, DEF_GLOBAL, target);
          return;
        case ClassBlock:
          throw this.error(`${refuse}in a class body`, target);
        case TypeParametersBlock:
          throw this.error(`${refuse}within the definition of a generic`, target);
        case TypeAliasBlock:
          throw this.error(`${refuse}in a type alias`, target);
        case TypeVariableBlock:
          throw this.error(`${refuse}in a TypeVar bound`, target);
      }
    }
  }

  /** CPython: symtable_handle_comprehension */
  private comprehension(e: Comprehension): void {
    const isGenerator = e._type === 'GeneratorExp';
    const outermost = e.generators[0]!;
    // The outermost iterable is evaluated outside.
    this.cur.compIterExpr++;
    this.expression(outermost.iter);
    this.cur.compIterExpr--;
    const [name, kind] = COMPREHENSIONS[e._type];
    this.enter(name, FunctionBlock, this.table.blocks, e, e);
    const { cur } = this;
    cur.comprehension = kind;
    if (outermost.is_async) cur.coroutine = true;
    this.addDef('.0', DEF_PARAM, e);
    cur.compIterTarget = true;
    this.expression(outermost.target);
    cur.compIterTarget = false;
    this.expressions(outermost.ifs);
    for (let i = 1; i < e.generators.length; i++) this.innerFor(e.generators[i]!);
    if (e._type === 'DictComp') {
      this.expression(e.value);
      this.expression(e.key);
    } else {
      this.expression(e.elt);
    }
    cur.generator = isGenerator;
    const isAsync = cur.coroutine && !isGenerator;
    this.exit();
    if (!isAsync) return;
    if (!this.inCoroutine && this.cur.comprehension === NoComprehension && !this.topLevelAwait) {
      throw this.error('asynchronous comprehension outside of an asynchronous function', e);
    }
    this.cur.coroutine = true;
  }

  /** CPython: symtable_visit_comprehension */
  private innerFor(c: comprehension): void {
    const { cur } = this;
    cur.compIterTarget = true;
    this.expression(c.target);
    cur.compIterTarget = false;
    cur.compIterExpr++;
    this.expression(c.iter);
    cur.compIterExpr--;
    this.expressions(c.ifs);
    if (c.is_async) cur.coroutine = true;
  }

  module(m: mod): void {
    const top = this.cur;
    this.table.blocks.set(m, top);
    switch (m._type) {
      case 'Module':
        top.hasDocstring = docstringOf(m.body) !== null;
        this.statements(m.body);
        break;
      case 'Interactive':
        this.statements(m.body);
        break;
      case 'Expression':
        this.expression(m.body);
        break;
      case 'FunctionType':
        throw new PySyntaxError('SystemError', 'this compiler does not handle FunctionTypes');
    }
  }
}

/**
 * The symbol table of a module, scopes decided. `future.features` may hold compile() flags besides CO_FUTURE_* bits.
 * Throws PySyntaxError. CPython: _PySymtable_Build
 */
export function buildSymtable(module: mod, filename: string, future: FutureFeatures): Symtable {
  const builder = new SymtableBuilder(filename, future);
  builder.module(module);
  analyze(builder.table);
  return builder.table;
}
