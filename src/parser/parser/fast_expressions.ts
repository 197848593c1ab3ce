// fast_expressions.ts: expressions, arguments, comprehensions, strings and targets.   CPython: Grammar/python.gram, "EXPRESSIONS"
//
// Binary operators are parsed by precedence climbing, attribute-call-subscript chains by a loop. A target is parsed as
// the expression it looks like and then turned into a target in place (store, del).
// Enter through: starExpressions, expression, namedExpression, starTargets.
import {
  arg as Arg,
  arguments_ as Arguments,
  Attribute,
  Await,
  BinOp,
  BoolOp,
  Call,
  Compare,
  Constant,
  type cmpop,
  comprehension,
  Dict,
  DictComp,
  type expr,
  type expr_context,
  GeneratorExp,
  IfExp,
  keyword,
  Lambda,
  List,
  ListComp,
  NamedExpr,
  type operator,
  SetComp,
  Set as SetNode,
  Slice,
  Starred,
  Subscript,
  Tuple,
  UnaryOp,
  Yield,
  YieldFrom,
} from '../ast.generated.ts';
import { Ellipsis } from '../constants.ts';
import { StringLiteralError } from '../string_literals.ts';
import type { Token } from '../token.ts';
import * as T from '../token.ts';
import { CO_FUTURE_BARRY_AS_BDFL } from './context.ts';
import { EXPRESSION_DEPTH, FastBase, identifierOf, nameNode } from './fast_base.ts';
import * as K from './keywords.ts';
import { parseNumber } from './literals.ts';
import {
  concatenateStrings,
  concatenateTemplates,
  constantFromString,
  type FieldPart,
  formatSpec,
  isRawStart,
  joinedStr,
  PartError,
  rawMiddle,
  replacementField,
  specMiddle,
  templateStr,
} from './strings.ts';

/** Binding strength of a binary operator token; 0 for all others. */
function precedence(type: number): number {
  switch (type) {
    case T.VBAR:
      return 1;
    case T.CIRCUMFLEX:
      return 2;
    case T.AMPER:
      return 3;
    case T.LEFTSHIFT:
    case T.RIGHTSHIFT:
      return 4;
    case T.PLUS:
    case T.MINUS:
      return 5;
    case T.STAR:
    case T.SLASH:
    case T.DOUBLESLASH:
    case T.PERCENT:
    case T.AT:
      return 6;
    default:
      return 0;
  }
}

function binaryOperator(type: number): operator {
  switch (type) {
    case T.VBAR:
      return 'BitOr';
    case T.CIRCUMFLEX:
      return 'BitXor';
    case T.AMPER:
      return 'BitAnd';
    case T.LEFTSHIFT:
      return 'LShift';
    case T.RIGHTSHIFT:
      return 'RShift';
    case T.PLUS:
      return 'Add';
    case T.MINUS:
      return 'Sub';
    case T.STAR:
      return 'Mult';
    case T.SLASH:
      return 'Div';
    case T.DOUBLESLASH:
      return 'FloorDiv';
    case T.PERCENT:
      return 'Mod';
    default:
      return 'MatMult';
  }
}

export class FastExpressions extends FastBase {
  // ---- expression lists -------------------------------------------------------------------------------------------

  /** `star_expressions`: one expression or an unparenthesised tuple; items may be starred. */
  starExpressions(): expr {
    const start = this.tok;
    const first = this.starExpression();
    if (!this.at(T.COMMA)) return first;
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (!this.startsExpression()) break;
      elts.push(this.starExpression());
    }
    const end = this.prev;
    return new Tuple(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** True if an expression or a starred one may begin here: decides whether a comma is the last one. */
  startsExpression(): boolean {
    switch (this.type) {
      case T.NAME:
      case T.NUMBER:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
      case T.MINUS:
      case T.PLUS:
      case T.TILDE:
      case T.STAR:
      case T.ELLIPSIS:
      case K.NONE:
      case K.TRUE:
      case K.FALSE:
      case K.NOT:
      case K.LAMBDA:
      case K.AWAIT:
        return true;
      default:
        return false;
    }
  }

  starExpression(): expr {
    return this.at(T.STAR) ? this.starredBitwiseOr() : this.expression();
  }

  private starredBitwiseOr(): expr {
    const start = this.advance();
    const value = this.bitwiseOr();
    const end = this.prev;
    return new Starred(value, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** `expressions`: like starExpressions, without starred items. */
  expressions(): expr {
    const start = this.tok;
    const first = this.expression();
    if (!this.at(T.COMMA)) return first;
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (this.at(T.STAR) || !this.startsExpression()) break;
      elts.push(this.expression());
    }
    const end = this.prev;
    return new Tuple(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  starNamedExpression(): expr {
    return this.at(T.STAR) ? this.starredBitwiseOr() : this.namedExpression();
  }

  namedExpression(): expr {
    const start = this.tok;
    const value = this.expression();
    if (!this.at(T.COLONEQUAL)) return value;
    if (value._type !== 'Name' || start.type !== T.NAME) throw this.ctx.fail;
    this.checkVersion(8);
    this.advance();
    value.ctx = 'Store';
    const right = this.expression();
    const end = this.prev;
    return new NamedExpr(value, right, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  yieldExpression(): expr {
    const start = this.advance();
    if (this.at(K.FROM)) {
      this.advance();
      const value = this.expression();
      const end = this.prev;
      return new YieldFrom(value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const value = this.startsExpression() ? this.starExpressions() : null;
    const end = this.prev;
    return new Yield(value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  annotatedRhs(): expr {
    return this.at(K.YIELD) ? this.yieldExpression() : this.starExpressions();
  }

  // ---- operators --------------------------------------------------------------------------------------------------

  expression(): expr {
    this.enter(EXPRESSION_DEPTH);
    let value: expr;
    if (this.at(K.LAMBDA)) {
      value = this.lambda();
    } else {
      const start = this.tok;
      value = this.disjunction();
      if (this.at(K.IF)) {
        this.advance();
        const test = this.disjunction();
        this.expect(K.ELSE);
        const orelse = this.expression();
        const end = this.prev;
        value = new IfExp(test, value, orelse, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
    }
    this.depth -= EXPRESSION_DEPTH;
    return value;
  }

  disjunction(): expr {
    const start = this.tok;
    const first = this.conjunction();
    if (!this.at(K.OR)) return first;
    const values = [first];
    while (this.at(K.OR)) {
      this.advance();
      values.push(this.conjunction());
    }
    const end = this.prev;
    return new BoolOp('Or', values, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private conjunction(): expr {
    const start = this.tok;
    const first = this.at(K.NOT) ? this.inversion() : this.comparison();
    if (!this.at(K.AND)) return first;
    const values = [first];
    while (this.at(K.AND)) {
      this.advance();
      values.push(this.at(K.NOT) ? this.inversion() : this.comparison());
    }
    const end = this.prev;
    return new BoolOp('And', values, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private inversion(): expr {
    this.enter(10);
    const start = this.advance();
    const operand = this.at(K.NOT) ? this.inversion() : this.comparison();
    const end = this.prev;
    this.depth -= 10;
    return new UnaryOp('Not', operand, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private comparison(): expr {
    const start = this.tok;
    const left = this.bitwiseOr();
    let op = this.comparisonOperator();
    if (op === null) return left;
    const ops: cmpop[] = [];
    const comparators: expr[] = [];
    do {
      ops.push(op);
      comparators.push(this.bitwiseOr());
      op = this.comparisonOperator();
    } while (op !== null);
    const end = this.prev;
    return new Compare(left, ops, comparators, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** Consumes a comparison operator; null if there is none. */
  private comparisonOperator(): cmpop | null {
    switch (this.type) {
      case T.EQEQUAL:
        this.advance();
        return 'Eq';
      case T.NOTEQUAL: {
        const barry = (this.ctx.flags & CO_FUTURE_BARRY_AS_BDFL) !== 0;
        if ((this.tok.source.charCodeAt(this.tok.start) === 60) !== barry) throw this.ctx.fail;
        this.advance();
        return 'NotEq';
      }
      case T.LESS:
        this.advance();
        return 'Lt';
      case T.LESSEQUAL:
        this.advance();
        return 'LtE';
      case T.GREATER:
        this.advance();
        return 'Gt';
      case T.GREATEREQUAL:
        this.advance();
        return 'GtE';
      case K.IN:
        this.advance();
        return 'In';
      case K.IS:
        this.advance();
        if (!this.at(K.NOT)) return 'Is';
        this.advance();
        return 'IsNot';
      case K.NOT:
        this.advance();
        this.expect(K.IN);
        return 'NotIn';
      default:
        return null;
    }
  }

  /** `bitwise_or` */
  bitwiseOr(): expr {
    const start = this.tok;
    const left = this.unary();
    return precedence(this.type) === 0 ? left : this.binary(left, start, 1);
  }

  /** Operators from strength `min` on, after the operand `left` that began at `start`. */
  private binary(left: expr, start: Token, min: number): expr {
    const { lineno, col_offset } = start;
    for (;;) {
      const type = this.type;
      const strength = precedence(type);
      if (strength < min || strength === 0) return left;
      if (type === T.AT) this.checkVersion(5);
      this.advance();
      const rightStart = this.tok;
      let right = this.unary();
      if (precedence(this.type) > strength) right = this.binary(right, rightStart, strength + 1);
      const end = this.prev;
      left = new BinOp(left, binaryOperator(type), right, lineno, col_offset, end.end_lineno, end.end_col_offset);
    }
  }

  /** `factor` */
  unary(): expr {
    const start = this.tok;
    switch (this.type) {
      case T.MINUS:
      case T.PLUS:
      case T.TILDE: {
        this.enter(10);
        this.advance();
        const operand = this.unary();
        const end = this.prev;
        this.depth -= 10;
        return new UnaryOp(
          start.type === T.MINUS ? 'USub' : start.type === T.PLUS ? 'UAdd' : 'Invert',
          operand,
          start.lineno,
          start.col_offset,
          end.end_lineno,
          end.end_col_offset,
        );
      }
    }
    let value: expr;
    if (this.at(K.AWAIT)) {
      this.checkVersion(5);
      this.advance();
      const operand = this.primary();
      const end = this.prev;
      value = new Await(operand, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    } else {
      value = this.primary();
    }
    if (this.at(T.DOUBLESTAR)) {
      this.enter(10);
      this.advance();
      const right = this.unary();
      const end = this.prev;
      this.depth -= 10;
      value = new BinOp(value, 'Pow', right, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    return value;
  }

  // ---- primaries --------------------------------------------------------------------------------------------------

  primary(): expr {
    const start = this.tok;
    let value = this.atom();
    for (;;) {
      switch (this.type) {
        case T.DOT: {
          this.advance();
          const name = this.expectName();
          value = new Attribute(
            value,
            identifierOf(name),
            'Load',
            start.lineno,
            start.col_offset,
            name.end_lineno,
            name.end_col_offset,
          );
          break;
        }
        case T.LPAR:
          value = this.call(value, start);
          break;
        case T.LSQB: {
          this.advance();
          const slice = this.slices();
          const end = this.expect(T.RSQB);
          value = new Subscript(
            value,
            slice,
            'Load',
            start.lineno,
            start.col_offset,
            end.end_lineno,
            end.end_col_offset,
          );
          break;
        }
        default:
          return value;
      }
    }
  }

  private call(func: expr, start: Token): expr {
    const open = this.advance();
    const args: expr[] = [];
    const keywords: keyword[] = [];
    this.callArguments(open, args, keywords);
    const end = this.expect(T.RPAR);
    return new Call(func, args, keywords, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** Everything between the parentheses of a call or class; `open` is null where no bare generator is allowed. */
  callArguments(open: Token | null, args: expr[], keywords: keyword[]): void {
    let unpacked = false;
    while (!this.at(T.RPAR)) {
      const start = this.tok;
      if (this.at(T.STAR)) {
        if (unpacked) throw this.ctx.fail;
        this.advance();
        const value = this.expression();
        const end = this.prev;
        args.push(new Starred(value, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset));
      } else if (this.at(T.DOUBLESTAR)) {
        unpacked = true;
        this.advance();
        const value = this.expression();
        const end = this.prev;
        keywords.push(new keyword(null, value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset));
      } else {
        const value = this.namedExpression();
        if (this.at(T.EQUAL)) {
          // `name=value`; a parenthesised name is no keyword.
          if (value._type !== 'Name' || this.prev !== start) throw this.ctx.fail;
          this.advance();
          const right = this.expression();
          const end = this.prev;
          keywords.push(
            new keyword(value.id, right, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset),
          );
        } else {
          if (keywords.length > 0) throw this.ctx.fail;
          if (this.at(K.FOR) || this.at(K.ASYNC)) {
            if (open === null || args.length > 0) throw this.ctx.fail;
            const generators = this.comprehensions();
            if (!this.at(T.RPAR)) throw this.ctx.fail;
            const end = this.tok;
            args.push(
              new GeneratorExp(value, generators, open.lineno, open.col_offset, end.end_lineno, end.end_col_offset),
            );
            return;
          }
          args.push(value);
        }
      }
      if (!this.at(T.COMMA)) return;
      this.advance();
    }
    // `f()` is fine, `f(,)` is not: a comma is consumed only after an argument.
  }

  private slices(): expr {
    const start = this.tok;
    const first = this.slice();
    if (!this.at(T.COMMA)) {
      if (first._type !== 'Starred') return first;
    }
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (this.at(T.RSQB)) break;
      elts.push(this.slice());
    }
    const end = this.prev;
    return new Tuple(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private slice(): expr {
    const start = this.tok;
    if (this.at(T.STAR)) {
      this.advance();
      const value = this.expression();
      const end = this.prev;
      return new Starred(value, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    let lower: expr | null = null;
    if (!this.at(T.COLON)) {
      const value = this.namedExpression();
      if (!this.at(T.COLON)) return value;
      if (value._type === 'NamedExpr' && this.startedWith(value, start)) throw this.ctx.fail;
      lower = value;
    }
    this.advance();
    let upper: expr | null = null;
    let step: expr | null = null;
    if (!this.at(T.COLON) && !this.at(T.COMMA) && !this.at(T.RSQB)) upper = this.expression();
    if (this.at(T.COLON)) {
      this.advance();
      if (!this.at(T.COMMA) && !this.at(T.RSQB)) step = this.expression();
    }
    const end = this.prev;
    return new Slice(lower, upper, step, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** True if the node begins at the token, that is, if it is not in parentheses. */
  private startedWith(node: expr, token: Token): boolean {
    return node.lineno === token.lineno && node.col_offset === token.col_offset;
  }

  atom(): expr {
    const token = this.tok;
    switch (this.type) {
      case T.NAME:
        this.advance();
        return nameNode(token);
      case T.NUMBER: {
        this.advance();
        try {
          return this.constant(token, parseNumber(this.ctx, token));
        } catch (e) {
          if (e instanceof StringLiteralError) throw this.ctx.fail;
          throw e;
        }
      }
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
        return this.strings();
      case T.LPAR:
        return this.parenthesised();
      case T.LSQB:
        return this.bracketed();
      case T.LBRACE:
        return this.braced();
      case K.NONE:
        this.advance();
        return this.constant(token, null);
      case K.TRUE:
        this.advance();
        return this.constant(token, true);
      case K.FALSE:
        this.advance();
        return this.constant(token, false);
      case T.ELLIPSIS:
        this.advance();
        return this.constant(token, Ellipsis);
      default:
        throw this.ctx.fail;
    }
  }

  protected constant(token: Token, value: Constant['value']): Constant {
    return new Constant(value, null, token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
  }

  /** A tuple, group or generator expression. */
  private parenthesised(): expr {
    const start = this.advance();
    if (this.at(T.RPAR)) {
      const end = this.advance();
      return new Tuple([], 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    if (this.at(K.YIELD)) {
      const value = this.yieldExpression();
      this.expect(T.RPAR);
      return value;
    }
    const first = this.starNamedExpression();
    if (this.at(T.COMMA)) {
      const elts = this.moreItems(first, T.RPAR);
      const end = this.expect(T.RPAR);
      return new Tuple(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    if (first._type === 'Starred') throw this.ctx.fail;
    if (this.at(K.FOR) || this.at(K.ASYNC)) {
      const generators = this.comprehensions();
      const end = this.expect(T.RPAR);
      return new GeneratorExp(first, generators, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    this.expect(T.RPAR);
    return first;
  }

  /** Items after the first, up to the closing bracket; the current token is a comma. */
  private moreItems(first: expr, close: number): expr[] {
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (this.at(close)) break;
      elts.push(this.starNamedExpression());
    }
    return elts;
  }

  private bracketed(): expr {
    const start = this.advance();
    if (this.at(T.RSQB)) {
      const end = this.advance();
      return new List([], 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const first = this.starNamedExpression();
    if (this.at(K.FOR) || this.at(K.ASYNC)) {
      if (first._type === 'Starred') throw this.ctx.fail;
      const generators = this.comprehensions();
      const end = this.expect(T.RSQB);
      return new ListComp(first, generators, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const elts = this.moreItems(first, T.RSQB);
    const end = this.expect(T.RSQB);
    return new List(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private braced(): expr {
    const start = this.advance();
    if (this.at(T.RBRACE)) {
      const end = this.advance();
      return new Dict([], [], start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    if (this.at(T.DOUBLESTAR)) return this.dictItems(start, null, null);
    const firstToken = this.tok;
    const first = this.starNamedExpression();
    if (this.at(T.COLON)) {
      if (first._type === 'Starred') throw this.ctx.fail;
      if (first._type === 'NamedExpr' && this.startedWith(first, firstToken)) throw this.ctx.fail;
      this.advance();
      const value = this.expression();
      if (this.at(K.FOR) || this.at(K.ASYNC)) {
        const generators = this.comprehensions();
        const end = this.expect(T.RBRACE);
        return new DictComp(
          first,
          value,
          generators,
          start.lineno,
          start.col_offset,
          end.end_lineno,
          end.end_col_offset,
        );
      }
      return this.dictItems(start, first, value);
    }
    if (this.at(K.FOR) || this.at(K.ASYNC)) {
      if (first._type === 'Starred') throw this.ctx.fail;
      const generators = this.comprehensions();
      const end = this.expect(T.RBRACE);
      return new SetComp(first, generators, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const elts = this.moreItems(first, T.RBRACE);
    const end = this.expect(T.RBRACE);
    return new SetNode(elts, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** The rest of a dict display, after its first pair or (value null) at its first `**`. */
  private dictItems(start: Token, key: expr | null, value: expr | null): expr {
    const keys: (expr | null)[] = [];
    const values: expr[] = [];
    if (value !== null) {
      keys.push(key);
      values.push(value);
      if (this.at(T.COMMA)) this.advance();
      else if (!this.at(T.RBRACE)) throw this.ctx.fail;
    }
    while (!this.at(T.RBRACE)) {
      if (this.at(T.DOUBLESTAR)) {
        this.advance();
        keys.push(null);
        values.push(this.bitwiseOr());
      } else {
        keys.push(this.expression());
        this.expect(T.COLON);
        values.push(this.expression());
      }
      if (!this.at(T.COMMA)) break;
      this.advance();
    }
    const end = this.expect(T.RBRACE);
    return new Dict(keys, values, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** `for_if_clauses` */
  private comprehensions(): comprehension[] {
    const clauses: comprehension[] = [];
    do {
      let isAsync = 0;
      if (this.at(K.ASYNC)) {
        this.checkVersion(6);
        isAsync = 1;
        this.advance();
      }
      this.expect(K.FOR);
      const target = this.starTargets();
      this.expect(K.IN);
      const iter = this.disjunction();
      const ifs: expr[] = [];
      while (this.at(K.IF)) {
        this.advance();
        ifs.push(this.disjunction());
      }
      clauses.push(new comprehension(target, iter, ifs, isAsync));
    } while (this.at(K.FOR) || this.at(K.ASYNC));
    return clauses;
  }

  // ---- lambda -----------------------------------------------------------------------------------------------------

  private lambda(): expr {
    const start = this.advance();
    const args = this.parameters(T.COLON);
    this.expect(T.COLON);
    const body = this.expression();
    const end = this.prev;
    return new Lambda(args, body, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** Parameters up to (not including) `close`: ')' of a def, ':' of a lambda. */
  parameters(close: number): Arguments {
    let posonlyargs: Arg[] = [];
    let args: Arg[] = [];
    let vararg: Arg | null = null;
    const kwonlyargs: Arg[] = [];
    const kw_defaults: (expr | null)[] = [];
    let kwarg: Arg | null = null;
    const defaults: expr[] = [];
    const isDef = close === T.RPAR;
    let sawSlash = false;
    let sawStar = false;
    while (!this.at(close)) {
      if (this.at(T.SLASH)) {
        if (sawSlash || sawStar || args.length === 0) throw this.ctx.fail;
        this.checkVersion(8);
        sawSlash = true;
        this.advance();
        posonlyargs = args;
        args = [];
        if (!this.at(T.COMMA)) break;
        this.advance();
        continue;
      }
      if (this.at(T.STAR)) {
        if (sawStar) throw this.ctx.fail;
        sawStar = true;
        this.advance();
        if (this.at(T.COMMA)) {
          this.advance();
          // A bare star needs a keyword-only parameter, and no type comment.
          if (!this.at(T.NAME)) throw this.ctx.fail;
          continue;
        }
        vararg = this.parameter(isDef, true);
      } else if (this.at(T.DOUBLESTAR)) {
        this.advance();
        kwarg = this.parameter(isDef, false);
      } else {
        const param = this.parameter(isDef, false);
        let value: expr | null = null;
        if (this.at(T.EQUAL)) {
          this.advance();
          value = this.expression();
        }
        if (sawStar) {
          kwonlyargs.push(param);
          kw_defaults.push(value);
        } else {
          if (value !== null) defaults.push(value);
          else if (defaults.length > 0) throw this.ctx.fail;
          args.push(param);
        }
        if (isDef) {
          if (this.parameterComment(param)) break;
          continue;
        }
      }
      if (isDef) {
        const last = kwarg ?? vararg;
        if (last !== null && this.parameterComment(last)) break;
        if (kwarg !== null) break;
        continue;
      }
      if (!this.at(T.COMMA)) break;
      this.advance();
      if (kwarg !== null) break;
    }
    if (isDef && kwarg !== null && !this.at(close)) throw this.ctx.fail;
    return new Arguments(posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults);
  }

  /** The comma after a parameter of a def and its type comment; true if no comma came. */
  private parameterComment(param: Arg): boolean {
    const hasComma = this.at(T.COMMA);
    if (hasComma) this.advance();
    if (this.at(T.TYPE_COMMENT)) param.type_comment = this.advance().string;
    if (!hasComma && !this.at(T.RPAR)) throw this.ctx.fail;
    return !hasComma;
  }

  /** One name; in a def with its annotation. */
  private parameter(isDef: boolean, starred: boolean): Arg {
    const start = this.expectName();
    let annotation: expr | null = null;
    if (isDef && this.at(T.COLON)) {
      this.advance();
      annotation = starred ? this.starExpression() : this.expression();
    }
    const end = this.prev;
    return new Arg(
      identifierOf(start),
      annotation,
      null,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  // ---- targets ----------------------------------------------------------------------------------------------------

  /** `star_targets`, as in `for … in`. */
  starTargets(): expr {
    const start = this.tok;
    const first = this.starTarget();
    if (!this.at(T.COMMA)) return first;
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (!this.startsExpression()) break;
      elts.push(this.starTarget());
    }
    const end = this.prev;
    return new Tuple(elts, 'Store', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  starTarget(): expr {
    const start = this.tok;
    if (this.at(T.STAR)) {
      this.advance();
      if (this.at(T.STAR)) throw this.ctx.fail;
      const value = this.starTarget();
      const end = this.prev;
      return new Starred(value, 'Store', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const value = this.primary();
    this.store(value, 'Store');
    return value;
  }

  /** Turns an expression into a target, in place; fails if it cannot be one. CPython: action_helpers.c:_PyPegen_set_expr_context */
  store(node: expr, ctx: expr_context): void {
    switch (node._type) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        node.ctx = ctx;
        return;
      case 'Starred':
        if (ctx === 'Del' || node.value._type === 'Starred') throw this.ctx.fail;
        node.ctx = ctx;
        this.store(node.value, ctx);
        return;
      case 'Tuple':
      case 'List':
        node.ctx = ctx;
        for (const item of node.elts) this.store(item, ctx);
        return;
      default:
        throw this.ctx.fail;
    }
  }

  // ---- strings ----------------------------------------------------------------------------------------------------

  /** One or more adjacent string literals. */
  strings(): expr {
    try {
      return this.stringSequence();
    } catch (e) {
      if (e instanceof StringLiteralError || e instanceof PartError) throw this.ctx.fail;
      throw e;
    }
  }

  private stringSequence(): expr {
    const start = this.tok;
    if (this.at(T.STRING)) {
      this.advance();
      const only = constantFromString(this.ctx, start);
      if (!this.at(T.STRING) && !this.at(T.FSTRING_START) && !this.at(T.TSTRING_START)) return only;
      return this.stringsAfter(start, [only]);
    }
    if (this.at(T.TSTRING_START)) {
      this.checkVersion(14);
      const parts: expr[] = [];
      while (this.at(T.TSTRING_START)) parts.push(this.formatString(true));
      if (this.at(T.STRING) || this.at(T.FSTRING_START)) throw this.ctx.fail;
      const end = this.prev;
      return concatenateTemplates(parts, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    return this.stringsAfter(start, []);
  }

  private stringsAfter(start: Token, parts: expr[]): expr {
    for (;;) {
      if (this.at(T.STRING)) {
        const token = this.advance();
        parts.push(constantFromString(this.ctx, token));
      } else if (this.at(T.FSTRING_START)) parts.push(this.formatString(false));
      else break;
    }
    if (this.at(T.TSTRING_START)) throw this.ctx.fail;
    const end = this.prev;
    const node = concatenateStrings(parts, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    if (node === null) throw this.ctx.fail;
    return node;
  }

  /** One f- or t-string, from its START to its END token. */
  private formatString(isTemplate: boolean): expr {
    this.enter(15);
    const start = this.advance();
    const middle = isTemplate ? T.TSTRING_MIDDLE : T.FSTRING_MIDDLE;
    const raw = isRawStart(start);
    const parts: expr[] = [];
    for (;;) {
      if (this.at(middle)) parts.push(rawMiddle(this.advance()));
      else if (this.at(T.LBRACE)) parts.push(this.field(isTemplate, raw, middle));
      else break;
    }
    const end = this.expect(isTemplate ? T.TSTRING_END : T.FSTRING_END);
    this.depth -= 15;
    return isTemplate ? templateStr(this.ctx, start, parts, end) : joinedStr(this.ctx, start, parts, end);
  }

  private field(isTemplate: boolean, raw: boolean, middle: number): expr {
    this.enter(10);
    const open = this.advance();
    const value = this.annotatedRhs();
    const debug = this.accept(T.EQUAL);
    let conversion: FieldPart | null = null;
    let format: FieldPart | null = null;
    if (this.at(T.EXCLAMATION)) {
      const mark = this.advance();
      const token = this.expectName();
      const node = nameNode(token);
      const isValid = node.id === 's' || node.id === 'r' || node.id === 'a';
      if (!isValid || mark.lineno !== token.lineno || mark.end_col_offset !== token.col_offset) throw this.ctx.fail;
      conversion = { node, metadata: mark.metadata };
    }
    if (this.at(T.COLON)) {
      const colon = this.advance();
      const spec: expr[] = [];
      for (;;) {
        if (this.at(middle)) spec.push(specMiddle(this.ctx, raw, this.advance()));
        else if (this.at(T.LBRACE)) spec.push(this.field(false, raw, middle));
        else break;
      }
      const end = this.prev;
      format = {
        node: formatSpec(spec, colon.lineno, colon.col_offset, end.end_lineno, end.end_col_offset),
        metadata: colon.metadata,
      };
    }
    const close = this.expect(T.RBRACE);
    this.depth -= 10;
    return replacementField(
      isTemplate,
      value,
      debug,
      conversion,
      format,
      close,
      open.lineno,
      open.col_offset,
      close.end_lineno,
      close.end_col_offset,
    );
  }
}
