"""Futures and tasks of _asyncio: states, errors, what a task may wait for, eager tasks, who awaits whom."""
import asyncio
import gc
import sys
import threading
import time

import _asyncio

assert asyncio.Future is _asyncio.Future and asyncio.Task is _asyncio.Task
loop = asyncio.new_event_loop()


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except BaseException as e:
        print(type(e).__name__, e)


def depth(e):
    n, tb = 0, e.__traceback__
    while tb:
        n, tb = n + 1, tb.tb_next
    return n


print('-- not initialised')
raw = _asyncio.Future.__new__(_asyncio.Future)
for name in ('result', 'cancel', 'done', 'cancelled', 'get_loop', '__await__', '__repr__'):
    attempt(getattr(raw, name))
for name in ('_state', '_loop', '_callbacks', '_result', '_asyncio_future_blocking'):
    attempt(getattr, raw, name)
attempt(raw.add_done_callback, print)
attempt(_asyncio.Future, 1)
attempt(_asyncio.Future, x=1)
attempt(_asyncio.Task)
attempt(_asyncio.Task, 1, loop=loop)

print('-- states')
fut = loop.create_future()
attempt(fut.result)
attempt(fut.exception)
attempt(fut.set_exception, 1)
fut.set_exception(StopIteration(3))
print(repr(fut.exception()), repr(fut.exception().__cause__))
attempt(fut.set_result, 1)
fut = loop.create_future()
try:
    raise ValueError(1)
except ValueError as e:
    fut.set_exception(e)
for i in range(3):
    try:
        fut.result()
    except ValueError as e:
        print(depth(e))
fut = loop.create_future()
print(fut.cancel('because'), fut.cancel(), fut._cancel_message, fut)
attempt(fut.result)
attempt(setattr, fut, '_log_traceback', True)
attempt(delattr, fut, '_cancel_message')
attempt(setattr, fut, '_state', 1)

print('-- iterators')
fut = loop.create_future()
it = iter(fut)
print(next(it) is fut, fut._asyncio_future_blocking)
attempt(next, it)
fut.set_result(5)
attempt(next, it)
attempt(it.throw, KeyError('k'))
attempt(it.throw, 3)
attempt(it.throw)
attempt(it.send, None)

print('-- what a task may wait for')


class Wait:
    def __init__(self, what):
        self.what = what

    def __await__(self):
        return (yield self.what)


async def wait(what):
    await Wait(what() if callable(what) else what)


async def wait_self():
    await asyncio.current_task()


def run(coro):
    task = loop.create_task(coro, name='t')
    try:
        print(loop.run_until_complete(task))
    except BaseException as e:
        print(type(e).__name__, str(e).partition(' coro=')[0])


run(wait(3))
run(wait(None))
run(wait(loop.create_future()))
run(wait(asyncio.current_task))
run(wait_self())
run(wait(lambda: (i for i in ())))
run(wait(lambda: asyncio.new_event_loop().create_future()))

print('-- cancelling')


async def stubborn():
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError as e:
        print('cancelled', e.args, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
        return 'survived'


async def cancel_it():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    print(task.cancel('msg'), task.cancelling(), task._must_cancel)
    print(await task, task.cancelled(), task.cancel())


run(cancel_it())

print('-- reports')
loop.set_exception_handler(lambda loop, context: print(sorted(context), context['message']))


async def reports():
    fut = loop.create_future()
    fut.set_exception(KeyError(1))
    del fut
    await asyncio.sleep(0)
    gc.collect()


run(reports())

print('-- eager tasks, who awaits whom')


async def quick():
    return len(asyncio.all_tasks())


async def slow(event):
    await event.wait()


async def eager():
    task = asyncio.Task(quick(), eager_start=True)
    print(task.done(), task.result(), task.get_coro(), asyncio.current_task().get_name())
    event = asyncio.Event()
    task = asyncio.Task(slow(event), eager_start=True, name='slow')
    print(task.done(), len(asyncio.all_tasks()), task._fut_waiter._asyncio_awaited_by == {task})
    event.set()
    await task
    print(task._asyncio_awaited_by, asyncio.all_tasks() == {asyncio.current_task()})


run(eager())

print('-- entering tasks')


async def entering():
    me = asyncio.current_task()
    other = loop.create_task(quick(), name='other')
    for call, args in (
        (_asyncio._enter_task, (loop, other)),
        (_asyncio._leave_task, (loop, other)),
        (_asyncio._enter_task, (1, other)),
        (_asyncio._swap_current_task, (1, other)),
    ):
        try:
            call(*args)
        except RuntimeError as e:
            print(str(e)[:30])
    print(_asyncio._swap_current_task(loop, other) is me, asyncio.current_task() is other)
    _asyncio._swap_current_task(loop, me)
    await other
    seen = []
    thread = threading.Thread(target=lambda: seen.append(asyncio.current_task(loop) is me))
    thread.start()
    while not seen:
        time.sleep(0.01)
    print(seen)


run(entering())
attempt(asyncio.get_running_loop)
attempt(asyncio.current_task)
attempt(asyncio.all_tasks)

print('-- a coroutine that blocks its thread lets the others go on')
order = []


def other_thread():
    for i in range(3):
        order.append('thread')
        time.sleep(0.02)


async def blocks():
    thread = threading.Thread(target=other_thread)
    thread.start()
    thread.join()
    order.append('coroutine')


run(blocks())
print(order)

print('-- references')


async def refs():
    fut = loop.create_future()
    print(gc.get_referrers(fut) == [asyncio.current_task().get_coro()])
    await asyncio.sleep(0)


run(refs())
before = sys.getrefcount(loop)
for i in range(50):
    loop.run_until_complete(asyncio.sleep(0))
print(sys.getrefcount(loop) - before)
loop.close()
