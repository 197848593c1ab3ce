// bundle.ts: loads a part of the build output that start-up does without, as bin/start.cjs loads the rest.
import * as module from 'node:module';
import * as path from 'node:path';

type Wrapper = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

const loaded = new Map<string, unknown>();

/** What a bundle exports; it is loaded once, with the code that V8 kept of an earlier run. */
export function load_bundle(filename: string): unknown {
  let exports = loaded.get(filename);
  if (exports === undefined) {
    const require = module.createRequire(filename);
    const { load } = require('../bin/start.cjs') as { load(filename: string): Wrapper };
    const bundle = { exports: {} };
    load(filename)(bundle.exports, require, bundle, filename, path.dirname(filename));
    loaded.set(filename, (exports = bundle.exports));
  }
  return exports;
}
