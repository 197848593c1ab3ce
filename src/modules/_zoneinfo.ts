// _zoneinfo.ts: ZoneInfo, time zones from the system's database.                             CPython: Modules/_zoneinfo.c
//
// Finding and reading the files is the library's own Python (zoneinfo._tzpath, zoneinfo._common); the rules are
// zoneinfo/rules.ts. Instances are kept as long as anybody uses them, the last eight longer.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  incref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  type ModuleSpec,
  module_type,
} from '../core/spec.ts';
import { PyIter_Next, PyObject_GetIter } from '../objects/abstract.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg, PyObject_CallOneArg } from '../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { release_instance, traverse_instance } from '../objects/instance.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_IsTrue, repr_string, str_string } from '../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../objects/tupleobject.ts';
import { decode_latin1, PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { _PyWeakref_GET_REF, PyWeakref_NewRef } from '../objects/weakrefobject.ts';
import { EPOCH_SECONDS, ymdhms_to_seconds } from './datetime/calendar.ts';
import {
  add_datetime_delta,
  type DateTimeFields,
  Delta,
  new_delta,
  PyDateTime_Check,
  with_fold,
} from './datetime/core.ts';
import { TZInfo_Type } from './datetime/tz.ts';
import { daylight_offsets, type LocalType, parse_tz_string, Zone } from './zoneinfo/rules.ts';

const FROM_CACHE = 1;
const FROM_FILE = 2;
const NO_CACHE = 0;

class ZoneInfo {
  readonly zone: Zone;
  /** Owned: the key or None. */
  readonly key: PyObject;
  /** Owned: what repr() shows of a file, or null. */
  readonly file: PyObject | null;
  source: number;
  constructor(zone: Zone, key: PyObject, file: PyObject | null, source: number) {
    this.zone = zone;
    this.key = key;
    this.file = file;
    this.source = source;
  }
}
type ZoneObject = PyObject<ZoneInfo>;

function data_of(self: PyObject): ZoneInfo {
  return (self as ZoneObject).v;
}

/** Zones by class and key, weakly; the last few of the class itself, owned, the most recent first. */
const caches = { weak: new Map<PyTypeObject, Map<string, PyObject>>(), strong: [] as PyObject[] };
const STRONG_CACHE_SIZE = 8;

// --- reading ----------------------------------------------------------------------------------------------------------

function numbers(o: PyObject): number[] {
  const out: number[] = [];
  const it = PyObject_GetIter(o);
  try {
    for (let item = PyIter_Next(it); item !== null; item = PyIter_Next(it)) {
      out.push(PyLong_AsLong(item));
      decref(item);
    }
  } finally {
    decref(it);
  }
  return out;
}

/** The zone of an open file. CPython: load_data */
function read_zone(file: PyObject): Zone {
  const load_data = PyImport_ImportModuleAttr('zoneinfo._common', 'load_data');
  let loaded: PyObject;
  try {
    loaded = PyObject_CallOneArg(load_data, file);
  } finally {
    decref(load_data);
  }
  try {
    const [index_o, utc_o, off_o, dst_o, abbr_o, tz_o] = loaded.v as PyObject[];
    const index = numbers(index_o!);
    const utcoff = numbers(off_o!);
    const isdst = numbers(dst_o!).map(n => n !== 0);
    const names = (abbr_o!.v as PyObject[]).map(PyUnicode_AsString);
    const dstoff = daylight_offsets(index, utcoff, isdst);
    const types: LocalType[] = utcoff.map((off, i) => ({ utcoff: off, dstoff: dstoff[i]!, name: names[i]! }));
    const text = PyBytes_Check(tz_o!) ? decode_latin1(tz_o!.v as Uint8Array) : '';
    let after: ReturnType<typeof parse_tz_string> = null;
    if (text !== '') {
      after = parse_tz_string(text);
      if (after === null) PyErr_SetString(PyExc_ValueError, `Malformed TZ string: ${repr_string(tz_o!)}`);
    } else if (index.length === 0 && types.length === 0) {
      PyErr_SetString(PyExc_ValueError, 'No time zone information found.');
    }
    return new Zone(numbers(utc_o!), index, types, isdst, after);
  } finally {
    decref(loaded);
  }
}

/** A new instance for a key. CPython: zoneinfo_new_instance */
function load_key(type: PyTypeObject, key: PyObject): PyObject {
  const find = PyImport_ImportModuleAttr('zoneinfo._tzpath', 'find_tzfile');
  let path: PyObject;
  try {
    path = PyObject_CallOneArg(find, key);
  } finally {
    decref(find);
  }
  let file: PyObject;
  try {
    if (path === Py_None) {
      const load = PyImport_ImportModuleAttr('zoneinfo._common', 'load_tzdata');
      try {
        file = PyObject_CallOneArg(load, key);
      } finally {
        decref(load);
      }
    } else {
      const open = PyImport_ImportModuleAttr('_io', 'FileIO');
      try {
        file = PyObject_CallOneArg(open, path);
      } finally {
        decref(open);
      }
    }
  } finally {
    decref(path);
  }
  try {
    const zone = read_zone(file);
    return type.tp_alloc!(type, new ZoneInfo(zone, newref(key), null, NO_CACHE));
  } finally {
    try {
      decref(PyObject_CallMethodNoArgs(file, 'close'));
    } finally {
      decref(file);
    }
  }
}

// --- making -----------------------------------------------------------------------------------------------------------

function remember(zone: PyObject): void {
  const { strong } = caches;
  const i = strong.indexOf(zone);
  if (i >= 0) strong.splice(i, 1);
  else incref(zone);
  strong.unshift(zone);
  if (strong.length > STRONG_CACHE_SIZE) decref(strong.pop()!);
}

function zoneinfo_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [key] = PyArg_Clinic('ZoneInfo', '(key)', args, kwargs);
  const text = PyUnicode_Check(key!) ? PyUnicode_AsString(key!) : null;
  let weak = caches.weak.get(type);
  if (text !== null) {
    const ref = weak?.get(text);
    const found = ref === undefined ? null : _PyWeakref_GET_REF(ref);
    if (found !== null) {
      incref(found);
      if (type === zoneinfo_type) remember(found);
      return found;
    }
  }
  const made = load_key(type, key!);
  data_of(made).source = FROM_CACHE;
  if (text !== null) {
    if (weak === undefined) {
      weak = new Map();
      caches.weak.set(type, weak);
    }
    xdecref(weak.get(text) ?? null);
    weak.set(text, PyWeakref_NewRef(made, null));
    if (type === zoneinfo_type) remember(made);
  }
  return made;
}

function no_cache(type: PyObject, key: PyObject): PyObject {
  return load_key(type as PyTypeObject, key);
}

function from_file(type: PyObject, file: PyObject, key: PyObject | null): PyObject {
  const zone = read_zone(file);
  const repr = PyUnicode_FromString(repr_string(file));
  const cls = type as PyTypeObject;
  return cls.tp_alloc!(cls, new ZoneInfo(zone, newref(key ?? Py_None), repr, FROM_FILE));
}

function forget(type: PyTypeObject, text: string): void {
  const weak = caches.weak.get(type);
  const ref = weak?.get(text);
  if (ref !== undefined) {
    weak!.delete(text);
    decref(ref);
  }
  if (type !== zoneinfo_type) return;
  const i = caches.strong.findIndex(zone => PyUnicode_AsString(data_of(zone).key) === text);
  if (i >= 0) decref(caches.strong.splice(i, 1)[0]!);
}

function clear_cache(type: PyObject, only_keys: PyObject | null): PyObject {
  const cls = type as PyTypeObject;
  if (only_keys === null || only_keys === Py_None) {
    const weak = caches.weak.get(cls);
    caches.weak.delete(cls);
    for (const ref of weak?.values() ?? []) decref(ref);
    if (cls === zoneinfo_type) for (const zone of caches.strong.splice(0)) decref(zone);
    return newref(Py_None);
  }
  const it = PyObject_GetIter(only_keys);
  try {
    for (let key = PyIter_Next(it); key !== null; key = PyIter_Next(it)) {
      if (PyUnicode_Check(key)) forget(cls, PyUnicode_AsString(key));
      decref(key);
    }
  } finally {
    decref(it);
  }
  return newref(Py_None);
}

// --- asking ------------------------------------------------------------------------------------------------------------

/** Seconds since 1970 that the fields spell. */
function timestamp(f: DateTimeFields): number {
  return ymdhms_to_seconds(f.year, f.month, f.day, f.hour, f.minute, f.second) - EPOCH_SECONDS;
}

/** What holds at a datetime (or None); null where nothing is known. */
function find(self: PyObject, dt: PyObject): LocalType | null {
  const { zone } = data_of(self);
  if (dt === Py_None) return zone.fixed ? (zone.after as LocalType | null) : null;
  if (!PyDateTime_Check(dt)) {
    // CPython asks for the day first.
    decref(PyObject_CallMethodNoArgs(dt, 'toordinal'));
    PyErr_SetString(PyExc_TypeError, 'an integer is required');
  }
  return zone.at_local(timestamp(dt.v), dt.v.year, dt.v.fold);
}

function utcoffset(self: PyObject, dt: PyObject): PyObject {
  const found = find(self, dt);
  return found === null ? newref(Py_None) : new_delta(0, found.utcoff, 0);
}

function dst(self: PyObject, dt: PyObject): PyObject {
  const found = find(self, dt);
  return found === null ? newref(Py_None) : new_delta(0, found.dstoff, 0);
}

function tzname(self: PyObject, dt: PyObject): PyObject {
  const found = find(self, dt);
  return found === null ? newref(Py_None) : PyUnicode_FromString(found.name);
}

/** CPython: zoneinfo_fromutc */
function fromutc(self: PyObject, dt: PyObject): PyObject {
  if (!PyDateTime_Check(dt)) PyErr_SetString(PyExc_TypeError, 'fromutc: argument must be a datetime');
  if (dt.v.tzinfo !== self) PyErr_SetString(PyExc_ValueError, 'fromutc: dt.tzinfo is not self');
  const [type, fold] = data_of(self).zone.at_utc(timestamp(dt.v), dt.v.year);
  const off = type?.utcoff ?? 0;
  const days = Math.floor(off / 86400);
  const made = add_datetime_delta(dt, new Delta(days, off - days * 86400, 0), 1);
  if (fold === 0) return made;
  if (PyDateTime_Check(made)) made.v = with_fold(made.v, 1);
  return made;
}

// --- the rest ------------------------------------------------------------------------------------------------------------

function full_name(self: PyObject): string {
  const module = PyObject_GetAttrString(self.ob_type, '__module__');
  const name = PyObject_GetAttrString(self.ob_type, '__qualname__');
  try {
    return self.ob_type === zoneinfo_type ? 'zoneinfo.ZoneInfo' : `${str_string(module)}.${str_string(name)}`;
  } finally {
    decref(module);
    decref(name);
  }
}

function repr(self: PyObject): PyObject {
  const { key, file } = data_of(self);
  const name = full_name(self);
  if (key !== Py_None) return PyUnicode_FromString(`${name}(key=${repr_string(key)})`);
  return PyUnicode_FromString(`${name}.from_file(${file === null ? '' : PyUnicode_AsString(file)})`);
}

function str(self: PyObject): PyObject {
  const { key } = data_of(self);
  return key !== Py_None ? newref(key) : repr(self);
}

function reduce(self: PyObject): PyObject {
  const { key, source } = data_of(self);
  if (source === FROM_FILE) {
    const error = PyImport_ImportModuleAttr('pickle', 'PicklingError') as PyTypeObject;
    PyErr_SetString(error, 'Cannot pickle a ZoneInfo file from a file stream.');
  }
  const unpickle = PyObject_GetAttrString(self, '_unpickle');
  return tuple_pair_steal(unpickle, PyTuple_FromArraySteal([newref(key), PyLong_FromLong(source)]));
}

function unpickle(type: PyObject, key: PyObject, from_cache: PyObject): PyObject {
  if (PyObject_IsTrue(from_cache)) return PyObject_CallOneArg(type, key);
  return PyObject_CallMethodOneArg(type, 'no_cache', key);
}

function init_subclass(): PyObject {
  return newref(Py_None);
}

export const zoneinfo_type: PyTypeObject = module_type('_zoneinfo', {
  name: 'zoneinfo.ZoneInfo',
  base: () => TZInfo_Type,
  tp_basicsize: 208,
  tp_weaklistoffset: 48,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: zoneinfo_new,
  tp_repr: repr,
  tp_str: str,
  tp_dealloc: self => {
    gc_del(self);
    release_instance(self);
    const { key, file } = data_of(self);
    decref(key);
    xdecref(file);
  },
  tp_traverse: (self, visit) => {
    traverse_instance(self, visit);
    visit(data_of(self).key);
  },
  methods: [
    {
      name: 'clear_cache',
      flags: METH_CLINIC | METH_CLASS,
      meth: clear_cache,
      sig: '($type, /, *, only_keys=None)',
    },
    { name: 'no_cache', flags: METH_CLINIC | METH_CLASS, meth: no_cache, sig: '($type, /, key)' },
    { name: 'from_file', flags: METH_CLINIC | METH_CLASS, meth: from_file, sig: '($type, file_obj, /, key=None)' },
    { name: 'utcoffset', flags: METH_O, meth: utcoffset, sig: '($self, dt, /)' },
    { name: 'dst', flags: METH_O, meth: dst, sig: '($self, dt, /)' },
    { name: 'tzname', flags: METH_O, meth: tzname, sig: '($self, dt, /)' },
    { name: 'fromutc', flags: METH_O, meth: fromutc, sig: '($self, object, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: reduce, sig: '($self, /)' },
    { name: '_unpickle', flags: METH_CLINIC | METH_CLASS, meth: unpickle, sig: '($type, key, from_cache, /)' },
    { name: '__init_subclass__', flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS, meth: init_subclass },
  ],
  members: [{ name: 'key', get: self => newref(data_of(self).key) }],
});

export const module: ModuleSpec = {
  name: '_zoneinfo',
  doc: 'Time zones from the IANA database.',
  types: () => [zoneinfo_type],
};
