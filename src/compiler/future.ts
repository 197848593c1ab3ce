// future.ts: which __future__ features a module asks for.                                 CPython: Python/future.c
//
// Only the first statements of a module count (a docstring may stand before them); the symbol table rejects a later
// `from __future__ import` by comparing it with the location kept here.
// Enter through: futureFeatures.
import {
  CO_FUTURE_ABSOLUTE_IMPORT,
  CO_FUTURE_ANNOTATIONS,
  CO_FUTURE_BARRY_AS_BDFL,
  CO_FUTURE_DIVISION,
  CO_FUTURE_GENERATOR_STOP,
  CO_FUTURE_PRINT_FUNCTION,
  CO_FUTURE_UNICODE_LITERALS,
  CO_FUTURE_WITH_STATEMENT,
} from '../opcode/operands.ts';
import type { ImportFrom, mod, stmt } from '../parser/ast.generated.ts';
import { type Constant, SurrogateStr } from '../parser/constants.ts';
import { PySyntaxError } from '../parser/errors.ts';
import { Location, NO_LOCATION } from './instruction_sequence.ts';

/** Flags of `compile()` that code objects inherit. CPython: Include/cpython/compile.h:PyCF_MASK */
export const PyCF_MASK: number =
  CO_FUTURE_DIVISION |
  CO_FUTURE_ABSOLUTE_IMPORT |
  CO_FUTURE_WITH_STATEMENT |
  CO_FUTURE_PRINT_FUNCTION |
  CO_FUTURE_UNICODE_LITERALS |
  CO_FUTURE_BARRY_AS_BDFL |
  CO_FUTURE_GENERATOR_STOP |
  CO_FUTURE_ANNOTATIONS;

/** Flag of `compile()`: `await` and its kin may stand at module level. */
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;

/** CPython: Include/internal/pycore_symtable.h:_PyFutureFeatures */
export interface FutureFeatures {
  /** CO_FUTURE_* bits that the module switches on. */
  features: number;
  /** Where the last future statement stands; NO_LOCATION without one. */
  location: Location;
}

/** The docstring that a body begins with, or null. CPython: Python/ast.c:_PyAST_GetDocString */
export function docstringOf(body: readonly stmt[]): string | SurrogateStr | null {
  const first = body[0];
  if (first === undefined || first._type !== 'Expr') return null;
  const { value } = first;
  return value._type === 'Constant' && isStr(value.value) ? value.value : null;
}

function isStr(value: Constant): value is string | SurrogateStr {
  return typeof value === 'string' || value instanceof SurrogateStr;
}

/** CPython: future_check_features */
function checkFeatures(statement: ImportFrom, filename: string): number {
  let features = 0;
  for (const alias of statement.names) {
    switch (alias.name) {
      case 'nested_scopes':
      case 'generators':
      case 'division':
      case 'absolute_import':
      case 'with_statement':
      case 'print_function':
      case 'unicode_literals':
      case 'generator_stop':
        continue;
      case 'barry_as_FLUFL':
        features |= CO_FUTURE_BARRY_AS_BDFL;
        continue;
      case 'annotations':
        features |= CO_FUTURE_ANNOTATIONS;
        continue;
    }
    const message = alias.name === 'braces' ? 'not a chance' : `future feature ${alias.name} is not defined`;
    throw symbolError(message, filename, alias);
  }
  return features;
}

/** What the module's future statements ask for. CPython: _PyFuture_FromAST */
export function futureFeatures(module: mod, filename: string): FutureFeatures {
  const future: FutureFeatures = { features: 0, location: NO_LOCATION };
  if (module._type !== 'Module' && module._type !== 'Interactive') return future;
  const { body } = module;
  for (let i = docstringOf(body) === null ? 0 : 1; i < body.length; i++) {
    const statement = body[i]!;
    if (statement._type !== 'ImportFrom' || statement.module !== '__future__' || statement.level) break;
    future.features |= checkFeatures(statement, filename);
    future.location = locationOf(statement);
  }
  return future;
}

/** Anything that says where it stands. */
export interface Positioned {
  readonly lineno: number;
  readonly end_lineno: number;
  readonly col_offset: number;
  readonly end_col_offset: number;
}

export function locationOf(node: Positioned): Location {
  return new Location(node.lineno, node.end_lineno, node.col_offset, node.end_col_offset);
}

/**
 * A SyntaxError of the compiler. As in CPython its offsets count bytes here, not characters; `text` is left to the
 * caller, who reads it from the file if there is one. CPython: Python/errors.c:_PyErr_RaiseSyntaxError
 */
export function errorAt(message: string, filename: string, at: Positioned): PySyntaxError {
  const { lineno, col_offset, end_lineno, end_col_offset } = at;
  return new PySyntaxError(
    'SyntaxError',
    message,
    filename,
    lineno,
    col_offset + 1,
    null,
    end_lineno,
    end_col_offset + 1,
  );
}

/** An error of the symbol table, or of a __future__ import. CPython: Python/errors.c:PyErr_RangedSyntaxLocationObject */
export function symbolError(message: string, filename: string, at: Positioned): PySyntaxError {
  const error = errorAt(message, filename, at);
  error.toldLater = true;
  return error;
}

/**
 * How deep syntax trees may nest, in units that take the code generator about 300 bytes of stack each (measured: 266
 * for an attribute, 610 for a list display, 910 for a comprehension). The sum leaves some 300 kB of the smallest
 * JavaScript stack in use (984 kB) to the caller. CPython measures its C stack instead: some 27,000 levels in 8 MB.
 */
export const MAX_DEPTH = 2200;
/** Operators of a sum that leans to the left, which is walked without recursion: what CPython takes on a stack of 8 MB. */
export const MAX_CHAIN = 27_463;
/** Units of a statement. */
export const STATEMENT_DEPTH = 2;
/** Units of a list of expressions, over those of its items. */
export const LIST_DEPTH = 1;
/** Units of a block: a function, class or comprehension. */
export const BLOCK_DEPTH = 3;

/** CPython: Python/ceval.c:_Py_CheckRecursiveCall */
export function tooDeep(): PySyntaxError {
  return new PySyntaxError('RecursionError', 'Stack overflow (used 670 kB) during compilation');
}
