// _string.ts: the parts of str.format that string.Formatter shares.                  CPython: Objects/stringlib/unicode_format.h

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../core/object.ts';
import { METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_SelfIter } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import type { Text } from '../objects/unicodeobject/data.ts';
import { FieldName, field_index, Markup } from '../objects/unicodeobject/markup.ts';
import { is_str, unicode_from_char, unicode_from_text } from '../objects/unicodeobject/object.ts';

/** An iterator over a text, and the str (owned) that the text is of. */
class Reading<T> {
  readonly str: PyObject;
  readonly reader: T;
  constructor(str: PyObject, reader: T) {
    this.str = str;
    this.reader = reader;
  }
}

function reading_dealloc(self: PyObject): void {
  decref((self.v as Reading<unknown>).str);
}

/** (literal, field name, format spec, conversion), the last three None without a field. */
function formatteriter_next(self: PyObject): PyObject | null {
  const m = (self.v as Reading<Markup>).reader;
  if (!m.next()) return null;
  if (!m.has_field) {
    return PyTuple_FromArraySteal([unicode_from_text(m.literal), newref(Py_None), newref(Py_None), newref(Py_None)]);
  }
  return PyTuple_FromArraySteal([
    unicode_from_text(m.literal),
    unicode_from_text(m.field_name),
    unicode_from_text(m.format_spec),
    m.conversion === 0 ? newref(Py_None) : unicode_from_char(m.conversion),
  ]);
}

/** (is attribute, name or index) */
function fieldnameiter_next(self: PyObject): PyObject | null {
  const f = (self.v as Reading<FieldName>).reader;
  if (!f.next()) return null;
  const what = f.index >= 0 ? PyLong_FromLong(f.index) : unicode_from_text(f.name);
  return PyTuple_FromArraySteal([PyBool_FromLong(f.is_attr), what]);
}

export const PyFormatterIter_Type = static_type({
  name: 'formatteriterator',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: reading_dealloc,
  tp_iter: PyObject_SelfIter,
  tp_iternext: formatteriter_next,
});

export const PyFieldNameIter_Type = static_type({
  name: 'fieldnameiterator',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: reading_dealloc,
  tp_iter: PyObject_SelfIter,
  tp_iternext: fieldnameiter_next,
});

function text_of(o: PyObject): Text {
  if (!is_str(o)) PyErr_SetString(PyExc_TypeError, `expected str, got ${o.ob_type.tp_name}`);
  return o.v;
}

function formatter_parser(_m: PyObject, o: PyObject): PyObject {
  const markup = new Markup(text_of(o));
  return new PyObject(PyFormatterIter_Type, new Reading(newref(o), markup), null);
}

function formatter_field_name_split(_m: PyObject, o: PyObject): PyObject {
  const f = new FieldName(text_of(o));
  const index = field_index(f.first);
  const first = index >= 0 ? PyLong_FromLong(index) : unicode_from_text(f.first);
  const rest = new PyObject(PyFieldNameIter_Type, new Reading(newref(o), f), null);
  return PyTuple_FromArraySteal([first, rest]);
}

export const module: ModuleSpec = {
  name: '_string',
  doc: 'Helpers of the string module.',
  methods: [
    { name: 'formatter_field_name_split', flags: METH_O, meth: formatter_field_name_split, sig: '($self, object, /)' },
    { name: 'formatter_parser', flags: METH_O, meth: formatter_parser, sig: '($self, object, /)' },
  ],
};
