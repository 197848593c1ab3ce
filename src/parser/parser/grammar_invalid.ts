// grammar_invalid.ts: the rules that recognise wrong programs, and what is said about them.   CPython: Grammar/python.gram, "START OF INVALID RULES"
//
// They take part in the second pass only. A rule either throws or does not match; its place among the alternatives of
// the rule that mentions it (grammar_statements.ts, grammar_expressions.ts) decides which of several errors is seen.
import type { comprehension, expr, Name, pattern, stmt } from '../ast.generated.ts';
import type { Token } from '../token.ts';
import type { Action, GrammarSource } from './grammar.ts';
import type { CallArguments } from './grammar_expressions.ts';
import { expressionName, type Machine, type Span } from './machine.ts';

/** At the last token fetched. */
const say =
  (msg: string): Action =>
  p => {
    throw p.error(msg);
  };
/** At the first named item. */
const sayAt =
  (msg: string): Action =>
  (p, a: Span) => {
    throw p.errorAt(a, msg);
  };
/** From the first to the second named item. */
const sayRange =
  (msg: string): Action =>
  (p, a: Span, b: Span) => {
    throw p.errorRange(a, b, msg);
  };
/** From the first named item to the furthest token. */
const sayFrom =
  (msg: string): Action =>
  (p, a: Span) => {
    throw p.errorFrom(a, msg);
  };
/** At the token that comes next. */
const sayNext =
  (msg: string): Action =>
  p => {
    throw p.errorOnNext(msg);
  };
/** An expression that cannot stand there. */
const sayKind =
  (before: string, after = ''): Action =>
  (p, a: expr) => {
    throw p.errorAt(a, `${before}${expressionName(a)}${after}`);
  };
const sayIndent =
  (what: string): Action =>
  (p, a: Token) => {
    throw p.indentationError(`expected an indented block after ${what} on line ${a.lineno}`);
  };
const badTarget =
  (kind: 'star' | 'del' | 'for'): Action =>
  (p, a: expr) =>
    p.invalidTarget(kind, a);

const lastOf = <T>(items: readonly T[]): T => items[items.length - 1]!;

/** The last expression of a comprehension. CPython: _PyPegen_get_last_comprehension_item */
const comprehensionEnd = (clauses: comprehension[]): expr => {
  const clause = lastOf(clauses);
  return clause.ifs.length === 0 ? clause.iter : lastOf(clause.ifs);
};

const generatorParentheses = (p: Machine, from: expr, clauses: comprehension[]): never => {
  throw p.errorRange(from, comprehensionEnd(clauses), 'Generator expression must be parenthesized');
};

const MAYBE_EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const isLegacy = (node: expr): boolean => node._type === 'Name' && (node.id === 'print' || node.id === 'exec');

// ---- expressions ----------------------------------------------------------------------------------------------------

const INVALID_EXPRESSIONS: GrammarSource = {
  invalid_arguments: [
    [
      `((','.(starred_expression | (assignment_expression | expression !':=') !'=')+ ',' kwargs) | kwargs) a=',' ','.(starred_expression !'=')+`,
      sayFrom('iterable argument unpacking follows keyword argument unpacking'),
    ],
    [
      `a=expression b=for_if_clauses ',' [args | expression for_if_clauses]`,
      (p, a, b) => generatorParentheses(p, a, b),
    ],
    [`a=NAME b='=' expression for_if_clauses`, sayRange(MAYBE_EQUALS)],
    [`[(args ',')] a=NAME b='=' &(',' | ')')`, sayRange('expected argument value expression')],
    [
      'a=args b=for_if_clauses',
      (p, a: CallArguments, b) => (a.args.length <= 1 ? null : generatorParentheses(p, lastOf(a.args), b)),
    ],
    [`args ',' a=expression b=for_if_clauses`, (p, a, b) => generatorParentheses(p, a, b)],
    [
      `a=args ',' args`,
      (p, a: CallArguments) => {
        const unpacking = a.keywords.some(k => k.arg === null) ? ' unpacking' : '';
        throw p.error(`positional argument follows keyword argument${unpacking}`);
      },
    ],
  ],
  invalid_kwarg: [
    [
      `a=('True' | 'False' | 'None') b='='`,
      (p, a: Token, b: Token) => {
        throw p.errorRange(a, b, `cannot assign to ${a.string}`);
      },
    ],
    [`a=NAME b='=' expression for_if_clauses`, sayRange(MAYBE_EQUALS)],
    [`!(NAME '=') a=expression b='='`, sayRange('expression cannot contain assignment, perhaps you meant "=="?')],
    [`a='**' expression '=' b=expression`, sayRange('cannot assign to keyword argument unpacking')],
  ],
  invalid_legacy_expression: [
    [
      `a=NAME !'(' b=star_expressions`,
      (p, a: Name, b) => {
        if (!isLegacy(a)) return null;
        throw p.errorRange(a, b, `Missing parentheses in call to '${a.id}'. Did you mean ${a.id}(...)?`);
      },
    ],
  ],
  invalid_expression: [
    [
      'STRING a=(!STRING b=expression_without_invalid)+ STRING',
      (p, a: expr[]) => {
        throw p.errorRange(a[0]!, lastOf(a), 'invalid syntax. Is this intended to be part of the string?');
      },
    ],
    [
      '!(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid',
      (p, a: expr, b: expr) => {
        if (isLegacy(a) || p.ctx.tokens[p.mark - 1]!.level === 0) return null;
        throw p.errorRange(a, b, 'invalid syntax. Perhaps you forgot a comma?');
      },
    ],
    [`a=disjunction 'if' b=disjunction !('else' | ':')`, sayRange("expected 'else' after 'if' expression")],
    [
      `a=disjunction 'if' b=disjunction 'else' !expression`,
      sayNext("expected expression after 'else', but statement is given"),
    ],
    [
      `a=(pass_stmt | break_stmt | continue_stmt) 'if' b=disjunction 'else' c=simple_stmt`,
      (p, a: stmt) => {
        throw p.errorAt(a, "expected expression before 'if', but statement is given");
      },
    ],
    [
      `a='lambda' [lambda_params] b=':' &FSTRING_MIDDLE`,
      sayRange('f-string: lambda expressions are not allowed without parentheses'),
    ],
    [
      `a='lambda' [lambda_params] b=':' &TSTRING_MIDDLE`,
      sayRange('t-string: lambda expressions are not allowed without parentheses'),
    ],
  ],
  invalid_named_expression: {
    memo: true,
    alts: [
      [`a=expression ':=' expression`, sayKind('cannot use assignment expressions with ')],
      [`a=NAME '=' b=bitwise_or !('=' | ':=')`, sayRange(MAYBE_EQUALS)],
      [
        `!(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or b='=' bitwise_or !('=' | ':=')`,
        sayKind('cannot assign to ', " here. Maybe you meant '==' instead of '='?"),
      ],
    ],
  },
  invalid_comprehension: [
    [
      `('[' | '(' | '{') a=starred_expression for_if_clauses`,
      sayAt('iterable unpacking cannot be used in comprehension'),
    ],
    [
      `('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses`,
      (p, a: expr, b: expr[]) => {
        throw p.errorRange(a, lastOf(b), 'did you forget parentheses around the comprehension target?');
      },
    ],
    [
      `('[' | '{') a=star_named_expression b=',' for_if_clauses`,
      sayRange('did you forget parentheses around the comprehension target?'),
    ],
  ],
  invalid_dict_comprehension: [
    [`'{' a='**' bitwise_or for_if_clauses '}'`, sayAt('dict unpacking cannot be used in dict comprehension')],
  ],
  invalid_group: [
    [`'(' a=starred_expression ')'`, sayAt('cannot use starred expression here')],
    [`'(' a='**' expression ')'`, sayAt('cannot use double starred expression here')],
  ],
  invalid_double_starred_kvpairs: [
    `','.double_starred_kvpair+ ',' invalid_kvpair`,
    [`expression ':' a='*' bitwise_or`, sayFrom('cannot use a starred expression in a dictionary value')],
    [`expression a=':' &('}' | ',')`, sayAt("expression expected after dictionary key and ':'")],
  ],
  invalid_kvpair: [
    [
      `a=expression !(':')`,
      (p, a: expr) => {
        const msg = "':' expected after dictionary key";
        throw p.ctx.errorAt('SyntaxError', msg, a.lineno, a.end_col_offset - 1, a.end_lineno, -1);
      },
    ],
    [`expression ':' a='*' bitwise_or`, sayFrom('cannot use a starred expression in a dictionary value')],
    [`expression a=':' &('}' | ',')`, sayAt("expression expected after dictionary key and ':'")],
  ],
  invalid_starred_expression_unpacking: [
    [`a='*' expression '=' b=expression`, sayRange('cannot assign to iterable argument unpacking')],
  ],
  invalid_starred_expression: [[`'*'`, say('Invalid star expression')]],
  invalid_for_if_clause: [
    [`'async'? 'for' (bitwise_or (',' bitwise_or)* [',']) !'in'`, say("'in' expected after for-loop variables")],
  ],
  invalid_for_target: [[`'async'? 'for' a=star_expressions`, badTarget('for')]],
  invalid_arithmetic: [
    [
      `sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') a='not' b=inversion`,
      sayRange("'not' after an operator must be parenthesized"),
    ],
  ],
  invalid_factor: [[`('+' | '-' | '~') a='not' b=factor`, sayRange("'not' after an operator must be parenthesized")]],
  invalid_lt_bitwise_or: [
    [
      `a='<' b='>'`,
      (p, a: Token, b: Token) => {
        if (a.end_lineno !== b.lineno || a.end_col_offset !== b.col_offset) return null;
        throw p.errorRange(a, b, "invalid syntax.  Maybe you meant '!=' instead of '<>'?");
      },
    ],
  ],
  invalid_string_tstring_concat: [
    [
      'a=(fstring | string)+ b=tstring',
      (p, a: expr[], b) => {
        throw p.errorRange(lastOf(a), b, 'cannot mix t-string literals with string or bytes literals');
      },
    ],
    [
      'a=tstring+ b=(fstring | string)',
      (p, a: expr[], b) => {
        throw p.errorRange(lastOf(a), b, 'cannot mix t-string literals with string or bytes literals');
      },
    ],
  ],
  ...invalidFields('f'),
  ...invalidFields('t'),
};

function invalidFields(kind: 'f' | 't'): GrammarSource {
  const name = `${kind}string`;
  const prefix = `${kind}-string: `;
  const required = (sign: string): [string, Action] => [
    `'{' a='${sign}'`,
    sayAt(`${prefix}valid expression required before '${sign}'`),
  ];
  return {
    [`invalid_${name}_replacement_field`]: [
      required('='),
      required('!'),
      required(':'),
      required('}'),
      [`'{' !annotated_rhs`, sayNext(`${prefix}expecting a valid expression after '{'`)],
      [`'{' annotated_rhs !('=' | '!' | ':' | '}')`, sayNext(`${prefix}expecting '=', or '!', or ':', or '}'`)],
      [`'{' annotated_rhs '=' !('!' | ':' | '}')`, sayNext(`${prefix}expecting '!', or ':', or '}'`)],
      `'{' annotated_rhs '='? invalid_${name}_conversion_character`,
      [`'{' annotated_rhs '='? ['!' NAME] !(':' | '}')`, sayNext(`${prefix}expecting ':' or '}'`)],
      [
        `'{' annotated_rhs '='? ['!' NAME] ':' fstring_format_spec* !'}'`,
        sayNext(`${prefix}expecting '}', or format specs`),
      ],
      [`'{' annotated_rhs '='? ['!' NAME] !'}'`, sayNext(`${prefix}expecting '}'`)],
    ],
    [`invalid_${name}_conversion_character`]: [
      [`'!' &(':' | '}')`, sayNext(`${prefix}missing conversion character`)],
      [`'!' !NAME`, sayNext(`${prefix}invalid conversion character`)],
    ],
  };
}

// ---- statements -----------------------------------------------------------------------------------------------------

const INVALID_STATEMENTS: GrammarSource = {
  invalid_assignment: [
    [`a=invalid_ann_assign_target ':' expression`, sayKind('only single target (not ', ') can be annotated')],
    [
      `a=star_named_expression ',' star_named_expressions* ':' expression`,
      sayAt('only single target (not tuple) can be annotated'),
    ],
    [`a=expression ':' expression`, sayAt('illegal target for annotation')],
    [`(star_targets '=')* a=star_expressions '='`, badTarget('star')],
    [`(star_targets '=')* a=yield_expr '='`, sayAt('assignment to yield expression not possible')],
    [
      'a=star_expressions augassign annotated_rhs',
      (p, a: expr) => {
        throw p.errorAt(a, `'${expressionName(a)}' is an illegal expression for augmented assignment`);
      },
    ],
  ],
  invalid_ann_assign_target: ['list', 'tuple', `'(' a=invalid_ann_assign_target ')'`],
  invalid_del_stmt: [[`'del' a=star_expressions`, badTarget('del')]],
  invalid_block: [
    [
      'NEWLINE !INDENT',
      p => {
        throw p.indentationError('expected an indented block');
      },
    ],
  ],
  invalid_import: [
    [`a='import' ','.dotted_name+ 'from' dotted_name`, sayFrom("Did you mean to use 'from ... import ...' instead?")],
    [`'import' token=NEWLINE`, sayFrom("Expected one or more names after 'import'")],
  ],
  invalid_dotted_as_name: [
    [`dotted_name 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression`, sayKind('cannot use ', ' as import target')],
  ],
  invalid_import_from_as_name: [
    [`NAME 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression`, sayKind('cannot use ', ' as import target')],
  ],
  invalid_import_from_targets: [
    [`import_from_as_names ',' NEWLINE`, say('trailing comma not allowed without surrounding parentheses')],
    ['token=NEWLINE', sayFrom("Expected one or more names after 'import'")],
  ],
  invalid_double_type_comments: [
    ['TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT', say('Cannot have two type comments on def')],
  ],
  invalid_with_item: [[`expression 'as' a=expression &(',' | ')' | ':')`, badTarget('star')]],
  invalid_with_stmt: [
    [`['async'] 'with' ','.(expression ['as' star_target])+ NEWLINE`, say("expected ':'")],
    [`['async'] 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' NEWLINE`, say("expected ':'")],
  ],
  invalid_with_stmt_indent: [
    [`['async'] a='with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT`, sayIndent("'with' statement")],
    [
      `['async'] a='with' '(' ','.(expressions ['as' star_target])+ ','? ')' ':' NEWLINE !INDENT`,
      sayIndent("'with' statement"),
    ],
  ],
  invalid_try_stmt: [
    [`a='try' ':' NEWLINE !INDENT`, sayIndent("'try' statement")],
    [`'try' ':' block !('except' | 'finally')`, say("expected 'except' or 'finally' block")],
    [
      `'try' ':' block* except_block+ a='except' b='*' expression ['as' NAME] ':'`,
      sayRange("cannot have both 'except' and 'except*' on the same 'try'"),
    ],
    [
      `'try' ':' block* except_star_block+ a='except' [expression ['as' NAME]] ':'`,
      sayAt("cannot have both 'except' and 'except*' on the same 'try'"),
    ],
  ],
  invalid_except_stmt: [
    [
      `'except' a=expression ',' expressions 'as' NAME ':'`,
      sayFrom("multiple exception types must be parenthesized when using 'as'"),
    ],
    [`'except' expression ['as' NAME] NEWLINE`, say("expected ':'")],
    [`'except' NEWLINE`, say("expected ':'")],
    [`'except' expression 'as' a=expression ':' block`, sayKind('cannot use except statement with ')],
  ],
  invalid_except_star_stmt: [
    [
      `'except' '*' a=expression ',' expressions 'as' NAME ':'`,
      sayFrom("multiple exception types must be parenthesized when using 'as'"),
    ],
    [`'except' '*' expression ['as' NAME] NEWLINE`, say("expected ':'")],
    [`'except' '*' (NEWLINE | ':')`, say('expected one or more exception types')],
    [`'except' '*' expression 'as' a=expression ':' block`, sayKind('cannot use except* statement with ')],
  ],
  invalid_finally_stmt: [[`a='finally' ':' NEWLINE !INDENT`, sayIndent("'finally' statement")]],
  invalid_except_stmt_indent: [
    [`a='except' expression ['as' NAME] ':' NEWLINE !INDENT`, sayIndent("'except' statement")],
    [`a='except' ':' NEWLINE !INDENT`, sayIndent("'except' statement")],
  ],
  invalid_except_star_stmt_indent: [
    [`a='except' '*' expression ['as' NAME] ':' NEWLINE !INDENT`, sayIndent("'except*' statement")],
  ],
  invalid_if_stmt: [
    [`'if' named_expression NEWLINE`, say("expected ':'")],
    [`a='if' named_expression ':' NEWLINE !INDENT`, sayIndent("'if' statement")],
  ],
  invalid_elif_stmt: [
    [`'elif' named_expression NEWLINE`, say("expected ':'")],
    [`a='elif' named_expression ':' NEWLINE !INDENT`, sayIndent("'elif' statement")],
  ],
  invalid_else_stmt: [
    [`a='else' ':' NEWLINE !INDENT`, sayIndent("'else' statement")],
    [`'else' ':' block 'elif'`, say("'elif' block follows an 'else' block")],
  ],
  invalid_while_stmt: [
    [`'while' named_expression NEWLINE`, say("expected ':'")],
    [`a='while' named_expression ':' NEWLINE !INDENT`, sayIndent("'while' statement")],
  ],
  invalid_for_stmt: [
    [`['async'] 'for' star_targets 'in' star_expressions NEWLINE`, say("expected ':'")],
    [`['async'] a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT`, sayIndent("'for' statement")],
  ],
  invalid_def_raw: [
    [
      `['async'] a='def' NAME [type_params] '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT`,
      sayIndent('function definition'),
    ],
    `['async'] 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block`,
  ],
  invalid_class_def_raw: [
    [`'class' NAME [type_params] ['(' [arguments] ')'] NEWLINE`, say("expected ':'")],
    [`a='class' NAME [type_params] ['(' [arguments] ')'] ':' NEWLINE !INDENT`, sayIndent('class definition')],
  ],
  invalid_type_params: [[`'[' token=']'`, sayFrom('Type parameter list cannot be empty')]],
  invalid_type_param: [
    [`'*' NAME colon=':' e=expression`, typeParamBound('TypeVarTuple')],
    [`'**' NAME colon=':' e=expression`, typeParamBound('ParamSpec')],
  ],
};

function typeParamBound(what: string): Action {
  return (p, colon: Token, e: expr) => {
    throw p.errorFrom(colon, `cannot use ${e._type === 'Tuple' ? 'constraints' : 'bound'} with ${what}`);
  };
}

const INVALID_PATTERNS: GrammarSource = {
  invalid_match_stmt: [
    [`"match" subject_expr NEWLINE`, say("expected ':'")],
    [`a="match" subject=subject_expr ':' NEWLINE !INDENT`, sayIndent("'match' statement")],
  ],
  invalid_case_block: [
    [`"case" patterns guard? NEWLINE`, say("expected ':'")],
    [`a="case" patterns guard? ':' NEWLINE !INDENT`, sayIndent("'case' statement")],
  ],
  invalid_as_pattern: [
    [`or_pattern 'as' a="_"`, sayAt("cannot use '_' as a target")],
    [`or_pattern 'as' a=expression`, sayKind('cannot use ', ' as pattern target')],
  ],
  invalid_class_pattern: [
    [
      `name_or_attr '(' a=invalid_class_argument_pattern`,
      (p, a: pattern[]) => {
        throw p.errorRange(a[0]!, lastOf(a), 'positional patterns follow keyword patterns');
      },
    ],
  ],
  invalid_class_argument_pattern: [`[positional_patterns ','] keyword_patterns ',' a=positional_patterns`],
};

// ---- parameters -----------------------------------------------------------------------------------------------------

function invalidParameters(pre: string): GrammarSource {
  const isDef = pre === '';
  const parenthesised = isDef ? `a='(' param_no_default+ ','? b=')'` : `a='(' ','.lambda_param+ ','? b=')'`;
  const what = isDef ? 'Function' : 'Lambda expression';
  const slashes = `(${pre}slash_no_default | ${pre}slash_with_default)`;
  return {
    [`invalid_${pre}parameters`]: [
      [`a="/" ','`, sayAt('at least one argument must precede /')],
      [`${slashes} ${pre}param_maybe_default* a='/'`, sayAt('/ may appear only once')],
      [
        `${pre}slash_no_default? ${pre}param_no_default* invalid_${pre}parameters_helper a=${pre}param_no_default`,
        sayAt('parameter without a default follows parameter with a default'),
      ],
      [`${pre}param_no_default* ${parenthesised}`, sayRange(`${what} parameters cannot be parenthesized`)],
      [
        `${slashes}? ${pre}param_maybe_default* '*' (',' | ${pre}param_no_default) ${pre}param_maybe_default* a='/'`,
        sayAt('/ must be ahead of *'),
      ],
      [`${pre}param_maybe_default+ '/' a='*'`, sayAt('expected comma between / and *')],
    ],
    [`invalid_${pre}parameters_helper`]: [`a=${pre}slash_with_default`, `${pre}param_with_default+`],
    [`invalid_${pre}star_etc`]: [
      ...(isDef
        ? ([
            [`a='*' (')' | ',' (')' | '**'))`, sayAt('named arguments must follow bare *')],
            [`'*' ',' TYPE_COMMENT`, say('bare * has associated type comment')],
          ] as [string, Action][])
        : ([[`'*' (':' | ',' (':' | '**'))`, say('named arguments must follow bare *')]] as [string, Action][])),
      [`'*' ${pre}param a='='`, sayAt('var-positional argument cannot have default value')],
      [
        `'*' (${pre}param_no_default | ',') ${pre}param_maybe_default* a='*' (${pre}param_no_default | ',')`,
        sayAt('* argument may appear only once'),
      ],
    ],
    [`invalid_${pre}kwds`]: [
      [`'**' ${pre}param a='='`, sayAt('var-keyword argument cannot have default value')],
      [`'**' ${pre}param ',' a=${pre}param`, sayAt('arguments cannot follow var-keyword argument')],
      [`'**' ${pre}param ',' a=('*' | '**' | '/')`, sayAt('arguments cannot follow var-keyword argument')],
    ],
  };
}

export const INVALID: GrammarSource = {
  ...INVALID_EXPRESSIONS,
  ...INVALID_STATEMENTS,
  ...INVALID_PATTERNS,
  ...invalidParameters(''),
  ...invalidParameters('lambda_'),
  invalid_default: [[`a='=' &(')' | ',')`, sayAt('expected default value expression')]],
};
