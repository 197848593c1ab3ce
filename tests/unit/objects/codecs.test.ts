// The natives of _codecs, against what CPython 3.14.10 answered (codec_cases.json, made by scripts/record-text-cases.py).
import assert from 'node:assert';
import { before, test } from 'node:test';
import type { PyObject } from '../../../src/core/object.ts';
import { module } from '../../../src/modules/_codecs.ts';
import { PyObject_Vectorcall } from '../../../src/objects/call.ts';
import { MethodDef, PyCFunction_New } from '../../../src/objects/methodobject.ts';
import recorded from './codec_cases.json' with { type: 'json' };
import { ascii, decode, describe, type Json, start } from './text_support.ts';

before(start);

test('recorded calls of codecs', () => {
  const natives = new Map<string, PyObject>();
  for (const spec of module.methods!) natives.set(spec.name, PyCFunction_New(new MethodDef(spec), null, null));
  const wrong: string[] = [];
  for (const [name, args, expected] of recorded.cases as unknown as [string, Json[], string][]) {
    let got: string;
    try {
      got = ascii(PyObject_Vectorcall(natives.get(name)!, args.map(decode), null));
    } catch (e) {
      got = describe(e);
    }
    if (got !== expected) wrong.push(`${name} ${JSON.stringify(args)}\n  expected ${expected}\n  got      ${got}`);
  }
  assert.strictEqual(
    wrong.length,
    0,
    `${wrong.length} of ${recorded.cases.length} differ\n${wrong.slice(0, 30).join('\n')}`,
  );
});
