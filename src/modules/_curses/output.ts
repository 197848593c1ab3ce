// output.ts: the strings that make a terminal show what a screen wants.          ncurses: tty_update.c, lib_mvcur.c, lib_vidattr.c
//
// Differs: an update compares all cells and writes the runs that differ; it never scrolls the terminal, nor inserts or deletes
// characters there. What is sent has a character per byte.

import {
  A_ALTCHARSET,
  A_BLINK,
  A_BOLD,
  A_COLOR,
  A_DIM,
  A_INVIS,
  A_ITALIC,
  A_PROTECT,
  A_REVERSE,
  A_STANDOUT,
  A_UNDERLINE,
  ACS_UNICODE,
  pair_of,
} from './constants.ts';
import { type Color, type Screen, UNKNOWN } from './screen.ts';
import type { Terminfo } from './terminfo.ts';
import { type Padded, split_padding, tparm } from './tparm.ts';
import { char_width } from './width.ts';
import { blank_line, type Line } from './window.ts';

/** Attributes, what begins and ends them, and their bits in `ncv`. */
const ATTRIBUTES: readonly (readonly [attr: number, on: string, off: string, ncv: number])[] = [
  [A_STANDOUT, 'smso', 'rmso', 1],
  [A_UNDERLINE, 'smul', 'rmul', 2],
  [A_REVERSE, 'rev', '', 4],
  [A_BLINK, 'blink', '', 8],
  [A_DIM, 'dim', '', 16],
  [A_BOLD, 'bold', '', 32],
  [A_INVIS, 'invis', '', 64],
  [A_PROTECT, 'prot', '', 128],
  [A_ITALIC, 'sitm', 'ritm', 1 << 15],
];

/** A run of so many equal cells is passed by moving the cursor; a shorter one is written again. */
const WORTH_MOVING = 6;

/** The attributes that a terminal has. */
export function terminal_attributes(t: Terminfo): number {
  let attrs = t.string('smacs') !== null ? A_ALTCHARSET : 0;
  for (const [attr, on] of ATTRIBUTES) if (t.string(on) !== null) attrs |= attr;
  if (t.number('colors') > 0 && (t.string('setaf') ?? t.string('setf')) !== null) attrs |= A_COLOR;
  return attrs >>> 0;
}

export class Output {
  readonly screen: Screen;
  private readonly terminal: Terminfo;
  private pieces: Padded[] = [];
  private text = '';
  /** Where the cursor is; -1: nobody knows. */
  private y = -1;
  private x = -1;
  /** What the terminal writes with. Colours are -1 where they are its own. */
  private attr = 0;
  private foreground = -1;
  private background = -1;
  private readonly acs = new Map<string, string>();
  /** A mouse is reported. */
  mouse = false;
  keypad = false;
  private colors_changed = false;

  /** The alternate set is written in Unicode: the terminal does not show it otherwise. */
  private readonly unicode_acs: boolean;

  constructor(screen: Screen, unicode_acs = false) {
    this.screen = screen;
    this.unicode_acs = unicode_acs || screen.terminal.string('smacs') === null;
    this.terminal = screen.terminal;
    const acsc = this.terminal.string('acsc') ?? '';
    for (let i = 0; i + 1 < acsc.length; i += 2) this.acs.set(acsc[i]!, acsc[i + 1]!);
  }

  /** Sends a capability's string, if the terminal has it. */
  private cap(name: string, ...parameters: number[]): boolean {
    const string = this.terminal.string(name);
    if (string === null) return false;
    for (const { text, wait } of split_padding(tparm(string, parameters) ?? '')) {
      this.text += text;
      if (wait > 0) this.pause(wait);
    }
    return true;
  }

  /** So many milliseconds pass before what follows is sent. */
  pause(wait: number): void {
    this.pieces.push({ text: this.text, wait });
    this.text = '';
  }

  /** What is to be sent; it counts as sent then. */
  take(): Padded[] {
    const pieces = [...this.pieces, { text: this.text, wait: 0 }];
    this.pieces = [];
    this.text = '';
    return pieces.filter(piece => piece.text !== '' || piece.wait > 0);
  }

  // --- the cursor -----------------------------------------------------------------------------------------------------

  private move(y: number, x: number): void {
    if (y === this.y && x === this.x) return;
    if (this.attr !== 0 && !this.terminal.flag('msgr')) this.set_attr(0);
    if (y === this.y && x === 0) this.carriage_return();
    else if (!this.cap('cup', y, x)) this.step(y, x);
    this.y = y;
    this.x = x;
  }

  private carriage_return(): void {
    this.text += this.terminal.string('cr') ?? '\r';
  }

  /** Goes there step by step, for want of anything better. */
  private step(y: number, x: number): void {
    const from = this.y < 0 ? this.screen.lines - 1 : this.y;
    for (let i = from; i > y; i--) this.cap('cuu1');
    for (let i = from; i < y; i++) this.text += this.terminal.string('cud1') ?? '\n';
    this.carriage_return();
    for (let i = 0; i < x; i++) if (!this.cap('cuf1')) this.put(this.screen.wanted.lines[y]!, i);
  }

  // --- attributes and colours -----------------------------------------------------------------------------------------

  /** The colours of a pair; -1: the terminal's own. Pair 0 is white on black unless the terminal's own can be asked for. */
  private pair_colors(n: number): readonly [number, number] {
    return this.screen.colors?.pair(n) ?? [-1, -1];
  }

  private set_attr(attr: number): void {
    const ncv = this.terminal.number('ncv');
    if ((attr & A_COLOR) !== 0 && ncv > 0)
      for (const [bit, , , mask] of ATTRIBUTES) if ((ncv & mask) !== 0) attr &= ~bit;
    attr >>>= 0;
    if (attr === this.attr) return;
    let was = this.attr;
    const ending = was & ~attr & ~A_COLOR;
    if ((ending & ~A_ALTCHARSET) !== 0) {
      if (this.plain()) was = 0;
      else {
        for (const [bit, , off] of ATTRIBUTES) if ((ending & bit) !== 0 && off !== '') this.cap(off);
        was &= ~ending;
      }
    } else if (ending !== 0) {
      this.cap('rmacs');
      was &= ~A_ALTCHARSET;
    }
    this.set_colors(pair_of(attr));
    for (const [bit, on] of ATTRIBUTES) if ((attr & bit & ~was) !== 0) this.cap(on);
    if ((attr & A_ALTCHARSET & ~was) !== 0) this.cap('smacs');
    this.attr = attr;
  }

  /** Ends all attributes and colours; false: the terminal has nothing for that. */
  private plain(): boolean {
    if (!this.cap('sgr0')) return false;
    this.attr = 0;
    this.foreground = this.background = -1;
    return true;
  }

  /** Writes in a pair's colours from now on. */
  private set_colors(pair: number): void {
    const [foreground, background] = this.pair_colors(pair);
    if ((foreground < 0 && this.foreground >= 0) || (background < 0 && this.background >= 0)) this.reset_colors();
    if (foreground >= 0 && foreground !== this.foreground && !this.cap('setaf', foreground))
      this.cap('setf', swapped(foreground));
    if (background >= 0 && background !== this.background && !this.cap('setab', background))
      this.cap('setb', swapped(background));
    this.foreground = foreground;
    this.background = background;
  }

  /** The terminal's own colours. */
  reset_colors(): void {
    this.cap('op');
    this.foreground = this.background = -1;
  }

  define_color(n: number, { red, green, blue }: Color): void {
    this.cap('initc', n, red, green, blue);
    this.colors_changed = true;
  }

  // --- cells ----------------------------------------------------------------------------------------------------------

  /** Writes the cell where the cursor is. */
  private put(line: Line, x: number): void {
    let text = line.text[x]!;
    let attr = line.attr[x]!;
    if ((attr & A_ALTCHARSET) !== 0) {
      const mapped = this.acs.get(text);
      const known = mapped !== undefined && !this.unicode_acs;
      if (!known) attr &= ~A_ALTCHARSET;
      text = known ? mapped : (ACS_UNICODE[text] ?? text);
      this.set_attr(attr);
      this.text += known ? text : utf8(text);
      return;
    }
    this.set_attr(attr);
    // Halves of wide characters whose other half is gone are blank.
    const width = char_width(text.codePointAt(0) ?? 0);
    this.text += width < 0 || (width === 2 && line.text[x + 1] !== '') ? ' ' : utf8(text);
  }

  private put_at(line: Line, y: number, x: number, width: number): void {
    const { terminal } = this;
    const { lines, columns } = this.screen;
    const wraps = terminal.flag('am') && !terminal.flag('xenl');
    if (wraps && y === lines - 1 && x + width === columns) {
      this.put_in_corner(line, y, x);
      return;
    }
    this.move(y, x);
    this.put(line, x);
    this.x += width;
    // Where the cursor is behind the last column differs from terminal to terminal.
    if (this.x >= columns) this.y = this.x = -1;
  }

  /** The last cell of the last line, on a terminal that would scroll then. */
  private put_in_corner(line: Line, y: number, x: number): void {
    if (this.terminal.string('rmam') !== null && this.terminal.string('smam') !== null) {
      this.move(y, x);
      this.cap('rmam');
      this.put(line, x);
      this.cap('smam');
    } else if (
      x > 0 &&
      line.text[x] !== '' &&
      (this.terminal.string('ich1') ?? this.terminal.string('smir')) !== null
    ) {
      // Written one column before, it is pushed there by the one that belongs before it.
      this.move(y, x - 1);
      this.put(line, x);
      this.y = -1;
      this.move(y, x - 1);
      const mode = this.cap('smir');
      if (!mode) this.cap('ich1');
      this.put(line, x - 1);
      if (mode) this.cap('rmir');
    }
    this.y = this.x = -1;
  }

  private same(y: number, x: number): boolean {
    const { wanted, shown } = this.screen;
    const [a, b] = [wanted.lines[y]!, shown.lines[y]!];
    return a.text[x] === b.text[x] && a.attr[x] === b.attr[x];
  }

  private update_line(y: number): void {
    const { columns, wanted, shown } = this.screen;
    const line = wanted.lines[y]!;
    let x = 0;
    while (x < columns && this.same(y, x)) x++;
    if (x === columns) return;
    let end = columns;
    while (this.same(y, end - 1)) end--;
    const cleared = this.blank_tail(line);
    // Worth it only if more cells differ than the string has characters.
    const erase = cleared < columns && end - Math.max(cleared, x) > (this.terminal.string('el')?.length ?? columns);
    const stop = erase ? cleared : end;
    if (x > 0 && wide_at(line, x - 1)) x--;
    while (x < stop) {
      let equal = x;
      while (equal < stop && this.same(y, equal)) equal++;
      if (equal - x >= WORTH_MOVING || equal === stop) {
        x = equal;
        continue;
      }
      const width = wide_at(line, x) ? 2 : 1;
      this.put_at(line, y, x, width);
      x += width;
    }
    if (erase) {
      this.move(y, cleared);
      this.set_attr(line.attr[cleared]!);
      this.cap('el');
    }
    shown.lines[y] = { text: line.text.slice(), attr: line.attr.slice() };
  }

  /** From where on a line is blank in a way that erasing it leaves it; the line's length: nowhere, or it cannot be erased. */
  private blank_tail({ text, attr }: Line): number {
    const { columns } = this.screen;
    const last = attr[columns - 1]!;
    if (this.terminal.string('el') === null || (last & ~A_COLOR) !== 0) return columns;
    if (!this.erases_to(last)) return columns;
    let from = columns;
    while (from > 0 && text[from - 1] === ' ' && attr[from - 1] === last) from--;
    return from;
  }

  /** Whether erasing gives cells these colours. */
  private erases_to(attr: number): boolean {
    const [, background] = this.pair_colors(pair_of(attr));
    return background < 0 || this.terminal.flag('bce');
  }

  private clear(): void {
    const { lines, columns, shown } = this.screen;
    const known = this.erases_to(0);
    this.set_attr(0);
    if (known) this.set_colors(0);
    if (this.cap('clear')) this.y = this.x = 0;
    else {
      if (!this.cap('home')) this.y = -1;
      else this.y = this.x = 0;
      if (!this.cap('ed')) this.y = this.x = -1;
    }
    shown.lines = Array.from({ length: lines }, () => blank_line(columns, known ? ' ' : UNKNOWN, 0));
  }

  /** Makes the terminal show what the screen wants. */
  update(): void {
    const { screen } = this;
    if (screen.ended) this.enter();
    const { shown, wanted } = screen;
    if (shown.clear_first || wanted.clear_first) {
      shown.clear_first = wanted.clear_first = false;
      this.clear();
    }
    for (let y = 0; y < screen.lines; y++) this.update_line(y);
    if (!wanted.leave_cursor) this.move(wanted.y, wanted.x);
    this.set_attr(0);
  }

  // --- modes ----------------------------------------------------------------------------------------------------------

  /** The program's screen begins, or begins again. */
  enter(): void {
    const { screen } = this;
    this.cap('smcup');
    this.cap('enacs');
    this.plain();
    if (this.terminal.string('mir') === null) this.cap('rmir');
    this.cap('smam');
    if (screen.ended) {
      screen.ended = false;
      screen.shown.clear_first = true;
      if (screen.cursor_visible >= 0) this.show_cursor(screen.cursor_visible);
      if (this.keypad) this.cap('smkx');
      if (this.mouse) this.report_mouse(true);
    }
    this.y = this.x = -1;
  }

  leave(): void {
    const { screen } = this;
    if (this.mouse) {
      this.report_mouse(false);
      this.mouse = true;
    }
    this.set_attr(0);
    if (screen.colors !== null) this.reset_colors();
    if (this.colors_changed) this.cap('oc');
    this.y = this.x = -1;
    this.move(screen.lines - 1, 0);
    if (screen.cursor_visible >= 0) this.cap('cnorm');
    this.cap('rmcup');
    this.carriage_return();
    this.cap('rmkx');
    screen.ended = true;
    this.y = this.x = -1;
  }

  /** Whether the terminal can show its cursor so. */
  show_cursor(visibility: number): boolean {
    return this.cap(['civis', 'cnorm', 'cvvis'][visibility]!);
  }

  set_keypad(on: boolean): void {
    if (on === this.keypad) return;
    this.keypad = on;
    this.cap(on ? 'smkx' : 'rmkx');
  }

  report_mouse(on: boolean): void {
    this.mouse = on;
    if (this.cap('XM', on ? 1 : 0)) return;
    this.text += `\x1b[?1000${on ? 'h' : 'l'}`;
  }

  /** Whether the mouse's reports are of the SGR kind. */
  sgr_mouse(): boolean {
    return this.terminal.string('XM')?.includes('1006') === true || this.terminal.number('XM') === 1006;
  }

  beep(): boolean {
    return this.cap('bel') || this.cap('flash');
  }

  flash(): boolean {
    return this.cap('flash') || this.cap('bel');
  }
}

/** Whether a wide character begins here and has both its cells. */
function wide_at({ text }: Line, x: number): boolean {
  return text[x + 1] === '' && char_width(text[x]!.codePointAt(0) ?? 0) === 2;
}

/** setf and setb count red and blue the other way round. */
function swapped(color: number): number {
  return color < 8 ? (color & 2) | ((color & 1) << 2) | ((color >> 2) & 1) : color;
}

/** A text in UTF-8, a character per byte. */
function utf8(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : String.fromCharCode(...new TextEncoder().encode(text));
}
