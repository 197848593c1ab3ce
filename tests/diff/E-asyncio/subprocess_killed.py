"""A program with an open pipe is killed: every pipe's end is told, also that of the one that is written to. Threads that wait
for a child or for a pipe suspend."""
import asyncio
import os
import subprocess
import sys
import threading


class Protocol(asyncio.SubprocessProtocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.lost = set()

    def pipe_connection_lost(self, fd, exc):
        self.lost.add(fd)

    def connection_lost(self, exc):
        self.done.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    for delay in (0, 0, 0.2):
        transport, protocol = await loop.subprocess_exec(Protocol, 'sleep', '60')
        await asyncio.sleep(delay)
        transport.kill()
        await asyncio.wait_for(protocol.done, 20)
        print(transport.get_returncode(), sorted(protocol.lost))
        transport.close()


asyncio.run(main())

# A reader in a sort key (the main thread's native call) needs two threads that wait.
child = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
r, w = os.pipe()
got = []


def wait_for_child():
    got.append(os.waitpid(child.pid, 0)[1])
    os.write(w, b'x')


def wait_for_pipe():
    got.append(os.read(r, 1))


threads = [threading.Thread(target=f) for f in (wait_for_pipe, wait_for_child)]


def key(x):
    if x == 0:
        for t in threads:
            t.start()
        child.stdin.close()
        for t in threads:
            t.join()
    return x


print(sorted([1, 0], key=key), got)
child.returncode = 0
child.stdout.close()
