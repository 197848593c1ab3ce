// session.ts: one profiling of the running interpreter, from attaching to its data.
//
// Used by `pyvarium profile` for a whole program and by `pyvarium.tools.Profiler` for a part of one. What it attaches to
// (observer, collector, GIL, births of objects) is as before when it has ended.
import type { ToolPort } from '../../vm/tool_port.ts';
import { ToolError } from '../program.ts';
import { type GilWait, type Pause, type Profile, profileData } from './data.ts';
import { MemoryRecorder } from './memory.ts';
import { Recorder } from './recorder.ts';
import { Sampler } from './sampler.ts';

export interface SessionOptions {
  readonly lines: boolean;
  readonly memory: boolean;
  /** Keep begin and end of each call, for a timeline. */
  readonly events: boolean;
  /** Milliseconds between samples; 0: count instead. */
  readonly sample: number;
}

export interface Clock {
  /** Milliseconds, monotonic. */
  ms(): number;
  /** Nanoseconds, of the clock by which the scheduler notes its switches. */
  ns(): number;
}

export class ProfileSession {
  readonly options: SessionOptions;
  private readonly port: ToolPort;
  private readonly clock: Clock;
  private readonly recorder: Recorder | Sampler;
  private readonly memory: MemoryRecorder | null;
  private readonly pauses: Pause[] = [];
  private readonly callbacks: ToolPort['gcHooks']['callbacks'];
  private readonly logged: { readonly on: boolean; readonly switches: number };

  /** Attaches. Throws ToolError where another tool is attached. */
  constructor(port: ToolPort, options: SessionOptions, clock: Clock) {
    this.port = port;
    this.options = options;
    this.clock = clock;
    const { gcHooks, gilLog, memoryHooks } = port;
    if (port.tool_observer() !== null) throw new ToolError('another tool observes the program');
    if (options.memory && memoryHooks.born !== null)
      throw new ToolError('something else, tracemalloc say, traces memory');
    this.logged = { on: gilLog.on, switches: gilLog.switches.length };
    gilLog.on = true;
    const { lines, events, sample } = options;
    this.recorder = sample > 0 ? new Sampler(port, sample, clock.ms) : new Recorder(port, { lines, events }, clock.ms);
    this.callbacks = gcHooks.callbacks;
    this.watchCollector();
    this.memory = options.memory ? new MemoryRecorder(port) : null;
    if (this.recorder instanceof Recorder) port.set_tool_observer(this.recorder);
  }

  /** Times of collections, by the hook that gc.callbacks uses. */
  private watchCollector(): void {
    const { callbacks, pauses, recorder } = this;
    let started = 0;
    this.port.gcHooks.callbacks = (phase, generation, collected, uncollectable) => {
      callbacks?.(phase, generation, collected, uncollectable);
      const now = this.clock.ms();
      if (phase === 'start') started = now;
      else pauses.push({ at: started - recorder.begun, duration: now - started, generation, collected });
    };
  }

  /** Detaches, and gives what was seen. */
  stop(program: string, python: string, status: number): Profile {
    const { gcHooks, gilLog } = this.port;
    this.memory?.stop();
    if (this.recorder instanceof Recorder) {
      this.port.set_tool_observer(null);
      this.recorder.finish();
    } else this.recorder.stop();
    gcHooks.callbacks = this.callbacks;
    gilLog.on = this.logged.on;
    const { lines, sample } = this.options;
    return profileData(this.recorder, {
      program,
      python,
      mode: sample > 0 ? 'sampling' : lines ? 'lines' : 'calls',
      status,
      memory: this.memory,
      pauses: this.pauses,
      gil: this.gilWaits(),
    });
  }

  /** How long each thread was without the GIL, by the record of changes of hands. */
  private gilWaits(): GilWait[] {
    const out = new Map<number, { waits: number; waited: number; held: number; since: number; lost: number }>();
    const of = (
      thread: number,
      time: number,
    ): { waits: number; waited: number; held: number; since: number; lost: number } => {
      let row = out.get(thread);
      if (row === undefined) out.set(thread, (row = { waits: 0, waited: 0, held: 0, since: time, lost: time }));
      return row;
    };
    const switches = this.port.gilLog.switches.slice(this.logged.switches);
    for (const { time, from, to } of switches) {
      const left = of(from, time);
      left.held += time - left.since;
      left.lost = time;
      const got = of(to, time);
      got.waits++;
      got.waited += time - got.lost;
      got.since = time;
    }
    const last = switches.at(-1);
    if (last !== undefined) of(last.to, last.time).held += Math.max(0, this.clock.ns() - last.time);
    return [...out].map(([thread, { waits, waited, held }]) => ({
      thread,
      waits,
      waited: waited / 1e6,
      held: held / 1e6,
    }));
  }
}
