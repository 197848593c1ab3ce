// strftime.ts: times as text, as glibc's strftime() writes them in the C locale.                                strftime(3)

import { type BrokenDown, days_from_civil } from './civil.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function day_name(wday: number): string {
  return DAYS[wday] ?? '?';
}

export function month_name(mon: number): string {
  return MONTHS[mon - 1] ?? '?';
}

/** ISO 8601 year and week. */
function iso_week(tm: BrokenDown): [number, number] {
  const length = (year: number): number => days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1);
  let year = tm.year;
  let week = Math.floor((tm.yday - 1 - tm.wday + 10) / 7);
  if (week < 1) {
    year--;
    week = Math.floor((tm.yday - 1 + length(year) - tm.wday + 10) / 7);
  } else if (week === 53) {
    const jan4 = days_from_civil(year + 1, 1, 4);
    const wday = (((jan4 + 3) % 7) + 7) % 7;
    const today = days_from_civil(year, 1, 1) + tm.yday - 1;
    if (today >= jan4 - wday) {
      year++;
      week = 1;
    }
  }
  return [year, week];
}

/** A number with its default padding, changed by a flag and a width. */
function number(value: number, width: number, pad: string, flag: string, wanted: number): string {
  if (flag === '_') pad = ' ';
  else if (flag === '0') pad = '0';
  else if (flag === '-') return String(value);
  if (wanted > 0) width = wanted;
  const text = String(Math.abs(value));
  if (value < 0) return pad === '0' ? `-${text.padStart(width - 1, '0')}` : `-${text}`.padStart(width, pad);
  return text.padStart(width, pad);
}

/** CPython hands the format to the C library piece by piece; unknown directives stay as they are. */
export function format_time(format: string, tm: BrokenDown, epoch: () => number): string {
  let out = '';
  for (let i = 0; i < format.length; i++) {
    const c = format[i]!;
    if (c !== '%') {
      out += c;
      continue;
    }
    const match = /^([_\-0^#]*)(\d*)([EO]?)(.)/su.exec(format.slice(i + 1));
    if (match === null) {
      out += c;
      continue;
    }
    const [whole, flags, width, modifier, directive] = match as unknown as [string, string, string, string, string];
    const text = directive_text(directive, flags, width === '' ? 0 : Number(width), modifier, tm, epoch);
    if (text === null) {
      out += `%${whole}`;
    } else out += text;
    i += whole.length;
  }
  return out;
}

function directive_text(
  directive: string,
  flags: string,
  width: number,
  modifier: string,
  tm: BrokenDown,
  epoch: () => number,
): string | null {
  const flag = flags.replace(/[\^#]/g, '').at(-1) ?? '';
  const upper = flags.includes('^');
  const swap = flags.includes('#');
  const num = (value: number, digits: number, pad = '0'): string => number(value, digits, pad, flag, width);
  const str = (text: string, swap_lower = false): string => {
    if (upper) text = text.toUpperCase();
    else if (swap) text = swap_lower ? text.toLowerCase() : text.toUpperCase();
    if (width > 0) text = text.padStart(width, flag === '0' ? '0' : ' ');
    return text;
  };
  const sub = (format: string): string => str(format_time(format, tm, epoch));
  const hour12 = tm.hour % 12 === 0 ? 12 : tm.hour % 12;
  if (modifier !== '' && !'cCdeHImMSuUVwWxXyY'.includes(directive)) return null;
  switch (directive) {
    case '%':
      return str('%');
    case 'n':
      return str('\n');
    case 't':
      return str('\t');
    case 'a':
      return str(day_name(tm.wday).slice(0, 3));
    case 'A':
      return str(day_name(tm.wday));
    case 'b':
    case 'h':
      return str(month_name(tm.mon).slice(0, 3));
    case 'B':
      return str(month_name(tm.mon));
    case 'c':
      return sub('%a %b %e %H:%M:%S %Y');
    case 'C':
      return num(Math.floor(tm.year / 100), 1);
    case 'd':
      return num(tm.mday, 2);
    case 'D':
    case 'x':
      return sub('%m/%d/%y');
    case 'e':
      return num(tm.mday, 2, ' ');
    case 'F':
      return sub('%Y-%m-%d');
    case 'g': {
      const year = iso_week(tm)[0] % 100;
      return num(year < 0 ? year + 100 : year, 2);
    }
    case 'G':
      return num(iso_week(tm)[0], 1);
    case 'H':
      return num(tm.hour, 2);
    case 'I':
      return num(hour12, 2);
    case 'j':
      return num(tm.yday, 3);
    case 'k':
      return num(tm.hour, 2, ' ');
    case 'l':
      return num(hour12, 2, ' ');
    case 'm':
      return num(tm.mon, 2);
    case 'M':
      return num(tm.min, 2);
    case 'p':
      return str(tm.hour < 12 ? 'AM' : 'PM', true);
    case 'P':
      return str(tm.hour < 12 ? 'am' : 'pm');
    case 'r':
      return sub('%I:%M:%S %p');
    case 'R':
      return sub('%H:%M');
    case 's':
      return num(epoch(), 1);
    case 'S':
      return num(tm.sec, 2);
    case 'T':
    case 'X':
      return sub('%H:%M:%S');
    case 'u':
      return num(tm.wday + 1, 1);
    case 'U':
      return num(Math.floor((tm.yday - 1 + 7 - ((tm.wday + 1) % 7)) / 7), 2);
    case 'V':
      return num(iso_week(tm)[1], 2);
    case 'w':
      return num((tm.wday + 1) % 7, 1);
    case 'W':
      return num(Math.floor((tm.yday - 1 + 7 - tm.wday) / 7), 2);
    case 'y': {
      const year = tm.year % 100;
      return num(year < 0 ? year + 100 : year, 2);
    }
    case 'Y':
      return num(tm.year, 1);
    case 'z': {
      const minutes = Math.trunc(Math.abs(tm.gmtoff) / 60);
      return `${tm.gmtoff < 0 ? '-' : '+'}${String(Math.floor(minutes / 60) * 100 + (minutes % 60)).padStart(4, '0')}`;
    }
    case 'Z':
      return str(tm.zone);
    case '+':
      return sub('%a %b %e %H:%M:%S %Z %Y');
  }
  return null;
}
