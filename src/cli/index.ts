// index.ts: what the launcher calls of the bundle dist/cli.cjs.
export { main } from './main.ts';
export { build_snapshot, rehearse_snapshot } from './snapshot.ts';
