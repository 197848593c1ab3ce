// history.ts: the lines that were entered, and files of them.                     GNU readline: history.c, histfile.c
//
// Entries are numbered from `base` on, which is 1 until entries fall out because there may only be so many.

import { decode, encode } from './text.ts';

/** What undoes a change of a line; see line.ts. */
export type Undo =
  | { what: 'insert'; start: number; end: number }
  | { what: 'delete'; start: number; chars: number[] }
  | { what: 'begin' }
  | { what: 'end' };

export interface Entry {
  line: string;
  /** Changes made to the entry, newest last, while it was edited without being accepted; null: none. */
  undo: Undo[] | null;
}

export class History {
  entries: Entry[] = [];
  base = 1;
  /** Where the editor is; behind the last entry it is at a new line. */
  offset = 0;
  /** The most entries there may be; negative: any number. */
  most = -1;

  add(line: string): void {
    if (this.most === 0) return;
    if (this.most > 0 && this.entries.length === this.most) {
      this.entries.shift();
      this.base++;
    }
    this.entries.push({ line, undo: null });
  }

  clear(): void {
    this.entries = [];
    this.base = 1;
    this.offset = 0;
  }

  /** Sets the most entries there may be. */
  stifle(most: number): void {
    this.most = most;
    const extra = this.entries.length - most;
    if (most < 0 || extra <= 0) return;
    this.entries.splice(0, extra);
    this.base = extra;
  }

  /** The entry of that number. */
  get(number: number): Entry | null {
    return this.entries[number - this.base] ?? null;
  }

  /** Takes up the lines of a file. */
  read(data: Uint8Array): void {
    const is_stamp = (at: number): boolean => data[at] === 0x23 && data[at + 1]! >= 0x30 && data[at + 1]! <= 0x39;
    const stamps = is_stamp(0);
    let start = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
      let stop = end > start && data[end - 1] === 13 ? end - 1 : end;
      const zero = data.subarray(start, stop).indexOf(0);
      if (zero >= 0) stop = start + zero;
      if (stop > start && !(stamps && is_stamp(start))) this.add(decode(data.subarray(start, stop)));
      start = end + 1;
    }
  }

  /** The last lines as a file has them. */
  written(count = this.entries.length): Uint8Array {
    const entries = count === 0 ? [] : this.entries.slice(-count);
    return encode(entries.map(e => `${e.line}\n`).join(''));
  }
}

/** What is left of a file when only its last lines are kept. */
export function last_lines(data: Uint8Array, count: number): Uint8Array {
  if (count <= 0) return data.subarray(0, 0);
  let at = data.length - 1;
  for (let found = 0; at > 0; at--) {
    if (data[at - 1] === 10 && ++found === count) return data.subarray(at);
  }
  return data;
}
