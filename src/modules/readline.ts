// readline.ts: lines edited at the terminal, with history and completion.                    CPython: Modules/readline.c
//
// The editor is our own (readline/editor.ts), with GNU readline 8.3's keys, commands, variables and init files. What it keeps is
// the process's: other interpreters cannot import the module. Importing it has input() edit lines (terminalInput).

import { PyErr_SetString } from '../core/errors.ts';
import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyExc_TypeError, PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyCallable_Check, PyObject_IsTrue } from '../objects/object.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_int, host, none, str_arg, system } from './args.ts';
import { terminalInput } from './builtins/print.ts';
import { fs_bytes, PyOS_FSPath } from './posix/path.ts';
import { last_lines } from './readline/history.ts';
import { parse_and_bind as parse_line, read_init_file as read_init, set } from './readline/inputrc.ts';
import { editor, flush, type HookName, hooks, reading, set_hook } from './readline/state.ts';
import { read_line } from './readline/terminal.ts';
import { codes, decode, encode, text_of } from './readline/text.ts';
import { encoded } from './readline/values.ts';
import { read_whole } from './whole_file.ts';

const VERSION = 0x0803;
const LIBRARY_VERSION = '8.3';
const EINVAL = 22;
const ENOENT = 2;
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;

/** The most lines that are left in a file of history; negative: all. */
let history_length = -1;

/** A file's path, audited as an open() of it; null stands for a file with a name of its own. */
function file_arg(name: PyObject | null, otherwise: string, mode: string): Uint8Array | null {
  if (name === null || name === Py_None) {
    PySys_Audit('open', otherwise, mode, 0);
    return null;
  }
  const path = PyOS_FSPath(name);
  try {
    const bytes = fs_bytes(path);
    if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
    PySys_Audit('open', name, mode, 0);
    return bytes;
  } finally {
    decref(path);
  }
}

function history_file(name: PyObject | null, mode: string): Uint8Array {
  const given = file_arg(name, '~/.history', mode);
  if (given !== null) return given;
  const home = editor().outside.environment('HOME');
  if (home === null) raise_errno(ENOENT);
  return encode(`${home}/.history`);
}

/** CPython: readline_parse_and_bind_impl */
function parse_and_bind(_m: PyObject, line: PyObject): PyObject {
  parse_line(editor(), encoded(line));
  return none();
}

/** CPython: readline_read_init_file_impl */
function read_init_file(_m: PyObject, name: PyObject | null): PyObject {
  const path = file_arg(name, '<readline_init_file>', 'r');
  system(() => read_init(editor(), path === null ? null : decode(path)));
  set(editor(), 'enable-bracketed-paste', 'off');
  return none();
}

/** CPython: readline_read_history_file_impl */
function read_history_file(_m: PyObject, name: PyObject | null): PyObject {
  const path = history_file(name, 'r');
  const data = system(() => {
    const { files } = host();
    return (files.stat(path).mode & S_IFMT) === S_IFREG ? read_whole(path) : null;
  });
  if (data === null) raise_errno(EINVAL);
  editor().history.read(data);
  return none();
}

function write_file(path: Uint8Array, flags: number, data: Uint8Array): void {
  const { files } = host();
  const fd = files.open(path, flags, 0o600);
  try {
    for (let done = 0; done < data.length; ) done += files.write(fd, data.subarray(done));
  } finally {
    files.close(fd);
  }
}

/** Writes lines of the history to a file, of which the last ones are kept. */
function save_history(path: Uint8Array, flags: number, data: Uint8Array): PyObject {
  system(() => {
    write_file(path, flags, data);
    if (history_length < 0) return;
    const all = read_whole(path);
    const kept = last_lines(all, history_length);
    if (kept.length < all.length) write_file(path, O_WRONLY | O_TRUNC, kept);
  });
  return none();
}

/** CPython: readline_write_history_file_impl */
function write_history_file(_m: PyObject, name: PyObject | null): PyObject {
  const path = history_file(name, 'w');
  return save_history(path, O_WRONLY | O_CREAT | O_TRUNC, editor().history.written());
}

/** CPython: readline_append_history_file_impl */
function append_history_file(_m: PyObject, nelements: PyObject, name: PyObject | null): PyObject {
  const count = c_int(nelements);
  if (count < 0) PyErr_SetString(PyExc_ValueError, 'nelements must be non-negative');
  const path = history_file(name, 'a');
  return save_history(path, O_WRONLY | O_APPEND, editor().history.written(count));
}

function set_history_length(_m: PyObject, length: PyObject): PyObject {
  history_length = c_int(length);
  return none();
}

/** CPython: Modules/readline.c:set_hook */
function hook_setter(name: HookName) {
  return (_m: PyObject, hook: PyObject | null): PyObject => {
    if (hook === null || hook === Py_None) set_hook(hooks, name, null);
    else if (PyCallable_Check(hook)) set_hook(hooks, name, hook);
    else PyErr_SetString(PyExc_TypeError, `set_${name}(func): argument not callable`);
    return none();
  };
}

function set_completer_delims(_m: PyObject, text: PyObject): PyObject {
  editor().delimiters = codes(encoded(text));
  return none();
}

/** A place in the history, counted from its first entry. */
function position(o: PyObject): number {
  const at = c_int(o);
  if (at < 0) PyErr_SetString(PyExc_ValueError, 'History index cannot be negative');
  return at;
}

function no_item(at: number): never {
  PyErr_SetString(PyExc_ValueError, `No history item at position ${at}`);
}

/** CPython: readline_remove_history_item_impl */
function remove_history_item(_m: PyObject, pos: PyObject): PyObject {
  const at = position(pos);
  if (editor().history.entries.splice(at, 1).length === 0) no_item(at);
  return none();
}

/** CPython: readline_replace_history_item_impl */
function replace_history_item(_m: PyObject, pos: PyObject, line: PyObject): PyObject {
  const index = c_int(pos);
  str_arg('replace_history_item', '2', line);
  const at = position(pos);
  const text = encoded(line);
  const { entries } = editor().history;
  if (at >= entries.length) no_item(index);
  entries[at] = { line: text, undo: null };
  return none();
}

function add_history(_m: PyObject, line: PyObject): PyObject {
  editor().history.add(encoded(line));
  return none();
}

function set_auto_history(_m: PyObject, enabled: PyObject): PyObject {
  reading.auto_history = PyObject_IsTrue(enabled);
  return none();
}

function get_history_item(_m: PyObject, index: PyObject): PyObject {
  const entry = editor().history.get(c_int(index));
  return entry === null ? none() : PyUnicode_FromString(entry.line);
}

function insert_text(_m: PyObject, text: PyObject): PyObject {
  editor().insert_text(encoded(text));
  return none();
}

function redisplay(): PyObject {
  editor().show();
  flush();
  return none();
}

/** CPython: PyInit_readline, setup_readline */
function exec(m: PyObject): void {
  PyModule_AddIntConstant(m, '_READLINE_VERSION', VERSION);
  PyModule_AddIntConstant(m, '_READLINE_RUNTIME_VERSION', VERSION);
  for (const [name, value] of [
    ['_READLINE_LIBRARY_VERSION', LIBRARY_VERSION],
    ['backend', 'readline'],
  ]) {
    const text = PyUnicode_FromString(value!);
    PyModule_AddObjectRef(m, name!, text);
    decref(text);
  }
  const e = editor();
  e.history.clear();
  try {
    read_init(e, null);
  } catch (error) {
    // There need not be an init file.
    if (!(error instanceof HostError)) throw error;
  }
  set(e, 'enable-bracketed-paste', 'off');
  terminalInput.readline = read_line;
}

const number = (value: () => number) => (): PyObject => PyLong_FromLong(value());

export const module: ModuleSpec = {
  name: 'readline',
  doc: 'Edits lines at the terminal, as GNU readline does. Importing it is enough for input() to use it.',
  one_interpreter: true,
  exec,
  methods: [
    { name: 'parse_and_bind', flags: METH_O, meth: parse_and_bind, sig: '($module, string, /)' },
    {
      name: 'get_line_buffer',
      flags: METH_NOARGS,
      meth: () => PyUnicode_FromString(text_of(editor().line.chars)),
      sig: '($module, /)',
    },
    { name: 'insert_text', flags: METH_O, meth: insert_text, sig: '($module, string, /)' },
    { name: 'redisplay', flags: METH_NOARGS, meth: redisplay, sig: '($module, /)' },
    { name: 'read_init_file', flags: METH_CLINIC, meth: read_init_file, sig: '($module, filename=None, /)' },
    { name: 'read_history_file', flags: METH_CLINIC, meth: read_history_file, sig: '($module, filename=None, /)' },
    { name: 'write_history_file', flags: METH_CLINIC, meth: write_history_file, sig: '($module, filename=None, /)' },
    {
      name: 'append_history_file',
      flags: METH_CLINIC,
      meth: append_history_file,
      sig: '($module, nelements, filename=None, /)',
    },
    { name: 'get_history_item', flags: METH_O, meth: get_history_item, sig: '($module, index, /)' },
    {
      name: 'get_current_history_length',
      flags: METH_NOARGS,
      meth: number(() => editor().history.entries.length),
      sig: '($module, /)',
    },
    { name: 'set_history_length', flags: METH_O, meth: set_history_length, sig: '($module, length, /)' },
    { name: 'get_history_length', flags: METH_NOARGS, meth: number(() => history_length), sig: '($module, /)' },
    { name: 'set_completer', flags: METH_CLINIC, meth: hook_setter('completer'), sig: '($module, function=None, /)' },
    { name: 'get_completer', flags: METH_NOARGS, meth: () => newref(hooks.completer ?? Py_None), sig: '($module, /)' },
    {
      name: 'get_completion_type',
      flags: METH_NOARGS,
      meth: number(() => editor().completion.type),
      sig: '($module, /)',
    },
    { name: 'get_begidx', flags: METH_NOARGS, meth: number(() => hooks.begidx), sig: '($module, /)' },
    { name: 'get_endidx', flags: METH_NOARGS, meth: number(() => hooks.endidx), sig: '($module, /)' },
    { name: 'set_completer_delims', flags: METH_O, meth: set_completer_delims, sig: '($module, string, /)' },
    { name: 'set_auto_history', flags: METH_O, meth: set_auto_history, sig: '($module, enabled, /)' },
    { name: 'add_history', flags: METH_O, meth: add_history, sig: '($module, string, /)' },
    { name: 'remove_history_item', flags: METH_O, meth: remove_history_item, sig: '($module, pos, /)' },
    {
      name: 'replace_history_item',
      flags: METH_CLINIC,
      meth: replace_history_item,
      sig: '($module, pos, line, /)',
    },
    {
      name: 'get_completer_delims',
      flags: METH_NOARGS,
      meth: () => PyUnicode_FromString(text_of(editor().delimiters)),
      sig: '($module, /)',
    },
    {
      name: 'set_completion_display_matches_hook',
      flags: METH_CLINIC,
      meth: hook_setter('completion_display_matches_hook'),
      sig: '($module, function=None, /)',
    },
    {
      name: 'set_startup_hook',
      flags: METH_CLINIC,
      meth: hook_setter('startup_hook'),
      sig: '($module, function=None, /)',
    },
    {
      name: 'set_pre_input_hook',
      flags: METH_CLINIC,
      meth: hook_setter('pre_input_hook'),
      sig: '($module, function=None, /)',
    },
    {
      name: 'clear_history',
      flags: METH_NOARGS,
      meth: () => {
        editor().history.clear();
        return none();
      },
      sig: '($module, /)',
    },
  ],
};
