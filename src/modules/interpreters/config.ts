// config.ts: what the code of an interpreter may do.                                    CPython: Python/interpconfig.c
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { type InterpreterConfig, MAIN_CONFIG } from '../../core/tstate.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyDict_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyDict_Copy,
  PyDict_DelItemString,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_SetItemString,
  PyDict_Size,
} from '../../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { _PyNamespace_New } from '../../objects/namespaceobject.ts';
import { Py_None, PyObject_GetOptionalAttrString, repr_string } from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { utf8_text } from './text.ts';

const ISOLATED: InterpreterConfig = {
  use_main_obmalloc: false,
  allow_fork: false,
  allow_exec: false,
  allow_threads: true,
  allow_daemon_threads: false,
  check_multi_interp_extensions: true,
  gil: 'own',
};
const EMPTY: InterpreterConfig = {
  ...ISOLATED,
  allow_threads: false,
  check_multi_interp_extensions: false,
  gil: 'default',
};
const NAMED = new Map<string, InterpreterConfig>([
  ['', ISOLATED],
  ['default', ISOLATED],
  ['isolated', ISOLATED],
  ['legacy', { ...MAIN_CONFIG, gil: 'shared' }],
  ['empty', EMPTY],
]);
const GILS: readonly string[] = ['default', 'shared', 'own'];

/** CPython: init_named_config */
export function named_config(name: string): InterpreterConfig {
  const found = NAMED.get(name);
  if (found === undefined) PyErr_SetString(PyExc_ValueError, `unsupported config name '${name}'`);
  return { ...found };
}

/** Sets fields from a dict. CPython: interp_config_from_dict */
function update(config: InterpreterConfig, dict: PyObject, missing_allowed: boolean): void {
  const rest = PyDict_Copy(dict);
  try {
    for (const key of Object.keys(config) as (keyof InterpreterConfig)[]) {
      const value = PyDict_GetItemString(rest, key);
      if (value === null) {
        if (missing_allowed) continue;
        PyErr_SetString(PyExc_ValueError, `missing config key: ${key}`);
      }
      if (key === 'gil') config.gil = gil_of(value);
      else {
        if (value !== Py_True && value !== Py_False) PyErr_SetString(PyExc_TypeError, `invalid config type: ${key}`);
        config[key] = value === Py_True;
      }
      PyDict_DelItemString(rest, key);
    }
    const n = PyDict_Size(rest);
    if (n > 0)
      PyErr_SetString(PyExc_ValueError, `config dict has ${n} extra item${n === 1 ? '' : 's'} (${repr_string(rest)})`);
  } finally {
    decref(rest);
  }
}

function gil_of(value: PyObject): InterpreterConfig['gil'] {
  if (!PyUnicode_Check(value)) PyErr_SetString(PyExc_TypeError, 'invalid config type: gil');
  const text = PyUnicode_AsString(value);
  if (!GILS.includes(text)) PyErr_SetString(PyExc_ValueError, `unsupported interpreter config .gil value '${text}'`);
  return text as InterpreterConfig['gil'];
}

export function update_config(config: InterpreterConfig, overrides: PyObject): void {
  update(config, overrides, true);
}

/** The configuration that create() is given: nothing, a name, or an object with the fields as attributes. */
export function config_from_object(o: PyObject | null): InterpreterConfig {
  if (o === null || o === Py_None) return named_config('');
  if (PyUnicode_Check(o)) return named_config(utf8_text(o));
  const dict = PyObject_GetOptionalAttrString(o, '__dict__');
  if (dict === null) PyErr_SetString(PyExc_TypeError, `bad config ${repr_string(o)}`);
  try {
    if (!PyDict_Check(dict)) PyErr_SetString(PyExc_TypeError, 'dict expected');
    const config = named_config('');
    update(config, dict, false);
    return config;
  } finally {
    decref(dict);
  }
}

/** A SimpleNamespace of the fields. */
export function config_object(config: InterpreterConfig): PyObject {
  const dict = PyDict_New();
  try {
    for (const [key, value] of Object.entries(config)) {
      const o = typeof value === 'string' ? PyUnicode_FromString(value) : PyBool_FromLong(value as boolean);
      PyDict_SetItemString(dict, key, o);
      decref(o);
    }
    return _PyNamespace_New(dict);
  } finally {
    decref(dict);
  }
}
