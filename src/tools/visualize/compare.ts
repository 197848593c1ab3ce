// compare.ts: two or more code objects side by side: of one source in several versions, or of two sources.
//
// Invariant: in each pairing every instruction (prefixes EXTENDED_ARG apart) of both sides stands in exactly one row.
import type { AnyCode } from '../versions/code.ts';
import { ConstantRepr } from '../versions/constant_repr.ts';
import { disassemble, type Instruction } from '../versions/instructions.ts';
import { OpcodeChanges, type OpcodeNote } from '../versions/opcode_notes.ts';
import { align, type Comparable, comparable } from './align.ts';
import type { Place } from './unit.ts';

/** A code object that is compared. */
export interface Side {
  /** What heads its column. */
  readonly title: string;
  readonly code: AnyCode;
  readonly instructions: readonly Instruction[];
  readonly words: readonly Comparable[];
}

export type RowKind = 'same' | 'changed' | 'removed' | 'added';

export interface Row {
  readonly left: number | null;
  readonly right: number | null;
  readonly kind: RowKind;
  /** Indices of the notes that explain the row. */
  readonly notes: readonly number[];
}

/** A change of opcode that was met, how often, and what it means. */
export interface MetNote extends OpcodeNote {
  count: number;
}

export interface Comparison {
  readonly path: string;
  readonly left: Side;
  readonly right: Side;
  readonly rows: readonly Row[];
  readonly notes: readonly MetNote[];
  readonly figures: readonly Figure[];
  /** The difference in words: `2 attribute lookups fewer`. */
  readonly summary: readonly string[];
}

export interface Figure {
  readonly name: string;
  readonly left: number;
  readonly right: number;
}

export interface Unmatched {
  readonly path: string;
  /** Which of the two has it. */
  readonly side: 'left' | 'right';
  readonly why: string;
}

function makeSide(title: string, code: AnyCode): Side {
  const { instructions } = disassemble(code, new ConstantRepr(code.version));
  const own = instructions.filter(i => i.opcode.name !== 'EXTENDED_ARG' && i.opcode.name !== 'CACHE');
  return { title, code, instructions: own, words: own.map(comparable) };
}

/** Compares two code objects. `sameSource` holds for two versions of one source, whose lines answer to each other. */
export function comparePlaces(
  path: string,
  [leftTitle, leftCode]: readonly [string, AnyCode],
  [rightTitle, rightCode]: readonly [string, AnyCode],
  sameSource: boolean,
): Comparison {
  const left = makeSide(leftTitle, leftCode);
  const right = makeSide(rightTitle, rightCode);
  const forward = leftCode.version.minor <= rightCode.version.minor;
  const changes = forward
    ? new OpcodeChanges(leftCode.version, rightCode.version)
    : new OpcodeChanges(rightCode.version, leftCode.version);
  const related = (a: string, b: string): boolean => (forward ? changes.related(a, b) : changes.related(b, a));
  const notes: MetNote[] = [];
  const meet = (found: readonly OpcodeNote[]): number[] =>
    found.map(note => {
      let index = notes.findIndex(n => n.text === note.text && n.since === note.since);
      if (index < 0) index = notes.push({ ...note, count: 0 }) - 1;
      notes[index]!.count++;
      return index;
    });
  const rows = align(left.words, right.words, { related, sameSource }).map(([i, j]): Row => {
    const a = i === null ? null : left.words[i]!;
    const b = j === null ? null : right.words[j]!;
    const kind =
      a === null
        ? 'added'
        : b === null
          ? 'removed'
          : a.name === b.name && a.argument === b.argument
            ? 'same'
            : 'changed';
    const [old, young] = forward ? [a, b] : [b, a];
    // An argument that differs between two programs is no change of the instruction's.
    const explained = kind === 'same' || (kind === 'changed' && a!.name === b!.name && !sameSource);
    return {
      left: i,
      right: j,
      kind,
      notes: explained ? [] : meet(changes.about(old?.name ?? null, young?.name ?? null)),
    };
  });
  return { path, left, right, rows, notes, figures: figures(left, right), summary: summary(left, right) };
}

function figures(left: Side, right: Side): Figure[] {
  const of = (name: string, measure: (side: Side) => number): Figure => ({
    name,
    left: measure(left),
    right: measure(right),
  });
  return [
    of('instructions', side => side.instructions.length),
    of('bytes of code', side => side.code.code.length),
    of('constants', side => side.code.consts.length),
    of('stack size', side => side.code.stacksize),
  ];
}

/** What people ask of a refactoring: kinds of work, told by opcode. */
const WORK: readonly (readonly [singular: string, plural: string, opcodes: RegExp])[] = [
  ['attribute lookup', 'attribute lookups', /^LOAD_(ATTR|METHOD|SUPER_ATTR)$/],
  ['global or name lookup', 'global or name lookups', /^LOAD_(GLOBAL|NAME)$/],
  ['call', 'calls', /^CALL(_FUNCTION|_METHOD|_FUNCTION_KW|_FUNCTION_EX|_KW)?$/],
  ['function made', 'functions made', /^MAKE_FUNCTION$/],
  ['jump back', 'jumps back', /^JUMP_(BACKWARD|ABSOLUTE)$/],
  ['list, tuple, set or dict built', 'lists, tuples, sets or dicts built', /^BUILD_(LIST|TUPLE|SET|MAP)$/],
  ['subscript', 'subscripts', /^(BINARY_SUBSCR|BINARY_SLICE|STORE_SUBSCR|STORE_SLICE)$/],
  ['conditional jump', 'conditional jumps', /^(POP_)?JUMP(_FORWARD|_BACKWARD)?_IF_/],
];

function summary(left: Side, right: Side): string[] {
  const out: string[] = [];
  const subscripts = ({ instructions }: Side): number =>
    instructions.filter(i => i.opcode.name === 'BINARY_OP' && i.argrepr === '[]').length;
  for (const [singular, plural, opcodes] of WORK) {
    const count = (side: Side): number =>
      side.words.filter(w => opcodes.test(w.name)).length + (singular === 'subscript' ? subscripts(side) : 0);
    const difference = count(right) - count(left);
    if (difference === 0) continue;
    const size = Math.abs(difference);
    out.push(`${size} ${size === 1 ? singular : plural} ${difference > 0 ? 'more' : 'fewer'}`);
  }
  return out;
}

/** Pairs of places by path; what only one side has, with the reason where it is known. */
export function comparePlacesOf(
  left: { readonly title: string; readonly places: readonly Place[] },
  right: { readonly title: string; readonly places: readonly Place[] },
  sameSource: boolean,
): { comparisons: Comparison[]; unmatched: Unmatched[] } {
  const comparisons: Comparison[] = [];
  const unmatched: Unmatched[] = [];
  const rest = new Set(right.places);
  left.places.forEach((place, i) => {
    // The first of each are compared whatever their names are: two functions that the user chose.
    const other =
      i === 0
        ? right.places[0]
        : right.places.find(p => rest.has(p) && relative(p, right.places) === relative(place, left.places));
    if (other === undefined) {
      unmatched.push({ path: place.path, side: 'left', why: whyAlone(place, right.places[0]?.code) });
      return;
    }
    rest.delete(other);
    const path = place.path === other.path ? place.path : `${place.path} / ${other.path}`;
    comparisons.push(comparePlaces(path, [left.title, place.code], [right.title, other.code], sameSource));
  });
  for (const place of rest)
    unmatched.push({ path: place.path, side: 'right', why: whyAlone(place, left.places[0]?.code) });
  return { comparisons, unmatched };
}

/** A path inside the chosen function. */
function relative(place: Place, all: readonly Place[]): string {
  const root = all[0]!.path;
  return place.path.startsWith(`${root}.`) ? place.path.slice(root.length + 1) : place.path;
}

function whyAlone({ code }: Place, other: AnyCode | undefined): string {
  const minor = other?.version.minor ?? 0;
  if (/^<(list|set|dict)comp>$/.test(code.name) && code.version.minor < 12 && minor >= 12) {
    return 'since 3.12 a comprehension is part of the function around it (PEP 709)';
  }
  if (code.name === '__annotate__' && minor < 14)
    return 'since 3.14 annotations are evaluated by a function when they are asked for (PEP 649)';
  return '';
}
