// tracemalloc.ts: which line allocated what.                                       CPython: Python/tracemalloc.c
//
// While tracing, the constructor of every object tells of its birth here, and lists, dicts, sets and bytearrays tell when
// their tables are allocated anew. Sizes are those that CPython would allocate (object_size.ts). An object's size is taken
// at the next event, when whoever makes it has filled it in. Like CPython's, an object has up to two traces: its block,
// and its tables, which belong to the line that grew them last.
// Invariant: `total` is the sum of the sizes of all traces but the pending one's.
// Costs nothing while off: births are watched through a bit of the number that every new object starts with.
import type { InterpreterFrame } from '../core/frame.ts';
import { G_HAS_ID, incref, memoryHooks, type PyObject, watch_births, xdecref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyDict_Check, PyType_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Addr2Line } from '../objects/codeobject.ts';
import { is_incomplete } from '../objects/frameobject.ts';
import { allocated_size, block_size } from '../objects/object_size.ts';
import { forget_address } from '../objects/obmalloc.ts';
import { PyAnySet_Check } from '../objects/setobject.ts';
import { need_positions } from './observe.ts';

export const MAX_NFRAME = 65535;

/** Where something was allocated: a node of a tree of frames, innermost first. */
export class TraceNode {
  /** Owned by the tree; null in its root. */
  readonly filename: PyObject | null;
  readonly line: number;
  readonly parent: TraceNode | null;
  readonly depth: number;
  /** By code object's payload and line. */
  readonly children = new Map<CodePayload, Map<number, TraceNode>>();
  /** By the number of frames of the whole stack: what traces name. */
  readonly ends = new Map<number, Traceback>();
  constructor(filename: PyObject | null, line: number, parent: TraceNode | null) {
    this.filename = filename;
    this.line = line;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
  }

  child(frame: InterpreterFrame): TraceNode {
    const co = frame.co as CodePayload;
    let lines = this.children.get(co);
    if (lines === undefined) this.children.set(co, (lines = new Map()));
    const line = Math.max(0, PyCode_Addr2Line(frame.f_code, 2 * frame.instr));
    let node = lines.get(line);
    if (node === undefined) {
      incref(co.co_filename);
      lines.set(line, (node = new TraceNode(co.co_filename, line, this)));
    }
    return node;
  }
}

export class Traceback {
  readonly node: TraceNode;
  readonly total_nframe: number;
  constructor(node: TraceNode, total_nframe: number) {
    this.node = node;
    this.total_nframe = total_nframe;
  }

  /** The frames kept, innermost first. */
  frames(): TraceNode[] {
    const out: TraceNode[] = [];
    for (let n: TraceNode = this.node; n.parent !== null; n = n.parent) out.push(n);
    return out.reverse();
  }
}

/** What is known of an object's memory. */
export class Trace {
  /** Bytes of the object itself (0 if it was made before tracing began), and where it was made. */
  size = 0;
  traceback: Traceback;
  /** Bytes of its tables, and where they were allocated last. */
  tables = 0;
  tables_traceback: Traceback;
  constructor(traceback: Traceback) {
    this.traceback = traceback;
    this.tables_traceback = traceback;
  }
}

export const tracemalloc = {
  tracing: false,
  max_nframe: 1,
  traces: new Map<PyObject, Trace>(),
  /** Objects whose tables have a payload of their own (dicts, sets) by it. */
  owners: new WeakMap<object, PyObject>(),
  total: 0,
  peak: 0,
  root: new TraceNode(null, 0, null),
  /** The object whose size is not taken yet; whether its block is new, or its tables only. */
  pending: null as PyObject | null,
  pending_block: false,
  /** Objects that were not complete when their sizes were taken: classes, and what had no payload yet. */
  unfinished: new Set<PyObject>(),
  /** While sizes are taken or results are made nothing is traced. */
  busy: false,
};

/** Where the running thread is. CPython: traceback_new */
function current_traceback(): Traceback {
  let node = tracemalloc.root;
  let total = 0;
  const max = tracemalloc.max_nframe;
  for (let frame = current.tstate.frame; frame !== null; frame = frame.previous) {
    if (is_incomplete(frame)) continue;
    if (total < max) node = node.child(frame);
    total++;
  }
  total = Math.min(total, MAX_NFRAME);
  let end = node.ends.get(total);
  if (end === undefined) node.ends.set(total, (end = new Traceback(node, total)));
  return end;
}

/** Takes the size of the object that was made or grew last. */
function settle(): void {
  const o = tracemalloc.pending;
  if (o === null) return;
  tracemalloc.pending = null;
  const trace = tracemalloc.traces.get(o);
  if (trace === undefined || o.ob_refcnt <= 0) return;
  tracemalloc.busy = true;
  try {
    measure(o, trace, tracemalloc.pending_block);
  } finally {
    tracemalloc.busy = false;
  }
}

function measure(o: PyObject, trace: Trace, with_block: boolean): void {
  let block = 0;
  let all = 0;
  try {
    block = block_size(o);
    all = allocated_size(o);
  } catch {
    // Its maker has not given it its payload yet.
    block = all = o.ob_type === null ? 0 : o.ob_type.tp_basicsize;
    tracemalloc.unfinished.add(o);
  }
  if (PyType_Check(o)) tracemalloc.unfinished.add(o);
  tracemalloc.total -= trace.size + trace.tables;
  if (with_block) trace.size = block;
  trace.tables = Math.max(0, all - block);
  tracemalloc.total += trace.size + trace.tables;
  if (tracemalloc.total > tracemalloc.peak) tracemalloc.peak = tracemalloc.total;
  if (with_block && o.v !== null && o.ob_type !== null && (PyDict_Check(o) || PyAnySet_Check(o))) {
    tracemalloc.owners.set(o.v as object, o);
  }
}

/** An object is being made. CPython: tracemalloc_alloc */
function born(o: PyObject): void {
  o.g &= 0x7fffffff;
  if (tracemalloc.busy) return;
  settle();
  tracemalloc.traces.set(o, new Trace(current_traceback()));
  o.g |= G_HAS_ID;
  tracemalloc.pending = o;
  tracemalloc.pending_block = true;
}

/** The tables of an object (or of the one with this payload) are about to change. CPython: tracemalloc_realloc */
function resized(owner: object): void {
  if (tracemalloc.busy) return;
  const o = (owner as PyObject).ob_refcnt === undefined ? tracemalloc.owners.get(owner) : (owner as PyObject);
  if (o === undefined) return;
  let trace = tracemalloc.traces.get(o);
  if (tracemalloc.pending === o && trace !== undefined) return;
  settle();
  const traceback = current_traceback();
  if (trace === undefined) {
    trace = new Trace(traceback);
    tracemalloc.traces.set(o, trace);
    o.g |= G_HAS_ID;
  }
  trace.tables_traceback = traceback;
  tracemalloc.pending = o;
  tracemalloc.pending_block = false;
}

/** CPython: tracemalloc_free */
function freed(o: PyObject): void {
  const trace = tracemalloc.traces.get(o);
  if (trace !== undefined) {
    if (tracemalloc.pending === o) tracemalloc.pending = null;
    tracemalloc.total -= trace.size + trace.tables;
    tracemalloc.traces.delete(o);
  }
  forget_address(o);
}

/** CPython: _PyTraceMalloc_Start */
export function tracemalloc_start(max_nframe: number): void {
  if (tracemalloc.tracing) return;
  tracemalloc.tracing = true;
  tracemalloc.max_nframe = max_nframe;
  memoryHooks.born = born;
  memoryHooks.resized = resized;
  memoryHooks.freed = freed;
  watch_births(true);
  need_positions(true);
}

/** CPython: _PyTraceMalloc_Stop */
export function tracemalloc_stop(): void {
  if (!tracemalloc.tracing) return;
  watch_births(false);
  need_positions(false);
  memoryHooks.born = null;
  memoryHooks.resized = null;
  memoryHooks.freed = forget_address;
  tracemalloc.tracing = false;
  tracemalloc_clear();
}

/** Forgets all traces. CPython: _PyTraceMalloc_ClearTraces */
export function tracemalloc_clear(): void {
  tracemalloc.pending = null;
  tracemalloc.traces.clear();
  tracemalloc.unfinished.clear();
  tracemalloc.total = 0;
  tracemalloc.peak = 0;
  const nodes = [tracemalloc.root];
  tracemalloc.root = new TraceNode(null, 0, null);
  for (const node of nodes) {
    xdecref(node.filename);
    for (const lines of node.children.values()) nodes.push(...lines.values());
  }
}

/** The sum of all traces, and the highest that it was. */
export function traced_memory(): [number, number] {
  untraced(measure_unfinished);
  return [tracemalloc.total, tracemalloc.peak];
}

/** Sizes of what is complete by now. */
export function measure_unfinished(): void {
  const objects = [...tracemalloc.unfinished];
  tracemalloc.unfinished.clear();
  for (const o of objects) {
    const trace = tracemalloc.traces.get(o);
    if (trace !== undefined) measure(o, trace, trace.size > 0);
  }
}

/** Runs something that is not to be traced. */
export function untraced<T>(f: () => T): T {
  if (tracemalloc.busy) return f();
  settle();
  tracemalloc.busy = true;
  try {
    return f();
  } finally {
    tracemalloc.busy = false;
  }
}
