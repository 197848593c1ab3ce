// compare-listings.mjs: the disassembly of every code object of a CPython 3.14's library: our text against that CPython's.
//
//     node scripts/compare-listings.mjs PYTHON [FOLDER]
//
// PYTHON compiles each source, keeps the .pyc, and hashes what its dis.dis prints; `pyvarium dis --plain`'s function
// lists our own compiler's code of the same source. Addresses of code objects are left out of both, and the
// items of frozensets sorted: their order depends on the process.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [python, folder] = process.argv.slice(2);
if (python === undefined) {
  console.error('usage: node scripts/compare-listings.mjs PYTHON [FOLDER]');
  process.exit(2);
}

/** Prints `PATH <tab> SHA-1 of the listing <tab> number of code objects`; the listing is dis.dis's without addresses. */
const ASK = `
import dis, hashlib, io, os, re, sys, types, warnings
warnings.simplefilter('ignore')
folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.__file__)
def count(code):
    return 1 + sum(count(c) for c in code.co_consts if isinstance(c, types.CodeType))
for path, folders, names in os.walk(folder):
    folders[:] = sorted(f for f in folders if f != '__pycache__')
    for name in sorted(names):
        if not name.endswith('.py'):
            continue
        full = os.path.join(path, name)
        try:
            with open(full, 'rb') as file:
                code = compile(file.read(), full, 'exec', dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        out = io.StringIO()
        dis.dis(code, file=out)
        text = re.sub(' at 0x[0-9a-f]+', '', out.getvalue())
        text = re.sub(r'frozenset\\(\\{(.*)\\}\\)', lambda m: ', '.join(sorted(m[1].split(', '), key=lambda s: s.encode('utf-16-be', 'surrogatepass'))), text)
        sys.stdout.write(f'{full}\\t{hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()}\\t{count(code)}\\n')
`;

const work = mkdtempSync(join(tmpdir(), 'listings-'));
try {
  const outfile = join(work, 'tools.mjs');
  buildSync({
    stdin: {
      contents: `export * from './src/tools/index.ts'; export { decode, unicodeName } from './src/cli/tools/decode.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const { Program, fromCompiler, listing, allCode, decode, unicodeName } = await import(pathToFileURL(outfile).href);
  const asked = spawnSync(python, ['-c', ASK, ...(folder === undefined ? [] : [folder])], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let same = 0;
  let objects = 0;
  const different = [];
  for (const row of asked.stdout.split('\n').filter(line => line !== '')) {
    const [path, hash, count] = row.split('\t');
    const program = new Program(readFileSync(path), path, { parse: { decode, unicodeName } });
    const code = fromCompiler(program.code());
    const text = listing(code)
      .replaceAll(/ at 0x[0-9a-f]+/g, '')
      .replaceAll(/frozenset\(\{(.*)\}\)/g, (_, items) => items.split(', ').sort().join(', '));
    const ours = createHash('sha1').update(text).digest('hex');
    if (ours === hash && allCode(code).length === Number(count)) {
      same++;
      objects += Number(count);
    } else different.push(path);
  }
  console.log(`${same} files, ${objects} code objects: identical listings; ${different.length} files differ`);
  for (const path of different.slice(0, 50)) console.log(`  ${path}`);
  process.exitCode = different.length > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}
