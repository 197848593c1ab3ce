// codegen_warnings.ts: the SyntaxWarnings that the code generator gives for literals used wrongly.
//                                                                                     CPython: Python/codegen.c
//
// A literal's type is known, so calling it, subscripting it wrongly or comparing it by identity can be told at once.
import type { Compare, expr } from '../parser/ast.generated.ts';
import { type Constant, Ellipsis, PyTuple, SurrogateStr } from '../parser/constants.ts';
import type { CodegenBase } from './codegen_base.ts';
import { constantTypeName } from './codegen_unit.ts';
import { locationOf } from './future.ts';

/** Name of the type that the expression has for certain, else null. CPython: infer_type */
function inferType(e: expr): string | null {
  switch (e._type) {
    case 'Tuple':
      return 'tuple';
    case 'List':
    case 'ListComp':
      return 'list';
    case 'Dict':
    case 'DictComp':
      return 'dict';
    case 'Set':
    case 'SetComp':
      return 'set';
    case 'GeneratorExp':
      return 'generator';
    case 'Lambda':
      return 'function';
    case 'TemplateStr':
    case 'Interpolation':
      return 'string.templatelib.Template';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str';
    case 'Constant':
      return constantTypeName(e.value);
    default:
      return null;
  }
}

/** Whether comparing with `is` makes sense: true for all but literals, and for None, True, False and `...`. CPython: check_is_arg */
function hasIdentity(e: expr): boolean {
  if (e._type === 'Tuple') return !e.elts.every(item => item._type === 'Constant');
  if (e._type !== 'Constant') return true;
  return e.value === null || typeof e.value === 'boolean' || e.value === Ellipsis;
}

/** CPython: codegen_check_compare */
export function checkCompare(c: CodegenBase, e: Compare): void {
  let left = e.left;
  for (let i = 0; i < e.ops.length; i++) {
    const op = e.ops[i]!;
    const right = e.comparators[i]!;
    if (op === 'Is' || op === 'IsNot') {
      const literal = !hasIdentity(left) ? left : !hasIdentity(right) ? right : null;
      if (literal !== null) {
        const [used, meant] = op === 'Is' ? ['is', '=='] : ['is not', '!='];
        c.warn(locationOf(e), `"${used}" with '${inferType(literal)}' literal. Did you mean "${meant}"?`);
        return;
      }
    }
    left = right;
  }
}

/** CPython: check_caller */
export function checkCaller(c: CodegenBase, func: expr): void {
  const type = inferType(func);
  if (type === null || func._type === 'Lambda') return;
  c.warn(locationOf(func), `'${type}' object is not callable; perhaps you missed a comma?`);
}

function isSequence(value: Constant): boolean {
  return (
    typeof value === 'string' ||
    value instanceof SurrogateStr ||
    value instanceof Uint8Array ||
    value instanceof PyTuple
  );
}

/** CPython: check_subscripter */
export function checkSubscripter(c: CodegenBase, e: expr): void {
  switch (e._type) {
    case 'Constant':
      if (isSequence(e.value)) return;
      break;
    case 'Set':
    case 'SetComp':
    case 'GeneratorExp':
    case 'TemplateStr':
    case 'Interpolation':
    case 'Lambda':
      break;
    default:
      return;
  }
  c.warn(locationOf(e), `'${inferType(e)}' object is not subscriptable; perhaps you missed a comma?`);
}

/** CPython: check_index */
export function checkIndex(c: CodegenBase, e: expr, index: expr): void {
  const type = inferType(index);
  if (type === null || type === 'int' || type === 'bool' || type === 'slice') return;
  switch (e._type) {
    case 'Constant':
      if (!isSequence(e.value)) return;
      break;
    case 'Tuple':
    case 'List':
    case 'ListComp':
    case 'JoinedStr':
    case 'FormattedValue':
      break;
    default:
      return;
  }
  const message = `${inferType(e)} indices must be integers or slices, not ${type}; perhaps you missed a comma?`;
  c.warn(locationOf(e), message);
}
