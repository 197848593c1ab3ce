// machine.ts: the exact parser: CPython's grammar, rule by rule, on an explicit stack.          CPython: Parser/parser.c
//
// It parses expression grammars (PEG) with memo and left recursion exactly as CPython's generated parser does, because
// what CPython reports about a wrong program depends on the order in which rules were tried and on the furthest token
// they looked at. It runs when the fast parser gave up; in the second pass the invalid_* rules take part and raise.
// The stack is an array, so that a deep program meets CPython's limit (MAXSTACK rules) and never JavaScript's.
// Invariant: `filled` is the number of tokens that CPython's parser would have fetched by now.
// Enter through: run. Actions use raise* and make.
import { Constant, type expr, Name } from '../ast.generated.ts';
import { type PyErrorType, PySyntaxError } from '../errors.ts';
import { StringLiteralError } from '../string_literals.ts';
import { NAME, NUMBER, type Token } from '../token.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { rawErrorAt } from '../tokenizer_errors.ts';
import type { ParserContext } from './context.ts';
import { identifierOf } from './fast_base.ts';
import {
  type CompiledAlternative,
  ITEM_ANY_SOFT,
  ITEM_CUT,
  ITEM_NAME,
  ITEM_NUMBER,
  ITEM_RULE,
  ITEM_SOFT,
  type Item,
  MODE_AHEAD,
  MODE_FORCED,
  MODE_NOT_AHEAD,
  MODE_OPTIONAL,
  MODE_PLAIN,
  RULE_LEADER,
  RULE_LOOP0,
  RULE_LOOP1,
  type Rule,
  type Value,
} from './grammar.ts';
import { SOFT_KEYWORDS } from './keywords.ts';
import { parseNumber } from './literals.ts';
import { PartError } from './strings.ts';

/** CPython: Parser/parser.c:MAXSTACK */
const MAXSTACK = 6000;

/** What positions are taken from: nodes and tokens have the same four fields. */
export interface Span {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

interface Memo {
  end: number;
  value: Value;
}

/** A rule being tried. */
class Frame {
  rule: Rule;
  /** Where the alternative began. */
  mark: number;
  alt = 0;
  item = 0;
  /** Where the current item began. */
  itemMark = 0;
  cut = false;
  /** Values of the named items so far. */
  values: Value[] = [];
  /** The last value, for alternatives without named items. */
  last: Value = null;
  /** Loops: what matched so far. */
  list: Value[] | null = null;
  /** Left recursion: the best result, where it ends, and its memo. */
  best: Value = null;
  bestEnd = 0;
  memo: Memo | null = null;
  callInvalid = false;

  constructor(rule: Rule, mark: number) {
    this.rule = rule;
    this.mark = mark;
    this.itemMark = mark;
  }
}

const MATCHED = { matched: true };

export class Machine {
  readonly ctx: ParserContext;
  /** Index of the next token. */
  mark = 0;
  /** One more than the index of the furthest token looked at. */
  filled: number;
  callInvalid = false;
  /** Start of the alternative whose action runs: what `make` positions a node from. */
  start = 0;
  private memos: (Map<number, Memo> | undefined)[] = [];

  constructor(ctx: ParserContext, filled: number) {
    this.ctx = ctx;
    this.filled = filled;
  }

  /** Forgets what was parsed, and lets the invalid_* rules take part. CPython: reset_parser_state_for_error_pass */
  beginSecondPass(): void {
    this.memos = [];
    this.setCallInvalid(true);
  }

  private setCallInvalid(on: boolean): void {
    this.callInvalid = on;
    this.ctx.muted = on;
  }

  // ---- tokens -----------------------------------------------------------------------------------------------------

  private token(mark: number): Token {
    if (mark >= this.filled) {
      const token = this.ctx.tokenAt(mark);
      this.filled = mark + 1;
      return token;
    }
    return this.ctx.tokens[mark]!;
  }

  // ---- the machine ------------------------------------------------------------------------------------------------

  /** Parses `root` at token `mark`, as if `depth` rules were open already. Null if it does not match. */
  run(root: Rule, mark: number, depth: number): Value {
    this.mark = mark;
    const stack: Frame[] = [];
    const limit = MAXSTACK - depth;
    /** Value of the rule that just ended; null for a failure. */
    let value: Value = null;
    let returning = false;
    let entering: Rule | null = root;

    for (;;) {
      if (entering !== null) {
        const rule: Rule = entering;
        entering = null;
        if (stack.length >= limit) this.stackOverflow();
        this.token(this.mark);
        if (rule.memo || rule.kind === RULE_LEADER) {
          const memo = this.memos[this.mark]?.get(rule.id);
          if (memo !== undefined) {
            this.mark = memo.end;
            value = memo.value;
            returning = true;
          }
        }
        if (!returning) {
          const frame = new Frame(rule, this.mark);
          frame.callInvalid = this.callInvalid;
          if (rule.withoutInvalid) this.setCallInvalid(false);
          if (rule.kind === RULE_LOOP0 || rule.kind === RULE_LOOP1) frame.list = [];
          stack.push(frame);
          if (rule.kind === RULE_LEADER) {
            frame.bestEnd = this.mark;
            frame.memo = { end: this.mark, value: null };
            this.remember(this.mark, rule, frame.memo);
            entering = rule.raw;
            continue;
          }
          if (!this.firstAlternative(frame)) {
            stack.pop();
            value = null;
            returning = true;
          }
        }
      }

      if (returning && stack.length === 0) return value;
      const frame = stack[stack.length - 1]!;
      const rule = frame.rule;

      if (rule.kind === RULE_LEADER) {
        // The raw rule came back: go on while it reaches further.
        returning = false;
        if (value !== null && this.mark > frame.bestEnd) {
          frame.best = value;
          frame.bestEnd = this.mark;
          frame.memo!.value = value;
          frame.memo!.end = this.mark;
          this.mark = frame.mark;
          entering = rule.raw;
          continue;
        }
        this.mark = frame.bestEnd;
        value = frame.best;
        stack.pop();
        returning = true;
        continue;
      }

      let alt: CompiledAlternative = rule.alts[frame.alt]!;
      let failed = false;
      for (;;) {
        // One item, or the end of the alternative.
        let item: Item | undefined = alt.items[frame.item];
        if (item !== undefined && !returning) {
          frame.itemMark = this.mark;
          if (item.kind === ITEM_RULE) {
            entering = item.rule;
            break;
          }
          value = this.terminal(item, frame);
        }
        if (item !== undefined) {
          returning = false;
          switch (item.mode) {
            case MODE_PLAIN:
              failed = value === null;
              break;
            case MODE_OPTIONAL:
              if (value === null) this.mark = frame.itemMark;
              break;
            case MODE_AHEAD:
              this.mark = frame.itemMark;
              failed = value === null;
              break;
            case MODE_NOT_AHEAD:
              this.mark = frame.itemMark;
              failed = value !== null;
              break;
            case MODE_FORCED:
              if (value === null) {
                throw this.errorAt(this.token(this.mark), `expected '${item.text}'`);
              }
              failed = false;
              break;
          }
          if (!failed) {
            if (item.named) frame.values.push(value);
            frame.last = value;
            frame.item++;
            item = alt.items[frame.item];
            if (item !== undefined) continue;
          }
        }
        if (!failed) {
          // The alternative matched.
          value = this.finish(alt, frame);
          if (frame.list !== null) {
            frame.list.push(value);
            frame.mark = this.mark;
            frame.item = 0;
            frame.values = [];
            continue;
          }
          stack.pop();
          if (rule.withoutInvalid) this.setCallInvalid(frame.callInvalid);
          if (rule.memo) this.remember(frame.mark, rule, { end: this.mark, value });
          returning = true;
          break;
        }
        // It did not: try the next one.
        failed = false;
        this.mark = frame.mark;
        if (!frame.cut && this.nextAlternative(frame)) {
          alt = rule.alts[frame.alt]!;
          continue;
        }
        value = null;
        if (frame.list !== null && (rule.kind === RULE_LOOP0 || frame.list.length > 0)) value = frame.list;
        stack.pop();
        if (rule.withoutInvalid) this.setCallInvalid(frame.callInvalid);
        if (rule.memo) this.remember(frame.mark, rule, { end: this.mark, value });
        returning = true;
        break;
      }
    }
  }

  private remember(mark: number, rule: Rule, memo: Memo): void {
    const memos = (this.memos[mark] ??= new Map<number, Memo>());
    memos.set(rule.id, memo);
  }

  private firstAlternative(frame: Frame): boolean {
    frame.alt = -1;
    return this.nextAlternative(frame);
  }

  private nextAlternative(frame: Frame): boolean {
    const alts = frame.rule.alts;
    do frame.alt++;
    while (frame.alt < alts.length && alts[frame.alt]!.invalid && !this.callInvalid);
    frame.item = 0;
    frame.values = [];
    frame.last = null;
    return frame.alt < alts.length;
  }

  private terminal(item: Item, frame: Frame): Value {
    if (item.kind === ITEM_CUT) {
      frame.cut = true;
      return MATCHED;
    }
    const token = this.token(this.mark);
    switch (item.kind) {
      case ITEM_NAME:
        if (token.type !== NAME) return null;
        this.mark++;
        return this.nameNode(token);
      case ITEM_SOFT:
        if (token.type !== NAME || token.string !== item.text) return null;
        this.mark++;
        return this.nameNode(token);
      case ITEM_ANY_SOFT:
        if (token.type !== NAME || !SOFT_KEYWORDS.includes(token.string)) return null;
        this.mark++;
        return this.nameNode(token);
      case ITEM_NUMBER:
        if (token.type !== NUMBER) return null;
        this.mark++;
        return this.number(token);
      default:
        if (token.type !== item.type) return null;
        this.mark++;
        return token;
    }
  }

  private nameNode(token: Token): Name {
    return new Name(
      identifierOf(token),
      'Load',
      token.lineno,
      token.col_offset,
      token.end_lineno,
      token.end_col_offset,
    );
  }

  private number(token: Token): Constant {
    try {
      const value = parseNumber(this.ctx, token);
      return new Constant(value, null, token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
    } catch (e) {
      if (!(e instanceof StringLiteralError)) throw e;
      if (e.msg.startsWith('Underscores')) throw this.error(e.msg);
      throw this.ctx.errorAt('SyntaxError', e.msg, token.lineno, -1, token.end_lineno, -1);
    }
  }

  private finish(alt: CompiledAlternative, frame: Frame): Value {
    this.start = frame.mark;
    if (alt.action !== null) return alt.action(this, ...frame.values) ?? null;
    if (frame.values.length === 1) return frame.values[0] ?? MATCHED;
    return alt.items.length === 1 ? frame.last : MATCHED;
  }

  private stackOverflow(): never {
    throw new PySyntaxError('MemoryError', 'Parser stack overflowed - Python source too complex to parse');
  }

  // ---- for actions ------------------------------------------------------------------------------------------------

  /** The first and last token of what the alternative matched. */
  firstToken(): Token {
    return this.token(this.start);
  }

  lastToken(): Token {
    return this.ctx.lastSolidToken(this.mark);
  }

  /** The four positions of what the alternative matched, to be spread into a node's constructor. CPython: EXTRA */
  at(): [lineno: number, col_offset: number, end_lineno: number, end_col_offset: number] {
    const first = this.firstToken();
    const last = this.lastToken();
    return [first.lineno, first.col_offset, last.end_lineno, last.end_col_offset];
  }

  /** The node, if feature_version has that syntax. CPython: pegen.h:CHECK_VERSION */
  since<T>(minor: number, what: string, node: T): T {
    if (this.ctx.featureVersion < minor) {
      throw this.error(`${what} only supported in Python 3.${minor} and greater`);
    }
    return node;
  }

  /** Runs something that decodes literals; a literal error becomes a SyntaxError at the token or at the part. */
  decoding<T>(token: Token, build: () => T): T {
    try {
      return build();
    } catch (e) {
      if (e instanceof StringLiteralError) throw this.literalError(e, token);
      if (e instanceof PartError) throw this.literalError(e.error, e.node);
      throw e;
    }
  }

  private literalError(e: StringLiteralError, where: Span): PySyntaxError {
    return this.errorAt(where, e.kind === 'syntax' ? e.msg : `(${e.kind}) ${e.msg}`);
  }

  // ---- errors -----------------------------------------------------------------------------------------------------

  /** CPython: pegen.h:RAISE_SYNTAX_ERROR, at the last token fetched */
  error(msg: string): PySyntaxError {
    return this.errorAtToken('SyntaxError', msg, this.ctx.knownErrToken ?? this.ctx.tokens[this.filled - 1]!);
  }

  /** CPython: RAISE_INDENTATION_ERROR */
  indentationError(msg: string): PySyntaxError {
    return this.errorAtToken('IndentationError', msg, this.ctx.knownErrToken ?? this.ctx.tokens[this.filled - 1]!);
  }

  /** CPython: RAISE_SYNTAX_ERROR_ON_NEXT_TOKEN */
  errorOnNext(msg: string): PySyntaxError {
    return this.errorAtToken('SyntaxError', msg, this.token(this.mark));
  }

  errorAtToken(type: PyErrorType, msg: string, token: Token): PySyntaxError {
    return errorAtToken(this.ctx.tokenizer, type, msg, token);
  }

  /** CPython: RAISE_SYNTAX_ERROR_KNOWN_LOCATION */
  errorAt(node: Span, msg: string): PySyntaxError {
    return this.errorRange(node, node, msg);
  }

  /** CPython: RAISE_SYNTAX_ERROR_KNOWN_RANGE */
  errorRange(first: Span, last: Span, msg: string): PySyntaxError {
    return this.ctx.errorAt('SyntaxError', msg, first.lineno, first.col_offset, last.end_lineno, last.end_col_offset);
  }

  /** CPython: RAISE_SYNTAX_ERROR_STARTING_FROM */
  errorFrom(first: Span, msg: string): PySyntaxError {
    const { tokenizer } = this.ctx;
    return rawErrorAt(
      tokenizer,
      'SyntaxError',
      msg,
      first.lineno,
      first.col_offset + 1,
      tokenizer.lineno,
      tokenizer.byteCol(tokenizer.pos),
    );
  }

  /** CPython: RAISE_SYNTAX_ERROR_INVALID_TARGET; null if the expression is a fine target */
  invalidTarget(kind: 'star' | 'del' | 'for', node: expr): null {
    const bad = findInvalidTarget(node, kind);
    if (bad === null) return null;
    throw this.errorAt(bad, `cannot ${kind === 'del' ? 'delete' : 'assign to'} ${expressionName(bad)}`);
  }
}

/** An error at a token, which may have no position. CPython: Parser/pegen_errors.c:_PyPegen_raise_error */
export function errorAtToken(tokenizer: Tokenizer, type: PyErrorType, msg: string, token: Token): PySyntaxError {
  let col = token.col_offset + 1;
  if (token.col_offset < 0) col = tokenizer.pos === 0 || tokenizer.emptied ? 0 : tokenizer.byteCol(tokenizer.pos);
  const endCol = token.end_col_offset < 0 ? -1 : token.end_col_offset + 1;
  return rawErrorAt(tokenizer, type, msg, token.lineno, col, token.end_lineno, endCol);
}

/** CPython: Parser/action_helpers.c:_PyPegen_get_invalid_target */
function findInvalidTarget(node: expr, kind: 'star' | 'del' | 'for'): expr | null {
  switch (node._type) {
    case 'List':
    case 'Tuple':
      for (const item of node.elts) {
        const bad = findInvalidTarget(item, kind);
        if (bad !== null) return bad;
      }
      return null;
    case 'Starred':
      return kind === 'del' ? node : findInvalidTarget(node.value, kind);
    case 'Compare':
      // `for a in b` reads as a comparison here: its left side is the target.
      if (kind !== 'for') return node;
      return node.ops[0] === 'In' ? findInvalidTarget(node.left, kind) : null;
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null;
    default:
      return node;
  }
}

/** What error messages call an expression. CPython: Parser/action_helpers.c:_PyPegen_get_expr_name */
export function expressionName(node: expr): string {
  switch (node._type) {
    case 'Attribute':
      return 'attribute';
    case 'Subscript':
      return 'subscript';
    case 'Starred':
      return 'starred';
    case 'Name':
      return 'name';
    case 'List':
      return 'list';
    case 'Tuple':
      return 'tuple';
    case 'Lambda':
      return 'lambda';
    case 'Call':
      return 'function call';
    case 'BoolOp':
    case 'BinOp':
    case 'UnaryOp':
      return 'expression';
    case 'GeneratorExp':
      return 'generator expression';
    case 'Yield':
    case 'YieldFrom':
      return 'yield expression';
    case 'Await':
      return 'await expression';
    case 'ListComp':
      return 'list comprehension';
    case 'SetComp':
      return 'set comprehension';
    case 'DictComp':
      return 'dict comprehension';
    case 'Dict':
      return 'dict literal';
    case 'Set':
      return 'set display';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'f-string expression';
    case 'TemplateStr':
    case 'Interpolation':
      return 't-string expression';
    case 'Constant':
      if (node.value === null) return 'None';
      if (node.value === false) return 'False';
      if (node.value === true) return 'True';
      return typeof node.value === 'symbol' ? 'ellipsis' : 'literal';
    case 'Compare':
      return 'comparison';
    case 'IfExp':
      return 'conditional expression';
    case 'NamedExpr':
      return 'named expression';
    default:
      return 'expression';
  }
}
