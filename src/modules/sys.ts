// sys.ts: the interpreter as programs see it.                                                  CPython: Python/sysmodule.c
//
// Functions here; what sys says about version and options is in sys/info.ts, showing values and errors in
// sys/display.ts, audit events in sys/audit.ts. Tracing and threads attach through sysHooks.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, is_immortal, newref, Py_TPFLAGS_IMMUTABLETYPE, type PyObject, xdecref } from '../core/object.ts';
import {
  METH_CLINIC,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  type MethodSpec,
  type ModuleSpec,
} from '../core/spec.ts';
import { current, interpreters, type PyThreadState } from '../core/tstate.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallNoArgs } from '../objects/call.ts';
import { PyTuple_Check, PyType_Check, PyUnicode_Check } from '../objects/checks.ts';
import {
  PyDict_GetItemString,
  PyDict_New,
  PyDict_Pop,
  PyDict_SetItem,
  PyDict_SetItemString,
} from '../objects/dictobject.ts';
import { _PyErr_WriteUnraisableDefaultHook, UnraisableHookArgs_Type } from '../objects/errors_util.ts';
import {
  exc_data,
  handled_exception,
  PyExc_DeprecationWarning,
  PyExc_RecursionError,
  PyExc_RuntimeError,
  PyExc_SystemExit,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { is_incomplete, PyFrame_GetFrameObject } from '../objects/frameobject.ts';
import type { FunctionPayload } from '../objects/funcobject.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { add_functions, module_from_spec, PyModule_Add, PyModule_GetDict } from '../objects/moduleobject.ts';
import { _PyObject_LookupSpecial, Py_None, PyCallable_Check, PyObject_IsTrue } from '../objects/object.ts';
import { preheader_size } from '../objects/object_size.ts';
import { PyStructSequence_New } from '../objects/structseq.ts';
import { MIN_MAX_STR_DIGITS } from '../objects/sysinfo.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyType_Modified, ready_static_types } from '../objects/typeobject.ts';
import {
  _Py_ID,
  bad_argument,
  fs_codec,
  interned_counts,
  PyUnicode_AsString,
  PyUnicode_CHECK_INTERNED,
  PyUnicode_FromString,
  PyUnicode_InternInPlace,
  PyUnicode_Type,
} from '../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../objects/warnings.ts';
import { borrowed_references } from '../vm/borrowed.ts';
import { live_objects, total_references } from '../vm/memory/graph.ts';
import { debug_malloc_stats } from '../vm/memory/malloc_stats.ts';
import { all_threads } from '../vm/scheduler.ts';
import { sys_addaudithook, sys_audit } from './sys/audit.ts';
import { sys_breakpointhook, sys_displayhook, sys_excepthook } from './sys/display.ts';
import { add_info, flags_object, info_types } from './sys/info.ts';

/** What other parts of the interpreter do for sys; set at start-up. */
export const sysHooks = {
  /** Sets the trace or profile function of the running thread (borrowed; null: none). */
  settrace: null as ((func: PyObject | null) => void) | null,
  setprofile: null as ((func: PyObject | null) => void) | null,
  /** As above, for all threads. */
  settrace_all: null as ((func: PyObject | null) => void) | null,
  setprofile_all: null as ((func: PyObject | null) => void) | null,
  /** The module sys.monitoring, a new reference. */
  monitoring: null as (() => PyObject) | null,
  /** Runs the interactive loop on standard input. */
  baserepl: null as (() => void) | null,
};

/** Immortal objects show this count. CPython: _Py_IMMORTAL_INITIAL_REFCNT */
const IMMORTAL_SHOWN = 3221225472;

function none(): PyObject {
  return newref(Py_None);
}

function given(o: PyObject | null): PyObject | null {
  return o === Py_None ? null : o;
}

// --- objects -----------------------------------------------------------------------------------------------------------

function sys_getrefcount(_m: PyObject, o: PyObject): PyObject {
  if (is_immortal(o)) return PyLong_FromLong(IMMORTAL_SHOWN);
  return PyLong_FromLong(o.ob_refcnt - borrowed_references(o));
}

/** CPython: _PySys_GetSizeOf */
export function _PySys_GetSizeOf(o: PyObject): number {
  const method = _PyObject_LookupSpecial(o, _Py_ID('__sizeof__'));
  if (method === null) PyErr_SetString(PyExc_TypeError, `Type ${o.ob_type.tp_name} doesn't define __sizeof__`);
  let result: PyObject;
  try {
    result = PyObject_CallNoArgs(method);
  } finally {
    decref(method);
  }
  let size: number;
  try {
    if (typeof result.v !== 'number' && typeof result.v !== 'bigint')
      PyErr_SetString(PyExc_TypeError, 'an integer is required');
    size = PyLong_AsSsize_t(result);
  } finally {
    decref(result);
  }
  if (size < 0) PyErr_SetString(PyExc_ValueError, '__sizeof__() should return >= 0');
  return size + preheader_size(o);
}

function sys_getsizeof(_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const [o, fallback] = two_arguments('getsizeof', ['object', 'default'], args, kwnames);
  if (o === null) PyErr_SetString(PyExc_TypeError, "getsizeof() missing required argument 'object' (pos 1)");
  try {
    return PyLong_FromLong(_PySys_GetSizeOf(o));
  } catch (e) {
    if (fallback === null || !PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
    PyErr_Clear(e);
    return newref(fallback);
  }
}

/** Arguments of a function that takes two, by place or name. `fname` is '' for one whose errors name no function. */
function two_arguments(
  fname: string,
  names: readonly [string, string],
  args: PyObject[],
  kwnames: PyObject | null,
): [PyObject | null, PyObject | null] {
  const label = fname === '' ? 'function' : `${fname}()`;
  const this_function = fname === '' ? 'this function' : `${fname}()`;
  if (args.length > 2) PyErr_SetString(PyExc_TypeError, `${label} takes at most 2 arguments (${args.length} given)`);
  const keywords = kwnames === null ? [] : (kwnames as PyObject<PyObject[]>).v;
  const nargs = args.length - keywords.length;
  const out: [PyObject | null, PyObject | null] = [nargs > 0 ? args[0]! : null, nargs > 1 ? args[1]! : null];
  for (let i = 0; i < keywords.length; i++) {
    const at = names.indexOf(PyUnicode_AsString(keywords[i]!));
    if (at < 0) {
      if (out[0] === null && fname !== '' && nargs === 0) continue;
      PyErr_SetString(
        PyExc_TypeError,
        `${this_function} got an unexpected keyword argument '${PyUnicode_AsString(keywords[i]!)}'`,
      );
    }
    if (out[at] !== null) {
      PyErr_SetString(PyExc_TypeError, `argument for ${label} given by name ('${names[at]}') and position (${at + 1})`);
    }
    out[at] = args[nargs + i]!;
  }
  return out;
}

function sys_intern(_m: PyObject, s: PyObject): PyObject {
  if (!PyUnicode_Check(s)) bad_argument('intern', 'argument', 'str', s);
  if (s.ob_type !== PyUnicode_Type) PyErr_SetString(PyExc_TypeError, `can't intern ${s.ob_type.tp_name}`);
  return PyUnicode_InternInPlace(newref(s));
}

function sys__is_interned(_m: PyObject, s: PyObject): PyObject {
  if (!PyUnicode_Check(s)) bad_argument('_is_interned', 'argument', 'str', s);
  return PyBool_FromLong(PyUnicode_CHECK_INTERNED(s));
}

function sys_getallocatedblocks(): PyObject {
  return PyLong_FromLong(live_objects().size);
}

/** CPython: sys_gettotalrefcount (debug builds) */
function sys_gettotalrefcount(): PyObject {
  return PyLong_FromLong(total_references());
}

/** CPython: Objects/object.c:_Py_GetObjects (builds with Py_TRACE_REFS) */
function sys_getobjects(_m: PyObject, limit: PyObject, type: PyObject | null): PyObject {
  const most = PyLong_AsInt(limit);
  const found: PyObject[] = [];
  for (const o of live_objects()) {
    if (most > 0 && found.length === most) break;
    if (type === null || type === Py_None || o.ob_type === type) found.push(newref(o));
  }
  return PyList_FromArraySteal(found);
}

/** CPython: sys__debugmallocstats_impl */
function sys__debugmallocstats(): PyObject {
  current.tstate.interp.host.files.write(2, new TextEncoder().encode(debug_malloc_stats(live_objects())));
  return none();
}

const REFERENCE_TOTALS: readonly MethodSpec[] = [
  { name: 'gettotalrefcount', flags: METH_NOARGS, meth: sys_gettotalrefcount, sig: '($module, /)' },
  { name: 'getobjects', flags: METH_CLINIC, meth: sys_getobjects, sig: '($module, limit, type=None, /)' },
];

/** What only debug builds of CPython have: here with -X showrefcount. */
export function add_reference_totals(sys: PyObject): void {
  add_functions(sys, REFERENCE_TOTALS);
}

function sys_getunicodeinternedsize(_m: PyObject, only_immortal: PyObject | null): PyObject {
  const { total, immortal } = interned_counts();
  return PyLong_FromLong(only_immortal !== null && PyObject_IsTrue(only_immortal) ? immortal : total);
}

function sys__clear_type_cache(): PyObject {
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    'sys._clear_type_cache() is deprecated and scheduled for removal in a future version. Use sys._clear_internal_caches() instead.',
    1,
  );
  return none();
}

/** Takes the descriptors that hold on to the class out of it. CPython: sys__clear_type_descriptors */
function sys__clear_type_descriptors(_m: PyObject, type: PyObject): PyObject {
  if (!PyType_Check(type)) bad_argument('_clear_type_descriptors', 'argument', 'type', type);
  if ((type.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) PyErr_SetString(PyExc_TypeError, 'argument is immutable');
  for (const name of ['__dict__', '__weakref__']) xdecref(PyDict_Pop(type.tp_dict!, _Py_ID(name)));
  PyType_Modified(type);
  return none();
}

// --- frames and exceptions ---------------------------------------------------------------------------------------------

/** The complete frame that many calls up, or null. */
function frame_at(depth: number): InterpreterFrame | null {
  let frame = current.tstate.frame;
  for (;;) {
    while (frame !== null && is_incomplete(frame)) frame = frame.previous;
    if (frame === null || depth-- <= 0) return frame;
    frame = frame.previous;
  }
}

function sys__getframe(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('_getframe', args.length, 0, 1);
  const depth = args.length === 0 ? 0 : PyLong_AsInt(args[0]!);
  const frame = frame_at(depth);
  if (frame === null) PyErr_SetString(PyExc_ValueError, 'call stack is not deep enough');
  const o = PyFrame_GetFrameObject(frame);
  PySys_Audit('sys._getframe', o);
  return newref(o);
}

function sys__getframemodulename(_m: PyObject, depth_o: PyObject | null): PyObject {
  const depth = depth_o === null ? 0 : PyLong_AsInt(depth_o);
  const told = depth_o === null ? PyLong_FromLong(0) : newref(depth_o);
  try {
    PySys_Audit('sys._getframemodulename', told);
  } finally {
    decref(told);
  }
  const frame = frame_at(depth);
  const func = frame?.f_func ?? null;
  if (func === null) return none();
  return newref((func as PyObject<FunctionPayload>).v.module ?? Py_None);
}

function by_thread(value: (tstate: PyThreadState) => PyObject | null): PyObject {
  const dict = PyDict_New();
  for (const { tstate } of all_threads()) {
    const v = value(tstate);
    if (v === null) continue;
    const id = PyLong_FromLong(tstate.thread_id);
    PyDict_SetItem(dict, id, v);
    decref(id);
  }
  return dict;
}

function sys__current_frames(): PyObject {
  PySys_Audit('sys._current_frames');
  return by_thread(tstate => {
    let frame = tstate.frame;
    while (frame !== null && is_incomplete(frame)) frame = frame.previous;
    return frame === null ? null : PyFrame_GetFrameObject(frame);
  });
}

function sys__current_exceptions(): PyObject {
  PySys_Audit('sys._current_exceptions');
  return by_thread(tstate => {
    let info = tstate.exc_info;
    while ((info.exc_value === null || info.exc_value === Py_None) && info.previous !== null) info = info.previous;
    return info.exc_value ?? Py_None;
  });
}

function sys_exception(): PyObject {
  return newref(handled_exception() ?? Py_None);
}

function sys_exc_info(): PyObject {
  const exc = handled_exception();
  if (exc === null) return PyTuple_FromArraySteal([none(), none(), none()]);
  return PyTuple_FromArraySteal([newref(exc.ob_type), newref(exc), newref(exc_data(exc).traceback ?? Py_None)]);
}

function sys_exit(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('exit', args.length, 0, 1);
  PyErr_SetObject(PyExc_SystemExit, args[0] ?? Py_None);
}

function sys_unraisablehook(_m: PyObject, args: PyObject): PyObject {
  if (args.ob_type !== UnraisableHookArgs_Type()) {
    PyErr_SetString(PyExc_TypeError, 'sys.unraisablehook argument type must be UnraisableHookArgs');
  }
  return _PyErr_WriteUnraisableDefaultHook(args);
}

// --- limits ------------------------------------------------------------------------------------------------------------

function sys_setrecursionlimit(_m: PyObject, limit_o: PyObject): PyObject {
  const limit = PyLong_AsInt(limit_o);
  if (limit < 1) PyErr_SetString(PyExc_ValueError, 'recursion limit must be greater or equal than 1');
  const depth = current.tstate.recursion_depth;
  if (depth >= limit) {
    PyErr_SetString(
      PyExc_RecursionError,
      `cannot set the recursion limit to ${limit} at the recursion depth ${depth}: the limit is too low`,
    );
  }
  current.tstate.interp.recursion_limit = limit;
  for (const { tstate } of all_threads()) tstate.recursion_limit = limit;
  return none();
}

function sys_set_int_max_str_digits(_m: PyObject, digits_o: PyObject): PyObject {
  const digits = PyLong_AsInt(digits_o);
  if (digits !== 0 && digits < MIN_MAX_STR_DIGITS) {
    PyErr_SetString(PyExc_ValueError, `maxdigits must be >= ${MIN_MAX_STR_DIGITS} or 0 for unlimited`);
  }
  const { interp } = current.tstate;
  interp.int_max_str_digits = digits;
  const flags = flags_object();
  PyDict_SetItemString(interp.sysdict!, 'flags', flags);
  decref(flags);
  return none();
}

function sys_setswitchinterval(_m: PyObject, interval_o: PyObject): PyObject {
  const interval = PyFloat_AsDouble(interval_o);
  if (!(interval > 0)) PyErr_SetString(PyExc_ValueError, 'switch interval must be strictly positive');
  current.tstate.interp.gil.interval_ns = Math.trunc(interval * 1e6) * 1000;
  return none();
}

// --- tracing and coroutines --------------------------------------------------------------------------------------------

function set_tracer(hook: ((func: PyObject | null) => void) | null, name: string, func: PyObject): PyObject {
  PySys_Audit(name);
  if (hook !== null) hook(given(func));
  else if (func !== Py_None) PyErr_SetString(PyExc_RuntimeError, `${name}() is not available in this build`);
  return none();
}

function sys_call_tracing(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('call_tracing', args.length, 2, 2);
  const [func, funcargs] = args as [PyObject, PyObject];
  if (!PyTuple_Check(funcargs)) bad_argument('call_tracing', 'argument 2', 'tuple', funcargs);
  const { tstate } = current;
  const saved = tstate.tracing;
  tstate.tracing = 0;
  try {
    return PyObject_Call(func, funcargs, null);
  } finally {
    tstate.tracing = saved;
  }
}

function sys_set_asyncgen_hooks(_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const [firstiter, finalizer] = two_arguments('', ['firstiter', 'finalizer'], args, kwnames);
  const { tstate } = current;
  const check = (hook: PyObject | null, name: string): void => {
    if (hook !== null && hook !== Py_None && !PyCallable_Check(hook)) {
      PyErr_SetString(PyExc_TypeError, `callable ${name} expected, got ${hook.ob_type.tp_name}`);
    }
  };
  check(finalizer, 'finalizer');
  check(firstiter, 'firstiter');
  if (finalizer !== null) {
    PySys_Audit('sys.set_asyncgen_hook_finalizer');
    const old = tstate.async_gen_finalizer;
    tstate.async_gen_finalizer = finalizer === Py_None ? null : newref(finalizer);
    xdecref(old);
  }
  if (firstiter !== null) {
    PySys_Audit('sys.set_asyncgen_hook_firstiter');
    const old = tstate.async_gen_firstiter;
    tstate.async_gen_firstiter = firstiter === Py_None ? null : newref(firstiter);
    xdecref(old);
  }
  return none();
}

function sys_get_asyncgen_hooks(): PyObject {
  const { async_gen_firstiter, async_gen_finalizer } = current.tstate;
  return PyStructSequence_New(info_types().asyncgen_hooks, [
    newref(async_gen_firstiter ?? Py_None),
    newref(async_gen_finalizer ?? Py_None),
  ]);
}

function sys_set_coroutine_origin_tracking_depth(_m: PyObject, depth_o: PyObject): PyObject {
  const depth = PyLong_AsInt(depth_o);
  if (depth < 0) PyErr_SetString(PyExc_ValueError, 'depth must be >= 0');
  current.tstate.coroutine_origin_tracking_depth = depth;
  return none();
}

// --- the rest ----------------------------------------------------------------------------------------------------------

const dlopen = { flags: 2 };

function sys_setdlopenflags(_m: PyObject, flags: PyObject): PyObject {
  dlopen.flags = PyLong_AsInt(flags);
  return none();
}

function sys_activate_stack_trampoline(_m: PyObject, backend: PyObject): PyObject {
  if (!PyUnicode_Check(backend)) bad_argument('activate_stack_trampoline', 'argument', 'str', backend);
  const name = PyUnicode_AsString(backend);
  // The `perf` profiler looks at machine code, of which there is none.
  if (name === 'perf' || name === 'perf_jit') PyErr_SetString(PyExc_ValueError, 'perf trampoline not available');
  PyErr_SetString(PyExc_ValueError, `invalid backend: ${name}`);
}

/** -X cpu_count. CPython: sys__get_cpu_count_config */
function sys__get_cpu_count_config(): PyObject {
  return PyLong_FromLong(current.tstate.interp.config.cpu_count);
}

function sys__baserepl(): PyObject {
  sysHooks.baserepl?.();
  return none();
}

/** CPython's own JIT is not there. */
const jit_spec: ModuleSpec = {
  name: 'sys._jit',
  doc: 'Whether CPython runs with a JIT.',
  methods: ['is_available', 'is_enabled', 'is_active'].map(name => ({
    name,
    flags: METH_NOARGS,
    meth: () => PyBool_FromLong(false),
    sig: '($module, /)',
  })),
};

/** CPython: _PySys_InitCore, _PySys_UpdateConfig */
function sys_exec(m: PyObject): void {
  info_types();
  ready_static_types();
  add_info(m);
  const dict = PyModule_GetDict(m);
  for (const name of ['displayhook', 'excepthook', 'breakpointhook', 'unraisablehook']) {
    PyDict_SetItemString(dict, `__${name}__`, PyDict_GetItemString(dict, name)!);
  }
  const submodule = (name: string, module: PyObject): void => {
    const { modules } = current.tstate.interp;
    if (modules !== null) PyDict_SetItemString(modules, `sys.${name}`, module);
    PyModule_Add(m, name, module);
  };
  submodule('_jit', module_from_spec(jit_spec, 'sys._jit'));
  if (sysHooks.monitoring !== null) submodule('monitoring', sysHooks.monitoring());
}

export const module: ModuleSpec = {
  name: 'sys',
  doc: 'The interpreter: its state, its limits, its hooks and what it knows of its surroundings.',
  methods: [
    { name: 'displayhook', flags: METH_O, meth: sys_displayhook, sig: '($module, object, /)' },
    { name: 'excepthook', flags: METH_CLINIC, meth: sys_excepthook, sig: '($module, exctype, value, traceback, /)' },
    {
      name: 'breakpointhook',
      flags: METH_FASTCALL | METH_KEYWORDS,
      meth: sys_breakpointhook,
      sig: '($module, /, *args, **kwargs)',
    },
    { name: 'unraisablehook', flags: METH_O, meth: sys_unraisablehook, sig: '($module, unraisable, /)' },
    { name: 'addaudithook', flags: METH_CLINIC, meth: sys_addaudithook, sig: '($module, /, hook)' },
    { name: 'audit', flags: METH_FASTCALL, meth: sys_audit, sig: '($module, event, /, *args)' },
    { name: '_baserepl', flags: METH_NOARGS, meth: sys__baserepl, sig: '($module, /)' },
    { name: '_clear_internal_caches', flags: METH_NOARGS, meth: none, sig: '($module, /)' },
    { name: '_clear_type_cache', flags: METH_NOARGS, meth: sys__clear_type_cache, sig: '($module, /)' },
    { name: '_clear_type_descriptors', flags: METH_O, meth: sys__clear_type_descriptors, sig: '($module, type, /)' },
    { name: '_current_frames', flags: METH_NOARGS, meth: sys__current_frames, sig: '($module, /)' },
    { name: '_current_exceptions', flags: METH_NOARGS, meth: sys__current_exceptions, sig: '($module, /)' },
    { name: '_get_cpu_count_config', flags: METH_NOARGS, meth: sys__get_cpu_count_config, sig: '($module, /)' },
    { name: '_getframe', flags: METH_FASTCALL, meth: sys__getframe, sig: '($module, depth=0, /)' },
    { name: '_getframemodulename', flags: METH_CLINIC, meth: sys__getframemodulename, sig: '($module, /, depth=0)' },
    { name: '_is_gil_enabled', flags: METH_NOARGS, meth: () => PyBool_FromLong(true), sig: '($module, /)' },
    {
      name: '_is_immortal',
      flags: METH_O,
      meth: (_m: PyObject, o: PyObject) => PyBool_FromLong(is_immortal(o)),
      sig: '($module, op, /)',
    },
    { name: '_is_interned', flags: METH_O, meth: sys__is_interned, sig: '($module, string, /)' },
    {
      name: '_settraceallthreads',
      flags: METH_O,
      meth: (_m: PyObject, func: PyObject) =>
        set_tracer(sysHooks.settrace_all ?? sysHooks.settrace, 'sys.settrace', func),
      sig: '($module, function, /)',
    },
    {
      name: '_setprofileallthreads',
      flags: METH_O,
      meth: (_m: PyObject, func: PyObject) =>
        set_tracer(sysHooks.setprofile_all ?? sysHooks.setprofile, 'sys.setprofile', func),
      sig: '($module, function, /)',
    },
    {
      name: 'activate_stack_trampoline',
      flags: METH_O,
      meth: sys_activate_stack_trampoline,
      sig: '($module, backend, /)',
    },
    { name: 'deactivate_stack_trampoline', flags: METH_NOARGS, meth: none, sig: '($module, /)' },
    { name: 'is_stack_trampoline_active', flags: METH_NOARGS, meth: () => PyBool_FromLong(false), sig: '($module, /)' },
    { name: 'is_remote_debug_enabled', flags: METH_NOARGS, meth: () => PyBool_FromLong(false), sig: '($module, /)' },
    { name: 'call_tracing', flags: METH_FASTCALL, meth: sys_call_tracing, sig: '($module, func, args, /)' },
    { name: 'exc_info', flags: METH_NOARGS, meth: sys_exc_info, sig: '($module, /)' },
    { name: 'exception', flags: METH_NOARGS, meth: sys_exception, sig: '($module, /)' },
    { name: 'exit', flags: METH_FASTCALL, meth: sys_exit, sig: '($module, status=None, /)' },
    { name: 'get_asyncgen_hooks', flags: METH_NOARGS, meth: sys_get_asyncgen_hooks, sig: '($module, /)' },
    { name: 'set_asyncgen_hooks', flags: METH_FASTCALL | METH_KEYWORDS, meth: sys_set_asyncgen_hooks },
    {
      name: 'get_coroutine_origin_tracking_depth',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(current.tstate.coroutine_origin_tracking_depth),
      sig: '($module, /)',
    },
    {
      name: 'set_coroutine_origin_tracking_depth',
      flags: METH_CLINIC,
      meth: sys_set_coroutine_origin_tracking_depth,
      sig: '($module, /, depth)',
    },
    {
      name: 'get_int_max_str_digits',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(current.tstate.interp.int_max_str_digits),
      sig: '($module, /)',
    },
    {
      name: 'set_int_max_str_digits',
      flags: METH_CLINIC,
      meth: sys_set_int_max_str_digits,
      sig: '($module, /, maxdigits)',
    },
    { name: '_debugmallocstats', flags: METH_NOARGS, meth: sys__debugmallocstats, sig: '($module, /)' },
    { name: 'getallocatedblocks', flags: METH_NOARGS, meth: sys_getallocatedblocks, sig: '($module, /)' },
    {
      name: 'getunicodeinternedsize',
      flags: METH_CLINIC,
      meth: sys_getunicodeinternedsize,
      sig: '($module, /, *, _only_immortal=False)',
    },
    { name: 'getdefaultencoding', flags: METH_NOARGS, meth: () => PyUnicode_FromString('utf-8'), sig: '($module, /)' },
    {
      name: 'getfilesystemencoding',
      flags: METH_NOARGS,
      meth: () => PyUnicode_FromString(fs_codec.encoding),
      sig: '($module, /)',
    },
    {
      name: 'getfilesystemencodeerrors',
      flags: METH_NOARGS,
      meth: () => PyUnicode_FromString(fs_codec.errors),
      sig: '($module, /)',
    },
    { name: 'getdlopenflags', flags: METH_NOARGS, meth: () => PyLong_FromLong(dlopen.flags), sig: '($module, /)' },
    { name: 'setdlopenflags', flags: METH_O, meth: sys_setdlopenflags, sig: '($module, flags, /)' },
    {
      name: 'getprofile',
      flags: METH_NOARGS,
      meth: () => newref(current.tstate.c_profileobj ?? Py_None),
      sig: '($module, /)',
    },
    {
      name: 'setprofile',
      flags: METH_O,
      meth: (_m: PyObject, func: PyObject) => set_tracer(sysHooks.setprofile, 'sys.setprofile', func),
      sig: '($module, function, /)',
    },
    {
      name: 'gettrace',
      flags: METH_NOARGS,
      meth: () => newref(current.tstate.c_traceobj ?? Py_None),
      sig: '($module, /)',
    },
    {
      name: 'settrace',
      flags: METH_O,
      meth: (_m: PyObject, func: PyObject) => set_tracer(sysHooks.settrace, 'sys.settrace', func),
      sig: '($module, function, /)',
    },
    {
      name: 'getrecursionlimit',
      flags: METH_NOARGS,
      meth: () => PyLong_FromLong(current.tstate.interp.recursion_limit),
      sig: '($module, /)',
    },
    { name: 'setrecursionlimit', flags: METH_O, meth: sys_setrecursionlimit, sig: '($module, limit, /)' },
    { name: 'getrefcount', flags: METH_O, meth: sys_getrefcount, sig: '($module, object, /)' },
    { name: 'getsizeof', flags: METH_FASTCALL | METH_KEYWORDS, meth: sys_getsizeof },
    {
      name: 'getswitchinterval',
      flags: METH_NOARGS,
      meth: () => PyFloat_FromDouble(1e-6 * Math.round(current.tstate.interp.gil.interval_ns / 1000)),
      sig: '($module, /)',
    },
    { name: 'setswitchinterval', flags: METH_O, meth: sys_setswitchinterval, sig: '($module, interval, /)' },
    { name: 'intern', flags: METH_O, meth: sys_intern, sig: '($module, string, /)' },
    {
      name: 'is_finalizing',
      flags: METH_NOARGS,
      meth: () => PyBool_FromLong(interpreters[0]!.finalizing),
      sig: '($module, /)',
    },
  ],
  exec: sys_exec,
};
