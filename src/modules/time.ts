// time.ts: clocks, and times in the calendar.                                             CPython: Modules/timemodule.c
//
// Seconds since 1970-01-01 UTC are JS numbers where they are whole, bigint nanoseconds where clocks are read.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_Index } from '../objects/abstract.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { PyFloat_Check, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { _PyNamespace_New } from '../objects/namespaceobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyStructSequence_GetItem, PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { block } from '../vm/waiting.ts';
import { c_int, host, none, type_name } from './args.ts';
import { int_arg } from './parse_keywords.ts';
import { type BrokenDown, break_down, days_from_civil } from './time/civil.ts';
import { map_runs } from './time/format_runs.ts';
import { day_name, format_time, month_name } from './time/strftime.ts';
import { load_zone, local_to_epoch, type_at, type Zone } from './time/zone.ts';

const EINVAL = 22;
const EOVERFLOW = 75;
const BILLION = 1_000_000_000n;
const MIN_YEAR = -0x80000000 + 1900;
/** From when to before when years are such that C's struct tm holds. */
const MIN_SECONDS = -67768040609740800;
const END_SECONDS = 67768036191676800;

interface TimeState {
  zone: Zone | null;
  struct_time: PyTypeObject | null;
}

const state: TimeState = { zone: null, struct_time: null };
/** The module (borrowed), whose constants tzset() sets. */
const own = /* @__PURE__ */ per_interpreter(() => ({ module: null as PyObject | null }));

function zone(): Zone {
  state.zone ??= load_zone(host(), environment('TZ'));
  return state.zone;
}

/** A variable of the process's environment, or null. */
function environment(name: string): string | null {
  for (const [key, value] of host().process.environ()) {
    if (key.length === name.length && key.every((b, i) => b === name.charCodeAt(i))) {
      let text = '';
      for (const b of value) text += String.fromCharCode(b);
      return text;
    }
  }
  return null;
}

// --- clocks ---------------------------------------------------------------------------------------------------------

function seconds_float(ns: bigint): PyObject {
  const whole = ns / BILLION;
  return PyFloat_FromDouble(Number(whole) + Number(ns - whole * BILLION) * 1e-9);
}

function time_(): PyObject {
  return seconds_float(host().clock.time_ns());
}
function time_ns(): PyObject {
  return PyLong_FromBigInt(host().clock.time_ns());
}
function monotonic(): PyObject {
  return seconds_float(host().clock.monotonic_ns());
}
function monotonic_ns(): PyObject {
  return PyLong_FromBigInt(host().clock.monotonic_ns());
}
function process_time(): PyObject {
  return seconds_float(host().clock.process_time_ns());
}
function process_time_ns(): PyObject {
  return PyLong_FromBigInt(host().clock.process_time_ns());
}

/** Nanoseconds of a clock by its Linux number. */
function read_clock(id: PyObject): bigint {
  if (!PyIndex_Check(id)) PyErr_SetString(PyExc_TypeError, `clk_id should be integer, not ${type_name(id)}`);
  const { clock } = host();
  switch (c_int(id)) {
    case 0:
    case 5:
    case 11:
      return clock.time_ns();
    case 1:
    case 4:
    case 6:
    case 7:
      return clock.monotonic_ns();
    case 2:
    case 3:
      return clock.process_time_ns();
  }
  raise_errno(EINVAL);
}

function clock_gettime(_m: PyObject, id: PyObject): PyObject {
  return seconds_float(read_clock(id));
}
function clock_gettime_ns(_m: PyObject, id: PyObject): PyObject {
  return PyLong_FromBigInt(read_clock(id));
}
function clock_getres(_m: PyObject, id: PyObject): PyObject {
  read_clock(id);
  return PyFloat_FromDouble(1e-9);
}

/** A duration in nanoseconds, rounded up. CPython: _PyTime_FromSecondsObject with ROUND_TIMEOUT */
export function duration(o: PyObject): bigint {
  if (PyFloat_Check(o)) {
    const x = o.v;
    if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
    const ns = x * 1e9;
    if (!(Math.abs(ns) < 2 ** 63)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
    return BigInt(ns < 0 ? Math.floor(ns) : Math.ceil(ns));
  }
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer or float`);
  }
  const index = PyNumber_Index(o);
  const ns = PyLong_AsBigInt(index) * BILLION;
  decref(index);
  if (ns !== BigInt.asIntN(64, ns)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
  return ns;
}

function sleep(_m: PyObject, seconds: PyObject): PyObject {
  PySys_Audit('time.sleep', seconds);
  const ns = duration(seconds);
  if (ns < 0n) PyErr_SetString(PyExc_ValueError, 'sleep length must be non-negative');
  return block({ attempt: () => null, expired: none, timeout_ns: ns, what: () => 'time to pass' }, sleep);
}

function get_clock_info(_m: PyObject, args: PyObject[]): PyObject {
  if (args.length !== 1) {
    PyErr_SetString(PyExc_TypeError, `get_clock_info() takes exactly 1 argument (${args.length} given)`);
  }
  const arg = args[0]!;
  if (!PyUnicode_Check(arg))
    PyErr_SetString(PyExc_TypeError, `get_clock_info() argument 1 must be str, not ${type_name(arg)}`);
  const name = PyUnicode_AsString(arg);
  const clocks: Record<string, string> = {
    time: 'CLOCK_REALTIME',
    monotonic: 'CLOCK_MONOTONIC',
    perf_counter: 'CLOCK_MONOTONIC',
    process_time: 'CLOCK_PROCESS_CPUTIME_ID',
    thread_time: 'CLOCK_THREAD_CPUTIME_ID',
  };
  const clock = clocks[name];
  if (clock === undefined) PyErr_SetString(PyExc_ValueError, 'unknown clock');
  const dict = PyDict_New();
  const set = (key: string, value: PyObject): void => {
    PyDict_SetItemString(dict, key, value);
    decref(value);
  };
  set('implementation', PyUnicode_FromString(`clock_gettime(${clock})`));
  set('monotonic', PyBool_FromLong(name !== 'time'));
  set('adjustable', PyBool_FromLong(name === 'time'));
  set('resolution', PyFloat_FromDouble(1e-9));
  try {
    return _PyNamespace_New(dict);
  } finally {
    decref(dict);
  }
}

// --- broken-down times ----------------------------------------------------------------------------------------------

export function struct_time_type(): PyTypeObject {
  if (state.struct_time === null) {
    const names = ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'];
    state.struct_time = PyStructSequence_NewType({
      name: 'time.struct_time',
      doc: 'A time in the calendar.',
      fields: [...names, 'tm_zone', 'tm_gmtoff'].map(name => ({ name })),
      n_in_sequence: 9,
    });
    ready_static_types();
  }
  return state.struct_time;
}

function struct_time(tm: BrokenDown): PyObject {
  const numbers = [tm.year, tm.mon, tm.mday, tm.hour, tm.min, tm.sec, tm.wday, tm.yday, tm.isdst];
  return PyStructSequence_New(struct_time_type(), [
    ...numbers.map(n => PyLong_FromLong(n)),
    PyUnicode_FromString(tm.zone),
    PyLong_FromLong(tm.gmtoff),
  ]);
}

/** Whole seconds since the epoch, rounded down; now when missing. CPython: parse_time_t_args */
function time_arg(name: string, args: PyObject[]): number {
  if (args.length > 1) PyErr_SetString(PyExc_TypeError, `${name}() takes at most 1 argument (${args.length} given)`);
  const o = args[0];
  if (o === undefined || o === Py_None) return Number(host().clock.time_ns() / BILLION);
  if (PyFloat_Check(o)) {
    const x = o.v;
    if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
    const floor = Math.floor(x);
    if (!(floor >= -(2 ** 63) && floor < 2 ** 63))
      PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for platform time_t');
    return floor;
  }
  const index = PyNumber_Index(o);
  const value = PyLong_AsBigInt(index);
  decref(index);
  if (value !== BigInt.asIntN(64, value))
    PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for platform time_t');
  return Number(value);
}

/** Seconds whose year does not fit an int have no broken-down form. */
function check_range(seconds: number): void {
  if (seconds < MIN_SECONDS || seconds >= END_SECONDS) raise_errno(EOVERFLOW);
}

function local_time(seconds: number): BrokenDown {
  check_range(seconds);
  const type = type_at(zone(), seconds);
  return break_down(seconds, type.offset, type.isdst ? 1 : 0, type.name);
}

function gmtime(_m: PyObject, args: PyObject[]): PyObject {
  const seconds = time_arg('gmtime', args);
  check_range(seconds);
  return struct_time(break_down(seconds, 0, 0, 'GMT'));
}

function localtime(_m: PyObject, args: PyObject[]): PyObject {
  return struct_time(local_time(time_arg('localtime', args)));
}

/** A struct_time or tuple as numbers. CPython: Modules/timemodule.c:gettmarg */
function tuple_arg(fname: string, o: PyObject): BrokenDown {
  if (!PyTuple_Check(o)) PyErr_SetString(PyExc_TypeError, 'Tuple or struct_time argument required');
  if (o.v.length !== 9) PyErr_SetString(PyExc_TypeError, `${fname}(): illegal time tuple argument`);
  const n = o.v.map(int_arg);
  // C counts from 1900.
  if (n[0]! < MIN_YEAR) PyErr_SetString(PyExc_OverflowError, 'year out of range');
  const tm: BrokenDown = {
    year: n[0]!,
    mon: n[1]!,
    mday: n[2]!,
    hour: n[3]!,
    min: n[4]!,
    sec: n[5]!,
    wday: n[6]! < 0 ? n[6]! : n[6]! % 7,
    yday: n[7]!,
    isdst: n[8]!,
    zone: '',
    gmtoff: 0,
  };
  if (o.ob_type === struct_time_type()) {
    const name = PyStructSequence_GetItem(o, 9);
    if (name !== Py_None && PyUnicode_Check(name)) tm.zone = PyUnicode_AsString(name);
    const offset = PyStructSequence_GetItem(o, 10);
    if (offset !== Py_None && PyLong_Check(offset)) tm.gmtoff = Number(PyLong_AsBigInt(offset));
  }
  return tm;
}

/** Zero stands for the first month, day and day of the year. CPython: Modules/timemodule.c:checktm */
function check_fields(tm: BrokenDown): void {
  if (tm.mon === 0) tm.mon = 1;
  else if (tm.mon < 0 || tm.mon > 12) PyErr_SetString(PyExc_ValueError, 'month out of range');
  if (tm.mday === 0) tm.mday = 1;
  else if (tm.mday < 0 || tm.mday > 31) PyErr_SetString(PyExc_ValueError, 'day of month out of range');
  if (tm.hour < 0 || tm.hour > 23) PyErr_SetString(PyExc_ValueError, 'hour out of range');
  if (tm.min < 0 || tm.min > 59) PyErr_SetString(PyExc_ValueError, 'minute out of range');
  if (tm.sec < 0 || tm.sec > 61) PyErr_SetString(PyExc_ValueError, 'seconds out of range');
  // -1 is C's Sunday, which wraps round.
  if (tm.wday === -1) tm.wday = 6;
  else if (tm.wday < -1) PyErr_SetString(PyExc_ValueError, 'day of week out of range');
  if (tm.yday === 0) tm.yday = 1;
  else if (tm.yday < 0 || tm.yday > 366) PyErr_SetString(PyExc_ValueError, 'day of year out of range');
}

function time_text(tm: BrokenDown): PyObject {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${day_name(tm.wday).slice(0, 3)} ${month_name(tm.mon).slice(0, 3)} ${String(tm.mday).padStart(2)}`;
  return PyUnicode_FromString(`${day} ${two(tm.hour)}:${two(tm.min)}:${two(tm.sec)} ${tm.year}`);
}

function asctime(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('asctime', args.length, 0, 1);
  if (args.length === 0) return time_text(local_time(time_arg('asctime', [])));
  const tm = tuple_arg('asctime', args[0]!);
  check_fields(tm);
  return time_text(tm);
}

function ctime(_m: PyObject, args: PyObject[]): PyObject {
  return time_text(local_time(time_arg('ctime', args)));
}

function epoch_of(tm: BrokenDown): number {
  const local = days_from_civil(tm.year, tm.mon, tm.mday) * 86400 + tm.hour * 3600 + tm.min * 60 + tm.sec;
  return local_to_epoch(zone(), local, tm.isdst < 0 ? -1 : tm.isdst > 0 ? 1 : 0);
}

function mktime(_m: PyObject, o: PyObject): PyObject {
  const tm = tuple_arg('mktime', o);
  const seconds = epoch_of(tm);
  if (seconds < MIN_SECONDS || seconds >= END_SECONDS)
    PyErr_SetString(PyExc_OverflowError, 'mktime argument out of range');
  return PyFloat_FromDouble(seconds);
}

/** CPython: Modules/timemodule.c:time_strftime */
function strftime(_m: PyObject, args: PyObject[]): PyObject {
  if (args.length < 1) PyErr_SetString(PyExc_TypeError, 'strftime() takes at least 1 argument (0 given)');
  if (args.length > 2) PyErr_SetString(PyExc_TypeError, `strftime() takes at most 2 arguments (${args.length} given)`);
  const format = args[0]!;
  if (!PyUnicode_Check(format))
    PyErr_SetString(PyExc_TypeError, `strftime() argument 1 must be str, not ${type_name(format)}`);
  let tm: BrokenDown;
  if (args.length === 1) tm = local_time(time_arg('strftime', []));
  else {
    tm = tuple_arg('strftime', args[1]!);
    check_fields(tm);
    if (args[1]!.ob_type !== struct_time_type()) {
      // A bare tuple has no zone: the local one at that time of the year.
      const type = type_at(zone(), epoch_of(tm));
      tm.zone = type.name;
      tm.gmtoff = type.offset;
    }
  }
  if (tm.isdst < -1) tm.isdst = -1;
  else if (tm.isdst > 1) tm.isdst = 1;
  return map_runs(format, run => format_time(run, tm, () => epoch_of(tm)));
}

function strptime(_m: PyObject, args: PyObject[]): PyObject {
  const func = PyImport_ImportModuleAttr('_strptime', '_strptime_time');
  try {
    return PyObject_Vectorcall(func, args, null);
  } finally {
    decref(func);
  }
}

// --- the zone -------------------------------------------------------------------------------------------------------

/** Offsets and names as they are in January and July of this year. CPython: Modules/timemodule.c:init_timezone */
function set_zone_constants(m: PyObject): void {
  const now = Number(host().clock.time_ns() / BILLION);
  const year = break_down(now, 0, 0, '').year;
  const winter = type_at(zone(), days_from_civil(year, 1, 1) * 86400);
  const summer = type_at(zone(), days_from_civil(year, 7, 1) * 86400);
  // South of the equator summer time is in January.
  const [std, dst] = winter.offset <= summer.offset ? [winter, summer] : [summer, winter];
  PyModule_AddIntConstant(m, 'timezone', -std.offset);
  PyModule_AddIntConstant(m, 'altzone', -dst.offset);
  PyModule_AddIntConstant(m, 'daylight', std.offset !== dst.offset ? 1 : 0);
  const names = PyTuple_FromArraySteal([PyUnicode_FromString(std.name), PyUnicode_FromString(dst.name)]);
  PyModule_AddObjectRef(m, 'tzname', names);
  decref(names);
}

function tzset(): PyObject {
  update_zone();
  return none();
}

/** Looks the time zone up again. */
export function update_zone(): void {
  state.zone = null;
  if (own.module !== null) set_zone_constants(own.module);
}

function exec(m: PyObject): void {
  own.module = m;
  set_zone_constants(m);
  const constants = {
    CLOCK_REALTIME: 0,
    CLOCK_MONOTONIC: 1,
    CLOCK_MONOTONIC_RAW: 4,
    CLOCK_PROCESS_CPUTIME_ID: 2,
    CLOCK_THREAD_CPUTIME_ID: 3,
    CLOCK_BOOTTIME: 7,
    CLOCK_TAI: 11,
    _STRUCT_TM_ITEMS: 11,
  };
  for (const [name, value] of Object.entries(constants)) PyModule_AddIntConstant(m, name, value);
  PyModule_AddObjectRef(m, 'struct_time', struct_time_type());
}

export const module: ModuleSpec = {
  name: 'time',
  doc: 'Clocks and calendar times.',
  methods: [
    { name: 'time', flags: METH_NOARGS, meth: time_, sig: '($self, /)' },
    { name: 'time_ns', flags: METH_NOARGS, meth: time_ns, sig: '($self, /)' },
    { name: 'clock_gettime', flags: METH_CLINIC, meth: clock_gettime, sig: '($module, clk_id, /)' },
    { name: 'clock_gettime_ns', flags: METH_CLINIC, meth: clock_gettime_ns, sig: '($module, clk_id, /)' },
    { name: 'clock_getres', flags: METH_O, meth: clock_getres },
    { name: 'sleep', flags: METH_O, meth: sleep, sig: '($self, object, /)' },
    { name: 'gmtime', flags: METH_FASTCALL, meth: gmtime },
    { name: 'localtime', flags: METH_FASTCALL, meth: localtime },
    { name: 'asctime', flags: METH_FASTCALL, meth: asctime },
    { name: 'ctime', flags: METH_FASTCALL, meth: ctime },
    { name: 'mktime', flags: METH_O, meth: mktime, sig: '($self, object, /)' },
    { name: 'strftime', flags: METH_FASTCALL, meth: strftime },
    { name: 'strptime', flags: METH_FASTCALL, meth: strptime },
    { name: 'tzset', flags: METH_NOARGS, meth: tzset, sig: '($self, /)' },
    { name: 'monotonic', flags: METH_NOARGS, meth: monotonic, sig: '($self, /)' },
    { name: 'monotonic_ns', flags: METH_NOARGS, meth: monotonic_ns, sig: '($self, /)' },
    { name: 'process_time', flags: METH_NOARGS, meth: process_time, sig: '($self, /)' },
    { name: 'process_time_ns', flags: METH_NOARGS, meth: process_time_ns, sig: '($self, /)' },
    { name: 'thread_time', flags: METH_NOARGS, meth: process_time, sig: '($self, /)' },
    { name: 'thread_time_ns', flags: METH_NOARGS, meth: process_time_ns, sig: '($self, /)' },
    { name: 'perf_counter', flags: METH_NOARGS, meth: monotonic, sig: '($self, /)' },
    { name: 'perf_counter_ns', flags: METH_NOARGS, meth: monotonic_ns, sig: '($self, /)' },
    { name: 'get_clock_info', flags: METH_FASTCALL, meth: get_clock_info },
  ],
  exec,
};
