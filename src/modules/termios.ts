// termios.ts: terminals' attributes.                                                   CPython: Modules/termios.c
//
// The host reads and sets them. What it cannot do (tcflush() and its like) raises NotImplementedError.

import { errno_number, strerror } from '../core/errno.ts';
import { PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import { HostError, type HostTerminals } from '../core/host.ts';
import { decref, type PyObject } from '../core/object.ts';
import { exception_spec, METH_CLINIC, METH_O, type ModuleSpec, module_type } from '../core/spec.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyBytes_Check, PyList_Check, PyLong_Check } from '../objects/checks.ts';
import { PyExc_Exception, PyExc_NotImplementedError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_int, host, none } from './args.ts';
import { as_descriptor } from './select/waiting.ts';
import { TERMIOS_CONSTANTS } from './termios/constants.ts';

const { CBAUD, ICANON, NCCS, TCSAFLUSH, TCSANOW, VMIN, VTIME } = TERMIOS_CONSTANTS as Record<string, number>;
/** Speeds by their code in cflag; from CBAUDEX on the second row. */
const SPEEDS = [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];
// biome-ignore format: a dense table
const FAST_SPEEDS = [
  0, 57600, 115200, 230400, 460800, 500000, 576000, 921600,
  1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000,
];
const CBAUDEX = 0x1000;

const error_type = module_type(
  'termios',
  exception_spec('termios.error', () => PyExc_Exception),
);

function raise(errno: number): never {
  const value = PyTuple_FromArraySteal([PyLong_FromLong(errno), PyUnicode_FromString(strerror(errno))]);
  try {
    return PyErr_SetObject(error_type, value);
  } finally {
    decref(value);
  }
}

/** Asks the host; its failures become termios.error. */
function ask<T>(fd: number, f: (terminals: HostTerminals) => T): T {
  const { files, terminals } = host();
  try {
    files.fstat(fd);
    if (!files.isatty(fd)) raise(errno_number('ENOTTY'));
    if (terminals === undefined) raise(errno_number('ENOSYS'));
    return f(terminals);
  } catch (e) {
    if (e instanceof HostError) raise(e.errno);
    throw e;
  }
}

function speed(cflag: number): PyObject {
  const table = (cflag & CBAUDEX) === 0 ? SPEEDS : FAST_SPEEDS;
  return PyLong_FromLong(table[cflag & CBAUD! & 15]!);
}

/** CPython: termios_tcgetattr_impl */
function tcgetattr(_m: PyObject, fd: PyObject): PyObject {
  const { iflag, oflag, cflag, lflag, cc } = ask(as_descriptor(fd), t => t.get(as_descriptor(fd)));
  const chars = Array.from({ length: NCCS! }, (_, i) => {
    // Without lines to edit two of them are numbers.
    if ((lflag & ICANON!) === 0 && (i === VMIN || i === VTIME)) return PyLong_FromLong(cc[i] ?? 0);
    return PyBytes_FromUint8Array(Uint8Array.of(cc[i] ?? 0));
  });
  const flags = [iflag, oflag, cflag, lflag].map(PyLong_FromLong);
  return PyList_FromArraySteal([...flags, speed(cflag), speed(cflag), PyList_FromArraySteal(chars)]);
}

/** The code in cflag for a speed. */
function speed_code(o: PyObject): number {
  const baud = c_int(o);
  const slow = SPEEDS.indexOf(baud);
  if (slow >= 0) return slow;
  const fast = FAST_SPEEDS.indexOf(baud);
  if (fast < 0) raise(errno_number('EINVAL'));
  return CBAUDEX | fast;
}

function control_character(o: PyObject): number {
  if (PyBytes_Check(o)) {
    const bytes = o.v as Uint8Array;
    if (bytes.length === 1) return bytes[0]!;
  }
  if (PyLong_Check(o)) return c_int(o) & 255;
  return PyErr_SetString(PyExc_TypeError, 'tcsetattr: elements of attributes must be characters or integers');
}

/** CPython: termios_tcsetattr_impl */
function tcsetattr(_m: PyObject, fd: PyObject, when: PyObject, attributes: PyObject): PyObject {
  const number = as_descriptor(fd);
  const action = c_int(when);
  if (!PyList_Check(attributes) || attributes.v.length !== 7)
    PyErr_SetString(PyExc_TypeError, 'tcsetattr, arg 3: must be 7 element list');
  const items = attributes.v as PyObject[];
  ask(number, terminals => {
    if (action < TCSANOW! || action > TCSAFLUSH!) raise(errno_number('EINVAL'));
    const [iflag, oflag, cflag, lflag] = items.slice(0, 4).map(o => Number(BigInt.asUintN(32, PyLong_AsBigInt(o))));
    const chars = items[6]!;
    if (!PyList_Check(chars) || chars.v.length !== NCCS) {
      const text = `tcsetattr: attributes[6] must be ${NCCS} element list`;
      PyErr_SetString(PyExc_TypeError, text);
    }
    const with_speed = ((cflag! & ~CBAUD!) | speed_code(items[5]!)) >>> 0;
    const cc = (chars.v as PyObject[]).map(control_character);
    terminals.set(number, action, { iflag: iflag!, oflag: oflag!, cflag: with_speed, lflag: lflag!, cc });
  });
  return none();
}

function tcgetwinsize(_m: PyObject, fd: PyObject): PyObject {
  const [rows, columns] = ask(as_descriptor(fd), t => t.get_size(as_descriptor(fd)));
  return PyTuple_FromArraySteal([PyLong_FromLong(rows), PyLong_FromLong(columns)]);
}

function tcsetwinsize(_m: PyObject, fd: PyObject, size: PyObject): PyObject {
  const number = as_descriptor(fd);
  const message = 'tcsetwinsize, arg 2: must be a two-item sequence';
  const pair = PySequence_Fast(size, message);
  try {
    const items = PySequence_Fast_ITEMS(pair);
    if (items.length !== 2) PyErr_SetString(PyExc_TypeError, message);
    const [rows, columns] = items.map(o => c_int(o) & 0xffff);
    ask(number, t => t.set_size(number, rows!, columns!));
  } finally {
    decref(pair);
  }
  return none();
}

/** What no host can do so far. */
function missing(name: string) {
  return (_m: PyObject, fd: PyObject): PyObject => {
    ask(as_descriptor(fd), () => PyErr_SetString(PyExc_NotImplementedError, `termios.${name}() is not possible here`));
    return none();
  };
}

export const module: ModuleSpec = {
  name: 'termios',
  doc: 'The attributes of terminals.',
  types: () => [error_type],
  methods: [
    { name: 'tcgetattr', flags: METH_O, meth: tcgetattr, sig: '($module, fd, /)' },
    { name: 'tcsetattr', flags: METH_CLINIC, meth: tcsetattr, sig: '($module, fd, when, attributes, /)' },
    { name: 'tcgetwinsize', flags: METH_O, meth: tcgetwinsize, sig: '($module, fd, /)' },
    { name: 'tcsetwinsize', flags: METH_CLINIC, meth: tcsetwinsize, sig: '($module, fd, winsize, /)' },
    { name: 'tcdrain', flags: METH_O, meth: missing('tcdrain'), sig: '($module, fd, /)' },
    { name: 'tcsendbreak', flags: METH_CLINIC, meth: missing('tcsendbreak'), sig: '($module, fd, duration, /)' },
    { name: 'tcflush', flags: METH_CLINIC, meth: missing('tcflush'), sig: '($module, fd, queue, /)' },
    { name: 'tcflow', flags: METH_CLINIC, meth: missing('tcflow'), sig: '($module, fd, action, /)' },
  ],
  exec: m => {
    for (const [name, value] of Object.entries(TERMIOS_CONSTANTS)) PyModule_AddIntConstant(m, name, value);
  },
};
