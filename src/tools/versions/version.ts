// version.ts: what distinguishes the bytecode of each CPython version, ready for use.        CPython: Lib/opcode.py, Lib/dis.py
//
// The facts are recorded from the interpreters themselves (tables.generated.ts, scripts/record-versions.mjs); this file
// unpacks a version's table when it is first asked for. What is not data in CPython either (how a line table is coded,
// how dis lays a line out) depends on `minor` in lines.ts, instructions.ts and listing.ts.
import { MAGIC_RANGES, TABLES } from './tables.generated.ts';

/** A version's facts as they are recorded. Opcodes and ranges are text: one a line, `-` for none. */
export interface VersionTable {
  readonly version: string;
  /** The interpreter that it was recorded from. */
  readonly release: string;
  readonly magic: number;
  /** The opcode from which on all have an argument, -1 where each says so itself. */
  readonly argumentsFrom: number;
  /** NUMBER NAME KINDS EFFECT: kinds joined by `.`, effect as stackEffect() reads it. */
  readonly opcodes: string;
  /** NUMBER NAME BASE */
  readonly specialized: string;
  /** NAME PART:UNITS... */
  readonly caches: string;
  readonly compareOperators: readonly string[];
  readonly binaryOperators: readonly string[];
  readonly intrinsics1: readonly string[];
  readonly intrinsics2: readonly string[];
  readonly commonConstants: readonly string[];
  readonly specialMethods: readonly string[];
  readonly functionFlags: readonly string[];
  readonly codeFlags: readonly (readonly [bit: number, name: string])[];
  readonly unicode: string;
  /** Characters that repr() escapes, though that of 3.14 (ours) does not; and the other way round. */
  readonly unprintable: string;
  readonly printable: string;
}

export interface Opcode {
  readonly number: number;
  readonly name: string;
  readonly arg: boolean;
  /** What the argument means. `jump` holds relative jumps (`jrel` in the table) and absolute ones. */
  readonly kind: 'const' | 'name' | 'local' | 'compare' | 'free' | 'jrel' | 'jabs' | 'exc' | null;
  /** Units of inline cache behind it, by part. */
  readonly cache: readonly (readonly [part: string, units: number])[];
  readonly cacheUnits: number;
  /** The number it stands for in `dis`: its own, or the general form's of a specialised one. */
  readonly base: number;
  /** Stack effect when it goes on, and when it jumps, as text. */
  readonly effect: readonly [string, string];
}

/** One CPython version. */
export class Version {
  readonly table: VersionTable;
  /** `3.11` is 11. */
  readonly minor: number;
  /** By number, 256 of them; what is not in use is called `<NUMBER>`. */
  readonly opcodes: readonly Opcode[];
  private readonly byName = new Map<string, Opcode>();
  private readonly exceptions: Map<number, boolean>;

  constructor(table: VersionTable) {
    this.table = table;
    this.minor = Number(table.version.split('.')[1]);
    this.opcodes = readOpcodes(table);
    for (const op of this.opcodes) this.byName.set(op.name, op);
    this.exceptions = new Map();
    for (const [ranges, shown] of [[table.unprintable, false] as const, [table.printable, true] as const]) {
      for (const range of lines(ranges, ' ')) {
        const [low, high = low] = range.split('-').map(n => Number.parseInt(n, 16)) as [number, number?];
        for (let c = low; c <= high; c++) this.exceptions.set(c, shown);
      }
    }
  }

  get name(): string {
    return this.table.version;
  }

  opcode(name: string): Opcode | undefined {
    return this.byName.get(name);
  }

  /** Whether repr() shows a character as it is; undefined where it does as 3.14, ours, does. */
  printable(point: number): boolean | undefined {
    return this.exceptions.get(point);
  }
}

const lines = (text: string, by = '\n'): string[] => text.split(by).filter(line => line !== '');

function readOpcodes(table: VersionTable): Opcode[] {
  const caches = new Map<string, [string, number][]>();
  for (const line of lines(table.caches)) {
    const [name, ...parts] = line.split(' ');
    caches.set(
      name!,
      parts.map(part => [part.slice(0, part.indexOf(':')), Number(part.slice(part.indexOf(':') + 1))]),
    );
  }
  const make = (number: number, name: string, kinds: readonly string[], effect: string, base: number): Opcode => {
    const cache = caches.get(name) ?? [];
    const [falling, jumping = falling] = effect.split(';') as [string, string?];
    const kind = (kinds.find(k => k !== 'arg') ?? null) as Opcode['kind'];
    return {
      number,
      name,
      arg: kinds.includes('arg') || (table.argumentsFrom >= 0 && number >= table.argumentsFrom),
      kind,
      cache,
      cacheUnits: cache.reduce((sum, [, units]) => sum + units, 0),
      base,
      effect: [falling, jumping],
    };
  };
  const all = Array.from({ length: 256 }, (_, i) => make(i, `<${i}>`, [], '?', i));
  const named = new Map<string, Opcode>();
  for (const line of lines(table.opcodes)) {
    const [number, name, kinds, effect] = line.split(' ') as [string, string, string, string];
    const op = make(Number(number), name, kinds === '-' ? [] : kinds.split('.'), effect, Number(number));
    all[op.number] = op;
    named.set(name, op);
  }
  for (const line of lines(table.specialized)) {
    const [number, name, base] = line.split(' ') as [string, string, string];
    const general = named.get(base)!;
    all[Number(number)] = { ...general, number: Number(number), name, base: general.number };
  }
  return all;
}

const unpacked = new Map<string, Version>();

/** Names of the versions that can be read, oldest first. */
export function versionNames(): string[] {
  return TABLES.map(t => t.version);
}

/** A version by name (`3.8`), or undefined. */
export function versionNamed(name: string): Version | undefined {
  let version = unpacked.get(name);
  if (version === undefined) {
    const table = TABLES.find(t => t.version === name);
    if (table === undefined) return undefined;
    version = new Version(table);
    unpacked.set(name, version);
  }
  return version;
}

/** The version that Pyvarium is. */
export function ownVersion(): Version {
  return versionNamed('3.14')!;
}

/** The version whose releases write that magic number, or undefined. */
export function versionWithMagic(magic: number): Version | undefined {
  const table = TABLES.find(t => t.magic === magic);
  return table && versionNamed(table.version);
}

/** Who wrote a magic number that no release read here writes; null if it is nobody's. */
export function writerOfMagic(magic: number): string | null {
  for (const [version, lowest, highest] of MAGIC_RANGES) {
    if (magic < lowest || magic > highest) continue;
    return TABLES.some(t => t.version === version) ? `a pre-release of CPython ${version}` : `CPython ${version}`;
  }
  // Since 3.11 the numbers of 3.N start at 2900 + 50 N.
  const minor = Math.floor((magic - 2900) / 50);
  const newest = versionNamed(TABLES.at(-1)!.version)!.minor;
  if (minor >= 11 && minor <= newest) return `a pre-release of CPython 3.${minor}`;
  if (minor > newest && minor < newest + 10) return `CPython 3.${minor}`;
  return null;
}

/** A stack effect as recorded: `n`, `a+b*` by argument, `even|odd`, or one for each argument; null if unknown. */
export function stackEffect(op: Opcode, arg: number, jumps: boolean): number | null {
  // Two counts in one argument, where samples were taken of small ones.
  if (op.name === 'UNPACK_EX') arg = (arg & 255) + (arg >> 8);
  const text = op.effect[jumps ? 1 : 0];
  if (text.includes(',')) {
    const item = text.split(',')[arg];
    return item === undefined || item === '?' ? null : Number(item);
  }
  if (text === '?') return null;
  if (text.includes('|')) return Number(text.split('|')[arg & 1]);
  const linear = /^(-?\d+)([+-]\d+)\*$/.exec(text);
  return linear === null ? Number(text) : Number(linear[1]) + Number(linear[2]) * arg;
}
