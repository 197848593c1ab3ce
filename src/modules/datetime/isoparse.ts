// isoparse.ts: reading ISO 8601 dates and times.                                         CPython: Modules/_datetimemodule.c (parse_isoformat_*)
//
// Formats: YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]; HH[:MM[:SS[.f+]]] with or without colons, then Z or an offset.
// A function answers null for what is no such text; ranges are checked by whoever makes the object.

import { iso_to_ymd } from './calendar.ts';

export interface ParsedTime {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Offset from UTC: null for none. */
  offset: { seconds: number; microseconds: number } | null;
}

const ZERO = 48;

function digits(s: string, start: number, n: number): number {
  let value = 0;
  for (let i = start; i < start + n; i++) {
    const d = s.charCodeAt(i) - ZERO;
    if (!(d >= 0 && d <= 9)) return -1;
    value = value * 10 + d;
  }
  return value;
}

/** [year, month, day], which may be out of range. CPython: parse_isoformat_date */
export function parse_date(s: string): [number, number, number] | null {
  const n = s.length;
  if (n !== 7 && n !== 8 && n !== 10) return null;
  const year = digits(s, 0, 4);
  if (year < 0) return null;
  const dashed = s[4] === '-';
  let at = dashed ? 5 : 4;
  if (s[at] === 'W') {
    const week = digits(s, at + 1, 2);
    if (week < 0) return null;
    at += 3;
    let day = 1;
    if (at < n) {
      if ((s[at] === '-') !== dashed) return null;
      if (dashed) at++;
      day = digits(s, at, 1);
      if (day < 0 || at + 1 !== n) return null;
    }
    const ymd = iso_to_ymd(year, week, day);
    return typeof ymd === 'string' ? null : ymd;
  }
  const month = digits(s, at, 2);
  if (month < 0) return null;
  at += 2;
  if ((s[at] === '-') !== dashed) return null;
  if (dashed) at++;
  const day = digits(s, at, 2);
  return day < 0 || at + 2 !== n ? null : [year, month, day];
}

/** [hour, minute, second, microsecond] of HH[:MM[:SS[.f+]]]. CPython: parse_hh_mm_ss_ff */
function parse_clock(s: string): [number, number, number, number] | null {
  const fields: [number, number, number, number] = [0, 0, 0, 0];
  const n = s.length;
  let at = 0;
  let colons = false;
  for (let i = 0; i < 3; i++) {
    const value = digits(s, at, 2);
    if (value < 0) return null;
    fields[i] = value;
    at += 2;
    if (i === 0) colons = s[at] === ':';
    if (at >= n) return fields;
    if (i === 2) break;
    if (colons) {
      if (s[at] !== ':') return null;
      at++;
    }
  }
  if (s[at] !== '.' && s[at] !== ',') return null;
  at++;
  const fraction = s.slice(at);
  if (!/^[0-9]+$/.test(fraction)) return null;
  fields[3] = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return fields;
}

/** CPython: parse_isoformat_time */
export function parse_time(s: string): ParsedTime | null {
  const at = s.search(/[-+Z]/);
  const clock = parse_clock(at < 0 ? s : s.slice(0, at));
  if (clock === null) return null;
  const [hour, minute, second, microsecond] = clock;
  if (at < 0) return { hour, minute, second, microsecond, offset: null };
  const zone = s.slice(at + 1);
  if (s[at] === 'Z') {
    if (zone !== '') return null;
    return { hour, minute, second, microsecond, offset: { seconds: 0, microseconds: 0 } };
  }
  const parts = parse_clock(zone);
  if (parts === null) return null;
  const sign = s[at] === '-' ? -1 : 1;
  const seconds = sign * ((parts[0] * 60 + parts[1]) * 60 + parts[2]);
  return { hour, minute, second, microsecond, offset: { seconds, microseconds: sign * parts[3] } };
}

function is_digit(s: string, i: number): boolean {
  const c = s.charCodeAt(i);
  return c >= ZERO && c <= ZERO + 9;
}

/** Where the date of a date and time ends; the text has 7 characters at least. CPython: _find_isoformat_datetime_separator */
export function date_length(s: string): number {
  const n = s.length;
  if (n === 7) return 7;
  if (s[4] === '-') {
    if (s[5] !== 'W') return 10;
    if (n < 8) return -1;
    // YYYY-Www, then perhaps -D; after YYYY-Www-DD the dash is taken for the separator.
    if (n > 8 && s[8] === '-') {
      if (n === 9) return -1;
      return n > 10 && is_digit(s, 10) ? 8 : 10;
    }
    return 8;
  }
  if (s[4] !== 'W') return 8;
  // YYYYWww or YYYYWwwD, then digits of the time: their number tells.
  let i = 7;
  while (i < n && is_digit(s, i)) i++;
  if (i < 9) return i;
  return i % 2 === 0 ? 7 : 8;
}
