// V8 never optimises a function above 61,440 bytes of its bytecode: the eval loops must stay below.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('the eval loop is small enough for V8 to optimise', () => {
  const run = spawnSync(
    process.execPath,
    ['--print-bytecode', '--print-bytecode-filter=eval_loop', 'bin/pyvarium', '-S', '-c', 'pass'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const sizes = [...run.stdout.matchAll(/^Bytecode length: (\d+)$/gm)].map(m => Number(m[1]));
  assert.ok(sizes.length > 0, 'V8 printed no bytecode of eval_loop');
  for (const size of sizes) assert.ok(size < 61440, `${size} bytes`);
});
