// recorder.ts: the observer that counts: instructions, calls, times, lines, native calls, of every thread.
//
// The eval loop tells of each instruction before it runs. A call is what begins at a code object's first instruction; a frame
// is left at RETURN_VALUE, YIELD_VALUE, RETURN_GENERATOR, or by an exception. Each thread has a stack of entries of its own, and
// heals it where natives come in between: what stands above the frame that runs has ended.
// Invariant: `own` times and instructions of all nodes add up to the whole: every moment belongs to one entry.
// Only types are imported from the interpreter: its functions come through the port (src/vm/tool_port.ts).
import type { InterpreterFrame } from '../../core/frame.ts';
import type { PyObject } from '../../core/object.ts';
import type { PyThreadState } from '../../core/tstate.ts';
import {
  CALL,
  CALL_FUNCTION_EX,
  CALL_KW,
  RETURN_GENERATOR,
  RETURN_VALUE,
  YIELD_VALUE,
} from '../../opcode/opcodes.generated.ts';
import type { CodePayload, ToolPort } from '../../vm/tool_port.ts';
import { PassOn } from './pass_on.ts';

/** A function of Python's, or a native. */
export class FunctionRecord {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  calls = 0;
  resumes = 0;
  /** Entries that are open: recursion must not count a moment twice in `total`. */
  depth = 0;
  /** Milliseconds; instructions. */
  own = 0;
  total = 0;
  ownInstructions = 0;
  totalInstructions = 0;
  readonly code: CodeRecord | null;
  constructor(id: number, name: string, file: string, line: number, code: CodeRecord | null) {
    this.id = id;
    this.name = name;
    this.file = file;
    this.line = line;
    this.code = code;
  }
}

/** Counts of a code object's units. */
export class CodeRecord {
  readonly payload: CodePayload;
  readonly hits: Float64Array;
  /** Milliseconds by the unit where a line began; empty unless lines are timed. */
  readonly times: Float64Array;
  /** How often a line began to run. */
  readonly entries: Float64Array;
  /** Line of each unit. */
  readonly lines: Int32Array;
  function: FunctionRecord | null = null;
  constructor(payload: CodePayload, lines: Int32Array, timed: boolean) {
    this.payload = payload;
    this.hits = new Float64Array(payload.co_code.length >> 1);
    this.lines = lines;
    this.times = new Float64Array(timed ? lines.length : 0);
    this.entries = new Float64Array(timed ? lines.length : 0);
  }
}

/** A node of the tree of calls: a function as called along one path. */
export class CallNode {
  readonly fn: FunctionRecord;
  readonly parent: CallNode | null;
  readonly children = new Map<FunctionRecord, CallNode>();
  calls = 0;
  own = 0;
  ownInstructions = 0;
  readonly depth: number;
  constructor(fn: FunctionRecord, parent: CallNode | null) {
    this.fn = fn;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
  }
}

/** Something that runs: a frame, or a native called by one. */
interface Entry {
  readonly node: CallNode;
  /** The frame; for a native, the frame that called it. */
  readonly frame: InterpreterFrame;
  readonly native: boolean;
  readonly started: number;
  readonly startedInstructions: number;
}

interface ThreadRecord {
  readonly id: number;
  readonly root: CallNode;
  readonly stack: Entry[];
}

/** Paths deeper than this are counted where they reach it: recursion without end makes no tree without end. */
const DEEPEST_TREE = 400;
const MOST_EVENTS = 400_000;

export interface RecorderOptions {
  /** Time lines, too. */
  readonly lines: boolean;
  /** Keep begin and end of each call, for a timeline. */
  readonly events: boolean;
}

export class Recorder extends PassOn {
  readonly functions: FunctionRecord[] = [];
  readonly threads = new Map<number, ThreadRecord>();
  readonly codes = new Map<CodePayload, CodeRecord>();
  /** Times of beginnings (>= 0) and ends (their complement), with the function's number and the thread's. */
  readonly eventTimes: number[] = [];
  readonly eventFunctions: number[] = [];
  readonly eventThreads: number[] = [];
  private readonly port: ToolPort;
  private readonly options: RecorderOptions;
  private readonly natives = new Map<string, FunctionRecord>();
  private tstate: PyThreadState | null = null;
  private thread!: ThreadRecord;
  /** The frame that runs, and what belongs to it; null where the next instruction has to find out. */
  private frame: InterpreterFrame | null = null;
  private hits: Float64Array = new Float64Array(0);
  private code: CodeRecord | null = null;
  private line = -1;
  private lineUnit = 0;
  private lineSince = 0;
  executed = 0;
  /** When the clock was read last: everything before is charged. */
  private since = 0;
  private sinceInstructions = 0;
  readonly begun: number;

  /** Milliseconds, monotonic. */
  private readonly clock: () => number;

  constructor(port: ToolPort, options: RecorderOptions, clock: () => number) {
    super();
    this.clock = clock;
    this.port = port;
    this.options = options;
    this.begun = this.clock();
    this.since = this.begun;
  }

  // --- what the eval loop tells -------------------------------------------------------------------------------------------

  override instruction(
    tstate: PyThreadState,
    frame: InterpreterFrame,
    prev: number,
    base: number,
    oparg: number,
  ): number {
    const ip = frame.instr;
    if (tstate !== this.tstate) this.switchThread(tstate);
    if (ip === 0) this.enter(frame, true);
    else if (frame !== this.frame) this.arrive(frame);
    this.executed++;
    this.hits[ip]!++;
    if (this.options.lines) {
      const line = this.code!.lines[ip]!;
      if (line !== this.line) this.nextLine(line, ip);
    }
    // No range check: the few opcodes that matter are compared one by one.
    if (base === RETURN_VALUE || base === YIELD_VALUE || base === RETURN_GENERATOR) this.leave();
    else if (base === CALL || base === CALL_KW || base === CALL_FUNCTION_EX) this.maybeNative(frame, base, oparg);
    return this.inner.active ? this.inner.instruction(tstate, frame, prev, base, oparg) : ip;
  }

  override c_return(tstate: PyThreadState, frame: InterpreterFrame, func: PyObject, arg0: PyObject | null): void {
    this.endNative(tstate, frame);
    if (this.inner.active) this.inner.c_return(tstate, frame, func, arg0);
  }

  override c_raise(
    tstate: PyThreadState,
    frame: InterpreterFrame,
    func: PyObject,
    arg0: PyObject | null,
    exc: PyObject,
  ): PyObject {
    this.endNative(tstate, frame);
    return this.inner.active ? this.inner.c_raise(tstate, frame, func, arg0, exc) : exc;
  }

  override unwound(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject {
    if (tstate === this.tstate) {
      const { stack } = this.thread;
      let top = stack.length - 1;
      while (top >= 0 && stack[top]!.frame !== frame) top--;
      if (top >= 0) {
        // A native that the frame was calling has ended with it.
        while (top > 0 && stack[top]!.native && stack[top - 1]!.frame === frame) top--;
        while (stack.length > top) this.leave();
      }
    }
    return this.inner.active ? this.inner.unwound(tstate, frame, exc, at) : exc;
  }

  // --- entries ------------------------------------------------------------------------------------------------------------

  /** Charges what passed since the last time to the entry on top. Gives the time. */
  private charge(): number {
    const now = this.clock();
    const { stack, root } = this.thread;
    const node = stack.length > 0 ? stack[stack.length - 1]!.node : root;
    const passed = now - this.since;
    const instructions = this.executed - this.sinceInstructions;
    node.own += passed;
    node.fn.own += passed;
    node.ownInstructions += instructions;
    node.fn.ownInstructions += instructions;
    this.since = now;
    this.sinceInstructions = this.executed;
    return now;
  }

  private push(fn: FunctionRecord, frame: InterpreterFrame, native: boolean, call: boolean): void {
    const now = this.charge();
    const { stack, root, id } = this.thread;
    const above = stack.length > 0 ? stack[stack.length - 1]!.node : root;
    let node = above;
    if (above.depth < DEEPEST_TREE) {
      const known = above.children.get(fn);
      if (known === undefined) above.children.set(fn, (node = new CallNode(fn, above)));
      else node = known;
    }
    if (call) {
      fn.calls++;
      node.calls++;
    } else fn.resumes++;
    fn.depth++;
    stack.push({ node, frame, native, started: now, startedInstructions: this.executed });
    if (this.options.events && this.eventTimes.length < MOST_EVENTS) {
      this.eventTimes.push(now - this.begun);
      this.eventFunctions.push(fn.id);
      this.eventThreads.push(id);
    }
  }

  /** The entry on top has ended. */
  private leave(): void {
    if (this.options.lines) this.nextLine(-1, 0);
    const now = this.charge();
    const entry = this.thread.stack.pop();
    this.frame = null;
    if (entry === undefined) return;
    const { fn } = entry.node;
    if (--fn.depth === 0) {
      fn.total += now - entry.started;
      fn.totalInstructions += this.executed - entry.startedInstructions;
    }
    if (this.options.events && this.eventTimes.length < MOST_EVENTS) {
      this.eventTimes.push(-(now - this.begun));
      this.eventFunctions.push(fn.id);
      this.eventThreads.push(this.thread.id);
    }
  }

  private enter(frame: InterpreterFrame, call: boolean): void {
    this.dropEnded(frame);
    if (this.options.lines) this.nextLine(-1, 0);
    this.push(this.functionOf(frame), frame, false, call);
    this.use(frame);
  }

  /** Another frame runs than before: it goes on, or is resumed, or was entered in the middle. */
  private arrive(frame: InterpreterFrame): void {
    const { stack } = this.thread;
    for (let i = stack.length - 1; i >= 0; i--) {
      if (stack[i]!.native || stack[i]!.frame !== frame) continue;
      while (stack.length > i + 1) this.leave();
      this.use(frame);
      return;
    }
    this.enter(frame, false);
  }

  /** Ends entries above the new frame's caller: an exception went through a native, say. */
  private dropEnded(frame: InterpreterFrame): void {
    const { stack } = this.thread;
    const caller = frame.previous;
    for (let i = stack.length - 1; i >= 0; i--) {
      if (stack[i]!.frame !== caller) continue;
      while (stack.length > i + 1) this.leave();
      return;
    }
  }

  private use(frame: InterpreterFrame): void {
    const code = this.codeOf(frame.co as CodePayload);
    this.frame = frame;
    this.code = code;
    this.hits = code.hits;
    this.line = -1;
  }

  private switchThread(tstate: PyThreadState): void {
    if (this.tstate !== null) {
      if (this.options.lines) this.nextLine(-1, 0);
      this.charge();
    }
    this.tstate = tstate;
    const id = tstate.thread_id;
    let thread = this.threads.get(id);
    if (thread === undefined) {
      const fn = this.record(this.threads.size === 0 ? 'main thread' : `thread ${id}`, '', 0, null);
      thread = { id, root: new CallNode(fn, null), stack: [] };
      this.threads.set(id, thread);
    }
    this.thread = thread;
    this.frame = null;
  }

  // --- natives ------------------------------------------------------------------------------------------------------------

  private maybeNative(frame: InterpreterFrame, base: number, oparg: number): void {
    const at = base === CALL ? frame.sp - oparg - 2 : base === CALL_KW ? frame.sp - oparg - 3 : frame.sp - 4;
    const callable = frame.localsplus[at]!;
    const type = callable.ob_type;
    if (type === this.port.types.function) return;
    if (type === this.port.types.method) {
      if ((callable as PyObject<PyObject>).v.ob_type === this.port.types.function) return;
    }
    const name = this.port.native_name(callable);
    let fn = this.natives.get(name);
    if (fn === undefined) this.natives.set(name, (fn = this.record(name, '', 0, null)));
    this.push(fn, frame, true, true);
  }

  private endNative(tstate: PyThreadState, frame: InterpreterFrame): void {
    if (tstate !== this.tstate) this.switchThread(tstate);
    const { stack } = this.thread;
    for (let i = stack.length - 1; i >= 0; i--) {
      if (!stack[i]!.native || stack[i]!.frame !== frame) continue;
      while (stack.length > i) this.leave();
      return;
    }
  }

  // --- records ------------------------------------------------------------------------------------------------------------

  private record(name: string, file: string, line: number, code: CodeRecord | null): FunctionRecord {
    const fn = new FunctionRecord(this.functions.length, name, file, line, code);
    this.functions.push(fn);
    return fn;
  }

  private codeOf(payload: CodePayload): CodeRecord {
    let code = this.codes.get(payload);
    if (code === undefined) {
      code = new CodeRecord(payload, this.port.lines_of(payload), this.options.lines);
      this.codes.set(payload, code);
    }
    return code;
  }

  private functionOf(frame: InterpreterFrame): FunctionRecord {
    const code = this.codeOf(frame.co as CodePayload);
    if (code.function === null) {
      const { text } = this.port;
      const { co_qualname, co_filename, co_firstlineno } = code.payload;
      code.function = this.record(text(co_qualname), text(co_filename), co_firstlineno, code);
    }
    return code.function;
  }

  /** A line begins (or, with -1, ends): what passed belongs to the one before. */
  private nextLine(line: number, unit: number): void {
    const now = this.clock();
    if (this.line >= 0 && this.code !== null) this.code.times[this.lineUnit]! += now - this.lineSince;
    if (line >= 0) this.code!.entries[unit]!++;
    this.line = line;
    this.lineUnit = unit;
    this.lineSince = now;
  }

  /** Ends what is still open. */
  finish(): void {
    for (const thread of this.threads.values()) {
      this.tstate = null;
      this.thread = thread;
      while (thread.stack.length > 0) this.leave();
    }
  }
}
