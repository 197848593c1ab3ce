// zone.ts: time zones: TZif files and POSIX TZ strings.                                             (RFC 9636, tzset(3))
//
// A zone is a list of transitions and a rule for what comes after them. Invariant: transitions are in order of time.

import type { Host } from '../../core/host.ts';
import { read_whole } from '../whole_file.ts';
import { civil_from_days, days_from_civil } from './civil.ts';

/** A kind of local time. */
export interface LocalType {
  /** Seconds east of Greenwich. */
  offset: number;
  isdst: boolean;
  name: string;
}

interface DayRule {
  kind: 'month' | 'julian' | 'zero';
  a: number;
  b: number;
  c: number;
  /** Seconds after midnight. */
  time: number;
}

interface PosixRule {
  std: LocalType;
  dst: LocalType | null;
  start: DayRule;
  end: DayRule;
}

export interface Zone {
  times: number[];
  types: LocalType[];
  /** Which of `types` begins at each of `times`. */
  indices: number[];
  rule: PosixRule | null;
}

const UTC: LocalType = { offset: 0, isdst: false, name: 'UTC' };

/** A zone that is always the same. */
export function fixed_zone(type: LocalType): Zone {
  return { times: [], types: [type], indices: [], rule: null };
}

// --- POSIX TZ strings -----------------------------------------------------------------------------------------------

// Taken apart by hand: a process reads one such string when it starts, and making regular expressions takes longer.
class Scanner {
  private readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }
  done(): boolean {
    return this.at >= this.text.length;
  }
  /** Takes one character if it is next. */
  take(c: string): boolean {
    if (this.text[this.at] !== c) return false;
    this.at++;
    return true;
  }
  /** Takes the characters that `belongs` says yes to. */
  run(belongs: (code: number) => boolean): string {
    const start = this.at;
    while (!this.done() && belongs(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }
  /** Takes a number of at most that many digits; null if there is none. */
  number(digits: number): number | null {
    const start = this.at;
    while (this.at - start < digits && is_digit(this.text.charCodeAt(this.at))) this.at++;
    return this.at === start ? null : Number(this.text.slice(start, this.at));
  }
}

function is_digit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function is_letter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** At least three letters, or letters, digits and signs between < and >. */
function scan_name(s: Scanner): string | null {
  if (s.take('<')) {
    const name = s.run(code => is_letter(code) || is_digit(code) || code === 43 || code === 45);
    return name !== '' && s.take('>') ? name : null;
  }
  const name = s.run(is_letter);
  return name.length >= 3 ? name : null;
}

/** [+-]hh[:mm[:ss]] in seconds. */
function scan_time(s: Scanner): number | null {
  const sign = s.take('-') ? -1 : 1;
  if (sign === 1) s.take('+');
  const hours = s.number(3);
  if (hours === null) return null;
  let seconds = hours * 3600;
  for (const unit of [60, 1]) {
    if (!s.take(':')) break;
    const n = s.number(2);
    if (n === null) return null;
    seconds += n * unit;
  }
  return sign * seconds;
}

/** Mm.w.d, Jn or n, then perhaps /time. */
function scan_day(s: Scanner): DayRule | null {
  let kind: DayRule['kind'] = 'zero';
  let a: number | null;
  let b: number | null = 0;
  let c: number | null = 0;
  if (s.take('M')) {
    kind = 'month';
    a = s.number(2);
    b = s.take('.') ? s.number(1) : null;
    c = s.take('.') ? s.number(1) : null;
  } else {
    if (s.take('J')) kind = 'julian';
    a = s.number(3);
  }
  if (a === null || b === null || c === null) return null;
  const time = s.take('/') ? scan_time(s) : 7200;
  return time === null ? null : { kind, a, b, c, time };
}

const US_START: DayRule = { kind: 'month', a: 3, b: 2, c: 0, time: 7200 };
const US_END: DayRule = { kind: 'month', a: 11, b: 1, c: 0, time: 7200 };

/** The rule that a TZ string states, or null if it is none. */
export function parse_posix(text: string): PosixRule | null {
  const s = new Scanner(text);
  const name = scan_name(s);
  if (name === null) return null;
  const west = scan_time(s);
  if (west === null) return null;
  const std: LocalType = { offset: -west, isdst: false, name };
  if (s.done()) return { std, dst: null, start: US_START, end: US_END };
  const dst_name = scan_name(s);
  if (dst_name === null) return null;
  const dst_west = scan_time(s);
  const dst: LocalType = { offset: dst_west === null ? std.offset + 3600 : -dst_west, isdst: true, name: dst_name };
  let start = US_START;
  let end = US_END;
  if (s.take(',')) {
    const a = scan_day(s);
    if (a === null || !s.take(',')) return null;
    const b = scan_day(s);
    if (b === null) return null;
    start = a;
    end = b;
  }
  return s.done() ? { std, dst, start, end } : null;
}

/** When the rule's day begins its change in a year: local seconds since the epoch. */
function rule_moment(rule: DayRule, year: number): number {
  let day: number;
  if (rule.kind === 'month') {
    const first = days_from_civil(year, rule.a, 1);
    const wday = (((first + 4) % 7) + 7) % 7; // Sunday is 0
    day = first + ((rule.c - wday + 7) % 7) + (rule.b - 1) * 7;
    if (day >= days_from_civil(year, rule.a + 1, 1)) day -= 7;
  } else if (rule.kind === 'zero') day = days_from_civil(year, 1, 1) + rule.a;
  else {
    const leap = days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1) === 366;
    day = days_from_civil(year, 1, 1) + rule.a - 1 + (leap && rule.a >= 60 ? 1 : 0);
  }
  return day * 86400 + rule.time;
}

function rule_type(rule: PosixRule, seconds: number): LocalType {
  if (rule.dst === null) return rule.std;
  const { year } = civil_from_days(Math.floor((seconds + rule.std.offset) / 86400));
  const start = rule_moment(rule.start, year) - rule.std.offset;
  const end = rule_moment(rule.end, year) - rule.dst.offset;
  const inside = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
  return inside ? rule.dst : rule.std;
}

// --- TZif -----------------------------------------------------------------------------------------------------------

/** The zone that a TZif file holds, or null. */
export function parse_tzif(bytes: Uint8Array): Zone | null {
  if (bytes.length < 44 || text_at(bytes, 0, 4) !== 'TZif') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = (at: number): number[] => [0, 1, 2, 3, 4, 5].map(i => view.getUint32(at + 20 + 4 * i));
  let at = 0;
  let size = 4;
  if (bytes[4]! >= 0x32) {
    // Version 2: a second block with 64-bit times follows the first.
    const [isut, isstd, leap, times, types, chars] = header(0) as [number, number, number, number, number, number];
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut;
    size = 8;
  }
  const [isut, isstd, leap, ntimes, ntypes, nchars] = header(at) as [number, number, number, number, number, number];
  let p = at + 44;
  const times: number[] = [];
  for (let i = 0; i < ntimes; i++, p += size) times.push(size === 8 ? Number(view.getBigInt64(p)) : view.getInt32(p));
  const indices = [...bytes.subarray(p, p + ntimes)];
  p += ntimes;
  const names = p + ntypes * 6;
  const types: LocalType[] = [];
  for (let i = 0; i < ntypes; i++, p += 6) {
    const start = names + bytes[p + 5]!;
    types.push({
      offset: view.getInt32(p),
      isdst: bytes[p + 4] !== 0,
      name: text_at(bytes, start, bytes.indexOf(0, start) - start),
    });
  }
  p = names + nchars + leap * (size + 4) + isstd + isut;
  let rule: PosixRule | null = null;
  if (size === 8 && bytes[p] === 10) {
    const end = bytes.indexOf(10, p + 1);
    if (end > p + 1) rule = parse_posix(text_at(bytes, p + 1, end - p - 1));
  }
  return { times, types, indices, rule };
}

function text_at(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

// --- use ------------------------------------------------------------------------------------------------------------

/** The kind of local time at a moment. */
export function type_at(zone: Zone, seconds: number): LocalType {
  const { times, types, indices, rule } = zone;
  if (times.length === 0 || seconds < times[0]!) {
    if (times.length === 0 && rule !== null) return rule_type(rule, seconds);
    return types.find(t => !t.isdst) ?? types[0] ?? UTC;
  }
  if (rule !== null && seconds >= times[times.length - 1]!) return rule_type(rule, seconds);
  let lo = 0;
  let hi = times.length;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (times[mid]! <= seconds) lo = mid;
    else hi = mid;
  }
  return types[indices[lo]!]!;
}

/** Local seconds (as if UTC) as seconds since the epoch; `isdst` settles what is ambiguous (negative: unknown). */
export function local_to_epoch(zone: Zone, local: number, isdst: number): number {
  const candidates: LocalType[] = [];
  for (const probe of [local - 86400, local + 86400]) {
    const type = type_at(zone, probe);
    if (!candidates.includes(type)) candidates.push(type);
  }
  const fits = candidates
    .map(type => ({ type, at: local - type.offset }))
    .filter(({ type, at }) => type_at(zone, at).offset === type.offset && type_at(zone, at).isdst === type.isdst);
  if (isdst < 0) {
    if (fits.length > 0) return Math.min(...fits.map(fit => fit.at));
    return local - candidates[0]!.offset; // in a gap: what held before it
  }
  const wanted = fits.find(fit => fit.type.isdst === isdst > 0);
  if (wanted !== undefined) return wanted.at;
  // The clock that was asked for is not in use then: read the time on it all the same.
  const here = fits[0] ?? { type: candidates[0]!, at: local - candidates[0]!.offset };
  const other = other_type(zone, here.at, isdst > 0);
  if (other !== null) return local - other.offset;
  return here.at + (isdst > 0 ? -3600 : 3600);
}

/** A type of that kind used within a year of the moment, or null. */
function other_type(zone: Zone, seconds: number, isdst: boolean): LocalType | null {
  for (let days = 7; days <= 366; days += 7) {
    for (const probe of [seconds - days * 86400, seconds + days * 86400]) {
      const type = type_at(zone, probe);
      if (type.isdst === isdst) return type;
    }
  }
  return null;
}

function read_file({ files }: Host, path: string): Uint8Array | null {
  try {
    return read_whole(
      Uint8Array.from(path, c => c.charCodeAt(0)),
      files,
    );
  } catch {
    return null;
  }
}

/** The zone for the value of TZ (null: unset). */
export function load_zone(host: Host, tz: string | null): Zone {
  if (tz === null) {
    const local = read_file(host, '/etc/localtime');
    const zone = local === null ? null : parse_tzif(local);
    if (zone !== null) return zone;
    return named_zone(host, host.clock.timezone()) ?? fixed_zone(UTC);
  }
  let name = tz.startsWith(':') ? tz.slice(1) : tz;
  if (name === '') return fixed_zone(UTC);
  const zone = named_zone(host, name);
  if (zone !== null) return zone;
  const rule = parse_posix(name);
  if (rule !== null) {
    return { times: [], types: rule.dst === null ? [rule.std] : [rule.std, rule.dst], indices: [], rule };
  }
  // glibc takes the leading letters of what it cannot understand as the name of UTC.
  name = /^[A-Za-z]{3,}/.exec(name)?.[0] ?? 'UTC';
  return fixed_zone({ offset: 0, isdst: false, name });
}

function named_zone(host: Host, name: string): Zone | null {
  if (!/^[A-Za-z0-9_+\-/]+$/.test(name) || name.includes('..')) return null;
  const path = name.startsWith('/') ? name : `/usr/share/zoneinfo/${name}`;
  const bytes = read_file(host, path);
  return bytes === null ? null : parse_tzif(bytes);
}
