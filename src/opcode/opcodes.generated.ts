// Written by scripts/generate-opcodes.mjs from opcodes.ts and operands.ts: change those tables, not this file.

export const CACHE = 0;
export const BINARY_SLICE = 1;
export const BUILD_TEMPLATE = 2;
export const BINARY_OP_INPLACE_ADD_UNICODE = 3;
export const CALL_FUNCTION_EX = 4;
export const CHECK_EG_MATCH = 5;
export const CHECK_EXC_MATCH = 6;
export const CLEANUP_THROW = 7;
export const DELETE_SUBSCR = 8;
export const END_FOR = 9;
export const END_SEND = 10;
export const EXIT_INIT_CHECK = 11;
export const FORMAT_SIMPLE = 12;
export const FORMAT_WITH_SPEC = 13;
export const GET_AITER = 14;
export const GET_ANEXT = 15;
export const GET_ITER = 16;
export const RESERVED = 17;
export const GET_LEN = 18;
export const GET_YIELD_FROM_ITER = 19;
export const INTERPRETER_EXIT = 20;
export const LOAD_BUILD_CLASS = 21;
export const LOAD_LOCALS = 22;
export const MAKE_FUNCTION = 23;
export const MATCH_KEYS = 24;
export const MATCH_MAPPING = 25;
export const MATCH_SEQUENCE = 26;
export const NOP = 27;
export const NOT_TAKEN = 28;
export const POP_EXCEPT = 29;
export const POP_ITER = 30;
export const POP_TOP = 31;
export const PUSH_EXC_INFO = 32;
export const PUSH_NULL = 33;
export const RETURN_GENERATOR = 34;
export const RETURN_VALUE = 35;
export const SETUP_ANNOTATIONS = 36;
export const STORE_SLICE = 37;
export const STORE_SUBSCR = 38;
export const TO_BOOL = 39;
export const UNARY_INVERT = 40;
export const UNARY_NEGATIVE = 41;
export const UNARY_NOT = 42;
export const WITH_EXCEPT_START = 43;
export const BINARY_OP = 44;
export const BUILD_INTERPOLATION = 45;
export const BUILD_LIST = 46;
export const BUILD_MAP = 47;
export const BUILD_SET = 48;
export const BUILD_SLICE = 49;
export const BUILD_STRING = 50;
export const BUILD_TUPLE = 51;
export const CALL = 52;
export const CALL_INTRINSIC_1 = 53;
export const CALL_INTRINSIC_2 = 54;
export const CALL_KW = 55;
export const COMPARE_OP = 56;
export const CONTAINS_OP = 57;
export const CONVERT_VALUE = 58;
export const COPY = 59;
export const COPY_FREE_VARS = 60;
export const DELETE_ATTR = 61;
export const DELETE_DEREF = 62;
export const DELETE_FAST = 63;
export const DELETE_GLOBAL = 64;
export const DELETE_NAME = 65;
export const DICT_MERGE = 66;
export const DICT_UPDATE = 67;
export const END_ASYNC_FOR = 68;
export const EXTENDED_ARG = 69;
export const FOR_ITER = 70;
export const GET_AWAITABLE = 71;
export const IMPORT_FROM = 72;
export const IMPORT_NAME = 73;
export const IS_OP = 74;
export const JUMP_BACKWARD = 75;
export const JUMP_BACKWARD_NO_INTERRUPT = 76;
export const JUMP_FORWARD = 77;
export const LIST_APPEND = 78;
export const LIST_EXTEND = 79;
export const LOAD_ATTR = 80;
export const LOAD_COMMON_CONSTANT = 81;
export const LOAD_CONST = 82;
export const LOAD_DEREF = 83;
export const LOAD_FAST = 84;
export const LOAD_FAST_AND_CLEAR = 85;
export const LOAD_FAST_BORROW = 86;
export const LOAD_FAST_BORROW_LOAD_FAST_BORROW = 87;
export const LOAD_FAST_CHECK = 88;
export const LOAD_FAST_LOAD_FAST = 89;
export const LOAD_FROM_DICT_OR_DEREF = 90;
export const LOAD_FROM_DICT_OR_GLOBALS = 91;
export const LOAD_GLOBAL = 92;
export const LOAD_NAME = 93;
export const LOAD_SMALL_INT = 94;
export const LOAD_SPECIAL = 95;
export const LOAD_SUPER_ATTR = 96;
export const MAKE_CELL = 97;
export const MAP_ADD = 98;
export const MATCH_CLASS = 99;
export const POP_JUMP_IF_FALSE = 100;
export const POP_JUMP_IF_NONE = 101;
export const POP_JUMP_IF_NOT_NONE = 102;
export const POP_JUMP_IF_TRUE = 103;
export const RAISE_VARARGS = 104;
export const RERAISE = 105;
export const SEND = 106;
export const SET_ADD = 107;
export const SET_FUNCTION_ATTRIBUTE = 108;
export const SET_UPDATE = 109;
export const STORE_ATTR = 110;
export const STORE_DEREF = 111;
export const STORE_FAST = 112;
export const STORE_FAST_LOAD_FAST = 113;
export const STORE_FAST_STORE_FAST = 114;
export const STORE_GLOBAL = 115;
export const STORE_NAME = 116;
export const SWAP = 117;
export const UNPACK_EX = 118;
export const UNPACK_SEQUENCE = 119;
export const YIELD_VALUE = 120;
export const RESUME = 128;
export const BINARY_OP_ADD_FLOAT = 129;
export const BINARY_OP_ADD_INT = 130;
export const BINARY_OP_ADD_UNICODE = 131;
export const BINARY_OP_EXTEND = 132;
export const BINARY_OP_MULTIPLY_FLOAT = 133;
export const BINARY_OP_MULTIPLY_INT = 134;
export const BINARY_OP_SUBSCR_DICT = 135;
export const BINARY_OP_SUBSCR_GETITEM = 136;
export const BINARY_OP_SUBSCR_LIST_INT = 137;
export const BINARY_OP_SUBSCR_LIST_SLICE = 138;
export const BINARY_OP_SUBSCR_STR_INT = 139;
export const BINARY_OP_SUBSCR_TUPLE_INT = 140;
export const BINARY_OP_SUBTRACT_FLOAT = 141;
export const BINARY_OP_SUBTRACT_INT = 142;
export const CALL_ALLOC_AND_ENTER_INIT = 143;
export const CALL_BOUND_METHOD_EXACT_ARGS = 144;
export const CALL_BOUND_METHOD_GENERAL = 145;
export const CALL_BUILTIN_CLASS = 146;
export const CALL_BUILTIN_FAST = 147;
export const CALL_BUILTIN_FAST_WITH_KEYWORDS = 148;
export const CALL_BUILTIN_O = 149;
export const CALL_ISINSTANCE = 150;
export const CALL_KW_BOUND_METHOD = 151;
export const CALL_KW_NON_PY = 152;
export const CALL_KW_PY = 153;
export const CALL_LEN = 154;
export const CALL_LIST_APPEND = 155;
export const CALL_METHOD_DESCRIPTOR_FAST = 156;
export const CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS = 157;
export const CALL_METHOD_DESCRIPTOR_NOARGS = 158;
export const CALL_METHOD_DESCRIPTOR_O = 159;
export const CALL_NON_PY_GENERAL = 160;
export const CALL_PY_EXACT_ARGS = 161;
export const CALL_PY_GENERAL = 162;
export const CALL_STR_1 = 163;
export const CALL_TUPLE_1 = 164;
export const CALL_TYPE_1 = 165;
export const COMPARE_OP_FLOAT = 166;
export const COMPARE_OP_INT = 167;
export const COMPARE_OP_STR = 168;
export const CONTAINS_OP_DICT = 169;
export const CONTAINS_OP_SET = 170;
export const FOR_ITER_GEN = 171;
export const FOR_ITER_LIST = 172;
export const FOR_ITER_RANGE = 173;
export const FOR_ITER_TUPLE = 174;
export const JUMP_BACKWARD_JIT = 175;
export const JUMP_BACKWARD_NO_JIT = 176;
export const LOAD_ATTR_CLASS = 177;
export const LOAD_ATTR_CLASS_WITH_METACLASS_CHECK = 178;
export const LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN = 179;
export const LOAD_ATTR_INSTANCE_VALUE = 180;
export const LOAD_ATTR_METHOD_LAZY_DICT = 181;
export const LOAD_ATTR_METHOD_NO_DICT = 182;
export const LOAD_ATTR_METHOD_WITH_VALUES = 183;
export const LOAD_ATTR_MODULE = 184;
export const LOAD_ATTR_NONDESCRIPTOR_NO_DICT = 185;
export const LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES = 186;
export const LOAD_ATTR_PROPERTY = 187;
export const LOAD_ATTR_SLOT = 188;
export const LOAD_ATTR_WITH_HINT = 189;
export const LOAD_CONST_IMMORTAL = 190;
export const LOAD_CONST_MORTAL = 191;
export const LOAD_GLOBAL_BUILTIN = 192;
export const LOAD_GLOBAL_MODULE = 193;
export const LOAD_SUPER_ATTR_ATTR = 194;
export const LOAD_SUPER_ATTR_METHOD = 195;
export const RESUME_CHECK = 196;
export const SEND_GEN = 197;
export const STORE_ATTR_INSTANCE_VALUE = 198;
export const STORE_ATTR_SLOT = 199;
export const STORE_ATTR_WITH_HINT = 200;
export const STORE_SUBSCR_DICT = 201;
export const STORE_SUBSCR_LIST_INT = 202;
export const TO_BOOL_ALWAYS_TRUE = 203;
export const TO_BOOL_BOOL = 204;
export const TO_BOOL_INT = 205;
export const TO_BOOL_LIST = 206;
export const TO_BOOL_NONE = 207;
export const TO_BOOL_STR = 208;
export const UNPACK_SEQUENCE_LIST = 209;
export const UNPACK_SEQUENCE_TUPLE = 210;
export const UNPACK_SEQUENCE_TWO_TUPLE = 211;
export const INSTRUMENTED_END_FOR = 234;
export const INSTRUMENTED_POP_ITER = 235;
export const INSTRUMENTED_END_SEND = 236;
export const INSTRUMENTED_FOR_ITER = 237;
export const INSTRUMENTED_INSTRUCTION = 238;
export const INSTRUMENTED_JUMP_FORWARD = 239;
export const INSTRUMENTED_NOT_TAKEN = 240;
export const INSTRUMENTED_POP_JUMP_IF_TRUE = 241;
export const INSTRUMENTED_POP_JUMP_IF_FALSE = 242;
export const INSTRUMENTED_POP_JUMP_IF_NONE = 243;
export const INSTRUMENTED_POP_JUMP_IF_NOT_NONE = 244;
export const INSTRUMENTED_RESUME = 245;
export const INSTRUMENTED_RETURN_VALUE = 246;
export const INSTRUMENTED_YIELD_VALUE = 247;
export const INSTRUMENTED_END_ASYNC_FOR = 248;
export const INSTRUMENTED_LOAD_SUPER_ATTR = 249;
export const INSTRUMENTED_CALL = 250;
export const INSTRUMENTED_CALL_KW = 251;
export const INSTRUMENTED_CALL_FUNCTION_EX = 252;
export const INSTRUMENTED_JUMP_BACKWARD = 253;
export const INSTRUMENTED_LINE = 254;
export const ENTER_EXECUTOR = 255;
export const ANNOTATIONS_PLACEHOLDER = 256;
export const JUMP = 257;
export const JUMP_IF_FALSE = 258;
export const JUMP_IF_TRUE = 259;
export const JUMP_NO_INTERRUPT = 260;
export const LOAD_CLOSURE = 261;
export const POP_BLOCK = 262;
export const SETUP_CLEANUP = 263;
export const SETUP_FINALLY = 264;
export const SETUP_WITH = 265;
export const STORE_FAST_MAYBE_NULL = 266;

export const NB_ADD = 0;
export const NB_AND = 1;
export const NB_FLOOR_DIVIDE = 2;
export const NB_LSHIFT = 3;
export const NB_MATRIX_MULTIPLY = 4;
export const NB_MULTIPLY = 5;
export const NB_REMAINDER = 6;
export const NB_OR = 7;
export const NB_POWER = 8;
export const NB_RSHIFT = 9;
export const NB_SUBTRACT = 10;
export const NB_TRUE_DIVIDE = 11;
export const NB_XOR = 12;
export const NB_INPLACE_ADD = 13;
export const NB_INPLACE_AND = 14;
export const NB_INPLACE_FLOOR_DIVIDE = 15;
export const NB_INPLACE_LSHIFT = 16;
export const NB_INPLACE_MATRIX_MULTIPLY = 17;
export const NB_INPLACE_MULTIPLY = 18;
export const NB_INPLACE_REMAINDER = 19;
export const NB_INPLACE_OR = 20;
export const NB_INPLACE_POWER = 21;
export const NB_INPLACE_RSHIFT = 22;
export const NB_INPLACE_SUBTRACT = 23;
export const NB_INPLACE_TRUE_DIVIDE = 24;
export const NB_INPLACE_XOR = 25;
export const NB_SUBSCR = 26;
export const INTRINSIC_1_INVALID = 0;
export const INTRINSIC_PRINT = 1;
export const INTRINSIC_IMPORT_STAR = 2;
export const INTRINSIC_STOPITERATION_ERROR = 3;
export const INTRINSIC_ASYNC_GEN_WRAP = 4;
export const INTRINSIC_UNARY_POSITIVE = 5;
export const INTRINSIC_LIST_TO_TUPLE = 6;
export const INTRINSIC_TYPEVAR = 7;
export const INTRINSIC_PARAMSPEC = 8;
export const INTRINSIC_TYPEVARTUPLE = 9;
export const INTRINSIC_SUBSCRIPT_GENERIC = 10;
export const INTRINSIC_TYPEALIAS = 11;
export const INTRINSIC_2_INVALID = 0;
export const INTRINSIC_PREP_RERAISE_STAR = 1;
export const INTRINSIC_TYPEVAR_WITH_BOUND = 2;
export const INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3;
export const INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4;
export const INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;
export const CONSTANT_ASSERTIONERROR = 0;
export const CONSTANT_NOTIMPLEMENTEDERROR = 1;
export const CONSTANT_BUILTIN_TUPLE = 2;
export const CONSTANT_BUILTIN_ALL = 3;
export const CONSTANT_BUILTIN_ANY = 4;
export const SPECIAL___ENTER__ = 0;
export const SPECIAL___EXIT__ = 1;
export const SPECIAL___AENTER__ = 2;
export const SPECIAL___AEXIT__ = 3;

export const HAS_ARG = 0x1;
export const HAS_CONST = 0x2;
export const HAS_NAME = 0x4;
export const HAS_JUMP = 0x8;
export const HAS_FREE = 0x10;
export const HAS_LOCAL = 0x20;
export const HAS_EVAL_BREAK = 0x40;
export const HAS_DEOPT = 0x80;
export const HAS_EXIT = 0x100;
export const HAS_ERROR = 0x200;
export const HAS_ESCAPES = 0x400;
export const HAS_PURE = 0x800;

/** Numbers below this one are instructions that a code object may hold; from it on they are pseudo-instructions. */
export const MIN_PSEUDO_OPCODE = 256;

/** Name by number; an empty string where there is no instruction. */
export const OPCODE_NAMES: readonly string[] = [
  'CACHE', 'BINARY_SLICE', 'BUILD_TEMPLATE', 'BINARY_OP_INPLACE_ADD_UNICODE', 'CALL_FUNCTION_EX', 'CHECK_EG_MATCH',
  'CHECK_EXC_MATCH', 'CLEANUP_THROW', 'DELETE_SUBSCR', 'END_FOR', 'END_SEND', 'EXIT_INIT_CHECK', 'FORMAT_SIMPLE',
  'FORMAT_WITH_SPEC', 'GET_AITER', 'GET_ANEXT', 'GET_ITER', 'RESERVED', 'GET_LEN', 'GET_YIELD_FROM_ITER',
  'INTERPRETER_EXIT', 'LOAD_BUILD_CLASS', 'LOAD_LOCALS', 'MAKE_FUNCTION', 'MATCH_KEYS', 'MATCH_MAPPING',
  'MATCH_SEQUENCE', 'NOP', 'NOT_TAKEN', 'POP_EXCEPT', 'POP_ITER', 'POP_TOP', 'PUSH_EXC_INFO', 'PUSH_NULL',
  'RETURN_GENERATOR', 'RETURN_VALUE', 'SETUP_ANNOTATIONS', 'STORE_SLICE', 'STORE_SUBSCR', 'TO_BOOL', 'UNARY_INVERT',
  'UNARY_NEGATIVE', 'UNARY_NOT', 'WITH_EXCEPT_START', 'BINARY_OP', 'BUILD_INTERPOLATION', 'BUILD_LIST', 'BUILD_MAP',
  'BUILD_SET', 'BUILD_SLICE', 'BUILD_STRING', 'BUILD_TUPLE', 'CALL', 'CALL_INTRINSIC_1', 'CALL_INTRINSIC_2',
  'CALL_KW', 'COMPARE_OP', 'CONTAINS_OP', 'CONVERT_VALUE', 'COPY', 'COPY_FREE_VARS', 'DELETE_ATTR', 'DELETE_DEREF',
  'DELETE_FAST', 'DELETE_GLOBAL', 'DELETE_NAME', 'DICT_MERGE', 'DICT_UPDATE', 'END_ASYNC_FOR', 'EXTENDED_ARG',
  'FOR_ITER', 'GET_AWAITABLE', 'IMPORT_FROM', 'IMPORT_NAME', 'IS_OP', 'JUMP_BACKWARD', 'JUMP_BACKWARD_NO_INTERRUPT',
  'JUMP_FORWARD', 'LIST_APPEND', 'LIST_EXTEND', 'LOAD_ATTR', 'LOAD_COMMON_CONSTANT', 'LOAD_CONST', 'LOAD_DEREF',
  'LOAD_FAST', 'LOAD_FAST_AND_CLEAR', 'LOAD_FAST_BORROW', 'LOAD_FAST_BORROW_LOAD_FAST_BORROW', 'LOAD_FAST_CHECK',
  'LOAD_FAST_LOAD_FAST', 'LOAD_FROM_DICT_OR_DEREF', 'LOAD_FROM_DICT_OR_GLOBALS', 'LOAD_GLOBAL', 'LOAD_NAME',
  'LOAD_SMALL_INT', 'LOAD_SPECIAL', 'LOAD_SUPER_ATTR', 'MAKE_CELL', 'MAP_ADD', 'MATCH_CLASS', 'POP_JUMP_IF_FALSE',
  'POP_JUMP_IF_NONE', 'POP_JUMP_IF_NOT_NONE', 'POP_JUMP_IF_TRUE', 'RAISE_VARARGS', 'RERAISE', 'SEND', 'SET_ADD',
  'SET_FUNCTION_ATTRIBUTE', 'SET_UPDATE', 'STORE_ATTR', 'STORE_DEREF', 'STORE_FAST', 'STORE_FAST_LOAD_FAST',
  'STORE_FAST_STORE_FAST', 'STORE_GLOBAL', 'STORE_NAME', 'SWAP', 'UNPACK_EX', 'UNPACK_SEQUENCE', 'YIELD_VALUE', '',
  '', '', '', '', '', '', 'RESUME', 'BINARY_OP_ADD_FLOAT', 'BINARY_OP_ADD_INT', 'BINARY_OP_ADD_UNICODE',
  'BINARY_OP_EXTEND', 'BINARY_OP_MULTIPLY_FLOAT', 'BINARY_OP_MULTIPLY_INT', 'BINARY_OP_SUBSCR_DICT',
  'BINARY_OP_SUBSCR_GETITEM', 'BINARY_OP_SUBSCR_LIST_INT', 'BINARY_OP_SUBSCR_LIST_SLICE', 'BINARY_OP_SUBSCR_STR_INT',
  'BINARY_OP_SUBSCR_TUPLE_INT', 'BINARY_OP_SUBTRACT_FLOAT', 'BINARY_OP_SUBTRACT_INT', 'CALL_ALLOC_AND_ENTER_INIT',
  'CALL_BOUND_METHOD_EXACT_ARGS', 'CALL_BOUND_METHOD_GENERAL', 'CALL_BUILTIN_CLASS', 'CALL_BUILTIN_FAST',
  'CALL_BUILTIN_FAST_WITH_KEYWORDS', 'CALL_BUILTIN_O', 'CALL_ISINSTANCE', 'CALL_KW_BOUND_METHOD', 'CALL_KW_NON_PY',
  'CALL_KW_PY', 'CALL_LEN', 'CALL_LIST_APPEND', 'CALL_METHOD_DESCRIPTOR_FAST',
  'CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS', 'CALL_METHOD_DESCRIPTOR_NOARGS', 'CALL_METHOD_DESCRIPTOR_O',
  'CALL_NON_PY_GENERAL', 'CALL_PY_EXACT_ARGS', 'CALL_PY_GENERAL', 'CALL_STR_1', 'CALL_TUPLE_1', 'CALL_TYPE_1',
  'COMPARE_OP_FLOAT', 'COMPARE_OP_INT', 'COMPARE_OP_STR', 'CONTAINS_OP_DICT', 'CONTAINS_OP_SET', 'FOR_ITER_GEN',
  'FOR_ITER_LIST', 'FOR_ITER_RANGE', 'FOR_ITER_TUPLE', 'JUMP_BACKWARD_JIT', 'JUMP_BACKWARD_NO_JIT', 'LOAD_ATTR_CLASS',
  'LOAD_ATTR_CLASS_WITH_METACLASS_CHECK', 'LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN', 'LOAD_ATTR_INSTANCE_VALUE',
  'LOAD_ATTR_METHOD_LAZY_DICT', 'LOAD_ATTR_METHOD_NO_DICT', 'LOAD_ATTR_METHOD_WITH_VALUES', 'LOAD_ATTR_MODULE',
  'LOAD_ATTR_NONDESCRIPTOR_NO_DICT', 'LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES', 'LOAD_ATTR_PROPERTY', 'LOAD_ATTR_SLOT',
  'LOAD_ATTR_WITH_HINT', 'LOAD_CONST_IMMORTAL', 'LOAD_CONST_MORTAL', 'LOAD_GLOBAL_BUILTIN', 'LOAD_GLOBAL_MODULE',
  'LOAD_SUPER_ATTR_ATTR', 'LOAD_SUPER_ATTR_METHOD', 'RESUME_CHECK', 'SEND_GEN', 'STORE_ATTR_INSTANCE_VALUE',
  'STORE_ATTR_SLOT', 'STORE_ATTR_WITH_HINT', 'STORE_SUBSCR_DICT', 'STORE_SUBSCR_LIST_INT', 'TO_BOOL_ALWAYS_TRUE',
  'TO_BOOL_BOOL', 'TO_BOOL_INT', 'TO_BOOL_LIST', 'TO_BOOL_NONE', 'TO_BOOL_STR', 'UNPACK_SEQUENCE_LIST',
  'UNPACK_SEQUENCE_TUPLE', 'UNPACK_SEQUENCE_TWO_TUPLE', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  '', '', '', '', '', '', '', 'INSTRUMENTED_END_FOR', 'INSTRUMENTED_POP_ITER', 'INSTRUMENTED_END_SEND',
  'INSTRUMENTED_FOR_ITER', 'INSTRUMENTED_INSTRUCTION', 'INSTRUMENTED_JUMP_FORWARD', 'INSTRUMENTED_NOT_TAKEN',
  'INSTRUMENTED_POP_JUMP_IF_TRUE', 'INSTRUMENTED_POP_JUMP_IF_FALSE', 'INSTRUMENTED_POP_JUMP_IF_NONE',
  'INSTRUMENTED_POP_JUMP_IF_NOT_NONE', 'INSTRUMENTED_RESUME', 'INSTRUMENTED_RETURN_VALUE', 'INSTRUMENTED_YIELD_VALUE',
  'INSTRUMENTED_END_ASYNC_FOR', 'INSTRUMENTED_LOAD_SUPER_ATTR', 'INSTRUMENTED_CALL', 'INSTRUMENTED_CALL_KW',
  'INSTRUMENTED_CALL_FUNCTION_EX', 'INSTRUMENTED_JUMP_BACKWARD', 'INSTRUMENTED_LINE', 'ENTER_EXECUTOR',
  'ANNOTATIONS_PLACEHOLDER', 'JUMP', 'JUMP_IF_FALSE', 'JUMP_IF_TRUE', 'JUMP_NO_INTERRUPT', 'LOAD_CLOSURE',
  'POP_BLOCK', 'SETUP_CLEANUP', 'SETUP_FINALLY', 'SETUP_WITH', 'STORE_FAST_MAYBE_NULL',
];

/** HAS_* bits by number. */
export const OPCODE_FLAGS: readonly number[] = [
  0, 1536, 1536, 1952, 1600, 1536, 1536, 1536, 1536, 1024, 3072, 1536, 1536, 1536, 1536, 1536, 1536, 0, 1536, 1536,
  1024, 1536, 1536, 1536, 1536, 0, 0, 2048, 2048, 1024, 3072, 3072, 0, 2048, 1536, 1024, 1536, 1536, 1536, 1536, 1536,
  1536, 2048, 1536, 1537, 1537, 1537, 1537, 1537, 513, 513, 513, 1601, 1537, 1537, 1601, 1537, 1537, 1537, 2049, 1,
  1541, 1553, 1569, 1541, 1541, 1537, 1537, 1545, 1, 1545, 1537, 1541, 1541, 1, 1609, 9, 9, 513, 1537, 1541, 1, 3,
  1569, 2081, 33, 2081, 33, 1569, 33, 1553, 1541, 1541, 1541, 1, 1537, 1541, 1553, 1537, 1537, 9, 1033, 1033, 9, 1537,
  1537, 1545, 1537, 1, 1537, 1541, 1041, 1057, 1057, 1057, 1541, 1541, 2049, 1537, 1537, 1, 0, 0, 0, 0, 0, 0, 0, 1601,
  768, 1792, 768, 1664, 768, 1792, 1792, 128, 1408, 1792, 1408, 384, 768, 1792, 1665, 1409, 1921, 1729, 1729, 1729,
  1857, 1665, 1921, 1857, 1921, 1664, 1665, 1857, 1857, 1857, 1857, 1857, 385, 1921, 1729, 1729, 1153, 257, 385, 257,
  1793, 1665, 129, 1417, 777, 1289, 1609, 1609, 257, 257, 133, 1409, 385, 257, 385, 1153, 1281, 1409, 385, 385, 1413,
  3, 3, 129, 129, 1669, 1669, 128, 129, 1280, 1408, 1413, 1792, 1408, 1280, 256, 1280, 256, 256, 1280, 385, 385, 1409,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1536, 1024, 1536, 1545, 1536, 1, 0, 1, 1, 1025,
  1025, 1601, 1536, 1537, 1545, 1541, 1601, 1601, 1600, 1601, 1024, 1, 2048, 1609, 1545, 1545, 9, 2081, 2048, 2049,
  2049, 2049, 1057,
];

/** Inline cache units by number. */
export const OPCODE_CACHES: readonly number[] = [
  0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
  3, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0,
  0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0,
  0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 4, 4, 1,
  1, 0, 1, 4, 4, 4, 1, 1, 3, 3, 3, 3, 3, 3, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 3, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/** The general instruction of a specialised one, else the instruction itself. */
export const OPCODE_DEOPT: readonly number[] = [
  0, 1, 2, 44, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
  31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
  60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88,
  89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113,
  114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 44, 44, 44, 44, 44, 44, 44, 44, 44, 44,
  44, 44, 44, 44, 52, 52, 52, 52, 52, 52, 52, 52, 55, 55, 55, 52, 52, 52, 52, 52, 52, 52, 52, 52, 52, 52, 52, 56, 56,
  56, 57, 57, 70, 70, 70, 70, 75, 75, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 82, 82, 92, 92, 96, 96, 128,
  106, 110, 110, 110, 38, 38, 39, 39, 39, 39, 39, 39, 119, 119, 119, 212, 213, 214, 215, 216, 217, 218, 219, 220, 221,
  222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244,
  245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255,
];

/** Items an instruction takes from the stack; -1 for an unknown number. -2: depends on the oparg. */
export const POPPED: readonly number[] = [
  0, 3, 2, 2, 4, 2, 2, 3, 2, 1, 2, 1, 1, 2, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 2, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 4, 3,
  1, 1, 1, 1, 5, 2, -2, -2, -2, -2, -2, -2, -2, -2, 1, 2, -2, 2, 2, 1, -2, 0, 1, 0, 0, 0, 0, -2, -2, 2, 0, 1, 1, 1, 2,
  2, 0, 0, 0, -2, -2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 3, 0, -2, 3, 1, 1, 1, 1, -2, -2, 2, -2, 2, -2,
  2, 1, 1, 1, 2, 1, 1, -2, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, -2, -2,
  -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 3, 3, 0, 2, 2, 2, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1,
  -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 2, 1, 2, 1, 0, 0, 0, 1, 1, 1, 1, 0, 1,
  1, 2, 3, -2, -2, 4, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1,
];

/** Items an instruction takes from the stack; -1 for an unknown number. CPython: Include/internal/pycore_opcode_metadata.h */
export function numPopped(opcode: number, oparg: number): number {
  const fixed = POPPED[opcode];
  if (fixed === undefined) return -1;
  if (fixed !== -2) return fixed;
  switch (opcode) {
    case 45: // BUILD_INTERPOLATION
      return 2 + (oparg & 1);
    case 46: // BUILD_LIST
    case 48: // BUILD_SET
    case 49: // BUILD_SLICE
    case 50: // BUILD_STRING
    case 51: // BUILD_TUPLE
    case 104: // RAISE_VARARGS
      return (oparg);
    case 47: // BUILD_MAP
      return (oparg * 2);
    case 52: // CALL
    case 143: // CALL_ALLOC_AND_ENTER_INIT
    case 144: // CALL_BOUND_METHOD_EXACT_ARGS
    case 145: // CALL_BOUND_METHOD_GENERAL
    case 146: // CALL_BUILTIN_CLASS
    case 147: // CALL_BUILTIN_FAST
    case 148: // CALL_BUILTIN_FAST_WITH_KEYWORDS
    case 149: // CALL_BUILTIN_O
    case 150: // CALL_ISINSTANCE
    case 154: // CALL_LEN
    case 155: // CALL_LIST_APPEND
    case 156: // CALL_METHOD_DESCRIPTOR_FAST
    case 157: // CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS
    case 158: // CALL_METHOD_DESCRIPTOR_NOARGS
    case 159: // CALL_METHOD_DESCRIPTOR_O
    case 160: // CALL_NON_PY_GENERAL
    case 161: // CALL_PY_EXACT_ARGS
    case 162: // CALL_PY_GENERAL
    case 163: // CALL_STR_1
    case 164: // CALL_TUPLE_1
    case 165: // CALL_TYPE_1
    case 250: // INSTRUMENTED_CALL
      return 2 + (oparg);
    case 55: // CALL_KW
    case 151: // CALL_KW_BOUND_METHOD
    case 152: // CALL_KW_NON_PY
    case 153: // CALL_KW_PY
    case 251: // INSTRUMENTED_CALL_KW
      return 3 + (oparg);
    case 59: // COPY
      return 1 + (oparg - 1);
    case 66: // DICT_MERGE
      return 5 + (oparg - 1);
    case 67: // DICT_UPDATE
    case 78: // LIST_APPEND
    case 79: // LIST_EXTEND
    case 107: // SET_ADD
    case 109: // SET_UPDATE
      return 2 + (oparg - 1);
    case 98: // MAP_ADD
      return 3 + (oparg - 1);
    case 105: // RERAISE
      return 1 + (oparg);
    case 117: // SWAP
      return 2 + (oparg - 2);
    default:
      return -1;
  }
}

/** Items an instruction leaves on the stack in their place; -1 for an unknown number. -2: depends on the oparg. */
export const PUSHED: readonly number[] = [
  0, 1, 1, 1, 1, 2, 2, 2, 0, 0, 1, 0, 1, 1, 1, 2, 1, 0, 2, 1, 0, 1, 1, 1, 3, 2, 2, 0, 0, 0, 0, 0, 2, 1, 1, 1, 0, 0, 0,
  1, 1, 1, 1, 6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -2, 0, 0, 0, 0, 0, 0, -2, -2, 0, 0, 2, 1, 2, 1, 1, 0, 0,
  0, -2, -2, -2, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 1, -2, 1, 1, 2, -2, 0, -2, 1, 0, 0, 0, 0, 0, -2, 2, -2, 1, -2, 0, 0, 0,
  1, 0, 0, 0, -2, -2, -2, 1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, -2, -2, -2, -2, -2, -2, -2,
  -2, -2, -2, -2, -2, -2, 1, 1, -2, -2, -2, -2, 0, 2, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, -2, -2, -2, -1, -1, -1, -1, -1,
  -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, -2,
  1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 2, 1, 1, 0,
];

/** Items an instruction leaves on the stack in their place; -1 for an unknown number. CPython: Include/internal/pycore_opcode_metadata.h */
export function numPushed(opcode: number, oparg: number): number {
  const fixed = PUSHED[opcode];
  if (fixed === undefined) return -1;
  if (fixed !== -2) return fixed;
  switch (opcode) {
    case 59: // COPY
      return 2 + (oparg - 1);
    case 66: // DICT_MERGE
      return 4 + (oparg - 1);
    case 67: // DICT_UPDATE
    case 78: // LIST_APPEND
    case 79: // LIST_EXTEND
    case 98: // MAP_ADD
    case 107: // SET_ADD
    case 109: // SET_UPDATE
      return 1 + (oparg - 1);
    case 80: // LOAD_ATTR
    case 92: // LOAD_GLOBAL
    case 96: // LOAD_SUPER_ATTR
    case 177: // LOAD_ATTR_CLASS
    case 178: // LOAD_ATTR_CLASS_WITH_METACLASS_CHECK
    case 179: // LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN
    case 180: // LOAD_ATTR_INSTANCE_VALUE
    case 181: // LOAD_ATTR_METHOD_LAZY_DICT
    case 182: // LOAD_ATTR_METHOD_NO_DICT
    case 183: // LOAD_ATTR_METHOD_WITH_VALUES
    case 184: // LOAD_ATTR_MODULE
    case 185: // LOAD_ATTR_NONDESCRIPTOR_NO_DICT
    case 186: // LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES
    case 187: // LOAD_ATTR_PROPERTY
    case 188: // LOAD_ATTR_SLOT
    case 189: // LOAD_ATTR_WITH_HINT
    case 192: // LOAD_GLOBAL_BUILTIN
    case 193: // LOAD_GLOBAL_MODULE
    case 194: // LOAD_SUPER_ATTR_ATTR
    case 195: // LOAD_SUPER_ATTR_METHOD
    case 249: // INSTRUMENTED_LOAD_SUPER_ATTR
      return 1 + (oparg & 1);
    case 105: // RERAISE
    case 119: // UNPACK_SEQUENCE
    case 209: // UNPACK_SEQUENCE_LIST
    case 210: // UNPACK_SEQUENCE_TUPLE
    case 211: // UNPACK_SEQUENCE_TWO_TUPLE
      return (oparg);
    case 117: // SWAP
      return 2 + (oparg - 2);
    case 118: // UNPACK_EX
      return 1 + (oparg & 255) + (oparg >> 8);
    default:
      return -1;
  }
}
