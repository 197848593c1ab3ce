// scheduling.ts: how the system's scheduler treats processes.                     CPython: Modules/posixmodule.c
//
// What Linux tells of a process in /proc is told; hosts can change priorities only, so that other changes raise EPERM
// unless they would change nothing.

import { PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { current, EVAL_GIL_DROP_REQUEST } from '../../core/tstate.ts';
import { PyIter_Next, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PySet_Add, PySet_New } from '../../objects/setobject.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { c_int, host, none } from '../args.ts';
import { sched_param_type } from './results.ts';

const EPERM = 1;
const ESRCH = 3;
const EINVAL = 22;
const ENOSYS = 38;

const SCHED_FIFO = 1;
const SCHED_RR = 2;
/** NORMAL, FIFO, RR, BATCH, IDLE, DEADLINE, EXT; there is no 4. */
const POLICIES: readonly number[] = [0, 1, 2, 3, 5, 6, 7];

/** The text of a file in /proc, or null. */
export function proc_text(path: string): string | null {
  const { files } = host();
  let fd: number;
  try {
    fd = files.open(new TextEncoder().encode(path), 0, 0);
  } catch (e) {
    if (e instanceof HostError) return null;
    throw e;
  }
  try {
    const buffer = new Uint8Array(1 << 14);
    return new TextDecoder('latin1').decode(buffer.subarray(0, files.read(fd, buffer)));
  } finally {
    files.close(fd);
  }
}

/** A process's file in /proc; ESRCH: there is no such process, ENOSYS: no such file on this host. */
function process_text(pid: number, name: string): string {
  const text = proc_text(`/proc/${pid === 0 ? 'self' : pid}/${name}`);
  return text ?? raise_errno(pid === 0 ? ENOSYS : ESRCH);
}

/** Policy and priority. */
function scheduling(pid: number): [number, number] {
  if (pid < 0) raise_errno(EINVAL);
  const stat = process_text(pid, 'stat');
  // proc(5): the name in parentheses is field 2, rt_priority 40 and policy 41.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [Number(fields[41 - 3]), Number(fields[40 - 3])];
}

function sched_getscheduler(_m: PyObject, pid: PyObject): PyObject {
  return PyLong_FromLong(scheduling(c_int(pid))[0]);
}

function sched_getparam(_m: PyObject, pid: PyObject): PyObject {
  return PyStructSequence_New(sched_param_type(), [PyLong_FromLong(scheduling(c_int(pid))[1])]);
}

/** CPython: convert_sched_param */
function priority_of(param: PyObject): number {
  if (!PyObject_TypeCheck(param, sched_param_type())) {
    PyErr_SetString(PyExc_TypeError, 'must have a sched_param object');
  }
  const priority = (param as PyObject<PyObject[]>).v[0]!;
  try {
    return c_int(priority);
  } catch (e) {
    if (!(e instanceof Raised) || !PyObject_TypeCheck(e.exc, PyExc_OverflowError)) throw e;
    PyErr_Clear(e);
    PyErr_SetString(PyExc_OverflowError, 'sched_priority out of range');
  }
}

/** The least and the greatest priority of a policy. */
function priorities(policy: number): [number, number] {
  if (!POLICIES.includes(policy)) raise_errno(EINVAL);
  return policy === SCHED_FIFO || policy === SCHED_RR ? [1, 99] : [0, 0];
}

/** Raises unless nothing would change. */
function change_scheduling(pid: number, policy: number | null, priority: number): PyObject {
  const [now, priority_now] = scheduling(pid);
  const wanted = policy ?? now;
  const [least, greatest] = priorities(wanted);
  if (priority < least || priority > greatest) raise_errno(EINVAL);
  if (wanted !== now || priority !== priority_now) raise_errno(EPERM);
  return none();
}

function sched_setscheduler(_m: PyObject, pid: PyObject, policy: PyObject, param: PyObject): PyObject {
  return change_scheduling(c_int(pid), c_int(policy), priority_of(param));
}

function sched_setparam(_m: PyObject, pid: PyObject, param: PyObject): PyObject {
  return change_scheduling(c_int(pid), null, priority_of(param));
}

function sched_get_priority_max(_m: PyObject, policy: PyObject): PyObject {
  return PyLong_FromLong(priorities(c_int(policy))[1]);
}

function sched_get_priority_min(_m: PyObject, policy: PyObject): PyObject {
  return PyLong_FromLong(priorities(c_int(policy))[0]);
}

/** Lets other threads run; the processes' turn comes anyway. */
function sched_yield(): PyObject {
  current.tstate.eval_breaker |= EVAL_GIL_DROP_REQUEST;
  return none();
}

/** The processors that a process may run on. */
function affinity(pid: number): number[] {
  if (pid < 0) raise_errno(ESRCH);
  const cpus: number[] = [];
  const status = pid === 0 ? proc_text('/proc/self/status') : process_text(pid, 'status');
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status ?? '')?.[1];
  if (list === undefined) {
    for (let i = 0, n = host().process.cpu_count(); i < n; i++) cpus.push(i);
    return cpus;
  }
  for (const part of list.split(',')) {
    const [from, to] = part.split('-').map(Number);
    for (let i = from!; i <= (to ?? from!); i++) cpus.push(i);
  }
  return cpus;
}

function sched_getaffinity(_m: PyObject, pid: PyObject): PyObject {
  const set = PySet_New(null);
  for (const i of affinity(c_int(pid))) {
    const cpu = PyLong_FromLong(i);
    PySet_Add(set, cpu);
    decref(cpu);
  }
  return set;
}

/** CPython: os_sched_setaffinity_impl */
function sched_setaffinity(_m: PyObject, pid: PyObject, mask: PyObject): PyObject {
  const process = c_int(pid);
  const wanted = new Set<number>();
  const it = PyObject_GetIter(mask);
  try {
    for (let item = PyIter_Next(it); item !== null; item = PyIter_Next(it)) {
      try {
        if (!PyLong_Check(item)) {
          const type = `<class '${item.ob_type.tp_name}'>`;
          PyErr_SetString(PyExc_TypeError, `expected an iterator of ints, but iterator yielded ${type}`);
        }
        const cpu = PyLong_AsInt(item);
        if (cpu < 0) PyErr_SetString(PyExc_ValueError, 'negative CPU number');
        wanted.add(cpu);
      } finally {
        decref(item);
      }
    }
  } finally {
    decref(it);
  }
  const now = affinity(process);
  const possible = now.filter(cpu => wanted.has(cpu));
  if (possible.length === 0) raise_errno(EINVAL);
  if (possible.length < now.length) raise_errno(EPERM);
  return none();
}

// --- priorities ------------------------------------------------------------------------------------------------------------

const PRIO_PROCESS = 0;
const PRIO_USER = 2;

function get_priority(pid: number): number {
  return host().process.priority?.(pid) ?? raise_errno(ENOSYS);
}

function set_priority(pid: number, priority: number): void {
  const { process } = host();
  if (process.set_priority === undefined) raise_errno(ENOSYS);
  process.set_priority(pid, Math.max(-20, Math.min(19, priority)));
}

/** Of groups and users hosts know nothing. */
function check_which(which: number): void {
  if (which < PRIO_PROCESS || which > PRIO_USER) raise_errno(EINVAL);
  if (which !== PRIO_PROCESS) raise_errno(ENOSYS);
}

function getpriority(_m: PyObject, which: PyObject, who: PyObject): PyObject {
  const w = c_int(which);
  const pid = c_int(who);
  check_which(w);
  return PyLong_FromLong(get_priority(pid));
}

function setpriority(_m: PyObject, which: PyObject, who: PyObject, priority: PyObject): PyObject {
  const w = c_int(which);
  const pid = c_int(who);
  const n = c_int(priority);
  check_which(w);
  set_priority(pid, n);
  return none();
}

function nice(_m: PyObject, increment: PyObject): PyObject {
  const n = c_int(increment);
  set_priority(0, get_priority(0) + n);
  return PyLong_FromLong(get_priority(0));
}

/** What os.posix_spawn() is given: (policy or None, parameters). */
export function check_scheduler(fname: string, scheduler: PyObject): void {
  if (!PyTuple_Check(scheduler)) PyErr_SetString(PyExc_TypeError, `${fname}: scheduler must be a tuple or None`);
  const [policy, param] = (scheduler as PyObject<PyObject[]>).v;
  if (policy === undefined || param === undefined || (scheduler as PyObject<PyObject[]>).v.length !== 2) {
    PyErr_SetString(PyExc_TypeError, 'A scheduler tuple must have two elements');
  }
  const kind = policy === Py_None ? null : c_int(policy);
  decref(change_scheduling(0, kind, priority_of(param)));
}

export const scheduling_methods: MethodSpec[] = [
  { name: 'getpriority', flags: METH_CLINIC, meth: getpriority, sig: '($module, /, which, who)' },
  { name: 'setpriority', flags: METH_CLINIC, meth: setpriority, sig: '($module, /, which, who, priority)' },
  { name: 'nice', flags: METH_O, meth: nice, sig: '($module, increment, /)' },
  {
    name: 'sched_get_priority_max',
    flags: METH_CLINIC,
    meth: sched_get_priority_max,
    sig: '($module, /, policy)',
  },
  {
    name: 'sched_get_priority_min',
    flags: METH_CLINIC,
    meth: sched_get_priority_min,
    sig: '($module, /, policy)',
  },
  { name: 'sched_getaffinity', flags: METH_O, meth: sched_getaffinity, sig: '($module, pid, /)' },
  { name: 'sched_getparam', flags: METH_O, meth: sched_getparam, sig: '($module, pid, /)' },
  { name: 'sched_getscheduler', flags: METH_O, meth: sched_getscheduler, sig: '($module, pid, /)' },
  { name: 'sched_setaffinity', flags: METH_CLINIC, meth: sched_setaffinity, sig: '($module, pid, mask, /)' },
  { name: 'sched_setparam', flags: METH_CLINIC, meth: sched_setparam, sig: '($module, pid, param, /)' },
  { name: 'sched_setscheduler', flags: METH_CLINIC, meth: sched_setscheduler, sig: '($module, pid, policy, param, /)' },
  { name: 'sched_yield', flags: METH_NOARGS, meth: sched_yield, sig: '($module, /)' },
];
