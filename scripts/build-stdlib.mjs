// build-stdlib.mjs: lays out the pure-Python standard library, compiled by our own compiler.
//
// The sources are those in the npm package `pyodide` (CPython's own files). They go to dist/lib/python3.14, the layout
// that CPython's installations have, with `__pycache__/*.cpython-314.pyc` beside them. The .pyc files are hash-based
// and unchecked (PEP 552): a package manager that changes file times does not make them stale.
// The modules that CPython freezes into its executable go to dist/frozen.bin:
//   u32 (little endian): length of the index; the index in JSON: [name, original name or null, is_package, offset, length] ...;
//   then marshalled code, offsets counted from its start.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Frozen modules: name, and file where that is not what the name says. CPython: Python/frozen.c */
const FROZEN = [
  { name: '_frozen_importlib', origin: 'importlib._bootstrap' },
  { name: '_frozen_importlib_external', origin: 'importlib._bootstrap_external' },
  ...['zipimport', 'abc', 'codecs', 'io', '_collections_abc', '_sitebuiltins', 'genericpath', 'ntpath', 'posixpath'],
  ...['os', 'site', 'stat', 'importlib.util', 'importlib.machinery', 'runpy', '__hello__'],
  { name: '__hello_alias__', origin: '__hello__' },
  { name: '__phello_alias__', origin: '__hello__', package: true },
  { name: '__phello_alias__.spam', origin: '__hello__' },
  { name: '__phello__', package: true },
  { name: '__phello__.__init__', origin: '__phello__', shown: '<__phello__' },
  { name: '__phello__.ham', package: true, source: '' },
  { name: '__phello__.ham.__init__', origin: '__phello__.ham', shown: '<__phello__.ham', source: '' },
  { name: '__phello__.ham.eggs', source: '' },
  '__phello__.spam',
  // No module: what start-up shows to the eval loop.
  { name: '<warm up>', file: 'src/runtime/warm_up.py' },
  { name: '__hello_only__', shown: null, source: 'initialized = True\nprint("Hello world!")\n' },
].map(row => (typeof row === 'string' ? { name: row } : row));

/** Files that stand in for modules that the package lacks; those of a library given with --lib go before them. */
const PYLIB = join(root, 'pylib');

/** What the package leaves out of CPython's library, taken from another one where --lib names it. */
const LEFT_OUT =
  /^(_pydecimal|_aix_support|_android_support|_apple_support|_ios_support|_osx_support|ssl|turtle)\.py$|^(curses|dbm|ensurepip|idlelib|pydoc_data|tkinter|turtledemo|venv)\//;

/** Files of the package that are not CPython's; its `ssl` does no TLS. */
const FOREIGN = /^(_pyodide|pyodide|site-packages)\/|^_?ssl\.py$|^_sysconfigdata_|\/$/;

/**
 * What of CPython's files does not suit this interpreter: [file, text, what takes its place], with as many lines. multiprocessing
 * takes fork() for granted on all systems but Windows; descriptors go to other processes by name.
 */
const ADAPTED = [
  ['context', "'fork': ForkContext(),", "**({'fork': ForkContext()} if hasattr(os, 'fork') else {}),"],
  [
    'context',
    "'forkserver': ForkServerContext(),",
    "**({'forkserver': ForkServerContext()} if hasattr(os, 'fork') else {}),",
  ],
  ['context', 'if reduction.HAVE_SEND_HANDLE and sys', "if hasattr(os, 'fork') and reduction.HAVE_SEND_HANDLE and sys"],
  [
    'reduction',
    'sock.sendmsg([msg], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])',
    'from . import _descriptors; _descriptors.send(sock, msg, fds)',
  ],
  [
    'reduction',
    'msg, ancdata, flags, addr = sock.recvmsg(1, socket.CMSG_SPACE(bytes_size))',
    'from . import _descriptors; msg, ancdata = _descriptors.receive(sock)',
  ],
].map(([name, text, other]) => [`multiprocessing/${name}.py`, text, other]);

/** What `sysconfig` asks of the build, in place of CPython's Makefile. */
const SYSCONFIG = `# Written by the build: what sysconfig knows of this interpreter.
build_time_vars = {
    'ABIFLAGS': '',
    'EXT_SUFFIX': '.cpython-314-x86_64-linux-gnu.so',
    'LDVERSION': '3.14',
    'MULTIARCH': 'x86_64-linux-gnu',
    'Py_DEBUG': 0,
    'Py_ENABLE_SHARED': 0,
    'Py_GIL_DISABLED': 0,
    'Py_TRACE_REFS': 0,
    'SHLIB_SUFFIX': '.so',
    'SIZEOF_VOID_P': 8,
    'SOABI': 'cpython-314-x86_64-linux-gnu',
    'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    'VERSION': '3.14',
    'WITH_DOC_STRINGS': 1,
    'WITH_PYMALLOC': 1,
}
`;

/** Entries of a zip file: [name, bytes]. */
function* unzip(zip) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map(i => view.getUint16(at + i, true));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = zip.subarray(start, start + view.getUint32(at + 20, true));
    yield [name, view.getUint16(at + 10, true) === 0 ? data : inflateRawSync(data)];
    at += 46 + nameLength + extra + comment;
  }
}

/** Files below a folder, by their path in it. */
function* filesBelow(folder, wanted = () => true) {
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const file = join(folder, name);
    if (wanted(name) && !name.includes('__pycache__') && statSync(file).isFile()) yield [name, readFileSync(file)];
  }
}

/** A number that changes with whatever decides the output. */
function fingerprint(zip, lib) {
  const hash = createHash('sha256')
    .update(zip)
    .update(lib ?? '')
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const [name, data] of filesBelow(PYLIB)) hash.update(name).update(data);
  for (const { file } of FROZEN) if (file !== undefined) hash.update(readFileSync(join(root, file)));
  for (const folder of ['src/opcode', 'src/parser', 'src/compiler']) {
    for (const file of readdirSync(join(root, folder), { recursive: true }).sort()) {
      if (file.endsWith('.ts')) hash.update(file).update(readFileSync(join(root, folder, file)));
    }
  }
  return hash.digest('hex');
}

/** The compiler, bundled by itself. */
function loadCompiler() {
  const outfile = join(root, 'build', 'stdlib-compiler.cjs');
  buildSync({
    stdin: {
      contents: `
        export { parse } from './src/parser/parser.ts';
        export { compileAst } from './src/compiler/compile.ts';
        export { dumps } from './src/compiler/marshal.ts';
        export { writePyc, sourceHash } from './src/compiler/pyc.ts';
        export { lookup_name } from './src/objects/unicode_data/names.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { PY_DEBUG: 'false' },
    outfile,
    logLevel: 'warning',
  });
  delete require.cache[outfile];
  return require(outfile);
}

/** Writes dist/lib and dist/frozen.bin unless they are up to date. `lib`: a CPython 3.14 `Lib` folder for what the package lacks. */
export function buildStdlib({ force = false, lib: other = null } = {}) {
  const zip = readFileSync(require.resolve('pyodide/python_stdlib.zip'));
  const stamp = join(root, 'dist', 'lib', '.stamp');
  const print = fingerprint(zip, other);
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;

  const { parse, compileAst, dumps, writePyc, sourceHash, lookup_name } = loadCompiler();
  const decode = (bytes, encoding) =>
    new TextDecoder(/^latin/.test(encoding) ? 'latin1' : encoding, { fatal: true }).decode(bytes);
  const unicodeName = name => {
    const points = lookup_name(name, false);
    return points === null || points.length !== 1 ? -1 : points[0];
  };
  const compile = (source, filename) =>
    compileAst(parse(source, filename, 'exec', { decode, unicodeName }), filename, { optimize: 0 });

  const lib = join(root, 'dist', 'lib', 'python3.14');
  rmSync(join(root, 'dist', 'lib'), { recursive: true, force: true });
  const made = new Set();
  const write = (name, data) => {
    const path = join(lib, name);
    if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    made.add(dirname(path));
    writeFileSync(path, data);
  };
  const sources = new Map();
  for (const [name, data] of unzip(zip)) if (!FOREIGN.test(name)) sources.set(name, data);
  for (const [name, text, replacement] of ADAPTED) {
    const [before, after, ...more] = sources.get(name).toString().split(text);
    if (after === undefined || more.length > 0) throw new Error(`${name} does not say "${text}" once`);
    sources.set(name, Buffer.from(before + replacement + after));
  }
  for (const [name, data] of filesBelow(PYLIB)) sources.set(name, data);
  if (other !== null) for (const [name, data] of filesBelow(other, n => LEFT_OUT.test(n))) sources.set(name, data);
  sources.set('_sysconfigdata__linux_x86_64-linux-gnu.py', Buffer.from(SYSCONFIG));
  for (const [name, data] of sources) {
    write(name, data);
    if (!name.endsWith('.py')) continue;
    const cut = name.lastIndexOf('/') + 1;
    // CPython records the path that the source was found under; it is corrected on import.
    const code = compile(data, name);
    const pyc = writePyc(code, { kind: 'hash', hash: sourceHash(data), checked: false });
    write(`${name.slice(0, cut)}__pycache__/${name.slice(cut, -3)}.cpython-314.pyc`, pyc);
  }
  mkdirSync(join(lib, 'lib-dynload'), { recursive: true });
  mkdirSync(join(lib, 'site-packages'), { recursive: true });

  const index = [];
  const blobs = [];
  let offset = 0;
  for (const row of FROZEN) {
    const origin = row.origin ?? row.name;
    const path = origin.replaceAll('.', '/');
    const source =
      row.source !== undefined
        ? Buffer.from(row.source)
        : row.file !== undefined
          ? readFileSync(join(root, row.file))
          : (sources.get(`${path}.py`) ?? sources.get(`${path}/__init__.py`));
    if (source === undefined) throw new Error(`no source for the frozen module ${row.name}`);
    const code = dumps(compile(source, `<frozen ${origin}>`));
    index.push([row.name, row.shown === undefined ? origin : row.shown, row.package === true, offset, code.length]);
    blobs.push(code);
    offset += code.length;
  }
  const header = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  writeFileSync(join(root, 'dist', 'frozen.bin'), Buffer.concat([length, header, ...blobs]));
  writeFileSync(stamp, print);
}
