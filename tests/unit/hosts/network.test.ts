// Python's sockets with this process at the other end: what Node's clients get from Python's servers, and the other way around.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as net from 'node:net';
import { test } from 'node:test';

function python(code: string): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['bin/pyvarium', '-c', code], { cwd: process.cwd() });
  child.stderr.on('data', data => process.stderr.write(data));
  return child;
}

async function first_line(child: ChildProcessWithoutNullStreams): Promise<string> {
  let text = '';
  for await (const data of child.stdout) {
    text += data;
    if (text.includes('\n')) break;
  }
  return text.trim();
}

async function output(child: ChildProcessWithoutNullStreams): Promise<string> {
  let text = '';
  child.stdout.on('data', data => {
    text += data;
  });
  const [code] = await once(child, 'close');
  return `${text}${code}`;
}

/** What a server says to somebody who sends that and no more. */
async function exchange(port: number, data: Buffer): Promise<Buffer> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.end(data);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('http.server answers 40 clients at once, and a program that listens still ends', async () => {
  const server = python(`
import http.server, threading
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode() * 50)
    def log_message(self, *args): pass
s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
threading.Thread(target=s.serve_forever, daemon=True).start()
print(s.server_port, flush=True)
input()
`);
  const port = Number(await first_line(server));
  const asked = Array.from({ length: 40 }, async (_, i) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${i}`);
    assert.equal(await answer.text(), `/${i}`.repeat(50));
  });
  await Promise.all(asked);
  server.stdin.end('\n');
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
});

test('an asyncio server gives each of 20 clients its bytes back', async () => {
  const server = python(`
import asyncio
left = 20
async def main():
    done = asyncio.Event()
    async def echo(reader, writer):
        global left
        while data := await reader.read(10000):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
        left -= 1
        if left == 0: done.set()
    async with await asyncio.start_server(echo, '127.0.0.1', 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await done.wait()
asyncio.run(main())
`);
  const port = Number(await first_line(server));
  const clients = Array.from({ length: 20 }, async (_, i) => {
    const data = Buffer.alloc(100_000 + i, i);
    assert.ok((await exchange(port, data)).equals(data));
  });
  await Promise.all(clients);
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
});

test('a thread that waits for a server does not hold up the others, and what was sent last arrives', async () => {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const child = python(`
import socket, threading
s = socket.create_connection(('127.0.0.1', ${port}))
got = []
turns = [0, 0]
done = threading.Event()
def count():
    while not done.wait(0.01): turns[len(got)] += 1
t = threading.Thread(target=count)
t.start()
got.append(s.recv(1))
b = s.recv(1)
done.set()
t.join()
print(got, b, min(turns) > 2)
s.sendall(bytes(2_000_000))
`);
  const printed = output(child);
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  server.close();
  // The bytes come late, one by one.
  setTimeout(() => socket.write('a'), 200);
  setTimeout(() => socket.write('b'), 400);
  let n = 0;
  for await (const data of socket) n += (data as Buffer).length;
  assert.equal(n, 2_000_000);
  assert.equal(await printed, "[b'a'] b'b' True\n0");
});
