// V8's time to optimise the eval loop grows with its bytecode, and programs run slowly until then: docs/adr/0003.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const MOST = 24_000;

test('the eval loop is small enough for V8 to optimise soon', () => {
  const start = "require('./dist/cli.cjs').main({ executable: 'bin/pyvarium', dist: `${process.cwd()}/dist`, args: ['-S', '-c', 'pass'] })";
  const run = spawnSync(process.execPath, ['--print-bytecode', '--print-bytecode-filter=eval_loop', '-e', start], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const sizes = [...run.stdout.matchAll(/^Bytecode length: (\d+)$/gm)].map(m => Number(m[1]));
  assert.ok(sizes.length > 0, 'V8 printed no bytecode of eval_loop');
  for (const size of sizes) assert.ok(size <= MOST, `${size} bytes`);
  assert.match(run.stdout, /SwitchOnSmi/, 'the switch is no jump table');
});
