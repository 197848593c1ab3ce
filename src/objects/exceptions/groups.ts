// groups.ts: BaseExceptionGroup and ExceptionGroup, and what except* needs of them.    CPython: Objects/exceptions.c
//
// Invariant: EXCS is a non-empty exact tuple of exceptions that never changes.

import { PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MANAGED_WEAKREF,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_CLASS, METH_O, static_type } from '../../core/spec.ts';
import {
  PyObject_IsInstance,
  PyObject_IsSubclass,
  PySequence_Check,
  PySequence_List,
  PySequence_Tuple,
} from '../abstract.ts';
import { PyObject_Call, PyObject_CallMethodOneArg, PyObject_CallOneArg } from '../call.ts';
import {
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyList_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
} from '../checks.ts';
import { Py_GenericAlias } from '../genericaliasobject.ts';
import { PyList_FromArraySteal } from '../listobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  PyCallable_Check,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
  repr_string,
  str_string,
} from '../object.ts';
import { PyTuple_FromArray, PyTuple_Pack, PyTuple_Type } from '../tupleobject.ts';
import { PyObject_TypeCheck } from '../typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../unicodeobject.ts';
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_new,
  BaseException_traverse,
  exc_data,
  exc_field,
  field_member,
  PyException_GetCause,
  PyException_GetContext,
  PyException_SetCause,
  PyException_SetContext,
  PyException_SetTraceback,
  set_exc_field,
  type_basename,
} from './base.ts';
import { PyErr_GivenExceptionMatches } from './create.ts';
import { PyExc_BaseException, PyExc_Exception, PyExc_TypeError, PyExc_ValueError } from './hierarchy.ts';

const MSG = 0;
const EXCS = 1;
/** repr() text of the sequence that the constructor was given, when it was neither a list nor a tuple. */
const EXCS_REPR = 2;

export function _PyBaseExceptionGroup_Check(o: PyObject): boolean {
  return PyObject_TypeCheck(o, PyExc_BaseExceptionGroup);
}

/** The nested exceptions, borrowed. */
export function group_exceptions(group: PyObject): PyObject[] {
  return exc_field(group, EXCS)!.v as PyObject[];
}

/** Which type a group of these exceptions gets, when `type` was asked for. */
function choose_type(type: PyTypeObject, excs: PyObject[]): PyTypeObject {
  let base_nested = false;
  for (let i = 0; i < excs.length; i++) {
    if (!PyExceptionInstance_Check(excs[i]!)) {
      PyErr_SetString(PyExc_ValueError, `Item ${i} of second argument (exceptions) is not an exception`);
    }
    if (!PyObject_IsInstance(excs[i]!, PyExc_Exception)) base_nested = true;
  }
  if (type === PyExc_ExceptionGroup) {
    if (base_nested) PyErr_SetString(PyExc_TypeError, 'Cannot nest BaseExceptions in an ExceptionGroup');
  } else if (type === PyExc_BaseExceptionGroup) {
    if (!base_nested) return PyExc_ExceptionGroup;
  } else if (base_nested && PyObject_IsSubclass(type, PyExc_Exception)) {
    PyErr_SetString(PyExc_TypeError, `Cannot nest BaseExceptions in '${type.tp_name}'`);
  }
  return type;
}

/** CPython: Objects/exceptions.c:BaseExceptionGroup_new */
function BaseExceptionGroup_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = args.v as PyObject[];
  if (items.length !== 2) {
    PyErr_SetString(PyExc_TypeError, `BaseExceptionGroup.__new__() takes exactly 2 arguments (${items.length} given)`);
  }
  const [message, sequence] = items as [PyObject, PyObject];
  if (!PyUnicode_Check(message)) {
    const got = message === Py_None ? 'None' : message.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `BaseExceptionGroup.__new__() argument 1 must be str, not ${got}`);
  }
  if (!PySequence_Check(sequence)) PyErr_SetString(PyExc_TypeError, 'second argument (exceptions) must be a sequence');
  const excs = PySequence_Tuple(sequence);
  let self: PyObject;
  let text: PyObject | null = null;
  try {
    if ((excs.v as PyObject[]).length === 0) {
      PyErr_SetString(PyExc_ValueError, 'second argument (exceptions) must be a non-empty sequence');
    }
    const cls = choose_type(type, excs.v as PyObject[]);
    if (!PyList_Check(sequence) && !PyTuple_Check(sequence)) text = PyUnicode_FromString(repr_string(sequence));
    self = BaseException_new(cls, args, kwargs);
  } catch (e) {
    xdecref(text);
    decref(excs);
    throw e;
  }
  set_exc_field(self, MSG, newref(message));
  set_exc_field(self, EXCS, excs);
  set_exc_field(self, EXCS_REPR, text ?? (PyList_Check(sequence) ? null : newref(Py_None)));
  return self;
}

/** CPython: Objects/exceptions.c:BaseExceptionGroup_str */
function BaseExceptionGroup_str(self: PyObject): PyObject {
  const n = group_exceptions(self).length;
  return PyUnicode_FromString(`${str_string(exc_field(self, MSG)!)} (${n} sub-exception${n > 1 ? 's' : ''})`);
}

/** Whether args say that the exceptions came in a list; args may have been changed. */
function given_as_list(self: PyObject): boolean {
  const args = (exc_data(self).args as PyObject<PyObject[]>).v;
  return args.length === 2 && PyList_Check(args[1]!);
}

/** The exceptions show in the form in which they were given, whatever became of that sequence since.
 *  CPython: Objects/exceptions.c:BaseExceptionGroup_repr */
function BaseExceptionGroup_repr(self: PyObject): PyObject {
  const form = exc_field(self, EXCS_REPR);
  const excs = exc_field(self, EXCS)!;
  let text: string;
  if (form === null && given_as_list(self)) {
    const list = PySequence_List(excs);
    text = repr_string(list);
    decref(list);
  } else if (form === null || form === Py_None) text = repr_string(excs);
  else text = str_string(form);
  return PyUnicode_FromString(`${type_basename(self.ob_type)}(${repr_string(exc_field(self, MSG)!)}, ${text})`);
}

function BaseExceptionGroup_derive(self: PyObject, excs: PyObject): PyObject {
  const args = PyTuple_Pack(exc_field(self, MSG)!, excs);
  try {
    return PyObject_Call(PyExc_BaseExceptionGroup, args, null);
  } finally {
    decref(args);
  }
}

/** A group of those exceptions (stolen) with the metadata of `orig`; null for none. CPython: exceptiongroup_subset */
function subset(orig: PyObject, items: PyObject[]): PyObject | null {
  if (items.length === 0) return null;
  const excs = PyList_FromArraySteal(items);
  let group: PyObject;
  try {
    group = PyObject_CallMethodOneArg(orig, 'derive', excs);
  } finally {
    decref(excs);
  }
  try {
    if (!_PyBaseExceptionGroup_Check(group)) {
      PyErr_SetString(PyExc_TypeError, 'derive must return an instance of BaseExceptionGroup');
    }
    const data = exc_data(orig);
    if (data.traceback !== null) PyException_SetTraceback(group, data.traceback);
    PyException_SetContext(group, PyException_GetContext(orig));
    PyException_SetCause(group, PyException_GetCause(orig));
    const notes = PyObject_GetOptionalAttr(orig, _Py_ID('__notes__'));
    if (notes !== null) {
      try {
        if (PySequence_Check(notes)) {
          const copy = PySequence_List(notes);
          try {
            PyObject_SetAttr(group, _Py_ID('__notes__'), copy);
          } finally {
            decref(copy);
          }
        }
      } finally {
        decref(notes);
      }
    }
  } catch (e) {
    decref(group);
    throw e;
  }
  return group;
}

type Matcher = (exc: PyObject) => boolean;

/** How split() and subgroup() decide about an exception. CPython: get_matcher_type */
function matcher_for(value: PyObject): Matcher {
  if (PyCallable_Check(value) && !PyType_Check(value)) {
    return exc => {
      const answer = PyObject_CallOneArg(value, exc);
      try {
        return PyObject_IsTrue(answer);
      } finally {
        decref(answer);
      }
    };
  }
  const classes = value.ob_type === PyTuple_Type ? (value.v as PyObject[]) : [value];
  for (const cls of classes) {
    if (!PyExceptionClass_Check(cls)) {
      PyErr_SetString(
        PyExc_TypeError,
        'expected an exception type, a tuple of exception types, or a callable (other than a class)',
      );
    }
  }
  return exc => PyErr_GivenExceptionMatches(exc, value);
}

/** Matching and remaining part, owned. */
type Split = [match: PyObject | null, rest: PyObject | null];

/** CPython: Objects/exceptions.c:exceptiongroup_split_recursive */
function split_recursive(exc: PyObject, matches: Matcher, want_rest: boolean): Split {
  if (matches(exc)) return [newref(exc), null];
  if (!_PyBaseExceptionGroup_Check(exc)) return [null, want_rest ? newref(exc) : null];
  const match_list: PyObject[] = [];
  const rest_list: PyObject[] = [];
  let match: PyObject | null = null;
  try {
    for (const e of group_exceptions(exc)) {
      Py_EnterRecursiveCall(' in exceptiongroup_split_recursive');
      try {
        const [m, r] = split_recursive(e, matches, want_rest);
        if (m !== null) match_list.push(m);
        if (r !== null) rest_list.push(r);
      } finally {
        Py_LeaveRecursiveCall();
      }
    }
    match = subset(exc, match_list.splice(0));
    return [match, want_rest ? subset(exc, rest_list.splice(0)) : null];
  } catch (e) {
    xdecref(match);
    for (const o of match_list) decref(o);
    for (const o of rest_list) decref(o);
    throw e;
  }
}

function BaseExceptionGroup_split(self: PyObject, value: PyObject): PyObject {
  const [match, rest] = split_recursive(self, matcher_for(value), true);
  const result = PyTuple_Pack(match ?? Py_None, rest ?? Py_None);
  xdecref(match);
  xdecref(rest);
  return result;
}

function BaseExceptionGroup_subgroup(self: PyObject, value: PyObject): PyObject {
  return split_recursive(self, matcher_for(value), false)[0] ?? newref(Py_None);
}

// --- except* --------------------------------------------------------------------------------------------------------

/** A new group; borrows. CPython: _PyExc_CreateExceptionGroup */
export function _PyExc_CreateExceptionGroup(message: string, excs: PyObject): PyObject {
  const text = PyUnicode_FromString(message);
  const args = PyTuple_Pack(text, excs);
  decref(text);
  try {
    return PyObject_Call(PyExc_BaseExceptionGroup, args, null);
  } finally {
    decref(args);
  }
}

function collect_leaves(exc: PyObject, leaves: Set<PyObject>): void {
  if (exc === Py_None) return;
  if (!_PyBaseExceptionGroup_Check(exc)) {
    leaves.add(exc);
    return;
  }
  for (const e of group_exceptions(exc)) {
    Py_EnterRecursiveCall(' in collect_exception_group_leaf_ids');
    try {
      collect_leaves(e, leaves);
    } finally {
      Py_LeaveRecursiveCall();
    }
  }
}

function same_metadata(a: PyObject, b: PyObject): boolean {
  const d1 = exc_data(a);
  const d2 = exc_data(b);
  return d1.traceback === d2.traceback && d1.cause === d2.cause && d1.context === d2.context;
}

/** What a try/except* statement raises at its end: a new reference, None for nothing. Borrows its arguments; `excs` are
 *  what the clauses raised or did not handle. CPython: Objects/exceptions.c:_PyExc_PrepReraiseStar */
export function _PyExc_PrepReraiseStar(orig: PyObject, excs: PyObject): PyObject {
  const items = excs.v as PyObject[];
  if (items.length === 0) return newref(Py_None);
  if (!_PyBaseExceptionGroup_Check(orig)) return newref(items[0]!);
  const raised: PyObject[] = [];
  const leaves = new Set<PyObject>();
  for (const e of items) {
    if (e === Py_None) continue;
    if (same_metadata(e, orig)) collect_leaves(e, leaves);
    else raised.push(e);
  }
  const reraised = split_recursive(orig, e => leaves.has(e), false)[0];
  if (raised.length === 0) return reraised ?? newref(Py_None);
  if (raised.length === 1 && reraised === null) return newref(raised[0]!);
  const all = raised.map(e => newref(e));
  if (reraised !== null) all.push(reraised);
  const list = PyList_FromArraySteal(all);
  try {
    return _PyExc_CreateExceptionGroup('', list);
  } finally {
    decref(list);
  }
}

/** What `except*` does with an exception for one clause: the matching and the remaining part, owned. A naked exception
 *  that matches is wrapped. CPython: Python/ceval.c:_PyEval_ExceptionGroupMatch */
export function exception_group_match(exc: PyObject, match_type: PyObject): Split {
  if (exc === Py_None) return [null, newref(Py_None)];
  if (PyErr_GivenExceptionMatches(exc, match_type)) {
    if (_PyBaseExceptionGroup_Check(exc)) return [newref(exc), newref(Py_None)];
    const excs = PyTuple_FromArray([exc]);
    try {
      return [_PyExc_CreateExceptionGroup('', excs), newref(Py_None)];
    } finally {
      decref(excs);
    }
  }
  if (_PyBaseExceptionGroup_Check(exc)) {
    const pair = PyObject_CallMethodOneArg(exc, 'split', match_type);
    try {
      const where = `${type_basename(exc.ob_type)}.split must return a `;
      if (!PyTuple_Check(pair)) {
        PyErr_SetString(
          PyExc_TypeError,
          `${exc.ob_type.tp_name}.split must return a tuple, not ${pair.ob_type.tp_name}`,
        );
      }
      if (pair.v.length < 2) PyErr_SetString(PyExc_TypeError, `${where}2-tuple, got tuple of size ${pair.v.length}`);
      const match = pair.v[0]!;
      return [match === Py_None ? null : newref(match), newref(pair.v[1]!)];
    } finally {
      decref(pair);
    }
  }
  return [null, newref(exc)];
}

// --- the types ------------------------------------------------------------------------------------------------------

const GROUP = {
  tp_basicsize: 96,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_new: BaseExceptionGroup_new,
  tp_init: BaseException_init,
  tp_str: BaseExceptionGroup_str,
  tp_repr: BaseExceptionGroup_repr,
};

export const PyExc_BaseExceptionGroup = static_type({
  ...GROUP,
  name: 'BaseExceptionGroup',
  base: () => PyExc_BaseException,
  tp_doc: 'Several exceptions raised together.',
  methods: [
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias, sig: '($type, object, /)' },
    { name: 'derive', flags: METH_O, meth: BaseExceptionGroup_derive, sig: '($self, excs, /)' },
    { name: 'split', flags: METH_O, meth: BaseExceptionGroup_split, sig: '($self, matcher_value, /)' },
    { name: 'subgroup', flags: METH_O, meth: BaseExceptionGroup_subgroup, sig: '($self, matcher_value, /)' },
  ],
  members: [
    field_member('message', MSG, 'exception message', true),
    field_member('exceptions', EXCS, 'nested exceptions', true),
  ],
});

export const PyExc_ExceptionGroup = static_type({
  ...GROUP,
  name: 'ExceptionGroup',
  heap: 'mutable',
  tp_flags: GROUP.tp_flags | Py_TPFLAGS_MANAGED_WEAKREF,
  base: () => PyExc_BaseExceptionGroup,
  bases: () => [PyExc_BaseExceptionGroup, PyExc_Exception],
  tp_weaklistoffset: -32,
  has_weakrefs: true,
});
