// translate.ts: a program of the engine as the source of a JavaScript RegExp that finds the same, where there surely is one.
//
// The RegExp has no flags that change what it means and is for texts of single code units. What differs between the two is
// left to the engine: groups within repeats (JavaScript forgets them with each round), repeats of what may be empty, groups
// that may be unset where they are referred to, conditions, atomic groups. V8 cannot be interrupted, so a pattern is also
// weighed (`cost`): how the time of a try may grow with the text.
//
// A pattern is read into a tree of nodes, weighed from its end to its beginning, and written.

import * as op from './opcodes.ts';
import type { Program } from './program.ts';
import {
  ALL,
  category_ranges,
  complement,
  disjoint,
  ignoring_case,
  NONE,
  type Ranges,
  set_ranges,
  set_ranges_ignoring_case,
  single,
  TOP,
  Untranslatable,
  union,
} from './ranges.ts';

type Node =
  | { readonly kind: 'chars'; readonly set: Ranges }
  | { readonly kind: 'at'; readonly where: number }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'branch'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly number: number; readonly body: Node }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'look'; readonly body: Node; readonly behind: boolean; readonly not: boolean };

export interface Translation {
  readonly source: string;
  /** What every match begins with, as a source: single characters and what stands before them. Null if a match may be empty. */
  readonly beginning: string | null;
  /** A match can only begin where the text does. */
  readonly anchored: boolean;
  /** No match is empty. */
  readonly takes_some: boolean;
  /** The time of one try grows at most as this power of the text's length. */
  readonly cost: number;
  /** Groups of the program by those of the RegExp, counted from 1. */
  readonly groups: readonly number[];
  /** Groups of the program in the order in which they end. */
  readonly ends: readonly number[];
}

// --- reading --------------------------------------------------------------------------------------------------------------

class Reader {
  readonly code: Int32Array;
  readonly groups: number[] = [];
  readonly ends: number[] = [];
  constructor(code: Int32Array) {
    this.code = code;
  }

  /** [at, end) of straight code. */
  sequence(at: number, end: number): Node {
    const items: Node[] = [];
    while (at < end) at = this.item(at, end, items);
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  /** Where the mark that closes a group is: groups lie within each other, so it is in the same straight code. */
  private closing(at: number, end: number, mark: number): number {
    while (at < end) {
      if (this.code[at] === op.MARK && this.code[at + 1] === mark) return at;
      at = this.after(at);
    }
    throw new Untranslatable();
  }

  /** What stands behind the instruction at `at`. */
  private after(at: number): number {
    const { code } = this;
    switch (code[at]) {
      case op.ANY:
      case op.ANY_ALL:
      case op.FAILURE:
      case op.SUCCESS:
        return at + 1;
      case op.INFO:
      case op.IN:
      case op.IN_IGNORE:
      case op.IN_UNI_IGNORE:
      case op.REPEAT_ONE:
      case op.MIN_REPEAT_ONE:
      case op.ASSERT:
      case op.ASSERT_NOT:
        return at + 1 + code[at + 1]!;
      case op.REPEAT:
        return at + 2 + code[at + 1]!;
      case op.BRANCH: {
        let next = at + 1;
        while (code[next] !== 0) next += code[next]!;
        return next + 1;
      }
      case op.MARK:
      case op.AT:
      case op.LITERAL:
      case op.NOT_LITERAL:
      case op.LITERAL_IGNORE:
      case op.NOT_LITERAL_IGNORE:
      case op.LITERAL_UNI_IGNORE:
      case op.NOT_LITERAL_UNI_IGNORE:
      case op.GROUPREF:
        return at + 2;
      default:
        throw new Untranslatable();
    }
  }

  /** Reads the instruction at `at`; gives the place behind it. */
  private item(at: number, end: number, items: Node[]): number {
    const { code } = this;
    const next = this.after(at);
    const first = code[at + 1]!;
    switch (code[at]) {
      case op.INFO:
      case op.SUCCESS:
        break;
      case op.FAILURE:
        items.push({ kind: 'chars', set: NONE });
        break;
      case op.MARK: {
        if (first & 1) throw new Untranslatable();
        const number = (first >> 1) + 1;
        this.groups.push(number);
        const close = this.closing(next, end, first + 1);
        const body = this.sequence(next, close);
        this.ends.push(number);
        items.push({ kind: 'group', number, body });
        return close + 2;
      }
      case op.AT:
        items.push({ kind: 'at', where: first });
        break;
      case op.GROUPREF:
        items.push({ kind: 'reference', number: first + 1 });
        break;
      case op.BRANCH: {
        const alternatives: Node[] = [];
        for (let a = at + 1; code[a] !== 0; a += code[a]!) alternatives.push(this.sequence(a + 1, a + code[a]! - 2));
        items.push({ kind: 'branch', items: alternatives });
        break;
      }
      case op.REPEAT_ONE:
      case op.MIN_REPEAT_ONE:
        items.push(this.repeat(at, next, code[at] === op.MIN_REPEAT_ONE));
        break;
      case op.REPEAT:
        items.push(this.repeat(at, next - 1, code[next - 1] === op.MIN_UNTIL));
        break;
      case op.ASSERT:
      case op.ASSERT_NOT: {
        const had = this.groups.length;
        const body = this.sequence(at + 3, next);
        if (this.groups.length !== had) throw new Untranslatable();
        items.push({ kind: 'look', body, behind: code[at + 2] !== 0, not: code[at] === op.ASSERT_NOT });
        break;
      }
      default:
        items.push({ kind: 'chars', set: this.chars(at) });
    }
    return next;
  }

  private repeat(at: number, end: number, lazy: boolean): Node {
    const had = this.groups.length;
    const body = this.sequence(at + 4, end);
    const max = this.code[at + 3]!;
    if ((max > 1 && this.groups.length !== had) || least_width(body) === 0) throw new Untranslatable();
    return { kind: 'repeat', body, min: this.code[at + 2]!, max, lazy };
  }

  /** What the instruction at `at` takes, one character. */
  private chars(at: number): Ranges {
    const { code } = this;
    const c = code[at + 1]!;
    switch (code[at]) {
      case op.ANY:
        return complement(single(10));
      case op.ANY_ALL:
        return ALL;
      case op.LITERAL:
        return single(c);
      case op.NOT_LITERAL:
        return complement(single(c));
      case op.LITERAL_IGNORE:
        return ignoring_case(c, false);
      case op.NOT_LITERAL_IGNORE:
        return complement(ignoring_case(c, false));
      case op.LITERAL_UNI_IGNORE:
        return ignoring_case(c, true);
      case op.NOT_LITERAL_UNI_IGNORE:
        return complement(ignoring_case(c, true));
      case op.IN:
        return set_ranges(code, at + 2);
      case op.IN_IGNORE:
        return set_ranges_ignoring_case(code, at + 2, false);
      case op.IN_UNI_IGNORE:
        return set_ranges_ignoring_case(code, at + 2, true);
      default:
        throw new Untranslatable();
    }
  }
}

function least_width(node: Node): number {
  switch (node.kind) {
    case 'chars':
      return 1;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + least_width(item), 0);
    case 'branch':
      return Math.min(...node.items.map(least_width));
    case 'repeat':
      return node.min * least_width(node.body);
    case 'group':
      return least_width(node.body);
    default:
      return 0;
  }
}

// --- weighing -------------------------------------------------------------------------------------------------------------

/** What may come at a place: the characters, and whether something else decides as well (an assertion, a reference). */
interface Follow {
  readonly chars: Ranges;
  readonly unsure: boolean;
}

/** How many ways of a bounded kind there may be to try. */
const MOST_WAYS = 4096;
/** A repeat with a wider range than this counts as one without limit. */
const SHORT = 16;

class Scales {
  private ways = 1;

  /** What may come where a node begins, if `next` comes behind it. */
  first(node: Node, next: Follow): Follow {
    switch (node.kind) {
      case 'chars':
        return { chars: node.set, unsure: false };
      case 'sequence':
        return node.items.reduceRight<Follow>((follow, item) => this.first(item, follow), next);
      case 'branch':
        return node.items.map(item => this.first(item, next)).reduce(joined);
      case 'repeat': {
        const inside = this.first(node.body, next);
        return node.min > 0 ? inside : joined(inside, next);
      }
      case 'group':
        return this.first(node.body, next);
      default:
        return { chars: next.chars, unsure: true };
    }
  }

  private differ(a: Follow, b: Follow): boolean {
    return !a.unsure && !b.unsure && disjoint(a.chars, b.chars);
  }

  private more_ways(n: number): void {
    this.ways *= n;
    if (this.ways > MOST_WAYS) throw new Untranslatable();
  }

  /** The cost of a node with all that comes behind it, which costs `rest` and begins with `next`. */
  weigh(node: Node, next: Follow, rest: number): number {
    switch (node.kind) {
      case 'sequence':
        for (let i = node.items.length - 1; i >= 0; i--) {
          const item = node.items[i]!;
          rest = this.weigh(item, next, rest);
          next = this.first(item, next);
        }
        return rest;
      case 'branch':
        if (!this.branches_differ(node.items, next)) this.more_ways(node.items.length);
        return Math.max(...node.items.map(item => this.weigh(item, next, rest)));
      case 'group':
        return this.weigh(node.body, next, rest);
      case 'look':
        // It is tried again each time that the place is reached.
        return Math.max(rest, this.weigh(node.body, { chars: NONE, unsure: false }, 0));
      case 'repeat':
        return this.weigh_repeat(node, next, rest);
      case 'reference':
        return Math.max(rest, 1);
      default:
        return rest;
    }
  }

  private branches_differ(items: readonly Node[], next: Follow): boolean {
    const firsts = items.map(item => this.first(item, next));
    return firsts.every((a, i) => firsts.slice(0, i).every(b => this.differ(a, b)));
  }

  private weigh_repeat(node: Node & { kind: 'repeat' }, next: Follow, rest: number): number {
    const { body, min, max } = node;
    const sure = this.differ(this.first(body, next), next);
    const again = joined(this.first(body, next), next);
    if (max - min <= SHORT && max <= 10 * SHORT) {
      if (max > 1 && body.kind !== 'chars') this.need_one_way(body, again);
      if (!sure) this.more_ways(max - min + 1);
      if (max === 1) return Math.max(rest, this.weigh(body, next, rest));
      return body.kind === 'chars' ? rest : Math.max(rest, 1);
    }
    if (body.kind !== 'chars') this.need_one_way(body, again);
    return sure ? Math.max(1, rest) : rest + 1;
  }

  /** Refuses what can match the same text in more than one way: within a repeat their number doubles with each round. */
  private need_one_way(node: Node, next: Follow): void {
    switch (node.kind) {
      case 'sequence':
        for (let i = node.items.length - 1; i >= 0; i--) {
          this.need_one_way(node.items[i]!, next);
          next = this.first(node.items[i]!, next);
        }
        return;
      case 'branch':
        if (!this.branches_differ(node.items, next)) throw new Untranslatable();
        for (const item of node.items) this.need_one_way(item, next);
        return;
      case 'group':
        this.need_one_way(node.body, next);
        return;
      case 'repeat':
        if (node.min !== node.max && !this.differ(this.first(node.body, next), next)) throw new Untranslatable();
        this.need_one_way(node.body, joined(this.first(node.body, next), next));
        return;
      case 'look':
      case 'reference':
        throw new Untranslatable();
    }
  }
}

function joined(a: Follow, b: Follow): Follow {
  return { chars: union(a.chars, b.chars), unsure: a.unsure || b.unsure };
}

/** Refuses references to groups that may not be set; gives the groups set behind the node. */
function check_references(node: Node, set: ReadonlySet<number>): ReadonlySet<number> {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((known, item) => check_references(item, known), set);
    case 'branch': {
      const [first, ...others] = node.items.map(item => check_references(item, set));
      return new Set([...(first ?? set)].filter(n => others.every(other => other.has(n))));
    }
    case 'group':
      return new Set([...check_references(node.body, set), node.number]);
    case 'repeat': {
      const inside = check_references(node.body, set);
      return node.min > 0 ? inside : set;
    }
    case 'look':
      check_references(node.body, set);
      return set;
    case 'reference':
      if (!set.has(node.number)) throw new Untranslatable();
      return set;
    default:
      return set;
  }
}

// --- writing --------------------------------------------------------------------------------------------------------------

function escaped(c: number): string {
  const plain = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
  return plain ? String.fromCharCode(c) : `\\u${c.toString(16).padStart(4, '0')}`;
}

function class_text(set: Ranges): string {
  let text = '';
  for (let i = 0; i < set.length; i += 2) {
    text += escaped(set[i]!);
    if (set[i + 1]! > set[i]!) text += `-${escaped(set[i + 1]!)}`;
  }
  return text;
}

function chars_text(set: Ranges): string {
  if (set.length === 0) return '[]';
  if (set.length === 2 && set[0] === set[1]) return escaped(set[0]!);
  // What goes up to the top is shorter by what it leaves out.
  return set[0] === 0 && set[set.length - 1] === TOP ? `[^${class_text(complement(set))}]` : `[${class_text(set)}]`;
}

function at_text(where: number): string {
  switch (where) {
    case 0: // BEGINNING
    case 2: // BEGINNING_STRING
      return '^';
    case 1: // BEGINNING_LINE
      return '(?<![^\\n])';
    case 3: // BOUNDARY
      return '\\b';
    case 4:
      return '\\B';
    case 5: // END
      return '(?=\\n?$)';
    case 6: // END_LINE
      return '(?![^\\n])';
    case 7: // END_STRING
      return '$';
    case 10: // UNI_BOUNDARY
    case 11: {
      const word = chars_text(category_ranges(14));
      const [same, other] = where === 10 ? ['!', '='] : ['=', '!'];
      return `(?:(?<=${word})(?${same}${word})|(?<!${word})(?${other}${word}))`;
    }
    default:
      throw new Untranslatable();
  }
}

function text_of(node: Node, numbers: ReadonlyMap<number, number>): string {
  switch (node.kind) {
    case 'chars':
      return chars_text(node.set);
    case 'at':
      return at_text(node.where);
    case 'sequence':
      return node.items.map(item => text_of(item, numbers)).join('');
    case 'branch':
      return `(?:${node.items.map(item => text_of(item, numbers)).join('|')})`;
    case 'group':
      return `(${text_of(node.body, numbers)})`;
    case 'reference':
      return `(?:\\${numbers.get(node.number)})`;
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.not ? '!' : '='}${text_of(node.body, numbers)})`;
    case 'repeat': {
      const body = text_of(node.body, numbers);
      const { min, max } = node;
      const times = `{${min},${max === op.NO_LIMIT ? '' : max}}${node.lazy ? '?' : ''}`;
      return (node.body.kind === 'chars' ? body : `(?:${body})`) + times;
    }
  }
}

/** What a match begins with: assertions and then characters; null if it may be empty. */
function beginning_text(node: Node): string | null {
  switch (node.kind) {
    case 'chars':
      return chars_text(node.set);
    case 'sequence': {
      let before = '';
      for (const item of node.items) {
        if (item.kind === 'at') before += at_text(item.where);
        else if (item.kind !== 'look') {
          const text = beginning_text(item);
          return text === null ? null : before + text;
        }
      }
      return null;
    }
    case 'branch': {
      const texts = node.items.map(beginning_text);
      return texts.includes(null) ? null : `(?:${texts.join('|')})`;
    }
    case 'repeat':
      return node.min > 0 ? beginning_text(node.body) : null;
    case 'group':
      return beginning_text(node.body);
    default:
      return null;
  }
}

function is_anchored(node: Node): boolean {
  if (node.kind === 'at') return node.where === op.AT_BEGINNING || node.where === op.AT_BEGINNING_STRING;
  if (node.kind === 'group') return is_anchored(node.body);
  return node.kind === 'sequence' && node.items.length > 0 && is_anchored(node.items[0]!);
}

/** The translation of a program, or null. */
export function translate(program: Program): Translation | null {
  const { code } = program;
  try {
    const reader = new Reader(code);
    const tree = reader.sequence(0, code.length - 1);
    check_references(tree, new Set());
    const scales = new Scales();
    const cost = scales.weigh(tree, { chars: NONE, unsure: false }, 0);
    const numbers = new Map(reader.groups.map((group, i) => [group, i + 1]));
    return {
      source: text_of(tree, numbers),
      beginning: beginning_text(tree),
      anchored: is_anchored(tree),
      takes_some: least_width(tree) > 0,
      cost,
      groups: reader.groups,
      ends: reader.ends,
    };
  } catch (e) {
    if (e instanceof Untranslatable) return null;
    throw e;
  }
}
