// excinfo.ts: snapshots of exceptions, which other interpreters can look at.          CPython: Python/crossinterp.c, _PyXI_excinfo
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethod, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyDict_New, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyExc_Exception, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { _PyNamespace_New } from '../../objects/namespaceobject.ts';
import { PyObject_GetAttrString, PyObject_Str } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_Join } from '../../objects/unicodeobject.ts';
import { forget, raise_from } from './errors.ts';

export interface ExcInfo {
  readonly name: string;
  readonly qualname: string;
  readonly module: string;
  readonly msg: string;
  /** As the traceback module shows it; null: it could not. */
  readonly errdisplay: string | null;
}

/** Steals the object. */
function text_of(o: PyObject): string {
  try {
    const text = PyUnicode_AsString(o);
    if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'found embedded NULL character');
    return text;
  } finally {
    decref(o);
  }
}

/** The traceback module's text. CPython: _convert_exc_to_TracebackException, _format_TracebackException */
function displayed(exc: PyObject): string | null {
  try {
    const type = PyImport_ImportModuleAttr('traceback', 'TracebackException');
    const make = PyObject_GetAttrString(type, 'from_exception');
    decref(type);
    const names = PyTuple_FromArraySteal(['save_exc_type', 'lookup_lines'].map(PyUnicode_FromString));
    const no = PyBool_FromLong(false);
    let lines: PyObject;
    try {
      const tb = PyObject_Vectorcall(make, [exc, no, no], names);
      try {
        lines = PyObject_CallMethod(tb, 'format');
      } finally {
        decref(tb);
      }
    } finally {
      decref(make);
      decref(names);
    }
    const empty = PyUnicode_FromString('');
    try {
      return text_of(PyUnicode_Join(empty, lines)).slice(0, -1);
    } finally {
      decref(empty);
      decref(lines);
    }
  } catch (e) {
    forget(e);
    return null;
  }
}

function type_names(type: PyObject): [name: string, qualname: string, module: string] {
  const get = (attr: string): string => text_of(PyObject_GetAttrString(type, attr));
  return [get('__name__'), get('__qualname__'), get('__module__')];
}

/** A snapshot of an exception (borrowed). CPython: _PyXI_excinfo_InitFromException */
export function snapshot(exc: PyObject): ExcInfo {
  let failure = 'error while initializing exception type snapshot';
  try {
    const [name, qualname, module] = type_names(exc.ob_type);
    failure = 'error while formatting exception';
    const str = PyObject_Str(exc);
    failure = 'error while copying exception message';
    const msg = text_of(str);
    return { name, qualname, module, msg, errdisplay: displayed(exc) };
  } catch (e) {
    forget(e);
    return raise_from(PyExc_Exception, failure, null);
  }
}

/** 'ValueError: message'. CPython: _PyXI_excinfo_format */
export function formatted(info: ExcInfo): string {
  const plain = info.module === 'builtins' || info.module === '__main__';
  return `${plain ? '' : `${info.module}.`}${info.qualname}: ${info.msg}`;
}

function namespace(fields: Record<string, PyObject>): PyObject {
  const dict = PyDict_New();
  try {
    for (const [key, value] of Object.entries(fields)) {
      PyDict_SetItemString(dict, key, value);
      decref(value);
    }
    return _PyNamespace_New(dict);
  } finally {
    decref(dict);
  }
}

/** What exec() returns of it. CPython: _PyXI_excinfo_AsObject */
export function as_object(info: ExcInfo): PyObject {
  const str = PyUnicode_FromString;
  return namespace({
    type: namespace({
      __name__: str(info.name),
      __qualname__: str(info.qualname),
      __module__: str(info.module),
    }),
    msg: str(info.msg),
    formatted: str(formatted(info)),
    ...(info.errdisplay === null ? {} : { errdisplay: str(info.errdisplay) }),
  });
}
