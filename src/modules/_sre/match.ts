// match.ts: re.Match.                                                                         CPython: Modules/_sre/sre.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, Py_TPFLAGS_HAVE_GC, PyObject } from '../../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from '../../objects/abstract.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyDict_GetItem, PyDict_New, PyDict_Next, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_IndexError } from '../../objects/exceptions.ts';
import { Py_GenericAlias_class_getitem } from '../../objects/genericaliasobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject/object.ts';
import type { State } from './engine.ts';
import { compile_template, join_parts, type PatternData, truncate } from './pattern.ts';
import { Held } from './subject.ts';
import { expand_parts, Template_Type, type TemplateData } from './template.ts';

/** Payload of a match. */
export class MatchData {
  /** Owned: the subject and the pattern. */
  readonly string: PyObject;
  readonly pattern: PyObject;
  readonly pos: number;
  readonly endpos: number;
  /** Last group that closed, or -1. */
  readonly lastindex: number;
  /** Start and end of the match and of each group; -1 for none. */
  readonly marks: Int32Array;
  /** Owned tuple of all spans, once asked for. */
  regs: PyObject | null = null;
  constructor(string: PyObject, pattern: PyObject, pos: number, endpos: number, lastindex: number, marks: Int32Array) {
    this.string = string;
    this.pattern = pattern;
    this.pos = pos;
    this.endpos = endpos;
    this.lastindex = lastindex;
    this.marks = marks;
  }
  /** ob_size: what __sizeof__ counts. */
  get length(): number {
    return this.marks.length;
  }
}

/** The match that a state has just found. CPython: pattern_new_match */
export function new_match(pattern: PyObject, held: Held, s: State, pos: number): PyObject {
  const { groups } = pattern.v as PatternData;
  const marks = new Int32Array((groups + 1) * 2).fill(-1);
  marks[0] = s.start;
  marks[1] = s.ptr;
  for (let i = 0; i < groups * 2; i += 2) {
    if (i + 1 <= s.lastmark && s.marks[i]! >= 0 && s.marks[i + 1]! >= s.marks[i]!) {
      marks[i + 2] = s.marks[i]!;
      marks[i + 3] = s.marks[i + 1]!;
    }
  }
  const o = new PyObject(
    Match_Type,
    new MatchData(newref(held.object), newref(pattern), pos, s.end, s.lastindex, marks),
    null,
  );
  gc_new(o);
  return o;
}

function match_dealloc(self: PyObject): void {
  gc_del(self);
  const m = self.v as MatchData;
  if (m.regs !== null) decref(m.regs);
  decref(m.string);
  decref(m.pattern);
}
function match_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const m = self.v as MatchData;
  visit(m.string);
  if (m.regs !== null) visit(m.regs);
  visit(m.pattern);
}

/** The text of a group, or `unmatched`. CPython: match_getslice_by_index */
export function match_group_text(m: MatchData, group: number, unmatched: PyObject): PyObject {
  const start = m.marks[group * 2]!;
  if (start < 0) return newref(unmatched);
  const held = new Held(m.string);
  try {
    // A mutable subject may have shrunk.
    const end = Math.min(m.marks[group * 2 + 1]!, held.length);
    return held.slice(Math.min(start, end), end);
  } finally {
    held.release();
  }
}

function no_such_group(): never {
  return PyErr_SetString(PyExc_IndexError, 'no such group');
}

/** Number of the group that an index or a name means. CPython: match_getindex */
function group_number(m: MatchData, index: PyObject): number {
  const p = m.pattern.v as PatternData;
  let i = -1;
  if (PyIndex_Check(index)) i = PyNumber_AsSsize_t(index, null);
  else {
    const n = PyDict_GetItem(p.groupindex, index);
    if (n !== null && PyLong_Check(n)) i = PyLong_AsSsize_t(n);
  }
  if (i < 0 || i > p.groups) no_such_group();
  return i;
}

function match_group(self: PyObject, args: PyObject[]): PyObject {
  const m = self.v as MatchData;
  if (args.length === 0) return match_group_text(m, 0, Py_None);
  if (args.length === 1) return match_group_text(m, group_number(m, args[0]!), Py_None);
  const out: PyObject[] = [];
  try {
    for (const a of args) out.push(match_group_text(m, group_number(m, a), Py_None));
  } catch (e) {
    for (const o of out) decref(o);
    throw e;
  }
  return PyTuple_FromArraySteal(out);
}

function match_getitem(self: PyObject, index: PyObject): PyObject {
  const m = self.v as MatchData;
  return match_group_text(m, group_number(m, index), Py_None);
}

function match_groups(self: PyObject, dflt: PyObject | null): PyObject {
  const m = self.v as MatchData;
  const out: PyObject[] = [];
  for (let g = 1; g * 2 < m.marks.length; g++) out.push(match_group_text(m, g, dflt ?? Py_None));
  return PyTuple_FromArraySteal(out);
}

function match_groupdict(self: PyObject, dflt: PyObject | null): PyObject {
  const m = self.v as MatchData;
  const { groupindex } = m.pattern.v as PatternData;
  const table = groupindex.v as { keys: PyObject[] };
  const result = PyDict_New();
  try {
    for (let i = PyDict_Next(groupindex, 0); i >= 0; i = PyDict_Next(groupindex, i + 1)) {
      const name = table.keys[i]!;
      const value = match_group_text(m, group_number(m, name), dflt ?? Py_None);
      try {
        PyDict_SetItem(result, name, value);
      } finally {
        decref(value);
      }
    }
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function group_arg(m: MatchData, group: PyObject | null): number {
  return group === null ? 0 : group_number(m, group);
}
function match_start(self: PyObject, group: PyObject | null): PyObject {
  const m = self.v as MatchData;
  return PyLong_FromLong(m.marks[group_arg(m, group) * 2]!);
}
function match_end(self: PyObject, group: PyObject | null): PyObject {
  const m = self.v as MatchData;
  return PyLong_FromLong(m.marks[group_arg(m, group) * 2 + 1]!);
}
function span(m: MatchData, g: number): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(m.marks[g * 2]!), PyLong_FromLong(m.marks[g * 2 + 1]!)]);
}
function match_span(self: PyObject, group: PyObject | null): PyObject {
  const m = self.v as MatchData;
  return span(m, group_arg(m, group));
}

function match_expand(self: PyObject, template: PyObject): PyObject {
  const m = self.v as MatchData;
  const filter = compile_template(m.pattern, template);
  if (filter.ob_type !== Template_Type) return filter;
  try {
    const t = filter.v as TemplateData;
    if (t.items.length === 0) return newref(t.literal);
    const parts: PyObject[] = [];
    try {
      expand_parts(t, self, parts);
    } catch (e) {
      for (const o of parts) decref(o);
      throw e;
    }
    return join_parts(parts, m.string);
  } finally {
    decref(filter);
  }
}

function match_copy(self: PyObject): PyObject {
  return newref(self);
}

function match_repr(self: PyObject): PyObject {
  const m = self.v as MatchData;
  const group = match_group_text(m, 0, Py_None);
  const text = truncate(repr_string(group), 50);
  decref(group);
  return PyUnicode_FromString(`<${self.ob_type.tp_name} object; span=(${m.marks[0]}, ${m.marks[1]}), match=${text}>`);
}

function match_string(self: PyObject): PyObject {
  return newref((self.v as MatchData).string);
}
function match_re(self: PyObject): PyObject {
  return newref((self.v as MatchData).pattern);
}
function match_pos(self: PyObject): PyObject {
  return PyLong_FromLong((self.v as MatchData).pos);
}
function match_endpos(self: PyObject): PyObject {
  return PyLong_FromLong((self.v as MatchData).endpos);
}
function match_lastindex(self: PyObject): PyObject {
  const { lastindex } = self.v as MatchData;
  return lastindex >= 0 ? PyLong_FromLong(lastindex) : newref(Py_None);
}
function match_lastgroup(self: PyObject): PyObject {
  const m = self.v as MatchData;
  const names = (m.pattern.v as PatternData).indexgroup.v as PyObject[];
  return newref((m.lastindex >= 0 ? names[m.lastindex] : null) ?? Py_None);
}
function match_regs(self: PyObject): PyObject {
  const m = self.v as MatchData;
  if (m.regs === null) {
    const out: PyObject[] = [];
    for (let g = 0; g * 2 < m.marks.length; g++) out.push(span(m, g));
    m.regs = PyTuple_FromArraySteal(out);
  }
  return newref(m.regs);
}

export const Match_Type = static_type({
  name: 're.Match',
  heap: 'immutable',
  tp_basicsize: 88,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'What a regular expression has found.',
  tp_dealloc: match_dealloc,
  tp_traverse: match_traverse,
  tp_repr: match_repr,
  mp_subscript: match_getitem,
  methods: [
    { name: 'group', flags: METH_FASTCALL, meth: match_group },
    { name: 'start', flags: METH_CLINIC, meth: match_start, sig: '($self, group=0, /)' },
    { name: 'end', flags: METH_CLINIC, meth: match_end, sig: '($self, group=0, /)' },
    { name: 'span', flags: METH_CLINIC, meth: match_span, sig: '($self, group=0, /)' },
    { name: 'groups', flags: METH_CLINIC, meth: match_groups, sig: '($self, /, default=None)' },
    { name: 'groupdict', flags: METH_CLINIC, meth: match_groupdict, sig: '($self, /, default=None)' },
    { name: 'expand', flags: METH_CLINIC, meth: match_expand, sig: '($self, /, template)' },
    { name: '__copy__', flags: METH_NOARGS, meth: match_copy, sig: '($self, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: match_copy, sig: '($self, memo, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
    },
  ],
  members: [
    { name: 'string', get: match_string },
    { name: 're', get: match_re },
    { name: 'pos', get: match_pos },
    { name: 'endpos', get: match_endpos },
  ],
  getset: [
    { name: 'lastindex', get: match_lastindex },
    { name: 'lastgroup', get: match_lastgroup },
    { name: 'regs', get: match_regs },
  ],
});
