// Compiled code of the eval loop is thrown away when it gets to an operation that V8 never saw executed: docs/adr/0003.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** Starts Pyvarium under V8's coverage of blocks; prints those of eval_loop that have not run at the end. */
const COVERAGE = `
const { Session } = require('node:inspector');
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
process.on('exit', () => session.post('Profiler.takePreciseCoverage', (_, { result }) => {
  const script = result.find(s => s.url.endsWith('cli.cjs'));
  const text = require('node:fs').readFileSync(script.url.replace('file://', ''), 'latin1');
  const loop = script.functions.find(f => f.functionName === 'eval_loop');
  const missed = loop.ranges.filter(r => r.count === 0).map(r => text.slice(r.startOffset, r.endOffset));
  process.stdout.write(JSON.stringify({ ranges: loop.ranges.length, missed }));
}));
require('./dist/cli.cjs').main({ executable: 'bin/pyvarium', dist: process.cwd() + '/dist', args: ['-S', '-c', 'for i in range(5000): pass'] });
`;

/** What may stay: jumps, numbers, and errors. */
const HARMLESS = /^(break \w+;|continue( \w+)?;|:(\d|null)|\w+=\w+;break \w+\}?|case \d+:|\?\d|&&\(.*raise_unbound.*|return outcome.*|return decref.*|\?GEN_.*)$/s;

test('the warm-up runs every block of the eval loop that V8 needs to know', () => {
  const run = spawnSync(process.execPath, ['--stack-size=3900', '-e', COVERAGE], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const { ranges, missed } = JSON.parse(run.stdout) as { ranges: number; missed: string[] };
  assert.ok(ranges > 50, `only ${ranges} blocks are counted`);
  // Indexes below zero of instructions whose index is a small constant.
  const unseen = missed.filter(text => !HARMLESS.test(text.trim()) && !/^\?\w\+\w$/.test(text.trim()));
  assert.deepEqual(unseen, []);
});
