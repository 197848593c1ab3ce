// generate-opcodes.mjs: writes src/opcode/opcodes.generated.ts (constants, look-up arrays, stack effects) from
// the tables src/opcode/opcodes.ts and src/opcode/operands.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const folder = new URL('../src/opcode/', import.meta.url);

function load(name) {
  const entry = fileURLToPath(new URL(name, folder));
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const table = await load('opcodes.ts');
const operands = await load('operands.ts');

/** `values[oparg - 1], top` as { constant, factor }: constant + an expression of oparg, or null. */
function count(side) {
  let constant = 0;
  const terms = [];
  for (const item of side
    .split(',')
    .map(s => s.trim())
    .filter(Boolean)) {
    const size = /\[(.+)\]$/.exec(item)?.[1];
    if (size === undefined) constant++;
    else if (/^\d+$/.test(size)) constant += Number(size);
    else terms.push(size);
  }
  return { constant, terms };
}

const expression = ({ constant, terms }) =>
  terms.length === 0 ? `${constant}` : [...(constant ? [constant] : []), ...terms.map(t => `(${t})`)].join(' + ');

const ops = new Map();
for (const [number, name, stack, caches, flags] of table.OPCODES) ops.set(name, { number, name, stack, caches, flags });
for (const [number, name, parent, flags] of table.SPECIALIZED) {
  const general = ops.get(parent);
  ops.set(name, { number, name, stack: general.stack, caches: general.caches, flags, deopt: general.number });
}
for (const [number, name, base, flags, stack] of table.INSTRUMENTED) {
  const general = ops.get(base);
  ops.set(name, { number, name, stack: stack || general?.stack || '--', caches: general?.caches ?? 0, flags });
}
for (const [number, name, stack, flags] of table.PSEUDO) ops.set(name, { number, name, stack, caches: 0, flags });
const all = [...ops.values()].sort((a, b) => a.number - b.number);
const limit = all.at(-1).number + 1;
const byNumber = Array(limit).fill(null);
for (const op of all) byNumber[op.number] = op;

const wrap = items => {
  const lines = [];
  let line = ' ';
  for (const item of items) {
    if (line.length + item.length + 2 > 118) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${item},`;
  }
  return [...lines, line].join('\n');
};
const array = (name, doc, type, items) =>
  `/** ${doc} */\nexport const ${name}: readonly ${type}[] = [\n${wrap(items)}\n];\n\n`;

let out = `// Written by scripts/generate-opcodes.mjs from opcodes.ts and operands.ts: change those tables, not this file.

`;
for (const op of all) out += `export const ${op.name} = ${op.number};\n`;
out += '\n';
operands.NB_OPS.forEach(([name], i) => {
  out += `export const ${name} = ${i};\n`;
});
for (const list of [operands.INTRINSICS_1, operands.INTRINSICS_2]) {
  list.forEach((name, i) => {
    out += `export const ${name} = ${i};\n`;
  });
}
for (const list of [operands.COMMON_CONSTANTS, operands.SPECIAL_METHODS]) {
  list.forEach(([name], i) => {
    out += `export const ${name} = ${i};\n`;
  });
}
out += '\n';
table.FLAG_NAMES.forEach((name, i) => {
  out += `export const HAS_${name.toUpperCase()} = 0x${(1 << i).toString(16)};\n`;
});
const bits = flags =>
  flags
    .split(' ')
    .filter(Boolean)
    .reduce((sum, flag) => sum | (1 << table.FLAG_NAMES.indexOf(flag)), 0);
out += `\n/** Numbers below this one are instructions that a code object may hold; from it on they are pseudo-instructions. */\nexport const MIN_PSEUDO_OPCODE = 256;\n\n`;
out += array(
  'OPCODE_NAMES',
  'Name by number; an empty string where there is no instruction.',
  'string',
  byNumber.map(op => `'${op?.name ?? ''}'`),
);
out += array(
  'OPCODE_FLAGS',
  'HAS_* bits by number.',
  'number',
  byNumber.map(op => `${op ? bits(op.flags) : 0}`),
);
out += array(
  'OPCODE_CACHES',
  'Inline cache units by number.',
  'number',
  byNumber.map(op => `${op?.caches ?? 0}`),
);
out += array(
  'OPCODE_DEOPT',
  'The general instruction of a specialised one, else the instruction itself.',
  'number',
  byNumber.slice(0, 256).map((op, i) => `${op?.deopt ?? i}`),
);

for (const [fn, side, doc] of [
  ['numPopped', 0, 'Items an instruction takes from the stack; -1 for an unknown number.'],
  ['numPushed', 1, 'Items an instruction leaves on the stack in their place; -1 for an unknown number.'],
]) {
  const groups = new Map();
  const fixed = Array(limit).fill('-1');
  for (const op of all) {
    const counted = count(op.stack.split('--')[side]);
    const text = expression(counted);
    if (counted.terms.length === 0) fixed[op.number] = text;
    else {
      fixed[op.number] = '-2';
      groups.set(text, [...(groups.get(text) ?? []), op]);
    }
  }
  const list = `${fn === 'numPopped' ? 'POPPED' : 'PUSHED'}`;
  out += array(list, `${doc} -2: depends on the oparg.`, 'number', fixed);
  out += `/** ${doc} CPython: Include/internal/pycore_opcode_metadata.h */\nexport function ${fn}(opcode: number, oparg: number): number {\n`;
  out += `  const fixed = ${list}[opcode];\n  if (fixed === undefined) return -1;\n  if (fixed !== -2) return fixed;\n  switch (opcode) {\n`;
  for (const [text, members] of groups) {
    for (const op of members) out += `    case ${op.number}: // ${op.name}\n`;
    out += `      return ${text};\n`;
  }
  out += `    default:\n      return -1;\n  }\n}\n\n`;
}
out = `${out.trimEnd()}\n`;
const target = new URL('opcodes.generated.ts', folder);
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== out) {
    console.error('src/opcode/opcodes.generated.ts is stale: run node scripts/generate-opcodes.mjs');
    process.exit(1);
  }
} else writeFileSync(target, out);
