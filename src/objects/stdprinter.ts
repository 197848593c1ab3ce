// stdprinter.ts: sys.stderr until the io module can be imported.                  CPython: Objects/fileobject.c (PyStdPrinter)

import { PyErr_SetString } from '../core/errors.ts';
import { newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyUnicode_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyLong_FromLong } from './longobject.ts';
import { address, Py_None } from './object.ts';
import { PyUnicode_AsEncodedString, PyUnicode_FromString } from './unicodeobject.ts';

/** `v` is the descriptor. */
export function PyFile_NewStdPrinter(fd: number): PyObject {
  return new PyObject<unknown, unknown>(PyStdPrinter_Type, fd, null);
}

function write(self: PyObject, text: PyObject): PyObject {
  if (!PyUnicode_Check(text)) {
    PyErr_SetString(PyExc_TypeError, `write() argument 1 must be str, not ${text.ob_type.tp_name}`);
  }
  const bytes = PyUnicode_AsEncodedString(text, 'utf-8', 'backslashreplace');
  const n = current.tstate.interp.host.files.write(self.v as number, bytes.v as Uint8Array);
  return PyLong_FromLong(n);
}

function none(): PyObject {
  return newref(Py_None);
}

export const PyStdPrinter_Type = static_type({
  name: 'stderrprinter',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_repr: self => PyUnicode_FromString(`<stdprinter(fd=${self.v as number}) object at ${address(self)}>`),
  methods: [
    { name: 'close', flags: METH_NOARGS, meth: none },
    { name: 'flush', flags: METH_NOARGS, meth: none },
    { name: 'fileno', flags: METH_NOARGS, meth: (self: PyObject) => PyLong_FromLong(self.v as number) },
    {
      name: 'isatty',
      flags: METH_NOARGS,
      meth: (self: PyObject) => PyBool_FromLong(current.tstate.interp.host.files.isatty(self.v as number)),
    },
    { name: 'write', flags: METH_O, meth: write },
  ],
  getset: [
    { name: 'encoding', get: none },
    { name: 'closed', get: () => PyBool_FromLong(false) },
    { name: 'mode', get: () => PyUnicode_FromString('w') },
  ],
});
