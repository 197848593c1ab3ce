// templateobject.ts: what a t-string gives.                                             CPython: Objects/templateobject.c
//
// Invariant: there is one string more than there are interpolations; between two interpolations stands a string, if only
// an empty one.
// Enter through: _PyTemplate_Build (the BUILD_TEMPLATE instruction), Template(...) from Python.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyUnicode_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyImport_ImportModuleAttr } from './import_util.ts';
import { _PyInterpolation_CheckExact, type InterpolationObject } from './interpolationobject.ts';
import { PyObject_SelfIter, repr_string } from './object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Pack, tuple_pair_steal } from './tupleobject.ts';
import { _Py_ID, PyUnicode_Concat, PyUnicode_FromString, PyUnicode_GET_LENGTH } from './unicodeobject.ts';

/** Payload: two owned tuples. */
export class Template {
  readonly strings: PyObject;
  readonly interpolations: PyObject;
  constructor(strings: PyObject, interpolations: PyObject) {
    this.strings = newref(strings);
    this.interpolations = newref(interpolations);
  }
}

export type TemplateObject = PyObject<Template>;

export function _PyTemplate_CheckExact(o: PyObject): o is TemplateObject {
  return o.ob_type === _PyTemplate_Type;
}

/** A template of a tuple of strings and a tuple of interpolations (borrowed). */
export function _PyTemplate_Build(strings: PyObject, interpolations: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(_PyTemplate_Type, new Template(strings, interpolations), null);
  gc_new(o);
  return o;
}

/** Collects strings and interpolations in any order, joining neighbouring strings. Owns what it holds. */
class TemplateParts {
  readonly strings: PyObject[] = [];
  readonly interpolations: PyObject[] = [];
  private after_string = false;

  add_string(s: PyObject): void {
    const { strings } = this;
    if (!this.after_string) strings.push(newref(s));
    else {
      const last = strings[strings.length - 1]!;
      strings[strings.length - 1] = PyUnicode_Concat(last, s);
      decref(last);
    }
    this.after_string = true;
  }

  add_interpolation(i: PyObject): void {
    if (!this.after_string) this.add_string(_Py_ID(''));
    this.interpolations.push(newref(i));
    this.after_string = false;
  }

  /** The template; steals what was collected. */
  build(): PyObject {
    if (!this.after_string) this.add_string(_Py_ID(''));
    const strings = PyTuple_FromArraySteal(this.strings);
    const interpolations = PyTuple_FromArraySteal(this.interpolations);
    const template = _PyTemplate_Build(strings, interpolations);
    decref(strings);
    decref(interpolations);
    return template;
  }

  release(): void {
    decref_all(this.strings);
    decref_all(this.interpolations);
  }
}

function template_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (kwargs !== null) PyErr_SetString(PyExc_TypeError, 'Template.__new__ only accepts *args arguments');
  const parts = new TemplateParts();
  for (const item of args.v as PyObject[]) {
    if (PyUnicode_Check(item)) parts.add_string(item);
    else if (_PyInterpolation_CheckExact(item)) parts.add_interpolation(item);
    else {
      parts.release();
      PyErr_SetString(
        PyExc_TypeError,
        `Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${item.ob_type.tp_name}`,
      );
    }
  }
  return parts.build();
}

function template_concat(self: PyObject, other: PyObject): PyObject {
  if (!_PyTemplate_CheckExact(self) || !_PyTemplate_CheckExact(other)) {
    PyErr_SetString(
      PyExc_TypeError,
      `can only concatenate string.templatelib.Template (not "${other.ob_type.tp_name}") to string.templatelib.Template`,
    );
  }
  const left = self.v.strings.v as PyObject[];
  const right = other.v.strings.v as PyObject[];
  const joined = PyUnicode_Concat(left[left.length - 1]!, right[0]!);
  const strings = PyTuple_FromArray([...left.slice(0, -1), joined, ...right.slice(1)]);
  decref(joined);
  const interpolations = PyTuple_FromArray([
    ...(self.v.interpolations.v as PyObject[]),
    ...(other.v.interpolations.v as PyObject[]),
  ]);
  const result = _PyTemplate_Build(strings, interpolations);
  decref(strings);
  decref(interpolations);
  return result;
}

function template_dealloc(self: PyObject): void {
  gc_del(self);
  const t = (self as TemplateObject).v;
  decref(t.strings);
  decref(t.interpolations);
}

function template_traverse(self: PyObject, visit: visitproc): void {
  const t = (self as TemplateObject).v;
  visit(t.strings);
  visit(t.interpolations);
}

function template_repr(self: PyObject): PyObject {
  const t = (self as TemplateObject).v;
  return PyUnicode_FromString(
    `Template(strings=${repr_string(t.strings)}, interpolations=${repr_string(t.interpolations)})`,
  );
}

function template_values(self: PyObject): PyObject {
  const items = (self as TemplateObject).v.interpolations.v as InterpolationObject[];
  return PyTuple_FromArray(items.map(i => i.v.value));
}

function template_reduce(self: PyObject): PyObject {
  const unpickle = PyImport_ImportModuleAttr('string.templatelib', '_template_unpickle');
  const t = (self as TemplateObject).v;
  return tuple_pair_steal(unpickle, PyTuple_Pack(t.strings, t.interpolations));
}

// --- iteration: the parts in order, without empty strings --------------------------------------------------------------

class TemplateIter {
  /** Owned; null once exhausted. */
  template: PyObject | null;
  /** Index of the next pair of string and interpolation. */
  index = 0;
  /** Whether a string comes next. */
  string_next = true;
  constructor(template: PyObject) {
    this.template = newref(template);
  }
}

type TemplateIterObject = PyObject<TemplateIter>;

function template_iter(self: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(_PyTemplateIter_Type, new TemplateIter(self), null);
  gc_new(o);
  return o;
}

function templateiter_next(self: PyObject): PyObject | null {
  const it = (self as TemplateIterObject).v;
  if (it.template === null) return null;
  const t = (it.template as TemplateObject).v;
  if (it.string_next) {
    it.string_next = false;
    const s = (t.strings.v as PyObject[])[it.index]!;
    if (PyUnicode_GET_LENGTH(s) > 0) return newref(s);
  }
  const interpolations = t.interpolations.v as PyObject[];
  if (it.index < interpolations.length) {
    it.string_next = true;
    return newref(interpolations[it.index++]!);
  }
  templateiter_clear(self);
  return null;
}

function templateiter_clear(self: PyObject): void {
  const it = (self as TemplateIterObject).v;
  const template = it.template;
  it.template = null;
  xdecref(template);
}

export const _PyTemplateIter_Type = static_type({
  name: 'string.templatelib.TemplateIter',
  tp_doc: 'Template iterator object',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    xdecref((self as TemplateIterObject).v.template);
  },
  tp_traverse(self, visit) {
    const { template } = (self as TemplateIterObject).v;
    if (template !== null) visit(template);
  },
  tp_clear: templateiter_clear,
  tp_iter: PyObject_SelfIter,
  tp_iternext: templateiter_next,
});

export const _PyTemplate_Type = static_type({
  name: 'string.templatelib.Template',
  tp_doc: 'Template object',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: template_new,
  tp_dealloc: template_dealloc,
  tp_traverse: template_traverse,
  tp_repr: template_repr,
  tp_iter: template_iter,
  sq_concat: template_concat,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: template_reduce, sig: '($self, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
      doc: 'See PEP 585',
    },
  ],
  members: [
    { name: 'strings', get: self => newref((self as TemplateObject).v.strings), doc: 'Strings' },
    { name: 'interpolations', get: self => newref((self as TemplateObject).v.interpolations), doc: 'Interpolations' },
  ],
  getset: [{ name: 'values', get: template_values, doc: 'Values of interpolations' }],
});
