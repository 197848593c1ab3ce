// compile.ts: compiles a syntax tree to a code object.                                       CPython: Python/compile.c
//
// The stages: future statements, preprocessing, symbol table, code generation; the flow graph and the assembler are
// run by the code generator whenever a unit (a function, class or the module) is complete.
// The tree is changed on the way and belongs to the compiler from here on.
// Enter through: compileAst; symtableOf for the `_symtable` module; codegenOnly for who wants to see instructions.
import type { mod } from '../parser/ast.generated.ts';
import type { WarnCallback } from '../parser/errors.ts';
import { preprocess } from './ast_preprocess.ts';
import type { UnitWatcher } from './assemble.ts';
import type { Code } from './code.ts';
import { Codegen } from './codegen.ts';
import { futureFeatures, tooDeep } from './future.ts';
import type { InstructionSequence, UnitMetadata } from './instruction_sequence.ts';
import { buildSymtable } from './symtable.ts';
import type { Symtable } from './symtable_entry.ts';

export interface CompileOptions {
  /** 0, 1 (-O) or 2 (-OO). */
  readonly optimize?: number;
  /** CO_FUTURE_* bits in force, and PyCF_ALLOW_TOP_LEVEL_AWAIT. */
  readonly flags?: number;
  /** Receives SyntaxWarnings; none are looked for without it. */
  readonly warn?: WarnCallback | undefined;
  /** Sees what the optimiser does to each unit, innermost first. */
  readonly watchUnit?: UnitWatcher;
}

/** Runs a stage; should the JavaScript stack run out all the same, that is the error CPython raises then. */
function guarded<T>(stage: () => T): T {
  try {
    return stage();
  } catch (error) {
    throw isStackOverflow(error) ? tooDeep() : error;
  }
}

/** V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion/.test(error.message);
}

/** CPython: compiler_setup */
function setup(module: mod, filename: string, options: CompileOptions, saveNested: boolean): Codegen {
  const { optimize = 0, warn } = options;
  const future = futureFeatures(module, filename);
  const flags = future.features | (options.flags ?? 0);
  future.features = flags;
  preprocess(module, { filename, optimize, features: flags, warn });
  const symtable = buildSymtable(module, filename, future);
  const interactive = module._type === 'Interactive';
  const watchUnit = options.watchUnit ?? null;
  return new Codegen({ filename, symtable, flags, optimize, interactive, warn, saveNested, watchUnit });
}

/** Compiles a module. Throws PySyntaxError. CPython: _PyAST_Compile */
export function compileAst(module: mod, filename: string, options: CompileOptions = {}): Code {
  return guarded(() => {
    const codegen = setup(module, filename, options, false);
    codegen.module(module);
    return codegen.leaveScope(module._type !== 'Expression');
  });
}

/** Flags in force after the module, for who compiles the next input under them: the prompt. */
export function flagsAfter(module: mod, filename: string, flags: number): number {
  return flags | futureFeatures(module, filename).features;
}

export interface CodegenResult {
  /** The module's instructions before optimisation, with those of nested code objects. */
  readonly sequence: InstructionSequence;
  readonly metadata: UnitMetadata;
}

/** Generates instructions and leaves them as they are. CPython: _PyCompile_CodeGen */
export function codegenOnly(module: mod, filename: string, options: CompileOptions = {}): CodegenResult {
  return guarded(() => {
    const codegen = setup(module, filename, options, true);
    codegen.module(module);
    codegen.addReturnAtEnd(module._type !== 'Expression');
    return { sequence: codegen.u.seq, metadata: codegen.u.metadata() };
  });
}

/** The symbol table of a module as it is written, without preprocessing. CPython: _Py_SymtableStringObjectFlags */
export function symtableOf(module: mod, filename: string, flags = 0): Symtable {
  return guarded(() => {
    const future = futureFeatures(module, filename);
    future.features |= flags;
    return buildSymtable(module, filename, future);
  });
}
