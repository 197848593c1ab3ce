// calendar.ts: the proleptic Gregorian calendar in numbers.                             CPython: Modules/_datetimemodule.c
//
// An ordinal counts days from 1 for January 1st of year 1. Months and days count from 1, weekdays from 0 for Monday.

export const MINYEAR = 1;
export const MAXYEAR = 9999;
/** Ordinal of the last day of year 9999. */
export const MAXORDINAL = 3652059;
/** Ordinal of January 1st, 1970. */
export const EPOCH_ORDINAL = 719163;

const DAYS_IN_MONTH: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH: readonly number[] = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

export function is_leap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function days_in_month(year: number, month: number): number {
  return month === 2 && is_leap(year) ? 29 : DAYS_IN_MONTH[month]!;
}

export function days_before_month(year: number, month: number): number {
  return DAYS_BEFORE_MONTH[month]! + (month > 2 && is_leap(year) ? 1 : 0);
}

function days_before_year(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

export function ymd_to_ord(year: number, month: number, day: number): number {
  return days_before_year(year) + days_before_month(year, month) + day;
}

/** [year, month, day] of an ordinal, of any year. */
export function ord_to_ymd(ordinal: number): [number, number, number] {
  // Years counted from March, so that the leap day comes last; 146097 days make 400 years.
  const days = ordinal + 305;
  const era = Math.floor(days / 146097);
  const doe = days - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(year: number, month: number, day: number): number {
  return (ymd_to_ord(year, month, day) + 6) % 7;
}

/** Ordinal of the Monday that starts ISO week 1 of a year. */
export function iso_week1_monday(year: number): number {
  const first_day = ymd_to_ord(year, 1, 1);
  const first_weekday = (first_day + 6) % 7;
  const monday = first_day - first_weekday;
  return first_weekday > 3 ? monday + 7 : monday;
}

/** What is wrong with an ISO week date, or null. */
export type IsoError = 'year' | 'week' | 'day';

/** [year, month, day] of an ISO week date, or what is out of range. CPython: iso_to_ymd */
export function iso_to_ymd(year: number, week: number, day: number): [number, number, number] | IsoError {
  if (year < MINYEAR || year > MAXYEAR) return 'year';
  if (week <= 0 || week >= 53) {
    // Years that begin on a Thursday have 53 weeks, and leap years that begin on a Wednesday.
    const first = weekday(year, 1, 1);
    if (week !== 53 || !(first === 3 || (first === 2 && is_leap(year)))) return 'week';
  }
  if (day <= 0 || day >= 8) return 'day';
  return ord_to_ymd(iso_week1_monday(year) + (week - 1) * 7 + day - 1);
}

/** [ISO year, week, weekday from 1]. */
export function iso_calendar(year: number, month: number, day: number): [number, number, number] {
  let iso_year = year;
  let monday = iso_week1_monday(year);
  const today = ymd_to_ord(year, month, day);
  if (today < monday) {
    iso_year--;
    monday = iso_week1_monday(iso_year);
  } else if (today >= iso_week1_monday(year + 1)) {
    iso_year++;
    monday = iso_week1_monday(iso_year);
  }
  const days = today - monday;
  return [iso_year, Math.floor(days / 7) + 1, (days % 7) + 1];
}

/** Seconds since January 1st of year 1 (plus one day, as ordinals count from 1). */
export function ymdhms_to_seconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  return ((ymd_to_ord(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

export const EPOCH_SECONDS: number = EPOCH_ORDINAL * 86400;

export function pad2(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}

export function pad(n: number, width: number): string {
  return n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0');
}
