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
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_NOARGS } from '../core/spec.ts';
import { current, type PyConfig } from '../core/tstate.ts';
import { BrowserHost } from '../hosts/browser.ts';
import { compile_by_turns } from '../modules/builtins/compile.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { MethodDef, PyCFunction_New } from '../objects/methodobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { parse_command_line } from '../runtime/config.ts';
import { import_module_steps } from '../runtime/import.ts';
import { flush_std_files, import_core, init_surroundings, make_core } from '../runtime/lifecycle.ts';
import { PyErr_PrintEx } from '../runtime/pythonrun.ts';
import { warm_up_steps } from '../runtime/warm_up.ts';
import { frame_for_code } from '../vm/native_calls.ts';
import { begin_paged, run_a_while } from '../vm/scheduler.ts';
import { run_steps, type Steps } from '../vm/steps.ts';
import { files_of_archive, open_archive } from './archive.ts';

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
/** What the compiler is shown when Python starts, one after the other: JavaScript engines compile each function when it is first
 *  called, and the first program would hold the page up for all of the compiler's at once. */
const SHOWN = [
  'a = 1',
  'f(a, b=2)',
  'import a.b as c\nfrom a import b',
  'def f(a, b=1, *c, **d):\n    return a + b',
  'class A(B):\n    x: int = 0',
  'for i in a:\n    if not i < 2 or i in b: break\nwhile a: a -= 1',
  'try:\n    raise A(1)\nexcept B as e:\n    pass\nfinally:\n    with a as b: yes()',
  "print(f'{a!r:>{b}} {c.d}', 1.5, [a, b], {a: b}, (a, *b))",
  '[a for a in b if c]\nx = lambda a: a[1:2]\n@a\nasync def f(): await (yield)',
];
/** Threads of the program that are no daemons end before it does. */
const END_OF_THREADS = 'import _thread\n_thread._shutdown()\n';

/** Calls `f` after what the page has to do by now. */
function soon(f: () => void): void {
  const { scheduler } = globalThis as { scheduler?: { postTask(f: () => void, options: object): unknown } };
  if (scheduler?.postTask !== undefined) {
    // Messages would go before timers that become due in the midst of a slice.
    scheduler.postTask(f, { priority: 'background' });
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    f();
  };
  port2.postMessage(0);
}

/** Gives the page its turn. */
function breath(): Promise<void> {
  return new Promise(soon);
}

/** Does what yields from time to time, and gives the page its turns. */
async function by_turns<T>(work: Generator<void, T>): Promise<T> {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      await breath();
      return step.value;
    }
    if (performance.now() < end) continue;
    await breath();
    end = performance.now() + SLICE_MS;
  }
}

/** Lets Python and the page take turns until a frame (stolen) has ended: its result (owned). Throws what it raised. */
function run_frame(host: BrowserHost, frame: InterpreterFrame): Promise<PyObject> {
  begin_paged(frame);
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let asked = false;
    let ended = false;
    const ask = (): void => {
      if (asked) return;
      asked = true;
      soon(turn);
    };
    const end = (): void => {
      host.on_input = null;
      ended = true;
    };
    const turn = (): void => {
      asked = false;
      if (ended) return;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      try {
        const r = run_a_while(SLICE_MS);
        if (typeof r !== 'number') {
          end();
          if (r.result === null) reject(r.error);
          else resolve(r.result);
        } else if (r === 0) ask();
        else if (r < Number.POSITIVE_INFINITY) timer = setTimeout(ask, Math.min(r, 0x7fffffff));
      } catch (e) {
        end();
        reject(e);
      }
    };
    host.on_input = ask;
    ask();
  });
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
      const main = PyModule_GetDict(PyDict_GetItemString(current.tstate.interp.modules!, '__main__')!);
      decref(await run_frame(this.host, await frame_of_source(source, filename, main)));
      return 0;
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      return PyErr_PrintEx(e)?.status ?? 1;
    }
  }
}

export type { Python };

/** A frame for a program's code in a namespace (borrowed). */
async function frame_of_source(source: string, filename: string, namespace: PyObject): Promise<InterpreterFrame> {
  const code = await by_turns(compile_by_turns(new TextEncoder().encode(source), filename));
  const frame = frame_for_code(code, namespace, namespace, null);
  decref(code);
  return frame;
}

/** A frame that does steps: of code that calls a native. */
async function frame_of_steps(steps: Steps<PyObject>): Promise<InterpreterFrame> {
  const meth = (): PyObject => run_steps(meth, Py_None, steps);
  const native = PyCFunction_New(new MethodDef({ name: 'steps', flags: METH_NOARGS, meth }), null, null);
  const namespace = PyDict_New();
  PyDict_SetItemString(namespace, 'steps', native);
  decref(native);
  const frame = await frame_of_source('steps()', '<start>', namespace);
  decref(namespace);
  return frame;
}

/** What start-up does with the interpreter that make_core() has made. */
function* start_up(config: PyConfig): Steps<PyObject> {
  yield* import_core();
  init_surroundings(config);
  decref(yield* import_module_steps('site'));
  yield* warm_up_steps();
  return newref(Py_None);
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

/** The same in the midst of a call; null: it cannot be had. A page's own way to wait for bytes gives them as text. */
function fetch_asset_now(url: URL): Uint8Array | null {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
  } catch {
    return null;
  }
  const text = request.responseText;
  return request.status === 200 ? Uint8Array.from(text, c => c.charCodeAt(0) & 255) : null;
}

/** Loads the library and starts the interpreter. */
export async function startPython(options: PythonOptions): Promise<Python> {
  const base = new URL(options.assets, document.baseURI);
  const [frozen, packed] = await Promise.all(
    ['frozen.bin', 'stdlib.bin.gz'].map(name => fetch_asset(new URL(name, base))),
  );
  const sinks = [text_sink(undefined), text_sink(options.stdout), text_sink(options.stderr)];
  const output = { write: (fd: number, data: Uint8Array): void => sinks[fd]!(data) };
  const host = new BrowserHost(output, name =>
    name === 'frozen.bin' ? frozen! : fetch_asset_now(new URL(name, base)),
  );
  const library = await open_archive(packed!);
  await by_turns(files_of_archive(library, (path, data, mtime) => host.files.add_file(LIBRARY + path, data, mtime)));
  const start = parse_command_line(['-B', '-c', '', ...(options.argv ?? []).slice(1)], {
    env: {},
    executable: '/bin/python3.14',
    base_executable: '/bin/python3.14',
    prefix: '',
    exists: path => host.files.access(new TextEncoder().encode(path)),
  });
  if (start.kind !== 'run') throw new Error('the configuration cannot be used');
  start.config.argv = [...(options.argv ?? [''])];
  await by_turns(make_core(host, start.config, start.hash_seed));
  for (const source of SHOWN) decref(await by_turns(compile_by_turns(new TextEncoder().encode(source), '<start>')));
  decref(await run_frame(host, await frame_of_steps(start_up(start.config))));
  return new Python(host);
}
