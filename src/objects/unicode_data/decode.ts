// decode.ts: reading the recorded Unicode tables.
//
// Numbers are text in base 46: the lower half of the alphabet ends a number, the upper half goes on. A table over all
// code points is runs of (length, value), or (0, pairs, a, b) for a value that alternates.

const ALPHABET_SKIP = "'\\`";
const HALF = 46;

let digits: Int8Array | null = null;

function digit_values(): Int8Array {
  const d = new Int8Array(128).fill(-1);
  let n = 0;
  for (let c = 32; c < 127; c++) if (!ALPHABET_SKIP.includes(String.fromCharCode(c))) d[c] = n++;
  return d;
}

/** Reads numbers one after another. */
export class NumberReader {
  private at = 0;
  private readonly text: string;
  private readonly digits: Int8Array;
  constructor(text: string) {
    this.text = text;
    this.digits = digits ??= digit_values();
  }
  more(): boolean {
    return this.at < this.text.length;
  }
  next(): number {
    let n = 0;
    for (;;) {
      const d = this.digits[this.text.charCodeAt(this.at++)]!;
      if (d < HALF) return n * HALF + d;
      n = n * HALF + d - HALF;
    }
  }
}

export function decode_numbers(text: string): number[] {
  const r = new NumberReader(text);
  const out: number[] = [];
  while (r.more()) out.push(r.next());
  return out;
}

export function unzigzag(n: number): number {
  return n & 1 ? -((n + 1) >> 1) : n >> 1;
}

/** The value of every code point. */
export function decode_runs(text: string): Uint8Array {
  const out = new Uint8Array(0x110000);
  const r = new NumberReader(text);
  let c = 0;
  while (r.more()) {
    const n = r.next();
    if (n === 0) {
      const pairs = r.next();
      const a = r.next();
      const b = r.next();
      for (let i = 0; i < pairs; i++) {
        out[c++] = a;
        out[c++] = b;
      }
    } else {
      const v = r.next();
      if (v !== 0) out.fill(v, c, c + n);
      c += n;
    }
  }
  return out;
}
