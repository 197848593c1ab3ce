// exact.ts: what happens after the fast parser gave up.             CPython: Parser/pegen.c:_PyPegen_run_parser, Parser/pegen_errors.c
//
// Enter through: parseExactly.

import { E_EOF, E_EOFS, E_EOLS, E_OK } from '../errcode.ts';
import { PySyntaxError } from '../errors.ts';
import { DEDENT, ENDMARKER, INDENT } from '../token.ts';
import { unclosedParenthesis } from '../tokenizer_errors.ts';
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

/**
 * Parses with the rule from token `mark` on, `depth` rules being open around it. Throws CPython's error if the source
 * is wrong. `repeated` is how many of the warnings to come were sent already.
 */
export function parseExactly(
  ctx: ParserContext,
  ruleName: string,
  mark: number,
  depth: number,
  repeated: number,
): ExactResult {
  const rule = exactGrammar().get(ruleName)!;
  const machine = new Machine(ctx, mark);
  ctx.skipWarnings = repeated;
  try {
    const value = machine.run(rule, mark, depth);
    if (value !== null) return { value, next: machine.mark };
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    checkIncomplete(ctx, machine);
    throw isSyntaxError(e) ? preferTokenizerError(ctx, machine, e) : e;
  }
  checkIncomplete(ctx, machine);
  const lastIndex = machine.filled - 1;
  ctx.skipWarnings = Number.POSITIVE_INFINITY;
  ctx.tokenizer.reportWarnings = false;
  machine.beginSecondPass();
  try {
    machine.run(rule, mark, depth);
  } catch (e) {
    if (!(e instanceof PySyntaxError) || !isSyntaxError(e)) throw e;
    throw preferTokenizerError(ctx, machine, e);
  }
  throw genericError(ctx, machine, lastIndex);
}

function isSyntaxError(e: PySyntaxError): boolean {
  return (
    e.type === 'SyntaxError' ||
    e.type === 'IndentationError' ||
    e.type === 'TabError' ||
    e.type === '_IncompleteInputError'
  );
}

/** CPython: Parser/pegen.c:_is_end_of_source */
function checkIncomplete(ctx: ParserContext, machine: Machine): void {
  if ((ctx.flags & PyCF_ALLOW_INCOMPLETE_INPUT) === 0) return;
  const { done } = ctx.tokenizer;
  if (done !== E_EOF && done !== E_EOFS && done !== E_EOLS) return;
  const last = ctx.tokens[machine.filled - 1];
  if (last === undefined) throw ctx.errorAt('_IncompleteInputError', 'incomplete input', 0, -1, 0, -2);
  throw machine.errorAtToken('_IncompleteInputError', 'incomplete input', last);
}

/** An error of the rules, unless the rest of the source cannot even be tokenized. CPython: _Pypegen_set_syntax_error */
function preferTokenizerError(ctx: ParserContext, machine: Machine, error: PySyntaxError): PySyntaxError {
  const { done } = ctx.tokenizer;
  if (ctx.failure !== null || (done !== E_OK && done !== E_EOF)) return error;
  if (done === E_EOF) return error;
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
  return done === 17;
}
