// element.ts: the Element type.                                                             CPython: Modules/_elementtree.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { type GetSetSpec, METH_CLINIC, METH_METHOD, METH_NOARGS, METH_O, type TypeSpec } from '../../core/spec.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import {
  PyDict_Copy,
  PyDict_GetItemRef,
  PyDict_Items,
  PyDict_Keys,
  PyDict_New,
  PyDict_Pop,
  PyDict_SetItem,
  PyDict_Update,
} from '../../objects/dictobject.ts';
import {
  PyExc_AttributeError,
  PyExc_DeprecationWarning,
  PyExc_RuntimeError,
  PyExc_TypeError,
} from '../../objects/exceptions.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyList_New } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { address, Py_None, Py_ReprEnter, Py_ReprLeave, repr_string } from '../../objects/object.ts';
import { _Py_ID, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { none, type_name } from '../args.ts';
import {
  element_append,
  element_arg,
  element_ass_subscr,
  element_extend,
  element_getitem,
  element_insert,
  element_length,
  element_remove,
  element_setitem,
  element_subscr,
} from './children.ts';
import { element_copy, element_deepcopy, element_getstate, element_setstate } from './copying.ts';
import {
  add_child,
  attrib_dict,
  attrib_of,
  clear_extra,
  ElementData,
  type ElementObject,
  Extra,
  extra_of,
  is_empty_dict,
  new_element,
  STATIC_CHILDREN,
  set_tag,
  set_tail,
  set_text,
  tail_of,
  text_of,
} from './data.ts';
import {
  element_find,
  element_findall,
  element_findtext,
  element_iter,
  element_iterfind,
  element_itertext,
} from './find.ts';
import { state_of_module, state_of_type } from './state.ts';

function of(self: PyObject): ElementData {
  return (self as ElementObject).v;
}

// --- construction, destruction ---------------------------------------------------------------------------------------------

/** What Element() and SubElement() are told beside the tag, as a new dict; null: nothing. */
function attributes_given(where: string, attrib: PyObject | undefined, kwargs: PyObject | null): PyObject | null {
  let given: PyObject | null = attrib ?? null;
  if (given !== null && !PyDict_Check(given)) {
    PyErr_SetString(PyExc_TypeError, `${where} must be dict, not ${type_name(given)}`);
  }
  if (kwargs === null) return given === null ? null : PyDict_Copy(given);
  const further = PyDict_Copy(kwargs);
  let named: PyObject | null = null;
  try {
    if (given === null) {
      named = PyDict_Pop(further, _Py_ID('attrib'));
      if (named !== null && !PyDict_Check(named)) {
        PyErr_SetString(PyExc_TypeError, `attrib must be dict, not ${named.ob_type.tp_name}`);
      }
      given = named;
    }
    const result = given === null ? PyDict_New() : PyDict_Copy(given);
    PyDict_Update(result, further);
    return result;
  } finally {
    decref(further);
    if (named !== null) decref(named);
  }
}

function check_count(name: string, n: number, min: number, max: number): void {
  if (n >= min && n <= max) return;
  const bound = n < min ? `at least ${min} argument${min === 1 ? '' : 's'}` : `at most ${max} arguments`;
  PyErr_SetString(PyExc_TypeError, `${name}() takes ${bound} (${n} given)`);
}

function element_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new ElementData(state_of_type(type), Py_None));
}

/** CPython: element_init */
function element_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const a = (args as PyObject<PyObject[]>).v;
  check_count('Element', a.length, 1, 2);
  const attrib = attributes_given('Element() argument 2', a[1], kwargs);
  const e = of(self);
  if (attrib !== null) {
    // A second call drops what there is; CPython leaks it.
    if (!is_empty_dict(attrib)) {
      clear_extra(e);
      e.extra = new Extra(newref(attrib));
    }
    decref(attrib);
  }
  set_tag(e, a[0]!);
  set_text(e, none());
  set_tail(e, none());
}

/** SubElement(parent, tag, attrib={}, **extra). CPython: subelement */
export function subelement(module: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const a = (args as PyObject<PyObject[]>).v;
  check_count('SubElement', a.length, 2, 3);
  const state = state_of_module(module);
  const parent = element_arg(state, a[0]!, 'SubElement() argument 1');
  const attrib = attributes_given('SubElement() argument 3', a[2], kwargs);
  const element = new_element(state, a[1]!, attrib);
  if (attrib !== null) decref(attrib);
  add_child(parent.v, element);
  return element;
}

function element_clear(self: PyObject): PyObject {
  const e = of(self);
  clear_extra(e);
  set_text(e, none());
  set_tail(e, none());
  return none();
}

function element_tp_clear(self: PyObject): void {
  set_tag(of(self), Py_None);
  decref(element_clear(self));
}

function element_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const e = of(self);
  decref(e.tag);
  decref(e.text);
  decref(e.tail);
  clear_extra(e);
}

function element_traverse(self: PyObject, visit: visitproc): void {
  const { tag, text, tail, extra } = of(self);
  visit(tag);
  visit(text);
  visit(tail);
  if (extra === null) return;
  if (extra.attrib !== null) visit(extra.attrib);
  for (const child of extra.children) visit(child);
}

// --- methods ---------------------------------------------------------------------------------------------------------------

function element_repr(self: PyObject): PyObject {
  if (Py_ReprEnter(self)) {
    PyErr_SetString(PyExc_RuntimeError, `reentrant call inside ${self.ob_type.tp_name}.__repr__`);
  }
  try {
    return PyUnicode_FromString(`<Element ${repr_string(of(self).tag)} at ${address(self)}>`);
  } finally {
    Py_ReprLeave(self);
  }
}

const TRUTH =
  "Testing an element's truth value will always return True in future versions.  " +
  "Use specific 'len(elem)' or 'elem is not None' test instead.";

function element_bool(self: PyObject): boolean {
  PyErr_WarnEx(PyExc_DeprecationWarning, TRUTH, 1);
  return element_length(self) > 0;
}

function element_sizeof(self: PyObject): PyObject {
  const { extra } = of(self);
  let size = self.ob_type.tp_basicsize;
  if (extra !== null) {
    // attrib, length, allocated, children and the static room
    size += 8 * (4 + STATIC_CHILDREN);
    if (extra.allocated > STATIC_CHILDREN) size += 8 * extra.allocated;
  }
  return PyLong_FromLong(size);
}

function element_get(self: PyObject, key: PyObject, fallback: PyObject | null): PyObject {
  const attrib = attrib_dict(of(self));
  if (attrib !== null) {
    // Held, since comparing keys may give the element another.
    const own = newref(attrib);
    try {
      const value = PyDict_GetItemRef(own, key);
      if (value !== null) return value;
    } finally {
      decref(own);
    }
  }
  return newref(fallback ?? Py_None);
}

function element_set(self: PyObject, key: PyObject, value: PyObject): PyObject {
  attrib_dict(of(self));
  PyDict_SetItem(attrib_of(of(self)), key, value);
  return none();
}

function element_items(self: PyObject): PyObject {
  const attrib = attrib_dict(of(self));
  return attrib === null ? PyList_New() : PyDict_Items(attrib);
}

function element_keys(self: PyObject): PyObject {
  const attrib = attrib_dict(of(self));
  return attrib === null ? PyList_New() : PyDict_Keys(attrib);
}

function element_makeelement(self: PyObject, tag: PyObject, attrib: PyObject): PyObject {
  if (!PyDict_Check(attrib)) {
    PyErr_SetString(PyExc_TypeError, `makeelement() argument 2 must be dict, not ${type_name(attrib)}`);
  }
  const copy = PyDict_Copy(attrib);
  const element = new_element(of(self).state, tag, copy);
  decref(copy);
  return element;
}

function set_attrib(self: PyObject, value: PyObject): void {
  if (!PyDict_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `attrib must be dict, not ${value.ob_type.tp_name}`);
  }
  const extra = extra_of(of(self));
  const old = extra.attrib;
  extra.attrib = newref(value);
  if (old !== null) decref(old);
}

function attribute(
  name: string,
  doc: string,
  get: (e: ElementData) => PyObject,
  set: (self: PyObject, value: PyObject) => void,
): GetSetSpec {
  return {
    name,
    doc,
    get: self => newref(get(of(self))),
    set(self, value) {
      if (value === null) PyErr_SetString(PyExc_AttributeError, "can't delete element attribute");
      set(self, value);
    },
  };
}

/** A method that is told its defining class, parsed by its signature. */
const CLS = METH_CLINIC | METH_METHOD;

export const element_spec: TypeSpec = {
  name: 'xml.etree.ElementTree.Element',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_weaklistoffset: 48,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_new: element_new,
  tp_init: element_init,
  tp_dealloc: element_dealloc,
  tp_traverse: element_traverse,
  tp_clear: element_tp_clear,
  tp_repr: element_repr,
  nb_bool: element_bool,
  sq_length: element_length,
  sq_item: element_getitem,
  sq_ass_item: element_setitem,
  mp_length: element_length,
  mp_subscript: element_subscr,
  mp_ass_subscript: element_ass_subscr,
  methods: [
    { name: 'clear', flags: METH_NOARGS, meth: element_clear, sig: '($self, /)' },
    { name: 'get', flags: METH_CLINIC, meth: element_get, sig: '($self, /, key, default=None)' },
    { name: 'set', flags: METH_CLINIC, meth: element_set, sig: '($self, key, value, /)' },
    { name: 'find', flags: CLS, meth: element_find, sig: '($self, /, path, namespaces=None)' },
    { name: 'findtext', flags: CLS, meth: element_findtext, sig: '($self, /, path, default=None, namespaces=None)' },
    { name: 'findall', flags: CLS, meth: element_findall, sig: '($self, /, path, namespaces=None)' },
    { name: 'append', flags: CLS, meth: element_append, sig: '($self, subelement, /)' },
    { name: 'extend', flags: CLS, meth: element_extend, sig: '($self, elements, /)' },
    { name: 'insert', flags: METH_CLINIC, meth: element_insert, sig: '($self, index, subelement, /)' },
    { name: 'remove', flags: METH_O, meth: element_remove, sig: '($self, subelement, /)' },
    { name: 'iter', flags: CLS, meth: element_iter, sig: '($self, /, tag=None)' },
    { name: 'itertext', flags: CLS, meth: element_itertext, sig: '($self, /)' },
    { name: 'iterfind', flags: CLS, meth: element_iterfind, sig: '($self, /, path, namespaces=None)' },
    { name: 'items', flags: METH_NOARGS, meth: element_items, sig: '($self, /)' },
    { name: 'keys', flags: METH_NOARGS, meth: element_keys, sig: '($self, /)' },
    { name: 'makeelement', flags: CLS, meth: element_makeelement, sig: '($self, tag, attrib, /)' },
    { name: '__copy__', flags: CLS, meth: element_copy, sig: '($self, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: element_deepcopy, sig: '($self, memo, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: element_sizeof, sig: '($self, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: element_getstate, sig: '($self, /)' },
    { name: '__setstate__', flags: CLS, meth: element_setstate, sig: '($self, state, /)' },
  ],
  getset: [
    attribute(
      'tag',
      'What kind of element it is.',
      e => e.tag,
      (self, value) => set_tag(of(self), value),
    ),
    attribute('text', 'Text before the first child, or None.', text_of, (self, value) =>
      set_text(of(self), newref(value)),
    ),
    attribute('tail', 'Text after the end tag, or None.', tail_of, (self, value) => set_tail(of(self), newref(value))),
    attribute('attrib', 'The attributes, a dict.', attrib_of, set_attrib),
  ],
};
