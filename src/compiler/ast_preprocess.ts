// ast_preprocess.ts: rewrites the syntax tree before the symbol table sees it.        CPython: Python/ast_preprocess.c
//
// `__debug__` becomes a constant, '%s' % (x,) an f-string, -1 and 1+2j in patterns constants; -OO drops docstrings.
// The walk also warns of control flow that leaves a `finally` block (PEP 765).
// Invariant: a node that is replaced is replaced in its parent too (classes here cannot change their kind).
// Enter through: preprocess.
import { CO_FUTURE_ANNOTATIONS } from '../opcode/operands.ts';
import {
  type arguments as Arguments,
  type arg,
  type BinOp,
  Constant,
  type comprehension,
  type expr,
  FormattedValue,
  JoinedStr,
  type keyword,
  type mod,
  Pass,
  type pattern,
  type stmt,
  type type_param,
} from '../parser/ast.generated.ts';
import { Complex, type Constant as ConstantValue, SurrogateStr } from '../parser/constants.ts';
import type { WarnCallback } from '../parser/errors.ts';
import { docstringOf, errorAt, MAX_CHAIN, MAX_DEPTH, type Positioned, tooDeep } from './future.ts';

export interface PreprocessOptions {
  readonly filename: string;
  readonly optimize: number;
  /** CO_FUTURE_* bits. */
  readonly features: number;
  /** Leave expressions as they are: `ast.parse(optimize=-1)`, which only wants the warnings. */
  readonly syntaxCheckOnly?: boolean;
  /** Receives the warnings of PEP 765; none are given without it. */
  readonly warn?: WarnCallback | undefined;
}

/** Where `return`, `break` and `continue` stand, seen from the innermost of these. CPython: ControlFlowInFinallyContext */
const IN_FINALLY = 1;
const IN_FUNCTION = 2;
const IN_LOOP = 3;

const PERCENT = 0x25;
const MAX_DIGITS = 3;

class Preprocessor {
  private readonly options: PreprocessOptions;
  private readonly optimize: number;
  private readonly checkOnly: boolean;
  private readonly stringAnnotations: boolean;
  private readonly contexts: number[] = [];
  private depth = 0;

  constructor(options: PreprocessOptions) {
    this.options = options;
    this.optimize = options.optimize;
    this.checkOnly = options.syntaxCheckOnly === true;
    this.stringAnnotations = (options.features & CO_FUTURE_ANNOTATIONS) !== 0;
  }

  /** CPython: astfold_mod */
  module(m: mod): void {
    switch (m._type) {
      case 'Module':
        this.body(m.body);
        break;
      case 'Interactive':
        this.statements(m.body);
        break;
      case 'Expression':
        m.body = this.expression(m.body);
        break;
      case 'FunctionType':
        break;
    }
  }

  // Control flow in finally

  /** CPython: before_return, before_loop_exit */
  private leaving(keyword: string, s: Positioned): void {
    const { warn, filename } = this.options;
    const { contexts } = this;
    // The innermost context alone decides: a function or a loop inside the finally shields what is in it.
    if (warn === undefined || contexts.length === 0 || contexts[contexts.length - 1] !== IN_FINALLY) return;
    const message = `'${keyword}' in a 'finally' block`;
    if (warn('SyntaxWarning', message, filename, s.lineno, s.col_offset, s.end_lineno, s.end_col_offset)) {
      throw errorAt(message, filename, s);
    }
  }

  // Statements

  private statements(body: readonly stmt[]): void {
    for (let i = 0; i < body.length; i++) this.statement(body[i]!);
  }

  private within(context: number, body: readonly stmt[]): void {
    if (body.length === 0) return;
    this.contexts.push(context);
    this.statements(body);
    this.contexts.pop();
  }

  /** A body that may have a docstring. CPython: astfold_body */
  private body(body: stmt[]): void {
    let hasDocstring = docstringOf(body) !== null;
    if (hasDocstring && this.optimize >= 2) {
      const { lineno, col_offset } = body[0]!;
      if (body.length === 1) body[0] = new Pass(lineno, col_offset, lineno, col_offset + 4);
      else body.shift();
      hasDocstring = false;
    }
    this.statements(body);
    if (hasDocstring || docstringOf(body) === null) return;
    // A string that has become the first statement is no docstring: hide it.
    const first = body[0]!;
    if (first._type !== 'Expr') return;
    const { lineno, col_offset, end_lineno, end_col_offset } = first;
    first.value = new JoinedStr([first.value], lineno, col_offset, end_lineno, end_col_offset);
  }

  /** CPython: astfold_stmt */
  private statement(s: stmt): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (s._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.typeParams(s.type_params);
        this.arguments(s.args);
        this.contexts.push(IN_FUNCTION);
        this.body(s.body);
        this.contexts.pop();
        this.expressions(s.decorator_list);
        if (!this.stringAnnotations && s.returns !== null) s.returns = this.expression(s.returns);
        break;
      case 'ClassDef':
        this.typeParams(s.type_params);
        this.expressions(s.bases);
        this.keywords(s.keywords);
        this.body(s.body);
        this.expressions(s.decorator_list);
        break;
      case 'Return':
        this.leaving('return', s);
        if (s.value !== null) s.value = this.expression(s.value);
        break;
      case 'Delete':
        this.expressions(s.targets);
        break;
      case 'Assign':
        this.expressions(s.targets);
        s.value = this.expression(s.value);
        break;
      case 'AugAssign':
        s.target = this.expression(s.target);
        s.value = this.expression(s.value);
        break;
      case 'AnnAssign':
        s.target = this.expression(s.target);
        if (!this.stringAnnotations) s.annotation = this.expression(s.annotation);
        if (s.value !== null) s.value = this.expression(s.value);
        break;
      case 'TypeAlias':
        s.name = this.expression(s.name);
        this.typeParams(s.type_params);
        s.value = this.expression(s.value);
        break;
      case 'For':
      case 'AsyncFor':
        s.target = this.expression(s.target);
        s.iter = this.expression(s.iter);
        this.within(IN_LOOP, s.body);
        this.statements(s.orelse);
        break;
      case 'While':
        s.test = this.expression(s.test);
        this.within(IN_LOOP, s.body);
        this.statements(s.orelse);
        break;
      case 'If':
        s.test = this.expression(s.test);
        this.statements(s.body);
        this.statements(s.orelse);
        break;
      case 'With':
      case 'AsyncWith':
        for (const item of s.items) {
          item.context_expr = this.expression(item.context_expr);
          if (item.optional_vars !== null) item.optional_vars = this.expression(item.optional_vars);
        }
        this.statements(s.body);
        break;
      case 'Raise':
        if (s.exc !== null) s.exc = this.expression(s.exc);
        if (s.cause !== null) s.cause = this.expression(s.cause);
        break;
      case 'Try':
      case 'TryStar':
        this.statements(s.body);
        for (const handler of s.handlers) {
          if (handler.type !== null) handler.type = this.expression(handler.type);
          this.statements(handler.body);
        }
        this.statements(s.orelse);
        this.within(IN_FINALLY, s.finalbody);
        break;
      case 'Assert':
        s.test = this.expression(s.test);
        if (s.msg !== null) s.msg = this.expression(s.msg);
        break;
      case 'Expr':
        s.value = this.expression(s.value);
        break;
      case 'Match':
        s.subject = this.expression(s.subject);
        for (const match of s.cases) {
          this.pattern(match.pattern);
          if (match.guard !== null) match.guard = this.expression(match.guard);
          this.statements(match.body);
        }
        break;
      case 'Break':
        this.leaving('break', s);
        break;
      case 'Continue':
        this.leaving('continue', s);
        break;
      case 'Import':
      case 'ImportFrom':
      case 'Global':
      case 'Nonlocal':
      case 'Pass':
        break;
    }
    this.depth--;
  }

  private keywords(list: readonly keyword[]): void {
    for (const item of list) item.value = this.expression(item.value);
  }

  private arguments(args: Arguments): void {
    this.parameters(args.posonlyargs);
    this.parameters(args.args);
    if (args.vararg !== null) this.parameter(args.vararg);
    this.parameters(args.kwonlyargs);
    this.expressions(args.kw_defaults);
    if (args.kwarg !== null) this.parameter(args.kwarg);
    this.expressions(args.defaults);
  }

  private parameters(list: readonly arg[]): void {
    for (let i = 0; i < list.length; i++) this.parameter(list[i]!);
  }

  private parameter(a: arg): void {
    if (a.annotation !== null && !this.stringAnnotations) a.annotation = this.expression(a.annotation);
  }

  private typeParams(list: readonly type_param[]): void {
    for (const param of list) {
      if (param._type === 'TypeVar' && param.bound !== null) param.bound = this.expression(param.bound);
      if (param.default_value !== null) param.default_value = this.expression(param.default_value);
    }
  }

  // Expressions

  private expressions(list: (expr | null)[]): void {
    for (let i = 0; i < list.length; i++) {
      const item = list[i]!;
      if (item === null) continue;
      const folded = this.expression(item);
      if (folded !== item) list[i] = folded;
    }
  }

  private generators(list: readonly comprehension[]): void {
    for (const c of list) {
      c.target = this.expression(c.target);
      c.iter = this.expression(c.iter);
      this.expressions(c.ifs);
    }
  }

  /** The node, or what replaces it. CPython: astfold_expr */
  private expression(e: expr): expr {
    let result: expr = e;
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (e._type) {
      case 'Name':
        if (e.id === '__debug__' && e.ctx === 'Load' && !this.checkOnly) {
          result = new Constant(this.optimize === 0, null, e.lineno, e.col_offset, e.end_lineno, e.end_col_offset);
        }
        break;
      case 'Constant':
        break;
      case 'Attribute':
      case 'Starred':
      case 'Await':
      case 'YieldFrom':
        e.value = this.expression(e.value);
        break;
      case 'Call':
        e.func = this.expression(e.func);
        this.expressions(e.args);
        this.keywords(e.keywords);
        break;
      case 'BinOp': {
        // Long sums lean to the left: walk down there without recursion.
        const chain: BinOp[] = [e];
        let node: expr = e.left;
        for (; node._type === 'BinOp'; node = node.left) chain.push(node);
        if (chain.length > MAX_CHAIN) throw tooDeep();
        result = this.expression(node);
        for (let i = chain.length - 1; i >= 0; i--) {
          const sum = chain[i]!;
          sum.left = result;
          sum.right = this.expression(sum.right);
          result = this.foldBinOp(sum);
        }
        break;
      }
      case 'BoolOp':
      case 'JoinedStr':
      case 'TemplateStr':
        this.expressions(e.values);
        break;
      case 'UnaryOp':
        e.operand = this.expression(e.operand);
        break;
      case 'Lambda':
        this.arguments(e.args);
        e.body = this.expression(e.body);
        break;
      case 'IfExp':
        e.test = this.expression(e.test);
        e.body = this.expression(e.body);
        e.orelse = this.expression(e.orelse);
        break;
      case 'Dict':
        this.expressions(e.keys);
        this.expressions(e.values);
        break;
      case 'Set':
      case 'List':
      case 'Tuple':
        this.expressions(e.elts);
        break;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        e.elt = this.expression(e.elt);
        this.generators(e.generators);
        break;
      case 'DictComp':
        e.key = this.expression(e.key);
        e.value = this.expression(e.value);
        this.generators(e.generators);
        break;
      case 'Yield':
        if (e.value !== null) e.value = this.expression(e.value);
        break;
      case 'Compare':
        e.left = this.expression(e.left);
        this.expressions(e.comparators);
        break;
      case 'FormattedValue':
      case 'Interpolation':
        e.value = this.expression(e.value);
        if (e.format_spec !== null) e.format_spec = this.expression(e.format_spec);
        break;
      case 'Subscript':
        e.value = this.expression(e.value);
        e.slice = this.expression(e.slice);
        break;
      case 'Slice':
        if (e.lower !== null) e.lower = this.expression(e.lower);
        if (e.upper !== null) e.upper = this.expression(e.upper);
        if (e.step !== null) e.step = this.expression(e.step);
        break;
      case 'NamedExpr':
        e.value = this.expression(e.value);
        break;
    }
    this.depth--;
    return result;
  }

  /** CPython: fold_binop */
  private foldBinOp(e: BinOp): expr {
    if (this.checkOnly || e.op !== 'Mod' || e.left._type !== 'Constant' || e.right._type !== 'Tuple') return e;
    const format = e.left.value;
    if (typeof format !== 'string' && !(format instanceof SurrogateStr)) return e;
    const { elts } = e.right;
    if (elts.some(item => item._type === 'Starred')) return e;
    const points = typeof format === 'string' ? Array.from(format, c => c.codePointAt(0)!) : format.points;
    const values = splitFormat(points, elts);
    if (values === null) return e;
    return new JoinedStr(values, e.lineno, e.col_offset, e.end_lineno, e.end_col_offset);
  }

  // Patterns

  /** CPython: astfold_pattern */
  private pattern(p: pattern): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (p._type) {
      case 'MatchValue':
        p.value = this.patternValue(p.value);
        break;
      case 'MatchSequence':
      case 'MatchOr':
        this.patterns(p.patterns);
        break;
      case 'MatchMapping':
        for (let i = 0; i < p.keys.length; i++) p.keys[i] = this.patternValue(p.keys[i]!);
        this.patterns(p.patterns);
        break;
      case 'MatchClass':
        p.cls = this.expression(p.cls);
        this.patterns(p.patterns);
        this.patterns(p.kwd_patterns);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        break;
      case 'MatchSingleton':
      case 'MatchStar':
        break;
    }
    this.depth--;
  }

  private patterns(list: readonly pattern[]): void {
    for (const item of list) this.pattern(item);
  }

  /** Folds the forms that number patterns have: -1, 1+2j, -1-2j. CPython: fold_const_match_patterns */
  private patternValue(e: expr): expr {
    if (this.checkOnly) return e;
    let value: ConstantValue | undefined;
    if (e._type === 'UnaryOp' && e.op === 'USub' && e.operand._type === 'Constant') {
      value = negative(e.operand.value);
    } else if (e._type === 'BinOp' && (e.op === 'Add' || e.op === 'Sub') && e.right._type === 'Constant') {
      e.left = this.patternValue(e.left);
      if (e.left._type === 'Constant') value = plusImaginary(e.left.value, e.op === 'Add', e.right.value);
    }
    if (value === undefined) return e;
    return new Constant(value, null, e.lineno, e.col_offset, e.end_lineno, e.end_col_offset);
  }
}

function negative(value: ConstantValue): ConstantValue | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return -value;
  if (typeof value === 'boolean') return value ? -1n : 0n;
  if (value instanceof Complex) return new Complex(-value.real, -value.imag);
  return undefined;
}

/** Adds a complex number to a real one, or subtracts it; syntax allows no other sum in a pattern. */
function plusImaginary(left: ConstantValue, add: boolean, right: ConstantValue): ConstantValue | undefined {
  if (!(right instanceof Complex)) return undefined;
  const real = typeof left === 'bigint' ? Number(left) : left;
  if (typeof real !== 'number') return undefined;
  return add ? new Complex(real + right.real, right.imag) : new Complex(real - right.real, -right.imag);
}

function strOf(points: readonly number[]): string | SurrogateStr {
  if (points.some(point => point >= 0xd800 && point <= 0xdfff)) return new SurrogateStr(points);
  let text = '';
  for (const point of points) text += String.fromCodePoint(point);
  return text;
}

/** A constant that stands nowhere in the source. */
function placeless(value: ConstantValue): Constant {
  return new Constant(value, null, -1, -1, -1, -1);
}

/** The parts of the f-string that does what the format does, or null where none can. CPython: optimize_format */
function splitFormat(points: readonly number[], items: readonly expr[]): expr[] | null {
  const parts: expr[] = [];
  let used = 0;
  for (let at = 0; ; ) {
    const literal: number[] = [];
    while (at < points.length) {
      if (points[at] === PERCENT) {
        if (points[at + 1] !== PERCENT) break;
        at++;
      }
      literal.push(points[at++]!);
    }
    if (literal.length > 0) parts.push(placeless(strOf(literal)));
    if (at >= points.length) break;
    if (used >= items.length) return null;
    const field = new FieldParser(points, at + 1).parse(items[used++]!);
    if (field === null) return null;
    parts.push(field.value);
    at = field.end;
  }
  return used < items.length ? null : parts;
}

/** Parses what follows a '%'. CPython: simple_format_arg_parse, parse_format */
class FieldParser {
  private readonly points: readonly number[];
  private at: number;
  constructor(points: readonly number[], at: number) {
    this.points = points;
    this.at = at;
  }

  /** Next character; '' at the end. */
  private next(): string {
    return this.at < this.points.length ? String.fromCodePoint(this.points[this.at++]!) : '';
  }

  /** Up to two digits from `ch` on: [number, what follows], or null if there are more, or nothing follows. */
  private digits(ch: string): [number, string] | null {
    let value = 0;
    for (let count = 0; ch >= '0' && ch <= '9' && ch.length === 1; ) {
      value = value * 10 + Number(ch);
      ch = this.next();
      if (ch === '' || ++count >= MAX_DIGITS) return null;
    }
    return [value, ch];
  }

  parse(item: expr): { value: FormattedValue; end: number } | null {
    let leftJustified = false;
    let ch = this.next();
    for (; ch !== '' && '-+ #0'.includes(ch); ch = this.next()) if (ch === '-') leftJustified = true;
    if (ch === '') return null;
    let width = -1;
    let precision = -1;
    if (ch >= '0' && ch <= '9') {
      const number = this.digits(ch);
      if (number === null) return null;
      [width, ch] = number;
    }
    if (ch === '.') {
      ch = this.next();
      if (ch === '') return null;
      const number = this.digits(ch);
      if (number === null) return null;
      [precision, ch] = number;
    }
    if (ch !== 's' && ch !== 'r' && ch !== 'a') return null;
    let spec = !leftJustified && width > 0 ? '>' : '';
    if (width >= 0) spec += width;
    if (precision >= 0) spec += `.${precision}`;
    const { lineno, col_offset, end_lineno, end_col_offset } = item;
    const value = new FormattedValue(
      item,
      ch.charCodeAt(0),
      spec === '' ? null : placeless(spec),
      lineno,
      col_offset,
      end_lineno,
      end_col_offset,
    );
    return { value, end: this.at };
  }
}

/** Rewrites the tree in place. CPython: _PyAST_Preprocess */
export function preprocess(module: mod, options: PreprocessOptions): void {
  new Preprocessor(options).module(module);
}
