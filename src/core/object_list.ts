// object_list.ts: a long list of objects, in pieces.
//
// A JavaScript array that grows is copied as a whole, and V8 keeps the old one until its next full collection: lists of
// millions would take several times their size. Pieces have one size, and one that is given up is used again.
// Invariant: a piece has PIECE entries; those of the last piece from the list's length on are null.
import { nulls } from './arrays.ts';
import type { PyObject } from './object.ts';

type Piece = (PyObject | null)[];

/** Entries of a piece; 64 KB, the most that is no large object of V8's. */
const SHIFT = 13;
const PIECE = 1 << SHIFT;
const MASK = PIECE - 1;
/** Stands for each piece that has holes only. */
const ALL_HOLES: Piece = /* @__PURE__ */ nulls(PIECE);

/** Pieces that are not in use, all null; at most that many, or as many as a list in use has. */
const spare: Piece[] = [];
const MOST_SPARE = 4;

function is_empty(piece: Piece): boolean {
  for (const o of piece) if (o !== null) return false;
  return true;
}

/** Borrowed objects, and holes where some have been taken out. */
export class ObjectList {
  pieces: Piece[] = [];
  length = 0;

  at(i: number): PyObject | null {
    return this.pieces[i >> SHIFT]![i & MASK]!;
  }

  set(i: number, o: PyObject | null): void {
    this.pieces[i >> SHIFT]![i & MASK] = o;
  }

  push(o: PyObject): void {
    const i = this.length++;
    if ((i & MASK) === 0) this.pieces.push(spare.pop() ?? nulls(PIECE));
    this.pieces[i >> SHIFT]![i & MASK] = o;
  }

  /** Gives up the last entry. */
  pop(): void {
    this.set(--this.length, null);
    if ((this.length & MASK) === 0) this.pieces.pop();
  }

  /** Empties the list. */
  clear(): void {
    const { pieces, length } = this;
    if (length > 0 && spare.length < MOST_SPARE && length <= PIECE && pieces[0] !== ALL_HOLES) {
      spare.push(pieces[0]!.fill(null, 0, length));
    }
    this.pieces = [];
    this.length = 0;
  }

  /** Gives up the room of holes, where there is much of it; `live` entries are none. Objects that move find their index in `gc`. */
  close_up(live: number): void {
    if (this.length === live) return;
    const { pieces } = this;
    let used = 0;
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i]!;
      if (piece === ALL_HOLES) continue;
      // What is pushed next goes into the last one.
      if (i < pieces.length - 1 && is_empty(piece)) {
        pieces[i] = ALL_HOLES;
        if (spare.length < pieces.length) spare.push(piece);
      } else used++;
    }
    // Pieces of holes take no room, but they are walked through.
    if (used << SHIFT <= live * 2 + PIECE && this.length <= live * 4) return;
    this.pieces = [];
    this.length = 0;
    for (const piece of pieces) {
      if (piece === ALL_HOLES) continue;
      for (const o of piece) {
        if (o === null) continue;
        o.gc = this.length;
        this.push(o);
      }
    }
  }

  /** The objects, without holes. */
  objects(): PyObject[] {
    const all: PyObject[] = [];
    for (const piece of this.pieces) for (const o of piece) if (o !== null) all.push(o);
    return all;
  }
}
