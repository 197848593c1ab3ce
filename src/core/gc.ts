// gc.ts: the cyclic garbage collector.                                            CPython: Python/gc.c, InternalDocs/garbage_collector.md
//
// Reference counts free almost everything; what is left are cycles. The collector copies each candidate's count,
// subtracts the references that candidates hold to one another, and what then is above zero is held from outside:
// it and all it reaches survive; the rest is garbage.
// Invariant: a tracked object stands at index `gc` of the list of its generation; untracking leaves a hole there.
// Tracking is an append (measured in the design: a fifth of the cost of linked lists). A collection works in the list of the
// generation it collects: with ten million objects, every list made beside it would be 80 MB.

import { find_reachable, mark_all, type Reached, subtract_ref, subtract_refs } from './gc_reach.ts';
import { check_memory } from './memory_limit.ts';
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
  Py_TPFLAGS_TYPE_SUBCLASS,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from './object.ts';
import { ObjectList } from './object_list.ts';
import { per_interpreter } from './per_interpreter.ts';

/** One generation: its objects, how many there are, and CPython's count and threshold. */
export class Generation {
  /** Its objects; those of generation 0 stand in `gcstate.young_list`. */
  list = new ObjectList();
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

/** The collector's state of an interpreter. CPython: struct _gc_runtime_state */
function make_gcstate() {
  return {
    enabled: true,
    debug: 0,
    collecting: false,
    young: new Generation(2000),
    /** The objects of generation 0 (null: a hole), where nearly all come and go. */
    young_list: [] as (PyObject | null)[],
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
}

type GcState = ReturnType<typeof make_gcstate>;

/** The states of the interpreters that do not run. */
const elsewhere: GcState[] = [];

export const gcstate = /* @__PURE__ */ per_interpreter(make_gcstate, {
  put_aside: state => elsewhere.push(state),
  taken_up: state => elsewhere.splice(elsewhere.indexOf(state), 1),
  abandoned: adopt,
  clear({ garbage, callbacks }) {
    gcstate.garbage = null;
    gcstate.callbacks = null;
    xdecref(garbage);
    xdecref(callbacks);
  },
});

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
  /** The living object that a weak reference with a callback of the program's refers to (borrowed), or null. */
  watched: null as ((o: PyObject) => PyObject | null) | null,
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

const COMPACT_AT = 8192;
const LOOK_AT_HEAP = 32_768;

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
  const { young, young_list } = gcstate;
  o.g = (o.g & ~G_GEN_MASK) | G_TRACKED;
  o.gc = young_list.length;
  young_list.push(o);
  young.live++;
  if (o.gc >= COMPACT_AT && !gcstate.collecting) long_young_list();
}

/** The list is long: it is full of holes, or there are no collections. */
function long_young_list(): void {
  const { young, young_list } = gcstate;
  if (young.live * 2 < young_list.length) compact_young();
  // Without collections somebody must look at the heap, nevertheless.
  else if (young_list.length % LOOK_AT_HEAP === 0 && !gcstate.enabled && gcHooks.request !== null) gcHooks.request();
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
  if ((o.g & G_GEN_MASK) !== 0) {
    untrack_old(o);
    return;
  }
  const list = gcstate.young_list;
  if (elsewhere.length > 0 && list[o.gc] !== o) {
    untrack_elsewhere(o);
    return;
  }
  gcstate.young.live--;
  if (o.gc === list.length - 1) list.pop();
  else list[o.gc] = null;
}

function untrack_old(o: PyObject): void {
  const gen = generation((o.g & G_GEN_MASK) >> G_GEN_SHIFT);
  const { list } = gen;
  if (elsewhere.length > 0 && (o.gc >= list.length || list.at(o.gc) !== o)) {
    untrack_elsewhere(o);
    return;
  }
  list.set(o.gc, null);
  if (--gen.live === 0) list.clear();
  else if (o.gc === list.length - 1) list.pop();
}

// What interpreters share (the types of native modules, what is in transit) stands in the lists of the one that made it.

function untrack_elsewhere(o: PyObject): void {
  for (const state of elsewhere) {
    if (state.young_list[o.gc] === o) {
      state.young.live--;
      state.young_list[o.gc] = null;
      return;
    }
    for (const gen of [state.old1, state.old2, state.permanent]) {
      if (o.gc >= gen.list.length || gen.list.at(o.gc) !== o) continue;
      gen.live--;
      gen.list.set(o.gc, null);
      return;
    }
  }
}

/** Takes over what an interpreter that has ended leaves in its lists. */
function adopt(left: GcState): void {
  elsewhere.splice(elsewhere.indexOf(left), 1);
  const objects = [...left.young_list, ...[left.old1, left.old2, left.permanent].flatMap(gen => gen.list.objects())];
  for (const o of objects) if (o !== null) append(gcstate.old2, 2, o);
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

function compact_young(): void {
  const list = gcstate.young_list;
  list.length = close_up(list);
}

/** Moves the objects of a list to its beginning; gives their number. A function of its own: what V8 compiles while this loop runs for the
 *  first time, it knows nothing yet of what comes after it. */
function close_up(list: (PyObject | null)[]): number {
  let k = 0;
  for (const o of list) {
    if (o === null) continue;
    o.gc = k;
    list[k++] = o;
  }
  return k;
}

/** Tracks an object in generation n > 0. */
function append(gen: Generation, n: number, o: PyObject): void {
  o.g = (o.g & ~(G_GEN_MASK | G_COLLECTING | G_UNREACHABLE)) | (n << G_GEN_SHIFT) | G_TRACKED;
  o.gc = gen.list.length;
  gen.list.push(o);
  gen.live++;
}

/** All objects tracked in a generation (borrowed), oldest first. */
export function objects_of(gen: Generation): PyObject[] {
  if (gen === gcstate.young) return gcstate.young_list.filter((o): o is PyObject => o !== null);
  return gen.list.objects();
}

/** Takes all objects out of a generation, to the end of a list. */
function move_to(list: ObjectList, gen: Generation): void {
  if (gen === gcstate.young) {
    for (const o of gcstate.young_list) if (o !== null) list.push(o);
    gcstate.young_list = [];
  } else {
    const from = gen.list;
    gen.list = new ObjectList();
    for (const piece of from.pieces) for (const o of piece) if (o !== null) list.push(o);
  }
  gen.live = 0;
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

/** Runs the collection that the counts ask for. May raise MemoryError. */
export function gc_run_requested(): void {
  gcstate.requested = false;
  if (!gcstate.enabled || gcstate.collecting || gcstate.young.threshold === 0) {
    check_memory();
    return;
  }
  const n = select_generation();
  if (n >= 0) gc_collect_generation(n, true);
  if (n > 0) check_memory();
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
  const target = n < 2 ? n + 1 : 2;
  let list = new ObjectList();
  if (n === 0) move_to(list, gcstate.young);
  else {
    const gen = generation(n);
    list = gen.list;
    gen.list = new ObjectList();
    gen.live = 0;
    for (let i = 0; i < n; i++) move_to(list, generation(i));
  }
  if (watcher !== null) list = watch_candidates(list, watcher);
  // What is tracked in these generations is a candidate, unless other interpreters have such objects as well.
  const marked = watcher !== null || elsewhere.length > 0;
  if (marked) mark_all(list);
  subtract_refs(list, marked ? -1 : n);
  const { survivors, unreachable } = n === 2 ? stay(list) : grow_old(list, target);
  if (n === 1) gcstate.long_lived_pending += survivors;
  if (n === 2) {
    gcstate.long_lived_pending = 0;
    gcstate.long_lived_total = survivors;
  }
  if (watcher !== null) {
    watcher(
      'reachable',
      list.objects().filter(o => (o.g & G_UNREACHABLE) === 0),
    );
    watcher('unreachable', unreachable);
  }
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

/** Makes what survives a full collection the list of the oldest generation. */
function stay(candidates: ObjectList): Reached {
  const { old2 } = gcstate;
  const found = find_reachable(candidates, candidates, 2, gcHooks.may_untrack);
  for (const o of found.unreachable) candidates.set(~o.gc, null);
  candidates.close_up(found.survivors);
  const added = old2.list.objects(); // gc.unfreeze() in a pause
  old2.list = candidates;
  old2.live = found.survivors;
  for (const o of added) append(old2, 2, o);
  return found;
}

/** As stay(), for a younger generation: the survivors go to the next one. */
function grow_old(candidates: ObjectList, target: number): Reached {
  const gen = generation(target);
  const found = find_reachable(candidates, gen.list, target, gcHooks.may_untrack);
  gen.live += found.survivors;
  return found;
}

/** Shows the candidates and their counts to a watcher; returns those that still are candidates after these pauses. */
function watch_candidates(list: ObjectList, watcher: GcWatcher): ObjectList {
  let candidates = list.objects();
  for (const o of candidates) o.g |= G_COLLECTING;
  watcher('candidates', candidates);
  candidates = candidates.filter(is_candidate);
  list = list_of(candidates);
  mark_all(list);
  subtract_refs(list, -1);
  watcher('counts', candidates);
  return list_of(candidates.filter(is_candidate));
}

function list_of(objects: readonly PyObject[]): ObjectList {
  const list = new ObjectList();
  for (const o of objects) list.push(o);
  return list;
}

function is_candidate(o: PyObject): boolean {
  return (o.g & G_COLLECTING) !== 0;
}

function is_finalized(o: PyObject): boolean {
  return (o.g & G_FINALIZED) !== 0;
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
  const candidates = list_of(unreachable.filter(is_tracked));
  mark_all(candidates);
  subtract_refs(candidates, -1);
  const gen = generation(target);
  const found = find_reachable(candidates, gen.list, target, null);
  gen.live += found.survivors;
  watcher?.(
    'resurrected',
    candidates.objects().filter(o => (o.g & G_UNREACHABLE) === 0),
  );
  return found.unreachable;
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
  const list = new ObjectList();
  move_to(list, generation(from));
  for (const o of list.objects()) append(generation(to), to, o);
}

// --- what start-up made --------------------------------------------------------------------------------------------
//
// A program's own objects are few beside those of start-up. When the process ends, taking apart what start-up made would only
// cost time if the program has hung nothing on it whose end would be noticed: then collections leave it out.

/** Marks the objects tracked so far, but those that belong to the program. */
export function gc_mark_startup(but: readonly PyObject[]): void {
  for (let n = 0; n < 3; n++) {
    for (const o of objects_of(generation(n))) o.g |= G_STARTUP;
  }
  for (const o of but) o.g &= ~G_STARTUP;
}

/**
 * Whether the end of some object of the program could be noticed that would still be held by objects of start-up or by the
 * interpreter itself when each of `dropped` has lost a reference. True also if nothing is marked as start-up's, or a collection
 * that misses some objects would show.
 */
export function gc_program_outlives(dropped: readonly PyObject[]): boolean {
  if (gcstate.debug !== 0 || gcstate.permanent.live > 0) return true;
  const lists = [[gcstate.young_list], gcstate.old1.list.pieces, gcstate.old2.list.pieces];
  const candidates: PyObject[] = [];
  let startup = false;
  for (const pieces of lists) {
    for (const piece of pieces) {
      for (const o of piece) {
        if (o === null) continue;
        if ((o.g & G_STARTUP) !== 0) startup = true;
        else candidates.push(o);
      }
    }
  }
  const noticed = !startup || noticed_beyond(candidates, dropped);
  for (const pieces of lists) {
    let i = 0;
    for (const piece of pieces) {
      for (const o of piece) {
        if (o !== null) {
          o.g &= ~(G_COLLECTING | G_UNREACHABLE);
          o.gc = i;
        }
        i++;
      }
    }
  }
  return noticed;
}

function noticed_beyond(candidates: readonly PyObject[], dropped: readonly PyObject[]): boolean {
  for (const o of candidates) {
    o.g |= G_COLLECTING | G_UNREACHABLE;
    o.gc = o.ob_refcnt;
  }
  for (const o of candidates) o.ob_type.tp_traverse?.(o, subtract_ref);
  for (const o of dropped) subtract_ref(o);
  const reached: PyObject[] = [];
  const reach = (o: PyObject): void => {
    if ((o.g & G_UNREACHABLE) === 0) return;
    o.g &= ~G_UNREACHABLE;
    reached.push(o);
  };
  for (const o of candidates) if (o.gc > 0) reach(o);
  // The list grows while it is walked.
  for (const o of reached) o.ob_type.tp_traverse?.(o, reach);
  return reached.some(is_noticed);
}

/** Whether the end of an object could be noticed: a finalizer, or a weak reference with a callback to what stays. */
function is_noticed(o: PyObject): boolean {
  if (o.ob_type.tp_finalize !== null) return true;
  const watched = gcHooks.watched === null ? null : gcHooks.watched(o);
  if (watched !== null && (watched.g & G_UNREACHABLE) === 0) return true;
  // Instances without any references need no tracking, and views of one tell it their end: its class is asked.
  if ((o.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0) return false;
  const { tp_finalize, bf_releasebuffer } = o as PyTypeObject;
  return tp_finalize !== null || bf_releasebuffer !== null;
}

/** Takes the objects of start-up out of collections. */
export function gc_set_startup_aside(): void {
  for (let n = 0; n < 3; n++) {
    const gen = generation(n);
    const all = new ObjectList();
    move_to(all, gen);
    for (const o of all.objects()) {
      if ((o.g & G_STARTUP) !== 0) append(gcstate.permanent, 3, o);
      else if (n > 0) append(gen, n, o);
      else {
        o.g &= ~G_TRACKED;
        gc_track(o);
      }
    }
  }
}
