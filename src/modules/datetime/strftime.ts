// strftime.ts: strftime() and timetuple() of date, time and datetime.                      CPython: Modules/_datetimemodule.c (wrap_strftime)
//
// The codes that only datetime knows (%f %z %:z %Z) and years before 1000 are filled in here; time.strftime does the rest.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyObject_CallMethod, PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_Type } from '../../objects/unicodeobject.ts';
import { type_name } from '../args.ts';
import { map_runs } from '../time/format_runs.ts';
import { days_before_month, iso_calendar, pad, pad2, weekday } from './calendar.ts';
import { call_tzname, format_utcoffset } from './core.ts';

/** time.struct_time of these fields. CPython: build_struct_time */
export function build_struct_time(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  dst: number,
): PyObject {
  const fields = [
    year,
    month,
    day,
    hour,
    minute,
    second,
    weekday(year, month, day),
    days_before_month(year, month) + day,
    dst,
  ];
  const tuple = PyTuple_FromArraySteal(fields.map(n => PyLong_FromLong(n)));
  const struct_time = PyImport_ImportModuleAttr('time', 'struct_time');
  try {
    return PyObject_CallOneArg(struct_time, tuple);
  } finally {
    decref(struct_time);
    decref(tuple);
  }
}

/** What strftime needs to know of the object. `tz_arg` is what tzinfo methods are given. */
export interface StrftimeSource {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly microsecond: number;
  readonly tzinfo: PyObject | null;
  readonly tz_arg: PyObject;
}

/** The format with what is ours filled in. */
function own_codes(format: string, source: StrftimeSource): string {
  let out = '';
  let i = 0;
  for (;;) {
    const at = format.indexOf('%', i);
    if (at < 0 || at + 1 >= format.length) return out + format.slice(i);
    out += format.slice(i, at);
    const code = format[at + 1]!;
    i = at + 2;
    switch (code) {
      case 'f':
        out += pad(source.microsecond, 6);
        break;
      case 'z':
        out += format_utcoffset('', source.tzinfo, source.tz_arg);
        break;
      case ':':
        if (format[i] === 'z') {
          out += format_utcoffset(':', source.tzinfo, source.tz_arg);
          i++;
        } else out += '%:';
        break;
      case 'Z':
        out += zone_name(source);
        break;
      case 'Y':
        out += source.year < 1000 ? pad(source.year, 4) : '%Y';
        break;
      case 'G':
        out += source.year < 1000 ? pad(iso_calendar(source.year, source.month, source.day)[0], 4) : '%G';
        break;
      case 'F':
        out += source.year < 1000 ? `${pad(source.year, 4)}-${pad2(source.month)}-${pad2(source.day)}` : '%F';
        break;
      case 'C':
        out += source.year < 1000 ? pad2(Math.floor(source.year / 100)) : '%C';
        break;
      default:
        out += `%${code}`;
    }
  }
}

/** The zone's name, for a format. */
function zone_name(source: StrftimeSource): string {
  const name = call_tzname(source.tzinfo, source.tz_arg);
  try {
    if (name === Py_None) return '';
    if (name.ob_type === PyUnicode_Type) return PyUnicode_AsString(name).replaceAll('%', '%%');
    return replaced_by_itself(name);
  } finally {
    decref(name);
  }
}

/** A str of a subclass doubles its per cent signs itself. */
function replaced_by_itself(name: PyObject): string {
  const from = PyUnicode_FromString('%');
  const to = PyUnicode_FromString('%%');
  let text: PyObject;
  try {
    text = PyObject_CallMethod(name, 'replace', from, to);
  } finally {
    decref(from);
    decref(to);
  }
  try {
    if (!PyUnicode_Check(text)) PyErr_SetString(PyExc_TypeError, 'tzname.replace() did not return a string');
    return PyUnicode_AsString(text);
  } finally {
    decref(text);
  }
}

/** CPython: wrap_strftime. Steals the time tuple. */
export function wrap_strftime(format: PyObject, timetuple: PyObject, source: StrftimeSource): PyObject {
  let strftime: PyObject | null = null;
  let text: PyObject | null = null;
  try {
    text = map_runs(format, run => own_codes(run, source));
    strftime = PyImport_ImportModuleAttr('time', 'strftime');
    return PyObject_CallTwoArgs(strftime, text, timetuple);
  } finally {
    decref(timetuple);
    if (strftime !== null) decref(strftime);
    if (text !== null) decref(text);
  }
}

/** Raises unless the argument of strftime() or __format__() is a str. */
export function check_format(fname: string, format: PyObject): void {
  if (!PyUnicode_Check(format)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 1 must be str, not ${type_name(format)}`);
  }
}
