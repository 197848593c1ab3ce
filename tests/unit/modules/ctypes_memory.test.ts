// Memory of objects through ctypes: what has no model or cannot be changed says so, and looking leaves no references behind.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const SETUP = `
import gc, sys
from ctypes import *

def attempt(f, *args):
    try:
        return f(*args)
    except ValueError as e:
        print(e)

def store(cls, address, value):
    cls.from_address(address).value = value
`;

const ERRORS = `${SETUP}
d = {1: 2}
attempt(lambda: c_ssize_t.from_address(id(d) + 24).value)
attempt(string_at, id(d), 24)
attempt(lambda: string_at(id(d) - 8, 8) and print('found')) or print('nothing in front')
attempt(store, c_ssize_t, id(d) + 8, 5)
attempt(store, c_ssize_t, id(d), 0)
attempt(store, c_ssize_t, id(None), 5)
attempt(memmove, id('text') + 40, b'x', 1)
count = c_ssize_t.from_address(id(d))
del d
attempt(lambda: count.value)
attempt(lambda: cast(8, py_object).value)
`;

const LEAKS = `${SETUP}
def once():
    x = [1.5, 'text', b'bytes', object()]
    header = c_ssize_t.from_address(id(x))
    header.value += 1
    pythonapi.Py_DecRef(py_object(x))
    array = cast(c_ssize_t.from_address(id(x) + 24).value, POINTER(py_object))
    array[1], header.value, string_at(id(x[2]) + 32)
    attempt(lambda: c_ssize_t.from_address(id({}) + 24).value)
    pythonapi.PyThreadState_SetAsyncExc(c_ulong(0), py_object(KeyError))

for _ in range(3):
    once()
gc.collect()
before = sys.gettotalrefcount()
for _ in range(20):
    once()
gc.collect()
print(sys.gettotalrefcount() - before, file=sys.stderr)
`;

function run(program: string, ...options: string[]): { stdout: string; stderr: string } {
  const env = { ...process.env, PYVARIUM_DEBUG: '1' };
  const done = spawnSync('node', ['bin/pyvarium', ...options, '-c', program], { encoding: 'utf8', env });
  assert.equal(done.status, 0, done.stderr);
  return done;
}

test('what cannot be read or written raises', () => {
  const lines = run(ERRORS).stdout.replaceAll(/0x[0-9a-f]+/g, '0x').trim().split('\n');
  assert.deepEqual(lines, [
    'there is no model of what lies at offset 24 of a dict object',
    'no memory of this program is known to lie at 0x',
    'nothing in front',
    'what lies at offset 8 of a dict object cannot be changed here',
    'a live object has a reference count above zero',
    'the reference count of an immortal object cannot be changed here',
    'what lies at offset 40 of a str object cannot be changed here',
    'what lay at 0x is there no more',
    'no object is known to lie at 0x',
  ]);
});

test('reading and writing memory keeps no references', () => {
  const { stderr } = run(LEAKS, '-X', 'showrefcount');
  const left = Number(stderr.split('\n')[0]);
  assert.ok(left < 10, stderr);
});
