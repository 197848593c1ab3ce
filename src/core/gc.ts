// gc.ts: the cyclic garbage collector.                                            CPython: Python/gc.c, InternalDocs/garbage_collector.md
//
// Reference counts free almost everything; what is left are cycles. The collector copies each candidate's count,
// subtracts the references that candidates hold to one another, and what then is above zero is held from outside:
// it and all it reaches survive; the rest is garbage.
// Invariant: a tracked object stands at index `gc` of the list of its generation; untracking leaves a hole there.
// Tracking is an append (measured in the design: a fifth of the cost of linked lists).

import {
  G_COLLECTING,
  G_FINALIZED,
  G_GEN_MASK,
  G_GEN_SHIFT,
  G_TRACKED,
  G_UNREACHABLE,
  G_WEAKREFS,
  type PyObject,
  decref,
  incref,
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
  /** `gc.garbage` and `gc.callbacks`, lists owned by the gc module (null before it is set up). */
  garbage: null as PyObject | null,
  callbacks: null as PyObject | null,
};

/** What the collector needs from the layers above. */
export const gcHooks = {
  /** Clears the weak references to unreachable objects and gives back those whose callbacks must be called, by calling them. */
  handle_weakrefs: null as ((unreachable: PyObject[]) => void) | null,
  /** Calls gc.callbacks with the phase. */
  callbacks: null as ((phase: 'start' | 'stop', generation: number, collected: number, uncollectable: number) => void) | null,
  /** Keeps an object in gc.garbage. */
  append_garbage: null as ((o: PyObject) => void) | null,
  /** Debug output (gc.DEBUG_*). */
  debug_message: null as ((text: string) => void) | null,
  /** Asks the eval breaker for a collection. */
  request: null as (() => void) | null,
  /** Empties free lists and caches on a full collection. */
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
  if (++young.count > young.threshold && gcstate.enabled && young.threshold !== 0 && !gcstate.collecting && !gcstate.requested) {
    gcstate.requested = true;
    if (gcHooks.request !== null) gcHooks.request();
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

function subtract_ref(o: PyObject): void {
  if ((o.g & G_COLLECTING) !== 0) o.gc--;
}

/** Runs the collection that the counts ask for. CPython: Python/gc.c:gc_select_generation */
export function gc_run_requested(): void {
  gcstate.requested = false;
  if (!gcstate.enabled || gcstate.collecting) return;
  const { young, old1, old2 } = gcstate;
  let n = -1;
  if (old2.count > old2.threshold && old2.threshold !== 0 && gcstate.long_lived_pending >= gcstate.long_lived_total >> 2) n = 2;
  if (n < 0 && old1.count > old1.threshold && old1.threshold !== 0) n = 1;
  if (n < 0 && young.count > young.threshold && young.threshold !== 0) n = 0;
  if (n >= 0) gc_collect_generation(n, true);
}

/** Collects a generation and the younger ones; returns how many unreachable objects it found. */
export function gc_collect_generation(n: number, notify: boolean): number {
  if (gcstate.collecting) return 0;
  gcstate.collecting = true;
  try {
    if (notify && gcHooks.callbacks !== null) gcHooks.callbacks('start', n, 0, 0);
    const [collected, uncollectable] = collect_main(n);
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

function collect_main(n: number): [number, number] {
  if (n + 1 < 3) generation(n + 1).count++;
  for (let i = 0; i <= n; i++) generation(i).count = 0;

  // The candidates: CPython appends the younger generations to the one that is collected.
  const candidates: PyObject[] = [];
  for (let i = n; i >= 0; i--) {
    const gen = generation(i);
    for (const o of gen.list) if (o !== null) candidates.push(o);
    gen.list = [];
    gen.live = 0;
  }
  for (const o of candidates) {
    o.g |= G_COLLECTING;
    o.gc = o.ob_refcnt;
  }
  for (const o of candidates) o.ob_type.tp_traverse?.(o, subtract_ref);

  // Reached from outside: count above zero, and whatever those refer to.
  const REACHED = 0x3fffffff;
  const stack: PyObject[] = [];
  const reach = (o: PyObject): void => {
    if ((o.g & G_COLLECTING) !== 0 && o.gc !== REACHED) {
      o.gc = REACHED;
      stack.push(o);
    }
  };
  for (const o of candidates) {
    if (o.gc > 0) reach(o);
    while (stack.length > 0) {
      const p = stack.pop()!;
      p.ob_type.tp_traverse?.(p, reach);
    }
  }
  const target = n < 2 ? n + 1 : 2;
  const targetGen = generation(target);
  const unreachable: PyObject[] = [];
  let survivors = 0;
  for (const o of candidates) {
    if ((o.g & G_TRACKED) === 0) continue;
    if (o.gc === REACHED) {
      append(targetGen, target, o);
      survivors++;
    } else unreachable.push(o);
  }
  if (n === 1) gcstate.long_lived_pending += survivors;
  if (n === 2) {
    gcstate.long_lived_pending = 0;
    gcstate.long_lived_total = survivors;
    gcHooks.clear_caches?.();
  }
  if (unreachable.length === 0) return [0, 0];

  // Objects with a legacy tp_del do not exist here: uncollectable stays 0, but for DEBUG_SAVEALL.
  for (const o of unreachable) o.g |= G_UNREACHABLE;
  if ((gcstate.debug & DEBUG_COLLECTABLE) !== 0 && gcHooks.debug_message !== null) {
    for (const o of unreachable) gcHooks.debug_message(`gc: collectable <${o.ob_type.tp_name} 0x0>\n`);
  }
  for (const o of unreachable) incref(o);
  if (gcHooks.handle_weakrefs !== null && unreachable.some(o => (o.g & G_WEAKREFS) !== 0)) gcHooks.handle_weakrefs(unreachable);
  finalize_garbage(unreachable);
  const garbage = handle_resurrected(unreachable, targetGen, target);
  const collected = delete_garbage(garbage, target);
  return [collected, 0];
}

/** CPython: Python/gc.c:finalize_garbage */
function finalize_garbage(unreachable: PyObject[]): void {
  for (const o of unreachable) {
    const finalize = o.ob_type.tp_finalize;
    if (finalize !== null && (o.g & G_FINALIZED) === 0) {
      o.g |= G_FINALIZED;
      finalize(o);
    }
  }
}

/** Finalizers may have made objects reachable again: those (and what they reach) go back. CPython: handle_resurrected_objects */
function handle_resurrected(unreachable: PyObject[], gen: Generation, n: number): PyObject[] {
  const live = unreachable.filter(o => (o.g & G_TRACKED) !== 0);
  for (const o of live) o.gc = o.ob_refcnt - 1; // our own reference
  for (const o of live) o.ob_type.tp_traverse?.(o, subtract_ref);
  const REACHED = 0x3fffffff;
  const stack: PyObject[] = [];
  const reach = (o: PyObject): void => {
    if ((o.g & G_COLLECTING) !== 0 && o.gc !== REACHED) {
      o.gc = REACHED;
      stack.push(o);
    }
  };
  for (const o of live) {
    if (o.gc > 0) reach(o);
    while (stack.length > 0) {
      const p = stack.pop()!;
      p.ob_type.tp_traverse?.(p, reach);
    }
  }
  const garbage: PyObject[] = [];
  const back: PyObject[] = [];
  for (const o of unreachable) {
    if ((o.g & G_TRACKED) !== 0 && o.gc !== REACHED) garbage.push(o);
    else back.push(o);
  }
  for (const o of back) if ((o.g & G_TRACKED) !== 0) append(gen, n, o);
  for (const o of back) decref(o);
  return garbage;
}

/** Clears each object; the broken cycles then die by their counts. Each is owned once by the caller's list. */
function delete_garbage(garbage: PyObject[], n: number): number {
  const saveall = (gcstate.debug & DEBUG_SAVEALL) !== 0;
  const gen = generation(n);
  // Tracked again first: what a clear frees must find its place in a generation.
  for (const o of garbage) append(gen, n, o);
  for (const o of garbage) {
    if (saveall) gcHooks.append_garbage?.(o);
    else if (o.ob_refcnt > 0) o.ob_type.tp_clear?.(o);
  }
  const count = garbage.length;
  for (const o of garbage) decref(o);
  return count;
}
