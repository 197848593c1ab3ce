// opcode_notes.ts: what became of each instruction from one version to the next, and why.
//
// A row holds from the named version on. Every opcode that a version adds or drops stands in one of its rows: a test compares
// them with the recorded tables. An opcode on both sides kept its name and changed its meaning.
import type { Version } from './version.ts';

export interface OpcodeNote {
  readonly since: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly text: string;
}

type Row = readonly [since: string, before: string, after: string, text: string];

// biome-ignore format: a table, one row a line
const ROWS: readonly Row[] = [
  ['3.7', 'STORE_ANNOTATION', 'STORE_SUBSCR', 'An annotation is stored in __annotations__ by an ordinary item assignment.'],
  ['3.7', 'LOAD_ATTR', 'LOAD_METHOD', 'A method that is called at once is looked up without making a bound method: function and self go on the stack apart.'],
  ['3.7', 'CALL_FUNCTION', 'CALL_METHOD', 'Calls what LOAD_METHOD found, with self as the first argument.'],

  ['3.8', 'SETUP_LOOP', '', 'Loops need no block: the compiler knows where break and continue lead.'],
  ['3.8', 'BREAK_LOOP CONTINUE_LOOP', 'JUMP_ABSOLUTE', 'break and continue are plain jumps, since the compiler unwinds the blocks in between itself.'],
  ['3.8', 'SETUP_EXCEPT', 'SETUP_FINALLY', 'One instruction opens the block of try, with except as with finally.'],
  ['3.8', '', 'BEGIN_FINALLY CALL_FINALLY POP_FINALLY', 'A finally body is a subroutine: called on the ways through break, continue and return, and left with its return address dropped.'],
  ['3.8', '', 'END_ASYNC_FOR', 'Ends `async for` when StopAsyncIteration comes, which took several instructions.'],
  ['3.8', 'ROT_THREE', 'ROT_FOUR', 'Rotates one item more; a with statement left by return needs it.'],

  ['3.9', 'BEGIN_FINALLY CALL_FINALLY POP_FINALLY END_FINALLY', 'RERAISE', 'A finally body is compiled once for each way into it; the way of the exception ends by raising it again.'],
  ['3.9', 'WITH_CLEANUP_START WITH_CLEANUP_FINISH', 'WITH_EXCEPT_START CALL_FUNCTION', 'Leaving a with block normally is an ordinary call of __exit__; only the way of the exception has an instruction.'],
  ['3.9', 'BUILD_LIST_UNPACK', 'LIST_EXTEND', 'A display with * is built step by step: an empty list, extended by each part.'],
  ['3.9', 'BUILD_TUPLE_UNPACK BUILD_TUPLE_UNPACK_WITH_CALL', 'LIST_EXTEND LIST_TO_TUPLE', 'Arguments and tuples with * are collected in a list that becomes a tuple.'],
  ['3.9', 'BUILD_SET_UNPACK', 'SET_UPDATE', 'A set display with * is built step by step.'],
  ['3.9', 'BUILD_MAP_UNPACK', 'DICT_UPDATE', 'A dict display with ** is built step by step.'],
  ['3.9', 'BUILD_MAP_UNPACK_WITH_CALL', 'DICT_MERGE', 'Keyword arguments with ** are merged one mapping after the other, refusing duplicates.'],
  ['3.9', 'COMPARE_OP', 'IS_OP CONTAINS_OP', '`is` and `in` are no comparisons any more: they have instructions of their own, inverted by an argument of 1.'],
  ['3.9', 'COMPARE_OP POP_JUMP_IF_FALSE', 'JUMP_IF_NOT_EXC_MATCH', 'Whether an exception matches an except clause is tested and jumped on at once.'],
  ['3.9', 'LOAD_GLOBAL', 'LOAD_ASSERTION_ERROR', 'assert finds AssertionError even where the program has rebound the name.'],

  ['3.10', 'JUMP_ABSOLUTE JUMP_FORWARD POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE FOR_ITER SETUP_FINALLY', 'JUMP_ABSOLUTE JUMP_FORWARD POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE FOR_ITER SETUP_FINALLY', 'The argument of a jump counts instructions, where it counted bytes: half the number, and fewer EXTENDED_ARG.'],
  ['3.10', '', 'MATCH_CLASS MATCH_KEYS MATCH_MAPPING MATCH_SEQUENCE COPY_DICT_WITHOUT_KEYS GET_LEN', 'Instructions of the match statement (PEP 634).'],
  ['3.10', '', 'GEN_START', 'Begins a generator, coroutine or async generator: drops the None that was sent in.'],
  ['3.10', 'ROT_FOUR', 'ROT_N', 'Rotates as many items as its argument says, for match statements.'],

  ['3.11', 'BINARY_ADD BINARY_AND BINARY_FLOOR_DIVIDE BINARY_LSHIFT BINARY_MATRIX_MULTIPLY BINARY_MODULO BINARY_MULTIPLY BINARY_OR BINARY_POWER BINARY_RSHIFT BINARY_SUBTRACT BINARY_TRUE_DIVIDE BINARY_XOR INPLACE_ADD INPLACE_AND INPLACE_FLOOR_DIVIDE INPLACE_LSHIFT INPLACE_MATRIX_MULTIPLY INPLACE_MODULO INPLACE_MULTIPLY INPLACE_OR INPLACE_POWER INPLACE_RSHIFT INPLACE_SUBTRACT INPLACE_TRUE_DIVIDE INPLACE_XOR', 'BINARY_OP', 'All binary and in-place operators are one instruction; its argument says which. It specialises for the types that it meets (PEP 659).'],
  ['3.11', 'CALL_FUNCTION CALL_METHOD', 'PRECALL CALL', 'Functions and methods are called alike: under the arguments lie the callable and self, or NULL and the callable. PRECALL prepares what CALL does.'],
  ['3.11', 'CALL_FUNCTION_KW', 'KW_NAMES PRECALL CALL', 'Names of keyword arguments are set aside by KW_NAMES instead of being pushed as a tuple.'],
  ['3.11', 'LOAD_NAME LOAD_GLOBAL LOAD_FAST', 'PUSH_NULL', 'The NULL in the place of self, under a callable that is no method.'],
  ['3.11', 'LOAD_GLOBAL', 'LOAD_GLOBAL', 'The lowest bit of the argument asks for a NULL below the global, ready for a call; the name is the argument halved. Four units of cache follow.'],
  ['3.11', 'DUP_TOP DUP_TOP_TWO', 'COPY', 'One instruction copies the item at any depth.'],
  ['3.11', 'ROT_TWO ROT_THREE ROT_FOUR ROT_N', 'SWAP', 'Rotations are made of swaps with the top of the stack.'],
  ['3.11', 'JUMP_ABSOLUTE', 'JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT', 'All jumps are relative; backward ones have instructions of their own, where a loop checks for signals and other threads.'],
  ['3.11', 'POP_JUMP_IF_FALSE', 'POP_JUMP_FORWARD_IF_FALSE POP_JUMP_BACKWARD_IF_FALSE', 'Conditional jumps are relative and say their direction.'],
  ['3.11', 'POP_JUMP_IF_TRUE', 'POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_TRUE', 'Conditional jumps are relative and say their direction.'],
  ['3.11', 'IS_OP POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE', 'POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NONE POP_JUMP_BACKWARD_IF_NOT_NONE', '`is None` in a condition is one instruction: no None is loaded, and nothing compared.'],
  ['3.11', 'SETUP_FINALLY POP_BLOCK', 'PUSH_EXC_INFO', 'try costs nothing while nothing is raised: which instructions a handler covers stands in the exception table, not in a block opened and closed at run time.'],
  ['3.11', 'SETUP_WITH', 'BEFORE_WITH', '__enter__ is called as before; the block around the body became a row of the exception table.'],
  ['3.11', 'SETUP_ASYNC_WITH', 'BEFORE_ASYNC_WITH', 'The block around the body became a row of the exception table.'],
  ['3.11', 'JUMP_IF_NOT_EXC_MATCH', 'CHECK_EXC_MATCH', 'The test of an except clause gives a bool, which an ordinary jump looks at.'],
  ['3.11', '', 'CHECK_EG_MATCH PREP_RERAISE_STAR', 'except* splits exception groups (PEP 654).'],
  ['3.11', '', 'RESUME', 'Marks where a frame starts or goes on: after a call, a yield or an await. Signals and thread switches are looked for here.'],
  ['3.11', 'GEN_START', 'RETURN_GENERATOR', 'A generator function makes its generator itself, as its first step, out of the running frame.'],
  ['3.11', 'YIELD_FROM', 'SEND YIELD_VALUE JUMP_BACKWARD_NO_INTERRUPT', '`yield from` and await are a loop in plain sight: send, yield, jump back.'],
  ['3.11', '', 'ASYNC_GEN_WRAP', 'Marks a value that an async generator yields, as opposed to what it awaits.'],
  ['3.11', '', 'MAKE_CELL COPY_FREE_VARS', 'Cells are made, and a closure\'s cells copied into the frame, by instructions at the start of the function instead of by every call.'],
  ['3.11', 'COPY_DICT_WITHOUT_KEYS', 'DICT_UPDATE DELETE_SUBSCR', '`**rest` in a pattern is a copy of the mapping from which the matched keys are deleted.'],
  ['3.11', '', 'CACHE', 'Inline cache behind an instruction: where the specialising interpreter keeps what it has learnt (PEP 659).'],

  ['3.12', 'PRECALL', '', 'CALL does the preparation too.'],
  ['3.12', 'LOAD_METHOD', 'LOAD_ATTR', 'The lowest bit of LOAD_ATTR\'s argument asks for a method and its self; the name is the argument halved.'],
  ['3.12', 'LOAD_ATTR', 'LOAD_ATTR', 'The lowest bit of the argument tells a method call; the name is the argument halved.'],
  ['3.12', 'LOAD_GLOBAL LOAD_ATTR CALL', 'LOAD_SUPER_ATTR', 'super().name makes no super object: one instruction looks the attribute up.'],
  ['3.12', 'POP_JUMP_FORWARD_IF_FALSE POP_JUMP_BACKWARD_IF_FALSE', 'POP_JUMP_IF_FALSE', 'Conditional jumps lead forward only; a loop\'s condition that led backward is inverted over a JUMP_BACKWARD.'],
  ['3.12', 'POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_TRUE', 'POP_JUMP_IF_TRUE', 'Conditional jumps lead forward only; a loop\'s condition that led backward is inverted over a JUMP_BACKWARD.'],
  ['3.12', 'POP_JUMP_FORWARD_IF_NONE POP_JUMP_BACKWARD_IF_NONE', 'POP_JUMP_IF_NONE', 'Conditional jumps lead forward only.'],
  ['3.12', 'POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NOT_NONE', 'POP_JUMP_IF_NOT_NONE', 'Conditional jumps lead forward only.'],
  ['3.12', 'JUMP_IF_FALSE_OR_POP', 'COPY POP_JUMP_IF_FALSE POP_TOP', '`and` copies its left side, tests the copy and drops what is not needed.'],
  ['3.12', 'JUMP_IF_TRUE_OR_POP', 'COPY POP_JUMP_IF_TRUE POP_TOP', '`or` copies its left side, tests the copy and drops what is not needed.'],
  ['3.12', 'LOAD_CONST RETURN_VALUE', 'RETURN_CONST', 'Returning a constant is one instruction.'],
  ['3.12', 'BUILD_SLICE BINARY_SUBSCR', 'BINARY_SLICE', 'a[b:c] makes no slice object.'],
  ['3.12', 'BUILD_SLICE STORE_SUBSCR', 'STORE_SLICE', 'a[b:c] = d makes no slice object.'],
  ['3.12', 'ASYNC_GEN_WRAP IMPORT_STAR LIST_TO_TUPLE PRINT_EXPR UNARY_POSITIVE', 'CALL_INTRINSIC_1', 'Rare operations share one instruction; its argument says which.'],
  ['3.12', 'PREP_RERAISE_STAR', 'CALL_INTRINSIC_2', 'Rare operations share one instruction; its argument says which.'],
  ['3.12', 'LOAD_CLASSDEREF', 'LOAD_LOCALS LOAD_FROM_DICT_OR_DEREF', 'A class body looks a free variable up in an explicit namespace first; annotation scopes (PEP 695) do so too.'],
  ['3.12', '', 'LOAD_FROM_DICT_OR_GLOBALS', 'Looks a name up in a class\'s namespace, then among the globals: for annotation scopes (PEP 695).'],
  ['3.12', 'MAKE_FUNCTION CALL', 'LOAD_FAST_AND_CLEAR', 'A comprehension is part of the function around it (PEP 709): no function is made and called. A variable of the same name is put aside.'],
  ['3.12', 'LOAD_FAST', 'LOAD_FAST_CHECK', 'LOAD_FAST trusts that the variable is bound; where the compiler cannot prove it, LOAD_FAST_CHECK does not.'],
  ['3.12', '', 'END_FOR', 'Drops iterator and value when a for loop is exhausted.'],
  ['3.12', '', 'END_SEND', 'Drops the sub-iterator when `yield from` or await is over.'],
  ['3.12', '', 'CLEANUP_THROW', 'Ends throw() into a sub-iterator.'],
  ['3.12', '', 'INTERPRETER_EXIT', 'Leaves the interpreter\'s loop; the interpreter\'s own, no compiler emits it.'],
  ['3.12', '', 'RESERVED', 'A number kept free.'],
  ['3.12', 'COMPARE_OP', 'COMPARE_OP', 'The operator stands in the upper bits of the argument; the lower four say which results specialised forms look for.'],

  ['3.13', '', 'TO_BOOL', 'The truth of a value is an instruction of its own, which specialises; jumps test bools only.'],
  ['3.13', 'COMPARE_OP', 'COMPARE_OP', 'Bit 4 of the argument asks for a bool, where a jump follows; the operator stands above it.'],
  ['3.13', 'LOAD_FAST', 'LOAD_FAST_LOAD_FAST', 'Two loads in one instruction; the argument holds both numbers.'],
  ['3.13', 'STORE_FAST LOAD_FAST', 'STORE_FAST_LOAD_FAST', 'A store and a load in one instruction.'],
  ['3.13', 'STORE_FAST', 'STORE_FAST_STORE_FAST', 'Two stores in one instruction.'],
  ['3.13', 'KW_NAMES CALL', 'CALL_KW', 'A call with keyword arguments takes their names from the stack again.'],
  ['3.13', 'FORMAT_VALUE', 'FORMAT_SIMPLE FORMAT_WITH_SPEC CONVERT_VALUE', 'Formatting in f-strings is split: conversion (!r), and formatting with or without a specification.'],
  ['3.13', 'MAKE_FUNCTION', 'MAKE_FUNCTION SET_FUNCTION_ATTRIBUTE', 'MAKE_FUNCTION takes the code only; defaults, annotations and closure are set one by one afterwards.'],
  ['3.13', 'LOAD_CLOSURE', 'LOAD_FAST', 'A cell is loaded as any other variable of the frame.'],
  ['3.13', 'PUSH_NULL', 'PUSH_NULL', 'The NULL in the place of self lies above the callable instead of below.'],
  ['3.13', 'LOAD_GLOBAL', 'LOAD_GLOBAL', 'The NULL that may come with a global lies above it instead of below.'],
  ['3.13', '', 'ENTER_EXECUTOR EXIT_INIT_CHECK', 'The interpreter\'s own: entry into code of the JIT compiler, and the check that __init__ returned None.'],

  ['3.14', 'LOAD_FAST', 'LOAD_FAST_BORROW', 'Loads a local without taking a reference, where the compiler proves that the variable outlives the use.'],
  ['3.14', 'LOAD_FAST_LOAD_FAST', 'LOAD_FAST_BORROW_LOAD_FAST_BORROW', 'Two loads without taking references.'],
  ['3.14', 'LOAD_CONST', 'LOAD_SMALL_INT', 'Ints from 0 to 255 stand in the instruction and need no place among the constants.'],
  ['3.14', 'RETURN_CONST', 'LOAD_CONST RETURN_VALUE', 'A constant is loaded and then returned, two instructions again.'],
  ['3.14', 'LOAD_ASSERTION_ERROR', 'LOAD_COMMON_CONSTANT', 'Objects that the compiler refers to are loaded by number: AssertionError, NotImplementedError, tuple, all, any.'],
  ['3.14', 'BINARY_SUBSCR', 'BINARY_OP', 'Subscripts are one more operator of BINARY_OP.'],
  ['3.14', 'BUILD_CONST_KEY_MAP', 'BUILD_MAP', 'A dict display with constant keys loads them one by one.'],
  ['3.14', 'BEFORE_WITH BEFORE_ASYNC_WITH', 'LOAD_SPECIAL', '__enter__ and __exit__ are looked up on the type by LOAD_SPECIAL and called by ordinary calls.'],
  ['3.14', 'POP_TOP', 'POP_ITER', 'Drops a loop\'s iterator.'],
  ['3.14', '', 'NOT_TAKEN', 'Marks the way on where a conditional jump does not jump, for sys.monitoring.'],
  ['3.14', '', 'BUILD_INTERPOLATION BUILD_TEMPLATE', 'Template strings (PEP 750).'],
  ['3.14', 'IS_OP CONTAINS_OP', 'IS_OP CONTAINS_OP', 'dis shows the operator.'],

  ['3.15', 'GET_YIELD_FROM_ITER', 'GET_ITER', 'GET_ITER tells by its argument what the iterator is for; yield from is one of the uses.'],
  ['3.15', 'LOAD_CONST', 'LOAD_COMMON_CONSTANT', 'None and other frequent values are loaded by number and need no place among the constants.'],
  ['3.15', 'IMPORT_NAME', 'IMPORT_NAME', 'The two low bits of the argument ask for a lazy or an eager import (PEP 810); the name stands above them.'],
  ['3.15', '', 'TRACE_RECORD', 'The interpreter\'s own: it records instructions for the JIT compiler.'],
];

const words = (text: string): string[] => text.split(' ').filter(word => word !== '');

let notes: OpcodeNote[] | null = null;

export function opcodeNotes(): readonly OpcodeNote[] {
  notes ??= ROWS.map(([since, before, after, text]) => ({ since, before: words(before), after: words(after), text }));
  return notes;
}

const minorOf = (note: OpcodeNote): number => Number(note.since.split('.')[1]);

/** A note's opcodes in words: `CALL_FUNCTION, CALL_METHOD → PRECALL, CALL`. */
export function changeText({ before, after }: OpcodeNote): string {
  const list = (names: readonly string[]): string =>
    names.length > 4 ? `${names.slice(0, 2).join(', ')}, ... (${names.length})` : names.join(', ');
  if (before.join() === after.join()) return list(before);
  return [list(before), list(after)].filter(text => text !== '').join(' → ');
}

/** What changed from one version to a later one. */
export class OpcodeChanges {
  private readonly from: Version;
  private readonly to: Version;
  private readonly notes: readonly OpcodeNote[];
  private readonly reached = new Map<string, ReadonlyMap<string, readonly OpcodeNote[]>>();

  constructor(from: Version, to: Version) {
    this.from = from;
    this.to = to;
    this.notes = opcodeNotes().filter(note => minorOf(note) > from.minor && minorOf(note) <= to.minor);
  }

  /** What an instruction may have become, with the notes on the way there. */
  successors(name: string): ReadonlyMap<string, readonly OpcodeNote[]> {
    const known = this.reached.get(name);
    if (known !== undefined) return known;
    // Rows are in the order of versions, so one pass follows every chain.
    const ways = new Map<string, readonly OpcodeNote[]>([[name, []]]);
    for (const note of this.notes) {
      const from = note.before.find(before => ways.has(before));
      if (from === undefined) continue;
      const way = [...ways.get(from)!, note];
      for (const after of note.after) if (!ways.has(after)) ways.set(after, way);
      if (note.after.includes(name) && note.before.includes(name)) ways.set(name, [...ways.get(name)!, note]);
    }
    this.reached.set(name, ways);
    return ways;
  }

  related(before: string, after: string): boolean {
    return this.successors(before).has(after);
  }

  /** Why an instruction is not there any more, is there now, or is another; nothing where the versions do not differ in it. */
  about(before: string | null, after: string | null): readonly OpcodeNote[] {
    if (before !== null && after !== null) return this.successors(before).get(after) ?? [];
    const side = before !== null ? 'before' : 'after';
    const name = (before ?? after)!;
    const version = side === 'before' ? this.to : this.from;
    if (version.opcode(name) !== undefined) return [];
    const note = this.notes.find(
      n => n[side].includes(name) && !n[side === 'before' ? 'after' : 'before'].includes(name),
    );
    return note === undefined ? [] : [note];
  }
}
