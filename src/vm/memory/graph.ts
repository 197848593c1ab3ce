// graph.ts: who holds an object, why it lives, and what would go with it.          CPython: Objects/object.c (_Py_GetRefTotal, _Py_GetObjects)
//
// Nothing is kept for this: what refers to what is found by the types' own tp_traverse, from the collector's lists, the
// threads' frames and the static types. References that no traversal shows belong to the interpreter itself.
// Invariant: `holders(o).length` is what sys.getrefcount shows.
import type { InterpreterFrame } from '../../core/frame.ts';
import { generation, objects_of } from '../../core/gc.ts';
import {
  G_INLINE_VALUES,
  is_immortal,
  type PyObject,
  type PyTypeObject,
  SLOTS_IN_FIELDS,
  SlotState,
  type visitproc,
} from '../../core/object.ts';
import { current, type PyInterpreterState } from '../../core/tstate.ts';
import { PyDict_Check, PyList_Check, PyTuple_Check, PyType_Check } from '../../objects/checks.ts';
import type { CodePayload } from '../../objects/codeobject.ts';
import type { PyDictObject } from '../../objects/dictobject.ts';
import { frame_visit } from '../../objects/frameobject.ts';
import { repr_string } from '../../objects/object.ts';
import { allocated_size } from '../../objects/object_size.ts';
import { PyBaseObject_Type } from '../../objects/typeobject.ts';
import { borrowed_references, slot_is_uncounted } from '../borrowed.ts';
import { scheduler } from '../scheduler.ts';

/** One reference to an object. */
export interface Holder {
  /** `object`: another object has it; `frame`: a running frame; `native`: the interpreter, outside of any object. */
  readonly kind: 'object' | 'frame' | 'native';
  /** The object that has it (borrowed); the function's code for a frame; null for the interpreter. */
  readonly holder: PyObject | null;
  /** Where in the holder: `[3]`, `value of 'k'`, `.name`, `local x`, `stack 0`. */
  readonly where: string;
}

/** Frames of all threads, innermost first. */
function* running_frames(): Generator<InterpreterFrame> {
  const threads = scheduler.threads.length > 0 ? scheduler.threads.map(t => t.tstate) : [current.tstate];
  for (const tstate of threads) for (let f = tstate.frame; f !== null; f = f.previous) yield f;
}

/** `slot`: the index in localsplus, -1 for what the frame holds elsewhere. */
function visit_frame(frame: InterpreterFrame, visit: (o: PyObject, where: string, slot: number) => void): void {
  const co = frame.co as CodePayload;
  for (let i = 0; i < frame.sp; i++) {
    const o = frame.localsplus[i];
    if (o === null || o === undefined) continue;
    const name = i < co.nlocalsplus ? (co.varnames[i] as PyObject<string> | undefined)?.v : undefined;
    visit(o, name !== undefined ? `local ${name}` : `stack ${i - co.nlocalsplus}`, i);
  }
  if (frame.f_func !== null) visit(frame.f_func, 'function', -1);
  visit(frame.f_code, 'code', -1);
  if (frame.f_locals !== null) visit(frame.f_locals, 'namespace', -1);
  if (frame.on_return !== null) visit(frame.on_return, 'value to return', -1);
}

/** What the interpreter holds by itself, as far as it has a name. */
function visit_interpreter(visit: (o: PyObject, where: string) => void): void {
  const interp = current.tstate.interp;
  for (const name of ['modules', 'builtins', 'sysdict', 'importlib', 'import_func'] as const) {
    const o = interp[name as keyof PyInterpreterState] as PyObject | null;
    if (o !== null) visit(o, `interpreter ${name}`);
  }
}

function visit_static_types(visit: (o: PyObject) => void): void {
  const seen = new Set<PyTypeObject>();
  const walk = (type: PyTypeObject): void => {
    if (seen.has(type)) return;
    seen.add(type);
    visit(type);
    for (const sub of type.tp_subclasses) walk(sub);
  };
  walk(PyBaseObject_Type);
}

/** What an object refers to, keys included that tp_traverse of dicts passes over. */
function visit_held(o: PyObject, visit: visitproc): void {
  o.ob_type.tp_traverse?.(o, visit);
  if (!PyDict_Check(o)) return;
  const { keys, hashes } = (o as PyDictObject).v;
  if (hashes === null) for (const key of keys) if (key !== null) visit(key);
}

/** Every object that can be found, each once. */
export function live_objects(): Set<PyObject> {
  const seen = new Set<PyObject>();
  const queue: PyObject[] = [];
  const visit = (o: PyObject): void => {
    if (seen.has(o)) return;
    seen.add(o);
    queue.push(o);
  };
  for (const n of [0, 1, 2, 3]) objects_of(generation(n)).forEach(visit);
  visit_static_types(visit);
  visit_interpreter(visit);
  for (const frame of running_frames()) visit_frame(frame, visit);
  for (let o = queue.pop(); o !== undefined; o = queue.pop()) visit_held(o, visit);
  return seen;
}

/** The sum of the counts of all mortal objects. CPython: _Py_GetGlobalRefTotal */
export function total_references(): number {
  let n = 0;
  for (const o of live_objects()) if (!is_immortal(o)) n += o.ob_refcnt;
  return n;
}

/** The names of the places of `holder` in which `o` is, as far as they can be named. */
function places(holder: PyObject, o: PyObject): string[] {
  const found: string[] = [];
  const { v, ob_type: type } = holder;
  const in_fields = type.ht_slot_count > 0 && type.ht_no_payload;
  if (in_fields) {
    if (v === o) found.push('slot 0');
    if (holder.x === o) found.push('slot 1');
  } else if (PyDict_Check(holder)) {
    const { keys, values } = v as { keys: (PyObject | null)[]; values: (PyObject | null)[] };
    keys.forEach((key, i) => {
      if (key === o) found.push('key');
      if (key !== null && values[i] === o) found.push(`value of ${repr_string(key)}`);
    });
  } else if (PyList_Check(holder) || PyTuple_Check(holder)) {
    (v as PyObject[]).forEach((item, i) => {
      if (item === o) found.push(`[${i}]`);
    });
  } else if (v === o) found.push('value');
  else if (typeof v === 'object' && v !== null && !Array.isArray(v)) {
    for (const [name, field] of Object.entries(v)) if (field === o) found.push(`.${name}`);
  }
  if (!in_fields && holder.x === o) found.push('self');
  const state = holder.d;
  if (state === o) found.push('.__dict__');
  else if (state instanceof SlotState) {
    if (state.dict === o) found.push('.__dict__');
    state.values.forEach((value, i) => {
      if (value === o) found.push(`slot ${in_fields ? SLOTS_IN_FIELDS + i : i}`);
    });
  } else if ((holder.g & G_INLINE_VALUES) !== 0) {
    const names = holder.ob_type.ht_cached_keys!.names as PyObject<string>[];
    (state as (PyObject | null)[]).forEach((value, i) => {
      if (value === o) found.push(`.${names[i]!.v}`);
    });
  }
  if (PyType_Check(holder)) {
    if (holder.tp_base === o) found.push('.__base__');
    if (holder.tp_dict === o) found.push('.__dict__');
    if (holder.tp_mro === o) found.push('.__mro__');
    if (holder.tp_bases === o) found.push('.__bases__');
  }
  if (holder.ob_type === o) found.push('type');
  return found;
}

/** Every reference to an object that CPython would count; what holds the rest of the count is the interpreter. */
export function holders(o: PyObject): Holder[] {
  const found: Holder[] = [];
  const generators = new Map<PyObject, InterpreterFrame>();
  for (const frame of running_frames()) {
    if (frame.generator !== null) generators.set(frame.generator, frame);
    visit_frame(frame, (held, where, slot) => {
      if (held !== o || (slot >= 0 && slot_is_uncounted(frame, slot))) return;
      found.push({ kind: 'frame', holder: frame.f_code, where });
    });
  }
  for (const holder of live_objects()) {
    let n = 0;
    visit_held(holder, held => {
      if (held === o) n++;
    });
    // What a generator that is on holds in its frame has been told as the frame's.
    const frame = generators.get(holder);
    if (frame !== undefined) {
      frame_visit(frame, true, held => {
        if (held === o) n--;
      });
    }
    if (n === 0) continue;
    const names = places(holder, o);
    for (let i = 0; i < n; i++) found.push({ kind: 'object', holder, where: names[i] ?? 'inside' });
  }
  visit_interpreter((held, where) => {
    if (held === o) found.push({ kind: 'native', holder: null, where });
  });
  if (is_immortal(o)) return found;
  const count = o.ob_refcnt - borrowed_references(o);
  while (found.length < count) found.push({ kind: 'native', holder: null, where: 'interpreter' });
  return found;
}

/** The shortest way from a root to the object: the root's reference first. Empty if there is none: it is garbage. */
export function path_to(o: PyObject): Holder[] {
  const from = new Map<PyObject, Holder>();
  const queue: PyObject[] = [];
  const root =
    (kind: 'frame' | 'native', holder: PyObject | null) =>
    (held: PyObject, where = 'static type') => {
      if (from.has(held)) return;
      from.set(held, { kind, holder, where });
      queue.push(held);
    };
  visit_interpreter(root('native', null));
  for (const frame of running_frames()) visit_frame(frame, root('frame', frame.f_code));
  visit_static_types(root('native', null));
  for (let i = 0; i < queue.length && !from.has(o); i++) {
    const holder = queue[i]!;
    visit_held(holder, held => {
      if (from.has(held)) return;
      from.set(held, { kind: 'object', holder, where: '' });
      queue.push(held);
    });
  }
  const path: Holder[] = [];
  for (let at: PyObject | null = o; at !== null; ) {
    const step = from.get(at);
    if (step === undefined) return [];
    const named: Holder = step.kind === 'object' ? { ...step, where: places(step.holder!, at)[0] ?? 'inside' } : step;
    path.unshift(named);
    at = step.kind === 'object' ? step.holder : null;
  }
  return path;
}

/** What would die with the object: everything that lives through it only, itself included, and CPython's bytes of all that. */
export function retained(o: PyObject): { objects: PyObject[]; bytes: number } {
  // As the collector does: outside references are what is left of the counts when those from within are taken off.
  const outside = new Map<PyObject, number>([[o, 0]]);
  const reached: PyObject[] = [o];
  for (let i = 0; i < reached.length; i++) {
    visit_held(reached[i]!, held => {
      if (outside.has(held) || is_immortal(held)) return;
      outside.set(held, held.ob_refcnt);
      reached.push(held);
    });
  }
  for (const holder of reached) {
    visit_held(holder, held => {
      const n = outside.get(held);
      if (n !== undefined && held !== o) outside.set(held, n - 1);
    });
  }
  const saved = new Set<PyObject>();
  const queue = reached.filter(held => outside.get(held)! > 0);
  for (let held = queue.pop(); held !== undefined; held = queue.pop()) {
    if (saved.has(held) || held === o) continue;
    saved.add(held);
    visit_held(held, next => {
      if (outside.has(next) && !saved.has(next)) queue.push(next);
    });
  }
  const objects = reached.filter(held => !saved.has(held));
  return { objects, bytes: objects.reduce((sum, held) => sum + allocated_size(held), 0) };
}
