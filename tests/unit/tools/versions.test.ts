// .pyc files of every version against what that version's own dis shows (tests/golden/versions, scripts/record-versions.mjs).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as opcodes from '../../../src/opcode/opcodes.generated.ts';
import { OPCODES, SPECIALIZED } from '../../../src/opcode/opcodes.ts';
import { flowGraph } from '../../../src/tools/flow.ts';
import type { AnyCode } from '../../../src/tools/versions/code.ts';
import { stackDepths } from '../../../src/tools/versions/depths.ts';
import { disassemble, type Instruction } from '../../../src/tools/versions/instructions.ts';
import { codeInfo, listing } from '../../../src/tools/versions/listing.ts';
import { opcodeNotes } from '../../../src/tools/versions/opcode_notes.ts';
import { readPyc } from '../../../src/tools/versions/pyc_file.ts';
import { ownVersion, stackEffect, versionNamed, versionNames } from '../../../src/tools/versions/version.ts';
import { places } from '../../../src/tools/visualize/unit.ts';
import { recordedFiles } from './recorded.ts';

const normal = (text: string): string => text.replace(/ at 0x[0-9a-f]+, file/g, ' at 0x, file');
const digest = (text: string): string =>
  createHash('sha256')
    .update(encode(normal(text)))
    .digest('hex');

/** UTF-8 with surrogates as characters, as the recorder writes it. */
function encode(text: string): Uint8Array {
  const parts = text.split(/([\ud800-\udfff])/u);
  return Buffer.concat(
    parts.map((part, i) => {
      const point = part.charCodeAt(0);
      if (i % 2 === 0) return Buffer.from(part);
      return Buffer.from([0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]);
    }),
  );
}

function bool(value: boolean): string {
  return value ? 'True' : 'False';
}

/** The recorder's rows: code_info, then the fields of each instruction. */
function rows(code: AnyCode): string[] {
  const { minor } = code.version;
  const { instructions, lineStarts } = disassemble(code);
  const out = [codeInfo(code)];
  for (const i of instructions) {
    const line = i.startsLine ? (lineStarts.get(i.offset) ?? 'None') : '-';
    out.push(
      [
        i.offset,
        i.opcode.number,
        i.opcode.name,
        i.arg ?? 'None',
        i.argrepr,
        line,
        bool(i.isJumpTarget),
        where(i, minor),
      ].join(' '),
    );
  }
  for (const inner of code.nested()) out.push(...rows(inner));
  return out;
}

function where({ position }: Instruction, minor: number): string {
  if (minor < 11) return '[]';
  const p = position ?? { line: null, endLine: null, column: null, endColumn: null };
  return `[${[p.line, p.endLine, p.column, p.endColumn].map(n => n ?? 'None').join(', ')}]`;
}

for (const version of versionNames()) {
  test(`CPython ${version}: listings, caches, offsets, fields and positions are those of its own dis`, () => {
    const files = recordedFiles(version);
    assert.ok(files.length >= 200, `${files.length} files`);
    for (const { name, pyc: bytes, listing: expected, all, rows: fields } of files) {
      const pyc = readPyc(bytes);
      assert.equal(pyc.version.name, version);
      const got = encode(normal(listing(pyc.code)));
      if (!expected.equals(got)) assert.equal(Buffer.from(got).toString(), expected.toString(), name);
      assert.equal(digest(listing(pyc.code, { caches: true, offsets: true })), all, `${name}: caches, offsets`);
      assert.equal(digest(rows(pyc.code).join('\n')), fields, `${name}: code_info and fields`);
    }
  });
}

test('every version from 3.6 to 3.15 has a table', () => {
  const names = Array.from({ length: 10 }, (_, i) => `3.${i + 6}`);
  assert.deepEqual(versionNames(), names);
});

test("3.14's table agrees with the instructions of this implementation", () => {
  const version = ownVersion();
  for (const [number, name, , caches, flags] of OPCODES) {
    const op = version.opcode(name)!;
    assert.equal(op.number, number, name);
    assert.equal(op.cacheUnits, caches, name);
    assert.equal(op.arg, flags.split(' ').includes('arg'), name);
  }
  for (const [number, name, base] of SPECIALIZED) {
    assert.equal(version.opcode(name)!.number, number, name);
    assert.equal(version.opcodes[version.opcode(name)!.base]!.name, base);
  }
  assert.equal(version.opcode('LOAD_FAST')!.number, opcodes.LOAD_FAST);
});

test('stack effects are read back as they were recorded', () => {
  const effect = (version: string, name: string, arg: number, jumps = false): number | null =>
    stackEffect(versionNamed(version)!.opcode(name)!, arg, jumps);
  assert.equal(effect('3.8', 'CALL_FUNCTION', 3), -3);
  assert.equal(effect('3.8', 'BUILD_MAP', 2), -3);
  assert.equal(effect('3.11', 'LOAD_GLOBAL', 1), 2);
  assert.equal(effect('3.11', 'LOAD_GLOBAL', 2), 1);
  assert.equal(effect('3.10', 'FOR_ITER', 5), 1);
  assert.equal(effect('3.10', 'FOR_ITER', 5, true), -1);
  assert.equal(effect('3.6', 'NOP', 0), null);
});

test('every opcode that a version adds or drops is explained, and no other', () => {
  const own = (name: string): string[] =>
    versionNamed(name)!
      .opcodes.filter(op => op.base === op.number && !/^<|^INSTRUMENTED_/.test(op.name))
      .map(op => op.name);
  const names = versionNames();
  for (let i = 1; i < names.length; i++) {
    const [before, after] = [own(names[i - 1]!), own(names[i]!)];
    const notes = opcodeNotes().filter(note => note.since === names[i]);
    for (const name of before.filter(n => !after.includes(n))) {
      assert.ok(
        notes.some(note => note.before.includes(name)),
        `${names[i]} dropped ${name}`,
      );
    }
    for (const name of after.filter(n => !before.includes(n))) {
      assert.ok(
        notes.some(note => note.after.includes(name)),
        `${names[i]} added ${name}`,
      );
    }
    for (const note of notes) {
      for (const name of note.before) assert.ok(before.includes(name), `${names[i - 1]} has no ${name}`);
      for (const name of note.after) assert.ok(after.includes(name), `${names[i]} has no ${name}`);
    }
  }
});

test('stack depths from 3.9 on: never negative, never above the stack size', () => {
  for (const version of versionNames().slice(3)) {
    for (const { name, pyc } of recordedFiles(version)) {
      for (const { code } of places(readPyc(pyc).code)) {
        const disassembly = disassemble(code);
        const graph = flowGraph(disassembly);
        let deepest = 0;
        for (const [offset, { before, after }] of stackDepths(disassembly, graph)!) {
          const context = `${version} ${name} ${code.name} at ${offset}: ${before} ${after}`;
          assert.ok(before >= 0 && after >= 0, context);
          deepest = Math.max(deepest, before, after);
        }
        assert.ok(deepest <= code.stacksize, `${version} ${name} ${code.name}: ${deepest} of ${code.stacksize}`);
      }
    }
  }
});
