// bytes_data.ts: searching and cutting runs of bytes, as plain values.          CPython: Objects/stringlib (fastsearch.h and kin)

import { find_units, rfind_units } from './search.ts';

/** Whether `sub` stands at `at`. */
export function match_at(b: Uint8Array, sub: Uint8Array, at: number): boolean {
  if (at < 0 || at + sub.length > b.length) return false;
  for (let j = 0; j < sub.length; j++) if (b[at + j] !== sub[j]) return false;
  return true;
}

/** First position of `sub` within [start, end), or -1. */
export function find_bytes(b: Uint8Array, sub: Uint8Array, start: number, end: number): number {
  if (end - start < sub.length) return -1;
  if (sub.length === 0) return start;
  return find_units(b, sub, start, end);
}

/** Last position of `sub` within [start, end), or -1. */
export function rfind_bytes(b: Uint8Array, sub: Uint8Array, start: number, end: number): number {
  if (end - start < sub.length) return -1;
  if (sub.length === 0) return end;
  return rfind_units(b, sub, start, end);
}

export function count_bytes(b: Uint8Array, sub: Uint8Array, start: number, end: number): number {
  if (end < start) return 0;
  if (sub.length === 0) return end - start + 1;
  let n = 0;
  for (let i = find_bytes(b, sub, start, end); i >= 0; i = find_bytes(b, sub, i + sub.length, end)) n++;
  return n;
}

export function concat_bytes(parts: readonly Uint8Array[], sep: Uint8Array | null = null): Uint8Array {
  let n = sep === null || parts.length === 0 ? 0 : sep.length * (parts.length - 1);
  for (let i = 0; i < parts.length; i++) n += parts[i]!.length;
  const out = new Uint8Array(n);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (sep !== null && i > 0) {
      out.set(sep, at);
      at += sep.length;
    }
    out.set(parts[i]!, at);
    at += parts[i]!.length;
  }
  return out;
}

/** With the first `max` occurrences replaced; null when there is none. */
export function replace_bytes(b: Uint8Array, from: Uint8Array, to: Uint8Array, max: number): Uint8Array | null {
  if (max === 0 || b.length < from.length) return null;
  const parts: Uint8Array[] = [];
  let last = 0;
  if (from.length === 0) {
    if (to.length === 0) return null;
    const n = Math.min(max, b.length + 1);
    for (let i = 0; i < n; i++) {
      parts.push(to);
      if (i < b.length) parts.push(b.subarray(i, i + 1));
    }
    last = n;
  } else {
    for (let i = find_bytes(b, from, 0, b.length); i >= 0 && max > 0; i = find_bytes(b, from, last, b.length), max--) {
      parts.push(b.subarray(last, i), to);
      last = i + from.length;
    }
    if (parts.length === 0) return null;
  }
  if (last < b.length) parts.push(b.subarray(last));
  return concat_bytes(parts);
}

export function repeat_bytes(b: Uint8Array, n: number): Uint8Array {
  const out = new Uint8Array(b.length * n);
  if (b.length === 1) return out.fill(b[0]!);
  if (out.length === 0) return out;
  out.set(b);
  for (let done = b.length; done < out.length; done *= 2) out.copyWithin(done, 0, Math.min(done, out.length - done));
  return out;
}

export function equal_bytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Negative, zero or positive. */
export function compare_bytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const d = a[i]! - b[i]!;
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

export function byte_is_space(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
export function byte_is_upper(c: number): boolean {
  return c >= 65 && c <= 90;
}
export function byte_is_lower(c: number): boolean {
  return c >= 97 && c <= 122;
}
export function byte_is_alpha(c: number): boolean {
  return byte_is_upper(c) || byte_is_lower(c);
}
export function byte_is_digit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** The pieces as [start, end) pairs, flat. `sep` null: runs of white space. */
export function split_bytes(b: Uint8Array, sep: Uint8Array | null, max: number): number[] {
  const out: number[] = [];
  if (sep === null) {
    let i = 0;
    for (;;) {
      while (i < b.length && byte_is_space(b[i]!)) i++;
      if (i === b.length) return out;
      if (max-- <= 0) {
        out.push(i, b.length);
        return out;
      }
      const start = i;
      while (i < b.length && !byte_is_space(b[i]!)) i++;
      out.push(start, i);
    }
  }
  let last = 0;
  for (let i = find_bytes(b, sep, 0, b.length); i >= 0 && max > 0; i = find_bytes(b, sep, last, b.length), max--) {
    out.push(last, i);
    last = i + sep.length;
  }
  out.push(last, b.length);
  return out;
}

export function rsplit_bytes(b: Uint8Array, sep: Uint8Array | null, max: number): number[] {
  const out: number[] = [];
  let end = b.length;
  if (sep === null) {
    for (;;) {
      while (end > 0 && byte_is_space(b[end - 1]!)) end--;
      if (end === 0) break;
      if (max-- <= 0) {
        out.push(end, 0);
        break;
      }
      let i = end;
      while (i > 0 && !byte_is_space(b[i - 1]!)) i--;
      out.push(end, i);
      end = i;
    }
  } else {
    for (let i = rfind_bytes(b, sep, 0, end); i >= 0 && max > 0; i = rfind_bytes(b, sep, 0, end), max--) {
      out.push(end, i + sep.length);
      end = i;
    }
    out.push(end, 0);
  }
  return out.reverse();
}

export function splitlines_bytes(b: Uint8Array, keepends: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < b.length; ) {
    const start = i;
    while (i < b.length && b[i] !== 10 && b[i] !== 13) i++;
    let end = i;
    if (i < b.length) {
      i += b[i] === 13 && b[i + 1] === 10 ? 2 : 1;
      if (keepends) end = i;
    }
    out.push(start, end);
  }
  return out;
}
