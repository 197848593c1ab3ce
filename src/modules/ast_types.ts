// ast_types.ts: the classes of AST nodes, made from the table of src/parser/asdl.ts.          CPython: Python/Python-ast.c, Parser/asdl_c.py
//
// AST itself is a built-in type; the node classes below it are ordinary classes, made when first asked for.
// Enter through: ast_state.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import { METH_KEYWORDS, METH_NOARGS, METH_VARARGS, static_type } from '../core/spec.ts';
import { iterate_all, PyObject_Size, PySequence_Contains, PySequence_GetItem } from '../objects/abstract.ts';
import { PyObject_Call } from '../objects/call.ts';
import { PyList_Check, PyTuple_Check } from '../objects/checks.ts';
import {
  PyDict_Contains,
  PyDict_GetItem,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Update,
} from '../objects/dictobject.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError } from '../objects/exceptions.ts';
import { _PyGenericAlias_Check, Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyList_FromArraySteal, PyList_Type } from '../objects/listobject.ts';
import { PyLong_Type } from '../objects/longobject.ts';
import {
  instance_dict,
  Py_None,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GenericGetAttr,
  PyObject_GenericGetDict,
  PyObject_GenericSetAttr,
  PyObject_GenericSetDict,
  PyObject_GetAttr,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_SetAttr,
  repr_string,
  str_string,
} from '../objects/object.ts';
import { _PySet_Items, PySet_Add, PySet_Discard, PySet_New } from '../objects/setobject.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Pack } from '../objects/tupleobject.ts';
import {
  clear_instance_state,
  PyBaseObject_Type,
  PyType_GenericNew,
  PyType_IsSubtype,
  PyType_Modified,
  PyType_Type,
  traverse_instance_state,
} from '../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString, PyUnicode_Type } from '../objects/unicodeobject.ts';
import { _Py_union_type_or, _PyUnion_Check } from '../objects/unionobject.ts';
import { PyErr_WarnFormat } from '../objects/warnings.ts';
import { ASDL } from '../parser/asdl.ts';

/** A field of a node class. */
export interface AstField {
  readonly name: string;
  /** Interned str, immortal for our purposes (owned by the state). */
  readonly py_name: PyObject;
  /** Name of a node class or sum type, or identifier, string, int, constant. */
  readonly kind: string;
  readonly list: boolean;
  readonly optional: boolean;
}

export interface AstNodeType {
  readonly name: string;
  /** Owned by the state. */
  readonly type: PyTypeObject;
  readonly fields: readonly AstField[];
  /** Has lineno, col_offset, end_lineno and end_col_offset. */
  readonly positions: boolean;
  /** The last two of these may be missing. */
  readonly end_optional: boolean;
}

/** All node classes; made once. */
export interface AstState {
  readonly AST: PyTypeObject;
  /** Every class, sum types included, in order of creation. */
  readonly classes: PyTypeObject[];
  readonly nodes: Map<string, AstNodeType>;
  readonly sums: Map<string, AstNodeType[]>;
  /** Classes that belong to no sum type, by name. */
  readonly products: Map<string, AstNodeType>;
  /** Sum types whose members have no fields: each member has one shared instance. */
  readonly simple_sums: Set<string>;
  readonly singletons: Map<string, PyObject>;
  readonly attributes: readonly { readonly name: string; readonly py_name: PyObject }[];
}

/** Types whose nodes must say where they end. */
const END_REQUIRED: readonly string[] = ['pattern', 'type_param'];

const ATTRIBUTES: readonly string[] = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'];

let state: AstState | null = null;

export function ast_state(): AstState {
  state ??= make_state();
  return state;
}

// --- making the classes ------------------------------------------------------------------------------------------------

function parse_fields(text: string): AstField[] {
  if (text === '') return [];
  return text.split(', ').map(part => {
    const [type, name] = part.split(' ') as [string, string];
    const kind = type.replace(/[?*]+$/, '');
    const marks = type.slice(kind.length);
    return { name, py_name: newref(_Py_ID(name)), kind, list: marks.endsWith('*'), optional: marks === '?' };
  });
}

function names_tuple(names: readonly string[]): PyObject {
  return PyTuple_FromArraySteal(names.map(name => newref(_Py_ID(name))));
}

/** A new class. CPython: Parser/asdl_c.py (make_type) */
function make_class(name: string, base: PyTypeObject, fields: readonly string[], doc: string): PyTypeObject {
  const dict = PyDict_New();
  const tuple = names_tuple(fields);
  PyDict_SetItemString(dict, '_fields', tuple);
  PyDict_SetItemString(dict, '__match_args__', tuple);
  decref(tuple);
  PyDict_SetItemString(dict, '__module__', _Py_ID('ast'));
  const text = PyUnicode_FromString(doc);
  PyDict_SetItemString(dict, '__doc__', text);
  decref(text);
  const bases = PyTuple_Pack(base);
  const args = PyTuple_FromArraySteal([PyUnicode_FromString(name), bases, dict]);
  try {
    return PyObject_Call(PyType_Type, args, null) as PyTypeObject;
  } finally {
    decref(args);
  }
}

/** Puts a value (stolen) into a class. */
function put(type: PyTypeObject, name: string, value: PyObject): void {
  PyDict_SetItemString(type.tp_dict!, name, value);
  decref(value);
  PyType_Modified(type);
}

/** `_attributes`, and None for the ones that may be missing. */
function put_attributes(type: PyTypeObject, name: string, positions: boolean): void {
  put(type, '_attributes', names_tuple(positions ? ATTRIBUTES : []));
  if (positions && !END_REQUIRED.includes(name)) {
    put(type, 'end_lineno', newref(Py_None));
    put(type, 'end_col_offset', newref(Py_None));
  }
}

function row_text(name: string, fields: string): string {
  return fields === '' ? name : `${name}(${fields})`;
}

function make_state(): AstState {
  const made: AstState = {
    AST: AST_Type,
    classes: [AST_Type],
    nodes: new Map(),
    sums: new Map(),
    products: new Map(),
    simple_sums: new Set(),
    singletons: new Map(),
    attributes: ATTRIBUTES.map(name => ({ name, py_name: newref(_Py_ID(name)) })),
  };
  const bases = new Map<string, PyTypeObject>();
  for (const [name, base, text, positions] of ASDL) {
    let parent: PyTypeObject = AST_Type;
    if (base !== '') {
      let sum = bases.get(base);
      if (sum === undefined) {
        sum = make_sum(base, made, positions);
        bases.set(base, sum);
      }
      parent = sum;
    }
    const fields = parse_fields(text);
    const type = make_class(
      name,
      parent,
      fields.map(f => f.name),
      row_text(name, text),
    );
    if (base === '') put_attributes(type, name, positions);
    for (const f of fields) if (f.optional) put(type, f.name, newref(Py_None));
    const end_optional = !END_REQUIRED.includes(base);
    const entry: AstNodeType = { name, type, fields, positions, end_optional };
    made.classes.push(type);
    made.nodes.set(name, entry);
    bases.set(name, type);
    if (base === '') made.products.set(name, entry);
    else made.sums.get(base)!.push(entry);
    if (made.simple_sums.has(base)) made.singletons.set(name, PyType_GenericNew(type));
  }
  for (const entry of made.nodes.values()) put_field_types(entry, bases);
  return made;
}

function make_sum(name: string, made: AstState, positions: boolean): PyTypeObject {
  const rows = ASDL.filter(row => row[1] === name);
  const simple = name !== 'mod' && rows.every(row => row[2] === '');
  const separator = simple ? ' | ' : `\n${' '.repeat(name.length + 1)}| `;
  const doc = `${name} = ${rows.map(row => row_text(row[0], row[2])).join(separator)}`;
  const type = make_class(name, AST_Type, [], doc);
  put_attributes(type, name, positions);
  made.classes.push(type);
  made.sums.set(name, []);
  if (simple) made.simple_sums.add(name);
  return type;
}

function field_type(kind: string, bases: ReadonlyMap<string, PyTypeObject>): PyTypeObject {
  switch (kind) {
    case 'identifier':
    case 'string':
      return PyUnicode_Type;
    case 'int':
      return PyLong_Type;
    case 'constant':
      return PyBaseObject_Type;
    default:
      return bases.get(kind)!;
  }
}

/** `_field_types`: what each field should hold. */
function put_field_types(entry: AstNodeType, bases: ReadonlyMap<string, PyTypeObject>): void {
  const dict = PyDict_New();
  for (const field of entry.fields) {
    const type = field_type(field.kind, bases);
    let value: PyObject;
    if (field.list) value = Py_GenericAlias(PyList_Type, type);
    else if (field.optional) value = _Py_union_type_or(type, Py_None);
    else value = newref(type);
    PyDict_SetItem(dict, field.py_name, value);
    decref(value);
  }
  put(entry.type, '_field_types', newref(dict));
  put(entry.type, '__annotations_cache__', dict);
}

// --- AST: what all nodes do ---------------------------------------------------------------------------------------------

function short_name(type: PyTypeObject): string {
  return type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1);
}

/** An attribute of the node's class, or null. */
function class_attr(self: PyObject, name: string): PyObject | null {
  return PyObject_GetOptionalAttrString(self.ob_type, name);
}

/** CPython: Python/Python-ast.c:ast_type_init */
function ast_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const type = self.ob_type;
  const items = args.v as PyObject[];
  const fields = PyObject_GetAttrString(type, '_fields');
  let remaining: PyObject | null = null;
  let attributes: PyObject | null = null;
  try {
    const count = fields === null ? 0 : PyObject_Size(fields);
    remaining = PySet_New(fields);
    if (count < items.length) {
      const plural = count === 1 ? '' : 's';
      PyErr_SetString(
        PyExc_TypeError,
        `${short_name(type)} constructor takes at most ${count} positional argument${plural}`,
      );
    }
    for (let i = 0; i < items.length; i++) {
      const name = PySequence_GetItem(fields!, i);
      try {
        PyObject_SetAttr(self, name, items[i]!);
        PySet_Discard(remaining, name);
      } finally {
        decref(name);
      }
    }
    if (kwargs !== null) {
      const table = kwargs.v as { keys: PyObject[]; values: PyObject[] };
      for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
        const key = table.keys[i]!;
        if (fields !== null && PySequence_Contains(fields, key)) {
          if (!PySet_Discard(remaining, key)) {
            PyErr_SetString(PyExc_TypeError, `${type.tp_name} got multiple values for argument ${repr_string(key)}`);
          }
        } else {
          attributes ??= PyObject_GetAttrString(type, '_attributes');
          if (!PySequence_Contains(attributes, key)) {
            PyErr_WarnFormat(
              PyExc_DeprecationWarning,
              1,
              `${type.tp_name}.__init__ got an unexpected keyword argument ${repr_string(key)}. ` +
                'Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.',
            );
          }
        }
        PyObject_SetAttr(self, key, table.values[i]!);
      }
    }
    fill_missing(self, remaining);
  } finally {
    xdecref(fields);
    xdecref(remaining);
    xdecref(attributes);
  }
}

/** Gives fields that the constructor did not get their defaults; warns of those that have none. */
function fill_missing(self: PyObject, remaining: PyObject): void {
  const names = _PySet_Items(remaining).slice();
  if (names.length === 0) return;
  const field_types = class_attr(self, '_field_types');
  if (field_types === null) return; // a class of the user's
  const type = self.ob_type;
  try {
    for (const name of names) {
      const kind = PyDict_GetItem(field_types, name);
      if (kind === null) {
        PyErr_WarnFormat(
          PyExc_DeprecationWarning,
          1,
          `Field ${repr_string(name)} is missing from ${type.tp_name}._field_types. ` +
            'This will become an error in Python 3.15.',
        );
      } else if (_PyUnion_Check(kind)) {
        // Optional: the class has None for it.
      } else if (_PyGenericAlias_Check(kind)) {
        const empty = PyList_FromArraySteal([]);
        PyObject_SetAttr(self, name, empty);
        decref(empty);
      } else if (kind === ast_state().sums.get('expr_context')![0]!.type.tp_base) {
        PyObject_SetAttr(self, name, ast_state().singletons.get('Load')!);
      } else {
        PyErr_WarnFormat(
          PyExc_DeprecationWarning,
          1,
          `${type.tp_name}.__init__ missing 1 required positional argument: '${str_string(name)}'. ` +
            'This will become an error in Python 3.15.',
        );
      }
    }
  } finally {
    decref(field_types);
  }
}

/** Pickles as a call with None for the fields that are set, and the dict as state. CPython: ast_type_reduce */
function ast_reduce(self: PyObject): PyObject {
  const dict = instance_dict(self);
  if (dict === null) return PyTuple_FromArraySteal([newref(self.ob_type), PyTuple_FromArraySteal([])]);
  const fields = class_attr(self, '_fields');
  const placeholders: PyObject[] = [];
  if (fields !== null) {
    try {
      const n = PyObject_Size(fields);
      for (let i = 0; i < n; i++) {
        const name = PySequence_GetItem(fields, i);
        const set = PyDict_Contains(dict, name);
        decref(name);
        if (!set) break;
        placeholders.push(newref(Py_None));
      }
    } finally {
      decref(fields);
    }
  }
  return PyTuple_FromArraySteal([newref(self.ob_type), PyTuple_FromArraySteal(placeholders), newref(dict)]);
}

/** The names in a class attribute that is a tuple; empty if there is none. */
function class_names(self: PyObject, name: string): PyObject[] {
  const tuple = class_attr(self, name);
  if (tuple === null) return [];
  try {
    return iterate_all(tuple);
  } finally {
    decref(tuple);
  }
}

/** Raises unless __replace__ leaves no field unset and sets no other. CPython: ast_type_replace_check */
function check_replace(self: PyObject, dict: PyObject, kwargs: PyObject | null): void {
  const type = self.ob_type;
  const expecting = PySet_New(null);
  const names = class_names(self, '_fields');
  const attributes = class_names(self, '_attributes');
  try {
    for (const name of names) PySet_Add(expecting, name);
    for (const name of attributes) PySet_Add(expecting, name);
    if (kwargs !== null) {
      const table = kwargs.v as { keys: PyObject[] };
      for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
        const key = table.keys[i]!;
        if (!PySet_Discard(expecting, key)) {
          PyErr_SetString(
            PyExc_TypeError,
            `${short_name(type)}.__replace__ got an unexpected keyword argument ${repr_string(key)}.`,
          );
        }
      }
    }
    const table = dict.v as { keys: PyObject[] };
    for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) PySet_Discard(expecting, table.keys[i]!);
    for (const name of attributes) PySet_Discard(expecting, name);
    // A field whose class has a value for it may be missing.
    const left: string[] = [];
    for (const name of _PySet_Items(expecting).slice()) {
      const field_types = class_attr(self, '_field_types');
      const kind = field_types === null ? null : PyDict_GetItem(field_types, name);
      const optional = kind !== null && _PyUnion_Check(kind);
      xdecref(field_types);
      if (!optional) left.push(repr_string(name));
    }
    if (left.length > 0) {
      left.sort();
      const plural = left.length === 1 ? '' : 's';
      PyErr_SetString(
        PyExc_TypeError,
        `${short_name(type)}.__replace__ missing ${left.length} keyword argument${plural}: ${left.join(', ')}.`,
      );
    }
  } finally {
    decref(expecting);
    for (const name of names) decref(name);
    for (const name of attributes) decref(name);
  }
}

/** A copy with other field values; values that are neither fields nor attributes are left behind. CPython: ast_type_replace */
function ast_replace(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args.v as PyObject[]).length > 0) {
    PyErr_SetString(PyExc_TypeError, '__replace__() takes no positional arguments');
  }
  const dict = instance_dict(self) ?? PyDict_New();
  check_replace(self, dict, kwargs);
  const payload = PyDict_New();
  const empty = PyTuple_FromArray([]);
  try {
    for (const name of [...class_names(self, '_fields'), ...class_names(self, '_attributes')]) {
      const value = PyDict_GetItem(dict, name);
      if (value !== null) PyDict_SetItem(payload, name, value);
      decref(name);
    }
    if (kwargs !== null) PyDict_Update(payload, kwargs);
    return PyObject_Call(self.ob_type, empty, payload);
  } finally {
    decref(empty);
    decref(payload);
  }
}

const REPR_DEPTH = 3;

/** CPython: Python/Python-ast.c:ast_repr_max_depth */
function node_text(self: PyObject, depth: number): string {
  const name = short_name(self.ob_type);
  if (depth <= 0 || Py_ReprEnter(self)) return `${name}(...)`;
  const fields = class_names(self, '_fields');
  try {
    const parts: string[] = [];
    for (const field of fields) {
      const value = PyObject_GetAttr(self, field);
      try {
        const text = PyList_Check(value) || PyTuple_Check(value) ? list_text(value, depth) : item_text(value, depth);
        parts.push(`${str_string(field)}=${text}`);
      } finally {
        decref(value);
      }
    }
    return `${name}(${parts.join(', ')})`;
  } finally {
    for (const field of fields) decref(field);
    Py_ReprLeave(self);
  }
}

function item_text(value: PyObject, depth: number): string {
  return PyType_IsSubtype(value.ob_type, AST_Type) ? node_text(value, depth - 1) : repr_string(value);
}

/** A list shows its first and its last item only. CPython: ast_repr_list */
function list_text(list: PyObject, depth: number): string {
  const items = (list.v as PyObject[]).slice();
  const [open, close] = PyList_Check(list) ? '[]' : '()';
  if (items.length === 0) return `${open}${close}`;
  const shown = [item_text(items[0]!, depth)];
  if (items.length > 2) shown.push('...');
  if (items.length > 1) shown.push(item_text(items[items.length - 1]!, depth));
  return `${open}${shown.join(', ')}${close}`;
}

export const AST_Type: PyTypeObject = static_type({
  name: 'ast.AST',
  heap: 'mutable',
  tp_basicsize: 24,
  tp_dictoffset: 16,
  has_dict: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: type => type.tp_alloc!(type, null),
  tp_init: ast_init,
  tp_dealloc(self) {
    gc_del(self);
    clear_instance_state(self);
  },
  tp_traverse: traverse_instance_state,
  tp_clear: clear_instance_state,
  tp_repr: self => PyUnicode_FromString(node_text(self, REPR_DEPTH)),
  tp_getattro: PyObject_GenericGetAttr,
  tp_setattro: PyObject_GenericSetAttr,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: ast_reduce, sig: '($self, /)' },
    {
      name: '__replace__',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: ast_replace,
      sig: '($self, /, **fields)',
      doc: 'A copy of the node with other values for these fields.',
    },
  ],
  getset: [{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
  after_ready(type) {
    for (const name of ['_fields', '__match_args__', '_attributes']) {
      const empty = PyTuple_FromArraySteal([]);
      PyDict_SetItemString(type.tp_dict!, name, empty);
      decref(empty);
    }
  },
});
