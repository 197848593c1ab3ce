// builtins.ts: the functions every program has.                               CPython: Python/bltinmodule.c
import { PySys_Audit, auditHooks } from '../objects/audit.ts';
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString, type Raised, native_failure } from '../core/errors.ts';
import { hash_to_bigint } from '../core/hash.ts';
import { type PyObject, type PyTypeObject, Py_GT, Py_LT, decref, incref, newref, xdecref } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyIter_Next, PyMapping_Keys, PyNumber_Absolute, PyNumber_Divmod, PyNumber_Power, PyNumber_ToBase, PyObject_Format, PyObject_GetAIter, PyObject_GetIter, PyObject_IsInstance, PyObject_IsSubclass, PyObject_Size, PySequence_GetItem, PySequence_List, PyNumber_Index } from '../objects/abstract.ts';
import { anext_awaitable_new } from '../objects/asyncgenobject.ts';
import { PyBool_FromLong, PyBool_Type, Py_False, Py_True } from '../objects/boolobject.ts';
import { PyFilter_Type, PyMap_Type, PyZip_Type } from '../objects/bltinobjects.ts';
import { PyByteArray_Type } from '../objects/bytearrayobject.ts';
import { PyBytes_Type } from '../objects/bytesobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from '../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyComplex_Type } from '../objects/complexobject.ts';
import { PyProperty_Type } from '../objects/descrobject.ts';
import { PyDict_GetItemString, PyDict_Type } from '../objects/dictobject.ts';
import { PyEnum_Type, PyReversed_Type } from '../objects/enumobject.ts';
import * as exceptions from '../objects/exceptions.ts';
import { PyExc_AttributeError, PyExc_RuntimeError, PyExc_StopIteration, PyExc_SystemError, PyExc_TypeError, PyExc_ValueError, set_attribute_error_context } from '../objects/exceptions.ts';
import { PyFloat_Type } from '../objects/floatobject.ts';
import { PyClassMethod_Type, PyStaticMethod_Type } from '../objects/funcobject.ts';
import { PyArg_CheckPositional, PyArg_ClinicVector } from '../objects/getargs.ts';

import { PyCallIter_New } from '../objects/iterobject.ts';
import { PyList_Sort, PyList_Type } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { PyMemoryView_Type } from '../objects/memoryobject.ts';
import { builtinFunctions } from '../objects/methodobject.ts';
import { PyModule_AddObjectRef, PyModule_GetDict } from '../objects/moduleobject.ts';
import { PyCallable_Check, PyObject_ASCII, PyObject_Dir, PyObject_GetAttr, PyObject_GetAttrString, PyObject_GetOptionalAttr, PyObject_GetOptionalAttrString, PyObject_Hash, PyObject_IsTrue, PyObject_Repr, PyObject_RichCompareBool, PyObject_SetAttr, Py_Ellipsis, Py_None, Py_NotImplemented, _PyObject_LookupSpecial, attribute_or_null, no_attribute, object_id } from '../objects/object.ts';
import { PyRange_Type } from '../objects/rangeobject.ts';
import { PyFrozenSet_Type, PySet_Type } from '../objects/setobject.ts';
import { PySlice_Type } from '../objects/sliceobject.ts';
import { PyTuple_FromArray, PyTuple_Type } from '../objects/tupleobject.ts';
import { PyBaseObject_Type, PySuper_Type, PyType_Type, _PyType_Lookup } from '../objects/typeobject.ts';
import { PyUnicode_FromOrdinal, PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR, PyUnicode_Type, _Py_ID } from '../objects/unicodeobject.ts';

import { builtinObjects } from '../vm/ops.ts';
import { next_by_steps } from '../vm/iterators.ts';
import { alone, call_by_frame, may_enter } from '../vm/native_calls.ts';
import { getattr_function } from '../vm/special.ts';
import { build_class } from './builtins/build_class.ts';
import { builtin_compile, builtin_eval, builtin_exec, caller_globals, caller_locals } from './builtins/compile.ts';
import { builtin_input, builtin_print } from './builtins/print.ts';
import { builtin_sum } from './builtins/sum.ts';
import { init_source_texts } from './front_end.ts';

// --- iteration ---------------------------------------------------------------------------------------------------------

/** True if some (all) items are true. */
function any_all(iterable: PyObject, want: boolean): PyObject {
  const it = PyObject_GetIter(iterable);
  try {
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) return newref(want ? Py_False : Py_True);
      let truth: boolean;
      try {
        truth = PyObject_IsTrue(item);
      } finally {
        decref(item);
      }
      if (truth === want) return newref(want ? Py_True : Py_False);
    }
  } finally {
    decref(it);
  }
}

function builtin_iter(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('iter', args.length, 1, 2);
  if (args.length === 1) return PyObject_GetIter(args[0]!);
  if (!PyCallable_Check(args[0]!)) PyErr_SetString(PyExc_TypeError, 'iter(v, w): v must be callable');
  return PyCallIter_New(args[0]!, args[1]!);
}

function builtin_next(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('next', args.length, 1, 2);
  const it = args[0]!;
  const next = it.ob_type.tp_iternext;
  if (next === null) PyErr_SetString(PyExc_TypeError, `'${it.ob_type.tp_name}' object is not an iterator`);
  const entered = next_by_steps(builtin_next, it, args[1] ?? null);
  if (entered !== null) return entered;
  let res: PyObject | null;
  if (args.length === 1) {
    res = next(it);
  } else {
    try {
      res = next(it);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
      PyErr_Clear(e);
      res = null;
    }
    if (res === null) return newref(args[1]!);
  }
  if (res === null) PyErr_SetNone(PyExc_StopIteration);
  return res;
}

function builtin_anext(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('anext', args.length, 1, 2);
  const it = args[0]!;
  const anext = it.ob_type.am_anext;
  if (anext === null) PyErr_SetString(PyExc_TypeError, `'${it.ob_type.tp_name}' object is not an async iterator`);
  const awaitable = anext(it);
  if (args.length === 1) return awaitable;
  const wrapped = anext_awaitable_new(awaitable, args[1]!);
  decref(awaitable);
  return wrapped;
}

/** min() and max(). CPython: min_max */
function min_max(name: string, op: number) {
  return (_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject => {
    const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
    const nargs = args.length - nkw;
    if (nargs === 0) PyErr_SetString(PyExc_TypeError, `${name} expected at least 1 argument, got 0`);
    let key: PyObject | null = null;
    let def: PyObject | null = null;
    if (nkw > 0) {
      const [k, d] = PyArg_ClinicVector(name, '(*, key=None, default=None)', args.slice(nargs), kwnames);
      key = k === undefined || k === Py_None ? null : k;
      def = d ?? null;
    }
    if (nargs > 1 && def !== null) {
      PyErr_SetString(PyExc_TypeError, `Cannot specify a default for ${name}() with multiple positional arguments`);
    }
    if (nargs === 2 && key === null) {
      const chosen = PyObject_RichCompareBool(args[1]!, args[0]!, op) ? args[1]! : args[0]!;
      return newref(chosen);
    }
    let it: PyObject;
    if (nargs > 1) {
      const tuple = PyTuple_FromArray(args.slice(0, nargs));
      it = PyObject_GetIter(tuple);
      decref(tuple);
    } else it = PyObject_GetIter(args[0]!);
    let best: PyObject | null = null;
    let best_key: PyObject | null = null;
    try {
      for (;;) {
        const item = PyIter_Next(it);
        if (item === null) break;
        let value: PyObject;
        try {
          value = key === null ? newref(item) : PyObject_CallOneArg(key, item);
        } catch (e) {
          decref(item);
          throw e;
        }
        if (best === null) {
          best = item;
          best_key = value;
          continue;
        }
        let better: boolean;
        try {
          better = PyObject_RichCompareBool(value, best_key!, op);
        } catch (e) {
          decref(item);
          decref(value);
          throw e;
        }
        if (better) {
          const old = best;
          const old_key: PyObject = best_key!;
          best = item;
          best_key = value;
          decref(old);
          decref(old_key);
        } else {
          decref(item);
          decref(value);
        }
      }
    } catch (e) {
      xdecref(best);
      xdecref(best_key);
      throw e;
    } finally {
      decref(it);
    }
    xdecref(best_key);
    if (best !== null) return best;
    if (def !== null) return newref(def);
    PyErr_SetString(PyExc_ValueError, `${name}() iterable argument is empty`);
  };
}

function builtin_sorted(_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  const nargs = args.length - nkw;
  PyArg_CheckPositional('sorted', nargs, 1, 1);
  const list = PySequence_List(args[0]!);
  try {
    if (nkw === 0) PyList_Sort(list);
    else {
      const sort = PyObject_GetAttrString(list, 'sort');
      try {
        decref(PyObject_Vectorcall(sort, args.slice(1), kwnames));
      } finally {
        decref(sort);
      }
    }
  } catch (e) {
    decref(list);
    throw e;
  }
  return list;
}

// --- objects -----------------------------------------------------------------------------------------------------------

function builtin_getattr(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('getattr', args.length, 2, 3);
  const entered = alone() ? null : getattr_by_frame(args);
  if (entered !== null) return entered;
  if (args.length === 3) {
    const v = PyObject_GetOptionalAttr(args[0]!, args[1]!);
    return v ?? newref(args[2]!);
  }
  return PyObject_GetAttr(args[0]!, args[1]!);
}

/** `__getattr__` in a frame of the thread's loop. Null: it has to be asked in the ordinary way, if at all. */
function getattr_by_frame(args: PyObject[]): PyObject | null {
  const [obj, name, instead] = args as [PyObject, PyObject, PyObject | undefined];
  const func = PyUnicode_Check(name) ? getattr_function(obj, name) : null;
  if (func === null || !may_enter(builtin_getattr)) return null;
  args.forEach(incref);
  return call_by_frame(builtin_getattr, func, [obj, name], null, (result, error) => {
    try {
      if (result !== null) return result;
      if (!PyErr_ExceptionMatches(error, PyExc_AttributeError)) throw error;
      if (instead !== undefined) {
        PyErr_Clear(error);
        return newref(instead);
      }
      set_attribute_error_context((error as Raised).exc, obj, name);
      throw error;
    } finally {
      args.forEach(decref);
    }
  });
}

function builtin_getattr_or_null(m: PyObject, args: PyObject[]): PyObject | null {
  const [obj, name] = args as [PyObject, PyObject];
  if (args.length !== 2 || !PyUnicode_Check(name) || !alone()) return builtin_getattr(m, args);
  return attribute_or_null(obj, name) ?? native_failure(no_attribute(obj, name));
}

function builtin_hasattr(_m: PyObject, obj: PyObject, name: PyObject): PyObject {
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, `attribute name must be string, not '${name.ob_type.tp_name}'`);
  const v = PyObject_GetOptionalAttr(obj, name);
  if (v === null) return newref(Py_False);
  decref(v);
  return newref(Py_True);
}

function locals_here(): PyObject {
  return caller_locals() ?? PyErr_SetString(PyExc_SystemError, 'frame does not exist');
}

function builtin_dir(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('dir', args.length, 0, 1);
  if (args.length === 1) return PyObject_Dir(args[0]!);
  const locals = locals_here();
  let list: PyObject;
  try {
    list = PyMapping_Keys(locals);
  } finally {
    decref(locals);
  }
  try {
    PyList_Sort(list);
  } catch (e) {
    decref(list);
    throw e;
  }
  return list;
}

function builtin_vars(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('vars', args.length, 0, 1);
  if (args.length === 0) return locals_here();
  const dict = PyObject_GetOptionalAttrString(args[0]!, '__dict__');
  if (dict === null) PyErr_SetString(PyExc_TypeError, 'vars() argument must have __dict__ attribute');
  return dict;
}

function builtin_ord(_m: PyObject, c: PyObject): PyObject {
  let size: number;
  if (PyUnicode_Check(c)) {
    size = PyUnicode_GET_LENGTH(c);
    if (size === 1) return PyLong_FromLong(PyUnicode_READ_CHAR(c, 0));
    PyErr_SetString(PyExc_TypeError, `ord() expected a character, but string of length ${size} found`);
  }
  if (PyBytes_Check(c)) {
    const v = (c as PyObject<Uint8Array>).v;
    if (v.length === 1) return PyLong_FromLong(v[0]!);
    PyErr_SetString(PyExc_TypeError, `ord() expected a character, but string of length ${v.length} found`);
  }
  if (c.ob_type === PyByteArray_Type) {
    size = PyObject_Size(c);
    if (size === 1) return PySequence_GetItem(c, 0);
    PyErr_SetString(PyExc_TypeError, `ord() expected a character, but string of length ${size} found`);
  }
  PyErr_SetString(PyExc_TypeError, `ord() expected string of length 1, but ${c.ob_type.tp_name} found`);
}

function builtin_chr(_m: PyObject, i: PyObject): PyObject {
  const index = PyNumber_Index(i);
  const v = (index as PyObject<number | bigint>).v;
  decref(index);
  if (typeof v === 'bigint' || v < 0 || v > 0x10ffff) PyErr_SetString(PyExc_ValueError, 'chr() arg not in range(0x110000)');
  return PyUnicode_FromOrdinal(v);
}

function builtin_round(_m: PyObject, number: PyObject, ndigits: PyObject | null): PyObject {
  const round = _PyObject_LookupSpecial(number, _Py_ID('__round__'));
  if (round === null) PyErr_SetString(PyExc_TypeError, `type ${number.ob_type.tp_name} doesn't define __round__ method`);
  try {
    return ndigits === null || ndigits === Py_None ? PyObject_CallNoArgs(round) : PyObject_CallOneArg(round, ndigits);
  } finally {
    decref(round);
  }
}

export function builtin_import(_m: PyObject, name: PyObject, globals: PyObject | null, locals: PyObject | null, fromlist: PyObject | null, level: PyObject | null): PyObject {
  return importLevel.call!(builtin_import, name, globals, locals, fromlist, level === null ? 0 : PyLong_AsLong(level));
}

/** `__import__`'s body; the import system sets it. */
export const importLevel: {
  call: ((native: unknown, name: PyObject, globals: PyObject | null, locals: PyObject | null, fromlist: PyObject | null, level: number) => PyObject) | null;
} = { call: null };

function builtin_id(_m: PyObject, o: PyObject): PyObject {
  const id = object_id(o);
  if (auditHooks.length > 0) PySys_Audit('builtins.id', id);
  return PyLong_FromLong(id);
}

function builtin_breakpoint(_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const hook = PyDict_GetItemString(current.tstate.interp.sysdict!, 'breakpointhook');
  if (hook === null) PyErr_SetString(PyExc_RuntimeError, 'lost sys.breakpointhook');
  PySys_Audit('builtins.breakpoint', hook);
  return PyObject_Vectorcall(hook, args, kwnames);
}

function builtin_pow(_m: PyObject, base: PyObject, exp: PyObject, mod: PyObject | null): PyObject {
  return PyNumber_Power(base, exp, mod ?? Py_None);
}

const METHODS: ModuleSpec['methods'] = [
  { name: '__build_class__', flags: METH_FASTCALL | METH_KEYWORDS, meth: build_class, doc: '__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nMakes a class of the body that the class statement compiled.' },
  { name: '__import__', flags: METH_CLINIC, meth: builtin_import, sig: '($module, /, name, globals=None, locals=None, fromlist=(), level=0)', doc: 'Import a module.\n\nThis is what the import statement calls; programs use importlib.import_module().' },
  { name: 'abs', flags: METH_O, meth: (_m: PyObject, x: PyObject) => PyNumber_Absolute(x), sig: '($module, x, /)', doc: 'The absolute value of a number.' },
  { name: 'all', flags: METH_O, meth: (_m: PyObject, it: PyObject) => any_all(it, false), sig: '($module, iterable, /)', doc: 'Whether every item of the iterable is true; True for an empty one.' },
  { name: 'any', flags: METH_O, meth: (_m: PyObject, it: PyObject) => any_all(it, true), sig: '($module, iterable, /)', doc: 'Whether some item of the iterable is true; False for an empty one.' },
  { name: 'ascii', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyObject_ASCII(o), sig: '($module, obj, /)', doc: 'As repr(), with escapes in place of characters beyond ASCII.' },
  { name: 'bin', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyNumber_ToBase(o, 2), sig: '($module, number, /)', doc: "The binary digits of an integer, with their prefix.\n\n>>> bin(10)\n'0b1010'\n>>> bin(-3)\n'-0b11'" },
  { name: 'breakpoint', flags: METH_FASTCALL | METH_KEYWORDS, meth: builtin_breakpoint, sig: '($module, /, *args, **kws)', doc: 'Enters the debugger: calls sys.breakpointhook() with the arguments.' },
  { name: 'callable', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyBool_FromLong(PyCallable_Check(o)), sig: '($module, obj, /)', doc: 'Whether the object can be called, as functions, classes and instances with __call__() can.' },
  { name: 'chr', flags: METH_O, meth: builtin_chr, sig: '($module, i, /)', doc: 'The character of a code point from 0 to 0x10ffff.' },
  {
    name: 'compile',
    flags: METH_CLINIC,
    meth: builtin_compile,
    sig: '($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)',
    doc: "Compile source into a code object for exec() or eval().\n\nmode is 'exec' for a module, 'eval' for an expression, 'single' for one interactive statement.",
  },
  {
    name: 'delattr',
    flags: METH_CLINIC,
    meth(_m: PyObject, o: PyObject, name: PyObject) {
      PyObject_SetAttr(o, name, null);
      return newref(Py_None);
    },
    sig: '($module, obj, name, /)',
    doc: "delattr(x, 'y') does what ``del x.y`` does.",
  },
  { name: 'dir', flags: METH_FASTCALL, meth: builtin_dir, doc: 'dir([object]) -> list of strings\n\nThe names in the current scope, or the attributes of an object.' },
  { name: 'divmod', flags: METH_CLINIC, meth: (_m: PyObject, a: PyObject, b: PyObject) => PyNumber_Divmod(a, b), sig: '($module, x, y, /)', doc: 'The pair of x // y and x % y.' },
  { name: 'eval', flags: METH_CLINIC, meth: builtin_eval, sig: '($module, source, /, globals=None, locals=None)', doc: 'The value of an expression, given as text or as a code object.' },
  { name: 'exec', flags: METH_CLINIC, meth: builtin_exec, sig: '($module, source, /, globals=None, locals=None, *, closure=None)', doc: 'Runs statements, given as text or as a code object.' },
  {
    name: 'format',
    flags: METH_CLINIC,
    meth(_m: PyObject, value: PyObject, spec: PyObject | null) {
      if (spec !== null && !PyUnicode_Check(spec)) PyErr_SetString(PyExc_TypeError, `format() argument 2 must be str, not ${spec.ob_type.tp_name}`);
      return PyObject_Format(value, spec);
    },
    sig: "($module, value, format_spec='', /)",
    doc: 'The value as text, laid out as the format specification says.',
  },
  { name: 'getattr', flags: METH_FASTCALL, meth: builtin_getattr, meth_or_null: builtin_getattr_or_null, doc: "getattr(object, name[, default]) -> value\n\ngetattr(x, 'y') gives x.y, or the default where there is no such attribute." },
  { name: 'globals', flags: METH_NOARGS, meth: () => newref(caller_globals() ?? Py_None), sig: '($module, /)', doc: 'The namespace of the module that the caller is part of.' },
  { name: 'hasattr', flags: METH_CLINIC, meth: builtin_hasattr, sig: '($module, obj, name, /)', doc: 'Whether the object has an attribute of that name.' },
  { name: 'hash', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyLong_FromBigInt(hash_to_bigint(PyObject_Hash(o))), sig: '($module, obj, /)', doc: 'A number for the object, the same for objects that are equal.' },
  { name: 'hex', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyNumber_ToBase(o, 16), sig: '($module, number, /)', doc: "The hexadecimal digits of an integer, with their prefix.\n\n>>> hex(255)\n'0xff'\n>>> hex(-16)\n'-0x10'" },
  { name: 'id', flags: METH_O, meth: builtin_id, sig: '($module, obj, /)', doc: 'A number that no other living object has.' },
  { name: 'input', flags: METH_CLINIC, meth: builtin_input, sig: "($module, prompt='', /)", doc: 'Reads a line from standard input, after showing the prompt; EOFError at the end.' },
  { name: 'isinstance', flags: METH_CLINIC, meth: (_m: PyObject, o: PyObject, c: PyObject) => PyBool_FromLong(PyObject_IsInstance(o, c)), sig: '($module, obj, class_or_tuple, /)', doc: 'Whether the object is an instance of the class, or of one of a tuple of classes.' },
  { name: 'issubclass', flags: METH_CLINIC, meth: (_m: PyObject, o: PyObject, c: PyObject) => PyBool_FromLong(PyObject_IsSubclass(o, c)), sig: '($module, cls, class_or_tuple, /)', doc: 'Whether a class derives from the class, or from one of a tuple of classes.' },
  { name: 'iter', flags: METH_FASTCALL, meth: builtin_iter, doc: 'iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nAn iterator over the items, or over what calls give until one gives the sentinel.' },
  { name: 'aiter', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyObject_GetAIter(o), sig: '($module, async_iterable, /)', doc: 'An asynchronous iterator over the items of an asynchronous iterable.' },
  { name: 'len', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyLong_FromLong(PyObject_Size(o)), sig: '($module, obj, /)', doc: 'The number of items of a container.' },
  {
    name: 'locals',
    flags: METH_NOARGS,
    meth: locals_here,
    sig: '($module, /)',
    doc: 'The local variables of the caller.',
  },
  { name: 'max', flags: METH_FASTCALL | METH_KEYWORDS, meth: min_max('max', Py_GT), doc: 'max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nThe largest item of an iterable, or of two or more arguments.' },
  { name: 'min', flags: METH_FASTCALL | METH_KEYWORDS, meth: min_max('min', Py_LT), doc: 'min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nThe smallest item of an iterable, or of two or more arguments.' },
  { name: 'next', flags: METH_FASTCALL, meth: builtin_next, doc: 'next(iterator[, default])\n\nThe next item; at the end the default, or StopIteration where there is none.' },
  { name: 'anext', flags: METH_FASTCALL, meth: builtin_anext, sig: '($module, aiterator, default=<unrepresentable>, /)', doc: 'An awaitable of the next item; at the end the default, or StopAsyncIteration where there is none.' },
  { name: 'oct', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyNumber_ToBase(o, 8), sig: '($module, number, /)', doc: "The octal digits of an integer, with their prefix.\n\n>>> oct(64)\n'0o100'\n>>> oct(-8)\n'-0o10'" },
  { name: 'ord', flags: METH_O, meth: builtin_ord, sig: '($module, character, /)', doc: 'The code point of a character, or the value of a single byte.' },
  { name: 'pow', flags: METH_CLINIC, meth: builtin_pow, sig: '($module, /, base, exp, mod=None)', doc: 'base ** exp, or with three arguments base ** exp % mod.' },
  { name: 'print', flags: METH_CLINIC, meth: builtin_print, sig: "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)", doc: 'Writes the values, separated by sep and followed by end, to a stream (sys.stdout by default).' },
  { name: 'repr', flags: METH_O, meth: (_m: PyObject, o: PyObject) => PyObject_Repr(o), sig: '($module, obj, /)', doc: 'The text by which the object shows itself; often an expression that gives an equal one.' },
  { name: 'round', flags: METH_CLINIC, meth: builtin_round, sig: '($module, /, number, ndigits=None)', doc: 'The number rounded to that many decimal digits, or to an integer.' },
  {
    name: 'setattr',
    flags: METH_CLINIC,
    meth(_m: PyObject, o: PyObject, name: PyObject, value: PyObject) {
      PyObject_SetAttr(o, name, value);
      return newref(Py_None);
    },
    sig: '($module, obj, name, value, /)',
    doc: "setattr(x, 'y', v) does what ``x.y = v`` does.",
  },
  { name: 'sorted', flags: METH_FASTCALL | METH_KEYWORDS, meth: builtin_sorted, sig: '($module, iterable, /, *, key=None, reverse=False)', doc: 'A new list of the items in ascending order; by their keys, or reversed, if so asked.' },
  { name: 'sum', flags: METH_CLINIC, meth: builtin_sum, sig: '($module, iterable, /, start=0)', doc: 'The start value and the numbers of an iterable added up.' },
  { name: 'vars', flags: METH_FASTCALL, meth: builtin_vars, doc: 'vars([object]) -> dictionary\n\nThe __dict__ of an object, or the local variables.' },
];

/** `__debug__`: false under -O. */
export function add_debug(m: PyObject): void {
  PyModule_AddObjectRef(m, '__debug__', current.tstate.interp.config.optimize === 0 ? Py_True : Py_False);
}

export const module: ModuleSpec = {
  name: 'builtins',
  doc: 'Built-in functions, types, exceptions, and other objects.',
  methods: METHODS,
  types: () => [
    PyBool_Type, PyMemoryView_Type, PyByteArray_Type, PyBytes_Type, PyClassMethod_Type, PyComplex_Type, PyDict_Type, PyEnum_Type, PyFilter_Type, PyFloat_Type,
    PyFrozenSet_Type, PyProperty_Type, PyLong_Type, PyList_Type, PyMap_Type, PyBaseObject_Type, PyRange_Type, PyReversed_Type, PySet_Type, PySlice_Type,
    PyStaticMethod_Type, PyUnicode_Type, PySuper_Type, PyTuple_Type, PyType_Type, PyZip_Type,
  ],
  exec(m) {
    init_source_texts();
    const constants: [string, PyObject][] = [
      ['None', Py_None],
      ['Ellipsis', Py_Ellipsis],
      ['NotImplemented', Py_NotImplemented],
      ['False', Py_False],
      ['True', Py_True],
    ];
    for (const [name, value] of constants) PyModule_AddObjectRef(m, name, value);
    add_debug(m);
    for (const [name, value] of Object.entries(exceptions)) {
      if (!name.startsWith('PyExc_')) continue;
      const type = value as PyTypeObject;
      PyModule_AddObjectRef(m, type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1), type);
    }
    for (const alias of ['IOError', 'EnvironmentError']) PyModule_AddObjectRef(m, alias, exceptions.PyExc_OSError);
    const dict = PyModule_GetDict(m);
    builtinFunctions.getattr = PyDict_GetItemString(dict, 'getattr');
    builtinFunctions.iter = PyDict_GetItemString(dict, 'iter');
    builtinFunctions.reversed = PyDict_GetItemString(dict, 'reversed');
    builtinObjects.len = PyDict_GetItemString(dict, 'len');
    builtinObjects.isinstance = PyDict_GetItemString(dict, 'isinstance');
    builtinObjects.all = PyDict_GetItemString(dict, 'all');
    builtinObjects.any = PyDict_GetItemString(dict, 'any');
    builtinObjects.list_append = _PyType_Lookup(PyList_Type, _Py_ID('append'));
  },
};
