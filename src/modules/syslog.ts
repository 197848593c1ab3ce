// syslog.ts: messages for the system's log.                                          CPython: Modules/syslogmodule.c, syslog(3)

import { PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { is_main_interpreter } from '../core/tstate.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyList_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { sys_attr } from '../objects/import_util.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { encode_utf8, PyUnicode_AsString, utf8_from_js } from '../objects/unicodeobject.ts';
import { c_int, host, none, type_name } from './args.ts';

const LOG_INFO = 6;
const LOG_USER = 8;
const LOG_PID = 0x01;
const LOG_PERROR = 0x20;

const CONSTANTS = {
  LOG_EMERG: 0,
  LOG_ALERT: 1,
  LOG_CRIT: 2,
  LOG_ERR: 3,
  LOG_WARNING: 4,
  LOG_NOTICE: 5,
  LOG_INFO,
  LOG_DEBUG: 7,
  LOG_PID,
  LOG_CONS: 0x02,
  LOG_NDELAY: 0x08,
  LOG_ODELAY: 0x04,
  LOG_NOWAIT: 0x10,
  LOG_PERROR,
  LOG_KERN: 0,
  LOG_USER,
  LOG_MAIL: 2 << 3,
  LOG_DAEMON: 3 << 3,
  LOG_AUTH: 4 << 3,
  LOG_LPR: 6 << 3,
  LOG_LOCAL0: 16 << 3,
  LOG_LOCAL1: 17 << 3,
  LOG_LOCAL2: 18 << 3,
  LOG_LOCAL3: 19 << 3,
  LOG_LOCAL4: 20 << 3,
  LOG_LOCAL5: 21 << 3,
  LOG_LOCAL6: 22 << 3,
  LOG_LOCAL7: 23 << 3,
  LOG_SYSLOG: 5 << 3,
  LOG_CRON: 9 << 3,
  LOG_UUCP: 8 << 3,
  LOG_NEWS: 7 << 3,
  LOG_AUTHPRIV: 10 << 3,
  LOG_FTP: 11 << 3,
};

/** What openlog() and setlogmask() have set. */
const log = {
  open: false,
  ident: null as string | null,
  options: 0,
  facility: LOG_USER,
  mask: 0xff,
};

/** The name of the program: what stands behind the last slash of sys.argv[0], or null. CPython: syslog_get_argv */
function program_name(): string | null {
  const argv = sys_attr('argv');
  if (argv === null || !PyList_Check(argv)) return null;
  const first = argv.v[0];
  if (first === undefined || !PyUnicode_Check(first)) return null;
  const path = PyUnicode_AsString(first);
  return path.slice(path.lastIndexOf('/') + 1) || null;
}

/** The log is the process's: other interpreters only write to it. CPython: is_main_interpreter */
function refuse_elsewhere(what: string): void {
  if (!is_main_interpreter()) PyErr_SetString(PyExc_RuntimeError, `subinterpreter can't use syslog.${what}`);
}

// CPython: syslog_openlog_impl
function open_log(ident: string | null, options: number, facility: number): void {
  ident ??= program_name();
  PySys_Audit('syslog.openlog', ident, options, facility);
  log.open = true;
  log.ident = ident;
  log.options = options;
  log.facility = facility;
}

function syslog_openlog(
  _module: PyObject,
  ident: PyObject | null,
  options: PyObject | null,
  facility: PyObject | null,
): PyObject {
  refuse_elsewhere('openlog()');
  let name: string | null = null;
  if (ident !== null) {
    if (!PyUnicode_Check(ident)) {
      PyErr_SetString(PyExc_TypeError, `openlog() argument 'ident' must be str, not ${type_name(ident)}`);
    }
    // Refuses lone surrogates.
    encode_utf8(ident);
    name = PyUnicode_AsString(ident);
  }
  open_log(name, options === null ? 0 : c_int(options), facility === null ? LOG_USER : c_int(facility));
  return none();
}

// CPython: syslog_syslog_impl, syslog(3)
function syslog_syslog(_module: PyObject, args: PyObject): PyObject {
  const given = args.v as PyObject[];
  if (given.length < 1 || given.length > 2) PyErr_SetString(PyExc_TypeError, 'syslog.syslog requires 1 to 2 arguments');
  let priority = given.length === 2 ? c_int(given[0]!) : LOG_INFO;
  const text = given.at(-1)!;
  if (!PyUnicode_Check(text)) {
    PyErr_SetString(PyExc_TypeError, `syslog() argument ${given.length} must be str, not ${type_name(text)}`);
  }
  if (encode_utf8(text).includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  const message = PyUnicode_AsString(text);
  PySys_Audit('syslog.syslog', priority, message);
  if (!log.open) {
    refuse_elsewhere('syslog() until the syslog is opened by the main interpreter');
    open_log(null, 0, LOG_USER);
  }
  if ((log.mask & (1 << (priority & 7))) === 0) return none();
  if (priority >> 3 === 0) priority |= log.facility;
  const { files, process } = host();
  const tag = log.ident ?? 'python';
  const pid = (log.options & LOG_PID) !== 0 ? process.pid : null;
  if ((log.options & LOG_PERROR) !== 0) {
    const end = message.endsWith('\n') ? '' : '\n';
    files.write(2, utf8_from_js(`${tag}${pid === null ? '' : `[${pid}]`}: ${message}${end}`));
  }
  try {
    process.log?.(priority & 0x3ff, tag, pid, message);
  } catch (e) {
    if (e instanceof HostError) raise_errno(e.errno);
    throw e;
  }
  return none();
}

function syslog_closelog(): PyObject {
  refuse_elsewhere('closelog()');
  PySys_Audit('syslog.closelog');
  log.open = false;
  log.ident = null;
  log.options = 0;
  log.facility = LOG_USER;
  return none();
}

function syslog_setlogmask(_module: PyObject, mask_arg: PyObject): PyObject {
  const mask = c_int(mask_arg);
  PySys_Audit('syslog.setlogmask', mask);
  const old = log.mask;
  if (mask !== 0) log.mask = mask;
  return PyLong_FromLong(old);
}

function log_mask(_module: PyObject, priority: PyObject): PyObject {
  return PyLong_FromLong(1 << c_int(priority));
}

function log_upto(_module: PyObject, priority: PyObject): PyObject {
  return PyLong_FromLong((1 << (c_int(priority) + 1)) - 1);
}

export const module: ModuleSpec = {
  name: 'syslog',
  methods: [
    {
      name: 'openlog',
      flags: METH_CLINIC,
      meth: syslog_openlog,
      sig: '($module, /, ident=<unrepresentable>, logoption=0,\n        facility=LOG_USER)',
      doc: 'Sets the name, the options and the facility of the messages that follow.',
    },
    {
      name: 'closelog',
      flags: METH_NOARGS,
      meth: syslog_closelog,
      sig: '($module, /)',
      doc: 'Forgets what openlog() has set.',
    },
    {
      name: 'syslog',
      flags: METH_VARARGS,
      meth: syslog_syslog,
      doc: 'syslog([priority=LOG_INFO,] message)\nSends a message to the log.',
    },
    {
      name: 'setlogmask',
      flags: METH_O,
      meth: syslog_setlogmask,
      sig: '($module, maskpri, /)',
      doc: 'Sets which priorities are logged; gives the mask before.',
    },
    { name: 'LOG_MASK', flags: METH_O, meth: log_mask, sig: '($module, pri, /)', doc: 'The mask of one priority.' },
    {
      name: 'LOG_UPTO',
      flags: METH_O,
      meth: log_upto,
      sig: '($module, pri, /)',
      doc: 'The mask of a priority and all that are more urgent.',
    },
  ],
  exec(m) {
    for (const [name, value] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, value);
  },
};
