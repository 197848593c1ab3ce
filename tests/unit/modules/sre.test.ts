// The matcher of regular expressions, against what CPython 3.14.10 found (sre_cases.json, made by scripts/record-sre-cases.py).
import assert from 'node:assert';
import { test } from 'node:test';
import { match, State, type Subject, search } from '../../../src/modules/_sre/engine.ts';
import { type Program, prepare } from '../../../src/modules/_sre/program.ts';
import recorded from './sre_cases.json' with { type: 'json' };

type Found = [number[], number | null] | null;
type Case = [string, number[], number, number[], number, [Found, Found, Found, Found[]]];

function found(s: State): Found {
  const spans = [s.start, s.ptr];
  for (let i = 0; i < s.program.groups * 2; i += 2) {
    const set = i + 1 <= s.lastmark && s.marks[i]! >= 0 && s.marks[i + 1]! >= s.marks[i]!;
    spans.push(set ? s.marks[i]! : -1, set ? s.marks[i + 1]! : -1);
  }
  return [spans, s.lastindex >= 0 ? s.lastindex : null];
}

function answers(program: Program, text: Subject): [Found, Found, Found, Found[]] {
  const one = (how: (s: State) => boolean, all: boolean): Found => {
    const s = new State(program, text, 0, 0, text.length);
    s.match_all = all;
    return how(s) ? found(s) : null;
  };
  const each: Found[] = [];
  const s = new State(program, text, 0, 0, text.length);
  while (s.start <= s.end) {
    s.reset();
    if (!search(s)) break;
    each.push(found(s));
    s.must_advance = s.ptr === s.start;
    s.start = s.ptr;
  }
  return [one(match, false), one(match, true), one(search, false), each];
}

test('recorded matches', () => {
  const wrong: string[] = [];
  for (const [name, code, groups, chars, isbytes, expected] of recorded.cases as unknown as Case[]) {
    const program = prepare(code, groups);
    assert.ok(program !== null, `${name}: program refused`);
    const text = isbytes ? Uint8Array.from(chars) : Uint32Array.from(chars);
    const got = JSON.stringify(answers(program, text));
    if (got !== JSON.stringify(expected))
      wrong.push(`${name} on ${chars}\n  expected ${JSON.stringify(expected)}\n  got      ${got}`);
  }
  assert.strictEqual(wrong.length, 0, wrong.slice(0, 20).join('\n'));
});

test('programs that jump astray are refused', () => {
  assert.strictEqual(prepare([99], 0), null);
  assert.strictEqual(prepare([17, 5, 1], 0), null);
  assert.strictEqual(prepare([24, 90, 0, 1, 2, 1, 1], 0), null);
  assert.strictEqual(prepare([16, 97], 0), null);
  assert.strictEqual(prepare([], 0), null);
});

test('a repeat of a million items does not use the JS stack', () => {
  // (?:ab|c)*
  const code = [
    14, 4, 0, 0, 4294967295, 23, 17, 0, 4294967295, 7, 7, 16, 97, 16, 98, 15, 7, 5, 16, 99, 15, 2, 0, 18, 1,
  ];
  const p = prepare(code, 0);
  assert.ok(p !== null);
  const s = new State(
    p,
    Uint8Array.from({ length: 1000000 }, (_, i) => 97 + (i & 1)),
    0,
    0,
    1000000,
  );
  assert.ok(match(s));
  assert.strictEqual(s.ptr, 1000000);
});
