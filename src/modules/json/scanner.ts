// scanner.ts: make_scanner: reading JSON values.                                            CPython: Modules/_json.c
//
// Positions are code points. A missing value is StopIteration(position), which json.decoder turns into its own error.

import { PyErr_SetString } from '../../core/errors.ts';
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
import { Py_False, Py_True, PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../../objects/floatobject.ts';
import { PyList_FromAppendedSteal, PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromLong, PyLong_FromUnicodeObject, PyLong_Type } from '../../objects/longobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  PyObject_GetAttrString,
  PyObject_IsTrue,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_ssize } from '../args.ts';
import { parse_arguments } from '../parse_keywords.ts';
import { JsonText, raise_errmsg, raise_stop_iteration, scan_string, scanned, scanned_str } from './text.ts';

/** Payload of make_scanner: owned, except the flags. */
class Scanner {
  readonly strict: boolean;
  readonly object_hook: PyObject;
  readonly object_pairs_hook: PyObject;
  readonly parse_float: PyObject;
  readonly parse_int: PyObject;
  readonly parse_constant: PyObject;
  constructor(context: PyObject) {
    const attr = (name: string): PyObject => PyObject_GetAttrString(context, name);
    const strict = attr('strict');
    this.strict = PyObject_IsTrue(strict);
    decref(strict);
    this.object_hook = attr('object_hook');
    this.object_pairs_hook = attr('object_pairs_hook');
    this.parse_float = attr('parse_float');
    this.parse_int = attr('parse_int');
    this.parse_constant = attr('parse_constant');
  }

  owned(): PyObject[] {
    return [this.object_hook, this.object_pairs_hook, this.parse_float, this.parse_int, this.parse_constant];
  }
}

type ScannerObject = PyObject<Scanner>;

const QUOTE = 34;

function is_space(c: number): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9;
}

function is_digit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** One call of a scanner: the document, the keys met so far (owned), and where the last value ended. */
class Scan {
  readonly scanner: Scanner;
  readonly text: JsonText;
  readonly keys: Map<string, PyObject> = new Map();
  end = 0;
  constructor(scanner: Scanner, text: JsonText) {
    this.scanner = scanner;
    this.text = text;
  }

  skip_space(i: number): number {
    const { text } = this;
    while (is_space(text.at(i))) i++;
    return i;
  }

  /** Whether the document continues with these ASCII characters. */
  looking_at(i: number, word: string): boolean {
    for (let k = 0; k < word.length; k++) if (this.text.at(i + k) !== word.charCodeAt(k)) return false;
    return true;
  }

  /** The value at i (a new reference); `end` is set. CPython: scan_once_unicode */
  value(i: number): PyObject {
    const { text } = this;
    if (i < 0) PyErr_SetString(PyExc_ValueError, 'idx cannot be negative');
    if (i >= text.length) raise_stop_iteration(i);
    switch (text.at(i)) {
      case QUOTE: {
        const s = scan_string(text, i + 1, this.scanner.strict);
        this.end = scanned.end;
        return scanned_str(s);
      }
      case 123:
        Py_EnterRecursiveCall(' while decoding a JSON object from a unicode string');
        try {
          return this.object(i + 1);
        } finally {
          Py_LeaveRecursiveCall();
        }
      case 91:
        Py_EnterRecursiveCall(' while decoding a JSON array from a unicode string');
        try {
          return this.array(i + 1);
        } finally {
          Py_LeaveRecursiveCall();
        }
      case 110:
        if (this.looking_at(i, 'null')) return this.word(i, 4, Py_None);
        break;
      case 116:
        if (this.looking_at(i, 'true')) return this.word(i, 4, Py_True);
        break;
      case 102:
        if (this.looking_at(i, 'false')) return this.word(i, 5, Py_False);
        break;
      case 78:
        if (this.looking_at(i, 'NaN')) return this.constant(i, 'NaN');
        break;
      case 73:
        if (this.looking_at(i, 'Infinity')) return this.constant(i, 'Infinity');
        break;
      case 45:
        if (this.looking_at(i, '-Infinity')) return this.constant(i, '-Infinity');
        break;
    }
    return this.number(i);
  }

  word(i: number, length: number, value: PyObject): PyObject {
    this.end = i + length;
    return newref(value);
  }

  constant(i: number, name: string): PyObject {
    const str = PyUnicode_FromString(name);
    try {
      const value = PyObject_CallOneArg(this.scanner.parse_constant, str);
      this.end = i + name.length;
      return value;
    } finally {
      decref(str);
    }
  }

  /** CPython: _match_number_unicode */
  number(start: number): PyObject {
    const { text, scanner } = this;
    let i = start;
    let whole = 0;
    if (text.at(i) === 45) i++;
    const first = text.at(i);
    if (first === 48) i++;
    else if (is_digit(first)) {
      for (let c = first; is_digit(c); c = text.at(++i)) whole = whole * 10 + c - 48;
    } else raise_stop_iteration(start);
    let is_float = false;
    if (text.at(i) === 46 && is_digit(text.at(i + 1))) {
      is_float = true;
      i += 2;
      while (is_digit(text.at(i))) i++;
    }
    const e = text.at(i);
    if (e === 101 || e === 69) {
      let k = i + 1;
      const sign = text.at(k);
      if (sign === 43 || sign === 45) k++;
      if (is_digit(text.at(k))) {
        is_float = true;
        while (is_digit(text.at(k))) k++;
        i = k;
      }
    }
    this.end = i;
    if (!is_float && scanner.parse_int === PyLong_Type && i - start <= 15) {
      return PyLong_FromLong(text.at(start) === 45 && whole !== 0 ? -whole : whole);
    }
    const digits = text.slice(start, i);
    if (is_float && scanner.parse_float === PyFloat_Type) return PyFloat_FromDouble(Number(digits));
    const str = PyUnicode_FromString(digits);
    try {
      if (is_float) return PyObject_CallOneArg(scanner.parse_float, str);
      if (scanner.parse_int === PyLong_Type) return PyLong_FromUnicodeObject(str, 10);
      return PyObject_CallOneArg(scanner.parse_int, str);
    } finally {
      decref(str);
    }
  }

  /** The str of a key (borrowed from `keys`): equal keys of a document are one object. */
  key(i: number): PyObject {
    const s = scan_string(this.text, i, this.scanner.strict);
    this.end = scanned.end;
    const memo = typeof s === 'string' ? s : `\uffff${s.join()}`;
    let key = this.keys.get(memo);
    if (key === undefined) {
      key = scanned_str(s);
      this.keys.set(memo, key);
    }
    return key;
  }

  /** An object whose brace stands before i. CPython: _parse_object_unicode */
  object(i: number): PyObject {
    const { text, scanner } = this;
    const has_pairs_hook = scanner.object_pairs_hook !== Py_None;
    const pairs: PyObject[] | null = has_pairs_hook ? [] : null;
    const dict = has_pairs_hook ? null : PyDict_New();
    try {
      i = this.skip_space(i);
      if (text.at(i) !== 125) {
        for (;;) {
          if (text.at(i) !== QUOTE) raise_errmsg('Expecting property name enclosed in double quotes', text, i);
          const key = this.key(i + 1);
          i = this.skip_space(this.end);
          if (text.at(i) !== 58) raise_errmsg("Expecting ':' delimiter", text, i);
          const value = this.value(this.skip_space(i + 1));
          if (dict === null) pairs!.push(PyTuple_FromArraySteal([newref(key), value]));
          else {
            PyDict_SetItem(dict, key, value);
            decref(value);
          }
          i = this.skip_space(this.end);
          const c = text.at(i);
          if (c === 125) break;
          if (c !== 44) raise_errmsg("Expecting ',' delimiter", text, i);
          const comma = i;
          i = this.skip_space(i + 1);
          if (text.at(i) === 125) raise_errmsg('Illegal trailing comma before end of object', text, comma);
        }
      }
      const end = i + 1;
      if (has_pairs_hook) {
        const list = PyList_FromArraySteal(pairs!.splice(0));
        try {
          return PyObject_CallOneArg(scanner.object_pairs_hook, list);
        } finally {
          decref(list);
          this.end = end;
        }
      }
      const result = scanner.object_hook === Py_None ? newref(dict!) : PyObject_CallOneArg(scanner.object_hook, dict!);
      this.end = end;
      return result;
    } finally {
      if (pairs !== null) decref_all(pairs);
      if (dict !== null) decref(dict);
    }
  }

  /** An array whose bracket stands before i. CPython: _parse_array_unicode */
  array(i: number): PyObject {
    const items: PyObject[] = [];
    try {
      i = this.skip_space(i);
      if (this.text.at(i) !== 93) i = this.items(i, items);
    } catch (e) {
      decref_all(items);
      throw e;
    }
    this.end = i + 1;
    return PyList_FromAppendedSteal(items);
  }

  /** The items of an array from the first one on; gives the place of the bracket behind them. A function of its own: what V8 compiles while
   *  a long array is read for the first time, it knows nothing yet of what comes after the loop. */
  items(i: number, items: PyObject[]): number {
    const { text } = this;
    for (;;) {
      items.push(this.value(i));
      i = this.skip_space(this.end);
      const c = text.at(i);
      if (c === 93) return i;
      if (c !== 44) raise_errmsg("Expecting ',' delimiter", text, i);
      const comma = i;
      i = this.skip_space(i + 1);
      if (text.at(i) === 93) raise_errmsg('Illegal trailing comma before end of array', text, comma);
    }
  }
}

function scanner_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let context: PyObject | null = null;
  parse_arguments('make_scanner', ['context'], 1, 1, args, kwargs, (_i, value) => {
    context = value;
  });
  return type.tp_alloc!(type, new Scanner(context!));
}

function scanner_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let string!: PyObject;
  let idx = 0;
  parse_arguments('scan_once', ['string', 'idx'], 2, 2, args, kwargs, (i, value) => {
    if (i === 0) string = value;
    else idx = c_ssize(value);
  });
  if (!PyUnicode_Check(string)) {
    PyErr_SetString(PyExc_TypeError, `first argument must be a string, not ${string.ob_type.tp_name}`);
  }
  const scan = new Scan((self as ScannerObject).v, new JsonText(string, true));
  try {
    const value = scan.value(idx);
    return PyTuple_FromArraySteal([value, PyLong_FromLong(scan.end)]);
  } finally {
    for (const key of scan.keys.values()) decref(key);
  }
}

export const Scanner_Type = static_type({
  name: '_json.Scanner',
  heap: 'mutable',
  tp_doc: 'Reads one JSON value of a str.',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: scanner_new,
  tp_dealloc(self) {
    gc_del(self);
    decref_all((self as ScannerObject).v.owned());
  },
  tp_traverse(self, visit) {
    for (const o of (self as ScannerObject).v.owned()) visit(o);
  },
  tp_call: scanner_call,
  members: [
    { name: 'strict', get: self => PyBool_FromLong((self as ScannerObject).v.strict), doc: 'strict' },
    { name: 'object_hook', get: self => newref((self as ScannerObject).v.object_hook), doc: 'object_hook' },
    { name: 'object_pairs_hook', get: self => newref((self as ScannerObject).v.object_pairs_hook) },
    { name: 'parse_float', get: self => newref((self as ScannerObject).v.parse_float), doc: 'parse_float' },
    { name: 'parse_int', get: self => newref((self as ScannerObject).v.parse_int), doc: 'parse_int' },
    { name: 'parse_constant', get: self => newref((self as ScannerObject).v.parse_constant), doc: 'parse_constant' },
  ],
});
