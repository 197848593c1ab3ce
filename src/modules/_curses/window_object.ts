// window_object.ts: what objects of _curses.window hold, and what their methods have in common.    CPython: Modules/_cursesmodule.c
import type { PyObject } from '../../core/object.ts';
import { int, session } from './convert.ts';
import type { Window } from './window.ts';

export interface WindowData {
  win: Window;
  /** The window that it is a part of (owned), or null. */
  orig: PyObject | null;
  encoding: string;
}
export type WindowObject = PyObject<WindowData>;

export const DEFAULT_ENCODING = 'UTF-8';

export function window_of(self: PyObject): Window {
  return (self as WindowObject).v.win;
}

/** What ncurses does after every change of a window. */
export function changed(w: Window): void {
  if (w.refresh_at_once) session().refresh(w);
  if (w.sync_parents) w.sync_up();
}

/** Moves to (y, x) if they were given; ERR: outside. */
export function move_to(w: Window, yx: readonly PyObject[]): number {
  return yx.length === 0 ? 0 : w.move(int(yx[0]!), int(yx[1]!));
}

/** Splits arguments [y, x,] and the rest: `rest` is the least that follows. */
export function split(args: readonly PyObject[], rest: number): [yx: PyObject[], others: PyObject[]] {
  const n = args.length >= rest + 2 ? 2 : 0;
  const yx = args.slice(0, n);
  for (const o of yx) int(o);
  return [yx, args.slice(n)];
}

/** What a cell's text is in 8 bits; 0: it has none. */
export function narrow(s: string): number {
  const code = s.codePointAt(0) ?? 0;
  return s.length === 1 && code < 128 ? code : 0;
}
