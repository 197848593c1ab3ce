// record-imports.mjs: writes tests/unit/modules/native_imports.json: the names of CPython's library, and those that it cannot import.
//
//     node scripts/record-imports.mjs PYTHON        PYTHON: a native CPython 3.14.10
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const PROGRAM = `
import importlib, json, sys
missing = []
# Not those that print or open a browser.
for name in sorted(sys.stdlib_module_names - {'antigravity', 'this'}):
    try:
        importlib.import_module(name)
    except ImportError:
        missing.append(name)
print(json.dumps({'version': sys.version.split()[0], 'names': sorted(sys.stdlib_module_names), 'missing': missing}))
`;

const out = execFileSync(process.argv[2], ['-W', 'ignore', '-c', PROGRAM], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const recorded = JSON.parse(out);
const { version, names, missing } = recorded;
if (version !== '3.14.10') throw new Error(`the record is of CPython 3.14.10, this is ${version}`);
writeFileSync(
  'tests/unit/modules/native_imports.json',
  `${JSON.stringify({ recorded: `scripts/record-imports.mjs, CPython ${version}`, names, missing }, null, 1)}\n`,
);
