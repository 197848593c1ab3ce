// keys.ts: what keys send, and the names of keys.                                      ncurses: init_keytry.c, lib_keyname.c
import { KEY_MAX, KEY_MIN, keys } from './constants.ts';
import type { Terminfo } from './terminfo.ts';
import { unctrl } from './width.ts';

export class KeyTable {
  /** Codes by what the terminal sends, a character per byte. */
  private readonly codes = new Map<string, number>();
  private readonly prefixes = new Set<string>();
  private readonly names = new Map<number, string>();
  private readonly known = new Set<number>();

  constructor(terminal: Terminfo) {
    for (const { code, capability } of keys()) this.add(terminal, capability, code);
    // Keys that the entry names itself have numbers behind the others'.
    terminal.extended_strings.forEach((name, i) => {
      if (name.startsWith('k') && this.add(terminal, name, KEY_MAX + i)) this.names.set(KEY_MAX + i, name);
    });
  }

  private add(terminal: Terminfo, capability: string, code: number): boolean {
    const sent = terminal.string(capability);
    if (sent === null || sent === '' || this.codes.has(sent)) return false;
    this.codes.set(sent, code);
    this.known.add(code);
    for (let n = 1; n < sent.length; n++) this.prefixes.add(sent.slice(0, n));
    return true;
  }

  code(sent: string): number | undefined {
    return this.codes.get(sent);
  }

  /** Whether more has to come to tell which key it is. */
  begins_key(sent: string): boolean {
    return this.prefixes.has(sent);
  }

  has(code: number): boolean {
    return this.known.has(code);
  }

  name(code: number): string | undefined {
    return this.names.get(code);
  }
}

/** '' if it has none. */
export function key_name(code: number, table: KeyTable | null, meta: boolean): string {
  if (code < 256) return !meta && code >= 0xa0 ? String.fromCharCode(code) : unctrl(code, meta);
  return keys()[code - KEY_MIN]?.name ?? table?.name(code) ?? '';
}
