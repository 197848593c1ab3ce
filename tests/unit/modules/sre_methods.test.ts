// Methods of Pattern, Match and Scanner, against what CPython 3.14.10 answered (sre_methods.json, made by
// scripts/record-sre-cases.py). Replacements with backslashes need the re module and are tested with it.
import assert from 'node:assert';
import { before, test } from 'node:test';
import { newref, type PyObject } from '../../../src/core/object.ts';
import { Match_Type } from '../../../src/modules/_sre/match.ts';
import { module } from '../../../src/modules/_sre.ts';
import { PyObject_GetItem, PySequence_List } from '../../../src/objects/abstract.ts';
import { PyObject_Vectorcall } from '../../../src/objects/call.ts';
import { PyList_FromArraySteal } from '../../../src/objects/listobject.ts';
import { PyLong_FromLong } from '../../../src/objects/longobject.ts';
import { MethodDef, PyCFunction_New } from '../../../src/objects/methodobject.ts';
import { PyObject_GetAttrString } from '../../../src/objects/object.ts';
import { ascii, call, decode, describe, type Json, start } from '../objects/text_support.ts';
import recorded from './sre_methods.json' with { type: 'json' };

type Case = [Json, number, number[], number, { [name: string]: number }, (string | null)[], string, Json[], string];

before(start);

function compile([pattern, flags, code, groups, index, names]: Case): PyObject {
  const spec = module.methods!.find(m => m.name === 'compile')!;
  const args: Json[] = [
    pattern,
    flags,
    { l: code },
    groups,
    { d: Object.entries(index) as unknown as Json[] },
    { t: names },
  ];
  return PyObject_Vectorcall(PyCFunction_New(new MethodDef(spec), null, null), args.map(decode), null);
}

function all_of(match: PyObject, groups: number): PyObject {
  const out = [newref(match)];
  for (const name of ['group', 'groups', 'groupdict']) out.push(call(match, name, []));
  for (const name of ['regs', 'lastindex', 'lastgroup', 'pos', 'endpos']) out.push(PyObject_GetAttrString(match, name));
  for (const name of ['span', 'start', 'end']) out.push(call(match, name, []));
  for (const name of ['string', 're']) out.push(PyObject_GetAttrString(match, name));
  out.push(call(match, '__sizeof__', []));
  const each: PyObject[] = [];
  for (let g = 0; g <= groups; g++) each.push(PyObject_GetItem(match, PyLong_FromLong(g)));
  out.push(PyList_FromArraySteal(each));
  return PyList_FromArraySteal(out);
}

function answer(c: Case): string {
  const pattern = compile(c);
  const [, , , groups, , , name, args] = c;
  try {
    let r = call(pattern, name, args.map(decode));
    if (name === 'scanner') r = PyList_FromArraySteal(['search', 'match', 'search'].map(m => call(r, m, [])));
    else if (name === 'finditer') r = PySequence_List(r);
    if (r.ob_type === Match_Type) r = all_of(r, groups);
    return ascii(r);
  } catch (e) {
    return describe(e);
  }
}

test('recorded calls of patterns and matches', () => {
  const wrong: string[] = [];
  for (const c of recorded.cases as unknown as Case[]) {
    const got = answer(c);
    if (got !== c[8]) wrong.push(`${JSON.stringify([c[0], c[6], c[7]])}\n  expected ${c[8]}\n  got      ${got}`);
  }
  assert.strictEqual(
    wrong.length,
    0,
    `${wrong.length} of ${recorded.cases.length} differ\n${wrong.slice(0, 20).join('\n')}`,
  );
});
