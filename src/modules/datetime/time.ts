// time.ts: datetime.time.                                                                CPython: Modules/_datetimemodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { type Hash, hash_bytes } from '../../core/hash.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
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
import { PyObject_Call, PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_Hash, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int } from '../args.ts';
import { int_arg, parse_arguments } from '../parse_keywords.ts';
import {
  call_dst,
  call_tzname,
  call_utcoffset,
  check_tzinfo_subclass,
  type Delta,
  type DeltaObject,
  delta_cmp,
  delta_difference,
  format_utcoffset,
  holds,
  new_delta,
  new_time,
  PyTime_Check,
  TimeFields,
  type TimeObject,
  time_text,
  types,
} from './core.ts';
import { type ParsedTime, parse_time } from './isoparse.ts';
import {
  exact_arguments,
  format_row,
  invalid_isoformat,
  invalid_midnight,
  isoformat_text,
  pickled_state,
  pickled_tzinfo,
  replace_row,
  strftime_format,
  strptime_row,
  timespec_arg,
} from './methods.ts';
import { build_struct_time, wrap_strftime } from './strftime.ts';
import { new_timezone } from './tz.ts';

const NAMES: readonly string[] = ['hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'];

function time_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = args.v as PyObject[];
  if (items.length === 1 || items.length === 2) {
    const b = pickled_state(items[0]!, 6, 0, byte => (byte & 0x7f) < 24, 'time');
    if (b !== null) {
      const us = b[3]! * 65536 + b[4]! * 256 + b[5]!;
      return type.tp_alloc!(type, new TimeFields(b[0]! & 0x7f, b[1]!, b[2]!, us, b[0]! >> 7, pickled_tzinfo(items)));
    }
  }
  const n = [0, 0, 0, 0, 0, 0];
  let tzinfo: PyObject = Py_None;
  parse_arguments(null, NAMES, 0, 5, args, kwargs, (i, value) => {
    if (i === 4) tzinfo = value;
    else n[i] = int_arg(value);
  });
  return new_time(n[0]!, n[1]!, n[2]!, n[3]!, tzinfo, n[5]!, type);
}

function fields(self: PyObject): TimeFields {
  return (self as TimeObject).v;
}

/** The timezone of a parsed offset (a new reference), or null. CPython: tzinfo_from_isoformat_results */
export function parsed_tzinfo(parsed: ParsedTime): PyObject | null {
  const { offset } = parsed;
  if (offset === null) return null;
  if (offset.seconds === 0 && offset.microseconds === 0) return newref(types.utc);
  const delta = new_delta(0, offset.seconds, offset.microseconds);
  try {
    return new_timezone(delta, null);
  } finally {
    decref(delta);
  }
}

function time_fromisoformat(cls: PyObject, arg: PyObject): PyObject {
  let text = isoformat_text(arg);
  if (text.startsWith('T')) text = text.slice(1);
  const parsed = parse_time(text);
  if (parsed === null) invalid_isoformat(arg);
  if (parsed.hour === 24) {
    if (parsed.minute !== 0 || parsed.second !== 0 || parsed.microsecond !== 0) invalid_midnight();
    parsed.hour = 0;
  }
  const { hour, minute, second, microsecond } = parsed;
  const tzinfo = parsed_tzinfo(parsed);
  try {
    if (cls === types.time) return new_time(hour, minute, second, microsecond, tzinfo, 0);
    const args = PyTuple_FromArraySteal([
      PyLong_FromLong(hour),
      PyLong_FromLong(minute),
      PyLong_FromLong(second),
      PyLong_FromLong(microsecond),
      newref(tzinfo ?? Py_None),
    ]);
    try {
      return PyObject_Call(cls, args, null);
    } finally {
      decref(args);
    }
  } finally {
    xdecref(tzinfo);
  }
}

// --- text ------------------------------------------------------------------------------------------------------------------

function time_repr(self: PyObject): PyObject {
  const { hour, minute, second, microsecond, fold, tzinfo } = fields(self);
  let text = `${self.ob_type.tp_name}(${hour}, ${minute}`;
  if (microsecond !== 0) text += `, ${second}, ${microsecond}`;
  else if (second !== 0) text += `, ${second}`;
  if (tzinfo !== null) text += `, tzinfo=${repr_string(tzinfo)}`;
  if (fold !== 0) text += ', fold=1';
  return PyUnicode_FromString(`${text})`);
}

function time_isoformat(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let timespec = 'auto';
  parse_arguments('isoformat', ['timespec'], 0, 1, args, kwargs, (_i, value) => {
    timespec = timespec_arg(1, value);
  });
  const { hour, minute, second, microsecond, tzinfo } = fields(self);
  const text = time_text(hour, minute, second, microsecond, timespec);
  return PyUnicode_FromString(text + format_utcoffset(':', tzinfo, Py_None));
}

function time_strftime(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let format: PyObject | null = null;
  parse_arguments('strftime', ['format'], 1, 1, args, kwargs, (_i, value) => {
    format = strftime_format(value);
  });
  const { hour, minute, second, microsecond, tzinfo } = fields(self);
  // Without a date of its own a time shows January 1st, 1900.
  const tuple = build_struct_time(1900, 1, 1, hour, minute, second, -1);
  return wrap_strftime(format!, tuple, { year: 1900, month: 1, day: 1, microsecond, tzinfo, tz_arg: Py_None });
}

// --- comparison --------------------------------------------------------------------------------------------------------------

function compare_fields(a: TimeFields, b: TimeFields): number {
  return a.hour - b.hour || a.minute - b.minute || a.second - b.second || a.microsecond - b.microsecond;
}

/** Seconds since midnight UTC. */
function utc_seconds(t: TimeFields, offset: Delta): number {
  return t.hour * 3600 + t.minute * 60 + t.second - offset.days * 86400 - offset.seconds;
}

/** CPython: time_richcompare */
function time_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyTime_Check(other)) return newref(Py_NotImplemented);
  const a = fields(self);
  const b = other.v;
  if (a.tzinfo === b.tzinfo) return PyBool_FromLong(holds(compare_fields(a, b), op));
  const offset1 = call_utcoffset(a.tzinfo, Py_None);
  let offset2: PyObject | null = null;
  try {
    offset2 = call_utcoffset(b.tzinfo, Py_None);
    if (offset1 === offset2) return PyBool_FromLong(holds(compare_fields(a, b), op));
    if (offset1 !== Py_None && offset2 !== Py_None) {
      const d1 = (offset1 as DeltaObject).v;
      const d2 = (offset2 as DeltaObject).v;
      if (delta_cmp(d1, d2) === 0) return PyBool_FromLong(holds(compare_fields(a, b), op));
      const diff =
        utc_seconds(a, d1) - utc_seconds(b, d2) || a.microsecond - d1.microseconds - (b.microsecond - d2.microseconds);
      return PyBool_FromLong(holds(diff, op));
    }
    if (op === Py_EQ || op === Py_NE) return PyBool_FromLong(op === Py_NE);
    PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware times");
  } finally {
    decref(offset1);
    xdecref(offset2);
  }
}

function state_bytes(f: TimeFields, fold: number): Uint8Array {
  const us = f.microsecond;
  return new Uint8Array([f.hour | (fold << 7), f.minute, f.second, us >> 16, (us >> 8) & 255, us & 255]);
}

/** Times that are equal have equal hashes, whatever their offsets; the fold does not count. CPython: time_hash */
function time_hash(self: PyObject): Hash {
  const f = fields(self);
  if (f.hash !== null) return f.hash;
  let subject = newref(self);
  if (f.fold !== 0) {
    decref(subject);
    subject = new_time(f.hour, f.minute, f.second, f.microsecond, f.tzinfo, 0);
  }
  let offset: PyObject;
  try {
    offset = call_utcoffset(fields(subject).tzinfo, Py_None);
  } finally {
    decref(subject);
  }
  try {
    if (offset === Py_None) f.hash = hash_bytes(state_bytes(f, 0));
    else {
      const since_midnight = new_delta(0, f.hour * 3600 + f.minute * 60 + f.second, f.microsecond);
      const utc = delta_difference((since_midnight as DeltaObject).v, (offset as DeltaObject).v);
      decref(since_midnight);
      f.hash = PyObject_Hash(utc);
      decref(utc);
    }
  } finally {
    decref(offset);
  }
  return f.hash;
}

// --- methods -----------------------------------------------------------------------------------------------------------------

function time_replace(
  self: PyObject,
  hour: PyObject | null,
  minute: PyObject | null,
  second: PyObject | null,
  microsecond: PyObject | null,
  tzinfo: PyObject | null,
  fold: PyObject | null,
): PyObject {
  const f = fields(self);
  const h = hour === null ? f.hour : c_int(hour);
  const m = minute === null ? f.minute : c_int(minute);
  const s = second === null ? f.second : c_int(second);
  const us = microsecond === null ? f.microsecond : c_int(microsecond);
  const tz = tzinfo === null ? (f.tzinfo ?? Py_None) : tzinfo;
  const new_fold = fold === null ? f.fold : c_int(fold);
  const cls = self.ob_type;
  if (cls === types.time) return new_time(h, m, s, us, tz, new_fold);
  check_tzinfo_subclass(tz);
  if (new_fold !== 0 && new_fold !== 1) {
    PyErr_SetString(PyExc_ValueError, `fold must be either 0 or 1, not ${new_fold}`);
  }
  const args = PyTuple_FromArraySteal([
    PyLong_FromLong(h),
    PyLong_FromLong(m),
    PyLong_FromLong(s),
    PyLong_FromLong(us),
    newref(tz),
  ]);
  try {
    const t = PyObject_Call(cls, args, null);
    if (PyTime_Check(t) && t.v.fold !== new_fold) {
      const v = t.v;
      t.v = new TimeFields(v.hour, v.minute, v.second, v.microsecond, new_fold, v.tzinfo);
    }
    return t;
  } finally {
    decref(args);
  }
}

function time_reduce(self: PyObject, protocol: number): PyObject {
  const f = fields(self);
  const state = [PyBytes_FromUint8Array(state_bytes(f, protocol > 3 ? f.fold : 0))];
  if (f.tzinfo !== null) state.push(newref(f.tzinfo));
  return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArraySteal(state));
}

const REPLACE = `($self, /, hour=unchanged, minute=unchanged, second=unchanged,
        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)`;

export const Time_Type = static_type({
  name: 'datetime.time',
  tp_doc: 'A time of day.',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: time_new,
  tp_dealloc: self => xdecref(fields(self).tzinfo),
  tp_repr: time_repr,
  tp_str: self => PyObject_CallMethodNoArgs(self, 'isoformat'),
  tp_hash: time_hash,
  tp_richcompare: time_richcompare,
  methods: [
    strptime_row('_strptime_datetime_time'),
    {
      name: 'isoformat',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: time_isoformat,
      doc: 'HH:MM:SS[.mmmmmm][+HH:MM], or what timespec asks for.',
    },
    {
      name: 'strftime',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: time_strftime,
      doc: 'format -> strftime() style string.',
    },
    format_row,
    {
      name: 'utcoffset',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_utcoffset(fields(self).tzinfo, Py_None),
      sig: '($self, /)',
      doc: 'self.tzinfo.utcoffset(self)',
    },
    {
      name: 'tzname',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_tzname(fields(self).tzinfo, Py_None),
      sig: '($self, /)',
      doc: 'self.tzinfo.tzname(self)',
    },
    {
      name: 'dst',
      flags: METH_NOARGS,
      meth: (self: PyObject) => call_dst(fields(self).tzinfo, Py_None),
      sig: '($self, /)',
      doc: 'self.tzinfo.dst(self)',
    },
    { name: 'replace', flags: METH_CLINIC, meth: time_replace, sig: REPLACE, doc: 'A time with new fields.' },
    replace_row(REPLACE, time_replace as never),
    {
      name: 'fromisoformat',
      flags: METH_O | METH_CLASS,
      meth: time_fromisoformat,
      sig: '($type, object, /)',
      doc: 'str -> the time of an ISO 8601 text.',
    },
    {
      name: '__reduce_ex__',
      flags: METH_VARARGS,
      meth: (self: PyObject, args: PyObject) =>
        time_reduce(self, int_arg(exact_arguments('__reduce_ex__', args, 1)[0]!)),
      doc: '__reduce_ex__(proto) -> (cls, state)',
    },
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) => time_reduce(self, 2),
      sig: '($self, /)',
      doc: '__reduce__() -> (cls, state)',
    },
  ],
  getset: [
    { name: 'hour', get: self => PyLong_FromLong(fields(self).hour) },
    { name: 'minute', get: self => PyLong_FromLong(fields(self).minute) },
    { name: 'second', get: self => PyLong_FromLong(fields(self).second) },
    { name: 'microsecond', get: self => PyLong_FromLong(fields(self).microsecond) },
    { name: 'tzinfo', get: self => newref(fields(self).tzinfo ?? Py_None) },
    { name: 'fold', get: self => PyLong_FromLong(fields(self).fold) },
  ],
});
