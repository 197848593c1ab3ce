// repl.ts: the prompt on a terminal: editing, history, completion by Node's readline; statements run between its events.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { as_raised, PyErr_Clear } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { PyObject_CallMethod, PyObject_Vectorcall } from '../objects/call.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, str_string } from '../objects/object.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { InteractiveSession, type RunResult, show_keyboard_interrupt } from '../runtime/pythonrun.ts';

const HISTORY_SIZE = 1000;
/** What ends the word to complete, as readline's defaults for Python have it. */
const DELIMITERS = /[^ \t\n`~!@#$%^&*()\-=+[{\]}\\|;:'",<>/?]*$/;
/** More suggestions than this help nobody. */
const MOST_COMPLETIONS = 500;

function history_file(): string {
  return process.env['PYTHON_HISTORY'] || path.join(os.homedir(), '.python_history');
}

/** Lines of earlier sessions, newest first. */
function load_history(): string[] {
  try {
    return fs
      .readFileSync(history_file(), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .reverse()
      .slice(0, HISTORY_SIZE);
  } catch {
    return [];
  }
}

function save_history(lines: readonly string[]): void {
  try {
    fs.writeFileSync(history_file(), `${lines.slice(0, HISTORY_SIZE).reverse().join('\n')}\n`);
  } catch {
    // A home that cannot be written to keeps no history.
  }
}

/** Completes a name by Python's rlcompleter. */
function make_completer(): (line: string) => [string[], string] {
  let completer: PyObject | null = null;
  return line => {
    const word = DELIMITERS.exec(line)![0];
    if (line.trim() === '') return [[`${line}    `], line];
    const matches: string[] = [];
    try {
      if (completer === null) {
        const type = PyImport_ImportModuleAttr('rlcompleter', 'Completer');
        completer = PyObject_Vectorcall(type, [], null);
        decref(type);
      }
      const text = PyUnicode_FromString(word);
      for (let i = 0; i < MOST_COMPLETIONS; i++) {
        const state = PyLong_FromLong(i);
        const match = PyObject_CallMethod(completer, 'complete', text, state);
        decref(state);
        const found = match !== Py_None;
        if (found) matches.push(str_string(match));
        decref(match);
        if (!found) break;
      }
      decref(text);
    } catch (e) {
      PyErr_Clear(as_raised(e));
    }
    return [matches, word];
  };
}

/** Runs the prompt until the input ends or the program exits. */
export function run_terminal_prompt(): Promise<RunResult> {
  return new Promise(done => {
    const session = new InteractiveSession();
    const terminal = readline.createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      historySize: HISTORY_SIZE,
      history: load_history(),
      removeHistoryDuplicates: false,
      completer: make_completer(),
    });
    let result: RunResult = { status: 0, interrupted: false };
    const prompt = (): void => {
      terminal.setPrompt(session.prompt());
      terminal.prompt();
    };
    terminal.on('line', line => {
      // While a statement runs, the terminal is as programs expect it: input() reads lines, Ctrl-C is a signal.
      process.stdin.setRawMode(false);
      const asked = session.push(line);
      if (asked !== null) {
        result = asked;
        terminal.close();
        return;
      }
      process.stdin.setRawMode(true);
      prompt();
    });
    terminal.on('SIGINT', () => {
      show_keyboard_interrupt();
      session.reset();
      terminal.write(null, { ctrl: true, name: 'e' });
      terminal.write(null, { ctrl: true, name: 'u' });
      prompt();
    });
    let history: string[] | null = null;
    terminal.on('history', (lines: string[]) => {
      history = [...lines];
      save_history(history);
    });
    // The library (site) writes the file at the end of Python as it was at its beginning.
    process.once('exit', () => {
      if (history !== null) save_history(history);
    });
    terminal.on('close', () => {
      if (process.stdin.isRaw) process.stdin.setRawMode(false);
      if (result.status === 0) process.stdout.write('\n');
      process.stdin.pause();
      done(result);
    });
    prompt();
  });
}
