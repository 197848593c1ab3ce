// program.ts: a compiled pattern, checked and prepared for the engine.            CPython: Modules/_sre/sre.c:_validate
//
// The words come from Python code and are not to be trusted: a walk over them checks every jump, group and set, so that
// the engine need not. On the way "no limit" becomes NO_LIMIT, and each set gets a table of its first 256 characters.

import { in_category, upper_unicode } from './chars.ts';
import type { NativePattern } from './native.ts';
import * as op from './opcodes.ts';

/** Words of 32 bits, signed; bit sets use all 32. */
export class Program {
  readonly code: Int32Array;
  readonly groups: number;
  /** For each set, by the position of its first word: where its 256 flags start in `tables`; -1 elsewhere. */
  readonly tableAt: Int32Array;
  tables: Uint8Array;
  /** How much the engine has worked on it, and what V8 does in its place; undefined: not tried yet. */
  work = 0;
  native: NativePattern | null | undefined = undefined;
  constructor(code: Int32Array, groups: number) {
    this.code = code;
    this.groups = groups;
    this.tableAt = new Int32Array(code.length).fill(-1);
    this.tables = new Uint8Array(0);
  }
}

/** Whether a character is in the set that starts at `at`. CPython: SRE(charset) */
export function charset_slow(code: Int32Array, at: number, c: number): boolean {
  let ok = true;
  for (;;) {
    switch (code[at++]) {
      case 0: // FAILURE
        return !ok;
      case 16: // LITERAL
        if (c === code[at]) return ok;
        at++;
        break;
      case 8: // CATEGORY
        if (in_category(code[at]!, c)) return ok;
        at++;
        break;
      case 9: // CHARSET
        if (c < 256 && (code[at + (c >> 5)]! & (1 << (c & 31))) !== 0) return ok;
        at += 8;
        break;
      case 22: // RANGE
        if (code[at]! <= c && c <= code[at + 1]!) return ok;
        at += 2;
        break;
      case 42: {
        // RANGE_UNI_IGNORE: c is in lower case already
        if (code[at]! <= c && c <= code[at + 1]!) return ok;
        const u = upper_unicode(c);
        if (code[at]! <= u && u <= code[at + 1]!) return ok;
        at += 2;
        break;
      }
      case 21: // NEGATE
        ok = !ok;
        break;
      case 10: {
        // BIGCHARSET
        const count = code[at++]!;
        if (c < 0x10000) {
          const hi = c >> 8;
          const block = (code[at + (hi >> 2)]! >>> ((hi & 3) * 8)) & 255;
          const bit = block * 256 + (c & 255);
          if ((code[at + 64 + (bit >> 5)]! & (1 << (bit & 31))) !== 0) return ok;
        }
        at += 64 + count * 8;
        break;
      }
      default:
        return false;
    }
  }
}

/** Walks a program; `bad` is set at the first thing that is wrong. */
class Checker {
  readonly program: Program;
  readonly words: Float64Array;
  sets: number[] = [];
  bad = false;
  constructor(program: Program, words: Float64Array) {
    this.program = program;
    this.words = words;
  }

  /** A word, or NaN outside of the program. */
  private word(at: number, end: number): number {
    if (at >= end) {
      this.bad = true;
      return Number.NaN;
    }
    return this.words[at]!;
  }

  /** Reads a jump distance at `at`; it must stay within `end`. */
  private skip(at: number, end: number): number {
    const n = this.word(at, end);
    if (!(at + n <= end)) this.bad = true;
    return n;
  }

  private limit(at: number): void {
    if (this.words[at]! > op.NO_LIMIT) this.program.code[at] = op.NO_LIMIT;
  }

  charset(at: number, end: number): void {
    this.sets.push(at);
    while (at < end && !this.bad) {
      switch (this.words[at++]) {
        case op.NEGATE:
          break;
        case op.LITERAL:
          at++;
          break;
        case op.RANGE:
        case op.RANGE_UNI_IGNORE:
          at += 2;
          break;
        case op.CHARSET:
          at += 8;
          break;
        case op.BIGCHARSET: {
          const blocks = this.word(at, end);
          if (!(at + 65 <= end)) {
            this.bad = true;
            return;
          }
          for (let i = 0; i < 256; i++) {
            if (((this.program.code[at + 1 + (i >> 2)]! >>> ((i & 3) * 8)) & 255) >= blocks) this.bad = true;
          }
          at += 65 + blocks * 8;
          break;
        }
        case op.CATEGORY:
          if (!(this.word(at, end) < op.CATEGORY_CODES)) this.bad = true;
          at++;
          break;
        case op.FAILURE:
          if (at !== end) this.bad = true;
          return;
        default:
          this.bad = true;
      }
      if (at > end) this.bad = true;
    }
    this.bad = true; // no FAILURE at the end
  }

  /** Checks [at, end) of straight code. */
  inner(at: number, end: number): void {
    if (at > end) this.bad = true;
    while (at < end && !this.bad) {
      const o = this.words[at++];
      switch (o) {
        case op.MARK:
          if (!(this.word(at++, end) <= 2 * this.program.groups + 1)) this.bad = true;
          break;
        case op.LITERAL:
        case op.NOT_LITERAL:
        case op.LITERAL_IGNORE:
        case op.NOT_LITERAL_IGNORE:
        case op.LITERAL_UNI_IGNORE:
        case op.NOT_LITERAL_UNI_IGNORE:
        case op.LITERAL_LOC_IGNORE:
        case op.NOT_LITERAL_LOC_IGNORE:
          this.word(at++, end);
          break;
        case op.SUCCESS:
        case op.FAILURE:
        case op.ANY:
        case op.ANY_ALL:
          break;
        case op.AT:
          if (!(this.word(at++, end) < op.AT_CODES)) this.bad = true;
          break;
        case op.IN:
        case op.IN_IGNORE:
        case op.IN_UNI_IGNORE:
        case op.IN_LOC_IGNORE: {
          const skip = this.skip(at, end);
          if (this.bad) return;
          this.charset(at + 1, at + skip);
          at += skip;
          break;
        }
        case op.INFO: {
          const skip = this.skip(at, end);
          if (this.bad) return;
          this.info(at, at + skip);
          at += skip;
          break;
        }
        case op.BRANCH:
          at = this.branch(at, end);
          break;
        case op.REPEAT_ONE:
        case op.MIN_REPEAT_ONE:
        case op.POSSESSIVE_REPEAT_ONE: {
          const skip = this.skip(at, end);
          this.repeat_range(at, end);
          if (this.bad) return;
          this.inner(at + 3, at + skip - 1);
          if (this.words[at + skip - 1] !== op.SUCCESS) this.bad = true;
          at += skip;
          break;
        }
        case op.REPEAT:
        case op.POSSESSIVE_REPEAT: {
          const skip = this.skip(at, end);
          this.repeat_range(at, end);
          if (this.bad) return;
          this.inner(at + 3, at + skip);
          at += skip;
          const until = this.word(at++, end);
          if (o === op.POSSESSIVE_REPEAT ? until !== op.SUCCESS : until !== op.MAX_UNTIL && until !== op.MIN_UNTIL)
            this.bad = true;
          break;
        }
        case op.ATOMIC_GROUP: {
          const skip = this.skip(at, end);
          if (this.bad) return;
          this.inner(at + 1, at + skip - 1);
          if (this.words[at + skip - 1] !== op.SUCCESS) this.bad = true;
          at += skip;
          break;
        }
        case op.GROUPREF:
        case op.GROUPREF_IGNORE:
        case op.GROUPREF_UNI_IGNORE:
        case op.GROUPREF_LOC_IGNORE:
          if (!(this.word(at++, end) < this.program.groups)) this.bad = true;
          break;
        case op.GROUPREF_EXISTS: {
          if (!(this.word(at, end) < this.program.groups)) this.bad = true;
          const skip = this.word(at + 1, end);
          if (!(at + skip <= end) || skip < 2) this.bad = true;
          if (this.bad) return;
          this.conditional(at, at + skip, end);
          at = this.after_conditional;
          break;
        }
        case op.ASSERT:
        case op.ASSERT_NOT: {
          const skip = this.skip(at, end);
          if (!(this.word(at + 1, end) < 0x80000000)) this.bad = true;
          if (this.bad) return;
          this.inner(at + 2, at + skip - 1);
          if (this.words[at + skip - 1] !== op.SUCCESS) this.bad = true;
          at += skip;
          break;
        }
        default:
          this.bad = true;
      }
      if (at > end) this.bad = true;
    }
  }

  private repeat_range(at: number, end: number): void {
    const min = this.word(at + 1, end);
    const max = this.word(at + 2, end);
    if (!(min <= max)) this.bad = true;
    this.limit(at + 1);
    this.limit(at + 2);
  }

  private info(at: number, end: number): void {
    if (end - at < 4) {
      this.bad = true;
      return;
    }
    const flags = this.words[at + 1]!;
    if ((flags & ~(op.INFO_PREFIX | op.INFO_LITERAL | op.INFO_CHARSET)) !== 0) this.bad = true;
    if ((flags & op.INFO_PREFIX) !== 0 && (flags & op.INFO_CHARSET) !== 0) this.bad = true;
    if ((flags & op.INFO_LITERAL) !== 0 && (flags & op.INFO_PREFIX) === 0) this.bad = true;
    this.limit(at + 2);
    this.limit(at + 3);
    if ((flags & op.INFO_PREFIX) !== 0) {
      const n = this.word(at + 4, end);
      if (!(at + 6 + 2 * n <= end) || !(this.words[at + 5]! <= n)) {
        this.bad = true;
        return;
      }
      for (let i = 0; i < n; i++) if (!(this.words[at + 6 + n + i]! < n)) this.bad = true;
    }
    if ((flags & op.INFO_CHARSET) !== 0) this.charset(at + 4, end);
  }

  private branch(at: number, end: number): number {
    let target = -1;
    for (;;) {
      const skip = this.skip(at, end);
      if (this.bad || skip === 0) return at + 1;
      // Each alternative ends with a jump behind the whole.
      const jump = at + skip - 2;
      if (skip < 3 || this.words[jump] !== op.JUMP) {
        this.bad = true;
        return end;
      }
      this.inner(at + 1, jump);
      const to = jump + 1 + this.skip(jump + 1, end);
      if (target < 0) target = to;
      else if (to !== target) this.bad = true;
      if (this.bad) return end;
      at += skip;
    }
  }

  private after_conditional = 0;

  /** <GROUPREF_EXISTS> <group> <skip> yes [<JUMP> <skip> no] */
  private conditional(at: number, yes_end: number, end: number): void {
    const jump = yes_end - 2;
    const then = at + 2;
    if (
      yes_end - then >= 2 &&
      this.words[jump] === op.JUMP &&
      jump + 1 + this.words[jump + 1]! <= end &&
      this.words[jump + 1]! > 0
    ) {
      const saved = this.bad;
      const sets = this.sets.length;
      this.inner(then, jump);
      if (!this.bad) {
        const no_end = jump + 1 + this.words[jump + 1]!;
        this.inner(yes_end, no_end);
        this.after_conditional = no_end;
        return;
      }
      // What looked like a jump may be part of the last instruction.
      this.bad = saved;
      this.sets.length = sets;
    }
    this.inner(then, yes_end);
    this.after_conditional = yes_end;
  }
}

/** The program of these words, or null if they are no valid program. */
export function prepare(words: number[], groups: number): Program | null {
  const n = words.length;
  const code = new Int32Array(n);
  for (let i = 0; i < n; i++) code[i] = words[i]! | 0;
  const program = new Program(code, groups);
  const checker = new Checker(program, Float64Array.from(words));
  if (groups < 0 || n === 0 || words[n - 1] !== op.SUCCESS) return null;
  checker.inner(0, n - 1);
  if (checker.bad) return null;
  const { sets } = checker;
  program.tables = new Uint8Array(sets.length * 256);
  for (let k = 0; k < sets.length; k++) {
    const at = sets[k]!;
    program.tableAt[at] = k * 256;
    // Beyond ASCII only when asked: it may need the Unicode tables.
    for (let c = 0; c < 128; c++) program.tables[k * 256 + c] = charset_slow(code, at, c) ? 1 : 2;
  }
  return program;
}
