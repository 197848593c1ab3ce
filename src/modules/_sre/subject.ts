// subject.ts: the text to be searched, as an array of characters.                     CPython: Modules/_sre/sre.c:getstring, getslice
//
// The engine reads typed arrays. The array made for the last str is kept: scanners and tokenizers ask about the same
// text again and again.

import { PyErr_SetString } from '../../core/errors.ts';
import { newref, Py_TPFLAGS_BYTES_SUBCLASS, type PyObject } from '../../core/object.ts';
import { PyBUF_SIMPLE, type PyBuffer } from '../../core/spec.ts';
import { PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import type { Text } from '../../objects/unicodeobject/data.ts';
import { is_str, PyUnicode_Substring } from '../../objects/unicodeobject/object.ts';

export type Subject = Uint8Array | Uint16Array | Uint32Array;

/** Texts up to this length share one buffer. */
const SHARED = 1 << 14;

let cached_text: Text | null = null;
let cached: Subject | null = null;
let shared: Uint16Array | null = null;

/** The characters of a text. The array may be longer than the text, and is valid until the next call. */
export function characters(t: Text): Subject {
  if (typeof t !== 'string') return t;
  if (t === cached_text) return cached!;
  const n = t.length;
  let a: Uint16Array;
  if (n <= SHARED) {
    shared ??= new Uint16Array(SHARED);
    a = shared;
  } else a = new Uint16Array(n);
  for (let i = 0; i < n; i++) a[i] = t.charCodeAt(i);
  cached_text = t;
  cached = a;
  return a;
}

/** The array that was asked for last stays as it is. */
export function keep_subject(): void {
  shared = null;
  cached_text = null;
}

/** A subject held for one operation. `release` when done. */
export class Held {
  readonly object: PyObject;
  readonly length: number;
  readonly isbytes: boolean;
  /** The text if it is a JS string of single code units, else null. */
  readonly string: string | null = null;
  private buffer: PyBuffer | null = null;
  private readonly bytes: Uint8Array | null = null;

  constructor(o: PyObject) {
    this.object = o;
    if (is_str(o)) {
      this.isbytes = false;
      this.length = o.v.length;
      if (typeof o.v === 'string') this.string = o.v;
      return;
    }
    if ((o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0) this.bytes = o.v as Uint8Array;
    else {
      if (!PyObject_CheckBuffer(o)) {
        PyErr_SetString(PyExc_TypeError, `expected string or bytes-like object, got '${o.ob_type.tp_name}'`);
      }
      this.buffer = PyObject_GetBuffer(o, PyBUF_SIMPLE);
      this.bytes = this.buffer.buf.subarray(this.buffer.offset, this.buffer.offset + this.buffer.len);
    }
    this.isbytes = true;
    this.length = this.bytes.length;
  }

  subject(): Subject {
    return this.bytes ?? characters(this.object.v as Text);
  }

  /** Part of it: str of a str, bytes of anything else. */
  slice(start: number, end: number): PyObject {
    if (this.bytes === null) return PyUnicode_Substring(this.object, start, end);
    if (this.object.ob_type === PyBytes_Type && start === 0 && end === this.length) return newref(this.object);
    return PyBytes_FromUint8Array(this.bytes.slice(start, end));
  }

  release(): void {
    if (this.buffer !== null) PyBuffer_Release(this.buffer);
    this.buffer = null;
  }
}
