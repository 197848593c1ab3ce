// marshal.test.ts: marshal data and .pyc files against what CPython 3.14.10 recorded (marshal-record.py).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code, SliceConstant } from '../../../src/compiler/code.ts';
import { dumps, loads, PlainBuilder } from '../../../src/compiler/marshal.ts';
import { MarshalError } from '../../../src/compiler/marshal_format.ts';
import { MarshalReader } from '../../../src/compiler/marshal_reader.ts';
import { checkPycStamp, PycError, readPycCode, readPycStamp, sourceHash, writePyc } from '../../../src/compiler/pyc.ts';
import { PyTuple } from '../../../src/parser/constants.ts';
import golden from './marshal.golden.json' with { type: 'json' };
import { show, untag } from './tagged.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

function failure(action: () => unknown): string | null {
  try {
    action();
  } catch (error) {
    if (error instanceof MarshalError || error instanceof PycError) return `${error.type}: ${error.msg}`;
    throw error;
  }
  return null;
}

/** FLAG_REF depends on reference counts, which a value of the compiler's has not got. */
function withoutFlags(data: string): string {
  return hex(bytes(data).map((byte, i) => (i === 0 ? byte & 0x7f : byte)));
}

test('values written by every version of the format are read', () => {
  for (const [value, versions] of golden.values as [unknown, string[]][]) {
    for (const data of versions) {
      if (!data.startsWith('ValueError')) assert.equal(show(loads(bytes(data))), show(untag(value)), data);
    }
  }
});

test('scalars are written as CPython writes them, in every version', () => {
  for (const [tagged, versions] of golden.values as [unknown, string[]][]) {
    const value = untag(tagged);
    versions.forEach((data, version) => {
      const ours = failure(() => dumps(value, version));
      if (data.startsWith('ValueError') || ours !== null) assert.equal(ours, data, show(value));
      else if (!(value instanceof PyTuple)) {
        assert.equal(withoutFlags(hex(dumps(value, version))), withoutFlags(data), `${show(value)} ${version}`);
      }
    });
  }
});

test('what is written can be read again', () => {
  for (const [tagged] of golden.values as [unknown][]) {
    const value = untag(tagged);
    assert.equal(show(loads(dumps(value))), show(value));
  }
  const shared = new PyTuple(['name', 'name', new PyTuple([1n, 'name']), new PyTuple([1n, 'name'])]);
  assert.equal(show(loads(dumps(shared))), show(shared));
  assert.equal(Buffer.from(dumps(shared)).toString('latin1').split('name').length, 2);
});

test('broken data fails with the errors of CPython', () => {
  for (const [data, error] of golden.broken as [string, string | null][]) {
    assert.equal(
      failure(() => loads(bytes(data))),
      error,
      data,
    );
  }
});

test('a slice is no value of versions before 5', () => {
  assert.equal(
    failure(() => dumps(new SliceConstant(null, null, null), 4)),
    'ValueError: unmarshallable object',
  );
});

test('code objects survive reading and writing, and can be refused', () => {
  const code = loads(bytes(golden.code));
  assert(code instanceof Code);
  assert.equal(code.co_name, '<module>');
  assert.deepEqual(code.co_names.slice(0, 3), ['__doc__', 'a.b', 'b']);
  const again = loads(dumps(code));
  assert.deepEqual(again, code);
  const f = code.co_consts.find(c => c instanceof Code && c.co_name === 'f') as Code;
  assert.deepEqual([f.co_argcount, f.co_posonlyargcount, f.co_kwonlyargcount], [2, 1, 1]);
  assert.deepEqual(f.co_localsplusnames.slice(0, 5), ['x', 'y', 'k', 'z', 'kw']);
  assert.equal(
    failure(() => new MarshalReader(bytes(golden.code), new PlainBuilder(), 0, false).read()),
    'ValueError: unmarshalling code objects is disallowed',
  );
});

test('a size that no data backs costs no memory', () => {
  assert.match(failure(() => loads(bytes('28ffffff7f')))!, /EOF read where object expected/);
});

test('.pyc headers carry a time stamp or a hash', () => {
  const code = new Code();
  const stamped = writePyc(code, { kind: 'timestamp', mtime: 2 ** 32 + 5, size: 7 });
  assert.equal(hex(stamped.subarray(0, 16)), `${golden.magic}000000000500000007000000`);
  assert.deepEqual(readPycStamp(stamped, 'm'), { kind: 'timestamp', mtime: 5, size: 7 });
  assert.equal(readPycCode(stamped, 'm.pyc').co_name, '');
  const hash = sourceHash(new Uint8Array([120]));
  const hashed = writePyc(code, { kind: 'hash', hash, checked: true });
  assert.equal(hex(hashed.subarray(0, 8)), `${golden.magic}03000000`);
  assert.deepEqual(readPycStamp(hashed, 'm'), { kind: 'hash', hash, checked: true });
});

test('a .pyc that does not fit says why', () => {
  const good = writePyc(new Code(), { kind: 'timestamp', mtime: 1, size: 2 });
  const flags = good.slice();
  flags[4] = 9;
  assert.equal(
    failure(() => readPycStamp(bytes('00270d0aff'), "it's")),
    'ImportError: bad magic number in "it\'s": b"\\x00\'\\r\\n"',
  );
  assert.equal(
    failure(() => readPycStamp(good.slice(0, 9), 'm')),
    "EOFError: reached EOF while reading pyc header of 'm'",
  );
  assert.equal(
    failure(() => readPycStamp(flags, 'm')),
    "ImportError: invalid flags 9 in 'm'",
  );
  const stamp = readPycStamp(good, 'm');
  assert.equal(
    failure(() => checkPycStamp(stamp, { kind: 'timestamp', mtime: 1, size: 2 }, 'm')),
    null,
  );
  assert.equal(
    failure(() => checkPycStamp(stamp, { kind: 'timestamp', mtime: 2, size: 2 }, 'm')),
    "ImportError: bytecode is stale for 'm'",
  );
  const no = new Uint8Array([...good.subarray(0, 16), 0x4e]);
  assert.equal(
    failure(() => readPycCode(no, 'm.pyc')),
    "ImportError: Non-code object in 'm.pyc'",
  );
});

test('source hashes are those of importlib', () => {
  for (const [source, hash] of golden.hashes as [string, string][]) assert.equal(hex(sourceHash(bytes(source))), hash);
});
