// codegen_docstring.ts: docstrings lose their indentation.               CPython: Python/compile.c:_PyCompile_CleanDoc
import { SurrogateStr } from '../parser/constants.ts';
import { PySyntaxError } from '../parser/errors.ts';

const TAB_SIZE = 8;
const SPACE = 0x20;

/** str.expandtabs() */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let result = '';
  let column = 0;
  for (const ch of text) {
    if (ch === '\t') {
      const width = TAB_SIZE - (column % TAB_SIZE);
      result += ' '.repeat(width);
      column += width;
    } else {
      result += ch;
      column = ch === '\n' || ch === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

function indentation(line: string): number {
  let width = 0;
  while (line.charCodeAt(width) === SPACE) width++;
  return width;
}

/** As inspect.cleandoc, but empty lines at both ends stay, so that lines keep their numbers. */
export function cleandoc(doc: string | SurrogateStr): string {
  if (doc instanceof SurrogateStr) {
    const at = doc.points.findIndex(point => point >= 0xd800 && point <= 0xdfff);
    const escaped = `\\u${doc.points[at]!.toString(16)}`;
    const message = `'utf-8' codec can't encode character '${escaped}' in position ${at}: surrogates not allowed`;
    throw new PySyntaxError('ValueError', message);
  }
  const lines = expandTabs(doc).split('\n');
  let margin = Number.POSITIVE_INFINITY;
  for (let i = 1; i < lines.length; i++) {
    const width = indentation(lines[i]!);
    if (width < lines[i]!.length && width < margin) margin = width;
  }
  if (margin === Number.POSITIVE_INFINITY) margin = 0;
  lines[0] = lines[0]!.slice(indentation(lines[0]!));
  if (margin > 0) {
    for (let i = 1; i < lines.length; i++) lines[i] = lines[i]!.slice(Math.min(margin, indentation(lines[i]!)));
  }
  return lines.join('\n');
}
