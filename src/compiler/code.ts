// code.ts: a code object as the compiler produces it and marshal reads and writes it: plain data, no runtime.
//                                                                    CPython: Include/cpython/code.h
import type { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';

/** A constant that `co_consts` may hold (and that marshal carries): those of the AST, slices and code objects. */
export type CodeConstant =
  | null
  | boolean
  | bigint
  | number
  | string
  | SurrogateStr
  | Uint8Array
  | Complex
  | PyTuple<CodeConstant>
  | FrozenSet<CodeConstant>
  | typeof Ellipsis
  | SliceConstant
  | Code;

/** A constant slice, as in `a[1:2]`. */
export class SliceConstant {
  readonly start: CodeConstant;
  readonly stop: CodeConstant;
  readonly step: CodeConstant;
  constructor(start: CodeConstant, stop: CodeConstant, step: CodeConstant) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** Every field marshal stores, under CPython's names. Byte strings are as in CPython, byte for byte. */
export class Code {
  co_argcount = 0;
  co_posonlyargcount = 0;
  co_kwonlyargcount = 0;
  co_stacksize = 0;
  co_flags = 0;
  /** The instructions in 2-byte units, inline caches included (zeroed). */
  co_code: Uint8Array = new Uint8Array(0);
  co_consts: CodeConstant[] = [];
  co_names: string[] = [];
  /** Locals, then cells, then free variables (a cell that is also an argument stands among the locals). */
  co_localsplusnames: string[] = [];
  /** One CO_FAST_* byte per entry of co_localsplusnames. */
  co_localspluskinds: Uint8Array = new Uint8Array(0);
  co_filename = '';
  co_name = '';
  co_qualname = '';
  co_firstlineno = 1;
  co_linetable: Uint8Array = new Uint8Array(0);
  co_exceptiontable: Uint8Array = new Uint8Array(0);
}
