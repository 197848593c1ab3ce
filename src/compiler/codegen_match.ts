// codegen_match.ts: structural pattern matching (PEP 634).                                   CPython: Python/codegen.c
//
// The code of a pattern takes its subject from the top of the stack and jumps away if it does not match. Names are
// bound only when the whole pattern has matched: until then what they will get lies on the stack, below the
// `onTop` values that the pattern still works with. A jump on failure goes to a label behind which exactly the values
// then on the stack are popped.
import {
  BINARY_OP,
  BUILD_MAP,
  BUILD_TUPLE,
  COPY,
  DELETE_SUBSCR,
  DICT_UPDATE,
  GET_LEN,
  IS_OP,
  JUMP,
  MATCH_CLASS,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  NB_SUBSCR,
  NB_SUBTRACT,
  NOP,
  POP_JUMP_IF_FALSE,
  POP_TOP,
  SWAP,
  TO_BOOL,
  UNPACK_SEQUENCE,
} from '../opcode/opcodes.generated.ts';
import type {
  Match,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchValue,
  pattern,
} from '../parser/ast.generated.ts';
import { Complex, type Constant, PyTuple } from '../parser/constants.ts';
import { unparse } from '../parser/unparse.ts';
import type { CodegenBase } from './codegen_base.ts';
import { unpack } from './codegen_expressions.ts';
import { constantKey, IdentityKeys } from './constkey.ts';
import { locationOf } from './future.ts';
import { type Location, NEXT_LOCATION, NO_LOCATION } from './instruction_sequence.ts';

/** CPython: pattern_context */
class PatternContext {
  /** Names captured so far, the first deepest on the stack. */
  stores: string[] = [];
  /** Whether a pattern that always matches may stand here. */
  allowIrrefutable = false;
  /** Label by number of values to pop on failure. */
  failPop: number[] = [];
  /** Values that must stay on top of captures. */
  onTop = 0;
}

function isWildcard(p: pattern): boolean {
  return p._type === 'MatchAs' && p.name === null;
}

function isStar(p: pattern): boolean {
  return p._type === 'MatchStar';
}

function isStarWildcard(p: pattern): boolean {
  return p._type === 'MatchStar' && p.name === null;
}

/** Equal for constants that are equal in Python, whatever their type. */
function equalityKey(value: Constant, identity: IdentityKeys): string {
  if (value instanceof Complex && value.imag === 0) value = value.real;
  if (typeof value === 'boolean') value = value ? 1n : 0n;
  if (typeof value === 'number' && Number.isInteger(value)) value = BigInt(value);
  return constantKey(value, identity);
}

class MatchCodegen {
  private readonly c: CodegenBase;
  private pc = new PatternContext();
  constructor(c: CodegenBase) {
    this.c = c;
  }

  /** CPython: ensure_fail_pop */
  private ensureFailPop(count: number): void {
    const { failPop } = this.pc;
    while (failPop.length <= count) failPop.push(this.c.newLabel());
  }

  /** CPython: jump_to_fail_pop */
  private jumpToFail(loc: Location, opcode: number): void {
    const { pc } = this;
    const pops = pc.onTop + pc.stores.length;
    this.ensureFailPop(pops);
    this.c.addop(opcode, pc.failPop[pops]!, loc);
  }

  /** Places the labels that failures jump to. CPython: emit_and_reset_fail_pop */
  private emitFailPop(loc: Location): void {
    const { c, pc } = this;
    const { failPop } = pc;
    for (let i = failPop.length - 1; i > 0; i--) {
      c.useLabel(failPop[i]!);
      c.addop(POP_TOP, 0, loc);
    }
    if (failPop.length > 0) c.useLabel(failPop[0]!);
    pc.failPop = [];
  }

  /** Puts the top value below `count - 1` others. CPython: codegen_pattern_helper_rotate */
  private rotate(loc: Location, count: number): void {
    for (; count > 1; count--) this.c.addop(SWAP, count, loc);
  }

  private noteStore(loc: Location, name: string): void {
    const { stores } = this.pc;
    if (stores.includes(name)) throw this.c.error(loc, `multiple assignments to name '${name}' in pattern`);
    stores.push(name);
  }

  /** Captures the top value, or drops it. CPython: codegen_pattern_helper_store_name */
  private storeName(loc: Location, name: string | null): void {
    const { c, pc } = this;
    if (name === null) {
      c.addop(POP_TOP, 0, loc);
      return;
    }
    const rotations = pc.onTop + pc.stores.length + 1;
    this.noteStore(loc, name);
    this.rotate(loc, rotations);
  }

  /** CPython: codegen_pattern_subpattern */
  private subpattern(p: pattern): void {
    const { pc } = this;
    const { allowIrrefutable } = pc;
    pc.allowIrrefutable = true;
    this.pattern(p);
    pc.allowIrrefutable = allowIrrefutable;
  }

  /** CPython: codegen_pattern */
  pattern(p: pattern): void {
    const loc = locationOf(p);
    switch (p._type) {
      case 'MatchValue':
        this.value(p, loc);
        break;
      case 'MatchSingleton':
        this.singleton(p, loc);
        break;
      case 'MatchSequence':
        this.sequence(p, loc);
        break;
      case 'MatchMapping':
        this.mapping(p, loc);
        break;
      case 'MatchClass':
        this.class(p, loc);
        break;
      case 'MatchStar':
        this.storeName(loc, p.name);
        break;
      case 'MatchAs':
        this.as(p, loc);
        break;
      case 'MatchOr':
        this.or(p, loc);
        break;
    }
  }

  /** CPython: codegen_pattern_value */
  private value(p: MatchValue, loc: Location): void {
    const { c } = this;
    const { value } = p;
    if (value._type !== 'Constant' && value._type !== 'Attribute') {
      throw c.error(loc, 'patterns may only match literals and attribute lookups');
    }
    c.visitExpr(value);
    c.addCompare('Eq', loc);
    c.addop(TO_BOOL, 0, loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
  }

  /** CPython: codegen_pattern_singleton */
  private singleton(p: MatchSingleton, loc: Location): void {
    this.c.loadConst(p.value, loc);
    this.c.addCompare('Is', loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
  }

  /** CPython: codegen_pattern_as */
  private as(p: MatchAs, loc: Location): void {
    const { c, pc } = this;
    if (p.pattern === null) {
      if (!pc.allowIrrefutable) {
        const what = p.name === null ? 'wildcard' : `name capture '${p.name}'`;
        throw c.error(loc, `${what} makes remaining patterns unreachable`);
      }
      this.storeName(loc, p.name);
      return;
    }
    pc.onTop++;
    c.addop(COPY, 1, loc);
    this.pattern(p.pattern);
    pc.onTop--;
    this.storeName(loc, p.name);
  }

  /** CPython: codegen_pattern_sequence */
  private sequence(p: MatchSequence, loc: Location): void {
    const { c, pc } = this;
    const { patterns } = p;
    const size = patterns.length;
    let star = -1;
    let onlyWildcard = true;
    let starWildcard = false;
    patterns.forEach((item, i) => {
      if (item._type === 'MatchStar') {
        if (star >= 0) throw c.error(loc, 'multiple starred names in sequence pattern');
        starWildcard = isStarWildcard(item);
        onlyWildcard &&= starWildcard;
        star = i;
      } else {
        onlyWildcard &&= isWildcard(item);
      }
    });
    pc.onTop++;
    c.addop(MATCH_SEQUENCE, 0, loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
    if (star < 0) this.checkLength(loc, size, 'Eq');
    else if (size > 1) this.checkLength(loc, size - 1, 'GtE');
    pc.onTop--;
    if (onlyWildcard) c.addop(POP_TOP, 0, loc);
    else if (starWildcard) this.subscripts(patterns, star, loc);
    else this.unpacked(patterns, loc);
  }

  private checkLength(loc: Location, size: number, op: 'Eq' | 'GtE'): void {
    const { c } = this;
    c.addop(GET_LEN, 0, loc);
    c.loadConst(BigInt(size), loc);
    c.addCompare(op, loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
  }

  /** CPython: pattern_helper_sequence_unpack */
  private unpacked(patterns: readonly pattern[], loc: Location): void {
    const { pc } = this;
    unpack(this.c, loc, patterns, isStar, 'sequence pattern');
    pc.onTop += patterns.length;
    for (const item of patterns) {
      pc.onTop--;
      this.subpattern(item);
    }
  }

  /** For `[first, *_, last]`: fetches the items wanted one by one. CPython: pattern_helper_sequence_subscr */
  private subscripts(patterns: readonly pattern[], star: number, loc: Location): void {
    const { c, pc } = this;
    const size = patterns.length;
    pc.onTop++;
    patterns.forEach((item, i) => {
      if (i === star || isWildcard(item)) return;
      c.addop(COPY, 1, loc);
      if (i < star) {
        c.loadConst(BigInt(i), loc);
      } else {
        // Negative indices need not work.
        c.addop(GET_LEN, 0, loc);
        c.loadConst(BigInt(size - i), loc);
        c.addop(BINARY_OP, NB_SUBTRACT, loc);
      }
      c.addop(BINARY_OP, NB_SUBSCR, loc);
      this.subpattern(item);
    });
    pc.onTop--;
    c.addop(POP_TOP, 0, loc);
  }

  /** Fails unless the top value is not None. */
  private failOnNone(loc: Location): void {
    const { c } = this;
    c.addop(COPY, 1, loc);
    c.loadConst(null, loc);
    c.addop(IS_OP, 1, loc);
  }

  /** CPython: codegen_pattern_class */
  private class(p: MatchClass, loc: Location): void {
    const { c, pc } = this;
    const { patterns, kwd_attrs: attrs, kwd_patterns: kwdPatterns } = p;
    if (attrs.length !== kwdPatterns.length) {
      const counts = `kwd_attrs (${attrs.length}) / kwd_patterns (${kwdPatterns.length})`;
      throw c.error(loc, `${counts} length mismatch in class pattern`);
    }
    attrs.forEach((attr, i) => {
      const j = attrs.indexOf(attr, i + 1);
      if (j < 0) return;
      throw c.error(locationOf(kwdPatterns[j]!), `attribute name repeated in class pattern: ${attr}`);
    });
    c.visitExpr(p.cls);
    c.loadConst(new PyTuple(attrs), loc);
    c.addop(MATCH_CLASS, patterns.length, loc);
    this.failOnNone(loc);
    // A tuple of attributes, or None, is on top.
    pc.onTop++;
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
    const count = patterns.length + attrs.length;
    c.addop(UNPACK_SEQUENCE, count, loc);
    pc.onTop += count - 1;
    for (let i = 0; i < count; i++) {
      pc.onTop--;
      const item = i < patterns.length ? patterns[i]! : kwdPatterns[i - patterns.length]!;
      if (isWildcard(item)) c.addop(POP_TOP, 0, loc);
      else this.subpattern(item);
    }
  }

  /** CPython: codegen_pattern_mapping_key */
  private keys(p: MatchMapping, loc: Location): void {
    const { c } = this;
    const identity = new IdentityKeys();
    const seen = new Set<string>();
    for (const key of p.keys) {
      if (key._type === 'Constant') {
        const equality = equalityKey(key.value, identity);
        if (seen.has(equality)) {
          throw c.error(loc, `mapping pattern checks duplicate key (${unparse(key)})`);
        }
        seen.add(equality);
      } else if (key._type !== 'Attribute') {
        throw c.error(loc, 'mapping pattern keys may only match literals and attribute lookups');
      }
      c.visitExpr(key);
    }
  }

  /** CPython: codegen_pattern_mapping */
  private mapping(p: MatchMapping, loc: Location): void {
    const { c, pc } = this;
    const { rest } = p;
    const size = p.keys.length;
    if (size !== p.patterns.length) {
      throw c.error(loc, `keys (${size}) / patterns (${p.patterns.length}) length mismatch in mapping pattern`);
    }
    pc.onTop++;
    c.addop(MATCH_MAPPING, 0, loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
    if (size === 0 && rest === null) {
      pc.onTop--;
      c.addop(POP_TOP, 0, loc);
      return;
    }
    if (size > 0) this.checkLength(loc, size, 'GtE');
    this.keys(p, loc);
    c.addop(BUILD_TUPLE, size, loc);
    c.addop(MATCH_KEYS, 0, loc);
    // On top of the subject: the keys and, if all are there, their values.
    pc.onTop += 2;
    this.failOnNone(loc);
    this.jumpToFail(loc, POP_JUMP_IF_FALSE);
    c.addop(UNPACK_SEQUENCE, size, loc);
    pc.onTop += size - 1;
    for (const item of p.patterns) {
      pc.onTop--;
      this.subpattern(item);
    }
    pc.onTop -= 2;
    if (rest !== null) {
      // rest = dict(subject), then del rest[key] for every key.
      c.addop(BUILD_MAP, 0, loc);
      c.addop(SWAP, 3, loc);
      c.addop(DICT_UPDATE, 2, loc);
      c.addop(UNPACK_SEQUENCE, size, loc);
      for (let left = size; left > 0; left--) {
        c.addop(COPY, 1 + left, loc);
        c.addop(SWAP, 2, loc);
        c.addop(DELETE_SUBSCR, 0, loc);
      }
      this.storeName(loc, rest);
    } else {
      c.addop(POP_TOP, 0, loc);
      c.addop(POP_TOP, 0, loc);
    }
  }

  /** CPython: codegen_pattern_or */
  private or(p: MatchOr, loc: Location): void {
    const { c } = this;
    const end = c.newLabel();
    const outer = this.pc;
    const last = p.patterns.length - 1;
    /** Names that the first alternative captures; the others must do so in the same order. */
    let control: string[] = [];
    p.patterns.forEach((alternative, i) => {
      const pc = new PatternContext();
      this.pc = pc;
      pc.allowIrrefutable = i === last && outer.allowIrrefutable;
      const at = locationOf(alternative);
      c.addop(COPY, 1, at);
      this.pattern(alternative);
      if (i === 0) control = pc.stores;
      else this.reorder(control, at, loc);
      c.addop(JUMP, end, at);
      this.emitFailPop(at);
    });
    this.pc = outer;
    // None matched.
    c.addop(POP_TOP, 0, loc);
    this.jumpToFail(loc, JUMP);
    c.useLabel(end);
    // The captures go below the copy of the subject and whatever was there before.
    const rotations = control.length + 1 + outer.onTop + outer.stores.length;
    for (const name of control) {
      this.rotate(loc, rotations);
      this.noteStore(loc, name);
    }
    c.addop(POP_TOP, 0, loc);
  }

  /** Brings an alternative's captures into the order of the first one's. */
  private reorder(control: readonly string[], loc: Location, orLoc: Location): void {
    const { stores } = this.pc;
    const differ = 'alternative patterns bind different names';
    if (stores.length !== control.length) throw this.c.error(orLoc, differ);
    for (let wanted = control.length - 1; wanted >= 0; wanted--) {
      const actual = stores.indexOf(control[wanted]!);
      if (actual < 0) throw this.c.error(orLoc, differ);
      if (actual === wanted) continue;
      const moved = stores.splice(0, actual + 1);
      stores.splice(wanted - actual, 0, ...moved);
      for (let i = 0; i <= actual; i++) this.rotate(loc, wanted + 1);
    }
  }

  /** CPython: codegen_match_inner */
  match(s: Match): void {
    const { c } = this;
    c.visitExpr(s.subject);
    const end = c.newLabel();
    const { cases } = s;
    const lastCase = cases[cases.length - 1]!;
    const hasDefault = isWildcard(lastCase.pattern) && cases.length > 1;
    const count = cases.length - (hasDefault ? 1 : 0);
    for (let i = 0; i < count; i++) {
      const m = cases[i]!;
      const loc = locationOf(m.pattern);
      const isLast = i === count - 1;
      if (!isLast) c.addop(COPY, 1, loc);
      const pc = new PatternContext();
      this.pc = pc;
      pc.allowIrrefutable = m.guard !== null || i === cases.length - 1;
      this.pattern(m.pattern);
      for (const name of pc.stores) c.nameop(loc, name, 'Store');
      if (m.guard !== null) {
        this.ensureFailPop(0);
        c.jumpIf(loc, m.guard, pc.failPop[0]!, false);
      }
      // The location of the body is better for branch events.
      if (!isLast) c.addop(POP_TOP, 0, NEXT_LOCATION);
      c.visitStmts(m.body);
      c.addop(JUMP, end, NO_LOCATION);
      // What fails belongs to the pattern's line.
      this.pc = pc;
      this.emitFailPop(loc);
    }
    if (hasDefault) {
      const loc = locationOf(lastCase.pattern);
      c.addop(NOP, 0, loc);
      if (lastCase.guard !== null) c.jumpIf(loc, lastCase.guard, end, false);
      c.visitStmts(lastCase.body);
    }
    c.useLabel(end);
  }
}

/** CPython: codegen_match */
export function visitMatch(c: CodegenBase, s: Match): void {
  new MatchCodegen(c).match(s);
}
