// _zoneinfo.ts: ZoneInfo, time zones from the system's database.                             CPython: Modules/_zoneinfo.c
//
// Finding and reading the files is the library's own Python (zoneinfo._tzpath, zoneinfo._common); the rules are
// zoneinfo/rules.ts, the instances that are handed out again zoneinfo/cache.ts.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
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
import {
  PyObject_CallMethod,
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallOneArg,
  PyObject_Vectorcall,
} from '../objects/call.ts';
import { PyBytes_Check } from '../objects/checks.ts';
import { type_basename } from '../objects/exceptions/base.ts';
import { PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { release_instance, traverse_instance } from '../objects/instance.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_IsTrue,
  PyObject_SetAttrString,
  repr_string,
  str_string,
} from '../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../objects/typeobject.ts';
import { decode_latin1, PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { EPOCH_SECONDS, ymdhms_to_seconds } from './datetime/calendar.ts';
import {
  add_datetime_delta,
  type DateTimeFields,
  Delta,
  new_delta,
  PyDateTime_Check,
  with_fold,
} from './datetime/core.ts';
import { DateTime_Type } from './datetime/datetime.ts';
import { TZInfo_Type } from './datetime/tz.ts';
import {
  clear_strong_cache,
  eject_from_strong_cache,
  get_weak_cache,
  initialize_caches,
  new_weak_cache,
  update_strong_cache,
  zone_from_strong_cache,
} from './zoneinfo/cache.ts';
import { daylight_offsets, type LocalType, parse_tz_string, type YearlyRules, Zone } from './zoneinfo/rules.ts';

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
    let after: YearlyRules | LocalType | null = null;
    if (text !== '') {
      const parsed = parse_tz_string(text);
      if (typeof parsed === 'string') PyErr_SetString(PyExc_ValueError, `${parsed} ${repr_string(tz_o!)}`);
      after = parsed;
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

/** What a class's weak cache gave: has to be an instance of the class. Steals it. */
function checked(found: PyObject, type: PyTypeObject, key: PyObject): PyObject {
  if (PyObject_TypeCheck(found, type)) return found;
  const got = found.ob_type.tp_name;
  decref(found);
  PyErr_SetString(
    PyExc_RuntimeError,
    `Unexpected instance of ${got} in ${type_basename(type)} weak cache for key ${repr_string(key)}`,
  );
}

/** CPython: zoneinfo_ZoneInfo_impl */
function zoneinfo_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const key = PyArg_Clinic('ZoneInfo', '(key)', args, kwargs)[0]!;
  const kept = type === zoneinfo_type ? zone_from_strong_cache(key) : null;
  if (kept !== null) return kept;
  const weak = get_weak_cache(type, zoneinfo_type);
  try {
    let zone = PyObject_CallMethod(weak, 'get', key, Py_None);
    if (zone !== Py_None) zone = checked(zone, type, key);
    else {
      const made = load_key(type, key);
      try {
        zone = checked(PyObject_CallMethod(weak, 'setdefault', key, made), type, key);
      } finally {
        decref(made);
      }
      data_of(zone).source = FROM_CACHE;
    }
    if (type === zoneinfo_type) update_strong_cache(key, zone);
    return zone;
  } finally {
    decref(weak);
  }
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

/** CPython: zoneinfo_ZoneInfo_clear_cache_impl */
function clear_cache(cls: PyObject, only_keys: PyObject | null): PyObject {
  const type = cls as PyTypeObject;
  const weak = get_weak_cache(type, zoneinfo_type);
  try {
    if (only_keys === null || only_keys === Py_None) {
      decref(PyObject_CallMethodNoArgs(weak, 'clear'));
      if (type === zoneinfo_type) clear_strong_cache();
      return newref(Py_None);
    }
    const it = PyObject_GetIter(only_keys);
    try {
      for (let key = PyIter_Next(it); key !== null; key = PyIter_Next(it)) {
        try {
          if (type === zoneinfo_type) eject_from_strong_cache(key);
          decref(PyObject_CallMethod(weak, 'pop', key, Py_None));
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
    return newref(Py_None);
  } finally {
    decref(weak);
  }
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
  if (made.ob_type === DateTime_Type && PyDateTime_Check(made)) {
    made.v = with_fold(made.v, 1);
    return made;
  }
  const replace = PyObject_GetAttrString(made, 'replace');
  decref(made);
  const names = PyTuple_FromArraySteal([PyUnicode_FromString('fold')]);
  const one = PyLong_FromLong(1);
  try {
    return PyObject_Vectorcall(replace, [one], names);
  } finally {
    decref(one);
    decref(names);
    decref(replace);
  }
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

/** CPython: zoneinfo_init_subclass */
function init_subclass(cls: PyObject): PyObject {
  const weak = new_weak_cache();
  try {
    PyObject_SetAttrString(cls, '_weak_cache', weak);
  } finally {
    decref(weak);
  }
  return newref(Py_None);
}

export const zoneinfo_type: PyTypeObject = module_type('_zoneinfo', {
  name: 'zoneinfo.ZoneInfo',
  heap: 'immutable',
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
  exec() {
    // Where datetime is the Python one, so has zoneinfo to be: it looks for this error.
    decref(PyImport_ImportModuleAttr('datetime', 'datetime_CAPI'));
    initialize_caches();
  },
};
