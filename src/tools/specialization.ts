// specialization.ts: what the specialising interpreter would make of each adaptive instruction, and, after a run, what it made.
//                                                                          CPython: Python/specialize.c, PEP 659
//
// Which forms an instruction has is the opcode table's; which of them the operands point to is told from what the bytecode
// shows of them (the names on the symbolic stack). Where it shows nothing, the answer is open.
import { SPECIALIZED } from '../opcode/opcodes.ts';
import { NB_OPS } from '../opcode/operands.ts';
import type { Analyzed } from './findings.ts';
import { baseName } from './flow.ts';
import { bare } from './symbolic.ts';

export interface Site {
  readonly offset: number;
  readonly line: number | null;
  /** The general instruction. */
  readonly opcode: string;
  readonly detail: string;
  /** The form it would take, 'none' if there is no form for it, null if that depends on values not seen in the code. */
  readonly likely: string | null;
  readonly why: string;
  /** How many loops are around it. */
  readonly loopDepth: number;
  /** What it was after a run: the specialised form, or the general one if it did not run often enough or could not be. */
  readonly became?: string;
}

let families: Map<string, string[]> | null = null;

/** The specialised forms of a general instruction. */
export function formsOf(opcode: string): readonly string[] {
  if (families === null) {
    families = new Map();
    for (const [, name, general] of SPECIALIZED) families.set(general, [...(families.get(general) ?? []), name]);
  }
  return families.get(opcode) ?? [];
}

/** Families that specialise by operands; the others (RESUME, JUMP_BACKWARD, LOAD_CONST) always do the same. */
const TRIVIAL = new Set(['RESUME', 'JUMP_BACKWARD', 'LOAD_CONST']);

const isInt = (text: string | undefined): boolean => text !== undefined && /^-?\d+$/.test(text);
const isStr = (text: string | undefined): boolean => text !== undefined && /^f?['"]/.test(text);
const isFloat = (text: string | undefined): boolean => text !== undefined && /^-?\d+\.\d/.test(text);

type Guess = readonly [likely: string | null, why: string];
const OPEN: Guess = [null, 'depends on the operands'];

const CALLS: Readonly<Record<string, readonly [args: number, form: string]>> = {
  len: [1, 'CALL_LEN'],
  isinstance: [2, 'CALL_ISINSTANCE'],
  type: [1, 'CALL_TYPE_1'],
  str: [1, 'CALL_STR_1'],
  tuple: [1, 'CALL_TUPLE_1'],
};

function guess(
  opcode: string,
  arg: number,
  argrepr: string,
  before: readonly string[],
  a: Analyzed,
  imported: ReadonlySet<string>,
): Guess {
  const top = before.at(-1);
  const below = before.at(-2);
  switch (opcode) {
    case 'LOAD_GLOBAL': {
      const name = bare(argrepr);
      return a.globals.has(name)
        ? ['LOAD_GLOBAL_MODULE', 'bound by this module']
        : ['LOAD_GLOBAL_BUILTIN', 'not bound by this module'];
    }
    case 'LOAD_ATTR':
    case 'STORE_ATTR': {
      const store = opcode === 'STORE_ATTR';
      if (top !== undefined && imported.has(top) && !store) return ['LOAD_ATTR_MODULE', `${top} is an imported module`];
      if (top === 'self')
        return store || (arg & 1) === 0
          ? [`${opcode}_INSTANCE_VALUE`, 'self, if it has no __slots__ and few attributes']
          : ['LOAD_ATTR_METHOD_WITH_VALUES', 'a method of self, if its class is a plain one'];
      if (isStr(top)) return ['LOAD_ATTR_METHOD_NO_DICT', 'a method of a str'];
      return OPEN;
    }
    case 'BINARY_OP': {
      const symbol = NB_OPS[arg]?.[1].replace(/(?<=.)=$/, '') ?? '';
      const names: Readonly<Record<string, string>> = { '+': 'ADD', '-': 'SUBTRACT', '*': 'MULTIPLY' };
      if (symbol === '[]') {
        if (isInt(top)) return [null, 'list, tuple or str by an int: one of BINARY_OP_SUBSCR_*_INT'];
        if (isStr(top)) return ['BINARY_OP_SUBSCR_DICT', 'a str as key, if the object is a dict'];
        return OPEN;
      }
      const name = names[symbol];
      if (name === undefined)
        return /^[&|^]$|^\/$/.test(symbol)
          ? [null, 'BINARY_OP_EXTEND for some pairs of int and float']
          : ['none', `there is no form for '${symbol}'`];
      if (isStr(top) || isStr(below))
        return symbol === '+' ? ['BINARY_OP_ADD_UNICODE', 'a str beside'] : ['none', 'a str beside'];
      if (isFloat(top) || isFloat(below)) return [`BINARY_OP_${name}_FLOAT`, 'a float beside, if the other is one'];
      if (isInt(top) || isInt(below)) return [`BINARY_OP_${name}_INT`, 'an int beside, if the other is one'];
      return OPEN;
    }
    case 'COMPARE_OP': {
      if (isStr(top) || isStr(below))
        return /[=!]=/.test(argrepr) ? ['COMPARE_OP_STR', 'a str beside'] : ['none', 'strings only by == and !='];
      if (isInt(top) || isInt(below)) return ['COMPARE_OP_INT', 'an int beside, if the other is a small one'];
      if (isFloat(top) || isFloat(below)) return ['COMPARE_OP_FLOAT', 'a float beside, if the other is one'];
      return OPEN;
    }
    case 'CONTAINS_OP':
      if (top !== undefined && /^frozenset\(|^\{[^:]*\}$/.test(top)) return ['CONTAINS_OP_SET', 'a set'];
      if (top !== undefined && /^[([]/.test(top)) return ['none', 'only sets and dicts have a form'];
      return OPEN;
    case 'FOR_ITER': {
      const over = /^iter\((.*)\)$/.exec(top ?? '')?.[1] ?? '';
      if (/^range\(/.test(over) && !a.globals.has('range')) return ['FOR_ITER_RANGE', 'range()'];
      if (/^\[/.test(over)) return ['FOR_ITER_LIST', 'a list'];
      if (/^\(/.test(over)) return ['FOR_ITER_TUPLE', 'a tuple'];
      if (/^(enumerate|zip|map|filter|reversed)\(/.test(over) || /\.(items|keys|values)\(\)$/.test(over))
        return ['none', 'only lists, tuples, ranges and generators have a form'];
      return OPEN;
    }
    case 'CALL': {
      const callable = before.at(-2 - arg);
      const known = callable === undefined || a.globals.has(callable) ? undefined : CALLS[callable];
      if (known !== undefined && known[0] === arg) return [known[1], `the builtin ${callable}`];
      if (callable?.endsWith('.append') && arg === 1) return ['CALL_LIST_APPEND', 'append, if the object is a list'];
      if (callable !== undefined && a.globals.has(callable))
        return ['CALL_PY_EXACT_ARGS', `${callable} of this module, if it is a function called without defaults`];
      return OPEN;
    }
    case 'TO_BOOL':
      if (isStr(top)) return ['TO_BOOL_STR', 'a str'];
      if (top !== undefined && /^\[/.test(top)) return ['TO_BOOL_LIST', 'a list'];
      return OPEN;
    case 'UNPACK_SEQUENCE':
      return arg === 2 ? ['UNPACK_SEQUENCE_TWO_TUPLE', 'two items, if it is a tuple'] : [null, 'a tuple or a list'];
    case 'SEND':
      return ['SEND_GEN', 'if it is a generator or coroutine'];
  }
  return OPEN;
}

/** The adaptive instructions of a function, in order. */
export function sites(a: Analyzed): Site[] {
  const out: Site[] = [];
  const imported = new Set<string>();
  for (const each of a.disassembly.instructions) {
    if (each.opcode.name === 'IMPORT_NAME') imported.add(each.argrepr.split('.')[0]!);
  }
  for (const block of a.graph.blocks) {
    if (!block.reachable) continue;
    for (const each of block.instructions) {
      const opcode = baseName(each, a.disassembly);
      if (TRIVIAL.has(opcode) || formsOf(opcode).length === 0) continue;
      const [likely, why] = guess(
        opcode,
        each.arg ?? 0,
        each.argrepr,
        a.stacks.get(each.offset)?.before ?? [],
        a,
        imported,
      );
      out.push({
        offset: each.offset,
        line: each.line,
        opcode,
        detail: each.argrepr,
        likely,
        why,
        loopDepth: block.loopDepth,
      });
    }
  }
  return out;
}
