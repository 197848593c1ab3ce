// spawn_family.ts: spawnv() and its kin, of which os makes spawnl() and its own.         CPython: Lib/os.py:_spawnvef
//
// CPython has them in Python, by fork() and execv(): what goes wrong in the child shows as the exit code 127 only.
import { as_raised, PyErr_Clear, PyErr_SetString } from '../../core/errors.ts';
import type { HostSpawn } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, type MethodSpec } from '../../core/spec.ts';
import { PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyList_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyObject_IsTrue } from '../../objects/object.ts';
import { c_int } from '../args.ts';
import {
  env_bytes,
  environ_entries,
  exit_code,
  inheritable_fds,
  plain_spawn,
  program_bytes,
  search_path,
  spawn,
  wait_child,
} from './children.ts';

const P_NOWAIT = 1;
export const SPAWN_CONSTANTS: Readonly<Record<string, number>> = { P_WAIT: 0, P_NOWAIT, P_NOWAITO: P_NOWAIT };

const utf8 = new TextEncoder();

/** Starts a program, or one that ends with 127 in its place: its number. */
function start(make: () => HostSpawn): number {
  try {
    return spawn(make());
  } catch (e) {
    PyErr_Clear(as_raised(e));
    const argv = ['sh', '-c', 'exit 127'].map(word => utf8.encode(word));
    return spawn(plain_spawn([utf8.encode('/bin/sh')], argv, environ_entries(), []));
  }
}

function spawner(name: string, with_env: boolean, searches: boolean): MethodSpec {
  const native = (_m: PyObject, mode: PyObject, file: PyObject, args: PyObject, env: PyObject | null): PyObject => {
    if (!PyTuple_Check(args) && !PyList_Check(args)) PyErr_SetString(PyExc_TypeError, 'argv must be a tuple or a list');
    const items = PySequence_Fast_ITEMS(args);
    if (items.length === 0 || !PyObject_IsTrue(items[0]!))
      PyErr_SetString(PyExc_ValueError, 'argv first element cannot be empty');
    const pid = start(() => {
      const path = program_bytes(file);
      const entries = with_env ? env_bytes(name, env!) : environ_entries();
      const files = searches ? search_path(path, entries) : [path];
      return plain_spawn(files, items.map(program_bytes), entries, inheritable_fds());
    });
    if (c_int(mode) === P_NOWAIT) return PyLong_FromLong(pid);
    return wait_child(native, pid, 0, got => PyLong_FromLong(exit_code(got!.status)));
  };
  const sig = `($module, /, mode, file, args${with_env ? ', env' : ''})`;
  return { name, flags: METH_CLINIC, meth: native, sig };
}

export const spawn_methods: MethodSpec[] = [
  spawner('spawnv', false, false),
  spawner('spawnve', true, false),
  spawner('spawnvp', false, true),
  spawner('spawnvpe', true, true),
];
