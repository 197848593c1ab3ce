// code_convert.ts: code objects and constants between the compiler's plain data and Python objects.
import { PyObject, decref, newref } from '../core/object.ts';
import { Code, type CodeConstant, SliceConstant } from '../compiler/code.ts';
import { constantKey, IdentityKeys } from '../compiler/constkey.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../objects/bytesobject.ts';
import { PyTuple_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Check, PyCode_New } from '../objects/codeobject.ts';
import { PyFrozenSet_Check, PyFrozenSet_New, _PySet_Items } from '../objects/setobject.ts';
import { PySlice_New } from '../objects/sliceobject.ts';
import { new_tuple_tracked, PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { type Constant, FrozenSet, PyTuple } from '../parser/constants.ts';
import { constant_to_object, object_to_constant } from './ast_convert.ts';

/** Objects made for one compilation unit, by what they are: equal constants are one object in all its code objects, inside
 *  tuples and frozensets too. The references belong to the cache.  CPython: Python/compile.c:const_cache_insert */
interface ConstCache {
  objects: Map<string, PyObject>;
  identity: IdentityKeys;
  /** The one filename of all its code objects; null outside code. Borrowed. */
  filename: PyObject | null;
}

/** Any constant as an object; new reference. */
function cached_constant(c: CodeConstant, cache: ConstCache): PyObject {
  if (c instanceof Code) return convert_code(c, cache);
  // Singletons need no cache; short strings are shared by interning anyhow.
  if (c === null || typeof c === 'boolean' || typeof c === 'symbol') return code_constant_to_object(c);
  const key = constantKey(c, cache.identity);
  let object = cache.objects.get(key);
  if (object === undefined) {
    object = make_constant(c, cache);
    cache.objects.set(key, object);
  }
  return newref(object);
}

function make_constant(c: CodeConstant, cache: ConstCache): PyObject {
  if (c instanceof PyTuple) return new_tuple_tracked(c.items.map(i => cached_constant(i as CodeConstant, cache)));
  if (c instanceof FrozenSet) {
    const items = PyTuple_FromArraySteal(c.items.map(i => cached_constant(i as CodeConstant, cache)));
    const set = PyFrozenSet_New(items);
    decref(items);
    return set;
  }
  if (c instanceof SliceConstant) {
    const parts = [c.start, c.stop, c.step].map(part => cached_constant(part as CodeConstant, cache));
    const slice = PySlice_New(parts[0]!, parts[1]!, parts[2]!);
    for (const p of parts) decref(p);
    return slice;
  }
  return constant_to_object(c as Constant);
}

/** Any constant as an object of its own; new reference. */
export function code_constant_to_object(c: CodeConstant): PyObject {
  if (c instanceof Code) return code_to_object(c, null);
  if (c === null || typeof c !== 'object') return constant_to_object(c as Constant);
  return with_cache(null, cache => make_constant(c, cache));
}

function with_cache(filename: PyObject | null, make: (cache: ConstCache) => PyObject): PyObject {
  const cache: ConstCache = { objects: new Map(), identity: new IdentityKeys(), filename };
  try {
    return make(cache);
  } finally {
    for (const object of cache.objects.values()) decref(object);
  }
}

/** A tuple that equal tuples of the compilation share; new reference. */
function cached_tuple(items: readonly CodeConstant[], cache: ConstCache): PyObject {
  return cached_constant(new PyTuple(items as readonly Constant[] as Constant[]), cache);
}

/** A code object of the compiler's result; new reference. `filename` takes the place of its co_filename of the same text. */
export function code_to_object(code: Code, filename: PyObject | null): PyObject {
  const name = filename === null ? PyUnicode_FromString(code.co_filename) : newref(filename);
  try {
    return with_cache(name, cache => convert_code(code, cache));
  } finally {
    decref(name);
  }
}

/** Bytes of their own, those of one byte too. */
function kinds_bytes(kinds: Uint8Array): PyObject {
  return kinds.length === 0 ? PyBytes_FromUint8Array(kinds) : new PyObject<unknown, unknown>(PyBytes_Type, kinds, null);
}

function convert_code(code: Code, cache: ConstCache): PyObject {
  return PyCode_New({
    argcount: code.co_argcount,
    posonlyargcount: code.co_posonlyargcount,
    kwonlyargcount: code.co_kwonlyargcount,
    stacksize: code.co_stacksize,
    flags: code.co_flags,
    code: code.co_code,
    consts: cached_tuple(code.co_consts, cache),
    names: cached_tuple(code.co_names, cache),
    localsplusnames: cached_tuple(code.co_localsplusnames, cache),
    localspluskinds: kinds_bytes(code.co_localspluskinds),
    filename: newref(cache.filename!),
    name: PyUnicode_FromString(code.co_name),
    qualname: PyUnicode_FromString(code.co_qualname),
    firstlineno: code.co_firstlineno,
    linetable: cached_constant(code.co_linetable, cache),
    exceptiontable: cached_constant(code.co_exceptiontable, cache),
  });
}

/** The plain data of a code object. */
export function object_to_code(o: PyObject): Code {
  const co = (o as PyObject<CodePayload>).v;
  const code = new Code();
  code.co_argcount = co.co_argcount;
  code.co_posonlyargcount = co.co_posonlyargcount;
  code.co_kwonlyargcount = co.co_kwonlyargcount;
  code.co_stacksize = co.co_stacksize;
  code.co_flags = co.co_flags;
  code.co_code = co.co_code;
  code.co_consts = co.consts.map(object_to_code_constant);
  code.co_names = co.names.map(PyUnicode_AsString);
  code.co_localsplusnames = co.varnames.map(PyUnicode_AsString);
  code.co_localspluskinds = co.co_localspluskinds;
  code.co_filename = PyUnicode_AsString(co.co_filename);
  code.co_name = PyUnicode_AsString(co.co_name);
  code.co_qualname = PyUnicode_AsString(co.co_qualname);
  code.co_firstlineno = co.co_firstlineno;
  code.co_linetable = co.co_linetable;
  code.co_exceptiontable = co.co_exceptiontable;
  return code;
}

export function object_to_code_constant(o: PyObject): CodeConstant {
  if (PyCode_Check(o)) return object_to_code(o);
  if (o.ob_type.tp_name === 'slice') {
    const s = o.v as { start: PyObject; stop: PyObject; step: PyObject };
    return new SliceConstant(object_to_code_constant(s.start), object_to_code_constant(s.stop), object_to_code_constant(s.step));
  }
  if (PyTuple_Check(o)) return new PyTuple(o.v.map(object_to_code_constant));
  if (PyFrozenSet_Check(o)) return new FrozenSet(_PySet_Items(o).map(object_to_code_constant));
  return object_to_constant(o) as CodeConstant;
}
