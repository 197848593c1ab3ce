// warm_up.ts: shows the eval loop each kind of operand before the program starts.
//
// V8's compiled code for a function holds only what the function has met so far; whatever is new to it discards that code, and the loop
// runs some ten times slower until it is compiled again. A few milliseconds of Python that has every hot instruction meet every
// kind of operand save seconds of that (docs/adr/0003). Nothing of it may remain: neither objects nor the collector's counts.
import { Raised } from '../core/errors.ts';
import { gcstate } from '../core/gc.ts';
import { type PyObject, decref, newref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { frozen } from '../modules/_imp.ts';
import { marshal_loads } from '../modules/marshal.ts';
import { PyType_Check } from '../objects/checks.ts';
import type { DictTable } from '../objects/dict/table.ts';
import { PyDict_Clear, PyDict_New, PyDict_Next, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { run_code, run_nested, type Steps } from '../vm/steps.ts';

declare const PY_DEBUG: boolean;

/** Owned: the code, until it runs, if it was loaded before its time. */
const held = { code: null as PyObject | null, done: false };

/** Unmarshals the code: for a start-up snapshot. */
export function load_warm_up(): void {
  const data = frozen.table.code('<warm up>');
  if (data !== null) held.code = marshal_loads(data);
}

/** Before a program runs. Once is enough for a process. */
export function warm_up(): void {
  run_nested(warm_up_steps());
}

export function* warm_up_steps(): Steps<void> {
  if (held.done) return;
  held.done = true;
  if (held.code === null) load_warm_up();
  const { code } = held;
  if (code === null) return;
  held.code = null;
  const generations = [gcstate.young, gcstate.old1, gcstate.old2];
  const counts = generations.map(g => g.count);
  const { enabled } = gcstate;
  gcstate.enabled = false;
  const { host } = current.tstate.interp;
  // Code compiled half-way through would know half of what is shown.
  host.postpone_optimizing?.(true);
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
  host.postpone_optimizing?.(false);
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
  gcstate.enabled = enabled;
  generations.forEach((g, i) => {
    g.count = counts[i]!;
  });
}
