// object.ts: what every Python value is, and how its references are counted.   CPython: Include/object.h, Objects/object.c
//
// All values share the one class PyObject; type objects are its one subclass. V8 keeps field access fast only where
// few hidden classes meet, so what differs by type lives in the payload `v` (and `x`), never in JS subclasses.
// Invariant: every field is initialised in the constructor, in one order, and none is added or deleted later.
// Ownership is the C API's: arguments are borrowed, results are new references, containers own what they hold.

import { nulls } from './arrays.ts';
import { gc_untrack } from './gc.ts';
import type { Hash } from './hash.ts';
import type { BufferProcs, GetSetSpec, MemberSpec, MethodSpec } from './spec.ts';

/** True in the debug build, which counts every reference; the bundler replaces it by a literal. */
declare const PY_DEBUG: boolean;

/** Reference count of immortal objects. It may drift by what code leaks of them and stays far out of reach. */
export const IMMORTAL_REFCNT = 0x20000000;

/** Bits of `PyObject.g`. */
export const G_TRACKED = 1; // in one of the collector's lists
export const G_FINALIZED = 2; // its finalizer has run (PEP 442)
export const G_WEAKREFS = 4; // weak references to it exist
export const G_INLINE_VALUES = 8; // `d` is the array of values under the type's shared keys
export const G_HAS_ID = 16; // it has an address, or its allocation is traced: its death is told
export const G_DEAD = 32; // deallocated
export const G_UNREACHABLE = 64; // scratch of a running collection
export const G_COLLECTING = 128; // scratch of a running collection
export const G_INTERNED = 256; // a str in the table of interned strings
export const G_INLINE_ORDER = 512; // its inline values were not set in the order of the keys
/** 17 bits: the epoch of the object's birth, see `born_after`. */
const G_BIRTH_SHIFT = 13;
/** Somebody must be told of the death of an object with one of these, even if it has nothing to release. */
export const G_TOLD = 272; // G_HAS_ID | G_INTERNED
export const G_GEN_SHIFT = 10; // two bits: generation 0, 1, 2, or 3 for the permanent one
export const G_GEN_MASK = 3 << G_GEN_SHIFT;
export const G_STARTUP = 1 << 12; // tracked since before the program began, in a process begun from a start-up snapshot
export const G_MEMOIZED = 1 << 30; // a Pickler may have it in its memo

/** Instance state kept outside the payload: see `PyObject.d`. */
export type InstanceState = PyObject | (PyObject | null)[] | SlotState | null;

/** `d` of an instance whose type declares `__slots__`: the slots that have no place in its fields, and the dict if it has one too. */
export class SlotState {
  /** Owned values, null where unset. */
  values: (PyObject | null)[];
  /** Owned `__dict__`, null until there is one. */
  dict: PyObject | null = null;
  constructor(size: number) {
    this.values = nulls(size);
  }
}

/** Slots of an instance without a payload that are in `v` and `x`; the others are in its SlotState. */
export const SLOTS_IN_FIELDS = 2;

// Where a slot is, by number: 0 and more is an index into the values of the SlotState.
export const SLOT_IN_V = -2;
export const SLOT_IN_X = -1;

/** A SlotState for an instance of the type, or null if all slots are in its fields. */
export function new_slot_state(type: PyTypeObject): SlotState | null {
  const size = type.ht_slot_count - (type.ht_no_payload ? SLOTS_IN_FIELDS : 0);
  return size > 0 || type.tp_dict_kind === DICT_SLOTTED ? new SlotState(Math.max(size, 0)) : null;
}

/** The value of a slot (borrowed), or null. */
export function get_slot(o: PyObject, place: number): PyObject | null {
  if (place === SLOT_IN_V) return o.v as PyObject | null;
  if (place === SLOT_IN_X) return o.x as PyObject | null;
  return (o.d as SlotState).values[place]!;
}

/** Puts an owned value, or null, into a slot; what it held now belongs to the caller. */
export function swap_slot(o: PyObject, place: number, value: PyObject | null): PyObject | null {
  const old = get_slot(o, place);
  if (place === SLOT_IN_V) o.v = value;
  else if (place === SLOT_IN_X) o.x = value;
  else (o.d as SlotState).values[place] = value;
  return old;
}

/** What the model of the allocator, and whoever traces allocations, want to be told. */
export const memoryHooks = {
  /** An object with G_HAS_ID was deallocated. */
  freed: null as ((o: PyObject) => void) | null,
  /** An interned str is deallocated. */
  uninterned: null as ((o: PyObject) => void) | null,
  /** An object is being made (only between watch_births(true) and watch_births(false)). */
  born: null as ((o: PyObject) => void) | null,
  /** The tables of a list, or of whatever has this payload, have been allocated anew. */
  resized: null as ((owner: object) => void) | null,
};

/** Number of epochs that an object's birth is known by. */
export const EPOCHS = 2 ** 17;
const WATCHED = 1 << 31;

/** What `g` of a new object is: the epoch, and the sign bit while births are watched. */
let birth = 0;
let epoch = 0;

/** Begins another epoch, and returns its number. */
export function end_of_epoch(): number {
  epoch++;
  birth = (birth & WATCHED) | ((epoch % EPOCHS) << G_BIRTH_SHIFT);
  return epoch;
}

/** Whether an object was made in the epoch of that number or later; both must lie within the last EPOCHS. */
export function born_after(o: PyObject, since: number): boolean {
  const age = (epoch - (o.g >>> G_BIRTH_SHIFT)) & (EPOCHS - 1);
  return age <= epoch - since;
}

/** Has `memoryHooks.born` called for each new object, or no longer. */
export function watch_births(on: boolean): void {
  birth = on ? birth | WATCHED : birth & ~WATCHED;
}

/** A Python object. `V` and `X` narrow the payloads: `type PyListObject = PyObject<PyObject[]>`. */
export class PyObject<V = unknown, X = unknown> {
  /** Reference count; 0 once deallocated. */
  ob_refcnt: number;
  /** Its type; owned when that is a heap type. */
  ob_type: PyTypeObject;
  /** Payload; what it is depends on the type. */
  v: V;
  /** Second payload (the cached hash of a str or tuple, `self` of a bound method), else null. */
  x: X;
  /** Instance state: null, the `__dict__`, the inline values (G_INLINE_VALUES), or a SlotState. */
  d: InstanceState;
  /** G_* bits. */
  g: number;
  /** Index in its generation's list while tracked; reference count copy during a collection; the number of an interned str. */
  gc: number;

  constructor(type: PyTypeObject | null, v: V, x: X) {
    this.ob_refcnt = 1;
    this.ob_type = type as PyTypeObject;
    this.v = v;
    this.x = x;
    this.d = null;
    this.g = birth;
    this.gc = 0;
    if (birth < 0) memoryHooks.born!(this);
    if (PY_DEBUG) debug_new(this);
  }
}

/** Makes one object with each kind of value in each field, before any real one: V8 then settles on the most general field
 *  representations at once. Objects made before a field is generalised keep an outdated hidden class, and compiled code that
 *  meets one (None, True, the small ints) is thrown away. */
function settle_shapes(): void {
  const values = [0, 1.5, 'a', null, {}, 1n];
  for (const v of values) {
    for (const x of values) {
      const o = new PyObject<unknown, unknown>(null, v, x);
      o.d = v === null ? null : ([] as (PyObject | null)[]);
    }
  }
}

/** Kept in the debug build only: the sum of all reference counts; while somebody hunts for leaks, the objects made. */
export const refTotal = { count: 0, made: null as Set<PyObject> | null };

/** Takes a new reference. */
export function incref(o: PyObject): void {
  if (PY_DEBUG) debug_incref(o);
  o.ob_refcnt++;
}

/** Takes a new reference and returns the object: `return newref(self)`. */
export function newref<T extends PyObject>(o: T): T {
  if (PY_DEBUG) debug_incref(o);
  o.ob_refcnt++;
  return o;
}

/** Gives a reference up; deallocates the object with the last one. */
export function decref(o: PyObject): void {
  if (PY_DEBUG) debug_decref(o);
  if (--o.ob_refcnt === 0) _Py_Dealloc(o);
}

export function xdecref(o: PyObject | null): void {
  if (o !== null) decref(o);
}

export function xnewref<T extends PyObject>(o: T | null): T | null {
  if (o !== null) incref(o);
  return o;
}

/** tp_traverse of types whose payload is an array of all that is referred to. */
export function traverse_items(o: PyObject, visit: (o: PyObject) => void): void {
  const items = o.v as PyObject[];
  for (let i = items.length - 1; i >= 0; i--) visit(items[i]!);
}

/** Gives up a reference to every object of the array (last to first, as CPython's containers do). */
export function decref_all(items: readonly (PyObject | null)[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    const o = items[i];
    if (o !== null && o !== undefined) decref(o);
  }
}

function debug_new(o: PyObject): void {
  refTotal.count++;
  if (refTotal.made !== null) refTotal.made.add(o);
}

/** What the debug build does before it takes a reference; an object without any was deallocated. */
export function debug_incref(o: PyObject): void {
  refTotal.count++;
  if (o.ob_refcnt <= 0) throw new Error(`a ${o.ob_type.tp_name} object is used after its deallocation`);
}

/** What the debug build does before it gives a reference up. */
export function debug_decref(o: PyObject): void {
  refTotal.count--;
  if (o.ob_refcnt <= 0) {
    throw new Error(`reference count of a ${o.ob_type.tp_name} object falls below zero`);
  }
}

export function is_immortal(o: PyObject): boolean {
  return o.ob_refcnt > IMMORTAL_REFCNT >> 1;
}

export function immortalize<T extends PyObject>(o: T): T {
  if (!is_immortal(o)) o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

// Deallocation nests: a list frees its items. Past this depth objects wait in a queue (CPython's trashcan), so that
// a chain of a million nested lists needs no JS stack. Depth and queue are the running thread's.
const DEALLOC_DEPTH = 40;
let dealloc_depth = 0;
let dealloc_later: PyObject[] = [];

function tell_death(o: PyObject): void {
  if ((o.g & G_INTERNED) !== 0) memoryHooks.uninterned!(o);
  if ((o.g & G_HAS_ID) !== 0) memoryHooks.freed?.(o);
}

/** Runs the type's deallocator, if its objects have anything to release. CPython: Objects/object.c:_Py_Dealloc and the trashcan */
export function _Py_Dealloc(o: PyObject): void {
  const dealloc = o.ob_type.tp_dealloc;
  if (dealloc === null) {
    if ((o.g & G_TOLD) !== 0) tell_death(o);
    return;
  }
  if (dealloc_depth >= DEALLOC_DEPTH) {
    // A collection that runs meanwhile must not come upon it.
    gc_untrack(o);
    dealloc_later.push(o);
    return;
  }
  dealloc_depth++;
  try {
    dealloc(o);
  } finally {
    dealloc_depth--;
  }
  if ((o.g & G_HAS_ID) !== 0 && o.ob_refcnt === 0) memoryHooks.freed?.(o);
  if (dealloc_depth === 0 && dealloc_later.length > 0) dealloc_delayed();
}

/** Deallocates what waits; at a depth above zero, so that those whose turn it is do not begin the same in turn. */
function dealloc_delayed(): void {
  dealloc_depth++;
  try {
    while (dealloc_later.length > 0) _Py_Dealloc(dealloc_later.pop()!);
  } finally {
    dealloc_depth--;
  }
}

/** Deallocations that a thread is in the midst of, while others run on top of it. */
export interface Trashcan {
  readonly depth: number;
  readonly later: PyObject[];
}

/** Sets the running thread's deallocations aside: those of others do not nest in them, nor wait for them. */
export function put_trashcan_aside(): Trashcan {
  const mine = { depth: dealloc_depth, later: dealloc_later };
  dealloc_depth = 0;
  dealloc_later = [];
  return mine;
}

export function take_trashcan_back(mine: Trashcan): void {
  dealloc_depth = mine.depth;
  dealloc_later = mine.later;
}

// --- type objects ---------------------------------------------------------------------------------------------------

export type destructor = (self: PyObject) => void;
export type visitproc = (o: PyObject) => void;
export type traverseproc = (self: PyObject, visit: visitproc) => void;
export type inquiry = (self: PyObject) => void;
export type reprfunc = (self: PyObject) => PyObject;
export type hashfunc = (self: PyObject) => Hash;
export type ternaryfunc = (self: PyObject, args: PyObject, kwargs: PyObject | null) => PyObject;
/** Calls `callable`: positional values first, then one value per name in the tuple `kwnames`. */
export type vectorcallfunc = (callable: PyObject, args: PyObject[], kwnames: PyObject | null) => PyObject;
export type newfunc = (type: PyTypeObject, args: PyObject, kwargs: PyObject | null) => PyObject;
export type initproc = (self: PyObject, args: PyObject, kwargs: PyObject | null) => void;
export type allocfunc = (type: PyTypeObject, v: unknown) => PyObject;
export type getattrofunc = (self: PyObject, name: PyObject) => PyObject;
/** Sets, or deletes when `value` is null. */
export type setattrofunc = (self: PyObject, name: PyObject, value: PyObject | null) => void;
export type richcmpfunc = (self: PyObject, other: PyObject, op: number) => PyObject;
export type getiterfunc = (self: PyObject) => PyObject;
/** The next item, or null at the end (no StopIteration is raised for it). */
export type iternextfunc = (self: PyObject) => PyObject | null;
export type descrgetfunc = (descr: PyObject, obj: PyObject | null, type: PyObject | null) => PyObject;
/** Sets, or deletes when `value` is null. */
export type descrsetfunc = (descr: PyObject, obj: PyObject, value: PyObject | null) => void;
export type unaryfunc = (self: PyObject) => PyObject;
/** May return Py_NotImplemented (a new reference). Either argument may be the one of this type. */
export type binaryfunc = (a: PyObject, b: PyObject) => PyObject;
export type ternarynumfunc = (a: PyObject, b: PyObject, c: PyObject) => PyObject;
export type boolfunc = (self: PyObject) => boolean;
export type lenfunc = (self: PyObject) => number;
export type ssizeargfunc = (self: PyObject, i: number) => PyObject;
export type ssizeobjargproc = (self: PyObject, i: number, value: PyObject | null) => void;
export type objobjproc = (self: PyObject, item: PyObject) => boolean;
/** Sets, or deletes when `value` is null. */
export type objobjargproc = (self: PyObject, key: PyObject, value: PyObject | null) => void;
/** PySendResult: what a generator step gave. The value is in `SendResult.value`. */
export type sendfunc = (self: PyObject, value: PyObject) => PyObject | null;

/** A built-in type is one literal of this kind; see spec.ts for the rows. Every slot is optional. */
export interface TypeSlots {
  tp_basicsize: number;
  tp_itemsize: number;
  tp_flags: number;
  tp_doc: string | null;
  tp_dealloc: destructor | null;
  tp_traverse: traverseproc | null;
  tp_clear: inquiry | null;
  tp_finalize: inquiry | null;
  tp_repr: reprfunc | null;
  tp_str: reprfunc | null;
  tp_hash: hashfunc | null;
  tp_call: ternaryfunc | null;
  tp_vectorcall: vectorcallfunc | null;
  tp_instance_vectorcall: vectorcallfunc | null;
  tp_getattro: getattrofunc | null;
  tp_setattro: setattrofunc | null;
  tp_richcompare: richcmpfunc | null;
  tp_iter: getiterfunc | null;
  tp_iternext: iternextfunc | null;
  tp_descr_get: descrgetfunc | null;
  tp_descr_set: descrsetfunc | null;
  tp_init: initproc | null;
  tp_new: newfunc | null;
  tp_alloc: allocfunc | null;
  am_await: unaryfunc | null;
  am_aiter: unaryfunc | null;
  am_anext: unaryfunc | null;
  am_send: sendfunc | null;
  nb_add: binaryfunc | null;
  nb_subtract: binaryfunc | null;
  nb_multiply: binaryfunc | null;
  nb_remainder: binaryfunc | null;
  nb_divmod: binaryfunc | null;
  nb_power: ternarynumfunc | null;
  nb_negative: unaryfunc | null;
  nb_positive: unaryfunc | null;
  nb_absolute: unaryfunc | null;
  nb_bool: boolfunc | null;
  nb_invert: unaryfunc | null;
  nb_lshift: binaryfunc | null;
  nb_rshift: binaryfunc | null;
  nb_and: binaryfunc | null;
  nb_xor: binaryfunc | null;
  nb_or: binaryfunc | null;
  nb_int: unaryfunc | null;
  nb_float: unaryfunc | null;
  nb_inplace_add: binaryfunc | null;
  nb_inplace_subtract: binaryfunc | null;
  nb_inplace_multiply: binaryfunc | null;
  nb_inplace_remainder: binaryfunc | null;
  nb_inplace_power: ternarynumfunc | null;
  nb_inplace_lshift: binaryfunc | null;
  nb_inplace_rshift: binaryfunc | null;
  nb_inplace_and: binaryfunc | null;
  nb_inplace_xor: binaryfunc | null;
  nb_inplace_or: binaryfunc | null;
  nb_floor_divide: binaryfunc | null;
  nb_true_divide: binaryfunc | null;
  nb_inplace_floor_divide: binaryfunc | null;
  nb_inplace_true_divide: binaryfunc | null;
  nb_index: unaryfunc | null;
  nb_matrix_multiply: binaryfunc | null;
  nb_inplace_matrix_multiply: binaryfunc | null;
  sq_length: lenfunc | null;
  sq_concat: binaryfunc | null;
  sq_repeat: ssizeargfunc | null;
  sq_item: ssizeargfunc | null;
  sq_ass_item: ssizeobjargproc | null;
  sq_contains: objobjproc | null;
  sq_inplace_concat: binaryfunc | null;
  sq_inplace_repeat: ssizeargfunc | null;
  mp_length: lenfunc | null;
  mp_subscript: binaryfunc | null;
  mp_ass_subscript: objobjargproc | null;
  bf_getbuffer: BufferProcs['bf_getbuffer'] | null;
  bf_releasebuffer: BufferProcs['bf_releasebuffer'] | null;
}

/** A type object, with CPython's slots flattened into it. Assigned once in the constructor, in this order. */
export class PyTypeObject extends PyObject<null, null> implements TypeSlots {
  /** `module.name` for a built-in type (no dot: builtins), the bare name for a heap type. */
  tp_name: string;
  tp_basicsize = 16;
  tp_itemsize = 0;
  tp_flags = 0;
  tp_doc: string | null = null;
  tp_dealloc: destructor | null = null;
  tp_traverse: traverseproc | null = null;
  tp_clear: inquiry | null = null;
  tp_finalize: inquiry | null = null;
  tp_repr: reprfunc | null = null;
  tp_str: reprfunc | null = null;
  tp_hash: hashfunc | null = null;
  tp_call: ternaryfunc | null = null;
  /** How this type itself is called (a constructor that needs no argument tuple). */
  tp_vectorcall: vectorcallfunc | null = null;
  /** How instances of this type are called (CPython keeps a pointer in each instance). */
  tp_instance_vectorcall: vectorcallfunc | null = null;
  tp_getattro: getattrofunc | null = null;
  tp_setattro: setattrofunc | null = null;
  tp_richcompare: richcmpfunc | null = null;
  tp_iter: getiterfunc | null = null;
  tp_iternext: iternextfunc | null = null;
  tp_descr_get: descrgetfunc | null = null;
  tp_descr_set: descrsetfunc | null = null;
  tp_init: initproc | null = null;
  tp_new: newfunc | null = null;
  tp_alloc: allocfunc | null = null;
  am_await: unaryfunc | null = null;
  am_aiter: unaryfunc | null = null;
  am_anext: unaryfunc | null = null;
  am_send: sendfunc | null = null;
  nb_add: binaryfunc | null = null;
  nb_subtract: binaryfunc | null = null;
  nb_multiply: binaryfunc | null = null;
  nb_remainder: binaryfunc | null = null;
  nb_divmod: binaryfunc | null = null;
  nb_power: ternarynumfunc | null = null;
  nb_negative: unaryfunc | null = null;
  nb_positive: unaryfunc | null = null;
  nb_absolute: unaryfunc | null = null;
  nb_bool: boolfunc | null = null;
  nb_invert: unaryfunc | null = null;
  nb_lshift: binaryfunc | null = null;
  nb_rshift: binaryfunc | null = null;
  nb_and: binaryfunc | null = null;
  nb_xor: binaryfunc | null = null;
  nb_or: binaryfunc | null = null;
  nb_int: unaryfunc | null = null;
  nb_float: unaryfunc | null = null;
  nb_inplace_add: binaryfunc | null = null;
  nb_inplace_subtract: binaryfunc | null = null;
  nb_inplace_multiply: binaryfunc | null = null;
  nb_inplace_remainder: binaryfunc | null = null;
  nb_inplace_power: ternarynumfunc | null = null;
  nb_inplace_lshift: binaryfunc | null = null;
  nb_inplace_rshift: binaryfunc | null = null;
  nb_inplace_and: binaryfunc | null = null;
  nb_inplace_xor: binaryfunc | null = null;
  nb_inplace_or: binaryfunc | null = null;
  nb_floor_divide: binaryfunc | null = null;
  nb_true_divide: binaryfunc | null = null;
  nb_inplace_floor_divide: binaryfunc | null = null;
  nb_inplace_true_divide: binaryfunc | null = null;
  nb_index: unaryfunc | null = null;
  nb_matrix_multiply: binaryfunc | null = null;
  nb_inplace_matrix_multiply: binaryfunc | null = null;
  sq_length: lenfunc | null = null;
  sq_concat: binaryfunc | null = null;
  sq_repeat: ssizeargfunc | null = null;
  sq_item: ssizeargfunc | null = null;
  sq_ass_item: ssizeobjargproc | null = null;
  sq_contains: objobjproc | null = null;
  sq_inplace_concat: binaryfunc | null = null;
  sq_inplace_repeat: ssizeargfunc | null = null;
  mp_length: lenfunc | null = null;
  mp_subscript: binaryfunc | null = null;
  mp_ass_subscript: objobjargproc | null = null;
  bf_getbuffer: BufferProcs['bf_getbuffer'] | null = null;
  bf_releasebuffer: BufferProcs['bf_releasebuffer'] | null = null;
  /** Rows of a built-in type, turned into descriptors when the type is readied. */
  tp_methods: readonly MethodSpec[] = [];
  tp_members: readonly MemberSpec[] = [];
  tp_getset: readonly GetSetSpec[] = [];
  /** Base of a built-in type, asked for when it is readied. */
  tp_base_thunk: (() => PyTypeObject) | null = null;
  tp_base: PyTypeObject | null = null;
  /** Owned tuple of bases, tuple of the MRO (null until readied). */
  tp_bases: PyObject | null = null;
  tp_mro: PyObject | null = null;
  /** Owned dict of the type's own attributes. */
  tp_dict: PyObject | null = null;
  /** Types that name this one as a base, weakly held: in order of creation. */
  tp_subclasses: Set<PyTypeObject> = new Set();
  /** Unique number of the type's present contents; 0 while unassigned. Changes invalidate caches. */
  tp_version_tag = 0;
  /** Whether the MRO holds a class of which this is no descendant: nobody tells it of changes, so nothing is cached. */
  tp_uncached = false;
  /** Where instances keep a `__dict__`: DICT_NONE, DICT_DIRECT (`d`), or DICT_SLOTTED (`d.dict`). */
  tp_dict_kind = 0;
  /** Byte offsets as CPython reports them (`__dictoffset__`, `__weakrefoffset__`). */
  tp_dictoffset = 0;
  tp_weaklistoffset = 0;
  /** Heap types: `__name__`, `__qualname__` (owned str), `__slots__` (owned tuple or null). */
  ht_name: PyObject | null = null;
  ht_qualname: PyObject | null = null;
  ht_slots: PyObject | null = null;
  /** Number of slots of instances (inherited ones included). */
  ht_slot_count = 0;
  /** Whether a class statement's type has instances without a payload: `v` and `x` are their first slots. */
  ht_no_payload = false;
  /** Shared keys of the instances' inline values; null if instances have none. */
  ht_cached_keys: SharedKeys | null = null;
  /** Specialisation caches: `__init__` and `__getitem__` when plain functions (borrowed), and their versions. */
  spec_init: PyObject | null = null;
  spec_getitem: PyObject | null = null;
  /** Flags of PatMa etc. live in tp_flags. Data that a module keeps with its type. */
  tp_data: unknown = null;

  constructor(name: string) {
    super(null, null, null);
    this.tp_name = name;
  }
}

export const DICT_NONE = 0;
export const DICT_DIRECT = 1;
export const DICT_SLOTTED = 2;

/** Most names that shared keys hold; an instance with more gets a dict of its own. CPython: SHARED_KEYS_MAX_SIZE */
export const SHARED_KEYS_MAX_SIZE = 30;
/** log2 of the hash table of shared keys. CPython: NEXT_LOG2_MAX_SIZE */
export const SHARED_KEYS_LOG2_SIZE = 6;

/** The attribute names of a plain class's instances, in the order in which they were first set.
 *  CPython: PyDictKeysObject of kind DICT_KEYS_SPLIT */
export class SharedKeys {
  /** Interned names, owned. */
  names: PyObject[] = [];
  /** Position by name. */
  index: Map<PyObject, number> = new Map();
  /** Names that may still be added: CPython gives one up with every instance made, down to one. */
  usable = SHARED_KEYS_MAX_SIZE;
  /** Whether the instance made last was allocated with room for one more. */
  shrunk = false;
  /** Names that the class's own code sets (`__static_attributes__`, interned, borrowed from it): they always have room. */
  reserved: Set<PyObject> = new Set();

  /** Sets room aside for what the methods of the class store in `self`. CPython: _PyDict_NewKeysForClass */
  reserve(names: readonly PyObject[]): void {
    this.reserved = new Set(names.slice(0, SHARED_KEYS_MAX_SIZE));
    this.usable = SHARED_KEYS_MAX_SIZE - this.reserved.size;
  }

  /** Entries of the keys object, used or not: what a dict that shares them has room for. CPython: shared_keys_usable_size */
  get size(): number {
    return this.names.length + this.reserved.size + this.usable;
  }

  /** The place of an interned name, added if there is room; -1 if not. CPython: insert_split_key */
  add(name: PyObject): number {
    const found = this.index.get(name);
    if (found !== undefined) return found;
    if (!this.reserved.delete(name)) {
      if (this.usable <= 0) return -1;
      this.usable--;
    }
    const i = this.names.length;
    incref(name);
    this.names.push(name);
    this.index.set(name, i);
    return i;
  }
}
// tp_flags, with CPython's values where Python can see them (type.__flags__).
export const Py_TPFLAGS_STATIC_BUILTIN = 1 << 1;
export const Py_TPFLAGS_INLINE_VALUES = 1 << 2;
export const Py_TPFLAGS_MANAGED_WEAKREF = 1 << 3;
export const Py_TPFLAGS_MANAGED_DICT = 1 << 4;
export const Py_TPFLAGS_SEQUENCE = 1 << 5;
export const Py_TPFLAGS_MAPPING = 1 << 6;
export const Py_TPFLAGS_DISALLOW_INSTANTIATION = 1 << 7;
export const Py_TPFLAGS_IMMUTABLETYPE = 1 << 8;
export const Py_TPFLAGS_HEAPTYPE = 1 << 9;
export const Py_TPFLAGS_BASETYPE = 1 << 10;
export const Py_TPFLAGS_HAVE_VECTORCALL = 1 << 11;
export const Py_TPFLAGS_READY = 1 << 12;
export const Py_TPFLAGS_READYING = 1 << 13;
export const Py_TPFLAGS_HAVE_GC = 1 << 14;
export const Py_TPFLAGS_METHOD_DESCRIPTOR = 1 << 17;
export const Py_TPFLAGS_VALID_VERSION_TAG = 1 << 19;
export const Py_TPFLAGS_IS_ABSTRACT = 1 << 20;
export const _Py_TPFLAGS_MATCH_SELF = 1 << 22;
export const Py_TPFLAGS_ITEMS_AT_END = 1 << 23;
export const Py_TPFLAGS_LONG_SUBCLASS = 1 << 24;
export const Py_TPFLAGS_LIST_SUBCLASS = 1 << 25;
export const Py_TPFLAGS_TUPLE_SUBCLASS = 1 << 26;
export const Py_TPFLAGS_BYTES_SUBCLASS = 1 << 27;
export const Py_TPFLAGS_UNICODE_SUBCLASS = 1 << 28;
export const Py_TPFLAGS_DICT_SUBCLASS = 1 << 29;
export const Py_TPFLAGS_BASE_EXC_SUBCLASS = 1 << 30;
export const Py_TPFLAGS_TYPE_SUBCLASS = 1 << 31;
export const Py_TPFLAGS_DEFAULT = 0;

/** Comparison operators of tp_richcompare. */
export const Py_LT = 0;
export const Py_LE = 1;
export const Py_EQ = 2;
export const Py_NE = 3;
export const Py_GT = 4;
export const Py_GE = 5;

settle_shapes();
