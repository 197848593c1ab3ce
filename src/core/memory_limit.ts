// memory_limit.ts: how much memory a program may have before it gets MemoryError.
//
// JavaScript engines do not fail an allocation: they end the process. So the heap is looked at before they would: when much is
// allocated at once (`reserve`), and each time many containers have been made (`check_memory`). What the engine says of its
// heap includes garbage; only when that passes the limit it is made to collect, which tells the truth.
// Invariant: a program that goes on gets no further than a quarter beyond the limit without MemoryError.

import type { HostMemory } from './host.ts';

/** Bytes; looking at the heap costs less than writing this much. */
const LARGE = 1 << 18;

/** Set by the runtime. */
export const memoryLimit = {
  /** Bytes that living objects may take; Infinity: no limit. */
  bytes: Infinity,
  /** Bytes, garbage included, from which on it is found out what lives. */
  look_at: Infinity,
  host: null as HostMemory | null,
  /** Raises MemoryError. */
  raise: null as (() => never) | null,
};

export function set_memory_limit(bytes: number): void {
  memoryLimit.bytes = bytes;
  memoryLimit.look_at = bytes;
}

/** To be called before so many bytes are allocated at once; raises MemoryError. */
export function reserve(bytes: number): void {
  if (bytes >= LARGE && memoryLimit.bytes !== Infinity) look(bytes);
}

/** To be called now and then, where MemoryError may be raised. */
export function check_memory(): void {
  if (memoryLimit.bytes !== Infinity) look(0);
}

function look(bytes: number): void {
  const { host, bytes: limit, raise } = memoryLimit;
  if (host === null) return;
  const used = host.used() + bytes;
  if (used <= limit) memoryLimit.look_at = limit;
  if (used <= memoryLimit.look_at) return;
  // No allocation of that size could be had, garbage or not.
  if (bytes <= limit) {
    host.collect();
    const living = host.used() + bytes;
    if (living <= limit) {
      memoryLimit.look_at = Math.max(limit, living + limit / 8);
      return;
    }
    // Room for who handles the error.
    memoryLimit.look_at = Math.min(living - bytes + limit / 16, limit * 1.25);
  }
  raise!();
}
