// _posixshmem.ts: memory by name that processes share.               CPython: Modules/_posixshmem.c; POSIX: shm_open(3)
//
// What the C library does on Linux: such memory is a file below /dev/shm.

import { PyErr_SetString } from '../core/errors.ts';
import { O_NOFOLLOW } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_ValueError, raise_errno, set_errno_error } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { c_int, host, none, str_arg } from './args.ts';

const EINVAL = 22;
const FOLDER = '/dev/shm/';

/** The file for a name. */
function file_arg(fname: string, name: PyObject): Uint8Array {
  const text = str_arg(fname, "'path'", name);
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  const plain = text.replace(/^\/+/, '');
  if (plain === '' || plain.includes('/')) raise_errno(EINVAL);
  return new TextEncoder().encode(FOLDER + plain);
}

/** An OSError with the name, if it is one. */
function failed(e: unknown, name: PyObject): never {
  if (e instanceof HostError) set_errno_error(e, PyUnicode_Check(name) ? name : undefined);
  throw e;
}

/** CPython: _posixshmem_shm_open_impl */
function shm_open(_m: PyObject, name: PyObject, flags: PyObject, mode: PyObject | null): PyObject {
  const file = file_arg('shm_open', name);
  const bits = c_int(flags) | O_NOFOLLOW;
  try {
    return PyLong_FromLong(host().files.open(file, bits, mode === null ? 0o777 : c_int(mode)));
  } catch (e) {
    return failed(e, name);
  }
}

/** CPython: _posixshmem_shm_unlink_impl */
function shm_unlink(_m: PyObject, name: PyObject): PyObject {
  const file = file_arg('shm_unlink', name);
  try {
    host().files.unlink(file);
  } catch (e) {
    failed(e, name);
  }
  return none();
}

export const module: ModuleSpec = {
  name: '_posixshmem',
  doc: 'POSIX shared memory module',
  methods: [
    { name: 'shm_open', flags: METH_CLINIC, meth: shm_open, sig: '($module, /, path, flags, mode=511)' },
    { name: 'shm_unlink', flags: METH_CLINIC, meth: shm_unlink, sig: '($module, path, /)' },
  ],
};
