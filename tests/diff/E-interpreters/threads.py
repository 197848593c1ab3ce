# Threads in interpreters, interpreters in threads: who waits, and who goes on meanwhile.
from concurrent import interpreters
import _interpreters as I
import threading
import time

interp = interpreters.create()
order = []


def sleeper():
    interp.exec('import time; time.sleep(0.2)')
    order.append('interpreter')


thread = threading.Thread(target=sleeper)
thread.start()
while not interp.is_running():
    time.sleep(0.001)
order.append('main goes on')
for operation in (lambda: interp.exec('1'), interp.close, lambda: interp.prepare_main(x=1), lambda: interp.call(print)):
    try:
        operation()
    except interpreters.InterpreterError as e:
        print(type(e).__name__, e)
thread.join()
print(order, interp.is_running())

interp.exec('''if True:
    import threading, time
    done = []
    local = threading.local()
    local.x = 'of the thread that runs __main__'
    def work(n):
        time.sleep(0.01 * n)
        done.append((n, hasattr(local, 'x')))
    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for t in threads: t.start()
    print(threading.active_count(), threading.current_thread() is threading.main_thread())
    for t in threads: t.join()
    print(done, threading.active_count(), local.x)
''')
# Attributes of a threading.local are the thread's, and it was another one.
interp.exec("print(hasattr(local, 'x'), threading.get_ident() == threading.main_thread().ident)")


def in_thread():
    interp.exec('print(threading.current_thread() is threading.main_thread(), type(threading.current_thread()).__name__)')


thread = threading.Thread(target=in_thread)
thread.start()
thread.join()

# A sort key that runs another interpreter, which waits: natives in between.
inner = interpreters.create()
print(sorted([3, 1, 2], key=lambda n: inner.call(lambda n: __import__('time').sleep(0.001) or -n, n)))
print([interp.call(eval, f'{n} + 1') for n in range(3)])
# Interpreters within interpreters.
interp.exec('''if True:
    from concurrent import interpreters
    deeper = interpreters.create()
    try:
        deeper.exec("raise KeyError('deep')")
    except interpreters.ExecutionFailed as e:
        print(e)
        print(e.excinfo.formatted)
    deeper.close()
''')


def noise():
    raise ValueError('in a thread')


hooked = []
threading.excepthook = lambda args: hooked.append(str(args.exc_value).splitlines()[0])
threads = [interp.call_in_thread(noise), inner.call_in_thread(lambda: None)]
for thread in threads:
    thread.join()
print(hooked)

# Several at once, in turns.
workers = [interpreters.create() for _ in range(3)]
results = interpreters.create_queue()


def loop(queue, n):
    for i in range(3):
        queue.put((n, i))
        __import__('time').sleep(0.01)


threads = [w.call_in_thread(loop, results, n) for n, w in enumerate(workers)]
for t in threads:
    t.join()
print(sorted(results.get() for _ in range(9)))
for w in workers:
    w.close()
print(len(interpreters.list_all()))
