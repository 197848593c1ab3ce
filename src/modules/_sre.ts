// _sre.ts: the engine behind the re module.                                                   CPython: Modules/_sre/sre.c
//
// re._compiler turns a pattern into words of code; compile() checks them (program.ts) and makes a Pattern. Matching is
// in engine.ts; the objects that Python sees are in pattern, match, scanner and template.

import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec } from '../core/spec.ts';
import { PyObject_CheckBuffer } from '../objects/abstract.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_Check, PyList_Check, PyLong_Check, PyTuple_Check } from '../objects/checks.ts';
import { PyExc_OverflowError, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { long_value, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { arg_int, arg_ssize, bad_argument } from '../objects/unicodeobject/args.ts';
import { to_lower, to_upper } from '../objects/unicodeobject/ctype.ts';
import { is_str } from '../objects/unicodeobject/object.ts';
import { CODESIZE, MAGIC, MAXGROUPS, MAXREPEAT } from './_sre/opcodes.ts';
import { new_pattern, PatternData } from './_sre/pattern.ts';
import { prepare } from './_sre/program.ts';
import { new_template } from './_sre/template.ts';

/** CPython: _sre_compile_impl */
function sre_compile(
  _m: PyObject,
  pattern: PyObject,
  flags: PyObject,
  code: PyObject,
  groups: PyObject,
  groupindex: PyObject,
  indexgroup: PyObject,
): PyObject {
  const bits = arg_int(flags, 0);
  if (!PyList_Check(code)) bad_argument('compile', "argument 'code'", 'list', code);
  const ngroups = arg_ssize(groups, 0);
  if (!PyDict_Check(groupindex)) bad_argument('compile', "argument 'groupindex'", 'dict', groupindex);
  if (!PyTuple_Check(indexgroup)) bad_argument('compile', "argument 'indexgroup'", 'tuple', indexgroup);
  const words: number[] = [];
  for (const o of code.v) {
    if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
    const n = long_value(o);
    if (typeof n !== 'number' || n < 0 || n > 0xffffffff) {
      PyErr_SetString(
        PyExc_OverflowError,
        n < 0 ? "can't convert negative value to unsigned int" : 'regular expression code size limit exceeded',
      );
    }
    words.push(n);
  }
  let isbytes: boolean | null = null;
  if (pattern !== Py_None) {
    if (is_str(pattern)) isbytes = false;
    else if (PyObject_CheckBuffer(pattern)) isbytes = true;
    else PyErr_SetString(PyExc_TypeError, `expected string or bytes-like object, got '${pattern.ob_type.tp_name}'`);
  }
  const program = prepare(words, ngroups);
  if (program === null) PyErr_SetString(PyExc_RuntimeError, 'invalid SRE code');
  return new_pattern(
    new PatternData(
      program,
      newref(pattern),
      newref(groupindex),
      newref(indexgroup),
      bits,
      isbytes,
      Uint32Array.from(words),
    ),
  );
}

function sre_template(_m: PyObject, _pattern: PyObject, template: PyObject): PyObject {
  if (!PyList_Check(template)) bad_argument('template', 'argument 2', 'list', template);
  return new_template(template.v);
}

function sre_getcodesize(_m: PyObject): PyObject {
  return PyLong_FromLong(CODESIZE);
}

function is_ascii_letter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
}
function sre_ascii_iscased(_m: PyObject, character: PyObject): PyObject {
  return PyBool_FromLong(is_ascii_letter(arg_int(character, 0)));
}
function sre_ascii_tolower(_m: PyObject, character: PyObject): PyObject {
  const c = arg_int(character, 0);
  return PyLong_FromLong(c >= 65 && c <= 90 ? c + 32 : c);
}
function in_range(c: number): boolean {
  return c >= 0 && c <= 0x10ffff;
}
/** Whether either simple mapping changes the character. */
function sre_unicode_iscased(_m: PyObject, character: PyObject): PyObject {
  const c = arg_int(character, 0);
  return PyBool_FromLong(in_range(c) && (to_lower(c) !== c || to_upper(c) !== c));
}
function sre_unicode_tolower(_m: PyObject, character: PyObject): PyObject {
  const c = arg_int(character, 0);
  return PyLong_FromLong(in_range(c) ? to_lower(c) : c);
}

function exec(m: PyObject): void {
  PyModule_AddIntConstant(m, 'MAGIC', MAGIC);
  PyModule_AddIntConstant(m, 'CODESIZE', CODESIZE);
  PyModule_AddIntConstant(m, 'MAXREPEAT', MAXREPEAT);
  PyModule_AddIntConstant(m, 'MAXGROUPS', MAXGROUPS);
  PyModule_AddStringConstant(m, 'copyright', ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ');
}

export const module: ModuleSpec = {
  name: '_sre',
  methods: [
    {
      name: 'compile',
      flags: METH_CLINIC,
      meth: sre_compile,
      sig: '($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)',
    },
    { name: 'template', flags: METH_CLINIC, meth: sre_template, sig: '($module, pattern, template, /)' },
    { name: 'getcodesize', flags: METH_NOARGS, meth: sre_getcodesize, sig: '($module, /)' },
    { name: 'ascii_iscased', flags: METH_CLINIC, meth: sre_ascii_iscased, sig: '($module, character, /)' },
    { name: 'unicode_iscased', flags: METH_CLINIC, meth: sre_unicode_iscased, sig: '($module, character, /)' },
    { name: 'ascii_tolower', flags: METH_CLINIC, meth: sre_ascii_tolower, sig: '($module, character, /)' },
    { name: 'unicode_tolower', flags: METH_CLINIC, meth: sre_unicode_tolower, sig: '($module, character, /)' },
  ],
  exec,
};
