// pyexpat.ts: the XML parser module.                                                         CPython: Modules/pyexpat.c
//
// The parser itself (expat/parser.ts) is ours and behaves as Expat 2.9 does; expat/object.ts wraps it.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyCapsule_New } from '../objects/capsuleobject.ts';
import { PyDict_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import {
  PyModule_Add,
  PyModule_AddIntConstant,
  PyModule_AddObjectRef,
  PyModule_AddStringConstant,
  PyModule_New,
} from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsUTF8, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './args.ts';
import { EXPAT_ERRORS, EXPAT_VERSION } from './expat/errors.ts';
import { expat_error, new_xmlparser, xmlparser_type } from './expat/object.ts';

function str_or_none(name: string, o: PyObject | null): string | null {
  if (o === null || o === Py_None) return null;
  if (!PyUnicode_Check(o)) {
    const type = o.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `ParserCreate() argument '${name}' must be str or None, not ${type}`);
  }
  return PyUnicode_AsUTF8(o);
}

/** CPython: pyexpat_ParserCreate_impl */
function parser_create(
  _m: PyObject,
  encoding: PyObject | null,
  namespace_separator: PyObject | null,
  intern: PyObject | null,
): PyObject {
  const name = str_or_none('encoding', encoding);
  const separator = str_or_none('namespace_separator', namespace_separator);
  if (separator !== null && separator.length > 1) {
    PyErr_SetString(PyExc_ValueError, 'namespace_separator must be at most one character, omitted, or None');
  }
  if (intern === Py_None) return new_xmlparser(name, separator, null);
  if (intern !== null && !PyDict_Check(intern)) PyErr_SetString(PyExc_TypeError, 'intern must be a dictionary');
  return new_xmlparser(name, separator, intern === null ? PyDict_New() : newref(intern));
}

function error_string(_m: PyObject, code: PyObject): PyObject {
  const row = EXPAT_ERRORS[PyLong_AsLong(code)] ?? null;
  return row === null ? none() : PyUnicode_FromString(row[1]);
}

/** A module within this one, which `sys.modules` knows. CPython: add_submodule */
function submodule(m: PyObject, name: string, doc: string): PyObject {
  const full = `pyexpat.${name}`;
  const sub = PyModule_New(full);
  PyModule_AddStringConstant(sub, '__doc__', doc);
  PyDict_SetItemString(current.tstate.interp.modules!, full, sub);
  PyModule_AddObjectRef(m, name, sub);
  decref(sub);
  return sub;
}

/** CPython: add_errors_module */
function add_errors(m: PyObject): void {
  const errors = submodule(m, 'errors', 'Constants used to describe error conditions.');
  const codes = PyDict_New();
  const messages = PyDict_New();
  EXPAT_ERRORS.forEach((row, code) => {
    if (row === null) return;
    const text = PyUnicode_FromString(row[1]);
    const number = PyLong_FromLong(code);
    PyDict_SetItem(codes, text, number);
    PyDict_SetItem(messages, number, text);
    PyModule_AddObjectRef(errors, row[0], text);
    decref(text);
    decref(number);
  });
  PyModule_Add(errors, 'codes', codes);
  PyModule_Add(errors, 'messages', messages);
}

const MODEL: readonly (readonly [string, number])[] = [
  ['XML_CTYPE_EMPTY', 1],
  ['XML_CTYPE_ANY', 2],
  ['XML_CTYPE_MIXED', 3],
  ['XML_CTYPE_NAME', 4],
  ['XML_CTYPE_CHOICE', 5],
  ['XML_CTYPE_SEQ', 6],
  ['XML_CQUANT_NONE', 0],
  ['XML_CQUANT_OPT', 1],
  ['XML_CQUANT_REP', 2],
  ['XML_CQUANT_PLUS', 3],
];

/** What Expat tells of itself where CPython asks. */
const FEATURES: readonly (readonly [string, number])[] = [
  ['sizeof(XML_Char)', 1],
  ['sizeof(XML_LChar)', 1],
  ['XML_DTD', 0],
  ['XML_CONTEXT_BYTES', 1024],
  ['XML_NS', 0],
  ['XML_BLAP_MAX_AMP', 100],
  ['XML_BLAP_ACT_THRES', 8388608],
  ['XML_GE', 0],
  ['XML_AT_MAX_AMP', 100],
  ['XML_AT_ACT_THRES', 67108864],
];

export const module: ModuleSpec = {
  name: 'pyexpat',
  doc: 'Python wrapper for Expat parser.',
  methods: [
    {
      name: 'ParserCreate',
      flags: METH_CLINIC,
      meth: parser_create,
      sig: '($module, /, encoding=None, namespace_separator=None,\n             intern=<unrepresentable>)',
    },
    { name: 'ErrorString', flags: METH_CLINIC, meth: error_string, sig: '($module, code, /)' },
  ],
  exec(m) {
    PyModule_AddObjectRef(m, 'error', expat_error);
    PyModule_AddObjectRef(m, 'ExpatError', expat_error);
    PyModule_AddObjectRef(m, 'XMLParserType', xmlparser_type);
    PyModule_AddStringConstant(m, 'EXPAT_VERSION', `expat_${EXPAT_VERSION.join('.')}`);
    PyModule_Add(m, 'version_info', PyTuple_FromArraySteal(EXPAT_VERSION.map(PyLong_FromLong)));
    PyModule_AddStringConstant(m, 'native_encoding', 'UTF-8');
    add_errors(m);
    const model = submodule(m, 'model', 'Constants used to interpret content model information.');
    for (const [name, value] of MODEL) PyModule_AddIntConstant(model, name, value);
    const features = FEATURES.map(([name, value]) =>
      PyTuple_FromArraySteal([PyUnicode_FromString(name), PyLong_FromLong(value)]),
    );
    PyModule_Add(m, 'features', PyList_FromArraySteal(features));
    for (const [i, name] of ['NEVER', 'UNLESS_STANDALONE', 'ALWAYS'].entries()) {
      PyModule_AddIntConstant(m, `XML_PARAM_ENTITY_PARSING_${name}`, i);
    }
    PyModule_Add(m, 'expat_CAPI', PyCapsule_New(null, 'pyexpat.expat_CAPI'));
  },
};
