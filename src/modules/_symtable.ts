// _symtable.ts: the compiler's symbol tables, for symtable.py.                              CPython: Modules/symtablemodule.c
//
// The tables come from src/compiler; each entry is shown by an object that is made when it is first asked for.

import { symtableOf } from '../compiler/compile.ts';
import {
  AnnotationBlock,
  CELL,
  ClassBlock,
  DEF_ANNOT,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_COMP_ITER,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FREE,
  FunctionBlock,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  ModuleBlock,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Symtable,
  type SymtableEntry,
  TypeAliasBlock,
  TypeParametersBlock,
  TypeVariableBlock,
  USE,
} from '../compiler/symtable_entry.ts';
import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { type ParseMode, parse } from '../parser/parser.ts';
import { type_name } from './args.ts';
import { filename_of_object, parser_options, raise_front_end, source_of_object } from './front_end.ts';

/** Payload of a 'symtable entry': what it shows, and the objects made for it so far (owned). */
class EntryView {
  readonly entry: SymtableEntry;
  /** What `id` gives: unique among all entries ever made. */
  readonly id: number;
  readonly name: PyObject;
  symbols: PyObject | null = null;
  varnames: PyObject | null = null;
  children: PyObject | null = null;
  constructor(entry: SymtableEntry, id: number) {
    this.entry = entry;
    this.id = id;
    this.name = PyUnicode_InternFromString(entry.name);
  }
}

type EntryObject = PyObject<EntryView>;

const ids = { next: 0x55550000000 };

function entry_new(entry: SymtableEntry): PyObject {
  const id = ids.next;
  ids.next += 64;
  const o = new PyObject<unknown, unknown>(PySTEntry_Type, new EntryView(entry, id), null);
  gc_new(o);
  return o;
}

function entry_symbols(self: PyObject): PyObject {
  const view = (self as EntryObject).v;
  if (view.symbols === null) {
    const dict = PyDict_New();
    for (const [name, flags] of view.entry.symbols) {
      const key = PyUnicode_InternFromString(name);
      const value = PyLong_FromLong(flags);
      PyDict_SetItem(dict, key, value);
      decref(key);
      decref(value);
    }
    view.symbols = dict;
  }
  return newref(view.symbols);
}

function entry_varnames(self: PyObject): PyObject {
  const view = (self as EntryObject).v;
  view.varnames ??= PyList_FromArraySteal(view.entry.varnames.map(name => PyUnicode_InternFromString(name)));
  return newref(view.varnames);
}

function entry_children(self: PyObject): PyObject {
  const view = (self as EntryObject).v;
  view.children ??= PyList_FromArraySteal(view.entry.children.map(entry_new));
  return newref(view.children);
}

function entry_repr(self: PyObject): PyObject {
  const view = (self as EntryObject).v;
  return PyUnicode_FromString(`<symtable entry ${view.entry.name}(${view.id}), line ${view.entry.loc.lineno}>`);
}

function entry_dealloc(self: PyObject): void {
  gc_del(self);
  const view = (self as EntryObject).v;
  decref(view.name);
  xdecref(view.symbols);
  xdecref(view.varnames);
  xdecref(view.children);
}

function entry_traverse(self: PyObject, visit: visitproc): void {
  const view = (self as EntryObject).v;
  if (view.symbols !== null) visit(view.symbols);
  if (view.varnames !== null) visit(view.varnames);
  if (view.children !== null) visit(view.children);
}

const PySTEntry_Type = static_type({
  name: 'symtable entry',
  tp_basicsize: 144,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: entry_dealloc,
  tp_traverse: entry_traverse,
  tp_repr: entry_repr,
  members: [
    { name: 'id', get: self => PyLong_FromLong((self as EntryObject).v.id) },
    { name: 'name', get: self => newref((self as EntryObject).v.name) },
    { name: 'symbols', get: entry_symbols },
    { name: 'varnames', get: entry_varnames },
    { name: 'children', get: entry_children },
    { name: 'nested', get: self => PyLong_FromLong((self as EntryObject).v.entry.nested ? 1 : 0) },
    { name: 'type', get: self => PyLong_FromLong((self as EntryObject).v.entry.type) },
    { name: 'lineno', get: self => PyLong_FromLong((self as EntryObject).v.entry.loc.lineno) },
  ],
});

/** CPython: Modules/symtablemodule.c:_symtable_symtable_impl */
function symtable(_module: PyObject, source: PyObject, filename_arg: PyObject, startstr: PyObject): PyObject {
  const filename_obj = filename_of_object(filename_arg);
  const filename = PyUnicode_AsString(filename_obj);
  decref(filename_obj);
  if (!PyUnicode_Check(startstr)) {
    PyErr_SetString(PyExc_TypeError, `symtable() argument 3 must be str, not ${type_name(startstr)}`);
  }
  const text = source_of_object(source, 'symtable', 'string or bytes');
  const mode = PyUnicode_AsString(startstr);
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') {
    PyErr_SetString(PyExc_ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  }
  return entry_new(build(text, filename, mode).top);
}

function build(text: string | Uint8Array, filename: string, mode: ParseMode): Symtable {
  let parsed = false;
  try {
    const tree = parse(text, filename, mode, parser_options(0, 14, filename));
    parsed = true;
    return symtableOf(tree, filename, 0);
  } catch (e) {
    raise_front_end(e, parsed);
  }
}

const CONSTANTS: Readonly<Record<string, number>> = {
  USE,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_LOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  DEF_FREE_CLASS,
  DEF_IMPORT,
  DEF_BOUND,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_COMP_CELL,
  TYPE_FUNCTION: FunctionBlock,
  TYPE_CLASS: ClassBlock,
  TYPE_MODULE: ModuleBlock,
  TYPE_ANNOTATION: AnnotationBlock,
  TYPE_TYPE_ALIAS: TypeAliasBlock,
  TYPE_TYPE_PARAMETERS: TypeParametersBlock,
  TYPE_TYPE_VARIABLE: TypeVariableBlock,
  LOCAL,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  FREE,
  CELL,
  SCOPE_OFF: SCOPE_OFFSET,
  SCOPE_MASK,
};

export const module: ModuleSpec = {
  name: '_symtable',
  methods: [{ name: 'symtable', flags: METH_CLINIC, meth: symtable, sig: '($module, source, filename, startstr, /)' }],
  exec(m) {
    for (const name in CONSTANTS) PyModule_AddIntConstant(m, name, CONSTANTS[name]!);
  },
};
