// fast_patterns.ts: the patterns of match statements.                CPython: Grammar/python.gram, "Match statement"
//
// Enter through: patterns.
import {
  Attribute,
  BinOp,
  Constant,
  type expr,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchStar,
  MatchValue,
  type pattern,
  UnaryOp,
} from '../ast.generated.ts';
import { Complex } from '../constants.ts';
import type { Token } from '../token.ts';
import * as T from '../token.ts';
import { EXPRESSION_DEPTH, identifierOf, nameNode } from './fast_base.ts';
import { FastExpressions } from './fast_expressions.ts';
import * as K from './keywords.ts';

export class FastPatterns extends FastExpressions {
  /** `patterns`: one pattern, or an open sequence `a, *b`. */
  patterns(): pattern {
    const start = this.tok;
    const first = this.maybeStarPattern();
    if (!this.at(T.COMMA)) {
      if (first._type === 'MatchStar') throw this.ctx.fail;
      return first;
    }
    const items = this.morePatterns(first, T.COLON);
    const end = this.prev;
    return new MatchSequence(items, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /** Patterns after the first; the current token is a comma. A trailing comma may stand before `close`. */
  private morePatterns(first: pattern, close: number): pattern[] {
    const items = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (this.at(close) || this.at(K.IF)) break;
      items.push(this.maybeStarPattern());
    }
    return items;
  }

  private maybeStarPattern(): pattern {
    if (!this.at(T.STAR)) return this.pattern();
    const start = this.advance();
    const name = identifierOf(this.expectName());
    if (this.at(T.DOT) || this.at(T.LPAR) || this.at(T.EQUAL)) {
      if (name !== '_') throw this.ctx.fail;
    }
    const end = this.prev;
    return new MatchStar(
      name === '_' ? null : name,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  /** `pattern`: alternatives, and `as` a name. */
  private pattern(): pattern {
    this.enter(EXPRESSION_DEPTH);
    const start = this.tok;
    let node = this.closedPattern();
    if (this.at(T.VBAR)) {
      const patterns = [node];
      while (this.accept(T.VBAR)) patterns.push(this.closedPattern());
      const end = this.prev;
      node = new MatchOr(patterns, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    if (this.at(K.AS)) {
      this.advance();
      const name = this.captureName();
      const end = this.prev;
      node = new MatchAs(node, name, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    this.depth -= EXPRESSION_DEPTH;
    return node;
  }

  private captureName(): string {
    const name = identifierOf(this.expectName());
    if (name === '_' || this.at(T.DOT) || this.at(T.LPAR) || this.at(T.EQUAL)) throw this.ctx.fail;
    return name;
  }

  private closedPattern(): pattern {
    const start = this.tok;
    switch (this.type) {
      case T.NUMBER:
      case T.MINUS:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START: {
        const value = this.literalExpression();
        const end = this.prev;
        return new MatchValue(value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case K.NONE:
      case K.TRUE:
      case K.FALSE: {
        const value = this.at(K.NONE) ? null : this.at(K.TRUE);
        this.advance();
        return new MatchSingleton(value, start.lineno, start.col_offset, start.end_lineno, start.end_col_offset);
      }
      case T.LPAR:
        return this.groupOrSequence();
      case T.LSQB: {
        this.advance();
        const items = this.at(T.RSQB) ? [] : this.morePatterns(this.maybeStarPattern(), T.RSQB);
        const end = this.expect(T.RSQB);
        return new MatchSequence(items, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case T.LBRACE:
        return this.mapping();
      case T.NAME:
        return this.nameStarted();
      default:
        throw this.ctx.fail;
    }
  }

  /** A number (signed or complex) or strings, as the value of a pattern or the key of a mapping. */
  private literalExpression(): expr {
    if (!this.at(T.NUMBER) && !this.at(T.MINUS)) return this.strings();
    const start = this.tok;
    const left = this.signedNumber();
    if (!this.at(T.PLUS) && !this.at(T.MINUS)) return left;
    const op = this.at(T.PLUS) ? 'Add' : 'Sub';
    this.advance();
    if (!this.at(T.NUMBER)) throw this.ctx.fail;
    const right = this.atom();
    const real = left._type === 'UnaryOp' ? left.operand : left;
    if (!(right instanceof Constant && right.value instanceof Complex)) throw this.ctx.fail;
    if (real instanceof Constant && real.value instanceof Complex) throw this.ctx.fail;
    const end = this.prev;
    return new BinOp(left, op, right, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private signedNumber(): expr {
    const start = this.tok;
    const isNegative = this.accept(T.MINUS);
    if (!this.at(T.NUMBER)) throw this.ctx.fail;
    const number = this.atom();
    if (!isNegative) return number;
    return new UnaryOp('USub', number, start.lineno, start.col_offset, number.end_lineno, number.end_col_offset);
  }

  private groupOrSequence(): pattern {
    const start = this.advance();
    if (this.at(T.RPAR)) {
      const end = this.advance();
      return new MatchSequence([], start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
    }
    const first = this.maybeStarPattern();
    if (!this.at(T.COMMA)) {
      if (first._type === 'MatchStar') throw this.ctx.fail;
      this.expect(T.RPAR);
      return first;
    }
    const items = this.morePatterns(first, T.RPAR);
    const end = this.expect(T.RPAR);
    return new MatchSequence(items, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private mapping(): pattern {
    const start = this.advance();
    const keys: expr[] = [];
    const patterns: pattern[] = [];
    let rest: string | null = null;
    while (!this.at(T.RBRACE)) {
      if (this.at(T.DOUBLESTAR)) {
        this.advance();
        rest = this.captureName();
        this.accept(T.COMMA);
        break;
      }
      keys.push(this.mappingKey());
      this.expect(T.COLON);
      patterns.push(this.pattern());
      if (!this.accept(T.COMMA)) break;
    }
    const end = this.expect(T.RBRACE);
    return new MatchMapping(keys, patterns, rest, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private mappingKey(): expr {
    const token = this.tok;
    switch (this.type) {
      case K.NONE:
        this.advance();
        return this.constant(token, null);
      case K.TRUE:
        this.advance();
        return this.constant(token, true);
      case K.FALSE:
        this.advance();
        return this.constant(token, false);
      case T.NAME: {
        const name = this.dottedExpression();
        if (name._type !== 'Attribute') throw this.ctx.fail;
        return name;
      }
      case T.NUMBER:
      case T.MINUS:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
        return this.literalExpression();
      default:
        throw this.ctx.fail;
    }
  }

  /** `name_or_attr` */
  private dottedExpression(): expr {
    const start = this.expectName();
    let node: expr = nameNode(start);
    while (this.at(T.DOT)) {
      this.advance();
      const name = this.expectName();
      node = new Attribute(
        node,
        identifierOf(name),
        'Load',
        start.lineno,
        start.col_offset,
        name.end_lineno,
        name.end_col_offset,
      );
    }
    return node;
  }

  /** A capture, the wildcard, a dotted value or a class pattern. */
  private nameStarted(): pattern {
    const start = this.tok;
    const node = this.dottedExpression();
    if (this.at(T.LPAR)) return this.classPattern(node, start);
    const end = this.prev;
    const { lineno, col_offset } = start;
    if (this.at(T.EQUAL)) throw this.ctx.fail;
    if (node._type === 'Attribute') {
      return new MatchValue(node, lineno, col_offset, end.end_lineno, end.end_col_offset);
    }
    const name = identifierOf(start);
    return new MatchAs(null, name === '_' ? null : name, lineno, col_offset, end.end_lineno, end.end_col_offset);
  }

  private classPattern(cls: expr, start: Token): pattern {
    this.advance();
    const patterns: pattern[] = [];
    const names: string[] = [];
    const values: pattern[] = [];
    while (!this.at(T.RPAR)) {
      if (this.at(T.NAME) && this.peekType() === T.EQUAL) {
        names.push(identifierOf(this.advance()));
        this.advance();
        values.push(this.pattern());
      } else {
        if (names.length > 0) throw this.ctx.fail;
        patterns.push(this.pattern());
      }
      if (!this.accept(T.COMMA)) break;
    }
    const end = this.expect(T.RPAR);
    return new MatchClass(
      cls,
      patterns,
      names,
      values,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }
}
