// A program that asks for more memory than it may have gets MemoryError, and can go on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';

function run(limit: string, program: string): string {
  const { stdout, stderr } = spawnSync('bin/pyvarium', ['-X', `memory-limit=${limit}`, '-c', program], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return stdout + stderr;
}

test('MemoryError at the limit, however the memory is asked for', () => {
  const program = `
def lists():
    held = []
    while True: held.append([1])
def floats():
    held = []; x = 0.5
    while True: held.append(x); x += 1
def bytes_objects():
    held = []
    while True: held.append(bytes(10 ** 6))
def at_once(): b'x' * 10 ** 9
def dicts():
    held = {}; i = 0
    while True: held[i] = i; i += 1
def by_native(): tuple(range(10 ** 8))
def without_collector():
    import gc; gc.disable()
    try: lists()
    finally: gc.enable()
for f in lists, floats, bytes_objects, at_once, dicts, by_native, without_collector:
    try: f()
    except MemoryError: print(f.__name__)
held = [[i] for i in range(100_000)]
print(len(held))
`;
  const expected = 'lists floats bytes_objects at_once dicts by_native without_collector 100000';
  assert.equal(run('150M', program), `${expected.replaceAll(' ', '\n')}\n`);
});

test('garbage does not count', () => {
  const program = `
for i in range(300):
    held = bytearray(10 ** 6)
    pairs = [(i, j) for j in range(10_000)]
print('through')
`;
  assert.equal(run('150M', program), 'through\n');
});

test('what is no size is refused', () => {
  assert.match(run('many', 'pass'), /-X memory-limit=SIZE/);
});
