// annotate.ts: what functions, classes and modules have annotations from (PEP 649).            CPython: Objects/*object.c
import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { PyObject_CallOneArg } from './call.ts';
import { PyDict_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyLong_FromLong } from './longobject.ts';

/** annotationlib.Format.VALUE */
const VALUE = 1;

/** The dict that a callable `__annotate__` gives for values. */
export function annotations_from(annotate: PyObject): PyObject {
  const format = PyLong_FromLong(VALUE);
  let result: PyObject;
  try {
    result = PyObject_CallOneArg(annotate, format);
  } finally {
    decref(format);
  }
  if (PyDict_Check(result)) return result;
  const name = result.ob_type.tp_name;
  decref(result);
  PyErr_SetString(PyExc_TypeError, `__annotate__ returned non-dict of type '${name}'`);
}
