// report_text.ts: a report for a terminal: facts, tree, graph, and the bytecode with its source and stack.
import { renderListing } from '../listing.ts';
import { renderStack, stackReport } from '../stack.ts';
import { padEnd, plural, type Style } from '../style.ts';
import type { FunctionReport, Report } from './report.ts';

export function renderReport(report: Report, style: Style, options: { readonly tree: boolean }): string {
  return report.functions.map(each => renderFunction(report, each, style, options.tree)).join('\n');
}

function renderFunction(report: Report, each: FunctionReport, style: Style, tree: boolean): string {
  const { code } = each;
  const version = report.python === '3.14' ? '' : `, CPython ${report.python}`;
  const out = [style.heading(`${each.path} in ${report.name}${version}`)];
  for (const [name, value] of each.facts) out.push(`  ${style.as('dim', padEnd(name, 14))}${value}`);
  if (tree && each.root >= 0) out.push('', style.as('bold', 'Tree'), ...treeLines(report, each.root, style));
  out.push('', style.as('bold', 'Graph'), ...graphLines(each, style), '');
  const lines = report.lines ?? [];
  out.push(
    code.version.minor === 14
      ? renderStack(stackReport(code), lines, style)
      : renderListing(code, lines, style, { offsets: true, depth: 0 }),
  );
  return out.join('\n');
}

function treeLines({ nodes }: Report, root: number, style: Style): string[] {
  const out: string[] = [];
  const draw = (index: number, lead: string, next: string): void => {
    const node = nodes[index]!;
    const field = index === root || node.field === '' ? '' : style.as('dim', `${node.field}: `);
    const detail = node.detail === '' ? '' : ` ${style.as('bold', node.detail)}`;
    const place = node.span === null ? '' : style.as('dim', `  ${node.span[0]}:${node.span[1]}`);
    out.push(`  ${style.as('dim', lead)}${field}${style.as('opcode', node.label)}${detail}${place}`);
    const children: number[] = [];
    for (let i = index + 1; i < node.end; i = nodes[i]!.end) children.push(i);
    children.forEach((child, i) => {
      const last = i === children.length - 1;
      draw(child, next + (last ? '└─ ' : '├─ '), next + (last ? '   ' : '│  '));
    });
  };
  draw(root, '', '');
  return out;
}

/** A line for each block: its lines, what is in it, where it leads. */
function graphLines({ graph }: FunctionReport, style: Style): string[] {
  return graph.blocks.map(block => {
    const lines = [...new Set(block.instructions.flatMap(i => (i.line === null ? [] : [i.line])))].sort(
      (a, b) => a - b,
    );
    const where =
      lines.length === 0 ? 'no line' : lines.length === 1 ? `line ${lines[0]}` : `lines ${lines[0]}-${lines.at(-1)}`;
    const ways = block.successors.map(to => (to <= block.index ? style.as('warn', `↺ B${to}`) : `B${to}`));
    const exits = ways.length > 0 ? `→ ${ways.join(', ')}` : style.as('dim', 'ends');
    const handlers =
      block.handlers.length === 0
        ? ''
        : style.as('bad', `  exceptions → ${block.handlers.map(h => `B${h}`).join(', ')}`);
    const dead = block.reachable ? '' : style.as('bad', '  never reached');
    const depth = '  '.repeat(block.loopDepth);
    return `  ${style.as('accent', padEnd(`${depth}B${block.index}`, 8))} ${padEnd(where, 14)} ${padEnd(plural(block.instructions.length, 'instruction'), 16)} ${exits}${handlers}${dead}`;
  });
}
