// python.ts: the tools for Python code: what `pyvarium.tools` (pylib/pyvarium/tools.py) asks for, answered in JSON.
//
// A request names a tool and a target: a source, or a code object in marshal's format with the bytecode that the interpreter
// runs (`adaptive`, for the object and those in it, outer ones first). The answer is the JSON of `pyvarium TOOL --json`, or text.
import {
  type AnyCode,
  allCode,
  analyzeCode,
  analyzeProgram,
  codeJson,
  comparePlacesOf,
  compareProfiles,
  compareRows,
  comparisonPage,
  disassemble,
  drawTree,
  dumpTree,
  explained,
  findCode,
  fromCompiler,
  functionJson,
  gridJson,
  grids,
  type Json,
  listing,
  listingJson,
  listTitles,
  makeReport,
  ownVersion,
  type Place,
  type Profile,
  ProfileSession,
  Program,
  PycProblem,
  passesJson,
  passReports,
  places,
  readMarshalledCode,
  renderCode,
  renderFunction,
  renderGrid,
  renderListing,
  renderPasses,
  renderProfile,
  renderReport,
  renderRun,
  renderScopes,
  renderStack,
  renderTable,
  renderTokens,
  renderUnmatched,
  reportJson,
  reportPage,
  runJson,
  type SessionOptions,
  StepRecorder,
  Style,
  scopeReport,
  scopesJson,
  select,
  stackJson,
  stackReport,
  ToolError,
  type TreeNode,
  tokenRows,
  tokensJson,
  treeJson,
  type Unit,
  withRun,
} from '../../tools/index.ts';
import type { ToolPort } from '../../vm/tool_port.ts';
import { analyzeFiles, sourceFiles } from './analyze.ts';
import { decode, unicodeName } from './decode.ts';
import { PYTHON } from './names.ts';
import { CLOCK, OUTPUTS, sourceLine } from './profile.ts';

interface Target {
  readonly filename: string;
  readonly source?: string;
  /** Base64 of a marshalled code object. */
  readonly code?: string;
  /** Base64 of the bytecode as it runs. */
  readonly adaptive?: readonly string[];
  /** Names of the globals of the function whose code it is. */
  readonly globals?: readonly string[];
  /** A function in the source. */
  readonly function?: string | null;
}

interface Request {
  readonly do: string;
  readonly target?: Target | null;
  readonly targets?: readonly Target[];
  readonly paths?: readonly string[];
  readonly format?: string;
  readonly width?: number;
  readonly color?: boolean;
  readonly mode?: 'exec' | 'eval' | 'single';
  readonly optimize?: 0 | 1 | 2;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly profile?: Profile;
  readonly old?: Profile;
}

/** A target, read as far as a tool needs it. */
class Loaded {
  readonly target: Target;
  private readonly request: Request;
  private read: Program | null = null;
  constructor(target: Target, request: Request) {
    this.target = target;
    this.request = request;
  }

  /** The source's stages. */
  get program(): Program {
    const { source, filename } = this.target;
    if (source === undefined) throw new ToolError(`${filename}: this needs a source`);
    const { optimize = 0, mode = 'exec' } = this.request;
    this.read ??= new Program(source, filename, { parse: { decode, unicodeName }, optimize, mode });
    return this.read;
  }

  get lines(): readonly string[] {
    return this.target.source === undefined ? [] : this.program.lines;
  }

  /** The code object: as given, or compiled from the source. `asRun`: with specialised instructions. */
  code(asRun = false): AnyCode {
    const { code, adaptive, filename, function: name } = this.target;
    if (code !== undefined) {
      const made = readMarshalledCode(bytes(code));
      if (asRun && adaptive !== undefined)
        allCode(made).forEach((each, i) => {
          if (adaptive[i] !== undefined) each.code = bytes(adaptive[i]);
        });
      return made;
    }
    const all = fromCompiler(this.program.code());
    if (name === undefined || name === null) return all;
    const found = findCode(all, name);
    if (found === undefined) throw new ToolError(`${filename}: there is no function '${name}'`);
    return found;
  }

  /** What `visualize` shows of it. */
  get unit(): { unit: Unit; places: readonly Place[] } {
    const { code, filename, source, function: name } = this.target;
    if (source === undefined || code !== undefined) {
      const unit = { name: filename, code: this.code(), lines: source === undefined ? null : this.lines, tree: null };
      return { unit, places: places(unit.code) };
    }
    const { program } = this;
    const unit = { name: filename, code: fromCompiler(program.code()), lines: program.lines, tree: program.tree() };
    return { unit, places: select(unit, name ?? null) };
  }
}

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** Makes the answer as data or, where `format` asks for it, as text. */
function either(request: Request, data: () => Json, text: (style: Style) => string): Json {
  return request.format === 'text' ? text(styleOf(request)) : data();
}

const styleOf = ({ color = false, width = 100 }: Request): Style => new Style(color, width);

function analysis(it: Loaded, request: Request): Json {
  const { code, adaptive, function: name, filename, globals } = it.target;
  let reports =
    code === undefined
      ? analyzeProgram(it.program)
      : allCode(it.code()).map((each, i) => {
          const report = analyzeCode(each, { globals: new Set(globals) });
          return adaptive?.[i] === undefined ? report : withRun(report, bytes(adaptive[i]));
        });
  if (code === undefined && name !== undefined && name !== null) {
    reports = reports.filter(r => r.name === name || r.name.startsWith(`${name}.`));
    if (reports.length === 0) throw new ToolError(`${filename}: there is no function '${name}'`);
  }
  return either(
    request,
    () => reports.map(functionJson),
    style =>
      reports.map(r => renderFunction(r, it.lines, style, { all: request.options?.['all'] === true })).join('\n'),
  );
}

function fileAnalysis(request: Request): Json {
  const files = sourceFiles(request.paths ?? []);
  const { rows, totals, findings } = analyzeFiles({ files, findings: true });
  rows.sort(compareRows('complexity'));
  return either(
    request,
    () => ({ totals: { ...totals }, functions: rows.map(r => ({ ...r })), findings }),
    style => renderTable(rows, totals, Number(request.options?.['limit'] ?? 30), style),
  );
}

function comparison(request: Request): Json {
  const sides = (request.targets ?? []).map(target => {
    const { places: chosen } = new Loaded(target, request).unit;
    return { title: target.function ?? target.filename, places: chosen };
  });
  if (sides.length < 2) throw new ToolError('two are wanted to be compared');
  if (new Set(sides.map(s => s.title)).size < sides.length) sides.forEach((side, i) => (side.title += ` (${i + 1})`));
  const found = sides.slice(1).map((right, i) => comparePlacesOf(sides[i]!, right, false));
  const tables = grids(found.flatMap(f => f.comparisons));
  const unmatched = found.map((f, i) => ({
    titles: [sides[i]!.title, sides[i + 1]!.title] as [string, string],
    items: f.unmatched,
  }));
  if (request.format === 'html') return comparisonPage(listTitles(sides.map(s => s.title)), tables, unmatched);
  return either(
    request,
    () => tables.map(gridJson),
    style =>
      tables.map(table => renderGrid(table, style)).join('\n') +
      unmatched.flatMap(({ titles, items }) => items.map(each => renderUnmatched(each, titles, style))).join(''),
  );
}

// --- what watches the running program ------------------------------------------------------------------------------------

const sessions = { profile: null as ProfileSession | null, steps: null as StepRecorder | null };

function startProfile(port: ToolPort, request: Request): Json {
  if (sessions.profile !== null) throw new ToolError('a profiler is running already');
  sessions.profile = new ProfileSession(port, request.options as unknown as SessionOptions, CLOCK);
  return null;
}

function stopProfile(program: string): Json {
  const { profile } = sessions;
  if (profile === null) throw new ToolError('no profiler is running');
  sessions.profile = null;
  return profile.stop(program, PYTHON, 0) as unknown as Json;
}

function exported(request: Request): Json {
  const profile = request.profile!;
  const { options = {}, format = 'text' } = request;
  if (format === 'text' || format === 'compare') {
    const limit = Number(options['limit'] ?? 20);
    const style = styleOf(request);
    if (format === 'compare') return compareProfiles(request.old!, profile, style, limit);
    const sort = (options['sort'] ?? 'own') as 'own';
    return renderProfile(profile, sourceLine, style, { sort, limit });
  }
  const made = OUTPUTS[format]!(profile);
  return typeof made === 'string' ? made : Buffer.from(made).toString('base64');
}

function startSteps(port: ToolPort, it: Loaded, request: Request): Json {
  if (port.tool_observer() !== null) throw new ToolError('another tool observes the program');
  const code = it.code();
  sessions.steps = new StepRecorder(port, code.filename, code.qualname, Number(request.options?.['steps'] ?? 200));
  port.set_tool_observer(sessions.steps);
  return null;
}

function stopSteps(port: ToolPort, it: Loaded, request: Request): Json {
  const { steps } = sessions;
  if (steps === null) throw new ToolError('no function is being recorded');
  sessions.steps = null;
  port.set_tool_observer(null);
  const data = runJson(steps) as { readonly [key: string]: Json };
  return { ...data, text: renderRun(steps, disassemble(it.code()), it.lines, styleOf(request)) };
}

function answer(port: ToolPort, request: Request): Json {
  const it = new Loaded(request.target ?? { filename: '' }, request);
  const { options = {} } = request;
  switch (request.do) {
    case 'tokens': {
      const rows = tokenRows(it.program);
      return either(
        request,
        () => tokensJson(rows),
        style => renderTokens(rows, it.program, style),
      );
    }
    case 'ast': {
      const tree = it.program.tree() as unknown as TreeNode;
      if (options['dump'] === true) return dumpTree(tree, { indent: 4, attributes: false });
      return either(
        request,
        () => it.program.guarded(() => treeJson(tree)),
        style => it.program.guarded(() => drawTree(tree, style)),
      );
    }
    case 'symtable': {
      const report = scopeReport(it.program.symtable());
      return either(
        request,
        () => scopesJson(report),
        style => renderScopes(report, style),
      );
    }
    case 'cfg': {
      const name = it.target.function ?? null;
      const wanted = name === null ? null : (unit: string) => unit === name || unit.endsWith(`.${name}`);
      const units = passReports(it.program, wanted);
      if (units.length === 0) throw new ToolError(`${it.target.filename}: there is no function '${name}'`);
      return either(
        request,
        () => passesJson(units),
        style => renderPasses(units, style, options['all'] === true),
      );
    }
    case 'dis': {
      const code = it.code(options['adaptive'] === true);
      return either(
        request,
        () => listingJson(code),
        style => (options['plain'] === true ? listing(code, options) : renderListing(code, it.lines, style, options)),
      );
    }
    case 'code': {
      const code = it.code();
      return either(
        request,
        () => codeJson(code),
        style =>
          allCode(code)
            .map(each => renderCode(each, it.lines, style))
            .join('\n'),
      );
    }
    case 'stack': {
      const reports = allCode(it.code()).map(stackReport);
      return either(
        request,
        () => reports.map(stackJson),
        style => reports.map(r => renderStack(r, it.lines, style)).join('\n'),
      );
    }
    case 'analyze':
      return analysis(it, request);
    case 'analyze files':
      return fileAnalysis(request);
    case 'visualize': {
      const { unit, places: chosen } = it.unit;
      const report = makeReport(unit, chosen);
      if (request.format === 'html') return reportPage(report);
      return either(
        request,
        () => reportJson(report),
        style => renderReport(report, style, { tree: options['tree'] === true }),
      );
    }
    case 'compare':
      return comparison(request);
    case 'start profile':
      return startProfile(port, request);
    case 'stop profile':
      return stopProfile(it.target.filename);
    case 'export profile':
      return exported(request);
    case 'start steps':
      return startSteps(port, it, request);
    case 'stop steps':
      return stopSteps(port, it, request);
  }
  throw new ToolError(`there is no tool '${request.do}'`);
}

/** Answers a request of pyvarium.tools. */
export function answerPython(port: ToolPort, text: string): string {
  try {
    return JSON.stringify({ answer: explained(ownVersion(), () => answer(port, JSON.parse(text) as Request)) });
  } catch (e) {
    if (e instanceof ToolError || e instanceof PycProblem) return JSON.stringify({ error: e.message });
    throw e;
  }
}
