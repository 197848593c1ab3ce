// Written by scripts/generate-ceval.mjs from bytecodes.inst: change that file, not this one.
/* eslint-disable */
// biome-ignore-all lint: generated
// @ts-nocheck: bodies are checked as a whole by the tests; locals are typed loosely for the generator's sake.
import type { InterpreterFrame } from '../core/frame.ts';
import { PyObject, Py_TPFLAGS_MAPPING, Py_TPFLAGS_SEQUENCE, Py_TPFLAGS_TYPE_SUBCLASS, SLOT_IN_V, _Py_Dealloc, debug_decref, debug_incref, decref, newref } from '../core/object.ts';
import { EVAL_BLOCKED, type PyThreadState } from '../core/tstate.ts';
import { as_raised, take_failure } from '../core/errors.ts';
import { items_of } from '../core/arrays.ts';
import { PyNumber_Negative, PyNumber_Invert, PyObject_GetItem, PyObject_SetItem, PyObject_DelItem, PyObject_GetIter, PySequence_Contains, PySequence_Tuple, PyObject_Size, PyObject_IsInstance, PyObject_Format } from '../objects/abstract.ts';
import { Py_True, Py_False } from '../objects/boolobject.ts';
import { PyObject_Vectorcall, PyObject_Call } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { type CodePayload } from '../objects/codeobject.ts';
import { KeyError_New, PyDict_GetItem, PyDict_SetItem, PyDict_Contains, PyDict_Type } from '../objects/dictobject.ts';
import { type DictTable } from '../objects/dict/table.ts';
import { PyErr_GivenExceptionMatches, PyExc_StopAsyncIteration } from '../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../objects/floatobject.ts';
import { PyFunction_New, PyFunction_Type } from '../objects/funcobject.ts';
import { GEN_EXECUTING, GEN_SUSPENDED, GEN_SUSPENDED_YIELD_FROM, type GenPayload, PyGen_Type, PyCoro_Type, sendResult, gen_from_frame } from '../objects/genobject.ts';
import { PyList_Type, PyListIter_Type, type ListIter, list_append_steal } from '../objects/listobject.ts';
import { PyLong_FromLong, PyLong_Type, get_small_int, long_add, long_sub, long_mul } from '../objects/longobject.ts';
import { PyCFunction_Type } from '../objects/methodobject.ts';
import { PyModule_Type } from '../objects/moduleobject.ts';
import { attribute_or_null, no_attribute, PyObject_SetAttr, PyObject_IsTrue, PyObject_RichCompare, PyObject_Str, Py_None, store_inline } from '../objects/object.ts';
import { PyRangeIter_Type, type RangeIter } from '../objects/rangeobject.ts';
import { PySet_Add, PySet_Contains, PySet_Type, PyFrozenSet_Type } from '../objects/setobject.ts';
import { PySlice_Type } from '../objects/sliceobject.ts';
import { _PyTemplate_Build } from '../objects/templateobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type, PyTupleIter_Type, type TupleIter } from '../objects/tupleobject.ts';
import { PyType_Type, inline_attribute } from '../objects/typeobject.ts';
import { slot_tp_call } from '../objects/typeobject/slots.ts';
import { PyUnicode_Concat, PyUnicode_FromOrdinal, PyUnicode_Type, unicode_eq } from '../objects/unicodeobject.ts';
import { frame_for_call, frame_for_call_ex, frame_for_init, init_frame, frame_for_1, frame_for_2 } from './arguments.ts';
import { dealloc_at, new_frame, leave_frame, recursion_exceeded, renew_locals } from './frames.ts';
import { intrinsic_1, intrinsic_2 } from './intrinsics.ts';
import { for_iter_next } from './iterators.ts';
import { copy_free_vars, delete_global, delete_name, import_from, import_name, load_build_class, load_from_dict_or_deref, load_from_dict_or_globals, load_global, load_locals, load_name, make_cell_steal, raise_unbound_deref, raise_unbound_local, set_function_attribute, setup_annotations, store_name } from './names.ts';
import { observe_call_ex, observe_send, observe_super, observe_vectorcall, observer } from './observe.ts';
import { GENERAL_FORM } from '../opcode/fused.generated.ts';
import { binary_op, binary_slice, build_interpolation, build_list, build_map, build_set, build_slice_steal, build_string, builtins_isinstance, builtins_len, call_native_stack, call_stack, check_call_ex, cleanup_throw, common_constant, convert_value, dict_merge_op, dict_update_op, drop_call, get_aiter, get_anext, get_awaitable, init_returned, list_append_descr, list_extend_op, load_method, load_special, load_super_attr, match_class, match_keys, send_value, small_int_op, set_add_op, set_update_op, store_slice, to_bool_steal, unpack_callable, unpack_ex, unpack_method, unpack_method_ex, unpack_sequence, with_except_start, yield_from_iter } from './ops.ts';
import { UNFINISHED, finish_instruction, instruction_failed, frame_for_binary, frame_for_bool, frame_for_compare, frame_for_contains, frame_for_getattr, frame_for_method_ex, frame_for_next, frame_for_setattr, frame_for_setitem, frame_for_unary, is_simple } from './special.ts';
import { fuse, specialize_binary_op, specialize_call, specialize_compare_op, specialize_contains_op, specialize_for_iter, specialize_load_attr, specialize_load_global, specialize_store_attr, specialize_store_subscr, specialize_to_bool, specialize_unpack_sequence } from './specialize.ts';
import { check_eg_match, check_exc_match, do_raise, unwind } from './unwind.ts';
import { eval_breaker, first_jump } from './breaker.ts';
declare const PY_DEBUG: boolean;
type Ref = any;

// What the loops return.
/** The other loop is to go on, with the thread's frame. */
export const SWITCHED = 1;
/** The first frame was left, by `return` or `yield`: the value is the outcome. */
export const LEFT = 2;
/** The outcome is raised by the instruction at frame.instr of the thread's frame. */
export const RAISED = 3;
/** The outcome is raised again by the instruction at outcome.ip; frame.instr is where it was raised first. */
export const RERAISED = 4;
/** What the function of an instruction returns besides. */
const GO_ON = 0;

/** The value (owned) that goes with LEFT, RAISED and RERAISED. */
export const outcome: { value: PyObject | null; ip: number } = { value: null, ip: 0 };

export function eval_loop(tstate: PyThreadState, frame: InterpreterFrame, ip: number): number {
  let L: Ref[] = frame.localsplus;
  let sp = (frame.sp) | 0;
  let exec = (frame.co as CodePayload).exec!;
  let v: Ref, u: Ref, old: Ref, i: Ref, j: Ref, a: Ref, b: Ref, t: Ref, owner: Ref, values: Ref, n: Ref, list: Ref, key: Ref, items: Ref, truth: Ref, x: Ref, y: Ref, result: Ref, r: Ref, d: Ref, it: Ref, p: Ref, seq: Ref, gen: Ref, g: Ref, back: Ref, base: Ref, f: Ref, c: Ref, start: Ref, nf: Ref, l: Ref, entry: Ref, later: Ref, locals: Ref;
  outer: for (;;) { ip |= 0; sp |= 0;
  for (;;) {
      const w = exec[ip]!;
      const oparg = w >> 8;
      const at = ip;
      let dead: Ref, ready: Ref, number: Ref, holds: Ref;
      drop: { push: { ints: { floats: { test: { outside: { dispatch: switch (w & 255) {
        case 69: // EXTENDED_ARG
          ip = (ip + 1) | 0; continue;
        case 27: // NOP
          ip = (ip + 1) | 0; continue;
        case 28: // NOT_TAKEN
          ip = (ip + 1) | 0; continue;
        case 196: // RESUME_CHECK
          if (tstate.eval_breaker !== 0) break dispatch;
          ip = (ip + 1) | 0; continue;
        case 31: // POP_TOP
          { v = L[(sp = (sp - 1) | 0)]; ip = (ip + (1)) | 0; if (PY_DEBUG) debug_decref(v);
              if ((v.ob_refcnt = (v.ob_refcnt - 1) | 0) !== 0) continue;
              dead = v; break drop; }
        case 33: // PUSH_NULL
          { L[sp] = null; sp = (sp + 1) | 0; }
          ip = (ip + 1) | 0; continue;
        case 59: // COPY
          { v = L[sp - oparg]; if (v !== null) { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 117: // SWAP
          { v = L[sp - oparg]; L[sp - oparg] = L[sp - 1]; L[sp - 1] = v; }
          ip = (ip + 1) | 0; continue;
        case 191: // LOAD_CONST_MORTAL
          { v = (frame.co as CodePayload).consts[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 190: // LOAD_CONST_IMMORTAL
          { v = (frame.co as CodePayload).consts[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 94: // LOAD_SMALL_INT
          { v = get_small_int(oparg); { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 84: // LOAD_FAST
          { v = L[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 86: // LOAD_FAST_BORROW
          { v = L[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 89: // LOAD_FAST_LOAD_FAST
          { v = L[oparg >> 4]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } L[sp] = v; u = L[oparg & 15]; { if (PY_DEBUG) debug_incref(u); u.ob_refcnt = (u.ob_refcnt + 1) | 0; } L[sp + 1] = u; sp = (sp + (2)) | 0; }
          ip = (ip + 1) | 0; continue;
        case 87: // LOAD_FAST_BORROW_LOAD_FAST_BORROW
          { v = L[oparg >> 4]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } L[sp] = v; u = L[oparg & 15]; { if (PY_DEBUG) debug_incref(u); u.ob_refcnt = (u.ob_refcnt + 1) | 0; } L[sp + 1] = u; sp = (sp + (2)) | 0; }
          ip = (ip + 1) | 0; continue;
        case 112: // STORE_FAST
          { old = L[oparg]; L[oparg] = L[(sp = (sp - 1) | 0)]; ip = (ip + (1)) | 0; if (PY_DEBUG && old !== null) debug_decref(old);
              if (old === null || (old.ob_refcnt = (old.ob_refcnt - 1) | 0) !== 0) continue;
              dead = old; break drop; }
        case 113: // STORE_FAST_LOAD_FAST
          { i = oparg >> 4; old = L[i]; L[i] = L[(sp = (sp - 1) | 0)]; v = L[oparg & 15]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (1)) | 0; if (PY_DEBUG && old !== null) debug_decref(old);
              if (old === null || (old.ob_refcnt = (old.ob_refcnt - 1) | 0) !== 0) continue;
              dead = old; break drop; }
        case 114: // STORE_FAST_STORE_FAST
          { i = oparg >> 4; j = oparg & 15; a = L[i]; L[i] = L[(sp = (sp - 1) | 0)]; b = L[j]; L[j] = L[(sp = (sp - 1) | 0)]; if (a !== null) { if (PY_DEBUG) debug_decref(a); if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } ip = (ip + (1)) | 0; if (PY_DEBUG && b !== null) debug_decref(b);
              if (b === null || (b.ob_refcnt = (b.ob_refcnt - 1) | 0) !== 0) continue;
              dead = b; break drop; }
        case 83: // LOAD_DEREF
          { v = L[oparg].v; if (v === null) { frame.instr = ip; frame.sp = sp; raise_unbound_deref((frame.co as CodePayload), oparg); } { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 193: // LOAD_GLOBAL_MODULE
          { t = frame.f_globals.v as DictTable;
            if (t.keys_version !== exec[ip + 3]) break dispatch;
            v = t.values[exec[ip + 2]!]!; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } if (oparg & 1) { L[sp] = null; sp = (sp + 1) | 0; } }
          ip = (ip + (5)) | 0; continue;
        case 192: // LOAD_GLOBAL_BUILTIN
          { t = frame.f_builtins.v as DictTable;
            if (t.keys_version !== exec[ip + 4] || (frame.f_globals.v as DictTable).keys_version !== exec[ip + 3]) break dispatch;
            v = t.values[exec[ip + 2]!]!; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } if (oparg & 1) { L[sp] = null; sp = (sp + 1) | 0; } }
          ip = (ip + (5)) | 0; continue;
        case 180: // LOAD_ATTR_INSTANCE_VALUE
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0) break dispatch;
            values = owner.d; i = exec[ip + 3]!;
            if (i >= values.length) break dispatch;
            v = values[i];
            if (v === null) break dispatch;
            { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } sp = (sp - (1)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } if (oparg & 1) { L[sp] = null; sp = (sp + 1) | 0; } ip = (ip + (10)) | 0; if (PY_DEBUG) debug_decref(owner);
              if ((owner.ob_refcnt = (owner.ob_refcnt - 1) | 0) !== 0) continue;
              dead = owner; break drop; }
        case 122: // LOAD_FAST_BORROW, LOAD_ATTR_INSTANCE_VALUE
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 180) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0) break dispatch;
            values = owner.d; i = exec[ip + 4]!;
            if (i >= values.length) break dispatch;
            v = values[i];
            if (v === null) break dispatch;
            { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  { L[sp] = v; sp = (sp + 1) | 0; } if ((u >> 8) & 1) { L[sp] = null; sp = (sp + 1) | 0; }  }
          ip = (ip + (11)) | 0; continue;
        case 188: // LOAD_ATTR_SLOT
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]!) break dispatch;
            i = exec[ip + 3]!; v = i >= 0 ? owner.d.values[i] : i === SLOT_IN_V ? owner.v : owner.x;
            if (v === null) break dispatch;
            { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } sp = (sp - (1)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } if (oparg & 1) { L[sp] = null; sp = (sp + 1) | 0; } ip = (ip + (10)) | 0; if (PY_DEBUG) debug_decref(owner);
              if ((owner.ob_refcnt = (owner.ob_refcnt - 1) | 0) !== 0) continue;
              dead = owner; break drop; }
        case 123: // LOAD_FAST_BORROW, LOAD_ATTR_SLOT
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 188) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]!) break dispatch;
            i = exec[ip + 4]!; v = i >= 0 ? owner.d.values[i] : i === SLOT_IN_V ? owner.v : owner.x;
            if (v === null) break dispatch;
            { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  { L[sp] = v; sp = (sp + 1) | 0; } if ((u >> 8) & 1) { L[sp] = null; sp = (sp + 1) | 0; }  }
          ip = (ip + (11)) | 0; continue;
        case 183: // LOAD_ATTR_METHOD_WITH_VALUES
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0 || owner.ob_type.ht_cached_keys.names.length !== exec[ip + 3]!) break dispatch;
            v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  sp = (sp - (1)) | 0; L[sp] = v; L[sp + 1] = owner; sp = (sp + (2)) | 0; }
          ip = (ip + (10)) | 0; continue;
        case 124: // LOAD_FAST_BORROW, LOAD_ATTR_METHOD_WITH_VALUES
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 183) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0 || owner.ob_type.ht_cached_keys.names.length !== exec[ip + 4]!) break dispatch;
            v = (frame.co as CodePayload).objs[ip + 1] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { if (PY_DEBUG) debug_incref(owner); owner.ob_refcnt = (owner.ob_refcnt + 1) | 0; }  L[sp] = v; L[sp + 1] = owner; sp = (sp + (2)) | 0; }
          ip = (ip + (11)) | 0; continue;
        case 182: // LOAD_ATTR_METHOD_NO_DICT
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]!) break dispatch;
            v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  sp = (sp - (1)) | 0; L[sp] = v; L[sp + 1] = owner; sp = (sp + (2)) | 0; }
          ip = (ip + (10)) | 0; continue;
        case 125: // LOAD_FAST_BORROW, LOAD_ATTR_METHOD_NO_DICT
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 182) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]!) break dispatch;
            v = (frame.co as CodePayload).objs[ip + 1] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { if (PY_DEBUG) debug_incref(owner); owner.ob_refcnt = (owner.ob_refcnt + 1) | 0; }  L[sp] = v; L[sp + 1] = owner; sp = (sp + (2)) | 0; }
          ip = (ip + (11)) | 0; continue;
        case 198: // STORE_ATTR_INSTANCE_VALUE
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0) break dispatch;
            values = owner.d; i = exec[ip + 3]!; n = values.length; old = i < n ? values[i] : null;
            sp = (sp - (1)) | 0; sp = (sp - 1) | 0;
            if (old !== null) { values[i] = L[sp]; { if (PY_DEBUG) debug_decref(old); if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } } else if (i < n && (owner.g & 512 /* G_INLINE_ORDER */) === 0 && (i === 0 || values[i - 1] !== null)) values[i] = L[sp];
            else store_inline(owner, i, L[sp]);
            ip = (ip + (5)) | 0; if (PY_DEBUG) debug_decref(owner);
              if ((owner.ob_refcnt = (owner.ob_refcnt - 1) | 0) !== 0) continue;
              dead = owner; break drop; }
        case 126: // LOAD_FAST_BORROW, STORE_ATTR_INSTANCE_VALUE
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 198) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]! || (owner.g & 8 /* G_INLINE_VALUES */) === 0) break dispatch;
            values = owner.d; i = exec[ip + 4]!; n = values.length; old = i < n ? values[i] : null;
             sp = (sp - 1) | 0;
            if (old !== null) { values[i] = L[sp]; { if (PY_DEBUG) debug_decref(old); if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip + 1, sp, old); } } else if (i < n && (owner.g & 512 /* G_INLINE_ORDER */) === 0 && (i === 0 || values[i - 1] !== null)) values[i] = L[sp];
            else store_inline(owner, i, L[sp]);
             }
          ip = (ip + (6)) | 0; continue;
        case 199: // STORE_ATTR_SLOT
          { owner = L[sp - 1]; 
            if (owner.ob_type.tp_version_tag !== exec[ip + 2]!) break dispatch;
            i = exec[ip + 3]!; let old: PyObject | null; sp = (sp - (1)) | 0; sp = (sp - 1) | 0;
            if (i >= 0) { values = owner.d.values; old = values[i]; values[i] = L[sp]; }
            else if (i === SLOT_IN_V) { old = owner.v; owner.v = L[sp]; }
            else { old = owner.x; owner.x = L[sp]; }
            if (old !== null) { if (PY_DEBUG) debug_decref(old); if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); }
            ip = (ip + (5)) | 0; if (PY_DEBUG) debug_decref(owner);
              if ((owner.ob_refcnt = (owner.ob_refcnt - 1) | 0) !== 0) continue;
              dead = owner; break drop; }
        case 127: // LOAD_FAST_BORROW, STORE_ATTR_SLOT
          { owner = L[oparg]; u = exec[ip + 1]!; if ((u & 255) !== 199) break dispatch;
            if (owner.ob_type.tp_version_tag !== exec[ip + 3]!) break dispatch;
            i = exec[ip + 4]!; let old: PyObject | null;  sp = (sp - 1) | 0;
            if (i >= 0) { values = owner.d.values; old = values[i]; values[i] = L[sp]; }
            else if (i === SLOT_IN_V) { old = owner.v; owner.v = L[sp]; }
            else { old = owner.x; owner.x = L[sp]; }
            if (old !== null) { if (PY_DEBUG) debug_decref(old); if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip + 1, sp, old); }
             }
          ip = (ip + (6)) | 0; continue;
        case 202: // STORE_SUBSCR_LIST_INT
          { list = L[sp - 2]; key = L[sp - 1];
            if (list.ob_type !== PyList_Type || key.ob_type !== PyLong_Type) break dispatch;
            i = key.v; items = list.v;
            if (!(i >= 0 && i < items.length)) break dispatch;
            old = items[i]; items[i] = L[sp - 3]; sp = (sp - (3)) | 0; { if (PY_DEBUG) debug_decref(old); if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } { if (PY_DEBUG) debug_decref(key); key.ob_refcnt = (key.ob_refcnt - 1) | 0; } ip = (ip + (2)) | 0; if (PY_DEBUG) debug_decref(list);
              if ((list.ob_refcnt = (list.ob_refcnt - 1) | 0) !== 0) continue;
              dead = list; break drop; }
        case 204: // TO_BOOL_BOOL
          { v = L[sp - 1]; if (v !== Py_True && v !== Py_False) break dispatch;
            sp = (sp - 1) | 0; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } holds = v === Py_True; ip = (ip + (4)) | 0; break test; }
        case 205: // TO_BOOL_INT
          { v = L[sp - 1]; if (v.ob_type !== PyLong_Type) break dispatch;
            truth = v.v !== 0; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; }
            sp = (sp - 1) | 0; holds = truth; ip = (ip + (4)) | 0; break test; }
        case 130: // BINARY_OP_ADD_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x + y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = result; ip = (ip + (6)) | 0; break ints; }
            }
            r = long_add(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; ready = r; ip = (ip + (6)) | 0; break push; }
        case 212: // LOAD_FAST_BORROW, BINARY_OP_ADD_INT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x + y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_add(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; ready = r; ip = (ip + (7)) | 0; break push; }
        case 213: // LOAD_SMALL_INT, BINARY_OP_ADD_INT
          { a = L[sp - 1]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = oparg;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x + y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_add(a, get_small_int(y));
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; ready = r; ip = (ip + (7)) | 0; break push; }
        case 214: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_ADD_INT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x + y;
              if (result <= 9007199254740991 && result >= -9007199254740991) {    number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_add(a, b);
               ready = r; ip = (ip + (7)) | 0; break push; }
        case 215: // LOAD_FAST_BORROW, LOAD_SMALL_INT, BINARY_OP_ADD_INT
          { a = L[oparg]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = exec[ip + 1]! >> 8;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x + y;
              if (result <= 9007199254740991 && result >= -9007199254740991) {    number = result; ip = (ip + (8)) | 0; break ints; }
            }
            r = long_add(a, get_small_int(y));
               ready = r; ip = (ip + (8)) | 0; break push; }
        case 142: // BINARY_OP_SUBTRACT_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x - y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = result; ip = (ip + (6)) | 0; break ints; }
            }
            r = long_sub(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; ready = r; ip = (ip + (6)) | 0; break push; }
        case 216: // LOAD_FAST_BORROW, BINARY_OP_SUBTRACT_INT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x - y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_sub(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; ready = r; ip = (ip + (7)) | 0; break push; }
        case 217: // LOAD_SMALL_INT, BINARY_OP_SUBTRACT_INT
          { a = L[sp - 1]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = oparg;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x - y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_sub(a, get_small_int(y));
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; ready = r; ip = (ip + (7)) | 0; break push; }
        case 218: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_SUBTRACT_INT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x - y;
              if (result <= 9007199254740991 && result >= -9007199254740991) {    number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_sub(a, b);
               ready = r; ip = (ip + (7)) | 0; break push; }
        case 219: // LOAD_FAST_BORROW, LOAD_SMALL_INT, BINARY_OP_SUBTRACT_INT
          { a = L[oparg]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = exec[ip + 1]! >> 8;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x - y;
              if (result <= 9007199254740991 && result >= -9007199254740991) {    number = result; ip = (ip + (8)) | 0; break ints; }
            }
            r = long_sub(a, get_small_int(y));
               ready = r; ip = (ip + (8)) | 0; break push; }
        case 134: // BINARY_OP_MULTIPLY_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x * y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = result; ip = (ip + (6)) | 0; break ints; }
            }
            r = long_mul(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; ready = r; ip = (ip + (6)) | 0; break push; }
        case 220: // LOAD_FAST_BORROW, BINARY_OP_MULTIPLY_INT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x * y;
              if (result <= 9007199254740991 && result >= -9007199254740991) { { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_mul(a, b);
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; ready = r; ip = (ip + (7)) | 0; break push; }
        case 221: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_MULTIPLY_INT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            if (typeof x === 'number' && typeof y === 'number') {
              result = x * y;
              if (result <= 9007199254740991 && result >= -9007199254740991) {    number = result; ip = (ip + (7)) | 0; break ints; }
            }
            r = long_mul(a, b);
               ready = r; ip = (ip + (7)) | 0; break push; }
        case 129: // BINARY_OP_ADD_FLOAT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = x + y; ip = (ip + (6)) | 0; break floats; }
        case 222: // LOAD_FAST_BORROW, BINARY_OP_ADD_FLOAT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = x + y; ip = (ip + (7)) | 0; break floats; }
        case 223: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_ADD_FLOAT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
               number = x + y; ip = (ip + (7)) | 0; break floats; }
        case 141: // BINARY_OP_SUBTRACT_FLOAT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = x - y; ip = (ip + (6)) | 0; break floats; }
        case 224: // LOAD_FAST_BORROW, BINARY_OP_SUBTRACT_FLOAT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = x - y; ip = (ip + (7)) | 0; break floats; }
        case 225: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_SUBTRACT_FLOAT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
               number = x - y; ip = (ip + (7)) | 0; break floats; }
        case 133: // BINARY_OP_MULTIPLY_FLOAT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; number = x * y; ip = (ip + (6)) | 0; break floats; }
        case 226: // LOAD_FAST_BORROW, BINARY_OP_MULTIPLY_FLOAT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; number = x * y; ip = (ip + (7)) | 0; break floats; }
        case 227: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_MULTIPLY_FLOAT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
               number = x * y; ip = (ip + (7)) | 0; break floats; }
        case 137: // BINARY_OP_SUBSCR_LIST_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyList_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (6)) | 0; if (PY_DEBUG) debug_decref(a);
              if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) !== 0) continue;
              dead = a; break drop; }
        case 228: // LOAD_FAST_BORROW, BINARY_OP_SUBSCR_LIST_INT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyList_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  sp = (sp - (1)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (7)) | 0; if (PY_DEBUG) debug_decref(a);
              if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) !== 0) continue;
              dead = a; break drop; }
        case 229: // LOAD_SMALL_INT, BINARY_OP_SUBSCR_LIST_INT
          { a = L[sp - 1]; 
            if (a.ob_type !== PyList_Type) break dispatch;
            x = a.v; y = oparg;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  sp = (sp - (1)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (7)) | 0; if (PY_DEBUG) debug_decref(a);
              if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) !== 0) continue;
              dead = a; break drop; }
        case 230: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, BINARY_OP_SUBSCR_LIST_INT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyList_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }   { L[sp] = v; sp = (sp + 1) | 0; }  }
          ip = (ip + (7)) | 0; continue;
        case 231: // LOAD_FAST_BORROW, LOAD_SMALL_INT, BINARY_OP_SUBSCR_LIST_INT
          { a = L[oparg]; 
            if (a.ob_type !== PyList_Type) break dispatch;
            x = a.v; y = exec[ip + 1]! >> 8;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }   { L[sp] = v; sp = (sp + 1) | 0; }  }
          ip = (ip + (8)) | 0; continue;
        case 140: // BINARY_OP_SUBSCR_TUPLE_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyTuple_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (6)) | 0; if (PY_DEBUG) debug_decref(a);
              if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) !== 0) continue;
              dead = a; break drop; }
        case 232: // LOAD_SMALL_INT, BINARY_OP_SUBSCR_TUPLE_INT
          { a = L[sp - 1]; 
            if (a.ob_type !== PyTuple_Type) break dispatch;
            x = a.v; y = oparg;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }  sp = (sp - (1)) | 0; { L[sp] = v; sp = (sp + 1) | 0; } ip = (ip + (7)) | 0; if (PY_DEBUG) debug_decref(a);
              if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) !== 0) continue;
              dead = a; break drop; }
        case 233: // LOAD_FAST_BORROW, LOAD_SMALL_INT, BINARY_OP_SUBSCR_TUPLE_INT
          { a = L[oparg]; 
            if (a.ob_type !== PyTuple_Type) break dispatch;
            x = a.v; y = exec[ip + 1]! >> 8;
            items = x; n = items.length; i = y < 0 ? y + n : y;
            if (!(i >= 0 && i < n)) break dispatch;
            v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; }   { L[sp] = v; sp = (sp + 1) | 0; }  }
          ip = (ip + (8)) | 0; continue;
        case 135: // BINARY_OP_SUBSCR_DICT
          { d = L[sp - 2]; key = L[sp - 1];
            if (d.ob_type !== PyDict_Type) break dispatch;
            frame.instr = ip; frame.sp = sp; v = PyDict_GetItem(d, key);
            if (v === null) { outcome.value = KeyError_New(key); frame.instr = ip; frame.sp = sp; return RAISED; }
            { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } L[(sp = (sp - 1) | 0) - 1] = v; { if (PY_DEBUG) debug_decref(d); if ((d.ob_refcnt = (d.ob_refcnt - 1) | 0) === 0) dealloc_at(frame, ip, sp, d); } { if (PY_DEBUG) debug_decref(key); if ((key.ob_refcnt = (key.ob_refcnt - 1) | 0) === 0 && (key.ob_type.tp_dealloc !== null || (key.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, key); } }
          ip = (ip + (6)) | 0; continue;
        case 167: // COMPARE_OP_INT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((w >> 8) & (x < y ? 2 : x > y ? 4 : 8)) !== 0;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; holds = truth; ip = (ip + (2)) | 0; break test; }
        case 234: // LOAD_FAST_BORROW, COMPARE_OP_INT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((exec[ip + 1]! >> 8) & (x < y ? 2 : x > y ? 4 : 8)) !== 0;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; holds = truth; ip = (ip + (3)) | 0; break test; }
        case 235: // LOAD_SMALL_INT, COMPARE_OP_INT
          { a = L[sp - 1]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = oparg;
            truth = ((exec[ip + 1]! >> 8) & (x < y ? 2 : x > y ? 4 : 8)) !== 0;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; holds = truth; ip = (ip + (3)) | 0; break test; }
        case 236: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, COMPARE_OP_INT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((exec[ip + 1]! >> 8) & (x < y ? 2 : x > y ? 4 : 8)) !== 0;
               holds = truth; ip = (ip + (3)) | 0; break test; }
        case 237: // LOAD_FAST_BORROW, LOAD_SMALL_INT, COMPARE_OP_INT
          { a = L[oparg]; 
            if (a.ob_type !== PyLong_Type) break dispatch;
            x = a.v; y = exec[ip + 1]! >> 8;
            truth = ((exec[ip + 2]! >> 8) & (x < y ? 2 : x > y ? 4 : 8)) !== 0;
               holds = truth; ip = (ip + (4)) | 0; break test; }
        case 166: // COMPARE_OP_FLOAT
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((w >> 8) & (x < y ? 2 : x > y ? 4 : x === y ? 8 : 1)) !== 0;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; holds = truth; ip = (ip + (2)) | 0; break test; }
        case 238: // LOAD_FAST_BORROW, COMPARE_OP_FLOAT
          { a = L[sp - 1]; b = L[oparg];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((exec[ip + 1]! >> 8) & (x < y ? 2 : x > y ? 4 : x === y ? 8 : 1)) !== 0;
            { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; }  sp = (sp - (1)) | 0; holds = truth; ip = (ip + (3)) | 0; break test; }
        case 239: // LOAD_FAST_BORROW_LOAD_FAST_BORROW, COMPARE_OP_FLOAT
          { a = L[oparg >> 4]; b = L[oparg & 15];
            if (a.ob_type !== PyFloat_Type || b.ob_type !== PyFloat_Type) break dispatch;
            x = a.v; y = b.v;
            truth = ((exec[ip + 1]! >> 8) & (x < y ? 2 : x > y ? 4 : x === y ? 8 : 1)) !== 0;
               holds = truth; ip = (ip + (3)) | 0; break test; }
        case 168: // COMPARE_OP_STR
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyUnicode_Type || b.ob_type !== PyUnicode_Type) break dispatch;
            truth = (oparg & (a === b || unicode_eq(a, b) ? 8 : 7)) !== 0;
            { if (PY_DEBUG) debug_decref(a); if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(b); if ((b.ob_refcnt = (b.ob_refcnt - 1) | 0) === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); }
            sp = (sp - (2)) | 0; holds = truth; ip = (ip + (2)) | 0; break test; }
        case 74: // IS_OP
          { b = L[(sp = (sp - 1) | 0)]; a = L[sp - 1]; r = (a === b) !== (oparg === 1) ? Py_True : Py_False; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt = (r.ob_refcnt + 1) | 0; } L[sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if ((b.ob_refcnt = (b.ob_refcnt - 1) | 0) === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if ((a.ob_refcnt = (a.ob_refcnt - 1) | 0) === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
          ip = (ip + 1) | 0; continue;
        case 78: // LIST_APPEND
          { v = L[(sp = (sp - 1) | 0)]; list_append_steal(L[sp - oparg], v); }
          ip = (ip + 1) | 0; continue;
        case 211: // UNPACK_SEQUENCE_TWO_TUPLE
          { t = L[sp - 1]; if (t.ob_type !== PyTuple_Type || t.v.length !== 2) break dispatch;
            a = t.v[0]; b = t.v[1]; { if (PY_DEBUG) debug_incref(a); a.ob_refcnt = (a.ob_refcnt + 1) | 0; } { if (PY_DEBUG) debug_incref(b); b.ob_refcnt = (b.ob_refcnt + 1) | 0; } L[sp - 1] = b; { L[sp] = a; sp = (sp + 1) | 0; } ip = (ip + (2)) | 0; if (PY_DEBUG) debug_decref(t);
              if ((t.ob_refcnt = (t.ob_refcnt - 1) | 0) !== 0) continue;
              dead = t; break drop; }
        case 77: // JUMP_FORWARD
          ip = (ip + (1 + oparg)) | 0; continue;
        case 176: // JUMP_BACKWARD_NO_JIT
          if (tstate.eval_breaker !== 0) break dispatch;
          ip = (ip + (2 - oparg)) | 0;
          if (--tstate.jumps_left === 0) L = renew_locals(tstate, frame);
          continue outer;
        case 76: // JUMP_BACKWARD_NO_INTERRUPT
          ip = (ip + (1 - oparg)) | 0;
          continue;
        case 100: // POP_JUMP_IF_FALSE
          { v = L[(sp = (sp - 1) | 0)]; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } ip = (ip + (2 + (v === Py_False ? oparg : ((exec[ip + 2]! & 255) === 28 ? 1 : 0)))) | 0; continue; }
        case 103: // POP_JUMP_IF_TRUE
          { v = L[(sp = (sp - 1) | 0)]; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } ip = (ip + (2 + (v === Py_True ? oparg : ((exec[ip + 2]! & 255) === 28 ? 1 : 0)))) | 0; continue; }
        case 101: // POP_JUMP_IF_NONE
          { v = L[(sp = (sp - 1) | 0)]; if (v === Py_None) { { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } ip = (ip + (2 + oparg)) | 0; continue; } ip = (ip + (2)) | 0; if (PY_DEBUG) debug_decref(v);
              if ((v.ob_refcnt = (v.ob_refcnt - 1) | 0) !== 0) continue;
              dead = v; break drop; }
        case 102: // POP_JUMP_IF_NOT_NONE
          { v = L[(sp = (sp - 1) | 0)]; if (v !== Py_None) { { if (PY_DEBUG) debug_decref(v); if ((v.ob_refcnt = (v.ob_refcnt - 1) | 0) === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip = (ip + (2 + oparg)) | 0; continue; } { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } }
          ip = (ip + (2)) | 0; continue;
        case 172: // FOR_ITER_LIST
          { it = L[sp - 1]; if (it.ob_type !== PyListIter_Type) break dispatch;
            p = it.v as ListIter; seq = p.seq;
            if (seq !== null) {
              if (p.index < seq.v.length) { v = seq.v[p.index++]!; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } ready = v; ip = (ip + (2)) | 0; break push; }
              p.seq = null; { if (PY_DEBUG) debug_decref(seq); if ((seq.ob_refcnt = (seq.ob_refcnt - 1) | 0) === 0) dealloc_at(frame, ip, sp, seq); } }
            ip = (ip + (3 + oparg)) | 0; continue; }
        case 174: // FOR_ITER_TUPLE
          { it = L[sp - 1]; if (it.ob_type !== PyTupleIter_Type) break dispatch;
            p = it.v as TupleIter; seq = p.seq;
            if (seq !== null) {
              if (p.index < seq.v.length) { v = seq.v[p.index++]!; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } ready = v; ip = (ip + (2)) | 0; break push; }
              p.seq = null; { if (PY_DEBUG) debug_decref(seq); if ((seq.ob_refcnt = (seq.ob_refcnt - 1) | 0) === 0) dealloc_at(frame, ip, sp, seq); } }
            ip = (ip + (3 + oparg)) | 0; continue; }
        case 173: // FOR_ITER_RANGE
          { it = L[sp - 1]; if (it.ob_type !== PyRangeIter_Type) break dispatch;
            p = it.v as RangeIter;
            if (p.len <= 0) { ip = (ip + (3 + oparg)) | 0; continue; }
            n = p.start; p.start = n + p.step; p.len--; number = n; ip = (ip + (2)) | 0; break ints; }
        case 30: // POP_ITER
          { v = L[(sp = (sp - 1) | 0)]; frame.instr = ip; frame.sp = sp; ip = (ip + (1)) | 0; if (PY_DEBUG) debug_decref(v);
              if ((v.ob_refcnt = (v.ob_refcnt - 1) | 0) !== 0) continue;
              dead = v; break drop; }
        case 120: // YIELD_VALUE
          { v = L[(sp = (sp - 1) | 0)];
            frame.instr = ip + 1; frame.sp = sp;
            gen = frame.generator as Ref; g = gen.v as GenPayload;
            g.state = (oparg & 1) !== 0 ? GEN_SUSPENDED_YIELD_FROM : GEN_SUSPENDED;
            tstate.exc_info = g.exc_state.previous!; g.exc_state.previous = null;
            tstate.recursion_depth--;
            back = frame.previous; frame.previous = null; tstate.frame = back;
            if (frame.is_entry) { frame.is_entry = false; { outcome.value = v; return LEFT; } }
            frame = back!; L = frame.localsplus; sp = (frame.sp) | 0; exec = (frame.co as CodePayload).exec!;
            ip = (frame.instr + 2) | 0; { L[sp] = v; sp = (sp + 1) | 0; } continue; }
        case 161: // CALL_PY_EXACT_ARGS
          { base = sp - oparg - 2; f = L[base];
            if (f.ob_type !== PyFunction_Type || f.v.version !== exec[ip + 2]) break dispatch;
            c = f.v.code.v as CodePayload;
            start = L[base + 1] === null ? base + 2 : base + 1;
            if (sp - start !== c.co_argcount) break dispatch;
            frame.instr = ip; frame.return_ip = ip + 4; frame.sp = base;
            nf = new_frame(c, f); l = nf.localsplus;
            for (i = start; i < sp; i++) l[i - start] = L[i];
            { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = (frame.sp) | 0; exec = (frame.co as CodePayload).exec!; ip = ((exec[0]! & 255) === 196 && tstate.eval_breaker === 0 ? 1 : 0) | 0; continue outer; } }
        case 35: // RETURN_VALUE
          { v = L[(sp = (sp - 1) | 0)];
            frame.sp = sp; frame.instr = ip;
            back = frame.previous;
            entry = frame.is_entry;
            later = frame.on_return;
            if (later !== null) { frame.on_return = null; leave_frame(tstate, frame);
              if (later === UNFINISHED) { frame = back!; finish_instruction(frame, v); L = frame.localsplus; sp = (frame.sp) | 0; exec = (frame.co as CodePayload).exec!; ip = (frame.instr) | 0; continue outer; }
              if (v !== Py_None) { decref(later); outcome.value = init_returned(v); return RAISED; }
              frame = back!; L = frame.localsplus; sp = (frame.sp) | 0; exec = (frame.co as CodePayload).exec!;
              { if (PY_DEBUG) debug_decref(v); v.ob_refcnt = (v.ob_refcnt - 1) | 0; } ip = (frame.return_ip) | 0; { L[sp] = later; sp = (sp + 1) | 0; } continue; }
            leave_frame(tstate, frame);
            if (entry) { outcome.value = v; return LEFT; }
            frame = back!; L = frame.localsplus; sp = (frame.sp) | 0; exec = (frame.co as CodePayload).exec!;
            ip = (frame.return_ip) | 0; { L[sp] = v; sp = (sp + 1) | 0; } continue; }
        case 93: // LOAD_NAME
          { i = (frame.co as CodePayload).name_entries[oparg]!; locals = frame.f_locals;
            if (i < 0 || locals === null || locals.ob_type !== PyDict_Type) break outside;
            t = locals.v as DictTable;
            if (i >= t.keys.length || t.keys[i] !== (frame.co as CodePayload).names[oparg]) break outside;
            v = t.values[i]!; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } { L[sp] = v; sp = (sp + 1) | 0; } }
          ip = (ip + 1) | 0; continue;
        case 116: // STORE_NAME
          { i = (frame.co as CodePayload).name_entries[oparg]!; locals = frame.f_locals;
            if (i < 0 || locals === null || locals.ob_type !== PyDict_Type) break outside;
            t = locals.v as DictTable;
            if (i >= t.keys.length || t.keys[i] !== (frame.co as CodePayload).names[oparg]) break outside;
            old = t.values[i]!; t.values[i] = L[(sp = (sp - 1) | 0)]!; ip = (ip + (1)) | 0; if (PY_DEBUG) debug_decref(old);
              if ((old.ob_refcnt = (old.ob_refcnt - 1) | 0) !== 0) continue;
              dead = old; break drop; }
        case 80: // LOAD_ATTR
          { owner = L[sp - 1];
            if ((owner.g & 8 /* G_INLINE_VALUES */) === 0 || (oparg & 1) !== 0 || exec[ip + 1]! <= 0) break outside;
            v = inline_attribute(owner, (frame.co as CodePayload).names[oparg >> 1]);
            if (v === null) break outside;
            exec[ip + 1]!--; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt = (v.ob_refcnt + 1) | 0; } L[sp - 1] = v; ip = (ip + (10)) | 0; if (PY_DEBUG) debug_decref(owner);
              if ((owner.ob_refcnt = (owner.ob_refcnt - 1) | 0) !== 0) continue;
              dead = owner; break drop; }
        case 44: // BINARY_OP
          { a = L[sp - 2]; b = L[sp - 1];
            if (a.ob_type !== PyLong_Type || b.ob_type !== PyLong_Type || exec[ip + 1]! <= 0) break outside;
            x = a.v; y = b.v;
            if (typeof x !== 'number' || typeof y !== 'number') break outside;
            r = small_int_op(x, y, oparg);
            if (r === null) break outside;
            exec[ip + 1]!--; { if (PY_DEBUG) debug_decref(a); a.ob_refcnt = (a.ob_refcnt - 1) | 0; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt = (b.ob_refcnt - 1) | 0; } sp = (sp - (2)) | 0; ready = r; ip = (ip + (6)) | 0; break push; }
        case 0: case 1: case 2: case 3: case 4: case 5: case 6: case 7: case 8: case 9: case 10: case 11: case 12: case 13: case 14: case 15: case 16: case 17: case 18: case 19: case 20: case 21: case 22: case 23: case 24: case 25: case 26: case 29: case 32: case 34: case 36: case 37: case 38: case 39: case 40: case 41: case 42: case 43: case 45: case 46: case 47: case 48: case 49: case 50: case 51: case 52: case 53: case 54: case 55: case 56: case 57: case 58: case 60: case 61: case 62: case 63: case 64: case 65: case 66: case 67: case 68: case 70: case 71: case 72: case 73: case 75: case 79: case 81: case 82: case 85: case 88: case 90: case 91: case 92: case 95: case 96: case 97: case 98: case 99: case 104: case 105: case 106: case 107: case 108: case 109: case 110: case 111: case 115: case 118: case 119: case 121: case 128: case 131: case 132: case 136: case 138: case 139: case 143: case 144: case 145: case 146: case 147: case 148: case 149: case 150: case 151: case 152: case 153: case 154: case 155: case 156: case 157: case 158: case 159: case 160: case 162: case 163: case 164: case 165: case 169: case 170: case 171: case 175: case 177: case 178: case 179: case 181: case 184: case 185: case 186: case 187: case 189: case 194: case 195: case 197: case 200: case 201: case 203: case 206: case 207: case 208: case 209: case 210: case 240: case 241: case 242: case 243: case 244: case 245: case 246: case 247: case 248: case 249: case 250: case 251: case 252: case 253: case 254: case 255:
          break outside;
      }
      // A guard failed: the general form of the instruction runs.
      exec[ip] = (w & ~255) | GENERAL_FORM[w & 255]!;
      continue outer; }
      // An instruction that is a function.
          frame.instr = ip; frame.sp = sp;
          const code = INSTRUCTIONS[w & 255]!(tstate, frame, w);
          if (code !== GO_ON) return code;
          if (tstate.frame !== frame) { frame = tstate.frame!; L = frame.localsplus; exec = (frame.co as CodePayload).exec!; }
          ip = (frame.instr) | 0; sp = (frame.sp) | 0;
          continue outer; }
      // A truth value was computed.
      const nx = exec[ip]!; const nop = nx & 255;
      if (nop === 100 || nop === 103) { ip = (ip + (2 + ((nop === 103) === holds ? nx >> 8 : ((exec[ip + 2]! & 255) === 28 ? 1 : 0)))) | 0; continue; }
      { L[sp] = newref(holds ? Py_True : Py_False); sp = (sp + 1) | 0; } continue; }
      // A float was computed.
      ready = new PyObject(PyFloat_Type, number, null); break push; }
      // A safe integer was computed.
      ready = number >= -5 && number <= 256 ? newref(get_small_int(number)) : new PyObject(PyLong_Type, number, null); }
      // A value is to be pushed: at once into a local variable, if it would be stored there next.
      const next = exec[ip]!;
      if ((next & 255) !== 112) { { L[sp] = ready; sp = (sp + 1) | 0; } continue; }
      const local = next >> 8; dead = L[local]; L[local] = ready; ip = (ip + 1) | 0;
      if (PY_DEBUG && dead !== null) debug_decref(dead);
      if (dead === null || (dead.ob_refcnt = (dead.ob_refcnt - 1) | 0) !== 0) continue; }
      // The last reference to `dead` is gone.
      if (dead.ob_type.tp_dealloc !== null || (dead.g & 272) !== 0) { frame.instr = at; frame.sp = sp; _Py_Dealloc(dead); }
  } }
}

export function eval_loop_observed(tstate: PyThreadState, frame: InterpreterFrame, ip: number): number {
  let L: Ref[] = frame.localsplus;
  let sp = frame.sp;
  let exec = (frame.co as CodePayload).exec!;
  
  for (;;) {
      if (!tstate.switch_loop) { tstate.prev_instr = frame.instr; frame.instr = ip; frame.sp = sp; return SWITCHED; }
      const prev = frame.instr; frame.instr = ip; frame.sp = sp;
      const w = exec[ip]!;
      const oparg = w >> 8;
      const base = GENERAL_FORM[w & 255]!;
      if (tstate.tracing === 0) { const to = observer.instruction(tstate, frame, prev, base, oparg); if (to !== ip) { ip = to; sp = frame.sp; continue; } }
      switch (base) {
        case 69: // EXTENDED_ARG
          ip++; continue;
        case 27: // NOP
          ip++; continue;
        case 28: // NOT_TAKEN
          ip++; continue;
        case 128: // RESUME
          exec[ip] = (w & ~255) | 196 /* RESUME_CHECK */;
          if ((oparg & 3) <= 1) { if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { frame.instr = ip; frame.sp = sp; return SWITCHED; } } }
          ip++; continue;
        case 31: // POP_TOP
          { const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; continue; }
        case 33: // PUSH_NULL
          L[sp++] = null;
          ip++; continue;
        case 59: // COPY
          { const v = L[sp - oparg]; if (v !== null) { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
          ip++; continue;
        case 117: // SWAP
          { const v = L[sp - oparg]; L[sp - oparg] = L[sp - 1]; L[sp - 1] = v; }
          ip++; continue;
        case 94: // LOAD_SMALL_INT
          { const v = get_small_int(oparg); { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
          ip++; continue;
        case 84: // LOAD_FAST
          { const v = L[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
          ip++; continue;
        case 86: // LOAD_FAST_BORROW
          { const v = L[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
          ip++; continue;
        case 89: // LOAD_FAST_LOAD_FAST
          { const v = L[oparg >> 4]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp] = v; const u = L[oparg & 15]; { if (PY_DEBUG) debug_incref(u); u.ob_refcnt++; } L[sp + 1] = u; sp += 2; }
          ip++; continue;
        case 87: // LOAD_FAST_BORROW_LOAD_FAST_BORROW
          { const v = L[oparg >> 4]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp] = v; const u = L[oparg & 15]; { if (PY_DEBUG) debug_incref(u); u.ob_refcnt++; } L[sp + 1] = u; sp += 2; }
          ip++; continue;
        case 112: // STORE_FAST
          { const old = L[oparg]; L[oparg] = L[--sp]; if (old !== null) { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } ip++; continue; }
        case 113: // STORE_FAST_LOAD_FAST
          { const i = oparg >> 4; const old = L[i]; L[i] = L[--sp]; const v = L[oparg & 15]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; if (old !== null) { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } ip++; continue; }
        case 114: // STORE_FAST_STORE_FAST
          { const i = oparg >> 4; const j = oparg & 15; const a = L[i]; L[i] = L[--sp]; const b = L[j]; L[j] = L[--sp]; if (a !== null) { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } if (b !== null) { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } ip++; continue; }
        case 83: // LOAD_DEREF
          { const v = L[oparg].v; if (v === null) { frame.instr = ip; frame.sp = sp; raise_unbound_deref((frame.co as CodePayload), oparg); } { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
          ip++; continue;
        case 96: // LOAD_SUPER_ATTR
          { sp = observe_super(tstate, frame, L, sp, (frame.co as CodePayload).names[oparg >> 2], oparg); }
          ip += 2; continue;
        case 74: // IS_OP
          { const b = L[--sp]; const a = L[sp - 1]; const r = (a === b) !== (oparg === 1) ? Py_True : Py_False; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
          ip++; continue;
        case 78: // LIST_APPEND
          { const v = L[--sp]; list_append_steal(L[sp - oparg], v); }
          ip++; continue;
        case 77: // JUMP_FORWARD
          ip += 1 + oparg; continue;
        case 75: // JUMP_BACKWARD
          ip += 2 - oparg;
          if (tstate.eval_breaker !== 0) eval_breaker(tstate);
          continue;
        case 76: // JUMP_BACKWARD_NO_INTERRUPT
          ip += 1 - oparg;
          continue;
        case 100: // POP_JUMP_IF_FALSE
          { const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } ip += 2 + (v === Py_False ? oparg : 0); continue; }
        case 103: // POP_JUMP_IF_TRUE
          { const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } ip += 2 + (v === Py_True ? oparg : 0); continue; }
        case 101: // POP_JUMP_IF_NONE
          { const v = L[--sp]; if (v === Py_None) { { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } ip += 2 + oparg; continue; } { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip += 2; continue; }
        case 102: // POP_JUMP_IF_NOT_NONE
          { const v = L[--sp]; if (v !== Py_None) { { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip += 2 + oparg; continue; } { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } }
          ip += 2; continue;
        case 70: // FOR_ITER
          { const it = L[sp - 1];
            // A loop over a generator specialises here too: the generator's end is then told at 9 /* END_FOR */.
            if ((w & 255) === 70 /* FOR_ITER */ && exec[ip + 1]-- <= 0) specialize_for_iter(exec, ip, it, oparg);
            if ((exec[ip] & 255) === 171 /* FOR_ITER_GEN */ && it.ob_type === PyGen_Type && it.v.state < GEN_EXECUTING && !observer.watches(tstate, frame)) {
              frame.return_ip = ip + 2 + oparg;
              { if (PY_DEBUG) debug_incref(Py_None); Py_None.ob_refcnt++; }
              { const g = it.v as GenPayload; const gf = g.frame; gf.localsplus[gf.sp++] = Py_None; g.state = GEN_EXECUTING;
              g.exc_state.previous = tstate.exc_info; tstate.exc_info = g.exc_state; gf.previous = frame; tstate.frame = gf; tstate.recursion_depth++;
              frame = gf; L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = frame.instr; continue; }
            }
            { const nf = frame_for_next(it); if (nf !== null) { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = 0; continue; } }
            const v = for_iter_next(it);
            if (v === null) { ip += 3 + oparg; continue; }
            L[sp++] = v; frame.sp = sp;
            if ((tstate.eval_breaker & EVAL_BLOCKED) !== 0) { if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { ip += 2; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
            ip = observer.iterated(tstate, frame, ip + 2); sp = frame.sp; continue; }
        case 30: // POP_ITER
          { const v = L[--sp]; frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; continue; }
        case 120: // YIELD_VALUE
          { const v = L[--sp];
            frame.instr = ip + 1; frame.sp = sp;
            const gen = frame.generator as Ref; const g = gen.v as GenPayload;
            g.state = (oparg & 1) !== 0 ? GEN_SUSPENDED_YIELD_FROM : GEN_SUSPENDED;
            tstate.exc_info = g.exc_state.previous!; g.exc_state.previous = null;
            tstate.recursion_depth--;
            const back = frame.previous; frame.previous = null; tstate.frame = back;
            if (frame.is_entry) { frame.is_entry = false; { outcome.value = v; return LEFT; } }
            frame = back!; L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!;
            ip = frame.instr + 2; L[sp++] = v; continue; }
        case 106: // SEND
          { const receiver = L[sp - 2]; const v = L[sp - 1];
            if ((receiver.ob_type === PyGen_Type || receiver.ob_type === PyCoro_Type) && receiver.v.state < GEN_EXECUTING) {
              frame.return_ip = ip + 2 + oparg; sp--; frame.sp = sp;
              { const g = receiver.v as GenPayload; const gf = g.frame; gf.localsplus[gf.sp++] = v; g.state = GEN_EXECUTING;
              g.exc_state.previous = tstate.exc_info; tstate.exc_info = g.exc_state; gf.previous = frame; tstate.frame = gf; tstate.recursion_depth++;
              frame = gf; L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = frame.instr; continue; }
            }
            const r = observe_send(tstate, frame, receiver, v); L[sp - 1] = r; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); }
            if (sendResult.returned) { ip += 2 + oparg; continue; } }
          ip += 2; continue;
        case 52: // CALL
          { frame.instr = ip; frame.sp = sp;
            const base = sp - oparg - 2; let f = L[base];
            if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
            const start = L[base + 1] === null ? base + 2 : base + 1;
            if (f.ob_type === PyFunction_Type) {
              const nf = frame_for_call(f, L, start, sp, null);
              frame.return_ip = ip + 4; sp = base; frame.sp = sp;
              { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = 0; continue; }
            }
            const r = observe_vectorcall(tstate, frame, f, L.slice(start, sp), null);
            sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
          ip += 4; continue;
        case 55: // CALL_KW
          { const kwnames = L[sp - 1]; const base = sp - oparg - 3;
            let f = L[base];
            if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
            if (f.ob_type === PyFunction_Type) {
              const nf = frame_for_call(f, L, L[base + 1] === null ? base + 2 : base + 1, sp - 1, kwnames);
              frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(kwnames); if (--kwnames.ob_refcnt === 0 && (kwnames.ob_type.tp_dealloc !== null || (kwnames.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, kwnames); }
              { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = 0; continue; }
            }
            const r = observe_vectorcall(tstate, frame, f, L.slice(L[base + 1] === null ? base + 2 : base + 1, sp - 1), kwnames);
            sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
          ip += 4; continue;
        case 4: // CALL_FUNCTION_EX
          { let f = L[sp - 4];
            check_call_ex(L, sp);
            observer.call(tstate, frame, f, L[sp - 2].v.length > 0 ? L[sp - 2].v[0] : null);
            if (f.ob_type === PyMethod_Type) { { const nf = frame_for_method_ex(L, sp); if (nf !== null) { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = 0; continue; } } f = unpack_method_ex(L, sp); }
            if (f.ob_type === PyFunction_Type) {
              const nf = frame_for_call_ex(f, L[sp - 2], L[sp - 1]);
              sp -= 4; frame.sp = sp; frame.return_ip = ip + 1; decref(L[sp + 2]); if (L[sp + 3] !== null) decref(L[sp + 3]);
              { nf.previous = frame; frame = nf; tstate.frame = nf;
              if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
              L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = 0; continue; }
            }
            const r = observe_call_ex(tstate, frame, f, L[sp - 2], L[sp - 1]);
            sp -= 4; if (L[sp + 3] !== null) decref(L[sp + 3]); decref(L[sp + 2]); { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { ip += 1; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
          ip++; continue;
        case 35: // RETURN_VALUE
          { const v = L[--sp];
            frame.sp = sp; frame.instr = ip;
            const back = frame.previous;
            const entry = frame.is_entry;
            const later = frame.on_return;
            if (later !== null) { frame.on_return = null; leave_frame(tstate, frame);
              if (later === UNFINISHED) { frame = back!; finish_instruction(frame, v); L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!; ip = frame.instr; continue; }
              if (v !== Py_None) { decref(later); outcome.value = init_returned(v); return RAISED; }
              frame = back!; L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!;
              { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } ip = frame.return_ip; L[sp++] = later; continue; }
            leave_frame(tstate, frame);
            if (entry) { outcome.value = v; return LEFT; }
            frame = back!; L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!;
            ip = frame.return_ip; L[sp++] = v; continue; }
        case 73: // IMPORT_NAME
          { frame.instr = ip; frame.sp = sp; const r = import_name(frame, (frame.co as CodePayload).names[oparg], L[sp - 1], L[sp - 2]); sp--; decref(L[sp - 1]); decref(L[sp]); L[sp - 1] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (!tstate.switch_loop) { ip += 1; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
          ip++; continue;
        case 0: case 1: case 2: case 3: case 5: case 6: case 7: case 8: case 9: case 10: case 11: case 12: case 13: case 14: case 15: case 16: case 17: case 18: case 19: case 20: case 21: case 22: case 23: case 24: case 25: case 26: case 29: case 32: case 34: case 36: case 37: case 38: case 39: case 40: case 41: case 42: case 43: case 44: case 45: case 46: case 47: case 48: case 49: case 50: case 51: case 53: case 54: case 56: case 57: case 58: case 60: case 61: case 62: case 63: case 64: case 65: case 66: case 67: case 68: case 71: case 72: case 79: case 80: case 81: case 82: case 85: case 88: case 90: case 91: case 92: case 93: case 95: case 97: case 98: case 99: case 104: case 105: case 107: case 108: case 109: case 110: case 111: case 115: case 116: case 118: case 119: case 121: case 122: case 123: case 124: case 125: case 126: case 127: case 129: case 130: case 131: case 132: case 133: case 134: case 135: case 136: case 137: case 138: case 139: case 140: case 141: case 142: case 143: case 144: case 145: case 146: case 147: case 148: case 149: case 150: case 151: case 152: case 153: case 154: case 155: case 156: case 157: case 158: case 159: case 160: case 161: case 162: case 163: case 164: case 165: case 166: case 167: case 168: case 169: case 170: case 171: case 172: case 173: case 174: case 175: case 176: case 177: case 178: case 179: case 180: case 181: case 182: case 183: case 184: case 185: case 186: case 187: case 188: case 189: case 190: case 191: case 192: case 193: case 194: case 195: case 196: case 197: case 198: case 199: case 200: case 201: case 202: case 203: case 204: case 205: case 206: case 207: case 208: case 209: case 210: case 211: case 212: case 213: case 214: case 215: case 216: case 217: case 218: case 219: case 220: case 221: case 222: case 223: case 224: case 225: case 226: case 227: case 228: case 229: case 230: case 231: case 232: case 233: case 234: case 235: case 236: case 237: case 238: case 239: case 240: case 241: case 242: case 243: case 244: case 245: case 246: case 247: case 248: case 249: case 250: case 251: case 252: case 253: case 254: case 255: {
          frame.instr = ip; frame.sp = sp;
          const at = ip; const of = frame;
          const code = INSTRUCTIONS[base]!(tstate, frame, (w & ~255) | base);
          if (code !== GO_ON) return code;
          if (tstate.frame !== frame) { frame = tstate.frame!; L = frame.localsplus; exec = (frame.co as CodePayload).exec!; }
          ip = frame.instr; sp = frame.sp; if (frame === of) frame.instr = at;
          continue;
        }
      }
  }
}

function op_CACHE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      throw new Error('0 /* CACHE */ was executed');
  } catch (e) {
    return raised(frame, e);
  }
}

function op_RESERVED(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      throw new Error(`unknown opcode ${(frame.co as CodePayload).co_code[2 * ip]}`);
  } catch (e) {
    return raised(frame, e);
  }
}

function op_RESUME(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      exec[ip] = (w & ~255) | 196 /* RESUME_CHECK */;
      if ((oparg & 3) <= 1) { if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { frame.instr = ip; frame.sp = sp; return SWITCHED; } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_CONST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const v = (frame.co as CodePayload).consts[oparg]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; exec[ip] = (w & ~255) | (v.ob_refcnt > 0x10000000 ? 190 /* LOAD_CONST_IMMORTAL */ : 191 /* LOAD_CONST_MORTAL */); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_COMMON_CONSTANT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const v = common_constant(oparg); { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_FAST_CHECK(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const v = L[oparg]; if (v === null) { frame.instr = ip; frame.sp = sp; raise_unbound_local((frame.co as CodePayload), oparg); } { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp++] = v; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_FAST_AND_CLEAR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      L[sp++] = L[oparg]; L[oparg] = null;
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_FAST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const v = L[oparg]; frame.instr = ip; frame.sp = sp; if (v === null) raise_unbound_local((frame.co as CodePayload), oparg); L[oparg] = null; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MAKE_CELL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      L[oparg] = make_cell_steal(L[oparg]);
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_COPY_FREE_VARS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      copy_free_vars(frame, L, oparg);
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_DEREF(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const cell = L[oparg]; const old = cell.v; cell.v = L[--sp]; if (old !== null) { frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_DEREF(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const cell = L[oparg]; const old = cell.v; frame.instr = ip; frame.sp = sp; if (old === null) raise_unbound_deref((frame.co as CodePayload), oparg); cell.v = null; { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_FROM_DICT_OR_DEREF(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const v = load_from_dict_or_deref((frame.co as CodePayload), L, oparg, L[sp - 1]); decref(L[sp - 1]); L[sp - 1] = v; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_LOCALS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp++] = load_locals(frame); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_NAME(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; L[sp++] = load_name(frame, oparg); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_NAME(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; store_name(frame, oparg, L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_NAME(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; delete_name(frame, (frame.co as CodePayload).names[oparg]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_FROM_DICT_OR_GLOBALS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const v = load_from_dict_or_globals(frame, L[sp - 1], (frame.co as CodePayload).names[oparg]); decref(L[sp - 1]); L[sp - 1] = v; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_GLOBAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_load_global(frame, exec, ip, (frame.co as CodePayload).names[oparg >> 1]); if ((exec[ip] & 255) !== 92 /* LOAD_GLOBAL */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        L[sp++] = load_global(frame, (frame.co as CodePayload).names[oparg >> 1]); if (oparg & 1) L[sp++] = null; }
      ip += 5; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_GLOBAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; PyDict_SetItem(frame.f_globals, (frame.co as CodePayload).names[oparg], L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_GLOBAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; delete_global(frame, (frame.co as CodePayload).names[oparg]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SETUP_ANNOTATIONS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; setup_annotations(frame); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_BUILD_CLASS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp++] = load_build_class(frame); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_load_attr((frame.co as CodePayload), exec, ip, L[sp - 1], (frame.co as CodePayload).names[oparg >> 1]); fuse((frame.co as CodePayload), exec, ip); if ((exec[ip] & 255) !== 80 /* LOAD_ATTR */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const owner = L[sp - 1];
        { const nf = frame_for_getattr(owner, (frame.co as CodePayload).names[oparg >> 1]); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        if ((oparg & 1) === 0) {
          const v = attribute_or_null(owner, (frame.co as CodePayload).names[oparg >> 1]);
          if (v === null) { outcome.value = no_attribute(owner, (frame.co as CodePayload).names[oparg >> 1]); frame.instr = ip; frame.sp = sp; return RAISED; }
          L[sp - 1] = v; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } }
        else if (load_method(L, sp, owner, (frame.co as CodePayload).names[oparg >> 1])) sp++; else { L[sp++] = null; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } } }
      ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_WITH_HINT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2] || (owner.g & 8 /* G_INLINE_VALUES */) !== 0 || owner.d === null) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const t = owner.d.v as DictTable; const i = exec[ip + 3]!;
        if (t.keys[i] !== (frame.co as CodePayload).names[oparg >> 1]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = t.values[i]!;
        { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; if (oparg & 1) L[sp++] = null; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_MODULE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1];
        if (owner.ob_type !== PyModule_Type || owner.d.v.keys_version !== exec[ip + 2]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = owner.d.v.values[exec[ip + 3]!];
        { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; if (oparg & 1) L[sp++] = null; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_CLASS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1];
        if ((owner.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0 || owner.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; if (oparg & 1) L[sp++] = null; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_CLASS_WITH_METACLASS_CHECK(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1];
        if ((owner.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0 || owner.tp_version_tag !== exec[ip + 2] || owner.ob_type.tp_version_tag !== exec[ip + 3]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; if (oparg & 1) L[sp++] = null; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_METHOD_LAZY_DICT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2] || owner.d !== null) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; L[sp++] = owner; }
      ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2] || (owner.g & 8 /* G_INLINE_VALUES */) === 0 || owner.ob_type.ht_cached_keys.names.length !== exec[ip + 3]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_NONDESCRIPTOR_NO_DICT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const v = (frame.co as CodePayload).objs[ip] as Ref; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[sp - 1] = v; { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } ip += 10; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_PROPERTY(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const f = (frame.co as CodePayload).objs[ip] as Ref;
        { if (PY_DEBUG) debug_incref(f); f.ob_refcnt++; } frame.instr = ip; frame.sp = sp; frame.sp = --sp;
        { const nf = frame_for_1(f, owner); frame.return_ip = ip + 10; { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1]; const f = (frame.co as CodePayload).objs[ip] as Ref;
        if (owner.ob_type.tp_version_tag !== exec[ip + 2] || !is_simple(f, 2)) { exec[ip] = (w & ~255) | 80; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const name = (frame.co as CodePayload).names[oparg >> 1]; { if (PY_DEBUG) debug_incref(name); name.ob_refcnt++; } { if (PY_DEBUG) debug_incref(f); f.ob_refcnt++; } frame.instr = ip; frame.sp = sp; frame.sp = --sp;
        { const nf = frame_for_2(f, owner, name); frame.return_ip = ip + 10; { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_ATTR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_store_attr(exec, ip, L[sp - 1], (frame.co as CodePayload).names[oparg]); fuse((frame.co as CodePayload), exec, ip); if ((exec[ip] & 255) !== 110 /* STORE_ATTR */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        { const nf = frame_for_setattr(L[sp - 1], (frame.co as CodePayload).names[oparg], L[sp - 2]); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        PyObject_SetAttr(L[sp - 1], (frame.co as CodePayload).names[oparg], L[sp - 2]);
        const owner = L[sp - 1]; const v = L[sp - 2]; sp -= 2; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } }
      ip += 5; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_ATTR_WITH_HINT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const owner = L[sp - 1];
        if (owner.ob_type.tp_version_tag !== exec[ip + 2] || (owner.g & 8 /* G_INLINE_VALUES */) !== 0 || owner.d === null) { exec[ip] = (w & ~255) | 110; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const t = owner.d.v as DictTable; const i = exec[ip + 3]!;
        if (t.keys[i] !== (frame.co as CodePayload).names[oparg]) { exec[ip] = (w & ~255) | 110; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const old = t.values[i]; sp -= 2; t.values[i] = L[sp]; frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } { if (PY_DEBUG) debug_decref(owner); if (--owner.ob_refcnt === 0 && (owner.ob_type.tp_dealloc !== null || (owner.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, owner); } }
      ip += 5; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_ATTR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; PyObject_SetAttr(L[sp - 1], (frame.co as CodePayload).names[oparg], null); const o = L[--sp]; { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_SUPER_ATTR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; sp = load_super_attr(L, sp, (frame.co as CodePayload).names[oparg >> 2], oparg); }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_SUPER_ATTR_ATTR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 96; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_SUPER_ATTR_METHOD(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 96; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_SUBSCR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_store_subscr(exec, ip, L[sp - 2], L[sp - 1]); if ((exec[ip] & 255) !== 38 /* STORE_SUBSCR */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        { const nf = frame_for_setitem(L[sp - 2], L[sp - 1], L[sp - 3]); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        PyObject_SetItem(L[sp - 2], L[sp - 1], L[sp - 3]);
        sp -= 3; decref(L[sp + 2]); decref(L[sp + 1]); decref(L[sp]); }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_SUBSCR_DICT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const d = L[sp - 2];
        if (d.ob_type !== PyDict_Type) { exec[ip] = (w & ~255) | 38; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; PyDict_SetItem(d, L[sp - 1], L[sp - 3]);
        sp -= 3; decref(L[sp]); decref(L[sp + 2]); { if (PY_DEBUG) debug_decref(d); if (--d.ob_refcnt === 0 && (d.ob_type.tp_dealloc !== null || (d.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, d); } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DELETE_SUBSCR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; PyObject_DelItem(L[sp - 2], L[sp - 1]); sp -= 2; decref(L[sp + 1]); decref(L[sp]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_SLICE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const r = binary_slice(L[sp - 3], L[sp - 2], L[sp - 1]); sp -= 2; const c = L[sp - 1]; L[sp - 1] = r; decref(L[sp]); decref(L[sp + 1]); { if (PY_DEBUG) debug_decref(c); if (--c.ob_refcnt === 0 && (c.ob_type.tp_dealloc !== null || (c.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, c); } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_STORE_SLICE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; store_slice(L[sp - 3], L[sp - 2], L[sp - 1], L[sp - 4]); sp -= 4; decref(L[sp + 2]); decref(L[sp + 3]); decref(L[sp + 1]); decref(L[sp]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNARY_NEGATIVE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const v = L[sp - 1];
        { const nf = frame_for_unary(v, '__neg__'); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        L[sp - 1] = PyNumber_Negative(v); { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNARY_INVERT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const v = L[sp - 1];
        { const nf = frame_for_unary(v, '__invert__'); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        L[sp - 1] = PyNumber_Invert(v); { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNARY_NOT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const v = L[sp - 1]; const r = v === Py_True ? Py_False : Py_True; { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp - 1] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_TO_BOOL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_to_bool(exec, ip, L[sp - 1]); if ((exec[ip] & 255) !== 39 /* TO_BOOL */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const v = L[sp - 1];
        { const nf = frame_for_bool(v); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        const r = PyObject_IsTrue(v) ? Py_True : Py_False; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp - 1] = r; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_TO_BOOL_LIST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const v = L[sp - 1]; if (v.ob_type !== PyList_Type) { exec[ip] = (w & ~255) | 39; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const truth = v.v.length !== 0; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); }
        sp--; ip += 4; const nx = exec[ip]!; const nop = nx & 255;
          if (nop === 100 || nop === 103) { ip += 2 + ((nop === 103) === truth ? nx >> 8 : ((exec[ip + 2]! & 255) === 28 ? 1 : 0)); { frame.instr = ip; frame.sp = sp; return GO_ON; } }
          L[sp++] = newref(truth ? Py_True : Py_False); { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_TO_BOOL_NONE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const v = L[sp - 1]; if (v !== Py_None) { exec[ip] = (w & ~255) | 39; frame.instr = ip; frame.sp = sp; return GO_ON; }
        { if (PY_DEBUG) debug_decref(v); v.ob_refcnt--; } { if (PY_DEBUG) debug_incref(Py_False); Py_False.ob_refcnt++; } L[sp - 1] = Py_False; }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_TO_BOOL_STR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const v = L[sp - 1]; if (v.ob_type !== PyUnicode_Type) { exec[ip] = (w & ~255) | 39; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const truth = v.v.length !== 0; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); }
        sp--; ip += 4; const nx = exec[ip]!; const nop = nx & 255;
          if (nop === 100 || nop === 103) { ip += 2 + ((nop === 103) === truth ? nx >> 8 : ((exec[ip + 2]! & 255) === 28 ? 1 : 0)); { frame.instr = ip; frame.sp = sp; return GO_ON; } }
          L[sp++] = newref(truth ? Py_True : Py_False); { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_TO_BOOL_ALWAYS_TRUE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const v = L[sp - 1]; if (v.ob_type.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 39; frame.instr = ip; frame.sp = sp; return GO_ON; }
        { if (PY_DEBUG) debug_incref(Py_True); Py_True.ob_refcnt++; } L[sp - 1] = Py_True; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_binary_op(exec, ip, L[sp - 2], L[sp - 1], oparg, L, (frame.co as CodePayload).objs); fuse((frame.co as CodePayload), exec, ip); if ((exec[ip] & 255) !== 44 /* BINARY_OP */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const a = L[sp - 2]; const b = L[sp - 1];
        if (a.ob_type === PyLong_Type && b.ob_type === PyLong_Type && typeof a.v === 'number' && typeof b.v === 'number') {
          const r = small_int_op(a.v, b.v, oparg);
          if (r !== null) { L[sp - 2] = r; sp--; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        }
        { const nf = frame_for_binary(a, b, oparg); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        const r = binary_op(a, b, oparg);
        sp--; L[sp - 1] = r; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } }
      ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_ADD_UNICODE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const a = L[sp - 2]; const b = L[sp - 1];
        if (a.ob_type !== PyUnicode_Type || b.ob_type !== PyUnicode_Type) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; L[sp - 2] = PyUnicode_Concat(a, b); sp--; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } }
      ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_INPLACE_ADD_UNICODE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const a = L[sp - 2]; const b = L[sp - 1];
        if (a.ob_type !== PyUnicode_Type || b.ob_type !== PyUnicode_Type) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const next = exec[ip + 6]! >> 8;
        if (L[next] !== a) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const r = PyUnicode_Concat(a, b);
        sp -= 2; L[next] = r; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); }
        ip += 7; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_SUBSCR_STR_INT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const s = L[sp - 2]; const key = L[sp - 1];
        if (s.ob_type !== PyUnicode_Type || key.ob_type !== PyLong_Type || typeof s.v !== 'string') { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const i = key.v;
        if (!(i >= 0 && i < s.v.length)) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        { if (PY_DEBUG) debug_decref(key); key.ob_refcnt--; } L[--sp - 1] = PyUnicode_FromOrdinal(s.v.charCodeAt(i)); { if (PY_DEBUG) debug_decref(s); if (--s.ob_refcnt === 0 && (s.ob_type.tp_dealloc !== null || (s.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, s); } ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_SUBSCR_LIST_SLICE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const list = L[sp - 2]; const key = L[sp - 1];
        if (list.ob_type !== PyList_Type || key.ob_type !== PySlice_Type) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const r = PyObject_GetItem(list, key); L[--sp - 1] = r; { if (PY_DEBUG) debug_decref(list); if (--list.ob_refcnt === 0 && (list.ob_type.tp_dealloc !== null || (list.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, list); } { if (PY_DEBUG) debug_decref(key); if (--key.ob_refcnt === 0 && (key.ob_type.tp_dealloc !== null || (key.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, key); } }
      ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_SUBSCR_GETITEM(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const o = L[sp - 2];
        if (o.ob_type.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const f = (frame.co as CodePayload).objs[ip] as Ref;
        { if (PY_DEBUG) debug_incref(f); f.ob_refcnt++; } frame.instr = ip; frame.sp = sp; sp -= 2; frame.sp = sp;
        { const nf = frame_for_2(f, o, L[sp + 1]); frame.return_ip = ip + 6; { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BINARY_OP_EXTEND(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const a = L[sp - 2]; const b = L[sp - 1];
        const r = ((frame.co as CodePayload).objs[ip] as (a: Ref, b: Ref) => Ref)(a, b);
        if (r === null) { exec[ip] = (w & ~255) | 44; frame.instr = ip; frame.sp = sp; return GO_ON; }
        L[--sp - 1] = r; { if (PY_DEBUG) debug_decref(a); a.ob_refcnt--; } { if (PY_DEBUG) debug_decref(b); b.ob_refcnt--; } }
      ip += 6; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_COMPARE_OP(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_compare_op(exec, ip, L[sp - 2], L[sp - 1], oparg); fuse((frame.co as CodePayload), exec, ip); if ((exec[ip] & 255) !== 56 /* COMPARE_OP */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const a = L[sp - 2]; const b = L[sp - 1];
        { const nf = frame_for_compare(a, b, oparg >> 5); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        let r = PyObject_RichCompare(a, b, oparg >> 5);
        if (oparg & 16) r = to_bool_steal(r);
        sp--; L[sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CONTAINS_OP(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_contains_op(exec, ip, L[sp - 1]); if ((exec[ip] & 255) !== 57 /* CONTAINS_OP */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const a = L[sp - 2]; const b = L[sp - 1];
        { const nf = frame_for_contains(b, a); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        const r = PySequence_Contains(b, a) !== (oparg === 1) ? Py_True : Py_False;
        sp--; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CONTAINS_OP_SET(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const b = L[sp - 1]; if (b.ob_type !== PySet_Type && b.ob_type !== PyFrozenSet_Type) { exec[ip] = (w & ~255) | 57; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const a = L[sp - 2]; const r = PySet_Contains(b, a) !== (oparg === 1) ? Py_True : Py_False;
        { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[--sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CONTAINS_OP_DICT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const b = L[sp - 1]; if (b.ob_type !== PyDict_Type) { exec[ip] = (w & ~255) | 57; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const a = L[sp - 2]; const r = PyDict_Contains(b, a) !== (oparg === 1) ? Py_True : Py_False;
        { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[--sp - 1] = r; { if (PY_DEBUG) debug_decref(b); if (--b.ob_refcnt === 0 && (b.ob_type.tp_dealloc !== null || (b.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, b); } { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_TUPLE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { sp -= oparg; L[sp] = PyTuple_FromArraySteal(items_of(L, sp, oparg)); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_LIST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { sp -= oparg; L[sp] = build_list(L, sp, oparg); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_SET(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = build_set(L, sp, oparg); sp -= oparg; L[sp++] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_MAP(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = build_map(L, sp, oparg); sp -= 2 * oparg; L[sp++] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_STRING(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = build_string(L, sp, oparg); sp -= oparg; L[sp++] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_SLICE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const step = oparg === 3 ? L[--sp] : null; const b = L[--sp]; const a = L[--sp]; L[sp++] = build_slice_steal(a, b, step); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_TEMPLATE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const r = _PyTemplate_Build(L[sp - 2], L[sp - 1]); sp--; decref(L[sp - 1]); decref(L[sp]); L[sp - 1] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_BUILD_INTERPOLATION(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; sp = build_interpolation(L, sp, oparg); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SET_ADD(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; set_add_op(L[sp - 1 - oparg], L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MAP_ADD(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; PyDict_SetItem(L[sp - 2 - oparg], L[sp - 2], L[sp - 1]); sp -= 2; decref(L[sp]); decref(L[sp + 1]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LIST_EXTEND(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; list_extend_op(L[sp - 1 - oparg], L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SET_UPDATE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; set_update_op(L[sp - 1 - oparg], L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DICT_UPDATE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; dict_update_op(L[sp - 1 - oparg], L[sp - 1]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_DICT_MERGE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; dict_merge_op(L[sp - 1 - oparg], L[sp - 1], L[sp - 4 - oparg]); const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNPACK_SEQUENCE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_unpack_sequence(exec, ip, L[sp - 1], oparg); if ((exec[ip] & 255) !== 119 /* UNPACK_SEQUENCE */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        unpack_sequence(L, sp - 1, oparg); sp += oparg - 1; }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNPACK_SEQUENCE_TUPLE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const t = L[sp - 1]; if (t.ob_type !== PyTuple_Type || t.v.length !== oparg) { exec[ip] = (w & ~255) | 119; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const items = t.v; let k = sp - 1; for (let i = oparg - 1; i >= 0; i--) { const v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[k++] = v; } sp = k; { if (PY_DEBUG) debug_decref(t); if (--t.ob_refcnt === 0 && (t.ob_type.tp_dealloc !== null || (t.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, t); } ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNPACK_SEQUENCE_LIST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const t = L[sp - 1]; if (t.ob_type !== PyList_Type || t.v.length !== oparg) { exec[ip] = (w & ~255) | 119; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const items = t.v; let k = sp - 1; for (let i = oparg - 1; i >= 0; i--) { const v = items[i]; { if (PY_DEBUG) debug_incref(v); v.ob_refcnt++; } L[k++] = v; } sp = k; { if (PY_DEBUG) debug_decref(t); if (--t.ob_refcnt === 0 && (t.ob_type.tp_dealloc !== null || (t.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, t); } ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_UNPACK_EX(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; unpack_ex(L, sp - 1, oparg & 255, oparg >> 8); sp += (oparg & 255) + (oparg >> 8); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CONVERT_VALUE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const v = L[sp - 1]; L[sp - 1] = convert_value(v, oparg); { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_FORMAT_SIMPLE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const v = L[sp - 1]; if (v.ob_type !== PyUnicode_Type) { frame.instr = ip; frame.sp = sp; L[sp - 1] = PyObject_Format(v, null); { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_FORMAT_WITH_SPEC(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const r = PyObject_Format(L[sp - 2], L[sp - 1]); sp--; decref(L[sp - 1]); decref(L[sp]); L[sp - 1] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_JUMP_BACKWARD(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      exec[ip] = (w & ~255) | 176 /* JUMP_BACKWARD_NO_JIT */;
      first_jump();
      ip += 2 - oparg;
      if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { frame.instr = ip; frame.sp = sp; return SWITCHED; } }
      { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_JUMP_BACKWARD_JIT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 75; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_ITER(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; L[sp - 1] = PyObject_GetIter(o); { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_YIELD_FROM_ITER(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; const it = yield_from_iter((frame.co as CodePayload), o); L[sp - 1] = it; { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_FOR_ITER(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_for_iter(exec, ip, L[sp - 1], oparg); if ((exec[ip] & 255) !== 70 /* FOR_ITER */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const it = L[sp - 1];
        { const nf = frame_for_next(it); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        const v = for_iter_next(it);
        if (v === null) { ip += 3 + oparg; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        L[sp++] = v;
        if ((tstate.eval_breaker & EVAL_BLOCKED) !== 0) { if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 2; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_FOR_ITER_GEN(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const gen = L[sp - 1]; if (gen.ob_type !== PyGen_Type || gen.v.state >= GEN_EXECUTING) { exec[ip] = (w & ~255) | 70; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; frame.return_ip = ip + 2 + oparg;
        { if (PY_DEBUG) debug_incref(Py_None); Py_None.ob_refcnt++; }
        { const g = gen.v as GenPayload; const gf = g.frame; gf.localsplus[gf.sp++] = Py_None; g.state = GEN_EXECUTING;
          g.exc_state.previous = tstate.exc_info; tstate.exc_info = g.exc_state; gf.previous = frame; tstate.frame = gf; tstate.recursion_depth++;
          return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_END_FOR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const v = L[--sp]; frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_RETURN_GENERATOR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip + 1; frame.sp = sp; const gen = gen_from_frame(frame);
        frame.owner = 1;
        const back = frame.previous; frame.previous = null; tstate.frame = back; tstate.recursion_depth--;
        if (frame.is_entry) { frame.is_entry = false; { outcome.value = gen; return LEFT; } }
        const to = back!; to.localsplus[to.sp++] = gen; to.instr = to.return_ip; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SEND(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        const receiver = L[sp - 2]; const v = L[sp - 1];
        if ((receiver.ob_type === PyGen_Type || receiver.ob_type === PyCoro_Type) && receiver.v.state < GEN_EXECUTING) {
          frame.return_ip = ip + 2 + oparg; sp--; frame.sp = sp;
          { const g = receiver.v as GenPayload; const gf = g.frame; gf.localsplus[gf.sp++] = v; g.state = GEN_EXECUTING;
          g.exc_state.previous = tstate.exc_info; tstate.exc_info = g.exc_state; gf.previous = frame; tstate.frame = gf; tstate.recursion_depth++;
          return GO_ON; }
        }
        const r = send_value(receiver, v); L[sp - 1] = r; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); }
        if (sendResult.returned) { ip += 2 + oparg; { frame.instr = ip; frame.sp = sp; return GO_ON; } } }
      ip += 2; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SEND_GEN(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 106; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_END_SEND(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const v = L[--sp]; const it = L[sp - 1]; L[sp - 1] = v; frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(it); if (--it.ob_refcnt === 0 && (it.ob_type.tp_dealloc !== null || (it.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, it); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CLEANUP_THROW(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const r = cleanup_throw(L[sp - 1]);
        if (r === null) { const e = L[sp - 1]; { if (PY_DEBUG) debug_incref(e); e.ob_refcnt++; } { outcome.value = e; outcome.ip = ip; frame.sp = sp; return RERAISED; } }
        sp -= 3; decref(L[sp]); decref(L[sp + 1]); decref(L[sp + 2]); { if (PY_DEBUG) debug_incref(Py_None); Py_None.ob_refcnt++; } L[sp] = Py_None; L[sp + 1] = r; sp += 2; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_AWAITABLE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; L[sp - 1] = get_awaitable(o, oparg); { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_AITER(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; L[sp - 1] = get_aiter(o); { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_ANEXT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp] = get_anext(L[sp - 1]); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_END_ASYNC_FOR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const raised = L[sp - 1];
        if (!PyErr_GivenExceptionMatches(raised, PyExc_StopAsyncIteration)) { sp--; { outcome.value = raised; outcome.ip = ip; frame.sp = sp; return RERAISED; } }
        sp -= 2; { if (PY_DEBUG) debug_decref(raised); if (--raised.ob_refcnt === 0 && (raised.ob_type.tp_dealloc !== null || (raised.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, raised); } decref(L[sp]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        if (--exec[ip + 1] < 0 && !tstate.switch_loop) { specialize_call(exec, ip, (frame.co as CodePayload).objs, L[sp - oparg - 2], L[sp - oparg - 1], oparg); if ((exec[ip] & 255) !== 52 /* CALL */) { frame.instr = ip; frame.sp = sp; return GO_ON; } }
        const base = sp - oparg - 2; let f = L[base];
        if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
        else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);
        else if (f.ob_type === PyType_Type && L[base + 1] === null) {
          const nf = init_frame(f, L, base, sp, null);
          if (nf !== null) { frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        }
        const start = L[base + 1] === null ? base + 2 : base + 1;
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call(f, L, start, sp, null);
          frame.return_ip = ip + 4; sp = base; frame.sp = sp;
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = call_stack(f, L, start, sp);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_NON_PY_GENERAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const base = sp - oparg - 2; let f = L[base];
        if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
        else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);
        else if (f.ob_type === PyType_Type && L[base + 1] === null) {
          const nf = init_frame(f, L, base, sp, null);
          if (nf !== null) { frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        }
        const start = L[base + 1] === null ? base + 2 : base + 1;
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call(f, L, start, sp, null);
          frame.return_ip = ip + 4; sp = base; frame.sp = sp;
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = call_stack(f, L, start, sp);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_PY_GENERAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const base = sp - oparg - 2; let f = L[base];
        if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
        else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);
        else if (f.ob_type === PyType_Type && L[base + 1] === null) {
          const nf = init_frame(f, L, base, sp, null);
          if (nf !== null) { frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        }
        const start = L[base + 1] === null ? base + 2 : base + 1;
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call(f, L, start, sp, null);
          frame.return_ip = ip + 4; sp = base; frame.sp = sp;
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = call_stack(f, L, start, sp);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BOUND_METHOD_GENERAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const base = sp - oparg - 2; let f = L[base];
        if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
        else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);
        else if (f.ob_type === PyType_Type && L[base + 1] === null) {
          const nf = init_frame(f, L, base, sp, null);
          if (nf !== null) { frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        }
        const start = L[base + 1] === null ? base + 2 : base + 1;
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call(f, L, start, sp, null);
          frame.return_ip = ip + 4; sp = base; frame.sp = sp;
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = call_stack(f, L, start, sp);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BOUND_METHOD_EXACT_ARGS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const m = L[base];
        if (m.ob_type !== PyMethod_Type || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const f = m.v; if (f.ob_type !== PyFunction_Type || f.v.version !== exec[ip + 2]) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        { if (PY_DEBUG) debug_incref(f); f.ob_refcnt++; } L[base] = f; const self = m.x; { if (PY_DEBUG) debug_incref(self); self.ob_refcnt++; } L[base + 1] = self; { if (PY_DEBUG) debug_decref(m); if (--m.ob_refcnt === 0 && (m.ob_type.tp_dealloc !== null || (m.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, m); }
        frame.instr = ip; frame.return_ip = ip + 4; frame.sp = base;
        const nf = new_frame(f.v.code.v, f); const l = nf.localsplus;
        for (let i = base + 1, k = 0; i < sp; i++, k++) l[k] = L[i];
        { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_ALLOC_AND_ENTER_INIT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const type = L[base];
        if (L[base + 1] !== null || (type.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0 || type.tp_version_tag !== exec[ip + 2]) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const f = (frame.co as CodePayload).objs[ip] as Ref;
        const nf = frame_for_init(type, f, L, base, sp);
        frame.return_ip = ip + 4; sp = base; frame.sp = sp;
        { if (PY_DEBUG) debug_decref(type); if (--type.ob_refcnt === 0 && (type.ob_type.tp_dealloc !== null || (type.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, type); }
        { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_TYPE_1(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 3; if (L[base] !== PyType_Type || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const o = L[sp - 1]; const t = o.ob_type; { if (PY_DEBUG) debug_incref(t); t.ob_refcnt++; } L[base] = t; sp = base + 1; { if (PY_DEBUG) debug_decref(PyType_Type); PyType_Type.ob_refcnt--; } frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_STR_1(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 3; if (L[base] !== PyUnicode_Type || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; const r = PyObject_Str(o); L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(PyUnicode_Type); PyUnicode_Type.ob_refcnt--; } { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_TUPLE_1(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 3; if (L[base] !== PyTuple_Type || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const o = L[sp - 1]; const r = PySequence_Tuple(o); L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(PyTuple_Type); PyTuple_Type.ob_refcnt--; } { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BUILTIN_CLASS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const type = L[base];
        if (L[base + 1] !== null || (type.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0 || type.tp_vectorcall === null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const r = type.tp_vectorcall(type, items_of(L, base + 2, oparg), null);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BUILTIN_O(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const f = L[base];
        if (f.ob_type !== PyCFunction_Type || f.v.ml !== (frame.co as CodePayload).objs[ip] || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const a = L[sp - 1]; const r = f.v.ml.meth(f.v.self, a);
        L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BUILTIN_FAST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const f = L[base];
        if (f.ob_type !== PyCFunction_Type || f.v.ml !== (frame.co as CodePayload).objs[ip]) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const start = L[base + 1] === null ? base + 2 : base + 1;
        const ml = f.v.ml;
        const r = ml.meth_or_null !== null ? ml.meth_or_null(f.v.self, items_of(L, start, sp - start)) : call_native_stack(f, ml, f.v.self, L, start, sp);
        if (r === null) { outcome.value = take_failure(); frame.instr = ip; frame.sp = sp; return RAISED; }
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_BUILTIN_FAST_WITH_KEYWORDS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_LEN(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 3; if (L[base] !== builtins_len() || L[base + 1] !== null) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const o = L[sp - 1];
        { const nf = frame_for_unary(o, '__len__'); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        const r = PyLong_FromLong(PyObject_Size(o)); const f = L[base]; L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_ISINSTANCE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; if (L[base] !== builtins_isinstance() || L[base + 1] !== null || oparg !== 2) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const o = L[sp - 2]; const c = L[sp - 1]; const r = PyObject_IsInstance(o, c) ? Py_True : Py_False; const f = L[base];
        { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(o); if (--o.ob_refcnt === 0 && (o.ob_type.tp_dealloc !== null || (o.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, o); } { if (PY_DEBUG) debug_decref(c); if (--c.ob_refcnt === 0 && (c.ob_type.tp_dealloc !== null || (c.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, c); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_LIST_APPEND(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 3; const self = L[base + 1];
        if (L[base] !== list_append_descr() || self === null || self.ob_type !== PyList_Type) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        const f = L[base]; frame.instr = ip; frame.sp = sp; list_append_steal(self, L[sp - 1]); sp = base; { if (PY_DEBUG) debug_decref(self); if (--self.ob_refcnt === 0 && (self.ob_type.tp_dealloc !== null || (self.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, self); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); }
        ip += 5; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_METHOD_DESCRIPTOR_O(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const f = L[base]; const self = L[base + 1];
        if (f !== (frame.co as CodePayload).objs[ip] || self === null || self.ob_type !== f.v.d_type) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const a = L[sp - 1]; const r = f.v.row.meth(self, a);
        L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(a); if (--a.ob_refcnt === 0 && (a.ob_type.tp_dealloc !== null || (a.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, a); } { if (PY_DEBUG) debug_decref(self); if (--self.ob_refcnt === 0 && (self.ob_type.tp_dealloc !== null || (self.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, self); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_METHOD_DESCRIPTOR_NOARGS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { const base = sp - 2; const f = L[base]; const self = L[base + 1];
        if (f !== (frame.co as CodePayload).objs[ip] || self === null || self.ob_type !== f.v.d_type) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const r = f.v.row.meth(self);
        L[base] = r; sp = base + 1; { if (PY_DEBUG) debug_decref(self); if (--self.ob_refcnt === 0 && (self.ob_type.tp_dealloc !== null || (self.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, self); } { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_METHOD_DESCRIPTOR_FAST(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
    const oparg = w >> 8;
      { const base = sp - oparg - 2; const f = L[base]; const self = L[base + 1];
        if (f !== (frame.co as CodePayload).objs[ip] || self === null || self.ob_type !== f.v.d_type) { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
        frame.instr = ip; frame.sp = sp; const r = call_native_stack(f, f.v.row, self, L, base + 2, sp);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 52; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_KW(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp;
        const kwnames = L[sp - 1]; const base = sp - oparg - 3;
        let f = L[base];
        if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);
        else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);
        else if (f.ob_type === PyType_Type && L[base + 1] === null) {
          const nf = init_frame(f, L, base, sp - 1, kwnames);
          if (nf !== null) { frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } { if (PY_DEBUG) debug_decref(kwnames); if (--kwnames.ob_refcnt === 0 && (kwnames.ob_type.tp_dealloc !== null || (kwnames.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, kwnames); } { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } }
        }
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call(f, L, L[base + 1] === null ? base + 2 : base + 1, sp - 1, kwnames);
          frame.return_ip = ip + 4; sp = base; frame.sp = sp; { if (PY_DEBUG) debug_decref(kwnames); if (--kwnames.ob_refcnt === 0 && (kwnames.ob_type.tp_dealloc !== null || (kwnames.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, kwnames); }
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = PyObject_Vectorcall(f, L.slice(L[base + 1] === null ? base + 2 : base + 1, sp - 1), kwnames);
        sp = drop_call(L, base, sp); L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 4; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip += 4; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_KW_PY(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 55; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_KW_BOUND_METHOD(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 55; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_KW_NON_PY(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
    const exec = (frame.co as CodePayload).exec!;
      { exec[ip] = (w & ~255) | 55; frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_FUNCTION_EX(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp;
        let f = L[sp - 4];
        check_call_ex(L, sp);
        if (f.ob_type === PyMethod_Type) { { const nf = frame_for_method_ex(L, sp); if (nf !== null) { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; } } f = unpack_method_ex(L, sp); }
        if (f.ob_type === PyFunction_Type) {
          const nf = frame_for_call_ex(f, L[sp - 2], L[sp - 1]);
          sp -= 4; frame.sp = sp; frame.return_ip = ip + 1; decref(L[sp + 2]); if (L[sp + 3] !== null) decref(L[sp + 3]);
          { nf.previous = frame; tstate.frame = nf;
          if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, nf); return RAISED; }
          return GO_ON; }
        }
        const r = PyObject_Call(f, L[sp - 2], L[sp - 1]);
        sp -= 4; if (L[sp + 3] !== null) decref(L[sp + 3]); decref(L[sp + 2]); { if (PY_DEBUG) debug_decref(f); if (--f.ob_refcnt === 0 && (f.ob_type.tp_dealloc !== null || (f.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, f); } L[sp++] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 1; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_INTRINSIC_1(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const v = L[sp - 1]; L[sp - 1] = intrinsic_1(oparg, v, frame); { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CALL_INTRINSIC_2(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = intrinsic_2(oparg, L[sp - 2], L[sp - 1]); sp--; decref(L[sp - 1]); decref(L[sp]); L[sp - 1] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MAKE_FUNCTION(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const c = L[sp - 1]; L[sp - 1] = PyFunction_New(c, frame.f_globals); { if (PY_DEBUG) debug_decref(c); if (--c.ob_refcnt === 0 && (c.ob_type.tp_dealloc !== null || (c.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, c); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_SET_FUNCTION_ATTRIBUTE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const f = L[--sp]; const attr = L[sp - 1]; set_function_attribute(f, attr, oparg); L[sp - 1] = f; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_EXIT_INIT_CHECK(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_INTERPRETER_EXIT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_RAISE_VARARGS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const raised = do_raise(tstate, oparg > 0 ? L[sp - oparg] : null, oparg === 2 ? L[sp - 1] : null);
        for (let i = 0; i < oparg; i++) { const v = L[--sp]; { if (PY_DEBUG) debug_decref(v); if (--v.ob_refcnt === 0 && (v.ob_type.tp_dealloc !== null || (v.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, v); } }
        if (oparg === 0) { outcome.value = raised; outcome.ip = ip; frame.sp = sp; return RERAISED; }
        { outcome.value = raised; frame.instr = ip; frame.sp = sp; return RAISED; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_RERAISE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { const raised = L[--sp];
        frame.instr = oparg > 0 ? L[sp - oparg].v : ip;
        { outcome.value = raised; outcome.ip = ip; frame.sp = sp; return RERAISED; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_PUSH_EXC_INFO(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const exc = L[sp - 1]; const info = tstate.exc_info; const prev = info.exc_value;
        if (prev === null) { { if (PY_DEBUG) debug_incref(Py_None); Py_None.ob_refcnt++; } L[sp - 1] = Py_None; } else L[sp - 1] = prev;
        { if (PY_DEBUG) debug_incref(exc); exc.ob_refcnt++; } info.exc_value = exc; L[sp++] = exc; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_POP_EXCEPT(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const prev = L[--sp]; const info = tstate.exc_info; const old = info.exc_value;
        if (prev === Py_None) { { if (PY_DEBUG) debug_decref(prev); prev.ob_refcnt--; } info.exc_value = null; } else info.exc_value = prev;
        if (old !== null) { frame.instr = ip; frame.sp = sp; { if (PY_DEBUG) debug_decref(old); if (--old.ob_refcnt === 0 && (old.ob_type.tp_dealloc !== null || (old.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, old); } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CHECK_EXC_MATCH(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; const r = check_exc_match(L[sp - 2], L[sp - 1]) ? Py_True : Py_False; const t = L[sp - 1]; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp - 1] = r; { if (PY_DEBUG) debug_decref(t); if (--t.ob_refcnt === 0 && (t.ob_type.tp_dealloc !== null || (t.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, t); } ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; } }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_CHECK_EG_MATCH(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; check_eg_match(tstate, frame, L, sp); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_LOAD_SPECIAL(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; load_special(L, sp, oparg); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_WITH_EXCEPT_START(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp] = with_except_start(L, sp); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MATCH_CLASS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = match_class(L[sp - 3], L[sp - 2], oparg, L[sp - 1]); sp -= 2; const s = L[sp - 1]; L[sp - 1] = r; { if (PY_DEBUG) debug_decref(s); if (--s.ob_refcnt === 0 && (s.ob_type.tp_dealloc !== null || (s.g & 272 /* G_TOLD */) !== 0)) dealloc_at(frame, ip, sp, s); } decref(L[sp]); decref(L[sp + 1]); }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MATCH_KEYS(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp] = match_keys(L[sp - 2], L[sp - 1]); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MATCH_MAPPING(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const r = (L[sp - 1].ob_type.tp_flags & Py_TPFLAGS_MAPPING) !== 0 ? Py_True : Py_False; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp++] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_MATCH_SEQUENCE(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { const r = (L[sp - 1].ob_type.tp_flags & Py_TPFLAGS_SEQUENCE) !== 0 ? Py_True : Py_False; { if (PY_DEBUG) debug_incref(r); r.ob_refcnt++; } L[sp++] = r; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_GET_LEN(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
      { frame.instr = ip; frame.sp = sp; L[sp] = PyLong_FromLong(PyObject_Size(L[sp - 1])); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_IMPORT_NAME(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; const r = import_name(frame, (frame.co as CodePayload).names[oparg], L[sp - 1], L[sp - 2]); sp--; decref(L[sp - 1]); decref(L[sp]); L[sp - 1] = r; if (tstate.eval_breaker !== 0) { frame.instr = ip; frame.sp = sp; eval_breaker(tstate); if (tstate.switch_loop) { ip += 1; { frame.instr = ip; frame.sp = sp; return SWITCHED; } } } }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_IMPORT_FROM(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    const L: Ref[] = frame.localsplus;
    let sp = frame.sp;
    let ip = frame.instr;
    const oparg = w >> 8;
      { frame.instr = ip; frame.sp = sp; L[sp] = import_from(L[sp - 1], (frame.co as CodePayload).names[oparg]); sp++; }
      ip++; { frame.instr = ip; frame.sp = sp; return GO_ON; }
  } catch (e) {
    return raised(frame, e);
  }
}

function op_ENTER_EXECUTOR(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
    let sp = frame.sp;
    let ip = frame.instr;
      throw new Error('255 /* ENTER_EXECUTOR */ was executed');
  } catch (e) {
    return raised(frame, e);
  }
}

/** What an instruction's function throws is caught there: the fewer JavaScript frames V8 has to look at, the sooner it is done. */
function raised(frame: InterpreterFrame, e: unknown): number {
  const { exc } = as_raised(e);
  instruction_failed(frame, exc);
  outcome.value = exc;
  return RAISED;
}

function op_unknown(_tstate: PyThreadState, _frame: InterpreterFrame, w: number): number {
  throw new Error(`unknown opcode ${w & 255}`);
}

const INSTRUCTIONS: ((tstate: PyThreadState, frame: InterpreterFrame, w: number) => number)[] = [
  op_CACHE, op_BINARY_SLICE, op_BUILD_TEMPLATE, op_BINARY_OP_INPLACE_ADD_UNICODE, op_CALL_FUNCTION_EX, op_CHECK_EG_MATCH, op_CHECK_EXC_MATCH, op_CLEANUP_THROW, op_DELETE_SUBSCR, op_END_FOR, op_END_SEND, op_EXIT_INIT_CHECK, op_FORMAT_SIMPLE, op_FORMAT_WITH_SPEC, op_GET_AITER, op_GET_ANEXT, op_GET_ITER, op_RESERVED, op_GET_LEN, op_GET_YIELD_FROM_ITER, op_INTERPRETER_EXIT, op_LOAD_BUILD_CLASS, op_LOAD_LOCALS, op_MAKE_FUNCTION, op_MATCH_KEYS, op_MATCH_MAPPING, op_MATCH_SEQUENCE, op_unknown, op_unknown, op_POP_EXCEPT, op_unknown, op_unknown, op_PUSH_EXC_INFO, op_unknown, op_RETURN_GENERATOR, op_unknown, op_SETUP_ANNOTATIONS, op_STORE_SLICE, op_STORE_SUBSCR, op_TO_BOOL, op_UNARY_INVERT, op_UNARY_NEGATIVE, op_UNARY_NOT, op_WITH_EXCEPT_START, op_BINARY_OP, op_BUILD_INTERPOLATION, op_BUILD_LIST, op_BUILD_MAP, op_BUILD_SET, op_BUILD_SLICE, op_BUILD_STRING, op_BUILD_TUPLE, op_CALL, op_CALL_INTRINSIC_1, op_CALL_INTRINSIC_2, op_CALL_KW, op_COMPARE_OP, op_CONTAINS_OP, op_CONVERT_VALUE, op_unknown, op_COPY_FREE_VARS, op_DELETE_ATTR, op_DELETE_DEREF, op_DELETE_FAST, op_DELETE_GLOBAL, op_DELETE_NAME, op_DICT_MERGE, op_DICT_UPDATE, op_END_ASYNC_FOR, op_unknown, op_FOR_ITER, op_GET_AWAITABLE, op_IMPORT_FROM, op_IMPORT_NAME, op_unknown, op_JUMP_BACKWARD, op_unknown, op_unknown, op_unknown, op_LIST_EXTEND, op_LOAD_ATTR, op_LOAD_COMMON_CONSTANT, op_LOAD_CONST, op_unknown, op_unknown, op_LOAD_FAST_AND_CLEAR, op_unknown, op_unknown, op_LOAD_FAST_CHECK, op_unknown, op_LOAD_FROM_DICT_OR_DEREF, op_LOAD_FROM_DICT_OR_GLOBALS, op_LOAD_GLOBAL, op_LOAD_NAME, op_unknown, op_LOAD_SPECIAL, op_LOAD_SUPER_ATTR, op_MAKE_CELL, op_MAP_ADD, op_MATCH_CLASS, op_unknown, op_unknown, op_unknown, op_unknown, op_RAISE_VARARGS, op_RERAISE, op_SEND, op_SET_ADD, op_SET_FUNCTION_ATTRIBUTE, op_SET_UPDATE, op_STORE_ATTR, op_STORE_DEREF, op_unknown, op_unknown, op_unknown, op_STORE_GLOBAL, op_STORE_NAME, op_unknown, op_UNPACK_EX, op_UNPACK_SEQUENCE, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_RESUME, op_unknown, op_unknown, op_BINARY_OP_ADD_UNICODE, op_BINARY_OP_EXTEND, op_unknown, op_unknown, op_unknown, op_BINARY_OP_SUBSCR_GETITEM, op_unknown, op_BINARY_OP_SUBSCR_LIST_SLICE, op_BINARY_OP_SUBSCR_STR_INT, op_unknown, op_unknown, op_unknown, op_CALL_ALLOC_AND_ENTER_INIT, op_CALL_BOUND_METHOD_EXACT_ARGS, op_CALL_BOUND_METHOD_GENERAL, op_CALL_BUILTIN_CLASS, op_CALL_BUILTIN_FAST, op_CALL_BUILTIN_FAST_WITH_KEYWORDS, op_CALL_BUILTIN_O, op_CALL_ISINSTANCE, op_CALL_KW_BOUND_METHOD, op_CALL_KW_NON_PY, op_CALL_KW_PY, op_CALL_LEN, op_CALL_LIST_APPEND, op_CALL_METHOD_DESCRIPTOR_FAST, op_CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS, op_CALL_METHOD_DESCRIPTOR_NOARGS, op_CALL_METHOD_DESCRIPTOR_O, op_CALL_NON_PY_GENERAL, op_unknown, op_CALL_PY_GENERAL, op_CALL_STR_1, op_CALL_TUPLE_1, op_CALL_TYPE_1, op_unknown, op_unknown, op_unknown, op_CONTAINS_OP_DICT, op_CONTAINS_OP_SET, op_FOR_ITER_GEN, op_unknown, op_unknown, op_unknown, op_JUMP_BACKWARD_JIT, op_unknown, op_LOAD_ATTR_CLASS, op_LOAD_ATTR_CLASS_WITH_METACLASS_CHECK, op_LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN, op_unknown, op_LOAD_ATTR_METHOD_LAZY_DICT, op_unknown, op_unknown, op_LOAD_ATTR_MODULE, op_LOAD_ATTR_NONDESCRIPTOR_NO_DICT, op_LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES, op_LOAD_ATTR_PROPERTY, op_unknown, op_LOAD_ATTR_WITH_HINT, op_unknown, op_unknown, op_unknown, op_unknown, op_LOAD_SUPER_ATTR_ATTR, op_LOAD_SUPER_ATTR_METHOD, op_unknown, op_SEND_GEN, op_unknown, op_unknown, op_STORE_ATTR_WITH_HINT, op_STORE_SUBSCR_DICT, op_unknown, op_TO_BOOL_ALWAYS_TRUE, op_unknown, op_unknown, op_TO_BOOL_LIST, op_TO_BOOL_NONE, op_TO_BOOL_STR, op_UNPACK_SEQUENCE_LIST, op_UNPACK_SEQUENCE_TUPLE, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_unknown, op_ENTER_EXECUTOR,
];
