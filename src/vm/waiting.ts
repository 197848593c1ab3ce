// waiting.ts: calls that block.                                                          CPython: Python/parking_lot.c, lock.c
//
// A native that would block makes a Wait and returns what block() returns. If it was called straight from the bytecode of
// a thread's base loop, the thread leaves that loop: block() gives a placeholder, and the call's real result replaces it
// when the thread goes on. Otherwise JavaScript frames lie in between, and the others run on top of them.
// So nothing may happen in the native after block(), and what the Wait needs it has to own.

import { errorHooks, Raised } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import type { HostPoll } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { current, EVAL_BLOCKED } from '../core/tstate.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { type Descr, PyMethodDescr_Type } from '../objects/descrobject.ts';
import { PyExc_RuntimeError, PyExc_SystemExit } from '../objects/exceptions.ts';
import { type CFunction, PyCFunction_Type } from '../objects/methodobject.ts';
import { Py_None } from '../objects/object.ts';
import { CALL, CALL_FUNCTION_EX, CALL_KW, IMPORT_NAME, OPCODE_DEOPT } from '../opcode/opcodes.generated.ts';
import { gilLog } from './gil_log.ts';
import type { After } from './native_calls.ts';
import { handle_signals, make_ready, now_ns, type PyThread, run_others, scheduler, WAITING } from './scheduler.ts';

export interface WaitOptions {
  /** Looks whether the wait is over: the call's result (owned), or null. Runs as the waiting thread. May throw. */
  attempt(): PyObject | null;
  /** The result when the time is over. May throw. */
  expired(): PyObject;
  /** Nanoseconds to wait at most; negative: for ever. */
  timeout_ns: bigint;
  /** Where those who end such waits look. */
  queue?: WaitQueue;
  /** Descriptors, any of which ends the wait when it is ready. */
  fds?: HostPoll[];
  /** Something outside may end it at any time (a child that ends, a signal): it looks after each event of the host. */
  external?: boolean;
  /** Whether the main thread handles signals in the midst of it (else behind it). Default: it does. */
  signals?: boolean;
  /** Releases what the wait owns; called once. */
  release?(): void;
  /** For the report of a deadlock: what is waited for, and the thread_id of who has it (0: nobody in particular). */
  what(): string;
  holder?(): number;
}

export class Wait {
  readonly thread: PyThread;
  /** In nanoseconds of now_ns(). */
  readonly deadline: number;
  /** When it began. */
  readonly since: number;
  readonly options: WaitOptions;
  readonly fds: HostPoll[] | null;
  /** Somebody has said that it is worth looking. */
  woken = false;
  /** Signals are handled in the midst of it. */
  readonly interruptible: boolean;
  /** An exception that ends it (owned), or null. */
  failure: PyObject | null = null;
  /** Makes the call's result of the wait's (steps.ts). */
  after: After = same;
  constructor(options: WaitOptions) {
    this.options = options;
    this.thread = scheduler.running;
    this.since = now_ns();
    this.deadline = options.timeout_ns < 0n ? Number.POSITIVE_INFINITY : this.since + Number(options.timeout_ns);
    this.fds = options.fds === undefined || options.fds.length === 0 ? null : options.fds;
    this.interruptible = options.signals !== false && this.thread === scheduler.main;
    options.queue?.waits.push(this);
    if (this.fds !== null || options.external === true) scheduler.outside++;
    if (this.deadline < scheduler.next_deadline) scheduler.next_deadline = this.deadline;
  }

  /** The result if the wait is over, else null. */
  look(): PyObject | null {
    const { failure } = this;
    if (failure !== null) {
      this.failure = null;
      throw new Raised(failure);
    }
    const result = this.options.attempt();
    if (result !== null) {
      this.woken = false;
      return result;
    }
    if (now_ns() >= this.deadline) return this.options.expired();
    this.woken = false;
    if (this.deadline < scheduler.next_deadline) scheduler.next_deadline = this.deadline;
    return null;
  }

  /** The wait has ended, in whatever way. */
  over(): void {
    const { queue, release } = this.options;
    if (this.fds !== null || this.options.external === true) scheduler.outside--;
    if (queue !== undefined) {
      queue.remove(this);
      // Woken in vain: the next one may use it.
      if (this.woken) queue.wake_one();
    }
    release?.();
  }
}

/** The `after` of a wait or call whose outcome is the native's own. */
export function same(result: PyObject | null, error: unknown): PyObject {
  if (result === null) throw error;
  return result;
}

/** Those who wait for one thing, first come first. */
export class WaitQueue {
  waits: Wait[] = [];

  remove(wait: Wait): void {
    const i = this.waits.indexOf(wait);
    if (i >= 0) this.waits.splice(i, 1);
  }

  wake_one(): Wait | null {
    for (const wait of this.waits) {
      if (wait.woken) continue;
      wait.woken = true;
      make_ready(wait.thread);
      return wait;
    }
    return null;
  }

  wake_all(): void {
    for (const wait of this.waits) {
      wait.woken = true;
      make_ready(wait.thread);
    }
  }
}

/** Blocks the running thread: what its native is to return. `native` is the function in the method table. */
export function block(options: WaitOptions, native: unknown): PyObject {
  const me = scheduler.running;
  const wait = new Wait(options);
  if (called_directly(me, native)) {
    me.wait = wait;
    me.tstate.eval_breaker |= EVAL_BLOCKED;
    return newref(Py_None);
  }
  return block_pinned(me, wait);
}

/** Blocks in the midst of a native: the wait's result. */
export function block_here(options: WaitOptions): PyObject {
  return block_pinned(scheduler.running, new Wait(options));
}

/** Blocks where JavaScript frames of the thread's own are on the stack: the others run on top. */
function block_pinned(me: PyThread, wait: Wait): PyObject {
  const outer = me.wait;
  me.wait = wait;
  if (me === scheduler.main) me.settled_depth = Math.max(me.settled_depth, me.tstate.native_depth);
  try {
    for (;;) {
      if (gilLog.on) gilLog.why = `waits for ${wait.options.what()}`;
      me.state = WAITING;
      if (wait.woken || wait.deadline <= now_ns()) make_ready(me);
      run_others();
      if (wait.interruptible) handle_signals(me.tstate);
      const result = wait.look();
      if (result !== null) return result;
    }
  } finally {
    me.wait = outer;
    wait.over();
  }
}

/** Blocks until a descriptor is ready, the host reports something else, or the time is over (negative: no limit): how many are
 *  ready. To be asked again: 0 says nothing. */
export function wait_for_host(fds: HostPoll[], timeout_ns: bigint, signals: boolean): number {
  for (const p of fds) p.revents = 0;
  const ended = (): PyObject => newref(Py_None);
  const options: WaitOptions = {
    attempt: ended,
    expired: ended,
    timeout_ns,
    fds,
    external: true,
    signals,
    what: () => (fds.length > 0 ? `descriptor ${fds.map(p => p.fd).join(', ')}` : 'an event outside'),
  };
  block_pinned(scheduler.running, new Wait(options));
  let ready = 0;
  for (const p of fds) if (p.revents !== 0) ready++;
  return ready;
}

/** `__import__`, which the import statement calls; the import system sets it. */
export const importNative: { meth: unknown } = { meth: null };

/** Whether the instruction that runs is a call of this very native, in a loop that can be left. */
export function called_directly(me: PyThread, native: unknown): boolean {
  const { tstate } = me;
  if (tstate.native_depth !== me.base_depth || current.tstate !== tstate) return false;
  if (me.stepping !== null) return me.stepping === native;
  const frame = tstate.frame!;
  if (IMPORT_NAME === OPCODE_DEOPT[(frame.co as CodePayload).exec![frame.instr]! & 255])
    return native === importNative.meth;
  const f = callable_of(frame);
  if (f === null) return false;
  if (f.ob_type === PyCFunction_Type) return (f.v as CFunction).ml.meth === native;
  if (f.ob_type === PyMethodDescr_Type) return (f.v as Descr<{ meth: unknown }>).row.meth === native;
  return false;
}

/** Whether the bytecode of a thread's base loop is just calling this very object (an instance, a class). */
export function calls(me: PyThread, callable: PyObject): boolean {
  const { tstate } = me;
  if (tstate.native_depth !== me.base_depth || current.tstate !== tstate || me.stepping !== null) return false;
  return callable_of(tstate.frame!) === callable;
}

/** What the frame's instruction calls; null: it is none of those that call. */
function callable_of(frame: InterpreterFrame): PyObject | null {
  const word = (frame.co as CodePayload).exec![frame.instr]!;
  const oparg = word >> 8;
  switch (OPCODE_DEOPT[word & 255]) {
    case CALL:
      return frame.localsplus[frame.sp - oparg - 2] ?? null;
    case CALL_KW:
      return frame.localsplus[frame.sp - oparg - 3] ?? null;
    case CALL_FUNCTION_EX:
      return frame.localsplus[frame.sp - 4] ?? null;
    default:
      return null;
  }
}

/** Ends a thread's wait: with RuntimeError(message), or for null with SystemExit. */
export function fail_wait(thread: PyThread, message: string | null): void {
  const wait = thread.wait!;
  if (wait.failure !== null) decref(wait.failure);
  wait.failure = errorHooks.create!(message === null ? PyExc_SystemExit : PyExc_RuntimeError, message);
  make_ready(thread);
}
