// record-versions.mjs: records from real interpreters what the tools know of each Python version.
//
//     node scripts/record-versions.mjs tables PYTHON...     writes src/tools/versions/tables.generated.ts
//     node scripts/record-versions.mjs listings PYTHON...   writes tests/golden/versions/listings-VERSION.br
//
// Each PYTHON is a CPython 3.6 or later; those of 3.6 to 3.15 made the files that are checked in
// (3.15.0rc1 from npm's pyodide 315.0.0-alpha.2, by a wrapper that runs a script in it: 32-bit, so without sets of several items). `listings` compiles the
// snippets of tests/golden/versions/sources.txt with each interpreter and keeps the .pyc and what its own dis shows.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

function python(executable, script, args = []) {
  const run = spawnSync(executable, ['-B', script, ...args], {
    maxBuffer: 1 << 30,
    env: { ...process.env, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8:surrogatepass' },
  });
  if (run.status !== 0) throw new Error(`${executable} ${script}: ${run.stderr}`);
  return run.stdout;
}

const byVersion = (a, b) => Number(a.version.split('.')[1]) - Number(b.version.split('.')[1]);

// ---- tables ---------------------------------------------------------------------------------------------------------

/** Samples of a stack effect by argument, as text: `n`, `a+b*` (linear), `even|odd`, or the samples. */
function effectText(samples) {
  if (samples.some(n => n === null)) {
    if (samples.every(n => n === null)) return '?';
    samples = samples.map(n => (n === null ? '?' : n));
    return samples.join(',').replace(/(,\?)+$/, '');
  }
  const [first, second = first] = samples;
  if (samples.every(n => n === first)) return `${first}`;
  if (samples.every((n, i) => n === first + (second - first) * i))
    return `${first}${second < first ? '-' : '+'}${Math.abs(second - first)}*`;
  if (samples.every((n, i) => n === (i % 2 === 0 ? first : second))) return `${first}|${second}`;
  return samples.join(',');
}

/** Ranges of `ranges` without those of `other`, both sorted and disjoint. */
function withoutRanges(ranges, other) {
  const drop = new Set();
  for (const [low, high] of other) for (let c = low; c <= high; c++) drop.add(c);
  const out = [];
  for (const [low, high] of ranges) {
    for (let c = low; c <= high; c++) {
      if (drop.has(c)) continue;
      const last = out.at(-1);
      if (last !== undefined && last[1] === c - 1) last[1] = c;
      else out.push([c, c]);
    }
  }
  return out;
}

const rangesText = ranges =>
  ranges.map(([low, high]) => (low === high ? low.toString(16) : `${low.toString(16)}-${high.toString(16)}`)).join(' ');

function recordTables(executables) {
  const tables = executables.map(e => JSON.parse(python(e, 'scripts/versions/opcode_tables.py'))).sort(byVersion);
  // Characters are compared with those of the Python that Pyvarium is.
  const own = tables.find(t => t.version === '3.14');
  const magics = Object.assign({}, ...tables.map(t => t.magics));
  for (const t of tables) magics[t.version] = [...new Set([...(magics[t.version] ?? []), t.magic])];
  const quote = text => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const list = items => `[${items.map(quote).join(', ')}]`;
  let out = `// Written by scripts/record-versions.mjs from the opcode and dis modules of real interpreters: record anew instead of editing.
import type { VersionTable } from './version.ts';

/** Lowest and highest magic number that each release line has used, pre-releases included. */
export const MAGIC_RANGES: readonly (readonly [version: string, lowest: number, highest: number])[] = [
`;
  const release = v => v.split('.').map(Number);
  for (const [version, numbers] of Object.entries(magics).sort(([a], [b]) => {
    const [x, y] = [release(a), release(b)];
    return x[0] - y[0] || x[1] - y[1];
  }))
    out += `  ['${version}', ${Math.min(...numbers)}, ${Math.max(...numbers)}],\n`;
  out += '];\n\n/** Oldest first. */\nexport const TABLES: readonly VersionTable[] = [\n';
  for (const t of tables) {
    const withArgument = new Set(t.hasarg);
    // Before 3.12 numbers decide which opcodes have an argument, so unused ones do too.
    const threshold = t.hasarg.length === 256 - t.hasarg[0];
    out += `  {
    version: '${t.version}',
    release: '${t.release}',
    magic: ${t.magic},
    argumentsFrom: ${threshold ? t.hasarg[0] : -1},
    opcodes: \`\n`;
    for (const [op, name, flags, [falling, jumping]] of t.opcodes) {
      const kinds = [...(withArgument.has(op) ? ['arg'] : []), ...flags];
      const effects = [effectText(falling), effectText(jumping)];
      out += `${op} ${name} ${kinds.join('.') || '-'} ${effects[0]}${effects[0] === effects[1] ? '' : `;${effects[1]}`}\n`;
    }
    out += '`,\n    specialized: `\n';
    for (const row of t.specialized) out += `${row.join(' ')}\n`;
    out += '`,\n    caches: `\n';
    for (const [name, parts] of Object.entries(t.caches))
      out += `${name} ${Object.entries(parts)
        .map(([part, size]) => `${part}:${size}`)
        .join(' ')}\n`;
    out += '`,\n';
    for (const [field, key] of [
      ['compareOperators', 'cmp_op'],
      ['binaryOperators', 'nb_ops'],
      ['intrinsics1', 'intrinsics_1'],
      ['intrinsics2', 'intrinsics_2'],
      ['commonConstants', 'common_constants'],
      ['specialMethods', 'special_methods'],
      ['functionFlags', 'function_flags'],
    ])
      out += `    ${field}: ${list(t[key])},\n`;
    out += `    codeFlags: [${t.code_flags.map(([bit, name]) => `[${bit}, '${name}']`).join(', ')}],
    unicode: '${t.unicode}',
    unprintable: '${rangesText(withoutRanges(t.unprintable, own.unprintable))}',
    printable: '${rangesText(withoutRanges(own.unprintable, t.unprintable))}',
  },\n`;
  }
  out += '];\n';
  writeFileSync('src/tools/versions/tables.generated.ts', out);
  console.log(`tables of ${tables.map(t => t.release).join(', ')}`);
}

// ---- listings -------------------------------------------------------------------------------------------------------

function recordListings(executables) {
  for (const executable of executables) {
    const archive = python(executable, 'scripts/versions/listings.py', ['tests/golden/versions/sources.txt']);
    const header = JSON.parse(archive.subarray(0, archive.indexOf(10)).toString());
    const file = `tests/golden/versions/listings-${header.version}.br`;
    const packed = brotliCompressSync(archive, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    });
    writeFileSync(file, packed);
    console.log(`${file}: ${header.cases.length} files of CPython ${header.release}, ${packed.length} bytes`);
  }
}

const [what, ...executables] = process.argv.slice(2);
if (what === 'tables' && executables.length > 0) recordTables(executables);
else if (what === 'listings' && executables.length > 0) recordListings(executables);
else {
  console.error('usage: node scripts/record-versions.mjs tables|listings PYTHON...');
  process.exitCode = 2;
}
