// What the tools say to files that are not what they should be: one line and exit status 1, never an internal error.
//
// Cases are generated from a seed: .pyc files truncated, mutated, of foreign and newer versions; sources that are unreadable,
// binary, huge or wrong. PYVARIUM_BAD_INPUTS=10000 runs more of them; PYVARIUM_BAD_SEED another series.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runTool } from '../../../src/cli/tools/index.ts';
import { versionNames } from '../../../src/tools/versions/version.ts';
import { recordedFiles, recordedSource } from './recorded.ts';

const COUNT = Number(process.env['PYVARIUM_BAD_INPUTS'] ?? 2000);
const SEED = Number(process.env['PYVARIUM_BAD_SEED'] ?? 1);
/** No input may cost more of the processor, in milliseconds. */
const LONGEST = 20_000;

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Bad {
  readonly what: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether it may turn out to be good after all. */
  readonly mayPass: boolean;
}

const text = (source: string): Uint8Array => new TextEncoder().encode(source);

/** Sources that are wrong by themselves. */
const WRONG: readonly (readonly [string, () => string | Uint8Array])[] = [
  ['nested parentheses', () => `x = ${'('.repeat(5000)}`],
  ['balanced parentheses', () => `x = ${'('.repeat(3000)}1${')'.repeat(3000)}`],
  ['a long sum', () => `x = 1${' + y'.repeat(50_000)}`],
  ['a long chain of attributes', () => `x = y${'.z'.repeat(30_000)}`],
  ['nested lists', () => `${'['.repeat(1000)}${']'.repeat(1000)}`],
  ['deep indentation', () => Array.from({ length: 150 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('')],
  ['nested functions without end', () => Array.from({ length: 99 }, (_, i) => `${' '.repeat(i)}def f():\n`).join('')],
  ['a huge number', () => `x = ${'9'.repeat(100_000)}`],
  ['a huge string without end', () => `x = '${'a'.repeat(1_000_000)}`],
  ['many lines and an error', () => `${'x = 1\n'.repeat(20_000)}x = = 2\n`],
  ['NUL bytes', () => 'x = 1\0\n'],
  ['an unknown encoding', () => '# coding: klingon\nx = 1\n'],
  ['no UTF-8', () => Uint8Array.of(0x78, 0x3d, 0x27, 0xff, 0xfe, 0x27, 10)],
  ['UTF-16', () => Uint8Array.of(0xff, 0xfe, 0x78, 0, 0x3d, 0, 0x31, 0, 10, 0)],
  ['a mark of UTF-8 and another coding', () => Uint8Array.of(0xef, 0xbb, 0xbf, ...text('# coding: latin-1\nx = 1\n'))],
  ['a stray character', () => 'x = 1 ? 2\n'],
  ['an unmatched bracket', () => 'f(a, b]\n'],
  ['return outside', () => 'return 1\n'],
  ['await outside', () => 'def f(): await x\n'],
  [
    'too many static blocks',
    () => `${Array.from({ length: 25 }, (_, i) => `${' '.repeat(i)}for x in y:\n`).join('')}${' '.repeat(25)}pass\n`,
  ],
  ['nonlocal at the top', () => 'nonlocal x\n'],
  ['an f-string without end', () => "f'{x'\n"],
];

function* badInputs(count: number, seed: number): Generator<Bad> {
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const versions = versionNames();
  const files = new Map(versions.map(v => [v, recordedFiles(v).map(f => f.pyc)]));
  const pyc = (): Uint8Array => pick(files.get(pick(versions))!).slice();
  const sources = [
    'parser',
    'evaluator',
    'match_classes',
    'fstring',
    'async_gather',
    'retry',
    'decorator_with_arguments',
    'type_parameters',
  ]
    .filter(name => name !== 'retry')
    .map(recordedSource);
  for (let i = 0; i < count; i++) {
    const kind = below(10);
    if (kind <= 1) {
      const bytes = pyc();
      yield { what: 'truncated', name: 'x.pyc', bytes: bytes.subarray(0, below(bytes.length)), mayPass: false };
    } else if (kind <= 4) {
      const bytes = pyc();
      // Behind the magic number; bytes, bits, or a stretch of another file.
      const at = (): number => 4 + below(bytes.length - 4);
      const how = below(3);
      for (let n = 1 + below(8); n > 0; n--) {
        if (how === 0) bytes[at()] = below(256);
        else if (how === 1) bytes[at()]! ^= 1 << below(8);
        else bytes.set(pyc().subarray(0, 40).subarray(below(20)), Math.max(16, Math.min(at(), bytes.length - 40)));
      }
      yield { what: 'mutated', name: 'x.pyc', bytes, mayPass: true };
    } else if (kind === 5) {
      const bytes = pyc();
      const magic = pick([3000 + below(400), 62_000 + below(300), 3650 + below(200), below(65_536), 3600 + below(27)]);
      if ([3379, 3394].includes(magic)) continue;
      bytes[0] = magic & 255;
      bytes[1] = magic >> 8;
      if (below(4) === 0) bytes[2] = below(256);
      yield { what: `of magic number ${magic}`, name: 'x.pyc', bytes, mayPass: true };
    } else if (kind === 6) {
      const bytes = Uint8Array.from({ length: below(3000) }, () => below(256));
      yield { what: 'random bytes', name: pick(['x.pyc', 'x.py', 'x']), bytes, mayPass: bytes.length < 4 };
    } else if (kind <= 8) {
      const source = pick(sources);
      const characters = [...source];
      for (let n = 1 + below(4); n > 0; n--) {
        const at = below(characters.length);
        const how = below(3);
        if (how === 0) characters.splice(at, 1 + below(5));
        else if (how === 1)
          characters.splice(at, 0, pick([...'()[]{}:,=.*@\'"\\ \n\t#é\u200b\x00$', '\n    ', 'async ', 'f"{', '"""']));
        else [characters[at], characters[below(characters.length)]] = [pick(characters), characters[at]!];
      }
      yield { what: 'a mutated source', name: 'x.py', bytes: text(characters.join('')), mayPass: true };
    } else {
      const [what, make] = pick(WRONG);
      const made = make();
      yield { what, name: 'x.py', bytes: typeof made === 'string' ? text(made) : made, mayPass: true };
    }
  }
}

const PYC_TOOLS = [
  ['dis'],
  ['dis', '--plain', '-C'],
  ['code'],
  ['pyc'],
  ['visualize'],
  ['visualize', '--html'],
  ['dis', '--json'],
  ['visualize', '--json'],
  // Compared with one that is good.
  ['visualize', 'GOOD'],
];
const SOURCE_TOOLS = [
  ['tokens'],
  ['ast'],
  ['symtable'],
  ['cfg'],
  ['dis'],
  ['code'],
  ['stack'],
  ['visualize'],
  ['visualize', '--html'],
  ['analyze'],
];

/** Runs a tool in this process: its exit status, whether it wrote anything, and what it said. */
async function run(args: readonly string[]): Promise<{ status: number; wrote: boolean; err: string }> {
  const { stdout, stderr } = process;
  const target = join(folder, 'out');
  rmSync(target, { force: true });
  let err = '';
  const toErr = stderr.write;
  const before = process.exitCode;
  stderr.write = ((chunk: string) => {
    err += chunk;
    return true;
  }) as typeof stderr.write;
  try {
    await runTool([...args, '--out', target], '');
    return { status: Number(process.exitCode ?? 0), wrote: existsSync(target), err };
  } finally {
    stderr.write = toErr;
    process.exitCode = before;
    stdout.removeAllListeners('error');
  }
}

/** One line for people: the tool, the file, what is wrong. */
function assertOneLine(err: string, tool: string, context: string): void {
  assert.match(err, new RegExp(`^pyvarium ${tool}: [^\\n]+\\n$`), context);
  assert.ok(err.length < 500, `${context}: ${err.length} characters`);
  assert.doesNotMatch(err, /undefined|\[object|NaN|TypeError: Cannot|RangeError|is not a function|at .*\.ts/, context);
}

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

test(`${COUNT} generated inputs`, async () => {
  const good = join(folder, 'good.pyc');
  writeFileSync(good, recordedFiles('3.9')[60]!.pyc);
  let number = 0;
  let refused = 0;
  for (const { what, name, bytes, mayPass } of badInputs(COUNT, SEED)) {
    number++;
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const tools = name === 'x.py' ? SOURCE_TOOLS : PYC_TOOLS;
    const tool = tools[number % tools.length]!.map(word => (word === 'GOOD' ? good : word));
    const context = `case ${number} of seed ${SEED}, ${what}, ${tool.join(' ')}`;
    const start = process.cpuUsage();
    const { status, wrote, err } = await run([...tool, file]).catch(e => {
      throw new Error(`${context}: ${e}\n${(e as Error).stack}`);
    });
    const used = process.cpuUsage(start).user / 1000;
    assert.ok(used < LONGEST, `${context}: ${used} ms`);
    if (status === 0) {
      assert.ok(mayPass, `${context}: passes`);
      assert.ok(wrote, context);
      assert.equal(err, '', context);
    } else {
      assert.equal(status, 1, `${context}: ${err}`);
      assert.ok(!wrote, `${context}: writes all the same`);
      assertOneLine(err, tool[0]!, `${context}: ${err.slice(0, 300)}`);
      refused++;
    }
    rmSync(file);
  }
  assert.ok(refused > number / 2, `${refused} of ${number} refused`);
});

test('files that cannot be read', async () => {
  const locked = join(folder, 'locked.py');
  writeFileSync(locked, 'x = 1\n');
  chmodSync(locked, 0);
  mkdirSync(join(folder, 'a_folder.py'));
  const names = ['missing.py', 'a_folder.py', 'missing.pyc', 'locked.py/inside.py'];
  // A superuser may read everything.
  if (process.getuid?.() !== 0) names.push('locked.py');
  for (const name of names) {
    for (const tool of ['tokens', 'dis', 'pyc', 'visualize']) {
      const { status, err } = await run([tool, join(folder, name)]);
      assert.equal(status, 1, `${tool} ${name}`);
      assertOneLine(err, tool, `${tool} ${name}: ${err}`);
    }
  }
});

test('what is wrong with a .pyc is said', async () => {
  const good = recordedFiles('3.8').find(f => f.name === 'gcd')!.pyc;
  const say = async (bytes: Uint8Array): Promise<string> => {
    const file = join(folder, 'say.pyc');
    writeFileSync(file, bytes);
    return (await run(['dis', file])).err.replace(file, 'say.pyc');
  };
  const magic = (n: number): Uint8Array => Uint8Array.from([n & 255, n >> 8, ...good.subarray(2)]);
  const known = 'CPython 3.6 to 3.15 can be read';
  assert.equal(
    await say(magic(3701)),
    `pyvarium dis: say.pyc: written by CPython 3.16, magic number 3701 (${known})\n`,
  );
  assert.equal(
    await say(magic(3361)),
    `pyvarium dis: say.pyc: written by a pre-release of CPython 3.6, magic number 3361 (${known})\n`,
  );
  assert.equal(
    await say(magic(62211)),
    `pyvarium dis: say.pyc: written by CPython 2.7, magic number 62211 (${known})\n`,
  );
  assert.equal(await say(magic(9)), `pyvarium dis: say.pyc: unknown magic number 9 (${known})\n`);
  assert.equal(
    await say(good.subarray(0, 9)),
    'pyvarium dis: say.pyc: truncated .pyc of CPython 3.8: the header ends early\n',
  );
  assert.equal(
    await say(good.subarray(0, 99)),
    'pyvarium dis: say.pyc: truncated .pyc of CPython 3.8: marshal data too short\n',
  );
});
