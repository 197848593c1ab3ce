// results.ts: the named tuples of the posix module.                               CPython: Modules/posixmodule.c
//
// The types are made on first use and kept for good.

import type { HostStat } from '../../core/host.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_NOARGS, type MethodSpec } from '../../core/spec.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyStructSequence_New, PyStructSequence_NewType, type StructSequenceDesc } from '../../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { ready_static_types } from '../../objects/typeobject.ts';

function named(...names: string[]): StructSequenceDesc['fields'] {
  return names.map(name => ({ name }));
}

const unnamed = { name: null };

const types: Map<string, PyTypeObject> = new Map();

function result_type(
  name: string,
  fields: StructSequenceDesc['fields'],
  n_in_sequence: number,
  adapt?: (type: PyTypeObject) => void,
): PyTypeObject {
  let type = types.get(name);
  if (type === undefined) {
    type = PyStructSequence_NewType({ name, fields, n_in_sequence });
    adapt?.(type);
    ready_static_types();
    types.set(name, type);
  }
  return type;
}

/** A result made of ten numbers has times all the same. CPython: Modules/posixmodule.c:statresult_new */
function copy_times(type: PyTypeObject): void {
  const make = type.tp_new!;
  type.tp_new = (cls, args, kwargs) => {
    const result = make(cls, args, kwargs);
    const whole = result.v as PyObject[];
    const rest = result.d as unknown as PyObject[];
    for (let i = 0; i < 3; i++) {
      if (rest[i] === Py_None) {
        rest[i] = newref(whole[7 + i]!);
        decref(Py_None);
      }
    }
    return result;
  };
}

export function stat_result_type(): PyTypeObject {
  return result_type(
    'os.stat_result',
    [
      ...named('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size'),
      unnamed,
      unnamed,
      unnamed,
      ...named('st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns'),
      ...named('st_blksize', 'st_blocks', 'st_rdev'),
    ],
    10,
    copy_times,
  );
}

export function terminal_size_type(): PyTypeObject {
  return result_type('os.terminal_size', named('columns', 'lines'), 2);
}

export function times_result_type(): PyTypeObject {
  return result_type('posix.times_result', named('user', 'system', 'children_user', 'children_system', 'elapsed'), 5);
}

export function uname_result_type(): PyTypeObject {
  return result_type('posix.uname_result', named('sysname', 'nodename', 'release', 'version', 'machine'), 5);
}

export function statvfs_result_type(): PyTypeObject {
  return result_type(
    'os.statvfs_result',
    named(
      'f_bsize',
      'f_frsize',
      'f_blocks',
      'f_bfree',
      'f_bavail',
      'f_files',
      'f_ffree',
      'f_favail',
      'f_flag',
      'f_namemax',
      'f_fsid',
    ),
    10,
  );
}

function sched_param_reduce(self: PyObject): PyObject {
  const args = PyTuple_FromArraySteal([newref((self.v as PyObject[])[0]!)]);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), args]);
}

export function sched_param_type(): PyTypeObject {
  return result_type('posix.sched_param', named('sched_priority'), 1, type => {
    // Unlike the others it is made of its field.
    type.tp_new = (cls, args, kwargs) => {
      const [priority] = PyArg_Clinic('sched_param', '(sched_priority)', args, kwargs) as PyObject[];
      return PyStructSequence_New(cls, [newref(priority!)]);
    };
    const reduce: MethodSpec = { name: '__reduce__', flags: METH_NOARGS, meth: sched_param_reduce, sig: '($self, /)' };
    type.tp_methods = type.tp_methods.map(row => (row.name === reduce.name ? reduce : row));
  });
}

export function waitid_result_type(): PyTypeObject {
  return result_type('posix.waitid_result', named('si_pid', 'si_uid', 'si_signo', 'si_status', 'si_code'), 5);
}

/** Whole seconds, rounded down. */
function whole_seconds(ns: bigint): bigint {
  const s = ns / 1_000_000_000n;
  return ns < 0n && s * 1_000_000_000n !== ns ? s - 1n : s;
}

/** os.stat_result for a file status. CPython: Modules/posixmodule.c:_pystat_fromstructstat */
export function stat_result(st: HostStat): PyObject {
  const seconds = [st.atime_ns, st.mtime_ns, st.ctime_ns].map(whole_seconds);
  const floats = [st.atime_ns, st.mtime_ns, st.ctime_ns].map((ns, i) =>
    PyFloat_FromDouble(Number(seconds[i]!) + 1e-9 * Number(ns - seconds[i]! * 1_000_000_000n)),
  );
  return PyStructSequence_New(stat_result_type(), [
    PyLong_FromLong(st.mode),
    PyLong_FromBigInt(st.ino),
    PyLong_FromBigInt(st.dev),
    PyLong_FromLong(st.nlink),
    PyLong_FromLong(st.uid),
    PyLong_FromLong(st.gid),
    PyLong_FromLong(st.size),
    PyLong_FromBigInt(seconds[0]!),
    PyLong_FromBigInt(seconds[1]!),
    PyLong_FromBigInt(seconds[2]!),
    ...floats,
    PyLong_FromBigInt(st.atime_ns),
    PyLong_FromBigInt(st.mtime_ns),
    PyLong_FromBigInt(st.ctime_ns),
    PyLong_FromLong(st.blksize),
    PyLong_FromLong(st.blocks),
    PyLong_FromBigInt(st.rdev),
  ]);
}
