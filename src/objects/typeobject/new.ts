// new.ts: what `type(name, bases, dict)` (a class statement) makes.                CPython: Objects/typeobject.c (type_new)
import { PyErr_SetString, as_raised } from '../../core/errors.ts';
import { gc_new } from '../../core/gc.ts';
import { DICT_DIRECT, DICT_NONE, DICT_SLOTTED, PyObject, PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_INLINE_VALUES, Py_TPFLAGS_MANAGED_DICT, Py_TPFLAGS_MANAGED_WEAKREF, Py_TPFLAGS_READY, SharedKeys, SLOTS_IN_FIELDS, decref, get_slot, incref, newref, new_slot_state, swap_slot, xdecref, xnewref } from '../../core/object.ts';
import type { MemberSpec } from '../../core/spec.ts';
import { PySequence_Tuple } from '../abstract.ts';
import { PyObject_Call, PyObject_CallTwoArgs } from '../call.ts';
import { PyDict_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from '../checks.ts';
import { PyCell_Set, PyCell_Type } from '../cellobject.ts';
import { PyDescr_NewGetSet, PyDescr_NewMember } from '../descrobject.ts';
import { PyDict_Contains, PyDict_Copy, PyDict_DelItem, PyDict_GetItem, PyDict_Items, PyDict_Next, PyDict_SetItem, type PyDictObject, qualified_name } from '../dictobject.ts';
import { PyExc_AttributeError, PyExc_RuntimeWarning, PyExc_TypeError, PyExc_ValueError, add_exception_note, set_attribute_error } from '../exceptions.ts';
import { PyClassMethod_New, PyFunction_Type, PyStaticMethod_New } from '../funcobject.ts';
import { PyList_FromAppendedSteal } from '../listobject.ts';
import { PyObject_GenericGetDict, PyObject_GenericSetDict, replace_instance_dict, PyObject_GetOptionalAttr, PyObject_GetOptionalAttrString, Py_None, repr_string } from '../object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from '../tupleobject.ts';
import { PyType_Modified, PyBaseObject_Type, PyType_IsSubtype, _PyType_Lookup, fixup_slot_dispatchers, inherit_pattern_flags, inherit_special, subtype_clear, subtype_dealloc, subtype_traverse } from '../typeobject.ts';
import { PyUnicode_AsString, PyUnicode_AsUTF8, PyUnicode_FromString, PyUnicode_Type, PyUnicode_InternInPlace, _Py_ID, intern_borrowed, unicode_is_identifier } from '../unicodeobject.ts';
import { PyErr_WarnEx } from '../warnings.ts';
import { PyWeakref_getset } from '../weakrefobject.ts';
import { type PyInterpreterState, current, interpreters, is_main_interpreter } from '../../core/tstate.ts';
import { best_base } from './layout.ts';
import { mro_internal } from './mro.ts';
import { PySuper_Type } from './super.ts';

/** The most derived metaclass among the given one and those of the bases. CPython: _PyType_CalculateMetaclass */
export function calculate_metaclass(metatype: PyTypeObject, bases: readonly PyObject[]): PyTypeObject {
  let winner = metatype;
  for (const b of bases) {
    const t = b.ob_type;
    if (PyType_IsSubtype(winner, t)) continue;
    if (PyType_IsSubtype(t, winner)) {
      winner = t;
      continue;
    }
    PyErr_SetString(
      PyExc_TypeError,
      'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
    );
  }
  return winner;
}

/** CPython: Objects/typeobject.c:type_new */
export function type_new(metatype: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = (args as PyObject<PyObject[]>).v;
  if (items.length !== 3) {
    PyErr_SetString(PyExc_TypeError, `type.__new__() takes exactly 3 arguments (${items.length} given)`);
  }
  const [name, bases, orig_dict] = items as [PyObject, PyObject, PyObject];
  const check = (o: PyObject, ok: boolean, i: number, want: string): void => {
    if (!ok) PyErr_SetString(PyExc_TypeError, `type.__new__() argument ${i} must be ${want}, not ${o.ob_type.tp_name}`);
  };
  check(name, PyUnicode_Check(name), 1, 'str');
  check(bases, PyTuple_Check(bases), 2, 'tuple');
  check(orig_dict, PyDict_Check(orig_dict), 3, 'dict');
  let base_items = (bases as PyObject<PyObject[]>).v;
  for (const b of base_items) {
    if (PyType_Check(b)) continue;
    const entries = PyObject_GetOptionalAttr(b, _Py_ID('__mro_entries__'));
    if (entries !== null) {
      decref(entries);
      PyErr_SetString(PyExc_TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
    }
  }
  const winner = calculate_metaclass(metatype, base_items);
  if (winner !== metatype && winner.tp_new !== type_new && winner.tp_new !== null) return winner.tp_new(winner, args, kwargs);
  if (base_items.length === 0) base_items = [PyBaseObject_Type];
  for (const b of base_items) {
    if (!PyType_Check(b)) PyErr_SetString(PyExc_TypeError, 'bases must be types');
  }
  const text = PyUnicode_AsUTF8(name);
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'type name must not contain null characters');
  const type = build(winner, name, text, bases, base_items as PyTypeObject[], orig_dict);
  try {
    call_set_names(type);
    call_init_subclass(type, kwargs);
  } catch (e) {
    decref(type);
    throw e;
  }
  return type;
}

function build(metatype: PyTypeObject, name: PyObject, text: string, given: PyObject, bases: PyTypeObject[], orig_dict: PyObject): PyTypeObject {
  const base = best_base(bases);
  const dict = PyDict_Copy(orig_dict);
  const type = metatype_alloc(metatype, text);
  try {
    type.tp_base = base;
    incref(base);
    type.tp_bases = (given as PyObject<PyObject[]>).v.length > 0 ? newref(given) : PyTuple_FromArray(bases);
    type.tp_dict = dict;
    type.ht_name = newref(name);
    type.ht_qualname = newref(name);
    type.tp_flags = Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC;
    type.tp_basicsize = base.tp_basicsize;
    type.tp_itemsize = base.tp_itemsize;
    type.tp_dealloc = subtype_dealloc;
    type.tp_traverse = subtype_traverse;
    type.tp_clear = subtype_clear;
    type.tp_alloc = base.tp_alloc;
    warn_non_string_keys(dict, text);
    const slots = set_layout(type, bases, dict, text);
    set_attributes(type, dict, text);
    set_classcell(type, dict);
    add_slot_members(type, dict, slots);
    add_instance_getset(type, dict);
    if (!PyDict_Contains(dict, _Py_ID('__doc__'))) PyDict_SetItem(dict, _Py_ID('__doc__'), Py_None);
    inherit_special(type, base);
    mro_internal(type);
    inherit_pattern_flags(type);
    for (const b of bases) b.tp_subclasses.add(type);
    if (!is_main_interpreter()) owners.set(type, current.tstate.interp);
    type.tp_flags |= Py_TPFLAGS_READY;
    fixup_slot_dispatchers(type);
    set_hash_none(type, dict);
    if (type.tp_dict_kind === DICT_DIRECT && (type.tp_flags & Py_TPFLAGS_MANAGED_DICT) !== 0 && type.tp_itemsize === 0) {
      type.tp_flags |= Py_TPFLAGS_INLINE_VALUES;
    }
    if ((type.tp_flags & Py_TPFLAGS_MANAGED_DICT) !== 0) {
      type.ht_cached_keys = new SharedKeys();
      const attributes = PyDict_GetItem(dict, _Py_ID('__static_attributes__'));
      if (attributes !== null && PyTuple_Check(attributes)) {
        type.ht_cached_keys.reserve(attributes.v.filter(name => name.ob_type === PyUnicode_Type).map(intern_borrowed));
      }
    }
  } catch (e) {
    decref(type);
    throw e;
  }
  return type;
}

function metatype_alloc(metatype: PyTypeObject, name: string): PyTypeObject {
  const type = new PyTypeObject(name);
  type.ob_type = metatype;
  if ((metatype.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) {
    incref(metatype);
    if (metatype.ht_slot_count > 0) type.d = new_slot_state(metatype);
  }
  gc_new(type);
  return type;
}

const may_add_dict = (base: PyTypeObject): boolean => base.tp_dict_kind === DICT_NONE && base.tp_dictoffset === 0;
const may_add_weak = (base: PyTypeObject): boolean => base.tp_weaklistoffset === 0 && base.tp_itemsize === 0;

/** `__slots__`, `__dict__`, `__weakref__`. CPython: type_new_slots */
function set_layout(type: PyTypeObject, bases: PyTypeObject[], dict: PyObject, text: string): PyObject[] {
  const base = type.tp_base!;
  const slots = PyDict_GetItem(dict, _Py_ID('__slots__'));
  let add_dict = may_add_dict(base);
  let add_weak = may_add_weak(base);
  let slot_order: PyObject[] = [];
  type.ht_slot_count = base.ht_slot_count;
  type.ht_no_payload = base === PyBaseObject_Type || base.ht_no_payload;
  type.tp_dict_kind = base.tp_dict_kind;
  type.tp_dictoffset = base.tp_dictoffset;
  type.tp_weaklistoffset = base.tp_weaklistoffset;
  if (slots !== null) {
    const wanted = slot_names(slots, base, text);
    let want_dict = false;
    let want_weak = false;
    const names: PyObject[] = [];
    try {
      for (const n of wanted) {
        const s = PyUnicode_AsString(n);
        if (s === '__dict__') {
          if (!add_dict || want_dict) PyErr_SetString(PyExc_TypeError, '__dict__ slot disallowed: we already got one');
          want_dict = true;
        } else if (s === '__weakref__') {
          if (!add_weak || want_weak) PyErr_SetString(PyExc_TypeError, '__weakref__ slot disallowed: we already got one');
          want_weak = true;
        } else {
          const mangled = PyUnicode_InternInPlace(PyUnicode_FromString(mangle(text, s)));
          names.push(mangled);
          if (PyDict_Contains(dict, mangled) && s !== '__qualname__' && s !== '__classcell__' && s !== '__classdictcell__') {
            PyErr_SetString(PyExc_ValueError, `${repr_string(mangled)} in __slots__ conflicts with class variable`);
          }
        }
      }
      // Another base may bring a dict or weak references of its own.
      for (const b of bases) {
        if (b === base) continue;
        if (!want_dict && add_dict && b.tp_dict_kind !== DICT_NONE) want_dict = true;
        if (!want_weak && add_weak && b.tp_weaklistoffset !== 0) want_weak = true;
      }
      names.sort((a, b) => (PyUnicode_AsString(a) < PyUnicode_AsString(b) ? -1 : 1));
      type.ht_slot_count += names.length;
      type.tp_basicsize += 8 * names.length;
      type.ht_slots = PyTuple_FromArray(names);
      slot_order = names; // kept alive by ht_slots
    } finally {
      for (const n of names) decref(n);
      for (const n of wanted) decref(n);
    }
    add_dict = want_dict;
    add_weak = want_weak;
  }
  const has_dict = add_dict || base.tp_dict_kind !== DICT_NONE;
  type.tp_dict_kind = !has_dict ? DICT_NONE : type.ht_slot_count > 0 ? DICT_SLOTTED : DICT_DIRECT;
  if (add_dict) {
    type.tp_flags |= Py_TPFLAGS_MANAGED_DICT;
    type.tp_dictoffset = -1;
  }
  if ((base.tp_flags & Py_TPFLAGS_MANAGED_DICT) !== 0) type.tp_flags |= Py_TPFLAGS_MANAGED_DICT;
  if (add_weak) {
    type.tp_flags |= Py_TPFLAGS_MANAGED_WEAKREF;
    type.tp_weaklistoffset = -32;
  }
  if ((base.tp_flags & Py_TPFLAGS_MANAGED_WEAKREF) !== 0) type.tp_flags |= Py_TPFLAGS_MANAGED_WEAKREF;
  return slot_order;
}

/** Descriptors for the slots (borrowed names). CPython: type_new_descriptors */
function add_slot_members(type: PyTypeObject, dict: PyObject, names: PyObject[]): void {
  let place = type.ht_slot_count - names.length - (type.ht_no_payload ? SLOTS_IN_FIELDS : 0);
  for (let i = 0; i < names.length; i++) {
    const descr = PyDescr_NewMember(type, slot_member(PyUnicode_AsString(names[i]!), place++));
    PyDict_SetItem(dict, names[i]!, descr);
    decref(descr);
  }
}

/** `__dict__` and `__weakref__`, where this class brings them. */
function add_instance_getset(type: PyTypeObject, dict: PyObject): void {
  const base = type.tp_base!;
  if ((type.tp_flags & ~base.tp_flags & Py_TPFLAGS_MANAGED_DICT) !== 0) {
    set_getset(type, dict, { name: '__dict__', get: subtype_dict, set: subtype_setdict, doc: 'dictionary for instance variables' });
  }
  if ((type.tp_flags & ~base.tp_flags & Py_TPFLAGS_MANAGED_WEAKREF) !== 0) set_getset(type, dict, PyWeakref_getset);
}

/** The nearest built-in base whose instances have a dict. CPython: get_builtin_base_with_dict */
function builtin_base_with_dict(type: PyTypeObject): PyTypeObject | null {
  for (let t: PyTypeObject | null = type; t !== null; t = t.tp_base) {
    if (t.tp_dictoffset !== 0 && (t.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return t;
  }
  return null;
}

/** The data descriptor `__dict__` of such a base; borrowed. CPython: get_dict_descriptor, raise_dict_descr_error */
function dict_descriptor(base: PyTypeObject, o: PyObject): PyObject {
  const descr = _PyType_Lookup(base, _Py_ID('__dict__'));
  if (descr === null || descr.ob_type.tp_descr_set === null) {
    PyErr_SetString(PyExc_TypeError, `this __dict__ descriptor does not support '${o.ob_type.tp_name}' objects`);
  }
  return descr;
}

/** CPython: subtype_dict */
function subtype_dict(o: PyObject): PyObject {
  const base = builtin_base_with_dict(o.ob_type);
  if (base === null) return PyObject_GenericGetDict(o);
  const descr = dict_descriptor(base, o);
  const get = descr.ob_type.tp_descr_get;
  return get === null ? newref(descr) : get(descr, o, o.ob_type);
}

/** CPython: subtype_setdict */
function subtype_setdict(o: PyObject, value: PyObject | null): void {
  const base = builtin_base_with_dict(o.ob_type);
  if (base !== null) {
    const descr = dict_descriptor(base, o);
    descr.ob_type.tp_descr_set!(descr, o, value);
  } else if (value === null) replace_instance_dict(o, null);
  else PyObject_GenericSetDict(o, value);
}

/** CPython: Objects/typeobject.c:type_new_set_names (the warning about keys) */
function warn_non_string_keys(dict: PyObject, text: string): void {
  for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
    if (PyUnicode_Check((dict as PyDictObject).v.keys[i]!)) continue;
    PyErr_WarnEx(PyExc_RuntimeWarning, `non-string key in the __dict__ of class ${text}`, 1);
    return;
  }
}

function set_getset(type: PyTypeObject, dict: PyObject, row: Parameters<typeof PyDescr_NewGetSet>[1]): void {
  if (PyDict_Contains(dict, _Py_ID(row.name))) return;
  const descr = PyDescr_NewGetSet(type, row);
  PyDict_SetItem(dict, _Py_ID(row.name), descr);
  decref(descr);
}

/** The names in `__slots__`, checked; new references. */
function slot_names(slots: PyObject, base: PyTypeObject, _text: string): PyObject[] {
  const tuple = PyUnicode_Check(slots) ? PyTuple_FromArray([slots]) : PySequence_Tuple(slots);
  const names = (tuple as PyObject<PyObject[]>).v;
  try {
    if (names.length > 0 && base.tp_itemsize !== 0) {
      PyErr_SetString(PyExc_TypeError, `nonempty __slots__ not supported for subtype of '${base.tp_name}'`);
    }
    for (const n of names) {
      if (!PyUnicode_Check(n)) PyErr_SetString(PyExc_TypeError, `__slots__ items must be strings, not '${n.ob_type.tp_name}'`);
      if (!unicode_is_identifier(n)) PyErr_SetString(PyExc_TypeError, '__slots__ must be identifiers');
    }
    for (const n of names) incref(n);
    return names.slice();
  } finally {
    decref(tuple);
  }
}

/** Private names of a class body. CPython: _Py_Mangle */
function mangle(klass: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const bare = klass.replace(/^_+/, '');
  return bare === '' ? name : `_${bare}${name}`;
}

function slot_member(name: string, place: number): MemberSpec {
  return {
    name,
    get(o) {
      const value = get_slot(o, place);
      if (value === null) {
        set_attribute_error(`'${qualified_name(o.ob_type)}' object has no attribute '${name}'`, o, _Py_ID(name));
      }
      return newref(value);
    },
    set(o, value) {
      if (value === null && get_slot(o, place) === null) PyErr_SetString(PyExc_AttributeError, name);
      xdecref(swap_slot(o, place, xnewref(value)));
    },
    slot: place,
  } as MemberSpec & { slot: number };
}

/** `__module__`, `__qualname__`, `__doc__`, implicit class and static methods. CPython: type_new_set_attrs */
function set_attributes(type: PyTypeObject, dict: PyObject, _text: string): void {
  if (!PyDict_Contains(dict, _Py_ID('__module__'))) {
    const frame = current.tstate.frame;
    const globals = frame === null ? null : frame.f_globals;
    if (globals !== null && PyDict_Check(globals)) {
      const module = PyDict_GetItem(globals, _Py_ID('__name__'));
      if (module !== null) PyDict_SetItem(dict, _Py_ID('__module__'), module);
    }
  }
  const qualname = PyDict_GetItem(dict, _Py_ID('__qualname__'));
  if (qualname !== null) {
    if (!PyUnicode_Check(qualname)) {
      PyErr_SetString(PyExc_TypeError, `type __qualname__ must be a str, not ${qualname.ob_type.tp_name}`);
    }
    const old = type.ht_qualname!;
    type.ht_qualname = newref(qualname);
    decref(old);
    PyDict_DelItem(dict, _Py_ID('__qualname__'));
  }
  const doc = PyDict_GetItem(dict, _Py_ID('__doc__'));
  if (doc !== null && PyUnicode_Check(doc)) type.tp_doc = PyUnicode_AsUTF8(doc);
  wrap_function(dict, '__new__', PyStaticMethod_New);
  wrap_function(dict, '__init_subclass__', PyClassMethod_New);
  wrap_function(dict, '__class_getitem__', PyClassMethod_New);
}

function wrap_function(dict: PyObject, name: string, wrap: (f: PyObject) => PyObject): void {
  const func = PyDict_GetItem(dict, _Py_ID(name));
  if (func === null || func.ob_type !== PyFunction_Type) return;
  const wrapped = wrap(func);
  PyDict_SetItem(dict, _Py_ID(name), wrapped);
  decref(wrapped);
}

/** A class that defines __eq__ without __hash__ is unhashable. CPython: type_dict_set_hash (type_ready_set_hash) */
function set_hash_none(type: PyTypeObject, dict: PyObject): void {
  if (PyDict_Contains(dict, _Py_ID('__eq__')) && !PyDict_Contains(dict, _Py_ID('__hash__'))) {
    PyDict_SetItem(dict, _Py_ID('__hash__'), Py_None);
    PyType_Modified(type);
    fixup_slot_dispatchers(type);
  }
}

/** Stores the finished class where `__class__` and class-scope annotations look for it. CPython: type_new_set_classcell */
function set_classcell(type: PyTypeObject, dict: PyObject): void {
  const cell = PyDict_GetItem(dict, _Py_ID('__classcell__'));
  if (cell !== null) {
    if (cell.ob_type !== PyCell_Type) {
      PyErr_SetString(
        PyExc_TypeError,
        `__classcell__ must be a nonlocal cell, not <class '${cell.ob_type.tp_name}'>`,
      );
    }
    PyCell_Set(cell, type);
    PyDict_DelItem(dict, _Py_ID('__classcell__'));
  }
  const dictcell = PyDict_GetItem(dict, _Py_ID('__classdictcell__'));
  if (dictcell !== null) {
    if (dictcell.ob_type !== PyCell_Type) {
      PyErr_SetString(PyExc_TypeError, `__classdictcell__ must be a nonlocal cell, not <class '${dictcell.ob_type.tp_name}'>`);
    }
    PyCell_Set(dictcell, dict);
    PyDict_DelItem(dict, _Py_ID('__classdictcell__'));
  }
}

/** CPython: type_new_set_names */
function call_set_names(type: PyTypeObject): void {
  const items = PyDict_Items(type.tp_dict!);
  try {
    for (const pair of (items as PyObject<PyObject[]>).v) {
      const [key, value] = (pair as PyObject<PyObject[]>).v as [PyObject, PyObject];
      const set_name = _PyType_Lookup(value.ob_type, _Py_ID('__set_name__'));
      if (set_name === null) continue;
      const get = set_name.ob_type.tp_descr_get;
      const bound = get === null ? newref(set_name) : get(set_name, value, value.ob_type);
      try {
        decref(PyObject_CallTwoArgs(bound, type, key));
      } catch (e) {
        const raised = as_raised(e);
        add_exception_note(
          raised.exc,
          `Error calling __set_name__ on '${value.ob_type.tp_name}' instance ${repr_string(key)} in '${type.tp_name}'`,
        );
        throw raised;
      } finally {
        decref(bound);
      }
    }
  } finally {
    decref(items);
  }
}

/** super(type, type).__init_subclass__(**kwargs) */
function call_init_subclass(type: PyTypeObject, kwargs: PyObject | null): void {
  const args = PyTuple_FromArray([type, type]);
  let sup: PyObject;
  try {
    sup = PyObject_Call(PySuper_Type, args, null);
  } finally {
    decref(args);
  }
  const func = PyObject_GetOptionalAttrString(sup, '__init_subclass__');
  decref(sup);
  if (func === null) PyErr_SetString(PyExc_AttributeError, "'super' object has no attribute '__init_subclass__'");
  const empty = PyTuple_FromArraySteal([]);
  try {
    decref(PyObject_Call(func, empty, kwargs));
  } finally {
    decref(empty);
    decref(func);
  }
}

/** The interpreter of classes that were not made by the main one: built-in types are shared, their subclasses are not. */
const owners = new WeakMap<PyTypeObject, PyInterpreterState>();

function is_of_this_interpreter(type: PyTypeObject): boolean {
  return (
    (type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0 || (owners.get(type) ?? interpreters[0]) === current.tstate.interp
  );
}

/** `type.__subclasses__` order and such need a list; kept here for the attribute table. */
export function subclasses_list(type: PyTypeObject): PyObject {
  const mine = [...type.tp_subclasses].filter(is_of_this_interpreter);
  return PyList_FromAppendedSteal(mine.map(t => newref(t) as PyObject));
}
