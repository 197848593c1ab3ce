// gc.ts: the cyclic garbage collector.                                            CPython: Python/gc.c, InternalDocs/garbage_collector.md
//
// Reference counts free almost everything; what is left are cycles. The collector copies each candidate's count,
// subtracts the references that candidates hold to one another, and what then is above zero is held from outside:
// it and all it reaches survive; the rest is garbage.
// Invariant: a tracked object stands at index `gc` of the list of its generation; untracking leaves a hole there.
// Tracking is an append (measured in the design: a fifth of the cost of linked lists).

import {
  decref,
  G_COLLECTING,
  G_FINALIZED,
  G_GEN_MASK,
  G_GEN_SHIFT,
  G_STARTUP,
  G_TRACKED,
  G_UNREACHABLE,
  G_WEAKREFS,
  incref,
  type PyObject,
  Py_TPFLAGS_TYPE_SUBCLASS,
  type PyTypeObject,
} from './object.ts';

/** One generation: its objects (null: a hole), how many are objects, and CPython's count and threshold. */
export class Generation {
  list: (PyObject | null)[] = [];
  live = 0;
  count = 0;
  threshold: number;
  collections = 0;
  collected = 0;
  uncollectable = 0;
  constructor(threshold: number) {
    this.threshold = threshold;
  }
}

/** The collector's state of the (one) interpreter. CPython: struct _gc_runtime_state */
export const gcstate = {
  enabled: true,
  debug: 0,
  collecting: false,
  young: new Generation(2000),
  old1: new Generation(10),
  old2: new Generation(10),
  permanent: new Generation(0),
  long_lived_total: 0,
  long_lived_pending: 0,
  /** Set when the young count passes its threshold; the eval breaker acts on it. */
  requested: false,
  /** Collections begin after this many allocations, whatever the program's young threshold (kept in `asked`); 0: not so. */
  stress: 0,
  asked: 2000,
  /** `gc.garbage` and `gc.callbacks`, lists owned by the gc module (null before it is set up). */
  garbage: null as PyObject | null,
  callbacks: null as PyObject | null,
};

/** What the collector needs from the layers above. */
export const gcHooks = {
  /** Clears the weak references to unreachable objects and gives back those whose callbacks must be called, by calling them. */
  handle_weakrefs: null as ((unreachable: PyObject[]) => void) | null,
  /** Clears those that finalizers made, without calling anybody. */
  clear_weakrefs: null as ((unreachable: PyObject[]) => void) | null,
  /** Calls gc.callbacks with the phase. */
  callbacks: null as
    | ((phase: 'start' | 'stop', generation: number, collected: number, uncollectable: number) => void)
    | null,
  /** Keeps an object in gc.garbage. */
  append_garbage: null as ((o: PyObject) => void) | null,
  /** Debug output (gc.DEBUG_*). */
  debug_message: null as ((text: string) => void) | null,
  /** How an object is shown in debug output: type and address. */
  describe: null as ((o: PyObject) => string) | null,
  /** Whether a reachable container needs no tracking (a tuple of atoms). */
  may_untrack: null as ((o: PyObject) => boolean) | null,
  /** Monotonic seconds. */
  clock: null as (() => number) | null,
  /** Reports an error that a tp_clear or finalizer let out. */
  unraisable: null as ((error: unknown) => void) | null,
  /** Whether a weak reference to a living object has a callback. */
  has_callback: null as ((o: PyObject) => boolean) | null,
  /** Asks the eval breaker for a collection. */
  request: null as (() => void) | null,
  /** Told of each phase of the collections that run. */
  watcher: null as GcWatcher | null,
  /** Empties caches on a full collection. */
  clear_caches: null as (() => void) | null,
};

export const DEBUG_STATS = 1;
export const DEBUG_COLLECTABLE = 2;
export const DEBUG_UNCOLLECTABLE = 4;
export const DEBUG_SAVEALL = 32;

/** The generation with that number; 3 is the permanent one. */
export function generation(n: number): Generation {
  return n === 0 ? gcstate.young : n === 1 ? gcstate.old1 : n === 2 ? gcstate.old2 : gcstate.permanent;
}

function generation_of(o: PyObject): Generation {
  return generation((o.g & G_GEN_MASK) >> G_GEN_SHIFT);
}

const COMPACT_AT = 8192;

/** Counts an allocation of a collectable object. CPython: Python/gc.c:_PyObject_GC_Link */
export function gc_alloc(): void {
  const young = gcstate.young;
  if (
    ++young.count > young.threshold &&
    gcstate.enabled &&
    young.threshold !== 0 &&
    !gcstate.collecting &&
    !gcstate.requested &&
    gcHooks.request !== null
  ) {
    gcstate.requested = true;
    gcHooks.request();
  }
}

/** Starts tracking an object (a no-op when it is tracked). */
export function gc_track(o: PyObject): void {
  if ((o.g & G_TRACKED) !== 0) return;
  const young = gcstate.young;
  o.g = (o.g & ~G_GEN_MASK) | G_TRACKED;
  o.gc = young.list.length;
  young.list.push(o);
  young.live++;
  if (o.gc >= COMPACT_AT && !gcstate.collecting && young.live * 2 < young.list.length) compact(young);
}

/** Allocation and tracking in one: what a container's constructor does. */
export function gc_new(o: PyObject): void {
  gc_alloc();
  gc_track(o);
}

/** Stops tracking (a no-op when it is not tracked). */
export function gc_untrack(o: PyObject): void {
  if ((o.g & G_TRACKED) === 0) return;
  o.g &= ~G_TRACKED;
  if ((o.g & G_COLLECTING) !== 0) {
    o.g &= ~G_COLLECTING; // its place is in a list of the running collection, which skips untracked objects
    return;
  }
  const gen = generation_of(o);
  const list = gen.list;
  gen.live--;
  if (o.gc === list.length - 1) list.pop();
  else list[o.gc] = null;
}

/** Untracks an object that is being deallocated, and counts the deallocation. CPython: PyObject_GC_Del */
export function gc_del(o: PyObject): void {
  gc_untrack(o);
  if (gcstate.young.count > 0) gcstate.young.count--;
}

// Freed objects of some types wait in free lists of CPython's: taking one out is no allocation that counts, and putting one
// in is no deallocation. Only their lengths are modelled here.
export const FREE_LISTS = 0;
export const FREE_DICTS = 1;
export const FREE_SLICES = 2;
export const FREE_METHODS = 3;
export const FREE_LIST_ITERS = 4;
export const FREE_TUPLE_ITERS = 5;
export const FREE_CFUNCTIONS = 6;
/** Tuples of n items, 1 <= n <= MOST_FREE_ITEMS, are in the list with the number FREE_TUPLES + n. */
export const FREE_TUPLES = 6;
export const MOST_FREE_ITEMS = 20;

/** Lengths. CPython: Include/internal/pycore_freelist_state.h */
export const free_lists = new Int32Array(FREE_TUPLES + MOST_FREE_ITEMS + 1);
const MOST_FREE = new Int32Array(free_lists.length).fill(2000);
MOST_FREE.set([80, 80, 1, 20, 10, 10, 16]);

/** As gc_alloc, for an object that a free list serves. */
export function gc_alloc_from(list: number): void {
  const n = free_lists[list]!;
  if (n > 0) free_lists[list] = n - 1;
  else gc_alloc();
}

/** As gc_new, for an object that a free list serves. */
export function gc_new_from(list: number, o: PyObject): void {
  gc_alloc_from(list);
  gc_track(o);
}

/** As gc_del, for an object that may go to a free list. */
export function gc_del_to(list: number, o: PyObject): void {
  gc_untrack(o);
  const n = free_lists[list]!;
  if (n < MOST_FREE[list]!) free_lists[list] = n + 1;
  else if (gcstate.young.count > 0) gcstate.young.count--;
}

export function is_tracked(o: PyObject): boolean {
  return (o.g & G_TRACKED) !== 0;
}

function compact(gen: Generation): void {
  const list = gen.list;
  let k = 0;
  for (let i = 0; i < list.length; i++) {
    const o = list[i];
    if (o !== null && o !== undefined) {
      o.gc = k;
      list[k++] = o;
    }
  }
  list.length = k;
  gen.live = k;
}

function append(gen: Generation, n: number, o: PyObject): void {
  o.g = (o.g & ~(G_GEN_MASK | G_COLLECTING | G_UNREACHABLE)) | (n << G_GEN_SHIFT) | G_TRACKED;
  o.gc = gen.list.length;
  gen.list.push(o);
  gen.live++;
}

/** All objects tracked in a generation (borrowed), oldest first. */
export function objects_of(gen: Generation): PyObject[] {
  return gen.list.filter((o): o is PyObject => o !== null);
}

/** Visitor: takes one reference from within off a candidate's copied count. CPython: visit_decref */
function subtract_ref(o: PyObject): void {
  if ((o.g & G_COLLECTING) !== 0) o.gc--;
}

/** The young threshold as the program sees it. */
export function young_threshold(): number {
  return gcstate.stress > 0 ? gcstate.asked : gcstate.young.threshold;
}

/** Sets it; under stress, collections go on as they did unless there are to be none. */
export function set_young_threshold(n: number): void {
  gcstate.asked = n;
  gcstate.young.threshold = gcstate.stress > 0 && n !== 0 ? gcstate.stress - 0.5 : n;
}

/** Has a collection begin after every `n` allocations (0: as the thresholds say). */
export function gc_set_stress(n: number): void {
  const asked = young_threshold();
  gcstate.stress = n;
  set_young_threshold(asked);
}

/** The generation that the counts ask for, or -1. CPython: Python/gc.c:gc_select_generation */
function select_generation(): number {
  for (let n = 2; n >= 0; n--) {
    const gen = generation(n);
    if (gen.count <= gen.threshold) continue;
    // A full collection is worth its time only when much has become old since the last one.
    if (n === 2 && gcstate.long_lived_pending < Math.floor(gcstate.long_lived_total / 4)) continue;
    return n;
  }
  return -1;
}

/** Runs the collection that the counts ask for. */
export function gc_run_requested(): void {
  gcstate.requested = false;
  if (!gcstate.enabled || gcstate.collecting || gcstate.young.threshold === 0) return;
  const n = select_generation();
  if (n >= 0) gc_collect_generation(n, true);
}

/** The phases of a collection, in order. After `counts` each candidate's `gc` is its copied count less the references from
 *  candidates. */
export type GcPhase = 'candidates' | 'counts' | 'reachable' | 'unreachable' | 'finalized' | 'resurrected' | 'cleared';

/** Told of the objects (borrowed) that a phase ended with; in the pause that this makes, anything may run. */
export type GcWatcher = (phase: GcPhase, objects: readonly PyObject[]) => void;

/** Collects a generation and the younger ones; returns how many unreachable objects it found. CPython: gc_collect_main */
export function gc_collect_generation(n: number, notify: boolean): number {
  if (gcstate.collecting) return 0;
  gcstate.collecting = true;
  try {
    if (notify && gcHooks.callbacks !== null) gcHooks.callbacks('start', n, 0, 0);
    const [collected, uncollectable] = collect_main(n, gcHooks.watcher);
    const gen = generation(n);
    gen.collections++;
    gen.collected += collected;
    gen.uncollectable += uncollectable;
    if (notify && gcHooks.callbacks !== null) gcHooks.callbacks('stop', n, collected, uncollectable);
    return collected + uncollectable;
  } finally {
    gcstate.collecting = false;
  }
}

function debug(text: string): void {
  gcHooks.debug_message?.(text);
}

function collect_main(n: number, watcher: GcWatcher | null): [number, number] {
  const stats = (gcstate.debug & DEBUG_STATS) !== 0;
  const started = stats && gcHooks.clock !== null ? gcHooks.clock() : 0;
  if (stats) {
    const { young, old1, old2, permanent } = gcstate;
    debug(`gc: collecting generation ${n}...\n`);
    debug(`gc: objects in each generation: ${young.live} ${old1.live} ${old2.live}\n`);
    debug(`gc: objects in permanent generation: ${permanent.live}\n`);
  }
  if (n + 1 < 3) generation(n + 1).count++;
  for (let i = 0; i <= n; i++) generation(i).count = 0;

  // The candidates: the collected generation, then the younger ones.
  const candidates: PyObject[] = [];
  for (const i of n === 2 ? [2, 0, 1] : n === 1 ? [1, 0] : [0]) {
    const gen = generation(i);
    for (const o of gen.list) if (o !== null) candidates.push(o);
    gen.list = [];
    gen.live = 0;
  }
  if (watcher !== null) {
    for (const o of candidates) o.g |= G_COLLECTING;
    watcher('candidates', candidates);
  }
  const [reachable, unreachable] = deduce_unreachable(watcher === null ? candidates : candidates.filter(is_tracked), watcher);
  const target = n < 2 ? n + 1 : 2;
  const may_untrack = gcHooks.may_untrack;
  let survivors = 0;
  for (const o of reachable) {
    if (may_untrack !== null && may_untrack(o)) o.g &= ~(G_TRACKED | G_COLLECTING | G_UNREACHABLE);
    else {
      append(generation(target), target, o);
      survivors++;
    }
  }
  if (n === 1) gcstate.long_lived_pending += survivors;
  if (n === 2) {
    gcstate.long_lived_pending = 0;
    gcstate.long_lived_total = survivors;
  }

  watcher?.('reachable', reachable);
  watcher?.('unreachable', unreachable);
  let collected = 0;
  if (unreachable.length > 0) {
    // Nothing here has a legacy tp_del: nothing is uncollectable.
    if ((gcstate.debug & DEBUG_COLLECTABLE) !== 0) {
      for (const o of unreachable) debug(`gc: collectable ${gcHooks.describe?.(o) ?? o.ob_type.tp_name}\n`);
    }
    if (gcHooks.handle_weakrefs !== null && unreachable.some(has_weakrefs)) gcHooks.handle_weakrefs(unreachable);
    finalize_garbage(unreachable);
    watcher?.('finalized', unreachable.filter(is_finalized));
    const garbage = handle_resurrected(unreachable, target, watcher);
    if (garbage.some(has_weakrefs)) gcHooks.clear_weakrefs!(garbage);
    collected = garbage.length;
    delete_garbage(garbage, target);
    watcher?.('cleared', garbage);
  }
  if (stats) {
    const elapsed = gcHooks.clock !== null ? gcHooks.clock() - started : 0;
    debug(`gc: done, ${collected} unreachable, 0 uncollectable, ${elapsed.toFixed(4)}s elapsed\n`);
  }
  if (n === 2) {
    free_lists.fill(0);
    gcHooks.clear_caches?.();
  }
  return [collected, 0];
}

function has_weakrefs(o: PyObject): boolean {
  return (o.g & G_WEAKREFS) !== 0;
}

/**
 * Splits candidates (marked G_COLLECTING until they are appended to a list again) into those held from outside, in the order in which that
 * shows, and the rest, marked G_UNREACHABLE. CPython: update_refs, subtract_refs, move_unreachable
 */
function deduce_unreachable(candidates: PyObject[], watcher: GcWatcher | null): [PyObject[], PyObject[]] {
  subtract_refs(candidates);
  if (watcher !== null) {
    watcher('counts', candidates);
    // What ran in the pause may have changed them.
    candidates = candidates.filter(is_tracked);
    subtract_refs(candidates);
  }
  // One pass over a list that grows: an object without outside references goes to the back when one with them reaches it
  // later. A reached object counts as held from outside.
  const queue = candidates.slice();
  const reachable: PyObject[] = [];
  const tentative: PyObject[] = [];
  const reach = (o: PyObject): void => {
    if ((o.g & G_COLLECTING) === 0) return;
    if ((o.g & G_UNREACHABLE) !== 0) {
      o.g &= ~G_UNREACHABLE;
      o.gc = 1;
      queue.push(o);
    } else if (o.gc === 0) o.gc = 1;
  };
  for (let i = 0; i < queue.length; i++) {
    const o = queue[i]!;
    if (o.gc > 0) {
      reachable.push(o);
      o.ob_type.tp_traverse?.(o, reach);
    } else {
      o.g |= G_UNREACHABLE;
      tentative.push(o);
    }
  }
  return [reachable, tentative.filter(is_unreachable)];
}

/** Leaves in `gc` of each candidate how many references to it come from elsewhere. CPython: update_refs, subtract_refs */
function subtract_refs(candidates: PyObject[]): void {
  for (const o of candidates) {
    o.g = (o.g & ~G_UNREACHABLE) | G_COLLECTING;
    o.gc = o.ob_refcnt;
  }
  for (const o of candidates) o.ob_type.tp_traverse?.(o, subtract_ref);
}

function is_finalized(o: PyObject): boolean {
  return (o.g & G_FINALIZED) !== 0;
}

function is_unreachable(o: PyObject): boolean {
  return (o.g & G_UNREACHABLE) !== 0;
}

/** CPython: Python/gc.c:finalize_garbage */
function finalize_garbage(unreachable: PyObject[]): void {
  for (const o of unreachable) {
    const finalize = o.ob_type.tp_finalize;
    // Untracked: it died by an earlier one's finalizer.
    if (finalize === null || (o.g & (G_FINALIZED | G_TRACKED)) !== G_TRACKED) continue;
    o.g |= G_FINALIZED;
    incref(o);
    try {
      finalize(o);
    } catch (e) {
      if (gcHooks.unraisable === null) throw e;
      gcHooks.unraisable(e);
    }
    decref(o);
  }
}

/** Finalizers may have made objects reachable again: those (and what they reach) go back; the rest is garbage for good.
 *  CPython: handle_resurrected_objects */
function handle_resurrected(unreachable: PyObject[], target: number, watcher: GcWatcher | null): PyObject[] {
  const [back, garbage] = deduce_unreachable(unreachable.filter(is_tracked), null);
  for (const o of back) append(generation(target), target, o);
  watcher?.('resurrected', back);
  return garbage;
}

/** Clears each object; the broken cycles then die by their counts. CPython: delete_garbage */
function delete_garbage(garbage: PyObject[], target: number): void {
  // Each finds its place in a generation again: what a clear frees leaves it.
  for (const o of garbage) append(generation(target), target, o);
  for (const o of garbage) {
    if ((o.g & G_TRACKED) === 0) continue;
    if ((gcstate.debug & DEBUG_SAVEALL) !== 0) {
      gcHooks.append_garbage?.(o);
      continue;
    }
    const clear = o.ob_type.tp_clear;
    if (clear === null) continue;
    incref(o);
    try {
      clear(o);
    } catch (e) {
      if (gcHooks.unraisable === null) throw e;
      gcHooks.unraisable(e);
    }
    decref(o);
  }
}

/** Moves all objects into the permanent generation, which is not collected. CPython: gc.freeze */
export function gc_freeze(): void {
  for (let n = 0; n < 3; n++) {
    move_all(n, 3);
    generation(n).count = 0;
  }
}

/** CPython: gc.unfreeze */
export function gc_unfreeze(): void {
  move_all(3, 2);
}

function move_all(from: number, to: number): void {
  const gen = generation(from);
  const list = gen.list;
  gen.list = [];
  gen.live = 0;
  for (const o of list) if (o !== null) append(generation(to), to, o);
}

// --- what start-up made --------------------------------------------------------------------------------------------
//
// A program's own objects are few beside those of start-up. When the process ends, collections that leave the latter out find
// all that a program left, unless it hung something on an object of start-up; and when nothing is left whose end would be
// noticed, taking apart what start-up made would only cost time.

/** Marks the objects tracked so far, but those that belong to the program. */
export function gc_mark_startup(but: readonly PyObject[]): void {
  for (let n = 0; n < 3; n++) {
    for (const o of generation(n).list) if (o !== null) o.g |= G_STARTUP;
  }
  for (const o of but) o.g &= ~G_STARTUP;
}

/** Takes the objects of start-up out of collections; false if there are none, or a collection that misses some would show. */
export function gc_set_startup_aside(): boolean {
  if (gcstate.debug !== 0 || gcstate.permanent.live > 0) return false;
  let some = false;
  for (let n = 0; n < 3; n++) {
    const gen = generation(n);
    const list = gen.list;
    gen.list = [];
    gen.live = 0;
    for (const o of list) {
      if (o === null) continue;
      if ((o.g & G_STARTUP) === 0) append(gen, n, o);
      else {
        some = true;
        append(gcstate.permanent, 3, o);
      }
    }
  }
  return some;
}

/** Undoes gc_set_startup_aside(). */
export function gc_take_startup_back(): void {
  gc_unfreeze();
}

/** Whether the end of some tracked object could be noticed: a finalizer, or a weak reference with a callback. */
export function gc_finalizers_left(): boolean {
  for (let n = 0; n < 3; n++) {
    for (const o of generation(n).list) {
      if (o === null) continue;
      if (o.ob_type.tp_finalize !== null) return true;
      if (gcHooks.has_callback !== null && gcHooks.has_callback(o)) return true;
      // Instances without any references need no tracking, and views of one tell it their end: its class is asked.
      if ((o.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0) {
        const { tp_finalize, bf_releasebuffer } = o as PyTypeObject;
        if (tp_finalize !== null || bf_releasebuffer !== null) return true;
      }
    }
  }
  return false;
}
