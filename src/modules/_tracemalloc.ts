// _tracemalloc.ts: traces of memory allocations for Python.                        CPython: Modules/_tracemalloc.c
//
// The tracing itself is vm/tracemalloc.ts. A traceback is a tuple of (filename, line) pairs, innermost first; equal
// tracebacks are one tuple.
import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_FromAppendedSteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import {
  MAX_NFRAME,
  measure_unfinished,
  type Traceback,
  traced_memory,
  tracemalloc,
  tracemalloc_clear,
  tracemalloc_start,
  tracemalloc_stop,
  untraced,
} from '../vm/tracemalloc.ts';
import { c_int, none } from './args.ts';

/** Bytes that CPython's tables need for a trace, about. */
const TRACE_COST = 72;

function is_tracing(): PyObject {
  return PyBool_FromLong(tracemalloc.tracing);
}

function clear_traces(): PyObject {
  tracemalloc_clear();
  return none();
}

/** The frames of a traceback as a tuple; a new reference. CPython: traceback_to_pyobject */
function frames_tuple(traceback: Traceback, made: Map<Traceback, PyObject>): PyObject {
  const known = made.get(traceback);
  if (known !== undefined) return newref(known);
  const frames = traceback.frames();
  const pairs = frames.map(({ filename, line }) => tuple_pair_steal(newref(filename!), PyLong_FromLong(line)));
  if (pairs.length === 0) pairs.push(tuple_pair_steal(PyUnicode_FromString('<unknown>'), PyLong_FromLong(0)));
  const tuple = PyTuple_FromArraySteal(pairs);
  made.set(traceback, tuple);
  return tuple;
}

/** CPython: _PyTraceMalloc_GetTraces */
function get_traces(): PyObject {
  if (!tracemalloc.tracing) return PyList_FromAppendedSteal([]);
  return untraced(() => {
    measure_unfinished();
    const made = new Map<Traceback, PyObject>();
    const items: PyObject[] = [];
    const add = (size: number, traceback: Traceback): void => {
      if (size === 0) return;
      const frames = frames_tuple(traceback, made);
      const total = PyLong_FromLong(traceback.total_nframe);
      items.push(PyTuple_FromArraySteal([PyLong_FromLong(0), PyLong_FromLong(size), frames, total]));
    };
    for (const trace of tracemalloc.traces.values()) {
      add(trace.size, trace.traceback);
      add(trace.tables, trace.tables_traceback);
    }
    return PyList_FromAppendedSteal(items);
  });
}

/** CPython: _PyTraceMalloc_GetObjectTraceback */
function get_object_traceback(_m: PyObject, o: PyObject): PyObject {
  const trace = tracemalloc.traces.get(o);
  if (trace === undefined || trace.size === 0) return newref(Py_None);
  return untraced(() => frames_tuple(trace.traceback, new Map()));
}

function start(_m: PyObject, nframe: PyObject | null): PyObject {
  const n = nframe === null ? 1 : c_int(nframe);
  if (n < 1 || n > MAX_NFRAME) {
    PyErr_SetString(PyExc_ValueError, `the number of frames must be in range [1; ${MAX_NFRAME}]`);
  }
  tracemalloc_start(n);
  return none();
}

function stop(): PyObject {
  tracemalloc_stop();
  return none();
}

function get_traced_memory(): PyObject {
  const [size, peak] = tracemalloc.tracing ? traced_memory() : [0, 0];
  return tuple_pair_steal(PyLong_FromLong(size), PyLong_FromLong(peak));
}

function reset_peak(): PyObject {
  if (tracemalloc.tracing) tracemalloc.peak = traced_memory()[0];
  return none();
}

export const module: ModuleSpec = {
  name: '_tracemalloc',
  one_interpreter: true,
  doc: 'Debug module to trace memory blocks allocated by Python.',
  methods: [
    {
      name: 'is_tracing',
      flags: METH_NOARGS,
      meth: is_tracing,
      sig: '($module, /)',
      doc: 'Return True if the tracemalloc module is tracing Python memory allocations.',
    },
    {
      name: 'clear_traces',
      flags: METH_NOARGS,
      meth: clear_traces,
      sig: '($module, /)',
      doc: 'Clear traces of memory blocks allocated by Python.',
    },
    { name: '_get_traces', flags: METH_NOARGS, meth: get_traces, sig: '($module, /)' },
    { name: '_get_object_traceback', flags: METH_O, meth: get_object_traceback, sig: '($module, obj, /)' },
    { name: 'start', flags: METH_CLINIC, meth: start, sig: '($module, nframe=1, /)' },
    { name: 'stop', flags: METH_NOARGS, meth: stop, sig: '($module, /)' },
    {
      name: 'get_traceback_limit',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(tracemalloc.max_nframe),
      sig: '($module, /)',
    },
    {
      name: 'get_tracemalloc_memory',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(tracemalloc.traces.size * TRACE_COST),
      sig: '($module, /)',
    },
    { name: 'get_traced_memory', flags: METH_NOARGS, meth: get_traced_memory, sig: '($module, /)' },
    { name: 'reset_peak', flags: METH_NOARGS, meth: reset_peak, sig: '($module, /)' },
  ],
};
