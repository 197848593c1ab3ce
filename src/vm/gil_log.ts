// gil_log.ts: seeded scheduling, and the record of who held the GIL.
//
// With `-X gil-seed=N` slices are counted in checks of the eval breaker, their lengths drawn from a generator with that
// seed, and time is counted too: a run can be repeated switch by switch. The log notes each change of hands.
import { current } from '../core/tstate.ts';
import type { PyThread } from './scheduler.ts';

export const seeded = {
  on: false,
  /** State of the generator (mulberry32). */
  state: 0,
  /** The seeded run's time, in nanoseconds. */
  now: 0,
  /** Checks in the present slice. */
  slice: 0,
  /** Longest slice, in checks. */
  longest: 100,
  /** How far time goes on with each check. */
  ns_per_check: 1000,
};

/** One change of hands. */
export interface GilSwitch {
  /** thread_id of the new holder. */
  readonly thread: number;
  /** Where it goes on: code name and line offset are looked up by whoever prints it. */
  readonly at: string;
  /** Nanoseconds of now_ns() (counted in a seeded run). */
  readonly time: number;
}

export const gilLog = {
  on: false,
  switches: [] as GilSwitch[],
  last: 0,
};

export function seed_scheduler(seed: number): void {
  seeded.on = true;
  seeded.state = seed >>> 0;
  seeded.now = Number(current.tstate.interp.host.clock.monotonic_ns());
}

/** The length of the next slice. */
export function draw_slice(): number {
  seeded.state = (seeded.state + 0x6d2b79f5) >>> 0;
  let t = seeded.state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  const x = ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  seeded.slice = 1 + Math.floor(x * seeded.longest);
  return seeded.slice;
}

export function note_switch(thread: PyThread): void {
  const id = thread.tstate.thread_id;
  if (gilLog.last === id) return;
  gilLog.last = id;
  const frame = thread.tstate.frame;
  const name = frame === null ? '' : String((frame.f_code.v as { co_name: { v: unknown } }).co_name.v);
  gilLog.switches.push({ thread: id, at: frame === null ? '' : `${name}+${frame.instr}`, time: seeded.now });
}
