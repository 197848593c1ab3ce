// methods.ts: the methods of int.                                                   CPython: Objects/longobject.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyNumber_AsSsize_t, PyNumber_Index } from '../abstract.ts';
import { Py_True } from '../boolobject.ts';
import { PyBytes_FromObject, PyBytes_FromUint8Array } from '../bytesobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from '../call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { format_long } from '../formatter.ts';
import { long_long, PyLong_FromLong, PyLong_FromValue, PyLong_Type } from '../longobject.ts';
import { _PyObject_LookupSpecial, Py_None, PyObject_IsTrue, PyObject_Str, type_name_of } from '../object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../tupleobject.ts';
import { _Py_ID, PyUnicode_AsString } from '../unicodeobject.ts';
import { bit_count, bit_length, type LongValue, round_to_power } from './arith.ts';
import { from_byte_array, to_byte_array } from './convert.ts';

export function long_bit_length(self: PyObject): PyObject {
  return PyLong_FromLong(bit_length(self.v as LongValue));
}

export function long_bit_count(self: PyObject): PyObject {
  return PyLong_FromLong(bit_count(self.v as LongValue));
}

export function long_is_integer(): PyObject {
  return newref(Py_True);
}

export function long_as_integer_ratio(self: PyObject): PyObject {
  return tuple_pair_steal(long_long(self), PyLong_FromLong(1));
}

export function long___getnewargs__(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromValue(self.v as LongValue)]);
}

/** 24 bytes and 4 for each 30 bits, at least one digit. */
export function long___sizeof__(self: PyObject): PyObject {
  const digits = Math.ceil(bit_length(self.v as LongValue) / 30);
  return PyLong_FromLong(24 + 4 * (digits === 0 ? 1 : digits));
}

/** Raises unless the format spec is a str. */
export function check_format_spec(spec: PyObject): void {
  if (!PyUnicode_Check(spec)) {
    PyErr_SetString(
      PyExc_TypeError,
      `__format__() argument must be str, not ${spec === Py_None ? 'None' : type_name_of(spec)}`,
    );
  }
}

export function long___format__(self: PyObject, spec: PyObject): PyObject {
  check_format_spec(spec);
  if ((spec as PyObject<string>).v.length === 0) return PyObject_Str(self);
  return format_long(self, spec);
}

/** CPython: Objects/longobject.c:int___round___impl */
export function long___round__(self: PyObject, ndigits: PyObject | null): PyObject {
  if (ndigits === null || ndigits === Py_None) return long_long(self);
  const index = PyNumber_Index(ndigits);
  const n = index.v as LongValue;
  decref(index);
  if (n >= 0) return long_long(self);
  return PyLong_FromValue(round_to_power(self.v as LongValue, -n));
}

function is_little(byteorder: PyObject | null, fname: string): boolean {
  if (byteorder === null) return false;
  if (!PyUnicode_Check(byteorder)) {
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}() argument 'byteorder' must be str, not ${byteorder === Py_None ? 'None' : type_name_of(byteorder)}`,
    );
  }
  const order = PyUnicode_AsString(byteorder);
  if (order === 'little') return true;
  if (order !== 'big') PyErr_SetString(PyExc_ValueError, "byteorder must be either 'little' or 'big'");
  return false;
}

export function long_to_bytes(
  self: PyObject,
  length: PyObject | null,
  byteorder: PyObject | null,
  signed: PyObject | null,
): PyObject {
  const n = length === null ? 1 : PyNumber_AsSsize_t(length, PyExc_OverflowError);
  if (byteorder !== null && !PyUnicode_Check(byteorder)) is_little(byteorder, 'to_bytes');
  const is_signed = signed === null ? false : PyObject_IsTrue(signed);
  const little = is_little(byteorder, 'to_bytes');
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'length argument must be non-negative');
  return PyBytes_FromUint8Array(to_byte_array(self.v as LongValue, n, little, is_signed));
}

/** bytes(o) without the meaning of a count that an int has there. CPython: PyObject_Bytes */
function bytes_of(o: PyObject): PyObject {
  const method = _PyObject_LookupSpecial(o, _Py_ID('__bytes__'));
  if (method === null) return PyBytes_FromObject(o);
  let r: PyObject;
  try {
    r = PyObject_CallNoArgs(method);
  } finally {
    decref(method);
  }
  if (PyBytes_Check(r)) return r;
  const name = type_name_of(r);
  decref(r);
  PyErr_SetString(PyExc_TypeError, `__bytes__ returned non-bytes (type ${name})`);
}

/** A class method: `type` is the class it was called on. */
export function long_from_bytes(
  type: PyTypeObject,
  bytes: PyObject,
  byteorder: PyObject | null,
  signed: PyObject | null,
): PyObject {
  if (byteorder !== null && !PyUnicode_Check(byteorder)) is_little(byteorder, 'from_bytes');
  const is_signed = signed === null ? false : PyObject_IsTrue(signed);
  const little = is_little(byteorder, 'from_bytes');
  let value: LongValue;
  if (PyBytes_Check(bytes)) value = from_byte_array(bytes.v as Uint8Array, little, is_signed);
  else {
    const copy = bytes_of(bytes);
    value = from_byte_array(copy.v as Uint8Array, little, is_signed);
    decref(copy);
  }
  const result = PyLong_FromValue(value);
  if (type === PyLong_Type) return result;
  try {
    return PyObject_CallOneArg(type, result);
  } finally {
    decref(result);
  }
}
