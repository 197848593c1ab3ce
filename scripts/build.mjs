// build.mjs: makes dist/: the command line, the library, and the packed standard library.
//
//     node scripts/build.mjs [--only-code] [--force] [--lib DIR]
//
// --lib: a CPython 3.14 `Lib` folder, for the modules that the npm package of the library lacks (curses, dbm, turtle ...).
//
//   dist/cli.cjs          the command line (loaded by bin/pyvarium)
//   dist/cli.debug.cjs    the same, counting every reference (PY_DEBUG)
//   dist/tools.cjs        the tools of the command line, loaded when one is asked for (src/cli/tools)
//   dist/tools.js         the tools as a library, an ES module (src/tools)
//   dist/watcher.cjs      the thread that starts programs, catches signals and watches descriptors (src/hosts/node_watcher.ts)
//   dist/sqlite3.wasm     SQLite, loaded when _sqlite3 is imported (src/modules/_sqlite3)
//   dist/index.js         the library, an ES module
//   dist/frozen.bin       code of the modules that start-up needs (see build-stdlib.mjs)
//   dist/lib/python3.14/  the pure-Python standard library with compiled code
//   dist/cache/           V8's compiled form of cli.cjs and the start-up snapshot, for this very Node; made anew at a first
//                         run of another (bin/start.cjs)
//
// Generated sources (src/**/*.generated.ts) are checked in; scripts/generate-*.mjs make them anew.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import start from '../bin/start.cjs';
import { buildStdlib } from './build-stdlib.mjs';

const { makeSnapshot, nodeFlags, snapshotFolder } = start;

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const onlyCode = process.argv.includes('--only-code');
const force = process.argv.includes('--force');
const lib = process.argv.includes('--lib') ? process.argv[process.argv.indexOf('--lib') + 1] : null;

/** Node's modules but the two that every run needs are loaded when something of them is first used: each takes milliseconds,
 *  and a start-up snapshot must not hold what they know of the machine. */
const EAGER = ['fs', 'path'];
/** What the Node that builds may lack. */
const NEWER = { zlib: ['crc32'] };
const lazyModules = {
  name: 'lazy-modules',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace === 'lazy' || EAGER.includes(path.slice(5)) ? { path, external: true } : { path, namespace: 'lazy' },
    );
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => {
      const names = new Set([...Object.keys(await import(path)), ...(NEWER[path.slice(5)] ?? [])]);
      names.delete('default');
      return {
        contents: `let module = null;
          const load = () => {
            const loaded = require('${path}');
            if (!require('node:v8').startupSnapshot.isBuildingSnapshot()) module = loaded;
            return loaded;
          };
          for (const name of ${JSON.stringify([...names])})
            Object.defineProperty(exports, name, { get: () => (module ?? load())[name], enumerable: true });`,
      };
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
  // bin/pyvarium reads the file as Latin-1.
  charset: 'ascii',
  minifyWhitespace: true,
  logOverride: { 'empty-import-meta': 'silent' },
};
const cli = { ...common, entryPoints: ['src/cli/index.ts'], format: 'cjs', plugins: [lazyModules] };

mkdirSync('dist', { recursive: true });
const bundle = await build({ ...cli, write: false, outfile: 'dist/cli.cjs', define: { PY_DEBUG: 'false' } });
// Local variables get short names: less for each start to read. Functions keep theirs, for stack traces and profiles.
const { code } = await transform(bundle.outputFiles[0].text, {
  minifyIdentifiers: true,
  minifyWhitespace: true,
  charset: 'ascii',
  legalComments: 'none',
});
writeFileSync('dist/cli.cjs', code);
await build({ ...cli, outfile: 'dist/cli.debug.cjs', define: { PY_DEBUG: 'true' } });
await build({ ...common, entryPoints: ['src/cli/tools/index.ts'], format: 'cjs', outfile: 'dist/tools.cjs' });
await build({ ...common, entryPoints: ['src/tools/index.ts'], format: 'esm', outfile: 'dist/tools.js' });
await build({ ...common, entryPoints: ['src/hosts/node_watcher.ts'], format: 'cjs', outfile: 'dist/watcher.cjs' });
if (existsSync('src/runtime/index.ts')) {
  await build({
    ...common,
    entryPoints: ['src/runtime/index.ts'],
    format: 'esm',
    outfile: 'dist/index.js',
    define: { PY_DEBUG: 'false' },
  });
}
copyFileSync('node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm', 'dist/sqlite3.wasm');
if (!onlyCode) buildStdlib({ force, lib });

// What V8 made of the program after a first run, and the snapshot of a started interpreter, save most of a start's work.
rmSync('dist/cache', { recursive: true, force: true });
const run = spawnSync(process.execPath, [...nodeFlags(), 'bin/pyvarium', '-c', 'pass'], { encoding: 'utf8' });
if (run.status !== 0) console.error(`build: the first run failed: ${run.error ?? run.stderr}`);
const node = spawnSync('/bin/sh', ['-c', 'command -v node'], { encoding: 'utf8' }).stdout?.trim();
const problem = !node
  ? 'node is not on the PATH'
  : existsSync(`${snapshotFolder(node)}/stamp`)
    ? null
    : makeSnapshot(node);
if (problem !== null) console.error(`build: no start-up snapshot: ${problem}`);
