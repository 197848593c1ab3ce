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
  declare readonly _type: 'Module';
  declare body: stmt[];
  declare type_ignores: type_ignore[];
  constructor(body: stmt[], type_ignores: type_ignore[]) {
    this._type = 'Module';
    this.body = body;
    this.type_ignores = type_ignores;
  }
}

export class Interactive {
  declare readonly _type: 'Interactive';
  declare body: stmt[];
  constructor(body: stmt[]) {
    this._type = 'Interactive';
    this.body = body;
  }
}

export class Expression {
  declare readonly _type: 'Expression';
  declare body: expr;
  constructor(body: expr) {
    this._type = 'Expression';
    this.body = body;
  }
}

export class FunctionType {
  declare readonly _type: 'FunctionType';
  declare argtypes: expr[];
  declare returns: expr;
  constructor(argtypes: expr[], returns: expr) {
    this._type = 'FunctionType';
    this.argtypes = argtypes;
    this.returns = returns;
  }
}

export class FunctionDef {
  declare readonly _type: 'FunctionDef';
  declare name: string;
  declare args: arguments_;
  declare body: stmt[];
  declare decorator_list: expr[];
  declare returns: expr | null;
  declare type_comment: string | null;
  declare type_params: type_param[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, args: arguments_, body: stmt[], decorator_list: expr[], returns: expr | null, type_comment: string | null, type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'FunctionDef';
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
  declare readonly _type: 'AsyncFunctionDef';
  declare name: string;
  declare args: arguments_;
  declare body: stmt[];
  declare decorator_list: expr[];
  declare returns: expr | null;
  declare type_comment: string | null;
  declare type_params: type_param[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, args: arguments_, body: stmt[], decorator_list: expr[], returns: expr | null, type_comment: string | null, type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'AsyncFunctionDef';
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
  declare readonly _type: 'ClassDef';
  declare name: string;
  declare bases: expr[];
  declare keywords: keyword[];
  declare body: stmt[];
  declare decorator_list: expr[];
  declare type_params: type_param[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, bases: expr[], keywords: keyword[], body: stmt[], decorator_list: expr[], type_params: type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'ClassDef';
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
  declare readonly _type: 'Return';
  declare value: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Return';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Delete {
  declare readonly _type: 'Delete';
  declare targets: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(targets: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Delete';
    this.targets = targets;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Assign {
  declare readonly _type: 'Assign';
  declare targets: expr[];
  declare value: expr;
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(targets: expr[], value: expr, type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Assign';
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
  declare readonly _type: 'TypeAlias';
  declare name: expr;
  declare type_params: type_param[];
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: expr, type_params: type_param[], value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'TypeAlias';
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
  declare readonly _type: 'AugAssign';
  declare target: expr;
  declare op: operator;
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(target: expr, op: operator, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'AugAssign';
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
  declare readonly _type: 'AnnAssign';
  declare target: expr;
  declare annotation: expr;
  declare value: expr | null;
  declare simple: number;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(target: expr, annotation: expr, value: expr | null, simple: number, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'AnnAssign';
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
  declare readonly _type: 'For';
  declare target: expr;
  declare iter: expr;
  declare body: stmt[];
  declare orelse: stmt[];
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(target: expr, iter: expr, body: stmt[], orelse: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'For';
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
  declare readonly _type: 'AsyncFor';
  declare target: expr;
  declare iter: expr;
  declare body: stmt[];
  declare orelse: stmt[];
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(target: expr, iter: expr, body: stmt[], orelse: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'AsyncFor';
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
  declare readonly _type: 'While';
  declare test: expr;
  declare body: stmt[];
  declare orelse: stmt[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(test: expr, body: stmt[], orelse: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'While';
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
  declare readonly _type: 'If';
  declare test: expr;
  declare body: stmt[];
  declare orelse: stmt[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(test: expr, body: stmt[], orelse: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'If';
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
  declare readonly _type: 'With';
  declare items: withitem[];
  declare body: stmt[];
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(items: withitem[], body: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'With';
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
  declare readonly _type: 'AsyncWith';
  declare items: withitem[];
  declare body: stmt[];
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(items: withitem[], body: stmt[], type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'AsyncWith';
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
  declare readonly _type: 'Match';
  declare subject: expr;
  declare cases: match_case[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(subject: expr, cases: match_case[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Match';
    this.subject = subject;
    this.cases = cases;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Raise {
  declare readonly _type: 'Raise';
  declare exc: expr | null;
  declare cause: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(exc: expr | null, cause: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Raise';
    this.exc = exc;
    this.cause = cause;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Try {
  declare readonly _type: 'Try';
  declare body: stmt[];
  declare handlers: excepthandler[];
  declare orelse: stmt[];
  declare finalbody: stmt[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(body: stmt[], handlers: excepthandler[], orelse: stmt[], finalbody: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Try';
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
  declare readonly _type: 'TryStar';
  declare body: stmt[];
  declare handlers: excepthandler[];
  declare orelse: stmt[];
  declare finalbody: stmt[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(body: stmt[], handlers: excepthandler[], orelse: stmt[], finalbody: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'TryStar';
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
  declare readonly _type: 'Assert';
  declare test: expr;
  declare msg: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(test: expr, msg: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Assert';
    this.test = test;
    this.msg = msg;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Import {
  declare readonly _type: 'Import';
  declare names: alias[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(names: alias[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Import';
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ImportFrom {
  declare readonly _type: 'ImportFrom';
  declare module: string | null;
  declare names: alias[];
  declare level: number | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(module: string | null, names: alias[], level: number | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'ImportFrom';
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
  declare readonly _type: 'Global';
  declare names: string[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Global';
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Nonlocal {
  declare readonly _type: 'Nonlocal';
  declare names: string[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Nonlocal';
    this.names = names;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Expr {
  declare readonly _type: 'Expr';
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Expr';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Pass {
  declare readonly _type: 'Pass';
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Pass';
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Break {
  declare readonly _type: 'Break';
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Break';
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Continue {
  declare readonly _type: 'Continue';
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Continue';
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class BoolOp {
  declare readonly _type: 'BoolOp';
  declare op: boolop;
  declare values: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(op: boolop, values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'BoolOp';
    this.op = op;
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class NamedExpr {
  declare readonly _type: 'NamedExpr';
  declare target: expr;
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(target: expr, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'NamedExpr';
    this.target = target;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class BinOp {
  declare readonly _type: 'BinOp';
  declare left: expr;
  declare op: operator;
  declare right: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(left: expr, op: operator, right: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'BinOp';
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
  declare readonly _type: 'UnaryOp';
  declare op: unaryop;
  declare operand: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(op: unaryop, operand: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'UnaryOp';
    this.op = op;
    this.operand = operand;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Lambda {
  declare readonly _type: 'Lambda';
  declare args: arguments_;
  declare body: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(args: arguments_, body: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Lambda';
    this.args = args;
    this.body = body;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class IfExp {
  declare readonly _type: 'IfExp';
  declare test: expr;
  declare body: expr;
  declare orelse: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(test: expr, body: expr, orelse: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'IfExp';
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
  declare readonly _type: 'Dict';
  declare keys: (expr | null)[];
  declare values: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(keys: (expr | null)[], values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Dict';
    this.keys = keys;
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Set {
  declare readonly _type: 'Set';
  declare elts: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elts: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Set';
    this.elts = elts;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class ListComp {
  declare readonly _type: 'ListComp';
  declare elt: expr;
  declare generators: comprehension[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'ListComp';
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class SetComp {
  declare readonly _type: 'SetComp';
  declare elt: expr;
  declare generators: comprehension[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'SetComp';
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class DictComp {
  declare readonly _type: 'DictComp';
  declare key: expr;
  declare value: expr;
  declare generators: comprehension[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(key: expr, value: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'DictComp';
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
  declare readonly _type: 'GeneratorExp';
  declare elt: expr;
  declare generators: comprehension[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elt: expr, generators: comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'GeneratorExp';
    this.elt = elt;
    this.generators = generators;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Await {
  declare readonly _type: 'Await';
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Await';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Yield {
  declare readonly _type: 'Yield';
  declare value: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Yield';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class YieldFrom {
  declare readonly _type: 'YieldFrom';
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'YieldFrom';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Compare {
  declare readonly _type: 'Compare';
  declare left: expr;
  declare ops: cmpop[];
  declare comparators: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(left: expr, ops: cmpop[], comparators: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Compare';
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
  declare readonly _type: 'Call';
  declare func: expr;
  declare args: expr[];
  declare keywords: keyword[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(func: expr, args: expr[], keywords: keyword[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Call';
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
  declare readonly _type: 'FormattedValue';
  declare value: expr;
  declare conversion: number;
  declare format_spec: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, conversion: number, format_spec: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'FormattedValue';
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
  declare readonly _type: 'Interpolation';
  declare value: expr;
  declare str: ConstantValue;
  declare conversion: number;
  declare format_spec: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, str: ConstantValue, conversion: number, format_spec: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Interpolation';
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
  declare readonly _type: 'JoinedStr';
  declare values: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'JoinedStr';
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TemplateStr {
  declare readonly _type: 'TemplateStr';
  declare values: expr[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(values: expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'TemplateStr';
    this.values = values;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Constant {
  declare readonly _type: 'Constant';
  declare value: ConstantValue;
  declare kind: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: ConstantValue, kind: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Constant';
    this.value = value;
    this.kind = kind;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Attribute {
  declare readonly _type: 'Attribute';
  declare value: expr;
  declare attr: string;
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, attr: string, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Attribute';
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
  declare readonly _type: 'Subscript';
  declare value: expr;
  declare slice: expr;
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, slice: expr, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Subscript';
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
  declare readonly _type: 'Starred';
  declare value: expr;
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Starred';
    this.value = value;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Name {
  declare readonly _type: 'Name';
  declare id: string;
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(id: string, ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Name';
    this.id = id;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class List {
  declare readonly _type: 'List';
  declare elts: expr[];
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elts: expr[], ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'List';
    this.elts = elts;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Tuple {
  declare readonly _type: 'Tuple';
  declare elts: expr[];
  declare ctx: expr_context;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(elts: expr[], ctx: expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Tuple';
    this.elts = elts;
    this.ctx = ctx;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class Slice {
  declare readonly _type: 'Slice';
  declare lower: expr | null;
  declare upper: expr | null;
  declare step: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(lower: expr | null, upper: expr | null, step: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'Slice';
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
  declare readonly _type: 'comprehension';
  declare target: expr;
  declare iter: expr;
  declare ifs: expr[];
  declare is_async: number;
  constructor(target: expr, iter: expr, ifs: expr[], is_async: number) {
    this._type = 'comprehension';
    this.target = target;
    this.iter = iter;
    this.ifs = ifs;
    this.is_async = is_async;
  }
}

export class ExceptHandler {
  declare readonly _type: 'ExceptHandler';
  declare type: expr | null;
  declare name: string | null;
  declare body: stmt[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(type: expr | null, name: string | null, body: stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'ExceptHandler';
    this.type = type;
    this.name = name;
    this.body = body;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class arguments_ {
  declare readonly _type: 'arguments';
  declare posonlyargs: arg[];
  declare args: arg[];
  declare vararg: arg | null;
  declare kwonlyargs: arg[];
  declare kw_defaults: (expr | null)[];
  declare kwarg: arg | null;
  declare defaults: expr[];
  constructor(posonlyargs: arg[], args: arg[], vararg: arg | null, kwonlyargs: arg[], kw_defaults: (expr | null)[], kwarg: arg | null, defaults: expr[]) {
    this._type = 'arguments';
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
  declare readonly _type: 'arg';
  declare arg: string;
  declare annotation: expr | null;
  declare type_comment: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(arg: string, annotation: expr | null, type_comment: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'arg';
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
  declare readonly _type: 'keyword';
  declare arg: string | null;
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(arg: string | null, value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'keyword';
    this.arg = arg;
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class alias {
  declare readonly _type: 'alias';
  declare name: string;
  declare asname: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, asname: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'alias';
    this.name = name;
    this.asname = asname;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class withitem {
  declare readonly _type: 'withitem';
  declare context_expr: expr;
  declare optional_vars: expr | null;
  constructor(context_expr: expr, optional_vars: expr | null) {
    this._type = 'withitem';
    this.context_expr = context_expr;
    this.optional_vars = optional_vars;
  }
}

export class match_case {
  declare readonly _type: 'match_case';
  declare pattern: pattern;
  declare guard: expr | null;
  declare body: stmt[];
  constructor(pattern: pattern, guard: expr | null, body: stmt[]) {
    this._type = 'match_case';
    this.pattern = pattern;
    this.guard = guard;
    this.body = body;
  }
}

export class MatchValue {
  declare readonly _type: 'MatchValue';
  declare value: expr;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchValue';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchSingleton {
  declare readonly _type: 'MatchSingleton';
  declare value: ConstantValue;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(value: ConstantValue, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchSingleton';
    this.value = value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchSequence {
  declare readonly _type: 'MatchSequence';
  declare patterns: pattern[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchSequence';
    this.patterns = patterns;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchMapping {
  declare readonly _type: 'MatchMapping';
  declare keys: expr[];
  declare patterns: pattern[];
  declare rest: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(keys: expr[], patterns: pattern[], rest: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchMapping';
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
  declare readonly _type: 'MatchClass';
  declare cls: expr;
  declare patterns: pattern[];
  declare kwd_attrs: string[];
  declare kwd_patterns: pattern[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(cls: expr, patterns: pattern[], kwd_attrs: string[], kwd_patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchClass';
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
  declare readonly _type: 'MatchStar';
  declare name: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchStar';
    this.name = name;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchAs {
  declare readonly _type: 'MatchAs';
  declare pattern: pattern | null;
  declare name: string | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(pattern: pattern | null, name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchAs';
    this.pattern = pattern;
    this.name = name;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class MatchOr {
  declare readonly _type: 'MatchOr';
  declare patterns: pattern[];
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(patterns: pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'MatchOr';
    this.patterns = patterns;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TypeIgnore {
  declare readonly _type: 'TypeIgnore';
  declare lineno: number;
  declare tag: string;
  constructor(lineno: number, tag: string) {
    this._type = 'TypeIgnore';
    this.lineno = lineno;
    this.tag = tag;
  }
}

export class TypeVar {
  declare readonly _type: 'TypeVar';
  declare name: string;
  declare bound: expr | null;
  declare default_value: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, bound: expr | null, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'TypeVar';
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
  declare readonly _type: 'ParamSpec';
  declare name: string;
  declare default_value: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'ParamSpec';
    this.name = name;
    this.default_value = default_value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export class TypeVarTuple {
  declare readonly _type: 'TypeVarTuple';
  declare name: string;
  declare default_value: expr | null;
  declare lineno: number;
  declare col_offset: number;
  declare end_lineno: number;
  declare end_col_offset: number;
  constructor(name: string, default_value: expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number) {
    this._type = 'TypeVarTuple';
    this.name = name;
    this.default_value = default_value;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
  }
}

export { arguments_ as arguments };

/** Any AST node. */
export type AST = Module | Interactive | Expression | FunctionType | FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | TypeAlias | AugAssign | AnnAssign | For | AsyncFor | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert | Import | ImportFrom | Global | Nonlocal | Expr | Pass | Break | Continue | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | Set | ListComp | SetComp | DictComp | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | Interpolation | JoinedStr | TemplateStr | Constant | Attribute | Subscript | Starred | Name | List | Tuple | Slice | comprehension | ExceptHandler | arguments_ | arg | keyword | alias | withitem | match_case | MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr | TypeIgnore | TypeVar | ParamSpec | TypeVarTuple;
