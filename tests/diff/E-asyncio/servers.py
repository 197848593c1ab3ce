"""http.server, a thread-per-client socketserver and an asyncio echo server: clients one after the other and at once.

    pyvarium -X showrefcount servers.py [SEQUENTIAL CONCURRENT]        1000 100 for the full size
"""
import asyncio
import gc
import http.client
import http.server
import socket
import socketserver
import sys
import threading

SEQUENTIAL, CONCURRENT = map(int, sys.argv[1:]) if len(sys.argv) > 2 else (8, 6)


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(100):
            self.request.sendall(data.upper())


class EchoServer(socketserver.ThreadingTCPServer):
    daemon_threads = False
    request_queue_size = 128


def ask_echo(address, i):
    with socket.create_connection(address, timeout=60) as s:
        ok = True
        for word in (f'a{i}\n', f'b{i}\n'):
            s.sendall(word.encode())
            got = b''
            while not got.endswith(b'\n'):
                got += s.recv(100)
            ok = ok and got == word.upper().encode()
        return ok


class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(self.path)

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers['Content-Length'])).decode())

    def answer(self, text):
        body = text.upper().encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class WebServer(http.server.ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128


def ask_web(address, i):
    connection = http.client.HTTPConnection(*address, timeout=60)
    try:
        connection.request('GET', f'/a{i}')
        got = connection.getresponse().read()
        connection.request('POST', '/', body=f'b{i}'.encode())
        return got == f'/A{i}'.encode() and connection.getresponse().read() == f'B{i}'.encode()
    finally:
        connection.close()


def clients(ask, address):
    one_by_one = sum(ask(address, i) for i in range(SEQUENTIAL))
    answers = []
    threads = [threading.Thread(target=lambda i=i: answers.append(ask(address, i))) for i in range(CONCURRENT)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return one_by_one == SEQUENTIAL, sum(answers) == CONCURRENT


def serve(server, ask):
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        result = clients(ask, server.server_address)
        server.shutdown()
        thread.join()
    return result


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def asyncio_client(address, i):
    reader, writer = await asyncio.open_connection(*address)
    ok = True
    for word in (f'a{i}\n', f'b{i}\n'):
        writer.write(word.encode())
        ok = ok and await reader.readline() == word.upper().encode()
    writer.close()
    await writer.wait_closed()
    return ok


async def asyncio_server():
    server = await asyncio.start_server(echo, '127.0.0.1', 0, backlog=128)
    async with server:
        address = server.sockets[0].getsockname()
        one_by_one = [await asyncio_client(address, i) for i in range(SEQUENTIAL)]
        at_once = await asyncio.gather(*(asyncio_client(address, i) for i in range(CONCURRENT)))
    return all(one_by_one), all(at_once)


def everything(sequential, concurrent, show):
    global SEQUENTIAL, CONCURRENT
    SEQUENTIAL, CONCURRENT = sequential, concurrent
    results = {
        'http.server': serve(WebServer(('127.0.0.1', 0), Web), ask_web),
        'socketserver': serve(EchoServer(('127.0.0.1', 0), Echo), ask_echo),
        'asyncio': asyncio.run(asyncio_server()),
    }
    if show:
        print(results)
    gc.collect()
    return len(gc.get_objects()), getattr(sys, 'gettotalrefcount', int)()


FULL = SEQUENTIAL, CONCURRENT
counts = [None, None]
# What is imported and cached at first stays, and so do the counts themselves.
for i in (0, 1, 0, 1):
    counts[i] = everything(2, 2, False)
for i in (0, 1):
    counts[i] = everything(*FULL, True)
before, after = counts
print('objects back', abs(after[0] - before[0]) <= 5)
# Known to a debug build of CPython, and here with -X showrefcount.
print('references back', before[1] == after[1])
print(threading.active_count())
