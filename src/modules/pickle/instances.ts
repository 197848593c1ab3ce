// instances.ts: pickling instances of plain classes, of which there may be many.
//
// How an object is reduced says its __reduce_ex__(), and then its class, __getstate__() and so on are asked for. Where all these
// are object's own, the answer is the same for all instances of the class: from the second of a dump on it is not asked for.

import { decref, incref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { _PyDict_KeysVersion, PyDict_GetItem } from '../../objects/dictobject.ts';
import { instance_dict } from '../../objects/object.ts';
import { instance_dict_is_empty, reduces_plainly, shadows_reduction } from '../../objects/typeobject/object.ts';
import { BUILD, EMPTY_TUPLE, NEWOBJ } from './opcodes.ts';
import { save } from './save.ts';
import { annotate, pickle_state } from './state.ts';
import type { Pickler } from './writer.ts';

/** What is known of a class. */
export interface Plan {
  /** The class's version when it was looked at; none of a class's where instances are not plain. */
  readonly version: number;
  /** The version of copyreg's table, which had no reducer for the class. */
  readonly table: number;
  /** The class's number in the memo. */
  readonly number: number;
}

const NOT_PLAIN: Plan = { version: -1, table: 0, number: 0 };
const MET_ONCE: Plan = { version: -1, table: 0, number: 0 };

function make_plan(p: Pickler, type: PyTypeObject): Plan {
  const number = p.memo.get(type);
  if (number === undefined || p.fast !== 0 || !reduces_plainly(type) || type.tp_version_tag === 0) return NOT_PLAIN;
  const table = pickle_state().dispatch_table;
  if (PyDict_GetItem(table, type) !== null) return NOT_PLAIN;
  return { version: type.tp_version_tag, table: _PyDict_KeysVersion(table), number };
}

/** Pickles an instance, if it is plain and an earlier one was pickled. */
export function save_plain(p: Pickler, obj: PyObject, type: PyTypeObject): boolean {
  if (p.proto < 2 || p.persistent_id !== null || p.reducer_override !== null || p.dispatch_table !== null) return false;
  let plan = p.plans.get(type);
  if (plan === undefined || plan === MET_ONCE) {
    const known = plan === undefined ? MET_ONCE : make_plan(p, type);
    p.plans.set(type, known);
    plan = known;
  }
  if (plan.version !== type.tp_version_tag) return false;
  if (plan.table !== _PyDict_KeysVersion(pickle_state().dispatch_table)) return false;
  const state = instance_dict_is_empty(obj) ? null : instance_dict(obj)!;
  if (state !== null && shadows_reduction(state)) return false;
  p.memo_get(plan.number);
  p.boundary();
  p.op(EMPTY_TUPLE);
  p.op(NEWOBJ);
  p.memo_put(obj);
  if (state === null) return true;
  incref(state);
  try {
    save(p, state);
  } catch (e) {
    try {
      annotate(e, obj, 'state');
    } catch (noted) {
      annotate(noted, obj, 'object');
    }
  } finally {
    decref(state);
  }
  p.op(BUILD);
  return true;
}
