// encoder.ts: make_encoder: writing JSON.                                                    CPython: Modules/_json.c
//
// The text is collected in one JS string; a call gives a tuple with that one str.

import { PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { PyMapping_Items, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyDict_Check, PyList_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_CheckExact, PyDict_Next, PyDict_Size } from '../../objects/dictobject.ts';
import { _PyException_AddNote, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyList_Sort } from '../../objects/listobject.ts';
import { long_decimal_string } from '../../objects/longobject.ts';
import { PyCFunction_Check, type PyCFunctionObject } from '../../objects/methodobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  PyObject_IsTrue,
  repr_string,
} from '../../objects/object.ts';
import { float_repr } from '../../objects/pystrtod.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { type_module_text, type_qualname_text } from '../../objects/typeobject/attrs.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_ssize, type_name } from '../args.ts';
import { parse_arguments } from '../parse_keywords.ts';
import { encode_ascii, encode_plain } from './text.ts';

/** The two functions that need no call, by their natives; set by the module. */
export const nativeEncoders: { ascii: unknown; plain: unknown } = { ascii: null, plain: null };

/** Payload of make_encoder: objects are owned. */
class Encoder {
  readonly markers: PyObject;
  readonly default_: PyObject;
  readonly encoder: PyObject;
  readonly indent: PyObject;
  readonly key_separator: PyObject;
  readonly item_separator: PyObject;
  readonly sort_keys: boolean;
  readonly skipkeys: boolean;
  readonly allow_nan: boolean;
  /** What `encoder` does, when it is one of ours. */
  readonly fast: ((s: string) => string) | null;
  readonly key_text: string;
  readonly item_text: string;
  constructor(values: PyObject[]) {
    this.sort_keys = PyObject_IsTrue(values[6]!);
    this.skipkeys = PyObject_IsTrue(values[7]!);
    this.allow_nan = PyObject_IsTrue(values[8]!);
    this.markers = newref(values[0]!);
    this.default_ = newref(values[1]!);
    this.encoder = newref(values[2]!);
    this.indent = newref(values[3]!);
    this.key_separator = newref(values[4]!);
    this.item_separator = newref(values[5]!);
    const meth = PyCFunction_Check(this.encoder) ? (this.encoder as PyCFunctionObject).v.ml.meth : null;
    this.fast = meth === nativeEncoders.ascii ? encode_ascii : meth === nativeEncoders.plain ? encode_plain : null;
    this.key_text = PyUnicode_AsString(this.key_separator);
    this.item_text = PyUnicode_AsString(this.item_separator);
  }

  owned(): PyObject[] {
    return [this.markers, this.default_, this.encoder, this.indent, this.key_separator, this.item_separator];
  }
}

type EncoderObject = PyObject<Encoder>;

function full_type_name(o: PyObject): string {
  const module = type_module_text(o.ob_type);
  const name = type_qualname_text(o.ob_type);
  return module === null || module === 'builtins' ? name : `${module}.${name}`;
}

/** Adds a note to an exception on its way. */
function add_note(e: unknown, text: string): void {
  if (!(e instanceof Raised)) return;
  _PyException_AddNote(e.exc, text);
}

/** One call of an encoder. */
class Encoding {
  readonly encoder: Encoder;
  out = '';
  /** Containers being written. Differs: CPython notes their ids in the dict `markers`. */
  readonly open: Set<PyObject> = new Set();
  /** Line breaks with the indentation of each level; empty without indentation. */
  readonly breaks: string[] = [];
  constructor(encoder: Encoder) {
    this.encoder = encoder;
  }

  /** The line break before an item at a level. */
  line_break(level: number): string {
    let text = this.breaks[level];
    if (text === undefined) {
      const { indent } = this.encoder;
      if (!PyUnicode_Check(indent)) {
        PyErr_SetString(PyExc_TypeError, `can only concatenate str (not "${indent.ob_type.tp_name}") to str`);
      }
      text = `\n${PyUnicode_AsString(indent).repeat(level)}`;
      this.breaks[level] = text;
    }
    return text;
  }

  string(o: PyObject): string {
    const { fast, encoder } = this.encoder;
    if (fast !== null) return fast(PyUnicode_AsString(o));
    const encoded = PyObject_CallOneArg(encoder, o);
    try {
      if (!PyUnicode_Check(encoded)) {
        PyErr_SetString(PyExc_TypeError, `encoder() must return a string, not ${encoded.ob_type.tp_name}`);
      }
      return PyUnicode_AsString(encoded);
    } finally {
      decref(encoded);
    }
  }

  float(o: PyObject): string {
    const x = o.v as number;
    if (Number.isFinite(x)) return float_repr(x);
    if (!this.encoder.allow_nan) {
      PyErr_SetString(PyExc_ValueError, `Out of range float values are not JSON compliant: ${repr_string(o)}`);
    }
    return Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
  }

  /** Notes that a container is being written, if anybody asked for markers. */
  enter(o: PyObject): void {
    if (this.encoder.markers === Py_None) return;
    if (this.open.has(o)) PyErr_SetString(PyExc_ValueError, 'Circular reference detected');
    this.open.add(o);
  }

  /** CPython: encoder_listencode_obj */
  value(o: PyObject, level: number): void {
    if (PyUnicode_Check(o)) this.out += this.string(o);
    else if (o === Py_None) this.out += 'null';
    else if (o === Py_True) this.out += 'true';
    else if (o === Py_False) this.out += 'false';
    else if (PyLong_Check(o)) this.out += long_decimal_string(o);
    else if (PyFloat_Check(o)) this.out += this.float(o);
    else {
      Py_EnterRecursiveCall(' while encoding a JSON object');
      try {
        if (PyList_Check(o) || PyTuple_Check(o)) this.array(o, level);
        else if (PyDict_Check(o)) this.object(o, level);
        else this.other(o, level);
      } finally {
        Py_LeaveRecursiveCall();
      }
    }
  }

  /** Something that only `default` knows. */
  other(o: PyObject, level: number): void {
    this.enter(o);
    const substitute = PyObject_CallOneArg(this.encoder.default_, o);
    try {
      this.value(substitute, level);
    } catch (e) {
      add_note(e, `when serializing ${full_type_name(o)} object`);
      throw e;
    } finally {
      decref(substitute);
    }
    this.open.delete(o);
  }

  /** The text of a key, or null if it is to be skipped. */
  key(key: PyObject): string | null {
    if (PyUnicode_Check(key)) return this.string(key);
    let text: string;
    if (PyFloat_Check(key)) text = this.float(key);
    else if (key === Py_True) text = 'true';
    else if (key === Py_False) text = 'false';
    else if (key === Py_None) text = 'null';
    else if (PyLong_Check(key)) text = long_decimal_string(key);
    else if (this.encoder.skipkeys) return null;
    else {
      PyErr_SetString(PyExc_TypeError, `keys must be str, int, float, bool or None, not ${key.ob_type.tp_name}`);
    }
    const str = PyUnicode_FromString(text);
    try {
      return this.string(str);
    } finally {
      decref(str);
    }
  }

  /** Writes one member; true while there is none. */
  member(dict: PyObject, key: PyObject, value: PyObject, first: boolean, separator: string, level: number): boolean {
    const text = this.key(key);
    if (text === null) return first;
    if (!first) this.out += separator;
    else if (this.encoder.indent !== Py_None) this.out += this.line_break(level);
    this.out += text + this.encoder.key_text;
    try {
      this.value(value, level);
    } catch (e) {
      add_note(e, `when serializing ${full_type_name(dict)} item ${repr_string(key)}`);
      throw e;
    }
    return false;
  }

  /** CPython: encoder_listencode_dict */
  object(dict: PyObject, level: number): void {
    const { encoder } = this;
    if (PyDict_Size(dict) === 0) {
      this.out += '{}';
      return;
    }
    this.enter(dict);
    let items: PyObject | null = null;
    try {
      this.out += '{';
      const indented = encoder.indent !== Py_None;
      let separator = encoder.item_text;
      if (indented) {
        level++;
        separator += this.line_break(level);
      }
      let first = true;
      if (encoder.sort_keys || !PyDict_CheckExact(dict)) {
        items = PyMapping_Items(dict);
        if (encoder.sort_keys) PyList_Sort(items);
        for (const item of items.v as PyObject[]) {
          if (!PyTuple_Check(item) || item.v.length !== 2) {
            PyErr_SetString(PyExc_ValueError, 'items must return 2-tuples');
          }
          first = this.member(dict, item.v[0]!, item.v[1]!, first, separator, level);
        }
      } else {
        const table = dict.v as { keys: PyObject[]; values: PyObject[] };
        for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
          const key = newref(table.keys[i]!);
          const value = newref(table.values[i]!);
          try {
            first = this.member(dict, key, value, first, separator, level);
          } finally {
            decref(key);
            decref(value);
          }
        }
      }
      if (indented && !first) this.out += this.line_break(level - 1);
      this.out += '}';
      this.open.delete(dict);
    } finally {
      if (items !== null) decref(items);
    }
  }

  /** CPython: encoder_listencode_list */
  array(o: PyObject, level: number): void {
    const { encoder } = this;
    const fast = PySequence_Fast(o, '_iterencode_list needs a sequence');
    try {
      if (PySequence_Fast_ITEMS(fast).length === 0) {
        this.out += '[]';
        return;
      }
      this.enter(o);
      this.out += '[';
      const indented = encoder.indent !== Py_None;
      let separator = encoder.item_text;
      if (indented) {
        level++;
        const line_break = this.line_break(level);
        separator += line_break;
        this.out += line_break;
      }
      this.items(o, fast, separator, level);
      if (indented) this.out += this.line_break(level - 1);
      this.out += ']';
      this.open.delete(o);
    } finally {
      decref(fast);
    }
  }

  /** A function of its own, as in the scanner: V8 compiles it while a long list is written. */
  items(o: PyObject, fast: PyObject, separator: string, level: number): void {
    for (let i = 0; i < PySequence_Fast_ITEMS(fast).length; i++) {
      if (i > 0) this.out += separator;
      const item = newref(PySequence_Fast_ITEMS(fast)[i]!);
      try {
        this.value(item, level);
      } catch (e) {
        add_note(e, `when serializing ${full_type_name(o)} item ${i}`);
        throw e;
      } finally {
        decref(item);
      }
    }
  }
}

const NAMES: readonly string[] = [
  'markers',
  'default',
  'encoder',
  'indent',
  'key_separator',
  'item_separator',
  'sort_keys',
  'skipkeys',
  'allow_nan',
];

function encoder_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const values: PyObject[] = [];
  parse_arguments('make_encoder', NAMES, 9, 9, args, kwargs, (i, value) => {
    if ((i === 4 || i === 5) && !PyUnicode_Check(value)) {
      PyErr_SetString(PyExc_TypeError, `make_encoder() argument ${i + 1} must be str, not ${type_name(value)}`);
    }
    values.push(value);
  });
  const markers = values[0]!;
  if (markers !== Py_None && !PyDict_Check(markers)) {
    PyErr_SetString(PyExc_TypeError, `make_encoder() argument 1 must be dict or None, not ${markers.ob_type.tp_name}`);
  }
  return type.tp_alloc!(type, new Encoder(values));
}

function encoder_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let obj!: PyObject;
  let level = 0;
  parse_arguments('_iterencode', ['obj', '_current_indent_level'], 2, 2, args, kwargs, (i, value) => {
    if (i === 0) obj = value;
    else level = c_ssize(value);
  });
  const encoding = new Encoding((self as EncoderObject).v);
  encoding.value(obj, Math.max(level, 0));
  return PyTuple_FromArraySteal([PyUnicode_FromString(encoding.out)]);
}

export const Encoder_Type = static_type({
  name: '_json.Encoder',
  heap: 'mutable',
  tp_doc: 'Writes a value as JSON.',
  tp_basicsize: 80,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: encoder_new,
  tp_dealloc(self) {
    gc_del(self);
    decref_all((self as EncoderObject).v.owned());
  },
  tp_traverse(self, visit) {
    for (const o of (self as EncoderObject).v.owned()) visit(o);
  },
  tp_call: encoder_call,
  members: [
    { name: 'markers', get: self => newref((self as EncoderObject).v.markers), doc: 'markers' },
    { name: 'default', get: self => newref((self as EncoderObject).v.default_), doc: 'default' },
    { name: 'encoder', get: self => newref((self as EncoderObject).v.encoder), doc: 'encoder' },
    { name: 'indent', get: self => newref((self as EncoderObject).v.indent), doc: 'indent' },
    { name: 'key_separator', get: self => newref((self as EncoderObject).v.key_separator), doc: 'key_separator' },
    { name: 'item_separator', get: self => newref((self as EncoderObject).v.item_separator), doc: 'item_separator' },
    { name: 'sort_keys', get: self => PyBool_FromLong((self as EncoderObject).v.sort_keys), doc: 'sort_keys' },
    { name: 'skipkeys', get: self => PyBool_FromLong((self as EncoderObject).v.skipkeys), doc: 'skipkeys' },
  ],
});
