// compile_tree.test.ts: compiling folders through an injected file system.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTree, type TreeFiles } from '../../../src/compiler/compile_tree.ts';
import { readPycCode, readPycStamp } from '../../../src/compiler/pyc.ts';

function memoryFiles(sources: Record<string, string>): TreeFiles & { written: Map<string, Uint8Array> } {
  const written = new Map<string, Uint8Array>();
  const paths = Object.keys(sources);
  return {
    written,
    isDirectory: path => paths.some(p => p.startsWith(`${path}/`)),
    list: path => [
      ...new Set(paths.filter(p => p.startsWith(`${path}/`)).map(p => p.slice(path.length + 1).split('/')[0]!)),
    ],
    read: path => new TextEncoder().encode(sources[path]!),
    mtime: () => 1000,
    write: (path, data) => void written.set(path, data),
  };
}

test('compiles every source and goes on past those that do not compile', () => {
  const files = memoryFiles({
    'lib/a.py': 'x = 1\n',
    'lib/pkg/__init__.py': '',
    'lib/pkg/bad.py': 'x = = 1\n',
    'lib/pkg/__pycache__/old.py': 'x = 2\n',
    'lib/pkg/deep/z.py': 'def f(): return 1\n',
    'lib/readme.txt': 'no source',
    'single.py': 'pass\n',
  });
  const seen: string[] = [];
  const result = compileTree(['lib', 'single.py'], 'out', files, { failed: ({ path }) => seen.push(path) });
  assert.deepEqual(
    [...files.written.keys()],
    ['out/a.pyc', 'out/pkg/__init__.pyc', 'out/pkg/deep/z.pyc', 'out/single.pyc'],
  );
  assert.equal(result.compiled, 4);
  assert.deepEqual(seen, ['lib/pkg/bad.py']);
  assert.deepEqual(result.failures, [
    { path: 'lib/pkg/bad.py', message: 'SyntaxError: invalid syntax (lib/pkg/bad.py, line 1)' },
  ]);
});

test('the header names time and size of the source, and the level drops asserts and docstrings', () => {
  const files = memoryFiles({ 'm.py': '"doc"\nassert x\n' });
  compileTree(['m.py'], 'out', files, { optimize: 2 });
  const file = files.written.get('out/m.pyc')!;
  assert.deepEqual(readPycStamp(file, 'm'), { kind: 'timestamp', mtime: 1000, size: 15 });
  const code = readPycCode(file, 'out/m.pyc');
  assert.equal(code.co_filename, 'm.py');
  assert.deepEqual(code.co_names, []);
});

test('an encoding that nobody knows is a SyntaxError', () => {
  const files = memoryFiles({ 'm.py': '# coding: klingon\n' });
  const decode = () => {
    throw new RangeError('no such encoding');
  };
  const { failures } = compileTree(['m.py'], 'out', files, { parse: { decode } });
  assert.deepEqual(failures, [{ path: 'm.py', message: 'SyntaxError: unknown encoding: klingon' }]);
});
