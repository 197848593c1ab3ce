// identity.ts: whose the process is: user, groups, terminal.                       CPython: Modules/posixmodule.c
//
// Hosts set real and saved ids together only: what sets them apart raises ENOSYS.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import {
  PyIndex_Check,
  PyNumber_Index,
  PySequence_Check,
  PySequence_Fast,
  PySequence_Fast_ITEMS,
} from '../../objects/abstract.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { host, none } from '../args.ts';
import { ascii, database } from '../pwd.ts';
import { fs_bytes, PyOS_FSPath } from './path.ts';
import { proc_text } from './scheduling.ts';

const ENXIO = 6;
const EINVAL = 22;
const ENOSYS = 38;
const MAX_GROUPS = 65536;
const LONG_MAX = (1n << 63n) - 1n;

type Kind = 'uid' | 'gid';

/** An id; -1: none. CPython: _Py_Uid_Converter, _Py_Gid_Converter */
export function id_arg(kind: Kind, o: PyObject): number {
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${kind} should be integer, not ${o.ob_type.tp_name}`);
  }
  const index = PyNumber_Index(o);
  const n = PyLong_AsBigInt(index);
  decref(index);
  if (n > LONG_MAX) PyErr_SetString(PyExc_OverflowError, `${kind} is greater than maximum`);
  if (n < -1n || n > 0xffffffffn) PyErr_SetString(PyExc_OverflowError, `${kind} is less than minimum`);
  return n === 0xffffffffn ? -1 : Number(n);
}

/** Real, effective and saved id. */
function ids(kind: Kind): [number, number, number] {
  const line = new RegExp(`^${kind === 'uid' ? 'Uid' : 'Gid'}:\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)`, 'm');
  const found = line.exec(proc_text('/proc/self/status') ?? '');
  if (found !== null) return [Number(found[1]), Number(found[2]), Number(found[3])];
  const { process } = host();
  const effective = kind === 'uid' ? process.euid() : process.egid();
  return [kind === 'uid' ? process.uid() : process.gid(), effective, effective];
}

function set_id(kind: Kind, effective: boolean, id: number): PyObject {
  if (id < 0) raise_errno(EINVAL);
  const { process } = host();
  if (process.set_id === undefined) raise_errno(ENOSYS);
  process.set_id(kind, effective, id);
  return none();
}

/** Sets some ids; -1 leaves one as it is. */
function set_ids(kind: Kind, wanted: readonly number[]): PyObject {
  const now = ids(kind);
  const then = wanted.map((id, i) => (id < 0 ? now[i]! : id));
  if (then.every((id, i) => id === now[i])) return none();
  const [real, effective] = then;
  if (then.every((id, i) => i === 1 || id === now[i])) return set_id(kind, true, effective!);
  if (then.every(id => id === real) && host().process.euid() === 0) return set_id(kind, false, real!);
  raise_errno(ENOSYS);
}

function three(values: readonly number[]): PyObject {
  return PyTuple_FromArraySteal(values.map(PyLong_FromLong));
}

const setuid = (_m: PyObject, id: PyObject): PyObject => set_id('uid', false, id_arg('uid', id));
const seteuid = (_m: PyObject, id: PyObject): PyObject => set_id('uid', true, id_arg('uid', id));
const setgid = (_m: PyObject, id: PyObject): PyObject => set_id('gid', false, id_arg('gid', id));
const setegid = (_m: PyObject, id: PyObject): PyObject => set_id('gid', true, id_arg('gid', id));

/** setreuid, setresuid and their kin. */
function setter(kind: Kind): (m: PyObject, ...given: PyObject[]) => PyObject {
  return (_m, ...given) =>
    set_ids(
      kind,
      given.map(o => id_arg(kind, o)),
    );
}

function groups(): number[] {
  return host().process.groups?.() ?? raise_errno(ENOSYS);
}

function set_groups(list: readonly number[]): PyObject {
  const { process } = host();
  if (process.set_groups === undefined) raise_errno(ENOSYS);
  process.set_groups(list);
  return none();
}

function getgroups(): PyObject {
  return PyList_FromArraySteal(groups().map(PyLong_FromLong));
}

/** CPython: os_setgroups */
function setgroups(_m: PyObject, given: PyObject): PyObject {
  if (!PySequence_Check(given)) PyErr_SetString(PyExc_TypeError, 'setgroups argument must be a sequence');
  const seq = PySequence_Fast(given, 'setgroups argument must be a sequence');
  try {
    const items = PySequence_Fast_ITEMS(seq);
    if (items.length > MAX_GROUPS) PyErr_SetString(PyExc_ValueError, 'too many groups');
    return set_groups(
      items.map(o => {
        if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'groups must be integers');
        return id_arg('gid', o);
      }),
    );
  } finally {
    decref(seq);
  }
}

function name_arg(o: PyObject): string {
  const path = PyOS_FSPath(o);
  const bytes = fs_bytes(path);
  decref(path);
  if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return ascii(bytes);
}

/** The groups that the database gives a user, and one more in front. */
function group_list(user: string, group: number): number[] {
  const list = [group];
  for (const fields of database('/etc/group', 4)) {
    const id = Number(ascii(fields[2]!));
    if (!list.includes(id) && ascii(fields[3]!).split(',').includes(user)) list.push(id);
  }
  return list;
}

function getgrouplist(_m: PyObject, user: PyObject, group: PyObject): PyObject {
  const name = name_arg(user);
  return PyList_FromArraySteal(group_list(name, id_arg('gid', group)).map(PyLong_FromLong));
}

function initgroups(_m: PyObject, user: PyObject, group: PyObject): PyObject {
  const name = name_arg(user);
  return set_groups(group_list(name, id_arg('gid', group)));
}

const NO_LOGIN = '4294967295';

/** Who logged in where this process comes from. */
function getlogin(): PyObject {
  const id = proc_text('/proc/self/loginuid')?.trim() ?? NO_LOGIN;
  const line = id === NO_LOGIN ? undefined : database('/etc/passwd', 7).find(fields => ascii(fields[2]!) === id);
  return line === undefined ? raise_errno(ENXIO) : PyUnicode_FromString(ascii(line[0]!));
}

function ctermid(): PyObject {
  return PyUnicode_FromString('/dev/tty');
}

export const identity_methods: MethodSpec[] = [
  { name: 'getresuid', flags: METH_NOARGS, meth: () => three(ids('uid')), sig: '($module, /)' },
  { name: 'getresgid', flags: METH_NOARGS, meth: () => three(ids('gid')), sig: '($module, /)' },
  { name: 'setuid', flags: METH_O, meth: setuid, sig: '($module, uid, /)' },
  { name: 'seteuid', flags: METH_O, meth: seteuid, sig: '($module, euid, /)' },
  { name: 'setgid', flags: METH_O, meth: setgid, sig: '($module, gid, /)' },
  { name: 'setegid', flags: METH_O, meth: setegid, sig: '($module, egid, /)' },
  { name: 'setreuid', flags: METH_CLINIC, meth: setter('uid'), sig: '($module, ruid, euid, /)' },
  { name: 'setregid', flags: METH_CLINIC, meth: setter('gid'), sig: '($module, rgid, egid, /)' },
  { name: 'setresuid', flags: METH_CLINIC, meth: setter('uid'), sig: '($module, ruid, euid, suid, /)' },
  { name: 'setresgid', flags: METH_CLINIC, meth: setter('gid'), sig: '($module, rgid, egid, sgid, /)' },
  { name: 'getgroups', flags: METH_NOARGS, meth: getgroups, sig: '($module, /)' },
  { name: 'setgroups', flags: METH_O, meth: setgroups, sig: '($module, groups, /)' },
  { name: 'getgrouplist', flags: METH_CLINIC, meth: getgrouplist, sig: '($module, user, group, /)' },
  { name: 'initgroups', flags: METH_CLINIC, meth: initgroups, sig: '($module, username, gid, /)' },
  { name: 'getlogin', flags: METH_NOARGS, meth: getlogin, sig: '($module, /)' },
  { name: 'ctermid', flags: METH_NOARGS, meth: ctermid, sig: '($module, /)' },
];
