// bufferedbase.ts: _BufferedIOBase and _TextIOBase, which their streams override.    CPython: Modules/_io/bufferedio.c, textio.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_METHOD, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { release, write_buffer } from '../args.ts';
import { py_none, unsupported } from './common.ts';
import { iobase_clear, iobase_dealloc, iobase_traverse, PyIOBase_Type } from './iobase.ts';

/** Fills the buffer through read() or read1(). CPython: _bufferediobase_readinto_generic */
function readinto_generic(self: PyObject, buffer: PyObject, name: string, method: string): PyObject {
  const view = write_buffer(buffer, name);
  try {
    const size = PyLong_FromLong(view.bytes.length);
    let data: PyObject;
    try {
      data = PyObject_CallMethodOneArg(self, method, size);
    } finally {
      decref(size);
    }
    try {
      if (!PyBytes_Check(data)) PyErr_SetString(PyExc_TypeError, 'read() should return bytes');
      const bytes = data.v as Uint8Array;
      if (bytes.length > view.bytes.length) {
        PyErr_SetString(
          PyExc_ValueError,
          `read() returned too much data: ${view.bytes.length} bytes requested, ${bytes.length} returned`,
        );
      }
      view.bytes.set(bytes);
      return PyLong_FromLong(bytes.length);
    } finally {
      decref(data);
    }
  } finally {
    release(view);
  }
}

function buffered_readinto(self: PyObject, buffer: PyObject): PyObject {
  return readinto_generic(self, buffer, 'readinto', 'read');
}
function buffered_readinto1(self: PyObject, buffer: PyObject): PyObject {
  return readinto_generic(self, buffer, 'readinto1', 'read1');
}
function cannot_detach(): PyObject {
  return unsupported('detach');
}
function cannot_read(): PyObject {
  return unsupported('read');
}
function cannot_read1(): PyObject {
  return unsupported('read1');
}
function cannot_readline(): PyObject {
  return unsupported('readline');
}
function cannot_write(): PyObject {
  return unsupported('write');
}

export const PyBufferedIOBase_Type = static_type({
  name: '_io._BufferedIOBase',
  heap: 'immutable',
  base: () => PyIOBase_Type,
  tp_basicsize: 32,
  tp_dictoffset: 16,
  tp_weaklistoffset: 24,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: 'The base of buffered binary streams.',
  tp_dealloc: iobase_dealloc,
  tp_traverse: iobase_traverse,
  tp_clear: iobase_clear,
  methods: [
    { name: 'detach', flags: METH_METHOD | METH_NOARGS, meth: cannot_detach, sig: '($self, /)' },
    { name: 'read', flags: METH_METHOD | METH_CLINIC, meth: cannot_read, sig: '($self, size=-1, /)' },
    { name: 'read1', flags: METH_METHOD | METH_CLINIC, meth: cannot_read1, sig: '($self, size=-1, /)' },
    { name: 'readinto', flags: METH_O, meth: buffered_readinto, sig: '($self, buffer, /)' },
    { name: 'readinto1', flags: METH_O, meth: buffered_readinto1, sig: '($self, buffer, /)' },
    { name: 'write', flags: METH_METHOD | METH_O, meth: cannot_write, sig: '($self, b, /)' },
  ],
});

export const PyTextIOBase_Type = static_type({
  name: '_io._TextIOBase',
  heap: 'immutable',
  base: () => PyIOBase_Type,
  tp_basicsize: 32,
  tp_dictoffset: 16,
  tp_weaklistoffset: 24,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: 'The base of text streams.',
  tp_dealloc: iobase_dealloc,
  tp_traverse: iobase_traverse,
  tp_clear: iobase_clear,
  methods: [
    { name: 'detach', flags: METH_METHOD | METH_NOARGS, meth: cannot_detach, sig: '($self, /)' },
    { name: 'read', flags: METH_METHOD | METH_CLINIC, meth: cannot_read, sig: '($self, size=-1, /)' },
    { name: 'readline', flags: METH_METHOD | METH_CLINIC, meth: cannot_readline, sig: '($self, size=-1, /)' },
    { name: 'write', flags: METH_METHOD | METH_O, meth: cannot_write, sig: '($self, s, /)' },
  ],
  getset: [
    { name: 'encoding', get: py_none },
    { name: 'newlines', get: py_none },
    { name: 'errors', get: py_none },
  ],
});
