// codegen_comprehensions.ts: comprehensions and generator expressions.                       CPython: Python/codegen.c
//
// A comprehension runs inline in the code around it (PEP 709): variables of its own that exist outside too are put
// on the stack meanwhile. A generator expression, or a comprehension that cannot be inlined, is a function of one
// argument, the iterator over its outermost iterable.
import {
  BUILD_LIST,
  BUILD_MAP,
  BUILD_SET,
  CALL,
  END_ASYNC_FOR,
  END_FOR,
  FOR_ITER,
  GET_AITER,
  GET_ANEXT,
  GET_AWAITABLE,
  GET_ITER,
  JUMP,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LOAD_FAST,
  LOAD_FAST_AND_CLEAR,
  MAKE_CELL,
  MAP_ADD,
  POP_BLOCK,
  POP_ITER,
  POP_TOP,
  RERAISE,
  RETURN_VALUE,
  SET_ADD,
  SETUP_FINALLY,
  STORE_FAST_MAYBE_NULL,
  SWAP,
} from '../opcode/opcodes.generated.ts';
import type { comprehension, expr } from '../parser/ast.generated.ts';
import type { CodegenBase } from './codegen_base.ts';
import { makeClosure, wrapInStopIterationHandler } from './codegen_closures.ts';
import { FBLOCK_ASYNC_COMPREHENSION_GENERATOR, FBLOCK_STOP_ITERATION, indexIn, NO_LABEL, SCOPE_COMPREHENSION } from './codegen_unit.ts';
import { locationOf } from './future.ts';
import { Location, NO_LOCATION } from './instruction_sequence.ts';
import {
  CELL,
  ClassBlock,
  DEF_LOCAL,
  DEF_NONLOCAL,
  FREE,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type SymtableEntry,
} from './symtable_entry.ts';

export type Comprehension = Extract<expr, { generators: comprehension[] }>;

const NAMES = { ListComp: '<listcomp>', SetComp: '<setcomp>', DictComp: '<dictcomp>', GeneratorExp: '<genexpr>' };

/** What must be put right when an inlined comprehension ends. CPython: _PyCompile_InlinedComprehensionState */
class Inlined {
  /** Variables whose outer values are on the stack. */
  readonly pushed: string[] = [];
  /** Symbols as the block around has them. */
  readonly symbols: Map<string, number> = new Map();
  /** Names that are fast locals for the time being. */
  readonly hidden: string[] = [];
  cleanup = NO_LABEL;
}

/** Gives the block around the comprehension's view of its names. CPython: _PyCompile_TweakInlinedComprehensionScopes */
function tweakScopes(c: CodegenBase, comp: SymtableEntry, state: Inlined): void {
  const { u } = c;
  const { entry } = u;
  const inClass = entry.type === ClassBlock && u.inInlinedComp === 0;
  u.inInlinedComp++;
  for (const [name, symbol] of comp.symbols) {
    const scope = (symbol >> SCOPE_OFFSET) & SCOPE_MASK;
    const outer = entry.symbol(name);
    const outerScope = (outer >> SCOPE_OFFSET) & SCOPE_MASK;
    // Free in the comprehension means as in the block around; a cell that is free there stays free.
    if ((scope !== outerScope && scope !== FREE && !(scope === CELL && outerScope === FREE)) || inClass) {
      entry.symbols.set(name, symbol);
      state.symbols.set(name, outer);
    }
    if ((symbol & DEF_LOCAL && !(symbol & DEF_NONLOCAL)) || inClass) {
      if (!entry.isFunctionLike && u.fasthidden.get(name) !== true) {
        u.fasthidden.set(name, true);
        state.hidden.push(name);
      }
    }
  }
}

/** CPython: codegen_push_inlined_comprehension_locals */
function pushLocals(c: CodegenBase, loc: Location, comp: SymtableEntry, state: Inlined): void {
  const { u } = c;
  for (const [name, symbol] of comp.symbols) {
    // Both bits: `:=` binds the name outside.
    if (!(symbol & DEF_LOCAL) || symbol & DEF_NONLOCAL) continue;
    // For a cell this moves the cell itself; the comprehension gets a new one.
    c.addop(LOAD_FAST_AND_CLEAR, indexIn(u.varnames, name), loc);
    if (((symbol >> SCOPE_OFFSET) & SCOPE_MASK) === CELL) {
      const table = u.entry.scope(name) === FREE ? u.freevars : u.cellvars;
      c.addop(MAKE_CELL, indexIn(table, name), loc);
    }
    state.pushed.push(name);
  }
  if (state.pushed.length === 0) return;
  // The iterator has to be on top again; popping in reverse order undoes the rotation.
  c.addop(SWAP, state.pushed.length + 1, loc);
  state.cleanup = c.newLabel();
  c.addop(SETUP_FINALLY, state.cleanup, loc);
  // Counts as a nested block; nothing in an expression can leave through it.
  c.pushFBlock(FBLOCK_STOP_ITERATION, loc, NO_LABEL, NO_LABEL);
}

/** CPython: restore_inlined_comprehension_locals */
function restoreLocals(c: CodegenBase, loc: Location, state: Inlined): void {
  const { pushed } = state;
  c.addop(SWAP, pushed.length + 1, loc);
  for (let i = pushed.length - 1; i >= 0; i--) {
    c.addop(STORE_FAST_MAYBE_NULL, indexIn(c.u.varnames, pushed[i]!), loc);
  }
}

/** CPython: codegen_pop_inlined_comprehension_locals, _PyCompile_RevertInlinedComprehensionScopes */
function popInlined(c: CodegenBase, loc: Location, state: Inlined): void {
  const { u } = c;
  if (state.pushed.length > 0) {
    c.popFBlock();
    c.addop(POP_BLOCK, 0, NO_LOCATION);
    const end = c.newLabel();
    c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.useLabel(state.cleanup);
    c.addop(SWAP, 2, NO_LOCATION);
    c.addop(POP_TOP, 0, NO_LOCATION);
    restoreLocals(c, loc, state);
    c.addop(RERAISE, 0, NO_LOCATION);
    c.useLabel(end);
    restoreLocals(c, loc, state);
  }
  u.inInlinedComp--;
  for (const [name, symbol] of state.symbols) u.entry.symbols.set(name, symbol);
  for (const name of state.hidden) u.fasthidden.set(name, false);
}

/** The loops from `index` on, and inside the last one the element. */
class Loops {
  private readonly c: CodegenBase;
  private readonly e: Comprehension;
  private readonly loc: Location;
  /** The outermost iterator is on the stack, not in the first argument. */
  private readonly onStack: boolean;
  constructor(c: CodegenBase, e: Comprehension, loc: Location, onStack: boolean) {
    this.c = c;
    this.e = e;
    this.loc = loc;
    this.onStack = onStack;
  }

  /** `depth` counts the iterators on the stack above the result. CPython: codegen_comprehension_generator */
  from(index: number, depth: number): void {
    if (this.e.generators[index]!.is_async) this.async(index, depth);
    else this.sync(index, depth);
  }

  /** CPython: codegen_sync_comprehension_generator */
  private sync(index: number, depth: number): void {
    const { c, e, loc } = this;
    const gen = e.generators[index]!;
    const start = c.newLabel();
    const ifCleanup = c.newLabel();
    const anchor = c.newLabel();
    const iterLoc = locationOf(gen.iter);
    let loops = true;
    if (index === 0) {
      if (!this.onStack) c.addop(LOAD_FAST, 0, loc);
    } else {
      // `for y in [f(x)]` is an assignment.
      const { iter } = gen;
      const elts = iter._type === 'List' || iter._type === 'Tuple' ? iter.elts : null;
      if (elts !== null && elts.length === 1 && elts[0]!._type !== 'Starred') {
        c.visitExpr(elts[0]!);
        loops = false;
      } else {
        c.visitExpr(iter);
        c.addop(GET_ITER, 0, iterLoc);
      }
    }
    if (loops) {
      depth++;
      c.useLabel(start);
      c.addop(FOR_ITER, anchor, iterLoc);
    }
    c.visitExpr(gen.target);
    const elementLoc = this.inner(index, depth, gen, ifCleanup);
    c.useLabel(ifCleanup);
    if (loops) {
      c.addop(JUMP, start, elementLoc);
      c.useLabel(anchor);
      // A generator's end jumps to END_FOR, that of other iterators behind it.
      c.addop(END_FOR, 0, NO_LOCATION);
      c.addop(POP_ITER, 0, NO_LOCATION);
    }
  }

  /** CPython: codegen_async_comprehension_generator */
  private async(index: number, depth: number): void {
    const { c, e, loc } = this;
    const gen = e.generators[index]!;
    const start = c.newLabel();
    const send = c.newLabel();
    const except = c.newLabel();
    const ifCleanup = c.newLabel();
    if (index === 0) {
      if (!this.onStack) c.addop(LOAD_FAST, 0, loc);
    } else {
      c.visitExpr(gen.iter);
      c.addop(GET_AITER, 0, locationOf(gen.iter));
    }
    c.useLabel(start);
    c.pushFBlock(FBLOCK_ASYNC_COMPREHENSION_GENERATOR, loc, start, NO_LABEL);
    c.addop(SETUP_FINALLY, except, loc);
    c.addop(GET_ANEXT, 0, loc);
    c.loadConst(null, loc);
    c.useLabel(send);
    c.addYieldFrom(loc, true);
    c.addop(POP_BLOCK, 0, loc);
    c.visitExpr(gen.target);
    const elementLoc = this.inner(index, depth + 1, gen, ifCleanup);
    c.useLabel(ifCleanup);
    c.addop(JUMP, start, elementLoc);
    c.popFBlock();
    c.useLabel(except);
    c.addop(END_ASYNC_FOR, send, loc);
  }

  /** Conditions, inner loops and element; answers the location of the jump back. */
  private inner(index: number, depth: number, gen: comprehension, ifCleanup: number): Location {
    const { c, e, loc } = this;
    for (const condition of gen.ifs) c.jumpIf(loc, condition, ifCleanup, false);
    const isLast = index + 1 === e.generators.length;
    if (!isLast) this.from(index + 1, depth);
    if (e._type === 'DictComp') {
      const { key, value } = e;
      if (!isLast) return locationOf(key);
      c.visitExpr(key);
      c.visitExpr(value);
      const pairLoc = new Location(key.lineno, value.end_lineno, key.col_offset, value.end_col_offset);
      c.addop(MAP_ADD, depth + 1, pairLoc);
      return pairLoc;
    }
    const elementLoc = locationOf(e.elt);
    if (!isLast) return elementLoc;
    c.visitExpr(e.elt);
    if (e._type === 'GeneratorExp') {
      c.addYield(elementLoc);
      c.addop(POP_TOP, 0, elementLoc);
    } else {
      c.addop(e._type === 'ListComp' ? LIST_APPEND : SET_ADD, depth + 1, elementLoc);
    }
    return elementLoc;
  }
}

function buildResult(c: CodegenBase, e: Comprehension, loc: Location): void {
  switch (e._type) {
    case 'ListComp':
      c.addop(BUILD_LIST, 0, loc);
      break;
    case 'SetComp':
      c.addop(BUILD_SET, 0, loc);
      break;
    case 'DictComp':
      c.addop(BUILD_MAP, 0, loc);
      break;
  }
}

/** CPython: codegen_comprehension */
export function visitComprehension(c: CodegenBase, e: Comprehension, loc: Location): void {
  const entry = c.symtable.lookup(e);
  const outermost = e.generators[0]!;
  const getIter = outermost.is_async ? GET_AITER : GET_ITER;
  const iterLoc = locationOf(outermost.iter);
  if (entry.compInlined) {
    const state = new Inlined();
    c.visitExpr(outermost.iter);
    c.addop(getIter, 0, iterLoc);
    tweakScopes(c, entry, state);
    pushLocals(c, loc, entry, state);
    buildResult(c, e, loc);
    if (e._type !== 'GeneratorExp') c.addop(SWAP, 2, loc);
    new Loops(c, e, loc, true).from(0, 0);
    popInlined(c, loc, state);
    return;
  }
  c.enterScope(NAMES[e._type], SCOPE_COMPREHENSION, entry, e.lineno, null, { argcount: 1 });
  buildResult(c, e, loc);
  new Loops(c, e, loc, false).from(0, 0);
  if (e._type === 'GeneratorExp') wrapInStopIterationHandler(c);
  else c.addop(RETURN_VALUE, 0, loc);
  makeClosure(c, loc, c.leaveScope(true), 0);
  c.visitExpr(outermost.iter);
  c.addop(getIter, 0, iterLoc);
  c.addop(CALL, 0, loc);
  if (entry.coroutine && e._type !== 'GeneratorExp') {
    c.addop(GET_AWAITABLE, 0, loc);
    c.loadConst(null, loc);
    c.addYieldFrom(loc, true);
  }
}
