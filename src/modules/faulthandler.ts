// faulthandler.ts: tracebacks written straight to a descriptor.                          CPython: Modules/faulthandler.c
//
// Crashes that a signal handler would report do not happen here, unless a program asks for one; what remains is to show the
// stacks on request, at a time, or when a signal comes.

import { PyErr_SetString } from '../core/errors.ts';
import { FRAME_OWNED_BY_INTERPRETER, type InterpreterFrame } from '../core/frame.ts';
import { decref, type PyObject, xdecref, xnewref } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current, type PyThreadState } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs } from '../objects/call.ts';
import { PyLong_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Addr2Line } from '../objects/codeobject.ts';
import { PyExc_RuntimeError, PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { sys_attr } from '../objects/import_util.ts';
import { Py_None } from '../objects/object.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { type PyThread, scheduler, set_alarm } from '../vm/scheduler.ts';
import { handlers, is_default, signal_arg, signal_state, watch_signal } from './_signal.ts';
import { seconds_arg } from './_thread/lock.ts';
import { c_bool, c_int, host, none } from './args.ts';

const MAX_FRAMES = 100;
const MAX_THREADS = 100;
const MAX_TEXT = 500;
const MILLION = 1_000_000n;
const EINVAL = 22;
/** SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
const FATAL_SIGNALS = [4, 6, 7, 8, 11];
const [SIGABRT, SIGFPE, SIGSEGV] = [6, 8, 11];
const NO_C_STACK = "Current thread's C stack trace (most recent call first):\n  <cannot get C stack on this system>\n";
/** SIGKILL, SIGSTOP. */
const UNCATCHABLE = [9, 19];

/** What enable() was told: where to write (the file is owned), and whether the stacks of all threads. */
const state = { enabled: false, fd: -1, file: null as PyObject | null, all: true };

/** The descriptor to write to. CPython: Modules/faulthandler.c:faulthandler_get_fileno */
function descriptor(file: PyObject | null): number {
  if (file === null || file === Py_None) {
    file = sys_attr('stderr');
    if (file === null) PyErr_SetString(PyExc_RuntimeError, 'unable to get sys.stderr');
    if (file === Py_None) PyErr_SetString(PyExc_RuntimeError, 'sys.stderr is None');
  }
  if (PyLong_Check(file)) {
    const fd = c_int(file);
    if (fd < 0) PyErr_SetString(PyExc_ValueError, 'file is not a valid file descriptor');
    return fd;
  }
  const result = PyObject_CallMethodNoArgs(file, 'fileno');
  let fd = -1;
  if (PyLong_Check(result)) fd = c_int(result);
  decref(result);
  if (fd < 0) PyErr_SetString(PyExc_RuntimeError, 'file.fileno() is not a valid file descriptor');
  decref(PyObject_CallMethodNoArgs(file, 'flush'));
  return fd;
}

/** Text as a signal handler could write it: plain ASCII, and not too much of it. CPython: Python/traceback.c:_Py_DumpASCII */
function ascii(o: PyObject): string {
  const text = PyUnicode_AsString(o);
  const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
  let out = '';
  let count = 0;
  for (const c of text) {
    if (count++ === MAX_TEXT) return `${out}...`;
    const n = c.codePointAt(0)!;
    if (n >= 32 && n < 127) out += c;
    else out += n < 0x100 ? `\\x${hex(n, 2)}` : n < 0x10000 ? `\\u${hex(n, 4)}` : `\\U${hex(n, 8)}`;
  }
  return out;
}

/** The frames of a thread, innermost first. CPython: Python/traceback.c:dump_traceback */
function frames_text(tstate: PyThreadState): string {
  let out = '';
  let depth = 0;
  for (let f: InterpreterFrame | null = tstate.frame; f !== null; f = f.previous) {
    if (f.owner === FRAME_OWNED_BY_INTERPRETER) continue;
    if (depth++ >= MAX_FRAMES) return `${out}  ...\n`;
    const line = PyCode_Addr2Line(f.f_code, f.instr * 2);
    const co = f.f_code.v as CodePayload;
    out += `  File "${ascii(co.co_filename)}", line ${line < 0 ? '???' : line} in ${ascii(co.co_name)}\n`;
  }
  return depth === 0 ? '  <no Python frame>\n' : out;
}

/** The stacks of all threads, the youngest first. CPython: Python/traceback.c:_Py_DumpTracebackThreads */
function threads_text(running: PyThread | null): string {
  const threads = scheduler.threads.slice().reverse();
  const parts = threads.slice(0, MAX_THREADS).map(thread => {
    const name = thread.name.length > 0 ? ` [${String.fromCharCode(...thread.name)}]` : '';
    const id = thread.tstate.thread_id.toString(16).padStart(16, '0');
    const kind = thread === running ? 'Current thread' : 'Thread';
    return `${kind} 0x${id}${name} (most recent call first):\n${frames_text(thread.tstate)}`;
  });
  return parts.join('\n') + (threads.length > MAX_THREADS ? '\n...\n' : '');
}

function write(fd: number, text: string): void {
  const { files } = host();
  const bytes = Uint8Array.from(text, c => c.charCodeAt(0));
  for (let at = 0; at < bytes.length; ) at += files.write(fd, bytes.subarray(at));
}

function dump(fd: number, all: boolean): void {
  write(fd, all ? threads_text(scheduler.running) : `Stack (most recent call first):\n${frames_text(current.tstate)}`);
}

function dump_traceback(_m: PyObject, file: PyObject | null, all: PyObject | null): PyObject {
  dump(descriptor(file), c_bool(all, true));
  return none();
}

/** There is no C stack to show: what CPython writes where it cannot get one. CPython: Python/traceback.c:_Py_DumpStack */
function dump_c_stack(_m: PyObject, file: PyObject | null): PyObject {
  write(descriptor(file), NO_C_STACK);
  return none();
}

function enable(_m: PyObject, file: PyObject | null, all: PyObject | null): PyObject {
  const fd = descriptor(file);
  const given = file !== null && file !== Py_None;
  const old = state.file;
  Object.assign(state, { enabled: true, fd, file: xnewref(given ? file : sys_attr('stderr')), all: c_bool(all, true) });
  xdecref(old);
  return none();
}

function disable(): PyObject {
  const was = state.enabled;
  const { file } = state;
  Object.assign(state, { enabled: false, file: null });
  xdecref(file);
  return PyBool_FromLong(was);
}

/** Ends the process by a signal, as a crash does. CPython: Modules/faulthandler.c:faulthandler_fatal_error */
function crash(signal: number, name: string): never {
  if (state.enabled) {
    write(state.fd, `Fatal Python error: ${name}\n\n`);
    dump(state.fd, state.all);
    write(state.fd, `\n${NO_C_STACK}`);
  }
  host().watch_signal?.(signal, 'default');
  host().process.kill(host().process.pid, signal);
  return host().process.exit(128 + signal);
}

function sigsegv(): PyObject {
  return crash(SIGSEGV, 'Segmentation fault');
}

function sigabrt(): PyObject {
  return crash(SIGABRT, 'Aborted');
}

function sigfpe(): PyObject {
  return crash(SIGFPE, 'Floating-point exception');
}

function is_enabled(): PyObject {
  return PyBool_FromLong(state.enabled);
}

// --- later ------------------------------------------------------------------------------------------------------------------

/** CPython: Modules/faulthandler.c:format_timeout */
function timeout_text(us: bigint): string {
  const two = (n: bigint): string => n.toString().padStart(2, '0');
  const sec = us / MILLION;
  const rest = us % MILLION;
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(6, '0')}`;
  return `Timeout (${sec / 3600n}:${two((sec / 60n) % 60n)}:${two(sec % 60n)}${fraction})!\n`;
}

/** The file (owned) that keeps the descriptor open. */
const later = { file: null as PyObject | null };

function cancel_later(): PyObject {
  set_alarm(0, null);
  const { file } = later;
  later.file = null;
  xdecref(file);
  return none();
}

/**
 * The scheduler's clock watches: a native that computes without end is not interrupted by it.
 * CPython: Modules/faulthandler.c:faulthandler_dump_traceback_later
 */
function dump_traceback_later(
  _m: PyObject,
  timeout: PyObject,
  repeat: PyObject | null,
  file: PyObject | null,
  exit: PyObject | null,
): PyObject {
  const us = (seconds_arg(timeout) + 999n) / 1000n;
  if (us <= 0n) PyErr_SetString(PyExc_ValueError, 'timeout must be greater than 0');
  const again = c_bool(repeat, false);
  const ends = c_bool(exit, false);
  const fd = descriptor(file);
  decref(cancel_later());
  later.file = xnewref(file);
  const ns = Number(us) * 1000;
  const ring = (): void => {
    write(fd, timeout_text(us) + threads_text(null));
    if (ends) host().process.exit(1);
    if (again) set_alarm(ns, ring);
  };
  set_alarm(ns, ring);
  return none();
}

// --- on a signal --------------------------------------------------------------------------------------------------------------

/** Files (owned) that registered signals write to. */
const registered: Map<number, PyObject | null> = new Map();

/** CPython: Modules/faulthandler.c:check_signum */
function user_signal(o: PyObject): number {
  const n = c_int(o);
  if (FATAL_SIGNALS.includes(n))
    PyErr_SetString(PyExc_RuntimeError, `signal ${n} cannot be registered, use enable() instead`);
  return signal_arg(o);
}

/** CPython: Modules/faulthandler.c:faulthandler_register_py */
function register(
  _m: PyObject,
  signum: PyObject,
  file: PyObject | null,
  all: PyObject | null,
  chain: PyObject | null,
): PyObject {
  const n = user_signal(signum);
  if (UNCATCHABLE.includes(n)) raise_errno(EINVAL);
  const fd = descriptor(file);
  const all_threads = c_bool(all, true);
  const chains = c_bool(chain, false);
  drop(n);
  registered.set(n, xnewref(file));
  signal_state.taps.set(n, signal => {
    dump(fd, all_threads);
    if (chains && is_default(handlers[signal] ?? null)) {
      host().watch_signal?.(signal, 'default');
      host().process.kill(host().process.pid, signal);
      watch_signal(signal);
    }
    return chains;
  });
  watch_signal(n);
  return none();
}

function drop(n: number): boolean {
  const file = registered.get(n);
  if (file === undefined) return false;
  registered.delete(n);
  signal_state.taps.delete(n);
  xdecref(file);
  return true;
}

function unregister(_m: PyObject, signum: PyObject): PyObject {
  const n = user_signal(signum);
  const was = drop(n);
  if (was) watch_signal(n);
  return PyBool_FromLong(was);
}

export const module: ModuleSpec = {
  name: 'faulthandler',
  one_interpreter: true,
  doc: 'Shows the stack.',
  methods: [
    { name: 'enable', flags: METH_CLINIC, meth: enable, sig: '($module, /, file=sys.stderr, all_threads=True)' },
    { name: 'disable', flags: METH_NOARGS, meth: disable, sig: '($module, /)' },
    { name: '_sigsegv', flags: METH_CLINIC, meth: sigsegv, sig: '($module, release_gil=False, /)' },
    { name: '_sigabrt', flags: METH_NOARGS, meth: sigabrt, sig: '($module, /)' },
    { name: '_sigfpe', flags: METH_NOARGS, meth: sigfpe, sig: '($module, /)' },
    { name: 'is_enabled', flags: METH_NOARGS, meth: is_enabled, sig: '($module, /)' },
    {
      name: 'dump_traceback',
      flags: METH_CLINIC,
      meth: dump_traceback,
      sig: '($module, /, file=sys.stderr, all_threads=True)',
    },
    { name: 'dump_c_stack', flags: METH_CLINIC, meth: dump_c_stack, sig: '($module, /, file=sys.stderr)' },
    {
      name: 'dump_traceback_later',
      flags: METH_CLINIC,
      meth: dump_traceback_later,
      sig: '($module, /, timeout, repeat=False, file=sys.stderr, exit=False)',
    },
    { name: 'cancel_dump_traceback_later', flags: METH_NOARGS, meth: cancel_later, sig: '($module, /)' },
    {
      name: 'register',
      flags: METH_CLINIC,
      meth: register,
      sig: '($module, /, signum, file=sys.stderr, all_threads=True, chain=False)',
    },
    { name: 'unregister', flags: METH_O, meth: unregister, sig: '($module, signum, /)' },
  ],
};
