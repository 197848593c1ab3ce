// _elementtree.ts: the fast half of xml.etree.ElementTree.                                    CPython: Modules/_elementtree.c
//
// Elements are _elementtree/element.ts, the tree builder treebuilder.ts, and the parser xmlparser.ts, on the engine that
// pyexpat has too (expat/parser.ts). Each import makes types of its own, as CPython's does.

import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject, xdecref } from '../core/object.ts';
import {
  exception_spec,
  METH_CLINIC,
  METH_KEYWORDS,
  METH_VARARGS,
  type ModuleSpec,
  static_type,
} from '../core/spec.ts';
import { PyExc_SyntaxError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyImport_ImportModule, PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyModule_AddType } from '../objects/moduleobject.ts';
import { Py_None, PyCallable_Check } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { element_spec, subelement } from './_elementtree/element.ts';
import { iterator_spec } from './_elementtree/find.ts';
import { type State, set_state, state_of_module } from './_elementtree/state.ts';
import { treebuilder_spec } from './_elementtree/treebuilder.ts';
import { xmlparser_spec } from './_elementtree/xmlparser.ts';

/** What makes comments and processing instructions from now on; what did before. CPython: _elementtree__set_factories_impl */
function set_factories(module: PyObject, comment: PyObject, pi: PyObject): PyObject {
  for (const [what, o] of [
    ['Comment', comment],
    ['PI', pi],
  ] as const) {
    if (!PyCallable_Check(o) && o !== Py_None) {
      PyErr_SetString(PyExc_TypeError, `${what} factory must be callable, not ${o.ob_type.tp_name}`);
    }
  }
  const state = state_of_module(module);
  const { comment_factory, pi_factory } = state;
  const before = PyTuple_FromArraySteal([newref(comment_factory ?? Py_None), newref(pi_factory ?? Py_None)]);
  state.comment_factory = comment === Py_None ? null : newref(comment);
  state.pi_factory = pi === Py_None ? null : newref(pi);
  xdecref(comment_factory);
  xdecref(pi_factory);
  return before;
}

/** CPython: module_exec */
function exec(m: PyObject): void {
  const state: State = {
    element_type: static_type(element_spec),
    iterator_type: static_type(iterator_spec),
    treebuilder_type: static_type(treebuilder_spec),
    xmlparser_type: static_type(xmlparser_spec),
    parse_error: static_type(exception_spec('xml.etree.ElementTree.ParseError', () => PyExc_SyntaxError, 144)),
    deepcopy: PyImport_ImportModuleAttr('copy', 'deepcopy'),
    elementpath: PyImport_ImportModule('xml.etree.ElementPath'),
    comment_factory: null,
    pi_factory: null,
  };
  ready_static_types();
  const { parse_error, element_type, treebuilder_type, xmlparser_type } = state;
  for (const owner of [m, element_type, treebuilder_type, xmlparser_type]) set_state(owner, state);
  for (const type of [parse_error, element_type, treebuilder_type, xmlparser_type]) PyModule_AddType(m, type);
}

export const module: ModuleSpec = {
  name: '_elementtree',
  methods: [
    { name: 'SubElement', flags: METH_VARARGS | METH_KEYWORDS, meth: subelement },
    {
      name: '_set_factories',
      flags: METH_CLINIC,
      meth: set_factories,
      sig: '($module, comment_factory, pi_factory, /)',
      doc: 'Changes what makes comments and processing instructions; for ElementTree itself.',
    },
  ],
  exec,
};
