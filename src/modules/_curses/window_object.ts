// window_object.ts: what objects of _curses.window hold, and what their methods have in common.    CPython: Modules/_cursesmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_NOARGS, METH_O, METH_VARARGS, type MethodSpec } from '../../core/spec.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { none } from '../args.ts';
import { ERR } from './constants.ts';
import { attributes, check, int, pair, session } from './convert.ts';
import type { Window } from './window.ts';

const OK = 0;

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

// --- kinds of methods -------------------------------------------------------------------------------------------------

/** A method without arguments. */
export function plain(name: string, doc: string, f: (w: Window) => unknown, c_name = name): MethodSpec {
  const meth = (self: PyObject): PyObject => check(f(window_of(self)) === ERR ? ERR : OK, c_name);
  return { name, flags: METH_NOARGS, meth, sig: '($self, /)', doc };
}

/** The same, for one that changes the window. */
export function drawing(name: string, doc: string, f: (w: Window) => unknown): MethodSpec {
  return plain(name, doc, w => {
    const status = f(w);
    changed(w);
    return status;
  });
}

export function tuple(name: string, doc: string, f: (w: Window) => readonly [number, number]): MethodSpec {
  return { name, flags: METH_NOARGS, meth: self => pair(...f(window_of(self))), sig: '($self, /)', doc };
}

/** A method of so many ints; `wrong` is what the exception says of another number of arguments. */
export function ints(
  name: string,
  sig: string,
  doc: string,
  wrong: string,
  count: number,
  f: (w: Window, a: number, b: number) => unknown,
  c_name = name,
): MethodSpec {
  const meth = (self: PyObject, args: PyObject): PyObject => {
    const given = args.v as PyObject[];
    if (given.length !== count) PyErr_SetString(PyExc_TypeError, wrong);
    const numbers = given.map(int);
    const status = f(window_of(self), numbers[0]!, numbers[1] ?? 0);
    return check(status === ERR ? ERR : OK, c_name);
  };
  return { name, flags: METH_VARARGS, meth, sig, doc };
}

const FLAG = 'True(1) or False(0)';

export function flag(name: string, doc: string, f: (w: Window, on: boolean) => void): MethodSpec {
  return ints(name, '($self, flag, /)', doc, FLAG, 1, (w, n) => f(w, n !== 0));
}

export function attr_method(name: string, doc: string, f: (w: Window, attr: number) => void): MethodSpec {
  const meth = (self: PyObject, attr: PyObject): PyObject => {
    f(window_of(self), attributes(attr));
    return none();
  };
  return { name, flags: METH_O, meth, sig: '($self, attr, /)', doc };
}

/** A method whose parameters come in groups: `call` shows them. */
export function grouped(name: string, call: string, meth: MethodSpec['meth'], doc: string): MethodSpec {
  return { name, flags: METH_VARARGS, meth, doc: `${name}(${call})\n${doc}` };
}
