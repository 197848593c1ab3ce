// compatibility.mjs: writes docs/compatibility.md from results of CPython's own tests.
//
//     npm run conformance -- PYTHON --list conformance/stdlib.txt --out RESULTS.json
//     node scripts/compatibility.mjs RESULTS.json ...
//
// Modules that the results do not hold keep the rows they have. Module by module: how many of the tests that native CPython passes pass here, and what keeps the others from it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/compatibility.md`;
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node scripts/compatibility.mjs RESULTS.json ...');
  process.exit(2);
}

/** Reasons that differ by a name or a number only are one. */
function kind(reason) {
  return reason
    .replace(/ : .*| - .*$/, '')
    .replace(/0x[0-9a-f]+|\b\d+(\.\d+)?\b/g, 'N')
    .replace(/(\/[\w.-]+)+/g, 'PATH')
    .replaceAll('|', '\\|')
    .slice(0, 90);
}

const modules = new Map();
for (const [row, name, base, pass] of readFileSync(page, 'utf8').matchAll(/^\| `(test_\S+)` \| (\d+) \| (\d+) \| .*$/gm)) {
  modules.set(name, { base: Number(base), pass: Number(pass), row });
}
for (const file of files) {
  const run = spawnSync(process.execPath, [`${root}conformance/run.mjs`, '--from', file, '--failures'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.stdout === '') {
    console.error(`compatibility: ${file}: ${run.stderr}`);
    process.exit(1);
  }
  for (const line of run.stdout.split('\n')) {
    const row = /^(test_\S+)\s+(\d+)\s+(\d+)\s/.exec(line);
    if (row !== null) modules.set(row[1], { base: Number(row[2]), pass: Number(row[3]), reasons: new Map() });
    const bad = /^ {2}(fail|error|crash|timeout|skip|miss\S*)\s+(test_\S+) .*?(?: {2}-- (.*))?$/.exec(line);
    if (bad === null) continue;
    const { reasons } = modules.get(bad[2]);
    const why = bad[3] === undefined ? bad[1] : kind(bad[3]);
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
}

const rows = [...modules].filter(([, m]) => m.base > 0).sort(([a], [b]) => (a < b ? -1 : 1));
const total = { base: 0, pass: 0 };
for (const [, m] of rows) {
  total.base += m.base;
  total.pass += m.pass;
}
const share = m => (m.base === 0 ? '–' : `${Math.floor((1000 * m.pass) / m.base) / 10} %`);
const lines = rows.map(([name, m]) => {
  if (m.row !== undefined) return m.row;
  const why = [...m.reasons]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([text, n]) => `${n} × ${text}`);
  return `| \`${name}\` | ${m.base} | ${m.pass} | ${share(m)} | ${why.join('; ')} |`;
});
writeFileSync(
  page,
  `# Compatibility: CPython's own tests, module by module

Written by \`scripts/compatibility.mjs\` from results of \`npm run conformance\`; not to be edited. "Tests" are those that
native CPython 3.14.10 passes. What cannot be imported at all: docs/modules.md.

${rows.length} modules, ${total.base} tests, ${total.pass} pass (${share(total)}).

| module | tests | pass | | most frequent reasons why not |
| --- | --: | --: | --: | --- |
${lines.join('\n')}
`,
);
console.log(`docs/compatibility.md: ${rows.length} modules, ${total.pass} of ${total.base} tests pass`);
