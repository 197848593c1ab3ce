// window_file.ts: windows as bytes, for putwin() and getwin().                                            ncurses: lib_screen.c
//
// Differs: the format is our own (JSON behind a line that says so); ncurses' files are not read.
import { Window } from './window.ts';

const MAGIC = 'Pyvarium window 1\n';

interface Saved {
  height: number;
  width: number;
  begin: [number, number];
  cursor: [number, number];
  attrs: number;
  background: [string, number];
  region: [number, number];
  pad: boolean;
  scrolls: boolean;
  text: string[][];
  attr: number[][];
}

export function write_window(w: Window): Uint8Array {
  const saved: Saved = {
    height: w.height,
    width: w.width,
    begin: [w.begin_y, w.begin_x],
    cursor: [w.y, w.x],
    attrs: w.attrs,
    background: [w.background, w.background_attr],
    region: [w.top, w.bottom],
    pad: w.is_pad,
    scrolls: w.scrolls,
    text: w.lines.map(line => line.text.slice(w.left, w.left + w.width)),
    attr: w.lines.map(line => line.attr.slice(w.left, w.left + w.width)),
  };
  return new TextEncoder().encode(MAGIC + JSON.stringify(saved));
}

/** Null: the bytes are no window. */
export function read_window(data: Uint8Array): Window | null {
  const text = new TextDecoder().decode(data);
  if (!text.startsWith(MAGIC)) return null;
  let saved: Saved;
  try {
    saved = JSON.parse(text.slice(MAGIC.length)) as Saved;
  } catch {
    return null;
  }
  const w = new Window(saved.height, saved.width, ...saved.begin, null, saved.pad);
  w.lines = saved.text.map((line, y) => ({ text: line, attr: saved.attr[y]! }));
  [w.y, w.x] = saved.cursor;
  w.attr_set(saved.attrs);
  [w.background, w.background_attr] = saved.background;
  [w.top, w.bottom] = saved.region;
  w.scrolls = saved.scrolls;
  return w;
}
