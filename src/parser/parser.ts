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
import { FastParser } from './parser/fast_statements.ts';
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
  if (typeof source === 'string') {
    checkSourceText(source);
    text = source;
  } else text = decodeSource(source, { filename, decode: options.decode ?? null }).text;
  const flags = (options.flags ?? 0) | (options.type_comments ? PyCF_TYPE_COMMENTS : 0);
  const tokenizer = new Tokenizer(text, {
    filename,
    execInput: mode === 'exec',
    typeComments: (flags & PyCF_TYPE_COMMENTS) !== 0,
    warn: options.warn ?? null,
    programText: mode === 'exec' ? (options.programText ?? null) : null,
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
  if (mode === 'exec') return parseModule(ctx);
  throw new PySyntaxError('SystemError', 'not yet');
}

/** Tokens of finished statements are dropped from the buffer in batches of this many. */
const BUFFER_LIMIT = 4096;

function parseModule(ctx: ParserContext): mod {
  const body: stmt[] = [];
  const fast = new FastParser(ctx, 0);
  while (fast.type !== ENDMARKER) {
    if (fast.pos > BUFFER_LIMIT) fast.dropConsumed();
    ctx.warnings = 0;
    const start = fast.pos;
    const count = body.length;
    try {
      fast.statement(body);
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      body.length = count;
      throw new PySyntaxError('SyntaxError', `invalid syntax (start ${ctx.tokens[start]!.lineno} at ${fast.tok.lineno}:${fast.tok.col_offset})`);
    }
  }
  return new Module(body, ctx.typeIgnores);
}
