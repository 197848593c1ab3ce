// _bisect.ts: binary search in sorted sequences.                            CPython: Modules/_bisectmodule.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, Py_LT, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { PySequence_GetItem, PySequence_Size } from '../objects/abstract.ts';
import { call_bound_method, PyObject_CallOneArg } from '../objects/call.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_Insert, PyList_Type } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_RichCompareBool } from '../objects/object.ts';
import { c_ssize, none, optional_ssize } from './args.ts';

/** Where x belongs: after equal items (`right`) or before them. CPython: internal_bisect_right, internal_bisect_left */
function search(a: PyObject, x: PyObject, lo: number, hi: number, key: PyObject | null, right: boolean): number {
  if (lo < 0) PyErr_SetString(PyExc_ValueError, 'lo must be non-negative');
  if (hi === -1) hi = PySequence_Size(a);
  while (lo < hi) {
    const mid = Math.floor((lo + hi) / 2);
    let item = PySequence_GetItem(a, mid);
    try {
      if (key !== null) {
        const mapped = PyObject_CallOneArg(key, item);
        decref(item);
        item = mapped;
      }
      if (right) {
        if (PyObject_RichCompareBool(x, item, Py_LT)) hi = mid;
        else lo = mid + 1;
      } else if (PyObject_RichCompareBool(item, x, Py_LT)) lo = mid + 1;
      else hi = mid;
    } finally {
      decref(item);
    }
  }
  return lo;
}

function key_of(key: PyObject | null): PyObject | null {
  return key === Py_None ? null : key;
}

type Arg = PyObject | null;

function bisect(right: boolean): MethodSpec['meth'] {
  return (_module: PyObject, a: PyObject, x: PyObject, lo: Arg, hi: Arg, key: Arg) => {
    const low = lo === null ? 0 : c_ssize(lo);
    return PyLong_FromLong(search(a, x, low, optional_ssize(hi, -1), key_of(key), right));
  };
}

function insort(right: boolean): MethodSpec['meth'] {
  return (_module: PyObject, a: PyObject, x: PyObject, lo: Arg, hi: Arg, key: Arg) => {
    const low = lo === null ? 0 : c_ssize(lo);
    const high = optional_ssize(hi, -1);
    const f = key_of(key);
    const sought = f === null ? newref(x) : PyObject_CallOneArg(f, x);
    let index: number;
    try {
      index = search(a, sought, low, high, f, right);
    } finally {
      decref(sought);
    }
    if (a.ob_type === PyList_Type) PyList_Insert(a, index, x);
    else {
      const i = PyLong_FromLong(index);
      try {
        decref(call_bound_method(a, 'insert', i, x));
      } finally {
        decref(i);
      }
    }
    return none();
  };
}

const SIGNATURE = '($module, /, a, x, lo=0, hi=None, *, key=None)';

export const module: ModuleSpec = {
  name: '_bisect',
  doc: 'Binary search in sorted sequences.',
  methods: [
    { name: 'bisect_right', flags: METH_CLINIC, meth: bisect(true), sig: SIGNATURE },
    { name: 'insort_right', flags: METH_CLINIC, meth: insort(true), sig: SIGNATURE },
    { name: 'bisect_left', flags: METH_CLINIC, meth: bisect(false), sig: SIGNATURE },
    { name: 'insort_left', flags: METH_CLINIC, meth: insort(false), sig: SIGNATURE },
  ],
};
