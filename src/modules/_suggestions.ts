// _suggestions.ts: "Did you mean" for traceback.py.                                      CPython: Modules/_suggestions.c
import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyList_Type } from '../objects/listobject.ts';
import { Py_None } from '../objects/object.ts';
import { suggestion } from '../objects/suggestions.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';

/** The candidate nearest to item, or None. CPython: _suggestions__generate_suggestions_impl */
function generate_suggestions(_m: PyObject, candidates: PyObject, item: PyObject): PyObject {
  if (!PyUnicode_Check(item)) {
    PyErr_SetString(PyExc_TypeError, `_generate_suggestions() argument 2 must be str, not ${item.ob_type.tp_name}`);
  }
  if (candidates.ob_type !== PyList_Type) PyErr_SetString(PyExc_TypeError, 'candidates must be a list');
  const names: string[] = [];
  for (const c of candidates.v as PyObject[]) {
    if (!PyUnicode_Check(c)) PyErr_SetString(PyExc_TypeError, "all elements in 'candidates' must be strings");
    names.push(PyUnicode_AsString(c));
  }
  const nearest = suggestion(names, PyUnicode_AsString(item));
  return nearest === null ? newref(Py_None) : PyUnicode_FromString(nearest);
}

export const module: ModuleSpec = {
  name: '_suggestions',
  one_interpreter: true,
  methods: [
    {
      name: '_generate_suggestions',
      flags: METH_CLINIC,
      meth: generate_suggestions,
      sig: '($module, candidates, item, /)',
    },
  ],
};
