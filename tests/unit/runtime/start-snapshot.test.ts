// bin/pyvarium begins from a start-up snapshot where one fits. Whether it does must not show, and what does not fit must not
// hurt. Works on an installation of its own, so that the tests may break it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = process.cwd();
const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'pyvarium start ')));
const launcher = path.join(home, 'bin', 'pyvarium');
const node = spawnSync('/bin/sh', ['-c', 'command -v node'], { encoding: 'utf8' }).stdout.trim();
/** Tests run under another Node than the one that the launcher finds have nothing to test. */
const skip =
  !node || fs.realpathSync(node) !== fs.realpathSync(process.execPath) || !fs.existsSync('/proc/self/cmdline');

fs.cpSync(path.join(root, 'bin'), path.join(home, 'bin'), { recursive: true });
fs.mkdirSync(path.join(home, 'dist'));
for (const name of ['cli.cjs', 'watcher.cjs', 'frozen.bin'])
  fs.copyFileSync(path.join(root, 'dist', name), path.join(home, 'dist', name));
fs.symlinkSync(path.join(root, 'dist', 'lib'), path.join(home, 'dist', 'lib'));
after(() => fs.rmSync(home, { recursive: true, force: true }));

interface Starter {
  makeSnapshot(node: string): string | null;
  snapshotFolder(node: string): string | null;
}
const starter = createRequire(launcher)('./start.cjs') as Starter;

function run(args: string[], env: Record<string, string> = {}, command = launcher, input = ''): string {
  const clean = Object.entries(process.env).filter(([name]) => !/^(PYTHON|NODE_OPTIONS$|PYVARIUM_)/.test(name));
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    input,
    timeout: 120_000,
    env: { ...Object.fromEntries(clean), ...env },
  });
  assert.equal(done.error, undefined);
  return `${done.stdout}${done.stderr}[${done.signal ?? done.status}]`;
}

const ASK = ['-c', 'print("--snapshot-blob" in open("/proc/self/cmdline").read().split("\\0"))'];
const FROM_SNAPSHOT = 'True\n[0]';
const PLAIN = 'False\n[0]';

/** A program that tells what the surroundings of a start have made of the interpreter. */
const PROBE = `
import sys, os, time, builtins, signal, gc, io
print(sys.flags, sys.argv, sys.orig_argv[1:], sys.path, sys.executable, sys.prefix, sys.base_exec_prefix)
print(sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, sys.pycache_prefix, __debug__, sys.get_int_max_str_digits())
print(list(sys.modules))
print([k for k in dir(builtins)], [k for k in dir(sys)])
print({k: v for k, v in os.environ.items() if k != '_'}, os.getcwd(), os.environ._data is __import__('posix').environ)
print(time.tzname, time.timezone, time.daylight, abs(time.time() - os.stat('/proc/self').st_mtime) < 60)
print(hash('abc'), hash(b'abc'), hash(('a', 1)), list(sys.stdlib_module_names))
print('os' in sys.stdlib_module_names, os.chmod in os.supports_fd, sys.intern('path') is sys.intern('pa' + 'th'))
for f in sys.stdin, sys.stdout, sys.stderr:
    print(f.name, f.mode, f.encoding, f.errors, f.line_buffering, f.write_through, f.fileno(), type(f.buffer))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, gc.isenabled(), gc.get_freeze_count(), gc.get_threshold())
print(len(vars(os)), sorted(vars(os)) == sorted(k for k in vars(os)), [vars(os)[k] is getattr(os, k) for k in vars(os)].count(False))
print(__name__, __spec__, __loader__, vars().keys())
print(sys.stdin.read())
`;

test('a snapshot can be made, and the launcher uses it', { skip }, () => {
  assert.equal(run(ASK), PLAIN);
  assert.equal(starter.makeSnapshot(node), null);
  assert.equal(run(ASK), FROM_SNAPSHOT);
  const link = path.join(home, 'link');
  fs.symlinkSync('bin/pyvarium', link);
  assert.equal(run(ASK, {}, link), FROM_SNAPSHOT);
});

const starts: [string[], Record<string, string>][] = [
  [[], {}],
  [['-S', '-E'], {}],
  [['-I'], { PYTHONPATH: '/nowhere' }],
  [['-O', '-s', '-u', '-b', '-q'], { TZ: 'EST5EDT' }],
  [['-W', 'error', '-B', '-P'], { PYTHONPATH: '/nowhere:/tmp', PYTHONIOENCODING: 'latin-1' }],
  [['-X', 'utf8', '-X', 'int_max_str_digits=5000'], {}],
  [[], { PYTHONOPTIMIZE: '2', PYTHONPYCACHEPREFIX: '/nowhere', PYTHONINTMAXSTRDIGITS: '1000', LANG: 'C' }],
];
for (const [options, env] of starts) {
  test(`a start from the snapshot is like a plain one: ${[...Object.entries(env).flat(), ...options].join(' ')}`, {
    skip,
  }, () => {
    const both = { PYTHONHASHSEED: '42', ...env };
    const args = [...options, '-c', PROBE, 'one', '--two'];
    const plain = run(['--stack-size=3900', launcher, ...args], both, node, 'input');
    assert.match(plain, /input\n\[0\]$/);
    // Without the environment there is no common key of hashes.
    const random = options.some(option => option === '-E' || option === '-I');
    const shown = (text: string): string =>
      (random ? text.replace(/^-?\d+ .*\]$/m, '') : text).replace(/\{'[xyz', ]+\}/, '');
    assert.equal(shown(run(args, both, launcher, 'input')), shown(plain));
  });
}

test('each process has a key of its own, unless it is given', { skip }, () => {
  const hash = [
    '-c',
    'print(hash("abc"), {"a", "b", "c"} == set("abc"), "os" in __import__("sys").stdlib_module_names)',
  ];
  assert.notEqual(run(hash), run(hash));
  assert.equal(run(hash, { PYTHONHASHSEED: '7' }), '-7459679063432183616 True True\n[0]');
});

test('what ends with the process is heard of', { skip }, () => {
  const program = `
import gc, os, sys, weakref, builtins
gc.disable()
class Noisy:
    __slots__ = ('name', '__weakref__')
    def __init__(self, name): self.name = name
    def __del__(self): print('end of', self.name)
class Bare:
    __slots__ = ()
    def __del__(self): print('end of a bare one')
a = Noisy('a global')
os.extra = Noisy('an attribute of os')
os._Environ.extra = Noisy('an attribute of a class of start-up')
cycle = [Bare()]; cycle.append(cycle); del cycle
b = [Noisy('a member of a cycle')]; b.append(b)
weakref.finalize(b[0], print, 'finalize')
def generator():
    try: yield
    finally: print('end of a generator')
class Viewed(bytearray):
    def __buffer__(self, flags): return super().__buffer__(flags)
    def __release_buffer__(self, view): print('end of a view')
view = memoryview(Viewed(b'abc'))
g = generator(); next(g); os.getcwd.__self__.held = g; del g
`;
  const plain = run(['--stack-size=3900', launcher, '-c', program], {}, node);
  assert.equal(run(['-c', program]), plain);
  // As CPython 3.14.10 has it: what a module of start-up holds until the last is gone cannot print any more.
  assert.equal(
    plain,
    ['finalize', 'end of a bare one', 'end of an attribute of os', 'end of a generator', '[0]'].join('\n'),
  );
  const held = `
import builtins, os, posix, string, sys
from os import write
class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): write(1, f'end of {self.name}\\n'.encode())
for holder in sys, builtins, os, string, posix, os._Environ:
    holder.extra = Noisy(f'an attribute of {holder.__name__}')
a = Noisy('a global')
cycle = [Noisy('a member of a cycle')]; cycle.append(cycle)
`;
  const ends = ['builtins', 'string', 'os', 'posix', 'sys'].map(name => `an attribute of ${name}`);
  ends.push('a global', 'a member of a cycle', 'an attribute of _Environ');
  for (const started of [run(['-c', held]), run(['--stack-size=3900', launcher, '-c', held], {}, node)]) {
    assert.equal(started, `${ends.map(end => `end of ${end}\n`).join('')}[0]`);
  }
});

test('a module beside the program hides the one of the library that the snapshot holds', { skip }, () => {
  const folder = path.join(home, 'cwd');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'linecache.py'), 'print("mine")\ndef _register_code(*args): pass\n');
  const done = spawnSync(launcher, ['-c', 'pass'], { encoding: 'utf8', cwd: folder });
  assert.equal(done.stdout, 'mine\n');
});

test('exit codes, signals and errors pass the launcher', { skip }, () => {
  assert.equal(run(['-c', 'raise SystemExit(7)']), '[7]');
  assert.equal(run(['-c', 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)']), '[SIGKILL]');
  assert.equal(run(['-c', '1/0']).split('\n').at(-2), 'ZeroDivisionError: division by zero');
  assert.equal(run(['-'], {}, launcher, 'print(6 * 7)'), '42\n[0]');
  assert.equal(run(['-V']), 'Python 3.14.10\n[0]');
  assert.equal(run(['-c', 'import os, sys; print(os.system(f"exec \\"{sys.executable}\\" -c pass"))']), '0\n[0]');
});

test('NODE_OPTIONS and the debug build do without', { skip }, () => {
  assert.equal(run(ASK, { NODE_OPTIONS: '--max-old-space-size=1000' }), PLAIN);
});

test('a snapshot that is broken, old or of another Node is left alone', { skip }, () => {
  const folder = starter.snapshotFolder(node)!;
  const file = path.join(folder, 'snapshot');
  const stamp = path.join(folder, 'stamp');
  const good = { file: fs.readFileSync(file), stamp: fs.readFileSync(stamp, 'utf8') };

  const restore = (): void => {
    fs.writeFileSync(file, good.file);
    fs.writeFileSync(stamp, good.stamp);
  };
  const failed = path.join(folder, 'failed');
  fs.writeFileSync(failed, 'nobody is to mend what is tested here\n');
  fs.utimesSync(failed, Date.now() / 1000 + 100, Date.now() / 1000 + 100);

  fs.truncateSync(file, 100_000);
  assert.equal(run(ASK), PLAIN);
  restore();
  assert.equal(run(ASK), FROM_SNAPSHOT);

  fs.writeFileSync(
    stamp,
    good.stamp.replace(/^\d+/, n => String(Number(n) + 1)),
  );
  assert.equal(run(ASK), PLAIN);
  fs.writeFileSync(stamp, '');
  assert.equal(run(ASK), PLAIN);
  restore();

  const later = Date.now() / 1000 + 10;
  fs.utimesSync(path.join(home, 'dist', 'cli.cjs'), later, later);
  assert.equal(run(ASK), PLAIN);
  fs.utimesSync(file, later + 5, later + 5);
  assert.equal(run(ASK), FROM_SNAPSHOT);

  fs.rmSync(file);
  assert.equal(run(ASK), PLAIN);
  assert.equal(run(ASK), PLAIN);
  fs.rmSync(failed);
  assert.equal(run(ASK), PLAIN);
  assert.equal(run(ASK), FROM_SNAPSHOT);
});

test('where no snapshot can be made, nobody tries again and again', { skip }, () => {
  const folder = starter.snapshotFolder(node)!;
  fs.rmSync(path.join(home, 'dist', 'cache'), { recursive: true, force: true });
  const bundle = path.join(home, 'dist', 'cli.cjs');
  const text = fs.readFileSync(bundle, 'latin1');
  fs.writeFileSync(bundle, text.replace('build_snapshot:', 'no_snapshot:'));
  assert.equal(run(ASK), PLAIN);
  assert.match(fs.readFileSync(path.join(folder, 'failed'), 'utf8'), /build_snapshot/);
  const before = fs.readdirSync(folder);
  assert.deepEqual(before, ['failed']);
  assert.equal(run(ASK), PLAIN);
  fs.writeFileSync(bundle, text);
});

test('a first run makes what is missing; an installation that was moved makes it anew', { skip }, () => {
  fs.rmSync(path.join(home, 'dist', 'cache'), { recursive: true, force: true });
  const now = new Date();
  fs.utimesSync(path.join(home, 'dist', 'cli.cjs'), now, now);
  assert.equal(run(ASK), PLAIN);
  assert.equal(run(ASK), FROM_SNAPSHOT);

  const moved = `${home} moved`;
  fs.renameSync(home, moved);
  try {
    const there = path.join(moved, 'bin', 'pyvarium');
    const where = ['-c', 'import sys; print(sys.prefix)'];
    assert.equal(run(where, {}, there), `${moved}/dist\n[0]`);
    assert.equal(run(where, {}, there), `${moved}/dist\n[0]`);
    assert.equal(run(ASK, {}, there), FROM_SNAPSHOT);
  } finally {
    fs.renameSync(moved, home);
  }
});

test('another name of Node has no snapshot', () => {
  const script = path.join(home, 'node');
  fs.writeFileSync(script, '#!/bin/sh\n');
  assert.equal(starter.snapshotFolder(script), null);
  assert.equal(starter.snapshotFolder('node'), null);
  assert.notEqual(starter.makeSnapshot(script), null);
});
