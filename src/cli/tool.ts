// tool.ts: `pyvarium TOOL ...`: finds out that a tool is asked for, and loads the tools, which start-up does without.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { load_bundle } from '../hosts/bundle.ts';
import type { Watcher } from './main.ts';
import { TOOL_NAMES } from './tools/names.ts';

/**
 * Whether the command line names a tool. A program of that name in the current folder comes first, as it does for `python3`: a
 * file, or a folder with `__main__.py`. `pyvarium tools NAME` means the tool all the same.
 */
export function asks_for_tool(args: readonly string[]): boolean {
  const name = args[0];
  if (name === undefined || (name !== 'tools' && !(TOOL_NAMES as readonly string[]).includes(name))) return false;
  const stats = fs.statSync(name, { throwIfNoEntry: false });
  return stats === undefined || (stats.isDirectory() && !fs.existsSync(path.join(name, '__main__.py')));
}

/** Runs a program of Python in this process, watched; the process ends with it. */
export type Launch = (args: readonly string[], watcher: Watcher) => void;
interface Tools {
  runTool(args: readonly string[], dist: string, launch: Launch): Promise<void>;
}

/** Runs the tool that the arguments begin with. */
export function run_tool(args: readonly string[], dist: string, launch: Launch): void {
  (load_bundle(path.join(dist, 'tools.cjs')) as Tools).runTool(args, dist, launch);
}
