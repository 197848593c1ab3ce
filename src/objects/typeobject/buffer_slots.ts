// buffer_slots.ts: `__buffer__` and `__release_buffer__`: the buffer protocol for classes (PEP 688).
//                                                                                        CPython: Objects/typeobject.c
//
// The buffer that a class's `__buffer__` gives belongs to a wrapper, which keeps the memoryview that was returned and the
// instance. Invariant: a native bf_releasebuffer of a base class runs once for each buffer, whatever Python code does.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { type PyBuffer, static_type } from '../../core/spec.ts';
import { PyObject_GetBuffer } from '../abstract.ts';
import { PyObject_CallMethod } from '../call.ts';
import { PyErr_FormatUnraisable } from '../errors_util.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { type MemoryView, memoryview_restrict, PyMemoryView_Check, PyMemoryView_FromBuffer } from '../memoryobject.ts';
import { call_special } from './slots.ts';

/** Payload of the wrapper; both owned, null once released. */
class BufferWrapper {
  view: PyObject | null;
  object: PyObject | null;
  constructor(view: PyObject, object: PyObject) {
    this.view = view;
    this.object = object;
  }
}

/** CPython: Objects/typeobject.c:slot_bf_getbuffer */
export function slot_bf_getbuffer(self: PyObject, flags: number): PyBuffer {
  const flag = PyLong_FromLong(flags);
  let ret: PyObject;
  try {
    ret = call_special(self, '__buffer__', flag);
  } finally {
    decref(flag);
  }
  try {
    if (!PyMemoryView_Check(ret)) {
      PyErr_SetString(PyExc_TypeError, `__buffer__ returned non-memoryview object (type ${ret.ob_type.tp_name})`);
    }
    const buffer = PyObject_GetBuffer(ret, flags);
    // The wrapper takes over the buffer's reference to the memoryview.
    const wrapper = new PyObject(_PyBufferWrapper_Type, new BufferWrapper(buffer.obj!, newref(self)), null);
    gc_new(wrapper);
    buffer.obj = wrapper;
    return buffer;
  } finally {
    decref(ret);
  }
}

/** CPython: bufferwrapper_releasebuf */
function bufferwrapper_releasebuf(self: PyObject, buffer: PyBuffer): void {
  const w = self.v as BufferWrapper;
  const { view, object } = w;
  if (view === null || object === null) return;
  view.ob_type.bf_releasebuffer!(view, buffer);
  // A native bf_releasebuffer is called when the memoryview itself goes.
  if ((view.v as MemoryView).view.obj !== object && object.ob_type.bf_releasebuffer === slot_bf_releasebuffer) {
    call_release_buffer(object, view);
  }
  w.view = null;
  w.object = null;
  decref(view);
  decref(object);
}

function call_release_buffer(self: PyObject, view: PyObject): void {
  try {
    decref(call_special(self, '__release_buffer__', view));
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored in __release_buffer__ of ${self.ob_type.tp_name}`, e);
  }
}

/** For a class with `__release_buffer__` whose buffer is a native base's: that method gets a view that nobody can keep,
 *  then the base releases its buffer. CPython: slot_bf_releasebuffer */
export function slot_bf_releasebuffer(self: PyObject, buffer: PyBuffer): void {
  const view = PyMemoryView_FromBuffer({ ...buffer, obj: null });
  memoryview_restrict(view);
  try {
    call_release_buffer(self, view);
    decref(PyObject_CallMethod(view, 'release'));
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored in __release_buffer__ of ${self.ob_type.tp_name}`, e);
  } finally {
    decref(view);
  }
  const mro = (self.ob_type.tp_mro as PyObject<PyTypeObject[]>).v;
  for (let i = mro.indexOf(self.ob_type) + 1; i < mro.length; i++) {
    const release = mro[i]!.bf_releasebuffer;
    if (release !== null && release !== slot_bf_releasebuffer) {
      release(self, buffer);
      return;
    }
  }
}

/** `__release_buffer__` of a native type, called from Python: releases the memoryview. CPython: wrap_releasebuffer */
export function release_python_view(self: PyObject, view: PyObject): void {
  if (!PyMemoryView_Check(view)) PyErr_SetString(PyExc_TypeError, 'expected a memoryview object');
  const m = view.v;
  if (m.released) PyErr_SetString(PyExc_ValueError, "memoryview's buffer has already been released");
  if (m.view.obj === null) return;
  if (m.view.obj !== self) PyErr_SetString(PyExc_ValueError, "memoryview's buffer is not this object");
  decref(PyObject_CallMethod(view, 'release'));
}

export const _PyBufferWrapper_Type = static_type({
  name: '_buffer_wrapper',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc(self) {
    gc_del(self);
    const { view, object } = self.v as BufferWrapper;
    if (view !== null) decref(view);
    if (object !== null) decref(object);
  },
  tp_traverse(self, visit) {
    const { view, object } = self.v as BufferWrapper;
    if (view !== null) visit(view);
    if (object !== null) visit(object);
  },
  bf_releasebuffer: bufferwrapper_releasebuf,
});
