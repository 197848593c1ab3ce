// symtable_analyze.ts: decides the scope of every name, once all blocks are known.          CPython: Python/symtable.c
//
// Walking down, a block hands its children the names that enclosing functions bind; walking up, children hand back
// the names they take from outside. A local that a child takes becomes a cell. Comprehensions are merged into the
// block around them here (PEP 709).
// Invariant: sets received from outside are never changed in place; a block that must change one copies it, so that
// most blocks share their parent's sets.
// Differs: names declared global by enclosing blocks are not tracked, as they come out as implicit globals anyway.
import { PySyntaxError } from '../parser/errors.ts';
import { symbolError } from './future.ts';
import {
  CELL,
  ClassBlock,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Symtable,
  type SymtableEntry,
  USE,
} from './symtable_entry.ts';

const EMPTY: ReadonlySet<string> = new Set();
const FLAGS_MASK = (1 << SCOPE_OFFSET) - 1;

/** Names that a class provides as cells without binding them in its namespace. */
const CLASS_CELLS = ['__class__', '__classdict__', '__conditional_annotations__'] as const;

/** The names visible to a block while it is analysed. */
class Visible {
  /** Bound by enclosing functions; null in the module. */
  bound: ReadonlySet<string> | null;
  typeParams: ReadonlySet<string>;
  constructor(bound: ReadonlySet<string> | null, typeParams: ReadonlySet<string>) {
    this.bound = bound;
    this.typeParams = typeParams;
  }
}

function including(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return set.has(name) ? set : new Set(set).add(name);
}

function excluding(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
  if (!set.has(name)) return set;
  const copy = new Set(set);
  copy.delete(name);
  return copy;
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const all = new Set(a);
  for (const name of b) all.add(name);
  return all;
}

class Analyzer {
  private readonly filename: string;
  constructor(filename: string) {
    this.filename = filename;
  }

  /** CPython: error_at_directive */
  private directiveError(entry: SymtableEntry, name: string, message: string): PySyntaxError {
    for (const directive of entry.directives ?? []) {
      if (directive.name === name) {
        const { lineno, col_offset, end_lineno, end_col_offset } = directive.loc;
        return symbolError(message, this.filename, { lineno, col_offset, end_lineno, end_col_offset });
      }
    }
    return new PySyntaxError('SystemError', 'BUG: internal directive bookkeeping broken');
  }

  /** Scope of one name. Adds to `local` and `free`, and replaces sets of `see` that it must change. CPython: analyze_name */
  private scopeOf(
    entry: SymtableEntry,
    name: string,
    flags: number,
    see: Visible,
    local: Set<string>,
    free: Set<string>,
    classEntry: SymtableEntry | null,
  ): number {
    if (flags & DEF_GLOBAL) {
      if (flags & DEF_NONLOCAL) throw this.directiveError(entry, name, `name '${name}' is nonlocal and global`);
      if (see.bound !== null) see.bound = excluding(see.bound, name);
      return GLOBAL_EXPLICIT;
    }
    if (flags & DEF_NONLOCAL) {
      if (see.bound === null) {
        throw this.directiveError(entry, name, 'nonlocal declaration not allowed at module level');
      }
      if (!see.bound.has(name)) throw this.directiveError(entry, name, `no binding for nonlocal '${name}' found`);
      if (see.typeParams.has(name)) {
        throw this.directiveError(entry, name, `nonlocal binding not allowed for type parameter '${name}'`);
      }
      free.add(name);
      return FREE;
    }
    if (flags & DEF_BOUND) {
      local.add(name);
      see.typeParams = flags & DEF_TYPE_PARAM ? including(see.typeParams, name) : excluding(see.typeParams, name);
      return LOCAL;
    }
    if (classEntry !== null) {
      // The class namespace comes first, then globals; a function around the class does not.
      const classFlags = classEntry.symbol(name);
      if (classFlags & DEF_GLOBAL) return GLOBAL_EXPLICIT;
      if (classFlags & DEF_BOUND && !(classFlags & DEF_NONLOCAL)) return GLOBAL_IMPLICIT;
    }
    if (see.bound !== null && see.bound.has(name)) {
      free.add(name);
      return FREE;
    }
    return GLOBAL_IMPLICIT;
  }

  /** Analyses a block and those in it; answers the names that it takes from outside. CPython: analyze_block */
  block(
    entry: SymtableEntry,
    bound: ReadonlySet<string> | null,
    typeParams: ReadonlySet<string>,
    classEntry: SymtableEntry | null,
  ): Set<string> {
    const isClass = entry.type === ClassBlock;
    const see = new Visible(bound, typeParams);
    const local = new Set<string>();
    const free = new Set<string>();
    const scopes = new Map<string, number>();
    for (const [name, flags] of entry.symbols) {
      scopes.set(name, this.scopeOf(entry, name, flags, see, local, free, classEntry));
    }

    // What children see: a class's names and declarations are none of their business.
    let childBound: ReadonlySet<string>;
    if (isClass) {
      const names = new Set(bound ?? EMPTY);
      for (const name of CLASS_CELLS) names.add(name);
      childBound = names;
    } else {
      childBound = entry.isFunctionLike ? union(local, see.bound ?? EMPTY) : (see.bound ?? EMPTY);
    }

    const childFree = new Set<string>();
    const inlinedCells = new Set<string>();
    for (const child of entry.children) {
      const childClass = !child.canSeeClassScope ? null : isClass ? entry : classEntry;
      // Even if the class binds that name, so that the child does not seem to take it.
      if (isClass && child.canSeeClassScope) entry.needsClassdict = true;
      const taken = this.block(child, childBound, see.typeParams, childClass);
      if (child.comprehension && !child.generator && !entry.canSeeClassScope) {
        inlineComprehension(entry, child, scopes, taken, inlinedCells);
        child.compInlined = true;
      }
      for (const name of taken) childFree.add(name);
    }
    spliceInlined(entry);

    if (entry.isFunctionLike) analyzeCells(scopes, childFree, inlinedCells);
    else if (isClass) dropClassFree(entry, childFree);
    updateSymbols(entry, scopes, see.bound, childFree, inlinedCells, isClass || entry.canSeeClassScope);
    for (const name of childFree) free.add(name);
    return free;
  }
}

function isFreeInAnyChild(entry: SymtableEntry, name: string): boolean {
  return entry.children.some(child => child.scope(name) === FREE);
}

/** Merges a comprehension's names into the block around it. CPython: inline_comprehension */
function inlineComprehension(
  entry: SymtableEntry,
  comp: SymtableEntry,
  scopes: Map<string, number>,
  compFree: Set<string>,
  inlinedCells: Set<string>,
): void {
  for (const [name, flags] of comp.symbols) {
    if (flags & DEF_PARAM) continue;
    let scope = (flags >> SCOPE_OFFSET) & SCOPE_MASK;
    const onlyFlags = flags & FLAGS_MASK;
    if (scope === CELL || onlyFlags & DEF_COMP_CELL) inlinedCells.add(name);
    const existing = entry.symbols.get(name);
    // What the class itself provides is never free through it: only functions in the comprehension may take it.
    if (scope === FREE && entry.type === ClassBlock && (CLASS_CELLS as readonly string[]).includes(name)) {
      scope = GLOBAL_IMPLICIT;
      if (!isFreeInAnyChild(comp, name)) compFree.delete(name);
      comp.symbols.delete(name);
    }
    if (existing === undefined) {
      entry.symbols.set(name, onlyFlags);
      scopes.set(name, scope);
    } else if (entry.type !== ClassBlock) {
      if (scope === FREE) entry.symbols.set(name, existing | (onlyFlags & USE));
      // Free in the comprehension and local around it: simply that local now.
      if (existing & DEF_BOUND && !isFreeInAnyChild(comp, name)) compFree.delete(name);
    }
  }
}

/** Puts the children of inlined comprehensions in the comprehensions' place. */
function spliceInlined(entry: SymtableEntry): void {
  const { children } = entry;
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i]!;
    if (child.compInlined) children.splice(i, 1, ...child.children);
  }
}

/** Locals that children take become cells. CPython: analyze_cells */
function analyzeCells(scopes: Map<string, number>, free: Set<string>, inlinedCells: Set<string>): void {
  if (free.size === 0 && inlinedCells.size === 0) return;
  for (const [name, scope] of scopes) {
    if (scope !== LOCAL || (!free.has(name) && !inlinedCells.has(name))) continue;
    scopes.set(name, CELL);
    free.delete(name);
  }
}

/** CPython: drop_class_free */
function dropClassFree(entry: SymtableEntry, free: Set<string>): void {
  if (free.delete('__class__')) entry.needsClassClosure = true;
  if (free.delete('__classdict__')) entry.needsClassdict = true;
  if (free.delete('__conditional_annotations__')) entry.hasConditionalAnnotations = true;
}

/** Writes scopes into the block's symbols, and passes on what children take from further out. CPython: update_symbols */
function updateSymbols(
  entry: SymtableEntry,
  scopes: Map<string, number>,
  bound: ReadonlySet<string> | null,
  free: Set<string>,
  inlinedCells: Set<string>,
  classLike: boolean,
): void {
  const { symbols } = entry;
  for (const [name, flags] of symbols) {
    const cell = inlinedCells.has(name) ? DEF_COMP_CELL : 0;
    symbols.set(name, flags | cell | (scopes.get(name)! << SCOPE_OFFSET));
  }
  for (const name of free) {
    const existing = symbols.get(name);
    if (existing !== undefined) {
      if (classLike) symbols.set(name, existing | DEF_FREE_CLASS);
    } else if (bound === null || bound.has(name)) {
      symbols.set(name, FREE << SCOPE_OFFSET);
    }
  }
}

/** Decides every scope of the table. CPython: symtable_analyze */
export function analyze(table: Symtable): void {
  new Analyzer(table.filename).block(table.top, null, EMPTY, null);
}
