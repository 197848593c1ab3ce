// parser.ts: source text to AST.                                    CPython: Parser/peg_api.c, Parser/pegen.c:_PyPegen_run_parser
//
// Two parsers share one token buffer (parser/context.ts). The fast one (parser/fast_*.ts) builds the tree of every
// program that is valid. Where it gives up, the exact one (parser/machine.ts, running the grammar of
// parser/grammar*.ts as CPython's generated parser does) parses that statement again: first to learn how far CPython
// gets, then once more with the rules that describe wrong programs, to find the error that CPython reports.
// Invariant: parse() either returns a tree or throws PySyntaxError (or what the caller's `warn` throws).
// Enter through: parse.
import { Module, type mod, type stmt } from './ast.generated.ts';
import { PySyntaxError, type WarnCallback } from './errors.ts';
import { ParseFailure, type ParseMode, ParserContext, PyCF_TYPE_COMMENTS } from './parser/context.ts';
import { isSyntaxError, parseExactly } from './parser/exact.ts';
import { FastParser } from './parser/fast_statements.ts';
import { errorAtToken } from './parser/machine.ts';
import { checkSourceText, decodeSource } from './source.ts';
import { ENDMARKER } from './token.ts';
import { Tokenizer } from './tokenizer.ts';

export type { ParseMode } from './parser/context.ts';

export interface ParseOptions {
  /** Compiler flags (PyCF_*, CO_FUTURE_BARRY_AS_BDFL): see parser/context.ts. */
  flags?: number;
  /** Minor version of Python whose syntax is accepted; 14 unless given. */
  feature_version?: number;
  /** Keep type comments in the tree. */
  type_comments?: boolean;
  warn?: WarnCallback | null;
  /** Code point of a Unicode character name, -1 for an unknown one: what `\N{…}` needs. */
  unicodeName?: ((name: string) => number) | null;
  /** sys.get_int_max_str_digits(); 4300 unless given, 0 for no limit. */
  intMaxStrDigits?: number;
  /** A line of the file on disk with its newline, for the text of errors. */
  programText?: ((filename: string, lineno: number) => string | null) | null;
  /** The source is the contents of the file that is run: its errors are those of a text read line by line. */
  fromFile?: boolean;
  /** Mode 'single': what is typed at a prompt, line by line as the parser asks for it, '' at the end; `source` is empty. */
  readLine?: (() => string) | null;
  /** Decodes bytes in an encoding that source.ts does not know. */
  decode?: ((bytes: Uint8Array, encoding: string) => string) | null;
}

/** Parses a program, an expression, one interactive statement or a function type. */
export function parse(
  source: string | Uint8Array,
  filename: string | null,
  mode: ParseMode,
  options: ParseOptions = {},
): mod {
  let text: string;
  let encoding: string | null = null;
  let unreadable: PySyntaxError | null = null;
  const fromFile = options.fromFile ?? false;
  if (typeof source === 'string') {
    checkSourceText(source);
    text = source;
  } else {
    const decode = options.decode ?? null;
    try {
      const decoded = decodeSource(source, { filename, decode, execInput: mode === 'exec', isFile: fromFile });
      ({ text, encoding, unreadable } = decoded);
    } catch (e) {
      // A file is decoded while it is parsed.
      if (fromFile && e instanceof PySyntaxError) e.metadata = { lineno: 0, col_offset: 0, source: null, encoding };
      throw e;
    }
  }
  const flags = (options.flags ?? 0) | (options.type_comments ? PyCF_TYPE_COMMENTS : 0);
  const tokenizer = new Tokenizer(text, {
    filename,
    execInput: mode === 'exec',
    typeComments: (flags & PyCF_TYPE_COMMENTS) !== 0,
    warn: options.warn ?? null,
    programText: mode === 'exec' ? (options.programText ?? null) : null,
    fromFile,
    unreadable,
    readLine: options.readLine ?? null,
    interactive: options.readLine != null,
  });
  const ctx = new ParserContext(
    tokenizer,
    filename,
    mode,
    flags,
    options.feature_version ?? 14,
    options.warn ?? null,
    options.unicodeName ?? null,
    options.intMaxStrDigits ?? 4300,
  );
  let tree: mod;
  try {
    tree = mode === 'exec' ? parseModule(ctx) : parseOne(ctx);
  } catch (e) {
    if (e instanceof PySyntaxError && isSyntaxError(e) && e.type !== '_IncompleteInputError') {
      const { lastStatementLine: lineno, lastStatementCol: col_offset } = ctx;
      e.metadata = { lineno, col_offset, source: fromFile ? null : tokenizer.source, encoding };
    }
    throw e;
  }
  if (mode === 'single' && !tokenizer.interactive && moreThanOneStatement(ctx)) {
    const last = ctx.tokens[ctx.tokens.length - 1]!;
    const msg = 'multiple statements found while compiling a single statement';
    throw errorAtToken(ctx.tokenizer, 'SyntaxError', msg, last);
  }
  return tree;
}

/** Tokens of finished statements are dropped from the buffer in batches of this many. */
const BUFFER_LIMIT = 4096;

/** Rules that are open around a statement of a module: file, statements, and its loop. */
const STATEMENT_DEPTH = 3;

function parseModule(ctx: ParserContext): mod {
  const body: stmt[] = [];
  let fast = startFast(ctx);
  // Where the exact parser is to begin: one statement earlier than needed, because the error may be that the next one
  // does not continue it (`if … else … elif`); earlier still after statements that only the exact parser accepted.
  let from = 0;
  let mark = 0;
  for (;;) {
    if (fast !== null) {
      if (fast.type === ENDMARKER) break;
      if (from > BUFFER_LIMIT) {
        fast.dropTokens(from);
        from = 0;
      }
      mark = fast.pos;
    }
    ctx.warnings = 0;
    const count = body.length;
    if (fast !== null && tryStatement(ctx, fast, body)) {
      from = mark;
      continue;
    }
    body.length = count;
    const exact = parseExactly(ctx, {
      rule: 'statement',
      mark,
      depth: STATEMENT_DEPTH,
      from,
      errorRule: 'statements',
      errorDepth: 1,
      done: body,
      repeated: ctx.warnings,
    });
    body.push(...(exact.value as stmt[]));
    mark = exact.next;
    fast = resumeFast(ctx, fast, mark);
  }
  return new Module(body, ctx.typeIgnores);
}

function tryStatement(ctx: ParserContext, fast: FastParser, body: stmt[]): boolean {
  try {
    fast.statement(body);
    return true;
  } catch (e) {
    if (!isFailure(ctx, e)) throw e;
    return false;
  }
}

/** The fast parser at the first token; null if there is none, because the tokenizer failed. */
function startFast(ctx: ParserContext): FastParser | null {
  try {
    return new FastParser(ctx, 0);
  } catch (e) {
    if (!isFailure(ctx, e)) throw e;
    return null;
  }
}

/** The fast parser at a later token; null if the tokenizer fails there. */
function resumeFast(ctx: ParserContext, fast: FastParser | null, pos: number): FastParser | null {
  try {
    if (fast === null) return new FastParser(ctx, pos);
    fast.resume(pos);
    return fast;
  } catch (e) {
    if (!isFailure(ctx, e)) throw e;
    return null;
  }
}

/** Did the fast parser give up, or the tokenizer? Other errors (of a warning filter) are final. */
function isFailure(ctx: ParserContext, e: unknown): boolean {
  return e instanceof ParseFailure || (e === ctx.failure && e instanceof PySyntaxError);
}

const RULES = { eval: 'eval', single: 'interactive', func_type: 'func_type', exec: 'file' } as const;

/** The modes other than 'exec'. */
function parseOne(ctx: ParserContext): mod {
  const { mode } = ctx;
  let tree: mod | null = null;
  // The fast parser looks a token ahead: at a prompt, that is a line ahead.
  if (!ctx.tokenizer.interactive) {
    try {
      const fast = new FastParser(ctx, 0);
      tree = mode === 'eval' ? fast.evalInput() : mode === 'single' ? fast.interactive() : fast.funcType();
    } catch (e) {
      if (!isFailure(ctx, e)) throw e;
    }
  }
  if (tree === null) {
    const rule = RULES[mode];
    const task = { rule, mark: 0, depth: 0, from: 0, errorRule: rule, errorDepth: 0, done: [], repeated: ctx.warnings };
    tree = parseExactly(ctx, task).value as mod;
  }
  return tree;
}

/** Is there anything but space and comments after the statement? CPython: Parser/pegen.c:bad_single_statement */
function moreThanOneStatement(ctx: ParserContext): boolean {
  const { source, pos } = ctx.tokenizer;
  for (let i = pos; i < source.length; i++) {
    const c = source[i]!;
    if (c === '#') {
      i = source.indexOf('\n', i);
      if (i < 0) return false;
    } else if (c !== ' ' && c !== '\t' && c !== '\n' && c !== '\f') return true;
  }
  return false;
}
