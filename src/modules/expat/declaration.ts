// declaration.ts: `<?xml version="1.0" encoding="..." standalone="..."?>` taken apart.     CPython: Modules/expat/xmltok.c

/** Offsets count from the start of the text given. */
export interface Declaration {
  version: string | null;
  encoding: string | null;
  encoding_at: number;
  /** 1, 0, or -1: not said. */
  standalone: number;
  /** Where it is wrong, or -1. */
  bad: number;
}

interface Pseudo {
  name: string | null;
  value: string;
  name_at: number;
  value_at: number;
  end: number;
}

/** One `name="value"` from `at` on; a number: where it is wrong. CPython: parsePseudoAttribute */
function pseudo_attribute(text: string, at: number, end: number): Pseudo | number {
  const space = (i: number) => i < end && ' \t\r\n'.includes(text[i]!);
  let i = at;
  while (space(i)) i++;
  if (i >= end) return { name: null, value: '', name_at: i, value_at: i, end: at };
  if (i === at) return i;
  const name_at = i;
  while (i < end && text[i] !== '=' && !space(i)) {
    if (text.charCodeAt(i) > 0x7f) return i;
    i++;
  }
  const name = text.slice(name_at, i);
  while (space(i)) i++;
  if (i >= end || text[i] !== '=' || name === '') return i;
  i++;
  while (space(i)) i++;
  const quote = text[i];
  if (i >= end || (quote !== '"' && quote !== "'")) return i;
  const value_at = ++i;
  for (; i < end && text[i] !== quote; i++) if (!/[A-Za-z0-9._-]/.test(text[i]!)) return i;
  if (i >= end) return i;
  return { name, value: text.slice(value_at, i), name_at, value_at, end: i + 1 };
}

/** CPython: doParseXmlDecl */
export function parse_declaration(text: string, from: number, end: number, text_declaration: boolean): Declaration {
  const d: Declaration = { version: null, encoding: null, encoding_at: -1, standalone: -1, bad: -1 };
  const fail = (at: number): Declaration => {
    d.bad = at;
    return d;
  };
  let a = pseudo_attribute(text, from, end);
  if (typeof a === 'number') return fail(a);
  if (a.name === null) return fail(a.end);
  if (a.name === 'version') {
    if (!/^1\.[0-9]+$/.test(a.value)) return fail(a.value_at);
    d.version = a.value;
    a = pseudo_attribute(text, a.end, end);
    if (typeof a === 'number') return fail(a);
    if (a.name === null) return text_declaration ? fail(a.end) : d;
  } else if (!text_declaration) return fail(a.name_at);
  if (a.name === 'encoding') {
    if (!/^[A-Za-z]/.test(a.value)) return fail(a.value_at);
    d.encoding = a.value;
    d.encoding_at = a.value_at;
    a = pseudo_attribute(text, a.end, end);
    if (typeof a === 'number') return fail(a);
    if (a.name === null) return d;
  }
  if (a.name !== 'standalone' || text_declaration) return fail(a.name_at);
  if (a.value !== 'yes' && a.value !== 'no') return fail(a.value_at);
  d.standalone = a.value === 'yes' ? 1 : 0;
  const rest = pseudo_attribute(text, a.end, end);
  return typeof rest !== 'number' && rest.name === null ? d : fail(typeof rest === 'number' ? rest : rest.name_at);
}
