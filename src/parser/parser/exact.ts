// exact.ts: what happens after the fast parser gave up.             CPython: Parser/pegen.c:_PyPegen_run_parser, Parser/pegen_errors.c
//
// Enter through: parseExactly.

import type { stmt } from '../ast.generated.ts';
import { E_DEDENT, E_EOF, E_EOFS, E_EOLS, E_LINECONT, E_OK, E_TABSPACE, E_TOODEEP } from '../errcode.ts';
import { PySyntaxError } from '../errors.ts';
import { DEDENT, ENDMARKER, FSTRING_END, INDENT, NEWLINE, STRING, TSTRING_END } from '../token.ts';
import { rawErrorAt, unclosedParenthesis } from '../tokenizer_errors.ts';
import { type ParserContext, PyCF_ALLOW_INCOMPLETE_INPUT } from './context.ts';
import { compileGrammar, type Rule, type Value } from './grammar.ts';
import { EXPRESSIONS, STRINGS, TARGETS } from './grammar_expressions.ts';
import { INVALID } from './grammar_invalid.ts';
import { PARAMETERS, PATTERNS, STATEMENTS } from './grammar_statements.ts';
import { Machine } from './machine.ts';

let grammar: ReadonlyMap<string, Rule> | null = null;

/** The exact grammar; compiled when a program needs it first. */
function exactGrammar(): ReadonlyMap<string, Rule> {
  grammar ??= compileGrammar([STATEMENTS, PARAMETERS, PATTERNS, EXPRESSIONS, STRINGS, TARGETS, INVALID]);
  return grammar;
}

/** What the exact parser made of it, and the index of the token after it. */
export interface ExactResult {
  readonly value: Value;
  readonly next: number;
}

/** What is to be parsed, and where. */
export interface ExactTask {
  /** The rule, and the token it begins at. */
  readonly rule: string;
  readonly mark: number;
  /** How many rules are open around it. */
  readonly depth: number;
  /** Where to begin: at an earlier match of the same rule, whose end may be what is wrong (`if … else … elif`). */
  readonly from: number;
  /** Rule and depth of the second pass, which covers all of it. */
  readonly errorRule: string;
  readonly errorDepth: number;
  /** Statements of the module before the one that is wrong. */
  readonly done: readonly stmt[];
  /** How many of the warnings to come were sent already. */
  readonly repeated: number;
}

/** Parses, or throws CPython's error if the source is wrong. */
export function parseExactly(ctx: ParserContext, task: ExactTask): ExactResult {
  const rules = exactGrammar();
  const rule = rules.get(task.rule)!;
  const machine = new Machine(ctx, task.from);
  try {
    for (let mark = task.from; ; mark = machine.mark) {
      ctx.skipWarnings = mark < task.mark ? Number.POSITIVE_INFINITY : task.repeated;
      const value = machine.run(rule, mark, task.depth);
      if (value === null) break;
      if (mark < task.mark) continue;
      ctx.skipWarnings = 0;
      return { value, next: machine.mark };
    }
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    checkIncomplete(ctx, machine);
    throw isSyntaxError(e) ? preferTokenizerError(ctx, machine, e) : e;
  }
  checkIncomplete(ctx, machine);
  const lastIndex = machine.filled - 1;
  ctx.skipWarnings = 0;
  machine.beginSecondPass();
  registerStatements(ctx, task.done);
  try {
    machine.run(rules.get(task.errorRule)!, task.from, task.errorDepth);
  } catch (e) {
    if (!(e instanceof PySyntaxError) || !isSyntaxError(e)) throw e;
    throw preferTokenizerError(ctx, machine, e);
  }
  throw genericError(ctx, machine, lastIndex);
}

/** Registers statements that the second pass need not see again. */
function registerStatements(ctx: ParserContext, statements: readonly stmt[]): void {
  for (const s of statements) {
    switch (s._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        // The second pass takes these for a match of invalid_def_raw, which is no statement.
        registerStatements(ctx, s.body);
        break;
      case 'ClassDef':
      case 'With':
      case 'AsyncWith':
        registerStatements(ctx, s.body);
        ctx.registerStatement(s);
        break;
      case 'For':
      case 'AsyncFor':
      case 'While':
        registerStatements(ctx, s.body);
        registerStatements(ctx, s.orelse);
        ctx.registerStatement(s);
        break;
      case 'If': {
        let clause = s;
        for (;;) {
          registerStatements(ctx, clause.body);
          const [next] = clause.orelse;
          // An elif stands where its if does.
          if (next?._type !== 'If' || next.col_offset !== s.col_offset) break;
          clause = next;
        }
        registerStatements(ctx, clause.orelse);
        ctx.registerStatement(s);
        break;
      }
      case 'Try':
      case 'TryStar':
        registerStatements(ctx, s.body);
        for (const handler of s.handlers) registerStatements(ctx, handler.body);
        registerStatements(ctx, s.orelse);
        registerStatements(ctx, s.finalbody);
        ctx.registerStatement(s);
        break;
      case 'Match':
        for (const c of s.cases) registerStatements(ctx, c.body);
        ctx.registerStatement(s);
        break;
    }
  }
}

export function isSyntaxError(e: PySyntaxError): boolean {
  return (
    e.type === 'SyntaxError' ||
    e.type === 'IndentationError' ||
    e.type === 'TabError' ||
    e.type === '_IncompleteInputError'
  );
}

/** Has CPython's tokenizer met the end of the text? It has if the last token ended by looking for one more character. */
function metEnd(ctx: ParserContext): boolean {
  const { tokenizer } = ctx;
  if (tokenizer.done === E_EOF || tokenizer.done === E_EOFS || tokenizer.done === E_EOLS) return true;
  if (tokenizer.done !== E_OK || tokenizer.pos < tokenizer.source.length || ctx.tokens.length === 0) return false;
  switch (ctx.tokens[ctx.tokens.length - 1]!.type) {
    case STRING:
    case FSTRING_END:
    case TSTRING_END:
    case NEWLINE:
      return false;
    default:
      return true;
  }
}

/** CPython: Parser/pegen.c:_is_end_of_source */
function checkIncomplete(ctx: ParserContext, machine: Machine): void {
  if ((ctx.flags & PyCF_ALLOW_INCOMPLETE_INPUT) === 0 || !metEnd(ctx)) return;
  const { tokenizer } = ctx;
  if (ctx.failure !== null || machine.filled === 0) {
    // The token that could not be read is the last one.
    const { lineno, pos } = tokenizer;
    const col = pos === 0 ? 0 : tokenizer.byteCol(pos);
    throw rawErrorAt(tokenizer, '_IncompleteInputError', 'incomplete input', lineno, col, lineno, -1);
  }
  throw machine.errorAtToken('_IncompleteInputError', 'incomplete input', ctx.tokens[machine.filled - 1]!);
}

/** An error of the rules, unless the rest of the source cannot even be tokenized. CPython: _Pypegen_set_syntax_error */
function preferTokenizerError(ctx: ParserContext, machine: Machine, error: PySyntaxError): PySyntaxError {
  if (ctx.failure !== null || ctx.tokenizer.done !== E_OK || metEnd(ctx)) return error;
  return checkRest(ctx, machine) ?? error;
}

/** CPython: Parser/pegen_errors.c:_Pypegen_set_syntax_error */
function genericError(ctx: ParserContext, machine: Machine, lastIndex: number): PySyntaxError {
  const last = ctx.tokens[lastIndex]!;
  if (last.type === INDENT) return machine.indentationError('unexpected indent');
  if (last.type === DEDENT) return machine.indentationError('unexpected unindent');
  const error = machine.errorAt(last, 'invalid syntax');
  return checkRest(ctx, machine) ?? error;
}

/** Tokenizes on to the end of the source. CPython: _PyPegen_tokenize_full_source_to_check_for_errors */
function checkRest(ctx: ParserContext, machine: Machine): PySyntaxError | null {
  const { tokenizer } = ctx;
  // Nobody is asked for more lines because of an error.
  if (tokenizer.interactive) return null;
  const current = ctx.knownErrToken ?? ctx.tokens[machine.filled - 1]!;
  try {
    while (tokenizer.next().type !== ENDMARKER);
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    // Inside an f-string what the parser says about the expression matters more than its missing end.
    if (e.type !== 'MemoryError' && tokenizer.mode !== null) return null;
    if (isLexical(tokenizer.done)) return e;
    if (tokenizer.level > 0 && current.lineno > tokenizer.parenLinenoStack[tokenizer.level - 1]!) {
      return unclosedParenthesis(tokenizer);
    }
    return null;
  }
  return null;
}

/** Errors that the tokenizer words itself; the others are only codes when nobody asks for them. */
function isLexical(done: number): boolean {
  switch (done) {
    case E_EOF:
    case E_DEDENT:
    case E_TABSPACE:
    case E_TOODEEP:
    case E_LINECONT:
      return false;
    default:
      return true;
  }
}
