// memo.ts: the numbers of the objects that a Pickler has pickled.                        CPython: Modules/_pickle.c:PyMemoTable
//
// Most objects are met once. So an object is given a bit and a place in a list, and only when one with that bit is asked for
// do those listed get into the hash table; at once only those that many refer to (names, types).
// Invariant: an object in a memo has G_MEMOIZED. (One that is in none may have it.)

import { decref, G_MEMOIZED, incref, type PyObject } from '../../core/object.ts';

/** So many are searched one by one. */
const FEW = 8;
/** An object with more references than this is likely to be met again. */
const FEW_REFERENCES = 4;

/** How many memos have objects. */
let in_use = 0;

export class Memo {
  /** Owned, in the order in which they came. */
  private objects: PyObject[] = [];
  /** The numbers of the first `mapped` objects, and of some that come after them; null while all are few and numbered in
   *  order. */
  private numbers: Map<PyObject, number> | null = null;
  private mapped = 0;

  get size(): number {
    return this.objects.length;
  }

  /** The number of an object; undefined if it has none. */
  get(o: PyObject): number | undefined {
    return (o.g & G_MEMOIZED) === 0 ? undefined : this.find(o);
  }

  private find(o: PyObject): number | undefined {
    const { objects, numbers } = this;
    if (numbers === null) {
      for (let i = 0; i < objects.length; i++) if (objects[i] === o) return i;
      return undefined;
    }
    const found = numbers.get(o);
    if (found !== undefined || this.mapped === objects.length) return found;
    return this.all_numbers().get(o);
  }

  private all_numbers(): Map<PyObject, number> {
    const { objects } = this;
    this.numbers ??= new Map();
    for (let i = this.mapped; i < objects.length; i++) this.numbers.set(objects[i]!, i);
    this.mapped = objects.length;
    return this.numbers;
  }

  /** Gives an object the next number, which is returned. */
  add(o: PyObject): number {
    const i = this.objects.length;
    if ((o.g & G_MEMOIZED) !== 0 && this.find(o) !== undefined) {
      this.all_numbers().set(o, i);
      return i;
    }
    this.append(o);
    if (this.numbers !== null) {
      if (o.ob_refcnt > FEW_REFERENCES) this.numbers.set(o, i);
    } else if (i >= FEW) this.all_numbers();
    return i;
  }

  private append(o: PyObject): void {
    if (this.objects.length === 0) in_use++;
    incref(o);
    o.g |= G_MEMOIZED;
    this.objects.push(o);
  }

  /** Gives an object any number. */
  set(o: PyObject, i: number): void {
    const numbers = this.all_numbers();
    if (!numbers.has(o)) {
      this.append(o);
      this.mapped++;
    }
    numbers.set(o, i);
  }

  /** The objects (borrowed) and their numbers, in the order in which they came. */
  entries(): [PyObject, number][] {
    const numbers = this.all_numbers();
    return this.objects.map(o => [o, numbers.get(o)!]);
  }

  visit(f: (o: PyObject) => void): void {
    for (const o of this.objects) f(o);
  }

  clear(): void {
    const { objects } = this;
    if (objects.length === 0) return;
    this.objects = [];
    this.numbers = null;
    this.mapped = 0;
    in_use--;
    // If nobody else has any of them:
    if (in_use === 0) for (let i = 0; i < objects.length; i++) objects[i]!.g &= ~G_MEMOIZED;
    for (let i = 0; i < objects.length; i++) decref(objects[i]!);
  }
}
