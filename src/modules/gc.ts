// gc.ts: control of the cyclic garbage collector.                                  CPython: Modules/gcmodule.c, Python/gc.c
//
// The collector itself is core/gc.ts; this file gives it its hooks: callbacks, gc.garbage, debug output.
import { PySys_Audit } from '../objects/audit.ts';
import { PyErr_SetString } from '../core/errors.ts';
import {
  DEBUG_COLLECTABLE,
  DEBUG_SAVEALL,
  DEBUG_STATS,
  DEBUG_UNCOLLECTABLE,
  type Generation,
  gc_collect_generation,
  gc_freeze,
  gc_unfreeze,
  gcHooks,
  gcstate,
  generation,
  is_tracked,
  objects_of,
  set_young_threshold,
  young_threshold,
} from '../core/gc.ts';
import {
  decref,
  G_FINALIZED,
  incref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallTwoArgs } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyErr_FormatUnraisable, PyFile_WriteString } from '../objects/errors_util.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { sys_attr } from '../objects/import_util.ts';
import { PyList_Append, PyList_FromAppendedSteal, PyList_FromArraySteal, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { address, Py_None, repr_string } from '../objects/object.ts';
import { PyTuple_FromArraySteal, PyTuple_Type, may_be_tracked } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_int, c_ssize, host, none } from './args.ts';

const GENERATIONS = 3;

// --- hooks of the collector ---------------------------------------------------------------------------------------------------

/** Calls gc.callbacks with the phase and what is known. CPython: invoke_gc_callback */
function call_callbacks(phase: 'start' | 'stop', n: number, collected: number, uncollectable: number): void {
  const callbacks = gcstate.callbacks as PyObject<PyObject[]> | null;
  if (callbacks === null || callbacks.v.length === 0) return;
  const info = counts_dict({ generation: n, collected, uncollectable });
  const name = PyUnicode_FromString(phase);
  for (let i = 0; i < callbacks.v.length; i++) {
    const callback = newref(callbacks.v[i]!);
    try {
      decref(PyObject_CallTwoArgs(callback, name, info));
    } catch (e) {
      PyErr_FormatUnraisable(`Exception ignored while calling GC callback ${repr_string(callback)}`, e);
    }
    decref(callback);
  }
  decref(name);
  decref(info);
}

function counts_dict(counts: Record<string, number>): PyObject {
  const dict = PyDict_New();
  for (const name in counts) {
    const n = PyLong_FromLong(counts[name]!);
    PyDict_SetItemString(dict, name, n);
    decref(n);
  }
  return dict;
}

/** Writes to sys.stderr; the collector does not fail for that. */
function write_stderr(text: string): void {
  const file = sys_attr('stderr');
  if (file === null || file === Py_None) return;
  try {
    PyFile_WriteString(text, file);
  } catch (e) {
    PyErr_FormatUnraisable('Exception ignored in garbage collection', e);
  }
}

/** A tuple that can take part in no cycle. CPython: Objects/tupleobject.c:_PyTuple_MaybeUntrack */
function may_untrack(o: PyObject): boolean {
  if (o.ob_type !== PyTuple_Type) return false;
  for (const item of o.v as (PyObject | null)[]) if (item === null || may_be_tracked(item)) return false;
  return true;
}

function set_hooks(): void {
  gcHooks.callbacks = call_callbacks;
  gcHooks.append_garbage = o => {
    if (gcstate.garbage !== null) PyList_Append(gcstate.garbage, o);
  };
  gcHooks.debug_message = write_stderr;
  gcHooks.describe = o => `<${o.ob_type.tp_name} ${address(o)}>`;
  gcHooks.may_untrack = may_untrack;
  gcHooks.unraisable = e => PyErr_FormatUnraisable('Exception ignored in garbage collection', e);
  const { clock } = host();
  gcHooks.clock = () => Number(clock.monotonic_ns()) / 1e9;
}

// --- functions ------------------------------------------------------------------------------------------------------------------

function gc_collect(_m: PyObject, n: PyObject | null): PyObject {
  const gen = n === null ? 2 : c_int(n);
  if (gen < 0 || gen >= GENERATIONS) PyErr_SetString(PyExc_ValueError, 'invalid generation');
  return PyLong_FromLong(gc_collect_generation(gen, true));
}

function gc_set_debug(_m: PyObject, flags: PyObject): PyObject {
  gcstate.debug = c_int(flags);
  return none();
}

/** CPython: gc_set_threshold */
function gc_set_threshold(_m: PyObject, args: PyObject): PyObject {
  const items = args.v as PyObject[];
  if (items.length < 1 || items.length > GENERATIONS) {
    PyErr_SetString(PyExc_TypeError, 'gc.set_threshold requires 1 to 3 arguments');
  }
  const values = items.map(c_int);
  set_young_threshold(values[0]!);
  for (let n = 1; n < values.length; n++) generation(n).threshold = values[n]!;
  return none();
}

function triple(pick: (gen: Generation) => number): PyObject {
  return PyTuple_FromArraySteal([0, 1, 2].map(n => PyLong_FromLong(pick(generation(n)))));
}

function referents_into(o: PyObject, into: PyObject[]): void {
  o.ob_type.tp_traverse?.(o, r => {
    incref(r);
    into.push(r);
  });
}

function gc_get_referents(_m: PyObject, args: PyObject): PyObject {
  PySys_Audit('gc.get_referents', args);
  const found: PyObject[] = [];
  for (const o of args.v as PyObject[]) {
    if ((o.ob_type.tp_flags & Py_TPFLAGS_HAVE_GC) !== 0) referents_into(o, found);
  }
  return PyList_FromAppendedSteal(found);
}

/** Every tracked object that refers to one of the arguments. */
function gc_get_referrers(_m: PyObject, args: PyObject): PyObject {
  PySys_Audit('gc.get_referrers', args);
  const wanted = new Set(args.v as PyObject[]);
  const found: PyObject[] = [];
  let hit = false;
  const look = (o: PyObject): void => {
    if (wanted.has(o)) hit = true;
  };
  for (let n = 0; n <= GENERATIONS; n++) {
    for (const o of objects_of(generation(n))) {
      if (o === args) continue;
      hit = false;
      o.ob_type.tp_traverse?.(o, look);
      if (hit) found.push(newref(o));
    }
  }
  return PyList_FromAppendedSteal(found);
}

function gc_get_objects(_m: PyObject, n: PyObject | null): PyObject {
  PySys_Audit('gc.get_objects', n === null || n === Py_None ? -1 : n);
  let gens = [0, 1, 2];
  if (n !== null && n !== Py_None) {
    if (n.ob_type.nb_index === null) {
      PyErr_SetString(PyExc_TypeError, `argument should be integer or None, not '${n.ob_type.tp_name}'`);
    }
    const gen = c_ssize(n);
    if (gen >= GENERATIONS) {
      PyErr_SetString(
        PyExc_ValueError,
        `generation parameter must be less than the number of available generations (${GENERATIONS})`,
      );
    }
    if (gen >= 0) gens = [gen];
    else if (gen !== -1) PyErr_SetString(PyExc_ValueError, 'generation parameter cannot be negative');
  }
  return PyList_FromAppendedSteal(gens.flatMap(i => objects_of(generation(i))).map(newref));
}

function gc_get_stats(): PyObject {
  return PyList_FromArraySteal(
    [0, 1, 2].map(n => {
      const { collections, collected, uncollectable } = generation(n);
      return counts_dict({ collections, collected, uncollectable });
    }),
  );
}

function set_enabled(enabled: boolean): PyObject {
  gcstate.enabled = enabled;
  return none();
}

function is_gc_object(o: PyObject): boolean {
  return ((o.ob_type as PyTypeObject).tp_flags & Py_TPFLAGS_HAVE_GC) !== 0;
}

export const module: ModuleSpec = {
  name: 'gc',
  doc: 'Access to the collector of reference cycles.',
  methods: [
    { name: 'enable', flags: METH_NOARGS, meth: () => set_enabled(true), sig: '($module, /)' },
    { name: 'disable', flags: METH_NOARGS, meth: () => set_enabled(false), sig: '($module, /)' },
    { name: 'isenabled', flags: METH_NOARGS, meth: () => PyBool_FromLong(gcstate.enabled), sig: '($module, /)' },
    { name: 'set_debug', flags: METH_O, meth: gc_set_debug, sig: '($module, flags, /)' },
    { name: 'get_debug', flags: METH_NOARGS, meth: () => PyLong_FromLong(gcstate.debug), sig: '($module, /)' },
    { name: 'get_count', flags: METH_NOARGS, meth: () => triple(gen => gen.count), sig: '($module, /)' },
    { name: 'set_threshold', flags: METH_VARARGS, meth: gc_set_threshold },
    { name: 'get_threshold', flags: METH_NOARGS, meth: () => triple(gen => (gen === gcstate.young ? young_threshold() : gen.threshold)), sig: '($module, /)' },
    { name: 'collect', flags: METH_CLINIC, meth: gc_collect, sig: '($module, /, generation=2)' },
    { name: 'get_objects', flags: METH_CLINIC, meth: gc_get_objects, sig: '($module, /, generation=None)' },
    { name: 'get_stats', flags: METH_NOARGS, meth: gc_get_stats, sig: '($module, /)' },
    {
      name: 'is_tracked',
      flags: METH_O,
      meth: (_m: PyObject, o: PyObject) => newref(is_gc_object(o) && is_tracked(o) ? Py_True : Py_False),
      sig: '($module, obj, /)',
    },
    {
      name: 'is_finalized',
      flags: METH_O,
      meth: (_m: PyObject, o: PyObject) => newref(is_gc_object(o) && (o.g & G_FINALIZED) !== 0 ? Py_True : Py_False),
      sig: '($module, obj, /)',
    },
    { name: 'get_referrers', flags: METH_VARARGS, meth: gc_get_referrers, sig: '($module, /, *objs)' },
    { name: 'get_referents', flags: METH_VARARGS, meth: gc_get_referents, sig: '($module, /, *objs)' },
    {
      name: 'freeze',
      flags: METH_NOARGS,
      meth: () => {
        gc_freeze();
        return none();
      },
      sig: '($module, /)',
    },
    {
      name: 'unfreeze',
      flags: METH_NOARGS,
      meth: () => {
        gc_unfreeze();
        return none();
      },
      sig: '($module, /)',
    },
    {
      name: 'get_freeze_count',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(gcstate.permanent.live),
      sig: '($module, /)',
    },
  ],
  exec(m) {
    set_hooks();
    gcstate.garbage ??= PyList_New();
    gcstate.callbacks ??= PyList_New();
    PyModule_AddObjectRef(m, 'garbage', gcstate.garbage);
    PyModule_AddObjectRef(m, 'callbacks', gcstate.callbacks);
    PyModule_AddIntConstant(m, 'DEBUG_STATS', DEBUG_STATS);
    PyModule_AddIntConstant(m, 'DEBUG_COLLECTABLE', DEBUG_COLLECTABLE);
    PyModule_AddIntConstant(m, 'DEBUG_UNCOLLECTABLE', DEBUG_UNCOLLECTABLE);
    PyModule_AddIntConstant(m, 'DEBUG_SAVEALL', DEBUG_SAVEALL);
    PyModule_AddIntConstant(m, 'DEBUG_LEAK', DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL);
  },
};
