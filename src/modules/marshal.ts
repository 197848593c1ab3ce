// marshal.ts: Python values to bytes and back, the format of .pyc files.                        CPython: Python/marshal.c
//
// Reading builds objects through compiler/marshal.ts's reader; writing marks a value for back references when it has more
// than one owner, which real reference counts tell as in CPython.

import {
  encodeUtf8,
  FLAG_REF,
  formatG17,
  MARSHAL_VERSION,
  MAX_MARSHAL_STACK_DEPTH,
  MarshalError,
  MarshalOutput,
  TYPE_BINARY_COMPLEX,
  TYPE_BINARY_FLOAT,
  TYPE_CODE,
  TYPE_COMPLEX,
  TYPE_DICT,
  TYPE_ELLIPSIS,
  TYPE_FALSE,
  TYPE_FLOAT,
  TYPE_FROZENSET,
  TYPE_INTERNED,
  TYPE_LIST,
  TYPE_NONE,
  TYPE_NULL,
  TYPE_REF,
  TYPE_SET,
  TYPE_SLICE,
  TYPE_SMALL_TUPLE,
  TYPE_STOPITER,
  TYPE_STRING,
  TYPE_TRUE,
  TYPE_TUPLE,
  TYPE_UNICODE,
} from '../compiler/marshal_format.ts';
import { type CodeParts, type MarshalBuilder, MarshalReader } from '../compiler/marshal_reader.ts';
import { PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, G_INTERNED, incref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { bytes_like, PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../objects/bytesobject.ts';
import { call_bound_method, PyObject_CallMethod } from '../objects/call.ts';
import { PyBytes_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_GetCode, PyCode_New, PyCode_Type } from '../objects/codeobject.ts';
import { PyComplex_FromDoubles, PyComplex_Type } from '../objects/complexobject.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Type } from '../objects/dictobject.ts';
import { new_unicode_decode_error } from '../objects/exceptions/unicodeerror.ts';
import {
  PyExc_EOFError,
  PyExc_RuntimeError,
  PyExc_StopIteration,
  PyExc_SystemError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../objects/floatobject.ts';
import { PyList_FromArraySteal, PyList_Type } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { PyMemoryView_FromMemory } from '../objects/memoryobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { Py_Ellipsis, Py_None, PyObject_IsTrue } from '../objects/object.ts';
import {
  _PySet_Items,
  PyFrozenSet_New,
  PyFrozenSet_Type,
  PySet_Add,
  PySet_New,
  PySet_Size,
  PySet_Type,
} from '../objects/setobject.ts';
import { PySlice_New, PySlice_Type } from '../objects/sliceobject.ts';
import { new_tuple_tracked, PyTuple_FromArray, PyTuple_Type } from '../objects/tupleobject.ts';
import {
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
  PyUnicode_InternInPlace,
  PyUnicode_Type,
} from '../objects/unicodeobject.ts';
import { SurrogateStr } from '../parser/constants.ts';

// --- reading -------------------------------------------------------------------------------------------------------------

/** The items of a container of which nothing is read yet. */
function unread(size: number): PyObject[] {
  const items = new Array<PyObject>(size);
  for (let i = 0; i < size; i++) items[i] = newref(Py_None);
  return items;
}

/** Puts a value (borrowed) in the place of an item; a container read from a file grows where not all places were made. */
function fill_in(items: PyObject[], index: number, item: PyObject): void {
  if (index < items.length) decref(items[index]!);
  items[index] = newref(item);
}

/** Makes objects for the reader, which knows no reference counts: every object made is owned by `made` until reading ends, and
 *  containers take references of their own. */
class ObjectBuilder implements MarshalBuilder<PyObject> {
  readonly made: PyObject[] = [];
  readonly none = Py_None;
  readonly true = Py_True;
  readonly false = Py_False;
  readonly ellipsis = Py_Ellipsis;
  get stopIteration(): PyObject {
    return PyExc_StopIteration;
  }
  private keep(o: PyObject): PyObject {
    this.made.push(o);
    return o;
  }
  int(value: bigint | number): PyObject {
    return this.keep(typeof value === 'number' ? PyLong_FromLong(value) : PyLong_FromBigInt(value));
  }
  float(value: number): PyObject {
    return this.keep(PyFloat_FromDouble(value));
  }
  complex(real: number, imag: number): PyObject {
    return this.keep(PyComplex_FromDoubles(real, imag));
  }
  bytes(value: Uint8Array): PyObject {
    return this.keep(PyBytes_FromUint8Array(value.slice()));
  }
  str(value: string | SurrogateStr, interned: boolean): PyObject {
    const s = value instanceof SurrogateStr ? PyUnicode_FromCodePoints([...value.points]) : PyUnicode_FromString(value);
    return this.keep(interned ? PyUnicode_InternInPlace(s) : s);
  }
  newTuple(size: number): PyObject {
    return this.keep(new_tuple_tracked(unread(size)));
  }
  setTupleItem(tuple: PyObject, index: number, item: PyObject): void {
    fill_in((tuple as PyObject<PyObject[]>).v, index, item);
  }
  newList(size: number): PyObject {
    return this.keep(PyList_FromArraySteal(unread(size)));
  }
  setListItem(list: PyObject, index: number, item: PyObject): void {
    fill_in((list as PyObject<PyObject[]>).v, index, item);
  }
  newDict(): PyObject {
    return this.keep(PyDict_New());
  }
  setDictItem(dict: PyObject, key: PyObject, value: PyObject): void {
    PyDict_SetItem(dict, key, value);
  }
  newSet(): PyObject {
    return this.keep(PySet_New(null));
  }
  addToSet(set: PyObject, item: PyObject): void {
    PySet_Add(set, item);
  }
  frozenSet(items: PyObject[]): PyObject {
    const tuple = PyTuple_FromArray(items);
    const set = PyFrozenSet_New(tuple);
    decref(tuple);
    return this.keep(set);
  }
  slice(start: PyObject, stop: PyObject, step: PyObject): PyObject {
    return this.keep(PySlice_New(start, stop, step));
  }
  code(p: CodeParts<PyObject>): PyObject {
    const bad = (): never => {
      throw new MarshalError('SystemError', 'bad argument to internal function');
    };
    const bytes = (o: PyObject): Uint8Array => (PyBytes_Check(o) ? (o as PyObject<Uint8Array>).v : bad());
    for (const t of [p.consts, p.names, p.localsplusnames]) if (!PyTuple_Check(t)) bad();
    for (const s of [p.filename, p.name, p.qualname]) if (!PyUnicode_Check(s)) bad();
    for (const t of [p.names, p.localsplusnames]) {
      for (const n of (t as PyObject<PyObject[]>).v) {
        if (!PyUnicode_Check(n)) throw new MarshalError('SystemError', 'non-string found in code slot');
      }
    }
    const kinds = bytes(p.localspluskinds);
    const code = bytes(p.code);
    bytes(p.linetable);
    bytes(p.exceptiontable);
    if (
      p.argcount < p.posonlyargcount ||
      p.posonlyargcount < 0 ||
      p.kwonlyargcount < 0 ||
      p.stacksize < 0 ||
      p.flags < 0
    )
      bad();
    if ((p.localsplusnames as PyObject<PyObject[]>).v.length !== kinds.length) bad();
    if (code.length % 2 !== 0) throw new MarshalError('ValueError', 'code: co_code is malformed');
    return this.keep(
      PyCode_New({
        argcount: p.argcount,
        posonlyargcount: p.posonlyargcount,
        kwonlyargcount: p.kwonlyargcount,
        stacksize: p.stacksize,
        flags: p.flags,
        code,
        consts: newref(p.consts),
        names: newref(p.names),
        localsplusnames: newref(p.localsplusnames),
        localspluskinds: newref(p.localspluskinds),
        filename: newref(p.filename),
        name: newref(p.name),
        qualname: newref(p.qualname),
        firstlineno: p.firstlineno,
        linetable: newref(p.linetable),
        exceptiontable: newref(p.exceptiontable),
      }),
    );
  }
}

function raise_marshal(e: unknown): never {
  if (!(e instanceof MarshalError)) throw e;
  if (e.undecodable !== null) {
    const bytes = PyBytes_FromUint8Array(e.undecodable.data);
    const error = new_unicode_decode_error(
      'utf-8',
      bytes,
      e.undecodable.start,
      e.undecodable.end,
      e.undecodable.reason,
    );
    decref(bytes);
    throw new Raised(error);
  }
  const types = {
    EOFError: PyExc_EOFError,
    TypeError: PyExc_TypeError,
    SystemError: PyExc_SystemError,
    ValueError: PyExc_ValueError,
    UnicodeDecodeError: PyExc_ValueError,
  };
  PyErr_SetString(types[e.type], e.msg);
}

/** Reads one value; new reference. CPython: PyMarshal_ReadObjectFromString */
export function marshal_loads(data: Uint8Array, allow_code = true): PyObject {
  return read_value(data, allow_code, null);
}

function read_value(data: Uint8Array, allow_code: boolean, source: ((size: number) => Uint8Array) | null): PyObject {
  const builder = new ObjectBuilder();
  try {
    return newref(new MarshalReader<PyObject>(data, builder, 0, allow_code, source).read());
  } catch (e) {
    return raise_marshal(e);
  } finally {
    for (const o of builder.made) decref(o);
  }
}

// --- writing -------------------------------------------------------------------------------------------------------------

class Writer {
  readonly out = new MarshalOutput();
  readonly version: number;
  readonly allow_code: boolean;
  private readonly refs: Map<PyObject, number> | null;
  /** Code objects and slices of which not all is written: they cannot refer to themselves. */
  private readonly unfinished = new Set<PyObject>();
  private depth = 0;

  constructor(version: number, allow_code: boolean) {
    this.version = version;
    this.allow_code = allow_code;
    this.refs = version >= 3 ? new Map() : null;
  }

  /** Writes a value. CPython: w_object */
  value(v: PyObject): void {
    if (++this.depth > MAX_MARSHAL_STACK_DEPTH)
      PyErr_SetString(PyExc_ValueError, 'object too deeply nested to marshal');
    if (v === Py_None) this.out.byte(TYPE_NONE);
    else if (v === PyExc_StopIteration) this.out.byte(TYPE_STOPITER);
    else if (v === Py_Ellipsis) this.out.byte(TYPE_ELLIPSIS);
    else if (v === Py_False) this.out.byte(TYPE_FALSE);
    else if (v === Py_True) this.out.byte(TYPE_TRUE);
    else {
      const flag = this.reference(v);
      if (flag >= 0) this.complex_value(v, flag);
    }
    this.depth--;
  }

  /** -1 when a back reference was written, else the flag for the type byte. CPython: w_ref */
  private reference(v: PyObject): number {
    if (this.refs === null) return 0;
    const interned = v.ob_type === PyUnicode_Type && (v.g & G_INTERNED) !== 0;
    // A value with one owner can occur only once; interned strings may be met again in any case.
    if (v.ob_refcnt === 1 && !interned) return 0;
    const n = this.refs.get(v);
    if (n !== undefined) {
      if (this.unfinished.has(v)) PyErr_SetString(PyExc_ValueError, 'unmarshallable object');
      this.out.byte(TYPE_REF);
      this.out.long(n);
      return -1;
    }
    this.refs.set(v, this.refs.size);
    return FLAG_REF;
  }

  private complex_value(v: PyObject, flag: number): void {
    const out = this.out;
    const t = v.ob_type;
    if (t === PyLong_Type) out.int(BigInt(v.v as number | bigint), flag);
    else if (t === PyFloat_Type) {
      if (this.version > 1) {
        out.byte(TYPE_BINARY_FLOAT | flag);
        out.float(v.v as number);
      } else {
        out.byte(TYPE_FLOAT | flag);
        this.float_text(v.v as number);
      }
    } else if (t === PyComplex_Type) {
      const c = v.v as { real: number; imag: number };
      out.byte((this.version > 1 ? TYPE_BINARY_COMPLEX : TYPE_COMPLEX) | flag);
      for (const x of [c.real, c.imag]) {
        if (this.version > 1) out.float(x);
        else this.float_text(x);
      }
    } else if (t === PyBytes_Type) this.bytes(v.v as Uint8Array, flag);
    else if (t === PyUnicode_Type) this.str(v, flag);
    else if (t === PyTuple_Type) {
      const items = v.v as PyObject[];
      if (this.version >= 4 && items.length < 256) {
        out.byte(TYPE_SMALL_TUPLE | flag);
        out.byte(items.length);
      } else {
        out.byte(TYPE_TUPLE | flag);
        out.long(items.length);
      }
      for (const i of items) this.value(i);
    } else if (t === PyList_Type) {
      const items = v.v as PyObject[];
      out.byte(TYPE_LIST | flag);
      out.long(items.length);
      for (const i of items) this.value(i);
    } else if (t === PyDict_Type) {
      out.byte(TYPE_DICT | flag);
      const table = v.v as { keys: PyObject[]; values: PyObject[] };
      for (let i = PyDict_Next(v, 0); i >= 0; i = PyDict_Next(v, i + 1)) {
        this.value(table.keys[i]!);
        this.value(table.values[i]!);
      }
      out.byte(TYPE_NULL);
    } else if (t === PySet_Type || t === PyFrozenSet_Type) this.set(v, flag);
    else if (t === PyCode_Type) {
      this.unfinished.add(v);
      this.code(v, flag);
      this.unfinished.delete(v);
    } else if (t === PySlice_Type && this.version >= 5) {
      this.unfinished.add(v);
      const s = v.v as { start: PyObject; stop: PyObject; step: PyObject };
      out.byte(TYPE_SLICE | flag);
      this.value(s.start);
      this.value(s.stop);
      this.value(s.step);
      this.unfinished.delete(v);
    } else {
      const data = t === PySlice_Type ? null : bytes_like(v);
      if (data === null) PyErr_SetString(PyExc_ValueError, 'unmarshallable object');
      this.bytes(data, flag);
    }
  }

  private bytes(data: Uint8Array, flag: number): void {
    this.out.byte(TYPE_STRING | flag);
    this.out.long(data.length);
    this.out.raw(data);
  }

  private str(v: PyObject, flag: number): void {
    const text: string | SurrogateStr = typeof v.v === 'string' ? v.v : points_value(v.v as ArrayLike<number>);
    const interned = this.version >= 3 && (v.g & G_INTERNED) !== 0;
    if (this.version >= 4) {
      this.out.str(text, interned, flag);
      return;
    }
    const encoded = encodeUtf8(text);
    this.out.byte((interned ? TYPE_INTERNED : TYPE_UNICODE) | flag);
    this.out.long(encoded.length);
    this.out.raw(encoded);
  }

  private float_text(x: number): void {
    const text = formatG17(x);
    this.out.byte(text.length);
    for (let i = 0; i < text.length; i++) this.out.byte(text.charCodeAt(i));
  }

  /** Items in the order of their own serialised forms, so that equal sets give equal bytes. */
  private set(v: PyObject, flag: number): void {
    this.out.byte((v.ob_type === PySet_Type ? TYPE_SET : TYPE_FROZENSET) | flag);
    const items = _PySet_Items(v);
    this.out.long(items.length);
    for (const item of items) incref(item);
    try {
      const keyed = items.map(item => ({ item, dump: marshal_dumps(item, this.version, this.allow_code) }));
      if (PySet_Size(v) !== items.length) PyErr_SetString(PyExc_RuntimeError, 'set changed size during iteration');
      keyed.sort((a, b) => compare_bytes(a.dump, b.dump));
      for (const { item } of keyed) this.value(item);
    } finally {
      for (const item of items) decref(item);
    }
  }

  private code(v: PyObject, flag: number): void {
    if (!this.allow_code) PyErr_SetString(PyExc_ValueError, 'marshalling code objects is disallowed');
    const co = v.v as CodePayload;
    const out = this.out;
    out.byte(TYPE_CODE | flag);
    for (const n of [co.co_argcount, co.co_posonlyargcount, co.co_kwonlyargcount, co.co_stacksize, co.co_flags])
      out.long(n);
    const code = PyCode_GetCode(v);
    this.value(code);
    decref(code);
    this.value(co.co_consts);
    this.value(co.co_names);
    this.value(co.co_localsplusnames);
    this.value(co.views.localspluskinds);
    this.value(co.co_filename);
    this.value(co.co_name);
    this.value(co.co_qualname);
    out.long(co.co_firstlineno);
    this.value(co.views.linetable);
    this.value(co.views.exceptiontable);
  }
}

function points_value(points: ArrayLike<number>): string | SurrogateStr {
  const list = Array.from(points);
  if (list.some(p => p >= 0xd800 && p < 0xe000)) return new SurrogateStr(list);
  let s = '';
  for (const p of list) s += String.fromCodePoint(p);
  return s;
}

function compare_bytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

export function marshal_dumps(v: PyObject, version: number, allow_code: boolean): Uint8Array {
  const writer = new Writer(version, allow_code);
  writer.value(v);
  return writer.out.finish();
}

function truth(o: PyObject | null): boolean {
  return o === null || PyObject_IsTrue(o);
}

function dumps(_m: PyObject, value: PyObject, version: PyObject | null, allow_code: PyObject | null): PyObject {
  const n = version === null ? MARSHAL_VERSION : PyLong_AsLong(version);
  PySys_Audit('marshal.dumps', value, n);
  return PyBytes_FromUint8Array(marshal_dumps(value, n, truth(allow_code)));
}

function dump(
  _m: PyObject,
  value: PyObject,
  file: PyObject,
  version: PyObject | null,
  allow_code: PyObject | null,
): PyObject {
  const data = dumps(_m, value, version, allow_code);
  try {
    return PyObject_CallMethod(file, 'write', data);
  } finally {
    decref(data);
  }
}

function loads(_m: PyObject, data: PyObject, allow_code: PyObject | null): PyObject {
  const bytes = bytes_like(data);
  if (bytes === null)
    PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${data.ob_type.tp_name}'`);
  PySys_Audit('marshal.loads', bytes);
  return marshal_loads(bytes, truth(allow_code));
}

/** The next bytes of a file, exactly as many as asked for. CPython: Python/marshal.c:r_string */
function read_piece(file: PyObject, size: number): Uint8Array {
  const piece = new Uint8Array(size);
  if (size === 0) return piece;
  const view = PyMemoryView_FromMemory(piece, false);
  let got: number;
  try {
    const result = call_bound_method(file, 'readinto', view);
    try {
      got = PyNumber_AsSsize_t(result, PyExc_ValueError);
    } finally {
      decref(result);
    }
  } finally {
    decref(view);
  }
  if (got > size) {
    PyErr_SetString(PyExc_ValueError, `read() returned too much data: ${size} bytes requested, ${got} returned`);
  }
  if (got < size) throw new MarshalError('EOFError', 'EOF read where not expected');
  return piece;
}

/** Reads just one value from a file: what follows it is left in the file. CPython: marshal_load_impl */
function load(_m: PyObject, file: PyObject, allow_code: PyObject | null): PyObject {
  PySys_Audit('marshal.load');
  const zero = PyLong_FromLong(0);
  let probe: PyObject;
  try {
    probe = call_bound_method(file, 'read', zero);
  } finally {
    decref(zero);
  }
  const ok = PyBytes_Check(probe);
  const name = probe.ob_type.tp_name;
  decref(probe);
  if (!ok) PyErr_SetString(PyExc_TypeError, `file.read() returned not bytes but ${name}`);
  return read_value(new Uint8Array(0), truth(allow_code), size => read_piece(file, size));
}

export const module: ModuleSpec = {
  name: 'marshal',
  doc: "Reads and writes Python values in the interpreter's own binary format.",
  methods: [
    {
      name: 'dump',
      flags: METH_CLINIC,
      meth: dump,
      sig: '($module, value, file, version=version, /, *, allow_code=True)',
    },
    { name: 'load', flags: METH_CLINIC, meth: load, sig: '($module, file, /, *, allow_code=True)' },
    { name: 'dumps', flags: METH_CLINIC, meth: dumps, sig: '($module, value, version=version, /, *, allow_code=True)' },
    { name: 'loads', flags: METH_CLINIC, meth: loads, sig: '($module, bytes, /, *, allow_code=True)' },
  ],
  exec(m) {
    PyModule_AddIntConstant(m, 'version', MARSHAL_VERSION);
  },
};
