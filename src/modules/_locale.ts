// _locale.ts: the C library's locale, which is always C with UTF-8 as its encoding.       CPython: Modules/_localemodule.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { exception_spec, METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_Exception, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_Compare, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { locale_encoding } from './_io/textio.ts';
import { c_int, str_arg, type_name } from './args.ts';

const CATEGORIES: Readonly<Record<string, number>> = {
  LC_CTYPE: 0,
  LC_TIME: 2,
  LC_COLLATE: 3,
  LC_MONETARY: 4,
  LC_MESSAGES: 5,
  LC_NUMERIC: 1,
  LC_ALL: 6,
};

const CHAR_MAX = 127;

/** Number and value of each langinfo item in the C locale. */
const LANGINFO: Readonly<Record<string, readonly [number, string]>> = {
  DAY_1: [131079, 'Sunday'],
  DAY_2: [131080, 'Monday'],
  DAY_3: [131081, 'Tuesday'],
  DAY_4: [131082, 'Wednesday'],
  DAY_5: [131083, 'Thursday'],
  DAY_6: [131084, 'Friday'],
  DAY_7: [131085, 'Saturday'],
  ABDAY_1: [131072, 'Sun'],
  ABDAY_2: [131073, 'Mon'],
  ABDAY_3: [131074, 'Tue'],
  ABDAY_4: [131075, 'Wed'],
  ABDAY_5: [131076, 'Thu'],
  ABDAY_6: [131077, 'Fri'],
  ABDAY_7: [131078, 'Sat'],
  MON_1: [131098, 'January'],
  MON_2: [131099, 'February'],
  MON_3: [131100, 'March'],
  MON_4: [131101, 'April'],
  MON_5: [131102, 'May'],
  MON_6: [131103, 'June'],
  MON_7: [131104, 'July'],
  MON_8: [131105, 'August'],
  MON_9: [131106, 'September'],
  MON_10: [131107, 'October'],
  MON_11: [131108, 'November'],
  MON_12: [131109, 'December'],
  ABMON_1: [131086, 'Jan'],
  ABMON_2: [131087, 'Feb'],
  ABMON_3: [131088, 'Mar'],
  ABMON_4: [131089, 'Apr'],
  ABMON_5: [131090, 'May'],
  ABMON_6: [131091, 'Jun'],
  ABMON_7: [131092, 'Jul'],
  ABMON_8: [131093, 'Aug'],
  ABMON_9: [131094, 'Sep'],
  ABMON_10: [131095, 'Oct'],
  ABMON_11: [131096, 'Nov'],
  ABMON_12: [131097, 'Dec'],
  RADIXCHAR: [65536, '.'],
  THOUSEP: [65537, ''],
  CRNCYSTR: [262159, '-'],
  D_T_FMT: [131112, '%a %b %e %H:%M:%S %Y'],
  D_FMT: [131113, '%m/%d/%y'],
  T_FMT: [131114, '%H:%M:%S'],
  AM_STR: [131110, 'AM'],
  PM_STR: [131111, 'PM'],
  CODESET: [14, 'UTF-8'],
  T_FMT_AMPM: [131115, '%I:%M:%S %p'],
  ERA: [131116, ''],
  ERA_D_FMT: [131118, ''],
  ERA_D_T_FMT: [131120, ''],
  ERA_T_FMT: [131121, ''],
  ALT_DIGITS: [131119, ''],
  YESEXPR: [327680, '^[yY]'],
  NOEXPR: [327681, '^[nN]'],
  _DATE_FMT: [131180, '%a %b %e %H:%M:%S %Z %Y'],
};

const NAMES_ACCEPTED = new Set(['', 'C', 'POSIX', 'C.UTF-8', 'C.utf8']);

/** The locale of each category, by number. */
const chosen: string[] = ['C.UTF-8', 'C', 'C', 'C', 'C', 'C'];

export const LocaleError = static_type(exception_spec('locale.Error', () => PyExc_Exception));

const LC_ALL = 6;

function describe_all(): string {
  if (chosen.every(name => name === chosen[0])) return chosen[0]!;
  const rest = ['LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE', 'LC_MEASUREMENT', 'LC_IDENTIFICATION'];
  const order = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES'];
  return [...order.map((name, i) => `${name}=${chosen[i]}`), ...rest.map(name => `${name}=C`)].join(';');
}

/** CPython: Modules/_localemodule.c:_locale_setlocale_impl */
function setlocale(_m: PyObject, category: PyObject, locale: PyObject | null): PyObject {
  const n = c_int(category);
  const query = locale === null || locale === Py_None;
  if (!query && !PyUnicode_Check(locale)) {
    PyErr_SetString(PyExc_TypeError, `setlocale() argument 2 must be str or None, not ${type_name(locale)}`);
  }
  if (n < 0 || n > LC_ALL) PyErr_SetString(LocaleError, query ? 'locale query failed' : 'unsupported locale setting');
  if (!query) {
    const name = PyUnicode_AsString(locale);
    const wanted: string[] = [];
    if (n === LC_ALL && name.includes(';')) {
      const order = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES'];
      for (const part of name.split(';')) {
        const [key, value] = part.split('=') as [string, string | undefined];
        if (value === undefined || !NAMES_ACCEPTED.has(value))
          PyErr_SetString(LocaleError, 'unsupported locale setting');
        const i = order.indexOf(key);
        if (i >= 0) wanted[i] = value;
      }
    } else {
      if (!NAMES_ACCEPTED.has(name)) PyErr_SetString(LocaleError, 'unsupported locale setting');
      const value = name === '' ? 'C.UTF-8' : name === 'POSIX' ? 'C' : name;
      for (let i = 0; i < LC_ALL; i++) if (n === LC_ALL || n === i) wanted[i] = value;
    }
    for (let i = 0; i < LC_ALL; i++) if (wanted[i] !== undefined) chosen[i] = wanted[i]!;
  }
  return PyUnicode_FromString(n === LC_ALL ? describe_all() : chosen[n]!);
}

function localeconv(): PyObject {
  const dict = PyDict_New();
  const set = (name: string, value: PyObject): void => {
    PyDict_SetItemString(dict, name, value);
    decref(value);
  };
  const text = (name: string, value: string): void => set(name, PyUnicode_FromString(value));
  const number = (name: string): void => set(name, PyLong_FromLong(CHAR_MAX));
  text('int_curr_symbol', '');
  text('currency_symbol', '');
  text('mon_decimal_point', '');
  text('mon_thousands_sep', '');
  set('mon_grouping', PyList_New());
  text('positive_sign', '');
  text('negative_sign', '');
  for (const name of ['int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes'])
    number(name);
  for (const name of ['n_sep_by_space', 'p_sign_posn', 'n_sign_posn']) number(name);
  text('decimal_point', '.');
  text('thousands_sep', '');
  set('grouping', PyList_New());
  return dict;
}

/** What C takes as text ends at the first null character. */
function check_no_nulls(text: string): void {
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
}

function strcoll(_m: PyObject, a: PyObject, b: PyObject): PyObject {
  check_no_nulls(str_arg('strcoll', '1', a));
  check_no_nulls(str_arg('strcoll', '2', b));
  return PyLong_FromLong(PyUnicode_Compare(a, b));
}

function strxfrm(_m: PyObject, string: PyObject): PyObject {
  check_no_nulls(str_arg('strxfrm', '', string));
  return newref(string);
}

function nl_langinfo(_m: PyObject, key: PyObject): PyObject {
  const n = c_int(key);
  for (const name of Object.keys(LANGINFO)) {
    const [number, text] = LANGINFO[name]!;
    if (number === n) return PyUnicode_FromString(text);
  }
  PyErr_SetString(PyExc_ValueError, 'unsupported langinfo constant');
}

function getencoding(): PyObject {
  return PyUnicode_FromString(locale_encoding());
}

// --- message catalogues: there are none -----------------------------------------------------------------------------

function gettext(_m: PyObject, msg: PyObject): PyObject {
  str_arg('gettext', '', msg);
  return newref(msg);
}
function dgettext(_m: PyObject, _domain: PyObject, msg: PyObject): PyObject {
  str_arg('dgettext', '2', msg);
  return newref(msg);
}

const domain = { current: 'messages' };

function textdomain(_m: PyObject, name: PyObject): PyObject {
  if (name !== Py_None) domain.current = str_arg('textdomain', '', name) || 'messages';
  return PyUnicode_FromString(domain.current);
}

function bindtextdomain(_m: PyObject, name: PyObject, dir: PyObject): PyObject {
  if (str_arg('bindtextdomain', '1', name) === '') PyErr_SetString(LocaleError, 'domain must be a non-empty string');
  return dir === Py_None ? PyUnicode_FromString('/usr/share/locale') : newref(dir);
}

function bind_textdomain_codeset(_m: PyObject, _domain: PyObject, codeset: PyObject): PyObject {
  return newref(codeset);
}

function exec(m: PyObject): void {
  for (const name of Object.keys(CATEGORIES)) PyModule_AddIntConstant(m, name, CATEGORIES[name]!);
  PyModule_AddIntConstant(m, 'CHAR_MAX', CHAR_MAX);
  PyModule_AddObjectRef(m, 'Error', LocaleError);
  for (const name of Object.keys(LANGINFO)) PyModule_AddIntConstant(m, name, LANGINFO[name]![0]);
}

export const module: ModuleSpec = {
  name: '_locale',
  doc: 'The locale of the C library.',
  methods: [
    { name: 'setlocale', flags: METH_CLINIC, meth: setlocale, sig: '($module, category, locale=None, /)' },
    { name: 'localeconv', flags: METH_NOARGS, meth: localeconv, sig: '($module, /)' },
    { name: 'strcoll', flags: METH_CLINIC, meth: strcoll, sig: '($module, os1, os2, /)' },
    { name: 'strxfrm', flags: METH_O, meth: strxfrm, sig: '($module, string, /)' },
    { name: 'nl_langinfo', flags: METH_O, meth: nl_langinfo, sig: '($module, key, /)' },
    { name: 'gettext', flags: METH_O, meth: gettext, sig: '($module, msg, /)' },
    { name: 'dgettext', flags: METH_CLINIC, meth: dgettext, sig: '($module, domain, msg, /)' },
    { name: 'dcgettext', flags: METH_CLINIC, meth: dgettext, sig: '($module, domain, msg, category, /)' },
    { name: 'textdomain', flags: METH_O, meth: textdomain, sig: '($module, domain, /)' },
    { name: 'bindtextdomain', flags: METH_CLINIC, meth: bindtextdomain, sig: '($module, domain, dir, /)' },
    {
      name: 'bind_textdomain_codeset',
      flags: METH_CLINIC,
      meth: bind_textdomain_codeset,
      sig: '($module, domain, codeset, /)',
    },
    { name: 'getencoding', flags: METH_NOARGS, meth: getencoding, sig: '($module, /)' },
  ],
  exec,
};
