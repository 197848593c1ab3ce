// codegen_super.ts: `super().name` without making the super object.        CPython: Python/codegen.c:can_optimize_super_call
import type { Attribute, Call } from '../parser/ast.generated.ts';
import { type CodegenBase, SUPER_TWO_ARGUMENTS } from './codegen_base.ts';
import { locationOf } from './future.ts';
import type { Location } from './instruction_sequence.ts';
import { FREE, GLOBAL_IMPLICIT } from './symtable_entry.ts';

/** The call of super() whose attribute `e` is, if LOAD_SUPER_ATTR can do both. CPython: can_optimize_super_call */
export function canOptimizeSuper(c: CodegenBase, e: Attribute): Call | null {
  const call = e.value;
  if (call._type !== 'Call' || call.func._type !== 'Name' || call.func.id !== 'super') return null;
  if (e.attr === '__class__' || call.keywords.length > 0) return null;
  // The name must not be seen to mean anything but the builtin.
  if (c.u.entry.scope('super') !== GLOBAL_IMPLICIT || c.symtable.top.scope('super') !== 0) return null;
  const { args } = call;
  if (args.length === 2) return args.some(arg => arg._type === 'Starred') ? null : call;
  if (args.length !== 0) return null;
  // super() alone means super(__class__, first argument).
  const { arity } = c.u;
  if (!arity.argcount && !arity.posonlyargcount) return null;
  return c.refType('__class__') === FREE ? call : null;
}

/** CPython: load_args_for_super */
export function loadSuper(c: CodegenBase, call: Call, e: Attribute, kind: number, loc: Location): void {
  const { args } = call;
  c.nameop(locationOf(call.func), 'super', 'Load');
  if (args.length === 2) {
    c.visitExprs(args);
  } else {
    const at = locationOf(call);
    c.nameop(at, '__class__', 'Load');
    for (const self of c.u.varnames.keys()) {
      c.nameop(at, self, 'Load');
      break;
    }
  }
  c.loadSuperAttr(e.attr, kind | (args.length === 2 ? SUPER_TWO_ARGUMENTS : 0), loc);
}
