// codecs.ts: the codec registry and the table of error handlers.                              CPython: Python/codecs.c
//
// Search functions are asked in order of registration; what they find is cached by normalised name. The package
// `encodings` registers the first one when a look-up finds the registry empty.

import { PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, newref, Py_TPFLAGS_TUPLE_SUBCLASS, type PyObject } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_O } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg, PyObject_Vectorcall } from './call.ts';
import { PyExceptionInstance_Check } from './checks.ts';
import {
  _PyUnicodeError_GetParams,
  PyExc_LookupError,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  PyExc_ValueError,
  PyUnicodeError_GetEncoding,
} from './exceptions.ts';
import { PyImport_ImportModule } from './import_util.ts';
import { PyLong_FromLong } from './longobject.ts';
import { MethodDef, PyCFunction_New } from './methodobject.ts';
import {
  Py_None,
  PyCallable_Check,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
} from './object.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import { PyType_IsSubtype } from './typeobject.ts';
import {
  BACKSLASHREPLACE,
  HANDLER_NAMES,
  handle_decode,
  handle_encode,
  handle_translate,
  IGNORE,
  NAMEREPLACE,
  REPLACE,
  type Replacement,
  SURROGATEESCAPE,
  SURROGATEPASS,
  XMLCHARREFREPLACE,
} from './unicodeobject/codecs/errors.ts';
import { normalize_encoding } from './unicodeobject/coding.ts';
import type { Text } from './unicodeobject/data.ts';
import { PyUnicode_AsString, PyUnicode_FromString, unicode_from_text } from './unicodeobject/object.ts';

/** All owned. */
function make_registry() {
  return {
    search_path: [] as PyObject[],
    cache: new Map<string, PyObject>(),
    error_handlers: new Map<string, PyObject>(),
    loading: false,
  };
}

const registry = /* @__PURE__ */ per_interpreter(make_registry, {
  clear({ search_path, cache, error_handlers }) {
    for (const owned of [search_path.splice(0), cache, error_handlers]) for (const o of owned.values()) decref(o);
    cache.clear();
    error_handlers.clear();
  },
});

// --- codecs ---------------------------------------------------------------------------------------------------------

/** CPython: PyCodec_Register */
export function PyCodec_Register(search: PyObject): void {
  if (!PyCallable_Check(search)) PyErr_SetString(PyExc_TypeError, 'argument must be callable');
  registry.search_path.push(newref(search));
}

/** CPython: PyCodec_Unregister */
export function PyCodec_Unregister(search: PyObject): void {
  const i = registry.search_path.indexOf(search);
  if (i < 0) return;
  for (const o of registry.cache.values()) decref(o);
  registry.cache.clear();
  registry.search_path.splice(i, 1);
  decref(search);
}

/** The normal form that search functions are asked with: lower case, spaces to underscores… CPython: normalizestring */
function normalized(encoding: string): string {
  return normalize_encoding(encoding);
}

/** The codec tuple of an encoding (a new reference). CPython: _PyCodec_Lookup */
export function PyCodec_Lookup(encoding: string): PyObject {
  const name = normalized(encoding);
  const cached = registry.cache.get(name);
  if (cached !== undefined) return newref(cached);
  if (registry.search_path.length === 0 && !registry.loading) {
    registry.loading = true;
    try {
      decref(PyImport_ImportModule('encodings'));
    } finally {
      registry.loading = false;
    }
  }
  if (registry.search_path.length === 0) {
    PyErr_SetString(PyExc_LookupError, "no codec search functions registered: can't find encoding");
  }
  const key = PyUnicode_FromString(name);
  try {
    for (const search of registry.search_path.slice()) {
      const result = PyObject_CallOneArg(search, key);
      if (result === Py_None) {
        decref(result);
        continue;
      }
      if ((result.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) === 0 || (result.v as PyObject[]).length !== 4) {
        decref(result);
        PyErr_SetString(PyExc_TypeError, 'codec search functions must return 4-tuples');
      }
      registry.cache.set(name, newref(result));
      return result;
    }
  } finally {
    decref(key);
  }
  return PyErr_SetString(PyExc_LookupError, `unknown encoding: ${encoding}`);
}

/** CPython: PyCodec_KnownEncoding */
export function PyCodec_KnownEncoding(encoding: string): boolean {
  try {
    decref(PyCodec_Lookup(encoding));
    return true;
  } catch (e) {
    if (e instanceof Raised) {
      decref(e.exc);
      return false;
    }
    throw e;
  }
}

/** Refuses codecs that are not between str and bytes. CPython: _PyCodec_LookupTextEncoding */
export function _PyCodec_LookupTextEncoding(encoding: string, alternate: string | null): PyObject {
  const codec = PyCodec_Lookup(encoding);
  try {
    const attr = PyObject_GetOptionalAttrString(codec, '_is_text_encoding');
    if (attr !== null) {
      const is_text = PyObject_IsTrue(attr);
      decref(attr);
      if (!is_text) {
        const use = alternate === null ? '' : `; use ${alternate} to handle arbitrary codecs`;
        PyErr_SetString(PyExc_LookupError, `'${encoding}' is not a text encoding${use}`);
      }
    }
  } catch (e) {
    decref(codec);
    throw e;
  }
  return codec;
}

function convert(
  codec: PyObject,
  index: number,
  o: PyObject,
  errors: string | null,
  what: string,
  encoding: string,
): PyObject {
  const f = (codec.v as PyObject[])[index]!;
  const args = [o];
  if (errors !== null) args.push(PyUnicode_FromString(errors));
  let result: PyObject;
  try {
    result = PyObject_Vectorcall(f, args, null);
  } catch (e) {
    if (e instanceof Raised) add_codec_note(e, what === 'encoder' ? 'encoding' : 'decoding', encoding);
    throw e;
  } finally {
    if (args.length > 1) decref(args[1]!);
  }
  try {
    const items = (result.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 ? (result.v as PyObject[]) : null;
    if (items === null || items.length !== 2) {
      PyErr_SetString(PyExc_TypeError, `${what} must return a tuple (object, integer)`);
    }
    return newref(items[0]!);
  } finally {
    decref(result);
  }
}

/** Notes on an exception from a codec which codec it was. CPython: _PyErr_FormatNote in _PyCodec_EncodeInternal */
function add_codec_note(e: Raised, doing: string, encoding: string): void {
  const note = PyUnicode_FromString(`${doing} with '${encoding}' codec failed`);
  try {
    decref(PyObject_CallMethodOneArg(e.exc, 'add_note', note));
  } catch (second) {
    if (second instanceof Raised) decref(second.exc);
    else throw second;
  } finally {
    decref(note);
  }
}

function with_codec(
  codec: PyObject,
  index: number,
  o: PyObject,
  errors: string | null,
  what: string,
  encoding: string,
): PyObject {
  try {
    return convert(codec, index, o, errors, what, encoding);
  } finally {
    decref(codec);
  }
}

/** CPython: PyCodec_Encode */
export function PyCodec_Encode(o: PyObject, encoding: string, errors: string | null): PyObject {
  return with_codec(PyCodec_Lookup(encoding), 0, o, errors, 'encoder', encoding);
}
export function PyCodec_Decode(o: PyObject, encoding: string, errors: string | null): PyObject {
  return with_codec(PyCodec_Lookup(encoding), 1, o, errors, 'decoder', encoding);
}
/** CPython: _PyCodec_EncodeText */
export function _PyCodec_EncodeText(o: PyObject, encoding: string, errors: string | null): PyObject {
  return with_codec(_PyCodec_LookupTextEncoding(encoding, 'codecs.encode()'), 0, o, errors, 'encoder', encoding);
}
export function _PyCodec_DecodeText(o: PyObject, encoding: string, errors: string | null): PyObject {
  return with_codec(_PyCodec_LookupTextEncoding(encoding, 'codecs.decode()'), 1, o, errors, 'decoder', encoding);
}

/** Calls an attribute of the codec tuple: `incrementalencoder`, `streamreader`… */
function make_from_codec(codec: PyObject, attr: string, args: PyObject[]): PyObject {
  const f = PyObject_GetAttrString(codec, attr);
  try {
    return PyObject_Vectorcall(f, args, null);
  } finally {
    decref(f);
  }
}

/** A new incremental encoder of a codec tuple. CPython: _PyCodecInfo_GetIncrementalEncoder */
export function _PyCodecInfo_GetIncrementalEncoder(codec: PyObject, errors: string | null): PyObject {
  return with_errors(errors, args => make_from_codec(codec, 'incrementalencoder', args));
}
export function _PyCodecInfo_GetIncrementalDecoder(codec: PyObject, errors: string | null): PyObject {
  return with_errors(errors, args => make_from_codec(codec, 'incrementaldecoder', args));
}
function with_errors(errors: string | null, f: (args: PyObject[]) => PyObject): PyObject {
  const args = errors === null ? [] : [PyUnicode_FromString(errors)];
  try {
    return f(args);
  } finally {
    if (args.length > 0) decref(args[0]!);
  }
}

// --- error handlers -------------------------------------------------------------------------------------------------

function wrong_type(exc: PyObject): never {
  return PyErr_SetString(PyExc_TypeError, `don't know how to handle ${exc.ob_type.tp_name} in error callback`);
}

/** Runs a built-in handler on a UnicodeError, as Python code sees it. */
function run_handler(kind: number, exc: PyObject): PyObject {
  let r: Replacement | null;
  if (PyType_IsSubtype(exc.ob_type, PyExc_UnicodeEncodeError)) {
    const p = _PyUnicodeError_GetParams(exc, false);
    const encoding = kind === SURROGATEPASS ? PyUnicode_AsString(PyUnicodeError_GetEncoding(exc)) : '';
    r = handle_encode(kind, encoding, p.object.v as Text, p.start, Math.max(p.start, p.end));
  } else if (PyType_IsSubtype(exc.ob_type, PyExc_UnicodeDecodeError)) {
    if (kind === XMLCHARREFREPLACE || kind === NAMEREPLACE) wrong_type(exc);
    const p = _PyUnicodeError_GetParams(exc, true);
    const encoding = kind === SURROGATEPASS ? PyUnicode_AsString(PyUnicodeError_GetEncoding(exc)) : '';
    r = handle_decode(kind, encoding, p.object.v as Uint8Array, p.start, Math.max(p.start, p.end));
  } else if (
    PyType_IsSubtype(exc.ob_type, PyExc_UnicodeTranslateError) &&
    (kind === IGNORE || kind === REPLACE || kind === BACKSLASHREPLACE)
  ) {
    const p = _PyUnicodeError_GetParams(exc, false);
    r = handle_translate(kind, p.object.v as Text, p.start, Math.max(p.start, p.end));
  } else wrong_type(exc);
  if (r === null) throw new Raised(newref(exc));
  const value = r.bytes ? PyBytes_FromUint8Array(r.value as Uint8Array) : unicode_from_text(r.value as Text);
  return PyTuple_FromArraySteal([value, PyLong_FromLong(r.pos)]);
}

function strict_errors(_self: unknown, exc: PyObject): PyObject {
  if (PyExceptionInstance_Check(exc)) throw new Raised(newref(exc));
  return PyErr_SetString(PyExc_TypeError, 'codec must pass exception instance');
}

function ignore_errors(_self: unknown, exc: PyObject): PyObject {
  return run_handler(IGNORE, exc);
}
function replace_errors(_self: unknown, exc: PyObject): PyObject {
  return run_handler(REPLACE, exc);
}
function surrogateescape(_self: unknown, exc: PyObject): PyObject {
  return run_handler(SURROGATEESCAPE, exc);
}
function backslashreplace_errors(_self: unknown, exc: PyObject): PyObject {
  return run_handler(BACKSLASHREPLACE, exc);
}
function xmlcharrefreplace_errors(_self: unknown, exc: PyObject): PyObject {
  return run_handler(XMLCHARREFREPLACE, exc);
}
function namereplace_errors(_self: unknown, exc: PyObject): PyObject {
  return run_handler(NAMEREPLACE, exc);
}
function surrogatepass(_self: unknown, exc: PyObject): PyObject {
  return run_handler(SURROGATEPASS, exc);
}

const HANDLERS = [
  { name: 'strict_errors', flags: METH_O, meth: strict_errors, doc: 'Raises the exception.', sig: '($self, object, /)' },
  { name: 'ignore_errors', flags: METH_O, meth: ignore_errors, doc: 'Leaves malformed data out.', sig: '($self, object, /)' },
  { name: 'replace_errors', flags: METH_O, meth: replace_errors, doc: 'Puts a replacement mark.', sig: '($self, object, /)' },
  { name: 'surrogateescape', flags: METH_O, meth: surrogateescape, doc: '', sig: '($self, object, /)' },
  { name: 'backslashreplace_errors', flags: METH_O, meth: backslashreplace_errors, doc: 'Writes escapes.', sig: '($self, object, /)' },
  {
    name: 'xmlcharrefreplace_errors',
    flags: METH_O,
    meth: xmlcharrefreplace_errors,
    doc: 'Writes character references.',
    sig: '($self, object, /)',
  },
  { name: 'namereplace_errors', flags: METH_O, meth: namereplace_errors, doc: 'Writes names of characters.', sig: '($self, object, /)' },
  { name: 'surrogatepass', flags: METH_O, meth: surrogatepass, doc: '', sig: '($self, object, /)' },
];

/** CPython: PyCodec_RegisterError */
export function PyCodec_RegisterError(name: string, handler: PyObject): void {
  if (!PyCallable_Check(handler)) PyErr_SetString(PyExc_TypeError, 'handler must be callable');
  const old = registry.error_handlers.get(name);
  registry.error_handlers.set(name, newref(handler));
  if (old !== undefined) decref(old);
}

/** Whether there was such a handler. CPython: _PyCodec_UnregisterError */
export function _PyCodec_UnregisterError(name: string): boolean {
  if (HANDLER_NAMES.includes(name)) {
    PyErr_SetString(PyExc_ValueError, `cannot un-register built-in error handler '${name}'`);
  }
  const old = registry.error_handlers.get(name);
  if (old === undefined) return false;
  registry.error_handlers.delete(name);
  decref(old);
  return true;
}

/** The handler of that name (a new reference). CPython: PyCodec_LookupError */
export function PyCodec_LookupError(name: string | null): PyObject {
  const wanted = name ?? 'strict';
  const found = registry.error_handlers.get(wanted);
  if (found !== undefined) return newref(found);
  const i = HANDLER_NAMES.indexOf(wanted);
  if (i < 0) PyErr_SetString(PyExc_LookupError, `unknown error handler name '${wanted}'`);
  const handler = PyCFunction_New(new MethodDef(HANDLERS[i]!), null, null);
  registry.error_handlers.set(wanted, handler);
  return newref(handler);
}
