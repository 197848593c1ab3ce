// fold.ts: replaces computations on constants by their results.             CPython: Python/flowgraph.c
//
// Operands are found by walking back over the pushes before an instruction; NOPs do not count. The pushes become
// NOPs without a line (their line is the folded instruction's business), and the instruction itself loads the
// result. Nothing is folded that raises or grows too large.
import {
  BUILD_LIST,
  BUILD_SET,
  BUILD_TUPLE,
  CALL_INTRINSIC_1,
  CONTAINS_OP,
  GET_ITER,
  LIST_APPEND,
  LIST_EXTEND,
  LOAD_CONST,
  LOAD_SMALL_INT,
  NOP,
  SET_ADD,
  SET_UPDATE,
} from '../../opcode/opcodes.generated.ts';
import { Complex, FrozenSet, PyTuple, SurrogateStr } from '../../parser/constants.ts';
import { Code, type CodeConstant, SliceConstant } from '../code.ts';
import type { ConstantTable } from '../constkey.ts';
import { type Instr, NO_LOCATION } from '../instruction_sequence.ts';
import { foldBinary, foldUnary } from './arithmetic.ts';
import { type BasicBlock, toNop } from './block.ts';

/** Longer displays are built in pieces by the code generator. CPython: _PY_STACK_USE_GUIDELINE */
const STACK_USE_GUIDELINE = 30;
/** Shorter constant lists and sets are as quickly built item by item. */
const MIN_CONST_SEQUENCE_SIZE = 3;

export function loadsConst(opcode: number): boolean {
  return opcode === LOAD_CONST || opcode === LOAD_SMALL_INT;
}

/** The value that LOAD_CONST or LOAD_SMALL_INT pushes. CPython: get_const_value */
export function constOf(opcode: number, oparg: number, table: ConstantTable): CodeConstant {
  return opcode === LOAD_SMALL_INT ? BigInt(oparg) : table.consts[oparg]!;
}

/** CPython: maybe_instr_make_load_smallint */
export function loadSmallInt(instr: Instr, value: CodeConstant): boolean {
  if (typeof value !== 'bigint' || value < 0n || value > 255n) return false;
  instr.opcode = LOAD_SMALL_INT;
  instr.oparg = Number(value);
  return true;
}

function loadConst(instr: Instr, value: CodeConstant, table: ConstantTable): void {
  if (loadSmallInt(instr, value)) return;
  instr.opcode = LOAD_CONST;
  instr.oparg = table.add(value);
}

/** The `count` constant pushes that end at position `at`, or null. CPython: get_const_loading_instrs */
function pushesBefore(block: BasicBlock, at: number, count: number): Instr[] | null {
  const found = new Array<Instr>(count);
  for (let i = at; i >= 0 && count > 0; i--) {
    const instr = block.instrs[i]!;
    if (instr.opcode === NOP) continue;
    if (!loadsConst(instr.opcode)) return null;
    found[--count] = instr;
  }
  return count === 0 ? found : null;
}

function dropAll(instrs: readonly Instr[]): void {
  for (const instr of instrs) {
    toNop(instr);
    instr.loc = NO_LOCATION;
  }
}

function valuesOf(pushes: readonly Instr[], table: ConstantTable): CodeConstant[] {
  return pushes.map(push => constOf(push.opcode, push.oparg, table));
}

/** CPython: fold_const_unaryop */
export function foldUnaryAt(block: BasicBlock, i: number, table: ConstantTable): void {
  const instr = block.instrs[i]!;
  const pushes = pushesBefore(block, i - 1, 1);
  if (pushes === null) return;
  const value = foldUnary(instr.opcode, valuesOf(pushes, table)[0]!);
  if (value === undefined) return;
  dropAll(pushes);
  loadConst(instr, value, table);
}

/** CPython: fold_const_binop */
export function foldBinaryAt(block: BasicBlock, i: number, table: ConstantTable): void {
  const instr = block.instrs[i]!;
  const pushes = pushesBefore(block, i - 1, 2);
  if (pushes === null) return;
  const [left, right] = valuesOf(pushes, table);
  const value = foldBinary(instr.oparg, left!, right!);
  if (value === undefined) return;
  dropAll(pushes);
  loadConst(instr, value, table);
}

/** CPython: fold_tuple_of_constants */
export function foldTupleAt(block: BasicBlock, i: number, table: ConstantTable): void {
  const instr = block.instrs[i]!;
  if (instr.oparg > STACK_USE_GUIDELINE) return;
  const pushes = pushesBefore(block, i - 1, instr.oparg);
  if (pushes === null) return;
  const tuple = new PyTuple(valuesOf(pushes, table));
  dropAll(pushes);
  loadConst(instr, tuple, table);
}

/**
 * A long display is built item by item: BUILD_LIST 0, then a push and LIST_APPEND for each (or the same for a set).
 * Position `i` is the last append if the display is only looked through, or the intrinsic that makes the list a
 * tuple. Says whether it could be folded. CPython: fold_constant_seq_into_load_const
 */
export function foldAppendsAt(block: BasicBlock, i: number, table: ConstantTable): boolean {
  const last = block.instrs[i]!;
  const append = last.opcode === SET_ADD ? SET_ADD : LIST_APPEND;
  const build = append === SET_ADD ? BUILD_SET : BUILD_LIST;
  const toTuple = last.opcode === CALL_INTRINSIC_1;
  const values: CodeConstant[] = [];
  let expectAppend = toTuple;
  for (let pos = i - 1; pos >= 0; pos--) {
    const { opcode, oparg } = block.instrs[pos]!;
    if (opcode === NOP) continue;
    if (opcode === build && oparg === 0) {
      if (!expectAppend) return false;
      // The intrinsic keeps its line; an append, like the pushes, loses it.
      const end = toTuple ? i : i + 1;
      for (let drop = pos; drop < end; drop++) {
        const instr = block.instrs[drop]!;
        if (instr.opcode === NOP) continue;
        toNop(instr);
        instr.loc = NO_LOCATION;
      }
      values.reverse();
      loadConst(last, append === SET_ADD ? frozenSet(values) : new PyTuple(values), table);
      return true;
    }
    if (expectAppend) {
      if (opcode !== append || oparg !== 1) return false;
    } else {
      if (!loadsConst(opcode)) return false;
      values.push(constOf(opcode, oparg, table));
    }
    expectAppend = !expectAppend;
  }
  return false;
}

/**
 * Lists and sets that are only looked through become tuples and frozensets; other constant ones are filled from a
 * constant. CPython: optimize_lists_and_sets
 */
export function foldListOrSetAt(block: BasicBlock, i: number, nextOpcode: number, table: ConstantTable): void {
  const instr = block.instrs[i]!;
  const { opcode, oparg: size } = instr;
  const onlyRead = nextOpcode === GET_ITER || nextOpcode === CONTAINS_OP;
  if (size > STACK_USE_GUIDELINE || (size < MIN_CONST_SEQUENCE_SIZE && !onlyRead)) return;
  const pushes = pushesBefore(block, i - 1, size);
  if (pushes === null) {
    if (onlyRead && opcode === BUILD_LIST) instr.opcode = BUILD_TUPLE;
    return;
  }
  const values = valuesOf(pushes, table);
  const index = table.add(opcode === BUILD_SET ? frozenSet(values) : new PyTuple(values));
  dropAll(pushes);
  if (onlyRead) {
    instr.opcode = LOAD_CONST;
    instr.oparg = index;
    return;
  }
  const build = block.instrs[i - 2]!;
  build.opcode = opcode;
  build.oparg = 0;
  build.loc = instr.loc;
  const load = block.instrs[i - 1]!;
  load.opcode = LOAD_CONST;
  load.oparg = index;
  instr.opcode = opcode === BUILD_LIST ? LIST_EXTEND : SET_UPDATE;
  instr.oparg = 1;
}

/** A frozenset of the values; of equal ones (1, 1.0, True) the first stays. */
export function frozenSet(values: readonly CodeConstant[]): FrozenSet<CodeConstant> {
  const seen = new Map<string, CodeConstant>();
  const identity = new Map<object, number>();
  for (const value of values) {
    const key = equalityKey(value, identity);
    if (!seen.has(key)) seen.set(key, value);
  }
  return new FrozenSet([...seen.values()]);
}

/** Spells a value so that values which are == in Python are spelt alike. */
function equalityKey(value: CodeConstant, identity: Map<object, number>): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'boolean':
      return value ? '1' : '0';
    case 'bigint':
      return String(value);
    case 'number':
      return numberKey(value, identity);
  }
  if (value instanceof Complex) {
    return value.imag === 0
      ? numberKey(value.real, identity)
      : `${numberKey(value.real, identity)}+${numberKey(value.imag, identity)}j`;
  }
  if (value instanceof PyTuple || value instanceof FrozenSet) {
    const keys = value.items.map(item => {
      const key = equalityKey(item, identity);
      return `${key.length}:${key}`;
    });
    return value instanceof PyTuple ? `(${keys.join('')})` : `{${keys.sort().join('')}}`;
  }
  if (value instanceof SliceConstant) {
    return `[${equalityKey(new PyTuple([value.start, value.stop, value.step]), identity)}]`;
  }
  if (value instanceof Uint8Array) return `b${value.join()}`;
  if (value instanceof SurrogateStr) return `u${value.points.join()}`;
  if (value instanceof Code) {
    let id = identity.get(value);
    if (id === undefined) identity.set(value, (id = identity.size));
    return `c${id}`;
  }
  return value === null ? 'None' : '...';
}

function numberKey(value: number, identity: Map<object, number>): string {
  if (Number.isNaN(value)) {
    const unique = {};
    identity.set(unique, identity.size);
    return `nan${identity.get(unique)}`;
  }
  return Number.isInteger(value) ? String(BigInt(value)) : `f${value}`;
}
