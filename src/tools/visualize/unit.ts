// unit.ts: what is visualised: a source (compiled here, for 3.14) or a .pyc of any version, and a code object in it.
import type { mod } from '../../parser/ast.generated.ts';
import { Program, type ProgramOptions, ToolError } from '../program.ts';
import { type AnyCode, fromCompiler } from '../versions/code.ts';
import { disassemble } from '../versions/instructions.ts';
import { explained, looksLikePyc, PycProblem, readPyc } from '../versions/pyc_file.ts';

export interface Unit {
  /** The file's name. */
  readonly name: string;
  /** The module's code object. */
  readonly code: AnyCode;
  /** Null where only a .pyc is known. */
  readonly lines: readonly string[] | null;
  readonly tree: mod | null;
}

/** A code object with its place: `A.f`, `<module>`; comprehensions as `f.<listcomp>`; the second of a name as `f#2`. */
export interface Place {
  readonly path: string;
  readonly code: AnyCode;
}

/** Reads a source or a .pyc. `source` is the text that a .pyc was made from, if it is at hand. Throws ToolError. */
export function readUnit(bytes: Uint8Array, name: string, options: ProgramOptions, source: string | null = null): Unit {
  if (looksLikePyc(bytes) || /\.py[co]$/.test(name)) {
    try {
      const { code } = readPyc(bytes);
      // What is wrong in its tables shows when they are decoded: here, and nowhere later.
      explained(code.version, () => {
        for (const place of places(code)) disassemble(place.code);
      });
      return { name, code, lines: source === null ? null : source.split('\n'), tree: null };
    } catch (e) {
      if (e instanceof PycProblem) throw new ToolError(`${name}: ${e.message}`);
      throw e;
    }
  }
  const program = new Program(bytes, name, options);
  return { name, code: fromCompiler(program.code()), lines: program.lines, tree: program.tree() };
}

/** All code objects of a unit, outer ones first. */
export function places(module: AnyCode): Place[] {
  const all: Place[] = [];
  const seen = new Set<AnyCode>();
  const visit = (code: AnyCode, path: string, prefix: string): void => {
    seen.add(code);
    all.push({ path, code });
    const names = new Map<string, number>();
    for (const inner of code.nested()) {
      if (seen.has(inner)) continue;
      const count = (names.get(inner.name) ?? 0) + 1;
      names.set(inner.name, count);
      const own = `${prefix}${inner.name}${count > 1 ? `#${count}` : ''}`;
      visit(inner, own, `${own}.`);
    }
  };
  visit(module, module.name, '');
  return all;
}

/** The code objects that a name selects: the whole unit without one, else that function and what is inside. Throws ToolError. */
export function select(unit: Unit, name: string | null): Place[] {
  const all = places(unit.code);
  if (name === null) return all;
  const chosen =
    all.find(p => p.path === name) ??
    all.find(p => p.code.qualname === name) ??
    all.find(p => p.path.endsWith(`.${name}`));
  if (chosen === undefined) {
    const names = all.slice(1, 9).map(p => p.path);
    const known =
      names.length === 0 ? 'there are no functions' : `there are ${names.join(', ')}${all.length > 9 ? ', ...' : ''}`;
    throw new ToolError(`${unit.name}: no function '${name}': ${known}`);
  }
  return all.filter(p => p === chosen || p.path.startsWith(`${chosen.path}.`));
}

/** Splits FILE:FUNCTION; a file that exists by the whole name comes first. */
export function splitTarget(text: string, exists: (name: string) => boolean): { file: string; name: string | null } {
  const colon = text.lastIndexOf(':');
  if (colon <= 0 || exists(text)) return { file: text, name: null };
  return { file: text.slice(0, colon), name: text.slice(colon + 1) || null };
}
