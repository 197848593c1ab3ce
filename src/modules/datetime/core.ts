// core.ts: what the types of datetime share: payloads, construction, offsets.            CPython: Modules/_datetimemodule.c
//
// Payloads are plain numbers; a datetime's begins with the fields of a date's. The types find each other through
// `types`, which _datetime.ts fills in.

import { PyErr_SetString } from '../../core/errors.ts';
import type { Hash } from '../../core/hash.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyObject_Call, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { days_in_month, MAXYEAR, MINYEAR, ord_to_ymd, pad2, ymd_to_ord } from './calendar.ts';

/** A duration: 0 <= seconds < 86400, 0 <= microseconds < 1000000. */
export class Delta {
  readonly days: number;
  readonly seconds: number;
  readonly microseconds: number;
  hash: Hash | null = null;
  constructor(days: number, seconds: number, microseconds: number) {
    this.days = days;
    this.seconds = seconds;
    this.microseconds = microseconds;
  }
}

export class DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  hash: Hash | null = null;
  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }
}

export class TimeFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly fold: number;
  /** Owned; null for None. */
  readonly tzinfo: PyObject | null;
  hash: Hash | null = null;
  constructor(
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    fold: number,
    tzinfo: PyObject | null,
  ) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.fold = fold;
    this.tzinfo = tzinfo;
  }
}

export class DateTimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  hash: Hash | null = null;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly fold: number;
  /** Owned; null for None. */
  readonly tzinfo: PyObject | null;
  constructor(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    fold: number,
    tzinfo: PyObject | null,
  ) {
    this.year = year;
    this.month = month;
    this.day = day;
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.fold = fold;
    this.tzinfo = tzinfo;
  }
}

/** Payload of timezone: owned. */
export class TimeZone {
  readonly offset: PyObject;
  readonly name: PyObject | null;
  constructor(offset: PyObject, name: PyObject | null) {
    this.offset = offset;
    this.name = name;
  }
}

export type DeltaObject = PyObject<Delta>;
export type DateObject = PyObject<DateFields>;
export type TimeObject = PyObject<TimeFields>;
export type DateTimeObject = PyObject<DateTimeFields>;
export type TimeZoneObject = PyObject<TimeZone>;

/** The types, and the singleton `timezone.utc` (owned, immortal). */
export const types = {
  delta: null as unknown as PyTypeObject,
  date: null as unknown as PyTypeObject,
  time: null as unknown as PyTypeObject,
  datetime: null as unknown as PyTypeObject,
  tzinfo: null as unknown as PyTypeObject,
  timezone: null as unknown as PyTypeObject,
  utc: null as unknown as PyObject,
};

export function PyDelta_Check(o: PyObject): o is DeltaObject {
  return PyObject_TypeCheck(o, types.delta);
}
export function PyDate_Check(o: PyObject): o is DateObject {
  return PyObject_TypeCheck(o, types.date);
}
export function PyTime_Check(o: PyObject): o is TimeObject {
  return PyObject_TypeCheck(o, types.time);
}
export function PyDateTime_Check(o: PyObject): o is DateTimeObject {
  return PyObject_TypeCheck(o, types.datetime);
}
export function PyTZInfo_Check(o: PyObject): boolean {
  return PyObject_TypeCheck(o, types.tzinfo);
}

// --- arguments -----------------------------------------------------------------------------------------------------------

/** Raises unless a value is an int in a range. */
function check_range(what: string, n: number, min: number, max: number): void {
  if (n < min || n > max) PyErr_SetString(PyExc_ValueError, `${what} must be in ${min}..${max}, not ${n}`);
}

export function check_date_args(year: number, month: number, day: number): void {
  check_range('year', year, MINYEAR, MAXYEAR);
  check_range('month', month, 1, 12);
  const dim = days_in_month(year, month);
  if (day < 1 || day > dim) {
    PyErr_SetString(PyExc_ValueError, `day ${day} must be in range 1..${dim} for month ${month} in year ${year}`);
  }
}

export function check_time_args(h: number, m: number, s: number, us: number, fold: number): void {
  check_range('hour', h, 0, 23);
  check_range('minute', m, 0, 59);
  check_range('second', s, 0, 59);
  check_range('microsecond', us, 0, 999999);
  if (fold !== 0 && fold !== 1) PyErr_SetString(PyExc_ValueError, `fold must be either 0 or 1, not ${fold}`);
}

export function check_tzinfo_subclass(o: PyObject): void {
  if (o !== Py_None && !PyTZInfo_Check(o)) {
    PyErr_SetString(
      PyExc_TypeError,
      `tzinfo argument must be None or of a tzinfo subclass, not type '${o.ob_type.tp_name}'`,
    );
  }
}

// --- durations -----------------------------------------------------------------------------------------------------------

const MAX_DELTA_DAYS = 999999999;
const DAY_US = 86400000000;
const DAY_US_BIG = 86400000000n;

/** A timedelta of fields that are in range already. */
export function new_delta_exact(days: number, seconds: number, us: number, type: PyTypeObject = types.delta): PyObject {
  if (days < -MAX_DELTA_DAYS || days > MAX_DELTA_DAYS) {
    PyErr_SetString(PyExc_OverflowError, `days=${days}; must have magnitude <= ${MAX_DELTA_DAYS}`);
  }
  return type.tp_alloc!(type, new Delta(days, seconds, us));
}

/** A timedelta of any fields; carries are made. CPython: new_delta with normalize */
export function new_delta(days: number, seconds: number, us: number): PyObject {
  if (us < 0 || us >= 1000000) {
    const carry = Math.floor(us / 1000000);
    seconds += carry;
    us -= carry * 1000000;
  }
  if (seconds < 0 || seconds >= 86400) {
    const carry = Math.floor(seconds / 86400);
    days += carry;
    seconds -= carry * 86400;
  }
  return new_delta_exact(days, seconds, us);
}

/** All of a duration in microseconds; a number while that is exact. CPython: delta_to_microseconds */
export function delta_to_us(d: Delta): bigint {
  return BigInt(d.days) * DAY_US_BIG + BigInt(d.seconds * 1000000 + d.microseconds);
}

/** CPython: microseconds_to_delta_ex */
export function us_to_delta(us: bigint | number, type: PyTypeObject = types.delta): PyObject {
  let days: number;
  let rest: number;
  if (typeof us === 'number') {
    days = Math.floor(us / DAY_US);
    rest = us - days * DAY_US;
  } else {
    let q = us / DAY_US_BIG;
    let r = us % DAY_US_BIG;
    if (r < 0n) {
      r += DAY_US_BIG;
      q -= 1n;
    }
    if (q !== BigInt.asIntN(32, q)) PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C int');
    days = Number(q);
    rest = Number(r);
  }
  if (days > 0x7fffffff || days < -0x80000000) {
    PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C int');
  }
  const seconds = Math.floor(rest / 1000000);
  return new_delta_exact(days, seconds, rest - seconds * 1000000, type);
}

export function delta_cmp(a: Delta, b: Delta): number {
  let diff = a.days - b.days;
  if (diff === 0) {
    diff = a.seconds - b.seconds;
    if (diff === 0) diff = a.microseconds - b.microseconds;
  }
  return diff;
}

export function delta_is_zero(d: Delta): boolean {
  return d.days === 0 && d.seconds === 0 && d.microseconds === 0;
}

/** a - b, a new timedelta. */
export function delta_difference(a: Delta, b: Delta): PyObject {
  return new_delta(a.days - b.days, a.seconds - b.seconds, a.microseconds - b.microseconds);
}

// --- dates and times -------------------------------------------------------------------------------------------------------

function type_call(cls: PyTypeObject, values: PyObject[]): PyObject {
  const args = PyTuple_FromArraySteal(values);
  try {
    return PyObject_Call(cls, args, null);
  } finally {
    decref(args);
  }
}

export function new_date(year: number, month: number, day: number, type: PyTypeObject = types.date): PyObject {
  check_date_args(year, month, day);
  return type.tp_alloc!(type, new DateFields(year, month, day));
}

/** A date of class `cls`, which a derived class makes by its own constructor. CPython: new_date_subclass_ex */
export function new_date_subclass(year: number, month: number, day: number, cls: PyTypeObject): PyObject {
  if (cls === types.date) return new_date(year, month, day);
  if (cls === types.datetime) return new_datetime(year, month, day, 0, 0, 0, 0, null, 0);
  return type_call(cls, [PyLong_FromLong(year), PyLong_FromLong(month), PyLong_FromLong(day)]);
}

function owned_tz(tzinfo: PyObject | null): PyObject | null {
  return tzinfo === null || tzinfo === Py_None ? null : newref(tzinfo);
}

/** A time; borrows tzinfo, for which null and None are the same. */
export function new_time(
  hour: number,
  minute: number,
  second: number,
  us: number,
  tzinfo: PyObject | null,
  fold: number,
  type: PyTypeObject = types.time,
): PyObject {
  check_time_args(hour, minute, second, us, fold);
  if (tzinfo !== null) check_tzinfo_subclass(tzinfo);
  return type.tp_alloc!(type, new TimeFields(hour, minute, second, us, fold, owned_tz(tzinfo)));
}

/** A datetime; borrows tzinfo, for which null and None are the same. */
export function new_datetime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  us: number,
  tzinfo: PyObject | null,
  fold: number,
  type: PyTypeObject = types.datetime,
): PyObject {
  check_date_args(year, month, day);
  check_time_args(hour, minute, second, us, fold);
  if (tzinfo !== null) check_tzinfo_subclass(tzinfo);
  const fields = new DateTimeFields(year, month, day, hour, minute, second, us, fold, owned_tz(tzinfo));
  return type.tp_alloc!(type, fields);
}

/** A datetime of class `cls`, which a derived class makes by its own constructor. CPython: new_datetime_subclass_fold_ex */
export function new_datetime_subclass(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  us: number,
  tzinfo: PyObject | null,
  fold: number,
  cls: PyTypeObject,
): PyObject {
  if (cls === types.datetime) return new_datetime(year, month, day, hour, minute, second, us, tzinfo, fold);
  const dt = type_call(cls, [
    PyLong_FromLong(year),
    PyLong_FromLong(month),
    PyLong_FromLong(day),
    PyLong_FromLong(hour),
    PyLong_FromLong(minute),
    PyLong_FromLong(second),
    PyLong_FromLong(us),
    newref(tzinfo ?? Py_None),
  ]);
  if (PyDateTime_Check(dt) && dt.v.fold !== fold) dt.v = with_fold(dt.v, fold);
  return dt;
}

/** The same fields with another fold; takes the reference to tzinfo over. */
export function with_fold(f: DateTimeFields, fold: number): DateTimeFields {
  return new DateTimeFields(f.year, f.month, f.day, f.hour, f.minute, f.second, f.microsecond, fold, f.tzinfo);
}

/** A datetime with the same fields and another fold (exact type; a new object). */
export function datetime_with_fold(f: DateTimeFields, fold: number): PyObject {
  return new_datetime(f.year, f.month, f.day, f.hour, f.minute, f.second, f.microsecond, f.tzinfo, fold);
}

/** dt + sign * delta, of the class of dt, with its tzinfo. CPython: add_datetime_timedelta */
export function add_datetime_delta(dt: DateTimeObject, delta: Delta, sign: 1 | -1): PyObject {
  const f = dt.v;
  let us = f.microsecond + delta.microseconds * sign;
  let second = f.hour * 3600 + f.minute * 60 + f.second + delta.seconds * sign;
  let carry = Math.floor(us / 1000000);
  us -= carry * 1000000;
  second += carry;
  carry = Math.floor(second / 86400);
  second -= carry * 86400;
  const [year, month, day] = shifted_day(f.year, f.month, f.day, delta.days * sign + carry);
  const hour = Math.floor(second / 3600);
  second -= hour * 3600;
  const minute = Math.floor(second / 60);
  return new_datetime_subclass(year, month, day, hour, minute, second - minute * 60, us, f.tzinfo, 0, dt.ob_type);
}

/** The day that lies so many days after a date; OverflowError outside of the calendar. CPython: normalize_date */
export function shifted_day(year: number, month: number, day: number, days: number): [number, number, number] {
  const moved = day + days;
  if (moved >= 1 && moved <= 28) return [year, month, moved];
  const ordinal = ymd_to_ord(year, month, day) + days;
  if (ordinal < 1 || ordinal > 3652059) PyErr_SetString(PyExc_OverflowError, 'date value out of range');
  return ord_to_ymd(ordinal);
}

// --- asking a tzinfo -------------------------------------------------------------------------------------------------------

/** Whether an offset is a whole day or more. */
function offset_out_of_range(d: Delta): boolean {
  return (d.days === -1 && d.seconds === 0 && d.microseconds < 1) || d.days < -1 || d.days >= 1;
}

export function check_offset_range(offset: PyObject): void {
  if (offset_out_of_range((offset as DeltaObject).v)) {
    PyErr_SetString(
      PyExc_ValueError,
      `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${repr_string(offset)}`,
    );
  }
}

/** What utcoffset() or dst() of a tzinfo (null or None: none) gives: a timedelta or None. CPython: call_tzinfo_method */
function call_tzinfo_method(tzinfo: PyObject | null, name: 'utcoffset' | 'dst', arg: PyObject): PyObject {
  if (tzinfo === null || tzinfo === Py_None) return newref(Py_None);
  if (tzinfo.ob_type === types.timezone) {
    return newref(name === 'dst' ? Py_None : (tzinfo as TimeZoneObject).v.offset);
  }
  const offset = PyObject_CallMethodOneArg(tzinfo, name, arg);
  if (offset === Py_None) return offset;
  try {
    if (!PyDelta_Check(offset)) {
      PyErr_SetString(
        PyExc_TypeError,
        `tzinfo.${name}() must return None or timedelta, not '${offset.ob_type.tp_name}'`,
      );
    }
    check_offset_range(offset);
    return newref(offset);
  } finally {
    decref(offset);
  }
}

export function call_utcoffset(tzinfo: PyObject | null, arg: PyObject): PyObject {
  return call_tzinfo_method(tzinfo, 'utcoffset', arg);
}

export function call_dst(tzinfo: PyObject | null, arg: PyObject): PyObject {
  return call_tzinfo_method(tzinfo, 'dst', arg);
}

/** A str or None. */
export function call_tzname(tzinfo: PyObject | null, arg: PyObject): PyObject {
  if (tzinfo === null || tzinfo === Py_None) return newref(Py_None);
  const name = PyObject_CallMethodOneArg(tzinfo, 'tzname', arg);
  if (name !== Py_None && !PyUnicode_Check(name)) {
    const type = name.ob_type.tp_name;
    decref(name);
    PyErr_SetString(PyExc_TypeError, `tzinfo.tzname() must return None or a string, not '${type}'`);
  }
  return name;
}

export function datetime_utcoffset(dt: DateTimeObject): PyObject {
  return call_utcoffset(dt.v.tzinfo, dt);
}

// --- text ----------------------------------------------------------------------------------------------------------------

/** `+HH:MM[:SS[.ffffff]]` of an offset with this separator. */
export function offset_text(d: Delta, sep: string): string {
  let total = d.days * 86400 + d.seconds;
  let us = d.microseconds;
  let sign = '+';
  if (d.days < 0) {
    sign = '-';
    total = -total;
    if (us > 0) {
      us = 1000000 - us;
      total--;
    }
  }
  const minutes = Math.floor(total / 60);
  const seconds = total - minutes * 60;
  let text = `${sign}${pad2(Math.floor(minutes / 60))}${sep}${pad2(minutes % 60)}`;
  if (seconds !== 0 || us !== 0) text += `${sep}${pad2(seconds)}`;
  if (us !== 0) text += `.${String(us).padStart(6, '0')}`;
  return text;
}

/** The offset of a tzinfo as text, empty when there is none. CPython: format_utcoffset */
export function format_utcoffset(sep: string, tzinfo: PyObject | null, arg: PyObject): string {
  const offset = call_utcoffset(tzinfo, arg);
  try {
    return offset === Py_None ? '' : offset_text((offset as DeltaObject).v, sep);
  } finally {
    decref(offset);
  }
}

/** `HH:MM:SS[.ffffff]` or what timespec asks for. */
export function time_text(hour: number, minute: number, second: number, us: number, timespec: string): string {
  switch (timespec) {
    case 'auto':
      if (us !== 0) return `${pad2(hour)}:${pad2(minute)}:${pad2(second)}.${String(us).padStart(6, '0')}`;
      return `${pad2(hour)}:${pad2(minute)}:${pad2(second)}`;
    case 'hours':
      return pad2(hour);
    case 'minutes':
      return `${pad2(hour)}:${pad2(minute)}`;
    case 'seconds':
      return `${pad2(hour)}:${pad2(minute)}:${pad2(second)}`;
    case 'milliseconds':
      return `${pad2(hour)}:${pad2(minute)}:${pad2(second)}.${String(Math.floor(us / 1000)).padStart(3, '0')}`;
    case 'microseconds':
      return `${pad2(hour)}:${pad2(minute)}:${pad2(second)}.${String(us).padStart(6, '0')}`;
    default:
      PyErr_SetString(PyExc_ValueError, 'Unknown timespec value');
  }
}

const DAY_NAMES: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTH_NAMES: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** As C's ctime(). */
export function ctime_text(f: DateFields, hour: number, minute: number, second: number): string {
  const day_name = DAY_NAMES[(ymd_to_ord(f.year, f.month, f.day) + 6) % 7];
  const date = `${day_name} ${MONTH_NAMES[f.month - 1]} ${String(f.day).padStart(2)}`;
  return `${date} ${pad2(hour)}:${pad2(minute)}:${pad2(second)} ${String(f.year).padStart(4, '0')}`;
}

/** Whether a comparison operator holds for a difference. */
export function holds(diff: number, op: number): boolean {
  switch (op) {
    case 0:
      return diff < 0;
    case 1:
      return diff <= 0;
    case 2:
      return diff === 0;
    case 3:
      return diff !== 0;
    case 4:
      return diff > 0;
    default:
      return diff >= 0;
  }
}
