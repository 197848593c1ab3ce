// report_page.ts: the report as one HTML file: source, tree, graph, bytecode and stack in linked columns.
//
// The page's script draws everything from the report's data. One thing is lit at a time: a set of instructions; every column
// marks what belongs to it. Pointing lights up, a click holds, Escape lets go, the arrow keys step through instructions.
import { htmlPage } from '../html.ts';
import type { Json } from '../json.ts';
import { blockRow, type Report, reportJson } from './report.ts';

const STYLE = `
html, body { height: 100%; }
body { display: flex; flex-direction: column; overflow: hidden; }
header { display: flex; gap: 4px 18px; align-items: baseline; flex-wrap: wrap; padding: 8px 16px; }
header p { margin: 0; }
main { flex: 1; min-height: 0; padding: 0; display: flex; flex-direction: column; }
#bar { display: flex; gap: 12px; align-items: center; padding: 6px 16px; border-bottom: 1px solid var(--line); flex-wrap: wrap; }
#facts { color: var(--dim); font-size: 12.5px; } #facts b { color: var(--fg); font-weight: 500; margin-right: 10px; }
select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 5px; padding: 2px 6px; max-width: 340px; }
#columns { flex: 1; min-height: 0; display: grid; grid-template-columns: var(--widths); }
.column { display: flex; flex-direction: column; min-width: 0; min-height: 0; border-right: 1px solid var(--line); }
.column h2 { margin: 0; padding: 3px 12px; font-size: 11px; letter-spacing: .08em; text-transform: uppercase; color: var(--dim);
  background: var(--panel); border-bottom: 1px solid var(--line); font-weight: 600; }
.scroll { flex: 1; overflow: auto; padding: 6px 0 40px; font: 12px/1.55 ui-monospace, Menlo, Consolas, monospace; position: relative; }
.row { padding: 0 12px; white-space: pre; cursor: default; min-width: max-content; }
.row .number { display: inline-block; min-width: 3.2em; padding-right: 1em; text-align: right; color: var(--dim); user-select: none; }
.lit { background: var(--mark); } .row.lit { box-shadow: inset 3px 0 var(--accent); }
.source span.lit { border-radius: 2px; box-shadow: 0 0 0 1px var(--mark); }
.field, .off, .dim { color: var(--dim); } .op { color: var(--opcode); } .detail { color: var(--string); }
.arg { color: var(--number); }
.code .row { display: flex; gap: 10px; min-width: 0; } .code .op { min-width: 11.5em; flex: none; } .code .off { min-width: 2.6em; text-align: right; }
.code .argument { width: 8em; flex: none; overflow: hidden; text-overflow: ellipsis; }
.code .stack { flex: 1; min-width: 9em; white-space: pre-wrap; overflow-wrap: anywhere; } .code .stack .gone { color: var(--bad); text-decoration: line-through; opacity: .75; }
.code .stack .come { color: var(--good); } .code .row.start { border-top: 1px solid var(--line); }
.code .line { min-width: 2.6em; text-align: right; color: var(--dim); }
svg.fit { width: 100%; height: auto; } svg text { font: 11px ui-monospace, Menlo, Consolas, monospace; fill: var(--fg); } svg .title { fill: var(--dim); font-size: 10px; }
svg rect.block { fill: var(--panel); stroke: var(--line); rx: 5; } svg .dead { opacity: .45; }
svg rect.hit { fill: transparent; } svg rect.hit.lit { fill: var(--mark); }
svg g.some rect.block { stroke: var(--accent); stroke-width: 2; }
svg path { fill: none; stroke: var(--dim); stroke-width: 1.3; } svg path.jump { stroke: var(--accent); }
svg path.back { stroke: var(--number); } svg path.handler { stroke: var(--bad); stroke-dasharray: 4 3; }
.legend { padding: 2px 12px; color: var(--dim); font: 11px system-ui, sans-serif; } .legend b { font-weight: 600; }
.note { padding: 8px 12px; color: var(--dim); font-family: system-ui, sans-serif; white-space: normal; }
@media (max-width: 900px) { body { overflow: auto; } html, body { height: auto; } #columns { display: block; } .column { max-height: 60vh; } }
`;

const SCRIPT = `
'use strict';
const report = JSON.parse(document.getElementById('data').textContent);
const { lines, tree = [], functions } = report;
const $ = id => document.getElementById(id);
const el = (tag, className, text) => {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
};
const svg = (tag, attributes) => {
  const e = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const name in attributes) e.setAttribute(name, attributes[name]);
  return e;
};
let fn = null;          // the function that is shown
let codeRows = [], graphRows = [], graphBlocks = new Map(), treeRows = new Map(), pieces = [];
let held = null;        // indices that a click holds

// ---- selections: a list of indices of instructions, and the node or line they came from

const inside = (a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] <= a[1])) && (b[2] > a[2] || (b[2] === a[2] && b[3] >= a[3]));
const ofNode = n => fn.instructions.flatMap((x, i) => (x.node >= n && x.node < tree[n].end ? [i] : []));
const ofLine = n => fn.instructions.flatMap((x, i) => (x.line === n ? [i] : []));
const ofBlock = n => fn.instructions.flatMap((x, i) => (x.block === n ? [i] : []));

function light(from, indices, node, line) {
  for (const e of document.querySelectorAll('.lit')) e.classList.remove('lit');
  for (const e of document.querySelectorAll('g.some')) e.classList.remove('some');
  if (indices === null) return;
  const spans = [], nodes = new Set();
  for (const i of indices) {
    const x = fn.instructions[i];
    codeRows[i].classList.add('lit');
    if (graphRows[i]) graphRows[i].classList.add('lit');
    const g = graphBlocks.get(x.block);
    if (g) g.classList.add('some');
    if (node === undefined) {
      if (x.span) spans.push(x.span);
      if (x.node >= 0) nodes.add(x.node);
    }
  }
  if (node !== undefined && node >= 0) {
    nodes.add(node);
    if (tree[node].span) spans.push(tree[node].span);
  }
  for (const n of nodes) treeRows.get(n)?.classList.add('lit');
  let marked = false;
  for (const p of pieces) {
    if (spans.some(s => inside(p.span, s))) { p.element.classList.add('lit'); marked = true; }
  }
  // Bytecode without columns: whole lines.
  if (!marked) {
    const wanted = new Set(indices.map(i => fn.instructions[i].line));
    if (line !== undefined) wanted.add(line);
    for (const p of pieces) if (wanted.has(p.span[0])) p.element.classList.add('lit');
  }
  for (const scroll of document.querySelectorAll('.scroll')) {
    if (scroll === from) continue;
    const first = scroll.querySelector('.lit');
    if (first) reveal(scroll, first);
  }
}
function reveal(scroll, element) {
  const outer = scroll.getBoundingClientRect(), inner = element.getBoundingClientRect();
  if (inner.top < outer.top + 8 || inner.bottom > outer.bottom - 24) scroll.scrollTop += inner.top - outer.top - outer.height / 3;
  if (inner.left < outer.left || inner.left > outer.right - 60) scroll.scrollLeft += inner.left - outer.left - 40;
}
function pointing(element, selection) {
  const scroll = element.closest('.scroll');
  element.addEventListener('mouseover', e => { e.stopPropagation(); if (!held) light(scroll, ...selection()); });
  element.addEventListener('click', e => {
    e.stopPropagation();
    const chosen = selection();
    held = held && held.join() === chosen[0].join() ? null : chosen[0];
    light(scroll, ...chosen);
  });
}

// ---- columns

function column(name, title) {
  const box = el('section', 'column ' + name);
  box.append(el('h2', '', title));
  const scroll = el('div', 'scroll');
  scroll.addEventListener('mouseleave', () => { if (!held) light(null, null); });
  box.append(scroll);
  $('columns').append(box);
  return scroll;
}

function drawSource(scroll) {
  const [first, last] = fn.lines;
  const cuts = new Map();
  const cut = (l, c) => { if (!cuts.has(l)) cuts.set(l, new Set()); cuts.get(l).add(c); };
  const spans = fn.instructions.map(x => x.span).filter(Boolean);
  if (fn.root >= 0) for (let i = fn.root; i < tree[fn.root].end; i++) if (tree[i].span) spans.push(tree[i].span);
  for (const s of spans) { cut(s[0], s[1]); cut(s[2], s[3]); }
  for (let n = first; n <= Math.min(last, lines.length); n++) {
    const text = lines[n - 1];
    const row = el('div', 'row');
    row.append(el('span', 'number', String(n)));
    const marks = [0, ...[...(cuts.get(n) ?? [])].filter(c => c > 0 && c < text.length).sort((a, b) => a - b), text.length];
    scroll.append(row);
    for (let i = 0; i + 1 < marks.length; i++) {
      const piece = el('span', '', text.slice(marks[i], marks[i + 1]));
      const span = [n, marks[i], n, marks[i + 1]];
      row.append(piece);
      pieces.push({ span, element: piece });
      pointing(piece, () => {
        const node = smallest(span);
        return node < 0 ? [ofLine(n), undefined, n] : [ofNode(node), node, n];
      });
    }
    pointing(row.firstChild, () => [ofLine(n), undefined, n]);
  }
}
function smallest(span) {
  let found = -1;
  if (fn.root < 0) return found;
  for (let i = fn.root; i < tree[fn.root].end;) {
    const node = tree[i];
    if (node.span && !inside(span, node.span)) { i = node.end; continue; }
    if (node.span) found = i;
    i++;
  }
  return found;
}

function drawTree(scroll) {
  if (fn.root < 0) { scroll.append(el('div', 'note', 'No tree: only the compiled file is known.')); return; }
  const base = tree[fn.root].depth;
  for (let i = fn.root; i < tree[fn.root].end; i++) {
    const node = tree[i];
    const row = el('div', 'row');
    row.append(el('span', 'dim', '\\u2502 '.repeat(node.depth - base)));
    if (node.field && i !== fn.root) row.append(el('span', 'field', node.field + ' '));
    row.append(el('span', 'op', node.label));
    if (node.detail) row.append(el('span', 'detail', ' ' + node.detail));
    scroll.append(row);
    treeRows.set(i, row);
    pointing(row, () => [ofNode(i), i]);
  }
}

function drawGraph(scroll) {
  const { graph } = fn;
  if (!graph) { scroll.append(el('div', 'note', 'This graph has too many blocks to be drawn.')); return; }
  const legend = el('div', 'legend');
  legend.innerHTML = 'grey: goes on &nbsp; <b style="color:var(--accent)">jumps</b> &nbsp; <b style="color:var(--number)">loops</b> &nbsp; <b style="color:var(--bad)">exceptions</b>';
  const fit = el('button', '', 'fit');
  fit.addEventListener('click', e => { e.stopPropagation(); root.classList.toggle('fit'); });
  legend.append(' \\u00a0 ', fit);
  scroll.append(legend);
  const root = svg('svg', { width: graph.width, height: graph.height, viewBox: '0 0 ' + graph.width + ' ' + graph.height });
  const defs = svg('defs', {});
  for (const [kind, color] of [['next', 'dim'], ['jump', 'accent'], ['back', 'number'], ['handler', 'bad']]) {
    const marker = svg('marker', { id: 'to-' + kind, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' });
    marker.append(svg('path', { d: 'M0,0.5 L8,4 L0,7.5 z', style: 'fill:var(--' + color + ');stroke:none' }));
    defs.append(marker);
  }
  root.append(defs);
  for (const { kind, points } of graph.edges) {
    let d = 'M' + points[0].join(',');
    for (let i = 1; i < points.length - 1; i++) {
      const [x, y] = points[i], [nx, ny] = points[i + 1];
      d += ' Q' + x + ',' + y + ' ' + (i === points.length - 2 ? nx + ',' + ny : (x + nx) / 2 + ',' + (y + ny) / 2);
    }
    if (points.length === 2) d += ' L' + points[1].join(',');
    root.append(svg('path', { class: kind, d, 'marker-end': 'url(#to-' + kind + ')' }));
  }
  let at = 0;
  scroll.append(root);
  for (const block of graph.blocks) {
    const g = svg('g', { class: block.reachable ? '' : 'dead' });
    g.append(svg('rect', { class: 'block', x: block.x, y: block.y, width: block.width, height: block.height }));
    const title = svg('text', { class: 'title', x: block.x + block.width + 2, y: block.y + 9 });
    title.textContent = 'B' + block.index;
    g.append(title);
    root.append(g);
    graphBlocks.set(block.index, g);
    pointing(g, () => [ofBlock(block.index)]);
    const rows = fn.instructions.filter(x => x.block === block.index).length;
    for (let r = 0; r < rows; r++) {
      const i = at++;
      const y = block.y + 8 + r * 15;
      const hit = svg('rect', { class: 'hit', x: block.x + 2, y, width: block.width - 4, height: 15 });
      const text = svg('text', { x: block.x + 8, y: y + 11 });
      text.textContent = fn.rows[i];
      g.append(hit, text);
      graphRows[i] = hit;
      pointing(hit, () => [[i]]);
      text.style.pointerEvents = 'none';
    }
  }
}

function drawCode(scroll) {
  let last = null;
  fn.instructions.forEach((x, i) => {
    const row = el('div', 'row' + (x.line !== last && i > 0 ? ' start' : ''));
    row.append(el('span', 'line', x.line !== last ? String(x.line ?? '--') : ''));
    last = x.line;
    row.append(el('span', 'off', String(x.offset)));
    row.append(el('span', 'op', x.opname));
    const argument = el('span', 'argument arg', x.argrepr === '' ? String(x.arg ?? '') : x.argrepr);
    argument.title = argument.textContent;
    row.append(argument);
    const stack = el('span', 'stack');
    if (x.after) {
      let same = 0;
      while (same < x.before.length && same < x.after.length && x.before[same] === x.after[same]) same++;
      const parts = [...x.after.slice(0, same).map(t => ['dim', t]), ...x.before.slice(same).map(t => ['gone', t]), ...x.after.slice(same).map(t => ['come', t])];
      parts.forEach(([kind, text], k) => { if (k) stack.append(el('span', 'dim', ' \\u250a ')); stack.append(el('span', kind, text)); });
      if (parts.length === 0) stack.append(el('span', 'dim', '\\u00b7'));
    } else if (x.depth) stack.append(el('span', 'dim', x.depth[0] + ' → ' + x.depth[1]));
    else if (report.stacks) stack.append(el('span', 'dim', 'never reached'));
    row.append(stack);
    scroll.append(row);
    codeRows[i] = row;
    pointing(row, () => [[i]]);
  });
}

function show(index) {
  fn = functions[index];
  held = null;
  codeRows = []; graphRows = []; graphBlocks = new Map(); treeRows = new Map(); pieces = [];
  $('columns').textContent = '';
  const widths = [];
  if (lines) { widths.push('minmax(200px, 23fr)'); drawSource(column('source', 'Source')); }
  if (tree.length) { widths.push('minmax(150px, 16fr)'); drawTree(column('tree', 'Tree')); }
  widths.push('minmax(220px, 24fr)', 'minmax(360px, 37fr)');
  drawGraph(column('graph', 'Graph'));
  drawCode(column('code', report.stacks ? 'Bytecode \\u00a0 Stack: gone, come' : fn.instructions.some(x => x.depth) ? 'Bytecode \\u00a0 Depth of the stack' : 'Bytecode'));
  document.documentElement.style.setProperty('--widths', widths.join(' '));
  $('facts').textContent = '';
  for (const [name, value] of Object.entries(fn.facts)) { $('facts').append(name + ' ', el('b', '', value)); }
}

const select = $('function');
functions.forEach((f, i) => { const o = el('option', '', f.path); o.value = String(i); select.append(o); });
select.addEventListener('change', () => show(Number(select.value)));
if (functions.length === 1) select.style.display = 'none';
document.addEventListener('keydown', e => {
  if (e.target === select) return;
  if (e.key === 'Escape') { held = null; light(null, null); }
  else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
    e.preventDefault();
    const step = e.key === 'ArrowDown' ? 1 : -1;
    const at = held === null ? (step > 0 ? 0 : codeRows.length - 1) : Math.max(0, Math.min(codeRows.length - 1, held[step > 0 ? held.length - 1 : 0] + step));
    held = [at];
    light(null, held);
  }
});
document.addEventListener('click', () => { held = null; light(null, null); });
show(0);
`;

export function reportPage(report: Report): string {
  const data = reportJson(report) as { functions: Record<string, Json>[]; [key: string]: Json };
  const functions = data.functions.map((f, i) => ({
    ...f,
    rows: report.functions[i]!.graph.blocks.flatMap(block => block.instructions.map(blockRow)),
  }));
  return htmlPage({
    title: report.functions.length === 1 ? `${report.functions[0]!.path} in ${report.name}` : report.name,
    subtitle: `CPython ${report.python} bytecode. Point at anything to see what belongs to it; a click holds it, ↑ and ↓ step, Esc lets go.`,
    style: STYLE,
    script: SCRIPT,
    body: `<div id="bar"><select id="function" aria-label="function"></select><span id="facts"></span></div><div id="columns"></div>`,
    data: { ...data, functions, stacks: report.python === '3.14' },
  });
}
