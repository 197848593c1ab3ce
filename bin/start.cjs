// start.cjs: starts Pyvarium without a snapshot, and makes snapshots for bin/pyvarium.
//
// dist/cli.cjs is loaded with the code that V8 compiled in an earlier run, if that fits this Node. A first run, which finds no
// such code, keeps it for the next ones when it ends. A run that the launcher could begin from no snapshot makes one when it
// ends. Both lie in dist/cache; an installation that cannot be written to does without.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, '..', 'dist');
const launcher = path.join(__dirname, 'pyvarium');

/** A bundle as a function of what a CommonJS module sees. */
function load(filename) {
  const vm = require('node:vm');
  let source;
  let stamp;
  try {
    source = fs.readFileSync(filename, 'latin1');
    stamp = Math.round(fs.statSync(filename).mtimeMs);
  } catch {
    process.stderr.write('pyvarium: there is no build; run `npm run build` first\n');
    process.exit(1);
  }
  // Text beyond ASCII would need decoding, which costs more than looking.
  const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const cache = path.join(dist, 'cache', `${path.basename(filename)}-${process.version}-${process.arch}-${stamp}`);
  let cachedData;
  try {
    cachedData = fs.readFileSync(cache);
  } catch {
    // a first run
  }
  const script = new vm.Script(wrapper, { filename, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end, when what start-up needs has been compiled.
    process.on('exit', () => {
      try {
        fs.mkdirSync(path.dirname(cache), { recursive: true });
        fs.writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
        fs.renameSync(`${cache}.${process.pid}`, cache);
      } catch {
        // an installation that cannot be written to
      }
    });
  }
  return script.runInThisContext();
}

/** Runs the command line: `options` are those of main() in src/cli/main.ts, with defaults. `renew`: the snapshot does not fit
 *  although it seems to. */
function start(options, renew = false) {
  const debug = process.env.PYVARIUM_DEBUG === '1';
  const node = process.argv0;
  if (!debug && !process.env.NODE_OPTIONS && (renew || isMissing(node))) process.on('exit', () => makeSnapshot(node));
  const module_ = { exports: {} };
  const program = load(path.join(dist, debug ? 'cli.debug.cjs' : 'cli.cjs'));
  program(module_.exports, require, module_, launcher, dist);
  module_.exports.main({ executable: launcher, dist, args: process.argv.slice(2), ...options });
}

/** The flags that bin/pyvarium gives to Node. */
function nodeFlags() {
  return /^flags='(.*)'$/m.exec(fs.readFileSync(launcher, 'utf8'))[1].split(' ');
}

/** The folder where bin/pyvarium looks for the snapshot of the Node that it finds under this name, or null if that is not the
 *  Node that runs: a name may lead to a script, say, that starts the one or the other. */
function snapshotFolder(node) {
  if (!path.isAbsolute(node) || fs.realpathSync(node) !== fs.realpathSync(process.execPath)) return null;
  return path.join(dist, 'cache', `start${node}`);
}

/** Size and number of the files that a snapshot belongs to, as bin/pyvarium compares them. */
function identity(node, snapshot) {
  const stats = [node, snapshot].map(file => fs.statSync(file, { bigint: true }));
  return stats.map(({ ino, size }) => `${ino} ${size}`).join(' ');
}

/** When a file was last changed, in milliseconds; 0 if there is none. */
function changed(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the last of the files was changed that a snapshot is made from, and that it must be newer than. */
function buildTime(node) {
  return Math.max(...[node, launcher, path.join(dist, 'cli.cjs'), path.join(dist, 'frozen.bin')].map(changed));
}

/** Whether the launcher, if it was that, looked for a snapshot in vain, and nobody has tried in vain to make one since. */
function isMissing(node) {
  try {
    const folder = snapshotFolder(node);
    if (folder === null) return false;
    const built = buildTime(node);
    if (changed(path.join(folder, 'failed')) > built) return false;
    const snapshot = path.join(folder, 'snapshot');
    if (changed(snapshot) <= built) return true;
    return fs.readFileSync(path.join(folder, 'stamp'), 'utf8').trim() !== identity(node, snapshot);
  } catch {
    return true;
  }
}

// The next two functions become scripts of their own. V8 compiles a function when it is first called, and a snapshot holds what
// is compiled by then: so one process rehearses a start and keeps V8's code, and the one whose heap is saved begins with that.

// The program runs long enough for the warm-up (src/runtime/warm_up.ts).
function rehearse({ source, code, launcher }, require) {
  const fs = require('node:fs');
  const vm = require('node:vm');
  const text = fs.readFileSync(source, 'latin1');
  const script = new vm.Script(`(function (exports, require, module) {${text}\n})`, { filename: source });
  const cli = { exports: {} };
  script.runInThisContext()(cli.exports, require, cli);
  process.on('exit', () => fs.writeFileSync(code, script.createCachedData()));
  cli.exports.rehearse_snapshot(source.slice(0, source.lastIndexOf('/')), launcher, ['-c', 'for i in range(5000): pass']);
}

function build({ source, code }, require) {
  const fs = require('node:fs');
  const vm = require('node:vm');
  const text = fs.readFileSync(source, 'latin1');
  const cachedData = fs.readFileSync(code);
  const cli = { exports: {} };
  new vm.Script(`(function (exports, require, module) {${text}\n})`, { filename: source, cachedData })
    .runInThisContext()(cli.exports, require, cli);
  cli.exports.build_snapshot(source.slice(0, source.lastIndexOf('/')));
}

/** Makes the snapshot for the Node of that name, unless somebody else is about it. Gives an error's text, or null. */
function makeSnapshot(node) {
  const { spawnSync } = require('node:child_process');
  const folder = snapshotFolder(node);
  if (folder === null) return `${node} is not the Node that runs`;
  const lock = path.join(folder, 'lock');
  try {
    fs.mkdirSync(folder, { recursive: true });
    if (fs.existsSync(lock) && Date.now() - fs.statSync(lock).mtimeMs > 60_000) fs.unlinkSync(lock);
    fs.closeSync(fs.openSync(lock, 'wx'));
  } catch (e) {
    return String(e.message);
  }
  const work = path.join(folder, 'work');
  const made = path.join(work, 'snapshot');
  const final = path.join(folder, 'snapshot');
  const stamp = path.join(folder, 'stamp');
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  const run = (...args) => {
    const settings = { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 };
    const done = spawnSync(process.execPath, [...nodeFlags(), '--no-warnings', ...args], settings);
    if (done.status !== 0) throw new Error(done.stderr || String(done.error ?? done.signal));
    return done.stdout;
  };
  try {
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work);
    const source = path.join(fs.realpathSync(dist), 'cli.cjs');
    const names = { source, code: path.join(work, 'code'), launcher };
    const write = main => {
      const file = path.join(work, `${main.name}.cjs`);
      fs.writeFileSync(file, `(${main})(${JSON.stringify(names)}, require);\n`);
      return file;
    };
    run(write(rehearse));
    run('--snapshot-blob', made, '--build-snapshot', write(build));
    // One that does not work here must not be left.
    const answer = run('--snapshot-blob', made, launcher, '-I', '-c', 'import sys; print(sys.flags.isolated)');
    if (answer !== '1\n') throw new Error(`the snapshot answers ${JSON.stringify(answer)}`);
    // Newer also for a shell that compares whole seconds.
    const time = Math.max(Date.now(), buildTime(node)) / 1000 + 1;
    fs.utimesSync(made, time, time);
    fs.rmSync(stamp, { force: true });
    fs.renameSync(made, final);
    fs.writeFileSync(path.join(work, 'stamp'), `${identity(node, final)}\n`);
    fs.renameSync(path.join(work, 'stamp'), stamp);
    return null;
  } catch (e) {
    const text = String(e?.message ?? e);
    try {
      fs.writeFileSync(path.join(folder, 'failed'), text);
    } catch {
      // The folder is gone: another build has begun.
    }
    return text;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
    fs.rmSync(lock, { force: true });
  }
}

module.exports = { start, load, makeSnapshot, nodeFlags, snapshotFolder };
