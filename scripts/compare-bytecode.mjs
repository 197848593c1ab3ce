// compare-bytecode.mjs: compiles the whole standard library of a CPython 3.14, tests included, with our compiler and
// lets that CPython compare every code object with its own, field by field.
//
//     npm run compare-bytecode -- PYTHON [FOLDER] [--with COMPARE_PYC] [--keep DIR] [...]
//
// PYTHON is a native CPython 3.14. FOLDER (its Lib folder unless given) holds the sources. The comparison is the
// script COMPARE_PYC, by default $PYVARIUM_COMPARE_PYC or conformance/compare_pyc.py; further arguments go to it.
// Names of characters (\N{...}) are the runtime's business, not the compiler's: PYTHON is asked for them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
function option(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
const compare = option('--with') ?? process.env.PYVARIUM_COMPARE_PYC ?? join(root, 'conformance', 'compare_pyc.py');
const keep = option('--keep');
const python = args.shift();
if (python === undefined) {
  console.error('usage: npm run compare-bytecode -- PYTHON [FOLDER] [--with COMPARE_PYC] [--keep DIR]');
  process.exit(2);
}
const lib =
  args[0] !== undefined && !args[0].startsWith('-')
    ? args.shift()
    : execFileSync(python, ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' }).trim();

const listNames = `import sys, unicodedata
for n in range(0x110000):
    name = unicodedata.name(chr(n), None)
    if name: print(n, name)`;
let names = null;
function unicodeName(name) {
  if (names === null) {
    const list = execFileSync(python, ['-c', listNames], { encoding: 'utf8', maxBuffer: 1 << 28 });
    names = new Map();
    for (const line of list.split('\n')) {
      const space = line.indexOf(' ');
      names.set(line.slice(space + 1), Number(line.slice(0, space)));
    }
  }
  const known = names.get(name.toUpperCase());
  if (known !== undefined) return known;
  // Aliases and the like.
  const ask = 'import sys, unicodedata; print(ord(unicodedata.lookup(sys.argv[1])))';
  const answer = spawnSync(python, ['-c', ask, name], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : -1;
}

/** Python's name of an encoding, as the platform's decoders know it. */
function decode(bytes, encoding) {
  const label = encoding.toLowerCase().replaceAll('_', '-');
  return new TextDecoder(label === 'latin-1' ? 'latin1' : label, { fatal: true }).decode(bytes);
}

const work = mkdtempSync(join(tmpdir(), 'compare-bytecode-'));
try {
  const bundle = join(work, 'compile_tree.mjs');
  buildSync({
    entryPoints: [join(root, 'src/compiler/compile_tree.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
  });
  const { compileTree } = await import(pathToFileURL(bundle).href);
  const out = keep ?? join(work, 'pyc');
  let bytes = 0;
  const start = performance.now();
  const files = {
    isDirectory: path => statSync(path).isDirectory(),
    list: path => readdirSync(path).sort(),
    read(path) {
      const data = readFileSync(path);
      bytes += data.length;
      return data;
    },
    mtime: path => Math.floor(statSync(path).mtimeMs / 1000),
    write(path, data) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
    },
  };
  const { compiled, failures } = compileTree([lib], out, files, { parse: { unicodeName, decode } });
  const seconds = (performance.now() - start) / 1000;
  for (const { path, message } of failures) {
    if (message.startsWith('internal error')) console.error(`${path}: ${message}`);
  }
  const speed = (bytes / 1e6 / seconds).toFixed(2);
  console.log(`${compiled} compiled, ${failures.length} refused; ${(bytes / 1e6).toFixed(1)} MB at ${speed} MB/s`);
  const { status } = spawnSync(python, [compare, lib, out, ...args], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
