// textcodec.ts: the encoders and decoders that TextIOWrapper uses.                     CPython: Modules/_io/textio.c
//
// UTF-8, ASCII and Latin-1 are done here, without objects of the codecs module; other encodings go through the
// incremental encoder and decoder that their codec gives.
// Invariant: a decoder's state is (bytes not decoded yet, flags), as codecs.IncrementalDecoder.getstate() has it.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethod, PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetOptionalAttrString } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import {
  decode_ascii,
  decode_latin1,
  decode_utf8,
  decode_utf8_stateful,
  encode_utf8,
  PyUnicode_AsEncodedString,
  str_text,
  type Text,
} from '../../objects/unicodeobject.ts';
import type { NewlineTranslator } from './nldecoder.ts';

/** Encodings that need no codec objects. */
export type NativeEncoding = 'utf-8' | 'ascii' | 'latin-1';

/** Whether an encoding is one of those. */
export function native_encoding(name: string): NativeEncoding | null {
  switch (name.toLowerCase().replaceAll('_', '-')) {
    case 'utf-8':
    case 'utf8':
      return 'utf-8';
    case 'ascii':
    case 'us-ascii':
      return 'ascii';
    case 'latin-1':
    case 'latin1':
    case 'iso-8859-1':
    case 'iso8859-1':
      return 'latin-1';
  }
  return null;
}

export interface DecoderState {
  buffer: Uint8Array;
  flags: bigint;
}

export interface StreamDecoder {
  decode(bytes: Uint8Array, final: boolean): Text;
  getstate(): DecoderState;
  setstate(state: DecoderState): void;
  reset(): void;
  /** The line endings seen so far (new). */
  newlines(): PyObject;
  /** Gives up the objects it holds. */
  release(): void;
  visit(visit: (o: PyObject) => void): void;
}

const EMPTY = new Uint8Array(0);

/** Decodes without Python objects. */
export class NativeDecoder implements StreamDecoder {
  private readonly encoding: NativeEncoding;
  private readonly errors: string;
  private readonly translator: NewlineTranslator | null;
  /** An incomplete UTF-8 sequence. */
  private pending: Uint8Array = EMPTY;

  constructor(encoding: NativeEncoding, errors: string, translator: NewlineTranslator | null) {
    this.encoding = encoding;
    this.errors = errors;
    this.translator = translator;
  }

  private decode_bytes(bytes: Uint8Array, final: boolean): Text {
    if (this.encoding === 'ascii') return decode_ascii(bytes, this.errors);
    if (this.encoding === 'latin-1') return decode_latin1(bytes);
    if (this.pending.length > 0) {
      const joined = new Uint8Array(this.pending.length + bytes.length);
      joined.set(this.pending);
      joined.set(bytes, this.pending.length);
      bytes = joined;
    }
    // Nothing can be incomplete when the last byte is ASCII.
    if (final || (bytes.length > 0 && bytes[bytes.length - 1]! < 0x80)) {
      const text = decode_utf8(bytes, this.errors);
      this.pending = EMPTY;
      return text;
    }
    const cut = bytes.length - incomplete_tail(bytes);
    const head = decode_utf8_stateful_fast(bytes, cut, this.errors);
    this.pending = bytes.slice(head.consumed);
    return head.text;
  }

  decode(bytes: Uint8Array, final: boolean): Text {
    const text = this.decode_bytes(bytes, final);
    return this.translator === null ? text : this.translator.feed(text, final);
  }

  getstate(): DecoderState {
    const flags = this.translator !== null && this.translator.pendingcr ? 1n : 0n;
    return { buffer: this.pending, flags };
  }

  setstate(state: DecoderState): void {
    this.pending = state.buffer;
    if (this.translator !== null) this.translator.pendingcr = (state.flags & 1n) !== 0n;
  }

  reset(): void {
    this.pending = EMPTY;
    if (this.translator !== null) {
      this.translator.pendingcr = false;
      this.translator.seen = 0;
    }
  }

  newlines(): PyObject {
    return this.translator === null ? newref(Py_None) : this.translator.newlines();
  }

  release(): void {}
  visit(): void {}
}

/** How many bytes at the end may belong to a sequence that goes on. */
function incomplete_tail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back]!;
    if (b < 0x80) return 0;
    if (b >= 0xc0) {
      const need = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
      return need > back ? back : 0;
    }
  }
  return 0;
}

/** Decodes up to `cut` at full speed when that is well-formed, else byte by byte with the error handler. */
function decode_utf8_stateful_fast(bytes: Uint8Array, cut: number, errors: string): { text: Text; consumed: number } {
  if (cut === bytes.length) {
    const whole = decode_utf8_stateful(bytes, errors, false);
    return whole;
  }
  const tail = decode_utf8_stateful(bytes.subarray(cut), errors, false);
  if (tail.consumed === 0 && tail.text.length === 0)
    return { text: decode_utf8(bytes.subarray(0, cut), errors), consumed: cut };
  return decode_utf8_stateful(bytes, errors, false);
}

/** Decodes through an incremental decoder object (owned). */
export class ObjectDecoder implements StreamDecoder {
  readonly decoder: PyObject;
  constructor(decoder: PyObject) {
    this.decoder = decoder;
  }

  decode(bytes: Uint8Array, final: boolean): Text {
    const input = PyBytes_FromUint8Array(bytes);
    let text: PyObject;
    try {
      text = PyObject_CallMethod(this.decoder, 'decode', input, final ? Py_True : Py_False);
    } finally {
      decref(input);
    }
    try {
      if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, `decoder should return a string result, not '${text.ob_type.tp_name}'`);
      }
      return str_text(text);
    } finally {
      decref(text);
    }
  }

  getstate(): DecoderState {
    const state = PyObject_CallMethodNoArgs(this.decoder, 'getstate');
    try {
      if (!PyTuple_Check(state) || state.v.length !== 2 || !PyLong_Check(state.v[1]!)) {
        PyErr_SetString(PyExc_TypeError, 'illegal decoder state');
      }
      const buffer = state.v[0]!;
      if (!PyBytes_Check(buffer)) {
        PyErr_SetString(
          PyExc_TypeError,
          `illegal decoder state: the first item should be a bytes object, not '${buffer.ob_type.tp_name}'`,
        );
      }
      return { buffer: buffer.v as Uint8Array, flags: PyLong_AsBigInt(state.v[1]!) };
    } finally {
      decref(state);
    }
  }

  setstate(state: DecoderState): void {
    const tuple = PyTuple_FromArraySteal([PyBytes_FromUint8Array(state.buffer), PyLong_FromBigInt(state.flags)]);
    try {
      decref(PyObject_CallMethodOneArg(this.decoder, 'setstate', tuple));
    } finally {
      decref(tuple);
    }
  }

  reset(): void {
    decref(PyObject_CallMethodNoArgs(this.decoder, 'reset'));
  }

  newlines(): PyObject {
    return PyObject_GetOptionalAttrString(this.decoder, 'newlines') ?? newref(Py_None);
  }

  release(): void {
    decref(this.decoder);
  }

  visit(visit: (o: PyObject) => void): void {
    visit(this.decoder);
  }
}

export interface StreamEncoder {
  /** A str as bytes. */
  encode(text: PyObject): Uint8Array;
  /** Back to the start of a stream, or to somewhere in it (where no byte order mark is due). */
  restart(at_start: boolean): void;
  release(): void;
  visit(visit: (o: PyObject) => void): void;
}

export class NativeEncoder implements StreamEncoder {
  private readonly encoding: NativeEncoding;
  private readonly errors: string;
  constructor(encoding: NativeEncoding, errors: string) {
    this.encoding = encoding;
    this.errors = errors;
  }
  /** Whether any text without surrogates can be encoded without looking: UTF-8. */
  takes_all(): boolean {
    return this.encoding === 'utf-8';
  }
  encode(text: PyObject): Uint8Array {
    if (this.encoding === 'utf-8') return encode_utf8(text, this.errors);
    const bytes = PyUnicode_AsEncodedString(text, this.encoding, this.errors);
    const out = bytes.v as Uint8Array;
    decref(bytes);
    return out;
  }
  restart(): void {}
  release(): void {}
  visit(): void {}
}

/** Encodes through an incremental encoder object (owned). */
export class ObjectEncoder implements StreamEncoder {
  readonly encoder: PyObject;
  constructor(encoder: PyObject) {
    this.encoder = encoder;
  }
  encode(text: PyObject): Uint8Array {
    const bytes = PyObject_CallMethodOneArg(this.encoder, 'encode', text);
    try {
      if (!PyBytes_Check(bytes)) {
        PyErr_SetString(PyExc_TypeError, `encoder should return a bytes object, not '${bytes.ob_type.tp_name}'`);
      }
      return bytes.v as Uint8Array;
    } finally {
      decref(bytes);
    }
  }
  restart(at_start: boolean): void {
    if (at_start) {
      decref(PyObject_CallMethodNoArgs(this.encoder, 'reset'));
      return;
    }
    const zero = PyLong_FromLong(0);
    try {
      decref(PyObject_CallMethodOneArg(this.encoder, 'setstate', zero));
    } finally {
      decref(zero);
    }
  }
  release(): void {
    decref(this.encoder);
  }
  visit(visit: (o: PyObject) => void): void {
    visit(this.encoder);
  }
}
