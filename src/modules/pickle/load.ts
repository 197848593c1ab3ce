// load.ts: what each instruction of a pickle does.                                         CPython: Modules/_pickle.c

import { PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyIter_Next, PyObject_SetItem } from '../../objects/abstract.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { PyByteArray_FromUint8Array } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_Call, PyObject_CallMethodOneArg, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyDict_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyDict_CheckExact,
  PyDict_GetItem,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  type PyDictObject,
} from '../../objects/dictobject.ts';
import {
  PyExc_EOFError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import {
  list_append_steal,
  list_extend_steal,
  PyList_FromArraySteal,
  PyList_Type,
  type PyListObject,
} from '../../objects/listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyMemoryView_FromObject, type PyMemoryViewObject } from '../../objects/memoryobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_GetOptionalAttr, PyObject_SetAttr } from '../../objects/object.ts';
import { _PySet_Update, PyFrozenSet_New, PySet_Check, PySet_New } from '../../objects/setobject.ts';
import { PyTuple_FromArraySteal, PyTuple_GET_ITEM } from '../../objects/tupleobject.ts';
import {
  _Py_ID,
  decode_ascii,
  decode_utf8,
  PyUnicode_InternInPlace,
  PyUnicode_Type,
  unicode_from_text,
} from '../../objects/unicodeobject.ts';
import { has_no_attributes, InstancePatterns } from './fill.ts';
import type { Input } from './input.ts';
import {
  counted,
  line_int,
  load_binfloat,
  load_binstring,
  load_binunicode,
  load_counted_long,
  load_float,
  load_int,
  load_long,
  load_string,
  load_unicode,
  refuse,
  SSIZE_MAX,
} from './load_values.ts';
import { HIGHEST_PROTOCOL, pickle_state } from './state.ts';
import type { Unpickler } from './unpickler.ts';

/** How find_class() is called: by method, unless it is not overridden. */
export type FindClass = (module_name: PyObject, global_name: PyObject) => PyObject;

function load_next_buffer(u: Unpickler): PyObject {
  if (u.buffers === null) refuse('pickle stream refers to out-of-band data but no *buffers* argument was given');
  return PyIter_Next(u.buffers) ?? refuse('not enough out-of-band buffers');
}

/** CPython: load_readonly_buffer */
function load_readonly_buffer(u: Unpickler): void {
  const top = u.top();
  const view = PyMemoryView_FromObject(top) as PyMemoryViewObject;
  if (view.v.view.readonly) {
    decref(view);
    return;
  }
  view.v.view.readonly = true;
  u.stack[u.stack.length - 1] = view;
  decref(top);
}

function load_dict(u: Unpickler): PyObject {
  const mark = u.unmark();
  const { stack } = u;
  if ((stack.length - mark) % 2 !== 0) refuse('odd number of items for DICT');
  const dict = PyDict_New();
  try {
    for (let i = mark; i < stack.length; i += 2) PyDict_SetItem(dict, stack[i]!, stack[i + 1]!);
  } catch (e) {
    decref(dict);
    throw e;
  }
  u.truncate(mark);
  return dict;
}

function load_frozenset(u: Unpickler): PyObject {
  const items = PyTuple_FromArraySteal(u.take(u.unmark()));
  try {
    return PyFrozenSet_New(items);
  } finally {
    decref(items);
  }
}

/** Makes an object of an old class. CPython: instantiate */
function instantiate(cls: PyObject, args: PyObject): PyObject {
  if ((args.v as PyObject[]).length === 0 && PyType_Check(cls)) {
    const initargs = PyObject_GetOptionalAttr(cls, _Py_ID('__getinitargs__'));
    if (initargs === null) return PyObject_CallMethodOneArg(cls, '__new__', cls);
    decref(initargs);
  }
  return PyObject_Call(cls, args, null);
}

function load_obj(u: Unpickler): PyObject {
  const mark = u.unmark();
  if (u.stack.length - mark < 1) u.underflow();
  const args = PyTuple_FromArraySteal(u.take(mark + 1));
  const cls = u.stack.pop()!;
  try {
    return instantiate(cls, args);
  } finally {
    decref(cls);
    decref(args);
  }
}

/** Looks a class up by names that it gives up. */
function found_class(find: FindClass, module_name: PyObject, read_name: () => PyObject): PyObject {
  try {
    const name = read_name();
    try {
      return find(module_name, name);
    } finally {
      decref(name);
    }
  } finally {
    decref(module_name);
  }
}

function load_inst(u: Unpickler, find: FindClass): PyObject {
  const mark = u.unmark();
  const name = (): PyObject => {
    const line = u.input.line();
    return unicode_from_text(decode_ascii(line.slice(0, -1)));
  };
  const cls = found_class(find, name(), name);
  try {
    const args = PyTuple_FromArraySteal(u.take(mark));
    try {
      return instantiate(cls, args);
    } finally {
      decref(args);
    }
  } finally {
    decref(cls);
  }
}

function load_global(u: Unpickler, find: FindClass): PyObject {
  const name = (): PyObject => {
    const line = u.input.line();
    return unicode_from_text(decode_utf8(line.slice(0, -1)));
  };
  return found_class(find, name(), name);
}

function load_stack_global(u: Unpickler, find: FindClass): PyObject {
  const name = u.pop();
  let module_name: PyObject;
  try {
    module_name = u.pop();
  } catch (e) {
    decref(name);
    throw e;
  }
  try {
    if (module_name.ob_type !== PyUnicode_Type || name.ob_type !== PyUnicode_Type) refuse('STACK_GLOBAL requires str');
    return find(module_name, name);
  } finally {
    decref(name);
    decref(module_name);
  }
}

/** cls.__new__(cls, *args) of what is on the stack. CPython: load_newobj */
function load_newobj(u: Unpickler): PyObject {
  const { stack } = u;
  const at = stack.length - 2;
  if (at < u.fence) u.underflow();
  try {
    return new_object('NEWOBJ', stack[at]!, stack[at + 1]!, null);
  } finally {
    u.truncate(at);
  }
}

/** cls.__new__(cls, *args, **kwargs). CPython: load_newobj_ex */
function load_newobj_ex(u: Unpickler): PyObject {
  const { stack } = u;
  const at = stack.length - 3;
  if (at < u.fence) u.underflow();
  try {
    return new_object('NEWOBJ_EX', stack[at]!, stack[at + 1]!, stack[at + 2]!);
  } finally {
    u.truncate(at);
  }
}

function new_object(op: string, cls: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (!PyType_Check(cls)) refuse(`${op} class argument must be a type, not ${cls.ob_type.tp_name}`);
  const { tp_new } = cls;
  if (tp_new === null) refuse(`${op} class argument '${cls.ob_type.tp_name}' doesn't have __new__`);
  if (!PyTuple_Check(args)) refuse(`${op} args argument must be a tuple, not ${args.ob_type.tp_name}`);
  if (kwargs !== null && !PyDict_Check(kwargs)) {
    refuse(`${op} kwargs argument must be a dict, not ${kwargs.ob_type.tp_name}`);
  }
  return tp_new(cls, args, kwargs);
}

/** Steals the id. */
function load_persistent(u: Unpickler, pid: PyObject): PyObject {
  try {
    if (u.persistent_load === null) no_persistent_load();
    return PyObject_CallOneArg(u.persistent_load, pid);
  } finally {
    decref(pid);
  }
}

export function no_persistent_load(): never {
  return refuse('A load persistent id instruction was encountered, but no persistent_load function was specified.');
}

function load_persid(u: Unpickler): PyObject {
  const line = u.input.line(1);
  let pid: PyObject;
  try {
    pid = unicode_from_text(decode_ascii(line.slice(0, -1)));
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_UnicodeDecodeError)) throw e;
    decref(e.exc);
    refuse('persistent IDs in protocol 0 must be ASCII strings');
  }
  return load_persistent(u, pid);
}

function load_pop(u: Unpickler): void {
  const { marks, stack } = u;
  if (marks.length > 0 && marks[marks.length - 1] === stack.length) u.unmark();
  else decref(u.pop());
}

/** The number that a line spells. */
function line_index(u: Unpickler): number {
  const key = line_int(u.input.line());
  try {
    return PyLong_AsSsize_t(key);
  } finally {
    decref(key);
  }
}

function load_put(u: Unpickler): void {
  const line = u.input.line();
  const value = u.top();
  const key = line_int(line);
  let i: number;
  try {
    i = PyLong_AsSsize_t(key);
  } finally {
    decref(key);
  }
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'negative PUT argument');
  u.memo_put(i, value);
}

/** CPython: load_extension */
function load_extension(u: Unpickler, nbytes: number, find: FindClass): PyObject {
  const code = nbytes === 4 ? u.input.size(4) | 0 : u.input.size(nbytes);
  if (code <= 0) refuse('EXT specifies code <= 0');
  const state = pickle_state();
  const key = PyLong_FromLong(code);
  try {
    const cached = PyDict_GetItem(state.extension_cache, key);
    if (cached !== null) return newref(cached);
    const pair = PyDict_GetItem(state.inverted_registry, key);
    if (pair === null) PyErr_SetString(PyExc_ValueError, `unregistered extension code ${code}`);
    const names = PyTuple_Check(pair) ? pair.v : [];
    if (names.length !== 2 || !PyUnicode_Check(names[0]!) || !PyUnicode_Check(names[1]!)) {
      PyErr_SetString(PyExc_ValueError, `_inverted_registry[${code}] isn't a 2-tuple of strings`);
    }
    const obj = find(names[0], names[1]);
    try {
      PyDict_SetItem(state.extension_cache, key, obj);
    } catch (e) {
      decref(obj);
      throw e;
    }
    return obj;
  } finally {
    decref(key);
  }
}

/** Adds what lies above height `x` to the list (or what has its methods) below. CPython: do_append */
function do_append(u: Unpickler, x: number): void {
  const { stack } = u;
  if (x > stack.length || x <= u.fence) u.underflow();
  if (x === stack.length) return;
  const list = stack[x - 1]!;
  if (list.ob_type === PyList_Type) {
    if (stack.length === x + 1) list_append_steal(list as PyListObject, stack.pop()!);
    else list_extend_steal(list as PyListObject, u.take(x));
    return;
  }
  const extend = PyObject_GetOptionalAttr(list, _Py_ID('extend'));
  if (extend !== null) {
    const slice = PyList_FromArraySteal(u.take(x));
    try {
      decref(PyObject_CallOneArg(extend, slice));
    } finally {
      decref(slice);
      decref(extend);
    }
    return;
  }
  add_each(u, x, 'append');
}

/** Calls a method of what lies below height `x` with each value above. */
function add_each(u: Unpickler, x: number, method: string): void {
  const add = PyObject_GetAttrString(u.stack[x - 1]!, method);
  const items = u.take(x);
  try {
    for (const item of items) decref(PyObject_CallOneArg(add, item));
  } finally {
    for (const item of items) decref(item);
    decref(add);
  }
}

/** CPython: do_setitems */
function do_setitems(u: Unpickler, x: number): void {
  const { stack } = u;
  if (x > stack.length || x <= u.fence) u.underflow();
  if (x === stack.length) return;
  if ((stack.length - x) % 2 !== 0) refuse('odd number of items for SETITEMS');
  const dict = stack[x - 1]!;
  const exact = PyDict_CheckExact(dict);
  if (exact && dict.v.used === 0) {
    u.dict_patterns.fill(dict, stack, x);
    return;
  }
  try {
    for (let i = x; i < stack.length; i += 2) {
      if (exact) PyDict_SetItem(dict, stack[i]!, stack[i + 1]!);
      else PyObject_SetItem(dict, stack[i]!, stack[i + 1]!);
    }
  } finally {
    u.truncate(x);
  }
}

/** CPython: load_additems */
function load_additems(u: Unpickler): void {
  const mark = u.unmark();
  const { stack } = u;
  if (mark > stack.length || mark <= u.fence) u.underflow();
  if (mark === stack.length) return;
  const set = stack[mark - 1]!;
  if (!PySet_Check(set)) {
    add_each(u, mark, 'add');
    return;
  }
  const items = PyTuple_FromArraySteal(u.take(mark));
  try {
    _PySet_Update(set, items);
  } finally {
    decref(items);
  }
}

/** CPython: load_build */
function load_build(u: Unpickler): void {
  if (u.stack.length - 2 < u.fence) u.underflow();
  const state = u.stack.pop()!;
  const inst = u.top();
  try {
    const patterns = (u.instance_patterns ??= new InstancePatterns());
    if (patterns.build(inst, state)) return;
    const is_new = has_no_attributes(inst);
    const setstate = PyObject_GetOptionalAttr(inst, _Py_ID('__setstate__'));
    if (setstate !== null) {
      try {
        decref(PyObject_CallOneArg(setstate, state));
      } finally {
        decref(setstate);
      }
      return;
    }
    if (PyTuple_Check(state) && state.v.length === 2) {
      set_state(inst, PyTuple_GET_ITEM(state, 0), PyTuple_GET_ITEM(state, 1));
    } else set_state(inst, state, null);
    if (is_new) patterns.learn(inst, state);
  } finally {
    decref(state);
  }
}

/** Sets the instance's dict, and its other attributes, from dicts. */
function set_state(inst: PyObject, state: PyObject, slots: PyObject | null): void {
  if (state !== Py_None) {
    if (!PyDict_Check(state)) refuse('state is not a dictionary');
    const dict = PyObject_GetAttrString(inst, '__dict__');
    try {
      const exact = PyDict_CheckExact(dict);
      for (let i = PyDict_Next(state, 0); i >= 0; i = PyDict_Next(state, i + 1)) {
        const key = PyUnicode_InternInPlace(newref((state as PyDictObject).v.keys[i]!));
        try {
          if (exact) PyDict_SetItem(dict, key, (state as PyDictObject).v.values[i]!);
          else PyObject_SetItem(dict, key, (state as PyDictObject).v.values[i]!);
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(dict);
    }
  }
  if (slots === null) return;
  if (!PyDict_Check(slots)) refuse('slot state is not a dictionary');
  for (let i = PyDict_Next(slots, 0); i >= 0; i = PyDict_Next(slots, i + 1)) {
    PyObject_SetAttr(inst, (slots as PyDictObject).v.keys[i]!, (slots as PyDictObject).v.values[i]!);
  }
}

function load_reduce(u: Unpickler): PyObject {
  const args = u.pop();
  try {
    const callable = u.pop();
    try {
      if (!PyTuple_Check(args)) PyErr_SetString(PyExc_TypeError, 'argument list must be a tuple');
      return PyObject_Call(callable, args, null);
    } finally {
      decref(callable);
    }
  } finally {
    decref(args);
  }
}

function load_binbytes8(u: Unpickler): PyObject {
  const n = counted(u, 8, 'BINBYTES');
  if (n >= 2 ** 63) PyErr_SetString(PyExc_OverflowError, 'byte string is too large');
  return PyBytes_FromUint8Array(u.input.copy(n));
}

function load_proto(u: Unpickler): void {
  const proto = u.input.size(1);
  if (proto > HIGHEST_PROTOCOL) PyErr_SetString(PyExc_ValueError, `unsupported pickle protocol: ${proto}`);
  u.proto = proto;
}

function load_frame(u: Unpickler): void {
  const n = u.input.frame_size();
  if (n < 0) PyErr_SetString(PyExc_OverflowError, `FRAME length exceeds system's maximum of ${SSIZE_MAX} bytes`);
  u.input.enter_frame(n);
}

function bad_key(code: number): never {
  const plain = code >= 0x20 && code <= 0x7e && code !== 0x27 && code !== 0x5c;
  const shown = plain ? String.fromCharCode(code) : `\\x${code.toString(16).padStart(2, '0')}`;
  return refuse(`invalid load key, '${shown}'.`);
}

function counted_tuple(u: Unpickler, n: number): PyObject {
  if (u.stack.length < n) u.underflow();
  return PyTuple_FromArraySteal(u.take(u.stack.length - n));
}

/** Pushes the small ints that come next, as long as there are such: where one is, there often are many. */
function load_small_ints(stack: PyObject[], input: Input): void {
  const { data, limit } = input;
  let at = input.pos;
  // What lies across the limit is left to run().
  while (at + 2 < limit) {
    const code = data[at];
    if (code === 75) {
      stack.push(PyLong_FromLong(data[at + 1]!));
      at += 2;
    } else if (code === 77) {
      stack.push(PyLong_FromLong(data[at + 1]! | (data[at + 2]! << 8)));
      at += 3;
    } else break;
  }
  input.pos = at;
}

/** Runs instructions up to STOP; the object, owned. CPython: load */
export function run(u: Unpickler, find: FindClass): PyObject {
  const { stack, input } = u;
  for (;;) {
    const code = input.opcode();
    // The labels are the numbers of opcodes.ts: V8 makes a jump table of literals only.
    switch (code) {
      case 0x8c: // SHORT_BINUNICODE
        stack.push(load_binunicode(u, 1));
        break;
      case 0x94: // MEMOIZE
        u.memoize();
        break;
      case 75: // BININT1
        stack.push(PyLong_FromLong(input.byte()));
        load_small_ints(stack, input);
        break;
      case 77: // BININT2
        stack.push(PyLong_FromLong(input.size(2)));
        load_small_ints(stack, input);
        break;
      case 74: // BININT
        stack.push(PyLong_FromLong(input.size(4) | 0));
        break;
      case 104: // BINGET
        u.memo_get(input.size(1));
        break;
      case 106: // LONG_BINGET
        u.memo_get(input.size(4));
        break;
      case 71: // BINFLOAT
        stack.push(load_binfloat(u));
        break;
      case 78: // NONE
        stack.push(newref(Py_None));
        break;
      case 0x88: // NEWTRUE
        stack.push(newref(Py_True));
        break;
      case 0x89: // NEWFALSE
        stack.push(newref(Py_False));
        break;
      case 40: // MARK
        u.mark();
        break;
      case 41: // EMPTY_TUPLE
        stack.push(PyTuple_FromArraySteal([]));
        break;
      case 0x85: // TUPLE1
        stack.push(counted_tuple(u, 1));
        break;
      case 0x86: // TUPLE2
        stack.push(counted_tuple(u, 2));
        break;
      case 0x87: // TUPLE3
        stack.push(counted_tuple(u, 3));
        break;
      case 116: // TUPLE
        stack.push(PyTuple_FromArraySteal(u.take(u.unmark())));
        break;
      case 93: // EMPTY_LIST
        stack.push(PyList_FromArraySteal([]));
        break;
      case 125: // EMPTY_DICT
        stack.push(PyDict_New());
        break;
      case 97: // APPEND
        if (stack.length - 1 <= u.fence) u.underflow();
        do_append(u, stack.length - 1);
        break;
      case 101: // APPENDS
        do_append(u, u.unmark());
        break;
      case 115: // SETITEM
        do_setitems(u, stack.length - 2);
        break;
      case 117: // SETITEMS
        do_setitems(u, u.unmark());
        break;
      case 113: // BINPUT
        u.memo_put(input.size(1), u.top());
        break;
      case 114: // LONG_BINPUT
        u.memo_put(input.size(4), u.top());
        break;
      case 88: // BINUNICODE
        stack.push(load_binunicode(u, 4));
        break;
      case 0x8d: // BINUNICODE8
        stack.push(load_binunicode(u, 8));
        break;
      case 67: // SHORT_BINBYTES
        stack.push(PyBytes_FromUint8Array(input.copy(counted(u, 1, 'BINBYTES'))));
        break;
      case 66: // BINBYTES
        stack.push(PyBytes_FromUint8Array(input.copy(counted(u, 4, 'BINBYTES'))));
        break;
      case 0x8e: // BINBYTES8
        stack.push(load_binbytes8(u));
        break;
      case 0x96: // BYTEARRAY8
        stack.push(PyByteArray_FromUint8Array(input.copy(counted(u, 8, 'BYTEARRAY8'))));
        break;
      case 0x8a: // LONG1
        stack.push(load_counted_long(u, 1));
        break;
      case 0x8b: // LONG4
        stack.push(load_counted_long(u, 4));
        break;
      case 0x93: // STACK_GLOBAL
        stack.push(load_stack_global(u, find));
        break;
      case 99: // GLOBAL
        stack.push(load_global(u, find));
        break;
      case 0x81: // NEWOBJ
        stack.push(load_newobj(u));
        break;
      case 0x92: // NEWOBJ_EX
        stack.push(load_newobj_ex(u));
        break;
      case 82: // REDUCE
        stack.push(load_reduce(u));
        break;
      case 98: // BUILD
        load_build(u);
        break;
      case 0x8f: // EMPTY_SET
        stack.push(PySet_New(null));
        break;
      case 0x90: // ADDITEMS
        load_additems(u);
        break;
      case 0x91: // FROZENSET
        stack.push(load_frozenset(u));
        break;
      case 48: // POP
        load_pop(u);
        break;
      case 49: // POP_MARK
        u.truncate(u.unmark());
        break;
      case 50: // DUP
        stack.push(newref(u.top()));
        break;
      case 0x80: // PROTO
        load_proto(u);
        break;
      case 0x95: // FRAME
        load_frame(u);
        break;
      case 73: // INT
        stack.push(load_int(u));
        break;
      case 76: // LONG
        stack.push(load_long(u));
        break;
      case 70: // FLOAT
        stack.push(load_float(u));
        break;
      case 83: // STRING
        stack.push(load_string(u));
        break;
      case 84: // BINSTRING
        stack.push(load_binstring(u, 4));
        break;
      case 85: // SHORT_BINSTRING
        stack.push(load_binstring(u, 1));
        break;
      case 86: // UNICODE
        stack.push(load_unicode(u));
        break;
      case 108: // LIST
        stack.push(PyList_FromArraySteal(u.take(u.unmark())));
        break;
      case 100: // DICT
        stack.push(load_dict(u));
        break;
      case 111: // OBJ
        stack.push(load_obj(u));
        break;
      case 105: // INST
        stack.push(load_inst(u, find));
        break;
      case 80: // PERSID
        stack.push(load_persid(u));
        break;
      case 81: // BINPERSID
        stack.push(load_persistent(u, u.pop()));
        break;
      case 103: // GET
        u.memo_get(line_index(u));
        break;
      case 112: // PUT
        load_put(u);
        break;
      case 0x82: // EXT1
        stack.push(load_extension(u, 1, find));
        break;
      case 0x83: // EXT2
        stack.push(load_extension(u, 2, find));
        break;
      case 0x84: // EXT4
        stack.push(load_extension(u, 4, find));
        break;
      case 0x97: // NEXT_BUFFER
        stack.push(load_next_buffer(u));
        break;
      case 0x98: // READONLY_BUFFER
        load_readonly_buffer(u);
        break;
      case 46: // STOP
        input.skip_consumed();
        return u.pop();
      case -1:
        return PyErr_SetString(PyExc_EOFError, 'Ran out of input');
      default:
        bad_key(code);
    }
  }
}
