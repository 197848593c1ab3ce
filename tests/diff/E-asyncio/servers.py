"""An asyncio echo server and a thread-per-client socketserver: clients one after the other and at once.

    servers.py [SEQUENTIAL CONCURRENT]        1000 100 for the full size
"""
import asyncio
import gc
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


def everything(show):
    results = {
        'socketserver': serve(EchoServer(('127.0.0.1', 0), Echo), ask_echo),
        'asyncio': asyncio.run(asyncio_server()),
    }
    if show:
        print(results)
    gc.collect()
    return len(gc.get_objects()), getattr(sys, 'gettotalrefcount', int)()


# What is imported and cached at first stays.
everything(False)
before = everything(True)
after = everything(True)
print('objects back', abs(after[0] - before[0]) <= 5)
if before[1]:
    print('references', after[1] - before[1], file=sys.stderr)
print(threading.active_count())
