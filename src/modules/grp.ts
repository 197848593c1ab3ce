// grp.ts: the group database, from /etc/group.                                             CPython: Modules/grpmodule.c

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject, PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { repr_string } from '../objects/object.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { PyUnicode_DecodeFSDefault } from '../objects/unicodeobject.ts';
import { type_name } from './args.ts';
import { id_arg } from './posix/identity.ts';
import { ascii, database, name_arg, not_found } from './pwd.ts';

let group_type: PyTypeObject | undefined;

function struct_group(): PyTypeObject {
  if (group_type === undefined) {
    const names = ['gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'];
    group_type = PyStructSequence_NewType({
      name: 'grp.struct_group',
      doc: 'A line of the group database.',
      fields: names.map(name => ({ name })),
      n_in_sequence: 4,
    });
    ready_static_types();
  }
  return group_type!;
}

function entries(): Uint8Array[][] {
  return database('/etc/group', 4);
}

/** The members, separated by commas. */
function members(field: Uint8Array): PyObject {
  const names: PyObject[] = [];
  for (let at = 0; at < field.length; ) {
    let end = field.indexOf(44, at);
    if (end < 0) end = field.length;
    if (end > at) names.push(PyUnicode_DecodeFSDefault(field.slice(at, end)));
    at = end + 1;
  }
  return PyList_FromArraySteal(names);
}

function make(fields: Uint8Array[]): PyObject {
  return PyStructSequence_New(struct_group(), [
    PyUnicode_DecodeFSDefault(fields[0]!),
    PyUnicode_DecodeFSDefault(fields[1]!),
    PyLong_FromLong(Number(ascii(fields[2]!))),
    members(fields[3]!),
  ]);
}

function getgrgid(_m: PyObject, id: PyObject): PyObject {
  const wanted = id_arg('gid', id);
  const found = entries().find(fields => Number(ascii(fields[2]!)) === wanted);
  return found === undefined ? not_found(`getgrgid(): gid not found: ${wanted}`) : make(found);
}

function getgrnam(_m: PyObject, name: PyObject): PyObject {
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, `getgrnam() argument 'name' must be str, not ${type_name(name)}`);
  }
  const wanted = name_arg(name);
  const found = entries().find(fields => ascii(fields[0]!) === wanted);
  return found === undefined ? not_found(`getgrnam(): name not found: ${repr_string(name)}`) : make(found);
}

function getgrall(): PyObject {
  return PyList_FromArraySteal(entries().map(make));
}

export const module: ModuleSpec = {
  name: 'grp',
  doc: 'The group database.',
  methods: [
    { name: 'getgrgid', flags: METH_CLINIC, meth: getgrgid, sig: '($module, /, id)' },
    { name: 'getgrnam', flags: METH_CLINIC, meth: getgrnam, sig: '($module, /, name)' },
    { name: 'getgrall', flags: METH_NOARGS, meth: getgrall, sig: '($module, /)' },
  ],
  exec: m => PyModule_AddObjectRef(m, 'struct_group', struct_group()),
};
