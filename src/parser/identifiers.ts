// identifiers.ts: what may be in a name, and which names are the same.   CPython: Objects/unicodeobject.c (PEP 3131)
//
// ASCII is decided by the tokenizer's table; here is the rest of Unicode, by binary search in range tables recorded from
// CPython 3.14 (scripts/generate-identifiers.mjs). A table is unpacked when the first name beyond ASCII is met.
// Invariant: a range table is sorted [start0, end0, start1, end1, …], ends exclusive.

import { PySyntaxError } from './errors.ts';
import { PRINTABLE, XID_CONTINUE, XID_START } from './identifiers.generated.ts';

let xidStart: Int32Array | null = null;
let xidContinue: Int32Array | null = null;
let printable: Int32Array | null = null;

function unpack(text: string): Int32Array {
  const numbers = text.split(' ');
  const table = new Int32Array(numbers.length);
  let at = 128;
  for (let i = 0; i < numbers.length; i++) {
    at += Number.parseInt(numbers[i]!, 36);
    table[i] = at;
  }
  return table;
}

function contains(table: Int32Array, c: number): boolean {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if (table[mid]! <= c) low = mid + 1;
    else high = mid;
  }
  return (low & 1) === 1;
}

/** CPython: Objects/unicodectype.c:_PyUnicode_IsXidStart, and '_' */
export function isIdentifierStart(c: number): boolean {
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
  xidStart ??= unpack(XID_START);
  return contains(xidStart, c);
}

/** CPython: Objects/unicodectype.c:_PyUnicode_IsXidContinue */
export function isIdentifierContinue(c: number): boolean {
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57);
  xidContinue ??= unpack(XID_CONTINUE);
  return contains(xidContinue, c);
}

/** str.isprintable() of one character. CPython: Objects/unicodectype.c:_PyUnicode_IsPrintable */
export function isPrintable(c: number): boolean {
  if (c < 128) return c >= 32 && c < 127;
  printable ??= unpack(PRINTABLE);
  return contains(printable, c);
}

/**
 * Offset of the first character of text[start:end] that cannot be in a name at its place; -1 if it is a name.
 * CPython: Objects/unicodeobject.c:_PyUnicode_ScanIdentifier
 */
export function invalidIdentifierChar(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const c = text.codePointAt(i)!;
    if (!(i === start ? isIdentifierStart(c) : isIdentifierContinue(c))) return i;
    if (c > 0xffff) i++;
  }
  return -1;
}

/** The name that a NAME token means: names are compared in NFKC. CPython: Parser/pegen.c:_PyPegen_new_identifier */
export function normalizeIdentifier(name: string): string {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) >= 128) return normalized(name);
  return name;
}

/** Set by a runtime that has a `unicodedata` module, which a program may have changed. */
export const identifierHooks: { normalize: ((name: string) => string) | null } = { normalize: null };

/** Throws ValueError for a spelling of a keyword that the tokenizer takes for a name. */
function normalized(name: string): string {
  const id = identifierHooks.normalize === null ? name.normalize('NFKC') : identifierHooks.normalize(name);
  if (id === 'None' || id === 'True' || id === 'False') {
    throw new PySyntaxError('ValueError', `identifier field can't represent '${id}' constant`);
  }
  return id;
}
