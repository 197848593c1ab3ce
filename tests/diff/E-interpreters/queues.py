# Queues between interpreters, those of concurrent.interpreters and what they rest on.
import _interpqueues as Q
from concurrent import interpreters
import threading


def t(f, *a, **k):
    try:
        out = repr(f(*a, **k))
    except BaseException as e:
        out = f'{type(e).__mro__[:3]}: {e}'
    print(f.__name__, a, k, out)


t(Q.create, 2, 3, 1)
t(Q.create, 2, 9, 1)
t(Q.create, 2, 3, 9)
t(Q.create, 0)
t(Q.create, 'x')
t(Q.list_all)
t(Q.put, 1, [1])
t(Q.put, 1, [1], fallback=0)
t(Q.put, 1, 'b', unboundop=1)
t(Q.put, 1, 'c')
t(Q.is_full, 1)
t(Q.get_count, 1)
t(Q.get_maxsize, 1)
t(Q.get_queue_defaults, 1)
t(Q.get, 1)
t(Q.get, 1)
t(Q.get, 1)
t(Q.release, 1)
t(Q.bind, 1)
t(Q.bind, 1)
t(Q.release, 1)
t(Q.release, 1)
t(Q.get, 1)
t(Q.destroy, 2)
for id in (7, -1, 'x', 2**70):
    t(Q.get_count, id)
t(Q._register_heap_types, 1, 2, 3)

q = interpreters.create_queue(3)
print(q, q.id, q.maxsize, q.empty(), q.full(), q.unbounditems, hash(q) == hash(q.id))
interp = interpreters.create()
q.put((1, 'two', None))
q.put({'pickled': [1, 2.5]})
q.put(q)
interp.prepare_main(q=q)
interp.exec('''if True:
    a, b, c = q.get(), q.get(), q.get()
    print(a, b, c, c is q, type(c).__module__)
    for i in range(3): q.put(i)
    try:
        q.put_nowait(0)
    except Exception as e:
        print(type(e), type(e).__mro__[1:3], e)
    try:
        q.put(0, timeout=0.01)
    except Exception as e:
        print(type(e), e)
''')
print([q.get() for _ in range(3)], q.qsize())
try:
    q.get(timeout=0.01)
except interpreters.QueueEmpty as e:
    print(repr(e))

# Whoever waits lets the others go on.
answers = interpreters.create_queue()
interp.prepare_main(answers=answers)
worker = threading.Thread(target=interp.exec, args=('''if True:
    while (item := q.get()) is not None:
        answers.put(item * item)
''',))
worker.start()
for n in range(5):
    q.put(n)
q.put(None)
worker.join()
print([answers.get() for _ in range(5)])

for unbound in (interpreters.Queue, interpreters._queues.UNBOUND, interpreters._queues.UNBOUND_ERROR,
                interpreters._queues.UNBOUND_REMOVE):
    other = interpreters.create()
    try:
        q = interpreters.create_queue(unbounditems=unbound)
    except NotImplementedError:
        print('NotImplementedError')
        continue
    other.prepare_main(q=q)
    other.exec('q.put(1); q.put(2)')
    q.put('mine')
    other.close()
    print(q.qsize(), end=' ')
    for _ in range(q.qsize()):
        try:
            print(repr(q.get_nowait()), end=' ')
        except Exception as e:
            print(f'{type(e).__name__}: {e}', end=' ')
    print()
