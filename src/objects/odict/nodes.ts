// nodes.ts: the order of an OrderedDict: a linked list beside the dict.                 CPython: Objects/odictobject.c
//
// Each key has a node. A node is found through the dict: `fast` maps the index of the key's entry in the dict's table to
// the node, and is made anew when the dict's table is. A plain dict method called on an OrderedDict changes the dict but
// not the list; what then is in the one only raises KeyError when it is met.
// Invariant: a node owns its key; `state` changes with every node that comes, goes or moves.

import type { Hash } from '../../core/hash.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { type DictTable, lookup } from '../dict/table.ts';
import { key_hash } from '../dictobject.ts';

export class ODictNode {
  /** Owned. */
  readonly key: PyObject;
  readonly hash: Hash;
  previous: ODictNode | null = null;
  next: ODictNode | null = null;
  constructor(key: PyObject, hash: Hash) {
    this.key = newref(key);
    this.hash = hash;
  }
}

export class OrderState {
  /** CPython: od_state */
  state = 0;
  first: ODictNode | null = null;
  last: ODictNode | null = null;
  /** Nodes by the index of their key's entry. CPython: od_fast_nodes */
  fast: (ODictNode | null)[] = [];
  /** The table that `fast` was made for: its entries and the logarithm of its size. CPython: od_resize_sentinel */
  keys: (PyObject | null)[] | null = null;
  log2_size = 0;
}

export type PyODictObject = PyObject<DictTable, OrderState>;

/** The index of a key's entry; of a key that is not there, the index that a new entry would get. */
function raw_index(t: DictTable, key: PyObject, hash: Hash): number {
  const ix = lookup(t, key, hash.lo, hash.hi);
  return ix < 0 ? t.keys.length : ix;
}

/** CPython: _odict_resize */
function renew_fast(od: PyODictObject): void {
  const x = od.x;
  const fast: (ODictNode | null)[] = [];
  for (let node = x.first; node !== null; node = node.next) {
    const i = raw_index(od.v, node.key, node.hash);
    while (fast.length <= i) fast.push(null);
    fast[i] = node;
  }
  x.fast = fast;
  x.keys = od.v.keys;
  x.log2_size = od.v.log2_size;
}

/** CPython: _odict_get_index */
function node_index(od: PyODictObject, key: PyObject, hash: Hash): number {
  const x = od.x;
  if (x.keys !== od.v.keys || x.log2_size !== od.v.log2_size) renew_fast(od);
  return raw_index(od.v, key, hash);
}

function node_at(x: OrderState, i: number): ODictNode | null {
  return i < x.fast.length ? x.fast[i]! : null;
}

/** CPython: _odict_find_node_hash */
export function find_node_hash(od: PyODictObject, key: PyObject, hash: Hash): ODictNode | null {
  return od.x.first === null ? null : node_at(od.x, node_index(od, key, hash));
}

/** CPython: _odict_find_node */
export function find_node(od: PyODictObject, key: PyObject): ODictNode | null {
  return od.x.first === null ? null : find_node_hash(od, key, key_hash(key));
}

/** Appends a node, unlinked so far. CPython: _odict_add_tail */
export function add_tail(x: OrderState, node: ODictNode): void {
  node.previous = x.last;
  node.next = null;
  if (x.last === null) x.first = node;
  else x.last.next = node;
  x.last = node;
  x.state++;
}

/** CPython: _odict_add_head */
export function add_head(x: OrderState, node: ODictNode): void {
  node.previous = null;
  node.next = x.first;
  if (x.first === null) x.last = node;
  else x.first.previous = node;
  x.first = node;
  x.state++;
}

/** Takes a node out of the list. CPython: _odict_remove_node */
export function unlink(x: OrderState, node: ODictNode): void {
  if (node.previous === null) x.first = node.next;
  else node.previous.next = node.next;
  if (node.next === null) x.last = node.previous;
  else node.next.previous = node.previous;
  node.previous = null;
  node.next = null;
  x.state++;
}

/** Sees to it that a key that the dict holds has a node. `added`: its entry was appended to the table just now.
 *  CPython: _odict_add_new_node */
export function add_new_node(od: PyODictObject, key: PyObject, hash: Hash, added: boolean): void {
  const x = od.x;
  const t = od.v;
  // The last entry needs no look-up, unless that could run code.
  const i =
    added && t.hashes === null && x.keys === t.keys && x.log2_size === t.log2_size
      ? t.keys.length - 1
      : node_index(od, key, hash);
  if (node_at(x, i) !== null) return;
  while (x.fast.length <= i) x.fast.push(null);
  const node = new ODictNode(key, hash);
  x.fast[i] = node;
  add_tail(x, node);
}

/** Takes a key's node, if it has one, out of the list, and gives its key up. CPython: _odict_clear_node */
export function clear_node(od: PyODictObject, node: ODictNode | null, key: PyObject, hash: Hash): void {
  const x = od.x;
  if (x.first === null) return;
  const i = node_index(od, key, hash);
  node ??= node_at(x, i);
  if (node === null) return;
  if (i < x.fast.length) x.fast[i] = null;
  unlink(x, node);
  decref(node.key);
}

/** Empties the list. CPython: _odict_clear_nodes */
export function clear_nodes(x: OrderState): void {
  let node = x.first;
  x.first = null;
  x.last = null;
  x.fast = [];
  x.keys = null;
  x.log2_size = 0;
  x.state++;
  while (node !== null) {
    decref(node.key);
    node = node.next;
  }
}
