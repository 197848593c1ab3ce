// Calls of str, bytes, bytearray and memoryview methods, against what CPython 3.14.10 answered (text_cases.json, made by
// scripts/record-text-cases.py).
import assert from 'node:assert';
import { before, test } from 'node:test';
import { PySequence_List } from '../../../src/objects/abstract.ts';
import { PyDict_New, PyDict_SetItemString } from '../../../src/objects/dictobject.ts';
import { PyMemoryView_Type } from '../../../src/objects/memoryobject.ts';
import { PyObject_GetAttrString } from '../../../src/objects/object.ts';
import recorded from './text_cases.json' with { type: 'json' };
import { ascii, call, decode, describe, type Json, start } from './text_support.ts';

type Case = [Json, string, Json[], { [key: string]: Json }, string];

before(start);

function answer([recv, name, args, kw]: Case): string {
  const target = decode(recv);
  let text: string;
  try {
    const keys = Object.keys(kw);
    let kwargs = null;
    if (keys.length > 0) {
      kwargs = PyDict_New();
      for (const k of keys) PyDict_SetItemString(kwargs, k, decode(kw[k]!));
    }
    const r = call(target, name, args.map(decode), kwargs);
    if (r.ob_type.tp_name.endsWith('_iterator')) text = ascii(PySequence_List(r));
    else if (r.ob_type === PyMemoryView_Type) {
      const at = (n: string): string => ascii(PyObject_GetAttrString(r, n));
      text = `memoryview (${ascii(call(r, 'tolist', []))}, ${at('format')}, ${at('shape')}, ${at('strides')}, ${at('readonly')})`;
    } else text = ascii(r);
  } catch (e) {
    text = describe(e);
  }
  if (recv !== null && typeof recv === 'object' && 'ba' in recv) text += ` / ${ascii(target)}`;
  return text;
}

test('recorded calls of text and byte methods', () => {
  const wrong: string[] = [];
  for (const c of recorded.cases as unknown as Case[]) {
    const got = answer(c);
    if (got !== c[4]) wrong.push(`${JSON.stringify(c.slice(0, 4))}\n  expected ${c[4]}\n  got      ${got}`);
  }
  assert.strictEqual(
    wrong.length,
    0,
    `${wrong.length} of ${recorded.cases.length} differ\n${wrong.slice(0, 40).join('\n')}`,
  );
});
