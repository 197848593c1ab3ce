// localtime.ts: clocks, time stamps and the local time zone, for datetime.                CPython: Modules/_datetimemodule.c, Python/pytime.c
//
// Seconds are counted from 1970 UTC ("stamps") or from the calendar's beginning ("seconds", see calendar.ts).
// What the local zone does at a moment is asked of time.localtime.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyLong_AsBigInt, PyLong_AsLong, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetAttrString } from '../../objects/object.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { host } from '../args.ts';
import { EPOCH_ORDINAL, EPOCH_SECONDS, MAXYEAR, MINYEAR, ord_to_ymd, ymdhms_to_seconds } from './calendar.ts';
import { new_datetime_subclass } from './core.ts';

/** A moment taken apart. */
export interface BrokenTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** A stamp in UTC. */
export function gmtime(stamp: number): BrokenTime {
  const days = Math.floor(stamp / 86400);
  const [year, month, day] = ord_to_ymd(days + EPOCH_ORDINAL);
  const rest = stamp - days * 86400;
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor((rest - hour * 3600) / 60);
  return { year, month, day, hour, minute, second: rest - hour * 3600 - minute * 60 };
}

/** Calls time.localtime; the caller owns the struct_time. */
function struct_localtime(stamp: number): PyObject {
  const localtime = PyImport_ImportModuleAttr('time', 'localtime');
  const arg = PyLong_FromLong(stamp);
  try {
    return PyObject_CallOneArg(localtime, arg);
  } finally {
    decref(arg);
    decref(localtime);
  }
}

/** A stamp in local time. */
export function localtime(stamp: number): BrokenTime {
  const tm = struct_localtime(stamp);
  const items = tm.v as PyObject[];
  const field = (i: number): number => PyLong_AsLong(items[i]!);
  const broken = { year: field(0), month: field(1), day: field(2), hour: field(3), minute: field(4), second: field(5) };
  decref(tm);
  return broken;
}

/** The offset from UTC in seconds and the zone's name at a stamp. */
export function local_zone(stamp: number): { gmtoff: number; zone: string } {
  const tm = struct_localtime(stamp);
  const gmtoff = PyObject_GetAttrString(tm, 'tm_gmtoff');
  const zone = PyObject_GetAttrString(tm, 'tm_zone');
  decref(tm);
  const result = { gmtoff: PyLong_AsLong(gmtoff), zone: PyUnicode_AsString(zone) };
  decref(gmtoff);
  decref(zone);
  return result;
}

function seconds_of(t: BrokenTime): number {
  if (t.year < MINYEAR || t.year > MAXYEAR) {
    PyErr_SetString(PyExc_ValueError, `year must be in ${MINYEAR}..${MAXYEAR}, not ${t.year}`);
  }
  return ymdhms_to_seconds(t.year, t.month, t.day, t.hour, t.minute, t.second);
}

/** What local clocks show at a moment; both in seconds of the calendar. CPython: local */
function local(seconds: number): number {
  return seconds_of(localtime(seconds - EPOCH_SECONDS));
}

/** A fold or gap of local time is never longer. */
const MAX_FOLD_SECONDS = 24 * 3600;

/** The stamp at which local clocks show a time. CPython: local_to_seconds */
export function local_to_stamp(t: BrokenTime, fold: number): number {
  const shown = seconds_of(t);
  const offset_a = local(shown) - shown;
  const u1 = shown - offset_a;
  const t1 = local(u1);
  let offset_b: number;
  if (t1 === shown) {
    // One solution; there may be an earlier or a later one.
    const other = fold ? u1 + MAX_FOLD_SECONDS : u1 - MAX_FOLD_SECONDS;
    offset_b = local(other) - other;
    if (offset_a === offset_b) return u1 - EPOCH_SECONDS;
  } else offset_b = t1 - u1;
  const u2 = shown - offset_b;
  const t2 = local(u2);
  if (t2 === shown) return u2 - EPOCH_SECONDS;
  if (t1 === shown) return u1 - EPOCH_SECONDS;
  // Clocks never show it: they are put forward over it.
  return (fold ? Math.min(u1, u2) : Math.max(u1, u2)) - EPOCH_SECONDS;
}

/** Whether a time of local clocks at a stamp is the second of two. */
function fold_at(stamp: number, t: BrokenTime): number {
  const shown = seconds_of(t);
  const moment = EPOCH_SECONDS + stamp;
  const before = local(moment - MAX_FOLD_SECONDS);
  const transition = shown - before - MAX_FOLD_SECONDS;
  return transition < 0 && local(moment + transition) === shown ? 1 : 0;
}

/** The datetime of a stamp and microseconds, in UTC or in local time. CPython: datetime_from_timet_and_us */
export function datetime_from_stamp(
  cls: PyTypeObject,
  utc: boolean,
  stamp: number,
  us: number,
  tzinfo: PyObject | null,
): PyObject {
  const t = utc ? gmtime(stamp) : localtime(stamp);
  const second = Math.min(t.second, 59); // no leap seconds
  let fold = 0;
  if (!utc && (tzinfo === null || tzinfo === Py_None)) fold = fold_at(stamp, t);
  return new_datetime_subclass(t.year, t.month, t.day, t.hour, t.minute, second, us, tzinfo, fold, cls);
}

/** The clock: [stamp, microseconds]. */
export function now(): [number, number] {
  const us = host().clock.time_ns() / 1000n;
  const stamp = us / 1000000n;
  return [Number(stamp), Number(us - stamp * 1000000n)];
}

function out_of_range(): never {
  PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for platform time_t');
}

const TIME_T_LIMIT = 2 ** 63;

function stamp_of_int(o: PyObject): number {
  const big = PyLong_AsBigInt(o);
  if (big !== BigInt.asIntN(64, big)) out_of_range();
  return Number(big);
}

function check_not_nan(x: number): void {
  if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
}

/** Whole seconds of a time stamp argument, rounded down. CPython: _PyTime_ObjectToTime_t */
export function stamp_arg(o: PyObject): number {
  if (PyFloat_Check(o)) {
    const x = o.v as number;
    check_not_nan(x);
    const floor = Math.floor(x);
    if (!(floor >= -TIME_T_LIMIT && floor < TIME_T_LIMIT)) out_of_range();
    return floor;
  }
  const index = PyNumber_Index(o);
  try {
    return stamp_of_int(index);
  } finally {
    decref(index);
  }
}

/** [stamp, microseconds] of a time stamp argument, rounded half to even. CPython: _PyTime_ObjectToTimeval */
export function timeval_arg(o: PyObject): [number, number] {
  if (PyLong_Check(o)) return [stamp_of_int(o), 0];
  if (!PyFloat_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `argument must be int or float, not ${o.ob_type.tp_name}`);
  }
  const x = o.v as number;
  check_not_nan(x);
  let whole = Math.trunc(x);
  let us = round_half_even((x - whole) * 1e6);
  if (us >= 1e6) {
    us -= 1e6;
    whole++;
  } else if (us < 0) {
    us += 1e6;
    whole--;
  }
  if (!(whole >= -TIME_T_LIMIT && whole < TIME_T_LIMIT)) out_of_range();
  return [whole, us];
}

function round_half_even(x: number): number {
  const floor = Math.floor(x);
  const diff = x - floor;
  if (diff < 0.5) return floor;
  if (diff > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
