// width.ts: how many columns a character takes.                                                          wcwidth(3)
import { Database } from '../../objects/unicode_data/database.ts';

let database: Database | null = null;

/** Columns that a code point takes, 0: it combines with the one before; -1: it cannot be shown. */
export function char_width(code: number): number {
  if (code < 127) return code < 32 ? -1 : 1;
  if (code < 0xa0) return -1;
  if (code < 0x300) return 1;
  database ??= Database.of(false);
  const category = database.category(code);
  if (category === 'Cn' || category === 'Cs' || category === 'Cc') return -1;
  if (category === 'Zl' || category === 'Zp') return -1;
  if (category === 'Mn' || category === 'Me' || category === 'Cf') return 0;
  // Vowels and final consonants of Korean join the consonant before them.
  if (code >= 0x1160 && code <= 0x11ff) return 0;
  const width = database.east_asian_width(code);
  return width === 'W' || width === 'F' ? 2 : 1;
}

/** How control characters and bytes are shown: ^A, ~@. */
export function unctrl(code: number, meta = false): string {
  code &= 0xff;
  if (code === 127) return '^?';
  if (code < 32) return `^${String.fromCharCode(code + 64)}`;
  if (code < 127) return String.fromCharCode(code);
  if (code < 0xa0) return meta ? `M-^${String.fromCharCode(code - 64)}` : `~${String.fromCharCode(code - 64)}`;
  return code === 255 ? (meta ? 'M-^?' : '~?') : `M-${String.fromCharCode(code - 128)}`;
}
