// values.ts: str objects as the editor has them: text in the locale's encoding, which is UTF-8.
import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyObject_Vectorcall } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_UnicodeEncodeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { codes } from './text.ts';

/** The text of a str, if it can be encoded. CPython: PyUnicode_EncodeLocale with 'surrogateescape' */
export function encoded(o: PyObject): string {
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  const text = PyUnicode_AsString(o);
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  const bad = codes(text).findIndex(c => c >= 0xd800 && c < 0xe000 && !(c >= 0xdc80 && c <= 0xdcff));
  if (bad >= 0) raise_encode_error(o, bad);
  return text;
}

function raise_encode_error(o: PyObject, at: number): never {
  const args = [
    PyUnicode_FromString('locale'),
    newref(o),
    PyLong_FromLong(at),
    PyLong_FromLong(at + 1),
    PyUnicode_FromString('encoding error'),
  ];
  try {
    const exc = PyObject_Vectorcall(PyExc_UnicodeEncodeError, args, null);
    try {
      return PyErr_SetObject(PyExc_UnicodeEncodeError, exc);
    } finally {
      decref(exc);
    }
  } finally {
    for (const arg of args) decref(arg);
  }
}
