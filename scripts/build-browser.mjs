// build-browser.mjs: makes dist/browser/ out of the sources and dist/lib: what a page needs.
//
//     node scripts/build-browser.mjs          after scripts/build.mjs
//
//   pyvarium.js       an ES module (src/browser/index.ts)
//   frozen.bin        as in dist/
//   sqlite3.wasm      as in dist/; loaded when _sqlite3 is imported
//   stdlib.bin.gz     the standard library with its compiled code (src/browser/archive.ts tells the form)
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const LIB = 'dist/lib/python3.14';
const OUT = 'dist/browser';
/** Test suites of packages and the like. */
const LEFT_OUT = /(^|\/)(test|tests|idlelib|ensurepip|site-packages|lib-dynload)(\/|$)/;

fs.mkdirSync(OUT, { recursive: true });
await build({
  entryPoints: ['src/browser/index.ts'],
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  outfile: `${OUT}/pyvarium.js`,
  define: { PY_DEBUG: 'false' },
});
for (const name of ['frozen.bin', 'sqlite3.wasm']) fs.copyFileSync(`dist/${name}`, `${OUT}/${name}`);

const rows = [];
const contents = [];
for (const entry of fs.readdirSync(LIB, { recursive: true }).sort()) {
  const file = path.join(LIB, entry);
  const stat = fs.statSync(file);
  if (!stat.isFile() || LEFT_OUT.test(entry)) continue;
  rows.push([entry.split(path.sep).join('/'), stat.size, Math.floor(stat.mtimeMs / 1000)]);
  contents.push(fs.readFileSync(file));
}
const table = Buffer.from(JSON.stringify(rows));
const length = Buffer.alloc(4);
length.writeUInt32LE(table.length);
fs.writeFileSync(`${OUT}/stdlib.bin.gz`, zlib.gzipSync(Buffer.concat([length, table, ...contents]), { level: 6 }));
