// _json.ts: the fast half of the json package.                                              CPython: Modules/_json.c

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_ssize } from './args.ts';
import { Encoder_Type, nativeEncoders } from './json/encoder.ts';
import { Scanner_Type } from './json/scanner.ts';
import { encode_ascii, encode_plain, JsonText, scan_string, scanned, scanned_str } from './json/text.ts';

function need_str(o: PyObject): void {
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `first argument must be a string, not ${o.ob_type.tp_name}`);
  }
}

function encode_basestring_ascii(_module: PyObject, o: PyObject): PyObject {
  need_str(o);
  return PyUnicode_FromString(encode_ascii(PyUnicode_AsString(o)));
}

function encode_basestring(_module: PyObject, o: PyObject): PyObject {
  need_str(o);
  return PyUnicode_FromString(encode_plain(PyUnicode_AsString(o)));
}

function scanstring(_module: PyObject, args: PyObject): PyObject {
  const items = args.v as PyObject[];
  if (items.length < 2 || items.length > 3) {
    const bound = items.length < 2 ? 'at least 2' : 'at most 3';
    PyErr_SetString(PyExc_TypeError, `scanstring() takes ${bound} arguments (${items.length} given)`);
  }
  const end = c_ssize(items[1]!);
  const strict = items.length < 3 || PyObject_IsTrue(items[2]!);
  need_str(items[0]!);
  const text = new JsonText(items[0]!, false);
  const value = scanned_str(scan_string(text, end, strict));
  return PyTuple_FromArraySteal([value, PyLong_FromLong(scanned.end)]);
}

export const module: ModuleSpec = {
  name: '_json',
  doc: 'json speedups\n',
  methods: [
    { name: 'encode_basestring_ascii', flags: METH_O, meth: encode_basestring_ascii, sig: '($self, object, /)' },
    { name: 'encode_basestring', flags: METH_O, meth: encode_basestring, sig: '($self, object, /)' },
    { name: 'scanstring', flags: METH_VARARGS, meth: scanstring, doc: 'The string that ends a quote away.' },
  ],
  exec(m) {
    nativeEncoders.ascii = encode_basestring_ascii;
    nativeEncoders.plain = encode_basestring;
    PyModule_AddObjectRef(m, 'make_scanner', Scanner_Type);
    PyModule_AddObjectRef(m, 'make_encoder', Encoder_Type);
  },
};
