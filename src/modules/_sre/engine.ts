// engine.ts: the matcher.                                                           CPython: Modules/_sre/sre_lib.h
//
// A backtracking machine over a prepared program. What CPython's matcher would call recursively is a frame on an
// explicit stack of numbers, so that the depth of a match never uses the JS stack: a frame is entered by ENTER, left by
// LEAVE with a verdict, and the frame below goes on at the point (`jump`) that the frame was entered from.
// Invariant: marks above `lastmark` are not set; what a failed alternative changed of the marks is undone from copies
// that lie on the stack above the frame that tries alternatives.

import { current } from '../../core/tstate.ts';
import { breakerHooks } from '../../vm/breaker.ts';
import {
  char_loc_ignore,
  in_category,
  is_word_ascii,
  is_word_unicode,
  lower_ascii,
  lower_locale,
  lower_unicode,
  upper_locale,
} from './chars.ts';
import { NO_LIMIT } from './opcodes.ts';
import { charset_slow, type Program } from './program.ts';
import { keep_subject, type Subject } from './subject.ts';

/** One search or match in progress. CPython: SRE_STATE */
export class State {
  readonly program: Program;
  text: Subject;
  /** First position that may be looked at, where matching starts, and the end: indices into text. */
  readonly beginning: number;
  start: number;
  readonly end: number;
  ptr = 0;
  /** The match may not be empty at `start`. */
  must_advance = false;
  /** The match must reach the end. */
  match_all = false;
  /** Start and end of groups, two a group. */
  readonly marks: Int32Array;
  lastmark = -1;
  lastindex = -1;
  /** Innermost repeat in progress: index into `repeats`, or -1. */
  repeat = -1;
  constructor(program: Program, text: Subject, beginning: number, start: number, end: number) {
    this.program = program;
    this.text = text;
    this.beginning = beginning;
    this.start = start;
    this.end = end;
    this.ptr = start;
    this.marks = new Int32Array(program.groups * 2 + 2);
  }
  reset(): void {
    this.lastmark = -1;
    this.lastindex = -1;
    this.repeat = -1;
  }
}

/** Thrown when the stack would grow beyond what is sensible; becomes MemoryError. */
export class OutOfStack {
  readonly reason = 'regular expression stack';
}

// A frame's fields, as offsets.
const F_PC = 0;
const F_PTR = 1;
const F_COUNT = 2;
const F_LASTMARK = 3;
const F_LASTINDEX = 4;
const F_REPEAT = 5;
const F_TOPLEVEL = 6;
const F_JUMP = 7;
const F_PREVIOUS = 8;
const FRAME = 9;

const STACK_LIMIT = 1 << 28;

// Matching runs no Python code but handlers of signals, so one stack serves all; nested runs (count) go on above.
let stack: Int32Array = new Int32Array(4096);
let stack_top = 0;

function grow(needed: number): Int32Array {
  if (needed > STACK_LIMIT) throw new OutOfStack();
  const bigger = new Int32Array(Math.max(needed, stack.length * 2));
  bigger.set(stack);
  stack = bigger;
  return bigger;
}

/** Lets a stack go that one match has made very large. */
function shrink(): void {
  if (stack_top === 0 && stack.length > 1 << 20) stack = new Int32Array(4096);
}

// Repeats in progress: <count> <pattern> <previous> <last position>, in order of nesting.
let repeats: Int32Array = new Int32Array(256);
let repeats_top = 0;

// Pseudo-instructions: entering and leaving a frame, and where frames go on.
const ENTER = 64;
const LEAVE = 65;

/** Frames entered; signals are looked for from time to time. */
let entered = 0;

/** Lets the handlers of signals run, which may search themselves: with a stack and a text of their own. CPython: MAYBE_CHECK_SIGNALS */
export function let_signals_in(): void {
  if (breakerHooks.poll_signals?.() !== true) return;
  const kept = { stack, stack_top, repeats, repeats_top };
  stack = new Int32Array(4096);
  stack_top = 0;
  repeats = new Int32Array(256);
  repeats_top = 0;
  keep_subject();
  try {
    breakerHooks.signals?.(current.tstate);
  } finally {
    ({ stack, stack_top, repeats, repeats_top } = kept);
  }
}

/** Whether c is in the set at `at`. */
function in_set(p: Program, at: number, c: number): boolean {
  if (c < 256) {
    const i = p.tableAt[at]! + c;
    const known = p.tables[i]!;
    if (known !== 0) return known === 1;
    const is = charset_slow(p.code, at, c);
    p.tables[i] = is ? 1 : 2;
    return is;
  }
  return charset_slow(p.code, at, c);
}

/** Either case of c in the set; of a negated set, neither case in what it leaves out. */
function in_set_loc_ignore(p: Program, at: number, c: number): boolean {
  const lo = lower_locale(c);
  const up = upper_locale(c);
  const first = in_set(p, at, lo);
  if (lo === up) return first;
  return p.code[at] === 21 ? first && in_set(p, at, up) : first || in_set(p, at, up);
}

/** CPython: SRE(at) */
function at_position(s: State, ptr: number, where: number): boolean {
  const { text, end, beginning } = s;
  switch (where) {
    case 0: // BEGINNING
    case 2: // BEGINNING_STRING
      return ptr === beginning;
    case 1: // BEGINNING_LINE
      return ptr === beginning || text[ptr - 1] === 10;
    case 5: // END
      return ptr === end || (end - ptr === 1 && text[ptr] === 10);
    case 6: // END_LINE
      return ptr === end || text[ptr] === 10;
    case 7: // END_STRING
      return ptr === end;
    case 3: // BOUNDARY
    case 8: // LOC_BOUNDARY
      return word_edge(s, ptr, false);
    case 4: // NON_BOUNDARY
    case 9:
      return !word_edge(s, ptr, false);
    case 10: // UNI_BOUNDARY
      return word_edge(s, ptr, true);
    case 11:
      return !word_edge(s, ptr, true);
    default:
      return false;
  }
}

function word_edge(s: State, ptr: number, unicode: boolean): boolean {
  const { text } = s;
  const is_word = unicode ? is_word_unicode : is_word_ascii;
  const before = ptr > s.beginning && is_word(text[ptr - 1]!);
  const after = ptr < s.end && is_word(text[ptr]!);
  return before !== after;
}

/** How often the one-character pattern at `pc` matches from s.ptr on, at most `max` times. CPython: SRE(count) */
function count(s: State, pc: number, max: number): number {
  const { text, program } = s;
  const { code } = program;
  const start = s.ptr;
  let end = s.end;
  if (max < end - start) end = start + max;
  let i = start;
  const c = code[pc + 1]!;
  switch (code[pc]) {
    case 13: {
      // IN: with the table at hand
      const { tables } = program;
      const base = program.tableAt[pc + 2]!;
      for (; i < end; i++) {
        const x = text[i]!;
        const known = x < 256 ? tables[base + x]! : 0;
        if (known === 1) continue;
        if (known === 2 || !in_set(program, pc + 2, x)) break;
      }
      break;
    }
    case 2: // ANY
      while (i < end && text[i] !== 10) i++;
      break;
    case 3: // ANY_ALL
      i = end;
      break;
    case 16: // LITERAL
      while (i < end && text[i] === c) i++;
      break;
    case 20: // NOT_LITERAL
      while (i < end && text[i] !== c) i++;
      break;
    case 32: // LITERAL_IGNORE
      while (i < end && lower_ascii(text[i]!) === c) i++;
      break;
    case 33: // NOT_LITERAL_IGNORE
      while (i < end && lower_ascii(text[i]!) !== c) i++;
      break;
    case 40: // LITERAL_UNI_IGNORE
      while (i < end && lower_unicode(text[i]!) === c) i++;
      break;
    case 41: // NOT_LITERAL_UNI_IGNORE
      while (i < end && lower_unicode(text[i]!) !== c) i++;
      break;
    case 36: // LITERAL_LOC_IGNORE
      while (i < end && char_loc_ignore(c, text[i]!)) i++;
      break;
    case 37: // NOT_LITERAL_LOC_IGNORE
      while (i < end && !char_loc_ignore(c, text[i]!)) i++;
      break;
    case 31: // IN_IGNORE
      while (i < end && in_set(program, pc + 2, lower_ascii(text[i]!))) i++;
      break;
    case 39: // IN_UNI_IGNORE
      while (i < end && in_set(program, pc + 2, lower_unicode(text[i]!))) i++;
      break;
    case 35: // IN_LOC_IGNORE
      while (i < end && in_set_loc_ignore(program, pc + 2, text[i]!)) i++;
      break;
    default:
      // Some other pattern that takes one character.
      while (s.ptr < end) if (!run(s, pc, false)) break;
      i = s.ptr;
      s.ptr = start;
      return i - start;
  }
  return i - start;
}

/** Whether the marks of a group make it a match so far. */
function group_ok(s: State, group: number): boolean {
  const m = group * 2;
  if (m >= s.lastmark) return false;
  const p = s.marks[m]!;
  const e = s.marks[m + 1]!;
  return p >= 0 && e >= p;
}

/** Compares a group's text with what stands at ptr; gives the position after it, or -1. */
function match_group(s: State, group: number, ptr: number, kind: number): number {
  if (!group_ok(s, group)) return -1;
  const { text, end, marks } = s;
  const e = marks[group * 2 + 1]!;
  for (let p = marks[group * 2]!; p < e; p++, ptr++) {
    if (ptr >= end) return -1;
    const a = text[ptr]!;
    const b = text[p]!;
    if (a === b) continue;
    if (kind === 11) return -1;
    if (kind === 38 ? lower_unicode(a) !== lower_unicode(b) : lower_ascii(a) !== lower_ascii(b)) return -1;
  }
  return ptr;
}

/** Copies the marks up to lastmark onto the stack; gives the new top. */
function push_marks(s: State, sp: number): number {
  const n = s.lastmark + 1;
  for (let i = 0; i < n; i++) stack[sp + i] = s.marks[i]!;
  return sp + n;
}

/** Sets the first `n` marks from the copy that ends at sp. */
function restore_marks(s: State, sp: number, n: number): void {
  const from = sp - n;
  for (let i = 0; i < n; i++) s.marks[i] = stack[from + i]!;
}

/** Matches the program from pc on at s.ptr. On success s.ptr is the end of the match. CPython: SRE(match) */
function run(s: State, start_pc: number, start_toplevel: boolean): boolean {
  const { text, program, end } = s;
  const { code } = program;
  const base = stack_top;
  const reserve = FRAME * 2 + program.groups * 2 + 8;
  let stk = stack;
  let sp = base;
  let ctx = -1;
  // Parameters of the frame to be entered.
  let pc = start_pc;
  let jump = 0;
  let toplevel = start_toplevel ? 1 : 0;

  let ptr = s.ptr;
  let ok = false;
  let op = ENTER;

  for (;;) {
    switch (op) {
      case 64: {
        // ENTER: a new frame that matches from pc at s.ptr
        if ((++entered & 0xfff) === 0) let_signals_in();
        if (sp + reserve > stk.length) stk = grow(sp + reserve);
        stk[sp + F_TOPLEVEL] = toplevel;
        stk[sp + F_JUMP] = jump;
        stk[sp + F_PREVIOUS] = ctx;
        ctx = sp;
        sp += FRAME;
        ptr = s.ptr;
        if (code[pc] === 14) {
          // INFO: too short for any match?
          if (end - ptr < code[pc + 3]!) {
            ok = false;
            op = LEAVE;
            continue;
          }
          pc += code[pc + 1]! + 1;
        }
        op = code[pc++]!;
        continue;
      }

      case 65: {
        // LEAVE the frame with the verdict `ok`; the frame below goes on
        const back = stk[ctx + F_JUMP]!;
        sp = ctx;
        ctx = stk[ctx + F_PREVIOUS]!;
        if (ctx < 0) {
          stack_top = base;
          if (base === 0) shrink();
          return ok;
        }
        pc = stk[ctx + F_PC]!;
        ptr = stk[ctx + F_PTR]!;
        op = back;
        continue;
      }

      case 17: {
        // MARK <index>
        const i = code[pc++]!;
        if ((i & 1) !== 0) s.lastindex = (i >> 1) + 1;
        if (i > s.lastmark) {
          for (let j = s.lastmark + 1; j < i; j++) s.marks[j] = -1;
          s.lastmark = i;
        }
        s.marks[i] = ptr;
        op = code[pc++]!;
        continue;
      }

      case 16: // LITERAL <char>
        if (ptr < end && text[ptr] === code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 20: // NOT_LITERAL <char>
        if (ptr < end && text[ptr] !== code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 1: // SUCCESS
        if (stk[ctx + F_TOPLEVEL] === 1 && ((s.match_all && ptr !== end) || (s.must_advance && ptr === s.start))) {
          break;
        }
        s.ptr = ptr;
        ok = true;
        op = LEAVE;
        continue;

      case 6: // AT <where>
        if (at_position(s, ptr, code[pc]!)) {
          pc++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 8: // CATEGORY <category>
        if (ptr < end && in_category(code[pc]!, text[ptr]!)) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 2: // ANY
        if (ptr < end && text[ptr] !== 10) {
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 3: // ANY_ALL
        if (ptr < end) {
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 13: // IN <skip> <set>
        if (ptr < end && in_set(program, pc + 1, text[ptr]!)) {
          pc += code[pc]!;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 31: // IN_IGNORE
        if (ptr < end && in_set(program, pc + 1, lower_ascii(text[ptr]!))) {
          pc += code[pc]!;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 39: // IN_UNI_IGNORE
        if (ptr < end && in_set(program, pc + 1, lower_unicode(text[ptr]!))) {
          pc += code[pc]!;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 35: // IN_LOC_IGNORE
        if (ptr < end && in_set_loc_ignore(program, pc + 1, text[ptr]!)) {
          pc += code[pc]!;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 32: // LITERAL_IGNORE
        if (ptr < end && lower_ascii(text[ptr]!) === code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 40: // LITERAL_UNI_IGNORE
        if (ptr < end && lower_unicode(text[ptr]!) === code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 36: // LITERAL_LOC_IGNORE
        if (ptr < end && char_loc_ignore(code[pc]!, text[ptr]!)) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 33: // NOT_LITERAL_IGNORE
        if (ptr < end && lower_ascii(text[ptr]!) !== code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 41: // NOT_LITERAL_UNI_IGNORE
        if (ptr < end && lower_unicode(text[ptr]!) !== code[pc]) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 37: // NOT_LITERAL_LOC_IGNORE
        if (ptr < end && !char_loc_ignore(code[pc]!, text[ptr]!)) {
          pc++;
          ptr++;
          op = code[pc++]!;
          continue;
        }
        break;

      case 15: // JUMP <skip>
      case 14: // INFO <skip>
        pc += code[pc]!;
        op = code[pc++]!;
        continue;

      // BRANCH <skip> alternative <JUMP> … 0: tries the alternatives in order
      case 7:
        stk[ctx + F_LASTMARK] = s.lastmark;
        stk[ctx + F_LASTINDEX] = s.lastindex;
        sp = push_marks(s, sp);
        op = 71;
        continue;
      case 70: {
        // an alternative is done
        if (ok) {
          op = LEAVE;
          continue;
        }
        const saved = stk[ctx + F_LASTMARK]!;
        restore_marks(s, sp, saved + 1);
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        pc += code[pc]!;
        op = 71;
        continue;
      }
      case 71: {
        // the alternative at pc, or the next one that can begin here
        for (; code[pc] !== 0; pc += code[pc]!) {
          const first = code[pc + 1];
          if (first === 16) {
            if (ptr >= end || text[ptr] !== code[pc + 2]) continue;
          } else if (first === 13) {
            if (ptr >= end || !in_set(program, pc + 3, text[ptr]!)) continue;
          }
          break;
        }
        if (code[pc] === 0) break;
        s.ptr = ptr;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        pc++;
        jump = 70;
        op = ENTER;
        continue;
      }

      // REPEAT_ONE <skip> <min> <max> item <SUCCESS> tail: a run of single characters, as long as possible
      case 24: {
        const min = code[pc + 1]!;
        if (min > end - ptr) break;
        s.ptr = ptr;
        stack_top = sp;
        const n = count(s, pc + 3, code[pc + 2]!);
        stk = stack;
        if (n < min) break;
        ptr += n;
        if (
          code[pc + code[pc]!] === 1 &&
          ptr === end &&
          !(stk[ctx + F_TOPLEVEL] === 1 && s.must_advance && ptr === s.start)
        ) {
          // no tail
          s.ptr = ptr;
          ok = true;
          op = LEAVE;
          continue;
        }
        stk[ctx + F_COUNT] = n;
        stk[ctx + F_LASTMARK] = s.lastmark;
        stk[ctx + F_LASTINDEX] = s.lastindex;
        sp = push_marks(s, sp);
        op = 73;
        continue;
      }
      case 72: {
        // the tail is done: give one character back
        if (ok) {
          op = LEAVE;
          continue;
        }
        const saved = stk[ctx + F_LASTMARK]!;
        restore_marks(s, sp, saved + 1);
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        ptr--;
        stk[ctx + F_COUNT]!--;
        op = 73;
        continue;
      }
      case 73: {
        const min = code[pc + 1]!;
        const tail = pc + code[pc]!;
        let n = stk[ctx + F_COUNT]!;
        if (code[tail] === 16) {
          // the tail begins with a literal: go back to where that stands
          const c = code[tail + 1]!;
          while (n >= min && (ptr >= end || text[ptr] !== c)) {
            ptr--;
            n--;
          }
        }
        if (n < min) break;
        s.ptr = ptr;
        stk[ctx + F_COUNT] = n;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        pc = tail;
        jump = 72;
        op = ENTER;
        continue;
      }

      // MIN_REPEAT_ONE <skip> <min> <max> item <SUCCESS> tail: as short as possible
      case 26: {
        const min = code[pc + 1]!;
        if (min > end - ptr) break;
        s.ptr = ptr;
        let n = 0;
        if (min > 0) {
          stack_top = sp;
          n = count(s, pc + 3, min);
          stk = stack;
          if (n < min) break;
          ptr += n;
        }
        if (
          code[pc + code[pc]!] === 1 &&
          !(stk[ctx + F_TOPLEVEL] === 1 && ((s.match_all && ptr !== end) || (s.must_advance && ptr === s.start)))
        ) {
          s.ptr = ptr;
          ok = true;
          op = LEAVE;
          continue;
        }
        stk[ctx + F_COUNT] = n;
        stk[ctx + F_LASTMARK] = s.lastmark;
        stk[ctx + F_LASTINDEX] = s.lastindex;
        sp = push_marks(s, sp);
        op = 75;
        continue;
      }
      case 74: {
        // the tail is done: take one more
        if (ok) {
          op = LEAVE;
          continue;
        }
        const saved = stk[ctx + F_LASTMARK]!;
        restore_marks(s, sp, saved + 1);
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        s.ptr = ptr;
        stack_top = sp;
        const n = count(s, pc + 3, 1);
        stk = stack;
        if (n === 0) break;
        ptr++;
        stk[ctx + F_COUNT]!++;
        op = 75;
        continue;
      }
      case 75: {
        const max = code[pc + 2]!;
        if (max !== NO_LIMIT && stk[ctx + F_COUNT]! > max) break;
        s.ptr = ptr;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        pc += code[pc]!;
        jump = 74;
        op = ENTER;
        continue;
      }

      // POSSESSIVE_REPEAT_ONE <skip> <min> <max> item <SUCCESS> tail: nothing is given back
      case 29: {
        const min = code[pc + 1]!;
        if (min > end - ptr) break;
        s.ptr = ptr;
        stack_top = sp;
        const n = count(s, pc + 3, code[pc + 2]!);
        stk = stack;
        if (n < min) break;
        ptr += n;
        pc += code[pc]!;
        op = code[pc++]!;
        continue;
      }

      // REPEAT <skip> <min> <max> item <UNTIL> tail: the work is done by the UNTIL
      case 23: {
        if (repeats_top + 4 > repeats.length) {
          const bigger = new Int32Array(repeats.length * 2);
          bigger.set(repeats);
          repeats = bigger;
        }
        const rep = repeats_top;
        repeats_top += 4;
        repeats[rep] = -1;
        repeats[rep + 1] = pc;
        repeats[rep + 2] = s.repeat;
        repeats[rep + 3] = -1;
        s.repeat = rep;
        stk[ctx + F_REPEAT] = rep;
        s.ptr = ptr;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        pc += code[pc]!;
        jump = 76;
        op = ENTER;
        continue;
      }
      case 76: {
        const rep = stk[ctx + F_REPEAT]!;
        s.repeat = repeats[rep + 2]!;
        repeats_top = rep;
        op = LEAVE;
        continue;
      }

      // MAX_UNTIL: one more item if that leads to a match, else the tail
      case 18: {
        const rep = s.repeat;
        stk[ctx + F_REPEAT] = rep;
        s.ptr = ptr;
        const n = repeats[rep]! + 1;
        const item = repeats[rep + 1]!;
        stk[ctx + F_COUNT] = n;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        if (n < code[item + 1]!) {
          // not enough yet
          repeats[rep] = n;
          toplevel = stk[ctx + F_TOPLEVEL]!;
          pc = item + 3;
          jump = 77;
          op = ENTER;
          continue;
        }
        const max = code[item + 2]!;
        if ((n < max || max === NO_LIMIT) && ptr !== repeats[rep + 3]) {
          repeats[rep] = n;
          stk[ctx + F_LASTMARK] = s.lastmark;
          stk[ctx + F_LASTINDEX] = s.lastindex;
          sp = push_marks(s, sp);
          // An item that matches nothing is not repeated: remember where the last one began.
          stk[sp++] = repeats[rep + 3]!;
          repeats[rep + 3] = ptr;
          toplevel = stk[ctx + F_TOPLEVEL]!;
          pc = item + 3;
          jump = 78;
          op = ENTER;
          continue;
        }
        op = 79;
        continue;
      }
      case 77: {
        // a required item (of MAX_UNTIL or MIN_UNTIL) and all after it is done
        if (!ok) {
          repeats[stk[ctx + F_REPEAT]!] = stk[ctx + F_COUNT]! - 1;
          s.ptr = ptr;
        }
        op = LEAVE;
        continue;
      }
      case 78: {
        const rep = stk[ctx + F_REPEAT]!;
        repeats[rep + 3] = stk[--sp]!;
        const saved = stk[ctx + F_LASTMARK]!;
        if (ok) {
          op = LEAVE;
          continue;
        }
        restore_marks(s, sp, saved + 1);
        sp -= saved + 1;
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        repeats[rep] = stk[ctx + F_COUNT]! - 1;
        s.ptr = ptr;
        op = 79;
        continue;
      }
      case 79: {
        // no more items: the tail
        s.repeat = repeats[stk[ctx + F_REPEAT]! + 2]!;
        s.ptr = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        jump = 80;
        op = ENTER;
        continue;
      }
      case 80:
        s.repeat = stk[ctx + F_REPEAT]!;
        if (!ok) s.ptr = ptr;
        op = LEAVE;
        continue;

      // MIN_UNTIL: the tail if that leads to a match, else one more item
      case 19: {
        const rep = s.repeat;
        stk[ctx + F_REPEAT] = rep;
        s.ptr = ptr;
        const n = repeats[rep]! + 1;
        const item = repeats[rep + 1]!;
        stk[ctx + F_COUNT] = n;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        if (n < code[item + 1]!) {
          repeats[rep] = n;
          pc = item + 3;
          jump = 77;
          op = ENTER;
          continue;
        }
        s.repeat = repeats[rep + 2]!;
        stk[ctx + F_LASTMARK] = s.lastmark;
        stk[ctx + F_LASTINDEX] = s.lastindex;
        sp = push_marks(s, sp);
        jump = 81;
        op = ENTER;
        continue;
      }
      case 81: {
        const rep = stk[ctx + F_REPEAT]!;
        s.repeat = rep;
        if (ok) {
          op = LEAVE;
          continue;
        }
        const saved = stk[ctx + F_LASTMARK]!;
        restore_marks(s, sp, saved + 1);
        sp -= saved + 1;
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        s.ptr = ptr;
        const n = stk[ctx + F_COUNT]!;
        const item = repeats[rep + 1]!;
        const max = code[item + 2]!;
        if ((n >= max && max !== NO_LIMIT) || ptr === repeats[rep + 3]) break;
        repeats[rep] = n;
        stk[sp++] = repeats[rep + 3]!;
        repeats[rep + 3] = ptr;
        toplevel = stk[ctx + F_TOPLEVEL]!;
        pc = item + 3;
        jump = 82;
        op = ENTER;
        continue;
      }
      case 82: {
        const rep = stk[ctx + F_REPEAT]!;
        repeats[rep + 3] = stk[--sp]!;
        if (!ok) {
          repeats[rep] = stk[ctx + F_COUNT]! - 1;
          s.ptr = ptr;
        }
        op = LEAVE;
        continue;
      }

      // POSSESSIVE_REPEAT <skip> <min> <max> item <SUCCESS> tail
      case 28:
        s.ptr = ptr;
        stk[ctx + F_COUNT] = 0;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        op = 84;
        continue;
      case 83:
        // a required item is done
        if (!ok) {
          s.ptr = ptr;
          break;
        }
        stk[ctx + F_COUNT]!++;
        op = 84;
        continue;
      case 84:
        toplevel = 0;
        if (stk[ctx + F_COUNT]! < code[pc + 1]!) {
          pc += 3;
          jump = 83;
          op = ENTER;
          continue;
        }
        ptr = -1;
        op = 86;
        continue;
      case 85: {
        // a further item is done
        const saved = stk[ctx + F_LASTMARK]!;
        if (ok) {
          sp -= saved + 1;
          stk[ctx + F_COUNT]!++;
          op = 86;
          continue;
        }
        restore_marks(s, sp, saved + 1);
        sp -= saved + 1;
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        s.ptr = ptr;
        op = 87;
        continue;
      }
      case 86: {
        const max = code[pc + 2]!;
        if ((stk[ctx + F_COUNT]! < max || max === NO_LIMIT) && s.ptr !== ptr) {
          stk[ctx + F_LASTMARK] = s.lastmark;
          stk[ctx + F_LASTINDEX] = s.lastindex;
          sp = push_marks(s, sp);
          ptr = s.ptr;
          stk[ctx + F_PTR] = ptr;
          toplevel = 0;
          pc += 3;
          jump = 85;
          op = ENTER;
          continue;
        }
        op = 87;
        continue;
      }
      case 87:
        pc += code[pc]! + 1;
        ptr = s.ptr;
        op = code[pc++]!;
        continue;

      // ATOMIC_GROUP <skip> pattern <SUCCESS> tail
      case 27:
        s.ptr = ptr;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = 0;
        pc++;
        jump = 88;
        op = ENTER;
        continue;
      case 88:
        if (!ok) {
          s.ptr = ptr;
          break;
        }
        pc += code[pc]!;
        ptr = s.ptr;
        op = code[pc++]!;
        continue;

      case 11: // GROUPREF <group>
      case 30: // GROUPREF_IGNORE
      case 34: // GROUPREF_LOC_IGNORE
      case 38: {
        // GROUPREF_UNI_IGNORE
        const after = match_group(s, code[pc]!, ptr, op);
        if (after < 0) break;
        ptr = after;
        pc++;
        op = code[pc++]!;
        continue;
      }

      case 12: // GROUPREF_EXISTS <group> <skip> yes <JUMP> no
        if (group_ok(s, code[pc]!)) pc += 2;
        else pc += code[pc + 1]!;
        op = code[pc++]!;
        continue;

      // ASSERT <skip> <back> pattern <SUCCESS>
      case 4: {
        const back = code[pc + 1]!;
        if (ptr - s.beginning < back) break;
        s.ptr = ptr - back;
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = 0;
        pc += 2;
        jump = 89;
        op = ENTER;
        continue;
      }
      case 89:
        if (!ok) break;
        pc += code[pc]!;
        op = code[pc++]!;
        continue;

      // ASSERT_NOT <skip> <back> pattern <SUCCESS>
      case 5: {
        const back = code[pc + 1]!;
        if (ptr - s.beginning < back) {
          pc += code[pc]!;
          op = code[pc++]!;
          continue;
        }
        s.ptr = ptr - back;
        stk[ctx + F_LASTMARK] = s.lastmark;
        stk[ctx + F_LASTINDEX] = s.lastindex;
        sp = push_marks(s, sp);
        stk[ctx + F_PC] = pc;
        stk[ctx + F_PTR] = ptr;
        toplevel = 0;
        pc += 2;
        jump = 90;
        op = ENTER;
        continue;
      }
      case 90: {
        if (ok) break;
        const saved = stk[ctx + F_LASTMARK]!;
        restore_marks(s, sp, saved + 1);
        sp -= saved + 1;
        s.lastmark = saved;
        s.lastindex = stk[ctx + F_LASTINDEX]!;
        pc += code[pc]!;
        op = code[pc++]!;
        continue;
      }
    }
    // FAILURE, or an instruction above did not match.
    ok = false;
    op = LEAVE;
  }
}

/** Matches at s.start. CPython: sre_match */
export function match(s: State): boolean {
  s.ptr = s.start;
  return guarded_run(s, 0, true);
}

function guarded_run(s: State, pc: number, toplevel: boolean): boolean {
  try {
    return run(s, pc, toplevel);
  } catch (e) {
    stack_top = 0;
    repeats_top = 0;
    stack = new Int32Array(4096);
    throw e;
  }
}

/** Whether the instruction at pc can match with c as the first character; true when it is not an easy one to tell. */
function may_begin(p: Program, pc: number, c: number): boolean {
  switch (p.code[pc]) {
    case 32: // LITERAL_IGNORE
      return lower_ascii(c) === p.code[pc + 1];
    case 40: // LITERAL_UNI_IGNORE
      return lower_unicode(c) === p.code[pc + 1];
    case 31: // IN_IGNORE
      return in_set(p, pc + 2, lower_ascii(c));
    case 39: // IN_UNI_IGNORE
      return in_set(p, pc + 2, lower_unicode(c));
    case 24: // REPEAT_ONE
      return p.code[pc + 2] === 0 || may_begin(p, pc + 4, c);
    case 13: // IN
      return in_set(p, pc + 2, c);
    case 17: // MARK
      return may_begin(p, pc + 2, c);
    default:
      return true;
  }
}

/** Searches from s.start on; s.start becomes where the match begins. CPython: SRE(search) */
export function search(s: State): boolean {
  try {
    return search_from(s);
  } catch (e) {
    stack_top = 0;
    repeats_top = 0;
    stack = new Int32Array(4096);
    throw e;
  }
}

function search_from(s: State): boolean {
  const { text, program } = s;
  const { code } = program;
  let ptr = s.start;
  let { end } = s;
  if (ptr > end) return false;
  let pc = 0;
  let flags = 0;
  let prefix = -1;
  let prefix_len = 0;
  let prefix_skip = 0;
  let charset = -1;
  if (code[0] === 14) {
    flags = code[2]!;
    const min = code[3]!;
    if (end - ptr < min) return false;
    // No match can begin in the last min - 1 characters.
    if (min > 1) end = Math.max(ptr, end - (min - 1));
    if ((flags & 1) !== 0) {
      prefix_len = code[5]!;
      prefix_skip = code[6]!;
      prefix = 7;
    } else if ((flags & 4) !== 0) charset = 5;
    pc = 1 + code[1]!;
  }

  if (prefix_len > 0) {
    // The pattern begins with known text: find that first.
    end = s.end;
    s.must_advance = false;
    const first = code[prefix]!;
    const last = end - prefix_len;
    const tail = pc + 2 * prefix_skip;
    // A long text is worth a call of the built-in search.
    const long = last - ptr > 256 ? text.subarray(0, last + 1) : null;
    for (; ptr <= last; ptr++) {
      if (long !== null) {
        ptr = long.indexOf(first, ptr);
        if (ptr < 0) return false;
      } else {
        while (ptr <= last && text[ptr] !== first) ptr++;
        if (ptr > last) return false;
      }
      let i = 1;
      while (i < prefix_len && text[ptr + i] === code[prefix + i]) i++;
      if (i < prefix_len) continue;
      s.start = ptr;
      s.ptr = ptr + prefix_skip;
      if ((flags & 2) !== 0) {
        s.ptr = ptr + prefix_len;
        return true;
      }
      if (run(s, tail, false)) return true;
      s.reset();
    }
    return false;
  }

  if (charset >= 0) {
    end = s.end;
    s.must_advance = false;
    for (;;) {
      while (ptr < end && !in_set(program, charset, text[ptr]!)) ptr++;
      if (ptr >= end) return false;
      s.start = ptr;
      s.ptr = ptr;
      if (run(s, pc, false)) return true;
      ptr++;
      s.reset();
    }
  }

  s.ptr = ptr;
  let found = run(s, pc, true);
  s.must_advance = false;
  if (!found && code[pc] === 6 && (code[pc + 1] === 0 || code[pc + 1] === 2)) {
    // Anchored at the beginning: nothing further on can match.
    s.start = s.ptr = end;
    return false;
  }
  while (!found && ptr < end) {
    ptr++;
    while (ptr < end && !may_begin(program, pc, text[ptr]!)) ptr++;
    s.reset();
    s.start = s.ptr = ptr;
    found = run(s, pc, false);
  }
  return found;
}
