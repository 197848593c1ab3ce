// visit.ts: a thread that runs in another interpreter for a while.                      CPython: Python/crossinterp.c, _PyXI_Enter
//
// The visit is a thread of the other interpreter with the idents of the one that makes it, which waits for its end. So what
// runs there blocks, and gives its turn to others, as in any other thread.
import { Raised } from '../../core/errors.ts';
import type { InterpreterFrame } from '../../core/frame.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import type { PyInterpreterState } from '../../core/tstate.ts';
import { Py_None } from '../../objects/object.ts';
import { enter_interpreter, scheduler, type ThreadBody } from '../../vm/scheduler.ts';
import type { Steps } from '../../vm/steps.ts';
import { WaitQueue } from '../../vm/waiting.ts';
import { clear_thread } from '../_thread/handle.ts';

/** What is to be done in the other interpreter. */
export interface Errand {
  /** Runs natives, or gives the frame of a Python function that is to run. May throw. */
  begin(): InterpreterFrame | null;
  /** Gets what was raised (a caught error), or null and what the function has returned (borrowed; null: there was none). */
  end(error: unknown, result: PyObject | null): void;
}

class Visitor implements ThreadBody {
  readonly errand: Errand;
  readonly queue = new WaitQueue();
  over = false;
  constructor(errand: Errand) {
    this.errand = errand;
  }

  begin(): InterpreterFrame | null {
    return this.errand.begin();
  }

  end(error: unknown, result: PyObject | null): void {
    this.errand.end(error, result);
    clear_thread(scheduler.running);
    this.over = true;
    this.queue.wake_all();
  }
}

/** Runs an errand in an interpreter, as a step; returns when it is done. */
export function* visit(interp: PyInterpreterState, errand: Errand): Steps<void> {
  const visitor = new Visitor(errand);
  enter_interpreter(interp, visitor);
  decref(
    yield {
      attempt: () => (visitor.over ? newref(Py_None) : null),
      expired: () => newref(Py_None),
      timeout_ns: -1n,
      queue: visitor.queue,
      signals: false,
      what: () => `code in interpreter ${interp.id}`,
    },
  );
}

/** An errand of natives; what it raises (an owned exception) is kept. */
export class NativeErrand implements Errand {
  readonly act: () => void;
  /** What else was thrown. */
  failure: unknown = null;
  constructor(act: () => void) {
    this.act = act;
  }

  begin(): null {
    this.act();
    return null;
  }

  end(error: unknown): void {
    this.failure = error;
    // An exception is its interpreter's own.
    if (error instanceof Raised) decref(error.exc);
  }
}
