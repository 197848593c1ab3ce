// node_events.ts: the interpreter's side of the watcher thread: starts it, asks it, hears from it (see node_shared.ts).
//
// The watcher is started when something first needs it: it takes some 30 ms of processor time, on a thread of its own.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as threads from 'node:worker_threads';
import type { NetEvent } from './node_net_shared.ts';
import {
  ATTENTION,
  type Order,
  type Report,
  SIGNAL_WORDS,
  STATE_COMPUTES,
  STATE_ENDS,
  STATE_WAITS,
  type WatcherData,
  WORD_EVENTS,
  WORD_SESSION,
  WORD_SIGNALS,
  WORD_STATE,
  WORDS,
} from './node_shared.ts';

function do_nothing(): void {}

const SIGINT = 2;

export type Watch = 'default' | 'ignore' | 'catch';
type Done = Extract<Report, { is: 'done' }>;
/** An order that is answered; its id is filled in. */
type Asked =
  | Omit<Extract<Order, { do: 'spawn' }>, 'id'>
  | Omit<Extract<Order, { do: 'signal' }>, 'id'>
  | Omit<Extract<Order, { do: 'look' }>, 'id'>
  | Omit<Extract<Order, { do: 'pair' }>, 'id'>
  | Omit<Extract<Order, { do: 'open' }>, 'id'>
  | Omit<Extract<Order, { do: 'net' }>, 'id'>
  | Omit<Extract<Order, { do: 'tls' }>, 'id'>;

/** Atomics.wait takes milliseconds; longer waits are made of several. */
const LONGEST_MS = 0x7fffffff;
/** What ends within this time needs no watcher. */
const SHORT_MS = 50;

function end_with(text: string): never {
  fs.writeSync(2, `Fatal Python error: the watcher thread failed\n${text}\n`);
  process.exit(134);
}

export class NodeEvents {
  /** Made when first used: a start-up snapshot may hold no shared memory. */
  private shared: Int32Array | null = null;
  /** Wait statuses of children that ended and were not waited for. */
  readonly ended: Map<number, number> = new Map();
  /** Since poll() returned last a child ended, or an order was answered whose answer nobody has fetched. */
  news = false;
  /** Children that run, or whose end was not waited for. */
  readonly children: Set<number> = new Set();
  /** Called when a watched descriptor can be read. */
  on_ready: ((fd: number, id: number) => void) | null = null;
  /** Called when something happened to a socket of the network. */
  on_net: ((socket: number, event: NetEvent) => void) | null = null;
  attention: (() => void) | null = null;
  /** Called with the stack of an error in the watcher, which is always a bug: its answers may never come. */
  on_broken: (text: string) => void = end_with;
  private readonly asset_dir: string;
  private worker: threads.Worker | null = null;
  private port: threads.MessagePort | null = null;
  private readonly answers: Map<number, Done> = new Map();
  /** The order whose answer ask() waits for. */
  private awaited = 0;
  private next_id = 1;
  private readonly watches: Map<number, Watch> = new Map();
  /** Pipes of Node's own, in one of which an early SIGINT leaves a trace. */
  internal_pipes: number[] = [];

  constructor(asset_dir: string) {
    this.asset_dir = asset_dir;
  }

  private get words(): Int32Array {
    this.shared ??= new Int32Array(new SharedArrayBuffer(WORDS * 4));
    return this.shared;
  }

  get running(): boolean {
    return this.worker !== null;
  }

  start(): void {
    if (this.worker !== null) return;
    const { port1, port2 } = new threads.MessageChannel();
    this.port = port1;
    this.worker = new threads.Worker(path.join(this.asset_dir, 'watcher.cjs'), {
      workerData: { words: this.words, port: port2, internal_pipes: this.internal_pipes } satisfies WatcherData,
      transferList: [port2],
      env: threads.SHARE_ENV,
      trackUnmanagedFds: false,
      execArgv: [],
    });
    this.worker.unref();
    port1.unref();
    Object.defineProperty(globalThis, Symbol.for(ATTENTION), { configurable: true, value: () => this.attention?.() });
    for (const [signal, watch] of this.watches) {
      if (watch !== 'default') port1.postMessage({ do: 'signal', id: 0, signal, watch } satisfies Order);
    }
  }

  /** Takes in what the watcher reported. */
  drain(): void {
    if (this.port === null) return;
    for (;;) {
      const got = threads.receiveMessageOnPort(this.port) as { message: Report } | undefined;
      if (got === undefined) return;
      const report = got.message;
      if (report.is === 'exit') {
        this.ended.set(report.pid, report.status);
        this.news = true;
      } else if (report.is === 'net') this.on_net?.(report.socket, report.event);
      else if (report.is === 'ready') this.on_ready?.(report.fd, report.id);
      else if (report.is === 'broken') this.on_broken(report.text);
      else if (report.id !== 0) {
        this.answers.set(report.id, report);
        if (report.id !== this.awaited) this.news = true;
      }
    }
  }

  /** `given`: memory that the order takes with it. */
  tell(order: Order, given: ArrayBuffer[] = []): void {
    this.start();
    this.port!.postMessage(order, given);
  }

  /** Sends an order that will be answered: its number. */
  begin(order: Asked): number {
    const id = this.next_id++;
    this.tell({ ...order, id } as Order);
    return id;
  }

  /** The answer to an order, if it is there; it is given once. */
  answer(id: number): Done | null {
    this.drain();
    const answer = this.answers.get(id);
    if (answer === undefined) return null;
    this.answers.delete(id);
    return answer;
  }

  /** Sends an order and waits for its answer. */
  ask(order: Asked): Done {
    const id = this.begin(order);
    this.awaited = id;
    for (;;) {
      const events = Atomics.load(this.words, WORD_EVENTS);
      const answer = this.answer(id);
      if (answer !== null) return answer;
      this.pause(events, LONGEST_MS);
    }
  }

  new_id(): number {
    return this.next_id++;
  }

  /** The number of events so far. */
  get events(): number {
    return Atomics.load(this.words, WORD_EVENTS);
  }

  /** Waits until there are other events than `events`, or the time is over. */
  pause(events: number, ms: number): void {
    const { words } = this;
    if (this.worker === null && ms > SHORT_MS) this.start();
    Atomics.store(words, WORD_STATE, STATE_WAITS);
    Atomics.wait(words, WORD_EVENTS, events, Math.min(ms, LONGEST_MS));
    Atomics.store(words, WORD_STATE, STATE_COMPUTES);
  }

  // --- signals ------------------------------------------------------------------------------------------------------

  /** Chooses what happens to a signal. Asked by the program (not only at start-up), it holds when this returns. */
  watch_signal(signal: number, watch: Watch, now: boolean): boolean {
    const old = this.watches.get(signal) ?? 'default';
    this.watches.set(signal, watch);
    if (old === watch) return true;
    if (this.worker === null && !now && watch === 'catch') {
      // Until the watcher runs, a handler that does nothing keeps the signal from ending the process, and Node notes
      // in a pipe that it came.
      // A start-up snapshot cannot hold such a handler: whoever starts from it asks again.
      if (process.execArgv.includes('--build-snapshot')) return true;
      if (process.listenerCount('SIGWINCH') > 0) this.internal_pipes = [];
      process.on('SIGINT', do_nothing);
      // With SIGUSR1 Node would start its debugger; a handler that is taken away again leaves the default action.
      process.on('SIGUSR1', do_nothing);
      process.removeListener('SIGUSR1', do_nothing);
      return true;
    }
    if (signal === SIGINT && watch === 'default') process.removeListener('SIGINT', do_nothing);
    if (this.worker === null && watch === 'default') return true;
    this.start();
    return this.ask({ do: 'signal', signal, watch }).code === '';
  }

  watching(signal: number): Watch {
    return this.watches.get(signal) ?? 'default';
  }

  signals_arrived(): boolean {
    if (this.shared === null) return false;
    for (let i = 0; i < SIGNAL_WORDS; i++) if (Atomics.load(this.words, WORD_SIGNALS + i) !== 0) return true;
    return false;
  }

  take_signals(out: number[]): void {
    if (this.shared === null) return;
    for (let i = 0; i < SIGNAL_WORDS; i++) {
      const bits = Atomics.exchange(this.words, WORD_SIGNALS + i, 0);
      if (bits === 0) continue;
      for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) out.push(i * 32 + bit);
    }
  }

  /** The process is about to end: no debugger's session may be open then. */
  end(): void {
    if (this.worker === null) return;
    const { words } = this;
    Atomics.store(words, WORD_STATE, STATE_ENDS);
    for (let i = 0; i < 20 && Atomics.load(words, WORD_SESSION) !== 0; i++) {
      // The session ends when this thread has run what was asked: calls let it in.
      Atomics.wait(words, WORD_SESSION, 1, 5);
      do_nothing();
    }
  }
}
