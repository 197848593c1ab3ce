// pythonrun.ts: running programs and showing what they leave unhandled.               CPython: Python/pythonrun.c, Modules/main.c
//
// Enter through: run_main (a whole run of the interpreter), PyRun_SimpleString, InteractiveSession (one prompt's worth at a time).

import { errno_number, strerror } from '../core/errno.ts';
import { as_raised, PyErr_Clear, Raised } from '../core/errors.ts';
import { S_IFDIR, S_IFMT, S_IFREG } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { read_fd } from '../modules/blocking.ts';
import {
  compile_interactive,
  compile_source,
  PyCF_ALLOW_INCOMPLETE_INPUT,
  PyCF_DONT_IMPLY_DEDENT,
  PyCF_MASK,
  run_compiled,
} from '../modules/builtins/compile.ts';
import { marshal_loads } from '../modules/marshal.ts';
import { PyErr_DisplayException } from '../modules/sys/display.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyObject_CallMethod, PyObject_Vectorcall } from '../objects/call.ts';
import { PyList_Check, PyLong_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Check } from '../objects/codeobject.ts';
import { PyDict_DelItemString, PyDict_GetItemString, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyFile_WriteString } from '../objects/errors_util.ts';
import {
  exc_data,
  PyExc_IncompleteInputError,
  PyExc_KeyboardInterrupt,
  PyExc_RuntimeError,
  PyExc_SyntaxError,
  PyExc_SystemExit,
  SystemExit_code,
} from '../objects/exceptions.ts';
import { PyImport_ImportModule, PyImport_ImportModuleAttr, sys_attr } from '../objects/import_util.ts';
import { PyList_Insert } from '../objects/listobject.ts';
import { PyLong_AsBigInt } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetAttrString, repr_string, str_string } from '../objects/object.ts';
import {
  PyUnicode_AsString,
  PyUnicode_AsUTF8String,
  PyUnicode_DecodeFSDefault,
  PyUnicode_FromString,
} from '../objects/unicodeobject.ts';
import { breakerHooks } from '../vm/breaker.ts';
import { PyEval_EvalCode } from '../vm/eval.ts';
import type { Command } from './config.ts';
import { use_prepared } from './prepared.ts';
import { warm_up_later } from './warm_up.ts';

/** How a run ends: an exit status, or death by the signal of an unhandled KeyboardInterrupt. */
export interface RunResult {
  status: number;
  interrupted: boolean;
}

const encoder = new TextEncoder();

/** Writes to a stream of sys; errors there are nobody's business. */
function write_stream(name: 'stderr' | 'stdout', text: string): void {
  const file = sys_attr(name);
  try {
    if (file === null || file === Py_None)
      current.tstate.interp.host.files.write(name === 'stderr' ? 2 : 1, encoder.encode(text));
    else PyFile_WriteString(text, file);
  } catch (e) {
    if (e instanceof Raised) PyErr_Clear(e);
    else if (!(e instanceof HostError)) throw e;
  }
}

function flush(name: 'stderr' | 'stdout'): void {
  const file = sys_attr(name);
  if (file === null || file === Py_None) return;
  try {
    decref(PyObject_CallMethod(file, 'flush'));
  } catch (e) {
    PyErr_Clear(as_raised(e));
  }
}

// --- errors nobody handled ---------------------------------------------------------------------------------------------

/** Whether a SystemExit ends the program: not when the prompt is to follow. */
function exits(exc: PyObject): boolean {
  if (current.tstate.interp.config.inspect !== 0) return false;
  return exc.ob_type === PyExc_SystemExit || is_instance(exc, PyExc_SystemExit);
}

function is_instance(exc: PyObject, type: PyObject): boolean {
  return (exc.ob_type.tp_mro as PyObject<PyObject[]>).v.includes(type);
}

/** The status that a SystemExit asks for; anything but a number is printed. CPython: _Py_HandleSystemExitAndKeyboardInterrupt */
function exit_status(exc: PyObject): number {
  flush('stdout');
  let code = newref(SystemExit_code(exc));
  try {
    if (!is_instance(code, PyExc_SystemExit) && code !== Py_None && !PyLong_Check(code)) {
      flush('stderr');
      let text: string;
      try {
        text = str_string(code);
      } catch (e) {
        PyErr_Clear(as_raised(e));
        text = '';
      }
      write_stream('stderr', text);
      write_stream('stderr', '\n');
      return 1;
    }
    if (code === Py_None) return 0;
    const n = PyLong_AsBigInt(code);
    return n >= -(1n << 63n) && n < 1n << 63n ? Number(BigInt.asUintN(8, n)) : 255;
  } finally {
    decref(code);
    code = Py_None;
  }
}

/** Shows an error through sys.excepthook. Takes the exception over. An exit asked for by the hook is its result.
 *  CPython: _PyErr_PrintEx */
export function PyErr_PrintEx(error: unknown, set_last = true): RunResult | null {
  const { exc } = as_raised(error);
  try {
    if (exits(exc)) return { status: exit_status(exc), interrupted: false };
    const tb = exc_data(exc).traceback;
    const dict = current.tstate.interp.sysdict!;
    if (set_last) {
      PyDict_SetItemString(dict, 'last_exc', exc);
      PyDict_SetItemString(dict, 'last_type', exc.ob_type);
      PyDict_SetItemString(dict, 'last_value', exc);
      PyDict_SetItemString(dict, 'last_traceback', tb ?? Py_None);
    }
    const hook = sys_attr('excepthook');
    if (hook === null) {
      write_stream('stderr', 'sys.excepthook is missing\n');
      PyErr_DisplayException(exc);
      return null;
    }
    newref(hook);
    try {
      PySys_Audit('sys.excepthook', hook, exc.ob_type, exc, tb ?? Py_None);
      decref(PyObject_Vectorcall(hook, [exc.ob_type, exc, exc_data(exc).traceback ?? Py_None], null));
    } catch (e) {
      const second = as_raised(e);
      try {
        if (exits(second.exc)) return { status: exit_status(second.exc), interrupted: false };
        // An audit hook refuses by raising a RuntimeError.
        if (second.exc.ob_type === PyExc_RuntimeError && exc_data(second.exc).traceback === null) return null;
        flush('stdout');
        write_stream('stderr', 'Error in sys.excepthook:\n');
        PyErr_DisplayException(second.exc);
        write_stream('stderr', '\nOriginal exception was:\n');
        PyErr_DisplayException(exc);
      } finally {
        decref(second.exc);
      }
    } finally {
      decref(hook);
    }
    return null;
  } finally {
    decref(exc);
  }
}

/** What an error that ends the program makes of its exit status. Takes the exception over. */
function end_with_error(error: unknown): RunResult {
  const raised = as_raised(error);
  const interrupted = is_instance(raised.exc, PyExc_KeyboardInterrupt);
  const asked = PyErr_PrintEx(raised);
  flush('stderr');
  return asked ?? { status: 1, interrupted };
}

// --- running -----------------------------------------------------------------------------------------------------------

/** Borrowed dict of `__main__`. */
function main_dict(): PyObject {
  return PyModule_GetDict(PyDict_GetItemString(current.tstate.interp.modules!, '__main__')!);
}

/** Tells linecache the source of code that no file holds, so that tracebacks show its lines. */
function register_source(code: PyObject, source: string, filename: string): void {
  const text = PyUnicode_FromString(source);
  const name = PyUnicode_FromString(filename);
  try {
    use_prepared('linecache');
    const register = PyImport_ImportModuleAttr('linecache', '_register_code');
    try {
      decref(PyObject_Vectorcall(register, [code, text, name], null));
    } finally {
      decref(register);
    }
  } catch (e) {
    PyErr_Clear(as_raised(e));
  } finally {
    decref(name);
    decref(text);
  }
}

/** Runs code in `__main__`. */
function run_code(code: PyObject): void {
  const dict = main_dict();
  decref(run_compiled(code, dict, dict));
}

/** Removes the indentation that all lines share; lines of blanks count as empty. CPython: _PyUnicode_Dedent */
export function dedent(source: string): string {
  const lines = source.split('\n');
  let common: string | null = null;
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent.length === line.length) continue;
    if (common === null) common = indent;
    else {
      let n = 0;
      while (n < common.length && n < indent.length && common[n] === indent[n]) n++;
      common = common.slice(0, n);
    }
  }
  if (common === null || common === '') return source;
  const cut = common.length;
  return lines.map(line => (/^[ \t]*$/.test(line) ? '' : line.slice(cut))).join('\n');
}

/** Runs the argument of -c. CPython: pymain_run_command */
function run_string(source: string): void {
  const arg = PyUnicode_FromString(source);
  try {
    PySys_Audit('cpython.run_command', arg);
    try {
      decref(PyUnicode_AsUTF8String(arg));
    } catch (e) {
      write_stderr('Unable to decode the command from the command line:\n');
      throw e;
    }
  } finally {
    decref(arg);
  }
  const text = dedent(source);
  const code = compile_source(text, '<string>', 'exec', 0, -1);
  try {
    // The loops of linecache are not the program's.
    const { first_loop } = breakerHooks;
    breakerHooks.first_loop = null;
    register_source(code, text, '<string>');
    breakerHooks.first_loop = first_loop;
    run_code(code);
  } finally {
    decref(code);
  }
}

/** Runs a string in `__main__`; errors are shown. True if there were none. CPython: PyRun_SimpleString */
export function PyRun_SimpleString(source: string): boolean {
  try {
    const code = compile_source(source, '<string>', 'exec', 0, -1);
    try {
      run_code(code);
    } finally {
      decref(code);
    }
    return true;
  } catch (e) {
    PyErr_PrintEx(e);
    return false;
  }
}

function set_main_loader(dict: PyObject, filename: PyObject, loader_name: string): void {
  const external = PyObject_GetAttrString(current.tstate.interp.importlib!, '_bootstrap_external');
  const loader_type = PyObject_GetAttrString(external, loader_name);
  decref(external);
  const name = PyUnicode_FromString('__main__');
  try {
    const loader = PyObject_Vectorcall(loader_type, [name, filename], null);
    PyDict_SetItemString(dict, '__loader__', loader);
    decref(loader);
  } finally {
    decref(name);
    decref(loader_type);
  }
}

/** Runs the contents of a file in `__main__`. CPython: _PyRun_SimpleFile, pyrun_simple_file */
function run_source(bytes: Uint8Array, filename: string): void {
  const dict = main_dict();
  const name = PyUnicode_FromString(filename);
  const set_file = PyDict_GetItemString(dict, '__file__') === null;
  if (set_file) {
    PyDict_SetItemString(dict, '__file__', name);
    PyDict_SetItemString(dict, '__cached__', Py_None);
  }
  let code: PyObject | null = null;
  try {
    if (filename.endsWith('.pyc')) {
      set_main_loader(dict, name, 'SourcelessFileLoader');
      code = code_of_pyc(bytes);
    } else {
      if (filename !== '<stdin>') set_main_loader(dict, name, 'SourceFileLoader');
      code = compile_source(bytes, filename, 'exec', 0, -1, -1, name, true);
    }
    run_code(code);
  } finally {
    if (code !== null) decref(code);
    decref(name);
  }
  if (set_file) {
    for (const attribute of ['__file__', '__cached__']) {
      if (PyDict_GetItemString(dict, attribute) !== null) PyDict_DelItemString(dict, attribute);
    }
  }
}

/** CPython: run_pyc_file */
function code_of_pyc(bytes: Uint8Array): PyObject {
  const util = PyImport_ImportModule('importlib.util');
  try {
    const magic = PyObject_GetAttrString(util, 'MAGIC_NUMBER');
    const known = (magic.v as Uint8Array).every((byte, i) => bytes[i] === byte);
    decref(magic);
    if (!known) throw new Raised(runtime_error('Bad magic number in .pyc file'));
  } finally {
    decref(util);
  }
  const value = marshal_loads(bytes.subarray(16));
  if (PyCode_Check(value)) return value;
  decref(value);
  throw new Raised(runtime_error('Bad code object in .pyc file'));
}

function runtime_error(message: string): PyObject {
  const text = PyUnicode_FromString(message);
  const exc = PyObject_Vectorcall(PyExc_RuntimeError, [text], null);
  decref(text);
  return exc;
}

/** Runs a module as a program. CPython: pymain_run_module */
function run_module(name: string, set_argv0: boolean): void {
  const module_name = PyUnicode_FromString(name);
  try {
    PySys_Audit('cpython.run_module', module_name);
    const run = PyImport_ImportModuleAttr('runpy', '_run_module_as_main');
    try {
      decref(PyObject_Vectorcall(run, [module_name, set_argv0 ? Py_True : Py_False], null));
    } finally {
      decref(run);
    }
  } finally {
    decref(module_name);
  }
}

function read_all(fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const buffer = new Uint8Array(65536);
    const n = read_fd(fd, buffer);
    if (n === 0) break;
    parts.push(buffer.subarray(0, n));
    total += n;
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The absolute form of the path of the program. */
function absolute(path: string): string {
  if (path.startsWith('/')) return path;
  const cwd = PyUnicode_DecodeFSDefault(current.tstate.interp.host.process.cwd());
  const text = PyUnicode_AsString(cwd);
  decref(cwd);
  return `${text}/${path}`;
}

/** Runs a program file. CPython: pymain_run_file */
function run_file(path: string, skip_first_line: boolean): RunResult | null {
  const { host, config } = current.tstate.interp;
  const filename = absolute(path);
  let bytes: Uint8Array;
  try {
    const fd = host.files.open(encoder.encode(filename), 0, 0);
    try {
      const is_dir = (host.files.fstat(fd).mode & S_IFMT) === S_IFDIR;
      if (is_dir) {
        write_stream('stderr', `${config.executable}: '${path}' is a directory, cannot continue\n`);
        return { status: 1, interrupted: false };
      }
      bytes = read_all(fd);
    } finally {
      host.files.close(fd);
    }
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    const name = PyUnicode_FromString(path);
    write_stream(
      'stderr',
      `${config.executable}: can't open file ${repr_string(name)}: [Errno ${e.errno}] ${strerror(e.errno)}\n`,
    );
    decref(name);
    return { status: 2, interrupted: false };
  }
  if (skip_first_line) {
    // The newline stays, so that lines keep their numbers.
    const end = bytes.indexOf(10);
    bytes = end < 0 ? new Uint8Array(0) : bytes.subarray(end);
  }
  const name = PyUnicode_FromString(path);
  try {
    PySys_Audit('cpython.run_file', name);
  } finally {
    decref(name);
  }
  run_source(bytes, filename);
  return null;
}

/** Puts the program's folder in front of sys.path. */
function prepend_path(item: string): void {
  const path = sys_attr('path');
  if (path === null || !PyList_Check(path)) return;
  current.tstate.interp.sys_path_0 = item;
  const text = PyUnicode_FromString(item);
  PyList_Insert(path, 0, text);
  decref(text);
}

/** What goes in front of sys.path: the folder of the program, without symbolic links; null for nothing.
 *  CPython: Python/pathconfig.c:_PyPathConfig_ComputeSysPath0 */
function sys_path0(command: Command): string | null {
  const { host } = current.tstate.interp;
  const text_of = (bytes: Uint8Array): string => {
    const o = PyUnicode_DecodeFSDefault(bytes);
    const text = PyUnicode_AsString(o);
    decref(o);
    return text;
  };
  switch (command.kind) {
    case 'module':
      try {
        return text_of(host.process.cwd());
      } catch {
        return null;
      }
    case 'file': {
      let path = command.path;
      try {
        path = text_of(host.files.realpath(encoder.encode(path)));
      } catch {
        // as it stands
      }
      const slash = path.lastIndexOf('/');
      return slash < 0 ? '' : path.slice(0, Math.max(slash, 1));
    }
    default:
      return '';
  }
}

/** Whether some path hook takes the path: a folder or a zip file that holds a program. CPython: pymain_get_importer */
function has_importer(path: string): boolean {
  const text = PyUnicode_FromString(path);
  try {
    const get = PyImport_ImportModuleAttr('pkgutil', 'get_importer');
    try {
      const importer = PyObject_Vectorcall(get, [text], null);
      const found = importer !== Py_None;
      decref(importer);
      return found;
    } finally {
      decref(get);
    }
  } finally {
    decref(text);
  }
}

/** Only what is no plain source file can have an importer: spares most programs the question. */
function may_have_importer(path: string): boolean {
  const { host } = current.tstate.interp;
  try {
    const stat = host.files.stat(encoder.encode(path));
    if ((stat.mode & S_IFMT) === S_IFDIR) return true;
    if ((stat.mode & S_IFMT) !== S_IFREG || stat.size < 22) return false;
    const fd = host.files.open(encoder.encode(path), 0, 0);
    try {
      // A zip file ends with its directory, which starts with these bytes; a comment may follow.
      const tail = new Uint8Array(Math.min(stat.size, 65557));
      host.files.lseek(fd, stat.size - tail.length, 0);
      const n = host.files.read(fd, tail);
      for (let i = n - 22; i >= 0; i--) {
        if (tail[i] === 0x50 && tail[i + 1] === 0x4b && tail[i + 2] === 5 && tail[i + 3] === 6) return true;
      }
      return false;
    } finally {
      host.files.close(fd);
    }
  } catch (e) {
    // A path may go on behind the name of a zip file.
    if (e instanceof HostError) return e.errno === errno_number('ENOTDIR');
    throw e;
  }
}

export interface RunOptions {
  readonly command: Command;
  readonly skip_first_line?: boolean;
  /** Runs the prompt on standard input; the host decides how lines are edited. Null: not now. */
  readonly interactive: (() => RunResult) | null;
  /** Called when the program is about to run. */
  readonly begin?: (() => void) | undefined;
}

/** Whether standard input belongs to a person. CPython: stdin_is_interactive */
export function stdin_is_interactive(): boolean {
  const { host, config } = current.tstate.interp;
  return config.interactive !== 0 || host.files.isatty(0);
}

/**
 * Has the host look out for signals although the program never waits: at once where somebody sits at a terminal, else as
 * soon as a loop runs. (It costs a thread some milliseconds; programs that end before that can do without.)
 */
function watch_for_signals(): void {
  const { host } = current.tstate.interp;
  if (host.start_watching === undefined) return;
  const start = (): void => host.start_watching!();
  if (stdin_is_interactive()) start();
  else breakerHooks.first_loop = start;
}

/** Runs the program that the command line names, then the prompt if asked for. CPython: pymain_run_python */
export function run_main(options: RunOptions): RunResult {
  const { config } = current.tstate.interp;
  const { command } = options;
  let result: RunResult = { status: 0, interrupted: false };
  warm_up_later();
  watch_for_signals();
  options.begin?.();
  try {
    if (command.kind === 'file' && may_have_importer(command.path) && has_importer(command.path)) {
      prepend_path(absolute(command.path));
      run_module('__main__', false);
    } else {
      if (!config.safe_path) {
        const path0 = sys_path0(command);
        if (path0 !== null) prepend_path(path0);
      }
      if (command.kind === 'string') run_string(command.source);
      else if (command.kind === 'module') run_module(command.name, true);
      else if (command.kind === 'file') result = run_file(command.path, options.skip_first_line ?? false) ?? result;
      else if (stdin_is_interactive() && options.interactive !== null) {
        config.inspect = 0;
        run_startup_file();
        run_interactive_hook();
        return options.interactive();
      } else run_source(read_all(0), '<stdin>');
    }
  } catch (e) {
    result = end_with_error(e);
  }
  if (options.interactive !== null && wants_prompt() && stdin_is_interactive()) {
    config.inspect = 0;
    run_interactive_hook();
    return options.interactive();
  }
  return result;
}

/** -i, or a program that set PYTHONINSPECT. CPython: pymain_repl */
function wants_prompt(): boolean {
  const { config, host } = current.tstate.interp;
  if (config.inspect !== 0) return true;
  if (config.ignore_environment !== 0) return false;
  return host.process
    .environ()
    .some(([name, value]) => value.length > 0 && new TextDecoder().decode(name) === 'PYTHONINSPECT');
}

/** CPython: pymain_run_interactive_hook */
function run_interactive_hook(): void {
  const hook = sys_attr('__interactivehook__');
  if (hook === null) return;
  newref(hook);
  try {
    PySys_Audit('cpython.run_interactivehook', hook);
    decref(PyObject_Vectorcall(hook, [], null));
  } catch (e) {
    write_stream('stderr', 'Failed calling sys.__interactivehook__\n');
    PyErr_PrintEx(e);
  } finally {
    decref(hook);
  }
}

/** Runs the file that PYTHONSTARTUP names. CPython: pymain_run_startup */
function run_startup_file(): void {
  const { host, config } = current.tstate.interp;
  if (config.ignore_environment !== 0) return;
  const entry = host.process.environ().find(([name]) => new TextDecoder().decode(name) === 'PYTHONSTARTUP');
  if (entry === undefined || entry[1].length === 0) return;
  const path = new TextDecoder().decode(entry[1]);
  try {
    const fd = host.files.open(entry[1], 0, 0);
    let bytes: Uint8Array;
    try {
      bytes = read_all(fd);
    } finally {
      host.files.close(fd);
    }
    run_source(bytes, path);
  } catch (e) {
    if (e instanceof HostError) {
      write_stream(
        'stderr',
        `Could not open PYTHONSTARTUP\nFileNotFoundError: [Errno ${e.errno}] ${strerror(e.errno)}: '${path}'\n`,
      );
    } else PyErr_PrintEx(e);
  }
}

// --- the prompt --------------------------------------------------------------------------------------------------------

/** One statement after the other, as a person types them. CPython: PyRun_InteractiveLoopObject */
export class InteractiveSession {
  private lines: string[] = [];
  private readonly filename: string;
  /** Statements so far that could be parsed: each has a file name of its own. */
  private count = 0;
  /** The __future__ statements so far. */
  private features = 0;

  constructor(filename = '<stdin>') {
    warm_up_later();
    this.filename = filename;
    const dict = current.tstate.interp.sysdict!;
    for (const [name, text] of [
      ['ps1', '>>> '],
      ['ps2', '... '],
    ] as const) {
      if (PyDict_GetItemString(dict, name) !== null) continue;
      const prompt = PyUnicode_FromString(text);
      PyDict_SetItemString(dict, name, prompt);
      decref(prompt);
    }
  }

  /** What to show in front of the next line: str() of sys.ps1 or sys.ps2. */
  prompt(): string {
    const o = sys_attr(this.lines.length === 0 ? 'ps1' : 'ps2');
    if (o === null) return '';
    try {
      return str_string(o);
    } catch (e) {
      PyErr_Clear(as_raised(e));
      return '';
    }
  }

  /** Forgets an unfinished statement. */
  reset(): void {
    this.lines = [];
  }

  /** Takes a line (without its end): runs the statement if that completes it. An exit asked for is the result. */
  push(line: string): RunResult | null {
    this.lines.push(line);
    return this.run(() => this.compile(this.lines.join('\n')));
  }

  /** Reads a statement, as many lines as the parser asks for, and runs it. CPython: PyRun_InteractiveOneObjectEx */
  read(next_line: LineReader): RunResult | null {
    this.lines = [];
    let ended = false;
    const ask = (): string => {
      if (ended) return '';
      const line = next_line(this.prompt()) ?? '';
      this.lines.push(line.replace(/\n$/, ''));
      if (line.endsWith('\n')) return line;
      // The input ends within the line: another one is asked for.
      if (line !== '') next_line(this.prompt());
      ended = true;
      write_stderr('\n');
      return line;
    };
    let first: string | null = ask();
    if (first === '') return { status: 0, interrupted: false };
    return this.run(() =>
      this.compile_unit(() => {
        const line = first ?? ask();
        first = null;
        return line;
      }, this.features),
    );
  }

  /** Runs the statement of the lines so far if `compile` finds one. */
  private run(compile: () => PyObject | null): RunResult | null {
    const dict = main_dict();
    try {
      const code = compile();
      if (code === null) return null;
      this.features |= (code.v as CodePayload).co_flags & PyCF_MASK;
      const source = `${this.lines.join('\n')}\n`;
      this.lines = [];
      try {
        register_source(code, source, this.filename);
        decref(PyEval_EvalCode(code, dict, dict));
      } finally {
        decref(code);
      }
    } catch (e) {
      this.lines = [];
      const raised = as_raised(e);
      const asked = PyErr_PrintEx(raised);
      flush('stderr');
      flush('stdout');
      return asked;
    }
    flush('stderr');
    flush('stdout');
    return null;
  }

  private compile_unit(source: string | (() => string), flags: number): PyObject {
    return compile_interactive(source, this.filename, flags, () => `${this.filename.slice(0, -1)}-${this.count++}>`);
  }

  /** The code of the lines so far, or null if more must follow. CPython: Lib/codeop.py:_maybe_compile */
  private compile(source: string): PyObject | null {
    const blank = this.lines.every(line => /^\s*(#.*)?$/.test(line));
    if (blank) source = 'pass';
    const flags = this.features | PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT;
    try {
      return this.compile_unit(source, flags);
    } catch (e) {
      if (!(e instanceof Raised) || !is_instance(e.exc, PyExc_SyntaxError)) throw e;
      if (e.exc.ob_type === PyExc_IncompleteInputError) {
        PyErr_Clear(e);
        return null;
      }
      // With another line's end the error may go away: then the statement is not finished.
      try {
        decref(compile_source(`${source}\n`, this.filename, 'single', flags, -1));
      } catch (second) {
        if (!(second instanceof Raised)) throw second;
        const incomplete = second.exc.ob_type === PyExc_IncompleteInputError;
        PyErr_Clear(second);
        if (!incomplete) throw e;
      }
      PyErr_Clear(e);
      return null;
    }
  }
}

/** Shows a KeyboardInterrupt that came while a line was typed. */
export function show_keyboard_interrupt(): void {
  write_stream('stderr', '\nKeyboardInterrupt\n');
}

/** The greeting of the prompt. CPython: pymain_header */
export function banner(): string {
  const version = str_string(sys_attr('version')!);
  return `Python ${version} on linux\nType "help", "copyright", "credits" or "license" for more information.\n`;
}

/** Writes to sys.stderr. */
export function write_stderr(text: string): void {
  write_stream('stderr', text);
  flush('stderr');
}

/** Reads a line with its end after having shown a prompt; null at the end of the input. */
export type LineReader = (prompt: string) => string | null;

/** The prompt on a stream of lines that nobody edits. CPython: _PyRun_InteractiveLoopObject */
export function run_plain_prompt(next_line: LineReader): RunResult {
  const session = new InteractiveSession();
  for (;;) {
    const asked = session.read(next_line);
    if (asked !== null) return asked;
  }
}
