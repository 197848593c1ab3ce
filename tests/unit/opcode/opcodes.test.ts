// opcodes.test.ts: the instruction table against what CPython 3.14.10 recorded (opcodes-record.py).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as generated from '../../../src/opcode/opcodes.generated.ts';
import {
  CACHE_FORMAT,
  FLAG_NAMES,
  HAVE_ARGUMENT,
  INSTRUMENTED,
  MAGIC_NUMBER,
  MIN_INSTRUMENTED_OPCODE,
  OPCODES,
  PSEUDO,
  SPECIALIZED,
} from '../../../src/opcode/opcodes.ts';
import {
  CMP_OPS,
  COMMON_CONSTANTS,
  INTRINSICS_1,
  INTRINSICS_2,
  NB_OPS,
  SPECIAL_METHODS,
} from '../../../src/opcode/operands.ts';
import golden from './opcodes.golden.json' with { type: 'json' };

const SETUP = new Set(['SETUP_FINALLY', 'SETUP_CLEANUP', 'SETUP_WITH']);
type Row = [name: string, number: number, kinds: string, effects: number[] | null, jumpEffects: number[] | null];
const rows = golden.opcodes as Row[];

test('the table has exactly the instructions of CPython, with their numbers', () => {
  const ours = [...OPCODES, ...SPECIALIZED, ...INSTRUMENTED, ...PSEUDO].map(row => [row[1], row[0]]);
  ours.sort((a, b) => (a[1] as number) - (b[1] as number));
  assert.deepEqual(
    ours,
    rows.map(([name, number]) => [name, number]),
  );
});

test('each instruction has a constant, a name and argument kinds', () => {
  const constants = generated as unknown as Record<string, number>;
  for (const [name, number, kinds] of rows) {
    assert.equal(constants[name], number, name);
    assert.equal(generated.OPCODE_NAMES[number], name);
    const bits = generated.OPCODE_FLAGS[number]!;
    const ours = FLAG_NAMES.slice(0, 6).filter((_, i) => bits & (1 << i));
    assert.equal(ours.join(' '), kinds, name);
  }
});

test('stack effects are those of CPython', () => {
  for (const [name, number, , effects, jumpEffects] of rows) {
    if (effects === null) continue;
    effects.forEach((effect, oparg) => {
      if (generated.numPopped(number, oparg) < 0) return;
      const net = generated.numPushed(number, oparg) - generated.numPopped(number, oparg);
      if (SETUP.has(name)) assert.equal(net, jumpEffects![oparg], name);
      else assert.equal(net, effect, `${name} ${oparg}`);
    });
  }
});

test('families, caches and operand tables are those of CPython', () => {
  const families: Record<string, string[]> = {};
  for (const [number, name, general] of SPECIALIZED) {
    families[general] = [...(families[general] ?? []), name];
    assert.equal(generated.OPCODE_NAMES[generated.OPCODE_DEOPT[number]!], general);
    assert.equal(generated.OPCODE_CACHES[number], generated.OPCODE_CACHES[generated.OPCODE_DEOPT[number]!]);
  }
  assert.deepEqual(families, golden.specializations);
  assert.deepEqual(CACHE_FORMAT, golden.cacheFormat);
  for (const [name, fields] of Object.entries(CACHE_FORMAT)) {
    const units = Object.values(fields).reduce((a, b) => a + b, 0);
    assert.equal(generated.OPCODE_CACHES[generated.OPCODE_NAMES.indexOf(name)], units, name);
  }
  assert.deepEqual(NB_OPS, golden.nbOps);
  assert.deepEqual(INTRINSICS_1, golden.intrinsics1);
  assert.deepEqual(INTRINSICS_2, golden.intrinsics2);
  assert.deepEqual(CMP_OPS, golden.cmpOps);
  assert.deepEqual(
    SPECIAL_METHODS.map(row => row[1]),
    golden.specialMethods,
  );
  assert.deepEqual(
    COMMON_CONSTANTS.map(row => row[1]),
    golden.commonConstants,
  );
  assert.equal(MAGIC_NUMBER, golden.magic);
  assert.equal(HAVE_ARGUMENT, golden.haveArgument);
  assert.equal(MIN_INSTRUMENTED_OPCODE, golden.minInstrumented);
});

test('every instruction says in a sentence what it does', () => {
  for (const row of [...OPCODES, ...SPECIALIZED, ...PSEUDO]) assert.match(row.at(-1) as string, /^\S.*\.$/, row[1]);
});
