// rules.ts: when a time zone changes its offset, as plain values.                            CPython: Modules/_zoneinfo.c
//
// Times are seconds since 1970, without leap seconds: in UTC, or as a clock of the zone shows them ("local").

import { days_in_month, EPOCH_ORDINAL, weekday, ymd_to_ord } from '../datetime/calendar.ts';

/** What holds between two changes: offsets in seconds, and the name. */
export interface LocalType {
  utcoff: number;
  dstoff: number;
  name: string;
}

/** A day and time of the year at which a rule of a TZ string takes effect. */
interface YearlyRule {
  /** Seconds since 1970 in local time, in that year. */
  at(year: number): number;
}

/** The rules of a POSIX TZ string that has daylight saving time. */
export class YearlyRules {
  readonly std: LocalType;
  readonly dst: LocalType;
  private readonly start: YearlyRule;
  private readonly end: YearlyRule;

  constructor(std: LocalType, dst: LocalType, start: YearlyRule, end: YearlyRule) {
    this.std = std;
    this.dst = dst;
    this.start = start;
    this.end = end;
  }

  private get difference(): number {
    return this.dst.utcoff - this.std.utcoff;
  }

  /** What holds at a local time. CPython: find_tzrule_ttinfo */
  at_local(ts: number, year: number, fold: number): LocalType {
    let start = this.start.at(year);
    let end = this.end.at(year);
    const diff = this.difference;
    if (fold === (diff >= 0 ? 1 : 0)) end -= diff;
    else start += diff;
    const dst = start < end ? start <= ts && ts < end : !(end <= ts && ts < start);
    return dst ? this.dst : this.std;
  }

  /** What holds at a time in UTC, and the fold. CPython: find_tzrule_ttinfo_fromutc */
  at_utc(ts: number, year: number): [LocalType, number] {
    const start = this.start.at(year) - this.std.utcoff;
    const end = this.end.at(year) - this.dst.utcoff;
    const dst = start < end ? start <= ts && ts < end : !(end <= ts && ts < start);
    const diff = this.difference;
    const from = diff > 0 ? end : start;
    const to = diff > 0 ? end + diff : start - diff;
    return [dst ? this.dst : this.std, from <= ts && ts < to ? 1 : 0];
  }
}

function day_seconds(year: number, month: number, day: number): number {
  return (ymd_to_ord(year, month, day) - EPOCH_ORDINAL) * 86400;
}

/** Mm.w.d: the w-th weekday d of a month; the fifth is the last. */
function month_rule(month: number, week: number, day: number, time: number): YearlyRule {
  return {
    at(year) {
      // weekday() counts from Monday, the rule from Sunday.
      const first = (weekday(year, month, 1) + 1) % 7;
      let d = ((day - first + 7) % 7) + 1 + (week - 1) * 7;
      if (d > days_in_month(year, month)) d -= 7;
      return day_seconds(year, month, d) + time;
    },
  };
}

/** Jn: day n of the year, February 29th not counted; n alone counts it. CPython counts both from 1. */
function day_rule(day: number, julian: boolean, time: number): YearlyRule {
  return {
    at(year) {
      const extra = julian && day >= 60 && days_in_month(year, 2) === 29 ? 1 : 0;
      return day_seconds(year, 1, 1) + (day - 1 + extra) * 86400 + time;
    },
  };
}

const TZ_STRING =
  /^(<[a-zA-Z0-9+-]+>|[^<0-9:.+,-]+)([+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?)(?:(<[a-zA-Z0-9+-]+>|[^0-9:.+,<-]+)([+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?)?)?(?:,([^,]+),([^,]+))?$/;
const RULE = /^(?:M(\d{1,2})\.(\d)\.(\d)|(J)?(\d{1,3}))(?:\/([+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?))?$/;

function seconds_of(text: string): number {
  const neg = text.startsWith('-');
  const [h, m = '0', s = '0'] = text.replace(/^[+-]/, '').split(':') as [string, string?, string?];
  const total = +h * 3600 + +m * 60 + +s;
  return neg ? -total : total;
}

function parse_rule(text: string): YearlyRule | null {
  const m = RULE.exec(text);
  if (m === null) return null;
  const time = m[6] === undefined ? 7200 : seconds_of(m[6]);
  if (Math.abs(time) > 167 * 3600 + 3599) return null;
  if (m[1] !== undefined) {
    const [month, week, day] = [+m[1], +m[2]!, +m[3]!];
    if (month < 1 || month > 12 || week < 1 || week > 5 || day > 6) return null;
    return month_rule(month, week, day, time);
  }
  const day = +m[5]!;
  const julian = m[4] !== undefined;
  if (day > 365 || (julian && day < 1)) return null;
  return day_rule(day, julian, time);
}

/** What holds for ever after the last change, by a TZ string; null if it is malformed. CPython: parse_tz_str */
export function parse_tz_string(text: string): YearlyRules | LocalType | null {
  const m = TZ_STRING.exec(text);
  if (m === null) return null;
  const abbreviation = (s: string): string => s.replace(/^<|>$/g, '');
  // Hours west of Greenwich are positive.
  const utcoff = -seconds_of(m[2]!);
  if (Math.abs(utcoff) > 24 * 3600 + 59 * 60 + 59) return null;
  const std: LocalType = { utcoff, dstoff: 0, name: abbreviation(m[1]!) };
  if (m[3] === undefined) return m[5] === undefined ? std : null;
  const dst_utcoff = m[4] === undefined ? utcoff + 3600 : -seconds_of(m[4]);
  if (Math.abs(dst_utcoff) > 24 * 3600 + 59 * 60 + 59) return null;
  if (m[5] === undefined) return null;
  const start = parse_rule(m[5]);
  const end = parse_rule(m[6]!);
  if (start === null || end === null) return null;
  const dst: LocalType = { utcoff: dst_utcoff, dstoff: dst_utcoff - utcoff, name: abbreviation(m[3]) };
  return new YearlyRules(std, dst, start, end);
}

/** How far each type is from standard time, which the file does not say. CPython: utcoff_to_dstoff */
export function daylight_offsets(
  index: readonly number[],
  utcoff: readonly number[],
  isdst: readonly boolean[],
): number[] {
  const dstoff = new Array<number>(utcoff.length).fill(0);
  const wanted = isdst.filter(Boolean).length;
  let found = 0;
  for (let i = 1; i < index.length && found < wanted; i++) {
    const here = index[i]!;
    if (!isdst[here] || dstoff[here] !== 0) continue;
    const before = index[i - 1]!;
    let off = 0;
    if (!isdst[before]) off = utcoff[here]! - utcoff[before]!;
    if (off === 0 && i < index.length - 1) {
      const after = index[i + 1]!;
      if (isdst[after]) continue;
      off = utcoff[here]! - utcoff[after]!;
    }
    if (off !== 0) {
      found++;
      dstoff[here] = off;
    }
  }
  if (found < wanted) {
    for (let i = 0; i < utcoff.length; i++) if (dstoff[i] === 0 && isdst[i]) dstoff[i] = 3600;
  }
  return dstoff;
}

/** The number of items that are not above x. */
export function bisect_right(list: readonly number[], x: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (x < list[mid]!) high = mid;
    else low = mid + 1;
  }
  return low;
}

/** A whole time zone. */
export class Zone {
  /** When changes are, in UTC, and as local time by the offset before (fold 0) and after (fold 1). */
  readonly utc: number[];
  readonly local: [number[], number[]];
  /** What each change brings. */
  readonly types: LocalType[];
  readonly before: LocalType | null;
  readonly after: YearlyRules | LocalType | null;
  /** Whether one offset holds always: there is one type, and no other after it. */
  readonly fixed: boolean;

  constructor(
    utc: number[],
    index: number[],
    types: LocalType[],
    isdst: readonly boolean[],
    after: YearlyRules | LocalType | null,
  ) {
    this.utc = utc;
    this.types = index.map(i => types[i]!);
    const first_standard = types.find((_t, i) => !isdst[i]);
    this.before = index.length > 0 || types.length > 0 ? (first_standard ?? types[0] ?? null) : null;
    const early: number[] = [];
    const late: number[] = [];
    for (let i = 0; i < utc.length; i++) {
      const here = this.types[i]!.utcoff;
      const previous =
        i === 0
          ? types.length > 0
            ? index.length > 0
              ? (this.before ?? types[0]!).utcoff
              : 0
            : 0
          : this.types[i - 1]!.utcoff;
      early.push(utc[i]! + Math.max(previous, here));
      late.push(utc[i]! + Math.min(previous, here));
    }
    this.local = [early, late];
    this.after = after ?? this.types[this.types.length - 1] ?? this.before;
    const only = types[0];
    const last = this.after;
    if (types.length > 1 || last instanceof YearlyRules) this.fixed = false;
    else if (only === undefined || last === null) this.fixed = true;
    else this.fixed = only.utcoff === last.utcoff && only.dstoff === last.dstoff && only.name === last.name;
  }

  /** What holds at a local time. CPython: find_ttinfo */
  at_local(ts: number, year: number, fold: number): LocalType | null {
    const times = this.local[fold === 0 ? 0 : 1];
    const i = bisect_right(times, ts);
    if (i >= times.length) {
      return this.after instanceof YearlyRules ? this.after.at_local(ts, year, fold) : this.after;
    }
    return i === 0 ? this.before : this.types[i - 1]!;
  }

  /** What holds at a time in UTC, and the fold. CPython: zoneinfo_fromutc */
  at_utc(ts: number, year: number): [LocalType | null, number] {
    const { utc, types, after } = this;
    const n = utc.length;
    if (n >= 1 && ts < utc[0]!) return [this.before, 0];
    if ((n === 0 || ts > utc[n - 1]!) && after instanceof YearlyRules) return after.at_utc(ts, year);
    if (n === 0) return [after as LocalType | null, 0];
    const i = bisect_right(utc, ts);
    const here = i >= n && ts > utc[n - 1]! ? (after as LocalType) : types[i - 1]!;
    let previous: LocalType | null;
    if (n > 1 && ts >= utc[1]!) previous = types[i - 2]!;
    else if (ts > utc[n - 1]!) previous = types[n - 1]!;
    else previous = this.before;
    const shift = (previous?.utcoff ?? 0) - here.utcoff;
    return [here, shift > ts - utc[i - 1]! ? 1 : 0];
  }
}
