// sort.ts: the Burrows-Wheeler transform: rotations of a block in order.
//
// Prefix doubling with radix passes: in round k rotations are in order of their first 2^k bytes; groups that are settled
// are passed over. Of rotations that are equal as wholes (the block repeats itself) the first counts as the last, as
// libbz2 mostly has it.

/** Positions where the rotations of `block` begin, sorted by them, and the place of the first. */
export function sort_rotations(block: Uint8Array, n: number): { order: Int32Array; origin: number } {
  const order = new Int32Array(n);
  const rank = new Int32Array(n);
  // By the first two bytes.
  const starts = new Int32Array(65537);
  for (let i = 0; i < n; i++) starts[((block[i]! << 8) | block[i + 1 === n ? 0 : i + 1]!) + 1]!++;
  for (let i = 0; i < 65536; i++) starts[i + 1]! += starts[i]!;
  const fill = starts.slice();
  for (let i = 0; i < n; i++) order[fill[(block[i]! << 8) | block[i + 1 === n ? 0 : i + 1]!]!++] = i;
  // A rotation's rank is the last place of its group.
  for (let i = 0; i < n; i++) rank[i] = starts[((block[i]! << 8) | block[i + 1 === n ? 0 : i + 1]!) + 1]! - 1;
  // Lengths of runs of settled places, at their first.
  const runs = new Int32Array(n);
  let settled = 0;
  for (let i = 0; i < n; i++) if (rank[order[i]!] === i && (i === 0 || rank[order[i - 1]!] !== i)) settled++;
  for (let h = 2; settled < n && h < n; h *= 2) {
    settled = 0;
    for (let i = 0; i < n; ) {
      if (runs[i]! > 0) {
        // Settled already; neighbouring runs become one.
        let end = i + runs[i]!;
        while (end < n && runs[end]! > 0) end += runs[end]!;
        runs[i] = end - i;
        settled += end - i;
        i = end;
        continue;
      }
      const last = rank[order[i]!]!;
      if (last === i) {
        runs[i] = 1;
        settled++;
        i++;
        continue;
      }
      split(order, rank, n, h, i, last);
      i = last + 1;
    }
  }
  return { order, origin: rank[0]! };
}

/** Sorts the group order[lo..hi] by the ranks h further on, and gives its parts ranks of their own. */
function split(order: Int32Array, rank: Int32Array, n: number, h: number, lo: number, hi: number): void {
  const stack: number[] = [lo, hi];
  while (stack.length > 0) {
    hi = stack.pop()!;
    lo = stack.pop()!;
    if (lo > hi) continue;
    if (lo === hi) {
      rank[order[lo]!] = lo;
      continue;
    }
    const pivot = middle(
      key(order, rank, n, h, lo),
      key(order, rank, n, h, (lo + hi) >> 1),
      key(order, rank, n, h, hi),
    );
    // [lo, lt) smaller, [lt, i) equal, (gt, hi] greater.
    let lt = lo;
    let i = lo;
    let gt = hi;
    while (i <= gt) {
      const o = order[i]!;
      const at = o + h;
      const k = rank[at >= n ? at - n : at]!;
      if (k < pivot) {
        order[i++] = order[lt]!;
        order[lt++] = o;
      } else if (k > pivot) {
        order[i] = order[gt]!;
        order[gt--] = o;
      } else i++;
    }
    // Smaller ones first: ranks of this group may be keys of the others.
    stack.push(gt + 1, hi);
    if (lt > lo) {
      split_now(order, rank, n, h, lo, lt - 1);
    }
    for (let j = lt; j <= gt; j++) rank[order[j]!] = gt;
  }
}

function split_now(order: Int32Array, rank: Int32Array, n: number, h: number, lo: number, hi: number): void {
  if (lo === hi) rank[order[lo]!] = lo;
  else split(order, rank, n, h, lo, hi);
}

function key(order: Int32Array, rank: Int32Array, n: number, h: number, i: number): number {
  const at = order[i]! + h;
  return rank[at >= n ? at - n : at]!;
}

function middle(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}
