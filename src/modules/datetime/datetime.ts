// datetime.ts: datetime.datetime.                                                        CPython: Modules/_datetimemodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  static_type,
} from '../../core/spec.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { normal, true_divide } from '../../objects/longobject/arith.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { c_int, type_name } from '../args.ts';
import { int_arg, parse_arguments } from '../parse_keywords.ts';
import { days_in_month, EPOCH_SECONDS, pad, pad2, ymdhms_to_seconds } from './calendar.ts';
import {
  add_datetime_delta,
  call_dst,
  call_tzname,
  call_utcoffset,
  check_tzinfo_subclass,
  ctime_text,
  DateTimeFields,
  type DateTimeObject,
  type DeltaObject,
  datetime_utcoffset,
  delta_is_zero,
  delta_to_us,
  format_utcoffset,
  new_date,
  new_datetime,
  new_datetime_subclass,
  new_delta,
  new_time,
  PyDate_Check,
  PyTime_Check,
  shifted_day,
  time_text,
  types,
} from './core.ts';
import { Date_Type } from './date.ts';
import {
  datetime_add,
  datetime_hash,
  datetime_richcompare,
  datetime_subtract,
  state_bytes,
} from './datetime_operators.ts';
import { date_length, parse_date, parse_time } from './isoparse.ts';
import { type BrokenTime, datetime_from_stamp, local_to_stamp, local_zone, now, timeval_arg } from './localtime.ts';
import {
  exact_arguments,
  invalid_isoformat,
  invalid_midnight,
  isoformat_text,
  pickled_state,
  pickled_tzinfo,
  replace_row,
  separator_arg,
  strptime_row,
  timespec_arg,
} from './methods.ts';
import { build_struct_time } from './strftime.ts';
import { parsed_tzinfo } from './time.ts';
import { new_timezone } from './tz.ts';

const NAMES: readonly string[] = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'];

function datetime_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = args.v as PyObject[];
  if (items.length === 1 || items.length === 2) {
    const b = pickled_state(items[0]!, 10, 2, byte => (byte & 0x7f) >= 1 && (byte & 0x7f) <= 12, 'datetime');
    if (b !== null) {
      const us = b[7]! * 65536 + b[8]! * 256 + b[9]!;
      const tzinfo = pickled_tzinfo(items);
      const year = b[0]! * 256 + b[1]!;
      const fold = b[2]! >> 7;
      return type.tp_alloc!(type, new DateTimeFields(year, b[2]! & 0x7f, b[3]!, b[4]!, b[5]!, b[6]!, us, fold, tzinfo));
    }
  }
  const n = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let tzinfo: PyObject = Py_None;
  parse_arguments(null, NAMES, 3, 8, args, kwargs, (i, value) => {
    if (i === 7) tzinfo = value;
    else n[i] = int_arg(value);
  });
  return new_datetime(n[0]!, n[1]!, n[2]!, n[3]!, n[4]!, n[5]!, n[6]!, tzinfo, n[8]!, type);
}

function fields(self: PyObject): DateTimeFields {
  return (self as DateTimeObject).v;
}

/** Borrowed; None where there is none. */
function tzinfo_of(self: PyObject): PyObject {
  return fields(self).tzinfo ?? Py_None;
}

// --- class methods -----------------------------------------------------------------------------------------------------------

/** Hands a datetime in UTC (stolen) to its zone. */
function by_fromutc(tzinfo: PyObject, utc: PyObject): PyObject {
  try {
    return PyObject_CallMethodOneArg(tzinfo, 'fromutc', utc);
  } finally {
    decref(utc);
  }
}

function datetime_now(cls: PyObject, tz: PyObject | null): PyObject {
  const tzinfo = tz ?? Py_None;
  check_tzinfo_subclass(tzinfo);
  const [stamp, us] = now();
  const result = datetime_from_stamp(cls as PyTypeObject, tzinfo !== Py_None, stamp, us, tzinfo);
  return tzinfo === Py_None ? result : by_fromutc(tzinfo, result);
}

function datetime_utcnow(cls: PyObject): PyObject {
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    'datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. ' +
      'Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).',
    1,
  );
  const [stamp, us] = now();
  return datetime_from_stamp(cls as PyTypeObject, true, stamp, us, null);
}

function datetime_fromtimestamp(cls: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let timestamp: PyObject | null = null;
  let tzinfo: PyObject = Py_None;
  parse_arguments('fromtimestamp', ['timestamp', 'tz'], 1, 2, args, kwargs, (i, value) => {
    if (i === 0) timestamp = value;
    else tzinfo = value;
  });
  check_tzinfo_subclass(tzinfo);
  const [stamp, us] = timeval_arg(timestamp!);
  const aware = (tzinfo as PyObject) !== Py_None;
  const result = datetime_from_stamp(cls as PyTypeObject, aware, stamp, us, tzinfo);
  return aware ? by_fromutc(tzinfo, result) : result;
}

function datetime_utcfromtimestamp(cls: PyObject, args: PyObject): PyObject {
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    'datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. ' +
      'Use timezone-aware objects to represent datetimes in UTC: ' +
      'datetime.datetime.fromtimestamp(timestamp, datetime.UTC).',
    1,
  );
  const [stamp, us] = timeval_arg(exact_arguments('utcfromtimestamp', args, 1)[0]!);
  return datetime_from_stamp(cls as PyTypeObject, true, stamp, us, null);
}

function datetime_combine(cls: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let date: PyObject | null = null;
  let time: PyObject | null = null;
  let tzinfo: PyObject | null = null;
  parse_arguments('combine', ['date', 'time', 'tzinfo'], 2, 3, args, kwargs, (i, value) => {
    if (i === 2) tzinfo = value;
    else if (i === 0) {
      if (!PyDate_Check(value)) bad_combine(1, 'date', value);
      date = value;
    } else {
      if (!PyTime_Check(value)) bad_combine(2, 'time', value);
      time = value;
    }
  });
  const d = (date as unknown as PyObject<DateTimeFields>).v;
  const t = (time as unknown as PyObject<DateTimeFields>).v;
  return new_datetime_subclass(
    d.year,
    d.month,
    d.day,
    t.hour,
    t.minute,
    t.second,
    t.microsecond,
    tzinfo ?? t.tzinfo,
    t.fold,
    cls as PyTypeObject,
  );
}

function bad_combine(index: number, type: string, value: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `combine() argument ${index} must be datetime.${type}, not ${type_name(value)}`);
}

/** CPython: datetime_fromisoformat */
function datetime_fromisoformat(cls: PyObject, arg: PyObject): PyObject {
  const text = isoformat_text(arg);
  if (text.length < 7) invalid_isoformat(arg);
  const split = date_length(text);
  const ymd = split < 0 ? null : parse_date(text.slice(0, split));
  if (ymd === null) invalid_isoformat(arg);
  let [year, month, day] = ymd;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let microsecond = 0;
  let tzinfo: PyObject | null = null;
  if (text.length > split) {
    const parsed = parse_time(text.slice(split + 1));
    if (parsed === null) invalid_isoformat(arg);
    ({ hour, minute, second, microsecond } = parsed);
    tzinfo = parsed_tzinfo(parsed);
  }
  try {
    if (hour === 24 && month >= 1 && month <= 12 && day <= days_in_month(year, month)) {
      if (minute !== 0 || second !== 0 || microsecond !== 0) invalid_midnight();
      // Midnight at the end of a day is that of the next.
      hour = 0;
      day++;
      if (day > days_in_month(year, month)) {
        day = 1;
        month++;
        if (month > 12) {
          month = 1;
          year++;
        }
      }
    }
    return new_datetime_subclass(year, month, day, hour, minute, second, microsecond, tzinfo, 0, cls as PyTypeObject);
  } finally {
    xdecref(tzinfo);
  }
}

// --- text --------------------------------------------------------------------------------------------------------------------

function datetime_repr(self: PyObject): PyObject {
  const { year, month, day, hour, minute, second, microsecond, fold, tzinfo } = fields(self);
  let text = `${self.ob_type.tp_name}(${year}, ${month}, ${day}, ${hour}, ${minute}`;
  if (microsecond !== 0) text += `, ${second}, ${microsecond}`;
  else if (second !== 0) text += `, ${second}`;
  if (fold !== 0) text += ', fold=1';
  if (tzinfo !== null) text += `, tzinfo=${repr_string(tzinfo)}`;
  return PyUnicode_FromString(`${text})`);
}

function iso_text(self: PyObject, sep: string, timespec: string): PyObject {
  const f = fields(self);
  const clock = time_text(f.hour, f.minute, f.second, f.microsecond, timespec);
  const text = `${pad(f.year, 4)}-${pad2(f.month)}-${pad2(f.day)}${sep}${clock}`;
  return PyUnicode_FromString(f.tzinfo === null ? text : text + format_utcoffset(':', f.tzinfo, self));
}

function datetime_isoformat(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let sep = 'T';
  let timespec = 'auto';
  parse_arguments('isoformat', ['sep', 'timespec'], 0, 2, args, kwargs, (i, value) => {
    if (i === 0) sep = separator_arg(value);
    else timespec = timespec_arg(2, value);
  });
  return iso_text(self, sep, timespec);
}

function datetime_str(self: PyObject): PyObject {
  const space = PyUnicode_FromString(' ');
  try {
    return PyObject_CallMethodOneArg(self, 'isoformat', space);
  } finally {
    decref(space);
  }
}

function datetime_ctime(self: PyObject): PyObject {
  const f = fields(self);
  return PyUnicode_FromString(ctime_text(f, f.hour, f.minute, f.second));
}

// --- methods ---------------------------------------------------------------------------------------------------------------------

function datetime_timetuple(self: PyObject): PyObject {
  const f = fields(self);
  let dst = -1;
  if (f.tzinfo !== null) {
    const saving = call_dst(f.tzinfo, self);
    if (saving !== Py_None) dst = delta_is_zero((saving as DeltaObject).v) ? 0 : 1;
    decref(saving);
  }
  return build_struct_time(f.year, f.month, f.day, f.hour, f.minute, f.second, dst);
}

function datetime_utctimetuple(self: PyObject): PyObject {
  const f = fields(self);
  const offset = datetime_utcoffset(self as DateTimeObject);
  let { year, month, day } = f;
  let seconds = f.hour * 3600 + f.minute * 60 + f.second;
  try {
    if (offset !== Py_None) {
      const d = (offset as DeltaObject).v;
      seconds -= d.seconds;
      if (f.microsecond < d.microseconds) seconds--;
      const carry = Math.floor(seconds / 86400);
      seconds -= carry * 86400;
      [year, month, day] = shifted_day(year, month, day, carry - d.days);
    }
  } finally {
    decref(offset);
  }
  const minutes = Math.floor(seconds / 60);
  return build_struct_time(year, month, day, Math.floor(minutes / 60), minutes % 60, seconds - minutes * 60, 0);
}

function datetime_timestamp(self: PyObject): PyObject {
  const f = fields(self);
  if (f.tzinfo === null) return PyFloat_FromDouble(local_to_stamp(f, f.fold) + f.microsecond / 1e6);
  const offset = datetime_utcoffset(self as DateTimeObject);
  try {
    if (offset === Py_None) {
      PyErr_SetString(PyExc_TypeError, "can't subtract offset-naive and offset-aware datetimes");
    }
    const seconds = ymdhms_to_seconds(f.year, f.month, f.day, f.hour, f.minute, f.second) - EPOCH_SECONDS;
    // Exactly as total_seconds() of the difference from the epoch.
    const us = BigInt(seconds) * 1000000n + BigInt(f.microsecond) - delta_to_us((offset as DeltaObject).v);
    return PyFloat_FromDouble(true_divide(normal(us), 1000000));
  } finally {
    decref(offset);
  }
}

/** The stamp whose zone a local time belongs to: within a gap, the one before it with fold 0. CPython: local_timezone_from_local */
function local_stamp(t: BrokenTime, fold: number): number {
  const stamp = local_to_stamp(t, fold);
  const other = local_to_stamp(t, 1 - fold);
  return other !== stamp && other > stamp === (fold === 1) ? other : stamp;
}

/** The local zone at a stamp, as a timezone. CPython: local_timezone_from_timestamp */
function local_timezone(stamp: number): PyObject {
  const { gmtoff, zone } = local_zone(stamp);
  const offset = new_delta(0, gmtoff, 0);
  const name = PyUnicode_FromString(zone);
  try {
    return new_timezone(offset, name);
  } finally {
    decref(name);
    decref(offset);
  }
}

function stamp_of_utc(f: DateTimeFields): number {
  return ymdhms_to_seconds(f.year, f.month, f.day, f.hour, f.minute, f.second) - EPOCH_SECONDS;
}

/** The same moment with this tzinfo written into it (a new datetime of the same class, if that is exact). */
function relabelled(dt: PyObject, tzinfo: PyObject): PyObject {
  const f = fields(dt);
  return new_datetime_subclass(
    f.year,
    f.month,
    f.day,
    f.hour,
    f.minute,
    f.second,
    f.microsecond,
    tzinfo,
    0,
    dt.ob_type,
  );
}

/** CPython: datetime_astimezone */
function datetime_astimezone(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let target: PyObject = Py_None;
  parse_arguments('astimezone', ['tz'], 0, 1, args, kwargs, (_i, value) => {
    target = value;
  });
  check_tzinfo_subclass(target);
  let offset: PyObject | null = null;
  let result: PyObject | null = null;
  let zone: PyObject | null = null;
  try {
    const own = tzinfo_of(self);
    if (own !== Py_None) {
      if (own === target) return newref(self);
      offset = call_utcoffset(own, self);
    }
    if (offset === null || offset === Py_None) {
      // A naive datetime is in local time.
      xdecref(offset);
      const local = local_timezone(local_stamp(fields(self), fields(self).fold));
      try {
        if (local === target) return newref(self);
        offset = call_utcoffset(local, self);
      } finally {
        decref(local);
      }
    }
    const utc = add_datetime_delta(self as DateTimeObject, (offset as DeltaObject).v, -1);
    try {
      result = relabelled(utc, types.utc);
    } finally {
      decref(utc);
    }
    zone = (target as PyObject) === Py_None ? local_timezone(stamp_of_utc(fields(result))) : newref(target);
    const labelled = relabelled(result, zone);
    try {
      return PyObject_CallMethodOneArg(zone, 'fromutc', labelled);
    } finally {
      decref(labelled);
    }
  } finally {
    xdecref(offset);
    xdecref(result);
    xdecref(zone);
  }
}

function datetime_replace(self: PyObject, ...values: (PyObject | null)[]): PyObject {
  const f = fields(self);
  const pick = (i: number, current: number): number => {
    const value = values[i]!;
    return value === null ? current : c_int(value);
  };
  const year = pick(0, f.year);
  const month = pick(1, f.month);
  const day = pick(2, f.day);
  const hour = pick(3, f.hour);
  const minute = pick(4, f.minute);
  const second = pick(5, f.second);
  const us = pick(6, f.microsecond);
  const tzinfo = values[7] ?? f.tzinfo;
  const fold = pick(8, f.fold);
  return new_datetime_subclass(year, month, day, hour, minute, second, us, tzinfo, fold, self.ob_type);
}

function datetime_reduce(self: PyObject, protocol: number): PyObject {
  const f = fields(self);
  const state = [PyBytes_FromUint8Array(state_bytes(f, protocol > 3 ? f.fold : 0))];
  if (f.tzinfo !== null) state.push(newref(f.tzinfo));
  return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArraySteal(state));
}

const REPLACE = `($self, /, year=unchanged, month=unchanged, day=unchanged,
        hour=unchanged, minute=unchanged, second=unchanged,
        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)`;

export const DateTime_Type = static_type({
  name: 'datetime.datetime',
  base: () => Date_Type,
  tp_doc: 'A date and a time of day.',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: datetime_new,
  tp_dealloc: self => xdecref(fields(self).tzinfo),
  tp_repr: datetime_repr,
  tp_str: datetime_str,
  tp_hash: datetime_hash,
  tp_richcompare: datetime_richcompare,
  nb_add: datetime_add,
  nb_subtract: datetime_subtract,
  methods: [
    {
      name: 'now',
      flags: METH_CLINIC | METH_CLASS,
      meth: datetime_now,
      sig: '($type, /, tz=None)',
      doc: 'The present moment, in local time or in a zone.',
    },
    {
      name: 'utcnow',
      flags: METH_NOARGS | METH_CLASS,
      meth: datetime_utcnow,
      sig: '($type, /)',
      doc: 'The present UTC.',
    },
    {
      name: 'fromtimestamp',
      flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
      meth: datetime_fromtimestamp,
      doc: 'timestamp[, tz] -> the moment of a POSIX time stamp.',
    },
    {
      name: 'utcfromtimestamp',
      flags: METH_VARARGS | METH_CLASS,
      meth: datetime_utcfromtimestamp,
      doc: 'The UTC of a POSIX time stamp.',
    },
    strptime_row('_strptime_datetime_datetime'),
    {
      name: 'combine',
      flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
      meth: datetime_combine,
      doc: 'date, time -> datetime with same date and time fields',
    },
    {
      name: 'fromisoformat',
      flags: METH_O | METH_CLASS,
      meth: datetime_fromisoformat,
      sig: '($type, object, /)',
      doc: 'str -> the datetime of an ISO 8601 text.',
    },
    {
      name: 'date',
      flags: METH_NOARGS,
      meth(self: PyObject): PyObject {
        const { year, month, day } = fields(self);
        return new_date(year, month, day);
      },
      sig: '($self, /)',
      doc: 'The date.',
    },
    {
      name: 'time',
      flags: METH_NOARGS,
      meth(self: PyObject): PyObject {
        const { hour, minute, second, microsecond, fold } = fields(self);
        return new_time(hour, minute, second, microsecond, null, fold);
      },
      sig: '($self, /)',
      doc: 'The time of day, without tzinfo.',
    },
    {
      name: 'timetz',
      flags: METH_NOARGS,
      meth(self: PyObject): PyObject {
        const { hour, minute, second, microsecond, fold, tzinfo } = fields(self);
        return new_time(hour, minute, second, microsecond, tzinfo, fold);
      },
      sig: '($self, /)',
      doc: 'The time of day, with tzinfo.',
    },
    { name: 'ctime', flags: METH_NOARGS, meth: datetime_ctime, sig: '($self, /)', doc: 'ctime() style string.' },
    {
      name: 'timetuple',
      flags: METH_NOARGS,
      meth: datetime_timetuple,
      sig: '($self, /)',
      doc: 'A time tuple, as of time.localtime().',
    },
    { name: 'timestamp', flags: METH_NOARGS, meth: datetime_timestamp, sig: '($self, /)', doc: 'POSIX time stamp.' },
    {
      name: 'utctimetuple',
      flags: METH_NOARGS,
      meth: datetime_utctimetuple,
      sig: '($self, /)',
      doc: 'A UTC time tuple, as of time.gmtime().',
    },
    {
      name: 'isoformat',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: datetime_isoformat,
      doc: '[sep] -> YYYY-MM-DDTHH:MM:SS[.mmmmmm][+HH:MM].',
    },
    {
      name: 'utcoffset',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_utcoffset(tzinfo_of(self), self),
      sig: '($self, /)',
      doc: 'self.tzinfo.utcoffset(self)',
    },
    {
      name: 'tzname',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_tzname(tzinfo_of(self), self),
      sig: '($self, /)',
      doc: 'self.tzinfo.tzname(self)',
    },
    {
      name: 'dst',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_dst(tzinfo_of(self), self),
      sig: '($self, /)',
      doc: 'self.tzinfo.dst(self)',
    },
    { name: 'replace', flags: METH_CLINIC, meth: datetime_replace, sig: REPLACE, doc: 'A datetime with new fields.' },
    replace_row(REPLACE, datetime_replace),
    {
      name: 'astimezone',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: datetime_astimezone,
      doc: 'tz -> the same moment in another zone.',
    },
    {
      name: '__reduce_ex__',
      flags: METH_VARARGS,
      meth: (self: PyObject, args: PyObject) =>
        datetime_reduce(self, int_arg(exact_arguments('__reduce_ex__', args, 1)[0]!)),
      doc: '__reduce_ex__(proto) -> (cls, state)',
    },
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) => datetime_reduce(self, 2),
      sig: '($self, /)',
      doc: '__reduce__() -> (cls, state)',
    },
  ],
  getset: [
    { name: 'hour', get: self => PyLong_FromLong(fields(self).hour) },
    { name: 'minute', get: self => PyLong_FromLong(fields(self).minute) },
    { name: 'second', get: self => PyLong_FromLong(fields(self).second) },
    { name: 'microsecond', get: self => PyLong_FromLong(fields(self).microsecond) },
    { name: 'tzinfo', get: self => newref(tzinfo_of(self)) },
    { name: 'fold', get: self => PyLong_FromLong(fields(self).fold) },
  ],
});
