// listsort.ts: list.sort(), an adaptive stable merge sort.               CPython: Objects/listobject.c, Objects/listsort.txt
//
// The list is cut into runs, ascending or strictly descending (reversed in place), short ones stretched to `minrun` by
// binary insertion; adjacent runs are merged in the order that powersort prescribes. A merge copies the shorter run
// aside and gallops (searches exponentially) while one side keeps winning.
// Invariant: which pairs are compared, and in which order, is exactly what CPython does, since `__lt__` may watch.
// Keys and values are two parallel arrays when there is a key function; otherwise `values` is null.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, decref_all, newref, Py_EQ, Py_LT, type PyObject, type PyTypeObject } from '../core/object.ts';
import { PyObject_CallOneArg } from './call.ts';
import { PyExc_ValueError } from './exceptions.ts';
import { PyFloat_Type } from './floatobject.ts';
import type { PyListObject } from './listobject.ts';
import { PyLong_Type } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_IsTrue, PyObject_RichCompareBool } from './object.ts';
import { PyTuple_Type } from './tupleobject.ts';
import { PyUnicode_Type } from './unicodeobject.ts';

const MIN_GALLOP = 7;
const MAX_MINRUN = 64;

// How keys are compared, decided before the sort from their types.
const CMP_ANY = 0; // any mix: the full protocol
const CMP_SAME = 1; // one type throughout: its tp_richcompare at once
const CMP_NUMBER = 2; // exact ints below 2^53, or exact floats
const CMP_STR = 3; // exact strs that are JS strings
const CMP_TUPLE = 4; // exact non-empty tuples; `first` says how their first items compare

interface Run {
  base: number;
  len: number;
  power: number;
}

class MergeState {
  keys: PyObject[];
  values: PyObject[] | null;
  min_gallop = MIN_GALLOP;
  pending: Run[] = [];
  tempKeys: PyObject[] = [];
  tempValues: PyObject[] = [];
  mode = CMP_ANY;
  first = CMP_ANY;
  constructor(keys: PyObject[], values: PyObject[] | null) {
    this.keys = keys;
    this.values = values;
  }
}

// --- comparing -------------------------------------------------------------------------------------------------------

function kind_of(items: readonly PyObject[], type: PyTypeObject): number {
  if (type === PyUnicode_Type) {
    for (let i = 0; i < items.length; i++) if (typeof items[i]!.v !== 'string') return CMP_SAME;
    return CMP_STR;
  }
  if (type === PyLong_Type || type === PyFloat_Type) {
    for (let i = 0; i < items.length; i++) if (typeof items[i]!.v !== 'number') return CMP_SAME;
    return CMP_NUMBER;
  }
  return type.tp_richcompare === null ? CMP_ANY : CMP_SAME;
}

function one_type(items: readonly PyObject[]): PyTypeObject | null {
  const type = items[0]!.ob_type;
  for (let i = 1; i < items.length; i++) if (items[i]!.ob_type !== type) return null;
  return type;
}

/** CPython: the pre-sort check of Objects/listobject.c:list_sort_impl */
function choose_comparison(ms: MergeState): void {
  const keys = ms.keys;
  if (keys.length < 2) return;
  const type = one_type(keys);
  if (type === PyTuple_Type && keys.every(k => (k.v as PyObject[]).length > 0)) {
    const firsts = keys.map(k => (k.v as PyObject[])[0]!);
    const firstType = one_type(firsts);
    ms.mode = CMP_TUPLE;
    if (firstType !== null && firstType !== PyTuple_Type) ms.first = kind_of(firsts, firstType);
    return;
  }
  if (type !== null) ms.mode = kind_of(keys, type);
}

function compare(a: PyObject, b: PyObject, mode: number): boolean {
  switch (mode) {
    case CMP_NUMBER:
      return (a.v as number) < (b.v as number);
    case CMP_STR:
      return (a.v as string) < (b.v as string);
    case CMP_SAME: {
      const cmp = a.ob_type.tp_richcompare;
      if (cmp === null || a.ob_type !== b.ob_type) return PyObject_RichCompareBool(a, b, Py_LT);
      const res = cmp(a, b, Py_LT);
      if (res === Py_NotImplemented) {
        decref(res);
        return PyObject_RichCompareBool(a, b, Py_LT);
      }
      try {
        return PyObject_IsTrue(res);
      } finally {
        decref(res);
      }
    }
    default:
      return PyObject_RichCompareBool(a, b, Py_LT);
  }
}

/** CPython: Objects/listobject.c:unsafe_tuple_compare */
function compare_tuples(a: PyObject, b: PyObject, first: number): boolean {
  const v = a.v as PyObject[];
  const w = b.v as PyObject[];
  if (first === CMP_NUMBER || first === CMP_STR) {
    const x = v[0]!.v as number;
    const y = w[0]!.v as number;
    if (x !== y && (v[0] !== w[0] || !Number.isNaN(x))) return x < y;
  } else if (!PyObject_RichCompareBool(v[0]!, w[0]!, Py_EQ)) {
    return compare(v[0]!, w[0]!, first);
  }
  const n = v.length < w.length ? v.length : w.length;
  for (let i = 1; i < n; i++) {
    if (!PyObject_RichCompareBool(v[i]!, w[i]!, Py_EQ)) return PyObject_RichCompareBool(v[i]!, w[i]!, Py_LT);
  }
  return v.length < w.length;
}

function lt(ms: MergeState, a: PyObject, b: PyObject): boolean {
  const mode = ms.mode;
  if (mode === CMP_NUMBER) return (a.v as number) < (b.v as number);
  if (mode === CMP_TUPLE) return compare_tuples(a, b, ms.first);
  return compare(a, b, mode);
}

// --- runs ------------------------------------------------------------------------------------------------------------

function reverse_array(a: PyObject[], lo: number, hi: number): void {
  for (hi--; lo < hi; lo++, hi--) {
    const t = a[lo]!;
    a[lo] = a[hi]!;
    a[hi] = t;
  }
}

function reverse_slice(ms: MergeState, lo: number, hi: number): void {
  reverse_array(ms.keys, lo, hi);
  if (ms.values !== null) reverse_array(ms.values, lo, hi);
}

/** Length of the run at `lo`, of at most `nremaining` items; ascending on return. CPython: count_run */
function count_run(ms: MergeState, lo: number, nremaining: number): number {
  const a = ms.keys;
  let n = 1;
  while (n < nremaining && !lt(ms, a[lo + n]!, a[lo + n - 1]!)) n++;
  if (n === nremaining) return n;
  // The item at n is less than its predecessor. Equal items before it may open a descending run.
  if (n > 1) {
    if (lt(ms, a[lo]!, a[lo + n - 1]!)) return n;
    reverse_slice(ms, lo, lo + n);
  }
  n++;
  // In a descending run each stretch of equal items is reversed at once, so that the final reversal restores its order.
  let equal = 0;
  for (; n < nremaining; n++) {
    if (lt(ms, a[lo + n]!, a[lo + n - 1]!)) {
      if (equal > 0) {
        reverse_slice(ms, lo + n - equal - 1, lo + n);
        equal = 0;
      }
    } else if (lt(ms, a[lo + n - 1]!, a[lo + n]!)) break;
    else equal++;
  }
  if (equal > 0) reverse_slice(ms, lo + n - equal - 1, lo + n);
  reverse_slice(ms, lo, lo + n);
  while (n < nremaining && !lt(ms, a[lo + n]!, a[lo + n - 1]!)) n++;
  return n;
}

/** Sorts keys[lo : lo+n], of which the first `ok` are sorted. CPython: binarysort */
function binary_sort(ms: MergeState, lo: number, n: number, ok: number): void {
  const a = ms.keys;
  const v = ms.values;
  for (; ok < n; ok++) {
    const pivot = a[lo + ok]!;
    let left = 0;
    let right = ok;
    do {
      const mid = (left + right) >> 1;
      if (lt(ms, pivot, a[lo + mid]!)) right = mid;
      else left = mid + 1;
    } while (left < right);
    for (let m = lo + ok; m > lo + left; m--) a[m] = a[m - 1]!;
    a[lo + left] = pivot;
    if (v !== null) {
      const value = v[lo + ok]!;
      for (let m = lo + ok; m > lo + left; m--) v[m] = v[m - 1]!;
      v[lo + left] = value;
    }
  }
}

/** CPython: merge_compute_minrun */
function compute_minrun(n: number): number {
  let r = 0;
  while (n >= MAX_MINRUN) {
    r |= n & 1;
    n >>= 1;
  }
  return n + r;
}

// --- galloping -------------------------------------------------------------------------------------------------------

/** Where in the sorted a[base : base+n] the key belongs, before any equal ones; `hint` is where to start looking. */
function gallop_left(ms: MergeState, key: PyObject, a: PyObject[], base: number, n: number, hint: number): number {
  let last = 0;
  let ofs = 1;
  const at = base + hint;
  if (lt(ms, a[at]!, key)) {
    const max = n - hint;
    while (ofs < max && lt(ms, a[at + ofs]!, key)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  } else {
    const max = hint + 1;
    while (ofs < max && !lt(ms, a[at - ofs]!, key)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (lt(ms, a[base + m]!, key)) last = m + 1;
    else ofs = m;
  }
  return ofs;
}

/** As gallop_left, but after any equal ones. */
function gallop_right(ms: MergeState, key: PyObject, a: PyObject[], base: number, n: number, hint: number): number {
  let last = 0;
  let ofs = 1;
  const at = base + hint;
  if (lt(ms, key, a[at]!)) {
    const max = hint + 1;
    while (ofs < max && lt(ms, key, a[at - ofs]!)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  } else {
    const max = n - hint;
    while (ofs < max && !lt(ms, key, a[at + ofs]!)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (lt(ms, key, a[base + m]!)) ofs = m;
    else last = m + 1;
  }
  return ofs;
}

// --- merging ---------------------------------------------------------------------------------------------------------

function copy_within(ms: MergeState, dest: number, from: number, n: number): void {
  ms.keys.copyWithin(dest, from, from + n);
  if (ms.values !== null) ms.values.copyWithin(dest, from, from + n);
}

function save_temp(ms: MergeState, base: number, n: number): void {
  const { keys, values, tempKeys, tempValues } = ms;
  for (let i = 0; i < n; i++) tempKeys[i] = keys[base + i]!;
  if (values !== null) for (let i = 0; i < n; i++) tempValues[i] = values[base + i]!;
}

function restore_temp(ms: MergeState, dest: number, from: number, n: number): void {
  const { keys, values, tempKeys, tempValues } = ms;
  for (let i = 0; i < n; i++) keys[dest + i] = tempKeys[from + i]!;
  if (values !== null) for (let i = 0; i < n; i++) values[dest + i] = tempValues[from + i]!;
}

/** Merges run a (the shorter) with the run b right after it, from the left. CPython: merge_lo */
function merge_lo(ms: MergeState, baseA: number, na: number, baseB: number, nb: number): void {
  const keys = ms.keys;
  const values = ms.values;
  save_temp(ms, baseA, na);
  const tk = ms.tempKeys;
  const tv = ms.tempValues;
  let dest = baseA;
  let a = 0; // in temp
  let b = baseB;
  try {
    keys[dest] = keys[b]!;
    if (values !== null) values[dest] = values[b]!;
    dest++;
    b++;
    nb--;
    if (nb === 0) return;
    if (na === 1) {
      na = 0;
      merge_lo_rest(ms, dest, a, b, nb);
      return;
    }
    let min_gallop = ms.min_gallop;
    for (;;) {
      let acount = 0;
      let bcount = 0;
      for (;;) {
        if (lt(ms, keys[b]!, tk[a]!)) {
          keys[dest] = keys[b]!;
          if (values !== null) values[dest] = values[b]!;
          dest++;
          b++;
          bcount++;
          acount = 0;
          nb--;
          if (nb === 0) return;
          if (bcount >= min_gallop) break;
        } else {
          keys[dest] = tk[a]!;
          if (values !== null) values[dest] = tv[a]!;
          dest++;
          a++;
          acount++;
          bcount = 0;
          na--;
          if (na === 1) {
            na = 0;
            merge_lo_rest(ms, dest, a, b, nb);
            return;
          }
          if (acount >= min_gallop) break;
        }
      }
      // One run wins consistently: gallop until neither does.
      min_gallop++;
      do {
        if (min_gallop > 1) min_gallop--;
        ms.min_gallop = min_gallop;
        let k = gallop_right(ms, keys[b]!, tk, a, na, 0);
        acount = k;
        if (k > 0) {
          restore_temp(ms, dest, a, k);
          dest += k;
          a += k;
          na -= k;
          if (na === 1) {
            na = 0;
            merge_lo_rest(ms, dest, a, b, nb);
            return;
          }
          // Only an inconsistent comparison gets here with na == 0.
          if (na === 0) return;
        }
        keys[dest] = keys[b]!;
        if (values !== null) values[dest] = values[b]!;
        dest++;
        b++;
        nb--;
        if (nb === 0) return;
        k = gallop_left(ms, tk[a]!, keys, b, nb, 0);
        bcount = k;
        if (k > 0) {
          copy_within(ms, dest, b, k);
          dest += k;
          b += k;
          nb -= k;
          if (nb === 0) return;
        }
        keys[dest] = tk[a]!;
        if (values !== null) values[dest] = tv[a]!;
        dest++;
        a++;
        na--;
        if (na === 1) {
          na = 0;
          merge_lo_rest(ms, dest, a, b, nb);
          return;
        }
      } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
      min_gallop++; // a penalty for leaving galloping mode
      ms.min_gallop = min_gallop;
    }
  } finally {
    if (na > 0) restore_temp(ms, dest, a, na);
  }
}

/** The last item of a belongs at the very end: what is left of b moves down. */
function merge_lo_rest(ms: MergeState, dest: number, a: number, b: number, nb: number): void {
  copy_within(ms, dest, b, nb);
  restore_temp(ms, dest + nb, a, 1);
}

/** Merges run a with the shorter run b right after it, from the right. CPython: merge_hi */
function merge_hi(ms: MergeState, baseA: number, na: number, baseB: number, nb: number): void {
  const keys = ms.keys;
  const values = ms.values;
  save_temp(ms, baseB, nb);
  const tk = ms.tempKeys;
  const tv = ms.tempValues;
  let dest = baseB + nb - 1;
  let b = nb - 1; // in temp
  let a = baseA + na - 1;
  try {
    keys[dest] = keys[a]!;
    if (values !== null) values[dest] = values[a]!;
    dest--;
    a--;
    na--;
    if (na === 0) return;
    if (nb === 1) {
      nb = 0;
      merge_hi_rest(ms, dest, a, na, b);
      return;
    }
    let min_gallop = ms.min_gallop;
    for (;;) {
      let acount = 0;
      let bcount = 0;
      for (;;) {
        if (lt(ms, tk[b]!, keys[a]!)) {
          keys[dest] = keys[a]!;
          if (values !== null) values[dest] = values[a]!;
          dest--;
          a--;
          acount++;
          bcount = 0;
          na--;
          if (na === 0) return;
          if (acount >= min_gallop) break;
        } else {
          keys[dest] = tk[b]!;
          if (values !== null) values[dest] = tv[b]!;
          dest--;
          b--;
          bcount++;
          acount = 0;
          nb--;
          if (nb === 1) {
            nb = 0;
            merge_hi_rest(ms, dest, a, na, b);
            return;
          }
          if (bcount >= min_gallop) break;
        }
      }
      min_gallop++;
      do {
        if (min_gallop > 1) min_gallop--;
        ms.min_gallop = min_gallop;
        let k = gallop_right(ms, tk[b]!, keys, baseA, na, na - 1);
        k = na - k;
        acount = k;
        if (k > 0) {
          dest -= k;
          a -= k;
          copy_within(ms, dest + 1, a + 1, k);
          na -= k;
          if (na === 0) return;
        }
        keys[dest] = tk[b]!;
        if (values !== null) values[dest] = tv[b]!;
        dest--;
        b--;
        nb--;
        if (nb === 1) {
          nb = 0;
          merge_hi_rest(ms, dest, a, na, b);
          return;
        }
        k = gallop_left(ms, keys[a]!, tk, 0, nb, nb - 1);
        k = nb - k;
        bcount = k;
        if (k > 0) {
          dest -= k;
          b -= k;
          restore_temp(ms, dest + 1, b + 1, k);
          nb -= k;
          if (nb === 1) {
            nb = 0;
            merge_hi_rest(ms, dest, a, na, b);
            return;
          }
          if (nb === 0) return;
        }
        keys[dest] = keys[a]!;
        if (values !== null) values[dest] = values[a]!;
        dest--;
        a--;
        na--;
        if (na === 0) return;
      } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
      min_gallop++;
      ms.min_gallop = min_gallop;
    }
  } finally {
    if (nb > 0) restore_temp(ms, dest - nb + 1, b - nb + 1, nb);
  }
}

/** The first item of b belongs at the very front: what is left of a moves up. */
function merge_hi_rest(ms: MergeState, dest: number, a: number, na: number, b: number): void {
  copy_within(ms, dest - na + 1, a - na + 1, na);
  restore_temp(ms, dest - na, b, 1);
}

/** Merges pending runs i and i+1. CPython: merge_at */
function merge_at(ms: MergeState, i: number): void {
  const runA = ms.pending[i]!;
  const runB = ms.pending[i + 1]!;
  let baseA = runA.base;
  let na = runA.len;
  const baseB = runB.base;
  let nb = runB.len;
  runA.len = na + nb;
  ms.pending.splice(i + 1, 1);
  // Items of a that are in place already, and items of b that are.
  const k = gallop_right(ms, ms.keys[baseB]!, ms.keys, baseA, na, 0);
  baseA += k;
  na -= k;
  if (na === 0) return;
  nb = gallop_left(ms, ms.keys[baseA + na - 1]!, ms.keys, baseB, nb, nb - 1);
  if (nb <= 0) return;
  if (na <= nb) merge_lo(ms, baseA, na, baseB, nb);
  else merge_hi(ms, baseA, na, baseB, nb);
}

/** Depth in the nearly-optimal merge tree of the node between two adjacent runs. CPython: powerloop */
function powerloop(s1: number, n1: number, n2: number, n: number): number {
  let result = 0;
  let a = 2 * s1 + n1;
  let b = a + n1 + n2;
  for (;;) {
    result++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) break;
    a *= 2;
    b *= 2;
  }
  return result;
}

/** A run of `n2` items follows: merges what powersort says must be merged first. CPython: found_new_run */
function found_new_run(ms: MergeState, n2: number): void {
  const p = ms.pending;
  if (p.length === 0) return;
  const top = p[p.length - 1]!;
  const power = powerloop(top.base, top.len, n2, ms.keys.length);
  while (p.length > 1 && p[p.length - 2]!.power > power) merge_at(ms, p.length - 2);
  p[p.length - 1]!.power = power;
}

/** CPython: merge_force_collapse */
function merge_force_collapse(ms: MergeState): void {
  const p = ms.pending;
  while (p.length > 1) {
    let n = p.length - 2;
    if (n > 0 && p[n - 1]!.len < p[n + 1]!.len) n--;
    merge_at(ms, n);
  }
}

function sort_keys(ms: MergeState): void {
  let nremaining = ms.keys.length;
  if (nremaining < 2) return;
  const minrun = compute_minrun(nremaining);
  let lo = 0;
  do {
    let n = count_run(ms, lo, nremaining);
    if (n < minrun) {
      const force = nremaining <= minrun ? nremaining : minrun;
      binary_sort(ms, lo, force, n);
      n = force;
    }
    found_new_run(ms, n);
    ms.pending.push({ base: lo, len: n, power: 0 });
    lo += n;
    nremaining -= n;
  } while (nremaining > 0);
  merge_force_collapse(ms);
}

// --- the method ------------------------------------------------------------------------------------------------------

/** Sorts in place. While it runs the list looks empty, and changes to it are noticed. CPython: list_sort_impl */
export function list_sort_impl(l: PyListObject, keyfunc: PyObject | null, reverse: boolean): void {
  const items = l.v;
  const allocated = l.x;
  l.v = [];
  l.x = -1;
  let keys: PyObject[] | null = null;
  try {
    if (keyfunc !== null) {
      keys = [];
      for (let i = 0; i < items.length; i++) keys.push(PyObject_CallOneArg(keyfunc, items[i]!));
    }
    const ms = new MergeState(keys ?? items, keys === null ? null : items);
    choose_comparison(ms);
    // Reversing before and after a stable sort makes a stable descending one.
    if (reverse) reverse_slice(ms, 0, items.length);
    try {
      sort_keys(ms);
    } finally {
      if (reverse) reverse_slice(ms, 0, items.length);
    }
    // What the keys run as they die counts as well.
    const dying = keys;
    keys = null;
    if (dying !== null) for (let i = 0; i < dying.length; i++) decref(dying[i]!);
    if (l.x !== -1) PyErr_SetString(PyExc_ValueError, 'list modified during sort');
  } finally {
    if (keys !== null) for (let i = 0; i < keys.length; i++) decref(keys[i]!);
    const added = l.v;
    l.v = items;
    l.x = allocated;
    if (added.length > 0) decref_all(added);
  }
}

/** list.sort(*, key=None, reverse=False) */
export function list_sort(self: PyObject, key: PyObject | null, reverse: PyObject | null): PyObject {
  const r = reverse === null ? false : PyObject_IsTrue(reverse);
  list_sort_impl(self as PyListObject, key === null || key === Py_None ? null : key, r);
  return newref(Py_None);
}
