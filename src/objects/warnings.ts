// warnings.ts: issuing warnings from native code and for the warnings module.             CPython: Python/_warnings.c
//
// The Python module `warnings`, once it is imported, overrides what is here: its filters, registries and the function
// that shows a warning are asked for each time. Without it the state below serves.
// Invariant: `filters_version` grows whenever filters change; a registry of another version is emptied before use.

import { PyErr_Clear, PyErr_SetObject, PyErr_SetString, Raised } from '../core/errors.ts';
import { FRAME_OWNED_BY_INTERPRETER, type InterpreterFrame } from '../core/frame.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { current } from '../core/tstate.ts';
import { PyObject_IsInstance, PyObject_IsSubclass } from './abstract.ts';
import { Py_True } from './boolobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg, PyObject_Vectorcall } from './call.ts';
import { PyDict_Check, PyList_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from './checks.ts';
import { PyCode_Addr2Line } from './codeobject.ts';
import {
  PyDict_Clear,
  PyDict_GetItem,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
} from './dictobject.ts';
import { PyErr_FormatUnraisable, PyFile_WriteString } from './errors_util.ts';
import {
  PyExc_DeprecationWarning,
  PyExc_ImportWarning,
  PyExc_PendingDeprecationWarning,
  PyExc_ResourceWarning,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_SyntaxError,
  PyExc_SyntaxWarning,
  PyExc_TypeError,
  PyExc_UserWarning,
  PyExc_ValueError,
  PyExc_Warning,
  raise_syntax_error,
} from './exceptions.ts';
import { is_incomplete } from './frameobject.ts';
import { loaded_module_attr, PyImport_ImportModule, sys_attr } from './import_util.ts';
import { PyList_FromArraySteal, PyList_GET_ITEM, PyList_GET_SIZE } from './listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import {
  Py_None,
  PyCallable_Check,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_Str,
  repr_string,
  str_string,
} from './object.ts';
import { source_line as file_line, program_text } from './source_text.ts';
import { PyTuple_FromArraySteal, PyTuple_Pack } from './tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_Type, unicode_eq } from './unicodeobject.ts';

/** State of the warnings machinery. Everything is owned. CPython: struct _warnings_runtime_state */
export interface WarningsState {
  filters: PyObject;
  once_registry: PyObject;
  default_action: PyObject;
  filters_version: number;
  /** The ContextVar `_warnings_context`; null until the _warnings module made it. */
  context: PyObject | null;
  lock_depth: number;
}

const own = /* @__PURE__ */ per_interpreter(() => ({ state: null as WarningsState | null }), {
  clear({ state }) {
    if (state === null) return;
    own.state = null;
    decref(state.filters);
    decref(state.once_registry);
    decref(state.default_action);
    xdecref(state.context);
  },
});

function create_filter(action: string, category: PyTypeObject, module: string | null): PyObject {
  return PyTuple_FromArraySteal([
    PyUnicode_FromString(action),
    newref(Py_None),
    newref(category),
    module === null ? newref(Py_None) : PyUnicode_FromString(module),
    PyLong_FromLong(0),
  ]);
}

export function warnings_state(): WarningsState {
  own.state ??= {
    filters: PyList_FromArraySteal([
      create_filter('default', PyExc_DeprecationWarning, '__main__'),
      create_filter('ignore', PyExc_DeprecationWarning, null),
      create_filter('ignore', PyExc_PendingDeprecationWarning, null),
      create_filter('ignore', PyExc_ImportWarning, null),
      create_filter('ignore', PyExc_ResourceWarning, null),
    ]),
    once_registry: PyDict_New(),
    default_action: PyUnicode_FromString('default'),
    filters_version: 0,
    context: null,
    lock_depth: 0,
  };
  return own.state;
}

/** An attribute of the warnings module (new), or null; imports the module if wanted. CPython: get_warnings_attr */
function warnings_attr(name: string, try_import: boolean): PyObject | null {
  if (try_import && !current.tstate.interp.finalizing) {
    let module: PyObject;
    try {
      module = PyImport_ImportModule('warnings');
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
      return null;
    }
    try {
      return PyObject_GetOptionalAttrString(module, name);
    } finally {
      decref(module);
    }
  }
  return loaded_module_attr('warnings', name);
}

/** The registry of warnings shown once (borrowed). CPython: get_once_registry */
function get_once_registry(st: WarningsState): PyObject {
  const registry = warnings_attr('onceregistry', false);
  if (registry === null) return st.once_registry;
  if (!PyDict_Check(registry)) {
    const name = registry.ob_type.tp_name;
    decref(registry);
    PyErr_SetString(PyExc_TypeError, `_warnings.onceregistry must be a dict, not '${name}'`);
  }
  const old = st.once_registry;
  st.once_registry = registry;
  decref(old);
  return registry;
}

/** What to do with a warning that no filter matches (borrowed). CPython: get_default_action */
function get_default_action(st: WarningsState): PyObject {
  const action = warnings_attr('defaultaction', false);
  if (action === null) return st.default_action;
  if (!PyUnicode_Check(action)) {
    const name = action.ob_type.tp_name;
    decref(action);
    PyErr_SetString(PyExc_TypeError, `_warnings.defaultaction must be a string, not '${name}'`);
  }
  const old = st.default_action;
  st.default_action = action;
  decref(old);
  return action;
}

/** None matches anything, a str itself, everything else by its match(). CPython: check_matched */
function check_matched(pattern: PyObject, text: PyObject): boolean {
  if (pattern === Py_None) return true;
  if (pattern.ob_type === PyUnicode_Type) return unicode_eq(pattern, text);
  const result = PyObject_CallMethodOneArg(pattern, 'match', text);
  try {
    return PyObject_IsTrue(result);
  } finally {
    decref(result);
  }
}

/** Action and filter; both owned. */
interface Found {
  action: string;
  item: PyObject;
}

/** The first filter that matches. CPython: filter_search */
function filter_search(
  filters: PyObject,
  filters_name: string,
  category: PyObject,
  text: PyObject,
  lineno: number,
  module: PyObject,
): Found | null {
  // What match() does to the list is seen.
  for (let i = 0; i < PyList_GET_SIZE(filters); i++) {
    const item = PyList_GET_ITEM(filters, i);
    if (!PyTuple_Check(item) || item.v.length !== 5) {
      PyErr_SetString(PyExc_ValueError, `warnings.${filters_name} item ${i} isn't a 5-tuple`);
    }
    newref(item);
    let keep = false;
    try {
      const [action, msg, cat, mod, line] = item.v as [PyObject, PyObject, PyObject, PyObject, PyObject];
      if (!PyUnicode_Check(action)) {
        PyErr_SetString(PyExc_TypeError, `action must be a string, not '${action.ob_type.tp_name}'`);
      }
      const good_msg = check_matched(msg, text);
      const good_mod = check_matched(mod, module);
      const is_subclass = PyObject_IsSubclass(category, cat);
      if (!PyLong_Check(line)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
      const ln = PyLong_AsSsize_t(line);
      if (good_msg && is_subclass && good_mod && (ln === 0 || lineno === ln)) {
        keep = true;
        return { action: PyUnicode_AsString(action), item };
      }
    } finally {
      if (!keep) decref(item);
    }
  }
  return null;
}

/** `_filters` of the context that catch_warnings set in this context, if any (new). CPython: get_warnings_context_filters */
function context_filters(st: WarningsState): PyObject | null {
  if (st.context === null) return null;
  const context = PyObject_CallMethodOneArg(st.context, 'get', Py_None);
  try {
    if (context === Py_None) return null;
    const filters = PyObject_GetAttrString(context, '_filters');
    if (!PyList_Check(filters)) {
      decref(filters);
      PyErr_SetString(PyExc_ValueError, '_filters of warnings._warnings_context must be a list');
    }
    return filters;
  } finally {
    decref(context);
  }
}

/** CPython: Python/_warnings.c:get_filter */
function get_filter(category: PyObject, text: PyObject, lineno: number, module: PyObject): Found {
  const st = warnings_state();
  const own = context_filters(st);
  if (own !== null) {
    try {
      const found = filter_search(own, '_warnings_context _filters', category, text, lineno, module);
      if (found !== null) return found;
    } finally {
      decref(own);
    }
  }
  const filters = warnings_attr('filters', false);
  if (filters !== null) {
    const old = st.filters;
    st.filters = filters;
    decref(old);
  }
  if (!PyList_Check(st.filters)) PyErr_SetString(PyExc_ValueError, '_warnings.filters must be a list');
  const list = newref(st.filters);
  try {
    const found = filter_search(list, 'filters', category, text, lineno, module);
    if (found !== null) return found;
  } finally {
    decref(list);
  }
  return { action: PyUnicode_AsString(get_default_action(st)), item: newref(Py_None) };
}

/** Whether the registry holds the key already; sets it if wanted. CPython: already_warned */
function already_warned(registry: PyObject, key: PyObject, should_set: boolean): boolean {
  const st = warnings_state();
  const version = PyDict_GetItemString(registry, 'version');
  if (version === null || version.ob_type !== PyLong_Type || version.v !== st.filters_version) {
    PyDict_Clear(registry);
    const now = PyLong_FromLong(st.filters_version);
    PyDict_SetItemString(registry, 'version', now);
    decref(now);
  } else {
    const warned = PyDict_GetItem(registry, key);
    if (warned !== null && PyObject_IsTrue(warned)) return true;
  }
  if (should_set) PyDict_SetItem(registry, key, Py_True);
  return false;
}

/** Sets registry[(text, category)]; true if it was there. CPython: update_registry */
function update_registry(registry: PyObject, text: PyObject, category: PyObject): boolean {
  const key = PyTuple_Pack(text, category);
  try {
    return already_warned(registry, key, true);
  } finally {
    decref(key);
  }
}

/** CPython: Python/_warnings.c:normalize_module */
function normalize_module(filename: PyObject): PyObject {
  const name = PyUnicode_AsString(filename);
  if (name === '') return PyUnicode_FromString('<unknown>');
  return name.endsWith('.py') ? PyUnicode_FromString(name.slice(0, -3)) : newref(filename);
}

/** Writes the warning to sys.stderr without help of the warnings module. CPython: show_warning */
function show_warning(
  filename: PyObject,
  lineno: number,
  text: PyObject,
  category: PyObject,
  sourceline: PyObject | null,
): void {
  const file = sys_attr('stderr');
  if (file === null || file === Py_None) return;
  newref(file);
  try {
    const name = PyObject_GetAttrString(category, '__name__');
    const head = `${str_string(filename)}:${lineno}: ${str_string(name)}: ${str_string(text)}\n`;
    decref(name);
    PyFile_WriteString(head, file);
    const line =
      sourceline !== null ? str_string(sourceline).replace(/^[ \t\f]+/, '') : file_line(str_string(filename), lineno);
    if (line !== null && line !== '') PyFile_WriteString(`  ${line}\n`, file);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  } finally {
    decref(file);
  }
}

/** CPython: Python/_warnings.c:call_show_warning */
function call_show_warning(
  category: PyObject,
  text: PyObject,
  message: PyObject,
  filename: PyObject,
  lineno: number,
  sourceline: PyObject | null,
  source: PyObject | null,
): void {
  // Only the Python implementation can tell where `source` was allocated.
  const show = warnings_attr('_showwarnmsg', source !== null);
  if (show === null) {
    show_warning(filename, lineno, text, category, sourceline);
    return;
  }
  let cls: PyObject | null = null;
  let line: PyObject | null = null;
  let msg: PyObject | null = null;
  try {
    if (!PyCallable_Check(show)) PyErr_SetString(PyExc_TypeError, 'warnings._showwarnmsg() must be set to a callable');
    cls = warnings_attr('WarningMessage', false);
    if (cls === null) PyErr_SetString(PyExc_RuntimeError, 'unable to get warnings.WarningMessage');
    line = PyLong_FromLong(lineno);
    msg = PyObject_Vectorcall(
      cls,
      [message, category, filename, line, Py_None, sourceline ?? Py_None, source ?? Py_None],
      null,
    );
    decref(PyObject_CallOneArg(show, msg));
  } finally {
    xdecref(msg);
    xdecref(line);
    xdecref(cls);
    decref(show);
  }
}

/** Issues a warning about a place. Borrows everything; `module` null: derived from the file name.
 *  CPython: Python/_warnings.c:warn_explicit */
export function warn_explicit(
  category: PyObject,
  message: PyObject,
  filename: PyObject,
  lineno: number,
  module: PyObject | null,
  registry: PyObject | null,
  sourceline: PyObject | null,
  source: PyObject | null,
): void {
  // The module is None late in shutdown: nobody is there to see it.
  if (module === Py_None) return;
  if (registry === Py_None) registry = null;
  if (registry !== null && !PyDict_Check(registry))
    PyErr_SetString(PyExc_TypeError, "'registry' must be a dict or None");
  const held: PyObject[] = [];
  const hold = (o: PyObject): PyObject => {
    held.push(o);
    return o;
  };
  try {
    module = hold(module === null ? normalize_module(filename) : newref(module));
    let text: PyObject;
    if (PyObject_IsInstance(message, PyExc_Warning)) {
      text = hold(PyObject_Str(message));
      category = message.ob_type;
    } else {
      text = message;
      message = hold(PyObject_CallOneArg(category, message));
    }
    if (source === Py_None) source = null;
    const line = hold(PyLong_FromLong(lineno));
    const key = hold(PyTuple_Pack(text, category, line));
    if (registry !== null && already_warned(registry, key, false)) return;
    const { action, item } = get_filter(category, text, lineno, module);
    hold(item);
    if (action === 'error') PyErr_SetObject(category as PyTypeObject, message);
    if (action === 'ignore') return;
    let already = false;
    if (action !== 'always' && action !== 'all') {
      if (registry !== null) PyDict_SetItem(registry, key, Py_True);
      if (action === 'once') already = update_registry(registry ?? get_once_registry(warnings_state()), text, category);
      else if (action === 'module') {
        if (registry !== null) already = update_registry(registry, text, category);
      } else if (action !== 'default') {
        const name = hold(PyUnicode_FromString(action));
        PyErr_SetString(
          PyExc_RuntimeError,
          `Unrecognized action (${repr_string(name)}) in warnings.filters:\n ${repr_string(item)}`,
        );
      }
    }
    if (!already) call_show_warning(category, text, message, filename, lineno, sourceline, source);
  } finally {
    for (let i = held.length - 1; i >= 0; i--) decref(held[i]!);
  }
}

function frame_filename(frame: InterpreterFrame): PyObject {
  return PyObject_GetAttrString(frame.f_code, 'co_filename');
}

/** Whether a frame belongs to the import system. CPython: is_internal_filename */
function is_internal_frame(frame: InterpreterFrame | null): boolean {
  if (frame === null) return false;
  const name = frame_filename(frame);
  const text = PyUnicode_Check(name) ? PyUnicode_AsString(name) : '';
  decref(name);
  return text.includes('importlib') && text.includes('_bootstrap');
}

function is_skipped(frame: InterpreterFrame, prefixes: PyObject | null): boolean {
  if (prefixes === null) return false;
  const name = frame_filename(frame);
  const text = PyUnicode_Check(name) ? PyUnicode_AsString(name) : '';
  decref(name);
  for (const prefix of prefixes.v as PyObject[]) {
    if (!PyUnicode_Check(prefix)) {
      PyErr_SetString(PyExc_TypeError, `Found non-str '${prefix.ob_type.tp_name}' in skip_file_prefixes.`);
    }
    if (text.startsWith(PyUnicode_AsString(prefix))) return true;
  }
  return false;
}

/** The next frame outwards that counts. CPython: next_external_frame */
function next_external_frame(frame: InterpreterFrame, prefixes: PyObject | null): InterpreterFrame | null {
  let f = frame.previous;
  while (f !== null && (!is_python_frame(f) || is_internal_frame(f) || is_skipped(f, prefixes))) f = f.previous;
  return f;
}

function is_python_frame(frame: InterpreterFrame): boolean {
  return frame.owner !== FRAME_OWNED_BY_INTERPRETER && !is_incomplete(frame);
}

function back(frame: InterpreterFrame): InterpreterFrame | null {
  let f = frame.previous;
  while (f !== null && !is_python_frame(f)) f = f.previous;
  return f;
}

/** Issues a warning about the caller at `stack_level`. Borrows. CPython: Python/_warnings.c:do_warn, setup_context */
export function do_warn(
  message: PyObject,
  category: PyObject,
  stack_level: number,
  source: PyObject | null,
  prefixes: PyObject | null = null,
): void {
  let f = current.tstate.frame;
  while (f !== null && !is_python_frame(f)) f = f.previous;
  let level = stack_level;
  if (level <= 0 || is_internal_frame(f)) {
    while (--level > 0 && f !== null) f = back(f);
  } else {
    while (--level > 0 && f !== null) f = next_external_frame(f, prefixes);
  }
  let globals: PyObject;
  let filename: PyObject;
  let lineno = 0;
  if (f === null) {
    globals = current.tstate.interp.sysdict!;
    filename = PyUnicode_FromString('<sys>');
  } else {
    globals = f.f_globals;
    filename = frame_filename(f);
    lineno = PyCode_Addr2Line(f.f_code, f.instr * 2);
  }
  let registry: PyObject | null = null;
  let module: PyObject | null = null;
  try {
    registry = PyDict_GetItemString(globals, '__warningregistry__');
    if (registry === null) {
      registry = PyDict_New();
      PyDict_SetItemString(globals, '__warningregistry__', registry);
    } else newref(registry);
    const name = PyDict_GetItemString(globals, '__name__');
    module =
      name !== null && (name === Py_None || PyUnicode_Check(name)) ? newref(name) : PyUnicode_FromString('<string>');
    warn_explicit(category, message, filename, lineno, module, registry, null, source);
  } finally {
    xdecref(module);
    xdecref(registry);
    decref(filename);
  }
}

/** The category for a message (borrowed). CPython: Python/_warnings.c:get_category */
export function get_category(message: PyObject, category: PyObject | null): PyObject {
  if (PyObject_IsInstance(message, PyExc_Warning)) return message.ob_type;
  if (category === null || category === Py_None) return PyExc_UserWarning;
  let ok = false;
  try {
    ok = PyObject_IsSubclass(category, PyExc_Warning);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
  if (!ok) PyErr_SetString(PyExc_TypeError, `category must be a Warning subclass, not '${category.ob_type.tp_name}'`);
  return category;
}

// --- for native code ------------------------------------------------------------------------------------------------

export function warn_text(
  category: PyTypeObject | null,
  text: string,
  stack_level: number,
  source: PyObject | null,
): void {
  const message = PyUnicode_FromString(text);
  try {
    do_warn(message, category ?? PyExc_RuntimeWarning, stack_level, source);
  } finally {
    decref(message);
  }
}

/** Issues a warning; throws when a filter turns it into an error. CPython: PyErr_WarnEx */
export function PyErr_WarnEx(category: PyTypeObject | null, text: string, stack_level: number): void {
  warn_text(category, text, stack_level, null);
}

/** The same, with CPython's order of arguments for formatted texts. CPython: PyErr_WarnFormat */
export function PyErr_WarnFormat(category: PyTypeObject | null, stack_level: number, text: string): void {
  warn_text(category, text, stack_level, null);
}

/** A ResourceWarning about an object that was not released. CPython: PyErr_ResourceWarning */
export function PyErr_ResourceWarning(source: PyObject, stack_level: number, text: string): void {
  warn_text(PyExc_ResourceWarning, text, stack_level, source);
}

/** Issues a warning about a place in a source. Borrows. CPython: PyErr_WarnExplicitObject */
export function PyErr_WarnExplicitObject(
  category: PyTypeObject | null,
  message: PyObject,
  filename: PyObject,
  lineno: number,
  module: PyObject | null,
  registry: PyObject | null,
): void {
  warn_explicit(category ?? PyExc_RuntimeWarning, message, filename, lineno, module, registry, null, null);
}

/** A SyntaxWarning of the compiler; as an error it becomes a SyntaxError with its place. Columns count from 1.
 *  CPython: Python/errors.c:_PyErr_EmitSyntaxWarning */
export function _PyErr_EmitSyntaxWarning(
  text: string,
  filename: PyObject,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
  category: PyTypeObject = PyExc_SyntaxWarning,
): void {
  const message = PyUnicode_FromString(text);
  try {
    warn_explicit(category, message, filename, lineno, null, null, null, null);
  } catch (e) {
    if (!(e instanceof Raised) || !PyObject_IsInstance(e.exc, category)) throw e;
    PyErr_Clear(e);
    raise_syntax_error(PyExc_SyntaxError, text, {
      filename,
      lineno,
      offset: col_offset,
      text: program_text(PyUnicode_AsString(filename), lineno),
      end_lineno,
      end_offset: end_col_offset,
    });
  } finally {
    decref(message);
  }
}

/** Warns about a coroutine that is dropped before it ran; never throws. CPython: _PyErr_WarnUnawaitedCoroutine */
export function _PyErr_WarnUnawaitedCoroutine(coro: PyObject, qualname: string): void {
  let warned = false;
  try {
    const fn = warnings_attr('_warn_unawaited_coroutine', true);
    if (fn !== null) {
      try {
        decref(PyObject_CallOneArg(fn, coro));
        warned = true;
      } finally {
        decref(fn);
      }
    }
  } catch (e) {
    if (e instanceof Raised && PyObject_IsInstance(e.exc, PyExc_RuntimeWarning)) warned = true;
    PyErr_FormatUnraisable(`Exception ignored while finalizing coroutine ${repr_string(coro)}`, e);
  }
  if (!warned) {
    try {
      warn_text(PyExc_RuntimeWarning, `coroutine '${qualname}' was never awaited`, 1, coro);
    } catch (e) {
      PyErr_FormatUnraisable(`Exception ignored while finalizing coroutine ${repr_string(coro)}`, e);
    }
  }
}
