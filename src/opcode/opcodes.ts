// opcodes.ts: the one table of instructions.          CPython: Python/bytecodes.c, Include/opcode_ids.h
//
// Everything that needs to know an instruction derives from these rows: the numeric constants and the functions
// of opcodes.generated.ts (npm run generate), the assembler, dis, the `opcode` and `_opcode` modules, the
// interpreter and the documentation. Numbers, inline caches and argument kinds are those of CPython 3.14
// (magic 3627); recorded from a running 3.14.10, and tests/unit/opcode holds the table against that record.
//
// The stack effect reads left to right, top of stack last: `lhs, rhs -- res`. An item may stand for several:
// `values[oparg]`. A jump has the effect that holds when it falls through unless a row says otherwise.

/**
 * What an instruction may do:
 * arg (has an oparg), const, name, jump, free, local (what the oparg means), eval_break (tests the eval breaker),
 * deopt and exit (a specialised form that may give way to the general one), error (may raise), escapes (may run
 * arbitrary code), pure (has no effect but on the stack).
 */
export const FLAG_NAMES = [
  'arg',
  'const',
  'name',
  'jump',
  'free',
  'local',
  'eval_break',
  'deopt',
  'exit',
  'error',
  'escapes',
  'pure',
] as const;

/** [number, name, stack effect, inline cache units, flags, what it does]. */
export type OpcodeRow = readonly [number, string, string, number, string, string];

// biome-ignore format: a table, one row a line
export const OPCODES: readonly OpcodeRow[] = [
  // placement, execution model
  [0, 'CACHE', '--', 0, '', 'A unit of inline cache behind an instruction; never executed.'],
  [69, 'EXTENDED_ARG', '--', 0, 'arg', 'Supplies eight higher bits of the oparg of the instruction that follows.'],
  [17, 'RESERVED', '--', 0, '', 'Zero-sized placeholder that no compiler emits.'],
  [27, 'NOP', '--', 0, 'pure', 'Does nothing; stays only where a line needs an instruction of its own.'],
  [28, 'NOT_TAKEN', '--', 0, 'pure', 'Marks the fall-through side of a conditional jump for branch monitoring.'],
  [128, 'RESUME', '--', 0, 'arg eval_break error escapes', 'Entry point of a frame (start, after yield, yield from, await): checks the eval breaker.'],
  [20, 'INTERPRETER_EXIT', 'retval --', 0, 'escapes', 'Leaves the eval loop and hands the value to the native caller.'],
  [35, 'RETURN_VALUE', 'retval -- res', 0, 'escapes', 'Pops the frame and pushes the value on the caller\'s stack.'],
  [34, 'RETURN_GENERATOR', '-- res', 0, 'error escapes', 'Turns the running frame into a generator, coroutine or async generator and returns that.'],
  [120, 'YIELD_VALUE', 'retval -- value', 0, 'arg', 'Suspends the generator, giving the value to its consumer; resumes with what is sent in.'],
  [106, 'SEND', 'receiver, v -- receiver, retval', 1, 'arg jump error escapes', 'Sends a value into a sub-iterator; jumps when it is exhausted, with its return value on top.'],
  [10, 'END_SEND', 'receiver, value -- val', 0, 'escapes pure', 'Drops the exhausted sub-iterator under its result.'],
  [7, 'CLEANUP_THROW', 'sub_iter, last_sent_val, exc_value -- none, value', 0, 'error escapes', 'Ends a delegated throw(): a StopIteration becomes the value of the expression, others go on.'],
  // stack shuffling
  [31, 'POP_TOP', 'value --', 0, 'escapes pure', 'Discards the top of the stack.'],
  [33, 'PUSH_NULL', '-- null', 0, 'pure', 'Pushes the empty marker that says "no self" in a call.'],
  [59, 'COPY', 'bottom, unused[oparg - 1] -- bottom, unused[oparg - 1], top', 0, 'arg pure', 'Pushes another reference to the item at depth oparg.'],
  [117, 'SWAP', 'bottom, unused[oparg - 2], top -- top, unused[oparg - 2], bottom', 0, 'arg pure', 'Exchanges the top with the item at depth oparg.'],
  // constants
  [82, 'LOAD_CONST', '-- value', 0, 'arg const', 'Pushes co_consts[oparg].'],
  [94, 'LOAD_SMALL_INT', '-- value', 0, 'arg', 'Pushes the int oparg (0 to 255).'],
  [81, 'LOAD_COMMON_CONSTANT', '-- value', 0, 'arg', 'Pushes one of the objects that the compiler refers to by number, such as AssertionError.'],
  // local variables
  [84, 'LOAD_FAST', '-- value', 0, 'arg local pure', 'Pushes a local that is known to be bound.'],
  [86, 'LOAD_FAST_BORROW', '-- value', 0, 'arg local pure', 'Pushes a local without taking a reference; the local outlives the use.'],
  [87, 'LOAD_FAST_BORROW_LOAD_FAST_BORROW', '-- value1, value2', 0, 'arg local', 'Two borrowing loads in one: the locals oparg >> 4 and oparg & 15.'],
  [89, 'LOAD_FAST_LOAD_FAST', '-- value1, value2', 0, 'arg local', 'Two loads in one: the locals oparg >> 4 and oparg & 15.'],
  [88, 'LOAD_FAST_CHECK', '-- value', 0, 'arg local error escapes', 'Pushes a local, raising UnboundLocalError if it is unbound.'],
  [85, 'LOAD_FAST_AND_CLEAR', '-- value', 0, 'arg local', 'Pushes a local, bound or not, and unbinds it: how an inlined comprehension saves an outer variable.'],
  [112, 'STORE_FAST', 'value --', 0, 'arg local escapes', 'Binds a local.'],
  [113, 'STORE_FAST_LOAD_FAST', 'value1 -- value2', 0, 'arg local escapes', 'Binds the local oparg >> 4, then pushes the local oparg & 15.'],
  [114, 'STORE_FAST_STORE_FAST', 'value2, value1 --', 0, 'arg local escapes', 'Binds the local oparg >> 4 to the top, then oparg & 15 to the next item.'],
  [63, 'DELETE_FAST', '--', 0, 'arg local error escapes', 'Unbinds a local, raising UnboundLocalError if it is unbound.'],
  // cells
  [97, 'MAKE_CELL', '--', 0, 'arg free error escapes', 'Replaces a local slot by a new cell that holds the slot\'s value.'],
  [60, 'COPY_FREE_VARS', '--', 0, 'arg', 'Copies the oparg cells of the closure into the frame\'s free-variable slots.'],
  [83, 'LOAD_DEREF', '-- value', 0, 'arg local error escapes', 'Pushes the contents of a cell, raising NameError if it is empty.'],
  [90, 'LOAD_FROM_DICT_OR_DEREF', 'class_dict -- value', 0, 'arg free error escapes', 'Looks a free variable up in a class namespace, then in its cell.'],
  [111, 'STORE_DEREF', 'value --', 0, 'arg free escapes', 'Puts the value into a cell.'],
  [62, 'DELETE_DEREF', '--', 0, 'arg free error escapes', 'Empties a cell, raising NameError if it is empty.'],
  // names, globals, namespaces
  [22, 'LOAD_LOCALS', '-- locals', 0, 'error escapes', 'Pushes the frame\'s locals mapping.'],
  [93, 'LOAD_NAME', '-- v', 0, 'arg name error escapes', 'Looks a name up in locals, globals and builtins.'],
  [116, 'STORE_NAME', 'v --', 0, 'arg name error escapes', 'Binds a name in the locals mapping.'],
  [65, 'DELETE_NAME', '--', 0, 'arg name error escapes', 'Deletes a name from the locals mapping.'],
  [91, 'LOAD_FROM_DICT_OR_GLOBALS', 'mod_or_class_dict -- v', 0, 'arg name error escapes', 'Looks a name up in a given mapping, then in globals and builtins.'],
  [92, 'LOAD_GLOBAL', '-- res, null[oparg & 1]', 4, 'arg name error escapes', 'Looks a name up in globals and builtins; an odd oparg asks for a NULL after it, ready for a call.'],
  [115, 'STORE_GLOBAL', 'v --', 0, 'arg name error escapes', 'Binds a global.'],
  [64, 'DELETE_GLOBAL', '--', 0, 'arg name error escapes', 'Deletes a global.'],
  [36, 'SETUP_ANNOTATIONS', '--', 0, 'error escapes', 'Makes sure that the locals mapping has an __annotations__ dict.'],
  [21, 'LOAD_BUILD_CLASS', '-- bc', 0, 'error escapes', 'Pushes builtins.__build_class__.'],
  // attributes and items
  [80, 'LOAD_ATTR', 'owner -- attr, self_or_null[oparg & 1]', 9, 'arg name error escapes', 'Gets an attribute; an odd oparg asks for a method and its self, unbound where possible.'],
  [110, 'STORE_ATTR', 'v, owner --', 4, 'arg name error escapes', 'Sets an attribute.'],
  [61, 'DELETE_ATTR', 'owner --', 0, 'arg name error escapes', 'Deletes an attribute.'],
  [96, 'LOAD_SUPER_ATTR', 'global_super, class, self -- attr, self_or_null[oparg & 1]', 1, 'arg name error escapes', 'Gets an attribute through super(); bit 0 of oparg asks for a method, bit 1 says super() had two arguments.'],
  [38, 'STORE_SUBSCR', 'v, container, sub --', 1, 'error escapes', 'container[sub] = v.'],
  [8, 'DELETE_SUBSCR', 'container, sub --', 0, 'error escapes', 'del container[sub].'],
  [1, 'BINARY_SLICE', 'container, start, stop -- res', 0, 'error escapes', 'container[start:stop] without building a slice.'],
  [37, 'STORE_SLICE', 'v, container, start, stop --', 0, 'error escapes', 'container[start:stop] = v without building a slice.'],
  // operators
  [41, 'UNARY_NEGATIVE', 'value -- res', 0, 'error escapes', '-value.'],
  [40, 'UNARY_INVERT', 'value -- res', 0, 'error escapes', '~value.'],
  [42, 'UNARY_NOT', 'value -- res', 0, 'pure', 'not value, of a value that is a bool already.'],
  [39, 'TO_BOOL', 'value -- res', 3, 'error escapes', 'bool(value).'],
  [44, 'BINARY_OP', 'lhs, rhs -- res', 5, 'arg error escapes', 'A binary or in-place operator, or a subscript, chosen by oparg from the nb_op table.'],
  [56, 'COMPARE_OP', 'left, right -- res', 1, 'arg error escapes', 'A rich comparison: oparg >> 5 says which, bit 4 asks for a bool.'],
  [74, 'IS_OP', 'left, right -- b', 0, 'arg', 'left is right, inverted if oparg is 1.'],
  [57, 'CONTAINS_OP', 'left, right -- b', 1, 'arg error escapes', 'left in right, inverted if oparg is 1.'],
  // building
  [51, 'BUILD_TUPLE', 'values[oparg] -- tup', 0, 'arg error', 'Makes a tuple of the top oparg items.'],
  [46, 'BUILD_LIST', 'values[oparg] -- list', 0, 'arg error escapes', 'Makes a list of the top oparg items.'],
  [48, 'BUILD_SET', 'values[oparg] -- set', 0, 'arg error escapes', 'Makes a set of the top oparg items.'],
  [47, 'BUILD_MAP', 'values[oparg * 2] -- map', 0, 'arg error escapes', 'Makes a dict of the top oparg key and value pairs.'],
  [50, 'BUILD_STRING', 'pieces[oparg] -- str', 0, 'arg error', 'Joins the top oparg strings.'],
  [49, 'BUILD_SLICE', 'args[oparg] -- slice', 0, 'arg error', 'Makes a slice of two or three items.'],
  [2, 'BUILD_TEMPLATE', 'strings, interpolations -- template', 0, 'error escapes', 'Makes a t-string\'s Template of its strings and interpolations.'],
  [45, 'BUILD_INTERPOLATION', 'value, str, format[oparg & 1] -- interpolation', 0, 'arg error escapes', 'Makes a t-string\'s Interpolation; oparg >> 2 is the conversion, bit 0 says there is a format.'],
  [78, 'LIST_APPEND', 'list, unused[oparg - 1], v -- list, unused[oparg - 1]', 0, 'arg error', 'Appends to the list at depth oparg.'],
  [107, 'SET_ADD', 'set, unused[oparg - 1], v -- set, unused[oparg - 1]', 0, 'arg error escapes', 'Adds to the set at depth oparg.'],
  [98, 'MAP_ADD', 'dict_st, unused[oparg - 1], key, value -- dict_st, unused[oparg - 1]', 0, 'arg error escapes', 'Stores into the dict at depth oparg.'],
  [79, 'LIST_EXTEND', 'list_st, unused[oparg - 1], iterable -- list_st, unused[oparg - 1]', 0, 'arg error escapes', 'Extends the list at depth oparg.'],
  [109, 'SET_UPDATE', 'set, unused[oparg - 1], iterable -- set, unused[oparg - 1]', 0, 'arg error escapes', 'Updates the set at depth oparg.'],
  [67, 'DICT_UPDATE', 'dict, unused[oparg - 1], update -- dict, unused[oparg - 1]', 0, 'arg error escapes', 'Updates the dict at depth oparg from a mapping.'],
  [66, 'DICT_MERGE', 'callable, unused[2], dict, unused[oparg - 1], update -- callable, unused[2], dict, unused[oparg - 1]', 0, 'arg error escapes', 'Updates a dict of keyword arguments, refusing duplicates on behalf of the callable.'],
  [119, 'UNPACK_SEQUENCE', 'seq -- values[oparg]', 1, 'arg error escapes', 'Unpacks exactly oparg items, first item on top.'],
  [118, 'UNPACK_EX', 'seq -- left[oparg & 255], rest, right[oparg >> 8]', 0, 'arg error escapes', 'Unpacks with a starred target: so many items before it and after it.'],
  [58, 'CONVERT_VALUE', 'value -- result', 0, 'arg error escapes', 'Applies str, repr or ascii (1, 2, 3) for an f-string conversion.'],
  [12, 'FORMAT_SIMPLE', 'value -- res', 0, 'error escapes', 'format(value).'],
  [13, 'FORMAT_WITH_SPEC', 'value, fmt_spec -- res', 0, 'error escapes', 'format(value, fmt_spec).'],
  // control flow
  [77, 'JUMP_FORWARD', '--', 0, 'arg jump', 'Jumps forward by oparg units.'],
  [75, 'JUMP_BACKWARD', '--', 1, 'arg jump eval_break error escapes', 'Jumps back by oparg units and checks the eval breaker.'],
  [76, 'JUMP_BACKWARD_NO_INTERRUPT', '--', 0, 'arg jump', 'Jumps back by oparg units without a check: the loop inside await and yield from.'],
  [100, 'POP_JUMP_IF_FALSE', 'cond --', 1, 'arg jump', 'Pops a bool and jumps if it is False.'],
  [103, 'POP_JUMP_IF_TRUE', 'cond --', 1, 'arg jump', 'Pops a bool and jumps if it is True.'],
  [101, 'POP_JUMP_IF_NONE', 'value --', 1, 'arg jump escapes', 'Pops a value and jumps if it is None.'],
  [102, 'POP_JUMP_IF_NOT_NONE', 'value --', 1, 'arg jump escapes', 'Pops a value and jumps if it is not None.'],
  // iteration
  [16, 'GET_ITER', 'iterable -- iter', 0, 'error escapes', 'iter(iterable).'],
  [19, 'GET_YIELD_FROM_ITER', 'iterable -- iter', 0, 'error escapes', 'iter(iterable) for yield from, where generators and coroutines pass as they are.'],
  [70, 'FOR_ITER', 'iter -- iter, next', 1, 'arg jump error escapes', 'Pushes the next item, or jumps past the loop\'s END_FOR when the iterator is exhausted.'],
  [9, 'END_FOR', 'value --', 0, 'escapes', 'Ends a loop for instrumentation; FOR_ITER jumps over it.'],
  [30, 'POP_ITER', 'value --', 0, 'escapes pure', 'Drops the iterator after a for loop.'],
  [71, 'GET_AWAITABLE', 'iterable -- iter', 0, 'arg error escapes', 'Gets the awaitable\'s iterator; oparg says who asks, for error messages.'],
  [14, 'GET_AITER', 'obj -- iter', 0, 'error escapes', 'obj.__aiter__().'],
  [15, 'GET_ANEXT', 'aiter -- aiter, awaitable', 0, 'error escapes', 'Pushes the awaitable of aiter.__anext__().'],
  [68, 'END_ASYNC_FOR', 'awaitable_st, exc_st --', 0, 'arg jump error escapes', 'Ends an async for on StopAsyncIteration, re-raises anything else; oparg leads back to the SEND.'],
  // calls
  [52, 'CALL', 'callable, self_or_null, args[oparg] -- res', 3, 'arg eval_break error escapes', 'Calls with oparg positional arguments.'],
  [55, 'CALL_KW', 'callable, self_or_null, args[oparg], kwnames -- res', 3, 'arg eval_break error escapes', 'Calls with oparg arguments of which the last have the names of the tuple on top.'],
  [4, 'CALL_FUNCTION_EX', 'func, null, callargs, kwargs_or_null -- result', 0, 'eval_break error escapes', 'Calls with a tuple and, unless it is NULL, a dict of arguments.'],
  [53, 'CALL_INTRINSIC_1', 'value -- res', 0, 'arg error escapes', 'Calls a helper with one argument, chosen by oparg from the intrinsics table.'],
  [54, 'CALL_INTRINSIC_2', 'value2_st, value1_st -- res', 0, 'arg error escapes', 'Calls a helper with two arguments, chosen by oparg from the second intrinsics table.'],
  [23, 'MAKE_FUNCTION', 'codeobj -- func', 0, 'error escapes', 'Makes a function of a code object.'],
  [108, 'SET_FUNCTION_ATTRIBUTE', 'attr_st, func_in -- func_out', 0, 'arg', 'Gives a new function its defaults, closure, annotations or __annotate__, chosen by oparg.'],
  [11, 'EXIT_INIT_CHECK', 'should_be_none --', 0, 'error escapes', 'Checks that __init__ returned None, in the shim frame of a specialised class call.'],
  // exceptions
  [104, 'RAISE_VARARGS', 'args[oparg] --', 0, 'arg error escapes', 'raise with oparg operands: none (re-raise), the exception, or exception and cause.'],
  [105, 'RERAISE', 'values[oparg], exc -- values[oparg]', 0, 'arg error escapes', 'Raises the exception on top again; an odd oparg restores the instruction position beneath it.'],
  [32, 'PUSH_EXC_INFO', 'exc -- prev_exc, new_exc', 0, '', 'Makes the exception on top the one being handled, keeping the previous one beneath it.'],
  [29, 'POP_EXCEPT', 'exc_value --', 0, 'escapes', 'Restores the exception that was being handled before.'],
  [6, 'CHECK_EXC_MATCH', 'left, right -- left, b', 0, 'error escapes', 'Tests an exception against the type or tuple of an except clause.'],
  [5, 'CHECK_EG_MATCH', 'exc_value, match_type -- rest, match', 0, 'error escapes', 'Splits an exception group for an except* clause.'],
  // with
  [95, 'LOAD_SPECIAL', 'owner -- attr, self_or_null', 0, 'arg error escapes', 'Looks a special method up on the type, chosen by oparg from the special-method table.'],
  [43, 'WITH_EXCEPT_START', 'exit_func, exit_self, lasti, unused, val -- exit_func, exit_self, lasti, unused, val, res', 0, 'error escapes', 'Calls __exit__ with the exception.'],
  // matching
  [99, 'MATCH_CLASS', 'subject, type, names -- attrs', 0, 'arg error escapes', 'Matches a class pattern with oparg positional sub-patterns: a tuple of attributes, or None.'],
  [24, 'MATCH_KEYS', 'subject, keys -- subject, keys, values_or_none', 0, 'error escapes', 'Looks the keys of a mapping pattern up: a tuple of values, or None.'],
  [25, 'MATCH_MAPPING', 'subject -- subject, res', 0, '', 'Pushes whether the subject is a mapping.'],
  [26, 'MATCH_SEQUENCE', 'subject -- subject, res', 0, '', 'Pushes whether the subject is a sequence as patterns see it.'],
  [18, 'GET_LEN', 'obj -- obj, len', 0, 'error escapes', 'Pushes len(obj).'],
  // imports
  [73, 'IMPORT_NAME', 'level, fromlist -- res', 0, 'arg name error escapes', 'Imports the module that co_names[oparg] names.'],
  [72, 'IMPORT_FROM', 'from -- from, res', 0, 'arg name error escapes', 'Gets a name from a module, for from ... import.'],
  // run time
  [255, 'ENTER_EXECUTOR', '--', 0, 'arg', 'Enters optimised code; never stored in a code object\'s co_code.'],
];

/** Members of a family: [number, name, the general instruction, flags, which case it is for]. */
export type SpecializedRow = readonly [number, string, string, string, string];

/** In the order in which CPython lists each family. Stack effect and caches are the general instruction's. */
// biome-ignore format: a table, one row a line
export const SPECIALIZED: readonly SpecializedRow[] = [
  [196, 'RESUME_CHECK', 'RESUME', 'deopt', 'RESUME while nothing asks for the eval breaker.'],
  [191, 'LOAD_CONST_MORTAL', 'LOAD_CONST', 'arg const', 'LOAD_CONST of an object that is counted.'],
  [190, 'LOAD_CONST_IMMORTAL', 'LOAD_CONST', 'arg const', 'LOAD_CONST of an immortal object.'],
  [203, 'TO_BOOL_ALWAYS_TRUE', 'TO_BOOL', 'exit escapes', 'An object whose type has neither __bool__ nor __len__.'],
  [204, 'TO_BOOL_BOOL', 'TO_BOOL', 'exit', 'A bool.'],
  [205, 'TO_BOOL_INT', 'TO_BOOL', 'exit escapes', 'An int.'],
  [206, 'TO_BOOL_LIST', 'TO_BOOL', 'exit', 'A list.'],
  [207, 'TO_BOOL_NONE', 'TO_BOOL', 'exit', 'None.'],
  [208, 'TO_BOOL_STR', 'TO_BOOL', 'exit escapes', 'A str.'],
  [134, 'BINARY_OP_MULTIPLY_INT', 'BINARY_OP', 'exit error escapes', 'int * int, both small.'],
  [130, 'BINARY_OP_ADD_INT', 'BINARY_OP', 'exit error escapes', 'int + int, both small.'],
  [142, 'BINARY_OP_SUBTRACT_INT', 'BINARY_OP', 'exit error escapes', 'int - int, both small.'],
  [133, 'BINARY_OP_MULTIPLY_FLOAT', 'BINARY_OP', 'exit error', 'float * float.'],
  [129, 'BINARY_OP_ADD_FLOAT', 'BINARY_OP', 'exit error', 'float + float.'],
  [141, 'BINARY_OP_SUBTRACT_FLOAT', 'BINARY_OP', 'exit error', 'float - float.'],
  [131, 'BINARY_OP_ADD_UNICODE', 'BINARY_OP', 'exit error', 'str + str.'],
  [137, 'BINARY_OP_SUBSCR_LIST_INT', 'BINARY_OP', 'deopt exit escapes', 'list[int].'],
  [138, 'BINARY_OP_SUBSCR_LIST_SLICE', 'BINARY_OP', 'exit error escapes', 'list[slice].'],
  [140, 'BINARY_OP_SUBSCR_TUPLE_INT', 'BINARY_OP', 'deopt exit', 'tuple[int].'],
  [139, 'BINARY_OP_SUBSCR_STR_INT', 'BINARY_OP', 'deopt exit escapes', 'str[int].'],
  [135, 'BINARY_OP_SUBSCR_DICT', 'BINARY_OP', 'exit error escapes', 'dict[key].'],
  [136, 'BINARY_OP_SUBSCR_GETITEM', 'BINARY_OP', 'deopt', 'An object with a Python __getitem__, which is entered as a frame.'],
  [132, 'BINARY_OP_EXTEND', 'BINARY_OP', 'deopt error escapes', 'A pair of operand types found in a table, such as float and int.'],
  [3, 'BINARY_OP_INPLACE_ADD_UNICODE', 'BINARY_OP', 'local deopt exit error escapes', 's = s + t with s a local that the next instruction stores: the string may grow in place.'],
  [201, 'STORE_SUBSCR_DICT', 'STORE_SUBSCR', 'exit error escapes', 'dict[key] = value.'],
  [202, 'STORE_SUBSCR_LIST_INT', 'STORE_SUBSCR', 'deopt exit escapes', 'list[int] = value.'],
  [197, 'SEND_GEN', 'SEND', 'arg deopt', 'Sending into a generator or coroutine, which is entered as a frame.'],
  [211, 'UNPACK_SEQUENCE_TWO_TUPLE', 'UNPACK_SEQUENCE', 'arg deopt exit escapes', 'A tuple of two.'],
  [210, 'UNPACK_SEQUENCE_TUPLE', 'UNPACK_SEQUENCE', 'arg deopt exit', 'A tuple.'],
  [209, 'UNPACK_SEQUENCE_LIST', 'UNPACK_SEQUENCE', 'arg deopt exit', 'A list.'],
  [198, 'STORE_ATTR_INSTANCE_VALUE', 'STORE_ATTR', 'exit escapes', 'An inline value of an instance.'],
  [199, 'STORE_ATTR_SLOT', 'STORE_ATTR', 'deopt exit escapes', 'A __slots__ member.'],
  [200, 'STORE_ATTR_WITH_HINT', 'STORE_ATTR', 'arg name deopt exit escapes', 'An instance\'s dict, at a position remembered.'],
  [193, 'LOAD_GLOBAL_MODULE', 'LOAD_GLOBAL', 'arg deopt', 'A global at a position remembered.'],
  [192, 'LOAD_GLOBAL_BUILTIN', 'LOAD_GLOBAL', 'arg deopt', 'A builtin at a position remembered.'],
  [194, 'LOAD_SUPER_ATTR_ATTR', 'LOAD_SUPER_ATTR', 'arg name deopt error escapes', 'super() itself, for an attribute.'],
  [195, 'LOAD_SUPER_ATTR_METHOD', 'LOAD_SUPER_ATTR', 'arg name deopt error escapes', 'super() itself, for a method.'],
  [180, 'LOAD_ATTR_INSTANCE_VALUE', 'LOAD_ATTR', 'arg deopt exit escapes', 'An inline value of an instance.'],
  [184, 'LOAD_ATTR_MODULE', 'LOAD_ATTR', 'arg deopt escapes', 'An attribute of a module.'],
  [189, 'LOAD_ATTR_WITH_HINT', 'LOAD_ATTR', 'arg name deopt exit escapes', 'An instance\'s dict, at a position remembered.'],
  [188, 'LOAD_ATTR_SLOT', 'LOAD_ATTR', 'arg deopt exit', 'A __slots__ member.'],
  [177, 'LOAD_ATTR_CLASS', 'LOAD_ATTR', 'arg exit', 'An attribute of a class.'],
  [178, 'LOAD_ATTR_CLASS_WITH_METACLASS_CHECK', 'LOAD_ATTR', 'arg exit', 'An attribute of a class whose metaclass has to be checked too.'],
  [187, 'LOAD_ATTR_PROPERTY', 'LOAD_ATTR', 'arg deopt exit', 'A property with a Python getter, which is entered as a frame.'],
  [179, 'LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN', 'LOAD_ATTR', 'arg name deopt', 'A Python __getattribute__, which is entered as a frame.'],
  [183, 'LOAD_ATTR_METHOD_WITH_VALUES', 'LOAD_ATTR', 'arg deopt exit', 'A method of an instance with inline values.'],
  [182, 'LOAD_ATTR_METHOD_NO_DICT', 'LOAD_ATTR', 'arg exit', 'A method of an instance without a dict.'],
  [181, 'LOAD_ATTR_METHOD_LAZY_DICT', 'LOAD_ATTR', 'arg deopt exit', 'A method of an instance whose dict does not exist yet.'],
  [186, 'LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES', 'LOAD_ATTR', 'arg deopt exit escapes', 'A class attribute that is no descriptor, of an instance with inline values.'],
  [185, 'LOAD_ATTR_NONDESCRIPTOR_NO_DICT', 'LOAD_ATTR', 'arg exit escapes', 'A class attribute that is no descriptor, of an instance without a dict.'],
  [166, 'COMPARE_OP_FLOAT', 'COMPARE_OP', 'arg exit', 'Two floats.'],
  [167, 'COMPARE_OP_INT', 'COMPARE_OP', 'arg deopt exit', 'Two small ints.'],
  [168, 'COMPARE_OP_STR', 'COMPARE_OP', 'arg exit', 'Two strs, for equality.'],
  [170, 'CONTAINS_OP_SET', 'CONTAINS_OP', 'arg deopt error escapes', 'A set or frozenset.'],
  [169, 'CONTAINS_OP_DICT', 'CONTAINS_OP', 'arg exit error escapes', 'A dict.'],
  [176, 'JUMP_BACKWARD_NO_JIT', 'JUMP_BACKWARD', 'arg jump eval_break error escapes', 'A loop in an interpreter without optimiser.'],
  [175, 'JUMP_BACKWARD_JIT', 'JUMP_BACKWARD', 'arg jump eval_break error escapes', 'A loop that counts towards optimisation.'],
  [172, 'FOR_ITER_LIST', 'FOR_ITER', 'arg jump deopt exit escapes', 'A list iterator.'],
  [174, 'FOR_ITER_TUPLE', 'FOR_ITER', 'arg jump exit escapes', 'A tuple iterator.'],
  [173, 'FOR_ITER_RANGE', 'FOR_ITER', 'arg jump exit error', 'A range iterator.'],
  [171, 'FOR_ITER_GEN', 'FOR_ITER', 'arg deopt', 'A generator, which is entered as a frame.'],
  [144, 'CALL_BOUND_METHOD_EXACT_ARGS', 'CALL', 'arg deopt exit escapes', 'A bound Python method with exactly its arguments.'],
  [161, 'CALL_PY_EXACT_ARGS', 'CALL', 'arg deopt exit', 'A Python function with exactly its arguments.'],
  [165, 'CALL_TYPE_1', 'CALL', 'arg deopt escapes', 'type(x).'],
  [163, 'CALL_STR_1', 'CALL', 'arg eval_break deopt error escapes', 'str(x).'],
  [164, 'CALL_TUPLE_1', 'CALL', 'arg eval_break deopt error escapes', 'tuple(x).'],
  [146, 'CALL_BUILTIN_CLASS', 'CALL', 'arg eval_break deopt error escapes', 'A built-in class with a vectorcall.'],
  [149, 'CALL_BUILTIN_O', 'CALL', 'arg eval_break exit error escapes', 'A built-in function with one argument (METH_O).'],
  [147, 'CALL_BUILTIN_FAST', 'CALL', 'arg eval_break deopt error escapes', 'A built-in function with positional arguments (METH_FASTCALL).'],
  [148, 'CALL_BUILTIN_FAST_WITH_KEYWORDS', 'CALL', 'arg eval_break deopt error escapes', 'A built-in function with positional and keyword arguments.'],
  [154, 'CALL_LEN', 'CALL', 'deopt error escapes', 'len(x).'],
  [150, 'CALL_ISINSTANCE', 'CALL', 'arg deopt error escapes', 'isinstance(x, y).'],
  [155, 'CALL_LIST_APPEND', 'CALL', 'arg deopt error escapes', 'list.append whose result is dropped.'],
  [159, 'CALL_METHOD_DESCRIPTOR_O', 'CALL', 'arg eval_break exit error escapes', 'A built-in method with one argument.'],
  [157, 'CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS', 'CALL', 'arg eval_break exit error escapes', 'A built-in method with positional and keyword arguments.'],
  [158, 'CALL_METHOD_DESCRIPTOR_NOARGS', 'CALL', 'arg eval_break exit error escapes', 'A built-in method without arguments.'],
  [156, 'CALL_METHOD_DESCRIPTOR_FAST', 'CALL', 'arg eval_break exit error escapes', 'A built-in method with positional arguments.'],
  [143, 'CALL_ALLOC_AND_ENTER_INIT', 'CALL', 'arg deopt error escapes', 'A plain class with a Python __init__, which is entered as a frame.'],
  [162, 'CALL_PY_GENERAL', 'CALL', 'arg deopt exit error escapes', 'A Python function that needs argument matching.'],
  [145, 'CALL_BOUND_METHOD_GENERAL', 'CALL', 'arg deopt exit error escapes', 'A bound Python method that needs argument matching.'],
  [160, 'CALL_NON_PY_GENERAL', 'CALL', 'arg eval_break exit error escapes', 'Anything that is not a Python function.'],
  [151, 'CALL_KW_BOUND_METHOD', 'CALL_KW', 'arg deopt exit error escapes', 'A bound Python method with keyword arguments.'],
  [153, 'CALL_KW_PY', 'CALL_KW', 'arg deopt exit error escapes', 'A Python function with keyword arguments.'],
  [152, 'CALL_KW_NON_PY', 'CALL_KW', 'arg eval_break exit error escapes', 'Anything that is not a Python function, with keyword arguments.'],
];

/** [number, name, the instruction it instruments ('' for any), flags, stack effect if it differs, what it does]. */
export type InstrumentedRow = readonly [number, string, string, string, string, string];

/** What sys.monitoring puts in an instruction's place while events are asked for. */
// biome-ignore format: a table, one row a line
export const INSTRUMENTED: readonly InstrumentedRow[] = [
  [234, 'INSTRUMENTED_END_FOR', 'END_FOR', 'error escapes', 'receiver, value -- receiver', ''],
  [235, 'INSTRUMENTED_POP_ITER', 'POP_ITER', 'escapes', '', ''],
  [236, 'INSTRUMENTED_END_SEND', 'END_SEND', 'error escapes', '', ''],
  [237, 'INSTRUMENTED_FOR_ITER', 'FOR_ITER', 'arg jump error escapes', '', ''],
  [238, 'INSTRUMENTED_INSTRUCTION', '', 'error escapes', '', 'Reports an instruction event, then does what the original instruction does.'],
  [239, 'INSTRUMENTED_JUMP_FORWARD', 'JUMP_FORWARD', 'arg', '', ''],
  [240, 'INSTRUMENTED_NOT_TAKEN', 'NOT_TAKEN', '', '', ''],
  [241, 'INSTRUMENTED_POP_JUMP_IF_TRUE', 'POP_JUMP_IF_TRUE', 'arg', '', ''],
  [242, 'INSTRUMENTED_POP_JUMP_IF_FALSE', 'POP_JUMP_IF_FALSE', 'arg', '', ''],
  [243, 'INSTRUMENTED_POP_JUMP_IF_NONE', 'POP_JUMP_IF_NONE', 'arg escapes', '', ''],
  [244, 'INSTRUMENTED_POP_JUMP_IF_NOT_NONE', 'POP_JUMP_IF_NOT_NONE', 'arg escapes', '', ''],
  [245, 'INSTRUMENTED_RESUME', 'RESUME', 'arg eval_break error escapes', '', ''],
  [246, 'INSTRUMENTED_RETURN_VALUE', 'RETURN_VALUE', 'error escapes', '', ''],
  [247, 'INSTRUMENTED_YIELD_VALUE', 'YIELD_VALUE', 'arg error escapes', '', ''],
  [248, 'INSTRUMENTED_END_ASYNC_FOR', 'END_ASYNC_FOR', 'arg jump error escapes', '', ''],
  [249, 'INSTRUMENTED_LOAD_SUPER_ATTR', 'LOAD_SUPER_ATTR', 'arg name error escapes', '', ''],
  [250, 'INSTRUMENTED_CALL', 'CALL', 'arg eval_break error escapes', '', ''],
  [251, 'INSTRUMENTED_CALL_KW', 'CALL_KW', 'arg eval_break error escapes', '', ''],
  [252, 'INSTRUMENTED_CALL_FUNCTION_EX', 'CALL_FUNCTION_EX', 'eval_break error escapes', '', ''],
  [253, 'INSTRUMENTED_JUMP_BACKWARD', 'JUMP_BACKWARD', 'arg eval_break error escapes', '', ''],
  [254, 'INSTRUMENTED_LINE', '', 'escapes', '', 'Reports a line event, then does what the original instruction does.'],
];

/** [number, name, stack effect (of a jump taken, for SETUP_*), flags, what it becomes, what it does]. */
export type PseudoRow = readonly [number, string, string, string, string, string];

/** Instructions that exist between the code generator and the assembler only. */
// biome-ignore format: a table, one row a line
export const PSEUDO: readonly PseudoRow[] = [
  [256, 'ANNOTATIONS_PLACEHOLDER', '--', 'pure', 'NOP', 'Where a module or class body makes room for its deferred annotations\' set-up code.'],
  [257, 'JUMP', '--', 'arg jump eval_break error escapes', 'JUMP_FORWARD, JUMP_BACKWARD', 'An unconditional jump whose direction the assembler finds out.'],
  [258, 'JUMP_IF_FALSE', 'cond -- cond', 'arg jump error escapes', 'COPY, TO_BOOL, POP_JUMP_IF_FALSE', 'Jumps if the top is false and keeps it.'],
  [259, 'JUMP_IF_TRUE', 'cond -- cond', 'arg jump error escapes', 'COPY, TO_BOOL, POP_JUMP_IF_TRUE', 'Jumps if the top is true and keeps it.'],
  [260, 'JUMP_NO_INTERRUPT', '--', 'arg jump', 'JUMP_FORWARD, JUMP_BACKWARD_NO_INTERRUPT', 'An unconditional jump that does not check the eval breaker when it goes back.'],
  [261, 'LOAD_CLOSURE', '-- unused', 'arg local pure', 'LOAD_FAST', 'Pushes a cell itself, to build a closure.'],
  [262, 'POP_BLOCK', '--', 'pure', 'NOP', 'Ends the innermost protected range.'],
  [263, 'SETUP_CLEANUP', '-- exc, lasti', 'arg pure', 'NOP', 'Begins a protected range whose handler gets the instruction position and the exception.'],
  [264, 'SETUP_FINALLY', '-- exc', 'arg pure', 'NOP', 'Begins a protected range whose handler gets the exception.'],
  [265, 'SETUP_WITH', '-- exc', 'arg pure', 'NOP', 'Begins the protected body of a with statement; the handler gets position and exception.'],
  [266, 'STORE_FAST_MAYBE_NULL', 'unused --', 'arg local escapes', 'STORE_FAST', 'Binds a local to what may be NULL: how an inlined comprehension restores an outer variable.'],
];

/** Fields of inline caches, in units of two bytes, in storage order. CPython: Include/internal/pycore_code.h */
export const CACHE_FORMAT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  LOAD_GLOBAL: { counter: 1, index: 1, module_keys_version: 1, builtin_keys_version: 1 },
  BINARY_OP: { counter: 1, descr: 4 },
  UNPACK_SEQUENCE: { counter: 1 },
  COMPARE_OP: { counter: 1 },
  CONTAINS_OP: { counter: 1 },
  FOR_ITER: { counter: 1 },
  LOAD_SUPER_ATTR: { counter: 1 },
  LOAD_ATTR: { counter: 1, version: 2, keys_version: 2, descr: 4 },
  STORE_ATTR: { counter: 1, version: 2, index: 1 },
  CALL: { counter: 1, func_version: 2 },
  CALL_KW: { counter: 1, func_version: 2 },
  STORE_SUBSCR: { counter: 1 },
  SEND: { counter: 1 },
  JUMP_BACKWARD: { counter: 1 },
  TO_BOOL: { counter: 1, version: 2 },
  POP_JUMP_IF_TRUE: { counter: 1 },
  POP_JUMP_IF_FALSE: { counter: 1 },
  POP_JUMP_IF_NONE: { counter: 1 },
  POP_JUMP_IF_NOT_NONE: { counter: 1 },
};

/** Opcodes above this one take an oparg. */
export const HAVE_ARGUMENT = 43;
/** Opcodes from here on are instrumented. */
export const MIN_INSTRUMENTED_OPCODE = 234;
/** The number in a .pyc's first two bytes, before CR LF. */
export const MAGIC_NUMBER = 3627;
