// isocalendar.ts: what date.isocalendar() gives: a tuple with names.                     CPython: Modules/_datetimemodule.c

import { newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { repr_string } from '../../objects/object.ts';
import {
  PyTuple_FromArray,
  PyTuple_FromArraySteal,
  PyTuple_Type,
  tuple_pair_steal,
} from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';

function items(self: PyObject): PyObject[] {
  return self.v as PyObject[];
}

/** Borrows the three ints. */
function make(type: PyTypeObject, fields: PyObject[]): PyObject {
  return type.tp_alloc!(
    type,
    fields.map(o => newref(o)),
  );
}

export function new_isocalendar(year: number, week: number, weekday: number): PyObject {
  const type = IsoCalendarDate_Type;
  return type.tp_alloc!(type, [PyLong_FromLong(year), PyLong_FromLong(week), PyLong_FromLong(weekday)]);
}

function repr(self: PyObject): PyObject {
  const [year, week, weekday] = items(self).map(repr_string);
  return PyUnicode_FromString(`${self.ob_type.tp_name}(year=${year}, week=${week}, weekday=${weekday})`);
}

export const IsoCalendarDate_Type: PyTypeObject = static_type({
  name: 'datetime.IsoCalendarDate',
  heap: 'immutable',
  base: () => PyTuple_Type,
  tp_doc: 'Year, week and weekday of the ISO calendar.',
  tp_basicsize: 40,
  tp_itemsize: 8,
  tp_new: (type, args, kwargs) =>
    make(type, PyArg_Clinic('IsoCalendarDate', '(year, week, weekday)', args, kwargs) as PyObject[]),
  tp_repr: repr,
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) =>
        tuple_pair_steal(newref(PyTuple_Type), PyTuple_FromArraySteal([PyTuple_FromArray(items(self))])),
      sig: '($self, /)',
    },
  ],
  getset: [
    { name: 'year', get: self => newref(items(self)[0]!) },
    { name: 'week', get: self => newref(items(self)[1]!) },
    { name: 'weekday', get: self => newref(items(self)[2]!) },
  ],
});
