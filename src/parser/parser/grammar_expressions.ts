// grammar_expressions.ts: the exact grammar of expressions, arguments, strings and targets.   CPython: Grammar/python.gram
//
// The notation is explained in grammar.ts. The invalid_* rules are in grammar_invalid.ts.
import {
  Attribute,
  Await,
  BinOp,
  BoolOp,
  Call,
  Compare,
  Constant,
  type cmpop,
  comprehension,
  Dict,
  DictComp,
  type expr,
  GeneratorExp,
  IfExp,
  keyword,
  Lambda,
  List,
  ListComp,
  type Name,
  NamedExpr,
  type operator,
  SetComp,
  Set as SetNode,
  Slice,
  Starred,
  Subscript,
  Tuple,
  UnaryOp,
  type unaryop,
  Yield,
  YieldFrom,
} from '../ast.generated.ts';
import { Ellipsis } from '../constants.ts';
import { PySyntaxError } from '../errors.ts';
import { StringLiteralError } from '../string_literals.ts';
import { FSTRING_END, FSTRING_START, type Token, TSTRING_END, TSTRING_START } from '../token.ts';
import { CO_FUTURE_BARRY_AS_BDFL } from './context.ts';
import type { Action, Alternative, GrammarSource } from './grammar.ts';
import { makeArguments, withContext } from './grammar_statements.ts';
import type { Machine } from './machine.ts';
import {
  concatenateStrings,
  concatenateTemplates,
  constantFromString,
  type FieldPart,
  formatSpec,
  isRawStart,
  joinedStr,
  rawMiddle,
  replacementField,
  specMiddle,
  templateStr,
} from './strings.ts';

const list: Action = (_p, items) => items;

const binary =
  (op: operator): Action =>
  (p, a, b) =>
    new BinOp(a, op, b, ...p.at());
const unary =
  (op: unaryop): Action =>
  (p, a) =>
    new UnaryOp(op, a, ...p.at());

/** Operator and right side of a comparison. */
interface Comparison {
  readonly op: cmpop;
  readonly right: expr;
}
const comparisonTo =
  (op: cmpop): Action =>
  (_p, right): Comparison => ({ op, right });

/** A left-recursive rule of binary operators: `self OP next` for each operator, then `next`. */
const operators = (self: string, next: string, signs: readonly [string, operator][], ...before: string[]) => ({
  leftRecursive: true,
  alts: [
    ...signs.map(([sign, op]): [string, Action] => [`a=${self} '${sign}' b=${next}`, binary(op)]),
    ...before,
    next,
  ],
});

/** Pieces of arguments. */
export interface CallArguments {
  readonly args: expr[];
  readonly keywords: keyword[];
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}
interface KeyValue {
  readonly key: expr | null;
  readonly value: expr;
}
type KeywordOrStarred = keyword | Starred;

const collectArguments = (p: Machine, positional: expr[], rest: KeywordOrStarred[]): CallArguments => {
  const [lineno, col_offset, end_lineno, end_col_offset] = p.at();
  const starred = rest.filter((item): item is Starred => item instanceof Starred);
  const keywords = rest.filter((item): item is keyword => item instanceof keyword);
  return { args: [...positional, ...starred], keywords, lineno, col_offset, end_lineno, end_col_offset };
};

const call: Action = (p, func, a: CallArguments | null) => new Call(func, a?.args ?? [], a?.keywords ?? [], ...p.at());
const callGenerator: Action = (p, func, generator) => new Call(func, [generator], [], ...p.at());

const tupleOf: Action = (p, a: expr, b: expr[]) => new Tuple([a, ...b], 'Load', ...p.at());
const singleTuple: Action = (p, a: expr) => new Tuple([a], 'Load', ...p.at());

const COMPARISONS: readonly (readonly [name: string, items: string, op: cmpop])[] = [
  ['eq_bitwise_or', `'=='`, 'Eq'],
  ['noteq_bitwise_or', 'barry_noteq', 'NotEq'],
  ['lte_bitwise_or', `'<='`, 'LtE'],
  ['lt_bitwise_or', `'<'`, 'Lt'],
  ['gte_bitwise_or', `'>='`, 'GtE'],
  ['gt_bitwise_or', `'>'`, 'Gt'],
  ['notin_bitwise_or', `'not' 'in'`, 'NotIn'],
  ['in_bitwise_or', `'in'`, 'In'],
  ['isnot_bitwise_or', `'is' 'not'`, 'IsNot'],
  ['is_bitwise_or', `'is'`, 'Is'],
];

/** CPython: Parser/action_helpers.c:_PyPegen_check_barry_as_flufl */
const checkBarry: Action = (p, token: Token) => {
  const isDiamond = token.string === '<>';
  if ((p.ctx.flags & CO_FUTURE_BARRY_AS_BDFL) !== 0) {
    if (!isDiamond) throw p.error("with Barry as BDFL, use '<>' instead of '!='");
    return token;
  }
  return isDiamond ? null : token;
};

export const EXPRESSIONS: GrammarSource = {
  expressions: [[`a=expression b=(',' c=expression)+ [',']`, tupleOf], [`a=expression ','`, singleTuple], 'expression'],
  expression: {
    memo: true,
    alts: [
      'invalid_expression',
      'invalid_legacy_expression',
      [`a=disjunction 'if' b=disjunction 'else' c=expression`, (p, a, b, c) => new IfExp(b, a, c, ...p.at())],
      'disjunction',
      'lambdef',
    ],
  },
  expression_without_invalid: [
    [`a=disjunction 'if' b=disjunction 'else' c=expression`, (p, a, b, c) => new IfExp(b, a, c, ...p.at())],
    'disjunction',
    'lambdef',
  ],
  yield_expr: [
    [`'yield' 'from' a=expression`, (p, a) => new YieldFrom(a, ...p.at())],
    [`'yield' a=[star_expressions]`, (p, a) => new Yield(a, ...p.at())],
  ],
  star_expressions: [
    [`a=star_expression b=(',' c=star_expression)+ [',']`, tupleOf],
    [`a=star_expression ','`, singleTuple],
    'star_expression',
  ],
  star_expression: {
    memo: true,
    alts: [[`'*' a=bitwise_or`, (p, a) => new Starred(a, 'Load', ...p.at())], 'expression'],
  },
  star_named_expressions: [[`a=','.star_named_expression+ [',']`, list]],
  star_named_expression: [[`'*' a=bitwise_or`, (p, a) => new Starred(a, 'Load', ...p.at())], 'named_expression'],
  assignment_expression: [
    [
      `a=NAME ':=' ~ b=expression`,
      (p, a, b) => p.since(8, 'Assignment expressions are', new NamedExpr(withContext(a, 'Store'), b, ...p.at())),
    ],
  ],
  named_expression: ['assignment_expression', 'invalid_named_expression', `a=expression !':='`],
  disjunction: {
    memo: true,
    alts: [
      [`a=conjunction b=('or' c=conjunction)+`, (p, a, b) => new BoolOp('Or', [a, ...b], ...p.at())],
      'conjunction',
    ],
  },
  conjunction: {
    memo: true,
    alts: [[`a=inversion b=('and' c=inversion)+`, (p, a, b) => new BoolOp('And', [a, ...b], ...p.at())], 'inversion'],
  },
  inversion: { memo: true, alts: [[`'not' a=inversion`, unary('Not')], 'comparison'] },
  comparison: [
    [
      'a=bitwise_or b=compare_op_bitwise_or_pair+',
      (p, a, b: Comparison[]) =>
        new Compare(
          a,
          b.map(pair => pair.op),
          b.map(pair => pair.right),
          ...p.at(),
        ),
    ],
    'bitwise_or',
  ],
  compare_op_bitwise_or_pair: COMPARISONS.map(([name]) => name),
  barry_noteq: [[`tok='!='`, checkBarry]],
  ...Object.fromEntries(
    COMPARISONS.map(([name, sign, op]): [string, Alternative[]] => [
      name,
      op === 'Lt'
        ? [[`${sign} a=bitwise_or`, comparisonTo(op)], 'invalid_lt_bitwise_or']
        : [[`${sign} a=bitwise_or`, comparisonTo(op)]],
    ]),
  ),
  bitwise_or: operators('bitwise_or', 'bitwise_xor', [['|', 'BitOr']]),
  bitwise_xor: operators('bitwise_xor', 'bitwise_and', [['^', 'BitXor']]),
  bitwise_and: operators('bitwise_and', 'shift_expr', [['&', 'BitAnd']]),
  shift_expr: operators(
    'shift_expr',
    'sum',
    [
      ['<<', 'LShift'],
      ['>>', 'RShift'],
    ],
    'invalid_arithmetic',
  ),
  sum: operators('sum', 'term', [
    ['+', 'Add'],
    ['-', 'Sub'],
  ]),
  term: {
    leftRecursive: true,
    alts: [
      [`a=term '*' b=factor`, binary('Mult')],
      [`a=term '/' b=factor`, binary('Div')],
      [`a=term '//' b=factor`, binary('FloorDiv')],
      [`a=term '%' b=factor`, binary('Mod')],
      [`a=term '@' b=factor`, (p, a, b) => p.since(5, "The '@' operator is", binary('MatMult')(p, a, b))],
      'invalid_factor',
      'factor',
    ],
  },
  factor: {
    memo: true,
    alts: [
      [`'+' a=factor`, unary('UAdd')],
      [`'-' a=factor`, unary('USub')],
      [`'~' a=factor`, unary('Invert')],
      'power',
    ],
  },
  power: [[`a=await_primary '**' b=factor`, binary('Pow')], 'await_primary'],
  await_primary: {
    memo: true,
    alts: [[`'await' a=primary`, (p, a) => p.since(5, 'Await expressions are', new Await(a, ...p.at()))], 'primary'],
  },
  primary: {
    leftRecursive: true,
    alts: [
      [`a=primary '.' b=NAME`, (p, a, b: Name) => new Attribute(a, b.id, 'Load', ...p.at())],
      ['a=primary b=genexp', callGenerator],
      [`a=primary '(' b=[arguments] ')'`, call],
      [`a=primary '[' b=slices ']'`, (p, a, b) => new Subscript(a, b, 'Load', ...p.at())],
      'atom',
    ],
  },
  slices: [`a=slice !','`, [`a=','.(slice | starred_expression)+ [',']`, (p, a) => new Tuple(a, 'Load', ...p.at())]],
  slice: [
    [`a=[expression] ':' b=[expression] c=slice_step?`, (p, a, b, c) => new Slice(a, b, c?.value ?? null, ...p.at())],
    'a=named_expression',
  ],
  slice_step: [[`':' d=[expression]`, (_p, value) => ({ value })]],
  atom: [
    'NAME',
    [`'True'`, p => new Constant(true, null, ...p.at())],
    [`'False'`, p => new Constant(false, null, ...p.at())],
    [`'None'`, p => new Constant(null, null, ...p.at())],
    '&(STRING | FSTRING_START | TSTRING_START) a=strings',
    'NUMBER',
    `&'(' a=(tuple | group | genexp)`,
    `&'[' a=(list | listcomp)`,
    `&'{' a=(dict | set | dictcomp | setcomp)`,
    [`'...'`, p => new Constant(Ellipsis, null, ...p.at())],
  ],
  group: [`'(' a=(yield_expr | named_expression) ')'`, 'invalid_group'],
  lambdef: [
    [
      `'lambda' a=[lambda_params] ':' b=expression`,
      (p, a, b) => new Lambda(a ?? makeArguments(null, null, [], [], null), b, ...p.at()),
    ],
  ],
  list: [[`'[' a=[star_named_expressions] ']'`, (p, a) => new List(a ?? [], 'Load', ...p.at())]],
  tuple: [[`'(' a=tuple_items? ')'`, (p, a) => new Tuple(a ?? [], 'Load', ...p.at())]],
  tuple_items: [[`y=star_named_expression ',' z=[star_named_expressions]`, (_p, y, z) => [y, ...(z ?? [])]]],
  set: [[`'{' a=star_named_expressions '}'`, (p, a) => new SetNode(a, ...p.at())]],
  dict: [
    [
      `'{' a=[double_starred_kvpairs] '}'`,
      (p, a: KeyValue[] | null) =>
        new Dict(
          (a ?? []).map(pair => pair.key),
          (a ?? []).map(pair => pair.value),
          ...p.at(),
        ),
    ],
    `'{' invalid_double_starred_kvpairs '}'`,
  ],
  double_starred_kvpairs: [[`a=','.double_starred_kvpair+ [',']`, list]],
  double_starred_kvpair: [[`'**' a=bitwise_or`, (_p, value): KeyValue => ({ key: null, value })], 'kvpair'],
  kvpair: [[`a=expression ':' b=expression`, (_p, key, value): KeyValue => ({ key, value })]],
  for_if_clauses: [['a=for_if_clause+', list]],
  for_if_clause: [
    [
      `'async' 'for' a=star_targets 'in' ~ b=disjunction c=('if' z=disjunction)*`,
      (p, a, b, c) => p.since(6, 'Async comprehensions are', new comprehension(a, b, c, 1)),
    ],
    [
      `'for' a=star_targets 'in' ~ b=disjunction c=('if' z=disjunction)*`,
      (_p, a, b, c) => new comprehension(a, b, c, 0),
    ],
    'invalid_for_if_clause',
    'invalid_for_target',
  ],
  listcomp: [
    [`'[' a=named_expression b=for_if_clauses ']'`, (p, a, b) => new ListComp(a, b, ...p.at())],
    'invalid_comprehension',
  ],
  setcomp: [
    [`'{' a=named_expression b=for_if_clauses '}'`, (p, a, b) => new SetComp(a, b, ...p.at())],
    'invalid_comprehension',
  ],
  genexp: [
    [
      `'(' a=(assignment_expression | b=expression !':=') b=for_if_clauses ')'`,
      (p, a, b) => new GeneratorExp(a, b, ...p.at()),
    ],
    'invalid_comprehension',
  ],
  dictcomp: [
    [`'{' a=kvpair b=for_if_clauses '}'`, (p, a: KeyValue, b) => new DictComp(a.key!, a.value, b, ...p.at())],
    'invalid_dict_comprehension',
  ],

  arguments: { memo: true, alts: [`a=args [','] &')'`, 'invalid_arguments'] },
  args: [
    [
      `a=','.(starred_expression | a=(assignment_expression | b=expression !':=') !'=')+ b=[',' k=kwargs]`,
      (p, a, b) => collectArguments(p, a, b ?? []),
    ],
    ['a=kwargs', (p, a) => collectArguments(p, [], a)],
  ],
  kwargs: [
    [`a=','.kwarg_or_starred+ ',' b=','.kwarg_or_double_starred+`, (_p, a, b) => [...a, ...b]],
    `','.kwarg_or_starred+`,
    `','.kwarg_or_double_starred+`,
  ],
  starred_expression: [
    'invalid_starred_expression_unpacking',
    [`'*' a=expression`, (p, a) => new Starred(a, 'Load', ...p.at())],
    'invalid_starred_expression',
  ],
  kwarg_or_starred: [
    'invalid_kwarg',
    [`a=NAME '=' b=expression`, (p, a: Name, b) => new keyword(a.id, b, ...p.at())],
    'a=starred_expression',
  ],
  kwarg_or_double_starred: [
    'invalid_kwarg',
    [`a=NAME '=' b=expression`, (p, a: Name, b) => new keyword(a.id, b, ...p.at())],
    [`'**' a=expression`, (p, a) => new keyword(null, a, ...p.at())],
  ],
};

// ---- strings --------------------------------------------------------------------------------------------------------

/** CPython: Parser/action_helpers.c:_PyPegen_check_fstring_conversion */
const conversion: Action = (p, mark: Token, name: Name): FieldPart => {
  const prefix = p.ctx.tokenizer.stringPrefix();
  if (mark.lineno !== name.lineno || mark.end_col_offset !== name.col_offset) {
    const msg = `${prefix}-string: conversion type must come right after the exclamation mark`;
    throw p.errorRange(mark, name, msg);
  }
  if (name.id !== 's' && name.id !== 'r' && name.id !== 'a') {
    const msg = `${prefix}-string: invalid conversion character '${name.id}': expected 's', 'r', or 'a'`;
    throw p.errorAt(name, msg);
  }
  return { node: name, metadata: mark.metadata };
};

const fullFormatSpec: Action = (p, colon: Token, spec: expr[]): FieldPart => ({
  node: formatSpec(spec, ...p.at()),
  metadata: colon.metadata,
});

const field =
  (isTemplate: boolean): Action =>
  (p, value, debug, conversionPart, format, brace) =>
    replacementField(isTemplate, value, debug !== null, conversionPart, format, brace, ...p.at());

/** Is the innermost f- or t-string around the next token a raw one? */
const insideRaw = (p: Machine): boolean => {
  let closed = 0;
  for (let i = p.mark - 1; i >= 0; i--) {
    const token = p.ctx.tokens[i]!;
    if (token.type === FSTRING_END || token.type === TSTRING_END) closed++;
    else if (token.type === FSTRING_START || token.type === TSTRING_START) {
      if (closed-- === 0) return isRawStart(token);
    }
  }
  return false;
};

/** A format spec's text; a wrong escape stays the codec's own error here, as in CPython. */
const specText: Action = (p, token: Token) => {
  try {
    return specMiddle(p.ctx, insideRaw(p), token);
  } catch (e) {
    if (!(e instanceof StringLiteralError)) throw e;
    const match = /^'(\w+)' codec can't decode (?:byte 0x\w+|bytes) in position (\d+)(?:-(\d+))?: (.*)$/.exec(e.msg);
    if (match === null) throw p.error(e.msg);
    const bytes = Uint8Array.from(token.string, ch => ch.charCodeAt(0));
    const start = Number(match[2]);
    const end = match[3] === undefined ? start + 1 : Number(match[3]) + 1;
    throw new PySyntaxError('UnicodeDecodeError', e.msg, null, null, null, null, null, null, {
      encoding: match[1]!,
      object: bytes,
      start,
      end,
      reason: match[4]!,
    });
  }
};

/** The rules of f-strings ('f') or t-strings ('t'); fields in the format spec of a t-string are an f-string's. */
function stringRules(kind: 'f' | 't'): GrammarSource {
  const upper = `${kind.toUpperCase()}STRING`;
  const name = `${kind}string`;
  const specField = kind === 'f' ? 'fstring_replacement_field' : 'tstring_format_spec_replacement_field';
  const fieldItems = `'{' a=annotated_rhs debug='='? c=[fstring_conversion] f=[${name}_full_format_spec] brace='}'`;
  const build = kind === 'f' ? joinedStr : templateStr;
  return {
    [`${name}_middle`]: [`${name}_replacement_field`, [`t=${upper}_MIDDLE`, (_p, t) => rawMiddle(t)]],
    [`${name}_replacement_field`]: [[fieldItems, field(kind === 't')], `invalid_${name}_replacement_field`],
    ...(kind === 't'
      ? { [specField]: [[fieldItems, field(false)] as const, `invalid_${name}_replacement_field`] }
      : {}),
    [`${name}_full_format_spec`]: [[`colon=':' spec=${name}_format_spec*`, fullFormatSpec]],
    [`${name}_format_spec`]: [[`t=${upper}_MIDDLE`, specText], specField],
    [name]: {
      memo: kind === 't',
      alts: [
        [
          `a=${upper}_START b=${name}_middle* c=${upper}_END`,
          (p, a, b, c) => {
            const node = p.decoding(c, () => build(p.ctx, a, b, c));
            return kind === 't' ? p.since(14, 't-strings are', node) : node;
          },
        ],
      ],
    },
  };
}

export const STRINGS: GrammarSource = {
  ...stringRules('f'),
  ...stringRules('t'),
  fstring_conversion: [[`mark='!' conv=NAME`, conversion]],
  string: [['s=STRING', (p, s: Token) => p.decoding(s, () => constantFromString(p.ctx, s))]],
  strings: {
    memo: true,
    alts: [
      'invalid_string_tstring_concat',
      [
        'a=(fstring | string)+',
        (p, a) => {
          const node = concatenateStrings(a, ...p.at());
          if (node === null) throw p.error('cannot mix bytes and nonbytes literals');
          return node;
        },
      ],
      ['a=tstring+', (p, a) => concatenateTemplates(a, ...p.at())],
    ],
  },
};

// ---- targets --------------------------------------------------------------------------------------------------------

const attribute =
  (ctx: 'Load' | 'Store' | 'Del'): Action =>
  (p, a, b: Name) =>
    new Attribute(a, b.id, ctx, ...p.at());
const subscript =
  (ctx: 'Load' | 'Store' | 'Del'): Action =>
  (p, a, b) =>
    new Subscript(a, b, ctx, ...p.at());

export const TARGETS: GrammarSource = {
  star_targets: [
    `a=star_target !','`,
    [`a=star_target b=(',' c=star_target)* [',']`, (p, a, b) => new Tuple([a, ...b], 'Store', ...p.at())],
  ],
  star_targets_list_seq: [[`a=','.star_target+ [',']`, list]],
  star_targets_tuple_seq: [
    [`a=star_target b=(',' c=star_target)+ [',']`, (_p, a, b) => [a, ...b]],
    [`a=star_target ','`, (_p, a) => [a]],
  ],
  star_target: {
    memo: true,
    alts: [
      [`'*' a=(!'*' b=star_target)`, (p, a) => new Starred(withContext(a, 'Store'), 'Store', ...p.at())],
      'target_with_star_atom',
    ],
  },
  target_with_star_atom: {
    memo: true,
    alts: [
      [`a=t_primary '.' b=NAME !t_lookahead`, attribute('Store')],
      [`a=t_primary '[' b=slices ']' !t_lookahead`, subscript('Store')],
      'star_atom',
    ],
  },
  star_atom: [
    ['a=NAME', (_p, a) => withContext(a, 'Store')],
    [`'(' a=target_with_star_atom ')'`, (_p, a) => withContext(a, 'Store')],
    [`'(' a=[star_targets_tuple_seq] ')'`, (p, a) => new Tuple(a ?? [], 'Store', ...p.at())],
    [`'[' a=[star_targets_list_seq] ']'`, (p, a) => new List(a ?? [], 'Store', ...p.at())],
  ],
  single_target: [
    'single_subscript_attribute_target',
    ['a=NAME', (_p, a) => withContext(a, 'Store')],
    `'(' a=single_target ')'`,
  ],
  single_subscript_attribute_target: [
    [`a=t_primary '.' b=NAME !t_lookahead`, attribute('Store')],
    [`a=t_primary '[' b=slices ']' !t_lookahead`, subscript('Store')],
  ],
  t_primary: {
    leftRecursive: true,
    alts: [
      [`a=t_primary '.' b=NAME &t_lookahead`, attribute('Load')],
      [`a=t_primary '[' b=slices ']' &t_lookahead`, subscript('Load')],
      ['a=t_primary b=genexp &t_lookahead', callGenerator],
      [`a=t_primary '(' b=[arguments] ')' &t_lookahead`, call],
      'a=atom &t_lookahead',
    ],
  },
  t_lookahead: [`'('`, `'['`, `'.'`],
  del_targets: [[`a=','.del_target+ [',']`, list]],
  del_target: {
    memo: true,
    alts: [
      [`a=t_primary '.' b=NAME !t_lookahead`, attribute('Del')],
      [`a=t_primary '[' b=slices ']' !t_lookahead`, subscript('Del')],
      'del_t_atom',
    ],
  },
  del_t_atom: [
    ['a=NAME', (_p, a) => withContext(a, 'Del')],
    [`'(' a=del_target ')'`, (_p, a) => withContext(a, 'Del')],
    [`'(' a=[del_targets] ')'`, (p, a) => new Tuple(a ?? [], 'Del', ...p.at())],
    [`'[' a=[del_targets] ']'`, (p, a) => new List(a ?? [], 'Del', ...p.at())],
  ],
};
