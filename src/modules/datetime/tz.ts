// tz.ts: datetime.tzinfo and datetime.timezone.                                          CPython: Modules/_datetimemodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  type PyObject,
  type PyTypeObject,
  xdecref,
  xnewref,
} from '../../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_NotImplementedError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import {
  Py_None,
  Py_NotImplemented,
  PyObject_GetOptionalAttrString,
  PyObject_Hash,
  repr_string,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, PyTuple_Pack } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { type_name } from '../args.ts';
import { parse_arguments } from '../parse_keywords.ts';
import {
  add_datetime_delta,
  call_dst,
  check_offset_range,
  type DateTimeObject,
  type Delta,
  type DeltaObject,
  datetime_utcoffset,
  delta_cmp,
  delta_difference,
  delta_is_zero,
  holds,
  new_delta_exact,
  offset_text,
  PyDateTime_Check,
  PyDelta_Check,
  TimeZone,
  type TimeZoneObject,
  types,
} from './core.ts';

// --- tzinfo ------------------------------------------------------------------------------------------------------------

function must_implement(name: string): () => PyObject {
  return () => PyErr_SetString(PyExc_NotImplementedError, `a tzinfo subclass must implement ${name}()`);
}

/** The argument of fromutc(), checked. */
function fromutc_argument(self: PyObject, dt: PyObject): DateTimeObject {
  if (!PyDateTime_Check(dt)) PyErr_SetString(PyExc_TypeError, 'fromutc: argument must be a datetime');
  if (dt.v.tzinfo !== self) PyErr_SetString(PyExc_ValueError, 'fromutc: dt.tzinfo is not self');
  return dt;
}

/** CPython: tzinfo_fromutc */
function tzinfo_fromutc(self: PyObject, arg: PyObject): PyObject {
  const dt = fromutc_argument(self, arg);
  let dst: PyObject | null = null;
  let result: PyObject | null = null;
  const off = datetime_utcoffset(dt);
  try {
    if (off === Py_None) PyErr_SetString(PyExc_ValueError, 'fromutc: non-None utcoffset() result required');
    dst = call_dst(dt.v.tzinfo, dt);
    if (dst === Py_None) PyErr_SetString(PyExc_ValueError, 'fromutc: non-None dst() result required');
    const standard = delta_difference((off as DeltaObject).v, (dst as DeltaObject).v);
    try {
      result = add_datetime_delta(dt, (standard as DeltaObject).v, 1);
    } finally {
      decref(standard);
    }
    decref(dst);
    dst = null;
    if (!PyDateTime_Check(result)) return newref(result);
    dst = call_dst(dt.v.tzinfo, result);
    if (dst === Py_None) {
      PyErr_SetString(PyExc_ValueError, 'fromutc: tz.dst() gave inconsistent results; cannot convert');
    }
    const saving = (dst as DeltaObject).v;
    return delta_is_zero(saving) ? newref(result) : add_datetime_delta(result, saving, 1);
  } finally {
    decref(off);
    xdecref(dst);
    xdecref(result);
  }
}

/** CPython: tzinfo_reduce */
function tzinfo_reduce(self: PyObject): PyObject {
  const getinitargs = PyObject_GetOptionalAttrString(self, '__getinitargs__');
  let args: PyObject;
  if (getinitargs === null) args = PyTuple_FromArraySteal([]);
  else {
    try {
      args = PyObject_CallNoArgs(getinitargs);
    } finally {
      decref(getinitargs);
    }
  }
  let state: PyObject;
  try {
    state = PyObject_CallMethodNoArgs(self, '__getstate__');
  } catch (e) {
    decref(args);
    throw e;
  }
  return PyTuple_FromArraySteal([newref(self.ob_type), args, state]);
}

export const TZInfo_Type = static_type({
  name: 'datetime.tzinfo',
  tp_doc: 'Abstract base class of time zones.',
  tp_basicsize: 16,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: type => type.tp_alloc!(type, null),
  methods: [
    {
      name: 'tzname',
      flags: METH_O,
      meth: must_implement('tzname'),
      sig: '($self, object, /)',
      doc: 'datetime -> string name of time zone.',
    },
    {
      name: 'utcoffset',
      flags: METH_O,
      meth: must_implement('utcoffset'),
      sig: '($self, object, /)',
      doc: 'datetime -> timedelta showing offset from UTC, negative values indicating West of UTC',
    },
    {
      name: 'dst',
      flags: METH_O,
      meth: must_implement('dst'),
      sig: '($self, object, /)',
      doc: 'datetime -> DST offset as timedelta positive east of UTC.',
    },
    {
      name: 'fromutc',
      flags: METH_O,
      meth: tzinfo_fromutc,
      sig: '($self, object, /)',
      doc: 'datetime in UTC -> datetime in local time.',
    },
    { name: '__reduce__', flags: METH_NOARGS, meth: tzinfo_reduce, sig: '($self, /)', doc: '-> (cls, state)' },
  ],
});

// --- timezone ------------------------------------------------------------------------------------------------------------

/** A fixed offset; borrows. CPython: create_timezone */
function create_timezone(offset: PyObject, name: PyObject | null): PyObject {
  const type = types.timezone;
  return type.tp_alloc!(type, new TimeZone(newref(offset), xnewref(name)));
}

/** The same, with UTC as a singleton and the offset checked; borrows. CPython: new_timezone */
export function new_timezone(offset: PyObject, name: PyObject | null): PyObject {
  if (name === null && delta_is_zero((offset as DeltaObject).v)) return newref(types.utc);
  check_offset_range(offset);
  return create_timezone(offset, name);
}

function timezone_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let offset: PyObject | null = null;
  let name: PyObject | null = null;
  parse_arguments('timezone', ['offset', 'name'], 1, 2, args, kwargs, (i, value) => {
    if (i === 0) {
      if (!PyDelta_Check(value)) {
        PyErr_SetString(PyExc_TypeError, `timezone() argument 1 must be datetime.timedelta, not ${type_name(value)}`);
      }
      offset = value;
    } else {
      if (!PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, `timezone() argument 2 must be str, not ${type_name(value)}`);
      }
      name = value;
    }
  });
  return new_timezone(offset!, name);
}

function timezone_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || other.ob_type !== types.timezone) return newref(Py_NotImplemented);
  const a = ((self as TimeZoneObject).v.offset as DeltaObject).v;
  const b = ((other as TimeZoneObject).v.offset as DeltaObject).v;
  return PyBool_FromLong(holds(delta_cmp(a, b), op));
}

function timezone_repr(self: PyObject): PyObject {
  if (self === types.utc) return PyUnicode_FromString('datetime.timezone.utc');
  const { offset, name } = (self as TimeZoneObject).v;
  const args = name === null ? repr_string(offset) : `${repr_string(offset)}, ${repr_string(name)}`;
  return PyUnicode_FromString(`${self.ob_type.tp_name}(${args})`);
}

function timezone_str(self: PyObject): PyObject {
  const { offset, name } = (self as TimeZoneObject).v;
  if (name !== null) return newref(name);
  const d: Delta = (offset as DeltaObject).v;
  if (self === types.utc || delta_is_zero(d)) return PyUnicode_FromString('UTC');
  return PyUnicode_FromString(`UTC${offset_text(d, ':')}`);
}

function check_dt(dt: PyObject, fname: string): void {
  if (dt !== Py_None && !PyDateTime_Check(dt)) {
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}(dt) argument must be a datetime instance or None, not ${dt.ob_type.tp_name}`,
    );
  }
}

function timezone_tzname(self: PyObject, dt: PyObject): PyObject {
  check_dt(dt, 'tzname');
  return timezone_str(self);
}

function timezone_utcoffset(self: PyObject, dt: PyObject): PyObject {
  check_dt(dt, 'utcoffset');
  return newref((self as TimeZoneObject).v.offset);
}

function timezone_dst(_self: PyObject, dt: PyObject): PyObject {
  check_dt(dt, 'dst');
  return newref(Py_None);
}

function timezone_fromutc(self: PyObject, arg: PyObject): PyObject {
  const dt = fromutc_argument(self, arg);
  return add_datetime_delta(dt, ((self as TimeZoneObject).v.offset as DeltaObject).v, 1);
}

function timezone_getinitargs(self: PyObject): PyObject {
  const { offset, name } = (self as TimeZoneObject).v;
  return name === null ? PyTuple_Pack(offset) : PyTuple_Pack(offset, name);
}

export const TimeZone_Type = static_type({
  name: 'datetime.timezone',
  base: () => TZInfo_Type,
  tp_doc: 'A fixed offset from UTC.',
  tp_basicsize: 32,
  tp_new: timezone_new,
  tp_dealloc(self) {
    const { offset, name } = (self as TimeZoneObject).v;
    decref(offset);
    xdecref(name);
  },
  tp_repr: timezone_repr,
  tp_str: timezone_str,
  tp_hash: self => PyObject_Hash((self as TimeZoneObject).v.offset),
  tp_richcompare: timezone_richcompare,
  methods: [
    {
      name: 'tzname',
      flags: METH_O,
      meth: timezone_tzname,
      sig: '($self, object, /)',
      doc: 'The name, or UTC followed by the offset.',
    },
    { name: 'utcoffset', flags: METH_O, meth: timezone_utcoffset, sig: '($self, object, /)', doc: 'The fixed offset.' },
    { name: 'dst', flags: METH_O, meth: timezone_dst, sig: '($self, object, /)', doc: 'None.' },
    {
      name: 'fromutc',
      flags: METH_O,
      meth: timezone_fromutc,
      sig: '($self, object, /)',
      doc: 'datetime in UTC -> datetime in local time.',
    },
    {
      name: '__getinitargs__',
      flags: METH_NOARGS,
      meth: timezone_getinitargs,
      sig: '($self, /)',
      doc: 'pickle support',
    },
  ],
});

/** `timezone.utc` and the smallest and largest zones. Called once the types are ready. */
export function make_timezones(): { utc: PyObject; min: PyObject; max: PyObject } {
  const zone = (days: number, seconds: number): PyObject => {
    const offset = new_delta_exact(days, seconds, 0);
    const tz = create_timezone(offset, null);
    decref(offset);
    return tz;
  };
  return { utc: zone(0, 0), min: zone(-1, 60), max: zone(0, 23 * 3600 + 59 * 60) };
}
