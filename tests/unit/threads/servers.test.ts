// Servers and their clients in one process: every answer is right, and the total of reference counts is back where it was.
// With SERVERS=full there are 1,000 clients one by one and 100 at once for each server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('http.server, socketserver and asyncio leave no reference behind', () => {
  const size = process.env.SERVERS === 'full' ? ['1000', '100'] : ['4', '4'];
  const args = ['bin/pyvarium', '-X', 'showrefcount', 'tests/diff/E-asyncio/servers.py', ...size];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: process.cwd() });
  const all = "{'http.server': (True, True), 'socketserver': (True, True), 'asyncio': (True, True)}\n";
  assert.equal(run.stdout, `${all}${all}objects back True\nreferences back True\n1\n`, run.stderr);
});
