// visualize.ts: `pyvarium visualize`: a report of one file or function, or a comparison of several.
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  type Comparison,
  comparePlacesOf,
  comparisonPage,
  gridJson,
  grids,
  listTitles,
  makeReport,
  type Place,
  readUnit,
  renderGrid,
  renderReport,
  renderUnmatched,
  reportJson,
  reportPage,
  select,
  splitTarget,
  type Unit,
  type UnmatchedOf,
} from '../../tools/index.ts';
import { type Command, type Invocation, readFile, SOURCE_OPTIONS, UsageError } from './command.ts';
import { decode, unicodeName } from './decode.ts';

/** A file, and the functions of it that are shown. */
interface Target {
  readonly text: string;
  readonly unit: Unit;
  readonly places: readonly Place[];
}

function load(it: Invocation, text: string): Target {
  const { file, name } = splitTarget(text, file => fs.existsSync(file));
  const bytes = file === '-' ? readFile(0) : it.readFile(file);
  const options = { parse: { decode, unicodeName }, optimize: it.level() };
  const unit = readUnit(
    bytes,
    file === '-' ? '<stdin>' : file,
    options,
    it.string('source') === undefined ? null : sourceText(it),
  );
  return { text, unit, places: select(unit, name ?? it.string('function') ?? null) };
}

function sourceText(it: Invocation): string {
  return new TextDecoder().decode(it.readFile(it.string('source')!));
}

function report(it: Invocation, { unit, places }: Target): void {
  const made = makeReport(unit, places);
  if (wantsHtml(it)) it.write(reportPage(made));
  else if (it.flag('json'))
    it.json({ tool: 'visualize', python: made.python, file: unit.name, ...(reportJson(made) as object) });
  else it.write(renderReport(made, it.style, { tree: it.flag('tree') }));
}

function compare(it: Invocation, targets: readonly Target[]): void {
  const versions = new Set(targets.map(t => t.unit.code.version.name));
  const title = ({ text, unit }: Target): string =>
    versions.size === targets.length ? `CPython ${unit.code.version.name}` : text;
  const comparisons: Comparison[] = [];
  const unmatched: UnmatchedOf[] = [];
  targets.slice(1).forEach((right, i) => {
    const left = targets[i]!;
    const sameSource =
      left.unit.code.version !== right.unit.code.version &&
      path.basename(left.unit.code.filename) === path.basename(right.unit.code.filename);
    const found = comparePlacesOf(
      { title: title(left), places: left.places },
      { title: title(right), places: right.places },
      sameSource,
    );
    comparisons.push(...found.comparisons);
    unmatched.push({ titles: [title(left), title(right)], items: found.unmatched });
  });
  const tables = grids(comparisons);
  if (wantsHtml(it)) {
    it.write(comparisonPage(listTitles(targets.map(t => path.basename(t.text))), tables, unmatched));
  } else if (it.flag('json')) {
    it.json({
      tool: 'visualize',
      files: targets.map(t => ({ file: t.unit.name, python: t.unit.code.version.name })),
      comparisons: tables.map(gridJson),
      unmatched: unmatched.flatMap(({ titles, items }) =>
        items.map(({ path, side, why }) => ({ path, only_in: titles[side === 'left' ? 0 : 1], why })),
      ),
    });
  } else {
    it.write(tables.map(table => renderGrid(table, it.style)).join('\n'));
    const alone = unmatched.flatMap(({ titles, items }) => items.map(each => renderUnmatched(each, titles, it.style)));
    if (alone.length > 0) it.write(`\n${alone.join('')}`);
  }
}

const wantsHtml = (it: Invocation): boolean => it.flag('html') || /\.html?$/.test(it.string('out') ?? '');

export const visualize: Command = {
  summary: 'source, tree, graph, bytecode and stack of a file or function, linked; or a comparison of several',
  usage: '[option] ... TARGET [TARGET ...]',
  help: `  TARGET           FILE or FILE:FUNCTION: a source, or a .pyc of CPython 3.6 to 3.15
                   one: a report; several: each compared with the next, instruction by instruction
  --html           write one HTML file (also with -o FILE.html)
  --tree           with the syntax tree, in a terminal's report
  -c CODE          a report of this program text
  -f, --function NAME  that function of each TARGET
  --source FILE    the source that a .pyc was made from
  -O LEVEL         0, 1 or 2: as python's -O and -OO
`,
  options: {
    ...SOURCE_OPTIONS,
    html: { type: 'boolean' },
    tree: { type: 'boolean' },
    function: { type: 'string', short: 'f' },
    source: { type: 'string' },
  },
  run(it) {
    const text = it.string('command');
    const { positionals } = it;
    if (text === undefined && positionals.length === 0) throw new UsageError('what is to be shown?');
    if (text !== undefined && positionals.length > 0) throw new UsageError('-c or TARGET, not both');
    const options = { parse: { decode, unicodeName }, optimize: it.level() };
    const targets = positionals.map(target => load(it, target));
    if (text !== undefined) {
      const unit = readUnit(new TextEncoder().encode(text), '<string>', options);
      targets.push({ text: '<string>', unit, places: select(unit, it.string('function') ?? null) });
    }
    if (targets.length === 1) report(it, targets[0]!);
    else compare(it, targets);
    return 0;
  },
};
