// tokens.ts: `pyvarium tokens`: the tokens of a source with their positions, as `python -m tokenize` names them.

import { KEYWORDS, SOFT_KEYWORDS } from '../parser/parser/keywords.ts';
import { TOKENS, tokenName } from '../parser/token.ts';
import { TokenizerIter } from '../parser/tokenizer_iter.ts';
import { strRepr } from '../parser/unparse.ts';
import type { Json } from './json.ts';
import type { Program } from './program.ts';
import { type Kind, padEnd, type Style } from './style.ts';

export interface TokenRow {
  /** NAME, OP, …: the name of its general type. */
  readonly type: string;
  /** For operators what they are: LPAR, PLUSEQUAL; for names `keyword` or `soft keyword`. */
  readonly exact: string | null;
  readonly string: string;
  /** Lines from 1, columns in characters from 0. */
  readonly start: readonly [line: number, column: number];
  readonly end: readonly [line: number, column: number];
}

/** The name that `python -m tokenize -e` gives. */
const EXACT = new Map<string, string>(TOKENS.filter(row => row.text !== undefined).map(row => [row.text!, row.name]));

/** All tokens, comments and empty lines included. A source with a wrong token throws ToolError. */
export function tokenRows(program: Program): TokenRow[] {
  return program.guarded(() => {
    const lines = program.text.split(/(?<=\n)/);
    let at = 0;
    const tokens = new TokenizerIter(() => lines[at++] ?? '', { extraTokens: true });
    const rows: TokenRow[] = [];
    for (let t = tokens.next(); t !== null; t = tokens.next()) {
      const type = tokenName(t.type);
      let exact: string | null = null;
      if (type === 'OP') exact = EXACT.get(t.string) ?? null;
      else if (type === 'NAME') {
        if (KEYWORDS.includes(t.string)) exact = 'keyword';
        else if (SOFT_KEYWORDS.includes(t.string)) exact = 'soft keyword';
      }
      rows.push({ type, exact, string: t.string, start: [t.lineno, t.col], end: [t.endLineno, t.endCol] });
    }
    return rows;
  });
}

export function tokensJson(rows: readonly TokenRow[]): Json {
  return rows.map(({ type, exact, string, start, end }) => ({ type, exact: exact ?? undefined, string, start, end }));
}

const KINDS: Readonly<Record<string, Kind>> = {
  NUMBER: 'number',
  STRING: 'string',
  FSTRING_START: 'string',
  FSTRING_MIDDLE: 'string',
  FSTRING_END: 'string',
  TSTRING_START: 'string',
  TSTRING_MIDDLE: 'string',
  TSTRING_END: 'string',
  COMMENT: 'comment',
  OP: 'opcode',
  NEWLINE: 'dim',
  NL: 'dim',
  INDENT: 'accent',
  DEDENT: 'accent',
  ENDMARKER: 'dim',
};

/** Source lines, each with its tokens below: position, type, text. */
export function renderTokens(rows: readonly TokenRow[], program: Program, style: Style): string {
  const out: string[] = [];
  let shown = 0;
  for (const { type, exact, string, start, end } of rows) {
    for (; shown < start[0] && shown < program.lines.length; shown++) {
      const line = program.line(shown + 1);
      if (shown + 1 < program.lines.length || line !== '')
        out.push(`${style.as('dim', String(shown + 1).padStart(5))} ${style.as('bold', line)}`.trimEnd());
    }
    const place = `${start[0]},${start[1]}-${end[0]},${end[1]}:`;
    const kind = exact?.endsWith('keyword') ? 'keyword' : (KINDS[type] ?? 'name');
    const name = exact === null || exact.endsWith('keyword') ? type : `${type} ${exact}`;
    const note = exact?.endsWith('keyword') ? style.as('dim', `  ${exact}`) : '';
    out.push(
      `      ${style.as('dim', place.padEnd(16))} ${style.as('opcode', padEnd(name, 18))} ${style.as(kind, strRepr(string))}${note}`,
    );
  }
  return `${out.join('\n')}\n`;
}
