// build.mjs: makes dist/: the command line, the library, and the packed standard library.
//
//     node scripts/build.mjs [--only-code] [--force]
//
//   dist/cli.cjs          the command line (loaded by bin/pyvarium)
//   dist/cli.debug.cjs    the same, counting every reference (PY_DEBUG)
//   dist/watcher.cjs      the thread that starts programs, catches signals and watches descriptors (src/hosts/node_watcher.ts)
//   dist/index.js         the library, an ES module
//   dist/frozen.bin       code of the modules that start-up needs (see build-stdlib.mjs)
//   dist/lib/python3.14/  the pure-Python standard library with compiled code
//   dist/cache/           V8's compiled form of cli.cjs, for this very Node; bin/pyvarium does without if it does not fit
//
// Generated sources (src/**/*.generated.ts) are checked in; scripts/generate-*.mjs make them anew.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildStdlib } from './build-stdlib.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const onlyCode = process.argv.includes('--only-code');
const force = process.argv.includes('--force');

/** Functions of Node modules that few programs need and that take milliseconds to load: loaded at their first call. */
const LAZY = {
  child_process: ['spawn', 'spawnSync'],
  tty: ['isatty'],
  readline: ['createInterface'],
  worker_threads: ['Worker', 'MessageChannel', 'receiveMessageOnPort', 'SHARE_ENV'],
  module: ['createRequire'],
  zlib: ['inflateSync', 'inflateRawSync', 'crc32'],
};
const lazyModules = {
  name: 'lazy-modules',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^node:(${Object.keys(LAZY).join('|')})$`) }, ({ path, namespace }) =>
      namespace === 'lazy' ? { path, external: true } : { path: path.slice(5), namespace: 'lazy' },
    );
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: LAZY[path]
        .map(f => `Object.defineProperty(exports, '${f}', { get: () => require('node:${path}').${f}, enumerable: true });`)
        .join('\n'),
    }));
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
const cli = { ...common, entryPoints: ['src/cli/main.ts'], format: 'cjs', plugins: [lazyModules] };

mkdirSync('dist', { recursive: true });
await build({ ...cli, outfile: 'dist/cli.cjs', define: { PY_DEBUG: 'false' } });
await build({ ...cli, outfile: 'dist/cli.debug.cjs', define: { PY_DEBUG: 'true' } });
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
if (!onlyCode) buildStdlib({ force });

// What V8 made of the program after a first run saves compiling it at every start.
rmSync('dist/cache', { recursive: true, force: true });
const run = spawnSync('bin/pyvarium', ['-c', 'pass'], {
  env: { ...process.env, PYVARIUM_WRITE_CACHE: '1' },
  encoding: 'utf8',
});
if (run.status !== 0) console.error(`build: the first run failed: ${run.error ?? run.stderr}`);
