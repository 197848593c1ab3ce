// command.ts: what a tool of the command line is: `pyvarium NAME [option] ... [FILE]`.
//
// A command declares its options (node:util's parseArgs reads them) and gets an Invocation: where to read, where to write.
// Options that many commands share are declared here once.
import * as fs from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { writePyc } from '../../compiler/pyc.ts';
import { type Json, Program, type ProgramOptions, Style, ToolError, toJson } from '../../tools/index.ts';
import type { ToolPort } from '../../vm/tool_port.ts';
import { decode, unicodeName } from './decode.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  /** One line for the list of tools. */
  readonly summary: string;
  /** What follows `pyvarium NAME` in the usage line. */
  readonly usage: string;
  /** Lines about the options that are the command's own. */
  readonly help: string;
  readonly options: Options;
  /** What follows the first positional argument is not ours. */
  readonly ownArguments?: boolean;
  /** The exit status. Throws ToolError for what the user did wrong. */
  run(invocation: Invocation): number | Promise<number>;
}

/** A wrong command line: exit status 2 and the usage. */
export class UsageError extends Error {}

/** A source file, or one of `-c` and standard input. */
export const SOURCE_OPTIONS = {
  command: { type: 'string', short: 'c' },
  optimize: { type: 'string', short: 'O' },
} as const satisfies Options;

/** Accepted by every command. */
export const COMMON_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  out: { type: 'string', short: 'o' },
  color: { type: 'string' },
  width: { type: 'string' },
  watch: { type: 'boolean' },
} as const satisfies Options;

export const COMMON_HELP = `  --json           write JSON
  -o, --out FILE   write there instead of to standard output
  --color WHEN     always, never, or auto (the default: on a terminal without NO_COLOR)
  --width N        columns to fill
  --watch          do it again whenever a file that was read changes
  -h, --help       this text
`;

export const SOURCE_HELP = `  -c CODE          this program text instead of FILE
  -O LEVEL         0, 1 or 2: as python's -O and -OO
  FILE             a source; '-' or nothing for standard input
`;

const MOST_WIDTH = 160;

/** Runs a program of Python in this process, watched; the process ends with it. */
export type Launch = (args: readonly string[], watcher: Watcher) => void;

export interface Watcher {
  begin(port: ToolPort): void;
  end(status: number): void;
}

/** Where the tools are. */
export interface Place {
  /** The folder of the build output. */
  readonly dist: string;
  readonly launch: Launch;
}

export class Invocation {
  readonly values: Values;
  readonly positionals: readonly string[];
  readonly style: Style;
  readonly place: Place;
  /** Names of the files that were read. */
  readonly read: string[] = [];
  private readonly target: string | undefined;
  private text: string[] = [];

  constructor(values: Values, positionals: readonly string[], place: Place) {
    this.values = values;
    this.positionals = positionals;
    this.place = place;
    this.target = values['out'] as string | undefined;
    this.style = chooseStyle(values, this.target !== undefined);
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  string(name: string): string | undefined {
    return this.values[name] as string | undefined;
  }

  /** A whole number, or `otherwise`. */
  integer(name: string, otherwise: number): number {
    const text = this.string(name);
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} wants a number, not '${text}'`);
    return Number(text);
  }

  /** Writes to standard output, or to the file of --out; at once, as a run may end the process. */
  write(text: string): void {
    if (this.target === undefined) writeOut(text);
    else this.text.push(text);
  }

  json(value: Json): void {
    this.write(`${toJson(value)}\n`);
  }

  /** Ends the output. */
  finish(): void {
    if (this.target !== undefined) writeFile(this.target, this.text.join(''));
  }

  /** The bytes of a file. */
  readFile(name: string): Uint8Array {
    this.read.push(name);
    return readFile(name);
  }

  /** -O */
  level(): 0 | 1 | 2 {
    const level = this.integer('optimize', 0);
    if (level !== 0 && level !== 1 && level !== 2) throw new UsageError('-O wants 0, 1 or 2');
    return level;
  }

  /** The .pyc that the compiler would write for the source that the command line names; `file` is that source's, or null. */
  compiled(file: string | null): Uint8Array {
    const program = this.program();
    const mtime = file === null ? 0 : Math.floor(fs.statSync(file).mtimeMs / 1000);
    const size = new TextEncoder().encode(program.text).length;
    return writePyc(program.code(), { kind: 'timestamp', mtime, size });
  }

  /** The source that the command line names: `-c`, FILE or standard input. `more`: further arguments are the program's. */
  program(options: ProgramOptions = {}, more = false): Program {
    const { positionals } = this;
    const text = this.string('command');
    if (!more && positionals.length > (text === undefined ? 1 : 0)) throw new UsageError('one source at a time');
    const all: ProgramOptions = { parse: { decode, unicodeName }, optimize: this.level(), ...options };
    if (text !== undefined) return new Program(text, '<string>', all);
    const name = positionals[0] ?? '-';
    if (name !== '-') return new Program(this.readFile(name), name, all);
    return new Program(readFile(0), '<stdin>', all);
  }
}

/** Writes all of it: a pipe takes what it has room for. */
function writeOut(text: string): void {
  if (process.stdout.isTTY) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (e) {
      const { code } = e as NodeJS.ErrnoException;
      // A reader that has seen enough, such as `head`, is no error.
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

export function readFile(name: string | number): Uint8Array {
  try {
    return fs.readFileSync(name);
  } catch (e) {
    throw new ToolError(fileProblem(e, name === 0 ? '<stdin>' : String(name)));
  }
}

export function writeFile(name: string, data: string | Uint8Array): void {
  try {
    fs.writeFileSync(name, data);
  } catch (e) {
    throw new ToolError(fileProblem(e, name));
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
  ERR_FS_FILE_TOO_LARGE: 'too large',
};

function fileProblem(e: unknown, name: string): string {
  const code = (e as NodeJS.ErrnoException).code ?? '';
  return `${name}: ${PROBLEMS[code] ?? (code || String(e))}`;
}

function chooseStyle(values: Values, toFile: boolean): Style {
  const when = (values['color'] as string | undefined) ?? 'auto';
  if (!['always', 'never', 'auto'].includes(when)) throw new UsageError('--color wants always, never or auto');
  const { env, stdout } = process;
  const terminal = stdout.isTTY === true && !toFile;
  const color =
    when === 'always' ||
    (when === 'auto' &&
      !env['NO_COLOR'] &&
      (terminal || (Boolean(env['FORCE_COLOR']) && !toFile)) &&
      env['TERM'] !== 'dumb');
  const asked = values['width'] as string | undefined;
  if (asked !== undefined && !/^\d{2,4}$/.test(asked)) throw new UsageError('--width wants a number of columns');
  const width = asked !== undefined ? Number(asked) : terminal ? Math.min(stdout.columns || 80, MOST_WIDTH) : 100;
  return new Style(color, width);
}
