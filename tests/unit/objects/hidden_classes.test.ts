// hidden_classes.test.ts: Python values of all kinds share at most four hidden classes of V8, from start-up to the end.
//
// The debug build notes every PyObject made; each is compared by V8's own %HaveSameMap, also those made before a field
// held another kind of value for the first time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { type PyObject, refTotal } from '../../../src/core/object.ts';
import { error_text, run_once, start_python } from '../../stress/count_hunter.ts';

const folder = new URL('.', import.meta.url);
setFlagsFromString('--allow-natives-syntax');
const have_same_map = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;

test('values of all kinds have at most four hidden classes', () => {
  const made = new Set<PyObject>();
  refTotal.made = made;
  start_python(fileURLToPath(new URL('../../../dist', folder)));
  const program = readFileSync(fileURLToPath(new URL('hidden_classes.py', folder)), 'utf8');
  try {
    for (let i = 0; i < 3; i++) run_once(program);
  } catch (e) {
    assert.fail(error_text(e));
  }
  refTotal.made = null;
  const classes: { sample: PyObject; count: number; types: Set<string> }[] = [];
  const types = new Set<string>();
  for (const o of made) {
    types.add(o.ob_type.tp_name);
    let c = classes.find(({ sample }) => have_same_map(sample, o));
    if (c === undefined) classes.push((c = { sample: o, count: 0, types: new Set() }));
    c.count++;
    c.types.add(o.ob_type.tp_name);
  }
  const list = classes.map(c => `${c.count} objects: ${[...c.types].slice(0, 12).join(' ')}`);
  assert.ok(types.size > 150, `objects of only ${types.size} types were made: ${[...types].sort().join(' ')}`);
  assert.ok(classes.length <= 4, `${classes.length} hidden classes:\n${list.join('\n')}`);
});
