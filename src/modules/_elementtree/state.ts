// state.ts: what each copy of the module has of its own: types, and what it found in other modules.
//
//                                                                                       CPython: Modules/_elementtree.c
// A program may import the module afresh, and then has two of each type, as in CPython.

import type { PyObject, PyTypeObject } from '../../core/object.ts';

/** References are owned; the types are immortal. */
export interface State {
  readonly element_type: PyTypeObject;
  readonly iterator_type: PyTypeObject;
  readonly treebuilder_type: PyTypeObject;
  readonly xmlparser_type: PyTypeObject;
  readonly parse_error: PyTypeObject;
  /** `copy.deepcopy` */
  readonly deepcopy: PyObject;
  /** The module `xml.etree.ElementPath`. */
  readonly elementpath: PyObject;
  /** What makes comments and processing instructions unless a tree builder is told otherwise; null: nothing. */
  comment_factory: PyObject | null;
  pi_factory: PyObject | null;
}

/** By module and by type. */
const states: WeakMap<PyObject, State> = /* @__PURE__ */ new WeakMap();

export function set_state(owner: PyObject, state: State): void {
  states.set(owner, state);
}

export function state_of_module(module: PyObject): State {
  return states.get(module)!;
}

/** Of one of the module's types, or a class derived from it. CPython: get_elementtree_state_by_type */
export function state_of_type(type: PyTypeObject): State {
  let t = type;
  for (;;) {
    const state = states.get(t);
    if (state !== undefined) return state;
    t = t.tp_base!;
  }
}
