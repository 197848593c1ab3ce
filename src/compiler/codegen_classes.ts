// codegen_classes.ts: class definitions.                                                     CPython: Python/codegen.c
//
// The body is a function without arguments that fills the class namespace; __build_class__ calls it, and then the
// metaclass. Methods reach the class through the cell __class__, annotation scopes its namespace through __classdict__.
import {
  BUILD_SET,
  CALL,
  CALL_INTRINSIC_1,
  COPY,
  INTRINSIC_SUBSCRIPT_GENERIC,
  LOAD_BUILD_CLASS,
  LOAD_CLOSURE,
  LOAD_LOCALS,
  PUSH_NULL,
  RETURN_VALUE,
  STORE_DEREF,
} from '../opcode/opcodes.generated.ts';
import type { ClassDef } from '../parser/ast.generated.ts';
import { PyTuple } from '../parser/constants.ts';
import { visitBody } from './codegen_annotations.ts';
import type { CodegenBase } from './codegen_base.ts';
import { callWith } from './codegen_calls.ts';
import { makeClosure } from './codegen_closures.ts';
import { applyDecorators, firstLine } from './codegen_functions.ts';
import { enterTypeParams, visitTypeParams } from './codegen_typeparams.ts';
import { comparePoints, indexIn, SCOPE_CLASS } from './codegen_unit.ts';
import { Location, NO_LOCATION } from './instruction_sequence.ts';

/** Pushes __build_class__, the function of the body, and the name. CPython: codegen_class_body */
function classBody(c: CodegenBase, s: ClassDef, firstlineno: number, classLoc: Location): void {
  c.enterScope(s.name, SCOPE_CLASS, c.symtable.lookup(s), firstlineno, s.name, {});
  const { u } = c;
  const { entry } = u;
  const loc = new Location(firstlineno, firstlineno, 0, 0);
  c.nameop(loc, '__name__', 'Load');
  c.nameop(loc, '__module__', 'Store');
  c.loadConst(u.qualname, loc);
  c.nameop(loc, '__qualname__', 'Store');
  c.loadConst(BigInt(firstlineno), loc);
  c.nameop(loc, '__firstlineno__', 'Store');
  if (s.type_params.length > 0) {
    c.nameop(loc, '.type_params', 'Load');
    c.nameop(loc, '__type_params__', 'Store');
  }
  if (entry.needsClassdict) {
    c.addop(LOAD_LOCALS, 0, loc);
    c.addop(STORE_DEREF, indexIn(u.cellvars, '__classdict__'), loc);
  }
  if (entry.hasConditionalAnnotations) {
    c.addop(BUILD_SET, 0, loc);
    c.addop(STORE_DEREF, indexIn(u.cellvars, '__conditional_annotations__'), loc);
  }
  visitBody(c, loc, s.body, false);
  c.loadConst(new PyTuple([...u.staticAttributes!].sort(comparePoints)), NO_LOCATION);
  c.nameop(NO_LOCATION, '__static_attributes__', 'Store');
  if (entry.needsClassdict) {
    c.addop(LOAD_CLOSURE, u.cellvars.get('__classdict__')!, NO_LOCATION);
    c.nameop(NO_LOCATION, '__classdictcell__', 'Store');
  }
  // The cell of __class__, which type.__new__ fills, is what the body returns.
  if (entry.needsClassClosure) {
    c.addop(LOAD_CLOSURE, u.cellvars.get('__class__')!, NO_LOCATION);
    c.addop(COPY, 1, NO_LOCATION);
    c.nameop(NO_LOCATION, '__classcell__', 'Store');
  } else {
    c.loadConst(null, NO_LOCATION);
  }
  c.addop(RETURN_VALUE, 0, NO_LOCATION);
  const code = c.leaveScope(true);

  c.addop(LOAD_BUILD_CLASS, 0, classLoc);
  c.addop(PUSH_NULL, 0, classLoc);
  makeClosure(c, classLoc, code, 0);
  c.loadConst(s.name, classLoc);
}

/** CPython: codegen_class */
export function visitClass(c: CodegenBase, s: ClassDef, loc: Location): void {
  c.visitExprs(s.decorator_list);
  const firstlineno = firstLine(s);
  if (s.type_params.length > 0) {
    enterTypeParams(c, s.name, s.type_params, firstlineno, s.name, {});
    visitTypeParams(c, s.type_params);
    c.nameop(loc, '.type_params', 'Store');
    classBody(c, s, firstlineno, loc);
    c.nameop(loc, '.type_params', 'Load');
    c.addop(CALL_INTRINSIC_1, INTRINSIC_SUBSCRIPT_GENERIC, loc);
    c.nameop(loc, '.generic_base', 'Store');
    callWith(c, loc, 2, s.bases, '.generic_base', s.keywords);
    makeClosure(c, loc, c.leaveScope(false), 0);
    c.addop(PUSH_NULL, 0, loc);
    c.addop(CALL, 0, loc);
  } else {
    classBody(c, s, firstlineno, loc);
    callWith(c, loc, 2, s.bases, null, s.keywords);
  }
  applyDecorators(c, s.decorator_list);
  c.nameop(loc, s.name, 'Store');
}
