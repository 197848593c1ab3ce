// _ast.ts: the classes of syntax tree nodes and the flags of compile() about them.          CPython: Python/Python-ast.c (astmodule)

import type { ModuleSpec } from '../core/spec.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { ast_state } from './ast_types.ts';

/** compile() returns the tree. */
export const PyCF_ONLY_AST = 0x400;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
/** compile() returns the tree as the compiler would take it. */
export const PyCF_OPTIMIZED_AST: number = 0x8000 | PyCF_ONLY_AST;

export const module: ModuleSpec = {
  name: '_ast',
  exec(m) {
    for (const type of ast_state().classes) {
      PyModule_AddObjectRef(m, type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1), type);
    }
    PyModule_AddIntConstant(m, 'PyCF_ALLOW_TOP_LEVEL_AWAIT', PyCF_ALLOW_TOP_LEVEL_AWAIT);
    PyModule_AddIntConstant(m, 'PyCF_ONLY_AST', PyCF_ONLY_AST);
    PyModule_AddIntConstant(m, 'PyCF_TYPE_COMMENTS', PyCF_TYPE_COMMENTS);
    PyModule_AddIntConstant(m, 'PyCF_OPTIMIZED_AST', PyCF_OPTIMIZED_AST);
  },
};
