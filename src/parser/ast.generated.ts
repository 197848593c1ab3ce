// Written by scripts/generate-ast.mjs from asdl.ts: change that table, not this file.
import type { Constant as ConstantValue } from './constants.ts';

export type mod = Module | Interactive | Expression | FunctionType;
export type stmt = FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | TypeAlias | AugAssign | AnnAssign | For | AsyncFor | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert | Import | ImportFrom | Global | Nonlocal | Expr | Pass | Break | Continue;
export type expr = BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | Set | ListComp | SetComp | DictComp | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | Interpolation | JoinedStr | TemplateStr | Constant | Attribute | Subscript | Starred | Name | List | Tuple | Slice;
export type expr_context = 'Load' | 'Store' | 'Del';
export type boolop = 'And' | 'Or';
export type operator = 'Add' | 'Sub' | 'Mult' | 'MatMult' | 'Div' | 'Mod' | 'Pow' | 'LShift' | 'RShift' | 'BitOr' | 'BitXor' | 'BitAnd' | 'FloorDiv';
export type unaryop = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type cmpop = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';
export type excepthandler = ExceptHandler;
export type pattern = MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;
export type type_ignore = TypeIgnore;
export type type_param = TypeVar | ParamSpec | TypeVarTuple;

export class Module {
  readonly _type = 'Module' as const;
  body: stmt[];
  type_ignores: type_ignore[];
  constructor(body: stmt[], type_ignores: type_ignore[]) {
    this.body = body;
    this.type_ignores = type_ignores;
  }
}

export class Interactive {
  readonly _type = 'Interactive' as const;
  body: stmt[];
  constructor(body: stmt[]) {
    this.body = body;
  }
}

export class Expression {
  readonly _type = 'Expression' as const;
  body: expr;
  constructor(body: expr) {
    this.body = body;
  }
}

export class FunctionType {
  readonly _type = 'FunctionType' as const;
  argtypes: expr[];
  returns: expr;
  constructor(argtypes: expr[], returns: expr) {
    this.argtypes = argtypes;
    this.returns = returns;
  }
}

export class FunctionDef {
  readonly _type = 'FunctionDef' as const;
  name: string;
  args: arguments;
  body: stmt[];
  decorator_list: expr[];
  returns: expr | null;
  type_comment: string | null;
  type_params: type_param[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, args: arguments, body: stmt[], decorator_list: expr[], returns: expr | null, type_comment: string | null, type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.args = args;
    this.body = body;
    this.decorator_list = decorator_list;
    this.returns = returns;
    this.type_comment = type_comment;
    this.type_params = type_params;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class AsyncFunctionDef {
  readonly _type = 'AsyncFunctionDef' as const;
  name: string;
  args: arguments;
  body: stmt[];
  decorator_list: expr[];
  returns: expr | null;
  type_comment: string | null;
  type_params: type_param[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, args: arguments, body: stmt[], decorator_list: expr[], returns: expr | null, type_comment: string | null, type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.args = args;
    this.body = body;
    this.decorator_list = decorator_list;
    this.returns = returns;
    this.type_comment = type_comment;
    this.type_params = type_params;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ClassDef {
  readonly _type = 'ClassDef' as const;
  name: string;
  bases: expr[];
  keywords: keyword[];
  body: stmt[];
  decorator_list: expr[];
  type_params: type_param[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, bases: expr[], keywords: keyword[], body: stmt[], decorator_list: expr[], type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.bases = bases;
    this.keywords = keywords;
    this.body = body;
    this.decorator_list = decorator_list;
    this.type_params = type_params;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Return {
  readonly _type = 'Return' as const;
  value: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Delete {
  readonly _type = 'Delete' as const;
  targets: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(targets: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.targets = targets;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Assign {
  readonly _type = 'Assign' as const;
  targets: expr[];
  value: expr;
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(targets: expr[], value: expr, type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.targets = targets;
    this.value = value;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TypeAlias {
  readonly _type = 'TypeAlias' as const;
  name: expr;
  type_params: type_param[];
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: expr, type_params: type_param[], value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.type_params = type_params;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class AugAssign {
  readonly _type = 'AugAssign' as const;
  target: expr;
  op: operator;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(target: expr, op: operator, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.target = target;
    this.op = op;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class AnnAssign {
  readonly _type = 'AnnAssign' as const;
  target: expr;
  annotation: expr;
  value: expr | null;
  simple: number;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(target: expr, annotation: expr, value: expr | null, simple: number, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.target = target;
    this.annotation = annotation;
    this.value = value;
    this.simple = simple;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class For {
  readonly _type = 'For' as const;
  target: expr;
  iter: expr;
  body: stmt[];
  orelse: stmt[];
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(target: expr, iter: expr, body: stmt[], orelse: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.target = target;
    this.iter = iter;
    this.body = body;
    this.orelse = orelse;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class AsyncFor {
  readonly _type = 'AsyncFor' as const;
  target: expr;
  iter: expr;
  body: stmt[];
  orelse: stmt[];
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(target: expr, iter: expr, body: stmt[], orelse: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.target = target;
    this.iter = iter;
    this.body = body;
    this.orelse = orelse;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class While {
  readonly _type = 'While' as const;
  test: expr;
  body: stmt[];
  orelse: stmt[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(test: expr, body: stmt[], orelse: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.test = test;
    this.body = body;
    this.orelse = orelse;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class If {
  readonly _type = 'If' as const;
  test: expr;
  body: stmt[];
  orelse: stmt[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(test: expr, body: stmt[], orelse: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.test = test;
    this.body = body;
    this.orelse = orelse;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class With {
  readonly _type = 'With' as const;
  items: withitem[];
  body: stmt[];
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(items: withitem[], body: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.items = items;
    this.body = body;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class AsyncWith {
  readonly _type = 'AsyncWith' as const;
  items: withitem[];
  body: stmt[];
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(items: withitem[], body: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.items = items;
    this.body = body;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Match {
  readonly _type = 'Match' as const;
  subject: expr;
  cases: match_case[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(subject: expr, cases: match_case[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.subject = subject;
    this.cases = cases;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Raise {
  readonly _type = 'Raise' as const;
  exc: expr | null;
  cause: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(exc: expr | null, cause: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.exc = exc;
    this.cause = cause;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Try {
  readonly _type = 'Try' as const;
  body: stmt[];
  handlers: excepthandler[];
  orelse: stmt[];
  finalbody: stmt[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(body: stmt[], handlers: excepthandler[], orelse: stmt[], finalbody: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.body = body;
    this.handlers = handlers;
    this.orelse = orelse;
    this.finalbody = finalbody;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TryStar {
  readonly _type = 'TryStar' as const;
  body: stmt[];
  handlers: excepthandler[];
  orelse: stmt[];
  finalbody: stmt[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(body: stmt[], handlers: excepthandler[], orelse: stmt[], finalbody: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.body = body;
    this.handlers = handlers;
    this.orelse = orelse;
    this.finalbody = finalbody;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Assert {
  readonly _type = 'Assert' as const;
  test: expr;
  msg: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(test: expr, msg: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.test = test;
    this.msg = msg;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Import {
  readonly _type = 'Import' as const;
  names: alias[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(names: alias[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ImportFrom {
  readonly _type = 'ImportFrom' as const;
  module: string | null;
  names: alias[];
  level: number | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(module: string | null, names: alias[], level: number | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.module = module;
    this.names = names;
    this.level = level;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Global {
  readonly _type = 'Global' as const;
  names: string[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Nonlocal {
  readonly _type = 'Nonlocal' as const;
  names: string[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Expr {
  readonly _type = 'Expr' as const;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Pass {
  readonly _type = 'Pass' as const;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Break {
  readonly _type = 'Break' as const;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Continue {
  readonly _type = 'Continue' as const;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class BoolOp {
  readonly _type = 'BoolOp' as const;
  op: boolop;
  values: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(op: boolop, values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.op = op;
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class NamedExpr {
  readonly _type = 'NamedExpr' as const;
  target: expr;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(target: expr, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.target = target;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class BinOp {
  readonly _type = 'BinOp' as const;
  left: expr;
  op: operator;
  right: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(left: expr, op: operator, right: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.left = left;
    this.op = op;
    this.right = right;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class UnaryOp {
  readonly _type = 'UnaryOp' as const;
  op: unaryop;
  operand: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(op: unaryop, operand: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.op = op;
    this.operand = operand;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Lambda {
  readonly _type = 'Lambda' as const;
  args: arguments;
  body: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(args: arguments, body: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.args = args;
    this.body = body;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class IfExp {
  readonly _type = 'IfExp' as const;
  test: expr;
  body: expr;
  orelse: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(test: expr, body: expr, orelse: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.test = test;
    this.body = body;
    this.orelse = orelse;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Dict {
  readonly _type = 'Dict' as const;
  keys: (expr | null)[];
  values: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(keys: (expr | null)[], values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.keys = keys;
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Set {
  readonly _type = 'Set' as const;
  elts: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elts: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elts = elts;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ListComp {
  readonly _type = 'ListComp' as const;
  elt: expr;
  generators: comprehension[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class SetComp {
  readonly _type = 'SetComp' as const;
  elt: expr;
  generators: comprehension[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class DictComp {
  readonly _type = 'DictComp' as const;
  key: expr;
  value: expr;
  generators: comprehension[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(key: expr, value: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.key = key;
    this.value = value;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class GeneratorExp {
  readonly _type = 'GeneratorExp' as const;
  elt: expr;
  generators: comprehension[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Await {
  readonly _type = 'Await' as const;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Yield {
  readonly _type = 'Yield' as const;
  value: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class YieldFrom {
  readonly _type = 'YieldFrom' as const;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Compare {
  readonly _type = 'Compare' as const;
  left: expr;
  ops: cmpop[];
  comparators: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(left: expr, ops: cmpop[], comparators: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.left = left;
    this.ops = ops;
    this.comparators = comparators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Call {
  readonly _type = 'Call' as const;
  func: expr;
  args: expr[];
  keywords: keyword[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(func: expr, args: expr[], keywords: keyword[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.func = func;
    this.args = args;
    this.keywords = keywords;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class FormattedValue {
  readonly _type = 'FormattedValue' as const;
  value: expr;
  conversion: number;
  format_spec: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, conversion: number, format_spec: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.conversion = conversion;
    this.format_spec = format_spec;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Interpolation {
  readonly _type = 'Interpolation' as const;
  value: expr;
  str: ConstantValue;
  conversion: number;
  format_spec: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, str: ConstantValue, conversion: number, format_spec: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.str = str;
    this.conversion = conversion;
    this.format_spec = format_spec;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class JoinedStr {
  readonly _type = 'JoinedStr' as const;
  values: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TemplateStr {
  readonly _type = 'TemplateStr' as const;
  values: expr[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Constant {
  readonly _type = 'Constant' as const;
  value: ConstantValue;
  kind: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: ConstantValue, kind: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.kind = kind;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Attribute {
  readonly _type = 'Attribute' as const;
  value: expr;
  attr: string;
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, attr: string, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.attr = attr;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Subscript {
  readonly _type = 'Subscript' as const;
  value: expr;
  slice: expr;
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, slice: expr, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.slice = slice;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Starred {
  readonly _type = 'Starred' as const;
  value: expr;
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Name {
  readonly _type = 'Name' as const;
  id: string;
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(id: string, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.id = id;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class List {
  readonly _type = 'List' as const;
  elts: expr[];
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elts: expr[], ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elts = elts;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Tuple {
  readonly _type = 'Tuple' as const;
  elts: expr[];
  ctx: expr_context;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(elts: expr[], ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.elts = elts;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Slice {
  readonly _type = 'Slice' as const;
  lower: expr | null;
  upper: expr | null;
  step: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(lower: expr | null, upper: expr | null, step: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.lower = lower;
    this.upper = upper;
    this.step = step;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class comprehension {
  readonly _type = 'comprehension' as const;
  target: expr;
  iter: expr;
  ifs: expr[];
  is_async: number;
  constructor(target: expr, iter: expr, ifs: expr[], is_async: number) {
    this.target = target;
    this.iter = iter;
    this.ifs = ifs;
    this.is_async = is_async;
  }
}

export class ExceptHandler {
  readonly _type = 'ExceptHandler' as const;
  type: expr | null;
  name: string | null;
  body: stmt[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(type: expr | null, name: string | null, body: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.type = type;
    this.name = name;
    this.body = body;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class arguments {
  readonly _type = 'arguments' as const;
  posonlyargs: arg[];
  args: arg[];
  vararg: arg | null;
  kwonlyargs: arg[];
  kw_defaults: (expr | null)[];
  kwarg: arg | null;
  defaults: expr[];
  constructor(posonlyargs: arg[], args: arg[], vararg: arg | null, kwonlyargs: arg[], kw_defaults: (expr | null)[], kwarg: arg | null, defaults: expr[]) {
    this.posonlyargs = posonlyargs;
    this.args = args;
    this.vararg = vararg;
    this.kwonlyargs = kwonlyargs;
    this.kw_defaults = kw_defaults;
    this.kwarg = kwarg;
    this.defaults = defaults;
  }
}

export class arg {
  readonly _type = 'arg' as const;
  arg: string;
  annotation: expr | null;
  type_comment: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(arg: string, annotation: expr | null, type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.arg = arg;
    this.annotation = annotation;
    this.type_comment = type_comment;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class keyword {
  readonly _type = 'keyword' as const;
  arg: string | null;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(arg: string | null, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.arg = arg;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class alias {
  readonly _type = 'alias' as const;
  name: string;
  asname: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, asname: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.asname = asname;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class withitem {
  readonly _type = 'withitem' as const;
  context_expr: expr;
  optional_vars: expr | null;
  constructor(context_expr: expr, optional_vars: expr | null) {
    this.context_expr = context_expr;
    this.optional_vars = optional_vars;
  }
}

export class match_case {
  readonly _type = 'match_case' as const;
  pattern: pattern;
  guard: expr | null;
  body: stmt[];
  constructor(pattern: pattern, guard: expr | null, body: stmt[]) {
    this.pattern = pattern;
    this.guard = guard;
    this.body = body;
  }
}

export class MatchValue {
  readonly _type = 'MatchValue' as const;
  value: expr;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchSingleton {
  readonly _type = 'MatchSingleton' as const;
  value: ConstantValue;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(value: ConstantValue, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchSequence {
  readonly _type = 'MatchSequence' as const;
  patterns: pattern[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.patterns = patterns;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchMapping {
  readonly _type = 'MatchMapping' as const;
  keys: expr[];
  patterns: pattern[];
  rest: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(keys: expr[], patterns: pattern[], rest: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.keys = keys;
    this.patterns = patterns;
    this.rest = rest;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchClass {
  readonly _type = 'MatchClass' as const;
  cls: expr;
  patterns: pattern[];
  kwd_attrs: string[];
  kwd_patterns: pattern[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(cls: expr, patterns: pattern[], kwd_attrs: string[], kwd_patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.cls = cls;
    this.patterns = patterns;
    this.kwd_attrs = kwd_attrs;
    this.kwd_patterns = kwd_patterns;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchStar {
  readonly _type = 'MatchStar' as const;
  name: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchAs {
  readonly _type = 'MatchAs' as const;
  pattern: pattern | null;
  name: string | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(pattern: pattern | null, name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.pattern = pattern;
    this.name = name;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchOr {
  readonly _type = 'MatchOr' as const;
  patterns: pattern[];
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.patterns = patterns;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TypeIgnore {
  readonly _type = 'TypeIgnore' as const;
  lineno: number;
  tag: string;
  constructor(lineno: number, tag: string) {
    this.lineno = lineno;
    this.tag = tag;
  }
}

export class TypeVar {
  readonly _type = 'TypeVar' as const;
  name: string;
  bound: expr | null;
  default_value: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, bound: expr | null, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.bound = bound;
    this.default_value = default_value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ParamSpec {
  readonly _type = 'ParamSpec' as const;
  name: string;
  default_value: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.default_value = default_value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TypeVarTuple {
  readonly _type = 'TypeVarTuple' as const;
  name: string;
  default_value: expr | null;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  constructor(name: string, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this.name = name;
    this.default_value = default_value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

/** Any AST node. */
export type AST = Module | Interactive | Expression | FunctionType | FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | TypeAlias | AugAssign | AnnAssign | For | AsyncFor | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert | Import | ImportFrom | Global | Nonlocal | Expr | Pass | Break | Continue | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | Set | ListComp | SetComp | DictComp | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | Interpolation | JoinedStr | TemplateStr | Constant | Attribute | Subscript | Starred | Name | List | Tuple | Slice | comprehension | ExceptHandler | arguments | arg | keyword | alias | withitem | match_case | MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr | TypeIgnore | TypeVar | ParamSpec | TypeVarTuple;
