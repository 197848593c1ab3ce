"""async and await: a loop of our own that switches coroutines, then asyncio with queues, locks and tasks (no sockets)."""
import asyncio
from collections import deque


class Pause:
    def __await__(self):
        yield self


async def pauses(times):
    total = 0
    for i in range(times):
        await Pause()
        total += i
    return total


async def outer(depth, times):
    return await (pauses(times) if depth == 0 else outer(depth - 1, times))


async def numbers(limit):
    for i in range(limit):
        if i % 8 == 0:
            await Pause()
        yield i


async def consume(limit):
    total = 0
    async for i in numbers(limit):
        total += i
    return total + sum([i async for i in numbers(limit // 2)])


class Section:
    entered = 0

    async def __aenter__(self):
        Section.entered += 1
        await Pause()

    async def __aexit__(self, *details):
        return False


async def sections(times):
    for _ in range(times):
        async with Section():
            pass
    return Section.entered


def drive(coroutines):
    ready = deque(coroutines)
    results = []
    switches = 0
    while ready:
        coroutine = ready.popleft()
        try:
            coroutine.send(None)
        except StopIteration as stop:
            results.append(stop.value)
        else:
            switches += 1
            ready.append(coroutine)
    return sum(results), switches


async def producer(queue, count):
    for i in range(count):
        await queue.put(i)
    await queue.put(None)


async def consumer(queue, lock, log):
    while (item := await queue.get()) is not None:
        async with lock:
            log.append(item)
        await asyncio.sleep(0)


class Nothing:
    """A selector that watches no file."""

    def select(self, timeout):
        return []


class Loop(asyncio.BaseEventLoop):
    """asyncio's own loop without sockets."""

    def __init__(self):
        super().__init__()
        self._selector = Nothing()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


async def main(count):
    lock = asyncio.Lock()
    logs = []
    jobs = []
    for _ in range(4):
        queue = asyncio.Queue(maxsize=5)
        logs.append([])
        jobs += [producer(queue, count), consumer(queue, lock, logs[-1])]
    await asyncio.gather(*jobs)
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_result, 7)
    return sum(map(sum, logs)) + await future


def run(n):
    own = drive([outer(5, n) for _ in range(20)] + [consume(n * 20)] + [sections(n)])
    with asyncio.Runner(loop_factory=Loop) as runner:
        return own, runner.run(main(n // 2))


print(run(14_000))
