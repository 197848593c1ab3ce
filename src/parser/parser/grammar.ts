// grammar.ts: the notation of the exact grammar, and its compilation into rules that machine.ts runs.
//                                                                 CPython: Tools/peg_generator/pegen/c_generator.py
//
// A rule is a list of alternatives, tried in order. An alternative is a line of items and an action:
//     x y      x, then y            'if' '('   a keyword or operator        "match"   a soft keyword
//     x? x* x+ optional, repeated   NAME       a token of that type         ','.x+    x's between commas
//     (x | y)  a group              [x y]      an optional group            n=x       the action's next argument
//     &x !x    lookahead            ~          no other alternative from here on      &&':'  this or "expected ':'"
// An action gets the machine and the values of the named items; null means that the alternative fails, and with it the
// rule. Without an action, the value is that of the only named item, or of the only item, or just "matched".
// Groups, repetitions and lists are rules of their own, because each counts as a level of CPython's stack limit.
// Invariant: the rules, their order and what counts as a level are CPython's; only then are the errors.
import { TOKENS } from '../token.ts';
import { FALSE, KEYWORDS } from './keywords.ts';
import type { Machine } from './machine.ts';

// Values of items are tokens, nodes, lists and small records; each action knows what its items yield.
// biome-ignore lint/suspicious/noExplicitAny: the grammar's text and its actions are typed by each other only
export type Value = any;
export type Action = (p: Machine, ...values: Value[]) => Value;
export type Alternative = string | readonly [items: string, action: Action];

export interface RuleSource {
  /** Remember results, for the rules where CPython does. */
  readonly memo?: boolean;
  /** The rule that a left recursion grows from. */
  readonly leftRecursive?: boolean;
  readonly alts: readonly Alternative[];
}

export type GrammarSource = Readonly<Record<string, RuleSource | readonly Alternative[]>>;

/** Kinds of item. */
export const ITEM_TOKEN = 0;
export const ITEM_NAME = 1;
export const ITEM_NUMBER = 2;
export const ITEM_SOFT = 3;
export const ITEM_ANY_SOFT = 4;
export const ITEM_RULE = 5;
export const ITEM_CUT = 6;

/** What becomes of an item's value. */
export const MODE_PLAIN = 0;
export const MODE_OPTIONAL = 1;
export const MODE_AHEAD = 2;
export const MODE_NOT_AHEAD = 3;
export const MODE_FORCED = 4;

export interface Item {
  kind: number;
  mode: number;
  /** ITEM_TOKEN: its type. */
  type: number;
  /** ITEM_SOFT and forced tokens: the spelling. */
  text: string;
  rule: Rule | null;
  /** Is the value an argument of the action? */
  named: boolean;
}

export interface CompiledAlternative {
  readonly items: readonly Item[];
  readonly action: Action | null;
  /** Tried in the second pass only. */
  readonly invalid: boolean;
}

/** Kinds of rule. */
export const RULE_PLAIN = 0;
/** A repetition: the value is the list of what matched; at least one must for RULE_LOOP1. */
export const RULE_LOOP0 = 1;
export const RULE_LOOP1 = 2;
/** A left-recursive rule: its alternatives are in `raw`. */
export const RULE_LEADER = 3;
/** A list with separators. */
export const RULE_GATHER = 4;

export interface Rule {
  readonly name: string;
  readonly id: number;
  kind: number;
  memo: boolean;
  alts: CompiledAlternative[];
  raw: Rule | null;
  /** Rules under it are not to report errors. */
  withoutInvalid: boolean;
}

const gatherAction: Action = (_p, first, rest) => [first, ...rest];

/** Compiles the whole grammar. */
export function compileGrammar(sources: readonly GrammarSource[]): ReadonlyMap<string, Rule> {
  const rules = new Map<string, Rule>();
  let nextId = 0;
  const newRule = (name: string, kind: number): Rule => ({
    name,
    id: nextId++,
    kind,
    memo: false,
    alts: [],
    raw: null,
    withoutInvalid: name.endsWith('_without_invalid'),
  });
  for (const source of sources) for (const name of Object.keys(source)) rules.set(name, newRule(name, RULE_PLAIN));

  const tokenTypes = new Map<string, number>();
  TOKENS.forEach((row, type) => {
    tokenTypes.set(row.name, type);
    if (row.text !== undefined) tokenTypes.set(row.text, type);
  });
  KEYWORDS.forEach((word, i) => {
    tokenTypes.set(word, FALSE + i);
  });

  for (const source of sources) {
    for (const [name, entry] of Object.entries(source)) {
      const rule = rules.get(name)!;
      const spec: RuleSource = 'alts' in entry ? entry : { alts: entry };
      rule.memo = spec.memo ?? false;
      const alts = spec.alts.map(alt => compileAlternative(alt));
      if (spec.leftRecursive) {
        rule.kind = RULE_LEADER;
        rule.raw = newRule(`${name}_raw`, RULE_PLAIN);
        rule.raw.alts = alts;
      } else rule.alts = alts;
    }
  }
  return rules;

  function compileAlternative(alt: Alternative): CompiledAlternative {
    const [text, action] = typeof alt === 'string' ? [alt, null] : alt;
    const lexemes = text.match(/'[^']*'|"[^"]*"|\w+=|\w+|&&|[&!~()[\]|?*+.]/g) ?? [];
    const state = { lexemes, at: 0 };
    const items = parseItems(state);
    if (state.at !== lexemes.length) throw new Error(`grammar: ${text}`);
    return { items, action, invalid: items.length === 1 && /^invalid_/.test(text) };
  }

  interface State {
    lexemes: readonly string[];
    at: number;
  }

  function parseItems(state: State): Item[] {
    const items: Item[] = [];
    while (state.at < state.lexemes.length && !/^[|)\]]$/.test(state.lexemes[state.at]!)) items.push(parseItem(state));
    return items;
  }

  function parseItem(state: State): Item {
    let lexeme = state.lexemes[state.at]!;
    let named = false;
    if (lexeme.length > 1 && lexeme.endsWith('=') && lexeme[0] !== "'") {
      named = true;
      lexeme = state.lexemes[++state.at]!;
    }
    let mode = MODE_PLAIN;
    if (lexeme === '&&' || lexeme === '&' || lexeme === '!') {
      mode = lexeme === '&&' ? MODE_FORCED : lexeme === '&' ? MODE_AHEAD : MODE_NOT_AHEAD;
      state.at++;
    }
    let item = parseAtom(state);
    item.named = named;
    const next = state.lexemes[state.at];
    if (next === '?') {
      state.at++;
      item.mode = MODE_OPTIONAL;
    } else if (next === '*' || next === '+') {
      state.at++;
      item = { ...ruleItem(loopRule(next === '*' ? RULE_LOOP0 : RULE_LOOP1, item)), named };
    } else if (next === '.') {
      state.at++;
      const element = parseAtom(state);
      state.at++;
      const rest = newRule('_loop0', RULE_LOOP0);
      rest.alts = [
        {
          items: [
            { ...item, named: false },
            { ...element, named: true },
          ],
          action: null,
          invalid: false,
        },
      ];
      const gather = newRule('_gather', RULE_GATHER);
      const restItem = { ...ruleItem(rest), named: true };
      gather.alts = [{ items: [{ ...element, named: true }, restItem], action: gatherAction, invalid: false }];
      item = { ...ruleItem(gather), named };
    }
    if (mode !== MODE_PLAIN) item.mode = mode;
    return item;
  }

  function loopRule(kind: number, item: Item): Rule {
    const rule = newRule(kind === RULE_LOOP0 ? '_loop0' : '_loop1', kind);
    rule.alts = [{ items: [{ ...item, named: true }], action: null, invalid: false }];
    return rule;
  }

  function ruleItem(rule: Rule): Item {
    return { kind: ITEM_RULE, mode: MODE_PLAIN, type: 0, text: '', rule, named: false };
  }

  function parseAtom(state: State): Item {
    const lexeme = state.lexemes[state.at++]!;
    const item: Item = { kind: ITEM_TOKEN, mode: MODE_PLAIN, type: 0, text: '', rule: null, named: false };
    if (lexeme === '(' || lexeme === '[') {
      const alts: CompiledAlternative[] = [];
      for (;;) {
        alts.push({ items: parseItems(state), action: null, invalid: false });
        if (state.lexemes[state.at++] !== '|') break;
      }
      // A group of one item is that item, as long as the item's own mode allows it.
      const only = alts.length === 1 && alts[0]!.items.length === 1 ? alts[0]!.items[0]! : null;
      if (only !== null && only.mode === MODE_PLAIN && !only.named) {
        if (lexeme === '[') only.mode = MODE_OPTIONAL;
        return only;
      }
      const rule = newRule('_tmp', RULE_PLAIN);
      rule.alts = alts;
      const group = ruleItem(rule);
      if (lexeme === '[') group.mode = MODE_OPTIONAL;
      return group;
    }
    if (lexeme === '~') {
      item.kind = ITEM_CUT;
      return item;
    }
    const quote = lexeme[0];
    const text = lexeme.slice(1, -1);
    if (quote === '"' && /^\w+$/.test(text)) {
      item.kind = ITEM_SOFT;
      item.text = text;
      return item;
    }
    if (quote === "'" || quote === '"') {
      item.type = tokenTypes.get(text)!;
      if (item.type === undefined) throw new Error(`grammar: token ${lexeme}`);
      item.text = text;
      return item;
    }
    if (lexeme === 'NAME') item.kind = ITEM_NAME;
    else if (lexeme === 'NUMBER') item.kind = ITEM_NUMBER;
    else if (lexeme === 'SOFT_KEYWORD') item.kind = ITEM_ANY_SOFT;
    else if (/^[A-Z]/.test(lexeme)) item.type = tokenTypes.get(lexeme)!;
    else {
      item.kind = ITEM_RULE;
      item.rule = rules.get(lexeme) ?? null;
      if (item.rule === null) throw new Error(`grammar: no rule ${lexeme}`);
    }
    return item;
  }
}
