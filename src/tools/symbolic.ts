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
const bare = (argrepr: string): string => argrepr.replace(/ \+ NULL.*$/, '');

/** Runs one instruction on a stack, in place. `jumps` says which of two ways is taken. */
export function step(name: string, { arg, argrepr }: Instruction, stack: Item[], jumps = false): void {
  const oparg = arg ?? 0;
  const pop = (): Item => stack.pop() ?? item('?');
  const popMany = (n: number): Item[] => (n > 0 ? stack.splice(Math.max(0, stack.length - n), n) : []);
  const push = (text: string, binds = ATOM): void => {
    stack.push(item(text, binds));
  };
  const list = (items: readonly Item[]): string => items.map(i => i.text).join(', ');
  switch (name) {
    case 'LOAD_CONST':
      push(
        argrepr.startsWith('<code object') ? `<code ${argrepr.split(' ')[2]}>` : argrepr,
        argrepr.startsWith('-') ? 13 : ATOM,
      );
      return;
    case 'LOAD_SMALL_INT':
      push(String(oparg));
      return;
    case 'LOAD_FAST':
    case 'LOAD_FAST_BORROW':
    case 'LOAD_FAST_CHECK':
    case 'LOAD_FAST_AND_CLEAR':
    case 'LOAD_NAME':
    case 'LOAD_DEREF':
    case 'LOAD_COMMON_CONSTANT':
      push(argrepr);
      return;
    case 'LOAD_FROM_DICT_OR_DEREF':
    case 'LOAD_FROM_DICT_OR_GLOBALS':
      pop();
      push(argrepr);
      return;
    case 'LOAD_FAST_LOAD_FAST':
    case 'LOAD_FAST_BORROW_LOAD_FAST_BORROW':
      for (const part of argrepr.split(', ')) push(part);
      return;
    case 'STORE_FAST_LOAD_FAST':
      pop();
      push(argrepr.split(', ')[1]!);
      return;
    case 'LOAD_GLOBAL':
      push(bare(argrepr));
      if (oparg & 1) stack.push(NULL);
      return;
    case 'LOAD_ATTR': {
      const text = `${inside(pop(), 16)}.${bare(argrepr)}`;
      push(text, 16);
      if (oparg & 1) push('self|NULL');
      return;
    }
    case 'LOAD_SUPER_ATTR':
      popMany(3);
      push(`super().${bare(argrepr)}`, 16);
      if (oparg & 1) push('self|NULL');
      return;
    case 'LOAD_SPECIAL':
      push(`${inside(pop(), 16)}.${argrepr}`, 16);
      push('self|NULL');
      return;
    case 'LOAD_BUILD_CLASS':
      push('__build_class__');
      return;
    case 'LOAD_LOCALS':
      push('locals()');
      return;
    case 'PUSH_NULL':
      stack.push(NULL);
      return;
    case 'COPY': {
      const copied = stack[stack.length - oparg];
      stack.push(copied ?? item('?'));
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
      const right = pop();
      const left = pop();
      const symbol = NB_OPS[oparg]?.[1] ?? '?';
      if (symbol === '[]') push(`${inside(left, 16)}[${right.text}]`, 16);
      else {
        const binds = BINDS[symbol.replace(/(?<=.)=$/, '')] ?? 11;
        push(`${inside(left, binds)} ${symbol.replace(/=$/, '')} ${inside(right, binds + 1)}`, binds);
      }
      return;
    }
    case 'BINARY_SLICE': {
      const end = pop();
      const start = pop();
      push(`${inside(pop(), 16)}[${start.text}:${end.text}]`, 16);
      return;
    }
    case 'COMPARE_OP':
    case 'IS_OP':
    case 'CONTAINS_OP': {
      const right = pop();
      const left = pop();
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
      push(`${inside(left, COMPARES + 1)} ${symbol} ${inside(right, COMPARES + 1)}`, COMPARES);
      return;
    }
    case 'UNARY_NOT':
      push(`not ${inside(pop(), NOT)}`, NOT);
      return;
    case 'UNARY_NEGATIVE':
    case 'UNARY_INVERT':
      push(`${name === 'UNARY_INVERT' ? '~' : '-'}${inside(pop(), 13)}`, 13);
      return;
    case 'TO_BOOL': {
      const value = pop();
      push(
        value.text.startsWith('bool(') || value.binds <= COMPARES ? value.text : `bool(${value.text})`,
        value.binds <= COMPARES ? value.binds : ATOM,
      );
      return;
    }
    case 'BUILD_TUPLE': {
      const items = popMany(oparg);
      push(`(${list(items)}${items.length === 1 ? ',' : ''})`);
      return;
    }
    case 'BUILD_LIST':
      push(`[${list(popMany(oparg))}]`);
      return;
    case 'BUILD_SET':
      push(`{${list(popMany(oparg))}}`);
      return;
    case 'BUILD_MAP': {
      const items = popMany(oparg * 2);
      const pairs: string[] = [];
      for (let i = 0; i < items.length; i += 2) pairs.push(`${items[i]!.text}: ${items[i + 1]?.text ?? '?'}`);
      push(`{${pairs.join(', ')}}`);
      return;
    }
    case 'BUILD_STRING':
      push(
        `f'${popMany(oparg)
          .map(i => (/^'.*'$/.test(i.text) ? i.text.slice(1, -1) : `{${i.text}}`))
          .join('')}'`,
      );
      return;
    case 'BUILD_SLICE':
      push(`slice(${list(popMany(oparg))})`);
      return;
    case 'FORMAT_SIMPLE':
      push(`format(${pop().text})`);
      return;
    case 'FORMAT_WITH_SPEC': {
      const spec = pop();
      push(`format(${pop().text}, ${spec.text})`);
      return;
    }
    case 'CONVERT_VALUE':
      push(`${argrepr}(${pop().text})`);
      return;
    case 'CALL':
    case 'CALL_KW': {
      const names = name === 'CALL_KW' ? pop().text : '';
      const keywords = [...names.matchAll(/'([^']*)'/g)].map(m => m[1]!);
      const args = popMany(oparg);
      pop();
      const callable = pop();
      const texts = args.map((a, i) => {
        const k = i - (args.length - keywords.length);
        return k >= 0 ? `${keywords[k]}=${a.text}` : a.text;
      });
      push(`${inside(callable, 16)}(${texts.join(', ')})`, 16);
      return;
    }
    case 'CALL_FUNCTION_EX': {
      const kwargs = pop();
      const args = pop();
      pop();
      const callable = pop();
      push(`${inside(callable, 16)}(*${args.text}${kwargs === NULL ? '' : `, **${kwargs.text}`})`, 16);
      return;
    }
    case 'CALL_INTRINSIC_1':
      push(`${argrepr.replace('INTRINSIC_', '').toLowerCase()}(${pop().text})`);
      return;
    case 'GET_ITER':
    case 'GET_AITER':
    case 'GET_YIELD_FROM_ITER':
      push(`iter(${pop().text})`);
      return;
    case 'GET_AWAITABLE':
      push(`await ${inside(pop(), 15)}`, 15);
      return;
    case 'GET_LEN':
      push(`len(${stack[stack.length - 1]?.text ?? '?'})`);
      return;
    case 'FOR_ITER':
      // On both ways: behind the loop END_FOR and POP_ITER clear away, and FOR_ITER jumps past the former.
      if (!jumps) push(`next(${(stack[stack.length - 1]?.text ?? '?').replace(/^iter\((.*)\)$/, '$1')})`);
      return;
    case 'SEND':
      pop();
      push(`sent to ${inside(stack[stack.length - 1], 16)}`, 5);
      return;
    case 'END_SEND': {
      const value = pop();
      const receiver = pop();
      push(receiver.text.startsWith('await ') ? receiver.text : `yield from ${receiver.text || value.text}`, 5);
      return;
    }
    case 'YIELD_VALUE':
      pop();
      push('sent value');
      return;
    case 'RETURN_GENERATOR':
      push('generator');
      return;
    case 'IMPORT_NAME':
      popMany(2);
      push(`import ${argrepr}`, 1);
      return;
    case 'RETURN_VALUE':
    case 'RERAISE':
      pop();
      return;
    case 'IMPORT_FROM':
      push(argrepr);
      return;
    case 'MAKE_FUNCTION':
      push(pop().text.replace(/^<code /, '<function '));
      return;
    case 'SET_FUNCTION_ATTRIBUTE': {
      const func = pop();
      pop();
      stack.push(func);
      return;
    }
    case 'PUSH_EXC_INFO': {
      const exc = pop();
      push('previous exc');
      stack.push(exc);
      return;
    }
    case 'CHECK_EXC_MATCH': {
      const type = pop();
      push(`${stack[stack.length - 1]?.text ?? 'exc'} matches ${type.text}`, COMPARES);
      return;
    }
    case 'WITH_EXCEPT_START':
      push('__exit__(…)');
      return;
    case 'UNPACK_SEQUENCE': {
      const from = inside(pop(), 16);
      for (let i = oparg - 1; i >= 0; i--) push(`${from}[${i}]`, 16);
      return;
    }
    case 'UNPACK_EX': {
      const from = inside(pop(), 16);
      const before = oparg & 255;
      const behind = oparg >> 8;
      for (let i = 1; i <= behind; i++) push(`${from}[-${i}]`, 16);
      push(`${from}[${before}:${behind === 0 ? '' : `-${behind}`}]`, 16);
      for (let i = before - 1; i >= 0; i--) push(`${from}[${i}]`, 16);
      return;
    }
    case 'LIST_APPEND':
    case 'SET_ADD':
    case 'LIST_EXTEND':
    case 'SET_UPDATE':
    case 'DICT_UPDATE':
    case 'DICT_MERGE': {
      const value = pop();
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
      popMany(2);
      const at = stack.length - oparg;
      if (stack[at] !== undefined) stack[at] = item('{…: …}');
      return;
    }
  }
  // Pops and pushes as the table says.
  const number = opcodeNumber(name);
  const popped = number < 0 ? 0 : numPopped(number, oparg);
  const pushed = number < 0 ? 0 : numPushed(number, oparg);
  popMany(popped);
  for (let i = 0; i < pushed; i++) push(name.toLowerCase());
}

let numbers: Map<string, number> | null = null;

function opcodeNumber(name: string): number {
  numbers ??= new Map(OPCODE_NAMES.map((each, i) => [each, i]));
  return numbers.get(name) ?? -1;
}

export interface StackState {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

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
    const stack = [...entry.get(index)!];
    let before: Item[] = stack;
    for (const each of block.instructions) {
      const name = baseName(each, disassembly);
      before = [...stack];
      const jumped = each.target !== null && name !== 'END_ASYNC_FOR' ? [...stack] : null;
      if (jumped !== null) {
        step(name, each, jumped, true);
        const to = graph.at(each.target!);
        // FOR_ITER jumps past END_FOR, which is there for tracing only.
        if (to !== undefined)
          enter(
            to.index,
            name === 'FOR_ITER'
              ? [...jumped, item('exhausted')].slice(0, jumped.length + forIterExtra(to.instructions[0]!, disassembly))
              : jumped,
          );
      }
      step(name, each, stack);
      states.set(each.offset, { before: before.map(i => i.text), after: stack.map(i => i.text) });
    }
    for (const next of block.successors)
      if (next === index + 1 && fallsInto(block.instructions, disassembly)) enter(next, stack);
    for (const handler of block.handlers) {
      const target = graph.blocks[handler]!;
      const range = disassembly.exceptions.find(
        e => e.start <= block.instructions[0]!.offset && block.instructions[0]!.offset < e.end,
      );
      if (range === undefined) continue;
      // What an exception leaves is the same at each instruction that may raise one; PUSH_EXC_INFO, which begins a handler, may not.
      const base = before.slice(0, range.depth);
      while (base.length < range.depth) base.push(item('?'));
      if (range.lasti) base.push(item('lasti'));
      enter(target.index, [...base, item('exc')]);
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
