# asyncio: servers and clients on streams, threads, task groups, timeouts, in the order of the loop.
import asyncio
import threading
import time


async def handle(reader, writer):
    while line := await reader.readline():
        writer.write(line[::-1].strip() + b"\n")
        await writer.drain()
    writer.close()


async def client(port, k):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    out = []
    for i in range(3):
        writer.write(f"{k}{i}\n".encode())
        out.append(await reader.readline())
    writer.close()
    await writer.wait_closed()
    return out


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(await asyncio.gather(*(client(port, k) for k in range(4))))
    server.close()
    await server.wait_closed()
    start = time.monotonic()
    names = await asyncio.gather(*(asyncio.to_thread(lambda: time.sleep(0.05) or threading.current_thread().name[:7]) for _ in range(3)))
    print(names, time.monotonic() - start < 1)
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    event = asyncio.Event()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(event.set)).start()
    await event.wait()
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError:
        print("timeout")
    order = []
    async with asyncio.TaskGroup() as group:
        for k in range(3):
            group.create_task(step(order, k))
    print(order)


async def step(order, k):
    order.append(("begin", k))
    await asyncio.sleep(0)
    order.append(("end", k))


asyncio.run(main())
