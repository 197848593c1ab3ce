// normalize.ts: the four normal forms.                              CPython: Modules/unicodedata.c (nfd_nfkd, nfc_nfkc)

import {
  string_is_ascii,
  string_is_latin1,
  type Text,
  text_eq,
  text_from_points,
  text_points,
} from '../unicodeobject/data.ts';
import { type Database, hangul_decomposition } from './database.ts';

const S_BASE = 0xac00;
const L_BASE = 0x1100;
const V_BASE = 0x1161;
const T_BASE = 0x11a7;
const L_COUNT = 19;
const V_COUNT = 21;
const T_COUNT = 28;
const S_COUNT = L_COUNT * V_COUNT * T_COUNT;

/** Appends the full decomposition of a character. */
function decompose_char(db: Database, out: number[], c: number, compat: boolean): void {
  if (c < 0xa0) {
    out.push(c);
    return;
  }
  if (c >= S_BASE && c < S_BASE + S_COUNT) {
    out.push(...hangul_decomposition(c));
    return;
  }
  const d = db.normal_decomposition(c);
  if (d === undefined || (d.tag !== 0 && !compat)) out.push(c);
  else for (const p of d.points) decompose_char(db, out, p, compat);
}

/** Decomposed, with combining characters in canonical order. */
function decompose(db: Database, p: Uint32Array, compat: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < p.length; i++) decompose_char(db, out, p[i]!, compat);
  // Runs of combining characters are sorted by class; equal classes stay in order.
  let i = 0;
  while (i < out.length) {
    if (out[i]! < 0x300 || db.normal_combining(out[i]!) === 0) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < out.length && db.normal_combining(out[end]!) !== 0) end++;
    if (end - i > 1) {
      const run = out.slice(i, end).sort((a, b) => db.normal_combining(a) - db.normal_combining(b));
      for (let k = 0; k < run.length; k++) out[i + k] = run[k]!;
    }
    i = end;
  }
  return out;
}

function compose(db: Database, p: number[]): number[] {
  const out: number[] = [];
  const used = new Uint8Array(p.length);
  for (let i = 0; i < p.length; i++) {
    if (used[i] === 1) continue;
    let c = p[i]!;
    // Hangul: L + V, then + T.
    const l = c - L_BASE;
    if (l >= 0 && l < L_COUNT && i + 1 < p.length) {
      const v = p[i + 1]! - V_BASE;
      if (v >= 0 && v < V_COUNT) {
        let s = S_BASE + (l * V_COUNT + v) * T_COUNT;
        i++;
        if (i + 1 < p.length) {
          const t = p[i + 1]! - T_BASE;
          if (t > 0 && t < T_COUNT) {
            s += t;
            i++;
          }
        }
        out.push(s);
        continue;
      }
    }
    if (db.normal_combining(c) !== 0) {
      out.push(c);
      continue;
    }
    // c is a starter: take in what follows and is not blocked.
    let last = 0;
    for (let k = i + 1; k < p.length; k++) {
      if (used[k] === 1) continue;
      const class_ = db.normal_combining(p[k]!);
      if (last !== 0) {
        if (class_ === 0) break;
        if (last >= class_) continue; // blocked
      }
      const joined = db.composition(c, p[k]!);
      if (joined >= 0) {
        c = joined;
        used[k] = 1;
        continue;
      }
      last = class_;
      if (class_ === 0) break;
    }
    out.push(c);
  }
  return out;
}

/** Whether nothing can change: ASCII always, Latin-1 for NFC. */
function surely_normal(t: Text, composed: boolean, compat: boolean): boolean {
  if (typeof t !== 'string') return false;
  return string_is_ascii(t) || (composed && !compat && string_is_latin1(t));
}

/** The text in a normal form; the very same value when that is what it is already. */
export function normalize(db: Database, t: Text, composed: boolean, compat: boolean): Text {
  if (surely_normal(t, composed, compat)) return t;
  const d = decompose(db, text_points(t), compat);
  const out = text_from_points(composed ? compose(db, d) : d);
  return text_eq(out, t) ? t : out;
}

export function is_normalized(db: Database, t: Text, composed: boolean, compat: boolean): boolean {
  return normalize(db, t, composed, compat) === t;
}
