// page.ts: a profile as one HTML file: a flame graph to zoom into, a table to sort, a timeline of the calls.
import { htmlPage } from '../html.ts';
import type { Json } from '../json.ts';
import type { Profile, ProfileNode } from './data.ts';
import { milliseconds, placeOf } from './text.ts';

const STYLE = `
#flame { position: relative; width: 100%; overflow: hidden; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
#flame div { position: absolute; height: 19px; font-size: 12px; line-height: 18px; padding: 0 4px; overflow: hidden; white-space: nowrap;
  border: 1px solid var(--bg); border-radius: 3px; cursor: pointer; color: #1b1b1b; }
#flame div.dim { opacity: .35; } #flame div.match { outline: 2px solid var(--bad); z-index: 1; }
#flame div:hover { filter: brightness(1.12); }
#tip { min-height: 1.6em; color: var(--dim); } nav { display: flex; gap: 8px; align-items: center; margin: 0 0 8px; flex-wrap: wrap; }
h2 { font-size: 15px; margin: 22px 0 6px; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: 2px 10px; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th { cursor: pointer; user-select: none; } th.on { color: var(--accent); }
td:nth-child(n+5), th:nth-child(n+5) { text-align: left; } td.mono { max-width: 40vw; overflow: hidden; text-overflow: ellipsis; }
canvas { width: 100%; height: 260px; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); cursor: grab; }
`;

/** Runs in the page: no part of our program. */
const SCRIPT = String.raw`
const data = JSON.parse(document.getElementById('data').textContent);
const fns = data.functions;
const color = id => 'hsl(' + ((id * 47 + 20) % 360) + ' ' + (fns[id].file ? 62 : 22) + '% ' + (fns[id].file ? 68 : 74) + '%)';
const ms = x => x >= 1000 ? (x / 1000).toFixed(2) + ' s' : x >= 1 ? x.toFixed(2) + ' ms' : (x * 1000).toFixed(0) + ' us';
const place = f => f.file ? f.file.split('/').pop() + ':' + f.line : 'built-in';
let by = 'own';
const weigh = node => { node.whole = by === 'own' ? node.own : node.instructions; for (const c of node.children) { c.parent = node; weigh(c); node.whole += c.whole; } };
const root = { fn: -1, own: 0, instructions: 0, calls: 0, children: data.threads.map(t => t.tree) };
const name = node => node.fn < 0 ? 'all' : fns[node.fn].name;
const flame = document.getElementById('flame'), tip = document.getElementById('tip'), search = document.getElementById('search');
let zoomed = root;
function depthOf(node) { return 1 + Math.max(0, ...node.children.filter(c => c.whole > 0).map(depthOf)); }
function draw() {
  flame.textContent = '';
  const path = []; for (let n = zoomed; n; n = n.parent) path.unshift(n);
  const width = flame.clientWidth, query = search.value.toLowerCase();
  let deepest = 0;
  const box = (node, x, w, depth, dim) => {
    if (w < 1.5) return;
    deepest = Math.max(deepest, depth);
    const el = document.createElement('div');
    el.style.left = x + 'px'; el.style.width = w + 'px'; el.style.top = depth * 20 + 'px';
    el.style.background = node.fn < 0 ? '#c9c9c9' : color(node.fn);
    el.className = (dim ? 'dim' : '') + (query && name(node).toLowerCase().includes(query) ? ' match' : '');
    el.dataset.name = name(node);
    if (w > 26) el.textContent = name(node);
    el.onmouseenter = () => { const f = fns[node.fn]; tip.textContent = name(node) + (f ? ' (' + place(f) + ')' : '') + ' — ' + (by === 'own' ? ms(node.whole) : node.whole.toLocaleString('en') + ' instructions') + ', ' + (100 * node.whole / (root.whole || 1)).toFixed(1) + '% of all, ' + node.calls.toLocaleString('en') + ' calls, own ' + (by === 'own' ? ms(node.own) : node.instructions.toLocaleString('en')); };
    el.onclick = () => { zoomed = node; draw(); };
    flame.append(el);
  };
  path.slice(0, -1).forEach((node, depth) => box(node, 0, width, depth, true));
  const spread = (node, x, w, depth) => {
    box(node, x, w, depth, false);
    let at = x;
    for (const c of [...node.children].sort((a, b) => b.whole - a.whole)) { const cw = node.whole > 0 ? w * c.whole / node.whole : 0; spread(c, at, cw, depth + 1); at += cw; }
  };
  spread(zoomed, 0, width, path.length - 1);
  flame.style.height = (deepest + 1) * 20 + 2 + 'px';
}
weigh(root); draw();
document.getElementById('reset').onclick = () => { zoomed = root; draw(); };
search.oninput = draw;
document.getElementById('by').onchange = e => { by = e.target.value; weigh(root); draw(); };
addEventListener('resize', () => { draw(); timeline(); });

const columns = [['calls', f => f.calls], ['own', f => f.own, ms], ['total', f => f.total, ms], ['instructions', f => f.instructions], ['function', f => f.name], ['place', place]];
const threads = new Set(data.threads.map(t => t.tree.fn));
let sorted = 1;
function tableOf() {
  const head = document.getElementById('head'), body = document.getElementById('rows');
  head.textContent = ''; body.textContent = '';
  columns.forEach(([title], i) => { const th = document.createElement('th'); th.textContent = title; th.className = i === sorted ? 'on' : ''; th.onclick = () => { sorted = i; tableOf(); }; head.append(th); });
  const value = columns[sorted][1];
  const rows = fns.filter(f => !threads.has(f.id)).sort((a, b) => { const x = value(a), y = value(b); return typeof x === 'string' ? (x < y ? -1 : x > y ? 1 : 0) : y - x; }).slice(0, 200);
  for (const f of rows) { const tr = document.createElement('tr'); columns.forEach(([, get, show], i) => { const td = document.createElement('td'); const v = get(f); td.textContent = show ? show(v) : typeof v === 'number' ? v.toLocaleString('en') : v; if (i > 3) td.className = 'mono'; tr.append(td); }); body.append(tr); }
}
tableOf();

const canvas = document.getElementById('timeline');
const spans = []; { const open = new Map(); for (const [t, fn, thread] of data.events || []) { let stack = open.get(thread); if (!stack) open.set(thread, stack = []); if (t >= 0) stack.push({ fn, from: t, depth: stack.length, thread }); else { const s = stack.pop(); if (s) { s.to = -t; spans.push(s); } } } }
const lanes = [...new Set(spans.map(s => s.thread))];
let from = 0, to = Math.max(1e-6, ...spans.slice(-2000).map(s => s.to), data.time);
function timeline() {
  if (!canvas) return;
  const scale = devicePixelRatio || 1, w = canvas.width = canvas.clientWidth * scale, h = canvas.height = canvas.clientHeight * scale;
  const g = canvas.getContext('2d'); g.clearRect(0, 0, w, h);
  const laneHeight = h / Math.max(1, lanes.length), row = 12 * scale;
  for (const s of spans) {
    const x = (s.from - from) / (to - from) * w, x2 = (s.to - from) / (to - from) * w;
    if (x2 < 0 || x > w || x2 - x < .3) continue;
    const y = lanes.indexOf(s.thread) * laneHeight + s.depth * row;
    if (s.depth * row > laneHeight - row) continue;
    g.fillStyle = color(s.fn); g.fillRect(x, y, Math.max(.5, x2 - x - .5), row - 1);
    if (x2 - x > 40 * scale) { g.fillStyle = '#1b1b1b'; g.font = 10 * scale + 'px system-ui'; g.save(); g.beginPath(); g.rect(x, y, x2 - x, row); g.clip(); g.fillText(fns[s.fn].name, x + 3, y + row - 3 * scale); g.restore(); }
  }
  g.fillStyle = '#c0262d'; for (const p of data.pauses) g.fillRect((p.at - from) / (to - from) * w, h - 4 * scale, Math.max(1, p.duration / (to - from) * w), 4 * scale);
  document.getElementById('range').textContent = ms(from) + ' to ' + ms(to);
}
timeline();
if (canvas) {
  canvas.onwheel = e => { e.preventDefault(); const at = from + (to - from) * e.offsetX / canvas.clientWidth, k = e.deltaY > 0 ? 1.25 : .8; from = at - (at - from) * k; to = at + (to - at) * k; timeline(); };
  canvas.onpointerdown = e => { canvas.setPointerCapture(e.pointerId); canvas.onpointermove = m => { const d = m.movementX / canvas.clientWidth * (to - from); from -= d; to -= d; timeline(); }; };
  canvas.onpointerup = () => { canvas.onpointermove = null; };
}
`;

/** Nodes with less than this share of the whole are merged into their parent. */
const SMALLEST = 1e-5;

function pruned(node: ProfileNode, whole: number): ProfileNode {
  const heavy = (n: ProfileNode): number => n.own + n.children.reduce((sum, c) => sum + heavy(c), 0);
  const children: ProfileNode[] = [];
  let { own, instructions } = node;
  const sum = (n: ProfileNode): number => n.instructions + n.children.reduce((s, c) => s + sum(c), 0);
  for (const child of node.children) {
    const time = heavy(child);
    if (time < whole * SMALLEST) {
      own += time;
      instructions += sum(child);
    } else children.push(pruned(child, whole));
  }
  return { ...node, own, instructions, children };
}

export function flamePage(p: Profile): string {
  const threads = p.threads.map(({ id, tree }) => ({ id, tree: pruned(tree, p.time) }));
  const used = { ...p, threads, lines: [], opcodes: {} };
  const top = p.functions.reduce((most, f) => (f.own > most.own && f.file !== '' ? f : most), p.functions[0]!);
  return htmlPage({
    title: `Profile of ${p.program}`,
    subtitle:
      `${milliseconds(p.time)}, ${p.calls.toLocaleString('en')} calls, ${p.instructions.toLocaleString('en')} instructions; most in ${top.name} ${placeOf(top)}`
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;'),
    style: STYLE,
    body: `<nav><button id="reset">whole</button> <input id="search" placeholder="find a function" aria-label="find a function">
<select id="by" aria-label="widths show"><option value="own">time</option><option value="instructions">instructions</option></select></nav>
<div id="flame"></div><p id="tip">Point at a box; click it to zoom in.</p>
<h2>Timeline <small id="range"></small></h2><canvas id="timeline"></canvas>
<h2>Functions</h2><table><thead><tr id="head"></tr></thead><tbody id="rows"></tbody></table>`,
    script: SCRIPT,
    data: used as unknown as Json,
  });
}
