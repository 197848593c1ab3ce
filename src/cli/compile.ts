// compile.ts: `pyvarium compile PATH... --out DIR [-O LEVEL]`: .pyc files without running anything.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compileTree, type TreeFiles } from '../compiler/compile_tree.ts';
import { decode, unicodeName } from './tools/decode.ts';

const USAGE = 'usage: pyvarium compile PATH... --out DIR [-O LEVEL]\n';

const files: TreeFiles = {
  isDirectory: name => fs.statSync(name).isDirectory(),
  list: name => fs.readdirSync(name).sort(),
  read: name => fs.readFileSync(name),
  mtime: name => Math.floor(fs.statSync(name).mtimeMs / 1000),
  write(name, data) {
    fs.mkdirSync(path.dirname(name), { recursive: true });
    fs.writeFileSync(name, data);
  },
};

/** Runs the command; its exit status: 0, 1 if something did not compile, 2 for a wrong command line. */
export function compile_command(args: readonly string[]): number {
  const paths: string[] = [];
  let out: string | undefined;
  let level = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--out') out = args[++i];
    else if (arg.startsWith('--out=')) out = arg.slice(6);
    else if (arg === '-O') level = Number(args[++i]);
    else if (/^-O\d$/.test(arg)) level = Number(arg.slice(2));
    else if (arg === '-h' || arg === '--help') {
      process.stdout.write(USAGE);
      return 0;
    } else if (arg.startsWith('-')) {
      process.stderr.write(`Unknown option: ${arg}\n${USAGE}`);
      return 2;
    } else paths.push(arg.replace(/(?<=.)\/+$/, ''));
  }
  if (paths.length === 0 || out === undefined || (level !== 0 && level !== 1 && level !== 2)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const missing = paths.filter(name => !fs.existsSync(name));
  for (const name of missing) process.stderr.write(`${name}: no such file or directory\n`);
  const { compiled, failures } = compileTree(
    paths.filter(name => !missing.includes(name)),
    out,
    files,
    {
      optimize: level,
      parse: { unicodeName, decode },
      warn(category, message, filename, lineno) {
        process.stderr.write(`${filename}:${lineno}: ${category}: ${message}\n`);
        return false;
      },
      failed: ({ path: name, message }) => process.stderr.write(`${name}: ${message}\n`),
    },
  );
  process.stdout.write(`${compiled} compiled, ${failures.length} failed\n`);
  return failures.length > 0 || missing.length > 0 ? 1 : 0;
}
