// code_location.ts: decoding the location table of a code object.        CPython: InternalDocs/code_objects.md, Objects/codeobject.c
//
// The table is a list of entries, each for 1 to 8 code units: a first byte 1kkkklll (kind, units - 1), then, by kind,
// line delta and columns as varints. Columns are byte offsets.

/** A location; -1 where there is none. Lines are 1-based, columns 0-based bytes. */
export interface Position {
  line: number;
  end_line: number;
  col: number;
  end_col: number;
}

class Reader {
  readonly table: Uint8Array;
  at = 0;
  line: number;
  /** The entry read last. */
  units = 0;
  kind = 0;
  position: Position = { line: -1, end_line: -1, col: -1, end_col: -1 };
  constructor(table: Uint8Array, firstlineno: number) {
    this.table = table;
    this.line = firstlineno;
  }

  varint(): number {
    let b = this.table[this.at++]!;
    let value = b & 63;
    let shift = 0;
    while ((b & 64) !== 0) {
      b = this.table[this.at++]!;
      shift += 6;
      value |= (b & 63) << shift;
    }
    return value;
  }

  svarint(): number {
    const u = this.varint();
    return (u & 1) !== 0 ? -(u >>> 1) : u >>> 1;
  }

  /** Reads an entry; false at the end. */
  next(): boolean {
    if (this.at >= this.table.length) return false;
    const first = this.table[this.at++]!;
    const kind = (first >> 3) & 15;
    this.kind = kind;
    this.units = (first & 7) + 1;
    let line = this.line;
    let end_line = line;
    let col = -1;
    let end_col = -1;
    if (kind === 15) {
      line = -1;
      end_line = -1;
    } else if (kind === 14) {
      line = this.line += this.svarint();
      end_line = line + this.varint();
      col = this.varint() - 1;
      end_col = this.varint() - 1;
    } else if (kind === 13) {
      line = this.line += this.svarint();
      end_line = line;
    } else if (kind >= 10) {
      line = this.line += kind - 10;
      end_line = line;
      col = this.table[this.at++]!;
      end_col = this.table[this.at++]!;
    } else {
      const second = this.table[this.at++]!;
      col = (kind << 3) | (second >> 4);
      end_col = col + (second & 15);
    }
    this.position = { line, end_line, col, end_col };
    return true;
  }
}

/** The same table with lines only. CPython: Objects/codeobject.c:remove_column_info */
export function without_columns(table: Uint8Array): Uint8Array {
  const out: number[] = [];
  const r = new Reader(table, 0);
  let line = 0;
  while (r.next()) {
    const none = r.kind === 15;
    out.push(0x80 | ((none ? 15 : 13) << 3) | (r.units - 1));
    if (none) continue;
    const delta = r.line - line;
    line = r.line;
    let u = delta < 0 ? (-delta << 1) | 1 : delta << 1;
    for (; u >= 64; u >>>= 6) out.push(64 | (u & 63));
    out.push(u);
  }
  return Uint8Array.from(out);
}

/** The line at a byte offset, -1 for none. */
export function line_of(table: Uint8Array, firstlineno: number, byteOffset: number): number {
  return position_of(table, firstlineno, byteOffset).line;
}

export function position_of(table: Uint8Array, firstlineno: number, byteOffset: number): Position {
  const r = new Reader(table, firstlineno);
  let end = 0;
  while (r.next()) {
    end += r.units * 2;
    if (byteOffset < end) return r.position;
  }
  return { line: -1, end_line: -1, col: -1, end_col: -1 };
}

/** Runs of one line: [start, end, line] in bytes. */
export function* iterate_lines(table: Uint8Array, firstlineno: number): Generator<[number, number, number]> {
  const r = new Reader(table, firstlineno);
  let start = 0;
  let end = 0;
  let line = -2;
  while (r.next()) {
    if (r.position.line !== line) {
      if (line !== -2 && end > start) yield [start, end, line];
      start = end;
      line = r.position.line;
    }
    end += r.units * 2;
  }
  if (line !== -2 && end > start) yield [start, end, line];
}

/** One position per code unit. */
export function* iterate_positions(table: Uint8Array, firstlineno: number): Generator<Position> {
  const r = new Reader(table, firstlineno);
  while (r.next()) for (let i = 0; i < r.units; i++) yield r.position;
}
