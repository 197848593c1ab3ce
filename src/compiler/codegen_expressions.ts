// codegen_expressions.ts: displays, comparisons, subscripts and formatted strings.          CPython: Python/codegen.c
//
// Each function leaves the expression's value on the stack (or, for a target, takes the value from there).
import {
  BINARY_OP,
  BINARY_SLICE,
  BUILD_INTERPOLATION,
  BUILD_LIST,
  BUILD_MAP,
  BUILD_SET,
  BUILD_SLICE,
  BUILD_STRING,
  BUILD_TEMPLATE,
  BUILD_TUPLE,
  CALL,
  CALL_INTRINSIC_1,
  CONVERT_VALUE,
  COPY,
  DELETE_ATTR,
  DELETE_SUBSCR,
  DICT_UPDATE,
  FORMAT_SIMPLE,
  FORMAT_WITH_SPEC,
  INTRINSIC_LIST_TO_TUPLE,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LIST_EXTEND,
  MAP_ADD,
  NB_SUBSCR,
  NOP,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  SET_ADD,
  SET_UPDATE,
  STORE_ATTR,
  STORE_SLICE,
  STORE_SUBSCR,
  SWAP,
  TO_BOOL,
  UNPACK_EX,
  UNPACK_SEQUENCE,
} from '../opcode/opcodes.generated.ts';
import { FVC_ASCII, FVC_REPR, FVC_STR } from '../opcode/operands.ts';
import type {
  Attribute,
  BoolOp,
  Compare,
  Dict,
  expr,
  FormattedValue,
  IfExp,
  Interpolation,
  JoinedStr,
  List,
  Set as SetDisplay,
  Slice,
  Subscript,
  TemplateStr,
  Tuple,
} from '../parser/ast.generated.ts';
import { PySyntaxError } from '../parser/errors.ts';
import { SliceConstant } from './code.ts';
import { AS_METHOD, type CodegenBase } from './codegen_base.ts';
import { canOptimizeSuper, loadSuper } from './codegen_super.ts';
import { checkCompare, checkIndex, checkSubscripter } from './codegen_warnings.ts';
import { locationOf } from './future.ts';
import { Location, NO_LOCATION } from './instruction_sequence.ts';

/** More items than this are not first collected on the stack. CPython: _PY_STACK_USE_GUIDELINE */
export const STACK_USE_GUIDELINE = 30;

// Truth

/** CPython: codegen_jump_if */
export function jumpIf(c: CodegenBase, loc: Location, e: expr, next: number, cond: boolean): void {
  switch (e._type) {
    case 'UnaryOp':
      if (e.op === 'Not') {
        jumpIf(c, loc, e.operand, next, !cond);
        return;
      }
      break;
    case 'BoolOp': {
      const last = e.values.length - 1;
      const shortCut = e.op === 'Or';
      const next2 = shortCut === cond ? next : c.newLabel();
      for (let i = 0; i < last; i++) jumpIf(c, loc, e.values[i]!, next2, shortCut);
      jumpIf(c, loc, e.values[last]!, next, cond);
      if (next2 !== next) c.useLabel(next2);
      return;
    }
    case 'IfExp': {
      const end = c.newLabel();
      const next2 = c.newLabel();
      jumpIf(c, loc, e.test, next2, false);
      jumpIf(c, loc, e.body, next, cond);
      c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
      c.useLabel(next2);
      jumpIf(c, loc, e.orelse, next, cond);
      c.useLabel(end);
      return;
    }
    case 'Compare':
      if (e.ops.length > 1) {
        jumpIfChain(c, e, next, cond);
        return;
      }
      break;
  }
  c.visitExpr(e);
  const at = locationOf(e);
  c.addop(TO_BOOL, 0, at);
  c.addop(cond ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next, at);
}

/** `a < b < c` as a condition. */
function jumpIfChain(c: CodegenBase, e: Compare, next: number, cond: boolean): void {
  const last = e.ops.length - 1;
  checkCompare(c, e);
  const cleanup = c.newLabel();
  const at = locationOf(e);
  c.visitExpr(e.left);
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.comparators[i]!);
    c.addop(SWAP, 2, at);
    c.addop(COPY, 2, at);
    c.addCompare(e.ops[i]!, at);
    c.addop(TO_BOOL, 0, at);
    c.addop(POP_JUMP_IF_FALSE, cleanup, at);
  }
  c.visitExpr(e.comparators[last]!);
  c.addCompare(e.ops[last]!, at);
  c.addop(TO_BOOL, 0, at);
  c.addop(cond ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next, at);
  const end = c.newLabel();
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(cleanup);
  c.addop(POP_TOP, 0, at);
  if (!cond) c.addop(JUMP_NO_INTERRUPT, next, NO_LOCATION);
  c.useLabel(end);
}

/** CPython: codegen_ifexp */
export function visitIfExp(c: CodegenBase, e: IfExp, loc: Location): void {
  const end = c.newLabel();
  const next = c.newLabel();
  jumpIf(c, loc, e.test, next, false);
  c.visitExpr(e.body);
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(next);
  c.visitExpr(e.orelse);
  c.useLabel(end);
}

/** CPython: codegen_boolop */
export function visitBoolOp(c: CodegenBase, e: BoolOp, loc: Location): void {
  const jump = e.op === 'And' ? JUMP_IF_FALSE : JUMP_IF_TRUE;
  const end = c.newLabel();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.values[i]!);
    c.addop(jump, end, loc);
    c.addop(POP_TOP, 0, loc);
  }
  c.visitExpr(e.values[last]!);
  c.useLabel(end);
}

/** CPython: codegen_compare */
export function visitCompare(c: CodegenBase, e: Compare, loc: Location): void {
  checkCompare(c, e);
  c.visitExpr(e.left);
  const last = e.ops.length - 1;
  if (last === 0) {
    c.visitExpr(e.comparators[0]!);
    c.addCompare(e.ops[0]!, loc);
    return;
  }
  const cleanup = c.newLabel();
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.comparators[i]!);
    c.addop(SWAP, 2, loc);
    c.addop(COPY, 2, loc);
    c.addCompare(e.ops[i]!, loc);
    c.addop(COPY, 1, loc);
    c.addop(TO_BOOL, 0, loc);
    c.addop(POP_JUMP_IF_FALSE, cleanup, loc);
    c.addop(POP_TOP, 0, loc);
  }
  c.visitExpr(e.comparators[last]!);
  c.addCompare(e.ops[last]!, loc);
  const end = c.newLabel();
  c.addop(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(cleanup);
  c.addop(SWAP, 2, loc);
  c.addop(POP_TOP, 0, loc);
  c.useLabel(end);
}

// Displays

/** How a display is built, all at once or item by item. */
export interface Collector {
  readonly build: number;
  readonly add: number;
  readonly extend: number;
  /** The list becomes a tuple in the end. */
  readonly tuple: boolean;
}

const LIST: Collector = { build: BUILD_LIST, add: LIST_APPEND, extend: LIST_EXTEND, tuple: false };
const SET: Collector = { build: BUILD_SET, add: SET_ADD, extend: SET_UPDATE, tuple: false };
export const TUPLE: Collector = { build: BUILD_LIST, add: LIST_APPEND, extend: LIST_EXTEND, tuple: true };

/**
 * Collects items, some starred; `pushed` more are on the stack already, and `injected` is a variable to add at the end.
 * CPython: starunpack_helper_impl
 */
export function collect(
  c: CodegenBase,
  loc: Location,
  elts: readonly expr[],
  how: Collector,
  pushed = 0,
  injected: string | null = null,
): void {
  const n = elts.length;
  const total = n + pushed + (injected === null ? 0 : 1);
  const big = total > STACK_USE_GUIDELINE;
  let built = big;
  if (!big && !elts.some(isStarred)) {
    c.visitExprs(elts);
    if (injected !== null) c.nameop(loc, injected, 'Load');
    c.addop(how.tuple ? BUILD_TUPLE : how.build, total, loc);
    return;
  }
  if (big) c.addop(how.build, pushed, loc);
  for (let i = 0; i < n; i++) {
    const item = elts[i]!;
    if (item._type === 'Starred') {
      if (!built) {
        c.addop(how.build, i + pushed, loc);
        built = true;
      }
      c.visitExpr(item.value);
      c.addop(how.extend, 1, loc);
    } else {
      c.visitExpr(item);
      if (built) c.addop(how.add, 1, loc);
    }
  }
  if (injected !== null) {
    c.nameop(loc, injected, 'Load');
    c.addop(how.add, 1, loc);
  }
  if (how.tuple) c.addop(CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE, loc);
}

export function isStarred(e: expr): boolean {
  return e._type === 'Starred';
}

/** Takes apart a sequence of `items`, of which one may be starred; `what` ends the message about too many. CPython: unpack_helper */
export function unpack<T>(
  c: CodegenBase,
  loc: Location,
  items: readonly T[],
  starred: (item: T) => boolean,
  where: 'assignment' | 'sequence pattern',
): void {
  const n = items.length;
  let seen = false;
  for (let i = 0; i < n; i++) {
    if (!starred(items[i]!)) continue;
    if (seen) throw c.error(loc, `multiple starred expressions in ${where}`);
    if (i >= 1 << 8 || n - i - 1 >= 0x7fffffff >> 8) {
      throw c.error(loc, `too many expressions in star-unpacking ${where}`);
    }
    c.addop(UNPACK_EX, i + ((n - i - 1) << 8), loc);
    seen = true;
  }
  if (!seen) c.addop(UNPACK_SEQUENCE, n, loc);
}

/** CPython: codegen_list, codegen_tuple */
export function visitSequence(c: CodegenBase, e: List | Tuple, loc: Location): void {
  const { elts } = e;
  if (e.ctx === 'Load') {
    collect(c, loc, elts, e._type === 'List' ? LIST : TUPLE);
  } else if (e.ctx === 'Store') {
    unpack(c, loc, elts, isStarred, 'assignment');
    for (let i = 0; i < elts.length; i++) {
      const item = elts[i]!;
      c.visitExpr(item._type === 'Starred' ? item.value : item);
    }
  } else {
    c.visitExprs(elts);
  }
}

export function visitSet(c: CodegenBase, e: SetDisplay, loc: Location): void {
  collect(c, loc, e.elts, SET);
}

/** CPython: codegen_subdict */
function subdict(c: CodegenBase, e: Dict, begin: number, end: number, loc: Location): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (big) c.addop(BUILD_MAP, 0, loc);
  for (let i = begin; i < end; i++) {
    c.visitExpr(e.keys[i]!);
    c.visitExpr(e.values[i]!);
    if (big) c.addop(MAP_ADD, 1, loc);
  }
  if (!big) c.addop(BUILD_MAP, n, loc);
}

/** CPython: codegen_dict */
export function visitDict(c: CodegenBase, e: Dict, loc: Location): void {
  const n = e.values.length;
  let haveDict = false;
  /** Items before `i` that no instruction has taken yet. */
  let pending = 0;
  const flush = (begin: number, end: number): void => {
    subdict(c, e, begin, end, loc);
    if (haveDict) c.addop(DICT_UPDATE, 1, loc);
    haveDict = true;
    pending = 0;
  };
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (pending > 0) flush(i - pending, i);
      if (!haveDict) {
        c.addop(BUILD_MAP, 0, loc);
        haveDict = true;
      }
      c.visitExpr(e.values[i]!);
      c.addop(DICT_UPDATE, 1, loc);
    } else if (pending * 2 > STACK_USE_GUIDELINE) {
      flush(i - pending, i + 1);
    } else {
      pending++;
    }
  }
  if (pending > 0) flush(n - pending, n);
  if (!haveDict) c.addop(BUILD_MAP, 0, loc);
}

// Formatted strings

/** CPython: codegen_joined_str */
export function visitJoinedStr(c: CodegenBase, e: JoinedStr, loc: Location): void {
  const { values } = e;
  if (values.length > STACK_USE_GUIDELINE) {
    c.loadConst('', loc);
    c.loadAttr('join', AS_METHOD, loc);
    c.addop(BUILD_LIST, 0, loc);
    for (const value of values) {
      c.visitExpr(value);
      c.addop(LIST_APPEND, 1, loc);
    }
    c.addop(CALL, 1, loc);
    return;
  }
  c.visitExprs(values);
  if (values.length > 1) c.addop(BUILD_STRING, values.length, loc);
  else if (values.length === 0) c.loadConst('', loc);
}

/** CPython: codegen_template_str */
export function visitTemplateStr(c: CodegenBase, e: TemplateStr, loc: Location): void {
  // Strings and interpolations alternate, with empty strings where two interpolations meet.
  let strings = 0;
  let afterInterpolation = true;
  for (const value of e.values) {
    if (value._type === 'Interpolation') {
      if (afterInterpolation) {
        c.loadConst('', loc);
        strings++;
      }
      afterInterpolation = true;
    } else {
      c.visitExpr(value);
      strings++;
      afterInterpolation = false;
    }
  }
  if (afterInterpolation) {
    c.loadConst('', loc);
    strings++;
  }
  c.addop(BUILD_TUPLE, strings, loc);
  let interpolations = 0;
  for (const value of e.values) {
    if (value._type !== 'Interpolation') continue;
    c.visitExpr(value);
    interpolations++;
  }
  c.addop(BUILD_TUPLE, interpolations, loc);
  c.addop(BUILD_TEMPLATE, 0, loc);
}

/** Oparg of a `!s`, `!r` or `!a`; 0 without one. */
function conversionOparg(conversion: number): number {
  switch (conversion) {
    case -1:
      return 0;
    case 0x73:
      return FVC_STR;
    case 0x72:
      return FVC_REPR;
    case 0x61:
      return FVC_ASCII;
    default:
      throw new PySyntaxError('SystemError', `Unrecognized conversion character ${conversion}`);
  }
}

/** CPython: codegen_interpolation */
export function visitInterpolation(c: CodegenBase, e: Interpolation, loc: Location): void {
  c.visitExpr(e.value);
  c.loadConst(e.str, loc);
  let oparg = 2;
  if (e.format_spec !== null) {
    oparg++;
    c.visitExpr(e.format_spec);
  }
  c.addop(BUILD_INTERPOLATION, oparg | (conversionOparg(e.conversion) << 2), loc);
}

/** CPython: codegen_formatted_value */
export function visitFormattedValue(c: CodegenBase, e: FormattedValue, loc: Location): void {
  c.visitExpr(e.value);
  const conversion = conversionOparg(e.conversion);
  if (conversion !== 0) c.addop(CONVERT_VALUE, conversion, loc);
  if (e.format_spec !== null) {
    c.visitExpr(e.format_spec);
    c.addop(FORMAT_WITH_SPEC, 0, loc);
  } else {
    c.addop(FORMAT_SIMPLE, 0, loc);
  }
}

// Attributes and subscripts

function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Where an attribute access begins: in one over several lines, at the attribute's name. CPython: update_start_location_to_match_attr */
export function attributeLocation(loc: Location, e: Attribute): Location {
  if (loc.lineno === e.end_lineno) return loc;
  const lineno = e.end_lineno;
  let column = -1;
  let endColumn = -1;
  const length = codePointLength(e.attr);
  if (length <= e.end_col_offset) {
    column = e.end_col_offset - length;
    endColumn = loc.end_col_offset;
  }
  const endLineno = Math.max(lineno, loc.end_lineno);
  if (lineno === endLineno) endColumn = Math.max(column, endColumn);
  return new Location(lineno, endLineno, column, endColumn);
}

export function visitAttribute(c: CodegenBase, e: Attribute, loc: Location): void {
  if (e.ctx === 'Load') {
    const call = canOptimizeSuper(c, e);
    if (call !== null) {
      loadSuper(c, call, e, 0, loc);
      c.addop(NOP, 0, attributeLocation(loc, e));
      return;
    }
  }
  c.addStaticAttribute(e);
  c.visitExpr(e.value);
  const at = attributeLocation(loc, e);
  if (e.ctx === 'Load') c.loadAttr(e.attr, 0, at);
  else c.addopName(e.ctx === 'Store' ? STORE_ATTR : DELETE_ATTR, e.attr, at);
}

function isConstantOrAbsent(e: expr | null): boolean {
  return e === null || e._type === 'Constant';
}

function isConstantSlice(e: Slice): boolean {
  return isConstantOrAbsent(e.lower) && isConstantOrAbsent(e.upper) && isConstantOrAbsent(e.step);
}

/** A slice without step that need not become an object. CPython: should_apply_two_element_slice_optimization */
export function isTwoPartSlice(e: expr): e is Slice {
  return e._type === 'Slice' && e.step === null && !isConstantSlice(e);
}

/** CPython: codegen_slice_two_parts */
export function visitSliceParts(c: CodegenBase, e: Slice): void {
  if (e.lower !== null) c.visitExpr(e.lower);
  else c.loadConst(null, locationOf(e));
  if (e.upper !== null) c.visitExpr(e.upper);
  else c.loadConst(null, locationOf(e));
}

function constantOf(e: expr | null): SliceConstant['start'] {
  return e !== null && e._type === 'Constant' ? e.value : null;
}

/** CPython: codegen_slice */
export function visitSlice(c: CodegenBase, e: Slice, loc: Location): void {
  if (isConstantSlice(e)) {
    c.loadConst(new SliceConstant(constantOf(e.lower), constantOf(e.upper), constantOf(e.step)), loc);
    return;
  }
  visitSliceParts(c, e);
  if (e.step !== null) c.visitExpr(e.step);
  c.addop(BUILD_SLICE, e.step === null ? 2 : 3, loc);
}

/** CPython: codegen_subscript */
export function visitSubscript(c: CodegenBase, e: Subscript, loc: Location): void {
  const { slice, ctx } = e;
  if (ctx === 'Load' && c.warningsEnabled) {
    checkSubscripter(c, e.value);
    checkIndex(c, e.value, slice);
  }
  c.visitExpr(e.value);
  if (ctx !== 'Del' && isTwoPartSlice(slice)) {
    visitSliceParts(c, slice);
    c.addop(ctx === 'Load' ? BINARY_SLICE : STORE_SLICE, 0, loc);
    return;
  }
  c.visitExpr(slice);
  if (ctx === 'Load') c.addop(BINARY_OP, NB_SUBSCR, loc);
  else c.addop(ctx === 'Store' ? STORE_SUBSCR : DELETE_SUBSCR, 0, loc);
}
