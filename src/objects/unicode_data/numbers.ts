// numbers.ts: the numeric values of characters.                          CPython: Objects/unicodectype.c (ToDecimal, ToDigit, ToNumeric)

import { NUMBERS } from './properties.generated.ts';

export interface NumberValue {
  /** The decimal digit, or -1. */
  decimal: number;
  digit: number;
  numeric: number;
}

/** Reads "start:kind:values;…"; kind d decimal digits, i digits, n numbers only. */
export function parse_numbers(text: string): Map<number, NumberValue> {
  const out = new Map<number, NumberValue>();
  if (text === '') return out;
  for (const run of text.split(';')) {
    const [start, kind, list] = run.split(':') as [string, string, string];
    let c = Number.parseInt(start, 16);
    for (const item of list.replaceAll('*', '0,1,2,3,4,5,6,7,8,9').split(',')) {
      const slash = item.indexOf('/');
      const v = slash < 0 ? Number(item) : Number(item.substring(0, slash)) / Number(item.substring(slash + 1));
      out.set(c++, { decimal: kind === 'd' ? v : -1, digit: kind === 'n' ? -1 : v, numeric: v });
    }
  }
  return out;
}

let table: Map<number, NumberValue> | null = null;

/** The values of a character, or undefined when it has none. */
export function number_value(c: number): NumberValue | undefined {
  table ??= parse_numbers(NUMBERS);
  return table.get(c);
}

/** CPython: _PyUnicode_ToDecimalDigit */
export function unicode_decimal(c: number): number {
  if (c < 128) return c >= 48 && c <= 57 ? c - 48 : -1;
  return number_value(c)?.decimal ?? -1;
}
