// encoding.ts: encodings that the parser does not know itself, from Python's codecs.           CPython: Modules/pyexpat.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref } from '../../core/object.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyUnicode_AsString, PyUnicode_Decode } from '../../objects/unicodeobject.ts';

/** The code points of an encoding's bytes; -1: none. CPython: PyUnknownEncodingHandler */
export function unknown_encoding(name: string): readonly number[] | null {
  const all = new Uint8Array(256);
  for (let i = 0; i < 256; i++) all[i] = i;
  const decoded = PyUnicode_Decode(all, name, 'replace');
  try {
    const text = Array.from(PyUnicode_AsString(decoded), c => c.codePointAt(0)!);
    if (text.length !== 256) PyErr_SetString(PyExc_ValueError, 'multi-byte encodings are not supported');
    return text.map(c => (c === 0xfffd ? -1 : c));
  } finally {
    decref(decoded);
  }
}
