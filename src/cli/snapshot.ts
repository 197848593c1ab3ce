// snapshot.ts: the command line begun from a start-up snapshot.
//
// `node --build-snapshot` evaluates the bundle and calls build_snapshot(); what is then in memory (the program compiled as far
// as it ran, the built-in types, an interpreter ready for its surroundings) becomes a file. A process that Node starts from
// that file begins in resume(). bin/pyvarium decides which snapshot fits; src/runtime/snapshot.ts says what is in it.
import * as fs from 'node:fs';
import * as module from 'node:module';
import * as path from 'node:path';
import * as v8 from 'node:v8';
import { NodeHost } from '../hosts/node.ts';
import { parse_command_line, type Start } from '../runtime/config.ts';
import { fits_snapshot, Py_InitializeFromSnapshot, prepare_snapshot } from '../runtime/snapshot.ts';
import { main_with } from './main.ts';

function start_of(args: readonly string[], dist: string): Start {
  const parsed = parse_command_line(args, {
    env: {},
    executable: '',
    base_executable: '',
    prefix: dist,
    exists: file => fs.existsSync(file),
  });
  if (parsed.kind !== 'run') throw new Error('no run');
  return parsed;
}

/** Called under `node --build-snapshot` by a script of bin/start.cjs. `dist` is an absolute path without links. */
export function build_snapshot(dist: string): void {
  prepare_snapshot(new NodeHost({ asset_dir: dist }), start_of(['-I', '-S'], dist).config);
  v8.startupSnapshot.setDeserializeMainFunction(resume, { dist });
}

/** What a snapshot's making and a process begun from it do, in one process: afterwards V8 has compiled what both need. */
export function rehearse_snapshot(dist: string, executable: string, args: readonly string[]): void {
  prepare_snapshot(new NodeHost({ asset_dir: dist }), start_of(['-I', '-S'], dist).config);
  main_with({ executable, dist, args }, () => Py_InitializeFromSnapshot);
}

/** The first that runs in a process begun from the snapshot: `node --snapshot-blob FILE bin/pyvarium ARGUMENTS`. */
function resume({ dist }: { dist: string }): void {
  const executable = fs.realpathSync(process.argv[1]!);
  const bin = path.dirname(executable);
  const link = process.env['PYVARIUM_EXECUTABLE'];
  const options = { executable, link, dist: path.join(path.dirname(bin), 'dist'), args: process.argv.slice(2) };
  main_with(options, start => {
    const moved = options.dist !== dist;
    if (!moved && fits_snapshot(start.config)) return Py_InitializeFromSnapshot;
    const plain = module.createRequire(executable)('./start.cjs') as { start(options: object, renew: boolean): void };
    plain.start(options, moved);
    return null;
  });
}
