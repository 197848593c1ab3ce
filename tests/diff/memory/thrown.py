# Exceptions that are thrown into generators and coroutines: who holds them, and what becomes of the one they replace.
from _snippets import run

run(r'''
### throw into a chain of generators
def inner():
    try: yield 1
    except KeyError as e: print('inner', count(e)); raise ValueError from None
def middle():
    try: yield from inner()
    except ValueError as e: print('middle', count(e), count(e.__context__)); e = None; yield 2
def outer(): yield from middle()
g = outer(); next(g)
k = KeyError(); print(count(k)); print(g.throw(k)); print(count(k)); g.close(); print(count(k))
### what replaces it is nobody else's
def inner():
    try: yield 1
    except KeyError: raise ValueError('new') from None
def outer():
    try: yield from inner()
    except ValueError as e:
        print(gc.get_referrers(e)[1:], count(e)); del e
        try: raise IndexError
        except IndexError as e: print(count(e.__context__) if e.__context__ else None)
    yield 2
g = outer(); next(g); print(g.throw(KeyError)); del g
### classes, arguments
def g():
    try: yield
    except Exception as e: print(type(e).__name__, len(e.args), count(e), count(e.args[0]) if e.args else ''); yield
o = O()
it = g(); next(it); it.throw(KeyError); del it
it = g(); next(it); it.throw(KeyError(o)); del it; print(count(o))
### not caught
def g(): yield
e = KeyError(); it = g(); next(it)
try: it.throw(e)
except KeyError as x: print(x is e, count(e), count(x))
print(count(e)); e.__traceback__ = None; print(count(e))
try: it.throw(e)
except KeyError as x: print(count(e))
it = g()
try: it.throw(e)
except KeyError as x: print(count(e))
print(count(e))
### a generator that runs, a coroutine that has ended
e = KeyError()
def g():
    try: it.throw(e)
    except ValueError as x: print(x, count(e))
    yield
it = g(); next(it); print(count(e))
async def f(): pass
c = f()
try: c.send(None)
except StopIteration: pass
try: c.throw(e)
except RuntimeError as x: print(x, x.__context__, count(e))
print(count(e))
### close
def g():
    try: yield
    except GeneratorExit as e: print(count(e), len(gc.get_referrers(e))); raise
it = g(); next(it); it.close()
def h(): yield from g()
it = h(); next(it); it.close()
### asynchronous generators
async def g():
    try: yield 1
    except KeyError as e: print(count(e)); yield 2
a = g()
try: a.asend(None).send(None)
except StopIteration as s: print(s.value)
k = KeyError()
try: a.athrow(k).send(None)
except StopIteration as s: print(s.value, count(k))
try: a.aclose().send(None)
except StopIteration as s: print(s.value, count(k))
### a context manager's
import contextlib
@contextlib.contextmanager
def manager():
    try: yield
    except KeyError as e: print(count(e)); raise
try:
    with manager(): raise KeyError
except KeyError as e: print(count(e))
del manager
### tasks: the task, its coroutine, what cancels it
import asyncio
def show(where, *more):
    t = asyncio.current_task(); print(where, count(t), count(t.get_coro()), *map(count, more))
async def waits(f):
    try: await f
    except asyncio.CancelledError as e: show('cancelled', e); raise KeyError from None
async def main():
    show('first'); await asyncio.sleep(0); show('second')
    f = asyncio.get_running_loop().create_future()
    t = asyncio.create_task(waits(f)); await asyncio.sleep(0); print(count(t), count(f)); t.cancel()
    try: await t
    except KeyError as e: show('raised', e); print(count(t), count(f))
async def top(): await asyncio.create_task(main())
asyncio.run(top())
### tasks: groups of exceptions in groups
import asyncio
class Done(Exception): pass
async def fails():
    async with asyncio.TaskGroup(): raise Done
async def main():
    try:
        async with asyncio.TaskGroup() as g: g.create_task(fails())
    except* Done as excs: exc = excs.exceptions[0].exceptions[0]
    print([type(o).__name__ for o in gc.get_referrers(exc)], count(exc))
asyncio.run(main())
''')
