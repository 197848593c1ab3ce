// nldecoder.ts: IncrementalNewlineDecoder, which makes every line ending '\n'.          CPython: Modules/_io/textio.c
//
// A '\r' at the end of the input is held back until it is known whether '\n' follows.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethod, PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { object_new } from '../../objects/typeobject/object.ts';
import { PyType_GenericAlloc } from '../../objects/typeobject.ts';
import {
  PyUnicode_FromString,
  str_text,
  type Text,
  text_concat,
  unicode_from_text,
} from '../../objects/unicodeobject.ts';
import { c_bool } from '../args.ts';
import { py_none } from './common.ts';
import { endings_seen, ends_with_cr, SEEN_CR, SEEN_CRLF, SEEN_LF, to_lf, without_last } from './lines.ts';

/** The translation itself, for use without Python objects. */
export class NewlineTranslator {
  readonly translate: boolean;
  pendingcr = false;
  seen = 0;
  constructor(translate: boolean) {
    this.translate = translate;
  }

  /** CPython: Modules/_io/textio.c:_PyIncrementalNewlineDecoder_decode */
  feed(t: Text, final: boolean): Text {
    if (this.pendingcr && (final || t.length > 0)) {
      t = text_concat('\r', t);
      this.pendingcr = false;
    }
    if (!final && ends_with_cr(t)) {
      t = without_last(t);
      this.pendingcr = true;
    }
    if (t.length === 0) return t;
    this.seen |= endings_seen(t);
    return this.translate ? to_lf(t) : t;
  }

  /** The endings seen so far: None, a str, or a tuple of them (new). */
  newlines(): PyObject {
    const found: string[] = [];
    if ((this.seen & SEEN_CR) !== 0) found.push('\r');
    if ((this.seen & SEEN_LF) !== 0) found.push('\n');
    if ((this.seen & SEEN_CRLF) !== 0) found.push('\r\n');
    if (found.length === 0) return py_none();
    if (found.length === 1) return PyUnicode_FromString(found[0]!);
    return PyTuple_FromArraySteal(found.map(text => PyUnicode_FromString(text)));
  }
}

export class NewlineDecoderData {
  /** Owned decoder, None for none; null before __init__. */
  decoder: PyObject | null = null;
  errors: PyObject | null = null;
  translator = new NewlineTranslator(true);
}

function data_of(self: PyObject): NewlineDecoderData {
  return self.v as NewlineDecoderData;
}

function ready(self: PyObject): NewlineDecoderData {
  const data = data_of(self);
  if (data.decoder === null) PyErr_SetString(PyExc_ValueError, 'IncrementalNewlineDecoder.__init__() not called');
  return data;
}

function nldecoder_alloc(type: PyTypeObject, v: unknown): PyObject {
  return PyType_GenericAlloc(type, v ?? new NewlineDecoderData());
}

function nldecoder_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [decoder, translate, errors] = PyArg_Clinic(
    'IncrementalNewlineDecoder',
    "(decoder, translate, errors='strict')",
    args,
    kwargs,
  );
  const data = data_of(self);
  const wants = c_bool(translate!, false);
  xdecref(data.errors);
  data.errors = errors === null || errors === undefined ? PyUnicode_FromString('strict') : newref(errors);
  xdecref(data.decoder);
  data.decoder = newref(decoder!);
  data.translator = new NewlineTranslator(wants);
}

/** A new one around a decoder (borrowed). */
export function new_newline_decoder(decoder: PyObject, translate: boolean): PyObject {
  const data = new NewlineDecoderData();
  data.decoder = newref(decoder);
  data.errors = PyUnicode_FromString('strict');
  data.translator = new NewlineTranslator(translate);
  return PyIncrementalNewlineDecoder_Type.tp_alloc!(PyIncrementalNewlineDecoder_Type, data);
}

function check_decoded(o: PyObject): void {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `decoder should return a string result, not '${o.ob_type.tp_name}'`);
}

/** Decodes and translates (new). */
export function nldecoder_decode(self: PyObject, input: PyObject, final: boolean): PyObject {
  const data = ready(self);
  let text: PyObject;
  if (data.decoder !== Py_None) {
    text = PyObject_CallMethod(data.decoder!, 'decode', input, final ? Py_True : Py_False);
  } else text = newref(input);
  try {
    check_decoded(text);
    const t = str_text(text);
    const out = data.translator.feed(t, final);
    return out === t ? newref(text) : unicode_from_text(out);
  } finally {
    decref(text);
  }
}

function decode(self: PyObject, input: PyObject, final: PyObject | null): PyObject {
  return nldecoder_decode(self, input, c_bool(final, false));
}

/** The decoder's state with our held back '\r' as its lowest bit. */
function getstate(self: PyObject): PyObject {
  const data = ready(self);
  let buffer: PyObject;
  let flag = 0n;
  if (data.decoder !== Py_None) {
    const state = PyObject_CallMethodNoArgs(data.decoder!, 'getstate');
    try {
      if (!PyTuple_Check(state)) PyErr_SetString(PyExc_TypeError, 'illegal decoder state');
      if (state.v.length !== 2 || !PyBytes_Check(state.v[0]!) || !PyLong_Check(state.v[1]!)) {
        PyErr_SetString(PyExc_TypeError, 'illegal decoder state');
      }
      flag = PyLong_AsBigInt(state.v[1]!);
      buffer = newref(state.v[0]!);
    } finally {
      decref(state);
    }
  } else buffer = PyBytes_FromUint8Array(new Uint8Array(0));
  return PyTuple_FromArraySteal([buffer, PyLong_FromBigInt((flag << 1n) | (data.translator.pendingcr ? 1n : 0n))]);
}

function setstate(self: PyObject, state: PyObject): PyObject {
  const data = ready(self);
  if (!PyTuple_Check(state)) PyErr_SetString(PyExc_TypeError, 'state argument must be a tuple');
  if (state.v.length !== 2 || !PyLong_Check(state.v[1]!)) {
    PyErr_SetString(PyExc_TypeError, 'setstate(): illegal state argument');
  }
  const flag = PyLong_AsBigInt(state.v[1]!);
  data.translator.pendingcr = (flag & 1n) !== 0n;
  if (data.decoder !== Py_None) {
    const inner = PyTuple_FromArraySteal([newref(state.v[0]!), PyLong_FromBigInt(flag >> 1n)]);
    try {
      return PyObject_CallMethodOneArg(data.decoder!, 'setstate', inner);
    } finally {
      decref(inner);
    }
  }
  return py_none();
}

function reset(self: PyObject): PyObject {
  const data = ready(self);
  data.translator.seen = 0;
  data.translator.pendingcr = false;
  if (data.decoder !== Py_None) return PyObject_CallMethodNoArgs(data.decoder!, 'reset');
  return py_none();
}

function dealloc(self: PyObject): void {
  gc_del(self);
  const data = data_of(self);
  xdecref(data.decoder);
  xdecref(data.errors);
}

function traverse(self: PyObject, visit: visitproc): void {
  const data = data_of(self);
  if (data.decoder !== null) visit(data.decoder);
  if (data.errors !== null) visit(data.errors);
}

function clear(self: PyObject): void {
  const data = data_of(self);
  const { decoder, errors } = data;
  data.decoder = null;
  data.errors = null;
  xdecref(decoder);
  xdecref(errors);
}

export const PyIncrementalNewlineDecoder_Type = static_type({
  name: '_io.IncrementalNewlineDecoder',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc:
    "IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\nMakes the line endings of decoded text alike.",
  tp_new: object_new,
  tp_alloc: nldecoder_alloc,
  tp_init: nldecoder_init,
  tp_dealloc: dealloc,
  tp_traverse: traverse,
  tp_clear: clear,
  methods: [
    { name: 'decode', flags: METH_CLINIC, meth: decode, sig: '($self, /, input, final=False)' },
    { name: 'getstate', flags: METH_NOARGS, meth: getstate, sig: '($self, /)' },
    { name: 'setstate', flags: METH_O, meth: setstate, sig: '($self, state, /)' },
    { name: 'reset', flags: METH_NOARGS, meth: reset, sig: '($self, /)' },
  ],
  getset: [{ name: 'newlines', get: self => ready(self).translator.newlines() }],
});
