// treebuilder.ts: the TreeBuilder type: events of a parser become a tree of elements.        CPython: Modules/_elementtree.c
//
// `stack` holds the elements around `current`, and what stood there before above `depth`, as CPython's list does.

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
  xdecref,
  xnewref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type TypeSpec } from '../../core/spec.ts';
import { PyNumber_Add } from '../../objects/abstract.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import { PyDict_New } from '../../objects/dictobject.ts';
import { PyExc_IndexError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import {
  PyList_Append,
  PyList_FromAppendedSteal,
  PyList_FromArraySteal,
  PyList_SetItem,
  PyList_SetSlice,
  PyList_Type,
} from '../../objects/listobject.ts';
import { Py_None, PyObject_GetAttr, PyObject_IsTrue, PyObject_SetAttr } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';
import { none, type_name } from '../args.ts';
import { add_child, Element_CheckExact, join, new_element, set_tail, set_text } from './data.ts';
import { type State, state_of_type } from './state.ts';

/** Events that are told, and under which object (owned); null: not told. */
export interface Events {
  start: PyObject | null;
  end: PyObject | null;
  'start-ns': PyObject | null;
  'end-ns': PyObject | null;
  comment: PyObject | null;
  pi: PyObject | null;
}

export function no_events(): Events {
  return { start: null, end: null, 'start-ns': null, 'end-ns': null, comment: null, pi: null };
}

/** CPython makes the list with room for so many. */
const STACK_ROOM = 20;

/** References are owned. */
export class Builder {
  readonly state: State;
  /** The first element. */
  root: PyObject | null = null;
  /** The element that is open, or None. */
  current: PyObject = newref(Py_None);
  /** The element that text belongs to: the latest begun, or ended. */
  last: PyObject = newref(Py_None);
  /** What text follows; null: it stands at the start of `last`. */
  last_for_tail: PyObject | null = null;
  /** Text that came since: the first piece, or a list of pieces. */
  data: PyObject | null = null;
  stack: PyObject = PyList_FromAppendedSteal([], STACK_ROOM);
  depth = 0;
  /** Null: elements of our own. */
  element_factory: PyObject | null = null;
  comment_factory: PyObject | null = null;
  pi_factory: PyObject | null = null;
  insert_comments = false;
  insert_pis = false;
  /** The method that events are given to. */
  events_append: PyObject | null = null;
  events = no_events();
  constructor(state: State) {
    this.state = state;
  }
}
type BuilderObject = PyObject<Builder>;

export function TreeBuilder_CheckExact(state: State, o: PyObject): o is BuilderObject {
  return o.ob_type === state.treebuilder_type;
}

// --- text ------------------------------------------------------------------------------------------------------------------

/** Adds text to an attribute of what may be any object. */
function extend_attribute(element: PyObject, name: string, data: PyObject): void {
  let text = join(data);
  try {
    const previous = PyObject_GetAttr(element, _Py_ID(name));
    try {
      if (previous !== Py_None) {
        const sum = PyNumber_Add(previous, text);
        decref(text);
        text = sum;
      }
    } finally {
      decref(previous);
    }
    PyObject_SetAttr(element, _Py_ID(name), text);
  } finally {
    decref(text);
  }
}

/** Gives the text that has come to the element it belongs to. CPython: treebuilder_flush_data */
function flush_data(b: Builder): void {
  const { data, last_for_tail } = b;
  if (data === null) return;
  const tail = last_for_tail !== null;
  const element = last_for_tail ?? b.last;
  if (Element_CheckExact(b.state, element)) {
    const e = element.v;
    const old = tail ? e.tail : e.text;
    if (old === Py_None) {
      const joins = data.ob_type === PyList_Type;
      b.data = null;
      if (tail) set_tail(e, data, joins);
      else set_text(e, data, joins);
      return;
    }
    if (tail ? e.joins_tail : e.joins_text) {
      const end = (old as PyObject<PyObject[]>).v.length;
      PyList_SetSlice(old, end, end, data);
      b.data = null;
      decref(data);
      return;
    }
  }
  extend_attribute(element, tail ? 'tail' : 'text', data);
  b.data = null;
  decref(data);
}

/** CPython: treebuilder_handle_data */
export function builder_data(b: Builder, data: PyObject): void {
  if (b.data === null) {
    // Text in front of the first element belongs to nothing.
    if (b.last !== Py_None) b.data = newref(data);
  } else if (b.data.ob_type === PyList_Type) PyList_Append(b.data, data);
  else b.data = PyList_FromArraySteal([b.data, newref(data)]);
}

// --- elements --------------------------------------------------------------------------------------------------------------

function add_to(b: Builder, element: PyObject, child: PyObject): void {
  if (Element_CheckExact(b.state, element)) add_child(element.v, child);
  else decref(PyObject_CallMethodOneArg(element, 'append', child));
}

/** CPython: treebuilder_append_event */
function tell(b: Builder, event: PyObject | null, node: PyObject): void {
  if (event === null || b.events_append === null) return;
  const pair = PyTuple_FromArraySteal([newref(event), newref(node)]);
  try {
    decref(PyObject_CallOneArg(b.events_append, pair));
  } finally {
    decref(pair);
  }
}

function make_element(b: Builder, tag: PyObject, attrib: PyObject | null): PyObject {
  const factory = b.element_factory;
  if (factory === null) return new_element(b.state, tag, attrib);
  const own = xnewref(attrib) ?? PyDict_New();
  try {
    return PyObject_CallTwoArgs(factory, tag, own);
  } finally {
    decref(own);
  }
}

function push(b: Builder, o: PyObject): void {
  const { stack } = b;
  if (b.depth < (stack as PyObject<PyObject[]>).v.length) PyList_SetItem(stack, b.depth, newref(o));
  else PyList_Append(stack, o);
  b.depth++;
}

/** Begins an element, which it gives. CPython: treebuilder_handle_start */
export function builder_start(b: Builder, tag: PyObject, attrib: PyObject | null): PyObject {
  flush_data(b);
  const node = make_element(b, tag, attrib);
  try {
    const tail = b.last_for_tail;
    b.last_for_tail = null;
    xdecref(tail);
    if (b.current !== Py_None) add_to(b, b.current, node);
    else {
      if (b.root !== null) PyErr_SetString(b.state.parse_error, 'multiple elements on top level');
      b.root = newref(node);
    }
    push(b, b.current);
    const { current, last } = b;
    b.current = newref(node);
    b.last = newref(node);
    decref(current);
    decref(last);
    tell(b, b.events.start, node);
  } catch (error) {
    decref(node);
    throw error;
  }
  return node;
}

/** Ends the open element, which it gives. CPython: treebuilder_handle_end */
export function builder_end(b: Builder): PyObject {
  flush_data(b);
  if (b.depth === 0) PyErr_SetString(PyExc_IndexError, 'pop from empty stack');
  const { last, last_for_tail, current } = b;
  b.last = current;
  b.last_for_tail = newref(current);
  b.depth--;
  b.current = newref((b.stack as PyObject<PyObject[]>).v[b.depth]!);
  xdecref(last_for_tail);
  decref(last);
  const ended = newref(b.last);
  try {
    tell(b, b.events.end, ended);
  } catch (error) {
    decref(ended);
    throw error;
  }
  return ended;
}

/** Puts a comment or processing instruction (stolen) into the tree and tells of it; gives it back. */
function finish_node(b: Builder, node: PyObject, insert: boolean, event: PyObject | null): PyObject {
  try {
    if (insert && b.current !== Py_None) {
      add_to(b, b.current, node);
      const old = b.last_for_tail;
      b.last_for_tail = newref(node);
      xdecref(old);
    }
    tell(b, event, node);
  } catch (error) {
    decref(node);
    throw error;
  }
  return node;
}

/** CPython: treebuilder_handle_comment */
export function builder_comment(b: Builder, text: PyObject): PyObject {
  flush_data(b);
  const factory = b.comment_factory;
  const node = factory === null ? newref(text) : PyObject_CallOneArg(factory, text);
  return finish_node(b, node, factory !== null && b.insert_comments, b.events.comment);
}

/** CPython: treebuilder_handle_pi */
export function builder_pi(b: Builder, target: PyObject, text: PyObject): PyObject {
  flush_data(b);
  const factory = b.pi_factory;
  const node =
    factory === null
      ? PyTuple_FromArraySteal([newref(target), newref(text)])
      : PyObject_CallTwoArgs(factory, target, text);
  return finish_node(b, node, factory !== null && b.insert_pis, b.events.pi);
}

export function builder_start_ns(b: Builder, prefix: PyObject, uri: PyObject): void {
  const pair = PyTuple_FromArraySteal([newref(prefix), newref(uri)]);
  try {
    tell(b, b.events['start-ns'], pair);
  } finally {
    decref(pair);
  }
}

export function builder_end_ns(b: Builder): void {
  tell(b, b.events['end-ns'], Py_None);
}

/** The root, or None. CPython: treebuilder_done */
export function builder_done(b: Builder): PyObject {
  return newref(b.root ?? Py_None);
}

// --- the type --------------------------------------------------------------------------------------------------------------

function of(self: PyObject): Builder {
  return (self as BuilderObject).v;
}

export function treebuilder_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Builder(state_of_type(type)));
}

const INIT =
  '(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False)';

/** CPython: _elementtree_TreeBuilder___init___impl */
function treebuilder_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [element, comment, pi, comments, pis] = PyArg_Clinic('TreeBuilder', INIT, args, kwargs).map(o =>
    o === Py_None ? null : o,
  ) as (PyObject | null)[];
  const b = of(self);
  const { element_factory, comment_factory, pi_factory } = b;
  const insert_comments = comments != null && PyObject_IsTrue(comments);
  const insert_pis = pis != null && PyObject_IsTrue(pis);
  b.element_factory = xnewref(element ?? null);
  b.comment_factory = xnewref(comment ?? b.state.comment_factory);
  b.pi_factory = xnewref(pi ?? b.state.pi_factory);
  b.insert_comments = insert_comments;
  b.insert_pis = insert_pis;
  xdecref(element_factory);
  xdecref(comment_factory);
  xdecref(pi_factory);
}

/** What it holds, in the order in which CPython lets go of it. */
function held(b: Builder): (PyObject | null)[] {
  const { events } = b;
  return [
    events.pi,
    events.comment,
    events['end-ns'],
    events['start-ns'],
    events.end,
    events.start,
    b.events_append,
    b.stack,
    b.data,
    b.last,
    b.last_for_tail,
    b.current,
    b.pi_factory,
    b.comment_factory,
    b.element_factory,
    b.root,
  ];
}

function treebuilder_dealloc(self: PyObject): void {
  gc_del(self);
  for (const o of held(of(self))) xdecref(o);
}

function treebuilder_clear(self: PyObject): void {
  const b = of(self);
  const old = held(b);
  Object.assign(b, new Builder(b.state));
  for (const o of old) xdecref(o);
}

function treebuilder_traverse(self: PyObject, visit: visitproc): void {
  for (const o of held(of(self))) if (o !== null) visit(o);
}

function start_method(self: PyObject, tag: PyObject, attrs: PyObject): PyObject {
  if (!PyDict_Check(attrs)) {
    PyErr_SetString(PyExc_TypeError, `start() argument 2 must be dict, not ${type_name(attrs)}`);
  }
  return builder_start(of(self), tag, attrs);
}

function data_method(self: PyObject, data: PyObject): PyObject {
  builder_data(of(self), data);
  return none();
}

export const treebuilder_spec: TypeSpec = {
  name: 'xml.etree.ElementTree.TreeBuilder',
  heap: 'immutable',
  tp_basicsize: 168,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_new: treebuilder_new,
  tp_init: treebuilder_init,
  tp_dealloc: treebuilder_dealloc,
  tp_traverse: treebuilder_traverse,
  tp_clear: treebuilder_clear,
  methods: [
    { name: 'data', flags: METH_O, meth: data_method, sig: '($self, data, /)' },
    { name: 'start', flags: METH_CLINIC, meth: start_method, sig: '($self, tag, attrs, /)' },
    { name: 'end', flags: METH_O, meth: self => builder_end(of(self)), sig: '($self, tag, /)' },
    { name: 'comment', flags: METH_O, meth: (self, text) => builder_comment(of(self), text), sig: '($self, text, /)' },
    {
      name: 'pi',
      flags: METH_CLINIC,
      meth: (self, target, text) => builder_pi(of(self), target, text ?? Py_None),
      sig: '($self, target, text=None, /)',
    },
    { name: 'close', flags: METH_NOARGS, meth: self => builder_done(of(self)), sig: '($self, /)' },
  ],
};
