// strings.ts: string tokens to nodes, and adjacent literals to one node.     CPython: Parser/action_helpers.c (fstring part)
//
// Used by both parsers. The parts of an f- or t-string arrive as nodes: constants whose value is still undecoded text,
// FormattedValue or Interpolation nodes, and JoinedStr nodes for `{x=}` (its debug text and its value together).
import {
  Constant,
  type expr,
  FormattedValue,
  Interpolation,
  JoinedStr,
  type Name,
  TemplateStr,
} from '../ast.generated.ts';
import type { SurrogateStr } from '../constants.ts';
import { StringLiteralError } from '../string_literals.ts';
import type { Token } from '../token.ts';
import type { ParserContext } from './context.ts';
import { concatStr, decodeMiddle, parseString } from './literals.ts';

/** A conversion or a format spec, with the text of the expression before it. */
export interface FieldPart {
  readonly node: expr;
  readonly metadata: string | null;
}

/** CPython: Parser/action_helpers.c:_PyPegen_constant_from_string */
export function constantFromString(ctx: ParserContext, token: Token): Constant {
  const value = parseString(ctx, token);
  const kind = token.source.charCodeAt(token.start) === 117 ? 'u' : null;
  return new Constant(value, kind, token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
}

/** A literal part, not yet decoded: whether it is raw is known to the whole string only. */
export function rawMiddle(token: Token): Constant {
  return new Constant(token.string, null, token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
}

/** A literal part of a format spec. CPython: _PyPegen_decoded_constant_from_token */
export function specMiddle(ctx: ParserContext, raw: boolean, token: Token): Constant {
  const value = decodeMiddle(ctx, raw, token.string, token);
  return new Constant(value, null, token.lineno, token.col_offset, token.end_lineno, token.end_col_offset);
}

/** Has the f- or t-string that this START token begins the prefix 'r'? */
export function isRawStart(start: Token): boolean {
  const prefix = start.string;
  return prefix.includes('r') || prefix.includes('R');
}

/** A literal part that cannot be decoded, with the node it was to become. */
export class PartError {
  readonly error: StringLiteralError;
  readonly node: Constant;
  constructor(error: StringLiteralError, node: Constant) {
    this.error = error;
    this.node = node;
  }
}

function isEmptyStr(node: expr): boolean {
  return node._type === 'Constant' && node.value === '';
}

/** The values of an f- or t-string, decoded, without empty texts. CPython: _get_resized_exprs */
function decodeParts(ctx: ParserContext, start: Token, parts: readonly expr[], end: Token): expr[] {
  const raw = isRawStart(start);
  const values: expr[] = [];
  for (const part of parts) {
    if (part._type === 'JoinedStr' || part._type === 'TemplateStr') {
      // `{x=}`: the text of the expression is shown as it was written.
      values.push(...part.values);
      continue;
    }
    if (part._type === 'Constant') {
      const text = part.value as string;
      const value = decodePart(ctx, raw, text === '{{' || text === '}}' ? text.slice(1) : text, end, part);
      if (value === '') continue;
      part.value = value;
    }
    values.push(part);
  }
  return values;
}

function decodePart(ctx: ParserContext, raw: boolean, text: string, end: Token, node: Constant): string | SurrogateStr {
  try {
    return decodeMiddle(ctx, raw, text, end);
  } catch (e) {
    throw e instanceof StringLiteralError ? new PartError(e, node) : e;
  }
}

/** CPython: _PyPegen_joined_str */
export function joinedStr(ctx: ParserContext, start: Token, parts: readonly expr[], end: Token): JoinedStr {
  const values = decodeParts(ctx, start, parts, end);
  return new JoinedStr(values, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
}

/** CPython: _PyPegen_template_str */
export function templateStr(ctx: ParserContext, start: Token, parts: readonly expr[], end: Token): TemplateStr {
  const values = decodeParts(ctx, start, parts, end);
  return new TemplateStr(values, start.lineno, start.col_offset, end.end_lineno, end.end_col_offset);
}

/** CPython: _PyPegen_setup_full_format_spec */
export function formatSpec(
  spec: readonly expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): expr {
  const parts = spec.filter(part => !isEmptyStr(part));
  if (parts.length === 0 || (parts.length === 1 && parts[0]!._type === 'Constant')) {
    return new JoinedStr(parts, lineno, col_offset, end_lineno, end_col_offset);
  }
  return new JoinedStr(foldParts(parts), lineno, col_offset, end_lineno, end_col_offset);
}

/** One replacement field; `{x=}` gives a JoinedStr (or TemplateStr) of its text and its value. CPython: _PyPegen_formatted_value */
export function replacementField(
  isTemplate: boolean,
  value: expr,
  debug: boolean,
  conversion: FieldPart | null,
  format: FieldPart | null,
  closing: Token,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): expr {
  let code = -1;
  if (conversion !== null) code = (conversion.node as Name).id.charCodeAt(0);
  else if (debug && format === null) code = 114;

  let debugEndLine = end_lineno;
  let debugEnd = end_col_offset;
  let text = closing.metadata;
  if (conversion !== null) {
    debugEndLine = conversion.node.lineno;
    debugEnd = conversion.node.col_offset;
    text = conversion.metadata;
  } else if (format !== null) {
    debugEndLine = format.node.lineno;
    debugEnd = format.node.col_offset + 1;
    text = format.metadata;
  }
  const source = text ?? '';
  const spec = format === null ? null : format.node;
  const node = isTemplate
    ? new Interpolation(
        value,
        debug ? source.slice(0, source.lastIndexOf('=')) : source,
        code,
        spec,
        lineno,
        col_offset,
        end_lineno,
        end_col_offset,
      )
    : new FormattedValue(value, code, spec, lineno, col_offset, end_lineno, end_col_offset);
  if (!debug) return node;
  const shown = new Constant(source, null, lineno, col_offset + 1, debugEndLine, debugEnd - 1);
  return isTemplate
    ? new TemplateStr([shown, node], lineno, col_offset, debugEndLine, debugEnd)
    : new JoinedStr([shown, node], lineno, col_offset, debugEndLine, debugEnd);
}

/** Runs of constants become one; empty ones go. CPython: _build_concatenated_str */
function foldParts(parts: readonly expr[]): expr[] {
  const flat: expr[] = [];
  for (const part of parts) {
    if (part._type === 'JoinedStr' || part._type === 'TemplateStr') flat.push(...part.values);
    else flat.push(part);
  }
  const values: expr[] = [];
  for (let i = 0; i < flat.length; i++) {
    let node = flat[i]!;
    if (node._type === 'Constant') {
      let j = i + 1;
      while (j < flat.length && flat[j]!._type === 'Constant') j++;
      if (j > i + 1) {
        const run = flat.slice(i, j) as Constant[];
        const last = run[run.length - 1]!;
        node = new Constant(
          concatStr(run.map(part => part.value as string | SurrogateStr)),
          node.kind,
          node.lineno,
          node.col_offset,
          last.end_lineno,
          last.end_col_offset,
        );
        i = j - 1;
      }
      if (isEmptyStr(node)) continue;
    }
    values.push(node);
  }
  return values;
}

/** Adjacent string, bytes and f-string literals; null if bytes and others are mixed. CPython: _PyPegen_concatenate_strings */
export function concatenateStrings(
  strings: readonly expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): expr | null {
  let joined = false;
  let text = false;
  let bytes = false;
  for (const part of strings) {
    if (part._type !== 'Constant') joined = true;
    else if (part.value instanceof Uint8Array) bytes = true;
    else text = true;
  }
  if (bytes && (joined || text)) return null;
  const first = strings[0]!;
  if (bytes) {
    const arrays = (strings as Constant[]).map(part => part.value as Uint8Array);
    const whole = new Uint8Array(arrays.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of arrays) {
      whole.set(part, at);
      at += part.length;
    }
    return new Constant(whole, (first as Constant).kind, lineno, col_offset, end_lineno, end_col_offset);
  }
  if (!joined) {
    if (strings.length === 1) return first;
    return new Constant(
      concatStr((strings as Constant[]).map(part => part.value as string | SurrogateStr)),
      (first as Constant).kind,
      lineno,
      col_offset,
      end_lineno,
      end_col_offset,
    );
  }
  return new JoinedStr(foldParts(strings), lineno, col_offset, end_lineno, end_col_offset);
}

/** Adjacent t-strings. CPython: _PyPegen_concatenate_tstrings */
export function concatenateTemplates(
  strings: readonly expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): expr {
  return new TemplateStr(foldParts(strings), lineno, col_offset, end_lineno, end_col_offset);
}
