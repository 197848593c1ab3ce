// constant_repr.ts: repr() of a constant as each version writes it.
//
// Versions differ in the characters that their Unicode database calls printable, and in the order of a frozenset's items.
// Code objects get addresses of our own making.
import { Complex, FrozenSet, PyTuple, SurrogateStr } from '../../parser/constants.ts';
import { isPrintable } from '../../parser/identifiers.ts';
import { bytesRepr, floatRepr, strRepr } from '../../parser/unparse.ts';
import { AnyCode, type AnyConstant, AnySlice, damaged } from './code.ts';
import { setOrder } from './set_order.ts';
import type { Version } from './version.ts';

/** Nesting and length beyond which no compiler goes; hostile files hold tuples that contain themselves a million times. */
const DEEPEST = 100;
const LONGEST = 1 << 24;

export class ConstantRepr {
  readonly version: Version;
  private readonly addresses = new Map<AnyCode, string>();
  private readonly printable: (point: number) => boolean;
  private length = 0;

  constructor(version: Version) {
    this.version = version;
    this.printable = point => version.printable(point) ?? isPrintable(point);
  }

  of(value: AnyConstant): string {
    this.length = 0;
    return this.write(value, 0);
  }

  /** What stands for a code object's address: the same for the same object, and the same in every run. */
  address(code: AnyCode): string {
    let address = this.addresses.get(code);
    if (address === undefined) {
      address = `0x7f${(0x1000 + this.addresses.size * 0x100).toString(16).padStart(10, '0')}`;
      this.addresses.set(code, address);
    }
    return address;
  }

  private write(value: AnyConstant, depth: number): string {
    if (depth > DEEPEST) damaged('constants nested too deeply');
    const text = this.text(value, depth);
    if ((this.length += text.length) > LONGEST) damaged('a constant too long to be shown');
    return text;
  }

  private text(value: AnyConstant, depth: number): string {
    if (value === null) return 'None';
    switch (typeof value) {
      case 'boolean':
        return value ? 'True' : 'False';
      case 'symbol':
        return 'Ellipsis';
      case 'bigint':
        return intRepr(value);
      case 'number':
        return floatRepr(value);
      case 'string':
        return strRepr(value, this.printable);
    }
    if (value instanceof SurrogateStr) return strRepr(value, this.printable);
    if (value instanceof Uint8Array) return bytesRepr(value);
    if (value instanceof Complex) return complexRepr(value);
    if (value instanceof AnyCode) {
      return `<code object ${value.name} at ${this.address(value)}, file "${value.filename}", line ${value.firstlineno}>`;
    }
    if (value instanceof AnySlice) return `slice(${this.items(value.parts, depth)})`;
    if (value instanceof PyTuple) {
      return value.items.length === 1 ? `(${this.items(value.items, depth)},)` : `(${this.items(value.items, depth)})`;
    }
    if (value instanceof FrozenSet) {
      return value.items.length === 0
        ? 'frozenset()'
        : `frozenset({${this.items(setOrder(value.items, this.version), depth)}})`;
    }
    return damaged('a constant of an unknown kind');
  }

  private items(items: readonly AnyConstant[], depth: number): string {
    return items.map(item => this.write(item, depth + 1)).join(', ');
  }
}

/** Decimal takes quadratic time: what has more digits than CPython converts by default is shown in hexadecimal. */
function intRepr(value: bigint): string {
  const size = value.toString(16).length;
  return size > 3600 ? (value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`) : String(value);
}

/** CPython: Objects/complexobject.c:complex_repr */
function complexRepr({ real, imag }: Complex): string {
  const part = (x: number): string => floatRepr(x).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${part(imag)}j`;
  const sign = imag < 0 || Object.is(imag, -0) ? '' : '+';
  return `(${part(real)}${sign}${part(imag)}j)`;
}
