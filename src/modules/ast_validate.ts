// ast_validate.ts: whether a tree made of AST objects is one that the compiler can take.       CPython: Python/ast.c
//
// The parser makes valid trees only; a program may put any nodes together. What conversion (ast_convert.ts) could not
// see is checked here: contexts, empty bodies, lengths that must agree, names that are no names.
// CHECKS says for each node what to look at, in the order in which CPython finds errors.

import { PyErr_SetString } from '../core/errors.ts';
import { PyExc_RecursionError, PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import type { arguments as Arguments, arg, expr, mod, pattern, stmt, type_param } from '../parser/ast.generated.ts';
import { Complex, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { InvalidConstant } from './ast_convert.ts';
import { ast_state } from './ast_types.ts';

type Node = Record<string, unknown> & { _type: string };
type Context = 'Load' | 'Store' | 'Del';

function bad_value(message: string): never {
  PyErr_SetString(PyExc_ValueError, message);
}

interface Positioned {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

/** CPython: VALIDATE_POSITIONS */
function positions(node: Positioned): void {
  const { lineno, col_offset, end_lineno, end_col_offset } = node;
  if (lineno > end_lineno) bad_value(`AST node line range (${lineno}, ${end_lineno}) is not valid`);
  if ((lineno < 0 && end_lineno !== lineno) || (col_offset < 0 && col_offset !== end_col_offset)) {
    bad_value(
      `AST node column range (${col_offset}, ${end_col_offset}) for line range (${lineno}, ${end_lineno}) is not valid`,
    );
  }
  if (lineno === end_lineno && col_offset > end_col_offset) {
    bad_value(`line ${lineno}, column ${col_offset}-${end_col_offset} is not a valid range`);
  }
}

function name(id: string): void {
  if (id === 'None' || id === 'True' || id === 'False') bad_value(`identifier field can't represent '${id}' constant`);
}

function capture(id: string): void {
  if (id === '_') bad_value("can't capture name '_' in patterns");
  name(id);
}

// --- the table -----------------------------------------------------------------------------------------------------------

/**
 * Per node, the fields to check in order: 'x' an expression to load, a list of them, or another part of the tree;
 * 'x:Store' in that context; 'x:ctx' in the context of the node itself; 'x!' a list that must not be empty;
 * 'x~' a list of expressions in which None may stand; 'x=' a name. A field that is None is skipped.
 */
const CHECKS: Readonly<Record<string, string>> = {
  FunctionDef: 'body! name= type_params args decorator_list returns',
  AsyncFunctionDef: 'body! name= type_params args decorator_list returns',
  ClassDef: 'body! name= type_params bases keywords decorator_list',
  Return: 'value',
  Delete: 'targets!:Del',
  Assign: 'targets!:Store value',
  AugAssign: 'target:Store value',
  AnnAssign: 'target:Store value annotation',
  TypeAlias: 'name:Store type_params value',
  For: 'target:Store iter body! orelse',
  AsyncFor: 'target:Store iter body! orelse',
  While: 'test body! orelse',
  If: 'test body! orelse',
  With: 'items! body!',
  AsyncWith: 'items! body!',
  Match: 'subject cases!',
  Raise: 'exc cause',
  Assert: 'test msg',
  Import: 'names!',
  ImportFrom: 'names!',
  Global: 'names!',
  Nonlocal: 'names!',
  Expr: 'value',
  Pass: '',
  Break: '',
  Continue: '',
  BoolOp: 'values',
  NamedExpr: 'value',
  BinOp: 'left right',
  UnaryOp: 'operand',
  Lambda: 'args body',
  IfExp: 'test body orelse',
  Dict: 'keys~ values',
  Set: 'elts',
  ListComp: 'generators elt',
  SetComp: 'generators elt',
  GeneratorExp: 'generators elt',
  DictComp: 'generators key value',
  Await: 'value',
  Yield: 'value',
  YieldFrom: 'value',
  Compare: 'comparators left',
  Call: 'func args keywords',
  FormattedValue: 'value format_spec',
  Interpolation: 'value format_spec',
  JoinedStr: 'values',
  TemplateStr: 'values',
  Attribute: 'value',
  Subscript: 'slice value',
  Starred: 'value:ctx',
  Name: '',
  List: 'elts:ctx',
  Tuple: 'elts:ctx',
  Slice: 'lower upper step',
  comprehension: 'target:Store iter ifs',
  keyword: 'value',
  withitem: 'context_expr optional_vars:Store',
  match_case: 'pattern guard body!',
  ExceptHandler: 'type name= body!',
  alias: 'name= asname=',
};

interface Check {
  readonly field: string;
  readonly context: Context | 'ctx';
  readonly nonempty: boolean;
  readonly null_ok: boolean;
  readonly name: boolean;
}

const parsed_checks = new Map<string, readonly Check[]>();

function checks_of(type: string): readonly Check[] {
  let list = parsed_checks.get(type);
  if (list === undefined) {
    const text = CHECKS[type] ?? '';
    list = (text === '' ? [] : text.split(' ')).map(word => {
      const [head, context] = word.split(':') as [string, string | undefined];
      const field = head.replace(/[!~=]$/, '');
      return {
        field,
        context: (context ?? 'Load') as Check['context'],
        nonempty: head.endsWith('!'),
        null_ok: head.endsWith('~'),
        name: head.endsWith('='),
      };
    });
    parsed_checks.set(type, list);
  }
  return list;
}

function run_checks(node: Node, ctx: Context): void {
  for (const check of checks_of(node._type)) {
    const value = node[check.field];
    const context = check.context === 'ctx' ? ctx : check.context;
    if (Array.isArray(value)) {
      if (check.nonempty && value.length === 0) bad_value(`empty ${check.field} on ${node._type}`);
      for (const item of value) {
        if (item === null) {
          if (check.null_ok) continue;
          bad_value(
            `None disallowed in ${check.field === 'body' || check.field === 'orelse' ? 'statement' : 'expression'} list`,
          );
        }
        if (typeof item !== 'string') part(item as Node, context);
      }
    } else if (check.name) {
      if (value !== null) name(value as string);
    } else if (value !== null) part(value as Node, context);
  }
}

/** Any part of a tree that a field may hold. */
function part(node: Node, ctx: Context): void {
  switch (node._type) {
    case 'arguments':
      args(node as unknown as Arguments);
      return;
    case 'comprehension':
    case 'keyword':
    case 'withitem':
    case 'match_case':
    case 'alias':
      run_checks(node, 'Load');
      return;
    case 'ExceptHandler':
      positions(node as unknown as Positioned);
      run_checks(node, 'Load');
      return;
    case 'TypeVar':
    case 'ParamSpec':
    case 'TypeVarTuple':
      type_parameter(node as unknown as type_param);
      return;
    case 'MatchValue':
    case 'MatchSingleton':
    case 'MatchSequence':
    case 'MatchMapping':
    case 'MatchClass':
    case 'MatchStar':
    case 'MatchAs':
    case 'MatchOr':
      match_pattern(node as unknown as pattern, false);
      return;
    default:
      if (is_statement(node._type)) statement(node as unknown as stmt);
      else expression(node as unknown as expr, ctx);
  }
}

/** Whether a node is a statement. */
function is_statement(type: string): boolean {
  return ast_state().nodes.get(type)!.type.tp_base === ast_state().nodes.get('Pass')!.type.tp_base;
}

function type_parameter(node: type_param): void {
  positions(node);
  name(node.name);
  if (node._type === 'TypeVar' && node.bound !== null) expression(node.bound, 'Load');
  if (node.default_value !== null) expression(node.default_value, 'Load');
}

function parameter(node: arg): void {
  positions(node);
  if (node.annotation !== null) expression(node.annotation, 'Load');
}

function args(node: Arguments): void {
  for (const a of node.posonlyargs) parameter(a);
  for (const a of node.args) parameter(a);
  const { vararg, kwarg } = node;
  if (vararg !== null && vararg.annotation !== null) expression(vararg.annotation, 'Load');
  for (const a of node.kwonlyargs) parameter(a);
  if (kwarg !== null && kwarg.annotation !== null) expression(kwarg.annotation, 'Load');
  if (node.defaults.length > node.posonlyargs.length + node.args.length) {
    bad_value('more positional defaults than args on arguments');
  }
  if (node.kw_defaults.length !== node.kwonlyargs.length) {
    bad_value('length of kwonlyargs is not the same as kw_defaults on arguments');
  }
  expressions(node.defaults, false);
  expressions(node.kw_defaults, true);
}

// --- statements ----------------------------------------------------------------------------------------------------------

function statements(body: readonly (stmt | null)[]): void {
  for (const node of body) {
    if (node === null) bad_value('None disallowed in statement list');
    statement(node);
  }
}

/** CPython: Python/ast.c:validate_stmt */
function statement(node: stmt): void {
  positions(node);
  switch (node._type) {
    case 'AnnAssign':
      if (node.target._type !== 'Name' && node.simple) {
        PyErr_SetString(PyExc_TypeError, 'AnnAssign with simple non-Name target');
      }
      break;
    case 'TypeAlias':
      if (node.name._type !== 'Name') PyErr_SetString(PyExc_TypeError, 'TypeAlias with non-Name name');
      break;
    case 'Raise':
      if (node.exc === null && node.cause !== null) bad_value('Raise with cause but no exception');
      break;
    case 'ImportFrom':
      if ((node.level ?? 0) < 0) bad_value('Negative ImportFrom level');
      break;
    case 'Try':
    case 'TryStar': {
      if (node.body.length === 0) bad_value(`empty body on ${node._type}`);
      statements(node.body);
      if (node.handlers.length === 0) {
        if (node.finalbody.length === 0) bad_value(`${node._type} has neither except handlers nor finalbody`);
        if (node.orelse.length > 0) bad_value(`${node._type} has orelse but no except handlers`);
      }
      for (const handler of node.handlers) {
        if (handler === null) bad_value('None disallowed in handler list');
        // CPython 3.14 lets `except*` bind any name.
        const { name } = handler;
        if (node._type === 'TryStar') handler.name = null;
        part(handler as unknown as Node, 'Load');
        handler.name = name;
      }
      statements(node.finalbody);
      statements(node.orelse);
      return;
    }
  }
  run_checks(node as unknown as Node, 'Load');
}

// --- expressions ---------------------------------------------------------------------------------------------------------

function expressions(list: readonly (expr | null)[], null_ok: boolean): void {
  for (const node of list) {
    if (node !== null) expression(node, 'Load');
    else if (!null_ok) bad_value('None disallowed in expression list');
  }
}

function constant(value: unknown): void {
  if (value instanceof InvalidConstant) {
    PyErr_SetString(PyExc_TypeError, `got an invalid type in Constant: ${value.type_name}`);
  }
  if (value instanceof PyTuple || value instanceof FrozenSet) for (const item of value.items) constant(item);
}

/** CPython: Python/ast.c:validate_expr */
function expression(node: expr, ctx: Context): void {
  positions(node);
  switch (node._type) {
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
    case 'Name':
    case 'List':
    case 'Tuple':
      if (node._type === 'Name') name(node.id);
      if (node.ctx !== ctx) bad_value(`expression must have ${ctx} context but has ${node.ctx} instead`);
      break;
    default:
      if (ctx !== 'Load') bad_value(`expression which can't be assigned to in ${ctx} context`);
  }
  switch (node._type) {
    case 'BoolOp':
      if (node.values.length < 2) bad_value('BoolOp with less than 2 values');
      break;
    case 'Dict':
      if (node.keys.length !== node.values.length) bad_value("Dict doesn't have the same number of keys as values");
      break;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      if (node.generators.length === 0) bad_value('comprehension with no generators');
      break;
    case 'Compare':
      if (node.comparators.length === 0) bad_value('Compare with no comparators');
      if (node.comparators.length !== node.ops.length) {
        bad_value('Compare has a different number of comparators and operands');
      }
      break;
    case 'NamedExpr':
      if (node.target._type !== 'Name') PyErr_SetString(PyExc_TypeError, 'NamedExpr target must be a Name');
      break;
    case 'Constant':
      constant(node.value);
      return;
  }
  run_checks(node as unknown as Node, ctx);
}

// --- patterns ------------------------------------------------------------------------------------------------------------

function is_number(node: expr, real: boolean, imaginary: boolean): boolean {
  if (node._type !== 'Constant') return false;
  const { value } = node;
  return ((typeof value === 'number' || typeof value === 'bigint') && real) || (value instanceof Complex && imaginary);
}

function is_negative(node: expr, imaginary: boolean): boolean {
  return node._type === 'UnaryOp' && node.op === 'USub' && is_number(node.operand, true, imaginary);
}

function is_complex(node: expr): boolean {
  return (
    node._type === 'BinOp' &&
    (node.op === 'Add' || node.op === 'Sub') &&
    (is_number(node.left, true, false) || is_negative(node.left, false)) &&
    is_number(node.right, false, true)
  );
}

/** What may stand in a value pattern. CPython: validate_pattern_match_value */
function match_value(node: expr): void {
  expression(node, 'Load');
  switch (node._type) {
    case 'Constant': {
      const { value } = node;
      const kind = typeof value;
      if (kind === 'string' || kind === 'number' || kind === 'bigint') return;
      if (value instanceof Complex || value instanceof Uint8Array || value instanceof SurrogateStr) return;
      bad_value('unexpected constant inside of a literal pattern');
      break;
    }
    case 'Attribute':
    case 'JoinedStr':
    case 'TemplateStr':
      return;
  }
  if (!is_negative(node, true) && !is_complex(node)) {
    bad_value('patterns may only match literals and attribute lookups');
  }
}

function match_patterns(list: readonly pattern[], star_ok: boolean): void {
  for (const node of list) {
    if (node === null) bad_value('None disallowed in pattern list');
    match_pattern(node, star_ok);
  }
}

/** CPython: Python/ast.c:validate_pattern */
function match_pattern(node: pattern, star_ok: boolean): void {
  positions(node);
  switch (node._type) {
    case 'MatchValue':
      match_value(node.value);
      return;
    case 'MatchSingleton':
      if (node.value !== null && typeof node.value !== 'boolean') {
        bad_value('MatchSingleton can only contain True, False and None');
      }
      return;
    case 'MatchSequence':
      match_patterns(node.patterns, true);
      return;
    case 'MatchMapping':
      if (node.keys.length !== node.patterns.length) {
        bad_value("MatchMapping doesn't have the same number of keys as patterns");
      }
      if (node.rest !== null) capture(node.rest);
      for (const key of node.keys) {
        if (key._type === 'Constant' && (key.value === null || typeof key.value === 'boolean')) continue;
        match_value(key);
      }
      match_patterns(node.patterns, false);
      return;
    case 'MatchClass': {
      if (node.kwd_attrs.length !== node.kwd_patterns.length) {
        bad_value("MatchClass doesn't have the same number of keyword attributes as patterns");
      }
      expression(node.cls, 'Load');
      let cls = node.cls;
      while (cls._type === 'Attribute') cls = cls.value;
      if (cls._type !== 'Name') bad_value('MatchClass cls field can only contain Name or Attribute nodes.');
      for (const id of node.kwd_attrs) name(id);
      match_patterns(node.patterns, false);
      match_patterns(node.kwd_patterns, false);
      return;
    }
    case 'MatchStar':
      if (!star_ok) bad_value("can't use MatchStar here");
      if (node.name !== null) capture(node.name);
      return;
    case 'MatchAs':
      if (node.name !== null) capture(node.name);
      if (node.pattern === null) return;
      if (node.name === null) bad_value('MatchAs must specify a target name if a pattern is given');
      match_pattern(node.pattern, false);
      return;
    case 'MatchOr':
      if (node.patterns.length < 2) bad_value('MatchOr requires at least 2 patterns');
      match_patterns(node.patterns, false);
      return;
  }
}

/** Raises unless the compiler can take the tree. CPython: Python/ast.c:_PyAST_Validate */
export function _PyAST_Validate(tree: mod): void {
  try {
    switch (tree._type) {
      case 'Module':
      case 'Interactive':
        statements(tree.body);
        return;
      case 'Expression':
        expression(tree.body, 'Load');
        return;
      case 'FunctionType':
        expressions(tree.argtypes, false);
        expression(tree.returns, 'Load');
        return;
      default:
        PyErr_SetString(PyExc_SystemError, 'impossible module node');
    }
  } catch (e) {
    if (e instanceof RangeError) {
      PyErr_SetString(PyExc_RecursionError, 'maximum recursion depth exceeded during compilation');
    }
    throw e;
  }
}
