// fill.ts: filling dicts and instances, of which a pickle may have many with the same keys.
//
// An Unpickler keeps how the last ones came out: the next with the very same key objects (a pickle has each once, and refers to it)
// is made as a copy of that, without looking keys up. What is kept is borrowed, and only compared with.

import {
  DICT_DIRECT,
  decref,
  G_INLINE_ORDER,
  G_INLINE_VALUES,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { PyGetSetDescr_Type } from '../../objects/descrobject.ts';
import { fill_from, fill_like, fill_small, fits_pattern, pattern_of } from '../../objects/dict/patterns.ts';
import type { DictTable } from '../../objects/dict/table.ts';
import { PyDict_CheckExact, PyDict_New, PyDict_SetItem, type PyDictObject } from '../../objects/dictobject.ts';
import { PyObject_GenericGetAttr } from '../../objects/object.ts';
import { instance_dict_is_empty } from '../../objects/typeobject/object.ts';
import { _PyType_Lookup } from '../../objects/typeobject.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';

/** Patterns are told apart by their first keys. */
interface Entry {
  readonly first: PyObject;
  pattern: DictTable | null;
}

const MOST_PATTERNS = 4;

/** How the dicts filled last came out. */
export class DictPatterns {
  private readonly entries: Entry[] = [];
  private oldest = 0;

  /** Fills a dict that is empty with the keys and values in turn at `stack[at...]`, all of which are taken off the stack. */
  fill(dict: PyDictObject, stack: PyObject[], at: number): void {
    const first = stack[at]!;
    const entry = this.entry_of(first);
    const pattern = entry === null ? null : entry.pattern;
    if (pattern !== null && fits_pattern(pattern, stack, at) && fill_like(dict.v, pattern, stack, at + 1)) {
      drop(stack, at);
      return;
    }
    if (fill_small(dict.v, stack, at)) drop(stack, at);
    else fill_each(dict, stack, at);
    if (entry !== null) entry.pattern = pattern_of(dict.v);
    else {
      this.entries[this.oldest] = { first, pattern: null };
      this.oldest = (this.oldest + 1) % MOST_PATTERNS;
    }
  }

  private entry_of(first: PyObject): Entry | null {
    const { entries } = this;
    for (let i = 0; i < entries.length; i++) if (entries[i]!.first === first) return entries[i]!;
    return null;
  }
}

/** Takes off what others own now. */
function drop(stack: PyObject[], at: number): void {
  while (stack.length > at) stack.pop();
}

function fill_each(dict: PyDictObject, stack: PyObject[], at: number): void {
  try {
    for (let i = at; i < stack.length; i += 2) PyDict_SetItem(dict, stack[i]!, stack[i + 1]!);
  } finally {
    while (stack.length > at) decref(stack.pop()!);
  }
}

/** What is known of a class of instances. */
interface Built {
  /** The class's version then. */
  readonly version: number;
  /** The keys of the state, and what dict came of it. */
  readonly state: DictTable;
  readonly pattern: DictTable;
}

/** Whether it is as new: its values are to stand in itself, and there are none. */
export function has_no_attributes(inst: PyObject): boolean {
  return (inst.g & G_INLINE_VALUES) !== 0 && instance_dict_is_empty(inst);
}

/** How the instances built last came out. */
export class InstancePatterns {
  private readonly classes: Map<PyTypeObject, Built | null> = new Map();

  /** Sets the attributes of a new instance from its state, if it is as an earlier one. */
  build(inst: PyObject, state: PyObject): boolean {
    const type = inst.ob_type;
    const built = this.classes.get(type);
    if (built == null || built.version !== type.tp_version_tag || !PyDict_CheckExact(state)) return false;
    if (!has_no_attributes(inst)) return false;
    const { keys, values } = state.v;
    if (!same_keys(keys, built.state.keys)) return false;
    const dict = PyDict_New();
    if (!fill_from(dict.v, built.pattern, values)) {
      decref(dict);
      return false;
    }
    inst.g &= ~(G_INLINE_VALUES | G_INLINE_ORDER);
    inst.d = dict;
    return true;
  }

  /** Learns from an instance that was new and has got its state; from the second of its class on. */
  learn(inst: PyObject, state: PyObject): void {
    const type = inst.ob_type;
    if (!this.classes.has(type)) {
      this.classes.set(type, null);
      return;
    }
    if (!is_plain(type) || !PyDict_CheckExact(state)) return;
    if ((inst.g & G_INLINE_VALUES) !== 0 || inst.d === null || !PyDict_CheckExact(inst.d as PyObject)) return;
    const keys = pattern_of(state.v);
    const pattern = pattern_of((inst.d as PyDictObject).v);
    // (the class keeps the keys that it shares)
    if (keys === null || pattern === null || pattern.split === null || pattern.used !== keys.used) return;
    this.classes.set(type, { version: type.tp_version_tag, state: keys, pattern });
  }
}

function same_keys(keys: readonly (PyObject | null)[], known: readonly (PyObject | null)[]): boolean {
  if (keys.length !== known.length) return false;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== known[i]) return false;
  return true;
}

/** Whether state goes into the `__dict__` that instances of the class have by themselves, with nobody asked. */
function is_plain(type: PyTypeObject): boolean {
  if (type.tp_getattro !== PyObject_GenericGetAttr || type.tp_dict_kind !== DICT_DIRECT) return false;
  if (_PyType_Lookup(type, _Py_ID('__setstate__')) !== null || type.tp_version_tag === 0) return false;
  return _PyType_Lookup(type, _Py_ID('__dict__'))?.ob_type === PyGetSetDescr_Type;
}
