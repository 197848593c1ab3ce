// panels.ts: the stack of panels: windows that cover each other.                                           ncurses: panel.c
//
// A window that lies below others is shown where they leave it free: all are copied to the screen from the lowest on, and what
// lies above a changed line is copied again.
import { curses } from './session.ts';
import type { Window } from './window.ts';

export interface Panel {
  window: Window;
}

/** Those that are shown, the lowest first. Below them all lies the standard window. */
export const stack: Panel[] = [];

/** Lines of what a window covers count as changed in another one. */
function touch_common(changed: Window, other: Window, all: boolean): void {
  const left = Math.max(changed.begin_x, other.begin_x);
  const right = Math.min(changed.begin_x + changed.max_x, other.begin_x + other.max_x);
  if (left > right) return;
  for (let y = 0; y <= changed.max_y; y++) {
    if (!all && changed.first[y] === -1) continue;
    const line = y + changed.begin_y - other.begin_y;
    if (line >= 0 && line <= other.max_y) other.touch_lines(line, 1, true);
  }
}

/** What lies where the panel is, or was, is to be copied again. */
function uncover(panel: Panel): void {
  const standard = curses.session?.screen.standard;
  if (standard !== undefined) touch_common(panel.window, standard, true);
  for (const other of stack) if (other !== panel) touch_common(panel.window, other.window, true);
}

export function show(panel: Panel): void {
  hide(panel);
  stack.push(panel);
  panel.window.touch();
}

export function hide(panel: Panel): void {
  const i = stack.indexOf(panel);
  if (i < 0) return;
  uncover(panel);
  stack.splice(i, 1);
}

export function lower(panel: Panel): void {
  hide(panel);
  stack.unshift(panel);
  panel.window.touch();
  uncover(panel);
}

/** Does something that changes where the panel is. */
export function moving(panel: Panel, move: () => number): number {
  const shown = stack.includes(panel);
  if (shown) uncover(panel);
  const status = move();
  if (shown) panel.window.touch();
  return status;
}

export function update(): void {
  const { screen } = curses.session!;
  const windows = [screen.standard, ...stack.map(panel => panel.window)];
  windows.forEach((w, i) => {
    for (const above of windows.slice(i + 1)) touch_common(w, above, false);
  });
  for (const w of windows) screen.refresh_later(w);
}
