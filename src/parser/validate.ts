// validate.ts: is a tree that did not come from the parser fit for the compiler?        CPython: Python/ast.c
//
// `compile()` takes trees that programs build. Their types are right already (whoever converted them saw to that); what
// is checked here are the rules that types do not express: contexts, lengths of lists that belong together, names that
// are constants, positions.
// Enter through: validate. A broken rule throws AstError.
import type {
  AST,
  arg,
  arguments_,
  comprehension,
  expr,
  expr_context,
  keyword,
  mod,
  pattern,
  stmt,
  type_param,
  withitem,
} from './ast.generated.ts';
import { Complex, type Constant, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from './constants.ts';

/** The exception that a broken rule becomes. */
export class AstError {
  readonly type: 'ValueError' | 'TypeError' | 'RecursionError';
  readonly msg: string;
  constructor(type: AstError['type'], msg: string) {
    this.type = type;
    this.msg = msg;
  }
}

const valueError = (msg: string): AstError => new AstError('ValueError', msg);

/** Nesting that fits on any JavaScript stack; chains such as a.b.c or a + b + c do not count. */
const MAX_DEPTH = 2000;

/** Checks a whole tree. CPython: Python/ast.c:_PyAST_Validate */
export function validate(tree: mod): void {
  const validator = new Validator();
  switch (tree._type) {
    case 'Module':
    case 'Interactive':
      validator.stmts(tree.body);
      return;
    case 'Expression':
      validator.expr(tree.body, 'Load');
      return;
    case 'FunctionType':
      validator.exprs(tree.argtypes, 'Load');
      validator.expr(tree.returns, 'Load');
  }
}

type Positioned = Extract<AST, { end_col_offset: number }>;

/** CPython: VALIDATE_POSITIONS */
function positions({ lineno, col_offset, end_lineno, end_col_offset }: Positioned): void {
  if (lineno > end_lineno) throw valueError(`AST node line range (${lineno}, ${end_lineno}) is not valid`);
  if ((lineno < 0 && end_lineno !== lineno) || (col_offset < 0 && col_offset !== end_col_offset)) {
    const lines = `line range (${lineno}, ${end_lineno})`;
    throw valueError(`AST node column range (${col_offset}, ${end_col_offset}) for ${lines} is not valid`);
  }
  if (lineno === end_lineno && col_offset > end_col_offset) {
    throw valueError(`line ${lineno}, column ${col_offset}-${end_col_offset} is not a valid range`);
  }
}

function name(id: string): void {
  if (id === 'None' || id === 'True' || id === 'False') {
    throw valueError(`identifier field can't represent '${id}' constant`);
  }
}

function capture(id: string): void {
  if (id === '_') throw valueError("can't capture name '_' in patterns");
  name(id);
}

function nonEmpty(items: readonly unknown[], what: string, owner: string): void {
  if (items.length === 0) throw valueError(`empty ${what} on ${owner}`);
}

/** CPython: validate_constant */
function constant(value: Constant): void {
  if (value instanceof PyTuple || value instanceof FrozenSet) for (const item of value.items) constant(item);
}

const isNumber = (value: Constant): boolean => typeof value === 'bigint' || typeof value === 'number';

/** A number as a pattern may hold it; `-` before it was seen already. CPython: ensure_literal_number */
function isLiteralNumber(node: expr, real: boolean, imaginary: boolean): boolean {
  if (node._type !== 'Constant') return false;
  return (real && isNumber(node.value)) || (imaginary && node.value instanceof Complex);
}

function isNegative(node: expr, real: boolean, imaginary: boolean): boolean {
  return node._type === 'UnaryOp' && node.op === 'USub' && isLiteralNumber(node.operand, real, imaginary);
}

class Validator {
  private depth = 0;

  stmts(nodes: readonly (stmt | null)[]): void {
    for (const node of nodes) {
      if (node === null) throw valueError('None disallowed in statement list');
      this.stmt(node);
    }
  }

  exprs(nodes: readonly (expr | null)[], ctx: expr_context, nullOk = false): void {
    for (const node of nodes) {
      if (node !== null) this.expr(node, ctx);
      else if (!nullOk) throw valueError('None disallowed in expression list');
    }
  }

  private optional(node: expr | null): void {
    if (node !== null) this.expr(node, 'Load');
  }

  private body(nodes: readonly stmt[], owner: string): void {
    nonEmpty(nodes, 'body', owner);
    this.stmts(nodes);
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw new AstError('RecursionError', 'maximum recursion depth exceeded during compilation');
    }
  }

  // ---- expressions ------------------------------------------------------------------------------------------------

  /** CPython: validate_expr */
  expr(node: expr, ctx: expr_context): void {
    this.enter();
    // A chain is followed in this loop, so that its length is not limited.
    for (let next: expr | null = node; next !== null; ctx = 'Load') next = this.exprNode(next, ctx);
    this.depth--;
  }

  /** One expression but for its leftmost operand, which is returned. */
  private exprNode(node: expr, ctx: expr_context): expr | null {
    positions(node);
    switch (node._type) {
      case 'Attribute':
      case 'Subscript':
      case 'Starred':
      case 'Name':
      case 'List':
      case 'Tuple':
        if (node._type === 'Name') name(node.id);
        if (node.ctx !== ctx) throw valueError(`expression must have ${ctx} context but has ${node.ctx} instead`);
        break;
      default:
        if (ctx !== 'Load') throw valueError(`expression which can't be assigned to in ${ctx} context`);
    }
    switch (node._type) {
      case 'BoolOp':
        if (node.values.length < 2) throw valueError('BoolOp with less than 2 values');
        this.exprs(node.values, 'Load');
        return null;
      case 'BinOp':
        this.expr(node.right, 'Load');
        return node.left;
      case 'UnaryOp':
        return node.operand;
      case 'Lambda':
        this.arguments(node.args);
        return node.body;
      case 'IfExp':
        this.expr(node.test, 'Load');
        this.expr(node.body, 'Load');
        return node.orelse;
      case 'Dict':
        if (node.keys.length !== node.values.length) {
          throw valueError("Dict doesn't have the same number of keys as values");
        }
        this.exprs(node.keys, 'Load', true);
        this.exprs(node.values, 'Load');
        return null;
      case 'Set':
        this.exprs(node.elts, 'Load');
        return null;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.comprehensions(node.generators);
        return node.elt;
      case 'DictComp':
        this.comprehensions(node.generators);
        this.expr(node.key, 'Load');
        return node.value;
      case 'Yield':
        return node.value;
      case 'YieldFrom':
      case 'Await':
      case 'NamedExpr':
        return node.value;
      case 'Compare':
        if (node.comparators.length === 0) throw valueError('Compare has no comparators');
        if (node.comparators.length !== node.ops.length) {
          throw valueError('Compare has a different number of comparators and operands');
        }
        this.exprs(node.comparators, 'Load');
        return node.left;
      case 'Call':
        this.exprs(node.args, 'Load');
        this.keywords(node.keywords);
        return node.func;
      case 'Constant':
        constant(node.value);
        return null;
      case 'JoinedStr':
      case 'TemplateStr':
        this.exprs(node.values, 'Load');
        return null;
      case 'FormattedValue':
      case 'Interpolation':
        this.optional(node.format_spec);
        return node.value;
      case 'Attribute':
        return node.value;
      case 'Subscript':
        this.expr(node.slice, 'Load');
        return node.value;
      case 'Starred':
        this.expr(node.value, ctx);
        return null;
      case 'List':
      case 'Tuple':
        this.exprs(node.elts, ctx);
        return null;
      case 'Slice':
        this.optional(node.lower);
        this.optional(node.upper);
        return node.step;
      case 'Name':
        return null;
    }
  }

  private keywords(nodes: readonly keyword[]): void {
    for (const node of nodes) this.expr(node.value, 'Load');
  }

  private comprehensions(clauses: readonly comprehension[]): void {
    if (clauses.length === 0) throw valueError('comprehension with no generators');
    for (const clause of clauses) {
      this.expr(clause.target, 'Store');
      this.expr(clause.iter, 'Load');
      this.exprs(clause.ifs, 'Load');
    }
  }

  private args(nodes: readonly arg[]): void {
    for (const node of nodes) {
      positions(node);
      this.optional(node.annotation);
    }
  }

  /** CPython: validate_arguments */
  private arguments(node: arguments_): void {
    this.args(node.posonlyargs);
    this.args(node.args);
    if (node.vararg !== null) this.optional(node.vararg.annotation);
    this.args(node.kwonlyargs);
    if (node.kwarg !== null) this.optional(node.kwarg.annotation);
    if (node.defaults.length > node.posonlyargs.length + node.args.length) {
      throw valueError('more positional defaults than args on arguments');
    }
    if (node.kw_defaults.length !== node.kwonlyargs.length) {
      throw valueError('length of kwonlyargs is not the same as kw_defaults on arguments');
    }
    this.exprs(node.defaults, 'Load');
    this.exprs(node.kw_defaults, 'Load', true);
  }

  // ---- patterns ---------------------------------------------------------------------------------------------------

  /** CPython: validate_pattern_match_value */
  private matchValue(node: expr): void {
    this.expr(node, 'Load');
    switch (node._type) {
      case 'Constant': {
        const { value } = node;
        const isLiteral =
          isNumber(value) ||
          typeof value === 'string' ||
          value instanceof SurrogateStr ||
          value instanceof Uint8Array ||
          value instanceof Complex;
        if (!isLiteral || value === Ellipsis) {
          throw valueError('unexpected constant inside of a literal pattern');
        }
        return;
      }
      case 'Attribute':
      case 'JoinedStr':
      case 'TemplateStr':
        return;
      case 'UnaryOp':
        if (isNegative(node, true, true)) return;
        break;
      case 'BinOp': {
        const left = isLiteralNumber(node.left, true, false) || isNegative(node.left, true, false);
        const isSum = node.op === 'Add' || node.op === 'Sub';
        if (isSum && left && isLiteralNumber(node.right, false, true)) return;
        break;
      }
    }
    throw valueError('patterns may only match literals and attribute lookups');
  }

  private patterns(nodes: readonly pattern[], starOk: boolean): void {
    for (const node of nodes) this.pattern(node, starOk);
  }

  /** CPython: validate_pattern */
  private pattern(node: pattern, starOk: boolean): void {
    positions(node);
    this.enter();
    switch (node._type) {
      case 'MatchValue':
        this.matchValue(node.value);
        break;
      case 'MatchSingleton':
        if (node.value !== null && typeof node.value !== 'boolean') {
          throw valueError('MatchSingleton can only contain True, False and None');
        }
        break;
      case 'MatchSequence':
        this.patterns(node.patterns, true);
        break;
      case 'MatchMapping':
        if (node.keys.length !== node.patterns.length) {
          throw valueError("MatchMapping doesn't have the same number of keys as patterns");
        }
        if (node.rest !== null) capture(node.rest);
        for (const key of node.keys) {
          if (key._type === 'Constant' && (key.value === null || typeof key.value === 'boolean')) continue;
          this.matchValue(key);
        }
        this.patterns(node.patterns, false);
        break;
      case 'MatchClass': {
        if (node.kwd_attrs.length !== node.kwd_patterns.length) {
          throw valueError("MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        this.expr(node.cls, 'Load');
        let cls = node.cls;
        while (cls._type === 'Attribute') cls = cls.value;
        if (cls._type !== 'Name') {
          throw valueError('MatchClass cls field can only contain Name or Attribute nodes.');
        }
        for (const attr of node.kwd_attrs) name(attr);
        this.patterns(node.patterns, false);
        this.patterns(node.kwd_patterns, false);
        break;
      }
      case 'MatchStar':
        if (!starOk) throw valueError("can't use MatchStar here");
        if (node.name !== null) capture(node.name);
        break;
      case 'MatchAs':
        if (node.name !== null) capture(node.name);
        if (node.pattern === null) break;
        if (node.name === null) throw valueError('MatchAs must specify a target name if a pattern is given');
        this.pattern(node.pattern, false);
        break;
      case 'MatchOr':
        if (node.patterns.length < 2) throw valueError('MatchOr requires at least 2 patterns');
        this.patterns(node.patterns, false);
    }
    this.depth--;
  }

  // ---- statements -------------------------------------------------------------------------------------------------

  /** CPython: validate_stmt */
  private stmt(node: stmt): void {
    positions(node);
    this.enter();
    switch (node._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.body(node.body, node._type);
        this.typeParams(node.type_params);
        this.arguments(node.args);
        this.exprs(node.decorator_list, 'Load');
        this.optional(node.returns);
        break;
      case 'ClassDef':
        this.body(node.body, 'ClassDef');
        this.typeParams(node.type_params);
        this.exprs(node.bases, 'Load');
        this.keywords(node.keywords);
        this.exprs(node.decorator_list, 'Load');
        break;
      case 'Return':
        this.optional(node.value);
        break;
      case 'Delete':
        nonEmpty(node.targets, 'targets', 'Delete');
        this.exprs(node.targets, 'Del');
        break;
      case 'Assign':
        nonEmpty(node.targets, 'targets', 'Assign');
        this.exprs(node.targets, 'Store');
        this.expr(node.value, 'Load');
        break;
      case 'AugAssign':
        this.expr(node.target, 'Store');
        this.expr(node.value, 'Load');
        break;
      case 'AnnAssign':
        if (node.target._type !== 'Name' && node.simple) {
          throw new AstError('TypeError', 'AnnAssign with simple non-Name target');
        }
        this.expr(node.target, 'Store');
        this.optional(node.value);
        this.expr(node.annotation, 'Load');
        break;
      case 'TypeAlias':
        if (node.name._type !== 'Name') throw new AstError('TypeError', 'TypeAlias with non-Name name');
        this.expr(node.name, 'Store');
        this.typeParams(node.type_params);
        this.expr(node.value, 'Load');
        break;
      case 'For':
      case 'AsyncFor':
        this.expr(node.target, 'Store');
        this.expr(node.iter, 'Load');
        this.body(node.body, node._type);
        this.stmts(node.orelse);
        break;
      case 'While':
      case 'If':
        this.expr(node.test, 'Load');
        this.body(node.body, node._type);
        this.stmts(node.orelse);
        break;
      case 'With':
      case 'AsyncWith':
        nonEmpty(node.items, 'items', node._type);
        for (const item of node.items) this.withItem(item);
        this.body(node.body, node._type);
        break;
      case 'Match':
        this.expr(node.subject, 'Load');
        nonEmpty(node.cases, 'cases', 'Match');
        for (const { pattern, guard, body } of node.cases) {
          this.pattern(pattern, false);
          this.optional(guard);
          this.body(body, 'match_case');
        }
        break;
      case 'Raise':
        if (node.exc !== null) {
          this.expr(node.exc, 'Load');
          this.optional(node.cause);
        } else if (node.cause !== null) throw valueError('Raise with cause but no exception');
        break;
      case 'Try':
      case 'TryStar': {
        const { body, handlers, orelse, finalbody, _type } = node;
        this.body(body, _type);
        if (handlers.length === 0) {
          if (finalbody.length === 0) throw valueError(`${_type} has neither handlers nor finalbody`);
          if (orelse.length > 0) throw valueError(`${_type} has orelse but no except handlers`);
        }
        for (const handler of handlers) {
          positions(handler);
          this.optional(handler.type);
          this.body(handler.body, 'ExceptHandler');
        }
        this.stmts(finalbody);
        this.stmts(orelse);
        break;
      }
      case 'Assert':
        this.expr(node.test, 'Load');
        this.optional(node.msg);
        break;
      case 'ImportFrom':
        if (node.level !== null && node.level < 0) throw valueError('Negative ImportFrom level');
        nonEmpty(node.names, 'names', node._type);
        break;
      case 'Import':
      case 'Global':
      case 'Nonlocal':
        nonEmpty(node.names, 'names', node._type);
        break;
      case 'Expr':
        this.expr(node.value, 'Load');
        break;
      case 'Pass':
      case 'Break':
      case 'Continue':
        break;
    }
    this.depth--;
  }

  private withItem(item: withitem): void {
    this.expr(item.context_expr, 'Load');
    if (item.optional_vars !== null) this.expr(item.optional_vars, 'Store');
  }

  private typeParams(params: readonly type_param[]): void {
    for (const param of params) {
      positions(param);
      name(param.name);
      if (param._type === 'TypeVar') this.optional(param.bound);
      this.optional(param.default_value);
    }
  }
}
