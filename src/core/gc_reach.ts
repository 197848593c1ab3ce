// gc_reach.ts: which candidates of a collection are held from outside.           CPython: Python/gc.c (deduce_unreachable)
//
// A candidate is marked G_COLLECTING, and its `gc` is a copy of its count, less the references from other candidates. Passes over
// millions of objects are as slow as memory: each is looked at once for the counts, and once for what it reaches.
import { G_COLLECTING, G_GEN_MASK, G_GEN_SHIFT, G_TRACKED, G_UNREACHABLE, type PyObject, traverse_items } from './object.ts';
import { ObjectList } from './object_list.ts';

/** What a collection found. */
export interface Reached {
  /** How many of the candidates stay tracked. */
  survivors: number;
  /** Those that are not held from outside, marked G_UNREACHABLE; where each stands among the candidates is `~gc`. */
  unreachable: PyObject[];
}

/** What a reference from a candidate that is being walked through means to what it leads to. */
let counting = true;
/** While counts are taken, what is tracked in a generation up to that one (its bits in `g`) is a candidate, marked or not. */
let oldest = -1;

const NOTHING = new ObjectList();
/** The candidates of the find_reachable() that runs. */
let searched = NOTHING;
/** How many of them seemed unreachable, and still do. */
let pending = 0;

function mark(o: PyObject): void {
  o.g = (o.g & ~G_UNREACHABLE) | G_COLLECTING;
  o.gc = o.ob_refcnt;
}

/** Marks objects as candidates. */
export function mark_all(candidates: ObjectList): void {
  for (let i = 0; i < candidates.length; i++) {
    const o = candidates.at(i);
    if (o !== null) mark(o);
  }
}

/** The visitor of both passes: that there is only one lets V8 compile it into what calls it. */
function visit(o: PyObject): void {
  if (counting) subtract_ref(o);
  else reach(o);
}

/** Takes one reference from within off a candidate's copied count. CPython: visit_decref */
export function subtract_ref(o: PyObject): void {
  const { g } = o;
  if ((g & G_COLLECTING) !== 0) o.gc--;
  else if ((g & G_TRACKED) !== 0 && (g & G_GEN_MASK) <= oldest) {
    mark(o);
    o.gc--;
  }
}

/** What a reachable object refers to is reachable. CPython: visit_reachable */
function reach(o: PyObject): void {
  const { g } = o;
  if ((g & G_COLLECTING) === 0) return;
  if ((g & G_UNREACHABLE) !== 0) {
    pending--;
    o.g = g & ~G_UNREACHABLE;
    searched.set(~o.gc, null);
    o.gc = 1;
    searched.push(o);
  } else if (o.gc === 0) o.gc = 1;
}

/** Visits what an object refers to; the commonest kinds without a call of their type's function, which is what takes the time. */
function visit_refs(o: PyObject): void {
  const type = o.ob_type;
  const { tp_traverse } = type;
  if (tp_traverse === traverse_items) {
    const items = o.v as PyObject[];
    for (let i = items.length - 1; i >= 0; i--) visit(items[i]!);
  } else if (tp_traverse !== null) tp_traverse(o, visit);
}

/**
 * Leaves in `gc` of each candidate how many references to it come from elsewhere. The candidates are all that generation n and
 * the younger ones track; or, if n is -1, they are marked. CPython: update_refs, subtract_refs
 */
export function subtract_refs(candidates: ObjectList, n: number): void {
  counting = true;
  oldest = n << G_GEN_SHIFT;
  for (let i = 0; i < candidates.length; i++) {
    const o = candidates.at(i);
    if (o === null) continue;
    if ((o.g & G_COLLECTING) === 0) mark(o);
    visit_refs(o);
  }
  oldest = -1;
}

/**
 * Finds the candidates that are held from outside, or by others that are, in the order in which it shows: one without references
 * from outside is passed over, leaves a hole and goes to the end when one that is reachable leads to it. Those found are tracked
 * in generation n, whose list is `survivors`: the candidates' own, where they stay as they stand, or another. `may_untrack` tells
 * which need not be tracked any more. CPython: move_unreachable, untrack_tuples
 */
export function find_reachable(
  candidates: ObjectList,
  survivors: ObjectList,
  n: number,
  may_untrack: ((o: PyObject) => boolean) | null,
): Reached {
  counting = false;
  searched = candidates;
  pending = 0;
  let count = 0;
  const tracked = (n << G_GEN_SHIFT) | G_TRACKED;
  for (let i = 0; i < candidates.length; i++) {
    const o = candidates.at(i);
    if (o === null) continue;
    if (o.gc === 0) {
      o.g |= G_UNREACHABLE;
      o.gc = ~i;
      pending++;
      continue;
    }
    visit_refs(o);
    if (may_untrack?.(o) === true) {
      o.g &= ~(G_TRACKED | G_COLLECTING);
      candidates.set(i, null);
      continue;
    }
    count++;
    o.g = (o.g & ~(G_GEN_MASK | G_COLLECTING)) | tracked;
    if (survivors === candidates) o.gc = i;
    else {
      o.gc = survivors.length;
      survivors.push(o);
    }
  }
  searched = NOTHING;
  const unreachable: PyObject[] = [];
  for (let i = 0; unreachable.length < pending; i++) {
    const o = candidates.at(i);
    if (o !== null && (o.g & G_UNREACHABLE) !== 0) unreachable.push(o);
  }
  return { survivors: count, unreachable };
}
