// Python on a page's main thread, in a headless Chromium: it sleeps, asks for input and runs threads while the page's own
// timer goes on. Without a browser the tests are skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { executablePath, noBrowser } from '../tools/browser.ts';

const PROGRAM = `
import threading, time
name = input('Name? ')
print('Hello,', name)
before = time.monotonic()
time.sleep(0.3)
print('slept', 0.29 < time.monotonic() - before < 1)
lock = threading.Lock()
counts = {}
def work(k):
    n = 0
    for i in range(60000):
        n += i % 7
    time.sleep(0.05 * k)
    with lock:
        counts[k] = n
threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(counts.items()))
age = int(input('Age? '))
print(name, 'is', age)
`;

/** Runs a program, types an answer 100 ms after each prompt, and watches a timer of the page's own. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Python</title><script type="module">
window.play = async (program, answers) => {
  let out = '';
  const stdout = text => {
    out += text;
    if (answers.length > 0 && out.endsWith('? ')) {
      const answer = answers.shift();
      setTimeout(() => python.type(answer), 100);
    }
  };
  window.sink = stdout;
  let worst = 0;
  let beats = 0;
  let expected = performance.now() + 10;
  let timer = setTimeout(function beat() {
    const now = performance.now();
    worst = Math.max(worst, now - expected);
    beats++;
    expected = now + 10;
    timer = setTimeout(beat, 10);
  }, 10);
  if (window.python === undefined) {
    const { startPython } = await import('./pyvarium.js');
    window.python = await startPython({ assets: './', stdout: t => sink(t), stderr: t => sink(t) });
  }
  const status = await python.run(program);
  clearTimeout(timer);
  return { out, status, worst, beats };
};
window.ready = true;
</script>`;

interface Played {
  out: string;
  status: number;
  worst: number;
  beats: number;
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html' };
const state = { server: null as http.Server | null, browser: null as Browser | null, page: null as Page | null };

function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
  const name = path.basename(request.url ?? '/');
  if (name === '') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    return;
  }
  const file = path.join('dist', 'browser', name);
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type }).end(fs.readFileSync(file));
}

before(async () => {
  if (noBrowser !== false) return;
  const made = spawnSync(process.execPath, ['scripts/build-browser.mjs'], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  const server = http.createServer(serve).listen(0, '127.0.0.1');
  state.server = server;
  await new Promise(resolve => server.once('listening', resolve));
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  state.browser = await chromium.launch({ executablePath: executablePath!, args, timeout: 120_000 });
  state.page = await state.browser.newPage();
  state.page.setDefaultTimeout(120_000);
  await state.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await state.page.waitForFunction('window.ready');
});

after(async () => {
  await state.browser?.close();
  state.server?.close();
});

function play(program: string, answers: string[] = []): Promise<Played> {
  return state.page!.evaluate(`play(${JSON.stringify(program)}, ${JSON.stringify(answers)})`) as Promise<Played>;
}

const TYPED = ['Ada\n', '36\n'];
const SHOWN = 'Name? Hello, Ada\nslept True\n[(0, 179994), (1, 179994), (2, 179994)]\nAge? Ada is 36\n';

function checkProgram(played: Played): void {
  assert.equal(played.out, SHOWN);
  assert.equal(played.status, 0);
  assert.ok(played.beats > 20);
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

/** The longest that the page's main thread computed without giving its timers a turn, in milliseconds. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const thread = (e: TraceEvent): string => `${e.pid} ${e.tid}`;
  const mains = new Set(traceEvents.filter(e => e.args.name === 'CrRendererMain').map(thread));
  const tasks = traceEvents.filter(e => e.name === 'ThreadControllerImpl::RunTask' && mains.has(thread(e)));
  assert.ok(tasks.length > 100);
  return Math.max(...tasks.map(e => e.tdur ?? 0)) / 1000;
}

// What delays the timer is the thread's own work, and other programs of the machine: here the first is measured, below both.
test('the page stays alive while Python starts and imports', { skip: noBrowser }, async () => {
  await state.browser!.startTracing(state.page!, { categories: ['toplevel'] });
  const played = await play(`import asyncio, dataclasses, json, re, typing\n${PROGRAM}`, [...TYPED]);
  const longest = longestTask(await state.browser!.stopTracing());
  checkProgram(played);
  console.log(`longest task ${longest.toFixed(0)} ms, timer late by ${played.worst.toFixed(0)} ms at worst`);
  assert.ok(longest <= 50, `a task took ${longest} ms`);
});

test('sleep, input and threads on the main thread, and the page stays alive', { skip: noBrowser }, async () => {
  const worst: number[] = [];
  // Other programs of the machine delay timers, too: one run of five has to be undisturbed.
  for (let i = 0; i < 5; i++) {
    const played = await play(PROGRAM, [...TYPED]);
    checkProgram(played);
    worst.push(Math.round(played.worst));
    if (played.worst <= 50) break;
  }
  console.log(`the timer's delay at worst, by run: ${worst.join(', ')} ms`);
  assert.ok(Math.min(...worst) <= 50, `late by ${worst} ms`);
});

test('errors are shown, and the next program runs', { skip: noBrowser }, async () => {
  const failed = await play('def f():\n    1 / 0\nf()\n');
  assert.equal(failed.status, 1);
  assert.match(
    failed.out,
    /^Traceback .*\n {2}File "<page>", line 3, in <module>\n[^]*ZeroDivisionError: division by zero\n$/,
  );
  assert.equal((await play('print(6 * 7)')).out, '42\n');
});

test('what cannot wait in a page says so', { skip: noBrowser }, async () => {
  const played = await play(
    'import time\ntry:\n    min([2, 1], key=lambda x: time.sleep(0.01))\nexcept RuntimeError as e:\n    print(e)',
  );
  assert.equal(played.out, 'cannot wait for time to pass inside a native call here\n');
});

test('asyncio and sockets in a page', { skip: noBrowser }, async () => {
  const played = await play(`
import asyncio
async def echo(reader, writer):
    writer.write((await reader.readline()).upper())
    await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 8000)
    reader, writer = await asyncio.open_connection('127.0.0.1', 8000)
    writer.write(b'hello\\n')
    await asyncio.sleep(0.05)
    print(await reader.readline())
    server.close()
asyncio.run(main())
`);
  assert.equal(played.out, "b'HELLO\\n'\n");
});

const DATABASE = `
import sqlite3
con = sqlite3.connect('x.db')
con.execute('CREATE TABLE t(a)')
con.executemany('INSERT INTO t VALUES (?)', [(i,) for i in range(10)])
con.create_function('half', 1, lambda x: x / 2)
con.commit()
con.close()
con = sqlite3.connect('x.db')
con.create_function('half', 1, lambda x: x / 2)
print(con.execute('SELECT sum(half(a)) FROM t').fetchone())
con.close()
`;

test('SQLite is fetched when it is imported, and keeps databases in the files of the page', {
  skip: noBrowser,
}, async () => {
  const played = await play(DATABASE);
  assert.equal(played.out, '(22.5,)\n');
});

test('readline keeps history in a page; input() is as without it', { skip: noBrowser }, async () => {
  const program = [
    'import readline',
    "readline.add_history('kept')",
    "readline.write_history_file('history')",
    'readline.clear_history()',
    "readline.read_history_file('history')",
    "print(input('Name? '), readline.get_history_item(1), readline.get_current_history_length())",
  ];
  const played = await play(program.join('\n'), ['Ada\n']);
  assert.equal(played.out, 'Name? Ada kept 1\n');
  assert.equal(played.status, 0);
});
