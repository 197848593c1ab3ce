// state.ts: the process's one editor, and what it asks of Python and the host.

import { PyErr_Clear, Raised } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { PyObject_Vectorcall } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { natively } from '../../vm/steps.ts';
import { getenv } from '../_curses/session.ts';
import { host } from '../args.ts';
import { write_fd } from '../blocking.ts';
import { ascii, database } from '../pwd.ts';
import { read_whole } from '../whole_file.ts';
import { Editor, type Surroundings } from './editor.ts';
import { decode, encode } from './text.ts';
import { encoded } from './values.ts';


/** Functions of the program's, owned. */
interface Hooks {
  completer: PyObject | null;
  startup_hook: PyObject | null;
  pre_input_hook: PyObject | null;
  completion_display_matches_hook: PyObject | null;
  /** The word that is completed, in characters. */
  begidx: number;
  endidx: number;
}

export const hooks: Hooks = /* @__PURE__ */ per_interpreter(
  (): Hooks => ({
    completer: null,
    startup_hook: null,
    pre_input_hook: null,
    completion_display_matches_hook: null,
    begidx: 0,
    endidx: 0,
  }),
  {
    clear: state => {
      for (const name of HOOK_NAMES) set_hook(state, name, null);
    },
  },
);

export type HookName = 'completer' | 'startup_hook' | 'pre_input_hook' | 'completion_display_matches_hook';
const HOOK_NAMES: HookName[] = ['completer', 'startup_hook', 'pre_input_hook', 'completion_display_matches_hook'];

export function set_hook(state: Hooks, name: HookName, to: PyObject | null): void {
  const old = state[name];
  state[name] = to === null ? null : newref(to);
  if (old !== null) decref(old);
}

/** Calls a function of the program's with these arguments (stolen); null: it raised, which counts for nothing. */
export function call_hook(hook: PyObject, args: PyObject[]): PyObject | null {
  newref(hook);
  try {
    return natively(() => PyObject_Vectorcall(hook, args, null));
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return null;
  } finally {
    for (const arg of args) decref(arg);
    decref(hook);
  }
}

/** Calls a hook before a line is read; what it gives has to be None or an int. CPython: on_hook */
export function run_hook(name: 'startup_hook' | 'pre_input_hook'): void {
  const hook = hooks[name];
  if (hook === null) return;
  const result = call_hook(hook, []);
  if (result === null) return;
  try {
    if (result !== Py_None) PyLong_AsInt(result);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  } finally {
    decref(result);
  }
}

/** The next of the program's completions; null: there is none. CPython: on_completion */
function next_completion(completer: PyObject, word: string, i: number): string | null {
  const result = call_hook(completer, [PyUnicode_FromString(word), PyLong_FromLong(i)]);
  if (result === null) return null;
  try {
    return PyUnicode_Check(result) ? encoded(result) : null;
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return null;
  } finally {
    decref(result);
  }
}

/** Text that is still to be written to the terminal. */
let unwritten = '';

/** Writes what is to be seen. */
export function flush(): void {
  if (unwritten === '') return;
  const text = unwritten;
  unwritten = '';
  write_fd(1, encode(text));
}

function environment(name: string): string | null {
  return getenv(name) ?? null;
}

const outside: Surroundings = {
  write: text => {
    unwritten += text;
  },
  ding: () => {
    flush();
    write_fd(2, Uint8Array.of(7));
  },
  complain: message => {
    flush();
    write_fd(2, encode(`${message}\n`));
  },
  complete: (word, start, end) => {
    hooks.begidx = start;
    hooks.endidx = end;
    const { completer } = hooks;
    if (completer === null) return null;
    flush();
    newref(completer);
    try {
      const matches: string[] = [];
      for (let i = 0; ; i++) {
        const match = next_completion(completer, word, i);
        if (match === null) return matches;
        matches.push(match);
      }
    } finally {
      decref(completer);
    }
  },
  display_matches: (word, matches, longest) => {
    const hook = hooks.completion_display_matches_hook;
    if (hook === null) return false;
    flush();
    const list = PyList_FromArraySteal(matches.map(PyUnicode_FromString));
    const result = call_hook(hook, [PyUnicode_FromString(word), list, PyLong_FromLong(longest)]);
    if (result !== null) decref(result);
    return true;
  },
  list_files: folder => {
    const { files } = host();
    try {
      const path = encode(folder);
      return files.readdir(path).map(({ name, type }) => {
        const text = decode(name);
        const link = type === 'link';
        return { name: text, folder: type === 'dir' || (link && is_folder(encode(`${folder}/${text}`))), link };
      });
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      return [];
    }
  },
  read_file: name => read_whole(encode(name)),
  home: user => {
    const own = user === '' ? environment('HOME') : null;
    if (own !== null) return own;
    const id = host().process.uid();
    const entry = database('/etc/passwd', 7).find(([name, , uid]) =>
      user === '' ? ascii(uid!) === String(id) : decode(name!) === user,
    );
    return entry === undefined ? null : decode(entry[5]!);
  },
  environment,
};

const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

function is_folder(path: Uint8Array): boolean {
  try {
    return (host().files.stat(path).mode & S_IFMT) === S_IFDIR;
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return false;
  }
}

/** Made when `readline` is imported. */
export const reading: { editor: Editor | null; auto_history: boolean } = { editor: null, auto_history: true };

export function editor(): Editor {
  reading.editor ??= new Editor(outside);
  return reading.editor;
}
