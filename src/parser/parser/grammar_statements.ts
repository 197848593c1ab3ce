// grammar_statements.ts: the exact grammar of statements, definitions and patterns.       CPython: Grammar/python.gram
//
// The notation is explained in grammar.ts. The invalid_* rules are in grammar_invalid.ts.
import {
  AnnAssign,
  type arg as Arg,
  Assert,
  Assign,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  Attribute,
  AugAssign,
  alias,
  arg,
  arguments_,
  BinOp,
  Break,
  ClassDef,
  Constant,
  Continue,
  Delete,
  ExceptHandler,
  Expr,
  Expression,
  type expr,
  type expr_context,
  For,
  FunctionDef,
  FunctionType,
  Global,
  If,
  Import,
  ImportFrom,
  Interactive,
  Match,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchStar,
  MatchValue,
  match_case,
  type Name,
  Nonlocal,
  ParamSpec,
  Pass,
  type pattern,
  Raise,
  Return,
  Try,
  TryStar,
  Tuple,
  TypeAlias,
  TypeVar,
  TypeVarTuple,
  UnaryOp,
  While,
  With,
  withitem,
} from '../ast.generated.ts';
import { Complex } from '../constants.ts';
import { ELLIPSIS, type Token } from '../token.ts';
import type { Action, GrammarSource } from './grammar.ts';
import type { Machine } from './machine.ts';

/** The same expression as a target: a copy, because the memo may hand out the original again. CPython: _PyPegen_set_expr_context */
export function withContext(node: expr, ctx: expr_context): expr {
  const { lineno, col_offset, end_lineno, end_col_offset } = node;
  switch (node._type) {
    case 'Tuple':
      return new Tuple(
        node.elts.map(item => withContext(item, ctx)),
        ctx,
        lineno,
        col_offset,
        end_lineno,
        end_col_offset,
      );
    case 'Name':
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
    case 'List': {
      const copy = Object.assign(Object.create(Object.getPrototypeOf(node)), node) as typeof node;
      copy.ctx = ctx;
      if (copy._type === 'List') copy.elts = copy.elts.map(item => withContext(item, ctx));
      if (copy._type === 'Starred') copy.value = withContext(copy.value, ctx);
      return copy;
    }
    default:
      return node;
  }
}

const text = (token: Token | null): string | null => (token === null ? null : token.string);
const list: Action = (_p, items) => items;
const one: Action = (_p, item) => [item];
/** A statement of its own line: errors later on tell where it began. An invalid_* rule may have matched in its place. */
const registered: Action = (p, item) => {
  if (p.callInvalid && item._type !== undefined) p.ctx.registerStatement(item);
  return [item];
};
const countDots = (dots: Token[]): number => dots.reduce((sum, dot) => sum + (dot.type === ELLIPSIS ? 3 : 1), 0);

// ---- parameters -----------------------------------------------------------------------------------------------------

/** A parameter and its default. */
interface Pair {
  readonly arg: Arg;
  readonly value: expr | null;
}

interface Slash {
  readonly plain: Arg[];
  readonly pairs: Pair[];
}

interface StarEtc {
  readonly vararg: Arg | null;
  readonly kwonly: Pair[];
  readonly kwarg: Arg | null;
}

const commented = (param: Arg, comment: Token | null): Arg =>
  comment === null
    ? param
    : new arg(
        param.arg,
        param.annotation,
        comment.string,
        param.lineno,
        param.col_offset,
        param.end_lineno,
        param.end_col_offset,
      );

const pair: Action = (_p, param: Arg, value: expr | null, comment: Token | null = null): Pair => ({
  arg: commented(param, comment),
  value,
});

/** CPython: Parser/action_helpers.c:_PyPegen_make_arguments */
export function makeArguments(
  slashPlain: Arg[] | null,
  slash: Slash | null,
  plain: Arg[],
  pairs: Pair[],
  star: StarEtc | null,
): arguments_ {
  const posonly = slashPlain ?? (slash === null ? [] : [...slash.plain, ...slash.pairs.map(p => p.arg)]);
  const defaults = [...(slash === null ? [] : slash.pairs), ...pairs].map(p => p.value!);
  const kwonly = star === null ? [] : star.kwonly;
  return new arguments_(
    posonly,
    [...plain, ...pairs.map(p => p.arg)],
    star === null ? null : star.vararg,
    kwonly.map(p => p.arg),
    kwonly.map(p => p.value),
    star === null ? null : star.kwarg,
    defaults,
  );
}

/** The rules of a parameter list: of a def (`pre` is '', it ends with ')') or of a lambda ('lambda_', ':'). */
function parameterRules(pre: string, close: string): GrammarSource {
  const isDef = pre === '';
  // A parameter ends with its comma, or stands before the closing token.
  const ends = (items: string, action: Action): readonly [string, Action][] =>
    isDef
      ? [
          [`${items} ',' tc=TYPE_COMMENT?`, action],
          [`${items} tc=TYPE_COMMENT? &'${close}'`, action],
        ]
      : [
          [`${items} ','`, action],
          [`${items} &'${close}'`, action],
        ];
  const slashEnds = (items: string, action: Action): readonly [string, Action][] => [
    [`${items} '/' ','`, action],
    [`${items} '/' &'${close}'`, action],
  ];
  const plain: Action = (_p, param: Arg, comment: Token | null = null) => commented(param, comment);
  const slashPair: Action = (_p, a: Arg[], b: Pair[]): Slash => ({ plain: a, pairs: b });
  const posOnly = (p: Machine, args: arguments_) => p.since(8, 'Positional-only parameters are', args);
  return {
    [`${pre}parameters`]: [
      [
        `a=${pre}slash_no_default b=${pre}param_no_default* c=${pre}param_with_default* d=${pre}star_etc?`,
        (p, a, b, c, d) => posOnly(p, makeArguments(a, null, b, c, d)),
      ],
      [
        `a=${pre}slash_with_default b=${pre}param_with_default* c=${pre}star_etc?`,
        (p, a, b, c) => posOnly(p, makeArguments(null, a, [], b, c)),
      ],
      [
        `a=${pre}param_no_default+ b=${pre}param_with_default* c=${pre}star_etc?`,
        (_p, a, b, c) => makeArguments(null, null, a, b, c),
      ],
      [`a=${pre}param_with_default+ b=${pre}star_etc?`, (_p, a, b) => makeArguments(null, null, [], a, b)],
      [`a=${pre}star_etc`, (_p, a) => makeArguments(null, null, [], [], a)],
    ],
    [`${pre}slash_no_default`]: slashEnds(`a=${pre}param_no_default+`, list),
    [`${pre}slash_with_default`]: slashEnds(`a=${pre}param_no_default* b=${pre}param_with_default+`, slashPair),
    [`${pre}star_etc`]: [
      `invalid_${pre}star_etc`,
      [
        `'*' a=${pre}param_no_default b=${pre}param_maybe_default* c=${pre}kwds?`,
        (_p, a, b, c): StarEtc => ({ vararg: a, kwonly: b, kwarg: c }),
      ],
      ...(isDef
        ? ([
            [
              `'*' a=param_no_default_star_annotation b=param_maybe_default* c=kwds?`,
              (_p, a, b, c): StarEtc => ({ vararg: a, kwonly: b, kwarg: c }),
            ],
          ] as [string, Action][])
        : []),
      [
        `'*' ',' b=${pre}param_maybe_default+ c=${pre}kwds?`,
        (_p, b, c): StarEtc => ({ vararg: null, kwonly: b, kwarg: c }),
      ],
      [`a=${pre}kwds`, (_p, a): StarEtc => ({ vararg: null, kwonly: [], kwarg: a })],
    ],
    [`${pre}kwds`]: [`invalid_${pre}kwds`, `'**' a=${pre}param_no_default`],
    [`${pre}param_no_default`]: ends(`a=${pre}param`, plain),
    [`${pre}param_with_default`]: ends(`a=${pre}param c=default`, pair),
    [`${pre}param_maybe_default`]: ends(`a=${pre}param c=default?`, pair),
  };
}

const param: Action = (p, name: Name, annotation: expr | null = null) => new arg(name.id, annotation, null, ...p.at());

export const PARAMETERS: GrammarSource = {
  params: ['invalid_parameters', 'parameters'],
  ...parameterRules('', ')'),
  param_no_default_star_annotation: [
    [`a=param_star_annotation ',' tc=TYPE_COMMENT?`, (_p, a, tc) => commented(a, tc)],
    [`a=param_star_annotation tc=TYPE_COMMENT? &')'`, (_p, a, tc) => commented(a, tc)],
  ],
  param: [['a=NAME b=annotation?', param]],
  param_star_annotation: [['a=NAME b=star_annotation', param]],
  annotation: [`':' a=expression`],
  star_annotation: [`':' a=star_expression`],
  default: [`'=' a=expression`, 'invalid_default'],
  lambda_params: ['invalid_lambda_parameters', 'lambda_parameters'],
  ...parameterRules('lambda_', ':'),
  lambda_param: [['a=NAME', param]],
};

// ---- statements -----------------------------------------------------------------------------------------------------

const AUGMENTED: readonly (readonly [string, string])[] = [
  ['+=', 'Add'],
  ['-=', 'Sub'],
  ['*=', 'Mult'],
  ['@=', 'MatMult'],
  ['/=', 'Div'],
  ['%=', 'Mod'],
  ['&=', 'BitAnd'],
  ['|=', 'BitOr'],
  ['^=', 'BitXor'],
  ['<<=', 'LShift'],
  ['>>=', 'RShift'],
  ['**=', 'Pow'],
  ['//=', 'FloorDiv'],
];

/** CPython: Parser/action_helpers.c:_PyPegen_checked_future_import */
const importFrom: Action = (p, dots: Token[], module: Name, names: alias[]) => {
  if (module.id === '__future__' && dots.length === 0) {
    for (const { name } of names) if (name === 'barry_as_FLUFL') p.ctx.barryFromNow();
  }
  return new ImportFrom(module.id, names, countDots(dots), ...p.at());
};

const functionDef =
  (isAsync: boolean): Action =>
  (p, name: Name, typeParams, params, returns, comment, body) => {
    const node = isAsync ? AsyncFunctionDef : FunctionDef;
    const args = params ?? makeArguments(null, null, [], [], null);
    return new node(name.id, args, body, [], returns, text(comment), typeParams ?? [], ...p.at());
  };

const decorated: Action = (_p, decorators, node: FunctionDef | AsyncFunctionDef | ClassDef) => {
  node.decorator_list = decorators;
  return node;
};

const handler: Action = (p, type: expr | null, name: Name | null, body) =>
  new ExceptHandler(type, name === null ? null : name.id, body, ...p.at());
const bareTupleHandler: Action = (p, type: expr, body) =>
  p.since(14, 'except expressions without parentheses are', new ExceptHandler(type, null, body, ...p.at()));

export const STATEMENTS: GrammarSource = {
  file: ['[statements] ENDMARKER'],
  interactive: [['a=statement_newline', (_p, a) => new Interactive(a)]],
  eval: [['a=expressions NEWLINE* ENDMARKER', (_p, a) => new Expression(a)]],
  func_type: [
    [`'(' a=[type_expressions] ')' '->' b=expression NEWLINE* ENDMARKER`, (_p, a, b) => new FunctionType(a ?? [], b)],
  ],
  statements: [['a=statement+', (_p, a) => a.flat()]],
  statement: [['a=compound_stmt', registered], 'simple_stmts'],
  single_compound_stmt: [['a=compound_stmt', registered]],
  statement_newline: [
    'a=single_compound_stmt NEWLINE',
    'simple_stmts',
    ['NEWLINE', p => [new Pass(...p.at())]],
    ['ENDMARKER', () => null],
  ],
  simple_stmts: [
    [`a=simple_stmt !';' NEWLINE`, one],
    [`a=';'.simple_stmt+ [';'] NEWLINE`, list],
  ],
  simple_stmt: {
    memo: true,
    alts: [
      'assignment',
      `&"type" a=type_alias`,
      ['e=star_expressions', (p, e) => new Expr(e, ...p.at())],
      `&'return' a=return_stmt`,
      `&('import' | 'from') a=import_stmt`,
      `&'raise' a=raise_stmt`,
      `&'pass' a=pass_stmt`,
      `&'del' a=del_stmt`,
      `&'yield' a=yield_stmt`,
      `&'assert' a=assert_stmt`,
      `&'break' a=break_stmt`,
      `&'continue' a=continue_stmt`,
      `&'global' a=global_stmt`,
      `&'nonlocal' a=nonlocal_stmt`,
    ],
  },
  compound_stmt: [
    `&('def' | '@' | 'async') a=function_def`,
    `&'if' a=if_stmt`,
    `&('class' | '@') a=class_def`,
    `&('with' | 'async') a=with_stmt`,
    `&('for' | 'async') a=for_stmt`,
    `&'try' a=try_stmt`,
    `&'while' a=while_stmt`,
    'match_stmt',
  ],
  assignment: [
    [
      `a=NAME ':' b=expression c=['=' d=annotated_rhs]`,
      (p, a, b, c) =>
        p.since(6, 'Variable annotation syntax is', new AnnAssign(withContext(a, 'Store'), b, c, 1, ...p.at())),
    ],
    [
      `a=('(' b=single_target ')' | single_subscript_attribute_target) ':' b=expression c=['=' d=annotated_rhs]`,
      (p, a, b, c) => p.since(6, 'Variable annotations syntax is', new AnnAssign(a, b, c, 0, ...p.at())),
    ],
    [
      `a=(z=star_targets '=')+ b=annotated_rhs !'=' tc=[TYPE_COMMENT]`,
      (p, a, b, tc) => new Assign(a, b, text(tc), ...p.at()),
    ],
    ['a=single_target b=augassign ~ c=annotated_rhs', (p, a, b, c) => new AugAssign(a, b, c, ...p.at())],
    'invalid_assignment',
  ],
  annotated_rhs: ['yield_expr', 'star_expressions'],
  augassign: AUGMENTED.map(([sign, name]): [string, Action] => [
    `'${sign}'`,
    p => (name === 'MatMult' ? p.since(5, "The '@' operator is", name) : name),
  ]),
  return_stmt: [[`'return' a=[star_expressions]`, (p, a) => new Return(a, ...p.at())]],
  raise_stmt: [
    [`'raise' a=expression b=['from' z=expression]`, (p, a, b) => new Raise(a, b, ...p.at())],
    [`'raise'`, p => new Raise(null, null, ...p.at())],
  ],
  pass_stmt: [[`'pass'`, p => new Pass(...p.at())]],
  break_stmt: [[`'break'`, p => new Break(...p.at())]],
  continue_stmt: [[`'continue'`, p => new Continue(...p.at())]],
  global_stmt: [
    [
      `'global' a=','.NAME+`,
      (p, a: Name[]) =>
        new Global(
          a.map(n => n.id),
          ...p.at(),
        ),
    ],
  ],
  nonlocal_stmt: [
    [
      `'nonlocal' a=','.NAME+`,
      (p, a: Name[]) =>
        new Nonlocal(
          a.map(n => n.id),
          ...p.at(),
        ),
    ],
  ],
  del_stmt: [[`'del' a=del_targets &(';' | NEWLINE)`, (p, a) => new Delete(a, ...p.at())], 'invalid_del_stmt'],
  yield_stmt: [['y=yield_expr', (p, y) => new Expr(y, ...p.at())]],
  assert_stmt: [[`'assert' a=expression b=[',' z=expression]`, (p, a, b) => new Assert(a, b, ...p.at())]],
  import_stmt: ['invalid_import', 'import_name', 'import_from'],
  import_name: [[`'import' a=dotted_as_names`, (p, a) => new Import(a, ...p.at())]],
  import_from: [
    [`'from' a=('.' | '...')* b=dotted_name 'import' c=import_from_targets`, importFrom],
    [
      `'from' a=('.' | '...')+ 'import' b=import_from_targets`,
      (p, a, b) => new ImportFrom(null, b, countDots(a), ...p.at()),
    ],
  ],
  import_from_targets: [
    [`'(' a=import_from_as_names [','] ')'`, list],
    `a=import_from_as_names !','`,
    [`'*'`, p => [new alias('*', null, ...p.at())]],
    'invalid_import_from_targets',
  ],
  import_from_as_names: [[`a=','.import_from_as_name+`, list]],
  import_from_as_name: [
    'invalid_import_from_as_name',
    [`a=NAME b=['as' z=NAME]`, (p, a: Name, b: Name | null) => new alias(a.id, b === null ? null : b.id, ...p.at())],
  ],
  dotted_as_names: [[`a=','.dotted_as_name+`, list]],
  dotted_as_name: [
    'invalid_dotted_as_name',
    [
      `a=dotted_name b=['as' z=NAME]`,
      (p, a: Name, b: Name | null) => new alias(a.id, b === null ? null : b.id, ...p.at()),
    ],
  ],
  dotted_name: {
    leftRecursive: true,
    alts: [
      [
        `a=dotted_name '.' b=NAME`,
        (_p, a: Name, b: Name) => ({
          ...a,
          id: `${a.id}.${b.id}`,
          end_lineno: b.end_lineno,
          end_col_offset: b.end_col_offset,
        }),
      ],
      'NAME',
    ],
  },

  block: { memo: true, alts: ['NEWLINE INDENT a=statements DEDENT', 'simple_stmts', 'invalid_block'] },
  decorators: [[`a=('@' f=named_expression NEWLINE)+`, list]],
  class_def: [['a=decorators b=class_def_raw', decorated], 'class_def_raw'],
  class_def_raw: [
    'invalid_class_def_raw',
    [
      `'class' a=NAME t=[type_params] o=('(' z=[arguments] ')')? ':' c=block`,
      (p, a: Name, t, o, c) => new ClassDef(a.id, o?.args ?? [], o?.keywords ?? [], c, [], t ?? [], ...p.at()),
    ],
  ],
  function_def: [['d=decorators f=function_def_raw', decorated], 'function_def_raw'],
  function_def_raw: [
    'invalid_def_raw',
    [
      `'def' n=NAME t=[type_params] '(' params=[params] ')' a=['->' z=expression] ':' tc=[func_type_comment] b=block`,
      functionDef(false),
    ],
    [
      `'async' 'def' n=NAME t=[type_params] '(' params=[params] ')' a=['->' z=expression] ':' tc=[func_type_comment] b=block`,
      (p, ...v) => p.since(5, 'Async functions are', functionDef(true)(p, ...v)),
    ],
  ],
  func_type_comment: ['NEWLINE t=TYPE_COMMENT &(NEWLINE INDENT)', 'invalid_double_type_comments', 'TYPE_COMMENT'],

  if_stmt: [
    'invalid_if_stmt',
    [`'if' a=named_expression ':' b=block c=elif_stmt`, (p, a, b, c) => new If(a, b, [c], ...p.at())],
    [`'if' a=named_expression ':' b=block c=[else_block]`, (p, a, b, c) => new If(a, b, c ?? [], ...p.at())],
  ],
  elif_stmt: [
    'invalid_elif_stmt',
    [`'elif' a=named_expression ':' b=block c=elif_stmt`, (p, a, b, c) => new If(a, b, [c], ...p.at())],
    [`'elif' a=named_expression ':' b=block c=[else_block]`, (p, a, b, c) => new If(a, b, c ?? [], ...p.at())],
  ],
  else_block: ['invalid_else_stmt', `'else' &&':' b=block`],
  while_stmt: [
    'invalid_while_stmt',
    [`'while' a=named_expression ':' b=block c=[else_block]`, (p, a, b, c) => new While(a, b, c ?? [], ...p.at())],
  ],
  for_stmt: [
    'invalid_for_stmt',
    [
      `'for' t=star_targets 'in' ~ ex=star_expressions ':' tc=[TYPE_COMMENT] b=block el=[else_block]`,
      (p, t, ex, tc, b, el) => new For(t, ex, b, el ?? [], text(tc), ...p.at()),
    ],
    [
      `'async' 'for' t=star_targets 'in' ~ ex=star_expressions ':' tc=[TYPE_COMMENT] b=block el=[else_block]`,
      (p, t, ex, tc, b, el) => p.since(5, 'Async for loops are', new AsyncFor(t, ex, b, el ?? [], text(tc), ...p.at())),
    ],
    'invalid_for_target',
  ],
  with_stmt: [
    'invalid_with_stmt_indent',
    [
      `'with' '(' a=','.with_item+ ','? ')' ':' tc=[TYPE_COMMENT] b=block`,
      (p, a, tc, b) => new With(a, b, text(tc), ...p.at()),
    ],
    [`'with' a=','.with_item+ ':' tc=[TYPE_COMMENT] b=block`, (p, a, tc, b) => new With(a, b, text(tc), ...p.at())],
    [
      `'async' 'with' '(' a=','.with_item+ ','? ')' ':' b=block`,
      (p, a, b) => p.since(5, 'Async with statements are', new AsyncWith(a, b, null, ...p.at())),
    ],
    [
      `'async' 'with' a=','.with_item+ ':' tc=[TYPE_COMMENT] b=block`,
      (p, a, tc, b) => p.since(5, 'Async with statements are', new AsyncWith(a, b, text(tc), ...p.at())),
    ],
    'invalid_with_stmt',
  ],
  with_item: [
    [`e=expression 'as' t=star_target &(',' | ')' | ':')`, (_p, e, t) => new withitem(e, t)],
    'invalid_with_item',
    ['e=expression', (_p, e) => new withitem(e, null)],
  ],
  try_stmt: [
    'invalid_try_stmt',
    [`'try' &&':' b=block f=finally_block`, (p, b, f) => new Try(b, [], [], f, ...p.at())],
    [
      `'try' &&':' b=block ex=except_block+ el=[else_block] f=[finally_block]`,
      (p, b, ex, el, f) => new Try(b, ex, el ?? [], f ?? [], ...p.at()),
    ],
    [
      `'try' &&':' b=block ex=except_star_block+ el=[else_block] f=[finally_block]`,
      (p, b, ex, el, f) => p.since(11, 'Exception groups are', new TryStar(b, ex, el ?? [], f ?? [], ...p.at())),
    ],
  ],
  except_block: [
    'invalid_except_stmt_indent',
    [`'except' e=expression ':' b=block`, (p, e, b) => handler(p, e, null, b)],
    [`'except' e=expression 'as' t=NAME ':' b=block`, handler],
    [`'except' e=expressions ':' b=block`, bareTupleHandler],
    [`'except' ':' b=block`, (p, b) => handler(p, null, null, b)],
    'invalid_except_stmt',
  ],
  except_star_block: [
    'invalid_except_star_stmt_indent',
    [`'except' '*' e=expression ':' b=block`, (p, e, b) => handler(p, e, null, b)],
    [`'except' '*' e=expression 'as' t=NAME ':' b=block`, handler],
    [`'except' '*' e=expressions ':' b=block`, bareTupleHandler],
    'invalid_except_star_stmt',
  ],
  finally_block: ['invalid_finally_stmt', `'finally' &&':' a=block`],
  type_alias: [
    [
      `"type" n=NAME t=[type_params] '=' b=expression`,
      (p, n, t, b) => p.since(12, 'Type statement is', new TypeAlias(withContext(n, 'Store'), t ?? [], b, ...p.at())),
    ],
  ],
  type_params: [
    'invalid_type_params',
    [`'[' t=type_param_seq ']'`, (p, t) => p.since(12, 'Type parameter lists are', t)],
  ],
  type_param_seq: [[`a=','.type_param+ [',']`, list]],
  type_param: {
    memo: true,
    alts: [
      ['a=NAME b=[type_param_bound] c=[type_param_default]', (p, a: Name, b, c) => new TypeVar(a.id, b, c, ...p.at())],
      'invalid_type_param',
      [`'*' a=NAME b=[type_param_starred_default]`, (p, a: Name, b) => new TypeVarTuple(a.id, b, ...p.at())],
      [`'**' a=NAME b=[type_param_default]`, (p, a: Name, b) => new ParamSpec(a.id, b, ...p.at())],
    ],
  },
  type_param_bound: [`':' e=expression`],
  type_param_default: [[`'=' e=expression`, (p, e) => p.since(13, 'Type parameter defaults are', e)]],
  type_param_starred_default: [[`'=' e=star_expression`, (p, e) => p.since(13, 'Type parameter defaults are', e)]],
  type_expressions: [
    [`a=','.expression+ ',' '*' b=expression ',' '**' c=expression`, (_p, a, b, c) => [...a, b, c]],
    [`a=','.expression+ ',' '*' b=expression`, (_p, a, b) => [...a, b]],
    [`a=','.expression+ ',' '**' b=expression`, (_p, a, b) => [...a, b]],
    [`'*' a=expression ',' '**' b=expression`, (_p, a, b) => [a, b]],
    [`'*' a=expression`, one],
    [`'**' a=expression`, one],
    [`a=','.expression+`, list],
  ],
};

// ---- match ----------------------------------------------------------------------------------------------------------

/** Keys (or keyword names) and patterns. */
interface KeyPattern {
  readonly key: expr;
  readonly pattern: pattern;
}

const keyPattern: Action = (_p, key, value): KeyPattern => ({ key, pattern: value });

const isComplex = (node: expr): boolean => node._type === 'Constant' && node.value instanceof Complex;

const mappingPattern = (p: Machine, items: KeyPattern[], rest: Name | null) =>
  new MatchMapping(
    items.map(item => item.key),
    items.map(item => item.pattern),
    rest === null ? null : rest.id,
    ...p.at(),
  );

const classPattern = (p: Machine, cls: expr, patterns: pattern[], keywords: KeyPattern[]) =>
  new MatchClass(
    cls,
    patterns,
    keywords.map(item => (item.key as Name).id),
    keywords.map(item => item.pattern),
    ...p.at(),
  );

export const PATTERNS: GrammarSource = {
  match_stmt: [
    [
      `"match" subject=subject_expr ':' NEWLINE INDENT cases=case_block+ DEDENT`,
      (p, subject, cases) => p.since(10, 'Pattern matching is', new Match(subject, cases, ...p.at())),
    ],
    'invalid_match_stmt',
  ],
  subject_expr: [
    [
      `value=star_named_expression ',' values=star_named_expressions?`,
      (p, value, values) => new Tuple([value, ...(values ?? [])], 'Load', ...p.at()),
    ],
    'named_expression',
  ],
  case_block: [
    'invalid_case_block',
    [`"case" a=patterns guard=guard? ':' body=block`, (_p, a, guard, body) => new match_case(a, guard, body)],
  ],
  guard: [`'if' guard=named_expression`],
  patterns: [['patterns=open_sequence_pattern', (p, a) => new MatchSequence(a, ...p.at())], 'pattern'],
  pattern: ['as_pattern', 'or_pattern'],
  as_pattern: [
    [`a=or_pattern 'as' b=pattern_capture_target`, (p, a, b: Name) => new MatchAs(a, b.id, ...p.at())],
    'invalid_as_pattern',
  ],
  or_pattern: [[`a='|'.closed_pattern+`, (p, a: pattern[]) => (a.length === 1 ? a[0] : new MatchOr(a, ...p.at()))]],
  closed_pattern: {
    memo: true,
    alts: [
      'literal_pattern',
      'capture_pattern',
      'wildcard_pattern',
      'value_pattern',
      'group_pattern',
      'sequence_pattern',
      'mapping_pattern',
      'class_pattern',
    ],
  },
  literal_pattern: [
    [`value=signed_number !('+' | '-')`, (p, value) => new MatchValue(value, ...p.at())],
    ['value=complex_number', (p, value) => new MatchValue(value, ...p.at())],
    ['value=strings', (p, value) => new MatchValue(value, ...p.at())],
    [`'None'`, p => new MatchSingleton(null, ...p.at())],
    [`'True'`, p => new MatchSingleton(true, ...p.at())],
    [`'False'`, p => new MatchSingleton(false, ...p.at())],
  ],
  literal_expr: [
    `a=signed_number !('+' | '-')`,
    'complex_number',
    '&(STRING | FSTRING_START | TSTRING_START) a=strings',
    [`'None'`, p => new Constant(null, null, ...p.at())],
    [`'True'`, p => new Constant(true, null, ...p.at())],
    [`'False'`, p => new Constant(false, null, ...p.at())],
  ],
  complex_number: [
    [`real=signed_real_number '+' imag=imaginary_number`, (p, a, b) => new BinOp(a, 'Add', b, ...p.at())],
    [`real=signed_real_number '-' imag=imaginary_number`, (p, a, b) => new BinOp(a, 'Sub', b, ...p.at())],
  ],
  signed_number: ['NUMBER', [`'-' number=NUMBER`, (p, a) => new UnaryOp('USub', a, ...p.at())]],
  signed_real_number: ['real_number', [`'-' real=real_number`, (p, a) => new UnaryOp('USub', a, ...p.at())]],
  real_number: [
    [
      'real=NUMBER',
      (p, a: expr) => {
        if (isComplex(a)) throw p.errorAt(a, 'real number required in complex literal');
        return a;
      },
    ],
  ],
  imaginary_number: [
    [
      'imag=NUMBER',
      (p, a: expr) => {
        if (!isComplex(a)) throw p.errorAt(a, 'imaginary number required in complex literal');
        return a;
      },
    ],
  ],
  capture_pattern: [['target=pattern_capture_target', (p, a: Name) => new MatchAs(null, a.id, ...p.at())]],
  pattern_capture_target: [[`!"_" name=NAME !('.' | '(' | '=')`, (_p, a) => withContext(a, 'Store')]],
  wildcard_pattern: [[`"_"`, p => new MatchAs(null, null, ...p.at())]],
  value_pattern: [[`attr=attr !('.' | '(' | '=')`, (p, a) => new MatchValue(a, ...p.at())]],
  attr: {
    leftRecursive: true,
    alts: [[`value=name_or_attr '.' attr=NAME`, (p, a, b: Name) => new Attribute(a, b.id, 'Load', ...p.at())]],
  },
  name_or_attr: ['attr', 'NAME'],
  group_pattern: [`'(' a=pattern ')'`],
  sequence_pattern: [
    [`'[' a=maybe_sequence_pattern? ']'`, (p, a) => new MatchSequence(a ?? [], ...p.at())],
    [`'(' a=open_sequence_pattern? ')'`, (p, a) => new MatchSequence(a ?? [], ...p.at())],
  ],
  open_sequence_pattern: [[`a=maybe_star_pattern ',' b=maybe_sequence_pattern?`, (_p, a, b) => [a, ...(b ?? [])]]],
  maybe_sequence_pattern: [[`a=','.maybe_star_pattern+ ','?`, list]],
  maybe_star_pattern: ['star_pattern', 'pattern'],
  star_pattern: {
    memo: true,
    alts: [
      [`'*' target=pattern_capture_target`, (p, a: Name) => new MatchStar(a.id, ...p.at())],
      [`'*' wildcard_pattern`, p => new MatchStar(null, ...p.at())],
    ],
  },
  mapping_pattern: [
    [`'{' '}'`, p => mappingPattern(p, [], null)],
    [`'{' rest=double_star_pattern ','? '}'`, (p, rest) => mappingPattern(p, [], rest)],
    [
      `'{' items=items_pattern ',' rest=double_star_pattern ','? '}'`,
      (p, items, rest) => mappingPattern(p, items, rest),
    ],
    [`'{' items=items_pattern ','? '}'`, (p, items) => mappingPattern(p, items, null)],
  ],
  items_pattern: [`','.key_value_pattern+`],
  key_value_pattern: [[`key=(literal_expr | attr) ':' pattern=pattern`, keyPattern]],
  double_star_pattern: [`'**' target=pattern_capture_target`],
  class_pattern: [
    [`cls=name_or_attr '(' ')'`, (p, cls) => classPattern(p, cls, [], [])],
    [`cls=name_or_attr '(' a=positional_patterns ','? ')'`, (p, cls, a) => classPattern(p, cls, a, [])],
    [`cls=name_or_attr '(' k=keyword_patterns ','? ')'`, (p, cls, k) => classPattern(p, cls, [], k)],
    [
      `cls=name_or_attr '(' a=positional_patterns ',' k=keyword_patterns ','? ')'`,
      (p, cls, a, k) => classPattern(p, cls, a, k),
    ],
    'invalid_class_pattern',
  ],
  positional_patterns: [[`args=','.pattern+`, list]],
  keyword_patterns: [`','.keyword_pattern+`],
  keyword_pattern: [[`arg=NAME '=' value=pattern`, keyPattern]],
};
