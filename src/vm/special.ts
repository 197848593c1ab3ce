// special.ts: special methods written in Python that an instruction calls: they run as frames of the same eval loop.
//
// The instruction leaves its operands on the stack and enters the method's frame, marked with UNFINISHED in `on_return`. When
// the method returns, `finish_instruction` does what is left: the next candidate after NotImplemented, the check of a truth
// value, the operands' release. What is not a plain Python function takes the way through the type's slot, in a nested loop.
//                                                                    CPython: Objects/typeobject.c (slot_*), Objects/abstract.c
import type { InterpreterFrame } from '../core/frame.ts';
import { type PyThreadState, current } from '../core/tstate.ts';
import { Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_LONG_SUBCLASS, type PyObject, decref, incref, newref, xdecref } from '../core/object.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { unpack_call_values, with_self } from '../objects/call.ts';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, type CodePayload } from '../objects/codeobject.ts';
import { type PropertyObject, PyProperty_Type } from '../objects/descrobject.ts';
import { PyExc_AttributeError, PyExc_StopIteration, set_attribute_error_context } from '../objects/exceptions.ts';
import { PyFloat_Type } from '../objects/floatobject.ts';
import { type FunctionPayload, PyFunction_Type } from '../objects/funcobject.ts';
import { has_own_attribute } from '../objects/instance.ts';
import { PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr, PyObject_IsTrue, PyObject_RichCompare, Py_NotImplemented } from '../objects/object.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { PyType_IsSubtype, _PyType_Lookup } from '../objects/typeobject.ts';
import { RICHCMP_NAMES, asked, checked_bool, has_generic_getattribute, length_of, slot_tp_getattr_hook, slot_tp_iternext } from '../objects/typeobject/slots.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { BINARY_OP, CALL, CALL_FUNCTION_EX, COMPARE_OP, CONTAINS_OP, FOR_ITER, LOAD_ATTR, OPCODE_CACHES, STORE_ATTR, STORE_SUBSCR, TO_BOOL } from '../opcode/opcodes.generated.ts';
import { GENERAL_FORM } from '../opcode/fused.generated.ts';
import { frame_for_vectorcall } from './arguments.ts';
import { new_frame } from './frames.ts';
import { drop_stop, observer } from './observe.ts';
import { binary_op, to_bool_steal } from './ops.ts';

/** In a frame's `on_return`: the instruction that entered the frame is not done when it returns. */
export const UNFINISHED = Py_NotImplemented;

/** By operator number: the method of the left operand, that of the right one, the left one's in place. A power takes the slot. */
const OPERATORS = [
  ['__add__', '__radd__', '__iadd__'],
  ['__and__', '__rand__', '__iand__'],
  ['__floordiv__', '__rfloordiv__', '__ifloordiv__'],
  ['__lshift__', '__rlshift__', '__ilshift__'],
  ['__matmul__', '__rmatmul__', '__imatmul__'],
  ['__mul__', '__rmul__', '__imul__'],
  ['__mod__', '__rmod__', '__imod__'],
  ['__or__', '__ror__', '__ior__'],
  null,
  ['__rshift__', '__rrshift__', '__irshift__'],
  ['__sub__', '__rsub__', '__isub__'],
  ['__truediv__', '__rtruediv__', '__itruediv__'],
  ['__xor__', '__rxor__', '__ixor__'],
] as const;
const SUBSCRIPT = 26;

const IS_GENERATOR = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

/** The function that a type gives for a name, if calling it with that many values is entering a frame. Borrowed. */
export function special_function(o: PyObject, name: string, argcount: number): PyObject | null {
  const func = _PyType_Lookup(o.ob_type, _Py_ID(name));
  return func !== null && is_simple(func, argcount) ? func : null;
}

/** Whether to call it with that many values is to enter a frame. */
export function is_simple(func: PyObject, argcount: number): boolean {
  if (func.ob_type !== PyFunction_Type) return false;
  const co = ((func as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v;
  return co.simple && co.co_argcount === argcount && (co.co_flags & IS_GENERATOR) === 0;
}

function is_generator(func: PyObject): boolean {
  return (((func as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v.co_flags & IS_GENERATOR) !== 0;
}

/** A frame for func(self), func(self, a) or func(self, a, b). Borrows everything. */
function enter(func: PyObject, self: PyObject, a: PyObject | null, b: PyObject | null): InterpreterFrame {
  const frame = new_frame(((func as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v, newref(func));
  const l = frame.localsplus;
  l[0] = newref(self);
  if (a !== null) l[1] = newref(a);
  if (b !== null) l[2] = newref(b);
  incref(UNFINISHED);
  frame.on_return = UNFINISHED;
  return frame;
}

// Each of these gives the frame of the method that the instruction has to call first, or null: that takes the slot.

export function frame_for_unary(o: PyObject, name: string): InterpreterFrame | null {
  if ((o.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  const func = special_function(o, name, 1);
  return func === null ? null : enter(func, o, null, null);
}

export function frame_for_binary(a: PyObject, b: PyObject, oparg: number): InterpreterFrame | null {
  const ta = a.ob_type;
  const tb = b.ob_type;
  const names = oparg === SUBSCRIPT ? null : OPERATORS[oparg >= 13 ? oparg - 13 : oparg]!;
  if (names === null) return null;
  if ((ta.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) {
    // int and float know nothing of other classes than each other.
    if ((ta !== PyLong_Type && ta !== PyFloat_Type) || (tb.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
    if ((tb.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0 || PyType_IsSubtype(tb, PyFloat_Type)) return null;
    const func = special_function(b, names[1], 2);
    return func === null ? null : enter(func, b, a, null);
  }
  if (oparg >= 13 && _PyType_Lookup(ta, _Py_ID(names[2])) !== null) {
    const func = special_function(a, names[2], 2);
    return func === null ? null : enter(func, a, b, null);
  }
  if (ta !== tb && PyType_IsSubtype(tb, ta)) return null;
  const func = special_function(a, names[0], 2);
  return func === null ? null : enter(func, a, b, null);
}

export function frame_for_compare(a: PyObject, b: PyObject, op: number): InterpreterFrame | null {
  const ta = a.ob_type;
  if ((ta.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0 || (ta !== b.ob_type && PyType_IsSubtype(b.ob_type, ta))) return null;
  const func = special_function(a, RICHCMP_NAMES[op]!, 2);
  return func === null ? null : enter(func, a, b, null);
}

export function frame_for_contains(container: PyObject, item: PyObject): InterpreterFrame | null {
  if ((container.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  const func = special_function(container, '__contains__', 2);
  return func === null ? null : enter(func, container, item, null);
}

export function frame_for_setitem(container: PyObject, key: PyObject, value: PyObject): InterpreterFrame | null {
  if ((container.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  const func = special_function(container, '__setitem__', 3);
  return func === null ? null : enter(func, container, key, value);
}

export function frame_for_bool(o: PyObject): InterpreterFrame | null {
  if ((o.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  return frame_for_unary(o, has_bool(o) ? '__bool__' : '__len__');
}

/** The function `__getattr__` that has to be asked for an attribute, because there is none of that name. Borrowed. */
export function getattr_function(owner: PyObject, name: PyObject): PyObject | null {
  const type = owner.ob_type;
  if (type.tp_getattro !== slot_tp_getattr_hook) return null;
  if (_PyType_Lookup(type, name) !== null || has_own_attribute(owner, name) || !has_generic_getattribute(type)) return null;
  return special_function(owner, '__getattr__', 2);
}

/** `__getattr__` where there is no such attribute, or the `__get__` of a data descriptor. */
export function frame_for_getattr(owner: PyObject, name: PyObject): InterpreterFrame | null {
  const type = owner.ob_type;
  if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  if (type.tp_getattro === slot_tp_getattr_hook) {
    const func = getattr_function(owner, name);
    return func === null ? null : enter(func, owner, name, null);
  }
  if (type.tp_getattro !== PyObject_GenericGetAttr) return null;
  const descr = _PyType_Lookup(type, name);
  if (descr === null || (descr.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0 || descr.ob_type.tp_descr_set === null) return null;
  const func = special_function(descr, '__get__', 3);
  return func === null ? null : enter(func, descr, owner, type);
}

/** A property's setter, or the `__set__` of a descriptor. */
export function frame_for_setattr(owner: PyObject, name: PyObject, value: PyObject): InterpreterFrame | null {
  const type = owner.ob_type;
  if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0 || type.tp_setattro !== PyObject_GenericSetAttr) return null;
  const descr = _PyType_Lookup(type, name);
  if (descr === null) return null;
  if (descr.ob_type === PyProperty_Type) {
    const { fset } = (descr as PropertyObject).v;
    return fset !== null && is_simple(fset, 2) ? enter(fset, owner, value, null) : null;
  }
  if ((descr.ob_type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return null;
  const func = special_function(descr, '__set__', 3);
  return func === null ? null : enter(func, descr, owner, value);
}

/** `__next__` of an iterator. */
export function frame_for_next(it: PyObject): InterpreterFrame | null {
  return it.ob_type.tp_iternext === slot_tp_iternext ? frame_for_unary(it, '__next__') : null;
}

/** The function of a bound method that CALL_FUNCTION_EX calls: the method, the tuple and the dict are held meanwhile. */
export function frame_for_method_ex(L: (PyObject | null)[], sp: number): InterpreterFrame | null {
  const method = L[sp - 4]!;
  const func = method.v as PyObject;
  if (func.ob_type !== PyFunction_Type || is_generator(func)) return null;
  const args = (L[sp - 2] as PyTupleObject).v;
  const [all, kwnames] = unpack_call_values(with_self(method.x as PyObject, args), L[sp - 1]!);
  try {
    const frame = frame_for_vectorcall(func, all, kwnames);
    incref(UNFINISHED);
    frame.on_return = UNFINISHED;
    return frame;
  } finally {
    xdecref(kwnames);
  }
}

function has_bool(o: PyObject): boolean {
  return _PyType_Lookup(o.ob_type, _Py_ID('__bool__')) !== null;
}

/** What a binary operator or a comparison gives (owned) after its first method gave NotImplemented (stolen). */
function ask_others(not_implemented: PyObject, a: PyObject, b: PyObject, opcode: number, oparg: number): PyObject {
  decref(not_implemented);
  asked.first = true;
  try {
    return opcode === BINARY_OP ? binary_op(a, b, oparg) : PyObject_RichCompare(a, b, oparg >> 5);
  } finally {
    asked.first = false;
  }
}

function is_true_steal(v: PyObject): boolean {
  try {
    return PyObject_IsTrue(v);
  } finally {
    decref(v);
  }
}

function length_steal(v: PyObject): number {
  try {
    return length_of(v);
  } finally {
    decref(v);
  }
}

function bool_steal(v: PyObject): boolean {
  try {
    return checked_bool(v);
  } finally {
    decref(v);
  }
}

/**
 * Does what is left of the instruction at which a frame stands, now the innermost, after the method that it called returned
 * `v` (owned): takes the operands off the stack and saves where to go on. May throw, at that instruction.
 */
export function finish_instruction(frame: InterpreterFrame, v: PyObject): void {
  decref(UNFINISHED);
  const w = (frame.co as CodePayload).exec![frame.instr]!;
  const opcode = GENERAL_FORM[w & 255]!;
  const oparg = w >> 8;
  const L = frame.localsplus;
  const sp = frame.sp;
  let operands = 2;
  let result: PyObject | null = v;
  switch (opcode) {
    case BINARY_OP:
      if (v === Py_NotImplemented) result = ask_others(v, L[sp - 2]!, L[sp - 1]!, opcode, oparg);
      break;
    case COMPARE_OP:
      if (v === Py_NotImplemented) result = ask_others(v, L[sp - 2]!, L[sp - 1]!, opcode, oparg);
      if ((oparg & 16) !== 0) result = to_bool_steal(result);
      break;
    case CONTAINS_OP:
      result = newref(is_true_steal(v) !== (oparg === 1) ? Py_True : Py_False);
      break;
    case TO_BOOL:
      operands = 1;
      result = newref((has_bool(L[sp - 1]!) ? bool_steal(v) : length_steal(v) > 0) ? Py_True : Py_False);
      break;
    case CALL:
      operands = 3;
      result = PyLong_FromLong(length_steal(v));
      break;
    case CALL_FUNCTION_EX:
      operands = 4;
      break;
    case STORE_SUBSCR:
    case STORE_ATTR:
      operands = opcode === STORE_ATTR ? 2 : 3;
      decref(v);
      result = null;
      break;
    case FOR_ITER:
      L[sp] = v;
      frame.sp = sp + 1;
      frame.instr = observer.iterated(current.tstate, frame, frame.instr + 2);
      return;
    default:
      operands = 1;
  }
  const bottom = sp - operands;
  const first = L[bottom]!;
  L[bottom] = result;
  frame.sp = result === null ? bottom : bottom + 1;
  // Who is released first is what CPython's instruction does.
  if (opcode === BINARY_OP || opcode === STORE_ATTR) {
    decref(first);
    decref(L[sp - 1]!);
  } else {
    for (let i = sp - 1; i > bottom; i--) if (L[i] !== null) decref(L[i]!);
    decref(first);
  }
  if (opcode === LOAD_ATTR && (oparg & 1) !== 0) L[frame.sp++] = null;
  frame.instr += 1 + OPCODE_CACHES[opcode]!;
}

/**
 * Whether the instruction at which a frame stands, now the innermost, takes an exception (stolen then) that the method it called
 * was left by: the StopIteration that ends a `for` loop, which goes on at `return_ip`. May throw another.
 */
export function instruction_takes(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): boolean {
  const w = (frame.co as CodePayload).exec![frame.instr]!;
  if (GENERAL_FORM[w & 255] !== FOR_ITER || !PyType_IsSubtype(exc.ob_type, PyExc_StopIteration)) return false;
  drop_stop(tstate, frame, exc);
  frame.return_ip = frame.instr + 3 + (w >> 8);
  return true;
}

/** What the instruction at which a frame stands adds to an exception (borrowed) that comes out of it. CPython: PyObject_GetAttr */
export function instruction_failed(frame: InterpreterFrame, exc: PyObject): void {
  if (exc.ob_type !== PyExc_AttributeError) return;
  const co = frame.co as CodePayload;
  const w = co.exec![frame.instr]!;
  if (GENERAL_FORM[w & 255] === LOAD_ATTR) set_attribute_error_context(exc, frame.localsplus[frame.sp - 1]!, co.names[w >> 9]!);
}
