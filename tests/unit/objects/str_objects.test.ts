// What a str object is beyond its methods: sharing, interning, hashes, and the life of memoryviews.
import assert from 'node:assert';
import { before, test } from 'node:test';
import { hash_to_bigint } from '../../../src/core/hash.ts';
import { decref, is_immortal, newref } from '../../../src/core/object.ts';
import { PyByteArray_FromUint8Array } from '../../../src/objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../../src/objects/bytesobject.ts';
import { PyMemoryView_FromObject } from '../../../src/objects/memoryobject.ts';
import { PyObject_Hash } from '../../../src/objects/object.ts';
import {
  _Py_ID,
  interned_form,
  PyUnicode_AsString,
  PyUnicode_Concat,
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
  PyUnicode_InternFromString,
  PyUnicode_InternInPlace,
  PyUnicode_READ_CHAR,
  PyUnicode_Substring,
  unicode_eq,
} from '../../../src/objects/unicodeobject.ts';
import { ascii, call, decode, describe, start } from './text_support.ts';

before(start);

test('the empty str and Latin-1 characters exist once', () => {
  assert.strictEqual(PyUnicode_FromString(''), PyUnicode_FromString(''));
  assert.strictEqual(PyUnicode_FromString('\xe9'), PyUnicode_FromString('\xe9'));
  assert.notStrictEqual(PyUnicode_FromString('\u1234'), PyUnicode_FromString('\u1234'));
  assert.ok(is_immortal(PyUnicode_FromString('q')));
});

test('an interned str is found again until it dies', () => {
  const a = PyUnicode_InternFromString('a name nobody else has');
  const b = PyUnicode_InternInPlace(PyUnicode_FromString('a name nobody else has'));
  assert.strictEqual(a, b);
  const other = PyUnicode_FromString('a name nobody else has');
  assert.strictEqual(interned_form(other), a);
  decref(a);
  decref(b);
  assert.strictEqual(interned_form(other), null);
  assert.ok(is_immortal(_Py_ID('another name')));
});

test('positions count code points', () => {
  const s = PyUnicode_FromString('a\u{1f600}b');
  assert.strictEqual(PyUnicode_GET_LENGTH(s), 3);
  assert.strictEqual(PyUnicode_READ_CHAR(s, 1), 0x1f600);
  assert.strictEqual(PyUnicode_AsString(PyUnicode_Substring(s, 1, 3)), '\u{1f600}b');
  // A high and a low surrogate side by side stay two characters, unlike in JavaScript.
  const pair = PyUnicode_Concat(PyUnicode_FromCodePoints([0xd83d]), PyUnicode_FromCodePoints([0xde00]));
  assert.strictEqual(PyUnicode_GET_LENGTH(pair), 2);
  assert.ok(!unicode_eq(pair, PyUnicode_FromString('\u{1f600}')));
});

test('hashes are those of CPython 3.14.10 under PYTHONHASHSEED=0', () => {
  const known: [ReturnType<typeof PyUnicode_FromString>, bigint][] = [
    [PyUnicode_FromString('a'), 4644417185603328019n],
    [PyUnicode_FromString('abc'), -4594863902769663758n],
    [PyUnicode_FromString('\xe9'), 6047309291227476195n],
    [PyUnicode_FromString('\u1234x'), 5771455881126182464n],
    [PyUnicode_FromString('\u{1f600}a'), 1495732039293241016n],
    [PyUnicode_FromCodePoints([0xd800]), 5926611903945376553n],
    [PyBytes_FromUint8Array(Uint8Array.of(97, 98, 99)), -4594863902769663758n],
    [PyUnicode_FromString('x'.repeat(100)), 1359644457043326220n],
  ];
  for (const [o, h] of known) assert.strictEqual(hash_to_bigint(PyObject_Hash(o)), h);
});

function raised(f: () => unknown): string {
  try {
    f();
  } catch (e) {
    return describe(e);
  }
  return 'nothing raised';
}

test('a bytearray cannot change its size while a view exists', () => {
  const b = PyByteArray_FromUint8Array(Uint8Array.of(97, 98, 99));
  const view = PyMemoryView_FromObject(b);
  const part = call(view, '__getitem__', [decode({ sl: [1, null, null] })]);
  assert.match(
    raised(() => call(b, 'append', [decode(1)])),
    /^!BufferError: 'Existing exports of data/,
  );
  call(view, 'release', []);
  assert.match(
    raised(() => call(view, 'tobytes', [])),
    /operation forbidden on released memoryview object/,
  );
  // A slice of the view keeps the buffer.
  assert.match(
    raised(() => call(b, 'append', [decode(1)])),
    /^!BufferError/,
  );
  call(part, '__setitem__', [decode(0), decode(66)]);
  assert.strictEqual(ascii(b), "bytearray(b'aBc')");
  call(part, 'release', []);
  call(b, 'append', [decode(100)]);
  assert.strictEqual(ascii(b), "bytearray(b'aBcd')");
});

test('a dying view releases its buffer', () => {
  const b = PyByteArray_FromUint8Array(new Uint8Array(4));
  decref(PyMemoryView_FromObject(b));
  call(b, 'append', [decode(1)]);
  assert.strictEqual(ascii(call(b, '__len__', [])), '5');
});

test('views of several dimensions', () => {
  const bytes = PyBytes_FromUint8Array(Uint8Array.from({ length: 12 }, (_, i) => i));
  const m = call(PyMemoryView_FromObject(bytes), 'cast', [decode('B'), decode({ l: [3, 4] })]);
  assert.strictEqual(ascii(call(m, 'tolist', [])), '[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]');
  assert.strictEqual(ascii(call(m, '__getitem__', [decode({ t: [2, 3] })])), '11');
  assert.strictEqual(
    ascii(call(m, 'tobytes', [decode('F')])),
    "b'\\x00\\x04\\x08\\x01\\x05\\t\\x02\\x06\\n\\x03\\x07\\x0b'",
  );
  assert.match(
    raised(() => call(m, '__getitem__', [decode(0)])),
    /^!NotImplementedError/,
  );
  assert.strictEqual(ascii(newref(call(m, '__len__', []))), '3');
});
