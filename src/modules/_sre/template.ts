// template.ts: replacement templates, as re._compile_template prepares them.                  CPython: Modules/_sre/sre.c
//
// A template is a literal, then groups, each with the literal behind it.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, Py_TPFLAGS_HAVE_GC, PyObject } from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { PyObject_Size } from '../../objects/abstract.ts';
import { PyExc_IndexError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyLong_AsSsize_t } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { type MatchData, match_group_text } from './match.ts';

export interface TemplateItem {
  group: number;
  /** Owned text behind the group; null when empty. */
  literal: PyObject | null;
}

/** Payload of a template. */
export class TemplateData {
  /** Owned. */
  readonly literal: PyObject;
  readonly items: TemplateItem[];
  constructor(literal: PyObject, items: TemplateItem[]) {
    this.literal = literal;
    this.items = items;
  }
  /** ob_size: what __sizeof__ counts. */
  get length(): number {
    return this.items.length;
  }
}

/** A template of [literal, group, literal, group, literal, …]. CPython: _sre_template_impl */
export function new_template(list: readonly PyObject[]): PyObject {
  if (list.length % 2 === 0) PyErr_SetString(PyExc_TypeError, 'invalid template');
  const groups: number[] = [];
  for (let i = 1; i < list.length; i += 2) {
    const group = PyLong_AsSsize_t(list[i]!);
    if (group < 0) PyErr_SetString(PyExc_TypeError, 'invalid template');
    groups.push(group);
  }
  const items = groups.map((group, k) => {
    const literal = list[2 * k + 2]!;
    return { group, literal: PyObject_Size(literal) > 0 ? newref(literal) : null };
  });
  const o = new PyObject(Template_Type, new TemplateData(newref(list[0]!), items), null);
  gc_new(o);
  return o;
}

/** Appends (owned) what the template gives for a match. CPython: expand_template */
export function expand_parts(t: TemplateData, match: PyObject, parts: PyObject[]): void {
  const m = match.v as MatchData;
  parts.push(newref(t.literal));
  for (const { group, literal } of t.items) {
    if (group * 2 >= m.marks.length) PyErr_SetString(PyExc_IndexError, 'no such group');
    const text = match_group_text(m, group, Py_None);
    if (text === Py_None) decref(text);
    else parts.push(text);
    if (literal !== null) parts.push(newref(literal));
  }
}

function template_dealloc(self: PyObject): void {
  gc_del(self);
  const t = self.v as TemplateData;
  decref(t.literal);
  for (const { literal } of t.items) if (literal !== null) decref(literal);
}
function template_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const t = self.v as TemplateData;
  visit(t.literal);
  for (const { literal } of t.items) if (literal !== null) visit(literal);
}

export const Template_Type = static_type({
  name: '_sre.SRE_Template',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_itemsize: 16,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: template_dealloc,
  tp_traverse: template_traverse,
});
