// shared_bytes.ts: bytes that others read and write, too: what is behind a shared memory map.
//
// JavaScript processes share no memory. So a buffer over such bytes is a copy that is brought up to date right before it is read
// (pull), and whose changes go where the others see them right after they were made (push). PyBuffer.internal
// holds the SharedBytes of an exporter's buffer, and of all buffers that were made of it; null for ordinary memory.
// A consumer that asks for a writable buffer may change it until it is released: then exactly the bytes that differ
// are pushed, so that those that others have changed meanwhile stay.

import { PyBUF_WRITABLE, type PyBuffer } from '../core/spec.ts';

export abstract class SharedBytes {
  /** The local copy; positions below count in it. */
  abstract readonly bytes: Uint8Array;
  /** Brings a part of the copy up to date. */
  abstract pull(from: number, to: number): void;
  /** A part of the copy was changed. */
  abstract push(from: number, to: number): void;
}

export function shared_bytes(view: PyBuffer): SharedBytes | null {
  return view.internal instanceof SharedBytes ? view.internal : null;
}

/** What writable buffers held when they were handed out. */
const before: WeakMap<PyBuffer, Uint8Array> = new WeakMap();

/** Where the bytes lie that a buffer shows. */
export function extent(
  view: PyBuffer,
  shape: readonly number[] | null,
  strides: readonly number[] | null,
): [number, number] {
  let from = view.offset;
  let to = view.offset + (shape === null || strides === null ? view.len : view.itemsize);
  if (view.len === 0) return [from, from];
  for (let i = 0; shape !== null && strides !== null && i < shape.length; i++) {
    const reach = (shape[i]! - 1) * strides[i]!;
    if (reach < 0) from += reach;
    else to += reach;
  }
  return [from, to];
}

/** To be called with a buffer that is handed out. */
export function lend(view: PyBuffer, flags: number): PyBuffer {
  const shared = shared_bytes(view);
  if (shared === null) return view;
  const [from, to] = extent(view, view.shape, view.strides);
  shared.pull(from, to);
  if ((flags & PyBUF_WRITABLE) !== 0) before.set(view, shared.bytes.slice(from, to));
  return view;
}

/** To be called with a buffer that comes back. */
export function take_back(view: PyBuffer): void {
  const old = before.get(view);
  const shared = shared_bytes(view);
  if (old === undefined || shared === null) return;
  before.delete(view);
  push_changes(shared, old, extent(view, view.shape, view.strides)[0]);
}

/** Pushes what differs from `old`, which was at `start`. */
function push_changes(shared: SharedBytes, old: Uint8Array, start: number): void {
  const { bytes } = shared;
  for (let i = 0; i < old.length; i++) {
    if (old[i] === bytes[start + i]) continue;
    let end = i + 1;
    while (end < old.length && old[end] !== bytes[start + end]) end++;
    shared.push(start + i, start + end);
    i = end;
  }
}
