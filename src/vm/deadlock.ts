// deadlock.ts: the report when every thread waits and nothing can wake any of them.
//
// CPython hangs then, until somebody kills it. Here the wait of the topmost thread ends with an exception, and the report
// (who waits for what, who has it, each stack) goes to standard error.
import type { InterpreterFrame } from '../core/frame.ts';
import { current } from '../core/tstate.ts';
import { type CodePayload, PyCode_Addr2Line } from '../objects/codeobject.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { type PyThread, READY, scheduler, WAITING } from './scheduler.ts';
import { fail_wait } from './waiting.ts';

const MOST_FRAMES = 30;

/** The threads (besides the main one) of the last report. */
const reported = { who: '' };

/** The stack of a thread, innermost first. */
export function stack_lines(frame: InterpreterFrame | null): string {
  let out = '';
  let depth = 0;
  for (let f = frame; f !== null; f = f.previous) {
    if (depth++ >= MOST_FRAMES) return `${out}  ...\n`;
    const co = f.co as CodePayload;
    const line = PyCode_Addr2Line(f.f_code, f.instr * 2);
    out += `  File "${PyUnicode_AsString(co.co_filename)}", line ${line < 0 ? '???' : line} in ${PyUnicode_AsString(co.co_name)}\n`;
  }
  return out;
}

function label(thread: PyThread): string {
  const name = thread.name.length > 0 ? ` [${new TextDecoder().decode(thread.name)}]` : '';
  return `thread ${thread.tstate.thread_id}${name}`;
}

function describe(thread: PyThread): string {
  const { wait } = thread;
  let out = label(thread);
  if (wait === null)
    out += thread.state === READY ? " could run, but other threads' native calls lie on top of it" : '';
  else {
    out += ` waits for ${wait.options.what()}`;
    const id = wait.options.holder?.() ?? 0;
    if (id !== 0) {
      const holder = scheduler.threads.find(t => t.tstate.thread_id === id);
      out +=
        holder === thread
          ? ', which it holds itself'
          : `, held by ${holder === undefined ? `thread ${id}, which has ended` : label(holder)}`;
    }
  }
  return `${out[0]!.toUpperCase()}${out.slice(1)}\n${stack_lines(thread.tstate.frame)}`;
}

/** No thread can go on, and no time ends a wait. `top` is the pinned thread on top of the JavaScript stack, if any is. */
export function deadlock(top: PyThread | null): void {
  const { main } = scheduler;
  const me = main.pins === 0 && main.state === WAITING ? main : top!;
  const buried = scheduler.ready.length > 0;
  const what = me.wait!.options.what();
  // At the end of the program the same threads may be found stuck again.
  const who = scheduler.threads
    .filter(t => t !== scheduler.main)
    .map(t => t.tstate.thread_id)
    .join();
  if (who !== '' && who !== reported.who) {
    reported.who = who;
    let text = buried
      ? 'Threads stuck: a wait inside a native call keeps the threads below it from going on.\n'
      : 'Deadlock: every thread waits, and nothing can wake any of them.\n';
    for (const t of scheduler.threads) text += `\n${describe(t)}`;
    try {
      current.tstate.interp.host.files.write(2, new TextEncoder().encode(`${text}\n`));
    } catch {
      // Nobody to tell.
    }
  }
  if (buried)
    fail_wait(me, `cannot wait for ${what} inside a native call here: a thread that could end the wait lies below it`);
  else fail_wait(me, `deadlock: waiting for ${what}, and no thread can run`);
}
