// stages.ts: the commands that show one stage of a program.
import * as path from 'node:path';
import {
  type AnyCode,
  allCode,
  codeJson,
  disassemble,
  drawTree,
  dumpTree,
  explained,
  findCode,
  fromCompiler,
  listing,
  listingJson,
  looksLikePyc,
  Program,
  type PycFile,
  PycProblem,
  passesJson,
  passReports,
  pycJson,
  readPyc,
  renderCode,
  renderListing,
  renderPasses,
  renderPycHeader,
  renderRun,
  renderScopes,
  renderStack,
  renderTokens,
  runJson,
  StepRecorder,
  scopeReport,
  scopesJson,
  stackJson,
  stackReport,
  ToolError,
  type TreeNode,
  tokenRows,
  tokensJson,
  treeJson,
} from '../../tools/index.ts';
import type { ToolPort } from '../../vm/tool_port.ts';
import { type Command, type Invocation, readFile, SOURCE_HELP, SOURCE_OPTIONS, UsageError } from './command.ts';
import { decode, unicodeName } from './decode.ts';
import { programArguments, runProgram, takeAdaptive } from './live_code.ts';
import { PYTHON } from './names.ts';

const head = (tool: string, file: string): { tool: string; python: string; file: string } => ({
  tool,
  python: PYTHON,
  file,
});

export const tokens: Command = {
  summary: 'tokens with their positions',
  usage: '[-c CODE | FILE]',
  help: SOURCE_HELP,
  options: SOURCE_OPTIONS,
  run(it) {
    const program = it.program();
    const rows = tokenRows(program);
    if (it.flag('json')) it.json({ ...head('tokens', program.name), tokens: tokensJson(rows) });
    else it.write(renderTokens(rows, program, it.style));
    return 0;
  },
};

const MODES = ['exec', 'eval', 'single'] as const;

export const ast: Command = {
  summary: 'the syntax tree: drawn, or as ast.dump writes it',
  usage: '[--dump] [-c CODE | FILE]',
  help: `  --dump           as ast.dump(tree, indent=N) writes it
  --indent N       spaces per level of --dump (4); 0 for all in one line
  --attributes     with positions in --dump
  --mode MODE      exec, eval (an expression) or single (as at the prompt)
${SOURCE_HELP}`,
  options: {
    ...SOURCE_OPTIONS,
    dump: { type: 'boolean' },
    indent: { type: 'string' },
    attributes: { type: 'boolean' },
    mode: { type: 'string' },
  },
  run(it) {
    const mode = MODES.find(m => m === (it.string('mode') ?? 'exec'));
    if (mode === undefined) throw new UsageError('--mode wants exec, eval or single');
    const program = it.program({ mode });
    const tree = program.tree() as unknown as TreeNode;
    if (it.flag('json')) it.json({ ...head('ast', program.name), tree: program.guarded(() => treeJson(tree)) });
    else if (it.flag('dump')) {
      const indent = it.integer('indent', 4) || null;
      it.write(`${program.guarded(() => dumpTree(tree, { indent, attributes: it.flag('attributes') }))}\n`);
    } else it.write(program.guarded(() => drawTree(tree, it.style)));
    return 0;
  },
};

export const symtable: Command = {
  summary: 'scopes: what each name is, and why',
  usage: '[-c CODE | FILE]',
  help: SOURCE_HELP,
  options: SOURCE_OPTIONS,
  run(it) {
    const program = it.program();
    const report = scopeReport(program.symtable());
    if (it.flag('json')) it.json({ ...head('symtable', program.name), scopes: scopesJson(report) });
    else it.write(renderScopes(report, it.style));
    return 0;
  },
};

export const cfg: Command = {
  summary: 'the control-flow graph, and what each pass of the optimiser changes',
  usage: '[--all] [-f FUNCTION] [-c CODE | FILE]',
  help: `  --all            the whole graph after each pass that changed it
  -f, --function NAME  this unit only
${SOURCE_HELP}`,
  options: { ...SOURCE_OPTIONS, all: { type: 'boolean' }, function: { type: 'string', short: 'f' } },
  run(it) {
    const program = it.program();
    const name = it.string('function');
    const wanted = name === undefined ? null : (unit: string) => unit === name || unit.endsWith(`.${name}`);
    const units = passReports(program, wanted);
    if (name !== undefined) {
      if (units.length === 0) throw new ToolError(`${program.name}: there is no function '${name}'`);
    }
    if (it.flag('json')) it.json({ ...head('cfg', program.name), units: passesJson(units) });
    else it.write(renderPasses(units, it.style, it.flag('all')));
    return 0;
  },
};

/** A code object with the lines of its source, if that is at hand. */
interface Loaded {
  readonly name: string;
  /** Null for a .pyc. */
  readonly program: Program | null;
  readonly code: AnyCode;
  readonly lines: readonly string[];
  readonly pyc: PycFile | null;
  readonly bytes: Uint8Array;
}

/** Compiles a source, or reads a .pyc of any version. `more`: further arguments are the program's. */
function load(it: Invocation, more = false): Loaded {
  const name = it.positionals[0];
  if (it.string('command') === undefined && name !== undefined && name !== '-') {
    if (it.positionals.length > 1 && !more) throw new UsageError('one file at a time');
    const bytes = it.readFile(name);
    if (name.endsWith('.pyc') || looksLikePyc(bytes)) {
      const pyc = asToolError(name, () => readPyc(bytes));
      return { name, program: null, code: pyc.code, lines: sourceLines(pyc.code.filename), pyc, bytes };
    }
    const program = new Program(bytes, name, { parse: { decode, unicodeName }, optimize: it.level() });
    return { name, program, code: fromCompiler(program.code()), lines: program.lines, pyc: null, bytes };
  }
  const program = it.program({}, more);
  return {
    name: program.name,
    program,
    code: fromCompiler(program.code()),
    lines: program.lines,
    pyc: null,
    bytes: new Uint8Array(0),
  };
}

/** Reads and decodes; damage becomes one line. */
function asToolError<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof PycProblem) throw new ToolError(`${name}: ${e.message}`);
    throw e;
  }
}

function sourceLines(name: string): readonly string[] {
  try {
    return new Program(readFile(name), name, { parse: { decode, unicodeName } }).lines;
  } catch {
    return [];
  }
}

/** The code objects that are asked for: all, or the one of -f and those in it. */
function chosen(it: Invocation, { name, code }: Loaded): AnyCode {
  const wanted = it.string('function');
  if (wanted === undefined) return code;
  const found = findCode(code, wanted);
  if (found === undefined) throw new ToolError(`${name}: there is no function '${wanted}'`);
  return found;
}

const CODE_OPTIONS = { ...SOURCE_OPTIONS, function: { type: 'string', short: 'f' } } as const;
const CODE_HELP = `  -f, --function NAME  this function, by name or qualified name
${SOURCE_HELP}                   or a .pyc of CPython 3.6 to 3.15
`;

export const dis: Command = {
  summary: 'the disassembly, as each version of dis writes it, with the source beside',
  usage: '[option] ... [-f FUNCTION] [-c CODE | FILE]',
  help: `  --plain          exactly as dis.dis writes it: no source, no colour
  -C, --caches     with inline caches
  -s, --offsets    with offsets
  -P, --positions  with positions instead of line numbers
  -S, --adaptive, --run
                   run the program first (arguments behind FILE are its own), and show the specialised instructions that
                   the interpreter has put in place
  --depth N        nested functions down to that level
${CODE_HELP}`,
  options: {
    ...CODE_OPTIONS,
    plain: { type: 'boolean' },
    caches: { type: 'boolean', short: 'C' },
    offsets: { type: 'boolean', short: 's' },
    positions: { type: 'boolean', short: 'P' },
    adaptive: { type: 'boolean', short: 'S' },
    run: { type: 'boolean' },
    depth: { type: 'string' },
  },
  run(it) {
    const running = it.flag('run') || it.flag('adaptive');
    const loaded = load(it, running);
    if (running) {
      if (loaded.program === null || loaded.name === '<stdin>')
        throw new ToolError(`${loaded.name}: --run wants a source file or -c`);
      runProgram(it, it.string('command'), loaded.name, (port, live) => {
        if (live === null) process.stderr.write(`pyvarium dis: ${loaded.name} was not run\n`);
        else takeAdaptive(loaded.code, port, live);
        showListing(it, loaded);
      });
      return 0;
    }
    showListing(it, loaded);
    return 0;
  },
};

function showListing(it: Invocation, loaded: Loaded): void {
  const code = chosen(it, loaded);
  const { lines, name } = loaded;
  if (it.flag('json')) {
    it.json({
      ...head('dis', name),
      code: asToolError(name, () => explained(code.version, () => listingJson(code))),
    });
    return;
  }
  const options = {
    caches: it.flag('caches'),
    offsets: it.flag('offsets'),
    positions: it.flag('positions'),
    depth: it.integer('depth', Number.POSITIVE_INFINITY),
  };
  if (it.flag('plain') && options.positions && code.version.minor < 14)
    throw new UsageError(`--positions with --plain: the dis of ${code.version.name} has no such form`);
  const text = asToolError(name, () =>
    explained(code.version, () =>
      it.flag('plain') ? listing(code, options) : renderListing(code, lines, it.style, options),
    ),
  );
  it.write(text);
}

export const code: Command = {
  summary: 'every attribute of the code objects, tables decoded',
  usage: '[-f FUNCTION] [-c CODE | FILE]',
  help: CODE_HELP,
  options: CODE_OPTIONS,
  run(it) {
    const loaded = load(it);
    const top = chosen(it, loaded);
    asToolError(loaded.name, () =>
      explained(top.version, () => {
        if (it.flag('json')) it.json({ ...head('code', loaded.name), code: codeJson(top) });
        else
          it.write(
            allCode(top)
              .map(each => renderCode(each, loaded.lines, it.style))
              .join('\n'),
          );
      }),
    );
    return 0;
  },
};

export const pyc: Command = {
  summary: 'header and body of a .pyc of CPython 3.6 to 3.15; of a source, what would be written',
  usage: '[-c CODE | FILE]',
  help: CODE_HELP,
  options: CODE_OPTIONS,
  run(it) {
    const name = it.positionals[0];
    let loaded = load(it);
    let { pyc: file, bytes } = loaded;
    if (file === null) {
      const program = it.string('command') !== undefined || name === undefined || name === '-' ? null : name;
      bytes = it.compiled(program);
      file = readPyc(bytes);
      loaded = { ...loaded, code: file.code };
    }
    const shown = file;
    asToolError(loaded.name, () =>
      explained(shown.version, () => {
        if (it.flag('json')) it.json({ ...head('pyc', loaded.name), pyc: pycJson(shown) });
        else {
          const body = allCode(chosen(it, loaded)).map(each => renderCode(each, loaded.lines, it.style));
          it.write(`${renderPycHeader(bytes, shown, it.style)}${body.join('\n')}`);
        }
      }),
    );
    return 0;
  },
};

export const stack: Command = {
  summary: 'the value stack before and after each instruction, jumps and loops in the margin',
  usage: '[--run] [-f FUNCTION] [-c CODE | FILE] [-- argument ...]',
  help: `  --run            runs the program, and shows the real values of the function's first run (of the module, without -f)
  --steps N        so many steps (200)
${CODE_HELP}`,
  options: { ...CODE_OPTIONS, run: { type: 'boolean' }, steps: { type: 'string' } },
  run(it) {
    const running = it.flag('run');
    const loaded = load(it, running);
    const top = chosen(it, loaded);
    if (top.version.minor !== 14)
      throw new ToolError(
        `${loaded.name}: the stack is known for bytecode of CPython 3.14 only, and this is ${top.version.name}'s`,
      );
    if (running) {
      runStack(it, loaded, top);
      return 0;
    }
    asToolError(loaded.name, () =>
      explained(top.version, () => {
        const reports = allCode(top).map(stackReport);
        if (it.flag('json')) it.json({ ...head('stack', loaded.name), code: reports.map(stackJson) });
        else it.write(reports.map(r => renderStack(r, loaded.lines, it.style)).join('\n'));
      }),
    );
    return 0;
  },
};

/** Runs the program; the report follows its output. */
function runStack(it: Invocation, { name, lines }: Loaded, code: AnyCode): void {
  const text = it.string('command');
  if (text === undefined && (name === '<stdin>' || name.endsWith('.pyc')))
    throw new ToolError(`${name}: --run wants a source file or -c`);
  const limit = it.integer('steps', 200);
  let recorder: StepRecorder;
  let port: ToolPort;
  it.place.launch(programArguments(it, text, name), {
    begin(given) {
      port = given;
      // Python names a program by its absolute path.
      recorder = new StepRecorder(port, text === undefined ? path.resolve(name) : name, code.qualname, limit);
      port.set_tool_observer(recorder);
    },
    end() {
      port.set_tool_observer(null);
      if (it.flag('json')) it.json({ ...head('stack', name), function: code.qualname, run: runJson(recorder) });
      else if (recorder.steps.length === 0) process.stderr.write(`pyvarium stack: ${code.qualname} was not run\n`);
      else it.write(renderRun(recorder, disassemble(code), lines, it.style));
      it.finish();
    },
  });
}
