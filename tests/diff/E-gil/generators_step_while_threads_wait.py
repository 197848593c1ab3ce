# next(), send() and throw() of generators called while other threads live: values, ends, errors, tracing, counts.
import sys, threading, contextlib, time
ev=threading.Event(); log=[]
def other():
    while not stop: time.sleep(0.001)
stop=[]
t=threading.Thread(target=other); t.start()
@contextlib.contextmanager
def cm():
    log.append('in')
    try:
        yield 5
    except ValueError as e:
        log.append(('caught', str(e)))
        try: 1/0
        except ZeroDivisionError as z: log.append(repr(z.__context__))
    finally:
        log.append('out')
with cm() as x: log.append(x); raise ValueError('q')
def g():
    try:
        r = yield 1
        log.append(r)
        r = yield 2
        log.append(r)
    except KeyError as k:
        log.append(repr(k)); 
        yield 'k'
    return 9
it=g()
print(next(it)); print(it.send('a')); print(it.throw(KeyError('z')))
try: next(it)
except StopIteration as s: print(s.value)
try: next(it)
except StopIteration as s: print(s.value)
try: it.throw(TypeError('t'))
except TypeError as s: print(s, s.__context__)
try: g().send(3)
except TypeError as e: print(e)
def h():
    yield from g()
it=h(); print(next(it), it.throw(KeyError(1)))
def rec():
    next(rec2)
rec2=(next(rec2) for _ in [1])
try: next(rec2)
except ValueError as e: print(e)
def deep(n):
    yield 0 if n==0 else next(deep(n-1))+1
print(next(deep(50)))
sys.setrecursionlimit(100)
try: print(next(deep(300)))
except RecursionError as e: print(e)
sys.setrecursionlimit(1000)
def f(frame, ev, arg):
    if frame.f_code.co_name in 'gtw': log.append((frame.f_code.co_name, frame.f_lineno, ev, repr(arg)[:30]))
    return f
def tw():
    it=g(); next(it); it.send(2)
    try: it.throw(KeyError(4))
    except ValueError: pass
    try: next(it)
    except StopIteration: pass
sys.settrace(f); tw(); sys.settrace(None)
import gc
it=g(); c=sys.getrefcount(it); next(it); it.send(3); it.throw(KeyError(1)); print(sys.getrefcount(it)-c)
stop.append(1); t.join()
for l in log: print(l)
