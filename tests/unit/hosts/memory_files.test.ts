// The file system in memory answers as the one of the machine: the same calls on both, with their errors compared.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { errno_names } from '../../../src/core/errno.ts';
import { O_CREAT, O_WRONLY } from '../../../src/core/fcntl.ts';
import { HostError } from '../../../src/core/host.ts';
import { MemoryFiles } from '../../../src/hosts/memory_files.ts';

const streams = { write: (): void => {}, read: (): number => 0, readable: (): boolean => false };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

type Call =
  | readonly [op: 'mkdir' | 'rmdir' | 'unlink' | 'touch', path: string]
  | readonly [op: 'rename' | 'link', from: string, to: string];

const CALLS: readonly Call[] = [
  ['mkdir', 'a'],
  ['mkdir', 'a/b'],
  ['mkdir', 'a/b/c'],
  ['mkdir', 'a/'],
  ['mkdir', 'missing/b'],
  ['rename', 'a', 'a/b/c/d'],
  ['rename', 'a', 'a/b'],
  ['rename', 'a/.', 'x'],
  ['rename', 'a/b/..', 'x'],
  ['rename', 'missing', 'x'],
  ['rmdir', 'a/.'],
  ['rmdir', 'a/b/..'],
  ['rmdir', 'a'],
  ['rmdir', 'missing'],
  ['touch', 'f'],
  ['touch', 'a/g'],
  ['touch', 'f/under'],
  ['mkdir', 'f/under'],
  ['link', 'f', 'f2'],
  ['link', 'f', 'f2'],
  ['rename', 'f', 'f2'],
  ['rename', 'a/g', 'f2'],
  ['rename', 'f', 'a'],
  ['rename', 'a', 'f'],
  ['rename', 'a/b/c', 'a/b'],
  ['rename', 'a/b', 'a/b/c'],
  ['rename', 'a/b/c', 'e'],
  ['rename', 'e', 'a/b'],
  ['unlink', 'a'],
  ['unlink', 'missing'],
  ['rmdir', 'f'],
  ['unlink', 'f'],
  ['rmdir', 'a/b'],
  ['rmdir', 'a'],
];

const NAMES: ReadonlyMap<number, string> = new Map(errno_names().map(([name, errno]) => [errno, name]));

function errorOf(run: () => void): string {
  try {
    run();
    return 'done';
  } catch (e) {
    if (e instanceof HostError) return NAMES.get(e.errno) ?? String(e.errno);
    return (e as NodeJS.ErrnoException).code ?? String(e);
  }
}

test('calls end as on the machine', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'memory-files-'));
  try {
    const memory = new MemoryFiles(streams, () => 0n);
    memory.mkdir(bytes('/w'), 0o777);
    memory.chdir(bytes('/w'));
    for (const call of CALLS) {
      const [op, one, two = ''] = call;
      // Not path.join(), which would resolve dots.
      const [here, there] = [`${folder}/${one}`, `${folder}/${two}`];
      const real = errorOf(() => {
        if (op === 'touch') fs.closeSync(fs.openSync(here, 'w'));
        else if (op === 'rename') fs.renameSync(here, there);
        else if (op === 'link') fs.linkSync(here, there);
        else if (op === 'mkdir') fs.mkdirSync(here);
        else if (op === 'rmdir') fs.rmdirSync(here);
        else fs.unlinkSync(here);
      });
      const ours = errorOf(() => {
        if (op === 'touch') memory.close(memory.open(bytes(one), O_CREAT | O_WRONLY, 0o666));
        else if (op === 'rename') memory.rename(bytes(one), bytes(two));
        else if (op === 'link') memory.link(bytes(one), bytes(two));
        else if (op === 'mkdir') memory.mkdir(bytes(one), 0o777);
        else if (op === 'rmdir') memory.rmdir(bytes(one));
        else memory.unlink(bytes(one));
      });
      assert.equal(ours, real, call.join(' '));
      const names = memory
        .readdir(bytes('/w'))
        .map(({ name }) => new TextDecoder().decode(name))
        .sort();
      assert.deepEqual(names, fs.readdirSync(folder).sort(), `after ${call.join(' ')}`);
      for (const name of names) {
        const [mine, real] = [memory.lstat(bytes(name)), fs.lstatSync(path.join(folder, name))];
        if (!real.isDirectory()) assert.equal(mine.nlink, real.nlink, `links of ${name} after ${call.join(' ')}`);
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('modes go through the umask, and names are bytes', () => {
  const memory = new MemoryFiles(streams, () => 0n);
  memory.umask = 0o27;
  const name = Uint8Array.of(0xff, 0xfe);
  memory.close(memory.open(name, O_CREAT | O_WRONLY, 0o666));
  memory.mkdir(bytes('é'), 0o777);
  assert.equal(memory.stat(name).mode & 0o777, 0o640);
  assert.equal(memory.stat(bytes('é')).mode & 0o777, 0o750);
  assert.deepEqual(
    memory.readdir(bytes('/')).map(entry => entry.name),
    [name, bytes('é')],
  );
  memory.chdir(bytes('é'));
  assert.deepEqual(memory.cwd(), bytes('/é'));
});
