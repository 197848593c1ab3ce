// compare_page.ts: comparisons as one HTML file: aligned columns, differences marked, their meaning beside.
import { escapeHtml, htmlPage } from '../html.ts';
import { changeText } from '../versions/opcode_notes.ts';
import type { Unmatched } from './compare.ts';
import { type Grid, Words } from './grid.ts';

const STYLE = `
main { max-width: 1900px; } section { margin-bottom: 34px; } h2 { font-size: 15px; margin: 6px 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 20px; align-items: start; }
table { border-collapse: collapse; width: 100%; font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; }
th { text-align: left; font: 600 12px system-ui, sans-serif; color: var(--dim); padding: 2px 8px; border-bottom: 1px solid var(--line); }
td { padding: 0 8px; white-space: pre; vertical-align: top; } td.line, td.label { color: var(--dim); text-align: right; width: 2.4em; padding: 0 4px; }
td.text { width: var(--share); white-space: pre-wrap; overflow-wrap: anywhere; } td.text .op { color: var(--opcode); display: inline-block; min-width: 12em; margin-right: 1em; }
td.changed { background: color-mix(in srgb, var(--mark) 45%, transparent); }
td.removed { background: color-mix(in srgb, var(--bad) 16%, transparent); }
td.added { background: color-mix(in srgb, var(--good) 18%, transparent); }
tr.start td { border-top: 1px solid var(--line); } td.mark { color: var(--dim); text-align: center; width: 2em; }
tr.lit td.text, .meaning.lit { outline: 2px solid var(--accent); outline-offset: -2px; }
aside { position: sticky; top: 10px; max-height: calc(100vh - 20px); overflow: auto; font-size: 13px; }
.meaning { padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; margin-bottom: 8px; cursor: pointer; }
.meaning code { color: var(--opcode); overflow-wrap: anywhere; } .meaning small { color: var(--dim); } .meaning p { margin: 2px 0 0; }
.figures { width: auto; margin: 4px 0 10px; } .figures td { text-align: right; } .figures td:first-child { text-align: left; }
.more { color: var(--bad); } .fewer { color: var(--good); } .same-hidden tr.same { display: none; }
@media (max-width: 900px) { .pair { display: block; } aside { position: static; max-height: none; } }
`;

const SCRIPT = `
'use strict';
const light = (section, notes) => {
  for (const e of document.querySelectorAll('.lit')) e.classList.remove('lit');
  if (!section) return;
  for (const note of notes) for (const e of section.querySelectorAll('[data-notes~="' + note + '"]')) e.classList.add('lit');
};
for (const section of document.querySelectorAll('section')) {
  for (const e of section.querySelectorAll('[data-notes]')) {
    e.addEventListener('mouseenter', () => light(section, e.dataset.notes.split(' ')));
    e.addEventListener('mouseleave', () => light(null));
  }
}
document.getElementById('same').addEventListener('change', e => document.body.classList.toggle('same-hidden', !e.target.checked));
`;

export interface UnmatchedOf {
  readonly titles: readonly [string, string];
  readonly items: readonly Unmatched[];
}

export function comparisonPage(title: string, grids: readonly Grid[], unmatched: readonly UnmatchedOf[]): string {
  const alone = unmatched.flatMap(({ titles, items }) =>
    items.map(({ path, side, why }) => {
      const [has, lacks] = side === 'left' ? titles : [titles[1], titles[0]];
      return `<p><b>${escapeHtml(path)}</b> is in ${escapeHtml(has)}, not in ${escapeHtml(lacks)}${why === '' ? '' : `: ${escapeHtml(why)}`}</p>`;
    }),
  );
  return htmlPage({
    title,
    subtitle:
      'Instructions aligned, each column compared with the one before: ~ changed, − gone, + new. Point at a row to see what the change means.',
    style: STYLE,
    script: SCRIPT,
    body: `<p><label><input type="checkbox" id="same" checked> show what is the same</label></p>
${grids.map(section).join('\n')}
${alone.join('\n')}`,
  });
}

const MARKS = { same: '', changed: '~', removed: '−', added: '+' } as const;

function section(grid: Grid): string {
  const { sides, rows, notes } = grid;
  const words = sides.map(side => new Words(side));
  const titles = sides.map(side => escapeHtml(side.title));
  const last: (number | null)[] = sides.map(() => null);
  const width = Math.floor(92 / sides.length);
  const lines = rows.map((row, at) => {
    let starts = false;
    const cells = row.cells.map((index, i) => {
      const kind = row.kinds[i]!;
      const mark = i === 0 ? '' : `<td class="mark">${MARKS[kind]}</td>`;
      if (index === null) return `${mark}<td class="line"></td><td class="label"></td><td class="text ${kind}"></td>`;
      const { name, argument, label, line } = words[i]!.of(index);
      const fresh = line !== null && line !== last[i];
      if (fresh) {
        last[i] = line;
        starts = true;
      }
      return `${mark}<td class="line">${fresh ? line : ''}</td><td class="label">${label}</td><td class="text ${kind}"><span class="op">${escapeHtml(name)}</span> ${escapeHtml(argument)}</td>`;
    });
    const same = row.kinds.every(kind => kind === 'same') ? ' same' : '';
    const data = row.notes.length === 0 ? '' : ` data-notes="${row.notes.join(' ')}"`;
    return `<tr class="${starts && at > 0 ? 'start' : ''}${same}"${data}>${cells.join('')}</tr>`;
  });
  const meanings = notes.map(
    (note, i) =>
      `<div class="meaning" data-notes="${i}"><code>${escapeHtml(changeText(note))}</code> <small>since ${note.since}, ${note.count}×</small><p>${escapeHtml(note.text)}</p></div>`,
  );
  const figures = grid.figures.map(({ name, values }) => {
    const d = values.at(-1)! - values[0]!;
    return `<tr><td>${name}</td>${values.map(v => `<td>${v}</td>`).join('')}<td class="${d > 0 ? 'more' : 'fewer'}">${d === 0 ? '' : d > 0 ? `+${d}` : `−${-d}`}</td></tr>`;
  });
  const summaries = grid.summaries.map((summary, i) =>
    summary.length === 0 ? '' : `<p>${titles[i]} after ${titles[i - 1]}: ${summary.join(', ')}.</p>`,
  );
  const heads = titles.map((title, i) => `${i === 0 ? '' : '<th></th>'}<th colspan="3">${title}</th>`);
  return `<section style="--share: ${width}%">
<h2>${escapeHtml(grid.path)}</h2>
<table class="figures"><tr><th></th>${titles.map(t => `<th>${t}</th>`).join('')}<th></th></tr>${figures.join('')}</table>
${summaries.join('')}
<div class="pair"><table><tr>${heads.join('')}</tr>
${lines.join('\n')}
</table><aside>${meanings.join('\n')}</aside></div>
</section>`;
}
