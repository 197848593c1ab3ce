// _datetime.ts: the datetime module.                                                     CPython: Modules/_datetimemodule.c

import { decref, immortalize, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';
import { PyCapsule_New } from '../objects/capsuleobject.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyModule_Add, PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { MAXYEAR, MINYEAR } from './datetime/calendar.ts';
import { new_date, new_datetime, new_delta_exact, new_time, types } from './datetime/core.ts';
import { Date_Type } from './datetime/date.ts';
import { DateTime_Type } from './datetime/datetime.ts';
import { Delta_Type } from './datetime/delta.ts';
import { Time_Type } from './datetime/time.ts';
import { make_timezones, TimeZone_Type, TZInfo_Type } from './datetime/tz.ts';

/** Puts a value (stolen) into a type. */
function put(type: PyTypeObject, name: string, value: PyObject): void {
  PyDict_SetItemString(type.tp_dict!, name, value);
  decref(value);
}

/** Class attributes that are instances: made once, when the module is first imported. */
function init_types(): void {
  if (types.delta !== null) return;
  types.delta = Delta_Type;
  types.date = Date_Type;
  types.time = Time_Type;
  types.datetime = DateTime_Type;
  types.tzinfo = TZInfo_Type;
  types.timezone = TimeZone_Type;
  put(Delta_Type, 'resolution', new_delta_exact(0, 0, 1));
  put(Delta_Type, 'min', new_delta_exact(-999999999, 0, 0));
  put(Delta_Type, 'max', new_delta_exact(999999999, 86399, 999999));
  put(Date_Type, 'min', new_date(MINYEAR, 1, 1));
  put(Date_Type, 'max', new_date(MAXYEAR, 12, 31));
  put(Date_Type, 'resolution', new_delta_exact(1, 0, 0));
  put(Time_Type, 'min', new_time(0, 0, 0, 0, null, 0));
  put(Time_Type, 'max', new_time(23, 59, 59, 999999, null, 0));
  put(Time_Type, 'resolution', new_delta_exact(0, 0, 1));
  put(DateTime_Type, 'min', new_datetime(MINYEAR, 1, 1, 0, 0, 0, 0, null, 0));
  put(DateTime_Type, 'max', new_datetime(MAXYEAR, 12, 31, 23, 59, 59, 999999, null, 0));
  put(DateTime_Type, 'resolution', new_delta_exact(0, 0, 1));
  const zones = make_timezones();
  types.utc = immortalize(zones.utc);
  put(TimeZone_Type, 'utc', newref(zones.utc));
  put(TimeZone_Type, 'min', zones.min);
  put(TimeZone_Type, 'max', zones.max);
}

export const module: ModuleSpec = {
  name: '_datetime',
  doc: 'Fast implementation of the datetime module.',
  types: () => [Date_Type, DateTime_Type, Time_Type, Delta_Type, TZInfo_Type, TimeZone_Type],
  exec(m) {
    init_types();
    PyModule_AddIntConstant(m, 'MINYEAR', MINYEAR);
    PyModule_AddIntConstant(m, 'MAXYEAR', MAXYEAR);
    PyModule_AddObjectRef(m, 'UTC', types.utc);
    PyModule_Add(m, 'datetime_CAPI', PyCapsule_New(types, 'datetime.datetime_CAPI'));
  },
};
