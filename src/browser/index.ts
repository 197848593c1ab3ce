// index.ts: Python in a page, on its main thread: dist/browser/pyvarium.js.
//
//     import { startPython } from './pyvarium.js';
//     const python = await startPython({ assets: './', stdout: text => console.log(text) });
//     python.type('an answer to input()\n');
//     const status = await python.run('print(input())');
//
// The interpreter runs in slices of a few milliseconds, between which the page's event loop has its turn; `time.sleep()`,
// `input()`, locks and everything else that waits leave the thread to the page altogether.
// Invariant: there is one interpreter in a page, and it runs one program at a time.
import { Raised } from '../core/errors.ts';
import { decref, newref, type PyObject, xdecref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { BrowserHost } from '../hosts/browser.ts';
import { compile_source } from '../modules/builtins/compile.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyFunction_New } from '../objects/funcobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { parse_command_line } from '../runtime/config.ts';
import { import_module } from '../runtime/import.ts';
import { flush_std_files, init_core, init_surroundings } from '../runtime/lifecycle.ts';
import { PyErr_PrintEx } from '../runtime/pythonrun.ts';
import { warm_up } from '../runtime/warm_up.ts';
import { new_frame } from '../vm/frames.ts';
import { begin_paged, run_a_while } from '../vm/scheduler.ts';
import { load_archive } from './archive.ts';

export interface PythonOptions {
  /** The folder with frozen.bin and stdlib.bin.gz, as a URL ending in '/'. */
  readonly assets: string | URL;
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** sys.argv */
  readonly argv?: readonly string[];
}

/** The longest time that the page waits for Python, in milliseconds (natives that compute may take longer). */
const SLICE_MS = 8;
const LIBRARY = '/lib/python3.14/';
/** Threads of the program that are no daemons end before it does. */
const END_OF_THREADS = 'import _thread\n_thread._shutdown()\n';

function tick(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0));
}

class Python {
  private readonly host: BrowserHost;
  private running = false;
  constructor(host: BrowserHost) {
    this.host = host;
  }

  /** Gives text to whoever reads standard input; null: that is its end. */
  type(text: string | null): void {
    this.host.type_input(text);
  }

  writeFile(path: string, content: string | Uint8Array): void {
    const data = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
    this.host.files.add_file(path, data, Math.floor(Date.now() / 1000));
  }

  /** Runs a program in `__main__`, and waits for its threads: its exit status. */
  async run(source: string, filename = '<page>'): Promise<number> {
    if (this.running) throw new Error('a program runs already');
    this.running = true;
    try {
      const status = await this.exec(source, filename);
      await this.exec(END_OF_THREADS, '<end of threads>');
      flush_std_files();
      return status;
    } finally {
      this.running = false;
    }
  }

  private async exec(source: string, filename: string): Promise<number> {
    try {
      const code = compile_source(new TextEncoder().encode(source), filename, 'exec', 0, -1);
      begin_paged(main_frame(code));
      decref(code);
      const outcome = await this.turns();
      if (outcome.result === null) throw outcome.error;
      decref(outcome.result);
      return 0;
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      return PyErr_PrintEx(e)?.status ?? 1;
    }
  }

  /** Lets Python and the page take turns until the program's frame has ended. */
  private turns(): Promise<{ result: PyObject | null; error: unknown }> {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      let timer: ReturnType<typeof setTimeout> | null = null;
      let asked = false;
      const soon = (): void => {
        if (asked) return;
        asked = true;
        port2.postMessage(0);
      };
      const end = (): void => {
        this.host.on_input = null;
        port1.close();
      };
      const turn = (): void => {
        asked = false;
        if (timer !== null) clearTimeout(timer);
        timer = null;
        try {
          const r = run_a_while(SLICE_MS);
          if (typeof r !== 'number') {
            end();
            resolve(r);
          } else if (r === 0) soon();
          else if (r < Number.POSITIVE_INFINITY) timer = setTimeout(soon, Math.min(r, 0x7fffffff));
        } catch (e) {
          end();
          reject(e);
        }
      };
      port1.onmessage = turn;
      this.host.on_input = soon;
      soon();
    });
  }
}

export type { Python };

/** A frame for a program's code in `__main__`. */
function main_frame(code: PyObject): ReturnType<typeof new_frame> {
  const globals = PyModule_GetDict(PyDict_GetItemString(current.tstate.interp.modules!, '__main__')!);
  const frame = new_frame(code.v as CodePayload, PyFunction_New(code, globals));
  xdecref(frame.f_locals);
  frame.f_locals = newref(globals);
  return frame;
}

/** A writer of bytes that passes whole characters on. */
function text_sink(sink: ((text: string) => void) | undefined): (data: Uint8Array) => void {
  const decoder = new TextDecoder();
  return data => {
    const text = decoder.decode(data, { stream: true });
    if (text !== '') sink?.(text);
  };
}

async function fetch_asset(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Loads the library and starts the interpreter. */
export async function startPython(options: PythonOptions): Promise<Python> {
  const base = new URL(options.assets, document.baseURI);
  const [frozen, packed] = await Promise.all(
    ['frozen.bin', 'stdlib.bin.gz'].map(name => fetch_asset(new URL(name, base))),
  );
  const sinks = [text_sink(undefined), text_sink(options.stdout), text_sink(options.stderr)];
  const output = { write: (fd: number, data: Uint8Array): void => sinks[fd]!(data) };
  const host = new BrowserHost(output, new Map([['frozen.bin', frozen!]]));
  await load_archive(packed!, (path, data, mtime) => host.files.add_file(LIBRARY + path, data, mtime));
  const start = parse_command_line(['-B', '-c', '', ...(options.argv ?? []).slice(1)], {
    env: {},
    executable: '/bin/python3.14',
    base_executable: '/bin/python3.14',
    prefix: '',
    exists: path => host.files.access(new TextEncoder().encode(path)),
  });
  if (start.kind !== 'run') throw new Error('the configuration cannot be used');
  start.config.argv = [...(options.argv ?? [''])];
  await tick();
  init_core(host, start.config, start.hash_seed);
  await tick();
  init_surroundings(start.config);
  await tick();
  decref(import_module('site'));
  await tick();
  warm_up();
  await tick();
  return new Python(host);
}
