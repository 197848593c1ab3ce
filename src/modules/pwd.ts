// pwd.ts: the user database, from /etc/passwd.                                             CPython: Modules/pwdmodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_KeyError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { repr_string } from '../objects/object.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { PyUnicode_DecodeFSDefault, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { host, type_name } from './args.ts';
import { id_arg } from './posix/identity.ts';
import { fs_bytes } from './posix/path.ts';

let passwd_type: PyTypeObject | undefined;

function struct_passwd(): PyTypeObject {
  if (passwd_type === undefined) {
    const names = ['pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'];
    passwd_type = PyStructSequence_NewType({
      name: 'pwd.struct_passwd',
      doc: 'A line of the user database.',
      fields: names.map(name => ({ name })),
      n_in_sequence: 7,
    });
    ready_static_types();
  }
  return passwd_type!;
}

/** The fields of each line of a database, as bytes. */
export function database(path: string, width: number): Uint8Array[][] {
  const { files } = host();
  const name = Uint8Array.from(path, c => c.charCodeAt(0));
  let fd: number;
  try {
    fd = files.open(name, 0, 0);
  } catch (e) {
    if (e instanceof HostError) return [];
    throw e;
  }
  let bytes: Uint8Array;
  try {
    const buffer = new Uint8Array(1 << 20);
    let have = 0;
    for (let n = files.read(fd, buffer); n > 0; n = files.read(fd, buffer.subarray(have))) have += n;
    bytes = buffer.subarray(0, have);
  } finally {
    files.close(fd);
  }
  const out: Uint8Array[][] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    const fields: Uint8Array[] = [];
    for (let at = start; at <= end; ) {
      let colon = bytes.indexOf(58, at);
      if (colon < 0 || colon > end) colon = end;
      fields.push(bytes.slice(at, colon));
      at = colon + 1;
    }
    if (fields.length === width) out.push(fields);
    start = end + 1;
  }
  return out;
}

export function ascii(bytes: Uint8Array): string {
  let text = '';
  for (const b of bytes) text += String.fromCharCode(b);
  return text;
}

function entries(): Uint8Array[][] {
  return database('/etc/passwd', 7);
}

function make(fields: Uint8Array[]): PyObject {
  return PyStructSequence_New(
    struct_passwd(),
    fields.map((field, i) =>
      i === 2 || i === 3 ? PyLong_FromLong(Number(ascii(field))) : PyUnicode_DecodeFSDefault(field),
    ),
  );
}

export function not_found(text: string): never {
  const message = PyUnicode_FromString(text);
  try {
    PyErr_SetObject(PyExc_KeyError, message);
  } finally {
    decref(message);
  }
}

/** A name to look for, its bytes as characters. */
export function name_arg(name: PyObject): string {
  const text = ascii(fs_bytes(name));
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return text;
}

function getpwuid(_m: PyObject, uid: PyObject): PyObject {
  let wanted: number;
  try {
    wanted = id_arg('uid', uid);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_OverflowError)) throw e;
    PyErr_Clear(e);
    return not_found('getpwuid(): uid not found');
  }
  const found = entries().find(fields => Number(ascii(fields[2]!)) === wanted);
  if (found === undefined) return not_found(`getpwuid(): uid not found: ${wanted}`);
  return make(found);
}

function getpwnam(_m: PyObject, name: PyObject): PyObject {
  if (!PyUnicode_Check(name))
    PyErr_SetString(PyExc_TypeError, `getpwnam() argument must be str, not ${type_name(name)}`);
  const wanted = name_arg(name);
  const found = entries().find(fields => ascii(fields[0]!) === wanted);
  if (found === undefined) return not_found(`getpwnam(): name not found: ${repr_string(name)}`);
  return make(found);
}

function getpwall(): PyObject {
  return PyList_FromArraySteal(entries().map(make));
}

export const module: ModuleSpec = {
  name: 'pwd',
  doc: 'The user database.',
  methods: [
    { name: 'getpwuid', flags: METH_O, meth: getpwuid, sig: '($module, uidobj, /)' },
    { name: 'getpwnam', flags: METH_O, meth: getpwnam, sig: '($module, name, /)' },
    { name: 'getpwall', flags: METH_NOARGS, meth: getpwall, sig: '($module, /)' },
  ],
  exec: m => PyModule_AddObjectRef(m, 'struct_passwd', struct_passwd()),
};
