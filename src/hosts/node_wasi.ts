// node_wasi.ts: poll(2) for one descriptor.
//
// Node offers it in one place only: poll_oneoff() of WASI. No WebAssembly takes part, only its memory object. It waits for
// one descriptor properly, for several only until all of them are ready: so it is asked about one at a time.
import { createRequire } from 'node:module';

/** What of WASI is used. */
interface Wasi {
  wasiImport: { poll_oneoff(subscriptions: number, events: number, count: number, got: number): number };
  start(instance: object): number;
}
type WasiClass = new (options: { version: string; stdin: number; stdout: number; stderr: number }) => Wasi;
interface WithMemory {
  WebAssembly: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer } };
}

/** Kinds of events. */
export const FD_READ = 1;
export const FD_WRITE = 2;

const CLOCK = 0;
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;
const EVENTS_AT = 4096;
const COUNT_AT = 8192;
const DESCRIPTOR = 1n;

const loaded = { wasi: undefined as WasiClass | null | undefined };

function load_wasi(): WasiClass | null {
  if (loaded.wasi === undefined) {
    const warn = process.emitWarning;
    process.emitWarning = () => undefined; // that WASI is experimental
    try {
      loaded.wasi = (createRequire('/')('node:wasi') as { WASI: WasiClass }).WASI;
    } catch {
      loaded.wasi = null;
    } finally {
      process.emitWarning = warn;
    }
  }
  return loaded.wasi;
}

/** Asks about one descriptor of the host, which comes to be one that never waits. */
export class Poller {
  private readonly wasi: Wasi;
  private readonly view: DataView;
  private constructor(WASI: WasiClass, hostfd: number) {
    const memory = new (globalThis as unknown as WithMemory).WebAssembly.Memory({ initial: 1 });
    this.wasi = new WASI({ version: 'preview1', stdin: hostfd, stdout: hostfd, stderr: hostfd });
    this.wasi.start({ exports: { memory, _start: () => undefined } });
    this.view = new DataView(memory.buffer);
  }

  /** Null where Node does not offer it. */
  static of(hostfd: number): Poller | null {
    const WASI = load_wasi();
    try {
      return WASI === null ? null : new Poller(WASI, hostfd);
    } catch {
      return null;
    }
  }

  /** Waits for the event (FD_READ, FD_WRITE), that many milliseconds at most and at least one; whether it is there. */
  wait(event: number, ms: number): boolean {
    const { view, wasi } = this;
    // subscription_t: user data, tag; then the descriptor, or clock, time, precision, flags.
    view.setBigUint64(0, DESCRIPTOR, true);
    view.setUint8(8, event);
    view.setUint32(16, event === FD_READ ? 0 : 1, true);
    const clock = SUBSCRIPTION_SIZE;
    view.setBigUint64(clock, 2n, true);
    view.setUint8(clock + 8, CLOCK);
    view.setUint32(clock + 16, 1, true);
    view.setBigUint64(clock + 24, BigInt(Math.max(1, Math.ceil(ms))) * 1_000_000n, true);
    view.setBigUint64(clock + 32, 0n, true);
    view.setUint16(clock + 40, 0, true);
    if (wasi.wasiImport.poll_oneoff(0, EVENTS_AT, 2, COUNT_AT) !== 0) return true;
    const count = view.getUint32(COUNT_AT, true);
    for (let i = 0; i < count; i++) {
      if (view.getBigUint64(EVENTS_AT + EVENT_SIZE * i, true) === DESCRIPTOR) return true;
    }
    return false;
  }
}
