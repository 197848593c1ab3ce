// pass_on.ts: an observer that only passes on what it is told to the program's own: the base of those that look.
import type { InterpreterFrame } from '../../core/frame.ts';
import type { PyObject } from '../../core/object.ts';
import type { PyThreadState } from '../../core/tstate.ts';
import type { Observer, ToolObserver } from '../../vm/observe.ts';

export class PassOn implements ToolObserver {
  readonly active = true;
  inner!: Observer;

  instruction(tstate: PyThreadState, frame: InterpreterFrame, prev: number, base: number, oparg: number): number {
    return this.inner.active ? this.inner.instruction(tstate, frame, prev, base, oparg) : frame.instr;
  }

  watches(tstate: PyThreadState, frame: InterpreterFrame): boolean {
    return this.inner.active && this.inner.watches(tstate, frame);
  }

  call(tstate: PyThreadState, frame: InterpreterFrame, func: PyObject, arg0: PyObject | null): void {
    if (this.inner.active) this.inner.call(tstate, frame, func, arg0);
  }

  c_return(tstate: PyThreadState, frame: InterpreterFrame, func: PyObject, arg0: PyObject | null): void {
    if (this.inner.active) this.inner.c_return(tstate, frame, func, arg0);
  }

  c_raise(
    tstate: PyThreadState,
    frame: InterpreterFrame,
    func: PyObject,
    arg0: PyObject | null,
    exc: PyObject,
  ): PyObject {
    return this.inner.active ? this.inner.c_raise(tstate, frame, func, arg0, exc) : exc;
  }

  iterated(tstate: PyThreadState, frame: InterpreterFrame, to: number): number {
    return this.inner.active ? this.inner.iterated(tstate, frame, to) : to;
  }

  raise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject {
    return this.inner.active ? this.inner.raise(tstate, frame, exc, at) : exc;
  }

  reraise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject {
    return this.inner.active ? this.inner.reraise(tstate, frame, exc, at) : exc;
  }

  unwound(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject {
    return this.inner.active ? this.inner.unwound(tstate, frame, exc, at) : exc;
  }

  thrown(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): PyObject {
    return this.inner.active ? this.inner.thrown(tstate, frame, exc) : exc;
  }

  handled(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, target: number): PyObject | null {
    return this.inner.active ? this.inner.handled(tstate, frame, exc, target) : null;
  }
}
