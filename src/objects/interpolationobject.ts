// interpolationobject.ts: one `{...}` of a t-string.                                CPython: Objects/interpolationobject.c
//
// Enter through: _PyInterpolation_Build (the BUILD_INTERPOLATION instruction), Interpolation(...) from Python.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { decref, newref, Py_TPFLAGS_HAVE_GC, PyObject, type PyTypeObject, type visitproc } from '../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyUnicode_Check } from './checks.ts';
import { PyDict_SetItemString } from './dictobject.ts';
import { PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyArg_Clinic } from './getargs.ts';
import { Py_None, repr_string } from './object.ts';
import { PyTuple_FromArraySteal, PyTuple_Pack, tuple_pair_steal } from './tupleobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

/** Payload: all owned. `conversion` is None or one of the strings 's', 'r', 'a'. */
export class Interpolation {
  readonly value: PyObject;
  readonly expression: PyObject;
  readonly conversion: PyObject;
  readonly format_spec: PyObject;
  constructor(value: PyObject, expression: PyObject, conversion: PyObject, format_spec: PyObject) {
    this.value = newref(value);
    this.expression = newref(expression);
    this.conversion = newref(conversion);
    this.format_spec = newref(format_spec);
  }
}

export type InterpolationObject = PyObject<Interpolation>;

export function _PyInterpolation_CheckExact(o: PyObject): o is InterpolationObject {
  return o.ob_type === _PyInterpolation_Type;
}

function interpolation_alloc(
  value: PyObject,
  expression: PyObject,
  conversion: PyObject,
  format_spec: PyObject,
): PyObject {
  const payload = new Interpolation(value, expression, conversion, format_spec);
  const o = new PyObject<unknown, unknown>(_PyInterpolation_Type, payload, null);
  gc_new(o);
  return o;
}

/** Conversion numbers of the bytecode (FVC_*): none, str, repr, ascii. */
const CONVERSIONS: readonly string[] = ['', 's', 'r', 'a'];
const BAD_CONVERSION = "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'";

/** CPython: Objects/interpolationobject.c:_PyInterpolation_Build. Borrows. */
export function _PyInterpolation_Build(
  value: PyObject,
  expression: PyObject,
  conversion: number,
  format_spec: PyObject,
): PyObject {
  if (conversion < 0 || conversion > 3) PyErr_SetString(PyExc_SystemError, BAD_CONVERSION);
  const name = conversion === 0 ? Py_None : _Py_ID(CONVERSIONS[conversion]!);
  return interpolation_alloc(value, expression, name, format_spec);
}

function check_str(name: string, o: PyObject): void {
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `Interpolation() argument '${name}' must be str, not ${o.ob_type.tp_name}`);
  }
}

function interpolation_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('Interpolation', "(value, expression='', conversion=None, format_spec='')", args, kwargs);
  const empty = _Py_ID('');
  const expression = parsed[1] ?? empty;
  check_str('expression', expression);
  const conversion = parsed[2] ?? Py_None;
  if (conversion !== Py_None) {
    check_str('conversion', conversion);
    if (CONVERSIONS.indexOf(PyUnicode_AsString(conversion)) < 1) PyErr_SetString(PyExc_ValueError, BAD_CONVERSION);
  }
  const format_spec = parsed[3] ?? empty;
  check_str('format_spec', format_spec);
  return interpolation_alloc(parsed[0]!, expression, conversion, format_spec);
}

function interpolation_dealloc(self: PyObject): void {
  gc_del(self);
  const i = (self as InterpolationObject).v;
  decref(i.value);
  decref(i.expression);
  decref(i.conversion);
  decref(i.format_spec);
}

function interpolation_traverse(self: PyObject, visit: visitproc): void {
  const i = (self as InterpolationObject).v;
  visit(i.value);
  visit(i.expression);
  visit(i.conversion);
  visit(i.format_spec);
}

function interpolation_repr(self: PyObject): PyObject {
  const i = (self as InterpolationObject).v;
  const parts = [i.value, i.expression, i.conversion, i.format_spec].map(repr_string);
  return PyUnicode_FromString(`Interpolation(${parts.join(', ')})`);
}

function interpolation_reduce(self: PyObject): PyObject {
  const i = (self as InterpolationObject).v;
  return tuple_pair_steal(newref(self.ob_type), PyTuple_Pack(i.value, i.expression, i.conversion, i.format_spec));
}

export const _PyInterpolation_Type = static_type({
  name: 'string.templatelib.Interpolation',
  tp_doc: 'Interpolation object',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: interpolation_new,
  tp_dealloc: interpolation_dealloc,
  tp_traverse: interpolation_traverse,
  tp_repr: interpolation_repr,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: interpolation_reduce, sig: '($self, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
      doc: 'See PEP 585',
    },
  ],
  members: [
    { name: 'value', get: self => newref((self as InterpolationObject).v.value), doc: 'Value' },
    { name: 'expression', get: self => newref((self as InterpolationObject).v.expression), doc: 'Expression' },
    { name: 'conversion', get: self => newref((self as InterpolationObject).v.conversion), doc: 'Conversion' },
    { name: 'format_spec', get: self => newref((self as InterpolationObject).v.format_spec), doc: 'Format specifier' },
  ],
  after_ready(type) {
    const names = ['value', 'expression', 'conversion', 'format_spec'].map(n => newref(_Py_ID(n)));
    const tuple = PyTuple_FromArraySteal(names);
    PyDict_SetItemString(type.tp_dict!, '__match_args__', tuple);
    decref(tuple);
  },
});
