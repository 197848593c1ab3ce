// codegen_annotations.ts: annotations, evaluated on demand.                                  CPython: Python/codegen.c
//
// Annotations go to an __annotate__ function of the function, class or module that has them (PEP 649); it raises
// NotImplementedError for formats that only the annotationlib can make. Under `from __future__ import annotations`
// they are strings instead. In a class or module, annotated assignments that may not be reached note that they were
// in __conditional_annotations__.
import {
  BUILD_MAP,
  COMPARE_OP,
  CONSTANT_NOTIMPLEMENTEDERROR,
  CONTAINS_OP,
  COPY,
  LOAD_COMMON_CONSTANT,
  LOAD_DEREF,
  LOAD_FAST,
  LOAD_GLOBAL,
  LOAD_NAME,
  POP_JUMP_IF_FALSE,
  POP_TOP,
  RAISE_VARARGS,
  RETURN_VALUE,
  SET_ADD,
  SETUP_ANNOTATIONS,
  STORE_SUBSCR,
  UNPACK_SEQUENCE,
} from '../opcode/opcodes.generated.ts';
import { MAKE_FUNCTION_ANNOTATE } from '../opcode/operands.ts';
import type { AnnAssign, arguments as Arguments, arg, expr, stmt } from '../parser/ast.generated.ts';
import { PySyntaxError } from '../parser/errors.ts';
import { unparse } from '../parser/unparse.ts';
import type { CodegenBase } from './codegen_base.ts';
import { makeClosure } from './codegen_closures.ts';
import { cleandoc } from './codegen_docstring.ts';
import { indexIn, SCOPE_ANNOTATIONS, SCOPE_CLASS, SCOPE_MODULE } from './codegen_unit.ts';
import { docstringOf, locationOf } from './future.ts';
import { type Location, NO_LOCATION } from './instruction_sequence.ts';
import { ClassBlock, mangle, nameOf, type SymtableEntry } from './symtable_entry.ts';

/** annotationlib.Format.VALUE_WITH_FAKE_GLOBALS */
const VALUE_WITH_FAKE_GLOBALS = 2n;
/** COMPARE_OP's oparg for `>`. */
const GREATER = (4 << 5) | 4;

/** Enters a scope whose only parameter is the format wanted. CPython: codegen_setup_annotations_scope */
export function setupAnnotationsScope(c: CodegenBase, loc: Location, entry: SymtableEntry, name: string): void {
  c.enterScope(name, SCOPE_ANNOTATIONS, entry, loc.lineno, null, { posonlyargcount: 1 });
  const body = c.newLabel();
  c.addop(LOAD_FAST, 0, loc);
  c.loadConst(VALUE_WITH_FAKE_GLOBALS, loc);
  c.addop(COMPARE_OP, GREATER, loc);
  c.addop(POP_JUMP_IF_FALSE, body, loc);
  c.addop(LOAD_COMMON_CONSTANT, CONSTANT_NOTIMPLEMENTEDERROR, loc);
  c.addop(RAISE_VARARGS, 1, loc);
  c.useLabel(body);
}

/** Returns the dict on the stack, and pushes the __annotate__ function. CPython: codegen_leave_annotations_scope */
function leaveAnnotationsScope(c: CodegenBase, loc: Location): void {
  c.addop(RETURN_VALUE, 0, loc);
  const code = c.leaveScope(true);
  // Within, the parameter has a name that annotations cannot use; signatures show the proper one.
  code.co_localsplusnames[0] = 'format';
  makeClosure(c, loc, code, 0);
}

/** Pushes the text of an annotation. CPython: codegen_visit_annexpr */
function annotationText(c: CodegenBase, annotation: expr): void {
  c.loadConst(unparse(annotation), locationOf(annotation));
}

/** Pushes name and annotation of a parameter; answers how many there were. CPython: codegen_argannotation */
function argAnnotation(c: CodegenBase, name: string, annotation: expr | null, loc: Location): number {
  if (annotation === null) return 0;
  c.loadConst(c.mangled(name), loc);
  if (c.stringAnnotations) {
    annotationText(c, annotation);
  } else if (annotation._type === 'Starred') {
    // *args: *Ts means the one item that *Ts gives.
    c.visitExpr(annotation.value);
    c.addop(UNPACK_SEQUENCE, 1, loc);
  } else {
    c.visitExpr(annotation);
  }
  return 1;
}

function argAnnotations(c: CodegenBase, args: readonly arg[], loc: Location): number {
  let count = 0;
  for (const item of args) count += argAnnotation(c, item.arg, item.annotation, loc);
  return count;
}

/** Pushes an __annotate__ function, if there are annotations; answers MAKE_FUNCTION_* flags. CPython: codegen_function_annotations */
export function functionAnnotations(c: CodegenBase, loc: Location, args: Arguments, returns: expr | null): number {
  const entry = c.symtable.lookup(args);
  if (!entry.annotationsUsed) return 0;
  setupAnnotationsScope(c, loc, entry, entry.name);
  let count = argAnnotations(c, args.args, loc);
  count += argAnnotations(c, args.posonlyargs, loc);
  if (args.vararg !== null) count += argAnnotation(c, args.vararg.arg, args.vararg.annotation, loc);
  count += argAnnotations(c, args.kwonlyargs, loc);
  if (args.kwarg !== null) count += argAnnotation(c, args.kwarg.arg, args.kwarg.annotation, loc);
  count += argAnnotation(c, 'return', returns, loc);
  c.addop(BUILD_MAP, count, loc);
  leaveAnnotationsScope(c, loc);
  return MAKE_FUNCTION_ANNOTATE;
}

// Annotated assignments

function checkAnnotationExpr(c: CodegenBase, e: expr): void {
  c.visitExpr(e);
  c.addop(POP_TOP, 0, locationOf(e));
}

/** Everything in an annotated subscript must be defined. CPython: codegen_check_ann_subscr */
function checkAnnotationSubscript(c: CodegenBase, e: expr): void {
  switch (e._type) {
    case 'Slice':
      if (e.lower !== null) checkAnnotationExpr(c, e.lower);
      if (e.upper !== null) checkAnnotationExpr(c, e.upper);
      if (e.step !== null) checkAnnotationExpr(c, e.step);
      break;
    case 'Tuple':
      for (const item of e.elts) checkAnnotationSubscript(c, item);
      break;
    default:
      checkAnnotationExpr(c, e);
  }
}

/** CPython: codegen_annassign */
export function visitAnnAssign(c: CodegenBase, s: AnnAssign, loc: Location): void {
  const { target } = s;
  if (s.value !== null) {
    c.visitExpr(s.value);
    c.visitExpr(target);
  }
  switch (target._type) {
    case 'Name':
      if (s.simple && (c.u.scopeType === SCOPE_MODULE || c.u.scopeType === SCOPE_CLASS)) {
        variableAnnotation(c, s, target.id, loc);
      }
      break;
    case 'Attribute':
      if (s.value === null) checkAnnotationExpr(c, target.value);
      break;
    case 'Subscript':
      if (s.value === null) {
        checkAnnotationExpr(c, target.value);
        checkAnnotationSubscript(c, target.slice);
      }
      break;
    default:
      throw new PySyntaxError('SystemError', `invalid node type (${target._type}) for annotated assignment`);
  }
}

function variableAnnotation(c: CodegenBase, s: AnnAssign, name: string, loc: Location): void {
  if (c.stringAnnotations) {
    annotationText(c, s.annotation);
    c.addopName(LOAD_NAME, '__annotations__', loc);
    c.loadConst(c.mangled(name), loc);
    c.addop(STORE_SUBSCR, 0, loc);
    return;
  }
  const index = c.deferAnnotation(s);
  if (index < 0) return;
  const { u } = c;
  if (u.scopeType === SCOPE_CLASS) {
    c.addop(LOAD_DEREF, indexIn(u.cellvars, '__conditional_annotations__'), loc);
  } else {
    c.addopName(LOAD_NAME, '__conditional_annotations__', loc);
  }
  c.loadConst(BigInt(index), loc);
  c.addop(SET_ADD, 1, loc);
  c.addop(POP_TOP, 0, loc);
}

/** CPython: codegen_deferred_annotations_body */
function deferredBody(
  c: CodegenBase,
  loc: Location,
  annotations: readonly AnnAssign[],
  indices: readonly number[],
  scopeType: number,
): void {
  c.addop(BUILD_MAP, 0, loc);
  annotations.forEach((s, i) => {
    const at = locationOf(s);
    const notSet = c.newLabel();
    const index = indices[i]!;
    if (index >= 0) {
      c.loadConst(BigInt(index), at);
      if (scopeType === SCOPE_CLASS) {
        c.addop(LOAD_DEREF, indexIn(c.u.freevars, '__conditional_annotations__'), at);
      } else {
        c.addopName(LOAD_GLOBAL, '__conditional_annotations__', at);
      }
      c.addop(CONTAINS_OP, 0, at);
      c.addop(POP_JUMP_IF_FALSE, notSet, at);
    }
    c.visitExpr(s.annotation);
    c.addop(COPY, 2, at);
    c.loadConst(mangle(c.u.className, nameOf(s.target)), at);
    c.addop(STORE_SUBSCR, 0, loc);
    c.useLabel(notSet);
  });
}

/** Stores the __annotate__ function of a class or module. CPython: codegen_process_deferred_annotations */
function processDeferredAnnotations(c: CodegenBase, loc: Location): void {
  const { u } = c;
  const annotations = u.deferredAnnotations;
  if (annotations === null) return;
  const { entry, scopeType } = u;
  if (scopeType === SCOPE_MODULE) c.startAnnotationSetup();
  const block = entry.annotationBlock!;
  setupAnnotationsScope(c, loc, block, block.name);
  deferredBody(c, loc, annotations, u.conditionalIndices, scopeType);
  leaveAnnotationsScope(c, loc);
  c.nameop(loc, entry.type === ClassBlock ? '__annotate_func__' : '__annotate__', 'Store');
  if (scopeType === SCOPE_MODULE) c.endAnnotationSetup();
}

/** The statements of a module or class, with docstring and annotations. CPython: codegen_body */
export function visitBody(c: CodegenBase, loc: Location, body: readonly stmt[], interactive: boolean): void {
  const { entry } = c.u;
  if (c.stringAnnotations && entry.annotationsUsed) c.addop(SETUP_ANNOTATIONS, 0, loc);
  if (body.length === 0) return;
  let start = 0;
  // A string at the prompt is no docstring.
  if (!interactive && entry.hasDocstring) {
    const first = body[0]!;
    const docstring = docstringOf(body);
    if (first._type === 'Expr' && docstring !== null) {
      start = 1;
      c.loadConst(cleandoc(docstring), locationOf(first.value));
      c.nameop(NO_LOCATION, '__doc__', 'Store');
    }
  }
  for (let i = start; i < body.length; i++) c.visitStmt(body[i]!);
  if (!c.stringAnnotations) processDeferredAnnotations(c, loc);
}
