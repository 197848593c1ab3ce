// sampler.ts: the sampling mode: the plain eval loop runs, and its stack is looked at every so often.
//
// The eval loop looks up at calls and at jumps back, where threads may switch; a sampler has it look there each time, reads the
// clock now and then, and when an interval has passed notes the frames from the running one outwards, with the time since the
// last note. Nothing is counted exactly, and next to nothing is slowed down.
import type { InterpreterFrame } from '../../core/frame.ts';
import type { PyThreadState } from '../../core/tstate.ts';
import type { CodePayload, ToolPort } from '../../vm/tool_port.ts';
import { CallNode, CodeRecord, FunctionRecord } from './recorder.ts';

/** The clock is read so often in an interval, about. */
const LOOKS = 8;
const MOST_CHECKS = 1 << 14;

export class Sampler {
  readonly functions: FunctionRecord[] = [];
  readonly threads = new Map<number, { readonly id: number; readonly root: CallNode }>();
  readonly codes = new Map<CodePayload, CodeRecord>();
  /** As in Recorder; nothing is counted or kept here. */
  readonly executed = 0;
  readonly eventTimes: number[] = [];
  readonly eventFunctions: number[] = [];
  readonly eventThreads: number[] = [];
  readonly begun: number;
  samples = 0;
  private readonly port: ToolPort;
  private readonly clock: () => number;
  /** Milliseconds between samples. */
  private readonly interval: number;
  private readonly before: ToolPort['breakerHooks']['gil'];
  private sampled: number;
  private looked: number;
  /** Checks until the clock is read again, and how many there are between two readings. */
  private countdown = 1;
  private every = 16;

  constructor(port: ToolPort, interval: number, clock: () => number) {
    this.port = port;
    this.interval = interval;
    this.clock = clock;
    this.begun = this.sampled = this.looked = clock();
    const { breakerHooks } = port;
    this.before = breakerHooks.gil;
    breakerHooks.gil = tstate => {
      if (--this.countdown <= 0) this.look(tstate);
      const left = this.before!(tstate);
      // The next check is ours again, also where no thread wants the GIL.
      port.current.tstate.eval_breaker |= port.EVAL_GIL_DROP_REQUEST;
      return left;
    };
    port.current.tstate.eval_breaker |= port.EVAL_GIL_DROP_REQUEST;
  }

  stop(): void {
    this.port.breakerHooks.gil = this.before;
  }

  private look(tstate: PyThreadState): void {
    const now = this.clock();
    const took = now - this.looked;
    this.looked = now;
    const step = this.interval / LOOKS;
    if (took > step && this.every > 1) this.every >>= 1;
    else if (took < step / 2 && this.every < MOST_CHECKS) this.every <<= 1;
    this.countdown = this.every;
    if (now - this.sampled < this.interval) return;
    this.sample(tstate, now - this.sampled);
    this.sampled = now;
  }

  private sample(tstate: PyThreadState, time: number): void {
    this.samples++;
    const path: InterpreterFrame[] = [];
    for (let f = tstate.frame; f !== null; f = f.previous) if (f.co !== null) path.push(f);
    let node = this.rootOf(tstate.thread_id);
    const seen = new Set<FunctionRecord>();
    for (let i = path.length - 1; i >= 0; i--) {
      const code = this.codeOf(path[i]!.co as CodePayload);
      const fn = code.function!;
      let child = node.children.get(fn);
      if (child === undefined) node.children.set(fn, (child = new CallNode(fn, node)));
      node = child;
      if (!seen.has(fn)) fn.total += time;
      seen.add(fn);
    }
    node.own += time;
    node.calls++;
    node.fn.own += time;
    node.fn.calls++;
    const top = path[0];
    if (top === undefined) return;
    const code = this.codeOf(top.co as CodePayload);
    code.times[top.instr]! += time;
    code.entries[top.instr]!++;
  }

  private rootOf(id: number): CallNode {
    let thread = this.threads.get(id);
    if (thread === undefined) {
      const fn = new FunctionRecord(
        this.functions.length,
        this.threads.size === 0 ? 'main thread' : `thread ${id}`,
        '',
        0,
        null,
      );
      this.functions.push(fn);
      thread = { id, root: new CallNode(fn, null) };
      this.threads.set(id, thread);
    }
    return thread.root;
  }

  private codeOf(payload: CodePayload): CodeRecord {
    let code = this.codes.get(payload);
    if (code === undefined) {
      code = new CodeRecord(payload, this.port.lines_of(payload), true);
      const { text } = this.port;
      code.function = new FunctionRecord(
        this.functions.length,
        text(payload.co_qualname),
        text(payload.co_filename),
        payload.co_firstlineno,
        code,
      );
      this.functions.push(code.function);
      this.codes.set(payload, code);
    }
    return code;
  }
}
