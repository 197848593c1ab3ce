// Every property of every character, as checksums recorded from CPython 3.14.10 (unicode_checksums.json, made by
// scripts/record-sre-cases.py).
import assert from 'node:assert';
import { test } from 'node:test';
import { Database } from '../../../src/objects/unicode_data/database.ts';
import { char_name, lookup_name } from '../../../src/objects/unicode_data/names.ts';
import { normalize } from '../../../src/objects/unicode_data/normalize.ts';
import {
  ALNUM,
  ALPHA,
  char_flags,
  DECIMAL,
  DIGIT,
  is_printable,
  is_space,
  NUMERIC,
  push_case,
  TO_FOLD,
  TO_LOWER,
  TO_TITLE,
  TO_UPPER,
  XID_CONTINUE,
  XID_START,
} from '../../../src/objects/unicodeobject/ctype.ts';
import { text_of_char, text_points } from '../../../src/objects/unicodeobject/data.ts';
import recorded from './unicode_checksums.json' with { type: 'json' };

const FORMS: [boolean, boolean][] = [
  [true, false],
  [true, true],
  [false, false],
  [false, true],
];

function fields(db: Database, c: number, current: boolean): string {
  const v = db.numeric(c);
  const out = [
    db.category(c),
    db.bidirectional(c),
    String(db.combining(c)),
    String(db.mirrored(c)),
    db.east_asian_width(c),
    String(db.decimal(c)),
    String(db.digit(c)),
    v === null ? '-' : String(round_half_even(v * 5040)),
    db.decomposition_text(c),
    (db.assigned(c) ? char_name(c) : null) ?? '-',
  ];
  if (c < 0xd800 || c > 0xdfff) {
    for (const [compose, compat] of FORMS)
      out.push(text_points(normalize(db, text_of_char(c), compose, compat)).join(' '));
  }
  if (current) {
    for (const kind of [TO_LOWER, TO_UPPER, TO_TITLE, TO_FOLD]) {
      const points: number[] = [];
      push_case(points, c, kind);
      out.push(points.join(' '));
    }
    const f = char_flags(c);
    const has = (bits: number): boolean => (f & bits) !== 0;
    const flags = [
      has(ALPHA),
      has(DECIMAL),
      has(DIGIT),
      has(NUMERIC),
      has(ALNUM),
      is_space(c),
      is_printable(c),
      has(XID_START),
      has(XID_CONTINUE),
    ];
    out.push(flags.map(x => (x ? '1' : '0')).join(''));
  }
  return `${out.join('|')}\n`;
}

function round_half_even(x: number): bigint {
  const f = Math.floor(x);
  const d = x - f;
  return BigInt(d > 0.5 || (d === 0.5 && f % 2 !== 0) ? f + 1 : f);
}

function checksum(db: Database, first: number, current: boolean): number {
  let h = 0x811c9dc5;
  for (let c = first; c < first + 4096; c++) {
    const s = fields(db, c, current);
    for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
  }
  return h >>> 0;
}

for (const version of ['current', 'old'] as const) {
  test(`checksums of the ${version} database`, () => {
    const db = Database.of(version === 'old');
    const wrong: string[] = [];
    recorded[version].forEach((sum, i) => {
      // Beyond the third plane hardly anything is assigned: a few blocks stand for all.
      if (i >= 0x34 && i % 16 !== 0) return;
      if (checksum(db, i * 4096, version === 'current') !== sum) wrong.push((i * 4096).toString(16));
    });
    assert.deepStrictEqual(wrong, []);
  });
}

test('names lead back to their characters', () => {
  for (let c = 0; c < 0x30000; c++) {
    const name = char_name(c);
    if (name !== null) assert.deepStrictEqual(lookup_name(name), [c]);
  }
});

test('aliases and named sequences', () => {
  assert.deepStrictEqual(lookup_name('latin capital letter gha'), [0x1a2]);
  assert.deepStrictEqual(lookup_name('NULL'), [0]);
  assert.deepStrictEqual(lookup_name('KEYCAP DIGIT ONE'), [0x31, 0xfe0f, 0x20e3]);
  assert.strictEqual(lookup_name('KEYCAP DIGIT ONE', false), null);
  assert.strictEqual(lookup_name('no such character'), null);
});
