// markup.ts: reading replacement fields in format strings.          CPython: Objects/stringlib/unicode_format.h
//
// `Markup` walks a format string: each step is a literal and perhaps a field. `FieldName` walks what a field names:
// a first part, then attributes and items. str.format and the _string module share both.

import { PyErr_SetString } from '../../core/errors.ts';
import { PyExc_ValueError } from '../exceptions.ts';
import { unicode_decimal } from '../unicode_data/numbers.ts';
import { PY_SSIZE_T_MAX } from './args.ts';
import { type Text, text_at, text_slice } from './data.ts';

function error(message: string): never {
  return PyErr_SetString(PyExc_ValueError, message);
}

const LBRACE = 123;
const RBRACE = 125;
const LBRACKET = 91;
const RBRACKET = 93;
const DOT = 46;
const BANG = 33;
const COLON = 58;

/** A format string being read. After `next()` gave true: `literal`, and the field's parts if `has_field`. */
export class Markup {
  private readonly text: Text;
  private at = 0;
  literal: Text = '';
  has_field = false;
  field_name: Text = '';
  format_spec: Text = '';
  /** The format spec holds fields itself. */
  nested = false;
  /** Code point of the conversion, or 0. */
  conversion = 0;

  constructor(text: Text) {
    this.text = text;
  }

  /** Nothing is left to read. */
  get at_end(): boolean {
    return this.at >= this.text.length;
  }

  next(): boolean {
    const t = this.text;
    const end = t.length;
    if (this.at >= end) return false;
    this.has_field = false;
    this.field_name = '';
    this.format_spec = '';
    this.nested = false;
    this.conversion = 0;
    const start = this.at;
    let c = 0;
    let brace = false;
    while (this.at < end) {
      c = text_at(t, this.at++);
      if (c === LBRACE || c === RBRACE) {
        brace = true;
        break;
      }
    }
    const at_end = this.at >= end;
    let stop = this.at;
    if (brace) {
      if (c === RBRACE && (at_end || text_at(t, this.at) !== c)) error("Single '}' encountered in format string");
      if (at_end) error("Single '{' encountered in format string");
      if (text_at(t, this.at) === c) {
        this.at++; // a doubled brace stands for one
        brace = false;
      } else stop--;
    }
    this.literal = text_slice(t, start, stop);
    if (brace) {
      this.has_field = true;
      this.field();
    }
    return true;
  }

  private field(): void {
    const t = this.text;
    const end = t.length;
    const start = this.at;
    let c = 0;
    scan: while (this.at < end) {
      c = text_at(t, this.at++);
      switch (c) {
        case LBRACE:
          error("unexpected '{' in field name");
          break;
        case LBRACKET:
          while (this.at < end && text_at(t, this.at) !== RBRACKET) this.at++;
          break;
        case RBRACE:
        case COLON:
        case BANG:
          break scan;
      }
    }
    if (c !== RBRACE && c !== COLON && c !== BANG) error("expected '}' before end of string");
    this.field_name = text_slice(t, start, this.at - 1);
    if (c === RBRACE) return;
    if (c === BANG) {
      if (this.at >= end) error('end of string while looking for conversion specifier');
      this.conversion = text_at(t, this.at++);
      if (this.at < end) {
        c = text_at(t, this.at++);
        if (c === RBRACE) return;
        if (c !== COLON) error("expected ':' after conversion specifier");
      }
    }
    const spec = this.at;
    let depth = 1;
    for (; this.at < end; this.at++) {
      c = text_at(t, this.at);
      if (c === LBRACE) {
        this.nested = true;
        depth++;
      } else if (c === RBRACE && --depth === 0) {
        this.format_spec = text_slice(t, spec, this.at++);
        return;
      }
    }
    error("unmatched '{' in format spec");
  }
}

/** The number that a text of digits spells, or -1. CPython: get_integer */
export function field_index(t: Text): number {
  if (t.length === 0) return -1;
  let n = 0;
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    const digit = c < 128 ? (c >= 48 && c <= 57 ? c - 48 : -1) : unicode_decimal(c);
    if (digit < 0) return -1;
    n = n * 10 + digit;
    if (n > PY_SSIZE_T_MAX) error('Too many decimal digits in format string');
  }
  return n;
}

/** What follows the first part of a field name. */
export class FieldName {
  private readonly text: Text;
  private at: number;
  readonly first: Text;
  is_attr = false;
  name: Text = '';
  /** The item as a number, or -1. */
  index = -1;

  constructor(text: Text) {
    this.text = text;
    let i = 0;
    while (i < text.length && text_at(text, i) !== DOT && text_at(text, i) !== LBRACKET) i++;
    this.first = text_slice(text, 0, i);
    this.at = i;
  }

  next(): boolean {
    const t = this.text;
    if (this.at >= t.length) return false;
    const c = text_at(t, this.at++);
    const start = this.at;
    if (c === DOT) {
      this.is_attr = true;
      while (this.at < t.length && text_at(t, this.at) !== DOT && text_at(t, this.at) !== LBRACKET) this.at++;
      this.name = text_slice(t, start, this.at);
      this.index = -1;
    } else if (c === LBRACKET) {
      this.is_attr = false;
      while (this.at < t.length && text_at(t, this.at) !== RBRACKET) this.at++;
      if (this.at >= t.length) error("Missing ']' in format string");
      this.name = text_slice(t, start, this.at++);
      this.index = field_index(this.name);
    } else error("Only '.' or '[' may follow ']' in format field specifier");
    if (this.name.length === 0) error('Empty attribute in format string');
    return true;
  }
}
