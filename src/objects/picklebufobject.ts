// picklebufobject.ts: PickleBuffer, a buffer that a pickle may carry out of band.        CPython: Objects/picklebufobject.c

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import { newref, Py_TPFLAGS_HAVE_GC, type PyObject, type PyTypeObject, type visitproc } from '../core/object.ts';
import { METH_NOARGS, PyBUF_FULL_RO, type PyBuffer, static_type } from '../core/spec.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from './abstract.ts';
import { PyExc_BufferError, PyExc_ValueError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { release_instance } from './instance.ts';
import { PyMemoryView_FromBuffer } from './memoryobject.ts';
import { Py_None } from './object.ts';

/** The wrapped buffer; null once released. */
export type PyPickleBufferObject = PyObject<PyBuffer | null>;

function is_c_contiguous(view: PyBuffer): boolean {
  if (view.suboffsets !== null) return false;
  if (view.strides === null || view.shape === null || view.len === 0) return true;
  let step = view.itemsize;
  for (let i = view.ndim - 1; i >= 0; i--) {
    if (view.shape[i]! > 1 && view.strides[i] !== step) return false;
    step *= view.shape[i]!;
  }
  return true;
}

function is_f_contiguous(view: PyBuffer): boolean {
  if (view.suboffsets !== null) return false;
  if (view.strides === null || view.shape === null || view.len === 0) return true;
  let step = view.itemsize;
  for (let i = 0; i < view.ndim; i++) {
    if (view.shape[i]! > 1 && view.strides[i] !== step) return false;
    step *= view.shape[i]!;
  }
  return true;
}

/** Whether the bytes of a buffer lie in one piece. CPython: PyBuffer_IsContiguous(view, 'A') */
export function buffer_is_contiguous(view: PyBuffer): boolean {
  return is_c_contiguous(view) || is_f_contiguous(view);
}

/** The buffer of a PickleBuffer. CPython: PyPickleBuffer_GetBuffer */
export function PyPickleBuffer_GetBuffer(o: PyObject): PyBuffer {
  const view = (o as PyPickleBufferObject).v;
  if (view === null) PyErr_SetString(PyExc_ValueError, 'operation forbidden on released PickleBuffer object');
  return view;
}

function picklebuf_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [base] = PyArg_Clinic('PickleBuffer', '(object, /)', args, kwargs);
  const view = PyObject_GetBuffer(base!, PyBUF_FULL_RO);
  return type.tp_alloc!(type, view);
}

function release(self: PyObject): void {
  const o = self as PyPickleBufferObject;
  const view = o.v;
  o.v = null;
  if (view !== null) PyBuffer_Release(view);
}

function picklebuf_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  release(self);
}

function picklebuf_traverse(self: PyObject, visit: visitproc): void {
  const view = (self as PyPickleBufferObject).v;
  if (view !== null && view.obj !== null) visit(view.obj);
}

function picklebuf_getbuffer(self: PyObject, flags: number): PyBuffer {
  return PyObject_GetBuffer(PyPickleBuffer_GetBuffer(self).obj!, flags);
}

function picklebuf_release(self: PyObject): PyObject {
  release(self);
  return newref(Py_None);
}

/** CPython: Objects/picklebufobject.c:picklebuf_raw */
function picklebuf_raw(self: PyObject): PyObject {
  const view = PyPickleBuffer_GetBuffer(self);
  if (view.suboffsets !== null || !buffer_is_contiguous(view)) {
    PyErr_SetString(PyExc_BufferError, 'cannot extract raw buffer from non-contiguous buffer');
  }
  const master = PyObject_GetBuffer(view.obj!, PyBUF_FULL_RO);
  return PyMemoryView_FromBuffer({
    ...master,
    format: 'B',
    ndim: 1,
    itemsize: 1,
    shape: [master.len],
    strides: [1],
    suboffsets: null,
  });
}

export const PyPickleBuffer_Type = static_type({
  name: 'pickle.PickleBuffer',
  tp_basicsize: 104,
  tp_weaklistoffset: 96,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'Wrapper for potentially out-of-band buffers',
  tp_new: picklebuf_new,
  tp_dealloc: picklebuf_dealloc,
  tp_traverse: picklebuf_traverse,
  tp_clear: release,
  bf_getbuffer: picklebuf_getbuffer,
  methods: [
    { name: 'raw', flags: METH_NOARGS, meth: picklebuf_raw, sig: '($self, /)' },
    { name: 'release', flags: METH_NOARGS, meth: picklebuf_release, sig: '($self, /)' },
  ],
});
