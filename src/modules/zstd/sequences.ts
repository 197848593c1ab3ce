// sequences.ts: what a block is to be told as: literals, and copies of what came before.
//
// An offset value of 1 to 3 stands for one of the last three offsets, a larger one for an offset that is smaller by 3.

export class Sequences {
  /** The size of the largest block there is room for. */
  readonly block_max: number;
  readonly literals: Uint8Array;
  literal_count = 0;
  readonly literal_lengths: Int32Array;
  readonly match_lengths: Int32Array;
  readonly offset_values: Int32Array;
  count = 0;
  /** The last three offsets. */
  readonly repeated = Int32Array.of(1, 4, 8);

  constructor(block_max: number) {
    const most = Math.ceil(block_max / 3) + 1;
    this.block_max = block_max;
    this.literals = new Uint8Array(block_max);
    this.literal_lengths = new Int32Array(most);
    this.match_lengths = new Int32Array(most);
    this.offset_values = new Int32Array(most);
  }

  clear(): void {
    this.literal_count = 0;
    this.count = 0;
  }

  add_literals(b: Uint8Array, from: number, to: number): void {
    const n = to - from;
    if (n < 24) {
      const { literals, literal_count } = this;
      for (let i = 0; i < n; i++) literals[literal_count + i] = b[from + i]!;
    } else this.literals.set(b.subarray(from, to), this.literal_count);
    this.literal_count += n;
  }

  /** Literals b[from:to], then a match. */
  add(b: Uint8Array, from: number, to: number, offset: number, length: number): void {
    const n = this.count++;
    this.add_literals(b, from, to);
    this.literal_lengths[n] = to - from;
    this.match_lengths[n] = length;
    this.offset_values[n] = push_offset(this.repeated, offset, from === to);
  }
}

/** The value for an offset; it becomes the last one. */
export function push_offset(repeated: Int32Array, offset: number, no_literals: boolean): number {
  const first = repeated[0]!;
  const second = repeated[1]!;
  const third = repeated[2]!;
  if (!no_literals && offset === first) return 1;
  let value = offset + 3;
  if (offset === second) value = no_literals ? 1 : 2;
  else if (offset === third) value = no_literals ? 2 : 3;
  else if (no_literals && offset === first - 1) value = 3;
  repeated[0] = offset;
  repeated[1] = first;
  if (offset !== second) repeated[2] = second;
  return value;
}
