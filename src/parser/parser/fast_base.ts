// fast_base.ts: the fast parser's place in the token stream.                               CPython: Parser/pegen.c
//
// The fast parser is a deterministic recursive descent with one token of lookahead. It accepts exactly the valid
// programs and says nothing about the others: wherever something does not fit it throws ctx.fail, and the exact parser
// (machine.ts) goes over the statement again to find CPython's error. It gives up in the same way on nesting so deep
// that CPython might refuse it, which keeps its own use of the JavaScript stack small.
// Invariant: `tok` is the next token, `type` its type, `prev` the last consumed token that is not layout.

import { Name } from '../ast.generated.ts';
import { normalizeIdentifier } from '../identifiers.ts';
import type { Token } from '../token.ts';
import { NAME } from '../token.ts';
import type { ParserContext } from './context.ts';

/**
 * An upper bound of the rule calls that CPython has open at the same point must stay below this; CPython's limit is
 * 6000 (Parser/parser.c:MAXSTACK), less what the innermost expression needs.
 */
const DEPTH_LIMIT = 5400;

/** Rule calls that one nested expression costs CPython at most. */
export const EXPRESSION_DEPTH = 30;

export interface Checkpoint {
  readonly pos: number;
  readonly prev: Token;
  readonly depth: number;
  readonly warnings: number;
}

export class FastBase {
  readonly ctx: ParserContext;
  tok: Token;
  type: number;
  prev: Token;
  /** Index of `tok` in ctx.tokens. */
  pos: number;
  depth = 0;

  constructor(ctx: ParserContext, pos: number) {
    this.ctx = ctx;
    this.pos = pos;
    this.tok = ctx.tokenAt(pos);
    this.type = this.tok.type;
    this.prev = this.tok;
  }

  /** Consumes the current token and returns it. */
  advance(): Token {
    const token = this.tok;
    this.prev = token;
    const tokens = this.ctx.tokens;
    const next = ++this.pos < tokens.length ? tokens[this.pos]! : this.ctx.fill();
    this.tok = next;
    this.type = next.type;
    return token;
  }

  /** Consumes a layout token (NEWLINE, INDENT, DEDENT), which no node ends with. */
  skipLayout(): void {
    const tokens = this.ctx.tokens;
    const next = ++this.pos < tokens.length ? tokens[this.pos]! : this.ctx.fill();
    this.tok = next;
    this.type = next.type;
  }

  expect(type: number): Token {
    if (this.type !== type) throw this.ctx.fail;
    return this.advance();
  }

  /** Is the current token of this type? (A method, because a comparison would narrow the type of `type` for good.) */
  at(type: number): boolean {
    return this.type === type;
  }

  /** Type of the token after the current one. */
  peekType(): number {
    return this.ctx.tokenAt(this.pos + 1).type;
  }

  accept(type: number): boolean {
    if (this.type !== type) return false;
    this.advance();
    return true;
  }

  /** Where to come back to if an attempt fails. */
  save(): Checkpoint {
    return { pos: this.pos, prev: this.prev, depth: this.depth, warnings: this.ctx.warnings };
  }

  /** Undoes an attempt; its warnings will come again and are not to be sent twice. */
  restore(to: Checkpoint): void {
    this.resume(to.pos);
    this.prev = to.prev;
    this.depth = to.depth;
    this.ctx.skipWarnings += this.ctx.warnings - to.warnings;
  }

  /** Goes on at another token, after the exact parser took over for a statement. */
  resume(pos: number): void {
    this.pos = pos;
    this.tok = this.ctx.tokenAt(pos);
    this.type = this.tok.type;
    this.prev = this.tok;
    this.depth = 0;
  }

  /** Forgets the first tokens of the buffer. */
  dropTokens(count: number): void {
    this.ctx.tokens.splice(0, count);
    this.pos -= count;
  }

  enter(cost: number): void {
    if ((this.depth += cost) > DEPTH_LIMIT) throw this.ctx.fail;
  }

  checkVersion(minor: number): void {
    if (this.ctx.featureVersion < minor) throw this.ctx.fail;
  }

  /** The identifier that a NAME token spells. CPython: Parser/pegen.c:_PyPegen_new_identifier */
  identifier(token: Token): string {
    return identifierOf(token);
  }

  expectName(): Token {
    if (this.type !== NAME) throw this.ctx.fail;
    return this.advance();
  }

  /** True if the current token is the soft keyword. */
  atWord(word: string): boolean {
    const token = this.tok;
    return this.type === NAME && token.end - token.start === word.length && token.source.startsWith(word, token.start);
  }
}

export function identifierOf(token: Token): string {
  const text = token.source.slice(token.start, token.end);
  // A byte length that differs from the length says that there are non-ASCII characters.
  return token.end_col_offset - token.col_offset === token.end - token.start ? text : normalizeIdentifier(text);
}

export function nameNode(token: Token): Name {
  return new Name(identifierOf(token), 'Load', token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
}
