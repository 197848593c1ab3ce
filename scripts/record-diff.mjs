// record-diff.mjs: writes FILE.out beside the programs of tests/diff, from what a native CPython 3.14.10 makes of them.
//
//     node scripts/record-diff.mjs PYTHON [WORD ...]      only programs whose path contains one of the words
//
// Records are kept unless they are missing or a word names them. Look at what changed before committing it.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffCases, runCase } from './diff-case.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [python, ...words] = process.argv.slice(2);
if (python === undefined) {
  console.error('usage: node scripts/record-diff.mjs PYTHON [WORD ...]');
  process.exit(2);
}
const version = execFileSync(python, ['-V'], { encoding: 'utf8' }).trim();
if (version !== 'Python 3.14.10') {
  console.error(`the records are of CPython 3.14.10, this is ${version}`);
  process.exit(2);
}
for (const file of diffCases()) {
  const record = join(root, `${file}.out`);
  if (words.length > 0 ? !words.some(word => file.includes(word)) : existsSync(record)) continue;
  const first = await runCase(python, file);
  if (first !== (await runCase(python, file))) console.log(`${file}: differs from run to run`);
  writeFileSync(record, first);
  console.log(file);
}
writeFileSync(join(root, 'tests/diff/VERSION'), '3.14.10\n');
