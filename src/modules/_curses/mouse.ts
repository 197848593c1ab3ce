// mouse.ts: what a mouse does, as xterm reports it.                                                       ncurses: lib_mouse.c
//
// Reports follow what the terminal sends for the key KEY_MOUSE: "\E[M" and three bytes, or "\E[<" and numbers (SGR). A press and
// a release in the same place within the interval become a click, clicks become double and triple ones.

import {
  BUTTON_ALT,
  BUTTON_CTRL,
  BUTTON_SHIFT,
  button,
  CLICKED,
  DOUBLE_CLICKED,
  PRESSED,
  RELEASED,
  REPORT_MOUSE_POSITION,
  TRIPLE_CLICKED,
} from './constants.ts';

export interface MouseEvent {
  id: number;
  x: number;
  y: number;
  z: number;
  state: number;
}

/** Most that are kept. */
const ROOM = 8;

export class Mouse {
  /** The latest last. */
  private readonly events: MouseEvent[] = [];
  /** Those that came since getch() began to look. */
  private run: MouseEvent[] = [];
  /** The button that is down, in reports that do not say which was released. */
  private down = 0;
  mask = 0;
  /** Milliseconds within which a release makes a click. */
  interval = 166;

  /** A report of the SGR kind: "0;12;5M" without its beginning. */
  sgr_report(text: string): void {
    const match = /^(\d+);(\d+);(\d+)([Mm])$/.exec(text);
    if (match !== null) this.report(Number(match[1]), Number(match[2]) - 1, Number(match[3]) - 1, match[4] === 'm');
  }

  /** A report of three bytes. */
  byte_report(bytes: readonly number[]): void {
    const [code, x, y] = bytes.map(byte => byte - 32) as [number, number, number];
    const released = (code & 0x43) === 3 && (code & 32) === 0;
    this.report(released ? (code & ~3) | Math.max(0, this.down - 1) : code, x - 1, y - 1, released);
  }

  private report(code: number, x: number, y: number, released: boolean): void {
    let state = 0;
    if ((code & 32) !== 0) state = REPORT_MOUSE_POSITION;
    else {
      const n = (code & 64) !== 0 ? 4 + (code & 1) : 1 + (code & 3);
      if (n <= 5) state = button(n, released ? RELEASED : PRESSED);
      this.down = released || n > 3 ? 0 : n;
    }
    if ((code & 4) !== 0) state |= BUTTON_SHIFT;
    if ((code & 8) !== 0) state |= BUTTON_ALT;
    if ((code & 16) !== 0) state |= BUTTON_CTRL;
    this.run.push({ id: 0, x, y, z: 0, state });
  }

  /** The reports that came are all: they become events. Whether any is left that the program wants to know of. */
  end_run(): boolean {
    const run = this.run;
    this.run = [];
    const events: MouseEvent[] = [];
    for (const event of run) {
      const before = events.at(-1);
      if (before === undefined || !this.merge(before, event)) events.push(event);
    }
    const joined: MouseEvent[] = [];
    for (const event of events) {
      const before = joined.at(-1);
      if (before === undefined || !this.join_clicks(before, event)) joined.push(event);
    }
    const wanted = joined.filter(event => (event.state & this.mask) !== 0);
    for (const event of wanted) this.keep(event);
    return wanted.length > 0;
  }

  /** A release right after a press in the same place makes a click of it, if clicks are wanted. */
  private merge(before: MouseEvent, event: MouseEvent): boolean {
    if (before.x !== event.x || before.y !== event.y) return false;
    for (let n = 1; n <= 5; n++) {
      if ((before.state & button(n, PRESSED)) === 0 || (event.state & button(n, RELEASED)) === 0) continue;
      const clicks = button(n, CLICKED | DOUBLE_CLICKED | TRIPLE_CLICKED);
      if ((this.mask & clicks) === 0) return false;
      before.state = (before.state & ~button(n, PRESSED)) | button(n, CLICKED);
      return true;
    }
    return false;
  }

  private keep(event: MouseEvent): void {
    if (this.events.length === ROOM) this.events.shift();
    this.events.push(event);
  }

  unget(event: MouseEvent): void {
    this.keep(event);
  }

  /** The latest event that is wanted; null: there is none. */
  get(): MouseEvent | null {
    for (;;) {
      const event = this.events.pop();
      if (event === undefined) return null;
      if ((event.state & this.mask) !== 0) return event;
    }
  }

  /** A click after a click in the same place makes a double one, another one a triple one, if those are wanted. */
  private join_clicks(before: MouseEvent, event: MouseEvent): boolean {
    if (before.x !== event.x || before.y !== event.y) return false;
    for (let n = 1; n <= 5; n++) {
      if ((event.state & button(n, CLICKED)) === 0) continue;
      for (const [one, more] of [
        [CLICKED, DOUBLE_CLICKED],
        [DOUBLE_CLICKED, TRIPLE_CLICKED],
      ] as const) {
        if ((before.state & button(n, one)) === 0 || (this.mask & button(n, more)) === 0) continue;
        before.state = (before.state & ~button(n, one)) | button(n, more);
        return true;
      }
    }
    return false;
  }
}
