// diff-case.mjs: a program of tests/diff, run by some Python, and what came of it as one text.
//
// The text is the standard output, then, each after a line of its own, the errors (`--- stderr`) and the exit code
// (`--- exit CODE`) where there are any. Places that differ by machine are cut to `<dir>` (the program's folder),
// `<lib>` (the standard library) and `0x...` (addresses).
// A first line `# args: ...` gives arguments, `# options: ...` options for the interpreter, `# stdin: ...` a line of input.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT_MS = 60_000;

/** Programs of tests/diff. Files and folders whose name starts with `_` belong to another one's program. */
export function diffCases() {
  const folder = join(root, 'tests', 'diff');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.py') && !name.split(/[\\/]/).some(part => part.startsWith('_')))
    .map(name => join('tests', 'diff', name))
    .sort();
}

function directives(file) {
  const found = { args: [], options: [], stdin: '' };
  for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
    const match = /^# (args|options|stdin): (.*)$/.exec(line);
    if (match === null) {
      if (!line.startsWith('#')) break;
    } else if (match[1] === 'stdin') found.stdin += `${match[2].replaceAll('\\n', '\n')}\n`;
    else found[match[1]].push(...match[2].split(' ').filter(word => word !== ''));
  }
  return found;
}

/** Runs the program in its own folder. */
export function runCase(python, file, env = {}) {
  const { args, options, stdin } = directives(file);
  const folder = resolve(root, dirname(file));
  return new Promise(done => {
    const child = spawn(python, [...options, basename(file), ...args], {
      cwd: folder,
      env: {
        ...process.env,
        PYTHONHASHSEED: '0',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONIOENCODING: 'utf-8',
        NO_COLOR: '1',
        TZ: 'UTC',
        COLUMNS: '80',
        ...env,
      },
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const out = [];
    const err = [];
    child.stdout.on('data', data => out.push(data));
    child.stderr.on('data', data => err.push(data));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('error', error => done(`cannot start: ${error.message}\n`));
    child.on('close', (code, signal) => {
      let text = Buffer.concat(out).toString('utf8');
      const errors = Buffer.concat(err).toString('utf8');
      if (errors !== '') text += `--- stderr\n${errors}`;
      if (code !== 0) text += `--- exit ${code ?? signal}\n`;
      done(
        text
          .replaceAll(folder, '<dir>')
          .replace(/(["' (])[^"' (\n]*\/lib\/python3\.14\//g, '$1<lib>/')
          .replace(/\b0x[0-9a-f]{6,}\b/g, '0x...'),
      );
    });
  });
}
