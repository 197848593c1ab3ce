// build_class.ts: what the class statement calls.                                  CPython: Python/bltinmodule.c
//
// `__prepare__`, the class body and a metaclass written in Python run as frames of the thread's loop where other threads, or
// the page, may have to run meanwhile.
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyObject_SetItem } from '../../objects/abstract.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyCell_Get, PyCell_Type } from '../../objects/cellobject.ts';
import { PyTuple_Check, PyType_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_RuntimeError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFunction_Check } from '../../objects/funcobject.ts';
import { PyObject_GetOptionalAttrString, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { calculate_metaclass } from '../../objects/typeobject/new.ts';
import { PyType_Type } from '../../objects/typeobject.ts';
import { _Py_ID, PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { instantiate } from '../../vm/class_calls.ts';
import { alone } from '../../vm/native_calls.ts';
import { call_with_dict, holding, run_nested, run_steps, type Steps } from '../../vm/steps.ts';

/** The bases with `__mro_entries__` resolved; a new tuple, or the same one. CPython: update_bases */
function update_bases(bases: PyObject): PyObject {
  const items = (bases as PyObject<PyObject[]>).v;
  let out: PyObject[] | null = null;
  for (let i = 0; i < items.length; i++) {
    const base = items[i]!;
    if (PyType_Check(base)) {
      if (out !== null) out.push(newref(base));
      continue;
    }
    const meth = PyObject_GetOptionalAttrString(base, '__mro_entries__');
    if (meth === null) {
      if (out !== null) out.push(newref(base));
      continue;
    }
    let entries: PyObject;
    try {
      entries = PyObject_CallOneArg(meth, bases);
    } finally {
      decref(meth);
    }
    if (!PyTuple_Check(entries)) {
      decref(entries);
      PyErr_SetString(PyExc_TypeError, '__mro_entries__ must return a tuple');
    }
    out ??= items.slice(0, i).map(newref);
    for (const e of entries.v) out.push(newref(e));
    decref(entries);
  }
  return out === null ? newref(bases) : PyTuple_FromArraySteal(out);
}

/** __build_class__(func, name, /, *bases, [metaclass], **kwds). CPython: builtin___build_class__ */
export function build_class(m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const steps = build_class_steps(args, kwnames);
  // The caller's stack is gone when the class body runs by frames.
  return alone() ? run_nested(steps) : run_steps(build_class, m, holding(args, steps));
}

function* build_class_steps(args: PyObject[], kwnames: PyObject | null): Steps<PyObject> {
  const names = kwnames === null ? [] : (kwnames as PyObject<PyObject[]>).v;
  const nargs = args.length - names.length;
  if (nargs < 2) PyErr_SetString(PyExc_TypeError, '__build_class__: not enough arguments');
  const func = args[0]!;
  if (!PyFunction_Check(func)) PyErr_SetString(PyExc_TypeError, '__build_class__: func must be a function');
  const name = args[1]!;
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, '__build_class__: name is not a string');
  const orig_bases = PyTuple_FromArray(args.slice(2, nargs));
  const owned: PyObject[] = [orig_bases];
  try {
    const bases = update_bases(orig_bases);
    owned.push(bases);
    let meta: PyObject | null = null;
    let mkw: PyObject | null = null;
    if (names.length > 0) {
      mkw = PyDict_New();
      owned.push(mkw);
      for (let i = 0; i < names.length; i++) {
        if (PyUnicode_AsString(names[i]!) === 'metaclass') meta = args[nargs + i]!;
        else PyDict_SetItem(mkw, names[i]!, args[nargs + i]!);
      }
    }
    const base_items = (bases as PyObject<PyObject[]>).v;
    let isclass = true;
    if (meta === null) meta = base_items.length === 0 ? PyType_Type : base_items[0]!.ob_type;
    else isclass = PyType_Check(meta);
    if (isclass) meta = calculate_metaclass(meta as PyTypeObject, base_items);
    const prepare = PyObject_GetOptionalAttrString(meta, '__prepare__');
    let ns: PyObject;
    if (prepare === null) ns = PyDict_New();
    else {
      owned.push(prepare);
      ns = yield* call_with_dict(prepare, [name, bases], mkw);
    }
    owned.push(ns);
    if (ns.ob_type.mp_subscript === null) {
      const which = isclass ? (meta as PyTypeObject).tp_name : '<metaclass>';
      PyErr_SetString(PyExc_TypeError, `${which}.__prepare__() must return a mapping, not ${ns.ob_type.tp_name}`);
    }
    const cell = yield { func, locals: ns };
    owned.push(cell);
    if (bases !== orig_bases) PyObject_SetItemString(ns, '__orig_bases__', orig_bases);
    const cls = yield* call_metaclass(meta, [name, bases, ns], mkw);
    if (cell.ob_type === PyCell_Type && PyType_Check(cls)) {
      const cell_cls = PyCell_Get(cell);
      if (cell_cls !== cls) {
        const shown = repr_string(name);
        const class_repr = repr_string(cls);
        decref(cls);
        if (cell_cls === null) {
          PyErr_SetString(
            PyExc_RuntimeError,
            `__class__ not set defining ${shown} as ${class_repr}. Was __classcell__ propagated to type.__new__?`,
          );
        }
        PyErr_SetString(
          PyExc_TypeError,
          `__class__ set to ${repr_string(cell_cls)} defining ${shown} as ${class_repr}`,
        );
      }
    }
    return cls;
  } finally {
    for (const o of owned) decref(o);
  }
}

function* call_metaclass(meta: PyObject, args: PyObject[], kwargs: PyObject | null): Steps<PyObject> {
  // What is no class, and types that are called in a way of their own (int), are called as they are.
  if (meta.ob_type.tp_call !== PyType_Type.tp_call || (meta as PyTypeObject).tp_vectorcall !== null)
    return yield* call_with_dict(meta, args, kwargs);
  const tuple = PyTuple_FromArray(args);
  try {
    return yield* instantiate(meta as PyTypeObject, tuple, kwargs);
  } finally {
    decref(tuple);
  }
}

function PyObject_SetItemString(o: PyObject, key: string, value: PyObject): void {
  PyObject_SetItem(o, _Py_ID(key), value);
}
