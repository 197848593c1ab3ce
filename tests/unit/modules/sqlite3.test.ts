// Database files between processes: what one writes another reads, locks, and the end of a process in the midst of writing.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

function run(program: string): string {
  const result = spawnSync('bin/pyvarium', ['-c', program], { encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

/** Starts a program, and waits until it has printed a line. */
async function start(program: string): Promise<ChildProcess> {
  const child = spawn('bin/pyvarium', ['-u', '-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise(resolve => child.stdout!.once('data', resolve));
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => child.once('exit', () => resolve()));
}

function in_folder(name: string, body: (path: string) => Promise<void> | void): void {
  test(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyvarium-sqlite3-'));
    try {
      await body(join(folder, 'x.db'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

const WRITE = `import sqlite3, sys
con = sqlite3.connect(PATH, timeout=0.05)
con.execute('CREATE TABLE IF NOT EXISTS t(a, b)')
`;

function writing(path: string, rest: string): string {
  return WRITE.replace('PATH', JSON.stringify(path)) + rest;
}

function reading(path: string, timeout = 0.05): string {
  return `import sqlite3
con = sqlite3.connect(${JSON.stringify(path)}, timeout=${timeout})
try:
    print(con.execute('SELECT count(*), sum(length(b)) FROM t').fetchone(), con.execute('PRAGMA integrity_check').fetchone())
except sqlite3.OperationalError as e:
    print(e)
`;
}

in_folder('a database is read by another process', path => {
  run(
    writing(path, "con.executemany('INSERT INTO t VALUES (?, ?)', [(i, 'ä' * i) for i in range(500)])\ncon.commit()"),
  );
  assert.equal(run(reading(path)), "(500, 124750) ('ok',)\n");
});

in_folder('a lock keeps other processes out while it is held', async path => {
  const holder = await start(
    writing(
      path,
      "con.isolation_level = None\ncon.execute('BEGIN EXCLUSIVE')\nprint('held')\nsys.stdin.read()\ncon.execute('COMMIT')",
    ),
  );
  assert.equal(run(reading(path)), 'database is locked\n');
  holder.stdin!.end();
  await ended(holder);
  assert.equal(run(reading(path)), "(0, None) ('ok',)\n");
});

in_folder('a process that has a write-ahead log keeps others out', async path => {
  const holder = await start(
    writing(
      path,
      "con.execute('PRAGMA journal_mode = WAL')\ncon.execute('INSERT INTO t VALUES (1, 1)')\ncon.commit()\nprint('held')\nsys.stdin.read()",
    ),
  );
  assert.equal(run(reading(path)), 'database is locked\n');
  holder.stdin!.end();
  await ended(holder);
  assert.equal(run(reading(path)), "(1, 1) ('ok',)\n");
});

in_folder('what a killed process has not committed is rolled back', async path => {
  run(writing(path, "con.execute('INSERT INTO t VALUES (1, 2)')\ncon.commit()"));
  const killed = await start(
    writing(
      path,
      "con.execute('PRAGMA cache_size = 1')\ncon.executemany('INSERT INTO t VALUES (?, ?)', [(i, 'x' * 1000) for i in range(1000)])\nprint('written')\nsys.stdin.read()",
    ),
  );
  killed.kill('SIGKILL');
  await ended(killed);
  assert.deepEqual(readdirSync(join(path, '..')).sort(), ['x.db', 'x.db-journal']);
  assert.equal(run(reading(path)), "(1, 1) ('ok',)\n");
  assert.equal(existsSync(`${path}-journal`), false);
});
