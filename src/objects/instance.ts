// instance.ts: attributes of an instance's own; what a built-in type with a `__dict__` or weak references does for them when
// it is visited and freed.

import { G_INLINE_VALUES, G_WEAKREFS, type PyObject, type visitproc } from '../core/object.ts';
import { PyDict_Contains } from './dictobject.ts';
import { instance_dict_or_null } from './object.ts';
import { clear_instance_state, traverse_instance_state } from './typeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** Whether the instance itself has an attribute of that name. */
export function has_own_attribute(owner: PyObject, name: PyObject): boolean {
  if (owner.d === null) return false;
  if ((owner.g & G_INLINE_VALUES) !== 0) {
    const i = owner.ob_type.ht_cached_keys!.index.get(name);
    if (i === undefined) return false;
    const v = (owner.d as (PyObject | null)[])[i];
    return v !== null && v !== undefined;
  }
  const dict = instance_dict_or_null(owner);
  return dict !== null && PyDict_Contains(dict, name);
}

/** Clears weak references and releases the `__dict__`, unless a subclass's own deallocator has done so. */
export function release_instance(self: PyObject): void {
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
}

/** Visits the `__dict__` of an instance of a type that has one itself. */
export function traverse_instance(self: PyObject, visit: visitproc): void {
  if (self.d !== null && self.ob_type.ht_slot_count === 0) traverse_instance_state(self, visit);
}
