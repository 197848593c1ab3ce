// specialize.ts: rewriting instructions in place to the form that fits what they meet (PEP 659).          CPython: Python/specialize.c
//
// A generic instruction counts down in its first cache unit; at zero the function of its family looks at the operands and
// either writes a specialised opcode with its cache, or sets the counter to wait longer.
import type { InterpreterFrame } from '../core/frame.ts';
import { DICT_DIRECT, DICT_NONE, G_INLINE_VALUES, G_INTERNED, type PyObject, PyTypeObject, Py_TPFLAGS_INLINE_VALUES, SlotState } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O } from '../core/spec.ts';
import { FUSED_F, FUSED_FF, FUSED_FK, FUSED_SF, FUSED_SK } from '../opcode/fused.generated.ts';
import * as op from '../opcode/opcodes.generated.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { type FunctionPayload, PyFunction_Type, function_version } from '../objects/funcobject.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { PyType_Check } from '../objects/checks.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { type Descr, PyMemberDescr_Type, PyMethodDescr_Type, PyProperty_Type, type PropertyObject } from '../objects/descrobject.ts';
import { type DictTable, keys_version, name_index } from '../objects/dict/table.ts';
import { PyDict_Type } from '../objects/dictobject.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../objects/floatobject.ts';
import { PyGen_Type } from '../objects/genobject.ts';
import { PyList_Type, PyListIter_Type } from '../objects/listobject.ts';
import { PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { type MethodDef, PyCFunction_Type, type CFunction } from '../objects/methodobject.ts';
import { PyModule_Type } from '../objects/moduleobject.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr, Py_None } from '../objects/object.ts';
import { PyRangeIter_Type } from '../objects/rangeobject.ts';
import { PyFrozenSet_Type, PySet_Type } from '../objects/setobject.ts';
import { PySlice_Type } from '../objects/sliceobject.ts';
import { PyTuple_Type, PyTupleIter_Type } from '../objects/tupleobject.ts';
import { PyType_IsSubtype, PyType_Type, _PyType_Lookup, type_getattro_ref, type_version, has_plain_new, slot_tp_init_ref } from '../objects/typeobject.ts';
import { slot_tp_getattro } from '../objects/typeobject/slots.ts';
import { PyUnicode_Type, _Py_ID } from '../objects/unicodeobject.ts';
import { builtinObjects } from './ops.ts';
import { special_function } from './special.ts';

/** Executions before a failed specialisation is tried again; doubled by each failure up to a limit. */
const BACKOFF = 63;
/** Executions before an instruction that gave its form up tries again. CPython: ADAPTIVE_COOLDOWN_VALUE */
const COOLDOWN = 52;

function set(exec: Int32Array, ip: number, opcode: number): void {
  exec[ip] = (exec[ip]! & ~255) | opcode;
  exec[ip + 1] = COOLDOWN;
}

function fail(exec: Int32Array, ip: number): void {
  exec[ip + 1] = BACKOFF;
}

/** After an instruction was specialised: fuses it with the loads in front of it, where there is a fused form. They stay where they are
 *  for jumps to them. CPython has no such thing; nothing that a program can see tells of it. */
export function fuse(co: CodePayload, exec: Int32Array, ip: number): void {
  const opcode = exec[ip]! & 255;
  const at = (unit: number): number => (unit < 0 ? 0 : co.co_code[2 * unit]!);
  const put = (unit: number, fused: number): void => {
    if (fused !== 0) exec[unit] = (exec[unit]! & ~255) | fused;
  };
  const before = at(ip - 1);
  // What stands at a unit may be another instruction's cache, but those are zero in co_code.
  if (before === op.LOAD_FAST_BORROW) put(ip - 1, FUSED_SF[opcode]! | FUSED_F[opcode]!);
  else if (before === op.LOAD_FAST_BORROW_LOAD_FAST_BORROW) put(ip - 1, FUSED_FF[opcode]!);
  else if (before === op.LOAD_SMALL_INT) {
    if (at(ip - 2) === op.LOAD_FAST_BORROW && FUSED_FK[opcode] !== 0) put(ip - 2, FUSED_FK[opcode]!);
    else put(ip - 1, FUSED_SK[opcode]!);
  }
}

export function specialize_load_global(frame: InterpreterFrame, exec: Int32Array, ip: number, name: PyObject): void {
  const globals = frame.f_globals;
  const builtins = frame.f_builtins;
  if (globals.ob_type !== PyDict_Type || builtins.ob_type !== PyDict_Type) return fail(exec, ip);
  let i = name_index(globals, name);
  const gt = globals.v as DictTable;
  if (gt.hashes !== null) return fail(exec, ip);
  if (i >= 0) {
    exec[ip + 2] = i;
    exec[ip + 3] = keys_version(gt);
    return set(exec, ip, op.LOAD_GLOBAL_MODULE);
  }
  i = name_index(builtins, name);
  if (i < 0) return fail(exec, ip);
  exec[ip + 2] = i;
  exec[ip + 3] = keys_version(gt);
  exec[ip + 4] = keys_version(builtins.v as DictTable);
  set(exec, ip, op.LOAD_GLOBAL_BUILTIN);
}

// --- attributes ------------------------------------------------------------------------------------------------------------

export function specialize_load_attr(co: CodePayload, exec: Int32Array, ip: number, owner: PyObject, name: PyObject): void {
  if (owner.ob_type === PyModule_Type) return specialize_module_attr(exec, ip, owner, name);
  if (PyType_Check(owner)) return specialize_class_attr(co, exec, ip, owner, name);
  if (!specialize_instance_attr(co, exec, ip, owner, name)) fail(exec, ip);
}

function specialize_module_attr(exec: Int32Array, ip: number, owner: PyObject, name: PyObject): void {
  const dict = owner.d as PyObject | null;
  if (dict === null || _PyType_Lookup(PyModule_Type, name) !== null) return fail(exec, ip);
  const i = name_index(dict, name);
  if (i < 0) return fail(exec, ip);
  exec[ip + 2] = keys_version(dict.v as DictTable);
  exec[ip + 3] = i;
  set(exec, ip, op.LOAD_ATTR_MODULE);
}

function specialize_class_attr(co: CodePayload, exec: Int32Array, ip: number, cls: PyTypeObject, name: PyObject): void {
  if (cls.ob_type.tp_getattro !== type_getattro_ref()) return fail(exec, ip);
  if (_PyType_Lookup(cls.ob_type, name) !== null) return fail(exec, ip);
  const descr = _PyType_Lookup(cls, name);
  if (descr === null) return fail(exec, ip);
  const t = descr.ob_type;
  // Functions and plain values come out of a class as they are; other descriptors need their __get__.
  if (t.tp_descr_get !== null && t !== PyFunction_Type && t !== PyMethodDescr_Type) return fail(exec, ip);
  co.objs[ip] = descr;
  exec[ip + 2] = type_version(cls);
  if (cls.ob_type === PyType_Type) return set(exec, ip, op.LOAD_ATTR_CLASS);
  exec[ip + 3] = type_version(cls.ob_type);
  set(exec, ip, op.LOAD_ATTR_CLASS_WITH_METACLASS_CHECK);
}

/** Where the slot of that member descriptor is in instances of the type; undefined if they have none such. */
function own_slot(type: PyTypeObject, descr: PyObject): number | undefined {
  const { row, d_type } = (descr as PyObject<Descr<{ slot?: number }>>).v;
  return PyType_IsSubtype(type, d_type) ? row.slot : undefined;
}

function specialize_instance_attr(co: CodePayload, exec: Int32Array, ip: number, owner: PyObject, name: PyObject): boolean {
  const type = owner.ob_type;
  const is_method = ((exec[ip]! >> 8) & 1) !== 0;
  if (type.tp_getattro === slot_tp_getattro && !is_method) {
    const func = special_function(owner, '__getattribute__', 2);
    if (func === null) return false;
    co.objs[ip] = func;
    exec[ip + 2] = type_version(type);
    set(exec, ip, op.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN);
    return true;
  }
  if (type.tp_getattro !== PyObject_GenericGetAttr) return false;
  const descr = _PyType_Lookup(type, name);
  if (descr !== null) {
    const dt = descr.ob_type;
    if (dt.tp_descr_set !== null) {
      if (dt === PyMemberDescr_Type) {
        const slot = own_slot(type, descr);
        if (slot === undefined) return false;
        exec[ip + 2] = type_version(type);
        exec[ip + 3] = slot;
        set(exec, ip, op.LOAD_ATTR_SLOT);
        return true;
      }
      if (dt === PyProperty_Type && !is_method) {
        const fget = (descr as PropertyObject).v.fget;
        if (fget === null || fget.ob_type !== PyFunction_Type) return false;
        const c = ((fget as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v;
        if (!c.simple || c.co_argcount !== 1) return false;
        co.objs[ip] = fget;
        exec[ip + 2] = type_version(type);
        set(exec, ip, op.LOAD_ATTR_PROPERTY);
        return true;
      }
      return false;
    }
  }
  const own = instance_lookup(owner, name);
  if (own === 'none' && descr !== null) {
    const method_descr = (descr.ob_type.tp_flags & (1 << 17)) !== 0;
    if (method_descr !== is_method) return false;
    if (!method_descr && descr.ob_type.tp_descr_get !== null) return false;
    const version = type_version(type);
    if ((owner.g & G_INLINE_VALUES) !== 0) {
      const keys = type.ht_cached_keys!;
      if (keys.index.get(name) !== undefined) return false;
      exec[ip + 3] = keys.names.length;
      set(exec, ip, method_descr ? op.LOAD_ATTR_METHOD_WITH_VALUES : op.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES);
    } else if (type.tp_dict_kind === DICT_NONE) {
      set(exec, ip, method_descr ? op.LOAD_ATTR_METHOD_NO_DICT : op.LOAD_ATTR_NONDESCRIPTOR_NO_DICT);
    } else if (type.tp_dict_kind === DICT_DIRECT && owner.d === null && method_descr && (type.tp_flags & Py_TPFLAGS_INLINE_VALUES) === 0) {
      set(exec, ip, op.LOAD_ATTR_METHOD_LAZY_DICT);
    } else return false;
    exec[ip + 2] = version;
    co.objs[ip] = descr;
    return true;
  }
  // An attribute of the instance itself; a non-data descriptor of the class gives way to it.
  if ((owner.g & G_INLINE_VALUES) !== 0) {
    const i = type.ht_cached_keys!.index.get(name);
    if (i === undefined || own === 'none') return false;
    exec[ip + 2] = type_version(type);
    exec[ip + 3] = i;
    set(exec, ip, op.LOAD_ATTR_INSTANCE_VALUE);
    return true;
  }
  if (type.tp_dict_kind === DICT_DIRECT && owner.d !== null) {
    const i = name_index(owner.d as PyObject, name);
    if (i < 0) return false;
    exec[ip + 2] = type_version(type);
    exec[ip + 3] = i;
    set(exec, ip, op.LOAD_ATTR_WITH_HINT);
    return true;
  }
  return false;
}

function instance_lookup(owner: PyObject, name: PyObject): 'none' | 'own' | 'unknown' {
  const type = owner.ob_type;
  if (owner.d === null || type.tp_dict_kind === DICT_NONE) return 'none';
  if (owner.d instanceof SlotState) return 'unknown';
  if ((owner.g & G_INLINE_VALUES) !== 0) {
    const i = type.ht_cached_keys!.index.get(name);
    if (i === undefined) return 'none';
    const v = (owner.d as (PyObject | null)[])[i];
    return v === null || v === undefined ? 'none' : 'own';
  }
  return name_index(owner.d as PyObject, name) >= 0 ? 'own' : 'none';
}

export function specialize_store_attr(exec: Int32Array, ip: number, owner: PyObject, name: PyObject): void {
  const type = owner.ob_type;
  if (type.tp_setattro !== PyObject_GenericSetAttr) return fail(exec, ip);
  const descr = _PyType_Lookup(type, name);
  if (descr !== null && descr.ob_type.tp_descr_set !== null) {
    const slot = descr.ob_type === PyMemberDescr_Type ? own_slot(type, descr) : undefined;
    if (slot === undefined) return fail(exec, ip);
    exec[ip + 2] = type_version(type);
    exec[ip + 3] = slot;
    return set(exec, ip, op.STORE_ATTR_SLOT);
  }
  if ((owner.g & G_INLINE_VALUES) !== 0) {
    const keys = type.ht_cached_keys!;
    const i = (name.g & G_INTERNED) === 0 ? -1 : keys.add(name);
    if (i < 0) return fail(exec, ip);
    exec[ip + 2] = type_version(type);
    exec[ip + 3] = i;
    return set(exec, ip, op.STORE_ATTR_INSTANCE_VALUE);
  }
  if (type.tp_dict_kind === DICT_DIRECT && owner.d !== null) {
    const i = name_index(owner.d as PyObject, name);
    if (i < 0) return fail(exec, ip);
    exec[ip + 2] = type_version(type);
    exec[ip + 3] = i;
    return set(exec, ip, op.STORE_ATTR_WITH_HINT);
  }
  fail(exec, ip);
}

// --- operators -------------------------------------------------------------------------------------------------------------

type Extension = (a: PyObject, b: PyObject) => PyObject | null;

/** Pairs of types that BINARY_OP_EXTEND serves; null means the operands no longer fit. */
function float_int(f: (x: number, y: number) => number, guard_zero = false): Extension {
  return (a, b) => {
    if (a.ob_type !== PyFloat_Type || b.ob_type !== PyLong_Type) return null;
    const y = b.v;
    if (typeof y !== 'number' || (guard_zero && y === 0)) return null;
    return PyFloat_FromDouble(f(a.v as number, y));
  };
}
function int_float(f: (x: number, y: number) => number, guard_zero = false): Extension {
  return (a, b) => {
    if (a.ob_type !== PyLong_Type || b.ob_type !== PyFloat_Type) return null;
    const x = a.v;
    if (typeof x !== 'number' || (guard_zero && b.v === 0)) return null;
    return PyFloat_FromDouble(f(x, b.v as number));
  };
}
/** Whether an int's value is a small enough number for JS's bitwise operators. */
function is_int32(v: unknown): boolean {
  return typeof v === 'number' && (v | 0) === v;
}
function bitwise(f: (x: number, y: number) => number): Extension {
  return (a, b) => {
    const x = a.v as number;
    const y = b.v as number;
    if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type || typeof x !== 'number' || typeof y !== 'number' || (x | 0) !== x || (y | 0) !== y) return null;
    return PyLong_FromLong(f(x, y));
  };
}
const and_int = bitwise((x, y) => x & y);
const or_int = bitwise((x, y) => x | y);
const xor_int = bitwise((x, y) => x ^ y);
const mixed: Record<number, [Extension, Extension]> = {
  0: [float_int((x, y) => x + y), int_float((x, y) => x + y)],
  10: [float_int((x, y) => x - y), int_float((x, y) => x - y)],
  5: [float_int((x, y) => x * y), int_float((x, y) => x * y)],
  11: [float_int((x, y) => x / y, true), int_float((x, y) => x / y, true)],
};

export function specialize_binary_op(exec: Int32Array, ip: number, a: PyObject, b: PyObject, oparg: number, L: (PyObject | null)[], objs: unknown[]): void {
  const ta = a.ob_type;
  const tb = b.ob_type;
  const base = oparg >= 13 && oparg <= 25 ? oparg - 13 : oparg;
  if (oparg === 26) {
    if (tb === PyLong_Type) {
      if (ta === PyList_Type && typeof b.v === 'number') return set(exec, ip, op.BINARY_OP_SUBSCR_LIST_INT);
      if (ta === PyTuple_Type && typeof b.v === 'number') return set(exec, ip, op.BINARY_OP_SUBSCR_TUPLE_INT);
      if (ta === PyUnicode_Type && typeof a.v === 'string' && (b.v as number) >= 0) return set(exec, ip, op.BINARY_OP_SUBSCR_STR_INT);
    }
    if (ta === PyDict_Type) return set(exec, ip, op.BINARY_OP_SUBSCR_DICT);
    if (ta === PyList_Type && tb === PySlice_Type) return set(exec, ip, op.BINARY_OP_SUBSCR_LIST_SLICE);
    const getitem = _PyType_Lookup(ta, _Py_ID('__getitem__'));
    if (getitem !== null && getitem.ob_type === PyFunction_Type) {
      const c = ((getitem as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v;
      if (c.simple && c.co_argcount === 2) {
        objs[ip] = getitem;
        exec[ip + 2] = type_version(ta);
        return set(exec, ip, op.BINARY_OP_SUBSCR_GETITEM);
      }
    }
    return fail(exec, ip);
  }
  if (ta === PyLong_Type && tb === PyLong_Type) {
    if (base === 0) return set(exec, ip, op.BINARY_OP_ADD_INT);
    if (base === 10) return set(exec, ip, op.BINARY_OP_SUBTRACT_INT);
    if (base === 5) return set(exec, ip, op.BINARY_OP_MULTIPLY_INT);
    const f = base === 1 ? and_int : base === 7 ? or_int : base === 12 ? xor_int : null;
    if (f !== null && is_int32(a.v) && is_int32(b.v)) {
      objs[ip] = f;
      return set(exec, ip, op.BINARY_OP_EXTEND);
    }
  } else if (ta === PyFloat_Type && tb === PyFloat_Type) {
    if (base === 0) return set(exec, ip, op.BINARY_OP_ADD_FLOAT);
    if (base === 10) return set(exec, ip, op.BINARY_OP_SUBTRACT_FLOAT);
    if (base === 5) return set(exec, ip, op.BINARY_OP_MULTIPLY_FLOAT);
  } else if (ta === PyUnicode_Type && tb === PyUnicode_Type) {
    if (base === 0) {
      const next = exec[ip + 6]!;
      if ((next & 255) === op.STORE_FAST && L[next >> 8] === a) return set(exec, ip, op.BINARY_OP_INPLACE_ADD_UNICODE);
      return set(exec, ip, op.BINARY_OP_ADD_UNICODE);
    }
  } else if (oparg === base && mixed[base] !== undefined) {
    const f = ta === PyFloat_Type && tb === PyLong_Type ? mixed[base]![0] : ta === PyLong_Type && tb === PyFloat_Type ? mixed[base]![1] : null;
    if (f !== null) {
      objs[ip] = f;
      return set(exec, ip, op.BINARY_OP_EXTEND);
    }
  }
  fail(exec, ip);
}

export function specialize_compare_op(exec: Int32Array, ip: number, a: PyObject, b: PyObject, oparg: number): void {
  if (a.ob_type === b.ob_type) {
    if (a.ob_type === PyLong_Type) return set(exec, ip, op.COMPARE_OP_INT);
    if (a.ob_type === PyFloat_Type) return set(exec, ip, op.COMPARE_OP_FLOAT);
    if (a.ob_type === PyUnicode_Type && (oparg >> 5 === 2 || oparg >> 5 === 3)) return set(exec, ip, op.COMPARE_OP_STR);
  }
  fail(exec, ip);
}

export function specialize_to_bool(exec: Int32Array, ip: number, v: PyObject): void {
  const t = v.ob_type;
  if (v === Py_True || v === Py_False) return set(exec, ip, op.TO_BOOL_BOOL);
  if (t === PyLong_Type) return set(exec, ip, op.TO_BOOL_INT);
  if (t === PyList_Type) return set(exec, ip, op.TO_BOOL_LIST);
  if (v === Py_None) return set(exec, ip, op.TO_BOOL_NONE);
  if (t === PyUnicode_Type) return set(exec, ip, op.TO_BOOL_STR);
  if ((t.tp_flags & (1 << 9)) !== 0 && t.nb_bool === null && t.mp_length === null && t.sq_length === null) {
    exec[ip + 2] = type_version(t);
    return set(exec, ip, op.TO_BOOL_ALWAYS_TRUE);
  }
  fail(exec, ip);
}

export function specialize_contains_op(exec: Int32Array, ip: number, container: PyObject): void {
  const t = container.ob_type;
  if (t === PyDict_Type) return set(exec, ip, op.CONTAINS_OP_DICT);
  if (t === PySet_Type || t === PyFrozenSet_Type) return set(exec, ip, op.CONTAINS_OP_SET);
  fail(exec, ip);
}

export function specialize_store_subscr(exec: Int32Array, ip: number, container: PyObject, key: PyObject): void {
  if (container.ob_type === PyDict_Type) return set(exec, ip, op.STORE_SUBSCR_DICT);
  if (container.ob_type === PyList_Type && key.ob_type === PyLong_Type && (key.v as number) >= 0) {
    return set(exec, ip, op.STORE_SUBSCR_LIST_INT);
  }
  fail(exec, ip);
}

export function specialize_unpack_sequence(exec: Int32Array, ip: number, seq: PyObject, oparg: number): void {
  const n = seq.ob_type === PyTuple_Type || seq.ob_type === PyList_Type ? (seq as PyObject<PyObject[]>).v.length : -1;
  if (n === oparg) {
    if (seq.ob_type === PyList_Type) return set(exec, ip, op.UNPACK_SEQUENCE_LIST);
    return set(exec, ip, n === 2 ? op.UNPACK_SEQUENCE_TWO_TUPLE : op.UNPACK_SEQUENCE_TUPLE);
  }
  fail(exec, ip);
}

export function specialize_for_iter(exec: Int32Array, ip: number, it: PyObject, _oparg: number): void {
  const t = it.ob_type;
  if (t === PyListIter_Type) return set(exec, ip, op.FOR_ITER_LIST);
  if (t === PyTupleIter_Type) return set(exec, ip, op.FOR_ITER_TUPLE);
  if (t === PyRangeIter_Type) return set(exec, ip, op.FOR_ITER_RANGE);
  if (t === PyGen_Type) return set(exec, ip, op.FOR_ITER_GEN);
  fail(exec, ip);
}

// --- calls -----------------------------------------------------------------------------------------------------------------

export function specialize_call(exec: Int32Array, ip: number, objs: unknown[], callable: PyObject, self: PyObject | null, oparg: number): void {
  const t = callable.ob_type;
  if (t === PyFunction_Type) return specialize_py_call(exec, ip, callable, oparg + (self === null ? 0 : 1), false);
  if (t === PyMethod_Type && self === null) {
    const func = (callable as PyObject<PyObject>).v;
    if (func.ob_type === PyFunction_Type) return specialize_py_call(exec, ip, func, oparg + 1, true);
    return set(exec, ip, op.CALL_NON_PY_GENERAL);
  }
  if (t === PyCFunction_Type) return specialize_builtin(exec, ip, objs, callable, self, oparg);
  if (t === PyMethodDescr_Type && self !== null) return specialize_method_descr(exec, ip, objs, callable, self, oparg);
  if (PyType_Check(callable) && self === null) return specialize_class_call(exec, ip, objs, callable, oparg);
  set(exec, ip, op.CALL_NON_PY_GENERAL);
}

function specialize_py_call(exec: Int32Array, ip: number, func: PyObject, n: number, bound: boolean): void {
  const f = (func as PyObject<FunctionPayload>).v;
  const c = (f.code as PyObject<CodePayload>).v;
  exec[ip + 2] = function_version(f);
  if (c.simple && c.co_argcount === n) return set(exec, ip, bound ? op.CALL_BOUND_METHOD_EXACT_ARGS : op.CALL_PY_EXACT_ARGS);
  set(exec, ip, bound ? op.CALL_BOUND_METHOD_GENERAL : op.CALL_PY_GENERAL);
}

function specialize_builtin(exec: Int32Array, ip: number, objs: unknown[], callable: PyObject, self: PyObject | null, oparg: number): void {
  if (callable === builtinObjects.len && self === null && oparg === 1) return set(exec, ip, op.CALL_LEN);
  if (callable === builtinObjects.isinstance && self === null && oparg === 2) return set(exec, ip, op.CALL_ISINSTANCE);
  const ml = (callable as PyObject<CFunction>).v.ml;
  objs[ip] = ml;
  if ((ml.flags & METH_O) !== 0 && self === null && oparg === 1) return set(exec, ip, op.CALL_BUILTIN_O);
  if ((ml.flags & (METH_FASTCALL | METH_CLINIC | METH_NOARGS)) !== 0) return set(exec, ip, op.CALL_BUILTIN_FAST);
  set(exec, ip, op.CALL_NON_PY_GENERAL);
}

function specialize_method_descr(exec: Int32Array, ip: number, objs: unknown[], callable: PyObject, self: PyObject, oparg: number): void {
  const d = (callable as PyObject<Descr<MethodDef>>).v;
  if (self.ob_type !== d.d_type) return set(exec, ip, op.CALL_NON_PY_GENERAL);
  if (callable === builtinObjects.list_append && oparg === 1 && (exec[ip + 4]! & 255) === op.POP_TOP) return set(exec, ip, op.CALL_LIST_APPEND);
  objs[ip] = callable;
  const flags = d.row.flags;
  if ((flags & METH_O) !== 0 && oparg === 1) return set(exec, ip, op.CALL_METHOD_DESCRIPTOR_O);
  if ((flags & METH_NOARGS) !== 0 && oparg === 0) return set(exec, ip, op.CALL_METHOD_DESCRIPTOR_NOARGS);
  if ((flags & (METH_FASTCALL | METH_CLINIC)) !== 0) return set(exec, ip, op.CALL_METHOD_DESCRIPTOR_FAST);
  set(exec, ip, op.CALL_NON_PY_GENERAL);
}

function specialize_class_call(exec: Int32Array, ip: number, objs: unknown[], type: PyTypeObject, oparg: number): void {
  if (type === PyType_Type && oparg === 1) return set(exec, ip, op.CALL_TYPE_1);
  if (type === PyUnicode_Type && oparg === 1) return set(exec, ip, op.CALL_STR_1);
  if (type === PyTuple_Type && oparg === 1) return set(exec, ip, op.CALL_TUPLE_1);
  if (type.tp_vectorcall !== null && type.ob_type === PyType_Type) return set(exec, ip, op.CALL_BUILTIN_CLASS);
  if (type.ob_type === PyType_Type && has_plain_new(type) && type.tp_init === slot_tp_init_ref() && (type.tp_flags & (1 << 20)) === 0) {
    const init = _PyType_Lookup(type, _Py_ID('__init__'));
    if (init !== null && init.ob_type === PyFunction_Type && ((init as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v.simple) {
      objs[ip] = init;
      exec[ip + 2] = type_version(type);
      return set(exec, ip, op.CALL_ALLOC_AND_ENTER_INIT);
    }
  }
  set(exec, ip, op.CALL_NON_PY_GENERAL);
}
