// gil_log.ts: seeded scheduling, and the record of who held the GIL.
//
// With `-X gil-seed=N` slices are counted in checks of the eval breaker, their lengths drawn from a generator with that
// seed, and time is counted too: what the program's threads do to each other can be repeated switch by switch. What comes
// from outside (the clock that the program reads, files, other processes) is not part of that. `-X gil-log=FILE` writes
// each change of hands to a file at the end ('-': standard error).
import { O_CREAT, O_TRUNC, O_WRONLY } from '../core/fcntl.ts';
import { HostError } from '../core/host.ts';
import type { PyObject } from '../core/object.ts';
import { current, type PyInterpreterState } from '../core/tstate.ts';
import { type CodePayload, PyCode_Addr2Line } from '../objects/codeobject.ts';
import type { PyThread } from './scheduler.ts';

export const seeded = {
  on: false,
  seed: 0,
  /** Whether there was a second thread already. */
  begun: false,
  /** State of the generator (mulberry32). */
  state: 0,
  /** The seeded run's time, in nanoseconds. */
  now: 0,
  /** Checks in the present slice. */
  slice: 0,
  /** Whether threads have ranks; otherwise they take turns. */
  ranked: false,
  /** Logarithm of the longest slice: slices are spread evenly over magnitudes. */
  log_longest: 0,
  /** How far time goes on with each check. */
  ns_per_check: 1000,
};

/** One change of hands. */
interface GilSwitch {
  /** Nanoseconds of now_ns(). */
  readonly time: number;
  /** thread_ids of who gave the GIL up and who got it. */
  readonly from: number;
  readonly to: number;
  /** Why it was given up. */
  readonly why: string;
  /** Where the new holder goes on. */
  readonly code: PyObject | null;
  readonly instr: number;
}

export const gilLog = {
  on: false,
  file: '',
  switches: [] as GilSwitch[],
  holder: 1,
  /** Why the GIL is about to change hands. */
  why: '',
};

/** The options gil-seed and gil-log. */
export function init_gil_options(interp: PyInterpreterState): void {
  const { xoptions } = interp.config;
  const seed = xoptions['gil-seed'];
  if (seed !== undefined) {
    seeded.on = true;
    seeded.seed = (seed === true ? 0 : Number.parseInt(seed, 10)) >>> 0;
    seeded.state = seeded.seed;
    seeded.now = 0;
    // Some races show when threads alternate quickly, some only when one of them gets far: that depends on the seed, too.
    seeded.log_longest = Math.log(8 << (seeded.seed % 8));
    // Others only when one of them is left behind for long, whoever else runs.
    seeded.ranked = (seeded.seed >> 3) % 2 === 1;
  }
  const file = xoptions['gil-log'];
  if (file !== undefined) {
    gilLog.on = true;
    gilLog.file = file === true ? '-' : file;
  }
}

/** The generator's next number, from 0 to 1. */
function draw(): number {
  seeded.state = (seeded.state + 0x6d2b79f5) >>> 0;
  let t = seeded.state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** A second thread is there: from now on the generator counts. How start-up went (from a snapshot, with or without .pyc files)
 *  changes nothing therefore. */
export function begin_seeded(main: PyThread): void {
  seeded.begun = true;
  seeded.state = seeded.seed;
  main.rank = -1;
}

/** The length of the next slice. */
export function draw_slice(): number {
  seeded.slice = Math.ceil(Math.exp(draw() * seeded.log_longest));
  return seeded.slice;
}

/** Of several threads that could run, the one with the highest rank does: its place in the list. */
export function first_in_rank(threads: readonly PyThread[], may_run: (thread: PyThread) => boolean): number {
  let first = -1;
  threads.forEach((thread, i) => {
    if (thread.rank < 0) thread.rank = draw();
    if (may_run(thread) && (first < 0 || thread.rank > threads[first]!.rank)) first = i;
  });
  return first;
}

/** Gives a thread whose slice is over another rank; true if it is first all the same. */
export function rank_again(running: PyThread, others: readonly PyThread[]): boolean {
  running.rank = draw();
  return others.every(thread => thread.rank < running.rank);
}

export function note_switch(thread: PyThread, time: number): void {
  const to = thread.tstate.thread_id;
  const from = gilLog.holder;
  if (from === to) return;
  gilLog.holder = to;
  const { frame } = thread.tstate;
  gilLog.switches.push({
    time,
    from,
    to,
    why: gilLog.why,
    code: frame === null ? null : frame.f_code,
    instr: frame === null ? 0 : frame.instr,
  });
}

/** The log as text, a line for each switch: time in microseconds, who to whom, why, and where that one goes on. */
function log_text(): string {
  const start = gilLog.switches.length === 0 ? 0 : gilLog.switches[0]!.time;
  let out = '';
  for (const s of gilLog.switches) {
    let place = 'its beginning';
    if (s.code !== null) {
      const co = s.code.v as CodePayload;
      place = `${String(co.co_name.v)}, line ${PyCode_Addr2Line(s.code, s.instr * 2)}`;
    }
    out += `${((s.time - start) / 1000).toFixed(0)} us: thread ${s.from} ${s.why}; thread ${s.to} goes on at ${place}\n`;
  }
  return out;
}

/** Writes the log, if there is one. */
export function write_gil_log(): void {
  if (!gilLog.on || gilLog.file === '') return;
  const { files } = current.tstate.interp.host;
  const text = new TextEncoder().encode(log_text());
  try {
    if (gilLog.file === '-') {
      files.write(2, text);
      return;
    }
    const fd = files.open(new TextEncoder().encode(gilLog.file), O_WRONLY | O_CREAT | O_TRUNC, 0o666);
    for (let at = 0; at < text.length; ) at += files.write(fd, text.subarray(at));
    files.close(fd);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
}
