// codegen_typeparams.ts: type parameters and type aliases (PEP 695, PEP 696).               CPython: Python/codegen.c
//
// A generic definition is wrapped in a function of its own ("<generic parameters of f>") in which the parameters are
// variables; bounds, defaults and alias values are functions, called when somebody asks for the value.
import {
  BUILD_TUPLE,
  CALL,
  CALL_INTRINSIC_1,
  CALL_INTRINSIC_2,
  COPY,
  INTRINSIC_PARAMSPEC,
  INTRINSIC_SET_TYPEPARAM_DEFAULT,
  INTRINSIC_TYPEALIAS,
  INTRINSIC_TYPEVAR,
  INTRINSIC_TYPEVAR_WITH_BOUND,
  INTRINSIC_TYPEVAR_WITH_CONSTRAINTS,
  INTRINSIC_TYPEVARTUPLE,
  PUSH_NULL,
  RETURN_VALUE,
  UNPACK_SEQUENCE,
} from '../opcode/opcodes.generated.ts';
import { MAKE_FUNCTION_DEFAULTS } from '../opcode/operands.ts';
import type { expr, TypeAlias, type_param } from '../parser/ast.generated.ts';
import { PyTuple } from '../parser/constants.ts';
import { setupAnnotationsScope } from './codegen_annotations.ts';
import type { CodegenBase } from './codegen_base.ts';
import { makeClosure } from './codegen_closures.ts';
import { type Arity, SCOPE_ANNOTATIONS } from './codegen_unit.ts';
import { locationOf } from './future.ts';
import type { Location } from './instruction_sequence.ts';
import { nameOf, type SymtableEntry } from './symtable_entry.ts';

const ONE = 1n;

/** Pushes a function that evaluates a bound or default. CPython: codegen_type_param_bound_or_default */
function boundOrDefault(c: CodegenBase, e: expr, name: string, entry: SymtableEntry, allowStarred: boolean): void {
  const loc = locationOf(e);
  c.loadConst(new PyTuple([ONE]), loc);
  setupAnnotationsScope(c, loc, entry, name);
  if (allowStarred && e._type === 'Starred') {
    c.visitExpr(e.value);
    c.addop(UNPACK_SEQUENCE, 1, loc);
  } else {
    c.visitExpr(e);
  }
  c.addop(RETURN_VALUE, 0, loc);
  makeClosure(c, loc, c.leaveScope(true), MAKE_FUNCTION_DEFAULTS);
}

/** Stores each parameter in its variable and pushes a tuple of all. CPython: codegen_type_params */
export function visitTypeParams(c: CodegenBase, params: readonly type_param[]): void {
  const { blocks, defaults } = c.symtable;
  let seenDefault = false;
  for (const param of params) {
    const { name, default_value: value } = param;
    const loc = locationOf(param);
    c.loadConst(name, loc);
    switch (param._type) {
      case 'TypeVar':
        if (param.bound !== null) {
          boundOrDefault(c, param.bound, name, blocks.get(param)!, false);
          const isTuple = param.bound._type === 'Tuple';
          c.addop(CALL_INTRINSIC_2, isTuple ? INTRINSIC_TYPEVAR_WITH_CONSTRAINTS : INTRINSIC_TYPEVAR_WITH_BOUND, loc);
        } else {
          c.addop(CALL_INTRINSIC_1, INTRINSIC_TYPEVAR, loc);
        }
        break;
      case 'TypeVarTuple':
        c.addop(CALL_INTRINSIC_1, INTRINSIC_TYPEVARTUPLE, loc);
        break;
      case 'ParamSpec':
        c.addop(CALL_INTRINSIC_1, INTRINSIC_PARAMSPEC, loc);
        break;
    }
    if (value !== null) {
      seenDefault = true;
      const entry = (param._type === 'TypeVar' ? defaults : blocks).get(param)!;
      boundOrDefault(c, value, name, entry, param._type === 'TypeVarTuple');
      c.addop(CALL_INTRINSIC_2, INTRINSIC_SET_TYPEPARAM_DEFAULT, loc);
    } else if (seenDefault) {
      throw c.error(loc, `non-default type parameter '${name}' follows default type parameter`);
    }
    c.addop(COPY, 1, loc);
    c.nameop(loc, name, 'Store');
  }
  c.addop(BUILD_TUPLE, params.length, locationOf(params[0]!));
}

/** Enters the scope around a generic definition. */
export function enterTypeParams(
  c: CodegenBase,
  name: string,
  params: readonly type_param[],
  lineno: number,
  className: string | null,
  arity: Arity,
): void {
  const entry = c.symtable.lookup(params);
  c.enterScope(`<generic parameters of ${name}>`, SCOPE_ANNOTATIONS, entry, lineno, className, arity);
}

/** CPython: codegen_typealias_body */
function aliasBody(c: CodegenBase, s: TypeAlias, name: string, loc: Location): void {
  c.loadConst(new PyTuple([ONE]), loc);
  setupAnnotationsScope(c, loc, c.symtable.lookup(s), name);
  c.visitExpr(s.value);
  c.addop(RETURN_VALUE, 0, loc);
  makeClosure(c, loc, c.leaveScope(false), MAKE_FUNCTION_DEFAULTS);
  c.addop(BUILD_TUPLE, 3, loc);
  c.addop(CALL_INTRINSIC_1, INTRINSIC_TYPEALIAS, loc);
}

/** CPython: codegen_typealias */
export function visitTypeAlias(c: CodegenBase, s: TypeAlias, loc: Location): void {
  const name = nameOf(s.name);
  if (s.type_params.length > 0) {
    enterTypeParams(c, name, s.type_params, loc.lineno, null, {});
    c.loadConst(name, loc);
    visitTypeParams(c, s.type_params);
    aliasBody(c, s, name, loc);
    makeClosure(c, loc, c.leaveScope(false), 0);
    c.addop(PUSH_NULL, 0, loc);
    c.addop(CALL, 0, loc);
  } else {
    c.loadConst(name, loc);
    c.loadConst(null, loc);
    aliasBody(c, s, name, loc);
  }
  c.nameop(loc, name, 'Store');
}
