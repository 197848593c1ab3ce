// arithmetic.ts: Python's operators on constants, for folding.
//                                  CPython: Objects/longobject.c, floatobject.c, complexobject.c, Python/flowgraph.c
//
// Every function answers `undefined` where Python would raise or where the result would be too large to be worth
// storing; the instruction then stays and does its work at run time. Results are bit for bit those of run time.
import {
  NB_ADD,
  NB_AND,
  NB_FLOOR_DIVIDE,
  NB_LSHIFT,
  NB_MULTIPLY,
  NB_OR,
  NB_POWER,
  NB_REMAINDER,
  NB_RSHIFT,
  NB_SUBSCR,
  NB_SUBTRACT,
  NB_TRUE_DIVIDE,
  NB_XOR,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  UNARY_NOT,
} from '../../opcode/opcodes.generated.ts';
import { Complex, FrozenSet, PyTuple, SurrogateStr } from '../../parser/constants.ts';
import { type CodeConstant, SliceConstant } from '../code.ts';
import { complexDivide, complexMultiply, complexPower } from './complexmath.ts';
import { exactParts, precisePower } from './precise.ts';

type Folded = CodeConstant | undefined;

const MAX_INT_SIZE = 128; // bits
const MAX_COLLECTION_SIZE = 256; // items
const MAX_STR_SIZE = 4096; // characters
const MAX_TOTAL_ITEMS = 1024; // nested collections included

/** CPython: PyObject_IsTrue */
export function isTrue(value: CodeConstant): boolean {
  switch (typeof value) {
    case 'string':
      return value !== '';
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    case 'boolean':
      return value;
  }
  if (value === null) return false;
  if (value instanceof PyTuple || value instanceof FrozenSet) return value.items.length > 0;
  if (value instanceof Uint8Array) return value.length > 0;
  if (value instanceof Complex) return value.real !== 0 || value.imag !== 0;
  return true;
}

/** An int's or bool's value. */
function asInt(value: CodeConstant): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? (value ? 1n : 0n) : undefined;
}

/** An int, bool or float as a float; undefined too where the int is too large for one. */
function asFloat(value: CodeConstant): number | undefined {
  if (typeof value === 'number') return value;
  const int = asInt(value);
  if (int === undefined) return undefined;
  const float = Number(int);
  return Number.isFinite(float) ? float : undefined;
}

function bitLength(value: bigint): number {
  if (value < 0n) value = -value;
  if (value === 0n) return 0;
  const hex = value.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28;
}

function codePoints(value: string | SurrogateStr): readonly number[] {
  if (typeof value !== 'string') return value.points;
  const points: number[] = [];
  for (const char of value) points.push(char.codePointAt(0)!);
  return points;
}

/** A str of code points, as a JS string where it can be one. */
export function strOfPoints(points: readonly number[]): string | SurrogateStr {
  let text = '';
  for (const point of points) {
    if (point >= 0xd800 && point <= 0xdfff) return new SurrogateStr(points);
    text += String.fromCodePoint(point);
  }
  return text;
}

function isStr(value: CodeConstant): value is string | SurrogateStr {
  return typeof value === 'string' || value instanceof SurrogateStr;
}

/** CPython: Python/flowgraph.c:eval_const_unaryop, for UNARY_* and, with any other number, unary plus */
export function foldUnary(opcode: number, value: CodeConstant): Folded {
  if (opcode === UNARY_NOT) return !isTrue(value);
  if (opcode === UNARY_INVERT) return typeof value === 'bigint' ? ~value : undefined;
  const minus = opcode === UNARY_NEGATIVE;
  const int = asInt(value);
  if (int !== undefined) return minus ? -int : int;
  if (typeof value === 'number') return minus ? -value : value;
  if (value instanceof Complex) return minus ? new Complex(-value.real, -value.imag) : value;
  return undefined;
}

/** CPython: Python/flowgraph.c:eval_const_binop */
export function foldBinary(op: number, left: CodeConstant, right: CodeConstant): Folded {
  if (op === NB_SUBSCR) return foldSubscript(left, right);
  const a = asInt(left);
  const b = asInt(right);
  if (a !== undefined && b !== undefined) {
    if (typeof left === 'boolean' && typeof right === 'boolean') {
      if (op === NB_AND) return left && right;
      if (op === NB_OR) return left || right;
      if (op === NB_XOR) return left !== right;
    }
    return foldInts(op, a, b);
  }
  if (left instanceof Complex || right instanceof Complex) return foldComplexes(op, left, right);
  if (typeof left === 'number' || typeof right === 'number') {
    const x = asFloat(left);
    const y = asFloat(right);
    return x === undefined || y === undefined ? undefined : foldFloats(op, x, y);
  }
  if (op === NB_ADD) return concatenate(left, right);
  if (op === NB_MULTIPLY) {
    if (a !== undefined) return repeat(right, a);
    if (b !== undefined) return repeat(left, b);
  }
  return undefined;
}

function foldInts(op: number, a: bigint, b: bigint): Folded {
  switch (op) {
    case NB_ADD:
      return a + b;
    case NB_SUBTRACT:
      return a - b;
    case NB_MULTIPLY:
      if (a !== 0n && b !== 0n && bitLength(a) + bitLength(b) > MAX_INT_SIZE) return undefined;
      return a * b;
    case NB_TRUE_DIVIDE:
      return b === 0n ? undefined : divideToFloat(a, b);
    case NB_FLOOR_DIVIDE: {
      if (b === 0n) return undefined;
      const quotient = a / b;
      return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient;
    }
    case NB_REMAINDER: {
      if (b === 0n) return undefined;
      const rest = a % b;
      return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
    }
    case NB_POWER: {
      if (b < 0n) {
        const x = asFloat(a);
        const y = asFloat(b);
        return x === undefined || y === undefined || x === 0 ? undefined : floatPower(x, y);
      }
      if (b === 0n) return 1n;
      if (a !== 0n && (b > BigInt(MAX_INT_SIZE) ? 0 : Math.floor(MAX_INT_SIZE / Number(b))) < bitLength(a)) {
        return undefined;
      }
      return a === 0n ? 0n : a ** b;
    }
    case NB_LSHIFT:
      if (b < 0n) return undefined;
      if (a === 0n || b === 0n) return a;
      return b > BigInt(MAX_INT_SIZE) || bitLength(a) > MAX_INT_SIZE - Number(b) ? undefined : a << b;
    case NB_RSHIFT:
      return b < 0n ? undefined : a >> b;
    case NB_OR:
      return a | b;
    case NB_XOR:
      return a ^ b;
    case NB_AND:
      return a & b;
    default:
      return undefined;
  }
}

/** a / b correctly rounded; undefined if it overflows. CPython: Objects/longobject.c:long_true_divide */
function divideToFloat(a: bigint, b: bigint): number | undefined {
  if (a === 0n) return b < 0n ? -0 : 0;
  if (bitLength(a) <= 53 && bitLength(b) <= 53) return Number(a) / Number(b);
  const negative = a < 0n !== b < 0n;
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  const result = ratioToFloat(a, b);
  if (!Number.isFinite(result)) return undefined;
  return negative ? -result : result;
}

/** The float nearest to a / b, both positive, ties to even. */
function ratioToFloat(a: bigint, b: bigint): number {
  // Scaled so that the quotient has at least 55 bits, or just those that a subnormal keeps; a sticky bit breaks ties.
  const exponent = Math.max(bitLength(a) - bitLength(b) - 55, -1076);
  if (exponent >= 0) b <<= BigInt(exponent);
  else a <<= BigInt(-exponent);
  let quotient = a / b;
  if (quotient * b !== a) quotient |= 1n;
  const bits = bitLength(quotient);
  const keep = Math.min(53, bits + exponent + 1074);
  if (keep < bits) {
    const drop = BigInt(bits - Math.max(keep, 0));
    const half = 1n << (drop - 1n);
    const rest = quotient & ((1n << drop) - 1n);
    quotient >>= drop;
    if (rest > half || (rest === half && (quotient & 1n) === 1n)) quotient += 1n;
    quotient <<= drop;
  }
  // Two factors: the power of two alone may be out of range.
  const low = Math.trunc(exponent / 2);
  return Number(quotient) * 2 ** low * 2 ** (exponent - low);
}

function foldFloats(op: number, x: number, y: number): number | Complex | undefined {
  switch (op) {
    case NB_ADD:
      return x + y;
    case NB_SUBTRACT:
      return x - y;
    case NB_MULTIPLY:
      return x * y;
    case NB_TRUE_DIVIDE:
      return y === 0 ? undefined : x / y;
    case NB_FLOOR_DIVIDE:
      return y === 0 ? undefined : floorDivide(x, y);
    case NB_REMAINDER: {
      if (y === 0) return undefined;
      const rest = x % y;
      if (rest === 0) return y < 0 ? -0 : 0;
      return rest < 0 !== y < 0 ? rest + y : rest;
    }
    case NB_POWER:
      return floatPower(x, y);
    default:
      return undefined;
  }
}

/** CPython: Objects/floatobject.c:_float_div_mod */
function floorDivide(x: number, y: number): number {
  let rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && y < 0 !== rest < 0) {
    rest += y;
    quotient -= 1;
  }
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** CPython: Objects/floatobject.c:float_pow */
function floatPower(x: number, y: number): number | Complex | undefined {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (!Number.isFinite(y)) {
    const size = Math.abs(x);
    if (size === 1) return 1;
    return y > 0 === size > 1 ? Number.POSITIVE_INFINITY : 0;
  }
  const odd = Math.abs(y % 2) === 1;
  if (!Number.isFinite(x)) {
    if (y > 0) return odd ? x : Math.abs(x);
    return odd ? (x < 0 ? -0 : 0) : 0;
  }
  if (x === 0) {
    if (y < 0) return undefined;
    return odd ? x : 0;
  }
  if (x < 0 && y !== Math.floor(y)) return complexPower(new Complex(x, 0), new Complex(y, 0));
  const size = Math.abs(x) === 1 ? 1 : power(Math.abs(x), y);
  if (!Number.isFinite(size)) return undefined;
  return x < 0 && odd ? -size : size;
}

/** x ** y for positive x: in exact arithmetic, so rounded once, where y is integral and small. */
function power(x: number, y: number): number {
  if (y !== Math.floor(y) || Math.abs(y) > 400) return precisePower(x, y);
  const { mantissa, exponent } = exactParts(x);
  const n = Math.abs(y);
  let top = mantissa ** BigInt(n);
  let bottom = 1n;
  if (exponent < 0) bottom <<= BigInt(-exponent * n);
  if (y < 0) [top, bottom] = [bottom, top];
  if (bitLength(top) - bitLength(bottom) > 1025) return Number.POSITIVE_INFINITY;
  return ratioToFloat(top, bottom);
}

/** Where only one side is complex the other has no imaginary part at all, not one of zero. CPython: Objects/complexobject.c */
function foldComplexes(op: number, left: CodeConstant, right: CodeConstant): Folded {
  const a = left instanceof Complex ? left : asFloat(left);
  const b = right instanceof Complex ? right : asFloat(right);
  if (a === undefined || b === undefined) return undefined;
  switch (op) {
    case NB_ADD:
      if (typeof a === 'number') return typeof b === 'number' ? undefined : new Complex(a + b.real, b.imag);
      if (typeof b === 'number') return new Complex(a.real + b, a.imag);
      return new Complex(a.real + b.real, a.imag + b.imag);
    case NB_SUBTRACT:
      if (typeof a === 'number') return typeof b === 'number' ? undefined : new Complex(a - b.real, -b.imag);
      if (typeof b === 'number') return new Complex(a.real - b, a.imag);
      return new Complex(a.real - b.real, a.imag - b.imag);
    case NB_MULTIPLY:
      return complexMultiply(a, b);
    case NB_TRUE_DIVIDE:
      return complexDivide(a, b);
    case NB_POWER:
      return complexPower(typeof a === 'number' ? new Complex(a, 0) : a, typeof b === 'number' ? new Complex(b, 0) : b);
    default:
      return undefined;
  }
}

function concatenate(left: CodeConstant, right: CodeConstant): Folded {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isStr(left) && isStr(right)) return strOfPoints([...codePoints(left), ...codePoints(right)]);
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    const joined = new Uint8Array(left.length + right.length);
    joined.set(left);
    joined.set(right, left.length);
    return joined;
  }
  if (left instanceof PyTuple && right instanceof PyTuple) return new PyTuple([...left.items, ...right.items]);
  return undefined;
}

/** What is left of `limit` after counting the items of nested tuples. CPython: const_folding_check_complexity */
function itemsLeft(value: CodeConstant, limit: number): number {
  if (!(value instanceof PyTuple)) return limit;
  limit -= value.items.length;
  for (const item of value.items) {
    if (limit < 0) break;
    limit = itemsLeft(item, limit);
  }
  return limit;
}

/** CPython: Python/flowgraph.c:const_folding_safe_multiply */
function repeat(sequence: CodeConstant, count: bigint): Folded {
  if (BigInt.asIntN(64, count) !== count) return undefined;
  if (sequence instanceof PyTuple) {
    const size = sequence.items.length;
    if (size === 0) return sequence;
    if (count < 0n || count > BigInt(Math.floor(MAX_COLLECTION_SIZE / size))) return undefined;
    const times = Number(count);
    if (times > 0 && itemsLeft(sequence, Math.floor(MAX_TOTAL_ITEMS / times)) < 0) return undefined;
    const items: CodeConstant[] = [];
    for (let i = 0; i < times; i++) items.push(...sequence.items);
    return new PyTuple(items);
  }
  if (!isStr(sequence) && !(sequence instanceof Uint8Array)) return undefined;
  const points = isStr(sequence) ? codePoints(sequence) : sequence;
  const size = points.length;
  if (size === 0) return sequence;
  if (count < 0n || count > BigInt(Math.floor(MAX_STR_SIZE / size))) return undefined;
  const times = Number(count);
  if (typeof sequence === 'string') return sequence.repeat(times);
  if (sequence instanceof SurrogateStr)
    return strOfPoints(Array.from({ length: times }, () => points as number[]).flat());
  const repeated = new Uint8Array(size * times);
  for (let i = 0; i < times; i++) repeated.set(sequence as Uint8Array, i * size);
  return repeated;
}

/** Constant sequences indexed or sliced. CPython: PyObject_GetItem */
function foldSubscript(sequence: CodeConstant, index: CodeConstant): Folded {
  let items: ArrayLike<CodeConstant | number>;
  if (sequence instanceof PyTuple) items = sequence.items;
  else if (sequence instanceof Uint8Array) items = sequence;
  else if (isStr(sequence)) items = codePoints(sequence);
  else return undefined;
  let picked: (CodeConstant | number)[];
  if (index instanceof SliceConstant) {
    const indices = sliceIndices(index, items.length);
    if (indices === undefined) return undefined;
    picked = indices.map(i => items[i]!);
  } else {
    const int = asInt(index);
    if (int === undefined || int >= BigInt(items.length) || int < -BigInt(items.length)) return undefined;
    const item = items[Number(int) < 0 ? items.length + Number(int) : Number(int)]!;
    if (sequence instanceof PyTuple) return item as CodeConstant;
    if (sequence instanceof Uint8Array) return BigInt(item as number);
    picked = [item];
  }
  if (sequence instanceof PyTuple) return new PyTuple(picked as CodeConstant[]);
  if (sequence instanceof Uint8Array) return Uint8Array.from(picked as number[]);
  return strOfPoints(picked as number[]);
}

/** The positions a slice selects. CPython: Objects/sliceobject.c:PySlice_AdjustIndices */
function sliceIndices(slice: SliceConstant, length: number): number[] | undefined {
  const size = BigInt(length);
  const step = slice.step === null ? 1n : asInt(slice.step);
  if (step === undefined || step === 0n) return undefined;
  const clamp = (bound: CodeConstant, missing: bigint): bigint | undefined => {
    if (bound === null) return missing;
    let value = asInt(bound);
    if (value === undefined) return undefined;
    if (value < 0n) value += size;
    if (value < 0n) return step < 0n ? -1n : 0n;
    if (value >= size) return step < 0n ? size - 1n : size;
    return value;
  };
  const start = clamp(slice.start, step < 0n ? size - 1n : 0n);
  const stop = clamp(slice.stop, step < 0n ? -1n : size);
  if (start === undefined || stop === undefined) return undefined;
  const indices: number[] = [];
  for (let i = start; step < 0n ? i > stop : i < stop; i += step) indices.push(Number(i));
  return indices;
}
