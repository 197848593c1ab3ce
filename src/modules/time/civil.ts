// civil.ts: days and dates of the proleptic Gregorian calendar, and broken-down times.
//
// Days count from 1970-01-01. Invariant: tm_mon counts from 1, tm_wday from Monday = 0, tm_yday from 1, as Python has them.

export interface BrokenDown {
  year: number;
  mon: number;
  mday: number;
  hour: number;
  min: number;
  sec: number;
  wday: number;
  yday: number;
  isdst: number;
  zone: string;
  gmtoff: number;
}

/** Days from 1970-01-01 to a date; month and day may be out of range. */
export function days_from_civil(year: number, mon: number, mday: number): number {
  const shifted = mon - 3;
  let y = year + Math.floor(shifted / 12);
  const m = ((shifted % 12) + 12) % 12; // March is 0
  const era = Math.floor(y / 400);
  y -= era * 400;
  const doy = Math.floor((153 * m + 2) / 5);
  return era * 146097 + y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + doy + mday - 1 - 719468;
}

export function civil_from_days(days: number): { year: number; mon: number; mday: number } {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const mon = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (mon <= 2 ? 1 : 0), mon, mday: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** A time in seconds since the epoch, `gmtoff` seconds east of Greenwich. */
export function break_down(seconds: number, gmtoff: number, isdst: number, zone: string): BrokenDown {
  const local = seconds + gmtoff;
  const days = Math.floor(local / 86400);
  const rest = local - days * 86400;
  const { year, mon, mday } = civil_from_days(days);
  return {
    year,
    mon,
    mday,
    hour: Math.floor(rest / 3600),
    min: Math.floor((rest % 3600) / 60),
    sec: rest % 60,
    wday: (((days + 3) % 7) + 7) % 7,
    yday: days - days_from_civil(year, 1, 1) + 1,
    isdst,
    zone,
    gmtoff,
  };
}
