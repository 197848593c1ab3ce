// main.ts: the command line.                                                        CPython: Modules/main.c, Programs/python.c
//
// bin/pyvarium loads the bundle of this file and calls main(), or starts Node from a snapshot of it (snapshot.ts here).
// Everything runs synchronously but the prompt on a terminal.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Raised } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { NodeHost } from '../hosts/node.ts';
import { FULL_VERSION, VERSION_TEXT } from '../modules/sys/info.ts';
import { type Answer, parse_command_line, type Start } from '../runtime/config.ts';
import {
  NO_ENCODINGS,
  Py_FinalizeEx,
  Py_InitializeFromConfig,
  path_configuration,
  start_step,
} from '../runtime/lifecycle.ts';
import {
  banner,
  type LineReader,
  PyErr_PrintEx,
  type RunResult,
  run_main,
  run_plain_prompt,
  write_stderr,
} from '../runtime/pythonrun.ts';
import { type ToolPort, tool_port } from '../vm/tool_port.ts';
import { compile_command } from './compile.ts';
import { explore } from './explore.ts';
import { ENVIRONMENT_HELP, OPTIONS_HELP, usage_text, XOPTIONS_HELP } from './help.ts';
import { run_terminal_prompt } from './repl.ts';
import { asks_for_tool, run_tool } from './tool.ts';

export interface MainOptions {
  /** How this interpreter is started: an absolute path. */
  readonly executable: string;
  /** The link to it that was started (bin/pyvarium names it in PYVARIUM_EXECUTABLE). */
  readonly link?: string | undefined;
  /** The folder of the build output. */
  readonly dist: string;
  /** Arguments behind the interpreter's name. */
  readonly args: readonly string[];
  /** The installation whose lib/python3.14 is the library; `dist` if not given. */
  readonly prefix?: string;
}

/** Bytes (as Latin-1) that are one or more characters in UTF-8, else any byte. */
const CHARACTERS =
  /[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[^]/g;

/** UTF-8 with other bytes as lone surrogates. CPython: Py_DecodeLocale with surrogateescape */
function decode_argument(bytes: string): string {
  return bytes.replace(CHARACTERS, part =>
    part.length === 1 && part > '\x7f'
      ? String.fromCharCode(0xdc00 + part.charCodeAt(0))
      : Buffer.from(part, 'latin1').toString('utf8'),
  );
}

/** The arguments as they were given: Node has put U+FFFD where they are no UTF-8. */
function exact_arguments(args: readonly string[]): readonly string[] {
  if (!args.some(arg => arg.includes('\ufffd'))) return args;
  try {
    const all = fs.readFileSync('/proc/self/cmdline', 'latin1').split('\0');
    return all.slice(0, -1).slice(-args.length).map(decode_argument);
  } catch {
    return args; // not Linux
  }
}

/** Prints what needs no interpreter; the exit status. */
function answer(a: Answer, executable: string): number {
  switch (a.kind) {
    case 'version':
      fs.writeSync(1, a.long ? `Python ${FULL_VERSION}\n` : `Python ${VERSION_TEXT}\n`);
      return 0;
    case 'help': {
      const parts = { options: OPTIONS_HELP, env: ENVIRONMENT_HELP, xoptions: XOPTIONS_HELP };
      const text = a.what === 'all' ? Object.values(parts).join('\n') : parts[a.what];
      fs.writeSync(1, a.what === 'options' || a.what === 'all' ? usage_text(executable) + text : text);
      return 0;
    }
    case 'usage':
      fs.writeSync(2, `${a.message}\n${usage_text(executable)}Try \`python -h' for more information.\n`);
      return 2;
    default:
      fs.writeSync(2, `Fatal Python error: ${a.message}\nPython runtime state: preinitialized\n\n`);
      return 1;
  }
}

/** Reads standard input; one that the program has closed is at its end. */
function read_or_end(host: NodeHost, chunk: Uint8Array): number {
  try {
    return host.files.read(0, chunk);
  } catch (e) {
    if (e instanceof HostError) return 0;
    throw e;
  }
}

/** Reads lines of descriptor 0 without a terminal's help; the prompt goes to stderr. */
function line_reader(host: NodeHost): LineReader {
  let buffer = new Uint8Array(0);
  let ended = false;
  return prompt => {
    write_stderr(prompt);
    for (;;) {
      const end = buffer.indexOf(10);
      if (end >= 0 || (ended && buffer.length > 0)) {
        const line = new TextDecoder().decode(end >= 0 ? buffer.subarray(0, end + 1) : buffer);
        buffer = end >= 0 ? buffer.slice(end + 1) : new Uint8Array(0);
        return line;
      }
      if (ended) return null;
      const chunk = new Uint8Array(8192);
      const n = read_or_end(host, chunk);
      if (n === 0) ended = true;
      else {
        const joined = new Uint8Array(buffer.length + n);
        joined.set(buffer);
        joined.set(chunk.subarray(0, n), buffer.length);
        buffer = joined;
      }
    }
  };
}

/** Ends the process as the run asks for. */
function finish(host: NodeHost, result: RunResult, watcher: Watcher | null): never {
  const flushed = Py_FinalizeEx();
  watcher?.end(flushed ? result.status & 0xff : 120);
  if (result.interrupted) {
    // As with CPython: death by the signal, so that a shell sees it.
    host.watch_signal(2, 'default');
    process.kill(process.pid, 'SIGINT');
    host.clock.sleep_ns(50_000_000n);
    host.process.exit(130);
  }
  host.process.exit(flushed ? result.status & 0xff : 120);
}

type Initialize = typeof Py_InitializeFromConfig;

/** Who watches a program run: a tool. */
export interface Watcher {
  begin(port: ToolPort): void;
  /** The program and the interpreter have ended. */
  end(status: number): void;
}

function run(start: Start, options: MainOptions, initialize: Initialize, watcher: Watcher | null): void {
  const host = new NodeHost({ asset_dir: options.dist });
  // Compiling what start-up runs costs more than it; warm_up_later() ends this.
  host.postpone_optimizing('all');
  try {
    initialize(host, start.config, start.hash_seed);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    const core = start_step.failure === NO_ENCODINGS;
    const state = core ? 'Python runtime state: core initialized\n' : '';
    fs.writeSync(
      2,
      `${core ? path_configuration(start.config) : ''}Fatal Python error: ${start_step.failure}\n${state}`,
    );
    PyErr_PrintEx(e);
    process.exit(1);
  }
  const greet = start.config.quiet === 0 && (start.config.verbose !== 0 || start.command.kind === 'stdin');
  let on_terminal = false;
  const interactive = (): RunResult => {
    if (process.stdin.isTTY && process.stdout.isTTY) {
      on_terminal = true;
      return { status: 0, interrupted: false };
    }
    return run_plain_prompt(line_reader(host));
  };
  if (greet && (start.config.interactive !== 0 || host.files.isatty(0))) write_stderr(banner());
  const begin = watcher === null ? undefined : () => watcher.begin(tool_port());
  const result = run_main({ command: start.command, skip_first_line: start.skip_first_line, interactive, begin });
  if (!on_terminal) finish(host, result, watcher);
  run_terminal_prompt().then(end => finish(host, end, watcher));
}

/** Reads the command line and does what it says. */
export function main(options: MainOptions): void {
  main_with(options, () => Py_InitializeFromConfig);
}

/** The environment as bin/pyvarium found it: it and its shell may have changed it. */
function restore_environment(): void {
  const { env } = process;
  const text = env['PYVARIUM_ENVIRON'];
  if (text === undefined) return;
  delete env['PYVARIUM_ENVIRON'];
  const pairs: [name: string, value: string][] = [];
  for (const line of Buffer.from(text, 'base64').toString('utf8').split('\0')) {
    const equals = line.indexOf('=', 1);
    if (equals > 0) pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
  }
  const given = new Set(pairs.map(([name]) => name));
  for (const name of Object.keys(env)) if (!given.has(name)) delete env[name];
  const names = Object.keys(env);
  if (names.length === pairs.length && pairs.every(([name], i) => name === names[i])) return;
  for (const name of names) delete env[name];
  for (const [name, value] of pairs) env[name] = value;
}

/** As main(); `choose` says how an interpreter with the configuration is made, or null that somebody else does the run. */
export function main_with(options: MainOptions, choose: (start: Start) => Initialize | null): void {
  const { args } = options;
  const link = options.link ?? process.env['PYVARIUM_EXECUTABLE'];
  if (link !== undefined) options = { ...options, link };
  delete process.env['PYVARIUM_EXECUTABLE'];
  restore_environment();
  if (args[0] === 'compile') {
    process.exitCode = compile_command(args.slice(1));
    return;
  }
  if (asks_for_tool(args)) {
    run_tool(args, options.dist, (program, watcher) => launch(program, options, choose, watcher));
    return;
  }
  launch(exact_arguments(args), options, choose, null);
}

/** Runs the program that the arguments name. */
function launch(
  args: readonly string[],
  options: MainOptions,
  choose: (start: Start) => Initialize | null,
  watcher: Watcher | null,
): void {
  const executable = options.link === undefined ? options.executable : path.resolve(options.link);
  const parsed = parse_command_line(args, {
    env: process.env,
    executable,
    base_executable: options.executable,
    prefix: path.resolve(options.prefix ?? options.dist),
    exists: file => fs.existsSync(file),
  });
  if (parsed.kind !== 'run') {
    process.exitCode = answer(parsed, executable);
    return;
  }
  const schedules = parsed.config.xoptions['gil-explore'];
  if (schedules !== undefined) {
    process.exitCode = explore(args, Number(schedules));
    return;
  }
  const initialize = choose(parsed);
  if (initialize !== null) run(parsed, options, initialize, watcher);
}
