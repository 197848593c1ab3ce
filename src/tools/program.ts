// program.ts: a source on its way through the stages, and the one-line errors that tools end with.
//
// Enter through: Program, whose methods give tree, symbol table and code; each stage is made anew, as the compiler changes the
// tree that it gets.
import type { UnitWatcher } from '../compiler/assemble.ts';
import type { Code } from '../compiler/code.ts';
import { compileAst, symtableOf } from '../compiler/compile.ts';
import type { Symtable } from '../compiler/symtable_entry.ts';
import type { mod } from '../parser/ast.generated.ts';
import { PySyntaxError, type WarnCallback } from '../parser/errors.ts';
import { type ParseOptions, parse } from '../parser/parser.ts';
import { decodeSource, encodingError } from '../parser/source.ts';

/** What a user did wrong, or a file that is not what it should be: one line, no stack trace. */
export class ToolError extends Error {}

export interface ProgramOptions {
  readonly optimize?: 0 | 1 | 2;
  /** `eval` for an expression, `single` for a statement as at the prompt. */
  readonly mode?: 'exec' | 'eval' | 'single';
  readonly warn?: WarnCallback;
  /** What the parser does not know by itself: encodings (`decode` throws for an unknown one) and character names. */
  readonly parse?: Pick<ParseOptions, 'decode' | 'unicodeName'>;
}

/** `FILE:LINE:COLUMN: SyntaxError: message`. */
export function describeSyntaxError(error: PySyntaxError, name: string): string {
  const { lineno, offset } = error;
  const where = lineno === null || lineno <= 0 ? '' : `:${lineno}${offset !== null && offset > 0 ? `:${offset}` : ''}`;
  // The tokenizer by itself knows no file.
  const file = error.filename === null || error.filename === '<string>' ? name : error.filename;
  return `${file}${where}: ${error.type}: ${error.msg.split('\n', 1)[0]}`;
}

/** The decoder, whose failures become the SyntaxError that they are in Python. */
function checked(decode: ParseOptions['decode'], name: string): ParseOptions['decode'] {
  if (!decode) return null;
  return (bytes, encoding) => {
    try {
      return decode(bytes, encoding);
    } catch (e) {
      if (e instanceof PySyntaxError) throw e;
      const known = e instanceof TypeError;
      throw encodingError(
        known ? `'${encoding}' codec can't decode the source` : `unknown encoding: ${encoding}`,
        name,
      );
    }
  };
}

export class Program {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly options: ProgramOptions;

  /** Throws ToolError if the bytes are no source text. */
  constructor(source: string | Uint8Array, name: string, options: ProgramOptions = {}) {
    this.name = name;
    this.options = options;
    this.text = this.guarded(() => {
      if (typeof source === 'string') {
        // As a file with that text would be read.
        source = new TextEncoder().encode(source);
      }
      return decodeSource(source, { filename: name, decode: checked(options.parse?.decode, name), execInput: true })
        .text;
    });
    this.lines = this.text.split('\n');
  }

  /** A line, '' if there is none. */
  line(lineno: number): string {
    return this.lines[lineno - 1] ?? '';
  }

  /** Runs a stage; a syntax error becomes a ToolError. */
  guarded<T>(stage: () => T): T {
    try {
      return stage();
    } catch (e) {
      if (e instanceof PySyntaxError) throw new ToolError(describeSyntaxError(e, this.name));
      if (e instanceof RangeError && /call stack/.test(e.message))
        throw new ToolError(`${this.name}: RecursionError: too deeply nested`);
      throw e;
    }
  }

  tree(): mod {
    const { mode = 'exec', warn = null } = this.options;
    return this.guarded(() => parse(this.text, this.name, mode, { ...this.options.parse, warn }));
  }

  symtable(): Symtable {
    const tree = this.tree();
    return this.guarded(() => symtableOf(tree, this.name));
  }

  /** `watchUnit` sees what the optimiser does. */
  code(watchUnit?: UnitWatcher): Code {
    const tree = this.tree();
    const { optimize = 0, warn } = this.options;
    return this.guarded(() => compileAst(tree, this.name, { optimize, warn, ...(watchUnit && { watchUnit }) }));
  }
}
