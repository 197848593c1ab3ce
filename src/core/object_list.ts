// object_list.ts: a long list of objects, in pieces.
//
// A JavaScript array that grows is copied as a whole, and V8 keeps the old one until its next full collection: lists of
// millions would take several times their size. Pieces are allocated once, and given up as soon as a list gets shorter.
// Invariant: all pieces but the last have PIECE entries.
import type { PyObject } from './object.ts';

/** Entries of a piece; 64 KB, the most that is no large object of V8's. */
const SHIFT = 13;
const PIECE = 1 << SHIFT;
const MASK = PIECE - 1;

/** Borrowed objects, and holes where some have been taken out. */
export class ObjectList {
  pieces: (PyObject | null)[][] = [];
  length = 0;

  at(i: number): PyObject | null {
    return this.pieces[i >> SHIFT]![i & MASK]!;
  }

  set(i: number, o: PyObject | null): void {
    this.pieces[i >> SHIFT]![i & MASK] = o;
  }

  push(o: PyObject): void {
    const i = this.length++;
    if ((i & MASK) === 0) this.pieces.push([o]);
    else this.pieces[i >> SHIFT]!.push(o);
  }

  /** Gives up the last entry. */
  pop(): void {
    const last = this.pieces[this.pieces.length - 1]!;
    last.pop();
    if ((--this.length & MASK) === 0) this.pieces.pop();
  }

  /** Gives up the entries from `length` on. */
  truncate(length: number): void {
    this.length = length;
    this.pieces.length = (length + MASK) >> SHIFT;
    if ((length & MASK) !== 0) this.pieces[this.pieces.length - 1]!.length = length & MASK;
  }

  /** The objects, without holes. */
  objects(): PyObject[] {
    const all: PyObject[] = [];
    for (const piece of this.pieces) for (const o of piece) if (o !== null) all.push(o);
    return all;
  }
}
