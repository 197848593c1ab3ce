// count_hunter.ts: runs Python snippets over and over and watches the sum of all reference counts.
//
// What regrtest -R does: after a few rounds that fill caches, every further round must leave the sum as it found it.

import { Raised } from '../../src/core/errors.ts';
import { gc_collect_generation, gc_freeze } from '../../src/core/gc.ts';
import { decref, type PyObject, refTotal } from '../../src/core/object.ts';
import { current, type PyConfig } from '../../src/core/tstate.ts';
import { NodeHost } from '../../src/hosts/node.ts';
import { compile_source } from '../../src/modules/builtins/compile.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItemString } from '../../src/objects/dictobject.ts';
import { repr_string } from '../../src/objects/object.ts';
import { traceback_text } from '../../src/objects/tracebackobject.ts';
import { PyUnicode_FromString } from '../../src/objects/unicodeobject.ts';
import { Py_InitializeFromConfig } from '../../src/runtime/lifecycle.ts';
import { PyEval_EvalCode } from '../../src/vm/eval.ts';

/** Starts the interpreter of this process, on the build output in `dist`. */
export function start_python(dist: string, library = `${dist}/lib/python3.14`): void {
  const config: PyConfig = {
    argv: [],
    orig_argv: [],
    executable: '',
    base_executable: '',
    venv: null,
    prefix: '',
    stdlib_dir: library,
    home: null,
    pythonpath: [],
    stdio_encoding: null,
    stdio_errors: null,
    warnoptions: [],
    xoptions: {},
    debug: 0,
    inspect: 0,
    interactive: 0,
    optimize: 0,
    dont_write_bytecode: 1,
    no_user_site: 1,
    no_site: 1,
    ignore_environment: 1,
    verbose: 0,
    bytes_warning: 0,
    quiet: 0,
    hash_randomization: 0,
    isolated: 0,
    dev_mode: false,
    utf8_mode: 0,
    warn_default_encoding: 0,
    safe_path: false,
    int_max_str_digits: 4300,
    buffered_stdio: true,
    pycache_prefix: null,
    code_debug_ranges: true,
  };
  Py_InitializeFromConfig(new NodeHost({ asset_dir: dist }), config, '0');
  run_once(PREPARE);
}

/** No warnings; what start-up made needs no collecting. */
const PREPARE = `
import warnings, gc
warnings.simplefilter('ignore')
gc.collect()
gc.freeze()
`;

/** Text for an error of a snippet. */
export function error_text(e: unknown): string {
  if (!(e instanceof Raised)) return e instanceof Error ? (e.stack ?? e.message) : String(e);
  const tb = (e.exc.v as { traceback: PyObject | null }).traceback;
  return `${tb === null ? '' : traceback_text(tb)}${e.exc.ob_type.tp_name}: ${repr_string(e.exc)}`;
}

/** Compiles and runs a program in a namespace of its own, and gives up all of it. */
export function run_once(source: string): void {
  const globals = PyDict_New();
  const name = PyUnicode_FromString('counted');
  PyDict_SetItemString(globals, '__name__', name);
  decref(name);
  PyDict_SetItemString(globals, '__builtins__', PyDict_GetItemString(current.tstate.interp.modules!, 'builtins')!);
  try {
    const code = compile_source(source, '<counted>', 'exec', 0, -1);
    try {
      decref(PyEval_EvalCode(code, globals, globals));
    } finally {
      decref(code);
    }
  } finally {
    decref(globals);
  }
}

/** Runs rounds and gives the sum of counts after them, garbage collected. */
function rounds(source: string, n: number): number {
  for (let i = 0; i < n; i++) run_once(source);
  while (gc_collect_generation(2, false) > 0);
  return refTotal.count;
}

/** Rounds that fill caches: the last instructions specialise in the fourth. */
const WARM_UP = 4;

/** By how much the sum of counts changes over `n` rounds; 0 when nothing leaks. */
export function count_change(source: string, n = 10): number {
  rounds(source, WARM_UP - 1);
  // What the modules imported so far hold need not be looked through again.
  gc_freeze();
  const before = rounds(source, 1);
  return rounds(source, n) - before;
}

function shown(o: PyObject): string {
  const name = o.ob_type.tp_name;
  if (typeof o.v === 'string' || typeof o.v === 'number') return `${name} ${JSON.stringify(o.v)}`;
  try {
    const text = repr_string(o);
    return `${name} ${text.length > 150 ? `${text.slice(0, 150)}…` : text}`;
  } catch {
    return name;
  }
}

/** Which objects one more round leaves over, and whose counts it changes: lines of text. */
export function leftovers(source: string): string[] {
  rounds(source, 1);
  // Counts of what is there: what the collector and the rounds before have seen.
  const known = known_objects();
  const counts = new Map<PyObject, number>();
  for (const o of known) counts.set(o, o.ob_refcnt);
  refTotal.made = new Set();
  rounds(source, 1);
  const made = refTotal.made;
  for (const o of made) ever.add(o);
  refTotal.made = ever;
  const lines: string[] = [];
  for (const o of made) if (o.ob_refcnt > 0) lines.push(`new: ${shown(o)} (${o.ob_refcnt})`);
  for (const [o, n] of counts) {
    if (o.ob_refcnt !== n && o.ob_refcnt > 0)
      lines.push(`${o.ob_refcnt > n ? '+' : ''}${o.ob_refcnt - n}: ${shown(o)}`);
  }
  return lines;
}

const ever = new Set<PyObject>();

/** Everything made since this was called first, that lives. */
function known_objects(): Iterable<PyObject> {
  for (const o of ever) if (o.ob_refcnt <= 0) ever.delete(o);
  return ever;
}

/** From now on `leftovers` knows of every object made. */
export function watch_all(): void {
  refTotal.made = ever;
}
