// tagged.ts: constants as the recording scripts write them to JSON.
import { Code, type CodeConstant, SliceConstant } from '../../../src/compiler/code.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../../../src/parser/constants.ts';

function float(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return Number(text === 'nan' ? Number.NaN : text);
}

export function untag(tagged: unknown): CodeConstant {
  if (!Array.isArray(tagged)) return tagged as CodeConstant;
  const [kind, a, b, c] = tagged;
  switch (kind) {
    case '...':
      return Ellipsis;
    case 'int':
      return BigInt(a);
    case 'float':
      return float(a);
    case 'complex':
      return new Complex(float(a), float(b));
    case 'str':
      return new SurrogateStr(a);
    case 'bytes':
      return Uint8Array.from(a);
    case 'tuple':
      return new PyTuple(a.map(untag));
    case 'frozenset':
      return new FrozenSet(a.map(untag));
    case 'slice':
      return new SliceConstant(untag(a), untag(b), untag(c));
    case 'code': {
      const code = new Code();
      code.co_name = a;
      code.co_firstlineno = b;
      return code;
    }
    default:
      throw new Error(`unknown tag ${kind}`);
  }
}

/** Text that is equal for equal constants, whatever the order of a set. */
export function show(value: CodeConstant): string {
  if (value === null) return 'None';
  if (value === Ellipsis) return '...';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return `float ${Object.is(value, -0) ? '-0' : value}`;
  if (value instanceof Complex) return `complex ${show(value.real)} ${show(value.imag)}`;
  if (value instanceof SurrogateStr) return `str ${value.points}`;
  if (value instanceof Uint8Array) return `bytes ${value}`;
  if (value instanceof PyTuple) return `(${value.items.map(show).join()})`;
  if (value instanceof FrozenSet) return `{${value.items.map(show).sort().join()}}`;
  if (value instanceof SliceConstant) return `slice ${[value.start, value.stop, value.step].map(show)}`;
  if (value instanceof Code) return `<code ${value.co_name} ${value.co_firstlineno}>`;
  return String(value);
}
