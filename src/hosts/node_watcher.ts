// node_watcher.ts: the watcher thread: an event loop for an interpreter that never returns to its own (see node_shared.ts).
//
// Everything here runs in a worker thread. It owns the children, so that it is told when they end; the signal handlers;
// the event-loop handles of watched descriptors; the sockets of the network (node_net_worker.ts) and TLS (node_tls_worker.ts). Node hides signals from worker threads, libuv does not: its handle
// is taken from Node's internals (process.binding).
import * as child_process from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { workerData } from 'node:worker_threads';
import { NetWorker } from './node_net_worker.ts';
import {
  ATTENTION,
  type Order,
  type Report,
  type SpawnOrder,
  STATE_COMPUTES,
  signal_word,
  type WatcherData,
  WORD_EVENTS,
  WORD_SESSION,
  WORD_STATE,
} from './node_shared.ts';
import { TlsWorker } from './node_tls_worker.ts';
import { FD_READ, Poller } from './node_wasi.ts';

interface Handle {
  close(): void;
  unref(): void;
}
interface SignalHandle extends Handle {
  onsignal: (signal: number) => void;
  start(signal: number): number;
}
interface PipeHandle extends Handle {
  readonly fd: number;
  onread: () => void;
  onconnection: (status: number, made: PipeHandle) => void;
  bind(path: string): number;
  listen(backlog: number): number;
  connect(request: { oncomplete: (status: number) => void }, path: string): number;
  open(fd: number): number;
  useUserBuffer(buffer: Uint8Array): void;
  readStart(): number;
  readStop(): number;
}
type Binding = (name: string) => {
  Signal: new () => SignalHandle;
  Pipe: new (type: number) => PipeHandle;
  PipeConnectWrap: new () => { oncomplete: (status: number) => void };
  constants: { SOCKET: number; SERVER: number };
};

const { words, port, internal_pipes } = workerData as WatcherData;
process.noDeprecation = true;
const binding = (process as unknown as { binding: Binding }).binding.bind(process) as Binding;

function wake(): void {
  Atomics.add(words, WORD_EVENTS, 1);
  Atomics.notify(words, WORD_EVENTS);
}

function report(message: Report, given: ArrayBuffer[] = []): void {
  port.postMessage(message, given);
  wake();
}

// Whoever waits for an answer would wait for ever.
process.on('uncaughtException', error => report({ is: 'broken', text: error.stack ?? String(error) }));

// --- signals --------------------------------------------------------------------------------------------------------

const SIGINT = 2;
const signal_handles = new Map<number, SignalHandle>();
const modes = new Map<number, 'ignore' | 'catch'>();

/**
 * Calls the attention function in the interpreter's thread, which computes: the debugger's interface is the one way to
 * have another thread run something there. (A word in shared memory that the eval loop looks at would cost at every
 * backward jump; this costs 0.15 ms when a signal comes.)
 */
function interrupt(): void {
  if (Atomics.compareExchange(words, WORD_SESSION, 0, 1) !== 0) return;
  const end = (): void => {
    Atomics.store(words, WORD_SESSION, 0);
    Atomics.notify(words, WORD_SESSION);
  };
  try {
    const inspector = require('node:inspector') as typeof import('node:inspector');
    const session = new inspector.Session();
    session.connectToMainThread();
    const expression = `globalThis[Symbol.for(${JSON.stringify(ATTENTION)})]?.()`;
    session.post('Runtime.evaluate', { expression, silent: true }, () => {
      session.disconnect();
      end();
    });
  } catch {
    end(); // a Node without inspector: signals are noticed at the next wait
  }
}

function arrived(signal: number): void {
  if (modes.get(signal) !== 'catch') return;
  Atomics.or(words, signal_word(signal), 1 << (signal & 31));
  wake();
  if (Atomics.load(words, WORD_STATE) === STATE_COMPUTES) interrupt();
}

/**
 * Whether SIGINT came before this thread could catch it: the interpreter's thread has a handler, and libuv has put a note
 * into a pipe of that thread's event loop, which nobody reads. Which of Node's pipes it is, nobody says: but no other
 * that Node has at its start ever holds something, but for one: the lock of libuv's signal handlers. That must not be
 * asked about, for asking makes a descriptor one that never waits, and signals are lost when the lock does not. It is the
 * one whose descriptors may wait.
 */
function early_interrupt(): boolean {
  for (const fd of internal_pipes) {
    const flags = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '1';
    const bits = Number.parseInt(flags, 8);
    if ((bits & 3) !== fs.constants.O_RDONLY || (bits & fs.constants.O_NONBLOCK) === 0) continue;
    if (Poller.of(fd)?.wait(FD_READ, 1) === true) return true;
  }
  return false;
}

function watch_signal(signal: number, watch: 'default' | 'ignore' | 'catch'): string {
  const handle = signal_handles.get(signal);
  if (watch === 'default') {
    handle?.close();
    signal_handles.delete(signal);
    modes.delete(signal);
    return '';
  }
  modes.set(signal, watch);
  if (handle !== undefined) return '';
  const made = new (binding('signal_wrap').Signal)();
  made.onsignal = arrived;
  const error = made.start(signal);
  if (error !== 0) {
    made.close();
    return 'EINVAL';
  }
  signal_handles.set(signal, made);
  if (signal === SIGINT && watch === 'catch' && early_interrupt()) arrived(SIGINT);
  return '';
}

// --- timers ---------------------------------------------------------------------------------------------------------

interface Timer {
  handle: NodeJS.Timeout;
}
const timers: (Timer | null)[] = [null, null, null];

/** Milliseconds that count for a timer: real time, or time of the processor (user; user and system). */
function timer_clock(which: number): number {
  if (which === 0) return performance.now();
  const { user, system } = process.cpuUsage();
  return (which === 1 ? user : user + system) / 1000;
}

function set_timer(which: number, signal: number, after_ms: number, interval_ms: number): void {
  const old = timers[which];
  if (old != null) clearTimeout(old.handle);
  timers[which] = null;
  if (after_ms <= 0) return;
  let due = timer_clock(which) + after_ms;
  const timer: Timer = { handle: setTimeout(() => undefined, 0) };
  const look = (): void => {
    const left = due - timer_clock(which);
    if (left > 0) {
      timer.handle = setTimeout(look, Math.min(left, 0x7fffffff));
      return;
    }
    if (interval_ms > 0) {
      due = Math.max(due + interval_ms, timer_clock(which));
      timer.handle = setTimeout(look, Math.min(due - timer_clock(which), 0x7fffffff));
    } else timers[which] = null;
    if (modes.has(signal)) arrived(signal);
    else process.kill(process.pid, signal);
  };
  timers[which] = timer;
  look();
}

// --- descriptors ----------------------------------------------------------------------------------------------------

const NOTHING = new Uint8Array(0);
interface Watched {
  handle: PipeHandle;
  id: number;
}
const watched = new Map<number, Watched>();

function add_watched(fd: number, handle: PipeHandle, id: number): Watched {
  const made: Watched = { handle, id };
  handle.useUserBuffer(Buffer.from(NOTHING));
  handle.onread = () => {
    handle.readStop();
    report({ is: 'ready', id: made.id, fd });
  };
  watched.set(fd, made);
  return made;
}

/**
 * Reports when a descriptor can be read, without reading from it: libuv asks for memory first, gets none, and says so.
 */
function watch_fd(fd: number, id: number): void {
  let entry = watched.get(fd);
  if (entry === undefined) {
    const { Pipe, constants } = binding('pipe_wrap');
    const handle = new Pipe(constants.SOCKET);
    if (handle.open(fd) < 0) {
      report({ is: 'ready', id, fd });
      return;
    }
    entry = add_watched(fd, handle, id);
  }
  entry.id = id;
  entry.handle.readStart();
}

/** Connects two local sockets with each other, by a name that is there for the moment only. */
function socket_pair(id: number): void {
  const { Pipe, PipeConnectWrap, constants } = binding('pipe_wrap');
  let folder: string;
  try {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium-'));
  } catch (e) {
    report({ is: 'done', id, pid: 0, code: (e as NodeJS.ErrnoException).code ?? 'EINVAL' });
    return;
  }
  const server = new Pipe(constants.SERVER);
  const client = new Pipe(constants.SOCKET);
  const end = (fds?: [number, number]): void => {
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
    if (fds === undefined) client.close();
    report({ is: 'done', id, pid: 0, code: fds === undefined ? 'ENFILE' : '', ...(fds === undefined ? {} : { fds }) });
  };
  server.onconnection = (status, made) => {
    if (status < 0) {
      end();
      return;
    }
    for (const handle of [made, client]) add_watched(handle.fd, handle, 0);
    end([client.fd, made.fd]);
  };
  const request = new PipeConnectWrap();
  request.oncomplete = () => undefined; // the server is told, too
  const name = path.join(folder, 's');
  if (server.bind(name) < 0 || server.listen(1) < 0 || client.connect(request, name) < 0) end();
}

function close_fd(fd: number): void {
  watched.get(fd)?.handle.close();
  watched.delete(fd);
}

// --- children -------------------------------------------------------------------------------------------------------

function spawn(id: number, order: SpawnOrder): void {
  const done = (pid: number, code: string): void => report({ is: 'done', id, pid, code });
  try {
    const child = child_process.spawn(order.file, order.args, {
      argv0: order.argv0,
      env: order.env,
      stdio: order.fds.map(fd => (fd < 0 ? 'ignore' : fd)),
      detached: order.detached,
      ...(order.cwd === undefined ? {} : { cwd: order.cwd }),
      ...(order.uid === undefined ? {} : { uid: order.uid }),
      ...(order.gid === undefined ? {} : { gid: order.gid }),
    });
    const { pid } = child;
    if (pid === undefined) {
      child.on('error', (e: NodeJS.ErrnoException) => done(-1, e.code ?? 'EINVAL'));
      return;
    }
    child.on('error', () => undefined);
    child.on('exit', (code, signal) => {
      const status = signal === null ? ((code ?? 0) & 0xff) << 8 : (os.constants.signals[signal] ?? 0);
      report({ is: 'exit', pid, status });
    });
    done(pid, '');
  } catch (e) {
    done(-1, (e as NodeJS.ErrnoException).code ?? 'EINVAL');
  }
}

// --- network --------------------------------------------------------------------------------------------------------

const network = new NetWorker({
  tell(socket, event) {
    // Bytes that have their memory for themselves go without being copied.
    const data = 'data' in event ? event.data : null;
    const whole = data !== null && data.byteLength === data.buffer.byteLength;
    report({ is: 'net', socket, event }, whole ? [data.buffer as ArrayBuffer] : []);
  },
  done: (id, code) => report({ is: 'done', id, pid: 0, code }),
});

let tls_worker: TlsWorker | null = null;

function secure(): TlsWorker {
  tls_worker ??= new TlsWorker((id, code, tls) => report({ is: 'done', id, pid: 0, code, tls }));
  return tls_worker;
}

port.on('message', (order: Order) => {
  switch (order.do) {
    case 'spawn':
      spawn(order.id, order.order);
      break;
    case 'signal':
      report({ is: 'done', id: order.id, pid: 0, code: watch_signal(order.signal, order.watch) });
      break;
    case 'watch':
      watch_fd(order.fd, order.id);
      break;
    case 'look':
      // The first immediate comes before the loop waits for events, the second after it.
      setImmediate(() => setImmediate(() => report({ is: 'done', id: order.id, pid: 0, code: '' })));
      break;
    case 'pair':
      socket_pair(order.id);
      break;
    case 'open':
      fs.open(Buffer.from(order.file), order.flags, order.mode, (error, fd) =>
        report({ is: 'done', id: order.id, pid: fd ?? -1, code: error?.code ?? '' }),
      );
      break;
    case 'net':
      network.obey(order.id, order.net);
      break;
    case 'tls':
      secure().obey(order.id, order.tls);
      break;
    case 'close':
      close_fd(order.fd);
      break;
    default:
      set_timer(order.which, order.signal, order.after_ms, order.interval_ms);
  }
});
