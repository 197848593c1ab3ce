// compile_tree.ts: compiles source files and folders to .pyc files.          CPython: Lib/compileall.py
//
// A file that does not compile is listed and does not stop the others. Files are reached through an interface, so
// that this runs wherever there is something like a file system.
// Enter through: compileTree.
import { PySyntaxError, type WarnCallback } from '../parser/errors.ts';
import { type ParseOptions, parse } from '../parser/parser.ts';
import { compileAst } from './compile.ts';
import { writePyc } from './pyc.ts';

/** What compileTree needs of a file system. Paths are joined with '/'. */
export interface TreeFiles {
  isDirectory(path: string): boolean;
  /** Names in a folder, in the order in which they are to be compiled. */
  list(path: string): readonly string[];
  read(path: string): Uint8Array;
  /** Time of the last change, in whole seconds. */
  mtime(path: string): number;
  /** Writes a file, making the folders that it needs. */
  write(path: string, data: Uint8Array): void;
}

export interface TreeOptions {
  readonly optimize?: 0 | 1 | 2;
  readonly warn?: WarnCallback;
  /** What the parser does not know by itself: encodings (`decode` throws for an unknown one) and character names. */
  readonly parse?: Pick<ParseOptions, 'decode' | 'unicodeName' | 'intMaxStrDigits'>;
  /** Called with each failure as it happens. */
  readonly failed?: (failure: TreeFailure) => void;
}

export interface TreeFailure {
  readonly path: string;
  /** As the last line of a traceback: `SyntaxError: invalid syntax (f.py, line 3)`. */
  readonly message: string;
}

export interface TreeResult {
  readonly compiled: number;
  readonly failures: readonly TreeFailure[];
}

/** The files below a path, with their names relative to it; a path that is a file stands for its own name. */
function* sources(path: string, files: TreeFiles): Generator<{ path: string; name: string }> {
  if (!files.isDirectory(path)) {
    yield { path, name: path.slice(path.lastIndexOf('/') + 1) };
    return;
  }
  const folders: string[] = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const inner: string[] = [];
    for (const entry of files.list(folder === '' ? path : `${path}/${folder}`)) {
      const name = folder === '' ? entry : `${folder}/${entry}`;
      if (entry === '__pycache__') continue;
      if (files.isDirectory(`${path}/${name}`)) inner.push(name);
      else if (entry.endsWith('.py')) yield { path: `${path}/${name}`, name };
    }
    folders.push(...inner.reverse());
  }
}

/** A failure to compile, as Python shows it in one line. Anything else is a defect of ours and says so. */
function describe(error: unknown): string {
  if (error instanceof PySyntaxError) {
    const where = error.lineno === null || error.lineno <= 0 ? '' : ` (${error.filename}, line ${error.lineno})`;
    return `${error.type}: ${error.msg}${where}`;
  }
  return `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** The decoder, whose failures become the SyntaxError that they are in Python. */
function checkedDecoder(decode: ParseOptions['decode'], path: string): ParseOptions['decode'] {
  if (!decode) return null;
  return (bytes, encoding) => {
    try {
      return decode(bytes, encoding);
    } catch (error) {
      if (error instanceof PySyntaxError) throw error;
      throw new PySyntaxError('SyntaxError', `unknown encoding: ${encoding}`, path);
    }
  };
}

/** Compiles every source below the paths to `out`/<name>c. */
export function compileTree(
  paths: readonly string[],
  out: string,
  files: TreeFiles,
  options: TreeOptions = {},
): TreeResult {
  const { optimize = 0, warn, failed } = options;
  const failures: TreeFailure[] = [];
  let compiled = 0;
  for (const root of paths) {
    for (const { path, name } of sources(root, files)) {
      try {
        const source = files.read(path);
        const decode = checkedDecoder(options.parse?.decode, path);
        const tree = parse(source, path, 'exec', { ...options.parse, decode, warn: warn ?? null });
        const code = compileAst(tree, path, { optimize, warn });
        files.write(
          `${out}/${name}c`,
          writePyc(code, { kind: 'timestamp', mtime: files.mtime(path), size: source.length }),
        );
        compiled++;
      } catch (error) {
        const failure = { path, message: describe(error) };
        failures.push(failure);
        failed?.(failure);
      }
    }
  }
  return { compiled, failures };
}
