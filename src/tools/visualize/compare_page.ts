// compare_page.ts: comparisons as one HTML file: aligned columns, differences marked, their meaning beside.
import { escapeHtml, htmlPage } from '../html.ts';
import { changeText } from '../versions/opcode_notes.ts';
import type { Comparison, Unmatched } from './compare.ts';
import { instructionWords, jumpLabels, labelAt } from './compare_text.ts';

const STYLE = `
main { max-width: 1500px; } section { margin-bottom: 34px; } h2 { font-size: 15px; margin: 6px 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 20px; align-items: start; }
table { border-collapse: collapse; width: 100%; font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; }
th { text-align: left; font: 600 12px system-ui, sans-serif; color: var(--dim); padding: 2px 8px; border-bottom: 1px solid var(--line); }
td { padding: 0 8px; white-space: pre; vertical-align: top; } td.line, td.label { color: var(--dim); text-align: right; width: 3em; }
td.text { width: 46%; white-space: pre-wrap; overflow-wrap: anywhere; } td.text .op { color: var(--opcode); display: inline-block; min-width: 16em; }
tr.changed td.text { background: color-mix(in srgb, var(--mark) 45%, transparent); }
tr.removed td.left { background: color-mix(in srgb, var(--bad) 16%, transparent); }
tr.added td.right { background: color-mix(in srgb, var(--good) 18%, transparent); }
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

export function comparisonPage(
  title: string,
  comparisons: readonly Comparison[],
  unmatched: readonly { readonly titles: readonly [string, string]; readonly items: readonly Unmatched[] }[],
): string {
  const alone = unmatched.flatMap(({ titles, items }) =>
    items.map(
      ({ path, side, why }) =>
        `<p><b>${escapeHtml(path)}</b> is only in ${escapeHtml(side === 'left' ? titles[0] : titles[1])}${why === '' ? '' : `: ${escapeHtml(why)}`}</p>`,
    ),
  );
  return htmlPage({
    title,
    subtitle:
      'Instructions aligned; ~ changed, − only left, + only right. Point at a row to see what the change means.',
    style: STYLE,
    script: SCRIPT,
    body: `<p><label><input type="checkbox" id="same" checked> show what is the same</label></p>
${comparisons.map(section).join('\n')}
${alone.join('\n')}`,
  });
}

const MARKS = { same: '', changed: '~', removed: '−', added: '+' } as const;

function section(c: Comparison): string {
  const labels = [jumpLabels(c.left), jumpLabels(c.right)] as const;
  const marks = [labelAt(c.left, labels[0]), labelAt(c.right, labels[1])] as const;
  const last: (number | null)[] = [null, null];
  const rows = c.rows.map((row, at) => {
    let starts = false;
    const cells = ([0, 1] as const).map(which => {
      const side = which === 0 ? c.left : c.right;
      const index = which === 0 ? row.left : row.right;
      const place = which === 0 ? 'left' : 'right';
      if (index === null) return `<td class="line"></td><td class="label"></td><td class="text ${place}"></td>`;
      const { line } = side.instructions[index]!;
      const newLine = line !== null && line !== last[which];
      if (newLine) {
        last[which] = line;
        starts = true;
      }
      const label = marks[which].get(index);
      const { name, argument } = instructionWords(side, index, labels[which]);
      return `<td class="line">${newLine ? line : ''}</td><td class="label">${label === undefined ? '' : `L${label}`}</td><td class="text ${place}"><span class="op">${escapeHtml(name)}</span> ${escapeHtml(argument)}</td>`;
    });
    const notes = row.notes.length === 0 ? '' : ` data-notes="${row.notes.join(' ')}"`;
    return `<tr class="${row.kind}${starts && at > 0 ? ' start' : ''}"${notes}>${cells[0]}<td class="mark">${MARKS[row.kind]}</td>${cells[1]}</tr>`;
  });
  const meanings = c.notes.map(
    (note, i) =>
      `<div class="meaning" data-notes="${i}"><code>${escapeHtml(changeText(note))}</code> <small>since ${note.since}, ${note.count}×</small><p>${escapeHtml(note.text)}</p></div>`,
  );
  const figures = c.figures.map(({ name, left, right }) => {
    const d = right - left;
    return `<tr><td>${name}</td><td>${left}</td><td>${right}</td><td class="${d > 0 ? 'more' : 'fewer'}">${d === 0 ? '' : d > 0 ? `+${d}` : `−${-d}`}</td></tr>`;
  });
  const [left, right] = [escapeHtml(c.left.title), escapeHtml(c.right.title)];
  return `<section>
<h2>${escapeHtml(c.path)}</h2>
<table class="figures"><tr><th></th><th>${left}</th><th>${right}</th><th></th></tr>${figures.join('')}</table>
${c.summary.length === 0 ? '' : `<p>${right}: ${c.summary.join(', ')}.</p>`}
<div class="pair"><table><tr><th colspan="3">${left}</th><th></th><th colspan="3">${right}</th></tr>
${rows.join('\n')}
</table><aside>${meanings.join('\n')}</aside></div>
</section>`;
}
