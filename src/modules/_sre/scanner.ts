// scanner.ts: a search that goes on where the last one ended.                                 CPython: Modules/_sre/sre.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, Py_TPFLAGS_HAVE_GC, PyObject } from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { Py_None } from '../../objects/object.ts';
import { match, type State, search } from './engine.ts';
import { new_match } from './match.ts';
import { attempt, hold, new_state, pattern_data } from './pattern.ts';
import type { Held } from './subject.ts';

/** Payload of a scanner. */
class ScannerData {
  /** Owned. */
  readonly pattern: PyObject;
  /** Owned (its object). */
  readonly held: Held;
  readonly state: State;
  readonly pos: number;
  running = false;
  finished = false;
  constructor(pattern: PyObject, held: Held, state: State) {
    this.pattern = pattern;
    this.held = held;
    this.state = state;
    this.pos = state.start;
  }
}

/** CPython: pattern_scanner */
export function new_scanner(pattern: PyObject, string: PyObject, pos: number, endpos: number): PyObject {
  const p = pattern_data(pattern);
  const held = hold(p, string);
  const o = new PyObject(Scanner_Type, new ScannerData(newref(pattern), held, new_state(p, held, pos, endpos)), null);
  newref(string);
  gc_new(o);
  return o;
}

function step(self: PyObject, how: (s: State) => boolean): PyObject {
  const d = self.v as ScannerData;
  if (d.running) PyErr_SetString(PyExc_ValueError, 'regular expression scanner already executing');
  const s = d.state;
  if (d.finished || s.start > s.end) return newref(Py_None);
  d.running = true;
  try {
    s.reset();
    s.ptr = s.start;
    if (!attempt(s, d.held, how)) {
      d.finished = true;
      return newref(Py_None);
    }
    const m = new_match(d.pattern, d.held, s, d.pos);
    s.must_advance = s.ptr === s.start;
    s.start = s.ptr;
    return m;
  } finally {
    d.running = false;
  }
}

function scanner_match(self: PyObject): PyObject {
  return step(self, match);
}
function scanner_search(self: PyObject): PyObject {
  return step(self, search);
}
function scanner_pattern(self: PyObject): PyObject {
  return newref((self.v as ScannerData).pattern);
}

function scanner_dealloc(self: PyObject): void {
  gc_del(self);
  const d = self.v as ScannerData;
  d.held.release();
  decref(d.held.object);
  decref(d.pattern);
}
function scanner_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const d = self.v as ScannerData;
  visit(d.held.object);
  visit(d.pattern);
}

export const Scanner_Type = static_type({
  name: '_sre.SRE_Scanner',
  heap: 'immutable',
  tp_basicsize: 264,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: scanner_dealloc,
  tp_traverse: scanner_traverse,
  methods: [
    { name: 'match', flags: METH_NOARGS, meth: scanner_match, sig: '($self, /)' },
    { name: 'search', flags: METH_NOARGS, meth: scanner_search, sig: '($self, /)' },
  ],
  members: [{ name: 'pattern', get: scanner_pattern }],
});
