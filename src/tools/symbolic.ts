// symbolic.ts: the value stack of a function in words: names, constants, `a + b`, at each instruction. For CPython 3.14.
//
// Each instruction's effect on a stack of texts; where two ways meet with different texts, the item becomes ‹one | other›.
// Instructions that need no words of their own pop and push as the table says (src/opcode), named after themselves.
// Invariant: depths are those of the real stack: the deepest is at most co_stacksize.
import { numPopped, numPushed, OPCODE_NAMES } from '../opcode/opcodes.generated.ts';
import { CMP_OPS, NB_OPS } from '../opcode/operands.ts';
import { baseName, type FlowGraph } from './flow.ts';
import type { Disassembly, Instruction } from './versions/instructions.ts';

/** A text, and how tightly it binds: what has a lower number gets parentheses inside something with a higher one. */
export interface Item {
  readonly text: string;
  readonly binds: number;
}

const ATOM = 20;
const LONGEST = 40;

const item = (text: string, binds = ATOM): Item => ({
  text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
  binds,
});
const NULL = item('NULL');
const UNKNOWN = item('?');

/** Precedence of binary operators, as in the language reference. */
const BINDS: Readonly<Record<string, number>> = {
  '**': 14,
  '*': 12,
  '@': 12,
  '/': 12,
  '//': 12,
  '%': 12,
  '+': 11,
  '-': 11,
  '<<': 10,
  '>>': 10,
  '&': 9,
  '^': 8,
  '|': 7,
};
const COMPARES = 6;
const NOT = 5;

function inside(x: Item | undefined, binds: number): string {
  if (x === undefined) return '?';
  return x.binds < binds ? `(${x.text})` : x.text;
}

/** The texts that an item may stand for. */
const ways = ({ text }: Item): string[] =>
  text.startsWith('‹') && text.endsWith('›') ? text.slice(1, -1).split(' | ') : [text];

function merge(a: Item, b: Item): Item {
  if (a.text === b.text) return a;
  const parts = new Set([...ways(a), ...ways(b)]);
  if (parts.size > 3 || [...parts].some(p => p.endsWith('…'))) return item('‹…›');
  return item(`‹${[...parts].join(' | ')}›`);
}

/** `NAME` of `NAME + NULL|self`. */
export const bare = (argrepr: string): string => {
  const end = argrepr.indexOf(' + NULL');
  return end < 0 ? argrepr : argrepr.slice(0, end);
};

const pop = (stack: Item[]): Item => stack.pop() ?? UNKNOWN;
const popMany = (stack: Item[], n: number): Item[] => (n > 0 ? stack.splice(Math.max(0, stack.length - n), n) : []);
const push = (stack: Item[], text: string, binds = ATOM): void => {
  stack.push(item(text, binds));
};
const list = (items: readonly Item[]): string => items.map(i => i.text).join(', ');

/** Runs one instruction on a stack, in place. `jumps` says which of two ways is taken. */
export function step(name: string, { arg, argrepr }: Instruction, stack: Item[], jumps = false): void {
  const oparg = arg ?? 0;
  switch (name) {
    case 'LOAD_CONST':
      push(
        stack,
        argrepr.startsWith('<code object') ? `<code ${argrepr.split(' ')[2]}>` : argrepr,
        argrepr.startsWith('-') ? 13 : ATOM,
      );
      return;
    case 'LOAD_SMALL_INT':
      push(stack, String(oparg));
      return;
    case 'LOAD_FAST':
    case 'LOAD_FAST_BORROW':
    case 'LOAD_FAST_CHECK':
    case 'LOAD_FAST_AND_CLEAR':
    case 'LOAD_NAME':
    case 'LOAD_DEREF':
    case 'LOAD_COMMON_CONSTANT':
      push(stack, argrepr);
      return;
    case 'LOAD_FROM_DICT_OR_DEREF':
    case 'LOAD_FROM_DICT_OR_GLOBALS':
      pop(stack);
      push(stack, argrepr);
      return;
    case 'LOAD_FAST_LOAD_FAST':
    case 'LOAD_FAST_BORROW_LOAD_FAST_BORROW':
      for (const part of argrepr.split(', ')) push(stack, part);
      return;
    case 'STORE_FAST_LOAD_FAST':
      pop(stack);
      push(stack, argrepr.split(', ')[1]!);
      return;
    case 'LOAD_GLOBAL':
      push(stack, bare(argrepr));
      if (oparg & 1) stack.push(NULL);
      return;
    case 'LOAD_ATTR': {
      const text = `${inside(pop(stack), 16)}.${bare(argrepr)}`;
      push(stack, text, 16);
      if (oparg & 1) push(stack, 'self|NULL');
      return;
    }
    case 'LOAD_SUPER_ATTR':
      popMany(stack, 3);
      push(stack, `super().${bare(argrepr)}`, 16);
      if (oparg & 1) push(stack, 'self|NULL');
      return;
    case 'LOAD_SPECIAL':
      push(stack, `${inside(pop(stack), 16)}.${argrepr}`, 16);
      push(stack, 'self|NULL');
      return;
    case 'LOAD_BUILD_CLASS':
      push(stack, '__build_class__');
      return;
    case 'LOAD_LOCALS':
      push(stack, 'locals()');
      return;
    case 'PUSH_NULL':
      stack.push(NULL);
      return;
    case 'COPY': {
      const copied = stack[stack.length - oparg];
      stack.push(copied ?? UNKNOWN);
      return;
    }
    case 'SWAP': {
      const top = stack.length - 1;
      const other = stack.length - oparg;
      const held = stack[top];
      if (held !== undefined && stack[other] !== undefined) {
        stack[top] = stack[other]!;
        stack[other] = held;
      }
      return;
    }
    case 'BINARY_OP': {
      const right = pop(stack);
      const left = pop(stack);
      const symbol = NB_OPS[oparg]?.[1] ?? '?';
      if (symbol === '[]') push(stack, `${inside(left, 16)}[${right.text}]`, 16);
      else {
        const binds = BINDS[symbol.replace(/(?<=.)=$/, '')] ?? 11;
        push(stack, `${inside(left, binds)} ${symbol.replace(/=$/, '')} ${inside(right, binds + 1)}`, binds);
      }
      return;
    }
    case 'BINARY_SLICE': {
      const end = pop(stack);
      const start = pop(stack);
      push(stack, `${inside(pop(stack), 16)}[${start.text}:${end.text}]`, 16);
      return;
    }
    case 'COMPARE_OP':
    case 'IS_OP':
    case 'CONTAINS_OP': {
      const right = pop(stack);
      const left = pop(stack);
      const symbol =
        name === 'COMPARE_OP'
          ? CMP_OPS[oparg >> 5]
          : name === 'IS_OP'
            ? oparg
              ? 'is not'
              : 'is'
            : oparg
              ? 'not in'
              : 'in';
      push(stack, `${inside(left, COMPARES + 1)} ${symbol} ${inside(right, COMPARES + 1)}`, COMPARES);
      return;
    }
    case 'UNARY_NOT':
      push(stack, `not ${inside(pop(stack), NOT)}`, NOT);
      return;
    case 'UNARY_NEGATIVE':
    case 'UNARY_INVERT':
      push(stack, `${name === 'UNARY_INVERT' ? '~' : '-'}${inside(pop(stack), 13)}`, 13);
      return;
    case 'TO_BOOL': {
      const value = pop(stack);
      push(
        stack,
        value.text.startsWith('bool(') || value.binds <= COMPARES ? value.text : `bool(${value.text})`,
        value.binds <= COMPARES ? value.binds : ATOM,
      );
      return;
    }
    case 'BUILD_TUPLE': {
      const items = popMany(stack, oparg);
      push(stack, `(${list(items)}${items.length === 1 ? ',' : ''})`);
      return;
    }
    case 'BUILD_LIST':
      push(stack, `[${list(popMany(stack, oparg))}]`);
      return;
    case 'BUILD_SET':
      push(stack, `{${list(popMany(stack, oparg))}}`);
      return;
    case 'BUILD_MAP': {
      const items = popMany(stack, oparg * 2);
      const pairs: string[] = [];
      for (let i = 0; i < items.length; i += 2) pairs.push(`${items[i]!.text}: ${items[i + 1]?.text ?? '?'}`);
      push(stack, `{${pairs.join(', ')}}`);
      return;
    }
    case 'BUILD_STRING':
      push(
        stack,
        `f'${popMany(stack, oparg)
          .map(i => (/^'.*'$/.test(i.text) ? i.text.slice(1, -1) : `{${i.text}}`))
          .join('')}'`,
      );
      return;
    case 'BUILD_SLICE':
      push(stack, `slice(${list(popMany(stack, oparg))})`);
      return;
    case 'FORMAT_SIMPLE':
      push(stack, `format(${pop(stack).text})`);
      return;
    case 'FORMAT_WITH_SPEC': {
      const spec = pop(stack);
      push(stack, `format(${pop(stack).text}, ${spec.text})`);
      return;
    }
    case 'CONVERT_VALUE':
      push(stack, `${argrepr}(${pop(stack).text})`);
      return;
    case 'CALL':
    case 'CALL_KW': {
      const names = name === 'CALL_KW' ? pop(stack).text : '';
      const keywords = [...names.matchAll(/'([^']*)'/g)].map(m => m[1]!);
      const args = popMany(stack, oparg);
      pop(stack);
      const callable = pop(stack);
      const texts = args.map((a, i) => {
        const k = i - (args.length - keywords.length);
        return k >= 0 ? `${keywords[k]}=${a.text}` : a.text;
      });
      push(stack, `${inside(callable, 16)}(${texts.join(', ')})`, 16);
      return;
    }
    case 'CALL_FUNCTION_EX': {
      const kwargs = pop(stack);
      const args = pop(stack);
      pop(stack);
      const callable = pop(stack);
      push(stack, `${inside(callable, 16)}(*${args.text}${kwargs === NULL ? '' : `, **${kwargs.text}`})`, 16);
      return;
    }
    case 'CALL_INTRINSIC_1':
      push(stack, `${argrepr.replace('INTRINSIC_', '').toLowerCase()}(${pop(stack).text})`);
      return;
    case 'GET_ITER':
    case 'GET_AITER':
    case 'GET_YIELD_FROM_ITER':
      push(stack, `iter(${pop(stack).text})`);
      return;
    case 'GET_AWAITABLE':
      push(stack, `await ${inside(pop(stack), 15)}`, 15);
      return;
    case 'GET_LEN':
      push(stack, `len(${stack[stack.length - 1]?.text ?? '?'})`);
      return;
    case 'FOR_ITER':
      // On both ways: behind the loop END_FOR and POP_ITER clear away, and FOR_ITER jumps past the former.
      if (!jumps) push(stack, `next(${(stack[stack.length - 1]?.text ?? '?').replace(/^iter\((.*)\)$/, '$1')})`);
      return;
    case 'SEND':
      pop(stack);
      push(stack, `sent to ${inside(stack[stack.length - 1], 16)}`, 5);
      return;
    case 'END_SEND': {
      const value = pop(stack);
      const receiver = pop(stack);
      push(stack, receiver.text.startsWith('await ') ? receiver.text : `yield from ${receiver.text || value.text}`, 5);
      return;
    }
    case 'YIELD_VALUE':
      pop(stack);
      push(stack, 'sent value');
      return;
    case 'RETURN_GENERATOR':
      push(stack, 'generator');
      return;
    case 'IMPORT_NAME':
      popMany(stack, 2);
      push(stack, `import ${argrepr}`, 1);
      return;
    case 'RETURN_VALUE':
    case 'RERAISE':
      pop(stack);
      return;
    case 'IMPORT_FROM':
      push(stack, argrepr);
      return;
    case 'MAKE_FUNCTION':
      push(stack, pop(stack).text.replace(/^<code /, '<function '));
      return;
    case 'SET_FUNCTION_ATTRIBUTE': {
      const func = pop(stack);
      pop(stack);
      stack.push(func);
      return;
    }
    case 'PUSH_EXC_INFO': {
      const exc = pop(stack);
      push(stack, 'previous exc');
      stack.push(exc);
      return;
    }
    case 'CHECK_EXC_MATCH': {
      const type = pop(stack);
      push(stack, `${stack[stack.length - 1]?.text ?? 'exc'} matches ${type.text}`, COMPARES);
      return;
    }
    case 'WITH_EXCEPT_START':
      push(stack, '__exit__(…)');
      return;
    case 'UNPACK_SEQUENCE': {
      const from = inside(pop(stack), 16);
      for (let i = oparg - 1; i >= 0; i--) push(stack, `${from}[${i}]`, 16);
      return;
    }
    case 'UNPACK_EX': {
      const from = inside(pop(stack), 16);
      const before = oparg & 255;
      const behind = oparg >> 8;
      for (let i = 1; i <= behind; i++) push(stack, `${from}[-${i}]`, 16);
      push(stack, `${from}[${before}:${behind === 0 ? '' : `-${behind}`}]`, 16);
      for (let i = before - 1; i >= 0; i--) push(stack, `${from}[${i}]`, 16);
      return;
    }
    case 'LIST_APPEND':
    case 'SET_ADD':
    case 'LIST_EXTEND':
    case 'SET_UPDATE':
    case 'DICT_UPDATE':
    case 'DICT_MERGE': {
      const value = pop(stack);
      const at = stack.length - oparg;
      const target = stack[at];
      if (target === undefined) return;
      const spread =
        name.includes('EXTEND') || name.includes('UPDATE') || name.includes('MERGE')
          ? name.startsWith('DICT')
            ? '**'
            : '*'
          : '';
      const open = target.text.slice(0, -1);
      if (/^[[{].*[\]}]$/.test(target.text))
        stack[at] = open.includes('…')
          ? target
          : spread === ''
            ? item(`${open[0]}…${target.text.at(-1)}`)
            : item(`${open}${open.length > 1 ? ', ' : ''}${spread}${value.text}${target.text.at(-1)}`);
      return;
    }
    case 'MAP_ADD': {
      popMany(stack, 2);
      const at = stack.length - oparg;
      if (stack[at] !== undefined) stack[at] = item('{…: …}');
      return;
    }
  }
  // Pops and pushes as the table says.
  const number = opcodeNumber(name);
  const popped = number < 0 ? 0 : numPopped(number, oparg);
  const pushed = number < 0 ? 0 : numPushed(number, oparg);
  popMany(stack, popped);
  for (let i = 0; i < pushed; i++) push(stack, name.toLowerCase());
}

let numbers: Map<string, number> | null = null;

function opcodeNumber(name: string): number {
  numbers ??= new Map(OPCODE_NAMES.map((each, i) => [each, i]));
  return numbers.get(name) ?? -1;
}

/** The stack around an instruction, its top last. */
export class StackState {
  private readonly itemsBefore: readonly Item[];
  private readonly itemsAfter: readonly Item[];
  constructor(before: readonly Item[], after: readonly Item[]) {
    this.itemsBefore = before;
    this.itemsAfter = after;
  }
  get before(): readonly string[] {
    return this.itemsBefore.map(textOf);
  }
  get after(): readonly string[] {
    return this.itemsAfter.map(textOf);
  }
  /** What lay on top before, or so many places below it. */
  top(below = 0): string | undefined {
    return this.itemsBefore[this.itemsBefore.length - 1 - below]?.text;
  }
}

const textOf = ({ text }: Item): string => text;

/** Stacks by offset of the instruction; unreachable instructions have none. */
export function symbolicStacks(disassembly: Disassembly, graph: FlowGraph): Map<number, StackState> {
  const entry = new Map<number, Item[]>();
  const states = new Map<number, StackState>();
  const todo: number[] = [];
  const enter = (block: number, stack: readonly Item[]): void => {
    const known = entry.get(block);
    if (known === undefined) entry.set(block, [...stack]);
    else {
      let changed = false;
      for (let i = 0; i < Math.min(known.length, stack.length); i++) {
        const merged = merge(known[i]!, stack[i]!);
        if (merged.text !== known[i]!.text) {
          known[i] = merged;
          changed = true;
        }
      }
      if (!changed) return;
    }
    if (!todo.includes(block)) todo.push(block);
  };
  if (graph.blocks.length > 0) enter(0, []);
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    const block = graph.blocks[index]!;
    // Never changed once it is made: the one instruction's stack behind it is the next one's before.
    let before: readonly Item[] = [];
    let after: readonly Item[] = [...entry.get(index)!];
    for (const each of block.instructions) {
      const name = baseName(each, disassembly);
      before = after;
      if (each.target !== null && name !== 'END_ASYNC_FOR') {
        const jumped = before.slice();
        step(name, each, jumped, true);
        const to = graph.at(each.target);
        // FOR_ITER jumps past END_FOR, which is there for tracing only.
        if (to !== undefined)
          enter(
            to.index,
            name === 'FOR_ITER'
              ? [...jumped, item('exhausted')].slice(0, jumped.length + forIterExtra(to.instructions[0]!, disassembly))
              : jumped,
          );
      }
      const stack = before.slice();
      step(name, each, stack);
      after = stack;
      states.set(each.offset, new StackState(before, after));
    }
    for (const next of block.successors)
      if (next === index + 1 && fallsInto(block.instructions, disassembly)) enter(next, after);
    if (block.handlers.length === 0) continue;
    const first = block.instructions[0]!.offset;
    const range = disassembly.exceptions.find(e => e.start <= first && first < e.end);
    if (range === undefined) continue;
    for (const handler of block.handlers) {
      // What an exception leaves is the same at each instruction that may raise one; PUSH_EXC_INFO, which begins a handler, may not.
      const base = before.slice(0, range.depth);
      while (base.length < range.depth) base.push(UNKNOWN);
      if (range.lasti) base.push(item('lasti'));
      enter(handler, [...base, item('exc')]);
    }
  }
  return states;
}

/** Where FOR_ITER lands: at END_FOR, which pops what it would have pushed, or behind it. */
function forIterExtra(first: Instruction, disassembly: Disassembly): number {
  return baseName(first, disassembly) === 'END_FOR' ? 1 : 0;
}

function fallsInto(instructions: readonly Instruction[], disassembly: Disassembly): boolean {
  const name = baseName(instructions[instructions.length - 1]!, disassembly);
  return !/^(JUMP_|RETURN_VALUE|RAISE_VARARGS|RERAISE)/.test(name);
}
