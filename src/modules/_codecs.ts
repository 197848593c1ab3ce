// _codecs.ts: the codec registry and the built-in codecs, as the codecs module sees them.        CPython: Modules/_codecsmodule.c

import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { buffer_bytes } from '../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyBytes_Check } from '../objects/checks.ts';
import {
  _PyCodec_UnregisterError,
  PyCodec_Decode,
  PyCodec_Encode,
  PyCodec_Lookup,
  PyCodec_LookupError,
  PyCodec_Register,
  PyCodec_RegisterError,
  PyCodec_Unregister,
} from '../objects/codecs.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { arg_bool, arg_int, arg_str, arg_str_or_none, bad_argument } from '../objects/unicodeobject/args.ts';
import { build_encoding_map, decode_charmap, encode_charmap } from '../objects/unicodeobject/codecs/charmap.ts';
import {
  decode_bytes_escape,
  decode_raw_unicode_escape,
  decode_unicode_escape,
  encode_bytes_escape,
  encode_raw_unicode_escape,
  encode_unicode_escape,
} from '../objects/unicodeobject/codecs/escape.ts';
import { decode_ascii, decode_latin1, encode_ucs1 } from '../objects/unicodeobject/codecs/latin1.ts';
import { decode_utf7, encode_utf7 } from '../objects/unicodeobject/codecs/utf7.ts';
import { type Decoded, decode_utf8_stateful, encode_utf8 } from '../objects/unicodeobject/codecs/utf8.ts';
import { type DecodedUtf, decode_utf16, encode_utf16 } from '../objects/unicodeobject/codecs/utf16.ts';
import { decode_utf32, encode_utf32 } from '../objects/unicodeobject/codecs/utf32.ts';
import type { Text } from '../objects/unicodeobject/data.ts';
import { is_str, unicode_from_text } from '../objects/unicodeobject/object.ts';

type Arg = PyObject | null;

// --- the registry -------------------------------------------------------------------------------------------------------

function codecs_register(_m: PyObject, f: PyObject): PyObject {
  PyCodec_Register(f);
  return newref(Py_None);
}
function codecs_unregister(_m: PyObject, f: PyObject): PyObject {
  PyCodec_Unregister(f);
  return newref(Py_None);
}
function codecs_lookup(_m: PyObject, encoding: PyObject): PyObject {
  return PyCodec_Lookup(arg_str(encoding, 'lookup', 'argument', ''));
}
function codecs_encode(_m: PyObject, obj: PyObject, encoding: Arg, errors: Arg): PyObject {
  const enc = arg_str(encoding, 'encode', "argument 'encoding'", 'utf-8');
  return PyCodec_Encode(obj, enc, arg_str(errors, 'encode', "argument 'errors'", null));
}
function codecs_decode(_m: PyObject, obj: PyObject, encoding: Arg, errors: Arg): PyObject {
  const enc = arg_str(encoding, 'decode', "argument 'encoding'", 'utf-8');
  return PyCodec_Decode(obj, enc, arg_str(errors, 'decode', "argument 'errors'", null));
}
function codecs_register_error(_m: PyObject, errors: PyObject, handler: PyObject): PyObject {
  PyCodec_RegisterError(arg_str(errors, 'register_error', 'argument 1', ''), handler);
  return newref(Py_None);
}
function codecs_unregister_error(_m: PyObject, errors: PyObject): PyObject {
  return newref(_PyCodec_UnregisterError(arg_str(errors, '_unregister_error', 'argument', '')) ? Py_True : Py_False);
}
function codecs_lookup_error(_m: PyObject, name: PyObject): PyObject {
  return PyCodec_LookupError(arg_str(name, 'lookup_error', 'argument', ''));
}

// --- arguments and results ----------------------------------------------------------------------------------------------

/** bytes-like, or the UTF-8 of a str. Clinic: Py_buffer(accept={str, buffer}) */
function data_or_str(o: PyObject): Uint8Array {
  return is_str(o) ? encode_utf8(o) : buffer_bytes(o);
}

function encoded(b: Uint8Array, length: number): PyObject {
  return PyTuple_FromArraySteal([PyBytes_FromUint8Array(b), PyLong_FromLong(length)]);
}
function decoded(text: Text, consumed: number): PyObject {
  return PyTuple_FromArraySteal([unicode_from_text(text), PyLong_FromLong(consumed)]);
}

/** A native `<name>_encode(str, errors=None, /)`. */
function encoder(name: string, f: (o: PyObject, errors: string | null) => Uint8Array): MethodSpec {
  const fname = `${name}_encode`;
  return {
    name: fname,
    flags: METH_CLINIC,
    sig: '($module, str, errors=None, /)',
    meth: (_m: PyObject, o: PyObject, errors: Arg): PyObject => {
      if (!is_str(o)) bad_argument(fname, 'argument 1', 'str', o);
      return encoded(f(o, arg_str_or_none(errors, fname, 'argument 2')), o.v.length);
    },
  };
}

/** A native `<name>_encode(str, errors=None, byteorder=0, /)`. */
function order_encoder(
  name: string,
  f: (o: PyObject, errors: string | null, byteorder: number) => Uint8Array,
): MethodSpec {
  const fname = `${name}_encode`;
  return {
    name: fname,
    flags: METH_CLINIC,
    sig: '($module, str, errors=None, byteorder=0, /)',
    meth: (_m: PyObject, o: PyObject, errors: Arg, byteorder: Arg): PyObject => {
      if (!is_str(o)) bad_argument(fname, 'argument 1', 'str', o);
      return encoded(f(o, arg_str_or_none(errors, fname, 'argument 2'), arg_int(byteorder, 0)), o.v.length);
    },
  };
}

/** A native `<name>_decode(data, errors=None, final=False, /)`. */
function decoder(
  name: string,
  f: (b: Uint8Array, errors: string | null, final: boolean) => Decoded,
  dflt = false,
  text = false,
): MethodSpec {
  const fname = `${name}_decode`;
  return {
    name: fname,
    flags: METH_CLINIC,
    sig: `($module, data, errors=None, final=${dflt ? 'True' : 'False'}, /)`,
    meth: (_m: PyObject, data: PyObject, errors: Arg, final: Arg): PyObject => {
      const b = text ? data_or_str(data) : buffer_bytes(data);
      const err = arg_str_or_none(errors, fname, 'argument 2');
      const r = f(b, err, arg_bool(final, dflt));
      return decoded(r.text, r.consumed);
    },
  };
}

/** A native `<name>_ex_decode(data, errors=None, byteorder=0, final=False, /)`. */
function ex_decoder(
  name: string,
  f: (b: Uint8Array, errors: string | null, byteorder: number, final: boolean) => DecodedUtf,
): MethodSpec {
  const fname = `${name}_ex_decode`;
  return {
    name: fname,
    flags: METH_CLINIC,
    sig: '($module, data, errors=None, byteorder=0, final=False,\n                 /)',
    meth: (_m: PyObject, data: PyObject, errors: Arg, byteorder: Arg, final: Arg): PyObject => {
      const b = buffer_bytes(data);
      const r = f(b, arg_str_or_none(errors, fname, 'argument 2'), arg_int(byteorder, 0), arg_bool(final, false));
      return PyTuple_FromArraySteal([
        unicode_from_text(r.text),
        PyLong_FromLong(r.consumed),
        PyLong_FromLong(r.byteorder),
      ]);
    },
  };
}

/** A native `<name>_decode(data, errors=None, /)`. */
function whole_decoder(name: string, f: (b: Uint8Array, errors: string | null) => Text): MethodSpec {
  const fname = `${name}_decode`;
  return {
    name: fname,
    flags: METH_CLINIC,
    sig: '($module, data, errors=None, /)',
    meth: (_m: PyObject, data: PyObject, errors: Arg): PyObject => {
      const b = buffer_bytes(data);
      return decoded(f(b, arg_str_or_none(errors, fname, 'argument 2')), b.length);
    },
  };
}

// --- codecs with arguments of their own ---------------------------------------------------------------------------------

function escape_encode(_m: PyObject, data: PyObject, _errors: Arg): PyObject {
  if (!PyBytes_Check(data)) bad_argument('escape_encode', 'argument 1', 'bytes', data);
  const b = data.v as Uint8Array;
  return encoded(encode_bytes_escape(b), b.length);
}
function escape_decode(_m: PyObject, data: PyObject, errors: Arg): PyObject {
  const b = data_or_str(data);
  return encoded(decode_bytes_escape(b, arg_str_or_none(errors, 'escape_decode', 'argument 2')), b.length);
}

function charmap_encode(_m: PyObject, str: PyObject, errors: Arg, mapping: Arg): PyObject {
  if (!is_str(str)) bad_argument('charmap_encode', 'argument 1', 'str', str);
  const err = arg_str_or_none(errors, 'charmap_encode', 'argument 2');
  const plain = mapping === null || mapping === Py_None;
  return encoded(plain ? encode_ucs1(str, 256, err) : encode_charmap(str, err, mapping), str.v.length);
}
function charmap_decode(_m: PyObject, data: PyObject, errors: Arg, mapping: Arg): PyObject {
  const b = buffer_bytes(data);
  const err = arg_str_or_none(errors, 'charmap_decode', 'argument 2');
  const plain = mapping === null || mapping === Py_None;
  return decoded(plain ? decode_latin1(b) : decode_charmap(b, err, mapping), b.length);
}
function charmap_build(_m: PyObject, map: PyObject): PyObject {
  if (!is_str(map)) bad_argument('charmap_build', 'argument', 'str', map);
  if (map.v.length === 0) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  return build_encoding_map(map);
}
function readbuffer_encode(_m: PyObject, data: PyObject, _errors: Arg): PyObject {
  const b = data_or_str(data);
  return encoded(b.slice(), b.length);
}

function methods(): MethodSpec[] {
  return [
    { name: 'register', flags: METH_O, meth: codecs_register, sig: '($module, search_function, /)' },
    { name: 'unregister', flags: METH_O, meth: codecs_unregister, sig: '($module, search_function, /)' },
    { name: 'lookup', flags: METH_O, meth: codecs_lookup, sig: '($module, encoding, /)' },
    {
      name: 'encode',
      flags: METH_CLINIC,
      meth: codecs_encode,
      sig: "($module, /, obj, encoding='utf-8', errors='strict')",
    },
    {
      name: 'decode',
      flags: METH_CLINIC,
      meth: codecs_decode,
      sig: "($module, /, obj, encoding='utf-8', errors='strict')",
    },
    { name: 'escape_encode', flags: METH_CLINIC, meth: escape_encode, sig: '($module, data, errors=None, /)' },
    { name: 'escape_decode', flags: METH_CLINIC, meth: escape_decode, sig: '($module, data, errors=None, /)' },
    encoder('utf_8', encode_utf8),
    decoder('utf_8', decode_utf8_stateful),
    encoder('utf_7', encode_utf7),
    decoder('utf_7', decode_utf7),
    order_encoder('utf_16', encode_utf16),
    encoder('utf_16_le', (o, errors) => encode_utf16(o, errors, -1)),
    encoder('utf_16_be', (o, errors) => encode_utf16(o, errors, 1)),
    decoder('utf_16', (b, errors, final) => decode_utf16(b, errors, 0, final)),
    decoder('utf_16_le', (b, errors, final) => decode_utf16(b, errors, -1, final)),
    decoder('utf_16_be', (b, errors, final) => decode_utf16(b, errors, 1, final)),
    ex_decoder('utf_16', decode_utf16),
    order_encoder('utf_32', encode_utf32),
    encoder('utf_32_le', (o, errors) => encode_utf32(o, errors, -1)),
    encoder('utf_32_be', (o, errors) => encode_utf32(o, errors, 1)),
    decoder('utf_32', (b, errors, final) => decode_utf32(b, errors, 0, final)),
    decoder('utf_32_le', (b, errors, final) => decode_utf32(b, errors, -1, final)),
    decoder('utf_32_be', (b, errors, final) => decode_utf32(b, errors, 1, final)),
    ex_decoder('utf_32', decode_utf32),
    encoder('unicode_escape', encode_unicode_escape),
    decoder('unicode_escape', decode_unicode_escape, true, true),
    encoder('raw_unicode_escape', encode_raw_unicode_escape),
    decoder('raw_unicode_escape', decode_raw_unicode_escape, true, true),
    encoder('latin_1', (o, errors) => encode_ucs1(o, 256, errors)),
    whole_decoder('latin_1', decode_latin1),
    encoder('ascii', (o, errors) => encode_ucs1(o, 128, errors)),
    whole_decoder('ascii', decode_ascii),
    {
      name: 'charmap_encode',
      flags: METH_CLINIC,
      meth: charmap_encode,
      sig: '($module, str, errors=None, mapping=None, /)',
    },
    {
      name: 'charmap_decode',
      flags: METH_CLINIC,
      meth: charmap_decode,
      sig: '($module, data, errors=None, mapping=None, /)',
    },
    { name: 'charmap_build', flags: METH_O, meth: charmap_build, sig: '($module, map, /)' },
    { name: 'readbuffer_encode', flags: METH_CLINIC, meth: readbuffer_encode, sig: '($module, data, errors=None, /)' },
    { name: 'register_error', flags: METH_CLINIC, meth: codecs_register_error, sig: '($module, errors, handler, /)' },
    { name: '_unregister_error', flags: METH_O, meth: codecs_unregister_error, sig: '($module, errors, /)' },
    { name: 'lookup_error', flags: METH_O, meth: codecs_lookup_error, sig: '($module, name, /)' },
  ];
}

export const module: ModuleSpec = { name: '_codecs', methods: methods() };
