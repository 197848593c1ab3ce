// node_shared.ts: what the interpreter's thread and its watcher thread agree on.
//
// The watcher (node_watcher.ts) is a worker thread that has an event loop, which the interpreter's thread has not while a
// program runs. It starts programs and reaps them, catches signals, watches descriptors, runs timers, has the network's
// sockets and does TLS. Requests go to it as messages; what happened comes back as messages and in the shared words below, with which the interpreter's thread
// can wait (Atomics.wait).
import type { MessagePort } from 'node:worker_threads';
import type { NetEvent, NetOrder } from './node_net_shared.ts';
import type { TlsAnswer, TlsOrder } from './node_tls_shared.ts';

/** Indexes of the shared words. */
/** Counts events; the watcher raises it and wakes whoever waits for a change. */
export const WORD_EVENTS = 0;
/** Bit sets of caught signals: 1..31 in the first word, 32..63 in the second, 64 in the third. */
export const WORD_SIGNALS = 1;
export const SIGNAL_WORDS = 3;
/** What the interpreter's thread does: one of the states below. */
export const WORD_STATE = 4;
/** 1 while the watcher has a debugger's session with the interpreter's thread: the process must not end then. */
export const WORD_SESSION = 5;
export const WORDS = 8;

export const STATE_COMPUTES = 0;
export const STATE_WAITS = 1;
export const STATE_ENDS = 2;

/** Name of the global function that the watcher calls in the interpreter's thread when a signal arrived. */
export const ATTENTION = 'pyvarium.attention';

export interface WatcherData {
  words: Int32Array;
  port: MessagePort;
  /** Where to look for a SIGINT that came before the watcher could (see early_interrupt). */
  internal_pipes: number[];
}

export interface SpawnOrder {
  file: string;
  argv0: string;
  args: string[];
  env: Record<string, string>;
  cwd?: string;
  /** Host descriptors by the number that they get; -1: none. */
  fds: number[];
  detached: boolean;
  uid?: number;
  gid?: number;
}

/** To the watcher. */
export type Order =
  | { do: 'spawn'; id: number; order: SpawnOrder }
  | { do: 'signal'; id: number; signal: number; watch: 'default' | 'ignore' | 'catch' }
  /** Tells once when `fd` can be read, with `id`. */
  | { do: 'watch'; id: number; fd: number }
  /** Answers when the event loop has looked at everything that is watched. */
  | { do: 'look'; id: number }
  /** Makes two sockets that are connected: their descriptors, which are watched. */
  | { do: 'pair'; id: number }
  /** Opens a file, which may wait: its descriptor is the answer's `pid`. */
  | { do: 'open'; id: number; file: Uint8Array; flags: number; mode: number }
  /** Closes a descriptor that was watched. */
  | { do: 'close'; fd: number }
  | { do: 'net'; id: number; net: NetOrder }
  | { do: 'tls'; id: number; tls: TlsOrder }
  | { do: 'timer'; which: number; signal: number; after_ms: number; interval_ms: number };

/** From the watcher. */
export type Report =
  | { is: 'done'; id: number; pid: number; code: string; fds?: [number, number]; tls?: TlsAnswer }
  | { is: 'net'; socket: number; event: NetEvent }
  | { is: 'exit'; pid: number; status: number }
  | { is: 'ready'; id: number; fd: number }
  | { is: 'broken'; text: string };

/** The word and bit of a signal. */
export function signal_word(signal: number): number {
  return WORD_SIGNALS + (signal >> 5);
}
