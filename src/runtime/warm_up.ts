// warm_up.ts: shows the eval loop each kind of operand before the program starts.
//
// V8's compiled code for a function holds only what the function has met so far; whatever is new to it discards that code, and the loop
// runs some ten times slower until it is compiled again. A few milliseconds of Python that has every hot instruction meet every
// kind of operand save seconds of that (docs/adr/0003). Nothing of it may remain: neither objects nor the collector's counts.
// It comes in the midst of a program that has run for a while (`warm_up_later`).
import { Raised } from '../core/errors.ts';
import { free_lists, gcstate } from '../core/gc.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { current, ErrStackItem, EVAL_GIL_DROP_REQUEST } from '../core/tstate.ts';
import { frozen } from '../modules/_imp.ts';
import { marshal_loads } from '../modules/marshal.ts';
import { PyType_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyCode_Check, type PyCodeObject } from '../objects/codeobject.ts';
import type { DictTable } from '../objects/dict/table.ts';
import { PyDict_Clear, PyDict_New, PyDict_Next, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { breakerHooks } from '../vm/breaker.ts';
import { is_observed } from '../vm/observe.ts';
import { run_code, run_nested, type Steps } from '../vm/steps.ts';

declare const PY_DEBUG: boolean;

const held = {
  /** Owned: the code, until it runs, if it was loaded before its time. */
  code: null as PyObject | null,
  done: false,
  /** Names and values (borrowed) of `builtins`, as they were when the program began. */
  builtins: new Map<string, PyObject>(),
};

/** Unmarshals the code: for a start-up snapshot. */
export function load_warm_up(): void {
  const data = frozen.table.code('<warm up>');
  if (data !== null) held.code = marshal_loads(data);
}

/** Runs the warm-up now. Once is enough for a process. */
export function warm_up(): void {
  run_nested(warm_up_steps());
}

/** The same in steps, for a host that goes on in between. */
export function* warm_up_steps(): Steps<void> {
  if (held.done) return;
  held.done = true;
  breakerHooks.warm_up = null;
  // Code compiled half-way through would know half of what is shown.
  current.tstate.interp.host.postpone_optimizing?.('all');
  yield* apart(run());
  current.tstate.interp.host.postpone_optimizing?.('nothing');
}

/**
 * Runs the warm-up when the program has gone round loops 4,096 times, has returned from 1,000 functions, or starts a thread:
 * programs that end before that do without. Where the program is observed then, it is tried again later: nobody is to see it.
 */
export function warm_up_later(): void {
  if (held.done) return;
  const { tstate } = current;
  tstate.jumps_left = 4096;
  tstate.frames_left = 1000;
  held.builtins = by_name(tstate.interp.builtins!);
  tstate.interp.host.postpone_optimizing?.('short loops');
  breakerHooks.warm_up = () => {
    if (!is_observed()) warm_up();
  };
}

/** Whether the warm-up means what it was written for: a program may put its own functions in place of built-in ones. */
function builtins_are_unchanged(code: PyCodeObject): boolean {
  const now = by_name(current.tstate.interp.builtins!);
  return now.get('__build_class__') === held.builtins.get('__build_class__') && names_mean_the_same(code, now);
}

function names_mean_the_same(code: PyCodeObject, now: Map<string, PyObject>): boolean {
  const same = (name: PyObject): boolean =>
    now.get(PyUnicode_AsString(name)) === held.builtins.get(PyUnicode_AsString(name));
  const { co_names, co_consts } = code.v;
  return (
    (co_names as PyObject<PyObject[]>).v.every(same) &&
    (co_consts as PyObject<PyObject[]>).v.every(o => !PyCode_Check(o) || names_mean_the_same(o, now))
  );
}

/** What a dict holds under strings. */
function by_name(dict: PyObject): Map<string, PyObject> {
  const { keys, values } = dict.v as DictTable;
  const found = new Map<string, PyObject>();
  for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
    const key = keys[i]!;
    if (PyUnicode_Check(key)) found.set(PyUnicode_AsString(key), values[i]!);
  }
  return found;
}

/** Does something in the midst of a program, of whose exceptions, depth, signals and collections it is to know nothing. */
function* apart(steps: Steps<void>): Steps<void> {
  const { tstate } = current;
  const { eval_breaker, exc_info, recursion_depth, recursion_limit } = tstate;
  const { first_loop } = breakerHooks;
  const generations = [gcstate.young, gcstate.old1, gcstate.old2];
  const counts = generations.map(g => g.count);
  const free = free_lists.slice();
  const { enabled } = gcstate;
  gcstate.enabled = false;
  tstate.exc_info = new ErrStackItem();
  tstate.recursion_depth = 0;
  tstate.recursion_limit = 1000;
  tstate.eval_breaker &= EVAL_GIL_DROP_REQUEST;
  breakerHooks.first_loop = null;
  try {
    yield* steps;
  } finally {
    breakerHooks.first_loop = first_loop;
    tstate.eval_breaker |= eval_breaker;
    tstate.recursion_limit = recursion_limit;
    tstate.recursion_depth = recursion_depth;
    tstate.exc_info = exc_info;
    gcstate.enabled = enabled;
    free_lists.set(free);
    generations.forEach((g, i) => {
      g.count = counts[i]!;
    });
  }
}

function* run(): Steps<void> {
  if (held.code === null) load_warm_up();
  const { code } = held;
  if (code === null) return;
  held.code = null;
  if (!builtins_are_unchanged(code as PyCodeObject)) return decref(code);
  const globals = PyDict_New();
  const name = PyUnicode_FromString('warm_up');
  PyDict_SetItemString(globals, '__name__', name);
  PyDict_SetItemString(globals, '__builtins__', current.tstate.interp.builtins!);
  decref(name);
  try {
    decref(yield* run_code(code, globals));
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    if (PY_DEBUG) throw new Error(`the warm-up raises ${e.exc.ob_type.tp_name}`);
    // Out of memory, say: the program will meet that itself.
    decref(e.exc);
  }
  decref(code);
  // Classes are cycles, which end when their types are cleared.
  const classes: PyObject[] = [];
  const table = globals.v as DictTable;
  for (let i = PyDict_Next(globals, 0); i >= 0; i = PyDict_Next(globals, i + 1)) {
    const value = table.values[i]!;
    if (PyType_Check(value)) classes.push(newref(value));
  }
  PyDict_Clear(globals);
  decref(globals);
  for (const cls of classes) {
    cls.ob_type.tp_clear?.(cls);
    decref(cls);
  }
}
