// pyvarium.ts: what only this Python has: `pyvarium.memory`, the view inside of memory (docs/memory.md), and `pyvarium.tools`,
// the tools of the command line (docs/tools.md), which is a Python module (pylib/pyvarium) over `pyvarium._tools`.
//
// The work is done in vm/memory; here its results become Python objects. Recordings and phases hold no references to what
// they tell of.
import { PyErr_SetString } from '../core/errors.ts';
import { type GcPhase, gc_collect_generation, gcHooks } from '../core/gc.ts';
import { decref, is_immortal, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_KeyError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_Append, PyList_FromArraySteal, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { allocated_size } from '../objects/object_size.ts';
import { object_id } from '../objects/obmalloc.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { type Holder, holders, live_objects, path_to, retained, total_references } from '../vm/memory/graph.ts';
import { type CountChange, CountRecording } from '../vm/memory/record.ts';
import { type ToolBox, tool_port } from '../vm/tool_port.ts';
import { c_int, host } from './args.ts';

/** (kind, holder, where) */
function holder_tuple({ kind, holder, where }: Holder): PyObject {
  return PyTuple_FromArraySteal([PyUnicode_FromString(kind), newref(holder ?? Py_None), PyUnicode_FromString(where)]);
}

function memory_holders(_m: PyObject, o: PyObject): PyObject {
  return PyList_FromArraySteal(holders(o).map(holder_tuple));
}

function memory_path(_m: PyObject, o: PyObject): PyObject {
  return PyList_FromArraySteal(path_to(o).map(holder_tuple));
}

function memory_retained(_m: PyObject, o: PyObject): PyObject {
  const { objects, bytes } = retained(o);
  return PyTuple_FromArraySteal([PyLong_FromLong(objects.length), PyLong_FromLong(bytes)]);
}

function memory_objects(_m: PyObject, type: PyObject | null): PyObject {
  const found = [...live_objects()].filter(o => type === null || type === Py_None || o.ob_type === type);
  return PyList_FromArraySteal(found.map(newref));
}

function memory_totals(): PyObject {
  const live = [...live_objects()].filter(o => !is_immortal(o));
  const dict = PyDict_New();
  const counts = { objects: live.length, references: 0, bytes: 0 };
  for (const o of live) {
    counts.references += o.ob_refcnt;
    counts.bytes += allocated_size(o);
  }
  for (const [name, n] of Object.entries(counts)) {
    const value = PyLong_FromLong(n);
    PyDict_SetItemString(dict, name, value);
    decref(value);
  }
  return dict;
}

// --- recordings ------------------------------------------------------------------------------------------------------

const recordings = { by_number: new Map<number, CountRecording>(), last: 0 };

function memory_record(_m: PyObject, o: PyObject): PyObject {
  if (is_immortal(o)) PyErr_SetString(PyExc_ValueError, 'references to immortal objects are not counted');
  const n = ++recordings.last;
  recordings.by_number.set(n, new CountRecording(o));
  return PyLong_FromLong(n);
}

/** (from, to, filename, function, line, unit, opname) */
function change_tuple({ from, to, at }: CountChange): PyObject {
  const text = (s: string | undefined): PyObject => (s === undefined ? newref(Py_None) : PyUnicode_FromString(s));
  const number = (n: number | undefined): PyObject => (n === undefined ? newref(Py_None) : PyLong_FromLong(n));
  return PyTuple_FromArraySteal([
    PyLong_FromLong(from),
    PyLong_FromLong(to),
    text(at?.filename),
    text(at?.name),
    number(at?.line),
    number(at?.unit),
    text(at?.opname),
  ]);
}

function memory_stop(_m: PyObject, number: PyObject): PyObject {
  const n = c_int(number);
  const recording = recordings.by_number.get(n);
  if (recording === undefined) PyErr_SetString(PyExc_KeyError, `no recording ${n}`);
  recordings.by_number.delete(n);
  return PyList_FromArraySteal(recording.stop().map(change_tuple));
}

// --- the collector, phase by phase -----------------------------------------------------------------------------------

/** (phase, [(type, id, references from elsewhere), ...]); the last is None but after `counts`. */
function phase_tuple(phase: GcPhase, objects: readonly PyObject[]): PyObject {
  const items = objects.map(o =>
    PyTuple_FromArraySteal([
      PyUnicode_FromString(o.ob_type.tp_name),
      PyLong_FromLong(object_id(o)),
      phase === 'counts' ? PyLong_FromLong(o.gc) : newref(Py_None),
    ]),
  );
  return PyTuple_FromArraySteal([PyUnicode_FromString(phase), PyList_FromArraySteal(items)]);
}

/** Collects, and gives what each phase ended with. */
function memory_collect(_m: PyObject, n: PyObject | null): PyObject {
  const gen = n === null ? 2 : c_int(n);
  if (gen < 0 || gen > 2) PyErr_SetString(PyExc_ValueError, 'invalid generation');
  if (gcHooks.watcher !== null) PyErr_SetString(PyExc_TypeError, 'a collection is being watched');
  const phases = PyList_New();
  gcHooks.watcher = (phase, objects) => {
    const item = phase_tuple(phase, objects);
    PyList_Append(phases, item);
    decref(item);
  };
  try {
    gc_collect_generation(gen, true);
  } finally {
    gcHooks.watcher = null;
  }
  return phases;
}

export const memory_module: ModuleSpec = {
  name: 'pyvarium.memory',
  doc: 'What the memory of this interpreter looks like from inside.',
  methods: [
    {
      name: 'holders',
      flags: METH_O,
      meth: memory_holders,
      sig: '($module, obj, /)',
      doc: 'Each counted reference to obj: (kind, holder, where).',
    },
    {
      name: 'path',
      flags: METH_O,
      meth: memory_path,
      sig: '($module, obj, /)',
      doc: 'The shortest way from a root to obj; empty: it is garbage.',
    },
    {
      name: 'retained',
      flags: METH_O,
      meth: memory_retained,
      sig: '($module, obj, /)',
      doc: 'How many objects and bytes live through obj only.',
    },
    {
      name: 'objects',
      flags: METH_CLINIC,
      meth: memory_objects,
      sig: '($module, type=None, /)',
      doc: 'All objects that can be found, or those of exactly that type.',
    },
    {
      name: 'totals',
      flags: METH_NOARGS,
      meth: memory_totals,
      sig: '($module, /)',
      doc: 'Objects, references and bytes of all mortal objects.',
    },
    {
      name: 'total_references',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(total_references()),
      sig: '($module, /)',
      doc: 'The sum of the counts of all mortal objects.',
    },
    {
      name: 'record',
      flags: METH_O,
      meth: memory_record,
      sig: '($module, obj, /)',
      doc: "Begins to record each change of obj's count; a number for stop().",
    },
    {
      name: 'stop',
      flags: METH_O,
      meth: memory_stop,
      sig: '($module, recording, /)',
      doc: 'Ends a recording: (from, to, filename, function, line, unit, opname) for each change.',
    },
    {
      name: 'collect',
      flags: METH_CLINIC,
      meth: memory_collect,
      sig: '($module, generation=2, /)',
      doc: 'Collects; (phase, [(type, id, references from elsewhere or None), ...]) for each phase.',
    },
  ],
};

// --- tools -----------------------------------------------------------------------------------------------------------

/** Hands a request to the tools' bundle, which is loaded for the first one. */
function tools_answer(_m: PyObject, request: PyObject): PyObject {
  if (!PyUnicode_Check(request)) PyErr_SetString(PyExc_TypeError, 'a request is a str');
  const { load_bundle } = host();
  if (load_bundle === undefined) PyErr_SetString(PyExc_RuntimeError, 'there are no tools here');
  const box = load_bundle.call(host(), 'tools.cjs') as ToolBox;
  return PyUnicode_FromString(box.answerPython(tool_port(), PyUnicode_AsString(request)));
}

export const tools_module: ModuleSpec = {
  name: 'pyvarium._tools',
  doc: 'What pyvarium.tools asks the tools with.',
  methods: [
    {
      name: 'answer',
      flags: METH_O,
      meth: tools_answer,
      sig: '($module, request, /)',
      doc: 'The answer to a request, both in JSON.',
    },
  ],
};

/** The package: it has nothing but its modules. */
export const module: ModuleSpec = {
  name: 'pyvarium',
  doc: 'What only Pyvarium has.',
  exec(m) {
    const path = PyList_New();
    const { asset_folder } = host();
    if (asset_folder !== undefined) {
      const folder = PyUnicode_FromString(`${asset_folder}/lib/python3.14/pyvarium`);
      PyList_Append(path, folder);
      decref(folder);
    }
    PyModule_AddObjectRef(m, '__path__', path);
    decref(path);
  },
};
