// _lsprof.ts: the profiler behind cProfile.                                          CPython: Modules/_lsprof.c
//
// A tool of sys.monitoring whose callbacks are its own methods: calls and returns push and pop activations, whose times go
// to an entry for each function and, within it, one for each function that it calls.
// Invariant: a function's open activations number its `level`; time is added to `total` when the outermost one ends.
// Differs: entries come in the order of their first calls; CPython's in that of addresses.
import { as_raised, PyErr_Clear, PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
  xnewref,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyObject_CallMethod, PyObject_CallNoArgs } from '../objects/call.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyMethodDescr_Type } from '../objects/descrobject.ts';
import { PyErr_WriteUnraisable } from '../objects/errors_util.ts';
import { PyExc_RuntimeError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { release_instance } from '../objects/instance.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { type CFunction, PyCFunction_Type } from '../objects/methodobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_IsTrue, PyObject_Repr } from '../objects/object.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { _PyType_Lookup, ready_static_types } from '../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { MISSING } from '../vm/instrumentation.ts';
import { parse_arguments } from './parse_keywords.ts';

/** sys.monitoring.PROFILER_ID */
const TOOL_ID = 2;

/** Times are in the timer's units; calls are those that ended. */
class Times {
  total = 0;
  inline = 0;
  calls = 0;
  recursive = 0;
  level = 0;

  /** An activation has ended. */
  add(total: number, inline: number): void {
    if (--this.level === 0) this.total += total;
    else this.recursive++;
    this.inline += inline;
    this.calls++;
  }
}

/** A function: its code object, or a text for a native. */
class Entry extends Times {
  /** Owned. */
  readonly user_obj: PyObject;
  readonly callees = new Map<Entry, Times>();
  constructor(user_obj: PyObject) {
    super();
    this.user_obj = user_obj;
  }
}

interface Activation {
  readonly entry: Entry;
  started: number;
  /** Time of those it called. */
  below: number;
  readonly previous: Activation | null;
}

class Profiler {
  /** By code object, or by a native's definition. */
  readonly entries = new Map<object, Entry>();
  top: Activation | null = null;
  enabled = false;
  subcalls = true;
  builtins = true;
  /** Owned, or null for the clock. */
  timer: PyObject | null = null;
  unit = 0;
  /** The timer is being called: it must not change what is counted. */
  timing = false;
}
type ProfilerObject = PyObject<Profiler>;

/** CPython: call_timer */
function read_timer(p: Profiler): number {
  if (p.timer === null) return Number(current.tstate.interp.host.clock.monotonic_ns()) / 1e9;
  p.timing = true;
  try {
    const o = PyObject_CallNoArgs(p.timer);
    try {
      return PyFloat_AsDouble(o);
    } finally {
      decref(o);
    }
  } catch (e) {
    PyErr_WriteUnraisable(p.timer, as_raised(e));
    return 0;
  } finally {
    p.timing = false;
  }
}

/** What a native is called in statistics; no reference to its object is kept. CPython: normalizeUserObj */
function native_name(func: PyObject<CFunction>): PyObject {
  const { ml, self, module } = func.v;
  if (self === null) {
    const name = module !== null && PyUnicode_Check(module) ? PyUnicode_AsString(module) : null;
    return PyUnicode_FromString(name === null || name === 'builtins' ? `<${ml.name}>` : `<${name}.${ml.name}>`);
  }
  const name = PyUnicode_FromString(ml.name);
  const found = _PyType_Lookup(self.ob_type, name);
  decref(name);
  if (found !== null) {
    try {
      return PyObject_Repr(found);
    } catch (e) {
      PyErr_Clear(as_raised(e));
    }
  }
  if (module !== null && PyUnicode_Check(module))
    return PyUnicode_FromString(`<built-in method ${PyUnicode_AsString(module)}.${ml.name}>`);
  return PyUnicode_FromString(`<built-in method ${ml.name}>`);
}

/** CPython: ptrace_enter_call, initContext */
function enter(p: Profiler, key: object, name: () => PyObject): void {
  let entry = p.entries.get(key);
  if (entry === undefined) p.entries.set(key, (entry = new Entry(name())));
  const activation: Activation = { entry, started: 0, below: 0, previous: p.top };
  p.top = activation;
  entry.level++;
  if (p.subcalls && activation.previous !== null) {
    const { callees } = activation.previous.entry;
    let times = callees.get(entry);
    if (times === undefined) callees.set(entry, (times = new Times()));
    times.level++;
  }
  activation.started = read_timer(p);
}

/** CPython: Stop */
function stop(p: Profiler, { entry, started, below, previous }: Activation): void {
  const total = read_timer(p) - started;
  if (previous !== null) previous.below += total;
  p.top = previous;
  entry.add(total, total - below);
  if (p.subcalls && previous !== null) previous.entry.callees.get(entry)?.add(total, total - below);
}

/** CPython: ptrace_leave_call */
function leave(p: Profiler, key: object): void {
  const { top } = p;
  if (top === null) return;
  const entry = p.entries.get(key);
  if (entry === undefined) p.top = top.previous;
  else stop(p, top.entry === entry ? top : { ...top, entry });
}

function flush(p: Profiler): void {
  while (p.top !== null) stop(p, p.top);
}

function clear_entries(p: Profiler): void {
  const entries = [...p.entries.values()];
  p.entries.clear();
  p.top = null;
  for (const { user_obj } of entries) decref(user_obj);
}

// --- callbacks ----------------------------------------------------------------------------------------------------------

function py_start(self: PyObject, code: PyObject): PyObject {
  enter((self as ProfilerObject).v, code, () => newref(code));
  return newref(Py_None);
}

function py_return(self: PyObject, code: PyObject): PyObject {
  leave((self as ProfilerObject).v, code);
  return newref(Py_None);
}

/** Tells the native that a callable stands for: itself, or a method descriptor's bound to the argument. CPython: get_cfunc_from_callable */
function with_native(callable: PyObject, self_arg: PyObject, see: (func: PyObject<CFunction>) => void): void {
  if (callable.ob_type === PyCFunction_Type) see(callable as PyObject<CFunction>);
  else if (callable.ob_type === PyMethodDescr_Type && self_arg !== MISSING) {
    const bound = callable.ob_type.tp_descr_get!(callable, self_arg, self_arg.ob_type);
    try {
      if (bound.ob_type === PyCFunction_Type) see(bound as PyObject<CFunction>);
    } finally {
      decref(bound);
    }
  }
}

function c_call(self: PyObject, _code: PyObject, _offset: PyObject, callable: PyObject, self_arg: PyObject): PyObject {
  const p = (self as ProfilerObject).v;
  if (p.builtins) with_native(callable, self_arg, func => enter(p, func.v.ml, () => native_name(func)));
  return newref(Py_None);
}

function c_return(
  self: PyObject,
  _code: PyObject,
  _offset: PyObject,
  callable: PyObject,
  self_arg: PyObject,
): PyObject {
  const p = (self as ProfilerObject).v;
  if (p.builtins) with_native(callable, self_arg, func => leave(p, func.v.ml));
  return newref(Py_None);
}

/** Events of sys.monitoring.events and who is told of them. */
const CALLBACKS: readonly (readonly [event: string, method: string])[] = [
  ['PY_START', '_pystart_callback'],
  ['PY_RESUME', '_pystart_callback'],
  ['PY_THROW', '_pythrow_callback'],
  ['PY_RETURN', '_pyreturn_callback'],
  ['PY_YIELD', '_pyreturn_callback'],
  ['PY_UNWIND', '_pyreturn_callback'],
  ['CALL', '_ccall_callback'],
  ['C_RETURN', '_creturn_callback'],
  ['C_RAISE', '_creturn_callback'],
];

/** Calls a function of sys.monitoring with this tool's number. `args` are taken over. */
function monitor(name: string, ...args: PyObject[]): void {
  const monitoring = PyImport_ImportModuleAttr('sys', 'monitoring');
  const tool = PyLong_FromLong(TOOL_ID);
  try {
    decref(PyObject_CallMethod(monitoring, name, tool, ...args));
  } finally {
    decref(tool);
    decref(monitoring);
    for (const arg of args) decref(arg);
  }
}

/** The bit of an event. */
function event_bit(name: string): number {
  const monitoring = PyImport_ImportModuleAttr('sys', 'monitoring');
  let events: PyObject | null = null;
  let bit: PyObject | null = null;
  try {
    events = PyObject_GetAttrString(monitoring, 'events');
    bit = PyObject_GetAttrString(events, name);
    return PyFloat_AsDouble(bit);
  } finally {
    xdecref(bit);
    xdecref(events);
    decref(monitoring);
  }
}

/** Registers the callbacks, or (without a profiler) none, and switches the events. */
function set_callbacks(self: PyObject | null): void {
  let all = 0;
  for (const [event, method] of CALLBACKS) {
    const bit = event_bit(event);
    all |= bit;
    const callback = self === null ? newref(Py_None) : PyObject_GetAttrString(self, method);
    monitor('register_callback', PyLong_FromLong(bit), callback);
  }
  monitor('set_events', PyLong_FromLong(self === null ? 0 : all));
}

// --- methods ------------------------------------------------------------------------------------------------------------

/** CPython: profiler_enable */
function profiler_enable(self: PyObject, subcalls: PyObject | null, builtins: PyObject | null): PyObject {
  const p = (self as ProfilerObject).v;
  p.subcalls = subcalls === null || PyObject_IsTrue(subcalls);
  p.builtins = builtins === null || PyObject_IsTrue(builtins);
  monitor('use_tool_id', PyUnicode_FromString('cProfile'));
  set_callbacks(self);
  p.enabled = true;
  return newref(Py_None);
}

/** CPython: profiler_disable */
function profiler_disable(self: PyObject): PyObject {
  const p = (self as ProfilerObject).v;
  if (p.timing) PyErr_SetString(PyExc_RuntimeError, 'cannot disable profiler in external timer');
  if (p.enabled) {
    set_callbacks(null);
    monitor('free_tool_id');
    p.enabled = false;
    flush(p);
  }
  return newref(Py_None);
}

function profiler_clear(self: PyObject): PyObject {
  const p = (self as ProfilerObject).v;
  if (p.timing) PyErr_SetString(PyExc_RuntimeError, 'cannot clear profiler in external timer');
  clear_entries(p);
  return newref(Py_None);
}

let types: readonly [entry: PyTypeObject, subentry: PyTypeObject] | undefined;

function stats_types(): readonly [entry: PyTypeObject, subentry: PyTypeObject] {
  if (types === undefined) {
    const common = [
      { name: 'code', doc: 'code object or built-in function name' },
      { name: 'callcount', doc: 'how many times this was called' },
      { name: 'reccallcount', doc: 'how many times called recursively' },
      { name: 'totaltime', doc: 'total time in this entry' },
      { name: 'inlinetime', doc: 'inline time in this entry (not in subcalls)' },
    ];
    types = [
      PyStructSequence_NewType({
        name: '_lsprof.profiler_entry',
        fields: [...common, { name: 'calls', doc: 'details of the calls' }],
        n_in_sequence: 6,
      }),
      PyStructSequence_NewType({ name: '_lsprof.profiler_subentry', fields: common, n_in_sequence: 5 }),
    ];
    ready_static_types();
  }
  return types;
}

/** CPython: _lsprof_Profiler_getstats_impl */
function profiler_getstats(self: PyObject): PyObject {
  const p = (self as ProfilerObject).v;
  const [entry_type, subentry_type] = stats_types();
  const factor = p.timer !== null && p.unit > 0 ? p.unit : 1;
  const fields = (user_obj: PyObject, t: Times): PyObject[] => [
    newref(user_obj),
    PyLong_FromLong(t.calls),
    PyLong_FromLong(t.recursive),
    PyFloat_FromDouble(factor * t.total),
    PyFloat_FromDouble(factor * t.inline),
  ];
  const list: PyObject[] = [];
  for (const entry of p.entries.values()) {
    if (entry.calls === 0) continue;
    const calls =
      entry.callees.size === 0
        ? newref(Py_None)
        : PyList_FromArraySteal(
            [...entry.callees].map(([callee, times]) =>
              PyStructSequence_New(subentry_type, fields(callee.user_obj, times)),
            ),
          );
    list.push(PyStructSequence_New(entry_type, [...fields(entry.user_obj, entry), calls]));
  }
  return PyList_FromArraySteal(list);
}

// --- the type -----------------------------------------------------------------------------------------------------------

function profiler_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Profiler());
}

/** CPython: profiler_init */
function profiler_init(self: PyObject, args: PyObject, kwargs: PyObject | null): number {
  const p = (self as ProfilerObject).v;
  let timer: PyObject | null = null;
  p.unit = 0;
  p.subcalls = true;
  p.builtins = true;
  parse_arguments('Profiler', ['timer', 'timeunit', 'subcalls', 'builtins'], 0, 4, args, kwargs, (i, value) => {
    if (i === 0) timer = value === Py_None ? null : value;
    else if (i === 1) p.unit = PyFloat_AsDouble(value);
    else if (i === 2) p.subcalls = PyObject_IsTrue(value);
    else p.builtins = PyObject_IsTrue(value);
  });
  const old = p.timer;
  p.timer = xnewref(timer);
  xdecref(old);
  return 0;
}

function profiler_traverse(self: PyObject, visit: visitproc): void {
  const p = (self as ProfilerObject).v;
  if (p.timer !== null) visit(p.timer);
  for (const { user_obj } of p.entries.values()) visit(user_obj);
}

function profiler_dealloc(self: PyObject): void {
  gc_del(self);
  const p = (self as ProfilerObject).v;
  flush(p);
  clear_entries(p);
  xdecref(p.timer);
  p.timer = null;
  release_instance(self);
}

const profiler_type = static_type({
  name: '_lsprof.Profiler',
  heap: 'immutable',
  tp_basicsize: 96,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc:
    'Counts and times calls. Without a timer the clock is read; a timer may give seconds, or ints,\n' +
    "which 'timeunit' says the length of, in seconds.",
  tp_new: profiler_new,
  tp_init: profiler_init,
  tp_traverse: profiler_traverse,
  tp_dealloc: profiler_dealloc,
  methods: [
    {
      name: 'getstats',
      flags: METH_NOARGS,
      meth: profiler_getstats,
      sig: '($self, /)',
      doc: 'What was counted: a list of profiler_entry objects.',
    },
    {
      name: 'enable',
      flags: METH_CLINIC,
      meth: profiler_enable,
      sig: '($self, /, subcalls=True, builtins=True)',
      doc: 'Starts counting.',
    },
    { name: 'disable', flags: METH_NOARGS, meth: profiler_disable, sig: '($self, /)', doc: 'Stops counting.' },
    { name: 'clear', flags: METH_NOARGS, meth: profiler_clear, sig: '($self, /)', doc: 'Forgets what was counted.' },
    { name: '_pystart_callback', flags: METH_CLINIC, meth: py_start, sig: '($self, code, instruction_offset, /)' },
    {
      name: '_pythrow_callback',
      flags: METH_CLINIC,
      meth: py_start,
      sig: '($self, code, instruction_offset, exception, /)',
    },
    {
      name: '_pyreturn_callback',
      flags: METH_CLINIC,
      meth: py_return,
      sig: '($self, code, instruction_offset, retval, /)',
    },
    {
      name: '_ccall_callback',
      flags: METH_CLINIC,
      meth: c_call,
      sig: '($self, code, instruction_offset, callable, self_arg, /)',
    },
    {
      name: '_creturn_callback',
      flags: METH_CLINIC,
      meth: c_return,
      sig: '($self, code, instruction_offset, callable, self_arg, /)',
    },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(timer=None, timeunit=0.0, subcalls=True, builtins=True)' };
  },
});

export const module: ModuleSpec = {
  name: '_lsprof',
  doc: 'Fast profiler',
  types: () => [profiler_type],
  exec(m) {
    const [entry, subentry] = stats_types();
    PyModule_AddObjectRef(m, 'profiler_entry', entry);
    PyModule_AddObjectRef(m, 'profiler_subentry', subentry);
  },
};
