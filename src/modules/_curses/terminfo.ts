// terminfo.ts: what a terminal can do, from compiled entries of the terminfo database.               ncurses: term(5), terminfo(5)
//
// An entry is a header of six shorts, the names, then flags, numbers and offsets of strings in the order of capnames.ts, and
// behind them the same once more for capabilities that the entry names itself (extended ones).
// Enter through: find_entry.

import { BOOLEANS, NUMBERS, STRINGS } from './capnames.ts';

/** Numbers of 16 bits, and of 32. */
const MAGIC = 0o432;
const MAGIC_32 = 0o1036;
const ABSENT = -1;

/** Where entries are looked for after TERMINFO, ~/.terminfo and TERMINFO_DIRS. */
const FOLDERS = ['/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo'];

export class Terminfo {
  /** The first of the names, and the last (a description). */
  readonly name: string;
  readonly long_name: string;
  readonly flags = new Map<string, boolean>();
  /** Absent ones are missing. */
  readonly numbers = new Map<string, number>();
  readonly strings = new Map<string, string>();
  /** Names of extended strings, in their order, whether they have values or not. */
  readonly extended_strings: string[] = [];
  /** The capabilities that the entry names itself. */
  readonly extended = new Map<string, 'flag' | 'number' | 'string'>();
  constructor(names: string) {
    const all = names.split('|');
    this.name = all[0]!;
    this.long_name = all.at(-1)!;
  }

  flag(name: string): boolean {
    return this.flags.get(name) === true;
  }

  /** -1: it has none. */
  number(name: string): number {
    return this.numbers.get(name) ?? ABSENT;
  }

  /** A string with a character per byte, or null. */
  string(name: string): string | null {
    return this.strings.get(name) ?? null;
  }
}

let kinds: Map<string, 'flag' | 'number' | 'string'> | null = null;

/** What kind of capability a name stands for, in this entry; null: none. */
export function kind_of(entry: Terminfo, name: string): 'flag' | 'number' | 'string' | null {
  if (kinds === null) {
    kinds = new Map();
    for (const flag of BOOLEANS.split(' ')) kinds.set(flag, 'flag');
    for (const number of NUMBERS.split(' ')) kinds.set(number, 'number');
    for (const string of STRINGS.split(' ')) kinds.set(string, 'string');
  }
  return kinds.get(name) ?? entry.extended.get(name) ?? null;
}

/** Reads little-endian numbers one after the other; beyond the end there are zeros. */
class Reader {
  readonly data: Uint8Array;
  at = 0;
  constructor(data: Uint8Array) {
    this.data = data;
  }
  byte(): number {
    return this.data[this.at++] ?? 0;
  }
  short(): number {
    return ((this.byte() | (this.byte() << 8)) << 16) >> 16;
  }
  shorts(n: number): number[] {
    return Array.from({ length: n }, () => this.short());
  }
  long(): number {
    return (this.short() & 0xffff) | (this.short() << 16);
  }
  bytes(n: number): Uint8Array {
    const found = this.data.subarray(this.at, this.at + n);
    this.at += n;
    return found;
  }
  align(): void {
    this.at += this.at & 1;
  }
  /** Whether so many bytes are left. */
  has(n: number): boolean {
    return this.at + n <= this.data.length;
  }
}

/** What stands in a table from an offset to the next null. */
function text_at(table: Uint8Array, offset: number): string {
  let end = table.indexOf(0, offset);
  if (end < 0) end = table.length;
  return String.fromCharCode(...table.subarray(offset, end));
}

/** Takes a compiled entry apart; null: it is none. */
export function parse_entry(data: Uint8Array): Terminfo | null {
  const reader = new Reader(data);
  const magic = reader.short();
  if (magic !== MAGIC && magic !== MAGIC_32) return null;
  const number = (): number => (magic === MAGIC_32 ? reader.long() : reader.short());
  const [name_size, flag_count, number_count, string_count, table_size] = reader.shorts(5) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (name_size <= 0 || flag_count < 0 || number_count < 0 || string_count < 0 || !reader.has(name_size)) return null;
  const entry = new Terminfo(text_at(reader.bytes(name_size), 0));
  const [flags, numbers, strings] = [BOOLEANS, NUMBERS, STRINGS].map(names => names.split(' ')) as [
    string[],
    string[],
    string[],
  ];
  for (let i = 0; i < flag_count; i++) if (reader.byte() === 1 && i < flags.length) entry.flags.set(flags[i]!, true);
  reader.align();
  for (let i = 0; i < number_count; i++) {
    const value = number();
    if (value >= 0 && i < numbers.length) entry.numbers.set(numbers[i]!, value);
  }
  const offsets = reader.shorts(string_count);
  const table = reader.bytes(table_size);
  offsets.forEach((offset, i) => {
    if (offset >= 0 && i < strings.length) entry.strings.set(strings[i]!, text_at(table, offset));
  });
  reader.align();
  if (reader.has(10)) read_extended(reader, entry, number);
  return entry;
}

/** The part with names of its own: values first, then the offsets of strings and of all names, then the texts of both. */
function read_extended(reader: Reader, entry: Terminfo, number: () => number): void {
  const [flag_count, number_count, string_count, , table_size] = reader.shorts(5) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (flag_count < 0 || number_count < 0 || string_count < 0 || table_size < 0) return;
  const flags = [...reader.bytes(flag_count)];
  reader.align();
  const numbers = Array.from({ length: number_count }, number);
  const values = reader.shorts(string_count);
  const name_offsets = reader.shorts(flag_count + number_count + string_count);
  const table = reader.bytes(table_size);
  const strings = values.map(offset => (offset < 0 ? null : text_at(table, offset)));
  // Names are counted from the end of the last value.
  let base = 0;
  values.forEach((offset, i) => {
    if (offset >= 0) base = Math.max(base, offset + strings[i]!.length + 1);
  });
  const names = name_offsets.map(offset => text_at(table, base + offset));
  names.forEach((name, i) => {
    if (i < flag_count) {
      entry.extended.set(name, 'flag');
      if (flags[i] === 1) entry.flags.set(name, true);
      return;
    }
    if (i < flag_count + number_count) {
      entry.extended.set(name, 'number');
      const value = numbers[i - flag_count]!;
      if (value >= 0) entry.numbers.set(name, value);
      return;
    }
    entry.extended.set(name, 'string');
    entry.extended_strings.push(name);
    const value = strings[i - flag_count - number_count]!;
    if (value !== null) entry.strings.set(name, value);
  });
}

/** Where a terminal's entry may stand, in the order in which it is looked for. */
export function entry_paths(terminal: string, getenv: (name: string) => string | undefined): string[] {
  const folders: string[] = [];
  const add = (folder: string | undefined): void => {
    if (folder !== undefined && folder !== '' && !folders.includes(folder)) folders.push(folder);
  };
  add(getenv('TERMINFO'));
  const home = getenv('HOME');
  if (home !== undefined && home !== '') add(`${home}/.terminfo`);
  const more = getenv('TERMINFO_DIRS');
  // An empty name among them stands for the usual folders.
  if (more !== undefined)
    for (const folder of more.split(':')) for (const f of folder === '' ? FOLDERS : [folder]) add(f);
  FOLDERS.forEach(add);
  const letter = terminal.charAt(0);
  const hex = terminal.charCodeAt(0).toString(16).padStart(2, '0');
  return folders.flatMap(folder => [`${folder}/${letter}/${terminal}`, `${folder}/${hex}/${terminal}`]);
}

/** The entry of a terminal, or null: there is none. `read` gives a file's contents, or null. */
export function find_entry(
  terminal: string,
  getenv: (name: string) => string | undefined,
  read: (path: string) => Uint8Array | null,
): Terminfo | null {
  if (terminal === '' || terminal === '.' || terminal === '..' || terminal.includes('/')) return null;
  for (const path of entry_paths(terminal, getenv)) {
    const data = read(path);
    const entry = data === null ? null : parse_entry(data);
    if (entry !== null) return entry;
  }
  return null;
}
