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

/** Reads a TZ string from its start on; a part that is not there as it should be gives null. */
class TzScanner {
  private readonly text: string;
  private at = 0;
  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at === this.text.length;
  }

  /** Whether these characters come next, which are then behind. */
  skip(chars: string): boolean {
    if (!this.text.startsWith(chars, this.at)) return false;
    this.at += chars.length;
    return true;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  /** A number of so many digits at most (no more than three). */
  number(most: number): number | null {
    const digits = this.match(most === 1 ? /\d/y : most === 2 ? /\d{1,2}/y : /\d{1,3}/y);
    return digits === null ? null : +digits;
  }

  /** `:` and two digits, or nothing (0). */
  private sixtieths(): number | null {
    if (!this.skip(':')) return 0;
    const digits = this.match(/\d\d/y);
    return digits === null ? null : +digits;
  }

  /** The name of an offset. CPython: parse_abbr */
  abbreviation(): string | null {
    return this.match(/<[a-zA-Z0-9+-]+>|[a-zA-Z]+/y)?.replace(/[<>]/g, '') ?? null;
  }

  /** `[+|-]hh[:mm[:ss]]` in seconds. CPython: parse_transition_time */
  time(most_hours: number): number | null {
    const sign = this.skip('-') ? -1 : 1;
    if (sign === 1) this.skip('+');
    const hours = this.number(3);
    if (hours === null || hours > most_hours) return null;
    const colon = this.text[this.at] === ':';
    const minutes = this.sixtieths();
    const seconds = minutes !== null && colon ? this.sixtieths() : 0;
    return minutes === null || seconds === null ? null : sign * (hours * 3600 + minutes * 60 + seconds);
  }

  /** An offset from UTC; the string has hours west of Greenwich positive. CPython: parse_tz_delta */
  offset(): number | null {
    const west = this.time(24);
    return west === null ? null : -west;
  }

  /** A day of the year, and the time if it is not two o'clock. CPython: parse_transition_rule */
  rule(): YearlyRule | null {
    const monthly = this.skip('M');
    const julian = !monthly && this.skip('J');
    const first = this.number(monthly ? 2 : 3);
    const week = monthly && this.skip('.') ? this.number(1) : null;
    const day = week !== null && this.skip('.') ? this.number(1) : null;
    const time = this.skip('/') ? this.time(167) : 7200;
    if (first === null || time === null) return null;
    if (!monthly) return first > 365 || (julian && first < 1) ? null : day_rule(first, julian, time);
    if (week === null || day === null || first < 1 || first > 12 || week < 1 || week > 5 || day > 6) return null;
    return month_rule(first, week, day, time);
  }
}

/** What holds for ever after the last change, by a TZ string; what is wrong, if it is malformed. CPython: parse_tz_str */
export function parse_tz_string(text: string): YearlyRules | LocalType | string {
  const scanner = new TzScanner(text);
  const std_name = scanner.abbreviation();
  if (std_name === null) return 'Invalid STD format in';
  const utcoff = scanner.offset();
  if (utcoff === null) return 'Invalid STD offset in';
  const std: LocalType = { utcoff, dstoff: 0, name: std_name };
  if (scanner.ended) return std;
  const name = scanner.abbreviation();
  if (name === null) return 'Invalid DST format in';
  const rules_follow = scanner.skip(',');
  const dst_utcoff = rules_follow ? utcoff + 3600 : scanner.offset();
  if (dst_utcoff === null) return 'Invalid DST offset in';
  if (!rules_follow && !scanner.skip(',')) return 'Missing transition rules in TZ string:';
  const start = scanner.rule();
  if (start === null) return 'Malformed transition rule in TZ string:';
  if (!scanner.skip(',')) return 'Missing transition rules in TZ string:';
  const end = scanner.rule();
  if (end === null) return 'Malformed transition rule in TZ string:';
  if (!scanner.ended) return 'Extraneous characters at end of TZ string:';
  return new YearlyRules(std, { utcoff: dst_utcoff, dstoff: dst_utcoff - utcoff, name }, start, end);
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
    if (i === times.length && (i === 0 || ts > times[i - 1]!)) {
      return this.after instanceof YearlyRules ? this.after.at_local(ts, year, fold) : this.after;
    }
    return i === 0 ? this.before : this.types[i - 1]!;
  }

  /** What holds at a time in UTC, and the fold. CPython: zoneinfo_fromutc */
  at_utc(ts: number, year: number): [LocalType | null, number] {
    const { utc, types, after } = this;
    const n = utc.length;
    if (n >= 1 && ts < utc[0]!) return [this.before, 0];
    let here: LocalType | null;
    let fold = 0;
    // The changes that have been.
    let i = n;
    if (n > 0 && ts <= utc[n - 1]!) {
      i = bisect_right(utc, ts);
      here = types[i - 1]!;
    } else if (after instanceof YearlyRules) [here, fold] = after.at_utc(ts, year);
    else here = after;
    if (i > 0) {
      const previous = i > 1 ? types[i - 2]! : this.before;
      if ((previous?.utcoff ?? 0) - (here?.utcoff ?? 0) > ts - utc[i - 1]!) fold = 1;
    }
    return [here, fold];
  }
}
