// html.ts: the frame of a tool's picture: one HTML file that needs nothing else, light and dark.
//
// The convention: everything is in the file (no addresses of other servers); data stands as JSON in
// <script type="application/json" id="data">; the tool's own style and script follow the common ones.
import { type Json, toJson } from './json.ts';

export interface Page {
  readonly title: string;
  /** HTML between header and the end. */
  readonly body: string;
  /** A line under the title, as HTML. */
  readonly subtitle?: string;
  readonly style?: string;
  /** JavaScript; may read `JSON.parse(document.getElementById('data').textContent)`. */
  readonly script?: string;
  readonly data?: Json;
}

const COMMON_STYLE = `
:root { color-scheme: light dark; --bg: #fcfcfa; --fg: #22242a; --dim: #6d7280; --line: #dcdce2; --panel: #f3f3f0;
  --accent: #2563c9; --opcode: #0b7285; --string: #2b7a3d; --number: #a05a00; --keyword: #8a3ea8; --bad: #c0262d;
  --good: #2b7a3d; --mark: #ffe9a8; }
@media (prefers-color-scheme: dark) { :root { --bg: #16181d; --fg: #dfe2e8; --dim: #8d93a1; --line: #32363f;
  --panel: #1e2128; --accent: #7fb0ff; --opcode: #62c7d9; --string: #8fd19e; --number: #e8b56a; --keyword: #d39ae8;
  --bad: #ff7b80; --good: #8fd19e; --mark: #55460f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/1.5 system-ui, sans-serif; }
header { padding: 14px 20px 10px; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 18px; } header p { margin: 2px 0 0; color: var(--dim); }
main { padding: 14px 20px; } code, pre, .mono { font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; }
button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 5px;
  padding: 2px 10px; cursor: pointer; }
input { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 5px; padding: 2px 8px; }
`;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The whole file. */
export function htmlPage({ title, body, subtitle, style = '', script, data }: Page): string {
  const json =
    data === undefined
      ? ''
      : `<script type="application/json" id="data">${toJson(data).replaceAll('<', '\\u003c')}</script>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${COMMON_STYLE}${style}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1>${subtitle === undefined ? '' : `<p>${subtitle}</p>`}</header>
<main>
${body}
</main>
${json}${script === undefined ? '' : `<script>\n${script}\n</script>\n`}</body>
</html>
`;
}
