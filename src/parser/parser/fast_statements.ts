// fast_statements.ts: statements and whole programs.                 CPython: Grammar/python.gram, "GENERAL STATEMENTS" to "Type statement"
//
// Enter through: program (mode exec), interactive, evalInput, funcType.
import {
  alias as Alias,
  AnnAssign,
  Assert,
  Assign,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  AugAssign,
  Break,
  ClassDef,
  Continue,
  Delete,
  ExceptHandler,
  Expr,
  Expression,
  type expr,
  For,
  FunctionDef,
  FunctionType,
  Global,
  If,
  Import,
  ImportFrom,
  Interactive,
  type keyword,
  Match,
  match_case,
  Nonlocal,
  type operator,
  ParamSpec,
  Pass,
  Raise,
  Return,
  Starred,
  type stmt,
  Try,
  TryStar,
  Tuple,
  TypeAlias,
  TypeVar,
  TypeVarTuple,
  type type_param,
  While,
  With,
  withitem,
} from '../ast.generated.ts';
import type { Token } from '../token.ts';
import * as T from '../token.ts';
import { identifierOf, nameNode } from './fast_base.ts';
import { FastPatterns } from './fast_patterns.ts';
import * as K from './keywords.ts';

/** Rule calls that a nested block costs CPython at most. */
const BLOCK_DEPTH = 14;

function augmentedOperator(type: number): operator | null {
  switch (type) {
    case T.PLUSEQUAL:
      return 'Add';
    case T.MINEQUAL:
      return 'Sub';
    case T.STAREQUAL:
      return 'Mult';
    case T.ATEQUAL:
      return 'MatMult';
    case T.SLASHEQUAL:
      return 'Div';
    case T.PERCENTEQUAL:
      return 'Mod';
    case T.AMPEREQUAL:
      return 'BitAnd';
    case T.VBAREQUAL:
      return 'BitOr';
    case T.CIRCUMFLEXEQUAL:
      return 'BitXor';
    case T.LEFTSHIFTEQUAL:
      return 'LShift';
    case T.RIGHTSHIFTEQUAL:
      return 'RShift';
    case T.DOUBLESTAREQUAL:
      return 'Pow';
    case T.DOUBLESLASHEQUAL:
      return 'FloorDiv';
    default:
      return null;
  }
}

export class FastParser extends FastPatterns {
  // ---- whole inputs -----------------------------------------------------------------------------------------------

  /** One top-level statement (or one line of simple statements) onto `body`. */
  statement(body: stmt[]): void {
    switch (this.type) {
      case K.IF:
        body.push(this.ifStatement());
        return;
      case K.DEF:
        body.push(this.functionDef([], this.tok, false));
        return;
      case K.CLASS:
        body.push(this.classDef([]));
        return;
      case T.AT:
        body.push(this.decorated());
        return;
      case K.FOR:
        body.push(this.forStatement(this.tok, false));
        return;
      case K.WHILE:
        body.push(this.whileStatement());
        return;
      case K.TRY:
        body.push(this.tryStatement());
        return;
      case K.WITH:
        body.push(this.withStatement(this.tok, false));
        return;
      case K.ASYNC:
        body.push(this.asyncStatement());
        return;
      case T.NAME:
        if (this.atWord('match')) {
          const match = this.matchStatement();
          if (match !== null) {
            body.push(match);
            return;
          }
        }
        break;
    }
    this.simpleStatements(body);
  }

  /** `interactive` */
  interactive(): Interactive {
    if (this.at(T.NEWLINE)) {
      const token = this.tok;
      return new Interactive([new Pass(token.lineno, token.col_offset, token.end_lineno, token.end_col_offset)]);
    }
    const body: stmt[] = [];
    const first = this.type;
    this.statement(body);
    const last = body[body.length - 1]!;
    if (this.isCompound(first, last)) {
      if (!this.at(T.NEWLINE)) throw this.ctx.fail;
    }
    return new Interactive(body);
  }

  private isCompound(first: number, node: stmt): boolean {
    return (
      first === K.IF ||
      first === K.DEF ||
      first === K.CLASS ||
      first === T.AT ||
      first === K.FOR ||
      first === K.WHILE ||
      first === K.TRY ||
      first === K.WITH ||
      first === K.ASYNC ||
      node._type === 'Match'
    );
  }

  /** `eval` */
  evalInput(): Expression {
    const body = this.expressions();
    while (this.at(T.NEWLINE)) this.skipLayout();
    if (!this.at(T.ENDMARKER)) throw this.ctx.fail;
    return new Expression(body);
  }

  /** `func_type` */
  funcType(): FunctionType {
    this.expect(T.LPAR);
    const argtypes: expr[] = [];
    let state = 0;
    while (!this.at(T.RPAR)) {
      if (this.at(T.STAR)) {
        if (state >= 1) throw this.ctx.fail;
        state = 1;
        this.advance();
      } else if (this.at(T.DOUBLESTAR)) {
        if (state >= 2) throw this.ctx.fail;
        state = 2;
        this.advance();
      } else if (state > 0) throw this.ctx.fail;
      argtypes.push(this.expression());
      if (!this.at(T.COMMA)) break;
      this.advance();
      if (this.at(T.RPAR)) throw this.ctx.fail;
    }
    this.expect(T.RPAR);
    this.expect(T.RARROW);
    const returns = this.expression();
    while (this.at(T.NEWLINE)) this.skipLayout();
    if (!this.at(T.ENDMARKER)) throw this.ctx.fail;
    return new FunctionType(argtypes, returns);
  }

  // ---- simple statements ------------------------------------------------------------------------------------------

  private simpleStatements(body: stmt[]): void {
    for (;;) {
      body.push(this.simpleStatement());
      if (!this.at(T.SEMI)) break;
      this.advance();
      if (this.at(T.NEWLINE)) break;
    }
    if (!this.at(T.NEWLINE)) throw this.ctx.fail;
    // A single input ends here: what comes after this line is not even tokenized.
    if (this.depth > 0 || this.ctx.mode !== 'single') this.skipLayout();
  }

  private simpleStatement(): stmt {
    const start = this.tok;
    switch (this.type) {
      case K.RETURN: {
        this.advance();
        const value = this.startsExpression() ? this.starExpressions() : null;
        const end = this.prev;
        return new Return(value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case K.IMPORT:
        return this.importName();
      case K.FROM:
        return this.importFrom();
      case K.RAISE:
        return this.raiseStatement();
      case K.PASS:
        this.advance();
        return new Pass(start.lineno, start.col_offset, start.end_lineno, start.end_col_offset);
      case K.BREAK:
        this.advance();
        return new Break(start.lineno, start.col_offset, start.end_lineno, start.end_col_offset);
      case K.CONTINUE:
        this.advance();
        return new Continue(start.lineno, start.col_offset, start.end_lineno, start.end_col_offset);
      case K.DEL:
        return this.delStatement();
      case K.YIELD: {
        const value = this.yieldExpression();
        const end = this.prev;
        if (this.at(T.EQUAL)) throw this.ctx.fail;
        return new Expr(value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case K.ASSERT: {
        this.advance();
        const test = this.expression();
        const msg = this.accept(T.COMMA) ? this.expression() : null;
        const end = this.prev;
        return new Assert(test, msg, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case K.GLOBAL:
      case K.NONLOCAL: {
        const isGlobal = this.at(K.GLOBAL);
        this.advance();
        const names: string[] = [];
        do names.push(identifierOf(this.expectName()));
        while (this.accept(T.COMMA));
        const end = this.prev;
        return isGlobal
          ? new Global(names, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset)
          : new Nonlocal(names, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
      case T.NAME:
        if (this.atWord('type')) {
          const next = this.peekType();
          if (next === T.NAME) return this.typeAlias();
        }
    }
    return this.expressionStatement();
  }

  /** An expression, or an assignment of any kind. */
  private expressionStatement(): stmt {
    const start = this.tok;
    const first = this.starExpressions();
    switch (this.type) {
      case T.NEWLINE:
      case T.SEMI:
        break;
      case T.EQUAL:
        return this.assignment(start, first);
      case T.COLON:
        return this.annotatedAssignment(start, first);
      default: {
        const op = augmentedOperator(this.type);
        if (op === null) break;
        if (first._type !== 'Name' && first._type !== 'Attribute' && first._type !== 'Subscript') throw this.ctx.fail;
        if (op === 'MatMult') this.checkVersion(5);
        this.advance();
        first.ctx = 'Store';
        const value = this.annotatedRhs();
        const end = this.prev;
        return new AugAssign(first, op, value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
      }
    }
    const end = this.prev;
    return new Expr(first, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private assignment(start: Token, first: expr): stmt {
    const targets: expr[] = [];
    let value = first;
    while (this.at(T.EQUAL)) {
      this.store(value, 'Store');
      targets.push(value);
      this.advance();
      if (this.at(K.YIELD)) {
        value = this.yieldExpression();
        if (this.at(T.EQUAL)) throw this.ctx.fail;
      } else value = this.starExpressions();
    }
    const comment = this.typeComment();
    const end = this.prev;
    return new Assign(targets, value, comment, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private annotatedAssignment(start: Token, target: expr): stmt {
    if (target._type !== 'Name' && target._type !== 'Attribute' && target._type !== 'Subscript') throw this.ctx.fail;
    this.checkVersion(6);
    const simple = target._type === 'Name' && start.type === T.NAME ? 1 : 0;
    target.ctx = 'Store';
    this.advance();
    const annotation = this.expression();
    const value = this.accept(T.EQUAL) ? this.annotatedRhs() : null;
    const end = this.prev;
    return new AnnAssign(
      target,
      annotation,
      value,
      simple,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  private typeComment(): string | null {
    return this.at(T.TYPE_COMMENT) ? this.advance().string : null;
  }

  private raiseStatement(): stmt {
    const start = this.advance();
    let exc: expr | null = null;
    let cause: expr | null = null;
    if (!this.at(T.NEWLINE) && !this.at(T.SEMI)) {
      exc = this.expression();
      if (this.accept(K.FROM)) cause = this.expression();
    }
    const end = this.prev;
    return new Raise(exc, cause, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private delStatement(): stmt {
    const start = this.advance();
    const targets: expr[] = [];
    for (;;) {
      const target = this.primary();
      this.store(target, 'Del');
      targets.push(target);
      if (!this.at(T.COMMA)) break;
      this.advance();
      if (!this.startsExpression()) break;
    }
    if (!this.at(T.NEWLINE) && !this.at(T.SEMI)) throw this.ctx.fail;
    const end = this.prev;
    return new Delete(targets, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private importName(): stmt {
    const start = this.advance();
    const names: Alias[] = [];
    do {
      const first = this.tok;
      const name = this.dottedName();
      names.push(this.aliasFrom(first, name));
    } while (this.accept(T.COMMA));
    const end = this.prev;
    return new Import(names, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private dottedName(): string {
    let name = identifierOf(this.expectName());
    while (this.at(T.DOT)) {
      this.advance();
      name += `.${identifierOf(this.expectName())}`;
    }
    return name;
  }

  /** The optional `as NAME` after a name that began at `first`. */
  private aliasFrom(first: Token, name: string): Alias {
    const asname = this.accept(K.AS) ? identifierOf(this.expectName()) : null;
    const end = this.prev;
    return new Alias(name, asname, first.lineno, first.col_offset, end.end_lineno, end.end_col_offset);
  }

  private importFrom(): stmt {
    const start = this.advance();
    let level = 0;
    while (this.at(T.DOT) || this.at(T.ELLIPSIS)) {
      level += this.at(T.DOT) ? 1 : 3;
      this.advance();
    }
    const module = this.at(T.NAME) ? this.dottedName() : null;
    if (module === null && level === 0) throw this.ctx.fail;
    this.expect(K.IMPORT);
    const names: Alias[] = [];
    if (this.at(T.STAR)) {
      const star = this.advance();
      names.push(new Alias('*', null, star.lineno, star.col_offset, star.end_lineno, star.end_col_offset));
    } else {
      const isParenthesised = this.accept(T.LPAR);
      for (;;) {
        const first = this.tok;
        names.push(this.aliasFrom(first, identifierOf(this.expectName())));
        if (!this.at(T.COMMA)) break;
        this.advance();
        if (isParenthesised && this.at(T.RPAR)) break;
      }
      if (isParenthesised) this.expect(T.RPAR);
    }
    if (level === 0 && module === '__future__' && names.some(name => name.name === 'barry_as_FLUFL')) {
      this.ctx.barryFromNow();
    }
    const end = this.prev;
    return new ImportFrom(module, names, level, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private typeAlias(): stmt {
    this.checkVersion(12);
    const start = this.advance();
    const name = nameNode(this.expectName());
    name.ctx = 'Store';
    const params = this.typeParams();
    this.expect(T.EQUAL);
    const value = this.expression();
    const end = this.prev;
    return new TypeAlias(name, params, value, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  // ---- blocks -----------------------------------------------------------------------------------------------------

  /** The colon and what it introduces: an indented block, or simple statements on the same line. */
  private block(): stmt[] {
    this.enter(BLOCK_DEPTH);
    const body: stmt[] = [];
    if (this.at(T.NEWLINE)) {
      this.skipLayout();
      if (!this.at(T.INDENT)) throw this.ctx.fail;
      this.skipLayout();
      do this.statement(body);
      while (!this.at(T.DEDENT));
      this.skipLayout();
    } else {
      this.simpleStatements(body);
    }
    this.depth -= BLOCK_DEPTH;
    return body;
  }

  private elseBlock(): stmt[] {
    if (!this.at(K.ELSE)) return [];
    this.advance();
    this.expect(T.COLON);
    return this.block();
  }

  private ifStatement(): stmt {
    const depth = this.depth;
    const start = this.advance();
    const test = this.namedExpression();
    this.expect(T.COLON);
    const first = new If(test, this.block(), [], start.lineno, start.col_offset, 0, 0);
    const chain = [first];
    while (this.at(K.ELIF)) {
      this.enter(1);
      const token = this.advance();
      const condition = this.namedExpression();
      this.expect(T.COLON);
      chain.push(new If(condition, this.block(), [], token.lineno, token.col_offset, 0, 0));
    }
    chain[chain.length - 1]!.orelse = this.elseBlock();
    const end = this.prev;
    for (let i = 0; i < chain.length; i++) {
      const node = chain[i]!;
      node.end_lineno = end.end_lineno;
      node.end_col_offset = end.end_col_offset;
      if (i > 0) chain[i - 1]!.orelse = [node];
    }
    this.depth = depth;
    return first;
  }

  private whileStatement(): stmt {
    const start = this.advance();
    const test = this.namedExpression();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.elseBlock();
    const end = this.prev;
    return new While(test, body, orelse, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  private asyncStatement(): stmt {
    const start = this.advance();
    this.checkVersion(5);
    switch (this.type) {
      case K.DEF:
        return this.functionDef([], start, true);
      case K.FOR:
        return this.forStatement(start, true);
      case K.WITH:
        return this.withStatement(start, true);
      default:
        throw this.ctx.fail;
    }
  }

  private forStatement(start: Token, isAsync: boolean): stmt {
    this.advance();
    const target = this.starTargets();
    this.expect(K.IN);
    const iter = this.starExpressions();
    this.expect(T.COLON);
    const comment = this.typeComment();
    const body = this.block();
    const orelse = this.elseBlock();
    const end = this.prev;
    const { lineno, col_offset } = start;
    return isAsync
      ? new AsyncFor(target, iter, body, orelse, comment, lineno, col_offset, end.end_lineno, end.end_col_offset)
      : new For(target, iter, body, orelse, comment, lineno, col_offset, end.end_lineno, end.end_col_offset);
  }

  private withStatement(start: Token, isAsync: boolean): stmt {
    this.advance();
    // `with (` may open the list of items or an expression: it is the list if all of it reads so, up to the colon.
    let items: withitem[] | null = null;
    if (this.at(T.LPAR)) items = this.attempt(() => this.parenthesisedItems());
    const parenthesised = items !== null;
    items ??= this.withItems(false);
    this.expect(T.COLON);
    const comment = isAsync && parenthesised ? null : this.typeComment();
    const body = this.block();
    const end = this.prev;
    const { lineno, col_offset } = start;
    return isAsync
      ? new AsyncWith(items, body, comment, lineno, col_offset, end.end_lineno, end.end_col_offset)
      : new With(items, body, comment, lineno, col_offset, end.end_lineno, end.end_col_offset);
  }

  private parenthesisedItems(): withitem[] | null {
    this.advance();
    const items = this.withItems(true);
    if (!this.accept(T.RPAR)) return null;
    return this.at(T.COLON) ? items : null;
  }

  private withItems(parenthesised: boolean): withitem[] {
    const items: withitem[] = [];
    for (;;) {
      const context = this.expression();
      const target = this.accept(K.AS) ? this.starTarget() : null;
      items.push(new withitem(context, target));
      if (!this.at(T.COMMA)) break;
      this.advance();
      if (parenthesised && this.at(T.RPAR)) break;
    }
    return items;
  }

  /** What `parse` returns; null, with nothing consumed, if it gives up or returns null. */
  private attempt<R>(parse: () => R | null): R | null {
    const checkpoint = this.save();
    let result: R | null = null;
    try {
      result = parse();
    } catch (e) {
      if (e !== this.ctx.fail) throw e;
    }
    if (result === null) this.restore(checkpoint);
    return result;
  }

  private tryStatement(): stmt {
    const start = this.advance();
    this.expect(T.COLON);
    const body = this.block();
    const handlers: ExceptHandler[] = [];
    let isStar = false;
    while (this.at(K.EXCEPT)) {
      const token = this.advance();
      if (this.at(T.STAR)) {
        if (handlers.length > 0 && !isStar) throw this.ctx.fail;
        this.checkVersion(11);
        isStar = true;
        this.advance();
        if (this.at(T.COLON)) throw this.ctx.fail;
      } else if (isStar) throw this.ctx.fail;
      let type: expr | null = null;
      let name: string | null = null;
      if (!this.at(T.COLON)) {
        type = this.expressions();
        const isBareTuple = type._type === 'Tuple' && this.isUnparenthesised(type);
        if (isBareTuple) this.checkVersion(14);
        if (this.at(K.AS)) {
          if (isBareTuple) throw this.ctx.fail;
          this.advance();
          name = identifierOf(this.expectName());
        }
      }
      this.expect(T.COLON);
      const block = this.block();
      const end = this.prev;
      handlers.push(
        new ExceptHandler(type, name, block, token.lineno, token.col_offset, end.end_lineno, end.end_col_offset),
      );
    }
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    let finalbody: stmt[] = [];
    if (this.at(K.FINALLY)) {
      this.advance();
      this.expect(T.COLON);
      finalbody = this.block();
    } else if (handlers.length === 0) throw this.ctx.fail;
    const end = this.prev;
    const { lineno, col_offset } = start;
    return isStar
      ? new TryStar(body, handlers, orelse, finalbody, lineno, col_offset, end.end_lineno, end.end_col_offset)
      : new Try(body, handlers, orelse, finalbody, lineno, col_offset, end.end_lineno, end.end_col_offset);
  }

  /** A tuple without parentheses begins where its first item does. */
  private isUnparenthesised(node: Tuple): boolean {
    const first = node.elts[0];
    if (first === undefined) return false;
    return this.ctx.tokens.length > 0 && this.tupleStartsBare(node);
  }

  private tupleStartsBare(node: Tuple): boolean {
    const last = this.prev;
    if (last.type !== T.RPAR) return true;
    // `(a), (b)` ends with a parenthesis too: what decides is whether the first one closes at the end.
    for (let i = this.pos - 1, depth = 0; i >= 0; i--) {
      const token = this.ctx.tokens[i]!;
      if (token.type === T.RPAR || token.type === T.RSQB || token.type === T.RBRACE) depth++;
      else if (token.type === T.LPAR || token.type === T.LSQB || token.type === T.LBRACE) {
        depth--;
        if (depth === 0) return token.lineno !== node.lineno || token.col_offset !== node.col_offset;
      }
    }
    return true;
  }

  // ---- definitions ------------------------------------------------------------------------------------------------

  private decorated(): stmt {
    const decorators: expr[] = [];
    while (this.at(T.AT)) {
      this.advance();
      decorators.push(this.namedExpression());
      if (!this.at(T.NEWLINE)) throw this.ctx.fail;
      this.skipLayout();
    }
    if (this.at(K.CLASS)) return this.classDef(decorators);
    const start = this.tok;
    const isAsync = this.at(K.ASYNC);
    if (isAsync) {
      this.checkVersion(5);
      this.advance();
    }
    return this.functionDef(decorators, start, isAsync);
  }

  private functionDef(decorators: expr[], start: Token, isAsync: boolean): stmt {
    this.expect(K.DEF);
    const name = identifierOf(this.expectName());
    const typeParams = this.typeParams();
    this.expect(T.LPAR);
    const args = this.parameters(T.RPAR);
    this.expect(T.RPAR);
    const returns = this.accept(T.RARROW) ? this.expression() : null;
    this.expect(T.COLON);
    const comment = this.functionComment();
    const body = this.block();
    const end = this.prev;
    const node = isAsync ? AsyncFunctionDef : FunctionDef;
    return new node(
      name,
      args,
      body,
      decorators,
      returns,
      comment,
      typeParams,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  /** `func_type_comment`: on the line of the def, or alone on the first line of its body. */
  private functionComment(): string | null {
    if (this.at(T.TYPE_COMMENT)) return this.advance().string;
    if (!this.at(T.NEWLINE) || !this.ctx.typeComments) return null;
    if (this.peekType() !== T.TYPE_COMMENT) return null;
    if (this.ctx.tokenAt(this.pos + 2).type !== T.NEWLINE || this.ctx.tokenAt(this.pos + 3).type !== T.INDENT) {
      throw this.ctx.fail;
    }
    this.skipLayout();
    return this.advance().string;
  }

  private classDef(decorators: expr[]): stmt {
    const start = this.advance();
    const name = identifierOf(this.expectName());
    const typeParams = this.typeParams();
    const bases: expr[] = [];
    const keywords: keyword[] = [];
    if (this.accept(T.LPAR)) {
      this.callArguments(null, bases, keywords);
      this.expect(T.RPAR);
    }
    this.expect(T.COLON);
    const body = this.block();
    const end = this.prev;
    return new ClassDef(
      name,
      bases,
      keywords,
      body,
      decorators,
      typeParams,
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  private typeParams(): type_param[] {
    if (!this.at(T.LSQB)) return [];
    this.checkVersion(12);
    this.advance();
    const params: type_param[] = [];
    do {
      if (this.at(T.RSQB) && params.length > 0) break;
      params.push(this.typeParam());
    } while (this.accept(T.COMMA));
    this.expect(T.RSQB);
    return params;
  }

  private typeParam(): type_param {
    const start = this.tok;
    const isTuple = this.accept(T.STAR);
    const isSpec = !isTuple && this.accept(T.DOUBLESTAR);
    const name = identifierOf(this.expectName());
    let bound: expr | null = null;
    if (!isTuple && !isSpec && this.accept(T.COLON)) bound = this.expression();
    let value: expr | null = null;
    if (this.accept(T.EQUAL)) {
      this.checkVersion(13);
      value = isTuple ? this.starExpression() : this.expression();
    }
    const end = this.prev;
    const { lineno, col_offset } = start;
    if (isTuple) return new TypeVarTuple(name, value, lineno, col_offset, end.end_lineno, end.end_col_offset);
    if (isSpec) return new ParamSpec(name, value, lineno, col_offset, end.end_lineno, end.end_col_offset);
    return new TypeVar(name, bound, value, lineno, col_offset, end.end_lineno, end.end_col_offset);
  }

  // ---- match ------------------------------------------------------------------------------------------------------

  /** `match_stmt`; null if `match` is a plain name here, with nothing consumed. */
  private matchStatement(): stmt | null {
    const start = this.tok;
    const subject = this.matchHeader();
    if (subject === null) return null;
    this.checkVersion(10);
    this.skipLayout();
    if (!this.at(T.INDENT)) throw this.ctx.fail;
    this.skipLayout();
    const cases: match_case[] = [];
    this.enter(BLOCK_DEPTH);
    do {
      if (!this.atWord('case')) throw this.ctx.fail;
      this.advance();
      const pattern = this.patterns();
      const guard = this.accept(K.IF) ? this.namedExpression() : null;
      this.expect(T.COLON);
      cases.push(new match_case(pattern, guard, this.block()));
    } while (!this.at(T.DEDENT));
    this.depth -= BLOCK_DEPTH;
    this.skipLayout();
    const end = this.prev;
    return new Match(subject, cases, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }

  /**
   * From the word `match` to its colon, which must end the line; gives the subject. The token after the word settles
   * for most whether it is a match statement; where an expression may go on as well (`match (x)`, `match [x]`,
   * `match - x`, `match * x`), it is one if all of the line reads so.
   */
  private matchHeader(): expr | null {
    switch (this.peekType()) {
      case T.NAME:
      case T.NUMBER:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
      case T.LBRACE:
      case T.TILDE:
      case T.ELLIPSIS:
      case K.NONE:
      case K.TRUE:
      case K.FALSE:
      case K.AWAIT:
      case K.LAMBDA:
      case T.LPAR:
      case T.LSQB:
      case T.MINUS:
      case T.PLUS:
      case T.STAR:
      case K.NOT:
        return this.attempt(() => {
          this.advance();
          const subject = this.subject();
          if (!this.accept(T.COLON)) return null;
          return this.at(T.NEWLINE) ? subject : null;
        });
      default:
        return null;
    }
  }

  private subject(): expr {
    const start = this.tok;
    const first = this.starNamedExpression();
    if (!this.at(T.COMMA)) {
      if (first instanceof Starred) throw this.ctx.fail;
      return first;
    }
    const elts = [first];
    while (this.at(T.COMMA)) {
      this.advance();
      if (!this.startsExpression()) break;
      elts.push(this.starNamedExpression());
    }
    const end = this.prev;
    return new Tuple(elts, 'Load', start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
  }
}
