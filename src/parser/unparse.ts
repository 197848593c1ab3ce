// unparse.ts: an expression back to source text.                                     CPython: Python/ast_unparse.c
//
// `from __future__ import annotations` keeps annotations as the strings made here, so the text is CPython's to the last
// parenthesis. (`ast.unparse` is Python code and has its own rules.)
// An expression is written with the binding strength its surroundings ask for, and in parentheses if its own is less.
// Enter through: unparse.
import type { arguments_, comprehension, expr, operator } from './ast.generated.ts';
import { Complex, type Constant, FrozenSet, PyTuple, SurrogateStr } from './constants.ts';
import { isPrintable } from './identifiers.ts';

/** Binding strengths, weakest first. */
const PR_TUPLE = 0;
const PR_TEST = 1;
const PR_OR = 2;
const PR_AND = 3;
const PR_NOT = 4;
const PR_CMP = 5;
const PR_EXPR = 6;
const PR_BOR = PR_EXPR;
const PR_BXOR = 7;
const PR_BAND = 8;
const PR_SHIFT = 9;
const PR_ARITH = 10;
const PR_TERM = 11;
const PR_FACTOR = 12;
const PR_POWER = 13;
const PR_AWAIT = 14;
const PR_ATOM = 15;

const BINARY: Readonly<Record<operator, readonly [sign: string, strength: number]>> = {
  Add: [' + ', PR_ARITH],
  Sub: [' - ', PR_ARITH],
  Mult: [' * ', PR_TERM],
  MatMult: [' @ ', PR_TERM],
  Div: [' / ', PR_TERM],
  Mod: [' % ', PR_TERM],
  LShift: [' << ', PR_SHIFT],
  RShift: [' >> ', PR_SHIFT],
  BitOr: [' | ', PR_BOR],
  BitXor: [' ^ ', PR_BXOR],
  BitAnd: [' & ', PR_BAND],
  FloorDiv: [' // ', PR_TERM],
  Pow: [' ** ', PR_POWER],
};

const COMPARISON = {
  Eq: ' == ',
  NotEq: ' != ',
  Lt: ' < ',
  LtE: ' <= ',
  Gt: ' > ',
  GtE: ' >= ',
  Is: ' is ',
  IsNot: ' is not ',
  In: ' in ',
  NotIn: ' not in ',
} as const;

const UNARY = {
  Invert: ['~', PR_FACTOR],
  Not: ['not ', PR_NOT],
  UAdd: ['+', PR_FACTOR],
  USub: ['-', PR_FACTOR],
} as const;

/** The source text of an expression. CPython: Python/ast_unparse.c:_PyAST_ExprAsUnicode */
export function unparse(node: expr): string {
  return write(node, PR_TEST);
}

const parenthesise = (text: string, level: number, own: number): string => (level > own ? `(${text})` : text);
const writeAll = (nodes: readonly expr[], level: number): string => nodes.map(node => write(node, level)).join(', ');

function write(node: expr, level: number): string {
  switch (node._type) {
    case 'BoolOp': {
      const own = node.op === 'And' ? PR_AND : PR_OR;
      const sign = node.op === 'And' ? ' and ' : ' or ';
      return parenthesise(node.values.map(value => write(value, own + 1)).join(sign), level, own);
    }
    case 'BinOp': {
      const [sign, own] = BINARY[node.op];
      const right = node.op === 'Pow' ? 1 : 0;
      const text = write(node.left, own + right) + sign + write(node.right, own + 1 - right);
      return parenthesise(text, level, own);
    }
    case 'UnaryOp': {
      const [sign, own] = UNARY[node.op];
      return parenthesise(sign + write(node.operand, own), level, own);
    }
    case 'Lambda': {
      const args = writeArguments(node.args);
      // CPython puts the space before positional parameters only.
      const space = node.args.posonlyargs.length + node.args.args.length > 0 ? ' ' : '';
      const head = `lambda${space}${args}`;
      return parenthesise(`${head}: ${write(node.body, PR_TEST)}`, level, PR_TEST);
    }
    case 'IfExp': {
      const body = write(node.body, PR_TEST + 1);
      const test = write(node.test, PR_TEST + 1);
      return parenthesise(`${body} if ${test} else ${write(node.orelse, PR_TEST)}`, level, PR_TEST);
    }
    case 'Dict': {
      const items = node.keys.map((key, i) =>
        key === null
          ? `**${write(node.values[i]!, PR_EXPR)}`
          : `${write(key, PR_TEST)}: ${write(node.values[i]!, PR_TEST)}`,
      );
      return `{${items.join(', ')}}`;
    }
    case 'Set':
      return `{${writeAll(node.elts, PR_TEST)}}`;
    case 'GeneratorExp':
      return `(${write(node.elt, PR_TEST)}${writeClauses(node.generators)})`;
    case 'ListComp':
      return `[${write(node.elt, PR_TEST)}${writeClauses(node.generators)}]`;
    case 'SetComp':
      return `{${write(node.elt, PR_TEST)}${writeClauses(node.generators)}}`;
    case 'DictComp':
      return `{${write(node.key, PR_TEST)}: ${write(node.value, PR_TEST)}${writeClauses(node.generators)}}`;
    case 'Yield':
      return node.value === null ? '(yield)' : `(yield ${write(node.value, PR_TEST)})`;
    case 'YieldFrom':
      return `(yield from ${write(node.value, PR_TEST)})`;
    case 'Await':
      return parenthesise(`await ${write(node.value, PR_ATOM)}`, level, PR_AWAIT);
    case 'Compare': {
      const rest = node.ops.map((op, i) => COMPARISON[op] + write(node.comparators[i]!, PR_CMP + 1));
      return parenthesise(write(node.left, PR_CMP + 1) + rest.join(''), level, PR_CMP);
    }
    case 'Call': {
      const func = write(node.func, PR_ATOM);
      const { args, keywords } = node;
      if (args.length === 1 && keywords.length === 0 && args[0]!._type === 'GeneratorExp') {
        return func + write(args[0]!, PR_ATOM);
      }
      const items = args.map(arg => write(arg, PR_TEST));
      for (const { arg, value } of keywords) items.push((arg === null ? '**' : `${arg}=`) + write(value, PR_TEST));
      return `${func}(${items.join(', ')})`;
    }
    case 'Constant':
      return node.kind === null ? constantRepr(node.value) : node.kind + constantRepr(node.value);
    case 'JoinedStr':
      return `f${strRepr(stringBody(node.values))}`;
    case 'TemplateStr':
      return `t${strRepr(stringBody(node.values))}`;
    case 'FormattedValue':
    case 'Interpolation':
      return writeField(node);
    case 'Attribute': {
      const value = write(node.value, PR_ATOM);
      // `3.real` would read as a float.
      const isInt = node.value._type === 'Constant' && typeof node.value.value === 'bigint';
      return `${value}${isInt ? ' .' : '.'}${node.attr}`;
    }
    case 'Starred':
      return `*${write(node.value, PR_EXPR)}`;
    case 'Name':
      return node.id;
    case 'List':
      return `[${writeAll(node.elts, PR_TEST)}]`;
    case 'Tuple': {
      if (node.elts.length === 0) return '()';
      const comma = node.elts.length === 1 ? ',' : '';
      return parenthesise(writeAll(node.elts, PR_TEST) + comma, level, PR_TUPLE);
    }
    case 'Subscript':
      return `${write(node.value, PR_ATOM)}[${write(node.slice, PR_TUPLE)}]`;
    case 'Slice': {
      const part = (value: expr | null): string => (value === null ? '' : write(value, PR_TEST));
      const step = node.step === null ? '' : `:${write(node.step, PR_TEST)}`;
      return `${part(node.lower)}:${part(node.upper)}${step}`;
    }
    case 'NamedExpr':
      return parenthesise(`${write(node.target, PR_ATOM)} := ${write(node.value, PR_ATOM)}`, level, PR_TUPLE);
  }
}

function writeClauses(clauses: readonly comprehension[]): string {
  let text = '';
  for (const { target, iter, ifs, is_async } of clauses) {
    text += `${is_async ? ' async for ' : ' for '}${write(target, PR_TUPLE)} in ${write(iter, PR_TEST + 1)}`;
    for (const test of ifs) text += ` if ${write(test, PR_TEST + 1)}`;
  }
  return text;
}

/** CPython: append_ast_args */
function writeArguments(args: arguments_): string {
  const items: string[] = [];
  const name = (a: { arg: string; annotation: expr | null }): string =>
    a.annotation === null ? a.arg : `${a.arg}: ${write(a.annotation, PR_TEST)}`;
  const positional = [...args.posonlyargs, ...args.args];
  const plain = positional.length - args.defaults.length;
  positional.forEach((a, i) => {
    items.push(i < plain ? name(a) : `${name(a)}=${write(args.defaults[i - plain]!, PR_TEST)}`);
    if (i + 1 === args.posonlyargs.length) items.push('/');
  });
  if (args.vararg !== null || args.kwonlyargs.length > 0) {
    items.push(args.vararg === null ? '*' : `*${name(args.vararg)}`);
  }
  args.kwonlyargs.forEach((a, i) => {
    const value = args.kw_defaults[i] ?? null;
    items.push(value === null ? name(a) : `${name(a)}=${write(value, PR_TEST)}`);
  });
  if (args.kwarg !== null) items.push(`**${name(args.kwarg)}`);
  return items.join(', ');
}

// ---- f- and t-strings -----------------------------------------------------------------------------------------------

/** The contents of a string literal, before it is quoted. CPython: build_ftstring_body */
function stringBody(values: readonly expr[]): string | SurrogateStr {
  let text = '';
  for (const value of values) {
    if (value._type === 'Constant') {
      text += plainText(value.value).replaceAll('{', '{{').replaceAll('}', '}}');
    } else if (value._type === 'JoinedStr' || value._type === 'TemplateStr') {
      text += plainText(stringBody(value.values));
    } else text += write(value, PR_TEST);
  }
  return text;
}

const plainText = (value: Constant): string =>
  value instanceof SurrogateStr ? String.fromCodePoint(...value.points) : String(value);

function writeField(node: expr & { _type: 'FormattedValue' | 'Interpolation' }): string {
  // Stronger than PR_TEST, so that a lambda's colon does not read as the format spec's.
  const value = node._type === 'Interpolation' ? plainText(node.str) : write(node.value, PR_TEST + 1);
  let text = value.startsWith('{') ? `{ ${value}` : `{${value}`;
  if (node.conversion > 0) text += `!${String.fromCharCode(node.conversion)}`;
  const spec = node.format_spec;
  if (spec !== null)
    text += `:${spec._type === 'JoinedStr' ? plainText(stringBody(spec.values)) : write(spec, PR_TEST)}`;
  return `${text}}`;
}

// ---- constants ------------------------------------------------------------------------------------------------------

/** repr() of a constant; infinity is spelt so that it can be read back. */
function constantRepr(value: Constant): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'symbol':
      return '...';
    case 'bigint':
      return String(value);
    case 'number':
      return floatRepr(value).replaceAll('inf', '1e309');
    case 'string':
      return strRepr(value);
  }
  if (value instanceof SurrogateStr) return strRepr(value);
  if (value instanceof Uint8Array) return bytesRepr(value);
  if (value instanceof Complex) {
    const part = (x: number): string => floatRepr(x).replace(/\.0$/, '').replaceAll('inf', '1e309');
    const { real, imag } = value;
    if (real === 0 && !Object.is(real, -0)) return `${part(imag)}j`;
    const sign = imag >= 0 && !Object.is(imag, -0) ? '+' : '';
    return `(${part(real)}${sign}${part(imag)}j)`;
  }
  if (value instanceof PyTuple) {
    const items = value.items.map(constantRepr);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  if (value instanceof FrozenSet) return `frozenset({${value.items.map(constantRepr).join(', ')}})`;
  return 'None';
}

/** CPython: Objects/floatobject.c:float_repr */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) {
    const text = value.toString();
    if (!text.includes('e')) return text.includes('.') ? text : `${text}.0`;
    return value.toFixed(Math.max(digits.replace(/[-.]/g, '').length - 1 - exponent, 1));
  }
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

/** `printable` says of a character beyond ASCII whether it is shown as it is. CPython: Objects/unicodeobject.c:unicode_repr */
export function strRepr(value: string | SurrogateStr, printable: (point: number) => boolean = isPrintable): string {
  if (typeof value === 'string' && /^[ -&(-[\]-~]*$/.test(value)) return `'${value}'`;
  const points = typeof value === 'string' ? Array.from(value, ch => ch.codePointAt(0)!) : value.points;
  const quote = points.includes(39) && !points.includes(34) ? '"' : "'";
  let text = '';
  for (const c of points) {
    if (c === 92 || c === quote.charCodeAt(0)) text += `\\${String.fromCharCode(c)}`;
    else if (c === 9) text += '\\t';
    else if (c === 10) text += '\\n';
    else if (c === 13) text += '\\r';
    else if (c < 32 || c === 127) text += `\\x${hex(c, 2)}`;
    else if (c < 127) text += String.fromCharCode(c);
    else if (!(c >= 0xd800 && c <= 0xdfff) && printable(c)) text += String.fromCodePoint(c);
    else if (c <= 0xff) text += `\\x${hex(c, 2)}`;
    else text += c <= 0xffff ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;
  }
  return quote + text + quote;
}

/** CPython: Objects/bytesobject.c:PyBytes_Repr */
export function bytesRepr(value: Uint8Array): string {
  const quote = value.includes(39) && !value.includes(34) ? '"' : "'";
  let text = '';
  for (const c of value) {
    if (c === 92 || c === quote.charCodeAt(0)) text += `\\${String.fromCharCode(c)}`;
    else if (c === 9) text += '\\t';
    else if (c === 10) text += '\\n';
    else if (c === 13) text += '\\r';
    else text += c < 32 || c >= 127 ? `\\x${hex(c, 2)}` : String.fromCharCode(c);
  }
  return `b${quote}${text}${quote}`;
}
