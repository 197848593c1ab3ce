// constkey.ts: when two constants are one.                          CPython: Objects/codeobject.c:_PyCode_ConstantKey
//
// Equal values are not enough: 0, 0.0, -0.0 and False must stay apart, in tuples too. So constants are compared by
// a string that spells type and value. Each NaN and each code object is equal to itself only.
// Enter through: constantKey; ConstantTable where indices of co_consts are wanted.
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { Code, type CodeConstant, SliceConstant } from './code.ts';

/** Spells a float so that different floats (and zeros of different sign) are spelt differently. */
function floatKey(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Numbers objects that are equal to nothing else. */
export class IdentityKeys {
  private readonly ids = new WeakMap<object, number>();
  private next = 0;
  of(object: object): number {
    let id = this.ids.get(object);
    if (id === undefined) this.ids.set(object, (id = this.next++));
    return id;
  }
  fresh(): number {
    return this.next++;
  }
}

/** Equal exactly for constants that one code object keeps once. */
export function constantKey(value: CodeConstant, identity: IdentityKeys): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'bigint':
      return `i${value}`;
    case 'number':
      return Number.isNaN(value) ? `n${identity.fresh()}` : `f${floatKey(value)}`;
    case 'boolean':
      return value ? 'T' : 'F';
  }
  if (value === null) return 'N';
  if (value === Ellipsis) return 'E';
  if (value instanceof PyTuple) return `(${keys(value.items, identity).join('')})`;
  if (value instanceof FrozenSet) return `{${keys(value.items, identity).sort().join('')}}`;
  if (value instanceof Code) return `c${identity.of(value)}`;
  if (value instanceof Uint8Array) return `b${value.join()}`;
  if (value instanceof Complex) {
    if (Number.isNaN(value.real) || Number.isNaN(value.imag)) return `n${identity.fresh()}`;
    return `z${floatKey(value.real)},${floatKey(value.imag)}`;
  }
  if (value instanceof SliceConstant) return `[${keys([value.start, value.stop, value.step], identity).join('')}]`;
  if (value instanceof SurrogateStr) return `u${value.points.join()}`;
  throw new TypeError('not a constant');
}

/** Each key with its length, so that neighbours cannot run into each other. */
function keys(items: readonly CodeConstant[], identity: IdentityKeys): string[] {
  return items.map(item => {
    const key = constantKey(item, identity);
    return `${key.length}:${key}`;
  });
}

/** A growing co_consts in which equal constants share an index. */
export class ConstantTable {
  readonly consts: CodeConstant[];
  private readonly identity: IdentityKeys;
  /** Made when first needed: most units add no constant after code generation. */
  private index: Map<string, number> | null = null;

  constructor(consts: CodeConstant[] = [], identity = new IdentityKeys()) {
    this.consts = consts;
    this.identity = identity;
  }

  /** Index of the constant, which is appended if it is new. CPython: Python/flowgraph.c:add_const */
  add(value: CodeConstant): number {
    let { index } = this;
    if (index === null) {
      index = this.index = new Map();
      for (let i = this.consts.length - 1; i >= 0; i--) index.set(constantKey(this.consts[i]!, this.identity), i);
    }
    const key = constantKey(value, this.identity);
    let at = index.get(key);
    if (at === undefined) {
      at = this.consts.push(value) - 1;
      index.set(key, at);
    }
    return at;
  }
}
