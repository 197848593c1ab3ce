// format.ts: Decimal.__format__.                                                        CPython: Modules/_decimal/_decimal.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyDict_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItemString } from '../../objects/dictobject.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import type { Ctx } from './context.ts';
import type { Dec } from './number.ts';
import { format, type NumberLocale, parse_format } from './text.ts';

const PLAIN: NumberLocale = { point: '.', separator: '', grouping: [] };

function text_of(o: PyObject): string {
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_ValueError, 'invalid override dict');
  return PyUnicode_AsString(o);
}

/** Sizes of groups, as C's struct lconv has them in a str. */
function grouping_of(text: string): number[] {
  return Array.from(text, ch => ch.charCodeAt(0));
}

/** What an override dict says. */
function overridden(dict: PyObject, locale: NumberLocale): NumberLocale {
  if (!PyDict_Check(dict)) PyErr_SetString(PyExc_TypeError, 'optional argument must be a dict');
  const point = PyDict_GetItemString(dict, 'decimal_point');
  const separator = PyDict_GetItemString(dict, 'thousands_sep');
  const grouping = PyDict_GetItemString(dict, 'grouping');
  const made: NumberLocale = {
    point: point === null ? locale.point : text_of(point),
    separator: separator === null ? locale.separator : text_of(separator),
    grouping: grouping === null ? locale.grouping : grouping_of(text_of(grouping)),
  };
  const bad = [...made.point].length !== 1 || [...made.separator].length > 1 || made.grouping.some(n => n > 127);
  if (bad) PyErr_SetString(PyExc_ValueError, 'invalid override dict');
  return made;
}

/** The locale's way of writing numbers. */
function current_locale(): NumberLocale {
  const localeconv = PyImport_ImportModuleAttr('_locale', 'localeconv');
  let conv: PyObject;
  try {
    conv = PyObject_CallNoArgs(localeconv);
  } finally {
    decref(localeconv);
  }
  try {
    const text = (name: string): string => PyUnicode_AsString(PyDict_GetItemString(conv, name)!);
    const sizes = PyDict_GetItemString(conv, 'grouping')!.v as PyObject[];
    return { point: text('decimal_point'), separator: text('thousands_sep'), grouping: sizes.map(n => n.v as number) };
  } finally {
    decref(conv);
  }
}

/** CPython: dec_format */
export function format_decimal(a: Dec, spec_object: PyObject, override: PyObject | null, c: Ctx): PyObject {
  if (!PyUnicode_Check(spec_object)) PyErr_SetString(PyExc_TypeError, 'format arg must be str');
  const spec = parse_format(PyUnicode_AsString(spec_object));
  if (spec === null) PyErr_SetString(PyExc_ValueError, 'invalid format string');
  if (spec.type === 'N') {
    const text = "Format specifier 'N' is deprecated and slated for removal in Python 3.18";
    PyErr_WarnEx(PyExc_DeprecationWarning, text, 1);
  }
  let locale = PLAIN;
  if (spec.grouping !== '') locale = { point: '.', separator: spec.grouping, grouping: [3] };
  if (spec.type === 'n' || spec.type === 'N') locale = current_locale();
  if (override !== null) locale = overridden(override, locale);
  return PyUnicode_FromString(format(a, spec, c.round, c.capitals === 1, locale));
}
