// unpickler.ts: an Unpickler's state: its stack, marks and memo; how it finds classes.      CPython: Modules/_pickle.c

import { items_of } from '../../core/arrays.ts';
import { PyErr_ExceptionMatches, PyErr_SetString, type Raised } from '../../core/errors.ts';
import { decref, incref, newref, type PyObject, xdecref } from '../../core/object.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItem } from '../../objects/dictobject.ts';
import { chain_exceptions } from '../../objects/exceptions/create.ts';
import { PyExc_AttributeError, PyExc_MemoryError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyObject_GetAttr, repr_string } from '../../objects/object.ts';
import { tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { DictPatterns, type InstancePatterns } from './fill.ts';
import { check_str, checked_pair, get_deep_attribute, import_by_name } from './global.ts';
import { Input } from './input.ts';
import { pickle_state, UnpicklingError } from './state.ts';

/** Numbers for which CPython would ask for more than 16 GiB of memory. */
const MAX_INDEX = 2 ** 30;

export class Unpickler {
  input = new Input();
  /** Whether __init__ ran. */
  ready = false;
  /** Whether load() runs. */
  running = false;
  /** Owned. */
  stack: PyObject[] = [];
  /** Heights of the stack where MARKs were set. */
  marks: number[] = [];
  /** The last of them: what lies below may not be taken. */
  fence = 0;
  /** Owned, by their numbers. */
  memo: (PyObject | undefined)[] = [];
  memo_count = 0;
  /** What CPython would have allocated, for __sizeof__. */
  memo_size = 32;
  marks_size = 0;
  /** How dicts and instances came out. */
  dict_patterns = new DictPatterns();
  instance_patterns: InstancePatterns | null = null;
  proto = 0;
  fix_imports = true;
  /** For the strs of Python 2; 'bytes' leaves them bytes. */
  encoding = 'ASCII';
  errors = 'strict';
  /** Owned: iterator over out-of-band buffers. */
  buffers: PyObject | null = null;
  /** Owned: set on this instance as `persistent_load`. */
  persistent_load_attr: PyObject | null = null;
  /** Owned while load() runs. */
  persistent_load: PyObject | null = null;

  underflow(): never {
    const message = this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow';
    return PyErr_SetString(UnpicklingError, message);
  }

  /** Takes the top of the stack; owned. CPython: Pdata_pop */
  pop(): PyObject {
    if (this.stack.length <= this.fence) this.underflow();
    return this.stack.pop()!;
  }

  /** The top of the stack; borrowed. */
  top(): PyObject {
    if (this.stack.length <= this.fence) this.underflow();
    return this.stack[this.stack.length - 1]!;
  }

  /** Takes everything from a height on; owned. CPython: Pdata_poptuple */
  take(start: number): PyObject[] {
    if (start < this.fence) this.underflow();
    const { stack } = this;
    const n = stack.length - start;
    const items = items_of(stack, start, n);
    for (let i = 0; i < n; i++) stack.pop();
    return items;
  }

  /** Drops everything from a height on. CPython: Pdata_clear */
  truncate(height: number): void {
    const { stack } = this;
    while (stack.length > height) decref(stack.pop()!);
  }

  mark(): void {
    const n = this.marks.length;
    if (n + 1 >= this.marks_size) this.marks_size = n * 2 + 20;
    this.fence = this.stack.length;
    this.marks.push(this.fence);
  }

  unmark(): number {
    if (this.marks.length < 1) PyErr_SetString(UnpicklingError, 'could not find MARK');
    const mark = this.marks.pop()!;
    this.fence = this.marks.length > 0 ? this.marks[this.marks.length - 1]! : 0;
    return mark;
  }

  /** Pushes the object of that number. CPython: load_get */
  memo_get(i: number): void {
    const o = i >= 0 ? this.memo[i] : undefined;
    if (o === undefined) PyErr_SetString(UnpicklingError, `Memo value not found at index ${i}`);
    incref(o);
    this.stack.push(o);
  }

  /** Numbers the top of the stack. CPython: load_memoize */
  memoize(): void {
    const i = this.memo_count;
    if (i !== this.memo.length || i >= this.memo_size) {
      this.memo_put(i, this.top());
      return;
    }
    const o = this.top();
    incref(o);
    this.memo.push(o);
    this.memo_count++;
  }

  /** CPython: _Unpickler_MemoPut */
  memo_put(i: number, o: PyObject): void {
    if (i >= this.memo_size) this.memo_size = i * 2;
    if (i > MAX_INDEX) PyErr_SetString(PyExc_MemoryError, '');
    incref(o);
    const old = this.memo[i];
    this.memo[i] = o;
    if (old !== undefined) decref(old);
    else this.memo_count++;
  }

  clear_memo(): void {
    const { memo } = this;
    const dense = this.memo_count === memo.length;
    this.memo = [];
    this.memo_count = 0;
    if (dense) for (let i = 0; i < memo.length; i++) decref(memo[i]!);
    else for (const i in memo) decref(memo[i]!);
  }

  /** CPython: _pickle_Unpickler_find_class_impl */
  find_class(module_name: PyObject, global_name: PyObject): PyObject {
    PySys_Audit('pickle.find_class', module_name, global_name);
    let module_part = module_name;
    let name = global_name;
    if (this.proto < 3 && this.fix_imports) {
      const state = pickle_state();
      const key = tuple_pair_steal(newref(module_name), newref(global_name));
      let pair: PyObject | null;
      try {
        pair = PyDict_GetItem(state.name_mapping_2to3, key);
      } finally {
        decref(key);
      }
      if (pair !== null) [module_part, name] = checked_pair(pair, 'NAME_MAPPING');
      else {
        const renamed = PyDict_GetItem(state.import_mapping_2to3, module_name);
        if (renamed !== null) {
          check_str(renamed, 'IMPORT_MAPPING');
          module_part = renamed;
        }
      }
    }
    const module = import_by_name(module_part);
    try {
      if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, `attribute name must be string, not '${name.ob_type.tp_name}'`);
      }
      const text = PyUnicode_AsString(name);
      if (this.proto < 4 || !text.includes('.')) return PyObject_GetAttr(module, name);
      return this.resolve(module, text, module_part, name);
    } finally {
      decref(module);
    }
  }

  private resolve(module: PyObject, path: string, module_name: PyObject, name: PyObject): PyObject {
    try {
      return get_deep_attribute(module, path.split('.'));
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
      try {
        const what = `Can't resolve path ${repr_string(name)} on module ${repr_string(module_name)}`;
        PyErr_SetString(PyExc_AttributeError, what);
      } catch (newer) {
        chain_exceptions(e as Raised, newer as Raised);
        throw newer;
      }
    }
  }

  /** Gives up all references. CPython: Unpickler_clear */
  clear(): void {
    this.input.clear();
    const { buffers, persistent_load, persistent_load_attr } = this;
    this.buffers = null;
    this.persistent_load = null;
    this.persistent_load_attr = null;
    this.ready = false;
    xdecref(buffers);
    xdecref(persistent_load);
    xdecref(persistent_load_attr);
    this.marks.length = 0;
    this.marks_size = 0;
    this.fence = 0;
    this.truncate(0);
    this.clear_memo();
  }
}
