// compile.ts: compiles every module of a folder twice and prints the rates; bench/run.mjs --compile runs it.
//
// Reading the files is not part of what is timed. Modules that are not valid Python (test data) count as failed, and their
// bytes count as nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAst } from '../src/compiler/compile.ts';
import { lookup_name } from '../src/objects/unicode_data/names.ts';
import { parse } from '../src/parser/parser.ts';

const hooks = {
  decode: (bytes: Uint8Array, encoding: string) =>
    new TextDecoder(/^latin/.test(encoding) ? 'latin1' : encoding, { fatal: true }).decode(bytes),
  unicodeName: (name: string) => {
    const points = lookup_name(name, false);
    return points === null || points.length !== 1 ? -1 : points[0]!;
  },
};

const folder = process.argv[2]!;
const sources = (readdirSync(folder, { recursive: true }) as string[])
  .filter(name => name.endsWith('.py'))
  .sort()
  .map(name => ({ name, data: readFileSync(join(folder, name)) }));

/** Compiles all of them once: megabytes a second, and what did not compile. */
function pass(): { rate: number; bytes: number; failed: number } {
  let bytes = 0;
  let failed = 0;
  let spent = 0;
  for (const { name, data } of sources) {
    const started = performance.now();
    try {
      compileAst(parse(data, name, 'exec', hooks), name, { optimize: 0 });
      bytes += data.length;
      spent += performance.now() - started;
    } catch {
      failed++;
    }
  }
  return { rate: bytes / spent / 1000, bytes, failed };
}

const first = pass();
const second = pass();
const { bytes, failed } = first;
process.stdout.write(JSON.stringify({ files: sources.length, bytes, failed, cold: first.rate, warm: second.rate }));
