// bytes_format.ts: the % operator of bytes and bytearray.                     CPython: Objects/bytesobject.c:_PyBytes_FormatEx

import { PyErr_SetString } from '../core/errors.ts';
import { decref, Py_TPFLAGS_BYTES_SUBCLASS, Py_TPFLAGS_TUPLE_SUBCLASS, type PyObject } from '../core/object.ts';
import { PyMapping_Check, PyObject_CheckBuffer } from './abstract.ts';
import { PyByteArray_Check } from './bytearrayobject.ts';
import { buffer_bytes } from './bytes_methods.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyBytes_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { _PyObject_LookupSpecial } from './object.ts';
import { string_from_units } from './unicodeobject/data.ts';
import { _Py_ID, is_str } from './unicodeobject/object.ts';
import { percent_format } from './unicodeobject/percent.ts';

/** format % args, as bytes. */
export function bytes_format(format: Uint8Array, args: PyObject): Uint8Array {
  const mapping =
    PyMapping_Check(args) &&
    (args.ob_type.tp_flags & (Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_BYTES_SUBCLASS)) === 0 &&
    !is_str(args) &&
    !PyByteArray_Check(args);
  const s = percent_format(string_from_units(format), args, mapping, true) as string;
  const out = new Uint8Array(s.length);
  for (let i = 0; i < out.length; i++) out[i] = s.charCodeAt(i);
  return out;
}

/** The bytes that %b shows: those of a bytes-like object, or what __bytes__ gives. CPython: format_obj */
export function bytes_of_percent_b(v: PyObject): Uint8Array {
  if (PyBytes_Check(v) || PyByteArray_Check(v)) return buffer_bytes(v);
  const method = _PyObject_LookupSpecial(v, _Py_ID('__bytes__'));
  if (method !== null) {
    let r: PyObject;
    try {
      r = PyObject_CallNoArgs(method);
    } finally {
      decref(method);
    }
    try {
      if (!PyBytes_Check(r))
        PyErr_SetString(PyExc_TypeError, `__bytes__ returned non-bytes (type ${r.ob_type.tp_name})`);
      return r.v as Uint8Array;
    } finally {
      decref(r);
    }
  }
  if (PyObject_CheckBuffer(v)) return buffer_bytes(v);
  return PyErr_SetString(
    PyExc_TypeError,
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${v.ob_type.tp_name}'`,
  );
}
