// database.ts: the properties of characters that unicodedata shows, in both versions.         CPython: Modules/unicodedata.c
//
// Unicode 3.2.0 is kept as differences from the current version. Tables are decoded when first asked.

import { decode_numbers, decode_runs, NumberReader } from './decode.ts';
import { type NumberValue, number_value, parse_numbers } from './numbers.ts';
import {
  BIDI_CLASSES,
  CATEGORIES,
  COMPOSITION_EXCLUSIONS,
  DECOMPOSITION_TAGS,
  DECOMPOSITIONS,
  PROPERTY_RECORDS,
  PROPERTY_RUNS,
  WIDTHS,
} from './properties.generated.ts';
import { OLD_CORRECTIONS, OLD_NOT_NUMBERS, OLD_NUMBERS, OLD_RECORDS, OLD_RUNS } from './ucd_3_2_0.generated.ts';

export interface Decomposition {
  /** Index of the tag in DECOMPOSITION_TAGS; 0: canonical. */
  tag: number;
  points: number[];
}

/** The letters of a Hangul syllable. */
export function hangul_decomposition(c: number): number[] {
  const s = c - 0xac00;
  const letters = [0x1100 + Math.floor(s / 588), 0x1161 + Math.floor((s % 588) / 28)];
  if (s % 28 !== 0) letters.push(0x11a7 + (s % 28));
  return letters;
}

/** What both versions share. */
class Shared {
  readonly index = decode_runs(PROPERTY_RUNS);
  /** category, bidirectional, combining, width, mirrored: five numbers a record. */
  readonly records = decode_numbers(PROPERTY_RECORDS);
  private decompositions_: Map<number, Decomposition> | null = null;
  private compositions_: Map<number, number> | null = null;

  get decompositions(): Map<number, Decomposition> {
    if (this.decompositions_ === null) {
      const map = new Map<number, Decomposition>();
      const r = new NumberReader(DECOMPOSITIONS);
      let c = 0;
      while (r.more()) {
        c += r.next();
        const head = r.next();
        const points: number[] = [];
        for (let n = head % 20; n > 0; n--) points.push(r.next());
        map.set(c, { tag: Math.floor(head / 20), points });
      }
      this.decompositions_ = map;
    }
    return this.decompositions_;
  }

  /** Characters by the pair that they are composed of: first * 0x110000 + second. */
  get compositions(): Map<number, number> {
    if (this.compositions_ === null) {
      const excluded = new Set(decode_numbers(COMPOSITION_EXCLUSIONS));
      const map = new Map<number, number>();
      for (const [c, d] of this.decompositions) {
        if (d.tag === 0 && d.points.length === 2 && !excluded.has(c))
          map.set(d.points[0]! * 0x110000 + d.points[1]!, c);
      }
      this.compositions_ = map;
    }
    return this.compositions_;
  }
}

/** The differences of Unicode 3.2.0. */
class Old {
  readonly index = decode_runs(OLD_RUNS);
  readonly records = decode_numbers(OLD_RECORDS);
  readonly numbers = parse_numbers(OLD_NUMBERS);
  readonly not_numbers = new Set(decode_numbers(OLD_NOT_NUMBERS));
  /** Normal forms that were corrected later. */
  readonly corrections = new Map<number, number[]>();
  constructor() {
    const r = new NumberReader(OLD_CORRECTIONS);
    while (r.more()) {
      const c = r.next();
      const points: number[] = [];
      for (let n = r.next(); n > 0; n--) points.push(r.next());
      this.corrections.set(c, points);
    }
  }
}

let shared: Shared | null = null;
let old_data: Old | null = null;
const databases: { current: Database | null; old: Database | null } = { current: null, old: null };

const UNASSIGNED = 'Cn';

export class Database {
  private readonly old: Old | null;
  private readonly shared: Shared;

  private constructor(is_old: boolean) {
    this.shared = shared ??= new Shared();
    this.old = is_old ? (old_data ??= new Old()) : null;
  }

  /** The database of Unicode 3.2.0, or the current one. */
  static of(is_old: boolean): Database {
    return is_old ? (databases.old ??= new Database(true)) : (databases.current ??= new Database(false));
  }

  get is_old(): boolean {
    return this.old !== null;
  }

  private field(c: number, k: number): number {
    if (this.old !== null) {
      const i = this.old.index[c]!;
      if (i !== 0) return this.old.records[(i - 1) * 5 + k]!;
    }
    return this.shared.records[this.shared.index[c]! * 5 + k]!;
  }

  category(c: number): string {
    return CATEGORIES[this.field(c, 0)]!;
  }
  /** Whether the version knows the character. Only 3.2.0 distinguishes: names exist of assigned characters. */
  assigned(c: number): boolean {
    return this.old === null || this.category(c) !== UNASSIGNED;
  }
  bidirectional(c: number): string {
    return BIDI_CLASSES[this.field(c, 1)]!;
  }
  combining(c: number): number {
    return this.field(c, 2);
  }
  /** The class that normalizing sorts by: the current one, for 3.2.0 too. */
  normal_combining(c: number): number {
    return this.shared.records[this.shared.index[c]! * 5 + 2]!;
  }
  east_asian_width(c: number): string {
    return WIDTHS[this.field(c, 3)]!;
  }
  mirrored(c: number): number {
    return this.field(c, 4);
  }

  private number(c: number): NumberValue | undefined {
    if (this.old !== null) {
      if (!this.assigned(c) || this.old.not_numbers.has(c)) return undefined;
      const changed = this.old.numbers.get(c);
      if (changed !== undefined) return changed;
    }
    return number_value(c);
  }
  decimal(c: number): number {
    return this.number(c)?.decimal ?? -1;
  }
  /** CPython shows the current digit values for 3.2.0 too. */
  digit(c: number): number {
    return number_value(c)?.digit ?? -1;
  }
  numeric(c: number): number | null {
    return this.number(c)?.numeric ?? null;
  }

  decomposition(c: number): Decomposition | undefined {
    return this.assigned(c) ? this.shared.decompositions.get(c) : undefined;
  }
  /** As unicodedata.decomposition shows it. */
  decomposition_text(c: number): string {
    const d = c >= 0xac00 && c <= 0xd7a3 ? { tag: 0, points: hangul_decomposition(c) } : this.decomposition(c);
    if (d === undefined) return '';
    const points = d.points.map(p => p.toString(16).toUpperCase().padStart(4, '0')).join(' ');
    return d.tag === 0 ? points : `${DECOMPOSITION_TAGS[d.tag]} ${points}`;
  }
  /** The decomposition that normalizing uses. */
  normal_decomposition(c: number): Decomposition | undefined {
    const corrected = this.old?.corrections.get(c);
    return corrected !== undefined ? { tag: 0, points: corrected } : this.decomposition(c);
  }
  /** The character that a pair composes to, or -1: CPython composes those of later versions for 3.2.0 too. */
  composition(a: number, b: number): number {
    return this.shared.compositions.get(a * 0x110000 + b) ?? -1;
  }
}
