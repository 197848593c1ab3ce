// record.ts: every change of an object's reference count, with the instruction that made it.
//
// While an object is recorded, its field `ob_refcnt` is an accessor: whoever counts, counts through it. Other objects are as
// fast as ever, but for a general property access where compiled code meets the recorded one.
import type { InterpreterFrame } from '../../core/frame.ts';
import type { PyObject } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { type CodePayload, PyCode_Addr2Line } from '../../objects/codeobject.ts';
import { OPCODE_NAMES } from '../../opcode/opcodes.generated.ts';
import { need_positions } from '../observe.ts';
import { tracemalloc } from '../tracemalloc.ts';

/** One change of a count. */
export interface CountChange {
  /** The count before and after. */
  readonly from: number;
  readonly to: number;
  /** The instruction that was running, null where no Python code ran. */
  readonly at: {
    readonly filename: string;
    readonly name: string;
    readonly line: number;
    readonly unit: number;
    readonly opname: string;
  } | null;
}

/** A recording; `changes` grows until it is stopped. */
export class CountRecording {
  readonly changes: CountChange[] = [];
  /** Borrowed; null once stopped. */
  private object: PyObject | null;

  constructor(o: PyObject) {
    this.object = o;
    let count = o.ob_refcnt;
    const { changes } = this;
    Object.defineProperty(o, 'ob_refcnt', {
      get: () => count,
      set: (n: number) => {
        if (n !== count) changes.push({ from: count, to: n, at: place(current.tstate.frame) });
        count = n;
      },
      configurable: true,
      enumerable: true,
    });
    recordings.active++;
    need_positions(true);
  }

  stop(): readonly CountChange[] {
    const o = this.object;
    if (o !== null) {
      this.object = null;
      const value = o.ob_refcnt;
      Object.defineProperty(o, 'ob_refcnt', { value, writable: true, configurable: true, enumerable: true });
      if (--recordings.active === 0 && !tracemalloc.tracing) need_positions(false);
    }
    return this.changes;
  }
}

const recordings = { active: 0 };

function place(frame: InterpreterFrame | null): CountChange['at'] {
  if (frame === null) return null;
  const co = frame.co as CodePayload;
  return {
    filename: (co.co_filename as PyObject<string>).v,
    name: (co.co_qualname as PyObject<string>).v,
    line: PyCode_Addr2Line(frame.f_code, 2 * frame.instr),
    unit: frame.instr,
    opname: OPCODE_NAMES[co.co_code[2 * frame.instr]!] ?? '',
  };
}
