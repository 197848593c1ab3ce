// constants.ts: Python constants as plain JavaScript values, so that the front end needs no runtime.
//
// int is a bigint, float a number, str a string (or a SurrogateStr), bytes a Uint8Array, tuple a PyTuple.
// Invariant: a JS string here is well-formed UTF-16 and stands for its code points; a str that holds a
// surrogate code point (it can only come from an escape such as '\ud800') is a SurrogateStr instead, because
// two surrogates side by side would read as one astral character.

/** A str with at least one surrogate code point; `points` are code points. */
export class SurrogateStr {
  readonly points: readonly number[];
  constructor(points: readonly number[]) {
    this.points = points;
  }
}

/** A complex constant. */
export class Complex {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}

/** A tuple of constants. */
export class PyTuple<T = Constant> {
  readonly items: readonly T[];
  constructor(items: readonly T[]) {
    this.items = items;
  }
}

/** A frozenset of constants, in the order in which the source lists them (duplicates removed by the compiler). */
export class FrozenSet<T = Constant> {
  readonly items: readonly T[];
  constructor(items: readonly T[]) {
    this.items = items;
  }
}

/** The constant `...`. */
export const Ellipsis: unique symbol = Symbol('Ellipsis');

/** What may stand in an `ast.Constant` node: null is None. */
export type Constant =
  | null
  | boolean
  | bigint
  | number
  | string
  | SurrogateStr
  | Uint8Array
  | Complex
  | PyTuple
  | FrozenSet
  | typeof Ellipsis;
