// operands.ts: what the small numbers in opargs mean.     CPython: Include/opcode.h, pycore_intrinsics.h, pycore_opcode_utils.h
//
// Lists are indexed by oparg. The constants generated from them are in opcodes.generated.ts.

/** Operands of BINARY_OP: [C name, symbol]. */
export const NB_OPS: readonly (readonly [string, string])[] = [
  ['NB_ADD', '+'],
  ['NB_AND', '&'],
  ['NB_FLOOR_DIVIDE', '//'],
  ['NB_LSHIFT', '<<'],
  ['NB_MATRIX_MULTIPLY', '@'],
  ['NB_MULTIPLY', '*'],
  ['NB_REMAINDER', '%'],
  ['NB_OR', '|'],
  ['NB_POWER', '**'],
  ['NB_RSHIFT', '>>'],
  ['NB_SUBTRACT', '-'],
  ['NB_TRUE_DIVIDE', '/'],
  ['NB_XOR', '^'],
  ['NB_INPLACE_ADD', '+='],
  ['NB_INPLACE_AND', '&='],
  ['NB_INPLACE_FLOOR_DIVIDE', '//='],
  ['NB_INPLACE_LSHIFT', '<<='],
  ['NB_INPLACE_MATRIX_MULTIPLY', '@='],
  ['NB_INPLACE_MULTIPLY', '*='],
  ['NB_INPLACE_REMAINDER', '%='],
  ['NB_INPLACE_OR', '|='],
  ['NB_INPLACE_POWER', '**='],
  ['NB_INPLACE_RSHIFT', '>>='],
  ['NB_INPLACE_SUBTRACT', '-='],
  ['NB_INPLACE_TRUE_DIVIDE', '/='],
  ['NB_INPLACE_XOR', '^='],
  ['NB_SUBSCR', '[]'],
];

/** Operands of CALL_INTRINSIC_1. */
export const INTRINSICS_1: readonly string[] = [
  'INTRINSIC_1_INVALID',
  'INTRINSIC_PRINT',
  'INTRINSIC_IMPORT_STAR',
  'INTRINSIC_STOPITERATION_ERROR',
  'INTRINSIC_ASYNC_GEN_WRAP',
  'INTRINSIC_UNARY_POSITIVE',
  'INTRINSIC_LIST_TO_TUPLE',
  'INTRINSIC_TYPEVAR',
  'INTRINSIC_PARAMSPEC',
  'INTRINSIC_TYPEVARTUPLE',
  'INTRINSIC_SUBSCRIPT_GENERIC',
  'INTRINSIC_TYPEALIAS',
];

/** Operands of CALL_INTRINSIC_2. */
export const INTRINSICS_2: readonly string[] = [
  'INTRINSIC_2_INVALID',
  'INTRINSIC_PREP_RERAISE_STAR',
  'INTRINSIC_TYPEVAR_WITH_BOUND',
  'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS',
  'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];

/** Operands of LOAD_COMMON_CONSTANT: the builtins they stand for. */
export const COMMON_CONSTANTS: readonly (readonly [string, string])[] = [
  ['CONSTANT_ASSERTIONERROR', 'AssertionError'],
  ['CONSTANT_NOTIMPLEMENTEDERROR', 'NotImplementedError'],
  ['CONSTANT_BUILTIN_TUPLE', 'tuple'],
  ['CONSTANT_BUILTIN_ALL', 'all'],
  ['CONSTANT_BUILTIN_ANY', 'any'],
];

/** Operands of LOAD_SPECIAL: [constant, method]. */
export const SPECIAL_METHODS: readonly (readonly [string, string])[] = [
  ['SPECIAL___ENTER__', '__enter__'],
  ['SPECIAL___EXIT__', '__exit__'],
  ['SPECIAL___AENTER__', '__aenter__'],
  ['SPECIAL___AEXIT__', '__aexit__'],
];

/** Operands of COMPARE_OP (its oparg >> 5), the numbers of Py_LT … Py_GE. */
export const CMP_OPS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** Bits of SET_FUNCTION_ATTRIBUTE. */
export const MAKE_FUNCTION_DEFAULTS = 0x01;
export const MAKE_FUNCTION_KWDEFAULTS = 0x02;
export const MAKE_FUNCTION_ANNOTATIONS = 0x04;
export const MAKE_FUNCTION_CLOSURE = 0x08;
export const MAKE_FUNCTION_ANNOTATE = 0x10;

/** Operands of RESUME: where the frame goes on, and whether only the generator's own handler surrounds it. */
export const RESUME_AT_FUNC_START = 0x0;
export const RESUME_AFTER_YIELD = 0x1;
export const RESUME_AFTER_YIELD_FROM = 0x2;
export const RESUME_AFTER_AWAIT = 0x3;
export const RESUME_OPARG_LOCATION_MASK = 0x3;
export const RESUME_OPARG_DEPTH1_MASK = 0x4;

/** Operands of CONVERT_VALUE. */
export const FVC_STR = 1;
export const FVC_REPR = 2;
export const FVC_ASCII = 3;

/** Kinds of local variables in co_localspluskinds. CPython: Include/internal/pycore_code.h */
export const CO_FAST_ARG_POS = 0x02;
export const CO_FAST_ARG_KW = 0x04;
export const CO_FAST_ARG_VAR = 0x08;
export const CO_FAST_HIDDEN = 0x10;
export const CO_FAST_LOCAL = 0x20;
export const CO_FAST_CELL = 0x40;
export const CO_FAST_FREE = 0x80;

/** Bits of co_flags. CPython: Include/cpython/code.h */
export const CO_OPTIMIZED = 0x0001;
export const CO_NEWLOCALS = 0x0002;
export const CO_VARARGS = 0x0004;
export const CO_VARKEYWORDS = 0x0008;
export const CO_NESTED = 0x0010;
export const CO_GENERATOR = 0x0020;
export const CO_COROUTINE = 0x0080;
export const CO_ITERABLE_COROUTINE = 0x0100;
export const CO_ASYNC_GENERATOR = 0x0200;
export const CO_HAS_DOCSTRING = 0x4000000;
export const CO_METHOD = 0x8000000;
export const CO_NO_MONITORING_EVENTS = 0x2000000;
export const CO_FUTURE_DIVISION = 0x20000;
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000;
export const CO_FUTURE_WITH_STATEMENT = 0x80000;
export const CO_FUTURE_PRINT_FUNCTION = 0x100000;
export const CO_FUTURE_UNICODE_LITERALS = 0x200000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_GENERATOR_STOP = 0x800000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;
