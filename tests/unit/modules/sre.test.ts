// The matcher of regular expressions, against what CPython 3.14.10 found (sre_cases.json, made by scripts/record-sre-cases.py).
import assert from 'node:assert';
import { test } from 'node:test';
import { match, State, search } from '../../../src/modules/_sre/engine.ts';
import { MATCH, NativePattern, NO_MATCH } from '../../../src/modules/_sre/native.ts';
import { type Program, prepare } from '../../../src/modules/_sre/program.ts';
import type { Subject } from '../../../src/modules/_sre/subject.ts';
import { translate } from '../../../src/modules/_sre/translate.ts';
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

type How = (s: State) => boolean;

function answers(program: Program, text: Subject, match: How, search: How): [Found, Found, Found, Found[]] {
  const one = (how: How, all: boolean): Found => {
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
    const got = JSON.stringify(answers(program, text, match, search));
    if (got !== JSON.stringify(expected))
      wrong.push(`${name} on ${chars}\n  expected ${JSON.stringify(expected)}\n  got      ${got}`);
  }
  assert.strictEqual(wrong.length, 0, wrong.slice(0, 20).join('\n'));
});

/** The engine, or V8 where that takes the case; `took` counts. */
function natively(native: NativePattern, text: string, how: How, took: { matches: number }): How {
  return s => {
    const found = native.run(s, text, how === search);
    if (found !== MATCH && found !== NO_MATCH) return how(s);
    took.matches++;
    return found === MATCH;
  };
}

test('V8 finds what the engine finds', () => {
  const took = { matches: 0 };
  const in_tries = { matches: 0 };
  for (const [name, code, groups, chars, isbytes, expected] of recorded.cases as unknown as Case[]) {
    const program = prepare(code, groups)!;
    const translation = translate(program);
    if (isbytes || translation === null || chars.some(c => c > 0xffff)) continue;
    const text = String.fromCharCode(...chars);
    const units = Uint16Array.from(chars);
    const both = (native: NativePattern, count: { matches: number }): string =>
      JSON.stringify(
        answers(program, units, natively(native, text, match, count), natively(native, text, search, count)),
      );
    const wanted = JSON.stringify(expected);
    assert.strictEqual(
      both(new NativePattern(translation), took),
      wanted,
      `${name} on ${chars}: ${translation.source}`,
    );
    // As in a text so long that a search is cut into tries.
    const tries = new NativePattern(translation, Math.max(2, chars.length) ** translation.cost);
    assert.strictEqual(both(tries, in_tries), wanted, `${name} on ${chars}, in tries: ${translation.source}`);
  }
  assert.ok(took.matches > 1000 && in_tries.matches > 1000, `${took.matches}, ${in_tries.matches}`);
});

test('what V8 does not get', () => {
  const refused = {
    '(?:(a)|b)*': [
      14, 4, 0, 0, 4294967295, 23, 19, 0, 4294967295, 7, 9, 17, 0, 16, 97, 17, 1, 15, 7, 5, 16, 98, 15, 2, 0, 18, 1,
    ],
    '(a*)*b': [
      14, 4, 0, 1, 4294967295, 23, 14, 0, 4294967295, 17, 0, 24, 6, 0, 4294967295, 16, 97, 1, 17, 1, 18, 16, 98, 1,
    ],
    '(?:a|aa)*b': [
      14, 4, 0, 1, 4294967295, 23, 15, 0, 4294967295, 16, 97, 7, 3, 15, 7, 5, 16, 97, 15, 2, 0, 18, 16, 98, 1,
    ],
  };
  for (const [pattern, code] of Object.entries(refused)) {
    const program = prepare(code, pattern.includes('(a') ? 1 : 0);
    assert.ok(program !== null, pattern);
    assert.strictEqual(translate(program), null, pattern);
  }
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
