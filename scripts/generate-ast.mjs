// generate-ast.mjs: writes src/parser/ast.generated.ts (a class per AST node) from src/parser/asdl.ts.
import { readFileSync, writeFileSync } from 'node:fs';

const table = readFileSync(new URL('../src/parser/asdl.ts', import.meta.url), 'utf8');
const rows = [...table.matchAll(/^ {2}\['(\w+)', '(\w*)', '([^']*)', (true|false)\],$/gm)].map(m => ({
  name: m[1],
  base: m[2],
  positions: m[4] === 'true',
  fields: m[3] === '' ? [] : m[3].split(', ').map(parseField),
}));

function parseField(text) {
  const [, type, mark, name] = /^(\w+)([?*]*) (\w+)$/.exec(text);
  return { type, optional: mark === '?', list: mark.endsWith('*'), nullable: mark === '?*', name };
}

const SCALARS = { identifier: 'string', string: 'string', int: 'number', constant: 'ConstantValue' };
// Sums without fields (operators and contexts) are plain strings: 'Add', 'Load'.
const sums = new Map();
for (const row of rows) if (row.base) sums.set(row.base, [...(sums.get(row.base) ?? []), row]);
const isEnum = base =>
  sums.has(base) && sums.get(base).every(r => r.fields.length === 0) && !sums.get(base)[0].positions;
// `arguments` cannot be the name of a class: it is arguments_ inside the file and exported under both names.
const classOf = name => (name === 'arguments' ? 'arguments_' : name);
const typeOf = f => {
  const base = SCALARS[f.type] ?? classOf(f.type);
  if (f.list) return f.nullable ? `(${base} | null)[]` : `${base}[]`;
  return f.optional ? `${base} | null` : base;
};

let out = `// Written by scripts/generate-ast.mjs from asdl.ts: change that table, not this file.
import type { Constant as ConstantValue } from './constants.ts';

`;
for (const [base, members] of sums) {
  out += `export type ${base} = ${members.map(m => (isEnum(base) ? `'${m.name}'` : m.name)).join(' | ')};\n`;
}
out += '\n';
const POSITIONS = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'];
for (const row of rows) {
  if (isEnum(row.base)) continue;
  const params = row.fields.map(f => [f.name, typeOf(f)]);
  if (row.positions) for (const p of POSITIONS) params.push([p, 'number']);
  // Declared fields emit nothing: each property is written once, by the constructor.
  out += `export class ${classOf(row.name)} {\n  declare readonly _type: '${row.name}';\n`;
  for (const [n, t] of params) out += `  declare ${n}: ${t};\n`;
  out += `  constructor(${params.map(([n, t]) => `${n}: ${t}`).join(', ')}) {\n`;
  out += `    this._type = '${row.name}';\n`;
  for (const [n] of params) out += `    this.${n} = ${n};\n`;
  out += '  }\n}\n\n';
}
out += 'export { arguments_ as arguments };\n\n';
const nodes = rows.filter(r => !isEnum(r.base)).map(r => classOf(r.name));
out += `/** Any AST node. */\nexport type AST = ${nodes.join(' | ')};\n`;
writeFileSync(new URL('../src/parser/ast.generated.ts', import.meta.url), out);
