// date.ts: datetime.date.                                                                CPython: Modules/_datetimemodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { type Hash, hash_bytes } from '../../core/hash.ts';
import { decref, newref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject } from '../../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  static_type,
} from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyExc_OverflowError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyImport_ImportModule } from '../../objects/import_util.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_NotImplemented } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int } from '../args.ts';
import { int_arg, parse_arguments } from '../parse_keywords.ts';
import { iso_calendar, iso_to_ymd, ord_to_ymd, pad, pad2, weekday, ymd_to_ord } from './calendar.ts';
import {
  ctime_text,
  DateFields,
  type DateObject,
  type DeltaObject,
  holds,
  new_date,
  new_date_subclass,
  new_delta,
  PyDate_Check,
  PyDateTime_Check,
  PyDelta_Check,
  shifted_day,
  types,
} from './core.ts';
import { new_isocalendar } from './isocalendar.ts';
import { parse_date } from './isoparse.ts';
import { localtime, now, stamp_arg } from './localtime.ts';
import {
  exact_arguments,
  format_row,
  invalid_isoformat,
  isoformat_text,
  pickled_state,
  replace_row,
  strftime_format,
  strptime_row,
} from './methods.ts';
import { build_struct_time, wrap_strftime } from './strftime.ts';

function date_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = args.v as PyObject[];
  if (items.length === 1) {
    const state = pickled_state(items[0]!, 4, 2, month => month >= 1 && month <= 12, 'date');
    if (state !== null) return type.tp_alloc!(type, new DateFields(state[0]! * 256 + state[1]!, state[2]!, state[3]!));
  }
  const ymd = [0, 0, 0];
  parse_arguments(null, ['year', 'month', 'day'], 3, 3, args, kwargs, (i, value) => {
    ymd[i] = int_arg(value);
  });
  return new_date(ymd[0]!, ymd[1]!, ymd[2]!, type);
}

function date_text(f: DateFields): string {
  return `${pad(f.year, 4)}-${pad2(f.month)}-${pad2(f.day)}`;
}

// --- class methods ---------------------------------------------------------------------------------------------------------

function date_fromtimestamp(cls: PyObject, timestamp: PyObject): PyObject {
  const t = localtime(stamp_arg(timestamp));
  return new_date_subclass(t.year, t.month, t.day, cls as PyTypeObject);
}

function date_today(cls: PyObject): PyObject {
  if (cls === types.date) {
    const t = localtime(now()[0]);
    return new_date(t.year, t.month, t.day);
  }
  // A derived class may have a fromtimestamp() of its own.
  const time = PyImport_ImportModule('time');
  try {
    const stamp = PyObject_CallMethodNoArgs(time, 'time');
    try {
      return PyObject_CallMethodOneArg(cls, 'fromtimestamp', stamp);
    } finally {
      decref(stamp);
    }
  } finally {
    decref(time);
  }
}

function date_fromordinal(cls: PyObject, args: PyObject): PyObject {
  const ordinal = int_arg(exact_arguments('fromordinal', args, 1)[0]!);
  if (ordinal < 1) PyErr_SetString(PyExc_ValueError, 'ordinal must be >= 1');
  const [year, month, day] = ord_to_ymd(ordinal);
  return new_date_subclass(year, month, day, cls as PyTypeObject);
}

function date_fromisoformat(cls: PyObject, arg: PyObject): PyObject {
  const ymd = parse_date(isoformat_text(arg));
  if (ymd === null) invalid_isoformat(arg);
  return new_date_subclass(ymd[0], ymd[1], ymd[2], cls as PyTypeObject);
}

function date_fromisocalendar(cls: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parts = [0, 0, 0];
  try {
    parse_arguments('fromisocalendar', ['year', 'week', 'day'], 3, 3, args, kwargs, (i, value) => {
      parts[i] = int_arg(value);
    });
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_OverflowError)) throw e;
    PyErr_Clear(e);
    PyErr_SetString(PyExc_ValueError, 'ISO calendar component out of range');
  }
  const [year, week, day] = parts as [number, number, number];
  const ymd = iso_to_ymd(year, week, day);
  if (ymd === 'year') PyErr_SetString(PyExc_ValueError, `year must be in 1..9999, not ${year}`);
  if (ymd === 'week') PyErr_SetString(PyExc_ValueError, `Invalid week: ${week}`);
  if (ymd === 'day') PyErr_SetString(PyExc_ValueError, `Invalid weekday: ${day} (range is [1, 7])`);
  return new_date_subclass(ymd[0], ymd[1], ymd[2], cls as PyTypeObject);
}

// --- methods ---------------------------------------------------------------------------------------------------------------

function fields(self: PyObject): DateFields {
  return (self as DateObject).v;
}

function date_isoformat(self: PyObject): PyObject {
  return PyUnicode_FromString(date_text(fields(self)));
}

function date_ctime(self: PyObject): PyObject {
  return PyUnicode_FromString(ctime_text(fields(self), 0, 0, 0));
}

function date_strftime(self: PyObject, format: PyObject): PyObject {
  strftime_format(format);
  const { year, month, day } = fields(self);
  const tuple = PyObject_CallMethodNoArgs(self, 'timetuple');
  // datetime inherits this method.
  const microsecond = PyDateTime_Check(self) ? self.v.microsecond : 0;
  const tzinfo = PyDateTime_Check(self) ? self.v.tzinfo : null;
  return wrap_strftime(format, tuple, { year, month, day, microsecond, tzinfo, tz_arg: self });
}

function date_timetuple(self: PyObject): PyObject {
  const { year, month, day } = fields(self);
  return build_struct_time(year, month, day, 0, 0, 0, -1);
}

function date_isocalendar(self: PyObject): PyObject {
  const { year, month, day } = fields(self);
  return new_isocalendar(...iso_calendar(year, month, day));
}

function date_weekday(self: PyObject): number {
  const { year, month, day } = fields(self);
  return weekday(year, month, day);
}

function date_replace(self: PyObject, year: PyObject | null, month: PyObject | null, day: PyObject | null): PyObject {
  const f = fields(self);
  const y = year === null ? f.year : c_int(year);
  const m = month === null ? f.month : c_int(month);
  const d = day === null ? f.day : c_int(day);
  return new_date_subclass(y, m, d, self.ob_type);
}

function state_bytes(f: DateFields): Uint8Array {
  return new Uint8Array([f.year >> 8, f.year & 255, f.month, f.day]);
}

function date_reduce(self: PyObject): PyObject {
  const state = PyTuple_FromArraySteal([PyBytes_FromUint8Array(state_bytes(fields(self)))]);
  return tuple_pair_steal(newref(self.ob_type), state);
}

function date_hash(self: PyObject): Hash {
  const f = fields(self);
  f.hash ??= hash_bytes(state_bytes(f));
  return f.hash;
}

// --- operators -------------------------------------------------------------------------------------------------------------

function date_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  // A datetime is a date, but they do not compare.
  if (!PyDate_Check(other) || PyDateTime_Check(other)) return newref(Py_NotImplemented);
  const a = fields(self);
  const b = other.v;
  return PyBool_FromLong(holds(a.year - b.year || a.month - b.month || a.day - b.day, op));
}

function add_days(date: DateObject, days: number): PyObject {
  const { year, month, day } = date.v;
  return new_date_subclass(...shifted_day(year, month, day, days), date.ob_type);
}

function date_add(a: PyObject, b: PyObject): PyObject {
  if (PyDateTime_Check(a) || PyDateTime_Check(b)) return newref(Py_NotImplemented);
  if (PyDate_Check(a)) return PyDelta_Check(b) ? add_days(a, b.v.days) : newref(Py_NotImplemented);
  return PyDelta_Check(a) ? add_days(b as DateObject, (a as DeltaObject).v.days) : newref(Py_NotImplemented);
}

function date_subtract(a: PyObject, b: PyObject): PyObject {
  if (PyDateTime_Check(a) || PyDateTime_Check(b) || !PyDate_Check(a)) return newref(Py_NotImplemented);
  if (PyDate_Check(b)) {
    const x = a.v;
    const y = b.v;
    return new_delta(ymd_to_ord(x.year, x.month, x.day) - ymd_to_ord(y.year, y.month, y.day), 0, 0);
  }
  return PyDelta_Check(b) ? add_days(a, -b.v.days) : newref(Py_NotImplemented);
}

const REPLACE = '($self, /, year=unchanged, month=unchanged, day=unchanged)';

export const Date_Type = static_type({
  name: 'datetime.date',
  tp_doc: 'A date of the Gregorian calendar.',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: date_new,
  tp_repr(self) {
    const { year, month, day } = fields(self);
    return PyUnicode_FromString(`${self.ob_type.tp_name}(${year}, ${month}, ${day})`);
  },
  tp_str: self => PyObject_CallMethodNoArgs(self, 'isoformat'),
  tp_hash: date_hash,
  tp_richcompare: date_richcompare,
  nb_add: date_add,
  nb_subtract: date_subtract,
  methods: [
    {
      name: 'fromtimestamp',
      flags: METH_O | METH_CLASS,
      meth: date_fromtimestamp,
      sig: '($type, timestamp, /)',
      doc: 'The local date of a POSIX time stamp.',
    },
    {
      name: 'fromordinal',
      flags: METH_VARARGS | METH_CLASS,
      meth: date_fromordinal,
      doc: 'int -> date corresponding to a proleptic Gregorian ordinal.',
    },
    {
      name: 'fromisoformat',
      flags: METH_O | METH_CLASS,
      meth: date_fromisoformat,
      sig: '($type, object, /)',
      doc: 'str -> the date of an ISO 8601 text.',
    },
    {
      name: 'fromisocalendar',
      flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
      meth: date_fromisocalendar,
      doc: 'int, int, int -> the date of an ISO year, week and weekday.',
    },
    strptime_row('_strptime_datetime_date'),
    { name: 'today', flags: METH_NOARGS | METH_CLASS, meth: date_today, sig: '($type, /)', doc: 'The local date now.' },
    { name: 'ctime', flags: METH_NOARGS, meth: date_ctime, sig: '($self, /)', doc: 'ctime() style string.' },
    {
      name: 'strftime',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
        let format: PyObject | null = null;
        parse_arguments('strftime', ['format'], 1, 1, args, kwargs, (_i, value) => {
          format = strftime_format(value);
        });
        return date_strftime(self, format!);
      },
      doc: 'format -> strftime() style string.',
    },
    format_row,
    {
      name: 'timetuple',
      flags: METH_NOARGS,
      meth: date_timetuple,
      sig: '($self, /)',
      doc: 'A time tuple, as of time.localtime().',
    },
    {
      name: 'isocalendar',
      flags: METH_NOARGS,
      meth: date_isocalendar,
      sig: '($self, /)',
      doc: 'Year, week and weekday of the ISO calendar.',
    },
    { name: 'isoformat', flags: METH_NOARGS, meth: date_isoformat, sig: '($self, /)', doc: 'YYYY-MM-DD.' },
    {
      name: 'isoweekday',
      flags: METH_NOARGS,
      meth: (self: PyObject) => PyLong_FromLong(date_weekday(self) + 1),
      sig: '($self, /)',
      doc: 'The day of the week: 1 for Monday.',
    },
    {
      name: 'toordinal',
      flags: METH_NOARGS,
      meth(self: PyObject): PyObject {
        const { year, month, day } = fields(self);
        return PyLong_FromLong(ymd_to_ord(year, month, day));
      },
      sig: '($self, /)',
      doc: 'The proleptic Gregorian ordinal.',
    },
    {
      name: 'weekday',
      flags: METH_NOARGS,
      meth: (self: PyObject) => PyLong_FromLong(date_weekday(self)),
      sig: '($self, /)',
      doc: 'The day of the week: 0 for Monday.',
    },
    { name: 'replace', flags: METH_CLINIC, meth: date_replace, sig: REPLACE, doc: 'A date with new fields.' },
    replace_row(REPLACE, date_replace as never),
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: date_reduce,
      sig: '($self, /)',
      doc: '__reduce__() -> (cls, state)',
    },
  ],
  getset: [
    { name: 'year', get: self => PyLong_FromLong(fields(self).year) },
    { name: 'month', get: self => PyLong_FromLong(fields(self).month) },
    { name: 'day', get: self => PyLong_FromLong(fields(self).day) },
  ],
});
