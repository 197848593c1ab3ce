// resource.ts: limits and use of resources, as far as they are known.                   CPython: Modules/resource.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PySequence_Tuple } from '../objects/abstract.ts';
import { PyExc_OSError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { c_int, c_ssize, host, none } from './args.ts';

const INFINITY = -1;

const LIMITS: Readonly<Record<string, number>> = {
  RLIMIT_CPU: 0,
  RLIMIT_FSIZE: 1,
  RLIMIT_DATA: 2,
  RLIMIT_STACK: 3,
  RLIMIT_CORE: 4,
  RLIMIT_NOFILE: 7,
  RLIMIT_OFILE: 7,
  RLIMIT_AS: 9,
  RLIMIT_RSS: 5,
  RLIMIT_NPROC: 6,
  RLIMIT_MEMLOCK: 8,
  RLIMIT_MSGQUEUE: 12,
  RLIMIT_NICE: 13,
  RLIMIT_RTPRIO: 14,
  RLIMIT_RTTIME: 15,
  RLIMIT_SIGPENDING: 11,
};

/** Soft and hard limit by number; unlimited where nothing is said. Setting one is remembered, not enforced. */
const limits: Map<number, [number, number]> = new Map([
  [3, [8388608, INFINITY]],
  [4, [0, INFINITY]],
  [7, [65536, 65536]],
]);

let rusage_type: PyTypeObject | undefined;

function struct_rusage(): PyTypeObject {
  if (rusage_type === undefined) {
    const names =
      'utime stime maxrss ixrss idrss isrss minflt majflt nswap inblock oublock msgsnd msgrcv nsignals nvcsw nivcsw'.split(
        ' ',
      );
    rusage_type = PyStructSequence_NewType({
      name: 'resource.struct_rusage',
      doc: 'What a process has used.',
      fields: names.map(name => ({ name: `ru_${name}` })),
      n_in_sequence: 16,
    });
    ready_static_types();
  }
  return rusage_type!;
}

/** The use of resources by children, which no host tells. */
export function zero_rusage(): PyObject {
  const fields = Array.from({ length: 16 }, (_, i) => (i < 2 ? PyFloat_FromDouble(0) : PyLong_FromLong(0)));
  return PyStructSequence_New(struct_rusage(), fields);
}

function limit_arg(resource: PyObject): number {
  const n = c_int(resource);
  if (n < 0 || n > 15) PyErr_SetString(PyExc_ValueError, 'invalid resource specified');
  return n;
}

function getrlimit(_m: PyObject, resource: PyObject): PyObject {
  const [soft, hard] = limits.get(limit_arg(resource)) ?? [INFINITY, INFINITY];
  return PyTuple_FromArraySteal([PyLong_FromLong(soft), PyLong_FromLong(hard)]);
}

function setrlimit(_m: PyObject, resource: PyObject, pair: PyObject): PyObject {
  const n = limit_arg(resource);
  const tuple = PySequence_Tuple(pair);
  try {
    const items = tuple.v as PyObject[];
    if (items.length !== 2) PyErr_SetString(PyExc_ValueError, 'expected a tuple of 2 integers');
    const soft = c_ssize(items[0]!);
    const hard = c_ssize(items[1]!);
    const [, old_hard] = limits.get(n) ?? [INFINITY, INFINITY];
    if (hard !== INFINITY && (soft === INFINITY || soft > hard)) {
      PyErr_SetString(PyExc_ValueError, 'current limit exceeds maximum limit');
    }
    if (old_hard !== INFINITY && (hard === INFINITY || hard > old_hard)) {
      PyErr_SetString(PyExc_ValueError, 'not allowed to raise maximum limit');
    }
    limits.set(n, [soft, hard]);
  } finally {
    decref(tuple);
  }
  return none();
}

function getrusage(_m: PyObject, who: PyObject): PyObject {
  const n = c_int(who);
  if (n < -1 || n > 1) PyErr_SetString(PyExc_ValueError, 'invalid who parameter');
  const user = n === -1 ? 0 : Number(host().clock.process_time_ns()) / 1e9;
  const rest = new Array(14).fill(0);
  if (n !== -1) rest[0] = Math.round((host().memory?.peak() ?? 0) / 1024);
  return PyStructSequence_New(struct_rusage(), [PyFloat_FromDouble(user), PyFloat_FromDouble(0), ...rest.map(PyLong_FromLong)]);
}

function getpagesize(): PyObject {
  return PyLong_FromLong(4096);
}

function exec(m: PyObject): void {
  for (const name of Object.keys(LIMITS)) PyModule_AddIntConstant(m, name, LIMITS[name]!);
  const others = { RUSAGE_SELF: 0, RUSAGE_CHILDREN: -1, RUSAGE_THREAD: 1, RLIM_INFINITY: INFINITY };
  for (const [name, value] of Object.entries(others)) PyModule_AddIntConstant(m, name, value);
  PyModule_AddObjectRef(m, 'error', PyExc_OSError);
  PyModule_AddObjectRef(m, 'struct_rusage', struct_rusage());
}

export const module: ModuleSpec = {
  name: 'resource',
  doc: 'Limits and use of resources.',
  methods: [
    { name: 'getrusage', flags: METH_O, meth: getrusage, sig: '($module, who, /)' },
    { name: 'getrlimit', flags: METH_O, meth: getrlimit, sig: '($module, resource, /)' },
    { name: 'setrlimit', flags: METH_CLINIC, meth: setrlimit, sig: '($module, resource, limits, /)' },
    { name: 'getpagesize', flags: METH_NOARGS, meth: getpagesize, sig: '($module, /)' },
  ],
  exec,
};
