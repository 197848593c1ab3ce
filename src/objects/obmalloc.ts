// obmalloc.ts: the addresses that id() shows.                       CPython: Objects/obmalloc.c, Objects/object.c (free lists)
//
// A model of CPython's allocator: arenas of 1 MiB hold pools of 16 KiB, a pool holds blocks of one of 32 size classes, and
// a block freed last is used first. Larger blocks come from a heap of their own; what lives for ever lies in static memory.
// Some types keep their freed objects in a list of their own, which serves objects of that type only.
//
// An object gets its address when somebody asks for it, not when it is made. It may take the block of another only if it
// was made after that one died: each death of an object with an address begins a new epoch, and objects carry (in bits of
// `g`) the epoch of their birth. So two objects that lived at the same time never show the same address. What the model
// does not see are blocks used in between by objects whose address nobody asked for.
import { born_after, EPOCHS, end_of_epoch, G_HAS_ID, is_immortal, memoryHooks, type PyObject } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { PyMethod_Type } from './classobject.ts';
import { PyDict_Type } from './dictobject.ts';
import { PyFloat_Type } from './floatobject.ts';
import { PyList_Type } from './listobject.ts';
import { PyLong_Type } from './longobject.ts';
import { block_size, preheader_size } from './object_size.ts';
import { PyRange_Type } from './rangeobject.ts';
import { PySlice_Type } from './sliceobject.ts';
import { PyTuple_Type } from './tupleobject.ts';

export const ARENA_SIZE = 1 << 20;
export const POOL_SIZE = 1 << 14;
export const POOL_HEADER = 48;
export const ALIGNMENT = 16;
export const SMALL_REQUEST_THRESHOLD = 512;

const FIRST_ARENA = 0x7ffff6a00000;
const HEAP_START = 0xc40000;
const STATIC_START = 0xa20000;
const SMALL_INTS_START = 0xb80000;

/** A pool of blocks of one size. */
class Pool {
  readonly base: number;
  readonly size: number;
  /** Offset of the next block that was never used. */
  next = POOL_HEADER;
  /** The live objects that have addresses, by number of the block. */
  readonly objects: (PyObject | null)[] = [];
  constructor(base: number, size: number) {
    this.base = base;
    this.size = size;
  }

  /** The number of the block that an address lies in. */
  index(address: number): number {
    return Math.floor((address - this.base - POOL_HEADER) / this.size);
  }
}

/** Freed blocks, those freed last at the end, with the epoch that each one's death began. */
class FreeBlocks {
  addresses: number[] = [];
  epochs: number[] = [];
}

/** Blocks freed longer ago than this are forgotten: births are known modulo EPOCHS only. */
const OLDEST = EPOCHS / 2;
const MOST_FREE = 4096;

/** What an object keeps outside of its block: the items of a list, say. */
export interface Table {
  /** Borrowed: has an address. */
  readonly owner: PyObject;
  readonly address: number;
  readonly size: number;
}

/** What an interpreter does not share. */
const own = /* @__PURE__ */ per_interpreter(() => ({
  /** The pool in use by size. */
  pools: new Map<number, Pool>(),
  /** Free blocks by size, and those of types' own lists by name. */
  free: new Map<number | string, FreeBlocks>(),
  /** Every pool by its base. */
  by_base: new Map<number, Pool>(),
  /** The live objects outside of pools that have addresses, by address. */
  objects: new Map<number, PyObject>(),
  /** Tables of objects whose address was asked for, by address. */
  tables: new Map<number, Table>(),
}));

const model = {
  addresses: new WeakMap<PyObject, number>(),
  /** The table of an object, if somebody asked where it lies. */
  table_of: new WeakMap<PyObject, Table>(),
  /** Sizes of blocks outside of pools. */
  large: new Map<number, number>(),
  arena: FIRST_ARENA,
  arena_used: 0,
  heap: HEAP_START,
  statics: STATIC_START,
  epoch: 0,
};

/** How many freed objects a type keeps. CPython: Include/internal/pycore_freelist_state.h */
const OWN_LISTS = { float: 100, int: 100, list: 80, dict: 80, range: 6, slice: 1, method: 20, tuple: 2000 };

/** The list of its type that a freed object goes to, or null. */
function own_list(o: PyObject): keyof typeof OWN_LISTS | null {
  switch (o.ob_type) {
    case PyFloat_Type:
      return 'float';
    case PyLong_Type:
      return typeof o.v === 'number' && o.v < 2 ** 30 && o.v > -(2 ** 30) ? 'int' : null;
    case PyList_Type:
      return 'list';
    case PyDict_Type:
      return 'dict';
    case PyRange_Type:
      return 'range';
    case PySlice_Type:
      return 'slice';
    case PyMethod_Type:
      return 'method';
    case PyTuple_Type:
      return (o.v as PyObject[]).length <= 20 ? 'tuple' : null;
    default:
      return null;
  }
}

function rounded(size: number): number {
  return (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

/** The block freed last among those that were free when the object was made; 0 if there is none. */
function take_free(key: number | string, o: PyObject): number {
  const blocks = own.free.get(key);
  if (blocks === undefined) return 0;
  const { addresses, epochs } = blocks;
  let lo = 0;
  let hi = epochs.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (born_after(o, epochs[mid]!)) lo = mid + 1;
    else hi = mid;
  }
  if (lo === 0) return 0;
  epochs.splice(lo - 1, 1);
  return addresses.splice(lo - 1, 1)[0]!;
}

function put_free(key: number | string, address: number): void {
  let blocks = own.free.get(key);
  if (blocks === undefined) own.free.set(key, (blocks = new FreeBlocks()));
  const { addresses, epochs } = blocks;
  if (addresses.length >= MOST_FREE) {
    addresses.splice(0, MOST_FREE / 2);
    epochs.splice(0, MOST_FREE / 2);
  }
  addresses.push(address);
  epochs.push(model.epoch);
}

/** A block that was never used. */
function fresh_block(size: number): number {
  if (size > SMALL_REQUEST_THRESHOLD) {
    const address = model.heap + ALIGNMENT;
    model.heap = address + size;
    model.large.set(address, size);
    return address;
  }
  let pool = own.pools.get(size);
  if (pool === undefined || pool.next + size > POOL_SIZE) {
    if (model.arena_used === ARENA_SIZE) {
      model.arena -= ARENA_SIZE;
      model.arena_used = 0;
    }
    pool = new Pool(model.arena + model.arena_used, size);
    model.arena_used += POOL_SIZE;
    own.pools.set(size, pool);
    own.by_base.set(pool.base, pool);
  }
  const address = pool.base + pool.next;
  pool.next += size;
  return address;
}

function static_address(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number' && o.v >= -5 && o.v <= 256)
    return SMALL_INTS_START + 32 * (o.v + 5);
  const address = model.statics;
  model.statics += rounded(block_size(o));
  return address;
}

/** The number that id() shows. */
export function object_id(o: PyObject): number {
  const known = model.addresses.get(o);
  if (known !== undefined) {
    // Interpreters share immortal objects.
    if (is_immortal(o)) own.objects.set(known, o);
    return known;
  }
  let address: number;
  if (is_immortal(o)) address = static_address(o);
  else {
    const list = own_list(o);
    const size = rounded(block_size(o));
    let block = list === null ? 0 : take_free(list === 'tuple' ? `tuple${size}` : list, o);
    if (block === 0) block = take_free(size, o);
    if (block === 0) block = fresh_block(size);
    address = block + preheader_size(o);
    o.g |= G_HAS_ID;
  }
  model.addresses.set(o, address);
  const pool = pool_at(address);
  if (pool === undefined) own.objects.set(address, o);
  else pool.objects[pool.index(address)] = o;
  return address;
}

function pool_at(address: number): Pool | undefined {
  return own.by_base.get(address - (address % POOL_SIZE));
}

/** The live object whose block an address lies in, and the object's own address; borrowed, or null. */
export function object_around(address: number): { readonly o: PyObject; readonly start: number } | null {
  const pool = pool_at(address);
  const o = pool === undefined ? outside_of_pools(address) : pool.objects[pool.index(address)];
  return o ? { o, start: model.addresses.get(o)! } : null;
}

/** The last object outside of pools that begins at or before an address. */
function outside_of_pools(address: number): PyObject | null {
  let nearest = 0;
  for (const start of own.objects.keys()) if (start <= address && start > nearest) nearest = start;
  return own.objects.get(nearest) ?? null;
}

/** The object at exactly that address; borrowed, or null. */
export function object_at(address: number): PyObject | null {
  const found = own.objects.get(address);
  if (found !== undefined) return found;
  const around = object_around(address);
  return around?.start === address ? around.o : null;
}

/** Where the table of an object lies that has an address: elsewhere, once its size has changed. */
export function table_address(owner: PyObject, size: number): number {
  const known = model.table_of.get(owner);
  if (known?.size === size) return known.address;
  forget_table(owner);
  const rounded_size = rounded(size);
  let address = take_free(rounded_size, owner);
  if (address === 0) address = fresh_block(rounded_size);
  const table = { owner, address, size };
  model.table_of.set(owner, table);
  own.tables.set(address, table);
  return address;
}

/** The table that an address lies in, or null. */
export function table_at(address: number): Table | null {
  for (const table of own.tables.values()) {
    if (address >= table.address && address < table.address + table.size) return table;
  }
  return null;
}

function forget_table(owner: PyObject): void {
  const table = model.table_of.get(owner);
  if (table === undefined) return;
  model.table_of.delete(owner);
  own.tables.delete(table.address);
}

/** An object with an address has died: its block may be used again. */
export function forget_address(o: PyObject): void {
  const address = model.addresses.get(o);
  if (address === undefined) return;
  model.addresses.delete(o);
  if (own.tables.size > 0) forget_table(o);
  model.epoch = end_of_epoch();
  if (model.epoch % OLDEST === 0) drop_old();
  const pool = pool_at(address);
  let block: number;
  let size: number;
  if (pool !== undefined) {
    pool.objects[pool.index(address)] = null;
    size = pool.size;
    block = address - ((address - pool.base - POOL_HEADER) % size);
  } else {
    own.objects.delete(address);
    block = address - preheader_size(o);
    size = model.large.get(block) ?? 0;
    if (size === 0) return;
  }
  const list = own_list(o);
  if (list !== null) {
    const key = list === 'tuple' ? `tuple${size}` : list;
    if ((own.free.get(key)?.addresses.length ?? 0) < OWN_LISTS[list]) {
      put_free(key, block);
      return;
    }
  }
  put_free(size, block);
}

/** Forgets blocks that have been free for so long that births can no longer be compared with their deaths. */
function drop_old(): void {
  for (const { addresses, epochs } of own.free.values()) {
    let n = 0;
    while (n < epochs.length && epochs[n]! <= model.epoch - OLDEST) n++;
    addresses.splice(0, n);
    epochs.splice(0, n);
  }
}

/** Lets the death of objects be known here. */
export function init_obmalloc(): void {
  memoryHooks.freed = forget_address;
}
