// symtable_entry.ts: what the symbol table knows of one block (module, class, function, annotation scope).
//                                                              CPython: Include/internal/pycore_symtable.h
//
// A symbol's number holds DEF_* and USE bits as the source shows them and, from bit SCOPE_OFFSET on, the scope that
// the analysis found. Invariant: keys of `symbols` are mangled names.
import type { expr } from '../parser/ast.generated.ts';
import type { Location } from './instruction_sequence.ts';

export const DEF_GLOBAL = 1;
/** Bound in this block. */
export const DEF_LOCAL = 2;
export const DEF_PARAM = 4;
export const DEF_NONLOCAL = 8;
export const USE = 16;
/** Free in a method and bound in the class around it. */
export const DEF_FREE_CLASS = 64;
export const DEF_IMPORT = 128;
export const DEF_ANNOT = 256;
/** Bound as the target of a comprehension's `for`. */
export const DEF_COMP_ITER = 512;
export const DEF_TYPE_PARAM = 1024;
/** A cell in an inlined comprehension. */
export const DEF_COMP_CELL = 2048;
export const DEF_BOUND: number = DEF_LOCAL | DEF_PARAM | DEF_IMPORT;

export const SCOPE_OFFSET = 12;
export const SCOPE_MASK = 15;
export const LOCAL = 1;
export const GLOBAL_EXPLICIT = 2;
export const GLOBAL_IMPLICIT = 3;
export const FREE = 4;
export const CELL = 5;

/** CPython: _Py_block_ty; the numbers are those of the `_symtable` module. */
export const FunctionBlock = 0;
export const ClassBlock = 1;
export const ModuleBlock = 2;
export const AnnotationBlock = 3;
export const TypeAliasBlock = 4;
export const TypeParametersBlock = 5;
export const TypeVariableBlock = 6;

/** CPython: _Py_comprehension_ty */
export const NoComprehension = 0;
export const ListComprehension = 1;
export const DictComprehension = 2;
export const SetComprehension = 3;
export const GeneratorExpression = 4;

/** A `global` or `nonlocal` statement's name, for errors found later. */
export interface Directive {
  readonly name: string;
  readonly loc: Location;
}

/** CPython: PySTEntryObject */
export class SymtableEntry {
  readonly name: string;
  readonly type: number;
  readonly loc: Location;
  /** Unique within its table. */
  readonly id: number;
  /** Bits and scope by mangled name. */
  readonly symbols: Map<string, number> = new Map();
  /** Parameters in order. */
  readonly varnames: string[] = [];
  readonly children: SymtableEntry[] = [];
  directives: Directive[] | null = null;
  /** In the type parameter block of a generic class, the names to mangle; null mangles all. */
  mangledNames: Set<string> | null = null;
  /** What an error calls the type variable block, as in 'a TypeVar bound'. */
  scopeInfo: string | null = null;
  /** Inside a function, at any depth. */
  nested = false;
  generator = false;
  coroutine = false;
  comprehension = NoComprehension;
  varargs = false;
  varkeywords = false;
  returnsValue = false;
  /** A method uses `__class__`, so the class keeps a cell for it. */
  needsClassClosure = false;
  /** Spliced into the block around it (PEP 709). */
  compInlined = false;
  /** While the target of a comprehension's `for` is visited. */
  compIterTarget = false;
  /** Names resolve in the class namespace first: annotation scopes directly in a class. */
  canSeeClassScope = false;
  /** How many iterables of comprehensions are being visited. */
  compIterExpr = 0;
  needsClassdict = false;
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  annotationsUsed = false;
  hasDocstring = false;
  /** A function directly in a class. */
  method = false;
  /** Scope of this block's own variable annotations. */
  annotationBlock: SymtableEntry | null = null;

  constructor(name: string, type: number, loc: Location, id: number) {
    this.name = name;
    this.type = type;
    this.loc = loc;
    this.id = id;
  }

  /** Bits and scope of a mangled name, 0 if the block does not mention it. CPython: _PyST_GetSymbol */
  symbol(name: string): number {
    return this.symbols.get(name) ?? 0;
  }

  /** CPython: _PyST_GetScope */
  scope(name: string): number {
    return ((this.symbols.get(name) ?? 0) >> SCOPE_OFFSET) & SCOPE_MASK;
  }

  /** Whether the block becomes code with fast locals. CPython: _PyST_IsFunctionLike */
  get isFunctionLike(): boolean {
    return this.type !== ModuleBlock && this.type !== ClassBlock;
  }
}

/** What has a block of its own: a node, the list of type parameters of a definition, the arguments of a function. */
export type BlockKey = object;

/** CPython: struct symtable */
export class Symtable {
  readonly filename: string;
  readonly top: SymtableEntry;
  readonly blocks: Map<BlockKey, SymtableEntry> = new Map();
  /** Blocks of TypeVar defaults; that of the bound is in `blocks`. */
  readonly defaults: Map<BlockKey, SymtableEntry> = new Map();
  constructor(filename: string, top: SymtableEntry) {
    this.filename = filename;
    this.top = top;
  }

  lookup(key: BlockKey): SymtableEntry {
    const entry = this.blocks.get(key);
    if (entry === undefined) throw new Error('unknown symbol table entry');
    return entry;
  }
}

const UNDERSCORE = 95;

/** `__name` in `class C` becomes `_C__name`. CPython: _Py_Mangle */
export function mangle(className: string | null, name: string): string {
  if (className === null || name.charCodeAt(0) !== UNDERSCORE || name.charCodeAt(1) !== UNDERSCORE) return name;
  const { length } = name;
  // Names with a dot are module names.
  if (
    (name.charCodeAt(length - 1) === UNDERSCORE && name.charCodeAt(length - 2) === UNDERSCORE) ||
    name.includes('.')
  ) {
    return name;
  }
  let start = 0;
  while (className.charCodeAt(start) === UNDERSCORE) start++;
  if (start === className.length) return name;
  return `_${className.slice(start)}${name}`;
}

/** CPython: _Py_MaybeMangle */
export function maybeMangle(className: string | null, entry: SymtableEntry, name: string): string {
  if (className === null) return name;
  if (entry.mangledNames !== null && !entry.mangledNames.has(name)) return name;
  return mangle(className, name);
}

/** A Name node's id; other nodes cannot stand where this is asked. */
export function nameOf(node: expr): string {
  if (node._type !== 'Name') throw new Error(`expected a name, not ${node._type}`);
  return node.id;
}
