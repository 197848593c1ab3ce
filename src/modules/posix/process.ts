// process.ts: the process: its environment, identity, times and end.               CPython: Modules/posixmodule.c

import { strerror as errno_text } from '../../core/errno.ts';
import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_SetDefault, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyCallable_Check } from '../../objects/object.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { big_int, c_int, c_ssize, host, none } from '../args.ts';
import { as_descriptor } from '../select/waiting.ts';
import { CONFSTR_NAMES, PATHCONF_NAMES, SYSCONF_NAMES } from './constants.ts';
import { ALLOW_FD, fs_bytes, PyOS_FSPath, path_arg, path_error } from './path.ts';
import { times_result_type, uname_result_type } from './results.ts';

const EINVAL = 22;
const EQUALS = 61;

/** A dict of bytes: the environment as it is now. CPython: Modules/posixmodule.c:convertenviron */
export function convert_environ(): PyObject {
  const dict = PyDict_New();
  fill_environ(dict);
  return dict;
}

/** Adds the environment as it is now to a dict. */
export function fill_environ(dict: PyObject): void {
  for (const [name, value] of host().process.environ()) {
    const k = PyBytes_FromUint8Array(name);
    const v = PyBytes_FromUint8Array(value);
    PyDict_SetDefault(dict, k, v);
    decref(k);
    decref(v);
  }
}

/** An argument for the environment: str or bytes without zeros. */
function environ_bytes(o: PyObject): Uint8Array {
  const path = PyOS_FSPath(o);
  const bytes = fs_bytes(path);
  decref(path);
  if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return bytes;
}

function putenv(_m: PyObject, name: PyObject, value: PyObject): PyObject {
  const k = environ_bytes(name);
  const v = environ_bytes(value);
  if (k.includes(EQUALS)) PyErr_SetString(PyExc_ValueError, 'illegal environment variable name');
  if (k.length === 0) raise_errno(EINVAL);
  host().process.setenv(k, v);
  return none();
}

function unsetenv(_m: PyObject, name: PyObject): PyObject {
  const k = environ_bytes(name);
  if (k.length === 0 || k.includes(EQUALS)) raise_errno(EINVAL);
  host().process.setenv(k, null);
  return none();
}

function _create_environ(): PyObject {
  return convert_environ();
}

function getpid(): PyObject {
  return PyLong_FromLong(host().process.pid);
}
function getppid(): PyObject {
  return PyLong_FromLong(host().process.ppid);
}
function getuid(): PyObject {
  return PyLong_FromLong(host().process.uid());
}
function geteuid(): PyObject {
  return PyLong_FromLong(host().process.euid());
}
function getgid(): PyObject {
  return PyLong_FromLong(host().process.gid());
}
function getegid(): PyObject {
  return PyLong_FromLong(host().process.egid());
}

function _exit(_m: PyObject, status: PyObject): PyObject {
  return host().process.exit(c_int(status) & 0xff);
}

function abort(): PyObject {
  const { process } = host();
  process.kill(process.pid, 6);
  return process.exit(134);
}

function uname(): PyObject {
  const u = host().process.uname();
  return PyStructSequence_New(
    uname_result_type(),
    [u.sysname, u.nodename, u.release, u.version, u.machine].map(text => PyUnicode_FromString(text)),
  );
}

/** CPU times; those of children are not known here. */
function times(): PyObject {
  const { clock } = host();
  const user = Number(clock.process_time_ns()) / 1e9;
  return PyStructSequence_New(
    times_result_type(),
    [Math.floor(user * 100) / 100, 0, 0, 0, Math.floor(Number(clock.monotonic_ns()) / 1e7) / 100].map(t =>
      PyFloat_FromDouble(t),
    ),
  );
}

/** CPython: Modules/posixmodule.c:os_cpu_count_impl */
function cpu_count(): PyObject {
  const { config } = current.tstate.interp;
  return PyLong_FromLong(config.cpu_count > 0 ? config.cpu_count : host().process.cpu_count());
}

function getloadavg(): PyObject {
  return PyTuple_FromArraySteal(
    host()
      .process.loadavg()
      .map(x => PyFloat_FromDouble(x)),
  );
}

function urandom(_m: PyObject, size: PyObject): PyObject {
  const n = c_ssize(size);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'negative argument not allowed');
  return PyBytes_FromUint8Array(host().random_bytes(n));
}

/** GRND_NONBLOCK, GRND_RANDOM, GRND_INSECURE: all the same here. */
const GRND_FLAGS = 7;

function getrandom(_m: PyObject, size: PyObject, flags: PyObject | null): PyObject {
  const n = c_ssize(size);
  if (n < 0 || (flags !== null && (c_int(flags) & ~GRND_FLAGS) !== 0)) raise_errno(EINVAL);
  return PyBytes_FromUint8Array(host().random_bytes(n));
}

function strerror(_m: PyObject, code: PyObject): PyObject {
  return PyUnicode_FromString(errno_text(c_int(code)));
}

// --- devices --------------------------------------------------------------------------------------------------------

const NODEV = 0xffffffffffffffffn;
const UINT_MAX = 0xffffffffn;

/** -1 stands for no device. CPython: _Py_Dev_Converter */
function dev_arg(o: PyObject): bigint {
  const dev = big_int(o);
  if (dev < -1n) PyErr_SetString(PyExc_OverflowError, "can't convert negative int to unsigned");
  if (dev > NODEV) PyErr_SetString(PyExc_OverflowError, 'int too big to convert');
  return BigInt.asUintN(64, dev);
}

/** One half of a device number; -1: all bits. */
function half_arg(o: PyObject): bigint {
  const half = big_int(o);
  if (half < -1n) PyErr_SetString(PyExc_OverflowError, "can't convert negative int to unsigned");
  if (half > NODEV) PyErr_SetString(PyExc_OverflowError, 'int too big to convert');
  if (half > UINT_MAX) PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C unsigned int');
  return BigInt.asUintN(32, half);
}

function major(_m: PyObject, device: PyObject): PyObject {
  const dev = dev_arg(device);
  return PyLong_FromBigInt(dev === NODEV ? -1n : ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n));
}
function minor(_m: PyObject, device: PyObject): PyObject {
  const dev = dev_arg(device);
  return PyLong_FromBigInt(dev === NODEV ? -1n : (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n));
}
/** The halves of a device number. */
export function split_device(device: PyObject): [major: number, minor: number] {
  const dev = dev_arg(device);
  return [
    Number(((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n)),
    Number((dev & 0xffn) | ((dev >> 12n) & 0xffffff00n)),
  ];
}
function makedev(_m: PyObject, maj: PyObject, min: PyObject): PyObject {
  const a = half_arg(maj);
  const b = half_arg(min);
  const dev = ((a & 0xfffn) << 8n) | ((a & 0xfffff000n) << 32n) | (b & 0xffn) | ((b & 0xffffff00n) << 12n);
  return PyLong_FromBigInt(dev === NODEV ? -1n : dev);
}

// --- limits ---------------------------------------------------------------------------------------------------------

/** A configuration name by str or int. CPython: Modules/posixmodule.c:conv_confname */
function confname(name: PyObject, table: Readonly<Record<string, number>>): number {
  if (PyUnicode_Check(name)) {
    const n = table[PyUnicode_AsString(name)];
    if (n === undefined) PyErr_SetString(PyExc_ValueError, 'unrecognized configuration name');
    return n;
  }
  if (!PyLong_Check(name)) PyErr_SetString(PyExc_TypeError, 'configuration names must be strings or integers');
  return c_int(name);
}

function sysconf(_m: PyObject, name: PyObject): PyObject {
  const n = confname(name, SYSCONF_NAMES);
  if (!Object.values(SYSCONF_NAMES).includes(n)) raise_errno(EINVAL);
  const known: Record<string, number> = {
    SC_PAGESIZE: 4096,
    SC_CLK_TCK: 100,
    SC_OPEN_MAX: 1024,
    SC_ARG_MAX: 2097152,
    SC_IOV_MAX: 1024,
    SC_NGROUPS_MAX: 65536,
    SC_VERSION: 200809,
    SC_GETPW_R_SIZE_MAX: 1024,
    SC_GETGR_R_SIZE_MAX: 1024,
    SC_TTY_NAME_MAX: 32,
    SC_MINSIGSTKSZ: 1776,
    SC_NPROCESSORS_ONLN: host().process.cpu_count(),
    SC_NPROCESSORS_CONF: host().process.cpu_count(),
  };
  for (const key of Object.keys(known)) if (SYSCONF_NAMES[key] === n) return PyLong_FromLong(known[key]!);
  return PyLong_FromLong(-1);
}

function do_pathconf(n: number): PyObject {
  const known: Record<string, number> = {
    PC_LINK_MAX: 65000,
    PC_MAX_CANON: 255,
    PC_MAX_INPUT: 255,
    PC_NAME_MAX: 255,
    PC_PATH_MAX: 4096,
    PC_PIPE_BUF: 4096,
    PC_CHOWN_RESTRICTED: 1,
    PC_NO_TRUNC: 1,
    PC_VDISABLE: 0,
    PC_FILESIZEBITS: 64,
  };
  if (!Object.values(PATHCONF_NAMES).includes(n)) raise_errno(EINVAL);
  for (const key of Object.keys(known)) if (PATHCONF_NAMES[key] === n) return PyLong_FromLong(known[key]!);
  return PyLong_FromLong(-1);
}

function pathconf(_m: PyObject, path: PyObject, name: PyObject): PyObject {
  const p = path_arg('pathconf', 'path', path, ALLOW_FD);
  try {
    const n = confname(name, PATHCONF_NAMES);
    if (p.is_fd) host().files.fstat(p.fd);
    else host().files.stat(p.bytes);
    return do_pathconf(n);
  } catch (e) {
    return path_error(e, p);
  } finally {
    p.free();
  }
}

function fpathconf(_m: PyObject, fd: PyObject, name: PyObject): PyObject {
  host().files.fstat(as_descriptor(fd));
  return do_pathconf(confname(name, PATHCONF_NAMES));
}

function confstr(_m: PyObject, name: PyObject): PyObject {
  const n = confname(name, CONFSTR_NAMES);
  if (n === CONFSTR_NAMES['CS_PATH']) return PyUnicode_FromString('/bin:/usr/bin');
  if (n === CONFSTR_NAMES['CS_GNU_LIBC_VERSION']) return PyUnicode_FromString('glibc 2.39');
  if (n === CONFSTR_NAMES['CS_GNU_LIBPTHREAD_VERSION']) return PyUnicode_FromString('NPTL 2.39');
  raise_errno(EINVAL);
}

export function names_dict(table: Readonly<Record<string, number>>): PyObject {
  const dict = PyDict_New();
  for (const key of Object.keys(table)) {
    const value = PyLong_FromLong(table[key]!);
    PyDict_SetItemString(dict, key, value);
    decref(value);
  }
  return dict;
}

/** There is no fork here, so that the functions are never called. */
function register_at_fork(
  _m: PyObject,
  before: PyObject | null,
  child: PyObject | null,
  parent: PyObject | null,
): PyObject {
  if (before === null && child === null && parent === null) {
    PyErr_SetString(PyExc_TypeError, 'At least one argument is required.');
  }
  const check = (o: PyObject | null, name: string): void => {
    if (o !== null && !PyCallable_Check(o))
      PyErr_SetString(PyExc_TypeError, `'${name}' must be callable, not ${o.ob_type.tp_name}`);
  };
  check(before, 'before');
  check(child, 'after_in_child');
  check(parent, 'after_in_parent');
  return none();
}

function not_there(): PyObject {
  return PyBool_FromLong(false);
}

export const process_methods: MethodSpec[] = [
  { name: 'putenv', flags: METH_CLINIC, meth: putenv, sig: '($module, name, value, /)' },
  { name: 'unsetenv', flags: METH_O, meth: unsetenv, sig: '($module, name, /)' },
  { name: '_create_environ', flags: METH_NOARGS, meth: _create_environ, sig: '($module, /)' },
  { name: 'getpid', flags: METH_NOARGS, meth: getpid, sig: '($module, /)' },
  { name: 'getppid', flags: METH_NOARGS, meth: getppid, sig: '($module, /)' },
  { name: 'getuid', flags: METH_NOARGS, meth: getuid, sig: '($module, /)' },
  { name: 'geteuid', flags: METH_NOARGS, meth: geteuid, sig: '($module, /)' },
  { name: 'getgid', flags: METH_NOARGS, meth: getgid, sig: '($module, /)' },
  { name: 'getegid', flags: METH_NOARGS, meth: getegid, sig: '($module, /)' },
  { name: '_exit', flags: METH_CLINIC, meth: _exit, sig: '($module, /, status)' },
  { name: 'abort', flags: METH_NOARGS, meth: abort, sig: '($module, /)' },
  { name: 'uname', flags: METH_NOARGS, meth: uname, sig: '($module, /)' },
  { name: 'times', flags: METH_NOARGS, meth: times, sig: '($module, /)' },
  { name: 'cpu_count', flags: METH_NOARGS, meth: cpu_count, sig: '($module, /)' },
  { name: 'getloadavg', flags: METH_NOARGS, meth: getloadavg, sig: '($module, /)' },
  { name: 'urandom', flags: METH_O, meth: urandom, sig: '($module, size, /)' },
  { name: 'getrandom', flags: METH_CLINIC, meth: getrandom, sig: '($module, /, size, flags=0)' },
  { name: 'strerror', flags: METH_O, meth: strerror, sig: '($module, code, /)' },
  { name: 'major', flags: METH_O, meth: major, sig: '($module, device, /)' },
  { name: 'minor', flags: METH_O, meth: minor, sig: '($module, device, /)' },
  { name: 'makedev', flags: METH_CLINIC, meth: makedev, sig: '($module, major, minor, /)' },
  { name: 'sysconf', flags: METH_O, meth: sysconf, sig: '($module, name, /)' },
  { name: 'pathconf', flags: METH_CLINIC, meth: pathconf, sig: '($module, /, path, name)' },
  { name: 'fpathconf', flags: METH_CLINIC, meth: fpathconf, sig: '($module, fd, name, /)' },
  { name: 'confstr', flags: METH_O, meth: confstr, sig: '($module, name, /)' },
  {
    name: 'register_at_fork',
    flags: METH_CLINIC,
    meth: register_at_fork,
    sig: '($module, /, *, before=<unrepresentable>,\n                 after_in_child=<unrepresentable>,\n                 after_in_parent=<unrepresentable>)',
  },
  { name: '_inputhook', flags: METH_NOARGS, meth: none, sig: '($module, /)' },
  { name: '_is_inputhook_installed', flags: METH_NOARGS, meth: not_there, sig: '($module, /)' },
];
