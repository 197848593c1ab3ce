// format.ts: str.format and str.format_map.                             CPython: Objects/stringlib/unicode_format.h

import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyObject_Format, PyObject_GetItem, PySequence_GetItem } from '../abstract.ts';
import { PyExc_IndexError, PyExc_KeyError, PyExc_ValueError } from '../exceptions.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { PyObject_ASCII, PyObject_GetAttr, PyObject_Repr, PyObject_Str } from '../object.ts';
import { type Text, TextWriter } from './data.ts';
import { FieldName, field_index, Markup } from './markup.ts';
import { unicode_from_text } from './object.ts';

/** How positional fields are numbered, over the whole string with its nested specs. */
class Numbering {
  automatic = false;
  manual = false;
  next = 0;
}

/** Where fields find their values, both borrowed: `args` null means that there are no positional ones. */
interface Source {
  args: PyObject[] | null;
  kwargs: PyObject | null;
}

/** How deep format specs may nest. */
const DEPTH = 1;

/** A new reference to what a field names. CPython: get_field_object */
function field_object(name: Text, from: Source, numbering: Numbering): PyObject {
  const f = new FieldName(name);
  let index = field_index(f.first);
  const auto = f.first.length === 0;
  if (auto || index >= 0) {
    if (auto ? numbering.manual : numbering.automatic) {
      const [a, b] = ['manual field specification', 'automatic field numbering'];
      PyErr_SetString(PyExc_ValueError, auto ? `cannot switch from ${a} to ${b}` : `cannot switch from ${b} to ${a}`);
    }
    if (auto) {
      numbering.automatic = true;
      index = numbering.next++;
    } else numbering.manual = true;
  }
  let o: PyObject;
  if (index < 0) {
    const key = unicode_from_text(f.first);
    try {
      if (from.kwargs === null) PyErr_SetObject(PyExc_KeyError, key);
      o = PyObject_GetItem(from.kwargs, key);
    } finally {
      decref(key);
    }
  } else {
    if (from.args === null) PyErr_SetString(PyExc_ValueError, 'Format string contains positional fields');
    if (index >= from.args.length) {
      PyErr_SetString(PyExc_IndexError, `Replacement index ${index} out of range for positional args tuple`);
    }
    o = newref(from.args[index]!);
  }
  try {
    while (f.next()) {
      const inner = step(o, f);
      decref(o);
      o = inner;
    }
  } catch (e) {
    decref(o);
    throw e;
  }
  return o;
}

function step(o: PyObject, f: FieldName): PyObject {
  if (f.is_attr) {
    const name = unicode_from_text(f.name);
    try {
      return PyObject_GetAttr(o, name);
    } finally {
      decref(name);
    }
  }
  if (f.index >= 0) {
    if (o.ob_type.mp_subscript === null && o.ob_type.sq_item !== null) return PySequence_GetItem(o, f.index);
    const key = PyLong_FromLong(f.index);
    try {
      return PyObject_GetItem(o, key);
    } finally {
      decref(key);
    }
  }
  const key = unicode_from_text(f.name);
  try {
    return PyObject_GetItem(o, key);
  } finally {
    decref(key);
  }
}

function converted(o: PyObject, conversion: number): PyObject {
  switch (conversion) {
    case 114:
      return PyObject_Repr(o);
    case 115:
      return PyObject_Str(o);
    case 97:
      return PyObject_ASCII(o);
  }
  const shown = conversion > 32 && conversion < 127 ? String.fromCharCode(conversion) : `\\x${conversion.toString(16)}`;
  return PyErr_SetString(PyExc_ValueError, `Unknown conversion specifier ${shown}`);
}

/** CPython: build_string */
function build(t: Text, from: Source, numbering: Numbering, depth: number): PyObject {
  if (depth < 0) PyErr_SetString(PyExc_ValueError, 'Max string recursion exceeded');
  const w = new TextWriter();
  const m = new Markup(t);
  while (m.next()) {
    w.text(m.literal);
    if (!m.has_field) continue;
    let o = field_object(m.field_name, from, numbering);
    try {
      if (m.conversion !== 0) {
        const c = converted(o, m.conversion);
        decref(o);
        o = c;
      }
      const spec = m.nested ? build(m.format_spec, from, numbering, depth - 1) : unicode_from_text(m.format_spec);
      let r: PyObject;
      try {
        r = PyObject_Format(o, spec);
      } finally {
        decref(spec);
      }
      // What is all there is to write is the result itself.
      if (w.length === 0 && m.at_end) return r;
      w.text(r.v as Text);
      decref(r);
    } finally {
      decref(o);
    }
  }
  return unicode_from_text(w.finish());
}

/** A format without fields is its own result. */
function format_of(self: PyObject, from: Source): PyObject {
  const t = self.v as Text;
  if (typeof t === 'string' && !t.includes('{') && !t.includes('}')) return newref(self);
  return build(t, from, new Numbering(), DEPTH);
}

/** str.format. CPython: do_string_format */
export function unicode_format_method(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  return format_of(self, { args: args.v as PyObject[], kwargs });
}

/** str.format_map. CPython: do_string_format_map */
export function unicode_format_map(self: PyObject, mapping: PyObject): PyObject {
  return format_of(self, { args: null, kwargs: mapping });
}
