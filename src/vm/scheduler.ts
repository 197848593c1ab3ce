// scheduler.ts: Python threads, taking turns in one JavaScript thread under a model of the GIL.    CPython: Python/ceval_gil.c, pystate.c
//
// A thread is a chain of heap frames. Whoever holds the GIL runs in an eval loop; it gives the GIL up at the eval breaker
// (RESUME, backward jumps, behind calls of natives) when its slice is over, or in a call that blocks (waiting.ts).
//
// There are two ways to give it up. A thread whose innermost loop is its base loop *leaves* it: position and stack are in
// its frames, no JavaScript frame remains, and anybody may go on with it later. A thread with JavaScript frames of its own
// on the stack (the main thread; a native that called back into Python) is *pinned*: run_others() runs the other threads
// on top of it until its turn comes. So the pinned threads lie on each other, and only the topmost of them can go on.
//
// Invariants: `scheduler.running` is the thread of `current.tstate`; a thread is in `ready` exactly while its state is
// READY; EVAL_GIL_DROP_REQUEST of the running thread is set while another thread wants the GIL or a time may come at which
// one will: a program of one thread never gets here.
import { as_raised, PyErr_SetNone, Raised } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import type { HostPoll } from '../core/host.ts';
import { decref, type PyObject, put_trashcan_aside, take_trashcan_back, xdecref } from '../core/object.ts';
import {
  current,
  EVAL_BLOCKED,
  EVAL_GIL_DROP_REQUEST,
  EVAL_SIGNALS_PENDING,
  type PyInterpreterState,
  PyThreadState,
  set_current,
} from '../core/tstate.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyExc_SystemExit, set_exception_context } from '../objects/exceptions.ts';
import { OPCODE_DEOPT, RESUME } from '../opcode/opcodes.generated.ts';
import { breakerHooks } from './breaker.ts';
import { deadlock } from './deadlock.ts';
import { recursion_exceeded } from './frames.ts';
import {
  begin_seeded,
  draw_slice,
  first_in_rank,
  gilLog,
  init_gil_options,
  note_switch,
  rank_again,
  seeded,
} from './gil_log.ts';
import { run_loops } from './loops.ts';
import type { After, NativeCall } from './native_calls.ts';
import { observe_thread, observer, tell_end, type Untold, untold } from './observe.ts';
import { fail_wait, type Wait } from './waiting.ts';

export const READY = 0;
export const RUNNING = 1;
export const WAITING = 2;
export const DONE = 3;

/** What a new thread does first. */
export interface ThreadBody {
  /** The frame of a Python function (is_entry), or null after having run a native to its end. May throw. */
  begin(): InterpreterFrame | null;
  /** The thread's last act: gets what its function raised (a caught error), or null and what it returned (borrowed; null: a
   *  native ran). Throws nothing. */
  end(error: unknown, result: PyObject | null): void;
}

/** A frame whose call of a native goes on in another frame (native_calls.ts). */
interface Suspended {
  /** Unit behind the call. */
  readonly resume_ip: number;
  readonly after: After;
  readonly untold: Untold | null;
}

const NO_NAME = new Uint8Array(0);

export class PyThread {
  readonly tstate: PyThreadState;
  readonly native_id: number;
  /** As the operating system would show it: at most 15 bytes. */
  name: Uint8Array = NO_NAME;
  state: number = READY;
  /** In a seeded run with ranks: who goes first; -1: not drawn yet. */
  rank = -1;
  /** JavaScript levels this thread lies under; at 0 its frames are all there is of it. */
  pins = 0;
  /** The interpreter does not wait for its end. */
  daemon = false;
  /** What it waits for while WAITING (and until it has looked whether it got it). */
  wait: Wait | null = null;
  /** Not begun yet. */
  body: ThreadBody | null;
  end: ((error: unknown, result: PyObject | null) => void) | null;
  /** native_depth of its base loop; a loop deeper than that cannot be left. Infinity: none can. */
  base_depth = Number.POSITIVE_INFINITY;
  /** It has left, or is about to leave, its base loop. */
  leaving = false;
  /** Unit behind the call that blocked; the frame's `instr` stays at the call meanwhile. -1: none. */
  resume_ip = -1;
  /** The call that it is leaving the loop for, if somebody who observes is to be told of its end. */
  untold: Untold | null = null;
  /** The Python function that the native it is leaving the loop for calls. */
  call: NativeCall | null = null;
  /** The native that steps call (steps.ts), as if the bytecode did; null: none. */
  stepping: unknown = null;
  /** Frames of this thread below the one in which its loop began, outermost first. */
  readonly suspended: Suspended[] = [];
  /** native_depth up to which the thread lets others run on top of it without hesitation. */
  settled_depth = 0;
  constructor(tstate: PyThreadState, native_id: number, body: ThreadBody | null) {
    this.tstate = tstate;
    this.native_id = native_id;
    this.body = body;
    this.end = body === null ? null : (error, result) => body.end(error, result);
  }
}

/** Checks of the eval breaker between two looks at the clock, at the least and the most. */
const LOOK_MIN = 8;
const LOOK_MAX = 2048;
/** In a page, where the first call of anything takes much longer than the next ones. */
const LOOK_MAX_PAGED = 256;
/** A loop inside a native is left in peace for that many switch intervals; while it imports, for that many nanoseconds. */
const PATIENCE = 10;
/** However short the interval: threads that lie on each other keep each other from going on. */
const LEAST_PATIENCE_NS = 5e7;
const IMPORT_PATIENCE_NS = 1e9;

export const scheduler = {
  /** All that live, the main thread first, in the order in which they began. */
  threads: [] as PyThread[],
  ready: [] as PyThread[],
  running: null as unknown as PyThread,
  main: null as unknown as PyThread,
  /** When the running thread got the GIL. */
  slice_start: 0,
  /** The earliest end of a wait, in nanoseconds of now_ns(); Infinity: none. May be too early, never too late. */
  next_deadline: Number.POSITIVE_INFINITY,
  /** What is to be called at a time (nanoseconds of now_ns()), whoever runs or waits then: faulthandler's watch. */
  alarm: null as { readonly time: number; ring(): void } | null,
  /** Waits that something outside may end: descriptors, children, signals. */
  outside: 0,
  next_id: 2,
  /** The program shares its JavaScript thread with an event loop, as in a page: nobody waits in the host (run_a_while). */
  paged: false,
  /** When that loop wants its turn, in nanoseconds of the host's clock. */
  page_turn: Number.POSITIVE_INFINITY,
  /** Set when the main thread's outermost loop has ended, until run_bottom() passes it on. */
  outcome: null as Outcome | null,
};

/** The running thread's, in nanoseconds. */
function switch_interval(): number {
  return current.tstate.interp.gil.interval_ns;
}

/** Countdown of checks to the next look at the clock. */
let countdown = LOOK_MIN;
let look_every = LOOK_MIN;
let last_look = 0;
/** When the host is to be asked next while a thread computes, and how often. */
let next_poll = 0;
const POLL_NS = 2e6;
/** Since when all that could run lie under a thread that waits; how long that is borne. */
let stuck_since = 0;
const STUCK_NS = 5e9;

/** Monotonic time in nanoseconds: the host's, or in a seeded run one that counts checks. */
export function now_ns(): number {
  return seeded.on ? seeded.now : Number(current.tstate.interp.host.clock.monotonic_ns());
}

// --- beginning and ending ------------------------------------------------------------------------------------------------

/** Makes the running (main) thread known. */
export function init_scheduler(tstate: PyThreadState): void {
  const main = new PyThread(tstate, tstate.interp.host.process.pid, null);
  main.state = RUNNING;
  scheduler.threads = [main];
  scheduler.ready = [];
  scheduler.main = main;
  scheduler.running = main;
  breakerHooks.gil = gil_check;
  init_gil_options(tstate.interp);
}

/** A new thread that runs as soon as it gets the GIL. CPython: PyThread_start_joinable_thread */
export function start_thread(body: ThreadBody, daemon: boolean): PyThread {
  // While there is one thread only: it would take part in their turns.
  breakerHooks.warm_up?.();
  const { interp } = current.tstate;
  const id = scheduler.next_id++;
  return begin_thread(new PyThreadState(interp, id), interp.host.process.pid + id - 1, body, daemon);
}

/** Has the running thread go on as a thread of another interpreter: one with the same idents, for whose end it is to wait. */
export function enter_interpreter(interp: PyInterpreterState, body: ThreadBody): PyThread {
  breakerHooks.warm_up?.();
  const { tstate, native_id, name, daemon } = scheduler.running;
  const thread = begin_thread(new PyThreadState(interp, tstate.thread_id), native_id, body, daemon);
  thread.name = name;
  return thread;
}

function begin_thread(tstate: PyThreadState, native_id: number, body: ThreadBody, daemon: boolean): PyThread {
  tstate.recursion_limit = tstate.interp.recursion_limit;
  const thread = new PyThread(tstate, native_id, body);
  scheduler.threads.push(thread);
  if (seeded.on && !seeded.begun) {
    begin_seeded(scheduler.running);
    begin_slice();
  }
  if (scheduler.running === scheduler.main) scheduler.main.settled_depth = current.tstate.native_depth;
  thread.daemon = daemon;
  scheduler.ready.push(thread);
  want_gil();
  return thread;
}

/** Threads of an interpreter that has ended run no more. */
export function drop_threads(interp: PyInterpreterState): void {
  const ours = (t: PyThread): boolean => t.tstate.interp === interp;
  for (const t of scheduler.threads) {
    if (!ours(t)) continue;
    t.state = DONE;
    t.wait?.over();
    t.wait = null;
  }
  scheduler.threads = scheduler.threads.filter(t => !ours(t));
  scheduler.ready = scheduler.ready.filter(t => !ours(t));
}

/** The threads of the running interpreter. */
export function all_threads(): PyThread[] {
  const { interp } = current.tstate;
  return scheduler.threads.filter(t => t.tstate.interp === interp);
}

export function thread_by_id(id: number): PyThread | null {
  return all_threads().find(t => t.tstate.thread_id === id) ?? null;
}

/** How the main thread's outermost loop ended: a result (owned) or an error. */
export interface Outcome {
  readonly result: PyObject | null;
  readonly error: unknown;
}

/** The thread's function has returned (a result, owned) or raised. Runs as that thread. */
function finish(thread: PyThread, result: PyObject | null, error: unknown): void {
  thread.base_depth = Number.POSITIVE_INFINITY;
  if (thread === scheduler.main) {
    scheduler.outcome = { result, error };
    gilLog.why = 'has come to its end';
    return;
  }
  thread.end!(error, result);
  if (result !== null) decref(result);
  gilLog.why = 'ends';
  thread.state = DONE;
  const i = scheduler.threads.indexOf(thread);
  if (i >= 0) scheduler.threads.splice(i, 1);
}

// --- who is next -----------------------------------------------------------------------------------------------------------

/** Another thread wants the GIL, or may: the running one has to look up from time to time. */
export function want_gil(): void {
  current.tstate.eval_breaker |= EVAL_GIL_DROP_REQUEST;
}

/** Has `ring` called in so many nanoseconds, in the place of what was to be called before (null: nothing). */
export function set_alarm(ns: number, ring: (() => void) | null): void {
  scheduler.alarm = ring === null ? null : { time: now_ns() + ns, ring };
  if (scheduler.alarm === null) return;
  scheduler.next_deadline = Math.min(scheduler.next_deadline, scheduler.alarm.time);
  want_gil();
}

/** Puts a thread that waits among those that want the GIL. */
export function make_ready(thread: PyThread): void {
  if (thread.state !== WAITING) return;
  thread.state = READY;
  scheduler.ready.push(thread);
  want_gil();
}

/** Wakes those whose time has come, in the order of their times. */
function wake_due(now: number): void {
  const due: Wait[] = [];
  if (scheduler.alarm !== null && scheduler.alarm.time <= now) {
    const { alarm } = scheduler;
    scheduler.alarm = null;
    alarm.ring();
  }
  let next = scheduler.alarm?.time ?? Number.POSITIVE_INFINITY;
  for (const t of scheduler.threads) {
    const wait = t.wait;
    if (wait === null || t.state !== WAITING) continue;
    if (wait.deadline <= now) due.push(wait);
    else if (wait.deadline < next) next = wait.deadline;
  }
  scheduler.next_deadline = next;
  if (due.length > 1) due.sort((a, b) => a.deadline - b.deadline);
  for (const wait of due) make_ready(wait.thread);
}

const NO_FDS: HostPoll[] = [];
/** How long the host sleeps at once where it cannot wait for events. */
const STEP_NS = 5e6;

/** Waits in the host for an event, that many nanoseconds at most (Infinity: no limit), and wakes whom it concerns. */
function wait_outside(ns: number): void {
  const { host } = current.tstate.interp;
  let fds = NO_FDS;
  if (scheduler.outside > 0) {
    fds = [];
    for (const t of scheduler.threads) if (t.state === WAITING && t.wait?.fds) fds.push(...t.wait.fds);
  }
  if (host.poll !== undefined) {
    host.poll(fds, ns === Number.POSITIVE_INFINITY ? -1n : BigInt(Math.max(0, Math.ceil(ns))));
  } else if (ns > 0) host.clock.sleep_ns(BigInt(Math.ceil(Math.min(ns, STEP_NS))));
  if (scheduler.outside > 0) {
    for (const t of scheduler.threads) {
      const wait = t.wait;
      if (wait === null || t.state !== WAITING) continue;
      // A host that only looks wakes nobody for nothing.
      if ((wait.options.external === true && !scheduler.paged) || wait.fds?.some(p => p.revents !== 0)) make_ready(t);
    }
  }
  if (breakerHooks.poll_signals?.() === true) signal_arrived();
}

/** A signal has arrived: the main thread, which runs handlers, is to look up. */
export function signal_arrived(): void {
  const { main } = scheduler;
  if (main === null) return;
  main.tstate.eval_breaker |= EVAL_SIGNALS_PENDING;
  if (main.wait?.interruptible === true) make_ready(main);
}

function may_run(thread: PyThread, me: PyThread | null): boolean {
  if (thread === me) return true;
  const { tstate } = thread;
  return (
    thread.pins === 0 && (!tstate.interp.finalizing || thread === scheduler.main || tstate === tstate.interp.finalizer)
  );
}

/** Takes the next thread that can go on here, or gives null. `me` is the pinned thread on top, if any is. */
function take_ready(me: PyThread | null): PyThread | null {
  const { ready } = scheduler;
  if (scheduler.next_deadline < Number.POSITIVE_INFINITY) {
    const now = now_ns();
    if (scheduler.next_deadline <= now) wake_due(now);
  }
  const able = (t: PyThread): boolean => may_run(t, me);
  const i = seeded.ranked ? first_in_rank(ready, able) : ready.findIndex(able);
  if (i < 0) return null;
  const t = ready[i]!;
  if (i === 0) ready.shift();
  else ready.splice(i, 1);
  return t;
}

/** As take_ready, but waits for one in the host. */
function pick(me: PyThread | null): PyThread {
  for (;;) {
    // The program has ended below: what waits in a native call ends, too.
    if (scheduler.outcome !== null && me !== null && me.daemon && me.state === WAITING) fail_wait(me, null);
    const next = take_ready(me);
    if (next !== null) return next;
    idle(me);
  }
}

/** No thread can run: waits in the host for whatever may change that. */
function idle(me: PyThread | null): void {
  if (scheduler.paged) {
    wait_outside(0);
    const { wait } = me!;
    if (scheduler.ready.length === 0 && wait !== null) cannot_wait(me!, wait);
    return;
  }
  const until = scheduler.next_deadline;
  if (until === Number.POSITIVE_INFINITY && scheduler.outside === 0 && breakerHooks.may_arrive?.() !== true) {
    deadlock(me);
    return;
  }
  let ns = until === Number.POSITIVE_INFINITY ? until : Math.max(0, until - now_ns());
  // Others could run, were it not for this one's native call on top of them: no wait without end, then.
  if (me !== null && scheduler.ready.length > 0 && me.wait?.deadline === Number.POSITIVE_INFINITY) {
    const now = now_ns();
    if (stuck_since === 0) stuck_since = now;
    if (now - stuck_since >= STUCK_NS) {
      stuck_since = 0;
      deadlock(me);
      return;
    }
    ns = Math.min(ns, STUCK_NS);
  }
  if (seeded.on && ns !== Number.POSITIVE_INFINITY) seeded.now += ns;
  wait_outside(ns);
}

/** JavaScript frames keep the thread from leaving its loop, and the event loop cannot run on top of them. */
function cannot_wait(me: PyThread, wait: Wait): void {
  fail_wait(me, `cannot wait for ${wait.options.what()} inside a native call here`);
}

/** The thread gets the GIL. CPython: take_gil */
function take_gil(thread: PyThread): void {
  thread.state = RUNNING;
  stuck_since = 0;
  scheduler.running = thread;
  const { tstate } = thread;
  set_current(tstate);
  observe_thread(tstate);
  begin_slice();
  if (others_want()) tstate.eval_breaker |= EVAL_GIL_DROP_REQUEST;
  else tstate.eval_breaker &= ~EVAL_GIL_DROP_REQUEST;
  if (gilLog.on) note_switch(thread, now_ns());
}

function others_want(): boolean {
  const { ready, next_deadline, outside, paged } = scheduler;
  return ready.length > 0 || next_deadline < Number.POSITIVE_INFINITY || outside > 0 || paged;
}

function begin_slice(): void {
  if (seeded.on) {
    scheduler.slice_start = seeded.now;
    countdown = draw_slice();
  } else {
    scheduler.slice_start = last_look = now_ns();
    countdown = look_every;
  }
}

// --- running threads on top of each other ----------------------------------------------------------------------------------

/** Lets others run until it is the running thread's turn: it is in `ready`, or WAITING and will be put there. */
export function run_others(): void {
  const me = scheduler.running;
  const depth = me.tstate.native_depth;
  const trashcan = put_trashcan_aside();
  me.pins++;
  try {
    for (;;) {
      const next = pick(me);
      if (next === me) return;
      resume(next, depth + 2);
    }
  } finally {
    me.pins--;
    take_trashcan_back(trashcan);
    take_gil(me);
  }
}

/**
 * Runs the main thread's frames from the innermost on, until the outermost has returned or raised. Nothing of the main
 * thread lies below this, so it can leave its loop as the others do, and go on wherever they are run.
 */
export function run_bottom(thrown: PyObject | null): PyObject {
  const { main } = scheduler;
  const { tstate } = main;
  const depth = tstate.native_depth;
  try {
    tstate.native_depth = main.base_depth = depth + 1;
    try {
      run_base(main, thrown);
    } catch (e) {
      finish(main, null, e);
    }
    for (;;) {
      const { outcome } = scheduler;
      if (outcome !== null) {
        scheduler.outcome = null;
        if (outcome.result === null) throw outcome.error;
        return outcome.result;
      }
      resume(pick(null), depth + 1);
    }
  } finally {
    main.base_depth = Number.POSITIVE_INFINITY;
    tstate.native_depth = depth;
    if (scheduler.running !== main) take_gil(main);
  }
}

/** Has the main thread run a frame (stolen) from now on, by run_a_while(). */
export function begin_paged(frame: InterpreterFrame): void {
  const { main } = scheduler;
  main.body = { begin: () => frame, end: () => undefined };
  main.state = READY;
  scheduler.ready.push(main);
  scheduler.paged = true;
}

/**
 * Runs threads for so many milliseconds at most: how the frame of begin_paged() ended, or how long (in milliseconds; Infinity:
 * until something outside happens) it is of no use to come back.
 */
export function run_a_while(ms: number): Outcome | number {
  const { clock } = current.tstate.interp.host;
  const end = Number(clock.monotonic_ns()) + ms * 1e6;
  scheduler.page_turn = end;
  try {
    for (;;) {
      const { outcome } = scheduler;
      if (outcome !== null) {
        scheduler.outcome = null;
        scheduler.main.tstate.native_depth = 0;
        take_gil(scheduler.main);
        return outcome;
      }
      let next = take_ready(null);
      if (next === null) {
        wait_outside(0);
        next = take_ready(null);
      }
      if (next === null) {
        const until = scheduler.next_deadline;
        if (until < Number.POSITIVE_INFINITY) return Math.max(0, until - now_ns()) / 1e6;
        if (scheduler.outside > 0 || breakerHooks.may_arrive?.() === true) return until;
        deadlock(null);
      } else if (Number(clock.monotonic_ns()) >= end) {
        scheduler.ready.unshift(next);
        return 0;
      } else resume(next, 1);
    }
  } finally {
    scheduler.page_turn = Number.POSITIVE_INFINITY;
  }
}

/** Goes on with a thread that has no JavaScript frames, until it ends or leaves its loop. */
function resume(thread: PyThread, depth: number): void {
  const { tstate } = thread;
  tstate.native_depth = depth;
  take_gil(thread);
  let thrown: PyObject | null = null;
  try {
    const { body } = thread;
    if (body !== null) {
      thread.body = null;
      const frame = body.begin();
      if (frame === null) {
        finish(thread, null, null);
        return;
      }
      frame.is_entry = true;
      frame.previous = null;
      tstate.frame = frame;
      tstate.recursion_depth++;
    } else if (thread.wait !== null) {
      const { wait } = thread;
      let result: PyObject | null = null;
      let error: unknown = null;
      try {
        if (wait.interruptible) handle_signals(tstate);
        result = wait.look();
        if (result === null) {
          thread.state = WAITING;
          return;
        }
      } catch (e) {
        error = e;
      }
      thread.wait = null;
      wait.over();
      thread.base_depth = depth;
      thrown = native_goes_on(thread, wait.after, result, error);
      if (thread.wait !== null) return;
    }
    thread.base_depth = depth;
    run_base(thread, thrown);
  } catch (e) {
    finish(thread, null, e);
  }
}

/** Runs a thread's frames from the innermost on, until the last has returned (or raised), or the thread has left its loop. */
function run_base(thread: PyThread, thrown: PyObject | null): void {
  const { tstate, suspended } = thread;
  for (;;) {
    let result: PyObject | null = null;
    let error: unknown = null;
    try {
      const r = run_loops(tstate, tstate.frame!, thrown);
      thrown = null;
      if (r === null) {
        if (!thread.leaving) continue;
        thread.leaving = false;
        if (thread.wait === null && thread.call === null) {
          slice_ended(thread);
          return;
        }
        // The frame stands at the call meanwhile.
        tstate.prev_instr = -1;
        const frame = tstate.frame!;
        const behind = frame.instr;
        frame.instr = thread.resume_ip;
        thread.resume_ip = behind;
        observe_thread(tstate);
        thrown = do_asked(thread);
        if (thread.wait !== null) return;
        continue;
      }
      result = r;
    } catch (e) {
      thrown = null;
      error = e;
    }
    // The frame in which the loop began has been left.
    const outer = suspended.pop();
    if (outer === undefined) {
      if (result === null) throw error;
      finish(thread, result, null);
      return;
    }
    thread.untold = outer.untold;
    thread.resume_ip = outer.resume_ip;
    thrown = native_goes_on(thread, outer.after, result, error);
    if (thread.wait !== null) return;
  }
}

// A native that has asked for a wait or a call goes on in its `after`, and may ask for more. Both functions give what the
// thread's innermost frame is to raise at once, or null; `wait` is set if the thread is to wait.

/** The native at whose call the thread's frame stands gets what it has asked for: a result (owned) or an error. */
function native_goes_on(thread: PyThread, after: After, result: PyObject | null, error: unknown): PyObject | null {
  const frame = thread.tstate.frame!;
  try {
    result = after(result, error);
    if (result !== null && thread.untold !== null) result = tell(thread, result, null);
  } catch (e) {
    thread.resume_ip = -1;
    // Just behind the call, as the loop expects of an exception that is thrown in.
    frame.instr++;
    return as_raised(thread.untold === null ? e : told_error(thread, e)).exc;
  }
  if (result === null) return do_asked(thread);
  set_result(frame, result);
  const behind = thread.resume_ip;
  thread.resume_ip = -1;
  try {
    // The loop would look behind the call.
    if (thread === scheduler.main) handle_signals(thread.tstate);
  } catch (e) {
    frame.instr++;
    return as_raised(e).exc;
  }
  frame.instr = behind;
  return null;
}

/** The native at whose call the thread's frame stands has asked for a wait or a call: that begins. */
function do_asked(thread: PyThread): PyObject | null {
  const { tstate, call } = thread;
  if (call === null) {
    wait_begins(thread, thread.wait!);
    return null;
  }
  const outer = tstate.frame!;
  thread.call = null;
  thread.suspended.push({ resume_ip: thread.resume_ip, after: call.after, untold: thread.untold });
  thread.untold = null;
  thread.resume_ip = -1;
  const { frame, generator } = call;
  if (generator !== null) {
    generator.exc_state.previous = tstate.exc_info;
    tstate.exc_info = generator.exc_state;
  }
  frame.previous = outer;
  frame.is_entry = true;
  tstate.frame = frame;
  if (++tstate.recursion_depth <= tstate.recursion_limit) return call.thrown === null ? null : throw_in(tstate, call);
  xdecref(call.thrown);
  const { resume_ip, after, untold: told_of } = thread.suspended.pop()!;
  thread.untold = told_of;
  thread.resume_ip = resume_ip;
  return native_goes_on(thread, after, null, new Raised(recursion_exceeded(tstate, frame)));
}

/** The exception that a generator is about to be resumed with. */
function throw_in(tstate: PyThreadState, { frame, generator, thrown }: NativeCall): PyObject {
  if (generator!.exc_state.exc_value !== null) set_exception_context(thrown!);
  return observer.active ? observer.thrown(tstate, frame, thrown!) : thrown!;
}

/** Tells whoever observes that the native of the thread's call has returned, or raised. */
function tell(thread: PyThread, result: PyObject | null, error: unknown): PyObject {
  const call = thread.untold!;
  thread.untold = null;
  return tell_end(thread.tstate, call, result, error);
}

/** What is raised after the observers have been told of an error. */
function told_error(thread: PyThread, error: unknown): unknown {
  try {
    decref(tell(thread, null, error));
  } catch (e) {
    return e;
  }
  return error;
}

/** CPython: PyErr_CheckSignals */
export function handle_signals(tstate: PyThreadState): void {
  if ((tstate.eval_breaker & EVAL_SIGNALS_PENDING) === 0) return;
  tstate.eval_breaker &= ~EVAL_SIGNALS_PENDING;
  breakerHooks.signals?.(tstate);
}

/** Puts a call's result where the placeholder is. */
function set_result(frame: InterpreterFrame, result: PyObject): void {
  const L = frame.localsplus;
  const placeholder = L[frame.sp - 1]!;
  L[frame.sp - 1] = result;
  decref(placeholder);
}

/** A thread has left its loop because others want the GIL. */
function slice_ended(thread: PyThread): void {
  thread.base_depth = Number.POSITIVE_INFINITY;
  gilLog.why = 'has had its slice';
  thread.state = READY;
  scheduler.ready.push(thread);
}

/** A thread has left its loop in order to wait. */
function wait_begins(thread: PyThread, wait: Wait): void {
  thread.base_depth = Number.POSITIVE_INFINITY;
  if (gilLog.on) gilLog.why = `waits for ${wait.options.what()}`;
  thread.state = WAITING;
  if (wait.woken || wait.deadline <= now_ns()) make_ready(thread);
}

// --- the eval breaker ------------------------------------------------------------------------------------------------------

/** Makes the base loop return at the check that is being made. */
function leave(thread: PyThread): void {
  thread.leaving = true;
  thread.tstate.switch_loop = !thread.tstate.in_observed;
}

/** The eval breaker's business with threads; true if the loop is about to be left. CPython: _Py_HandlePending */
function gil_check(tstate: PyThreadState): boolean {
  const me = scheduler.running;
  if ((tstate.eval_breaker & EVAL_BLOCKED) !== 0 && tstate.native_depth === me.base_depth) {
    tstate.eval_breaker &= ~EVAL_BLOCKED;
    me.resume_ip = tstate.frame!.instr;
    me.untold = untold.last;
    untold.last = null;
    leave(me);
    return true;
  }
  if ((tstate.eval_breaker & EVAL_GIL_DROP_REQUEST) === 0) return false;
  if (--countdown > 0) return false;
  if (!slice_over()) return false;
  // The program has ended below: a daemon's native call, which keeps it from going on, ends.
  if (scheduler.outcome !== null && me.daemon && tstate.native_depth !== me.base_depth) PyErr_SetNone(PyExc_SystemExit);
  return drop_gil(me, tstate);
}

/** Looks at the clock: whether somebody waits for the GIL and the running thread has had its time. */
function slice_over(): boolean {
  if (seeded.on) {
    seeded.now += seeded.slice * seeded.ns_per_check;
    countdown = draw_slice();
  }
  const now = now_ns();
  if (!seeded.on) {
    const took = now - last_look;
    last_look = now;
    // About twenty looks in an interval.
    const step = switch_interval() / 20;
    if (took > step && look_every > LOOK_MIN) look_every >>= 1;
    else if (took < step / 2 && look_every < (scheduler.paged ? LOOK_MAX_PAGED : LOOK_MAX)) look_every <<= 1;
    countdown = look_every;
  }
  if (scheduler.next_deadline <= now) wake_due(now);
  if (now >= scheduler.page_turn) return true;
  if (scheduler.outside > 0 && now >= next_poll) {
    next_poll = now + POLL_NS;
    wait_outside(0);
  }
  if (scheduler.ready.length === 0) {
    if (!others_want()) current.tstate.eval_breaker &= ~EVAL_GIL_DROP_REQUEST;
    return false;
  }
  if (seeded.ranked && rank_again(scheduler.running, scheduler.ready)) return false;
  return seeded.on || now - scheduler.slice_start >= switch_interval();
}

/** Forced to give the GIL up. True if the loop is about to be left. CPython: drop_gil, take_gil */
function drop_gil(me: PyThread, tstate: PyThreadState): boolean {
  if (tstate.native_depth === me.base_depth) {
    // The observed loop tells of a RESUME once only: not here.
    if (tstate.in_observed && at_resume(tstate.frame!)) return false;
    leave(me);
    return true;
  }
  if (tstate.native_depth > me.settled_depth && !patience_over(tstate)) return false;
  let somebody = false;
  for (const t of scheduler.ready) if (t.pins === 0) somebody = true;
  if (!somebody) return false;
  gilLog.why = 'has had its slice';
  me.state = READY;
  scheduler.ready.push(me);
  run_others();
  return false;
}

function at_resume(frame: InterpreterFrame): boolean {
  const word = (frame.co as CodePayload).exec![frame.instr]!;
  return OPCODE_DEOPT[word & 255] === RESUME;
}

/** Whether a loop inside a native has gone on for so long that others may lie on top of it. */
function patience_over(tstate: PyThreadState): boolean {
  const patience = Math.max(PATIENCE * switch_interval(), LEAST_PATIENCE_NS);
  return now_ns() - scheduler.slice_start > (tstate.importing > 0 ? IMPORT_PATIENCE_NS : patience);
}
