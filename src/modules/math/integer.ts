// integer.ts: factorials, binomials and permutations.                              CPython: Modules/mathmodule.c

import { type LongValue, normal } from '../../objects/longobject/arith.ts';

/** Product of first, first - 1, … (count factors), by halves. */
function falling_product(first: bigint, count: number): bigint {
  if (count === 0) return 1n;
  if (count < 8) {
    let product = first;
    for (let i = 1; i < count; i++) product *= first - BigInt(i);
    return product;
  }
  const half = count >> 1;
  return falling_product(first, half) * falling_product(first - BigInt(half), count - half);
}

/** n!, n >= 0. */
export function factorial(n: number): LongValue {
  if (n <= 18) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return product;
  }
  return normal(falling_product(BigInt(n), n));
}

/** n * (n - 1) * …, k factors. */
export function permutations(n: LongValue, k: number): LongValue {
  return normal(falling_product(BigInt(n), k));
}

/** n choose k for 0 <= k <= n / 2. Splits so that intermediate products stay integers. CPython: perm_comb */
export function combinations(n: LongValue, k: number): LongValue {
  return normal(big_combinations(BigInt(n), k));
}

function big_combinations(n: bigint, k: number): bigint {
  if (k === 0) return 1n;
  if (k < 20) {
    let product = 1n;
    for (let i = 0; i < k; i++) product = (product * (n - BigInt(i))) / BigInt(i + 1);
    return product;
  }
  // C(n, k) = C(n, j) * C(n - j, k - j) / C(k, j)
  const j = k >> 1;
  return (big_combinations(n, j) * big_combinations(n - BigInt(j), k - j)) / big_combinations(BigInt(k), j);
}
