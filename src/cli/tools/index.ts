// index.ts: what the command line and pyvarium.tools call of the bundle dist/tools.cjs.
import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { ToolError } from '../../tools/index.ts';
import { analyze } from './analyze.ts';
import {
  COMMON_HELP,
  COMMON_OPTIONS,
  type Command,
  Invocation,
  type Launch,
  type Options,
  type Place,
  UsageError,
  type Values,
} from './command.ts';
import { TOOL_NAMES, type ToolName } from './names.ts';
import { profile } from './profile.ts';
import { ast, cfg, code, dis, pyc, stack, symtable, tokens } from './stages.ts';
import { visualize } from './visualize.ts';

export { analyzeFiles } from './analyze.ts';
export { answerPython } from './python.ts';

const COMMANDS: Readonly<Record<ToolName, Command>> = {
  tokens,
  ast,
  symtable,
  cfg,
  dis,
  code,
  pyc,
  stack,
  analyze,
  profile,
  visualize,
};

function listing(): string {
  const lines = TOOL_NAMES.map(name => `  ${name.padEnd(11)} ${COMMANDS[name].summary}\n`);
  return `usage: pyvarium TOOL [option] ... [FILE]\n\n${lines.join('')}\n\`pyvarium TOOL --help\` tells a tool's options.\n`;
}

function usageLine(name: ToolName): string {
  return `usage: pyvarium ${name} [option] ... ${COMMANDS[name].usage}\n`;
}

/** Runs a tool; the exit status is Node's process.exitCode. `args` begin with the tool's name, or with `tools`. */
export async function runTool(args: readonly string[], dist: string, launch: Launch): Promise<void> {
  const [first, ...rest] = args[0] === 'tools' ? args.slice(1) : args;
  if (first === undefined || !(TOOL_NAMES as readonly string[]).includes(first)) {
    if (first === undefined || first === '-h' || first === '--help') process.stdout.write(listing());
    else {
      process.stderr.write(`pyvarium tools: there is no tool '${first}'\n${listing()}`);
      process.exitCode = 2;
    }
    return;
  }
  const name = first as ToolName;
  const { status, read } = await once(name, rest, { dist, launch });
  process.exitCode = status;
  if (read !== null) await watch(name, rest, { dist, launch }, read);
}

/** Runs the tool once: its exit status, and the files to watch if it was told to. */
async function once(name: ToolName, args: string[], place: Place): Promise<{ status: number; read: string[] | null }> {
  const command = COMMANDS[name];
  const fail = (text: string, status: number): { status: number; read: null } => {
    process.stderr.write(text);
    return { status, read: null };
  };
  let invocation: Invocation;
  try {
    const options = { ...COMMON_OPTIONS, ...command.options };
    const [ours, programs] = command.ownArguments ? splitArguments(args, options) : [args, []];
    const parsed = parseArgs({ args: ours, options, allowPositionals: true, strict: true });
    const { values } = parsed;
    const positionals = [...parsed.positionals, ...programs];
    if (values.help) {
      const common = command.ownArguments ? '' : COMMON_HELP;
      process.stdout.write(`${usageLine(name)}\n${command.summary}\n\n${command.help}${common}`);
      return { status: 0, read: null };
    }
    invocation = new Invocation(values as Values, positionals, place);
  } catch (e) {
    const problem = String((e as Error).message)
      .split('\n', 1)[0]!
      .replace(/\. To specify a positional.*/, '');
    return fail(`pyvarium ${name}: ${problem}\n${usageLine(name)}`, 2);
  }
  const read = invocation.flag('watch') ? invocation.read : null;
  try {
    const status = await command.run(invocation);
    invocation.finish();
    return { status, read };
  } catch (e) {
    if (e instanceof UsageError) return fail(`pyvarium ${name}: ${e.message}\n${usageLine(name)}`, 2);
    // V8's limits: a string of half a gigabyte, an array of a hundred million items, the stack.
    const tooLarge = e instanceof RangeError && /^(Invalid (string|array) length|Maximum call stack)/.test(e.message);
    if (!(e instanceof ToolError) && !tooLarge) throw e;
    process.stderr.write(`pyvarium ${name}: ${tooLarge ? `too large (${e.message})` : e.message}\n`);
    return { status: 1, read };
  }
}

/** Our own arguments, up to the program's name or text, and those behind, which are the program's. */
function splitArguments(args: string[], options: Options): [ours: string[], programs: string[]] {
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') return [args.slice(0, token.index + 1), args.slice(token.index + 1)];
    if (token.kind === 'option' && (token.name === 'command' || token.name === 'module')) {
      const end = token.index + (token.inlineValue ? 1 : 2);
      return [args.slice(0, end), args.slice(end)];
    }
  }
  return [args, []];
}

/** How often files are looked at, in milliseconds. */
const INTERVAL = 200;

/** Runs the tool again whenever one of the files changes; until the process is interrupted. */
async function watch(name: ToolName, args: string[], place: Place, files: readonly string[]): Promise<void> {
  if (files.length === 0) {
    process.stderr.write(`pyvarium ${name}: --watch wants a file\n`);
    process.exitCode = 2;
    return;
  }
  for (;;) {
    await new Promise<void>(changed => {
      for (const file of files) {
        fs.watchFile(file, { interval: INTERVAL }, () => {
          for (const each of files) fs.unwatchFile(each);
          changed();
        });
      }
    });
    if (process.stdout.isTTY) process.stdout.write('\x1b[2J\x1b[H');
    process.exitCode = (await once(name, args, place)).status;
  }
}
