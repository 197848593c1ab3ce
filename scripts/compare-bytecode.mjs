// compare-bytecode.mjs: compiles the whole standard library of a CPython 3.14, tests included, with our compiler and
// lets that CPython compare every code object with its own, field by field.
//
//     npm run compare-bytecode -- PYTHON [FOLDER] [--with COMPARE_PYC] [--keep DIR] [...]
//
// PYTHON is a native CPython 3.14. FOLDER (its Lib folder unless given) holds the sources. The comparison is the
// script COMPARE_PYC, by default $PYVARIUM_COMPARE_PYC or conformance/compare_pyc.py; further arguments go to it.
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
  const { compiled, failures } = compileTree([lib], out, {
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
  });
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
